#!/bin/bash
# Builds the program for what it is mostly used for: once so that it counts which of its code runs, then, after release/exercise.sh had it run,
# once more with what was counted. Says on its last line where the program lies.
# Usage: binary.sh [PROFILE]
# Needs llvm-profdata as new as the compiler's own (`rustup component add llvm-tools`; LLVM_PROFDATA names another). Without one that
# can read what was counted, the program is built once, as `cargo build` does, and that is said.
set -euo pipefail
cd "$(dirname "$0")/.."
profile=${1:-release}
target=${CARGO_TARGET_DIR:-target}
host=$(rustc -vV | sed -n 's/^host: //p')
folder=$profile; [ "$profile" = dev ] && folder=debug
exe=; case $host in *windows*) exe=.exe ;; esac

# Those that may be there, the compiler's own first.
tools() {
    [ -z "${LLVM_PROFDATA:-}" ] || echo "$LLVM_PROFDATA"
    echo "$(rustc --print sysroot)/lib/rustlib/$host/bin/llvm-profdata$exe"
    compgen -c llvm-profdata | sort -ru || true
}
plainly() {
    echo "the program is built without a profile: $1"
    cargo build --locked --profile "$profile" --bin onrecord
    echo "$target/$folder/onrecord$exe"
    exit
}
there=$(tools | while read -r tool; do if command -v "$tool" >/dev/null 2>&1; then echo "$tool"; fi; done)
[ -n "$there" ] || plainly "no llvm-profdata is on this machine (rustup component add llvm-tools)"

mkdir -p "$target/profiled"
work=$(cd "$target/profiled" && pwd)
rm -rf "$work/counts" "$work/counts.profdata"
# With a target of its own the flags are for the program alone, not for what runs while it is built.
build() { RUSTFLAGS="${RUSTFLAGS:-} $1" cargo build --locked --profile "$profile" --bin onrecord --target "$host" --target-dir "$2"; }
build "-Cprofile-generate=$work/counts" "$work/counting"
release/exercise.sh "$work/counting/$host/$folder/onrecord$exe"
while read -r tool; do
    if "$tool" merge -o "$work/counts.profdata" "$work/counts" 2>"$work/why"; then break; fi
    rm -f "$work/counts.profdata"
done <<<"$there"
[ -s "$work/counts.profdata" ] || plainly "no llvm-profdata on this machine reads what the compiler counts: $(head -1 "$work/why")"
build "-Cprofile-use=$work/counts.profdata" "$work/built"
echo "$work/built/$host/$folder/onrecord$exe"
