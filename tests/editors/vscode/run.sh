#!/bin/bash
# The extension in real VS Code: packaged, installed, driven in a browser without a screen, and asked from inside its extension host.
# Usage: run.sh   (ONRECORD names the server; screenshots go to target/editors/vscode, or to ONRECORD_SHOTS)
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
. "$here/../env.sh"
"$here/../install.sh" vscode || exit 1
server=${ONRECORD:-$project/target/debug/onrecord}
[ -x "$server" ] || { echo "no server at $server: cargo build"; exit 1; }
shots=${ONRECORD_SHOTS:-$project/target/editors/vscode}
mkdir -p "$shots"
export PATH=$NODE_BIN:$PATH

work=$(mktemp -d)
code=
stop() {
    [ -z "$code" ] || kill -- "-$code" 2>/dev/null
    [ -z "$code" ] || wait "$code" 2>/dev/null
    rm -rf "$work"
}
trap stop EXIT

# 1. The extension, packaged as a user would and installed from the package.
extension=$project/editors/vscode
if [ "$extension/package-lock.json" -nt "$extension/node_modules/.package-lock.json" ] || [ ! -d "$extension/node_modules" ]; then
    (cd "$extension" && npm ci --no-audit --no-fund) >"$work/npm.log" 2>&1 || { tail -20 "$work/npm.log"; exit 1; }
    touch "$extension/node_modules/.package-lock.json"
fi
(cd "$extension" && npm run package) >"$work/package.log" 2>&1 || { tail -20 "$work/package.log"; exit 1; }
mkdir -p "$work/home" "$work/data/User" "$work/bin"
export HOME=$work/home
entry=$CACHE/code-server/node_modules/code-server/out/node/entry.js
node "$entry" --user-data-dir "$work/data" --extensions-dir "$work/extensions" --install-extension "$extension/onrecord.vsix" \
    >"$work/install.log" 2>&1 || { cat "$work/install.log"; exit 1; }

# 2. VS Code on this machine's loopback, with settings that keep dialogs away; the server is found on the PATH.
ln -s "$server" "$work/bin/onrecord"
# The extension host takes its PATH from the login shell.
export SHELL=/bin/bash
echo "PATH=$work/bin:\$PATH" >"$HOME/.profile"
cp "$here/settings.json" "$work/data/User/settings.json"
cp -r "$project/tests/editors/workspace" "$work/desk"
cp -r "$project/tests/editors/workspace" "$work/desk-inside"
cp -r "$project/tests/editors/workspace" "$work/desk-names"
port=$(node -e 's = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
setsid node "$entry" --auth none --bind-addr "127.0.0.1:$port" --disable-telemetry --disable-update-check --disable-workspace-trust \
    --disable-getting-started-override --user-data-dir "$work/data" --extensions-dir "$work/extensions" "$work/desk" >"$work/code.log" 2>&1 &
code=$!
for _ in $(seq 300); do
    curl -sf "http://127.0.0.1:$port/healthz" >/dev/null && break
    kill -0 "$code" 2>/dev/null || { cat "$work/code.log"; exit 1; }
    sleep 0.1
done

# 3. As a reader of the screen sees it, and as another extension sees it.
export ONRECORD_TOOLS=$CACHE/tools
passed=0 failed=0
look() { count < <("$@" 2>&1); }
look timeout 240 node "$here/screen.cjs" "http://127.0.0.1:$port" "$work/desk" "$shots"
mkdir -p "$work/desk-new"
look timeout 240 node "$here/newcomer.cjs" "http://127.0.0.1:$port" "$work/desk-new" "$shots"
mkdir -p "$work/desk-first"
look timeout 240 node "$here/firstday.cjs" "http://127.0.0.1:$port" "$work/desk-first" "$shots"
look timeout 240 node "$here/names.cjs" "http://127.0.0.1:$port" "$work/desk-names" "$shots"
look timeout 240 node "$here/inside.cjs" "http://127.0.0.1:$port" "$work/desk-inside" "$work/inside.json"
# UPDATE=1 takes the picture of the README anew.
if [ "$failed" = 0 ] && [ "${UPDATE:-}" = 1 ]; then
    cp "$shots/7-newcomer.png" "$project/docs/images/notes.png"
fi
if [ "$failed" != 0 ]; then
    tail -20 "$work/code.log"
    find "$work/data/logs" -name '*Onrecord*' -exec tail -n 40 {} +
fi
echo "VS Code: $passed passed, $failed failed"
[ "$failed" = 0 ]
