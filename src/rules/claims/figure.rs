//! A figure that nobody stands behind.

use crate::finding::{Finding, Related, Severity};
use crate::prose::figure::{Figure, FigureKind};
use crate::prose::letters::is_one_of;
use crate::prose::tag::Tag;
use crate::prose::{Form, Prose, Sentence};
use crate::rule::{BlockView, Check, Rule, RuleOption};
use crate::rules::look;
use crate::scene::Scene;
use crate::text::span::Span;
use crate::words::Classes;

/// A figure that nobody stands behind.
pub const RULE: Rule = Rule {
    name: "claim-figure-unattributed",
    topic: "claim",
    severity: Some(Severity::Warning),
    is_unfinished: true,
    summary: "A percentage, a sum or a count with no source in its paragraph.",
    why: "Readers trust figures most and can check them least. Reuters and AP ask for a source for every statement that is no \
          established fact; the number of dead without one is an error. Said \
          once a paragraph. How things stand (“10% of the town is Polish”) and what would be is information, as are the figures of later paragraphs; what a poll says and what somebody paid, \
          whose source mostly stands near by, is a hint.",
    fires: &["
Crime fell 15% last year.
           ^^^ warning claim-figure-unattributed: “15%”: no source given. Say where the figure comes from.
", "
More than half of tenants skip meals to pay rent, and winter is near.
          ^^^^^^^^^^^^^^^ warning claim-figure-unattributed: “half of tenants”: no source given. Say where the figure comes from.
", "
The new bridge cost $48 million and leads to a field.
                    ^^^^^^^^^^^ warning claim-figure-unattributed: “$48 million”: no source given. Say where the figure comes from.
", "
In the valley, 14 people were killed when the dam gave way.
               ^^^^^^^^^^^^^^^^^^^^^ error claim-figure-unattributed: “14 people were killed”: no source given. Say where the figure comes from.
", "
Twenty-three people were killed when the dam gave way.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error claim-figure-unattributed: “Twenty-three people were killed”: no source given. Say where the figure comes from.
", "
**Is the town safe?**

Crime fell 15% last year.
           ^^^ warning claim-figure-unattributed: “15%”: no source given. Say where the figure comes from.

**Where is it worst?**

By the harbor.
", "
One hundred and twenty people were killed when the dam gave way.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error claim-figure-unattributed: “One hundred and twenty people were killed”: no source given. Say where the figure comes from.
", "
Two thousand five hundred residents left the valley in the spring. Two wards are dark.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning claim-figure-unattributed: “Two thousand five hundred residents”: no source given. Say where the figure comes from.
", "
Dana Ortiz: The mayor since 2019. Crime fell 15% last year.
                                             ^^^ warning claim-figure-unattributed: “15%”: no source given. Say where the figure comes from.

Paul Wren: The engineer of the bridge.
", "
The hospital let 340 nurses go in the spring. Two wards are dark.
                 ^^^^^^^^^^ warning claim-figure-unattributed: “340 nurses”: no source given. Say where the figure comes from.
", "
Crime fell 15% last year. Burglaries fell 22%, and one in five went unreported.
           ^^^ warning claim-figure-unattributed: “15%”: no source given. Say where the figure comes from.
", "
Nearly 10% of the town is Polish. They came for the mines.
       ^^^ information claim-figure-unattributed: “10%”: no source given. Say where the figure comes from.
", "
The bank was fined $185 million, and its head left in May.
                   ^^^^^^^^^^^^ hint claim-figure-unattributed: “$185 million”: no source given. Say where the figure comes from.
", "
The bridge cost $48 million and leads to a field.
                ^^^^^^^^^^^ warning claim-figure-unattributed: “$48 million”: no source given. Say where the figure comes from.

Crime fell 15% last year.
           ^^^ information claim-figure-unattributed: “15%”: no source given. Say where the figure comes from.
", "
The new bridge would cost $48 million and lead to a field.
                          ^^^^^^^^^^^ information claim-figure-unattributed: “$48 million”: no source given. Say where the figure comes from.
", "
The new bridge cost £48m and leads to a field.
                    ^^^^ warning claim-figure-unattributed: “£48m”: no source given. Say where the figure comes from.
", "
Ortiz leads Wren by 49% to 47% and is sure of the valley.
                    ^^^ hint claim-figure-unattributed: “49%”: no source given. Say where the figure comes from.
", "
@ profile=wire
Data from the census show that women made up 41% of the staff. Women composed about 25% of the top executives there.
                                                                                    ^^^ hint claim-figure-unattributed: “25%”: no source given. Say where the figure comes from.
"],
    quiet: &[
        "Crime fell 15% last year, according to police data. The drop was steepest downtown, at 22%.",
        "The index closed down 2.7% at $31.32.",
        "Marlow won the state 52% to 47%.",
        "Gains would be taxed at the ordinary rate, which goes as high as 39.6%.",
        "The law applies to firms with at least 150 workers.",
        "Ruiz, 44, lives at 1200 Canal Street and has 3 children.",
        "“Crime fell 15%,” Ruiz said.",
        "Crime fell 15% last year.[^common-knowledge]",
        "Crime fell 15% last year. [TK: source?]",
        "He never lived down his comment about 47 percent of the country.",
        "Some 300,000 acres of forest have been damaged by the mines, by one estimate.",
        "The sample has a margin of error of 4 percent.",
        "Would 20% of tenants leave?",
        "The 12% tariff is set by law.",
        "The union represents 50,000 workers.",
        "Twenty-three people were killed when the dam gave way, police said.",
        "One hundred and twenty people were killed when the dam gave way, police said.",
        "The siren sounded for twenty-three minutes. Seventy-six trombones led the parade.",
        "The Twenty-first Street bridge is shut.",
        "Dana Ortiz is the mayor.\n\nTH: Why?\n\nDO: We had no choice. Crime fell 15% last year.\n\nTH: Who told you?\n\nDO: The engineers did.",
        "Dana Ortiz is the mayor.\n\n**Why?**\n\nI had no choice. Crime fell 15% last year.\n\n**Who told you?**\n\nThe engineers did. Rents rose 20%.\n\nThey rose 30% in the valley.",
        "Harlow Foods kept quiet about two deaths at the plant.",
        "Ruiz thinks of the attack that killed 1,200 people each time the siren sounds.",
        "The board looked at firms that owe $1 million or more.",
        "If 40% of voters stayed home, the measure would fail.",
        "If 40% of voters stay home, the measure fails.",
        "Fire tore through a mill on Monday, but no one was hurt.",
        "No one has been killed, and every one was at home when it was injured.",
        "On Aug. 6 attacks killed no one.",
        "Her brother was one of 26 people killed in the fire at the mill.",
        "The dam gave way, and 12 people were killed, in the December 1974 flood.",
        "The dam gave way a decade ago, and 12 people were killed.",
        "The dam gave way in the 1970s, and 12 people were killed.",
        "In World War II, 12 people were killed at the dam.",
        "In the film, 12 people are killed.",
        "The ministry puts inflation at 12%.",
        "Police put the crowd at 4,200 people.",
        "The city pegged the cost at $48 million.",
        "By the agency’s count, 4,200 people have left.",
        "A Marlow poll put Diaz ahead, 48% to 40%, Ortiz said. Marlow interviewed 1,006 adults from May 1 to May 4.",
        "It was made with a sample of 1,006 adults.",
        "The poll of 1,006 registered voters was conducted by phone.",
        "The Sept. 11 attacks killed nearly 3,000 people, and so the 9/11 panel met.",
    ],
    options: &[
        RuleOption {
            name: "min-money",
            default: "1000000",
            summary: "Sums below this many units of money are left alone.",
        },
        RuleOption {
            name: "min-count",
            default: "100",
            summary: "Counts below this are left alone; people killed or hurt count from one up.",
        },
    ],
    check: Check::Block(check),
};

fn check(view: &BlockView, scene: &Scene, found: &mut Vec<Finding>) {
    if view.prose.figures.is_empty() {
        return;
    }
    let text = look::text(view);
    let each_sentence = look::is_scope_sentence(scene);
    if !each_sentence && look::is_source_to_come(view) {
        return;
    }
    let mut asked: Vec<(&Figure, Severity)> = Vec::new();
    for figure in &view.prose.figures {
        let is_new = asked.iter().all(|(one, _)| one.sentence != figure.sentence);
        if is_new && look::is_own_voice(view, scene, figure.sentence) {
            asked.extend(weight(view, scene, figure).map(|weight| (figure, weight)));
        }
    }
    if each_sentence {
        let findings = asked.iter().map(|one| finding(view, text, *one, &[]));
        found.extend(findings);
        return;
    }
    // What a STET lets stand is told by itself, so that the mark hides no more than its sentence.
    let (left, mut asked): (Vec<_>, Vec<_>) = asked.into_iter().partition(|(figure, _)| {
        let sentence = &view.prose.sentences[figure.sentence];
        look::is_let_stand_here(view, &RULE, sentence.span)
    });
    found.extend(left.iter().map(|one| finding(view, text, *one, &[])));
    // One finding a paragraph, at the figure that matters most: the others want the same source.
    let heaviest = asked.iter().map(|(_, weight)| *weight).max();
    let first = asked
        .iter()
        .position(|(_, weight)| Some(*weight) == heaviest);
    if let Some(first) = first {
        let first = asked.remove(first);
        found.push(finding(view, text, first, &asked));
    }
}

fn finding(
    view: &BlockView,
    text: &str,
    (figure, weight): (&Figure, Severity),
    others: &[(&Figure, Severity)],
) -> Finding {
    let span = number_of(text, figure.span);
    let words = look::shown(span.of(text));
    let message = format!("“{words}”: no source given. Say where the figure comes from.");
    let mut finding = look::finding(&RULE, view.placed.place(span), message);
    finding.severity = weight;
    let others = others
        .iter()
        .map(|(other, _)| number_of(text, other.span))
        .map(|span| Related {
            span: view.placed.place(span),
            message: format!("“{}” needs it too", look::shown(span.of(text))),
        });
    finding.related = others.collect();
    let sentence = &view.prose.sentences[figure.sentence];
    finding.fixes = vec![look::attribute_later(
        view.placed.place(sentence.span).end(),
    )];
    finding
}

/// How much a figure without a source matters; none: no desk would ask.
fn weight(view: &BlockView, scene: &Scene, figure: &Figure) -> Option<Severity> {
    let min_money = look::number_option(scene, "claim-figure-unattributed.min-money", 1_000_000);
    let min_count = look::number_option(scene, "claim-figure-unattributed.min-count", 100);
    let text = look::text(view);
    let sentence = &view.prose.sentences[figure.sentence];
    let is_small = match figure.kind {
        FigureKind::Money => figure.value.is_none_or(|value| value < min_money as f64),
        // Deaths that are spoken of, not told.
        FigureKind::Casualties if figure.span.of(text).ends_with("deaths") => true,
        FigureKind::Count => figure.value.is_none_or(|value| value < min_count as f64),
        _ => false,
    };
    if is_small || is_plain_fact(text, view.prose, sentence, figure) {
        return None;
    }
    Some(match figure.kind {
        FigureKind::Casualties => Severity::Error,
        _ if is_told_nearby(text, view.prose, sentence, figure) => Severity::Hint,
        // “The plan would cost $300 million”: somebody worked that out.
        _ if is_open(text, view.prose, sentence, &["would"]) => Severity::Information,
        _ if is_standing(text, view.prose, sentence, figure) => Severity::Information,
        _ => Severity::Warning,
    })
}

/// A figure without the `than` of `more than` before it.
fn number_of(text: &str, span: Span) -> Span {
    match span.of(text).strip_prefix("than ") {
        Some(rest) => Span::new(span.end() - rest.len(), span.end()),
        None => span,
    }
}

/// Market closes, results, thresholds of the law, conditions: figures that a desk does not ask about.
fn is_plain_fact(text: &str, prose: &Prose, sentence: &Sentence, figure: &Figure) -> bool {
    const MARKET: &[&str] = &[
        "closed", "close", "index", "shares", "futures", "trading", "yield",
    ];
    const LAW: &[&str] = &[
        "law",
        "rule",
        "rules",
        "statute",
        "act",
        "requires",
        "require",
        "applies",
        "apply",
        "must",
        "threshold",
        "eligible",
        "limit",
        "bars",
        "allows",
    ];
    const OPEN: &[&str] = &["if", "may", "might", "could", "unless", "whether"];
    const RESULT: &[&str] = &[
        "won", "beat", "defeated", "lost", "winning", "beating", "votes", "vote",
    ];
    // What somebody once said about 47 percent of the country; “by one estimate” is a source, if a poor one.
    const SPOKEN: &[&str] = &[
        "comment",
        "comments",
        "remark",
        "remarks",
        "estimate",
        "estimates",
    ];
    let has = |options: &[&str]| look::has_word(text, prose, sentence, options);
    let is_casualty = figure.kind == FigureKind::Casualties;
    let is_percent = matches!(figure.kind, FigureKind::Percent | FigureKind::Change);
    (is_percent || figure.kind == FigureKind::Money) && has(MARKET)
        || has(SPOKEN)
        // “those that raised $1 million or more”
        || [" or more", " or less", " and up"]
            .iter()
            .any(|bound| text[figure.span.end()..].starts_with(bound))
        || is_percent && has(&["margin", "sample", "tariff", "tariffs"])
        // “taxed as high as 39.6 percent”: a rate that a law sets.
        || figure.kind == FigureKind::Percent
            && has(&["tax", "taxed", "taxes"])
            && has(&["rate", "rates", "bracket", "brackets"])
        || figure.kind == FigureKind::Count
            && has(&["represents", "represent", "employs", "employ", "members"])
        || !is_casualty && (has(LAW) || is_open(text, prose, sentence, OPEN))
        || is_percent && has(RESULT) && is_result(text, prose, sentence)
        || (is_casualty || figure.kind == FigureKind::Count) && is_past_event(text, prose, figure)
        || is_casualty && is_told_of_some(text, prose, figure)
        // How a poll was made, which is asked for.
        || figure.kind == FigureKind::Count && (has(ASKED) || is_asked(text, figure))
        || is_counted_by_somebody(text, prose, sentence, figure)
}

/// Those who were asked for a poll.
const ASKED: &[&str] = &["polled", "interviewed", "surveyed", "sample"];

/// `a poll of 1,006 adults`
fn is_asked(text: &str, figure: &Figure) -> bool {
    let before = &text[..figure.span.start()];
    ["poll of ", "survey of "]
        .iter()
        .any(|words| before.ends_with(words))
}

/// `was one of 26 people killed`, `among the 26 people killed`: the event is told elsewhere.
fn is_told_of_some(text: &str, prose: &Prose, figure: &Figure) -> bool {
    let before = prose.words[prose.sentences[figure.sentence].words.clone()]
        .iter()
        .take_while(|word| word.span.end() <= figure.span.start());
    let mut before = before.collect::<Vec<_>>().into_iter().rev();
    let mut is_next = |options: &[&str]| {
        let word = before.next();
        word.is_some_and(|word| is_one_of(text, word, options))
    };
    is_next(&["of", "among"]) && is_next(&["one", "two", "three", "some", "many", "was", "were"])
}

/// `The ministry puts inflation at 12%`, `By the agency’s count, …`: who counted stands in the sentence.
fn is_counted_by_somebody(text: &str, prose: &Prose, sentence: &Sentence, figure: &Figure) -> bool {
    const PUTS: &[&str] = &["put", "puts", "pegs", "pegged", "valued", "values"];
    const COUNTS: &[&str] = &["count", "tally", "reckoning", "calculation", "calculations"];
    let words = &prose.words[sentence.words.clone()];
    let until = words.partition_point(|word| word.span.end() <= figure.span.start());
    let is_at = |at: usize, options: &[&str]| {
        words
            .get(at)
            .is_some_and(|word| !word.is_quoted && is_one_of(text, word, options))
    };
    let at = (until.saturating_sub(4)..until).find(|&at| is_at(at, &["at"]));
    let puts = at.and_then(|at| (at.saturating_sub(9)..at).find(|&verb| is_at(verb, PUTS)));
    let is_passive = |verb: usize| verb == 0 || words[verb - 1].classes.has(Classes::BE);
    puts.is_some_and(|verb| !is_passive(verb))
        || (0..words.len())
            .any(|at| is_at(at, &["by"]) && (at + 2..at + 6).any(|count| is_at(count, COUNTS)))
}

/// Whether one of the words stands in small letters: `may`, never the month.
fn is_open(text: &str, prose: &Prose, sentence: &Sentence, options: &[&str]) -> bool {
    prose.words[sentence.words.clone()].iter().any(|word| {
        let is_lower = word.form == Form::Lower || word.span.start() == sentence.span.start();
        is_lower && !word.is_quoted && is_one_of(text, word, options)
    })
}

/// Figures whose source mostly stands near by or is plain: what a poll says, what somebody paid. Worth a hint.
fn is_told_nearby(text: &str, prose: &Prose, sentence: &Sentence, figure: &Figure) -> bool {
    // What a poll says is attributed to it; how it was made is another question.
    const POLL: &[&str] = &[
        "poll",
        "polls",
        "polling",
        "survey",
        "surveyed",
        "surveying",
    ];
    // How a party stands with voters is a poll’s figure, a rate of duty is a law’s.
    const STANDING: &[&str] = &[
        "leads",
        "lead",
        "support",
        "voters",
        "recommended",
        "target",
        "goal",
        "designed",
    ];
    // Money that somebody paid, lent or owes: public, and the payer stands beside it.
    const PAID: &[&str] = &[
        "fined",
        "fine",
        "invested",
        "loan",
        "loans",
        "donated",
        "contributed",
        "committed",
        "paid",
        "spending",
        "deficit",
        "directing",
        "headed",
        "penalty",
        "lent",
        "pledged",
    ];
    let has = |options: &[&str]| look::has_word(text, prose, sentence, options);
    let is_percent = matches!(figure.kind, FigureKind::Percent | FigureKind::Change);
    has(POLL)
        || is_percent && has(STANDING)
        || figure.kind == FigureKind::Money && has(PAID)
        || is_shown(text, prose, sentence, figure)
}

/// `The authors of the report combed the filings and found …`, `Data from the census show … Women made up 25 percent`: a
/// document shows it, in the sentence or in one before it in the paragraph.
fn is_shown(text: &str, prose: &Prose, sentence: &Sentence, figure: &Figure) -> bool {
    const DOCUMENTS: &[&str] = &[
        "analysis",
        "audit",
        "count",
        "data",
        "documents",
        "figures",
        "filings",
        "records",
        "report",
        "statistics",
        "study",
        "survey",
        "tally",
    ];
    const SHOW: &[&str] = &["show", "shows", "showed", "found", "finds"];
    let so_far = prose.sentences.iter();
    so_far
        .take_while(|one| one.span.start() <= sentence.span.start())
        .any(|one| {
            look::has_word(text, prose, one, DOCUMENTS) && look::has_word(text, prose, one, SHOW)
        })
        || is_found(prose, figure)
}

/// `Harlan University found that crime fell. Burglary fell 22%`: somebody found it out, in a sentence before.
fn is_found(prose: &Prose, figure: &Figure) -> bool {
    prose.attributions.iter().any(|one| {
        one.sentence < figure.sentence
            && !one.is_quoted
            && one.source.is_some()
            && matches!(one.lemma, "find" | "show" | "reveal" | "indicate")
    })
}

/// `make up 80 percent of`, `is 10% Polish`: how things stand, as in a book of facts; nothing that has happened.
fn is_standing(text: &str, prose: &Prose, sentence: &Sentence, figure: &Figure) -> bool {
    const STANDS: &[&str] = &[
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "represented",
        "composed",
        "comprised",
        "made",
        "comprise",
        "comprises",
        "account",
        "accounts",
        "make",
        "makes",
        "represent",
        "represents",
        "exceeds",
        "exceed",
        "depend",
        "depends",
        "contain",
        "contains",
        "remain",
        "remains",
        "live",
        "lives",
        "own",
        "owns",
        "hold",
        "holds",
        "totals",
    ];
    let words = &prose.words[sentence.words.clone()];
    // The verb that the figure goes with: the last one before it, else one close behind.
    let is_verb = |at: &usize| !words[*at].is_quoted && words[*at].tag.is_finite();
    let before = words.partition_point(|word| word.span.end() <= figure.span.start());
    let after = words.partition_point(|word| word.span.start() < figure.span.end());
    let verb = (0..before)
        .rev()
        .find(is_verb)
        .or_else(|| (after..words.len().min(after + 6)).find(is_verb));
    // “has fallen”, “are now being built”: that has happened, or happens.
    let is_event = |verb: usize| {
        let mut after = words[verb + 1..].iter().take(2);
        after.any(|word| matches!(word.tag, Tag::Participle | Tag::Gerund))
    };
    let stands = |verb: usize| is_one_of(text, &words[verb], STANDS);
    figure.kind != FigureKind::Change && verb.is_some_and(|verb| stands(verb) && !is_event(verb))
}

/// `52% to 47%`
fn is_result(text: &str, prose: &Prose, sentence: &Sentence) -> bool {
    prose.words[sentence.words.clone()].windows(3).any(|three| {
        three[0].form == Form::Number
            && is_one_of(text, &three[1], &["to", "-", "–"])
            && three[2].form == Form::Number
    })
}

/// `the attack that killed 1,200`, `in 2011`, `in the 1970s`, `ten years ago`, `in the film`: background, not news.
fn is_past_event(text: &str, prose: &Prose, figure: &Figure) -> bool {
    const LONG: &[&str] = &["year", "years", "decade", "decades", "century", "centuries"];
    const INVENTED: &[&str] = &["film", "movie", "novel", "episode"];
    let sentence = &prose.sentences[figure.sentence];
    let words = &prose.words[sentence.words.clone()];
    words.iter().enumerate().any(|(at, word)| {
        let is_after = |options: &[&str]| at > 0 && is_one_of(text, &words[at - 1], options);
        let is_year = word.form == Form::Number
            && at > 0
            && (is_after(&["in", "the", "of", "since"])
                || words[at - 1].classes.has(Classes::MONTH))
            && word
                .span
                .of(text)
                .trim_end_matches('s')
                .parse::<u32>()
                .is_ok_and(|year| (1500..2100).contains(&year));
        let is_relative = is_one_of(text, word, &["that", "which", "where", "who"])
            && word.span.end() <= figure.span.start()
            && word.span.end() + 30 >= figure.span.start();
        let is_long_ago = is_after(LONG) && is_one_of(text, word, &["ago"]);
        let is_old_war = is_after(&["world"]) && word.span.of(text) == "War";
        let is_invented = is_after(&["the", "a", "his", "her", "their"])
            && is_one_of(text, word, INVENTED)
            && at > 1
            && is_one_of(text, &words[at - 2], &["in"]);
        let is_named_day = word.span.of(text) == "9/11"
            || is_after(&["sept.", "september"]) && word.span.of(text) == "11";
        is_year || is_named_day || is_relative || is_long_ago || is_old_war || is_invented
    })
}
