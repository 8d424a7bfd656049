//! The difference of two texts, as a unified diff.

use std::fmt::Write as _;

/// How many lines around a change are shown.
const AROUND: usize = 2;

/// The greatest table of lines against lines that is made; longer stretches are shown as replaced.
const MAX_CELLS: usize = 4_000_000;

enum Step<'a> {
    Same(&'a str),
    Old(&'a str),
    New(&'a str),
}

/// A unified diff; nothing where the texts are the same.
pub fn unified(path: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    let steps = steps(&lines(old), &lines(new));
    let is_near = |at: usize| {
        let from = at.saturating_sub(AROUND);
        let to = (at + AROUND + 1).min(steps.len());
        steps[from..to]
            .iter()
            .any(|step| !matches!(step, Step::Same(_)))
    };
    let mut out = format!("--- {path}\n+++ {path}\n");
    let (mut old_line, mut new_line, mut at) = (1, 1, 0);
    while at < steps.len() {
        if !is_near(at) {
            old_line += 1;
            new_line += 1;
            at += 1;
            continue;
        }
        let end = (at..steps.len())
            .find(|&at| !is_near(at))
            .unwrap_or(steps.len());
        let hunk = &steps[at..end];
        let count = |new: bool| {
            let counts = hunk.iter().filter(|step| match step {
                Step::Same(_) => true,
                Step::Old(_) => !new,
                Step::New(_) => new,
            });
            counts.count()
        };
        let (old_count, new_count) = (count(false), count(true));
        let _ = writeln!(out, "@@ -{old_line},{old_count} +{new_line},{new_count} @@");
        for step in hunk {
            let (sign, line) = match step {
                Step::Same(line) => (' ', line),
                Step::Old(line) => ('-', line),
                Step::New(line) => ('+', line),
            };
            let _ = write!(out, "{sign}{line}");
            if !line.ends_with('\n') {
                out.push_str("\n\\ No newline at end of file\n");
            }
        }
        old_line += old_count;
        new_line += new_count;
        at = end;
    }
    out
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn steps<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Step<'a>> {
    let head = old
        .iter()
        .zip(new)
        .take_while(|(one, other)| one == other)
        .count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(|(one, other)| one == other)
        .count();
    let (a, b) = (
        &old_rest[..old_rest.len() - tail],
        &new_rest[..new_rest.len() - tail],
    );
    let mut steps: Vec<Step> = old[..head].iter().map(|line| Step::Same(line)).collect();
    if a.len() * b.len() > MAX_CELLS {
        steps.extend(a.iter().map(|line| Step::Old(line)));
        steps.extend(b.iter().map(|line| Step::New(line)));
    } else {
        middle(a, b, &mut steps);
    }
    steps.extend(
        old_rest[old_rest.len() - tail..]
            .iter()
            .map(|line| Step::Same(line)),
    );
    steps
}

/// The longest common subsequence of two runs of lines.
fn middle<'a>(a: &[&'a str], b: &[&'a str], steps: &mut Vec<Step<'a>>) {
    let width = b.len() + 1;
    let mut longest = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i] == b[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            steps.push(Step::Same(a[i]));
            i += 1;
            j += 1;
        } else if j == b.len()
            || i < a.len() && longest[(i + 1) * width + j] >= longest[i * width + j + 1]
        {
            steps.push(Step::Old(a[i]));
            i += 1;
        } else {
            steps.push(Step::New(b[j]));
            j += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_lines_stand_between_those_around_them() {
        let old = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";
        let new = "one\ntwo\nthree\n4\nfive\nsix\nseven";
        assert_eq!(
            unified("a.lede", old, new),
            "--- a.lede\n+++ a.lede\n@@ -2,6 +2,6 @@\n two\n three\n-four\n+4\n five\n six\n-seven\n+seven\n\\ No newline at end of file\n"
        );
        assert_eq!(unified("a.lede", old, old), "");
    }
}
