#!/bin/bash
# Neovim in a terminal, typed at: what stands on the screen is waited for, counted and kept as pictures.
# Usage: screen.sh NVIM SHOTS, in a folder with ferry.lede; the plugin installed and `onrecord` on the PATH
set -uo pipefail
nvim=$1 shots=$2
mkdir -p "$shots"
export LC_ALL=C.UTF-8 TERM=xterm-256color
socket=onrecord-$$
terminal=(tmux -L "$socket" -f /dev/null)
trap '"${terminal[@]}" kill-server 2>/dev/null' EXIT
passed=0 failed=0

keys() { "${terminal[@]}" send-keys "$@"; }

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

# see NAME PATTERN [gone]: waits until the screen shows it, or no longer does.
see() {
    local name=$1 pattern=$2 gone=${3:-} screen
    for _ in $(seq 300); do
        screen=$("${terminal[@]}" capture-pane -p 2>/dev/null)
        if grep -qE "$pattern" <<<"$screen"; then
            [ -z "$gone" ] && break
        elif [ -n "$gone" ] && [ -n "$screen" ]; then
            break
        fi
        screen=
        sleep 0.1
    done
    if [ -n "$screen" ]; then
        passed=$((passed + 1))
        echo "on the screen: $name"
    else
        failed=$((failed + 1))
        echo "NOT on the screen: $name ($pattern)"
        "${terminal[@]}" capture-pane -p
    fi
    picture "$name"
}

cat >init.lua <<'L'
vim.o.termguicolors = true
vim.o.swapfile = false
vim.o.hlsearch = false
vim.o.shortmess = vim.o.shortmess .. 'I'
vim.o.completeopt = 'menuone,noselect,popup'
vim.diagnostic.config({ virtual_text = true })
L
"${terminal[@]}" new-session -d -x 108 -y 34 "$nvim -u init.lua ferry.lede"
see 0-open 'Harbor Belle'
keys '/holtt' Enter
see 1-finding 'Did you mean'
keys '?Maren' Enter 'K'
see 2-hover 'Maren Holt.*[Cc]ouncilwoman'
keys Escape '/holtt' Enter
keys ':lua vim.lsp.buf.code_action()' Enter
see 3-actions '1: '
keys '1' Enter
see 4-fixed 'holtt' gone
keys Escape '/in April' Enter 'A' ' [^' C-x C-o
see 5-completion 'holt .*(Reference|Maren Holt)'
echo "$passed passed, $failed failed"
