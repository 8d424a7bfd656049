//! `onrecord explain`: what a rule finds and why.

use std::fmt::Write as _;

use super::{complain, print};
use crate::rule::Rule;
use crate::rules::{self, rates};

/// Prints the page of a rule, or the list of all.
pub fn run(name: Option<&str>) -> i32 {
    let Some(name) = name else {
        let width = rules::RULES.iter().map(|rule| rule.name.len()).max();
        let width = width.unwrap_or(0);
        let lines = rules::RULES.iter().map(|rule| {
            format!(
                "{:width$}  {:11}  {}\n",
                rule.name,
                level(rule),
                rule.summary
            )
        });
        return print(&lines.collect::<String>(), 0);
    };
    match rules::rule(name) {
        Some(rule) => print(&page(rule), 0),
        None => {
            let near = rules::RULES
                .iter()
                .map(|rule| (strsim::jaro_winkler(rule.name, name), rule.name))
                .max_by(|one, other| one.0.total_cmp(&other.0))
                .filter(|(likeness, _)| *likeness > 0.7);
            let hint = near.map_or(String::new(), |(_, near)| format!(" Did you mean {near}?"));
            complain(&format!(
                "there is no rule {name}.{hint} `onrecord explain` lists all."
            ));
            2
        }
    }
}

/// The page of every rule, as docs/rules.md has it.
pub fn all() -> String {
    let mut page = String::from(
        "# Rules\n\nMade from the rules themselves; do not edit by hand. A rule’s name is its key in the configuration and its \
         word after `STET`; so is its group. How what is told as measured was measured: \
         [accuracy.md](accuracy.md).\n\n| rule | group | level | finds |\n|---|---|---|---|\n",
    );
    for rule in rules::RULES {
        let _ = writeln!(
            page,
            "| [{0}](#{0}) | {1} | {2} | {3} |",
            rule.name,
            rule.topic,
            level(rule),
            rule.summary
        );
    }
    for rule in rules::RULES {
        let unfinished = if rule.is_unfinished {
            " Softer while the story is a draft."
        } else {
            ""
        };
        let measured = rates::of(rule.name).map_or(String::new(), |rate| {
            format!("**Measured.** {}\n\n", rate.told())
        });
        let _ = write!(
            page,
            "\n## {}\n\n{} Level: {}.{unfinished}\n\n**Why.** {}\n\n{measured}**Found**\n",
            rule.name,
            rule.summary,
            level(rule),
            rule.why
        );
        for marked in rule.fires {
            let _ = write!(page, "\n```text\n{}\n```\n", marked.trim_matches('\n'));
        }
        page.push_str("\n**Left alone**\n");
        for marked in rule.quiet {
            let _ = write!(page, "\n```text\n{}\n```\n", marked.trim_matches('\n'));
        }
        if !rule.options.is_empty() {
            page.push_str("\n**Options**\n\n");
        }
        for option in rule.options {
            let _ = writeln!(
                page,
                "- `{}.{}` (`{}`): {}",
                rule.name, option.name, option.default, option.summary
            );
        }
    }
    page
}

fn page(rule: &Rule) -> String {
    let mut page = format!(
        "{} ({})\n\n{}\n\n{}\n",
        rule.name,
        level(rule),
        rule.summary,
        rule.why
    );
    for (title, examples) in [
        ("It asks about:", rule.fires),
        ("It leaves alone:", rule.quiet),
    ] {
        if !examples.is_empty() {
            page.push_str(&format!("\n{title}\n"));
        }
        for example in examples {
            page.push('\n');
            for line in example.trim_matches('\n').lines() {
                page.push_str(format!("    {line}").trim_end());
                page.push('\n');
            }
        }
    }
    if let Some(rate) = rates::of(rule.name) {
        let _ = writeln!(page, "\n{}", rate.told());
    }
    if !rule.options.is_empty() {
        page.push_str("\nOptions:\n");
    }
    for option in rule.options {
        page.push_str(&format!(
            "    {} = {}  {}\n",
            option.name, option.default, option.summary
        ));
    }
    page
}

fn level(rule: &Rule) -> &'static str {
    rule.severity.map_or("off", |severity| severity.name())
}
