#!/bin/bash
# Installs the real editors into a folder of their own, once: VS Code (as code-server, in Chromium) and two Neovims.
# Usage: install.sh [vscode] [neovim]     Needs Debian's package manager, Node and npm; root, or sudo, for Debian's packages.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/env.sh"
mkdir -p "$CACHE"

# Installs those of the named Debian packages that are not there yet.
debian() {
    local missing=() p
    for p in "$@"; do
        dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing+=("$p")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    echo "installing ${missing[*]}"
    local as=()
    [ "$(id -u)" = 0 ] || as=(sudo)
    # One update a run: the lists of a fresh machine are empty or old.
    if [ -z "${UPDATED:-}" ]; then
        "${as[@]}" apt-get update -q >"$CACHE/apt.log" 2>&1 || { tail -20 "$CACHE/apt.log"; return 1; }
        UPDATED=1
    fi
    DEBIAN_FRONTEND=noninteractive "${as[@]}" apt-get install -y --no-install-recommends "${missing[@]}" \
        >>"$CACHE/apt.log" 2>&1 || { tail -20 "$CACHE/apt.log"; return 1; }
}

# npm_into FOLDER PACKAGE...: packages in a folder of the cache, unless they were put there before.
npm_into() {
    local folder=$CACHE/$1 mark
    shift
    mark="$folder/.installed-$(echo "$*" | tr -c 'a-z0-9.\n' '-')"
    [ -f "$mark" ] && return 0
    echo "installing $*"
    mkdir -p "$folder"
    [ -f "$folder/package.json" ] || echo '{ "private": true }' >"$folder/package.json"
    (cd "$folder" && npm install --no-audit --no-fund "$@" >"$CACHE/npm.log" 2>&1) || { tail -30 "$CACHE/npm.log"; return 1; }
    touch "$mark"
}

install_vscode() {
    # The libraries are those that code-server's native modules are built against.
    debian chromium build-essential pkg-config python3 fonts-dejavu-core \
        libsecret-1-dev libx11-dev libxkbfile-dev libkrb5-dev
    # code-server wants this major of Node, npm included; the package holds the program itself.
    npm_into node "node-linux-$NODE_ARCH@24"
    PATH=$NODE_BIN:$PATH npm_into code-server "code-server@$CODE_SERVER_VERSION"
    npm_into tools "playwright-core@$PLAYWRIGHT_VERSION"
}

# A newer Debian's Neovim with all its libraries, unpacked into a folder: no root, no mounts.
install_neovim_of() {
    local suite=$1 root=$CACHE/neovim-$1
    [ -x "$root/nvim" ] && return 0
    echo "installing Neovim from Debian $suite"
    rm -rf "$root"
    mkdir -p "$root"/{etc,lists/partial,cache/archives/partial,fs}
    : >"$root/status"
    local mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    mirror=$(apt-get indextargets --format '$(SITE)' 2>/dev/null | grep -m1 'debian/\?$' || true)
    echo "deb [signed-by=$keyring] ${mirror:-http://deb.debian.org/debian} $suite main" >"$root/etc/sources.list"
    # A folder of its own for all that apt writes. A mirror may be a stored copy whose lists have run out.
    local apt=(apt-get -q -o "Dir::Etc::sourcelist=$root/etc/sources.list" -o Dir::Etc::sourceparts=/dev/null
        -o Dir::Etc::preferencesparts=/dev/null
        -o "Dir::State=$root" -o "Dir::State::lists=$root/lists" -o "Dir::State::status=$root/status"
        -o "Dir::Cache=$root/cache" -o "Dir::Cache::archives=$root/cache/archives"
        -o Acquire::Check-Valid-Until=false -o Acquire::Languages=none -o APT::Sandbox::User=root -o Debug::NoLocking=1)
    {
        "${apt[@]}" update
        "${apt[@]}" install --download-only --yes --no-install-recommends neovim
    } >"$root/apt.log" 2>&1 || { tail -20 "$root/apt.log"; return 1; }
    local deb
    for deb in "$root"/cache/archives/*.deb; do dpkg-deb -x "$deb" "$root/fs"; done
    rm -rf "$root/cache" "$root/lists"
    # The program starts with the libraries that came with it, from wherever the folder lies.
    local program=$root/fs/usr/bin/nvim loader libs
    program=$(readlink -f "$program")
    loader=$(find "$root/fs" -name 'ld-linux*.so.*' | head -1)
    libs=$(dirname "$(find "$root/fs" -name 'libc.so.6' | head -1)")
    patchelf --set-interpreter "$loader" --force-rpath --set-rpath "$libs:$root/fs/usr/lib/$(basename "$libs")" "$program"
    cat >"$root/nvim" <<S
#!/bin/sh
VIMRUNTIME=\${VIMRUNTIME:-$root/fs/usr/share/nvim/runtime} exec $program "\$@"
S
    chmod +x "$root/nvim"
    "$root/nvim" --version | head -1
}

install_neovim() {
    debian patchelf tmux aha chromium fonts-dejavu-core
    local suite
    for suite in $NEOVIM_SUITES; do install_neovim_of "$suite"; done
}

[ $# -gt 0 ] || set -- vscode neovim
for editor in "$@"; do "install_$editor"; done
