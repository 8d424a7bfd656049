//! Rules on sources and their records in the draft.

pub mod embargo_active;
pub mod ground_rules;
pub mod plural_mismatch;
pub mod quote_medium_undisclosed;
pub mod source_name_in_record;
pub mod source_terms_unknown;
pub mod source_undeclared;
pub mod source_unused;
