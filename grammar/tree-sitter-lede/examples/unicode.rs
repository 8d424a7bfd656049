//! Writes src/unicode.h: the classes of characters as Rust's standard library has them, so that the scanner agrees
//! with the server in every locale. `cargo run --manifest-path grammar/tree-sitter-lede/Cargo.toml --example unicode`.

use std::fmt::Write as _;

fn ranges(is: impl Fn(char) -> bool) -> Vec<(u32, u32)> {
    let mut found: Vec<(u32, u32)> = Vec::new();
    for code in 0..=0x10_FFFF {
        if !char::from_u32(code).is_some_and(&is) {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.1 + 1 == code => last.1 = code,
            _ => found.push((code, code)),
        }
    }
    found
}

fn table(name: &str, is: impl Fn(char) -> bool) -> String {
    let ranges = ranges(is);
    let mut out = format!("static const uint32_t {name}[][2] = {{\n");
    for row in ranges.chunks(6) {
        let cells: Vec<String> = row
            .iter()
            .map(|(from, to)| format!("{{0x{from:X}, 0x{to:X}}}"))
            .collect();
        let _ = writeln!(out, "  {},", cells.join(", "));
    }
    out.push_str("};\n\n");
    out
}

fn main() {
    let header = format!(
        "{}{}{}{}",
        "// Classes of characters, written by scripts/unicode.rs from Rust's standard library.\n\
         #ifndef LEDE_UNICODE_H\n#define LEDE_UNICODE_H\n\n\
         #include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n\n",
        table("ALPHABETIC", char::is_alphabetic),
        table("NUMERIC", char::is_numeric),
        "static bool is_in(const uint32_t (*table)[2], size_t count, int32_t c) {\n\
         \x20 size_t low = 0, high = count;\n\
         \x20 while (low < high) {\n\
         \x20   size_t middle = (low + high) / 2;\n\
         \x20   if ((uint32_t)c > table[middle][1]) low = middle + 1;\n\
         \x20   else high = middle;\n\
         \x20 }\n\
         \x20 return low < count && (uint32_t)c >= table[low][0];\n\
         }\n\n\
         #define IS_IN(table, c) ((c) >= 0 && is_in(table, sizeof(table) / sizeof(table[0]), c))\n\n\
         static bool is_alphabetic(int32_t c) {\n\
         \x20 if (c < 128) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');\n\
         \x20 return IS_IN(ALPHABETIC, c);\n\
         }\n\n\
         static bool is_alphanumeric(int32_t c) {\n\
         \x20 return is_alphabetic(c) || (c < 128 ? c >= '0' && c <= '9' : IS_IN(NUMERIC, c));\n\
         }\n\n\
         static bool is_space(int32_t c) {\n\
         \x20 return (c >= 9 && c <= 13) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||\n\
         \x20        c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;\n\
         }\n\n\
         #endif\n"
    );
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/unicode.h");
    std::fs::write(path, header).expect("src/unicode.h can be written");
}
