//! Findings as SARIF 2.1.0 (OASIS), which code hosts show beside the lines.

use serde_json::{Value, json};

use crate::view::{FindingView, FindingsView};

use super::json::to_json;

/// Returns a log of one run. `rules` are ids with their descriptions.
pub fn sarif(view: &FindingsView, version: &str, rules: &[(&str, &str)]) -> String {
    let rules: Vec<Value> = rules
        .iter()
        .map(|(id, about)| json!({"id": id, "shortDescription": {"text": about}}))
        .collect();
    let results: Vec<Value> = view.findings.iter().map(result).collect();
    to_json(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "asrun", "version": version, "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn result(finding: &FindingView) -> Value {
    let mut place = json!({"artifactLocation": {"uri": uri(&finding.path)}});
    if let (Some(line), Some(column)) = (finding.line, finding.column) {
        place["region"] = json!({"startLine": line, "startColumn": column});
    }
    json!({
        "ruleId": finding.rule,
        "level": finding.level,
        "message": {"text": format!("{}. {}", finding.message, finding.help)},
        "locations": [{"physicalLocation": place}],
    })
}

/// Returns a relative path as a URI, with everything but plain ASCII percent-encoded (RFC 3986).
fn uri(path: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    path.bytes()
        .map(|b| if plain(b) { (b as char).to_string() } else { format!("%{b:02X}") })
        .collect()
}
