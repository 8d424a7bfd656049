//! A name that is spelt in two ways, or in a way that is known to be wrong.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::draft::Draft;
use crate::entities::fold::fold;
use crate::entities::mention::How;
use crate::finding::{Finding, Fix, Related, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::cast::in_two;
use crate::story::speaker::is_read;
use crate::story::traces::{is_one_name, number};
use crate::story::{Place, Speaker, SpeakerKind};
use crate::syntax::tree::Shape;
use crate::text::edit::Edit;
use crate::text::order;
use crate::text::span::Span;
use crate::words::{Classes, classes};

/// A name that is spelt in two ways, or in a way that is known to be wrong.
pub const RULE: Rule = Rule {
    name: "name-spelling-inconsistent",
    topic: "name",
    severity: Some(Severity::Error),
    is_unfinished: false,
    summary: "A person’s name spelt in two ways in one story, or as the newsroom knows it to be wrong.",
    why: "A name must be the same in every instance, in headline and captions too. Where one forename goes with two surnames a letter \
          apart, one of them is a slip; the newsroom’s own files say which, else the rarer one is marked.",
    fires: &[
        "
Mayor Maria Johanson closed the pier on Monday. Maria Johanson said it was old.

The mayor, Maria Johansen, said it would open in spring.
           ^^^^^^^^^^^^^^ error name-spelling-inconsistent: “Maria Johansen” here, “Maria Johanson” elsewhere.
",
        "
“We had no warning,” said Dana Ortis, a teacher.
                          ^^^^^^^^^^ error name-spelling-inconsistent: “Dana Ortis”: the newsroom writes Dana Ortiz.
=== entities/people.toml
[[person]]
name = \"Dana Ortiz\"
wrong = [\"Dana Ortis\"]
",
        "
“We had no warning,” said Marta Kowalski, a teacher. “None at all.”

Her neighbors had asked for a siren, and Marta Kowalsky was in the room when they were told no.
                                         ^^^^^^^^^^^^^^ error name-spelling-inconsistent: “Marta Kowalsky” here, “Marta Kowalski” elsewhere.
",
        "
Mayor Maria Johanson closed the pier on Monday. Maria Johanson said it was old.

It was Maria Johansen’s last day in office.
       ^^^^^^^^^^^^^^ error name-spelling-inconsistent: “Maria Johansen” here, “Maria Johanson” elsewhere.
",
        "
# Mayor Johansen closes pier
        ^^^^^^^^ error name-spelling-inconsistent: “Johansen” here, “Johanson” elsewhere.

Mayor Maria Johanson closed the pier on Monday, and said it was old.
",
        "
Headline: Mayor Johansen closes pier
                ^^^^^^^^ error name-spelling-inconsistent: “Johansen” here, “Johanson” elsewhere.

Mayor Maria Johanson closed the pier on Monday, and said it was old.
",
    ],
    quiet: &[
        "# Mayor Johanson closes pier\n\nMayor Maria Johanson closed the pier on Monday, and said it was old. Deputy Johansen left.",
        "Mayor Maria Johanson closed the pier on Monday, and said it was old. The mayor of Harlan, Pal Johansen, said it was not. “It is old,” Mayor Johansen said.",
        "Mayor Maria Johanson closed the pier on Monday. The Maria Johansons of this world are few.",
        "Mayor Maria Johanson closed the pier on Monday. Johanson said it was old.",
        "Mayor Maria Johanson closed the pier on Monday. Her son, Mario Johansen, said it was old.",
        "Mayor Ann Ray met council member Ann Roy on Monday.",
        "Mayor Maria Johanson met teacher Maria Johansen on Monday.\n=== entities/people.toml\n[[person]]\nname = \"Maria Johanson\"\n[[person]]\nname = \"Maria Johansen\"\n",
        "Mayor Pål Jensson closed the pier on Monday. The mayor, Pal Jensson, said it was old.",
        "“Dana Ortis told me,” he said.\n=== entities/people.toml\n[[person]]\nname = \"Dana Ortiz\"\nwrong = [\"Dana Ortis\"]\n",
    ],
    options: &[],
    check: Check::Story(check),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    known_misspellings(draft, scene, found);
    let people = draft.story.speakers.iter().filter(|one| has_two_words(one));
    let people: Vec<(&Speaker, String)> = people.map(|one| (one, fold(&one.name))).collect();
    let people = people.iter().filter_map(|(one, key)| Person::of(one, key));
    let people: Vec<Person> = people.collect();
    titled_slips(draft, &people, found);
    let forms = unknown_forms(draft, &people);
    // Only names that begin alike are held against each other, and only few of them are a letter apart.
    let mut earlier: FxHashMap<&str, Vec<&Person>> = FxHashMap::default();
    for one in &people {
        let alike = earlier.entry(one.first).or_default();
        for other in alike.iter() {
            if one.last.is_slip(other.last) {
                let full = |one: &Person| in_full(draft, one.speaker);
                let (name, other_name) = (one.speaker.name.as_str(), other.speaker.name.as_str());
                tell(
                    draft,
                    scene,
                    (name, full(one)),
                    (other_name, full(other)),
                    found,
                );
            }
        }
        alike.push(one);
    }
    for (name, places) in forms {
        let (first, last) = name.split_once(' ').expect("it has two words");
        let alike = earlier.get(fold(first).as_str()).into_iter().flatten();
        let last = fold(last);
        let slip = alike
            .into_iter()
            .find(|other| Last::of(&last).is_slip(other.last));
        if let Some(Person { speaker, .. }) = slip {
            let one = (name, places);
            let other = (speaker.name.as_str(), in_full(draft, speaker));
            tell(draft, scene, one, other, found);
        }
    }
}

fn has_two_words(speaker: &Speaker) -> bool {
    let spaces = || speaker.name.bytes().filter(|byte| *byte == b' ');
    speaker.kind == SpeakerKind::Person && spaces().count() == 1
}

/// A person by a forename and a surname.
struct Person<'a> {
    speaker: &'a Speaker,
    /// The forename, folded.
    first: &'a str,
    /// The surname.
    last: Last<'a>,
}

impl<'a> Person<'a> {
    /// Whoever has a name of two words, with its key.
    fn of(speaker: &'a Speaker, key: &'a str) -> Option<Person<'a>> {
        let (mut first, mut last) = key.split_once(' ')?;
        if last.contains(' ') {
            // “Anne-Marie Stone”: the key has three words.
            let (forename, _) = speaker.name.split_once(' ')?;
            let parted = key.split_at_checked(fold(forename).len());
            if let Some((forename, surname)) = parted
                && surname.starts_with(' ')
            {
                (first, last) = (forename, &surname[1..]);
            }
        }
        Some(Person {
            speaker,
            first,
            last: Last::of(last),
        })
    }

    fn role(&self) -> Option<&'a str> {
        self.speaker.role.as_deref()
    }
}

/// A surname, folded.
#[derive(Clone, Copy)]
struct Last<'a> {
    name: &'a str,
    /// A bit for each letter of the alphabet that is in it. Names a letter apart differ in two of them at most.
    letters: u32,
}

impl<'a> Last<'a> {
    fn of(name: &'a str) -> Last<'a> {
        let letters = name.bytes().filter(u8::is_ascii_lowercase);
        Last {
            name,
            letters: letters.fold(0, |bits, letter| bits | 1 << (letter - b'a')),
        }
    }

    /// Surnames of at least five letters that are one letter apart; not the Johansons, nor what is North Korean.
    fn is_slip(self, other: Last) -> bool {
        if (self.letters ^ other.letters).count_ones() > 2 || self.name == other.name {
            return false;
        }
        let (last, other) = (self.name, other.name);
        let rest = last.strip_prefix(other).or(other.strip_prefix(last));
        !matches!(rest, Some("s" | "n"))
            && last.len().abs_diff(other.len()) <= 4
            && last.chars().count() >= 5
            && last.chars().count().abs_diff(other.chars().count()) <= 1
            && strsim::damerau_levenshtein(last, other) == 1
    }
}

/// Names of two words that no person of the story bears but for their forename, and where each stands: `Dana Ortis`, where Dana
/// Ortiz speaks.
fn unknown_forms<'a>(draft: &'a Draft, people: &[Person]) -> Vec<(&'a str, Vec<Place>)> {
    let places = names_in_two(draft);
    let names = places.iter().map(|place| draft.words(*place));
    let names = names.map(|name| name.split_once(' ').expect("it has two words"));
    // By forename the surnames of those who are known by it.
    let mut known: FxHashMap<&str, Vec<&str>> =
        names.map(|(first, _)| (first, Vec::new())).collect();
    if known.is_empty() {
        return Vec::new();
    }
    for (first, last) in people
        .iter()
        .filter_map(|one| one.speaker.name.split_once(' '))
    {
        if let Some(lasts) = known.get_mut(first) {
            lasts.push(last);
        }
    }
    let mut forms: Vec<(&str, Vec<Place>)> = Vec::new();
    for place in places {
        let name = draft.words(place);
        let (first, last) = name.split_once(' ').expect("it has two words");
        let lasts = &known[first];
        if lasts.is_empty() || lasts.contains(&last) {
            continue;
        }
        match forms.iter_mut().find(|(form, _)| *form == name) {
            Some((_, places)) => places.push(place),
            None => forms.push((name, vec![place])),
        }
    }
    forms
}

/// Where names of two words stand, in order: all of them but those that are the very name of somebody in the story.
fn names_in_two(draft: &Draft) -> Vec<Place> {
    let mut places = draft.story.unnamed.clone();
    let labels = draft.story.labels.iter().enumerate();
    for (block, _) in labels.filter(|(_, label)| !is_read(**label)) {
        let names = draft.prose[block].names.iter();
        if names.len() == 0 {
            continue;
        }
        let text: &str = &draft.tree.blocks[block].block.text;
        let in_two = names.filter_map(|name| in_two(text, *name));
        places.extend(in_two.map(|span| Place { block, span }));
    }
    order::by_key(&mut places, |place| *place);
    places
}

/// Marks the form of a name that is the slip, wherever it stands.
fn tell(
    draft: &Draft,
    scene: &Scene,
    one: (&str, Vec<Place>),
    two: (&str, Vec<Place>),
    found: &mut Vec<Finding>,
) {
    if one.1.is_empty() || two.1.is_empty() {
        return;
    }
    // The newsroom's word counts; else the more frequent form; else the first.
    let is_own = |name: &str| !scene.base.own_named(&fold(name)).is_empty();
    let (wrong, right) = match (is_own(one.0), is_own(two.0)) {
        (true, true) => return,
        (true, false) => (two, one),
        (false, true) => (one, two),
        (false, false) if one.1.len() > two.1.len() => (two, one),
        (false, false) => (one, two),
    };
    for place in wrong.1 {
        found.push(finding(draft, place, right.0, right.1[0]));
    }
}

fn known_misspellings(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    let links = draft.story.known.links.iter();
    for link in links.filter(|link| link.how == How::Misspelt && !link.is_quoted) {
        let Some(record) = link.sure().and_then(|who| scene.base.record(who)) else {
            continue;
        };
        let message = format!(
            "“{}”: the newsroom writes {}.",
            draft.words(link.place),
            record.name
        );
        let mut one = look::finding(&RULE, draft.span(link.place), message);
        one.fixes.push(Fix {
            title: format!("Write {}", record.name),
            is_safe: false,
            edits: vec![Edit::replace(draft.span(link.place), record.name.clone())],
        });
        found.push(one);
    }
}

/// `Mayor Johansen`, where Mayor Maria Johanson speaks: one title, and two surnames a letter apart.
fn titled_slips(draft: &Draft, people: &[Person], found: &mut Vec<Finding>) {
    let roles: FxHashSet<&str> = people.iter().filter_map(Person::role).collect();
    if roles.is_empty() {
        return;
    }
    let roles = roles.iter().flat_map(|role| numbers(&fold(role)));
    let roles: FxHashSet<u32> = roles.collect();
    let has_title = |one: &&Person, title: &str| {
        let role = one.role().map(fold);
        role.is_some_and(|role| role.split(' ').any(|word| word == title))
    };
    // The header has no words of its own.
    let header = draft.story.facts.header.into_iter().flat_map(|block| {
        let titled = titled_in_header(draft, block).into_iter();
        titled.map(move |(title, name)| (block, title, name))
    });
    let copy = draft.traces.iter().enumerate().flat_map(|(block, traces)| {
        let titled = traces.titled.iter();
        let titled = titled.filter(|titled| roles.contains(&titled.number));
        titled.map(move |titled| (block, titled.title, titled.name))
    });
    for (block, title, name) in header.chain(copy) {
        let text: &str = &draft.tree.blocks[block].block.text;
        let (title, last) = (fold(title.of(text)), fold(name.of(text)));
        let last = Last::of(&last);
        let slips = people.iter().filter(|one| last.is_slip(one.last));
        let mut alike = slips.filter(|one| has_title(one, &title));
        let (Some(Person { speaker, .. }), None) = (alike.next(), alike.next()) else {
            continue;
        };
        let is_known = draft.story.speakers.iter().any(|one| {
            let mut parts = one.name.split(' ');
            parts.any(|part| fold(part) == last.name)
        });
        let place = Place { block, span: name };
        let is_quoted = draft.prose[block]
            .quotes
            .iter()
            .any(|quote| quote.inner.covers(place.span));
        let there = in_full(draft, speaker);
        if let Some(there) = there.first().filter(|_| !is_known && !is_quoted) {
            let right = speaker.name.split(' ').next_back().unwrap_or_default();
            found.push(finding(draft, place, right, *there));
        }
    }
}

/// The words of a folded role, each as its number.
fn numbers(role: &str) -> Vec<u32> {
    role.split(' ').map(number).collect()
}

/// The titles in what is set large of a header, with the one word of a name behind each: `Mayor Johansen`.
fn titled_in_header(draft: &Draft, header: usize) -> Vec<(Span, Span)> {
    let text: &str = &draft.tree.blocks[header].block.text;
    let mut found = Vec::new();
    for line in lines(draft, header) {
        let words = words_of(text, line);
        for (at, two) in words.windows(2).enumerate() {
            let [title, name] = [two[0], two[1]];
            let is_title = classes(&title.of(text).to_lowercase()).has(Classes::ROLE);
            let is_capital = name.of(text).starts_with(char::is_uppercase);
            let next = words.get(at + 2).copied();
            if is_title && is_capital && is_one_name(text, title, name, next) {
                found.push((title, name));
            }
        }
    }
    found
}

/// What of a header is set large.
fn lines(draft: &Draft, block: usize) -> Vec<Span> {
    let text: &str = &draft.tree.blocks[block].block.text;
    let Shape::Header(header) = &draft.tree.blocks[block].block.shape else {
        return Vec::new();
    };
    let large = |key: &str| {
        matches!(
            key,
            "headline" | "hed" | "deck" | "dek" | "summary" | "caption"
        )
    };
    let fields = header.fields.iter();
    let large = fields.filter(|field| large(&field.key.of(text).to_lowercase()));
    large.map(|field| field.value).collect()
}

/// The words of a line without the marks around them, nor the ending of an owner.
fn words_of(text: &str, line: Span) -> Vec<Span> {
    let mut start = line.start();
    let parts = line
        .of(text)
        .split(|c: char| !(c.is_alphanumeric() || c == '-'));
    let spans = parts.map(|part| {
        let span = Span::new(start, start + part.len());
        let sign = text[span.end()..].chars().next();
        start = span.end() + sign.map_or(0, char::len_utf8);
        span
    });
    spans.filter(|span| !span.is_empty()).collect()
}

/// The places where a name stands in full outside quotation marks.
fn in_full(draft: &Draft, speaker: &Speaker) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for mention in &speaker.mentions {
        let words = draft.words(*mention);
        let Some(at) = words.find(&speaker.name) else {
            continue;
        };
        let start = mention.span.start() + at;
        let place = Place {
            block: mention.block,
            span: Span::new(start, start + speaker.name.len()),
        };
        let is_quoted = draft.prose[place.block]
            .quotes
            .iter()
            .any(|quote| quote.inner.covers(place.span));
        if !is_quoted && !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

fn finding(draft: &Draft, place: Place, right: &str, there: Place) -> Finding {
    let words = draft.words(place);
    let message = format!("“{words}” here, “{right}” elsewhere.");
    let mut one = look::finding(&RULE, draft.span(place), message);
    one.related.push(Related {
        span: draft.span(there),
        message: "the other spelling".to_owned(),
    });
    one.fixes.push(Fix {
        title: format!("Write {right}"),
        is_safe: false,
        edits: vec![Edit::replace(draft.span(place), right)],
    });
    one
}
