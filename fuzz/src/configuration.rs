//! Any letters are a configuration file: what is not understood is told at its place, the rest is in force, and a
//! broken file takes nothing back.

use std::collections::BTreeMap;
use std::path::Path;

use onrecord::features::configuration::{complete, hover};
use onrecord::project::{Project, profile_files};
use onrecord::rules::configuration::check;

use super::dice::Dice;
use super::parse::{boundary, fits, lie_on_characters};

/// Pieces of configuration files.
const KEYS: &[&str] = &[
    "profile = \"feature\"\n",
    "profile = \"our-desk.toml\"\n",
    "root = true\n",
    "include = [\"*.txt\"]\n",
    "include = [\"[\"]\n",
    "notes = [\"interviews\", \"../..\"]\n",
    "filed = \"filed\"\n",
    "own-outlets = [\"The Harlow Post\"]\n",
    "[severity]\n",
    "quote = \"hint\"\n",
    "quote-without-speaker = \"error\"\n",
    "quote-without-speaker = \"loud\"\n",
    "claim = 7\n",
    "[rules.claims]\n",
    "scope = \"sentence\"\n",
    "[rules.claim-figure-unattributed]\n",
    "min-count = 3\n",
    "min-count = -9223372036854775808\n",
    "[words.roles]\n",
    "add = [\"ferrykeeper\"]\n",
    "take = [\"host\"]\n",
    "[[files]]\n",
    "match = [\"opinion/**\"]\n",
    "match = \"{a,b\"\n",
    "[files.severity]\n",
    "[",
    "]]",
    "= ",
    "\"\"\"",
    "# ours\n",
    "\n",
    "\r\n",
    "\u{feff}",
    "\0",
    "é",
    "😀",
    "1979-05-27T07:32:00Z",
    "a.b.c = {d = 1}\n",
];

/// Two texts of one file, one after the other.
pub fn run(bytes: &[u8]) {
    let mut dice = Dice::new(bytes);
    let path = Path::new("/desk/onrecord.toml");
    let draft = Path::new("/desk/opinion/pier.lede");
    let mut project = Project::default();
    for _ in 0..2 {
        let text = match dice.below(5) {
            0 => dice.rest(),
            _ => dice.text(KEYS, 20),
        };
        lie_on_characters(&text, &check(&text));
        let at = boundary(&text, dice.below(text.len() + 1));
        for item in complete(&text, at).items {
            fits(&text, item.edit.span, "a completion");
        }
        if let Some(hover) = hover(&text, at) {
            fits(&text, hover.span, "a hover");
        }
        let profiles = profile_files(&text)
            .into_iter()
            .map(|name| (name, Ok(text.clone())));
        project.put(path, &text, profiles.collect::<BTreeMap<_, _>>());
        for (_, findings, letters) in project.files() {
            assert_eq!(&**letters, text);
            lie_on_characters(&text, findings);
        }
        // The same letters change nothing.
        let (before, revision) = (project.in_force(draft).config, project.revision());
        let profiles = profile_files(&text)
            .into_iter()
            .map(|name| (name, Ok(text.clone())));
        project.put(path, &text, profiles.collect());
        assert_eq!(project.in_force(draft).config, before, "{text:?}");
        assert_eq!(project.revision(), revision, "{text:?}");
    }
}
