//! `asrun` itself, and what many commands share.

use crate::lang::terminal::help::{
    AsrunHelp, FilterHelp, FormHelp, FrameHelp, GlobalsHelp, RecordHelp,
};

pub(super) const FRAME: FrameHelp = FrameHelp {
    usage: "Usage",
    commands: "Commands",
    arguments: "Arguments",
    options: "Options",
    values: "Possible values",
    default: "default",
    one_of: "possible values",
    environment: "env",
    help: "Print help",
    help_in_short: "Print help (see more with '--help')",
    help_in_long: "Print help (see a summary with '-h')",
    version: "Print version",
};

pub(super) const ASRUN: AsrunHelp = AsrunHelp {
    about: "Log what really happened in a release or an outage, beside what was planned.",
    long_about: r#"Log what really happened in a release or an outage, beside what was planned.

Every record is one YAML file in incidents/, made for people and git. asrun
adds entries to it without touching anything else, and renders it as a
retrospective.

Once in a project:
  asrun init

In an outage:
  asrun new "Checkout is down" --kind outage
  asrun log "5xx on checkout" --type detected
  asrun log "pool exhausted" --at "10m ago" --type identified
  asrun log "all green" --type resolved
  asrun show

For a release:
  asrun new "Checkout 3.0" --kind release --version 3.0
  asrun plan add 17:30 "deploy" --id deploy
  asrun log "deploy started" --step deploy
  asrun edit                           lessons, actions, summary
  asrun render --template chirpy -o _posts/

Before the next one: asrun compare 2.0 3.0, asrun stats (which steps slip
most), asrun lessons, asrun plan from 3.0 --at 17:30"#,
    verbose: "With --version: the release of the time zone data, too",
    after: "\
Exit codes: 0 done, 1 failed or found something wrong, 2 misuse, 3 another
  asrun held the record (nothing written, try again), 4 the event was kept
  beside a record that cannot be read (asrun recover adds it).

Environment: ASRUN_RECORD names the record, VISUAL or EDITOR the editor,
  ASRUN_PAGER or PAGER the pager of long answers (cat for none), NO_COLOR turns
  colours off; ASRUN_TIMEZONE and others set what asrun.yaml does (asrun config).
  Time zone data newer than the built-in ones are taken from
  /usr/share/zoneinfo, or from the folder that ASRUN_ZONEINFO names.",
};

pub(super) const GLOBALS: GlobalsHelp = GlobalsHelp {
    heading: "Options of every command",
    directory: "Work as if started in DIR",
    dry_run: "Write nothing: say what would be done, and show how a record would change",
    quiet: "Say nothing but what was asked for, warnings and errors",
    no_input: "Never wait for a person: no editor, no pager, no question",
    color: "Colours: on a terminal, always, or never",
};

pub(super) const RECORD: RecordHelp = RecordHelp {
    record: "The record: its id, any unique part of it, or its version. Without it, the selected \
        record, else the only open one",
    wait: "Seconds to wait while another asrun writes the same record",
    current: "Its id, any unique part of it, or its version. Without it, the selected record, else \
        the only open one",
};

pub(super) const FORM: FormHelp = FormHelp {
    format: "`table` for people, the others for programs and documents. A table that goes into a \
        pipe has a line a row and tabs between its cells",
    columns: "Which columns, such as `id,date,text`; a wrong name lists those there are",
    bom: "Begin CSV with a byte order mark, by which spreadsheets show Korean right",
};

pub(super) const FILTER: FilterHelp = FilterHelp {
    heading: "Which records",
    kind: "release, outage, maintenance, or another word",
    tag: "A tag or a category",
    service: "A service",
    of_version: "The version of a release",
    severity: "A severity, such as sev1",
    status: "The last milestone, such as resolved",
    author: "Who wrote it",
    since: "From that day on: 2024-09-07, 2024-09 or 2024",
    until: "Up to that day: 2024-09-07, 2024-09 or 2024",
    open: "Only records that are still open",
};

pub(super) const ZONE: &str = "Tell every time in this zone too, such as UTC or Europe/Berlin";

pub(super) const FORCE: &str = "Replace also what asrun did not write, or what was changed since";
