//! Colours by meaning: quotations, speakers, cues, claims without a source, marks.

use crate::draft::Draft;
use crate::features::subject;
use crate::finding::Finding;
use crate::scene::Scene;
use crate::story::{Confidence, SpeakerKind};
use crate::text::order;
use crate::text::span::Span;

/// A stretch of one meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where, in bytes of the file; may run over several lines.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// How sure the reading is.
    pub certainty: Certainty,
}

/// What a token is. The order is the order of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenKind {
    /// A sentence that a rule holds for a claim without a source.
    Claim,
    /// Quoted words.
    Quotation,
    /// Words that name a speaker.
    Speaker,
    /// Words for a source without a name.
    Anonymous,
    /// The verb of an attribution.
    Cue,
    /// A mark.
    Mark,
}

/// The names of the kinds, in order, for a legend.
pub const KINDS: [&str; 6] = ["claim", "quotation", "speaker", "anonymous", "cue", "mark"];

/// How sure a reading is. The order is the order of the legend's modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    /// As far as can be read.
    Certain,
    /// A hover says "probably".
    Probable,
    /// Nobody could be told.
    Unknown,
}

/// The names of the certainties, in order, for a legend of modifiers.
pub const CERTAINTIES: [&str; 3] = ["certain", "probable", "unknown"];

/// The tokens of a draft, in order and disjoint: the narrower one wins.
pub fn tokens(draft: &Draft, _scene: &Scene, findings: &[Finding]) -> Vec<Token> {
    let mut all = claims(findings);
    let story = &draft.story;
    for (index, quote) in story.quotes.iter().enumerate() {
        let certainty = match subject::bound(draft, index) {
            Some(binding) if binding.confidence > Confidence::Low => Certainty::Certain,
            Some(_) => Certainty::Probable,
            None => Certainty::Unknown,
        };
        all.push(Token {
            span: draft.span(quote.place),
            kind: TokenKind::Quotation,
            certainty,
        });
    }
    for statement in &story.statements {
        let placed = &draft.tree.blocks[statement.block];
        let Some(attribution) = draft.prose[statement.block]
            .attributions
            .get(statement.index)
        else {
            continue;
        };
        let certainty = match (statement.speaker, statement.confidence) {
            (None, _) => Certainty::Unknown,
            (Some(_), Confidence::Low) => Certainty::Probable,
            (Some(_), _) => Certainty::Certain,
        };
        let is_anonymous = statement
            .speaker
            .is_some_and(|id| story.speaker(id).kind == SpeakerKind::Anonymous);
        all.push(Token {
            span: placed.place(attribution.cue),
            kind: TokenKind::Cue,
            certainty,
        });
        if let Some(source) = &attribution.source {
            let kind = if is_anonymous {
                TokenKind::Anonymous
            } else {
                TokenKind::Speaker
            };
            all.push(Token {
                span: placed.place(source.span),
                kind,
                certainty,
            });
        }
    }
    all.extend(marks(draft));
    disjoint(all)
}

/// What the rules about claims found.
fn claims(findings: &[Finding]) -> Vec<Token> {
    let is_claim = |finding: &&Finding| {
        let mut rules = crate::rules::RULES.iter();
        rules.any(|rule| rule.name == finding.rule && rule.topic == "claim")
    };
    findings
        .iter()
        .filter(is_claim)
        .map(|finding| Token {
            span: finding.span,
            kind: TokenKind::Claim,
            certainty: Certainty::Unknown,
        })
        .collect()
}

fn marks(draft: &Draft) -> Vec<Token> {
    let story = &draft.story;
    let cited = story.citations.iter().map(|one| draft.span(one.mark));
    let other = story.marks.iter().filter_map(|mark| {
        let placed = &draft.tree.blocks[mark.block];
        let inline = placed.block.inlines.get(mark.inline)?;
        Some(placed.place(inline.span))
    });
    cited
        .chain(other)
        .map(|span| Token {
            span,
            kind: TokenKind::Mark,
            certainty: Certainty::Certain,
        })
        .collect()
}

/// Cuts wider tokens around the narrower ones that lie in or over them. Later kinds lie on top.
fn disjoint(mut all: Vec<Token>) -> Vec<Token> {
    all.retain(|token| !token.span.is_empty());
    // From the top layer down: each token keeps what no token above it has taken.
    order::by_key(&mut all, |token| {
        let layer = if token.kind >= TokenKind::Cue { 1 } else { 0 };
        (std::cmp::Reverse(layer), token.span.len(), token.span)
    });
    let mut taken: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    let mut kept = Vec::new();
    for token in all {
        let mut at = token.span.start();
        let end = token.span.end();
        let before = taken.range(..=at).next_back().map(|(_, end)| *end);
        at = at.max(before.unwrap_or(at));
        let inside: Vec<(usize, usize)> = taken
            .range(token.span.start()..end)
            .map(|(start, end)| (*start, *end))
            .collect();
        let mut free = Vec::new();
        for (start, stop) in inside {
            if start > at {
                free.push(Span::new(at, start));
            }
            at = at.max(stop);
        }
        if at < end {
            free.push(Span::new(at, end));
        }
        for span in free {
            taken.insert(span.start(), span.end());
            kept.push(Token { span, ..token });
        }
    }
    order::by_key(&mut kept, |token| token.span);
    kept
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::features::testing;

    #[test]
    fn words_have_their_meaning_and_marks_cut_into_them() {
        let story = "“The pier is safe,” said Dana Ortiz.[^ortiz] “Nobody asked us.”\n\nThe wall will fall, two people familiar with the plans said. [TK: when]\n";
        let shown = testing::asked(story, |draft, scene, _| {
            let line = |token: &Token| {
                let words = draft.text.slice(token.span);
                let kind = KINDS[token.kind as usize];
                let certainty = CERTAINTIES[token.certainty as usize];
                format!("{kind} {certainty}: {words}\n")
            };
            let tokens = tokens(draft, scene, &[]);
            tokens.iter().map(line).collect::<String>()
        });
        expect![[r#"
            quotation certain: “The pier is safe,”
            cue certain: said
            speaker certain: Dana Ortiz
            mark certain: [^ortiz]
            quotation certain: “Nobody asked us.”
            anonymous certain: two people familiar with the plans
            cue certain: said
            mark certain: [TK: when]
        "#]]
        .assert_eq(&shown);
    }

    #[test]
    fn a_wider_token_is_cut_around_the_narrower_ones() {
        let token = |start, end, kind| Token {
            span: Span::new(start, end),
            kind,
            certainty: Certainty::Certain,
        };
        let cut = disjoint(vec![
            token(0, 20, TokenKind::Claim),
            token(5, 10, TokenKind::Speaker),
            token(8, 12, TokenKind::Mark),
        ]);
        let spans: Vec<_> = cut
            .iter()
            .map(|one| (one.span.start(), one.span.end(), one.kind))
            .collect();
        assert_eq!(
            spans,
            [
                (0, 5, TokenKind::Claim),
                (5, 8, TokenKind::Speaker),
                (8, 12, TokenKind::Mark),
                (12, 20, TokenKind::Claim),
            ]
        );
    }
}
