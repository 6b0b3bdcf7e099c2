//! Commands that query records.

use crate::lang::terminal::help::{
    BriefHelp, ChartHelp, CompareHelp, HistoryHelp, ListHelp, SearchHelp, ShowHelp, StatsHelp,
    WatchHelp,
};

pub(super) const SHOW: ShowHelp = ShowHelp {
    about: "Show a record: plan against actual, timeline, durations",
    format: "`table` for people, the others for programs. JSON is what templates see",
    full: "Show long details in full",
    sources: "Show the document and line that each entry was imported from",
    public: "Show what the public may see: no internal entries, no listed names",
};

pub(super) const COMPARE: CompareHelp = CompareHelp {
    about: "Compare plan and actual of one record, or several releases step by step",
    long_about: "\
Compare plan and actual of one record, or several releases step by step

  asrun compare                 the current record: planned, actual, deviation
  asrun compare 2.0 3.0         the same step in each release
  asrun compare --zone UTC      every time in that zone too

Steps of several releases are matched by id, else by their text (the same verb
with the same object) or by `steps:` in asrun.yaml; a match that is not by id
is marked ≈. Of three releases and more, a column says how far each step was off
its plan, and of how many (n). A step that only says the same in other words or
another language is shown in the same row, and not counted.",
    records: "Ids, unique parts of them, or versions. Without any, the selected record, else the \
        only open one",
    format: "`table` for people, the others for programs and documents",
};

pub(super) const CHART: ChartHelp = ChartHelp {
    about: "Draw plan and actual of one record, or of several releases",
    long_about: "\
Draw plan and actual of one record, or of several releases

  asrun chart                          on the terminal
  asrun chart 3.0 -o release.svg       an image for light, dark and print
  asrun chart 3.0 -o release.png       the same as pixels, with this machine's fonts
  asrun chart --format mermaid         for pages that draw Mermaid
  asrun chart 2.0 2.1 3.0              each step over several releases
  asrun chart 2.0 2.1 3.0 -o all.html  a page with the picture and the table

Lines connect each planned step to what happened; long silences are cut and
labelled with their length; the phases of an outage are shaded.

Several releases share one time axis, which begins with each one's own day (D).
Their steps are matched as in asrun compare, and how far a step was off its
plan is told with the number of releases (n).",
    format: "Text for a terminal, an SVG or PNG image, Mermaid in a Markdown code block, or, of several \
        releases, an HTML page. Defaults to what the extension of --output says, else text",
    output: "Write to this file: .svg, .png, .md, .html, or any other extension for text",
    width: "Width of the SVG in pixels (a PNG has twice as many); below 560 the layout is for a \
        phone",
    public: "Leave out what is internal, as published pages do",
};

pub(super) const SEARCH: SearchHelp = SearchHelp {
    about: "Find words in every record: titles, plans, events, lessons, actions",
    long_about: r#"Find words in every record: titles, plans, events, lessons, actions

  asrun search 타임아웃
  asrun search 심사 리젝 --kind release
  asrun search "/5\d\d on checkout/"      a regular expression between slashes

All words must occur in one text, in any order; case and spaces do not matter,
so 앱진입 finds 앱 진입. Exit code 1 if nothing was found."#,
    words: "Words, or /a regular expression/",
};

pub(super) const HISTORY: HistoryHelp = HistoryHelp {
    about: "Show how a step, or a kind of trouble, went each time",
    long_about: "\
Show how a step, or a kind of trouble, went each time

  asrun history deploy          a step, by its id or its words
  asrun history 심사 리젝       a kind of trouble, by its words or a tag

Steps are shown with planned and actual time; unplanned events are shown when
they happened. Several words also find the same step worded differently, and
the names that `steps:` in asrun.yaml gives it. A step of another record that
has the same id as one of these, or does the same in other words, is shown with
it, behind the sign ≈. So is one that stands between the same two steps, in a
record that has none of these; it is marked as inferred from its place.",
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

Durations are skewed, so there are no means. What is not recorded is counted,
not guessed: n is how many values there are, of how many there could be.
LATE 2/5 of a step: late in 2 of the 5 records that planned it, skipped or not.
The N beside it counts those in which its time is recorded.",
    by: "Group the figures by this",
    explain: "List the values behind the figures, or behind that one",
    svg: "Draw the number of records in each group or period as an SVG",
};

pub(super) const LIST: ListHelp = ListHelp {
    about: "List the records, latest last; `*` marks the selected one",
    long_about: "\
List the records, latest last; `*` marks the selected one

  asrun list --kind release --since 2024
  asrun list --sort events --columns id,events,services
  asrun list --unreadable          what is wrong with each; exit code 1

A record that cannot be read is named on the error output and the others are
still listed; the exit code is then 1.",
    sort: "Sort by this",
    reverse: "Reverse the order",
    archived: "List archived records too",
    unreadable: "Only records that cannot be read, each with its fault",
};

pub(super) const WATCH: WatchHelp = WatchHelp {
    about: "Show a record's latest events, kept current while others log; Ctrl-C ends it",
    long_about: "\
Show a record's latest events, kept current while others log; Ctrl-C ends it

  asrun watch              the current record
  asrun watch 3.0
  asrun watch --remind 10m

The newest events are always visible, one line each where space is short; the
plan and the durations appear only where there is room beside the events.

With --remind, each step has a line of its own when its time is that near, and
the terminal's bell rings once; again if the step is moved. With it, the command
in ASRUN_REMIND_COMMAND is started, without a shell and with that line as its
last argument:

  ASRUN_REMIND_COMMAND=\"notify-send asrun\" asrun watch --remind 10m",
    record: "An id, a unique part of it, or a version. Without it, the selected record, else the \
        only open one",
    remind: "Ring the bell this long before each planned step, such as 10m",
};

pub(super) const BRIEF: BriefHelp = BriefHelp {
    about: "Tell who takes a record over what matters, on one screen",
    long_about: "\
Tell who takes a record over what matters, on one screen

  asrun brief                       the current record
  asrun brief checkout --format markdown     for a chat, as --template handover

What is broken and since when, what is known of the cause, when the public was
told last, what was tried, who does what, what is due, and the latest events.
Tried is what was done since it broke: actions, decisions, steps, help that was
called. On a terminal as much is told as the screen holds.",
    format: "In which form: `table` for people, JSON for programs, Markdown for a chat",
};
