//! The view as JSON.

use std::borrow::Cow;

use serde::Serialize;

/// Pretty-printed JSON with a final line end.
pub fn to_json<T: Serialize>(view: &T) -> String {
    let mut json = serde_json::to_string_pretty(view).unwrap_or_else(|fault| {
        // Views hold texts, numbers and lists only; JSON can say all of them.
        format!("{{\"error\": \"{fault}\"}}")
    });
    json.push('\n');
    json.chars().map(visible).collect()
}

/// JSON on one line, with a line end.
pub(super) fn line<T: Serialize>(view: &T) -> String {
    let json = serde_json::to_string(view).unwrap_or_default();
    format!("{}\n", json.chars().map(visible).collect::<String>())
}

/// JSON may hold these raw, but a terminal would obey them. They stand in strings only, where an
/// escape says the same.
fn visible(c: char) -> Cow<'static, str> {
    let hidden = c.is_control() && c != '\n'
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if hidden { format!("\\u{:04x}", u32::from(c)).into() } else { c.to_string().into() }
}
