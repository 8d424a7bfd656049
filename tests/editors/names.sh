#!/bin/bash
# Names accepted from the list of a real editor in a terminal, as names.json says; what is then saved is compared.
# Usage: names.sh EDITOR COMMAND...   EDITOR is helix, emacs or neovim; the command opens names.lede in the folder at hand
set -uo pipefail
tests=$(cd "$(dirname "$0")" && pwd)
editor=$1
shift
. "$tests/terminal.sh"

# Letter by letter, as fast as a fast typist.
type_in() {
    local at
    for ((at = 0; at < ${#1}; at++)); do
        letters "${1:at:1}"
        sleep 0.08
    done
}

# Whether the server answers; Helix does not say so.
served() {
    case $editor in
    neovim) wait_for ' served ' ;;
    emacs) wait_for '\[eglot:[a-z]+\]' ;;
    esac
}

# The end of the last line of copy, ready to type there. `place` is its number and its length.
go_to_the_end() {
    read -r line column length <<<"$(place_of "$opening" names.lede)"
    local end=$((length + 1))
    case $editor in
    helix) press " $line:1$" g e && press "^ INS .* $line:$end$" A ;;
    neovim) press " $line,1 All$" G && press " $line,$end All$" A && wait_for '^-- INSERT --' ;;
    emacs) press " L$((line + 1)) " 'M->' && press " L$line " C-b && keys C-e ;;
    esac
}

# Asks for the list if it does not come by itself, and takes the row.
accept() {
    local row
    case $editor in
    helix)
        # The row says what it is: a variable stands for a person.
        row="$label +(variable|Variable)"
        for _ in 1 2 3 4 5; do
            wait_for "$row" 5 && break
            keys C-x
        done
        # What the chosen row would write is shown in the copy. A list that came anew has none chosen.
        for _ in 1 2 3; do
            shows "$row" && shows "$opening$typed$" || break
            keys C-n
            wait_for "$becomes$" 5 && break
        done
        shows "$row" && keys Enter && wait_gone "$row" "$AGAIN"
        ;;
    neovim)
        row="$label .*(Variable|Text|v )"
        for _ in 1 2 3; do
            keys C-x C-o
            wait_for "$row" "$AGAIN" && keys C-n C-y && break
        done
        ;;
    emacs)
        # A single row is written at once; several stand in a list below, where the cursor goes to the first.
        for _ in 1 2 3; do
            keys C-M-i
            wait_for "$becomes$|possible completions" "$AGAIN" && break
        done
        if shows 'possible completions'; then
            keys M-Down
            wait_for '\*Completions\* +All +L[2-9]' && keys M-Enter
        fi
        ;;
    esac
    wait_for "$becomes$" "$AGAIN"
}

# One line a case: what, typed, label, becomes; before them, what the line of copy begins with.
cases=$(python3 - "$tests/names.json" <<'P'
import json, sys
names = json.load(open(sys.argv[1]))
print(names["before"])
for case in names["cases"]:
    print("\t".join(names["before"] + case[key] if key == "becomes" else case[key] for key in ("what", "typed", "label", "becomes")))
P
)
opening=${cases%%$'\n'*}
while IFS=$'\t' read -r -u 3 what typed label becomes; do
    cp "$tests/workspace/names.lede" names.lede
    begin 108 34 "$*"
    wait_for 'heard of the plan'
    served
    go_to_the_end
    type_in "$typed"
    wait_for "$opening$typed$" "$AGAIN"
    accept
    shown=$(screen)
    save_and_quit
    "${terminal[@]}" kill-server 2>/dev/null
    saved=$(grep 'heard of the plan' names.lede)
    if [ "$saved" = "$becomes" ]; then
        passed=$((passed + 1))
        echo "accepted: $what: “$typed” became “${saved#"${becomes%% plan of *} plan of "}”"
    else
        failed=$((failed + 1))
        echo "NOT accepted: $what: “$typed” became “$saved”, not “$becomes”"
        echo "$shown"
    fi
done 3<<<"${cases#*$'\n'}"
tell_all
