//! The words of a block cut where something about them changes: emphasis, links, quotations, what they rest on, marks.

use super::article::{Piece, Run};
use crate::draft::Draft;
use crate::ledger::Level;
use crate::ledger::discretion::Discretion;
use crate::story::Place;
use crate::syntax::tree::{Block, Cite, Inline, InlineKind, Target};
use crate::text::span::Span;

/// What the cutting looks at.
pub struct Context<'a> {
    /// The draft.
    pub draft: &'a Draft,
    /// What may be told of it.
    pub discretion: &'a Discretion<'a>,
    /// For each of its sources the place among those that are shown.
    pub places: &'a [Option<usize>],
    /// Stretches of copy, each with its index in `Article::rests`.
    pub spans: &'a [(Place, usize)],
}

impl Context<'_> {
    /// The pieces of a span of a block.
    pub fn pieces(&self, block: usize, span: Span) -> Vec<Piece> {
        self.cut(block, span, span)
    }

    /// The pieces of a block's words, with the marks that stand anywhere in it.
    pub fn block(&self, block: usize, span: Span) -> Vec<Piece> {
        let whole = self.draft.tree.blocks[block].block.content;
        self.cut(block, span, whole)
    }

    /// The words of `span`, the marks of `marked`.
    fn cut(&self, index: usize, span: Span, marked: Span) -> Vec<Piece> {
        let block: &Block = &self.draft.tree.blocks[index].block;
        let text: &str = &block.text;
        let rests = self.spans.iter().filter(|(place, _)| place.block == index);
        let rests: Vec<(Span, usize)> = rests.map(|(place, at)| (place.span, *at)).collect();
        let quotes = self.draft.story.quotes_of(index);
        let quotes: Vec<Span> = quotes.iter().map(|quote| quote.place.span).collect();
        let mut cuts = vec![span.start(), span.end()];
        let inner = block.inlines.iter().filter_map(styled);
        let all = inner.chain(block.hidden.iter().copied());
        let all = all
            .chain(rests.iter().map(|one| one.0))
            .chain(quotes.iter().copied());
        for one in all {
            cuts.extend([one.start(), one.end()]);
        }
        let marks = block.inlines.iter().filter(|one| marked.covers(one.span));
        let marks: Vec<&Inline> = marks.collect();
        cuts.extend(marks.iter().map(|mark| mark.span.start()));
        cuts.retain(|at| (span.start()..=span.end()).contains(at));
        cuts.sort_unstable();
        cuts.dedup();
        let mut found = Vec::new();
        let mut waiting = marks.iter().peekable();
        for pair in cuts.windows(2) {
            let one = Span::new(pair[0], pair[1]);
            while let Some(mark) = waiting.next_if(|mark| mark.span.start() <= one.start()) {
                found.extend(self.mark(text, mark));
            }
            if block.hidden.iter().any(|hidden| hidden.covers(one)) {
                continue;
            }
            let mut run = Run {
                text: one.of(text).to_owned(),
                is_quoted: quotes.iter().any(|quote| quote.covers(one)),
                ..Run::default()
            };
            for inline in &block.inlines {
                let is_in = styled(inline).is_some_and(|inner| inner.covers(one));
                match &inline.kind {
                    InlineKind::Emphasis(_) if is_in => run.is_emphasis = true,
                    InlineKind::Strong(_) if is_in => run.is_strong = true,
                    InlineKind::Link {
                        target: Target::Url(url),
                        ..
                    } if is_in => run.link = Some(url.of(text).to_owned()),
                    _ => {}
                }
            }
            let mut within = rests.iter().filter(|(span, _)| span.covers(one));
            run.rests = within.next().map(|one| one.1);
            found.push(Piece::Run(run));
        }
        for mark in waiting {
            found.extend(self.mark(text, mark));
        }
        tidy(found)
    }

    /// What a mark leaves in the article, if anything.
    fn mark(&self, text: &str, inline: &Inline) -> Option<Piece> {
        let level = self.discretion.level();
        let raw = || {
            let mark = inline.span.of(text);
            mark.trim_start_matches('[')
                .trim_end_matches(']')
                .to_owned()
        };
        match &inline.kind {
            InlineKind::Source(cites)
            | InlineKind::Link {
                target: Target::Source(cites),
                ..
            } => {
                let shown: Vec<_> = cites
                    .iter()
                    .filter_map(|one| self.cite(text, one))
                    .collect();
                (!shown.is_empty()).then_some(Piece::Cite(shown))
            }
            InlineKind::Check { .. }
            | InlineKind::Stet { .. }
            | InlineKind::Todo(_)
            | InlineKind::Note { .. }
                if level > Level::Public =>
            {
                Some(Piece::Note(self.discretion.told(&raw()).to_owned()))
            }
            InlineKind::Comment if level == Level::Full => {
                let comment = inline.span.of(text);
                let is_whole = comment.starts_with("<!--") && comment.ends_with("-->");
                is_whole.then(|| Piece::Comment(comment.to_owned()))
            }
            _ => None,
        }
    }

    fn cite(&self, text: &str, cite: &Cite) -> Option<(usize, Option<String>)> {
        let id = cite.id.of(text);
        let mut sources = self.draft.story.sources.iter();
        let source = sources.position(|source| source.id == id)?;
        let index = self.places[source]?;
        let is_shown =
            crate::ledger::may_show(&self.draft.story.sources[source], self.discretion.level());
        // The place in a record that is not shown may be told by the reporter only.
        let locator = cite.locator.filter(|_| is_shown);
        Some((index, locator.map(|span| span.of(text).to_owned())))
    }
}

/// The words that an inline gives a look.
fn styled(inline: &Inline) -> Option<Span> {
    match &inline.kind {
        InlineKind::Emphasis(inner) | InlineKind::Strong(inner) => Some(*inner),
        InlineKind::Link { text, .. } => Some(*text),
        _ => None,
    }
}

/// White space becomes single spaces, none at the ends; neighbours that are alike become one. Of the spaces around a
/// mark the one behind it stays.
fn tidy(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    // Whether a space has been read that is to stand before the next word.
    let mut is_owed = false;
    let mut is_start = true;
    for piece in pieces {
        let Piece::Run(mut run) = piece else {
            found.push(piece);
            continue;
        };
        let mut text = String::with_capacity(run.text.len());
        for c in run.text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r') {
                is_owed = !is_start;
                continue;
            }
            // What no format can hold: control characters, the sign of a byte order.
            if c.is_control() || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}') {
                continue;
            }
            if std::mem::take(&mut is_owed) {
                text.push(' ');
            }
            is_start = false;
            text.push(c);
        }
        run.text = text;
        if run.text.is_empty() {
            continue;
        }
        match found.last_mut() {
            Some(Piece::Run(last)) if is_alike(last, &run) => last.text.push_str(&run.text),
            _ => found.push(Piece::Run(run)),
        }
    }
    found
}

fn is_alike(one: &Run, other: &Run) -> bool {
    let look = |run: &Run| (run.is_emphasis, run.is_strong, run.rests, run.is_quoted);
    look(one) == look(other) && one.link == other.link
}

/// Adds words to pieces, to the last ones where they look alike.
pub fn join(pieces: &mut Vec<Piece>, run: Run) {
    match pieces.last_mut() {
        Some(Piece::Run(last))
            if (last.is_emphasis, last.is_strong, &last.link)
                == (run.is_emphasis, run.is_strong, &run.link) =>
        {
            last.text.push_str(&run.text);
        }
        _ => pieces.push(Piece::Run(run)),
    }
}

/// The words that print.
pub fn plain(pieces: &[Piece]) -> String {
    let words = pieces.iter().filter_map(|piece| match piece {
        Piece::Run(run) => Some(run.text.as_str()),
        _ => None,
    });
    words.collect()
}
