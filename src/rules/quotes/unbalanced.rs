//! A quotation mark without its partner.

use super::stray;
use crate::draft::Draft;
use crate::finding::{Finding, Fix, Severity};
use crate::prose::{Form, Word};
use crate::rule::{Check, Holds, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::Place;
use crate::story::outline::Label;
use crate::text::edit::Edit;
use crate::text::span::Span;
use crate::words::Classes;

/// A quotation mark without its partner.
pub const RULE: Rule = Rule {
    name: "quote-unbalanced",
    topic: "quote",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "An opening mark with no close, or a closing mark with no opening.",
    why: "A lost mark turns the reporter’s words into the speaker’s, or the other way round, and nobody sees it in the proof.",
    fires: &["
She said “it was never about money. He left soon after.
         ^ error quote-unbalanced: “ opens and nothing closes it in this paragraph.
", "
“We have boats on the river and two helicopters in the air, rescue coordinator Emil Strake said. He asked drivers to stay away.
^ error quote-unbalanced: “ opens and nothing closes it in this paragraph.
", "
Dana Ortiz was cross. It was never about money,” she said.
                                               ^ error quote-unbalanced: ” closes and nothing opened it in this paragraph.
", r#"
Dana Ortiz said "it was never about money. He left soon after.
                ^ error quote-unbalanced: " opens and nothing closes it in this paragraph.
"#, "
“We did nothing wrong, Ann Lowe, the owner, said. “We never will.”
^ error quote-unbalanced: “ opens and nothing closes it in this paragraph.
", "
“We did nothing wrong, said Ann Lowe, the owner.
^ error quote-unbalanced: “ opens and nothing closes it in this paragraph.
", "
““We did nothing wrong at all,” said Ann Lowe, the owner.
^ error quote-unbalanced: “ opens and nothing closes it in this paragraph.
", "
“We did nothing wrong at all,”” said Ann Lowe, the owner.
                              ^ error quote-unbalanced: ” closes and nothing opened it in this paragraph.
", "
‘We did nothing wrong, Ann Lowe, the owner, said. ‘We never will,’ she said. ‘That is all.’
^ error quote-unbalanced: ‘ opens and nothing closes it in this paragraph.
", "
‘We did nothing wrong,’ Ann Lowe, the owner, said. We never will.’
                                                                 ^ error quote-unbalanced: ’ closes and nothing opened it in this paragraph.
", "
‘We did nothing wrong,’ Ann Lowe, the owner, said.

Her lawyer, Rory Kemp, said: ‘She has said all that there is to say.
                             ^ error quote-unbalanced: ‘ opens and nothing closes it in this paragraph.

The inquest goes on.
", r#"
"We ran, Ann Lowe, the owner, said. "We fell in the dark," she said.
^ error quote-unbalanced: " opens and nothing closes it in this paragraph.
"#, "
The board called the claim “mostly false.“ It met again.
                                         ^ hint quote-unbalanced: “ points the wrong way: ” was meant.
"],
    quiet: &[
        "Fritz’s ’90s files, rock ’n’ roll and the workers’ union fill the hall.",
        "The board is 6' 2\" long.",
        r#""He's 6'4" and runs like a deer," Bill Trask, the coach, said. "That's rare.""#,
        "“He’s 6’4” and runs like a deer,” Bill Trask, the coach, said. “That’s rare.”",
        "Bill Trask, who is 6’4”, laid a 12” pipe.",
        r#"Bill Trask called it "the flood of 98" and she "the night of 12" or "the roof"."#,
        "“It began at noon,” Ames said. “We ran.\n\n“Then the roof went.”",
        "“It’ll be our” — she leaned in — “secret.”",
        "“He said, ‘Run,’ and we ran,” Ames said.",
        "‘We ran,’ Ames said. ‘It’s a scandal.\n\n‘The workers’ road wasn’t open. They called it “a mess”.\n\n‘Nobody’s said sorry.’",
        "'We ran,' Ames said. 'It's a scandal.\n\n'The workers' road wasn't open, and he is 6' 2\" tall.\n\n'Nobody's said sorry.'",
        "The crowd of the ‘90s met in the ‘Old Mill’, as did ‘Bama fans and the class of ‘16.",
        "Ames said the ’til was empty and the dogs’ bowls were full.",
        r#""He said "no" to me and left," Ann Lowe, the owner, said."#,
        "“I would rather live in what he calls “hell” than in a town of his,” Ames said.",
        "“It began at noon, and we ran. We ran to the river.\n\nThen the roof went,” Ames said.",
    ],
    options: &[],
    check: Check::Near(check),
};

fn check(draft: &Draft, block: usize, _holds: Holds, _scene: &Scene, found: &mut Vec<Finding>) {
    if draft.story.labels[block] != Label::Body {
        return;
    }
    let mut openers = draft.story.unclosed_in(block).to_vec();
    openers.sort_unstable();
    let is_ours = |opener: &Place| {
        !is_transcript(draft, *opener)
            && !is_no_mark(draft, *opener)
            && !nests(draft, *opener)
            && stray::closed_in_next(draft, *opener).is_none()
    };
    if let Some(first) = openers.iter().copied().find(is_ours) {
        let opener = turned_after(draft, first).unwrap_or(first);
        let mut finding = look::finding(
            &RULE,
            draft.span(opener),
            format!(
                "{} opens and nothing closes it in this paragraph.",
                draft.words(opener)
            ),
        );
        finding.fixes.extend(close(draft, opener));
        turn_round(draft, opener, &mut finding);
        found.push(finding);
    }
    let mut marks = draft.prose[block].unbalanced.iter();
    let Some(mark) = marks.find(|mark| !mark.is_opener) else {
        return;
    };
    let closer = Place {
        block,
        span: mark.span,
    };
    if openers.is_empty() && !stray::opened_before(draft, closer) && !is_no_mark(draft, closer) {
        let mut finding = look::finding(
            &RULE,
            draft.span(closer),
            format!(
                "{} closes and nothing opened it in this paragraph.",
                draft.words(closer)
            ),
        );
        finding.fixes = open(draft, closer);
        turn_round(draft, closer, &mut finding);
        found.push(finding);
    }
}

/// Half of a `''` typed for a double mark, whose inner marks cannot be told apart; a value in pasted page code: `author="`.
fn is_no_mark(draft: &Draft, mark: Place) -> bool {
    let text: &str = &draft.tree.blocks[mark.block].block.text;
    match draft.words(mark) {
        "'" => {
            text[..mark.span.start()].ends_with('\'') || text[mark.span.end()..].starts_with('\'')
        }
        "\"" => text.contains("=\""),
        _ => false,
    }
}

/// `"PENCE: Well, look`: a transcript that was pasted with one mark in front.
fn is_transcript(draft: &Draft, opener: Place) -> bool {
    let text: &str = &draft.tree.blocks[opener.block].block.text;
    let name: String = text[opener.span.end()..]
        .chars()
        .take_while(|c| c.is_uppercase())
        .collect();
    name.chars().count() >= 3 && text[opener.span.end() + name.len()..].starts_with(':')
}

/// `“what he calls “hell” is a lie.”`: marks of one kind inside each other, each closed. The inner ones should be single, but
/// none is lost.
fn nests(draft: &Draft, opener: Place) -> bool {
    let text: &str = &draft.tree.blocks[opener.block].block.text;
    let line = text[opener.span.start()..]
        .lines()
        .next()
        .unwrap_or_default();
    let mut depth = 0;
    let mut deepest = 0;
    for c in line.chars() {
        match c {
            '“' => depth += 1,
            '”' => depth -= 1,
            _ => continue,
        }
        deepest = deepest.max(depth);
        if depth <= 0 {
            break;
        }
    }
    draft.words(opener) == "“" && depth == 0 && deepest > 1
}

/// `“False.“`: of two marks that open, the second was meant to close.
fn turned_after(draft: &Draft, opener: Place) -> Option<Place> {
    let text: &str = &draft.tree.blocks[opener.block].block.text;
    let start = opener.span.end();
    let line = text[start..].lines().next().unwrap_or_default();
    let mut marks = line.match_indices(['“', '”']);
    let (at, mark) = marks.next()?;
    let second = Place {
        block: opener.block,
        span: Span::new(start + at, start + at + mark.len()),
    };
    points_wrong(draft, second).then_some(second)
}

/// Whether a curly mark points the wrong way.
fn points_wrong(draft: &Draft, mark: Place) -> bool {
    let text: &str = &draft.tree.blocks[mark.block].block.text;
    let before = text[..mark.span.start()].chars().next_back();
    let after = text[mark.span.end()..].chars().next();
    match draft.words(mark) {
        "”" => before.is_none_or(char::is_whitespace),
        "“" => {
            after.is_none_or(char::is_whitespace) && before.is_some_and(|c| !c.is_whitespace())
        }
        _ => false,
    }
}

/// A curly mark that points the wrong way is a slip of the keyboard, not a lost mark: `”Mr. Wren`, `“False.“`
fn turn_round(draft: &Draft, mark: Place, finding: &mut Finding) {
    let words = draft.words(mark);
    if let Some(other) = partner(words).filter(|_| points_wrong(draft, mark)) {
        finding.severity = Severity::Hint;
        finding.message = format!("{words} points the wrong way: {other} was meant.");
        finding.fixes = vec![Fix {
            title: "Turn the mark round".to_owned(),
            is_safe: true,
            edits: vec![Edit::replace(draft.span(mark), other)],
        }];
    }
}

/// Closes before the speaker; else at the end of the sentence, where nothing but the speaker’s own words can stand before it.
fn close(draft: &Draft, opener: Place) -> Option<Fix> {
    let prose = &draft.prose[opener.block];
    let block = &draft.tree.blocks[opener.block];
    let text: &str = &block.block.text;
    let sign = draft.words(opener);
    if text[opener.span.end()..].starts_with(sign) {
        return Some(delete(draft, opener));
    }
    let sentence = prose
        .sentences
        .iter()
        .find(|sentence| sentence.span.end() > opener.span.start())?;
    let words = &prose.words[sentence.words.clone()];
    let is_said = |word: &Word| word.classes.has(Classes::CUE_STRICT);
    let opens = words.partition_point(|word| word.span.start() < opener.span.end());
    let (before, inside) = words.split_at(opens);
    let has_cue = |words: &[Word]| words.iter().any(is_said);
    let is_last = sentence.span.end() >= block.block.content.end();
    let (title, at) = match before_speaker(text, inside) {
        Some(at) => ("Close the quotation before the speaker", at),
        None if has_cue(before) || is_last && !has_cue(inside) => (
            "Close the quotation at the end of the sentence",
            sentence.span.end(),
        ),
        None => return None,
    };
    Some(Fix {
        title: title.to_owned(),
        is_safe: false,
        edits: vec![Edit::insert(block.start + at, partner(sign)?)],
    })
}

/// Behind the comma that stands before a speaker: `…, coordinator Emil Strake said.`, `…, Ann Lowe, the mayor, said.`,
/// `…, said Ann Lowe`. None where the words there may be anything else.
fn before_speaker(text: &str, words: &[Word]) -> Option<usize> {
    let is = |at: usize, sign: &str| words.get(at).is_some_and(|word| word.span.of(text) == sign);
    let is_capital = |at: usize| matches!(words.get(at), Some(word) if matches!(word.form, Form::Capital | Form::Caps));
    let comma_before = |at: usize| (0..at).rev().take(9).find(|&comma| is(comma, ","));
    let cues = (1..words.len()).filter(|&at| words[at].classes.has(Classes::CUE_STRICT));
    for cue in cues {
        let is_inverted = is(cue - 1, ",")
            && words[cue].tag.is_finite()
            && (is_capital(cue + 1) || is(cue + 1, "the"));
        if is_inverted {
            return Some(words[cue - 1].span.end());
        }
        if !is(cue + 1, ".") && !is(cue + 1, ",") {
            continue;
        }
        let is_apposition = is(cue - 1, ",");
        let name_end = if is_apposition {
            comma_before(cue - 1)?
        } else {
            cue
        };
        let comma = comma_before(name_end)?;
        let named = &words[comma + 1..name_end];
        let is_alone = named.len() == 1 && named[0].classes.has(Classes::PERSONAL);
        let is_described = named
            .first()
            .is_some_and(|word| word.classes.has(Classes::DETERMINER));
        let has_verb = named
            .iter()
            .any(|word| word.form == Form::Lower && word.tag.is_finite());
        let is_name = !named.is_empty() && is_capital(name_end - 1);
        let is_speaker = is_alone || !has_verb && (is_name || is_described && !is_apposition);
        return is_speaker.then(|| words[comma].span.end());
    }
    None
}

/// Opens at the start of the sentence, where no words of the reporter’s stand before the mark.
fn open(draft: &Draft, closer: Place) -> Vec<Fix> {
    let prose = &draft.prose[closer.block];
    let text: &str = &draft.tree.blocks[closer.block].block.text;
    let sign = draft.words(closer);
    let sentence = prose
        .sentences
        .iter()
        .rev()
        .find(|sentence| sentence.span.start() < closer.span.start());
    let is_doubled = text[..closer.span.start()].ends_with(sign);
    let mut fixes = Vec::new();
    if let Some((sentence, mark)) = sentence.zip(partner(sign)).filter(|_| !is_doubled) {
        let is_the_reporters = prose.words[sentence.words.clone()]
            .iter()
            .take_while(|word| word.span.start() < closer.span.start())
            .any(|word| word.is_quoted || word.classes.has(Classes::CUE_STRICT));
        if !is_the_reporters {
            let at = draft.tree.blocks[closer.block].start + sentence.span.start();
            fixes.push(Fix {
                title: "Open the quotation at the start of the sentence".to_owned(),
                is_safe: false,
                edits: vec![Edit::insert(at, mark)],
            });
        }
    }
    fixes.push(delete(draft, closer));
    fixes
}

fn delete(draft: &Draft, mark: Place) -> Fix {
    Fix {
        title: "Delete the mark".to_owned(),
        is_safe: false,
        edits: vec![Edit::delete(draft.span(mark))],
    }
}

fn partner(mark: &str) -> Option<&'static str> {
    Some(match mark {
        "“" => "”",
        "”" => "“",
        "\"" => "\"",
        "‘" => "’",
        "’" => "‘",
        "'" => "'",
        "«" => "»",
        "»" => "«",
        _ => return None,
    })
}
