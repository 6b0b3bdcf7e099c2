//! Tests that rendering incrementally gives the same documents and messages as rendering everything, after every kind
//! of change.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use super::documents::render_holding;
use super::*;
use crate::operations::{Readers, template};
use crate::store::Project;

const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n1";

/// Creates a project with several records: plain ones, one with pictures, one with an internal event, one that shows a
/// missing picture, and an unreadable one.
fn project(root: &Path) {
    let record = |name: &str, more: &str| {
        let text = format!(
            "title: {name}\ntimezone: Asia/Seoul\npublished: 2024-09-09\nevents:\n  - at: 2024-09-07T10:00+09:00\n    text: one\n{more}"
        );
        fs::write(root.join(format!("incidents/2024-09-0{name}.yaml")), text).unwrap();
    };
    fs::create_dir_all(root.join("incidents/assets/2024-09-04")).unwrap();
    (1..4).for_each(|number| record(&number.to_string(), ""));
    record("4", "    attachments:\n      - file: a.png\n        alt: a\n");
    record("5", "  - at: 2024-09-07T11:00+09:00\n    text: two\n    audience: internal\n");
    record("6", "    detail: '![b](b.png)'\n");
    fs::write(root.join("incidents/2024-09-07.yaml"), "title: [\n").unwrap();
    fs::write(root.join("incidents/assets/2024-09-04/a.png"), PICTURE).unwrap();
}

fn files(folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>, top: &Path) {
    for path in fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()) {
        let name = path.strip_prefix(top).unwrap().to_owned();
        match path.symlink_metadata().unwrap() {
            about if about.is_symlink() => {
                found.insert(
                    name,
                    fs::read_link(&path).unwrap().as_os_str().as_encoded_bytes().into(),
                );
            }
            about if about.is_dir() && name != Path::new(".asrun") => files(&path, found, top),
            about if about.is_file() => drop(found.insert(name, fs::read(&path).unwrap())),
            _ => {}
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for path in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let to = to.join(path.file_name().unwrap());
        match path.symlink_metadata().unwrap() {
            about if about.is_symlink() => symlink(fs::read_link(&path).unwrap(), to).unwrap(),
            about if about.is_dir() => copy(&path, &to),
            _ => drop(fs::copy(&path, to).unwrap()),
        }
    }
}

/// Returns the messages of rendering, its files, and how many documents were not rendered again.
fn rendered(root: &Path, name: &str, check: bool) -> (String, BTreeMap<PathBuf, Vec<u8>>, usize) {
    let project = Project::find(root).unwrap();
    let template = template(&project, name).unwrap();
    let readers = Readers::from(template.header().audience);
    let output = if name == "chirpy" { "site/_posts" } else { "out/" };
    let request = RenderRequest {
        template,
        records: Vec::new(),
        all: true,
        readers,
        layout: None,
        draft: false,
        strict: false,
        check,
        force: false,
        keep_going: true,
        output: Some(output.into()),
        folder: root.to_owned(),
        hosted: None,
        now: None,
        program: std::env::current_exe().ok(),
        git: &|_: &Path| None,
    };
    let done = render(&project, &request, &|_| {}, &|_| {});
    let mut unchanged = 0;
    let mut told = Vec::new();
    match done {
        Err(fault) => told.push(format!("{fault:?}")),
        Ok(rendered) => {
            told.push(format!("{:?}", rendered.notes));
            for document in rendered.documents {
                unchanged +=
                    usize::from(document.as_ref().is_ok_and(|document| document.unchanged));
                let plain = |document: Document| (document.notes, document.written);
                told.push(format!("{:?}", document.map(plain)));
            }
        }
    }
    let mut there = BTreeMap::new();
    files(root, &mut there, root);
    (told.join("\n").replace(&root.display().to_string(), "ROOT"), there, unchanged)
}

type Change = fn(&Path);

/// Every way in which the sources or the place of a document may change.
const CHANGES: [(&str, Change); 22] = [
    ("nothing", |_| {}),
    ("another word of the same length", |root| {
        edit(&root.join("incidents/2024-09-01.yaml"), "one", "two")
    }),
    ("the same and its old time", |root| {
        let path = root.join("incidents/2024-09-02.yaml");
        let before = fs::metadata(&path).unwrap().modified().unwrap();
        edit(&path, "one", "two");
        fs::File::options().write(true).open(&path).unwrap().set_modified(before).unwrap();
    }),
    ("another record in its place", |root| {
        let path = root.join("incidents/2024-09-02.yaml");
        let text = fs::read_to_string(&path).unwrap().replace("two", "six");
        fs::write(root.join("new"), text).unwrap();
        fs::rename(root.join("new"), path).unwrap();
    }),
    ("a new record", |root| {
        fs::copy(root.join("incidents/2024-09-01.yaml"), root.join("incidents/2024-09-08.yaml"))
            .unwrap();
    }),
    ("a record is gone", |root| fs::remove_file(root.join("incidents/2024-09-08.yaml")).unwrap()),
    ("a record becomes a link", |root| {
        let path = root.join("incidents/2024-09-03.yaml");
        fs::rename(&path, root.join("incidents/2024-09-03.txt")).unwrap();
        symlink("2024-09-03.txt", path).unwrap();
    }),
    ("a record can no longer be read", |root| {
        fs::write(root.join("incidents/2024-09-01.yaml"), "[").unwrap()
    }),
    ("and can again", |root| {
        fs::copy(root.join("incidents/2024-09-02.yaml"), root.join("incidents/2024-09-01.yaml"))
            .unwrap();
    }),
    ("another picture", |root| {
        fs::write(root.join("incidents/assets/2024-09-04/a.png"), b"\x89PNG\r\n\x1a\n2").unwrap();
    }),
    ("one more picture", |root| {
        fs::write(root.join("incidents/assets/2024-09-04/c.png"), PICTURE).unwrap();
    }),
    ("the picture is gone", |root| {
        fs::remove_file(root.join("incidents/assets/2024-09-04/a.png")).unwrap();
    }),
    ("the picture is back", |root| {
        fs::write(root.join("incidents/assets/2024-09-04/a.png"), PICTURE).unwrap();
    }),
    ("the picture that was never there", |root| {
        fs::create_dir(root.join("incidents/assets/2024-09-06")).unwrap();
        fs::write(root.join("incidents/assets/2024-09-06/b.png"), PICTURE).unwrap();
    }),
    ("pictures of one that had none", |root| {
        fs::create_dir(root.join("incidents/assets/2024-09-02")).unwrap();
        fs::write(root.join("incidents/assets/2024-09-02/x.png"), PICTURE).unwrap();
    }),
    ("the outputs are changed", |root| outputs(root, &|path| edit(path, "one", "own"))),
    ("the outputs are gone", |root| outputs(root, &|path| fs::remove_file(path).unwrap())),
    ("the lists are gone", |root| fs::remove_dir_all(root.join(".asrun-outputs")).unwrap()),
    ("settings", |root| {
        fs::write(root.join("asrun.yaml"), "tolerance_minutes: 60\nlanguage: ko\n").unwrap()
    }),
    ("a template of one's own", |root| {
        fs::create_dir(root.join("templates")).unwrap();
        fs::write(root.join("templates/record.md"), "{% macro head() %}own{% endmacro %}").unwrap();
    }),
    ("it says something else", |root| {
        fs::write(root.join("templates/record.md"), "{% bad").unwrap()
    }),
    ("it is gone", |root| fs::remove_dir_all(root.join("templates")).unwrap()),
];

fn edit(path: &Path, from: &str, to: &str) {
    fs::write(path, fs::read_to_string(path).unwrap().replacen(from, to, 1)).unwrap();
}

fn outputs(root: &Path, change: &dyn Fn(&Path)) {
    let mut there = BTreeMap::new();
    for folder in ["out", "site/_posts"] {
        files(&root.join(folder), &mut there, root);
    }
    let texts = there.keys().filter(|name| name.extension().is_some_and(|it| it != "png"));
    texts.for_each(|name| change(&root.join(name)));
}

#[test]
fn what_is_not_rendered_again_is_what_it_would_be() {
    for name in ["retrospective", "chirpy", "html"] {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().canonicalize().unwrap().join("p");
        fs::create_dir_all(root.join("incidents")).unwrap();
        project(&root);
        rendered(&root, name, false);
        for (number, (change, make)) in CHANGES.iter().enumerate() {
            // A file that was just written is not trusted until the clock of the file system has advanced.
            std::thread::sleep(std::time::Duration::from_millis(40));
            rendered(&root, name, false);
            make(&root);
            // A check writes nothing, so both compare with the same copy.
            let control = home.path().join(number.to_string()).join("p");
            fs::create_dir(control.parent().unwrap()).unwrap();
            copy(&root, &control);
            for check in [true, false] {
                let (told, there, unchanged) = rendered(&root, name, check);
                let (long_told, long_there, long) = rendered(&control, name, check);
                let long_told = long_told.replace(&control.display().to_string(), "ROOT");
                assert_eq!(long, 0, "what is copied is not believed");
                assert_eq!(told, long_told, "{name}, {change}, check: {check}");
                assert_eq!(there, long_there, "{name}, {change}, check: {check}");
                assert!(number > 0 || unchanged == 5, "{name}: {unchanged}");
            }
        }
    }
}

/// Documents beyond those held in memory are the same, and so are the messages if one cannot be rendered.
#[test]
fn documents_that_are_not_held_in_memory_are_rendered_again() {
    let made = |held: usize, broken: bool| {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().canonicalize().unwrap().join("p");
        fs::create_dir_all(root.join("incidents")).unwrap();
        project(&root);
        fs::remove_file(root.join("incidents/2024-09-06.yaml")).unwrap();
        if !broken {
            fs::remove_file(root.join("incidents/2024-09-07.yaml")).unwrap();
        }
        let mut before = BTreeMap::new();
        files(&root, &mut before, &root);
        let project = Project::find(&root).unwrap();
        let template = template(&project, "html").unwrap();
        let request = RenderRequest {
            readers: Readers::from(template.header().audience),
            template,
            records: Vec::new(),
            all: true,
            layout: None,
            draft: false,
            strict: false,
            check: false,
            force: false,
            keep_going: false,
            output: Some("out/".into()),
            folder: root.clone(),
            hosted: None,
            now: None,
            program: None,
            git: &|_: &Path| None,
        };
        let rendered = render_holding(held, &project, &request, &|_| {}, &|_| {}).unwrap();
        let mut there = BTreeMap::new();
        files(&root, &mut there, &root);
        assert_eq!(there == before, broken);
        let told = format!("{:?}", rendered.documents).replace(&root.display().to_string(), "ROOT");
        (rendered.held_back, told, there)
    };
    for broken in [false, true] {
        let all_held = made(1 << 20, broken);
        assert_eq!(all_held.0, broken);
        assert_eq!(made(0, broken), all_held);
        assert_eq!(made(3000, broken), all_held);
    }
}
