//! How a place in a record is named in a message.

use crate::notes::record::{Kind, Locator};
use crate::notes::verdict::Place;

/// `on tape (04:12)`, `in the email (line 3)`, for a quotation in the block `quoted`.
pub fn at(place: &Place, quoted: usize) -> String {
    let locator = locator(place);
    // Lines of the draft itself move while it is written.
    if let (Some(block), Locator::Line(_)) = (place.block, locator) {
        let what = match place.record.kind {
            Kind::Mail => "email",
            Kind::Machine | Kind::Transcript => "transcript",
            Kind::Document | Kind::Typed => "notes",
        };
        let where_to = if block < quoted { "above" } else { "below" };
        return format!("in the {what} {where_to}");
    }
    match (place.record.kind, locator) {
        (Kind::Machine | Kind::Transcript, Locator::Time(_)) => format!("on tape ({locator})"),
        (Kind::Machine | Kind::Transcript, _) => format!("in the transcript ({locator})"),
        (Kind::Mail, _) => format!("in the email ({locator})"),
        (Kind::Document, _) => format!("in the document ({locator})"),
        (Kind::Typed, _) => format!("in the notes ({locator})"),
    }
}

/// Where in the record the words begin.
pub fn locator(place: &Place) -> Locator {
    let first = place.record.words.get(place.found.place.start);
    let at = first.map_or(0, |word| word.span().start());
    place.record.locator(at)
}
