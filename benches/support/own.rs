//! The program that is measured.

use std::sync::LazyLock;

/// The one that was built with the bench, or the one that `ONRECORD` names.
pub static OWN: LazyLock<String> = LazyLock::new(|| {
    let built = || env!("CARGO_BIN_EXE_onrecord").to_owned();
    std::env::var("ONRECORD").unwrap_or_else(|_| built())
});
