//! Noun phrases that can be a source: who is meant, by form alone.

use crate::text::span::Span;

/// The noun phrase of a source.
#[derive(Clone, Debug, PartialEq)]
pub struct NounPhrase {
    /// All of it, with determiner and title, without relative clause or trailing appositive.
    pub span: Span,
    /// The proper name in it (`Pal Jonson` of `Swedish Defense Minister Pal Jonson`).
    pub name: Option<Span>,
    /// The words before the name that say what the person is (`Swedish Defense Minister`), or the appositive after it.
    pub role: Option<Span>,
    /// What it is by form.
    pub kind: NounKind,
}

/// What a noun phrase is by form.
#[derive(Clone, Debug, PartialEq)]
pub enum NounKind {
    /// A person's name, with or without a title.
    Person,
    /// A name that is no person's, as far as the lists know: a body, a company, a country, an outlet.
    Body,
    /// A name of a news outlet by its form or the lists.
    Outlet,
    /// `he`, `she`, `they`, `the minister` (with an article and a role noun, no name).
    Pronoun,
    /// A definite role with no name: `the minister`, `the spokesman`.
    Definite,
    /// A report, law, draft, study, poll.
    Document,
    /// Institutions that speak on record without a name: `police`, `the ministry`, `fire officials`.
    Institution,
    /// People without a name.
    Anonymous(Anonymous),
    /// Groups spoken of as one, without a name: `Allies`, `critics`, `residents`.
    Collective,
    /// Something else.
    Other,
}

/// What is said of sources without a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Anonymous {
    /// How many, where a number is given (`three`, `a`: 1; `several`: 3); none for a bare plural.
    pub count: Option<u32>,
    /// Whether the noun is plural.
    pub is_plural: bool,
    /// How they know: `familiar with the matter`.
    pub basis: Option<Span>,
    /// Whom they belong to: `U.S.`, `White House`, `company`.
    pub affiliation: Option<Span>,
    /// Why they are not named: `because the talks are private`.
    pub reason: Option<Span>,
    /// Whether the noun says more than `source`, `person`, `official`, `insider`.
    pub is_specific: bool,
    /// Whether it points back to a group named before (`the people`, `the officials`).
    pub is_back_reference: bool,
}
