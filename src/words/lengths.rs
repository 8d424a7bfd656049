//! Words that are none of a list, told by their length and their first and last letters.

/// Which lengths the words of a list have, by their first letter and by their last: tells most other words apart with two looks.
#[derive(Clone, Copy, Debug)]
pub struct Lengths {
    first: [u32; 32],
    last: [u32; 32],
}

impl Lengths {
    /// Of no words.
    pub const NONE: Lengths = Lengths {
        first: [0; 32],
        last: [0; 32],
    };

    /// Of lists of words in small letters of ASCII.
    pub const fn of(lists: &[&[&str]]) -> Lengths {
        let mut lengths = Lengths::NONE;
        let mut list = 0;
        while list < lists.len() {
            let mut at = 0;
            while at < lists[list].len() {
                lengths.add(lists[list][at]);
                at += 1;
            }
            list += 1;
        }
        lengths
    }

    /// Takes in a word.
    pub const fn add(&mut self, word: &str) {
        if let ([first, ..], [.., last]) = (word.as_bytes(), word.as_bytes()) {
            self.first[(*first & 31) as usize] |= bit(word);
            self.last[(*last & 31) as usize] |= bit(word);
        }
    }

    /// Whether a word of ASCII, in whatever case, may be one of them.
    #[inline]
    pub fn may_hold(&self, word: &str) -> bool {
        let letters = word.as_bytes();
        let ([first, ..], [.., last]) = (letters, letters) else {
            return false;
        };
        let lengths = self.first[usize::from(first & 31)] & self.last[usize::from(last & 31)];
        lengths & bit(word) != 0
    }
}

/// A bit for the length of a word; those of 31 bytes and more share one.
const fn bit(word: &str) -> u32 {
    let length = word.len();
    1 << if length < 31 { length } else { 31 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_list_pass_and_most_others_do_not() {
        const LENGTHS: Lengths = Lengths::of(&[&["group", "bank"], &["witness"]]);
        for word in ["group", "Group", "BANK", "witness", "grasp"] {
            assert!(LENGTHS.may_hold(word), "{word}");
        }
        for word in [
            "groups",
            "green",
            "harbor",
            "",
            "wit",
            "an unusually long-winded one of no list",
        ] {
            assert!(!LENGTHS.may_hold(word), "{word}");
        }
    }
}
