"""Whether "probably" means something: how often the speakers that are given without it are those of the annotation.

Who speaks is a person or a body, and the annotation marks one mention of them. A speaker is right who is the one annotated,
by that mention or by another (`is_kin`); how many are right by the very mention is printed beside it."""
import re

from corpus import LEFT


def measure(corpus, bars, report):
    segments = [segment for article in corpus.dev for segment in compare(corpus, article, corpus.read[article["id"]])]
    report.evidence(evidence(corpus))
    annotated = [segment for segment in segments if segment["gold"]]
    shown = [segment for segment in annotated if segment["given"]]
    sure = [segment for segment in shown if segment["confidence"] != "low"]
    other = [segment for segment in sure if not segment["same"]]
    kin = [segment for segment in other if segment["kin"]]
    mention = 100 * (len(sure) - len(other)) / max(1, len(sure))
    share = 100 * (len(sure) - len(other) + len(kin)) / max(1, len(sure))
    coverage = 100 * len(sure) / max(1, len(annotated))
    bars.set("sure", share)
    bars.set("mention", mention)
    bars.set("coverage", coverage)
    bars.set("given", 100 * len(sure) / max(1, len(shown)))
    nobody = [s for s in segments if not s["gold"] and s["given"] and s["confidence"] != "low"]
    rows = []
    for level in ("high", "medium", "low"):
        at = [segment for segment in shown if segment["confidence"] == level]
        right = sum(segment["same"] for segment in at)
        rows.append([level, len(at), right, 100 * right / max(1, len(at))])
    report.calibration(rows, len(annotated), len(shown), len(sure), len(other), len(kin), len(nobody), mention, share, coverage)
    with open(LEFT / "sure-and-different.txt", "w", encoding="utf-8") as out:
        kinds = [("somebody else", [s for s in other if not s["kin"]]), ("the same by another mention", kin), ("nobody annotated", nobody)]
        for kind, some in kinds:
            out.writelines(f"[{kind}] {segment['shown']}\n\n" for segment in some)


def evidence(corpus):
    """What each kind of evidence is worth on train: how often it is met, how often it is as annotated, or kin to it, and
    how much is covered when everything at least as good is believed. `src/story/evidence.rs` is set by this table."""
    read = corpus.quotes(corpus.train)
    segments = [one for article in corpus.train for one in compare(corpus, article, read[article["id"]]) if one["gold"]]
    kinds = {}
    for segment in segments:
        if segment["given"] and segment["evidence"]:
            level = segment["confidence"]
            kinds.setdefault((segment["evidence"], level), []).append(segment)
    rows = []
    for (name, level), some in kinds.items():
        same = sum(one["same"] for one in some)
        kin = sum(one["same"] or one["kin"] for one in some)
        rows.append([name, level, len(some), 100 * same / len(some), 100 * kin / len(some)])
    rows.sort(key=lambda row: (-row[4], -row[2]))
    covered = right = 0
    for row in rows:
        covered += row[2]
        right += row[2] * row[4] / 100
        row += [100 * covered / len(segments), 100 * right / covered]
    return rows


def compare(corpus, article, answer):
    """For every quoted segment: the speaker annotated, the speaker given, and whether they overlap, as the scorer's B counts."""
    text, scorer, predicted = article["text"], corpus.scorer, answer["quotes"]
    contents = [scorer.cset(text, quote["spans"]) for quote in predicted]
    for segment in article["quoted_segments"]:
        letters = scorer.cset(text, [[segment["start"], segment["end"]]])
        if not letters:
            continue
        shares = [len(letters & content) / len(letters) for content in contents]
        own = [next((one for one in quote["onrecord.quoted"] if meets(one["span"], segment)), None) for quote in predicted]
        # Of those that hold it the one that the quotation goes with, as a hover tells; else the first.
        best = max(range(len(shares)), key=lambda index: (shares[index] >= 0.5 and own[index] is not None, shares[index], -index), default=None)
        given = predicted[best] if best is not None and shares[best] >= 0.5 else None
        # How this very quotation came by its speaker. Words that merely stand in what is reported have none of their own, and those that
        # somebody is reported to have reported of another have two: both stay uncounted.
        bound = own[best] if given else None
        if given and not bound:
            given, bound = within(given, answer["onrecord.inner"], segment)
        gold = article["quotes"][segment["quote"]]["speaker"] if segment["quote"] is not None else None
        speaker = given and given["speaker"]
        names = ["/".join(text[a:b] for a, b in spans) if spans else "nobody" for spans in (gold, speaker)]
        person = given and given["onrecord.speaker"]
        before, after = max(0, segment["start"] - 350), segment["end"] + 250
        yield {
            "gold": gold,
            "given": speaker,
            "confidence": given and (bound["confidence"] if bound else "low"),
            "evidence": bound and bound["evidence"],
            "same": bool(gold and speaker and scorer.ov(gold, speaker)),
            "kin": bool(gold and speaker) and is_kin(text, article["quotes"][segment["quote"]], given, predicted),
            "shown": f"{article['id']} @{segment['start']}\n  annotated: {names[0]}\n  given: {names[1]}, who is {person and person['name']} "
            f"({bound and bound['confidence']}, {bound and bound['evidence']})\n"
            f"  {text[before:segment['start']]}>>>{text[segment['start']:segment['end']]}<<<{text[segment['end']:after]}",
        }


def within(report, inner, segment):
    """A report, or what inside it has the quotation, where that is by the same speaker: “Ruiz said it was old, calling it “a grave””."""
    speaker = report["onrecord.speaker"]
    for quote in inner:
        if speaker and quote["onrecord.speaker"] and quote["onrecord.speaker"]["id"] == speaker["id"]:
            for one in quote["onrecord.quoted"]:
                if meets(one["span"], segment):
                    return quote, one
    return report, None


def meets(span, segment):
    return span[0] < segment["end"] and segment["start"] < span[1]


PRONOUNS = {"he", "she", "they", "it", "his", "her", "their", "its", "we", "i", "you", "my", "our"}
RELATIVES = {"who", "which", "that", "whom", "whose"}


def is_kin(text, annotated, given, predicted):
    """Whether the annotation means the same speaker by another mention or by more or fewer words, has source and cue the
    wrong way round, or takes the one who passes it on: “…,” Ruiz said, according to the Courier."""
    gold, cue = annotated["speaker"], annotated["cue"] or []
    overlaps = lambda one, other: any(a < d and c < b for a, b in one for c, d in other or [])
    words = lambda spans: {text[start:end].lower() for start, end in spans}
    if overlaps(gold, given["speaker"]) or overlaps(gold, given["cue"]) and overlaps(cue, given["speaker"]):
        return True
    # "Ruiz, who said": the relative word is Ruiz. "He … he" is one person within a paragraph.
    if words(gold) & RELATIVES and any(0 <= gold[0][0] - end <= 4 for _, end in given["speaker"]):
        return True
    start, end = sorted([gold[0][0], given["speaker"][0][0]])
    alike = (words(gold) & words(given["speaker"])) - RELATIVES
    if alike - PRONOUNS or alike and "\n" not in text[start:end]:
        return True
    cue_words = " ".join(text[start:end] for start, end in cue).lower()
    if "according to" in cue_words and 0 < gold[0][0] - given["speaker"][0][1] < 120:
        return True
    passed_on = [quote for quote in predicted if quote["onrecord.lemma"] == "according to" and overlaps(gold, quote["speaker"])]
    if any(0 < quote["cue"][0][0] - given["speaker"][0][1] < 120 for quote in passed_on) and given["onrecord.lemma"] != "according to":
        return True
    if text[max(0, gold[0][0] - 90):gold[0][0]].rstrip().endswith("according to") and 0 < gold[0][0] - given["speaker"][0][1] < 120:
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
