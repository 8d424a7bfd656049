//! “The report”, “the company”, “he said”, with nothing before it.

use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::prose::phrase::{NounKind, NounPhrase};
use crate::prose::{Attribution, Strength};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::story::traces::Brought;
use crate::story::{Place, Statement};
use crate::words::{BODIES, Classes, PEOPLE};

/// “The report”, “the company”, “he said”, with nothing before it.
pub const RULE: Rule = Rule {
    name: "reference-dangling",
    topic: "source",
    severity: Some(Severity::Information),
    is_unfinished: false,
    summary: "Words that point back to a source, where the story has nothing for them to point to.",
    why: "Whoever trims a story from the top takes out the paragraph that said which report it was, or who “he” is; what is left \
          reads on as if the reader knew. Copy desks check each second reference for its first.",
    fires: &[
        "
The pier was closed at noon. The report says that the wood is rotten.
                             ^^^^^^^^^^ information reference-dangling: “The report”: nothing before it says which.
",
        "
Rain fell all night. He said that the road would be closed until Monday.
                     ^^ information reference-dangling: “He”: nobody before it whom it could mean.
",
        "
The road is closed. The company said it would open on Monday.
                    ^^^^^^^^^^^ information reference-dangling: “The company”: nothing before it says which.
",
        "
The road is closed, and the two men said that they had seen nothing of the flood.
                        ^^^^^^^^^^^ information reference-dangling: “the two men”: nothing before it says which.
",
        "
Rents rose in the spring, according to the survey.
                                       ^^^^^^^^^^ information reference-dangling: “the survey”: nothing before it says which.
",
    ],
    quiet: &[
        "Brightwell Engineers wrote a report on the pier. The report says that the wood is rotten.",
        "Mayor Dana Ortiz closed the road. She said that it would open on Monday.",
        "Harlow Foods closed the plant. The company said it would open on Monday.",
        "The police said that the road was closed. The government said nothing.",
        "A study of the pier was made in May. The report says that the wood is rotten.",
        "The report by the harbor board says that the wood is rotten.",
        "The report, which the board published in May, says that the wood is rotten.",
        "The company [TK: which?] said it would open on Monday.",
        "“The report says it is rotten,” Dana Ortiz said.",
        "Two men were seen at the dam. The men said that they had seen nothing.",
        "# Board hides report\n\nThe report says that the wood is rotten, and the road is closed.",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    let mut before = Brought::default();
    let mut at = 0;
    let mut told: Vec<String> = Vec::new();
    for statement in &draft.story.statements {
        let attribution = &draft.prose[statement.block].attributions[statement.index];
        let Some(source) = attribution.source.as_ref() else {
            continue;
        };
        let place = Place {
            block: statement.block,
            span: source.span,
        };
        let text: &str = &draft.tree.blocks[statement.block].block.text;
        let words = source.span.of(text);
        let is_asked = draft.story.labels[statement.block] == Label::Body
            && (attribution.strength == Strength::Strict
                || attribution.strength == Strength::Broad && source.kind == NounKind::Document)
            && !attribution.is_quoted
            && attribution.quotes.is_empty();
        let what = if is_asked {
            kind(text, words, source)
        } else {
            None
        };
        let Some(what) = what else {
            continue;
        };
        let is_copy = |block: usize| draft.story.labels[block] != Label::NotCopy;
        for block in (at..statement.block).filter(|&block| is_copy(block)) {
            before = before.and(draft.traces[block].brought);
        }
        at = at.max(statement.block);
        if before.has_all() {
            break;
        }
        let is_brought = |brought: Brought| match &what {
            What::Pronoun => brought.has_person,
            What::Document => brought.has_document,
            What::Body(noun) => brought.has_body || brought.nouns().any(|other| other == noun),
            What::People(noun) => brought.has_person || has_kin(brought, noun),
        };
        // What stands in the same paragraph is looked at where nothing before it answers.
        let is_here = || {
            let prose = &draft.prose[statement.block];
            is_copy(statement.block)
                && is_brought(before.and(Brought::up_to(source.span.start(), text, prose)))
        };
        let is_spoken_of = || {
            let who = statement.speaker.filter(|_| matches!(what, What::Pronoun));
            who.is_some_and(|who| is_known(draft, who, place))
        };
        if is_brought(before) || is_here() || is_spoken_of() {
            continue;
        }
        let key = words.to_lowercase();
        if told.contains(&key)
            || is_explained(draft, statement, attribution, source)
            || look::is_open(&draft.story, &draft.tree, place)
        {
            continue;
        }
        let message = match what {
            What::Pronoun => format!("“{words}”: nobody before it whom it could mean."),
            _ => format!("“{}”: nothing before it says which.", look::shown(words)),
        };
        told.push(key);
        let note = match what {
            What::Pronoun => " [TK: who?]",
            _ => " [TK: which?]",
        };
        let mut finding = look::finding(&RULE, draft.span(place), message);
        finding.fixes = vec![look::insert(
            format!("Ask later: insert{note}"),
            draft.span(place).end(),
            note,
        )];
        found.push(finding);
    }
}

enum What {
    Pronoun,
    Document,
    Body(String),
    People(String),
}

/// What the words point back to, if they do.
fn kind(text: &str, words: &str, source: &NounPhrase) -> Option<What> {
    if !words.starts_with(['h', 'H', 's', 'S', 't', 'T']) {
        return None;
    }
    let lower = words.to_lowercase();
    if matches!(lower.as_str(), "he" | "she") {
        return Some(What::Pronoun);
    }
    let rest = lower.strip_prefix("the ")?;
    let head = rest.split_whitespace().next_back()?.to_owned();
    let is_plain = source.name.is_none()
        && rest.split_whitespace().count() <= 2
        && !words[4..].contains(char::is_uppercase)
        && source.span.of(text).is_ascii();
    if !is_plain {
        return None;
    }
    if source.kind == NounKind::Document {
        return (rest == head).then_some(What::Document);
    }
    if BODIES.contains(&head.as_str()) {
        return Some(What::Body(head));
    }
    PEOPLE
        .contains(&head.as_str())
        .then_some(What::People(head))
}

/// `man` for `men`, `two men` for `the men`, `brothers` for `the pair`.
fn has_kin(brought: Brought, noun: &str) -> bool {
    let root = |word: &str| word.trim_end_matches('s').replace("men", "man");
    let mut nouns = brought.nouns();
    nouns.any(|other| root(other) == root(noun))
        || matches!(noun, "couple" | "pair") && brought.nouns().next().is_some()
}

/// Whether a speaker has a mention with a name before the place.
fn is_known(draft: &Draft, who: crate::story::SpeakerId, place: Place) -> bool {
    let speaker = draft.story.speaker(who);
    let named =
        |mention: &Place| *mention < place && draft.words(*mention).starts_with(char::is_uppercase);
    !speaker.id.starts_with("unknown") && speaker.mentions.iter().any(named)
}

/// `the report by …`, `the report, which …`, `the company that …`; a mark or a link that says which.
fn is_explained(
    draft: &Draft,
    statement: &Statement,
    attribution: &Attribution,
    source: &NounPhrase,
) -> bool {
    let prose = &draft.prose[statement.block];
    let text: &str = &draft.tree.blocks[statement.block].block.text;
    let sentence = prose.sentences[attribution.sentence].span;
    let next = prose
        .words
        .iter()
        .find(|word| word.span.start() >= source.span.end());
    let goes_on = next.is_some_and(|next| {
        let word = next.span.of(text);
        word == ","
            && !attribution.cue.overlaps(next.span)
            && attribution.cue.start() > next.span.end()
            || next.classes.has(Classes::PREPOSITION)
            || matches!(word, "that" | "which" | "who" | "whose")
    });
    let cited = draft.story.citations_of(statement.block).iter();
    let is_cited = cited
        .into_iter()
        .any(|cited| cited.covers.span.overlaps(sentence));
    let linked = &draft.tree.blocks[statement.block].block.inlines;
    let is_linked = linked.iter().any(|inline| {
        inline.span.overlaps(sentence)
            && matches!(
                inline.kind,
                crate::syntax::tree::InlineKind::Link { .. } | crate::syntax::tree::InlineKind::Url
            )
    });
    let is_wider = || {
        let mention = prose.reported(text, statement.index).mention;
        mention.is_some_and(|mention| mention.len() > source.span.len() + 2)
    };
    goes_on || is_cited || is_linked || is_wider()
}
