//! Records in the draft itself: what stands below its end mark or between NOTES and STORY, and mails pasted there.

use std::sync::Arc;

use super::format::text;
use super::record::{Kind, Record};
use crate::syntax::tree::{Block, Shape, Tree, Zone};

/// A record in the draft itself.
#[derive(Clone, Debug)]
pub struct Scratch {
    /// Its words.
    pub record: Arc<Record>,
    /// The first of its blocks.
    pub first: usize,
    blocks: Vec<Arc<Block>>,
}

/// The records in a tree; those that `before` has too are shared with it.
pub fn scratch(tree: &Tree, before: &[Scratch]) -> Vec<Scratch> {
    let mut found: Vec<Scratch> = Vec::new();
    let mut run: Vec<Arc<Block>> = Vec::new();
    let mut first = 0;
    let mut close = |run: &mut Vec<Arc<Block>>, first: usize| {
        if run.iter().any(|block| !block.content.is_empty()) {
            found.push(made(std::mem::take(run), first, before));
        }
        run.clear();
    };
    for (index, placed) in tree.blocks.iter().enumerate() {
        let is_note = matches!(placed.zone, Zone::Notes | Zone::Back)
            && !matches!(
                placed.block.shape,
                Shape::Definition(_)
                    | Shape::Comment
                    | Shape::EndMark
                    | Shape::NotesMark
                    | Shape::StoryMark
                    | Shape::Blank
            );
        let is_mail = |block: &Arc<Block>| text::mail_head(&block.text).is_some();
        let ends_mail = || run.first().is_some_and(is_mail) && text::ends_mail(&placed.block.text);
        let opens = is_note && (is_mail(&placed.block) || ends_mail());
        if !is_note || opens {
            close(&mut run, first);
        }
        if is_note {
            if run.is_empty() {
                first = index;
            }
            run.push(placed.block.clone());
        }
    }
    close(&mut run, first);
    found
}

fn made(blocks: Vec<Arc<Block>>, first: usize, before: &[Scratch]) -> Scratch {
    let same = before.iter().find(|scratch| {
        scratch.blocks.len() == blocks.len()
            && scratch
                .blocks
                .iter()
                .zip(&blocks)
                .all(|(one, other)| Arc::ptr_eq(one, other))
    });
    let record = match same {
        Some(scratch) => scratch.record.clone(),
        None => {
            let words: String = blocks.iter().map(|block| &*block.text).collect();
            let source = text::read(&words);
            let (name, kind) = match &source.author {
                Some(author) => (format!("the email from {}", shown(author)), Kind::Mail),
                None if source.cues.len() >= 3 => {
                    ("the transcript below".to_owned(), Kind::Transcript)
                }
                None => ("your notes".to_owned(), Kind::Typed),
            };
            Arc::new(Record::new(&name, None, kind, source))
        }
    };
    Scratch {
        record,
        first,
        blocks,
    }
}

/// The name of a mail's writer, without the address.
fn shown(author: &str) -> &str {
    let name = author.split(['<', '(']).next().unwrap_or(author).trim();
    if name.is_empty() {
        author
    } else {
        name.trim_matches('"')
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn names(text: &str) -> Vec<String> {
        let tree = crate::syntax::parse(&Text::new(text), None);
        let found = scratch(&tree, &[]);
        let shown =
            |one: &Scratch| format!("{} ({} words)", one.record.name, one.record.words.len());
        found.iter().map(shown).collect()
    }

    #[test]
    fn notes_and_mails_are_records_of_their_own() {
        assert_eq!(
            names(
                "The pier is closed, the harbor board said.\n\n###\n\nortiz: had no warning\n\nnothing from the board\n\nFrom: Paul Venn <p@v.example>\nDate: 9 July\n\nWe will never close.\n\n[^a]: interview, Dana Ortiz\n"
            ),
            ["your notes (8 words)", "the email from Paul Venn (4 words)"]
        );
        assert_eq!(
            names(
                "NOTES\n\nno warning at all\n\nSTORY\n\nThe pier is closed, the harbor board said.\n"
            ),
            ["your notes (4 words)"]
        );
    }

    #[test]
    fn a_mail_ends_where_notes_go_on() {
        let head = "The pier is closed, the harbor board said.\n\n###\n\nFrom: Paul Venn <p@v.example>\nDate: 9 July\n\nWe will never close.\n\n";
        assert_eq!(
            names(&format!("{head}ORTIZ: we had no warning\n")),
            ["the email from Paul Venn (4 words)", "your notes (4 words)"]
        );
        assert_eq!(
            names(&format!("{head}---\n\nwe had no warning\n")),
            ["the email from Paul Venn (4 words)", "your notes (4 words)"]
        );
        // A mail answers questions, and is signed.
        assert_eq!(
            names(&format!("{head}Q: When?\n\nPhone: 555 0100\n")).len(),
            1
        );
    }

    #[test]
    fn what_did_not_change_is_shared() {
        let text = "The pier is closed.\n\n###\n\nhad no warning at all\n";
        let first = crate::syntax::parse(&Text::new(text), None);
        let one = scratch(&first, &[]);
        let next = crate::syntax::parse(&Text::new(&format!("A new day.\n\n{text}")), Some(&first));
        let other = scratch(&next, &one);
        assert!(Arc::ptr_eq(&one[0].record, &other[0].record));
        assert_eq!(other[0].first, one[0].first + 1);
    }
}
