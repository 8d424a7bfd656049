//! A record that names a source who is not on the record.

use crate::draft::Draft;
use crate::finding::{Finding, Fix, Severity};
use crate::prose::fold::fold;
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::source::{Source, Terms};
use crate::syntax::tree::{Definition, Field, Shape, Sigil};
use crate::text::edit::Edit;
use crate::text::order;
use crate::text::span::Span;
use crate::words::{self, Classes};

/// A record that names a source who is not on the record.
pub const RULE: Rule = Rule {
    name: "source-name-in-record",
    topic: "source",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "A source who is not on the record, named in the draft’s own record.",
    why: "Drafts travel: to the desk, to a lawyer, into an archive that a court can ask for. The name of somebody who was promised \
          that it stays out of it belongs into a private file. Only the record is marked, never the name in the story.",
    fires: &[
        "
The board met twice, a person close to it said.[^r]

[^r]: interview, Ana Roth; background
  ^ error source-name-in-record: This record names a source who is not on the record. Move the name to a private file.
",
        "
The board met twice.[^clerk]

[^clerk]: interview, a clerk of the board; by: Ana Roth; off the record
  ^^^^^ error source-name-in-record: This record names a source who is not on the record. Move the name to a private file.
",
        "
The board met twice.[^ana-roth]

[^ana-roth]: message, a clerk of the board; NFA
  ^^^^^^^^ error source-name-in-record: This record names a source who is not on the record. Move the name to a private file.
    file: notes/roth.txt
",
        "
The board met twice.[^c]

[^c]: call, deputy mayor Ana Roth in Port Harlan; date: 2026-03-01; deep background
  ^ error source-name-in-record: This record names a source who is not on the record. Move the name to a private file.
",
        "
The board met twice.[^c]

[^c]: tip, a clerk of the board; background
  ^ error source-name-in-record: This record names a source who is not on the record. Move the name to a private file.
    contact: Ana Roth, 555 0134
",
        "
The board met twice.[^c]

[^c]: call, Jan van der Berg; background
  ^ error source-name-in-record: This record names a source who is not on the record. Move the name to a private file.
",
        "
The board met twice.[^c]

[^c]: call, Omar al-Masri; background
  ^ error source-name-in-record: This record names a source who is not on the record. Move the name to a private file.
",
        "
The board met twice.[^c]

[^c]: call, Rosa de la Cruz; background
  ^ error source-name-in-record: This record names a source who is not on the record. Move the name to a private file.
",
        "
The board met twice.[^c]

[^c]: call, Omar bin Said; background
  ^ error source-name-in-record: This record names a source who is not on the record. Move the name to a private file.
",
        "
The board met twice.[^c]

[^c]: call, Rui da Silva; background
  ^ error source-name-in-record: This record names a source who is not on the record. Move the name to a private file.
",
        "
The board met twice.[^c]

[^c]: call, Ana M. Roth; background
  ^ error source-name-in-record: This record names a source who is not on the record. Move the name to a private file.
",
        "
The board met twice.[^c]

[^c]: call, J. Roth; background
  ^ error source-name-in-record: This record names a source who is not on the record. Move the name to a private file.
",
        "
The board met twice.[^c]

[^c]: call, a clerk (Ana Roth); background
  ^ error source-name-in-record: This record names a source who is not on the record. Move the name to a private file.
",
        "
The board met twice.[^c]

[^c]: call, a clerk named Ana Roth; background
  ^ error source-name-in-record: This record names a source who is not on the record. Move the name to a private file.
",
        "
The board met twice.[^c]

[^c]: call, two clerks: Ana Roth and Paul Wren; background
  ^ error source-name-in-record: This record names a source who is not on the record. Move the name to a private file.
",
        "
The board met twice.[^c]

[^c]: call, a clerk; background; identity: Ana Roth
  ^ error source-name-in-record: This record names a source who is not on the record. Move the name to a private file.
",
        "
The board met twice.[^c]

[^c]: call, a clerk; background; note: this is Ana Roth
  ^ error source-name-in-record: This record names a source who is not on the record. Move the name to a private file.
",
    ],
    quiet: &[
        "The board met twice.[^r]\n\n[^r]: interview, Ana Roth; on record",
        "The board met twice.[^r]\n\n[^r]: interview, Ana Roth",
        "The board met twice.[^p]\n\n[^p]: interview, three people familiar with the vote; background; count: 3",
        "The board met twice.[^h]\n\n[^h]: interview, Harbor Board official; background",
        "The board met twice.[^d]\n\n[^d]: document, letter of Ana Roth to the board; background",
        "The board met twice.[^m]\n\n[^m]: interview, Foreign Ministry; background",
        "The board met twice.[^c]\n\n[^c]: interview, a clerk of the board; background\n    as: a person close to the board",
        "The board met twice.[^c]\n\n[^c]: call, a clerk (Port Harlan); background; identity: ^7; note: wants to stay out of the Harlan file",
        "The board met twice.[^c]\n\n[^c]: call, two clerks: one of the Harbor Board; background; note: called by Ana Roth’s desk",
        "Ana Roth left early.[^c]\n\n[^c]: interview, a clerk of the board; background",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, _scene: &Scene, found: &mut Vec<Finding>) {
    for source in &draft.story.sources {
        if matches!(source.terms, Terms::OnRecord | Terms::NotNoted) {
            continue;
        }
        let placed = &draft.tree.blocks[source.place.block];
        let Shape::Definition(definition) = &placed.block.shape else {
            continue;
        };
        let text: &str = &placed.block.text;
        let names = names_in(source, definition, text);
        if names.is_empty() {
            continue;
        }
        let message =
            "This record names a source who is not on the record. Move the name to a private file.";
        let mut finding = look::finding(&RULE, draft.span(source.place), message);
        finding.fixes.push(Fix {
            title: "Take the name out of this record (write it into a private file first)"
                .to_owned(),
            is_safe: false,
            edits: take_out(draft, source, definition, &names),
        });
        found.push(finding);
    }
}

/// The words of the record that name somebody.
fn names_in(source: &Source, definition: &Definition, text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for field in &definition.fields {
        let value = field.value.of(text).trim_start_matches('@');
        let is_name = match field.key.of(text).to_lowercase().as_str() {
            "by" | "name" | "aka" => !value.is_empty() && !value.starts_with("TK"),
            "contact" => !value.is_empty(),
            "identity" => person(value).is_some(),
            "note" => says_who(value),
            _ => false,
        };
        if is_name {
            names.push(value.to_owned());
        }
    }
    let speaks = matches!(
        source.kind,
        "interview" | "email" | "message" | "tip" | "briefing" | "statement" | ""
    );
    if speaks {
        names.extend(people(&source.title));
    }
    let mut parts = source.id.split(['-', '_', '.']);
    let is_forename = parts
        .next()
        .is_some_and(|part| words::classes(&part.to_lowercase()).has(Classes::FORENAME));
    if is_forename
        && parts
            .next()
            .is_some_and(|part| part.chars().all(char::is_alphabetic))
    {
        names.push(source.id.clone());
    }
    names
}

/// The people whom a title names: `Ana Roth, a clerk`, `a clerk (Ana Roth)`, `a clerk named Ana Roth`, `two clerks: Ana Roth
/// and Paul Wren`.
pub fn people(title: &str) -> Vec<String> {
    let mut people: Vec<String> = title.split(',').filter_map(person).collect();
    let aside = title.split([',', '(', ')', ':', ';']).skip(1);
    people.extend(aside.flat_map(full_names));
    let called = [" named ", " called "].into_iter();
    let called = called.filter_map(|word| title.split_once(word)?.1.split([',', '(']).next());
    people.extend(called.filter_map(person));
    people
}

/// The names with a forename that a part holds, and nothing else beside titles: `Ana Roth and Paul Wren`.
fn full_names(part: &str) -> impl Iterator<Item = String> {
    part.split(" and ").filter_map(person).filter(|name| {
        let words: Vec<&str> = name.split_whitespace().collect();
        words.windows(2).any(|pair| {
            let is_forename = words::classes(&pair[0].to_lowercase()).has(Classes::FORENAME);
            (is_forename || is_initial(pair[0])) && is_name(pair[1])
        })
    })
}

/// `this is Ana Roth`, or a name alone: a note that says who it is.
fn says_who(note: &str) -> bool {
    const SAYS: &[&str] = &["this is ", "name is ", "real name "];
    let lower = note.to_lowercase();
    let after = SAYS.iter().find_map(|says| {
        let at = lower.find(says)? + says.len();
        note.get(at..)
    });
    full_names(after.unwrap_or(note)).next().is_some()
}

/// The person's name that a part of a title opens with, after a role and titles of courtesy.
pub fn person(part: &str) -> Option<String> {
    let of = |word: &str| words::classes(&word.trim_end_matches('.').to_lowercase());
    let is_before = |word: &str| {
        let class = of(word);
        class.has(Classes::ROLE)
            || class.has(Classes::RANK)
            || class.has(Classes::HONORIFIC)
            || words::classes(&word.to_lowercase()).has(Classes::HONORIFIC)
    };
    let part = part.trim();
    let all: Vec<&str> = part.split_whitespace().collect();
    let first = all
        .iter()
        .position(|word| is_initial(word) || !is_before(word))?;
    // `Jan van der Berg`: particles stand between names.
    let is_inside = |word: &&&str| is_name(word) || PARTICLES.contains(*word);
    let mut run = all[first..].iter().take_while(is_inside).count();
    while run > 0 && !is_name(all[first + run - 1]) {
        run -= 1;
    }
    if !all.get(first).is_some_and(|word| is_name(word)) {
        return None;
    }
    let after = all.get(first + run);
    let ends = after.is_none_or(|word| {
        word.starts_with('(')
            || of(word).has(Classes::PREPOSITION)
            || matches!(*word, "in" | "at" | "of" | "on" | "by")
    });
    let body = all[first..first + run].iter().any(|word| {
        let class = of(word);
        [
            Classes::INSTITUTION,
            Classes::BODY,
            Classes::PLACE,
            Classes::DEMONYM,
            Classes::OUTLET,
            Classes::DOCUMENT,
            Classes::ANONYMOUS,
            Classes::COLLECTIVE,
        ]
        .into_iter()
        .any(|one| class.has(one))
            || is_acronym(word)
    });
    let count = all[first..first + run].iter().filter(|word| is_name(word));
    let name = || all[first..first + run].join(" ");
    (run > 0 && count.count() <= 4 && ends && !body).then(name)
}

/// Words in small letters that stand inside a person's name.
const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "la", "le", "da", "das", "do", "dos", "del", "della", "di",
    "du", "bin", "bint", "ibn", "ben", "al", "el", "ten", "ter", "zu", "y",
];

/// A word with a capital, the article of `al-Masri` set aside.
fn is_name(word: &str) -> bool {
    let after = word
        .split_once('-')
        .filter(|(head, _)| PARTICLES.contains(head));
    let word = after.map_or(word, |(_, after)| after);
    word.starts_with(char::is_uppercase)
}

/// `M.`, `J.R.`
fn is_initial(word: &str) -> bool {
    word.ends_with('.')
        && word
            .split_terminator('.')
            .all(|part| part.len() == 1 && part.starts_with(char::is_uppercase))
}

/// Capitals throughout, and no initial: a body.
fn is_acronym(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    !is_initial(word) && !PARTICLES.contains(&word) && letters.all(char::is_uppercase)
}

/// What takes the name out: the title, `by:`, `contact:` and what else says who it is, the path of the file, and an id that gives it away.
fn take_out(
    draft: &Draft,
    source: &Source,
    definition: &Definition,
    names: &[String],
) -> Vec<Edit> {
    let placed = &draft.tree.blocks[source.place.block];
    let text: &str = &placed.block.text;
    let place = |span: Span| placed.place(span);
    let mut edits = Vec::new();
    if gives_away(&source.id, names) {
        let id = (1..)
            .map(|number| format!("source-{number}"))
            .find(|id| draft.story.sources.iter().all(|other| other.id != *id))
            .expect("numbers do not end");
        edits.push(Edit::replace(place(definition.id), id.clone()));
        let cited = draft.story.citations.iter();
        let cited = cited.filter(|cited| cited.sigil == Sigil::Source && cited.name == source.id);
        edits.extend(cited.map(|cited| Edit::replace(draft.span(cited.id), id.clone())));
    }
    if let Some(title) = definition
        .title
        .filter(|title| !people(title.of(text)).is_empty())
    {
        edits.push(match definition.kind {
            Some(kind) => Edit::delete(place(Span::new(kind.end(), title.end()))),
            None => Edit::replace(place(title), "TK"),
        });
    }
    let is_telling = |field: &&Field| {
        let key = field.key.of(text).to_lowercase();
        match key.as_str() {
            "by" | "name" | "aka" | "contact" | "file" => true,
            "identity" => person(field.value.of(text)).is_some(),
            "note" => says_who(field.value.of(text)),
            _ => false,
        }
    };
    for field in definition.fields.iter().filter(is_telling) {
        let before = text[..field.key.start()].trim_end_matches([' ', '\t']);
        let start = match before.ends_with(';') {
            true => before.len() - 1,
            false => before.trim_end_matches(['\n', '\r']).len(),
        };
        edits.push(Edit::delete(place(Span::new(start, field.value.end()))));
    }
    order::by_key(&mut edits, |edit| edit.span);
    edits
}

/// Whether an id holds a part of a name.
fn gives_away(id: &str, names: &[String]) -> bool {
    let id = fold(id);
    names
        .iter()
        .flat_map(|name| {
            fold(name)
                .split([' ', '-', ','])
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .any(|word| {
            word.chars().count() >= 3 && word.chars().all(char::is_alphabetic) && id.contains(&word)
        })
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::draft::Draft;
    use crate::entities::base::Base;
    use crate::finding::Finding;
    use crate::reading::Reading;
    use crate::rules::check;
    use crate::scene::Scene;
    use crate::text::Text;

    const STORY: &str = "Date: 2026-03-05

The board met twice on Monday, a person close to it said.[^roth] Ana Roth declined to comment.

“There was no vote,” Roth said in an interview.[^rot]

###

[^roth]: interview, Ana Roth in Port Harlan; date: 2026-03-01; background; by: Ana Roth
    file: notes/ana-roth.txt
    why: not allowed to speak
";

    fn findings(text: &str) -> Vec<Finding> {
        let (config, base) = (Config::default(), Base::default());
        let scene = Scene {
            config: &config,
            base: &base,
            records: crate::notes::Records::none(),
            today: jiff::civil::date(2026, 3, 5),
            stamp: 0,
        };
        let draft = Draft::read(Text::new(text), &Reading::default(), &base, None);
        check(&draft, &scene, None).findings.to_vec()
    }

    #[test]
    fn only_the_record_is_marked_and_nothing_said_names_the_source() {
        let record = STORY.find("[^roth]:").expect("the record");
        for finding in findings(STORY) {
            let said = std::iter::once(&finding.message)
                .chain(finding.related.iter().map(|place| &place.message))
                .chain(finding.fixes.iter().map(|fix| &fix.title));
            for words in said.filter(|_| finding.rule.starts_with("source-")) {
                assert!(
                    !words.to_lowercase().contains("roth"),
                    "{}: {words}",
                    finding.rule
                );
            }
            if finding.rule == "source-name-in-record" {
                assert!(finding.span.start() >= record, "{finding:?}");
            }
        }
        assert!(
            findings(STORY)
                .iter()
                .any(|finding| finding.rule == "source-name-in-record")
        );
    }

    #[test]
    fn the_fix_takes_name_id_and_path_out_of_the_record_and_keeps_the_rest() {
        let found = findings(STORY);
        let found = found
            .iter()
            .find(|finding| finding.rule == "source-name-in-record");
        let fix = &found.expect("it names her").fixes[0];
        let mut text = Text::new(STORY);
        for edit in fix.edits.iter().rev() {
            text.apply(edit);
        }
        let mended = text.to_string();
        let (story, record) = mended.split_once("###").expect("the end mark stays");
        assert_eq!(
            record,
            "\n\n[^source-1]: interview; date: 2026-03-01; background\n    why: not allowed to speak\n"
        );
        assert!(story.contains("close to it said.[^source-1] Ana Roth declined"));
    }
}
