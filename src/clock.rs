//! The wall clock of whoever writes: date and time of day where they are.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// How long the time zone is taken to be the same: reporters travel.
const FRESH: Duration = Duration::from_secs(600);

static ZONE: Mutex<Option<(Instant, TimeZone)>> = Mutex::new(None);

/// The date where the program runs.
pub fn today() -> Date {
    now().date()
}

/// The date and the time of day where the program runs.
pub fn now() -> DateTime {
    zone().to_datetime(Timestamp::now())
}

fn zone() -> TimeZone {
    let mut zone = ZONE.lock().unwrap_or_else(PoisonError::into_inner);
    match &*zone {
        Some((since, known)) if since.elapsed() < FRESH => known.clone(),
        _ => {
            let found = of_this_machine().unwrap_or_else(TimeZone::system);
            *zone = Some((Instant::now(), found.clone()));
            found
        }
    }
}

/// The zone of the machine's own file, without its name. To learn the name, all the zones on file would be listed first,
/// which takes longer than to read a story. None where a variable names another zone, and where there is no such file.
fn of_this_machine() -> Option<TimeZone> {
    if std::env::var_os("TZ").is_some() {
        return None;
    }
    let bytes = crate::disk::bytes("/etc/localtime".as_ref(), 1 << 16)?;
    TimeZone::tzif("the machine’s", &bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_the_machine_tells_the_same_time_as_the_list_of_zones() {
        let (Some(own), listed) = (of_this_machine(), TimeZone::system()) else {
            println!("skipped: a variable names the zone, or this machine has no file of its own");
            return;
        };
        for hours in 0..24 * 366 {
            let at = Timestamp::from_second(1_780_000_000 + hours * 3600).expect("a time");
            assert_eq!(own.to_datetime(at), listed.to_datetime(at), "{at}");
        }
    }
}
