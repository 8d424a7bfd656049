//! Colours as the client has them: what was sent last for each document, so that the next answer is only what changed.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tower_lsp::gen_lsp_types::{
    SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaResponse,
    SemanticTokensEdit,
};

/// What was sent last, by document.
#[derive(Default)]
pub struct Colours {
    sent: Mutex<Sent>,
}

#[derive(Default)]
struct Sent {
    /// The number of the last answer of all.
    count: u64,
    last: HashMap<String, (String, Vec<SemanticToken>)>,
}

impl Colours {
    /// All the colours of a document, with a number that the next question may name.
    pub fn full(&self, uri: &str, mut tokens: SemanticTokens) -> SemanticTokens {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.count += 1;
        let id = sent.count.to_string();
        tokens.result_id = Some(id.clone());
        sent.last.insert(uri.to_owned(), (id, tokens.data.clone()));
        tokens
    }

    /// What changed since the answer with this number; everything where it is not the last one.
    pub fn since(
        &self,
        uri: &str,
        id: &str,
        tokens: SemanticTokens,
    ) -> SemanticTokensDeltaResponse {
        let before = {
            let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
            sent.last.remove(uri).filter(|(last, _)| last == id)
        };
        let now = self.full(uri, tokens);
        match before {
            None => now.into(),
            Some((_, before)) => SemanticTokensDelta {
                result_id: now.result_id,
                edits: edits(&before, &now.data),
            }
            .into(),
        }
    }

    /// Forgets a document that was closed.
    pub fn forget(&self, uri: &str) {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        sent.last.remove(uri);
    }
}

/// One edit that makes the old tokens the new ones, counted in numbers of five a token; none if they are the same.
fn edits(old: &[SemanticToken], new: &[SemanticToken]) -> Vec<SemanticTokensEdit> {
    let pairs = old.iter().zip(new);
    let front = pairs.take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - front;
    let pairs = old.iter().rev().zip(new.iter().rev()).take(most);
    let back = pairs.take_while(|(a, b)| a == b).count();
    if front + back == old.len() && old.len() == new.len() {
        return Vec::new();
    }
    let numbers = |token: &SemanticToken| {
        [
            token.delta_line,
            token.delta_start,
            token.length,
            token.token_type,
            token.token_modifiers_bitset,
        ]
    };
    let fresh = new[front..new.len() - back].iter();
    vec![SemanticTokensEdit {
        start: 5 * front as u32,
        delete_count: 5 * (old.len() - back - front) as u32,
        data: Some(fresh.flat_map(numbers).collect()),
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(start: u32) -> SemanticToken {
        SemanticToken {
            delta_line: 0,
            delta_start: start,
            length: 1,
            token_type: 0,
            token_modifiers_bitset: 1,
        }
    }

    fn tokens(starts: &[u32]) -> SemanticTokens {
        SemanticTokens {
            result_id: None,
            data: starts.iter().map(|start| token(*start)).collect(),
        }
    }

    #[test]
    fn the_edit_makes_the_old_colours_the_new_ones() {
        let lists: [&[u32]; 5] = [&[], &[1], &[1, 2, 3], &[1, 9, 3], &[1, 1, 1, 1]];
        for old in lists {
            for new in lists {
                let (old, new) = (tokens(old).data, tokens(new).data);
                let numbers = |list: &[SemanticToken]| -> Vec<u32> {
                    list.iter().map(|one| one.delta_start).collect()
                };
                let mut made = numbers(&old);
                for edit in edits(&old, &new) {
                    let from = edit.start as usize / 5;
                    let to = from + edit.delete_count as usize / 5;
                    let data = edit.data.unwrap_or_default();
                    made.splice(from..to, data.chunks(5).map(|five| five[1]));
                }
                assert_eq!(made, numbers(&new));
            }
        }
    }

    #[test]
    fn a_number_that_is_not_the_last_gets_everything() {
        let colours = Colours::default();
        let first = colours.full("a", tokens(&[1]));
        let id = first.result_id.expect("it has a number");
        let delta = colours.since("a", &id, tokens(&[1, 2]));
        assert!(matches!(
            delta,
            SemanticTokensDeltaResponse::SemanticTokensDelta(_)
        ));
        let stale = colours.since("a", &id, tokens(&[1]));
        assert!(matches!(
            stale,
            SemanticTokensDeltaResponse::SemanticTokens(_)
        ));
        colours.forget("a");
        let other = colours.since("a", "2", tokens(&[1]));
        assert!(matches!(
            other,
            SemanticTokensDeltaResponse::SemanticTokens(_)
        ));
    }
}
