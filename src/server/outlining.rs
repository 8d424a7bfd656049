//! What is asked of a draft's form: outline, folds, links, selections, signs in the text and words above it.

use tower_lsp::gen_lsp_types::{
    CodeLens, CodeLensParams, Declaration, DeclarationParams, DeclarationResponse,
    DocumentHighlight, DocumentHighlightParams, DocumentLink, DocumentLinkParams,
    DocumentSymbolParams, DocumentSymbolResponse, FoldingRange, FoldingRangeParams, InlayHint,
    InlayHintParams, LinkedEditingRangeParams, LinkedEditingRanges, SelectionRange,
    SelectionRangeParams, SignatureHelp, SignatureHelpParams,
};
use tower_lsp::jsonrpc::Result;

use super::pull::findings;
use super::{Server, answers, convert, structure};
use crate::features;

impl Server {
    /// The places that belong to what is under the cursor.
    pub async fn highlights_at(
        &self,
        params: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>> {
        let place = params.text_document_position_params;
        self.look(place, |edition, session, draft, at| {
            let places = features::highlight::highlights(draft, &edition.scene(), at);
            let places = places.into_iter();
            let places =
                places.map(|place| answers::highlight(&edition.text, place, session.encoding));
            Some(places.collect())
        })
        .await
    }

    /// The outline of a document.
    pub async fn outline_of(
        &self,
        params: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        self.ask(&params.text_document.uri.0, |edition, session| {
            let symbols = features::symbols::symbols(edition.draft()?, &edition.scene());
            Some(answers::outline(edition, symbols, session))
        })
        .await
    }

    /// What can be folded.
    pub async fn folds_of(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.ask(&params.text_document.uri.0, |edition, session| {
            let folds = features::folding::folds(edition.draft()?, &edition.scene());
            Some(answers::folds(&edition.text, folds, session))
        })
        .await
    }

    /// Selections that grow from places.
    pub async fn selections_at(
        &self,
        params: SelectionRangeParams,
    ) -> Result<Option<Vec<SelectionRange>>> {
        let positions = params.positions;
        self.ask(&params.text_document.uri.0, move |edition, session| {
            let (draft, scene) = (edition.draft()?, edition.scene());
            let steps = positions.into_iter().map(|position| {
                let at = convert::offset(&edition.text, position, session.encoding);
                let steps = features::selection::selections(draft, &scene, at);
                structure::selection(&edition.text, &steps, session)
            });
            Some(steps.collect())
        })
        .await
    }

    /// The places of an id that are edited together.
    pub async fn linked_at(
        &self,
        params: LinkedEditingRangeParams,
    ) -> Result<Option<LinkedEditingRanges>> {
        let place = params.text_document_position_params;
        self.look(place, |edition, session, draft, at| {
            let spans = features::linked::linked(draft, &edition.scene(), at)?;
            Some(structure::linked(&edition.text, &spans, session))
        })
        .await
    }

    /// The words above lines.
    pub async fn lenses_of(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.ask(&params.text_document.uri.0, |edition, session| {
            let (draft, scene) = (edition.draft()?, edition.scene());
            let lenses = features::lens::lenses(draft, &scene, findings(edition)).into_iter();
            Some(
                lenses
                    .map(|lens| structure::lens(edition, lens, session))
                    .collect(),
            )
        })
        .await
    }

    /// The form of the definition that is being written.
    pub async fn form_at(&self, params: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        let place = params.text_document_position_params;
        self.look(place, |edition, _, draft, at| {
            let form = features::signature::signature(draft, &edition.scene(), at)?;
            Some(structure::signature(form))
        })
        .await
    }

    /// Where the story names somebody for the first time.
    pub async fn first_mention(
        &self,
        params: DeclarationParams,
    ) -> Result<Option<DeclarationResponse>> {
        let place = params.text_document_position_params;
        self.look(place, |edition, session, draft, at| {
            let span = features::declaration::declaration(draft, &edition.scene(), at)?;
            let location = convert::location(edition, span, session.encoding);
            Some(Declaration::from(location).into())
        })
        .await
    }

    /// The links of a document.
    pub async fn links_of(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.ask(&params.text_document.uri.0, |edition, session| {
            let links = features::links::links(edition.draft()?, &edition.scene());
            let links = links.iter();
            Some(
                links
                    .filter_map(|link| answers::link(edition, link, session))
                    .collect(),
            )
        })
        .await
    }

    /// The signs in the text, of the kinds that are wanted.
    pub async fn hints_of(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let wanted = self.desk.settings().hints;
        if !wanted.any() {
            return Ok(None);
        }
        self.ask(&params.text_document.uri.0, move |edition, session| {
            let range = convert::span(&edition.text, params.range, session.encoding);
            let (draft, scene) = (edition.draft()?, edition.scene());
            let hints = features::inlay::hints(draft, &scene, range, wanted);
            let hints = hints.iter();
            Some(
                hints
                    .map(|hint| answers::hint(&edition.text, hint, session.encoding))
                    .collect(),
            )
        })
        .await
    }
}
