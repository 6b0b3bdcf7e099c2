//! Any bytes: a fault with a place, or a record that can be shown in every form; and both readers
//! of plain texts agree.
#![no_main]

use asrun::format::{read, readers_agree};
use asrun::yaml::{Position, decode_utf8};
use asrun::render::{events_csv, record_text, to_json};
use asrun::view::record_view;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = decode_utf8(bytes) else { return };
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    assert!(readers_agree(body), "the fast reader reads something else");
    match read(text) {
        Err(problems) => {
            assert!(!problems.is_empty(), "refused without a fault");
            for problem in problems {
                assert!(problem.span.start <= problem.span.end && problem.span.end <= body.len(), "{problem:?}");
                let _ = Position::of(body, problem.span.start);
            }
        }
        Ok(document) => {
            assert_eq!(document.to_text(), text, "reading changed the text");
            let view = record_view("fuzz", &document.incident, 300, None);
            let shown = record_text(&view, 80, false);
            assert!(!shown.contains(|c: char| c.is_control() && c != '\n' && c != '\u{1b}'));
            let _ = (to_json(&view), events_csv(&view, false));
        }
    }
});
