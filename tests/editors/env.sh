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
