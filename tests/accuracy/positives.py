"""Slips made by script in clean copy, sixty a rule where so many articles lend themselves: how many are found."""
import hashlib
import json
import subprocess
import tempfile
from pathlib import Path

from clean import Clean
from corpus import LEFT
from slips import SLIPS

EACH = 60


def measure(corpus, bars, report):
    """Found and made, by rule; deletions are counted beside them, by the tool that makes them."""
    counts, missed = {}, []
    for rule, make in SLIPS.items():
        made = slips(corpus, rule, make)
        files = [one for one in made if one["files"]]
        found = corpus.findings([one for one in made if not one["files"]]) | in_folders(corpus, files)
        right = [one for one in made if any(is_at(finding, rule, one["span"]) for finding in found[one["id"]])]
        counts[rule] = (len(right), len(made))
        missed += [(rule, one) for one in made if one not in right]
    with open(LEFT / "slips-missed.txt", "w", encoding="utf-8") as out:
        for rule, one in missed:
            start, end = one["span"]
            text = one["text"]
            out.write(f"[{rule}] {one['id']}\n  {text[max(0, start - 200):start]}>>>{text[start:end][:600]}<<<{text[end:end + 100]}\n\n")
    enough = [rule for rule, (found, made) in counts.items() if made and found / made >= 0.8]
    bars.set("slips", 100 * len(enough) / len(counts))
    report.positives(counts)
    return counts


def slips(corpus, rule, make):
    """The same slips at every run: articles in an order of the rule’s own, the first sixty that lend themselves."""
    order = lambda article: hashlib.sha256(f"{rule} {article['id']}".encode()).digest()
    made = []
    for article in sorted(corpus.dev + corpus.train, key=order):
        clean = Clean(article, rule)
        one = make(clean) if len(clean.paragraphs) > 4 else None
        if one:
            text, span, *files = one
            made.append({"id": article["id"], "text": text, "span": span, "files": files[0] if files else {}})
        if len(made) == EACH:
            break
    return made


# What is asked about once, with the other places pointed at: the slip is found if it is one of them.
AS_WELL = ("described no better", "not named either, and no word on why", "needs the date too", "the other spelling")


def is_at(finding, rule, span):
    also = [one["span"] for one in finding.get("related", []) if one["message"].endswith(AS_WELL)]
    places = [(finding["start"], finding["end"]), *((one["start"], one["end"]) for one in also)]
    return finding["rule"] == rule and any(start < span[1] and span[0] < max(end, start + 1) for start, end in places)


def in_folders(corpus, made):
    """Findings of drafts that need files beside them, each in a folder of its own."""
    if not made:
        return {}
    with tempfile.TemporaryDirectory(dir=LEFT) as folder:
        for number, one in enumerate(made):
            desk = Path(folder) / f"{number:03}"
            for name, text in [("draft.lede", one["text"]), *one["files"].items()]:
                (desk / name).parent.mkdir(parents=True, exist_ok=True)
                (desk / name).write_text(text, encoding="utf-8")
        run = subprocess.run(
            [corpus.binary, "check", ".", "--fail-on", "never", "--profile", "wire", "--format", "json"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, encoding="utf-8", cwd=folder,
        )
        return by_draft(json.loads(run.stdout), made)


def by_draft(findings, made):
    """Findings with places in code points, as the streams have them."""
    found = {one["id"]: [] for one in made}
    for finding in findings:
        path = Path(finding["path"])
        if path.name == "draft.lede" and finding["span"]:
            one = made[int(path.parent.name)]
            letters = one["text"].encode()
            start, end = (len(letters[:finding["span"][edge]].decode(errors="ignore")) for edge in ("start", "end"))
            found[one["id"]].append({"rule": finding["rule"], "start": start, "end": end})
    return found
