//! The source ledger as an editor shows it in a list: who speaks, what they say, and what nobody stands for.

use crate::draft::Draft;
use crate::features::lens;
use crate::features::words::{capitalised, counted, joined, shortened};
use crate::finding::Finding;
use crate::ledger::table::terms;
use crate::ledger::{self, Kind, Row};
use crate::scene::Scene;
use crate::story::{SpeakerId, SpeakerKind};
use crate::text::span::Span;

/// The ledger of a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// All of it in one line; empty where there is no copy.
    pub summary: String,
    /// Those who speak, in order of their first words; then what nobody stands for.
    pub voices: Vec<Voice>,
}

/// Somebody who speaks, with what they say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The name.
    pub name: String,
    /// How often and on what terms.
    pub detail: String,
    /// How many quotations.
    pub quotes: usize,
    /// How many statements without one.
    pub paraphrases: usize,
    /// On what terms; empty where none are noted.
    pub terms: String,
    /// What they are, for a sign beside the name.
    pub sort: Sort,
    /// Their words, in order.
    pub items: Vec<Item>,
}

/// What a voice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A person with a name.
    Person,
    /// A body, an outlet, an institution, a group.
    Body,
    /// A document or data.
    Document,
    /// People without a name.
    Unnamed,
    /// Nobody: quotations without a speaker, figures without a source.
    Open,
}

impl Sort {
    /// The word in the protocol.
    pub fn name(self) -> &'static str {
        match self {
            Sort::Person => "person",
            Sort::Body => "body",
            Sort::Document => "document",
            Sort::Unnamed => "unnamed",
            Sort::Open => "open",
        }
    }
}

/// Some words of a voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The words, shortened.
    pub words: String,
    /// What they are, and in which paragraph.
    pub detail: String,
    /// Where, in bytes of the file.
    pub span: Span,
}

/// The ledger of a draft.
pub fn ledger(draft: &Draft, scene: &Scene, findings: &[Finding]) -> Ledger {
    let mut rows = ledger::rows(draft, scene.records);
    // A stretch with two sources has two rows.
    rows.dedup_by(|next, row| next.place == row.place && next.kind == row.kind);
    let mut order: Vec<SpeakerId> = Vec::new();
    for row in rows.iter().filter(|row| row.kind.is_said()) {
        if let Some((id, _)) = row.speaker.filter(|(id, _)| !order.contains(id)) {
            order.push(id);
        }
    }
    let mut voices: Vec<Voice> = order.iter().map(|id| voice(draft, &rows, *id)).collect();
    let nobody = |name: &str, is: fn(&Row) -> bool| {
        let items: Vec<Item> = rows
            .iter()
            .filter(|row| is(row))
            .map(|row| item(draft, row))
            .collect();
        Voice {
            name: name.to_owned(),
            detail: items.len().to_string(),
            quotes: 0,
            paraphrases: 0,
            terms: String::new(),
            sort: Sort::Open,
            items,
        }
    };
    voices.push(nobody("Without a speaker", |row| {
        matches!(row.kind, Kind::Quote | Kind::PartialQuote) && row.speaker.is_none()
    }));
    voices.push(nobody("Numbers without a source", |row| {
        row.kind == Kind::Number && row.source.is_none() && row.undeclared.is_none()
    }));
    voices.retain(|voice| !voice.items.is_empty());
    Ledger {
        summary: lens::summary(draft, findings),
        voices,
    }
}

fn voice(draft: &Draft, rows: &[Row], id: SpeakerId) -> Voice {
    let speaker = draft.story.speaker(id);
    let own: Vec<&Row> = rows
        .iter()
        .filter(|row| row.kind.is_said() && row.speaker.is_some_and(|(who, _)| who == id))
        .collect();
    let paraphrases = own.iter().filter(|row| row.kind == Kind::Paraphrase);
    let paraphrases = paraphrases.count();
    let mut agreed: Vec<&str> = own
        .iter()
        .filter_map(|row| row.source)
        .map(|index| terms(&draft.story.sources[index]))
        .collect();
    agreed.sort_unstable();
    agreed.dedup();
    let some = |count: usize, noun: &str| match count {
        0 => String::new(),
        _ => counted(count, noun),
    };
    let counts = [
        some(own.len() - paraphrases, "quote"),
        some(paraphrases, "paraphrase"),
    ];
    let counts: Vec<&str> = counts.iter().map(String::as_str).collect();
    Voice {
        name: capitalised(&shortened(&speaker.name, 60)),
        detail: joined(&[&joined(&counts, ", "), &agreed.join(", ")], " · "),
        quotes: own.len() - paraphrases,
        paraphrases,
        terms: agreed.join(", "),
        sort: match speaker.kind {
            SpeakerKind::Person => Sort::Person,
            SpeakerKind::Document => Sort::Document,
            SpeakerKind::Anonymous => Sort::Unnamed,
            SpeakerKind::Body
            | SpeakerKind::Outlet
            | SpeakerKind::Institution
            | SpeakerKind::Collective => Sort::Body,
        },
        items: own.into_iter().map(|row| item(draft, row)).collect(),
    }
}

fn item(draft: &Draft, row: &Row) -> Item {
    let kind = row.kind.name().replace('-', " ");
    let paragraph = row
        .paragraph
        .map_or(String::new(), |number| format!("¶{number}"));
    Item {
        words: shortened(&ledger::words(draft, row), 100),
        detail: joined(&[&kind, &paragraph], ", "),
        span: draft.span(row.place),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::features::testing;

    #[test]
    fn who_speaks_and_what_nobody_stands_for() {
        let story = "\
“The wall leaks,” said Dana Ortiz, the board’s chair.[^ortiz] The board meets on Monday, she said.

The storm took 20 planks. “Nobody warned the town before the wall came down that night.”

###

[^ortiz]: interview, Dana Ortiz; on record
";
        let found = testing::asked(story, |draft, scene, _| {
            let ledger = ledger(draft, scene, &[]);
            let mut out = format!("{}\n", ledger.summary);
            for voice in &ledger.voices {
                out += &format!("{} ({}): {}\n", voice.name, voice.sort.name(), voice.detail);
                for item in &voice.items {
                    out += &format!("  {} — {}\n", item.words, item.detail);
                }
            }
            out
        });
        expect![[r#"
            2 quotations · 1 named person · 1 quotation without a speaker
            Dana Ortiz (person): 1 quote, 1 paraphrase · on record
              “The wall leaks,” — quote, ¶1
              The board meets on Monday — paraphrase, ¶1
            Without a speaker (open): 1
              “Nobody warned the town before the wall came down that night.” — quote, ¶2
            Numbers without a source (open): 1
              The storm took 20 planks. — number, ¶2
        "#]]
        .assert_eq(&found);
    }

    #[test]
    fn a_draft_without_copy_is_an_empty_ledger() {
        let found = testing::asked("Slug: pier\n", |draft, scene, _| ledger(draft, scene, &[]));
        assert_eq!(found, Ledger::default());
    }
}
