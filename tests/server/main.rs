//! The built server over its standard input and output, as an editor drives it.

mod bad_input;
mod configuration;
mod documents;
mod entities;
mod features;
mod filing;
mod findings;
mod idle;
mod leads;
mod life;
mod notes;
mod order;
mod private;
mod progress;
mod protocol;
mod settings;
#[path = "../support/mod.rs"]
mod support;
mod table;
mod tidying;

use serde_json::{Value, json};
use support::Manners;

const STORY: &str =
    "HARLOW, March 4 (Onrecord) — Rain fell on the town.\n\n“No,” said Ruth Abel.\n";

fn pulling() -> Manners {
    Manners {
        capabilities: json!({
            "textDocument": {"diagnostic": {}, "publishDiagnostics": {}},
            "workspace": {"diagnostics": {"refreshSupport": true}},
        }),
        ..Manners::default()
    }
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics
        .iter()
        .map(|diagnostic| diagnostic["code"].as_str().unwrap())
        .collect()
}
