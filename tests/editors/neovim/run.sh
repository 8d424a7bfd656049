#!/bin/bash
# The plugin in real Neovim, headless, in each version that install.sh put there. Usage: run.sh   (ONRECORD names the server)
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
. "$here/../env.sh"
"$here/../install.sh" neovim || exit 1
server=${ONRECORD:-$project/target/debug/onrecord}
[ -x "$server" ] || { echo "no server at $server: cargo build"; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin"
ln -s "$server" "$work/bin/onrecord"
export PATH="$work/bin:$PATH" ONRECORD_TESTS=$project/tests/editors
export XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache
# As a user installs it: a package that starts by itself.
pack=$XDG_DATA_HOME/nvim/site/pack/onrecord/start
mkdir -p "$pack" "$XDG_CONFIG_HOME/nvim"
cp -r "$project/editors/neovim" "$pack/onrecord"

passed=0 failed=0
for suite in $NEOVIM_SUITES; do
    cp -r "$project/tests/editors/workspace" "$work/$suite"
    echo "Neovim of Debian $suite"
    count < <(cd "$work/$suite" && timeout 120 "$CACHE/neovim-$suite/nvim" --headless ferry.lede -c "luafile $here/check.lua" 2>&1)
done
# On a screen, as a person uses it, in the newest one.
cp -r "$project/tests/editors/workspace" "$work/screen"
count < <(cd "$work/screen" && timeout 240 "$here/screen.sh" "$CACHE/neovim-$suite/nvim" "${ONRECORD_SHOTS:-$project/target/editors}/neovim" 2>&1)
# Names accepted from the list, in the newest one. Neovim 0.10 shows only rows that begin with what is typed, and says so.
cat >"$work/names.lua" <<'L'
vim.o.swapfile = false
vim.o.shortmess = vim.o.shortmess .. 'I'
-- The line below says when the server has come.
vim.api.nvim_create_autocmd('LspAttach', { callback = function() vim.o.statusline = '%f %m served %=%l,%c %P' end })
L
cp -r "$project/tests/editors/workspace" "$work/names"
echo "skipped: names in Neovim of Debian ${NEOVIM_SUITES%% *}, whose own completion shows only rows that begin with what is typed"
count < <(cd "$work/names" && timeout 240 "$here/../names.sh" neovim "$CACHE/neovim-$suite/nvim" -u "$work/names.lua" names.lede 2>&1)
echo "Neovim: $passed passed, $failed failed"
[ "$failed" = 0 ]
