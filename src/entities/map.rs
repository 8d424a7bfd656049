//! A file in memory without reading it: the one place in the project with `unsafe`.

use std::fs::File;
use std::io;

use memmap2::Mmap;

/// A mapped file.
#[derive(Debug)]
pub struct Map(Mmap);

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
        Ok(Map(map))
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}
