use crate::lang::{ByDay, ForecastWords};

pub(super) const FORECAST: ForecastWords = ForecastWords {
    heads: ["Step", "Planned", "Expected", "Past range", "n", "Waits for"],
    legend: "◇ expected, ▷ not before, – no time: inferred",
    expected: |step, time, basis| format!("{step} {time} expected ({basis})"),
    on_the_plan: "inferred from the plan alone",
    range: |from, to| format!("{from}–{to}"),
    on_values: |n, values| format!("inferred, {n} past: {values}"),
    on_range: |n, range| format!("inferred, {n} past: {range}"),
    on_80: |n, range| format!("inferred, 80 % range of {n} past {range}"),
    slack: |due, amount| format!("by {due}: slack {amount}"),
    too_late: |due, amount| format!("by {due}: {amount} too late"),
    kept: |kept, n| format!("{kept} of {n} would have kept it"),
    no_time: |step, why| format!("{step}: no time. {why}"),
    not_before: |time| format!("not before {time}"),
    behind: |amount, due| format!("{amount} past {due}"),
    failed: |steps| format!("{steps} failed"),
    longer: |step, n| match n {
        1 => format!("{step} runs longer than the only past"),
        _ => format!("{step} runs longer than all {n} past"),
    },
    later: |step, n| match n {
        1 => format!("{step} is later than in the only past"),
        _ => format!("{step} is later than in all {n} past"),
    },
    overdue: |step| format!("{step} is overdue, no past"),
    no_length: |steps| format!("length unknown: {steps}"),
    undated: |steps| format!("no planned time and no dependencies: {steps}"),
    by_day: |told| {
        let ByDay { step, planned, values, releases, of_the_step, range80 } = told;
        let basis = match of_the_step {
            true => format!("inferred, this step in {releases} releases"),
            false => format!("inferred, {values} days of {releases} releases"),
        };
        match range80 {
            _ if *values == 0 => {
                format!("{step}: planned for {planned}, by the day; too few past days for a range")
            }
            Some((from, to)) => {
                format!(
                    "{step}: planned for {planned}, 80 % range of the past {from} to {to} ({basis})"
                )
            }
            None => format!("{step}: planned for {planned}, no past day slipped ({basis})"),
        }
    },
    lengths_of_the_plan: |steps| format!("length taken from the plan: {steps}"),
    by_plan: |time| format!("{time} by the plan's own lengths"),
    rests_on: |count| match count {
        1 => "rests on 1 past value".to_owned(),
        _ => format!("rests on {count} past values"),
    },
    proven: |step, by| format!("{step}: its end is not logged; {by} proves it"),
    done_that_day: |step| format!("{step}: done, exact time not logged"),
    early: |step, time, amount| format!("{step} began {time}, {amount} early."),
    done_before: |time, amount, next| format!("Done {time}, {amount} before {next}."),
    waits_for_it: |steps| format!("Steps that wait for it: {steps}."),
    nobody_waits: "No step waits for it.",
    stay: |steps, slack| match slack {
        Some(slack) => format!("As planned: {steps} (slack {slack})."),
        None => format!("As planned: {steps}."),
    },
    due_now: |step| format!("{step} due now, not logged"),
    overdue_by: |step, amount| format!("{step} overdue by {amount}, not logged"),
    no_past: "Step lengths: no past releases, so no forecast.",
    replayed: |n, records| format!("replayed: {n} past ({records})"),
    is_done: "done",
    is_started: "runs",
    has_failed: "failed",
    only_if_called: "rollback, only if called",
    middle_of: "the middle of",
    delays: "delays",
    path: "path",
};
