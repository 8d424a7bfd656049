"""A desk drops a paragraph: what hangs in the others then, and how much of it is reported."""
import re
from collections import Counter

from clean import NAME, is_person
from corpus import LEFT
from robustness import BREAK

# What may be meant by “the report” or “the company”: its kin in the paragraphs that are left before it.
KIN = {
    "report": "report study paper document letter findings analysis audit", "study": "study report paper research analysis", "survey": "survey poll study",
    "poll": "poll survey", "letter": "letter note memo email", "company": "company firm corporation", "firm": "firm company", "agency": "agency department bureau office",
    "group": "group organization coalition", "campaign": "campaign", "bank": "bank", "memo": "memo letter document",
}
THING = re.compile(rf"\b[Tt]he ({'|'.join(KIN)})(?= (?:said|says|found|finds|showed|shows|concluded|reported|noted|added|argued)\b)")
PRONOUN = re.compile(r"^[“\"']?(He|She)\b(?= (?:said|says|added|told|argued|noted|wrote)\b)|[,”\"] (he|she) (?=said|added|wrote)")
RULES = {"name": ("name-first-reference",), "pronoun": ("reference-dangling", "quote-ambiguous-speaker", "quote-without-speaker"), "thing": ("reference-dangling", "study-unnamed", "source-undeclared")}


def measure(corpus, bars, report):
    """Every paragraph of dev and train dropped in turn: surnames, pronouns and “the report” that have nothing before them any more."""
    cut, plan = [], []
    for article in corpus.dev + corpus.train:
        text = article["text"]
        edges = [0] + [found.end() for found in BREAK.finditer(text)] + [len(text)]
        pieces = list(zip(edges, edges[1:]))
        for number, (start, end) in enumerate(pieces):
            hangs = hanging(article, pieces, number)
            if hangs:
                id = f"{article['id']}#{number}"
                cut.append({"id": id, "text": text[:start] + text[end:]})
                plan.append((id, start, end, hangs))
    found = corpus.findings(cut)
    hung, told = Counter(), Counter()
    with open(LEFT / "hanging-missed.txt", "w", encoding="utf-8") as out:
        for (id, start, end, hangs), one in zip(plan, cut):
            for kind, at, words in hangs:
                place = at - (end - start)
                hung[kind] += 1
                is_told = any(f["rule"] in RULES[kind] and f["start"] < place + len(words) + 1 and place < max(f["end"], f["start"] + 1) for f in found[id])
                told[kind] += is_told
                if not is_told:
                    shown = one["text"][max(0, place - 300):place] + ">>>" + words + "<<<" + one["text"][place + len(words):place + 160]
                    out.write(f"[{kind}] {id}\n  {shown}\n\n")
    bars.set("hanging", 100 * sum(told.values()) / max(1, sum(hung.values())))
    report.hanging([(kind, hung[kind], told[kind]) for kind in RULES])


def hanging(article, pieces, number):
    """What has nothing before it when the paragraph is gone: (kind, place in the whole article, words)."""
    text, (start, end) = article["text"], pieces[number]
    before, gone, after = text[:start], text[start:end], text[end:]
    speakers = {(quote["speaker"][0][0], quote["speaker"][0][1]) for quote in article["quotes"] if quote["speaker"] and quote["cue"]}
    found = []
    for name in {name for name in NAME.findall(gone) if is_person(name)}:
        last = name.split()[1]
        # The first word of the surname in the story stands in what is gone, and afterwards they speak by it alone.
        first = re.search(rf"\b{last}\b", text)
        spoken = sorted(at for at, to in speakers if at >= end and text[at:to] == last)
        if first and start <= first.start() < end and name not in after and spoken and not re.search(rf"\b{last}\b", after[:spoken[0] - end]):
            # Two names of one surname that are cut together leave one surname hanging, not two.
            found += [("name", spoken[0], last)] if ("name", spoken[0], last) not in found else []
    following = pieces[number + 1] if number + 1 < len(pieces) else None
    if following:
        words = text[slice(*following)]
        pronoun = PRONOUN.search(words)
        near = " ".join(text[slice(*piece)] for piece in pieces[max(0, number - 3):number])
        # Anybody who speaks anywhere in the story, by any word of the name: then “he” has somebody to mean.
        people = {word for at, to in speakers for word in re.findall(r"[A-Z][a-z]+", text[at:to])}
        named = lambda words: people & set(re.findall(r"[A-Z][a-z]+", words)) or re.search(r"[A-Z][a-z]+ [A-Z][a-z]+|\b(Mr|Mrs|Ms)\.", words)
        is_bare = pronoun and not named(words[:pronoun.start()] + near) and named(gone)
        if is_bare:
            word = pronoun[1] or pronoun[2]
            found.append(("pronoun", following[0] + pronoun.start(1 if pronoun[1] else 2), word))
    thing = THING.search(after)
    if thing:
        kin = re.compile(rf"\b({'|'.join(KIN[thing[1]].split())})s?\b|[A-Z]\w+ (Inc|Corp|Co|Group|Bank)\b", re.I)
        if kin.search(gone) and not kin.search(before + after[:thing.start()]):
            found.append(("thing", end + thing.start(), thing[0]))
    return found
