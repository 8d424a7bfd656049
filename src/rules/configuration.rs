//! Something in a configuration file, or in what a header asks of the checks, that is not understood.

use super::RULES;
use super::keys::KEYS;
use super::levels::names_topic;
use super::look;
use crate::config::keys::meant;
use crate::config::sheet::{self, Read, Use};
use crate::config::{Mistake, Profile};
use crate::finding::{Finding, Fix, Severity};
use crate::rule::{BlockView, Check, Rule};
use crate::scene::Scene;
use crate::story::facts::{self, Asked};
use crate::syntax::tree::Shape;
use crate::text::edit::Edit;
use crate::text::span::Span;

/// Something in a configuration file that is not understood.
pub const RULE: Rule = Rule {
    name: "configuration-problem",
    topic: "markup",
    severity: Some(Severity::Warning),
    is_unfinished: false,
    summary: "Something in a configuration file, or in `Checks:` of a header, that is not understood. What stood there last stays in force.",
    why: "A misspelt rule name switches nothing off, and nobody notices until the story is out. A mistake in a file must never stop \
          the desk either: it is shown where it stands, and everything else counts.",
    fires: &["
=== onrecord.toml
[severity]
claim-figure-unatributed = \"off\"
^^^^^^^^^^^^^^^^^^^^^^^^ warning configuration-problem: “claim-figure-unatributed” is no rule. Did you mean claim-figure-unattributed?
", "
=== onrecord.toml
profil = \"wire\"
^^^^^^ warning configuration-problem: “profil” is no key. Did you mean profile?
", "
=== onrecord.toml
profile = \"newsroom\"
          ^^^^^^^^^^ warning configuration-problem: “newsroom” is no profile: “wire”, “newsroom-strict”, “feature”, “opinion”, “fact-check” or “plain-text”, or the path of a profile file that ends in .toml.
", "
=== onrecord.toml
[severity]
quotes = \"eror\"
         ^^^^^^ warning configuration-problem: A level is “error”, “warning”, “information”, “hint” or “off”. Did you mean error?
", "
=== onrecord.toml
[rules.claim-figure-unattributed]
min-count = \"three\"
            ^^^^^^^ warning configuration-problem: “rules.claim-figure-unattributed.min-count” takes a whole number from 0 up.
", "
=== onrecord.toml
[rules.claim-figure-unattributed]
min-cuont = 3
^^^^^^^^^ warning configuration-problem: “min-cuont” is no option. Did you mean min-count?
", "
=== onrecord.toml
[words.role]
       ^^^^ warning configuration-problem: “role” is no word list. Did you mean roles?
add = [\"ferrykeeper\"]
", "
=== onrecord.toml
own-outlets = [\"Harlan Herald\"
                              ^ warning configuration-problem: This is not TOML
", "
Slug: pier
Checks: placeholder-lft off
        ^^^^^^^^^^^^^^^ warning configuration-problem: “placeholder-lft” is no rule. Did you mean placeholder-left?

The board closed the pier.
", "
Slug: pier
Checks: quotes off; placeholder-left of
                                     ^^ warning configuration-problem: A level is “error”, “warning”, “information”, “hint” or “off”. Did you mean off?

The board closed the pier.
", "
Slug: pier
Checks: profile wires
                ^^^^^ warning configuration-problem: “wires” is no profile. Did you mean wire?

The board closed the pier.
"],
    quiet: &[
        "=== onrecord.toml\nprofile = \"opinion\"\n\n[severity]\nquotes = \"off\"\n",
        "=== onrecord.toml\n[rules.claims]\nscope = \"sentence\"\n",
        "=== onrecord.toml\n[words.roles]\nadd = [\"ferrykeeper\"]\ntake = [\"host\"]\n",
        "=== onrecord.toml\n[[files]]\nmatch = [\"opinion/**\", \"*.column.lede\"]\nprofile = \"opinion\"\n\n[files.severity]\nquote = \"hint\"\n",
        "=== onrecord.toml\nprofile = \"our-desk.toml\"\nroot = true\ninclude = [\"*.txt\"]\n",
        "=== onrecord.toml\n# nothing yet\n",
        "Slug: pier\nChecks: placeholder-left off, quote hint; claims off; profile opinion\n\nThe board closed the pier.",
        "Slug: pier\nChecks: claims: off\n\nThe board closed the pier.",
    ],
    options: &[],
    // Configuration files are looked at by themselves; no draft holds one.
    check: Check::Block(in_header),
};

/// What `Checks:` asks for that does nothing.
fn in_header(view: &BlockView, _scene: &Scene, found: &mut Vec<Finding>) {
    let Shape::Header(header) = &view.placed.block.shape else {
        return;
    };
    let text = look::text(view);
    let checks = header
        .fields
        .iter()
        .filter(|field| field.key.of(text).eq_ignore_ascii_case("checks"));
    let asked = checks.flat_map(|field| facts::asked(text, field.value));
    found.extend(asked.filter_map(|asked| misread(view, text, asked)));
}

/// What is wrong with a part of `Checks:`, if something is.
fn misread(view: &BlockView, text: &str, asked: Asked) -> Option<Finding> {
    let (name, level) = (asked.name.of(text), asked.level.of(text));
    let profiles = || Profile::ALL.iter().map(|profile| profile.name());
    if name == "profile" {
        return Profile::named(level).is_none().then(|| {
            no_such(
                view,
                asked.level,
                level,
                "profile",
                meant(level, profiles()),
            )
        });
    }
    let is_known = |rule: &&Rule| rule.name == name || names_topic(name, rule);
    if name.starts_with("TK") {
        return None;
    }
    if !RULES.iter().any(is_known) {
        let rules = RULES.iter().map(|rule| rule.name);
        let near = meant(name, rules.chain(KEYS.groups()));
        return Some(no_such(view, asked.name, name, "rule", near));
    }
    if facts::level_named(level).is_some() {
        return None;
    }
    let near = meant(level, LEVELS.iter().copied());
    let hint = near.map_or(String::new(), |near| format!(" Did you mean {near}?"));
    let what = format!("A level is “error”, “warning”, “information”, “hint” or “off”.{hint}");
    let place = if level.is_empty() {
        asked.name
    } else {
        asked.level
    };
    Some(instead(
        view,
        place,
        what,
        near.filter(|_| !level.is_empty()),
    ))
}

/// The words for a level.
const LEVELS: [&str; 5] = ["error", "warning", "information", "hint", "off"];

fn no_such(
    view: &BlockView,
    place: Span,
    name: &str,
    what: &str,
    near: Option<&'static str>,
) -> Finding {
    let hint = near.map_or(String::new(), |near| format!(" Did you mean {near}?"));
    instead(view, place, format!("“{name}” is no {what}.{hint}"), near)
}

fn instead(view: &BlockView, place: Span, what: String, near: Option<&str>) -> Finding {
    finding(&Mistake {
        span: view.placed.place(place),
        what,
        instead: near.map(str::to_owned),
    })
}

/// Reads a configuration file of the project.
pub fn read(text: &str) -> Read {
    sheet::read(text, &KEYS, Use::Project)
}

/// Reads a profile file.
pub fn read_profile(text: &str) -> Read {
    sheet::read(text, &KEYS, Use::Profile)
}

/// What is not understood in a configuration file, as findings in it.
pub fn check(text: &str) -> Vec<Finding> {
    read(text).mistakes.iter().map(finding).collect()
}

/// A mistake as a finding.
pub fn finding(mistake: &Mistake) -> Finding {
    let mut finding = look::finding(&RULE, mistake.span, mistake.what.clone());
    finding.fixes = mistake
        .instead
        .iter()
        .map(|words| Fix {
            title: format!("Write {words}"),
            is_safe: false,
            edits: vec![Edit::replace(mistake.span, words.clone())],
        })
        .collect();
    finding
}
