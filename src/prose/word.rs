//! Words, numbers and marks of punctuation that print.

use crate::reading::{HouseWords, Purpose};
use crate::syntax::tree::{Block, InlineKind};
use crate::text::span::Span;
use crate::words::{self, Capitals, Classes, Cues};

use super::phrase;
use super::vocabulary::Vocabulary;
use super::{Form, Room, Word};

/// Puts the words of a block into `room` in order, without what is hidden; tells which words may stand in its text, hidden
/// ones too, if all is asked of it.
pub fn words(block: &Block, room: &mut Room, purpose: Purpose) -> Vocabulary {
    let text: &str = &block.text;
    let opaque: Vec<Span> = block
        .inlines
        .iter()
        .filter(|inline| matches!(inline.kind, InlineKind::Url | InlineKind::Email))
        .map(|inline| inline.span)
        .collect();
    room.words.clear();
    room.words.reserve(block.content.len() / 4);
    room.plain.clear();
    let mut found = Found {
        text,
        opaque: &opaque,
        lower: &mut room.letters,
        words: &mut room.words,
        plain: &mut room.plain,
        vocabulary: Vocabulary::default(),
        has_vocabulary: purpose == Purpose::All,
    };
    let mut hidden = block.hidden.iter().peekable();
    let mut at = block.content.start();
    // Where the words end that were read last.
    let mut read = 0;
    while at < block.content.end() {
        let end = match hidden.peek() {
            Some(span) if span.start() <= at => {
                at = at.max(span.end());
                hidden.next();
                continue;
            }
            Some(span) => span.start(),
            None => block.content.end(),
        };
        found.pass(&text[read..at]);
        found.run(Span::new(at, end));
        (at, read) = (end, end);
    }
    found.pass(&text[read..]);
    // One after the other, so that no word waits for what is known of another one.
    for (at, letters) in &*found.plain {
        found.words[*at].learn(words::known_by_key(*letters));
    }
    found.vocabulary
}

/// What is found in a block whose words are being read.
struct Found<'a> {
    text: &'a str,
    /// What is one word, whatever stands in it.
    opaque: &'a [Span],
    /// A word in lower case: room that is used again.
    lower: &'a mut String,
    words: &'a mut Vec<Word>,
    /// Those of a few plain letters, which are still to be looked up.
    plain: &'a mut Vec<(usize, words::Key)>,
    vocabulary: Vocabulary,
    /// Whether it is asked for.
    has_vocabulary: bool,
}

/// Gives and takes the classes of the words that a house added to the lists or took from them.
pub fn apply_house_words(text: &str, words: &mut [Word], house: &HouseWords) {
    if house.is_empty() {
        return;
    }
    for word in words.iter_mut().filter(|word| word.form != Form::Mark) {
        let lower = word.span.of(text).to_lowercase();
        let stem = possessive_stem(&lower);
        for (list, class) in words::LISTS_OF_A_HOUSE {
            let (added, taken) = house.of(list);
            let is_of =
                |words: &[String]| words.iter().any(|known| known == &lower || known == stem);
            if is_of(added) {
                word.classes = word.classes.or(*class);
            }
            if is_of(taken) {
                word.classes = word.classes.without(*class);
            }
        }
    }
}

impl Found<'_> {
    /// Takes in which words hidden text may have.
    fn pass(&mut self, hidden: &str) {
        if self.has_vocabulary {
            self.vocabulary.add_runs(hidden);
        }
    }

    /// Reads text of which nothing is hidden.
    fn run(&mut self, run: Span) {
        let (text, opaque) = (self.text, self.opaque);
        let mut at = run.start();
        while at < run.end() {
            if let Some(whole) = opaque.iter().find(|span| span.contains(at)) {
                let span = Span::new(at, whole.end().min(run.end()));
                self.take(Word::new(span, Form::Lower, words::Known::default()));
                at = span.end();
                continue;
            }
            let byte = text.as_bytes()[at];
            if byte == b' ' {
                at += 1;
                continue;
            }
            if byte.is_ascii_alphabetic()
                && let Some((word, letters)) = plain(text, at, run.end())
            {
                at = word.span.end();
                // Nothing begins with the blank that mostly stands behind a word.
                at += usize::from(text.as_bytes().get(at) == Some(&b' '));
                if self.has_vocabulary {
                    self.vocabulary
                        .add_word(text, &word, Some(letters), self.lower);
                }
                self.plain.push((self.words.len(), letters));
                self.words.push(word);
                continue;
            }
            // Of these only the dollar may begin anything but a mark.
            if byte.is_ascii_punctuation() && byte != b'$' {
                let word = mark(text, at, run.end());
                at = word.span.end();
                self.words.push(word);
                continue;
            }
            let first = char_at(text, at);
            if first.is_whitespace() || is_invisible(first) {
                at += first.len_utf8();
                continue;
            }
            let starts_number = first.is_ascii_digit()
                || (matches!(first, '$' | '£' | '€' | '¥')
                    && text[at + first.len_utf8()..run.end()]
                        .starts_with(|c: char| c.is_ascii_digit()));
            let word = if starts_number {
                number(text, at, run.end(), self.lower)
            } else if is_letter(first) {
                letters(text, at, run.end(), self.lower)
            } else {
                mark(text, at, run.end())
            };
            at = word.span.end();
            self.take(word);
        }
    }

    fn take(&mut self, word: Word) {
        if self.has_vocabulary && word.form != Form::Mark {
            let letters = word.key(self.text);
            self.vocabulary
                .add_word(self.text, &word, letters, self.lower);
        }
        self.words.push(word);
    }
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().expect("inside the text")
}

/// Letters, digits, and combining marks, so that decomposed text reads as composed text does.
fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    // Quotation marks and dashes, which are frequent, need no look into the tables.
    !('\u{2000}'..='\u{206f}').contains(&c)
        && (c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c))
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// `12`, `1,200`, `3.5%`, `$20`, `1990s`, `3rd`, `three`-less.
fn number(text: &str, start: usize, limit: usize, lower: &mut String) -> Word {
    let mut end = start + char_at(text, start).len_utf8();
    while end < limit {
        let c = char_at(text, end);
        let after = text[end + c.len_utf8()..limit].chars().next();
        let joins = is_letter(c)
            || (matches!(c, '.' | ',' | ':' | '/' | '-' | '–')
                && after.is_some_and(|next| next.is_ascii_digit()))
            || (c == '-' && after.is_some_and(char::is_alphabetic));
        if !joins {
            if c == '%' {
                end += 1;
            }
            break;
        }
        end += c.len_utf8();
    }
    fold(&text[start..end], lower);
    let known = words::Known {
        number: words::known(lower).number,
        ..words::Known::default()
    };
    Word::new(Span::new(start, end), Form::Number, known)
}

/// A word of a few plain letters, with nothing behind it that may belong to it: most words are one. With its letters in lower case,
/// by which it is still to be looked up.
fn plain(text: &str, start: usize, limit: usize) -> Option<(Word, words::Key)> {
    let run = words::Run::of(text, start, limit)?;
    let (letters, rest) = text.as_bytes()[start..limit].split_at(run.length);
    let is_small = letters[0].is_ascii_lowercase();
    let may_be_letter = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    let goes_on = match rest {
        // A quotation mark, a dash or an ellipsis: no hyphen and no apostrophe.
        [0xe2, 0x80, sign, ..] => matches!(sign, 0x91 | 0x99),
        [b'\'' | b'-' | b'&', next, ..] => may_be_letter(next),
        // The stop ends the sentence where it makes no initial and no abbreviation.
        [b'.', rest @ ..] => {
            run.length < 2
                || rest.first().is_some_and(may_be_letter)
                || match is_small {
                    true => SMALL_ABBREVIATIONS.contains(&&text[start..start + run.length]),
                    false => words::known_by_key(run.with_stop())
                        .classes
                        .has(ABBREVIATIONS),
                }
        }
        [first, ..] => !first.is_ascii(),
        [] => false,
    };
    if goes_on {
        return None;
    }
    let form = match run.capitals {
        _ if is_small => Form::Lower,
        Capitals::None | Capitals::First => Form::Capital,
        Capitals::More => form(&text[start..start + run.length]),
    };
    let span = Span::new(start, start + run.length);
    let word = Word {
        is_plain: true,
        ..Word::new(span, form, words::Known::default())
    };
    Some((word, run.lower))
}

/// The abbreviations without a capital, without their last stop.
const SMALL_ABBREVIATIONS: [&str; 7] = ["a.m", "p.m", "etc", "vs", "v", "approx", "est"];

fn letters(text: &str, start: usize, limit: usize, lower: &mut String) -> Word {
    let mut end = start;
    loop {
        let plain = text.as_bytes()[end..limit].iter();
        end += plain
            .take_while(|byte| byte.is_ascii_alphanumeric())
            .count();
        if end >= limit || text.as_bytes()[end] == b' ' {
            break;
        }
        let c = char_at(text, end);
        let next = || text[end + c.len_utf8()..limit].chars().next();
        let joins = is_letter(c)
            || (matches!(c, '\'' | '’' | '-' | '&' | '‑' | '\u{ad}')
                && next().is_some_and(is_letter))
            || (c == '.'
                && next().is_some_and(is_letter)
                && initials_so_far(last_part(&text[start..end])));
        if !joins {
            break;
        }
        end += c.len_utf8();
    }
    if text.as_bytes()[end..limit].first() == Some(&b'.') {
        // "R-Ky.", "D-N.Y.": the party's letter before the state.
        let part = last_part(&text[start..end]);
        let with_stop = &text[end - part.len()..end + 1];
        let is_whole = part.len() == end - start;
        let are_initials = initials_so_far(part) && (is_whole || part.contains('.'));
        if are_initials || abbreviation(with_stop, lower).has(ABBREVIATIONS) {
            end += 1;
        }
    }
    let word = &text[start..end];
    let mut known = look_up(text, Span::new(start, end), lower);
    // "A." in a name is an initial, not "a".
    let stem = word.strip_suffix('.').unwrap_or_default();
    let is_initial = stem.len() == 1 && initials_so_far(stem);
    if word.ends_with('.') && !is_initial {
        fold(word, lower);
        let bare = words::known(lower.trim_end_matches('.'));
        known.classes = known.classes.or(bare.classes);
    }
    // “Twenty-three people”
    if word.contains('-') && phrase::number(word).is_some() {
        known.classes = known.classes.or(Classes::NUMBER);
    }
    Word {
        is_plain: word.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        ..Word::new(Span::new(start, end), form(word), known)
    }
}

/// What is known of a word as it stands in the text.
fn look_up(text: &str, span: Span, lower: &mut String) -> words::Known {
    let bare = possessive_stem(span.of(text)).len();
    let mut known = match words::Key::within(text, span.start(), span.start() + bare) {
        Some(key) if key.is_ascii() => words::known_by_key(key.lower()),
        _ => {
            fold(span.of(text), lower);
            words::known(lower)
        }
    };
    if bare < span.len() {
        known.cues = Cues::NONE;
    }
    known
}

/// What stands after the last hyphen of a word: all of it, mostly.
fn last_part(word: &str) -> &str {
    word.rsplit('-').next().unwrap_or(word)
}

const ABBREVIATIONS: Classes = Classes::ABBREVIATION.or(Classes::ABBREVIATION_FINAL);

fn abbreviation(word: &str, lower: &mut String) -> Classes {
    // "no." ends a sentence, "No." stands before a number: only the capital is an abbreviation.
    let bare = word.strip_suffix('.').unwrap_or(word);
    if word.starts_with(char::is_lowercase) && !SMALL_ABBREVIATIONS.contains(&bare) {
        return Classes::NONE;
    }
    fold(word, lower);
    words::classes(lower)
}

/// `U`, `U.S`, `J.R`, `a`, `p.m`: single letters with stops between them.
fn initials_so_far(word: &str) -> bool {
    let mut parts = word.split('.');
    let all = parts.clone().count();
    let single = parts.all(|part| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    });
    // One small letter alone is a word ("a"), a capital alone an initial; "I." ends a sentence.
    single
        && (all > 1
            || (word.starts_with(char::is_uppercase) && word != "I")
            || matches!(word, "a" | "p"))
}

/// The word in lower case, without a possessive ending, apostrophes straightened.
pub(super) fn fold(word: &str, lower: &mut String) {
    lower.clear();
    let bare = possessive_stem(word);
    if bare.is_ascii() {
        lower.push_str(bare);
        lower.make_ascii_lowercase();
    } else {
        lower.extend(
            bare.chars()
                .flat_map(char::to_lowercase)
                .map(|c| if c == '’' { '\'' } else { c }),
        );
    }
}

/// The word without `’s`, `'s` or a closing apostrophe.
#[inline]
pub fn possessive_stem(word: &str) -> &str {
    match word.as_bytes().last() {
        Some(b's' | b'S') => without_possessive(word),
        _ => word,
    }
}

fn without_possessive(word: &str) -> &str {
    ["’s", "'s", "’S", "'S"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .unwrap_or(word)
}

fn form(word: &str) -> Form {
    let first = word.as_bytes()[0];
    if first.is_ascii_lowercase() && !matches!(first, b'a' | b'd' | b'e') {
        return Form::Lower;
    }
    let stem = possessive_stem(word);
    let mut letters = stem.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else {
        return Form::Number;
    };
    if !first.is_uppercase() {
        // "iPhone" and "mid-July" count as small.
        return match is_name_behind_particle(stem) {
            true => Form::Capital,
            false => Form::Lower,
        };
    }
    let mut rest = letters.peekable();
    if rest.peek().is_some() && rest.all(char::is_uppercase) {
        Form::Caps
    } else {
        Form::Capital
    }
}

/// `al-Rashid`, `d’Arcy`: a name with its particle in one word.
fn is_name_behind_particle(word: &str) -> bool {
    ["al-", "el-", "as-", "ash-", "ad-", "d'", "d’"]
        .iter()
        .filter_map(|particle| word.strip_prefix(particle))
        .any(|name| name.len() > 2 && name.starts_with(char::is_uppercase))
}

fn mark(text: &str, start: usize, limit: usize) -> Word {
    let bytes = text.as_bytes();
    let mut end = match bytes[start].is_ascii() {
        true => start + 1,
        false => start + char_at(text, start).len_utf8(),
    };
    if matches!(bytes[start], b'.' | b'-') {
        while end < limit && bytes[end] == bytes[start] {
            end += 1;
        }
    }
    let known = match words::Key::within(text, start, end) {
        Some(key) => words::known_by_key(key),
        None => words::known(&text[start..end]),
    };
    let known = words::Known {
        number: known.number,
        ..words::Known::default()
    };
    Word::new(Span::new(start, end), Form::Mark, known)
}
