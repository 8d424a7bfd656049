//! The English of one block: words, sentences, quotations, and who is said to say them. Knows no people.
//!
//! All spans count from the block's start.

pub mod attribution;
mod clause;
mod content;
pub mod cue;
pub mod date;
pub mod dateline;
pub mod figure;
pub mod fold;
mod frame;
pub mod letters;
pub mod people;
pub mod phrase;
pub mod quote;
mod retag;
pub mod sentence;
mod stance;
pub mod style;
mod subject;
pub mod tag;
pub mod vocabulary;
pub mod word;

use std::ops::Range;

use crate::reading::{Purpose, Reading};
use crate::syntax::tree::{Block, Shape};
use crate::text::span::Span;
use crate::words::{Classes, Cues, Key, Known};

use vocabulary::Vocabulary;

/// What a block says, word by word and sentence by sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prose {
    /// Words, numbers and punctuation that print, in order.
    pub words: Vec<Word>,
    /// The classes of all of them together: where none of its words is of a class, none is looked for.
    pub classes: Classes,
    /// The words that may stand in its text, hidden ones too.
    pub vocabulary: Vocabulary,
    /// Sentences in order.
    pub sentences: Vec<Sentence>,
    /// Quotations in order of their opening mark, nested ones included.
    pub quotes: Vec<Quote>,
    /// Quotation marks without a partner.
    pub unbalanced: Vec<Unbalanced>,
    /// Cues with the noun phrases that go with them, in order of the cue.
    pub attributions: Vec<Attribution>,
    /// Percentages, sums of money, counts.
    pub figures: Vec<figure::Figure>,
    /// Words of time that need a publication date.
    pub times: Vec<date::Time>,
    /// People named with a title, an age, or a common forename, in order.
    pub people: Vec<phrase::NounPhrase>,
    /// Runs of capitalised words outside quotation marks, in order: names of all kinds.
    pub names: Vec<Span>,
}

/// A word, a number, or a mark of punctuation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Word {
    /// Where.
    pub span: Span,
    /// What it looks like.
    pub form: Form,
    /// What the word lists say of it, in lower case and without a possessive ending.
    pub classes: Classes,
    /// Its number in the tagger's vocabulary; 0 for words that are not in it.
    pub number: u16,
    /// The cues of which it is a form; those with a possessive ending are of none.
    pub cues: Cues,
    /// What it does in its sentence.
    pub tag: tag::Tag,
    /// Whether it lies between quotation marks.
    pub is_quoted: bool,
    /// Whether it is letters and digits of ASCII alone: no hyphen, stop or apostrophe.
    pub is_plain: bool,
}

impl Word {
    /// A word that has not been tagged yet.
    pub fn new(span: Span, form: Form, known: Known) -> Word {
        Word {
            span,
            form,
            classes: known.classes,
            number: known.number,
            cues: known.cues,
            tag: tag::Tag::Other,
            is_quoted: false,
            is_plain: false,
        }
    }

    /// Takes in what is known of it.
    fn learn(&mut self, known: Known) {
        self.classes = known.classes;
        self.number = known.number;
        self.cues = known.cues;
    }

    /// The letters of a plain word in lower case, if they are few enough for a key; `text` is its block's.
    pub fn key(&self, text: &str) -> Option<Key> {
        let letters = || Key::within(text, self.span.start(), self.span.end());
        self.is_plain.then(letters).flatten().map(Key::lower)
    }
}

/// What a word looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// All small letters, or mixed without a capital at the start.
    Lower,
    /// A capital first.
    Capital,
    /// Capitals only, two or more letters (`NATO`, `U.S.`).
    Caps,
    /// Digits, with their separators, currency and percent signs.
    Number,
    /// One mark of punctuation, or an ellipsis or dash.
    Mark,
}

/// Room for the words of a block while it is read: one block after another uses it again.
#[derive(Debug, Default)]
pub struct Room {
    words: Vec<Word>,
    plain: Vec<(usize, Key)>,
    letters: String,
    sentences: Vec<Sentence>,
    names: Vec<Span>,
}

/// A sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// From its first letter to its final mark, closing quotation marks included.
    pub span: Span,
    /// Its words, as indices into [`Prose::words`].
    pub words: Range<usize>,
}

/// A quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// With its marks. One that a later paragraph continues ends at the block's content.
    pub span: Span,
    /// Between its marks.
    pub inner: Span,
    /// What it is by its form.
    pub kind: QuoteKind,
    /// How many words it holds.
    pub word_count: usize,
    /// 0 for an outer quotation, 1 for one inside it.
    pub depth: u8,
    /// Index of the sentence in which it begins.
    pub sentence: usize,
    /// Whether it has no closing mark in this block (a running quotation, or a mistake: the story decides).
    pub is_open: bool,
}

/// What a quotation is by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// Starts with a capital: a sentence of somebody's.
    Full,
    /// Starts mid-clause.
    Partial,
    /// Three words or fewer, no end mark.
    Term,
    /// The title of a work.
    Title,
    /// Between forename and surname, or after "known as".
    Nickname,
}

/// A quotation mark without a partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unbalanced {
    /// The mark.
    pub span: Span,
    /// Whether it opens (and nothing closes it) or closes (and nothing opened it).
    pub is_opener: bool,
}

/// A cue of speech or report, with the noun phrase that goes with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// The cue's words: `said`, `have said`, `according to`.
    pub cue: Span,
    /// The verb as the lists know it, in the base form (`say`), or `according to`.
    pub lemma: &'static str,
    /// How strong the cue is.
    pub strength: Strength,
    /// Whether it is said, thought or planned.
    pub stance: Stance,
    /// Where it stands to what it reports.
    pub form: AttributionForm,
    /// Who: the noun phrase with its determiner, without the cue. None for passives without an agent.
    pub source: Option<phrase::NounPhrase>,
    /// Index of its sentence.
    pub sentence: usize,
    /// Whether the cue lies between quotation marks (then it is the speaker's, not the reporter's).
    pub is_quoted: bool,
    /// Whether it stands inside what another attribution reports ("Neighbors have pointed out …, Ruiz said").
    pub is_inner: bool,
    /// Indices of the outer quotations of the same sentence that it binds.
    pub quotes: Vec<usize>,
    /// The manner that the phrase after the cue tells (`in an emailed statement`), if any.
    pub manner: Option<Span>,
}

/// What an attribution reports, and who is said to.
#[derive(Clone, Debug, PartialEq)]
pub struct Reported {
    /// What is reported outside quotation marks, as far as the sentence shows it; may be empty.
    pub content: Vec<Span>,
    /// All the words that name the source there, with appositive and relative clause: `Lena Ortiz, a nurse who …`.
    pub mention: Option<Span>,
}

/// How strong a cue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// Binds quotations and makes a speaker of its subject.
    Strict,
    /// Silences claims, and binds only what nothing else does.
    Broad,
    /// Tells what somebody thinks, wants or does with words; silences nothing, and binds nothing.
    Faint,
}

/// What the source does with the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stance {
    /// Says, writes, shows.
    Says,
    /// Thinks, fears, hopes, supports, opposes.
    Thinks,
    /// Plans, vows, refuses, asks for.
    Plans,
}

impl Stance {
    /// Its name in output.
    pub fn name(self) -> &'static str {
        match self {
            Stance::Says => "says",
            Stance::Thinks => "thinks",
            Stance::Plans => "plans",
        }
    }
}

/// Where a cue stands to what it reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributionForm {
    /// `NP said (that) …`
    Before,
    /// `…, NP said.` or `…, said NP.`, also in the middle of what is reported.
    After,
    /// `according to NP`
    AccordingTo,
    /// `NP: “…”`
    Colon,
}

/// The longest paragraph that is read, in bytes: ten thousand words and more. What is longer is no prose of anybody's.
pub const LONGEST: usize = 64 << 10;

impl Prose {
    /// Whether a sentence begins at a byte of the block.
    pub fn opens_sentence(&self, at: usize) -> bool {
        self.sentences.iter().any(|one| one.span.start() == at)
    }

    /// Reads a block. Blocks that hold no prose, and those that are longer than [`LONGEST`], give an empty reading.
    pub fn read(block: &Block, reading: &Reading) -> Prose {
        Prose::read_in(block, reading, &mut Room::default())
    }

    /// The same for one of many blocks, which share their room.
    pub fn read_in(block: &Block, reading: &Reading, room: &mut Room) -> Prose {
        let none = || Prose {
            vocabulary: match reading.purpose {
                Purpose::All => Vocabulary::of(&block.text),
                Purpose::WhoSaysWhat => Vocabulary::default(),
            },
            ..Prose::default()
        };
        if block.text.len() > LONGEST {
            return none();
        }
        match block.shape {
            Shape::Blank
            | Shape::Header(_)
            | Shape::EndMark
            | Shape::Definition(_)
            | Shape::Comment
            | Shape::NotesMark
            | Shape::StoryMark => none(),
            _ => read_prose(block, reading, room),
        }
    }

    /// What one of the attributions reports; `text` is the block's. It is looked for whenever it is asked for: hardly a finding does.
    pub fn reported(&self, text: &str, attribution: usize) -> Reported {
        let reader = self.reader(text);
        content::reported(reader, &self.sentences, &self.attributions, attribution)
    }

    /// What people think, want, support or attack: attributions that silence nothing and bind no quotation; in order of the
    /// cue. `text` is the block's. They too are looked for whenever they are asked for.
    pub fn stances(&self, text: &str) -> Vec<(Attribution, Reported)> {
        let reader = self.reader(text);
        stance::stances(reader, &self.sentences, &self.attributions)
    }

    fn reader<'a>(&'a self, text: &'a str) -> phrase::Reader<'a> {
        phrase::Reader {
            text,
            words: &self.words,
            quotes: &self.quotes,
        }
    }
}

fn read_prose(block: &Block, reading: &Reading, room: &mut Room) -> Prose {
    let text: &str = &block.text;
    let vocabulary = word::words(block, room, reading.purpose);
    let Room {
        words,
        letters,
        sentences,
        names,
        ..
    } = room;
    word::apply_house_words(text, words, &reading.house);
    sentence::sentences(text, words, sentences);
    sentence::lower_titles(words, sentences);
    tag::tag(text, words, sentences, letters);
    let (quotes, unbalanced) = quote::quotes(text, words, sentences, reading.quotes);
    retag::mend(text, words, sentences);
    let reader = phrase::Reader {
        text,
        words,
        quotes: &quotes,
    };
    let attributions = attribution::attributions(reader, sentences);
    let people = people::people(reader, sentences, &attributions, names);
    let (figures, times) = match reading.purpose {
        Purpose::All => (figure::figures(reader, sentences), date::times(text, words)),
        Purpose::WhoSaysWhat => Default::default(),
    };
    let all = words.iter().map(|word| word.classes);
    let classes = all.fold(Classes::NONE, Classes::or);
    Prose {
        // They stay for as long as the block does, and take no more room than they need.
        words: words.clone(),
        classes,
        vocabulary,
        sentences: sentences.clone(),
        quotes,
        unbalanced,
        attributions,
        figures,
        times,
        people,
        names: names.clone(),
    }
}
