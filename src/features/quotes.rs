//! Who says what, as a list: every attribution of a draft with its content, its cue and its source.

use crate::draft::Draft;
use crate::prose::{Form, QuoteKind, Stance};
use crate::story::evidence::Evidence;
use crate::story::outline::Label;
use crate::story::{Confidence, SpeakerId, Step};
use crate::text::order;
use crate::text::span::Span;

/// An attribution: content, cue and source, tied together. Spans are bytes of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// What is said: quotations with their marks, and words outside quotation marks, in order; never empty.
    pub content: Vec<Span>,
    /// The words that say that it is said.
    pub cue: Option<Span>,
    /// The cue as the lists know it: `say`, `according to`, `criticism`.
    pub lemma: Option<&'static str>,
    /// The words that name who says it, there.
    pub source: Option<Span>,
    /// Whether the content stands in quotation marks.
    pub kind: Kind,
    /// Whether it is said, thought or planned.
    pub stance: Stance,
    /// Who says it, among the speakers of the story. None: left open.
    pub speaker: Option<SpeakerId>,
    /// How sure the speaker is.
    pub confidence: Confidence,
    /// How the speaker was found.
    pub step: Option<Step>,
    /// The quotations in it that have a speaker, each with how it came by it.
    pub quoted: Vec<Quoted>,
    /// Whether it stands inside what somebody else is reported to say.
    pub is_inner: bool,
}

/// A quotation, and how it came by its speaker.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quoted {
    /// With its marks, in bytes of the file.
    pub span: Span,
    /// Which step of the search found the speaker.
    pub step: Step,
    /// What speaks for it.
    pub evidence: Evidence,
    /// How sure that is.
    pub confidence: Confidence,
}

/// Whether the content of an attribution stands in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// All of it.
    Direct,
    /// None of it.
    Indirect,
    /// Some of it.
    Mixed,
}

impl Kind {
    /// Its name in output.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Direct => "direct",
            Kind::Indirect => "indirect",
            Kind::Mixed => "mixed",
        }
    }
}

/// Every attribution in the copy of a draft, and every quotation that nobody is said to have said, in the order of the text.
pub fn quotes(draft: &Draft) -> Vec<Said> {
    let story = &draft.story;
    // Each quotation behind the statement that it goes with; first those that go with none.
    let statements = story.quotes.iter().map(|quote| {
        let binding = quote.binding.as_ref();
        binding.and_then(|binding| binding.statement)
    });
    let mut quoted: Vec<(Option<usize>, usize)> = statements.zip(0..).collect();
    quoted.sort_unstable();
    let (alone, mut rest) = quoted.split_at(quoted.partition_point(|one| one.0.is_none()));
    let mut found = Vec::with_capacity(story.statements.len() + alone.len());
    for index in 0..story.statements.len() {
        let count = rest.partition_point(|one| one.0 == Some(index));
        let (own, others) = rest.split_at(count);
        rest = others;
        found.extend(of_statement(draft, index, own.iter().map(|one| one.1)));
    }
    found.extend(stances(draft));
    found.extend(displayed(draft));
    found.extend(alone.iter().filter_map(|one| of_quote(draft, one.1)));
    order::by_key(&mut found, |said| said.content[0].start());
    mark_inner(draft, &mut found);
    found
}

/// What somebody is reported to say about what somebody else says: the outer one speaks, the inner one is kept.
fn mark_inner(draft: &Draft, found: &mut [Said]) {
    let block = |said: &Said| {
        draft
            .block_at(said.content[0].start())
            .map(|(block, _)| block)
    };
    let mut from = 0;
    let mut order = Vec::new();
    while from < found.len() {
        let here = block(&found[from]);
        let run = found[from..]
            .iter()
            .take_while(|said| block(said) == here)
            .count();
        let said = &mut found[from..from + run];
        // An attribution that closes its sentence is outside of what opens in it; else the first speaks.
        order.clear();
        order.extend((0..run).filter(|&at| said[at].cue.is_some()));
        order::short_by_key(&mut order, |&at: &usize| {
            let closes = said[at].cue > said[at].content.first().copied();
            (!closes, said[at].cue)
        });
        for (rank, &at) in order.iter().enumerate() {
            let cue = said[at].cue;
            let is_inside = order[..rank].iter().any(|&outer| {
                let covers = |content: &Span| cue.is_some_and(|cue| content.covers(cue));
                !said[outer].is_inner && said[outer].content.iter().any(covers)
            });
            said[at].is_inner |= is_inside;
        }
        from += run;
    }
}

/// What headlines, decks and captions say of people; their speakers are not looked for.
fn displayed(draft: &Draft) -> Vec<Said> {
    let mut found = Vec::new();
    let labels = draft.story.labels.iter();
    let blocks = draft.tree.blocks.iter().zip(&draft.prose);
    for ((placed, prose), _) in blocks.zip(labels).filter(|(_, label)| is_display(**label)) {
        let text = &placed.block.text;
        let attributions = prose.attributions.iter().enumerate();
        let attributions = attributions.map(|(at, one)| (one.clone(), prose.reported(text, at)));
        let all = attributions.chain(prose.stances(text));
        for (attribution, reported) in all.filter(|(found, _)| !found.is_quoted) {
            let quoted = attribution
                .quotes
                .iter()
                .map(|&quote| prose.quotes[quote].span);
            let spans = reported.content.iter().copied().chain(quoted);
            let mut content = spans.map(|span| placed.place(span)).collect();
            join(&mut content);
            if content.is_empty() {
                continue;
            }
            found.push(Said {
                kind: kind(draft, &content),
                content,
                cue: Some(placed.place(attribution.cue)),
                lemma: Some(attribution.lemma),
                source: reported.mention.map(|mention| placed.place(mention)),
                stance: attribution.stance,
                speaker: None,
                confidence: Confidence::Low,
                step: None,
                quoted: Vec::new(),
                is_inner: attribution.is_inner,
            });
        }
    }
    found
}

/// Whether a block shows what the story says, above it or beside it.
fn is_display(label: Label) -> bool {
    matches!(
        label,
        Label::Headline | Label::Deck | Label::Subhead | Label::Caption
    )
}

/// What people think, want, support or attack.
fn stances(draft: &Draft) -> impl Iterator<Item = Said> + '_ {
    let blocks = draft.story.labels.iter().zip(&draft.prose);
    let placed = draft.tree.blocks.iter().zip(blocks);
    placed
        .filter(|(_, (label, _))| is_copy(**label))
        .flat_map(move |(placed, (_, prose))| {
            let stances = prose.stances(&placed.block.text).into_iter();
            stances.map(move |(found, reported)| {
                let content: Vec<Span> = reported
                    .content
                    .iter()
                    .map(|span| placed.place(*span))
                    .collect();
                Said {
                    kind: kind(draft, &content),
                    content,
                    cue: Some(placed.place(found.cue)),
                    lemma: Some(found.lemma),
                    source: found
                        .source
                        .as_ref()
                        .map(|source| placed.place(source.span)),
                    stance: found.stance,
                    speaker: None,
                    confidence: Confidence::Low,
                    step: None,
                    quoted: Vec::new(),
                    is_inner: found.is_inner,
                }
            })
        })
}

fn of_statement(
    draft: &Draft,
    index: usize,
    quotes: impl Iterator<Item = usize> + Clone,
) -> Option<Said> {
    let story = &draft.story;
    let statement = &story.statements[index];
    let placed = &draft.tree.blocks[statement.block];
    let prose = &draft.prose[statement.block];
    let attribution = &prose.attributions[statement.index];
    let reported = prose.reported(&placed.block.text, statement.index);
    let mut content = reported.content;
    for outside in &mut content {
        *outside = placed.place(*outside);
    }
    let inside = quotes.clone();
    content.extend(inside.map(|quote| draft.span(story.quotes[quote].place)));
    join(&mut content);
    if content.is_empty() {
        return None;
    }
    let kind = kind(draft, &content);
    let quoted: Vec<Quoted> = quotes.filter_map(|quote| quoted(draft, quote)).collect();
    // As sure as the least sure of its quotations.
    let confidence = quoted
        .iter()
        .map(|one| one.confidence)
        .min()
        .unwrap_or(statement.confidence);
    let step = quoted.first().map(|one| one.step);
    Some(Said {
        content,
        cue: Some(placed.place(attribution.cue)),
        lemma: Some(attribution.lemma),
        source: reported.mention.map(|mention| placed.place(mention)),
        kind,
        stance: attribution.stance,
        speaker: statement.speaker,
        confidence,
        step: step.or(statement.speaker.map(|_| Step::SameSentence)),
        quoted,
        is_inner: attribution.is_inner,
    })
}

/// A quotation without an attribution: marked, credited, or an orphan. Words in marks that are nobody's are left out.
fn of_quote(draft: &Draft, index: usize) -> Option<Said> {
    let quote = &draft.story.quotes[index];
    let read = &draft.prose[quote.place.block].quotes[quote.index];
    if quote.binding.is_none() && !matches!(read.kind, QuoteKind::Full | QuoteKind::Partial) {
        return None;
    }
    let binding = quote.binding.as_ref();
    Some(Said {
        content: vec![draft.span(quote.place)],
        lemma: None,
        cue: binding
            .and_then(|binding| binding.cue)
            .map(|cue| draft.span(cue)),
        source: binding
            .and_then(|binding| binding.source)
            .map(|source| draft.span(source)),
        kind: Kind::Direct,
        stance: Stance::Says,
        speaker: binding.map(|binding| binding.speaker),
        confidence: binding.map_or(Confidence::Low, |binding| binding.confidence),
        step: binding.map(|binding| binding.step),
        quoted: quoted(draft, index).into_iter().collect(),
        is_inner: false,
    })
}

fn quoted(draft: &Draft, index: usize) -> Option<Quoted> {
    let quote = &draft.story.quotes[index];
    let binding = quote.binding.as_ref()?;
    Some(Quoted {
        span: draft.span(quote.place),
        step: binding.step,
        evidence: binding.evidence,
        confidence: binding.confidence,
    })
}

/// Puts spans in order, and makes those one that touch or overlap, or have only blanks between them.
fn join(spans: &mut Vec<Span>) {
    spans.sort_unstable();
    spans.dedup_by(|span, last| {
        let is_beside = span.start() <= last.end() + 1;
        if is_beside {
            *last = last.cover(*span);
        }
        is_beside
    });
}

/// How much of the content lies between quotation marks.
fn kind(draft: &Draft, content: &[Span]) -> Kind {
    let (mut inside, mut outside) = (false, false);
    for span in content {
        let Some((block, at)) = draft.block_at(span.start()) else {
            continue;
        };
        let prose = &draft.prose[block];
        let first = prose.words.partition_point(|word| word.span.start() < at);
        let mut words = prose.words[first..]
            .iter()
            .take_while(|word| word.span.end() <= at + span.len())
            .filter(|word| word.form != Form::Mark);
        if prose.quotes.is_empty() {
            outside |= words.next().is_some();
            continue;
        }
        for word in words {
            inside |= word.is_quoted;
            outside |= !word.is_quoted;
            if inside && outside {
                return Kind::Mixed;
            }
        }
    }
    match (inside, outside) {
        (false, _) => Kind::Indirect,
        (true, false) => Kind::Direct,
        (true, true) => Kind::Mixed,
    }
}

/// Whether attributions are looked for in a block of that label.
pub fn is_copy(label: Label) -> bool {
    matches!(
        label,
        Label::Body | Label::List | Label::BlockQuote | Label::PullQuote
    )
}
