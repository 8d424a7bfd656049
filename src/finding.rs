//! What a rule reports.

use std::mem;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use crate::text::edit::Edit;
use crate::text::span::Span;

/// How much a finding matters. Ordered: an error is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Taste, or something that may well be right.
    Hint,
    /// Worth a look.
    Information,
    /// A standards editor would ask.
    Warning,
    /// Would embarrass or harm if printed.
    Error,
}

impl Severity {
    /// The word used in configuration and output: `hint`, `information`, `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Hint => "hint",
            Severity::Information => "information",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Something in a draft that an editor would ask about.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The name of the rule: configuration key, `STET` word and page anchor alike.
    pub rule: &'static str,
    /// How much it matters, after profile, status and configuration.
    pub severity: Severity,
    /// Where, in bytes of the file.
    pub span: Span,
    /// What, with the words of the text; the first 60 characters suffice.
    pub message: String,
    /// Further places that belong to it.
    pub related: Vec<Related>,
    /// Ways out, best first.
    pub fixes: Vec<Fix>,
    /// Whether what is marked is not needed (an unused source).
    pub is_unnecessary: bool,
    /// Whether its place tells a secret: it is shown only in the editor of whoever holds the private file, see [`withheld`].
    pub is_private: bool,
}

/// Findings as they leave the editor: instead of those whose place tells a secret, one that says that there is something, at
/// no place, first. How many there are would tell as well.
pub fn withheld(mut findings: Vec<Finding>) -> Vec<Finding> {
    let Some(first) = findings.iter().find(|finding| finding.is_private) else {
        return findings;
    };
    let told = Finding {
        rule: first.rule,
        severity: first.severity,
        span: Span::default(),
        message: "1 private finding in this file.".to_owned(),
        related: Vec::new(),
        fixes: Vec::new(),
        is_unnecessary: false,
        is_private: true,
    };
    findings.retain(|finding| !finding.is_private);
    findings.insert(0, told);
    findings
}

/// A place that belongs to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where, in bytes of the file.
    pub span: Span,
    /// What stands there.
    pub message: String,
}

/// A way out of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does; begins with a verb.
    pub title: String,
    /// Whether it may be applied without a look at each place. Nothing that names a speaker is safe.
    pub is_safe: bool,
    /// The edits, disjoint, in order, in bytes of the file before any of them.
    pub edits: Vec<Edit>,
}

impl Finding {
    /// The same of a block that started at `from` and now starts at `to`. What it says of places around the block moves too.
    pub fn moved(&self, from: usize, to: usize) -> Finding {
        let finding = self.clone();
        match from == to {
            true => finding,
            false => finding.with_places(|span| shifted(span, from, to)),
        }
    }

    /// The same with other places.
    fn with_places(mut self, place: impl Fn(Span) -> Span) -> Finding {
        self.span = place(self.span);
        for related in &mut self.related {
            related.span = place(related.span);
        }
        for edit in self.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
            edit.span = place(edit.span);
        }
        self
    }
}

/// A run of bytes of a block that started at `from` and now starts at `to`.
fn shifted(span: Span, from: usize, to: usize) -> Span {
    let at = |byte: usize| (byte + to).saturating_sub(from);
    Span::new(at(span.start()), at(span.end()))
}

/// A finding as it was when its block began at a byte; what is asked of all findings stands beside it.
#[derive(Clone, Debug)]
pub struct Held {
    what: Arc<Finding>,
    rule: &'static str,
    span: Span,
    severity: Severity,
    from: usize,
}

impl Held {
    /// A finding of a block that began at `from`.
    pub fn new(what: Arc<Finding>, from: usize) -> Held {
        Held {
            rule: what.rule,
            span: what.span,
            severity: what.severity,
            what,
            from,
        }
    }
}

/// A finding where it stands now: shared with earlier checks, together with others, while their blocks do not change.
#[derive(Clone, Debug)]
pub struct Found {
    held: Arc<[Held]>,
    /// Which of them.
    at: usize,
    /// Where its block begins.
    to: usize,
    /// How much it matters, after profile, status and configuration.
    pub severity: Severity,
}

impl Found {
    /// One of some findings, whose block now begins at `to`.
    pub fn new(held: &Arc<[Held]>, at: usize, to: usize) -> Found {
        Found {
            severity: held[at].severity,
            held: held.clone(),
            at,
            to,
        }
    }

    fn held(&self) -> &Held {
        &self.held[self.at]
    }

    /// The name of the rule.
    pub fn rule(&self) -> &'static str {
        self.held().rule
    }

    /// The finding: its words and whether what it marks is needed; its places and severity may be older.
    pub fn words(&self) -> &Finding {
        &self.held().what
    }

    /// Where, in bytes of the file as it is.
    pub fn span(&self) -> Span {
        self.now(self.held().span)
    }

    /// A place that the finding names, in bytes of the file as it is.
    pub fn now(&self, span: Span) -> Span {
        shifted(span, self.held().from, self.to)
    }

    /// The same of a finding that nobody else needs.
    pub fn into_whole(mut self) -> Finding {
        let stays = self.held().from == self.to;
        let held = Arc::get_mut(&mut self.held).filter(|_| stays);
        let own = held.and_then(|held| Arc::get_mut(&mut held[self.at].what));
        let Some(own) = own else {
            return self.whole();
        };
        Finding {
            severity: self.severity,
            message: mem::take(&mut own.message),
            related: mem::take(&mut own.related),
            fixes: mem::take(&mut own.fixes),
            ..*own
        }
    }

    /// The same after letters were typed that left every place that it names what it was: up to the byte `front` nothing moved, and
    /// what began at `back` or later is `by` bytes further on. None where it names a place between them.
    pub fn after(&self, front: usize, back: usize, by: isize) -> Option<Found> {
        let finding = self.words();
        let related = finding.related.iter().map(|related| related.span);
        let edits = finding.fixes.iter().flat_map(|fix| &fix.edits);
        let places = related.chain(edits.map(|edit| edit.span));
        let mut places = places.chain([finding.span]).map(|span| self.now(span));
        if places.clone().all(|span| span.end() <= front) {
            return Some(self.clone());
        }
        if places.clone().all(|span| span.start() >= back) {
            let to = self.to.checked_add_signed(by)?;
            return Some(Found { to, ..self.clone() });
        }
        if !places.all(|span| span.end() <= front || span.start() >= back) {
            return None;
        }
        let at = |at: usize| at.saturating_add_signed(by);
        let moved = |span: Span| match span.start() >= back {
            true => Span::new(at(span.start()), at(span.end())),
            false => span,
        };
        let finding = self.whole().with_places(moved);
        Some(finding.into())
    }

    /// Whether another says the same in the same words; its places may be others, and its severity.
    pub fn says_the_same(&self, other: &Found) -> bool {
        let (one, other) = (&self.held().what, &other.held().what);
        Arc::ptr_eq(one, other)
            || one.rule == other.rule
                && one.is_unnecessary == other.is_unnecessary
                && one.message == other.message
                && one.related.len() == other.related.len()
                && one
                    .related
                    .iter()
                    .zip(&other.related)
                    .all(|(one, other)| one.message == other.message)
    }

    /// All of it as it is now.
    pub fn whole(&self) -> Finding {
        Finding {
            severity: self.severity,
            ..self.words().moved(self.held().from, self.to)
        }
    }
}

impl From<Finding> for Found {
    fn from(finding: Finding) -> Found {
        let held = Held::new(Arc::new(finding), OF_FILE);
        Found::new(&Arc::from([held]), 0, OF_FILE)
    }
}

/// Where the block of a finding begins that is of none: it can move either way from there.
const OF_FILE: usize = 1 << 30;

/// The findings of a document. They are written out when somebody asks for all of them; who shows a few need not.
#[derive(Clone, Default)]
pub struct Findings {
    found: Arc<[Found]>,
    whole: Arc<OnceLock<Vec<Finding>>>,
}

impl Findings {
    /// Each where it stands.
    pub fn found(&self) -> &[Found] {
        &self.found
    }

    /// The same as they leave the editor, see [`withheld`].
    pub fn withheld(&self) -> Findings {
        match self.found.iter().any(|found| found.words().is_private) {
            true => withheld(self.to_vec()).into(),
            false => self.clone(),
        }
    }

    /// Those that are at least so severe; none asks for all.
    pub fn at_least(&self, least: Option<Severity>) -> Findings {
        let is_shown = |found: &&Found| Some(found.severity) >= least;
        match self.found.iter().all(|found| is_shown(&found)) {
            true => self.clone(),
            false => self.found.iter().filter(is_shown).cloned().collect(),
        }
    }
}

impl Deref for Findings {
    type Target = Vec<Finding>;

    fn deref(&self) -> &Vec<Finding> {
        let written = || self.found.iter().map(Found::whole).collect();
        self.whole.get_or_init(written)
    }
}

impl FromIterator<Found> for Findings {
    fn from_iter<T: IntoIterator<Item = Found>>(found: T) -> Findings {
        Findings {
            found: found.into_iter().collect(),
            whole: Arc::default(),
        }
    }
}

impl From<Vec<Finding>> for Findings {
    fn from(findings: Vec<Finding>) -> Findings {
        findings.into_iter().map(Found::from).collect()
    }
}

impl PartialEq for Findings {
    fn eq(&self, other: &Findings) -> bool {
        **self == **other
    }
}

impl std::fmt::Debug for Findings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Something that stands at one place and names another, with a way out there.
    fn found(at: usize, other: usize) -> Found {
        let finding = Finding {
            rule: "figure-mismatch",
            severity: Severity::Warning,
            span: Span::new(at, at + 2),
            message: "“12” here, “14” there.".to_owned(),
            related: vec![Related {
                span: Span::new(other, other + 2),
                message: "the other figure".to_owned(),
            }],
            fixes: vec![Fix {
                title: "Write “14”".to_owned(),
                is_safe: false,
                edits: vec![Edit::replace(Span::new(at, at + 2), "14")],
            }],
            is_unnecessary: false,
            is_private: false,
        };
        finding.into()
    }

    #[test]
    fn a_finding_goes_with_the_text_around_what_was_typed() {
        let wanted = |at, other| Some(found(at, other).whole());
        // A paragraph from 100 to 200 grew by 7 bytes, then lost as many.
        for by in [7, -7isize] {
            let after = |at, other| Some(found(at, other).after(100, 200, by)?.whole());
            let moved = |at: usize| at.saturating_add_signed(by);
            assert_eq!(after(10, 98), wanted(10, 98), "before it");
            assert_eq!(after(200, 300), wanted(moved(200), moved(300)), "after it");
            assert_eq!(after(10, 300), wanted(10, moved(300)), "on both sides");
            assert_eq!(after(10, 150), None, "in it");
            assert_eq!(after(99, 300), None, "into it");
            let again = found(250, 300).after(100, 200, by);
            let again = again.and_then(|found| found.after(0, 20, by));
            let twice = |at: usize| moved(moved(at));
            assert_eq!(again.map(|one| one.whole()), wanted(twice(250), twice(300)));
        }
    }
}
