//! Something in a configuration file that is not understood.

use super::keys::KEYS;
use super::look;
use crate::config::Mistake;
use crate::config::sheet::{self, Read, Use};
use crate::finding::{Finding, Fix, Severity};
use crate::rule::{Check, Rule};
use crate::text::edit::Edit;

/// Something in a configuration file that is not understood.
pub const RULE: Rule = Rule {
    name: "configuration-problem",
    topic: "markup",
    severity: Some(Severity::Warning),
    is_unfinished: false,
    summary: "Something in a configuration file that is not understood. What stood there last stays in force.",
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
"],
    quiet: &[
        "=== onrecord.toml\nprofile = \"opinion\"\n\n[severity]\nquotes = \"off\"\n",
        "=== onrecord.toml\n[rules.claims]\nscope = \"sentence\"\n",
        "=== onrecord.toml\n[words.roles]\nadd = [\"ferrykeeper\"]\ntake = [\"host\"]\n",
        "=== onrecord.toml\n[[files]]\nmatch = [\"opinion/**\", \"*.column.lede\"]\nprofile = \"opinion\"\n\n[files.severity]\nquote = \"hint\"\n",
        "=== onrecord.toml\nprofile = \"our-desk.toml\"\nroot = true\ninclude = [\"*.txt\"]\n",
        "=== onrecord.toml\n# nothing yet\n",
    ],
    options: &[],
    // Configuration files are looked at by themselves; no draft holds one.
    check: Check::Story(|_, _, _| {}),
};

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
