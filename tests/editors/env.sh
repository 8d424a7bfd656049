# Where the editors are kept and which versions they are; read by the other scripts.
CACHE=${ONRECORD_EDITORS_CACHE:-${HOME:?}/.cache/onrecord-editors}
CODE_SERVER_VERSION=4.139.1
PLAYWRIGHT_VERSION=1.65.1
NEOVIM_SUITES="trixie forky"
case $(uname -m) in
aarch64) NODE_ARCH=arm64 ;;
*) NODE_ARCH=x64 ;;
esac
NODE_BIN=$CACHE/node/node_modules/node-linux-$NODE_ARCH/bin

# count < <(A CHECK): shows what a check says, and adds its last line, "N passed, M failed", to `passed` and `failed`; one
# that says nothing of the kind has failed. Needs a folder `work`.
count() {
    tee "$work/said"
    local last
    last=$(tail -1 "$work/said")
    if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed ]]; then
        passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
    else
        failed=$((failed + 1))
    fi
}
