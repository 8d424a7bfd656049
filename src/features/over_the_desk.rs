//! How often somebody speaks in the other stories of the desk, and in which they spoke last; a line for a hover.

use std::sync::Arc;

use jiff::civil::Date;

use crate::draft::Draft;
use crate::entities::fold::fold;
use crate::features::people::Who;
use crate::features::places;
use crate::features::words::{counted, shortened};
use crate::story::outline::Label;
use crate::story::{SpeakerId, SpeakerKind};
use crate::text::order;

/// Who speaks in a story, and how often.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// The headline, else the slug, else nothing.
    pub title: String,
    /// The story's date.
    pub date: Option<Date>,
    /// Each with quotations and statements without one.
    pub said: Vec<(Who, usize, usize)>,
}

/// What a hover on somebody of another story needs to know of a draft.
pub fn summary(draft: &Draft) -> Summary {
    let story = &draft.story;
    let field = |wanted: &str| {
        let mut fields = story.facts.fields.iter();
        let found = fields.find(|(key, _, _, _)| key.eq_ignore_ascii_case(wanted));
        found.map(|(_, value, _, _)| value.trim().to_owned())
    };
    let headline = || {
        let block = story
            .labels
            .iter()
            .position(|label| *label == Label::Headline)?;
        Some(
            crate::syntax::strip::printed(&draft.tree.blocks[block].block)
                .trim()
                .to_owned(),
        )
    };
    let title = field("headline")
        .or_else(headline)
        .or_else(|| field("slug"));
    let mut said = Vec::new();
    for (index, speaker) in story.speakers.iter().enumerate() {
        let id = SpeakerId(index);
        let quotes = places::quotes(draft, id).count();
        let plain = story.statements.iter().filter(|statement| {
            let attributions = &draft.prose[statement.block].attributions;
            statement.speaker == Some(id)
                && attributions
                    .get(statement.index)
                    .is_some_and(|one| one.quotes.is_empty() && !one.is_quoted)
        });
        let plain = plain.count();
        let known = story.known.speakers.get(index).copied().flatten();
        let is_named = match speaker.kind {
            SpeakerKind::Person => speaker.name.contains(' '),
            SpeakerKind::Body | SpeakerKind::Outlet => true,
            _ => false,
        };
        let who = known
            .map(Who::Known)
            .or_else(|| is_named.then(|| Who::Named(fold(&speaker.name))));
        if let (Some(who), true) = (who, quotes + plain > 0) {
            said.push((who, quotes, plain));
        }
    }
    Summary {
        title: title.unwrap_or_default(),
        date: story.facts.date,
        said,
    }
}

/// `Over the desk: 4 quotes, 1 paraphrase in 2 other stories · last: “Pier closed” (9 November 2026), “…”`; none for
/// somebody who speaks in no other.
pub fn line(who: &Who, others: &[Arc<Summary>]) -> Option<String> {
    let mut found: Vec<(&Summary, usize, usize)> = others
        .iter()
        .filter_map(|summary| {
            let (_, quotes, plain) = summary.said.iter().find(|(one, _, _)| one == who)?;
            Some((&**summary, *quotes, *plain))
        })
        .collect();
    if found.is_empty() {
        return None;
    }
    order::by_key(&mut found, |(summary, _, _)| {
        std::cmp::Reverse(summary.date)
    });
    let quotes = found.iter().map(|(_, quotes, _)| quotes).sum();
    let plain = found.iter().map(|(_, _, plain)| plain).sum();
    let stories = match found.len() {
        1 => "1 other story".to_owned(),
        count => format!("{count} other stories"),
    };
    let last: Vec<String> = found
        .iter()
        .take(2)
        .filter(|(summary, _, _)| !summary.title.is_empty())
        .map(|(summary, _, _)| {
            let title = shortened(&summary.title, 50);
            match summary.date {
                Some(date) => format!("“{title}” ({})", date.strftime("%-d %B %Y")),
                None => format!("“{title}”"),
            }
        })
        .collect();
    let last = match last.is_empty() {
        true => String::new(),
        false => format!(" · last: {}", last.join(", ")),
    };
    Some(format!(
        "Over the desk: {}, {} in {stories}{last}",
        counted(quotes, "quote"),
        counted(plain, "paraphrase")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing;

    #[test]
    fn counts_and_the_last_stories() {
        let of = |story: &str| {
            testing::asked(&format!("{story}<|>"), |draft, _, _| {
                Arc::new(summary(draft))
            })
        };
        let others = [
            of(
                "Slug: pier\nDate: 2026-11-09\n\nThe wall is new.\n\n“The pier is old,” said Paul Venn, a diver. “It is.” The wall is old, Venn said.\n",
            ),
            of(
                "Headline: Wall falls\nDate: 2026-11-20\n\nThe wall fell.\n\n“The wall fell,” said Paul Venn, a diver.\n",
            ),
            of("Slug: other\n\nThe wall fell.\n\n“The wall fell,” said Ann Lee, a diver.\n"),
        ];
        let who = Who::Named("paul venn".to_owned());
        assert_eq!(
            line(&who, &others).as_deref(),
            Some(
                "Over the desk: 3 quotes, 1 paraphrase in 2 other stories · last: “Wall falls” (20 November 2026), “pier” (9 November 2026)"
            )
        );
        assert_eq!(line(&Who::Named("nobody at all".to_owned()), &others), None);
    }
}
