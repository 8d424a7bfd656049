"""Runs every measure of how well Onrecord reads, prints them, and fails where one is under the floor that bars.py holds."""
import argparse
import sys

import calibration
import findings
import hanging
import positives
import rates
import robustness
import speed
import table
from bars import Bars
from corpus import Corpus
from report import Report


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("binary")
    options.add_argument("--without-speed", action="store_true", help="leaves out what depends on machine and build")
    options.add_argument("--long", action="store_true", help="streams 100,000 articles instead of 10,000")
    options.add_argument("--update", action="store_true", help="writes docs/accuracy.md and the table of the README")
    options = options.parse_args()

    corpus = Corpus(options.binary)
    bars = Bars()
    report = Report(corpus)
    table.measure(corpus, bars, report)
    calibration.measure(corpus, bars, report)
    robustness.one_newline(corpus, bars, report)
    robustness.cuts(corpus, bars, report)
    hanging.measure(corpus, bars, report)
    counts = findings.clean_copy(corpus, bars, report)
    made = positives.measure(corpus, bars, report)
    findings.deletions(corpus, bars, report)
    if not options.without_speed:
        speed.measure(corpus, bars, report, articles=100_000 if options.long else 10_000)
    else:
        report.speed_of_before()
    report.by_hand(rates.told())
    report.bars(bars)
    print(report.text)
    if options.update:
        report.write()
        rates.write(counts, made, len(corpus.dev))
    for line in bars.broken():
        print(line, file=sys.stderr)
    return 1 if bars.broken() else 0


if __name__ == "__main__":
    sys.exit(main())
