"""Whether "probably" means something: how often the speakers that are given without it are those of the annotation."""
import re

from corpus import LEFT


def measure(corpus, bars, report):
    segments = [segment for article in corpus.dev for segment in compare(corpus, article, corpus.read[article["id"]])]
    annotated = [segment for segment in segments if segment["gold"]]
    shown = [segment for segment in annotated if segment["given"]]
    sure = [segment for segment in shown if segment["confidence"] != "low"]
    other = [segment for segment in sure if not segment["same"]]
    kin = [segment for segment in other if segment["kin"]]
    share = 100 * (len(sure) - len(other)) / max(1, len(sure))
    coverage = 100 * len(sure) / max(1, len(annotated))
    bars.set("sure", share)
    bars.set("coverage", coverage)
    nobody = [s for s in segments if not s["gold"] and s["given"] and s["confidence"] != "low"]
    rows = []
    for level in ("high", "medium", "low"):
        at = [segment for segment in shown if segment["confidence"] == level]
        right = sum(segment["same"] for segment in at)
        rows.append([level, len(at), right, 100 * right / max(1, len(at))])
    report.calibration(rows, len(annotated), len(sure), len(other), len(kin), len(nobody), share, coverage)
    with open(LEFT / "sure-and-different.txt", "w", encoding="utf-8") as out:
        kinds = [("somebody else", [s for s in other if not s["kin"]]), ("the same by another mention", kin), ("nobody annotated", nobody)]
        for kind, some in kinds:
            out.writelines(f"[{kind}] {segment['shown']}\n\n" for segment in some)


def compare(corpus, article, answer):
    """For every quoted segment: the speaker annotated, the speaker given, and whether they overlap, as the scorer's B counts."""
    text, scorer, predicted = article["text"], corpus.scorer, answer["quotes"]
    contents = [scorer.cset(text, quote["spans"]) for quote in predicted]
    for segment in article["quoted_segments"]:
        letters = scorer.cset(text, [[segment["start"], segment["end"]]])
        if not letters:
            continue
        shares = [len(letters & content) / len(letters) for content in contents]
        best = max(range(len(shares)), key=lambda index: (shares[index], -index), default=None)
        given = predicted[best] if best is not None and shares[best] >= 0.5 else None
        gold = article["quotes"][segment["quote"]]["speaker"] if segment["quote"] is not None else None
        speaker = given and given["speaker"]
        names = ["/".join(text[a:b] for a, b in spans) if spans else "nobody" for spans in (gold, speaker)]
        person = given and given["onrecord.speaker"]
        before, after = max(0, segment["start"] - 350), segment["end"] + 250
        yield {
            "gold": gold,
            "given": speaker,
            "confidence": given and given["onrecord.confidence"],
            "same": bool(gold and speaker and scorer.ov(gold, speaker)),
            "kin": bool(gold and speaker) and is_kin(text, gold, given, predicted),
            "shown": f"{article['id']} @{segment['start']}\n  annotated: {names[0]}\n  given: {names[1]}, who is {person and person['name']} "
            f"({given and given['onrecord.confidence']}, {given and given['onrecord.step']})\n"
            f"  {text[before:segment['start']]}>>>{text[segment['start']:segment['end']]}<<<{text[segment['end']:after]}",
        }


def is_kin(text, gold, given, predicted):
    """Whether the annotation means the same speaker by another mention or by more or fewer words, or marks the cue instead."""
    overlaps = lambda one, other: any(a < d and c < b for a, b in one for c, d in other or [])
    words = lambda spans: {text[start:end].lower() for start, end in spans}
    if overlaps(gold, given["speaker"]) or overlaps(gold, given["cue"]) or words(gold) & words(given["speaker"]):
        return True
    person = given["onrecord.speaker"]
    if person is None:
        return False
    others = [quote["onrecord.speaker"] for quote in predicted if overlaps(gold, quote["speaker"])]
    return any(other and other["id"] == person["id"] for other in others) or last(person["name"]) in map(last, words(gold))


def last(name):
    name = re.sub(r"\s*(\([^)]*\)|,.*)$", "", name.lower())
    words = name.replace("’s", "").replace("'s", "").split()
    return words[-1].strip(".,") if words else name
