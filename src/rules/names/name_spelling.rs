//! A name that is spelt in two ways, or in a way that is known to be wrong.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::draft::Draft;
use crate::entities::fold::fold;
use crate::entities::mention::How;
use crate::finding::{Finding, Fix, Related, Severity};
use crate::rule::{Asks, Check, Rule};
use crate::rules::look;
use crate::scene::Scene;
use crate::story::namings::{is_one_name, letters, may_be_apart};
use crate::story::speaker::is_read;
use crate::story::traces::number;
use crate::story::{Place, Speaker, SpeakerKind};
use crate::syntax::tree::Shape;
use crate::text::edit::Edit;
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
    check: Check::Steady(check, Asks::NAMED),
};

fn check(draft: &Draft, scene: &Scene, found: &mut Vec<Finding>) {
    known_misspellings(draft, scene, found);
    let keys = Keys::of(draft);
    let people = People::of(&keys);
    titled_slips(draft, &people, found);
    let forms = unknown_forms(draft, &people);
    // Only names that begin alike are held against each other, and only few of them are a letter apart.
    for one in &people.all {
        let mut slips: Vec<&Person> = people
            .alike(one.before)
            .filter(|other| one.last.is_slip(other.last))
            .collect();
        slips.reverse();
        for other in slips {
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
    for (name, places) in forms {
        let (first, last) = name.split_once(' ').expect("it has two words");
        let last = fold(last);
        let latest = people.latest.get(fold(first).as_str()).copied();
        let slips = people.alike(latest);
        let slip = slips.filter(|other| Last::of(&last).is_slip(other.last));
        if let Some(Person { speaker, .. }) = slip.last() {
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

/// Whether a name is of plain letters, each of its two words of more than one: folded, only its capitals differ.
fn is_plain(name: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b' ';
    let ends = name.as_bytes();
    let has_ends = ends.len() > 4 && ends[1] != b' ' && ends[ends.len() - 2] != b' ';
    has_ends && !name.starts_with(' ') && !name.ends_with(' ') && name.bytes().all(is_letter)
}

/// The people of a story who have a name of two words, each with its key.
struct Keys<'a> {
    /// All keys, one after the other.
    letters: String,
    /// Who it is, where the key ends, and whether only its capitals differ from the name.
    ends: Vec<(&'a Speaker, usize, bool)>,
}

impl<'a> Keys<'a> {
    fn of(draft: &'a Draft) -> Keys<'a> {
        let mut keys = Keys {
            letters: String::new(),
            ends: Vec::new(),
        };
        for speaker in draft.story.speakers.iter().filter(|one| has_two_words(one)) {
            let start = keys.letters.len();
            let is_plain = is_plain(&speaker.name);
            if is_plain {
                keys.letters.push_str(&speaker.name);
                keys.letters[start..].make_ascii_lowercase();
            } else {
                keys.letters.push_str(&fold(&speaker.name));
            }
            keys.ends.push((speaker, keys.letters.len(), is_plain));
        }
        keys
    }
}

/// The people of a story by a forename and a surname.
struct People<'a> {
    /// In the order of the story.
    all: Vec<Person<'a>>,
    /// By forename the last of those who have it.
    latest: FxHashMap<&'a str, usize>,
}

impl<'a> People<'a> {
    fn of(keys: &'a Keys<'a>) -> People<'a> {
        let count = keys.ends.len();
        let mut people = People {
            all: Vec::with_capacity(count),
            latest: FxHashMap::with_capacity_and_hasher(count, Default::default()),
        };
        let mut start = 0;
        for (speaker, end, is_plain) in &keys.ends {
            let person = Person::of(speaker, &keys.letters[start..*end], *is_plain);
            start = *end;
            if let Some(person) = person {
                let before = people.latest.insert(person.first, people.all.len());
                people.all.push(Person { before, ..person });
            }
        }
        people
    }

    /// Those who have a forename, the last one first, of whom that is known.
    fn alike(&self, latest: Option<usize>) -> impl Iterator<Item = &Person<'a>> {
        let mut next = latest;
        std::iter::from_fn(move || {
            let one = &self.all[next?];
            next = one.before;
            Some(one)
        })
    }
}

/// A person by a forename and a surname.
#[derive(Clone, Copy)]
struct Person<'a> {
    speaker: &'a Speaker,
    /// The forename, folded.
    first: &'a str,
    /// The surname.
    last: Last<'a>,
    /// Whether only the capitals of both differ from the name.
    is_plain: bool,
    /// The one before who has the forename.
    before: Option<usize>,
}

impl<'a> Person<'a> {
    /// Whoever has a name of two words, with its key.
    fn of(speaker: &'a Speaker, key: &'a str, is_plain: bool) -> Option<Person<'a>> {
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
            is_plain,
            before: None,
        })
    }

    /// The forename as it is written.
    fn forename(&self) -> &'a str {
        let (forename, _) = self.speaker.name.split_once(' ').unwrap_or_default();
        forename
    }

    fn role(&self) -> Option<&'a str> {
        self.speaker.role.as_deref()
    }
}

/// A surname, folded.
#[derive(Clone, Copy)]
struct Last<'a> {
    name: &'a str,
    letters: u32,
}

impl<'a> Last<'a> {
    fn of(name: &'a str) -> Last<'a> {
        Last {
            name,
            letters: letters(name),
        }
    }

    /// Surnames of at least five letters that are one letter apart; not the Johansons, nor what is North Korean.
    fn is_slip(self, other: Last) -> bool {
        may_be_apart(self.letters, other.letters) && self.is_letter_apart(other.name)
    }

    fn is_letter_apart(self, other: &str) -> bool {
        let last = self.name;
        let rest = last.strip_prefix(other).or(other.strip_prefix(last));
        last != other
            && !matches!(rest, Some("s" | "n"))
            && last.len().abs_diff(other.len()) <= 4
            && last.chars().count() >= 5
            && last.chars().count().abs_diff(other.chars().count()) <= 1
            && strsim::damerau_levenshtein(last, other) == 1
    }
}

/// The forenames of the people of a story, as they are written.
#[derive(Default)]
struct Forenames<'a> {
    /// For each as its [`number`] what it is folded, if that is told by it.
    known: FxHashMap<u32, Option<&'a str>>,
    /// A bit for each, several to a bit: most words are none, which is told without a search.
    bits: [u64; 16],
}

impl<'a> Forenames<'a> {
    fn add(&mut self, number: u32, folded: Option<&'a str>) {
        let known = self.known.entry(number).or_insert(folded);
        *known = known.filter(|_| *known == folded);
        self.bits[number as usize / 64 % 16] |= 1 << (number % 64);
    }

    fn may_have(&self, number: u32) -> bool {
        self.bits[number as usize / 64 % 16] >> (number % 64) & 1 == 1
    }
}

/// Names of two words that no person of the story bears but for their forename, and where each stands: `Dana Ortis`, where Dana
/// Ortiz speaks. Those that cannot be a letter apart from the name of a person are left out.
fn unknown_forms<'a>(draft: &'a Draft, people: &People) -> Vec<(&'a str, Vec<Place>)> {
    let mut forenames = Forenames::default();
    for one in &people.all {
        let is_folded = one.is_plain || fold(one.forename()) == one.first;
        forenames.add(number(one.forename()), is_folded.then_some(one.first));
    }
    let mut forms: Vec<(&str, Vec<Place>)> = Vec::new();
    // What was found of names: for each forename and the letters of a surname, and for each name its place among the forms.
    let mut asked: FxHashMap<(u32, u32), bool> = FxHashMap::default();
    let mut told: FxHashMap<&str, Option<usize>> = FxHashMap::default();
    let mut unnamed = &draft.story.unnamed[..];
    for (block, in_two) in draft.namings.in_two() {
        if !forenames.may_have(in_two.first) {
            continue;
        }
        let place = Place {
            block,
            span: in_two.span(),
        };
        // Where somebody can speak, most names are the very name of somebody in the story.
        if is_read(draft.story.labels[block]) {
            let passed = unnamed.iter().take_while(|one| **one < place).count();
            unnamed = &unnamed[passed..];
            if unnamed.first() != Some(&place) {
                continue;
            }
        }
        let Some(known) = forenames.known.get(&in_two.first) else {
            continue;
        };
        let may_be_slip = |known: &str| {
            let mut alike = people.alike(people.latest.get(known).copied());
            alike.any(|one| may_be_apart(one.last.letters, in_two.letters))
        };
        let asked = asked.entry((in_two.first, in_two.letters));
        let may_be_slip = asked.or_insert_with(|| known.is_none_or(may_be_slip));
        if !*may_be_slip {
            continue;
        }
        let name = draft.words(place);
        let form = told.entry(name).or_insert_with(|| {
            let (first, _) = name.split_once(' ').expect("it has two words");
            let those = people.all.iter().filter(|one| one.forename() == first);
            let mut those = those.peekable();
            let is_unknown = those.peek().is_some() && !those.any(|one| one.speaker.name == name);
            is_unknown.then(|| {
                forms.push((name, Vec::new()));
                forms.len() - 1
            })
        });
        if let Some(form) = *form {
            forms[form].1.push(place);
        }
    }
    forms
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
fn titled_slips(draft: &Draft, people: &People, found: &mut Vec<Finding>) {
    // The header has no words of its own.
    let header = draft.story.facts.header.into_iter().flat_map(|block| {
        let titled = titled_in_header(draft, block).into_iter();
        titled.map(move |(title, name)| (block, title, name))
    });
    let copy = draft.namings.titled();
    let copy = copy.map(|(block, titled)| (block, titled.title, titled.name));
    let mut titled = header.chain(copy).peekable();
    if titled.peek().is_none() || people.all.iter().all(|one| one.role().is_none()) {
        return;
    }
    let plain = people.all.iter().filter(|one| one.is_plain);
    let lasts: FxHashSet<&str> = plain.map(|one| one.last.name).collect();
    let has_title = |one: &&Person, title: &str| {
        let role = one.role().map(fold);
        role.is_some_and(|role| role.split(' ').any(|word| word == title))
    };
    for (block, title, name) in titled {
        let text: &str = &draft.tree.blocks[block].block.text;
        let last = fold(name.of(text));
        if lasts.contains(last.as_str()) {
            continue;
        }
        let last = Last::of(&last);
        let slips = people.all.iter().filter(|one| last.is_slip(one.last));
        let mut slips = slips.peekable();
        if slips.peek().is_none() {
            continue;
        }
        let title = fold(title.of(text));
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
    let mentions = speaker.mentions.iter();
    for mention in mentions.filter(|one| one.span.len() >= speaker.name.len()) {
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
        let mut near = places
            .iter()
            .rev()
            .take_while(|one| one.block == place.block);
        if !near.any(|one| *one == place) && !is_quoted {
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
