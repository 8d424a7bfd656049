#!/bin/bash
# Installs what release/build.sh made into empty places and runs it there: the archive, the Debian package in a root that
# holds nothing but it and the C library, the npm packages in an empty folder without a registry, the server in the extension.
# Usage: try.sh OUT VERSION PLATFORM
set -euo pipefail
out=$1 version=$2 platform=$3
cd "$(dirname "$0")/.."
sample=$PWD/tests/stories/council.lede
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The program says its version, checks a draft, exports it, and has its manual and completions.
try() {
    local where=$1; shift
    [ "$("$@" --version)" = "onrecord $version" ] || { echo "$where: another version"; exit 1; }
    "$@" check - --fail-on never <"$sample" >"$work/told"
    grep -q quote-without-speaker "$work/told" || { echo "$where: nothing found in the sample"; exit 1; }
    "$@" export - --to ninjs <"$sample" | grep -q '"headlines"' || { echo "$where: no export"; exit 1; }
    echo "$where: runs"
}

tar -C "$work" -xzf "$out/onrecord-$version-$platform.tar.gz"
try archive "$work/onrecord-$version-$platform/onrecord"

deb=$(find "$out" -maxdepth 1 -name '*.deb')
if [ -n "$deb" ]; then
    root=$work/root
    mkdir -p "$root/tmp"
    manage=(dpkg --root="$root" --log=/dev/null --force-depends)
    if [ "$(id -u)" = 0 ]; then
        # As a machine installs it; what it depends on comes below.
        mkdir -p "$root"/var/lib/dpkg/{info,updates,triggers}
        : >"$root/var/lib/dpkg/status"
        "${manage[@]}" -i "$deb" >"$work/dpkg" 2>&1 || { cat "$work/dpkg"; exit 1; }
    else
        dpkg-deb -x "$deb" "$root"
    fi
    for part in usr/bin/onrecord usr/share/man/man1/onrecord.1.gz usr/share/bash-completion/completions/onrecord \
        usr/share/zsh/vendor-completions/_onrecord usr/share/fish/vendor_completions.d/onrecord.fish usr/share/doc/onrecord/copyright; do
        [ -s "$root/$part" ] || { echo "the Debian package has no $part"; exit 1; }
    done
    if [ "$(id -u)" = 0 ]; then
        # What the package depends on: the C library and that of the compiler, and nothing else.
        ldd "$root/usr/bin/onrecord" | grep -o '/[^ ]*' | while read -r library; do
            mkdir -p "$root$(dirname "$library")"
            cp -L "$library" "$root$library"
        done
        try "Debian package in an empty root" chroot "$root" /usr/bin/onrecord
        "${manage[@]}" -r onrecord >"$work/dpkg" 2>&1 || { cat "$work/dpkg"; exit 1; }
        [ -z "$(find "$root/usr" -name '*onrecord*' ! -type d 2>/dev/null)" ] || { echo "the Debian package leaves files behind"; exit 1; }
    else
        try "Debian package, unpacked" "$root/usr/bin/onrecord"
    fi
fi

if ls "$out"/onrecord-cli-*.tgz >/dev/null 2>&1; then
    mkdir "$work/npm"
    echo '{ "private": true }' >"$work/npm/package.json"
    # From the files alone: what other platforms would need is optional and stays away.
    (cd "$work/npm" && npm install --offline --no-audit --no-fund --silent "$out/onrecord-$platform-$version.tgz" "$out/onrecord-cli-$version.tgz")
    try "npm packages" "$work/npm/node_modules/.bin/onrecord"
fi

vsix=$out/onrecord-vscode-$version-$platform.vsix
if [ -f "$vsix" ]; then
    # A package of the editor is a zip; the editor unpacks it and starts the program that lies in it.
    mkdir "$work/vsix"
    if command -v unzip >/dev/null; then unzip -q "$vsix" -d "$work/vsix"; else python3 -m zipfile -e "$vsix" "$work/vsix"; fi
    [ -s "$work/vsix/extension/dist/extension.js" ] || { echo "the extension has no program of its own"; exit 1; }
    server=$(echo "$work"/vsix/extension/server/onrecord*)
    chmod +x "$server"
    try "extension for Visual Studio Code, the server in it" "$server"
fi

(cd "$out" && sha256sum --quiet -c SHA256SUMS) && echo "checksums: hold"
