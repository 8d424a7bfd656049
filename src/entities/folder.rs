//! Folders `entities/` and imported bases, read from the disk.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use super::base::{self, Base};
use super::import::{self, Format};
use super::index::Index;
use super::map::Map;
use super::mistake::Mistake;
use super::origin;
use super::record::Layer;
use crate::text::order;
use crate::text::span::Span;

/// The greatest file of a folder that is read, in bytes; a greater one is for `onrecord entities import`.
const MAX_BYTES: u64 = 256 << 20;

/// What stands on the disk.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Everything as one.
    pub base: Base,
    /// Every file that was read, in order, with what is wrong in it.
    pub files: Vec<ReadFile>,
    /// What could not be read at all, a sentence each.
    pub problems: Vec<String>,
    /// The imported bases that were opened.
    pub imported: Vec<PathBuf>,
}

/// A file that was read.
#[derive(Debug)]
pub struct ReadFile {
    /// Where it is.
    pub path: PathBuf,
    /// How many records it gave.
    pub records: usize,
    /// What is wrong in it, in order.
    pub mistakes: Vec<Mistake>,
}

/// Where to look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Places {
    /// Folders of the newsroom's own files.
    pub newsroom: Vec<PathBuf>,
    /// The user's own folder.
    pub personal: Option<PathBuf>,
    /// The folder of imported bases.
    pub imported: Option<PathBuf>,
}

impl Places {
    /// Whether there is anything to read.
    pub fn any(&self) -> bool {
        let mut folders = self.newsroom.iter().chain(&self.personal);
        let mut imported = self.imported.iter().flat_map(|folder| bases_in(folder));
        folders.any(|folder| folder.is_dir()) || imported.next().is_some()
    }

    /// The user's own folder and imported bases, where the system has such things, and the newsroom's folders.
    pub fn of(newsroom: Vec<PathBuf>) -> Places {
        Places {
            newsroom,
            personal: home_of("XDG_CONFIG_HOME", ".config", "APPDATA")
                .map(|home| home.join("entities")),
            imported: cache(),
        }
    }

    /// The same for a draft at a path: the nearest folder `entities/` beside it or above it.
    pub fn above(draft: &Path) -> Places {
        let absolute = fs::canonicalize(draft).unwrap_or_else(|_| draft.to_owned());
        let mut folders = absolute.ancestors().skip(1);
        let found =
            folders.find_map(|folder| Some(folder.join("entities")).filter(|one| one.is_dir()));
        Places::of(found.into_iter().collect())
    }
}

/// The folder in which imported bases are kept.
pub fn cache() -> Option<PathBuf> {
    home_of("XDG_CACHE_HOME", ".cache", "LOCALAPPDATA").map(|home| home.join("bases"))
}

fn home_of(variable: &str, below_home: &str, on_windows: &str) -> Option<PathBuf> {
    let set = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let home = set(variable)
        .or_else(|| set("HOME").map(|home| home.join(below_home)))
        .or_else(|| set(on_windows))?;
    Some(home.join("onrecord"))
}

/// Reads everything. What cannot be read is told, and the rest is kept.
pub fn load(places: &Places) -> Loaded {
    load_while(places, |_, _, _| true).expect("it is wanted to the end")
}

/// The same, as long as it is wanted: `is_wanted` is told each file, how many were read before it, and how many there
/// are. None where it was not wanted any more.
pub fn load_while(
    places: &Places,
    is_wanted: impl Fn(&Path, usize, usize) -> bool,
) -> Option<Loaded> {
    let mut loaded = Loaded::default();
    let layers = [
        (Layer::Newsroom, places.newsroom.as_slice()),
        (Layer::Personal, places.personal.as_slice()),
    ];
    let mut found = Vec::new();
    let mut is_there = false;
    for (layer, folders) in layers {
        for folder in folders.iter().filter(|folder| folder.is_dir()) {
            is_there = true;
            let files = files_in(folder).into_iter();
            found.extend(files.map(|(path, format)| (path, format, layer)));
        }
    }
    let imported: Vec<PathBuf> = places.imported.iter().flat_map(|it| bases_in(it)).collect();
    let all = found.len() + imported.len();
    let mut files = Vec::new();
    for (done, (path, format, layer)) in found.into_iter().enumerate() {
        if !is_wanted(&path, done, all) {
            return None;
        }
        match read(&path, format, layer) {
            Ok(file) => files.push((path, file)),
            Err(what) => loaded.problems.push(format!("{} {what}", path.display())),
        }
    }
    let mut imports = Vec::new();
    for (done, path) in imported.into_iter().enumerate() {
        if !is_wanted(&path, files.len() + done, all) {
            return None;
        }
        match open(&path) {
            Ok(index) => {
                imports.push(Arc::new(index));
                loaded.imported.push(path);
            }
            Err(what) => {
                let mended = origin::mend(&path, &what);
                let index = mended.is_ok().then(|| open(&path).ok()).flatten();
                if let Some(index) = index {
                    imports.push(Arc::new(index));
                    loaded.imported.push(path);
                }
                loaded.problems.push(mended.unwrap_or_else(|what| what));
            }
        }
    }
    for (path, file) in &mut files {
        loaded.files.push(ReadFile {
            path: path.clone(),
            records: file.entries.records.len(),
            mistakes: std::mem::take(&mut file.entries.mistakes),
        });
    }
    if is_there || !imports.is_empty() {
        loaded.base = Base::new(files.into_iter().map(|(_, file)| file).collect(), imports);
    }
    for (path, mistake) in loaded.base.mistakes() {
        let mut read = loaded.files.iter_mut();
        if let Some(file) = read.find(|file| *file.path.to_string_lossy() == **path) {
            file.mistakes.push(mistake.clone());
        }
    }
    for file in &mut loaded.files {
        order::by_key(&mut file.mistakes, |mistake| mistake.span);
    }
    Some(loaded)
}

/// The files of a folder that hold records, by name. Files that git ignores are read too: private ones are ignored.
fn files_in(folder: &Path) -> Vec<(PathBuf, Format)> {
    let walk = WalkBuilder::new(folder)
        .standard_filters(false)
        .max_depth(Some(4))
        .sort_by_file_path(|one, other| one.cmp(other))
        .build();
    let files = walk.flatten().filter(|entry| entry.path().is_file());
    files
        .filter_map(|entry| {
            let name = entry.file_name().to_str()?;
            if name.starts_with('.') {
                return None;
            }
            let format = Format::of(name)?;
            Some((entry.into_path(), format))
        })
        .collect()
}

/// The file of a folder into which a new record of a kind goes: the first that has such records, else the first TOML
/// file, else `people.toml`, which may not be there yet. Never a private one.
pub fn file_for(folder: &Path, kind: super::record::Kind) -> PathBuf {
    let files = files_in(folder).into_iter();
    let mut toml: Vec<PathBuf> = files
        .filter(|(path, format)| {
            *format == Format::Toml && !import::is_private(&path.to_string_lossy())
        })
        .map(|(path, _)| path)
        .collect();
    let head = format!("[[{}]]", kind.name());
    let has_kind = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap_or_default();
        text.lines().any(|line| line.trim() == head)
    };
    let own = toml.iter().position(has_kind).unwrap_or(0);
    match toml.is_empty() {
        true => folder.join("people.toml"),
        false => toml.swap_remove(own),
    }
}

fn bases_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut bases: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "base"))
        .collect();
    bases.sort();
    bases
}

/// Opens an imported base; else says why not.
pub fn open(path: &Path) -> Result<Index, String> {
    let told = |error: std::io::Error| format!("cannot be read: {error}");
    let file = File::open(path).map_err(told)?;
    let length = file.metadata().map_err(told)?.len();
    if length == 0 {
        return Err("is empty; import it again".to_owned());
    }
    Index::mapped(Map::of(&file).map_err(told)?)
}

fn read(path: &Path, format: Format, layer: Layer) -> Result<base::File, String> {
    let told = |error: std::io::Error| format!("cannot be read: {error}");
    let length = fs::metadata(path).map_err(told)?.len();
    if length > MAX_BYTES {
        return Err("is larger than 256 MB: import it with onrecord entities import".to_owned());
    }
    let bytes = fs::read(path).map_err(told)?;
    let name: Arc<str> = path.to_string_lossy().into();
    let layer = if import::is_private(&name) {
        Layer::Private
    } else {
        layer
    };
    let (text, mut lost) = letters(bytes, format)?;
    let mut entries = import::read(format, &text, &name, layer);
    lost.append(&mut entries.mistakes);
    entries.mistakes = lost;
    Ok(base::File {
        path: name,
        layer,
        entries,
    })
}

/// The letters of a file. Of a table or a file of lines, lines that are not UTF-8 are left out and told.
fn letters(bytes: Vec<u8>, format: Format) -> Result<(String, Vec<Mistake>), String> {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok((text, Vec::new())),
        Err(error) => error.into_bytes(),
    };
    let mut text = String::with_capacity(bytes.len());
    let mut lost = Vec::new();
    for (number, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => {
                let latin: String = line.iter().take(60).map(|byte| char::from(*byte)).collect();
                let what = format!(
                    "Line {} is not UTF-8 (perhaps Latin-1: “{}”) and was left out; save the file as UTF-8.",
                    number + 1,
                    latin.trim_end()
                );
                lost.push(Mistake::left(Span::at(text.len()), what));
            }
        }
    }
    match (format, lost.first()) {
        // This goes to a log: the place, and no words of the file.
        (Format::Toml, Some(first)) => {
            let line = text[..first.span.start()].matches('\n').count() + 1;
            Err(format!(
                "was left out: line {line} is not UTF-8; save the file as UTF-8"
            ))
        }
        _ => Ok((text, lost)),
    }
}

/// Whether a file of this path or address stands in a folder `entities/` and holds records.
pub fn holds(path: &str) -> bool {
    let mut parts = path.rsplit('/');
    let is_format = parts.next().is_some_and(|name| Format::of(name).is_some());
    is_format && parts.any(|folder| folder == "entities")
}

/// A file's letters as they are in an editor.
pub fn of_text(name: &str, text: &str) -> Option<base::File> {
    let path: Arc<str> = name.into();
    let layer = if import::is_private(name) {
        Layer::Private
    } else {
        Layer::Newsroom
    };
    let entries = import::read(Format::of(name)?, text, &path, layer);
    Some(base::File {
        path,
        layer,
        entries,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_no_utf_8_cost_only_themselves() {
        let bytes = b"name,title\nDana Ortiz,mayor\nJos\xe9 Venn,clerk\nPaul Ash,diver\n".to_vec();
        let (text, lost) = letters(bytes.clone(), Format::Table).expect("the rest is kept");
        assert_eq!(text, "name,title\nDana Ortiz,mayor\nPaul Ash,diver\n");
        assert!(
            lost[0].what.contains("Line 3") && lost[0].what.contains("José Venn"),
            "{}",
            lost[0].what
        );
        assert!(letters(bytes, Format::Toml).is_err());
    }
}
