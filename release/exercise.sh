#!/bin/bash
# Has a program do what it is mostly used for: check the sample stories with people on file, tell who says what in them, and serve an editor
# in which somebody types. What it prints is thrown away; that it ends well is all that is asked.
# Usage: exercise.sh ONRECORD
set -euo pipefail
onrecord=$1
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work/cache LOCALAPPDATA=$work/cache

# Many drafts, each of a story, which is made to go wrong, and of many passages that are read by test, as edited copy is; with names on
# file that stand in them.
mkdir -p "$work/desk/entities" "$work/few"
stories=(tests/stories/*.lede tests/stories/*.txt)
grep -E '^[A-Z“].{40,}[.”]$' tests/attribution.md >"$work/passages"
count=0
while [ "$count" -lt 400 ]; do
    for story in "${stories[@]}"; do
        count=$((count + 1))
        {
            cat "$story"
            echo
            from=$((count * 7 % 280))
            awk -v from="$from" 'NR > from && NR <= from + 60 { print; print "" }' "$work/passages"
        } >"$work/desk/$count.lede"
    done
done
cp "$work"/desk/{1,2,3,4,5,6,7,8,9,10}.lede "$work/few"
for given in Dana Lena Osric Mabel Carl Ingrid Nadia Tomas; do
    for surname in Ortiz Ruiz Vahn Aske Boone Solheim Calder Venn Alder Bramley; do
        printf '[[person]]\nname = "%s %s"\n[[person.role]]\ntitle = "mayor"\n\n' "$given" "$surname"
    done
done >"$work/desk/entities/people.toml"

for _ in 1 2 3 4; do
    "$onrecord" check "$work/desk" --profile wire --format jsonl --fail-on never >/dev/null
done
for format in human json sarif; do
    "$onrecord" check "$work/few" --format "$format" --fail-on never >/dev/null
done
"$onrecord" quotes "$work/desk"/*.lede --format jsonl >/dev/null
"$onrecord" ledger "$work/few" --format csv >/dev/null

# The message of a client, with its length in bytes.
export LC_ALL=C
send() { printf 'Content-Length: %d\r\n\r\n%s' "${#1}" "$1"; }
# A file as the words of a string in JSON.
quoted() { tr '\t' ' ' <"$1" | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/$/\\n/' | tr -d '\n'; }

session() {
    local uri=file://$work/desk/$1 version=1 request=1 text=$2 line=$3
    local document="\"textDocument\":{\"uri\":\"$uri\""
    send "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\",\"params\":{$document,\"languageId\":\"lede\",\"version\":1,\"text\":\"$text\"}}}"
    for letter in T h e ' ' m a y o r ' ' s a i d ' ' t h e ' ' p i e r ' ' w a s ' ' c l o s e d .; do
        version=$((version + 1)) request=$((request + 1))
        send "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didChange\",\"params\":{$document,\"version\":$version},\"contentChanges\":[{\"range\":{\"start\":{\"line\":$line,\"character\":$((version - 2))},\"end\":{\"line\":$line,\"character\":$((version - 2))}},\"text\":\"$letter\"}]}}"
        send "{\"jsonrpc\":\"2.0\",\"id\":\"$1-$request\",\"method\":\"textDocument/diagnostic\",\"params\":{$document}}}"
    done
    for method in hover completion definition; do
        request=$((request + 1))
        send "{\"jsonrpc\":\"2.0\",\"id\":\"$1-$request\",\"method\":\"textDocument/$method\",\"params\":{$document},\"position\":{\"line\":$line,\"character\":6}}}"
    done
    for method in documentSymbol inlayHint codeLens semanticTokens/full foldingRange documentLink; do
        request=$((request + 1))
        send "{\"jsonrpc\":\"2.0\",\"id\":\"$1-$request\",\"method\":\"textDocument/$method\",\"params\":{$document},\"range\":{\"start\":{\"line\":0,\"character\":0},\"end\":{\"line\":40,\"character\":0}}}}"
    done
}

cat "$work"/desk/{1,2,3,4,5,6,7,8,9,10,11,12}.lede >"$work/desk/long.lede"
{
    send "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"processId\":null,\"rootUri\":\"file://$work/desk\",\"capabilities\":{\"textDocument\":{\"diagnostic\":{}}}}}"
    send '{"jsonrpc":"2.0","method":"initialized","params":{}}'
    for draft in 1 20 40 60 long; do
        session "$draft.lede" "$(quoted "$work/desk/$draft.lede")" 12
    done
    sleep 2
    send '{"jsonrpc":"2.0","id":"end","method":"shutdown"}'
    send '{"jsonrpc":"2.0","method":"exit"}'
} | "$onrecord" serve >/dev/null
