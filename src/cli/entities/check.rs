//! `onrecord entities check`: what is wrong in the files of a folder.

use std::fs;
use std::path::Path;

use super::places;
use crate::cli::{complain, print, shown};
use crate::entities::folder::{self, Places};
use crate::text::Text;
use crate::text::position::Encoding;

pub fn run(folder: Option<&Path>) -> i32 {
    let newsroom = match folder {
        Some(folder) => vec![folder.to_owned()],
        None => places().newsroom,
    };
    let Some(first) = newsroom.first().filter(|folder| folder.is_dir()) else {
        match folder {
            Some(folder) => complain(&format!(
                "{} is no folder; look at the spelling of its path",
                shown(folder)
            )),
            None => complain("there is no folder entities here or above; name one"),
        }
        return 2;
    };
    let loaded = folder::load(&Places {
        newsroom: newsroom.clone(),
        ..Places::default()
    });
    loaded.problems.iter().for_each(|problem| complain(problem));
    let (mut out, mut records, mut wrong) = (String::new(), 0, 0);
    for file in &loaded.files {
        records += file.records;
        let text = fs::read_to_string(&file.path).map(|text| Text::new(&text));
        for mistake in &file.mistakes {
            wrong += 1;
            let place = match &text {
                Ok(text) => {
                    let place = text.position(mistake.span.start(), Encoding::Utf32);
                    format!("{}:{}: ", place.line + 1, place.character + 1)
                }
                Err(_) => String::new(),
            };
            out.push_str(&format!("{}:{place}{}\n", shown(&file.path), mistake.what));
        }
    }
    let files = loaded.files.len();
    out.push_str(&format!(
        "{records} {} in {files} {} of {}; {wrong} to look at\n",
        if records == 1 { "record" } else { "records" },
        if files == 1 { "file" } else { "files" },
        shown(first)
    ));
    let code = match (loaded.problems.is_empty(), wrong) {
        (false, _) => 2,
        (true, 0) => 0,
        (true, _) => 1,
    };
    print(&out, code)
}
