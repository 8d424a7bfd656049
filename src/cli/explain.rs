//! `onrecord explain`: what a rule finds and why.

use super::{complain, print};
use crate::rule::Rule;
use crate::rules;

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
