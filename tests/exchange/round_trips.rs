//! There and back: what Markdown and CSL can hold comes back as it went.

use std::collections::BTreeSet;

use onrecord::exchange::article::{Article, BlockKind, Piece};
use onrecord::exchange::import::{csl as csl_in, markdown as markdown_in};
use onrecord::exchange::record::Record;
use onrecord::exchange::{csl, docx, import, markdown};
use onrecord::ledger::Level;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{article, now, samples};

/// An article as far as Markdown can hold it, in words to compare.
fn shape(article: &Article) -> String {
    let head = &article.head;
    let mut out = format!(
        "headline {:?}\ndeck {:?}\nby {:?}\nwith {:?}\nslug {:?}\ndate {:?}\nlang {:?}\ntags {:?}\n",
        head.headline,
        head.deck,
        head.byline,
        head.with,
        head.slug,
        head.date,
        head.lang,
        head.tags
    );
    for block in &article.blocks {
        let kind = match &block.kind {
            BlockKind::Table(rows) => {
                // A row of a Markdown table has as many cells as its head.
                let width = rows.iter().map(Vec::len).max().unwrap_or(0);
                let cells = |row: &Vec<Vec<Piece>>| {
                    let cells = (0..width).map(|at| {
                        row.get(at)
                            .map_or(String::new(), |cell| pieces(article, cell))
                    });
                    cells.collect::<Vec<_>>().join(" | ")
                };
                let rows: Vec<String> = rows.iter().map(cells).collect();
                format!("table {rows:?}")
            }
            kind => format!("{kind:?}"),
        };
        out.push_str(&format!("{kind}\n"));
        for item in &block.items {
            out.push_str(&format!("  {}\n", pieces(article, item)));
        }
    }
    // Footnotes stand in the order in which they are cited.
    let mut records: Vec<String> = article.records.iter().map(told).collect();
    records.sort();
    out + &records.join("\n")
}

fn told(record: &Record) -> String {
    format!(
        "{}: {} | {} | {} | {:?}",
        record.id, record.kind, record.title, record.terms, record.fields
    )
}

fn pieces(article: &Article, pieces: &[Piece]) -> String {
    let mut out = String::new();
    let mut last = String::new();
    let mut cited: Vec<String> = Vec::new();
    for piece in pieces {
        if !matches!(piece, Piece::Cite(_)) && !cited.is_empty() {
            out.push_str(&format!("[^{}]", cited.join("; ")));
            cited.clear();
            last.clear();
        }
        match piece {
            Piece::Run(run) => {
                let look = format!(
                    "{}{}{:?}",
                    u8::from(run.is_emphasis),
                    u8::from(run.is_strong),
                    run.link
                );
                if look != last {
                    out.push_str(&format!("‹{look}›"));
                }
                out.push_str(&run.text);
                last = look;
            }
            Piece::Cite(cites) => {
                cited.extend(
                    cites
                        .iter()
                        .map(|(index, place)| format!("{} {place:?}", article.records[*index].id)),
                );
            }
            Piece::Note(note) => {
                out.push_str(&format!("[{note}]"));
                last.clear();
            }
            Piece::Comment(comment) => {
                out.push_str(comment);
                last.clear();
            }
        }
    }
    if !cited.is_empty() {
        out.push_str(&format!("[^{}]", cited.join("; ")));
    }
    // Whether a space stands before a mark or after it says nothing.
    let out = out
        .replace(" [", "[")
        .replace(" <!--", "<!--")
        .replace("--> ", "-->")
        .replace("] ", "]");
    out.replace(" ‹", "‹").replace("› ", "›")
}

fn there_and_back(text: &str) -> (String, String, String) {
    let before = article(text, Level::Full);
    let written = (markdown::FORMAT.write)(&before, now());
    let written = String::from_utf8(written).expect("it is text");
    let back = markdown_in::draft(&written);
    let after = article(&back, Level::Full);
    (
        shape(&before),
        shape(&after),
        format!("{written}\n=== read again\n{back}"),
    )
}

#[test]
fn the_samples_come_back_from_markdown() {
    for (name, text) in samples() {
        let (before, after, between) = there_and_back(&text);
        assert_eq!(before, after, "{name}:\n{between}");
    }
}

#[test]
fn the_words_of_the_samples_come_back_from_word() {
    for (name, text) in samples() {
        let before = article(&text, Level::Full);
        let bytes = (docx::FORMAT.write)(&before, now());
        let back = (import::docx::FORMAT.read)(&bytes).expect("our own document is one");
        let back = back.draft;
        let after = article(&back, Level::Full);
        let words = |article: &Article| {
            let blocks = article.blocks.iter().flat_map(|block| block.pieces());
            let words = blocks.filter_map(|piece| match piece {
                Piece::Run(run) => Some(run.text.as_str()),
                _ => None,
            });
            words
                .flat_map(|text| text.chars())
                .filter(|c| c.is_alphanumeric())
                .collect::<String>()
        };
        let is_image = |block: &&onrecord::exchange::article::Block| {
            matches!(block.kind, BlockKind::Image(..))
        };
        let images = |article: &Article| article.blocks.iter().filter(is_image).count();
        assert_eq!(images(&before), images(&after), "{name}:\n{back}");
        let has_image = images(&before) > 0;
        if !has_image {
            assert_eq!(words(&before), words(&after), "{name}:\n{back}");
        }
        assert_eq!(before.head.headline, after.head.headline, "{name}");
        let notes = |article: &Article| {
            let pieces = article.blocks.iter().flat_map(|block| block.pieces());
            pieces
                .filter(|piece| matches!(piece, Piece::Note(_)))
                .count()
        };
        assert!(
            notes(&after) >= notes(&before),
            "{name}: notes come back as notes"
        );
    }
}

/// Bits of copy with all that Markdown may take for its own.
fn bit() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "The board met on Monday.",
        "“It leaks,” said Ann Lee.",
        "5*3*2 is thirty",
        "a_b_c",
        "*slanted words*",
        "**bold words**",
        "[a link](https://harbor.example/a_b?c=1&d=2)",
        "<b>no tag</b>",
        "1. not a list",
        "# no headline",
        "\\*no stars\\*",
        "[sic]",
        "[1]",
        "\\[^no-note]",
        "a|b",
        "10 > 5 & 4 < 5",
        "&amp; stays",
        "`no code`",
        "~~not struck~~",
        "$5 and $6",
        "{curly}",
        "@home",
        "x^2^",
        "http://harbor.example/c_d_e",
        "ends in a backslash \\\\",
        "+ plus",
        "- dash",
        "= equals",
        ": colon",
        "| bar",
        "> greater",
        "![no image]",
        "TK",
        "[ED: a note | with a bar]",
        "[TK: who?]",
        "[CQ AB 2026-03-03]",
        "[STET claim: it is so]",
        "<!-- a comment -->",
        "[^a]",
        "[^a, p. 2]",
        "[^b, 04:12; a]",
        "naïve “façade” — ½",
        "***",
        "---",
        "___",
    ])
}

fn block() -> impl Strategy<Value = String> {
    let words = prop::collection::vec(bit(), 1..4).prop_map(|bits| bits.join(" "));
    let words = words.boxed();
    prop_oneof![
        4 => words.clone().prop_map(|words| format!("It began so: {words} and so on.")),
        2 => words.clone().prop_map(|words| format!("{words} Then it ended as it had begun.")),
        1 => words.clone().prop_map(|words| format!("## Part: {words}")),
        1 => prop::collection::vec(words.clone(), 1..4).prop_map(|items| items.iter().map(|item| format!("- x {item}\n")).collect()),
        1 => words.clone().prop_map(|words| format!("> “Quoted {}”\n> — Dana Ortiz", words.replace('\n', " "))),
        1 => words.clone().prop_map(|words| format!(">> Pulled {words}")),
        1 => (words.clone(), words.clone()).prop_map(|(one, two)| {
            format!("| year | what |\n|---|---|\n| x {} | y {} |", one.replace('|', "/"), two.replace('|', "/"))
        }),
        1 => words.prop_map(|words| format!("![Seen {}](img/a b.jpg \"Photo: Ann Lee\")", words.replace([']', '['], ""))),
    ]
}

const RECORDS: &str = "\n###\n\n[^a]: document, notice on the gate; date: 2026-03-02; on record; url: https://harbor.example/n_m\n    note: long; with a semicolon and *stars*\n\
    [^b]: interview, Dana Ortiz; background; as: an official\n    file: tapes/a_b.m4a\n";

/// What the drafts are made from: always the same, unless `SEED` says otherwise.
fn seed() -> u64 {
    let named = std::env::var("SEED").ok();
    named.and_then(|seed| seed.parse().ok()).unwrap_or(1)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300,
        failure_persistence: None,
        // The same drafts in every run; another seed is other drafts.
        rng_seed: proptest::test_runner::RngSeed::Fixed(seed()),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_draft_comes_back_from_markdown(blocks in prop::collection::vec(block(), 1..5)) {
        let text = format!(
            "Slug: pier\nHeadline: Board: the \"pier\" is *shut*\nBy: Ann Lee and Bo Roy\nDate: 2026-03-03\nTags: a, b\n\nPORT HARLAN — The pier is shut, the board said.\n\n{}\n{RECORDS}",
            blocks.join("\n\n")
        );
        let draft = super::read(&text);
        prop_assume!(Article::of(&draft, onrecord::notes::Records::none(), Level::Full).is_ok());
        let (before, after, between) = there_and_back(&text);
        prop_assert_eq!(before, after, "{}\n=== between\n{}", text, between);
    }

    #[test]
    fn an_item_of_a_library_comes_back(items in prop::collection::vec(item(), 1..4)) {
        let mut items: Vec<Value> = items;
        for (index, item) in items.iter_mut().enumerate() {
            // Ids are each another's, as in a library.
            let id = item["id"].as_str().map(|id| json!(format!("{id}{index}")));
            item["id"] = id.unwrap_or_else(|| json!(1000 + index));
        }
        let library = Value::Array(items.clone()).to_string();
        let refs = (csl_in::FORMAT.read)(library.as_bytes()).expect("it is a library");
        let refs = refs.draft;
        let article = article(&refs, Level::Full);
        let back: Value = serde_json::from_slice(&(csl::FORMAT.write)(&article, now())).expect("it is JSON");
        prop_assert_eq!(back, Value::Array(items), "{}", refs);
    }

    #[test]
    fn a_record_comes_back_from_a_library(record in record()) {
        let item = csl::item(&record);
        let back = csl_in::record(item.as_object().expect("an item"), &mut BTreeSet::new());
        let sorted = |record: &Record| {
            let mut record = record.clone();
            // Who spoke says no more than the title does.
            record.fields.retain(|field| !(csl::is_spoken(&record.kind) && field.0 == "by" && field.1 == record.title));
            record.fields.sort();
            told(&record)
        };
        prop_assert_eq!(sorted(&record), sorted(&back), "{:#}", item);
    }
}

/// Words as titles and notes have them, without white space that no line of a draft can hold.
fn words() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "Report on the pier",
        "A title; with a semicolon: and a colon",
        "\"Quoted\" from end to \"end\"",
        "12",
        "true",
        "interview with a wall",
        "on background",
        "https://harbor.example/a;b",
        "naïve “façade”",
        "ends in a bracket [1]",
        "null",
        "-5",
        "{\"json\": 1}",
        "\"",
        "//path",
    ])
    .prop_map(str::to_owned)
}

fn item() -> impl Strategy<Value = Value> {
    let types = prop::sample::select(vec![
        "report",
        "thesis",
        "interview",
        "document",
        "chapter",
        "webpage",
        "article-journal",
        "hearing",
        "song",
        "speech",
        "personal_communication",
        "software",
    ]);
    let id = prop_oneof![
        prop::sample::select(vec![
            "http://zotero.org/users/1/items/ABC",
            "roth_2026",
            "ä b",
            "x"
        ])
        .prop_map(|id| json!(id)),
        Just(json!(7)),
    ];
    let names = prop::sample::select(vec![
        json!([{"family": "Lee", "given": "Ann"}]),
        json!([{"literal": "Harbor Board"}]),
        json!([{"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"}, {"family": "Roy", "given": "Bo"}]),
    ]);
    let dates = prop::sample::select(vec![
        json!({"date-parts": [[2026, 3, 2]]}),
        json!({"date-parts": [[2026, 3]]}),
        json!({"date-parts": [[2026]]}),
        json!({"date-parts": [[2026, 3, 2], [2026, 3, 4]]}),
        json!({"date-parts": [[2026]], "season": 1}),
        json!({"literal": "early spring"}),
    ]);
    let fields = prop::collection::btree_map(
        prop::sample::select(vec![
            "DOI",
            "URL",
            "abstract",
            "archive",
            "container-title",
            "event-place",
            "genre",
            "journalAbbreviation",
            "language",
            "note",
            "page",
            "publisher",
            "status",
            "title",
            "volume",
        ]),
        words(),
        0..6,
    );
    let custom = prop::sample::select(vec![
        Value::Null,
        json!({"terms": "on record", "file": "tape.m4a"}),
        json!({"Odd Key": 1, "short_id": "xyz"}),
    ]);
    (
        types,
        id,
        names,
        prop::option::of(dates),
        fields,
        custom,
        any::<bool>(),
    )
        .prop_map(|(of_type, id, names, issued, fields, custom, has_author)| {
            let mut item = json!({"id": id, "type": of_type});
            for (key, value) in fields {
                item[key] = json!(value);
            }
            if has_author {
                item["author"] = names;
            }
            if let Some(issued) = issued {
                item["issued"] = issued;
            }
            if !custom.is_null() {
                item["custom"] = custom;
            }
            item
        })
}

fn record() -> impl Strategy<Value = Record> {
    let kinds = prop::sample::select(
        csl::TYPES
            .iter()
            .map(|known| known.0)
            .chain([""])
            .collect::<Vec<_>>(),
    );
    let fields = prop::collection::btree_map(
        prop::sample::select(vec![
            "archive",
            "as",
            "at",
            "by",
            "file",
            "note",
            "org",
            "place",
            "primary",
            "status",
            "url",
            "why",
            "x-disclose",
        ]),
        words(),
        0..6,
    );
    let date = prop::option::of(prop::sample::select(vec![
        "2026-03-02",
        "2026-03",
        "2026",
        "2026-03-02/2026-03-04",
    ]));
    let terms = prop::sample::select(vec!["", "on record", "background", "off record"]);
    (kinds, words(), terms, fields, date).prop_map(|(kind, title, terms, fields, date)| {
        let mut fields: Vec<(String, String)> = fields
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect();
        fields.extend(date.map(|date| ("date".to_owned(), date.to_owned())));
        Record {
            id: "roth".to_owned(),
            kind: kind.to_owned(),
            title,
            terms: terms.to_owned(),
            fields,
            is_open: true,
        }
    })
}
