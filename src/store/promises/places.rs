//! Where asrun may write: not through links out of the project, not over what its owner made read-only; and modes are
//! kept.

#![cfg(unix)]

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use rustix::io::Errno;

use super::super::disk::Call;
use super::super::disk::trial::{Fails, failing, meanwhile, name_by_name, watch};
use super::*;

#[test]
fn a_place_that_is_not_ours_is_refused_before_anything_is_touched() {
    let house = House::new();
    let before = files(&house.root);
    // Which call fails shows which of the two was checked.
    for (at, asked) in [(0, "MayWrite incidents/출시.yaml"), (1, "MayWrite incidents")] {
        let (saved, steps) = failing(Fails::Once(at), Errno::ACCESS, || house.log("ours"));
        let told = said(&saved.unwrap_err());
        assert!(told.ends_with("출시.yaml: permission denied"), "{told}");
        assert_eq!(house.told(&steps).last().unwrap(), asked);
        assert_eq!(steps.len(), at + 1, "nothing is asked of the disk after a refusal");
        assert_eq!(files(&house.root), before);
    }
}

#[test]
fn the_mode_of_a_record_is_kept() {
    for mode in [0o600, 0o640, 0o644, 0o664] {
        let house = House::new();
        fs::set_permissions(house.path(), fs::Permissions::from_mode(mode)).unwrap();
        let before = fs::metadata(house.path()).unwrap();
        house.log("ours").unwrap();
        let after = fs::metadata(house.path()).unwrap();
        assert_eq!(after.mode() & 0o7777, mode, "{mode:o}");
        assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
        assert_ne!(after.ino(), before.ino(), "the record was written in place");
    }
}

/// A private record must not be readable by others, even during a save.
#[test]
fn what_is_being_written_is_for_its_owner_alone() {
    let house = House::new();
    let folder = house.path().parent().unwrap().to_owned();
    let seen = std::rc::Rc::new(std::cell::Cell::new(0));
    let mode = std::rc::Rc::clone(&seen);
    let look = move |path: &Path| {
        if path.parent() == Some(&folder) {
            mode.set(fs::metadata(path).unwrap().mode() & 0o777);
        }
    };
    let nothing_fails = (Fails::Never, Errno::IO);
    let (saved, _) =
        super::super::disk::trial::meanwhile(&[Call::Sync], nothing_fails, look, || {
            house.log("ours")
        });
    saved.unwrap();
    assert_eq!(seen.get(), 0o600);
}

#[test]
fn a_new_file_has_the_mode_that_any_new_file_has() {
    let house = House::new();
    fs::write(house.root.join("plain"), "").unwrap();
    let plain = fs::metadata(house.root.join("plain")).unwrap().mode();
    let record = house.project.create_record("new", RECORD).unwrap();
    let page = house.root.join("post.md");
    house.write_document(&page, "x").unwrap();
    for path in [record.path, page] {
        assert_eq!(fs::metadata(&path).unwrap().mode(), plain, "{}", path.display());
    }
}

/// Returns folders outside, with a record in them.
fn outside(house: &House) -> (tempfile::TempDir, PathBuf) {
    let away = tempfile::tempdir().unwrap();
    let victim = away.path().join("victim.yaml");
    fs::write(&victim, RECORD).unwrap();
    fs::remove_file(house.path()).unwrap();
    (away, victim)
}

#[test]
fn a_record_that_is_a_link_out_of_the_project_is_neither_read_nor_written() {
    let house = House::new();
    let (_away, victim) = outside(&house);
    symlink(&victim, house.path()).unwrap();
    for fault in [house.log("ours").unwrap_err(), house.project.load(&house.record).unwrap_err()] {
        let told = said(&fault);
        assert!(told.contains("a link that leaves"), "{told}");
    }
    assert!(house.project.reader().outline(&house.record).is_err());
    assert_eq!(fs::read_to_string(victim).unwrap(), RECORD);
}

#[test]
fn a_records_folder_that_leads_out_of_the_project_is_not_written() {
    let house = House::new();
    let (away, victim) = outside(&house);
    fs::remove_dir(house.root.join("incidents")).unwrap();
    symlink(away.path(), house.root.join("incidents")).unwrap();
    fs::rename(&victim, away.path().join("출시.yaml")).unwrap();
    let before = files(away.path());
    let source = AssetSource::new("a.png", vec![1]);
    for fault in [
        house.log("ours").unwrap_err(),
        house.project.create_record("new", RECORD).unwrap_err(),
        house.project.add_asset("출시", &source).unwrap_err(),
    ] {
        let told = said(&fault);
        assert!(told.contains("a link that leaves"), "{told}");
    }
    assert_eq!(files(away.path()), before);
}

#[test]
fn attachments_are_not_copied_or_read_through_links() {
    let house = House::new();
    let away = tempfile::tempdir().unwrap();
    fs::write(away.path().join("secret"), "s").unwrap();
    fs::create_dir(house.root.join("incidents/assets")).unwrap();
    let folder = house.root.join("incidents/assets/출시");
    symlink(away.path(), &folder).unwrap();
    let source = AssetSource::new("a.png", vec![1]);
    let fault = house.project.add_asset("출시", &source).unwrap_err();
    let told = said(&fault);
    assert!(told.contains("a link that leaves"), "{told}");
    assert_eq!(files(away.path()).len(), 1);
    assert!(house.project.asset("출시", "secret").is_err(), "the folder leads out");
    fs::remove_file(&folder).unwrap();
    fs::create_dir(&folder).unwrap();
    symlink(away.path().join("secret"), folder.join("picture.png")).unwrap();
    assert!(house.project.asset("출시", "picture.png").is_err(), "the file leads out");
    for name in ["../출시.yaml", ".hidden", "a/b", "a\\b", "a\0b"] {
        assert!(house.project.asset("출시", name).is_err(), "{name}");
    }
    assert_eq!(house.project.asset("출시", "none.png").unwrap(), None);
}

#[test]
fn a_link_inside_the_project_stays_a_link_and_is_written_through() {
    let house = House::new();
    let real = house.root.join("archive.yaml");
    fs::rename(house.path(), &real).unwrap();
    symlink("../archive.yaml", house.path()).unwrap();
    house.log("ours").unwrap();
    assert!(house.path().is_symlink());
    assert!(fs::read_to_string(real).unwrap().contains("ours"));
}

#[test]
fn links_planted_where_asrun_keeps_things_are_not_followed() {
    for planted in ["출시.lock", "출시.journal", "current", "출시.live.txt", ".gitignore"] {
        let house = House::new();
        let away = tempfile::tempdir().unwrap();
        let canary = away.path().join("canary");
        fs::write(&canary, "CANARY\n").unwrap();
        fs::create_dir(house.root.join(".asrun")).unwrap();
        symlink(&canary, house.root.join(".asrun").join(planted)).unwrap();
        let _ = house.log("ours");
        let _ = house.project.choose("출시");
        let _ = house.project.draft(&house.record).map(|mut draft| draft.keep("typed"));
        assert_eq!(fs::read_to_string(&canary).unwrap(), "CANARY\n", "{planted}");
    }
    let house = House::new();
    let away = tempfile::tempdir().unwrap();
    symlink(away.path(), house.root.join(".asrun")).unwrap();
    let told = said(&house.log("ours").unwrap_err());
    assert!(told.contains("must be a real folder"), "{told}");
    assert!(files(away.path()).is_empty());
}

/// Prepares a record with a file, and does something with both.
type Swapped = (&'static str, fn(&House) -> Result<(), StoreFault>);

/// What is done with whole records and their files; what else is done to a project is in [`DEEDS`].
const WITH_FILES: &[Swapped] = &[
    ("rename", |house| {
        let (record, renaming) = (&house.record, command("rename"));
        let wait = lock_wait();
        house.project.rename_record(record, "another", &renaming, Noted::default(), &wait)?;
        Ok(())
    }),
    ("delete", |house| {
        let (record, deleting) = (&house.record, command("delete"));
        house.project.delete_record(record, &deleting, Noted::default(), &lock_wait())?;
        Ok(())
    }),
    ("take a file away", |house| {
        let copy = crate::format::CopiedFile {
            name: "a.txt".to_owned(),
            hash: super::super::listed::hash(b"of the record"),
        };
        house.project.take_copy_away("출시", &copy).map(|_| ())
    }),
    ("attach another one of that name", |house| {
        let source = AssetSource::new("a.txt", b"attached".to_vec());
        house.project.add_asset("출시", &source).map(|_| ())
    }),
    ("show a file", |house| {
        let shown = house.project.asset("출시", "a.txt")?;
        house.write_document(&house.root.join("public/a.txt"), &shown_text(shown))
    }),
];

fn shown_text(bytes: Option<Vec<u8>>) -> String {
    String::from_utf8(bytes.unwrap_or_default()).unwrap()
}

/// Somebody may replace a folder by a link between the look at its path and a call that follows.
#[test]
fn a_folder_of_the_project_that_becomes_a_link_meanwhile_is_not_followed() {
    let swaps = swap_every_folder();
    assert!(swaps > 250, "{swaps}");
    assert_eq!(name_by_name(swap_every_folder), swaps, "where no whole path is opened at once");
}

/// Does everything that touches the files of a project, each time with another folder replaced before another call; returns
/// how often.
fn swap_every_folder() -> usize {
    let mut swaps = 0;
    let deeds = DEEDS.iter().map(|deed| (deed.name, Does::Deed(deed)));
    for (name, does) in
        deeds.chain(WITH_FILES.iter().map(|(name, does)| (*name, Does::File(*does))))
    {
        let house = with_a_file();
        let (_, steps) = watch(|| does.run(&house));
        for folder in ["incidents", ".asrun", "incidents/assets", "incidents/assets/출시", "public"]
        {
            let is_in = |step: &Step| step.path.starts_with(house.root.join(folder));
            // Before the first call of all, and before each one in that folder.
            let calls = (0..steps.len()).filter(|at| *at == 0 || is_in(&steps[*at]));
            for at in calls {
                swapped_at(at, folder, name, &does);
                swaps += 1;
            }
        }
    }
    swaps
}

enum Does {
    Deed(&'static Deed),
    File(fn(&House) -> Result<(), StoreFault>),
}

impl Does {
    fn run(&self, house: &House) -> Result<(), StoreFault> {
        match self {
            Does::Deed(deed) => (deed.does)(house).map(|_| ()),
            Does::File(does) => does(house),
        }
    }
}

/// A project whose record has a file, with a folder for documents.
fn with_a_file() -> House {
    let house = House::new();
    let files_of_record = house.root.join("incidents/assets/출시");
    fs::create_dir_all(&files_of_record).unwrap();
    fs::write(files_of_record.join("a.txt"), "of the record").unwrap();
    fs::create_dir(house.root.join("public")).unwrap();
    fs::create_dir(house.root.join(".asrun")).unwrap();
    house
}

/// Does something, and before that call puts a link to a folder outside in the place of one of the project.
fn swapped_at(at: usize, folder: &str, name: &str, does: &Does) {
    const CALLS: &[Call] = &[
        Call::MayWrite,
        Call::MakeFolder,
        Call::Open,
        Call::Lock,
        Call::Create,
        Call::Write,
        Call::SetMode,
        Call::Sync,
        Call::Exchange,
        Call::Replace,
        Call::PlaceNew,
        Call::SyncFolder,
        Call::Rename,
        Call::Remove,
    ];
    const LIKE: &[&str] = &[
        "출시.yaml",
        "출시.journal",
        "출시.lock",
        "current",
        "a.txt",
        "assets/출시/a.txt",
        "출시/a.txt",
        "2024/post.md",
    ];
    let (house, away) = (with_a_file(), tempfile::tempdir().unwrap());
    for like in LIKE {
        let path = away.path().join(like);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, RECORD.replace("first", "OUTSIDE")).unwrap();
    }
    let before = files(away.path());
    let (place, link) = (house.root.join(folder), away.path().to_owned());
    let mut calls = 0;
    let swap = move |_: &Path| {
        if calls == at {
            fs::rename(&place, place.with_extension("was")).unwrap();
            symlink(&link, &place).unwrap();
        }
        calls += 1;
    };
    let (_, steps) = meanwhile(CALLS, (Fails::Never, Errno::IO), swap, || does.run(&house));
    let told = format!("{name}, {folder} at {:?}", steps[at]);
    assert_eq!(files(away.path()), before, "{told}");
    for (file, bytes) in files(&house.root) {
        let is_link = house.root.join(&file).is_symlink();
        let holds = String::from_utf8_lossy(&bytes).contains("OUTSIDE");
        assert!(is_link || !holds, "{told}: {file}");
    }
}

/// Reads a file of a project, and returns why it was refused.
type Refused = fn(&House) -> Option<StoreFault>;

/// Files that asrun reads on its own.
const READ_UNASKED: &[(&str, Refused)] = &[
    ("asrun.yaml", |house| Project::find(&house.root).err()),
    (".asrun/current", |house| house.project.current().err()),
    (".asrun/출시.journal", |house| house.project.journal(&house.record).err()),
    (".gitattributes", |house| house.project.add_attributes().err()),
    ("asrun.schema.json", |house| house.project.schema().map(|text| panic!("{text}"))),
    (".asrun/출시.live.txt", |house| {
        assert!(house.project.left_behind().is_empty());
        house.project.draft(&house.record).err()
    }),
    ("templates/t.md", |house| house.project.template("t.md").err()),
];

#[test]
fn links_out_of_the_project_are_not_read_unasked() {
    for (name, read) in READ_UNASKED {
        let house = House::new();
        let away = tempfile::tempdir().unwrap();
        fs::write(away.path().join("secret"), "secret: TOPSECRET\n").unwrap();
        let path = house.root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        symlink(away.path().join("secret"), &path).unwrap();
        let fault = read(&house);
        assert_eq!(fault.is_none(), *name == "asrun.schema.json", "{name}");
        let told = fault.map(|fault| format!("{fault:?} {}", said(&fault))).unwrap_or_default();
        assert!(!told.contains("TOPSECRET"), "{name}: {told}");
        assert_eq!(house.project.terminal_language(), None);
        assert!(path.is_symlink(), "{name}");
    }
}

#[test]
fn a_folder_of_templates_or_records_that_leads_out_of_the_project_is_not_read() {
    let house = House::new();
    let away = tempfile::tempdir().unwrap();
    fs::write(away.path().join("t.md"), "TOPSECRET").unwrap();
    symlink(away.path(), house.root.join("templates")).unwrap();
    assert!(house.project.template("t.md").is_err());
    assert!(house.project.templates().is_err());
    fs::remove_dir_all(house.root.join("incidents")).unwrap();
    symlink(away.path(), house.root.join("incidents")).unwrap();
    assert!(house.project.list().is_err());
    assert!(house.project.asset_names("출시").unwrap().is_empty());
    symlink(away.path(), house.root.join(".asrun")).unwrap();
    fs::write(away.path().join("current"), "TOPSECRET").unwrap();
    assert!(house.project.journal(&house.record).is_err());
    assert_eq!(house.project.chosen(), None);
    assert!(house.project.left_behind().is_empty());
}

#[test]
fn a_named_folder_of_records_behind_a_link_is_not_read() {
    let house = House::new();
    let away = tempfile::tempdir().unwrap();
    fs::create_dir_all(away.path().join("records/assets/one")).unwrap();
    fs::write(away.path().join("records/one.yaml"), "title: TOPSECRET\n").unwrap();
    fs::write(away.path().join("records/assets/one/a.txt"), "TOPSECRET").unwrap();
    symlink(away.path(), house.root.join("docs")).unwrap();
    fs::write(house.root.join("asrun.yaml"), "records: docs/records\n").unwrap();
    let project = Project::find(&house.root).unwrap();
    assert!(project.list().is_err());
    assert!(project.select("one").and_then(|record| project.load(&record)).is_err());
    assert!(project.asset_names("one").unwrap().is_empty());
    assert!(project.create_record("two", "title: t\n").is_err());
    fs::write(house.root.join("asrun.yaml"), "records: docs/new\n").unwrap();
    let made = Project::init(&house.root, &crate::format::Settings::default(), "", None, false);
    assert!(made.is_err());
    assert_eq!(fs::read_dir(away.path()).unwrap().count(), 1, "nothing is made there");
    assert_eq!(fs::read_dir(away.path().join("records")).unwrap().count(), 2);
}

/// Reading a pipe without a writer would block.
#[cfg(target_os = "linux")]
#[test]
fn pipes_are_not_waited_for() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    let pipe = |path: &Path| {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        mknodat(CWD, path, FileType::Fifo, Mode::from(0o600), 0).unwrap();
    };
    for (name, read) in READ_UNASKED {
        let house = House::new();
        pipe(&house.root.join(name));
        assert_eq!(read(&house).is_none(), *name == "asrun.schema.json", "{name}");
        assert_eq!(house.project.terminal_language(), None);
    }
    // What a user named is read in vain, and nobody waits.
    let folder = tempfile::tempdir().unwrap();
    let named = folder.path().join("notes.txt");
    pipe(&named);
    assert!(read_attachment(&named).is_err() && read_source(&named).is_err());
    for name in ["출시.lock", "출시.journal"] {
        let house = House::new();
        pipe(&house.root.join(".asrun").join(name));
        let logged = house.log("ours").map(|saved| saved.journal);
        let told = said(&logged.and_then(|journal| journal).unwrap_err());
        assert!(told.contains("a pipe or a device"), "{told}");
    }
}

#[test]
fn what_a_killed_save_left_is_swept_and_nothing_else_is() {
    let house = House::new();
    house.log("first").unwrap();
    let prefix = {
        let (_, steps) = watch(|| house.log("second"));
        let temp = steps.iter().find(|step| step.call == Call::Create).unwrap();
        let name = temp.path.file_name().unwrap().to_string_lossy().into_owned();
        name[..name.len() - "0123456789abcdef.tmp".len()].to_owned()
    };
    let folder = house.path().parent().unwrap().to_owned();
    let left = format!("{prefix}00000000deadbeef.tmp");
    let others = ["notes.tmp", "../outside.tmp", &format!("{prefix}../x.tmp"), "출시.yaml"];
    fs::write(folder.join(&left), "left").unwrap();
    fs::write(folder.join("notes.tmp"), "mine").unwrap();
    fs::write(house.root.join("outside.tmp"), "mine").unwrap();
    let lock = house.root.join(".asrun/출시.lock");
    for name in others {
        fs::write(&lock, name).unwrap();
        house.log("third").unwrap();
        assert!(folder.join("notes.tmp").exists() && house.root.join("outside.tmp").exists());
        assert!(folder.join(&left).exists());
    }
    fs::write(&lock, &left).unwrap();
    house.log("fourth").unwrap();
    assert!(!folder.join(&left).exists(), "the left-over file was not swept");
    assert_eq!(fs::read_to_string(&lock).unwrap(), "", "nothing is left to sweep");
}
