//! Straight quotation marks and apostrophes of copy made curly, where it is clear what they are.

use crate::draft::Draft;
use crate::syntax::strip::prints;
use crate::syntax::tree::InlineKind;
use crate::text::edit::Edit;
use crate::text::order;
use crate::text::span::Span;

/// The edits of a block, in bytes from its start: the marks of each quotation, and apostrophes inside words.
pub fn curl(draft: &Draft, index: usize) -> Vec<Edit> {
    let placed = &draft.tree.blocks[index];
    if !prints(placed) {
        return Vec::new();
    }
    let (block, prose) = (&placed.block, &draft.prose[index]);
    let text: &str = &block.text;
    let mut edits = Vec::new();
    for quote in &prose.quotes {
        let (start, end) = (quote.span.start(), quote.span.end());
        let opener = text.get(start..start + 1);
        let closer = end.checked_sub(1).and_then(|last| text.get(last..end));
        // A mark of inches or feet closes nothing: both marks must be of one kind.
        let (open, close) = match opener {
            Some("\"") => ("“", "”"),
            Some("'") => ("‘", "’"),
            _ => continue,
        };
        if quote.is_open {
            // Without a close, and nothing that goes on from it: nobody knows what it opens.
            let unclosed = draft.story.unclosed_in(index);
            if unclosed.iter().any(|place| place.span.touches(start)) {
                continue;
            }
            edits.push(Edit::replace(Span::new(start, start + 1), open.to_owned()));
        } else if closer == opener && end > start + 1 {
            edits.push(Edit::replace(Span::new(start, start + 1), open.to_owned()));
            edits.push(Edit::replace(Span::new(end - 1, end), close.to_owned()));
        }
    }
    for (at, _) in text.match_indices('\'') {
        let before = text[..at].chars().next_back();
        let after = text[at + 1..].chars().next();
        let is_inside =
            before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphabetic);
        if is_inside {
            edits.push(Edit::replace(Span::new(at, at + 1), "’".to_owned()));
        }
    }
    let is_address = |span: Span| {
        block.inlines.iter().any(|inline| {
            matches!(inline.kind, InlineKind::Url | InlineKind::Email) && inline.span.covers(span)
        })
    };
    let is_hidden = |span: Span| block.hidden.iter().any(|hidden| hidden.overlaps(span));
    edits.retain(|edit| !is_hidden(edit.span) && !is_address(edit.span));
    order::by_key(&mut edits, |edit| edit.span);
    edits.dedup_by_key(|edit| edit.span);
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing;

    fn curled(text: &str) -> String {
        testing::asked(text, |draft, _, _| {
            let blocks = 0..draft.tree.blocks.len();
            let edits = blocks.flat_map(|index| {
                let placed = &draft.tree.blocks[index];
                let edits = curl(draft, index).into_iter();
                edits.map(|edit| Edit {
                    span: placed.place(edit.span),
                    ..edit
                })
            });
            let edits: Vec<Edit> = edits.collect();
            testing::after(draft, &edits)
        })
    }

    #[test]
    fn quotations_and_apostrophes_are_curled() {
        assert_eq!(
            curled("\"It's old,\" said Dana O'Neill. \"We call it 'the sieve' here.\"\n"),
            "“It’s old,” said Dana O’Neill. “We call it ‘the sieve’ here.”\n"
        );
    }

    #[test]
    fn marks_notes_addresses_and_measures_stay() {
        let text = "The man left.[ED: \"cut\" it] See http://a.example/it's for more.\n\nHe is 6'2\" tall.\n\n[^a]: email, \"a letter\"\n";
        assert_eq!(curled(text), text);
        let open = "\"It leaks. The wall is old.\n\nThe board met.\n";
        assert_eq!(curled(open), open);
        let running = "\"It leaks.\n\n\"It is old,\" Dana Ortiz said.\n";
        assert_eq!(
            curled(running),
            "“It leaks.\n\n“It is old,” Dana Ortiz said.\n"
        );
    }
}
