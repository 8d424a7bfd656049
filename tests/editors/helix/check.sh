#!/bin/bash
# Helix on ferry.lede in the folder at hand: finding, hover, symbols, quick fix, rename; what is then saved is compared.
# Usage: check.sh HX SCREENS     Captures of the screen go to the folder SCREENS.
set -uo pipefail
hx=$1 screens=$2
mkdir -p "$screens"
export LC_ALL=C.UTF-8 TERM=xterm-256color
socket=onrecord-helix-$$
terminal=(tmux -L "$socket" -f /dev/null)
trap '"${terminal[@]}" kill-server 2>/dev/null' EXIT
passed=0 failed=0
keys() { "${terminal[@]}" send-keys "$@"; }
letters() { "${terminal[@]}" send-keys -l -- "$1"; }
screen() { "${terminal[@]}" capture-pane -p 2>/dev/null; }

# wait_for PATTERN: whether the screen comes to show it. Half a minute is for a machine that has much else to do.
wait_for() {
    for _ in $(seq 150); do
        screen | grep -qE "$1" && return 0
        sleep 0.2
    done
    return 1
}
wait_gone() {
    for _ in $(seq 150); do
        screen | grep -qE "$1" || return 0
        sleep 0.2
    done
    return 1
}
# see NAME PATTERN: counts whether the screen comes to show it, and keeps the screen.
see() {
    if wait_for "$2"; then
        passed=$((passed + 1))
        echo "seen: $1"
    else
        failed=$((failed + 1))
        echo "NOT seen: $1 ($2)"
        screen
    fi
    screen >"$screens/${1// /-}.txt"
}
# leave PATTERN: presses Escape until the screen does not show it any more. Two at once would be one key with Alt.
leave() {
    for _ in $(seq 20); do
        keys Escape
        sleep 0.3
        screen | grep -qE "$1" || return 0
    done
}
# The cursor on the last letter of some words.
go_to() {
    keys Escape
    keys g g
    keys /
    letters "$1"
    keys Enter
    wait_for "$1"
    sleep 0.5
}

"${terminal[@]}" new-session -d -x 220 -y 40 "$hx ferry.lede"
wait_for 'PORT ELLERY' || { echo "Helix did not start"; screen; }
wait_for '●'
keys Space D
see 'a finding' 'source-undeclared +ferry'
leave 'source-undeclared +ferry'
# The cursor stands on the last letter of what was found.
go_to 'Councilwoman Maren Holt'
keys Space k
see 'a hover on a speaker' 'ON THE RECORD'
leave 'ON THE RECORD'
keys Space s
see 'symbols with who speaks' 'Maren Holt'
leave 'kind +name'
go_to 'holtt'
keys Space a
see 'the ways out of a finding' 'Write holt'
keys Enter
see 'the fix applied' 'March 10\.\[\^holt\]'
if wait_gone 'no such source is declared'; then
    passed=$((passed + 1))
    echo "seen: its finding gone"
else
    failed=$((failed + 1))
    echo "NOT seen: its finding gone"
    screen
fi
go_to 'Maren Holt'
keys Space r
if wait_for 'rename-to:'; then
    keys C-u
    letters 'Maren Host'
    keys Enter
fi
see 'a name renamed through the draft' 'Host said the council would vote'
keys Escape
letters ':wq'
keys Enter
for _ in $(seq 100); do
    "${terminal[@]}" list-sessions >/dev/null 2>&1 || break
    sleep 0.1
done
if grep -q 'Host said the council would vote' ferry.lede && grep -q '10\.\[^holt\]' ferry.lede; then
    passed=$((passed + 1))
    echo "saved: as it was shown"
else
    failed=$((failed + 1))
    echo "NOT saved as it was shown:"
    cat ferry.lede
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
