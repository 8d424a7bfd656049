//! A surname that stands alone: where the body has it first, and whether it is a person’s.

use std::slice;

use super::introduced::{self, Said};
use crate::draft::Draft;
use crate::prose::fold::fold;
use crate::prose::tag::Tag;
use crate::prose::vocabulary::Key;
use crate::prose::{Form, Prose, QuoteKind, Strength, Word};
use crate::story::outline::Label;
use crate::story::traces::number;
use crate::story::{Confidence, Place, Speaker, SpeakerId, SpeakerKind};
use crate::syntax::tree::InlineKind;
use crate::text::span::Span;
use crate::words::{self, Classes};

/// Where somebody first speaks by the surname alone, if no fuller name stands before; `headlines` count or do not.
pub fn first_alone(draft: &Draft, who: SpeakerId, headlines: bool) -> Option<Place> {
    let speaker = draft.story.speaker(who);
    let labels = &draft.story.labels;
    let in_body = |place: &&Place| matches!(labels[place.block], Label::Body | Label::List);
    let first = *speaker.mentions.iter().find(in_body)?;
    let is_alone = is_bare(draft, speaker.surname.as_deref(), first)
        && (is_attribution(draft, who, first) || does(draft, who, first))
        && !is_met_before(draft, first, headlines);
    is_alone.then_some(first)
}

/// Where the reader meets a surname that speaks at a place: there, or where the body tells of them before. None if the full
/// name is asked for where the body has it first.
pub fn met(draft: &Draft, spoken: Place) -> Option<Place> {
    let surname = draft.words(spoken);
    let key = Key::of_longest(surname);
    let blocks = draft
        .vocabularies
        .with_one_of(slice::from_ref(&key), spoken.block);
    let told = blocks
        .filter(|at| draft.story.labels[*at] == Label::Body)
        .find_map(|block| named_in(draft, block, surname));
    if told.is_some_and(|told| is_asked_for(draft, told)) {
        return None;
    }
    let told = told.filter(|told| *told < spoken && is_bare(draft, None, *told));
    Some(told.unwrap_or(spoken))
}

/// The first place in a block where a name of one word stands.
fn named_in(draft: &Draft, block: usize, name: &str) -> Option<Place> {
    let text: &str = &draft.tree.blocks[block].block.text;
    let mut names = draft.prose[block].names.iter().copied();
    let span = names.find(|span| span.of(text) == name)?;
    Some(Place { block, span })
}

/// Whether the last letter of a name made a crowd of it: “Briggs said” begins a sentence, and “Briggs” stands inside another
/// with its capital, or with the verb of one person.
pub fn is_plural_by_chance(draft: &Draft, speaker: &Speaker) -> bool {
    let name = speaker.name.as_str();
    let is_one_word = speaker.kind == SpeakerKind::Collective
        && name.ends_with('s')
        && name.starts_with(char::is_uppercase)
        && !name.contains(' ')
        && !words::classes(&name.to_lowercase()).has(NO_SURNAME);
    is_one_word && (stands_inside(draft, name) || does_alone(draft, speaker))
}

/// `Briggs says`, `Briggs was`: a crowd would say, and were.
fn does_alone(draft: &Draft, speaker: &Speaker) -> bool {
    speaker.mentions.iter().any(|place| {
        let text: &str = &draft.tree.blocks[place.block].block.text;
        let mut words = draft.prose[place.block].words.iter();
        let next = words.find(|word| word.span.start() >= place.span.end());
        next.is_some_and(|next| {
            let verb = next.span.of(text);
            matches!(verb, "is" | "was" | "has") || next.tag == Tag::Present && verb.ends_with('s')
        })
    })
}

/// Whether a name of one word with an `s` at its end stands inside a sentence.
fn stands_inside(draft: &Draft, name: &str) -> bool {
    let number = number(name);
    let mut plurals = draft.namings.plurals();
    plurals.any(|(block, one)| {
        one == number && {
            let (text, prose) = (&draft.tree.blocks[block].block.text, &draft.prose[block]);
            let mut names = prose.names.iter();
            names.any(|span| span.of(text) == name && !prose.opens_sentence(span.start()))
        }
    })
}

/// Whether a mention is one word of a name with no title before it.
pub fn is_bare(draft: &Draft, surname: Option<&str>, first: Place) -> bool {
    let words = draft.words(first);
    if words.contains(char::is_whitespace) || !words.starts_with(char::is_uppercase) {
        return false;
    }
    let class = words::classes(&words.to_lowercase());
    let is_name = words.chars().any(char::is_lowercase)
        && without_elision(words).chars().all(|c| c.is_alphabetic() || c == '-')
        && surname.is_none_or(|surname| fold(surname) == fold(words))
        && !class.has(NO_SURNAME)
        // “Twenty-seven”
        && !words.to_lowercase().split('-').any(|part| words::classes(part).has(Classes::NUMBER));
    let text: &str = &draft.tree.blocks[first.block].block.text;
    let before = text[..first.span.start()]
        .split_whitespace()
        .next_back()
        .unwrap_or_default();
    let is_possessive = text[first.span.end()..].starts_with(['’', '\'']);
    // “Said Ortiz: …”
    let is_cue = words::classes(&before.to_lowercase()).has(Classes::CUE_STRICT);
    let is_titled = before.starts_with(char::is_uppercase)
        && !before.ends_with(['.', '?', '!', ',', '”', '"', '’', '\'', ')', ']', ':', ';'])
        && !is_cue
        || has_title(before);
    // “Lena Ash, of Marlow, Ore., said”; “PolitiCheck said”: a place, a trade name.
    let is_according = text[..first.span.start()]
        .trim_end()
        .ends_with("ccording to");
    let is_place =
        matches!(before, "of" | "in" | "from" | "at" | "near" | "to" | "on") && !is_according;
    // “Lima-Souza”, “O’Hara”: each part of a name has its capital.
    let is_in_parts = words.contains('-') || without_elision(words) != words;
    let is_brand = !is_in_parts
        && words.chars().skip(1).filter(|c| c.is_uppercase()).count() > 0
        && !["Mc", "Mac", "De", "Du", "Di", "Le", "La", "Van", "O"]
            .iter()
            .any(|head| {
                words
                    .strip_prefix(head)
                    .is_some_and(|rest| rest.starts_with(char::is_uppercase))
            });
    // “Chastened by the vote, Ortiz said”
    let prose = &draft.prose[first.block];
    let is_participle = prose.words.iter().any(|word| {
        word.span == first.span && matches!(word.tag, Tag::Participle | Tag::Gerund | Tag::Past)
    }) && text[first.span.end()..].starts_with(" by ");
    // “her son, Dennis, who sells insurance”: the reader knows which.
    let is_apposed = before
        .strip_suffix(',')
        .is_some_and(|noun| words::classes(noun).has(Classes::ROLE))
        && text[first.span.end()..].starts_with(',');
    is_name
        && !is_participle
        && !is_apposed
        && !is_possessive
        && !is_titled
        && !is_asked_for(draft, first)
        && !is_place
        && !is_brand
        && stands_alone(prose, text, first.span)
}

/// `Hara` of `O’Hara`, `Angelo` of `D'Angelo`: a surname without the letter that stands before its apostrophe.
fn without_elision(words: &str) -> &str {
    let parted = words.split_once(['’', '\'']);
    parted
        .filter(|(head, rest)| head.len() == 1 && rest.starts_with(char::is_uppercase))
        .map_or(words, |(_, rest)| rest)
}

/// `[TK: full name, title] Ortiz`: asked for already.
fn is_asked_for(draft: &Draft, first: Place) -> bool {
    let inlines = &draft.tree.blocks[first.block].block.inlines;
    inlines.iter().any(|inline| {
        matches!(inline.kind, InlineKind::Todo(_))
            && (inline.span.end()..=inline.span.end() + 1).contains(&first.span.start())
    })
}

/// Words that are no surname, whatever they are beside.
const NO_SURNAME: Classes = Classes::PLACE
    .or(Classes::OUTLET)
    .or(Classes::BODY)
    .or(Classes::INSTITUTION)
    .or(Classes::COLLECTIVE)
    .or(Classes::PERSONAL)
    .or(Classes::PRONOUN)
    .or(Classes::DETERMINER)
    .or(Classes::PREPOSITION)
    .or(Classes::CONJUNCTION)
    .or(Classes::CLAUSE)
    .or(Classes::ADVERB)
    .or(Classes::NUMBER)
    .or(Classes::MONTH)
    .or(Classes::WEEKDAY)
    .or(Classes::DEMONYM)
    .or(Classes::ROLE);

fn has_title(word: &str) -> bool {
    let lower = word.to_lowercase();
    let class = words::classes(&lower);
    let bare = words::classes(lower.trim_end_matches('.'));
    [class, bare].iter().any(|class| {
        class.has(Classes::HONORIFIC) || class.has(Classes::ROLE) || class.has(Classes::RANK)
    })
}

/// Whether the word is a whole phrase where it stands: `Ortiz said`, `said Ortiz.`; not `said Idaho farmer Dana Ortiz`,
/// `Aurora, Colorado, in July`, `Speaking at noon`, `Black & Ortiz`.
fn stands_alone(prose: &Prose, text: &str, span: Span) -> bool {
    let words = &prose.words;
    let at = words.partition_point(|word| word.span.start() < span.start());
    let Some(word) = words.get(at).filter(|word| word.span == span) else {
        return false;
    };
    let back = |steps: usize| at.checked_sub(steps).map(|at| &words[at]);
    let is_capital = |word: &Word| matches!(word.form, Form::Capital | Form::Caps);
    let opens = prose.opens_sentence(span.start());
    // “University of California, Berkeley”, “Cooperation and Development”: the end of a longer name.
    let goes_on = back(1).is_some_and(|word| matches!(word.span.of(text), "," | "and" | "&"))
        && back(2).is_some_and(is_capital)
        && !opens;
    // A common word has its capital from the sentence that it begins.
    let is_common = opens && word.tag != Tag::Name && word.number != 0
        || matches!(
            word.tag,
            Tag::Adverb | Tag::Gerund | Tag::Preposition | Tag::Pronoun | Tag::Opener
        );
    // After “said” no verb follows the name: “added Latin hits”.
    let is_inverted =
        back(1).is_some_and(|word| word.form == Form::Lower && word.classes.has(Classes::CUE));
    let is_whole = words.get(at + 1).is_none_or(|next| match next.form {
        Form::Capital | Form::Caps | Form::Number => false,
        Form::Mark => {
            // “Factcheck.org”
            let is_address = next.span.of(text) == "."
                && text[next.span.end()..].starts_with(char::is_lowercase);
            next.span.of(text) != "&" && !is_address
        }
        Form::Lower => {
            let small = Classes::PREPOSITION
                .or(Classes::CONJUNCTION)
                .or(Classes::CLAUSE)
                .or(Classes::ADVERB)
                .or(Classes::DETERMINER)
                .or(Classes::PRONOUN)
                .or(Classes::PERSONAL);
            let verb = Classes::CUE.or(Classes::AUXILIARY);
            let tells = next.classes.has(verb) || next.tag.is_verb();
            next.classes.has(small) || !is_inverted && (tells || !next.tag.is_nominal())
        }
    });
    is_whole && !goes_on && !is_common
}

/// Whether the mention is the subject of an attribution to them: a reader meets them as they speak.
pub fn is_attribution(draft: &Draft, who: SpeakerId, first: Place) -> bool {
    let mut statements = draft.story.statements_of(first.block).iter();
    statements.any(|statement| {
        let attribution = &draft.prose[first.block].attributions[statement.index];
        let source = attribution.source.as_ref().map(|source| source.span);
        statement.speaker == Some(who)
            && attribution.strength == Strength::Strict
            && source.is_some_and(|source| source.covers(first.span))
    })
}

/// Whether somebody comes in by what they do (`Cruz accuses`, `Venn welcomed`, `Wren, while the board met, left`), in a paragraph
/// of copy, and is a person beyond doubt: the body has the full name later, or they are quoted by this name.
fn does(draft: &Draft, who: SpeakerId, first: Place) -> bool {
    let story = &draft.story;
    let prose = &draft.prose[first.block];
    let opens = prose.opens_sentence(first.span.start());
    let is_source = || {
        let mut own = story.statements_of(first.block).iter();
        own.any(|statement| {
            let source = prose.attributions[statement.index].source.as_ref();
            statement.speaker == Some(who)
                && source.is_some_and(|source| source.span.covers(first.span))
        })
    };
    let name = draft.words(first).to_lowercase();
    (opens || is_source())
        && is_running_copy(draft, first.block)
        && !HOUSEHOLD.split(' ').any(|firm| firm == name)
        && (is_full_after(draft, who, first) || is_quoted_by_name(draft, who, first))
}

/// Whether a block is a paragraph below another one: no headline, deck or crosshead that has the paragraph’s own shape.
fn is_running_copy(draft: &Draft, block: usize) -> bool {
    const LEAST: usize = 20;
    let is_paragraph = |block: usize| {
        draft.story.labels[block] == Label::Body && draft.prose[block].words.len() > LEAST
    };
    is_paragraph(block)
        && (0..block).any(|before| {
            is_paragraph(before) && draft.prose[before].sentences.len() > 1
                || is_paragraph(before) && draft.prose[before].words.len() > 2 * LEAST
        })
}

/// Whether a later paragraph of the body has the full name.
fn is_full_after(draft: &Draft, who: SpeakerId, first: Place) -> bool {
    let surname = fold(draft.words(first));
    // Most mentions are too short for more than the surname.
    let later = |place: &&Place| {
        place.block > first.block
            && may_be_longer(**place, &surname)
            && draft.story.labels[place.block] == Label::Body
    };
    draft
        .story
        .speaker(who)
        .mentions
        .iter()
        .filter(later)
        .any(|place| {
            let name = draft.words(*place);
            let is_name = name
                .split(' ')
                .all(|word| word.starts_with(char::is_uppercase));
            is_name && name.contains(' ') && fold(name).ends_with(&surname)
        })
}

/// Whether a mention has room for a blank beside a folded name.
pub fn may_be_longer(place: Place, folded: &str) -> bool {
    !folded.is_ascii() || place.span.len() > folded.len()
}

/// `“We had no warning,” Revesz said.`
fn is_quoted_by_name(draft: &Draft, who: SpeakerId, first: Place) -> bool {
    let name = draft.words(first);
    // The source of each such attribution is a mention.
    let mentions = draft.story.speaker(who).mentions.iter();
    let mentions = mentions.filter(|place| place.span.len() == first.span.len());
    let statements = mentions.flat_map(|place| draft.story.statements_of(place.block));
    let mut own = statements.filter(|one| one.speaker == Some(who) && one.is_strict);
    own.any(|statement| {
        let prose = &draft.prose[statement.block];
        let attribution = &prose.attributions[statement.index];
        let text: &str = &draft.tree.blocks[statement.block].block.text;
        let source = attribution.source.as_ref();
        let is_full = |quote: &usize| prose.quotes[*quote].kind == QuoteKind::Full;
        source.is_some_and(|source| source.span.of(text) == name)
            && attribution.quotes.iter().any(is_full)
    })
}

/// Whether the reader has met the name in full, as an owner, an object or in somebody’s words: `Dana Ortiz’s pier`.
fn is_met_before(draft: &Draft, first: Place, headlines: bool) -> bool {
    let surname = fold(draft.words(first));
    let keys = [&*surname, surname.trim_end_matches('s')].map(Key::of);
    let mut blocks = draft.vocabularies.with_one_of(&keys, first.block);
    blocks.any(|block| {
        match draft.story.labels[block] {
            Label::NotCopy => return false,
            Label::Headline | Label::Deck if !headlines => return false,
            _ => {}
        }
        let text: &str = &draft.tree.blocks[block].block.text;
        let words = &draft.prose[block].words;
        words.windows(2).any(|two| {
            let [before, name] = two else { return false };
            let is_it = |word: &Word| {
                if !may_be_alike(word.span.of(text), &surname) {
                    return false;
                }
                let bare = word.span.of(text).trim_end_matches(['’', '\'', 's']);
                fold(word.span.of(text)) == surname || fold(bare) == surname.trim_end_matches('s')
            };
            let is_capital = |word: &Word| matches!(word.form, Form::Capital | Form::Caps);
            (block < first.block || name.span.start() < first.span.start())
                && is_capital(before)
                && is_capital(name)
                && before.span.end() + 1 == name.span.start()
                && (is_it(before) || is_it(name))
        })
    })
}

/// Whether the first letters of a word and a folded name are alike, as far as both are of ASCII.
fn may_be_alike(word: &str, folded: &str) -> bool {
    match (word.bytes().next(), folded.bytes().next()) {
        (Some(one), Some(other)) if one.is_ascii_alphabetic() && other.is_ascii() => {
            one.to_ascii_lowercase() == other
        }
        _ => true,
    }
}

/// A company may go by one word; whoever gives an interview or is "he" or "she" somewhere, surely or in a quotation of their own, is a person.
pub fn is_surely_a_person(draft: &Draft, said: &Said, who: SpeakerId) -> bool {
    let pronoun = said.by(draft, who).any(|statement| {
        let source = &draft.prose[statement.block].attributions[statement.index].source;
        let text: &str = &draft.tree.blocks[statement.block].block.text;
        let words = source.as_ref().map_or("", |source| source.span.of(text));
        matches!(words, "he" | "He" | "she" | "She")
            && (statement.confidence > Confidence::Low || speaks_aloud(draft, said, who))
    });
    pronoun
        || said.by(draft, who).any(|statement| {
            let attribution = &draft.prose[statement.block].attributions[statement.index];
            let text: &str = &draft.tree.blocks[statement.block].block.text;
            attribution
                .manner
                .is_some_and(|manner| manner.of(text).contains("interview"))
        })
}

/// `“We had no warning,” Revesz said.`: a firm may speak so too, but mostly it is a person whose paragraph was cut.
pub fn speaks_aloud(draft: &Draft, said: &Said, who: SpeakerId) -> bool {
    said.by(draft, who).any(|statement| {
        let prose = &draft.prose[statement.block];
        let attribution = &prose.attributions[statement.index];
        let is_full = |quote: &usize| prose.quotes[*quote].kind == QuoteKind::Full;
        attribution.strength == Strength::Strict && attribution.quotes.iter().any(is_full)
    })
}

/// Whether somebody who only ever speaks in other words may be a person, for all that the story shows.
pub fn may_be_a_person(draft: &Draft, said: &Said, who: SpeakerId, first: Place) -> bool {
    let text: &str = &draft.tree.blocks[first.block].block.text;
    let follows = &text[first.span.end()..];
    let name = draft.words(first).to_lowercase();
    // “Quayside, which …”, “Quayside, the ferry company, …”; “Quayside says it has no boats”.
    let (aside, _) = follows
        .split_once([';', '.', '\n'])
        .unwrap_or((follows, ""));
    let mut words = aside
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let is_body = aside.trim_start().starts_with(", which")
        || words.by_ref().take(12).any(|word| {
            matches!(
                word,
                "it" | "its" | "company" | "firm" | "website" | "group"
            )
        });
    let by_statement = introduced::speaks_by_statement(draft, said, who);
    // “of Marlow, Ore.”: met as something else before.
    let surname = draft.words(first);
    let key = Key::of_longest(surname);
    let mut blocks = draft
        .vocabularies
        .with_one_of(slice::from_ref(&key), first.block);
    let is_other = blocks
        .find_map(|block| named_in(draft, block, surname))
        .is_some_and(|met| met < first && !is_bare(draft, None, met));
    let is_firm = HOUSEHOLD.split(' ').any(|firm| firm == name)
        || FIRM_ENDINGS.iter().any(|ending| name.ends_with(ending));
    !is_body && !by_statement && !is_other && !is_firm
}

/// Firms, outlets and bodies that the world calls by one word.
const HOUSEHOLD: &str = "adidas airbnb airbus alibaba alphabet amazon amnesty apple barclays bayer boeing breitbart brookings buzzfeed \
    chevron chrysler cisco citigroup comcast costco crowdpac daimler dell deloitte deutsche disney ebay emirates \
    equifax exxon facebook factcheck fedex fiat forbes ford fox gallup gazprom glencore google greenpeace harvard \
    heineken hitachi honda honeywell huawei hyundai ikea instagram intel interpol ipsos kellogg kraft kroger \
    linkedin lockheed lufthansa lyft mastercard maersk mazda mcdonald medicaid medicare merck microsoft monsanto \
    moody mozilla nabisco nasdaq nestle netflix newsmax nielsen nike nintendo nissan nokia novartis nvidia oracle \
    oxfam oxford panasonic paypal pepsi pfizer philips pinterest politico politifact porsche princeton qantas \
    quinnipiac rasmussen reddit reuters roche ryanair samsung shell siemens skype slate snapchat sony spotify \
    stanford starbucks statista target telegram tesla tiktok toshiba toyota twitter uber unicef unilever vanguard \
    variety verizon visa vodafone volkswagen volvo walmart whatsapp wikileaks wikipedia yahoo yale yelp youtube \
    zoom";

/// Endings that firms give their names.
const FIRM_ENDINGS: &[&str] = &[
    "corp", "tech", "soft", "bank", "works", "media", "check", "leaks", "mart", "tube", "gram",
    "wire", "ware", "pharma", "pac",
];
