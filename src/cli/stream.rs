//! JSON Lines through the program: a line in, a line out, in order, a batch in memory at a time.

use std::io::{self, BufRead, Write};

use clap::ValueEnum;
use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use super::complain;
use super::written::Written;
use crate::text::span::Span;

/// What standard input holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Input {
    /// One draft.
    Draft,
    /// A JSON object a line, each with `id` and `text`.
    Jsonl,
}

/// The exit code where not every line was answered: the input broke off, or the output could not be written. Then the
/// work is to be done again; a line that is no article is answered, and 2.
const BROKEN: i32 = 3;

/// How many lines are read before they are answered; each core takes its share.
const BATCH: usize = 256;

/// Answers every line of `input` with what `answer` makes of its text and its id. A line that is no article is answered with
/// its `error`, and the others go on; the exit code is then 2. A reader who went away ends the run quietly.
pub fn lines(input: impl BufRead, answer: impl Fn(&str, Value) -> String + Sync) -> i32 {
    let mut out = io::BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let mut batch = Vec::with_capacity(BATCH);
    let mut code = 0;
    let mut number = 0;
    let mut lines = input.split(b'\n');
    loop {
        batch.clear();
        for line in lines.by_ref().take(BATCH) {
            match line {
                Ok(line) => batch.push(line),
                Err(error) => {
                    complain(&format!("standard input cannot be read on: {error}"));
                    code = BROKEN;
                    break;
                }
            }
        }
        if batch.is_empty() {
            break;
        }
        let answers: Vec<(String, bool)> = batch
            .par_iter()
            .enumerate()
            .filter(|(_, line)| !line.iter().all(u8::is_ascii_whitespace))
            .map(|(index, line)| one(line, number + index + 1, &answer))
            .collect();
        number += batch.len();
        for (line, is_good) in answers {
            if !is_good {
                code = code.max(2);
            }
            if let Err(error) = writeln!(out, "{line}") {
                return gone(&error, code);
            }
        }
        if code == BROKEN {
            break;
        }
    }
    match out.flush() {
        Ok(()) => code,
        Err(error) => gone(&error, code),
    }
}

fn gone(error: &io::Error, code: i32) -> i32 {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return code;
    }
    complain(&format!("the output cannot be written: {error}"));
    BROKEN
}

/// An answer as it is written: one line.
pub fn line(answer: &impl Serialize) -> String {
    serde_json::to_string(answer).expect("plain data is always JSON")
}

fn one(line: &[u8], number: usize, answer: impl Fn(&str, Value) -> String) -> (String, bool) {
    let read: Result<Value, _> = serde_json::from_slice(line);
    let fault = |id: Value, what: String| {
        let told = json!({ "id": id, "line": number, "error": what });
        (told.to_string(), false)
    };
    let mut article = match read {
        Ok(article) => article,
        Err(error) => return fault(Value::Null, format!("is not JSON: {error}")),
    };
    let id = article.get_mut("id").map_or(Value::Null, Value::take);
    let Some(text) = article.get("text").and_then(Value::as_str) else {
        return fault(id, "has no \"text\" that is a string".to_owned());
    };
    (answer(text, id), true)
}

/// Turns bytes of a text into Unicode code points, or into units of UTF-16.
pub struct CodePoints {
    /// Where in the text a character of more than one byte ends, and how many bytes too many stand before that.
    wide: Vec<(usize, usize)>,
}

impl CodePoints {
    /// Counts through a text.
    pub fn new(text: &str) -> CodePoints {
        CodePoints::counted(text, |_| 1)
    }

    /// The same in units of UTF-16: characters of four bytes are two.
    pub fn in_utf16(text: &str) -> CodePoints {
        CodePoints::counted(text, |width| width / 4 + 1)
    }

    fn counted(text: &str, units: impl Fn(usize) -> usize) -> CodePoints {
        /// Most runs of so many bytes have no wide character, which is seen at once.
        const RUN: usize = 32;
        let mut surplus = 0;
        let mut wide = Vec::new();
        for (run, bytes) in text.as_bytes().chunks(RUN).enumerate() {
            if bytes.is_ascii() {
                continue;
            }
            for (at, first) in (run * RUN..).zip(bytes).filter(|(_, byte)| **byte >= 0xc0) {
                // The first byte of a character tells how many it has.
                let width = first.leading_ones() as usize;
                surplus += width - units(width);
                wide.push((at + width, surplus));
            }
        }
        CodePoints { wide }
    }

    /// How many code points stand before a byte.
    pub fn at(&self, byte: usize) -> usize {
        byte - self.surplus(self.wide.partition_point(|&(end, _)| end <= byte))
    }

    /// How many bytes too many stand before the end of the last of so many wide characters.
    fn surplus(&self, passed: usize) -> usize {
        passed.checked_sub(1).map_or(0, |last| self.wide[last].1)
    }

    /// Writes where a span of bytes starts and ends.
    pub fn write(&self, span: Span, to: &mut Written) {
        let before = self.wide.partition_point(|&(end, _)| end <= span.start());
        // Hardly a span has more than a few of them.
        let within = self.wide[before..].iter();
        let within = within.take_while(|(end, _)| *end <= span.end()).count();
        let start = span.start() - self.surplus(before);
        let end = span.end() - self.surplus(before + within);
        to.row([start, end], Written::number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_code_points() {
        let text = "“Å” 🎈 x¢";
        let (points, units) = (CodePoints::new(text), CodePoints::in_utf16(text));
        for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let before = &text[..byte];
            assert_eq!(points.at(byte), before.chars().count());
            assert_eq!(units.at(byte), before.encode_utf16().count());
            for start in 0..byte {
                let mut written = Written::default();
                points.write(Span::new(start, byte), &mut written);
                let expected = format!("[{},{}]", points.at(start), points.at(byte));
                assert_eq!(written.into_string(), expected);
            }
        }
    }
}
