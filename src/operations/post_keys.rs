//! The keys of a record's post settings.

use crate::fault::{Fault, KeyFault};
use crate::format::{Document, POST_PATHS, post_fault};
use crate::yaml::{Change, Path, Value};

/// The key of the post settings in a record.
pub(super) const POST: &str = "post";

/// Returns the name of a key within `post`; `None` for other keys of a record.
pub(super) fn inside(key: &str) -> Option<&str> {
    POST_PATHS.contains(&key).then(|| key.split_once('.').map(|(_, name)| name)).flatten()
}

/// Returns the value of a key, which may be within `post`.
pub(super) fn value(document: &Document, key: &str) -> Option<Value> {
    let said = match inside(key) {
        None => document.value(key),
        Some(name) => entries(document).into_iter().find(|(key, _)| key == name).map(|(_, v)| v),
    };
    said.filter(|value| *value != Value::Null)
}

fn entries(document: &Document) -> Vec<(String, Value)> {
    match document.value(POST) {
        Some(Value::Map(entries)) => entries,
        _ => Vec::new(),
    }
}

/// Returns the changes that set or remove a key. A list is changed item by item, so that unchanged items stay as
/// written. `post` is added with its first key and removed with its last one.
pub(super) fn changes(document: &Document, key: &str, now: Option<Value>) -> Vec<Change> {
    if let (Some(Value::List(was)), Some(Value::List(now))) = (value(document, key), &now) {
        let (at, name) = match inside(key) {
            Some(name) => (vec![(POST.to_owned(), None)], name),
            None => (Vec::new(), key),
        };
        return item_by_item(&at, name, &was, now);
    }
    vec![change(document, key, now)]
}

/// Returns the changes from one list to another; common items in the same order are not touched.
fn item_by_item(at: &Path, key: &str, was: &[Value], now: &[Value]) -> Vec<Change> {
    let (mut changes, mut gone) = (Vec::new(), Vec::new());
    let both = now.iter().any(|item| was.contains(item));
    // New items are added before old ones are removed, so that the list is never empty and keeps its style.
    let (mut old, mut here) = if both { (0, 0) } else { (was.len(), was.len()) };
    gone.extend(0..old);
    for item in now {
        let Some(place) = was[old..].iter().position(|other| other == item) else {
            changes.push(Change::insert(at.clone(), key, here, item.clone()));
            here += 1;
            continue;
        };
        gone.extend(here..here + place);
        (old, here) = (old + place + 1, here + place + 1);
    }
    gone.extend(here..here + was.len() - old);
    changes.extend(gone.into_iter().rev().map(|place| Change::remove(at.clone(), key, place)));
    changes
}

fn change(document: &Document, key: &str, now: Option<Value>) -> Change {
    let Some(name) = inside(key) else {
        return match now {
            Some(value) => Change::set(Vec::new(), key, value),
            None => Change::unset(Vec::new(), key),
        };
    };
    let there = entries(document);
    let at = || vec![(POST.to_owned(), None)];
    match now {
        Some(value) if there.is_empty() => {
            Change::set(Vec::new(), POST, Value::Map(vec![(name.to_owned(), value)]))
        }
        Some(value) => Change::set(at(), name, value),
        None if there.len() == 1 => Change::unset(Vec::new(), POST),
        None => Change::unset(at(), name),
    }
}

/// Checks the value of a key within `post`.
///
/// # Errors
/// It is not a word of that key, not a folder, or not front matter.
pub(super) fn check(key: &'static str, value: &Value) -> Result<(), Fault> {
    match inside(key).and_then(|name| post_fault(name, value)) {
        Some(fault) => Err(KeyFault::Post(Box::new(fault)).into()),
        None => Ok(()),
    }
}

/// Returns lines of front matter followed by others, which take precedence if they have the same key.
///
/// # Errors
/// The key to be removed does not exist.
pub(super) fn lines_with(was: &str, added: &str) -> String {
    let kept = keys_of(added)
        .into_iter()
        .fold(was.to_owned(), |kept, key| without(&kept, key).unwrap_or(kept));
    let kept = kept.trim_end();
    if kept.is_empty() { format!("{added}\n") } else { format!("{kept}\n{added}\n") }
}

/// Returns lines of front matter without a key and its nested lines; `None` if the key does not exist.
pub(super) fn without(lines: &str, key: &str) -> Option<String> {
    let mut kept = String::new();
    let (mut gone, mut going) = (false, false);
    for line in lines.lines() {
        if !line.starts_with([' ', '\t', '-']) && !line.is_empty() {
            going = key_of(line) == Some(key);
            gone |= going;
        }
        if !going {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    gone.then_some(kept)
}

fn keys_of(lines: &str) -> Vec<&str> {
    lines.lines().filter_map(key_of).collect()
}

/// Returns the key at the beginning of a line without indentation.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':').filter(|_| !line.starts_with([' ', '\t', '#', '-']))?;
    Some(key.trim().trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::apply_all;

    #[test]
    fn a_list_is_changed_item_by_item() {
        let block = "title: x\ntags:\n  # first\n  - 'a'  # one\n  - b\n  # last\n  - \"c\"\nkind: outage\n";
        let flow = "title: x\ntags: [ 'a', b,  c ] # hand-made\n";
        for (text, now, expected) in [
            (block, "a b c d", block.replace("\"c\"\n", "\"c\"\n  - d\n")),
            (block, "a c", block.replace("  - b\n", "")),
            (block, "z a b c", block.replace("  # first", "  - z\n  # first")),
            (block, "a z c", block.replace("  - b\n", "  - z\n")),
            (block, "c a", String::new()),
            (block, "z", String::new()),
            (flow, "a b c d", flow.replace("c ]", "c, d ]")),
            (flow, "a c", flow.replace(" b,", "")),
        ] {
            let document = crate::format::read(text).unwrap();
            let items = now.split(' ').map(Value::text).collect();
            let list = changes(&document, "tags", Some(Value::List(items)));
            let (changed, _) = apply_all(&document, &list).unwrap();
            let (changed, tags) = (changed.text().to_owned(), &changed.incident.tags);
            assert_eq!(tags.join(" "), now);
            assert!(text == flow || changed.contains("tags:\n  "), "in its style: {changed}");
            assert!(expected.is_empty() || changed == expected, "{now}:\n{changed}");
        }
    }

    #[test]
    fn lines_of_front_matter_come_and_go_key_by_key() {
        let lines = "image:\n  path: a\nmermaid: true\n";
        assert_eq!(without(lines, "image").as_deref(), Some("mermaid: true\n"));
        assert_eq!(without(lines, "mermaid").as_deref(), Some("image:\n  path: a\n"));
        assert_eq!(without(lines, "path"), None, "it is inside another");
        assert_eq!(lines_with(lines, "pin: true"), format!("{lines}pin: true\n"));
        assert_eq!(lines_with(lines, "image: b"), "mermaid: true\nimage: b\n");
        assert_eq!(lines_with("", "image: b"), "image: b\n");
    }
}
