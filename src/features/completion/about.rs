//! What to know of an item, in full: asked for the one that is looked at, when the list is there already.

use crate::draft::Draft;
use crate::entities::base::EntityId;
use crate::features::about_known;
use crate::features::about_speaker::{self, Asked};
use crate::features::words::{counted, escaped, record};
use crate::rules;
use crate::scene::Scene;
use crate::story::SpeakerId;
use crate::syntax::tree::Sigil;

/// What an item is about.
#[derive(Clone, Copy, Debug)]
pub enum About {
    /// Somebody in the draft.
    Speaker(SpeakerId),
    /// Somebody in the base.
    Known(EntityId),
    /// A source: index into the story's sources.
    Source(usize),
    /// A rule, by its name.
    Rule(&'static str),
}

/// What to know of it, a line each, in Markdown.
pub fn lines(draft: &Draft, scene: &Scene, about: About) -> Vec<String> {
    match about {
        About::Speaker(id) => about_speaker::lines(draft, scene, id, Asked::Record),
        About::Known(id) => {
            let Some(known) = scene.base.record(id) else {
                return Vec::new();
            };
            let on = about_known::day(draft, scene);
            let mut lines = vec![about_known::headline(scene.base, &known, on)];
            lines.extend(about_known::details(scene.base, &known, on, scene.today));
            lines.iter().map(|line| escaped(line)).collect()
        }
        About::Source(index) => {
            let Some(source) = draft.story.sources.get(index) else {
                return Vec::new();
            };
            let cited = draft.story.citations.iter();
            let cited = cited.filter(|one| one.sigil == Sigil::Source && one.name == source.id);
            let cited = match cited.count() {
                0 => "Not cited yet".to_owned(),
                count => format!("Cited {}", counted(count, "time")),
            };
            let told = ["as", "file", "url", "note"].iter().filter_map(|key| {
                let value = source.field(key)?;
                Some(format!("{key}: {value}"))
            });
            let mut lines = vec![source.title.clone(), record(source)];
            lines.extend(told);
            lines.push(cited);
            lines.retain(|line| !line.is_empty());
            lines.iter().map(|line| escaped(line)).collect()
        }
        About::Rule(name) => {
            let told = rules::rule(name).map(|rule| [rule.summary, rule.why]);
            told.into_iter().flatten().map(escaped).collect()
        }
    }
}
