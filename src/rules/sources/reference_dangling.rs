//! “The report”, “the company”, “he said”, with nothing before it.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::prose::phrase::{NounKind, NounPhrase};
use crate::prose::{Attribution, Form, Strength, Word};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::rules::phrases::lower;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::story::{Place, Statement};
use crate::words::Classes;

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
Rain fell all night. The dam will be sold in the spring, the people said.
                                                         ^^^^^^^^^^ information reference-dangling: “the people”: nothing before it says which.
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
        "The dam will be sold, people familiar with the talks said. It will be cheap, the people said.",
        "Two bankers were in the room. The dam will be sold, the people said.",
        "# Board hides report\n\nThe report says that the wood is rotten, and the road is closed.",
    ],
    options: &[],
    check: Check::Story(check),
};

/// Bodies that a story names before it calls them so.
const BODIES: &[&str] = &[
    "company",
    "firm",
    "agency",
    "group",
    "organization",
    "organisation",
    "bank",
    "charity",
    "airline",
    "retailer",
    "foundation",
    "startup",
    "manufacturer",
    "association",
    "nonprofit",
    "campaign",
];

/// People whom a story brings in before it calls them so.
const PEOPLE: &[&str] = &[
    "man",
    "woman",
    "men",
    "women",
    "boy",
    "girl",
    "couple",
    "witness",
    "witnesses",
    "suspect",
    "officer",
    "driver",
    "professor",
    "author",
    "authors",
    "researchers",
    "engineer",
    "nurse",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "brothers",
    "sisters",
    "pair",
];

/// People without a name, whom a story describes before it points back to them: `the people said`.
const GROUPS: &[&str] = &[
    "people",
    "person",
    "official",
    "officials",
    "source",
    "sources",
    "aide",
    "aides",
    "diplomat",
    "diplomats",
    "banker",
    "bankers",
];

fn check(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    let mut before = Before::default();
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
        while at < statement.block {
            before.take(draft, at, usize::MAX);
            at += 1;
        }
        let mut here = before.clone();
        here.take(draft, statement.block, source.span.start());
        let key = words.to_lowercase();
        let is_known = match &what {
            What::Pronoun => {
                here.has_person
                    || statement
                        .speaker
                        .is_some_and(|who| is_known(draft, who, place))
            }
            What::Document => here.has_document,
            What::Body(noun) => here.has_body || here.nouns.contains(&noun.as_str()),
            What::People(noun) => here.has_person || has_kin(&here.nouns, noun),
            What::Group => here.has_group,
        };
        if is_known
            || told.contains(&key)
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
    Group,
}

/// Both, by the word.
static NOUNS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| BODIES.iter().chain(PEOPLE).copied().collect());

/// What the words point back to, if they do.
fn kind(text: &str, words: &str, source: &NounPhrase) -> Option<What> {
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
    if GROUPS.contains(&head.as_str()) {
        return (rest == head).then_some(What::Group);
    }
    PEOPLE
        .contains(&head.as_str())
        .then_some(What::People(head))
}

/// What the story has said so far.
#[derive(Clone, Default)]
struct Before {
    has_person: bool,
    has_document: bool,
    has_body: bool,
    has_group: bool,
    nouns: Vec<&'static str>,
}

impl Before {
    /// Takes in a block up to a byte of it.
    fn take(&mut self, draft: &Draft, block: usize, limit: usize) {
        if draft.story.labels[block] == Label::NotCopy {
            return;
        }
        let prose = &draft.prose[block];
        let text: &str = &draft.tree.blocks[block].block.text;
        let is_before = |word: &&Word| word.span.end() <= limit;
        for word in prose.words.iter().filter(is_before) {
            self.has_document |= word.classes.has(Classes::DOCUMENT);
            self.has_person |= word.classes.has(Classes::HONORIFIC) && word.form == Form::Capital;
            let unnamed = Classes::ANONYMOUS.or(Classes::ANONYMOUS_SPECIFIC);
            self.has_group |= word.classes.has(unnamed);
            let noun = NOUNS.get(lower(text, word).as_str());
            if let Some(noun) = noun.filter(|noun| !self.nouns.contains(noun)) {
                self.nouns.push(noun);
            }
        }
        self.has_person |= prose.people.iter().any(|person| person.span.end() <= limit);
        for name in prose.names.iter().filter(|name| name.end() <= limit) {
            let class = crate::words::classes(&name.of(text).to_lowercase());
            let is_place = class.has(Classes::PLACE);
            let is_time = class.has(Classes::MONTH) || class.has(Classes::WEEKDAY);
            // A name of two words may be a body or a person; both can be meant by what follows.
            self.has_body |= !is_place && !is_time;
            self.has_person |= name.of(text).contains(' ') && !is_place;
        }
    }
}

/// `man` for `men`, `two men` for `the men`, `brothers` for `the pair`.
fn has_kin(nouns: &[&str], noun: &str) -> bool {
    let root = |word: &str| word.trim_end_matches('s').replace("men", "man");
    nouns.iter().any(|other| root(other) == root(noun))
        || matches!(noun, "couple" | "pair") && !nouns.is_empty()
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
    let wider = attribution
        .mention
        .is_some_and(|mention| mention.len() > source.span.len() + 2);
    goes_on || is_cited || is_linked || wider
}
