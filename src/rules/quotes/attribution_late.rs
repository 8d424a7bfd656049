//! A speaker whom the reader meets too late.

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Severity};
use crate::prose::QuoteKind;
use crate::rule::{BlockView, Check, Holds, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::story::{SpokenQuote, Step};
use crate::text::edit::Edit;
use crate::text::span::Span;
use crate::words::Classes;

/// A speaker whom the reader meets too late.
pub const RULE: Rule = Rule {
    name: "quote-attribution-late",
    topic: "quote",
    severity: Some(Severity::Information),
    is_unfinished: false,
    summary: "Two quoted sentences and thirty words before the reader learns who speaks.",
    why: "Reuters: name the speaker after the first quoted sentence; a reader should not read two or three without knowing who speaks. \
          The Guardian’s style guide says the same.",
    fires: &["
“We heard it first. Then the windows broke. Nobody could see through the dust on the stairs, and we carried the children down in the dark with our coats over their heads,” said Lena Ortiz.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information quote-attribution-late: The reader goes 3 quoted sentences (32 words) before learning who speaks.
", "
“The council has known for years that the pier was rotten. It has a drawer full of letters that say so. Nobody read them, or nobody wanted to have read them before the election,” Strand said.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information quote-attribution-late: The reader goes 3 quoted sentences (34 words) before learning who speaks.
", "
The mill in Kessel Street burned on Monday. “We heard it first. Then the windows broke. Nobody could see through the dust on the stairs, and we carried the children down in the dark with our coats over their heads,” said Lena Ortiz.
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information quote-attribution-late: The reader goes 3 quoted sentences (32 words) before learning who speaks.
", "
The mill burned on Monday.

“We heard it first. Then the windows broke. Nobody could see through the dust on the stairs, and we carried the children down in the dark with our coats over their heads.”
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information quote-attribution-late: The reader goes 3 quoted sentences (32 words) before learning who speaks.

Rory Ames, a baker, was speaking at the town hall on Tuesday.
", "
“I came here with two bags and a cat. The house had no roof. We slept under the table for the first three weeks, and the cat slept on it, because it was the only one of us with any pride left,” Roth said.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information quote-attribution-late: The reader goes 3 quoted sentences (42 words) before learning who speaks.
", "
“It is a hole in the middle of the town, and nobody will say who is to pay for it. My children learned to swim there. Their children learn to swim in a quarry that has no ladder and no lifeguard at all,” Dana Ortiz, a teacher, said.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information quote-attribution-late: The reader goes 3 quoted sentences (43 words) before learning who speaks.
"],
    quiet: &[
        "“We heard it first,” Ortiz said. “Then the windows broke. Nobody could see through the dust on the stairs, and we carried the children down in the dark with our coats over their heads.”",
        "Ortiz said: “We heard it first. Then the windows broke. Nobody could see through the dust on the stairs, and we carried the children down in the dark with our coats over their heads.”",
        "“We heard it first. Then the windows broke,” said Lena Ortiz.",
        "Lena Ortiz was on the stairs that night.\n\n“We heard it first. Then the windows broke. Nobody could see through the dust on the stairs, and we carried the children down in the dark with coats over their heads,” Ortiz said.",
        "Lena Ortiz was on the stairs. “We heard it first,” she said. “Then the windows broke. Nobody could see through the dust on the stairs, and we carried the children down in the dark.”",
        "On Monday Lena Ortiz was there. “We heard it first. Then the windows broke. Nobody could see through the dust on the stairs, and we carried the children down in the dark with our coats over their heads,” Ortiz said.",
        "> We heard it first. Then the windows broke. Nobody could see through the dust on the stairs, and we carried the children down in the dark.\n> — Lena Ortiz",
        "“We heard it first, and then the windows broke, and nobody could see through the dust on the stairs, and we carried the children down in the dark with coats over their heads,” said Lena Ortiz.",
    ],
    options: &[
        RuleOption {
            name: "max-sentences",
            default: "2",
            summary: "So many quoted sentences before the speaker are late.",
        },
        RuleOption {
            name: "max-words",
            default: "30",
            summary: "And at least so many words.",
        },
    ],
    check: Check::Near(check),
};

fn check(draft: &Draft, index: usize, holds: Holds, scene: &Scene, found: &mut Vec<Finding>) {
    let labels = &draft.story.labels;
    if labels[index] != Label::Body {
        return;
    }
    let view = look::view(draft, index, holds);
    let before = (0..index)
        .rev()
        .find(|&before| labels[before] == Label::Body);
    look_at(&view, before, scene, found);
}

fn look_at(view: &BlockView, before: Option<usize>, scene: &Scene, found: &mut Vec<Finding>) {
    let max_sentences = look::number_option(scene, "quote-attribution-late.max-sentences", 2);
    let max_words = look::number_option(scene, "quote-attribution-late.max-words", 30);
    let text = look::text(view);
    let mut last_cue = 0;
    for spoken in view.story.quotes_of(view.index) {
        let quote = &view.prose.quotes[spoken.index];
        let Some(cue) =
            late_cue(view, spoken).filter(|_| quote.depth == 0 && quote.kind == QuoteKind::Full)
        else {
            continue;
        };
        // The first quotation before a cue stands for all before it.
        if cue.start() <= last_cue {
            continue;
        }
        last_cue = cue.start();
        if is_anybody_named(view, quote.span.start()) || is_known(view, spoken, before) {
            continue;
        }
        let quoted = Span::new(
            quote.inner.start(),
            cue.start().min(view.placed.block.content.end()),
        );
        let words = view.prose.words.iter();
        let count = words
            .filter(|word| {
                quoted.covers(word.span) && word.is_quoted && word.form != crate::prose::Form::Mark
            })
            .count();
        let sentences = sentence_ends(quote.inner.of(text)).len() + 1;
        if sentences < max_sentences.max(1) || count < max_words {
            continue;
        }
        let message = format!(
            "The reader goes {sentences} quoted sentences ({count} words) before learning who speaks."
        );
        let mut finding = look::finding(&RULE, view.placed.place(quote.span), message);
        if look::is_open_here(view, quote.span) {
            continue;
        }
        finding
            .fixes
            .extend(moved(view, quote.span, quote.inner, cue));
        found.push(finding);
    }
}

/// Whether a name stands before a place of the paragraph that may be a person’s: no day, no month, and no place that words like
/// “in” stand before.
fn is_anybody_named(view: &BlockView, end: usize) -> bool {
    const WHERE: &[&str] = &["in", "at", "on", "near", "outside", "across"];
    let time = Classes::WEEKDAY.or(Classes::MONTH);
    let words = &view.prose.words;
    let mut names = view.prose.names.iter().filter(|name| name.end() <= end);
    names.any(|name| {
        let first = words.partition_point(|word| word.span.start() < name.start());
        let inside = words[first..]
            .iter()
            .take_while(|word| name.covers(word.span));
        let times = inside.clone().filter(|word| word.classes.has(time)).count();
        let before = first
            .checked_sub(1)
            .map(|before| words[before].span.of(look::text(view)).to_lowercase());
        let is_where = before.is_some_and(|before| WHERE.contains(&before.as_str()));
        // "On Monday Rory Kemp"
        let is_no_one = times == inside.count() || is_where && times == 0;
        !is_no_one
    })
}

/// Whether the reader comes from this speaker: named or quoted in the paragraph before, or pointed back to.
fn is_known(view: &BlockView, spoken: &SpokenQuote, before: Option<usize>) -> bool {
    let Some(binding) = &spoken.binding else {
        return false;
    };
    let by_pronoun = binding.source.is_some_and(|source| {
        let words = source.span.of(look::text(view)).to_lowercase();
        matches!(words.as_str(), "he" | "she" | "they" | "it")
    });
    let speaker = view.story.speaker(binding.speaker);
    by_pronoun
        || speaker
            .mentions
            .iter()
            .any(|place| Some(place.block) == before)
}

/// The cue that follows a quotation, if that is where its speaker is named; the end of the paragraph, if the next one does.
fn late_cue(view: &BlockView, spoken: &SpokenQuote) -> Option<Span> {
    let binding = spoken.binding.as_ref()?;
    if binding.step == Step::ParagraphAfter && binding.source.is_some() {
        return Some(Span::at(view.placed.block.content.end()));
    }
    let is_late = matches!(binding.step, Step::SameSentence | Step::LaterInParagraph);
    let cue = binding
        .cue
        .filter(|cue| is_late && cue.block == view.index)?
        .span;
    let source = binding.source.filter(|source| source.block == view.index);
    let first = source.map_or(cue, |source| source.span.cover(cue));
    let end = view.prose.quotes[spoken.index].span.end();
    // `“…” ― Name` is a credit, not a late cue.
    let has_cue = cue.of(look::text(view)).chars().any(char::is_alphabetic);
    (has_cue && spoken.continues.is_none() && first.start() >= end).then_some(first)
}

/// Where sentences end inside a quotation, the last one left out: just after the full stop.
fn sentence_ends(inner: &str) -> Vec<usize> {
    let marks = inner.match_indices(['.', '?', '!']);
    marks
        .map(|(at, mark)| at + mark.len())
        .filter(|&at| {
            let rest = inner[at..].trim_start();
            let before = inner[..at - 1].rsplit(' ').next().unwrap_or("");
            inner[at..].starts_with(' ')
                && rest.starts_with(char::is_uppercase)
                && !is_abbreviation(before)
        })
        .collect()
}

/// `Mr`, `J`
fn is_abbreviation(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().count() <= 3
}

/// The attribution, moved behind the first quoted sentence: `“A. B,” X said.` becomes `“A,” X said. “B.”`
fn moved(view: &BlockView, quote: Span, inner: Span, attribution: Span) -> Option<Fix> {
    let text = look::text(view);
    let first = inner.start() + sentence_ends(inner.of(text)).first()?;
    let words = inner.of(text).strip_suffix(',')?;
    let clause = &text[quote.end()..view.placed.block.content.end()];
    // Only where the attribution is all that follows.
    let clause = clause.trim_end();
    if clause.len() > 60
        || !clause.ends_with('.')
        || clause[..clause.len() - 1].contains(['.', '“', '"', '['])
        || attribution.start() < quote.end()
    {
        return None;
    }
    let (open, close) = (
        &text[quote.start()..inner.start()],
        &text[inner.end()..quote.end()],
    );
    let ended = &text[first - 1..first];
    let mark = if ended == "." { "," } else { ended };
    let edits = vec![
        Edit::replace(
            view.placed.place(Span::new(first - 1, first + 1)),
            format!("{mark}{close}{clause} {open}"),
        ),
        Edit::replace(
            view.placed.place(Span::new(
                inner.start() + words.len(),
                quote.end() + clause.len(),
            )),
            format!(".{close}"),
        ),
    ];
    Some(Fix {
        title: "Name the speaker after the first sentence".to_owned(),
        is_safe: false,
        edits,
    })
}
