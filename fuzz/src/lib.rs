//! What must hold of every input, as bytes from a fuzzer or from a property test: one file a target.
//!
//! `tests/fuzz.rs` runs the same bodies on stable Rust with random bytes and with everything in `corpus/`.

pub mod configuration;
pub mod dice;
pub mod edit;
pub mod entities;
pub mod notes;
pub mod parse;
pub mod session;

/// A target: what it is called, and its body, which panics where something does not hold.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("parse", parse::run),
    ("edit", edit::run),
    ("session", session::run),
    ("notes", notes::run),
    ("entities", entities::run),
    ("configuration", configuration::run),
];
