"""Reading that a small change must not turn: blank lines that are missing, a paragraph that a desk has cut."""
import re

from corpus import LEFT

BREAK = re.compile(r"\n\s*\n")


def one_newline(corpus, bars, report):
    """Every article with one newline between its paragraphs, and none inside them, against the article with blank lines."""
    spaced, dense = [], []
    for article in corpus.dev:
        paragraphs = [re.sub(r"\s*\n\s*", " ", part).strip() for part in BREAK.split(article["text"])]
        paragraphs = [part for part in paragraphs if part]
        spaced.append({"id": article["id"], "text": "\n\n".join(paragraphs)})
        dense.append({"id": article["id"], "text": "\n".join(paragraphs)})
    with_blanks, without = corpus.quotes(spaced), corpus.quotes(dense)
    count, differ, articles = 0, 0, 0
    with open(LEFT / "one-newline.txt", "w", encoding="utf-8") as out:
        for article in spaced:
            text = article["text"]
            one, other = (read[article["id"]]["quotes"] for read in (with_blanks, without))
            shift = lambda at: at - text.count("\n\n", 0, at)
            dense_text = text.replace("\n\n", "\n")
            expected = {key(quote, shift, dense_text) for quote in one}
            found = {key(quote, lambda at: at, dense_text) for quote in other}
            count += len(expected)
            differ += len(expected ^ found)
            articles += expected != found
            if expected != found:
                out.write(f"{article['id']}\n  only with blank lines: {sorted(key[0] for key in expected - found)}\n"
                          f"  only without: {sorted(key[0] for key in found - expected)}\n\n")
    bars.set("newline", differ)
    report.one_newline(count, differ, articles, len(spaced))


def key(quote, place, text):
    """An attribution as its words, whatever stands between two pieces of it."""
    speaker = quote["onrecord.speaker"]
    words = [
        tuple(at for start, end in spans or [] for at in range(place(start), place(end)) if not text[at].isspace())
        for spans in (quote["spans"], quote["cue"], quote["speaker"])
    ]
    shown = " / ".join(f"{word[0]}-{word[-1] + 1}" if word else "nothing" for word in words)
    return shown, *words, speaker and speaker["name"]


def cuts(corpus, bars, report):
    """Every paragraph of every article dropped in turn: whose are the quotations that are left?"""
    cut, plan = [], []
    for article in corpus.dev:
        text = article["text"]
        edges = [0] + [edge for found in BREAK.finditer(text) for edge in [found.end()]] + [len(text)]
        for number, (start, end) in enumerate(zip(edges, edges[1:])):
            id = f"{article['id']}#{number}"
            cut.append({"id": id, "text": text[:start] + text[end:]})
            plan.append((id, article, start, end))
    read = corpus.quotes(cut)
    pairs, opened, hushed, turned, cuts_with, shown = 0, 0, 0, 0, 0, []
    for id, article, start, end in plan:
        text = article["text"]
        before = bindings(article, text, corpus.read[article["id"]], lambda at: at, None)
        shift = lambda at: at if at < start else at - (end - start)
        after = bindings(article, text[:start] + text[end:], read[id], shift, (start, end))
        is_bad = False
        for at, (person, _, _) in before.items():
            if person is None or at not in after:
                continue
            pairs += 1
            now, source, confidence = after[at]
            if now is None:
                opened += 1
            elif not is_same(person, now) and not only_its_words(now, source):
                if confidence == "low":
                    hushed += 1
                    continue
                turned += 1
                is_bad = True
                place, cutout = text[at:at + 90].replace("\n", " "), text[start:end].strip().replace("\n", " ")
                shown.append(f"{id} @{at} {person} -> {now} ({confidence})\n  {place}\n  cut: {cutout[:400]}\n")
        cuts_with += is_bad
    share = 100 * cuts_with / len(plan)
    bars.set("cuts", share)
    (LEFT / "cuts.txt").write_text("\n".join(shown), encoding="utf-8")
    report.cuts(len(plan), pairs, turned, hushed, opened, cuts_with, share)


def bindings(article, text, answer, place, gone):
    """Who says each quoted segment, by where the segment stands in the whole article."""
    found = {}
    for segment in article["quoted_segments"]:
        start, end = segment["start"], segment["end"]
        if gone and start < gone[1] and gone[0] < end:
            continue
        at, to = place(start), place(end)
        best = max(answer["quotes"], key=lambda quote: overlap(quote["spans"], at, to), default=None)
        if best is None or overlap(best["spans"], at, to) < (to - at) / 2:
            found[start] = (None, None, None)
            continue
        speaker, source = best["onrecord.speaker"], best["speaker"]
        source = source and text[source[0][0]:source[0][1]]
        found[start] = (speaker and speaker["name"], source, best["onrecord.confidence"])
    return found


def overlap(spans, start, end):
    return sum(max(0, min(end, to) - max(start, at)) for at, to in spans)


def is_same(one, other):
    """Whether two names end alike: on a second reading only the surname is left."""
    return last(one) == last(other)


def last(name):
    words = [word.removesuffix("’s") for word in re.findall(r"[\w’'-]+", name.lower())]
    words = [word for word in words if word not in ("jr", "sr", "ii", "iii")]
    return words[-1] if words else name


def only_its_words(name, source):
    """Whether a speaker is nothing but the words there: "the senator" names nobody else when it is not resolved."""
    return source is not None and source.lower().removeprefix("the ") == name.lower().removeprefix("the ")
