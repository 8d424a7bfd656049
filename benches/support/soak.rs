//! One long session of random edits and questions: memory stays flat, each question has one answer, and the last are as
//! quick as the first.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Server, uri};
use crate::draft::{self, Dice};

/// How many drafts are open.
const DRAFTS: usize = 8;

/// Parts of the session that are told one by one.
const PARTS: usize = 10;

/// What is asked between edits, all of it with the same words.
const QUESTIONS: [&str; 10] = [
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/semanticTokens/full",
    "textDocument/codeLens",
    "textDocument/inlayHint",
    "textDocument/codeAction",
];

struct Draft {
    uri: String,
    lines: Vec<String>,
    version: i64,
}

/// Sends so many edits and questions, and prints what each tenth of them took.
pub fn run(server: &mut Server, folder: &Path, count: usize) {
    let mut dice = Dice(13);
    let mut drafts: Vec<Draft> = (0..DRAFTS)
        .map(|number| opened(server, folder, number))
        .collect();
    println!("\n| edits and questions | p50 | p99 | memory |\n|---|---|---|---|");
    for part in 1..=PARTS {
        let mut times = Vec::new();
        for _ in 0..count / PARTS {
            let number = dice.below(DRAFTS);
            match dice.below(200) {
                // A draft is closed, and opened again as it was at first, so that no draft grows for ever.
                0 => {
                    let document = json!({"textDocument": {"uri": drafts[number].uri}});
                    server.tell("textDocument/didClose", document);
                    drafts[number] = opened(server, folder, number);
                }
                1..100 => edit(server, &mut drafts[number], &mut dice),
                _ => times.push(ask(server, &drafts[number], &mut dice)),
            }
        }
        let (half, most) = super::shares(&mut times);
        println!(
            "| {} | {half:.2} ms | {most:.2} ms | {:.1} MB |",
            count / PARTS * part,
            server.status("VmRSS").unwrap_or_default() as f64 / 1024.0
        );
    }
    // What came unasked is let go by; an answer that was lost would have been waited for in vain.
    server.settle(Duration::from_millis(500));
}

fn opened(server: &mut Server, folder: &Path, number: usize) -> Draft {
    let text = draft::long(2_000 * (number + 1));
    let draft = Draft {
        uri: uri(&folder.join(format!("soak-{number}.lede"))),
        lines: text.split('\n').map(str::to_owned).collect(),
        version: 1,
    };
    let document = json!({"uri": draft.uri, "languageId": "lede", "version": 1, "text": text});
    server.tell("textDocument/didOpen", json!({"textDocument": document}));
    draft
}

/// Types a letter or a mark, or takes one away.
fn edit(server: &mut Server, draft: &mut Draft, dice: &mut Dice) {
    const LETTERS: [&str; 10] = ["a", "e", " ", ". ", "“", "”", ", she said", "[TK]", "", ""];
    let line = dice.below(draft.lines.len());
    let letters: Vec<char> = draft.lines[line].chars().collect();
    let at = dice.below(letters.len() + 1);
    let new = LETTERS[dice.below(LETTERS.len())];
    let end = match new {
        "" => (at + 1).min(letters.len()),
        _ => at,
    };
    let units = |count: usize| {
        letters[..count]
            .iter()
            .map(|c| c.len_utf16())
            .sum::<usize>()
    };
    let place = |count: usize| json!({"line": line, "character": units(count)});
    draft.version += 1;
    let change = json!({"range": {"start": place(at), "end": place(end)}, "text": new});
    let document = json!({"uri": draft.uri, "version": draft.version});
    let params = json!({"textDocument": document, "contentChanges": [change]});
    let (head, tail) = (&letters[..at], &letters[end..]);
    draft.lines[line] = head
        .iter()
        .chain(new.chars().collect::<Vec<_>>().iter())
        .chain(tail)
        .collect();
    server.tell("textDocument/didChange", params);
}

/// Asks something of a place, and waits for the answer.
fn ask(server: &mut Server, draft: &Draft, dice: &mut Dice) -> Duration {
    let line = dice.below(draft.lines.len());
    let place = json!({"line": line, "character": dice.below(60)});
    let params = json!({
        "textDocument": {"uri": draft.uri}, "position": place,
        "range": {"start": place, "end": place},
        "context": {"diagnostics": [], "includeDeclaration": true, "triggerKind": 1},
    });
    let begun = Instant::now();
    let (at, answer): (Instant, Value) = server.ask(QUESTIONS[dice.below(QUESTIONS.len())], params);
    assert!(answer["error"].is_null(), "{answer}");
    at - begun
}
