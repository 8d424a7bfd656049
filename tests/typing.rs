//! A story as it is typed, letter by letter: the reading stays right, and what is shown does not flicker.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use onrecord::desk::{Desk, Now};
use onrecord::draft::Draft;
use onrecord::entities::base::Base;
use onrecord::finding::Finding;
use onrecord::reading::Reading;
use onrecord::text::Text;
use onrecord::text::edit::Edit;
use onrecord::text::span::Span;

/// Eight letters a second.
const BETWEEN_LETTERS: Duration = Duration::from_millis(125);

/// What goes sooner than this after it came, while nothing but its block was edited, flickered.
const SOON: Duration = Duration::from_secs(10);

#[test]
fn a_story_read_as_it_is_typed_equals_the_same_story_read_fresh() {
    let (reading, base) = (Reading::default(), Base::default());
    for story in ["court.lede", "flood.lede", "unfinished.lede"] {
        let mut text = Text::new("");
        let mut before: Option<Draft> = None;
        for (count, letter) in sample(story).chars().enumerate() {
            text.apply(&Edit {
                span: Span::new(text.len(), text.len()),
                new_text: letter.to_string(),
            });
            let typed = Draft::read(text.clone(), &reading, &base, before.as_ref());
            if count % 50 == 0 {
                let fresh = Draft::read(text.clone(), &reading, &base, None);
                assert_eq!(typed.tree, fresh.tree, "{story}, after {count} letters");
                assert_eq!(typed.prose, fresh.prose, "{story}, after {count} letters");
                assert_eq!(typed.story, fresh.story, "{story}, after {count} letters");
            }
            before = Some(typed);
        }
    }
}

#[test]
fn what_is_shown_of_a_story_as_it_is_typed_does_not_flicker() {
    let start = Instant::now();
    let at = |count: usize| Now {
        instant: start + BETWEEN_LETTERS * count as u32,
        today: jiff::civil::date(2026, 8, 1),
    };
    let (desk, name) = (Desk::new(), "untitled:story");
    desk.open(name, "", 0, at(0));
    let mut keystrokes = 0;
    let mut screen = Screen::default();
    for (count, letter) in sample("court.lede").chars().enumerate() {
        let now = at(count);
        let step = |text: &Text| Edit::insert(text.len(), letter);
        desk.change(name, count as i32 + 1, now, [step]);
        let edition = desk.edition(name).expect("the story is open");
        let shown = desk.shown(&edition, now.instant);
        let shown = shown.expect("nothing newer was typed");
        let blocks = edition.draft().expect("it can be read").tree.blocks.len();
        screen.show(&shown.findings, BETWEEN_LETTERS * count as u32, blocks);
        keystrokes += 1;
    }
    println!(
        "{} flickered in {keystrokes} keystrokes",
        screen.flickered.len()
    );
    assert!(
        screen.flickered.len() * 1000 < keystrokes,
        "{}",
        screen.flickered.join("\n")
    );
}

fn sample(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/stories")
        .join(name);
    fs::read_to_string(path).expect("a sample draft")
}

/// What is on the screen, and how much of it came and went too soon.
#[derive(Default)]
struct Screen {
    /// What is shown: the rule and where it starts, with the time when it came and the block that was edited then.
    shown: HashMap<(&'static str, usize), (Duration, usize)>,
    /// The findings that flickered, for the report.
    flickered: Vec<String>,
}

impl Screen {
    /// Shows what is found at a time, after an edit of a block.
    fn show(&mut self, findings: &[Finding], now: Duration, edited: usize) {
        for (_, block) in self.shown.values_mut() {
            if *block != edited {
                // The writer has moved on to another block: what goes from now on does not flicker.
                *block = usize::MAX;
            }
        }
        let found: HashMap<(&'static str, usize), &Finding> = findings
            .iter()
            .map(|finding| ((finding.rule, finding.span.start()), finding))
            .collect();
        self.shown.retain(|key, (since, block)| {
            let stays = found.contains_key(key);
            if !stays && *block == edited && now - *since < SOON {
                self.flickered.push(format!(
                    "{} at byte {}, shown for {:?}",
                    key.0,
                    key.1,
                    now - *since
                ));
            }
            stays
        });
        for key in found.into_keys() {
            self.shown.entry(key).or_insert((now, edited));
        }
    }
}
