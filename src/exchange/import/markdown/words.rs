//! Words on their way into a block: what was held out of them is put back, citations find their record.

use super::Reader;
use super::held::{CLOSE, Held, OPEN};
use crate::exchange::article::{Piece, Run};
use crate::exchange::import::id;
use crate::exchange::pieces::join;

impl Reader {
    /// Words, with what was held out of them put back.
    pub fn words(&mut self, words: &str) {
        let mut rest = words;
        while let Some(at) = rest.find(OPEN) {
            self.run(&rest[..at]);
            rest = &rest[at + OPEN.len_utf8()..];
            let Some(end) = rest.find(CLOSE) else { break };
            let held = rest[..end]
                .parse::<usize>()
                .ok()
                .and_then(|at| self.held.get(at))
                .cloned();
            rest = &rest[end + CLOSE.len_utf8()..];
            match held {
                Some(Held::Keys(keys)) => self.cite(&keys),
                Some(Held::Piece(piece)) => self.pieces.push(piece),
                None => {}
            }
        }
        self.run(rest);
    }

    fn run(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        let run = Run {
            text: words.to_owned(),
            is_emphasis: self.emphasis > 0,
            is_strong: self.strong > 0,
            link: self.links.last().cloned(),
            ..Run::default()
        };
        join(&mut self.pieces, run);
    }

    /// `key, p. 3; @other`
    fn cite(&mut self, keys: &str) {
        let each = keys.split(';').map(|one| {
            let (key, place) = one.split_once(',').unwrap_or((one, ""));
            (
                key.trim().trim_start_matches('@').to_owned(),
                place.trim().to_owned(),
            )
        });
        let each: Vec<(String, String)> = each.filter(|one| !one.0.is_empty()).collect();
        let cites = each.into_iter().map(|(key, place)| {
            let index = self.index(&key);
            (index, Some(place).filter(|place| !place.is_empty()))
        });
        let cites = cites.collect();
        self.pieces.push(Piece::Cite(cites));
    }

    /// The place of a label among the ids.
    pub fn index(&mut self, label: &str) -> usize {
        if let Some(index) = self.labels.get(label) {
            return *index;
        }
        let id = id(label, &mut self.taken);
        self.story.ids.push(id);
        let index = self.story.ids.len() - 1;
        self.labels.insert(label.to_owned(), index);
        index
    }
}
