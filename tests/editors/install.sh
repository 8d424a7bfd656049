#!/bin/bash
# Installs the real editors into a folder of their own, once: VS Code (as code-server, in Chromium), two Neovims, Helix, Emacs.
# Usage: install.sh [vscode] [neovim] [helix] [emacs]     Needs Debian's package manager, Node and npm; root, or sudo, for Debian's packages.
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

# unpack FOLDER SUITE PACKAGE...: packages of a newer Debian with all their libraries, unpacked into a folder of the
# cache: no root, no mounts.
unpack() {
    local root=$CACHE/$1 suite=$2
    shift 2
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
        "${apt[@]}" install --download-only --yes --no-install-recommends "$@"
    } >"$root/apt.log" 2>&1 || { tail -20 "$root/apt.log"; return 1; }
    local deb
    for deb in "$root"/cache/archives/*.deb; do dpkg-deb -x "$deb" "$root/fs"; done
    rm -rf "$root/cache" "$root/lists"
}

# with_own_libraries FOLDER PROGRAM: the program starts with the libraries that came with it, from wherever the folder lies.
with_own_libraries() {
    local root=$CACHE/$1 program=$2 loader libs
    loader=$(find "$root/fs" -name 'ld-linux*.so.*' | head -1)
    libs=$(dirname "$(find "$root/fs" -name 'libc.so.6' | head -1)")
    patchelf --set-interpreter "$loader" --force-rpath --set-rpath "$libs:$root/fs/usr/lib/$(basename "$libs")" "$program"
}

install_neovim_of() {
    local suite=$1 root=$CACHE/neovim-$1
    [ -x "$root/nvim" ] && return 0
    echo "installing Neovim from Debian $suite"
    unpack "neovim-$suite" "$suite" neovim
    local program
    program=$(readlink -f "$root/fs/usr/bin/nvim")
    with_own_libraries "neovim-$suite" "$program"
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

install_helix() {
    debian patchelf tmux
    local root=$CACHE/helix program
    [ -x "$root/hx" ] && return 0
    echo "installing Helix from Debian forky"
    unpack helix forky hx
    program=$(find "$root/fs/usr" -type f -name hx -perm -u+x | head -1)
    with_own_libraries helix "$program"
    cat >"$root/hx" <<S
#!/bin/sh
HELIX_RUNTIME=\${HELIX_RUNTIME:-$(dirname "$(find "$root/fs/usr" -type d -name themes | head -1)")} exec $program "\$@"
S
    chmod +x "$root/hx"
    "$root/hx" --version
}

# Emacs 30 has Eglot in it.
install_emacs() {
    debian patchelf
    local root=$CACHE/emacs program version
    [ -x "$root/emacs" ] && return 0
    echo "installing Emacs from Debian trixie"
    unpack emacs trixie emacs-nox
    program=$(find "$root/fs/usr/bin" -type f -name 'emacs*-nox' | head -1)
    with_own_libraries emacs "$program"
    version=$(ls "$root/fs/usr/share/emacs" | grep -m1 '^[0-9]')
    cat >"$root/emacs" <<S
#!/bin/sh
export EMACSLOADPATH=$(find "$root/fs/usr/share/emacs/$version/lisp" -type d | grep -v '/term$\|/obsolete$' | tr '\n' ':')
export EMACSDATA=$root/fs/usr/share/emacs/$version/etc EMACSDOC=$root/fs/usr/share/emacs/$version/etc
export EMACSPATH=$(dirname "$(find "$root/fs/usr" -type f -name '*.pdmp' | head -1)")
exec $program --dump-file=$(find "$root/fs/usr" -type f -name '*.pdmp' | head -1) "\$@"
S
    chmod +x "$root/emacs"
    "$root/emacs" --batch -Q --eval '(princ (format "Emacs %s\n" emacs-version))'
}

[ $# -gt 0 ] || set -- vscode neovim helix emacs
for editor in "$@"; do "install_$editor"; done
