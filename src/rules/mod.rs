//! The one ordered list of rules, and the check of a draft.

mod arithmetic;
mod claims;
pub mod configuration;
mod dates;
pub mod entity_file;
mod holds;
mod keep;
pub mod keys;
pub mod levels;
#[allow(dead_code)]
mod look;
mod marks;
mod markup;
mod names;
mod notes;
#[allow(dead_code)]
mod phrases;
pub mod profiles;
mod quotes;
pub mod rates;
mod records;
mod sources;
pub mod stet;
mod style;
pub mod switch_off;
mod whole;

use std::cell::LazyCell;
use std::sync::{Arc, LazyLock, OnceLock};

use rustc_hash::FxHashMap;

use crate::draft::Draft;
use crate::finding::{Finding, Findings, Found, Severity};
use crate::notes::verdict::{self, OnFile, Quoted, Verdict};
use crate::rule::{Asks, BlockView, Check, Holds, Near, OfBlock, OfFindings, Rule};
use crate::scene::Scene;
use crate::story::SpokenQuote;
use crate::text::order;
use crate::text::pages::PAGE;
use crate::text::span::Span;

use keep::{Changes, Facts, Kept, People, Reach};
use levels::Levels;
use whole::Wholes;

/// Every rule, in the order of the catalogue.
pub const RULES: &[&Rule] = &[
    &quotes::without_speaker::RULE,
    &quotes::ambiguous_speaker::RULE,
    &quotes::fragment::RULE,
    &quotes::paragraph_continuation::RULE,
    &quotes::unbalanced::RULE,
    &notes::differs_from_notes::RULE,
    &notes::not_in_notes::RULE,
    &notes::changed_in_edit::RULE,
    &quotes::attribution_late::RULE,
    &quotes::speakers_stacked::RULE,
    &quotes::pull_quote_differs::RULE,
    &records::quote_medium_undisclosed::RULE,
    &claims::figure::RULE,
    &claims::superlative::RULE,
    &claims::accusation::RULE,
    &claims::cause::RULE,
    &claims::prediction::RULE,
    &claims::consensus::RULE,
    &claims::weasel::RULE,
    &claims::study::RULE,
    &claims::poll_method::RULE,
    &claims::mind_reading::RULE,
    &sources::right_of_reply::RULE,
    &sources::anonymous_undescribed::RULE,
    &sources::anonymous_no_reason::RULE,
    &sources::anonymous_single::RULE,
    &sources::uncounted::RULE,
    &records::plural_mismatch::RULE,
    &sources::anonymous_opinion::RULE,
    &records::ground_rules::RULE,
    &records::source_undeclared::RULE,
    &records::source_unused::RULE,
    &records::source_disputed::RULE,
    &records::source_terms_incomplete::RULE,
    &records::source_uncorroborated::RULE,
    &records::locator_missing::RULE,
    &records::definition_conflict::RULE,
    &records::entity_undeclared::RULE,
    &sources::report_without_link::RULE,
    &sources::reference_dangling::RULE,
    &claims::lede::RULE,
    &claims::buried::RULE,
    &claims::display::RULE,
    &names::speaker_unknown::RULE,
    &names::name_first_reference::RULE,
    &names::second_reference::RULE,
    &names::name_spelling::RULE,
    &names::title_conflict::RULE,
    &names::name_restricted::RULE,
    &dates::date_unanchored::RULE,
    &dates::weekday_mismatch::RULE,
    &dates::figure_mismatch::RULE,
    &dates::range_and_unit::RULE,
    &style::loaded_verb::RULE,
    &style::tense_mix::RULE,
    &markup::placeholder_left::RULE,
    &records::embargo_active::RULE,
    &markup::pasted_boilerplate::RULE,
    &markup::mark_unclosed::RULE,
    &records::source_name_in_record::RULE,
    &records::private_file_tracked::RULE,
    &records::source_terms_unknown::RULE,
    &markup::header_embargo_misspelt::RULE,
    &markup::mark_malformed::RULE,
    &markup::header_unknown_key::RULE,
    &records::definition_unknown_field::RULE,
    &markup::copy_after_end::RULE,
    &marks::check_stale::RULE,
    &marks::stet_unreasoned::RULE,
    &marks::stet_unused::RULE,
    &configuration::RULE,
    &entity_file::RULE,
];

/// The rule of a name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.get(place_of(name)).copied()
}

/// Rules whose fixes take out of a record what may stand nowhere else: a person takes them, one by one.
pub const LOSING: [&str; 2] = [
    records::source_unused::RULE.name,
    records::source_name_in_record::RULE.name,
];

/// The findings of a draft, in order of place, after levels and suppression.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// In order of place.
    pub findings: Findings,
    /// What STET marks let stand, in order of the rules.
    pub let_stand: Arc<Vec<stet::LetStand>>,
    /// What each block gave before levels and suppression, for the next check.
    kept: Arc<Kept>,
}

impl Checked {
    /// Findings of a file that is no draft.
    pub fn of(findings: Vec<Finding>) -> Checked {
        Checked {
            findings: findings.into(),
            let_stand: Arc::default(),
            kept: Arc::default(),
        }
    }
}

/// Checks a draft. `before` is the check of an earlier reading, whose blocks' findings are kept where nothing changed.
pub fn check(draft: &Draft, scene: &Scene, before: Option<&Checked>) -> Checked {
    let levels = Levels::of(&draft.story.facts, scene.config);
    let running = Running::of(&levels);
    let before = before.map(|checked| &*checked.kept);
    let steady = before.map_or(&[][..], |before| &before.steady);
    let (looked, (mut kept, found)) = running.whole.look_beside(draft, scene, steady, |changes| {
        running.of_blocks(draft, scene, &levels, before, changes)
    });
    kept.steady = looked.steady;
    let (findings, let_stand) = running.settle(draft, scene, found, looked.found, &levels);
    Checked {
        findings: findings.into_iter().collect(),
        let_stand: Arc::new(let_stand),
        kept: Arc::new(kept),
    }
}

/// Checks a draft that is not read again: what [`check`] finds, and nothing is kept.
pub fn check_once(draft: &Draft, scene: &Scene) -> (Vec<Finding>, Vec<stet::LetStand>) {
    let levels = Levels::of(&draft.story.facts, scene.config);
    let running = Running::of(&levels);
    let (mut found, mut near) = (Vec::new(), Vec::new());
    for index in 0..draft.tree.blocks.len() {
        let holds = held(draft, index);
        running.block(draft, index, holds, scene, &mut found);
        running.near(draft, index, holds, scene, &mut near);
    }
    found.append(&mut near);
    let found = found.into_iter().map(Found::from).collect();
    let of_story = running.whole.look(draft, scene);
    let (findings, let_stand) = running.settle(draft, scene, found, of_story, &levels);
    let findings = findings.into_iter().map(Found::into_whole);
    (findings.collect(), let_stand)
}

/// Checks a private file: nothing in it is looked at but whether git tracks it.
pub fn check_private(text: &str, is_tracked: bool, scene: &Scene) -> Vec<Finding> {
    let levels = Levels::of(&Default::default(), scene.config);
    let finding = is_tracked.then(|| records::private_file_tracked::finding(text));
    let leveled = finding.and_then(|finding| {
        let severity = levels.level(finding.rule, finding.severity)?;
        Some(Finding {
            severity,
            ..finding
        })
    });
    leveled.into_iter().collect()
}

/// The checks that run under some levels, in the order of the catalogue.
struct Running {
    block: Vec<OfBlock>,
    near: Vec<Near>,
    whole: Wholes,
    last: Vec<OfFindings>,
    /// Whether quotations are held against what is on file.
    with_verdicts: bool,
}

impl Running {
    fn of(levels: &Levels) -> Running {
        let mut running = Running {
            block: Vec::with_capacity(RULES.len()),
            near: Vec::new(),
            whole: Wholes::default(),
            last: Vec::new(),
            with_verdicts: [&notes::differs_from_notes::RULE, &notes::not_in_notes::RULE]
                .iter()
                .any(|rule| levels.is_on(rule)),
        };
        for rule in levels.running() {
            match rule.check {
                Check::Block(check) => running.block.push(check),
                Check::Near(check) => running.near.push(check),
                Check::Story(check) => running.whole.add(check, Asks::EVERYTHING),
                Check::Steady(check, asks) => running.whole.add(check, asks),
                Check::Both(of_block, of_story, asks) => {
                    running.block.push(of_block);
                    running.whole.add(of_story, asks);
                }
                Check::Groups(check) => running.whole.add_of_groups(check),
                Check::Last(check) => running.last.push(check),
            }
        }
        running
    }

    /// What the rules that look at blocks find: what is kept of each block, and the findings, those of rules that look around
    /// a block last.
    fn of_blocks(
        &self,
        draft: &Draft,
        scene: &Scene,
        levels: &Levels,
        before: Option<&Kept>,
        changes: &OnceLock<Option<Changes>>,
    ) -> (Kept, Vec<Found>) {
        let people = People::of(draft, before.map(|kept| &kept.people));
        let facts = Facts::of(draft, scene, &people);
        let before =
            before.filter(|kept| kept.stamp == scene.stamp && kept.levels.same_rules(levels));
        let changed = before.and_then(|before| Changes::of(before, draft, scene, &facts, &people));
        // Nobody else tells them.
        let _ = changes.set(changed);
        let mut pages = Vec::with_capacity(draft.tree.blocks.len().div_ceil(PAGE));
        let mut found = Vec::new();
        let mut near = Vec::new();
        for start in (0..draft.tree.blocks.len()).step_by(PAGE) {
            let known = before.and_then(|before| before.page(draft, &facts, start));
            let page = known.cloned().unwrap_or_else(|| {
                let blocks = start..draft.tree.blocks.len().min(start + PAGE);
                let blocks =
                    blocks.map(|index| self.looked_at(draft, index, &facts, scene, before));
                Arc::new(keep::Page::new(draft, &facts, start, blocks.collect()))
            });
            let placed = &draft.tree.blocks[start..];
            found.extend(page.found(placed, Reach::Block));
            near.extend(page.found(placed, Reach::Near));
            pages.push(page);
        }
        found.append(&mut near);
        let (own, outline) = facts.into_kept();
        let kept = Kept {
            stamp: scene.stamp,
            levels: levels.clone(),
            pages,
            people,
            own,
            outline,
            length: draft.text.len(),
            steady: Vec::new(),
        };
        (kept, found)
    }

    /// What a block gives: what was kept of it, and what is found where that does not stand.
    fn looked_at(
        &self,
        draft: &Draft,
        index: usize,
        facts: &Facts,
        scene: &Scene,
        before: Option<&Kept>,
    ) -> keep::Block {
        let known = before.and_then(|before| before.block(draft, index));
        if let Some(known) = known.filter(|known| known.stands(facts, index)) {
            return known.clone();
        }
        let holds = LazyCell::new(|| held(draft, index));
        let fresh = |look: fn(&Running, &Draft, usize, Holds, &Scene, &mut Vec<Finding>)| {
            let mut found = Vec::new();
            look(self, draft, index, *holds, scene, &mut found);
            found.into()
        };
        let own = known.and_then(|known| known.own(facts, index));
        let own = own.unwrap_or_else(|| fresh(Running::block));
        let around = known.and_then(|known| known.near(facts, index));
        let around = around.unwrap_or_else(|| fresh(Running::near));
        keep::Block::new(draft, index, facts, own, around)
    }

    /// What the rules that look at one block find in it.
    fn block(
        &self,
        draft: &Draft,
        index: usize,
        holds: Holds,
        scene: &Scene,
        found: &mut Vec<Finding>,
    ) {
        let verdicts = match self.with_verdicts {
            true => verdicts(draft, index, scene),
            false => Vec::new(),
        };
        let view = BlockView {
            index,
            placed: &draft.tree.blocks[index],
            prose: &draft.prose[index],
            label: draft.story.labels[index],
            story: &draft.story,
            scratch: &draft.scratch,
            verdicts: &verdicts,
            holds,
        };
        for check in &self.block {
            check(&view, scene, found);
        }
    }

    /// What the rules that look at a block and those around it find in it.
    fn near(
        &self,
        draft: &Draft,
        index: usize,
        holds: Holds,
        scene: &Scene,
        found: &mut Vec<Finding>,
    ) {
        for check in &self.near {
            check(draft, index, holds, scene, found);
        }
    }

    /// What was found in blocks and in the story as a whole, and what follows from it, after suppression and levels, in order of
    /// place; what STET marks let stand comes second.
    fn settle(
        &self,
        draft: &Draft,
        scene: &Scene,
        mut found: Vec<Found>,
        of_story: Vec<Found>,
        levels: &Levels,
    ) -> (Vec<Found>, Vec<stet::LetStand>) {
        found.extend(of_story);
        let mut last = Vec::new();
        for check in &self.last {
            check(draft, scene, &found, &mut last);
        }
        found.extend(last.into_iter().map(Found::from));
        let mut stets = stet::Stets::of(draft);
        let mut settled = Settled {
            findings: Vec::with_capacity(found.len()),
            order: Vec::with_capacity(found.len()),
            levels,
            has_asked: false,
        };
        for found in found {
            let span = found.span();
            if !stets.let_stand(&found, span) {
                settled.add(found, span);
            }
        }
        let (unused, let_stand) = stets.end(levels);
        for finding in unused {
            let span = finding.span;
            settled.add(finding.into(), span);
        }
        (settled.in_order(), let_stand)
    }
}

/// Findings with the levels that they have in a draft.
struct Settled<'a> {
    findings: Vec<Found>,
    /// For each its place, and that of its rule.
    order: Vec<(Span, usize)>,
    levels: &'a Levels,
    /// Whether a figure without a source was asked about aloud.
    has_asked: bool,
}

impl Settled<'_> {
    /// Takes in a finding that stands at a place, if its rule is not off.
    fn add(&mut self, mut found: Found, span: Span) {
        let place = place_of(found.rule());
        // The first figure without a source is asked about aloud; whoever wrote the story has then heard the question, and the
        // figures of later paragraphs are information.
        if found.severity == Severity::Warning && found.rule() == claims::figure::RULE.name {
            if self.has_asked {
                found.severity = Severity::Information;
            }
            self.has_asked = true;
        }
        if let Some(severity) = self.levels.level_at(place, found.severity) {
            found.severity = severity;
            self.order.push((span, place));
            self.findings.push(found);
        }
    }

    /// All of them in order of place.
    fn in_order(mut self) -> Vec<Found> {
        order::runs_by_keys(&mut self.findings, self.order);
        self.findings
    }
}

/// What the words of a block hold.
fn held(draft: &Draft, index: usize) -> Holds {
    holds::of(&draft.tree.blocks[index].block.text, &draft.prose[index])
}

/// The quotations of a block held against what is on file.
fn verdicts<'a>(draft: &'a Draft, index: usize, scene: &'a Scene) -> Vec<(usize, Verdict<'a>)> {
    let quotes = draft.story.quotes_of(index);
    let has_files = !draft.scratch.is_empty() || !scene.records.is_empty();
    if quotes.is_empty() || !has_files {
        return Vec::new();
    }
    let options = scene.comparison();
    let known = quotes.iter().filter_map(|quote| {
        let verdict = verdict::verdict(quoted(draft, quote), on_file(draft, scene), &options)?;
        Some((quote.index, verdict))
    });
    known.collect()
}

/// A quotation in its block.
pub fn quoted<'a>(draft: &'a Draft, quote: &'a SpokenQuote) -> Quoted<'a> {
    Quoted {
        story: &draft.story,
        block: &draft.tree.blocks[quote.place.block].block,
        prose: &draft.prose[quote.place.block],
        quote,
    }
}

/// Everything on file for a draft.
pub fn on_file<'a>(draft: &'a Draft, scene: &Scene<'a>) -> OnFile<'a> {
    OnFile {
        scratch: &draft.scratch,
        records: scene.records,
    }
}

/// The place of each rule in the catalogue, by its name.
static PLACES: LazyLock<FxHashMap<&str, usize>> = LazyLock::new(|| {
    let names = RULES.iter().map(|rule| rule.name);
    names.zip(0..).collect()
});

/// The place of a rule in the catalogue; that of none is after all.
fn place_of(name: &str) -> usize {
    PLACES.get(name).copied().unwrap_or(RULES.len())
}
