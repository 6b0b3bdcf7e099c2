//! Tests of hostile records, names and templates: their content is shown as text everywhere, and nothing outside the
//! project is reached.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]
#![cfg(unix)]

#[path = "../support/mod.rs"]
mod support;

mod attachments;
mod completion;
mod csv;
mod html;
mod imports;
mod markdown;
mod names;
mod outputs;
mod payloads;
mod prompt;
mod public;
mod templates;
mod terminal;

use std::fs;
use std::path::Path;

use support::{Terminal, scalar, write};

/// The event after the hostile one: it must not be swallowed.
const LAST: &str = "LAST-EVENT";

/// A record with a hostile text: three events, one step.
struct Record<'a> {
    title: &'a str,
    step: &'a str,
    text: &'a str,
    detail: &'a str,
}

/// A record without anything hostile.
const PLAIN: Record = Record { title: "plain", step: "plain", text: "plain", detail: "plain" };

impl Record<'_> {
    fn yaml(&self) -> String {
        let at = |minute: u32| format!("at: 2024-09-07 10:{minute:02}");
        let [title, step, text, detail] =
            [self.title, self.step, self.text, self.detail].map(scalar);
        format!(
            "title: {title}\ndate: 2024-09-07\ntimezone: UTC\n\
             plan:\n  - {}\n    text: {step}\n\
             events:\n  - {}\n    text: first\n  - {}\n    text: {text}\n    detail: {detail}\n  - {}\n    text: {LAST}\n",
            at(0),
            at(1),
            at(2),
            at(3),
        )
    }
}

/// Returns a record with one text in every possible key.
fn everywhere(text: &str) -> String {
    let text = scalar(text);
    format!(
        "title: {text}\nkind: {text}\nversion: {text}\nseverity: {text}\ndate: 2024-09-07\n\
         timezone: UTC\nauthor: {text}\nservices: [{text}]\ntags: [{text}]\ncategories: [{text}]\n\
         summary: {text}\nimpact: {text}\n\
         plan:\n  - {{at: 2024-09-07 10:00, until: 2024-09-07 10:30, text: {text}, owner: {text}, if_failed: {text}, command: {text}, source: {text}, revised: [{{from: 2024-09-07 09:00, on: 2024-09-06, why: {text}}}]}}\n  \
         - {{at: 2024-09-07 10:01, text: {text}, skipped: {{on: 2024-09-06, why: {text}}}}}\n\
         events:\n  - {{at: 2024-09-07 10:01, text: first}}\n  \
         - {{at: 2024-09-07 10:02, text: {text}, detail: {text}, by: {text}, why: {text}, type: severity_change, from: {text}, to: {text}, attachments: [{{file: a.png, alt: {text}, caption: {text}}}], refs: [{text}], metrics: {{{text}: {text}}}, source: {text}, printed: {text}}}\n  \
         - {{at: 2024-09-07 10:03, text: {LAST}}}\n\
         contributing_factors: [{text}]\n\
         lessons: {{well: [{text}], badly: [{text}], lucky: [{text}], surprised: [{text}], learned: [{text}]}}\n\
         actions:\n  - {{text: {text}, owner: {text}, type: {text}, ref: {text}}}\n\
         sections:\n  - {{title: {text}, body: {text}}}\n\
         attachments:\n  - {{file: a.png, alt: {text}, caption: {text}}}\n"
    )
}

/// Writes a record with that id, and the picture that some of the texts show.
fn put(terminal: &Terminal, id: &str, record: &str) {
    write(&terminal.folder().join(format!("incidents/assets/{id}/a.png")), b"\x89PNG\r\n\x1a\n");
    write(&terminal.folder().join(format!("incidents/{id}.yaml")), record.as_bytes());
}

/// Returns every file in a folder without following links, with its content or its target.
fn snapshot(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(here) = folders.pop() {
        for entry in fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            let kind = fs::symlink_metadata(&path).unwrap().file_type();
            let bytes = match (kind.is_dir(), kind.is_symlink(), kind.is_file()) {
                (true, ..) => {
                    folders.push(path);
                    continue;
                }
                (_, true, _) => fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes(),
                (_, _, true) => fs::read(&path).unwrap(),
                _ => Vec::new(),
            };
            found.push((path.to_string_lossy().into_owned(), bytes));
        }
    }
    found.sort();
    found
}

/// Returns the files in the terminal's home, except for asrun's internal ones.
fn files(terminal: &Terminal) -> Vec<(String, Vec<u8>)> {
    let own = terminal.folder().join(".asrun");
    let mut files = snapshot(terminal.folder().parent().unwrap());
    files.retain(|(path, _)| !Path::new(path).starts_with(&own));
    files
}
