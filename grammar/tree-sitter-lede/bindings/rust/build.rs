//! Compiles the generated parser and the scanner.

fn main() {
    let source = std::path::Path::new("src");
    let mut build = cc::Build::new();
    build
        .std("c11")
        .include(source)
        .file(source.join("parser.c"))
        .file(source.join("scanner.c"));
    build.flag_if_supported("-Wno-unused");
    build.compile("tree-sitter-lede");
    println!("cargo:rerun-if-changed=src");
}
