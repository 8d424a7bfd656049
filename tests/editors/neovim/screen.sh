#!/bin/bash
# Neovim in a terminal, typed at: what stands on the screen is waited for, counted and kept as pictures.
# Usage: screen.sh NVIM SHOTS, in a folder with ferry.lede; the plugin installed and `onrecord` on the PATH
set -uo pipefail
nvim=$1 shots=$2 editor=neovim
mkdir -p "$shots"
. "$(dirname "$0")/../terminal.sh"

picture() {
    "${terminal[@]}" capture-pane -p -e >"$shots/$1.ans"
    local page folder
    page=$shots/$1.html folder=$(mktemp -d)
    aha --black --title Neovim <"$shots/$1.ans" |
        sed -e "s#<pre>#<pre style=\"font: 14px/18px DejaVu Sans Mono, monospace; margin: 6px\">#" \
            -e "s#<body[^>]*>#<body style=\"background: \#14161b; color: \#e0e2ea\">#" >"$page"
    chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --hide-scrollbars \
        --user-data-dir="$folder" --window-size=960,640 --screenshot="$shots/$1.png" "file://$page" >/dev/null 2>&1
    rm -rf "$folder" "$page" "$shots/$1.ans"
}

# see NAME PATTERN [gone]: counts whether the screen comes to show it, or no longer does, and takes its picture.
see() {
    if [ -z "${3:-}" ]; then wait_for "$2"; else wait_gone "$2"; fi
    tell $? "$1"
    picture "$1"
}
# ask NAME PATTERN KEY...: what some keys open.
ask() {
    local name=$1 pattern=$2
    shift 2
    press "$pattern" "$@"
    see "$name" "$pattern"
}
# search PROMPT WORDS: the cursor on the first letter of some words of the ninth line, whose bytes the line below counts.
search() {
    local place
    place=$(LC_ALL=C place_of "$2" ferry.lede)
    read -r line column length <<<"$place"
    for _ in 1 2 3; do
        answer "$1" "$2" "$1" && wait_for " $line,$((column + 1))(-[0-9]+)? +All$" "$AGAIN" && return
    done
    return 1
}

cat >init.lua <<'L'
vim.o.termguicolors = true
vim.o.swapfile = false
vim.o.hlsearch = false
vim.o.shortmess = vim.o.shortmess .. 'I'
vim.o.completeopt = 'menuone,noselect,popup'
vim.diagnostic.config({ virtual_text = true })
L
begin 108 34 "$nvim -u init.lua ferry.lede"
see 0-open 'Harbor Belle'
search / holtt
see 1-finding 'Did you mean'
search '?' Maren
ask 2-hover 'Maren Holt.*[Cc]ouncilwoman' K
search / holtt
for _ in 1 2 3; do
    answer : 'lua vim.lsp.buf.code_action()' : && wait_for '^1: Write holt' "$AGAIN" && break
done
see 3-actions '^1: Write holt'
letters 1
wait_for 'empty cancels\): 1$' && keys Enter
see 4-fixed 'holtt' gone
search / 'in April'
press '^-- INSERT --' A
letters ' [^'
wait_for 'April\.\[\^holt\] \[\^$'
for _ in 1 2 3; do
    keys C-x C-o
    wait_for 'holt .*(Reference|Maren Holt)' "$AGAIN" && break
done
see 5-completion 'holt .*(Reference|Maren Holt)'
tell_all
