//! Onrecord reads news drafts: who says what, and which claims stand there without a source.
//!
//! The modules stand in reading order, and a module imports only from modules above it.
//! `ARCHITECTURE.md` draws the house; `tests/architecture.rs` holds it.

pub mod cli;
pub mod config;
pub mod desk;
pub mod disk;
pub mod draft;
pub mod entities;
pub mod example;
pub mod features;
pub mod finding;
pub mod prose;
pub mod reading;
pub mod rule;
pub mod rules;
pub mod scene;
pub mod server;
pub mod story;
pub mod syntax;
pub mod text;
pub mod words;
