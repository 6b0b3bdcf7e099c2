//! Gives the files that a record names other names, wherever they are attached or shown.

use crate::fault::{Fault, RecordFault};
use crate::format::{Document, apply_all, item_path, read};
use crate::model::Attachment;
use crate::yaml::{Change, Path, Value};

/// The former and the new name of each file.
pub(super) type FileNames = Vec<(String, String)>;

/// The key of a list of files.
const ATTACHMENTS: &str = "attachments";

/// What is before an address in Markdown or HTML.
const BEFORE: [&str; 7] = ["](", "](<", "]: ", "src=\"", "src='", "src=", "src=\\\""];

/// Returns a record with other names of its files.
///
/// # Errors
/// A name cannot be changed in its text.
pub(super) fn with_file_names(document: &Document, names: &FileNames) -> Result<Document, Fault> {
    let Some((first, _)) = names.first() else { return Ok(document.clone()) };
    let refused = || Fault::from(RecordFault::FileClash { file: first.clone() });
    let attached = attached(document, names);
    let (attached, _) = apply_all(document, &attached).map_err(|_| refused())?;
    let shown = read(&with_addresses(&attached.to_text(), names)).map_err(|_| refused())?;
    let wanted = attached.entries().into_iter();
    let wanted = wanted.map(|(key, value)| (key, value_with_addresses(&value, names)));
    if shown.entries() == wanted.collect::<Vec<_>>() { Ok(shown) } else { Err(refused()) }
}

/// Returns the changes of the lists of files.
fn attached(document: &Document, names: &FileNames) -> Vec<Change> {
    let of_record =
        (Vec::new(), document.incident.attachments.as_slice(), document.value(ATTACHMENTS));
    let items = document.items("events");
    let events = document.incident.events.iter().zip(&items).enumerate();
    let of_events = events.map(|(place, (event, item))| {
        (item_path("events", place), event.attachments.as_slice(), item.get(ATTACHMENTS).cloned())
    });
    let lists = std::iter::once(of_record).chain(of_events);
    lists
        .flat_map(|(path, files, list)| changes_of_list(&path, files, list.as_ref(), names))
        .collect()
}

fn changes_of_list(
    path: &Path,
    files: &[Attachment],
    list: Option<&Value>,
    names: &FileNames,
) -> Vec<Change> {
    let change = |(at, attachment): (usize, &Attachment)| {
        let (_, new) = names.iter().find(|(old, _)| *old == attachment.file)?;
        Some(renamed(path, list, at, new))
    };
    files.iter().enumerate().filter_map(change).collect()
}

/// Returns the change that gives the file at an index of a list another name; `list` is that list of the mapping at
/// `path`.
pub(super) fn renamed(path: &Path, list: Option<&Value>, at: usize, name: &str) -> Change {
    let is_mapping = match list {
        Some(Value::List(items)) => matches!(items.get(at), Some(Value::Map(_))),
        _ => false,
    };
    let name = Value::text(name);
    if is_mapping {
        let file = path.iter().cloned().chain([(ATTACHMENTS.to_owned(), Some(at))]);
        Change::set(file.collect(), "file", name)
    } else {
        Change::replace(path.clone(), ATTACHMENTS, at, name)
    }
}

fn value_with_addresses(value: &Value, names: &FileNames) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Scalar(text) => Value::Scalar(with_addresses(text, names)),
        Value::List(items) => {
            Value::List(items.iter().map(|item| value_with_addresses(item, names)).collect())
        }
        Value::Map(entries) => {
            let entry =
                |(key, value): &(String, Value)| (key.clone(), value_with_addresses(value, names));
            Value::Map(entries.iter().map(entry).collect())
        }
    }
}

/// Returns a text in which pictures and links have the new names.
fn with_addresses(text: &str, names: &FileNames) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = 0;
    while let Some(at) = next_address(text, rest) {
        out.push_str(&text[rest..at]);
        rest = at;
        let address = |name: &str| [name.to_owned(), name.replace(' ', "%20")];
        let found = names.iter().find_map(|(old, new)| {
            let spelled = address(old).into_iter().zip(address(new));
            spelled.into_iter().find(|(old, _)| is_whole(&text[at..], old))
        });
        if let Some((old, new)) = found {
            out.push_str(&new);
            rest = at + old.len();
        }
    }
    out + &text[rest..]
}

/// Returns where the next address begins, after an offset.
fn next_address(text: &str, after: usize) -> Option<usize> {
    let ends = BEFORE.iter().filter_map(|before| {
        let mut all = text.match_indices(before).map(|(at, before)| at + before.len());
        all.find(|end| *end > after)
    });
    ends.min()
}

/// Whether a text begins with an address, and it ends there.
fn is_whole(text: &str, address: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || [')', '>', '"', '\'', '\\', '#', '?'].contains(&c);
    text.strip_prefix(address).is_some_and(|rest| rest.chars().next().is_none_or(ends))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_and_links_get_the_new_names_and_nothing_else_does() {
        let names = [("a.png", "b.png"), ("b.png", "c.png"), ("d e.log", "d e-2.log")];
        let names: FileNames =
            names.into_iter().map(|(old, new)| (old.to_owned(), new.to_owned())).collect();
        for (text, expected) in [
            ("![](a.png) ![](b.png)", "![](b.png) ![](c.png)"),
            (
                "[a](<d e.log>) [a](d%20e.log \"d e.log\")",
                "[a](<d e-2.log>) [a](d%20e-2.log \"d e.log\")",
            ),
            ("![x][y]\n\n[y]: a.png\n", "![x][y]\n\n[y]: b.png\n"),
            (
                "<img src=\"a.png\"><img src='a.png'><img src=a.png>",
                "<img src=\"b.png\"><img src='b.png'><img src=b.png>",
            ),
            (
                "a.png ![](x/a.png) ![](https://e.org/a.png) ![](a.png.gz)",
                "a.png ![](x/a.png) ![](https://e.org/a.png) ![](a.png.gz)",
            ),
        ] {
            assert_eq!(with_addresses(text, &names), expected);
        }
    }

    #[test]
    fn names_are_changed_where_they_are_attached_and_shown() {
        let text = "title: t\nsummary: \"<img src=\\\"a.png\\\"> a.png\"\nattachments: [a.png]\nevents:\n- at: 2024-09-07T18:00Z\n  text: a.png\n  attachments: ['a.png', {file: a.png, alt: a.png}]\n";
        let names = vec![("a.png".to_owned(), "b.png".to_owned())];
        let changed = with_file_names(&read(text).unwrap(), &names).unwrap();
        let expected = "title: t\nsummary: \"<img src=\\\"b.png\\\"> a.png\"\nattachments: [b.png]\nevents:\n- at: 2024-09-07T18:00Z\n  text: a.png\n  attachments: ['b.png', {file: b.png, alt: a.png}]\n";
        assert_eq!(changed.to_text(), expected);
    }
}
