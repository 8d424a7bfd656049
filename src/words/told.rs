//! Words that are asked of every word: with what a figure or an attribution begins, whom a story brings in, who is accused, what is a
//! matter of record and who replied.

/// Parts of a whole.
pub const PARTS: &[&str] = &[
    "half",
    "third",
    "quarter",
    "thirds",
    "quarters",
    "two-thirds",
    "three-quarters",
    "one-third",
    "majority",
];

/// Verbs that are a figure by themselves.
pub const CHANGES: &[&str] = &["doubled", "tripled", "trebled", "quadrupled", "halved"];

/// With what an attribution begins that has no verb: "according to", "in the words of".
pub const ATTRIBUTES: &[&str] = &["according", "in", "per"];

/// What tells how something was said: "in an emailed statement", "by phone".
pub const MANNERS: &[&str] = &[
    "interview",
    "statement",
    "email",
    "e-mail",
    "phone",
    "telephone",
    "call",
    "letter",
    "briefing",
    "conference",
    "speech",
    "text",
    "message",
    "tweet",
    "post",
    "television",
    "radio",
    "podcast",
    "filing",
    "court",
    "testimony",
    "zoom",
    "video",
    "social",
];

/// The numbers from zero on, up to nineteen.
pub const NUMBERS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// The tens from twenty on.
pub const TENS: [&str; 8] = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// Bodies that a story names before it calls them so.
pub const BODIES: &[&str] = &[
    "company",
    "firm",
    "agency",
    "group",
    "organization",
    "organisation",
    "bank",
    "charity",
    "airline",
    "retailer",
    "foundation",
    "startup",
    "manufacturer",
    "association",
    "nonprofit",
    "campaign",
];

/// People whom a story brings in before it calls them so.
pub const PEOPLE: &[&str] = &[
    "man",
    "woman",
    "men",
    "women",
    "boy",
    "girl",
    "couple",
    "witness",
    "witnesses",
    "suspect",
    "officer",
    "driver",
    "professor",
    "author",
    "authors",
    "researchers",
    "engineer",
    "nurse",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "brothers",
    "sisters",
    "pair",
];

/// The verbs by which somebody is accused.
pub const ACCUSATIONS: &[&str] = &[
    "accused", "accuses", "accusing", "accuse", "sued", "sues", "suing", "charged", "charges",
    "indicted",
];

/// The words of which one stands in whatever tells that guilt is a matter of record, or of a reply.
pub const TOLD: &[&str] = &[
    "called",
    "comment",
    "commented",
    "comments",
    "convicted",
    "denied",
    "denies",
    "deny",
    "denying",
    "contacted",
    "approached",
    "died",
    "disconnected",
    "dismissed",
    "executed",
    "guilty",
    "hung",
    "interview",
    "interviews",
    "killed",
    "liable",
    "message",
    "messages",
    "reached",
    "rejected",
    "rejects",
    "reply",
    "respond",
    "responded",
    "responding",
    "return",
    "returned",
    "returning",
    "sentenced",
];
