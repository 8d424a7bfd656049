//! The exports and imports: they say what the draft says, hold what they may hold, and read by other programs.

mod readers;
mod round_trips;
mod secrets;
mod terminal;

use std::fs;
use std::path::{Path, PathBuf};

use onrecord::draft::Draft;
use onrecord::exchange::article::Article;
use onrecord::ledger::Level;
use onrecord::notes::Records;
use onrecord::text::Text;

const LEVELS: [(&str, Level); 3] = [
    ("public", Level::Public),
    ("desk", Level::Desk),
    ("full", Level::Full),
];

fn read(text: &str) -> Draft {
    Draft::read(
        Text::new(text),
        &Default::default(),
        &Default::default(),
        None,
    )
}

/// The article of a text that leaves nothing open.
fn article(text: &str, level: Level) -> Article {
    Article::of(&read(text), Records::none(), level).expect("nothing is left open")
}

fn now() -> jiff::Timestamp {
    "2026-03-05T08:30:00Z".parse().expect("it is a moment")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sample drafts with their names; a mark that one leaves open is closed, as its reporter would have to.
fn samples() -> Vec<(String, String)> {
    let mut paths: Vec<PathBuf> = vec![root().join("tests/exchange/pier.lede")];
    let stories = fs::read_dir(root().join("tests/stories")).expect("the samples are there");
    let stories = stories.map(|entry| entry.expect("an entry").path());
    paths.extend(stories.filter(|path| path.extension().is_some_and(|it| it != "marked")));
    paths.sort();
    let samples = paths.iter().map(|path| {
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let mut text = fs::read_to_string(path).expect("a sample can be read");
        while let Err(open) = Article::of(&read(&text), Records::none(), Level::Full) {
            let end = text[open.end()..]
                .find("\n\n")
                .map_or(text.len(), |at| open.end() + at);
            let close = if text[open.start()..].starts_with("<!--") {
                "-->"
            } else {
                "]"
            };
            text.insert_str(end, close);
        }
        (name, text)
    });
    samples.collect()
}

/// A folder of its own for a test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path =
            std::env::temp_dir().join(format!("onrecord-exchange-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder can be made");
        Folder(path)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), bytes).expect("a file can be written");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
