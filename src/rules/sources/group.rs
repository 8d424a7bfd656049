//! People without a name as one group: what they said, and where they are named first.

use rustc_hash::FxHashMap;

use crate::draft::Draft;
use crate::finding::Fix;
use crate::prose::Attribution;
use crate::prose::phrase::NounKind;
use crate::rule::Rule;
use crate::rules::look;
use crate::story::outline::Label;
use crate::story::{Nameless, Place, Speaker, SpeakerId, SpeakerKind, Statement};

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
pub fn groups(draft: &Draft) -> Vec<Group<'_>> {
    let story = &draft.story;
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
        let attribution = &draft.prose[statement.block].attributions[statement.index];
        if is_told(draft, statement.block, attribution) {
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
fn is_told(draft: &Draft, block: usize, attribution: &Attribution) -> bool {
    let Some(source) = attribution.source.as_ref() else {
        return true;
    };
    let text: &str = &draft.tree.blocks[block].block.text;
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

/// How much the reader learns of them.
pub fn score(group: &Group) -> usize {
    let features = group.features;
    usize::from(features.has_basis) * 2
        + usize::from(features.has_affiliation)
        + usize::from(features.is_specific)
        + usize::from(features.count.is_some_and(|count| count >= 2))
}

/// What is told of the groups in one finding each: those that a STET lets stand alone, the others together.
pub fn told_at_once<'a>(
    draft: &Draft,
    rule: &Rule,
    groups: &'a [Group<'a>],
) -> Vec<Vec<&'a Group<'a>>> {
    let (left, open): (Vec<_>, Vec<_>) = groups
        .iter()
        .partition(|group| look::is_let_stand(draft, rule, group.place));
    let mut told: Vec<Vec<&Group>> = left.into_iter().map(|group| vec![group]).collect();
    told.extend((!open.is_empty()).then_some(open));
    told
}

/// A way out that writes a note after each group, where it speaks first.
pub fn note_at_each(draft: &Draft, groups: &[&Group], title: &str, note: &str) -> Fix {
    let ends: Vec<usize> = groups
        .iter()
        .map(|group| draft.span(group.place).end())
        .collect();
    look::insert_at_each(title, &ends, note)
}

/// `Harlow’s former campaign manager`: one person whom the words name without a name; nobody was promised anything.
pub fn is_described_person(draft: &Draft, group: &Group) -> bool {
    let words = draft.words(group.place);
    let owner = words.split_once(['’', '\'']).is_some_and(|(owner, rest)| {
        owner.starts_with(char::is_uppercase) && rest.starts_with("s former ")
    });
    owner && group.features.count.is_none() && !words.ends_with('s')
}

/// Whether a source that a mark ties to what the group says has the field.
pub fn has_field(draft: &Draft, group: &Group, field: &str) -> bool {
    let own = draft.story.speaker(group.id).sources.iter().copied();
    let cited = group
        .statements
        .iter()
        .flat_map(|(statement, attribution)| {
            let sentence = draft.prose[statement.block].sentences[attribution.sentence].span;
            draft
                .story
                .citations_of(statement.block)
                .iter()
                .filter(move |citation| citation.covers.span.overlaps(sentence))
                .filter_map(|citation| {
                    draft
                        .story
                        .sources
                        .iter()
                        .position(|source| source.id == citation.name)
                })
        });
    own.chain(cited)
        .any(|source| draft.story.sources[source].field(field).is_some())
}
