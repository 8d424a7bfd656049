"""What is asked about clean copy, and what is found when a source and its cue are deleted."""
import json
import subprocess
import sys
from collections import Counter

from corpus import LEFT, SHARED

LEVELS = ["error", "warning", "information", "hint"]


def clean_copy(corpus, bars, report):
    """Findings by rule and level over dev, which editors have passed: nearly all of it is noise."""
    counts = Counter()
    for id, found in corpus.findings(corpus.dev).items():
        counts.update((finding["rule"], finding["severity"]) for finding in found)
    articles = len(corpus.dev)
    level = lambda name: sum(count for (_, severity), count in counts.items() if severity == name) / articles
    bars.set("errors", level("error"))
    bars.set("warnings", level("warning"))
    rules = sorted({rule for rule, _ in counts}, key=lambda rule: -sum(counts[rule, name] for name in LEVELS))
    rows = [[rule, *(counts[rule, name] / articles for name in LEVELS)] for rule in rules]
    report.clean_copy(rows, {name: level(name) for name in LEVELS}, articles)


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


def is_found(case, findings, rule):
    start, end = case["span"]
    return any(f["rule"].startswith(rule) and f["start"] < end and start < f["end"] for f in findings)


def share(cases, found, kind, rule):
    cases = [case for case in cases if case["kind"] == kind]
    return 100 * sum(is_found(case, found[case["id"]], rule) for case in cases) / max(1, len(cases))
