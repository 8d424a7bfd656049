//! What was filed: the words that went out, and whether a quotation has been bent since.

use std::sync::Arc;

use super::checks;
use super::fold::{Class, Word};
use super::quotation::quotation;
use crate::prose::Prose;
use crate::reading::Reading;
use crate::text::Text;
use crate::text::runs::in_order;
use crate::text::span::Span;

/// A story as it was filed.
#[derive(Clone, Debug)]
pub struct Filed {
    /// When, as it is shown.
    pub when: String,
    /// The copy.
    pub text: Arc<str>,
    /// Its quotations in order.
    pub quotes: Vec<Said>,
    /// Its sentences and paragraphs in order, each on one line.
    passages: Vec<String>,
}

/// Words between quotation marks.
#[derive(Clone, Debug)]
pub struct Said {
    /// The text that the places count in.
    pub text: Arc<str>,
    /// The words' place, without the marks.
    pub inner: Span,
    /// The words as they are compared.
    pub words: Vec<Word>,
}

impl Filed {
    /// Reads the copy that was filed.
    pub fn read(when: &str, text: &str, reading: &Reading) -> Filed {
        let tree = crate::syntax::parse(&Text::new(text), None);
        let quotes = crate::prose::style::of_tree(&tree, reading.quotes);
        let reading = Reading {
            quotes,
            ..reading.clone()
        };
        let mut said = Vec::new();
        let mut passages = Vec::new();
        let line = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
        for placed in &tree.blocks {
            let prose = Prose::read(&placed.block, &reading);
            let text: &str = &placed.block.text;
            let sentences = prose.sentences.iter();
            passages.extend(sentences.map(|sentence| line(sentence.span.of(text))));
            passages.push(line(placed.block.content.of(text)));
            let outer = prose
                .quotes
                .iter()
                .filter(|one| one.depth == 0 && !one.is_open);
            said.extend(outer.map(|quote| {
                let words = quotation(&placed.block.text, quote.inner, &placed.block.hidden).words;
                Said {
                    text: placed.block.text.clone(),
                    inner: quote.inner,
                    words,
                }
            }));
        }
        Filed {
            when: when.to_owned(),
            text: text.into(),
            quotes: said,
            passages,
        }
    }

    /// The sentence or paragraph of a sign, as a check mark has it.
    pub fn passage_of(&self, sign: &str) -> Option<String> {
        let mut passages = self.passages.iter();
        let found = passages.find(|words| checks::hash(words) == sign);
        found.cloned()
    }
}

impl Said {
    /// The words on one line.
    pub fn shown(&self) -> String {
        let words: Vec<&str> = self.inner.of(&self.text).split_whitespace().collect();
        words.join(" ")
    }
}

/// What a quotation is to an older one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// The same words.
    Same,
    /// A part of it, or more than it: cut or joined, not bent.
    Part,
    /// Other words, of which so many are the same.
    Bent(usize),
    /// Another quotation.
    None,
}

/// What a quotation is to an older one, each with the text that its words' places count in.
pub fn kinship(was: (&[Word], &str), now: (&[Word], &str)) -> Kinship {
    let (old, new) = (keys(was.0), keys(now.0));
    if old == new {
        return Kinship::Same;
    }
    if let Some(at) = place(&new, &old) {
        let is_turned = says_no_before(was, at);
        return if is_turned {
            Kinship::Bent(new.len())
        } else {
            Kinship::Part
        };
    }
    if let Some(at) = place(&old, &new) {
        let is_turned = says_no_before(now, at);
        return if is_turned {
            Kinship::Bent(old.len())
        } else {
            Kinship::Part
        };
    }
    let count = in_order(&old, &new);
    let is_like = count * 10 >= old.len().max(new.len()) * 5;
    if is_like {
        Kinship::Bent(count)
    } else {
        Kinship::None
    }
}

fn keys(words: &[Word]) -> Vec<u32> {
    words.iter().map(|word| word.key).collect()
}

/// Where a run of words, three at least, stands in another.
fn place(part: &[u32], whole: &[u32]) -> Option<usize> {
    if part.len() < 3 || part.len() > whole.len() {
        return None;
    }
    whole.windows(part.len()).position(|run| run == part)
}

/// Words before a part that a "no" among them still reaches into.
const REACH: usize = 3;

/// Whether one of the last words before a place says no to what follows: "no plans to sell".
fn says_no_before((words, text): (&[Word], &str), at: usize) -> bool {
    let (Some(first), before) = (words.get(at), &words[at.saturating_sub(REACH)..at]) else {
        return false;
    };
    let no = before.iter().rfind(|word| word.class == Class::Negation);
    no.is_some_and(|no| {
        let between = text.get(no.span().end()..first.span().start());
        between.is_some_and(|words| !words.contains(['.', ',', '?', '!', ';', ':', '—', '–', '…']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::fold::words;

    fn between(was: &str, now: &str) -> Kinship {
        kinship((&words(was), was), (&words(now), now))
    }

    #[test]
    fn a_cut_bends_nothing_unless_it_takes_the_no_away() {
        let was = "We have no plans to sell. The pier is old and it will stay";
        assert_eq!(
            between("We have no plans to sell", "plans to sell"),
            Kinship::Bent(3)
        );
        assert_eq!(
            between(was, "The pier is old and it will stay"),
            Kinship::Part
        );
        assert_eq!(between(was, was), Kinship::Same);
        assert_eq!(
            between(
                "The pier is old and it will stay",
                "The pier is old and it must stay"
            ),
            Kinship::Bent(7)
        );
        assert_eq!(between(was, "Nobody asked us about it"), Kinship::None);
    }

    #[test]
    fn what_was_filed_has_its_quotations() {
        let filed = Filed::read(
            "3 March",
            "“We have no plans to sell,” Ortiz said.\n\n“None,” she added.\n",
            &Reading::default(),
        );
        let shown: Vec<String> = filed.quotes.iter().map(Said::shown).collect();
        assert_eq!(shown, ["We have no plans to sell,", "None,"]);
    }
}
