//! How a draft is to be read: word lists with the house's additions, quotation style, language.

/// How a draft is to be read. Plain data.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Which quotation marks come first.
    pub quotes: QuoteStyle,
    /// Additional places, outlets and so on, by list name.
    pub additions: Vec<(String, String)>,
}

/// Which quotation marks come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum QuoteStyle {
    /// As `lang` says, else as most of the draft's paired quotations have it.
    #[default]
    Detect,
    /// “double” first.
    Double,
    /// ‘single’ first.
    Single,
}
