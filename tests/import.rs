//! Checks the examples in `docs/import.md`, of each doubt and of what becomes of a document.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::fs;
use std::path::Path;

use asrun::fault::DoubtCode;
use asrun::format::record_text;
use asrun::import::{Draft, ImportOptions, Input, Kind, read};
use asrun::model::Zone;

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/import.md")).unwrap()
}

fn draft_of(name: &str, text: &str) -> Draft {
    let input = Input { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    read(Kind::Markdown, &[input], &ImportOptions::default()).unwrap()
}

/// Returns the examples in a section: the words after their mark, and their text.
fn examples<'t>(section: &'t str, language: &str) -> Vec<(&'t str, &'t str)> {
    let blocks = section.split("\n```").skip(1).step_by(2);
    let split = blocks.filter_map(|block| block.split_once('\n'));
    split.filter_map(|(info, text)| Some((info.strip_prefix(language)?.trim(), text))).collect()
}

#[test]
fn every_doubt_has_an_example_that_raises_it() {
    let page = page();
    let sections: Vec<&str> = page.split("\n#### ").skip(1).collect();
    let told: Vec<&str> =
        sections.iter().map(|section| section.lines().next().unwrap().trim()).collect();
    for code in DoubtCode::all() {
        assert!(told.contains(&code.word()), "docs/import.md says nothing of {}", code.word());
    }
    let exports = exports();
    for section in sections {
        let code = section.lines().next().unwrap().trim();
        assert!(DoubtCode::all().any(|known| known.word() == code), "{code} is no doubt");
        let own = examples(section, "markdown");
        let doubted = format!("doubt {code}");
        let is_shown = exports.iter().any(|export| export.result.lines().any(|it| it == doubted));
        assert!(!own.is_empty() || is_shown, "no example raises {code}");
        for (info, text) in own {
            let name = info.strip_prefix("name=").unwrap_or("post.md");
            let draft = draft_of(name, &format!("{text}\n"));
            let told: Vec<&str> = draft.doubts.iter().map(|doubt| doubt.code.word()).collect();
            assert!(told.contains(&code), "{code}: {told:?}\n{text}");
        }
    }
}

/// Exactly three doubts keep a document from being written.
#[test]
fn doubts_that_ask_are_answered_by_an_option() {
    let asks: Vec<&str> =
        DoubtCode::all().filter(|code| code.asks()).map(DoubtCode::word).collect();
    assert_eq!(asks, ["no-zone", "no-date", "day-month-order"]);
}

#[test]
fn the_example_becomes_the_record_beside_it() {
    let page = page();
    let (_, behind) = page.split_once("\n## Markdown").unwrap();
    let (section, _) = behind.split_once("\n## Doubts").unwrap();
    let (document, record) = (examples(section, "markdown"), examples(section, "yaml"));
    let mut draft = draft_of("checkout.md", &format!("{}\n", document[0].1));
    let incident = &mut draft.records[0].incident;
    incident.language = Some("en".to_owned());
    assert_eq!(record_text(incident), format!("{}\n", record[0].1));
}

/// An example of an export: its kind, its files, and the expected result.
struct Export {
    kind: Kind,
    files: Vec<Input>,
    result: String,
}

fn exports() -> Vec<Export> {
    let page = page();
    let (_, behind) = page.split_once("\n## Exports").unwrap();
    let (all, _) = behind.split_once("\n## Doubts").unwrap();
    all.split("\n### ").skip(1).map(export).collect()
}

fn export(section: &str) -> Export {
    let kind = Kind::named(section.lines().next().unwrap().trim()).unwrap();
    let (mut files, mut result) = (Vec::new(), None);
    for block in section.split("\n```").skip(1).step_by(2) {
        let (info, text) = block.split_once('\n').unwrap();
        match info.split_whitespace().collect::<Vec<_>>().as_slice() {
            [_, word, name] => {
                assert_eq!(*word, kind.word());
                let text = format!("{text}\n").replace('␟', "\u{1f}").replace('␞', "\u{1e}");
                files.push(Input { name: (*name).to_owned(), bytes: text.into_bytes() });
            }
            _ => result = Some(text.to_owned()),
        }
    }
    Export { kind, files, result: result.unwrap() }
}

#[test]
fn every_export_has_an_example_that_is_read_as_it_says() {
    let exports = exports();
    for word in Kind::words().filter(|word| *word != "markdown") {
        assert!(exports.iter().any(|it| it.kind.word() == word), "no example of {word}");
    }
    for Export { kind, files, result } in exports {
        let answers = ImportOptions { zone: Zone::parse("Asia/Seoul"), ..ImportOptions::default() };
        let draft = read(kind, &files, &answers).unwrap();
        let mut told = Vec::new();
        for record in &draft.records {
            let steps = record.incident.plan.iter();
            told.extend(steps.map(|it| format!("plan {} {}", it.at.unwrap().written(), it.text)));
            let events = record.incident.events.iter();
            told.extend(events.map(|it| format!("{} {}", it.at.unwrap().written(), it.text)));
        }
        told.extend(draft.doubts.iter().map(|it| format!("doubt {}", it.code.word())));
        assert_eq!(told.join("\n"), result, "{}", kind.word());
    }
}
