//! What a definition may say, shown while it is typed: its kind, its title, its fields and ground rules.

use crate::draft::Draft;
use crate::features::completion::field_list;
use crate::scene::Scene;
use crate::syntax::tree::{Definition, Shape, Sigil};

/// A definition's form with the part under the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The whole form on one line.
    pub label: String,
    /// Its parts, in order: the words of the label, and what they are for.
    pub parts: Vec<(String, &'static str)>,
    /// Which part the cursor is in; none between two.
    pub active: Option<usize>,
}

/// The form of the definition under the cursor; none elsewhere.
pub fn signature(draft: &Draft, _scene: &Scene, at: usize) -> Option<Signature> {
    let (index, inside) = draft.block_at(at)?;
    let block = &draft.tree.blocks[index].block;
    let Shape::Definition(definition) = &block.shape else {
        return None;
    };
    // Inside the brackets an id is typed.
    if inside < definition.id.end() + 2 {
        return None;
    }
    let fields = field_list(definition.sigil);
    let mut parts = match definition.sigil {
        Sigil::Source => vec![
            (
                "kind".to_owned(),
                "interview, email, document, data, report…",
            ),
            (
                "title".to_owned(),
                "who was interviewed, or what it is called",
            ),
        ],
        Sigil::Entity => vec![
            ("kind".to_owned(), "person, org, place, office"),
            ("name".to_owned(), "the full name"),
        ],
    };
    let given = fields.iter();
    parts.extend(given.map(|(key, what)| (format!("{key}: …"), *what)));
    let sign = match definition.sigil {
        Sigil::Source => '^',
        Sigil::Entity => '@',
    };
    let id = definition.id.of(&block.text);
    let words: Vec<&str> = parts.iter().map(|part| part.0.as_str()).collect();
    let label = format!(
        "[{sign}{id}]: {}, {}; {}",
        words[0],
        words[1],
        words[2..].join("; ")
    );
    let active = active(definition, &block.text, inside, fields);
    Some(Signature {
        label,
        parts,
        active,
    })
}

fn active(
    definition: &Definition,
    text: &str,
    at: usize,
    fields: &[(&str, &str)],
) -> Option<usize> {
    // From the last `;` or line end before the cursor on.
    let from = text[..at].rfind([';', '\n']).map_or(0, |sign| sign + 1);
    if from == 0 {
        let kind = definition.kind.map(|kind| kind.end());
        let in_title = kind.is_some_and(|end| at > end)
            || definition.kind.is_none() && definition.title.is_some();
        return Some(usize::from(in_title));
    }
    let key = text[from..].split(':').next()?.trim();
    let index = fields.iter().position(|(name, _)| *name == key)?;
    Some(index + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing;

    fn part(marked: &str) -> String {
        testing::asked(marked, |draft, scene, at| {
            let Some(found) = signature(draft, scene, at) else {
                return "no form".to_owned();
            };
            assert!(found.parts.iter().all(|part| found.label.contains(&part.0)));
            match found.active {
                Some(part) => found.parts[part].0.clone(),
                None => "between".to_owned(),
            }
        })
    }

    #[test]
    fn the_part_under_the_cursor_is_told() {
        assert_eq!(part("[^a]:<|>\n"), "kind");
        assert_eq!(part("[^a]: inter<|>view, Dana Ortiz\n"), "kind");
        assert_eq!(part("[^a]: interview, Dana O<|>rtiz\n"), "title");
        assert_eq!(part("[^a]: the letter of M<|>ay\n"), "title");
        assert_eq!(
            part("[^a]: interview, Dana Ortiz; date: 2026<|>-01-01\n"),
            "date: …"
        );
        assert_eq!(
            part("[^a]: interview, Dana Ortiz; \n  file: tapes<|>/a.m4a\n"),
            "file: …"
        );
        assert_eq!(
            part("[^a]: interview, Dana Ortiz; on re<|>cord\n"),
            "between"
        );
        assert_eq!(
            part("[@a]: person, Dana Ortiz; ro<|>le: chair\n"),
            "role: …"
        );
    }

    #[test]
    fn copy_and_the_id_have_no_form() {
        assert_eq!(part("The wall le<|>aks.\n"), "no form");
        assert_eq!(part("[^a<|>b]: interview, Dana Ortiz\n"), "no form");
    }
}
