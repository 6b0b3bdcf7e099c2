//! What others wrote is read or refused, whatever its bytes are: the first byte says as what.

#![no_main]

use asrun::import::{ImportOptions, Input, Kind, read};
use asrun::model::Zone;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let kinds: Vec<Kind> = Kind::words().filter_map(Kind::named).collect();
    let kind = kinds[usize::from(*first) % kinds.len()];
    let input = Input { name: "a/meta.yaml".to_owned(), bytes: bytes.to_vec() };
    for zone in [None, Zone::parse("Asia/Seoul")] {
        let answers = ImportOptions { zone, ..ImportOptions::default() };
        if let Ok(draft) = read(kind, std::slice::from_ref(&input), &answers) {
            for record in &draft.records {
                assert!(record.incident.events.iter().all(|event| event.source.is_some()));
            }
        }
    }
});
