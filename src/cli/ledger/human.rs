//! The ledger for people: who speaks, how often, on what terms; and what nobody stands for.

use std::fmt::Write as _;

use crate::features::words::{counted, joined, shortened};
use crate::ledger::tally::{Tally, Voice, share};
use crate::story::SpeakerKind;

/// How many voices are listed.
const MOST: usize = 200;

/// The voices with the most words first.
pub fn tally(tally: &Tally) -> String {
    let voices = tally.voices();
    let (unnamed, part) = tally.unnamed();
    let speaking = voices.iter().filter(|voice| voice.words > 0).count();
    let mut out = format!(
        "{}, {}, {} of them without a name ({part:.0} % of the words said)\n\n",
        stories(tally.stories),
        counted(speaking, "voice"),
        unnamed
    );
    let _ = writeln!(
        out,
        "{:<36} {:>7} {:>6} {:>11} {:>6}  terms and dates",
        "who", "stories", "quotes", "paraphrases", "words"
    );
    for voice in voices.iter().take(MOST) {
        let _ = writeln!(
            out,
            "{:<36} {:>7} {:>6} {:>11} {:>5.0}%  {}",
            shortened(&name(voice), 36),
            voice.stories,
            voice.quotes,
            voice.paraphrases,
            share(voice.words, tally.words),
            remarks(voice)
        );
    }
    if voices.len() > MOST {
        let _ = writeln!(
            out,
            "… and {} more; --format csv has all",
            voices.len() - MOST
        );
    }
    let _ = writeln!(
        out,
        "\n{} without a speaker, {} without a source",
        counted(tally.without_speaker, "quotation"),
        counted(tally.bare_figures, "figure")
    );
    out
}

fn stories(count: usize) -> String {
    match count {
        1 => "1 story".to_owned(),
        _ => format!("{count} stories"),
    }
}

fn name(voice: &Voice) -> String {
    match voice.kind {
        SpeakerKind::Anonymous => format!("({})", voice.name),
        _ => voice.name.clone(),
    }
}

fn remarks(voice: &Voice) -> String {
    let dates = voice
        .dates
        .map_or(String::new(), |(first, last)| match first == last {
            true => first.to_string(),
            false => format!("{first} to {last}"),
        });
    let silent = match voice.no_reply {
        0 => String::new(),
        1 => "did not answer".to_owned(),
        times => format!("did not answer {times} times"),
    };
    joined(&[&voice.terms.join(", "), &dates, &silent], " · ")
}
