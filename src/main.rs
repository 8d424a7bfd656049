//! Picks what to run: the server or a command.

use std::process::exit;

fn main() {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let is_serve = arguments.first().is_some_and(|first| first == "serve");
    if is_serve || arguments.iter().any(|argument| argument == "--stdio") {
        exit(onrecord::server::serve());
    }
    println!("onrecord {}", env!("CARGO_PKG_VERSION"));
}
