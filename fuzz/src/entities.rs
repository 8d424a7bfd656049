//! Any letters are a file of entities, and any bytes an index or none: what can be read is read, what cannot is told,
//! names are found again, and a damaged index answers something or says so.

use std::io::Cursor;
use std::sync::Arc;

use onrecord::entities::base::{Base, File};
use onrecord::entities::import::stream::{self, Source, Taker, Told};
use onrecord::entities::import::{self, Format};
use onrecord::entities::index::Index;
use onrecord::entities::index::build::{Builder, in_memory};
use onrecord::entities::record::{Layer, Record};

use super::dice::Dice;
use super::parse::fits;

/// Pieces of files of records.
const RECORDS: &[&str] = &[
    "[[person]]\n",
    "[[org]]\n",
    "[[place]]\n",
    "[[office]]\n",
    "[[person.role]]\n",
    "[person]\n",
    "id = \"dana-ortiz\"\n",
    "name = \"Dana Ortiz\"\n",
    "name = \"José Ñúñez-Ó Briain\"\n",
    "name = \"\"\n",
    "name = 7\n",
    "variants = [\"D. Ortiz\", \"Ortiz, Dana\"]\n",
    "variants = [",
    "surname = \"Ortiz\"\n",
    "order = \"family-first\"\n",
    "title = \"mayor\"\n",
    "org = \"harlow\"\n",
    "from = 2020-02-30\n",
    "until = 2024\n",
    "born = \"1960\"\n",
    "died = 9999-12-31\n",
    "hidden = [\"Q1\"]\n",
    "name,title,org,from\n",
    "Dana Ortiz,mayor,Harlow,2020\n",
    "\"Dana\tOrtiz\n",
    "name\ttitle\n",
    ",,,,\n",
    "{\"name\":\"Dana Ortiz\",\"kind\":\"person\"}\n",
    "{\"name\":",
    "{\"id\":\"Q42\",\"type\":\"item\",\"labels\":{\"en\":{\"value\":\"Dana Ortiz\"}},\"sitelinks\":{},\"claims\":{\"P31\":[{\"mainsnak\":{\"datavalue\":{\"value\":{\"id\":\"Q5\"}}}}]}},\n",
    "[\n",
    "]\n",
    "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Dana Ortiz\"]}}\n",
    "{\"persons\":[{\"id\":\"1\",\"name\":\"Dana Ortiz\"}],\"memberships\":[{\"person_id\":\"1\",\"organization_id\":\"2\"}],\"organizations\":[]}",
    "- id:\n    bioguide: O000001\n  name:\n    first: Dana\n    last: Ortiz\n  terms:\n  - type: sen\n    start: '2019-01-03'\n",
    "# ours\n",
    "\n",
    "\r\n",
    "\u{feff}",
    "\0",
    "😀",
    "\"",
    "'''",
    "= ",
];

/// The first byte chooses what is read.
pub fn run(bytes: &[u8]) {
    let mut dice = Dice::new(bytes);
    match dice.below(8) {
        0 => damaged(&mut dice),
        1 | 2 => imported(&mut dice),
        _ => in_a_folder(&mut dice),
    }
}

fn letters(dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => dice.rest(),
        _ => dice.text(RECORDS, 30),
    }
}

fn in_a_folder(dice: &mut Dice) {
    let format = dice.one(&[Format::Toml, Format::Lines, Format::Table]);
    let text = letters(dice);
    let path: Arc<str> = "entities/people.toml".into();
    let entries = import::read(format, &text, &path, Layer::Newsroom);
    for mistake in &entries.mistakes {
        fits(&text, mistake.span, &mistake.what);
        assert!(!mistake.what.is_empty());
    }
    let names: Vec<String> = entries.records.iter().map(|it| it.name.clone()).collect();
    let index = in_memory(entries.records.iter());
    assert!(index.len() <= entries.records.len());
    for number in 0..index.len() as u32 {
        assert!(
            index.record(number).is_some(),
            "record {number} of {text:?}"
        );
    }
    let base = Base::new(
        vec![File {
            path,
            layer: Layer::Newsroom,
            entries,
        }],
        vec![Arc::new(index)],
    );
    look_up(&base, &names);
}

fn look_up(base: &Base, names: &[String]) {
    for name in names {
        let key = onrecord::entities::fold::fold(name);
        for end in [1, 3, key.len()] {
            if let Some(start) = key.get(..end) {
                for found in base.search(start, 5) {
                    base.record(found.id);
                }
            }
        }
        base.named(&key);
        base.misspelt(&key);
        base.by_surname_alone(&key);
        base.by_role(&key, 3);
    }
}

/// Takes what an import gives, into an index.
struct Taken(Builder<Cursor<Vec<u8>>>, Vec<String>);

impl Taker for Taken {
    fn take(&mut self, record: &Record) -> std::io::Result<()> {
        self.1.push(record.name.clone());
        self.0.add(record).map(|_| ())
    }
    fn complain(&mut self, _: u64, what: String) {
        assert!(!what.is_empty());
    }
    fn pass_over(&mut self) {}
    fn progress(&mut self, _: u64) {}
}

/// An index from an import, and the names in it.
fn index(dice: &mut Dice) -> (Vec<u8>, Vec<String>) {
    let text = letters(dice);
    let source = Source::of(
        dice.one(&["a.json", "a.csv", "a.yaml", "a.jsonl", "a"]),
        &text,
    );
    let told = Told {
        name: "fuzz".into(),
        date: None,
        language: "en".to_owned(),
    };
    let builder = Builder::new(Cursor::new(Vec::new())).expect("memory takes it");
    let mut taken = Taken(builder, Vec::new());
    // An error is an answer: of memory that ends in the middle of a document.
    let _ = stream::read(source, text.as_bytes(), &told, &mut taken);
    let bytes = taken.0.finish("").expect("memory takes it");
    (bytes.into_inner(), taken.1)
}

fn imported(dice: &mut Dice) {
    let (bytes, names) = index(dice);
    let index = Index::owned(bytes).expect("what was written can be read");
    look_up(&Base::new(Vec::new(), vec![Arc::new(index)]), &names);
}

/// An index of which a byte was lost, turned or cut off.
fn damaged(dice: &mut Dice) {
    let at = dice.below(65_536);
    let (how, to) = (dice.below(3), dice.below(256) as u8);
    let text = "name,title\nDana Ortiz,mayor\nPaul Venn,clerk\nAnn Lee,diver\nAna Roth,chair\n";
    let (mut bytes, mut names) = index(dice);
    if names.is_empty() {
        (bytes, names) = index(&mut Dice::new(&[&[0], text.as_bytes()].concat()));
    }
    let at = at % bytes.len();
    match how {
        0 => bytes.truncate(at),
        1 => bytes[at] = to,
        _ => bytes[at..]
            .iter_mut()
            .take(16)
            .for_each(|byte| *byte ^= to | 1),
    }
    if let Ok(index) = Index::owned(bytes) {
        for number in 0..(index.len() as u32).min(64) {
            index.record(number);
            index.headline(number);
        }
        look_up(&Base::new(Vec::new(), vec![Arc::new(index)]), &names);
    }
}
