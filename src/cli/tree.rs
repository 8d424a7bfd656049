//! `onrecord tree`: how a draft was read.

use std::io;
use std::path::Path;

use super::{complain, print, shown};
use crate::disk;
use crate::syntax;
use crate::text::Text;

pub fn run(file: &Path) -> i32 {
    let source = match file == Path::new("-") {
        true => disk::read_from(io::stdin().lock()),
        false => disk::read(file),
    };
    match source {
        Ok(source) => {
            let tree = syntax::parse(&Text::new(&source), None);
            print(&syntax::render::render(&tree), 0)
        }
        Err(what) => {
            complain(&format!("{} {what}", shown(file)));
            2
        }
    }
}
