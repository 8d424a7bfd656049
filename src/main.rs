//! Picks what to run: the server or a command.

use std::io::{IsTerminal, stdin};
use std::process::exit;

fn main() {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let is_bare = arguments.is_empty() && !stdin().is_terminal();
    let is_stdio = arguments.iter().any(|argument| argument == "--stdio");
    let is_serve = arguments.first().is_some_and(|first| first == "serve");
    let is_help = arguments
        .iter()
        .any(|argument| argument == "--help" || argument == "-h");
    if is_bare || is_stdio || (is_serve && !is_help) {
        exit(onrecord::server::serve());
    }
    exit(onrecord::cli::run());
}
