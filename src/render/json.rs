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
    all_visible(json)
}

/// JSON on one line, with a line end.
pub(super) fn line<T: Serialize>(view: &T) -> String {
    let mut json = serde_json::to_string(view).unwrap_or_default();
    json.push('\n');
    all_visible(json)
}

/// JSON may hold these raw, but a terminal would obey them. They stand in strings only, where an
/// escape says the same.
fn all_visible(json: String) -> String {
    if !json.chars().any(is_hidden) {
        return json;
    }
    let visible = |c: char| -> Cow<'static, str> {
        if is_hidden(c) { format!("\\u{:04x}", u32::from(c)).into() } else { c.to_string().into() }
    };
    json.chars().map(visible).collect()
}

fn is_hidden(c: char) -> bool {
    c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
