//! Who is read as the speaker of a quotation that has no cue of its own.

use super::Hint;
use crate::draft::Draft;
use crate::features::subject;
use crate::features::words::{capitalised, shortened};
use crate::prose::QuoteKind;
use crate::scene::Scene;
use crate::story::{Binding, Confidence, Speaker, Step};
use crate::text::span::Span;

/// The longest name that is shown, in characters.
const LONGEST: usize = 30;

/// A dash and a name behind each quotation in a stretch of the file that is given to somebody from elsewhere.
pub fn speakers(draft: &Draft, _scene: &Scene, range: Span) -> Vec<Hint> {
    let story = &draft.story;
    let quotes = story.quotes.iter().enumerate();
    let quotes = quotes.filter(|(_, quote)| draft.span(quote.place).overlaps(range));
    let hints = quotes.filter_map(|(index, quote)| {
        let read = draft.prose[quote.place.block].quotes.get(quote.index)?;
        if !matches!(read.kind, QuoteKind::Full | QuoteKind::Partial) || read.is_open {
            return None;
        }
        let binding = subject::bound(draft, index)?;
        let how = how(draft, binding)?;
        let speaker = story.speaker(binding.speaker);
        let perhaps = match binding.confidence {
            Confidence::Low => "probably ",
            Confidence::Medium | Confidence::High => "",
        };
        Some(Hint {
            at: draft.span(quote.place).end(),
            label: format!("— {perhaps}{}", short(speaker)),
            tooltip: format!("Read as said by {}: {how}", shortened(&speaker.name, 100)),
            is_apart: true,
        })
    });
    hints.collect()
}

/// Why the words are given to somebody, where the sentence itself does not say so.
fn how(draft: &Draft, binding: &Binding) -> Option<String> {
    let how = match binding.step {
        Step::Mark | Step::SameSentence | Step::Between | Step::Credit => return None,
        Step::EarlierInParagraph => "the speaker before in the paragraph",
        Step::LaterInParagraph => "the next speaker in the paragraph",
        Step::Running => "the paragraph before left its quotation open",
        Step::Introduced => "the paragraph before ends in a colon",
        Step::ParagraphBefore => "the paragraph before ends with the speaker",
        Step::ParagraphAfter => "the next paragraph names the speaker",
    };
    let place = binding.source.or(binding.cue);
    let number = place.and_then(|place| subject::paragraph(draft, place.block));
    Some(match number {
        Some(number) => format!("{how} (¶{number})"),
        None => how.to_owned(),
    })
}

/// The name on second reference, as it is shown in the text.
pub fn short(speaker: &Speaker) -> String {
    let name = speaker.surname.as_ref().unwrap_or(&speaker.name);
    capitalised(&shortened(name, LONGEST))
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;

    #[test]
    fn a_quotation_with_its_own_cue_needs_no_sign() {
        assert_eq!(
            shown(
                "“It leaks,” Dana Ortiz said. “It is old.”\n\n“Nobody knew,” said Paul Venn.\n",
                &["speaker"]
            ),
            "“It leaks,” Dana Ortiz said. “It is old.” ⟦— Ortiz⟧\n\n“Nobody knew,” said Paul Venn.\n"
        );
    }

    #[test]
    fn what_is_not_sure_says_so_and_what_is_nobodys_says_nothing() {
        let told = shown(
            "Dana Ortiz, the board’s chair, spoke on Monday.\n\n“It leaks.”\n\n“Nobody told us,” Paul Venn said.\n",
            &["speaker"],
        );
        assert!(!told.contains("— Ortiz"), "{told}");
        let told = shown(
            "The wall is old, Dana Ortiz said.\n\n“We knew it would not last the winter here.”\n",
            &["speaker"],
        );
        assert!(told.contains("⟦— probably Ortiz⟧"), "{told}");
    }
}
