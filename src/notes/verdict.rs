//! A quotation against everything on file: whose words it should be, where they stand, and what to say of it.

use std::sync::LazyLock;

use super::compare::{self, Allowance, Likeness, Match};
use super::quotation::{Quotation, quotation};
use super::record::{Record, is_name, same_person};
use super::scratch::Scratch;
use super::{Named, Records};
use crate::prose::Prose;
use crate::story;
use crate::story::evidence::Evidence;
use crate::story::source::{Source, Terms};
use crate::story::{Confidence, Speaker, SpeakerKind, SpokenQuote, Story};
use crate::syntax::tree::Block;
use crate::text::order;

/// Everything on file for a draft.
#[derive(Clone, Copy, Debug)]
pub struct OnFile<'a> {
    /// Records in the draft itself.
    pub scratch: &'a [Scratch],
    /// Records beside it.
    pub records: &'a Records,
}

/// A quotation in its block.
#[derive(Clone, Copy)]
pub struct Quoted<'a> {
    /// The story.
    pub story: &'a Story,
    /// The block.
    pub block: &'a Block,
    /// What it says.
    pub prose: &'a Prose,
    /// The quotation.
    pub quote: &'a SpokenQuote,
}

/// What is known of a quotation.
#[derive(Clone, Debug)]
pub struct Verdict<'a> {
    /// The quotation as it was compared.
    pub quotation: Quotation<'a>,
    /// What was found.
    pub finding: Finding<'a>,
    /// Whether the source may be named: a record of somebody who is not on the record is not.
    pub may_name: bool,
    /// Whether the speaker is only probably the one whose records were gone through.
    pub is_probable: bool,
}

/// What was found.
#[derive(Clone, Debug)]
pub enum Finding<'a> {
    /// It stands there.
    Faithful(Place<'a>),
    /// Something like it stands there.
    Differs(Place<'a>),
    /// It stands in another person's mouth.
    OtherMouth {
        /// Where.
        place: Place<'a>,
        /// Whose.
        voice: String,
    },
    /// It stands in none of the speaker's records.
    NotFound(Vec<&'a Record>),
    /// The file that the source names is not there; its path as typed.
    Missing(String),
}

/// A place in a record.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// The record.
    pub record: &'a Record,
    /// How the quotation lies in it.
    pub found: Match,
    /// For a record in the draft itself: its first block.
    pub block: Option<usize>,
}

/// The options of the two rules.
#[derive(Clone, Debug)]
pub struct Options {
    /// Words below which a quotation is not looked up.
    pub min_words: usize,
    /// What a quotation may leave out.
    pub allowance: Allowance,
    /// Whether words may be left out or replaced where the quotation shows it.
    pub cuts: Cuts,
}

/// Whether words may be left out or replaced where the quotation shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cuts {
    /// With an ellipsis or brackets, and fillers without.
    #[default]
    Shown,
    /// Never: every word stands as it was said.
    Never,
}

impl Options {
    /// From the least number of words and the phrases that may be left out.
    pub fn new<'a>(min_words: usize, fillers: impl IntoIterator<Item = &'a str>) -> Options {
        let keys = |phrase: &str| {
            super::fold::words(phrase)
                .iter()
                .map(|word| word.key)
                .collect()
        };
        Options {
            min_words,
            allowance: Allowance {
                fillers: fillers.into_iter().map(keys).collect(),
            },
            cuts: Cuts::Shown,
        }
    }
}

impl Default for Options {
    fn default() -> Options {
        static USUAL: LazyLock<Options> =
            LazyLock::new(|| Options::new(4, FILLERS.iter().copied()));
        USUAL.clone()
    }
}

/// Phrases that a quotation may leave out without a mark.
pub const FILLERS: &[&str] = &["you know", "i mean"];

/// Likeness in tenths from which words are said to be a speaker's own, changed.
const OWN: usize = 6;
/// The same in records that may be anybody's.
const ANYBODY: usize = 8;

/// What a record is to a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    Own,
    Anybody,
    Other,
}

/// What is known of a quotation; none where it is too short, a translation, or nothing can be said of it.
pub fn verdict<'a>(
    quoted: Quoted<'a>,
    on_file: OnFile<'a>,
    options: &Options,
) -> Option<Verdict<'a>> {
    let Quoted {
        story,
        block,
        prose,
        quote,
    } = quoted;
    if on_file.scratch.is_empty()
        && on_file.records.files.is_empty()
        && on_file.records.named.is_empty()
    {
        return None;
    }
    let text: &'a str = &block.text;
    let inner = prose.quotes.get(quote.index)?.inner;
    let quotation = quotation(text, inner, &block.hidden);
    if quotation.words.len() < options.min_words {
        return None;
    }
    let binding = quote
        .binding
        .as_ref()
        .or_else(|| story.quotes.get(quote.continues?)?.binding.as_ref());
    let speaker = binding
        .filter(|binding| binding.confidence > Confidence::Low)
        .map(|binding| story.speaker(binding.speaker));
    // Who is named in the sentence is nearly always the speaker: enough to ask, not to say whose words are bent.
    let probable = binding
        .filter(|binding| speaker.is_none() && is_named_beside(binding))
        .map(|binding| story.speaker(binding.speaker));
    let sources = sources(story, quote, speaker.or(probable));
    if sources.iter().any(|source| is_translated(source)) {
        return None;
    }
    let may_name = speaker.is_none_or(|speaker| speaker.kind != SpeakerKind::Anonymous)
        && sources
            .iter()
            .all(|source| matches!(source.terms, Terms::OnRecord | Terms::NotNoted));
    let (own, missing) = own_files(&sources, on_file.records);
    let searched = all(on_file).map(|(record, block, index)| {
        let whose = whose(
            story,
            speaker,
            record,
            index.is_some_and(|index| own.contains(&index)),
        );
        (whose, record, block)
    });
    let mut searched: Vec<(Whose, &Record, Option<usize>)> = searched.collect();
    order::by_key(&mut searched, |(whose, ..)| *whose);
    let finding = look(quoted, &quotation, speaker, &searched, options).or_else(|| {
        let own = searched.iter().filter(|(whose, ..)| *whose == Whose::Own);
        let own: Vec<&Record> = own.map(|(_, record, _)| *record).collect();
        let is_told_otherwise = own.is_empty() || speaker.is_none();
        match missing.first() {
            Some(path) if own.is_empty() => Some(Finding::Missing(path.clone())),
            _ if is_told_otherwise => None,
            _ => Some(Finding::NotFound(own)),
        }
    });
    let is_probable = finding.is_none();
    let finding = finding.or_else(|| {
        let of_theirs = all(on_file).filter(|(record, _, index)| {
            let is_named = index.is_some_and(|index| own.contains(&index));
            whose(story, probable, record, is_named) == Whose::Own
        });
        let own: Vec<&Record> = of_theirs.map(|(record, ..)| record).collect();
        (probable.is_some() && !own.is_empty()).then_some(Finding::NotFound(own))
    })?;
    let finding = match finding {
        Finding::Faithful(place) if options.cuts == Cuts::Never && is_cut(&quotation, &place) => {
            Finding::Differs(trimmed(place))
        }
        finding => finding,
    };
    Some(Verdict {
        quotation,
        finding,
        may_name,
        is_probable,
    })
}

/// Whether a name in the sentence of a quotation is what makes its speaker probable.
fn is_named_beside(binding: &story::Binding) -> bool {
    let is_near = matches!(
        binding.step,
        story::Step::SameSentence | story::Step::Between
    );
    let evidence = matches!(
        binding.evidence,
        Evidence::WeakCue
            | Evidence::Inside
            | Evidence::LooseParticiple
            | Evidence::BeforeWords
            | Evidence::AcrossSubject
            | Evidence::Colon
    );
    is_near && evidence
}

/// Whether a quotation that is faithful leaves out or replaces words: with a sign, or fillers without one.
fn is_cut(quotation: &Quotation, place: &Place) -> bool {
    let is_whole = place.found.place.len() == quotation.words.len();
    place.found.likeness == Likeness::Same && (quotation.pieces.len() > 1 || !is_whole)
}

fn trimmed(mut place: Place) -> Place {
    place.found.likeness = Likeness::Trimmed;
    place
}

/// All records, those beside the draft with their index, those in it with their first block.
fn all(on_file: OnFile<'_>) -> impl Iterator<Item = (&Record, Option<usize>, Option<usize>)> {
    let scratch = on_file.scratch.iter();
    let scratch = scratch.map(|one| (&*one.record, Some(one.first), None));
    let files = on_file.records.files.iter().enumerate();
    files
        .map(|(index, record)| (&**record, None, Some(index)))
        .chain(scratch)
}

fn look<'a>(
    quoted: Quoted<'a>,
    quotation: &Quotation<'a>,
    speaker: Option<&Speaker>,
    searched: &[(Whose, &'a Record, Option<usize>)],
    options: &Options,
) -> Option<Finding<'a>> {
    let mut elsewhere: Option<Finding<'a>> = None;
    for (whose, record, block) in searched {
        for found in compare::all_same(quotation, record, 64) {
            let other = other_mouth(quoted.story, speaker, *whose, record, &found);
            let place = Place {
                record,
                found,
                block: *block,
            };
            match other {
                None => return Some(Finding::Faithful(place)),
                Some(voice) if quotation.words.len() >= 5 => {
                    elsewhere.get_or_insert(Finding::OtherMouth { place, voice });
                }
                Some(_) => {}
            }
        }
    }
    if elsewhere.is_some() {
        return elsewhere;
    }
    let mut best: Option<(usize, Place<'a>)> = None;
    for (whose, record, block) in searched {
        let Some(found) = compare::compare(quotation, record, &options.allowance) else {
            continue;
        };
        let count = quotation.words.len();
        let tenths = found.matched * 10 / count;
        let is_like = match whose {
            Whose::Own => tenths >= OWN && found.content >= 2,
            Whose::Anybody => tenths >= ANYBODY && count >= 6 && found.content >= 3,
            Whose::Other => false,
        };
        let is_others = other_mouth(quoted.story, speaker, *whose, record, &found).is_some();
        if !is_like || is_others {
            continue;
        }
        let rank = 2 * found.matched + usize::from(*whose == Whose::Own);
        if best.as_ref().is_none_or(|(most, _)| rank > *most) {
            best = Some((
                rank,
                Place {
                    record,
                    found,
                    block: *block,
                },
            ));
        }
    }
    best.map(|(_, place)| match place.found.likeness {
        Likeness::Same | Likeness::Heard => Finding::Faithful(place),
        Likeness::Trimmed | Likeness::Stitched | Likeness::Differs => Finding::Differs(place),
    })
}

/// The sources of a quotation: those cited over it, else those of its speaker.
fn sources<'a>(
    story: &'a Story,
    quote: &SpokenQuote,
    speaker: Option<&Speaker>,
) -> Vec<&'a Source> {
    let cited = story.citations.iter().filter(|citation| {
        citation.covers.block == quote.place.block
            && citation.covers.span.overlaps(quote.place.span)
    });
    let cited: Vec<&Source> = cited
        .filter_map(|citation| {
            story
                .sources
                .iter()
                .find(|source| source.id == citation.name)
        })
        .collect();
    if !cited.is_empty() {
        return cited;
    }
    let own = speaker.into_iter().flat_map(|speaker| &speaker.sources);
    own.map(|index| &story.sources[*index]).collect()
}

/// Words that came by an interpreter or in another language are not compared.
fn is_translated(source: &Source) -> bool {
    let language = source
        .field("lang")
        .map(|language| language.trim().to_lowercase());
    source.field("via").is_some() || language.is_some_and(|language| !language.starts_with("en"))
}

/// The records that the sources name, and the paths of files that are not there.
fn own_files(sources: &[&Source], records: &Records) -> (Vec<usize>, Vec<String>) {
    let mut own = Vec::new();
    let mut missing = Vec::new();
    for path in sources.iter().filter_map(|source| source.field("file")) {
        match records.of_path(path) {
            Some(Named::Record(index)) => own.push(index),
            Some(Named::Missing) => missing.push(path.trim().to_owned()),
            Some(Named::Unread) | None => {}
        }
    }
    (own, missing)
}

fn whose(story: &Story, speaker: Option<&Speaker>, record: &Record, is_named: bool) -> Whose {
    if is_named {
        return Whose::Own;
    }
    let Some(speaker) = speaker else {
        return Whose::Anybody;
    };
    let has_name = matches!(
        speaker.kind,
        SpeakerKind::Person | SpeakerKind::Body | SpeakerKind::Outlet
    );
    if has_name && record.names(&speaker.name, speaker.surname.as_deref()) {
        return Whose::Own;
    }
    let is_others = has_name
        && story.speakers.iter().any(|other| {
            other.kind == SpeakerKind::Person
                && other.id != speaker.id
                && is_record_of(record, other)
        });
    if is_others {
        Whose::Other
    } else {
        Whose::Anybody
    }
}

/// Whether a record as a whole is of one person: by its file's name or its writer.
fn is_record_of(record: &Record, speaker: &Speaker) -> bool {
    record.file_names(&speaker.name, speaker.surname.as_deref())
        || record
            .source
            .author
            .as_ref()
            .is_some_and(|author| same_person(author, &speaker.name))
}

/// Whose words these are, where they are another person's.
fn other_mouth(
    story: &Story,
    speaker: Option<&Speaker>,
    whose: Whose,
    record: &Record,
    found: &Match,
) -> Option<String> {
    let speaker = speaker.filter(|speaker| speaker.kind == SpeakerKind::Person)?;
    let at = record.words.get(found.place.start)?.span().start();
    let others = || {
        story
            .speakers
            .iter()
            .filter(|other| other.kind == SpeakerKind::Person && other.id != speaker.id)
    };
    match record.voice(at) {
        Some(voice) if is_name(voice) => {
            if same_person(voice, &speaker.name) {
                return None;
            }
            let is_known = others().any(|other| same_person(voice, &other.name));
            let has_own = record
                .source
                .voices
                .iter()
                .any(|voice| same_person(voice, &speaker.name));
            (is_known || has_own).then(|| voice.to_owned())
        }
        // A recording of one person, in which nobody else is told apart.
        None if whose == Whose::Other && record.source.voices.is_empty() => {
            let other = others().find(|other| is_record_of(record, other))?;
            Some(other.name.clone())
        }
        _ => None,
    }
}
