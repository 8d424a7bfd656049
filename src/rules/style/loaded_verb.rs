//! A verb of saying that judges the speaker.

use crate::finding::{Finding, Fix, Severity};
use crate::prose::letters::is_one_of;
use crate::prose::phrase::NounKind;
use crate::prose::tag::Tag;
use crate::prose::{Attribution, AttributionForm};
use crate::rule::{BlockView, Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::text::edit::Edit;

/// A verb of saying that judges the speaker.
pub const RULE: Rule = Rule {
    name: "attribution-verb-loaded",
    topic: "style",
    severity: Some(Severity::Information),
    is_unfinished: false,
    summary: "“Claimed”, “admitted”, “boasted”: a verb that judges who speaks.",
    why: "“Said” is neutral. “Claimed” doubts, “admitted” convicts, “boasted” mocks; Reuters and most handbooks ask for said.",
    fires: &["
“It works,” the minister claimed.
                         ^^^^^^^ information attribution-verb-loaded: “claimed” suggests doubt: “said” is neutral.
", "
Dana Ortiz admitted that the bridge was late.
           ^^^^^^^^ information attribution-verb-loaded: “admitted” implies guilt: “said” is neutral.
", "
“We built it in a year,” Paul Wren boasted.
                                   ^^^^^^^ information attribution-verb-loaded: “boasted” mocks the speaker: “said” is neutral.
", "
Harlow Foods claimed the ovens were safe.
             ^^^^^^^ information attribution-verb-loaded: “claimed” suggests doubt: “said” is neutral.
"],
    quiet: &[
        "Prosecutors said that Paul Wren, a clerk, admitted that he had taken the boat.",
        "Dana Ortiz told the board that Wren claimed the boat was his.",
        "Two groups claimed responsibility for the fire.",
        "Dana Ortiz was admitted to hospital.",
        "Paul Wren admitted the charge in court.",
        "Dana Ortiz falsely claimed that the bridge was safe.",
        "“He claimed it was late,” Ruiz said.",
        "Allies have admitted “it was late,” Ida Hewitt said in an interview.",
        "Dana Ortiz denied that the bridge was late, and Wren confirmed it.",
        "Wren claimed without evidence that the vote was bought.",
        "The flood claimed 14 lives.",
        "Paul Wren claimed vast wealth and said it kept him free.",
        "Dana Ortiz blasted the board in a letter on Monday.",
        "Paul Wren admitted using the code of a neighbor.",
    ],
    options: &[],
    check: Check::Block(check),
};

/// What a verb says of the speaker.
fn judgement(lemma: &str) -> Option<&'static str> {
    Some(match lemma {
        "claim" | "purport" => "suggests doubt",
        "admit" | "confess" | "concede" => "implies guilt",
        "boast" | "brag" | "gloat" | "crow" => "mocks the speaker",
        "snap" | "bark" | "rant" | "fume" | "whine" | "slam" | "blast" | "sneer" | "scoff" => {
            "tells a temper"
        }
        "smile" | "laugh" | "sigh" | "shrug" | "quip" => "is no way of saying words",
        _ => return None,
    })
}

fn check(view: &BlockView, _scene: &Scene, found: &mut Vec<Finding>) {
    if view.label != Label::Body {
        return;
    }
    let text = look::text(view);
    for attribution in &view.prose.attributions {
        let Some(judgement) = judgement(attribution.lemma) else {
            continue;
        };
        let is_person = attribution
            .source
            .as_ref()
            .is_some_and(|source| !matches!(source.kind, NounKind::Document | NounKind::Other));
        if attribution.is_quoted
            || attribution.is_inner
            || !is_person
            || has_other_sense(view, attribution)
            || !is_said(view, attribution)
            || is_anothers(view, attribution)
        {
            continue;
        }
        let cue = attribution.cue.of(text);
        let mut finding = look::finding(
            &RULE,
            view.placed.place(attribution.cue),
            format!("“{cue}” {judgement}: “said” is neutral."),
        );
        finding.fixes = neutral(cue)
            .map(|word| Fix {
                title: format!("Replace “{cue}” by “{word}”"),
                is_safe: false,
                edits: vec![Edit::replace(view.placed.place(attribution.cue), word)],
            })
            .into_iter()
            .collect();
        found.push(finding);
    }
}

/// `Prosecutors said Wren admitted that …`: the verb is theirs.
fn is_anothers(view: &BlockView, attribution: &Attribution) -> bool {
    let prose = view.prose;
    let mut others = prose.attributions.iter().enumerate();
    others.any(|(index, other)| {
        let is_before = other.sentence == attribution.sentence
            && !other.is_quoted
            && other.cue.end() <= attribution.cue.start();
        let reported = || prose.reported(look::text(view), index).content;
        is_before && reported().iter().any(|it| it.covers(attribution.cue))
    })
}

/// Whether `said` could stand there: before a clause or a quotation, or after it. `claimed vast wealth` and `blasted the mayor` tell
/// of something else that was done.
fn is_said(view: &BlockView, attribution: &Attribution) -> bool {
    let words = &view.prose.words;
    let sentence = &view.prose.sentences[attribution.sentence];
    let after = words.partition_point(|word| word.span.start() < attribution.cue.end());
    let rest = &words[after.min(sentence.words.end)..sentence.words.end];
    let Some(next) = rest.first() else {
        return true;
    };
    if attribution.form == AttributionForm::After
        || next.is_quoted
        || matches!(next.tag, Tag::Mark | Tag::Opener | Tag::Pronoun)
        || matches!(next.span.of(look::text(view)), "that" | "to")
    {
        return true;
    }
    // A clause has a subject and then its verb, before anything that opens another.
    let clause = rest
        .iter()
        .take(9)
        .take_while(|word| !matches!(word.tag, Tag::Mark | Tag::Opener | Tag::Question));
    let verb = clause.clone().position(|word| word.tag.is_finite());
    verb.is_some_and(|verb| {
        verb > 0
            && matches!(
                rest[verb - 1].tag,
                Tag::Noun | Tag::Name | Tag::Pronoun | Tag::Adverb
            )
    })
}

/// `said` in the form of the verb.
fn neutral(cue: &str) -> Option<String> {
    let (helper, verb) = cue
        .rsplit_once(' ')
        .map_or(("", cue), |(helper, verb)| (helper, verb));
    let word = if verb.ends_with("ed") {
        "said"
    } else if verb.ends_with("ing") {
        "saying"
    } else if verb.ends_with('s') {
        "says"
    } else if verb.chars().all(char::is_alphabetic) {
        "say"
    } else {
        return None;
    };
    Some(if helper.is_empty() {
        word.to_owned()
    } else {
        format!("{helper} {word}")
    })
}

/// `claimed responsibility`, `admitted to hospital`, `falsely claimed`, `claimed without evidence`
fn has_other_sense(view: &BlockView, attribution: &Attribution) -> bool {
    const OBJECTS: &[&str] = &[
        "responsibility",
        "victory",
        "credit",
        "asylum",
        "damages",
        "lives",
        "life",
        "victims",
        "benefits",
        "title",
        "gold",
        "charge",
        "charges",
        "to",
        "into",
        "for",
        "guilt",
        "offense",
        "offence",
        "defeat",
        "falsely",
        "wrongly",
        "without",
        "seat",
        "race",
        "point",
        "points",
        "goal",
        "goals",
        "ownership",
        "sovereignty",
        "descent",
    ];
    let text = look::text(view);
    let words = &view.prose.words;
    let after = words.partition_point(|word| word.span.start() < attribution.cue.end());
    let is_other = |at: usize| {
        words
            .get(at)
            .is_some_and(|word| !word.is_quoted && is_one_of(text, word, OBJECTS))
    };
    let cue = attribution.cue.of(text).to_lowercase();
    ["falsely", "wrongly"].iter().any(|word| cue.contains(word)) || (after..after + 3).any(is_other)
}
