//! Messages about imported documents.

use crate::fault::{
    ArchiveFault, DayFrom, DoubtCode, ExportFault, ImportFault, PictureFault, WhyLeft, ZoneFrom,
};
use crate::lang::terminal::{ImportCounts, ImportHeads, ImportWords, Refusal};
use crate::model::Day;
use crate::yaml::Encoding;

use super::English;
use super::times::weekday;

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

    fn picture_fault(&self, fault: PictureFault) -> &'static str {
        match fault {
            PictureFault::NotThere => "no such file beside the document",
            PictureFault::NoFolder => "the document was not read from a file",
            PictureFault::Outside => "hidden or outside the document's folder",
            PictureFault::Link => "a link",
            PictureFault::TooLarge => "larger than 50 MiB",
            PictureFault::NoPicture => "not a picture of a known kind",
            PictureFault::TooMany => "too many pictures in one document",
        }
    }

    fn why_left(&self, why: WhyLeft) -> &'static str {
        match why {
            WhyLeft::Prose => "prose",
            WhyLeft::Code => "code",
            WhyLeft::Template => "not filled in",
            WhyLeft::NotTaken => "not taken",
            WhyLeft::Page => "part of the page",
            WhyLeft::Noise => "noise of the channel",
            WhyLeft::Bot => "posted by a bot",
            WhyLeft::Draft => "not published",
            WhyLeft::Merge => "a merge",
            WhyLeft::TakenBack => "deleted by its author",
            WhyLeft::NoTime => "no readable time",
            WhyLeft::NoText => "no words",
            WhyLeft::NotJson => "no JSON",
            WhyLeft::Quoted => "quoted from another mail",
            WhyLeft::NotAsked => "filtered out",
            WhyLeft::Repeated => "repeated",
        }
    }

    fn import_heads(&self) -> &'static ImportHeads {
        &HEADS
    }

    fn import_fate(&self, fate: &str) -> &'static str {
        match fate {
            "same" => "already there",
            "changed" => "differs",
            "updated" => "corrected",
            "conflict" => "edited there too",
            "left out" => "removed earlier",
            _ => "new",
        }
    }

    fn import_head(&self, from: &str, counts: ImportCounts, record: &str, is_new: bool) -> String {
        let new = if is_new { " (new)" } else { "" };
        format!("{from}: {} → {record}{new}", amounts(counts))
    }

    fn lines_left_out(&self, count: usize) -> String {
        match count {
            1 => "1 line is in no record; --format json lists it".to_owned(),
            count => format!("{count} lines are in no record; --format json lists them"),
        }
    }

    fn import_doubts(&self, from: &str, count: usize, codes: &str) -> String {
        let doubts = if count == 1 { "1 doubt" } else { &format!("{count} doubts") };
        format!("{from} has {doubts} ({codes}); to read about them: --dry-run")
    }

    fn write_it(&self) -> &'static str {
        "write it? [y/N, or e to edit it first] "
    }

    fn import_edited(&self, record: &str) -> String {
        format!(
            "saved {record} as you edited it; asrun undo takes back your edits first, then the import"
        )
    }

    fn import_not_mended(&self, from: &str, copy: &str) -> Refusal {
        Refusal::new(format!("{from} was not imported; what you wrote is kept in {copy}"))
            .hint("import it, then copy what you wrote from there; to open the record: asrun edit")
    }

    fn written_with_yes(&self) -> &'static str {
        "nothing was written; to write it: --yes"
    }

    fn imported(&self, from: &str, counts: ImportCounts, record: &str) -> String {
        format!("imported {from}: {} → {record}", amounts(counts))
    }

    fn nothing_new(&self, from: &str, record: &str) -> String {
        format!("{record} already has all of {from}; nothing was written")
    }

    fn no_new_part(&self, from: &str, record: &str) -> String {
        format!("{record} already has this part of {from}; nothing was written")
    }

    fn entries_differ(&self, from: &str, count: usize, record: &str) -> String {
        let entries =
            if count == 1 { "1 entry differs" } else { &format!("{count} entries differ") };
        format!(
            "{entries} between {record} and {from}; to apply the document's corrections: --update"
        )
    }

    fn imported_without_kind(&self, record: &str) -> String {
        format!(
            "the document states no kind, so {record} is in no statistics or forecast of releases; if it \
             is one: asrun set kind release -r {record}, and asrun set version VERSION -r {record}"
        )
    }

    fn entries_conflict(&self, sources: &[String], record: &str) -> Refusal {
        let kept = "not corrected, because the record may have been edited there, too";
        Refusal::new(format!("{}: {kept}", sources.join(", "))).hint(format!(
            "compare: asrun show {record} --sources; then asrun amend NUMBER -r {record}, or asrun edit {record}"
        ))
    }

    fn read_from(&self, from: &str, on: Option<&str>) -> String {
        let on = on.map_or(String::new(), |on| format!(" on {on}"));
        format!("read from {from}{on}")
    }

    fn typed_here(&self) -> &'static str {
        "typed"
    }

    fn sources_without_table(&self) -> Refusal {
        Refusal::new("--sources is for the table and JSON")
            .hint("leave out --format, or use --format json, which has every source")
    }

    fn import_question(&self, code: DoubtCode, found: &str) -> String {
        match code {
            DoubtCode::NoZone => {
                format!("which zone is {found:?} in? (such as UTC or Asia/Seoul) ")
            }
            DoubtCode::NoDate => {
                format!("which day was {found:?} on? (such as 2024-09-07) ")
            }
            _ => format!("does {found:?} start with the day or the month? [d/m] "),
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
    pictures: "pictures",
};

/// Returns how much was imported.
fn amounts(counts: ImportCounts) -> String {
    let ImportCounts { events, steps, actions, same, changed, updated, conflicts, left_out } =
        counts;
    let one = |count: usize, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    };
    let mut parts = vec![one(events, "event", "events"), one(steps, "step", "steps")];
    if actions > 0 {
        parts.push(one(actions, "action", "actions"));
    }
    for (count, what) in [
        (same, "already there"),
        (changed, "changed since"),
        (updated, "corrected"),
        (conflicts, "edited on both sides"),
        (left_out, "removed earlier"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    parts.join(", ")
}

/// Returns the weekday of a day that is written.
fn weekday_of(day: &str) -> &str {
    Day::parse(day).map_or(day, |day| weekday(day.weekday()))
}

/// Returns the wording of a doubt.
fn doubt(code: DoubtCode, found: &str, taken: &str) -> String {
    match code {
        DoubtCode::NoZone => {
            format!("the zone of {found} is not stated: --zone UTC, or another")
        }
        DoubtCode::NoDate => format!("the day of {found} is not stated: --date 2024-09-07"),
        DoubtCode::YearInherited => format!("{found} takes its year from {taken}"),
        DoubtCode::DayMonthOrder => {
            format!("{found} could be two days: --day-first or --month-first")
        }
        DoubtCode::DateFromTitle => format!("no entry states a day; {taken} is from the title"),
        DoubtCode::DateFromProse => format!("no entry states a day; {taken} is from a sentence"),
        DoubtCode::DateFromFrontMatter => {
            format!("no entry states a day; {taken} is from the front matter")
        }
        DoubtCode::DateFromFileName => format!(
            "no entry states a day; {taken} is from the file \
            name"
        ),
        DoubtCode::MidnightAssumed => {
            format!("{found} comes after {taken}, so it is read as the next day")
        }
        DoubtCode::StepBack => format!("{found} comes after {taken}, which is later"),
        DoubtCode::DateJump => format!("{found} is far from its neighbours: {taken}"),
        DoubtCode::NewestFirst => {
            "the list is newest first; it was read from the bottom up".to_owned()
        }
        DoubtCode::ImpossibleTwelveHour => {
            format!("{found} is not a time on the twelve-hour clock; read as {taken}")
        }
        DoubtCode::ZoneOutOfSeason => {
            format!(
                "{found}: the clocks there were on {taken} at that time; the offset is kept \
                as printed"
            )
        }
        DoubtCode::ZoneDiffers => format!("{found} is given beside {taken}"),
        DoubtCode::SecondZoneDiffers => format!("{found} is not the same moment as {taken}"),
        DoubtCode::WrongWeekday => format!("{found}: that day was a {}", weekday_of(taken)),
        DoubtCode::DottedTime => format!("{found} is read as {taken}"),
        DoubtCode::NoSuchDay => format!("{found} is not a date that exists"),
        DoubtCode::TemplateRow => format!("{found:?} was never filled in"),
        DoubtCode::RestInTimeCell => format!("next to the time it says {found:?}"),
        DoubtCode::TimeNotUnderstood => format!("{found:?} cannot be read as a time"),
        DoubtCode::DurationDiffers
        | DoubtCode::MilestoneDiffers
        | DoubtCode::DoneWithoutDay
        | DoubtCode::SeveralIncidents
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

/// Returns the wording of a doubt that is not about a time.
fn doubt_beside_times(code: DoubtCode, found: &str, taken: &str) -> String {
    match code {
        DoubtCode::DurationDiffers => format!(
            "{found} does not fit any two entries; they give \
            {taken}"
        ),
        DoubtCode::MilestoneDiffers => match taken {
            "" => format!("no event has the time of {found:?}"),
            taken => format!("{found:?}, but the event that says so was at {taken}"),
        },
        DoubtCode::DoneWithoutDay => format!("{found:?} is done, but not when"),
        DoubtCode::SeveralIncidents => {
            format!(
                "it describes {found} incidents: one record each, and the rest in the first (all in one: --one)"
            )
        }
        DoubtCode::Edited => format!("{found:?} was edited in the source"),
        DoubtCode::Deleted => format!("{found:?} was deleted in the source"),
        DoubtCode::MorePages => format!("the export says that it is incomplete: {found}"),
        DoubtCode::StillFiring => format!("{found} had not ended when it was exported"),
        DoubtCode::FileNotInExport if taken.is_empty() => {
            format!("{found} is referred to, but was not given")
        }
        DoubtCode::FileNotInExport => format!("{found}: not attached ({taken})"),
        DoubtCode::Repeats => format!("{found} is repeated ({taken}); it was imported once"),
        DoubtCode::AuthorDateDiffers => format!("{found} was written at {taken}"),
        DoubtCode::OpenEnd => format!("{found} has a start, but no end"),
        DoubtCode::MilestoneDayOnly => {
            format!(
                "{found} is due on a day; the clock time in the export was not chosen by \
                anybody"
            )
        }
        DoubtCode::TagWithoutDate => {
            format!("the tag {found} has no date of its own; its commit's date was used")
        }
        DoubtCode::DateInherited => format!("{found} has no day; read as {taken}"),
        DoubtCode::SeparatorGuessed => {
            format!("{found} is taken as the separator, judging by the first row")
        }
        _ => String::new(),
    }
}

/// Returns why a document was not imported.
pub(super) fn import_failure(fault: &ImportFault) -> Refusal {
    match fault {
        ImportFault::NotText { name, byte, encoding } => {
            Refusal::new(format!("{name} is not text in a known encoding: byte {byte} is invalid"))
                .hint(match encoding.and_then(Encoding::name) {
                    Some(known) => format!(
                        "name its encoding, which could be {known}: --encoding {}",
                        known.to_lowercase()
                    ),
                    None => "name its encoding: --encoding cp949, or another; or save it as UTF-8"
                        .to_owned(),
                })
        }
        ImportFault::Nothing { name, fence } => {
            let refusal =
                Refusal::new(format!("nothing in {name} could be read as an event or a step"));
            match fence {
                Some(number) => refusal
                    .hint(format!("to read the times in code block {number}: --fence {number}")),
                None => refusal.hint(
                    "each entry must begin with its time; to name the kind: asrun import KIND \
                    FILE",
                ),
            }
        }
        ImportFault::NoFence { name, wanted, found } => {
            let refusal =
                Refusal::new(format!("{name} has no code block {wanted}; it has {found}"));
            refusal.hint("leave out --fence, or give the number of a code block")
        }
        ImportFault::NoKind { name, known } => Refusal::new(format!(
            "the kind of {name} cannot be told from its name"
        ))
        .hint(format!("name it: asrun import KIND FILE, with KIND one of {}", known.join(", "))),
        ImportFault::Structure { name, line, column, expected } => {
            Refusal::new(format!("{name}:{line}:{column}: {expected} was expected"))
        }
        ImportFault::Export(fault) => export_failure(fault),
        ImportFault::SeveralRecords { count } => Refusal::new(format!(
            "the document describes {count} incidents, which cannot share \
                one id"
        ))
        .hint("leave out --id and --record"),
        ImportFault::Unanswered { name, asks } => {
            let refusal = Refusal::new(format!("{name} was not imported: something is missing"));
            asks.iter().fold(refusal, |refusal, code| refusal.hint(way_out(*code)))
        }
    }
}

/// Returns the option that answers the question.
fn way_out(code: DoubtCode) -> &'static str {
    match code {
        DoubtCode::NoZone => "which zone are its times in? --zone UTC, or another",
        DoubtCode::NoDate => "which day was it? --date 2024-09-07",
        _ => "does a date such as 7/5/2023 start with the day? --day-first or --month-first",
    }
}

/// Returns why an export or a log was not read.
fn export_failure(fault: &ExportFault) -> Refusal {
    match fault {
        ExportFault::Json { name, line, column, says } => {
            Refusal::new(format!("{name}:{line}:{column} is not JSON: {says}"))
                .hint("export it again, and pass the whole file")
        }
        ExportFault::TooDeep { name, line, column, limit } => {
            Refusal::new(format!("{name}:{line}:{column} is nested deeper than {limit} levels"))
        }
        ExportFault::EncodedWords { name, line, found, limit } => Refusal::new(format!(
            "{name}:{line}: this mail has {found} encoded words (`=?`); the limit is {limit}"
        ))
        .hint("take that mail out of the file; nothing was written"),
        ExportFault::Archive { name, why } => {
            Refusal::new(format!("{name} cannot be used: {}; nothing was written", archive(why)))
                .hint("export it again, or unpack what you trust and pass the folder")
        }
        ExportFault::Flood { name, found, limit } => Refusal::new(format!(
            "{name} has {found} entries; the limit per source is {limit}"
        ))
        .hint("choose some: --match level=error, or --since and --until"),
        ExportFault::WhichChannel { wanted: None, known } => {
            Refusal::new("the export has several channels, and a record takes one")
                .hint(format!("choose one: --channel {}", known.join(", or --channel ")))
        }
        ExportFault::WhichChannel { wanted: Some(wanted), known } => {
            Refusal::new(format!("the export has no channel {wanted:?}"))
                .hint(format!("it holds: {}", known.join(", ")))
        }
        ExportFault::NoFile { kind } => Refusal::new(format!("no file was given for {kind}"))
            .hint(format!("asrun import {kind} FILE; `-` is the standard input")),
        ExportFault::Git { says } => Refusal::new(format!("git failed: {says}")),
        ExportFault::Encoding { name } => {
            Refusal::new(format!("--encoding: {name:?} is not a known encoding"))
                .hint("such as utf-8, utf-16le, cp949, shift_jis, windows-1252")
        }
        ExportFault::NoColumns { name, found } => Refusal::new(format!(
            "{name} has no column of times: its first row is {}",
            found.join(" | ")
        ))
        .hint("name them in the first row: Step, Owner, Planned start, Planned end, Actual start, Actual end")
        .hint("or choose the columns: --at WHEN --text WHAT --by WHO"),
        ExportFault::FolderTooLarge { name, files, depth } => Refusal::new(format!(
            "{name} has more than {files} files, or folders more than {depth} deep"
        ))
        .hint("pass the folder of the export itself"),
    }
}

/// Returns why an archive cannot be opened.
fn archive(why: &ArchiveFault) -> String {
    match why {
        ArchiveFault::Broken(says) => format!("it is not a complete zip archive ({says})"),
        ArchiveFault::BrokenFile { file, says } => format!("{file:?} cannot be unpacked ({says})"),
        ArchiveFault::TooMany { found, limit } => {
            format!("it has {found} files; the limit is {limit}")
        }
        ArchiveFault::OddName(name) => {
            format!("the name {name:?} leads out of the archive or disguises the file")
        }
        ArchiveFault::Link(name) => format!("{name:?} is a link"),
        ArchiveFault::Encrypted(name) => format!("{name:?} needs a password"),
        ArchiveFault::Twice => "two of its files share a name or a position".to_owned(),
        ArchiveFault::TooLarge { file, limit, all } => {
            format!("{file:?} exceeds the limit of {limit} bytes per file, {all} in total")
        }
        ArchiveFault::Bomb { file, limit } => {
            format!("{file:?} is compressed more than {limit} times")
        }
        ArchiveFault::Larger(file) => format!("{file:?} does not have the size the archive states"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weekday_of_a_day_is_shown() {
        let told = doubt(DoubtCode::WrongWeekday, "Sun", "2025-03-08");
        assert_eq!(told, "Sun: that day was a Saturday");
    }
}
