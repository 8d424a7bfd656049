//! Bytes as a row of choices: a fuzzer turns bytes, and with them what is typed, asked and set.

/// The bytes that are left.
pub struct Dice<'a>(&'a [u8]);

impl<'a> Dice<'a> {
    /// Choices from bytes; when they end, every choice is the first.
    pub fn new(bytes: &'a [u8]) -> Dice<'a> {
        Dice(bytes)
    }

    /// Whether all bytes are used up.
    pub fn is_over(&self) -> bool {
        self.0.is_empty()
    }

    fn byte(&mut self) -> usize {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        usize::from(*first)
    }

    /// A number below `bound`; 0 where nothing is.
    pub fn below(&mut self, bound: usize) -> usize {
        let number = match bound {
            0..=256 => self.byte(),
            _ => self.byte() << 8 | self.byte(),
        };
        number % bound.max(1)
    }

    /// One of a list that is not empty.
    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// The bytes that are left, as letters.
    pub fn rest(&mut self) -> String {
        String::from_utf8_lossy(std::mem::take(&mut self.0)).into_owned()
    }

    /// A few bytes as letters.
    fn letters(&mut self) -> String {
        let length = (1 + self.below(8)).min(self.0.len());
        let (letters, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8_lossy(letters).into_owned()
    }

    /// A piece of a list, or now and then letters that nobody thought of.
    pub fn piece(&mut self, of: &[&str]) -> String {
        match self.below(of.len() + 1).checked_sub(1) {
            Some(piece) => of[piece].to_owned(),
            None => self.letters(),
        }
    }

    /// A text of at most so many pieces.
    pub fn text(&mut self, of: &[&str], most: usize) -> String {
        let count = self.below(most + 1);
        (0..count)
            .take_while(|_| !self.0.is_empty())
            .map(|_| ())
            .collect::<Vec<()>>()
            .iter()
            .map(|()| self.piece(of))
            .collect()
    }
}

/// Pieces of stories: quotations, speakers, claims, marks, and characters that are wide, joined or no letters.
pub const STORY: &[&str] = &[
    "Slug: pier\nStatus: draft\nDate: 2026-03-01\n\n",
    "Status: edit\nChecks: quotes off; claim-figure-unattributed error\n\n",
    "---\nSlug: ferry\n---\n",
    "Board closes pier after storm\n\n",
    "By Ann Lee\n\n",
    "PORT HARLAN, Ore. — ",
    "The harbor board closed the pier on Monday. ",
    "“We had no warning,” Dana Ortiz, the board’s chair, said. ",
    "“It is over.” ",
    "“First the lamp.\n\n“Then the planks,” he said. ",
    "he said. ",
    "according to the report. ",
    "Ortiz said. ",
    "Mayor Paul Strand of Harlan told reporters: ",
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "people familiar with the matter said. ",
    "A police officer who asked not to be named said it was “bad.” ",
    "Crime fell 15% last year. ",
    "Two people were killed. ",
    "Prosecutors accused Kestrel Ltd of fraud. ",
    "the largest pier in Europe ",
    "Kestrel covered up two deaths. ",
    "on Thursday ",
    "Back in May, ",
    "The Harbor News reported earlier. ",
    "[^ortiz, 04:12]",
    "[^",
    "[@dana-ortiz]",
    "[a claim](^report, p. 3)",
    "[STET claim: chart]",
    "[STET quote]",
    "[TK: who?]",
    "TK ",
    "[LEGAL: ok?",
    "[LEGAL: ok?]",
    "[CQ DO 2026-03-01 #3f2a]",
    "<!--",
    "-->",
    "\n",
    "\n\n",
    "\r\n\r\n",
    "\r",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "\0",
    "é",
    "e\u{301}",
    "😀",
    "👩‍👧",
    "## Sub\n\n",
    "> “Quoted”\n> — Dana Ortiz\n\n",
    "- one\n- two\n\n",
    "| a | b |\n|---|---|\n",
    "![Pier.](img/pier.jpg \"Photo\")[^photo]\n\n",
    "###\n\n",
    "NOTES\n",
    "STORY\n",
    "[^ortiz]: interview, Dana Ortiz; date: 2026-03-01; on record\n",
    "[^r]: interview, Ana Roth; background\n    why: fears for her job\n",
    "[@dana-ortiz]: person, Dana Ortiz; role: chair\n",
    "Reporting by Ann Lee\n\n",
    "© 2026 Harbor News\n\n",
    "CORRECTION (July 12, 2024): Wrong. ",
    "\\[",
    "**",
    "_",
];
