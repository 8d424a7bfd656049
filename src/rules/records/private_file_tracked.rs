//! A private file that git tracks.

use crate::finding::{Finding, Severity};
use crate::rule::{Check, Rule};
use crate::rules::look;
use crate::text::span::Span;

/// A private file that git tracks.
pub const RULE: Rule = Rule {
    name: "private-file-tracked",
    topic: "source",
    severity: Some(Severity::Warning),
    is_unfinished: false,
    summary: "A private file that git tracks: whoever has the repository has the names.",
    why: "A private file holds who a source is. What git tracks goes to everybody who clones or pulls, and stays in the history \
          when it is deleted. Told at the file, and nothing of what it says.",
    fires: &[
        "
@ git=tracked
=== council.private.lede
[^s3]: interview, Ana Roth; background
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning private-file-tracked: Git tracks this private file. Take it out: git rm --cached, and name it in .gitignore.
",
        "
@ git=tracked
=== names.private.lede
[@roth]: person, Ana Roth; contact: 555 0100
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning private-file-tracked: Git tracks this private file. Take it out: git rm --cached, and name it in .gitignore.
",
        "
@ git=tracked
=== names.private.lede
Who is who.
^^^^^^^^^^^ warning private-file-tracked: Git tracks this private file. Take it out: git rm --cached, and name it in .gitignore.

[^s3]: interview, Ana Roth; background
",
        "
@ git=tracked
=== council.private.lede
[^s3]: a clerk; known-to: NB
^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning private-file-tracked: Git tracks this private file. Take it out: git rm --cached, and name it in .gitignore.
",
    ],
    quiet: &[
        "=== council.private.lede\n[^s3]: interview, Ana Roth; background\n",
        "=== names.private.lede\n[@roth]: person, Ana Roth\n",
        "@ git=tracked\n=== council.lede\nThe board met twice.[^s3]\n\n[^s3]: interview, Ana Roth; on record\n",
        "@ git=tracked\n=== council.lede\nThe board met twice.\n",
        "=== council.private.lede\nSources said the board would fall.\n",
        "=== council.private.lede\n",
    ],
    options: &[],
    // Drafts are never private, and private files are looked at by nothing else.
    check: Check::Story(|_, _, _| {}),
};

/// What is said of a private file that git tracks, at its first line.
pub fn finding(text: &str) -> Finding {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let message =
        "Git tracks this private file. Take it out: git rm --cached, and name it in .gitignore.";
    Finding {
        is_private: true,
        ..look::finding(&RULE, Span::new(0, end), message)
    }
}
