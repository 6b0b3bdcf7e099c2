//! `asrun` itself, and what several commands share.

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
    about: "Log what actually happened in a release or an outage, next to what was planned.",
    long_about: r#"Log what actually happened in a release or an outage, next to what was planned.

Every record is one YAML file in incidents/, made for people and git. asrun
adds entries to it without touching anything else, and renders it as a
retrospective.

Once per project:
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
    verbose: "With --version: also print the release of the time zone data",
    after: "\
Exit codes: 0 done, 1 failed or found something wrong, 2 misuse, 3 another
  asrun held the record (nothing written, try again), 4 the event was kept
  beside a record that cannot be read (asrun recover adds it).

Environment: ASRUN_RECORD names the record, VISUAL or EDITOR the editor,
  ASRUN_PAGER or PAGER the pager of long answers (cat for none), NO_COLOR turns
  colours off; ASRUN_TIMEZONE and others override asrun.yaml (asrun config).
  Time zone data newer than the built-in release is read from
  /usr/share/zoneinfo, or from the folder that ASRUN_ZONEINFO names.",
};

pub(super) const GLOBALS: GlobalsHelp = GlobalsHelp {
    heading: "Global options",
    directory: "Work as if started in DIR",
    dry_run: "Write nothing: print what would be done, and how the record would change",
    quiet: "Print only what was asked for, warnings and errors",
    no_input: "Never wait for input: no editor, no pager, no questions",
    color: "When to use colours; auto means on a terminal only",
};

pub(super) const RECORD: RecordHelp = RecordHelp {
    record: "The record: its id, any unique part of it, or its version. Without it, the selected \
        record, else the only open one",
    wait: "Seconds to wait while another asrun writes the same record",
    format: "`text` for people, `json` for programs: what was changed",
    current: "Its id, any unique part of it, or its version. Without it, the selected record, else \
        the only open one",
    either: "The record, as an option",
};

pub(super) const FORM: FormHelp = FormHelp {
    format: "`table` for people, the others for programs and documents. In a pipe, a table is one \
        line per row with tabs between the cells",
    columns: "Which columns to print, such as `id,date,text`; an unknown name lists the valid ones",
    bom: "Begin CSV with a byte order mark, so that spreadsheets show Korean correctly",
};

pub(super) const FILTER: FilterHelp = FilterHelp {
    heading: "Which records",
    kind: "release, outage, maintenance, or a kind of your own",
    tag: "A tag or a category",
    service: "A service",
    of_version: "The version of a release",
    severity: "A severity, such as sev1",
    status: "The last milestone, such as resolved",
    author: "Who wrote it",
    since: "On or after that day: 2024-09-07, 2024-09 or 2024",
    until: "On or before that day: 2024-09-07, 2024-09 or 2024",
    open: "Only records that are still open",
};

pub(super) const ZONE: &str = "Show every time in this zone too, such as UTC or Europe/Berlin";

pub(super) const FORCE: &str =
    "Also replace files that asrun did not write, or that were changed since";
