//! Words that are none of a list, told by their length and their first and last letters.

/// Which lengths the words of a list have, by their first letter and by their last: tells most other words apart with two looks.
#[derive(Debug)]
pub struct Lengths {
    first: [u32; 32],
    last: [u32; 32],
}

impl Lengths {
    /// Of lists of words in small letters of ASCII, fewer than 32 each.
    pub const fn of(lists: &[&[&str]]) -> Lengths {
        let (mut first, mut last) = ([0; 32], [0; 32]);
        let mut list = 0;
        while list < lists.len() {
            let mut at = 0;
            while at < lists[list].len() {
                let word = lists[list][at].as_bytes();
                assert!(word.len() < 32, "a list holds short words");
                first[(word[0] & 31) as usize] |= 1 << word.len();
                last[(word[word.len() - 1] & 31) as usize] |= 1 << word.len();
                at += 1;
            }
            list += 1;
        }
        Lengths { first, last }
    }

    /// Whether a word in whatever case may be of the list; a word that is not of ASCII is none of it.
    #[inline]
    pub fn may_hold(&self, word: &str) -> bool {
        let letters = word.as_bytes();
        let ([first, ..], [.., last]) = (letters, letters) else {
            return false;
        };
        let lengths = self.first[usize::from(first & 31)] & self.last[usize::from(last & 31)];
        letters.len() < 32 && lengths >> letters.len() & 1 == 1
    }
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
