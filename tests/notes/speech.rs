//! Invented speech: long transcripts of one person, and what reporters, editors and machines do to their words.

/// Numbers that look drawn by lot, the same at every run.
pub struct Lot(u64);

impl Lot {
    pub fn new(seed: u64) -> Lot {
        Lot(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % limit.max(1)
    }

    pub fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    pub fn is(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

const WHO: &[&str] = &[
    "we",
    "they",
    "I",
    "the harbor board",
    "the county",
    "the engineers",
    "my neighbors",
    "the ferry crews",
    "the shop owners",
    "the fishermen",
    "the teachers",
    "the insurance people",
    "the council",
    "the contractor",
    "the families on Mill Street",
    "the night shift",
    "the volunteers",
    "the water company",
    "the surveyors",
    "the people at the shelter",
    "the nurses",
    "the governor’s staff",
    "the drivers",
    "the tenants",
];
const DID: &[&str] = &[
    "repaired",
    "closed",
    "inspected",
    "warned about",
    "paid for",
    "rebuilt",
    "photographed",
    "measured",
    "argued over",
    "abandoned",
    "flooded",
    "sold",
    "guarded",
    "reported",
    "ignored",
    "cleaned",
    "searched",
    "promised",
    "delayed",
    "cancelled",
    "signed",
    "defended",
    "moved",
    "painted",
    "emptied",
    "watched",
    "counted",
    "tested",
    "lost",
    "found",
    "needed",
    "wanted",
    "feared",
    "understood",
    "questioned",
    "replaced",
    "remembered",
    "noticed",
    "borrowed",
    "approved",
];
const WHAT: &[&str] = &[
    "the northern wall",
    "the old pumps",
    "every boat in the basin",
    "the pier",
    "the evacuation plan",
    "the sirens",
    "the school gym",
    "the lower bridge",
    "the fuel tanks",
    "the power station",
    "the cellar doors",
    "the levee",
    "the repair budget",
    "the ferry landing",
    "the fish market",
    "the storm drains",
    "the emergency radios",
    "the insurance claims",
    "the inspection reports",
    "the concrete blocks",
    "the seating at the town hall",
    "the harbor lights",
    "the rescue boats",
    "the generators",
    "the road to the clinic",
    "the weather warnings",
    "the construction contract",
    "the water samples",
    "the rent increases",
    "the bus schedule",
    "the warehouse roof",
    "the sandbags",
    "the missing dogs",
    "the photographs",
    "the emergency fund",
    "the tide gauges",
];
const WHEN: &[&str] = &[
    "before the storm",
    "that whole winter",
    "after the second wave",
    "in the dark",
    "without any help",
    "on Tuesday morning",
    "for the third time",
    "long before the vote",
    "while the tide was rising",
    "because nobody answered the phone",
    "against the advice of the engineers",
    "with our own money",
    "under the old mayor",
    "at four in the morning",
    "although the forecast was clear",
    "as soon as the road was open",
    "within two days",
    "at a price nobody could pay",
    "until the lights went out",
    "when the pumps failed",
    "in front of the cameras",
    "with nothing but shovels",
];
const LIKE: &[&str] = &[
    "rusty",
    "brand-new",
    "flooded",
    "wooden",
    "half-empty",
    "temporary",
    "so-called",
    "famous",
    "broken",
    "last",
    "nearest",
    "expensive",
    "rented",
    "missing",
    "ancient",
    "unfinished",
    "forgotten",
    "municipal",
    "bigger",
    "oldest",
    "leaking",
    "public",
    "frozen",
    "original",
];
const LINK: &[&str] = &[
    "and", "but", "so", "because", "while", "although", "and then", "and yet",
];
const NAMES: &[&str] = &[
    "Harlow",
    "Venn",
    "Roth",
    "Strand",
    "Castellan",
    "Whitby",
    "Okafor",
    "Lindqvist",
    "Marlow",
    "Pereira",
    "Dunmore",
];
const SMALL: &[&str] = &[
    "a", "the", "of", "to", "that", "and", "in", "it", "is", "so",
];
const SWAPS: &[&str] = &[
    "purchased",
    "destroyed",
    "celebrated",
    "hidden",
    "quietly",
    "invoice",
    "library",
    "orchard",
    "machinery",
    "umbrella",
    "celebration",
    "satellite",
    "vegetable",
    "museum",
    "cathedral",
    "gradually",
    "furious",
    "deliberately",
];

/// A sentence, as words without marks.
fn sentence(lot: &mut Lot) -> Vec<String> {
    let mut words = Vec::new();
    let mut add = |part: &str| words.extend(part.split(' ').map(str::to_owned));
    for clause in 0..1 + lot.below(3) {
        if clause > 0 {
            add(lot.of(LINK));
        }
        match lot.below(9) {
            0 => {
                add(lot.of(WHO));
                add(lot.of(&["have not", "never", "had not", "have never", "had never"]));
                add(lot.of(DID));
            }
            1 => {
                add(lot.of(WHO));
                add(lot.of(&[
                    "will never be the ones who",
                    "are not the people who",
                    "never said they",
                    "cannot be sure who",
                ]));
                add(lot.of(DID));
            }
            2 => {
                add("I told");
                add(lot.of(NAMES));
                add("that");
                add(lot.of(WHO));
                add(lot.of(DID));
            }
            3 => {
                add(lot.of(WHO));
                add(lot.of(DID));
                add(&(12 + lot.below(880)).to_string());
                add("of");
            }
            _ => {
                add(lot.of(WHO));
                add(lot.of(DID));
            }
        }
        let what = lot.of(WHAT);
        match what.strip_prefix("the ") {
            Some(thing) if lot.is(50) => add(&format!("the {} {thing}", lot.of(LIKE))),
            _ => add(what),
        }
        if lot.is(60) {
            add(lot.of(WHEN));
        }
    }
    words
}

/// A speech of some length: its sentences, as words without marks.
pub fn speech(lot: &mut Lot, length: usize) -> Vec<Vec<String>> {
    let mut sentences: Vec<Vec<String>> = Vec::new();
    let mut count = 0;
    while count < length {
        let next = sentence(lot);
        count += next.len();
        sentences.push(next);
    }
    sentences
}

/// Words as they are written: capital, comma, full stop.
pub fn written(sentences: &[Vec<String>]) -> String {
    let mut text = String::new();
    for words in sentences {
        let line = words.join(" ");
        let mut letters = line.chars();
        text.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        text.push_str(letters.as_str());
        text.push_str(". ");
    }
    text
}

/// What somebody who writes down every sound has: fillers and stutters.
pub fn with_noise(lot: &mut Lot, sentences: &[Vec<String>]) -> Vec<Vec<String>> {
    let noisy = |words: &Vec<String>, lot: &mut Lot| {
        let mut out = Vec::new();
        for word in words {
            if lot.is(6) {
                out.push(
                    lot.of(&["um,", "uh,", "er", "you know,", "I mean,"])
                        .to_owned(),
                );
            }
            if SMALL.contains(&word.as_str()) && lot.is(8) {
                out.push(format!("{word},"));
            }
            out.push(word.clone());
        }
        out
    };
    sentences.iter().map(|words| noisy(words, lot)).collect()
}

/// What a machine makes of words: every twelfth or so is one that sounds like it, is not there, or is one too many.
/// Numbers and negations stay: what is heard of those is never let pass.
pub fn misheard(lot: &mut Lot, sentences: &[Vec<String>]) -> (Vec<Vec<String>>, usize) {
    let mut wrong = 0;
    let mut hear = |words: &Vec<String>| {
        let mut out: Vec<String> = Vec::new();
        for word in words {
            let is_kept = matches!(
                word.as_str(),
                "not" | "never" | "nothing" | "nobody" | "without"
            ) || word.chars().any(|c| c.is_ascii_digit())
                || matches!(word.as_str(), "two" | "four" | "third" | "second");
            if is_kept || !lot.is(9) {
                out.push(word.clone());
                continue;
            }
            wrong += 1;
            match lot.below(10) {
                0 | 1 if SMALL.contains(&word.as_str()) => {}
                2 => {
                    out.push(word.clone());
                    out.push(lot.of(&["a", "the", "of", "to"]).to_owned());
                }
                3 if word.len() > 6 && word.is_ascii() => {
                    let (head, tail) = word.split_at(word.len() / 2);
                    out.push(head.to_owned());
                    out.push(tail.to_owned());
                }
                _ => out.push(like(lot, word)),
            }
        }
        out
    };
    let heard = sentences.iter().map(&mut hear).collect();
    (heard, wrong)
}

/// A word that sounds like another.
fn like(lot: &mut Lot, word: &str) -> String {
    const PAIRS: &[(&str, &str)] = &[
        ("the", "a"),
        ("a", "the"),
        ("they", "we"),
        ("we", "they"),
        ("that", "the"),
        ("and", "in"),
        ("in", "and"),
        ("pier", "peer"),
        ("board", "bored"),
        ("road", "rode"),
        ("boats", "votes"),
        ("levee", "levy"),
        ("tide", "tied"),
        ("paid", "made"),
        ("sold", "told"),
        ("wall", "war"),
        ("rent", "rant"),
        ("bus", "boss"),
        ("to", "too"),
        ("for", "four"),
        ("our", "are"),
        ("while", "wild"),
        ("so", "sow"),
        ("own", "on"),
    ];
    if let Some((_, other)) = PAIRS.iter().find(|(one, _)| *one == word) {
        return (*other).to_owned();
    }
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        letters.push('s');
        return letters.into_iter().collect();
    }
    match lot.below(3) {
        0 => {
            letters.pop();
        }
        1 => {
            let vowel = letters.iter().skip(1).position(|c| "aeiou".contains(*c));
            let at = vowel.map_or(1, |at| at + 1);
            letters[at] = if letters[at] == 'a' { 'o' } else { 'a' };
        }
        _ => letters.extend("ed".chars()),
    }
    letters.into_iter().collect()
}

/// How a quotation was altered, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    Exact,
    Typed,
    Ellipsis,
    Bracket,
    Contracted,
    Figures,
    Drop,
    Cut,
    Swap,
    Insert,
    Negate,
    Renumber,
    Rename,
    Stitch,
}

pub const FAITHFUL: &[Way] = &[
    Way::Exact,
    Way::Typed,
    Way::Ellipsis,
    Way::Bracket,
    Way::Contracted,
    Way::Figures,
];
pub const ALTERED: &[Way] = &[
    Way::Drop,
    Way::Cut,
    Way::Swap,
    Way::Insert,
    Way::Negate,
    Way::Renumber,
    Way::Rename,
    Way::Stitch,
];

/// A quotation made from a speech: its words as printed, and the index of the speech's word it begins with.
pub struct Made {
    pub words: String,
    pub start: usize,
    pub length: usize,
    /// For words from two places: where the second part begins.
    pub second: Option<usize>,
}

/// Takes a quotation from a speech in a way; none where the words there do not allow it.
pub fn quote(lot: &mut Lot, all: &[String], way: Way) -> Option<Made> {
    let length = 8 + lot.below(22);
    let start = lot.below(all.len().checked_sub(length + 200)?);
    let mut words: Vec<String> = all[start..start + length].to_vec();
    let content = |words: &[String], lot: &mut Lot| {
        let those: Vec<usize> = (1..words.len().saturating_sub(1))
            .filter(|at| words[*at].len() > 4 && !words[*at].starts_with("mean"))
            .collect();
        (!those.is_empty()).then(|| those[lot.below(those.len())])
    };
    let mut second = None;
    match way {
        Way::Exact => {}
        Way::Typed => {
            for word in &mut words {
                *word = word.replace('’', "'");
            }
            if lot.is(50) {
                words = words
                    .join(" ")
                    .to_uppercase()
                    .split(' ')
                    .map(str::to_owned)
                    .collect();
            }
            let at = lot.below(words.len() - 1);
            words[at].push_str(lot.of(&[",", " —", ";", "."]));
        }
        Way::Ellipsis => {
            let from = 3 + lot.below(length - 7);
            let to = (from + 1 + lot.below(4)).min(length - 3);
            words.splice(from..to, ["…".to_owned()]);
        }
        Way::Bracket => {
            let at = content(&words, lot)?;
            words[at] = "[the thing]".to_owned();
        }
        Way::Contracted => {
            let at = words
                .windows(2)
                .position(|pair| pair[0] == "have" && pair[1] == "not")?;
            words.splice(at..at + 2, ["haven’t".to_owned()]);
        }
        Way::Figures => {
            let at = words
                .iter()
                .position(|word| matches!(word.as_str(), "two" | "four"))?;
            words[at] = if words[at] == "two" {
                "2".to_owned()
            } else {
                "4".to_owned()
            };
        }
        Way::Drop => {
            let at = content(&words, lot)?;
            words.remove(at);
        }
        Way::Cut => {
            let from = 3 + lot.below(length - 7);
            let to = (from + 2 + lot.below(4)).min(length - 2);
            words.drain(from..to);
            // A word that stands there twice leaves the same words behind.
            if words[from] == all[start + from] {
                return None;
            }
        }
        Way::Swap => {
            let at = content(&words, lot)?;
            words[at] = lot.of(SWAPS).to_owned();
        }
        Way::Insert => {
            let at = content(&words, lot)?;
            words.insert(at, lot.of(SWAPS).to_owned());
        }
        Way::Negate => {
            let inner = 1..words.len() - 1;
            let mut inner = words[inner].iter();
            let negation = inner.position(|word| matches!(word.as_str(), "not" | "never"));
            let negation = negation.map(|at| at + 1);
            match negation {
                Some(at) if lot.is(50) => drop(words.remove(at)),
                Some(at) => words[at] = lot.of(&["now", "always", "certainly"]).to_owned(),
                None => {
                    let at = content(&words, lot)?;
                    words.insert(at, "not".to_owned());
                }
            }
        }
        Way::Renumber => {
            let is_number = |word: &String| word.chars().all(|c| c.is_ascii_digit());
            let at = words.iter().position(is_number)?;
            let value: usize = words[at].parse().ok()?;
            words[at] = (value + 1 + lot.below(90)).to_string();
        }
        Way::Rename => {
            let at = words
                .iter()
                .position(|word| NAMES.contains(&word.as_str()))?;
            let other = lot.of(NAMES);
            if at == 0 || words[at] == other {
                return None;
            }
            words[at] = other.to_owned();
        }
        Way::Stitch => {
            let half = length / 2;
            let other = lot.below(all.len().checked_sub(length)?);
            if half < 5 || other.abs_diff(start) < 400 {
                return None;
            }
            words.truncate(half);
            second = Some(other);
            words.extend(all[other..other + half].iter().cloned());
        }
    }
    Some(Made {
        words: words.join(" "),
        start,
        length,
        second,
    })
}
