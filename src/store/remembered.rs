//! A cache of the only open records: beside ten thousand others, logging does not read them all again.
//!
//! It contains the open records and the state of all others (file, size, time of change, from the system's metadata):
//! while these are unchanged, none of them is open. The open records are read every time. If anything differs, they are
//! searched again.

use std::path::Path;
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use super::names::RecordName;
use super::project::{Found, OWN, Project};
use super::replace;
use super::sha256::digits_of;

/// The file in asrun's own folder.
const FILE: &str = "open";
/// The largest cache that is read, in bytes.
const LIMIT: u64 = 8192;
/// With more open records than this, nothing is cached.
const MANY: usize = 16;
/// How long after the last change of another record the cache has to be written to be valid: a change right after
/// another may have the same time, and may have come after the record was read.
const SETTLED: Duration = Duration::from_secs(60);

/// The state of a file: which one, its size, and when its content and its metadata were changed.
pub(super) struct State {
    marks: [u64; 7],
    /// When its metadata were last changed, since 1970.
    changed: Duration,
}

impl State {
    pub(super) fn marks(&self) -> impl Iterator<Item = u64> {
        self.marks.into_iter()
    }

    /// Returns when its metadata were last changed, since 1970.
    pub(super) fn changed(&self) -> Duration {
        self.changed
    }

    /// Returns the id of its file system.
    pub(super) fn disk(&self) -> u64 {
        self.marks[0]
    }
}

/// Returns the state of each record's file; `None` if any is a link, or the system has no metadata.
pub(super) fn states(records: &[RecordName]) -> Option<Vec<State>> {
    records.iter().map(|record| state(&record.path)).collect()
}

/// Returns the state of a file; `None` for a link or anything else, and if the system has no metadata.
#[cfg(unix)]
pub(super) fn state(path: &Path) -> Option<State> {
    use std::os::unix::fs::MetadataExt as _;
    let about = std::fs::symlink_metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    let [changed, nanoseconds] = [about.ctime(), about.ctime_nsec()].map(i64::cast_unsigned);
    let modified = [about.mtime(), about.mtime_nsec()].map(i64::cast_unsigned);
    let marks =
        [about.dev(), about.ino(), about.size(), modified[0], modified[1], changed, nanoseconds];
    let changed = Duration::new(changed, u32::try_from(nanoseconds).ok()?);
    Some(State { marks, changed })
}

#[cfg(not(unix))]
pub(super) fn state(_: &Path) -> Option<State> {
    None
}

/// Returns a hash that changes with any record but those.
fn others(records: &[RecordName], states: &[State], but: &[&str]) -> String {
    // Another version of asrun may judge differently.
    let mut hash = Sha256::new_with_prefix(env!("CARGO_PKG_VERSION"));
    let rest = records.iter().zip(states).filter(|(record, _)| !but.contains(&&*record.id));
    for (record, state) in rest {
        hash.update(record.id.as_bytes());
        hash.update([0]);
        state.marks.iter().for_each(|mark| hash.update(mark.to_le_bytes()));
    }
    digits_of(hash)
}

impl Project {
    /// Returns the records cached as the only open ones, if all others are unchanged.
    pub(super) fn remembered<'r>(
        &self,
        records: &'r [RecordName],
        states: &[State],
    ) -> Option<Vec<&'r RecordName>> {
        self.remembered_for(records, states, SETTLED)
    }

    fn remembered_for<'r>(
        &self,
        records: &'r [RecordName],
        states: &[State],
        settled: Duration,
    ) -> Option<Vec<&'r RecordName>> {
        let bytes = self.own_file(FILE, LIMIT).ok().flatten()?;
        let (ids, known) = std::str::from_utf8(&bytes).ok()?.trim_end().rsplit_once('\n')?;
        let written = state(&self.root.join(OWN).join(FILE))?.changed;
        let ids: Vec<&str> = ids.lines().collect();
        let is_one = |record: &RecordName| ids.contains(&&*record.id);
        let mut rest = records.iter().zip(states).filter(|(record, _)| !is_one(record));
        if ids.len() > MANY || !rest.all(|(_, state)| state.changed + settled <= written) {
            return None;
        }
        let open: Vec<&RecordName> = records.iter().filter(|record| is_one(record)).collect();
        let same = open.len() == ids.len() && others(records, states, &ids) == known;
        same.then_some(open)
    }

    /// Keeps in memory that no other records are open, until one of them is written to.
    pub(super) fn found(&self, open: &[&RecordName], records: &[RecordName], states: &[State]) {
        if open.len() > MANY {
            return;
        }
        let open: Vec<&str> = open.iter().map(|record| &*record.id).collect();
        let others = others(records, states, &open);
        let found = Found { open: open.into_iter().map(str::to_owned).collect(), others };
        // A poisoned lock still contains what was found.
        *self.found.lock().unwrap_or_else(|e| e.into_inner()) = Some(found);
    }

    /// Caches what was found, now that the record was written to: a command that only reads writes nothing. If it
    /// fails, they are searched again.
    pub fn remember(&self, record: &RecordName) {
        let found = self.found.lock().unwrap_or_else(|e| e.into_inner()).take();
        if let Some(Found { open, others }) = found.filter(|found| found.open.contains(&record.id))
            && let Ok(folder) = self.own_folder()
        {
            let text = format!("{}\n{others}\n", open.join("\n"));
            let _ = replace::overwrite(&folder.join(FILE), text.as_bytes());
        }
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::super::promises::House;
    use super::*;

    const CLOSED: &str = "title: t\nkind: outage\nevents:\n  - at: 2024-09-07\n    text: x\n    type: detected\n  - at: 2024-09-08\n    text: y\n    type: resolved\n";

    /// Returns a project of many closed records and an open one.
    fn house() -> House {
        let house = House::new();
        for number in 0..100 {
            std::fs::write(file(&house, &format!("r{number}")), CLOSED).unwrap();
        }
        house
    }

    fn file(house: &House, id: &str) -> std::path::PathBuf {
        house.project.records_folder().join(format!("{id}.yaml"))
    }

    /// Returns the cache, however recently records were changed.
    fn remembered(house: &House) -> Option<String> {
        let records = house.project.list().unwrap().records;
        let states = states(&records)?;
        let open = house.project.remembered_for(&records, &states, Duration::ZERO)?;
        Some(open.iter().map(|record| record.id.as_str()).collect::<Vec<_>>().join(" "))
    }

    fn is_remembered(house: &House) -> bool {
        // File times have steps of some milliseconds.
        std::thread::sleep(Duration::from_millis(20));
        let current = house.project.current().unwrap();
        assert_eq!(current.id, house.record.id);
        house.project.remember(&current);
        remembered(house).is_some_and(|id| id == house.record.id)
    }

    #[test]
    fn the_only_open_record_is_remembered_until_another_one_is_changed() {
        let house = house();
        assert_eq!(remembered(&house), None);
        type Change = fn(&House);
        let changes: [Change; 9] = [
            |house| {
                std::fs::write(file(house, "r7"), CLOSED.replace("resolved", "detected")).unwrap()
            },
            |house| {
                std::fs::write(file(house, "r7"), CLOSED.replace("text: x", "text: z")).unwrap()
            },
            |house| std::fs::write(file(house, "r7"), "title: shorter\n").unwrap(),
            |house| std::fs::write(file(house, "new"), CLOSED).unwrap(),
            |house| std::fs::remove_file(file(house, "r8")).unwrap(),
            |house| std::fs::rename(file(house, "r9"), file(house, "r10")).unwrap(),
            |house| std::fs::rename(file(house, "r11"), file(house, "r12a")).unwrap(),
            |house| {
                // The same size and modification time, as some programs leave it.
                let before = std::fs::metadata(file(house, "r13")).unwrap().modified().unwrap();
                std::fs::write(file(house, "r13"), CLOSED.replace("text: x", "text: z")).unwrap();
                let open = std::fs::File::options().write(true).open(file(house, "r13")).unwrap();
                open.set_modified(before).unwrap();
            },
            |house| {
                std::fs::remove_file(file(house, "r14")).unwrap();
                std::os::unix::fs::symlink("r15.yaml", file(house, "r14")).unwrap();
            },
        ];
        for (number, change) in changes.into_iter().enumerate() {
            assert!(is_remembered(&house), "before {number}");
            std::thread::sleep(Duration::from_millis(20));
            change(&house);
            assert_eq!(remembered(&house), None, "{number}");
            if number == 0 || number == 2 {
                assert!(house.project.current().is_err(), "another one is open: {number}");
                std::fs::write(file(&house, "r7"), CLOSED).unwrap();
            }
        }
    }

    #[test]
    fn the_record_itself_may_change_and_is_read_every_time() {
        let house = house();
        assert!(is_remembered(&house));
        std::fs::write(&house.record.path, "title: t\nevents: [\n").unwrap();
        assert_eq!(remembered(&house).as_ref(), Some(&house.record.id));
        assert_eq!(house.project.current().unwrap().id, house.record.id, "it may be open");
        std::fs::write(&house.record.path, CLOSED).unwrap();
        assert!(house.project.current().is_err());
    }

    #[test]
    fn several_open_records_are_remembered_and_one_that_is_written_to_among_them() {
        let house = house();
        let named = |ids: &[&str]| Some(ids.join(" "));
        std::fs::write(file(&house, "r5"), CLOSED.replace("resolved", "detected")).unwrap();
        std::thread::sleep(Duration::from_millis(20));
        let beside = |id: &str| {
            let record = house.project.select(id).unwrap();
            let open = house.project.open_beside(&record).unwrap();
            house.project.remember(&record);
            open.into_iter().map(|record| record.id).collect::<Vec<_>>().join(" ")
        };
        let open = house.record.id.as_str();
        assert_eq!(beside(open), "r5");
        assert_eq!(remembered(&house), named(&["r5", open]));
        // A closed one can still be written to.
        assert_eq!(Some(beside("r7")), named(&["r5", open]));
        assert_eq!(remembered(&house), named(&["r5", "r7", open]));
        std::fs::write(file(&house, "r7"), CLOSED.replace("text: x", "text: z")).unwrap();
        assert_eq!(remembered(&house), named(&["r5", "r7", open]));
        std::fs::write(file(&house, "r5"), CLOSED).unwrap();
        assert_eq!(house.project.current().unwrap().id, open);
        std::fs::write(file(&house, "r6"), CLOSED).unwrap();
        assert_eq!(remembered(&house), None);
        for number in 10..10 + MANY {
            let open = CLOSED.replace("resolved", "detected");
            std::fs::write(file(&house, &format!("r{number}")), open).unwrap();
        }
        assert_eq!(beside(open).split(' ').count(), MANY);
        assert_eq!(remembered(&house), None, "too many");
    }

    #[test]
    fn what_was_changed_a_moment_ago_is_read_again_and_nothing_else_is_believed() {
        let house = house();
        assert!(is_remembered(&house));
        let records = house.project.list().unwrap().records;
        let states = states(&records).unwrap();
        assert!(house.project.remembered(&records, &states).is_none());
        let own = house.root.join(OWN).join(FILE);
        for planted in ["", "r7", "r7\n", "r7\n00\n", "\n\n", "none\n00\n"] {
            std::fs::write(&own, planted).unwrap();
            assert_eq!(remembered(&house), None, "{planted:?}");
        }
    }

    #[test]
    fn reading_writes_nothing_and_a_log_remembers() {
        let house = house();
        assert_eq!(house.project.current().unwrap().id, house.record.id);
        assert!(!house.root.join(OWN).exists());
        house.log("one").unwrap();
        assert!(house.root.join(OWN).join(FILE).exists());
    }
}
