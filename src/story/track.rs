//! What was done, turn by turn, as a story was gone through: who was found, who came in, what was told of them. The next version of
//! the story does again only what may be done otherwise (`retrace.rs`).

use super::kin::Born;

/// Stands for nobody.
pub const NOBODY: u32 = u32::MAX;

/// A turn, or a name in full: the index of its block, and its own among the block’s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The block.
    pub block: u32,
    /// The turn.
    pub turn: u32,
}

impl At {
    /// A turn of a block.
    pub fn of(block: usize, turn: usize) -> At {
        At {
            block: block as u32,
            turn: turn as u32,
        }
    }
}

/// Everything that was done; of nobody where nothing is noted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Track {
    /// What happened as names in full were taken in, in order.
    pub introduced: Vec<Event>,
    /// What happened at the turns, in order.
    pub events: Vec<Event>,
    /// What each turn did, in order, block by block.
    pub turns: Vec<Done>,
    /// For each page of blocks how many turns stand before it, up to the last with one.
    pub pages: Vec<u32>,
    /// What ties each of the speakers to names, as far as they were met outside the bindings of quotations.
    pub born: Vec<Born>,
    /// Who was looked up for quotations, in order.
    pub asked: Vec<Ask>,
}

/// Somebody who was looked up for the quotations of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// The block.
    pub block: u32,
    /// The name, folded; none for a pronoun that nobody else is named by.
    pub name: Option<Box<str>>,
    /// Who it was.
    pub speaker: u32,
    /// Whether they came in for that.
    pub has_come: bool,
}

impl Track {
    /// What the turns on a page of blocks did.
    pub fn page(&self, page: usize) -> &[Done] {
        let start = |page: usize| {
            self.pages
                .get(page)
                .map_or(self.turns.len(), |at| *at as usize)
        };
        &self.turns[start(page)..start(page + 1)]
    }
}

/// What a turn did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// Whom it names or means.
    pub speaker: u32,
    /// The block that names them.
    pub named: u32,
    /// Whether it is a pronoun that only probably means them.
    pub is_probable: bool,
    /// Whether they say something there, and whether only probably they do.
    pub says: Option<Likely>,
    /// Whether it is a name that nobody has yet.
    pub waits: bool,
    /// Whether it is a name of two words that is nobody’s as it stands.
    pub is_unnamed: bool,
}

impl Done {
    /// Nothing.
    pub const NOTHING: Done = Done {
        speaker: NOBODY,
        named: 0,
        is_probable: false,
        says: None,
        waits: false,
        is_unnamed: false,
    };
}

impl Default for Done {
    fn default() -> Done {
        Done::NOTHING
    }
}

/// Whether something is only probably so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likely {
    /// It is so.
    Surely,
    /// It may be.
    Probably,
}

/// Something that happened at a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Which turn.
    pub at: At,
    /// What.
    pub what: Act,
}

impl Act {
    /// Who came in, if somebody did.
    pub fn made(self) -> Option<u32> {
        match self {
            Act::Made(speaker) => Some(speaker),
            _ => None,
        }
    }
}

/// What can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A name that waited since a turn was somebody’s, who came in; none where it stood in a headline.
    Took(Option<At>),
    /// A speaker came in.
    Made(u32),
    /// A role of a speaker was told.
    Role(u32),
    /// A title told how a speaker is spoken of.
    Told(u32, &'static str),
    /// A pronoun told it.
    Meant(u32, &'static str),
}
