//! Plans, actions and lessons.

use crate::lang::terminal::help::{
    ActionsAddHelp, ActionsDoneHelp, ActionsHelp, LessonSortsHelp, LessonsAddHelp, LessonsHelp,
    PlanAddHelp, PlanCheckHelp, PlanEditHelp, PlanExportHelp, PlanFromHelp, PlanHelp, PlanListHelp,
    PlanMoveHelp, PlanNeedsHelp, PlanRebaseHelp, PlanRunHelp, PlanShiftHelp, PlanSkipHelp,
    PlanStepHelp,
};

pub(super) const PLAN: PlanHelp = PlanHelp {
    about: "Plan a release: its steps and times, and how far it has got",
    add: PlanAddHelp {
        about: "Add a step to the plan, or many from the standard input",
        long_about: r#"Add a step to the plan, or many from the standard input

  asrun plan add 17:30 "앱 배포" --id deploy
  asrun plan add "2024-09-07 18:00" "Announce" --until 18:30
  pbpaste | asrun plan add -

A clock time without a day is on the record's days. With `-`, each line of
the standard input is a step: a time or a window, then a text, such as `오후
6시: PV영상 공개`, `17:30 - deploy` or, with --t0, one at `T-60m`. A row of a
table is a step too, in Markdown or separated by tabs or commas; its header
names the columns (time, task, owner, depends on, duration, deadline, …). A
heading that names a day applies to the lines below it. A text may be
followed by [after: build +16m] [takes: 20m] [due: 18:00] [owner: Kim] [if
failed: …] [decision] [rollback]; in a checklist (Sam) is the owner. If a
line cannot be read, nothing is written; --dry-run shows what would be."#,
        time: "When it is planned; `-` reads lines from the standard input",
        text: "What to do",
        id: "The name that `asrun log --step` uses; made from the text if not given",
        until: "The end, if the step is a window",
        owner: "Who does it",
        zero: "The time of T, for steps such as `T-60m` and `T+5m`",
    },
    from: PlanFromHelp {
        about: "Make a new plan from an old record, with the actual lead times",
        long_about: r#"Make a new plan from an old record, with the actual lead times

  asrun plan from 2.0 --at "2024-09-07 18:00"            look at it
  asrun plan from 2.0 --at "2024-09-07 18:00" --apply    write it
  asrun plan from 2.0 --at 18:00 --format lines > plan.txt
  asrun plan add - < plan.txt                            after editing
  asrun plan from 2.7 2.8 2.9 --at 2024-09-07            of three releases

One step, the anchor, is placed at that time; the others keep their distance
from it. The distance is the actual one where the plan was off by more than the
tolerance. It stays as planned for a step that followed the anchor on time, and
for one that was planned on the other side of it. Each line says which distance
was used, and a step that now comes before one it used to follow says so;
--as-planned keeps every planned distance. Unfinished actions and lessons of the
old records are listed below.

A step that was skipped while nothing had failed is left out, which is said;
--keep-skipped plans it too. One that was skipped because a step had failed or
the rollback was called is planned again, and so is one that another of the
releases had to do. What waits for a step left out waits for what that one
waited for.

Of several records the plan of the newest is taken. Where two or more of them
know a step, its distance and its length are the median of theirs, told with n
and range, and what happened in two of them unplanned is listed. Actual
distances are rounded to quarter hours, near the anchor to five minutes. A day
alone is the new release's day: the anchor keeps its time of day."#,
        from: "The old record: its id, any unique part of it, or its version; several for medians",
        at: "The new time of the anchor",
        anchor: "The step to place at that time. Defaults to the step on the old release's own day that \
            is nearest in time of day; for a day alone, to the one that most of the records tell of and \
            that was nearest to its plan",
        as_planned: "Keep every distance as it was planned, whatever actually happened",
        calendar: "Count distances in working days: no Saturday, no Sunday, no day of holidays.txt",
        keep_skipped: "Also the steps that were skipped while nothing had failed",
        apply: "Write it into the current record (or --record). Steps that it already has are left as \
            they are",
        format: "`table` for people, `lines` for `asrun plan add -`, `json` for \
            programs",
    },
    check: PlanCheckHelp {
        about: "\
Print in one line what is next, what is overdue, and how late the release is",
        long_about: "\
Print in one line what is next, what is overdue, and how late the release is

  asrun plan check              short enough for a shell prompt
  watch -n 30 asrun plan check
  asrun plan check --forecast   when the rest will be done, judging by earlier
                                releases

Exit code 1 if a step is overdue or, in a record that goes on, perhaps done, or
if it failed and was neither done nor skipped since; 0 if it is only not
recorded.

A step is overdue when its time has passed by more than the tolerance
(tolerance_minutes in asrun.yaml, 5 if not set) and no event carries it out. It
is perhaps done if an event that names no step may have done so, and not
recorded if a later step was logged, the record has ended, or nothing happened
or was planned in two weeks.",
        format: "In which form: `line` for people, `json` for programs",
        forecast: "When each remaining step will be done: the plan is replayed through its dependencies, \
            once with the delays of each past release of this kind. All of it is inferred; \
            without past releases, only the plan's own lengths are used",
        explain: "List the replays of each step, each with its record",
        past: "Use only these releases; repeatable",
    },
    edit: PlanEditHelp {
        about: "Change steps: with options, or the whole plan in the editor",
        long_about: r#"Change steps: with options, or the whole plan in the editor

  asrun plan edit                      the whole plan, one step per line
  asrun plan edit deploy               this step alone
  asrun plan edit deploy --takes 30m --owner Kim
  asrun plan edit deploy --clear owner --clear due

In the editor, each line is a step as `asrun plan export` prints it. Only what
was changed is written: a new line adds a step, a deleted one removes it, and a
new time keeps the old one as a revision. Skipped steps are not shown. What
somebody else changed meanwhile stays; if it was the same step, nothing is
written. With options, --after replaces all that the step waited for."#,
        step: "The step, by its id or part of its text",
        text: "What to do",
        clear: "A key to remove: owner, until, after, takes, due, decision, rollback, if_failed or \
            command; repeatable",
    },
    reason_too: "The reason as an option",
    move_step: PlanMoveHelp {
        about: "Change a step's planned time; the original is kept",
        long_about: r#"Change a step's planned time; the original is kept

  asrun plan move deploy 17:30 --why "half an hour to spare""#,
        step: "The step, by its id or part of its text",
        time: "The new time",
        until: "The new end of its window; without it, a window moves as a whole",
        why: "Why the plan was changed",
        on: "When the plan was changed; now if not given",
    },
    skip: PlanSkipHelp {
        about: "Skip a step; it stays in the plan, marked as skipped",
        long_about: r#"Skip a step; it stays in the plan, marked as skipped

  asrun plan skip papers "not asked for last time"
  asrun plan skip --rest --why "rolled back"       every step still to be done

--rest leaves what is under way, and rollback steps that nobody called. It is
one change: asrun undo takes it back."#,
        step: "The step, by its id or part of its text",
        why: "Why",
        on: "When that was decided; now if not given",
        rest: "Every step that is neither done, under way nor skipped",
    },
    unskip: PlanStepHelp {
        about: "Put a skipped step back into the plan",
        long_about: r#"Put a skipped step back into the plan

  asrun plan unskip papers

It keeps the time it was planned for."#,
        step: "The step, by its id or part of its text",
    },
    remove: PlanStepHelp {
        about: "Remove a step that was planned by mistake",
        long_about: r#"Remove a step that was planned by mistake

  asrun plan remove papers

For a step that was planned and then dropped, use asrun plan skip, which keeps
it visible. A step that has events linked to it cannot be removed."#,
        step: "The step, by its id or part of its text",
    },
    shift: PlanShiftHelp {
        about: "Move the rest of the plan; the original times are kept",
        long_about: r#"Move the rest of the plan; the original times are kept

  asrun plan shift --by +30m --why "the build took longer"
  asrun plan shift --by +1d --from announce

Moves every step that is neither done nor skipped, or, with --from, the named
step and those planned at its time or later. A window keeps its length. One
asrun undo takes all of it back."#,
        by: "By how much: +30m or 30m (later), -1h (earlier), +1d",
        from: "The first step to move, by its id or part of its text",
        why: "Why the plan was changed",
        on: "When that was decided; now if not given",
    },
    rebase: PlanRebaseHelp {
        about: "Start the rest of the plan now, or at a given time",
        long_about: r#"Start the rest of the plan now, or at a given time

  asrun plan rebase --now --why "the venue opened late"
  asrun plan rebase --at 17:20

The first step that is neither done nor skipped is planned for that time, and
the others keep their distance from it; with --from, the named step and those
planned at its time or later. The original times are kept, and deadlines stay
where they are, so that asrun plan check --forecast can say whether they will be
met. One asrun undo takes all of it back."#,
        now: "The first of these steps begins now",
        at: "The first of these steps begins at this time",
    },
    run: PlanRunHelp {
        about: "Work through the plan on the day, one line per step",
        long_about: r#"Work through the plan on the day, one line per step

  asrun plan run
  asrun plan run -r 3.0

Shows the state of the plan, the next step, and what past releases say of the
rest. Enter or `done` logs it as done, `done STEP` a different one. `start`,
`fail WHY`, `skip WHY`, `late +20m WHY` (or a time: `late 18:40 WHY`), `go` and
`no go` apply to the step shown, or to the one named after them. A word that is
almost a step's id, or part of another step's name, is not taken for a reason.
`list` shows the plan, `forecast` when the rest will be done, `undo` takes back
what was logged last at this prompt, `help` lists all of this, `quit` or the end
of the input ends it. Several people may run one plan at several terminals: each
line reads the record again, and nothing is logged for a step that somebody else
has just done.

Rollback steps (asrun plan add tbd TEXT --rollback) are not shown as next and
never overdue. `rollback STEP` logs that one was begun; without STEP it is the
only one that is left. The rollback steps that wait for it are next then, and
`skip --rest WHY` gives up what is left of the plan.

A step's command is shown whole. `run` starts it, without a shell, in the
project's folder; nothing else does, and a command that was changed in between
is shown again first. Ctrl-C reaches the command. Its begin is logged before it
runs; how it ended, with the end of its output (secrets masked), after: done if
it exits with 0, else failed.

  asrun plan run --rehearse            before the day, in a record of its own
  asrun plan from 3.0-rehearsal --at "2024-09-07 18:00"

A rehearsal is a new record (`kind: rehearsal`) with the same plan, as if its
first step began now. It runs no commands, the current record stays the current
one, and no forecast counts it."#,
        rehearse: "Go through the plan in a new record, as a rehearsal",
    },
    list: PlanListHelp {
        about: "Show the plan: steps, times, owners and dependencies",
        long_about: r#"Show the plan: steps, times, owners and dependencies

  asrun plan list
  asrun plan list 3.0 --format json

Steps are listed in order of time, each with its outcome; one to come has none.
`?` marks a decision, `≤` a deadline, and () the expected length of a step. A
rollback step says that nobody called it."#,
        format: "`table` for people, `json` for programs",
    },
    export: PlanExportHelp {
        about: "Export the plan for a calendar, a spreadsheet, a page, or pasting back",
        long_about: r#"Export the plan for a calendar, a spreadsheet, a page, or pasting back

  asrun plan export -o plan.ics
  asrun plan export --bom -o plan.csv                 opens in a spreadsheet
  asrun plan export --format lines | asrun plan add - -r 3.1

In the calendar, a step whose time or text changes keeps its entry with a higher
SEQUENCE; a skipped one is cancelled, a rollback that nobody called tentative.
Times are in UTC, with an alarm ten minutes before. The other formats leave out
skipped steps and can be read by `asrun plan add -`. All of them name the
owners, so they are for the team."#,
        format: "`ics`, `csv`, `markdown` or `lines`; without it what the ending of --output says, else `lines`",
        output: "Write to this file; without --format, .ics, .csv and .md say which format it is in",
        bom: "Begin CSV with a byte order mark, for spreadsheets that need it",
    },
    needs: PlanNeedsHelp {
        after: "A step that must be done first, by its id or part of its text, with an optional gap: \
            \"deploy +16m\"; repeatable",
        takes: "How long it is expected to take: 20m, 1h30m",
        due: "Its deadline",
        decision: "It is a go/no-go decision, not work",
        rollback: "It is a rollback, which only runs when somebody calls it",
        if_failed: "What to do if it fails",
        command: "A command that carries it out; asrun never runs it on its own",
    },
};

pub(super) const ACTIONS: ActionsHelp = ActionsHelp {
    about: "List the open actions of all records",
    long_about: r#"List the open actions of all records

  asrun actions                    those that are not done
  asrun actions 3.0                those of one record
  asrun actions --overdue          exit code 1 if there is any: for CI
  asrun actions add "점검표 만들기" --owner ios --due 2024-10-01
  asrun actions done 3.0#2         the second action of that record is done"#,
    record: "Only those of this record: an id, a unique part of it, or a version",
    overdue: "Only what is overdue; exit code 1 if there is any",
    owner: "Only those of this owner",
    all: "Those that are done too",
    add: ActionsAddHelp {
        about: "Write down what is to be done",
        text: "What to do",
        owner: "Who will do it",
        due: "By when: 2024-10-01, 10월 1일, tomorrow",
        internal: "Keep it out of public documents",
    },
    done: ActionsDoneHelp {
        about: "Note that an action is done",
        action: "Its number, as `asrun actions` prints it, or part of its text; `RECORD#NUMBER` \
            names the record too",
        on: "The day it was done; today if not given",
    },
};

pub(super) const LESSONS: LessonsHelp = LessonsHelp {
    about: "List what was learnt in all records: lessons and contributing factors",
    long_about: r#"List what was learnt in all records: lessons and contributing factors

  asrun lessons --kind release
  asrun lessons --sort badly --since 2024
  asrun lessons checkout --seen      which of its causes earlier records name
  asrun lessons add badly "기본값이 강제 종료였다"

With --seen, the factors, what went badly and what was identified are compared
with those of earlier records, in Korean too; the exit code is 1 while one of
those has actions that are not done. asrun log --type identified and lessons add
say so by themselves."#,
    seen: "Which causes of the record, else of the current one, earlier records name, with their actions that are not done",
    record: "Only those of this record: an id, a unique part of it, or a version",
    sort: "Only lessons of this sort",
    sorts: LessonSortsHelp {
        well: "What went well",
        badly: "What went badly",
        lucky: "Where we got lucky",
        surprised: "What surprised us",
        learned: "What we learned beyond that",
        factor: "What contributed to it",
    },
    add: LessonsAddHelp {
        about: "Add a lesson or a contributing factor",
        sort: "Which sort of lesson it is",
        text: "What was learnt",
        internal: "Keep it out of public documents",
    },
};
