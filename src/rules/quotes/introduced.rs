//! Words in quotation marks that are somebody’s, or nobody’s in particular, though no cue of the lists binds them.

use crate::prose::letters::is_one_of;
use crate::prose::tag::Tag;
use crate::prose::{Attribution, Form, Quote, QuoteKind, Word};
use crate::reading::QuoteStyle;
use crate::rule::BlockView;
use crate::rules::look;
use crate::text::span::Span;
use crate::words::Classes;

/// Whether an editor would not ask who says a quotation that is bound to nobody.
pub fn is_introduced(view: &BlockView, quote: &Quote) -> bool {
    let around = Around::of(view, quote);
    around.is_inscription()
        || around.is_led_in()
        || around.is_told_after()
        || around.is_credited()
        || around.is_title()
        || around.is_a_message()
        || around.is_second_mark()
        || around.is_marked_again()
        || around.is_named_next()
        || quote.kind == QuoteKind::Partial && around.is_of_a_law()
        || (quote.kind == QuoteKind::Partial || around.is_object()) && around.is_reported()
}

/// A quotation, and the words outside quotation marks in its sentence.
struct Around<'a> {
    text: &'a str,
    view: &'a BlockView<'a>,
    quote: &'a Quote,
    before: Vec<&'a Word>,
    after: Vec<&'a Word>,
}

impl<'a> Around<'a> {
    fn of(view: &'a BlockView<'a>, quote: &'a Quote) -> Around<'a> {
        let text = look::text(view);
        let prose = view.prose;
        let sentence = &prose.sentences[quote.sentence];
        let last = crate::prose::sentence::sentence_at(
            &prose.sentences,
            quote.span.end().saturating_sub(1),
        );
        // "“… the vote.” the letter reads": a small letter goes on with the sentence.
        let goes_on = text[quote.span.end()..]
            .trim_start()
            .starts_with(char::is_lowercase);
        let last = (last + usize::from(goes_on)).min(prose.sentences.len() - 1);
        let end = prose.sentences[last].span.end();
        // Two single marks may stand for a double one: the outer pair is no word.
        let is_mark =
            |word: &&Word| word.form == Form::Mark && matches!(word.span.of(text), "'" | "’");
        let before = prose.words[sentence.words.clone()]
            .iter()
            .filter(|word| word.span.end() <= quote.span.start() && !word.is_quoted)
            .filter(|word| !is_mark(word))
            .collect();
        let next = prose
            .words
            .partition_point(|word| word.span.start() < quote.span.end());
        let after = prose.words[next..]
            .iter()
            .take_while(|word| word.span.start() < end)
            .filter(|word| !is_mark(word))
            .collect();
        Around {
            text,
            view,
            quote,
            before,
            after,
        }
    }

    fn is(&self, word: &Word, options: &[&str]) -> bool {
        is_one_of(self.text, word, options)
    }

    /// `the banner read “…”`: written or sung by nobody in particular.
    fn is_inscription(&self) -> bool {
        const THINGS: &[&str] = &[
            "motto",
            "slogan",
            "sign",
            "signs",
            "banner",
            "banners",
            "chant",
            "chants",
            "chanted",
            "chanting",
            "placard",
            "placards",
            "poster",
            "posters",
            "plaque",
            "inscription",
            "sticker",
            "graffiti",
            "headline",
            "headlines",
            "song",
            "sang",
            "hymn",
            "proverb",
            "saying",
            "label",
            "read",
            "reads",
            "reading",
            "titled",
            "entitled",
            "clause",
            "phrase",
            "line",
            "question",
        ];
        self.before.iter().any(|word| self.is(word, THINGS))
    }

    /// `she cracked, “…”`, `The message was short: “…”`: a colon, or a verb with its comma.
    fn is_led_in(&self) -> bool {
        let Some((last, earlier)) = self.before.split_last() else {
            return false;
        };
        let tells = |word: &&&Word| {
            matches!(
                word.tag,
                Tag::Past | Tag::Present | Tag::Gerund | Tag::Participle
            ) || word.tag.is_verb() && word.classes.has(Classes::CUE)
                || word.form == Form::Lower && word.span.of(self.text).ends_with("ing")
        };
        match last.span.of(self.text) {
            ":" | "—" | "–" | "--" => earlier.len() > 1,
            "," => {
                // “who declared in the hall, “…””: the clause that ends in the comma has a verb of speech. “Asked what it
                // was, “…””: whoever answers is not told.
                let mut clause = earlier.iter().rev();
                let speaks = clause
                    .by_ref()
                    .take_while(|word| word.form != Form::Mark)
                    .filter(|word| word.form == Form::Lower)
                    .any(|word| word.tag.is_finite() && word.classes.has(Classes::CUE_STRICT));
                speaks || earlier.iter().rev().take(2).any(|word| tells(&word))
            }
            _ => false,
        }
    }

    /// `“…,” Blige sings to the hall`, `“…?” a voice on the tape asks`, `“…,” it read`: words follow that tell who.
    fn is_told_after(&self) -> bool {
        let ends_open = self
            .quote
            .inner
            .of(self.text)
            .ends_with([',', '?', '!', '-', '—']);
        let goes_on = self
            .after
            .first()
            .is_some_and(|word| word.form == Form::Lower);
        if !ends_open && !goes_on {
            return false;
        }
        let Some(first) = self.after.first() else {
            return false;
        };
        let verb_first =
            ends_open && matches!(first.tag, Tag::Past | Tag::Present) && first.form == Form::Lower;
        let opens_phrase = matches!(first.form, Form::Capital | Form::Caps)
            || first.classes.has(Classes::PERSONAL.or(Classes::DETERMINER))
            || self.is(first, &["it", "one", "another"])
            || matches!(first.tag, Tag::Noun | Tag::Name | Tag::Owner | Tag::Number);
        let is_time = first.classes.has(Classes::WEEKDAY.or(Classes::DAY));
        let tells = self
            .after
            .iter()
            .take(24)
            .skip(1)
            .take_while(|word| {
                !matches!(
                    word.span.of(self.text),
                    "." | ";" | "“" | "\"" | "who" | "that" | "which"
                )
            })
            .any(|word| {
                let says = word.tag.is_verb() || word.classes.has(Classes::CUE);
                word.form == Form::Lower
                    && (word.tag.is_finite() || says && word.classes.has(Classes::CUE))
            });
        // A name and a small word that opens no other phrase: "Blige sings", whatever the tagger takes it for.
        let small = Classes::PREPOSITION
            .or(Classes::CONJUNCTION)
            .or(Classes::CLAUSE);
        let is_name = matches!(first.form, Form::Capital | Form::Caps);
        let names = self
            .after
            .iter()
            .find(|word| !matches!(word.form, Form::Capital | Form::Caps));
        let tells = tells
            || is_name
                && names.is_some_and(|word| word.form == Form::Lower && !word.classes.has(small));
        // "“Bring the boats back” sounds well in Harlan": spoken of, not spoken.
        let is_subject = !ends_open && first.tag == Tag::Present;
        // "“…,” Ortiz from her desk": a name in the speaker's place, whatever became of the verb.
        let is_named = self.quote.inner.of(self.text).ends_with(',')
            && first.form == Form::Capital
            && first.tag == Tag::Name
            && !first.classes.has(Classes::PLACE.or(Classes::DEMONYM))
            && !is_time;
        is_named
            || is_subject
            || verb_first && self.after.len() > 1
            || opens_phrase && !is_time && tells
    }

    /// `“…” [Harlan Courier]`, `“…,” by Dana Ortiz`, `“…” — Ortiz`: an outlet or a name in the place of a credit.
    fn is_credited(&self) -> bool {
        let end = self.quote.span.end();
        let rest = self.text[end..].trim_start();
        // A mark of the reporter's is no credit.
        let from = self.text.len() - rest.len();
        let hidden = &self.view.placed.block.hidden;
        if hidden
            .iter()
            .any(|mark| mark.start() <= from && from < mark.end())
        {
            return false;
        }
        let in_brackets = rest.starts_with('[')
            && rest[1..].trim_start().starts_with(char::is_uppercase)
            || rest.starts_with('(') && rest[1..].starts_with(char::is_uppercase);
        let dated = rest.starts_with('(') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
        let named = |rest: &str| rest.trim_start().starts_with(char::is_uppercase);
        let by = rest
            .strip_prefix("by ")
            .is_some_and(|rest| named(rest.strip_prefix("the ").unwrap_or(rest)));
        // `(“Mayor blasts board as a ‘fraud,’” Harlan Courier, Thursday)`
        let cited = self.text[..self.quote.span.start()].ends_with('(')
            && named(rest)
            && rest.contains(')');
        let dash = rest
            .strip_prefix(['—', '–', '-'])
            .is_some_and(|rest| named(rest.trim_start_matches('-')));
        in_brackets || dated || by || cited || dash
    }

    /// ‘…’ where other quotations stand in “…”: a headline’s mark, or a word held at arm’s length.
    fn is_second_mark(&self) -> bool {
        self.view.story.marks_first == QuoteStyle::Double
            && self.quote.span.of(self.text).starts_with(['‘', '\''])
    }

    /// `'“…”'`: a mark of another kind touches the quotation on either side; whose words they are nobody can see.
    fn is_marked_again(&self) -> bool {
        const MARKS: [char; 6] = ['“', '”', '"', '‘', '’', '\''];
        let before = &self.text[..self.quote.span.start()];
        let alone = before
            .strip_suffix(MARKS)
            .is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace));
        alone && self.text[self.quote.span.end()..].starts_with(MARKS)
    }

    /// `Under the statute it is battery to “touch another against his will”`: the words of a law.
    fn is_of_a_law(&self) -> bool {
        const LAWS: &[&str] = &[
            "law",
            "laws",
            "statute",
            "act",
            "constitution",
            "code",
            "amendment",
            "ordinance",
            "standards",
            "regulations",
            "charter",
        ];
        self.before.iter().any(|word| self.is(word, LAWS))
    }

    /// “The Late Boat With Harlan Greer”: every word but the small ones has its capital.
    fn is_title(&self) -> bool {
        let inside: Vec<&Word> = self
            .view
            .prose
            .words
            .iter()
            .filter(|word| self.quote.inner.covers(word.span) && word.form != Form::Mark)
            .collect();
        let small = Classes::PREPOSITION
            .or(Classes::DETERMINER)
            .or(Classes::CONJUNCTION);
        let mut capitals = 0;
        for word in &inside {
            match word.form {
                Form::Capital | Form::Caps => capitals += 1,
                _ if word.classes.has(small) || word.form == Form::Number => {}
                _ => return false,
            }
        }
        capitals >= 3 && !self.before.is_empty()
    }

    /// `His first message came at noon. “…”`: the sentence before tells of a message that the quotation is.
    fn is_a_message(&self) -> bool {
        const MESSAGES: &[&str] = &[
            "tweet",
            "message",
            "letter",
            "email",
            "e-mail",
            "statement",
            "memo",
            "note",
            "post",
            "text",
            "question",
            "answer",
            "reply",
            "remarks",
            "speech",
            "warning",
        ];
        let sentences = &self.view.prose.sentences;
        let Some(before) = self.quote.sentence.checked_sub(1) else {
            return false;
        };
        self.before.is_empty()
            && self.view.prose.words[sentences[before].words.clone()]
                .iter()
                .any(|word| !word.is_quoted && self.is(word, MESSAGES))
    }

    /// `claims that “…”`, `for taking “54 times more”`: in the reporter's clause, whatever its first letter.
    fn is_object(&self) -> bool {
        self.before
            .last()
            .is_some_and(|word| word.form == Form::Lower)
    }

    /// `Ruiz thanked the crew for “…”`: in the reporter's clause, behind a word that reports.
    fn is_reported(&self) -> bool {
        let span: Span = self.view.prose.sentences[self.quote.sentence].span;
        let reports =
            |one: &Attribution| one.source.is_some() && !one.is_quoted && span.covers(one.cue);
        let report = Classes::CUE.or(Classes::CUE_NOUN).or(Classes::CUE_FRAME);
        // "was called a “…”": by whom? Not "the answer was that “…”".
        let passive = self.before.windows(2).any(|two| {
            two[0].classes.has(Classes::BE) && matches!(two[1].tag, Tag::Participle | Tag::Past)
        }) && self
            .before
            .last()
            .is_some_and(|word| word.tag != Tag::Preposition);
        self.view.prose.attributions.iter().any(reports)
            || !passive && self.before.iter().any(|word| word.classes.has(report))
            || self.is_put_so()
            || self.is_ordered()
            || self.holds(reports)
    }

    /// Whether somebody thinks, wants, supports or attacks something there.
    fn holds(&self, reports: impl Fn(&Attribution) -> bool) -> bool {
        let stances = self.view.prose.stances(look::text(self.view));
        stances.iter().any(|(stance, _)| reports(stance))
    }

    /// `As Ortiz puts it, the board makes them “an offer …”`
    fn is_put_so(&self) -> bool {
        let mut pairs = self.before.windows(2).chain(self.after.windows(2));
        pairs.any(|two| self.is(two[0], &["put", "puts"]) && self.is(two[1], &["it"]))
    }

    /// `She ordered the board to “open its doors …”`
    fn is_ordered(&self) -> bool {
        const ORDERS: &[&str] = &[
            "commanded",
            "ordered",
            "instructed",
            "urged",
            "begged",
            "pressed",
            "challenged",
            "implored",
            "directed",
        ];
        self.before
            .last()
            .is_some_and(|word| self.is(word, &["to"]))
            && self.before.iter().any(|word| self.is(word, ORDERS))
    }

    /// `“…” That line from Ortiz stood in the Courier.`: the next sentence says whose words they were.
    fn is_named_next(&self) -> bool {
        const WORDS: &[&str] = &[
            "quote",
            "quotation",
            "line",
            "remark",
            "comment",
            "sentence",
        ];
        let sentences = &self.view.prose.sentences;
        let next = sentences
            .iter()
            .find(|next| next.span.start() >= self.quote.span.end());
        let Some(next) = next else { return false };
        let words = &self.view.prose.words[next.words.clone()];
        matches!(words, [points, noun, from, ..]
            if self.is(points, &["that", "this", "the"]) && self.is(noun, WORDS) && self.is(from, &["from", "by", "of"]))
    }
}
