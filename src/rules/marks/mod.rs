//! Rules on the marks that let a finding stand.

pub mod check_stale;
pub mod stet_unreasoned;
pub mod stet_unused;
