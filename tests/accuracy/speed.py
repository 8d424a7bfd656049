"""How fast the binary reads, how much memory a long stream takes, how large it is."""
import os
import resource
import subprocess
import time
from pathlib import Path

from corpus import line


def measure(corpus, bars, report, articles):
    lines = "".join(line(article) for article in corpus.train).encode()
    letters = sum(len(article["text"].encode()) for article in corpus.train)
    best = min((once(corpus.binary, lines) for _ in range(5)), key=lambda run: run[1])
    rate = letters / best[1] / 1e6
    bars.set("rate", rate)
    short = peak(corpus.binary, lines, 1)
    rounds = -(-articles // len(corpus.train))
    long = peak(corpus.binary, lines, rounds)
    bars.set("memory", long / short)
    size = Path(corpus.binary).stat().st_size / 1e6
    bars.set("size", size)
    report.speed(letters, rate, best, short, long, rounds * len(corpus.train), len(corpus.train), size)


def once(binary, lines):
    """Seconds on the clock and seconds of the processor for one pass on one core."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(
        [binary, "quotes", "--input", "jsonl", "-"],
        input=lines, stdout=subprocess.DEVNULL, check=True,
        env=dict(os.environ, RAYON_NUM_THREADS="1"),
        preexec_fn=lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}),
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - begun, used


def peak(binary, lines, rounds):
    """The most memory, in MB, that a stream of so many passes over the lines ever holds."""
    run = subprocess.Popen(
        [binary, "quotes", "--input", "jsonl", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    for _ in range(rounds):
        run.stdin.write(lines)
    # Its input stays open until its memory has been read: a process that ended has none.
    run.stdin.flush()
    status = Path(f"/proc/{run.pid}/status").read_text()
    run.stdin.close()
    run.wait()
    most = next(row for row in status.splitlines() if row.startswith("VmHWM"))
    return int(most.split()[1]) / 1024
