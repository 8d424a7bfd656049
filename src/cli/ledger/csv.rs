//! The ledger for spreadsheets: UTF-8 with a byte order mark, and no cell that a spreadsheet would take for a formula.

use super::Entry;
use crate::ledger::table::COLUMNS;

/// The names of the columns, behind the mark that spreadsheets know UTF-8 by.
pub fn head() -> String {
    format!(
        "\u{feff}{}",
        written(&[COLUMNS.map(str::to_owned).to_vec()])
    )
}

/// The rows of a draft.
pub fn rows(entry: &Entry) -> String {
    written(&entry.cells)
}

fn written(rows: &[Vec<String>]) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for cells in rows {
        let cells = cells.iter().map(|cell| harmless(cell));
        writer
            .write_record(cells)
            .expect("memory takes every record, and all have the same length");
    }
    let bytes = writer.into_inner().expect("memory takes what is left");
    String::from_utf8(bytes).expect("every cell is text")
}

/// A cell that spreadsheets read as words: `=`, `+`, `-` and `@` at its start would make it a formula.
fn harmless(cell: &str) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}
