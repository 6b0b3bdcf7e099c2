//! Commands that answer.

use crate::lang::terminal::help::{
    ChartHelp, CompareHelp, HistoryHelp, ListHelp, SearchHelp, ShowHelp, StatsHelp, WatchHelp,
};

pub(super) const SHOW: ShowHelp = ShowHelp {
    about: "Show a record: plan against actual, timeline, durations",
    format: "In which form: `table` for people, the others for programs. JSON is the view that \
        templates see",
    full: "Show long details whole",
    public: "As everyone may see it: without internal entries and names",
};

pub(super) const COMPARE: CompareHelp = CompareHelp {
    about: "Compare plan and actual, of one record or of several releases step by step",
    long_about: "\
Compare plan and actual, of one record or of several releases step by step

  asrun compare                 the current record: planned, actual, deviation
  asrun compare 2.0 3.0         the same step in each release
  asrun compare --zone UTC      every time in that zone too

Steps of several releases are the same when both have the same id, else when
they do the same to the same thing by their words, or by `steps:` in
asrun.yaml; the latter are marked ≈.",
    records: "Ids, unique parts of them, or versions. Without any, the selected record, else the \
        only open one",
    format: "In which form: `table` for people, the others for programs and documents",
};

pub(super) const CHART: ChartHelp = ChartHelp {
    about: "Draw plan and actual as two lanes of one picture",
    long_about: "\
Draw plan and actual as two lanes of one picture

  asrun chart                          on the terminal
  asrun chart 3.0 -o release.svg       a picture: light, dark and print
  asrun chart 3.0 -o release.png       the same in pixels, with this machine's fonts
  asrun chart --format mermaid         for pages that draw Mermaid

Lines lead from each planned step to what happened; long silences are cut
and say how long they were; phases of an outage are shaded.",
    format: "Text for a terminal, a picture as SVG or PNG, or Mermaid in a Markdown code block. By the \
        ending of --output if not given, else text",
    output: "Write it to this file: .svg, .png, .md, or any other for text",
    width: "Pixels from side to side of the SVG picture, of which a PNG has two for one; below 560 it is \
        laid out for a phone",
    public: "Leave out what is for the team alone, as published pages do",
};

pub(super) const SEARCH: SearchHelp = SearchHelp {
    about: "Find words in every record: titles, plans, events, lessons, actions",
    long_about: r#"Find words in every record: titles, plans, events, lessons, actions

  asrun search 타임아웃
  asrun search 심사 리젝 --kind release
  asrun search "/5\d\d on checkout/"      a regular expression between slashes

All words must stand in one text, in any order; capitals and blanks do not
matter, so 앱진입 finds 앱 진입. Exit code 1 if nothing was found."#,
    words: "Words, or /a regular expression/",
};

pub(super) const HISTORY: HistoryHelp = HistoryHelp {
    about: "How a step, or a sort of trouble, went every time",
    long_about: "\
How a step, or a sort of trouble, went every time

  asrun history deploy          a step, by its id or its words
  asrun history 심사 리젝       a sort of trouble, by its words or a tag

Steps are shown with planned and actual time; what no step planned is shown
where it happened. Several words find the same step in other words too, and
what `steps:` in asrun.yaml calls it.",
    words: "A step's id, words, or a tag",
};

pub(super) const STATS: StatsHelp = StatsHelp {
    about: "Figures over many records: medians with their range and count",
    long_about: "\
Figures over many records: medians with their range and count

  asrun stats --kind outage --since 2024
  asrun stats --by service              also month, quarter, year, kind, tag, …
  asrun stats --explain ttr             every record behind a figure
  asrun stats --by month --svg > outages.svg

Durations are skewed, so no mean is told. What is not recorded is counted, not
guessed: n is how many values there are of how many there could be.",
    by: "One group of figures for each of these",
    explain: "The values behind the figures, or behind that one",
    svg: "The records of each group, or of each period, as a picture",
};

pub(super) const LIST: ListHelp = ListHelp {
    about: "List the records, latest last; `*` marks the selected one",
    long_about: "\
List the records, latest last; `*` marks the selected one

  asrun list --kind release --since 2024
  asrun list --sort events --columns id,events,services
  asrun list --unreadable          what is wrong with each; exit code 1

A record that cannot be read is named on the error output and the others are
listed all the same; the exit code is then 1.",
    sort: "By what they are sorted",
    reverse: "The other way round",
    unreadable: "Only records that cannot be read, each with its fault",
};

pub(super) const WATCH: WatchHelp = WatchHelp {
    about: "Show a record's latest events, kept current while others log; Ctrl-C ends it",
    long_about: "\
Show a record's latest events, kept current while others log; Ctrl-C ends it

  asrun watch              the current record
  asrun watch 3.0

The newest events are always in sight, in a line each where there is no room
for more; the plan and the durations only where all events leave them room.",
    record: "An id, a unique part of it, or a version. Without it, the selected record, else the \
        only open one",
};
