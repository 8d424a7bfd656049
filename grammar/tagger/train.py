#!/usr/bin/env python3
"""Trains the tagger that tells verbs from nouns, and writes its weights: the same bytes at every run.

    train.py TREEBANK OUT.bin        trains on the training documents and prints the accuracy on those held out
    train.py TREEBANK --measure OUT.bin OTHER.conllu...   measures weights that are there on other files

TREEBANK is the folder `not-to-release/sources` of the treebank UD_English-GUM (commit afb41ee9, release 2.16). Only documents whose
texts and annotations are under a Creative Commons Attribution licence or in the public domain are used (GENRES); the non-commercial
ones (fiction, how-to guides) are not. Documents listed in HELD_OUT are not trained on.

Needs nothing but Python 3.8 or later. An averaged perceptron over integers, so that no platform rounds otherwise.
"""
import os, random, re, struct, sys

GENRES = "news interview bio voyage textbook speech conversation academic court".split()
HELD_OUT = set("""news_homeopathic news_iodine news_afghan news_nasa interview_cyclone interview_gaming interview_libertarian
bio_byron bio_emperor voyage_athens voyage_isfahan textbook_governments speech_impeachment speech_inauguration academic_discrimination
academic_exposure court_loan conversation_grounded""".split())
EPOCHS, SCALE = 8, 3

# One letter a class. The order is the order of the columns in the weights.
TAGS = "NPJRBDGEZMIKTXOSCQWFUY"
XPOS = {"NN": "N", "NNS": "N", "NNP": "P", "NNPS": "P", "JJ": "J", "JJR": "J", "JJS": "J", "AFX": "J", "RB": "R", "RBR": "R", "RBS": "R",
        "RP": "I", "VB": "B", "VBD": "D", "VBG": "G", "VBN": "E", "VBZ": "Z", "VBP": "Z", "MD": "M", "IN": "I", "TO": "T", "DT": "X",
        "PDT": "X", "PRP": "O", "EX": "O", "PRP$": "S", "CC": "C", "CD": "Q", "WDT": "W", "WP": "W", "WRB": "W", "WP$": "W", "POS": "S"}


def tag(upos, xpos, form):
    if upos == "PUNCT" or upos == "SYM" and not form.isalnum():
        return "F"
    if upos == "SCONJ" and xpos == "IN":
        return "K"
    return XPOS.get(xpos, "U")


def sentences(path):
    """Words as the program cuts them (possessives, contractions, hyphens and money in one), each with its class."""
    words, glue, parts, until = [], False, [], 0
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if words:
                yield words
            words, glue = [], False
            continue
        if line[0] == "#":
            continue
        cell = line.split("\t")
        space = "SpaceAfter=No" not in cell[9]
        if "-" in cell[0]:
            until, parts, whole, whole_space = int(cell[0].split("-")[1]), [], cell[1], space
            continue
        if "." in cell[0]:
            continue
        here = tag(cell[3], cell[4], cell[1])
        if until:
            parts.append((here, cell[4]))
            if int(cell[0]) < until:
                continue
            first, last = parts[0][0], parts[-1]
            here = "Y" if first in "OW" and last[0] in "ZMD" else first
            form, space, until = whole, whole_space, 0
        else:
            form = cell[1]
        joins = words and glue and (
            form[0] == "-" and len(form) == 1 and words[-1][0][-1].isalnum()
            or words[-1][0][-1] == "-" and len(words[-1][0]) > 1 and form[0].isalnum()
            or words[-1][0] in "$£€" and form[0].isdigit() or form == "%" and words[-1][0][-1].isdigit())
        if joins:
            before = words[-1]
            words[-1] = (before[0] + form, "Q" if form == "%" or before[0] in "$£€" else before[1] if form == "-" else here)
        else:
            words.append((form, here))
        glue = not space
    if words:
        yield words


def stem(word):
    return re.sub("(’s|'s)$", "", word, flags=re.I).lower().replace("’", "'")


def shape(word, first):
    if word[0].isdigit() or word[0] in "$£€" and len(word) > 1:
        kind = 1
    elif not any(c.isalpha() for c in word):
        kind = 2
    elif not next(c for c in word if c.isalpha()).isupper():
        kind = 4 if "-" in word else 3
    else:
        letters = [c for c in re.sub("(’s|'s)$", "", word) if c.isalpha()]
        kind = 6 if len(letters) > 1 and all(c.isupper() for c in letters) else 5
    possessive = word.lower().endswith(("'s", "’s"))
    return kind * 4 + (2 if first else 0) + (1 if possessive else 0)


SHAPES = 28
T = len(TAGS)
WIDTH = 24


def suffix(word):
    """The last three bytes of the folded word, for words of four bytes and more; else nothing."""
    folded = stem(word).encode()
    return folded[-3:] if len(folded) > 3 else b""


class Model:
    def __init__(self, words, suffixes):
        self.words = {w: n + 1 for n, w in enumerate(words)}
        self.suffixes = {s: n + 1 for n, s in enumerate(suffixes)}
        n, s = len(words) + 1, len(suffixes) + 1
        # Tables of rows: word, word before, word after, word after next (for each word these four side by side), suffix, suffix of the next, shape, shape of the next, one class, two classes.
        self.sizes = [n, n, n, n, s, s, SHAPES, SHAPES, T + 1, (T + 1) * (T + 1)]
        self.start = [sum(self.sizes[:k]) for k in range(len(self.sizes))]
        self.rows = [[0] * T for _ in range(sum(self.sizes))]

    def read(self, sentence):
        """For each word what does not depend on the classes before it: the numbers of its rows."""
        ids = [self.words.get(stem(w), 0) for w, _ in sentence]
        ends = [self.suffixes.get(suffix(w), 0) for w, _ in sentence]
        shapes = [shape(w, k == 0) for k, (w, _) in enumerate(sentence)]
        at = lambda list, k: list[k] if 0 <= k < len(list) else 0
        a = self.start
        return [[4 * ids[k], 4 * at(ids, k - 1) + 1, 4 * at(ids, k + 1) + 2, 4 * at(ids, k + 2) + 3, a[4] + ends[k], a[5] + at(ends, k + 1),
                 a[6] + shapes[k], a[7] + at(shapes, k + 1)] for k in range(len(sentence))]

    def with_tags(self, rows, before, earlier):
        return rows + [self.start[8] + before, self.start[9] + before * (T + 1) + earlier]

    def best(self, rows):
        table = self.rows
        scores = [sum(column) for column in zip(*[table[r] for r in rows])]
        return scores.index(max(scores))

    def predict(self, sentence):
        before, earlier, found = T, T, []
        for rows in self.read(sentence):
            best = self.best(self.with_tags(rows, before, earlier))
            found.append(best)
            before, earlier = best, before
        return found


def train(data):
    counts, ends = {}, {}
    for sentence in data:
        for word, _ in sentence:
            counts[stem(word)] = counts.get(stem(word), 0) + 1
            ends[suffix(word)] = ends.get(suffix(word), 0) + 1
    ends.pop(b"", None)
    model = Model(sorted(w for w, n in counts.items() if n >= 2), sorted(s for s, n in ends.items() if n >= 5))
    totals = [[0] * T for _ in model.rows]
    stamps = [[0] * T for _ in model.rows]
    step, order = 1, list(range(len(data)))
    chance = random.Random(20260801)
    read = [model.read(sentence) for sentence in data]

    def change(row, column, by):
        totals[row][column] += (step - stamps[row][column]) * model.rows[row][column]
        stamps[row][column] = step
        model.rows[row][column] += by

    for epoch in range(EPOCHS):
        chance.shuffle(order)
        wrong = seen = 0
        for index in order:
            before = earlier = T
            for static, (_, gold) in zip(read[index], data[index]):
                rows = model.with_tags(static, before, earlier)
                best, gold = model.best(rows), TAGS.index(gold)
                if best != gold:
                    for row in rows:
                        change(row, gold, 1)
                        change(row, best, -1)
                    wrong += 1
                seen += 1
                step += 1
                before, earlier = best, before
        print(f"epoch {epoch + 1}: {100 * (1 - wrong / seen):.2f} % of {seen} words", file=sys.stderr)
    for row in range(len(model.rows)):
        for column in range(T):
            total = totals[row][column] + (step - stamps[row][column]) * model.rows[row][column]
            scaled = (abs(total) * SCALE + step // 2) // step
            model.rows[row][column] = min(127, scaled) * (1 if total > 0 else -1)
    return model


def write(model, path):
    """Little-endian: magic, counts; words and suffixes, each with its length; then the rows, a signed byte a class, filled up to WIDTH."""
    with open(path, "wb") as out:
        out.write(b"LEDETAG2" + struct.pack("<II", len(model.words), len(model.suffixes)))
        for word in model.words:
            raw = word.encode()
            out.write(bytes([len(raw)]) + raw)
        for end in model.suffixes:
            out.write(bytes([len(end)]) + end)
        for row in model.rows:
            out.write(struct.pack(f"{WIDTH}b", *row, *[0] * (WIDTH - T)))


def load(path):
    raw = open(path, "rb").read()
    assert raw[:8] == b"LEDETAG2", "these are no weights of this tagger"
    words, ends = struct.unpack_from("<II", raw, 8)
    at, lists = 16, ([], [])
    for list, count in zip(lists, (words, ends)):
        for _ in range(count):
            list.append(raw[at + 1:at + 1 + raw[at]])
            at += 1 + raw[at]
    model = Model([w.decode() for w in lists[0]], lists[1])
    for row in range(len(model.rows)):
        model.rows[row] = [*struct.unpack_from(f"{T}b", raw, at)]
        at += WIDTH
    return model


def measure(model, data, name):
    right = seen = verbs = found = both = 0
    for sentence in data:
        for best, (_, gold) in zip(model.predict(sentence), sentence):
            right += TAGS[best] == gold
            seen += gold != "F"
            right -= gold == "F" and TAGS[best] == gold
            finite = gold in "DZ"
            verbs += finite
            found += TAGS[best] in "DZ"
            both += finite and TAGS[best] in "DZ"
    print(f"{name}: {100 * right / seen:.2f} % of {seen} words; finite verbs: precision {100 * both / found:.1f}, recall {100 * both / verbs:.1f}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    folder = sys.argv[1]
    if sys.argv[2] == "--measure":
        model = load(sys.argv[3])
        for path in sys.argv[4:]:
            measure(model, list(sentences(path)), os.path.basename(path))
        sys.exit()
    training, held = [], []
    for name in sorted(os.listdir(folder)):
        parts = name[:-len(".conllu")].split("_", 2)
        if not name.endswith(".conllu") or parts[1] not in GENRES:
            continue
        (held if "_".join(parts[1:]) in HELD_OUT else training).append(os.path.join(folder, name))
    data = [s for path in training for s in sentences(path)]
    print(f"{len(training)} documents, {sum(map(len, data))} words; {len(held)} held out", file=sys.stderr)
    write(train(data), sys.argv[2])
    model = load(sys.argv[2])
    for genre in GENRES:
        paths = [path for path in held if f"GUM_{genre}_" in path]
        if paths:
            measure(model, [s for path in paths for s in sentences(path)], genre)
    measure(model, [s for path in held for s in sentences(path)], "all held out")
    print(f"{os.path.getsize(sys.argv[2])} bytes, {len(model.words)} words, {len(model.suffixes)} suffixes")
