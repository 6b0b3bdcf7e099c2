//! Messages about queries over many records.

use crate::lang::told::{first_few, some_of};
use std::error::Error;
use std::io;

use crate::lang::cure::Cure;
use crate::lang::terminal::{RecordWords, Refusal, Totals};

use super::{English, in_settings};

/// The alternative chart format, which needs no font and has no limit.
const AS_SVG: &str = "the same chart as SVG: -o chart.svg";

impl RecordWords for English {
    fn totals(&self, totals: &Totals<'_>) -> String {
        let Totals { records, kinds, open, events, archived, unreadable } = *totals;
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
        let archived = match archived {
            0 => String::new(),
            more => format!("; {more} archived, listed with --archived"),
        };
        format!("{records}: {kinds}; {open} open; {events}{archived}{unreadable}")
    }

    fn no_records(&self) -> &'static str {
        "no records yet; start one with: asrun new \"TITLE\""
    }

    fn left_in_usual_folder(&self, count: usize, folder: &str) -> String {
        let records = if count == 1 { "1 record" } else { &format!("{count} records") };
        format!(
            "incidents/ has {records} that asrun does not read, as asrun.yaml says records: {folder}; move \
             them there"
        )
    }

    fn only_archived(&self, count: usize) -> String {
        let records = if count == 1 { "1 record is" } else { &format!("{count} records are") };
        format!("{records} archived; asrun list --archived lists them too")
    }

    fn none_like_that(&self) -> &'static str {
        "no records match"
    }

    fn unreadable(&self, why: &str) -> String {
        format!("unreadable: {why}")
    }

    fn all_readable(&self) -> &'static str {
        "all records are readable"
    }

    fn misnamed(&self, path: &str) -> String {
        format!("{path}: its name is not UTF-8, so it is not read as a record; rename it")
    }

    fn nothing_found(&self) -> &'static str {
        "nothing found"
    }

    fn no_history(&self) -> &'static str {
        "no step or event matches"
    }

    fn unreadable_pattern(&self, why: &str) -> String {
        format!("the pattern is not valid: {why}")
    }

    fn no_action(&self, only_open: bool) -> &'static str {
        match only_open {
            true => "no such action in open records; without --open, all records are searched",
            false => "no such action; to add one: asrun actions add TEXT",
        }
    }

    fn only_done_actions(&self, done: usize) -> String {
        let actions = if done == 1 { "1 action is" } else { &format!("{done} actions are") };
        format!("nothing is left to do; {actions} done: --all shows them too")
    }

    fn seen_before(&self, record: &str, text: &str, open: &[String]) -> String {
        match open {
            [] => format!("seen before in {record}: {text}"),
            open => format!(
                "seen before in {record}: {text}; not done since: {} (asrun actions {record})",
                open.join(", ")
            ),
        }
    }

    fn same_in_other_words(&self) -> &'static str {
        "≈: taken for the same, going by its id or its words"
    }

    fn same_place(&self) -> &'static str {
        "(same place in the plan)"
    }

    fn taken_by_place(&self, steps: usize) -> String {
        let noun = if steps == 1 { "step" } else { "steps" };
        format!(
            "{steps} {noun} inferred from the place in the plan: beside the same steps, in other words"
        )
    }

    fn history_unfound(
        &self,
        (found, records): (usize, usize),
        without: &[String],
        cure: &Cure,
    ) -> String {
        let without = match without {
            [] => String::new(),
            without => format!(
                " (not found in: {})",
                first_few(without, |rest| format!(" and {rest} more"))
            ),
        };
        format!(
            "{found} of {records} records have it in known words{without}; to find it in other words too, \
             {}:\n{}",
            in_settings(cure.place),
            cure.text()
        )
    }

    fn other_words(&self) -> &'static str {
        "OTHER WORDS"
    }

    fn never_seen(&self) -> &'static str {
        "no earlier record names any of its causes"
    }

    fn no_lesson(&self) -> &'static str {
        "no such lesson; to add one: asrun lessons add SORT TEXT"
    }

    fn no_column(&self, typed: &str, near: Option<&str>, known: &[&str]) -> Refusal {
        let near = near.map(|near| format!("did you mean {near}? ")).unwrap_or_default();
        Refusal::new(format!("--columns: unknown column {typed:?}"))
            .hint(format!("{near}the columns are: {}", known.join(", ")))
    }

    fn not_a_day(&self, typed: &str) -> String {
        format!("{typed:?} is not a day; write 2024-09-07, 2024-09 or 2024")
    }

    fn no_such_zone(&self, typed: &str, near: Option<&str>) -> String {
        match near {
            Some(near) => format!("unknown zone {typed:?}; did you mean {near}?"),
            None => format!("unknown zone {typed:?}; use an IANA name, such as Asia/Seoul"),
        }
    }

    fn no_zone(&self, option: &str, typed: &str, near: Option<&str>) -> Refusal {
        Refusal::new(format!("{option}: unknown zone {typed:?}")).hint(match near {
            Some(near) => format!("did you mean {near}?"),
            None => "use an IANA name, such as Asia/Seoul or America/New_York".to_owned(),
        })
    }

    fn named_twice(&self, record: &str) -> String {
        format!("{record} is given twice")
    }

    fn one_clock(&self) -> &'static str {
        "--zone: a Mermaid chart has only one time zone"
    }

    fn mermaid_of_one(&self) -> Refusal {
        Refusal::new("a Mermaid chart shows one record only")
            .hint("several are drawn as text, svg, png or html")
    }

    fn page_of_many(&self) -> Refusal {
        Refusal::new("a chart as a page shows several releases")
            .hint("a page of one record: asrun render --template html")
    }

    fn png_needs_a_file(&self) -> Refusal {
        Refusal::new("a PNG must be written to a file").hint("name it: -o chart.png")
    }

    fn not_that_picture(&self, ending: &str) -> Refusal {
        Refusal::new(format!(
            "--output: the format does not match .{ending}, so nothing was written"
        ))
        .hint("use .svg or .png for pictures, or set --format: text, svg, png or mermaid")
    }

    fn no_png(&self, fault: &dyn Error) -> Refusal {
        Refusal::new(format!("the chart cannot be drawn: {fault}")).hint(AS_SVG)
    }

    fn no_font(&self, letters: &str) -> Refusal {
        Refusal::new(format!(
            "no font on this machine has these letters, so no PNG was drawn: {}",
            some_of(letters)
        ))
        .hint("install a font that has them; for Korean: `apt install fonts-noto-cjk`")
        .hint(AS_SVG)
    }

    fn boxes_in_png(&self, signs: &str) -> String {
        format!(
            "no font on this machine has these characters; they are drawn as boxes: {}",
            some_of(signs)
        )
    }

    fn png_too_large(&self, width: u32, height: u32) -> Refusal {
        Refusal::new(format!(
            "the picture would be {width} × {height} pixels; the limit is 67108864 in total"
        ))
        .hint(AS_SVG)
    }

    fn built_without_png(&self) -> Refusal {
        Refusal::new("this build of asrun has no PNG support").hint(AS_SVG)
    }

    fn needs_terminal(&self) -> Refusal {
        Refusal::new("watch needs a terminal").hint("to print the record once: asrun show")
    }

    fn reminder_from_here(&self, variable: &str, program: &str) -> Refusal {
        Refusal::new(format!("{variable}: {program:?} is a path from the current folder"))
            .hint("name a program on the PATH, or give the whole path from /")
    }

    fn reminder_not_started(&self, program: &str, fault: &io::Error) -> String {
        format!("the command for reminders, {program}, cannot be started: {fault}")
    }

    fn no_signals(&self, fault: &io::Error) -> String {
        format!("cannot listen for Ctrl-C: {fault}")
    }
}
