#!/bin/bash
# Real Emacs with its own Eglot: what it shows and changes, and names accepted from its list in a terminal. Usage: run.sh   (ONRECORD names the server)
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
. "$here/../env.sh"
"$here/../install.sh" emacs || exit 1
server=${ONRECORD:-$project/target/debug/onrecord}
[ -x "$server" ] || { echo "no server at $server: cargo build"; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/home"
ln -s "$server" "$work/bin/onrecord"
export PATH="$work/bin:$PATH" HOME=$work/home TMPDIR=$work XDG_CACHE_HOME=$work/cache
cp -r "$project/tests/editors/workspace" "$work/desk"
cd "$work/desk" && mkdir .git
cat >"$work/init.el" <<L
(add-to-list 'load-path "$project/editors/emacs")
(setq native-comp-jit-compilation nil make-backup-files nil auto-save-default nil create-lockfiles nil inhibit-startup-screen t)
(require 'onrecord)
L
passed=0 failed=0
count < <(ONRECORD_TESTS=$project/tests/editors timeout 200 "$CACHE/emacs/emacs" --batch -Q -l "$work/init.el" -l "$here/check.el" ferry.lede 2>"$work/errors" || tail -5 "$work/errors" >&2)
count < <(timeout 240 "$here/../names.sh" emacs "$CACHE/emacs/emacs" -nw -Q -l "$work/init.el" names.lede)
echo "Emacs: $passed passed, $failed failed"
[ "$failed" = 0 ]
