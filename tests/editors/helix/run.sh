#!/bin/bash
# Real Helix in a terminal: what it shows and changes, and names accepted from its list. Usage: run.sh   (ONRECORD names the server)
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
. "$here/../env.sh"
"$here/../install.sh" helix || exit 1
server=${ONRECORD:-$project/target/debug/onrecord}
[ -x "$server" ] || { echo "no server at $server: cargo build"; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/bin" "$work/config/helix"
ln -s "$server" "$work/bin/onrecord"
export PATH="$work/bin:$PATH" XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_CACHE_HOME=$work/cache
cp "$project/editors/helix/languages.toml" "$here/config.toml" "$work/config/helix/"
cp -r "$project/tests/editors/workspace" "$work/desk"
cd "$work/desk" && mkdir .git
passed=0 failed=0
count < <(timeout 240 "$here/check.sh" "$CACHE/helix/hx" "${ONRECORD_SHOTS:-$project/target/editors}/helix")
count < <(timeout 240 "$here/../names.sh" helix "$CACHE/helix/hx" names.lede)
echo "Helix: $passed passed, $failed failed"
[ "$failed" = 0 ]
