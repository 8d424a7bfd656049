//! Whom a pronoun or a role without a name is read as where it says something.

use super::{Hint, speakers};
use crate::draft::Draft;
use crate::features::subject;
use crate::features::words::shortened;
use crate::prose::phrase::NounKind;
use crate::scene::Scene;
use crate::story::{Confidence, Place, SpeakerKind};
use crate::text::span::Span;

/// `she = Ortiz` for each in a stretch of the file.
pub fn antecedents(draft: &Draft, _scene: &Scene, range: Span) -> Vec<Hint> {
    let statements = draft.story.statements.iter();
    let hints = statements.filter_map(|statement| {
        let phrase = subject::source(draft, statement)?;
        if !matches!(phrase.kind, NounKind::Pronoun | NounKind::Definite) {
            return None;
        }
        let speaker = draft.story.speaker(statement.speaker?);
        if matches!(
            speaker.kind,
            SpeakerKind::Anonymous | SpeakerKind::Institution
        ) {
            return None;
        }
        let place = Place {
            block: statement.block,
            span: phrase.span,
        };
        let span = draft.span(place);
        let words = draft.words(place);
        if !span.overlaps(range) || words.eq_ignore_ascii_case(&speaker.name) {
            return None;
        }
        let back = statement.antecedent;
        let number = back.and_then(|place| subject::paragraph(draft, place.block));
        let back = match (back, number) {
            (Some(place), Some(number)) => {
                format!(": “{}” in ¶{number}", shortened(draft.words(place), 60))
            }
            _ => String::new(),
        };
        let perhaps = match statement.confidence {
            Confidence::Low => "probably ",
            Confidence::Medium | Confidence::High => "",
        };
        Some(Hint {
            at: span.end(),
            label: format!("= {perhaps}{}", speakers::short(speaker)),
            tooltip: format!(
                "“{words}” is read as {}{back}",
                shortened(&speaker.name, 100)
            ),
            is_apart: true,
        })
    });
    hints.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;

    #[test]
    fn a_pronoun_and_a_role_say_whom_they_are_read_as() {
        assert_eq!(
            shown(
                "Harbor Commissioner Dana Ortiz closed the pier. It will stand, she said.\n",
                &["antecedent"]
            ),
            "Harbor Commissioner Dana Ortiz closed the pier. It will stand, she ⟦= Ortiz⟧ said.\n"
        );
        let named = "It will stand, Dana Ortiz said. It is old, Ortiz said.\n";
        assert_eq!(shown(named, &["antecedent"]), named);
    }
}
