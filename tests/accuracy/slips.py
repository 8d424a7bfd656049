"""One slip a rule: how each is made in a clean article. A maker answers a text and the place of the slip, or None where the
article does not lend itself to it. The makers know newsrooms, not the rules’ insides: they are what people get wrong."""
import re

from clean import NAME, is_person, sentences


def bare_pronoun(clean):
    """A quotation with “he said”, where two people have just been named who are not there otherwise; or a story that begins there."""
    if clean.chance.random() < 0.3:
        return headless(clean)
    one, other = clean.pick([("Paul Wren", "Rory Kemp"), ("Tom Harrow", "Marek Tull"), ("Emil Strake", "Peter Cobb")])
    for quote in clean.said(("direct",)):
        words = clean.of((quote["start"], quote["end"])).strip("“”\" ,.?!")
        if len(words.split()) > 7 and not re.search(r"[“”\"\n]", words):
            before = clean.pick(["{0} said the plan was late, and {1} said it was dear.", "{0} said the bridge was safe. {1} said it was not.", "{0}, the harbor master, said nobody had called. {1}, a diver, said he had."])
            made = clean.with_paragraph(f"{before.format(one, other)}\n\n“{words[0].upper() + words[1:]},” he said.")
            return made
    return None


def headless(clean):
    """A story that begins, after one sentence on something else, at a paragraph with “he said that “…””."""
    for piece in clean.paragraphs[1:]:
        found = re.match(SAYS, clean.of(piece))
        first = clean.of(piece)[:(sentences(clean.of(piece)) + [None])[1]]
        if found and re.search(r"[“\"]\w[^”\"]{25,}[”\"]", first):
            opening = clean.pick(OPENINGS)
            return f"{opening}\n\n{clean.of(piece)}\n", (len(opening) + 2, len(opening) + 2 + len(first))
    return None


SAYS = r"(He|She) (said|told|added|also said|noted|argued)\b"
OPENINGS = ["Rain fell over the valley all night.", "The pier was shut on Monday.", "The market was open until nine."]


def scare_quotes(clean):
    """Three words of one sentence in quotation marks."""
    for piece in clean.silent():
        words = list(re.finditer(r"\b[a-z]{6,}\b", clean.of(piece).split(". ")[0]))
        if len(words) >= 9 and not re.search(r"[“\"']", clean.of(piece)):
            text, start = clean.of(piece), piece[0]
            for word in (words[7], words[4], words[1]):
                text = f"{text[:word.start()]}“{word[0]}”{text[word.end():]}"
            return clean.with_words(piece, text)[0], (start, start + len(text))
    return None


def runs_on(clean):
    """A quotation of two sentences cut into two paragraphs, with no mark at the second."""
    for span, marks in quotations(clean):
        inner = clean.of((span[0] + 1, span[1] - 1))
        cuts = sentences(inner)[1:]
        if cuts and clean.paragraph(span[0]) and clean.paragraph(span[0])[0] == span[0]:
            at = span[0] + 1 + cuts[0]
            text = clean.text[:at].rstrip() + "\n\n" + clean.text[at:]
            return text, (span[0], at + 8)
    return None


def lost_mark(clean):
    """The closing mark of a quotation is gone."""
    for span, marks in quotations(clean):
        piece = clean.paragraph(span[0])
        if piece and span[1] < piece[1] - 10 and len(clean.of(span).split()) >= 5:
            return clean.with_words((span[1] - 1, span[1]), "")[0], (span[0], piece[1])
    return None


def quotations(clean):
    """Quotations of five words and more, with their marks."""
    for found in re.finditer(r"“[^”“\n]{25,}”|(?<![\w\"])\"[^\"\n]{25,}\"(?!\w)", clean.text):
        yield found.span(), found[0][0]


def scratch(clean, bend):
    """What a named speaker said, in a mail pasted below the story, bent."""
    for quote in clean.said(("direct",)):
        name = clean.who(quote)
        words = clean.of((quote["start"], quote["end"])).strip("“”\" ,.")
        if name and len(words.split()) >= 8 and not re.search(r"[“”\"\[\n]|''", words):
            handle = name.lower().replace(" ", ".")
            mail = f"From: {name} <{handle}@mail.example>\nSubject: your questions\n\nThank you for asking. {bend(words, clean)}. Call me when you like."
            return f"{clean.text.rstrip()}\n\n###\n\n{mail}\n", (quote["start"] - 1, quote["end"])
    return None


def other_word(words, clean):
    """Three words of what was said are not those of the quotation: a noun, a “not”, a number."""
    list = words.split()
    at = clean.chance.randrange(2, len(list) - 3)
    return " ".join([*list[:at], "never", "really", *list[at + 1:]])


def nothing_of_it(words, clean):
    return "The committee sits on alternate afternoons, weather permitting, and nobody has yet complained of the biscuits"


def late_name(clean):
    """Three sentences and more before the reader learns who speaks: what is said here and there in the story, as one quotation."""
    said = []
    for quote in clean.said(("direct",)):
        words = " ".join(clean.of(span).strip("“”\" ,.").removesuffix(",") + "." for span in quote["spans"]).rstrip(".")
        if 6 <= len(words.split()) <= 40 and not re.search(r"[“”\"\n]|''", words):
            said.append(words[0].upper() + words[1:])
    words = ". ".join(said[:4])
    for name in clean.people():
        # A paragraph after which the reader does not know already who speaks.
        silent = [piece for piece in clean.silent() if name.split()[1] not in clean.of(piece)]
        if 40 <= len(words.split()) <= 120 and len(sentences(words)) >= 3 and silent:
            return clean.with_paragraph(f"“{words},” {name} said.", after=clean.pick(silent))
    return None


def stacked(clean):
    """Two paragraphs, each with whole sentences that one person says by name, become one; side by side, or moved together."""
    speakers, whole = {}, {}
    for quote in clean.quotes:
        piece = clean.paragraph(quote["start"])
        if quote["speaker"] and quote["cue"] and piece and not quote["inside_quote"]:
            speakers.setdefault(piece, set()).add(clean.of(quote["speaker"][0]))
            at = quote["start"] - (clean.text[quote["start"]] not in MARKS)
            said = clean.of((at, quote["end"]))
            # What begins with a small letter, or is a few words of a sentence, is a fragment: two of them may stand together.
            is_whole = re.match(r"[“\"][A-Z]", said) and len(said.split()) >= 6
            if quote["type"] == "direct" and is_whole and piece[0] <= quote["cue"][0][0] < piece[1]:
                whole.setdefault(piece, set()).add(clean.of(quote["speaker"][0]))
    people = {name.split()[1] for name in NAME.findall(clean.text) if is_person(name)}
    alone = [piece for piece in clean.paragraphs if len(whole.get(piece, ())) == 1 and whole[piece] == speakers[piece]]
    last = {piece: next(iter(whole[piece])).split(",")[0].split()[-1] for piece in alone}
    for one, other in [*zip(alone, alone[1:]), *((one, other) for one in alone for other in alone)]:
        if one < other and last[one] != last[other] and people.issuperset((last[one], last[other])):
            text = f"{clean.text[:one[1]]} {clean.of(other)}{clean.text[one[1]:other[0]].rstrip()}{clean.text[other[1]:]}"
            return text, (one[0], one[1] + 1 + other[1] - other[0])
    return None


MARKS = "“\""


def pull_quote(clean):
    for span, marks in quotations(clean):
        words = clean.of((span[0] + 1, span[1] - 1)).rstrip(",.").split()
        piece = clean.paragraph(span[0])
        if piece and 8 <= len(words) <= 25:
            at = clean.chance.randrange(2, len(words) - 2)
            pull = ">> “" + " ".join(words[:at] + words[at + 2:]) + "”"
            return clean.with_paragraph(pull, after=piece)
    return None


def by_mail(clean):
    """The record says that somebody answered by email, and the story lets it pass for speech: a story that says “wrote” says so."""
    for quote in clean.said(("direct",)):
        name = clean.who(quote)
        if not name or clean.of(quote["cue"][0]) not in ("said", "says"):
            continue
        near = [clean.of(clean.paragraph(one["start"]) or (0, 0)) for one in clean.quotes if one["speaker"] and name.split()[1] in clean.of(one["speaker"][0])]
        if not re.search(r"(?i)e-?mail|statement|tweet|interview|wr[io]t|letter|post|release", " ".join(near)):
            record = f"[^answers]: email, answers; by: {name}; on record"
            return f"{clean.text.rstrip()}\n\n{record}\n", (0, len(clean.text))
    return None


def freed(clean, shape):
    """Something that somebody said, with a figure or a superlative in it, as a paragraph in the story’s own voice."""
    for quote in clean.said(("indirect",)):
        words = clean.of((quote["start"], quote["end"])).strip(" ,.")
        is_sentence = re.match(r"(that )?(the|a|an|its|his|her|their|this|these|about|nearly|almost|only|some|most|half|at least|more than|less than|fewer than|in|by|since|\d[\d,.]*|\$[\d,.]+|[A-Z]\w+) ", words) and re.search(r" (is|are|was|were|has|had|have|rose|fell|will|[a-z]+ed) ", words)
        if len(quote["spans"]) == 1 and is_sentence and shape.search(words) and len(words.split()) < 60 and not re.search(r"[“”\"\n]", words):
            words = words.removeprefix("that ")
            return clean.with_paragraph(words[0].upper() + words[1:] + ".")
    return None


FIGURE = re.compile(r"\d+(\.\d+)? ?(%|percent)|\$[\d.,]+ (million|billion)|\b\d{1,3},\d{3} (people|jobs|workers|families|children|refugees|troops|patients)")
# How votes, closes and delegates are told is no claim; what depends on an “if” is none either.
NO_CLAIM = re.compile(r"\b(if|would|could|might|may|won|vote|votes|delegates|closed|law|limit)\b")
SUPERLATIVE = re.compile(r"\b(first|largest|biggest|worst|best|highest|lowest|most \w+)\b[^.]{0,50}\b(in (the )?(history|world|country|nation|state|decades|years)|ever|since \d{4})\b")


def figure(clean):
    return freed(clean, re.compile(rf"^(?!.*{NO_CLAIM.pattern}).*(?:{FIGURE.pattern})"))


def superlative(clean):
    body = f"{clean.pick(['The bridge', 'The fire', 'The deal', 'The mill', 'The drought'])} {clean.pick(['was', 'is', 'remains'])} the " \
        f"{clean.pick(['largest', 'deadliest', 'costliest', 'worst', 'longest', 'most expensive', 'oldest'])} {clean.pick(['in the country', 'in the state’s history', 'in the world', 'ever seen in Europe', 'in a century', 'in its history'])}."
    return freed(clean, SUPERLATIVE) or clean.with_paragraph(body)


DEEDS = ["bribed two inspectors", "embezzled school money", "defrauded pensioners for years", "assaulted a guard at the gate", "laundered money through a bakery",
         "stole from the relief fund", "forged the signatures on the petition", "lied to the grand jury about the loan", "covered up three deaths at the home",
         "harassed at least four women on his staff", "took kickbacks from a builder", "raped a student in 1994", "falsified the safety records", "abused children at the camp"]


def accusation(clean):
    name = clean.pick(clean.people()) or "Harlow Foods"
    return clean.with_paragraph(f"{name} {clean.pick(DEEDS)}. {clean.pick(['The case is old.', 'It was never looked into.', 'Years went by.'])}")


def cause(clean):
    why = clean.pick(["The tax cut", "The strike", "The mayor’s policy", "The new law", "The merger", "The closing of the mill", "A warm winter"])
    how = clean.pick(["caused", "led to", "resulted in", "drove", "fueled", "was responsible for", "brought about"])
    what = clean.pick(["a 12 percent rise in rents", "a shortage of nurses", "hundreds of deaths", "higher prices across the valley", "a rise in unemployment", "a fall in crime", "the collapse of the fishery"])
    return clean.with_paragraph(f"{why} {how} {what}. Nobody had expected it.")


def prediction(clean):
    what = clean.pick(["Unemployment", "The deficit", "The price of wheat", "The number of beds", "Turnout", "The cost of the bridge"])
    how = clean.pick(["will rise to 8 percent by spring", "will double within two years", "is certain to fall", "will fall by half", "is bound to grow", "is likely to drop sharply", "is expected to climb to a record"])
    return clean.with_paragraph(f"{what} {how}. The board meets again in May.")


def consensus(clean):
    how = clean.pick(["growing", "widespread", "mounting", "broad", "general", "deepening", "rising"])
    what = clean.pick(["anger over the decision", "concern about the dam", "agreement that the bridge must go", "unease over the talks", "frustration with the board", "consensus that the law is dead", "fear of another flood"])
    frame = clean.pick(["There is {}.", "The vote shows {}.", "The board met amid {}.", "It reflects {}."])
    return clean.with_paragraph(frame.format(f"{how} {what}" if "shows" not in frame else f"a {how} {what}"))


def weasel(clean):
    """What a named person said becomes what “is believed”; or a paragraph tells what critics say, with no critic near it."""
    if clean.chance.random() < 0.5:
        pieces = clean.paragraphs
        alone = [piece for piece, *after in zip(pieces, pieces[1:], pieces[2:], pieces[3:]) if not any(map(clean.is_attributed, [piece, *after]))]
        who = clean.pick(["Critics say", "Experts say", "Observers say", "Some say", "Many say", "Analysts say", "Insiders say"])
        return clean.with_paragraph(f"{who} the plan was drawn up in haste.", after=clean.pick(alone)) if alone else None
    for quote in clean.said(("indirect",)):
        name, cue = clean.of(quote["speaker"][0]), quote["cue"][0]
        piece = clean.paragraph(quote["start"])
        is_first = piece and quote["speaker"][0][0] == piece[0] and cue[0] == quote["speaker"][0][1] + 1
        # What follows must be a sentence of its own: “said on Monday that” and “said in an interview” leave none.
        is_clause = re.match(r" (that )?(the|a|an|he|she|it|they|there|his|her|its|their|[A-Z][\w.]+) (?!day)", clean.text[cue[1]:cue[1] + 40])
        is_time = re.match(r" (that )?\w+day\b", clean.text[cue[1]:cue[1] + 20])
        if is_first and is_clause and not is_time and clean.of(cue) in ("said", "says") and len(quote["speaker"]) == 1:
            now = clean.pick(["It is widely believed that", "It is believed", "It is understood that", "It is widely thought that", "It was reported that", "Sources indicate that"])
            end = cue[1] + 5 if clean.text[cue[1]:cue[1] + 6] == " that " else cue[1]
            return clean.with_words((piece[0], end), now)
    return None


def study(clean):
    now = clean.pick(["Studies show that", "Research shows that", "A recent study found that", "According to a report,", "A new survey suggests that", "Data show that", "A study says"])
    what = clean.pick(["nurses quit within two years.", "the bridge was unsafe when it was opened.", "children sleep less than they did.", "half of all farms will be sold.", "the river is warmer than it was."])
    return clean.with_paragraph(f"{now} {what}")


def poll(clean):
    one, other = (clean.people() + ["Dana Ortiz", "Paul Wren"])[:2]
    text = clean.pick(["A poll put {0} ahead of {1}, 48 percent to 45 percent.", "{0} leads {1} by 48 percent to 45 percent, a new poll found.", "A survey by Marlow Research gave {0} 51 percent and {1} 44."])
    return None if re.search(r"\bpolls?\b|survey", clean.text) else clean.with_paragraph(text.format(one, other))


def reply(clean):
    who = clean.pick(["Harlow Foods", "Councilman Paul Dean", "Kestrel Holdings", "Bishop Aldous Wray"])
    how = clean.pick(["Prosecutors accused {0} of bribery on Monday.", "{0} was charged with fraud on Monday, prosecutors said.", "Two former employees have sued {0}, saying they were cheated of wages.", "The state attorney general accused {0} of stealing from the fund."])
    return clean.with_paragraph(how.format(who))


def nameless(words):
    def make(clean):
        for quote in clean.said(("indirect", "mixed", "direct")):
            at, said = quote["speaker"][0], quote["cue"][0]
            is_plain = len(quote["speaker"]) == 1 and len(quote["cue"]) == 1 and clean.of(said) in ("said", "says", "added")
            if not is_plain or not clean.who(quote):
                continue
            before, after = clean.text[:at[0]], clean.text[at[1]:]
            opens = clean.paragraph(at[0])[0] == at[0] or before[-2:-1] in ".?!”\"" and before[-1] == " "
            # `Dana Ortiz said` at the head of a sentence or after a quotation; `said Dana Ortiz.`
            is_before = said[0] == at[1] + 1 and (opens or before.endswith(", "))
            is_after = said[1] + 1 == at[0] and after[:1] == "."
            if is_before or is_after:
                some = clean.pick(words)
                closes = before[-2:-1] in "”\"" and before[-3:-2] in ",?!"
                if is_before and opens and not closes:
                    some = some[0].upper() + some[1:]
                return clean.with_words(at, some)
        return None
    return make


def one_unnamed(clean):
    """A story whose lede rests on one unnamed person, and whose next paragraphs say nothing for it."""
    head = clean.pick(["Board meets over mill", "Talks go on", "A long week"])
    silent = body(clean, 4)
    who = clean.pick(["a person familiar with the matter said", "a senior official said", "one aide said", "a source close to the talks said"])
    lede = f"# {head}\n\n{clean.pick(['The head of Harlow Foods will resign on Friday', 'The bridge will be sold to a Dutch fund', 'The board has decided to close the mill', 'The governor will not run again'])}, {who}."
    return ("\n\n".join([lede, *silent]) + "\n", (0, len(lede))) if len(silent) > 2 else None


def body(clean, most):
    """Paragraphs in which nobody says anything, without those that begin with a place: a story begins there."""
    silent = [clean.of(piece) for piece in clean.silent()]
    return [words for words in silent if not re.match(r"[A-Z]{3}.{0,40} [—–-]+ |[“\"]", words)][:most]


def plural(clean):
    many = clean.pick(["Sources", "Three officials", "Several aides", "Two people familiar with the talks", "Officials"])
    text = f"{many} said the plan will be dropped.[^one]"
    made = clean.with_paragraph(text)
    record = "\n\n[^one]: interview, an official at the board; background; as: an official\n"
    return made and (made[0].rstrip() + record, made[1])


def attack(clean):
    name = clean.pick(clean.people()) or "Paul Dean"
    word = clean.pick(["a coward", "a liar", "a bully and a fraud", "an idiot", "a disgrace", "incompetent", "a brilliant man", "a crook"])
    how = clean.pick(["“He is {0},” one aide said of {1}.", "“{1} is {0},” said a senior official.", "“{1} is {0},” a person close to the campaign said.", "One former aide called {1} {0}."])
    return clean.with_paragraph(how.format(word, name))


def record(mark, text, header="", at_mark=False):
    def make(clean):
        made = clean.with_mark(mark, text, header)
        if made and at_mark:
            at = made[0].index(mark, len(header) + 40)
            return made[0], (at, at + len(mark))
        return made
    return make


def outlet(clean):
    name = clean.pick(["the Daily Planet", "the Harlan Courier", "the Wexcombe Argus", "the Evening Post", "Channel 9 News", "the Northern Times", "The Tribune"])
    frame = clean.pick(["The bank is for sale, {} reported.", "{} first reported the sale.", "{} reported on Monday that the bank is for sale.", "Media reports said the bank is for sale."])
    text = frame.format(name)
    return clean.with_paragraph(text[0].upper() + text[1:])


def dangling(clean):
    """A story that begins where another has been cut: at a sentence that points back."""
    for piece in clean.paragraphs[1:]:
        for at in sentences(clean.of(piece)):
            rest = clean.of((piece[0] + at, piece[1]))
            found = re.match(rf"{SAYS}|The (report|study|poll|survey|letter|memo|company|group|agency|campaign|bank) (said|found|says|shows|showed)\b", rest)
            # A quotation without its speaker is another slip, and asked about by another rule: `headless` makes it.
            first = rest[:(sentences(rest) + [None])[1]]
            if found and not re.search(r"[“”\"]|''", first):
                opening = clean.pick(OPENINGS)
                return f"{opening}\n\n{rest}\n", (len(opening) + 2, len(opening) + 2 + found.end())
    return None


def claimed_lede(clean):
    silent = body(clean, 3)
    head = clean.pick(["Trouble on the hill", "Board meets over mill", "A long winter"])
    lede = f"# {head}\n\n" + clean.pick([f"Harlow Foods {clean.pick(DEEDS)}, and nobody went to the police.", "Crime in the old harbor fell by some 15 percent over the winter.", "It was the deadliest fire in the state’s history.", "More than half of the tenants on the hill skip meals to pay the rent."])
    return ("\n\n".join([lede, *silent]) + "\n", (0, len(lede))) if len(silent) > 2 else None


def buried(clean):
    first = clean.pick(["The harbor lost 40 percent of its cranes", "Half of the tenants in the old houses skip a meal", "Rents in the valley rose 30 percent"])
    rest = ", and the children of those who stayed are sent to schools on the far side of the river, where there are more desks than pupils and where the boats to the islands leave twice a day when the weather lets them and not at all when it does not, the county said."
    return clean.with_paragraph(first + rest)


def display(clean):
    """A headline with a quotation or a figure that the story does not have."""
    head = clean.pick(["# Mayor calls bridge ‘a death trap’", "# Storm kills 47 in valley", "# Governor: ‘I will never sign it’", "# Fund loses $913 million in a day", "# Board chief says mill was ‘rotten to the core’", "# Crash kills 83"])
    return (f"{head}\n\n{clean.text}", (0, len(head))) if not re.search(r"\b(47|83)\b|\$913|death trap|never sign", clean.text) else None


def bare_surname(clean):
    """Paragraphs were moved: the surname comes first, and the full name where the surname stood."""
    spoken = [clean.who(quote) for quote in clean.said(("direct", "mixed", "indirect"))]
    for name in dict.fromkeys(name for name in spoken if name):
        last = name.split()[1]
        at = clean.text.find(name)
        then = re.compile(rf"(?<=[a-z] ){last}(?= [a-z]|[.,] )|(?<=\n){last}(?= [a-z])").search(clean.text, at + len(name))
        # After a title or a word of who it is (“President Obama”, “candidate Carson”) the surname alone is no slip, or a small one.
        is_plain = re.match(r" [a-z]|[.,] ", clean.text[at + len(name):]) and re.search(r"((?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[,.;:?!”\"] |\n|\b([Bb]ut|[Aa]nd|said|says|by|with|that|to) )$", clean.text[:at])
        if clean.text.count(name) == 1 and clean.paragraph(at) and then and clean.text.find(last) == at + name.index(last) and is_plain:
            text, _ = clean.with_words(then.span(), name)
            return text[:at] + last + text[at + len(name):], (at, at + len(last))
    return None


def slip(name, chance):
    """A surname with a letter more, less or other."""
    at = chance.randrange(2, len(name) - 1)
    kind = chance.choice(["twice", "less", "other"])
    if kind == "twice":
        return name[:at] + name[at] + name[at:]
    if kind == "less":
        return name[:at] + name[at + 1:]
    other = {"a": "e", "e": "a", "i": "y", "o": "u", "y": "i", "u": "o", "s": "z", "c": "k", "k": "c", "n": "m", "m": "n"}.get(name[at], "e")
    return name[:at] + (other if other != name[at] else "a") + name[at + 1:]


def misspelt(clean):
    """The full name comes again, a letter off. People who speak, in a story that has them by forename and surname."""
    for name in clean.people():
        first, last = name.split()
        at = clean.text.find(name)
        if len(last) >= 6 and clean.paragraph(at):
            return clean.with_paragraph(f"{first} {slip(last, clean.chance)} was in the room.")
    return None


def near_miss(clean):
    """A speaker whom the newsroom knows by a name that is a letter off."""
    for name in clean.people():
        first, last = name.split()
        if len(last) >= 6:
            known = f"{first} {slip(last, clean.chance)}"
            return clean.text, (0, len(clean.text)), {"entities/people.toml": f"[[person]]\nname = \"{known}\"\n"}
    return None


def old_title(clean):
    name = clean.pick(clean.people())
    if not name:
        return None
    title = clean.pick(["Governor", "Mayor", "Senator", "Energy Secretary", "Police Chief"])
    text, span = clean.with_paragraph(f"{title} {name} was in the room.") or (None, None)
    record = f"[[person]]\nname = \"{name}\"\n[[person.role]]\ntitle = \"{title.lower()}\"\nfrom = 2005-01-01\nto = 2013-06-30\n"
    return text and (f"Date: 2016-03-09\n\n{text}", tuple(edge + 18 for edge in span), {"entities/people.toml": record})


def restricted(clean):
    name = clean.pick(clean.people())
    why = clean.pick(["court order", "juvenile", "victim"])
    return name and (f"{clean.text.rstrip()}\n\n[@kept]: person, {name}; do-not-name: {why}\n", (0, len(clean.text)))


def filed(clean):
    """A quotation that lost two words since the story was filed."""
    for span, marks in quotations(clean):
        words = clean.of((span[0] + 1, span[1] - 1)).split(" ")
        if 9 <= len(words) <= 40 and clean.paragraph(span[0]):
            at = clean.chance.randrange(2, len(words) - 3)
            now, place = clean.with_words((span[0] + 1, span[1] - 1), " ".join(words[:at] + words[at + 2:]))
            return now, place, {"filed/draft.lede/2026-03-12T140509.txt": clean.text, "onrecord.toml": "filed = \"filed\"\n"}
    return None


def undated(clean):
    # A day with its month and year may date the story.
    if re.search(r"(?i)(Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)\w*\.? \d+(st|nd|rd|th)?,? 20\d\d|\d [A-Z][a-z]+ 20\d\d", clean.text[:400]):
        return None
    text = clean.pick(["The board closed the pier on Thursday.", "The vote was taken yesterday.", "The mill will open again this month.", "The fund was closed on Monday.", "The bridge was sold last week."])
    return clean.with_paragraph(text)


def weekday(clean):
    import datetime
    day = datetime.date(2015, 1, 1) + datetime.timedelta(days=clean.chance.randrange(3000))
    wrong = (day + datetime.timedelta(days=clean.chance.randrange(1, 6))).strftime("%A")
    date = clean.pick([f"{wrong}, {day.strftime('%B')} {day.day}, {day.year}", f"{wrong} {day.day} {day.strftime('%B')} {day.year}"])
    return clean.with_paragraph(f"The bridge was opened on {date}, after a year of work.")


def sums(clean):
    a, b = clean.chance.randrange(10, 60), clean.chance.randrange(3, 20)
    text = clean.pick([
        f"Rents rose from ${a * 10} to ${a * 10 + b * 30} in a year, a {round(100 * b * 30 / (a * 10)) + 9}% increase, the union said.",
        f"The bus carried {a + b + 2} people, {a} men and {b} women, police said.",
        # Not “at least”: twenty-three are at least twenty.
        f"The dam gave way at noon and {a} people were killed, police said. The {a + 3} dead will be buried on Friday.",
        f"Unemployment went from {b}% to {b + 2}%, up 2%, the ministry said.",
        "The board gave three reasons: cost and time.",
    ])
    return clean.with_paragraph(text)


def ranges(clean):
    a = clean.chance.randrange(2, 9)
    return clean.with_paragraph(clean.pick([f"The work will take between {a} to {a + 5} weeks, the board said.", f"The pier cost ${a} to ${a + 5} million, the board said.", f"Fares were {a}00% lower than in spring, the board said.", f"The new mill is {a + 1} times smaller, the board said."]))


def loaded(clean):
    """A neutral verb becomes one that judges."""
    for quote in clean.said(("direct", "mixed", "indirect")):
        is_plain = len(quote["cue"]) == 1 and clean.of(quote["cue"][0]) == "said" and clean.who(quote)
        if is_plain:
            spoken = ["claimed", "boasted", "ranted", "bragged", "snapped", "gloated"] if quote["type"] == "direct" else ["claimed that", "admitted that", "boasted that", "confessed that", "bragged that"]
            end = quote["cue"][0][1]
            if quote["type"] != "direct" and not re.match(r" (that )?[a-z]", clean.text[end:end + 6]):
                continue
            end += 5 if quote["type"] != "direct" and clean.text[end:end + 6] == " that " else 0
            return clean.with_words((quote["cue"][0][0], end), clean.pick(spoken))
    return None


def to_come(clean):
    """A figure or a name is still to come."""
    found = clean.pick(list(re.finditer(r"(?<=[a-z] )(\d{2,}|[A-Z][a-z]+ [A-Z][a-z]+)(?= [a-z])", clean.text)))
    now = clean.pick(["TK", "XX", "TKTK", "[TK: look up]", "XXX", "TK"])
    return found and clean.with_words(found.span(), now)


def pasted(clean):
    line = clean.pick(["Share this article", "Sign up for our newsletter", "Advertisement", "Read more: What the storm did to the harbor", "blog comments powered by Chatter", "Follow us on Facebook", "Click here to subscribe"])
    where = clean.pick(clean.paragraphs)
    return where and clean.with_paragraph(line, after=where)


def unclosed(clean):
    return clean.with_mark(clean.pick([" [ED: is this the same pit", " <!-- ask Ortiz why", " [LEGAL: read before noon", " [TK: which year"]))


def after_end(clean):
    at = clean.paragraphs[-3][1] if len(clean.paragraphs) > 6 else None
    mark = clean.pick(["###", "-30-"])
    return at and (f"{clean.text[:at]}\n\n{mark}{clean.text[at:]}", (at + 2, at + 2 + len(mark)))


def stale(clean):
    where = clean.pick(clean.silent())
    mark = " [CQ AL 2026-03-12 #0000]"
    return where and (clean.text[:where[1]] + mark + clean.text[where[1]:], (where[1] - 200, where[1] + len(mark)))


MAIL = "[^board]: statement, notice on the gate; on record"
SLIPS = {
    "quote-ambiguous-speaker": bare_pronoun,
    "quote-fragment": scare_quotes,
    "quote-paragraph-continuation": runs_on,
    "quote-unbalanced": lost_mark,
    "quote-differs-from-notes": lambda clean: scratch(clean, other_word),
    "quote-not-in-notes": lambda clean: scratch(clean, nothing_of_it),
    "quote-changed-in-edit": filed,
    "quote-attribution-late": late_name,
    "quote-speakers-stacked": stacked,
    "pull-quote-differs": pull_quote,
    "quote-medium-undisclosed": by_mail,
    "claim-figure-unattributed": figure,
    "claim-superlative-unattributed": superlative,
    "claim-accusation-unattributed": accusation,
    "claim-cause-unattributed": cause,
    "claim-prediction-unattributed": prediction,
    "claim-consensus-unattributed": consensus,
    "weasel-attribution": weasel,
    "study-unnamed": study,
    "poll-method-missing": poll,
    "missing-right-of-reply": reply,
    # Not “insiders”: they are a crowd, as critics and experts are, and `weasel` makes them.
    "anonymous-source-undescribed": nameless(["sources", "a source", "officials", "one person", "a person", "an official"]),
    "anonymous-source-no-reason": nameless(["people familiar with the matter", "a senior official who asked not to be named", "two aides close to the talks", "a person briefed on the plan"]),
    "anonymous-single-source": one_unnamed,
    "source-plural-mismatch": plural,
    "anonymous-opinion": attack,
    "source-ground-rules-breach": record("[^clerk]", "[^clerk]: interview, a clerk of the board; off the record", at_mark=True),
    "source-undeclared": record("[^bord]", MAIL, at_mark=True),
    "source-unused": record("", MAIL),
    "source-disputed": record("[^log]", "[^log]: document, crane log of the harbor; status: disputed; on record", at_mark=True),
    "source-terms-incomplete": record("[^clerk]", "[^clerk]: interview, a clerk of the board; background"),
    "source-uncorroborated": record("[^clerk]", "[^clerk]: interview, a clerk of the board; primary: no; on record"),
    "definition-conflict": record("[^log]", "[^log]: document, crane log of the harbor; on record\n[^log]: interview, harbor master; background"),
    "entity-undeclared": record("[@ortis]", "[@ortiz]: person, Dana Ortiz; role: mayor", at_mark=True),
    "report-without-link": outlet,
    "reference-dangling": dangling,
    "lede-unattributed": claimed_lede,
    "attribution-buried": buried,
    "display-outruns-story": display,
    "speaker-unknown": near_miss,
    "name-first-reference": bare_surname,
    "name-spelling-inconsistent": misspelt,
    "title-conflict": old_title,
    "name-restricted": restricted,
    "date-unanchored": undated,
    "weekday-date-mismatch": weekday,
    "figure-mismatch": sums,
    "range-and-unit": ranges,
    "attribution-verb-loaded": loaded,
    "placeholder-left": to_come,
    "embargo-active": lambda clean: ("Status: final\nEmbargo: 2126-03-04\n\n" + clean.text, (0, 36)),
    "pasted-boilerplate": pasted,
    "mark-unclosed": unclosed,
    "source-name-in-record": record("[^clerk]", "[^clerk]: interview, Ana Roth; background"),
    "source-terms-unknown": record("[^clerk]", "[^clerk]: interview, a clerk of the board; on backgruond"),
    "header-embargo-misspelt": lambda clean: ("Slug: pier\nEmbrago: 2026-03-01\n\n" + clean.text, (0, 30)),
    "mark-malformed": record("[^board p. 3]", MAIL, at_mark=True),
    "header-unknown-key": lambda clean: ("Slug: pier\nHeadlin: Board closes pier\n\n" + clean.text, (0, 40)),
    "definition-unknown-field": record("[^log]", "[^log]: document, crane log of the harbor; fiel: logs/crane.txt"),
    "copy-after-end": after_end,
    "check-stale": stale,
    "stet-unreasoned": record(" [STET date]", "", at_mark=True),
    "stet-unused": record(" [STET figure-mismatch: counted twice]", "", at_mark=True),
}
