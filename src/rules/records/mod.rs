//! Rules on sources and their records in the draft.

pub mod definition_conflict;
pub mod definition_unknown_field;
pub mod embargo_active;
pub mod entity_undeclared;
pub mod ground_rules;
pub mod locator_missing;
pub mod plural_mismatch;
pub mod private_file_tracked;
mod protected;
pub mod quote_medium_undisclosed;
pub mod source_disputed;
pub mod source_name_in_record;
pub mod source_terms_incomplete;
pub mod source_terms_unknown;
pub mod source_uncorroborated;
pub mod source_undeclared;
pub mod source_unused;
