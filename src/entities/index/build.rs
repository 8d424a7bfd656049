//! Makes an index: records go out as they come, the lists of names stay in memory until the end.

use std::cmp::Reverse;
use std::io::{self, Seek, SeekFrom, Write};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{FAN, HEADER, Index, MAGIC, SECTIONS, VERSION, checksum, hash, head};
use crate::entities::fold::{fold_onto, surname_starts};
use crate::entities::packed;
use crate::entities::record::{Kind, Order, Record};

/// No record stands before.
const NONE: u64 = u64::MAX;
/// Forms of one entity that are kept.
const MOST_FORMS: usize = 24;

/// An index in the making.
pub struct Builder<W> {
    out: W,
    at: u64,
    packed: Vec<u8>,
    keys: Vec<u8>,
    forms: Vec<Form>,
    entities: Vec<Entity>,
    by_identifier: FxHashMap<u64, u32>,
    key: String,
}

struct Form {
    start: u32,
    entity: u32,
    /// Where the surname begins with its particles, and its last word; both zero where there is none.
    surname: (u8, u8),
}

struct Entity {
    offset: u64,
    popularity: u32,
    kind: u8,
    forms: u8,
}

impl<W: Write + Seek> Builder<W> {
    /// Starts at the beginning of `out`.
    pub fn new(mut out: W) -> io::Result<Builder<W>> {
        out.seek(SeekFrom::Start(0))?;
        out.write_all(&[0; HEADER])?;
        Ok(Builder {
            out,
            at: HEADER as u64,
            packed: Vec::new(),
            keys: Vec::new(),
            forms: Vec::new(),
            entities: Vec::new(),
            by_identifier: FxHashMap::default(),
            key: String::new(),
        })
    }

    /// How many entities there are so far.
    pub fn len(&self) -> usize {
        self.entities.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty()
    }

    /// Takes in a record. One that shares an identifier with an earlier one is the same entity. Says whether it is new.
    pub fn add(&mut self, record: &Record) -> io::Result<bool> {
        let identifiers: Vec<u64> = record.identifiers().map(|one| hash(&one)).collect();
        let known = identifiers
            .iter()
            .find_map(|one| self.by_identifier.get(one))
            .copied();
        let before = known.map_or(NONE, |entity| self.entities[entity as usize].offset);
        let offset = self.write_record(record, before)?;
        let entity = match known {
            Some(entity) => {
                let known = &mut self.entities[entity as usize];
                known.offset = offset;
                known.popularity = known.popularity.max(record.popularity);
                entity
            }
            None => {
                let family_first = u8::from(record.has_order && record.order == Order::FamilyFirst);
                self.entities.push(Entity {
                    offset,
                    popularity: record.popularity,
                    kind: record.kind as u8 | family_first << 2,
                    forms: 0,
                });
                self.entities.len() as u32 - 1
            }
        };
        for identifier in identifiers {
            self.by_identifier.entry(identifier).or_insert(entity);
        }
        for form in record.forms() {
            self.add_form(entity, record, form)?;
        }
        Ok(known.is_none())
    }

    fn write_record(&mut self, record: &Record, before: u64) -> io::Result<u64> {
        self.packed.clear();
        packed::pack(record, &mut self.packed);
        let offset = self.at - HEADER as u64;
        let length = self.packed.len() as u32;
        self.out.write_all(&before.to_le_bytes()[..5])?;
        self.out.write_all(&length.to_le_bytes()[..3])?;
        self.out.write_all(&self.packed)?;
        self.at += 8 + self.packed.len() as u64;
        Ok(offset)
    }

    fn add_form(&mut self, entity: u32, record: &Record, form: &str) -> io::Result<()> {
        self.key.clear();
        fold_onto(form, &mut self.key);
        let count = usize::from(self.entities[entity as usize].forms);
        if self.key.is_empty() || self.key.len() > 250 || count >= MOST_FORMS {
            return Ok(());
        }
        let is_known = self.forms.iter().rev().take(count).any(|known| {
            let start = known.start as usize;
            known.entity == entity
                && self.keys.get(start..start + self.key.len()) == Some(self.key.as_bytes())
                && self.keys.get(start + self.key.len()) == Some(&0)
        });
        if is_known {
            return Ok(());
        }
        let too_many = || io::Error::other("has too many names for one base; split it");
        let start = u32::try_from(self.keys.len()).map_err(|_| too_many())?;
        if self.forms.len() >= 1 << 26 {
            return Err(too_many());
        }
        let surname = match record.kind {
            Kind::Person => surname(record, &self.key),
            _ => (0, 0),
        };
        self.keys.extend(self.key.as_bytes());
        self.keys.push(0);
        self.entities[entity as usize].forms += 1;
        self.forms.push(Form {
            start,
            entity,
            surname,
        });
        Ok(())
    }

    /// Writes everything that follows the records. `about` is what the base says of itself.
    pub fn finish(mut self, about: &str) -> io::Result<W> {
        let records_end = self.at;
        let mut table = vec![(HEADER as u64, records_end - HEADER as u64)];
        // Numbers by popularity; those alike stay in the order in which they came.
        let mut order: Vec<u32> = (0..self.entities.len() as u32).collect();
        order.sort_by_key(|entity| Reverse(self.entities[*entity as usize].popularity));
        let mut rank = vec![0u32; order.len()];
        for (number, entity) in order.iter().enumerate() {
            rank[*entity as usize] = number as u32;
        }
        let offsets = order.iter().map(|one| self.entities[*one as usize].offset);
        self.section(&mut table, offsets.flat_map(u64::to_le_bytes).collect())?;
        let kinds = order.iter().map(|one| self.entities[*one as usize].kind);
        self.section(&mut table, kinds.collect())?;
        drop(order);
        self.entities = Vec::new();

        let mut identifiers: Vec<(u64, u32)> = std::mem::take(&mut self.by_identifier)
            .into_iter()
            .map(|(hash, entity)| (hash, rank[entity as usize]))
            .collect();
        identifiers.par_sort_unstable();

        let (keys, forms) = in_order(&self.keys, std::mem::take(&mut self.forms), &rank);
        self.keys = Vec::new();
        drop(rank);
        self.write_section(&mut table, &keys)?;
        self.numbers(&mut table, forms.iter().map(|form| form.start))?;
        self.numbers(&mut table, forms.iter().map(|form| form.entity))?;

        let words = word_starts(&keys, &forms);
        self.numbers(&mut table, words.iter().map(|word| word.1))?;
        let guide = words.iter().step_by(FAN);
        self.section(
            &mut table,
            guide.flat_map(|word| word.0.to_le_bytes()).collect(),
        )?;
        let entries: Vec<u32> = words.into_iter().map(|word| word.1).collect();
        let signatures: Vec<u32> = forms
            .par_iter()
            .map(|form| signature(key(&keys, form.start)))
            .collect();
        let of_word = entries
            .iter()
            .map(|entry| signatures[super::form(*entry) as usize]);
        self.numbers(&mut table, of_word)?;
        drop(signatures);
        self.minima(&mut table, &entries, |entry| super::word(entry) == 0)?;
        self.minima(&mut table, &entries, super::is_surname)?;
        self.minima(&mut table, &entries, |_| true)?;
        let initials = by_initials(&keys, &forms);
        self.numbers(&mut table, initials.into_iter())?;
        let (token_words, tokens, guide) = tokens(&keys, &forms, &entries);
        self.numbers(&mut table, token_words.into_iter())?;
        self.write_section(&mut table, &tokens)?;
        self.numbers(&mut table, guide.into_iter())?;
        let identifiers = identifiers.iter().flat_map(|(hash, entity)| {
            let mut entry = [0; 12];
            entry[..8].copy_from_slice(&hash.to_le_bytes());
            entry[8..].copy_from_slice(&entity.to_le_bytes());
            entry
        });
        self.section(&mut table, identifiers.collect())?;
        self.write_section(&mut table, about.as_bytes())?;
        self.header(&table)?;
        Ok(self.out)
    }

    fn header(&mut self, table: &[(u64, u64)]) -> io::Result<()> {
        assert_eq!(
            table.len(),
            SECTIONS,
            "every section is written once, in order"
        );
        let mut header = [0u8; HEADER];
        header[..8].copy_from_slice(MAGIC);
        header[8..12].copy_from_slice(&VERSION.to_le_bytes());
        header[16..24].copy_from_slice(&self.at.to_le_bytes());
        for (index, (place, size)) in table.iter().enumerate() {
            let at = 24 + index * 16;
            header[at..at + 8].copy_from_slice(&place.to_le_bytes());
            header[at + 8..at + 16].copy_from_slice(&size.to_le_bytes());
        }
        let sum = checksum(&header[..HEADER - 8]);
        header[HEADER - 8..].copy_from_slice(&sum.to_le_bytes());
        self.out.seek(SeekFrom::Start(0))?;
        self.out.write_all(&header)?;
        self.out.flush()
    }

    fn section(&mut self, table: &mut Vec<(u64, u64)>, bytes: Vec<u8>) -> io::Result<()> {
        self.write_section(table, &bytes)
    }

    fn write_section(&mut self, table: &mut Vec<(u64, u64)>, bytes: &[u8]) -> io::Result<()> {
        table.push((self.at, bytes.len() as u64));
        self.out.write_all(bytes)?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    fn numbers(
        &mut self,
        table: &mut Vec<(u64, u64)>,
        numbers: impl Iterator<Item = u32>,
    ) -> io::Result<()> {
        let start = self.at;
        let mut chunk = Vec::with_capacity(1 << 16);
        for number in numbers {
            chunk.extend(number.to_le_bytes());
            if chunk.len() >= 1 << 16 {
                self.out.write_all(&chunk)?;
                self.at += chunk.len() as u64;
                chunk.clear();
            }
        }
        self.out.write_all(&chunk)?;
        self.at += chunk.len() as u64;
        table.push((start, self.at - start));
        Ok(())
    }

    /// Level by level: the minima of 64 entries, of 64 of those, until one is left.
    fn minima(
        &mut self,
        table: &mut Vec<(u64, u64)>,
        entries: &[u32],
        counts: impl Fn(u32) -> bool + Sync,
    ) -> io::Result<()> {
        let least = |entries: &[u32]| entries.iter().copied().min().unwrap_or(u32::MAX);
        let mut level: Vec<u32> = entries
            .par_chunks(FAN)
            .map(|chunk| {
                let counted = chunk.iter().copied().filter(|entry| counts(*entry));
                counted.min().unwrap_or(u32::MAX)
            })
            .collect();
        let mut all = level.clone();
        while level.len() > 1 {
            level = level.chunks(FAN).map(least).collect();
            all.extend(&level);
        }
        self.numbers(table, all.into_iter())
    }
}

/// An index of a few records in memory.
pub fn in_memory<'a>(records: impl Iterator<Item = &'a Record>) -> Index {
    let bytes = || -> io::Result<Vec<u8>> {
        let mut builder = Builder::new(io::Cursor::new(Vec::new()))?;
        for record in records {
            builder.add(record)?;
        }
        Ok(builder.finish("")?.into_inner())
    };
    let made = bytes().map_err(|error| error.to_string());
    // Fails only for gigabytes of names, which are no newsroom's own files.
    let made = made.and_then(Index::owned);
    made.unwrap_or_else(|_| in_memory(std::iter::empty()))
}

/// A record at a place in the section of records, and the place of an earlier one of the same entity.
pub(super) fn part(records: &[u8], offset: u64) -> Option<(Option<u64>, &[u8])> {
    let at = usize::try_from(offset).ok()?;
    let head = records.get(at..at.checked_add(8)?)?;
    let mut before = [0; 8];
    before[..5].copy_from_slice(&head[..5]);
    let before = u64::from_le_bytes(before);
    let mut length = [0; 4];
    length[..3].copy_from_slice(&head[5..]);
    let length = u32::from_le_bytes(length) as usize;
    let none = NONE & 0xff_ffff_ffff;
    let bytes = records.get(at + 8..at + 8 + length)?;
    Some((Some(before).filter(|before| *before != none), bytes))
}

/// Numbers of the words at which a surname begins: with its particles, and its last word.
fn surname(record: &Record, key: &str) -> (u8, u8) {
    let number = |at: usize| key[..at].matches(' ').count().min(31) as u8;
    match record.order {
        Order::FamilyFirst | Order::Patronymic | Order::Single if record.has_order => (0, 0),
        _ => {
            let (first, last) = surname_starts(key);
            (number(first), number(last))
        }
    }
}

/// Keys and forms in the order of their entities' numbers.
fn in_order(keys: &[u8], forms: Vec<Form>, rank: &[u32]) -> (Vec<u8>, Vec<Form>) {
    let mut forms = forms;
    for form in &mut forms {
        form.entity = rank[form.entity as usize];
    }
    forms.par_sort_by_key(|form| (form.entity, form.start));
    let mut moved = Vec::with_capacity(keys.len());
    for form in &mut forms {
        let key = key(keys, form.start);
        form.start = moved.len() as u32;
        moved.extend(key);
        moved.push(0);
    }
    (moved, forms)
}

fn key(keys: &[u8], start: u32) -> &[u8] {
    let rest = &keys[start as usize..];
    let end = rest.iter().position(|byte| *byte == 0);
    &rest[..end.expect("every key ends in a zero")]
}

/// Every word start, sorted by its letters; each with its first eight letters.
fn word_starts(keys: &[u8], forms: &[Form]) -> Vec<(u64, u32)> {
    let mut words: Vec<(u64, u32)> = Vec::with_capacity(forms.len() * 3);
    for (number, form) in forms.iter().enumerate() {
        let key = key(keys, form.start);
        let mut at = 0;
        for word in 0..32u8 {
            let is_surname = word == form.surname.0 || word == form.surname.1;
            let entry = (number as u32) << 6 | u32::from(is_surname) << 5 | u32::from(word);
            words.push((head(&key[at..]), entry));
            match key[at..].iter().position(|byte| *byte == b' ') {
                Some(space) => at += space + 1,
                None => break,
            }
        }
    }
    let letters = |entry: u32| {
        let mut rest = key(keys, forms[super::form(entry) as usize].start);
        for _ in 0..super::word(entry) {
            let space = rest.iter().position(|byte| *byte == b' ');
            rest = &rest[space.map_or(rest.len(), |space| space + 1)..];
        }
        rest
    };
    words.par_sort_unstable_by(|one, other| {
        let by_letters = || letters(one.1).cmp(letters(other.1));
        one.0
            .cmp(&other.0)
            .then_with(by_letters)
            .then(one.1.cmp(&other.1))
    });
    words
}

/// A bit for the first two, and one for the first three letters of each word.
pub(super) fn signature(key: &[u8]) -> u32 {
    key.split(|byte| *byte == b' ')
        .fold(0, |bits, word| bits | bits_of(word))
}

/// The bits that a form must have if one of its words begins so.
pub(super) fn bits_of(beginning: &[u8]) -> u32 {
    let bit = |letters: &[u8]| {
        let mixed = letters.iter().fold(0x811c_9dc5u32, |hash, byte| {
            (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
        });
        1 << (mixed.wrapping_mul(0x9e37_79b1) >> 27)
    };
    let two = beginning.get(..2).map_or(0, bit);
    two | beginning.get(..3).map_or(0, bit)
}

/// The initials of a key of two to five words: "ds" for "dana stone".
pub(super) fn initials(key: &[u8]) -> Option<Vec<u8>> {
    let mut letters = Vec::new();
    for word in key.split(|byte| *byte == b' ') {
        letters.push(*word.first()?);
        if letters.len() > 5 {
            return None;
        }
    }
    (letters.len() >= 2).then_some(letters)
}

fn by_initials(keys: &[u8], forms: &[Form]) -> Vec<u32> {
    let mut found: Vec<(u64, u32)> = forms
        .iter()
        .enumerate()
        .filter_map(|(number, form)| Some((head(&initials(key(keys, form.start))?), number as u32)))
        .collect();
    found.par_sort_unstable();
    found.into_iter().map(|(_, form)| form).collect()
}

/// The distinct words: their first word starts, their letters, and where each first byte begins.
fn tokens(keys: &[u8], forms: &[Form], entries: &[u32]) -> (Vec<u32>, Vec<u8>, Vec<u32>) {
    let (mut firsts, mut stream) = (Vec::new(), Vec::new());
    let mut guide = vec![u32::MAX; 514];
    let mut before: Vec<u8> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let mut rest = key(keys, forms[super::form(*entry) as usize].start);
        for _ in 0..super::word(*entry) {
            let space = rest.iter().position(|byte| *byte == b' ');
            rest = &rest[space.map_or(rest.len(), |space| space + 1)..];
        }
        let end = rest.iter().position(|byte| *byte == b' ');
        let word = &rest[..end.unwrap_or(rest.len()).min(255)];
        if word == before && at > 0 {
            continue;
        }
        let shared = word.iter().zip(&before).take_while(|(a, b)| a == b).count();
        if let (Some(&first), true) = (word.first(), shared == 0) {
            let slot = usize::from(first) * 2;
            if guide[slot] == u32::MAX {
                guide[slot] = stream.len() as u32;
                guide[slot + 1] = firsts.len() as u32;
            }
        }
        firsts.push(at as u32);
        stream.extend([shared as u8, (word.len() - shared) as u8]);
        stream.extend(&word[shared..]);
        before.clear();
        before.extend(word);
    }
    // A first byte that no word has begins where the next one does.
    guide[512] = stream.len() as u32;
    guide[513] = firsts.len() as u32;
    for byte in (0..256).rev() {
        if guide[byte * 2] == u32::MAX {
            guide[byte * 2] = guide[byte * 2 + 2];
            guide[byte * 2 + 1] = guide[byte * 2 + 3];
        }
    }
    (firsts, stream, guide)
}
