//! A title that somebody did not have on the story's date.

use jiff::civil::Date;

use crate::draft::Draft;
use crate::entities::base::EntityId;
use crate::entities::day::Standing;
use crate::entities::fold::fold;
use crate::entities::record::{Kind, Record, Role};
use crate::finding::{Finding, Fix, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::Place;
use crate::text::edit::Edit;
use crate::text::span::Span;

/// A title that somebody did not have on the story's date.
pub const RULE: Rule = Rule {
    name: "title-conflict",
    topic: "name",
    severity: Some(Severity::Warning),
    is_unfinished: false,
    summary: "A title that the person no longer has, does not have yet, still has, or that is somebody else’s on the story’s date.",
    why: "Changes of office are a classic error. The newsroom’s files know roles with their dates; what is imported is never held \
          against a story. Without a date in the header or dateline nothing is said.",
    fires: &[
        "
Date: 2024-07-10

The plan was old, Defense Secretary Grant Shepstow said.
                  ^^^^^^^^^^^^^^^^^ warning title-conflict: Shepstow left that office on 5 July 2024; story dated 10 July 2024. “Former”?
=== entities/people.toml
[[office]]
id = \"defence\"
title = \"defence secretary\"
[[person]]
name = \"Grant Shepstow\"
[[person.role]]
office = \"defence\"
from = 2023-08-31
to = 2024-07-05
",
        "
Date: 2024-01-10

The plan was old, former Defense Secretary Grant Shepstow said.
                  ^^^^^^^^^^^^^^^^^^^^^^^^ warning title-conflict: Shepstow holds that office on 10 January 2024. Why “former”?
=== entities/people.toml
[[person]]
name = \"Grant Shepstow\"
[[person.role]]
title = \"defence secretary\"
from = 2023-08-31
to = 2024-07-05
",
        "
Date: 2023-08-30

The plan was old, Defense Secretary Grant Shepstow said.
                  ^^^^^^^^^^^^^^^^^ warning title-conflict: Shepstow takes that office on 31 August 2023; story dated 30 August 2023.
=== entities/people.toml
[[person]]
name = \"Grant Shepstow\"
[[person.role]]
title = \"defence secretary\"
from = 2023-08-31
",
        "
Date: 2024-07-10

The plan was old, Defense Secretary Grant Shepstow said.
                  ^^^^^^^^^^^^^^^^^ error title-conflict: Shepstow left that office
=== entities/people.toml
[[person]]
name = \"Grant Shepstow\"
[[person.role]]
title = \"defence secretary\"
to = 2024-07-05
checked = 2026-03-01
",
        "
Date: 2024-07-10

The plan was old, Senator Dana Ortiz said.
                  ^^^^^^^ warning title-conflict: Ortiz is mayor, Port Harlan on 10 July 2024, by the newsroom’s files. “Senator”?
=== entities/people.toml
[[person]]
name = \"Dana Ortiz\"
[[person.role]]
title = \"mayor\"
org = \"Port Harlan\"
from = 2020-01-01
",
        "
Date: 2024-07-10

Ana Roth, the mayor of Port Harlan, said that the plan was old.
              ^^^^^ warning title-conflict: Roth is deputy mayor, Port Harlan on 10 July 2024, by the newsroom’s files. “mayor”?
=== entities/people.toml
[[person]]
name = \"Ana Roth\"
[[person.role]]
title = \"deputy mayor\"
org = \"Port Harlan\"
from = 2020-01-01
",
        "
Date: 2024-07-10

Ana Roth, CEO of Harlow Foods, said that the plan was old.
          ^^^ warning title-conflict: Roth left that office on 1 January 2023; story dated 10 July 2024. “Former”?
=== entities/people.toml
[[person]]
name = \"Ana Roth\"
[[person.role]]
title = \"chief executive\"
org = \"Harlow Foods\"
to = 2023-01-01
",
        "
Date: 2024-07-10

The plan was old, Harbor Commissioner Dana Ortiz said.
                  ^^^^^^^^^^^^^^^^^^^ warning title-conflict: On 10 July 2024 Paul Venn is harbor commissioner, by the newsroom’s files; not Ortiz.
=== entities/people.toml
[[office]]
id = \"harbor\"
title = \"harbor commissioner\"
holders = \"one\"
[[person]]
name = \"Dana Ortiz\"
[[person]]
name = \"Paul Venn\"
[[person.role]]
office = \"harbor\"
from = 2020-01-01
",
    ],
    quiet: &[
        "Date: 2024-07-10\n\nAna Roth, the chief executive of Brandt Mills, said that the plan was old.\n=== entities/people.toml\n[[person]]\nname = \"Ana Roth\"\n[[person.role]]\ntitle = \"chief executive\"\norg = \"Harlow Foods\"\nto = 2023-01-01\n",
        "Date: 2024-07-10\n\nAna Roth, Mayor Paul Venn, and the board met.\n=== entities/people.toml\n[[person]]\nname = \"Ana Roth\"\n[[person.role]]\ntitle = \"mayor\"\nto = 2015-01-01\n",
        "Date: 2024-07-10\n\nAna Roth, the mayor from 2010 to 2015, said that the plan was old.\n=== entities/people.toml\n[[person]]\nname = \"Ana Roth\"\n[[person.role]]\ntitle = \"mayor\"\nto = 2015-01-01\n",
        "Date: 2024-07-10\n\nDeputy Mayor Ana Roth, the deputy mayor of Port Harlan, said that the plan was old.\n=== entities/people.toml\n[[person]]\nname = \"Ana Roth\"\n[[person.role]]\ntitle = \"deputy mayor\"\norg = \"Port Harlan\"\nfrom = 2020-01-01\n",
        "The plan was old, Defense Secretary Grant Shepstow said.\n=== entities/people.toml\n[[person]]\nname = \"Grant Shepstow\"\n[[person.role]]\ntitle = \"defence secretary\"\nto = 2024-07-05\n",
        "Date: 2024-07-10\n\nThe plan was old, former U.K. Defense Secretary Grant Shepstow said.\n=== entities/people.toml\n[[person]]\nname = \"Grant Shepstow\"\n[[person.role]]\ntitle = \"defence secretary\"\nto = 2024-07-05\n",
        "Date: 2024-07-04\n\nThe plan was old, Defense Secretary Grant Shepstow said.\n=== entities/people.toml\n[[person]]\nname = \"Grant Shepstow\"\n[[person.role]]\ntitle = \"defence secretary\"\nto = 2024-07-05\n",
        "Date: 2024-07-10\n\nThe plan was old, then-Defense Secretary Grant Shepstow said in May.\n=== entities/people.toml\n[[person]]\nname = \"Grant Shepstow\"\n[[person.role]]\ntitle = \"defence secretary\"\nto = 2024-07-05\n",
        "Date: 2024-07-10\n\nThe plan was old, acting Defense Secretary Grant Shepstow said.\n=== entities/people.toml\n[[person]]\nname = \"Grant Shepstow\"\n[[person.role]]\ntitle = \"defence secretary\"\nto = 2024-07-05\n",
        "Date: 2024-07-10\n\nThe plan was old, Minister Grant Shepstow said.\n=== entities/people.toml\n[[person]]\nname = \"Grant Shepstow\"\n[[person.role]]\ntitle = \"defence secretary\"\nto = 2024-07-05\n",
        "Date: 2024-07-10\n\nThe plan was old, Defense Secretary Grant Shepstow said.\n=== entities/people.toml\n[[person]]\nname = \"Grant Shepstow\"\n[[person.role]]\ntitle = \"defence secretary\"\nto = \"2024-07\"\n",
        "Date: 2024-07-10\n\nThe plan was old, Defense Secretary Grant Shepstow said.\n=== entities/people.toml\n[[person]]\nname = \"Grant Shepstow\"\n[[person.role]]\ntitle = \"defence secretary\"\nto = 2020-07-05\n[[person.role]]\ntitle = \"defence secretary\"\nfrom = 2024-01-01\n",
        "Date: 2024-07-10\n\n“Defense Secretary Grant Shepstow is old,” she said.\n=== entities/people.toml\n[[person]]\nname = \"Grant Shepstow\"\n[[person.role]]\ntitle = \"defence secretary\"\nto = 2024-07-05\n",
        "Date: 2024-07-10\n\nThe plan was old, Mayor Dana Ortiz said.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\ntitle = \"mayor\"\nfrom = 2020-01-01\n",
        "Date: 2024-07-10\n\nThe plan was old, former Senator Dana Ortiz said.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\ntitle = \"mayor\"\nfrom = 2020-01-01\n",
        "Date: 2024-07-10\n\nThe plan was old, lawyer Dana Ortiz said.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\ntitle = \"mayor\"\nfrom = 2020-01-01\n",
        "Date: 2024-07-10\n\nThe plan was old, Democrat Dana Ortiz said.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\ntitle = \"mayor\"\nfrom = 2020-01-01\n",
        "Date: 2019-07-10\n\nThe plan was old, Senator Dana Ortiz said.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\ntitle = \"mayor\"\nfrom = 2020-01-01\n",
        "Date: 2024-07-10\n\nThe plan was old, Deputy Mayor Dana Ortiz said.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\ntitle = \"mayor\"\nfrom = 2020-01-01\n",
        "Date: 2024-07-10\n\n“Senator Dana Ortiz is old,” she said.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\ntitle = \"mayor\"\nfrom = 2020-01-01\n",
        "The plan was old, Senator Dana Ortiz said.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\ntitle = \"mayor\"\nfrom = 2020-01-01\n",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let Some(on) = draft.story.facts.date else {
        return;
    };
    for link in draft
        .story
        .known
        .links
        .iter()
        .filter(|link| !link.is_quoted)
    {
        let Some(who) = link.sure().filter(|who| who.is_own()) else {
            continue;
        };
        let Some(record) = scene
            .base
            .record(who)
            .filter(|record| record.kind == Kind::Person)
        else {
            continue;
        };
        let title = title_before(draft, link.place)
            .or_else(|| title_after(draft, scene, &record, link.place));
        if let Some(title) = title {
            let conflict = conflict(draft, scene, &record, title, on);
            found
                .extend(conflict.or_else(|| other_office(draft, scene, (who, &record), title, on)));
        }
    }
}

/// The words of a title that stand right before a name.
fn title_before(draft: &Draft, name: Place) -> Option<Place> {
    let prose = &draft.prose[name.block];
    let sources = prose
        .attributions
        .iter()
        .filter_map(|one| one.source.as_ref());
    let phrase = prose
        .people
        .iter()
        .chain(sources)
        .find(|phrase| phrase.span.covers(name.span) && phrase.role.is_some())?;
    let role = phrase.role?;
    let text: &str = &draft.tree.blocks[name.block].block.text;
    let between = text.get(role.end()..name.span.start())?;
    (between.trim().is_empty() && !role.is_empty()).then_some(Place {
        block: name.block,
        span: role,
    })
}

/// `mayor` of `Ana Roth, the mayor of Port Harlan, said`: the title in an appositive that says no more than it, and of whom.
fn title_after(draft: &Draft, scene: &Scene, record: &Record, name: Place) -> Option<Place> {
    const MORE: &[&str] = &[
        "a", "an", "who", "whose", "which", "from", "until", "when", "then", "once", "since", "in",
        "and", "at", "by", "on", "his", "her", "their", "its", "now", "one",
    ];
    let text: &str = &draft.tree.blocks[name.block].block.text;
    let start = name.span.end() + ", ".len();
    let inside = text.get(name.span.end()..)?.strip_prefix(", ")?;
    let length = inside.find([',', '.', ';', ':', '—', '–', '“', '"', '('])?;
    let closes = inside[length..].starts_with([',', '.']);
    let (inside, from) = match inside[..length].strip_prefix("the ") {
        Some(rest) => (rest, start + "the ".len()),
        None => (&inside[..length], start),
    };
    let is_plain = inside.split(' ').count() <= 8
        && !inside.contains(|c: char| c.is_ascii_digit())
        && !inside.split(' ').any(|word| MORE.contains(&word));
    // "Ana Roth, Mayor Paul Venn, …" are two people.
    let is_capital =
        |word: &str| word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
    let first = inside.split(' ').next().unwrap_or_default();
    let is_other = from == start && is_capital(first);
    let (title, body) = match inside.split_once(" of ") {
        Some((title, body)) => (title, Some(fold(body.trim_start_matches("the ")))),
        None => (inside, None),
    };
    // Who led another body before this one leads this one now.
    let is_of_it = |role: &Role| {
        let held = scene.base.body(role).map(fold);
        let Some(said) = &body else { return true };
        held.is_some_and(|held| held.contains(said.as_str()) || said.contains(held.as_str()))
    };
    let fits =
        closes && is_plain && !is_other && !title.is_empty() && record.roles.iter().all(is_of_it);
    fits.then(|| Place {
        block: name.block,
        span: Span::new(from, from + title.len()),
    })
}

/// What a word before a title says of its time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Time {
    Now,
    Past,
    /// "then-", "acting", "-elect", "incoming": nothing is said about these.
    Other,
}

fn conflict(
    draft: &Draft,
    scene: &Scene,
    record: &Record,
    title: Place,
    on: Date,
) -> Option<Finding> {
    let words = draft.words(title);
    let time = time(words);
    let held: Vec<&Role> = record
        .roles
        .iter()
        .filter(|role| role.source.is_none() && names_role(scene, role, words))
        .collect();
    let standings: Vec<Standing> = held.iter().map(|role| role.standing(on)).collect();
    let all = |standing| !standings.is_empty() && standings.iter().all(|one| *one == standing);
    let day = on.strftime("%-d %B %Y");
    let short = record.short();
    let last = held
        .iter()
        .max_by_key(|role| role.to.map(|day| day.last()))?;
    let (message, fix) = match time {
        Time::Now if all(Standing::Former) => {
            let to = last.to?.words();
            let message = format!("{short} left that office on {to}; story dated {day}. “Former”?");
            let at = draft.span(title).start();
            let former = match opens_sentence(draft, title) {
                true => "Former ",
                false => "former ",
            };
            (message, Some(look::insert("Write “former”", at, former)))
        }
        Time::Now if all(Standing::Incoming) => {
            let from = held.iter().filter_map(|role| role.from).min()?.words();
            (
                format!("{short} takes that office on {from}; story dated {day}."),
                None,
            )
        }
        Time::Past if all(Standing::Current) => {
            let message = format!("{short} holds that office on {day}. Why “former”?");
            (message, without_former(draft, title))
        }
        Time::Now | Time::Past | Time::Other => return None,
    };
    let mut finding = look::finding(&RULE, draft.span(title), message);
    // A record that somebody looked at this year is no old list.
    let is_fresh = |role: &&Role| {
        role.checked
            .is_some_and(|day| scene.today.year() == day.first().year())
    };
    if held.iter().any(is_fresh) {
        finding.severity = Severity::Error;
    }
    finding.fixes.extend(fix);
    if time == Time::Now {
        finding
            .fixes
            .extend(current_title(draft, scene, record, title, on));
    }
    Some(finding)
}

fn opens_sentence(draft: &Draft, title: Place) -> bool {
    let sentences = &draft.prose[title.block].sentences;
    let start = title.span.start();
    sentences.iter().any(|one| one.span.start() == start)
}

/// Offices that one person hardly holds beside another: "Senator" of somebody who is mayor is a slip.
const OFFICES: &[&str] = &[
    "senator",
    "governor",
    "mayor",
    "president",
    "minister",
    "premier",
    "chancellor",
    "secretary",
    "congressman",
    "congresswoman",
    "representative",
    "commissioner",
    "councilman",
    "councilwoman",
    "councillor",
    "councilor",
    "alderman",
    "ambassador",
    "judge",
    "justice",
    "sheriff",
    "treasurer",
    "prosecutor",
    "king",
    "queen",
    "pope",
];

/// A title that names an office which somebody else holds, or one that does not go with the role that they have.
fn other_office(
    draft: &Draft,
    scene: &Scene,
    (who, record): (EntityId, &Record),
    title: Place,
    on: Date,
) -> Option<Finding> {
    let words = draft.words(title);
    let is_plain = !normal(words).iter().any(|word| {
        // A deputy is another office, a vice mayor too: what the words before say is not known here.
        [
            "deputy",
            "vice",
            "assistant",
            "co",
            "candidate",
            "nominee",
            "state",
            "under",
        ]
        .contains(&word.as_str())
    });
    let is_held = record
        .roles
        .iter()
        .any(|role| names_role(scene, role, words));
    if time(words) != Time::Now || !is_plain || is_held {
        return None;
    }
    let short = record.short();
    let day = on.strftime("%-d %B %Y");
    let office = scene.base.office_titled(words);
    let office = office.and_then(|id| Some((id, scene.base.record(id)?)));
    let message = match office.filter(|(_, office)| office.is_single) {
        Some((id, office)) => {
            let mut holders = scene.base.holders(id, on).into_iter();
            let (holder, _, standing) = holders.next()?;
            let holder = scene.base.record(holder).filter(|_| holder != who)?;
            let is_sure = standing == Standing::Current;
            is_sure.then(|| {
                format!(
                    "On {day} {} is {}, by the newsroom’s files; not {short}.",
                    holder.name, office.name
                )
            })?
        }
        None => {
            let said = normal(words);
            let head = said
                .last()
                .filter(|head| OFFICES.contains(&head.as_str()))?;
            let current: Vec<&Role> = record
                .roles
                .iter()
                .filter(|role| role.source.is_none() && role.standing(on) == Standing::Current)
                .collect();
            // Of somebody with several roles the files may lack a further one.
            let [role] = current.as_slice() else {
                return None;
            };
            let held = normal(scene.base.title(role)?);
            let is_office = held.iter().any(|word| OFFICES.contains(&word.as_str()));
            // An open beginning is no word on this day.
            // A deputy mayor is no mayor.
            let is_lesser =
                ["deputy", "vice"].iter().any(|less| held[0] == *less) && held[1..] == said;
            if !is_office || held.contains(head) && !is_lesser || role.from.is_none() {
                return None;
            }
            let is = scene.base.words(role)?;
            format!("{short} is {is} on {day}, by the newsroom’s files. “{words}”?")
        }
    };
    let mut finding = look::finding(&RULE, draft.span(title), message);
    finding
        .fixes
        .extend(current_title(draft, scene, record, title, on));
    Some(finding)
}

/// Puts the title that somebody has on the story's date in the place of another.
fn current_title(
    draft: &Draft,
    scene: &Scene,
    record: &Record,
    title: Place,
    on: Date,
) -> Option<Fix> {
    let mut current = record
        .roles
        .iter()
        .filter(|role| role.source.is_none() && role.standing(on) == Standing::Current);
    let now = scene.base.title(current.next()?)?;
    let is_capital = draft.words(title).starts_with(char::is_uppercase);
    let words = if is_capital {
        capitalised(now)
    } else {
        now.to_owned()
    };
    Some(Fix {
        title: format!("Write “{words}”"),
        is_safe: false,
        edits: vec![Edit::replace(draft.span(title), words)],
    })
}

/// A title as it stands before a name: each word but the small ones with a capital.
fn capitalised(title: &str) -> String {
    let words = title.split(' ').map(|word| {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if !matches!(word, "of" | "the" | "for" | "and") => {
                first.to_uppercase().chain(letters).collect()
            }
            _ => word.to_owned(),
        }
    });
    words.collect::<Vec<String>>().join(" ")
}

fn time(words: &str) -> Time {
    let lower = words.to_lowercase();
    let has = |list: &[&str]| {
        lower
            .split([' ', '-', '‑'])
            .any(|word| list.contains(&word))
    };
    if has(&[
        "then",
        "acting",
        "elect",
        "incoming",
        "outgoing",
        "designate",
        "interim",
        "longtime",
    ]) {
        Time::Other
    } else if has(&["former", "ex", "onetime", "late", "retired"]) {
        Time::Past
    } else {
        Time::Now
    }
}

/// Whether words name a role: each word of its title is among them, however spelt and in whatever order.
fn names_role(scene: &Scene, role: &Role, words: &str) -> bool {
    let said = normal(words);
    let office = role.office.as_deref().and_then(|id| scene.base.office(id));
    let variants = office
        .into_iter()
        .flat_map(|office| office.variants.iter().map(String::as_str));
    let mut titles = scene.base.title(role).into_iter().chain(variants);
    titles.any(|title| {
        let title = normal(title);
        // "secretary" alone is no sign of "defence secretary", nor "minister" of "prime minister".
        !title.is_empty() && title.iter().all(|word| said.contains(word))
    })
}

/// The words of a title, spelt one way.
fn normal(words: &str) -> Vec<String> {
    let key = fold(words);
    let key = match key.split(' ').find_map(in_full) {
        Some((short, full)) => key.replace(short, full),
        None => key,
    };
    // A chief executive officer is a chief executive.
    let is_chief = key.split(' ').any(|word| word == "chief");
    let words = key.split(' ').filter(|word| {
        let is_small = matches!(*word, "of" | "the" | "for" | "and" | "state" | "a" | "an");
        let is_officer = is_chief && *word == "officer";
        !is_small && !is_officer
    });
    words
        .map(|word| match word {
            "defence" => "defense".to_owned(),
            "labour" => "labor".to_owned(),
            "spokesman" | "spokeswoman" => "spokesperson".to_owned(),
            "chairman" | "chairwoman" | "chairperson" => "chair".to_owned(),
            "sen" => "senator".to_owned(),
            "gov" => "governor".to_owned(),
            "rep" => "representative".to_owned(),
            other => other.to_owned(),
        })
        .collect()
}

/// `CEO`, and what it stands for.
fn in_full(word: &str) -> Option<(&'static str, &'static str)> {
    const SHORT: &[(&str, &str)] = &[
        ("ceo", "chief executive"),
        ("cfo", "chief financial officer"),
        ("coo", "chief operating officer"),
    ];
    SHORT.iter().copied().find(|(short, _)| *short == word)
}

fn without_former(draft: &Draft, title: Place) -> Option<Fix> {
    let words = draft.words(title);
    let at = words.find("former ")?;
    let start = draft.span(title).start() + at;
    Some(Fix {
        title: "Remove “former”".to_owned(),
        is_safe: false,
        edits: vec![Edit::delete(Span::new(start, start + "former ".len()))],
    })
}
