//! Wrongdoing by somebody named, stated as fact.

use std::sync::{Arc, LazyLock};

use super::header_line;
use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::prose::letters::{is_one_of, lower};
use crate::prose::{Form, Sentence, Word};
use crate::rule::{Asks, BlockView, Check, Holds, Openers, Rule};
use crate::rules::look;
use crate::rules::phrases::Phrases;
use crate::scene::Scene;
use crate::story::coverage::Support;
use crate::story::outline::Label;
use crate::syntax::tree::Shape;
use crate::text::span::Span;
use crate::words::Classes;

/// Wrongdoing by somebody named, stated as fact.
pub const RULE: Rule = Rule {
    name: "claim-accusation-unattributed",
    topic: "claim",
    severity: Some(Severity::Error),
    is_unfinished: true,
    summary: "Wrongdoing by somebody named, stated as fact and without a source.",
    why: "AP: name the source of an allegation, be it an arrest record, an indictment or an official. “Allegedly” names nobody. This \
          is the sentence that is sued over.",
    fires: &["
Paul Wren, 54, stole $4,000 from the fund.
^^^^^^^^^ error claim-accusation-unattributed: Paul Wren: wrongdoing stated as fact. Who alleges it?
", "
Rep. Paul Wren, R-Ohio, lied to the council.
^^^^^^^^^^^^^^ error claim-accusation-unattributed: Rep. Paul Wren: wrongdoing stated as fact. Who alleges it?
", "
Mayor Paul Wren of Hollis lied to the council.
^^^^^^^^^^^^^^^ error claim-accusation-unattributed: Mayor Paul Wren: wrongdoing stated as fact. Who alleges it?
", "
Paul van der Berg bribed inspectors.
^^^^^^^^^^^^^^^^^ error claim-accusation-unattributed: Paul van der Berg: wrongdoing stated as fact. Who alleges it?
", "
# Harlow Foods bribed inspectors, and the board met
  ^^^^^^^^^^^^ error claim-accusation-unattributed: Harlow Foods: wrongdoing stated as fact. Who alleges it?

The council met on Monday, and the hall was full to the last of its benches that night.
", "
Headline: Wren stole the fund’s money
          ^^^^ error claim-accusation-unattributed: Wren: wrongdoing stated as fact. Who alleges it?
Deck: Harlow Foods bribed inspectors for a decade
      ^^^^^^^^^^^^ error claim-accusation-unattributed: Harlow Foods: wrongdoing stated as fact. Who alleges it?

The council met on Monday, and the hall was full to the last of its benches that night.
", "
Harlow Foods bribed inspectors for a decade.
^^^^^^^^^^^^ error claim-accusation-unattributed: Harlow Foods: wrongdoing stated as fact. Who alleges it?
", "
Paul Wren has been embezzling school money for a decade.
^^^^^^^^^ error claim-accusation-unattributed: Paul Wren: wrongdoing stated as fact. Who alleges it?
", "
Deputy Mayor Paul Wren embezzled school money.
^^^^^^^^^^^^^^^^^^^^^^ error claim-accusation-unattributed: Deputy Mayor Paul Wren: wrongdoing stated as fact. Who alleges it?
", "
Kestrel covered up two deaths at the home. The families were told nothing.
^^^^^^^ error claim-accusation-unattributed: Kestrel: wrongdoing stated as fact. Who alleges it?
", "
The bishop’s secretary, Tobias Venner, lied to the parish council about the money.
                        ^^^^^^^^^^^^^ error claim-accusation-unattributed: Tobias Venner: wrongdoing stated as fact. Who alleges it?
", "
Inspectors were bribed by Harlow Foods for a decade.
                          ^^^^^^^^^^^^ error claim-accusation-unattributed: Harlow Foods: wrongdoing stated as fact. Who alleges it?
", "
Paul Wren allegedly stole the fund’s money.
^^^^^^^^^ error claim-accusation-unattributed: Paul Wren: “allegedly” does not say who alleges it.
", "
# Wren lied to the council about the bridge
  ^^^^ error claim-accusation-unattributed: Wren: wrongdoing stated as fact. Who alleges it?

The council met on Monday, and the hall was full to the last of its benches that night.
"],
    quiet: &[
        "The mayor spoke to Dana Ortiz, Tobias Venner, and the man who lied to the council.",
        "Prosecutors accused Harlow Foods of bribing inspectors.",
        "Paul Wren was convicted of fraud in 2019. Wren has been charged with assault.",
        "A law against illegal dumping passed, and fraud prevention is taught in schools.",
        "Harlow Foods forged an alliance with Brightwell.",
        "Ortiz stole second base in the ninth inning.",
        "Harlan lies on the border, and the mist lies in its streets.",
        "Painters from Harlow Foods covered up the mural.",
        "Harlow Foods bribed inspectors for a decade, prosecutors said.",
        "Paul Wren pleaded guilty and said he stole the money.",
        "Thieves stole two bicycles from the yard.",
        "Harlow Foods bribed nobody. Harlow Foods lied to no one.",
        "Inspectors from Harlow Foods, embezzling experts among them, met on Monday.",
        "In the film, Paul Wren stole a bank’s money.",
        "Paul Wren may have misled the council.",
        "The goalkeeper was beaten and Okonjo stole the show.",
        "There is no evidence that Wren stole the money.",
        "The trial turns on the charge that Wren stole the money.",
        "Ortiz stood by her accusation that Wren lied to the council.",
        "The son of Mayor Paul Wren of Hollis stole a car.",
        "Headline: Wren lied to council, auditor says\nDeck: Prosecutors say Harlow Foods bribed inspectors\n\nThe council met on Monday.",
        "Slug: wren-stole\nHeadline: Wren stole nothing, court told\n\nThe council met on Monday.",
        "# Wren lied to council, auditor says\n\nMayor Paul Wren lied to the council, auditor Dana Ortiz said on Monday.",
        "# Prosecutors say Wren stole money\n\nMayor Paul Wren stole money, prosecutors said on Monday.",
        "# Wren stole money, according to indictment\n\nMayor Paul Wren stole money, an indictment said on Monday.",
        "# Wren stole money, court told\n\nMayor Paul Wren stole money, prosecutors said on Monday.",
        "# Wren stole money: prosecutors\n\nMayor Paul Wren stole money, prosecutors said on Monday.",
        "# Report: Wren lied to council\n\nMayor Paul Wren lied to the council, a report by Marlow Auditors said on Monday.",
    ],
    options: &[],
    check: Check::Both(check, in_header, Asks::EVERYTHING),
};

pub static VERBS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("../../../grammar/words/wrongdoing-verbs.txt")));
static INNOCENT: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::read(include_str!(
        "../../../grammar/words/wrongdoing-innocent.txt"
    ))
});

fn check(view: &BlockView, scene: &Scene, found: &mut Vec<Finding>) {
    if !view.holds.openers.has(Openers::ACCUSATION) {
        return;
    }
    for (index, sentence) in view.prose.sentences.iter().enumerate() {
        let is_display = matches!(view.label, Label::Headline | Label::Deck | Label::Caption)
            && view.story.coverage[view.index]
                .get(index)
                .is_some_and(|coverage| coverage.support == Support::None)
            && !look::is_open_here(view, sentence.span);
        if !is_display && !look::is_own_voice(view, scene, index) {
            continue;
        }
        found.extend(accuses(view, sentence, is_display));
    }
}

/// The same of a headline or deck in the header.
fn in_header(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    if let Some(index) = draft.story.facts.header {
        let placed = &draft.tree.blocks[index];
        let Shape::Header(header) = &placed.block.shape else {
            return;
        };
        let text: &str = &placed.block.text;
        for field in &header.fields {
            let Some(label) = header_line::label(field.key.of(text)) else {
                continue;
            };
            let value = field.value.of(text);
            let lower = value.to_lowercase();
            if value.contains("[TK") || !VERBS.firsts().any(|verb| lower.contains(verb)) {
                continue;
            }
            let Some((line, prose)) = header_line::read(draft, placed, field) else {
                continue;
            };
            if !prose.attributions.is_empty() {
                continue;
            }
            let prose = Arc::new(prose);
            let view = BlockView {
                index,
                placed: &line,
                prose: &prose,
                label,
                story: &draft.story,
                scratch: &draft.scratch,
                verdicts: &[],
                holds: Holds::default(),
            };
            let sentences = prose.sentences.iter();
            found.extend(sentences.filter_map(|one| accuses(&view, one, true)));
        }
    }
}

/// What a sentence accuses somebody of in the story’s own voice.
fn accuses(view: &BlockView, sentence: &Sentence, is_display: bool) -> Option<Finding> {
    let text = look::text(view);
    let agent = VERBS
        .all(
            Openers::ACCUSATION,
            text,
            &view.prose.words,
            sentence.words.clone(),
        )
        .filter(|verb| view.prose.words[verb.start].form == Form::Lower)
        .filter(|verb| !is_innocent(view, sentence, verb.end))
        .find_map(|verb| agent(view, sentence, verb));
    let agent = agent.filter(|_| !is_framed(view, sentence))?;
    if is_display && has_display_source(view, sentence, agent) {
        return None;
    }
    let name = look::shown(agent.of(text));
    let message = if look::has_word(text, view.prose, sentence, &["allegedly"]) {
        format!("{name}: “allegedly” does not say who alleges it.")
    } else {
        format!("{name}: wrongdoing stated as fact. Who alleges it?")
    };
    let mut finding = look::finding(&RULE, view.placed.place(agent), message);
    finding.fixes = vec![look::attribute_later(
        view.placed.place(sentence.span).end(),
    )];
    Some(finding)
}

/// `Wren lied to council, auditor says`, `Prosecutors say Wren stole money`, `Wren stole money: prosecutors`, `Report: Wren
/// lied`: a headline names its source in fewer words than a sentence.
fn has_display_source(view: &BlockView, sentence: &Sentence, agent: Span) -> bool {
    const SAYS: &[&str] = &["hears", "heard", "told", "according", "per"];
    const BODIES: &[&str] = &["police", "court", "jury", "inquest", "prosecution"];
    let text = look::text(view);
    let words = &view.prose.words[sentence.words.clone()];
    let is_sign = |word: &Word, signs: &[&str]| {
        word.form == Form::Mark && !word.is_quoted && signs.contains(&word.span.of(text))
    };
    let says = |word: &Word| {
        !word.is_quoted && (word.classes.has(Classes::CUE) || is_one_of(text, word, SAYS))
    };
    let may_say = |word: &Word| {
        let source = Classes::ROLE
            .or(Classes::DOCUMENT)
            .or(Classes::COLLECTIVE)
            .or(Classes::INSTITUTION)
            .or(Classes::ANONYMOUS);
        word.classes.has(source) || is_one_of(text, word, BODIES)
    };
    let first = words.partition_point(|word| word.span.start() < agent.start());
    let (before, after) = words.split_at(first);
    if before.iter().any(says) {
        return true;
    }
    if before.iter().any(|word| is_sign(word, &[":"])) && before.iter().any(may_say) {
        return true;
    }
    let last = after
        .iter()
        .rposition(|word| is_sign(word, &[",", ":", "—", "–"]));
    let Some(last) = last else {
        return false;
    };
    let is_colon = !is_sign(&after[last], &[","]);
    let end = &after[last + 1..];
    end.len() <= 8 && (end.iter().any(says) || is_colon && end.iter().any(may_say))
}

/// A charge, a verdict, a doubt, a work of fiction: not the story's own accusation.
fn is_framed(view: &BlockView, sentence: &Sentence) -> bool {
    const FRAME: &[&str] = &[
        "accused",
        "accuse",
        "accuses",
        "charged",
        "charges",
        "convicted",
        "conviction",
        "pleaded",
        "pled",
        "guilty",
        "sued",
        "lawsuit",
        "liable",
        "alleged",
        "alleges",
        "suspicion",
        "suspected",
        "indicted",
        "sentenced",
        "acquitted",
        "if",
        "may",
        "might",
        "could",
        "would",
        "whether",
        "never",
        "not",
        "film",
        "movie",
        "novel",
        "series",
        "episode",
        "play",
        "fictional",
        "character",
        "denied",
        "denies",
    ];
    look::has_word(look::text(view), view.prose, sentence, FRAME)
        || is_in_question(view, sentence)
        || view.prose.words[sentence.words.clone()].iter().any(|word| {
            word.form == Form::Number
                && word
                    .span
                    .of(look::text(view))
                    .parse::<u32>()
                    .is_ok_and(|year| (1000..1970).contains(&year))
        })
}

/// `her accusation that …`, `no evidence that …`: what is told of is said by somebody, or by nobody.
fn is_in_question(view: &BlockView, sentence: &Sentence) -> bool {
    const NOUNS: &[&str] = &[
        "accusation",
        "accusations",
        "allegation",
        "allegations",
        "charge",
        "claim",
        "claims",
        "rumor",
        "rumors",
        "rumour",
        "rumours",
        "suggestion",
        "suggestions",
    ];
    const LITTLE: &[&str] = &["no", "little", "without", "any", "scant"];
    let text = look::text(view);
    let words = &view.prose.words[sentence.words.clone()];
    words.windows(2).enumerate().any(|(at, two)| {
        let is_proof = is_one_of(text, &two[0], &["evidence", "proof", "sign"])
            && words[at.saturating_sub(2)..at]
                .iter()
                .any(|word| is_one_of(text, word, LITTLE));
        is_one_of(text, &two[1], &["that"]) && (is_proof || is_one_of(text, &two[0], NOUNS))
    })
}

/// `bribed nobody`, `lied to no one`: what is told is that it was not done.
fn is_of_nobody(view: &BlockView, sentence: &Sentence, after: usize) -> bool {
    const NOBODY: &[&str] = &["nobody", "nothing", "none", "neither"];
    let text = look::text(view);
    let words = &view.prose.words;
    let is = |at: usize, options: &[&str]| {
        at < sentence.words.end && is_one_of(text, &words[at], options)
    };
    let object = after + usize::from(is(after, &["to", "from", "for"]));
    let is_more = is(object + 1, &["less", "fewer", "lower"]);
    is(object, NOBODY) || is(object, &["no"]) && !is_more
}

/// `forged an alliance`: what follows the verb shows another sense.
fn is_innocent(view: &BlockView, sentence: &Sentence, after: usize) -> bool {
    if is_of_nobody(view, sentence, after) {
        return true;
    }
    (after..sentence.words.end.min(after + 4))
        .take_while(|&at| view.prose.words[at].form != Form::Mark)
        .any(|at| {
            INNOCENT
                .at(look::text(view), &view.prose.words, at)
                .is_some()
        })
}

/// The name of the one who did it: the subject just before the verb, or after `by`.
fn agent(view: &BlockView, sentence: &Sentence, verb: std::ops::Range<usize>) -> Option<Span> {
    let text = look::text(view);
    let words = &view.prose.words;
    let name_at = |at: usize| {
        view.prose
            .names
            .iter()
            .find(|name| name.covers(words[at].span))
            .copied()
            .filter(|_| {
                !words[at]
                    .classes
                    .has(Classes::WEEKDAY.or(Classes::MONTH).or(Classes::DEMONYM))
            })
    };
    let skipped = (sentence.words.start..verb.start).rev().find(|&at| {
        !words[at].classes.has(Classes::ADVERB.or(Classes::HAVE))
            && !lower(text, &words[at]).ends_with("ly")
    })?;
    // `has been embezzling`: who did it stands before all of the verb.
    let goes_on = lower(text, &words[verb.start]).ends_with("ing");
    let is_be = words[skipped].classes.has(Classes::BE);
    if goes_on && !is_be {
        return None;
    }
    let skipped = match goes_on {
        false => skipped,
        true => (sentence.words.start..skipped).rev().find(|&at| {
            let inside = Classes::ADVERB.or(Classes::HAVE).or(Classes::BE);
            !words[at].classes.has(inside)
        })?,
    };
    if is_be && !goes_on {
        let by = (verb.end..sentence.words.end.min(verb.end + 5))
            .find(|&at| is_one_of(text, &words[at], &["by"]))?;
        return name_at((by + 1 < sentence.words.end).then_some(by + 1)?);
    }
    // `The secretary, Tobias Venner, lied`: the name in commas is the subject’s; `Paul Wren, 54, lied`: so is that before them.
    let is_aside = matches!(words[skipped].span.of(text), "," | ")" | "—" | "–");
    let last = match is_aside {
        true => before_aside(view, sentence, skipped)?,
        false => skipped,
    };
    let name = name_at(last).filter(|name| name.end() == words[last].span.end())?;
    let name = whole_name(view, sentence, name);
    let skipped = last;
    // `Thieves stole`: a capital that is only the sentence's.
    let is_plural = [
        "ves", "ers", "men", "ies", "ors", "ants", "ists", "als", "ents",
    ]
    .iter()
    .any(|ending| name.of(text).ends_with(ending));
    let is_noun = words[skipped]
        .classes
        .has(Classes::ROLE.or(Classes::COLLECTIVE).or(Classes::ANONYMOUS));
    if skipped == sentence.words.start && (is_plural || is_noun) {
        return None;
    }
    let first = words.partition_point(|word| word.span.start() < name.start());
    // `Painters from Harlow Foods`: the name is not the subject.
    let is_inside =
        first > sentence.words.start && words[first - 1].classes.has(Classes::PREPOSITION);
    if !is_inside {
        return Some(name);
    }
    // `Mayor Paul Wren of Hollis`: the place is his.
    let of = first - 1;
    let whose = (of > sentence.words.start && is_one_of(text, &words[of], &["of"]))
        .then(|| name_at(of - 1))
        .flatten();
    // `The son of Mayor Paul Wren of Hollis`: who did it stands before him.
    let is_owner = |whose: &Span| {
        let at = words.partition_point(|word| word.span.start() < whose.start());
        at > sentence.words.start && words[at - 1].classes.has(Classes::PREPOSITION)
    };
    whose.filter(|whose| whose.of(text).contains(' ') && !is_owner(whose))
}

/// The last word before an aside that ends at a mark, or that of the name in it: whoever the aside is about.
fn before_aside(view: &BlockView, sentence: &Sentence, close: usize) -> Option<usize> {
    let text = look::text(view);
    let words = &view.prose.words;
    let sign = match words[close].span.of(text) {
        ")" => "(",
        sign => sign,
    };
    let from = close.saturating_sub(9).max(sentence.words.start + 1);
    let open = (from..close).rfind(|&at| words[at].span.of(text) == sign)?;
    let inside = &words[open + 1..close];
    if inside
        .iter()
        .any(|word| word.is_quoted || word.tag.is_finite())
    {
        return None;
    }
    let is_named = |at: usize| {
        let mut names = view.prose.names.iter();
        names.any(|name| name.end() == words[at].span.end())
    };
    let opens = inside.first().is_some_and(|first| {
        let mut names = view.prose.names.iter();
        names.any(|name| name.start() == first.span.start())
    });
    match is_named(open - 1) {
        true => Some(open - 1),
        false => (sign == "," && opens && open >= sentence.words.start + 2).then_some(close - 1),
    }
}

/// A name with the particles in the middle of it: `Paul van der Berg`.
fn whole_name(view: &BlockView, sentence: &Sentence, name: Span) -> Span {
    let words = &view.prose.words;
    let at = words.partition_point(|word| word.span.start() < name.start());
    let first = (sentence.words.start..at)
        .rev()
        .take_while(|&at| words[at].form == Form::Lower && words[at].classes.has(Classes::PARTICLE))
        .last();
    let before = first.filter(|&first| first < at && first > sentence.words.start);
    let forename = before.and_then(|first| {
        let end = words[first - 1].span.end();
        view.prose.names.iter().find(|name| name.end() == end)
    });
    forename.map_or(name, |forename| forename.cover(name))
}
