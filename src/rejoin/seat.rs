//! Finds for each piece of a draft its place in the edited text, and puts it there.

use super::escape::{escaped, signs};
use super::locate::Words;
use super::lost::{comment_from, comments, sign_of};
use super::piece::{self, Hold, Piece};
use crate::draft::Draft;
use crate::syntax::strip::{printed_bare, prints};
use crate::syntax::tree::{Shape, Tree};
use crate::text::Text;
use crate::text::order;
use crate::text::span::Span;

/// A piece of the old draft: its block, and where in it the piece begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The block.
    pub block: usize,
    /// The byte in it.
    pub start: usize,
}

/// The edited text with what could be placed.
#[derive(Clone, Debug)]
pub struct Joined {
    /// The text.
    pub text: String,
    /// What was inserted, by the paragraph of the edited text.
    placed: Vec<(usize, Key)>,
    /// What could not be placed.
    pub lost: Vec<Key>,
}

/// Something to insert into the edited text.
struct Insert {
    at: usize,
    /// At one place: what closes, what stands before a paragraph, what opens.
    rank: u8,
    key: Key,
    words: String,
}

/// The edited text with every piece in its place, but for those that are refused.
pub fn seated(draft: &Draft, edited: &str, refused: &[Key]) -> Joined {
    let tree = crate::syntax::parse(&Text::new(edited), None);
    let mut seater = Seater::new(draft, edited, &tree);
    seater.run(refused);
    seater.finish()
}

/// The edited text with nothing in it; everything is lost.
pub fn bare(draft: &Draft, edited: &str) -> Joined {
    let copy = draft.tree.blocks.iter().enumerate();
    let copy = copy.filter(|(_, placed)| prints(placed));
    let mut lost = comments(draft);
    for (block, placed) in copy {
        let sign = sign_of(&placed.block).map(|sign| sign.start());
        let pieces = piece::pieces(draft, block).into_iter();
        let starts = sign.into_iter().chain(pieces.map(|piece| piece.start));
        lost.extend(starts.map(|start| Key { block, start }));
    }
    lost.sort_unstable();
    Joined {
        text: escaped(edited),
        placed: Vec::new(),
        lost,
    }
}

/// What may have changed what the text prints: the pieces of the first paragraph that has any.
pub fn suspects(edited: &str, body: &Joined, refused: &[Key]) -> Vec<Key> {
    let tree = crate::syntax::parse(&Text::new(edited), None);
    let joined = crate::syntax::parse(&Text::new(&body.text), None);
    let printed = |tree: &Tree| -> Vec<String> {
        let blocks = tree.blocks.iter().filter(|placed| prints(placed));
        blocks
            .map(|placed| printed_bare(&placed.block).trim().to_owned())
            .collect()
    };
    let now = printed(&joined);
    let odd = tree.blocks.iter().enumerate().filter(|(_, placed)| {
        let words = printed_bare(&placed.block);
        !now.iter().any(|one| one == words.trim())
    });
    let odd: Vec<usize> = odd.map(|(index, _)| index).collect();
    let is_new = |key: &Key| !refused.contains(key);
    let of = |only: &dyn Fn(usize) -> bool| -> Vec<Key> {
        let keys = body.placed.iter().filter(|(paragraph, _)| only(*paragraph));
        keys.map(|(_, key)| *key).filter(is_new).collect()
    };
    let found = of(&|paragraph| odd.contains(&paragraph));
    match found.is_empty() {
        true => of(&|_| true),
        false => found,
    }
}

struct Seater<'a> {
    draft: &'a Draft,
    edited: &'a str,
    tree: &'a Tree,
    /// For each block of the draft the paragraph that it came back as, letter by letter.
    same: Vec<Option<usize>>,
    /// The words of the paragraphs that did not.
    words: Words,
    inserts: Vec<Insert>,
    lost: Vec<Key>,
    /// The word of the edited text that was found last.
    near: usize,
}

impl<'a> Seater<'a> {
    fn new(draft: &'a Draft, edited: &'a str, tree: &'a Tree) -> Seater<'a> {
        let same = same(draft, tree);
        let mut rest = edited.as_bytes().to_vec();
        for paragraph in same.iter().flatten() {
            rest[tree.blocks[*paragraph].span().range()].fill(b' ');
        }
        let rest = String::from_utf8(rest).expect("whole blocks were made blank");
        Seater {
            draft,
            edited,
            tree,
            same,
            words: Words::of(&rest),
            inserts: Vec::new(),
            lost: Vec::new(),
            near: 0,
        }
    }

    fn run(&mut self, refused: &[Key]) {
        let comments = comments(self.draft);
        let mut waiting: Vec<Key> = Vec::new();
        for (block, placed) in self.draft.tree.blocks.iter().enumerate() {
            if prints(placed)
                && let Some(paragraph) = self.block(block, refused)
            {
                self.before(paragraph, &mut waiting);
            }
            let own = comments.iter().filter(|key| key.block == block);
            for key in own {
                match refused.contains(key) {
                    true => self.lost.push(*key),
                    false => waiting.push(*key),
                }
            }
        }
        for key in waiting {
            let words = format!("\n\n{}", comment_from(self.draft, key));
            let at = self.edited.trim_end().len();
            self.inserts.push(Insert {
                at,
                rank: 3,
                key,
                words,
            });
        }
    }

    /// Puts comments before a paragraph.
    fn before(&mut self, paragraph: usize, comments: &mut Vec<Key>) {
        let placed = &self.tree.blocks[paragraph];
        let at = placed.place(placed.block.content).start();
        for key in comments.drain(..) {
            let words = format!("{}\n\n", comment_from(self.draft, key));
            self.inserts.push(Insert {
                at,
                rank: 1,
                key,
                words,
            });
        }
    }

    /// Seats the pieces of a block; the paragraph that it is now.
    fn block(&mut self, block: usize, refused: &[Key]) -> Option<usize> {
        if let Some(paragraph) = self.same[block] {
            let end = self.tree.blocks[paragraph].span().end();
            let after = self.words.words.iter();
            self.near = after.take_while(|(_, span)| span.start() < end).count();
            return Some(paragraph);
        }
        let there = self.located(block);
        let paragraph = self.paragraph(&there);
        self.sign(block, paragraph, refused);
        for piece in piece::pieces(self.draft, block) {
            let key = Key {
                block,
                start: piece.start,
            };
            let seat = match refused.contains(&key) {
                true => None,
                false => self.seat(&piece, &there, paragraph, key),
            };
            match seat {
                Some(inserts) => self.inserts.extend(inserts),
                None => self.lost.push(key),
            }
        }
        paragraph
    }

    /// For each word of a block its twin in the edited text.
    fn located(&mut self, block: usize) -> Vec<Option<usize>> {
        let placed = &self.draft.tree.blocks[block];
        let words = piece::words(&placed.block);
        let sentences = &self.draft.prose[block].sentences;
        let mut there = vec![None; words.len()];
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for sentence in sentences {
            let inside = |span: Span| {
                sentence.span.start() <= span.start() && span.end() <= sentence.span.end()
            };
            let first = words.iter().position(|(_, span)| inside(*span));
            let last = words.iter().rposition(|(_, span)| inside(*span));
            runs.extend(first.zip(last).map(|(first, last)| (first, last + 1)));
        }
        if runs.is_empty() {
            runs.push((0, words.len()));
        }
        for (first, end) in runs {
            let run: Vec<String> = words[first..end]
                .iter()
                .map(|(word, _)| word.clone())
                .collect();
            let Some(found) = self.words.locate(&run, self.near) else {
                continue;
            };
            let last = found.iter().flatten().last().copied();
            // A word or two stand anywhere.
            let is_near = last.is_some_and(|last| last.abs_diff(self.near) < 60);
            if run.len() < 3 && !is_near {
                continue;
            }
            self.near = last.map_or(self.near, |last| last + 1);
            there[first..end].copy_from_slice(&found);
        }
        there
    }

    /// The paragraph that holds most of some words.
    fn paragraph(&self, there: &[Option<usize>]) -> Option<usize> {
        let mut counts: Vec<(usize, usize)> = Vec::new();
        for at in there.iter().flatten() {
            let paragraph = self.paragraph_at(self.words.words[*at].1.start())?;
            match counts.iter_mut().find(|(one, _)| *one == paragraph) {
                Some((_, count)) => *count += 1,
                None => counts.push((paragraph, 1)),
            }
        }
        let most = counts
            .into_iter()
            .max_by_key(|(one, count)| (*count, std::cmp::Reverse(*one)));
        most.map(|(paragraph, _)| paragraph)
    }

    fn paragraph_at(&self, at: usize) -> Option<usize> {
        let blocks = &self.tree.blocks;
        blocks
            .partition_point(|placed| placed.start <= at)
            .checked_sub(1)
    }

    /// Puts the sign of a headline, a quotation or a list back before the lines of its paragraph.
    fn sign(&mut self, block: usize, paragraph: Option<usize>, refused: &[Key]) {
        let placed = &self.draft.tree.blocks[block];
        let own = &placed.block;
        let Some(sign) = sign_of(own) else {
            return;
        };
        let key = Key {
            block,
            start: sign.start(),
        };
        let sign = sign.of(&own.text);
        let can = !matches!(own.shape, Shape::Table(_)) && !refused.contains(&key);
        let Some(paragraph) = paragraph.filter(|_| can) else {
            self.lost.push(key);
            return;
        };
        let is_single = matches!(own.shape, Shape::Headline | Shape::Subhead(_));
        let now = &self.tree.blocks[paragraph];
        let content = now.place(now.block.content);
        let lines = content
            .of(self.edited)
            .match_indices('\n')
            .map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(lines.filter(|_| !is_single));
        let inserts = starts.map(|line| Insert {
            at: content.start() + line,
            rank: 2,
            key,
            words: sign.to_owned(),
        });
        self.inserts.extend(inserts.collect::<Vec<_>>());
    }

    /// What to insert for a piece; none where its words are gone.
    fn seat(
        &self,
        piece: &Piece,
        there: &[Option<usize>],
        paragraph: Option<usize>,
        key: Key,
    ) -> Option<Vec<Insert>> {
        let insert = |at: usize, rank: u8, words: String| Insert {
            at,
            rank,
            key,
            words,
        };
        match &piece.hold {
            Hold::Start(mark) => {
                let placed = &self.tree.blocks[paragraph?];
                let at = placed.place(placed.block.content).start();
                Some(vec![insert(at, 4, format!("{mark} "))])
            }
            Hold::Around {
                first,
                last,
                open,
                close,
                has_signs,
            } => {
                let (first, last) = ((*there.get(*first)?)?, (*there.get(*last)?)?);
                let mut from = self.words.words[first].1.start();
                let mut to = self.words.words[last].1.end();
                if has_signs.0 {
                    let before = &self.edited[..from];
                    from = before.trim_end_matches(is_opener).len();
                }
                if has_signs.1 {
                    to = self.after_closers(to);
                }
                let is_one = self.paragraph_at(from) == self.paragraph_at(to.max(1) - 1);
                (is_one && from < to)
                    .then(|| vec![insert(from, 5, open.clone()), insert(to, 0, close.clone())])
            }
            Hold::After {
                word,
                between,
                mark,
            } => {
                let at = self.after(there, *word, between)?;
                let next = self.edited[at..].chars().next();
                let is_free = next.is_none_or(char::is_whitespace);
                let words = if is_free {
                    mark.as_str()
                } else {
                    mark.trim_start()
                };
                Some(vec![insert(at, 0, words.to_owned())])
            }
        }
    }

    /// The byte after a word and the signs that close it.
    fn after(&self, there: &[Option<usize>], word: usize, between: &str) -> Option<usize> {
        let end = |at: usize| {
            let end = self.words.words[at].1.end();
            if between.is_empty() {
                end
            } else {
                self.after_closers(end)
            }
        };
        if let Some(at) = there.get(word).copied().flatten() {
            return Some(end(at));
        }
        let before = (0..word.min(there.len()))
            .rev()
            .find_map(|at| Some((at, there[at]?)));
        let next = (word + 1..there.len()).find_map(|at| Some((at, there[at]?)));
        let (from, before) = before?;
        let is_end = between.contains(['.', '?', '!', '…']);
        let is_close = between.contains(['”', '"', '’']);
        if is_end || is_close {
            return (word - from <= 12)
                .then(|| self.end_after(before, is_end))
                .flatten();
        }
        let (to, next) = next?;
        let is_narrow = word - from <= 2 && to - word <= 2;
        let is_one = |one: usize, other: usize| {
            let place = |at: usize| self.paragraph_at(self.words.words[at].1.start());
            place(one) == place(other)
        };
        (is_narrow && next > before && next - before <= 6 && is_one(before, next))
            .then(|| end(next - 1))
    }

    /// The end of the sentence, or of the quotation, that holds a word.
    fn end_after(&self, word: usize, is_sentence: bool) -> Option<usize> {
        let from = self.words.words[word].1.end();
        let placed = &self.tree.blocks[self.paragraph_at(from.max(1) - 1)?];
        let to = placed.place(placed.block.content).end();
        let rest = self.edited.get(from..to)?;
        for (at, sign) in rest.char_indices() {
            let after = self.after_closers(from + at);
            let ends = match is_sentence {
                true => {
                    matches!(sign, '.' | '?' | '!' | '…') && {
                        let next = self.edited[after..].chars().next();
                        next.is_none_or(char::is_whitespace)
                    }
                }
                false => matches!(sign, '”' | '"'),
            };
            if ends {
                return Some(after);
            }
        }
        is_sentence.then_some(to)
    }

    /// The byte after the signs that stand at a place.
    fn after_closers(&self, at: usize) -> usize {
        let rest = &self.edited[at..];
        let is_closer = |c: char| {
            !c.is_whitespace()
                && !c.is_alphanumeric()
                && !is_opener(c)
                && !matches!(c, '—' | '–' | '\\')
        };
        at + rest.len() - rest.trim_start_matches(is_closer).len()
    }

    fn finish(mut self) -> Joined {
        let mut edits: Vec<(Span, u8, Key, String)> = Vec::new();
        for (block, paragraph) in self.same.iter().enumerate() {
            let Some(paragraph) = paragraph else {
                continue;
            };
            let now = &self.tree.blocks[*paragraph];
            let own = &self.draft.tree.blocks[block].block;
            let words = own.content.of(&own.text).to_owned();
            edits.push((
                now.place(now.block.content),
                6,
                Key { block, start: 0 },
                words,
            ));
        }
        let same: Vec<usize> = self.same.iter().flatten().copied().collect();
        for at in signs(self.tree) {
            if !self.paragraph_at(at).is_some_and(|one| same.contains(&one)) {
                let key = Key {
                    block: usize::MAX,
                    start: at,
                };
                edits.push((Span::at(at), 5, key, "\\".to_owned()));
            }
        }
        let placed = self
            .inserts
            .iter()
            .filter_map(|one| Some((self.paragraph_at(one.at.max(1) - 1)?, one.key)))
            .collect();
        for insert in self.inserts.drain(..) {
            edits.push((Span::at(insert.at), insert.rank, insert.key, insert.words));
        }
        order::by_key(&mut edits, |(span, rank, key, _)| {
            (span.start(), *rank, *key)
        });
        let mut text = String::new();
        let mut at = 0;
        for (span, _, _, words) in edits {
            text.push_str(&self.edited[at..span.start().max(at)]);
            text.push_str(&words);
            at = span.end().max(at);
        }
        text.push_str(&self.edited[at..]);
        self.lost.sort_unstable();
        Joined {
            text,
            placed,
            lost: self.lost,
        }
    }
}

fn is_opener(c: char) -> bool {
    matches!(c, '“' | '‘' | '(' | '[' | '$' | '£' | '€' | '"' | '\'')
}

/// For each block of the draft the paragraph of the edited text that prints the same, each at most once, in order
/// where that can be.
fn same(draft: &Draft, tree: &Tree) -> Vec<Option<usize>> {
    let printed: Vec<Option<String>> = tree
        .blocks
        .iter()
        .map(|placed| {
            prints(placed).then(|| placed.block.content.of(&placed.block.text).to_owned())
        })
        .collect();
    let mut taken = vec![false; printed.len()];
    let mut last = 0;
    let mut same = Vec::new();
    for placed in &draft.tree.blocks {
        let block = &placed.block;
        let is_whole = block.ends_open.is_none() && block.closes_unopened.is_none();
        if !prints(placed) || !is_whole {
            same.push(None);
            continue;
        }
        let own = printed_bare(block);
        let own = own.trim();
        let fits =
            |at: &usize| !taken[*at] && printed[*at].as_deref() == Some(own) && !own.is_empty();
        let found = (last..printed.len())
            .find(fits)
            .or_else(|| (0..last).find(fits));
        if let Some(at) = found {
            taken[at] = true;
            last = at + 1;
        }
        same.push(found);
    }
    same
}
