"""A clean article as clay: its paragraphs, its people, its quotations, and what may be put into it or taken out."""
import random
import re

BREAK = re.compile(r"\n[ \t]*\n\s*")
TITLES = "Senator Representative Governor Mayor President Secretary Congressman Congresswoman Councilman Sheriff Judge Justice Professor Former Republican Democratic Sen Rep Gov Dr Mr Ms Mrs".split()
NAME = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]{2,}")


class Clean:
    """One article, with chance that is the same at every run."""

    def __init__(self, article, rule):
        self.id, self.text, self.quotes = article["id"], article["text"], article["quotes"]
        self.chance = random.Random(f"{rule} {self.id}")
        edges = [0] + [found.end() for found in BREAK.finditer(self.text)] + [len(self.text)]
        pieces = [(start, start + len(self.text[start:end].rstrip())) for start, end in zip(edges, edges[1:])]
        self.paragraphs = [piece for piece in pieces if is_copy(self.text[slice(*piece)])]

    def of(self, span):
        return self.text[span[0]:span[1]]

    def paragraph(self, at):
        return next((piece for piece in self.paragraphs if piece[0] <= at < piece[1]), None)

    def people(self):
        """People who are quoted by forename and surname, with a title or without, each once, in the order in which they speak."""
        names = [self.who(quote) for quote in self.quotes if quote["speaker"] and quote["type"] != "indirect"]
        return list(dict.fromkeys(name for name in names if name))

    def who(self, quote):
        """The person of a statement by forename and surname, or None: “Rep. Dana Ortiz, D-Ohio” is Dana Ortiz."""
        words = self.of(quote["speaker"][0]).split(",")[0].split()
        name = " ".join(words[-2:])
        is_titled = all(word[0].islower() or word.endswith(".") or word in TITLES for word in words[:-2])
        return name if is_titled and is_person(name) else None

    def is_attributed(self, piece):
        """Whether anybody says anything in a paragraph."""
        inside = lambda spans: any(piece[0] <= start < piece[1] for start, _ in spans or [])
        return any(inside(quote["cue"]) or inside(quote["spans"]) for quote in self.quotes)

    def silent(self):
        """Paragraphs in which nobody says anything, beside others of their kind: what is put after one stands alone."""
        pairs = zip(self.paragraphs, self.paragraphs[1:])
        return [one for one, next in pairs if not self.is_attributed(one) and not self.is_attributed(next)]

    def said(self, kinds=("direct", "mixed")):
        """Statements with speaker and cue, of these kinds, in paragraphs of copy."""
        for quote in self.quotes:
            is_whole = quote["speaker"] and quote["cue"] and quote["type"] in kinds and not quote["inside_quote"]
            if is_whole and self.paragraph(quote["start"]):
                yield quote

    # What the changed article is, and where the change stands in it.

    def with_paragraph(self, words, after=None):
        """The article with a paragraph more, after one in which nobody says anything."""
        where = after or self.pick(self.silent())
        if where is None:
            return None
        text = f"{self.text[:where[1]]}\n\n{words}{self.text[where[1]:]}"
        return text, (where[1] + 2, where[1] + 2 + len(words))

    def with_words(self, span, words):
        return self.text[:span[0]] + words + self.text[span[1]:], (span[0], span[0] + max(1, len(words)))

    def with_mark(self, mark, record="", header=""):
        """The article with a mark behind a sentence that ends a paragraph, a record below and a header above."""
        where = self.pick(self.silent() or self.paragraphs[1:])
        if where is None:
            return None
        text = f"{header}{self.text[:where[1]]}{mark}{self.text[where[1]:].rstrip()}\n"
        at = len(header) + where[1]
        if not record:
            return text, (at, at + len(mark))
        text += f"\n{record}\n"
        return text, (len(text) - len(record) - 1, len(text))

    def pick(self, list):
        return self.chance.choice(list) if list else None


def is_person(name):
    """Forename and surname, as far as two capitals tell it: no outlet, no title, no group."""
    first, _, last = name.partition(" ")
    no_first = "The A An Some Many We Wall Western Democracy Police Federal Justice President Senator Representative Governor Mayor Judge White New North South West East United Team Super Popular Fox Ms Mrs Mr Dr Sen Rep Gov Secretary Republican Democratic American Associated Professor Chief Speaker General".split()
    no_last = "Campaign House Times Post News Street Journal Court Corps Party Republicans Democrats Americans Hong Journalism Press Today".split()
    return bool(NAME.fullmatch(name)) and first not in no_first and last not in no_last


def is_copy(words):
    return len(words) > 80 and words[-1] in ".?!”\"" and not words.startswith("<")


def sentences(words):
    """Where the sentences of a paragraph begin, roughly; the first begins at 0."""
    return [0] + [found.end() for found in re.finditer(r"[.?!][”\"]? (?=[A-Z“\"])", words)]
