//! What is said of the answers of many records.

use crate::lang::told::some_of;
use std::error::Error;
use std::io;

use crate::lang::terminal::{RecordWords, Refusal, Totals};

use super::English;

/// The way to a picture that needs no font and has no limit.
const AS_SVG: &str = "the same picture without pixels: -o chart.svg";

impl RecordWords for English {
    fn totals(&self, totals: &Totals<'_>) -> String {
        let Totals { records, kinds, open, events, unreadable } = *totals;
        let counted = |count: usize, noun: &str| {
            format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
        };
        let named = |(kind, count): &(&str, usize)| match *kind {
            "" => format!("{count} without a kind"),
            kind => format!("{count} {kind}"),
        };
        let kinds = kinds.iter().map(named).collect::<Vec<_>>().join(", ");
        let (records, events) = (counted(records, "record"), counted(events, "event"));
        let unreadable = match unreadable {
            0 => String::new(),
            more => format!("; {more} more cannot be read"),
        };
        format!("{records}: {kinds}; {open} open; {events}{unreadable}")
    }

    fn no_records(&self) -> &'static str {
        "no records yet; begin one with: asrun new \"TITLE\""
    }

    fn none_like_that(&self) -> &'static str {
        "no record is like that"
    }

    fn unreadable(&self, why: &str) -> String {
        format!("unreadable: {why}")
    }

    fn all_readable(&self) -> &'static str {
        "every record can be read"
    }

    fn misnamed(&self, path: &str) -> String {
        format!("{path}: its name is not UTF-8, so it is no record; rename it")
    }

    fn nothing_found(&self) -> &'static str {
        "nothing found"
    }

    fn no_history(&self) -> &'static str {
        "no step or event is called that"
    }

    fn unreadable_pattern(&self, why: &str) -> String {
        format!("the pattern cannot be read: {why}")
    }

    fn no_action(&self, only_open: bool) -> &'static str {
        match only_open {
            true => {
                "no such action in records that are still open; without --open, all records are asked"
            }
            false => "no such action; asrun actions add TEXT writes one down",
        }
    }

    fn no_lesson(&self) -> &'static str {
        "no such lesson; asrun lessons add SORT TEXT writes one down"
    }

    fn no_column(&self, typed: &str, near: Option<&str>, known: &[&str]) -> Refusal {
        let near = near.map(|near| format!("did you mean {near}? ")).unwrap_or_default();
        Refusal::new(format!("--columns: there is no column {typed:?}"))
            .hint(format!("{near}there are: {}", known.join(", ")))
    }

    fn not_a_day(&self, typed: &str) -> String {
        format!("{typed:?} is not a day; write 2024-09-07, 2024-09 or 2024")
    }

    fn no_such_zone(&self, typed: &str, near: Option<&str>) -> String {
        match near {
            Some(near) => format!("no zone is called {typed:?}; did you mean {near}?"),
            None => format!("no zone is called {typed:?}; use an IANA name, such as Asia/Seoul"),
        }
    }

    fn no_zone(&self, option: &str, typed: &str, near: Option<&str>) -> Refusal {
        Refusal::new(format!("{option}: no zone is called {typed:?}")).hint(match near {
            Some(near) => format!("did you mean {near}?"),
            None => "use an IANA name, such as Asia/Seoul or America/New_York".to_owned(),
        })
    }

    fn named_twice(&self, record: &str) -> String {
        format!("{record} is named twice")
    }

    fn one_clock(&self) -> &'static str {
        "--zone: a Mermaid picture has one clock only"
    }

    fn png_needs_a_file(&self) -> Refusal {
        Refusal::new("a PNG goes into a file").hint("name it: -o chart.png")
    }

    fn not_that_picture(&self, ending: &str) -> Refusal {
        Refusal::new(format!(
            "--output: the chart would not be what .{ending} says, so nothing was written"
        ))
        .hint("pictures are .svg or .png; --format text, svg, png or mermaid fits the ending")
    }

    fn no_png(&self, fault: &dyn Error) -> Refusal {
        Refusal::new(format!("the picture cannot be drawn: {fault}")).hint(AS_SVG)
    }

    fn no_font(&self, letters: &str) -> Refusal {
        Refusal::new(format!(
            "no font of this machine has these letters, so no PNG was drawn: {}",
            some_of(letters)
        ))
        .hint("install fonts that have them; for Korean: `apt install fonts-noto-cjk`")
        .hint(AS_SVG)
    }

    fn boxes_in_png(&self, signs: &str) -> String {
        format!(
            "no font of this machine has these signs; there are boxes instead: {}",
            some_of(signs)
        )
    }

    fn png_too_large(&self, width: u32, height: u32) -> Refusal {
        Refusal::new(format!(
            "the picture would have {width} × {height} pixels; the limit is 67108864 in all"
        ))
        .hint(AS_SVG)
    }

    fn built_without_png(&self) -> Refusal {
        Refusal::new("this asrun was built without PNG").hint(AS_SVG)
    }

    fn needs_terminal(&self) -> Refusal {
        Refusal::new("watch needs a terminal").hint("asrun show prints once")
    }

    fn no_signals(&self, fault: &io::Error) -> String {
        format!("cannot listen for Ctrl-C: {fault}")
    }
}
