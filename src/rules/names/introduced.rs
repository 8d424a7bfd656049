//! Whether the words around a name say who that is.

use crate::draft::Draft;
use crate::entities::day::Standing;
use crate::entities::record::{Layer, Record};
use crate::prose::{Form, Sentence};
use crate::scene::Scene;
use crate::story::outline::Label;
use crate::story::{Place, SpeakerId, Statement};
use crate::text::span::Span;
use crate::words::Classes;

/// The full name of a speaker at the first mention, if nothing there is joined to it that says who that is.
pub fn stands_bare(draft: &Draft, who: SpeakerId) -> Option<Place> {
    let story = &draft.story;
    let speaker = story.speaker(who);
    // Somebody of whom half the story tells is no passer-by: readers know who that is, or the story is about it.
    const KNOWN: usize = 6;
    let has_record = speaker.entity.is_some() || !speaker.sources.is_empty();
    if has_record
        || speaker.role.is_some()
        || speaker.mentions.len() >= KNOWN
        || !speaker.name.contains(' ')
    {
        return None;
    }
    // A mention in a headline, list or caption may say it; only who is met in the body first is looked at.
    let first = *speaker.mentions.first()?;
    let is_in_body = story.labels[first.block] == Label::Body;
    if !is_in_body || !draft.words(first).starts_with(&speaker.name) {
        return None;
    }
    let place = Place {
        span: Span::new(first.span.start(), first.span.start() + speaker.name.len()),
        ..first
    };
    if has_word_beside(draft, place) || is_credit(draft, first) || is_quoted(draft, place) {
        return None;
    }
    let first_word = crate::words::classes(&speaker.name.split(' ').next()?.to_lowercase());
    let is_no_name = first_word.has(
        Classes::PRONOUN
            .or(Classes::DETERMINER)
            .or(Classes::PERSONAL),
    ) || speaker.name.starts_with("Every");
    (!is_no_name).then_some(place)
}

/// Whether somebody who [stands bare](stands_bare) at a place speaks in the story’s own voice, and no word in that sentence or the ones
/// beside it says who that is.
pub fn nobody_says_who(draft: &Draft, said: &Said, who: SpeakerId, place: Place) -> bool {
    said.by(draft, who).any(|statement| statement.is_strict)
        && !speaks_by_statement(draft, said, who)
        && !is_described(draft, place)
}

/// The role to write after a name on the story's date, by the newsroom's own word.
pub fn role(draft: &Draft, scene: &Scene, record: &Record) -> Option<String> {
    let on = draft.story.facts.date.unwrap_or(scene.today);
    let (role, standing) = record.role_on(on)?;
    let is_own = role.source.is_none() && record.origin.layer != Layer::Imported;
    (is_own && standing == Standing::Current)
        .then(|| scene.base.title(role).map(str::to_owned))
        .flatten()
}

/// The statements of those of a story who are asked about.
#[derive(Default)]
pub struct Said {
    /// Who makes them, and their indices in the story; those of one speaker together and in order.
    statements: Vec<(SpeakerId, usize)>,
}

impl Said {
    /// Of some speakers of a story.
    pub fn of(draft: &Draft, asked: impl ExactSizeIterator<Item = SpeakerId>) -> Said {
        if asked.len() == 0 {
            return Said::default();
        }
        let mut is_asked = vec![false; draft.story.speakers.len()];
        asked.for_each(|who| is_asked[who.0] = true);
        let all = draft.story.statements.iter().enumerate();
        let own = all.filter_map(|(index, statement)| {
            let who = statement.speaker?;
            is_asked[who.0].then_some((who, index))
        });
        let mut statements: Vec<_> = own.collect();
        statements.sort_unstable();
        Said { statements }
    }

    /// What one of them says, in order.
    pub fn by<'a>(
        &'a self,
        draft: &'a Draft,
        who: SpeakerId,
    ) -> impl Iterator<Item = &'a Statement> {
        let start = self.statements.partition_point(|(one, _)| *one < who);
        let own = self.statements[start..].iter();
        let own = own.take_while(move |(one, _)| *one == who);
        own.map(|(_, index)| &draft.story.statements[*index])
    }
}

/// `Alma Line said in a statement`: two capitals that speak on paper are a firm’s more often than a person’s.
pub fn speaks_by_statement(draft: &Draft, said: &Said, who: SpeakerId) -> bool {
    said.by(draft, who).any(|statement| {
        let attribution = &draft.prose[statement.block].attributions[statement.index];
        let text: &str = &draft.tree.blocks[statement.block].block.text;
        attribution
            .manner
            .is_some_and(|manner| manner.of(text).contains("statement"))
    })
}

/// `reported from Harlan`, `contributed to this report`, `wrote for the Morning Post`: a reporter at work.
pub fn is_credit(draft: &Draft, place: Place) -> bool {
    let text: &str = &draft.tree.blocks[place.block].block.text;
    let rest = text[place.span.end()..].trim_start();
    let is_for = rest
        .strip_prefix("for ")
        .is_some_and(|outlet| outlet.starts_with(char::is_uppercase));
    is_for
        || [
            "reported from",
            "contributed",
            "reporting from",
            "writes for",
        ]
        .iter()
        .any(|credit| rest.starts_with(credit))
}

fn is_quoted(draft: &Draft, place: Place) -> bool {
    let quotes = &draft.prose[place.block].quotes;
    quotes.iter().any(|quote| quote.inner.overlaps(place.span))
}

/// Whether something is joined to the name itself: a word before it, an appositive, `of the Trust`, `who`, a note.
fn has_word_beside(draft: &Draft, place: Place) -> bool {
    let text: &str = &draft.tree.blocks[place.block].block.text;
    let words = &draft.prose[place.block].words;
    let first = words.partition_point(|word| word.span.start() < place.span.start());
    let after = words.partition_point(|word| word.span.start() < place.span.end());
    let before = first.checked_sub(1).and_then(|at| words.get(at));
    let plain = Classes::CUE
        .or(Classes::AUXILIARY)
        .or(Classes::PREPOSITION)
        .or(Classes::CONJUNCTION)
        .or(Classes::CLAUSE)
        .or(Classes::ADVERB);
    // `said Maria Stone`, `. Maria Stone`: nothing. `resident Maria Stone`, `Democrat Maria Stone`: a word of who it is.
    // After a dash stands the credit of a letter or a passer-by.
    let is_bare_before = before.is_none_or(|word| {
        let is_mark = word.form == Form::Mark;
        is_mark && !matches!(word.span.of(text), "—" | "―" | "–" | "-" | "(" | "[")
            || word.form == Form::Lower && word.classes.has(plain)
    });
    let next = &text[place.span.end()..];
    let follows = next.trim_start();
    let joins = [
        ",", "(", "[", "—", "–", "-", "of ", "from ", "at ", "with ", "who ", "’", "'",
    ];
    let is_bare_after = !joins.iter().any(|join| follows.starts_with(join));
    let is_followed_by_name = words
        .get(after)
        .is_some_and(|word| matches!(word.form, Form::Capital | Form::Caps | Form::Number));
    !is_bare_before || !is_bare_after || is_followed_by_name
}

/// Whether the sentence or one beside it has a word for what people are or do.
fn is_described(draft: &Draft, place: Place) -> bool {
    let mut around: Vec<(usize, &Sentence)> = Vec::new();
    let near = place.block.saturating_sub(2)..=place.block + 2;
    for block in near.filter(|block| *block < draft.prose.len()) {
        // Of a short draft the first paragraph may be taken for its headline or for furniture.
        if draft.story.labels[block] != Label::NotCopy {
            around.extend(draft.prose[block].sentences.iter().map(|one| (block, one)));
        }
    }
    let here = around
        .iter()
        .position(|(block, one)| *block == place.block && one.span.covers(place.span));
    let Some(here) = here else {
        return true;
    };
    let says = Classes::ROLE
        .or(Classes::RANK)
        .or(Classes::HONORIFIC)
        .or(Classes::INSTITUTION)
        .or(Classes::BODY)
        .or(Classes::COLLECTIVE);
    let near = here.saturating_sub(1)..(here + 2).min(around.len());
    around[near].iter().any(|(block, sentence)| {
        let words = &draft.prose[*block].words[sentence.words.clone()];
        words.iter().any(|word| {
            let is_name = *block == place.block && word.span.overlaps(place.span);
            !word.is_quoted && word.classes.has(says) && !is_name
        })
    })
}
