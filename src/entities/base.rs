//! The base of known entities.

/// People, bodies, places and offices that the desk knows. Empty until a base is loaded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Base {}
