//! English.

use crate::model::{Clock, Day, EventType, Measure, Moment, Precision, StepsPlace, Verdict, Zone};

mod answers;
mod edits;
mod files;
mod findings;
mod forecast;
mod forgetting;
mod handover;
mod help;
mod imports;
mod lifecycle;
mod pages;
mod people;
mod problems;
mod prompt;
mod reading;
mod records;
mod requests;
mod setup;
mod streams;
mod tables;
mod times;
mod usage;
mod words;

use super::documents::{Documents, Labels, ReleasesWords, StatsLabels, join_amount};
use super::language::Language;
use super::terminal::{Help, Terminal};
use super::told::told;

pub(super) use people::possessive;

pub(super) static LANGUAGE: Language = Language {
    code: "en",
    reading: Some(&reading::READING),
    documents: Some(&DOCUMENTS),
    terminal: Some(&English),
};

/// The English terminal messages.
pub(super) struct English;

impl English {
    /// Returns a number of seconds in its two largest units.
    fn amount(&self, seconds: i64) -> String {
        let second = seconds.abs() < 60;
        amount(seconds.abs(), if second { Precision::Second } else { Precision::Minute })
    }

    /// Returns ` until …`, or nothing.
    fn until(&self, until: Option<&Moment>, zone: Zone) -> String {
        until.map(|until| format!(" until {}", told(until, zone))).unwrap_or_default()
    }
}

impl Terminal for English {
    fn help(&self) -> &'static Help {
        &help::HELP
    }

    fn documents(&self) -> &'static Documents {
        &DOCUMENTS
    }
}

pub(super) static DOCUMENTS: Documents = Documents {
    code: "en",
    labels: Labels {
        plan: "The plan",
        plan_intro: "This was the plan.",
        planned: "Planned",
        actual: "Actual",
        deviation: "Deviation",
        plan_and_actual: "Plan against actual",
        timeline: "Timeline",
        durations: "Durations",
        duration: "Duration",
        value: "Value",
        formula: "Formula",
        summary: "Summary",
        impact: "Impact",
        contributing_factors: "Contributing factors",
        lessons: "Lessons",
        went_well: "What went well",
        went_badly: "What went badly",
        got_lucky: "Where we got lucky",
        surprised_us: "What surprised us",
        we_learned: "What we learned",
        actions: "Action items",
        owner: "Owner",
        due: "Due",
        done: "Done",
        draft: "Draft",
        reviewed: "Reviewed",
        changed_since: "changed since",
        added_later: "Added later",
        first_planned: "first planned",
        from_first: "against the first plan",
        reason: "Why",
        skipped: "skipped",
        by: "By",
        unknown_time: "time unknown",
        not_planned_yet: "no time yet",
        no_planned_time: "no planned time",
        due_now: "due now",
        same_day: "same day",
        that_day: "that day",
        about_same_day: "about the same day",
        about_on_time: "about on time",
        open_again: "open again",
        unclear_first: "two on one day, one of them without its time",
        schedule_kept: "Schedule kept",
        written_live: "Written live",
        longest_silence: "Longest silence",
        kept_formula: "steps on time ÷ steps planned",
        live_formula: "events not marked as written later ÷ all events",
        live_formula_typed: "events not marked as written later ÷ all events but imported ones",
        times_in: "Times in",
        severity: "Severity",
        services: "Services",
        status: "Status",
        kind: "Kind",
        author: "Author",
        date: "Date",
        open: "open",
        ended: "ended",
        end_unknown: "end unknown",
        sample: "sample record",
        archived: "archived",
        internal: "internal",
        step: "Step",
        not_in_plan: "not in its plan",
        unplanned: "Unplanned",
        rejections: "Rejections",
        by_words: "matched by text, not by id",
        silences: "Longest silences",
        no_plan: "There is no plan.",
        nothing: "none",
        only_one_left: "the only one left between the steps before and after",
        out_of_order: "out of order, but its text leaves no doubt",
        nothing_to_link: "No suggestions.",
        anchor_unknown: " (its actual time is not recorded, so planned lead times are used)",
        with_anchor: "at the anchor",
        clocks_change: "the clocks change in between; the number of hours was kept",
        now: "now",
        overdue: "overdue",
        rollback_next: "next of the rollback",
        anchor: "Anchor",
        left_out: "Left out, as last time",
        happened_unplanned: "What the last plan did not foresee",
        open_actions: "Unfinished action items",
        basis: "Basis",
        undetected: "undetected",
        detected: "detected, cause unknown",
        mitigating: "mitigating",
        mitigated: "mitigated",
        planned_event: "carries out a step",
        unplanned_event: "unplanned",
        planned_length: "planned length",
        actual_length: "actual length",
        milestone: "milestone",
        severity_change: "severity change",
        on_time: "on time",
        early: "early",
        late: "late",
        not_recorded: "not recorded",
        not_recorded_yet: "not recorded yet",
        scale_note: "distances follow time; crowded stretches are spread out, long gaps are cut \
            and labelled with their length",
        nothing_to_draw: "There is nothing to draw yet.",
        end: "end",
        trigger: "Trigger",
        resolution: "Resolution",
        detection: "Detection",
        lead_up: "Lead-up",
        fault: "Fault",
        response: "Response",
        recovery: "Recovery",
        supporting: "Supporting information",
        next_steps: "What we do next",
        history: "Release history",
        prompt_summary: "What happened, in two or three sentences.",
        prompt_impact: "Who was affected, how much, for how long?",
        prompt_factors: "What contributed to it?",
        prompt_well: "What went well?",
        prompt_badly: "What went badly?",
        prompt_lucky: "Where did we get lucky?",
        prompt_surprised: "What surprised us?",
        prompt_learned: "What did we learn beyond that?",
        prompt_actions: "Who will do what, by when?",
        nothing_yet: "No events are recorded yet.",
    },
    clock,
    day,
    amount,
    about: |amount| format!("about {amount}"),
    about_time: |time| format!("about {time}"),
    between: |least, most| format!("{least} to {most}"),
    up_to: |most| format!("up to {most}"),
    early_to_late: |early, late| format!("{early} early to {late} late"),
    before_due: |amount| format!("{amount} before it was due"),
    by: |time| format!("by {time}"),
    verdict,
    event_type,
    measure,
    kind: str::to_owned,
    percent: |percent| format!("{percent} %"),
    of: |part, whole| format!("{part} of {whole}"),
    took,
    alike: |percent| format!("matches {percent} % of the step"),
    running: |late| format!("the plan ran {late} then"),
    lead: |amount, before| {
        format!("{amount} {} the anchor", if before { "before" } else { "after" })
    },
    really: |real, planned| format!("actual {real} (planned: {planned})"),
    of_releases: |n, middle, range| match range {
        Some((from, to)) => format!("{n} releases: {middle} ({from} to {to})"),
        None => format!("{n} releases: {middle}"),
    },
    in_releases: |n, of| format!("in {n} of {of} releases"),
    overtakes: |step| format!("followed {step:?} in the old plan"),
    at_least: |late| format!("at least {late}"),
    since: |amount, what| format!("{amount} since {what}"),
    due_in: |amount| format!("in {amount}"),
    to_come: |amount| format!("due in {amount}"),
    next_step: |step, when, at| format!("next: {step} {when} ({at})"),
    perhaps_done: |step, event| format!("perhaps done: {step} ({event})"),
    runs: |late, step| match step {
        Some(step) => format!("running {late} ({step})"),
        None => format!("running {late}"),
    },
    ended: |late, step| match step {
        Some(step) => format!("ended {late} ({step})"),
        None => format!("ended {late}"),
    },
    not_logged_since: |time| format!("nothing logged since {time}"),
    all_done: |done, skipped| match skipped {
        0 => format!("all {done} steps are done"),
        _ => format!("the plan is done ({done} carried out, {skipped} skipped)"),
    },
    saying: |words| format!("events that contain one of: {words}"),
    noted_later: |when| format!("written down later, {when}"),
    not_stated: |what| format!("{what} is not stated here"),
    forecast: forecast::FORECAST,
    handover: handover::HANDOVER,
    stats: StatsLabels {
        figure: "Figure",
        median: "Median",
        range: "Range",
        records: "Records",
        open: "Still open",
        events: "Events",
        deviation: "Deviation of steps",
        deviation_formula: "first event of the step − its planned time",
        most_slipped: "Steps that slip most",
        times_late: "Late",
        formula: "Formula",
        step: "Step",
        month: "Month",
        quarter: "Quarter",
        year: "Year",
        kind: "Kind",
        service: "Service",
        severity: "Severity",
        tag: "Tag",
        in_both: "a record with two services or two tags is counted in both",
        hour_only: "known to the hour only",
        left_out: |count, reason| format!("{count} durations are left out: {reason}"),
        measure_formula: |end, starts| format!("{end} − {}", starts.join(", else − ")),
        usual_resolve: |median, count| format!("TTR {median} (n {count})"),
        backwards: |count, which| {
            format!("left out, as they end before they begin: durations of {count} ({which})")
        },
        undated: |count| format!("{count} without a day are not in any period"),
        days_only: |count| {
            format!(
                "{count} durations are known to the day only and left out of medians of finer ones"
            )
        },
        not_due_yet: "not due yet",
        to_come: |count| match count {
            1 => "1 step that is still to come is not counted".to_owned(),
            _ => format!("{count} steps that are still to come are not counted"),
        },
        perhaps_same: |groups, cure| {
            format!(
                "these may be one step in other words: {groups}; to count them as one, {}:\n{}",
                in_settings(cure.place),
                cure.text()
            )
        },
        more_slipped: |count| match count {
            1 => "… 1 more step was late; --format json lists all of them".to_owned(),
            _ => format!("… {count} more steps were late; --format json lists all of them"),
        },
    },
    releases: ReleasesWords {
        over: "Over the releases",
        each: |n, values| format!("n {n}: {values}"),
        median: |n, [median, least, most]| format!("n {n}: median {median}; {least} to {most}"),
        later: "later each time",
        earlier: "earlier each time",
        day_border: "another day",
        axis: "D: each release's own day; distances follow time, long silences are cut out",
    },
    not_drawn: |steps, events| {
        let told = [(steps, "step"), (events, "event")].into_iter().filter(|(count, _)| *count > 0);
        let told: Vec<String> = told
            .map(|(count, what)| format!("{count} {what}{}", if count == 1 { "" } else { "s" }))
            .collect();
        format!("not drawn, as no time is known: {}", told.join(", "))
    },
    not_called: |steps| match steps {
        1 => "1 rollback step, not called".to_owned(),
        _ => format!("{steps} rollback steps, not called"),
    },
    not_recorded: |what| format!("{what} is not recorded"),
};

fn clock(clock: &Clock) -> String {
    clock.hands()
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn day(day: &Day) -> String {
    let weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day.weekday()];
    let month = MONTHS[day.month() as usize - 1];
    format!("{weekday}, {} {month} {}", day.day(), day.year())
}

fn amount(seconds: i64, precision: Precision) -> String {
    join_amount(seconds, precision, ["d", "h", "min", "s"], " ")
}

fn verdict(verdict: Verdict, amount: Option<&str>) -> String {
    let word = match verdict {
        Verdict::OnTime => "on time",
        Verdict::Early => "early",
        Verdict::Late => "late",
        Verdict::NotRecorded => "not recorded",
        Verdict::Skipped => "skipped",
        Verdict::NotCalled => "not called",
        Verdict::Unplanned => "unplanned",
    };
    match amount {
        Some(amount) => format!("{amount} {word}"),
        None => word.to_owned(),
    }
}

fn event_type(kind: &EventType) -> String {
    kind.word().replace('_', " ")
}

fn measure(measure: Measure) -> String {
    let word = match measure {
        Measure::Detect => "Time to detect (TTD)",
        Measure::Acknowledge => "Time to acknowledge (TTA)",
        Measure::Mitigate => "Time to mitigate (TTM)",
        Measure::Resolve => "Time to resolve (TTR)",
    };
    word.to_owned()
}

fn took(length: &str, planned: Option<&str>) -> String {
    match planned {
        Some(planned) => format!("took {length} of {planned} planned"),
        None => format!("took {length}"),
    }
}

/// Says where in the settings something belongs.
fn in_settings(place: StepsPlace) -> String {
    match place {
        StepsPlace::End => "in asrun.yaml".to_owned(),
        StepsPlace::Below { line, .. } => format!("in asrun.yaml, below line {line}"),
        StepsPlace::Brace { line, column, .. } => {
            format!("in asrun.yaml, right behind the {{ at {line}:{column}")
        }
        StepsPlace::Instead { line } => format!("in asrun.yaml, in place of line {line}"),
    }
}
