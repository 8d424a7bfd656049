//! Who is known beyond one draft.

pub mod base;
