//! The scanner's lists of words are the server's.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use onrecord::syntax::{definition, header, inline};

/// The words in quotation marks of a list in a header file.
fn listed(file: &str, name: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(file);
    let text = fs::read_to_string(path).expect("the header file is there");
    let from = text
        .find(&format!("{name}[] = {{"))
        .expect("the list is there");
    let list = &text[from..from + text[from..].find("};").expect("it ends")];
    list.split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn of(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn the_lists_of_words_are_those_of_the_server() {
    assert_eq!(listed("cut.h", "KEYS"), of(header::KEYS));
    assert_eq!(
        listed("definition.h", "SOURCE_KINDS"),
        of(definition::SOURCE_KINDS)
    );
    assert_eq!(
        listed("definition.h", "ENTITY_KINDS"),
        of(definition::ENTITY_KINDS)
    );
    assert_eq!(listed("inlines.h", "NOTES"), of(inline::NOTES));
}
