//! A quotation that nobody is said to say.

use super::{introduced, stray};
use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::prose::QuoteKind;
use crate::rule::{Check, Holds, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::story::turns;
use crate::story::{Place, SpokenQuote};
use crate::text::span::Span;

/// A quotation that nobody is said to say.
pub const RULE: Rule = Rule {
    name: "quote-without-speaker",
    topic: "quote",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "A quotation with no speaker in its paragraph or the one before.",
    why: "Reuters asks to name the speaker as soon as possible, and every statement needs a source. In edited news one quotation \
          in two hundred has none; nearly all of them are mistakes, often a speaker cut with the paragraph before.",
    fires: &["
The board met on Monday, and the hall was full.

Residents packed the stairs. “We were never told the water was unsafe to drink.”
                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error quote-without-speaker: “We were never told the water was unsafe…”: no speaker. Who said this?
", "
Funding remains short.

“No one wants to be the councillor who closed the library,” and so the vote was delayed.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error quote-without-speaker: “No one wants to be the councillor who…”: no speaker. Who said this?
", "
The pool stays shut until June. “It is a hole in the middle of the town.” “Nobody will say who is to pay for it.”
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error quote-without-speaker: “It is a hole in the middle of the…”: no speaker. Who said this?
", "
The hearing began at noon, and two lawyers had come.

“Did you know that the pier was rotten at the time?”
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint quote-without-speaker: “Did you know that the pier was rotten…”: no speaker. Who said this?

“I knew that somebody had written us a letter.”
", "
The mill burned in a night.

“It began at noon, and we ran to the river and stood there.”
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint quote-without-speaker: “It began at noon, and we ran to the…”: no speaker. Who said this?

“Then the roof of the mill went down with a noise.”

“After that there was nothing left to save at all,” Rory Ames, a miller, said.
", "
“It began at noon,” Rory Ames said. “We ran to the river and stood there.”

“Then the roof of the mill went down with a noise.”

“After that there was nothing left to save at all.”
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint quote-without-speaker: “After that there was nothing left to…”: no speaker. Who said this?
", "
The board was called a “council of sleepers that wakes for lunch” and met at noon.
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning quote-without-speaker: “council of sleepers that wakes for lunch”: no speaker. Who said this?
", "
The doors opened at eight. “My daughter has waited nine years for this day.” The rain had stopped.
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error quote-without-speaker: “My daughter has waited nine years for…”: no speaker. Who said this?
"],
    quiet: &[
        "“We had no warning,” Ruiz said. “Nobody called us until noon on the second day.”",
        "Prosecutors published one text message: “Move the boxes before the auditors come.”",
        "Ruiz likes the film “The Man Who Knew Too Much for His Own Good.”",
        "The banner over the gate read “bread and work for all of Harlan.”",
        "The council kept to its motto, “a fair hearing for every last soul,” that night.",
        "The pool is shut. “It is a hole in the middle of the town.” [TK: who said this?]",
        "The pool is shut. “It is a hole in the middle of the town.”[@dana-ortiz]\n\n[@dana-ortiz]: person, Dana Ortiz",
        "The “reforms” took effect in May.",
        "“Keep your hands in the light for me,” Blige sings to the hall.",
        "The advertisement shows her asking, “Why am I not ten points ahead of him?”",
        "“Keep out of the water until noon,” the notice on the pier advises.",
        "Ruiz thanked the crew for “taking the boats out in the worst of it.”",
        "THE PIER REOPENS “It took nine years and two mayors to mend forty planks.” [Harlan Courier]",
        "The mayor’s first message came at noon. “Stay at home and away from the river tonight.”",
        "“We had no warning that the river would rise.”\n\n— Dana Ortiz",
        "Ruiz was a guest on “The Late Boat With Harlan Greer” in May.",
        "> “It is a hole in the middle of the town.”\n> — Dana Ortiz",
        "The two met on air.\n\n“CRANE: Do you see those two piers as the same?\n\n“ORTIZ: They were paid for by the same people.”",
        "Under Harlan law it is battery to “touch or strike another person against the will of the other.”",
        "“Would the boats be free?” Dana Ortiz pressed. “Would they sail on every day of the week?”",
        "The vote is on Monday.\n\n“It is a hole in the middle of the town, and nobody will pay for it.\nDana Ortiz, harbor board.”",
        "The vote is near. “We will not be moved by anybody in this hall,” Ortiz from her desk. “Not by a crane.”",
        "He praised Rory Kemp, who declared in the lobby, “It is time that we all went home.”",
        "“I would rather swim than sail with that man.” That line from Dana Ortiz stood in the Harlan Courier.",
        "The ad hits Ortiz for taking “54 times more money from the port than from all of Harlan” and claims that she lied.",
        "The senator’s answer was that “the most important thing in the harbor is the harbor.”",
        "As Rory Kemp puts it, she is making the board “an offer that it cannot afford to refuse.”",
        "He commanded the board to “do the right thing and open its doors to the town.”",
        "I stand with the mayor (“Mayor blasts the harbor board as a den of thieves,” Harlan Courier, Thursday).",
        "“We have boats on the river and two helicopters in the air, coordinator Emil Strake said.",
        "Dana Ortiz is the mayor.\n\n**Why is the pier to be sold?**\n\n“It is a hole in the middle of the town.”\n\n“Nobody will say who is to pay for it.”\n\n**Who will pay?**\n\n“We will not be moved by anybody in this hall.”",
        "The mill is gone.\n\n“We heard the windows break in the night.”\n\nThose were the words of Rory Ames, a baker.",
    ],
    options: &[RuleOption {
        name: "min-words",
        default: "6",
        summary: "Quotations of fewer words are left to quote-fragment.",
    }],
    check: Check::Near(check),
};

fn check(draft: &Draft, index: usize, holds: Holds, scene: &Scene, found: &mut Vec<Finding>) {
    if draft.story.labels[index] != Label::Body || draft.story.quotes_of(index).is_empty() {
        return;
    }
    let view = &look::view(draft, index, holds);
    if stray::has_stray(view.story, view.prose, view.index) {
        return;
    }
    let min_words = look::number_option(scene, "quote-without-speaker.min-words", 6);
    let text = look::text(view);
    // Orphans with nothing but space between them are one run.
    let mut runs: Vec<(Span, usize, QuoteKind)> = Vec::new();
    let mut is_settled = false;
    for spoken in view.story.quotes_of(view.index) {
        if spoken.binding.is_some() {
            continue;
        }
        let quote = &view.prose.quotes[spoken.index];
        // Who is named for one quotation in a way that no list knows speaks on in the next.
        let is_introduced = introduced::is_introduced(view, quote);
        is_settled |= is_introduced && quote.kind == QuoteKind::Full;
        let is_orphan = spoken.continues.is_none()
            && quote.depth == 0
            && matches!(quote.kind, QuoteKind::Full | QuoteKind::Partial)
            && !is_introduced
            && !is_settled
            && !opens_with_label(quote.span.of(text))
            && !is_signed_within(quote.inner.of(text));
        if !is_orphan {
            continue;
        }
        match runs.last_mut() {
            Some((run, words, _)) if text[run.end()..quote.span.start()].trim().is_empty() => {
                *run = run.cover(quote.span);
                *words = (*words).max(quote.word_count);
            }
            _ => runs.push((quote.span, quote.word_count, quote.kind)),
        }
    }
    if !runs.is_empty() && answers_a_question(draft, index) {
        return;
    }
    for (run, words, kind) in runs {
        let place = Place {
            block: index,
            span: run,
        };
        if words < min_words || look::is_open_here(view, run) {
            continue;
        }
        let shown = look::shown(run.of(text).trim_matches(['“', '”', '"', '‘', '’', ',']));
        let message = format!("“{shown}”: no speaker. Who said this?");
        let mut finding = look::finding(&RULE, view.placed.place(run), message);
        // Words in mid-sentence may be a document's.
        if kind == QuoteKind::Partial {
            finding.severity = Severity::Warning;
        }
        if is_exchange(draft, place) {
            finding.severity = Severity::Hint;
        }
        finding.fixes = vec![look::insert(
            "Ask later: insert [TK: who said this?]",
            view.placed.place(run).end(),
            " [TK: who said this?]",
        )];
        found.push(finding);
    }
}

/// Whether a paragraph opens with what somebody answered to a question in bold type: who answers stands over an interview.
fn answers_a_question(draft: &Draft, block: usize) -> bool {
    let mut block = block;
    for _ in 0..3 {
        let start = draft.tree.blocks[block].block.content.start();
        let first = draft.story.quotes_of(block).first();
        let opens = first.is_some_and(|first| first.place.span.start() == start);
        let Some(before) = stray::last_body(draft, block).filter(|_| opens) else {
            return false;
        };
        if turns::is_question(&draft.tree.blocks[before].block.text) {
            return true;
        }
        block = before;
    }
    false
}

/// Whether a run of orphans stands right behind or before a paragraph of quoted words that ends or opens with them: a dialogue, whose
/// speakers are seen from the turns, or one quotation closed too early.
fn is_exchange(draft: &Draft, run: Place) -> bool {
    let content = draft.tree.blocks[run.block].block.content;
    let before = stray::last_body(draft, run.block).filter(|_| content.start() == run.span.start());
    let follows = before.is_some_and(|before| {
        let end = draft.tree.blocks[before].block.content.end();
        let last = draft.story.quotes_of(before).last();
        last.is_some_and(|last| last.place.span.end() == end && is_closed_speech(draft, last))
    });
    follows || content.end() == run.span.end() && turns_follow(draft, run)
}

/// Whether paragraphs that open with quoted words follow, and one of them asks or names who speaks.
fn turns_follow(draft: &Draft, run: Place) -> bool {
    let asks = |place: Place| draft.words(place).contains('?');
    let mut has_asked = asks(run);
    let mut block = run.block;
    for turn in 0..3 {
        let Some(next) = stray::next_body(draft, block) else {
            return false;
        };
        let opens = draft.tree.blocks[next].block.content.start();
        let first = draft.story.quotes_of(next).first();
        let first = first.filter(|first| first.place.span.start() == opens);
        let Some(first) = first.filter(|first| is_closed_speech(draft, first)) else {
            return false;
        };
        if first.binding.is_some() {
            return turn > 0;
        }
        has_asked |= asks(first.place);
        if has_asked {
            return true;
        }
        block = next;
    }
    false
}

/// Whether a quotation is a sentence of its own, with both its marks.
fn is_closed_speech(draft: &Draft, spoken: &SpokenQuote) -> bool {
    let quote = &draft.prose[spoken.place.block].quotes[spoken.index];
    quote.kind == QuoteKind::Full && !quote.is_open
}

/// `“ORTIZ: They were paid for …”`: the speaker is named within, as transcripts do.
fn opens_with_label(quotation: &str) -> bool {
    let words = quotation.trim_start_matches(['“', '”', '"', '‘', '’', '«']);
    let is_capital = |c: char| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '’' | '\'');
    words.split_once(':').is_some_and(|(label, said)| {
        label.len() <= 40
            && label.starts_with(char::is_uppercase)
            && label.chars().all(is_capital)
            && said.starts_with(' ')
    })
}

/// A quotation set apart whose last line is a name: “It is a hole in the town. ⏎ Dana Ortiz, harbor board.”
fn is_signed_within(quotation: &str) -> bool {
    let Some((said, signed)) = quotation.trim_end().rsplit_once('\n') else {
        return false;
    };
    let mut words = signed.split_whitespace();
    let is_name =
        |word: Option<&str>| word.is_some_and(|word| word.starts_with(char::is_uppercase));
    said.trim_end().ends_with(['.', '?', '!', '…'])
        && is_name(words.next())
        && is_name(words.next())
        && signed.split_whitespace().count() <= 10
}
