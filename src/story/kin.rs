//! Which names may be tied to each other: those that share a whole, a surname, or, where a body has one of them, their first word.
//!
//! A letter that changes a name can only change who is meant by its kin. Words count as the same where their ids would be; whoever
//! is taken for kin by chance is looked at once more than needed, and nothing else.

use super::SpeakerKind;
use crate::prose::fold::{fold, is_simple};

/// What ties a name to others: numbers of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kin {
    /// What it is.
    pub sort: Sort,
    /// The number of the whole.
    pub whole: u32,
    /// The number of the last word; for words that are no name that of the whole with its article.
    pub last: u32,
    /// The number of the first word; for roles and people without a name that of the noun.
    pub first: u32,
    /// The number of the first two words; of one word zero.
    pub two: u32,
}

/// What words are, as far as it tells how they are tied to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A name that may come to be a person’s.
    Name,
    /// The name of a body or an outlet: it may be cut short to its first words.
    Body,
    /// A name that only means somebody who is known.
    Mention,
    /// `he`, `they`
    Pronoun,
    /// A role: `the minister`.
    Role,
    /// People without a name, or a role after all: `the official`.
    Group,
    /// A document: it may be known by its noun alone.
    Paper,
    /// Other words for somebody: an institution, a group spoken of as one.
    Words,
    /// There are none.
    Nobody,
}

impl Kin {
    /// Of a pronoun.
    pub const PRONOUN: Kin = Kin {
        sort: Sort::Pronoun,
        whole: 0,
        last: 0,
        first: 0,
        two: 0,
    };

    /// Of nobody.
    pub const NOBODY: Kin = Kin {
        sort: Sort::Nobody,
        ..Kin::PRONOUN
    };

    /// Of a folded name.
    pub fn of_name(folded: &str, sort: Sort) -> Kin {
        let Some((first, rest)) = folded.split_once(' ') else {
            let whole = key(folded);
            return Kin {
                sort,
                whole,
                last: whole,
                first: whole,
                two: 0,
            };
        };
        let whole = key(folded);
        let (two, last) = match rest.split_once(' ') {
            Some((second, _)) => (
                key(&folded[..first.len() + 1 + second.len()]),
                rest.rsplit(' ').next().unwrap_or_default(),
            ),
            None => (whole, rest),
        };
        Kin {
            sort,
            whole,
            last: key(last),
            first: key(first),
            two,
        }
    }

    /// Of other words, by their numbers with and without an article.
    pub fn of_words(sort: Sort, with_article: u32, whole: u32, noun: u32) -> Kin {
        Kin {
            sort,
            whole,
            last: with_article,
            first: noun,
            two: 0,
        }
    }

    /// The number of what a body may begin with too: the first two words, or the only one.
    fn front(&self) -> u32 {
        if self.two == 0 { self.first } else { self.two }
    }

    /// Whether it leads to somebody by its own words alone.
    pub fn is_name(&self) -> bool {
        matches!(
            self.sort,
            Sort::Name | Sort::Body | Sort::Mention | Sort::Words | Sort::Role
        )
    }

    /// Whether it leads to somebody by what else of its sort stands before it: people without a name, a document.
    pub fn is_group(&self) -> bool {
        matches!(self.sort, Sort::Group | Sort::Paper)
    }
}

/// What leads to a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Born {
    /// The name.
    pub kin: Kin,
    /// For people the number of the surname, without what stands behind it, and that of the first of two surnames; else zero.
    pub family: u32,
    /// See there.
    pub middle: u32,
}

impl From<Kin> for Born {
    fn from(kin: Kin) -> Born {
        Born {
            kin,
            family: 0,
            middle: 0,
        }
    }
}

impl Born {
    /// Of somebody with a folded name; `family` and `middle` are the folded surnames of a person.
    pub fn of(folded: &str, kind: SpeakerKind, family: Option<&str>, middle: Option<&str>) -> Born {
        let kin = match kind {
            SpeakerKind::Person => Kin::of_name(folded, Sort::Name),
            SpeakerKind::Body | SpeakerKind::Outlet => Kin::of_name(folded, Sort::Body),
            _ => Kin::of_words(Sort::Words, 0, key(folded), 0),
        };
        Born {
            kin,
            family: family.map_or(0, key),
            middle: middle.map_or(0, key),
        }
    }

    /// The last words by which a name leads to a person; zero is none.
    fn lasts(&self) -> [u32; 3] {
        [self.kin.last, self.family, self.middle]
    }
}

/// The names that have to be looked up again: those that may lead to somebody else, and what has to be known for that.
#[derive(Debug)]
pub struct Circle {
    /// What leads to somebody who may be another.
    led: Numbers,
    /// What is looked up.
    read: Numbers,
    /// Whether all people without a name, and all documents, are looked up.
    has_groups: bool,
    /// Whether something came in.
    has_grown: bool,
}

/// Numbers of names, by which part they are of.
#[derive(Debug)]
struct Numbers {
    wholes: Bits<16>,
    /// Last words and surnames.
    lasts: Bits<16>,
    /// Fronts that a body of several words shares with names: one word that is all of the other, or two words.
    fronts: Bits<16>,
    /// First words, where the other is one word alone.
    firsts: Bits<14>,
}

impl Numbers {
    fn new() -> Numbers {
        Numbers {
            wholes: Bits::new(),
            lasts: Bits::new(),
            fronts: Bits::new(),
            firsts: Bits::new(),
        }
    }
}

impl Circle {
    /// With nobody in it.
    pub fn new() -> Circle {
        Circle {
            led: Numbers::new(),
            read: Numbers::new(),
            has_groups: false,
            has_grown: false,
        }
    }

    /// Whether a name may lead to somebody else.
    pub fn has(&self, kin: &Kin) -> bool {
        let led = &self.led;
        if matches!(kin.sort, Sort::Words | Sort::Role) {
            return led.wholes.has(kin.whole);
        }
        led.wholes.has(kin.whole)
            || led.lasts.has(kin.last)
            || led.fronts.has(kin.front())
            || led.firsts.has(kin.first)
    }

    /// Whether somebody has to be known because a name that is looked up may lead to them.
    pub fn needs(&self, born: &Born) -> bool {
        let (kin, read) = (&born.kin, &self.read);
        read.wholes.has(kin.whole)
            || match kin.sort {
                Sort::Body if kin.two == 0 => read.firsts.has(kin.first),
                Sort::Body => read.fronts.has(kin.first) || read.fronts.has(kin.two),
                Sort::Name => born.lasts().iter().any(|last| read.lasts.has(*last)),
                _ => self.has_groups,
            }
    }

    /// Whether whoever is led to somebody is looked up.
    pub fn has_all_of(&self, born: &Born) -> bool {
        let (kin, led) = (&born.kin, &self.led);
        led.wholes.has(kin.whole)
            && match kin.sort {
                Sort::Body if kin.two == 0 => led.firsts.has(kin.first),
                Sort::Body => led.fronts.has(kin.first) && led.fronts.has(kin.two),
                Sort::Name => {
                    let mut lasts = born.lasts().into_iter().filter(|last| *last != 0);
                    lasts.all(|last| led.lasts.has(last))
                }
                _ => true,
            }
    }

    /// Whether all that a name may lead to is known.
    pub fn knows(&self, kin: &Kin) -> bool {
        let read = &self.read;
        if matches!(kin.sort, Sort::Words | Sort::Role) {
            return self.has_groups || read.wholes.has(kin.whole);
        }
        read.wholes.has(kin.whole) && read.lasts.has(kin.last) && read.fronts.has(kin.front())
    }

    /// Whether words for people without a name, or a document, are also a name that is looked up.
    pub fn has_as_name(&self, kin: &Kin) -> bool {
        let both = [&self.led, &self.read];
        both.iter()
            .any(|all| all.wholes.has(kin.whole) || all.wholes.has(kin.last))
    }

    /// Whether all people without a name, and all documents, are looked up.
    pub fn has_groups(&self) -> bool {
        self.has_groups
    }

    /// Takes them in.
    pub fn add_groups<'k>(&mut self, all: impl Iterator<Item = &'k Kin>) {
        self.has_groups = true;
        self.has_grown = true;
        for kin in all.filter(|kin| kin.is_group()) {
            for number in [kin.whole, kin.last] {
                self.has_grown |= self.led.wholes.set(number) | self.read.wholes.set(number);
            }
        }
    }

    /// A name is looked up.
    pub fn look_up(&mut self, kin: &Kin) {
        if matches!(kin.sort, Sort::Words | Sort::Role) {
            self.has_grown |= self.read.wholes.set(kin.whole);
            return;
        }
        let read = &mut self.read;
        let mut has_grown = read.wholes.set(kin.whole);
        has_grown |= read.lasts.set(kin.last);
        has_grown |= read.fronts.set(kin.front());
        has_grown |= kin.two != 0 && read.firsts.set(kin.first);
        self.has_grown |= has_grown;
    }

    /// Somebody may be another: whoever is led to them has to be looked up.
    pub fn doubt(&mut self, born: &Born) {
        let (kin, led) = (&born.kin, &mut self.led);
        let mut has_grown = led.wholes.set(kin.whole);
        match kin.sort {
            Sort::Body if kin.two == 0 => has_grown |= led.firsts.set(kin.first),
            Sort::Body => has_grown |= led.fronts.set(kin.first) | led.fronts.set(kin.two),
            Sort::Name => {
                for last in born.lasts() {
                    has_grown |= led.lasts.set(last);
                }
            }
            _ => {}
        }
        self.has_grown |= has_grown;
    }

    /// Whether something came in since this was asked last.
    pub fn has_grown(&mut self) -> bool {
        std::mem::take(&mut self.has_grown)
    }
}

/// A set of numbers, of which some look alike.
#[derive(Debug)]
struct Bits<const N: u32>(Box<[u64]>);

impl<const N: u32> Bits<N> {
    fn new() -> Bits<N> {
        Bits(vec![0; 1 << (N - 6)].into())
    }

    fn place(number: u32) -> (usize, u64) {
        let at = number >> (32 - N);
        ((at >> 6) as usize, 1 << (at & 63))
    }

    fn has(&self, number: u32) -> bool {
        let (at, bit) = Bits::<N>::place(number);
        number != 0 && self.0[at] & bit != 0
    }

    /// Adds a number, and says whether it was not there.
    fn set(&mut self, number: u32) -> bool {
        let (at, bit) = Bits::<N>::place(number);
        let is_new = number != 0 && self.0[at] & bit == 0;
        self.0[at] |= if is_new { bit } else { 0 };
        is_new
    }
}

/// The number of some words, the same for all that fold to one id; never zero.
pub fn key_of(words: &str) -> u32 {
    match is_simple(words) {
        true => key(words),
        false => key(&fold(words)),
    }
}

/// The same of words that are folded, or need only be put in small letters for that.
pub fn key(folded: &str) -> u32 {
    const PRIME: u64 = 0x9e37_79b9_7f4a_7c15;
    let (mut number, mut is_between) = (0u64, false);
    for byte in folded.bytes() {
        if !byte.is_ascii_alphanumeric() {
            is_between = number != 0;
            continue;
        }
        if is_between {
            number = (number.rotate_left(5) ^ u64::from(b'-')).wrapping_mul(PRIME);
            is_between = false;
        }
        number = (number.rotate_left(5) ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(PRIME);
    }
    match number {
        // That is the id of what has no letters.
        0 => key("unnamed"),
        _ => ((number >> 32) as u32).max(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::name::slug;

    #[test]
    fn words_have_one_number_where_they_have_one_id() {
        let words = [
            "Dana Ortiz",
            "dana ortiz",
            "Dana O’Rtiz",
            "Dana-Ortiz",
            " Dana  Ortiz.",
            "Danaortiz",
            "Dána Ortiz",
            "the Ortiz",
            "",
            "—",
            "unnamed?",
        ];
        for (one, other) in words
            .iter()
            .flat_map(|one| words.iter().map(move |other| (one, other)))
        {
            if slug(one) == slug(other) && !one.is_empty() {
                assert_eq!(key_of(one), key_of(other), "{one}, {other}");
            }
        }
        assert_ne!(key_of("Dana Ortiz"), key_of("Dana Ortis"));
    }

    #[test]
    fn names_lead_to_those_who_share_a_whole_or_a_surname_or_the_front_of_a_body() {
        let leads = |name: &str, to: &str, kind: SpeakerKind, family: &str| {
            let family = (kind == SpeakerKind::Person).then_some(family);
            let (kin, born) = (
                Kin::of_name(name, Sort::Mention),
                Born::of(to, kind, family, None),
            );
            let (mut one, mut other) = (Circle::new(), Circle::new());
            one.doubt(&born);
            other.look_up(&kin);
            assert_eq!(one.has(&kin), other.needs(&born), "{name}, {to}");
            assert!(one.has_all_of(&born) && other.knows(&kin));
            one.has(&kin)
        };
        let (person, body) = (SpeakerKind::Person, SpeakerKind::Body);
        assert!(leads("ortiz", "dana ortiz", person, "ortiz"));
        assert!(leads("anna ortiz", "dana ortiz", person, "ortiz"));
        assert!(leads("boone", "carl boone jr", person, "boone"));
        assert!(!leads("dana roth", "dana ortiz", person, "ortiz"));
        assert!(leads("harlow", "harlow foods", body, ""));
        assert!(leads("harlow foods inc", "harlow foods", body, ""));
        assert!(leads("harlow foods", "harlow", body, ""));
        assert!(!leads("harlow smith", "harlow foods", body, ""));
        assert!(!leads("bloom foods", "harlow foods", body, ""));
    }
}
