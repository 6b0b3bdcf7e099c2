//! What was read of a document, on a terminal.

use crate::lang::{ImportCounts, terminal};
use crate::view::{ImportView, ImportedEntryView};

use super::escape;
use super::terminal::{bare_table, fitted, heading, lines_of};

/// How many lines that are in no record are shown; the others are only counted.
const SHOWN: usize = 12;

/// How many letters of such a line are shown.
const LETTERS: usize = 60;

/// The index of the column that says what happens to an entry.
const FATE: usize = 5;

/// Returns what was read from a document, for review before it is written.
pub fn import_text(view: &ImportView, width: u16) -> String {
    let heads = terminal().import_heads();
    let mut out = String::new();
    for (name, entries) in [("", &view.events), (heads.plan, &view.plan)] {
        if entries.is_empty() {
            continue;
        }
        if !name.is_empty() {
            out.push_str(&heading(name));
        }
        let mut table = bare_table(width);
        let is_new = entries.iter().all(|entry| entry.action == "added");
        let mut columns = vec![
            heads.line,
            heads.printed,
            heads.read_as,
            heads.day_from,
            heads.zone_from,
            heads.fate,
            heads.text,
        ];
        if is_new {
            columns.remove(FATE);
        }
        table.set_header(columns);
        for entry in entries {
            let mut cells = cells(entry).to_vec();
            if is_new {
                cells.remove(FATE);
            }
            table.add_row(cells);
        }
        out.push_str(&lines_of(&table));
    }
    if !view.actions.is_empty() {
        out.push_str(&heading(heads.actions));
        for action in &view.actions {
            let said = [&action.owner, &action.due, &action.done].into_iter().flatten();
            let said: String = said.map(|said| format!(" · {said}")).collect();
            let line = format!("{:>5}  {}{said}", action.line, action.text);
            out.push_str(&format!("{}\n", escape::terminal(&line)));
        }
    }
    out + &pictures(view) + &doubts(view, width) + &left_out(view)
}

fn cells(entry: &ImportedEntryView) -> [String; 7] {
    let time = |written: &str| written.replacen('T', " ", 1);
    let mut read_as = entry.at.as_deref().map_or(String::new(), time);
    if let Some(until) = &entry.until {
        read_as.push_str(&format!(" – {}", time(until)));
    }
    if entry.doubted {
        read_as.push_str(" !");
    }
    let headline = entry.text.lines().next().unwrap_or("");
    [
        entry.line.to_string(),
        entry.raw.clone(),
        read_as,
        entry.day_from.to_owned(),
        entry.zone_words.to_owned(),
        terminal().import_fate(entry.action).to_owned(),
        headline.to_owned(),
    ]
    .map(|cell| escape::terminal(&cell).into_owned())
}

/// Returns the lines on pictures that are attached to new entries.
fn pictures(view: &ImportView) -> String {
    let new: Vec<_> =
        view.pictures.iter().filter(|it| matches!(it.action, "added" | "updated")).collect();
    if new.is_empty() {
        return String::new();
    }
    let mut out = heading(terminal().import_heads().pictures);
    for picture in new {
        let line = format!("{:>5}  {} → {}", picture.line, picture.address, picture.file);
        out.push_str(&format!("{}\n", escape::terminal(&line)));
    }
    out
}

fn doubts(view: &ImportView, width: u16) -> String {
    if view.doubts.is_empty() {
        return String::new();
    }
    let mut out = heading(terminal().import_heads().doubts);
    let widest = view.doubts.iter().map(|doubt| doubt.code.len()).max().unwrap_or(0);
    for doubt in &view.doubts {
        let place = format!("{}:{}", doubt.line, doubt.column);
        let line = format!("{place:>9}  {:widest$}  {}", doubt.code, doubt.says);
        out.push_str(&format!("{}\n", fitted(&escape::terminal(&line), width)));
    }
    out
}

fn left_out(view: &ImportView) -> String {
    if view.not_imported.is_empty() {
        return String::new();
    }
    let mut out = heading(terminal().import_heads().left_out);
    for left in view.not_imported.iter().take(SHOWN) {
        let lines = match left.end_line > left.line {
            true => format!("{}-{}", left.line, left.end_line),
            false => left.line.to_string(),
        };
        let mut texts = left.text.lines().map(shortened);
        let text = texts.next().unwrap_or_default();
        let option = left.fence.map_or(String::new(), |number| format!(" (--fence {number})"));
        let line = format!("{lines:>9}  {}{option}: {text}", left.words);
        out.push_str(&format!("{}\n", escape::terminal(&line)));
        for text in texts {
            out.push_str(&format!("{:11}{}\n", "", escape::terminal(&text)));
        }
    }
    if view.not_imported.len() > SHOWN {
        let more = view.not_imported.len() - SHOWN;
        out.push_str(&format!("{}\n", terminal().lines_left_out(more)));
    }
    out
}

/// Returns a line of a text, cut with a sign if it is long.
fn shortened(line: &str) -> String {
    match line.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// Returns how many entries of a document are new, and how many exist already.
pub fn import_counts(view: &ImportView, record: &str) -> ImportCounts {
    let mut counts = ImportCounts::default();
    let events = view.events.iter().map(|entry| (0, &entry.record, entry.action));
    let plan = view.plan.iter().map(|entry| (1, &entry.record, entry.action));
    let actions = view.actions.iter().map(|entry| (2, &entry.record, entry.action));
    for (list, of, action) in events.chain(plan).chain(actions) {
        if of != record {
            continue;
        }
        let count = match (action, list) {
            ("same", _) => &mut counts.same,
            ("changed", _) => &mut counts.changed,
            ("updated", _) => &mut counts.updated,
            ("conflict", _) => &mut counts.conflicts,
            ("left out", _) => &mut counts.left_out,
            (_, 0) => &mut counts.events,
            (_, 1) => &mut counts.steps,
            _ => &mut counts.actions,
        };
        *count += 1;
    }
    // New and existing parts are not counted as entries; only those that differ are.
    for part in view.sections.iter().filter(|part| part.record == record) {
        match part.action {
            "changed" => counts.changed += 1,
            "updated" => counts.updated += 1,
            "conflict" => counts.conflicts += 1,
            _ => {}
        }
    }
    counts
}
