//! “said” and “says” in one story.

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Related};
use crate::rule::{Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::cast::{Verb, Who};
use crate::story::outline::Label;
use crate::story::{Place, Statement};
use crate::text::edit::Edit;

/// “said” and “says” in one story.
pub const RULE: Rule = Rule {
    name: "attribution-tense-mix",
    topic: "style",
    severity: None,
    is_unfinished: false,
    summary: "People who “said” and people who “says”, in one story.",
    why: "A story keeps one tense for what people tell it. One edited story in ten mixes them, so the rule is off unless a desk asks for \
          it (newsroom-strict does). Documents speak in the present, and that is right.",
    fires: &["
@ profile=newsroom-strict
Ada Cole said the pier was safe. Rory Kemp said it was not.

Cole said she had walked on it, Kemp says, and Dana Ortiz says so too.
                                     ^^^^ hint attribution-tense-mix: “says” here, “said” elsewhere (2 and 3 times): keep one tense.
", "
@ profile=newsroom-strict
“It is over,” Ada Cole says. “It is not,” says Rory Kemp.
                       ^^^^ hint attribution-tense-mix: “says” here, “said” elsewhere (2 and 3 times): keep one tense.

Cole said that the pier was safe. Kemp said that it was rotten. Dana Ortiz said nothing was wrong with it.
", "
@ profile=newsroom-strict
Ada Cole said the pier was safe. Rory Kemp said it was not. Dana Ortiz said it would be closed.

Paul Wren says it is a shame. Lena Strand says the same.
          ^^^^ hint attribution-tense-mix: “says” here, “said” elsewhere (2 and 3 times): keep one tense.
", "
Ada Cole says the pier is safe. Rory Kemp says it is not. Dana Ortiz says it will close. Paul Wren said so. Wren said it twice.
                                                                                                   ^^^^ hint attribution-tense-mix: “said” here, “says” elsewhere (2 and 3 times): keep one tense.

=== onrecord.toml
[severity]
attribution-tense-mix = \"hint\"
", "
@ profile=newsroom-strict
Ada Cole says the pier is safe. Rory Kemp says it is not.
         ^^^^ hint attribution-tense-mix: “says” here (2 times): the house writes “said”.

=== onrecord.toml
[rules.attribution-tense-mix]
tense = \"past\"
"],
    quiet: &[
        "@ profile=newsroom-strict\nAda Cole said the pier was safe. Rory Kemp said it was not. The report says it is rotten. The letter says the same.",
        "@ profile=newsroom-strict\nAda Cole said the pier was safe. Rory Kemp said it was not. Dana Ortiz says nothing.",
        "@ profile=newsroom-strict\nAda Cole says the pier is safe. Rory Kemp says it is not.",
        "@ profile=newsroom-strict\nAda Cole has said the pier was safe. Kemp said it was not. Ortiz told the board. Wren will say more.",
        "@ profile=newsroom-strict\nAda Cole said: “Kemp says it is not. Ortiz says so too.” Rory Kemp said it was.",
        "Ada Cole said it. Rory Kemp said it. Dana Ortiz says it is safe. Paul Wren says it is not.",
    ],
    options: &[RuleOption {
        name: "tense",
        default: "\"auto\"",
        summary: "“past” or “present” is the house’s tense, asked for also where nobody has it; “auto” takes the one that most of the story has.",
    }],
    check: Check::Story(check),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let is_human =
        |who: Who| !matches!(who, Who::Nobody | Who::Document | Who::Other | Who::Outlet);
    let statements = draft.story.statements.iter();
    let asked = statements.filter(|statement| {
        statement.is_strict
            && is_human(statement.who)
            && draft.story.labels[statement.block] == Label::Body
    });
    let place = |statement: &Statement| Place {
        block: statement.block,
        span: draft.prose[statement.block].attributions[statement.index].cue,
    };
    let (mut past, mut present): (Vec<&Statement>, Vec<&Statement>) = (Vec::new(), Vec::new());
    for statement in asked {
        match statement.verb {
            Verb::Said => past.push(statement),
            Verb::Says => present.push(statement),
            Verb::Other => {}
        }
    }
    let tense = scene.config.option("attribution-tense-mix.tense");
    let (of_past, of_present) = (
        (&present, "said", past.len()),
        (&past, "says", present.len()),
    );
    let house = match tense.and_then(|tense| tense.as_str()) {
        Some("past") => Some(of_past),
        Some("present") => Some(of_present),
        _ => None,
    };
    let most = match past.len() >= present.len() {
        true => of_past,
        false => of_present,
    };
    let (few, other, many) = house.unwrap_or(most);
    let is_told = few.len() >= 2 && (house.is_some() || many >= 2);
    let few: Vec<Place> = match is_told {
        true => few.iter().map(|statement| place(statement)).collect(),
        false => Vec::new(),
    };
    let Some((first, rest)) = few.split_first().filter(|_| is_told) else {
        return;
    };
    let (words, times) = (draft.words(*first), few.len());
    let message = match house {
        Some(_) => format!("“{words}” here ({times} times): the house writes “{other}”."),
        None => format!(
            "“{words}” here, “{other}” elsewhere ({times} and {many} times): keep one tense."
        ),
    };
    let mut finding = look::finding(&RULE, draft.span(*first), message);
    finding.related = rest
        .iter()
        .map(|place| Related {
            span: draft.span(*place),
            message: format!("“{}” here too", draft.words(*place)),
        })
        .collect();
    let edits = few.iter().map(|place| {
        let other = match draft.words(*place) {
            "say" => "said",
            _ => other,
        };
        Edit::replace(draft.span(*place), other)
    });
    finding.fixes = vec![Fix {
        title: format!("Write “{other}” everywhere"),
        is_safe: false,
        edits: edits.collect(),
    }];
    found.push(finding);
}
