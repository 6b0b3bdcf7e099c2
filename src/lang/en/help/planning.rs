//! Plans, actions and lessons.

use crate::lang::terminal::help::{
    ActionsAddHelp, ActionsDoneHelp, ActionsHelp, LessonSortsHelp, LessonsAddHelp, LessonsHelp,
    PlanAddHelp, PlanCheckHelp, PlanExportHelp, PlanFromHelp, PlanHelp, PlanListHelp, PlanMoveHelp,
    PlanNeedsHelp, PlanRunHelp, PlanShiftHelp, PlanSkipHelp, PlanStepHelp,
};

pub(super) const PLAN: PlanHelp = PlanHelp {
    about: "Write down what is to happen when, and see how far it has come",
    add: PlanAddHelp {
        about: "Add a step to the plan, or many from the standard input",
        long_about: r#"Add a step to the plan, or many from the standard input

  asrun plan add 17:30 "앱 배포" --id deploy
  asrun plan add "2024-09-07 18:00" "Announce" --until 18:30
  pbpaste | asrun plan add -

A clock time without a day is on the record's days. With `-`, each line of
the standard input is a step: a time or a window, then a text, such as
`오후 6시: PV영상 공개`, `17:30 - deploy` or, with --t0, one that begins with `T-60m`;
so is a row of a table, from Markdown or with tabs or commas between its cells,
whose heads tell what stands where (time, task, owner, depends on, duration,
deadline, …). A heading that names a day holds for the lines below it. Behind a
text may stand [after: build +16m] [takes: 20m] [due: 18:00] [owner: Kim]
[if failed: …] [decision]; in a check list (Sam) is the owner. If a line cannot
be read, nothing is written; --dry-run shows what would be."#,
        time: "When it is due; `-` to read lines from the standard input",
        text: "What is to be done",
        id: "The name that `asrun log --step` uses; made of the text if not given",
        until: "The end, if the step is a window",
        owner: "Who does it",
        zero: "When T is, for steps such as `T-60m` and `T+5m`",
    },
    from: PlanFromHelp {
        about: "Make a new plan from an old record, with the lead times that were real",
        long_about: r#"Make a new plan from an old record, with the lead times that were real

  asrun plan from 2.0 --at "2024-09-07 18:00"            look at it
  asrun plan from 2.0 --at "2024-09-07 18:00" --apply    write it
  asrun plan from 2.0 --at 18:00 --format lines > plan.txt
  asrun plan add - < plan.txt                            once it is edited

One step, the anchor, is to be at that time; the others keep their distance
from it. That distance is the real one where the plan was wrong by more than
the tolerance. It stays as planned for a step that followed the anchor on
time, and for one that was planned on the other side of it. Each line says
which distance it has, and a step that now comes before one it followed says
so; --as-planned keeps them all. Skipped steps are left out. Unfinished
actions and lessons of the old record are listed beside it."#,
        from: "The old record: its id, any unique part of it, or its version",
        at: "When the anchor is to be",
        anchor: "The step that is to be at that time. Without it, the first that was planned for \
            the same time of day, else the first of all",
        as_planned: "Keep every distance as it was planned, whatever happened",
        apply: "Write it into the current record (or --record). Steps that it has already stay as \
            they are",
        format: "In which form: `table` for people, `lines` for `asrun plan add -`, `json` for \
            programs",
    },
    check: PlanCheckHelp {
        about: "\
Say in one line what is due next, what is overdue, and how late the release
runs",
        long_about: "\
Say in one line what is due next, what is overdue, and how late the release
runs

  asrun plan check              fit for a shell prompt
  watch -n 30 asrun plan check
  asrun plan check --forecast   when the rest will be done, by what earlier
                                releases took

Exit code 1 if a step is overdue. A step is overdue when its time has passed
by more than the tolerance (tolerance_minutes in asrun.yaml, 5 if not set)
and no event carries it out.",
        format: "In which form: `line` for people, `json` for programs",
        forecast: "When each step that is left will be done: the plan is pushed through what its \
            steps wait for, once with the delays of each past release of this kind. All of it is \
            inferred; without a past, only the plan's own lengths are told",
        explain: "The replays of each step beside it, each with its record",
        past: "Reckon with these releases alone. May be given more than once",
    },
    move_step: PlanMoveHelp {
        about: "Change a step's planned time; the first plan is kept beside it",
        long_about: r#"Change a step's planned time; the first plan is kept beside it

  asrun plan move deploy 17:30 --why "half an hour to spare""#,
        step: "The step, by its id or part of its words",
        time: "When it is due now",
        until: "When its window ends now; a window moves as a whole if not given",
        why: "Why the plan was changed",
        on: "When the plan was changed; now if not given",
    },
    skip: PlanSkipHelp {
        about: "Give a step up; it stays in the plan as skipped",
        long_about: r#"Give a step up; it stays in the plan as skipped

  asrun plan skip papers --why "not asked for last time""#,
        step: "The step, by its id or part of its words",
        why: "Why",
        on: "When that was decided; now if not given",
    },
    unskip: PlanStepHelp {
        about: "Take a skipped step up again",
        long_about: r#"Take a skipped step up again

  asrun plan unskip papers

It is due when it was planned for."#,
        step: "The step, by its id or part of its words",
    },
    remove: PlanStepHelp {
        about: "Take a step out of the plan that was written by mistake",
        long_about: r#"Take a step out of the plan that was written by mistake

  asrun plan remove papers

A step that was planned and then given up stays in the plan as skipped: asrun
plan skip. A step that events carry out cannot be taken out."#,
        step: "The step, by its id or part of its words",
    },
    shift: PlanShiftHelp {
        about: "Move the whole rest of the plan; the first plan is kept beside it",
        long_about: r#"Move the whole rest of the plan; the first plan is kept beside it

  asrun plan shift --by +30m --why "the build took longer"
  asrun plan shift --by +1d --from announce

Moves every step that was neither carried out nor skipped, or, with --from, the
step named and those planned for its time or later. A window keeps its length.
One asrun undo takes all of it back."#,
        by: "How far: +30m, -1h, +1d",
        from: "The first step to be moved, by its id or part of its words",
        why: "Why the plan was changed",
        on: "When that was decided; now if not given",
    },
    run: PlanRunHelp {
        about: "Go through the plan on its day, a line a step",
        long_about: r#"Go through the plan on its day, a line a step

  asrun plan run
  asrun plan run -r 3.0

Shows where the plan stands and the step that is to be done next. Enter or `done`
logs it as done, `done STEP` another one; `start`, `fail WHY`, `skip WHY`,
`late +20m WHY`, `go` and `no go` do what they say, to the step that is shown or
to the one that is named behind them. `list` shows the plan, `forecast` when the
rest will be done, `quit` or the end of the input ends it. Several people may run
one plan at several terminals: each line reads the record anew, and Enter logs
nothing if somebody else has gone on. A step's command is shown and not started."#,
    },
    list: PlanListHelp {
        about: "Show the plan: what is to happen when, who does it, what it waits for",
        long_about: r#"Show the plan: what is to happen when, who does it, what it waits for

  asrun plan list
  asrun plan list 3.0 --format json

Steps stand in the order of their times, with what became of each. A `?` marks a
decision, `≤` a deadline beside a time, and what stands in () is how long a step
is expected to take."#,
        format: "In which form: `table` for people, `json` for programs",
    },
    export: PlanExportHelp {
        about: "Write the plan for a calendar, a spreadsheet, a page, or to be pasted again",
        long_about: r#"Write the plan for a calendar, a spreadsheet, a page, or to be pasted again

  asrun plan export --format ics > plan.ics
  asrun plan export --format csv --bom > plan.csv      opens in a spreadsheet
  asrun plan export --format lines | asrun plan add - -r 3.1

In the calendar a step keeps its entry when its time or its words change, with a
higher SEQUENCE; one that was skipped is cancelled. Times are instants in UTC,
each with an alarm ten minutes before. The other forms leave skipped steps out,
and are what `asrun plan add -` reads. All of them name the owners: they are for
the team."#,
        format: "In which form: `ics`, `csv`, `markdown` or `lines`",
        bom: "Begin CSV with a byte order mark, for spreadsheets that need one",
    },
    needs: PlanNeedsHelp {
        after: "A step that must be done before, by its id or part of its words, with a gap if there \
            is one: \"deploy +16m\". May be given more than once",
        takes: "How long it is expected to take: 20m, 1h30m",
        due: "By when it must be done",
        decision: "It is a go or a no-go, not work",
        if_failed: "What to do if it fails",
        command: "A command that carries it out; asrun never starts it by itself",
    },
};

pub(super) const ACTIONS: ActionsHelp = ActionsHelp {
    about: "What is to be done, across all records",
    long_about: r#"What is to be done, across all records

  asrun actions                    what is not done
  asrun actions 3.0                of one record
  asrun actions --overdue          exit code 1 if there is any: for CI
  asrun actions add "점검표 만들기" --owner ios --due 2024-10-01
  asrun actions done 3.0#2         the second action of that record is done"#,
    record: "Only those of this record: an id, a unique part of it, or a version",
    overdue: "Only what is overdue; exit code 1 if there is any",
    owner: "Only those of this owner",
    all: "Those that are done too",
    add: ActionsAddHelp {
        about: "Write down what is to be done",
        text: "What is to be done",
        owner: "Who will do it",
        due: "By when: 2024-10-01, 10월 1일, tomorrow",
        internal: "Never show it in a public rendering",
    },
    done: ActionsDoneHelp {
        about: "Note that an action is done",
        action: "Its number, as `asrun actions` prints it, or part of its words; `RECORD#NUMBER` \
            names the record too",
        on: "The day it was done; today if not given",
    },
};

pub(super) const LESSONS: LessonsHelp = LessonsHelp {
    about: "What was learnt, across all records: lessons and contributing factors",
    long_about: r#"What was learnt, across all records: lessons and contributing factors

  asrun lessons --kind release
  asrun lessons --sort badly --since 2024
  asrun lessons add badly "기본값이 강제 종료였다""#,
    record: "Only those of this record: an id, a unique part of it, or a version",
    sort: "Only one sort",
    sorts: LessonSortsHelp {
        well: "What went well",
        badly: "What went badly",
        lucky: "Where we got lucky",
        surprised: "What surprised us",
        factor: "What together made it happen",
    },
    add: LessonsAddHelp {
        about: "Write down what was learnt",
        sort: "Which sort of lesson it is",
        text: "What was learnt",
        internal: "Never show it in a public rendering",
    },
};
