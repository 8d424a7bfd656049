//! What is about to be read of a mapped base is asked for at once, not a page after the other: after a cold start the
//! disk is most of what an answer takes.

use std::ops::Range;

use super::{Bytes, FAN, Index, Section, long};

/// So many word starts are asked for at once.
const MOST_ASKED: usize = 1 << 18;

impl Index {
    /// Says that a mapped file has been read to its end, so that it is in memory as far as the system keeps it.
    pub fn set_in_memory(&self) {
        if let Bytes::Mapped(map) = &self.bytes {
            map.set_in_memory();
        }
    }

    /// Asks for places of a section that are about to be read, each with so many bytes, if they may still be on the
    /// disk.
    pub(super) fn ask_for(
        &self,
        section: Section,
        places: impl Iterator<Item = usize>,
        bytes: usize,
    ) {
        if let Bytes::Mapped(map) = &self.bytes {
            let Range { start, end } = self.sections[section as usize];
            map.ask_for(places.filter_map(|place| {
                let from = start.checked_add(place).filter(|from| *from < end)?;
                Some(from..from.saturating_add(bytes).min(end))
            }));
        }
    }

    /// Asks for bytes of a section that stand in a row.
    pub(super) fn ask_for_part(&self, section: Section, part: Range<usize>) {
        self.ask_for(section, std::iter::once(part.start), part.len());
    }

    /// Asks for the keys of forms.
    pub(super) fn ask_for_keys(&self, forms: &[u32]) {
        let Bytes::Mapped(map) = &self.bytes else {
            return;
        };
        if !map.may_wait() {
            return;
        }
        let numbers = forms.iter().map(|form| *form as usize * 4);
        self.ask_for(Section::FormStart, numbers, 4);
        let starts = forms
            .iter()
            .map(|form| self.number(Section::FormStart, *form as usize));
        self.ask_for(Section::Fold, starts.map(|start| start as usize), 64);
    }

    /// Asks for a range of word starts and for the first minima over it; a very long one is not read to its end.
    pub(super) fn ask_for_range(&self, range: &Range<usize>, minima: Section) {
        if range.len() <= MOST_ASKED {
            self.ask_for_part(Section::Words, range.start * 4..range.end * 4);
        }
        let first = range.start / FAN * 4;
        self.ask_for_part(minima, first..first + range.len() / FAN * 4);
    }

    /// Asks for the records of entities.
    pub(super) fn ask_for_records(&self, entities: impl Iterator<Item = u32> + Clone) {
        let numbers = entities.clone().map(|entity| entity as usize * 8);
        self.ask_for(Section::Offsets, numbers, 8);
        let offsets = self.section(Section::Offsets);
        let starts = entities.filter_map(|entity| long(offsets, entity as usize));
        let starts = starts.filter_map(|start| usize::try_from(start).ok());
        self.ask_for(Section::Records, starts, 512);
    }
}
