//! The columns of a ledger's row, for a level of those who may see it.

use super::discretion::Discretion;
use super::{Level, Row, is_changed, may_show, words};
use crate::draft::Draft;
use crate::notes::checks::hash;
use crate::story::Confidence;
use crate::story::source::{Source, Terms};
use crate::syntax::tree::InlineKind;
use crate::text::position::Encoding;

/// The names of the columns, in order.
pub const COLUMNS: [&str; 33] = [
    "row",
    "story",
    "edition",
    "para",
    "sentence",
    "kind",
    "text",
    "speaker_id",
    "speaker_name",
    "source_id",
    "source_kind",
    "source_title",
    "source_date",
    "place",
    "terms",
    "locator",
    "url",
    "archive",
    "file",
    "file_found",
    "primary",
    "corroborated_by",
    "source_status",
    "checked_by",
    "checked_on",
    "check_note",
    "changed_since_check",
    "stet_rule",
    "stet_reason",
    "open_notes",
    "line",
    "col",
    "text_hash",
];

/// Stands before the name of a speaker who is not sure.
pub const PROBABLY: &str = "probably ";

/// Where the speaker's id stands in [`COLUMNS`].
pub const SPEAKER_ID: usize = 7;

/// What the table needs to know from outside the draft.
pub struct Outside<'a> {
    /// What the story is called where its header gives no slug.
    pub name: &'a str,
    /// Whether a file that a record names is there.
    pub is_there: &'a dyn Fn(&str) -> bool,
}

/// A header's field, by its key.
pub fn field<'a>(draft: &'a Draft, keys: &[&str]) -> Option<&'a str> {
    let fields = draft.story.facts.fields.iter();
    let mut fields = fields.filter(|field| keys.contains(&field.0.to_lowercase().as_str()));
    fields.next().map(|field| field.1.as_str())
}

/// The cells of a row, in the order of [`COLUMNS`]; empty where there is nothing to say or it may not be said.
pub fn cells(
    draft: &Draft,
    row: &Row,
    number: usize,
    discretion: &Discretion,
    outside: &Outside,
) -> Vec<String> {
    let level = discretion.level();
    let text = words(draft, row);
    let at = draft.span(row.place).start();
    let position = draft.text.position(at, Encoding::Utf32);
    let speaker = row.speaker.map(|(id, _)| draft.story.speaker(id));
    let shown = row
        .speaker
        .and_then(|(id, _)| discretion.name(id, row.naming));
    // An id may hold a name that the copy does not have.
    let id =
        speaker.filter(|speaker| level == Level::Full || shown.as_ref() == Some(&speaker.name));
    let id = id.map_or(String::new(), |speaker| speaker.id.clone());
    let is_probable = matches!(row.speaker, Some((_, Confidence::Low)));
    let name = match (shown, speaker) {
        (Some(name), _) if is_probable => format!("{PROBABLY}{name}"),
        (Some(name), _) => name,
        (None, Some(_)) => "not named".to_owned(),
        (None, None) => String::new(),
    };
    let mut cells = vec![
        number.to_string(),
        field(draft, &["slug"]).unwrap_or(outside.name).to_owned(),
        field(draft, &["version", "edition"])
            .unwrap_or_default()
            .to_owned(),
        row.paragraph
            .map_or(String::new(), |number| number.to_string()),
        row.sentence.to_string(),
        row.kind.name().to_owned(),
        text.clone(),
        id,
        name,
    ];
    cells.extend(of_source(draft, row, discretion, outside));
    let private = level == Level::Public;
    let told = |words: String| discretion.told(&words).to_owned();
    let check = row.check.as_ref().filter(|_| !private);
    let changed = is_changed(row).filter(|_| !private);
    let (rule, reason) = row.stet.clone().filter(|_| !private).unwrap_or_default();
    cells.extend([
        check.map_or(String::new(), |check| check.who.clone()),
        check.map_or(String::new(), |check| check.date.clone()),
        check.map_or(String::new(), |_| told(note(draft, row))),
        changed.map_or("", yes_or_no).to_owned(),
        rule,
        told(reason),
        if private {
            String::new()
        } else {
            row.open_notes.to_string()
        },
        (position.line + 1).to_string(),
        (position.character + 1).to_string(),
        hash(&text),
    ]);
    cells
}

fn yes_or_no(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

/// What the mark of a check says after its colon.
fn note(draft: &Draft, row: &Row) -> String {
    let mark = row.check.as_ref().and_then(|check| check.mark);
    let note = mark.and_then(|mark| {
        let block = &draft.tree.blocks[mark.block].block;
        let mut inlines = block.inlines.iter();
        let inline = inlines.find(|inline| inline.span == mark.span)?;
        match &inline.kind {
            InlineKind::Check { note, .. } => note.map(|note| note.of(&block.text).to_owned()),
            _ => None,
        }
    });
    note.unwrap_or_default()
}

/// The ground rules in the ledger's word.
pub fn terms(source: &Source) -> &'static str {
    match source.terms {
        Terms::NotNoted => "not noted",
        Terms::OnRecord => "on record",
        Terms::Background => "background",
        Terms::DeepBackground => "deep background",
        Terms::OffRecord => "off record",
        Terms::NotUnderstood => "not understood",
    }
}

/// From `source_id` to `source_status`.
fn of_source(draft: &Draft, row: &Row, discretion: &Discretion, outside: &Outside) -> Vec<String> {
    let level = discretion.level();
    let mut cells = vec![String::new(); 14];
    let shown = row
        .speaker
        .and_then(|(id, _)| discretion.name(id, row.naming));
    let source = row.source;
    let source = source.filter(|source| discretion.may_tie(shown.as_deref(), *source));
    let Some(index) = source else {
        cells[0] = match (level, &row.undeclared) {
            (Level::Full, Some(id)) => id.clone(),
            (Level::Desk, Some(_)) => "not declared".to_owned(),
            _ => String::new(),
        };
        return cells;
    };
    let source = &draft.story.sources[index];
    let locator = row.locator.clone().unwrap_or_default();
    let of = |key: &str| {
        discretion
            .told(source.field(key).unwrap_or_default())
            .to_owned()
    };
    if !may_show(source, level) {
        if level == Level::Desk {
            // Neither the id nor the file nor the title of a source who is not on the record: each may hold the name.
            cells[0] = format!("source-{}", index + 1);
            cells[1] = source.kind.to_owned();
            cells[2] = source.field("as").unwrap_or("not named").to_owned();
            cells[3] = of("date");
            cells[5] = terms(source).to_owned();
        }
        return cells;
    }
    let file = of("file");
    let found = match file.is_empty() {
        true => "",
        false => yes_or_no((outside.is_there)(&file)),
    };
    let found = found.to_owned();
    let title = match source.title.is_empty() {
        true => of("by"),
        false => source.title.clone(),
    };
    vec![
        source.id.clone(),
        source.kind.to_owned(),
        title,
        of("date"),
        of("place"),
        terms(source).to_owned(),
        if locator.is_empty() {
            of("at")
        } else {
            locator
        },
        of("url"),
        of("archive"),
        file,
        found,
        of("primary"),
        of("with"),
        of("status"),
    ]
}
