//! The places of a speaker or of an id in a draft.

use crate::draft::Draft;
use crate::features::subject;
use crate::story::{Place, Speaker, SpeakerId, SpeakerKind};
use crate::syntax::tree::Sigil;

/// Whether the definition itself is among the places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declaration {
    /// It is.
    Included,
    /// It is not.
    LeftOut,
}

/// The citations of an id, and its definition if wanted.
pub fn of_id(draft: &Draft, id: &str, sigil: Sigil, declaration: Declaration) -> Vec<Place> {
    let story = &draft.story;
    let cited = story
        .citations
        .iter()
        .filter(|citation| citation.sigil == sigil && citation.name == id)
        .map(|citation| citation.id);
    let defined = match sigil {
        Sigil::Source => story
            .sources
            .iter()
            .find(|one| one.id == id)
            .map(|one| one.place),
        Sigil::Entity => story
            .entities
            .iter()
            .find(|one| one.id == id)
            .map(|one| one.place),
    };
    let defined = defined.filter(|_| declaration == Declaration::Included);
    cited.chain(defined).collect()
}

/// The words that name a speaker or point back to one, in order, each place once.
pub fn mentions(draft: &Draft, speaker: SpeakerId) -> Vec<Place> {
    let story = &draft.story;
    let stated = story
        .statements
        .iter()
        .filter(|statement| statement.speaker == Some(speaker))
        .filter_map(|statement| {
            let span = subject::source(draft, statement)?.span;
            let block = statement.block;
            Some(Place { block, span })
        });
    let named = story.speaker(speaker).mentions.iter().copied();
    let mut all: Vec<Place> = named.chain(stated).collect();
    // A name inside its noun phrase is one mention: the wider one goes.
    let narrow = all.clone();
    all.retain(|place| {
        !narrow.iter().any(|other| {
            other.block == place.block && other.span != place.span && place.span.covers(other.span)
        })
    });
    all.sort_unstable();
    all.dedup();
    all
}

/// The quotations of a speaker, in order.
pub fn quotes(draft: &Draft, speaker: SpeakerId) -> impl Iterator<Item = Place> + '_ {
    let quotes = draft.story.quotes.iter().enumerate();
    quotes
        .filter(move |(index, _)| {
            subject::bound(draft, *index).is_some_and(|binding| binding.speaker == speaker)
        })
        .map(|(_, quote)| quote.place)
}

/// The place where a speaker is named first, pronouns passed over.
pub fn first_naming(draft: &Draft, speaker: &Speaker) -> Option<Place> {
    let is_person = speaker.kind == SpeakerKind::Person;
    let named = speaker.mentions.iter().find(|place| {
        let words = draft.words(**place);
        !is_person || words.contains(' ') || words.starts_with(char::is_uppercase)
    });
    named.or(speaker.mentions.first()).copied()
}
