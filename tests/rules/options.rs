//! Every option of every rule does what it says: a draft, a value, and how many findings of the rule there are without it and with it.

use onrecord::rules::keys::KEYS;

use super::*;

struct Tried {
    option: &'static str,
    value: &'static str,
    draft: &'static str,
    without: usize,
    with: usize,
}

const fn tried(
    option: &'static str,
    value: &'static str,
    draft: &'static str,
    (without, with): (usize, usize),
) -> Tried {
    Tried {
        option,
        value,
        draft,
        without,
        with,
    }
}

/// Options that the rules’ own examples set.
const IN_EXAMPLES: &[&str] = &[
    "claims.scope",
    "quote-differs-from-notes.allow",
    "lede-unattributed.within",
    "name-first-reference.identify-speakers",
];

const ORTIZ: &str = "\n=== notes/ortiz.vtt\nWEBVTT\n\n00:04:12.000 --> 00:04:16.000\nwe had, you know, no warning that night\n";

const LATE: &str = "“We heard it first. Then the windows broke. Nobody could see through the dust on the stairs, and we carried the children down in the \
     dark with our coats over their heads,” said Lena Ortiz.";

const BURIED: &str = "The harbor lost 40% of its cranes and most of the men who ran them in the ten years after the flood, while the ships went to the \
     deeper port on the far side of the bay, where the cranes are new and the nights are long, the union said.";

const TRIED: &[Tried] = &[
    tried(
        "quote-without-speaker.min-words",
        "12",
        "The doors opened at eight. “My daughter waited nine years for this.” The rain had stopped.",
        (1, 0),
    ),
    tried(
        "quote-ambiguous-speaker.lookback-paragraphs",
        "0",
        "Mrs. Ada Cole met the board at the pier.\n\n“You are missing the point,” he said.",
        (0, 1),
    ),
    tried(
        "quote-fragment.max-words",
        "1",
        "The “harbor reforms” took effect in May.",
        (1, 0),
    ),
    tried(
        "quote-fragment.max-per-sentence",
        "3",
        "Ministers defended the “generous” offer, “fair” terms and “final” deadline, Dana Ortiz said.",
        (1, 0),
    ),
    tried(
        "quote-differs-from-notes.min-words",
        "9",
        "“We have now plans to sell the pier,” Dana Ortiz said.\n=== notes/ortiz.eml\nFrom: Dana Ortiz <dana@harlan.example>\nSubject: your questions\n\nAs I said on Monday, we have no plans to sell the pier.\n",
        (1, 0),
    ),
    tried(
        "quote-differs-from-notes.fillers",
        "[]",
        "“We had no warning that night,” Dana Ortiz said.",
        (0, 1),
    ),
    tried(
        "quote-not-in-notes.require-notes",
        "\"warn-all\"",
        "“We had no warning at all,” said Dana Ortiz, a nurse.",
        (0, 1),
    ),
    tried(
        "quote-changed-in-edit.min-words",
        "9",
        "“We have plans to sell the pier,” Dana Ortiz said on Monday.\n=== filed/pier.lede/2026-03-12T140509.txt\n“We have no plans to sell the pier,” Dana Ortiz said on Monday.\n",
        (1, 0),
    ),
    tried("quote-attribution-late.max-sentences", "4", LATE, (1, 0)),
    tried("quote-attribution-late.max-words", "60", LATE, (1, 0)),
    tried(
        "claim-figure-unattributed.min-money",
        "100_000_000",
        "The new bridge cost $48 million and leads to a field.",
        (1, 0),
    ),
    tried(
        "claim-figure-unattributed.min-count",
        "500",
        "The hospital let 340 nurses go in the spring. Two wards are dark.",
        (1, 0),
    ),
    tried(
        "claim-cause-unattributed.require-listed-effect",
        "false",
        "The mayor’s speech led to a long silence in the hall.",
        (0, 1),
    ),
    tried(
        "claim-prediction-unattributed.require-measure",
        "false",
        "The merger will please the town.",
        (0, 1),
    ),
    tried(
        "weasel-attribution.supply-window",
        "0",
        "The council sat for three hours on Monday and heard forty people about the plan for the old pier.\n\nCritics say the plan is racist.\n\n“It is,” said Dana Ortiz of the Tenants Union.",
        (0, 1),
    ),
    tried(
        "study-unnamed.nouns",
        "[\"study\"]",
        "According to a report, the bridge was unsafe.",
        (1, 0),
    ),
    tried(
        "poll-method-missing.required",
        "[\"pollster\"]",
        "A poll by Marlow Research put Diaz ahead of Wren, 48% to 45%.",
        (1, 0),
    ),
    tried(
        "missing-right-of-reply.treat-charges-as-accusation",
        "false",
        "“It was our money,” said Ana Roth, who sued Councilman Paul Dean over the fund.",
        (1, 0),
    ),
    tried(
        "anonymous-source-undescribed.min-score",
        "1",
        "Canadian officials have said the firm is holding off.",
        (1, 0),
    ),
    tried(
        "anonymous-single-source.window",
        "1",
        "The head of Harlow Foods will resign on Friday, a person familiar with the matter said.\n\nThe board will meet on Monday, Mayor Dana Ortiz said.",
        (0, 1),
    ),
    tried(
        "source-plural-mismatch.several-means",
        "2",
        "Several officials said the pier will be sold.[^a; b]\n\n[^a]: call, a harbor official; background\n[^b]: message, a council official; background\n",
        (1, 0),
    ),
    tried(
        "anonymous-opinion.direct-quotes",
        "false",
        "“We were dark for a long time,” said a senior executive at the firm.",
        (1, 0),
    ),
    tried(
        "anonymous-opinion.lexicon",
        "[\"sleeper\"]",
        "The plan has few friends. One aide said that Paul Dean was a sleeper.",
        (0, 1),
    ),
    tried(
        "source-terms-incomplete.required",
        "[\"as\"]",
        "The deal is dead, people familiar with the matter said.[^matter]\n\n[^matter]: interview, three people; background; as: people familiar with the matter\n",
        (1, 0),
    ),
    tried(
        "locator-missing.min-words",
        "9",
        "“We had no warning at all,”[^ortiz] Dana Ortiz said.\n\n[^ortiz]: interview, Dana Ortiz; on record; file: tapes/ortiz.m4a\n",
        (1, 0),
    ),
    tried("attribution-buried.max-words", "60", BURIED, (1, 0)),
    tried(
        "display-outruns-story.tolerance",
        "1",
        "# Storm costs valley $50 million\n\nThe storm cost the valley $47.9 million, the board said on Monday, and the bridge is gone.",
        (0, 1),
    ),
    tried(
        "speaker-unknown.unmatched",
        "true",
        "“We had no warning,” said Rory Kemp, a teacher.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\n",
        (0, 1),
    ),
    tried(
        "name-first-reference.headline-counts",
        "true",
        "# Dana Ortiz closes the pier\n\nThe pier was safe, Ortiz said in an interview on Monday, and nobody was hurt.",
        (1, 0),
    ),
    tried(
        "name-second-reference.re-introduce-after",
        "1",
        "@ profile=newsroom-strict\nMayor Dana Ortiz closed the pier on Monday.\n\nThe board met at noon.\n\nThe wind rose.\n\nDana Ortiz said the pier was safe.",
        (1, 0),
    ),
    tried(
        "figure-mismatch.arithmetic",
        "false",
        "Rents rose from $400 to $500 in a year, a 20% increase, the union said.",
        (1, 0),
    ),
    tried(
        "range-and-unit.times-smaller",
        "false",
        "The new pier is five times smaller, the board said.",
        (1, 0),
    ),
    tried(
        "attribution-tense-mix.tense",
        "\"past\"",
        "@ profile=newsroom-strict\nAda Cole says the pier is safe. Rory Kemp says it is not.",
        (0, 1),
    ),
];

/// How many findings of the option’s rule there are.
fn count(one: &Tried, setting: &str) -> usize {
    let (rule, _) = one.option.split_once('.').expect("rule.option");
    let notes = if one.option.ends_with("fillers") {
        ORTIZ
    } else {
        ""
    };
    let marked = format!("{}{notes}\n=== onrecord.toml\n{setting}", one.draft);
    let example = Example::read(&marked);
    let found = findings(&example, &example.draft().text);
    found.iter().filter(|finding| finding.rule == rule).count()
}

#[test]
fn every_option_changes_what_it_says() {
    let mut wrong = String::new();
    for one in TRIED {
        let (rule, name) = one.option.split_once('.').expect("rule.option");
        let without = count(one, "");
        let with = count(one, &format!("[rules.{rule}]\n{name} = {}\n", one.value));
        if (without, with) != (one.without, one.with) {
            let _ = writeln!(
                wrong,
                "{}: {without} and {with}, not {} and {}",
                one.option, one.without, one.with
            );
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn no_option_is_left_untried() {
    let tried =
        |name: &str| TRIED.iter().any(|one| one.option == name) || IN_EXAMPLES.contains(&name);
    let left: Vec<_> = KEYS
        .options
        .iter()
        .map(|key| key.name.as_str())
        .filter(|name| !tried(name))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
