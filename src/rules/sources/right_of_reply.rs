//! Somebody accused who is not heard.

use std::cell::LazyCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::kin;
use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::prose::fold::fold;
use crate::prose::letters::{is_one_of, lower};
use crate::prose::{Form, Prose, Word};
use crate::rule::{Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::name::surname;
use crate::story::outline::Label;
use crate::story::traces::{may_accuse, take_in};
use crate::story::{Place, Speaker, SpeakerId, SpeakerKind};
use crate::text::span::Span;
use crate::words::Classes;

/// Somebody accused who is not heard.
pub const RULE: Rule = Rule {
    name: "missing-right-of-reply",
    topic: "source",
    severity: Some(Severity::Warning),
    is_unfinished: true,
    summary: "Somebody accused of wrongdoing, and neither a reply nor a sign that one was asked for.",
    why: "AP, the Washington Post and the BBC all ask that whoever is accused gets a fair chance to answer, and that the answer stands in \
          the same story. Only wrongdoing counts here: accused of it, charged, indicted, sued; criticism does not.",
    fires: &["
Prosecutors accused Harlow Foods of bribery on Monday.
                    ^^^^^^^^^^^^ warning missing-right-of-reply: Harlow Foods is accused (¶1); no reply in the story yet.

The firm has run bakeries in Port Harlan since 1920.
", "
“It was our money,” said Ana Roth, who sued Councilman Paul Dean over the fund.
                                            ^^^^^^^^^^^^^^^^^^^^ warning missing-right-of-reply: Paul Dean is accused (¶1); no reply in the story yet.
", "
Dana Ortiz was charged with fraud on Monday, police said.
^^^^^^^^^^ warning missing-right-of-reply: Dana Ortiz is accused (¶1); no reply in the story yet.

The mayor has led the town since 2019.
", "
Two tenants accused Brightwell Homes of stealing their deposits. Their lawyer said that they would not move.
                    ^^^^^^^^^^^^^^^^ warning missing-right-of-reply: Brightwell Homes is accused (¶1); no reply in the story yet.
", "
Prosecutors accused the Bank of Harlan of fraud on Monday.
                        ^^^^^^^^^^^^^^ warning missing-right-of-reply: Bank of Harlan is accused (¶1); no reply in the story yet.

It has 40 branches.
", "
Two former clerks sued Bex & Sons over unpaid wages on Monday.
                       ^^^^^^^^^^ warning missing-right-of-reply: Bex & Sons is accused (¶1); no reply in the story yet.
", "
Crane Bread, a family company, accused Harlow Foods of fraud on Monday.
                                       ^^^^^^^^^^^^ warning missing-right-of-reply: Harlow Foods is accused (¶1); no reply in the story yet.

The company said it had lost $4 million in a year.
", "
Tarrow Bank sued Bex & Sons over unpaid loans on Monday. The bank said it had waited for two years.
                 ^^^^^^^^^^ warning missing-right-of-reply: Bex & Sons is accused (¶1); no reply in the story yet.
"],
    quiet: &[
        "Senator Ana Roth accused Mayor Paul Dean of raising taxes.",
        "Ana Roth accused Paul Dean of being weak on crime.",
        "Paul Dean was accused of flip-flopping by Ana Roth.",
        "Ana Roth accused Paul Dean of “leading from behind.”",
        "Prosecutors accused Harlow Foods of bribery.\n\nIn a statement, the company said it had done nothing wrong.",
        "Prosecutors accused Harlow Foods of bribery.\n\n“We paid nobody,” the company said.",
        "Crane Bread, a family company, accused Harlow Foods of bribery.\n\nThe company said it had done nothing wrong.",
        "Crane Bread, a family company, accused Harlow Foods of bribery.\n\nHarlow Foods has 40 shops. “We paid nobody,” the company said.",
        "Crane Bread, a family company, accused the bakery chain Harlow Foods of bribery.\n\n“We paid nobody,” the chain said.",
        "Tarrow Bank sued Bex & Sons, an old company, over unpaid loans. The company said it had paid.",
        "Tarrow Bank sued Harlan Bank over unpaid loans. The bank said it had paid.",
        "Prosecutors accused Harlan First of fraud.\n\nThe bank said it had done nothing wrong.",
        "Prosecutors accused Harlow Foods of bribery.\n\nA company spokesman said it had done nothing wrong.",
        "Prosecutors accused Harlow Foods of bribery.\n\nIts lawyer, Ana Roth, said it had done nothing wrong.",
        "Prosecutors accused Harlow Foods of bribery.\n\nThe chief executive of Harlow Foods said it had done nothing wrong.",
        "Prosecutors accused Paul Dean of theft.\n\nA lawyer for the mayor said he had done nothing wrong.",
        "Prosecutors accused Paul Dean of theft.\n\nMr. Dean was asked for comment.",
        "Prosecutors accused Harlow Foods of bribery.\n\nHarlow Foods has been contacted for comment.",
        "Prosecutors accused Harlow Foods of bribery.\n\nThe Courier has contacted Harlow Foods.",
        "Prosecutors accused Paul Dean of theft.\n\nThe Courier reached out to Dean on Monday.",
        "Prosecutors accused Paul Dean of theft.\n\nThe Courier left a message with Dean’s sister.",
        "Prosecutors accused Paul Dean of theft.\n\nReached by phone, Dean hung up.",
        "Prosecutors accused Paul Dean of theft.\n\nA phone number listed for Dean was disconnected.",
        "Ana Lima-Souza was charged with fraud on Monday. Lima-Souza denied it.",
        "Paul Wren accused Ada Cole of being a Democrat.",
        "Prosecutors accused Harlow Foods of bribery on Monday. Harlow Foods denied it.",
        "Prosecutors accused Harlow Foods of bribery on Monday.\n\nHarlow did not immediately respond to a request for comment.",
        "Prosecutors accused Harlow Foods of bribery on Monday.\n\n“We never paid anybody,” a spokeswoman for Harlow Foods said.",
        "Prosecutors accused Paul Dean of theft. His lawyer declined to comment.",
        "Paul Dean, who was convicted of theft in 2019, was charged with theft again. Police found a bag.",
        "Critics accused the government of delay.",
        "Kemp criticized Dana Ortiz for the delay. Kemp accused nobody.",
        "Prosecutors accused Harlow Foods of bribery on Monday. [TK: call Harlow Foods - asked when, how?]",
        "London accused Paris of delay. Harlow Foods charged $4 for a loaf.",
        "Prosecutors accused Harlow Foods of bribery.\n\n[^reply]: no-reply, Harlow Foods; date: 2026-03-01",
        "“He accused Paul Dean of theft,” Roth said.",
        "Prosecutors accused Harlow Foods of bribery on Monday.\n\n“We paid nobody,” said Ana Roth, 51.\n=== entities/desk.toml\n[[org]]\nid = \"harlow\"\nname = \"Harlow Foods\"\n[[person]]\nname = \"Ana Roth\"\n[[person.role]]\ntitle = \"chief executive\"\norg = \"harlow\"\n",
        "Prosecutors accused Harlow Foods of bribery on Monday.\n\nThe Bread Company denied it.\n=== entities/desk.toml\n[[org]]\nname = \"Harlow Foods\"\nvariants = [\"The Bread Company\"]\n",
        "Prosecutors accused Paul Dean of theft.\n=== entities/desk.toml\n[[person]]\nname = \"Paul Dean\"\ndied = 2020-05-01\n",
    ],
    options: &[RuleOption {
        name: "treat-charges-as-accusation",
        default: "true",
        summary: "Whether a charge, an indictment or a suit asks for a reply too.",
    }],
    check: Check::Story(check),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let with_charges = look::switch_option(
        scene,
        "missing-right-of-reply.treat-charges-as-accusation",
        true,
    );
    let mut asked: Vec<String> = Vec::new();
    let cleared: LazyCell<Cleared, _> = LazyCell::new(|| Cleared::of(draft));
    let mut paragraph = 0;
    for block in 0..draft.tree.blocks.len() {
        if draft.story.labels[block] != Label::Body {
            continue;
        }
        paragraph += 1;
        if !draft.traces[block].may_accuse {
            continue;
        }
        for (name, sentence) in accused(draft, block, with_charges) {
            let place = Place { block, span: name };
            let speaker = cleared.speaker(place);
            let who = Who::at(draft, place, speaker);
            let words = name_of(draft, place, speaker, who);
            let key = key(&words, who);
            let known = kin::at(draft, scene, place);
            if known
                .as_ref()
                .is_some_and(|known| known.is_dead(draft, scene) || known.answers(draft, scene))
                || asked.contains(&key)
                || look::is_open(
                    &draft.story,
                    &draft.tree,
                    Place {
                        block,
                        span: sentence,
                    },
                )
                || cleared.is_guilty(&key)
                || cleared.is_heard(&key, who)
                || who == Who::Body && cleared.may_have_answered(draft, &key, place, sentence)
            {
                continue;
            }
            asked.push(key);
            let shown = look::shown(&words);
            let message = format!("{shown} is accused (¶{paragraph}); no reply in the story yet.");
            let mut finding = look::finding(&RULE, draft.span(place), message);
            finding.fixes = vec![look::insert(
                format!("Ask: insert [TK: call {shown} - asked when, how?]"),
                draft.tree.blocks[block].start + sentence.end(),
                format!(" [TK: call {shown} - asked when, how?]"),
            )];
            found.push(finding);
        }
    }
}

/// The names that a block accuses of wrongdoing, each with its sentence.
fn accused(draft: &Draft, block: usize, with_charges: bool) -> Vec<(Span, Span)> {
    let text: &str = &draft.tree.blocks[block].block.text;
    let prose: &Prose = &draft.prose[block];
    let words = &prose.words;
    let is = |at: usize, list: &[&str]| {
        words
            .get(at)
            .is_some_and(|word| is_one_of(text, word, list))
    };
    let mut found = Vec::new();
    for sentence in &prose.sentences {
        for at in sentence.words.clone() {
            let word = &words[at];
            if word.is_quoted || word.form == Form::Mark {
                continue;
            }
            if !may_accuse(word) {
                continue;
            }
            let verb = lower(text, word);
            let is_accusing =
                matches!(verb.as_str(), "accused" | "accuses" | "accusing" | "accuse");
            let is_suing = matches!(verb.as_str(), "sued" | "sues" | "suing");
            let is_charging = matches!(verb.as_str(), "charged" | "charges" | "indicted");
            if !(is_accusing || with_charges && (is_suing || is_charging)) {
                continue;
            }
            let is_passive = at > sentence.words.start
                && (words[at - 1].classes.has(Classes::BE) || is(at - 1, &["been"]));
            if is_accusing && !names_a_wrong(text, &words[at..sentence.words.end]) {
                continue;
            }
            let is_state = |name: &Span| {
                let inside = words.iter().filter(|word| name.covers(word.span));
                inside.into_iter().any(|word| {
                    word.classes.has(
                        Classes::PLACE
                            .or(Classes::DEMONYM)
                            .or(Classes::MONTH)
                            .or(Classes::WEEKDAY),
                    )
                })
            };
            let whole = |name: Span| whole_name(text, prose, name);
            let target = if is_passive {
                let goes_on = is(at + 1, &["of", "with", "by", "in", "over", "for", "on"]);
                let first = (sentence.words.start..at).rev().find(|&before| {
                    !words[before]
                        .classes
                        .has(Classes::AUXILIARY.or(Classes::ADVERB))
                        && !is(before, &["been"])
                });
                first
                    .filter(|_| goes_on)
                    .and_then(|before| name_with(prose, words[before].span))
            } else {
                let name = (at + 1..sentence.words.end.min(at + 6))
                    .find_map(|after| name_with(prose, words[after].span));
                // `accused Harlow Foods of …`; a suit needs no more.
                name.filter(|name| {
                    let after = words.partition_point(|word| word.span.start() < name.end());
                    let after = if words
                        .get(after)
                        .is_some_and(|word| word.span.of(text) == ",")
                    {
                        after + 1
                    } else {
                        after
                    };
                    let near =
                        words.partition_point(|word| word.span.start() < name.start()) <= at + 4;
                    // “of being a Democrat” is no wrong.
                    let is_label = (after..after + 4).any(|at| {
                        is(at, &["being"])
                            && words[at + 1..]
                                .iter()
                                .take(2)
                                .any(|word| word.form == Form::Capital)
                    });
                    near && !is_label
                        && (is_suing || (after..after + 12).any(|at| is(at, &["of", "with"])))
                })
            };
            let target = target.filter(|name| !is_state(name)).map(whole);
            // `two Vermont developers`: the name is not whom it is about.
            let is_modifier = |name: &Span| {
                let after = words.partition_point(|word| word.span.start() < name.end());
                let next = words.get(after).filter(|word| word.form == Form::Lower);
                !is_passive
                    && next.is_some_and(|word| {
                        let class = Classes::PREPOSITION
                            .or(Classes::CONJUNCTION)
                            .or(Classes::CLAUSE);
                        !word.classes.has(class)
                            && !is(after, &["of", "with", "over", "in", "for", "who", "on"])
                    })
            };
            if let Some(name) = target.filter(|name| !is_modifier(name)) {
                found.push((name, sentence.span));
            }
        }
    }
    found
}

/// Whether the words after an accusing verb hold a crime or what a court would hear: criticism asks for no reply.
fn names_a_wrong(text: &str, words: &[Word]) -> bool {
    words.windows(2).any(|pair| {
        // “weak on crime” is criticism.
        let is_topic = pair[0].span.of(text) == "on";
        let word = lower(text, &pair[1]);
        !is_topic && WRONGS.iter().any(|wrong| word.starts_with(wrong))
    })
}

/// How words begin that name what is punished or what one is sued for.
const WRONGS: &[&str] = &[
    "abus",
    "arson",
    "assault",
    "batter",
    "beating",
    "blackmail",
    "brib",
    "cheat",
    "conspir",
    "corrupt",
    "coup",
    "crim",
    "defam",
    "defraud",
    "discriminat",
    "dumping",
    "embezzl",
    "espionage",
    "evad",
    "evasion",
    "extort",
    "falsif",
    "forgery",
    "forging",
    "fraud",
    "genocid",
    "grop",
    "hack",
    "harass",
    "homicid",
    "illegal",
    "incit",
    "kickback",
    "kidnap",
    "killing",
    "launder",
    "libel",
    "loot",
    "manslaughter",
    "massacre",
    "misappropriat",
    "misconduct",
    "misus",
    "molest",
    "murder",
    "negligen",
    "obstruct",
    "overcharg",
    "perjur",
    "plagiari",
    "poison",
    "pollut",
    "racketeer",
    "raping",
    "rape",
    "rapist",
    "rigg",
    "robb",
    "siphon",
    "slander",
    "smuggl",
    "spying",
    "stalk",
    "steal",
    "stole",
    "swindl",
    "terror",
    "theft",
    "tortur",
    "traffick",
    "treason",
    "underpa",
    "unlawful",
    "violat",
    "withholding",
];

/// A name with what belongs to it: `Bank of Harlan`, `Bex & Sons`.
fn whole_name(text: &str, prose: &Prose, name: Span) -> Span {
    let words = &prose.words;
    let after = words.partition_point(|word| word.span.start() < name.end());
    let is_body = after.checked_sub(1).is_some_and(|last| {
        words[last]
            .classes
            .has(Classes::BODY.or(Classes::INSTITUTION))
    });
    let joins = words.get(after).is_some_and(|word| {
        let word = word.span.of(text);
        word == "&" || word == "of" && is_body
    });
    match words.get(after + 1) {
        Some(next) if joins && next.form == Form::Capital => {
            let run = words[after + 1..].iter();
            let last = run.take_while(|word| word.form == Form::Capital).last();
            name.cover(last.unwrap_or(next).span)
        }
        _ => name,
    }
}

fn name_with(prose: &Prose, word: Span) -> Option<Span> {
    let people = prose.people.iter().filter_map(|person| person.name);
    let names = people.chain(prose.names.iter().copied());
    names.into_iter().find(|name| name.covers(word))
}

/// The fullest name of the person or body that a place names; `known` is the speaker mentioned there.
fn name_of(draft: &Draft, place: Place, known: Option<&Speaker>, who: Who) -> String {
    let words = draft.words(place);
    known
        .map(|speaker| speaker.name.as_str())
        .filter(|name| name.len() > words.len() && key(name, who) == key(words, who))
        .unwrap_or(words)
        .to_owned()
}

/// The word by which a reader would know them: a person's surname, the first word of a body's name.
fn key(name: &str, who: Who) -> String {
    let name = name.trim_end_matches("’s").trim_end_matches("'s");
    let first = name.split(' ').find(|word| word.chars().count() > 3);
    let word = match who {
        Who::Body => first.unwrap_or(name),
        Who::Person => surname(name).unwrap_or_else(|| name.split(' ').next_back().unwrap_or(name)),
    };
    fold(word)
}

/// The parts of a name with hyphens, as the words of a story are compared.
fn parts(key: &str) -> impl Iterator<Item = &str> {
    key.split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
}

/// Nouns by which a body that is accused is called again. Not those who accuse: agencies, boards, unions.
const ANSWERING: &[&str] = &[
    "company",
    "firm",
    "bank",
    "district",
    "university",
    "team",
    "airline",
    "school",
    "college",
    "hospital",
    "club",
    "church",
    "diocese",
    "charity",
    "manufacturer",
    "retailer",
    "carmaker",
    "automaker",
    "chain",
    "contractor",
    "corporation",
    "foundation",
    "insurer",
    "lender",
    "utility",
    "developer",
    "landlord",
    "bakery",
    "brewery",
];

/// What stands in an answer to an accusation.
const DENIALS: &[&str] = &[
    "wrong",
    "deni",
    "deny",
    "reject",
    "disput",
    "baseless",
    "untrue",
    "false",
    "meritless",
    "without merit",
    "defend",
    "cooperat",
    "apolog",
    "lawsuit",
    "allegation",
    "accusation",
    "claim",
    "charges",
];

fn body_key(draft: &Draft, block: usize, name: Span) -> String {
    key(draft.words(Place { block, span: name }), Who::Body)
}

fn is_before(one: Place, other: Place) -> bool {
    (one.block, one.span.start()) < (other.block, other.span.start())
}

/// Whether a body is named behind one place and before another.
fn is_named_between(draft: &Draft, key: &str, from: Place, to: Place) -> bool {
    (from.block..=to.block).any(|block| {
        let mut names = draft.prose[block].names.iter();
        names.any(|name| {
            let place = Place { block, span: *name };
            !is_before(place, from) && is_before(place, to) && body_key(draft, block, *name) == key
        })
    })
}

/// Whether the story says that a body is what a noun says: `Harlan Bank`, `the company Harlow Foods`, `Harlow Foods, a bakery
/// company,`.
fn is_called(draft: &Draft, key: &str, noun: &str) -> bool {
    let blocks = draft.prose.iter().enumerate();
    let mut blocks = blocks.filter(|(block, _)| draft.story.labels[*block] == Label::Body);
    blocks.any(|(block, prose)| {
        let text: &str = &draft.tree.blocks[block].block.text;
        let mut names = prose.names.iter();
        names.any(|name| {
            body_key(draft, block, *name) == key && is_called_here(text, &prose.words, *name, noun)
        })
    })
}

fn is_called_here(text: &str, words: &[Word], name: Span, noun: &str) -> bool {
    let first = words.partition_point(|word| word.span.start() < name.start());
    let after = words.partition_point(|word| word.span.start() < name.end());
    let is = |at: usize, options: &[&str]| {
        words
            .get(at)
            .is_some_and(|word| is_one_of(text, word, options))
    };
    let is_in_name = (first..after).any(|at| is(at, &[noun]));
    let before = first.checked_sub(1);
    let before = before.and_then(|at| match is(at, &[","]) {
        true => at.checked_sub(1),
        false => Some(at),
    });
    let is_title = before.is_some_and(|at| is(at, &[noun]));
    let opens = is(after, &[",", "—", "(", "is", "was"]);
    let stops = Classes::PREPOSITION
        .or(Classes::CLAUSE)
        .or(Classes::AUXILIARY);
    let mut described = (after + 1..words.len().min(after + 8)).take_while(|&at| {
        let word = &words[at];
        word.form != Form::Mark && !word.classes.has(stops)
    });
    is_in_name || is_title || opens && described.any(|at| is(at, &[noun]))
}

/// Whether a name is a person's.
#[derive(Clone, Copy, PartialEq)]
enum Who {
    Person,
    Body,
}

impl Who {
    fn at(draft: &Draft, place: Place, known: Option<&Speaker>) -> Who {
        let mut people = draft.prose[place.block].people.iter();
        let is_person = people.any(|person| person.span.overlaps(place.span))
            || known.is_some_and(|speaker| speaker.kind == SpeakerKind::Person);
        if is_person { Who::Person } else { Who::Body }
    }
}

/// The words of a body without a name that speaks.
struct Answer {
    place: Place,
    nouns: Vec<&'static str>,
    /// Whether it denies something, as the accused do.
    denies: bool,
}

/// What of the story may clear somebody, gone through once, when the first is accused: the words by which people are
/// named in it.
struct Cleared<'a> {
    /// In sentences on a matter of record: guilt.
    guilty: FxHashSet<&'a str>,
    /// Those who answer, who speak, or who were asked.
    heard: FxHashSet<String>,
    /// Whether somebody answers for whoever is meant.
    is_answered: bool,
    /// Whether somebody speaks for whatever body is meant: `its lawyer said`.
    has_body_answered: bool,
    /// Where a body speaks that is called by a noun: `the company said`, `a company spokesman said`.
    bodies: Vec<Answer>,
    /// Whether somebody speaks for a person who is meant: `his lawyer said`.
    has_person_answered: bool,
    /// The speakers mentioned in each block.
    mentioned: FxHashMap<usize, Vec<(Span, &'a Speaker)>>,
}

impl<'a> Cleared<'a> {
    fn of(draft: &'a Draft) -> Cleared<'a> {
        let mut cleared = Cleared {
            guilty: FxHashSet::default(),
            heard: FxHashSet::default(),
            is_answered: false,
            has_body_answered: false,
            bodies: Vec::new(),
            has_person_answered: false,
            mentioned: FxHashMap::default(),
        };
        for (block, traces) in draft.traces.iter().enumerate() {
            let told = traces.cleared.as_ref();
            let is_copy = matches!(draft.story.labels[block], Label::Body | Label::List);
            if let Some(told) = told.filter(|_| is_copy) {
                cleared
                    .guilty
                    .extend(told.guilty.iter().map(String::as_str));
                cleared.heard.extend(told.heard.iter().cloned());
                cleared.is_answered |= told.is_answered;
            }
        }
        cleared.hear(draft);
        for speaker in &draft.story.speakers {
            for place in &speaker.mentions {
                let those = cleared.mentioned.entry(place.block).or_default();
                those.push((place.span, speaker));
            }
        }
        cleared
    }

    /// Takes in who speaks, who is quoted, and whose answer is on file.
    fn hear(&mut self, draft: &'a Draft) {
        let story = &draft.story;
        let mut speaking: FxHashSet<SpeakerId> = FxHashSet::default();
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for statement in &story.statements {
            let attribution = &draft.prose[statement.block].attributions[statement.index];
            if let Some(source) = attribution
                .source
                .as_ref()
                .filter(|_| matches!(story.labels[statement.block], Label::Body | Label::List))
            {
                let place = Place {
                    block: statement.block,
                    span: source.span,
                };
                let prose = &draft.prose[statement.block];
                let sentence = prose.sentences.get(statement.sentence);
                self.hear_for_others(draft, place, sentence.map(|sentence| sentence.span));
            }
            let Some(speaker) = statement.speaker else {
                continue;
            };
            let kind = story.speaker(speaker).kind;
            if matches!(kind, SpeakerKind::Person | SpeakerKind::Body) {
                speaking.insert(speaker);
            }
            if let Some(source) = &attribution.source {
                let place = Place {
                    block: statement.block,
                    span: source.span,
                };
                let words = draft.words(place);
                if seen.insert(words) {
                    take_in(words, &mut self.heard);
                }
            }
        }
        let quoted = story
            .quotes
            .iter()
            .filter_map(|quote| quote.binding.as_ref());
        speaking.extend(quoted.map(|binding| binding.speaker));
        for speaker in speaking {
            take_in(&story.speaker(speaker).name, &mut self.heard);
        }
        for source in &story.sources {
            if matches!(
                source.kind,
                "no-reply" | "statement" | "email" | "interview"
            ) {
                take_in(&source.title, &mut self.heard);
                if let Some(by) = source.field("by") {
                    take_in(by, &mut self.heard);
                }
            }
        }
    }

    /// Takes in who speaks without a name for somebody who is meant: `the bank`, `a company spokesman`, `its lawyer`.
    fn hear_for_others(&mut self, draft: &Draft, place: Place, sentence: Option<Span>) {
        let text: &str = &draft.tree.blocks[place.block].block.text;
        let source = place.span.of(text).to_lowercase();
        let words: Vec<&str> = source
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let Some((first, rest)) = words.split_first() else {
            return;
        };
        let nouns = ANSWERING.iter().filter(|noun| words.contains(noun));
        let nouns: Vec<&str> = nouns.copied().collect();
        let for_somebody = [
            "lawyer",
            "attorney",
            "spokes",
            "representative",
            "solicitor",
        ];
        let speaks_for = words
            .iter()
            .any(|word| for_somebody.iter().any(|one| word.starts_with(one)));
        let is_body = *first == "the" && rest.iter().all(|word| ANSWERING.contains(word));
        self.has_body_answered |= speaks_for && *first == "its";
        if !nouns.is_empty() && (is_body || speaks_for) {
            let said = sentence.map_or("", |sentence| sentence.of(text));
            let denies = DENIALS.iter().any(|denial| said.contains(denial));
            self.bodies.push(Answer {
                place,
                nouns,
                denies,
            });
        }
        self.has_person_answered |=
            speaks_for && (matches!(*first, "his" | "her") || source.contains(" for the "));
    }

    fn is_guilty(&self, key: &str) -> bool {
        parts(key).all(|part| self.guilty.contains(part))
    }

    fn is_heard(&self, key: &str, who: Who) -> bool {
        self.is_answered
            || who == Who::Body && self.has_body_answered
            || who == Who::Person && self.has_person_answered
            || parts(key).all(|part| self.heard.contains(part))
    }

    /// Whether a body that speaks without its name may be the accused: not where its noun is the accuser’s in this story, and nothing
    /// was said of the accused since.
    fn may_have_answered(&self, draft: &Draft, key: &str, accused: Place, sentence: Span) -> bool {
        let accusers = || {
            let names = draft.prose[accused.block].names.iter().copied();
            let names = names.filter(|name| sentence.covers(*name));
            names.map(|name| body_key(draft, accused.block, name))
        };
        self.bodies.iter().any(|answer| {
            let is_accusers = |noun: &&str| {
                let mut others = accusers().filter(|other| other != key);
                others.any(|other| is_called(draft, &other, noun)) && !is_called(draft, key, noun)
            };
            let end = Place {
                block: accused.block,
                span: Span::new(sentence.end(), sentence.end()),
            };
            answer.denies
                || is_before(answer.place, accused)
                || is_named_between(draft, key, end, answer.place)
                || !answer.nouns.iter().any(is_accusers)
        })
    }

    /// The first speaker of the story whom a place names.
    fn speaker(&self, place: Place) -> Option<&'a Speaker> {
        let here = self.mentioned.get(&place.block)?.iter();
        here.into_iter()
            .find(|(span, _)| span.overlaps(place.span))
            .map(|(_, speaker)| *speaker)
    }
}
