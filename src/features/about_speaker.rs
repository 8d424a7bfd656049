//! What to know of a speaker: who, on what terms, by which words, how often; lines for a hover.

use crate::draft::Draft;
use crate::entities::record::Record;
use crate::features::about_known;
use crate::features::places;
use crate::features::subject;
use crate::features::words::{
    capitalised, counted, escaped, joined, paragraphs, record, shortened,
};
use crate::prose::phrase::{Anonymous, NounKind};
use crate::scene::Scene;
use crate::story::source::Source;
use crate::story::{Binding, Confidence, Place, Speaker, SpeakerId, SpeakerKind, Step};
use crate::text::span::Span;

/// What under the cursor leads to the speaker.
#[derive(Clone, Copy)]
pub enum Asked {
    /// Words that name them, at this byte of the file.
    Mention(usize),
    /// A quotation.
    Quote(usize),
    /// Their definition.
    Record,
}

/// What to know of a speaker, a line each, in Markdown.
pub fn lines(draft: &Draft, scene: &Scene, id: SpeakerId, asked: Asked) -> Vec<String> {
    let speaker = draft.story.speaker(id);
    let on = about_known::day(draft, scene);
    let known = draft.story.known.speakers.get(id.0).copied().flatten();
    let known = known.and_then(|known| scene.base.record(known));
    let role = known
        .as_ref()
        .and_then(|known| scene.base.role_words(known, on));
    let mut lines = vec![who(draft, speaker, asked, known.as_deref(), role)];
    let mut rest: Vec<String> = Vec::new();
    rest.extend(source_of(draft, speaker, asked).map(record));
    let read_from = read_from(draft, asked).map(|words| format!("Read from: “…{words}”"));
    if let Some(known) = &known {
        // How to write the name, how often here, by which words, how fresh, and what the desk noted.
        rest.extend(about_known::writing(known));
        rest.push(how_often(draft, id));
        rest.extend(read_from);
        rest.extend(about_known::freshness(scene.base, known, on, scene.today));
        let note = known.note.as_ref();
        rest.extend(note.map(|note| format!("Note: {}", shortened(note, 160))));
    } else if speaker.kind == SpeakerKind::Anonymous {
        rest.extend(read_from);
        rest.extend(without_name(draft, id));
    } else {
        rest.extend(read_from);
        let surname = speaker.surname.as_deref().unwrap_or_default();
        if speaker.kind == SpeakerKind::Person && !surname.is_empty() && surname != speaker.name {
            rest.push(format!("Write: {surname} on second reference"));
        }
        rest.push(how_often(draft, id));
        if let Some(place) = places::first_naming(draft, speaker) {
            let words = shortened(draft.words(place), 60);
            let number = subject::paragraph(draft, place.block);
            rest.extend(number.map(|number| format!("First named in ¶{number}: “{words}”")));
        }
    }
    lines.extend(rest.iter().map(|line| escaped(line)));
    lines
}

/// Name and role; "probably" where the binding is not sure.
fn who(
    draft: &Draft,
    speaker: &Speaker,
    asked: Asked,
    known: Option<&Record>,
    known_role: Option<String>,
) -> String {
    let name = known.map_or(&speaker.name, |known| &known.name);
    let name = escaped(&shortened(&capitalised(name), 100));
    let unsure = match asked {
        Asked::Quote(index) => subject::bound(draft, index).and_then(|one| doubt(draft, one)),
        Asked::Mention(_) | Asked::Record => None,
    };
    if let Some(doubt) = unsure {
        return format!("Probably **{name}** ({doubt})");
    }
    let entity = speaker.entity.map(|index| &draft.story.entities[index]);
    let in_record = entity.and_then(|entity| entity.field("role"));
    let mut sources = speaker.sources.iter();
    let in_source = sources.find_map(|index| draft.story.sources[*index].field("role"));
    let role = in_record
        .or(known_role.as_deref())
        .or(speaker.role.as_deref())
        .or(in_source);
    let what = match (speaker.kind, role) {
        (SpeakerKind::Anonymous, _) => how_many(speaker),
        (_, Some(role)) => role.to_owned(),
        (SpeakerKind::Outlet, None) => "news outlet".to_owned(),
        (SpeakerKind::Document, None) => "document".to_owned(),
        (SpeakerKind::Collective, None) => "a group spoken of as one".to_owned(),
        (SpeakerKind::Person | SpeakerKind::Body | SpeakerKind::Institution, None) => String::new(),
    };
    joined(
        &[&format!("**{name}**"), &escaped(&shortened(&what, 100))],
        " — ",
    )
    .trim_end_matches(" — …")
    .to_owned()
}

/// Why the speaker of a quotation is not sure, if so.
fn doubt(draft: &Draft, binding: &Binding) -> Option<String> {
    if binding.confidence != Confidence::Low {
        return None;
    }
    let how = match binding.step {
        Step::ParagraphAfter => "named in the next paragraph",
        Step::LaterInParagraph => "named later in the paragraph",
        Step::Introduced => "the paragraph before introduces the words",
        _ => "nearest speaker before",
    };
    let place = binding.source.or(binding.cue);
    let number = place.and_then(|place| subject::paragraph(draft, place.block));
    let number = number.map_or(String::new(), |number| format!("¶{number}"));
    Some(joined(&[how, &number], ", "))
}

/// The record to show: the one cited for the quotation, else the speaker's own.
fn source_of<'a>(draft: &'a Draft, speaker: &Speaker, asked: Asked) -> Option<&'a Source> {
    let story = &draft.story;
    let cited = match asked {
        Asked::Quote(index) => {
            let place = story.quotes[index].place;
            let mut citations = story.citations.iter().filter(|citation| {
                citation.covers.block == place.block && citation.covers.span.overlaps(place.span)
            });
            citations.find_map(|one| story.sources.iter().find(|source| source.id == one.name))
        }
        Asked::Mention(_) | Asked::Record => None,
    };
    cited.or_else(|| story.sources.get(*speaker.sources.first()?))
}

/// The words by which the speaker is known: from the name to the cue and the manner, as they stand.
fn read_from(draft: &Draft, asked: Asked) -> Option<String> {
    let story = &draft.story;
    let (block, source, cue) = match asked {
        Asked::Quote(index) => {
            let binding = subject::bound(draft, index)?;
            let cue = binding.cue?;
            let source = binding.source.filter(|place| place.block == cue.block);
            (cue.block, source.map(|place| place.span), cue.span)
        }
        Asked::Mention(at) => {
            let (block, inside) = draft.block_at(at)?;
            story.statements_of(block).iter().find_map(|statement| {
                let one = draft.prose[block].attributions.get(statement.index)?;
                let source = one.source.as_ref().map(|source| source.span);
                let touches = source.is_some_and(|span| span.touches(inside));
                (touches || one.cue.touches(inside)).then_some((block, source, one.cue))
            })?
        }
        Asked::Record => return None,
    };
    let mut span = source.map_or(cue, |source| source.cover(cue));
    let mut attributions = draft.prose[block].attributions.iter();
    let manner = attributions
        .find(|one| one.cue == cue)
        .and_then(|one| one.manner);
    span = manner.map_or(span, |manner| span.cover(manner));
    Some(shortened(draft.words(Place { block, span }), 120))
}

/// Quotations and paraphrases of a speaker, with their paragraphs.
fn how_often(draft: &Draft, id: SpeakerId) -> String {
    let (quotes, paraphrases, numbers) = said(draft, id);
    let counts = format!(
        "In this story: {}, {}",
        counted(quotes, "quote"),
        counted(paraphrases, "paraphrase")
    );
    let numbers = paragraphs(&numbers);
    if numbers.is_empty() {
        counts
    } else {
        format!("{counts} ({numbers})")
    }
}

/// How many quotations, how many statements without one, and the paragraphs of both.
fn said(draft: &Draft, id: SpeakerId) -> (usize, usize, Vec<usize>) {
    let quotes: Vec<Place> = places::quotes(draft, id).collect();
    let paraphrases: Vec<usize> = draft
        .story
        .statements
        .iter()
        .filter(|statement| statement.speaker == Some(id))
        .filter(|statement| {
            let attributions = &draft.prose[statement.block].attributions;
            attributions
                .get(statement.index)
                .is_some_and(|one| one.quotes.is_empty() && !one.is_quoted)
        })
        .map(|statement| statement.block)
        .collect();
    let blocks = quotes.iter().map(|place| place.block);
    let numbers = blocks
        .chain(paraphrases.iter().copied())
        .filter_map(|block| subject::paragraph(draft, block))
        .collect();
    (quotes.len(), paraphrases.len(), numbers)
}

/// What is said of people without a name, with the words of the places where it is said.
fn features<'a>(
    draft: &'a Draft,
    id: SpeakerId,
) -> impl Iterator<Item = (usize, &'a Anonymous)> + 'a {
    let statements = draft.story.statements.iter();
    statements
        .filter(move |statement| statement.speaker == Some(id))
        .filter_map(|statement| match &subject::source(draft, statement)?.kind {
            NounKind::Anonymous(features) => Some((statement.block, features)),
            _ => None,
        })
}

fn how_many(speaker: &Speaker) -> String {
    let (count, is_plural) = speaker
        .anonymous
        .as_ref()
        .map_or((None, true), |one| (one.count, one.is_plural));
    match (count, is_plural) {
        (Some(1), _) | (None, false) => "1 person, not named".to_owned(),
        (Some(count), _) => format!("{count} people, not named"),
        (None, true) => "not named; how many is not said".to_owned(),
    }
}

/// Basis, reason and what rests on people without a name.
fn without_name(draft: &Draft, id: SpeakerId) -> Vec<String> {
    let words = |of: fn(&Anonymous) -> Option<Span>| {
        features(draft, id).find_map(|(block, features)| {
            let span = of(features)?;
            Some(shortened(draft.words(Place { block, span }), 100))
        })
    };
    let basis = words(|features| features.basis);
    let reason = words(|features| features.reason);
    let (quotes, _, mut numbers) = said(draft, id);
    numbers.sort_unstable();
    numbers.dedup();
    let carried: Vec<String> = numbers
        .iter()
        .map(|number| match number {
            1 => "lede (¶1)".to_owned(),
            _ => format!("¶{number}"),
        })
        .collect();
    let mut lines = vec![
        format!(
            "How they know: {}",
            basis.as_deref().unwrap_or("not said yet")
        ),
        format!(
            "Reason in story: {}",
            reason.as_deref().unwrap_or("none yet")
        ),
    ];
    if !carried.is_empty() {
        let carried = carried.join(", ");
        lines.push(format!("Carries: {carried} · direct quotes: {quotes}"));
    }
    lines
}
