//! The people of this draft: who is mentioned, who speaks, what each claim rests on.
//!
//! Built anew from the blocks' readings at each change. Places are a block's index and a span inside it.

pub mod again;
pub mod cast;
pub mod coverage;
pub mod echo;
pub mod evidence;
pub mod facts;
mod furniture;
pub mod group;
mod kin;
pub mod known;
mod lists;
pub mod mark;
pub mod name;
pub mod namings;
pub mod outline;
pub mod person;
mod retrace;
pub mod source;
pub mod speaker;
mod still;
pub mod summary;
pub mod toll;
pub mod traces;
mod track;
pub mod turns;
pub mod vocabularies;
pub mod voices;

use std::sync::Arc;

use crate::prose::Prose;
use crate::prose::phrase::Anonymous;
use crate::reading::{Purpose, QuoteStyle};
use crate::syntax::tree::Tree;
use crate::text::pages::Pages;
use crate::text::span::Span;
use again::Earlier;
use cast::Casts;
use summary::Summary;

/// A span in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Index of the block in the tree.
    pub block: usize,
    /// Bytes from the block's start.
    pub span: Span,
}

/// Who is in the draft, and who says what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// What each block is to a reader; one for each block of the tree.
    pub labels: Vec<outline::Label>,
    /// What the header says.
    pub facts: outline::Facts,
    /// Everybody and everything that speaks, and every person named; in order of first appearance.
    pub speakers: voices::Voices,
    /// Every quotation that counts as one, in order: full, partial and term, not title and nickname.
    pub quotes: Vec<SpokenQuote>,
    /// Every attribution outside quotation marks, in order, resolved.
    pub statements: Vec<Statement>,
    /// Sources defined in the draft (`[^id]: …`), in order.
    pub sources: Vec<source::Source>,
    /// Entities defined in the draft (`[@id]: …`), in order.
    pub entities: Vec<source::Entity>,
    /// Opening marks that quote nothing: without a close in their paragraph and not taken up by the next one.
    pub unclosed: Vec<Place>,
    /// Every citation, in order.
    pub citations: Vec<mark::Citation>,
    /// Every other mark that covers words: CQ, STET, notes, TK.
    pub marks: Vec<mark::Mark>,
    /// For each block, for each of its sentences: what it rests on; for none where the draft is read for who says what alone.
    pub coverage: coverage::Sentences,
    /// Who of the base is named where, and which speakers they are.
    pub known: known::Known,
    /// Which quotation marks come first in the draft.
    pub marks_first: QuoteStyle,
    /// Names of two words in the blocks where somebody can speak that are nobody's name as it stands, in order of place.
    pub unnamed: Vec<Place>,
    /// How many of the speakers are named or say something outside the bindings of quotations; they come first.
    met: usize,
    /// What was done as the story was gone through, for the next version of it.
    track: Arc<track::Track>,
    /// The blocks whose quotations are bound to somebody whom their own words name: a credit, a mark, a line below.
    asked: Vec<usize>,
    /// Where each block's statements, quotations, citations and marks stand in these lists.
    statement_runs: Runs,
    quote_runs: Runs,
    citation_runs: Runs,
    mark_runs: Runs,
}

/// Index into [`Story::speakers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpeakerId(pub usize);

/// Somebody or something that speaks, or a person who is named.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// The ASCII-folded slug, unique in the story: `pal-jonson`; `anon-1` for people without a name.
    pub id: String,
    /// The fullest form of the name in the draft, or the words of the first mention.
    pub name: String,
    /// The surname as used on second reference, where there is one.
    pub surname: Option<String>,
    /// What they are.
    pub kind: SpeakerKind,
    /// The role as the draft gives it at first, in its words.
    pub role: Option<String>,
    /// Every mention in copy, in order, the first one first (a speaker has at least one).
    pub mentions: Vec<Place>,
    /// The definition in the draft that is theirs: index into [`Story::entities`].
    pub entity: Option<usize>,
    /// The sources in the draft that are theirs: indices into [`Story::sources`].
    pub sources: Vec<usize>,
    /// For people without a name: what is said of them anywhere in the story, together.
    pub anonymous: Option<Nameless>,
    /// How they are spoken of.
    pub spoken: Spoken,
}

/// What a story tells of people without a name, at whichever place it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Nameless {
    /// How many, where a number is given.
    pub count: Option<u32>,
    /// Whether they are more than one by the noun of the first mention.
    pub is_plural: bool,
    /// Whether it says how they know.
    pub has_basis: bool,
    /// Whether it says whom they belong to.
    pub has_affiliation: bool,
    /// Whether it says why they are not named.
    pub has_reason: bool,
    /// Whether a noun says more than `source`, `person`, `official`, `insider`.
    pub is_specific: bool,
    /// Whether the first mention points back to people named before: `the officials`.
    pub is_back_reference: bool,
}

impl Nameless {
    /// What the first mention tells.
    fn of(features: &Anonymous) -> Nameless {
        Nameless {
            count: features.count,
            is_plural: features.is_plural,
            has_basis: features.basis.is_some(),
            has_affiliation: features.affiliation.is_some(),
            has_reason: features.reason.is_some(),
            is_specific: features.is_specific,
            is_back_reference: features.is_back_reference,
        }
    }

    /// Takes in what a later mention tells.
    fn add(&mut self, features: &Anonymous) {
        let count = features.count.filter(|_| !features.is_back_reference);
        self.count = self.count.or(count);
        self.has_basis |= features.basis.is_some();
        self.has_affiliation |= features.affiliation.is_some();
        self.has_reason |= features.reason.is_some();
        self.is_specific |= features.is_specific;
    }
}

/// How somebody is spoken of, as `he` or `she`, as far as something tells it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Spoken {
    /// What titles (`Mrs.`) and records tell.
    pub told: Option<&'static str>,
    /// What nothing but the forename tells, as for nearly everybody who bears it.
    pub forename: Option<&'static str>,
}

impl Spoken {
    /// Whether a pronoun may mean them: nothing speaks against it.
    pub fn may_be(self, pronoun: &str) -> bool {
        let own = self.told.or(self.forename);
        own.is_none_or(|own| own == pronoun)
    }
}

/// What a speaker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpeakerKind {
    /// A person with a name.
    Person,
    /// A body with a name.
    Body,
    /// A news outlet.
    Outlet,
    /// A document, law, report or set of data.
    Document,
    /// An institution without a name: police, the ministry.
    Institution,
    /// People without a name.
    Anonymous,
    /// A group spoken of as one: Allies, critics, residents.
    Collective,
}

/// A quotation with its speaker.
#[derive(Clone, Debug, PartialEq)]
pub struct SpokenQuote {
    /// The quotation with its marks.
    pub place: Place,
    /// Index into the block's `Prose::quotes`.
    pub index: usize,
    /// Index of the sentence in its block.
    pub sentence: usize,
    /// Whether it has no closing mark, and the next paragraph carries on.
    pub is_open: bool,
    /// Who says it, and how that is known. None: an orphan.
    pub binding: Option<Binding>,
    /// The quotation of an earlier paragraph that this one continues (index into [`Story::quotes`]).
    pub continues: Option<usize>,
}

/// How a quotation or statement goes with a speaker.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// Who.
    pub speaker: SpeakerId,
    /// The words that name them there, if any.
    pub source: Option<Place>,
    /// The cue, if any.
    pub cue: Option<Place>,
    /// The statement that it goes with: in its sentence, or the one that carries on (index into [`Story::statements`]).
    pub statement: Option<usize>,
    /// Which step of the search bound it.
    pub step: Step,
    /// What speaks for it.
    pub evidence: evidence::Evidence,
    /// How sure that is.
    pub confidence: Confidence,
}

/// The steps of the search for a speaker; the first that answers wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A mark: `[@id]`, or `[^id]` of a source with a speaker.
    Mark,
    /// A cue in the same sentence.
    SameSentence,
    /// A cue between two parts of the quotation.
    Between,
    /// An attribution earlier in the paragraph.
    EarlierInParagraph,
    /// The next attribution in the paragraph.
    LaterInParagraph,
    /// The credit line of a block or pull quote.
    Credit,
    /// The paragraph before left its quotation open.
    Running,
    /// The paragraph before ended in a colon.
    Introduced,
    /// The paragraph before ended in an attribution to one person.
    ParagraphBefore,
    /// The next paragraph names the speaker (an opening quotation).
    ParagraphAfter,
}

/// How sure a binding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// A hover says "probably".
    Low,
    /// Carried inside a paragraph.
    Medium,
    /// In the same sentence, or marked.
    High,
}

/// An attribution, resolved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Statement {
    /// Index of the block.
    pub block: usize,
    /// Index into the block's `Prose::attributions`.
    pub index: usize,
    /// Who; none where nobody could be told (passives without an agent).
    pub speaker: Option<SpeakerId>,
    /// How sure that is.
    pub confidence: Confidence,
    /// For a pronoun: the mention that it points back to.
    pub antecedent: Option<Place>,
    /// Index of the sentence in its block.
    pub sentence: usize,
    /// Whether the cue is one of the short list.
    pub is_strict: bool,
    /// The verb of the cue.
    pub verb: cast::Verb,
    /// Who the source is by the form of its words.
    pub who: cast::Who,
}

impl Story {
    /// Reads the story of a tree whose blocks have been read as `prose`, for who is named in them as `casts` and in short
    /// as `summaries` (one for each block), all for one purpose. What stands of an earlier reading is taken from there.
    pub fn read(
        tree: &Tree,
        prose: &Pages<Arc<Prose>>,
        casts: &Casts,
        summaries: &Pages<Summary>,
        purpose: Purpose,
        earlier: Option<Earlier>,
    ) -> Story {
        let (labels, facts) = outline::outline(tree, summaries);
        let (sources, entities) = source::sources(tree, summaries);
        let (citations, marks) = mark::marks(tree, prose, summaries, &labels, earlier);
        let mut story = Story {
            labels,
            facts,
            sources,
            entities,
            citations,
            marks,
            ..Story::default()
        };
        let kept = speaker::speakers(&mut story, tree, prose, casts, earlier);
        if purpose == Purpose::All {
            let known = earlier.zip(kept.as_ref());
            let known = known.map(|(earlier, kept)| (&earlier.story.coverage, kept));
            story.coverage = coverage::coverage(&story, tree, prose, casts, known);
        }
        story
    }

    /// Notes where each block's citations and other marks stand.
    fn index_marks(&mut self) {
        let count = self.labels.len();
        self.citation_runs = Runs::of(&self.citations, count, |one| one.mark.block);
        self.mark_runs = Runs::of(&self.marks, count, |one| one.block);
    }

    /// Notes where each block's statements stand.
    fn index_statements(&mut self) {
        let count = self.labels.len();
        self.statement_runs = Runs::of(&self.statements, count, |one| one.block);
    }

    /// Notes where each block's quotations stand.
    fn index_quotes(&mut self) {
        let count = self.labels.len();
        self.quote_runs = Runs::of(&self.quotes, count, |one| one.place.block);
    }

    /// The speaker.
    pub fn speaker(&self, id: SpeakerId) -> &Speaker {
        &self.speakers[id.0]
    }

    /// The names by which some speakers are told apart: surnames, and full names of those who share one.
    pub fn apart(&self, those: &[SpeakerId]) -> Vec<&str> {
        let short = |id: &SpeakerId| {
            let speaker = self.speaker(*id);
            speaker.surname.as_ref().unwrap_or(&speaker.name).as_str()
        };
        let names = those.iter().map(|id| {
            let alike = those.iter().filter(|other| short(other) == short(id));
            match alike.count() {
                1 => short(id),
                _ => self.speaker(*id).name.as_str(),
            }
        });
        names.collect()
    }

    /// The quotations of a block.
    pub fn quotes_of(&self, block: usize) -> &[SpokenQuote] {
        &self.quotes[self.quote_runs.of_block(block)]
    }

    /// The opening marks of a block that quote nothing.
    pub fn unclosed_in(&self, block: usize) -> &[Place] {
        let start = self.unclosed.partition_point(|one| one.block < block);
        let end = self.unclosed.partition_point(|one| one.block <= block);
        &self.unclosed[start..end]
    }

    /// The statements of a block.
    pub fn statements_of(&self, block: usize) -> &[Statement] {
        &self.statements[self.statement_runs.of_block(block)]
    }

    /// The index in [`Story::statements`] of a block's attribution (index into `Prose::attributions`).
    pub fn statement_at(&self, block: usize, attribution: usize) -> Option<usize> {
        let mut run = self.statement_runs.of_block(block);
        run.find(|&at| self.statements[at].index == attribution)
    }

    /// The citations whose mark stands in a block.
    pub fn citations_of(&self, block: usize) -> &[mark::Citation] {
        &self.citations[self.citation_runs.of_block(block)]
    }

    /// The other marks that stand in a block.
    pub fn marks_of(&self, block: usize) -> &[mark::Mark] {
        &self.marks[self.mark_runs.of_block(block)]
    }
}

/// Where each block's part of a list stands, the list being sorted by block.
#[derive(Clone, Debug, Default, PartialEq)]
struct Runs {
    /// For each block the index after its last one.
    ends: Vec<u32>,
}

impl Runs {
    /// Of a list, in a draft of so many blocks.
    fn of<T>(list: &[T], blocks: usize, block_of: impl Fn(&T) -> usize) -> Runs {
        let mut ends = vec![0u32; blocks];
        for one in list {
            ends[block_of(one)] += 1;
        }
        let mut end = 0;
        for count in &mut ends {
            end += *count;
            *count = end;
        }
        Runs { ends }
    }

    /// The indices of a block's; none where the list has not been looked through.
    fn of_block(&self, block: usize) -> std::ops::Range<usize> {
        let end = self.ends.get(block).copied().unwrap_or_default();
        let before = block
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        let start = before.copied().unwrap_or_default().min(end);
        start as usize..end as usize
    }
}
