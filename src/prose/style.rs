//! Which quotation marks come first in a draft: “double” or ‘single’.

use memchr::memchr3;

use crate::reading::QuoteStyle;
use crate::syntax::tree::Tree;

/// The style asked for; where that is left to the draft, the one in which most of its quotations open.
pub fn of<'a>(pairs: impl IntoIterator<Item = &'a Pairs>, asked: QuoteStyle) -> QuoteStyle {
    if asked != QuoteStyle::Detect {
        return asked;
    }
    let (mut single, mut double) = (0, 0);
    for pairs in pairs {
        single += pairs.single;
        double += pairs.double;
    }
    match single > double {
        true => QuoteStyle::Single,
        false => QuoteStyle::Double,
    }
}

/// The same for a tree that is read once.
pub fn of_tree(tree: &Tree, asked: QuoteStyle) -> QuoteStyle {
    let blocks = tree.blocks.iter();
    let pairs: Vec<Pairs> = blocks.map(|placed| pairs(&placed.block.text)).collect();
    of(&pairs, asked)
}

/// How many pairs of marks a block holds, as far as their places show.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pairs {
    single: usize,
    double: usize,
}

/// Counts the pairs of marks in a block's text.
pub fn pairs(text: &str) -> Pairs {
    let (mut opens, mut closes, mut double_opens, mut double_closes, mut straight) =
        (0, 0, 0, 0, 0);
    let mut from = 0;
    // The curly marks begin with one byte, as dashes do.
    while let Some(at) = memchr3(b'\'', b'"', 0xe2, &text.as_bytes()[from..]) {
        let at = from + at;
        from = at + 1;
        let mut letters = text[at..].chars();
        let c = letters.next().unwrap_or(' ');
        if matches!(c, '‘' | '’' | '\'' | '“' | '”' | '"') {
            let before = text[..at].chars().next_back().unwrap_or(' ');
            let after = letters.next().unwrap_or(' ');
            // Before a letter and after none: "‘We left", not "’90s" and not "don’t".
            let begins = !before.is_alphanumeric() && after.is_alphabetic();
            let ends = (before.is_alphanumeric()
                || matches!(before, '.' | ',' | '?' | '!' | '”' | '"'))
                && !after.is_alphanumeric();
            match c {
                '‘' => opens += usize::from(begins || after == '“'),
                '’' => closes += usize::from(ends),
                '\'' if begins => opens += 1,
                '\'' => closes += usize::from(ends),
                '“' => double_opens += 1,
                '”' => double_closes += 1,
                _ => straight += 1,
            }
        }
    }
    let double = double_opens.min(double_closes) + straight / 2;
    // A quotation that runs on is closed in some later paragraph.
    let runs_on = opens > closes && text.starts_with('‘');
    Pairs {
        single: opens.min(closes) + usize::from(runs_on),
        double,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(text: &str) -> QuoteStyle {
        of(&[pairs(text)], QuoteStyle::Detect)
    }

    #[test]
    fn the_marks_that_open_most_quotations_come_first() {
        let single = "‘He told me “the road is safe” and left,’ Ruiz said. ‘It was never closed.’";
        assert_eq!(style(single), QuoteStyle::Single);
        assert_eq!(style(&single.replace(['‘', '’'], "'")), QuoteStyle::Single);
        let double =
            "“They told me ‘the road is safe’ and left,” Ruiz said. “It’s the workers’ road.”";
        assert_eq!(style(double), QuoteStyle::Double);
        assert_eq!(
            style("The workers’ union met in the ’90s; it’s theirs."),
            QuoteStyle::Double
        );
        assert_eq!(style(""), QuoteStyle::Double);
        assert_eq!(style("‘Nobody came to us."), QuoteStyle::Single);
    }

    #[test]
    fn a_style_that_is_asked_for_is_kept() {
        let pairs = [pairs("“Yes,” she said.")];
        assert_eq!(of(&pairs, QuoteStyle::Single), QuoteStyle::Single);
    }
}
