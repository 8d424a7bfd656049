//! What a rule is: a value with its reason, its examples and its check.

use std::sync::Arc;

use crate::draft::Draft;
use crate::finding::{Finding, Found, Severity};
use crate::notes::scratch::Scratch;
use crate::notes::verdict::Verdict;
use crate::prose::Prose;
use crate::scene::Scene;
use crate::story::Story;
use crate::story::group::Group;
use crate::story::outline::Label;
use crate::syntax::tree::Placed;
use crate::words::Classes;

/// A rule of the catalogue.
pub struct Rule {
    /// For what it finds; reads well after "allow". Configuration key, `STET` word and page anchor.
    pub name: &'static str,
    /// The group word that `STET` and the pages use: source, quote, claim, name, date, figure, style, markup.
    pub topic: &'static str,
    /// The level under the profile `wire`; none is off.
    pub severity: Option<Severity>,
    /// Whether the story's status may soften it ("merely unfinished").
    pub is_unfinished: bool,
    /// One line for lists.
    pub summary: &'static str,
    /// Why it is a rule, with its origin in newsrooms' own rules.
    pub why: &'static str,
    /// Texts in which it fires, with the places and words marked.
    pub fires: &'static [&'static str],
    /// Texts in which it must not.
    pub quiet: &'static [&'static str],
    /// Its options with what they default to.
    pub options: &'static [RuleOption],
    /// The check.
    pub check: Check,
}

/// An option of a rule.
pub struct RuleOption {
    /// Its key.
    pub name: &'static str,
    /// Its default, as TOML.
    pub default: &'static str,
    /// What it does, with units and bounds.
    pub summary: &'static str,
}

/// Looks at one block, and adds what it finds.
pub type OfBlock = for<'a> fn(&BlockView<'a>, &Scene<'a>, &mut Vec<Finding>);
/// Looks at the block of an index and those around it, and adds what it finds; it knows what the words of the block hold.
pub type Near = for<'a> fn(&Draft, usize, Holds, &Scene<'a>, &mut Vec<Finding>);
/// Looks at the story as a whole, and adds what it finds; it does not know what other rules found.
pub type OfStory = for<'a> fn(&Draft, &Scene<'a>, &mut Vec<Finding>);
/// Looks at those who speak in the story without a name, group by group, and adds what it finds.
pub type OfGroups = for<'a> fn(&Draft, &[Group<'a>], &Scene<'a>, &mut Vec<Finding>);
/// Looks at what all other rules found in the story, and adds what follows from it.
pub type OfFindings = for<'a> fn(&Draft, &Scene<'a>, &[Found], &mut Vec<Finding>);

/// How a rule looks.
pub enum Check {
    /// At one block at a time.
    Block(OfBlock),
    /// At one block, in bytes of the file, and the few paragraphs before and after it: nothing else of the draft but the
    /// header's facts. What it finds is kept until one of these changes.
    Near(Near),
    /// At the story as a whole, at every change: a light pass over it.
    Story(OfStory),
    /// At the story as a whole, of which it asks some blocks only: what it finds is kept until one of these changes.
    Steady(OfStory, Asks),
    /// At one block at a time, and then at the story as a whole.
    Both(OfBlock, OfStory, Asks),
    /// At those who speak in it without a name, who are gathered once for all rules that do.
    Groups(OfGroups),
    /// At what the others found, when they are done.
    Last(OfFindings),
}

/// Which blocks a rule asks that looks at the story as a whole, by what stands in them. All of them count on what the header says, on
/// the records and on what each block is to a reader; whatever changes there, they look again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asks(u8);

impl Asks {
    /// None.
    pub const NOTHING: Asks = Asks(0);
    /// Those in which somebody speaks without a name. Who is in the story counts too.
    pub const UNNAMED: Asks = Asks(1);
    /// Those that tell how many died or were hurt.
    pub const TOLLS: Asks = Asks(1 << 1);
    /// Those in which a number stands in digits.
    pub const NUMBERS: Asks = Asks(1 << 2);
    /// Those in which somebody is named. Who is in the story counts too.
    pub const NAMED: Asks = Asks(1 << 3);
    /// All of them: nothing that such a rule finds is kept.
    pub const EVERYTHING: Asks = Asks(u8::MAX);

    /// Both together.
    pub const fn or(self, other: Asks) -> Asks {
        Asks(self.0 | other.0)
    }

    /// Whether the two share a kind of block.
    pub fn has(self, any: Asks) -> bool {
        self.0 & any.0 != 0
    }
}

/// What stands in a block, asked of its words once: a rule that cannot fire there is done with one look.
#[derive(Clone, Copy, Debug, Default)]
pub struct Holds {
    /// The lists of which a word stands there outside quotation marks.
    pub openers: Openers,
    /// The classes of the words outside quotation marks together.
    pub classes: Classes,
    /// How many numbers in digits stand there.
    pub numbers: usize,
}

/// The lists with whose words something begins that a rule looks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Openers(u8);

impl Openers {
    /// Verbs of wrongdoing.
    pub const ACCUSATION: Openers = Openers(1);
    /// What ties an effect to its cause.
    pub const CAUSE: Openers = Openers(1 << 1);
    /// What makes a view a shared one.
    pub const CONSENSUS: Openers = Openers(1 << 2);
    /// The verbs of a forecast.
    pub const FORECAST: Openers = Openers(1 << 3);
    /// Hearsay that names nobody.
    pub const HEARSAY: Openers = Openers(1 << 4);
    /// What is said, thought or feared by nobody in particular.
    pub const BELIEVED: Openers = Openers(1 << 5);
    /// Superlatives.
    pub const SUPERLATIVE: Openers = Openers(1 << 6);

    /// Both sets together.
    pub fn or(self, other: Openers) -> Openers {
        Openers(self.0 | other.0)
    }

    /// Whether the two share a list.
    pub fn has(self, any: Openers) -> bool {
        self.0 & any.0 != 0
    }
}

/// What a block rule may look at.
#[derive(Clone, Copy)]
pub struct BlockView<'a> {
    /// The block's index in the tree.
    pub index: usize,
    /// The block at its place.
    pub placed: &'a Placed,
    /// What it says.
    pub prose: &'a Arc<Prose>,
    /// What it is to a reader.
    pub label: Label,
    /// The story it stands in: for this block's own quotes, statements and coverage only.
    pub story: &'a Story,
    /// What was said, as far as it stands in the draft itself.
    pub scratch: &'a [Scratch],
    /// Its quotations held against what is on file: the index in the block's prose, and what is known.
    pub verdicts: &'a [(usize, Verdict<'a>)],
    /// What its words hold.
    pub holds: Holds,
}
