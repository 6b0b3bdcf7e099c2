//! Attached files may come from anywhere, but are stored in the record's own folder: none is written elsewhere, and
//! none from elsewhere is published.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::support::{Outcome, Terminal, scalar, word, write};
use crate::{PLAIN, files, put, snapshot};

/// Names of attached files, and the names of their copies.
const NAMES: &[(&str, &str)] = &[
    ("normal.png", "normal.png"),
    ("한글 스크린샷.png", "한글-스크린샷.png"),
    ("\u{1112}\u{1161}\u{11ab}.png", "한.png"),
    ("-rf", "rf"),
    ("--out=x", "out-x"),
    ("a b;touch pwned;.png", "a-b-touch-pwned.png"),
    ("$(touch pwned).png", "touch-pwned.png"),
    ("`touch pwned`.png", "touch-pwned-2.png"),
    ("a\nb.png", "a-b.png"),
    ("a\u{1b}]0;PWN\u{7}.png", "a-0-PWN.png"),
    ("\u{202e}gnp.exe", "gnp.exe"),
    ("con.png", "file-con.png"),
    ("nul", "file-nul"),
    ("LPT1.txt", "file-LPT1.txt"),
    ("a:b.png", "a-b-2.png"),
    ("trailing. ", "trailing"),
    (".hidden", "hidden"),
    ("...", "file"),
    ("a\"b'c.png", "a-b-c.png"),
    ("<img src=x onerror=pwn>.png", "img-src-x-onerror-pwn.png"),
    ("](javascript:pwn).png", "javascript-pwn.png"),
    ("%2e%2e%2fx.png", "2e-2e-2fx.png"),
    ("..\\..\\x.png", "x.png"),
    ("a|b*?.png", "a-b-3.png"),
    ("😀.png", "file.png"),
    ("{{7*7}}.png", "7-7.png"),
    ("{% raw %}.png", "raw.png"),
    ("~root.png", "root.png"),
];

/// Files that cannot be attached: how each is created as `x`, and the message.
const REFUSED: &[(&str, &str)] = &[
    ("mkdir x", "x"),
    ("mkfifo x", "x"),
    ("true", "x"),
    ("ln -s /dev/zero x", "x"),
    ("ln -s nowhere x", "x"),
    ("ln -s x x", "x"),
    ("truncate -s 30G x", "x"),
];

/// References in a record to files that it does not have.
const REFERENCES: &[&str] = &[
    "../../../secret.txt",
    "../../secret.txt",
    "../secret.txt",
    "./../secret.txt",
    "/etc/passwd",
    "assets/../../../secret.txt",
    "link.png",
    "folder/secret.txt",
    "dangling.png",
    "..",
    ".",
    "..%2f..%2fsecret.txt",
    "..\\..\\secret.txt",
    "file:///etc/passwd",
    "a.png/../../../../secret.txt",
    "a.png\0",
];

const SECRET: &[u8] = b"PRIVATE-KEY-PRIVATE-KEY";

/// Returns a project beside a secret file, with a record that has one file of its own.
fn project() -> Terminal {
    let terminal = Terminal::new(None);
    put(&terminal, "one", &PLAIN.yaml());
    let folder = terminal.folder();
    write(&folder.parent().unwrap().join("secret.txt"), SECRET);
    write(&folder.join("incidents/assets/one/a.png"), b"\x89PNG\r\n\x1a\n");
    terminal
}

fn attach(terminal: &Terminal, path: &Path) -> Outcome {
    let path = word(&path.to_string_lossy());
    terminal.outcome(&format!("exec asrun attach -r one -- {path}"), 30)
}

#[test]
fn copies_have_safe_names_in_the_records_folder() {
    let terminal = project();
    let home = terminal.folder().parent().unwrap().to_owned();
    let assets = terminal.folder().join("incidents/assets/one");
    for (number, (name, copy)) in NAMES.iter().enumerate() {
        let source = home.join("sources").join(name);
        write(&source, format!("\x7fPNG {number}").as_bytes());
        let before = files(&terminal);
        let made = attach(&terminal, &source);
        assert_eq!(made.code, Some(0), "{name:?}: {made:?}");
        let mut new = files(&terminal);
        new.retain(|file| !before.contains(file) && !file.0.ends_with("incidents/one.yaml"));
        let expected = assets.join(copy).to_string_lossy().into_owned();
        assert_eq!(new, [(expected, fs::read(&source).unwrap())], "{name:?}");
        let said = format!("{}{}", made.out, made.errors);
        assert!(!said.contains(|c: char| c.is_control() && c != '\n'), "{said:?}");
    }
    let check = terminal.outcome("asrun check one", 30);
    assert_eq!(check.code, Some(0), "{check:?}");
}

#[test]
fn what_is_no_file_of_a_sensible_size_is_not_attached() {
    for (make, said) in REFUSED {
        let terminal = project();
        let home = terminal.folder().parent().unwrap().to_owned();
        assert_eq!(terminal.outcome(&format!("cd .. && {make}"), 30).code, Some(0), "{make}");
        let before = if make.contains("30G") { Vec::new() } else { files(&terminal) };
        let made = attach(&terminal, &home.join("x"));
        assert!(made.code == Some(1) && made.errors.contains(said), "{make}: {made:?}");
        assert!(before.is_empty() || files(&terminal) == before, "{make}");
    }
}

#[test]
fn a_copy_never_leaves_the_project() {
    let one = "work/incidents/assets/one";
    for (folder, link) in [("work/incidents/assets", "assets"), (one, "one")] {
        let terminal = project();
        let home = terminal.folder().parent().unwrap().to_owned();
        fs::remove_dir_all(home.join(folder)).unwrap();
        fs::create_dir(home.join("outside")).unwrap();
        symlink(home.join("outside"), home.join(folder)).unwrap();
        write(&home.join("shot.png"), b"\x89PNG\r\n\x1a\n");
        let before = files(&terminal);
        let made = attach(&terminal, &home.join("shot.png"));
        assert_eq!(made.code, Some(1), "{link}: {made:?}");
        assert_eq!(files(&terminal), before, "{link}");
    }
    // A link with the file's name is neither followed nor replaced.
    let terminal = project();
    let home = terminal.folder().parent().unwrap().to_owned();
    symlink(home.join("secret.txt"), home.join(one).join("shot.png")).unwrap();
    write(&home.join("shot.png"), b"\x89PNG\r\n\x1a\n");
    assert_eq!(attach(&terminal, &home.join("shot.png")).code, Some(0));
    assert_eq!(fs::read(home.join("secret.txt")).unwrap(), SECRET);
    assert_eq!(fs::read(home.join(one).join("shot-2.png")).unwrap(), b"\x89PNG\r\n\x1a\n");
    // A file that is attached through a link becomes a regular file.
    symlink(home.join("shot.png"), home.join("linked.png")).unwrap();
    assert_eq!(attach(&terminal, &home.join("linked.png")).code, Some(0));
    let kinds = fs::read_dir(home.join(one)).unwrap().map(|entry| entry.unwrap());
    let links = kinds.filter(|entry| entry.file_type().unwrap().is_symlink());
    assert_eq!(links.count(), 1);
}

/// Returns a record that refers to that name wherever it can.
fn referring(name: &str) -> String {
    let markdown =
        scalar(&format!("![x]({name}) ![x](<{name}>)\n\n<img src=\"{name}\">\n\n[x]({name})"));
    let name = scalar(name);
    format!(
        "title: x\ndate: 2024-09-07\ntimezone: UTC\nsummary: {markdown}\n\
         events:\n  - {{at: 2024-09-07 10:00, text: x, detail: {markdown}, attachments: [{{file: {name}}}, {{file: a.png}}]}}\n\
         attachments: [{{file: {name}}}]\n"
    )
}

/// Whether bytes contain the secret, or a file of the system, plain or as base64.
fn tells(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = vec!["PRIVATE-KEY".to_owned(), "root:x:".to_owned()];
    for secret in [SECRET, &fs::read("/etc/passwd").unwrap()] {
        parts.push(BASE64_STANDARD.encode(&secret[..15]));
    }
    parts.iter().any(|part| text.contains(part))
}

#[test]
fn no_file_from_elsewhere_is_published() {
    let mut published = 0;
    for reference in REFERENCES {
        let terminal = project();
        let folder = terminal.folder();
        let assets = folder.join("incidents/assets/one");
        symlink("../../../../secret.txt", assets.join("link.png")).unwrap();
        symlink("../../../..", assets.join("folder")).unwrap();
        symlink("nowhere", assets.join("dangling.png")).unwrap();
        assert!(tells(&fs::read(assets.join("link.png")).unwrap()));
        put(&terminal, "one", &referring(reference));
        for template in ["html", "retrospective", "chirpy", "hugo"] {
            let made = terminal
                .outcome(&format!("exec asrun render one --template {template} -o out/"), 30);
            let clear = made.code == Some(0) || made.errors.starts_with("error: ");
            assert!(clear, "{reference:?} {template}: {made:?}");
            assert!(!tells(made.out.as_bytes()), "{reference:?} {template}");
            assert!(!tells(made.errors.as_bytes()), "{reference:?} {template}");
        }
        if folder.join("out").exists() {
            for (path, bytes) in snapshot(&folder.join("out")) {
                let link = fs::symlink_metadata(&path).unwrap().is_symlink();
                assert!(!link && !tells(&bytes), "{reference:?} is published as {path}");
                published += 1;
            }
        }
    }
    assert!(published > 0);
}
