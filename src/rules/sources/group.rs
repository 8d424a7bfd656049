//! What rules ask of people without a name who speak as one group.

use crate::draft::Draft;
use crate::finding::Fix;
use crate::rule::Rule;
use crate::rules::look;
use crate::story::group::Group;

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
    groups: &[&'a Group<'a>],
) -> Vec<Vec<&'a Group<'a>>> {
    let (left, open): (Vec<_>, Vec<_>) = groups
        .iter()
        .copied()
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
    if draft.story.sources.is_empty() {
        return false;
    }
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
