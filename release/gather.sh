#!/bin/bash
# Puts the artefacts of all platforms into one folder, with one list of checksums and this version's part of the changelog.
# Usage: gather.sh PARTS OUT     PARTS holds a folder a platform, as release/build.sh made them.
set -euo pipefail
parts=$1 out=$2
here=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$out"
for folder in "$parts"/*/; do
    (cd "$folder" && sha256sum --quiet -c SHA256SUMS)
    # The package of npm for all platforms is the same from each of them: the first one is taken.
    find "$folder" -maxdepth 1 -type f ! -name SHA256SUMS -exec cp -n {} "$out/" \;
done
sed -n '/^## /{n;:a;p;n;/^## /q;ba}' "$here/CHANGELOG.md" >"$out/NOTES.md"
(cd "$out" && sha256sum -- *.tar.gz *.deb *.tgz *.vsix 2>/dev/null >SHA256SUMS)
