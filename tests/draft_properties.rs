//! Any string is a draft: reading, checking and asking never panic, places lie on characters, and after edits all of it
//! is as if read afresh.

use onrecord::config::Config;
use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::features::completion::Asked;
use onrecord::features::places::Declaration;
use onrecord::features::{self, actions, completion};
use onrecord::finding::Finding;
use onrecord::reading::{Purpose, Reading};
use onrecord::rules::{self, Checked};
use onrecord::scene::Scene;
use onrecord::story::Place;
use onrecord::text::Text;
use onrecord::text::edit::Edit;
use onrecord::text::span::Span;
use proptest::prelude::*;

/// Pieces of stories, so that random texts have quotations, speakers, claims, marks and odd characters.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "Slug: pier\nStatus: draft\nDate: 2026-03-01\n\n",
        "Board closes pier after storm\n\n",
        "By Ann Lee\n\n",
        "PORT HARLAN, Ore. — ",
        "The harbor board closed the pier on Monday. ",
        "“We had no warning,” Dana Ortiz, the board’s chair, said. ",
        "“It is over.” ",
        "“First the lamp.\n\n“Then the planks,” he said. ",
        "he said. ",
        "she said in an interview. ",
        "according to the report. ",
        "Ortiz said. ",
        "Mayor Paul Strand of Harlan told reporters: ",
        "“",
        "”",
        "\"",
        "‘",
        "’",
        "'",
        "people familiar with the matter said. ",
        "A police officer who asked not to be named said it was “bad.” ",
        "Crime fell 15% last year. ",
        "Two people were killed. ",
        "It is widely believed that the pier will fall. ",
        "the largest pier in Europe ",
        "Kestrel covered up two deaths. ",
        "on Thursday ",
        "Back in May, ",
        "The Harbor News reported earlier. ",
        "[^ortiz, 04:12]",
        "[@dana-ortiz]",
        "[STET claim: chart]",
        "[STET quote]",
        "[TK: who?]",
        "TK ",
        "[LEGAL: ok?",
        "[LEGAL: ok?]",
        "[CQ DO 2026-03-01 #3f2a]",
        "<!--",
        "-->",
        "\n",
        "\n\n",
        "\r\n\r\n",
        "\u{feff}",
        "\u{2028}",
        "\u{0}",
        "é",
        "e\u{301}",
        "😀",
        "## Sub\n\n",
        "> “Quoted”\n> — Dana Ortiz\n\n",
        "- one\n- two\n\n",
        "| a | b |\n|---|---|\n",
        "![Pier.](img/pier.jpg \"Photo\")[^photo]\n\n",
        "###\n\n",
        "NOTES\n",
        "STORY\n",
        "[^ortiz]: interview, Dana Ortiz; date: 2026-03-01; on record\n",
        "[^r]: interview, Ana Roth; background\n    why: fears for her job\n",
        "[@dana-ortiz]: person, Dana Ortiz; role: chair\n",
        "Reporting by Ann Lee\n\n",
        "© 2026 Harbor News\n\n",
    ]);
    prop_oneof![12 => fixed.prop_map(str::to_owned), 1 => "\\PC{0,8}", 1 => any::<char>().prop_map(String::from)]
}

fn story() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

/// An edit as parts of the text: where, how long, and what takes its place.
/// Paragraphs that pull quotes repeat, exactly and nearly, and pull quotes.
const PULLED: &[&str] = &[
    "Mayor Dana Ortiz said on Monday: “We had no warning at all before the crane fell.”",
    "“We had no warning before the old crane fell,” Ortiz said again.",
    "Engineer Paul Wren said: “We had no warning at all before the mast fell.”",
    "The hall was full, and the doors were shut at nine.",
    "“Nobody came to look at the pier,” said Lena Strand, a diver.",
    ">> We had no warning at all before the crane fell.",
    ">> “We had no warning before the crane fell.”",
    ">> Nobody came to look at the old pier.",
];

fn edits() -> impl Strategy<Value = Vec<(f64, f64, String)>> {
    prop::collection::vec((0.0..1.0f64, 0.0..1.0f64, piece()), 1..6)
}

struct Desk {
    base: Base,
    config: Config,
    reading: Reading,
}

impl Desk {
    fn new() -> Desk {
        Desk {
            base: Base::default(),
            config: Config::default(),
            reading: Reading::default(),
        }
    }

    fn scene(&self) -> Scene<'_> {
        Scene {
            config: &self.config,
            base: &self.base,
            records: onrecord::notes::Records::none(),
            today: jiff::civil::date(2026, 8, 1),
            stamp: 0,
        }
    }

    fn read(&self, text: &Text, before: Option<&Draft>) -> Draft {
        Draft::read(text.clone(), &self.reading, &self.base, before)
    }

    fn check(&self, draft: &Draft, before: Option<&Checked>) -> Checked {
        rules::check(draft, &self.scene(), before)
    }
}

fn apply(text: &mut Text, (at, length, new): (f64, f64, String)) {
    let boundary = |mut byte: usize| {
        let whole = text.to_string();
        while !whole.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    };
    let start = boundary((at * text.len() as f64) as usize);
    let end = boundary((start + (length * 30.0) as usize).min(text.len()));
    text.apply(&Edit::replace(Span::new(start, end.max(start)), new));
}

fn check_span(text: &str, span: Span, what: &str) -> Result<(), TestCaseError> {
    let fits = span.end() <= text.len()
        && text.is_char_boundary(span.start())
        && text.is_char_boundary(span.end());
    prop_assert!(fits, "{what}: {span:?} of {text:?}");
    Ok(())
}

fn check_findings(text: &str, findings: &[Finding]) -> Result<(), TestCaseError> {
    for finding in findings {
        check_span(text, finding.span, finding.rule)?;
        for related in &finding.related {
            check_span(text, related.span, finding.rule)?;
        }
        for edit in finding.fixes.iter().flat_map(|fix| &fix.edits) {
            check_span(text, edit.span, finding.rule)?;
        }
    }
    Ok(())
}

/// How many texts are tried; more on request: `PROPTEST_CASES=50000 cargo test --test draft_properties`.
fn cases() -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|count| count.parse().ok()).unwrap_or(500)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn everything_read_and_found_lies_on_characters(story in story()) {
        let desk = Desk::new();
        let text = Text::new(&story);
        let draft = desk.read(&text, None);
        let place = |place: Place| {
            let block = &draft.tree.blocks[place.block].block;
            check_span(&block.text, place.span, "a place of the story")
        };
        for quote in &draft.story.quotes {
            place(quote.place)?;
        }
        for speaker in &draft.story.speakers {
            for mention in &speaker.mentions {
                place(*mention)?;
            }
        }
        for citation in &draft.story.citations {
            place(citation.covers)?;
        }
        for (placed, prose) in draft.tree.blocks.iter().zip(&draft.prose) {
            for word in &prose.words {
                check_span(&placed.block.text, word.span, "a word")?;
            }
            for sentence in &prose.sentences {
                check_span(&placed.block.text, sentence.span, "a sentence")?;
            }
        }
        check_findings(&story, &desk.check(&draft, None).findings)?;
    }

    #[test]
    fn what_is_read_and_found_after_edits_is_as_if_read_afresh(story in story(), edits in edits()) {
        let desk = Desk::new();
        let mut text = Text::new(&story);
        let mut draft = desk.read(&text, None);
        let mut checked = desk.check(&draft, None);
        for edit in edits {
            apply(&mut text, edit);
            draft = desk.read(&text, Some(&draft));
            checked = desk.check(&draft, Some(&checked));
            let fresh = desk.read(&text, None);
            prop_assert_eq!(&draft.tree, &fresh.tree);
            prop_assert_eq!(&draft.prose, &fresh.prose);
            prop_assert_eq!(&draft.story, &fresh.story);
            prop_assert_eq!(&checked.findings, &desk.check(&fresh, None).findings);
        }
    }

    #[test]
    fn who_says_what_read_alone_is_the_same(story in story()) {
        let (text, base) = (Text::new(&story), Base::default());
        let read = |purpose| {
            let reading = Reading { purpose, ..Reading::default() };
            Draft::read(text.clone(), &reading, &base, None)
        };
        let (all, alone) = (read(Purpose::All), read(Purpose::WhoSaysWhat));
        prop_assert_eq!(features::quotes::quotes(&alone), features::quotes::quotes(&all));
        prop_assert_eq!(&alone.story.speakers, &all.story.speakers);
        prop_assert_eq!(&alone.story.statements, &all.story.statements);
        prop_assert_eq!(&alone.story.quotes, &all.story.quotes);
        prop_assert_eq!(&alone.story.unclosed, &all.story.unclosed);
    }

    #[test]
    fn pull_quotes_after_edits_are_as_if_read_afresh(
        paragraphs in prop::collection::vec(0..PULLED.len(), 2..9),
        changes in prop::collection::vec((0..8usize, 0..PULLED.len()), 1..8),
    ) {
        let desk = Desk::new();
        let mut paragraphs = paragraphs;
        let story = |paragraphs: &[usize]| {
            let words: Vec<&str> = paragraphs.iter().map(|at| PULLED[*at]).collect();
            words.join("\n\n")
        };
        let mut draft = desk.read(&Text::new(&story(&paragraphs)), None);
        let mut checked = desk.check(&draft, None);
        for (at, other) in changes {
            let at = at % paragraphs.len();
            paragraphs[at] = other;
            let text = Text::new(&story(&paragraphs));
            draft = desk.read(&text, Some(&draft));
            checked = desk.check(&draft, Some(&checked));
            let fresh = desk.read(&text, None);
            prop_assert_eq!(&draft.echoes, &fresh.echoes);
            prop_assert_eq!(&checked.findings, &desk.check(&fresh, None).findings);
        }
    }

    #[test]
    fn whatever_is_asked_anywhere_is_answered(story in story(), at in 0.0..1.0f64) {
        let desk = Desk::new();
        let draft = desk.read(&Text::new(&story), None);
        let checked = desk.check(&draft, None);
        let scene = desk.scene();
        let mut at = (at * story.len() as f64) as usize;
        while !story.is_char_boundary(at) {
            at -= 1;
        }
        if let Some(hover) = features::hover::hover(&draft, &scene, &checked.findings, at) {
            check_span(&story, hover.span, "a hover")?;
        }
        for asked in [Asked::Typing, Asked::Explicitly] {
            for item in completion::complete(&draft, &scene, at, asked).items {
                check_span(&story, item.edit.span, "a completion")?;
            }
        }
        features::definition::definition(&draft, &scene, at);
        for span in features::references::references(&draft, &scene, at, Declaration::Included) {
            check_span(&story, span, "a reference")?;
        }
        for token in features::tokens::tokens(&draft, &scene, &checked.findings) {
            check_span(&story, token.span, "a token")?;
        }
        features::highlight::highlights(&draft, &scene, at);
        features::symbols::symbols(&draft, &scene);
        features::folding::folds(&draft, &scene);
        for action in actions::actions(&draft, &scene, &checked.findings, Span::at(at)) {
            for edit in &action.edits {
                check_span(&story, edit.span, "an action")?;
            }
        }
    }
}
