//! The files that a draft names, where one of them has got another name.

use crate::draft::Draft;
use crate::syntax::tree::Shape;
use crate::text::edit::Edit;
use crate::text::order;
use crate::text::span::Span;

/// The paths that a draft names, with their places: the `file:` of its sources, the header's `refs`.
pub fn named(draft: &Draft) -> Vec<(Span, String)> {
    let story = &draft.story;
    let mut found = Vec::new();
    for source in &story.sources {
        let files = source.fields.iter().filter(|(key, ..)| key == "file");
        found.extend(files.map(|(_, value, place)| (draft.span(*place), value.clone())));
    }
    let mut blocks = draft.tree.blocks.iter();
    let header = blocks.find(|placed| matches!(placed.block.shape, Shape::Header(_)));
    for (key, _, _, place) in &story.facts.fields {
        let (true, Some(header)) = (key.eq_ignore_ascii_case("refs"), header) else {
            continue;
        };
        let mut at = place.start();
        for part in place.of(&header.block.text).split(',') {
            let path = part.trim();
            let from = at + (part.len() - part.trim_start().len());
            at += part.len() + 1;
            let span = Span::new(from, from + path.len());
            found.push((header.place(span), path.to_owned()));
        }
    }
    found.retain(|(_, path)| !path.trim().is_empty());
    found
}

/// The edits that give each file its new name; `new` knows it by the path as typed.
pub fn renamed(draft: &Draft, new: impl Fn(&str) -> Option<String>) -> Vec<Edit> {
    let named = named(draft).into_iter();
    let edits = named.filter_map(|(span, path)| Some(Edit::replace(span, new(path.trim())?)));
    let mut edits: Vec<Edit> = edits.collect();
    order::by_key(&mut edits, |edit| edit.span);
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing;

    #[test]
    fn a_recording_is_renamed_wherever_a_draft_names_it() {
        let story = "Slug: pier\nRefs: refs/port.lede, refs/town.lede\n\nIt leaks.[^tape]\n\n[^tape]: audio, the meeting; file: notes/tape.vtt\n[^copy]: audio, again; file: notes/other.vtt\n";
        let after = testing::asked(story, |draft, _, _| {
            let edits = renamed(draft, |path| match path {
                "notes/tape.vtt" => Some("notes/2026/tape.vtt".to_owned()),
                "refs/town.lede" => Some("refs/harlow.lede".to_owned()),
                _ => None,
            });
            testing::after(draft, &edits)
        });
        let wanted = story
            .replace("notes/tape", "notes/2026/tape")
            .replace("refs/town", "refs/harlow");
        assert_eq!(after, wanted);
    }
}
