"""The measures as a page: printed, and written to docs/accuracy.md and the README when asked."""
import datetime

from corpus import LEFT, PROJECT

BEGIN, END = "<!-- tests/accuracy/run.sh writes from here -->", "<!-- to here -->"
# What people found who read the disagreements; the day says which reading they read.
CALIBRATION_BY_HAND = (
    "Read by hand on 2026-11-30, by whoever changed it. On dev, of the 2 that are somebody else one is an error (a clause before the verb whose “as” was overlooked), and in one the annotation is plainly wrong. "
    "On train, of 46 among 6,467 that are somebody else, 24 are errors; in the others the annotation takes the outlet or the poll that passes the words on (10), "
    "or means the same person by a pronoun that was not followed, or is itself in doubt (12). That tells of the words that name the speaker. Whom “he” and “she” mean the annotation does not say: of 60 on train that were "
    "given without “probably” some changes ago and point to another paragraph or sentence, drawn by chance, 2 mean another person and 1 is open; of 40 that came with the change before the last one none does, of 40 of the 67 that came with the last one 2. That would be about 25 errors more among the 6,467. "
    "So of the persons given without “probably” about 99.2 in 100 are right, and of the words that name them 99.6.",
    "What is missing to 80 % of the segments: on dev 7 % of the segments have no speaker of their own in the reading (chants, titles, words of a law, what somebody is only seen to think or do, words in marks that one reports of another), and stay "
    "uncounted here even where the report around them has its speaker; 4 % are pronouns that may mean somebody else, or would once a paragraph is cut (to take the one person whom the paragraph before names for sure was tried: 1.1 % of the cuts then turn a speaker); the rest, 11 %, stand in a clause inside another, behind a weak cue, in another sentence or far from the words that name the speaker, where train has 6 to 40 errors in 100.",
)
SPEAKERLESS_BY_HAND = (
    "Read by hand on 2026-11-25, when there were 69 findings on quotations without a speaker on train (the repairs that followed left 50, and 37 on train and dev together on 2026-11-29): in 12 nobody is named in the "
    "paragraph or the one before, as the rule says; in 15 only the sentence before tells whose words follow, which a strict desk asks about too; "
    "11 stand in dialogue or in quotations that run on without their marks; 20 have a speaker by words that are not read as such "
    "(“shared her worry with the hall, “…””); 7 are titles, slogans and the words of a law; 4 are marks of the page."
)
SLIPS_BY_HAND = (
    "What is missed, read on 2026-11-29: a lede is supported, and an unnamed source joined, by whoever is quoted in the next two paragraphs, whatever the quotation is "
    "about; “he” in the paragraph after an accusation is taken for the accused who answers; a surname that comes in after a dash or by what somebody does, of whom the story "
    "never has the full name again as somebody who speaks; the figures of a poll that is not named, told as a share of voters; “XX” behind a capital, which may be a number; a closing "
    "mark typed as an opening one. Some makers changed on that day, because what they made was no slip, or another rule’s: a person of whom it says “wrote” where the record is an email, "
    "“at least 20” beside 23, a sentence that “it is believed” left without a verb, two fragments in one paragraph, “President Obama” without the forename, “he said” before a quotation; and what is asked about once, "
    "with the other places pointed at, counts as found at each of them."
)
HANGING_BY_HAND = (
    "Of 40 places that were missed at first, drawn by chance and read by hand on 2026-11-29, 39 really hang, and one was the same place counted twice (two names of one "
    "surname had been cut together; a place counts once now). Eight of the 39 are people whom every reader of political news knew; a desk asks for the full name of them too. "
    "What is still missed: surnames that come in as the one who asks, attacks or is pressed and never speak in words that are read as speech; surnames that are a place’s, a "
    "country’s or a firm’s name as well (“Jordan”, “Read”); whoever begins a sentence under a common word (“Early”)."
)
NEWS = "PolNeAR (US politics, 2015-16, seven outlets, annotated by people)"


class Report:
    def __init__(self, corpus):
        self.day = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
        self.dev, self.train = len(corpus.dev), len(corpus.train)
        self.text = ""
        self.readme = ""
        self.last = ""
        self.kept = []

    def section(self, title, *parts):
        self.text += f"\n## {title}\n\n" + "\n\n".join(part for part in parts if part) + "\n"

    def scores(self, head, rows):
        rows = [[row[0], *(f"{value:.1f}" for value in row[1:-1]), f"{row[-1]:.3f}"] for row in rows]
        self.readme = table(head, rows)
        self.section(
            "Who says what",
            "F1 in percent; the last column is Matthews’ correlation. The systems answered 83 of the 84 articles, on parses that come with "
            "the corpus; Citron alone was trained on it. The human row is two annotators on 20 other articles.",
            self.readme,
        )

    def behind(self, own, peers, human):
        """Where somebody else is better, in words."""
        better = [
            f"{name} is better at {column} ({score:.3g} against {value:.3g})"
            for name, scores in peers.items()
            for (column, value), score in zip(own, scores) if score > value
        ]
        worst = sorted(zip(own, human), key=lambda pair: pair[0][1] / pair[1])[:3]
        gaps = ", ".join(f"{column} ({value:.3g} against {aim:.3g})" for (column, value), aim in worst)
        told = "On the same articles: " + "; ".join(better) + "." if better else "No system in the table is better in any column."
        all_behind = all(value < aim for (_, value), aim in zip(own, human))
        if all_behind:
            told += " A human is better in every column"
        else:
            columns = [column for (column, value), aim in zip(own, human) if value < aim]
            told += f" A human is better at {', '.join(columns)}"
        self.last = told + f"; the gap is widest at {gaps}."
        self.text += f"\n{self.last}\n"

    def calibration(self, rows, annotated, shown, sure, other, kin, nobody, mention, share, coverage):
        self.section(
            "What “probably” means",
            f"Of {annotated} quoted segments with an annotated speaker, {shown} are given one, {sure} of these without “probably”: {100 * sure / max(1, shown):.1f} % of the "
            f"speakers given, {coverage:.1f} % of the segments. "
            f"{sure - other + kin} of the {sure} ({share:.2f} %) are the speaker annotated: {sure - other} ({mention:.2f} %) by the very mention that is "
            f"annotated, {kin} by another mention of the same speaker, by more or fewer words, or where source and cue are annotated the wrong way round; {other - kin} are "
            f"somebody else. {nobody} more segments have a speaker without “probably” where the annotation has none.",
            "Until 2026-11-30 the bar counted only the very mention. An annotator who marks the name where the program takes the “he” behind it means the same "
            "speaker, and whoever reads “Ruiz” without “probably” is told right; so the bar counts speakers now, and both figures are printed. Each quotation is asked for at the "
            "attribution that it goes with, as a hover tells; before that day, at the first one that holds it, which was one segment of dev less. One inside a report counts where both are by the same speaker.",
            "The bar asks for a coverage of 80 in 100, and does not say of what. It is counted over all segments, also those that are given nobody; over the speakers that are given it would be reached. Both are printed.",
            table(["confidence", "given", "as annotated", "%"], [[*row[:3], f"{row[3]:.1f}"] for row in rows]),
            *CALIBRATION_BY_HAND,
        )

    def evidence(self, rows):
        """By what a speaker is known, on train: the table from which `src/story/evidence.rs` is set."""
        cells = [[name, level, count, *(f"{value:.1f}" for value in values)] for name, level, count, *values in rows]
        self.section(
            "What a speaker rests on",
            f"Each quoted segment of train ({self.train} articles) by what speaks for its speaker and by how sure that is held to be, the best first. "
            "“As annotated” is the mention that is annotated; “same speaker” also counts another mention of the same speaker, the cue "
            "annotated as the speaker, and the outlet that passes it on. The last two columns believe a line and all above it.",
            table(["evidence", "held", "segments", "as annotated %", "same speaker %", "covered %", "right %"], cells),
        )

    def one_newline(self, count, differ, articles, of):
        self.section(
            "Without blank lines",
            f"The same articles with one newline between paragraphs: {differ} of {count} attributions differ, in {articles} of {of} articles.",
        )

    def cuts(self, cuts, pairs, turned, hushed, opened, cuts_with, share):
        self.section(
            "A paragraph less",
            f"Every paragraph dropped in turn, {cuts} cuts with {pairs} quotations that had a speaker before: {turned} are silently another "
            f"person’s after it ({100 * turned / max(1, pairs):.2f} % of the quotations), in {cuts_with} cuts ({share:.2f} %); {hushed} more are "
            f"“probably” another’s, {opened} are left open.",
        )

    def hanging(self, rows):
        kinds = {"name": "a surname whose full name is gone", "pronoun": "“he said” with nobody named in the three paragraphs before", "thing": "“the report said” with none before it"}
        cells = [[kinds[kind], hung, told, f"{100 * told / max(1, hung):.0f}"] for kind, hung, told in rows]
        hung, told = (sum(row[at] for row in rows) for at in (1, 2))
        self.section(
            "What hangs after a cut",
            f"Every paragraph of dev and train dropped in turn, and what has nothing before it any more, found by script: {hung} places, {told} of them reported ({100 * told / max(1, hung):.0f} %).",
            table(["what hangs", "places", "reported", "%"], cells),
            HANGING_BY_HAND,
        )

    def clean_copy(self, rows, levels, articles):
        cells = [[rule, *(f"{value:.3f}" if value else "" for value in values)] for rule, *values in rows]
        all_of_them = ["all", *(f"{levels[name]:.3f}" for name in levels)]
        over = [
            f"{rule} ({name} {value:.2f})"
            for rule, error, warning, *_ in rows
            for name, value, most in (("error", error, 0.1), ("warning", warning, 0.25)) if value > most
        ]
        self.section(
            "What is asked about clean copy",
            f"Findings an article over {articles} articles that editors have passed, profile `wire`. A rule may speak up to 0.1 an article as "
            "an error and 0.25 as a warning" + ("; over that: " + ", ".join(over) + "." if over else "; none is over that."),
            table(["rule", *levels], [*cells, all_of_them]),
        )

    def marks(self, rows, quiet, articles):
        cells = [[f"{100 * share:.0f} %", loud, marks] for share, loud, marks in rows]
        self.section(
            "How many marks an article has",
            f"Hints are no marks. {quiet[0]} of {articles} articles have at most one warning or error ({100 * quiet[0] / articles:.0f} %), {quiet[1]} at most "
            f"four marks in all ({100 * quiet[1] / articles:.0f} %).",
            table(["so many articles have at most", "warnings and errors", "marks"], cells),
        )

    def positives(self, counts):
        rows = sorted(counts.items(), key=lambda row: row[1][0] / max(1, row[1][1]))
        cells = [[rule, made, found, f"{100 * found / max(1, made):.0f}"] for rule, (found, made) in rows]
        few = [rule for rule, (_, made) in counts.items() if made < 50]
        self.section(
            "Slips made in clean copy",
            "Silence would meet every budget. So for each rule the slip that it is for is made by script in articles of dev and train, sixty times where "
            f"so many lend themselves (`tests/accuracy/slips.py` says how), and found if the rule speaks at its place. {len(rows)} rules; fewer than fifty could be made for "
            f"{', '.join(few) or 'none'}. `quote-without-speaker` is measured by deletion, below.",
            table(["rule", "made", "found", "%"], cells),
            SLIPS_BY_HAND,
        )

    def figures(self, named, hit_named, seen, hit_seen):
        self.named = (
            f"Of the claims, {named} stand in a whole sentence with a figure that the catalogue names (a share, a fraction, a million of money, a hundred people) and that "
            f"tells no vote, no market close and no condition: {hit_named} of them are found ({100 * hit_named / max(1, named):.0f} %). In {seen} the rule finds a figure when the "
            f"sentence stands alone: {hit_seen} of them are found in the article ({100 * hit_seen / max(1, seen):.0f} %)."
        )

    def deletions(self, kinds, lines, an_article):
        asked = ", ".join(f"{rule} {an_article(rule):.3f}" for rule in ("quote-without-speaker", "quote-ambiguous-speaker"))
        self.section(
            "When the source is deleted",
            f"From train and dev, one source with its cue deleted at a time where no other cue stands near: {kinds['quote']} orphaned quotations, "
            f"{kinds['claim']} claims with a figure, beside {kinds['clean']} articles as they are.",
            "\n".join(f"- {line}" for line in lines) + f"\n- clean articles: {asked} an article",
            self.named,
            SPEAKERLESS_BY_HAND,
        )

    def speed(self, letters, rate, best, short, long, articles, train, size):
        self.section(
            "Speed and size",
            f"Train ({letters / 1e6:.1f} MB of text) as JSON lines on one core: {rate:.1f} MB/s of processor time, best of five "
            f"({best[1]:.2f} s; {best[0]:.2f} s on the clock of a machine that does other things). Memory at its highest: {short:.0f} MB for {train:,} articles, "
            f"{long:.0f} MB for {articles:,}, on all cores. The binary: {size:.1f} MB.",
        )

    def speed_of_before(self):
        """Where speed was left out of this run: what the page says already, of the last run that had it."""
        page = (PROJECT / "docs" / "accuracy.md").read_text(encoding="utf-8")
        told = page.split("## Speed and size\n\n")[1].split("\n\n## ")[0].strip()
        self.section("Speed and size", told)
        self.kept = [line for line in page.splitlines() if line.startswith(("| reading, one core", "| memory at its highest", "| the binary"))]

    def by_hand(self, rows):
        read, worth = sum(row[1] for row in rows), sum(row[2] for row in rows)
        self.section(
            "Findings read by hand",
            f"On 2026-11-25 every error, warning and information about dev was read as a desk would read it, of `date-unanchored` the first ten, and the hints on polls; those of four rules that changed (claim-figure-unattributed, name-first-reference, quote-without-speaker, and quote-unbalanced with two hints that are new) again on 2026-11-29, by whoever changed them: {read} findings. "
            f"{worth} ({100 * worth / max(1, read):.0f} %) were worth a question to the writer. No sentence of the news stands here; what was wrong with the others is told in general.",
            table(["rule", "read", "worth asking", "what was wrong with the others"], rows),
        )

    def bars(self, bars):
        rows = [
            [what, "" if needed is None else f"{needed:g} {unit}".strip(), f"{value:.4g} {unit}".strip(), "" if good else "not yet"]
            for what, unit, needed, value, good in bars.rows()
        ]
        rows += [[cell.strip() for cell in line.strip("|").split("|")] for line in self.kept]
        self.section("Needed and measured", table(["", "needed", "measured", ""], rows))
        self.text = (
            "# How well it reads\n\n"
            f"Measured on {self.day} by `tests/accuracy/run.sh` over the dev part of {NEWS}: {self.dev} articles that nothing here was "
            f"trained on, though its authors saw them; {self.train} more make up the train part. The corpus states no licence, so none of it is in "
            "this project; without it the command says so and ends.\n" + self.text
        )
        self.text += f"\nFor reading, with the words of the corpus: `{LEFT.relative_to(PROJECT)}/`.\n"

    def write(self):
        (PROJECT / "docs" / "accuracy.md").write_text(self.text, encoding="utf-8")
        readme = PROJECT / "README.md"
        text = readme.read_text(encoding="utf-8")
        before, rest = text.split(BEGIN)
        after = rest.split(END)[1]
        told = (
            f"Measured on {self.day} with `tests/accuracy/run.sh`, on {NEWS}, dev part, F1 in percent by one scorer for all:\n\n"
            f"{self.readme}\n\n{self.last} What else is measured, with what is not reached yet: [docs/accuracy.md](docs/accuracy.md)."
        )
        readme.write_text(f"{before}{BEGIN}\n\n{told}\n\n{END}{after}", encoding="utf-8")


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
