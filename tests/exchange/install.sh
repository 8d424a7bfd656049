#!/bin/bash
# Installs readers of other formats into a folder of their own, once: python-docx, pandoc, XML and JSON Schema validators
# from PyPI, the Nu HTML checker and the official schema of SARIF from npm; and GNU parallel. Needs Python 3 with venv, npm, and Java for the checker; root, or sudo, where
# Debian's packages are missing.
set -euo pipefail
cache=${ONRECORD_READERS_CACHE:-${HOME:?}/.cache/onrecord-readers}
mkdir -p "$cache"

# Installs those of the named Debian packages that are not there yet.
debian() {
    local missing=() p as=()
    for p in "$@"; do
        dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing+=("$p")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    echo "installing ${missing[*]}"
    [ "$(id -u)" = 0 ] || as=(sudo)
    {
        "${as[@]}" apt-get update -q
        DEBIAN_FRONTEND=noninteractive "${as[@]}" apt-get install -y --no-install-recommends "${missing[@]}"
    } >"$cache/apt.log" 2>&1 || { tail -20 "$cache/apt.log"; return 1; }
}

python3 -c 'import ensurepip, venv' 2>/dev/null || debian python3 python3-venv
# For the example of an archive.
command -v parallel >/dev/null || debian parallel
java -version >/dev/null 2>&1 || debian default-jre-headless

python=(python-docx==1.2.0 pypandoc-binary==1.17 lxml==6.1.3 jsonschema==4.26.0 rfc3339-validator==0.1.4 rfc3987-syntax==1.1.0)
mark="$cache/.python-$(echo "${python[*]}" | cksum | cut -d' ' -f1)"
if [ ! -f "$mark" ]; then
    echo "installing ${python[*]}"
    python3 -m venv "$cache/venv"
    "$cache/venv/bin/pip" install -q --disable-pip-version-check "${python[@]}" >"$cache/pip.log" 2>&1 || { tail -20 "$cache/pip.log"; exit 1; }
    touch "$mark"
fi

for package in vnu-jar@26.9.27 @microsoft/jest-sarif@1.0.0-beta.0; do
    mark="$cache/.${package//\//-}"
    [ ! -f "$mark" ] || continue
    echo "installing $package"
    [ -f "$cache/package.json" ] || echo '{ "private": true }' >"$cache/package.json"
    (cd "$cache" && npm install --no-audit --no-fund "$package" >npm.log 2>&1) || { tail -20 "$cache/npm.log"; exit 1; }
    touch "$mark"
done
