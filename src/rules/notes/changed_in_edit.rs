//! `quote-changed-in-edit`

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Severity};
use crate::notes::filed::{Kinship, Said, kinship};
use crate::notes::fold::{Class, Word};
use crate::notes::quotation::{Quotation, quotation};
use crate::prose::letters::is_one_of;
use crate::rule::{Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::text::edit::Edit;
use crate::text::span::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "quote-changed-in-edit",
    topic: "quote",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "A quotation has other words than when the story was filed.",
    why: "The reporter heard the words; the desk did not. A quotation that changes after filing is bent by accident, most often while a \
          line is saved, and the speaker is the first to notice. It needs what was filed: a folder `filed` in onrecord.toml.",
    fires: &["
“We have plans to sell the pier,” Dana Ortiz said on Monday.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error quote-changed-in-edit: Quote changed since filed: was “We have no plans to sell”, now “We have plans to sell”.

=== filed/pier.lede/2026-03-12T140509.txt
“We have no plans to sell the pier,” Dana Ortiz said on Monday.
", "
Dana Ortiz said there were “plans to sell the pier” on Monday.
                           ^^^^^^^^^^^^^^^^^^^^^^^^ error quote-changed-in-edit: Quote changed since filed: was “We have no plans to sell”, now “plans to sell”.

=== filed/pier.lede/2026-03-12T140509.txt
“We have no plans to sell the pier,” Dana Ortiz said on Monday.
", "
“We lost 15 boats in the storm and the net store too,” said Paul Venn, a diver.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error quote-changed-in-edit: Quote changed since filed: was “We lost 50 boats in the”, now “We lost 15 boats in the”.

=== filed/pier.lede/2026-03-12T140509.txt
“We lost 50 boats in the storm and the net store too,” said Paul Venn, a diver.
", "
“The wall was built by men who knew the sea,” Ortiz said. “It will outlive us.”
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error quote-changed-in-edit: Quote changed since filed: was “was built by people who knew the”, now “was built by men who knew the”.

=== filed/pier.lede/2026-03-12T140509.txt
“The wall was built by people who knew the sea,” Ortiz said. “It will outlive us.”
"],
    quiet: &["
Dana Ortiz, the mayor, said there were no “plans to sell the pier.” She did not have “plans to sell the pier this year.”

=== filed/pier.lede/2026-03-12T140509.txt
“We have no plans to sell the pier this year or next,” said Dana Ortiz, the mayor.
", "
“We have no plans … this year or next,” said Dana Ortiz, the mayor.

=== filed/pier.lede/2026-03-12T140509.txt
“We have no plans to sell the pier this year or next,” said Dana Ortiz, the mayor.
", "
“The wall was built by people who knew the sea,” Dana Ortiz said. She has led the board since 2019.

=== filed/pier.lede/2026-03-12T140509.txt
Ortiz, who leads the board, said: “The wall was built by people who knew the sea.”
", "
Dana Ortiz called the pier a “good one.”

=== filed/pier.lede/2026-03-12T140509.txt
Dana Ortiz called the pier a “fine one.”
", "
“Nobody asked the divers,” said Paul Venn, a diver.

=== filed/pier.lede/2026-03-12T140509.txt
“We have no plans to sell the pier,” Dana Ortiz said on Monday.
", "
“We have no plans to sell the pier,” Dana Ortiz said on Monday. “The wall comes first.”

=== filed/pier.lede/2026-03-12T140509.txt
\"We have no plans to sell the pier\", Dana Ortiz said on Monday.
", "
“The pier is old and the wall is new,” Dana Ortiz said on Monday.

=== filed/pier.lede/2026-03-12T140509.txt
“We have no plans to sell it. The pier is old and the wall is new,” Dana Ortiz said on Monday.
", "
“We have plans to sell the pier,” Dana Ortiz said. [STET quote: she called to correct it]

=== filed/pier.lede/2026-03-12T140509.txt
“We have no plans to sell the pier,” Dana Ortiz said on Monday.
"],
    options: &[RuleOption {
        name: "min-words",
        default: "3",
        summary: "Quotations of fewer words are not held against what was filed.",
    }],
    check: Check::Story(check),
};

/// Words on either side that are shown around what differs.
const AROUND: usize = 3;

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let Some(filed) = &scene.records.filed else {
        return;
    };
    let least = look::number_option(scene, "quote-changed-in-edit.min-words", 3);
    let quotes: Vec<(Span, Span, Quotation)> = draft
        .story
        .quotes
        .iter()
        .map(|quote| {
            let placed = &draft.tree.blocks[quote.place.block];
            let inner = draft.prose[quote.place.block].quotes[quote.index].inner;
            let words = quotation(&placed.block.text, inner, &placed.block.hidden);
            (draft.span(quote.place), placed.place(inner), words)
        })
        .collect();
    let keys = |words: &[Word]| words.iter().map(|word| word.key).collect::<Vec<u32>>();
    let now: Vec<Vec<u32>> = quotes.iter().map(|(_, _, now)| keys(&now.words)).collect();
    let was: Vec<Vec<u32>> = filed.quotes.iter().map(|was| keys(&was.words)).collect();
    // What still stands elsewhere as it was is another quotation.
    let gone: Vec<&Said> = filed
        .quotes
        .iter()
        .zip(&was)
        .filter(|(_, keys)| !now.contains(keys))
        .map(|(older, _)| older)
        .collect();
    for (index, (span, inner, quote)) in quotes.iter().enumerate() {
        if quote.words.len() < least || was.contains(&now[index]) {
            continue;
        }
        let mut best: Option<(usize, &Said)> = None;
        let mut is_part = false;
        for older in &gone {
            match kinship((&older.words, &older.text), (&quote.words, quote.text)) {
                Kinship::Bent(count)
                    if count == quote.words.len() && is_cut_openly(draft, index, older, quote) =>
                {
                    is_part = true;
                }
                Kinship::Bent(count) if best.is_none_or(|(most, _)| count > most) => {
                    best = Some((count, *older));
                }
                Kinship::Part | Kinship::Same => is_part = true,
                Kinship::Bent(_) | Kinship::None => {}
            }
        }
        let Some((_, older)) = best.filter(|_| !is_part) else {
            continue;
        };
        let (old, new) = differing(older, quote);
        let message = format!("Quote changed since filed: was “{old}”, now “{new}”.");
        let mut finding = look::finding(&RULE, *span, message);
        let filed = older.shown();
        let filed = filed.trim_end_matches([',', '.']);
        finding.fixes.push(Fix {
            title: "Write it as it was filed".to_owned(),
            is_safe: false,
            edits: vec![Edit::replace(*inner, with_end_of(draft, *inner, filed))],
        });
        found.push(finding);
    }
}

/// Whether what is left out of a quotation is told beside it: an ellipsis, or the “no” before its marks.
fn is_cut_openly(draft: &Draft, index: usize, older: &Said, quote: &Quotation) -> bool {
    const NO: &[&str] = &[
        "no", "not", "never", "without", "nothing", "denied", "denies", "denying", "wasn't",
        "isn't", "aren't", "weren't", "didn't", "doesn't", "don't", "won't", "wouldn't",
    ];
    let noes = |words: &[Word]| {
        let no = words.iter().filter(|word| word.class == Class::Negation);
        no.count()
    };
    let (was, now) = (noes(&older.words), noes(&quote.words));
    let place = draft.story.quotes[index].place;
    let prose = &draft.prose[place.block];
    let text: &str = &draft.tree.blocks[place.block].block.text;
    let marks = prose.quotes[draft.story.quotes[index].index].inner;
    let shows_gap = ["…", "...", ". . ."]
        .iter()
        .any(|sign| marks.of(text).contains(sign));
    let before = prose
        .words
        .iter()
        .filter(|word| word.span.end() <= place.span.start());
    let near: Vec<_> = before.rev().take(5).collect();
    let says_no = near
        .iter()
        .take_while(|word| !matches!(word.span.of(text), "." | "?" | "!" | ";"))
        .any(|word| !word.is_quoted && is_one_of(text, word, NO));
    shows_gap && was == now || says_no && was == now + 1
}

/// Words with the comma or full stop that the quotation has now.
fn with_end_of(draft: &Draft, inner: Span, words: &str) -> String {
    let now = draft.text.slice(inner);
    let end = now.chars().next_back();
    match end.filter(|end| matches!(end, ',' | '.')) {
        Some(end) => format!("{words}{end}"),
        None => words.to_owned(),
    }
}

/// What differs on both sides, with a few words around it.
fn differing(was: &Said, now: &Quotation) -> (String, String) {
    let keys = |words: &[Word]| words.iter().map(|word| word.key).collect::<Vec<u32>>();
    let (old, new) = (keys(&was.words), keys(&now.words));
    let most = old.len().min(new.len());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old.iter().rev().zip(new.iter().rev());
    let tail = tail.take_while(|(a, b)| a == b).count().min(most - head);
    let shown = |words: &[Word], text: &str| {
        let from = head.saturating_sub(AROUND);
        let to = (words.len() - tail + AROUND).min(words.len());
        let (Some(first), Some(last)) = (words.get(from), words.get(to.max(1) - 1)) else {
            return String::new();
        };
        let run = first.span().cover(last.span()).of(text);
        run.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    (shown(&was.words, &was.text), shown(&now.words, now.text))
}
