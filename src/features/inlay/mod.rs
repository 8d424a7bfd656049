//! Small signs in the text, by kind; each kind is switched on or off by itself.

mod antecedents;
mod roles;
mod speakers;
mod ticks;

use crate::draft::Draft;
use crate::scene::Scene;
use crate::text::order;
use crate::text::span::Span;

/// A sign that is shown and not typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The byte that it stands before.
    pub at: usize,
    /// What is shown.
    pub label: String,
    /// What it says to those who ask.
    pub tooltip: String,
    /// Whether it keeps a distance from the letter before it.
    pub is_apart: bool,
}

/// A kind of sign.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name in the settings.
    pub name: &'static str,
    /// Whether it is shown where nobody set it.
    pub is_on: bool,
    /// What it is, for the settings.
    pub summary: &'static str,
    find: fn(&Draft, &Scene, Span) -> Vec<Hint>,
}

/// The kinds, in the order of the settings.
pub const KINDS: [Kind; 4] = [
    Kind {
        name: "speaker",
        is_on: true,
        summary: "Who is read as the speaker of a quotation that has no “said” of its own.",
        find: speakers::speakers,
    },
    Kind {
        name: "antecedent",
        is_on: false,
        summary: "Whom “he said” and “the minister said” are read as.",
        find: antecedents::antecedents,
    },
    Kind {
        name: "role",
        is_on: false,
        summary: "The role that somebody has on the story’s date, after the first mention, as the newsroom’s files have it.",
        find: roles::roles,
    },
    Kind {
        name: "wordForWord",
        is_on: false,
        summary: "A tick behind each quotation that is on file word for word.",
        find: ticks::ticks,
    },
];

/// Which kinds are shown, in the order of [`KINDS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted(pub [bool; KINDS.len()]);

impl Default for Wanted {
    fn default() -> Wanted {
        Wanted(KINDS.map(|kind| kind.is_on))
    }
}

impl Wanted {
    /// Switches a kind by its name. Says whether there is one of that name.
    pub fn switch(&mut self, name: &str, is_on: bool) -> bool {
        let place = KINDS.iter().position(|kind| kind.name == name);
        place.map(|place| self.0[place] = is_on).is_some()
    }

    /// Whether there is anything to show.
    pub fn any(self) -> bool {
        self.0.contains(&true)
    }
}

/// The signs in a stretch of the file, in order.
pub fn hints(draft: &Draft, scene: &Scene, range: Span, wanted: Wanted) -> Vec<Hint> {
    let kinds = KINDS.iter().zip(wanted.0).filter(|(_, is_on)| *is_on);
    let mut found: Vec<Hint> = kinds
        .flat_map(|(kind, _)| (kind.find)(draft, scene, range))
        .collect();
    order::by_key(&mut found, |hint| hint.at);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing;
    use crate::text::edit::Edit;

    /// The text with the signs of some kinds in it, in the shape `⟦…⟧`.
    pub fn shown(marked: &str, kinds: &[&str]) -> String {
        testing::asked(marked, |draft, scene, _| {
            let mut wanted = Wanted([false; KINDS.len()]);
            for kind in kinds {
                assert!(wanted.switch(kind, true), "there is no kind {kind}");
            }
            let all = Span::new(0, draft.text.len());
            let hints = hints(draft, scene, all, wanted).into_iter();
            let edits: Vec<Edit> = hints
                .map(|hint| {
                    let space = if hint.is_apart { " " } else { "" };
                    Edit::insert(hint.at, format!("{space}⟦{}⟧", hint.label))
                })
                .collect();
            testing::after(draft, &edits)
        })
    }

    #[test]
    fn kinds_are_switched_one_by_one() {
        let mut wanted = Wanted::default();
        assert!(wanted.any() && wanted.switch("speaker", false) && !wanted.any());
        assert!(!wanted.switch("colour", true));
        let story = "“It leaks,” Dana Ortiz said. “It is old,” she said. “We knew.”\n";
        assert_eq!(shown(story, &[]), story);
        assert_eq!(
            shown(story, &["speaker", "antecedent"]),
            "“It leaks,” Dana Ortiz said. “It is old,” she ⟦= Ortiz⟧ said. “We knew.” ⟦— Ortiz⟧\n"
        );
    }
}
