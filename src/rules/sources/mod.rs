//! Rules on who stands behind a statement, and how they are described.

pub mod anonymous_no_reason;
pub mod anonymous_opinion;
pub mod anonymous_single;
pub mod anonymous_undescribed;
mod group;
mod kin;
pub mod reference_dangling;
pub mod report_without_link;
pub mod right_of_reply;
pub mod uncounted;
