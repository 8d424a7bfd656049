//! An unnamed source who judges somebody, or is quoted word for word.

use super::group;
use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::prose::letters::is_one_of;
use crate::prose::vocabulary::Key;
use crate::prose::{Attribution, Form, Prose, QuoteKind, Word};
use crate::rule::{Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::group::Group;
use crate::story::outline::Label;
use crate::story::{Place, SpeakerId, SpokenQuote};
use crate::text::order;
use crate::text::span::Span;
use crate::words::{Classes, Lengths, is_alike};

/// An unnamed source who judges somebody, or is quoted word for word.
pub const RULE: Rule = Rule {
    name: "anonymous-opinion",
    topic: "source",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "An unnamed source who attacks or praises a person by name; softer, one who is quoted word for word.",
    why: "NPR, AP and the Guardian: no anonymous attacks on a person and no anonymous praise; unnamed sources are for facts. The New York \
          Times wants a direct quotation of an unnamed source approved. `approved:` or `why:` in the source’s record says that it was.",
    fires: &[
        "
“He is a coward,” one aide said of Paul Dean, who left the room.
^^^^^^^^^^^^^^^^^ error anonymous-opinion: Unnamed source judges Dean: needs an editor’s approval.
",
        "
The plan has few friends. “Dean is a bully and a liar,” said a senior official at the board.
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error anonymous-opinion: Unnamed source judges Dean: needs an editor’s approval.
",
        "
“We were dark for a long time,” said a senior executive at the bank.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information anonymous-opinion: Unnamed source quoted directly: paraphrase, or get approval.
",
        "
Ada Cole leads the board. “She is totally unfit for the office,” a former aide said.
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error anonymous-opinion: Unnamed source judges a person: needs an editor’s approval.
",
        "
One former aide called Paul Dean an idiot. The board met at noon.
                       ^^^^^^^^^^^^^^^^^^ error anonymous-opinion: Unnamed source judges Paul Dean: needs an editor’s approval.
",
        "
A senior official said that Paul Dean was reckless with the money.
                            ^^^^^^^^^^^^^^^^^^^^^^ error anonymous-opinion: Unnamed source judges Paul Dean: needs an editor’s approval.
",
        "
One former aide called Paul Dean “a liar” on the phone. The board met at noon.
                                 ^^^^^^^^ error anonymous-opinion: Unnamed source judges Paul Dean: needs an editor’s approval.
",
        "
A senior official at the board said Paul Dean was “an idiot” and left.
                                                  ^^^^^^^^^^ error anonymous-opinion: Unnamed source judges Paul Dean: needs an editor’s approval.
",
        "
A senior official at the board dismissed Paul Dean as “a clown.”
                                                      ^^^^^^^^^^ error anonymous-opinion: Unnamed source judges Paul Dean: needs an editor’s approval.
",
    ],
    quiet: &[
        "One former aide called the plan of Paul Dean “reckless.” The board met at noon.",
        "One former aide called Paul Dean at noon. A reckless driver had hit his car.",
        "Maria Stone called Paul Dean an idiot.",
        "A senior official said that the plan was reckless, and that Paul Dean was told.",
        "One aide said the meeting lasted an hour.",
        "“He is a coward,” aide Maria Stone said of Paul Dean.",
        "“We are a town of cowards,” Maria Stone said.",
        "The meeting was “long,” one aide said.",
        "“We were dark for a long time,” said a senior executive at the bank.[^x]\n\n[^x]: interview, an executive; background; why: fears for her job; approved: desk",
        "“We were dark for a long time,” said a senior executive at the bank. [TK: approved?]",
        "“Do not swim here,” police said.",
    ],
    options: &[
        RuleOption {
            name: "direct-quotes",
            default: "true",
            summary: "Whether plain quotations of unnamed sources are asked about too.",
        },
        RuleOption {
            name: "lexicon",
            default: "[]",
            summary: "Further words that judge a person.",
        },
    ],
    check: Check::Groups(check),
};

const JUDGEMENTS: &[&str] = &[
    "coward",
    "cowardly",
    "liar",
    "idiot",
    "fool",
    "moron",
    "crook",
    "fraud",
    "disgrace",
    "bully",
    "racist",
    "sexist",
    "bigot",
    "narcissist",
    "hypocrite",
    "monster",
    "thug",
    "clown",
    "incompetent",
    "unfit",
    "corrupt",
    "dishonest",
    "lazy",
    "stupid",
    "reckless",
    "clueless",
    "unhinged",
    "erratic",
    "toxic",
    "delusional",
    "pathetic",
    "arrogant",
    "vindictive",
    "untrustworthy",
    "disloyal",
    "crazy",
    "insane",
    "genius",
    "brilliant",
    "visionary",
    "hero",
    "saint",
];

fn check(draft: &Draft, groups: &[Group], scene: &Scene, found: &mut Vec<Finding>) {
    if groups.is_empty() {
        return;
    }
    let asks_quotes = look::switch_option(scene, "anonymous-opinion.direct-quotes", true);
    let further = look::list_option(scene, "anonymous-opinion.lexicon", &[]);
    let quoted = quotes(draft, groups);
    let mut quoted = &quoted[..];
    let judgements: Vec<Key> = JUDGEMENTS.iter().map(|word| Key::of(word)).collect();
    let last = draft.prose.len().saturating_sub(1);
    let judging = draft.vocabularies.with_one_of(&judgements, last);
    let judging: Vec<usize> = judging.collect();
    let may_judge_in = |block| !further.is_empty() || judging.binary_search(&block).is_ok();
    for group in groups {
        let passed = quoted.iter().take_while(|(who, _)| *who < group.id);
        quoted = &quoted[passed.count()..];
        let is_cleared = ["approved", "why"]
            .iter()
            .any(|field| group::has_field(draft, group, field));
        if is_cleared || group::is_described_person(draft, group) {
            continue;
        }
        let statements = group.statements.iter();
        for (statement, attribution) in statements.filter(|(it, _)| may_judge_in(it.block)) {
            let prose = &draft.prose[statement.block];
            let text = &draft.tree.blocks[statement.block].block.text;
            if attribution.is_quoted || attribution.is_inner {
                continue;
            }
            if !may_judge(text, prose, attribution, &further) {
                continue;
            }
            let reported = prose.reported(text, statement.index);
            let judged = reported
                .content
                .first()
                .and_then(|content| judged_in(text, prose, attribution, *content, &further));
            let Some((judged, span)) = judged else {
                continue;
            };
            let place = Place {
                block: statement.block,
                span,
            };
            if !look::is_open(&draft.story, &draft.tree, place) {
                let message =
                    format!("Unnamed source judges {judged}: needs an editor’s approval.");
                found.push(with_fix(draft, place, message));
            }
        }
        let mut is_told = false;
        let own = quoted.iter().take_while(|(who, _)| *who == group.id);
        let of_group = own.count();
        let (own, others) = quoted.split_at(of_group);
        quoted = others;
        for (_, quote) in own {
            let place = quote.place;
            if look::is_open(&draft.story, &draft.tree, place) {
                continue;
            }
            if let Some(judged) = judged(draft, quote, &further) {
                let message =
                    format!("Unnamed source judges {judged}: needs an editor’s approval.");
                found.push(with_fix(draft, place, message));
            } else if asks_quotes && !is_told && is_full(draft, quote) {
                let message = "Unnamed source quoted directly: paraphrase, or get approval.";
                let mut finding = with_fix(draft, place, message.to_owned());
                finding.severity = Severity::Information;
                found.push(finding);
                is_told = true;
            }
        }
    }
}

/// Whether a judgement on somebody may stand in the block of an attribution: behind “called”, or behind “is” or “was”.
fn may_judge(text: &str, prose: &Prose, attribution: &Attribution, further: &[String]) -> bool {
    static LENGTHS: Lengths = Lengths::of(&[JUDGEMENTS]);
    let is_judgement =
        |word: &Word| LENGTHS.may_hold(word.span.of(text)) && is_one_of(text, word, JUDGEMENTS);
    let mut words = prose.words.iter().filter(|word| !word.is_quoted);
    let is_said =
        attribution.lemma == "call" || words.clone().any(|word| word.classes.has(Classes::BE));
    is_said && (!further.is_empty() || words.any(is_judgement))
}

fn with_fix(draft: &Draft, place: Place, message: String) -> Finding {
    let mut finding = look::finding(&RULE, draft.span(place), message);
    finding.fixes = vec![look::insert(
        "Ask the desk: insert [TK: approved by whom?]",
        draft.span(place).end(),
        " [TK: approved by whom?]",
    )];
    finding
}

/// What each of the groups is quoted with in the body: the groups in order, and the quotations of each.
fn quotes<'a>(draft: &'a Draft, groups: &[Group]) -> Vec<(SpeakerId, &'a SpokenQuote)> {
    let mut is_asked = vec![false; draft.story.speakers.len()];
    groups.iter().for_each(|group| is_asked[group.id.0] = true);
    let own = draft.story.quotes.iter().filter_map(|quote| {
        let who = quote.binding.as_ref()?.speaker;
        let is_body = || draft.story.labels[quote.place.block] == Label::Body;
        let counts = is_asked[who.0] && quote.continues.is_none() && is_body();
        counts.then_some((who, quote))
    });
    let mut quoted: Vec<_> = own.collect();
    order::by_key(&mut quoted, |(who, _)| *who);
    quoted
}

fn is_full(draft: &Draft, quote: &SpokenQuote) -> bool {
    draft.prose[quote.place.block].quotes[quote.index].kind == QuoteKind::Full
}

/// Who is judged in a quotation, by name where the sentence or the paragraph has one.
fn judged(draft: &Draft, quote: &SpokenQuote, further: &[String]) -> Option<String> {
    let block = quote.place.block;
    let text: &str = &draft.tree.blocks[block].block.text;
    let prose = &draft.prose[block];
    let said = quote.place.span.of(text);
    let is_judgement = |word: &str| {
        let mut judgements = JUDGEMENTS.iter();
        judgements.any(|one| is_alike(word.as_bytes(), one))
            || !further.is_empty() && further.contains(&word.to_lowercase())
    };
    let mut words = said.split(|c: char| !c.is_alphanumeric());
    if !words.any(is_judgement) {
        return None;
    }
    let said = said.to_lowercase();
    let of_a_person = said.split(|c: char| !c.is_alphanumeric()).any(|word| {
        matches!(
            word,
            "he" | "she" | "him" | "her" | "his" | "he’s" | "she’s"
        )
    });
    let people = draft
        .story
        .speakers
        .iter()
        .filter(|speaker| speaker.kind == crate::story::SpeakerKind::Person);
    let named = |span: Span| {
        let words = span.of(text);
        people.clone().find_map(|person| {
            let short = person
                .surname
                .clone()
                .unwrap_or_else(|| person.name.clone());
            let has = words
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word == short);
            has.then_some(short)
        })
    };
    let sentence = prose.sentences[prose.quotes[quote.index].sentence].span;
    let in_quote = named(quote.place.span)
        .or_else(|| subject(draft, quote))
        .or_else(|| called(text, prose, quote));
    if in_quote.is_none() && !of_a_person {
        return None;
    }
    let known = in_quote.or_else(|| named(sentence));
    Some(known.unwrap_or_else(|| "a person".to_owned()))
}

/// `called Dean a bully`, `said that Dean was reckless`: who is judged in the reporter’s words, and the words from the name to the judgement.
fn judged_in(
    text: &str,
    prose: &Prose,
    attribution: &Attribution,
    content: Span,
    further: &[String],
) -> Option<(String, Span)> {
    let words = &prose.words;
    let inside = |at: usize| content.covers(words[at].span) && !words[at].is_quoted;
    let first = words.partition_point(|word| word.span.start() < content.start());
    let judgement = (first..words.len())
        .take_while(|&at| inside(at))
        .find(|&at| {
            let word = words[at].span.of(text).to_lowercase();
            JUDGEMENTS.contains(&word.as_str()) || further.contains(&word)
        })?;
    // The name stands first after “called”, else before “is” or “was”, and little stands between it and the judgement.
    let named = if attribution.lemma == "call" {
        first
    } else {
        let be = (first..judgement)
            .rev()
            .find(|&at| words[at].classes.has(Classes::BE))?;
        be.checked_sub(1).filter(|&at| at >= first)?
    };
    let name = prose
        .names
        .iter()
        .find(|name| name.covers(words[named].span))?;
    let is_near = judgement - named <= 6
        && (named..judgement).all(|at| inside(at) && words[at].form != Form::Mark);
    is_near.then(|| (name.of(text).to_owned(), name.cover(words[judgement].span)))
}

/// `called Dean “a liar”`, `said Dean was “an idiot”`, `dismissed Dean as “a clown”`: the name of whom the quoted words are said.
fn called(text: &str, prose: &Prose, quote: &SpokenQuote) -> Option<String> {
    let words = &prose.words;
    let is = |at: usize, list: &[&str]| is_one_of(text, &words[at], list);
    let start = quote.place.span.start();
    let mut last = words
        .partition_point(|word| word.span.start() < start)
        .checked_sub(1)?;
    if is(last, &["a", "an", "the"]) {
        last = last.checked_sub(1)?;
    }
    let is_said = is(last, &["is", "was", "as"]);
    if is_said {
        last = last.checked_sub(1)?;
    }
    let mut names = prose.names.iter();
    let name = names.find(|name| name.covers(words[last].span))?;
    let first = words.partition_point(|word| word.span.start() < name.start());
    const CALLS: &[&str] = &[
        "called", "calls", "calling", "labeled", "labelled", "branded",
    ];
    let is_called = || first.checked_sub(1).is_some_and(|at| is(at, CALLS));
    (is_said || is_called()).then(|| name.of(text).to_owned())
}

/// `Dean is a bully`: a capitalised word before “is”, that is no plain word of the language.
fn subject(draft: &Draft, quote: &SpokenQuote) -> Option<String> {
    const PLAIN: Classes = Classes::STARTER
        .or(Classes::PERSONAL)
        .or(Classes::PRONOUN)
        .or(Classes::DETERMINER)
        .or(Classes::PLACE)
        .or(Classes::DEMONYM)
        .or(Classes::INSTITUTION);
    let text: &str = &draft.tree.blocks[quote.place.block].block.text;
    let words = &draft.prose[quote.place.block].words;
    let pairs = words.windows(2);
    pairs
        .filter(|pair| quote.place.span.covers(pair[0].span))
        .find(|pair| {
            pair[0].form == Form::Capital
                && !pair[0].classes.has(PLAIN)
                && pair[1].classes.has(Classes::BE)
        })
        .map(|pair| pair[0].span.of(text).to_owned())
}
