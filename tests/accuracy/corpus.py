"""The annotated news beside the project, its scorer, and the binary that reads it."""
import importlib.util
import json
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SHARED = PROJECT.parent / "shared"
# What a measure leaves for people to read. It quotes the corpus, so it stays out of the project.
LEFT = PROJECT / "target" / "accuracy"


class Corpus:
    def __init__(self, binary):
        self.binary = str(Path(binary).resolve())
        self.dev = load("dev")
        self.train = load("train")
        self.scorer = module("score_attribution")
        LEFT.mkdir(parents=True, exist_ok=True)
        self.read = self.quotes(self.dev)

    def quotes(self, articles):
        """Who says what in each article: its answer by its id."""
        return self.answers(["quotes"], articles)

    def findings(self, articles):
        """What is asked about each article, by its id, under the profile for copy that is a file of its own."""
        answers = self.answers(["check", "--fail-on", "never", "--profile", "wire"], articles)
        return {id: answer["findings"] for id, answer in answers.items()}

    def answers(self, command, articles):
        lines = "".join(line(article) for article in articles)
        run = subprocess.run(
            [self.binary, *command, "--input", "jsonl", "-"],
            input=lines, stdout=subprocess.PIPE, check=True, encoding="utf-8", cwd=LEFT,
        )
        answers = [json.loads(answer) for answer in run.stdout.splitlines()]
        assert [answer["id"] for answer in answers] == [article["id"] for article in articles], "a line each, in order"
        return {answer["id"]: answer for answer in answers}


def load(part):
    with open(SHARED / "corpus" / f"polnear_{part}.jsonl", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def line(article):
    return json.dumps({"id": article["id"], "text": article["text"]}, ensure_ascii=False) + "\n"


def module(name):
    """A tool beside the corpus, as it is."""
    spec = importlib.util.spec_from_file_location(name, SHARED / "tools" / f"{name}.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


