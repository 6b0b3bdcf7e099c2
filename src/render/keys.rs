//! The metadata of a record as lines, one per key.

use crate::view::{HeaderView, KeyValue, KeyView};

use super::escape::{terminal, terminal_lines};

/// Returns one line per key; if only one key was requested, its value alone, one line per item.
pub fn keys_text(view: &HeaderView, alone: bool) -> String {
    if alone {
        let lines = view.keys.iter().flat_map(|key| key.value.lines());
        return lines.map(|line| terminal_lines(&format!("{line}\n"))).collect();
    }
    let width = view.keys.iter().map(|key| key.key.len()).max().unwrap_or(0);
    view.keys.iter().map(|key| line(key, width)).collect()
}

/// Returns a key and its value in one line; a long text is cut.
fn line(KeyView { key, value }: &KeyView, width: usize) -> String {
    let value = match value {
        KeyValue::Texts(texts) => texts.join(", "),
        KeyValue::Text(_) => match value.lines().as_slice() {
            [one] => (*one).to_owned(),
            [first, ..] => format!("{first} …"),
            [] => String::new(),
        },
    };
    format!("{key:width$}  {}\n", terminal(&value))
}
