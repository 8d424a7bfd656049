//! Reads files as drafts.
