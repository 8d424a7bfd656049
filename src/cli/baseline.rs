//! Which findings are new: fingerprints that stay when other parts of a draft change.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use super::check::Report;

/// The fingerprints of a draft's findings, in their order: made of the rule, the words that are marked and how many like it
/// come before. Lines that move change none of them, and neither does another message of the same rule.
pub fn fingerprints(report: &Report) -> Vec<String> {
    let mut seen: HashMap<u64, usize> = HashMap::new();
    report
        .findings
        .iter()
        .map(|finding| {
            let words = finding.span.of(&report.source);
            let words: Vec<&str> = words.split_whitespace().collect();
            let hash = fnv(finding.rule, &words.join(" "));
            let nth = seen.entry(hash).or_default();
            *nth += 1;
            format!("{hash:016x}:{nth}")
        })
        .collect()
}

/// FNV-1a over the rule and the words: the same on every machine and in every version.
fn fnv(rule: &str, words: &str) -> u64 {
    let bytes = rule.bytes().chain([0]).chain(words.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A file that holds the fingerprints of these findings.
pub fn write(reports: &[Report]) -> String {
    let files: BTreeMap<&str, Vec<String>> = reports
        .iter()
        .filter(|report| !report.findings.is_empty())
        .map(|report| (report.path.as_str(), fingerprints(report)))
        .collect();
    format!("{:#}\n", json!({"version": 1, "findings": files}))
}

/// Takes out of the reports what a baseline holds.
pub fn take_out(reports: &mut [Report], baseline: &str) -> Result<(), String> {
    let known: Value =
        serde_json::from_str(baseline).map_err(|error| format!("is no baseline: {error}"))?;
    let files = known["findings"]
        .as_object()
        .filter(|_| known["version"] == 1)
        .ok_or("is no baseline of this version; write it anew with --write-baseline")?;
    for report in reports {
        let known: Vec<&str> = files
            .get(&report.path)
            .and_then(Value::as_array)
            .map(|known| known.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let mut own = fingerprints(report).into_iter();
        report.findings.retain(|_| {
            let own = own.next().unwrap_or_default();
            !known.contains(&own.as_str())
        });
    }
    Ok(())
}
