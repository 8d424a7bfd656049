//! The number of dead or hurt in a headline against that of the story.

use super::casualties;
use crate::draft::Draft;
use crate::prose::Form;
use crate::story::Place;
use crate::story::outline::Label;
use crate::syntax::tree::Shape;
use crate::text::span::Span;

/// A number in a headline that the story tells of other things, and the one that it tells of these.
pub struct Conflict {
    /// The number in the headline, counted from its block.
    pub here: Place,
    /// The number of the story.
    pub there: Place,
}

/// What headlines tell otherwise than the body: only where the body has one number of dead (or of hurt), whatever its bounds, and
/// the headline’s stands in it for something else. What stands nowhere is `display-outruns-story`’s.
pub fn conflicts(draft: &Draft) -> Vec<Conflict> {
    let mut found = Vec::new();
    let facts = &draft.story.facts;
    for (block, label) in draft.story.labels.iter().enumerate() {
        if *label != Label::Headline && Some(block) != facts.header {
            continue;
        }
        let placed = &draft.tree.blocks[block];
        let text: &str = &placed.block.text;
        let lines: Vec<Span> = match &placed.block.shape {
            Shape::Header(header) => {
                let is_headline = |key: &str| matches!(key, "headline" | "hed");
                let fields = header.fields.iter();
                let set_large = fields.filter(|it| is_headline(&it.key.of(text).to_lowercase()));
                set_large.map(|field| field.value).collect()
            }
            _ => vec![Span::new(0, text.len())],
        };
        for (span, value, is_dead) in lines.iter().flat_map(|line| counts(text, *line)) {
            let there = only_count(draft, is_dead).filter(|(_, told)| *told != value);
            if let Some((there, _)) = there.filter(|_| stands(draft, value)) {
                let here = Place { block, span };
                found.push(Conflict { here, there });
            }
        }
    }
    found
}

/// `kills 14`, `14 dead`, `14 hurt`: the numbers of a line that count people, and whether they are dead.
fn counts(text: &str, line: Span) -> Vec<(Span, f64, bool)> {
    const KILL: &[&str] = &[
        "kills", "kill", "killed", "killing", "dead", "die", "died", "dies", "deaths",
    ];
    const HURT: &[&str] = &[
        "injures", "injure", "injured", "injuring", "hurts", "hurt", "wounds", "wounded",
    ];
    if !line.of(text).bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let mut at = line.start();
    let spans = line.of(text).split(' ').map(|word| {
        let span = Span::new(at, at + word.len());
        at = span.end() + 1;
        span
    });
    let words: Vec<Span> = spans.filter(|span| !span.is_empty()).collect();
    let bare = |at: usize| {
        let word = words.get(at).map_or("", |span| span.of(text));
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let number = word.of(text).trim_end_matches([',', ';', ':', '.']);
        let Ok(value) = number.replace(',', "").parse::<f64>() else {
            continue;
        };
        let before = at.checked_sub(1).map(bare).unwrap_or_default();
        let beside = [before, bare(at + 1)];
        let has = |list: &[&str]| beside.iter().any(|word| list.contains(&word.as_str()));
        if has(KILL) != has(HURT) {
            let span = Span::new(word.start(), word.start() + number.len());
            found.push((span, value, has(KILL)));
        }
    }
    found
}

/// The number of dead or of hurt, if the body has one and no other.
fn only_count(draft: &Draft, is_dead: bool) -> Option<(Place, f64)> {
    let mut only: Option<(Place, f64)> = None;
    for (block, toll) in casualties::tolls(draft).filter(|(_, toll)| toll.is_dead == is_dead) {
        let value = toll.value?;
        let is_other = only.is_some_and(|(_, other)| other != value);
        if !toll.is_in_digits || is_other {
            return None;
        }
        let span = toll.number;
        only = only.or(Some((Place { block, span }, value)));
    }
    only
}

/// Whether the number stands somewhere in the body.
fn stands(draft: &Draft, value: f64) -> bool {
    let blocks = draft.prose.iter().enumerate();
    let mut body = blocks.filter(|(block, _)| draft.story.labels[*block] == Label::Body);
    body.any(|(block, prose)| {
        let text: &str = &draft.tree.blocks[block].block.text;
        let mut numbers = prose.words.iter().filter(|word| word.form == Form::Number);
        numbers.any(|word| word.span.of(text).replace(',', "").parse() == Ok(value))
    })
}
