"""The table: Onrecord, the systems that could be run beside it, and one human against another, by one scorer."""
import json

from corpus import SHARED

HUMAN = ["one human against another (20 other articles)", 96.6, 81.4, 79.5, 75.4, 72.0, 75.8, 0.685]
PEERS = {
    "textacy": "textacy",
    "ggt": "Gender Gap Tracker",
    "regex": "plain regular expressions",
    "citron": "BBC Citron, retrained on the train part",
}
COLUMNS = ["B", "C", "D", "Ds", "Di", "E", "MCC"]
HEAD = ["", "B speaker", "C cue", "D content", "D + speaker", "D indirect", "E* unattributed", "MCC"]


def measure(corpus, bars, report):
    peers = {name: answers(name) for name in PEERS}
    common = set.intersection(*(set(answer) for answer in peers.values()))
    some = [article for article in corpus.dev if article["id"] in common]
    own = {id: answer["quotes"] for id, answer in corpus.read.items()}
    scores = {name: columns(corpus, some, answer) for name, answer in peers.items()}
    on_all, on_some = columns(corpus, corpus.dev, own), columns(corpus, some, own)
    for key, value in zip(COLUMNS, on_all):
        bars.set(key, value)
    rows = [[PEERS[name], *scores[name]] for name in PEERS]
    rows.append([f"**Onrecord**, the same {len(some)} articles", *on_some])
    rows.append([f"**Onrecord**, all {len(corpus.dev)} articles", *on_all])
    report.scores(HEAD, [*rows, HUMAN])
    report.behind(list(zip(HEAD[1:], on_some)), {PEERS[name]: score for name, score in scores.items()}, HUMAN[1:])


def answers(name):
    with open(SHARED / "corpus" / "baselines" / f"{name}.dev.jsonl", encoding="utf-8") as lines:
        return {answer["id"]: answer["quotes"] for answer in map(json.loads, lines)}


def columns(corpus, gold, predicted):
    """The scorer's counts as the seven figures that carry meaning."""
    n = corpus.scorer.score(gold, predicted)
    f1 = lambda tp, p, g: 100 * corpus.scorer.prf(tp, p, g)[2]
    indirect = harmonic(n["Di_tp"] / max(1, n["Di_p"]), n["Di_tpr"] / max(1, n["Di_g"]))
    fp, fn, tp, tn = n["E_p"] - n["E_tp"], n["E_g"] - n["E_tp"], n["E_tp"], n["E_tn"]
    below = ((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)) ** 0.5
    return [
        f1(n["B_tp"], n["B_p"], n["B_g"]),
        f1(n["C_tp"], n["C_p"], n["C_g"]),
        f1(n["D_tp"], n["D_p"], n["D_g"]),
        f1(n["Ds_tp"], n["D_p"], n["D_g"]),
        100 * indirect,
        100 * harmonic(tn / max(1, tn + fn), tn / max(1, tn + fp)),
        (tp * tn - fp * fn) / below if below else 0.0,
    ]


def harmonic(a, b):
    return 2 * a * b / (a + b) if a + b else 0.0
