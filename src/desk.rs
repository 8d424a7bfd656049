//! The only thing that changes: the drafts that are open, and what they share.
