//! Documents and exports that mean harm are refused whole and by name, or read as what they are: nothing is
//! written outside of the records, and nothing acts on the terminal.

use std::io::{Cursor, Write as _};
use std::os::unix::fs::symlink;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{Terminal, files, write};

/// An archive of files by their names.
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
fn what_a_document_says_does_not_act_on_the_terminal() {
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
    // Nothing but the record and what asrun keeps was written.
    let names: Vec<String> = files(&terminal.folder()).into_keys().collect();
    let is_own = |name: &String| {
        ["incidents/", ".asrun/", "templates/", "asrun.yaml", "post.md", "link.md", ".gitignore"]
            .iter()
            .any(|own| name.starts_with(own))
    };
    assert!(names.iter().all(is_own), "{names:?}");
}
