//! The ledger for spreadsheets: UTF-8 with a byte order mark, and no cell that a spreadsheet would take for a formula.

use super::Entry;
use crate::ledger::table::COLUMNS;

/// The rows of all drafts under one head.
pub fn table(entries: &[Entry]) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let mut write = |cells: &[String]| {
        let cells = cells.iter().map(|cell| harmless(cell));
        writer
            .write_record(cells)
            .expect("memory takes every record, and all have the same length");
    };
    write(&COLUMNS.map(str::to_owned));
    for cells in entries.iter().flat_map(|entry| &entry.cells) {
        write(cells);
    }
    let bytes = writer.into_inner().expect("memory takes what is left");
    let text = String::from_utf8(bytes).expect("every cell is text");
    format!("\u{feff}{text}")
}

/// A cell that spreadsheets read as words: `=`, `+`, `-` and `@` at its start would make it a formula.
fn harmless(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}
