//! How far long work has come, in one line on a terminal's standard error.
//!
//! Drawn by ourselves, in so few lines: what a library for it needs of the system would be in the memory of every server.

use std::io::{IsTerminal, Write, stderr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Fewer drafts than this are read before anybody could look.
const WORTH_SHOWING: usize = 50;

/// How long it takes before the line is drawn, and drawn again.
const PAUSE: Duration = Duration::from_millis(100);

/// How many signs the bar has.
const WIDTH: u64 = 30;

/// A line that tells how much of some work is done; nothing where standard error is no terminal.
pub struct Progress {
    all: u64,
    kind: Kind,
    begun: Instant,
    /// None where nobody looks.
    state: Option<Mutex<State>>,
}

/// What is counted.
enum Kind {
    /// Drafts.
    Drafts,
    /// Bytes of the file of a name.
    Bytes(String),
}

struct State {
    done: u64,
    drawn: Instant,
    is_drawn: bool,
}

impl Progress {
    /// Over some drafts.
    pub fn over_drafts(drafts: usize) -> Progress {
        Progress::new(drafts as u64, Kind::Drafts, drafts >= WORTH_SHOWING)
    }

    /// Over the bytes of a file.
    pub fn over_bytes(file: &str, bytes: u64) -> Progress {
        Progress::new(bytes, Kind::Bytes(file.to_owned()), true)
    }

    fn new(all: u64, kind: Kind, is_worth_showing: bool) -> Progress {
        let begun = Instant::now();
        let state = State {
            done: 0,
            drawn: begun,
            is_drawn: false,
        };
        let is_seen = is_worth_showing && stderr().is_terminal();
        Progress {
            all,
            kind,
            begun,
            state: is_seen.then(|| Mutex::new(state)),
        }
    }

    /// One more is done.
    pub fn step(&self) {
        self.change(|done| done + 1);
    }

    /// So much is done.
    pub fn reach(&self, done: u64) {
        self.change(|_| done);
    }

    fn change(&self, change: impl Fn(u64) -> u64) {
        let Some(state) = &self.state else { return };
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        state.done = change(state.done);
        if state.drawn.elapsed() >= PAUSE {
            state.drawn = Instant::now();
            state.is_drawn = true;
            let line = line(&self.kind, state.done, self.all, self.begun.elapsed());
            draw(&format!("\r{line}\x1b[K"));
        }
    }

    /// Takes the line away until it is drawn again.
    pub fn erase(&self) {
        let Some(state) = &self.state else { return };
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::take(&mut state.is_drawn) {
            draw("\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.erase();
    }
}

/// A terminal that cannot be written to is no reason to stop.
fn draw(line: &str) {
    let mut terminal = stderr().lock();
    let _ = terminal
        .write_all(line.as_bytes())
        .and_then(|()| terminal.flush());
}

fn line(kind: &Kind, done: u64, all: u64, elapsed: Duration) -> String {
    let (done, all) = (done.min(all), all.max(1));
    let full = (WIDTH * done / all) as usize;
    let bar = "█".repeat(full) + &"░".repeat(WIDTH as usize - full);
    match kind {
        Kind::Drafts => format!("{bar} {done} of {all} drafts"),
        Kind::Bytes(file) => {
            let left = (elapsed.as_secs() * (all - done)).checked_div(done);
            let left = left.map_or(String::new(), |left| format!(", {left} s left"));
            format!("{file} {bar} {} %{left}", 100 * done / all)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_how_much_is_done_and_how_long_it_will_take() {
        let bar = |full: usize| "█".repeat(full) + &"░".repeat(30 - full);
        let ten = Duration::from_secs(10);
        let drafts = |done| line(&Kind::Drafts, done, 400, ten);
        assert_eq!(drafts(0), format!("{} 0 of 400 drafts", bar(0)));
        assert_eq!(drafts(100), format!("{} 100 of 400 drafts", bar(7)));
        assert_eq!(drafts(500), format!("{} 400 of 400 drafts", bar(30)));
        let bytes = |done, all| line(&Kind::Bytes("people.jsonl".to_owned()), done, all, ten);
        let half = format!("people.jsonl {} 50 %, 10 s left", bar(15));
        assert_eq!(bytes(500, 1000), half);
        let empty = format!("people.jsonl {} 0 %", bar(0));
        assert_eq!(bytes(0, 0), empty);
    }
}
