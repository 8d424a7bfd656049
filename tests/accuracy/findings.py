"""What is asked about clean copy, and what is found when a source and its cue are deleted."""
import json
import math
import re
import subprocess
import sys
from collections import Counter

from corpus import LEFT, SHARED

LEVELS = ["error", "warning", "information", "hint"]


def clean_copy(corpus, bars, report):
    """Findings by rule and level over dev, which editors have passed: nearly all of it is noise."""
    counts, loud, marks = Counter(), [], []
    for id, found in corpus.findings(corpus.dev).items():
        counts.update((finding["rule"], finding["severity"]) for finding in found)
        loud.append(sum(finding["severity"] in ("error", "warning") for finding in found))
        marks.append(sum(finding["severity"] != "hint" for finding in found))
    articles = len(corpus.dev)
    for key, values in (("loud", loud), ("marks", marks)):
        bars.set(key, percentile(values, 0.9))
    quiet = [sum(value <= most for value in values) for values, most in ((loud, 1), (marks, 4))]
    level = lambda name: sum(count for (_, severity), count in counts.items() if severity == name) / articles
    bars.set("errors", level("error"))
    bars.set("warnings", level("warning"))
    rules = sorted({rule for rule, _ in counts}, key=lambda rule: (-sum(counts[rule, name] for name in LEVELS), rule))
    rows = [[rule, *(counts[rule, name] / articles for name in LEVELS)] for rule in rules]
    report.clean_copy(rows, {name: level(name) for name in LEVELS}, articles)
    report.marks([(share, percentile(loud, share), percentile(marks, share)) for share in (0.5, 0.75, 0.9, 0.95)], quiet, articles)
    return counts


def percentile(values, share):
    """The least value that so large a share of the articles does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def deletions(corpus, bars, report):
    """The deletion test over train and dev, made and scored by the tool beside the corpus."""
    tool = str(SHARED / "tools" / "deletion_test.py")
    parts = [str(SHARED / "corpus" / f"polnear_{part}.jsonl") for part in ("dev", "train")]
    cases, answers = LEFT / "deletion-cases.jsonl", LEFT / "deletion-findings.jsonl"
    with open(cases, "w", encoding="utf-8") as out:
        subprocess.run([sys.executable, tool, "make", *parts], stdout=out, stderr=subprocess.DEVNULL, check=True)
    with open(cases, encoding="utf-8") as lines:
        made = [json.loads(line) for line in lines]
    found = corpus.findings(made)
    with open(answers, "w", encoding="utf-8") as out:
        out.writelines(json.dumps({"id": id, "findings": list}) + "\n" for id, list in found.items())
    score = subprocess.run([sys.executable, tool, "score", cases, answers], stdout=subprocess.PIPE, check=True, encoding="utf-8")
    clean = [case for case in made if case["kind"] == "clean"]
    an_article = lambda rule: sum(finding["rule"] == rule for case in clean for finding in found[case["id"]]) / len(clean)
    bars.set("orphans", share(made, found, "quote", "quote-without-speaker"))
    bars.set("claims", share(made, found, "claim", "claim-"))
    named, seen = figures_that_rules_name(corpus, made)
    hit = lambda cases: sum(is_found(case, found[case["id"]], "claim-") for case in cases)
    bars.set("named", 100 * hit(named) / max(1, len(named)))
    bars.set("seen", 100 * hit(seen) / max(1, len(seen)))
    report.figures(len(named), hit(named), len(seen), hit(seen))
    bars.set("speakerless", an_article("quote-without-speaker"))
    bars.set("ambiguous", an_article("quote-ambiguous-speaker"))
    kinds = Counter(case["kind"] for case in made)
    report.deletions(kinds, score.stdout.splitlines(), an_article)
    with open(LEFT / "orphans-missed.txt", "w", encoding="utf-8") as out:
        for case in made:
            if case["kind"] == "quote" and not is_found(case, found[case["id"]], "quote-without-speaker"):
                start, end = case["span"]
                text = case["text"]
                out.write(f"{case['id']}\n{text[max(0, start - 400):start]}>>>{text[start:end]}<<<{text[end:end + 250]}\n\n")


# What the catalogue's entry for figures names: a share, a fraction of something, a million and more of money, a hundred people or
# things and more that harm comes in, a rate of change.
NAMED = re.compile(
    r"\d[\d,.]* ?(%|percent\b|per cent\b)|\b(half|a third|a quarter|two-thirds|three-quarters|majority) of\b|\b(one|two|three) in (\d|two|three|four|five|six|ten)"
    r"|[$€£] ?[\d,.]+ ?(million|billion|trillion|bn)|[$€£] ?\d{1,3}(,\d{3}){2,}|\b(doubled|tripled|halved)\b"
    r"|\b(\d{1,3}(,\d{3})+|\d{3,}|[\d.]+ (million|billion)) (\w+ ){0,2}(people|killed|dead|injured|jobs|cases|tenants|workers|citizens|children|soldiers|victims|refugees)", re.I)
# What it leaves alone: votes and delegates, closes of the market, what would be under a condition, what the law sets.
LEFT_ALONE = re.compile(r"\b(if|could|may|might|vote|votes|voted|delegates?|superdelegates|closed|earnings|share|law)\b", re.I)


def figures_that_rules_name(corpus, made):
    """The orphaned claims whose figure the catalogue names, and those in which the rule finds one when the sentence stands alone."""
    claims = [case for case in made if case["kind"] == "claim"]
    sentences = {case["id"]: sentence(case) for case in claims}
    is_whole = lambda words: words[:1].isupper() or words[:1].isdigit() or words[:1] in "$“\""
    told = lambda words: NAMED.search(words) and not LEFT_ALONE.search(words) and is_whole(words)
    named = [case for case in claims if told(sentences[case["id"]]) and NAMED.search(case["text"][slice(*case["span"])])]
    alone = [{"id": case["id"], "text": f"The board met at noon and went home again.\n\n{sentences[case['id']]}\n"} for case in claims]
    found = corpus.findings(alone)
    seen = [case for case in claims if any(f["rule"] == "claim-figure-unattributed" for f in found[case["id"]])]
    return named, seen


def sentence(case):
    """The sentence in which an orphaned claim stands."""
    text, (start, end) = case["text"], case["span"]
    begin = text.rfind("\n", 0, start) + 1
    before = [found.end() for found in re.finditer(r"[.?!][”\"’']*\s+(?=[A-Z“\"\d])", text[begin:start])]
    begin += before[-1] if before else 0
    stop = text.find("\n", end) if "\n" in text[end:] else len(text)
    after = re.search(r"[.?!][”\"’']*(\s|$)", text[max(0, end - 1):stop])
    return text[begin:max(0, end - 1) + after.end() if after else stop].strip()


def is_found(case, findings, rule):
    start, end = case["span"]
    return any(f["rule"].startswith(rule) and f["start"] < end and start < f["end"] for f in findings)


def share(cases, found, kind, rule):
    cases = [case for case in cases if case["kind"] == kind]
    return 100 * sum(is_found(case, found[case["id"]], rule) for case in cases) / max(1, len(cases))
