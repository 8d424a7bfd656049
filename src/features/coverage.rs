//! How far a story is checked, by source: proven by what is on file, checked by a person, open.

use crate::checks::{self, Checked, State};
use crate::draft::Draft;
use crate::features::on_file;
use crate::notes::compare::Likeness;
use crate::notes::verdict::Finding;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::text::span::Span;

/// How far a story is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// By source, in order of their first sentence; the story's own voice has no name.
    pub sources: Vec<Sourced>,
    /// Sentences that nobody has checked and nothing proves, in order.
    pub open: Vec<Span>,
    /// Checks of words that were changed since.
    pub changed: Vec<Checked>,
    /// Checks noted beside the draft whose words are gone, as noted.
    pub gone: Vec<String>,
}

/// The sentences that rest on one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced {
    /// The source; none is the story's own voice.
    pub name: Option<String>,
    /// Sentences whose quotations are on file word for word.
    pub proven: usize,
    /// Sentences that a person has checked.
    pub checked: usize,
    /// The others.
    pub open: usize,
}

/// How a sentence stands.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    Proven,
    Checked,
    Open,
}

impl Coverage {
    /// Whether every sentence is proven or checked, and every check holds.
    pub fn is_whole(&self) -> bool {
        self.open.is_empty() && self.changed.is_empty()
    }
}

/// How far a draft is checked.
pub fn coverage(draft: &Draft, scene: &Scene) -> Coverage {
    let all = checks::checked(draft, scene.records);
    let (changed, valid): (Vec<Checked>, Vec<Checked>) = all
        .into_iter()
        .partition(|one| matches!(one.state, State::Changed(_)));
    let mut found = Coverage {
        changed,
        gone: checks::gone(draft, scene.records)
            .iter()
            .map(|line| format!("{} {}: {}", line.who, line.date, line.words))
            .collect(),
        ..Coverage::default()
    };
    for (block, prose) in draft.prose.iter().enumerate() {
        let label = draft.story.labels[block];
        let is_told = matches!(
            label,
            Label::Headline
                | Label::Deck
                | Label::Caption
                | Label::Body
                | Label::List
                | Label::BlockQuote
        );
        if !is_told {
            continue;
        }
        for (index, sentence) in prose.sentences.iter().enumerate() {
            let text: &str = &draft.tree.blocks[block].block.text;
            let is_word = |span: Span| span.of(text).contains(char::is_alphanumeric);
            let words = prose.words[sentence.words.clone()].iter();
            let words: Vec<Span> = words
                .map(|word| word.span)
                .filter(|span| is_word(*span))
                .collect();
            if words.is_empty() {
                continue;
            }
            let is_checked = words.iter().all(|word| {
                let covers =
                    |one: &Checked| one.covers.block == block && one.covers.span.covers(*word);
                valid.iter().any(covers)
            });
            let standing = match (is_checked, is_proven(draft, scene, block, sentence.span)) {
                (true, _) => Standing::Checked,
                (false, true) => Standing::Proven,
                (false, false) => Standing::Open,
            };
            if standing == Standing::Open {
                found
                    .open
                    .push(draft.tree.blocks[block].place(sentence.span));
            }
            for name in sources(draft, block, index, sentence.span) {
                count(&mut found.sources, name, standing);
            }
        }
    }
    found
}

fn count(sources: &mut Vec<Sourced>, name: Option<String>, standing: Standing) {
    let at = sources.iter().position(|one| one.name == name);
    let at = at.unwrap_or_else(|| {
        sources.push(Sourced {
            name,
            proven: 0,
            checked: 0,
            open: 0,
        });
        sources.len() - 1
    });
    match standing {
        Standing::Proven => sources[at].proven += 1,
        Standing::Checked => sources[at].checked += 1,
        Standing::Open => sources[at].open += 1,
    }
}

/// Whether a sentence has quotations, and each is on file word for word.
fn is_proven(draft: &Draft, scene: &Scene, block: usize, sentence: Span) -> bool {
    let quotes = draft.story.quotes.iter().enumerate();
    let mut inside = quotes
        .filter(|(_, quote)| quote.place.block == block && quote.place.span.overlaps(sentence))
        .peekable();
    inside.peek().is_some()
        && inside.all(|(index, _)| {
            on_file::known(draft, scene, index).is_some_and(|verdict| {
                matches!(&verdict.finding, Finding::Faithful(place) if place.found.likeness == Likeness::Same)
            })
        })
}

/// Whom a sentence rests on, by name; the story's own voice if nobody.
fn sources(draft: &Draft, block: usize, index: usize, sentence: Span) -> Vec<Option<String>> {
    let story = &draft.story;
    let covered = story.coverage[block].get(index);
    let speakers = covered
        .into_iter()
        .flat_map(|one| story.coverage.speakers(block, *one).iter().copied());
    let quotes = story.quotes_of(block).iter();
    let bound = quotes
        .filter(|quote| quote.place.span.overlaps(sentence))
        .filter_map(|quote| Some(quote.binding.as_ref()?.speaker));
    let spoken = speakers
        .chain(bound)
        .map(|id| story.speaker(id).name.clone());
    let cited = story.citations_of(block).iter();
    let cited = cited
        .filter(|one| one.covers.block == block && one.covers.span.overlaps(sentence))
        .map(|one| {
            let source = story.sources.iter().find(|source| source.id == one.name);
            let own = source.and_then(|source| {
                let index = story
                    .sources
                    .iter()
                    .position(|other| other.id == source.id)?;
                story
                    .speakers
                    .iter()
                    .find(|speaker| speaker.sources.contains(&index))
            });
            let named = || story.speakers.iter().find(|speaker| speaker.id == one.name);
            own.or_else(named)
                .map_or_else(|| one.name.clone(), |speaker| speaker.name.clone())
        });
    let mut names: Vec<Option<String>> = Vec::new();
    for name in spoken.chain(cited) {
        if !names.contains(&Some(name.clone())) {
            names.push(Some(name));
        }
    }
    if names.is_empty() {
        names.push(None);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing;

    #[test]
    fn each_sentence_is_proven_checked_or_open() {
        let story = "“We had no warning at all,” Dana Ortiz said. The pier closed in 1998. [CQ AL 2026-03-12 #3d2a] It cost $4 million.\n\nThe wall is new, Ortiz said.[^plan]\n\n[^plan]: document, the plan of the board\n=== notes/ortiz.txt\nWe had no warning at all. We had no plan for the pier.\n=== draft.lede.checks\nBR 2026-03-13: The wall is new, Ortiz said.\nBR: The moon is made of cheese and nobody minds.\n";
        let told = testing::asked(story, |draft, scene, _| {
            let found = coverage(draft, scene);
            let sources: Vec<String> = found
                .sources
                .iter()
                .map(|one| {
                    let name = one.name.as_deref().unwrap_or("own voice");
                    format!("{name}: {} {} {}", one.proven, one.checked, one.open)
                })
                .collect();
            let open: Vec<String> = found
                .open
                .iter()
                .map(|span| draft.text.slice(*span))
                .collect();
            (sources, open, found.gone, found.changed.len())
        });
        assert_eq!(
            told.0,
            ["Dana Ortiz: 1 1 0", "own voice: 0 1 1", "plan: 0 1 0"]
        );
        assert_eq!(told.1, ["It cost $4 million."]);
        assert_eq!(
            told.2,
            ["BR : The moon is made of cheese and nobody minds."]
        );
        assert_eq!(told.3, 0);
    }
}
