#!/bin/bash
# Names accepted from the list of a real editor in a terminal, as names.json says; what is then saved is compared.
# Usage: names.sh EDITOR COMMAND...   EDITOR is helix, emacs or neovim; the command opens names.lede in the folder at hand
set -uo pipefail
tests=$(cd "$(dirname "$0")" && pwd)
editor=$1
shift
export LC_ALL=C.UTF-8 TERM=xterm-256color
socket=onrecord-names-$$
terminal=(tmux -L "$socket" -f /dev/null)
trap '"${terminal[@]}" kill-server 2>/dev/null' EXIT
passed=0 failed=0
keys() { "${terminal[@]}" send-keys "$@"; }
letters() { "${terminal[@]}" send-keys -l -- "$1"; }
screen() { "${terminal[@]}" capture-pane -p 2>/dev/null; }

# wait_for PATTERN SECONDS: whether the screen comes to show it.
wait_for() {
    for _ in $(seq $(($2 * 10))); do
        screen | grep -qE "$1" && return 0
        sleep 0.1
    done
    return 1
}

# Letter by letter, as fast as a fast typist.
type_in() {
    local at
    for ((at = 0; at < ${#1}; at++)); do
        letters "${1:at:1}"
        sleep 0.08
    done
}

# The end of the last line of copy, ready to type there.
go_to_the_end() {
    case $editor in
    helix) keys g e && keys A ;;
    neovim) keys G A ;;
    emacs) keys M-'>' && keys C-b ;;
    esac
}

# Asks for the list if it does not come by itself, and takes the row.
accept() {
    local label=$1
    case $editor in
    helix)
        # The row says what it is: a variable stands for a person.
        wait_for "$label +(variable|Variable)" 5 || { keys C-x && wait_for "$label +(variable|Variable)" 5; } || return 1
        keys C-n
        sleep 0.4
        keys Enter
        ;;
    neovim)
        for _ in 1 2 3 4 5; do
            keys C-x C-o
            wait_for "$label .*(Variable|Text|v )" 3 && break
        done
        keys C-n
        sleep 0.4
        keys C-y
        ;;
    emacs)
        # A single row is written at once; several stand in a list below.
        keys C-M-i
        sleep 1
        if screen | grep -q 'possible completions'; then
            keys M-Down
            sleep 0.4
            keys M-Enter
        fi
        ;;
    esac
    sleep 0.5
}

save_and_quit() {
    case $editor in
    helix | neovim) keys Escape && sleep 0.3 && letters ':wq' && keys Enter ;;
    emacs) keys C-x C-s && sleep 0.5 && keys C-x C-c ;;
    esac
}

# One line a case: what, typed, label, becomes.
cases=$(python3 - "$tests/names.json" <<'P'
import json, sys
names = json.load(open(sys.argv[1]))
for case in names["cases"]:
    print("\t".join(names["before"] + case[key] if key == "becomes" else case[key] for key in ("what", "typed", "label", "becomes")))
P
)
while IFS=$'\t' read -r -u 3 what typed label becomes; do
    cp "$tests/workspace/names.lede" names.lede
    "${terminal[@]}" new-session -d -x 108 -y 34 "$*"
    wait_for 'heard of the plan' 20
    sleep "${SETTLE:-2}"
    go_to_the_end
    type_in "$typed"
    accept "$label"
    before=$(screen)
    save_and_quit
    for _ in $(seq 50); do
        "${terminal[@]}" list-sessions >/dev/null 2>&1 || break
        sleep 0.1
    done
    "${terminal[@]}" kill-server 2>/dev/null
    saved=$(grep 'heard of the plan' names.lede)
    if [ "$saved" = "$becomes" ]; then
        passed=$((passed + 1))
        echo "accepted: $what: “$typed” became “${saved#"${becomes%% plan of *} plan of "}”"
    else
        failed=$((failed + 1))
        echo "NOT accepted: $what: “$typed” became “$saved”, not “$becomes”"
        echo "$before"
    fi
done 3<<<"$cases"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
