//! Makes several changes of a record; many entries that are added to one list are inserted at once.

use std::ops::Range;

use crate::fault::{EditFault, Unproved};
use crate::yaml::{Change, KeyEdit, Patch, Splice, Value};

use super::document::Document;
use super::edit::{NEAR, agrees, apply_whole, event_near, is_own, read_as};
use super::keys::SCHEMA;

/// Makes several changes in turn, all or none.
///
/// # Errors
/// As [`super::edit::apply`].
pub fn apply_all(
    document: &Document,
    changes: &[Change],
) -> Result<(Document, Vec<Splice>), EditFault> {
    let mut current = document.clone();
    let mut splices = Vec::new();
    while let Some(change) = changes.get(splices.len()) {
        // Many events in a row take time proportional to their number, not to the record's length.
        let long = current.text.len() > NEAR;
        if let Some(near) = long.then(|| event_near(&current, change)).flatten() {
            splices.push(near.put_into(&mut current));
            continue;
        }
        let rest = &changes[splices.len()..];
        let run = run_of_inserts(rest);
        let together = (run > 1).then(|| insert_many(&current, &rest[..run])).and_then(Result::ok);
        let (next, made) = match together {
            Some(made) => made,
            None => apply_whole(&current, change).map(|(next, splice)| (next, vec![splice]))?,
        };
        current = next;
        splices.extend(made);
    }
    Ok((current, splices))
}

/// Returns how many of these changes, from the first on, insert entries into one list of a record.
fn run_of_inserts(changes: &[Change]) -> usize {
    let list = |change: &Change| match change.edit {
        KeyEdit::Insert(..) | KeyEdit::InsertOwn(..) if change.at.is_empty() => {
            Some(change.key.clone())
        }
        _ => None,
    };
    let first = changes.first().and_then(list);
    changes.iter().take_while(|change| first.is_some() && list(change) == first).count()
}

/// Makes changes that [`run_of_inserts`] found, with the same result as one after the other: each entry is placed in
/// the original text, and only the result is parsed, so that work grows in proportion to their number.
///
/// # Errors
/// The list has no entry yet, is not written in lines, or the result fails verification.
fn insert_many(
    document: &Document,
    changes: &[Change],
) -> Result<(Document, Vec<Splice>), EditFault> {
    let text = &document.text;
    let tree = document.tree();
    let list = changes.first().and_then(|change| tree.entry(&change.key));
    let list = list.map(|entry| &entry.value).ok_or(EditFault::NoList)?;
    if list.is_flow() || list.items().is_empty() {
        return Err(EditFault::NotInLines);
    }
    let mut expected = Value::of(&tree);
    for change in changes {
        change.on(&mut expected, &SCHEMA).ok_or(EditFault::NotInLines)?;
    }
    let order = order(list.items().len(), changes);
    let mut made = String::new();
    let (mut done, mut before) = (0, 0);
    let mut placed: Vec<Placed> = Vec::new();
    for number in &order {
        let Some(number) = *number else {
            before += 1;
            continue;
        };
        let edit = match &changes[number].edit {
            KeyEdit::Insert(_, item) => KeyEdit::Insert(before, item.clone()),
            KeyEdit::InsertOwn(_, own) => KeyEdit::InsertOwn(before, own.clone()),
            _ => continue,
        };
        let change = Change { edit, ..changes[number].clone() };
        let Patch { range: Range { start, end }, inserted } =
            Patch::plan(text, &tree, &change, &SCHEMA)?;
        if start != end || start < done {
            return Err(EditFault::NotInLines);
        }
        made.push_str(&text[done..start]);
        made.push_str(&inserted);
        done = start;
        placed.push(Placed { number, at: start, inserted });
    }
    made.push_str(&text[done..]);
    let changed = read_as(document, &made)?;
    let after = changed.tree();
    let places = order.iter().enumerate().filter_map(|(place, number)| Some((place, (*number)?)));
    let mut new = places.map(|(place, number)| (Some(place), &changes[number]));
    if Value::of(&after) != expected || !new.all(|(place, change)| is_own(&after, change, place)) {
        return Err(EditFault::NotProved(Unproved::Differs));
    }
    let written = placed.iter().map(|it| (&changes[it.number], it.inserted.as_str()));
    agrees(document, &changed, &order, written)?;
    Ok((changed, splices(placed)))
}

/// Returns the entries in their order after all changes: the number of the change that inserts it, or `None` for an
/// existing one.
fn order(there: usize, changes: &[Change]) -> Vec<Option<usize>> {
    let mut order: Vec<Option<usize>> = vec![None; there];
    for (number, change) in changes.iter().enumerate() {
        if let Some((index, _)) = change.edit.inserted() {
            order.insert(index.min(order.len()), Some(number));
        }
    }
    order
}

/// Lines that a change inserted.
struct Placed {
    number: usize,
    /// The position in the original text.
    at: usize,
    inserted: String,
}

/// Returns the splices in the order of the changes, each relative to the text after the previous ones.
fn splices(placed: Vec<Placed>) -> Vec<Splice> {
    // The lengths of what is inserted so far, in the order of the text: a tree of partial sums (Fenwick).
    let mut sums = vec![0; placed.len() + 1];
    let mut by_change: Vec<(usize, Placed)> = placed.into_iter().enumerate().collect();
    by_change.sort_by_key(|(_, placed)| placed.number);
    let mut splices = Vec::new();
    for (rank, Placed { at, inserted, .. }) in by_change {
        let mut here = rank;
        let mut earlier = 0;
        while here > 0 {
            earlier += sums[here];
            here &= here - 1;
        }
        here = rank + 1;
        while here < sums.len() {
            sums[here] += inserted.len();
            here += here & here.wrapping_neg();
        }
        splices.push(Splice { at: at + earlier, removed: String::new(), inserted });
    }
    splices
}

#[cfg(test)]
mod tests {
    use super::super::document::read;
    use super::super::edit::apply;
    use super::super::encode::insert_items;
    use super::*;
    use crate::yaml::tree::counted::{PARSES, READ};

    /// Records that the fast reader rejects, or rejects some lines of.
    const RECORDS: &[&str] = &[
        "title: t\nnotes: {a: [b]}\nevents:\n  - at: 2024-09-07T18:01Z\n    text: one\n",
        "title: t\nnotes: &a x\nevents:\n\n  # first\n  - at: 2024-09-07T18:01Z # here\n    text: one\n\n  # second\n  - at: 2024-09-07T18:05Z\n    text: >\n      two\n\n# the end\n",
        "x: {}\nevents:\n- {at: 2024-09-07T18:01Z, text: one}\n- {at: 2024-09-07T18:05Z, text: 'two'}\ntitle: t\n",
        "x: {}\ntitle: t\nevents:\n    -   at: 2024-09-07T18:03Z\n        text: \"one\"",
        "x: {}\r\ntitle: t\r\nevents:\r\n  - at: 2024-09-07T18:03Z\r\n    text: one\r\nlessons:\r\n  well: [a]\r\n",
        "\u{feff}x: {}\ntitle: t\nevents: # all\n  - at: 2024-09-07T18:03Z\n    text: |\n      one\n      # no comment\n",
        "x: {}\ntitle: t\nevents: []\n",
        "x: {}\ntitle: t\n",
    ];

    fn events() -> Vec<(String, Value)> {
        let said = |key: &str, text: &str| (key.to_owned(), Value::text(text));
        let event = |(minute, text): (usize, &str)| {
            let at = format!("2024-09-07T18:0{minute}Z");
            ("events".to_owned(), Value::Map(vec![said("at", &at), said("text", text)]))
        };
        let texts = [
            (4, "four"),
            (0, "zero: #"),
            (9, "- nine"),
            (4, "again\nof two lines"),
            (2, "한 줄"),
            (3, "three"),
            (0, "zero again"),
        ];
        texts.into_iter().map(event).collect()
    }

    #[test]
    fn many_entries_are_inserted_as_one_after_the_other() {
        for text in RECORDS {
            let document = read(text).unwrap();
            let changes = insert_items(&document, events());
            let (mut singly, mut each) = (document.clone(), Vec::new());
            for change in &changes {
                let (next, splice) = apply(&singly, change).unwrap();
                (singly, each) = (next, [each, vec![splice]].concat());
            }
            let (together, splices) = apply_all(&document, &changes).unwrap();
            // If no entry shows whether texts are quoted, those after the first inserted one follow its style.
            let shows = text.contains("text: one") || text.contains("text: \"one");
            let same = together.to_text() == singly.to_text();
            assert!(same || !shows, "{}\n{}", together.to_text(), singly.to_text());
            let mut replayed = document.text().to_owned();
            for Splice { at, removed, inserted } in &splices {
                replayed.replace_range(*at..at + removed.len(), inserted);
            }
            assert_eq!(replayed, together.text(), "{text}");
            assert!(splices == each || !shows || !text.ends_with('\n'), "{splices:?} {each:?}");
            assert_eq!(together.incident.events, singly.incident.events);
            let with_entries = !document.items("events").is_empty();
            assert_eq!(insert_many(&document, &changes).is_ok(), with_entries, "{text}");
        }
    }

    #[test]
    fn what_many_entries_are_read_for_grows_as_they_do() {
        let work = |count: usize| {
            let document = read(RECORDS[1]).unwrap();
            let events = events().into_iter().cycle().take(count).collect();
            let changes = insert_items(&document, events);
            let before = (READ.get(), PARSES.get());
            apply_all(&document, &changes).unwrap();
            (READ.get() - before.0, PARSES.get() - before.1)
        };
        let (few, many) = (work(200), work(800));
        assert!(many.0 < 5 * few.0 && many.1 == few.1, "{few:?} {many:?}");
    }
}
