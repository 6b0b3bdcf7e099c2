//! Templates on a terminal: their names, and the fields they see.

use serde::Serialize;
use serde_json::Value;

use super::built_in::BuiltIn;
use super::escape::terminal;
use super::terminal::{bare_table, lines_of};

/// Every template: the user's own files, then the built-in ones that none of them replaces.
pub fn templates_table(built_in: &[BuiltIn], own: &[String], width: u16) -> String {
    let mut table = bare_table(width);
    table.set_header(["NAME", "FOR", "WHAT"]);
    for file in own {
        let replaces = built_in.iter().find(|template| template.file == file);
        let what = replaces.map_or_else(
            || "yours".to_owned(),
            |template| format!("yours, instead of the built-in one ({})", template.about),
        );
        table.add_row([terminal(file).into_owned(), "—".to_owned(), what]);
    }
    for template in built_in.iter().filter(|template| !own.iter().any(|own| own == template.file)) {
        let readers = if template.public { "public" } else { "team" };
        table.add_row([template.name(), readers, template.about]);
    }
    lines_of(&table)
}

/// Every field of a view with its value, a line each: lists by the number of their entry.
pub fn context_text<V: Serialize>(view: &V) -> String {
    let mut lines = Vec::new();
    let value = serde_json::to_value(view).unwrap_or_default();
    fields("", &value, &mut lines);
    lines.iter().map(|(path, value)| format!("{path} = {}\n", terminal(value))).collect()
}

fn fields(path: &str, value: &Value, lines: &mut Vec<(String, String)>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                fields(&path, value, lines);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (number, item) in items.iter().enumerate() {
                fields(&format!("{path}[{number}]"), item, lines);
            }
        }
        other => lines.push((path.to_owned(), other.to_string())),
    }
}
