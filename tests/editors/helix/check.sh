#!/bin/bash
# Helix on ferry.lede in the folder at hand: finding, hover, symbols, quick fix, rename; what is then saved is compared.
# Usage: check.sh HX SCREENS     Captures of the screen go to the folder SCREENS.
set -uo pipefail
hx=$1 screens=$2 editor=helix
mkdir -p "$screens"
. "$(dirname "$0")/../terminal.sh"

# see NAME PATTERN [SECONDS]: counts whether the screen comes to show it, and keeps the screen.
see() {
    wait_for "$2" "${3:-$PATIENCE}"
    tell $? "$1"
    screen >"$screens/${1// /-}.txt"
}
# ask NAME PATTERN KEY...: what some keys open.
ask() {
    local name=$1 pattern=$2
    shift 2
    press "$pattern" "$@"
    see "$name" "$pattern" 0
}
# The cursor on the last letter of some words, which stand where they stood in the draft as it was saved.
go_to() {
    local line column length
    read -r line column length <<<"$(place_of "$1" ferry.lede)"
    for _ in 1 2 3; do
        press ' 1:1$' g g && answer search: "$1" / && wait_for " $line:$((column + length))$" "$AGAIN" && rest && return
    done
    return 1
}
# The first way out of the finding, from the list of them.
fix() {
    for _ in 1 2 3; do
        shows 'Write holt' || { go_to holtt && press 'Write holt' Space a; } || return 1
        keys Enter
        wait_for 'March 10\.\[\^holt\]' "$AGAIN" && return
    done
    return 1
}
rename() {
    for _ in 1 2 3; do
        go_to "$1" && answer rename-to: "$2" Space r && return
    done
    return 1
}

begin 220 40 "$hx ferry.lede"
wait_for 'PORT ELLERY' || { echo "Helix did not start"; screen; }
wait_for '●'
ask 'a finding' 'source-undeclared +ferry' Space D
go_to 'Councilwoman Maren Holt'
ask 'a hover on a speaker' 'ON THE RECORD' Space k
ask 'symbols with who speaks' 'event +Maren Holt' Space s
go_to 'holtt'
ask 'the ways out of a finding' 'Write holt' Space a
fix
see 'the fix applied' 'March 10\.\[\^holt\]'
wait_gone 'no such source is declared'
tell $? 'its finding gone'
rename 'Maren Holt' 'Maren Host'
see 'a name renamed through the draft' 'Host said the council would vote'
save_and_quit
if grep -q 'Host said the council would vote' ferry.lede && grep -q '10\.\[^holt\]' ferry.lede; then
    passed=$((passed + 1))
    echo "saved: as it was shown"
else
    failed=$((failed + 1))
    echo "NOT saved as it was shown:"
    cat ferry.lede
fi
tell_all
