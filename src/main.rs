//! Picks what to run: the server or a command.

fn main() {
    println!("onrecord {}", env!("CARGO_PKG_VERSION"));
}
