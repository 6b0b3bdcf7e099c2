//! Documents of others are read or refused, whatever their bytes are. The first line or the first byte selects the format; the
//! files of one export are separated by zero bytes.

#![no_main]

use asrun::import::{ImportOptions, Input, Kind, read};
use asrun::model::{Day, Zone};

/// The files of an export that is more than one.
fn names(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Slack => &["e/users.json", "e/channels.json", "e/ops/2025-03-08.json"],
        Kind::Mortician => &["a/meta.yaml", "a/timeline.yaml", "a/actions.yaml", "a/index.md"],
        _ => &["2024-09-07-post.md"],
    }
}

/// What is read, and as what.
fn handed_over(bytes: &[u8]) -> Option<(Kind, Vec<Input>)> {
    let line = bytes.iter().position(|b| *b == b'\n').unwrap_or(0);
    let named = std::str::from_utf8(&bytes[..line]).ok().and_then(Kind::named);
    let (kind, bytes) = match named {
        Some(kind) => (kind, &bytes[line + 1..]),
        None => {
            let kinds: Vec<Kind> = Kind::words().filter_map(Kind::named).collect();
            let (first, bytes) = bytes.split_first()?;
            (kinds[usize::from(*first) % kinds.len()], bytes)
        }
    };
    let input = |name: &str, bytes: &[u8]| Input { name: name.to_owned(), bytes: bytes.to_vec() };
    let names = names(kind);
    let inputs = match names {
        [_] => vec![input(names[0], bytes)],
        _ if bytes.starts_with(b"PK") => vec![input("export.zip", bytes)],
        _ => {
            let files = bytes.splitn(names.len(), |b| *b == 0).zip(names);
            files.map(|(bytes, name)| input(name, bytes)).collect()
        }
    };
    Some((kind, inputs))
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((kind, inputs)) = handed_over(bytes) else { return };
    let told = ImportOptions {
        zone: Zone::parse("Asia/Seoul"),
        date: Day::parse("2024-09-07"),
        day_first: Some(true),
        split: Some(true),
        ..ImportOptions::default()
    };
    let code = ImportOptions { fence: Some(1), ..told.clone() };
    for answers in [ImportOptions::default(), told, code] {
        let Ok(draft) = read(kind, &inputs, &answers) else { continue };
        for record in &draft.records {
            assert!(record.incident.events.iter().all(|event| event.source.is_some()));
        }
    }
});
