//! Output files: where they may go, what they may replace, and what a failed one leaves.

use std::cell::RefCell;

use rustix::io::Errno;

use super::super::disk::trial::{Fails, failing};
use super::super::{Replacing, Was};
use super::*;
use crate::fault::Unfit;

/// Returns the origin of a post of the record, one per folder.
fn post() -> Origin {
    Origin { record: Some("출시".to_owned()), kind: "jekyll".to_owned(), only: true }
}

/// Writes a post; returns what was reported beforehand, and the result.
fn write(
    house: &House,
    (path, text): (&str, &str),
    force: bool,
) -> (Vec<Replacing>, Result<Was, StoreFault>) {
    let outputs = Outputs::new(Some(&house.project), &house.root, force);
    let told = RefCell::new(Vec::new());
    let telling = |replacing: &Replacing| {
        // It is reported before it is done.
        let (Replacing::Ours(path) | Replacing::Other(path) | Replacing::Older(path)) = replacing;
        assert_ne!(fs::read_to_string(house.root.join(path)).unwrap(), text);
        told.borrow_mut().push(replacing.clone());
    };
    let written = outputs.plan(Path::new(path), text.into(), &post(), Claim::Whole);
    let written = written.and_then(|planned| {
        let was = planned.was;
        outputs.write(vec![planned], &telling)?;
        outputs.finish(&telling)?;
        Ok(was)
    });
    (told.into_inner(), written)
}

fn refused(house: &House, post: (&str, &str)) -> Unfit {
    let before = files(&house.root);
    let (told, written) = write(house, post, false);
    let StoreFault::Unfit { why, .. } = written.unwrap_err() else { panic!("{post:?}") };
    assert!(told.is_empty(), "{told:?}");
    assert_eq!(files(&house.root), before);
    why
}

#[test]
fn what_asrun_wrote_is_replaced_and_nothing_else_is() {
    let house = House::new();
    let page = "posts/a.md";
    let path = house.root.join(page);
    assert_eq!(write(&house, (page, "1"), false).1.unwrap(), Was::New);
    assert_eq!(write(&house, (page, "1"), false).1.unwrap(), Was::Same);
    let (told, was) = write(&house, (page, "2"), false);
    assert_eq!((told, was.unwrap()), (vec![Replacing::Ours(PathBuf::from(page))], Was::Ours));
    fs::write(&path, "2 and more").unwrap();
    assert!(matches!(refused(&house, (page, "3")), Unfit::NotOurs { changed: true }));
    let (told, was) = write(&house, (page, "3"), true);
    assert_eq!((told, was.unwrap()), (vec![Replacing::Other(PathBuf::from(page))], Was::Other));
    assert_eq!(write(&house, (page, "4"), false).1.unwrap(), Was::Ours);
    // git may change line ends, and a clone has the lists.
    fs::write(&path, "4\r\n").unwrap();
    assert_eq!(write(&house, (page, "4\n"), true).1.unwrap(), Was::Other);
    fs::write(&path, "4\r\n").unwrap();
    assert_eq!(write(&house, (page, "5"), false).1.unwrap(), Was::Ours);
    // Without the lists, existing files are the user's; identical ones are listed again.
    fs::remove_dir_all(house.root.join(".asrun-outputs")).unwrap();
    assert!(matches!(refused(&house, (page, "6")), Unfit::NotOurs { changed: false }));
    assert_eq!(write(&house, (page, "5"), false).1.unwrap(), Was::Same);
    assert_eq!(write(&house, (page, "6"), false).1.unwrap(), Was::Ours);
    // Replacing an empty file loses nothing.
    fs::write(house.root.join("empty.md"), "").unwrap();
    assert_eq!(write(&house, ("empty.md", "6"), false).1.unwrap(), Was::New);
}

#[test]
fn an_older_post_does_not_stay_beside_the_new_one() {
    let house = House::new();
    let (old, new) = ("_posts/2024-09-09-a.md", "_posts/2024-09-10-a.md");
    let older = || {
        let outputs = Outputs::new(Some(&house.project), &house.root, false);
        outputs.older_than(Path::new(new), &post())
    };
    write(&house, (old, "1"), false).1.unwrap();
    write(&house, ("elsewhere/2024-09-09-a.md", "1"), false).1.unwrap();
    assert_eq!(older(), [PathBuf::from(old)]);
    fs::write(house.root.join(old), "1 and more").unwrap();
    assert!(matches!(refused(&house, (new, "2")), Unfit::OlderDocument { .. }));
    fs::write(house.root.join(old), "1").unwrap();
    let (told, was) = write(&house, (new, "2"), false);
    assert_eq!((told, was.unwrap()), (vec![Replacing::Older(PathBuf::from(old))], Was::New));
    assert!(!house.root.join(old).exists() && older().is_empty());
    assert!(house.root.join("elsewhere/2024-09-09-a.md").exists());
    let list = fs::read_to_string(house.root.join(".asrun-outputs/출시")).unwrap();
    assert!(!list.contains(old) && list.contains(new), "{list}");
    // One that the user moved and changed is the user's, wherever it is.
    fs::write(house.root.join(new), "2 and more").unwrap();
    let (told, was) = write(&house, (old, "3"), true);
    assert_eq!((told, was.unwrap()), (vec![Replacing::Older(PathBuf::from(new))], Was::New));
}

#[test]
fn a_document_never_replaces_its_source() {
    let house = House::new();
    fs::create_dir_all(house.root.join("templates")).unwrap();
    fs::create_dir_all(house.root.join("incidents/assets/출시")).unwrap();
    fs::write(house.root.join("incidents/assets/출시/a.png"), "png").unwrap();
    fs::write(house.root.join("asrun.yaml"), "").unwrap();
    for (path, refused) in [
        ("incidents/출시.yaml", true),
        ("incidents/new.yaml", true),
        ("incidents/new.YAML", true),
        ("incidents/../incidents/new.yaml", true),
        ("incidents/assets/출시/a.png", true),
        ("incidents/assets/출시/chart.svg", false),
        ("incidents/page.md", false),
        ("templates/page.md", true),
        ("asrun.yaml", true),
        ("Asrun.yaml", true),
        (".asrun/출시.journal", true),
        (".asrun-outputs/출시", true),
        (".git/hooks/pre-commit", true),
        // Some file systems take these for the same.
        (".GIT/hooks/pre-commit", true),
        (".Asrun/출시.journal", true),
        ("page.yaml", false),
        ("posts/asrun.yaml", false),
    ] {
        for path in [PathBuf::from(path), house.root.join(path)] {
            let before = files(&house.root);
            let written = house.write_document(&path, "x");
            assert_eq!(written.is_err(), refused, "{path:?}: {written:?}");
            assert_eq!(files(&house.root) == before, refused, "{path:?}");
            if !refused {
                assert_eq!(fs::read_to_string(house.root.join(&path)).unwrap(), "x");
                fs::remove_file(house.root.join(&path)).unwrap();
            }
        }
    }
    for path in ["incidents/출시.yaml", "asrun.yaml", ".asrun/current"] {
        assert!(write(&house, (path, "x"), true).1.is_err(), "{path}, though it was forced");
    }
}

#[cfg(unix)]
#[test]
fn documents_are_written_through_no_link() {
    use std::os::unix::fs::symlink;
    // The link, and the path through it.
    for (link, named) in [
        ("page.md", "page.md"),
        ("_posts", "_posts/page.md"),
        ("site/_posts", "site/_posts/page.md"),
        ("site", "site/assets/img/page.md"),
        ("new", "new/deep/page.md"),
        ("../beside", "../beside/page.md"),
    ] {
        for (to, target) in [("file", "victim"), ("folder", ""), ("nothing", "none")] {
            let house = House::new();
            let root = house.root.join("project");
            fs::create_dir_all(root.join("site")).unwrap();
            fs::rename(house.root.join("incidents"), root.join("incidents")).unwrap();
            let house = House { project: Project::find(&root).unwrap(), root, ..house };
            let away = tempfile::tempdir().unwrap();
            fs::write(away.path().join("victim"), "VICTIM").unwrap();
            let link = house.root.join(link);
            let _ = fs::remove_dir(&link);
            symlink(away.path().join(target), &link).unwrap();
            for (named, force) in [
                (PathBuf::from(named), false),
                (PathBuf::from(named), true),
                (house.root.join(named), true),
            ] {
                // A place outside that is given as an absolute path is taken as it is.
                if named.is_absolute() && link.starts_with(house.root.join("..")) {
                    continue;
                }
                let outputs = Outputs::new(Some(&house.project), &house.root, force);
                let planned = outputs.plan(&named, b"x".to_vec(), &post(), Claim::Whole);
                let told = said(&planned.unwrap_err());
                assert!(
                    told.contains("never written through links"),
                    "{named:?}, a link to a {to}: {told}"
                );
                assert!(outputs.there(&named).is_err());
                assert!(outputs.text(&named).is_err());
            }
            let there = files(away.path());
            assert_eq!(there.into_values().collect::<Vec<_>>(), [b"VICTIM".to_vec()]);
            assert!(link.is_symlink());
        }
    }
}

/// A link created after planning is not followed either.
#[cfg(unix)]
#[test]
fn a_folder_that_becomes_a_link_meanwhile_is_not_followed() {
    folders_become_links();
    super::super::disk::trial::name_by_name(folders_become_links);
}

/// Plans files in folders that links replace before they are written.
#[cfg(unix)]
fn folders_become_links() {
    let house = House::new();
    fs::create_dir(house.root.join("posts")).unwrap();
    let away = tempfile::tempdir().unwrap();
    let outputs = Outputs::new(Some(&house.project), &house.root, false);
    let plan = |path| outputs.plan(Path::new(path), b"x".to_vec(), &post(), Claim::Whole).unwrap();
    let (held, new) = (plan("posts/a.md"), plan("new/a.md"));
    fs::rename(house.root.join("posts"), house.root.join("moved")).unwrap();
    for link in ["posts", "new"] {
        std::os::unix::fs::symlink(away.path(), house.root.join(link)).unwrap();
    }
    outputs.write(vec![held], &|_| {}).unwrap();
    assert!(house.root.join("moved/a.md").exists(), "in the folder that was looked at");
    outputs.write(vec![new], &|_| {}).unwrap_err();
    assert!(files(away.path()).is_empty());
}

#[cfg(target_os = "linux")]
#[test]
fn pipes_and_devices_are_no_documents() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    let house = House::new();
    mknodat(CWD, house.root.join("pipe.md"), FileType::Fifo, Mode::from(0o600), 0).unwrap();
    for force in [false, true] {
        let outputs = Outputs::new(Some(&house.project), &house.root, force);
        let pipe = Path::new("pipe.md");
        assert!(outputs.plan(pipe, b"x".to_vec(), &post(), Claim::Whole).is_err());
        assert!(outputs.text(pipe).is_err() && outputs.there(pipe).is_err());
    }
    // The system's devices are written to.
    write(&house, ("/dev/null", "x"), false).1.unwrap();
    assert!(write(&house, ("/dev/none/x", "x"), false).1.is_err());
}

/// Shared memory below `/dev` contains files, not devices.
#[cfg(target_os = "linux")]
#[test]
fn documents_are_written_into_shared_memory() {
    let (house, shared) = (House::new(), tempfile::tempdir_in("/dev/shm").unwrap());
    for path in ["page.md", "folder/page.md"].map(|name| shared.path().join(name)) {
        write(&house, (path.to_str().unwrap(), "x"), false).1.unwrap();
        assert_eq!(std::fs::read_to_string(path).unwrap(), "x");
    }
}

#[test]
fn somebody_elses_save_meanwhile_is_not_overwritten() {
    let house = House::new();
    for there in [None, Some("1")] {
        let path = house.root.join("a.md");
        if let Some(there) = there {
            write(&house, ("a.md", there), true).1.unwrap();
        }
        let outputs = Outputs::new(Some(&house.project), &house.root, false);
        let planned = outputs.plan(Path::new("a.md"), b"2".to_vec(), &post(), Claim::Whole);
        fs::write(&path, "theirs").unwrap();
        let fault = outputs.write(vec![planned.unwrap()], &|_| {}).unwrap_err();
        assert!(matches!(fault, StoreFault::Unfit { why: Unfit::ChangedMeanwhile, .. }));
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
    }
}

#[test]
fn a_file_that_is_planned_twice_is_written_once() {
    let house = House::new();
    let outputs = Outputs::new(Some(&house.project), &house.root, false);
    let plan = || outputs.plan(Path::new("new/a.png"), b"1".to_vec(), &post(), Claim::Whole);
    outputs.write(vec![plan().unwrap(), plan().unwrap()], &|_| {}).unwrap();
    assert_eq!(fs::read_to_string(house.root.join("new/a.png")).unwrap(), "1");
}

#[test]
fn what_cannot_be_written_leaves_nothing_new() {
    for at in 0..12 {
        let house = House::new();
        write(&house, ("old.md", "1"), false).1.unwrap();
        let before = files(&house.root);
        let (written, steps) = failing(Fails::Once(at), Errno::NOSPC, || {
            let outputs = Outputs::new(Some(&house.project), &house.root, false);
            let plan = |path: &str, text: &str| {
                outputs.plan(Path::new(path), text.into(), &post(), Claim::Whole)
            };
            let three = vec![plan("a/b/c.md", "x")?, plan("a/d.md", "x")?, plan("e/f.md", "x")?];
            outputs.write(three, &|_| {})
        });
        if steps.len() > at {
            assert!(written.is_err(), "{:?}", steps[at]);
            assert_eq!(files(&house.root), before, "{:?}", steps[at]);
        } else {
            written.unwrap();
        }
    }
}

#[test]
fn outputs_are_listed_where_they_are() {
    let house = House::new();
    let list = |folder: &Path| fs::read_to_string(folder.join("출시")).unwrap_or_default();
    write(&house, ("posts/a.md", "1"), false).1.unwrap();
    let own = list(&house.root.join(".asrun-outputs"));
    assert!(own.ends_with(
        "\nposts/a.md\t6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b\tjekyll\n"
    ));
    // In another repository, they are listed there; outside any, on this machine only.
    let away = tempfile::tempdir().unwrap();
    let away = away.path().canonicalize().unwrap();
    for (git, folder) in [(true, away.join("site")), (false, away.join("plain"))] {
        fs::create_dir_all(&folder).unwrap();
        if git {
            fs::create_dir(folder.join(".git")).unwrap();
        }
        let page = folder.join("posts/a.md").display().to_string();
        write(&house, (&page, "1"), false).1.unwrap();
        assert_eq!(write(&house, (&page, "2"), false).1.unwrap(), Was::Ours);
        assert_eq!(folder.join(".asrun-outputs").exists(), git);
    }
    assert_eq!(list(&house.root.join(".asrun-outputs")), own);
    assert!(list(&house.root.join(".asrun/outputs")).contains("plain/posts/a.md"));
    // No list is written through a link.
    let house = House::new();
    let away = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(away.path(), house.root.join(".asrun-outputs")).unwrap();
    assert!(write(&house, ("a.md", "1"), false).1.is_err());
    assert!(files(away.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn a_private_page_is_for_its_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (session, temporary) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let write = |text: &str| {
        let written = super::super::write_private(
            Some(session.path()),
            temporary.path(),
            "a.html",
            text.as_bytes(),
        );
        written.unwrap()
    };
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    // The session's folder is private: the page keeps its path.
    fs::set_permissions(session.path(), fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(write("1"), write("2"));
    assert_eq!(fs::read_to_string(session.path().join("asrun/a.html")).unwrap(), "2");
    fs::remove_dir_all(session.path().join("asrun")).unwrap();
    let away = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(away.path(), session.path().join("asrun")).unwrap();
    let planted =
        super::super::write_private(Some(session.path()), temporary.path(), "a.html", b"x");
    assert!(planted.is_err() && files(away.path()).is_empty());
    // One that others can read is not used, nor is the system's temporary folder.
    fs::set_permissions(session.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let (first, second) = (write("1"), write("2"));
    assert_ne!(first, second);
    for page in [first, second] {
        assert!(page.starts_with(temporary.path()));
        assert_eq!(mode(page.parent().unwrap()), 0o700);
    }
}
