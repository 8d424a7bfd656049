//! What stands over a story: headline, byline, dates, and what the header says to anybody.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::draft::Draft;
use crate::ledger::Level;
use crate::ledger::table::field;
use crate::story::facts::date_in;
use crate::story::outline::Status;

/// What stands over a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// The headline.
    pub headline: Option<String>,
    /// The line under it.
    pub deck: Option<String>,
    /// Who wrote it, as it prints, without “By”.
    pub byline: Option<String>,
    /// Who helped.
    pub with: Option<String>,
    /// The place that the story is dated from, as it prints.
    pub dateline: Option<String>,
    /// The story's short name.
    pub slug: Option<String>,
    /// The section.
    pub section: Option<String>,
    /// The day of the story, and the moment where the header has one.
    pub date: Option<Moment>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// Until when it must not be published.
    pub embargo: Option<Moment>,
    /// Whether there is an embargo that could not be read.
    pub has_unclear_embargo: bool,
    /// BCP 47.
    pub lang: Option<String>,
    /// Which version it is.
    pub version: Option<String>,
    /// A number of the house, an address.
    pub id: Option<String>,
    /// 1 to 9.
    pub urgency: Option<u8>,
    /// Where it stands on its way to print.
    pub status: Option<Status>,
    /// Who holds the rights.
    pub rights: Option<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// For the full level: every field of the header as it was typed.
    pub fields: Vec<(String, String)>,
}

/// A day, or a moment of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// The moment as typed, with its offset, where both are known.
    pub exact: Option<String>,
}

impl Moment {
    /// From what a header says.
    pub fn read(words: &str) -> Option<Moment> {
        let words = words.trim();
        let day = date_in(words)?;
        let rest = words.get(10..).unwrap_or_default();
        let is_exact = words.parse::<Timestamp>().is_ok();
        let exact = match is_exact {
            // A minute is enough in a header; formats want seconds.
            true if rest.matches(':').count() == offset_colons(rest) + 1 => {
                let at = words
                    .find(':')
                    .map_or(words.len(), |at| (at + 3).min(words.len()));
                words
                    .is_char_boundary(at)
                    .then(|| format!("{}:00{}", &words[..at], &words[at..]))
            }
            true => Some(words.replace(' ', "T")),
            false => None,
        };
        let exact = exact.filter(|exact| exact.parse::<Timestamp>().is_ok());
        Some(Moment { day, exact })
    }

    /// With seconds and an offset; a day alone is its first moment in UTC.
    pub fn date_time(&self) -> String {
        self.exact
            .clone()
            .unwrap_or_else(|| format!("{}T00:00:00Z", self.day))
    }

    /// The moment if it is known, else the day.
    pub fn truncated(&self) -> String {
        self.exact.clone().unwrap_or_else(|| self.day.to_string())
    }
}

fn offset_colons(rest: &str) -> usize {
    let offset = rest.rfind(['+', '-']).map_or("", |at| &rest[at..]);
    offset.matches(':').count()
}

/// A moment of the clock as formats want it.
pub fn stamp(now: Timestamp) -> String {
    let utc: DateTime = TimeZone::UTC.to_datetime(now);
    let (date, time) = (utc.date(), utc.time());
    format!(
        "{date}T{:02}:{:02}:{:02}Z",
        time.hour(),
        time.minute(),
        time.second()
    )
}

impl Head {
    /// From the header of a draft.
    pub fn of(draft: &Draft, level: Level) -> Head {
        let of = |keys: &[&str]| {
            let value = field(draft, keys)?.trim();
            (!value.is_empty()).then(|| value.split_whitespace().collect::<Vec<_>>().join(" "))
        };
        let facts = &draft.story.facts;
        let embargo = of(&["embargo"]);
        let moment = |keys: &[&str]| of(keys).and_then(|words| Moment::read(&words));
        let in_dateline = facts.date.map(|day| Moment { day, exact: None });
        let lede = facts
            .lede
            .map(|block| crate::syntax::strip::printed_bare(&draft.tree.blocks[block].block));
        let dateline = lede.as_deref().and_then(|copy| {
            let span = crate::prose::dateline::dateline(copy)?;
            let words = span.of(copy).trim();
            Some(words.trim_end_matches(['—', '–', '-', '―', ' ']).to_owned())
        });
        let tags = of(&["tags", "topics"]).unwrap_or_default();
        let tags = tags
            .split([',', ';'])
            .map(str::trim)
            .filter(|tag| !tag.is_empty());
        Head {
            headline: of(&["headline", "hed", "title"]),
            deck: of(&["deck", "dek", "standfirst", "summary"]),
            byline: of(&["by", "byline", "author"]).map(|by| without_by(&by)),
            with: of(&["with", "contributors"]),
            dateline: of(&["dateline"]).or(dateline),
            slug: of(&["slug"]),
            section: of(&["desk", "section"]),
            date: moment(&["date", "published"]).or(in_dateline),
            updated: moment(&["updated"]),
            embargo: embargo
                .as_deref()
                .and_then(Moment::read)
                .filter(|moment| moment.exact.is_some()),
            has_unclear_embargo: embargo.is_some_and(|words| {
                Moment::read(&words).is_none_or(|moment| moment.exact.is_none())
            }),
            lang: facts.lang.clone().filter(|lang| is_language(lang)),
            version: of(&["version", "edition"]),
            id: of(&["id"]),
            urgency: of(&["urgency"])
                .and_then(|words| words.parse().ok())
                .filter(|it| (1..=9).contains(it)),
            status: facts.status,
            rights: of(&["rights"]),
            tags: tags.map(str::to_owned).collect(),
            fields: match level {
                Level::Full => facts
                    .fields
                    .iter()
                    .map(|field| {
                        let words: Vec<&str> = field.1.split_whitespace().collect();
                        (field.0.clone(), words.join(" "))
                    })
                    .collect(),
                Level::Public | Level::Desk => Vec::new(),
            },
        }
    }

    /// Takes a headline that stands in the copy, unless there is another.
    pub fn take_headline(&mut self, words: &str) -> bool {
        take(&mut self.headline, words)
    }

    /// Likewise the deck.
    pub fn take_deck(&mut self, words: &str) -> bool {
        take(&mut self.deck, words)
    }

    /// Likewise the byline.
    pub fn take_byline(&mut self, words: &str) -> bool {
        take(&mut self.byline, &without_by(words))
    }

    /// The names in the byline.
    pub fn authors(&self) -> Vec<String> {
        let by = self.byline.clone().unwrap_or_default();
        let names = by.replace(" and ", ",").replace(" & ", ",");
        let names = names.split([',', ';']).map(str::trim);
        names
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The language, English where none is given.
    pub fn language(&self) -> &str {
        self.lang.as_deref().unwrap_or("en")
    }
}

fn take(place: &mut Option<String>, words: &str) -> bool {
    match place {
        Some(there) => there == words,
        None if words.is_empty() => false,
        None => {
            *place = Some(words.to_owned());
            true
        }
    }
}

fn without_by(words: &str) -> String {
    let words = words.trim();
    let rest = words
        .get(..3)
        .filter(|start| start.eq_ignore_ascii_case("by "));
    rest.map_or(words, |_| words[3..].trim()).to_owned()
}

fn is_language(lang: &str) -> bool {
    let mut parts = lang.split('-');
    let first = parts.next().unwrap_or_default();
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    };
    (2..=3).contains(&first.len())
        && first.chars().all(|c| c.is_ascii_alphabetic())
        && parts.all(is_part)
}
