//! What is said of documents that are read into records.

use crate::fault::{ArchiveFault, DayFrom, DoubtCode, ExportFault, ImportFault, WhyLeft, ZoneFrom};
use crate::lang::terminal::{ImportCounts, ImportHeads, ImportWords, Refusal};

use super::English;

impl ImportWords for English {
    fn import_doubt(&self, code: DoubtCode, found: &str, taken: &str) -> String {
        doubt(code, found, taken)
    }

    fn day_from(&self, from: DayFrom) -> &'static str {
        match from {
            DayFrom::Entry => "entry",
            DayFrom::Line => "line above",
            DayFrom::Heading => "heading",
            DayFrom::Sentence => "sentence",
            DayFrom::Previous => "entry before",
            DayFrom::Midnight => "midnight",
            DayFrom::NextDay => "next day",
            DayFrom::Field => "field",
            DayFrom::Title => "title",
            DayFrom::Prose => "prose",
            DayFrom::FrontMatter => "front matter",
            DayFrom::FileName => "file name",
            DayFrom::Option => "--date",
        }
    }

    fn zone_from(&self, from: ZoneFrom) -> &'static str {
        match from {
            ZoneFrom::Entry => "entry",
            ZoneFrom::Column => "column",
            ZoneFrom::Heading => "heading",
            ZoneFrom::Sentence => "sentence",
            ZoneFrom::Field => "field",
            ZoneFrom::FirstEntry => "first entry",
            ZoneFrom::FrontMatter => "front matter",
            ZoneFrom::Title => "title",
            ZoneFrom::Option => "--zone",
        }
    }

    fn why_left(&self, why: WhyLeft) -> &'static str {
        match why {
            WhyLeft::Prose => "prose",
            WhyLeft::Code => "code",
            WhyLeft::Template => "not filled in",
            WhyLeft::Nested => "part of an entry",
            WhyLeft::NotTaken => "not taken",
            WhyLeft::OtherZone => "the same moment in another zone",
            WhyLeft::Page => "part of the page",
            WhyLeft::Noise => "noise of the channel",
            WhyLeft::Bot => "a program said it",
            WhyLeft::Draft => "not published",
            WhyLeft::Merge => "a merge",
            WhyLeft::TakenBack => "taken back by its author",
            WhyLeft::NoTime => "no time that can be read",
            WhyLeft::NoText => "no words",
            WhyLeft::NotJson => "no JSON",
            WhyLeft::Quoted => "quoted from another mail",
            WhyLeft::NotAsked => "not asked for",
            WhyLeft::Repeated => "told before",
            WhyLeft::Known => "known already",
        }
    }

    fn import_heads(&self) -> &'static ImportHeads {
        &HEADS
    }

    fn import_fate(&self, fate: &str) -> &'static str {
        match fate {
            "same" => "there already",
            "changed" => "differs",
            "left out" => "taken out before",
            _ => "new",
        }
    }

    fn import_head(&self, from: &str, counts: ImportCounts, record: &str, is_new: bool) -> String {
        let new = if is_new { " (new)" } else { "" };
        format!("{from}: {} → {record}{new}", amounts(counts))
    }

    fn lines_left_out(&self, count: usize) -> String {
        match count {
            1 => "1 line is in no record; --format json names it".to_owned(),
            count => format!("{count} lines are in no record; --format json names them"),
        }
    }

    fn write_it(&self) -> &'static str {
        "write it? [y/N] "
    }

    fn written_with_yes(&self) -> &'static str {
        "nothing was written; to write it: --yes"
    }

    fn imported(&self, from: &str, counts: ImportCounts, record: &str) -> String {
        format!(
            "imported {from}: {} → {record}; to take it back: asrun undo -r {record}",
            amounts(counts)
        )
    }

    fn nothing_new(&self, from: &str, record: &str) -> String {
        format!("{record} has all of {from}; nothing was written")
    }

    fn import_question(&self, code: DoubtCode, found: &str) -> String {
        match code {
            DoubtCode::NoZone => format!(
                "nothing says in which zone {found:?} is told; which? (such as UTC or Asia/Seoul) "
            ),
            DoubtCode::NoDate => {
                format!("nothing says on which day {found:?} was; which? (such as 2024-09-07) ")
            }
            _ => format!("does {found:?} begin with the day or the month? [d/m] "),
        }
    }

    fn import_refused(&self, from: &str, why: &str) -> String {
        if why.starts_with(from) { why.to_owned() } else { format!("{from}: {why}") }
    }

    fn import_totals(&self, read: usize, refused: usize) -> String {
        format!("{read} read, {refused} refused")
    }
}

const HEADS: ImportHeads = ImportHeads {
    line: "line",
    printed: "printed",
    read_as: "read as",
    day_from: "day from",
    zone_from: "zone from",
    text: "text",
    fate: "in the record",
    doubts: "doubts",
    left_out: "not taken",
    plan: "plan",
    actions: "actions",
};

/// Returns how much was read, in words.
fn amounts(counts: ImportCounts) -> String {
    let ImportCounts { events, steps, actions, same, changed, left_out } = counts;
    let one = |count: usize, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    };
    let mut parts = vec![one(events, "event", "events"), one(steps, "step", "steps")];
    if actions > 0 {
        parts.push(one(actions, "action", "actions"));
    }
    for (count, what) in
        [(same, "there already"), (changed, "changed since"), (left_out, "taken out before")]
    {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    parts.join(", ")
}

/// Returns what is doubted, in words.
fn doubt(code: DoubtCode, found: &str, taken: &str) -> String {
    match code {
        DoubtCode::NoZone => {
            format!("nothing says in which zone {found} is told: --zone UTC, or another")
        }
        DoubtCode::NoDate => format!("nothing says on which day {found} was: --date 2024-09-07"),
        DoubtCode::NoYear => format!("{found} has no year; it is taken for {taken}"),
        DoubtCode::YearInherited => format!("{found} has the year of {taken}"),
        DoubtCode::DayMonthOrder => {
            format!("{found} could be two days: --day-first or --month-first")
        }
        DoubtCode::DateFromTitle => format!("no entry prints a day; {taken} is the title's"),
        DoubtCode::DateFromProse => format!("no entry prints a day; {taken} stands in a sentence"),
        DoubtCode::DateFromFrontMatter => {
            format!("no entry prints a day; {taken} is the front matter's")
        }
        DoubtCode::DateFromFileName => format!("no entry prints a day; {taken} is the file name's"),
        DoubtCode::MidnightAssumed => {
            format!("{found} stands after {taken}, so it is taken for the next day")
        }
        DoubtCode::StepBack => format!("{found} stands after {taken}, which is later"),
        DoubtCode::DateJump => format!("{found} is far from its neighbours: {taken}"),
        DoubtCode::NewestFirst => {
            "the list begins with what was last; it was read upwards".to_owned()
        }
        DoubtCode::ImpossibleTwelveHour => {
            format!("{found} is no time of the twelve-hour clock; it is taken for {taken}")
        }
        DoubtCode::ZoneOutOfSeason => {
            format!("{found}: clocks there showed {taken} then; the offset is kept as printed")
        }
        DoubtCode::ZoneDiffers => format!("{found} is told beside {taken}"),
        DoubtCode::SecondZoneDiffers => format!("{found} is another moment than {taken}"),
        DoubtCode::WrongWeekday => format!("{found}: that day was a {taken}"),
        DoubtCode::YearTypo => format!("{found} is printed, and its neighbours say {taken}"),
        DoubtCode::DottedTime => format!("{found} is taken for {taken}"),
        DoubtCode::NoSuchDay => format!("there is no day {found}"),
        DoubtCode::TemplateRow => format!("{found:?} was never filled in"),
        DoubtCode::RestInTimeCell => format!("beside the time stands {found:?}"),
        DoubtCode::TimeNotUnderstood => {
            format!("{found:?} begins like a time, and is none that is read")
        }
        DoubtCode::DurationDiffers
        | DoubtCode::MilestoneDiffers
        | DoubtCode::DoneWithoutDay
        | DoubtCode::SeveralIncidents
        | DoubtCode::PlanInProse
        | DoubtCode::Edited
        | DoubtCode::Deleted
        | DoubtCode::MorePages
        | DoubtCode::StillFiring
        | DoubtCode::FileNotInExport
        | DoubtCode::Repeats
        | DoubtCode::AuthorDateDiffers
        | DoubtCode::OpenEnd
        | DoubtCode::MilestoneDayOnly
        | DoubtCode::TagWithoutDate
        | DoubtCode::DateInherited
        | DoubtCode::SeparatorGuessed => doubt_beside_times(code, found, taken),
    }
}

/// Returns what is doubted beside times, in words.
fn doubt_beside_times(code: DoubtCode, found: &str, taken: &str) -> String {
    match code {
        DoubtCode::DurationDiffers => format!("{found} fits no two entries; they give {taken}"),
        DoubtCode::MilestoneDiffers => format!("{found} is told here, and {taken} elsewhere"),
        DoubtCode::DoneWithoutDay => format!("{found:?} is done, and nobody says when"),
        DoubtCode::SeveralIncidents => {
            format!("it tells of {found} incidents: a record each")
        }
        DoubtCode::PlanInProse => format!("{found} stands in a sentence, and was not planned"),
        DoubtCode::Edited => format!("{found:?} was edited in the source"),
        DoubtCode::Deleted => format!("{found:?} was deleted in the source"),
        DoubtCode::MorePages => format!("the export says that there is more: {found}"),
        DoubtCode::StillFiring => format!("{found} had not ended when it was exported"),
        DoubtCode::FileNotInExport => format!("{found} is named, and was not handed over"),
        DoubtCode::Repeats => format!("{found} comes again ({taken}); it was taken once"),
        DoubtCode::AuthorDateDiffers => format!("{found} was written at {taken}"),
        DoubtCode::OpenEnd => format!("{found} says from when, and not until when"),
        DoubtCode::MilestoneDayOnly => {
            format!("{found} is due by a day; the clock time in the export is nobody's choice")
        }
        DoubtCode::TagWithoutDate => {
            format!("the tag {found} has no date of its own; its commit's was taken")
        }
        DoubtCode::DateInherited => format!("{found} has no day; it is taken for {taken}"),
        DoubtCode::SeparatorGuessed => {
            format!("{found} is taken for what stands between cells, from the first row")
        }
        _ => String::new(),
    }
}

/// Why a document was not read.
pub(super) fn import_failure(fault: &ImportFault) -> Refusal {
    match fault {
        ImportFault::NotText { name, byte } => {
            Refusal::new(format!("{name} is no text in a known encoding: byte {byte} is none"))
                .hint("say which it is in: --encoding cp949, or another; or save it as UTF-8")
        }
        ImportFault::Nothing { name } => {
            Refusal::new(format!("nothing in {name} could be read as an event or a step"))
                .hint("each entry begins with its time; for what it is: asrun import KIND FILE")
        }
        ImportFault::NoKind { name, known } => {
            Refusal::new(format!("what {name} is cannot be told from its name"))
                .hint(format!("say it: asrun import KIND FILE, KIND one of {}", known.join(", ")))
        }
        ImportFault::Structure { name, line, column, expected } => Refusal::new(format!(
            "{name}:{line}:{column} is not built as such a document is: {expected} was expected"
        )),
        ImportFault::Export(fault) => export_failure(fault),
        ImportFault::TooLarge { name, limit } => {
            Refusal::new(format!("{name} is larger than {limit} bytes"))
                .hint("export a shorter time, or split it")
        }
        ImportFault::OnlyOne { kind } => {
            Refusal::new(format!("one file of {kind} is read at a time"))
        }
        ImportFault::SeveralRecords { count } => {
            Refusal::new(format!("the document tells of {count} incidents, so they have no one id"))
                .hint("leave out --id and --record")
        }
        ImportFault::OtherRecord { id, name } => {
            Refusal::new(format!("the record {id} is there, and not from {name}"))
                .hint(format!("to add it to that record: -r {id}; else: --id ANOTHER"))
        }
        ImportFault::Unanswered { name, asks } => {
            let refusal = Refusal::new(format!(
                "{name} was not imported: it does not say all that is needed"
            ));
            asks.iter().fold(refusal, |refusal, code| refusal.hint(way_out(*code)))
        }
    }
}

/// The option that answers what a document does not say.
fn way_out(code: DoubtCode) -> &'static str {
    match code {
        DoubtCode::NoZone => "in which zone are its times told? --zone UTC, or another",
        DoubtCode::NoDate => "on which day was it? --date 2024-09-07",
        _ => "does a day such as 7/5/2023 begin with the day? --day-first or --month-first",
    }
}

/// Why an export, or a log, was not read.
fn export_failure(fault: &ExportFault) -> Refusal {
    match fault {
        ExportFault::Json { name, line, column, says } => {
            Refusal::new(format!("{name}:{line}:{column} is no JSON: {says}"))
                .hint("export it again, and hand over the whole file")
        }
        ExportFault::TooDeep { name, line, column, limit } => {
            Refusal::new(format!("{name}:{line}:{column} is nested deeper than {limit} levels"))
        }
        ExportFault::Archive { name, why } => {
            Refusal::new(format!("{name} is not opened: {}; nothing was written", archive(why)))
                .hint("export it again, or unpack what you trust and hand over the folder")
        }
        ExportFault::Flood { name, found, limit } => Refusal::new(format!(
            "{name} has {found} entries; a record takes {limit} of one source"
        ))
        .hint("say which are wanted: --match level=error, or --since and --until"),
        ExportFault::WhichChannel { wanted: None, known } => {
            Refusal::new("the export holds several channels, and one is a record")
                .hint(format!("say which: --channel {}", known.join(", or --channel ")))
        }
        ExportFault::WhichChannel { wanted: Some(wanted), known } => {
            Refusal::new(format!("the export holds no channel {wanted:?}"))
                .hint(format!("it holds: {}", known.join(", ")))
        }
        ExportFault::NoFile { kind } => Refusal::new(format!("no file of {kind} was named"))
            .hint(format!("asrun import {kind} FILE; `-` is the standard input")),
        ExportFault::Git { says } => Refusal::new(format!("git did not answer: {says}")),
        ExportFault::Encoding { name } => {
            Refusal::new(format!("--encoding: {name:?} is no encoding that is read"))
                .hint("such as utf-8, utf-16le, cp949, shift_jis, windows-1252")
        }
        ExportFault::NoColumns { name, found } => Refusal::new(format!(
            "{name} names no column of times: its first row is {}",
            found.join(" | ")
        ))
        .hint("name them in the first row: Step, Owner, Planned start, Planned end, Actual start, Actual end")
        .hint("or say which they are: --at WHEN --text WHAT --by WHO"),
        ExportFault::FolderTooLarge { name, files, depth } => Refusal::new(format!(
            "{name} holds more than {files} files, or folders more than {depth} deep"
        ))
        .hint("name the folder of the export itself"),
    }
}

/// Why an archive is not opened.
fn archive(why: &ArchiveFault) -> String {
    match why {
        ArchiveFault::Broken(says) => format!("it is no whole zip archive ({says})"),
        ArchiveFault::BrokenFile { file, says } => format!("{file:?} cannot be unpacked ({says})"),
        ArchiveFault::TooMany { found, limit } => {
            format!("it has {found} files, and {limit} are read")
        }
        ArchiveFault::OddName(name) => {
            format!("the name {name:?} leads out of it or hides what it is")
        }
        ArchiveFault::Link(name) => format!("{name:?} is a link"),
        ArchiveFault::Encrypted(name) => format!("{name:?} needs a password"),
        ArchiveFault::Twice => "two of its files have one name or one place".to_owned(),
        ArchiveFault::TooLarge { file, limit, all } => {
            format!("with {file:?} it is larger than is read: {limit} bytes a file, {all} in all")
        }
        ArchiveFault::Bomb { file, limit } => {
            format!("{file:?} is more than {limit} times what it was packed into")
        }
        ArchiveFault::Larger(file) => format!("{file:?} is not as large as the archive says"),
    }
}
