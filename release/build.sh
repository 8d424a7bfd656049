#!/bin/bash
# Builds what is released for this platform, installs each of it into an empty place and runs it there.
# Usage: release/build.sh [OUT]     PROFILE names the cargo profile (release). OUT is target/release-artefacts unless named.
# Needs the Rust toolchain; dpkg-deb for the Debian package and npm for those of npm and the extension for Visual Studio
# Code: without one of them its package is left out, and that is said.
set -euo pipefail
cd "$(dirname "$0")/.."
profile=${PROFILE:-release}
target=${CARGO_TARGET_DIR:-target}
out=${1:-$target/release-artefacts}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
step() { printf '\n== %s (%d s)\n' "$1" "$SECONDS"; }
has() { command -v "$1" >/dev/null 2>&1; }

case $(uname -s)-$(uname -m) in
Linux-x86_64) platform=linux-x64 os=linux cpu=x64 deb=amd64 ;;
Linux-aarch64) platform=linux-arm64 os=linux cpu=arm64 deb=arm64 ;;
Darwin-arm64) platform=darwin-arm64 os=darwin cpu=arm64 deb= ;;
Darwin-x86_64) platform=darwin-x64 os=darwin cpu=x64 deb= ;;
MINGW* | MSYS* | CYGWIN*) platform=win32-x64 os=win32 cpu=x64 deb= ;;
*) echo "no package is made for $(uname -sm)"; exit 1 ;;
esac
exe=; [ "$os" = win32 ] && exe=.exe

step "Binary"
cargo build --locked --profile "$profile"
folder=$profile; [ "$profile" = dev ] && folder=debug
built=$target/$folder/onrecord$exe
rm -rf "$out"
mkdir -p "$out/parts"
out=$(cd "$out" && pwd)
parts=$out/parts
"$built" man >"$parts/onrecord.1"
for shell in bash zsh fish powershell elvish; do "$built" completions "$shell" >"$parts/onrecord.$shell"; done

step "Archive"
name=onrecord-$version-$platform
mkdir -p "$parts/$name/completions"
cp "$built" README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE "$parts/onrecord.1" "$parts/$name/"
cp "$parts"/onrecord.{bash,zsh,fish,powershell,elvish} "$parts/$name/completions/"
tar -C "$parts" -czf "$out/$name.tar.gz" "$name"

if [ -n "$deb" ] && has dpkg-deb; then
    step "Debian package"
    root=$parts/deb
    install -Dm755 "$built" "$root/usr/bin/onrecord"
    install -Dm644 "$parts/onrecord.bash" "$root/usr/share/bash-completion/completions/onrecord"
    install -Dm644 "$parts/onrecord.zsh" "$root/usr/share/zsh/vendor-completions/_onrecord"
    install -Dm644 "$parts/onrecord.fish" "$root/usr/share/fish/vendor_completions.d/onrecord.fish"
    mkdir -p "$root/usr/share/man/man1" "$root/usr/share/doc/onrecord" "$root/DEBIAN"
    gzip -9nc "$parts/onrecord.1" >"$root/usr/share/man/man1/onrecord.1.gz"
    gzip -9nc CHANGELOG.md >"$root/usr/share/doc/onrecord/changelog.gz"
    { cat LICENSE-MIT; printf '\nor, as you like:\n\n'; cat LICENSE-APACHE; } >"$root/usr/share/doc/onrecord/copyright"
    cp README.md "$root/usr/share/doc/onrecord/"
    # The C library that the binary was linked with is the least that it runs with.
    libc=$(objdump -T "$built" 2>/dev/null | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | sort -uV | tail -1 || true)
    cat >"$root/DEBIAN/control" <<C
Package: onrecord
Version: $version
Architecture: $deb
Maintainer: The Onrecord project <onrecord@localhost>
Depends: libc6${libc:+ (>= $libc)}, libgcc-s1
Section: text
Priority: optional
Installed-Size: $(du -sk "$root/usr" | cut -f1)
Description: checker and language server for news drafts
 Reads a news draft as a standards editor would: who says each quotation, which
 claims stand there without a source, and what was left open. It works in the
 terminal and in every editor that speaks the language server protocol; nothing
 leaves the machine.
C
    dpkg-deb --root-owner-group -Zxz --build "$root" "$out/onrecord_${version}_$deb.deb" >/dev/null
    dpkg-deb --info "$out/onrecord_${version}_$deb.deb" | sed -n 's/^ \(Package\|Version\|Depends\|Installed-Size\):/&/p'
else
    echo "no Debian package: dpkg-deb is not on this machine"
fi

if has npm; then
    step "npm packages"
    release/npm/pack.sh "$version" "$platform" "$os" "$cpu" "$built" "$out"
else
    echo "no npm packages: npm is not on this machine"
fi

if has npm; then
    step "Extension for Visual Studio Code"
    extension=editors/vscode
    rm -rf "$extension/server"
    mkdir "$extension/server"
    cp "$built" "$extension/server/"
    (cd "$extension" && npm ci --no-audit --no-fund --silent && npm run --silent package -- --target "$platform" >/dev/null)
    mv "$extension/onrecord.vsix" "$out/onrecord-vscode-$version-$platform.vsix"
    rm -rf "$extension/server"
else
    echo "no extension for Visual Studio Code: npm is not on this machine"
fi

step "Checksums"
(cd "$out" && sha256sum -- *.tar.gz *.deb *.tgz *.vsix 2>/dev/null | tee SHA256SUMS)

step "Installed and run"
release/try.sh "$out" "$version" "$platform"
rm -rf "$parts"
step "Done"
