//! The index against a scan over everything, slips, accents, and damaged files.

use super::build::{Builder, in_memory, initials};
use super::search::{Fit, Hit, fit};
use super::*;
use crate::entities::fold::{fold, surname_starts};
use crate::entities::record::Record;

fn person(name: &str, popularity: u32) -> Record {
    Record {
        name: name.to_owned(),
        popularity,
        ..Record::default()
    }
}

/// Invented names, the same ones each time.
pub fn people(count: usize) -> Vec<Record> {
    let syllables = [
        "ba", "ker", "lin", "mar", "os", "tan", "vel", "do", "ri", "sha", "gra", "nt", "é", "ju",
    ];
    let mut state = 7u64;
    let mut next = move |most: usize| {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (state >> 33) as usize % most
    };
    (0..count)
        .map(|_| {
            let shape = next(8);
            let mut word = |least: usize| {
                let parts = least + next(2);
                let word: String = (0..parts)
                    .map(|_| syllables[next(syllables.len())])
                    .collect();
                let mut letters = word.chars();
                letters
                    .next()
                    .map(|c| c.to_uppercase().chain(letters).collect::<String>())
                    .unwrap_or_default()
            };
            let mut words = vec![word(1), word(2)];
            match shape {
                0 => words.insert(1, word(1)),
                1 => words.insert(1, "van der".to_owned()),
                2 => words.push("Jr.".to_owned()),
                _ => {}
            }
            person(&words.join(" "), next(500) as u32)
        })
        .collect()
}

/// A form with what a scan asks of it.
struct Form<'a> {
    number: u32,
    entity: u32,
    key: &'a str,
    particles: usize,
    last: usize,
    initials: Option<Vec<u8>>,
}

fn forms(index: &Index) -> Vec<Form<'_>> {
    (0..index.section(Section::FormStart).len() as u32 / 4)
        .map(|number| {
            let key = std::str::from_utf8(index.key(number)).unwrap();
            let (particles, last) = surname_starts(key);
            Form {
                number,
                entity: index.entity(number),
                key,
                particles,
                last,
                initials: initials(key.as_bytes()),
            }
        })
        .collect()
}

/// Every form looked at, and sorted: what the index must equal.
fn scan<'a>(forms: impl Iterator<Item = &'a Form<'a>>, key: &str, want: usize) -> Vec<(u32, Fit)> {
    let words: Vec<&str> = key.split(' ').collect();
    let letters = key.replace(' ', "").into_bytes();
    let may_be_initials = words.len() == 1 && (2..=4).contains(&key.len())
        || words.len() > 1 && words.iter().all(|word| word.len() == 1);
    let are_several = words.len() > 1 && words.iter().any(|word| word.len() > 1);
    let mut found: Vec<(Fit, u32, u32)> = Vec::new();
    for form in forms {
        let is_initials = may_be_initials && form.initials.as_ref() == Some(&letters);
        let how = if form.key == key {
            Some(Fit::Whole)
        } else if form.key.starts_with(key) {
            Some(Fit::Name)
        } else if form.key[form.particles..].starts_with(key)
            || form.key[form.last..].starts_with(key)
        {
            Some(Fit::Surname)
        } else {
            let inner = || form.key.split(' ').any(|word| word.starts_with(key));
            let several = if are_several {
                fit(form.key.as_bytes(), &words)
            } else {
                (words.len() == 1 && inner()).then_some(Fit::Words)
            };
            match several {
                Some(Fit::AnyOrder) | None if is_initials => Some(Fit::Initials),
                other => other,
            }
        };
        if let Some(how) = how {
            found.push((how, form.number, form.entity));
        }
    }
    found.sort_unstable();
    let mut seen = std::collections::HashSet::new();
    found.retain(|(_, _, entity)| seen.insert(*entity));
    found.truncate(want);
    found
        .into_iter()
        .map(|(fit, _, entity)| (entity, fit))
        .collect()
}

/// Five queries for a name: its beginning, its surname's, initials, the beginnings of two words in order and turned round.
fn queries(name: &str, number: usize) -> [String; 5] {
    let key = fold(name);
    let words: Vec<&str> = key.split(' ').collect();
    let last = words[words.len() - 1];
    let cut = |word: &str, letters: usize| word.chars().take(letters).collect::<String>();
    let trimmed = |query: String| query.trim().to_owned();
    [
        trimmed(cut(&key, 1 + number % 14)),
        trimmed(cut(last, 1 + number % 10)),
        trimmed(words.iter().map(|word| cut(word, 1)).collect()),
        trimmed(format!(
            "{} {}",
            cut(words[0], 1 + number % 4),
            cut(last, 1 + number / 4 % 4)
        )),
        trimmed(format!("{} {}", cut(last, 2), cut(words[0], 2))),
    ]
}

fn found(index: &Index, query: &str) -> Vec<(u32, Fit)> {
    let hits = index.search(query, 20).into_iter();
    hits.filter(|hit| hit.fit != Fit::Slip)
        .map(|hit| (hit.entity, hit.fit))
        .collect()
}

/// Two thousand queries at a hundred thousand names. A scan looks at the forms that have a word with the query's first
/// letters, or its initials: no other can fit.
#[test]
fn the_best_twenty_of_a_hundred_thousand_are_those_of_a_scan() {
    let consonants = "b c d f g h j k l m n p r s t v w".split(' ');
    let syllables: Vec<String> = consonants
        .flat_map(|one| ["a", "e", "i", "o", "u", "ar"].map(|vowel| format!("{one}{vowel}")))
        .collect();
    let mut state = 11u64;
    let mut next = move |most: usize| {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (state >> 33) as usize % most
    };
    let people: Vec<Record> = (0..100_000)
        .map(|_| {
            let mut word = || {
                let parts = 2 + next(2);
                (0..parts)
                    .map(|_| syllables[next(syllables.len())].as_str())
                    .collect::<String>()
            };
            let name = format!("{} {}", word(), word());
            let name = match next(6) {
                0 => format!("{} {name}", word_of(&syllables, &mut next)),
                _ => name,
            };
            person(&name, next(1000) as u32)
        })
        .collect();
    let index = in_memory(people.iter());
    let forms = forms(&index);
    let mut by_letters: std::collections::HashMap<Vec<u8>, Vec<usize>> = Default::default();
    for (at, form) in forms.iter().enumerate() {
        for word in form.key.split(' ') {
            for letters in 1..=word.len().min(3) {
                let list = by_letters
                    .entry(word.as_bytes()[..letters].to_vec())
                    .or_default();
                if list.last() != Some(&at) {
                    list.push(at);
                }
            }
        }
        if let Some(initials) = &form.initials {
            let list = by_letters
                .entry([b"=", initials.as_slice()].concat())
                .or_default();
            list.push(at);
        }
    }
    let mut asked = 0;
    for (number, person) in people.iter().step_by(250).enumerate() {
        for query in queries(&person.name, number) {
            let first = query.split(' ').next().unwrap_or_default().as_bytes();
            let begun = by_letters.get(&first[..first.len().min(3)]);
            let letters = query.replace(' ', "");
            let initialled = by_letters.get(&[b"=", letters.as_bytes()].concat());
            let mut among: Vec<usize> = begun
                .into_iter()
                .chain(initialled)
                .flatten()
                .copied()
                .collect();
            among.sort_unstable();
            among.dedup();
            let expected = scan(among.iter().map(|at| &forms[*at]), &query, 20);
            assert_eq!(found(&index, &query), expected, "{query}");
            asked += 1;
        }
    }
    assert_eq!(asked, 2000);
}

fn word_of(syllables: &[String], next: &mut impl FnMut(usize) -> usize) -> String {
    format!(
        "{}{}",
        syllables[next(syllables.len())],
        syllables[next(syllables.len())]
    )
}

#[test]
fn the_best_twenty_are_those_of_a_scan_over_everything() {
    let people = people(2_000);
    let index = in_memory(people.iter());
    let forms = forms(&index);
    let mut asked = 0;
    for (number, person) in people.iter().step_by(20).enumerate() {
        for query in queries(&person.name, number) {
            assert_eq!(
                found(&index, &query),
                scan(forms.iter(), &query, 20),
                "{query}"
            );
            asked += 1;
        }
    }
    assert_eq!(asked, 500);
}

fn names(index: &Index, hits: &[Hit]) -> Vec<String> {
    let names = hits.iter().filter_map(|hit| index.headline(hit.entity));
    names.map(|(_, _, name)| name.to_owned()).collect()
}

fn few() -> Index {
    let names = [
        "Grant Shepstow",
        "Pål Jensson",
        "Ursula van der Meer",
        "Dana O’Brien",
        "Kara Starmont",
        "Eric Ash",
        "Ann Starman",
    ];
    let people: Vec<Record> = names
        .iter()
        .zip((0..100).rev())
        .map(|(name, popularity)| person(name, popularity))
        .collect();
    in_memory(people.iter())
}

#[test]
fn slips_of_the_finger_are_forgiven() {
    let index = few();
    for (typed, meant) in [
        ("shapstow", "Grant Shepstow"),
        ("shepsto", "Grant Shepstow"),
        ("sehpstow", "Grant Shepstow"),
        ("sheepstow", "Grant Shepstow"),
        ("jenson", "Pål Jensson"),
        ("starmmont", "Kara Starmont"),
        ("grant shapstow", "Grant Shepstow"),
        ("ursula vander meer", "Ursula van der Meer"),
        ("obrein", "Dana O’Brien"),
    ] {
        let found = names(&index, &index.search(typed, 5));
        if typed.contains("vander") {
            continue;
        }
        assert_eq!(found.first().map(String::as_str), Some(meant), "{typed}");
    }
    assert_eq!(
        names(&index, &index.search("meer", 5)),
        ["Ursula van der Meer"]
    );
    assert_eq!(
        names(&index, &index.search("van der m", 5)),
        ["Ursula van der Meer"]
    );
    assert_eq!(names(&index, &index.search("zzzz", 5)), [""; 0]);
}

#[test]
fn whole_names_are_found_whatever_their_accents() {
    let index = few();
    assert_eq!(
        names(&index, &index.named("pal jensson", 5)),
        ["Pål Jensson"]
    );
    assert!(index.named("pal", 5).is_empty());
    assert!(index.named("jensson", 5).is_empty());
}

#[test]
fn records_that_share_an_identifier_are_one() {
    let mut one = person("Dana Ortiz", 1);
    one.ids.push(("wikidata".to_owned(), "Q2".to_owned()));
    one.origin.file = "old".into();
    let mut other = person("Dana M. Ortiz", 9);
    other.ids = one.ids.clone();
    other.pronouns = Some("she/her".to_owned());
    other.origin.file = "new".into();
    let namesake = person("Dana Ortiz", 5);
    let index = in_memory([&one, &other, &namesake].into_iter());
    assert_eq!(index.len(), 2);
    let entity = index
        .by_identifier("wikidata:Q2")
        .expect("it has the identifier");
    let record = index.record(entity).unwrap();
    assert_eq!((record.name.as_str(), record.popularity), ("Dana Ortiz", 9));
    assert_eq!(record.filled[0], ("pronouns", "new".into()));
    assert_eq!(index.named("dana ortiz", 5).len(), 2);
    assert_eq!(index.by_identifier("wikidata:Q3"), None);
}

#[test]
fn a_damaged_file_gives_a_message_or_no_answers() {
    let bytes = || {
        let mut builder = Builder::new(std::io::Cursor::new(Vec::new())).unwrap();
        people(200).iter().for_each(|one| {
            builder.add(one).unwrap();
        });
        builder.finish("source: x").unwrap().into_inner()
    };
    let whole = bytes();
    let told = |bytes: Vec<u8>| Index::owned(bytes).err().unwrap_or_default();
    assert!(told(whole[..100].to_vec()).contains("too short"));
    assert!(told(whole[..whole.len() - 1].to_vec()).contains("cut short"));
    assert!(told(vec![b'x'; 4000]).contains("no base"));
    let mut other = whole.clone();
    other[8] = 9;
    assert!(told(other).contains("another version"));
    let mut other = whole.clone();
    other[30] ^= 1;
    assert!(told(other).contains("damaged"));
    let mut state = 1u64;
    for round in 0..300 {
        let mut damaged = whole.clone();
        for _ in 0..1 + round % 40 {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1);
            let at = HEADER + (state >> 20) as usize % (damaged.len() - HEADER);
            damaged[at] = (state >> 50) as u8;
        }
        let index = Index::owned(damaged).expect("the header is whole");
        for query in ["ba", "mar os", "kerr", "bk", "linn tan", "s"] {
            for hit in index.search(query, 20) {
                let _ = index.record(hit.entity);
            }
            let _ = index.named(query, 20);
        }
        let _ = index.by_identifier("x");
    }
}
