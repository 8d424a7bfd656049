//! The words of a text as they are compared: case, accents, marks, contractions, spelling, abbreviations and numbers folded.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::lexicon::{Entry, NumberWord, entry, respelled};
use crate::text::span::Span;

/// A word as it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Equal for words that count as the same.
    pub key: u32,
    start: u32,
    length: u16,
    /// What matters about it when it differs.
    pub class: Class,
}

/// What matters about a word when it differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// A word with a meaning of its own.
    Content,
    /// A small word: article, preposition, pronoun, auxiliary.
    Small,
    /// It says no.
    Negation,
    /// A number, in digits or words.
    Number,
}

impl Word {
    /// Where it stands, in bytes of its text.
    pub fn span(self) -> Span {
        Span::new(
            self.start as usize,
            self.start as usize + self.length as usize,
        )
    }
}

/// The key of a folded word.
pub fn key(folded: &str) -> u32 {
    key_of_bytes(folded.bytes())
}

fn key_of_bytes(bytes: impl Iterator<Item = u8>) -> u32 {
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash ^ (hash >> 32)) as u32
}

fn key_of_number(value: f64) -> u32 {
    key_of_bytes(std::iter::once(b'#').chain(value.to_bits().to_le_bytes()))
}

/// The words of a whole text.
pub fn words(text: &str) -> Vec<Word> {
    let mut folder = Folder::new(text);
    folder.read(Span::new(0, text.len()));
    folder.finish()
}

/// Reads the words of some runs of a text, in order.
pub struct Folder<'a> {
    text: &'a str,
    words: Vec<Word>,
    number: Option<NumberRun>,
    currency: Option<&'static str>,
    folded: String,
    last_end: usize,
}

/// A number that may go on with the next word.
struct NumberRun {
    span: Span,
    total: f64,
    group: f64,
    last: Last,
    /// An "and" that belongs to the number if a small number follows.
    and: Option<Span>,
    currency: Option<&'static str>,
}

#[derive(Clone, Copy, PartialEq)]
enum Last {
    Digits,
    Unit,
    Teen,
    Tens,
    Hundred,
    Scale(f64),
}

impl<'a> Folder<'a> {
    /// Nothing read yet.
    pub fn new(text: &'a str) -> Folder<'a> {
        Folder {
            text,
            words: Vec::new(),
            number: None,
            currency: None,
            folded: String::new(),
            last_end: 0,
        }
    }

    /// The words read.
    pub fn finish(mut self) -> Vec<Word> {
        self.flush();
        self.words
    }

    /// Reads a run of the text.
    pub fn read(&mut self, run: Span) {
        let bytes = self.text.as_bytes();
        let mut at = run.start();
        let end = run.end();
        while at < end {
            let byte = bytes[at];
            if byte.is_ascii_digit() {
                at = self.digits(at, end);
            } else if byte.is_ascii_alphabetic() {
                at = self.letters(at, end);
            } else if byte.is_ascii() {
                match byte {
                    b'%' => self.word("percent", Span::new(at, at + 1)),
                    b'&' => self.word("and", Span::new(at, at + 1)),
                    b'$' if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                        self.currency = Some("dollars");
                    }
                    _ => {}
                }
                at += 1;
            } else {
                let letter = self.letter(at);
                if letter.is_alphanumeric() {
                    at = self.letters(at, end);
                    continue;
                }
                let next = at + letter.len_utf8();
                if bytes.get(next).is_some_and(u8::is_ascii_digit) {
                    self.currency = match letter {
                        '£' => Some("pounds"),
                        '€' => Some("euros"),
                        '¥' => Some("yen"),
                        _ => None,
                    };
                }
                at = next;
            }
        }
    }

    fn letter(&self, at: usize) -> char {
        self.text[at..].chars().next().unwrap_or(' ')
    }

    /// `12`, `1,200`, `3.5`, `10:30`, `3rd`, `5m`, `1990s`.
    fn digits(&mut self, start: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        let is_digit = |at: usize| at < end && bytes[at].is_ascii_digit();
        let mut at = start;
        let mut digits = String::new();
        while at < end {
            match bytes[at] {
                byte if byte.is_ascii_digit() => digits.push(byte as char),
                b',' if is_digit(at + 1)
                    && is_digit(at + 2)
                    && is_digit(at + 3)
                    && !is_digit(at + 4) => {}
                b'.' if is_digit(at + 1) && !digits.contains('.') => digits.push('.'),
                b':' if is_digit(at + 1) => {}
                _ => break,
            }
            at += 1;
        }
        let suffix_end = (at..end)
            .find(|&at| !bytes[at].is_ascii_alphabetic())
            .unwrap_or(end);
        let value: f64 = digits.parse().unwrap_or(0.0);
        let suffix = self.text[at..suffix_end].to_ascii_lowercase();
        let scale = match suffix.as_str() {
            "" => 1.0,
            "k" => 1e3,
            "m" | "mn" => 1e6,
            "bn" | "b" => 1e9,
            "tn" => 1e12,
            "am" | "pm" => {
                self.take_digits(value, Span::new(start, at));
                return self.letters(at, end);
            }
            _ => {
                let folded = format!("{digits}{suffix}");
                self.word(&folded, Span::new(start, suffix_end));
                return suffix_end;
            }
        };
        let span = Span::new(start, suffix_end);
        self.take_digits(value * scale, span);
        suffix_end
    }

    fn take_digits(&mut self, value: f64, span: Span) {
        self.break_number(span.start());
        let goes_on = matches!(&self.number, Some(run) if matches!(run.last, Last::Scale(scale) if value < scale));
        match &mut self.number {
            Some(run) if goes_on => {
                run.group = value;
                run.last = Last::Digits;
                run.span = run.span.cover(span);
                run.and = None;
            }
            _ => {
                self.flush();
                self.number = Some(NumberRun {
                    span,
                    total: 0.0,
                    group: value,
                    last: Last::Digits,
                    and: None,
                    currency: self.currency.take(),
                });
            }
        }
        self.last_end = span.end();
    }

    /// A word that begins with a letter: apostrophes go, contractions come apart, `U.S.` closes up, `[w]e` is a word.
    fn letters(&mut self, start: usize, end: usize) -> usize {
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        let mut at = start;
        // Byte of `folded` where the last apostrophe stood, and of the text.
        let mut apostrophe: Option<(usize, usize)> = None;
        let bytes = self.text.as_bytes();
        while at < end {
            let byte = bytes[at];
            if byte.is_ascii_alphanumeric() {
                folded.push(byte.to_ascii_lowercase() as char);
                at += 1;
                continue;
            }
            let letter = self.letter(at);
            let next = at + letter.len_utf8();
            let follows = |at: usize| {
                at < end
                    && self.text[at..]
                        .chars()
                        .next()
                        .is_some_and(char::is_alphanumeric)
            };
            match letter {
                '\'' | '’' | '‘' | 'ʼ' if follows(next) => {
                    apostrophe = Some((folded.len(), at))
                }
                ']' if follows(next) => {}
                '.' if follows(next)
                    && is_initial(self.text, at)
                    && is_initial_after(self.text, next) => {}
                letter if letter.is_alphanumeric() => {
                    for part in std::iter::once(letter)
                        .nfd()
                        .filter(|c| !is_combining_mark(*c))
                    {
                        folded.extend(part.to_lowercase());
                    }
                }
                letter if is_combining_mark(letter) => {}
                _ => break,
            }
            at = next;
        }
        let span = Span::new(start, at);
        // "we ha- we had": a word that was broken off is no word.
        let is_broken_off = bytes.get(at) == Some(&b'-')
            && bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace)
            && folded.len() <= 4;
        if is_broken_off {
            self.folded = folded;
            return at;
        }
        match apostrophe.filter(|_| folded.is_ascii()) {
            Some((cut, place)) => self.contraction(&folded, cut, span, place),
            None => self.word(&folded, span),
        }
        self.folded = folded;
        at
    }

    /// `won’t` is "will not", `we’re` is "we are"; a possessive is one word.
    fn contraction(&mut self, folded: &str, cut: usize, span: Span, place: usize) {
        let (stem, end) = folded.split_at(cut);
        let head = Span::new(span.start(), place);
        let tail = Span::new(place, span.end());
        if end == "t" && stem.ends_with('n') && stem.len() > 2 {
            let verb = match stem {
                "won" => "will",
                "can" => "can",
                "shan" => "shall",
                _ => &stem[..stem.len() - 1],
            };
            self.word(verb, head);
            self.word("not", tail);
            return;
        }
        let is_pronoun = matches!(
            stem,
            "it" | "he" | "she" | "that" | "there" | "what" | "who" | "where" | "here" | "how"
        );
        let second = match end {
            "ll" => Some("will"),
            "re" => Some("are"),
            "ve" => Some("have"),
            "m" => Some("am"),
            "s" if is_pronoun => Some("is"),
            "s" if stem == "let" => Some("us"),
            _ => None,
        };
        match second {
            Some(second) => {
                self.word(stem, head);
                self.word(second, tail);
            }
            None => self.word(folded, span),
        }
    }

    /// Takes in a folded word.
    fn word(&mut self, folded: &str, span: Span) {
        let key = key(folded);
        self.break_number(span.start());
        self.last_end = span.end();
        match entry(key) {
            Some(Entry::Filler) => {}
            Some(Entry::Number(word)) => self.take_number(word, span),
            Some(Entry::Words(words)) => {
                self.flush();
                for word in words {
                    self.word(word, span);
                }
            }
            Some(Entry::Class(class)) => {
                let is_and = folded == "and"
                    && self.number.as_ref().is_some_and(|run| {
                        run.and.is_none() && matches!(run.last, Last::Hundred | Last::Scale(_))
                    });
                if let (true, Some(run)) = (is_and, &mut self.number) {
                    run.and = Some(span);
                    return;
                }
                self.flush();
                self.push(key, span, class);
            }
            None => {
                self.flush();
                // "per cent" is "percent".
                if folded == "cent"
                    && let Some(last) = self.words.last_mut()
                    && last.key == self::key("per")
                {
                    let whole = last.span().cover(span);
                    *last = made(self::key("percent"), whole, Class::Content);
                    return;
                }
                match respelled(folded) {
                    Some(other) => self.push(self::key(&other), span, Class::Content),
                    None => self.push(key, span, Class::Content),
                }
            }
        }
    }

    /// "we, we had": a small word said twice is said once.
    fn push(&mut self, key: u32, span: Span, class: Class) {
        let is_stutter =
            class == Class::Small && self.words.last().is_some_and(|last| last.key == key);
        if !is_stutter {
            self.words.push(made(key, span, class));
        }
    }

    /// A number does not go on over a mark of punctuation.
    fn break_number(&mut self, start: usize) {
        if self.number.is_none() {
            return;
        }
        let gap = self.text.get(self.last_end..start).unwrap_or(".");
        if !gap
            .chars()
            .all(|c| c.is_whitespace() || matches!(c, '-' | '‑' | '–'))
        {
            self.flush();
        }
    }

    fn take_number(&mut self, word: NumberWord, span: Span) {
        let currency = self.currency.take();
        if let Some(run) = &mut self.number
            && run.goes_on_with(word)
        {
            run.span = run.span.cover(span);
            run.and = None;
            return;
        }
        self.flush();
        let mut run = NumberRun {
            span,
            total: 0.0,
            group: 0.0,
            last: Last::Unit,
            and: None,
            currency,
        };
        match word {
            NumberWord::Unit(value) => run.start(value, Last::Unit),
            NumberWord::Teen(value) => run.start(value, Last::Teen),
            NumberWord::Tens(value) => run.start(value, Last::Tens),
            NumberWord::Hundred | NumberWord::Scale(_) => {
                // "a hundred" is 100.
                if let Some(last) = self.words.last().copied()
                    && last.key == key("a")
                    && self.text[last.span().end()..span.start()].trim().is_empty()
                {
                    self.words.pop();
                    run.span = last.span().cover(span);
                }
                match word {
                    NumberWord::Scale(scale) => {
                        run.total = scale;
                        run.last = Last::Scale(scale);
                    }
                    _ => run.start(100.0, Last::Hundred),
                }
            }
        }
        self.number = Some(run);
    }

    fn flush(&mut self) {
        let Some(run) = self.number.take() else {
            return;
        };
        let value = run.total + run.group;
        self.words
            .push(made(key_of_number(value), run.span, Class::Number));
        if let Some(currency) = run.currency {
            self.words
                .push(made(key(currency), run.span, Class::Content));
        }
        if let Some(and) = run.and {
            self.words.push(made(key("and"), and, Class::Small));
        }
    }
}

impl NumberRun {
    fn start(&mut self, value: f64, last: Last) {
        self.group = value;
        self.last = last;
    }

    /// Takes in the next word of the number, if it can be one.
    fn goes_on_with(&mut self, word: NumberWord) -> bool {
        let is_year = self.total == 0.0
            && (10.0..100.0).contains(&self.group)
            && self.last != Last::Digits
            && self.and.is_none();
        match (word, self.last) {
            (NumberWord::Unit(value), Last::Tens) if self.and.is_none() => {
                self.group += value;
                self.last = Last::Unit;
            }
            (NumberWord::Unit(value), Last::Hundred | Last::Scale(_)) => {
                self.group += value;
                self.last = Last::Unit;
            }
            (NumberWord::Teen(value), Last::Hundred | Last::Scale(_)) => {
                self.group += value;
                self.last = Last::Teen;
            }
            (NumberWord::Tens(value), Last::Hundred | Last::Scale(_)) => {
                self.group += value;
                self.last = Last::Tens;
            }
            (NumberWord::Teen(value), Last::Unit | Last::Teen | Last::Tens) if is_year => {
                self.group = self.group * 100.0 + value;
                self.last = Last::Teen;
            }
            (NumberWord::Tens(value), Last::Unit | Last::Teen | Last::Tens) if is_year => {
                self.group = self.group * 100.0 + value;
                self.last = Last::Tens;
            }
            (NumberWord::Hundred, Last::Unit | Last::Teen | Last::Tens | Last::Digits)
                if self.group < 100.0 && self.and.is_none() =>
            {
                self.group *= 100.0;
                self.last = Last::Hundred;
            }
            (NumberWord::Scale(scale), last)
                if self.and.is_none() && !matches!(last, Last::Scale(_)) && self.group < scale =>
            {
                self.total += self.group * scale;
                self.group = 0.0;
                self.last = Last::Scale(scale);
            }
            _ => return false,
        }
        true
    }
}

fn made(key: u32, span: Span, class: Class) -> Word {
    Word {
        key,
        start: span.start() as u32,
        length: span.len().min(usize::from(u16::MAX)) as u16,
        class,
    }
}

/// Whether one letter alone stands before the period.
fn is_initial(text: &str, period: usize) -> bool {
    let mut before = text[..period].chars().rev();
    before.next().is_some_and(char::is_alphabetic)
        && before.next().is_none_or(|c| !c.is_alphanumeric())
}

/// Whether one letter alone follows the period.
fn is_initial_after(text: &str, after: usize) -> bool {
    let mut rest = text[after..].chars();
    rest.next().is_some_and(char::is_alphabetic) && rest.next().is_none_or(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<u32> {
        words(text).iter().map(|word| word.key).collect()
    }

    #[test]
    fn what_sounds_the_same_is_the_same() {
        for (one, other) in [
            ("We had NO warning.", "“We had no warning,”"),
            ("Um, we, we had, uh, no warning", "we had no warning"),
            ("we ha- we had no warning", "We had no warning"),
            (
                "The U.S. won’t pay $5 million",
                "the US will not pay five million dollars",
            ),
            (
                "It cost 5,200 dollars",
                "it cost five thousand two hundred dollars",
            ),
            ("a hundred and five people", "105 people"),
            (
                "In nineteen ninety-five, 12% left",
                "in 1995 twelve per cent left",
            ),
            ("Twenty twenty-four", "2024"),
            (
                "The colour of the centre was organised",
                "the color of the center was organized",
            ),
            ("[W]e aren’t ready", "we are not ready"),
            (
                "Pål Jónson’s well-known café",
                "pal jonsons well known cafe",
            ),
            ("I’m gonna go, it’s OK", "I am going to go. It is okay"),
            ("Mr. Dean and Dr. Roth", "Mister Dean and Doctor Roth"),
            ("twenty, thirty people", "20, 30 people"),
            ("a second later", "a 2nd later"),
        ] {
            assert_eq!(keys(one), keys(other), "{one} | {other}");
        }
    }

    #[test]
    fn what_means_something_else_is_not_the_same() {
        for (one, other) in [
            ("we were there", "we’re there"),
            ("fifteen people", "fifty people"),
            ("five thousand", "five million"),
            ("they filled it", "they filed it"),
            ("can", "can’t"),
            ("12 percent", "12.5 percent"),
        ] {
            assert_ne!(keys(one), keys(other), "{one} | {other}");
        }
    }

    #[test]
    fn every_word_has_its_place() {
        let text = "It’s $5 million — “nobody” paid.";
        let found = words(text);
        let places: Vec<&str> = found.iter().map(|word| word.span().of(text)).collect();
        assert_eq!(
            places,
            ["It", "’s", "5 million", "5 million", "nobody", "paid"]
        );
        assert_eq!(found[2].class, Class::Number);
        assert_eq!(found[4].class, Class::Negation);
    }
}
