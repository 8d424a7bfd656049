//! Who quotes whom, in the protocol's words for calls: a story calls those whom it quotes, and so does a speaker.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;
use tower_lsp::gen_lsp_types::{
    CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, Range, SymbolKind,
    TextDocumentPositionParams, Uri,
};
use tower_lsp::jsonrpc::{Error, Result};

use super::capabilities::Session;
use super::{Server, beyond, convert};
use crate::desk::edition::Edition;
use crate::draft::Draft;
use crate::entities::base::Base;
use crate::features::people::{self, Who};
use crate::features::{calls, words};
use crate::story::{SpeakerId, SpeakerKind};

/// What an item is of, as the client sends it back.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Kept {
    /// The story itself.
    Story,
    /// Somebody of the newsroom's base, by id.
    Known(String),
    /// Somebody who has only a name, folded.
    Named(String),
}

impl Kept {
    fn of(who: &Who, base: &Base) -> Option<Kept> {
        Some(match who {
            Who::Known(id) => Kept::Known(base.record(*id)?.id.clone()),
            Who::Named(name) => Kept::Named(name.clone()),
        })
    }

    fn who(&self, base: &Base) -> Option<Who> {
        match self {
            Kept::Story => None,
            Kept::Known(id) => base.by_id(id).map(Who::Known),
            Kept::Named(name) => Some(Who::Named(name.clone())),
        }
    }
}

impl Server {
    /// Whoever stands at a place; elsewhere the story.
    pub async fn prepare_calls(
        &self,
        place: TextDocumentPositionParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        self.look(place, |edition, session, draft, at| {
            let base = edition.scene().base;
            let who = people::who(draft, base, at);
            let speaker = who.and_then(|who| people::speaker(draft, base, &who));
            let item = speaker.and_then(|speaker| of_speaker(edition, draft, speaker, session));
            Some(vec![
                item.unwrap_or_else(|| of_story(edition, draft, session)),
            ])
        })
        .await
    }

    /// By whom somebody is quoted: the stories, and those in whose words the words stand.
    pub async fn quoted_by(
        &self,
        item: CallHierarchyItem,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        let (desk, session) = (self.desk.clone(), self.session());
        let found = spawn_blocking(move || {
            let kept = kept(&item)?;
            let asked = beyond::document(&desk, &item.uri.0)?;
            let base = asked.surroundings.base.clone();
            let who = kept.who(&base)?;
            let may_name = |text: &str| people::may_name(text, &base, &who);
            let others = beyond::drafts(&desk, &asked.uri, may_name).into_iter();
            let drafts = std::iter::once(asked.clone()).chain(others.map(|(other, _)| other));
            let calls = drafts.flat_map(|edition| in_draft(&edition, &who, &session));
            Some(calls.collect())
        });
        found.await.map_err(|_| Error::internal_error())
    }

    /// Whom a story or somebody in it quotes.
    pub async fn quoting(
        &self,
        item: CallHierarchyItem,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        let (desk, session) = (self.desk.clone(), self.session());
        let found = spawn_blocking(move || {
            let kept = kept(&item)?;
            let edition = beyond::document(&desk, &item.uri.0)?;
            let draft = edition.draft()?;
            let base = edition.scene().base;
            let by = match &kept {
                Kept::Story => None,
                other => Some(people::speaker(draft, base, &other.who(base)?)?),
            };
            let mut found: BTreeMap<SpeakerId, Vec<Range>> = BTreeMap::new();
            for call in calls::calls(draft).into_iter().filter(|call| call.by == by) {
                let range = convert::range(&edition.text, call.span, session.encoding);
                found.entry(call.of).or_default().push(range);
            }
            let found = found.into_iter().filter_map(|(speaker, from_ranges)| {
                let to = of_speaker(&edition, draft, speaker, &session)?;
                Some(CallHierarchyOutgoingCall { to, from_ranges })
            });
            Some(found.collect())
        });
        found.await.map_err(|_| Error::internal_error())
    }
}

fn kept(item: &CallHierarchyItem) -> Option<Kept> {
    serde_json::from_value(item.data.clone()?).ok()
}

/// Those who quote somebody in a draft, the story first.
fn in_draft(
    edition: &Arc<Edition>,
    who: &Who,
    session: &Session,
) -> Vec<CallHierarchyIncomingCall> {
    let Some(draft) = edition.draft() else {
        return Vec::new();
    };
    let Some(speaker) = people::speaker(draft, edition.scene().base, who) else {
        return Vec::new();
    };
    let mut found: BTreeMap<Option<SpeakerId>, Vec<Range>> = BTreeMap::new();
    for call in calls::calls(draft) {
        if call.of == speaker {
            let range = convert::range(&edition.text, call.span, session.encoding);
            found.entry(call.by).or_default().push(range);
        }
    }
    let found = found.into_iter().filter_map(|(by, from_ranges)| {
        let from = match by {
            None => of_story(edition, draft, session),
            Some(by) => of_speaker(edition, draft, by, session)?,
        };
        Some(CallHierarchyIncomingCall { from, from_ranges })
    });
    found.collect()
}

fn of_story(edition: &Edition, draft: &Draft, session: &Session) -> CallHierarchyItem {
    let (title, span) = calls::title(draft);
    let file = edition.uri.rsplit('/').next().unwrap_or_default();
    let name = match title.is_empty() {
        true => file.to_owned(),
        false => words::shortened(&title, 80),
    };
    let range = convert::range(&edition.text, span, session.encoding);
    CallHierarchyItem {
        name,
        kind: SymbolKind::File,
        tags: None,
        detail: Some(file.to_owned()).filter(|file| !file.is_empty()),
        uri: Uri(edition.uri.clone()),
        range,
        selection_range: range,
        data: serde_json::to_value(Kept::Story).ok(),
    }
}

fn of_speaker(
    edition: &Edition,
    draft: &Draft,
    id: SpeakerId,
    session: &Session,
) -> Option<CallHierarchyItem> {
    let base = edition.scene().base;
    let (name, span) = calls::voice(draft, id)?;
    let range = convert::range(&edition.text, span, session.encoding);
    let speaker = draft.story.speaker(id);
    let at = span.start() + (span.len() / 2);
    let who = people::who(draft, base, at)
        .filter(|who| people::speaker(draft, base, who) == Some(id))
        .unwrap_or_else(|| Who::Named(crate::entities::fold::fold(&speaker.name)));
    Some(CallHierarchyItem {
        name,
        kind: match speaker.kind {
            SpeakerKind::Person => SymbolKind::Object,
            SpeakerKind::Document => SymbolKind::Key,
            SpeakerKind::Body
            | SpeakerKind::Outlet
            | SpeakerKind::Institution
            | SpeakerKind::Anonymous
            | SpeakerKind::Collective => SymbolKind::Module,
        },
        tags: None,
        detail: speaker
            .role
            .as_deref()
            .map(|role| words::shortened(role, 80)),
        uri: Uri(edition.uri.clone()),
        range,
        selection_range: range,
        data: serde_json::to_value(Kept::of(&who, base)?).ok(),
    })
}
