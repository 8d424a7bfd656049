//! Turns of a talk: paragraphs that open with who speaks and a colon, as an interview is printed.

use rustc_hash::FxHashMap;

use super::cast::Casts;
use super::outline::Label;
use crate::prose::attribution::is_heading;
use crate::syntax::tree::Tree;

/// How far into a paragraph its colon stands at most, in bytes.
const MOST_BYTES: usize = 40;

/// The paragraphs that are turns, in order. `Q:` and `A:` are so by themselves; names where two of them at least take turns,
/// because a list of who is who, and a box of facts, have each name once.
pub fn turns(labels: &[Label], tree: &Tree, casts: &Casts) -> Vec<usize> {
    let labels = labels.iter().enumerate();
    let body = labels.filter(|(_, label)| **label == Label::Body);
    let labelled = body.filter(|(index, _)| casts.of(*index).is_labelled());
    let named =
        labelled.filter_map(|(index, _)| Some((index, who(&tree.blocks[index].block.text)?)));
    let named: Vec<(usize, &str)> = named.collect();
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for (_, who) in &named {
        *counts.entry(who).or_default() += 1;
    }
    let speakers = counts.values().filter(|count| **count > 1).count();
    let is_turn = |who: &str| matches!(who, "Q" | "A") || speakers > 1 && counts[who] > 1;
    let turns = named.iter().filter(|(_, who)| is_turn(who));
    turns.map(|(index, _)| *index).collect()
}

/// Who speaks in a paragraph by its first words: `DO: We had no choice.`, `**Dana Ortiz:** We had no choice.`
pub fn who(text: &str) -> Option<&str> {
    let is_emphasis = |c: char| matches!(c, '*' | '_');
    let text = text.trim_start_matches(is_emphasis);
    let colon = text
        .bytes()
        .take(MOST_BYTES)
        .position(|byte| byte == b':')?;
    let (who, said) = text.split_at(colon);
    let goes_on = said[1..].trim_start_matches(is_emphasis).starts_with(' ');
    let who = who.trim_end_matches(is_emphasis);
    let is_name = |word: &str| {
        let letters = |c: char| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\'');
        word.starts_with(char::is_uppercase) && word.chars().all(letters) && !is_heading(word)
    };
    let mut words = who.split(' ');
    (goes_on && words.clone().count() <= 4 && words.all(is_name)).then_some(who)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::Prose;
    use crate::text::Text;
    use crate::text::pages::Shared;

    fn check(text: &str, expected: &[usize]) {
        let tree = crate::syntax::parse(&Text::new(text), None);
        let labels = vec![Label::Body; tree.blocks.len()];
        let shared = Shared {
            now: tree.blocks.len(),
            ..Shared::default()
        };
        let prose = Prose::default();
        let casts = Casts::read(shared, None, |index| {
            (&*tree.blocks[index].block.text, &prose)
        });
        assert_eq!(turns(&labels, &tree, &casts), expected, "{text}");
    }

    #[test]
    fn an_interview_has_two_who_speak_again_and_again() {
        check(
            "The mayor spoke.\n\nDO: It is safe.\n\nTH: Is it?\n\nDO: It was.\n\nTH: When?\n",
            &[1, 2, 3, 4],
        );
        check(
            "The mayor spoke.\n\n**Herald:** Why?\n\n**Dana Ortiz:** It was old.\n\n**Herald:** How old?\n\n**Dana Ortiz:** Old.\n\nShe left.",
            &[1, 2, 3, 4],
        );
        check("The mayor spoke.\n\nQ: Why?\n\nA: It was old.\n", &[1, 2]);
    }

    #[test]
    fn a_list_of_names_is_no_interview() {
        check(
            "She left.\n\nDana Ortiz: The mayor since 2019.\n\nPaul Wren: The engineer.\n",
            &[],
        );
        check(
            "She left.\n\nDana Ortiz: The mayor.\n\nDana Ortiz: She left.\n\nPaul Wren: He left.\n",
            &[],
        );
        check(
            "She left.\n\nWhen: Monday.\n\nWhere: Harlan.\n\nWhen: Tuesday.\n\nWhere: Tarrow.\n",
            &[],
        );
        check(
            "The board met at 9:30 a.m. on Monday.\n\nIt said: No.\n\nIt said: No.\n",
            &[],
        );
    }
}
