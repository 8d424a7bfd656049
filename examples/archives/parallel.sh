#!/bin/bash
# Who says what in an archive, with GNU parallel: pieces of about 8 MB, each through a process of its own, in order.
# Usage: parallel.sh ARTICLES.jsonl > ANSWERS.jsonl     Every line of ARTICLES is {"id": …, "text": …}.
set -euo pipefail
articles=${1:?a file with an article a line}
command=${ONRECORD:-onrecord}
# One thread a process: parallel itself keeps the cores busy. Exit code 2 says that a line was no article, and so does
# the line itself; anything else stops the work, and --retries tries that piece again first.
export RAYON_NUM_THREADS=1 command
one() {
    local code=0
    "$command" quotes --input jsonl - || code=$?
    [ "$code" = 0 ] || [ "$code" = 2 ]
}
export -f one
parallel --no-notice --pipepart --keep-order --block "${BLOCK:-8M}" --retries 3 --halt soon,fail=1 --jobs "${JOBS:-100%}" -a "$articles" one
