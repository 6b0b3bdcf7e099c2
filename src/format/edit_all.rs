//! Makes several changes of a record: many entries that are added to one list are inserted at once, and changes of
//! several entries are verified together.

use std::collections::HashMap;
use std::ops::Range;

use crate::fault::{EditFault, Unproved};
use crate::yaml::{Change, KeyEdit, Patch, Patching, Splice, Value};

use super::document::Document;
use super::edit::{NEAR, agrees, apply_together, apply_whole, event_near, is_own, read_as};
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
    // Changes before this one cannot be made together.
    let mut singly = 0;
    while let Some(change) = changes.get(splices.len()) {
        // Many events in a row take time proportional to their number, not to the record's length.
        let long = current.text.len() > NEAR;
        if let Some(near) = long.then(|| event_near(&current, change)).flatten() {
            splices.push(near.put_into(&mut current));
            continue;
        }
        let rest = Some(&changes[splices.len()..]).filter(|_| splices.len() >= singly);
        let run = rest.and_then(Run::of);
        let (next, made) = match run.as_ref().map(|run| run.apply(&current)) {
            Some(Ok(made)) => made,
            // Other changes do not touch the entry: it cannot be changed after them either.
            Some(Err(fault @ EditFault::Patch(_))) if matches!(run, Some(Run::Entries(_))) => {
                return Err(fault);
            }
            other => {
                // A list without entries has some after the first of them.
                let is_first = matches!(other, Some(Err(EditFault::NoList)));
                if let Some(run) = run.filter(|_| !is_first) {
                    singly = splices.len() + run.len();
                }
                apply_whole(&current, change).map(|(next, splice)| (next, vec![splice]))?
            }
        };
        current = next;
        splices.extend(made);
    }
    Ok((current, splices))
}

/// Consecutive changes that are verified together, so that work grows in proportion to their number.
enum Run<'c> {
    /// They insert entries into one list of a record.
    Inserts(&'c [Change]),
    /// They change entries of lists, more than one.
    Entries(&'c [Change]),
}

impl<'c> Run<'c> {
    /// Returns the changes, from the first on, that can be made together, if there are several.
    fn of(changes: &'c [Change]) -> Option<Run<'c>> {
        let first = changes.first()?;
        let inserts = |change: &&Change| {
            change.at.is_empty() && change.key == first.key && change.edit.inserted().is_some()
        };
        let within = |change: &&Change| matches!(change.at.first(), Some((_, Some(_))));
        let count = changes.iter().take_while(inserts).count();
        if count > 1 {
            return Some(Run::Inserts(&changes[..count]));
        }
        let run = &changes[..changes.iter().take_while(within).count()];
        let several = run.iter().any(|change| change.at.first() != first.at.first());
        several.then_some(Run::Entries(run))
    }

    fn len(&self) -> usize {
        match self {
            Run::Inserts(changes) | Run::Entries(changes) => changes.len(),
        }
    }

    fn apply(&self, document: &Document) -> Result<(Document, Vec<Splice>), EditFault> {
        match self {
            Run::Inserts(changes) => insert_many(document, changes),
            Run::Entries(changes) => change_entries(document, changes),
        }
    }
}

/// Makes changes of entries, with the same result as one after the other: entries do not overlap, so the first change of
/// each is made in one pass, then the second of each, and so on.
///
/// # Errors
/// As [`apply_together`].
fn change_entries(
    document: &Document,
    changes: &[Change],
) -> Result<(Document, Vec<Splice>), EditFault> {
    let mut rounds: Vec<Vec<Change>> = Vec::new();
    let mut made: HashMap<Option<&(String, Option<usize>)>, usize> = HashMap::new();
    for change in changes {
        let round = made.entry(change.at.first()).or_default();
        if rounds.len() == *round {
            rounds.push(Vec::new());
        }
        rounds[*round].push(change.clone());
        *round += 1;
    }
    let mut current = document.clone();
    let mut splices = Vec::new();
    for round in rounds {
        let (next, made) = apply_together(&current, &round)?;
        current = next;
        splices.extend(made);
    }
    Ok((current, splices))
}

/// Makes changes that insert entries into one list, with the same result as one after the other: each entry is placed in
/// the original text, and only the result is parsed.
///
/// # Errors
/// The list has no entry yet, they cannot be inserted without changing others, or the result fails verification.
fn insert_many(
    document: &Document,
    changes: &[Change],
) -> Result<(Document, Vec<Splice>), EditFault> {
    let text = &document.text;
    let tree = document.tree();
    let list = changes.first().and_then(|change| tree.entry(&change.key));
    let list = list.map(|entry| &entry.value).ok_or(EditFault::NoList)?;
    if list.items().is_empty() {
        return Err(EditFault::NoList);
    }
    let mut expected = Value::of(&tree);
    for change in changes {
        change.on(&mut expected, &SCHEMA).ok_or(EditFault::NotInLines)?;
    }
    let order = order(list.items().len(), changes);
    let patching = Patching::of(text, &tree, &SCHEMA);
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
        let Patch { range: Range { start, end }, inserted } = patching.plan(&change)?;
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
    let places: Vec<usize> = (0..order.len()).filter(|at| order[*at].is_some()).collect();
    agrees(document, &changed, written, |number, _| places.get(number).copied())?;
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
        "x: {}\ntitle: t\nevents: [{at: 2024-09-07T18:01Z, text: one}, {at: 2024-09-07T18:05Z, text: two}] # all\n",
        "{title: t, x: {}, events: [{at: 2024-09-07T18:03Z, text: one}], plan: []}\n",
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
            // In brackets, those that need quotes count for the next one after the other, and not together.
            let shows = !text.contains("[{")
                && (text.contains("text: one") || text.contains("text: \"one"));
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
        let work = |record: &str, count: usize| {
            let document = read(record).unwrap();
            let events = events().into_iter().cycle().take(count).collect();
            let changes = insert_items(&document, events);
            let before = (READ.get(), PARSES.get());
            apply_all(&document, &changes).unwrap();
            (READ.get() - before.0, PARSES.get() - before.1)
        };
        for record in [RECORDS[1], RECORDS[6], RECORDS[7]] {
            let (few, many) = (work(record, 200), work(record, 800));
            assert!(many.0 < 5 * few.0 && many.1 == few.1, "{record} {few:?} {many:?}");
        }
    }

    /// Plans in every hand: of each step three keys change, and it gets one that is new.
    const PLANS: &[&str] = &[
        "title: t\nplan:\n  - at: 2024-09-07T18:01Z\n    text: one\n    owner: kim\n  - at: 2024-09-07T18:02Z # soon\n    text: two\n    # own\n    owner: lee\n\n  # third\n  - owner: \"choi\"\n    at: 2024-09-07T18:03Z\n    text: |\n      three\nevents: []\n",
        "x: {}\ntitle: t\nplan:\n- {at: 2024-09-07T18:01Z, text: one, owner: kim}\n- {owner: kim, at: 2024-09-07T18:02Z, text: 'two'}",
        "{title: t, plan: [{at: 2024-09-07T18:01Z, owner: kim, text: one}, {at: 2024-09-07T18:02Z, text: two, owner: lee}]}\n",
        "title: t\r\nplan:\r\n  - at: 2024-09-07T18:01Z\r\n    owner: kim\r\n    text: one\r\n  -   text: two\r\n      revised:\r\n        - {from: 2024-09-07T17:02Z, on: 2024-09-07T12:00Z}\r\n      at: 2024-09-07T18:02Z\r\n      owner: kim\r\n",
    ];

    fn changes_of(document: &Document) -> Vec<Change> {
        let said = |key: &str, text: &str| (key.to_owned(), Value::text(text));
        let of = |(place, step): (usize, &crate::model::PlanStep)| {
            let path = || vec![("plan".to_owned(), Some(place))];
            let was = Value::Map(vec![
                said("from", "2024-09-07T18:00Z"),
                said("on", "2024-09-07T12:00Z"),
            ]);
            [
                Change::insert(path(), "revised", step.revised.len(), was),
                Change::set(path(), "at", Value::text(format!("2024-09-07T19:{:02}Z", place % 60))),
                Change::set(path(), "text", Value::text(format!("now {place}: #"))),
                Change::unset(path(), "owner"),
                Change::set(path(), "takes", Value::text("30m")),
            ]
        };
        document.incident.plan.iter().enumerate().flat_map(of).collect()
    }

    #[test]
    fn entries_change_together_as_one_after_the_other() {
        for text in PLANS {
            let document = read(text).unwrap();
            // The last step's first key has a dash before it, and stays.
            let mut changes = changes_of(&document);
            changes.retain(|change| {
                !text.contains("- owner") || change.key != "owner" || change.at[0].1 != Some(2)
            });
            let singly = changes.iter().fold(document.clone(), |now, change| {
                apply(&now, change).unwrap_or_else(|fault| panic!("{fault:?}\n{text}{change:?}")).0
            });
            let (together, splices) = apply_all(&document, &changes).unwrap();
            assert_eq!(together.to_text(), singly.to_text());
            assert_eq!(splices.len(), changes.len());
            let mut replayed = document.text().to_owned();
            for Splice { at, removed, inserted } in &splices {
                assert_eq!(&replayed[*at..at + removed.len()], removed);
                replayed.replace_range(*at..at + removed.len(), inserted);
            }
            assert_eq!(replayed, together.text());
            assert!(change_entries(&document, &changes).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_change_that_fails_among_others_is_reported_as_if_it_were_alone() {
        let text = PLANS[0].replace("at: 2024-09-07T18:02Z", "at: &a 2024-09-07T18:02Z");
        let document = read(&text).unwrap();
        let changes = changes_of(&document);
        let singly = changes
            .iter()
            .try_fold(document.clone(), |now, change| apply(&now, change).map(|(next, _)| next));
        let before = PARSES.get();
        let together = apply_all(&document, &changes).map(|(next, _)| next);
        assert_eq!(together.unwrap_err(), singly.unwrap_err());
        let parses = PARSES.get() - before;
        assert!(parses < changes.len(), "{parses} for {} changes", changes.len());
    }

    #[test]
    fn what_entries_that_change_are_read_for_grows_as_they_do() {
        let work = |count: usize| {
            let step = |n: usize| {
                format!("  - {{id: s{n}, at: 2024-09-07T18:01Z, text: one, owner: kim}}\n")
            };
            let steps: String = (0..count).map(step).collect();
            let text = format!("title: t\nnotes: &a x\nplan:\n{steps}");
            let document = read(&text).unwrap();
            let changes = changes_of(&document);
            let before = (READ.get(), PARSES.get());
            apply_all(&document, &changes).unwrap();
            (READ.get() - before.0, PARSES.get() - before.1)
        };
        let (few, many) = (work(50), work(200));
        assert!(many.0 < 5 * few.0 && many.1 == few.1, "{few:?} {many:?}");
    }

    #[test]
    fn what_cannot_be_made_together_is_tried_once() {
        let work = |count: usize| {
            let document =
                read("title: t\nnotes: &a x\nevents: [{at: 2024-09-07T18:01Z, text: one}]\n");
            let document = document.unwrap();
            let events = events().into_iter().cycle().take(count).collect();
            let changes = insert_items(&document, events);
            let before = PARSES.get();
            apply_all(&document, &changes).unwrap();
            PARSES.get() - before
        };
        let (few, many) = (work(10), work(40));
        assert!(many <= 4 * few, "{few} {many}");
    }
}
