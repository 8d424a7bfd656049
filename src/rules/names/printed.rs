//! Where a name reaches the page.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::draft::Draft;
use crate::prose::fold::fold;
use crate::prose::letters::is_one_of;
use crate::prose::tag::Tag;
use crate::prose::{Form, Prose, Word};
use crate::story::name::surname;
use crate::story::outline::Label;
use crate::syntax::tree::{Block, InlineKind, Placed, Shape};
use crate::text::order;
use crate::text::span::Span;
use crate::words::{self, Classes, Verb, VerbForm};

/// Where a name stands that reaches the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Where, in bytes of the file: the name, or all of a field of the header or a path that holds it.
    pub span: Span,
    /// Whether the name can be taken out there without harm to anything else.
    pub is_in_copy: bool,
}

/// The forms of a name that give it away.
#[derive(Clone, Debug)]
pub struct Forms(Vec<String>);

impl Forms {
    /// Of a name with its other forms: each of them and their surnames, the longest first, because a full name covers the
    /// surname in it.
    pub fn new<'a>(name: &'a str, others: impl Iterator<Item = &'a str>) -> Forms {
        let mut forms: Vec<String> = [name]
            .into_iter()
            .chain(others)
            .map(str::to_owned)
            .collect();
        let surnames: Vec<String> = forms
            .iter()
            .filter_map(|form| surname(form))
            .map(str::to_owned)
            .collect();
        forms.extend(surnames);
        order::by_key(&mut forms, |form| usize::MAX - form.len());
        forms.dedup();
        Forms(forms)
    }

    /// The same without a form that may stand.
    pub fn without(mut self, form: Option<&str>) -> Forms {
        self.0.retain(|one| Some(one.as_str()) != form);
        self
    }

    /// Where any of them reaches the page, in order: the copy, captions, alternative texts, paths of pictures and the fields
    /// of the header. Notes of the desk and what is no copy are left out.
    pub fn printed(&self, draft: &Draft) -> Vec<Printed> {
        let mut places = Vec::new();
        for (index, placed) in draft.tree.blocks.iter().enumerate() {
            match &placed.block.shape {
                Shape::Header(header) => {
                    let fields = header.fields.iter().map(|field| field.value);
                    let told = fields.filter(|value| self.is_in_path(placed, *value));
                    places.extend(told.map(|value| whole(placed, value)));
                }
                _ if draft.story.labels[index] == Label::NotCopy => {}
                Shape::Image(image) => {
                    if self.is_in_path(placed, image.path) {
                        places.push(whole(placed, image.path));
                    }
                    self.in_copy(draft, index, Some(image.path), &mut places);
                }
                _ => self.in_copy(draft, index, None, &mut places),
            }
        }
        places
    }

    /// Adds where they stand in a block, its path left out.
    fn in_copy(&self, draft: &Draft, index: usize, path: Option<Span>, places: &mut Vec<Printed>) {
        let placed = &draft.tree.blocks[index];
        let text: &str = &placed.block.text;
        let mut last = 0;
        for at in 0..text.len() {
            if at < last || !text.is_char_boundary(at) {
                continue;
            }
            let mut forms = self.0.iter();
            let form = forms.find_map(|form| Some((form, stands_at(text, at, form)?)));
            let Some((form, end)) = form else {
                continue;
            };
            last = end;
            let span = Span::new(at, end);
            let is_told = !path.is_some_and(|path| path.covers(span))
                && !is_note(&placed.block, span)
                && (form.contains(' ') || !is_another_word(text, &draft.prose[index], span));
            if is_told {
                places.push(Printed {
                    span: placed.place(span),
                    is_in_copy: true,
                });
            }
        }
    }

    /// Whether any of them stands in an id or a path.
    pub fn are_in(&self, path: &str) -> bool {
        let folded = fold(&spaced(path));
        self.0.iter().any(|form| has_words(&folded, &fold(form)))
    }

    /// Whether any of them stands in a path or a field: a file’s name reaches the page as the caption does.
    fn is_in_path(&self, placed: &Placed, path: Span) -> bool {
        self.are_in(path.of(&placed.block.text))
    }
}

fn whole(placed: &Placed, span: Span) -> Printed {
    Printed {
        span: placed.place(span),
        is_in_copy: false,
    }
}

/// The words of a slug or a path.
fn spaced(path: &str) -> String {
    path.replace(['-', '_', '/', '.'], " ")
}

/// Whether a place lies in what the desk writes to itself and nobody prints.
fn is_note(block: &Block, span: Span) -> bool {
    block.inlines.iter().any(|inline| {
        let is_inside = inline.span.covers(span);
        is_inside
            && matches!(
                inline.kind,
                InlineKind::Note { .. }
                    | InlineKind::Todo(_)
                    | InlineKind::Check { .. }
                    | InlineKind::Stet { .. }
                    | InlineKind::Comment
            )
    })
}

/// Whether the letters of a surname are another word here: `in May`, `Bell Street`, `Young people came`.
fn is_another_word(text: &str, prose: &Prose, span: Span) -> bool {
    const PLACES: &[&str] = &[
        "street",
        "lane",
        "road",
        "avenue",
        "drive",
        "square",
        "park",
        "bridge",
        "hill",
        "river",
        "hospital",
        "college",
        "school",
        "university",
        "county",
        "city",
    ];
    let words = &prose.words;
    let Some(at) = words.iter().position(|word| word.span.overlaps(span)) else {
        return false;
    };
    let before = at.checked_sub(1).map(|before| &words[before]);
    let Some(next) = words.get(at + 1) else {
        return false;
    };
    if is_one_of(text, next, PLACES) && next.form == Form::Capital {
        return true;
    }
    let is_month = words[at].classes.has(Classes::MONTH);
    let is_dated = before.is_some_and(|before| {
        is_one_of(
            text,
            before,
            &[
                "in", "since", "until", "by", "last", "next", "this", "early", "late", "mid",
            ],
        )
    });
    if is_month && (is_dated || next.form == Form::Number) {
        return true;
    }
    // A sentence’s first word has its capital whatever it is; where a noun follows, it goes with that.
    let is_first = prose
        .sentences
        .iter()
        .find(|sentence| sentence.words.start == at);
    let Some(sentence) = is_first else {
        return false;
    };
    let letters = words[at].span.of(text);
    let is_plural = letters.ends_with('s') && is_one_of(text, next, &["were", "are"]);
    let is_word = words[at].number != 0 || is_in(WORDS, letters);
    let rest = &words[at + 1..sentence.words.end];
    let goes_on = match next.tag {
        Tag::Noun => !is_deed(text, rest),
        // “Young claims were settled”
        Tag::Present => rest.get(1).is_some_and(|verb| verb.tag.is_finite()),
        _ => false,
    };
    is_plural || is_word && next.form == Form::Lower && goes_on
}

/// Surnames that are words too, beside those that the tagger has seen.
const WORDS: &str = "baker barber berry birch bird brook brooks butcher butler carpenter cook cooper crane crow dean drake finch \
                     fisher flowers ford fox frost gardener glass grove hare hawk heath holly hook horn hunter hunt lamb \
                     marsh mason meadows miller moss nightingale oaks page peacock pepper pike pond porter potter reed rivers \
                     rose rush savage shepherd silver singer snow sparrow steel swan swift thorn tanner waters weaver wells \
                     winters wolf woods wren";

/// What somebody did, where it has a form of its own and may be taken for a noun.
const DEEDS: &str = "bit blew bought broke brought built came cast caught cost cut did drew drove fed fell felt fled flew fought \
                     found gave got grew held hit hurt kept knew laid led left lent lost made met put quit ran rang rose sang \
                     sat saw sent set shot shut slept sold spent split spoke stood stole struck swam swore taught threw told \
                     took went woke won wore wrote";

fn is_in(list: &str, letters: &str) -> bool {
    list.split(' ').any(|one| one.eq_ignore_ascii_case(letters))
}

/// Whether the first of these words, taken for a noun, is what the name before it does: `left early`, `claims that …`. So it
/// is not where the clause has another verb: `claims for damages were settled`.
fn is_deed(text: &str, rest: &[Word]) -> bool {
    let letters = rest[0].span.of(text);
    let is_past = letters.ends_with("ed") || is_in(DEEDS, letters);
    let is_third = |verb: &Verb| verb.form == VerbForm::Third;
    if !is_past && !words::verbs(letters).iter().any(is_third) {
        return false;
    }
    let ends = |word: &&Word| {
        let opens = matches!(
            word.tag,
            Tag::Mark | Tag::Opener | Tag::Question | Tag::Coordinator | Tag::To
        );
        // “left the hall when …”, “left after …”
        let is_object = matches!(word.tag, Tag::Determiner | Tag::Owner | Tag::Pronoun);
        opens || is_object && word.span == rest[1].span || is_past && word.tag == Tag::Preposition
    };
    let clause = rest[1..].iter().take_while(|word| !ends(word));
    !clause.clone().any(|word| word.tag.is_finite())
}

/// Where a form that stands at a byte ends, as words of its own: letters with accents and without are the same.
fn stands_at(text: &str, at: usize, form: &str) -> Option<usize> {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || is_combining_mark(c));
    let rest = &text[at..];
    if is_word(text[..at].chars().next_back()) {
        return None;
    }
    let mut wanted = plain_letters(form).peekable();
    let mut end = at;
    for letter in rest.chars() {
        let mut bytes = [0; 4];
        let mut letters = plain_letters(letter.encode_utf8(&mut bytes)).peekable();
        if wanted.peek().is_none() && letters.peek().is_some() {
            break;
        }
        if letters.any(|letter| wanted.next() != Some(letter)) {
            return None;
        }
        end += letter.len_utf8();
    }
    let is_whole = wanted.peek().is_none() && end > at;
    (is_whole && !is_word(text[end..].chars().next())).then_some(end)
}

/// Letters without accents, with straight apostrophes; capitals stay.
fn plain_letters(words: &str) -> impl Iterator<Item = char> {
    let letters = words.nfd().filter(|letter| !is_combining_mark(*letter));
    letters.map(|letter| match letter {
        '’' | '‘' => '\'',
        'ø' => 'o',
        'Ø' => 'O',
        'ł' => 'l',
        'Ł' => 'L',
        'đ' => 'd',
        'Đ' => 'D',
        other => other,
    })
}

fn has_words(text: &str, words: &str) -> bool {
    format!(" {text} ").contains(&format!(" {words} "))
}
