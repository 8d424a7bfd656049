//! Whole sources, of any size, read record by record.

use std::io::{self, BufRead};
use std::sync::Arc;

use csv::{ByteRecord, ReaderBuilder};
use serde_json::Value;

use super::table::{Columns, delimiter};
use super::{foreign, json, yaml};
use crate::entities::day::Day;
use crate::entities::mistake::Mistake;
use crate::entities::record::{Layer, Record};
use crate::text::span::Span;

/// The longest line that is read, in bytes.
const MAX_LINE: u64 = 64 << 20;

/// The formats that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// One record a line, as JSON, with our own keys.
    Jsonl,
    /// CSV or TSV with a header.
    Table,
    /// One JSON document of Popolo.
    Popolo,
    /// FollowTheMoney: one entity a line.
    FollowTheMoney,
    /// A JSON dump of Wikidata.
    Wikidata,
    /// The YAML of congress-legislators.
    Congress,
}

impl Source {
    /// The formats by the names that a person types.
    const NAMES: [(&'static str, Source); 6] = [
        ("jsonl", Source::Jsonl),
        ("csv", Source::Table),
        ("popolo", Source::Popolo),
        ("ftm", Source::FollowTheMoney),
        ("wikidata", Source::Wikidata),
        ("congress", Source::Congress),
    ];

    /// The format of a name.
    pub fn named(name: &str) -> Option<Source> {
        let mut names = Source::NAMES.into_iter();
        names.find(|known| known.0 == name).map(|known| known.1)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        let mut names = Source::NAMES.into_iter();
        names
            .find(|known| known.1 == self)
            .map_or("", |known| known.0)
    }

    /// The format of a file, by its name (without `.gz`) and its first letters.
    pub fn of(name: &str, start: &str) -> Source {
        let end = name
            .rsplit('.')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let first = start.trim_start_matches('\u{feff}').trim_start();
        let line = first.lines().next().unwrap_or_default();
        match end.as_str() {
            "csv" | "tsv" => Source::Table,
            "yaml" | "yml" => Source::Congress,
            _ if line.contains("\"schema\"") && line.contains("\"properties\"") => {
                Source::FollowTheMoney
            }
            _ if first.starts_with('[') => Source::Wikidata,
            _ if line.contains("\"sitelinks\"") && line.contains("\"claims\"") => Source::Wikidata,
            _ if first.starts_with('{') && !line.trim_end().ends_with('}') => Source::Popolo,
            _ if line.contains("\"memberships\"") && line.contains("\"persons\"") => Source::Popolo,
            _ if first.starts_with('{') => Source::Jsonl,
            _ => Source::Table,
        }
    }
}

/// What is told of a source.
#[derive(Clone, Debug)]
pub struct Told {
    /// Its name, for records that name no source of their own.
    pub name: Arc<str>,
    /// When it was taken.
    pub date: Option<Day>,
    /// The language whose names are taken from a source of many.
    pub language: String,
}

/// What happens with each record.
pub trait Taker {
    /// A record. An error ends the import.
    fn take(&mut self, record: &Record) -> io::Result<()>;
    /// A record was left out, or a field of one: its line, and why.
    fn complain(&mut self, line: u64, what: String);
    /// Something that is no entity of a kind that we keep.
    fn pass_over(&mut self);
    /// So many bytes were read so far.
    fn progress(&mut self, bytes: u64);
}

/// Reads a source from front to back. What cannot be read is told, and the rest goes on.
pub fn read(
    source: Source,
    input: impl BufRead,
    told: &Told,
    taker: &mut impl Taker,
) -> io::Result<()> {
    let mut stream = Stream {
        told,
        taker,
        line: 0,
        bytes: 0,
    };
    match source {
        Source::Jsonl => stream.lines(input, |object| Some(object.clone())),
        Source::FollowTheMoney => stream.lines(input, foreign::follow_the_money),
        Source::Wikidata => stream.lines(input, |object| foreign::wikidata(object, &told.language)),
        Source::Table => stream.table(input),
        Source::Popolo => stream.popolo(input),
        Source::Congress => stream.congress(input),
    }
}

struct Stream<'a, T> {
    told: &'a Told,
    taker: &'a mut T,
    line: u64,
    bytes: u64,
}

impl<T: Taker> Stream<'_, T> {
    fn take(&mut self, read: Result<(Box<Record>, Vec<Mistake>), String>) -> io::Result<()> {
        match read {
            Ok((mut record, mistakes)) => {
                for mistake in mistakes {
                    self.taker.complain(self.line, mistake.what);
                }
                record.origin.date = record.origin.date.or(self.told.date);
                if !record.has_id {
                    // Never by its name: two people may share one.
                    record.id = format!("{}:{}", self.told.name, self.line);
                    record.has_id = true;
                }
                self.taker.take(&record)
            }
            Err(what) => {
                self.taker.complain(self.line, what);
                Ok(())
            }
        }
    }

    fn object(&mut self, object: &Value) -> io::Result<()> {
        let read = json::object(object, Span::at(0), &self.told.name, Layer::Imported);
        self.take(read)
    }

    /// One JSON object a line; a dump's brackets and commas are passed over.
    fn lines(
        &mut self,
        mut input: impl BufRead,
        ours: impl Fn(&Value) -> Option<Value>,
    ) -> io::Result<()> {
        let mut line = Vec::new();
        while self.next_line(&mut input, &mut line)? {
            let words = match std::str::from_utf8(&line) {
                Ok(words) => words.trim_start_matches('\u{feff}').trim(),
                Err(_) => {
                    let what = "This line is not UTF-8 and was left out.".to_owned();
                    self.taker.complain(self.line, what);
                    continue;
                }
            };
            let words = words.trim_end_matches(',');
            if matches!(words, "" | "[" | "]") {
                continue;
            }
            match serde_json::from_str::<Value>(words) {
                Ok(object) => match ours(&object) {
                    Some(object) => self.object(&object)?,
                    None => self.taker.pass_over(),
                },
                Err(error) => {
                    let what = format!("This line is not JSON ({error}) and was left out.");
                    self.taker.complain(self.line, what);
                }
            }
        }
        Ok(())
    }

    /// The next line, unless it is too long to be one: then it is passed over and told.
    fn next_line(&mut self, input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
        loop {
            line.clear();
            let read = io::Read::take(&mut *input, MAX_LINE).read_until(b'\n', line)?;
            if read == 0 {
                return Ok(false);
            }
            self.line += 1;
            self.bytes += read as u64;
            if self.line.is_multiple_of(4096) {
                self.taker.progress(self.bytes);
            }
            if line.ends_with(b"\n") || (read as u64) < MAX_LINE {
                return Ok(true);
            }
            while !line.ends_with(b"\n") {
                line.clear();
                let more = io::Read::take(&mut *input, MAX_LINE).read_until(b'\n', line)?;
                self.bytes += more as u64;
                if more == 0 {
                    break;
                }
            }
            let what = "This line is longer than 64 MB and was left out.".to_owned();
            self.taker.complain(self.line, what);
        }
    }

    fn table(&mut self, mut input: impl BufRead) -> io::Result<()> {
        let mut first = Vec::new();
        self.bytes += input.read_until(b'\n', &mut first)? as u64;
        let header = String::from_utf8_lossy(&first).into_owned();
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(&header))
            .from_reader(io::Read::chain(&first[..], input));
        let mut row = ByteRecord::new();
        let mut columns = None;
        loop {
            self.line = reader.position().line();
            if !reader.read_byte_record(&mut row).map_err(io::Error::from)? {
                return Ok(());
            }
            if self.line.is_multiple_of(4096) {
                self.taker.progress(reader.position().byte());
            }
            let Some(columns) = &columns else {
                let read = Columns::read(&row);
                columns = Some(read.map_err(io::Error::other)?);
                continue;
            };
            let read = columns.record(&row, Span::at(0), &self.told.name, Layer::Imported);
            self.take(read)?;
        }
    }

    fn popolo(&mut self, input: impl BufRead) -> io::Result<()> {
        let document: Value = serde_json::from_reader(input).map_err(io::Error::from)?;
        for object in foreign::popolo(&document) {
            self.line += 1;
            self.object(&object)?;
        }
        Ok(())
    }

    fn congress(&mut self, mut input: impl BufRead) -> io::Result<()> {
        let (mut line, mut item, mut start) = (Vec::new(), String::new(), 1);
        loop {
            let goes_on = self.next_line(&mut input, &mut line)?;
            let words = String::from_utf8_lossy(&line).into_owned();
            if (!goes_on || words.starts_with("- ")) && !item.trim().is_empty() {
                let here = std::mem::replace(&mut self.line, start);
                match yaml::item(&item) {
                    Ok(object) => match foreign::legislator(&object) {
                        Some(object) => self.object(&object)?,
                        None => self.taker.pass_over(),
                    },
                    Err(what) => self
                        .taker
                        .complain(start, format!("This record was left out: {what}.")),
                }
                self.line = here;
                item.clear();
            }
            if !goes_on {
                return Ok(());
            }
            if item.is_empty() {
                start = self.line;
            }
            if !words.starts_with('#') && words.trim_end() != "---" {
                item.push_str(&words);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Seen {
        records: Vec<String>,
        told: Vec<(u64, String)>,
        passed: usize,
    }

    impl Taker for Seen {
        fn take(&mut self, record: &Record) -> io::Result<()> {
            let date = record
                .origin
                .date
                .map(|day| day.to_string())
                .unwrap_or_default();
            self.records.push(format!(
                "{} | {} | {} | {date}",
                record.id, record.name, record.origin.file
            ));
            Ok(())
        }
        fn complain(&mut self, line: u64, what: String) {
            self.told.push((line, what));
        }
        fn pass_over(&mut self) {
            self.passed += 1;
        }
        fn progress(&mut self, _: u64) {}
    }

    fn seen(name: &str, bytes: &[u8]) -> Seen {
        let told = Told {
            name: "leaders".into(),
            date: Day::read("2026-08-01"),
            language: "en".to_owned(),
        };
        let source = Source::of(name, &String::from_utf8_lossy(bytes));
        let mut seen = Seen::default();
        read(source, bytes, &told, &mut seen).expect("it can be read to its end");
        seen
    }

    #[test]
    fn one_bad_row_costs_only_itself() {
        let all = seen("x.jsonl", b"{\"id\": \"a\", \"name\": \"Dana Ortiz\"}\n{\"name\": \"Pa\n\xff\xfe\n{\"name\": \"Paul Venn\", \"src\": \"other\"}\n");
        assert_eq!(
            all.records,
            [
                "a | Dana Ortiz | leaders | 2026-08-01",
                "leaders:4 | Paul Venn | other | 2026-08-01"
            ]
        );
        let lines: Vec<u64> = all.told.iter().map(|told| told.0).collect();
        assert_eq!(lines, [2, 3]);
        let all = seen(
            "x.csv",
            b"name,title\nDana Ortiz,mayor\nJos\xe9 Venn,clerk\n\"Paul, Ash\",diver\n",
        );
        assert_eq!(
            all.records,
            [
                "leaders:2 | Dana Ortiz | leaders | 2026-08-01",
                "leaders:4 | Paul, Ash | leaders | 2026-08-01"
            ]
        );
        assert!(all.told[0].1.contains("Latin-1"), "{:?}", all.told);
    }

    #[test]
    fn formats_are_known_by_their_first_letters() {
        assert_eq!(
            Source::of("a.json", "[\n{\"type\":\"item\"},"),
            Source::Wikidata
        );
        assert_eq!(
            Source::of(
                "entities.ftm.json",
                "{\"id\": \"x\", \"schema\": \"Person\", \"properties\": {}}\n"
            ),
            Source::FollowTheMoney
        );
        assert_eq!(
            Source::of("ep-popolo-v1.0.json", "{\n  \"persons\": ["),
            Source::Popolo
        );
        assert_eq!(
            Source::of("legislators-current.yaml", "- id:\n"),
            Source::Congress
        );
        assert_eq!(
            Source::of("people.jsonl", "{\"name\": \"x\"}\n"),
            Source::Jsonl
        );
        assert_eq!(Source::of("people.tsv", "name\t"), Source::Table);
    }

    #[test]
    fn a_dump_is_a_list_of_lines_and_a_yaml_a_list_of_items() {
        let all = seen("dump.json", b"[\n{\"id\":\"Q2\",\"labels\":{\"en\":{\"value\":\"Dana Ortiz\"}},\"claims\":{\"P31\":[{\"mainsnak\":{\"datavalue\":{\"value\":{\"id\":\"Q5\"}}}}]}},\n{\"id\":\"Q3\",\"claims\":{}}\n]\n");
        assert_eq!(all.records, ["Q2 | Dana Ortiz | leaders | 2026-08-01"]);
        assert_eq!(all.passed, 1);
        let all = seen("x.yaml", b"- id:\n    bioguide: O1\n  name:\n    first: Dana\n    last: Ortiz\n  terms: []\n- id\n  x: y\n- name:\n    first: Paul\n    last: Venn\n");
        assert_eq!(all.records.len(), 2, "{:?} {:?}", all.records, all.told);
        assert_eq!(all.told[0].0, 7);
    }
}
