//! Finds and reads the record that a command is about.

use unicode_normalization::UnicodeNormalization;

use crate::fault::StoreFault;
use crate::format::{Document, Journal, Prose};
use crate::model::Incident;
use crate::yaml::{MAX_BYTES, Value};

use super::file;
use super::names::{RecordName, folded};
use super::project::Project;
use super::reader::RecordReader;
use super::reading::{parse, rename_fault};
use super::remembered::states;

/// A record that was read.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// Its id.
    pub id: String,
    /// The path of its file from the project's folder on.
    pub file: String,
    /// Its text and parsed content.
    pub document: Document,
}

const LATEST: usize = 5;
/// Below this many records, threads cost more than they gain.
const FEW: usize = 64;
/// The name under which a change of id is noted.
pub(super) const ID: &str = "id";
/// The longest choice of a record that is read, in bytes.
const CHOICE_LIMIT: u64 = 4096;

impl Project {
    /// Returns the record that `wanted` identifies: an exact id, which may be written as the path of its file, else an exact
    /// version, else an exact title, else a unique part of an id, else the beginning of a version. Case and Unicode normalization of an id do not matter.
    ///
    /// # Errors
    /// None or several match.
    pub fn select(&self, wanted: &str) -> Result<RecordName, StoreFault> {
        if let Some(exact) = self.exact(wanted).or_else(|| self.of_file(wanted)) {
            return Ok(exact);
        }
        let records = self.list()?.records;
        let reader = self.reader();
        let called = |record: &RecordName| reader.called(record, wanted);
        one_meant(&records, &[], wanted, called, || self.renamed_since(&records, wanted))
    }

    /// Returns the id of the record that had this one before it was renamed.
    pub(super) fn renamed_since(&self, records: &[RecordName], id: &str) -> Option<String> {
        let was = Some(Value::text(id));
        let is_from = |record: &&RecordName| {
            let journal = self.journal(record).unwrap_or_default();
            let mut effects = journal.entries().iter().flat_map(|entry| &entry.effects);
            effects.any(|effect| effect.list == ID && effect.before == was)
        };
        records.iter().find(is_from).map(|record| record.id.clone())
    }

    /// Returns the record with exactly that id, without looking at any other.
    pub fn exact(&self, id: &str) -> Option<RecordName> {
        let plain = !id.is_empty()
            && !id.starts_with(['.', '#', '~'])
            && !id.contains(['/', '\\', '\0'])
            && id.len() <= 250;
        let path = self.records_folder().join(format!("{id}.yaml"));
        let there = plain && std::fs::symlink_metadata(&path).is_ok();
        there.then(|| RecordName { id: id.nfc().collect(), path })
    }

    /// Returns the record whose file has that name, or that path from the project's folder or from here, with or without the
    /// ending of its name.
    pub(super) fn of_file(&self, file: &str) -> Option<RecordName> {
        let id = file.strip_suffix(".yaml").unwrap_or(file);
        let Some((folder, name)) = id.rsplit_once('/') else { return self.exact(id) };
        let records = self.records_folder();
        let is_here = || {
            let same = std::fs::canonicalize(folder).ok()?;
            (same == std::fs::canonicalize(&records).ok()?).then_some(())
        };
        let is_told = folder == self.told_path(&records);
        (is_told || is_here().is_some()).then(|| self.exact(name)).flatten()
    }

    /// Returns the record to use when none is named: the selected one, else the only open one, else the only one.
    ///
    /// # Errors
    /// There is not exactly one.
    pub fn current(&self) -> Result<RecordName, StoreFault> {
        match self.selected()? {
            Some((_, Some(record))) => return Ok(record),
            Some((id, None)) => {
                // A folder without read permission hides its records; they are not gone.
                self.list()?;
                return Err(self.vanished(id));
            }
            None => {}
        }
        let records = self.list()?.records;
        let open = self.open(&records, None);
        if let [one] = open.as_slice() {
            return Ok((*one).clone());
        }
        if let [one] = records.as_slice() {
            return Ok(one.clone());
        }
        Err(StoreFault::NoCurrent {
            open: open.iter().map(|record| record.id.clone()).collect(),
            latest: latest(&records),
        })
    }

    /// Returns the fault that a record no longer exists.
    pub fn vanished(&self, id: String) -> StoreFault {
        let file = self.file_of(&id);
        let gone = RecordName { path: self.records_folder().join(format!("{id}.yaml")), id };
        let there = self.list().map(|listing| listing.records).unwrap_or_default();
        let holder = self.journal(&gone).ok().and_then(|journal| self.holder(&journal, &there));
        StoreFault::Vanished { id: gone.id, file, holder: holder.map(|record| record.id.clone()) }
    }

    /// Returns the first of these records that has all that asrun wrote to a missing one, if it wrote anything.
    pub fn holder<'r>(&self, journal: &Journal, there: &'r [RecordName]) -> Option<&'r RecordName> {
        if journal.acknowledged_count() == 0 || !journal.kept().is_empty() {
            return None;
        }
        let has_all = |other: &&RecordName| {
            self.load(other).is_ok_and(|loaded| journal.missing(&loaded.document).is_empty())
        };
        there.iter().find(has_all)
    }

    /// Returns the other records in progress; one that cannot be read may be one of them. Once the record is written
    /// to, they are cached.
    ///
    /// # Errors
    /// The records cannot be listed.
    pub fn open_beside(&self, record: &RecordName) -> Result<Vec<RecordName>, StoreFault> {
        let records = self.list()?.records;
        let open = self.open(&records, Some(record));
        Ok(open.into_iter().filter(|other| other.id != record.id).cloned().collect())
    }

    /// Returns the records in progress, from the cache if it is still valid. One that cannot be read may well be open;
    /// so may `beside`, which is about to be written to.
    fn open<'r>(
        &self,
        records: &'r [RecordName],
        beside: Option<&RecordName>,
    ) -> Vec<&'r RecordName> {
        let states = if records.len() < FEW { None } else { states(records) };
        let Some(states) = states else { return self.open_of(records) };
        if let Some(mut known) = self.remembered(records, &states) {
            let reader = self.reader();
            known.retain(|record| reader.is_open(record));
            return known;
        }
        let open = self.open_of(records);
        let is_beside = |record: &&RecordName| beside.is_some_and(|it| it.id == record.id);
        let mut read_again = open.clone();
        read_again.extend(records.iter().filter(is_beside).filter(|record| !open.contains(record)));
        self.found(&read_again, records, &states);
        open
    }

    /// Returns those of them in progress; each is read.
    fn open_of<'r>(&self, records: &'r [RecordName]) -> Vec<&'r RecordName> {
        let reader = self.reader();
        let is_open = |record: &&RecordName| reader.is_open(record);
        if records.len() < FEW {
            return records.iter().filter(is_open).collect();
        }
        let workers = std::thread::available_parallelism().map_or(1, usize::from).min(16);
        std::thread::scope(|scope| {
            let parts = records.chunks(records.len().div_ceil(workers));
            let part = |part: &'r [RecordName]| {
                scope.spawn(|| part.iter().filter(is_open).collect::<Vec<_>>())
            };
            // Those whose worker failed count as open, as if they could not be read.
            let work: Vec<_> = parts.map(|records| (records, part(records))).collect();
            let done = work.into_iter().flat_map(|(records, work)| {
                work.join().unwrap_or_else(|_| records.iter().collect())
            });
            done.collect()
        })
    }

    /// Returns the id chosen by `asrun select` or `asrun new`, and its record if it still exists.
    fn selected(&self) -> Result<Option<(String, Option<RecordName>)>, StoreFault> {
        let Some(bytes) = self.own_file("current", CHOICE_LIMIT)? else { return Ok(None) };
        let id = String::from_utf8_lossy(&bytes).trim().to_owned();
        let record = self.exact(&id);
        Ok(Some((id, record)))
    }

    /// Returns the id of the current record, if one was chosen.
    pub fn chosen(&self) -> Option<String> {
        self.selected().ok()?.map(|(id, _)| id)
    }

    /// Makes that record the current one.
    ///
    /// # Errors
    /// The choice cannot be saved.
    pub fn choose(&self, id: &str) -> Result<(), StoreFault> {
        if self.dry_run {
            return Ok(());
        }
        let path = self.own_folder()?.join("current");
        super::replace::overwrite(&path, format!("{id}\n").as_bytes())
    }

    /// Makes that record the current one, or none.
    ///
    /// # Errors
    /// The choice cannot be saved.
    pub fn choose_again(&self, id: Option<&str>) -> Result<(), StoreFault> {
        match id {
            Some(id) => self.choose(id),
            None if self.dry_run => Ok(()),
            None => {
                super::replace::discard(&self.own_folder()?.join("current"));
                Ok(())
            }
        }
    }

    /// Returns whether records that were left open are not mentioned yet on that day, and notes that they are.
    /// Where that cannot be noted they are not, rather than at every command.
    pub fn is_first_mention(&self, day: &str) -> bool {
        let noted = self.own_file("mentioned", CHOICE_LIMIT).ok().flatten();
        if self.dry_run || noted.is_some_and(|noted| noted == day.as_bytes()) {
            return false;
        }
        let Ok(folder) = self.own_folder() else { return false };
        super::replace::overwrite(&folder.join("mentioned"), day.as_bytes()).is_ok()
    }

    /// Reads a record.
    ///
    /// # Errors
    /// The file cannot be opened, or it has faults: all of them are reported.
    pub fn load(&self, record: &RecordName) -> Result<Loaded, StoreFault> {
        let document = parse(&record.path, &self.bytes(record)?)?;
        Ok(Loaded { id: record.id.clone(), file: self.told_path(&record.path), document })
    }

    pub(super) fn bytes(&self, record: &RecordName) -> Result<Vec<u8>, StoreFault> {
        let real = file::inside(&self.root, &record.path)?;
        let contents =
            file::read_own(&real, MAX_BYTES).map_err(|fault| rename_fault(fault, &record.path))?;
        Ok(contents.bytes)
    }
}

/// Returns the one record that `wanted` matches, of those that exist and of `away`, which no longer do; `called`
/// returns what a record is called besides its id, and `renamed` the one that had that id.
pub(super) fn one_meant(
    there: &[RecordName],
    away: &[RecordName],
    wanted: &str,
    called: impl Fn(&RecordName) -> Option<Called>,
    renamed: impl FnOnce() -> Option<String>,
) -> Result<RecordName, StoreFault> {
    let all: Vec<RecordName> = there.iter().chain(away).cloned().collect();
    let wanted_name = wanted.to_owned();
    // What a record was called that no longer exists only counts where no id has it.
    let has_part = !with_part(&all, &folded(wanted)).is_empty();
    let is_away = |record: &RecordName| away.iter().any(|away| away.id == record.id);
    let called =
        |record: &RecordName| if has_part && is_away(record) { None } else { called(record) };
    match meant(&all, wanted, called).as_slice() {
        [one] => Ok((*one).clone()),
        [] => Err(StoreFault::Unknown {
            wanted: wanted_name,
            renamed: renamed(),
            known: near(there, wanted),
        }),
        many => Err(StoreFault::Ambiguous {
            wanted: wanted_name,
            matches: many.iter().map(|record| record.id.clone()).collect(),
        }),
    }
}

/// Whether an id has one of these parts without cutting a number, such as a version, in two.
fn has_whole_numbers(id: &str, part: &str, dashed: &str) -> bool {
    let is_cut = |before: &str, after: &str| {
        let ends = |text: &str| text.ends_with(|sign: char| sign.is_ascii_digit());
        let begins = |text: &str| text.starts_with(|sign: char| sign.is_ascii_digit());
        ends(before) && begins(after.strip_prefix('.').unwrap_or(after))
            || begins(after) && ends(before.strip_suffix('.').unwrap_or(before))
    };
    [part, dashed].iter().filter(|part| !part.is_empty()).any(|part| {
        id.match_indices(part).any(|(at, _)| {
            let end = at + part.len();
            !is_cut(&id[..at], part) && !is_cut(part, &id[end..])
        })
    })
}

/// What a record is called besides its id.
#[derive(Debug, Default)]
pub(super) struct Called {
    version: Option<String>,
    title: String,
}

impl Called {
    /// Returns what a record is called.
    pub(super) fn of(Incident { version, title, .. }: Incident) -> Called {
        Called { version, title }
    }
}

impl RecordReader<'_> {
    /// Returns what a record is called, if its text has what `wanted` may be.
    pub(super) fn called(&self, record: &RecordName, wanted: &str) -> Option<Called> {
        let is_in = |text: &str| text.contains(bare(wanted));
        self.incident_if(record, is_in, Prose::Nothing).ok().flatten().map(Called::of)
    }
}

/// Returns the records that `wanted` matches: by id, else by version, else by title, else by a part of an id, else by the beginning
/// of a version; `called` returns what a record is called.
fn meant<'r>(
    records: &'r [RecordName],
    wanted: &str,
    called: impl Fn(&RecordName) -> Option<Called>,
) -> Vec<&'r RecordName> {
    let part = folded(wanted);
    if let Some(exact) = records.iter().find(|record| folded(&record.id) == part) {
        return vec![exact];
    }
    let parts = with_part(records, &part);
    // Any record may have a version. A title is mostly in the id: only these are read.
    let may_be_version = bare(wanted).starts_with(|c: char| c.is_ascii_digit());
    let among =
        if parts.is_empty() || may_be_version { records.iter().collect() } else { parts.clone() };
    if parts.len() == 1 && !may_be_version || wanted.trim().is_empty() {
        return parts;
    }
    let known: Vec<(&RecordName, Called)> =
        among.into_iter().filter_map(|record| Some((record, called(record)?))).collect();
    let with = |is_it: &dyn Fn(&Called) -> bool| -> Vec<&'r RecordName> {
        known.iter().filter(|(_, called)| is_it(called)).map(|(record, _)| *record).collect()
    };
    let has_version = |called: &Called| {
        called.version.as_deref().is_some_and(|version| bare(version) == bare(wanted))
    };
    // `3` is 3.5 where it is nothing else.
    let is_within = |called: &Called| {
        let rest = called.version.as_deref().and_then(|it| bare(it).strip_prefix(bare(wanted)));
        parts.is_empty() && rest.is_some_and(|rest| rest.starts_with('.'))
    };
    let by_name = [with(&has_version), with(&|called| called.title == wanted), with(&is_within)];
    by_name.into_iter().find(|found| !found.is_empty()).unwrap_or(parts)
}

/// Returns the records whose id has a folded part: as whole numbers, if any has.
fn with_part<'r>(records: &'r [RecordName], part: &str) -> Vec<&'r RecordName> {
    // A short number, as of an event, is part of every year.
    let number = part.len() < 4 && part.bytes().all(|b| b.is_ascii_digit());
    if part.trim().is_empty() || number {
        return Vec::new();
    }
    // An id has dashes for the spaces of a title.
    let dashed = part.split_whitespace().collect::<Vec<_>>().join("-");
    let like = |r: &&RecordName| {
        let id = folded(&r.id);
        id.contains(part) || id.contains(&dashed)
    };
    let parts: Vec<&RecordName> = records.iter().filter(like).collect();
    // `2.0` is no version of `app-12.0`, nor `3.1` of `app-3.10`.
    let is_whole = |r: &&&RecordName| has_whole_numbers(&folded(&r.id), part, &dashed);
    let whole: Vec<&RecordName> = parts.iter().filter(is_whole).copied().collect();
    if whole.is_empty() { parts } else { whole }
}

/// Returns a version without the `v` of release tags.
fn bare(version: &str) -> &str {
    let number = version.strip_prefix(['v', 'V']);
    number.filter(|number| number.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(version)
}

/// Returns ids similar to a mistyped one; the latest ones if none is.
fn near(records: &[RecordName], wanted: &str) -> Vec<String> {
    let parts: Vec<String> = folded(wanted)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| part.chars().count() > 1)
        .map(str::to_owned)
        .collect();
    let like = |r: &&RecordName| parts.iter().any(|part| folded(&r.id).contains(part.as_str()));
    let found: Vec<String> =
        records.iter().rev().filter(like).take(LATEST).map(|r| r.id.clone()).collect();
    if found.is_empty() { latest(records) } else { found }
}

fn latest(records: &[RecordName]) -> Vec<String> {
    records.iter().rev().take(LATEST).map(|record| record.id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::promises::House;
    use super::*;
    use crate::fault::{Doing, Unfit};

    const IDS: [&str; 7] = [
        "2022-01-05-billing-1.0",
        "2023-03-14-소리담-2.0-출시",
        "2024-09-07-왁뮤-3.0-출시",
        "2024-11-03-checkout-timeouts",
        "2024-11-04-checkout",
        "Umlaut-Ä",
        "checkout",
    ];

    /// Returns a project with these records; each has the version in its id.
    fn house() -> House {
        let house = House::new();
        std::fs::remove_file(&house.record.path).unwrap();
        for id in IDS {
            write(&house, id, "");
        }
        house
    }

    fn write(house: &House, id: &str, lines: &str) {
        let version = ["1.0", "2.0", "3.0"].into_iter().find(|version| id.contains(version));
        let version = version.map(|v| format!("version: \"{v}\"\n")).unwrap_or_default();
        let text = format!("title: {id}\n{version}{lines}");
        std::fs::write(house.project.records_folder().join(format!("{id}.yaml")), text).unwrap();
    }

    fn told(found: Result<RecordName, StoreFault>) -> String {
        match found {
            Ok(record) => record.id,
            Err(StoreFault::Unknown { known, .. }) => format!("none; known {known:?}"),
            Err(StoreFault::Ambiguous { matches, .. }) => format!("several: {matches:?}"),
            Err(StoreFault::NoCurrent { open, latest }) => {
                format!("{} open, latest {latest:?}", open.len())
            }
            Err(StoreFault::Vanished { id, .. }) => format!("gone: {id}"),
            Err(fault) => format!("{fault:?}"),
        }
    }

    #[test]
    fn a_record_is_selected_by_its_id_a_part_of_it_or_its_version() {
        let house = house();
        let latest = &IDS[2..].iter().rev().collect::<Vec<_>>();
        let none = format!("none; known {latest:?}");
        for (wanted, expected) in [
            ("checkout", "checkout"),
            ("CHECKOUT", "checkout"),
            ("timeouts", "2024-11-03-checkout-timeouts"),
            ("왁뮤", "2024-09-07-왁뮤-3.0-출시"),
            ("왁뮤 3.0 출시", "2024-09-07-왁뮤-3.0-출시"),
            ("umlaut-ä", "Umlaut-Ä"),
            ("3.0", "2024-09-07-왁뮤-3.0-출시"),
            ("1.0", "2022-01-05-billing-1.0"),
            ("2022", "2022-01-05-billing-1.0"),
            ("202", &format!("none; known {:?}", IDS[..5].iter().rev().collect::<Vec<_>>())),
            ("7", &none),
            ("", &none),
            (
                "../checkout",
                "none; known [\"checkout\", \"2024-11-04-checkout\", \"2024-11-03-checkout-timeouts\"]",
            ),
            ("2024-11", "several: [\"2024-11-03-checkout-timeouts\", \"2024-11-04-checkout\"]"),
            ("nothing like it", &none),
        ] {
            assert_eq!(told(house.project.select(wanted)), expected, "{wanted:?}");
        }
        let decomposed: String = "왁뮤".nfd().collect();
        assert_eq!(told(house.project.select(&decomposed)), IDS[2]);
    }

    #[test]
    fn a_version_decides_among_several_and_where_no_id_has_it() {
        let house = house();
        write(&house, "pool-a", "version: \"9.1\"\n");
        write(&house, "pool-b", "version: \"9.2\"\n");
        assert_eq!(told(house.project.select("9.1")), "pool-a");
        assert_eq!(told(house.project.select("9")), "several: [\"pool-a\", \"pool-b\"]");
        assert_eq!(told(house.project.select("pool")), "several: [\"pool-a\", \"pool-b\"]");
        write(&house, "pool-c", "version: \"9.2\"\n");
        assert_eq!(told(house.project.select("9.2")), "several: [\"pool-b\", \"pool-c\"]");
    }

    #[test]
    fn a_version_is_not_a_part_of_another_number() {
        let house = house();
        let write = |id: &str, version: &str| {
            let text = format!("title: t\nversion: \"{version}\"\n");
            let file = house.project.records_folder().join(format!("{id}.yaml"));
            std::fs::write(file, text).unwrap();
        };
        write("2026-06-10-app-12.0", "12.0");
        for begun in ["12.0", "12", "v12"] {
            assert_eq!(told(house.project.select(begun)), "2026-06-10-app-12.0");
        }
        assert!(told(house.project.select("6")).starts_with("none"), "the month is no version");
        // Without a better one, a part of a number will do.
        assert_eq!(told(house.project.select("6-06")), "2026-06-10-app-12.0");
        for (id, version) in [
            ("2026-05-01-big-launch", "2.0"),
            ("launch-3", "3.1"),
            ("app-3.10", "3.10"),
            ("app-3.1.2", "3.1.2"),
        ] {
            write(id, version);
        }
        std::fs::remove_file(house.project.records_folder().join(format!("{}.yaml", IDS[1])))
            .unwrap();
        assert_eq!(told(house.project.select("2.0")), "2026-05-01-big-launch");
        assert_eq!(told(house.project.select("3.1")), "launch-3");
        assert_eq!(told(house.project.select("3.1.2")), "app-3.1.2");
    }

    #[test]
    fn what_a_record_is_called_counts_before_a_part_of_an_id() {
        let house = house();
        let write = |id: &str, title: &str, version: &str| {
            let text = format!("title: {title}\nversion: \"{version}\"\n");
            let file = house.project.records_folder().join(format!("{id}.yaml"));
            std::fs::write(file, text).unwrap();
        };
        write("2026-05-01-app-v4.0-rc", "rc", "4.0-rc");
        write("2026-05-02-launch", "Launch", "4.0");
        write("2026-05-03-launch-party", "party", "5");
        for (wanted, expected) in [
            ("4.0", "2026-05-02-launch"),
            ("v4.0", "2026-05-02-launch"),
            ("4.0-rc", "2026-05-01-app-v4.0-rc"),
            ("v4.0-rc", "2026-05-01-app-v4.0-rc"),
            ("Launch", "2026-05-02-launch"),
            ("launch", "several: [\"2026-05-02-launch\", \"2026-05-03-launch-party\"]"),
            ("5", "2026-05-03-launch-party"),
            ("2026-05-02", "2026-05-02-launch"),
        ] {
            assert_eq!(told(house.project.select(wanted)), expected, "{wanted}");
        }
        write("4.0", "an id", "1.5");
        assert_eq!(told(house.project.select("4.0")), "4.0");
        write("again", "again", "4.0-rc");
        let both = "several: [\"2026-05-01-app-v4.0-rc\", \"again\"]";
        assert_eq!(told(house.project.select("4.0-rc")), both);
    }

    #[test]
    fn the_path_of_a_file_names_its_record() {
        let house = house();
        let folder = house.project.records_folder();
        let folder = folder.to_str().unwrap();
        for name in [
            "checkout.yaml",
            "incidents/checkout.yaml",
            "incidents/checkout",
            &format!("{folder}/checkout.yaml"),
            &format!("{folder}/checkout"),
            &format!("{folder}/../incidents/./checkout.yaml"),
        ] {
            assert_eq!(told(house.project.select(name)), "checkout", "{name}");
        }
        let other = House::new();
        let elsewhere = other.record.path.to_str().unwrap();
        for name in [
            "elsewhere/checkout.yaml",
            "checkout.yml",
            ".yaml",
            "../checkout.yaml",
            "/checkout.yaml",
            elsewhere,
        ] {
            assert!(house.project.select(name).is_err(), "{name}");
        }
    }

    #[test]
    fn an_exact_id_reads_no_other_file() {
        let house = house();
        for id in ["", ".hidden", "#a", "~a", "a/b", "a\\b", "a\0b", &"x".repeat(251), "none"] {
            assert!(house.project.exact(id).is_none(), "{id:?}");
        }
        let long = "x".repeat(250);
        write(&house, &long, "");
        assert_eq!(house.project.exact(&long).unwrap().id, long);
        // An unreadable one still exists.
        std::fs::write(house.project.records_folder().join("bad.yaml"), "[").unwrap();
        assert!(house.project.exact("bad").is_some());
    }

    #[test]
    fn without_a_name_the_selected_the_only_open_or_the_only_record_is_used() {
        let house = House::new();
        let closed = "kind: outage\nevents:\n  - at: 2024-09-07\n    text: x\n    type: detected\n  - at: 2024-09-08\n    text: y\n    type: resolved\n";
        std::fs::remove_file(&house.record.path).unwrap();
        assert_eq!(told(house.project.current()), "0 open, latest []");
        write(&house, "a", closed);
        assert_eq!(told(house.project.current()), "a", "the only one");
        write(&house, "b", closed);
        assert_eq!(told(house.project.current()), "0 open, latest [\"b\", \"a\"]");
        write(&house, "c", "events:\n  - at: 2024-09-07\n    text: x\n    type: detected\n");
        assert_eq!(told(house.project.current()), "c", "the only open one");
        std::fs::write(house.project.records_folder().join("d.yaml"), "[").unwrap();
        assert!(told(house.project.current()).starts_with("2 open"), "a broken one may be open");
        assert_eq!(house.project.chosen(), None);
        house.project.choose("a").unwrap();
        assert_eq!(house.project.chosen().as_deref(), Some("a"));
        assert_eq!(told(house.project.current()), "a", "the chosen one");
        std::fs::remove_file(house.project.records_folder().join("a.yaml")).unwrap();
        assert_eq!(told(house.project.current()), "gone: a");
    }

    #[test]
    fn outlines_and_whole_records_agree_on_what_is_open() {
        let house = House::new();
        let shapes = [
            "kind: outage\nevents:\n  - {at: 2024-09-07, text: x, type: detected}\n",
            "events:\n  - at: 2024-09-07\n    text: x\n    type: detected\n  - at: 2024-09-08\n    text: y\n    type: resolved\n",
            "events:\n  - at: 2024-09-08\n    text: x\n    type: detected\n  - at: 2024-09-07\n    text: y\n    type: resolved\n",
            "plan:\n  - id: a\n    at: 2024-09-07\n    text: x\nevents:\n  - at: 2024-09-07\n    text: x\n    step: a\n",
            "plan:\n  - id: a\n    at: 2024-09-07\n    text: x\n",
            "events: [\n",
            "events:\n  - at: 2024-13-07\n    text: x\n",
            "",
        ];
        for number in 0..2 * FEW {
            let text = format!("title: t\n{}", shapes[number % shapes.len()]);
            let name = format!("r{number:04}.yaml");
            std::fs::write(house.project.records_folder().join(name), text).unwrap();
        }
        let records = house.project.list().unwrap().records;
        let by_all = |record: &&RecordName| {
            house.project.load(record).map_or(true, |l| l.document.incident.is_open_work())
        };
        let expected: Vec<&RecordName> = records.iter().filter(by_all).collect();
        assert!(expected.len() < records.len());
        for part in [&records[..], &records[..FEW - 1]] {
            let expected: Vec<&RecordName> = part.iter().filter(by_all).collect();
            assert_eq!(house.project.open_of(part), expected);
            assert_eq!(house.project.open(part, None), expected);
        }
    }

    #[test]
    fn faults_name_the_file_that_the_user_knows() {
        let known = Path::new("incidents/known.yaml");
        let io =
            StoreFault::io(Doing::Read, Path::new("/real"), std::io::ErrorKind::NotFound.into());
        for fault in [io, StoreFault::unfit(Path::new("/real"), Unfit::Grows)] {
            let named = rename_fault(fault, known);
            let (StoreFault::Io { path, .. } | StoreFault::Unfit { path, .. }) = named else {
                panic!("{named:?}")
            };
            assert_eq!(path, known);
        }
        // After a byte order mark, positions are those in the file's text.
        for (text, start) in [("\u{feff}title: [a]\n", 10), ("title: [a]\n", 7)] {
            let Err(StoreFault::Faulty { problems, .. }) = parse(known, text.as_bytes()) else {
                panic!("{text}");
            };
            assert_eq!(problems[0].span.start, start, "{text:?}");
        }
        let Err(StoreFault::Faulty { text, problems, .. }) =
            parse(known, b"title: \xea\xb0\x80\xff\n")
        else {
            panic!("bytes that are no text");
        };
        assert_eq!((text.as_str(), problems[0].span.clone()), ("title: 가\u{fffd}\n", 10..10));
    }
}
