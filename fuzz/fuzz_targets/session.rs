//! Runs `session` on the fuzzer's bytes.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::session::run(bytes));
