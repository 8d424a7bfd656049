//! A pronoun that may mean either of two who speak.

use crate::draft::Draft;
use crate::finding::{Finding, Related, Severity};
use crate::prose::phrase::NounKind;
use crate::prose::tag::Tag;
use crate::prose::{Attribution, Strength};
use crate::rule::{Check, Holds, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::story::{Place, SpeakerId, SpeakerKind, Statement};
use crate::text::edit::Edit;
use crate::words::Classes;

/// A pronoun that may mean either of two who speak.
pub const RULE: Rule = Rule {
    name: "quote-ambiguous-speaker",
    topic: "quote",
    severity: Some(Severity::Warning),
    is_unfinished: false,
    summary: "“he said”, “she said” or “the minister said” where two people may be meant, or nobody.",
    why: "A reader must never ask who said this. Only those who speak nearby count, not every name: by names a third of all \
          pronouns would be doubtful, by speakers two in a hundred, and those are.",
    fires: &["
Mayor Strand argued that the route should be put out to bid, and council member Rory Kemp said the contract was never meant to last. “We are throwing good money after bad,” he said.
                                                                                                                                                                             ^^ warning quote-ambiguous-speaker: “he”: Strand or Kemp? Name the speaker.
", "
Ada Cole said the plan was rushed. Ida Hewitt said it was late. “You are missing the point,” she said.
                                                                                             ^^^ warning quote-ambiguous-speaker: “she”: Cole or Hewitt? Name the speaker.
", "
Mayor Dana Ortiz said the bridge was safe. Engineer Paul Wren said it was not.

“I would not let my children walk on it,” he said.
                                          ^^ warning quote-ambiguous-speaker: “he”: Ortiz or Wren? Name the speaker.
", "
Mrs. Strand said the plan was rushed. Dana Kemp said it was late. “You are missing the point,” she said.
                                                                                               ^^^ warning quote-ambiguous-speaker: “she”: Strand or Kemp? Name the speaker.
", "
Anna Brandt said the plan was rushed. Karl Ostrov said it was late. Kim Wren said nothing would come of it. “You are missing the point,” she said.
                                                                                                                                         ^^^ warning quote-ambiguous-speaker: “she”: Brandt or Wren? Name the speaker.
", "
Transport Minister Ada Cole said the road was open. Health Minister Ida Hewitt said it was not. “It is a danger,” the minister said.
                                                                                                                  ^^^^^^^^^^^^ warning quote-ambiguous-speaker: “the minister”: Cole or Hewitt? Name the speaker.
", "
“It is over,” she said.
              ^^^ warning quote-ambiguous-speaker: “she”: nobody is named before. Say who speaks.
", "
The pier was shut on Monday.

“It is over,” she said.
              ^^^ warning quote-ambiguous-speaker: “she”: nobody is named before. Say who speaks.
"],
    quiet: &[
        "Mayor Dana Ortiz criticized Senator Paul Wren. “He never called me,” she said.",
        "Karl Ostrov said the plan was rushed. Anna Brandt said it was late. “You are missing the point,” she said.",
        "Mrs. Strand said the plan was rushed. Mr. Kemp said it was late. “You are missing the point,” he said.",
        "Dana Ortiz said the plan was rushed. Kim Wren said it was late. “You are missing the point,” he said.\n\n[@dana-ortiz]: person, Dana Ortiz; pronouns: she/her",
        "Transport Minister Ada Cole said the road was open. Engineer Ida Hewitt said it was not. “It is a danger,” the minister said.",
        "Transport Minister Ada Cole said the road was open. Health Minister Ida Hewitt said it was not. “It is a danger,” the health minister said.",
        "Ada Cole said Hewitt was wrong. “He will see,” Cole said.",
        "Ada Cole said the plan was rushed. “You are missing the point,” she said.",
        "Kemp said the contract was bad. “We are broke,” Strand said. “It is over,” he said.",
        "Cole told reporters that Hewitt was late. “You are missing the point,” she said.",
        "Ada Cole said the plan was rushed. Ida Hewitt said it was late. They said so twice.",
        "Ada Cole said the plan was rushed.\n\nIda Hewitt disagreed, as did the board. Hewitt said the plan was late.\n\n“It is over,” she said.",
    ],
    options: &[RuleOption {
        name: "lookback-paragraphs",
        default: "3",
        summary: "How many paragraphs back somebody must be named.",
    }],
    check: Check::Near(check),
};

fn check(draft: &Draft, block: usize, _holds: Holds, scene: &Scene, found: &mut Vec<Finding>) {
    let lookback = look::number_option(scene, "quote-ambiguous-speaker.lookback-paragraphs", 3);
    for statement in draft.story.statements_of(block) {
        let attribution = &draft.prose[statement.block].attributions[statement.index];
        let Some(source) = attribution
            .source
            .as_ref()
            .filter(|source| matches!(source.kind, NounKind::Pronoun | NounKind::Definite))
        else {
            continue;
        };
        let place = Place {
            block: statement.block,
            span: source.span,
        };
        let words = draft.words(place).to_lowercase();
        let role = (source.kind == NounKind::Definite)
            .then(|| words.strip_prefix("the "))
            .flatten();
        if draft.story.labels[statement.block] != Label::Body
            || attribution.quotes.is_empty()
            || role.is_none() && !matches!(words.as_str(), "he" | "she")
            || look::is_open(&draft.story, &draft.tree, place)
        {
            continue;
        }
        let mut named = candidates(draft, statement, attribution);
        named.retain(|(speaker, place)| match role {
            Some(role) => holds(draft, *speaker, *place, role),
            None => draft.story.speaker(*speaker).spoken.may_be(&words),
        });
        if named.len() >= 2 {
            found.push(two(draft, place, &words, &named));
        } else if named.is_empty()
            && role.is_none()
            && statement
                .speaker
                .is_none_or(|who| draft.story.speaker(who).id.starts_with("unknown"))
            && nobody_near(draft, place, lookback)
        {
            let message = format!("“{words}”: nobody is named before. Say who speaks.");
            let mut finding = look::finding(&RULE, draft.span(place), message);
            finding.fixes = vec![look::insert(
                "Ask later: insert [TK: who?]",
                draft.span(place).end(),
                " [TK: who?]",
            )];
            found.push(finding);
        }
    }
}

/// Whether a speaker is told of as what “the minister” says: by the words beside the name, there or where they were first named.
fn holds(draft: &Draft, speaker: SpeakerId, place: Place, role: &str) -> bool {
    let is_said = |words: &str| {
        let words = words.to_lowercase();
        let mut words = words.split(|c: char| !c.is_alphanumeric() && c != '-');
        let mut asked = role.split(' ');
        asked.all(|asked| words.any(|word| word == asked))
    };
    let told = draft.story.speaker(speaker).role.as_deref();
    is_said(draft.words(place)) || told.is_some_and(is_said)
}

/// Those who may be meant: the people who speak by name before the quotation in its paragraph, else in the one before.
fn candidates(draft: &Draft, statement: &Statement, own: &Attribution) -> Vec<(SpeakerId, Place)> {
    let block = statement.block;
    let first_quote = own
        .quotes
        .iter()
        .map(|&quote| draft.prose[block].quotes[quote].span.start())
        .min()
        .unwrap_or(own.cue.start());
    let here = speaking(draft, block, first_quote.min(own.cue.start()));
    // “We are broke,” Strand said. “It is over,” he said: the one who was just quoted goes on.
    let just_quoted = here.last().is_some_and(|last| {
        last.2 && draft.prose[block].sentences[own.sentence].span.start() >= last.1.span.end()
    });
    if just_quoted {
        return Vec::new();
    }
    let list = if here.is_empty() {
        before(draft, block).map_or(Vec::new(), |before| speaking(draft, before, usize::MAX))
    } else {
        here
    };
    let mut distinct: Vec<(SpeakerId, Place)> = Vec::new();
    for (speaker, place, _) in list {
        if !distinct.iter().any(|known| known.0 == speaker) {
            distinct.push((speaker, place));
        }
    }
    distinct
}

/// The people who speak by name in a block before a byte of it: who, where named, and whether in quotation marks.
fn speaking(draft: &Draft, block: usize, limit: usize) -> Vec<(SpeakerId, Place, bool)> {
    let prose = &draft.prose[block];
    draft
        .story
        .statements_of(block)
        .iter()
        .filter_map(|statement| {
            let attribution = &prose.attributions[statement.index];
            let source = attribution.source.as_ref()?;
            let speaker = statement.speaker?;
            let is_named = matches!(source.kind, NounKind::Person | NounKind::Body)
                && draft.story.speaker(speaker).kind == SpeakerKind::Person;
            let place = Place {
                block,
                span: source.span,
            };
            (is_named
                && attribution.strength == Strength::Strict
                && !attribution.is_inner
                && attribution.cue.end().max(source.span.end()) <= limit)
                .then_some((speaker, place, !attribution.quotes.is_empty()))
        })
        .collect()
}

fn before(draft: &Draft, block: usize) -> Option<usize> {
    (0..block)
        .rev()
        .find(|&before| draft.story.labels[before] == Label::Body)
}

/// Whether no name at all stands before the pronoun, in its paragraph and some before.
fn nobody_near(draft: &Draft, place: Place, lookback: usize) -> bool {
    let named_here = draft.prose[place.block]
        .names
        .iter()
        .any(|name| name.start() < place.span.start());
    let mut block = place.block;
    let mut named_before = false;
    for _ in 0..lookback {
        let Some(earlier) = before(draft, block) else {
            break;
        };
        named_before |= names_anybody(draft, earlier) || !draft.prose[earlier].quotes.is_empty();
        block = earlier;
    }
    !named_here && !named_before
}

/// Whether a name stands in a block that may be somebody’s: no day, no month, no noun that begins a sentence.
fn names_anybody(draft: &Draft, block: usize) -> bool {
    let prose = &draft.prose[block];
    prose.names.iter().any(|name| {
        let at = prose
            .words
            .partition_point(|word| word.span.start() < name.start());
        let opens = prose
            .sentences
            .iter()
            .any(|one| one.span.start() == name.start());
        prose.words.get(at).is_none_or(|word| {
            let is_time = word.classes.has(Classes::WEEKDAY.or(Classes::MONTH));
            let is_noun = opens && word.tag.is_nominal() && word.tag != Tag::Name;
            word.span != *name || !is_time && !is_noun
        })
    })
}

fn two(draft: &Draft, place: Place, words: &str, named: &[(SpeakerId, Place)]) -> Finding {
    let those: Vec<SpeakerId> = named.iter().map(|(id, _)| *id).collect();
    let names = draft.story.apart(&those);
    let (last, others) = names.split_last().expect("two are named");
    let message = format!(
        "“{words}”: {} or {last}? Name the speaker.",
        others.join(", ")
    );
    let mut finding = look::finding(&RULE, draft.span(place), message);
    finding.related = named
        .iter()
        .zip(&names)
        .map(|((_, place), name)| Related {
            span: draft.span(*place),
            message: format!("{name} speaks here"),
        })
        .collect();
    finding.fixes = names
        .iter()
        .map(|name| crate::finding::Fix {
            title: format!("Replace “{words}” by “{name}”"),
            is_safe: false,
            edits: vec![Edit::replace(draft.span(place), *name)],
        })
        .collect();
    finding
}
