//! Onrecord reads news drafts: who says what, and which claims stand there without a source.
//!
//! The modules stand in reading order, and a module imports only from modules above it.
//! `ARCHITECTURE.md` draws the house; `tests/architecture.rs` holds it.

pub mod text;

pub mod words;

pub mod reading;

pub mod example;

pub mod syntax;

pub mod prose;

pub mod entities;

pub mod finding;

pub mod story;

pub mod notes;

pub mod draft;

pub mod revision;

pub mod checks;

pub mod ledger;

pub mod exchange;

pub mod rejoin;

pub mod config;

pub mod scene;

pub mod rule;

pub mod rules;

pub mod features;

pub mod project;

pub mod disk;

pub mod desk;

pub mod clock;

pub mod server;

pub mod cli;
