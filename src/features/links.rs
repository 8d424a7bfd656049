//! Links to the files of sources: at a citation with a time, the recording at that time.

use crate::draft::Draft;
use crate::notes::format::text::millis;
use crate::scene::Scene;
use crate::syntax::tree::Sigil;
use crate::text::order;
use crate::text::span::Span;

/// A link to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words that lead there, in bytes of the file.
    pub span: Span,
    /// The path as the source has it.
    pub path: String,
    /// Seconds from the start of the recording.
    pub seconds: Option<u64>,
}

/// The links of a draft.
pub fn links(draft: &Draft, _scene: &Scene) -> Vec<Link> {
    let story = &draft.story;
    let mut links = Vec::new();
    for source in &story.sources {
        let file = source.fields.iter().find(|(key, ..)| key == "file");
        let Some((_, path, place)) = file.filter(|(_, path, _)| !path.trim().is_empty()) else {
            continue;
        };
        let path = path.trim().to_owned();
        links.push(Link {
            span: draft.span(*place),
            path: path.clone(),
            seconds: None,
        });
        let cited = story
            .citations
            .iter()
            .filter(|citation| citation.sigil == Sigil::Source && citation.name == source.id);
        links.extend(cited.filter_map(|citation| {
            let locator = citation.locator?;
            let seconds = millis(draft.words(locator).split('-').next()?.trim())? / 1000;
            Some(Link {
                span: draft.span(locator),
                path: path.clone(),
                seconds: Some(seconds),
            })
        }));
    }
    order::by_key(&mut links, |link| link.span);
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing;

    #[test]
    fn a_time_leads_into_the_recording() {
        let text = "The pier is safe.[^ortiz, 04:12]\n\n###\n\n[^ortiz]: interview, Dana Ortiz; file: tapes/o.m4a\n";
        let found = testing::asked(text, |draft, scene, _| links(draft, scene));
        let shown: Vec<_> = found
            .iter()
            .map(|link| (link.path.as_str(), link.seconds))
            .collect();
        assert_eq!(shown, [("tapes/o.m4a", Some(252)), ("tapes/o.m4a", None)]);
    }
}
