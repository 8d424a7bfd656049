//! Picks what to run: the server or a command.

use std::io::{IsTerminal, stdin};
use std::panic::PanicHookInfo;
use std::process::exit;

fn main() {
    std::panic::set_hook(Box::new(say_where));
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

/// Says where something went wrong, and not over which words: what a panic tells may hold those of a draft.
fn say_where(panic: &PanicHookInfo) {
    let place = panic.location().map_or(String::new(), |place| {
        format!(" at {}:{}", place.file(), place.line())
    });
    eprintln!(
        "onrecord: an error of its own{place}; please report this line with the output of `onrecord doctor`"
    );
}
