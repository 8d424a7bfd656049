//! What can be folded away: the header, comments, notes, back matter, sections.

use crate::draft::Draft;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::syntax::tree::{Shape, Zone};
use crate::text::order;
use crate::text::span::Span;

/// A stretch that can be folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// From its first letter to its last, in bytes of the file; over two lines or more.
    pub span: Span,
    /// What it is.
    pub kind: FoldKind,
}

/// What can be folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoldKind {
    /// The header.
    Header,
    /// A comment.
    Comment,
    /// Notes between `NOTES` and `STORY`.
    Notes,
    /// Everything from the end mark on.
    Back,
    /// A definition.
    Definition,
    /// A subhead with what stands under it.
    Section,
}

/// The folds of a draft, in order of their start.
pub fn folds(draft: &Draft, _scene: &Scene) -> Vec<Fold> {
    let blocks = &draft.tree.blocks;
    let mut folds: Vec<Fold> = Vec::new();
    let mut section: Option<Span> = None;
    // A run of blocks of one kind that grows until another kind comes.
    let mut run: Option<(FoldKind, Span)> = None;
    for (index, placed) in blocks.iter().enumerate() {
        let content = placed.place(placed.block.content);
        let label = draft.story.labels.get(index).copied().unwrap_or_default();
        let zone = match (&placed.block.shape, placed.zone) {
            (Shape::Header(_), _) => Some(FoldKind::Header),
            (Shape::EndMark, _) | (_, Zone::Back) => Some(FoldKind::Back),
            (Shape::NotesMark | Shape::StoryMark, _) | (_, Zone::Notes) => Some(FoldKind::Notes),
            (Shape::Comment, _) | (_, Zone::Comment) => Some(FoldKind::Comment),
            _ => None,
        };
        run = match (run.take(), zone) {
            (Some((kind, span)), Some(zone)) if kind == zone => Some((kind, span.cover(content))),
            (before, zone) => {
                folds.extend(before.map(|(kind, span)| Fold { span, kind }));
                zone.map(|kind| (kind, content))
            }
        };
        if matches!(placed.block.shape, Shape::Definition(_)) {
            folds.push(Fold {
                span: content,
                kind: FoldKind::Definition,
            });
        }
        if label == Label::Subhead {
            folds.extend(section.replace(content).map(as_section));
        } else if label != Label::NotCopy {
            section = section.map(|span| span.cover(content));
        }
    }
    folds.extend(run.map(|(kind, span)| Fold { span, kind }));
    folds.extend(section.map(as_section));
    folds.retain(|fold| {
        let words = draft.text.slice(fold.span);
        words.trim_end().contains(['\n', '\r'])
    });
    order::by_key(&mut folds, |fold| {
        (fold.span.start(), std::cmp::Reverse(fold.span.end()))
    });
    folds
}

fn as_section(span: Span) -> Fold {
    Fold {
        span,
        kind: FoldKind::Section,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::features::testing;

    #[test]
    fn header_notes_sections_comments_and_back_matter_fold() {
        let story = "\
Slug: pier
Status: edit

NOTES

call Ortiz again

STORY

The pier has stood since 1911, records show.

## What comes next

The wall is old, and the council meets on Monday to talk about it.

<!-- the photographs
are late -->

The wall stands, for now, on wooden piles.

###

[^ortiz]: interview, Dana Ortiz
    on record
";
        let folded = testing::asked(story, |draft, scene, _| {
            let lines = |fold: &Fold| {
                let words = draft.text.slice(fold.span);
                let first = words.lines().next().unwrap_or_default().to_owned();
                let last = words.lines().last().unwrap_or_default().to_owned();
                format!("{:?}: {first} … {last}\n", fold.kind)
            };
            folds(draft, scene).iter().map(lines).collect::<String>()
        });
        expect![[r#"
            Header: Slug: pier … Status: edit
            Notes: NOTES … STORY
            Section: ## What comes next … The wall stands, for now, on wooden piles.
            Comment: <!-- the photographs … are late -->
            Back: ### …     on record
            Definition: [^ortiz]: interview, Dana Ortiz …     on record
        "#]]
        .assert_eq(&folded);
    }
}
