//! A story as it is typed, letter by letter: the reading stays right, and what is shown does not flicker.

#[path = "../benches/support/dice.rs"]
mod dice;

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use dice::Dice;
use onrecord::config::Config;
use onrecord::desk::{Desk, Now};
use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::finding::Finding;
use onrecord::notes::Records;
use onrecord::reading::Reading;
use onrecord::rules;
use onrecord::scene::Scene;
use onrecord::text::Text;
use onrecord::text::edit::Edit;
use onrecord::text::span::Span;

/// Eight letters a second.
const BETWEEN_LETTERS: Duration = Duration::from_millis(125);

/// What goes sooner than this after it came, while nothing but its block was edited, flickered.
const SOON: Duration = Duration::from_secs(10);

#[test]
fn a_story_read_as_it_is_typed_equals_the_same_story_read_fresh() {
    let (reading, base) = (Reading::default(), Base::default());
    for story in ["court.lede", "flood.lede", "unfinished.lede"] {
        let mut text = Text::new("");
        let mut before: Option<Draft> = None;
        for (count, letter) in sample(story).chars().enumerate() {
            text.apply(&Edit {
                span: Span::new(text.len(), text.len()),
                new_text: letter.to_string(),
            });
            let typed = Draft::read(text.clone(), &reading, &base, before.as_ref());
            if count % 50 == 0 {
                let fresh = Draft::read(text.clone(), &reading, &base, None);
                assert_eq!(typed.tree, fresh.tree, "{story}, after {count} letters");
                assert_eq!(typed.prose, fresh.prose, "{story}, after {count} letters");
                assert_eq!(typed.story, fresh.story, "{story}, after {count} letters");
            }
            before = Some(typed);
        }
    }
}

/// Edits in the middle of a draft of several stories, of every kind that a writer makes; `EDITS` asks for more of them, `SEED` for
/// others.
#[test]
fn a_long_draft_edited_anywhere_equals_the_same_draft_read_fresh() {
    const PIECES: [&str; 30] = [
        "a",
        "e",
        "i",
        "s",
        " ",
        " ",
        "\n",
        "\n\n",
        "“",
        "”",
        "”,",
        ".",
        ",",
        " said",
        " she said.",
        " he said",
        " Dana Ortiz",
        "The report",
        " officials",
        "[^fenn]",
        "[TK]",
        "> ",
        "— ",
        "Ortiz: ",
        " 12 people were killed.",
        " The 14 dead",
        "1",
        "# Flood kills 14\n\n",
        " on condition of anonymity because",
        " an idiot",
    ];
    for (seed, edits) in asked_for(&[(17, 120), (38, 600)]) {
        edit_anywhere(&PIECES, seed, edits);
    }
}

/// What surrounds the stories.
fn scene<'a>(config: &'a Config, base: &'a Base) -> Scene<'a> {
    Scene {
        config,
        base,
        records: Records::none(),
        today: jiff::civil::date(2026, 8, 1),
        stamp: 0,
    }
}

/// What is asked for by `SEED` and `EDITS`, else some seeds with how many edits of each: slips were found by them.
fn asked_for(usual: &[(u64, usize)]) -> Vec<(u64, usize)> {
    let asked = |key: &str| std::env::var(key).ok();
    let seed = asked("SEED").and_then(|seed| seed.parse().ok());
    let edits = asked("EDITS").and_then(|edits| edits.parse().ok());
    let (first, count) = usual[0];
    match seed.is_some() || edits.is_some() {
        true => vec![(seed.unwrap_or(first), edits.unwrap_or(count))],
        false => usual.to_vec(),
    }
}

fn edit_anywhere(pieces: &[&str], seed: u64, edits: usize) {
    let (reading, base) = (Reading::default(), Base::default());
    let config = Config::default();
    let scene = scene(&config, &base);
    let stories = [
        "court.lede",
        "flood.lede",
        "profile.lede",
        "unfinished.lede",
    ];
    let copy = stories.map(|story| {
        let story = sample(story);
        story.split("###").next().unwrap_or_default().to_owned()
    });
    let mut text = Text::new(&copy.join("\n\n"));
    let mut dice = Dice(seed);
    let mut draft = Draft::read(text.clone(), &reading, &base, None);
    let mut checked = rules::check(&draft, &scene, None);
    for number in 0..edits {
        let whole = text.to_string();
        let mut at = dice.below(whole.len());
        while !whole.is_char_boundary(at) {
            at += 1;
        }
        let mut end = match dice.below(4) {
            0 => (at + 1 + dice.below(30)).min(whole.len()),
            _ => at,
        };
        while !whole.is_char_boundary(end) {
            end += 1;
        }
        let new = match dice.below(5) {
            0 if end > at => "",
            _ => pieces[dice.below(pieces.len())],
        };
        text.apply(&Edit::replace(Span::new(at, end), new));
        draft = Draft::read(text.clone(), &reading, &base, Some(&draft));
        checked = rules::check(&draft, &scene, Some(&checked));
        let fresh = Draft::read(text.clone(), &reading, &base, None);
        let place = format!("edit {number}: {new:?} for {at}..{end} of {whole}");
        assert_eq!(draft.prose, fresh.prose, "{place}");
        assert_eq!(draft.story, fresh.story, "{place}");
        assert_eq!(draft.traces, fresh.traces, "{place}");
        assert_eq!(draft.namings, fresh.namings, "{place}");
        assert_eq!(draft.vocabularies, fresh.vocabularies, "{place}");
        assert_eq!(draft.echoes, fresh.echoes, "{place}");
        let found = rules::check(&fresh, &scene, None);
        assert_eq!(checked.findings, found.findings, "{place}");
    }
}

/// Letters that change names, titles, cues and pronouns in a story full of people who share them: who is who is told by what stands
/// far above and below. `EDITS` and `SEED` as before.
#[test]
fn letters_in_a_story_of_namesakes_equal_the_same_story_read_fresh() {
    const PARTS: [&[&str]; 8] = [
        &[
            "Dana", "Eva", "Tomas", "Kim", "Paul", "Maria T.", "Andrés", "Mr.", "Ms.",
        ],
        &[
            "Ortiz",
            "Roth",
            "Velk",
            "Brandt",
            "van der Berg",
            "López Ruiz",
            "Johnson Jr.",
            "Harlow",
        ],
        &[
            "the mayor",
            "a baker",
            "the minister",
            "the vice president",
            "a county official",
            "an official",
        ],
        &[
            "Harlow Foods",
            "The Harlow Herald",
            "Bloom News",
            "the police",
            "Marlow City Council",
            "Harlow",
        ],
        &[
            "officials",
            "two officials familiar with the talks",
            "The officials",
            "residents",
            "critics",
            "one of the nurses",
        ],
        &[
            "The report",
            "A draft of the law",
            "The draft",
            "a study",
            "The law",
        ],
        &[
            "said",
            "said",
            "says",
            "told the board",
            "asked",
            "denied",
            "feared",
            "called it a mistake and said",
        ],
        &[
            "it was old",
            "the pier was safe",
            "nobody came",
            "he had no key",
            "it was late when she left",
        ],
    ];
    fn paragraph(dice: &mut Dice) -> String {
        let mut any = |part: usize| PARTS[part][dice.below(PARTS[part].len())];
        let full = format!("{} {}", any(0), any(1));
        let (last, role, body, group, document) = (any(1), any(2), any(3), any(4), any(5));
        let (verb, what) = (any(6), any(7));
        match dice.below(20) {
            0 | 1 => format!("{full}, {role}, {verb} {what}."),
            2 => format!("{full} came to the hall on Monday."),
            3 | 4 => format!("“{what},” {last} {verb}. It was a long day."),
            5 | 6 => format!("“{what},” he {verb}."),
            7 => format!("She {verb} {what}. “{what},” she said."),
            8 => format!("It was late, {} {verb}.", role.replace("a ", "the ")),
            9 => format!("{body} {verb} {what}."),
            10 | 11 => format!("{group} {verb} {what}, and they said so."),
            12 => format!("{document} {verb} {what}. It also says that nobody left."),
            13 => format!("> “{what}.”\n> — {full}"),
            14 => format!(">> “{what}.”"),
            15 => format!("“{what} and nobody came to see it for the whole of a year."),
            16 => format!("“{what}.”\n\n{full}, {role}, was speaking at the hall."),
            17 => format!("{full} met {last} and {} {last}. He {verb} {what}.", full),
            18 => format!("{last}: We had no key.[^fenn]"),
            _ => format!("Nobody saw {full} or {last}’s brother, {role} {last}."),
        }
    }
    for (seed, edits) in asked_for(&[(5, 200), (36, 600), (14, 200)]) {
        edit_among_namesakes(paragraph, seed, edits);
    }
}

fn edit_among_namesakes(paragraph: fn(&mut Dice) -> String, seed: u64, edits: usize) {
    let mut dice = Dice(seed);
    let (reading, base) = (Reading::default(), Base::default());
    let mut paragraphs: Vec<String> = (0..90).map(|_| paragraph(&mut dice)).collect();
    paragraphs.insert(0, "# Tomas Velk: Pier is safe".to_owned());
    paragraphs.push("[^fenn]: interview, Sam Fenn; by @kim".to_owned());
    paragraphs
        .push("[@kim]: person, Kim Roth; role: baker; pronouns: she/her; aka: K. Roth".to_owned());
    let mut text = Text::new(&paragraphs.join("\n\n"));
    let mut draft = Draft::read(text.clone(), &reading, &base, None);
    let config = Config::default();
    let scene = scene(&config, &base);
    let mut checked = rules::check(&draft, &scene, None);
    for number in 0..edits {
        let whole = text.to_string();
        let mut at = dice.below(whole.len());
        // Most of what is typed stands in a word with a capital, or right behind one.
        if dice.below(4) > 0 {
            let capital = |byte: &u8| byte.is_ascii_uppercase();
            let next = whole.as_bytes()[at..].iter().position(capital);
            at += next.unwrap_or(0) + dice.below(9);
        }
        at = at.min(whole.len() - 1);
        while !whole.is_char_boundary(at) {
            at -= 1;
        }
        let (end, new) = match dice.below(6) {
            0 => {
                let letter = whole[at..].chars().next().map_or(0, char::len_utf8);
                (at + letter, "")
            }
            1 => (
                at,
                ["Dana Ortiz ", "Velk ", " said", "he ", "the mayor "][dice.below(5)],
            ),
            _ => (at, ["a", "e", "n", "s", " ", "O", ",", "”"][dice.below(8)]),
        };
        text.apply(&Edit::replace(Span::new(at, end), new));
        draft = Draft::read(text.clone(), &reading, &base, Some(&draft));
        let fresh = Draft::read(text.clone(), &reading, &base, None);
        let place = format!("edit {number}: {new:?} for {at}..{end} of {whole}");
        assert_eq!(draft.story, fresh.story, "{place}");
        checked = rules::check(&draft, &scene, Some(&checked));
        let found = rules::check(&fresh, &scene, None);
        assert_eq!(checked.findings, found.findings, "{place}");
        // Soon it is no story any more.
        if number % 40 == 39 {
            text = Text::new(&paragraphs.join("\n\n"));
            draft = Draft::read(text.clone(), &reading, &base, Some(&draft));
            checked = rules::check(&draft, &scene, Some(&checked));
        }
    }
}

/// What rules find that look at the whole or around a paragraph, after an edit elsewhere that they count on: the rule, the story, what is
/// written where, and how many it finds before and after.
#[test]
fn what_a_rule_found_goes_and_comes_with_what_it_counts_on() {
    const REST: &str = "\n\nThe hall was full until late in the evening, and the band played on.\n\nThe end came late on Monday, and nobody left.\n";
    let cases = [
        // Whoever answers for the city was met as its mayor before.
        (
            "weasel-attribution",
            "The pier is old. Mayor Dana Ortiz opened the pier in June, and it was full.\n\nThe band played on until late in the evening, and nobody left it.\n\nThe hall was full.\n\nA crew came.\n\nA boat came.\n\nA train came in the end, and it was late, too.\n\nCritics said the pier was a waste of money and of time, and they left.\n\n“It is safe,” Mayor Dana Ortiz said.",
            ("Mayor Dana Ortiz opened", "A crew opened"),
            (1, 0),
        ),
        (
            "figure-mismatch",
            "The dam gave way at noon, and 12 people were killed, police said.\n\nIt rained.\n\nThe 14 people killed had been asleep, police said.",
            ("12 people", "14 people"),
            (1, 0),
        ),
        (
            "figure-mismatch",
            "The dam gave way at noon, and 12 people were killed, police said.\n\nIt rained.\n\nThe 14 people killed had been asleep, police said.",
            ("It rained", "It rained all day"),
            (1, 1),
        ),
        (
            "figure-mismatch",
            "# Storm kills 14 in valley\n\nAt least 12 people were killed when the dam gave way, police said on Monday. The clinic took in others.\n\nIt took in 14 of them.",
            ("14 of them", "15 of them"),
            (1, 0),
        ),
        (
            "figure-mismatch",
            "# Storm kills 14 in valley\n\nAt least 12 people were killed when the dam gave way, police said on Monday. The clinic took in 14 others.",
            ("kills 14", "kills 12"),
            (1, 0),
        ),
        (
            "anonymous-single-source",
            "The plant will close in May, an official said on Monday.\n\nIt rained on the day, and nobody came.\n\nThe town was quiet.",
            ("It rained on the day", "Dana Ortiz said it rained"),
            (1, 0),
        ),
        (
            "anonymous-source-undescribed",
            "The plant will close in May, Dana Ortiz said on Monday.\n\nIt is old, a source said.\n\nThe town was quiet.",
            ("a source said", "a plant worker who saw the plan said"),
            (1, 0),
        ),
        (
            "anonymous-source-no-reason",
            "The plant will close in May, Dana Ortiz said on Monday.\n\nIt is old, said an official who had seen the plan.\n\nThe town was quiet.",
            (
                "plan.",
                "plan and spoke on condition of anonymity because he feared for his job.",
            ),
            (1, 0),
        ),
        (
            "name-spelling-inconsistent",
            "Dana Ortiz, the mayor, said it was late.\n\nThe pier is old, and so is the hall.\n\nNobody saw Dana Ortis leave.",
            ("Ortis", "Ortiz"),
            (1, 0),
        ),
        // Nobody comes or goes in what follows.
        (
            "figure-mismatch",
            "The dam gave way at noon, and twelve people were killed, police said.\n\nIt rained.\n\nThe people killed had been asleep, police said.",
            ("The people killed", "The fourteen people killed"),
            (0, 1),
        ),
        (
            "anonymous-single-source",
            "The plant will close in May, an official told Dana Ortiz on Monday.\n\nIt rained on the day, and Ortiz saw it.\n\nThe town was quiet.",
            ("and Ortiz saw it", "Ortiz said"),
            (1, 0),
        ),
        (
            "anonymous-source-no-reason",
            "The plant will close in May, Dana Ortiz said on Monday.\n\nIt is old, said an official who had seen the plan.\n\nThe official said the plan was old, too. He could not be named because the plant has a rule.",
            ("because the", "and the"),
            (0, 1),
        ),
        (
            "name-spelling-inconsistent",
            "Dana Ortiz, the mayor, said it was late.\n\nThe pier is old, and so is the hall.\n\nNobody saw the boat leave.",
            ("the boat", "Dana Ortis"),
            (0, 1),
        ),
        (
            "name-spelling-inconsistent",
            "Headline: Mayor Johanson opens pier\n\nMayor Maria Johanson said it was late.\n\nThe pier is old, and so is the hall.",
            ("Johanson", "Johansen"),
            (0, 1),
        ),
    ];
    let (reading, base) = (Reading::default(), Base::default());
    let config = Config::default();
    let scene = scene(&config, &base);
    for (rule, story, (old, new), (before, after)) in cases {
        let mut text = Text::new(&format!("{story}{REST}"));
        let at = story.find(old).expect("it stands in the story");
        let first = Draft::read(text.clone(), &reading, &base, None);
        let checked = rules::check(&first, &scene, None);
        let count = |findings: &[Finding]| findings.iter().filter(|one| one.rule == rule).count();
        assert_eq!(count(&checked.findings), before, "{rule} in {story}");
        text.apply(&Edit::replace(Span::new(at, at + old.len()), new));
        let second = Draft::read(text.clone(), &reading, &base, Some(&first));
        let again = rules::check(&second, &scene, Some(&checked));
        let fresh = Draft::read(text, &reading, &base, None);
        let wanted = rules::check(&fresh, &scene, None).findings;
        assert_eq!(again.findings, wanted, "{rule}: {new:?} in {story}");
        assert_eq!(count(&wanted), after, "{rule}: {new:?} in {story}");
    }
}

/// A word that changes who is meant in paragraphs that stay as they are, and what stays though it is told elsewhere.
#[test]
fn an_edit_reaches_the_quotations_that_rest_on_it() {
    const LATER: &str = "\n\nEva Roth, Dana Ortiz, Anna Brandt and Anna Roth said nothing.\n\nThe hall was full until late in the evening.\n\nThe end came late on Monday, and nobody left.\n";
    let cases = [
        // She is whoever was she before.
        (
            "Anna Brandt and Eva Roth met.\n\nEva Roth, a baker, said yes.\n\nShe had a key, she said.\n\n“It was old,” she said.",
            "Eva Roth, a baker",
            "Anna Brandt, a baker",
        ),
        // The minister is the last one who is told to be one.
        (
            "Anna Brandt, the minister, said no.\n\nEva Roth, the mayor, said yes.\n\nIt was late on Monday.\n\n“It was old,” the minister said.",
            "the mayor",
            "the minister",
        ),
        // A paragraph of nothing else goes with whoever spoke before it.
        (
            "Anna Brandt, the minister, said no.\n\nEva Roth, the mayor, said yes.\n\nIt was late, the minister said.\n\n“It was old and it was closed for a year.”",
            "the mayor",
            "the minister",
        ),
        // The mark names a source that is defined elsewhere.
        (
            "The board met on Monday.\n\nIt was late.\n\n“It was old.”[^a]\n\nNobody left.\n\nThe pier stood.\n\n[^b]: interview, Dana Ortiz",
            "[^b]:",
            "[^a]:",
        ),
        // Quotations that nobody is named for are one gap.
        (
            "The board of the harbor met on Monday.\n\n“It was old and it was closed for the whole of a year.”\n\n“It was late and nobody came to see it on that day.”\n\n“It was cold in the hall, and it was dark as well.”",
            "a year.”",
            "a year,” Dana Ortiz said.",
        ),
        // Words that run on are whose they turn out to be.
        (
            "Eva Roth and Dana Ortiz met on Monday.\n\n“It was old and it was closed for the whole of a year.\n\n“It was late and nobody came to see it on that day.\n\n“It was cold in the hall,” Eva Roth said.",
            "Eva Roth said",
            "Dana Ortiz said",
        ),
        // A line becomes a paragraph, and another one stands before the quotation.
        (
            "Eva Roth said it was safe.\n\nThe pier\n\n“It was old and it was closed for a year.”\n\nNobody left.",
            "The pier",
            "Dana Ortiz said the pier was closed.",
        ),
        // A pull quote has the words of a paragraph far above.
        (
            "Eva Roth and Dana Ortiz met.\n\n“It was old and cold there,” Eva Roth said.\n\nNobody left on Monday.\n\nIt was late.\n\n>> “It was old and cold there.”\n\nThe pier stood.",
            "Eva Roth said",
            "Dana Ortiz said",
        ),
        // The paragraph between is gone.
        (
            "Eva Roth said it was safe.\n\nDana Ortiz said it was closed.\n\n“It was old and it was closed for a year.”",
            "Dana Ortiz said it was closed.\n\n",
            "",
        ),
        // What stands below a copyright line is no story any more.
        (
            "Eva Roth said that it was safe to walk on the pier all year, by night and by day.\n\nNobody left.\n\nDana Ortiz said it was closed.\n\n“It was old and it was closed for a year, and nobody came to see it on that day.”",
            "Nobody left.",
            "Copyright 2026 The Herald. All rights reserved.",
        ),
        // The mayor is one by a title where she says nothing.
        (
            "Mayor Eva Roth opened the hall on Monday.\n\nIt was late.\n\n“It was old,” the mayor said.",
            "Mayor Eva",
            "Minister Eva",
        ),
        // The headline has the forename.
        (
            "# Tomas Velk: Pier is safe\n\nThe board met on Monday. It was late, Velk said.\n\n“It was old,” Velk said.",
            "Tomas",
            "Anders",
        ),
        // A credit by the surname alone is the first one’s who has it.
        (
            "Dana Ortiz met Eva Roth.\n\nIt was late on Monday.\n\n“It was old and it was closed for a year.”\n\n— Roth\n\nNobody left.",
            "Dana Ortiz",
            "Anna Roth",
        ),
    ];
    let (reading, base) = (Reading::default(), Base::default());
    for (words, from, to) in cases {
        let mut text = Text::new(&format!("{words}{LATER}"));
        let before = Draft::read(text.clone(), &reading, &base, None);
        let at = words.find(from).expect("the words stand there");
        text.apply(&Edit::replace(Span::new(at, at + from.len()), to));
        let edited = Draft::read(text.clone(), &reading, &base, Some(&before));
        let fresh = Draft::read(text, &reading, &base, None);
        let who = |draft: &Draft| -> Vec<Option<String>> {
            let bound = draft
                .story
                .quotes
                .iter()
                .map(|quote| quote.binding.as_ref());
            let who = bound.map(|it| it.map(|it| draft.story.speaker(it.speaker).id.clone()));
            who.collect()
        };
        assert_ne!(who(&before), who(&fresh), "{words}");
        assert_eq!(who(&edited), who(&fresh), "{words}");
        assert_eq!(edited.story, fresh.story, "{words}");
    }
}

/// Words that name the same people in the same order, and tell something else of them.
#[test]
fn an_edit_tells_who_somebody_is_where_their_names_stay() {
    let cases = [
        // A title that is none any more.
        (
            "The mayor Eva Roth opened the hall.\n\n“It was old,” the mayor said.",
            "The mayor",
            "The mayoq",
        ),
        // He is whoever was a Mr.
        (
            "Kim Roth and Lee Ortiz met. Mr. Roth came late, Roth said.\n\n“It was old,” he said.",
            "Mr.",
            "Ms.",
        ),
        // A role beside a surname that speaks.
        (
            "Eva Roth came.\n\nRoth, the mayor, said yes.\n\n“It was old,” the mayor said.",
            "the mayor, said",
            "the baker, said",
        ),
        // A document is known by its noun.
        (
            "A report by the city said it was old.\n\nNobody left.\n\nThe report said it was late.",
            "A report",
            "A study",
        ),
        // Why somebody is not named stands behind the words that name them.
        (
            "An official, who asked not to be named because the talks are private, said the pier was old.",
            "because",
            "becauso",
        ),
        // Whoever said it first goes on.
        (
            "Roth said it was old.\n\nOrtiz said it was late.\n\n“It was cold,” he said.",
            "Ortiz said",
            "Ortiz feared",
        ),
    ];
    const LATER: &str = "\n\nEva Roth and Dana Ortiz said nothing.\n\nThe end came late.\n";
    let (reading, base) = (Reading::default(), Base::default());
    for (words, from, to) in cases {
        let mut text = Text::new(&format!("The board met on Monday.\n\n{words}{LATER}"));
        let before = Draft::read(text.clone(), &reading, &base, None);
        let at = text.to_string().find(from).expect("the words stand there");
        text.apply(&Edit::replace(Span::new(at, at + from.len()), to));
        let edited = Draft::read(text.clone(), &reading, &base, Some(&before));
        let fresh = Draft::read(text, &reading, &base, None);
        let told = |draft: &Draft| {
            let speakers = draft.story.speakers.iter();
            let speakers: Vec<_> = speakers
                .map(|one| (one.id.clone(), one.role.clone(), one.anonymous, one.spoken))
                .collect();
            let statements = draft.story.statements.iter();
            let statements: Vec<_> = statements.map(|one| (one.speaker, one.is_strict)).collect();
            (speakers, statements)
        };
        assert_ne!(told(&before), told(&fresh), "{words}");
        assert_eq!(edited.story, fresh.story, "{words}");
    }
}

#[test]
fn what_is_shown_of_a_story_as_it_is_typed_does_not_flicker() {
    let start = Instant::now();
    let at = |count: usize| Now {
        instant: start + BETWEEN_LETTERS * count as u32,
        today: jiff::civil::date(2026, 8, 1),
    };
    let (desk, name) = (Desk::new(), "untitled:story");
    desk.open(name, "", 0, at(0));
    let mut keystrokes = 0;
    let mut screen = Screen::default();
    for (count, letter) in sample("court.lede").chars().enumerate() {
        let now = at(count);
        let step = |text: &Text| Edit::insert(text.len(), letter);
        desk.change(name, count as i32 + 1, now, [step]);
        let edition = desk.edition(name).expect("the story is open");
        let shown = desk.shown(&edition, now.instant);
        let shown = shown.expect("nothing newer was typed");
        let blocks = edition.draft().expect("it can be read").tree.blocks.len();
        screen.show(&shown.findings, BETWEEN_LETTERS * count as u32, blocks);
        keystrokes += 1;
    }
    println!(
        "{} flickered in {keystrokes} keystrokes",
        screen.flickered.len()
    );
    assert!(
        screen.flickered.len() * 1000 < keystrokes,
        "{}",
        screen.flickered.join("\n")
    );
}

fn sample(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/stories")
        .join(name);
    fs::read_to_string(path).expect("a sample draft")
}

/// What is on the screen, and how much of it came and went too soon.
#[derive(Default)]
struct Screen {
    /// What is shown: the rule and where it starts, with the time when it came and the block that was edited then.
    shown: HashMap<(&'static str, usize), (Duration, usize)>,
    /// The findings that flickered, for the report.
    flickered: Vec<String>,
}

impl Screen {
    /// Shows what is found at a time, after an edit of a block.
    fn show(&mut self, findings: &[Finding], now: Duration, edited: usize) {
        for (_, block) in self.shown.values_mut() {
            if *block != edited {
                // The writer has moved on to another block: what goes from now on does not flicker.
                *block = usize::MAX;
            }
        }
        let found: HashMap<(&'static str, usize), &Finding> = findings
            .iter()
            .map(|finding| ((finding.rule, finding.span.start()), finding))
            .collect();
        self.shown.retain(|key, (since, block)| {
            let stays = found.contains_key(key);
            if !stays && *block == edited && now - *since < SOON {
                self.flickered.push(format!(
                    "{} at byte {}, shown for {:?}",
                    key.0,
                    key.1,
                    now - *since
                ));
            }
            stays
        });
        for key in found.into_keys() {
            self.shown.entry(key).or_insert((now, edited));
        }
    }
}
