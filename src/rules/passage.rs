//! Where words that a pull quote repeats stand in the story, word for word or nearly so.

use crate::draft::Draft;
use crate::prose::{Form, Word};
use crate::story::Place;
use crate::story::outline::Label;
use crate::text::span::Span;

/// A passage of the story that is like the words asked for.
pub struct Like {
    /// Where it stands.
    pub place: Place,
    /// Whether every word is the same.
    pub is_same: bool,
}

/// The passage of the body that is most like the words, if at least six words in ten are the same and in the same order.
pub fn like(draft: &Draft, said: &str) -> Option<Like> {
    let said: Vec<String> = said
        .split(|c: char| !is_letter(c))
        .filter(|it| !it.is_empty())
        .map(plain)
        .collect();
    if said.len() < 3 {
        return None;
    }
    let mut best: Option<(f64, Place)> = None;
    for (block, prose) in draft.prose.iter().enumerate() {
        let label = draft.story.labels[block];
        if !matches!(label, Label::Body | Label::List | Label::BlockQuote) {
            continue;
        }
        let text: &str = &draft.tree.blocks[block].block.text;
        let words: Vec<&Word> = prose
            .words
            .iter()
            .filter(|word| word.form != Form::Mark)
            .collect();
        let plain: Vec<String> = words.iter().map(|word| plain(word.span.of(text))).collect();
        for length in [
            said.len(),
            said.len() + 1,
            said.len() + 2,
            said.len().saturating_sub(1),
        ] {
            for start in 0..(words.len() + 1).saturating_sub(length) {
                let window = &plain[start..start + length];
                // A passage begins and ends as the words do, or it is another.
                if length == 0 || window[0] != said[0] && window[length - 1] != said[said.len() - 1]
                {
                    continue;
                }
                let share = common(window, &said) as f64 / length.max(said.len()) as f64;
                if share >= 0.6 && best.is_none_or(|(best, _)| share > best) {
                    let span = words[start].span.cover(words[start + length - 1].span);
                    best = Some((share, Place { block, span }));
                }
            }
        }
    }
    best.map(|(share, place)| Like {
        place,
        is_same: share >= 1.0,
    })
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '’' | '\'' | '-')
}

fn plain(word: &str) -> String {
    word.to_lowercase().replace('\'', "’")
}

/// How many words two runs have in common, in the same order.
fn common(one: &[String], other: &[String]) -> usize {
    let mut row = vec![0; other.len() + 1];
    for word in one {
        let mut before = 0;
        for (at, also) in other.iter().enumerate() {
            let here = row[at + 1];
            row[at + 1] = if word == also {
                before + 1
            } else {
                here.max(row[at])
            };
            before = here;
        }
    }
    row[other.len()]
}

/// The words of a pull quote without its signs and quotation marks, and where they stand in its block.
pub fn pulled(text: &str, sentence: Span) -> Option<(Span, &str)> {
    const SIGNS: [char; 8] = ['>', ' ', '\n', '“', '”', '"', '‘', '’'];
    let words = sentence.of(text);
    let inner = words.trim_start_matches(SIGNS);
    if inner.starts_with(['—', '–', '-']) {
        return None;
    }
    let start = sentence.end() - inner.len();
    let inner = inner.trim_end_matches(SIGNS);
    Some((Span::new(start, start + inner.len()), inner))
}
