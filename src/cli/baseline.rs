//! Which findings are new: fingerprints that stay when other parts of a draft change.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value, json};

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

/// A file that holds these fingerprints, by the paths of the drafts.
pub fn write(files: &BTreeMap<String, Vec<String>>) -> String {
    format!("{:#}\n", json!({"version": 1, "findings": files}))
}

/// What was known before.
pub struct Baseline {
    files: Map<String, Value>,
}

impl Baseline {
    /// A baseline from its file.
    pub fn read(baseline: &str) -> Result<Baseline, String> {
        let mut known: Value =
            serde_json::from_str(baseline).map_err(|error| format!("is no baseline: {error}"))?;
        let is_of_this_version = known["version"] == 1;
        match known["findings"].take() {
            Value::Object(files) if is_of_this_version => Ok(Baseline { files }),
            _ => Err(
                "is no baseline of this version; write it anew with --write-baseline".to_owned(),
            ),
        }
    }

    /// Takes out of a report what the baseline holds.
    pub fn take_out(&self, report: &mut Report) {
        let known = self.files.get(&report.path).and_then(Value::as_array);
        let known: Vec<&str> = known
            .map(|known| known.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let mut own = fingerprints(report).into_iter();
        report.findings.retain(|_| {
            let own = own.next().unwrap_or_default();
            !known.contains(&own.as_str())
        });
    }
}
