//! The base: the newsroom's records and the user's own made one, over what was imported.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::day::Standing;
use super::fold::fold;
use super::import::{self, Entries};
use super::index::Index;
use super::index::build::in_memory;
use super::index::search::{Fit, Hit};
use super::mistake::Mistake;
use super::record::{Kind, Layer, Record, Role};
use super::sieve::Sieve;
use crate::text::order;
use crate::text::span::Span;
use crate::words;

/// People, bodies, places and offices that the desk knows. Cheap to copy; never changes.
#[derive(Clone, Default)]
pub struct Base(Option<Arc<Known>>);

/// An entity of a base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId {
    /// 0 for the newsroom's and the user's own; else the number of an imported base, from 1.
    base: u8,
    number: u32,
}

impl EntityId {
    /// Whether a person wrote the record by hand.
    pub fn is_own(self) -> bool {
        self.base == 0
    }
}

/// An entity that fits what is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Who.
    pub id: EntityId,
    /// How the name fits.
    pub fit: Fit,
}

/// The records of a file.
pub struct File {
    /// Its path.
    pub path: Arc<str>,
    /// Whose word it is.
    pub layer: Layer,
    /// What was read in it.
    pub entries: Entries,
}

struct Known {
    /// Made one by identifier, the more popular first: in the order of `index`.
    own: Vec<Arc<Record>>,
    index: Index,
    /// Titles and bodies of roles, for who remembers no name.
    by_role: Index,
    imports: Vec<Arc<Index>>,
    /// Imported entities that are not shown: the newsroom's own record has taken them in, or it hides them.
    covered: FxHashSet<EntityId>,
    by_id: FxHashMap<String, u32>,
    by_wrong: FxHashMap<String, Vec<u32>>,
    by_demonym: FxHashMap<String, u32>,
    by_metonym: FxHashMap<String, u32>,
    by_generic: FxHashMap<String, Vec<u32>>,
    by_surname_alone: FxHashMap<String, Vec<u32>>,
    /// First words of whatever is an own entity's name.
    starts: Sieve,
    /// First words and last words of own names, and last words of those on second reference.
    ends: Sieve,
    /// Names on second reference of own people.
    shorts: Sieve,
    mistakes: Vec<(Arc<str>, Mistake)>,
}

impl fmt::Debug for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => write!(f, "Base of nobody"),
            Some(known) => write!(
                f,
                "Base of {} and {} imported",
                known.own.len(),
                known.imports.len()
            ),
        }
    }
}

/// Two bases are equal if they are the same one: a new one is made whenever a file changes.
impl PartialEq for Base {
    fn eq(&self, other: &Base) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl Base {
    /// A base of files, in any order, and of what was imported, the more trusted first.
    pub fn new(mut files: Vec<File>, imports: Vec<Arc<Index>>) -> Base {
        order::by_key(&mut files, |file| file.layer);
        if files.is_empty() && imports.is_empty() {
            return Base::default();
        }
        let mut making = Making::default();
        for file in files {
            making.take(file);
        }
        Base(Some(Arc::new(making.finish(imports))))
    }

    /// A base of files by their names and letters, those in a folder `entities/` that hold records; for examples.
    pub fn of_texts<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Base {
        let files = files.filter(|(name, _)| name.starts_with("entities/"));
        let files = files.filter_map(|(name, text)| {
            let path: Arc<str> = name.into();
            let layer = match import::is_private(name) {
                true => Layer::Private,
                false => Layer::Newsroom,
            };
            let entries = import::read(import::Format::of(name)?, text, &path, layer);
            Some(File {
                path,
                layer,
                entries,
            })
        });
        Base::new(files.collect(), Vec::new())
    }

    /// Whether there is no folder and no imported base at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Contradictions between records, with the files they stand in.
    pub fn mistakes(&self) -> &[(Arc<str>, Mistake)] {
        self.0.as_ref().map_or(&[], |known| &known.mistakes)
    }

    /// What is wrong in a file as it stands in an editor; offices of the base's other files count as written.
    pub fn look_at(&self, mut file: File) -> Vec<Mistake> {
        let mut mistakes = std::mem::take(&mut file.entries.mistakes);
        let is_private = file.layer == Layer::Private;
        let mut making = Making {
            elsewhere: self.clone(),
            ..Making::default()
        };
        making.take(file);
        making.look_at_offices();
        if !is_private {
            mistakes.extend(making.mistakes.into_iter().map(|(_, mistake)| mistake));
        }
        order::by_key(&mut mistakes, |mistake| mistake.span);
        mistakes
    }

    /// The newsroom's and the user's own records.
    pub fn own(&self) -> impl Iterator<Item = (EntityId, &Arc<Record>)> {
        let own = self.0.as_ref().map_or(&[][..], |known| &known.own);
        own.iter()
            .enumerate()
            .map(|(number, record)| (own_id(number as u32), record))
    }

    /// The imported bases.
    pub fn imports(&self) -> &[Arc<Index>] {
        self.0.as_ref().map_or(&[], |known| &known.imports)
    }

    /// The record of an entity. None only if an imported base is damaged.
    pub fn record(&self, id: EntityId) -> Option<Arc<Record>> {
        let known = self.0.as_ref()?;
        if id.is_own() {
            return known.own.get(id.number as usize).cloned();
        }
        let index = known.imports.get(usize::from(id.base) - 1)?;
        index.record(id.number).map(Arc::new)
    }

    /// What an entity is.
    pub fn kind(&self, id: EntityId) -> Option<Kind> {
        let known = self.0.as_ref()?;
        if id.is_own() {
            return known.own.get(id.number as usize).map(|record| record.kind);
        }
        known.imports.get(usize::from(id.base) - 1)?.kind(id.number)
    }

    /// The entity with an id, or with an identifier such as `wikidata:Q2`.
    pub fn by_id(&self, id: &str) -> Option<EntityId> {
        let known = self.0.as_ref()?;
        if let Some(number) = known.by_id.get(id) {
            return Some(own_id(*number));
        }
        let imports = known.imports.iter().zip(1..);
        imports
            .filter_map(|(index, base)| {
                let number = index.by_identifier(id)?;
                Some(EntityId { base, number })
            })
            .find(|id| !known.covered.contains(id))
    }

    /// The newsroom's own entities with a name or variant that folds to a key.
    pub fn own_named(&self, key: &str) -> Vec<EntityId> {
        let Some(known) = &self.0 else {
            return Vec::new();
        };
        let hits = known.index.named(key, 8);
        hits.into_iter().map(|hit| own_id(hit.entity)).collect()
    }

    /// The entities with a name or variant that folds to a key: the newsroom's own if there are any, else the imported.
    pub fn named(&self, key: &str) -> Vec<EntityId> {
        let own = self.own_named(key);
        let Some(known) = self.0.as_ref().filter(|_| own.is_empty()) else {
            return own;
        };
        let mut found = Vec::new();
        for (index, base) in known.imports.iter().zip(1..) {
            let hits = index.named(key, 20).into_iter();
            let ids = hits.map(|hit| EntityId {
                base,
                number: hit.entity,
            });
            found.extend(ids.filter(|id| !known.covered.contains(id)));
        }
        found
    }

    /// Whether any name begins with these words.
    pub fn begins(&self, key: &str) -> bool {
        let begins = |index: &Index| {
            let letters = index.letters(index.beginning_at(key.as_bytes()));
            letters.starts_with(key.as_bytes())
        };
        self.0.as_ref().is_some_and(|known| {
            begins(&known.index) || known.imports.iter().any(|index| begins(index))
        })
    }

    /// Whether a name may begin with a key of one word or more; most that begin none are told by a few bits. A letter
    /// alone may be the first of initials.
    pub fn may_begin(&self, key: &str) -> bool {
        let Some(known) = &self.0 else {
            return false;
        };
        let first = key.split(' ').next().unwrap_or_default();
        !known.imports.is_empty() || first.chars().nth(1).is_none() || known.starts.may_hold(first)
    }

    /// The same of a key of one word of several letters, by these.
    pub fn may_begin_with(&self, word: words::Key) -> bool {
        let known = self.0.as_ref();
        known.is_some_and(|known| !known.imports.is_empty() || known.starts.may_hold_key(word))
    }

    /// The newsroom's own entities with a name that begins with the words `first`, or ends with the word `last`.
    pub fn own_beside(&self, first: &str, last: &str) -> Vec<EntityId> {
        let Some(known) = &self.0 else {
            return Vec::new();
        };
        let word = first.split(' ').next().unwrap_or_default();
        if !known.ends.may_hold(word) && !known.ends.may_hold(last) {
            return Vec::new();
        }
        let beside = known.index.beside(first, last).into_iter();
        beside.map(own_id).collect()
    }

    /// Whether somebody who was named in full may go by a key of one word of several letters, by these.
    pub fn may_be_later(&self, word: words::Key) -> bool {
        self.0.as_ref().is_some_and(|known| {
            !known.imports.is_empty()
                || known.ends.may_hold_key(word)
                || known.shorts.may_hold_key(word)
        })
    }

    /// Whether one of the newsroom's own people may go by a key on second reference.
    pub fn may_be_short(&self, key: &str) -> bool {
        let known = self.0.as_ref();
        known.is_some_and(|known| known.shorts.may_hold(key))
    }

    /// Whether an imported entity's family name comes first; for an own one its record says so.
    pub fn is_family_first(&self, id: EntityId) -> bool {
        let known = self.0.as_ref();
        let index = known.and_then(|known| known.imports.get(usize::from(id.base.checked_sub(1)?)));
        index.is_some_and(|index| index.is_family_first(id.number))
    }

    /// The best entities for what is typed: the newsroom's own first, then the imported; each in its order.
    pub fn search(&self, key: &str, want: usize) -> Vec<Found> {
        let Some(known) = &self.0 else {
            return Vec::new();
        };
        let found = |base: u8| {
            move |hit: Hit| Found {
                id: EntityId {
                    base,
                    number: hit.entity,
                },
                fit: hit.fit,
            }
        };
        let mut all: Vec<Found> = known
            .index
            .search(key, want)
            .into_iter()
            .map(found(0))
            .collect();
        for (index, base) in known.imports.iter().zip(1..) {
            let hits = index.search(key, want + 8).into_iter().map(found(base));
            all.extend(
                hits.filter(|one| !known.covered.contains(&one.id))
                    .take(want),
            );
        }
        // A slip is no answer where something fits as it stands.
        let has_better = all.iter().any(|one| one.fit < Fit::Slip);
        all.retain(|one| !has_better || one.fit < Fit::Slip);
        all
    }

    /// The newsroom's own people whose role or body begins so.
    pub fn by_role(&self, key: &str, want: usize) -> Vec<EntityId> {
        let Some(known) = &self.0 else {
            return Vec::new();
        };
        let hits = known.by_role.search(key, want).into_iter();
        let hits = hits.filter(|hit| hit.fit <= Fit::Words);
        hits.map(|hit| own_id(hit.entity)).collect()
    }

    /// The own entity of which a name is a known misspelling.
    pub fn misspelt(&self, key: &str) -> Option<EntityId> {
        let known = self.0.as_ref()?;
        match known.by_wrong.get(key)?.as_slice() {
            [one] => Some(own_id(*one)),
            _ => None,
        }
    }

    /// The place of a demonym.
    pub fn by_demonym(&self, key: &str) -> Option<EntityId> {
        self.0.as_ref()?.by_demonym.get(key).copied().map(own_id)
    }

    /// The place whose government a name may stand for.
    pub fn by_metonym(&self, key: &str) -> Option<EntityId> {
        self.0.as_ref()?.by_metonym.get(key).copied().map(own_id)
    }

    /// The bodies with a second reference such as "the alliance".
    pub fn by_generic(&self, key: &str) -> Vec<EntityId> {
        let known = self.0.as_ref();
        let found = known.and_then(|known| known.by_generic.get(key));
        found.into_iter().flatten().copied().map(own_id).collect()
    }

    /// The person who is known by the surname alone.
    pub fn by_surname_alone(&self, key: &str) -> Option<EntityId> {
        match self.0.as_ref()?.by_surname_alone.get(key)?.as_slice() {
            [one] => Some(own_id(*one)),
            _ => None,
        }
    }

    /// The title of a role: its own words, else the office's.
    pub fn title<'a>(&'a self, role: &'a Role) -> Option<&'a str> {
        let office = role.office.as_deref().and_then(|id| self.office(id));
        let title = office.map(|office| office.name.as_str());
        title.or(role.title.as_deref()).or(role.office.as_deref())
    }

    /// The body of a role, by its name.
    pub fn body<'a>(&'a self, role: &'a Role) -> Option<&'a str> {
        let office = role.office.as_deref().and_then(|id| self.office(id));
        let words = role
            .org
            .as_deref()
            .or(office.and_then(|office| office.org.as_deref()))?;
        let own = self.0.as_ref().and_then(|known| {
            let number = known.by_id.get(words)?;
            known.own.get(*number as usize)
        });
        Some(own.map_or(words, |record| &record.name))
    }

    /// The office with an id.
    pub fn office(&self, id: &str) -> Option<&Arc<Record>> {
        let known = self.0.as_ref()?;
        let record = known.own.get(*known.by_id.get(id)? as usize)?;
        (record.kind == Kind::Office).then_some(record)
    }

    /// The office with a title or variant.
    pub fn office_titled(&self, words: &str) -> Option<EntityId> {
        let ids = self.own_named(&fold(words));
        ids.into_iter()
            .find(|id| self.kind(*id) == Some(Kind::Office))
    }

    /// Who holds, held or will hold an office on a day, those in office first.
    pub fn holders(&self, office: EntityId, on: Date) -> Vec<(EntityId, Role, Standing)> {
        let Some(office) = self.record(office) else {
            return Vec::new();
        };
        let mut all: Vec<(EntityId, Role, Standing)> = self
            .own()
            .flat_map(|(id, person)| {
                let roles = person.roles.iter();
                let held = roles.filter(|role| role.office.as_deref() == Some(&office.id));
                held.map(move |role| (id, role.clone(), role.standing(on)))
            })
            .collect();
        order::by_key(&mut all, |(_, role, standing)| {
            (
                *standing,
                std::cmp::Reverse(role.from.map(|day| day.first())),
            )
        });
        all
    }

    /// The role of a record on a day, in words: "defence secretary until July 2024".
    pub fn role_words(&self, record: &Record, on: Date) -> Option<String> {
        let (role, standing) = record.role_on(on)?;
        let words = self.words(role)?;
        let end = |day: Option<super::day::Day>| day.map(|day| day.words()).unwrap_or_default();
        Some(match standing {
            Standing::Current | Standing::Unsure => words,
            Standing::Former => format!("{words} until {}", end(role.to)),
            Standing::Incoming => format!("{words} from {}", end(role.from)),
        })
    }

    /// Title and body of a role, in words.
    pub fn words(&self, role: &Role) -> Option<String> {
        match (self.title(role), self.body(role)) {
            (Some(title), Some(body)) if !fold(title).contains(&fold(body)) => {
                Some(format!("{title}, {body}"))
            }
            (Some(title), _) => Some(title.to_owned()),
            (None, body) => body.map(str::to_owned),
        }
    }
}

impl Known {
    /// Fills the sieves from all else.
    fn sift(&mut self) {
        let first = |key: &str| key.split(' ').next().unwrap_or_default().to_owned();
        let last = |key: &str| key.rsplit(' ').next().unwrap_or_default().to_owned();
        let forms = self.own.iter().flat_map(|record| record.forms());
        let forms: Vec<String> = forms.map(fold).collect();
        let other = (self.by_wrong.keys())
            .chain(self.by_demonym.keys())
            .chain(self.by_metonym.keys());
        let starts = forms.iter().chain(other).map(|key| first(key));
        let people = self.own.iter().filter(|one| one.kind == Kind::Person);
        let shorts: Vec<String> = people.map(|record| fold(record.short())).collect();
        let ends = forms.iter().flat_map(|key| [first(key), last(key)]);
        let ends = ends.chain(shorts.iter().map(|key| last(key)));
        let sieve = |words: Vec<String>| {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            Sieve::of(&words)
        };
        self.starts = sieve(starts.collect());
        self.ends = sieve(ends.collect());
        self.shorts = sieve(shorts);
    }
}

fn own_id(number: u32) -> EntityId {
    EntityId { base: 0, number }
}

/// Records while they are made one.
#[derive(Default)]
struct Making {
    own: Vec<Record>,
    by_identifier: FxHashMap<String, usize>,
    by_id: FxHashMap<String, usize>,
    hidden: Vec<String>,
    mistakes: Vec<(Arc<str>, Mistake)>,
    /// Another base whose offices may be named.
    elsewhere: Base,
}

impl Making {
    fn take(&mut self, file: File) {
        self.hidden.extend(file.entries.hidden);
        for record in file.entries.records {
            if file.layer == Layer::Private {
                let known = self
                    .known(&record)
                    .or_else(|| self.by_id.get(&record.id).copied());
                if let Some(known) = known {
                    self.own[known].fill(&record);
                }
                continue;
            }
            self.add(record);
        }
    }

    fn known(&self, record: &Record) -> Option<usize> {
        let mut all = record.identifiers();
        all.find_map(|one| self.by_identifier.get(&one).copied())
    }

    fn add(&mut self, mut record: Record) {
        let known = self.known(&record);
        if let Some(at) = known {
            let first = &self.own[at];
            let is_same_layer = first.origin.layer == record.origin.layer;
            if is_same_layer && first.kind == record.kind {
                let what = format!(
                    "{} has the same id as {} ({}): give it its own, or make the two one.",
                    record.name, first.name, record.id
                );
                self.complain(&record, record.origin.name, what);
            }
            for identifier in record.identifiers() {
                self.by_identifier.entry(identifier).or_insert(at);
            }
            self.own[at].fill(&record);
            return;
        }
        if self.by_id.contains_key(&record.id) {
            let what = format!(
                "Another record is called {} too: give one of them an id, so that both can be told apart.",
                record.name
            );
            self.complain(&record, record.origin.name, what);
            let free = (2..).map(|number| format!("{}-{number}", record.id));
            let mut free = free.filter(|id| !self.by_id.contains_key(id));
            record.id = free.next().expect("numbers do not end");
        }
        let at = self.own.len();
        for identifier in record.identifiers() {
            self.by_identifier.insert(identifier, at);
        }
        self.by_id.insert(record.id.clone(), at);
        self.own.push(record);
    }

    fn complain(&mut self, record: &Record, span: Span, what: String) {
        let mistake = Mistake::contradiction(span, what);
        self.mistakes.push((record.origin.file.clone(), mistake));
    }

    fn finish(mut self, imports: Vec<Arc<Index>>) -> Known {
        self.look_at_offices();
        let mut covered = FxHashSet::default();
        for (index, base) in imports.iter().zip(1u8..) {
            for record in &mut self.own {
                let identifiers: Vec<String> = record.identifiers().collect();
                for identifier in identifiers {
                    let Some(number) = index.by_identifier(&identifier) else {
                        continue;
                    };
                    if covered.insert(EntityId { base, number })
                        && let Some(imported) = index.record(number)
                    {
                        record.fill(&imported);
                    }
                }
            }
            for hidden in &self.hidden {
                let number = index
                    .by_identifier(hidden)
                    .or_else(|| index.by_identifier(&format!("wikidata:{hidden}")));
                covered.extend(number.map(|number| EntityId { base, number }));
            }
        }
        let mut own = self.own;
        order::by_key(&mut own, |record| std::cmp::Reverse(record.popularity));
        let index = in_memory(own.iter());
        let own: Vec<Arc<Record>> = own.into_iter().map(Arc::new).collect();
        let mut known = Known {
            index,
            by_role: in_memory(std::iter::empty()),
            imports,
            covered,
            by_id: FxHashMap::default(),
            by_wrong: FxHashMap::default(),
            by_demonym: FxHashMap::default(),
            by_metonym: FxHashMap::default(),
            by_generic: FxHashMap::default(),
            by_surname_alone: FxHashMap::default(),
            starts: Sieve::default(),
            ends: Sieve::default(),
            shorts: Sieve::default(),
            mistakes: self.mistakes,
            own,
        };
        for (number, record) in known
            .own
            .iter()
            .zip(0..)
            .map(|(record, number)| (number, record))
        {
            known.by_id.insert(record.id.clone(), number);
            for wrong in &record.wrong {
                known.by_wrong.entry(fold(wrong)).or_default().push(number);
            }
            for demonym in &record.demonyms {
                known.by_demonym.insert(fold(demonym), number);
            }
            for metonym in &record.metonyms {
                known.by_metonym.insert(fold(metonym), number);
            }
            for generic in &record.generic {
                known
                    .by_generic
                    .entry(fold(generic))
                    .or_default()
                    .push(number);
            }
            if record.alone {
                let short = fold(record.short());
                known
                    .by_surname_alone
                    .entry(short)
                    .or_default()
                    .push(number);
            }
        }
        let base = Base(Some(Arc::new(known)));
        let roles: Vec<Record> = base
            .own()
            .map(|(_, record)| base.as_roles(record))
            .collect();
        let by_role = in_memory(roles.iter());
        let mut known = base
            .0
            .and_then(Arc::into_inner)
            .expect("nobody else has it yet");
        known.by_role = by_role;
        known.sift();
        known
    }

    /// Roles that name an office nobody wrote down, and offices for one that two hold at a time.
    fn look_at_offices(&mut self) {
        let offices: FxHashMap<&str, bool> = self
            .own
            .iter()
            .filter(|record| record.kind == Kind::Office)
            .map(|office| (office.id.as_str(), office.is_single))
            .collect();
        let mut held: FxHashMap<&str, Vec<(&Record, &Role)>> = FxHashMap::default();
        let mut found = Vec::new();
        for record in &self.own {
            for role in record.roles.iter().filter(|role| role.source.is_none()) {
                let Some(office) = role.office.as_deref() else {
                    continue;
                };
                match offices.get(office) {
                    Some(true) => held.entry(office).or_default().push((record, role)),
                    Some(false) => {}
                    None if self.elsewhere.office(office).is_some() => {}
                    None => {
                        let near = offices
                            .keys()
                            .min_by_key(|id| strsim::levenshtein(id, office));
                        let near = near.filter(|id| strsim::levenshtein(id, office) <= 3);
                        let way = match near {
                            Some(id) => format!("Did you mean {id}?"),
                            None => {
                                "Write an [[office]] with this id, or title = \"…\".".to_owned()
                            }
                        };
                        let what = format!("There is no office “{office}”. {way}");
                        found.push((record.origin.file.clone(), Mistake::left(role.place, what)));
                    }
                }
            }
        }
        for (office, mut held) in held {
            order::by_key(&mut held, |(_, role)| role.from.map(|day| day.first()));
            for pair in held.windows(2) {
                let [(first, before), (second, after)] = pair else {
                    continue;
                };
                let begins = after.from.map(|day| day.last());
                let overlaps = match (begins, before.to) {
                    (Some(begins), Some(to)) => begins < to.first(),
                    (Some(_) | None, None) => true,
                    (None, Some(_)) => before.from.is_none(),
                };
                if overlaps {
                    let since = after
                        .from
                        .map_or(String::new(), |day| format!(" on {}", day.words()));
                    let what = format!(
                        "{} and {} both hold {office}{since}, an office for one: look at the dates.",
                        first.name, second.name
                    );
                    found.push((
                        second.origin.file.clone(),
                        Mistake::contradiction(after.place, what),
                    ));
                }
            }
        }
        self.mistakes.extend(found);
    }
}

impl Base {
    /// A record's roles as if they were its names, for the index of roles.
    fn as_roles(&self, record: &Record) -> Record {
        let mut names = Vec::new();
        for role in &record.roles {
            names.extend(self.title(role).map(str::to_owned));
            names.extend(self.body(role).map(str::to_owned));
            let office = role.office.as_deref().and_then(|id| self.office(id));
            names.extend(
                office
                    .into_iter()
                    .flat_map(|office| office.variants.clone()),
            );
        }
        Record {
            kind: Kind::Org,
            variants: names,
            ..Record::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::import::Format;
    use jiff::civil::date;

    fn base(files: &[(&str, Layer, &str)]) -> Base {
        let files = files.iter().map(|(name, layer, text)| {
            let path: Arc<str> = (*name).into();
            let format = Format::of(name).expect("a format of ours");
            let entries = import::read(format, text, &path, *layer);
            assert_eq!(entries.mistakes, [], "{name}");
            File {
                path,
                layer: *layer,
                entries,
            }
        });
        Base::new(files.collect(), Vec::new())
    }

    fn record(base: &Base, id: &str) -> Arc<Record> {
        let id = base.by_id(id).unwrap_or_else(|| panic!("{id} is known"));
        base.record(id).expect("it is whole")
    }

    const OFFICES: &str = "[[office]]\nid = \"harbor\"\ntitle = \"harbor commissioner\"\nvariants = [\"commissioner of the harbor\"]\nholders = \"one\"\n\n";

    fn holder(name: &str, from: &str, to: &str) -> String {
        let to = if to.is_empty() {
            String::new()
        } else {
            format!("to = \"{to}\"\n")
        };
        format!(
            "[[person]]\nname = \"{name}\"\n[[person.role]]\noffice = \"harbor\"\nfrom = \"{from}\"\n{to}\n"
        )
    }

    #[test]
    fn records_of_several_layers_are_one_by_identifier_and_never_by_name() {
        let base = base(&[
            (
                "mine.toml",
                Layer::Personal,
                "[[person]]\nid = \"dana\"\nname = \"Dana M. Ortiz\"\npronouns = \"she/her\"\nnote = \"mine\"\n",
            ),
            (
                "room.toml",
                Layer::Newsroom,
                "[[person]]\nid = \"dana\"\nname = \"Dana Ortiz\"\nnote = \"ours\"\n\n[[person]]\nname = \"Paul Venn\"\n",
            ),
            (
                "more.csv",
                Layer::Personal,
                "name,pronouns\nPaul Venn,they/them\n",
            ),
        ]);
        let dana = record(&base, "dana");
        assert_eq!(
            (dana.name.as_str(), dana.note.as_deref()),
            ("Dana Ortiz", Some("ours"))
        );
        assert_eq!(dana.pronouns.as_deref(), Some("she/her"));
        assert_eq!(dana.variants, ["Dana M. Ortiz"]);
        assert_eq!(base.own_named("paul venn").len(), 2);
        assert_eq!(record(&base, "paul-venn").pronouns, None);
        assert_eq!(
            record(&base, "paul-venn-2").pronouns.as_deref(),
            Some("they/them")
        );
    }

    #[test]
    fn private_files_fill_what_is_empty_and_add_nobody() {
        let base = base(&[
            (
                "room.toml",
                Layer::Newsroom,
                "[[person]]\nname = \"Dana Ortiz\"\n",
            ),
            (
                "x.private.toml",
                Layer::Private,
                "[[person]]\nname = \"Dana Ortiz\"\ndo-not-name = \"court order\"\n\n[[person]]\nname = \"Ann Secret\"\n",
            ),
        ]);
        assert_eq!(
            record(&base, "dana-ortiz").do_not_name.as_deref(),
            Some("court order")
        );
        assert!(base.own_named("ann secret").is_empty());
        assert!(base.search("secret", 5).is_empty());
    }

    #[test]
    fn who_held_an_office_on_a_day() {
        let text = format!(
            "{OFFICES}{}{}",
            holder("Dana Ortiz", "2020-01-01", "2024-07-05"),
            holder("Paul Venn", "2024-07-05", "")
        );
        let base = base(&[("room.toml", Layer::Newsroom, &text)]);
        assert_eq!(base.mistakes(), []);
        let office = base
            .office_titled("Commissioner of the Harbor")
            .expect("a variant of the title");
        let on = |day: Date| {
            let (id, _, standing) = base.holders(office, day).remove(0);
            (base.record(id).unwrap().name.clone(), standing)
        };
        assert_eq!(
            on(date(2024, 7, 4)),
            ("Dana Ortiz".to_owned(), Standing::Current)
        );
        assert_eq!(
            on(date(2024, 7, 5)),
            ("Paul Venn".to_owned(), Standing::Current)
        );
        assert_eq!(on(date(2019, 1, 1)).1, Standing::Incoming);
        let dana = record(&base, "dana-ortiz");
        let words = base.role_words(&dana, date(2024, 7, 10));
        assert_eq!(
            words.as_deref(),
            Some("harbor commissioner until 5 July 2024")
        );
        let found: Vec<_> = base.by_role("harbor comm", 5);
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn overlapping_holders_and_doubled_ids_are_told_at_their_place() {
        let told = |text: &str| {
            let base = base(&[("room.toml", Layer::Newsroom, text)]);
            let all = base.mistakes().iter();
            all.map(|(_, one)| one.what.clone())
                .collect::<Vec<_>>()
                .join("\n")
        };
        let overlap = format!(
            "{OFFICES}{}{}",
            holder("Dana Ortiz", "2020", "2024-07-05"),
            holder("Paul Venn", "2024-07-04", "")
        );
        assert!(
            told(&overlap).starts_with("Dana Ortiz and Paul Venn both hold harbor on 4 July 2024"),
            "{}",
            told(&overlap)
        );
        let unsure = format!(
            "{OFFICES}{}{}",
            holder("Dana Ortiz", "2020", "2024-07"),
            holder("Paul Venn", "2024-07", "")
        );
        assert_eq!(told(&unsure), "");
        let doubled = "[[person]]\nid = \"a\"\nname = \"Dana Ortiz\"\n[[person]]\nid = \"a\"\nname = \"Paul Venn\"\n";
        assert!(told(doubled).contains("same id as Dana Ortiz"));
        let unknown = format!(
            "{OFFICES}[[person]]\nname = \"Dana Ortiz\"\n[[person.role]]\noffice = \"harbour\"\n"
        );
        assert!(told(&unknown).contains("Did you mean harbor?"));
    }
}
