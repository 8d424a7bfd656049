//! Quotations: which marks pair, which are apostrophes, and what kind of quotation each is.

use crate::reading::QuoteStyle;
use crate::text::span::Span;
use crate::text::words::lower;
use crate::words::Classes;

use super::sentence::sentence_at;
use super::{Form, Quote, QuoteKind, Sentence, Unbalanced, Word};

/// The quotations of a block, and the marks without a partner. Marks `words` that lie between quotation marks.
pub fn quotes(
    text: &str,
    words: &mut [Word],
    sentences: &[Sentence],
    style: QuoteStyle,
) -> (Vec<Quote>, Vec<Unbalanced>) {
    let mut pairs = pair(text, words, style == QuoteStyle::Single);
    pairs.found.sort_unstable_by_key(|pair| pair.open);
    for pair in &pairs.found {
        for word in &mut words[pair.open + 1..pair.end] {
            word.is_quoted = true;
        }
    }
    let quotes = pairs
        .found
        .iter()
        .map(|pair| quote(text, words, sentences, pair))
        .collect();
    (quotes, pairs.unbalanced)
}

/// Two marks that belong together, as indices of words; no closing mark where the quotation runs on.
struct Pair {
    open: usize,
    close: Option<usize>,
    end: usize,
    depth: u8,
}

#[derive(Default)]
struct Pairs {
    found: Vec<Pair>,
    unbalanced: Vec<Unbalanced>,
}

fn pair(text: &str, words: &[Word], single_first: bool) -> Pairs {
    let mut pairs = Pairs::default();
    let mut outer: Option<usize> = None;
    let mut inner: Option<usize> = None;
    // Of one kind inside each other, where the marks show it.
    let mut nested: Option<usize> = None;
    for (at, word) in words.iter().enumerate() {
        if word.form != Form::Mark {
            continue;
        }
        let sign = word.span.of(text);
        if !is_quotation_mark(sign) {
            continue;
        }
        let Some(mark) = read_mark(
            text,
            words,
            at,
            sign,
            outer.map(|open| words[open].span.of(text)),
        ) else {
            continue;
        };
        // Curly marks inside straight ones that close again are a quotation inside a quotation.
        let is_inside = outer.is_some_and(|open| words[open].span.of(text) == "\"")
            && match words[at].span.of(text) {
                "“" => words[at + 1..]
                    .iter()
                    .any(|word| word.span.of(text) == "\""),
                "”" => inner.is_some(),
                _ => false,
            };
        let is_outer = mark.is_single == single_first && !is_inside;
        match (is_outer, mark.side) {
            (true, Side::Opens)
                if !mark.is_single
                    && nested.is_none()
                    && outer.is_some()
                    && nests(text, words, at) =>
            {
                nested = Some(at);
            }
            (true, Side::Closes) if nested.is_some() => {
                let open = nested.take().unwrap_or(at);
                pairs.found.push(Pair {
                    open,
                    close: Some(at),
                    end: at,
                    depth: 1,
                });
            }
            (true, Side::Opens) => {
                if mark.is_single
                    && !has_single_close(text, words, at)
                    && !opens_speech(text, words, at)
                {
                    continue;
                }
                if let Some(before) = outer.replace(at) {
                    pairs.unbalanced.push(Unbalanced {
                        span: words[before].span,
                        is_opener: true,
                    });
                }
                inner = None;
            }
            (true, Side::Closes) => match outer {
                Some(open)
                    if mark.is_single
                        && (!closes_single(text, words, open, at)
                            || owns_next(text, words, open, at)) => {}
                Some(open) => {
                    outer = None;
                    inner = None;
                    pairs.found.push(Pair {
                        open,
                        close: Some(at),
                        end: at,
                        depth: 0,
                    });
                }
                None if mark.is_single && !follows_stop(text, words, at) => {}
                None => pairs.unbalanced.push(Unbalanced {
                    span: words[at].span,
                    is_opener: false,
                }),
            },
            (false, Side::Opens) => {
                if !mark.is_single || has_single_close(text, words, at) {
                    inner = Some(at);
                }
            }
            (false, Side::Closes) => {
                let Some(open) = inner else { continue };
                if mark.is_single && !closes_single(text, words, open, at) {
                    continue;
                }
                pairs.found.push(Pair {
                    open,
                    close: Some(at),
                    end: at,
                    depth: u8::from(outer.is_some()),
                });
                inner = None;
            }
        }
    }
    if let Some(open) = outer {
        pairs.found.push(Pair {
            open,
            close: None,
            end: words.len(),
            depth: 0,
        });
    }
    pairs
}

/// `"He said "no" to me," she said.`: whether a double mark that opens inside another is closed, and the other behind it,
/// before any opens anew. Behind a stop the close before it was lost.
fn nests(text: &str, words: &[Word], at: usize) -> bool {
    let is_stop = |at: usize| matches!(words[at].span.of(text), "." | "?" | "!" | ",");
    let sign = words[at].span.of(text);
    if at == 0 || !matches!(sign, "“" | "\"") || is_stop(at - 1) {
        return false;
    }
    let mut closes = 0;
    for later in at + 1..words.len() {
        if !matches!(words[later].span.of(text), "“" | "”" | "\"") {
            continue;
        }
        match read_mark(text, words, later, words[later].span.of(text), Some(sign)) {
            Some(Mark {
                side: Side::Closes, ..
            }) if closes == 0 => closes = 1,
            Some(Mark {
                side: Side::Closes, ..
            }) => return true,
            Some(_) => return false,
            None => {}
        }
    }
    false
}

enum Side {
    Opens,
    Closes,
}

struct Mark {
    is_single: bool,
    side: Side,
}

fn is_quotation_mark(sign: &str) -> bool {
    matches!(sign, "„" | "«" | "»" | "“" | "”" | "\"" | "‘" | "’" | "'")
}

/// What the sign at `at` does; None for apostrophes, inch marks and signs that are no quotation marks.
fn read_mark(
    text: &str,
    words: &[Word],
    at: usize,
    sign: &str,
    open: Option<&str>,
) -> Option<Mark> {
    if !is_quotation_mark(sign) {
        return None;
    }
    let before = text[..words[at].span.start()].chars().next_back();
    let after = text[words[at].span.end()..].chars().next();
    let is_space_before = |c: char| {
        let is_sign = matches!(
            c,
            '(' | '[' | '{' | '—' | '–' | '-' | '/' | '“' | '‘' | '"' | '\'' | '*' | '_' | '>'
        );
        is_sign || c.is_whitespace()
    };
    let is_space_after = |c: char| {
        let is_sign = matches!(
            c,
            ')' | ']'
                | '}'
                | '—'
                | '–'
                | '-'
                | '/'
                | '”'
                | '’'
                | '"'
                | '\''
                | '.'
                | ','
                | ';'
                | ':'
                | '!'
                | '?'
                | '*'
                | '_'
                | '…'
        );
        is_sign || c.is_whitespace()
    };
    let space_before = before.is_none_or(is_space_before);
    let space_after = after.is_none_or(is_space_after);
    let mark = |is_single: bool, side: Side| Some(Mark { is_single, side });
    match sign {
        "„" | "«" => mark(false, Side::Opens),
        "»" => mark(false, Side::Closes),
        "“" if open == Some("„") => mark(false, Side::Closes),
        "“" => mark(false, Side::Opens),
        "”" | "\"" if is_inch(text, words, at, open) => None,
        "”" => mark(false, Side::Closes),
        "\"" => {
            let opens = match (space_before, space_after) {
                (true, false) => true,
                (false, true) => false,
                _ => open.is_none(),
            };
            mark(false, if opens { Side::Opens } else { Side::Closes })
        }
        "‘" => (!is_elision(text, words, at)).then_some(Mark {
            is_single: true,
            side: Side::Opens,
        }),
        "’" | "'" => {
            let is_digit = |c: char| c.is_ascii_digit();
            let is_feet = before.is_some_and(is_digit)
                && text[words[at].span.end()..]
                    .trim_start()
                    .starts_with(is_digit);
            if is_feet || is_elision(text, words, at) {
                return None;
            }
            if sign == "'" && space_before && !space_after {
                return mark(true, Side::Opens);
            }
            (!before.is_none_or(char::is_whitespace) && after.is_none_or(|c| !c.is_alphanumeric()))
                .then_some(Mark {
                    is_single: true,
                    side: Side::Closes,
                })
        }
        _ => None,
    }
}

/// `6’4”`, `a 12" pipe`: a mark behind a figure that measures. Inside a quotation it does so where the next mark closes too.
fn is_inch(text: &str, words: &[Word], at: usize, open: Option<&str>) -> bool {
    let before = &text[..words[at].span.start()];
    let rest = before.trim_end_matches(|c: char| c.is_ascii_digit());
    // A year is no measure.
    if !(1..=3).contains(&(before.len() - rest.len())) {
        return open.is_none() && rest.len() < before.len() && words[at].span.of(text) == "\"";
    }
    let feet = rest.trim_end_matches(' ').strip_suffix(['\'', '’', '′']);
    let has_feet = feet.is_some_and(|feet| feet.ends_with(|c: char| c.is_ascii_digit()));
    let measures = has_feet
        || words.get(at + 1).is_some_and(|next| {
            next.form == Form::Lower && next.span.start() > words[at].span.end()
        });
    if open.is_none() {
        return measures || words[at].span.of(text) == "\"";
    }
    let mut marks = words[at + 1..].iter();
    let next = marks.find(|word| matches!(word.span.of(text), "“" | "”" | "\""));
    measures
        && next.is_some_and(|next| {
            let before = text[..next.span.start()].chars().next_back();
            let after = text[next.span.end()..].chars().next();
            next.span.of(text) != "“"
                && before.is_some_and(|c| !c.is_whitespace() && !"([—–-=".contains(c))
                && after.is_none_or(|c| !c.is_alphanumeric())
        })
}

/// `’90s`, `’til`, `’em`, `’n’`, also where the keyboard turned the mark round: a mark that stands for what is left out.
fn is_elision(text: &str, words: &[Word], at: usize) -> bool {
    let Some(next) = words
        .get(at + 1)
        .filter(|next| next.span.start() == words[at].span.end())
    else {
        let before = at.checked_sub(1).map(|index| words[index].span.of(text));
        return matches!(before, Some("n" | "N"));
    };
    let word = lower(next.span.of(text));
    let decade =
        word.ends_with('s') && word.len() == 3 && word[..2].bytes().all(|b| b.is_ascii_digit());
    decade
        || matches!(
            &*word,
            "til" | "em" | "cause" | "n" | "tis" | "twas" | "cos" | "bout" | "round" | "nuff"
        )
}

/// Whether a single mark that opens at `open` has a partner before the block's end.
fn has_single_close(text: &str, words: &[Word], open: usize) -> bool {
    (open + 2..words.len()).any(|at| is_single_closer(text, words, at))
}

/// `Ruiz said: ‘We waited.`: a single mark that opens speech in the place of a sentence, though nothing closes it here.
fn opens_speech(text: &str, words: &[Word], open: usize) -> bool {
    let follows = open
        .checked_sub(1)
        .is_none_or(|before| matches!(words[before].span.of(text), "." | "?" | "!" | ":" | ","));
    let is_capital = words
        .get(open + 1)
        .is_some_and(|next| matches!(next.form, Form::Capital | Form::Caps));
    follows && is_capital && words.len() - open > 5
}

/// `Nobody came to us.’`: no apostrophe stands behind a stop. Straight ones may be half of a double mark.
fn follows_stop(text: &str, words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).filter(|_| words[at].span.of(text) == "’");
    before.is_some_and(|before| {
        words[before].span.end() == words[at].span.start()
            && matches!(words[before].span.of(text), "." | "," | "?" | "!" | "…")
    })
}

/// `‘They told us the workers’ road was open`: the plural in a sentence owns the noun behind it, and nothing is closed.
fn owns_next(text: &str, words: &[Word], open: usize, at: usize) -> bool {
    let is_plural = text[..words[at].span.start()].ends_with(['s', 'S']);
    let is_noun = words
        .get(at + 1)
        .is_some_and(|next| next.form == Form::Lower && next.tag.is_nominal());
    is_plural && is_noun && at > open + 4 && opens_speech(text, words, open)
}

fn is_single_closer(text: &str, words: &[Word], at: usize) -> bool {
    matches!(words[at].span.of(text), "’" | "'")
        && matches!(
            read_mark(text, words, at, words[at].span.of(text), None),
            Some(Mark {
                is_single: true,
                side: Side::Closes
            })
        )
}

/// Whether the single mark at `at` closes the quotation opened at `open`, and is not a plural's possessive.
fn closes_single(text: &str, words: &[Word], open: usize, at: usize) -> bool {
    let before = text[..words[at].span.start()].chars().next_back();
    let next_is_word = words
        .get(at + 1)
        .is_some_and(|next| next.form == Form::Lower && next.span.start() > words[at].span.end());
    let may_be_possessive = before.is_some_and(|c| c == 's' || c == 'S') && next_is_word;
    if !may_be_possessive {
        return true;
    }
    // "the workers’ hostel’": a later closer before the next opener makes this one a possessive.
    !(at + 1..words.len())
        .take_while(|&later| !matches!(words[later].span.of(text), "‘" | "“" | "”"))
        .any(|later| is_single_closer(text, words, later))
        || at == open
}

fn quote(text: &str, words: &[Word], sentences: &[Sentence], pair: &Pair) -> Quote {
    let start = words[pair.open].span;
    let end = pair
        .close
        .map_or(words.last().map_or(start, |word| word.span), |close| {
            words[close].span
        });
    let inner_words = &words[pair.open + 1..pair.end];
    let inner = match (inner_words.first(), inner_words.last()) {
        (Some(first), Some(last)) => first.span.cover(last.span),
        _ => Span::at(start.end()),
    };
    let word_count = inner_words
        .iter()
        .filter(|word| word.form != Form::Mark)
        .count();
    Quote {
        span: start.cover(end),
        inner,
        kind: kind(text, words, pair, word_count),
        word_count,
        depth: pair.depth,
        sentence: sentence_at(sentences, start.start()),
        is_open: pair.close.is_none(),
    }
}

fn kind(text: &str, words: &[Word], pair: &Pair, word_count: usize) -> QuoteKind {
    let inner = &words[pair.open + 1..pair.end];
    let Some(first) = inner.iter().find(|word| word.form != Form::Mark) else {
        return QuoteKind::Term;
    };
    if is_nickname(text, words, pair, word_count) {
        return QuoteKind::Nickname;
    }
    let last = inner.last().map_or("", |word| word.span.of(text));
    let ends_as_speech = matches!(last, "." | "," | "?" | "!" | "…" | "—");
    let is_titled = inner
        .iter()
        .filter(|word| matches!(word.form, Form::Lower))
        .all(|word| word.classes.has(SMALL))
        && inner.iter().any(|word| word.form == Form::Capital);
    let before = words[..pair.open]
        .iter()
        .rev()
        .take_while(|word| !matches!(word.span.of(text), "." | "?" | "!" | "”"));
    let after_work = before
        .clone()
        .take(4)
        .any(|word| word.classes.has(Classes::WORK) && !word.is_quoted);
    let inscription = before.take(3).any(|word| {
        matches!(
            word.span.of(text),
            "motto" | "slogan" | "sign" | "banner" | "chant" | "hashtag" | "signs" | "banners"
        )
    });
    let may_title = is_titled || word_count <= 6 && first.form != Form::Lower;
    if (after_work && may_title) || (inscription && word_count <= 12) {
        return QuoteKind::Title;
    }
    if word_count <= 3 && !ends_as_speech {
        return QuoteKind::Term;
    }
    if is_titled
        && (2..=8).contains(&word_count)
        && !matches!(last, "." | "?" | "!")
        && !starts_sentence(text, words, pair.open)
        && last != ","
    {
        return QuoteKind::Title;
    }
    if first.form == Form::Lower {
        QuoteKind::Partial
    } else {
        QuoteKind::Full
    }
}

const SMALL: Classes = Classes::PREPOSITION
    .or(Classes::DETERMINER)
    .or(Classes::CONJUNCTION)
    .or(Classes::BE)
    .or(Classes::CLAUSE);

fn starts_sentence(text: &str, words: &[Word], open: usize) -> bool {
    open == 0
        || matches!(
            words[open - 1].span.of(text),
            "." | "?" | "!" | "”" | ":" | ","
        )
}

/// `William “Bill” Dean`; `known as “Shorty.”`
fn is_nickname(text: &str, words: &[Word], pair: &Pair, word_count: usize) -> bool {
    if word_count == 0 || word_count > 3 {
        return false;
    }
    let before = pair.open.checked_sub(1).map(|at| &words[at]);
    let after = pair.close.and_then(|close| words.get(close + 1));
    let between_names = before
        .is_some_and(|word| word.form == Form::Capital && !word.classes.has(Classes::STARTER))
        && after.is_some_and(|word| word.form == Form::Capital);
    let capital = words[pair.open + 1..pair.end]
        .iter()
        .any(|word| matches!(word.form, Form::Capital | Form::Caps));
    let named = capital
        && words[..pair.open].iter().rev().take(3).any(|word| {
            matches!(
                word.span.of(text),
                "nicknamed" | "known" | "by" | "dubbed" | "alias"
            )
        })
        && words[..pair.open].iter().rev().take(2).any(|word| {
            matches!(
                word.span.of(text),
                "as" | "name" | "nicknamed" | "dubbed" | "alias" | "by"
            )
        });
    // "Ortiz said Dana Ruiz “sold out.” Hana Kim laughed": a name has a capital.
    between_names && capital || named
}
