//! Long drafts for measuring: the sample stories over and over, each time with other numbers and a few other names, so
//! that nothing is quick only because it was said before.

mod dice;

pub use dice::Dice;

/// The sample stories' copy, one after another, without their headers and records.
fn stories() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stories");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the sample stories are there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "lede"))
        .collect();
    paths.sort();
    let bodies = paths.into_iter().map(|path| {
        let text = std::fs::read_to_string(path).expect("a story");
        let copy = text.split("###").next().unwrap_or_default();
        let (_, body) = copy.split_once("\n\n").expect("a header and a body");
        body.trim().to_owned()
    });
    bodies.collect::<Vec<_>>().join("\n\n")
}

/// A draft of about so many bytes; the same on every machine.
pub fn long(bytes: usize) -> String {
    const NAMES: [&str; 10] = [
        "Alder", "Bramley", "Corrigan", "Dunmore", "Ellery", "Fairfax", "Garrick", "Hollis",
        "Iverson", "Jessop",
    ];
    let all = stories();
    let mut dice = Dice(7);
    let mut text = String::with_capacity(bytes + all.len());
    while text.len() < bytes {
        for paragraph in all.split("\n\n") {
            let mut word = String::new();
            for c in paragraph.chars().chain(['\n']) {
                if c.is_alphabetic() {
                    word.push(c);
                    continue;
                }
                // One capital in eight becomes another name: some people stay, some are new.
                let is_name = word.len() > 4 && word.starts_with(char::is_uppercase);
                let other = NAMES[dice.below(NAMES.len())];
                text.push_str(if is_name && dice.below(8) == 0 {
                    other
                } else {
                    &word
                });
                word.clear();
                match c.is_ascii_digit() {
                    true => text.push(char::from(b'0' + dice.below(10) as u8)),
                    false => text.push(c),
                }
            }
            text.push('\n');
            if text.len() >= bytes {
                break;
            }
        }
    }
    text
}
