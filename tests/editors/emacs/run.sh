#!/bin/bash
# Real Emacs with its own Eglot in a terminal: names accepted from its list. Usage: run.sh   (ONRECORD names the server)
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
said=$("$here/../names.sh" emacs "$CACHE/emacs/emacs" -nw -Q -l "$work/init.el" names.lede)
echo "$said"
echo "Emacs: $(tail -1 <<<"$said")"
[[ $(tail -1 <<<"$said") == *' 0 failed' ]]
