//! What to know of the words under the cursor in a file of records.

use jiff::civil::Date;

use super::REFERENCES;
use super::meant;
use super::place::{Place, place};
use crate::entities::base::{Base, EntityId};
use crate::entities::import::interpret::{KEYS, ROLE_KEYS};
use crate::entities::record::Kind;
use crate::features::about_known;
use crate::features::hover::Hover;
use crate::features::words::escaped;

/// What to know of a kind, a key, the id of another record, or a name.
pub fn hover(text: &str, base: &Base, today: Date, at: usize) -> Option<Hover> {
    let (span, lines) = match place(text, at)? {
        Place::Header { span } => (span, vec![kind(span.of(text))?.to_owned()]),
        Place::Key { table, span, .. } => {
            let word = span.of(text);
            let role = ROLE_KEYS.iter().filter(|_| table.is_role);
            let own = KEYS
                .iter()
                .filter(|key| !table.is_role && key.kinds.contains(&table.kind));
            let key = role.chain(own).find(|key| key.name == word)?;
            (span, vec![format!("{word}: {}", key.what)])
        }
        Place::Value { key, span, .. } if REFERENCES.contains(&key) => {
            (span, about(base, meant(base, span.of(text))?, today))
        }
        Place::Value { span, .. } => {
            let id = super::about(text, base, at)?;
            (span, about(base, id, today))
        }
    };
    let lines: Vec<String> = lines.iter().map(|line| escaped(line)).take(8).collect();
    (!lines.is_empty()).then_some(Hover { span, lines })
}

fn kind(name: &str) -> Option<&'static str> {
    Some(match name.trim() {
        "person" => "person: somebody with a name; only name is needed",
        "person.role" => "person.role: a role of the person above, with its dates",
        "org" => "org: a company, a ministry, a newspaper; only name is needed",
        "place" => "place: a country, a town; only name is needed",
        "office" => "office: something that people hold; id and title are needed",
        _ => return None,
    })
}

/// What a draft's hover would say of somebody today.
fn about(base: &Base, id: EntityId, today: Date) -> Vec<String> {
    let Some(record) = base.record(id) else {
        return Vec::new();
    };
    if record.kind == Kind::Office {
        return about_known::office(base, id, &record, today);
    }
    let mut lines = vec![about_known::headline(base, &record, today)];
    lines.extend(about_known::details(base, &record, today, today));
    lines
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    fn shown(marked: &str) -> String {
        testing::asked(marked, |text, base, at| {
            let found = hover(text, base, jiff::civil::date(2026, 11, 25), at);
            found.map_or("nothing".to_owned(), |hover| {
                format!(
                    "{}: {}",
                    hover.span.of(text),
                    hover.plain().replace('\n', " | ")
                )
            })
        })
    }

    #[test]
    fn kinds_keys_references_and_names() {
        let file = |role: &str| {
            format!(
                "[[office]]\nid = \"harbor\"\ntitle = \"harbor commissioner\"\n\n[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\n{role}\nfrom = 2020-01-01\n"
            )
        };
        assert_eq!(
            shown(&file("office = \"har<|>bor\"")),
            "harbor: harbor commissioner — an office | Dana Ortiz: on 25 November 2026"
        );
        assert_eq!(
            shown(&file("off<|>ice = \"harbor\"")),
            "office: office: the id of an office"
        );
        assert_eq!(
            shown("[[person]]\nname = \"Dana Or<|>tiz\"\n[[person.role]]\ntitle = \"mayor\"\n"),
            "Dana Ortiz: Dana Ortiz — mayor | Write: Ortiz on second reference | Role as of 25 November 2026 · newsroom file"
        );
        assert_eq!(
            shown("[[per<|>son]]\nname = \"A\"\n"),
            "person: person: somebody with a name; only name is needed"
        );
        assert_eq!(shown("[[person]]\nname = \"A\" # a <|>\n"), "nothing");
    }
}
