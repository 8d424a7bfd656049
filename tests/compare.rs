//! Pairs made by script from the sample stories, harmed and merely edited: what `onrecord compare` says of each.

use std::fs;
use std::path::Path;

use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::prose::QuoteKind;
use onrecord::reading::Reading;
use onrecord::revision::{Kind, losses};
use onrecord::story::outline::Label;
use onrecord::story::{SpeakerKind, Story};
use onrecord::syntax::strip::strip;
use onrecord::text::Text;
use onrecord::text::span::Span;

fn read(text: &str) -> Draft {
    Draft::read(Text::new(text), &Reading::default(), &Base::default(), None)
}

/// The sample stories as clean copy.
fn stories() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("there are sample stories")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|end| end == "lede" || end == "txt")
        })
        .collect();
    paths.sort();
    let story = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).expect("a story");
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        (name, strip(&read(&text).tree))
    };
    paths.iter().map(story).collect()
}

fn replaced(text: &str, span: Span, by: &str) -> String {
    format!("{}{by}{}", &text[..span.start()], &text[span.end()..])
}

/// The names of two persons who are quoted.
fn persons(story: &Story) -> Vec<&str> {
    let persons = story
        .speakers
        .iter()
        .filter(|one| one.kind == SpeakerKind::Person && one.name.contains(' '));
    persons.map(|one| one.name.as_str()).collect()
}

/// The harms that a story allows, each with what must be said of it.
fn harmed(text: &str) -> Vec<(Kind, String)> {
    let draft = read(text);
    let mut pairs = Vec::new();
    let quotes = draft.story.quotes.iter().filter(|quote| {
        let one = &draft.prose[quote.place.block].quotes[quote.index];
        draft.story.labels[quote.place.block] == Label::Body
            && one.kind == QuoteKind::Full
            && one.word_count >= 6
    });
    for quote in quotes.take(3) {
        let inner = draft.prose[quote.place.block].quotes[quote.index].inner;
        let start = draft.tree.blocks[quote.place.block].start;
        let words = inner.shift(start);
        // The fourth word is another.
        let mut at = words.start();
        for _ in 0..3 {
            at += text[at..].find(' ').map_or(0, |space| space + 1);
        }
        let end = at + text[at..].find([' ', ',', '.', '”']).unwrap_or(1);
        pairs.push((
            Kind::QuoteAltered,
            replaced(text, Span::new(at, end), "certainly"),
        ));
    }
    for quote in draft
        .story
        .quotes
        .iter()
        .filter(|quote| quote.place.span.len() > 30)
        .take(6)
    {
        let Some(binding) = &quote.binding else {
            continue;
        };
        let (Some(source), Some(cue)) = (binding.source, binding.cue) else {
            continue;
        };
        let is_plain = source.block == quote.place.block
            && draft.story.speaker(binding.speaker).kind == SpeakerKind::Person;
        let name = draft.words(source).to_owned();
        let own = &draft.story.speaker(binding.speaker).name;
        let other = persons(&draft.story)
            .into_iter()
            .find(|other| *other != own && !own.contains(*other));
        if let (true, Some(other), true) = (
            is_plain,
            other,
            name.starts_with(char::is_uppercase) && !name.contains(','),
        ) {
            pairs.push((
                Kind::AttributionMoved,
                replaced(text, draft.span(source), other),
            ));
        }
        let whole = draft.span(source).cover(draft.span(cue));
        let is_alone =
            text[..whole.start()].ends_with("” ") && text[whole.end()..].starts_with(".");
        let is_last = draft.story.quotes_of(quote.place.block).len() == 1;
        if is_alone && is_last {
            let cut = replaced(text, Span::new(whole.start() - 1, whole.end() + 1), "");
            pairs.push((Kind::AttributionDropped, cut.replacen(",”\n", ".”\n", 1)));
        }
    }
    for (block, placed) in draft.tree.blocks.iter().enumerate() {
        if draft.story.labels[block] != Label::Body {
            continue;
        }
        let words = &placed.block.text;
        if let Some(figure) = draft.prose[block].figures.iter().find(|figure| {
            let letters = figure.span.of(words);
            letters.starts_with(|c: char| c.is_ascii_digit())
                && !draft.prose[block]
                    .quotes
                    .iter()
                    .any(|quote| quote.span.overlaps(figure.span))
        }) {
            let letters = figure.span.of(words);
            let digits = letters.len()
                - letters
                    .trim_start_matches(|c: char| c.is_ascii_digit())
                    .len();
            let span = Span::new(figure.span.start(), figure.span.start() + digits);
            pairs.push((
                Kind::FigureChanged,
                replaced(text, span.shift(placed.start), "987"),
            ));
        }
        for word in ["allegedly ", "alleged "] {
            if let Some(at) = words.find(word) {
                let span = Span::new(at, at + word.len()).shift(placed.start);
                pairs.push((Kind::AllegedLost, replaced(text, span, "")));
            }
        }
        for reply in [
            "declined to comment",
            "denied",
            "did not respond",
            "did not return",
        ] {
            let count = [
                "declined to comment",
                "denied",
                "did not respond",
                "did not return",
                "denies",
            ]
            .iter()
            .map(|one| text.matches(one).count())
            .sum::<usize>();
            if words.contains(reply) && count == 1 {
                pairs.push((Kind::ReplyCut, replaced(text, placed.span(), "")));
            }
        }
    }
    let headlines = displayed(text).into_iter();
    pairs.extend(headlines.map(|(bare, _)| (Kind::DisplayUnsourced, bare)));
    pairs
}

/// A statement that somebody makes in the story, as a headline with nobody behind it; and the same with its source.
fn displayed(text: &str) -> Vec<(String, String)> {
    let draft = read(text);
    let mut pairs = Vec::new();
    for statement in &draft.story.statements {
        let (block, speaker) = (statement.block, statement.speaker);
        let (prose, copy) = (&draft.prose[block], &draft.tree.blocks[block].block.text);
        let attribution = &prose.attributions[statement.index];
        let speaker = speaker.map(|id| draft.story.speaker(id));
        let named = speaker.filter(|one| one.kind == SpeakerKind::Person);
        let is_body = draft.story.labels[block] == Label::Body;
        let (Some(named), Some(content), true, false) = (
            named,
            prose
                .reported(copy, statement.index)
                .content
                .first()
                .copied(),
            is_body,
            attribution.is_quoted,
        ) else {
            continue;
        };
        let words: Vec<&str> = content
            .of(copy)
            .split_whitespace()
            .skip_while(|word| *word == "that")
            .collect();
        let is_plain = !words
            .iter()
            .any(|word| word.contains(['“', '”', ':', '"', '‘']));
        if !is_plain || words.len() < 6 {
            continue;
        }
        let words = words[..words.len().min(11)].join(" ");
        let words = words.trim_end_matches(['.', ',', ';']);
        let mut letters = words.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string());
        let headline = format!("{}{}", first.unwrap_or_default(), letters.as_str());
        // What itself names a speaker would be no loss.
        if !read(&format!("{headline}.\n")).story.statements.is_empty()
            || headline.starts_with("By ")
        {
            continue;
        }
        let surname = named.surname.as_deref().unwrap_or(&named.name);
        let with = |line: String| match draft
            .story
            .labels
            .iter()
            .position(|label| *label == Label::Headline)
        {
            Some(old) => {
                let placed = &draft.tree.blocks[old];
                replaced(text, placed.place(placed.block.content), &line)
            }
            None => format!("{line}\n\n{text}"),
        };
        pairs.push((
            with(headline.clone()),
            with(format!("{headline}, {surname} says")),
        ));
        if pairs.len() == 2 {
            break;
        }
    }
    pairs
}

/// Edits that do no harm.
fn edited(text: &str) -> Vec<(&'static str, String)> {
    let draft = read(text);
    let mut pairs = vec![
        (
            "straight marks",
            text.replace(['“', '”'], "\"").replace(['’', '‘'], "'"),
        ),
        (
            "house spelling",
            text.replace("percent", "per cent")
                .replace("center", "centre")
                .replace("labor", "labour"),
        ),
        ("dashes", text.replace(" — ", " – ").replace("—", " – ")),
        (
            "cut in the middle",
            text.replacen("However, ", "", 1)
                .replacen(" also ", " ", 1)
                .replacen(", of course", "", 1),
        ),
        (
            "days",
            text.replacen(" on Monday", " Monday", 3)
                .replacen(" on Tuesday", " Tuesday", 3),
        ),
    ];
    let body: Vec<usize> = (0..draft.tree.blocks.len())
        .filter(|block| draft.story.labels[*block] == Label::Body)
        .collect();
    let headlines = displayed(text).into_iter();
    pairs.extend(headlines.map(|(_, sourced)| ("a headline with its source", sourced)));
    let is_reply = |words: &str| {
        [
            "denied",
            "denies",
            "declined",
            "did not",
            "rejected",
            "dismissed",
            "no comment",
            "reached",
        ]
        .iter()
        .any(|one| words.contains(one))
    };
    let cuts = body
        .iter()
        .rev()
        .filter(|block| !is_reply(&draft.tree.blocks[**block].block.text));
    for block in cuts.take(2) {
        pairs.push((
            "a paragraph cut",
            replaced(text, draft.tree.blocks[*block].span(), ""),
        ));
    }
    pairs
}

#[test]
fn harm_is_found_and_editing_is_left_alone() {
    let (mut made, mut found, mut edits, mut alarms) = (0, 0, 0, 0);
    let mut report = String::new();
    for (name, text) in stories() {
        let filed = read(&text);
        assert_eq!(losses(&filed, &filed), [], "{name} against itself");
        for (kind, harmed) in harmed(&text) {
            made += 1;
            let told = losses(&filed, &read(&harmed));
            if told.iter().any(|loss| loss.kind == kind) {
                found += 1;
            } else {
                let at = text
                    .bytes()
                    .zip(harmed.bytes())
                    .take_while(|(one, other)| one == other)
                    .count();
                let near: String = harmed
                    .chars()
                    .skip(
                        text[..at.min(text.len())]
                            .chars()
                            .count()
                            .saturating_sub(60),
                    )
                    .take(140)
                    .collect();
                report.push_str(&format!(
                    "{name}: {kind:?} not found near “{near}”: {:?}\n",
                    told.iter().map(|loss| loss.kind).collect::<Vec<_>>()
                ));
            }
        }
        for (what, edited) in edited(&text) {
            if edited == text {
                continue;
            }
            edits += 1;
            let told = losses(&filed, &read(&edited));
            if !told.is_empty() {
                alarms += 1;
                let first = &told[0];
                report.push_str(&format!(
                    "{name}: {what}: {:?}: {} | {}\n",
                    first.kind, first.was, first.now
                ));
            }
        }
    }
    println!(
        "{made} harmed pairs, {found} found; {edits} edited pairs, {alarms} false alarms\n{report}"
    );
    assert!(made >= 40 && edits >= 20, "{made} and {edits} pairs");
    assert!(
        found * 100 >= made * 95,
        "{found} of {made} found\n{report}"
    );
    assert!(
        alarms * 10 <= edits,
        "{alarms} false alarms in {edits}\n{report}"
    );
}
