//! What was to be filled in later, still there.

use std::sync::LazyLock;

use memchr::{memchr2, memchr3_iter};

use crate::finding::{Finding, Fix, Severity};
use crate::prose::vocabulary::{Key, Vocabulary};
use crate::rule::{BlockView, Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::syntax::tree::{Inline, InlineKind, ProblemKind, Shape};
use crate::text::edit::Edit;
use crate::text::span::Span;

/// What was to be filled in later, still there.
pub const RULE: Rule = Rule {
    name: "placeholder-left",
    topic: "markup",
    severity: Some(Severity::Error),
    is_unfinished: true,
    summary: "TK, XXX, (CQ), TBC, ?? and their kin, left in the copy.",
    why: "TK is made to be found before print, and every newsroom has a page on which it was not. While the status is draft it is \
          only a hint, so that the list of what is open can be read.",
    fires: &[
        "
At least TK houses were damaged, the county said.
         ^^ error placeholder-left: Placeholder “TK” left in the copy: fill it in.
",
        "
Ingrid Solheim, [TK: age], lives half a mile from the pit.
                ^^^^^^^^^ error placeholder-left: Placeholder “[TK: age]” left in the copy: fill it in.
",
        "
The pier was built by Osric Vahn (CQ) and opened by his niece, Mabel Aske (sp?).
                                 ^^^^ error placeholder-left: Placeholder “(CQ)” left in the copy: fill it in.
                                                                          ^^^^^ error placeholder-left: Placeholder “(sp?)” left in the copy: fill it in.
",
        "
The repair will cost $X million and take XX percent of the budget. The vote is TBC.
                     ^^ error placeholder-left: Placeholder “$X” left in the copy: fill it in.
                                         ^^ error placeholder-left: Placeholder “XX” left in the copy: fill it in.
                                                                               ^^^ error placeholder-left: Placeholder “TBC” left in the copy: fill it in.
",
        "
The repair will cost $TK million this year and £TKm in the next, the board said.
                     ^^^ error placeholder-left: Placeholder “$TK” left in the copy: fill it in.
                                               ^^^^ error placeholder-left: Placeholder “£TKm” left in the copy: fill it in.
",
        "
The board closed the pier on XXX, after a storm. It had been shut up to XX times a year.
                             ^^^ error placeholder-left: Placeholder “XXX” left in the copy: fill it in.
                                                                        ^^ error placeholder-left: Placeholder “XX” left in the copy: fill it in.
",
        "
The notice is [on the gate](). Why was it closed??
              ^^^^^^^^^^^^^^^ error placeholder-left: Placeholder “[on the gate]()” left in the copy: fill it in.
                                                ^^ error placeholder-left: Placeholder “??” left in the copy: fill it in.
",
        "
Headline: Board closes TK piers
                       ^^ error placeholder-left: Placeholder “TK” left in the copy: fill it in.

The board closed the pier.
",
        "
(FIRST NAME) Ortiz, who leads the board [CHECK], signed it. [quote to come]
^^^^^^^^^^^^ error placeholder-left: Placeholder “(FIRST NAME)” left in the copy: fill it in.
                                        ^^^^^^^ error placeholder-left: Placeholder “[CHECK]” left in the copy: fill it in.
                                                            ^^^^^^^^^^^^^^^ error placeholder-left: Placeholder “[quote to come]” left in the copy: fill it in.
",
    ],
    quiet: &[
        "The shop, a TK Maxx, closed in May. The fight ended in a TKO.",
        "Super Bowl XXX was played in Arizona, and women have two X chromosomes, written XX.",
        "The study looked at XX chromosomes and at coins of the XX century.",
        "The board met. <!-- TK: ask why -->",
        "“The date is TBC,” Dana Ortiz said.",
        "Did the board know?! Nobody said.",
        "The name is right. [CQ MS 2026-03-01]",
        "The board closed the pier.\n\n###\n\nTK: call the board again, ask about XXX.",
        "He printed \\TK on the card.",
        "The letters CQ stood on the card, for CQ Roll Call.",
    ],
    options: &[],
    check: Check::Block(check),
};

fn check(view: &BlockView, _scene: &Scene, found: &mut Vec<Finding>) {
    let text = look::text(view);
    let mut spans: Vec<Span> = Vec::new();
    if let Shape::Header(header) = &view.placed.block.shape {
        for field in &header.fields {
            if holds_pair(field.value.of(text).as_bytes(), [*b"TK", *b"XX"]) {
                spans.extend(words_of(text, field.value, is_todo));
            }
        }
    } else if view.label != Label::NotCopy {
        let block = &view.placed.block;
        let marks = block.inlines.iter().filter(|inline| is_open(inline));
        spans.extend(marks.map(|inline| inline.span));
        let empty = block.problems.iter().filter(|problem| {
            matches!(
                problem.kind,
                ProblemKind::EmptyLink | ProblemKind::EmptyMark
            )
        });
        spans.extend(empty.map(|problem| problem.span));
        let is_copy = |span: &Span| {
            let hidden = block.hidden.iter().any(|hidden| hidden.overlaps(*span));
            let opaque = block
                .inlines
                .iter()
                .any(|inline| is_opaque(inline) && inline.span.overlaps(*span));
            !hidden && !opaque
        };
        let is_quoted = |span: &Span| {
            view.prose
                .quotes
                .iter()
                .any(|quote| quote.span.covers(*span))
        };
        let signs = Signs::of(block.content.of(text).as_bytes(), &view.prose.vocabulary);
        if signs.of_phrases {
            spans.extend(phrases(text, block.content).into_iter().filter(is_copy));
        }
        if signs.of_words {
            let loose = loose(text, block.content).into_iter();
            spans.extend(loose.filter(|span| is_copy(span) && !is_quoted(span)));
        }
    }
    spans.sort_unstable();
    spans.dedup();
    for span in spans {
        found.push(finding(view, span));
    }
}

fn finding(view: &BlockView, span: Span) -> Finding {
    let words = span.of(look::text(view));
    let message = format!(
        "Placeholder “{}” left in the copy: fill it in.",
        look::shown(words)
    );
    let place = view.placed.place(span);
    let mut finding = look::finding(&RULE, place, message);
    if words.eq_ignore_ascii_case("(cq)") {
        finding.fixes.push(Fix {
            title: "Make it a mark: [CQ]".to_owned(),
            is_safe: true,
            edits: vec![Edit::replace(place, "[CQ]")],
        });
    }
    finding
}

fn is_open(inline: &Inline) -> bool {
    matches!(inline.kind, InlineKind::Todo(_) | InlineKind::TodoWord)
}

/// Nothing inside is copy of its own.
fn is_opaque(inline: &Inline) -> bool {
    matches!(
        inline.kind,
        InlineKind::Url | InlineKind::Email | InlineKind::Escape
    ) || is_open(inline)
}

/// `TK` and `TKTK` as words of their own.
fn is_todo(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    matches!(word, "TK" | "TKTK" | "TKTKTK" | "XXX")
}

/// Notes in brackets, which are placeholders wherever they stand.
fn phrases(text: &str, within: Span) -> Vec<Span> {
    const PHRASES: &[&str] = &[
        "(cq)",
        "(sp?)",
        "(sp.?)",
        "(sp ?)",
        "(ck)",
        "(first name)",
        "(last name)",
        "[check]",
        "[name]",
        "[quote to come]",
        "[more to come]",
    ];
    const FILLER: &[&str] = &["lorem ipsum"];
    let mut found = Vec::new();
    let letters = within.of(text).as_bytes();
    let begins = |at: usize, phrase: &str| {
        let here = letters.get(at..at + phrase.len());
        here.is_some_and(|here| here.eq_ignore_ascii_case(phrase.as_bytes()))
    };
    static BEGINS: [bool; 256] = {
        let mut begins = [false; 256];
        begins[b'(' as usize] = true;
        begins[b'[' as usize] = true;
        begins[b'l' as usize] = true;
        begins[b'L' as usize] = true;
        begins
    };
    let mut from = 0;
    let may_begin = |letter: &u8| BEGINS[usize::from(*letter)];
    while let Some(at) = letters[from..].iter().position(may_begin) {
        let at = from + at;
        let phrases = match letters[at] {
            b'(' | b'[' => PHRASES,
            _ => FILLER,
        };
        let here = phrases.iter().filter(|phrase| begins(at, phrase));
        let span = |phrase: &&str| Span::new(at, at + phrase.len()).shift(within.start());
        found.extend(here.map(span));
        from = at + 1;
    }
    found
}

/// Words that are placeholders unless somebody is quoted saying them.
fn loose(text: &str, within: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let words = words_of(text, within, |_| true);
    for (at, span) in words.iter().enumerate() {
        let word = span.of(text);
        let before = at
            .checked_sub(1)
            .map_or("", |before| words[before].of(text));
        let after = words.get(at + 1).map_or("", |after| after.of(text));
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_x = bare.len() >= 2 && bare.bytes().all(|b| b == b'X');
        let is_roman = before.starts_with(char::is_uppercase)
            || after.starts_with(char::is_uppercase)
            || after == "century";
        let hit = match bare {
            "TBC" => true,
            "TODO" => !after.starts_with("list"),
            "X" | "XX" | "XXX" if word.starts_with('$') || word.ends_with("X%") => true,
            // "$TK million", "£TKm": behind the sign of a currency it is no mark of the format.
            "TK" | "TKTK" if word.starts_with('$') => true,
            "TKm" | "TKbn" | "TKk" if word.starts_with(['$', '£', '€', '¥']) => true,
            _ if is_x && after.starts_with("percent") => true,
            // "up to XX times": between small letters it stands for a number.
            "XX" => {
                let is_small = |word: &str| word.starts_with(char::is_lowercase);
                is_small(before)
                    && is_small(after)
                    && !after.starts_with("chromosome")
                    && !after.starts_with("centur")
            }
            _ => is_x && bare.len() >= 3 && !is_roman,
        };
        if hit {
            let at = word.find(bare).unwrap_or(0);
            let sign = word[..at].chars().next_back();
            let sign = sign.filter(|sign| matches!(sign, '$' | '£' | '€' | '¥'));
            let start = span.start() + at - sign.map_or(0, char::len_utf8);
            found.push(Span::new(start, span.start() + at + bare.len()));
        }
        let trimmed = word.trim_end_matches('?');
        if word.len() - trimmed.len() >= 2 {
            found.push(Span::new(span.start() + trimmed.len(), span.end()));
        }
    }
    found
}

/// What tells that a placeholder may stand in some copy.
struct Signs {
    /// A bracket that opens, or a word of `lorem ipsum`.
    of_phrases: bool,
    /// An X, two question marks, or the first two letters of another of the words.
    of_words: bool,
}

impl Signs {
    fn of(copy: &[u8], vocabulary: &Vocabulary) -> Signs {
        static IPSUM: LazyLock<Key> = LazyLock::new(|| Key::of("ipsum"));
        let has_filler = vocabulary.may_have(*IPSUM);
        let begins_word = |at: usize| match copy[at] {
            b'T' => matches!(copy.get(at + 1), Some(b'B' | b'O' | b'K')),
            b'?' => copy.get(at + 1) == Some(&b'?'),
            _ => true,
        };
        Signs {
            of_phrases: has_filler || memchr2(b'(', b'[', copy).is_some(),
            of_words: memchr3_iter(b'X', b'T', b'?', copy).any(begins_word),
        }
    }
}

/// Whether one of some pairs of letters stands in some copy.
fn holds_pair<const COUNT: usize>(copy: &[u8], pairs: [[u8; 2]; COUNT]) -> bool {
    copy.windows(2).any(|two| pairs.contains(&[two[0], two[1]]))
}

/// The words between white space that fit.
fn words_of(text: &str, within: Span, fits: impl Fn(&str) -> bool) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = within.start();
    for word in within.of(text).split(char::is_whitespace) {
        if !word.is_empty() && fits(word) {
            found.push(Span::new(at, at + word.len()));
        }
        at += word.len()
            + text[at + word.len()..]
                .chars()
                .next()
                .map_or(0, char::len_utf8);
    }
    found
}
