//! Tests that hostile documents and exports are either refused completely and by name, or read as harmless text:
//! nothing is written outside the records, and no control sequence reaches the terminal.

use std::io::{Cursor, Write as _};
use std::os::unix::fs::symlink;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{Terminal, files, write};

/// Returns an archive of files by their names.
fn packed(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn linked() -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("ops/2025-03-08.json", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_means_harm_is_refused_whole_and_nothing_is_written() {
    let message = br#"[{"type":"message","user":"U1","ts":"1741424900.0","text":"x"}]"#.to_vec();
    let many: Vec<(String, Vec<u8>)> =
        (0..20_001).map(|at| (format!("ops/{at}.json"), Vec::new())).collect();
    let many: Vec<(&str, Vec<u8>)> =
        many.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    let wide: Vec<u8> = "18:08 a\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: Vec<(&str, &str, Vec<u8>)> = vec![
        ("slack", "up.zip", packed(&[("../../evil.json", message.clone())])),
        ("slack", "root.zip", packed(&[("/evil.json", message.clone())])),
        ("slack", "drive.zip", packed(&[("c:evil.json", message.clone())])),
        ("slack", "link.zip", linked()),
        ("slack", "bomb.zip", packed(&[("ops/2025-03-08.json", vec![b' '; 15 << 20])])),
        ("slack", "many.zip", packed(&many)),
        ("slack", "cut.zip", packed(&[("ops/2025-03-08.json", message)])[..60].to_vec()),
        ("rootly", "deep.json", "[".repeat(100_000).into_bytes()),
        ("statuspage", "half.json", b"{\"incidents\":[".to_vec()),
        ("notes", "korean.txt", b"18:08 \xc0\xe5\xbe\xd6\n".to_vec()),
        ("notes", "wide.txt", wide),
        ("notes", "nul.txt", b"18:08 a\0b\n".to_vec()),
        ("ics", "deep.ics", "BEGIN:VEVENT\n".repeat(20_000).into_bytes()),
        ("mortician", "timeline.yaml", b"events: &a [*a, *a]\n".to_vec()),
    ];
    let terminal = Terminal::new(None);
    terminal.said("asrun init --timezone UTC");
    for (kind, name, bytes) in cases {
        write(&terminal.folder().join(name), &bytes);
        let before = files(terminal.folder().parent().unwrap());
        let command = format!("asrun import {kind} {name} --date 2024-09-07 --zone UTC --yes");
        let outcome = terminal.outcome(&command, 60);
        assert_eq!(outcome.code, Some(1), "{name}: {}{}", outcome.out, outcome.errors);
        assert!(outcome.errors.contains(name), "{name}: {}", outcome.errors);
        assert_eq!(files(terminal.folder().parent().unwrap()), before, "{name}");
    }
}

#[test]
fn texts_of_a_document_do_not_control_the_terminal() {
    let terminal = Terminal::new(None);
    terminal.said("asrun init --timezone UTC");
    let text = "# X \u{1b}]0;owned\u{7}\n\n## Timeline (UTC)\n\n- 2024-09-07 18:08 \u{1b}[2J\u{202e}a\n- 2024-09-07 18:20 ![p](../../../etc/passwd) b\n";
    write(&terminal.folder().join("post.md"), text.as_bytes());
    symlink("/etc/hosts", terminal.folder().join("link.md")).unwrap();
    for command in
        ["asrun import post.md", "asrun import post.md --yes", "asrun import link.md --yes"]
    {
        let outcome = terminal.outcome(command, 60);
        let said = format!("{}{}", outcome.out, outcome.errors);
        let acts = said.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}');
        assert!(!acts, "{command}: {said:?}");
    }
    // Only the record and asrun's own files were written.
    let names: Vec<String> = files(&terminal.folder()).into_keys().collect();
    let is_own = |name: &String| {
        ["incidents/", ".asrun/", "templates/", "asrun.yaml", "post.md", "link.md", ".gitignore"]
            .iter()
            .any(|own| name.starts_with(own))
    };
    assert!(names.iter().all(is_own), "{names:?}");
}

/// Names with a meaning for a shell, a terminal, a file system or YAML.
const NAMES: &[&str] = &[
    "a\nb.md",
    "-rf.md",
    "CON.md",
    "왁뮤-출시-회고-왁뮤-출시-회고-왁뮤-출시-회고-왁뮤-출시-회고.md",
    "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}.md",
    "$(touch pwned).md",
    "a'b\".md",
    "a\u{1b}[31mb.md",
    "a\u{202e}b.md",
    "..md",
    " lead.md",
    "%s%n.md",
    "\u{2028}.md",
    "\u{feff}a.md",
    "#x.md",
    "a: b.md",
];

/// Texts with a meaning for YAML, Markdown, a terminal, a spreadsheet or a template.
const TEXTS: &[&str] = &[
    "key: value",
    "a # b",
    "# start",
    "? q",
    "> fold",
    "tab\there",
    "%YAML 1.2",
    "&anchor",
    "*alias",
    "!tag",
    "@at",
    "`tick",
    "{flow}",
    "[seq",
    "\"double",
    "'single",
    "null",
    "true",
    "0x10",
    "2024-09-07",
    "=cmd|x",
    "<<",
    "a\u{2028}b",
    "a\u{85}b",
    "a\u{feff}b",
    "right\u{202e}left",
    "\u{1b}[2J",
    "\u{9b}31m",
    "\u{7f}",
    "a\rb",
    "\\n \\",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "{{ 7*7 }} {% raw %}",
    "e\u{301}",
];

fn post(first: &str) -> String {
    format!("# T\n\n## Timeline (UTC)\n\n- 2024-09-07 18:00 {first}\n- 2024-09-07 18:01 second\n")
}

/// Whether an output contains something that controls a terminal, or that it hides.
fn acts(said: &str) -> bool {
    said.chars().any(|c| {
        (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c) || c == '\u{2028}'
    })
}

#[test]
fn names_and_texts_of_documents_stay_what_they_are() {
    let names = NAMES.iter().map(|name| (*name, "first"));
    let texts = TEXTS.iter().map(|text| ("post.md", *text));
    for (name, text) in names.chain(texts) {
        let terminal = Terminal::new(None);
        terminal.said("asrun init --timezone UTC");
        write(&terminal.folder().join(name), post(text).as_bytes());
        let before = files(&terminal.folder());
        // The name is passed verbatim, not through a shell.
        let ways = ["", "--yes ", "--update --yes "];
        for way in ways {
            let quoted = name.replace('\'', "'\\''");
            let made = terminal.outcome(&format!("asrun import {way}-- '{quoted}'"), 60);
            assert_eq!(made.code, Some(0), "{name:?}, {text:?}: {made:?}");
            let said = made.out + &made.errors;
            assert!(!acts(&said), "{name:?}, {text:?}: {said:?}");
        }
        let after = files(&terminal.folder());
        let new: Vec<&String> = after.keys().filter(|path| !before.contains_key(*path)).collect();
        let is_own = |path: &&String| path.starts_with("incidents/") || path.starts_with(".asrun/");
        assert!(new.iter().all(|path| is_own(path) && !acts(path)), "{name:?}: {new:?}");
        let record = new.iter().find(|path| path.ends_with(".yaml")).unwrap();
        let read: serde_yaml::Value = serde_yaml::from_slice(&after[*record]).unwrap();
        let told = |at: usize| read["events"][at]["text"].as_str().unwrap();
        assert_eq!((told(0), told(1)), (text, "second"), "{name:?}");
        assert_eq!(read["events"].as_sequence().unwrap().len(), 2, "{name:?}, {text:?}");
    }
}

#[test]
fn an_imported_secret_is_reported_at_once_and_not_shown() {
    let terminal = Terminal::new(None);
    terminal.said("asrun init --timezone UTC");
    let document = terminal.folder().join("post.md");
    let secret = "password: hunter2-hunter2";
    write(&document, post(secret).replace("# T", &format!("# T {secret}")).as_bytes());
    let shown = terminal.outcome("asrun import post.md", 60);
    let made = terminal.outcome("asrun import post.md --yes", 60);
    write(&document, post("password: hunter3-hunter3").as_bytes());
    let again = terminal.outcome("asrun import post.md --update --yes", 60);
    for (outcome, is_written) in [(shown, false), (made, true), (again, true)] {
        let said = outcome.out + &outcome.errors;
        assert_eq!(said.contains("asrun forget --secrets"), is_written, "{said}");
        assert!(!said.contains("hunter2") && !said.contains("hunter3"), "{said}");
    }
    let names: Vec<String> = files(&terminal.folder()).into_keys().collect();
    assert!(names.iter().all(|name| !name.contains("hunter2")), "{names:?}");
    // Nor is it in an id that is made from a text.
    let begun = terminal.outcome("asrun new 'password: hunter2-hunter2'", 60);
    let planned = terminal.outcome("asrun plan add 10:00 'password: hunter2-hunter2'", 60);
    for outcome in [begun, planned] {
        assert_eq!(outcome.code, Some(0), "{outcome:?}");
        let said = outcome.out + &outcome.errors;
        assert!(said.contains("asrun forget --secrets") && !said.contains("hunter2"), "{said}");
    }
    // If the project refuses secrets, no record is created.
    write(&terminal.folder().join("other.md"), post("password: hunter4-hunter4").as_bytes());
    terminal.said("echo 'secrets: refuse' >> asrun.yaml");
    let before = files(&terminal.folder());
    let refused = terminal.outcome("asrun import other.md --id other --yes", 60);
    let says_so = refused.errors.contains("`secrets: refuse`");
    assert!(says_so && !refused.errors.contains("hunter4"), "{refused:?}");
    assert!(files(&terminal.folder()) == before, "{refused:?}");
}

/// Neither is read: the folder is refused, and the message names the file.
#[test]
fn a_folder_with_a_pipe_or_a_link_is_refused_whole() {
    let terminal = Terminal::new(None);
    terminal.said("asrun init --timezone UTC");
    let folder = terminal.folder().join("posts");
    let outside = terminal.folder().parent().unwrap().join("outside.md");
    write(&outside, post("from outside").as_bytes());
    write(&folder.join("post.md"), post("first").as_bytes());
    for (odd, made) in [
        ("link.md", "ln -s ../../outside.md posts/link.md"),
        ("pipe.md", "mkfifo posts/pipe.md"),
        ("below", "ln -s ../.. posts/below"),
    ] {
        assert_eq!(terminal.outcome(made, 10).code, Some(0));
        let before = files(&terminal.folder().join("incidents"));
        let refused = terminal.outcome("asrun import markdown posts --yes", 20);
        if odd == "below" {
            // No document has this name.
            assert_eq!(refused.code, Some(0), "{refused:?}");
        } else {
            assert_eq!(refused.code, Some(1), "{odd}: {refused:?}");
            assert!(refused.errors.contains(&format!("posts/{odd}")), "{odd}: {refused:?}");
            assert_eq!(files(&terminal.folder().join("incidents")), before, "{odd}");
        }
        std::fs::remove_file(folder.join(odd)).unwrap();
    }
    // The folder itself may be given as a link.
    symlink("posts", terminal.folder().join("named")).unwrap();
    let made = terminal.outcome("asrun import markdown named --yes", 20);
    assert_eq!(made.code, Some(0), "{made:?}");
    let all = files(&terminal.folder().join("incidents"));
    assert!(all.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("from outside")));
}

/// A hostile document refers to files that are not its pictures: none of them is copied into a record.
#[test]
fn no_file_comes_in_as_a_picture_that_is_none_of_the_documents() {
    let terminal = Terminal::new(None);
    terminal.said("asrun init --timezone UTC");
    let folder = terminal.folder();
    let picture = b"\x89PNG\r\n\x1a\nSECRET";
    for name in ["secret.png", "docs/.secret.png", "docs/inner/real.png", ".git/secret.png"] {
        write(&folder.join(name), picture);
    }
    write(&folder.join("docs/.env"), b"SECRET=1");
    write(&folder.join("docs/env.png"), b"SECRET=1");
    write(&folder.join("docs/env.txt"), b"SECRET=1");
    std::fs::create_dir_all(folder.join("docs/folder.png")).unwrap();
    symlink("../secret.png", folder.join("docs/link.png")).unwrap();
    symlink("inner", folder.join("docs/linked")).unwrap();
    symlink("/dev/zero", folder.join("docs/zero.png")).unwrap();
    let large = std::fs::File::create(folder.join("docs/large.png")).unwrap();
    large.set_len(50 * 1024 * 1024 + 1).unwrap();
    let outside = folder.join("secret.png");
    let mut text = "# X on 2024-09-07\n\n## Timeline (UTC)\n\n- 18:08: a\n- 18:20: b\n".to_owned();
    for address in [
        "../secret.png",
        "%2e%2e/secret.png",
        "inner/../../secret.png",
        "..\\\\secret.png",
        outside.to_str().unwrap(),
        &format!("file://{}", outside.display()),
        ".secret.png",
        "../.git/secret.png",
        ".env",
        "env.png",
        "env.txt",
        "link.png",
        "linked/real.png",
        "zero.png",
        "folder.png",
        "large.png",
        "data:text/plain;base64,U0VDUkVU",
        "data:image/png;base64,U0VDUkVU",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "https://example.com/x.png",
    ] {
        text.push_str(&format!("  ![p]({address})\n"));
    }
    write(&folder.join("docs/post.md"), text.as_bytes());
    let outcome = terminal.outcome("asrun import docs/post.md --id x --yes", 60);
    assert_eq!(outcome.code, Some(0), "{}", outcome.errors);
    assert!(!folder.join("incidents/assets").exists(), "{}", outcome.out);
    let record = std::fs::read_to_string(folder.join("incidents/x.yaml")).unwrap();
    assert!(!record.contains("attachments"), "{record}");
}

/// Pictures beyond a limit are not attached.
#[test]
fn a_document_brings_a_limited_number_of_pictures() {
    let terminal = Terminal::new(None);
    terminal.said("asrun init --timezone UTC");
    let mut text = "# X on 2024-09-07\n\n## Timeline (UTC)\n\n- 18:08: a\n- 18:20: b\n".to_owned();
    for number in 0..250 {
        let name = format!("p{number}.png");
        let bytes = [b"\x89PNG\r\n\x1a\n".as_slice(), name.as_bytes()].concat();
        write(&terminal.folder().join(&name), &bytes);
        text.push_str(&format!("  ![p]({name})\n"));
    }
    write(&terminal.folder().join("post.md"), text.as_bytes());
    let outcome = terminal.outcome("asrun --dry-run import post.md --id x --yes", 60);
    assert!(outcome.out.contains("too many pictures"), "{}", outcome.out);
    terminal.outcome("asrun import post.md --id x --yes", 60);
    let taken = std::fs::read_dir(terminal.folder().join("incidents/assets/x")).unwrap().count();
    assert_eq!(taken, 200);
}
