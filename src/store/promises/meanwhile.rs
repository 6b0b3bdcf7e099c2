//! Others save at the same time: an editor just before asrun does, another asrun, a sync program.

use std::cell::Cell;
use std::rc::Rc;

use rustix::io::Errno;

use super::super::disk::Call;
use super::super::disk::trial::{Fails, failing, meanwhile};
use super::*;

const NOTHING_FAILS: (Fails, Errno) = (Fails::Never, Errno::IO);
/// A file system without atomic swaps.
const NO_EXCHANGE: (Fails, Errno) = (Fails::Every(Call::Exchange), Errno::NOSYS);

/// Saves the record once as editors do: through a rename, or in place.
fn editor(path: &Path, by_rename: bool) -> (impl FnMut(&Path) + 'static, Rc<Cell<u32>>) {
    let saves = Rc::new(Cell::new(0));
    let (path, count) = (path.to_owned(), Rc::clone(&saves));
    let save = move |_: &Path| {
        if count.replace(count.get() + 1) > 0 {
            return;
        }
        let text = fs::read_to_string(&path).unwrap().replace("제목", "제목, 손으로 고침");
        if by_rename {
            let beside = path.with_extension("editor");
            fs::write(&beside, text).unwrap();
            fs::rename(beside, &path).unwrap();
        } else {
            fs::write(&path, text).unwrap();
        }
    };
    (save, saves)
}

#[track_caller]
fn both_are_there(house: &House, saves: &Cell<u32>) {
    assert!(saves.get() > 0, "nobody saved in between");
    let text = house.text();
    assert!(text.contains("손으로 고침"), "the hand edit is lost:\n{text}");
    assert_eq!(text.matches("ours").count(), 1, "{text}");
    assert_eq!(house.left_over(), Vec::<String>::new());
}

#[test]
fn a_save_in_the_last_instant_is_not_lost() {
    for by_rename in [true, false] {
        let house = House::new();
        let (save, saves) = editor(house.path(), by_rename);
        // The last call before ours replaces the record, in either way.
        let last = [Call::Exchange, Call::Replace];
        let (saved, _) = meanwhile(&last, NOTHING_FAILS, save, || house.log("ours"));
        saved.unwrap();
        both_are_there(&house, &saves);
    }
}

#[test]
fn a_save_while_we_write_is_seen_where_files_cannot_be_exchanged() {
    for by_rename in [true, false] {
        let house = House::new();
        let (save, saves) = editor(house.path(), by_rename);
        let (saved, steps) = meanwhile(&[Call::SetMode], NO_EXCHANGE, save, || house.log("ours"));
        saved.unwrap();
        assert!(steps.iter().any(|step| step.call == Call::Replace), "{steps:?}");
        both_are_there(&house, &saves);
    }
}

#[test]
fn a_save_that_is_seen_in_time_is_not_even_exchanged() {
    let house = House::new();
    let (save, saves) = editor(house.path(), true);
    let (saved, steps) = meanwhile(&[Call::SetMode], NOTHING_FAILS, save, || house.log("ours"));
    saved.unwrap();
    both_are_there(&house, &saves);
    // A reader at that moment must see the manual edit: ours was never in its place.
    let exchanges = steps.iter().filter(|step| step.call == Call::Exchange).count();
    assert_eq!(exchanges, 1, "{:?}", house.told(&steps));
}

#[test]
fn what_cannot_be_put_back_is_kept_and_named() {
    let house = House::new();
    let path = house.path().to_owned();
    let mut again = false;
    let save = move |_: &Path| {
        if std::mem::replace(&mut again, true) {
            // The second swap would restore the manual edit: now it cannot.
            fs::remove_file(&path).unwrap();
        } else {
            fs::write(&path, fs::read_to_string(&path).unwrap() + "# by hand\n").unwrap();
        }
    };
    let (saved, _) = meanwhile(&[Call::Exchange], NOTHING_FAILS, save, || house.log("ours"));
    let told = said(&saved.unwrap_err());
    assert!(told.contains("could not be restored"), "{told}");
    let kept = told.rsplit("it is in ").next().unwrap();
    assert!(fs::read_to_string(kept).unwrap().ends_with("# by hand\n"), "{told}");
    // And the next save does not delete it.
    fs::write(house.path(), RECORD).unwrap();
    house.log("next").unwrap();
    assert!(Path::new(kept).exists());
}

#[test]
fn a_record_that_changes_all_the_time_is_refused() {
    let house = House::new();
    let path = house.path().to_owned();
    let mut count = 0;
    let save = move |_: &Path| {
        count += 1;
        fs::write(&path, format!("{RECORD}# {count}\n")).unwrap();
    };
    let (saved, _) = meanwhile(&[Call::SetMode], NOTHING_FAILS, save, || house.log("ours"));
    assert!(matches!(saved, Err(StoreFault::KeepsChanging { .. })), "{saved:?}");
    assert!(!house.text().contains("ours"));
    assert_eq!(house.left_over(), Vec::<String>::new());
}

#[test]
fn a_held_lock_is_waited_for() {
    let house = House::new();
    house.log("first").unwrap();
    let held = fs::File::open(house.root.join(".asrun/출시.lock")).unwrap();
    held.lock().unwrap();
    let told = Rc::new(Cell::new(0));
    let waiting = || told.set(told.get() + 1);
    let short = LockWait { limit: Duration::from_millis(1200), waiting: &waiting };
    let before = house.text();
    let saved = house.project.update(&house.record, &command("log"), &short, |_| {
        panic!("the record was read without its lock")
    });
    let saved: Result<(Saved, ()), StoreFault> = saved;
    assert!(matches!(saved, Err(StoreFault::Busy { seconds: 1, .. })), "{saved:?}");
    assert_eq!(told.get(), 1, "somebody who waits is told so, once");
    assert_eq!(house.text(), before);
    // As soon as it is released, whoever waits continues.
    let free = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(50));
        drop(held);
    });
    house.log("second").unwrap();
    free.join().unwrap();
    assert!(house.text().contains("second"));
}

#[test]
fn a_lock_whose_folder_was_deleted_guards_nothing() {
    let house = House::new();
    house.log("first").unwrap();
    let own = house.root.join(".asrun");
    let mut deleted = false;
    let delete = move |_: &Path| {
        if !std::mem::replace(&mut deleted, true) {
            fs::remove_dir_all(&own).unwrap();
        }
    };
    let (saved, steps) = meanwhile(&[Call::Lock], NOTHING_FAILS, delete, || house.log("second"));
    saved.unwrap();
    let locks = steps.iter().filter(|step| step.call == Call::Lock).count();
    assert_eq!(locks, 2, "the lock file that is there now must be held: {steps:?}");
    assert!(house.root.join(".asrun/출시.lock").exists());
}

#[test]
fn a_lock_that_the_system_refuses_is_a_refusal() {
    let house = House::new();
    let before = house.text();
    let (saved, _) = failing(Fails::Every(Call::Lock), Errno::NOLCK, || house.log("ours"));
    assert!(said(&saved.unwrap_err()).starts_with("cannot lock"));
    assert_eq!(house.text(), before);
}

#[test]
fn a_repaired_text_only_replaces_the_broken_one() {
    let house = House::new();
    let mended = RECORD.replace("first", "mended");
    let other = house.project.mend(&house.record, "another text", &mended, &lock_wait());
    assert!(said(&other.unwrap_err()).contains("somebody else changed"));
    assert_eq!(house.text(), RECORD);
    house.project.mend(&house.record, RECORD, &mended, &lock_wait()).unwrap();
    assert_eq!(house.text(), mended);
}
