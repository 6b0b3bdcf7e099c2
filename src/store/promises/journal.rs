//! The journal: bounded, not required, and never dropping what is still to be added.

use super::*;

fn journal_file(house: &House) -> PathBuf {
    house.root.join(".asrun/출시.journal")
}

fn about(id: &str) -> Noted {
    Noted { about: vec![id.to_owned()], ..Noted::default() }
}

fn keep(house: &House, text: &str) {
    let item = event_item(&event(text));
    house.project.keep(&house.record, &command("log"), item, &lock_wait()).unwrap();
}

#[test]
fn it_is_halved_when_it_grows_large_and_keeps_what_waits() {
    let house = House::new();
    keep(&house, "kept long ago");
    let line = fs::read_to_string(journal_file(&house)).unwrap();
    house.log("old").unwrap();
    let old = fs::read_to_string(journal_file(&house)).unwrap()[line.len()..].to_owned();
    // Just below the limit nothing is dropped, just above it the older half is.
    let lines = 8 * 1024 * 1024 / old.len();
    fs::write(journal_file(&house), format!("{line}{}", old.repeat(lines - 2))).unwrap();
    house.log("below").unwrap();
    let below = fs::metadata(journal_file(&house)).unwrap().len() as usize;
    assert!(below > old.len() * (lines - 2), "halved too early: {below}");
    fs::write(journal_file(&house), format!("{line}{}", old.repeat(lines + 2))).unwrap();
    house.log("above").unwrap();
    let above = fs::metadata(journal_file(&house)).unwrap().len() as usize;
    assert!((3 * 1024 * 1024..5 * 1024 * 1024).contains(&above), "{above} bytes");
    let journal = house.project.journal(&house.record).unwrap();
    assert_eq!(journal.kept().len(), 1, "what waits to be added was dropped");
    let last = journal.entries().last().unwrap();
    assert_eq!(last.effects[0].after.as_ref().unwrap().text_at("text"), Some("above"));
    let whole = fs::read_to_string(journal_file(&house)).unwrap();
    assert_eq!(whole.lines().count(), journal.entries().len(), "a line was cut");
}

#[test]
fn large_changes_are_noted_without_their_text() {
    let house = House::new();
    let save = |letters: usize| {
        let update =
            house.project.update(&house.record, &command("edit"), &lock_wait(), |document| {
                let text = format!("{}# {}\n", document.to_text(), "x".repeat(letters));
                let edited = crate::format::read(&text).unwrap();
                Ok::<_, StoreFault>((Edit::Text(Box::new(edited)), Noted::default(), ()))
            });
        update.unwrap();
        house.project.journal(&house.record).unwrap().entries().last().unwrap().splices.len()
    };
    assert_eq!(save(1024 * 1024 - 100), 1);
    assert_eq!(save(1024 * 1024 + 100), 0);
}

#[test]
fn a_line_that_a_crash_tore_costs_only_itself() {
    let house = House::new();
    house.log("one").unwrap();
    let mut torn = fs::read_to_string(journal_file(&house)).unwrap();
    torn.truncate(torn.len() - 10);
    fs::write(journal_file(&house), &torn).unwrap();
    house.log("two").unwrap();
    let journal = house.project.journal(&house.record).unwrap();
    let texts: Vec<_> =
        journal.entries().iter().map(|e| e.effects[0].after.as_ref()?.text_at("text")).collect();
    assert_eq!(texts, [Some("two")]);
}

#[test]
fn removed_entries_are_reported_and_entries_have_their_own_names() {
    let house = House::new();
    house.log("one").unwrap();
    let copy = house.text();
    house.log("two").unwrap();
    house.log("three").unwrap();
    fs::write(house.path(), copy).unwrap();
    let journal = house.project.journal(&house.record).unwrap();
    let document = house.project.load(&house.record).unwrap().document;
    let missing = journal.missing(&document);
    let texts: Vec<_> = missing.iter().map(|lost| lost.item.text_at("text").unwrap()).collect();
    assert_eq!(texts, ["two", "three"]);
    let mut ids: Vec<_> = journal.entries().iter().map(|entry| entry.id.clone()).collect();
    ids.dedup();
    assert_eq!(ids.len(), 3, "two entries have one name: {ids:?}");
}

#[test]
fn an_event_of_somebody_else_is_not_taken_for_ours() {
    let house = House::new();
    let theirs = format!("{RECORD}  - at: 2024-09-07T18:08+09:00\n    text: web1 restarted\n");
    fs::write(house.path(), &theirs).unwrap();
    house.log("web2 restarted").unwrap();
    let missing = || {
        let document = house.project.load(&house.record).unwrap().document;
        house.project.journal(&house.record).unwrap().missing(&document)
    };
    assert_eq!(missing(), []);
    fs::write(house.path(), theirs).unwrap();
    let texts: Vec<_> =
        missing().iter().map(|lost| lost.item.text_at("text").unwrap().to_owned()).collect();
    assert_eq!(texts, ["web2 restarted"]);
}

#[test]
fn a_change_that_changes_nothing_is_not_written() {
    let house = House::new();
    let before = fs::metadata(house.path()).unwrap().modified().unwrap();
    let same = house.project.update(&house.record, &command("edit"), &lock_wait(), |document| {
        Ok::<_, StoreFault>((Edit::Text(Box::new(document.clone())), Noted::default(), ()))
    });
    same.unwrap();
    assert_eq!(fs::metadata(house.path()).unwrap().modified().unwrap(), before);
    assert!(house.project.journal(&house.record).unwrap().entries().is_empty());
    // But what it settles is recorded.
    let settled = house.project.update(&house.record, &command("recover"), &lock_wait(), |_| {
        Ok::<_, StoreFault>((Edit::Changes(Vec::new()), about("id"), ()))
    });
    settled.unwrap();
    assert_eq!(house.project.journal(&house.record).unwrap().entries().len(), 1);
}

/// Returns the records that are gone, each with the number of entries that asrun wrote into it.
fn strays(house: &House) -> Vec<(String, usize)> {
    let strays = house.project.strays().unwrap().into_iter();
    strays.map(|(record, journal)| (record.id, journal.acknowledged_count())).collect()
}

#[test]
fn a_new_record_begins_with_no_journal_and_the_old_one_stays() {
    let house = House::new();
    house.log("one").unwrap();
    fs::remove_file(house.path()).unwrap();
    assert_eq!(strays(&house), [("출시".to_owned(), 1)]);
    house.project.create_record("출시", RECORD).unwrap();
    assert!(house.project.journal(&house.record).unwrap().entries().is_empty());
    assert!(house.root.join(".asrun/출시.journal-1.old").exists());
    assert!(strays(&house).is_empty());
    house.log("two").unwrap();
    fs::remove_file(house.path()).unwrap();
    house.project.create_record("출시", RECORD).unwrap();
    assert!(house.root.join(".asrun/출시.journal-2.old").exists());
}

#[test]
fn a_lost_record_without_our_entries_is_not_reported() {
    let house = House::new();
    house.log("one").unwrap();
    let taken_back = house.project.update(&house.record, &command("undo"), &lock_wait(), |_| {
        let gone = crate::yaml::Change::remove(Vec::new(), "events", 1);
        let id = house.project.journal(&house.record)?.entries()[0].id.clone();
        Ok::<_, StoreFault>((Edit::Changes(vec![gone]), about(&id), ()))
    });
    taken_back.unwrap();
    assert!(!house.text().contains("text: one"));
    fs::remove_file(house.path()).unwrap();
    assert_eq!(strays(&house), []);
}

#[test]
fn links_and_spellings_of_one_file_share_a_journal() {
    use unicode_normalization::UnicodeNormalization;
    let house = House::new();
    let decomposed: String = "출시".nfd().collect();
    let path = house.root.join(format!("incidents/{decomposed}.yaml"));
    fs::rename(house.path(), &path).unwrap();
    let found = house.project.list().unwrap().records.remove(0);
    assert_eq!((found.id.as_str(), &found.path), ("출시", &path));
    let change = house.project.update(&found, &command("log"), &lock_wait(), |document| {
        let (_, change) = insert_event(&document.incident.events, &event("ours"));
        Ok::<_, StoreFault>((Edit::Changes(vec![change]), Noted::default(), ()))
    });
    change.unwrap();
    assert!(journal_file(&house).exists());
}
