//! What the format gives: blocks with their shapes, and what stands inside them.
//!
//! All spans in a [`Block`] count from the block's start. The blocks, put end to end, are the file.

use std::sync::Arc;

use super::comment::Comments;
use super::cut::Entry;
use crate::text::Text;
use crate::text::span::Span;

/// A draft as blocks, in order; their texts put end to end are the file, byte for byte.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// The blocks in order.
    pub blocks: Vec<Placed>,
    /// The letters that it was read from, so that the next reading finds what changed.
    pub(super) text: Text,
    /// Its comments.
    pub(super) comments: Comments,
}

impl PartialEq for Tree {
    fn eq(&self, other: &Tree) -> bool {
        self.blocks == other.blocks && self.comments == other.comments
    }
}

impl Tree {
    /// A tree of one block of copy.
    pub fn of(block: Arc<Block>) -> Tree {
        Tree {
            text: Text::new(&block.text),
            blocks: vec![Placed {
                start: 0,
                zone: Zone::Copy,
                block,
                entry: None,
            }],
            comments: Comments::default(),
        }
    }
}

/// A block at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The byte in the file where the block starts.
    pub start: usize,
    /// Where in the draft the block stands.
    pub zone: Zone,
    /// The block itself, shared with earlier trees while it does not change.
    pub block: Arc<Block>,
    /// In what state the cutter came to it, where it cut a run of lines from here on: from there it can go on again.
    pub(super) entry: Option<Entry>,
}

impl Placed {
    /// The bytes of the file that the block takes, with the blank lines after it.
    pub fn span(&self) -> Span {
        Span::new(self.start, self.start + self.block.text.len())
    }

    /// A span of the block as a span of the file.
    pub fn place(&self, inside: Span) -> Span {
        inside.shift(self.start)
    }
}

/// Where in the draft a block stands, as far as the format says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zone {
    /// The header at the top.
    Header,
    /// Copy: furniture, headline, byline and body (story/outline tells them apart).
    Copy,
    /// Scratch between a line `NOTES` and a line `STORY`, before the first body paragraph.
    Notes,
    /// Inside a comment that an earlier block opened.
    Comment,
    /// After the end mark: definitions, comments, and scratch.
    Back,
}

/// A block: one paragraph, subhead, definition and so on, with the blank lines that follow it.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// All of its bytes, with its line ends and the blank lines after it.
    pub text: Arc<str>,
    /// What its first line makes it.
    pub shape: Shape,
    /// Its bytes without leading white space (and a byte order mark) and without trailing line ends and blank lines.
    pub content: Span,
    /// What does not print, inside `content`: marks, comments, markup glyphs. Sorted, disjoint, never empty.
    pub hidden: Vec<Span>,
    /// Marks, links, emphasis, URLs and escapes in order of their start; a link's or emphasis' inner marks follow it.
    pub inlines: Vec<Inline>,
    /// What could not be read as it seems to be meant.
    pub problems: Vec<Problem>,
    /// A `<!--` that this block opens and does not close.
    pub ends_open: Option<Span>,
    /// A `-->` that closes a comment opened in an earlier block.
    pub closes_unopened: Option<Span>,
    /// What it was told from outside when it was read.
    pub context: super::block::Context,
}

/// What a block is, by its first line alone.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Only blank lines (at the top of a file).
    Blank,
    /// Metadata at the top of the file.
    Header(Header),
    /// Copy in paragraphs; also every line of furniture, byline or inferred subhead.
    Paragraph,
    /// `# …`
    Headline,
    /// `## …` and deeper; the number of `#`.
    Subhead(u8),
    /// `> …`, with the credit line's words if its last line is `> — Name`.
    BlockQuote {
        /// The words after the dash of the last line.
        credit: Option<Span>,
    },
    /// `>> …`, likewise.
    PullQuote {
        /// The words after the dash of the last line.
        credit: Option<Span>,
    },
    /// Lines that start with `- `, `* ` or `• `; the items without their bullets.
    List(Vec<Span>),
    /// A pipe table; its cells, row by row, without the delimiter row.
    Table(Vec<Vec<Span>>),
    /// `![caption](path "credit")`
    Image(Image),
    /// `CORRECTION (date): …` and its kin.
    Correction {
        /// The word that makes it one.
        word: Span,
        /// The date in brackets, if any.
        date: Option<Span>,
    },
    /// `(With assistance from …)`, `Reporting by …; Editing by …`
    Credit,
    /// `© …`, `Copyright …`
    Rights,
    /// `###`, `-30-`, `ENDS`.
    EndMark,
    /// `[^id]: …` or `[@id]: …`
    Definition(Definition),
    /// A block that is one comment from end to end.
    Comment,
    /// The line `NOTES` (opens scratch).
    NotesMark,
    /// The line `STORY` (closes scratch).
    StoryMark,
}

/// A key and its value, in a header or a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The key without its colon.
    pub key: Span,
    /// The value, trimmed, without one pair of surrounding `"`; empty when nothing follows the colon.
    pub value: Span,
}

/// Metadata at the top of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// Whether it stands between `---` lines.
    pub is_fenced: bool,
    /// Its fields in order, unknown keys among them.
    pub fields: Vec<Field>,
}

/// `![caption](path "credit")`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// The words in the square brackets.
    pub caption: Span,
    /// The path in the round ones.
    pub path: Span,
    /// The words between quotation marks after the path.
    pub credit: Option<Span>,
}

/// A source or an entity defined in the draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// Source (`^`) or entity (`@`).
    pub sigil: Sigil,
    /// The id, without sigil and brackets.
    pub id: Span,
    /// The word of the closed list of kinds that opens the first segment, if one does.
    pub kind: Option<Span>,
    /// What else the first segment says: a name or a title.
    pub title: Option<Span>,
    /// The fields `key: value`, from the first line and the indented ones.
    pub fields: Vec<Field>,
    /// Segments without a key after the first: ground rules such as `on record`, understood or not.
    pub terms: Vec<Span>,
}

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sigil {
    /// `^`: a source.
    Source,
    /// `@`: a person, body, place or other entity.
    Entity,
}

/// Something inside a block that is more than letters.
#[derive(Clone, Debug, PartialEq)]
pub struct Inline {
    /// All of it, brackets included.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind,
}

/// What an inline is.
#[derive(Clone, Debug, PartialEq)]
pub enum InlineKind {
    /// `[^id, locator; id2]`
    Source(Vec<Cite>),
    /// `[@id]`; the id.
    Speaker(Span),
    /// `[CQ who date #hash: text]`
    Check {
        /// Initials.
        who: Option<Span>,
        /// The date as written.
        date: Option<Span>,
        /// Four hex digits without the `#`.
        hash: Option<Span>,
        /// What stands after the colon.
        note: Option<Span>,
    },
    /// `[STET rule rule: reason]`
    Stet {
        /// The rule names and group words.
        rules: Vec<Span>,
        /// What stands after the colon, trimmed; none if empty.
        reason: Option<Span>,
    },
    /// `[TK]`, `[TK: text]`, `[TK text]`
    Todo(Option<Span>),
    /// `TK`, `TKTK`, `TKNAME` in running text. Prints (it is not hidden).
    TodoWord,
    /// `[ED: text]` and the other names of the closed list.
    Note {
        /// The name in capitals.
        who: Span,
        /// The text after the colon.
        text: Span,
    },
    /// `[words](target)`; the words print.
    Link {
        /// The words.
        text: Span,
        /// Where it leads.
        target: Target,
    },
    /// `*words*` or `_words_`; the words.
    Emphasis(Span),
    /// `**words**`; the words.
    Strong(Span),
    /// A bare URL. Prints.
    Url,
    /// An e-mail address. Prints.
    Email,
    /// A backslash and what it lets print (the backslash is hidden).
    Escape,
    /// `<!-- … -->` or the part of one that lies in this block.
    Comment,
}

/// One source of a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cite {
    /// The id without `^`.
    pub id: Span,
    /// Page, time, line or words, as typed.
    pub locator: Option<Span>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// `(@id)`
    Entity(Span),
    /// `(^id, locator; id2)`
    Source(Vec<Cite>),
    /// `(https://…)`, also empty.
    Url(Span),
}

/// Something that could not be read as it seems to be meant. The text stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: ProblemKind,
}

/// What kind of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// `<!--` without `-->` in the file (set on the opener's block by the tree pass) .
    UnclosedComment,
    /// `[ED:`, `[LEGAL:`, `[STET`, `[TK:`, `[CQ`, `[^`, `[@` without its bracket in the block.
    UnclosedMark,
    /// `[^a b]`: a comma is missing before the locator; `[^ a]`: a space before the id; `[^a/b]`: no id. The first two
    /// are marks all the same.
    MalformedSource,
    /// `[^]`, `[@]`: no id.
    EmptyMark,
    /// `[text]()`: a link without a target.
    EmptyLink,
    /// `[STET rule]` without a reason.
    StetWithoutReason,
    /// `[FOO: …]`: capitals and a colon, but no name of the closed list; it prints.
    UnknownNote,
    /// `[^id]:` with an id that is none, or nothing after the colon.
    MalformedDefinition,
}
