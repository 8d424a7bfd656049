"""What is needed, what is held, what was measured: one line a bar."""

# key: (what it is, unit, better, needed, held). `held` is a floor (or a ceiling) a little beside what was measured when
# the line was last touched: the command fails beyond it, and it only ever moves towards `needed` and past it. None: only printed.
BARS = {
    "B": ("speaker of a quoted segment, F1", "", "more", 88, 88),
    "C": ("cue, F1", "", "more", 74, 73.5),
    "D": ("content, F1", "", "more", 67, 66),
    "Ds": ("content with its speaker, F1", "", "more", 60, 61),
    "Di": ("indirect content, F1", "", "more", 60, 56),
    "E": ("unattributed sentences, F1", "", "more", 72, 75),
    "MCC": ("unattributed sentences, MCC", "", "more", 0.60, 0.63),
    "sure": ("speakers without “probably” that are the one annotated", "%", "more", 99.5, 99.5),
    "mention": ("of these, by the very mention that is annotated", "%", "more", None, 96),
    "coverage": ("quoted segments whose speaker is given without “probably”", "%", "more", 80, 77.5),
    "given": ("the same, of those that are given a speaker at all", "%", "more", None, 80),
    "cuts": ("cuts after which a quotation is silently another person’s", "%", "less", 1, 0.85),
    "newline": ("attributions that differ without blank lines", "", "less", 0, 0),
    "errors": ("errors an article of clean copy", "", "less", 0.2, 0.1),
    "warnings": ("warnings an article of clean copy", "", "less", 1, 0.25),
    "loud": ("warnings and errors in an article of clean copy, 90th percentile", "", "less", 1, 1),
    "marks": ("marks in an article of clean copy, 90th percentile", "", "less", 4, 4),
    "slips": ("rules that find 80 % of the slips made for them in clean copy", "%", "more", 100, 98),
    "hanging": ("what hangs after a dropped paragraph, reported", "%", "more", 80, 80),
    "orphans": ("orphaned quotations found", "%", "more", 90, 89.5),
    "claims": ("orphaned claims with a figure found", "%", "more", None, None),
    "named": ("of those whose figure the catalogue names", "%", "more", 80, 80),
    "seen": ("of those in whose sentence alone the rule finds a figure", "%", "more", 80, 80),
    "speakerless": ("quote-without-speaker, an article undeleted", "", "less", 0.05, 0.05),
    "ambiguous": ("quote-ambiguous-speaker, an article undeleted", "", "less", 0.1, 0.05),
    "rate": ("reading, one core", "MB/s", "more", 20, None),
    "memory": ("memory at its highest in a long stream, against one pass over train", "times", "less", 1.1, 1.1),
    "size": ("the binary", "MB", "less", 15, 15),
}


class Bars:
    def __init__(self):
        self.measured = {}

    def set(self, key, value):
        assert key in BARS, key
        self.measured[key] = value

    def rows(self):
        for key, (what, unit, better, needed, held) in BARS.items():
            if key in self.measured:
                value = self.measured[key]
                yield what, unit, needed, value, needed is None or is_good(value, better, needed)

    def broken(self):
        lines = []
        for key, (what, unit, better, _, held) in BARS.items():
            if held is None or key not in self.measured:
                continue
            value = self.measured[key]
            if not is_good(value, better, held):
                word = "at least" if better == "more" else "at most"
                lines.append(f"accuracy: {what}: {value:.3g} {unit}".rstrip() + f"; {word} {held} is held")
        return lines


def is_good(value, better, bar):
    return value >= bar if better == "more" else value <= bar
