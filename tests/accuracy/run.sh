#!/bin/sh
# How well Onrecord reads: runs a release binary over annotated news and prints every measure beside its bar.
#   tests/accuracy/run.sh [--without-speed] [--long]      ONRECORD=path/to/onrecord names a binary that is built already
#   UPDATE=1 tests/accuracy/run.sh                        writes docs/accuracy.md and the table of the README
set -eu
cd "$(dirname "$0")/../.."
if [ ! -d ../shared/corpus ]; then
    echo "accuracy: skipped, there is no annotated news in ../shared/corpus"
    exit 0
fi
if [ -z "${ONRECORD:-}" ]; then
    cargo build --release
    ONRECORD=target/release/onrecord
fi
[ -z "${UPDATE:-}" ] || set -- --update --long "$@"
exec python3 tests/accuracy/measure.py "$ONRECORD" "$@"
