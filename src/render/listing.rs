//! Lists of templates for a terminal: their names, and the fields that they can use.

use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use crate::fault::Fault;
use crate::lang::{Door, terminal};

use super::built_in::BuiltIn;
use super::escape;
use super::header::{Key, TemplateHeader};
use super::template::Template;
use super::terminal::{bare_table, lines_of};

/// A file of the user's in `templates/`.
#[derive(Debug)]
pub struct OwnTemplate {
    /// Its file name.
    pub file: String,
    /// The template, or why it cannot be used.
    pub template: Result<Template, Fault>,
}

/// Returns a table of all templates and their audiences: the user's own files, then the built-in templates that they do
/// not replace.
pub fn templates_table(built_in: &[BuiltIn], own: &[OwnTemplate], width: u16) -> String {
    let mut table = bare_table(width);
    let heads = terminal().heads();
    let heads = [heads.name, heads.audience, heads.site, heads.records, heads.what];
    table.set_header(heads.map(str::to_uppercase));
    for own in own {
        let replaces = built_in.iter().find(|template| template.file == own.file);
        let header = own.template.as_ref().ok().map(Template::header);
        table.add_row(row(&own.file, header, &what(own, replaces)));
    }
    for template in built_in.iter().filter(|one| !own.iter().any(|own| own.file == one.file)) {
        table.add_row(row(template.name(), Some(template.header()), template.about()));
    }
    lines_of(&table)
}

fn row(name: &str, header: Option<TemplateHeader>, what: &str) -> [String; 5] {
    let words = header.map_or(["—"; 3], |header| {
        [header.audience.word(), header.site.word(), header.records.word()]
    });
    let [audience, site, records] = words.map(str::to_owned);
    [
        escape::terminal(name).into_owned(),
        audience,
        site,
        records,
        escape::terminal(what).into_owned(),
    ]
}

/// Returns a description of a user's file.
fn what(own: &OwnTemplate, replaces: Option<&BuiltIn>) -> String {
    match (&own.template, replaces) {
        (Err(fault), _) => {
            let why = terminal().fault(fault, Door::CommandLine, Path::new("")).message;
            terminal().own_faulty_template(&why)
        }
        (Ok(_), Some(built_in)) => terminal().own_template(Some(built_in.about()), true),
        (Ok(template), None) => terminal().own_template(None, template.taken_for().is_none()),
    }
}

/// Returns every field of a view with its value, one per line; list items are numbered.
pub fn context_text<V: Serialize>(view: &V) -> String {
    let mut lines = Vec::new();
    let value = serde_json::to_value(view).unwrap_or_default();
    fields("", &value, &mut lines);
    lines.iter().map(|(path, value)| format!("{path} = {}\n", escape::terminal(value))).collect()
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
