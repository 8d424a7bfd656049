//! Who is known beyond one draft.

pub mod add;
pub mod base;
pub mod day;
pub mod fold;
pub mod folder;
pub mod import;
pub mod index;
pub mod map;
pub mod mention;
pub mod mistake;
pub mod origin;
pub mod packed;
pub mod record;
pub mod sieve;
