//! A server that nobody asks sleeps: no work of the processor, no wake-up.

use std::fs;
use std::time::Duration;

use serde_json::json;

use crate::STORY;
use crate::support::{Client, Manners};

/// What the threads of a process used: ticks of the processor, and how often one was woken.
fn work(process: u32) -> Option<(u64, u64)> {
    let (mut ticks, mut wakes) = (0, 0);
    for task in fs::read_dir(format!("/proc/{process}/task"))
        .ok()?
        .flatten()
    {
        let stat = fs::read_to_string(task.path().join("stat")).ok()?;
        // After the name: the state, then numbers, of which the eleventh and twelfth are its own time and the system's.
        let fields: Vec<&str> = stat.rsplit(") ").next()?.split(' ').collect();
        ticks += fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
        let status = fs::read_to_string(task.path().join("status")).ok()?;
        let mut lines = status.lines();
        let line = lines.find(|line| line.starts_with("voluntary_ctxt_switches"))?;
        wakes += line.split_whitespace().nth(1)?.parse::<u64>().ok()?;
    }
    Some((ticks, wakes))
}

#[test]
fn a_server_that_nobody_asks_does_not_wake() {
    let mut client = Client::start(Manners::default());
    client.open("untitled:1", STORY);
    client.change(
        "untitled:1",
        2,
        json!([{"text": format!("{STORY}Crime fell 15%.\n")}]),
    );
    client.text("untitled:1");
    if work(client.server()).is_none() {
        println!("skipped: this system does not say how often a process wakes");
        return;
    }
    // What is held shows itself after two seconds, and a busy machine takes its time; then there is a second and a half
    // without anything, which no clock inside would leave.
    let is_asleep = (0..40).any(|_| {
        let before = work(client.server());
        std::thread::sleep(Duration::from_millis(1500));
        before.is_some() && before == work(client.server())
    });
    assert!(is_asleep, "it woke in every second and a half of a minute");
    assert_eq!(client.shut_down(), 0);
}
