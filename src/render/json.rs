//! The view as JSON.

use serde::Serialize;

/// Pretty-printed JSON with a final line end.
pub fn to_json<T: Serialize>(view: &T) -> String {
    let mut json = serde_json::to_string_pretty(view).unwrap_or_else(|fault| {
        // Views hold texts, numbers and lists only; JSON can say all of them.
        format!("{{\"error\": \"{fault}\"}}")
    });
    json.push('\n');
    json
}
