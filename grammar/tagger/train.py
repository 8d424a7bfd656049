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
# A row is read as a round number of bytes, the last one too.
ROOM = 24 - T


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


class Tables:
    """What the program reads: rows that always stand together are added up beforehand, so that six make the scores of a word and not ten.
    What does not depend on the classes before it stands first: four rows for each word (the word with its ending, the word before, the
    word after with its ending, the word after next), number 0 for none; two for each ending of a word that is not in the vocabulary; one for
    two shapes side by side; then one for two classes."""

    def __init__(self, words, suffixes, rows):
        self.words, self.suffixes, self.rows = words, suffixes, rows
        self.numbers = {word: number for number, word in enumerate(words, 1)}
        self.endings = {end: number for number, end in enumerate(suffixes, 1)}
        self.ends = 4 * (len(words) + 1)
        self.shapes = self.ends + 2 * (len(suffixes) + 1)
        self.classes = self.shapes + (SHAPES - 4) * SHAPES // 2

    @staticmethod
    def of(model):
        words, suffixes = (sorted(numbers, key=numbers.get) for numbers in (model.words, model.suffixes))
        a = model.start
        ends = [0] + [model.suffixes.get(suffix(word), 0) for word in words]

        def sums(*pairs):
            """The rows of a table, each the sum of two. The least score is taken off all: that moves no class past another."""
            rows = [[x + y for x, y in zip(model.rows[one], model.rows[two])] if two is not None else model.rows[one] for one, two in pairs]
            least = min(map(min, rows))
            return [[score - least for score in row] for row in rows]

        known, unknown = range(len(words) + 1), range(len(suffixes) + 1)
        own = sums(*[(4 * n, a[4] + ends[n]) for n in known], *[(0, a[4] + n) for n in unknown])
        before = sums(*[(4 * n + 1, None) for n in known])
        after = sums(*[(4 * n + 2, a[5] + ends[n]) for n in known], *[(2, a[5] + n) for n in unknown])
        next = sums(*[(4 * n + 3, None) for n in known])
        # Every word has a kind, and the one after is not the first of its sentence; behind the last stands none.
        shapes = sums(*[(a[6] + here, a[7] + there) for here in range(4, SHAPES) for there in range(SHAPES) if not there & 2])
        classes = sums(*[(a[8] + one, a[9] + one * (T + 1) + two) for one in range(T + 1) for two in range(T + 1)])
        rows = [row for n in known for row in (own[n], before[n], after[n], next[n])]
        rows += [row for n in unknown for row in (own[len(known) + n], after[len(known) + n])]
        return Tables(words, suffixes, rows + shapes + classes)

    def predict(self, sentence):
        ids = [self.numbers.get(stem(w), 0) for w, _ in sentence] + [0, 0]
        ends = [self.endings.get(suffix(w), 0) for w, _ in sentence] + [0]
        shapes = [shape(w, k == 0) for k, (w, _) in enumerate(sentence)] + [0]
        before, earlier, last, found = T, T, 0, []
        for k in range(len(sentence)):
            rows = [4 * ids[k] if ids[k] else self.ends + 2 * ends[k], 4 * last + 1,
                    4 * ids[k + 1] + 2 if ids[k + 1] else self.ends + 2 * ends[k + 1] + 1, 4 * ids[k + 2] + 3,
                    self.shapes + (shapes[k] - 4) * SHAPES // 2 + shapes[k + 1] // 4 * 2 + shapes[k + 1] % 2, self.classes + before * (T + 1) + earlier]
            scores = [sum(column) for column in zip(*[self.rows[row] for row in rows])]
            best = scores.index(max(scores))
            found.append(best)
            before, earlier, last = best, before, ids[k]
        return found

    def write(self, path):
        """Little-endian: magic, counts; words and suffixes, each with its length; then the rows, a byte a class; room to read past the last."""
        with open(path, "wb") as out:
            out.write(b"LEDETAG3" + struct.pack("<II", len(self.words), len(self.suffixes)))
            for raw in [word.encode() for word in self.words] + self.suffixes:
                out.write(bytes([len(raw)]) + raw)
            for row in self.rows:
                out.write(bytes(row))
            out.write(bytes(ROOM))

    @staticmethod
    def read(path):
        raw = open(path, "rb").read()
        assert raw[:8] == b"LEDETAG3", "these are no weights of this tagger"
        words, ends = struct.unpack_from("<II", raw, 8)
        at, lists = 16, ([], [])
        for list, count in zip(lists, (words, ends)):
            for _ in range(count):
                list.append(raw[at + 1:at + 1 + raw[at]])
                at += 1 + raw[at]
        rows = [raw[k:k + T] for k in range(at, len(raw) - ROOM, T)]
        return Tables([word.decode() for word in lists[0]], lists[1], rows)


def measure(tables, data, name):
    right = seen = verbs = found = both = 0
    for sentence in data:
        for best, (_, gold) in zip(tables.predict(sentence), sentence):
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
        tables = Tables.read(sys.argv[3])
        for path in sys.argv[4:]:
            measure(tables, list(sentences(path)), os.path.basename(path))
        sys.exit()
    training, held = [], []
    for name in sorted(os.listdir(folder)):
        parts = name[:-len(".conllu")].split("_", 2)
        if not name.endswith(".conllu") or parts[1] not in GENRES:
            continue
        (held if "_".join(parts[1:]) in HELD_OUT else training).append(os.path.join(folder, name))
    data = [s for path in training for s in sentences(path)]
    print(f"{len(training)} documents, {sum(map(len, data))} words; {len(held)} held out", file=sys.stderr)
    Tables.of(train(data)).write(sys.argv[2])
    tables = Tables.read(sys.argv[2])
    for genre in GENRES:
        paths = [path for path in held if f"GUM_{genre}_" in path]
        if paths:
            measure(tables, [s for path in paths for s in sentences(path)], genre)
    measure(tables, [s for path in held for s in sentences(path)], "all held out")
    print(f"{os.path.getsize(sys.argv[2])} bytes, {len(tables.words)} words, {len(tables.suffixes)} suffixes")
