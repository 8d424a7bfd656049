#!/bin/bash
# The packages for npm: one for this platform that carries the binary, and one for all that picks it.
# Usage: pack.sh VERSION PLATFORM OS CPU BINARY OUT
set -euo pipefail
version=$1 platform=$2 os=$3 cpu=$4 binary=$5 out=$6
here=$(cd "$(dirname "$0")" && pwd)
exe=; [ "$os" = win32 ] && exe=.exe
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir -p "$work/platform/bin" "$work/all"
cp "$binary" "$work/platform/bin/onrecord$exe"
cat >"$work/platform/package.json" <<J
{
  "name": "@onrecord/$platform",
  "version": "$version",
  "description": "The binary of Onrecord for $platform",
  "license": "MIT OR Apache-2.0",
  "os": ["$os"],
  "cpu": ["$cpu"],
  "files": ["bin", "LICENSE-MIT", "LICENSE-APACHE"]
}
J
sed "s/@VERSION@/$version/g" "$here/package.json.in" >"$work/all/package.json"
cp "$here/onrecord.js" "$here/../../README.md" "$work/all/"
for folder in platform all; do
    cp "$here"/../../LICENSE-* "$work/$folder/"
    (cd "$work/$folder" && npm pack --silent --pack-destination "$out")
done
