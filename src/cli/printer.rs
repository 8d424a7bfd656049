//! What was found, printed draft by draft in their order: a draft is let go of as soon as it is checked.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};

use super::check::{FailOn, Format, Options, Report};
use super::{baseline, code_of, github, human, json, junit, sarif};

/// How reports are printed.
#[derive(Clone, Copy)]
pub struct Style {
    format: Format,
    fail_on: FailOn,
    look: human::Look,
    /// Whether only what mending would change is printed.
    is_diff: bool,
    /// Whether the fingerprints are kept for a baseline.
    keeps_marks: bool,
}

/// What is left of a draft that was checked.
pub struct Piece {
    printed: String,
    /// How many findings there are of each level, the least first.
    counts: [usize; 4],
    path: String,
    marks: Vec<String>,
}

impl Style {
    pub fn of(options: &Options) -> Style {
        Style {
            format: options.format,
            fail_on: options.fail_on,
            look: human::Look::new(options.color.is_on()),
            is_diff: options.diff,
            keeps_marks: options.write_baseline.is_some(),
        }
    }

    /// A report as it is printed.
    pub fn piece(&self, mut report: Report) -> Piece {
        let mut counts = [0; 4];
        for finding in &report.findings {
            counts[finding.severity as usize] += 1;
        }
        let printed = match self.format {
            _ if self.is_diff => std::mem::take(&mut report.diff),
            Format::Human => human::findings(&report, self.look),
            Format::Json => json::elements(&report),
            Format::Jsonl => json::lines(&report),
            Format::Sarif => sarif::results(&report),
            Format::Github => github::annotations(&report),
            Format::Junit => junit::suite(&report, self.fail_on.least()),
        };
        Piece {
            printed,
            counts,
            marks: match self.keeps_marks {
                true => baseline::fingerprints(&report),
                false => Vec::new(),
            },
            path: report.path,
        }
    }

    /// What stands before all pieces.
    fn head(&self, tally: &Tally) -> String {
        match self.format {
            Format::Junit if !self.is_diff => junit::head(tally.tests, self.failures(tally)),
            _ => String::new(),
        }
    }

    /// What stands between a piece and those before it.
    fn link(&self, is_first: bool) -> Cow<'static, str> {
        match (self.format, is_first) {
            _ if self.is_diff => "".into(),
            (Format::Json, true) => "[\n".into(),
            (Format::Sarif, true) => sarif::frame().0.into(),
            (Format::Json | Format::Sarif, false) => ",\n".into(),
            _ => "".into(),
        }
    }

    /// What stands behind all pieces.
    fn tail(&self, tally: &Tally) -> String {
        match self.format {
            _ if self.is_diff => String::new(),
            Format::Human => human::summary(tally.reports, tally.counts),
            Format::Json if tally.printed == 0 => "[]\n".to_owned(),
            Format::Json => "\n]\n".to_owned(),
            Format::Sarif if tally.printed == 0 => sarif::empty(),
            Format::Sarif => sarif::frame().1,
            Format::Junit => junit::TAIL.to_owned(),
            Format::Jsonl | Format::Github => String::new(),
        }
    }

    /// How many findings fail the run.
    fn failures(&self, tally: &Tally) -> usize {
        let least = self.fail_on.least().map_or(4, |least| least as usize);
        tally.counts[least..].iter().sum()
    }
}

/// What was counted so far.
#[derive(Default)]
struct Tally {
    reports: usize,
    counts: [usize; 4],
    /// Findings, and drafts without any.
    tests: usize,
    /// Pieces that are not empty.
    printed: usize,
}

/// Prints the pieces in order, whatever the order in which they come.
pub struct Printer {
    style: Style,
    /// Nothing is printed before the end where the beginning tells of all, or a person looks on.
    is_held: bool,
    held: String,
    /// The first piece that has not come yet, and those after it that have.
    next: usize,
    waiting: BTreeMap<usize, Result<Piece, String>>,
    tally: Tally,
    /// The fingerprints of each draft with findings, by path.
    pub marks: BTreeMap<String, Vec<String>>,
    /// What could not be checked, in the order of the drafts.
    pub problems: Vec<String>,
    written: io::Result<()>,
}

impl Printer {
    pub fn new(style: Style) -> Printer {
        Printer {
            is_held: matches!(style.format, Format::Junit) || io::stdout().is_terminal(),
            style,
            held: String::new(),
            next: 0,
            waiting: BTreeMap::new(),
            tally: Tally::default(),
            marks: BTreeMap::new(),
            problems: Vec::new(),
            written: Ok(()),
        }
    }

    /// Takes in what became of the draft at a place, from zero; each comes once.
    pub fn take_in(&mut self, place: usize, result: Result<Piece, String>) {
        self.waiting.insert(place, result);
        while let Some(result) = self.waiting.remove(&self.next) {
            self.next += 1;
            match result {
                Ok(piece) => self.add(piece),
                Err(problem) => self.problems.push(problem),
            }
        }
    }

    /// How many drafts and files of configuration were reported on.
    pub fn reports(&self) -> usize {
        self.tally.reports
    }

    /// Takes in a piece that is next.
    pub fn add(&mut self, piece: Piece) {
        let found: usize = piece.counts.iter().sum();
        self.tally.reports += 1;
        self.tally.tests += found.max(1);
        let counts = self.tally.counts.iter_mut().zip(piece.counts);
        counts.for_each(|(all, here)| *all += here);
        if found > 0 && self.style.keeps_marks {
            self.marks.insert(piece.path, piece.marks);
        }
        if !piece.printed.is_empty() {
            let link = self.style.link(self.tally.printed == 0);
            self.tally.printed += 1;
            self.print(&link);
            self.print(&piece.printed);
        }
    }

    fn print(&mut self, words: &str) {
        if self.is_held {
            self.held.push_str(words);
        } else if self.written.is_ok() {
            self.written = io::stdout().lock().write_all(words.as_bytes());
        }
    }

    /// Prints what is left when all pieces have come, with everything that went wrong known; the exit code. A reader who
    /// went away is no error.
    pub fn finish(mut self, problems: &[String]) -> i32 {
        let is_failed = !self.style.is_diff && self.style.failures(&self.tally) > 0;
        let code = match (problems.is_empty(), is_failed) {
            (false, _) => 2,
            (true, true) => 1,
            (true, false) => 0,
        };
        self.is_held = false;
        let head = self.style.head(&self.tally);
        self.print(&head);
        let held = std::mem::take(&mut self.held);
        self.print(&held);
        let is_human = matches!(self.style.format, Format::Human);
        if !is_human || self.tally.reports > 0 || problems.is_empty() {
            let tail = self.style.tail(&self.tally);
            self.print(&tail);
        }
        code_of(self.written.and_then(|()| io::stdout().flush()), code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Finding, Severity};
    use crate::text::Text;
    use crate::text::span::Span;

    fn report(path: &str, rules: &[(&'static str, Severity)]) -> Report {
        let finding = |(rule, severity): &(&'static str, Severity)| Finding {
            rule,
            severity: *severity,
            span: Span::new(0, 3),
            message: String::new(),
            related: Vec::new(),
            fixes: Vec::new(),
            is_unnecessary: false,
            is_private: false,
        };
        Report {
            path: path.to_owned(),
            source: "The pier.".to_owned(),
            text: Text::new("The pier."),
            findings: rules.iter().map(finding).collect(),
            let_stand: Vec::new(),
            diff: String::new(),
        }
    }

    /// What is printed of four drafts that come in some order, with the end.
    fn printed(format: Format, order: [usize; 4]) -> String {
        let style = || Style {
            format,
            fail_on: FailOn::Warning,
            look: human::Look {
                is_colored: false,
                width: 100,
            },
            is_diff: false,
            keeps_marks: true,
        };
        let mut printer = Printer::new(style());
        printer.is_held = true;
        for place in order {
            let result = match place {
                0 => Ok(report(
                    "a",
                    &[("one", Severity::Hint), ("two", Severity::Error)],
                )),
                1 => Ok(report("b", &[])),
                2 => Err("c is not there".to_owned()),
                _ => Ok(report("d", &[("three", Severity::Warning)])),
            };
            printer.take_in(place, result.map(|report| style().piece(report)));
        }
        assert_eq!(printer.reports(), 3);
        assert_eq!(printer.problems, ["c is not there"]);
        assert_eq!(printer.marks.keys().collect::<Vec<_>>(), ["a", "d"]);
        let (head, tail) = (style().head(&printer.tally), style().tail(&printer.tally));
        head + &printer.held + &tail
    }

    #[test]
    fn drafts_are_printed_in_their_order_whichever_is_done_first() {
        for format in [
            Format::Human,
            Format::Json,
            Format::Jsonl,
            Format::Sarif,
            Format::Github,
            Format::Junit,
        ] {
            let in_order = printed(format, [0, 1, 2, 3]);
            assert_eq!(printed(format, [3, 2, 0, 1]), in_order);
            assert_eq!(printed(format, [1, 3, 2, 0]), in_order);
        }
        let json = printed(Format::Json, [3, 2, 1, 0]);
        let read: Vec<serde_json::Value> = serde_json::from_str(&json).expect("it is an array");
        let rules: Vec<&str> = read.iter().filter_map(|one| one["rule"].as_str()).collect();
        assert_eq!(rules, ["one", "two", "three"]);
        let human = printed(Format::Human, [0, 1, 2, 3]);
        assert!(
            human.ends_with("3 drafts: 1 error, 1 warning, 1 hint\n"),
            "{human}"
        );
        let junit = printed(Format::Junit, [0, 1, 2, 3]);
        assert!(junit.contains("tests=\"4\" failures=\"2\""), "{junit}");
    }
}
