//! A file in memory without reading it: the one place in the project with `unsafe`.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use memmap2::Mmap;

/// The smallest piece of a file that a system brings into memory, in bytes, on most machines.
#[cfg(unix)]
const PAGE: usize = 4096;

/// A mapped file.
#[derive(Debug)]
pub struct Map {
    bytes: Mmap,
    is_in_memory: AtomicBool,
}

impl Map {
    /// Maps a file for reading at places far apart.
    ///
    /// The file must stay as it is while it is mapped: bases are written aside and renamed, never changed in place,
    /// and they lie in a folder of the user's own.
    #[allow(unsafe_code)]
    pub fn of(file: &File) -> io::Result<Map> {
        // SAFETY: the file is only read. If somebody else cut it short while it is mapped, the process would be ended
        // by the system, as with every mapped file; nothing in Onrecord does that.
        let map = unsafe { Mmap::map(file)? };
        // Read-ahead at every touched page is most of what a cold start costs. It is advice: no matter if it fails.
        #[cfg(unix)]
        let _ = map.advise(memmap2::Advice::Random);
        Ok(Map {
            bytes: map,
            is_in_memory: AtomicBool::new(false),
        })
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Asks the system for places that are about to be read, all of them at once instead of one after the other, and
    /// does not wait. Once the file is in memory this does nothing.
    pub fn ask_for(&self, places: impl Iterator<Item = Range<usize>>) {
        #[cfg(unix)]
        if self.may_wait() {
            let mut last = usize::MAX;
            for place in places {
                // Neighbours are mostly on one page.
                let page = place.start / PAGE;
                if page != last || place.len() > PAGE {
                    let advice = memmap2::Advice::WillNeed;
                    let _ = self.bytes.advise_range(advice, place.start, place.len());
                }
                last = page;
            }
        }
        #[cfg(not(unix))]
        drop(places);
    }

    /// Whether the file may not be in memory yet.
    pub fn may_wait(&self) -> bool {
        !self.is_in_memory.load(Ordering::Relaxed)
    }

    /// Says that the whole file has been read: nothing needs to be asked for any more.
    pub fn set_in_memory(&self) {
        self.is_in_memory.store(true, Ordering::Relaxed);
    }
}
