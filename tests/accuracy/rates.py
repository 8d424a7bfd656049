"""What was measured of each rule, as the table from which its page is made: `src/rules/rates.tsv`."""
from corpus import PROJECT
from findings import LEVELS

# Findings that people read, by rule: how many, and how many were worth a question to the writer. No words of the corpus.
BY_HAND = PROJECT / "tests" / "accuracy" / "by-hand.tsv"


def write(counts, made, articles):
    read = by_hand()
    rules = sorted({rule for rule, _ in counts} | set(made) | set(read))
    lines = ["\t".join(["rule", "articles", *LEVELS, "made", "found", "read", "worth"])]
    for rule in rules:
        found, of = made.get(rule, (0, 0))
        levels = [counts[rule, level] for level in LEVELS]
        lines.append("\t".join(map(str, [rule, articles, *levels, of, found, *read.get(rule, (0, 0))])))
    (PROJECT / "src" / "rules" / "rates.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def by_hand():
    return {rule: (read, worth) for rule, read, worth, _ in told()}


def told():
    """The lines of what was read: rule, read, worth asking, what was wrong with the others."""
    lines = BY_HAND.read_text(encoding="utf-8").splitlines()[1:]
    cells = [line.split("\t") for line in lines]
    return [[rule, int(read), int(worth), wrong] for rule, read, worth, wrong in cells]
