//! Who is meant: drafts in which every name of the base is written as `[words=id]`, and what is ambiguous as
//! `[words=id|id]`; the marks are taken out, the draft is read, and the links are put back in.

use std::sync::Arc;

use onrecord::draft::Draft;
use onrecord::entities::base::{Base, EntityId, File};
use onrecord::entities::import::{self, Format};
use onrecord::entities::index::build::in_memory;
use onrecord::entities::mention::How;
use onrecord::entities::record::{Layer, Record};
use onrecord::reading::Reading;
use onrecord::text::Text;

const BASE: &str = r#"
[[office]]
id = "defence"
title = "defence secretary"
variants = ["Defense Secretary"]
holders = "one"

[[person]]
id = "shepstow"
name = "Grant Shepstow"
wrong = ["Grant Shepstowe"]
[[person.role]]
office = "defence"

[[person]]
id = "meer"
name = "Ulla van der Meer"

[[person]]
id = "lan"
name = "Wei Lan"
order = "family-first"

[[person]]
id = "jensson"
name = "Pål Jensson"

[[person]]
id = "stone"
name = "Maria Stone"

[[person]]
id = "dana"
name = "Dana Ortiz"

[[person]]
id = "paul"
name = "Paul Ortiz"

[[person]]
id = "obrien"
name = "Sean O’Brien"

[[person]]
id = "rowan"
name = "J. K. Rowan"

[[person]]
id = "rashid"
name = "Omar al-Rashid"

[[person]]
id = "lee"
name = "Ann Lee-Hart"

[[person]]
id = "boone"
name = "Carl Boone Jr."

[[person]]
id = "putov"
name = "Ivan Putov"
alone = true

[[person]]
id = "pelo"
name = "Pelo"
order = "single"

[[person]]
id = "stahl"
name = "Oleh Stahl"
names = { uk = "Олег Сталь" }

[[org]]
id = "pact"
name = "Northern Defense Pact"
acronym = "NDP"
generic = ["the alliance"]

[[org]]
id = "watch"
name = "Harbor Watch"

[[org]]
id = "union"
name = "Coastal Union"
generic = ["the union"]

[[org]]
id = "guild"
name = "Sailors Guild"
generic = ["the union"]

[[place]]
id = "norland"
name = "Norland"
demonyms = ["Norlandic"]
metonyms = ["Vessa"]
"#;

/// Names that were imported, of which two are of one name, one is a single word, and some are hardly names.
const IMPORTED: &[(&str, &str)] = &[
    ("i-kerr", "Linda Kerr"),
    ("i-ash-1", "Tom Ash"),
    ("i-ash-2", "Tom Ash"),
    ("i-it", "It"),
    ("i-friday", "Friday"),
    ("i-move", "The Move"),
    ("i-president", "President Hale"),
    ("i-dana", "Maria Stone"),
    ("i-may", "May Day"),
];

fn base() -> Base {
    let path: Arc<str> = "newsroom.toml".into();
    let entries = import::read(Format::Toml, BASE, &path, Layer::Newsroom);
    assert_eq!(entries.mistakes, []);
    let records: Vec<Record> = IMPORTED
        .iter()
        .map(|(id, name)| Record {
            id: (*id).to_owned(),
            has_id: true,
            name: (*name).to_owned(),
            ..Record::default()
        })
        .collect();
    let imported = Arc::new(in_memory(records.iter()));
    Base::new(
        vec![File {
            path,
            layer: Layer::Newsroom,
            entries,
        }],
        vec![imported],
    )
}

/// A draft without its marks.
fn plain(marked: &str) -> String {
    let mut text = String::new();
    let mut rest = marked;
    while let Some(open) = rest.find('[') {
        text.push_str(&rest[..open]);
        let close = open + rest[open..].find(']').expect("a mark is closed");
        let (words, _) = rest[open + 1..close]
            .split_once('=')
            .expect("a mark has an id");
        text.push_str(words);
        rest = &rest[close + 1..];
    }
    text + rest
}

fn shown(base: &Base, text: &str) -> String {
    let draft = Draft::read(Text::new(text), &Reading::default(), base, None);
    let mut links: Vec<_> = draft
        .story
        .known
        .links
        .iter()
        .map(|link| {
            let id = |who: &EntityId| {
                base.record(*who)
                    .map_or("?".to_owned(), |record| record.id.clone())
            };
            let mut ids: Vec<String> = link.who.iter().map(id).collect();
            ids.sort();
            let how = match link.how {
                How::Demonym => "~",
                How::Metonym => "?",
                How::Given => "+",
                How::Misspelt => "!",
                _ => "",
            };
            (draft.span(link.place), format!("{how}{}", ids.join("|")))
        })
        .collect();
    links.sort_by_key(|link| std::cmp::Reverse(link.0));
    let mut shown = text.to_owned();
    for (span, ids) in links {
        shown.insert_str(span.end(), &format!("={ids}]"));
        shown.insert(span.start(), '[');
    }
    shown
}

/// Written cases; `~` is a demonym, `?` what may stand for a government, `+` a given name, `!` a known misspelling.
const CASES: &[&str] = &[
    // Full names, and the longest of them.
    "The plan was old, [Grant Shepstow=shepstow] said.",
    "He met [Ulla van der Meer=meer] and [Wei Lan=lan] at noon.",
    "The letter of [Omar al-Rashid=rashid] came late.",
    "It was [Ann Lee-Hart=lee] who called.",
    "The clerk met [Carl Boone Jr.=boone] at noon.",
    "The work of [J. K. Rowan=rowan] is known.",
    "The work of [J.K. Rowan=rowan] is known.",
    "They spoke to [Олег Сталь=stahl] at noon.",
    "The book by [Linda Kerr=i-kerr] sold well.",
    // Possessives, apostrophes, accents, hard spaces.
    "This was [Grant Shepstow=shepstow]’s plan.",
    "This was [Grant Shepstow=shepstow]'s plan.",
    "This was [Sean O'Brien=obrien]'s plan.",
    "This was [Sean O’Brien=obrien]’s plan.",
    "The minister, [Pal Jensson=jensson], left.",
    "The minister, [PÅL JENSSON=jensson], left.",
    "The clerk met [Grant\u{a0}Shepstow=shepstow] at noon.",
    // Titles before names are no part of them.
    "The plan was old, former U.K. [Defense Secretary=defence] [Grant Shepstow=shepstow] said.",
    "The plan was old, said Mr. [Wei Lan=lan].",
    "The plan of Gov. [Dana Ortiz=dana] was old.",
    // Headlines.
    "[GRANT SHEPSTOW=shepstow] LEAVES TOWN ON MONDAY\n\nThe town has a harbor, and the harbor has a wall.",
    "[Shepstow=shepstow] leaves the old town on Monday\n\nThe town has a harbor. [Grant Shepstow=shepstow] built its wall.",
    // Second reference by the surname.
    "[Grant Shepstow=shepstow] left the old town on Monday evening.\n\n[Shepstow=shepstow] said he was tired.",
    "[Grant Shepstow=shepstow] left the old town on Monday evening.\n\nThe plan was [Shepstow=shepstow]’s.",
    "[Grant Shepstow=shepstow] left the old town on Monday evening.\n\nThe plan was old, Mr. [Shepstow=shepstow] said.",
    "[Grant Shepstow=shepstow] left the old town on Monday evening.\n\n[Defense Secretary=defence] [Shepstow=shepstow] came back.",
    "[Ulla van der Meer=meer] left the old town on Monday evening.\n\nThe plan of [van der Meer=meer] was old.",
    "[Ulla van der Meer=meer] left the old town on Monday evening.\n\nThe plan of [Meer=meer] was old.",
    "[Wei Lan=lan] left the old town on Monday evening.\n\nThe plan of [Wei=lan] was old.",
    "[Pål Jensson=jensson] left the old town on Monday evening.\n\nThe plan of [Jensson=jensson] was old.",
    "[Omar al-Rashid=rashid] left the old town on Monday evening.\n\nThe plan of [Rashid=rashid] was old.",
    "[Carl Boone Jr.=boone] left the old town on Monday evening.\n\nThe plan of [Boone=boone] was old.",
    "[Sean O’Brien=obrien] left the old town on Monday evening.\n\nThe plan of [O’Brien=obrien] was old.",
    "[Linda Kerr=i-kerr] wrote it on a long day in May.\n\nThe town paid [Kerr=i-kerr] for it.",
    "“It is old,” [Grant Shepstow=shepstow] said.\n\n“Ask [Shepstow=shepstow],” she said.",
    // Two bearers are ambiguous, and one whom nobody in the base knows counts too.
    "[Dana Ortiz=dana] met [Paul Ortiz=paul] in the old town on Monday.\n\nThe plan of [Ortiz=dana|paul] was old.",
    "[Dana Ortiz=dana] left the old town on Monday evening.\n\nThe plan of [Ortiz=dana] was old.\n\nThe clerk met [Paul Ortiz=paul] in the old town on Monday.\n\nThe town paid [Ortiz=dana|paul] for it.",
    "[Grant Shepstow=shepstow] left the old town, said Mayor Ina Shepstow.\n\nThe plan of Shepstow was old.",
    "The clerk met [Tom Ash=i-ash-1|i-ash-2] at noon.",
    // No full name in the draft: nobody, unless the record says so.
    "The plan of Shepstow was old.",
    "The plan of Ortiz was old.",
    "The plan of [Putov=putov] was old.",
    "The goal by [Pelo=pelo] was late.",
    // The full name later, early in the story and late in it.
    "The plan of [Shepstow=shepstow] was old.\n\n[Grant Shepstow=shepstow] wrote it.",
    "The town has a harbor, and the harbor has a wall. The wall is old, and nobody knows how long it will stand against the sea. The council talked of it all day on Monday, and most of the evening too, until the lights went out.\n\nThe plan of Shepstow was old.\n\n[Grant Shepstow=shepstow] wrote it.",
    // Surnames that are words too.
    "[Maria Stone=stone] left the old town on Monday evening.\n\nStone fell from the wall.",
    "[Maria Stone=stone] left the old town on Monday evening.\n\n[Stone=stone] said it was old.",
    "[Maria Stone=stone] left the old town on Monday evening.\n\nThe town paid [Stone=stone] for it.",
    "[Maria Stone=stone] left the old town on Monday evening.\n\nThe town paid for stone.",
    // Part of another name.
    "[Grant Shepstow=shepstow] left the old town on Monday evening.\n\nThe Shepstow Bridge was closed.",
    "[Grant Shepstow=shepstow] left the old town on Monday evening.\n\nThe town paid Kim Shepstow for it.",
    "[Wei Lan=lan] left the old town on Monday evening.\n\nThe Lan River rose.",
    // Given names.
    "[Grant Shepstow=shepstow] left the old town on Monday evening.\n\nThe town paid [Grant=+shepstow] for it.",
    "[Dana Ortiz=dana] left the old town on Monday evening.\n\nThe town paid [Dana=+dana] for it.",
    "[Grant Shepstow=shepstow] left the old town on Monday evening.\n\nGrant money was gone.",
    // Acronyms.
    "The [Northern Defense Pact=pact] met.\n\nThe [NDP=pact] is old.",
    "The [NDP=pact] met on the coast.",
    "The ndp met on the coast.",
    "The [Harbor Watch=watch] ([HW=watch]) met.\n\nA spokesman for [HW=watch] called.",
    "The [Harbor Watch=watch] (XY) met.\n\nA spokesman for XY called.",
    "A spokesman for HW called.",
    // "The alliance": only after its name, and only if one has it.
    "The [NDP=pact] met, and [the alliance=pact] agreed.",
    "They met, and the alliance agreed.",
    "The [Coastal Union=union] met, and [the union=union] agreed.",
    "The [Coastal Union=union] met the [Sailors Guild=guild], and the union agreed.",
    // Demonyms and cities.
    "The [Norlandic=~norland] plan was old.",
    "[Norland=norland] closed all of its ports on Monday evening.",
    "The plan came from [Vessa=?norland] last year.",
    // What an imported base must not do.
    "It rained. The Move was late on Friday.",
    "The plan of President Hale was old, and so was May Day.",
    "It was [Maria Stone=stone] who called.",
    // Known misspellings.
    "The clerk met [Grant Shepstowe=!shepstow] at noon.",
];

#[test]
fn every_written_case_links_as_it_says() {
    let base = base();
    let mut wrong = Vec::new();
    for case in CASES {
        let text = plain(case);
        let shown = shown(&base, &text);
        if shown != *case {
            wrong.push(format!("expected {case}\n   found {shown}"));
        }
    }
    assert!(CASES.len() >= 60);
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        CASES.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_keystroke_reads_its_own_block_only_and_links_as_a_fresh_reading_does() {
    let base = base();
    let text = CASES
        .iter()
        .map(|case| plain(case))
        .collect::<Vec<_>>()
        .join("\n\n");
    let reading = Reading::default();
    let before = Draft::read(Text::new(&text), &reading, &base, None);
    let at = text.find("was old").expect("it stands there");
    let mut typed = text.clone();
    typed.insert_str(at, "of Dana Ortiz ");
    let after = Draft::read(Text::new(&typed), &reading, &base, Some(&before));
    let fresh = Draft::read(Text::new(&typed), &reading, &base, None);
    assert_eq!(after.story.known, fresh.story.known);
    let same = after
        .named
        .iter()
        .filter(|one| before.named.iter().any(|other| Arc::ptr_eq(one, other)));
    assert_eq!(same.count(), after.named.len() - 1);
}

#[test]
fn speakers_are_known() {
    let base = base();
    let text = "“It is old,” Defense Secretary Grant Shepstow said.\n\nShepstow said he was tired. “I go,” he said.\n\n“I stay,” said Ina Roth, a clerk. A spokesman for the Harbor Watch agreed.\n";
    let draft = Draft::read(Text::new(text), &Reading::default(), &base, None);
    let story = &draft.story;
    let known: Vec<(&str, Option<EntityId>)> = story
        .speakers
        .iter()
        .zip(&story.known.speakers)
        .map(|(speaker, who)| (speaker.name.as_str(), *who))
        .collect();
    let of = |name: &str| {
        known
            .iter()
            .find(|one| one.0 == name)
            .unwrap_or_else(|| panic!("{name} in {known:?}"))
            .1
    };
    assert_eq!(of("Grant Shepstow"), base.by_id("shepstow"));
    assert_eq!(of("Ina Roth"), None);
}
