//! People without a name as one group: what they say in the story, and where they are named first.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::outline::Label;
use super::{Nameless, Place, Speaker, SpeakerId, SpeakerKind, Statement, Story};
use crate::prose::phrase::NounKind;
use crate::prose::{Attribution, Prose};
use crate::syntax::tree::Tree;
use crate::text::pages::Pages;

/// A group of people without a name that says something.
pub struct Group<'a> {
    /// Who.
    pub id: SpeakerId,
    /// What is said of them.
    pub features: Nameless,
    /// What they say, in order; at least one.
    pub statements: Vec<(&'a Statement, &'a Attribution)>,
    /// The words that name them where they first speak.
    pub place: Place,
}

/// Every such group of the story, in order.
pub fn groups<'a>(story: &'a Story, tree: &Tree, prose: &'a Pages<Arc<Prose>>) -> Vec<Group<'a>> {
    let mut groups = Vec::new();
    let is_anonymous =
        |speaker: &Speaker| speaker.kind == SpeakerKind::Anonymous && speaker.anonymous.is_some();
    let anonymous: Vec<bool> = story.speakers.iter().map(is_anonymous).collect();
    // What they said, not what they knew or did.
    let mut said: FxHashMap<SpeakerId, Vec<(&Statement, &Attribution)>> = FxHashMap::default();
    for statement in &story.statements {
        let Some(id) = statement.speaker.filter(|id| anonymous[id.0]) else {
            continue;
        };
        if !statement.is_strict || story.labels[statement.block] != Label::Body {
            continue;
        }
        let attribution = &prose[statement.block].attributions[statement.index];
        if is_told(tree, statement.block, attribution) {
            said.entry(id).or_default().push((statement, attribution));
        }
    }
    for index in (0..anonymous.len()).filter(|&index| anonymous[index]) {
        let id = SpeakerId(index);
        let Some(features) = story.speaker(id).anonymous else {
            continue;
        };
        let statements = said.remove(&id).unwrap_or_default();
        let place = statements.iter().find_map(|(statement, attribution)| {
            let source = attribution.source.as_ref()?;
            Some(Place {
                block: statement.block,
                span: source.span,
            })
        });
        if let Some(place) = place {
            groups.push(Group {
                id,
                features,
                statements,
                place,
            });
        }
    }
    groups
}

/// Whether they tell the story something: not `a source who told him`, whose word was given to somebody else; not `aides have not
/// said`, who kept it; not `officials praised`, who passed no news on; not a headline’s `Lawmaker urges`.
fn is_told(tree: &Tree, block: usize, attribution: &Attribution) -> bool {
    let Some(source) = attribution.source.as_ref() else {
        return true;
    };
    let text: &str = &tree.blocks[block].block.text;
    let (from, to) = (source.span.end(), attribution.cue.start());
    let between = text.get(from..to).unwrap_or_default();
    let between = between.split('[').next().unwrap_or_default().trim();
    let cue = attribution.cue.of(text);
    let is_kept = [between, cue].iter().any(|words| {
        let is_no = |word: &str| word.contains("n’t") || word.contains("n't") || word == "not";
        words.contains('t') && words.split(' ').any(is_no)
    });
    let words = source.span.of(text);
    let is_headline = source.kind != NounKind::Pronoun
        && !words.contains(' ')
        && !words.ends_with('s')
        && words.starts_with(char::is_uppercase);
    let is_applause = matches!(
        attribution.lemma,
        "praise" | "welcome" | "applaud" | "condemn" | "thank"
    );
    // “who asked not to be named” is how they speak to us.
    let is_to_others =
        between == "who" && !matches!(attribution.lemma, "ask" | "request" | "insist");
    !is_to_others && !is_kept && !is_headline && !is_applause
}
