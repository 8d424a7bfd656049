//! What was told of a document, as it was written out, so that the next telling writes only what changed.

use std::collections::HashMap;
use std::fmt::Write;
use std::hash::Hasher;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHasher;
use serde::Serialize;

use super::capabilities::Session;
use super::convert;
use crate::desk::edition::{Edition, Surroundings};
use crate::finding::{Findings, Found};
use crate::text::Text;
use crate::text::position::{Encoding, Position};
use crate::text::span::Span;

/// The findings of a document as they were told.
#[derive(Debug)]
pub struct Told {
    /// The diagnostics in JSON, with commas between them.
    pub written: String,
    /// What they tell, in the same order.
    found: Vec<Found>,
    /// Where each ends in `written`.
    ends: Vec<usize>,
    text: Text,
    surroundings: Arc<Surroundings>,
}

/// What was told last of each document that is open.
#[derive(Debug, Default)]
pub struct Tellings(Mutex<HashMap<String, Arc<Told>>>);

impl Tellings {
    /// The findings of an edition, told now.
    pub fn tell(&self, edition: &Edition, findings: &Findings, session: &Session) -> Arc<Told> {
        let before = self.last(&edition.uri);
        let told = Arc::new(Told::of(edition, findings, session, before.as_deref()));
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(edition.uri.clone(), told.clone());
        told
    }

    /// What was told last of a document.
    pub fn last(&self, uri: &str) -> Option<Arc<Told>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(uri).cloned()
    }

    /// A document was closed.
    pub fn forget(&self, uri: &str) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(uri);
    }
}

impl Told {
    /// Findings as the client is to show them. What was told `before` of the same document and stands where it stood, or
    /// on a line that only moved, is copied.
    pub fn of(
        edition: &Edition,
        findings: &Findings,
        session: &Session,
        before: Option<&Told>,
    ) -> Told {
        let (found, left_out) = convert::worst_first(findings);
        let mut told = Told {
            written: String::with_capacity(before.map_or(0, |before| before.written.len() + 1024)),
            found: Vec::with_capacity(found.len()),
            ends: Vec::with_capacity(found.len()),
            text: edition.text.clone(),
            surroundings: edition.surroundings.clone(),
        };
        let before = before.filter(|before| Arc::ptr_eq(&before.surroundings, &told.surroundings));
        let moves = before.map(|before| Moves::between(&before.text, &told.text));
        let mut earlier =
            before
                .zip(moves.as_ref())
                .map(|(told, moves)| Earlier { told, moves, at: 0 });
        for found in found {
            if !told.written.is_empty() {
                told.written.push(',');
            }
            let is_copied = earlier
                .as_mut()
                .is_some_and(|earlier| earlier.copy(found, session, &mut told.written));
            if !is_copied {
                let fresh = convert::of_found(edition, found, session);
                told.written.push_str(&json(&fresh));
            }
            told.found.push(found.clone());
            told.ends.push(told.written.len());
        }
        if left_out > 0 {
            told.written.push(',');
            told.written.push_str(&json(&convert::left_out(left_out)));
        }
        told
    }

    /// One of them in JSON.
    fn written(&self, index: usize) -> &str {
        // A comma stands between it and the one before.
        let start = index.checked_sub(1).map_or(0, |last| self.ends[last] + 1);
        &self.written[start..self.ends[index]]
    }
}

/// Equal for equal diagnostics in JSON: what a client that has them already sends back.
pub fn result_id(written: &str) -> String {
    let mut hasher = FxHasher::default();
    hasher.write(written.as_bytes());
    format!("{:016x}", hasher.finish())
}

/// Something in JSON.
pub fn json(value: &(impl Serialize + ?Sized)) -> String {
    // Nothing that is written here can fail: keys are words, and nothing is read from anywhere.
    serde_json::to_string(value).unwrap_or_default()
}

/// What was told before, looked through from front to back.
struct Earlier<'a> {
    told: &'a Told,
    moves: &'a Moves,
    at: usize,
}

impl Earlier<'_> {
    /// Copies what was told of the same finding, if it was told and its places only moved with their lines.
    fn copy(&mut self, found: &Found, session: &Session, to: &mut String) -> bool {
        let Some(index) = self.index(found) else {
            return false;
        };
        let written = self.told.written(index);
        let places = convert::places(found, session);
        let is_after = |at: usize| at >= self.moves.front;
        let mut ends = places.flat_map(|span| [span.start(), span.end()]);
        if self.moves.lines == 0 || !ends.clone().any(is_after) {
            to.push_str(written);
            return true;
        }
        // A quotation mark inside a string has a backslash before it, so this is the key of a position.
        const LINE: &str = "\"line\":";
        let mut rest = written;
        while let Some((before, after)) = rest.split_once(LINE) {
            let digits = after.bytes().take_while(u8::is_ascii_digit).count();
            let line: i64 = after[..digits].parse().unwrap_or_default();
            let lines = ends.next().filter(|at| is_after(*at));
            let line = line + lines.map_or(0, |_| self.moves.lines);
            let _ = write!(to, "{before}{LINE}{line}");
            rest = &after[digits..];
        }
        to.push_str(rest);
        true
    }

    /// Which of them tells this.
    fn index(&mut self, found: &Found) -> Option<usize> {
        let span = self.moves.before(found.span())?;
        let told = &self.told.found;
        // Both stand in the order of severity, the greatest first, and then of place.
        let is_before = |told: &Found| {
            told.severity > found.severity || told.severity == found.severity && told.span() < span
        };
        while told.get(self.at).is_some_and(is_before) {
            self.at += 1;
        }
        let alike = told[self.at..]
            .iter()
            .take_while(|told| told.severity == found.severity && told.span() == span);
        let mut alike = self.at..self.at + alike.count();
        alike.find(|index| self.is_same(found, &told[*index]))
    }

    fn is_same(&self, found: &Found, told: &Found) -> bool {
        let (related, before) = (&found.words().related, &told.words().related);
        let places = related.iter().zip(before);
        found.says_the_same(told)
            && places.take(convert::MAX_RELATED).all(|(now, before)| {
                self.moves.before(found.now(now.span)) == Some(told.now(before.span))
            })
    }
}

/// How places moved from one text to another: those before the first letter that differs stayed, those on the lines
/// after the last went with their lines.
#[derive(Debug)]
struct Moves {
    /// How many bytes are the same in front.
    front: usize,
    /// The first line after what differs: where it starts now, and where it started.
    back: Option<(usize, usize)>,
    /// How many lines further down it starts.
    lines: i64,
}

impl Moves {
    fn between(before: &Text, now: &Text) -> Moves {
        let (front, back) = now.common(before);
        let line = |text: &Text, at: usize| text.position(at, Encoding::Utf8).line;
        let last = line(now, now.len() - back);
        let next = Position {
            line: last + 1,
            character: 0,
        };
        let start = now.offset(next, Encoding::Utf8);
        let is_there = line(now, start) > last;
        let back = is_there.then(|| (start, start + before.len() - now.len()));
        Moves {
            front,
            back,
            lines: back.map_or(0, |(now_at, at)| {
                i64::from(line(now, now_at)) - i64::from(line(before, at))
            }),
        }
    }

    /// Where something stood, if nothing but its line changed.
    fn before(&self, span: Span) -> Option<Span> {
        let start = self.stood(span.start())?;
        Some(Span::new(start, self.stood(span.end())?))
    }

    fn stood(&self, at: usize) -> Option<usize> {
        if at < self.front {
            return Some(at);
        }
        let (now, before) = self.back?;
        (at >= now).then(|| at - now + before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Desk;
    use crate::server::now;
    use crate::text::edit::Edit;
    use proptest::prelude::*;
    use tower_lsp::gen_lsp_types::Diagnostic;

    const URI: &str = "file:///news/pier.lede";

    const STORY: &str = "# Crash kills 41\n\n\
        Mayor Dana Ortiz met Lena Roth on Monday. “We had no warning,” she said. TK\n\n\
        “The pier – 😀 – is safe.”\n\nIt is thought that “robust” planks cost $4 million, XX.\r\n\r\n\
        TK the pier.\nTK the ferry.\n\n“Nobody asked us.” Officials said that it was safe.";

    fn session() -> Session {
        Session {
            related_information: true,
            ..Session::default()
        }
    }

    fn told(desk: &Desk, before: Option<&Told>) -> Told {
        let edition = desk.edition(URI).expect("it is open");
        let findings = &edition.checked().expect("it is checked").findings;
        let fresh = Told::of(&edition, findings, &session(), None);
        let diagnostics: Vec<Diagnostic> = convert::worst_first(findings)
            .0
            .into_iter()
            .map(|found| convert::of_found(&edition, found, &session()))
            .collect();
        assert_eq!(format!("[{}]", fresh.written), json(&diagnostics));
        match before {
            Some(before) => {
                let told = Told::of(&edition, findings, &session(), Some(before));
                assert_eq!(told.written, fresh.written);
                told
            }
            None => fresh,
        }
    }

    #[test]
    fn what_stands_where_it_stood_is_copied_and_what_moved_gets_its_new_line() {
        let desk = Desk::new();
        desk.open(URI, STORY, 1, now());
        let mut before = told(&desk, None);
        // As if other words had been told: they come again only if they are copied.
        before.written = before
            .written
            .replace("left in the copy", "LEFT IN THE COPY");
        assert!(before.written.contains("LEFT IN THE COPY"));
        for (at, letters) in [(STORY.len(), "x"), (0, "Rain.\n\n")] {
            desk.change(URI, 2, now(), [|_: &Text| Edit::insert(at, letters)]);
            let edition = desk.edition(URI).expect("it is open");
            let findings = &edition.checked().expect("it is checked").findings;
            let after = Told::of(&edition, findings, &session(), Some(&before));
            let fresh = Told::of(&edition, findings, &session(), None);
            assert!(after.written.contains("LEFT IN THE COPY"), "{letters:?}");
            assert_eq!(after.written.to_lowercase(), fresh.written.to_lowercase());
            before = after;
        }
    }

    proptest! {
        #[test]
        fn what_is_told_after_edits_is_what_would_be_told_afresh(
            edits in prop::collection::vec((0..STORY.len(), 0..9_usize, 0..9_usize), 1..12),
        ) {
            const LETTERS: [&str; 9] = ["", "x", " ", "\n", "\r", "\n\n", "“", "😀", "TK "];
            let desk = Desk::new();
            desk.open(URI, STORY, 1, now());
            let mut before = told(&desk, None);
            for (at, length, letters) in edits {
                let span = Span::new(at, at + [0, 0, 0, 0, 1, 1, 2, 5, 40][length]);
                let edit = Edit::replace(span, LETTERS[letters]);
                desk.change(URI, 2, now(), [|_: &Text| edit]);
                before = told(&desk, Some(&before));
            }
        }
    }
}
