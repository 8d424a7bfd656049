//! What is known at the end alone: a footnote's words as a record, further places in one record, credits of quotations.

use std::collections::BTreeMap;

use crate::exchange::article::{Block, BlockKind, Piece};
use crate::exchange::pieces::plain;

/// A record's words: lines stay lines, so that a semicolon in a field is none between fields.
pub fn record(words: &str) -> String {
    let lines = words
        .lines()
        .map(|line| line.trim().trim_end_matches(';').trim());
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    let is_field = |line: &str| {
        let key = line.split(':').next().unwrap_or_default();
        line.contains(':')
            && !key.is_empty()
            && key.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    };
    let is_ours = lines.len() > 1 && lines[1..].iter().all(|line| is_field(line));
    let words = match is_ours {
        true => lines.join("\n    "),
        false => lines.join(" "),
    };
    if words.is_empty() {
        "not described".to_owned()
    } else {
        words
    }
}

/// A block whose citations of further places are citations of the record; a quotation whose last line is its credit.
pub fn settled(mut block: Block, moved: &BTreeMap<usize, (usize, String)>) -> Block {
    let settle = |pieces: &mut Vec<Piece>| {
        for piece in pieces.iter_mut() {
            let Piece::Cite(cites) = piece else { continue };
            for cite in cites.iter_mut() {
                if let Some((index, place)) = moved.get(&cite.0) {
                    *cite = (*index, Some(place.clone()));
                }
            }
        }
        // Marks side by side are one mark.
        let mut joined: Vec<Piece> = Vec::new();
        for piece in pieces.drain(..) {
            match (joined.last_mut(), piece) {
                (Some(Piece::Cite(last)), Piece::Cite(cites)) => last.extend(cites),
                (_, piece) => joined.push(piece),
            }
        }
        *pieces = joined;
    };
    block.items.iter_mut().for_each(settle);
    if let BlockKind::Table(rows) = &mut block.kind {
        rows.iter_mut().flatten().for_each(settle);
    }
    if let BlockKind::BlockQuote(credit) | BlockKind::PullQuote(credit) = &mut block.kind {
        let last = block
            .items
            .last()
            .map(|item| plain(item))
            .unwrap_or_default();
        let name = last
            .trim()
            .strip_prefix("— ")
            .or(last.trim().strip_prefix("-- "));
        if let Some(name) = name.filter(|_| block.items.len() > 1) {
            *credit = Some(name.to_owned());
            let taken = block.items.pop().expect("it has two at least");
            let marks = taken
                .into_iter()
                .filter(|piece| !matches!(piece, Piece::Run(_)));
            block.items.last_mut().expect("one is left").extend(marks);
        }
    }
    block
}
