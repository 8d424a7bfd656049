//! The index of names: one flat run of bytes, in memory or mapped from a file.
//!
//! Entities are numbered by popularity and their forms in that order, so a smaller number is a better answer. The
//! start of every word of every form stands in one sorted list (`Words`); small trees of minima over it give the
//! best of any range. All numbers are little-endian; every one that is read from the bytes is looked at before use,
//! so that a damaged file gives no answers, and never a crash.

mod ahead;
pub mod build;
pub mod search;
#[cfg(test)]
mod tests;
pub mod typo;

use std::ops::Range;

use super::map::Map;
use super::packed;
use super::record::{Kind, Record};

/// What every file of a base begins with.
pub const MAGIC: &[u8; 8] = b"ONRECORD";
/// Grows when the layout changes; a file of another version is refused.
pub const VERSION: u32 = 1;
/// Bytes before the first section.
pub const HEADER: usize = 512;
/// How many entries one leaf of a tree of minima covers, and how many children a node has.
pub const FAN: usize = 64;

/// The parts of the file, in their order in the table of the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Section {
    /// Packed records.
    Records,
    /// For each entity: where its record begins, 8 bytes; an earlier record of the same entity may stand before it.
    Offsets,
    /// For each entity: its kind, and what is known of it without a look at the record.
    Kinds,
    /// Every form as a key, each with a zero after it.
    Fold,
    /// For each form: where its key begins.
    FormStart,
    /// For each form: its entity.
    FormEntity,
    /// Word starts, sorted: form, a bit for the start of a surname, number of the word.
    Words,
    /// For every 64th word start: the first 8 bytes of its letters.
    Guide,
    /// For each word start: which beginnings of words its form has.
    Signatures,
    /// Minima over the word starts that begin a form.
    FirstMin,
    /// Minima over the word starts that begin a surname.
    SurnameMin,
    /// Minima over all word starts.
    AllMin,
    /// Forms sorted by their initials.
    Initials,
    /// For each distinct word: its first word start.
    TokenWords,
    /// The distinct words: length shared with the one before, length of the rest, the rest.
    Tokens,
    /// For each first byte: where its words begin in `Tokens`, and the number of the first.
    TokenGuide,
    /// Hashes of identifiers with their entities, sorted.
    Identifiers,
    /// Where the base comes from, as lines of `key: value`.
    About,
}

/// How many sections there are.
pub const SECTIONS: usize = Section::About as usize + 1;

/// A base of names.
#[derive(Debug)]
pub struct Index {
    bytes: Bytes,
    sections: [Range<usize>; SECTIONS],
}

#[derive(Debug)]
enum Bytes {
    Owned(Vec<u8>),
    Mapped(Map),
}

impl Index {
    /// An index from bytes in memory; else says why they are none.
    pub fn owned(bytes: Vec<u8>) -> Result<Index, String> {
        let sections = sections(&bytes)?;
        Ok(Index {
            bytes: Bytes::Owned(bytes),
            sections,
        })
    }

    /// An index from a mapped file; else says why it is none.
    pub fn mapped(map: Map) -> Result<Index, String> {
        let sections = sections(map.bytes())?;
        Ok(Index {
            bytes: Bytes::Mapped(map),
            sections,
        })
    }

    fn bytes(&self) -> &[u8] {
        match &self.bytes {
            Bytes::Owned(bytes) => bytes,
            Bytes::Mapped(map) => map.bytes(),
        }
    }

    /// The bytes of a section.
    pub fn section(&self, section: Section) -> &[u8] {
        self.bytes()
            .get(self.sections[section as usize].clone())
            .unwrap_or_default()
    }

    /// A number of a section; the greatest where there is none.
    pub fn number(&self, section: Section, at: usize) -> u32 {
        number(self.section(section), at)
    }

    /// How many entities there are.
    pub fn len(&self) -> usize {
        self.section(Section::Kinds).len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many bytes it takes.
    pub fn size(&self) -> usize {
        self.bytes().len()
    }

    /// How many word starts there are.
    pub fn words(&self) -> usize {
        self.section(Section::Words).len() / 4
    }

    /// What the base says of itself under a key.
    pub fn about(&self, key: &str) -> Option<&str> {
        let lines = std::str::from_utf8(self.section(Section::About)).ok()?;
        lines
            .lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
    }

    /// The kind of an entity.
    pub fn kind(&self, entity: u32) -> Option<Kind> {
        let byte = *self.section(Section::Kinds).get(entity as usize)?;
        Kind::ALL.get(usize::from(byte & 3)).copied()
    }

    /// Whether the entity's name has the family name first, as far as is known.
    pub fn is_family_first(&self, entity: u32) -> bool {
        let byte = self.section(Section::Kinds).get(entity as usize);
        byte.is_some_and(|byte| byte & 4 > 0)
    }

    /// The record of an entity; records of the same from several sources are one, the newest first.
    pub fn record(&self, entity: u32) -> Option<Record> {
        let mut parts = self.packed(entity).into_iter();
        let mut record = packed::unpack(parts.next()?)?;
        for part in parts {
            if let Some(other) = packed::unpack(part) {
                record.fill(&other);
            }
        }
        for role in record.roles.iter_mut().filter(|role| role.title.is_none()) {
            // Sources name offices by their identifiers; the office's own record has the words.
            let office = role.office.as_deref().and_then(|id| self.by_identifier(id));
            let office = office
                .filter(|office| *office != entity)
                .and_then(|office| self.headline(office));
            role.title = office.map(|(_, _, name)| name.to_owned());
        }
        Some(record)
    }

    /// Kind, id and name of an entity.
    pub fn headline(&self, entity: u32) -> Option<(Kind, &str, &str)> {
        packed::headline(self.packed(entity).first()?)
    }

    /// The packed records of an entity, at most sixteen.
    fn packed(&self, entity: u32) -> Vec<&[u8]> {
        let mut parts = Vec::new();
        let records = self.section(Section::Records);
        let mut at = long(self.section(Section::Offsets), entity as usize);
        while let Some(offset) = at
            && parts.len() < 16
        {
            let Some((before, part)) = build::part(records, offset) else {
                break;
            };
            parts.push(part);
            // Earlier records only: a damaged file cannot lead in a circle.
            at = before.filter(|before| *before < offset);
        }
        parts.reverse();
        parts
    }

    /// The entity with an identifier such as `wikidata:Q2`, or with an id.
    pub fn by_identifier(&self, identifier: &str) -> Option<u32> {
        let wanted = hash(identifier);
        let table = self.section(Section::Identifiers);
        let count = table.len() / 12;
        let at = |index: usize| -> u64 {
            let bytes = table.get(index * 12..index * 12 + 8).unwrap_or_default();
            bytes.try_into().map_or(u64::MAX, u64::from_le_bytes)
        };
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = (low + high) / 2;
            if at(middle) < wanted {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let found = (low < count && at(low) == wanted).then(|| {
            let bytes = table.get(low * 12 + 8..low * 12 + 12).unwrap_or_default();
            bytes.try_into().map_or(u32::MAX, u32::from_le_bytes)
        })?;
        let mut parts = self.packed(found).into_iter().filter_map(packed::unpack);
        let is_it = parts.any(|record| record.identifiers().any(|one| one == identifier));
        is_it.then_some(found)
    }

    /// The entity of a form.
    pub fn entity(&self, form: u32) -> u32 {
        self.number(Section::FormEntity, form as usize)
    }

    /// The key of a form.
    pub fn key(&self, form: u32) -> &[u8] {
        self.key_from(self.number(Section::FormStart, form as usize) as usize)
    }

    /// The letters from a byte of the keys to the end of that key.
    fn key_from(&self, start: usize) -> &[u8] {
        let fold = self.section(Section::Fold);
        let rest = fold.get(start..).unwrap_or_default();
        let end = rest.iter().position(|byte| *byte == 0);
        &rest[..end.unwrap_or(rest.len())]
    }

    /// The letters from a word start to the end of its form.
    pub fn letters(&self, at: usize) -> &[u8] {
        let entry = self.number(Section::Words, at);
        if entry == u32::MAX {
            return &[];
        }
        let mut rest = self.key(form(entry));
        for _ in 0..word(entry) {
            match rest.iter().position(|byte| *byte == b' ') {
                Some(space) => rest = &rest[space + 1..],
                None => return &[],
            }
        }
        rest
    }

    /// The range of word starts whose letters begin with a key.
    pub fn beginning(&self, key: &[u8]) -> Range<usize> {
        let start = self.beginning_at(key);
        let end = self.bound_after(key);
        start..end.max(start)
    }

    /// Where the word starts that begin with a key would begin.
    pub fn beginning_at(&self, key: &[u8]) -> usize {
        self.bound(key, |letters| letters < key)
    }

    /// The range of word starts, within those that begin with a key, whose letters are just the key.
    pub fn exactly(&self, key: &[u8]) -> Range<usize> {
        let start = self.beginning_at(key);
        let mut end = start;
        let words = self.words();
        // Most names have few bearers: step by step, then by doubling.
        let mut step = 1;
        while end < words && self.letters(end) == key {
            if end + step < words && self.letters(end + step) == key {
                end += step;
                step *= 2;
            } else if step > 1 {
                step = 1;
            } else {
                end += 1;
            }
        }
        start..end
    }

    fn bound_after(&self, key: &[u8]) -> usize {
        if key.is_empty() {
            return self.words();
        }
        self.bound(&successor(key), |letters| {
            letters < key || letters.starts_with(key)
        })
    }

    /// The first word start for which `is_before` no longer holds. `near` is a key close to it, for the guide.
    fn bound(&self, near: &[u8], is_before: impl Fn(&[u8]) -> bool) -> usize {
        let guide = self.section(Section::Guide);
        let words = self.words();
        let blocks = guide.len() / 8;
        let wanted = head(near);
        let at = |block: usize| -> u64 {
            let bytes = guide.get(block * 8..block * 8 + 8).unwrap_or_default();
            bytes.try_into().map_or(u64::MAX, u64::from_le_bytes)
        };
        let partition = |holds: &dyn Fn(u64) -> bool| {
            let (mut low, mut high) = (0, blocks);
            while low < high {
                let middle = (low + high) / 2;
                if holds(at(middle)) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            low
        };
        // Between the last block that begins before the head and the first that begins after it.
        let low_block = partition(&|head| head < wanted).saturating_sub(1);
        let high_block = partition(&|head| head <= wanted);
        let (mut low, mut high) = (low_block * FAN, (high_block * FAN).min(words));
        while low < high {
            let middle = (low + high) / 2;
            if is_before(self.letters(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// The smallest key after all that begin with a key.
fn successor(key: &[u8]) -> Vec<u8> {
    let mut next = key.to_vec();
    while let Some(last) = next.last_mut() {
        if *last < 0xff {
            *last += 1;
            break;
        }
        next.pop();
    }
    next
}

/// The form of a word start.
pub fn form(entry: u32) -> u32 {
    entry >> 6
}

/// Whether a word start begins a surname.
pub fn is_surname(entry: u32) -> bool {
    entry & 0x20 > 0
}

/// The number of the word of a word start.
pub fn word(entry: u32) -> u32 {
    entry & 0x1f
}

/// The first eight letters as a number that sorts as they do.
pub fn head(letters: &[u8]) -> u64 {
    let mut head = [0; 8];
    let length = letters.len().min(8);
    head[..length].copy_from_slice(&letters[..length]);
    u64::from_be_bytes(head)
}

fn number(bytes: &[u8], at: usize) -> u32 {
    let bytes = bytes.get(at * 4..at * 4 + 4).unwrap_or_default();
    bytes.try_into().map_or(u32::MAX, u32::from_le_bytes)
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    let bytes = bytes.get(at * 8..at * 8 + 8)?;
    bytes.try_into().ok().map(u64::from_le_bytes)
}

/// A hash that is the same on every machine (FNV-1a, 64 bits).
pub fn hash(words: &str) -> u64 {
    words.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The table of sections in a header; else says why the bytes are no base.
fn sections(bytes: &[u8]) -> Result<[Range<usize>; SECTIONS], String> {
    let header = bytes
        .get(..HEADER)
        .ok_or("is too short to be a base; import it again")?;
    if header[..8] != *MAGIC {
        return Err("is no base of Onrecord’s".to_owned());
    }
    let version = number(&header[8..], 0);
    if version != VERSION {
        return Err(format!(
            "was made by another version of Onrecord (layout {version}, this one reads {VERSION}); import it again"
        ));
    }
    let told = long(&header[HEADER - 8..], 0).unwrap_or_default();
    if told != checksum(&header[..HEADER - 8]) {
        return Err("has a damaged header; import it again".to_owned());
    }
    let length = long(&header[16..], 0).unwrap_or_default();
    if length != bytes.len() as u64 {
        return Err(format!(
            "is cut short: {} bytes of {length}; import it again",
            bytes.len()
        ));
    }
    let mut sections = std::array::from_fn(|_| 0..0);
    for (index, section) in sections.iter_mut().enumerate() {
        let at = 24 + index * 16;
        let place = long(&header[at..], 0).unwrap_or(u64::MAX);
        let size = long(&header[at + 8..], 0).unwrap_or(u64::MAX);
        let end = place.checked_add(size);
        let end = end.filter(|end| *end <= length);
        let end = end.ok_or("has a damaged table; import it again")?;
        *section = place as usize..end as usize;
    }
    Ok(sections)
}

/// The checksum of a header.
pub fn checksum(header: &[u8]) -> u64 {
    header.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
