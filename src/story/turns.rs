//! Turns of a talk: paragraphs that open with who speaks and a colon, or answer a question in bold type, as an interview is printed.

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
    let talk = casts.of_talk();
    let body = talk.filter(|(index, _)| labels[*index] == Label::Body);
    let labelled = body.filter(|(_, cast)| cast.is_labelled());
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
    let mut turns: Vec<usize> = turns.map(|(index, _)| *index).collect();
    let answers = answers(labels, tree, casts);
    if !answers.is_empty() {
        turns.extend(answers);
        turns.sort_unstable();
        turns.dedup();
    }
    turns
}

/// The paragraphs behind questions in bold type, where there are two of these at least and one who answers says “I”: a page
/// of questions that a newsroom answers itself has claims of its own.
fn answers(labels: &[Label], tree: &Tree, casts: &Casts) -> Vec<usize> {
    let is_question =
        |index: &usize| labels[*index] == Label::Body && casts.of(*index).is_question();
    let talk = casts.of_talk().map(|(index, _)| index);
    let mut asked = talk.filter(is_question);
    let (Some(first), Some(_)) = (asked.next(), asked.next()) else {
        return Vec::new();
    };
    let mut is_asked = false;
    let answers = (first..labels.len()).filter(|index| {
        is_asked = match labels[*index] {
            Label::Body | Label::List | Label::BlockQuote => is_asked || is_question(index),
            Label::Subhead => false,
            _ => is_asked,
        };
        is_asked && !is_question(index) && labels[*index] == Label::Body
    });
    let answers: Vec<usize> = answers.collect();
    let mut texts = answers.iter().map(|index| &*tree.blocks[*index].block.text);
    match texts.any(says_i) {
        true => answers,
        false => Vec::new(),
    }
}

/// Whether somebody speaks of themselves before any quotation mark.
fn says_i(text: &str) -> bool {
    let own = text.split(['“', '"']).next().unwrap_or_default();
    let mut words = own.split(|c: char| !c.is_alphanumeric());
    words.any(|word| matches!(word, "I" | "me" | "my" | "My"))
}

/// Whether a paragraph is a question in bold type and nothing else.
pub fn is_question(text: &str) -> bool {
    let inside = text.trim().strip_prefix("**");
    let inside = inside.and_then(|text| text.strip_suffix("**"));
    inside.is_some_and(|text| text.trim_end().ends_with('?') && !text.contains("**"))
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
    use crate::reading::Purpose;
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
        let casts = Casts::read(shared, None, Purpose::All, |index| {
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
    fn questions_in_bold_type_are_answered_by_one_person() {
        check(
            "The mayor spoke.\n\n**Why?**\n\nIt was old. I saw it.\n\nIt fell.\n\n**When?**\n\nOn Monday.\n",
            &[2, 3, 5],
        );
        check(
            "**Why?**\n\nIt was old, and “I saw it,” Ortiz said.\n\n**When?**\n\nOn Monday.\n",
            &[],
        );
        check("The mayor spoke.\n\n**Why?**\n\nI saw it.\n", &[]);
        check("**Why?** I saw it.\n\n**When?** I saw it.\n", &[]);
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
