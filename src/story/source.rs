//! Sources and entities defined in a draft.

use super::Place;

/// On what terms a source spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Terms {
    /// Nobody noted any: never assumed to be on the record.
    NotNoted,
    /// Name and words may be used.
    OnRecord,
    /// No name; the agreed wording; quotations allowed.
    Background,
    /// No attribution and no quotations.
    DeepBackground,
    /// Not to be cited.
    OffRecord,
    /// Something that looks like terms and was not understood: treated as off the record.
    NotUnderstood,
}

/// A source defined in the draft: `[^id]: …`
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// The id in the definition.
    pub place: Place,
    /// `interview`, `email`, `document`, …; the canonical word, or empty.
    pub kind: &'static str,
    /// The rest of the first segment.
    pub title: String,
    /// Terms.
    pub terms: Terms,
    /// Fields as typed: key in lower case, value, place of the value.
    pub fields: Vec<(String, String, Place)>,
}

impl Source {
    /// The value of a field, by its key in lower case.
    pub fn field(&self, key: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|field| field.0 == key)
            .map(|field| field.1.as_str())
    }
}

/// An entity defined in the draft: `[@id]: …`
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its id.
    pub id: String,
    /// The id in the definition.
    pub place: Place,
    /// `person`, `org`, `place`, `office`, or empty.
    pub kind: &'static str,
    /// The name.
    pub name: String,
    /// Fields as typed: key in lower case, value, place of the value.
    pub fields: Vec<(String, String, Place)>,
}

impl Entity {
    /// The value of a field, by its key in lower case.
    pub fn field(&self, key: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|field| field.0 == key)
            .map(|field| field.1.as_str())
    }
}
/// Interim, until the outline proper replaces it.
pub fn sources(_t: &crate::syntax::tree::Tree) -> (Vec<Source>, Vec<Entity>) {
    (Vec::new(), Vec::new())
}
