//! How far a plan has come at a moment: what is due next, what is overdue, how late it runs.

use crate::model::{Elapsed, Incident, Moment, PlanStep, Precision, Verdict};

use super::rows::{Row, rows};

/// A plan at a moment.
#[derive(Debug)]
pub struct Progress<'i> {
    /// Steps in the plan.
    pub planned: usize,
    /// Steps that have events.
    pub carried_out: usize,
    /// Steps that were given up.
    pub skipped: usize,
    /// Open steps whose time has passed, the longest overdue first, with how long ago it was.
    pub overdue: Vec<(&'i PlanStep, Elapsed)>,
    /// The open step that is due next, with how long it is until then.
    pub next: Option<(&'i PlanStep, Elapsed)>,
    /// How late the release runs.
    pub running: Option<Running<'i>>,
}

/// How late a release runs, and by which step that is told.
#[derive(Debug, Clone, Copy)]
pub struct Running<'i> {
    /// The step.
    pub step: &'i PlanStep,
    /// Its deviation; of an overdue step, how long it is overdue already.
    pub late: Elapsed,
    /// The step is still open, so it may become more.
    pub at_least: bool,
}

/// The plan as it stands at `now`. A step is overdue when its time, and `tolerance` seconds more,
/// have passed; where only its day is planned, when that day is over. How late the release runs is
/// told by the last step that was carried out, or by the longest overdue one if that is more.
pub fn progress(incident: &Incident, now: Moment, tolerance: i64) -> Progress<'_> {
    let mut rows = rows(incident, tolerance);
    for row in &mut rows {
        // What is dated later than now has not happened yet, whatever was written down.
        row.events.retain(|event| event.at.unix() - now.unix() <= SLACK);
        if row.events.is_empty() && row.verdict != Verdict::Skipped {
            (row.deviation, row.verdict) = (None, Verdict::NotRecorded);
        }
    }
    let planned: Vec<&Row> = rows.iter().filter(|row| row.step.is_some()).collect();
    let open =
        planned.iter().filter(|row| row.events.is_empty() && row.verdict != Verdict::Skipped);
    let open: Vec<(&PlanStep, Elapsed)> = open
        .filter_map(|row| Some((row.step?, seen(&now, incident).since(&row.step?.at))))
        .collect();
    let is_overdue = |passed: &Elapsed| match passed.precision {
        Precision::Day => passed.seconds > 0,
        _ => passed.seconds > tolerance,
    };
    let overdue: Vec<(&PlanStep, Elapsed)> =
        open.iter().filter(|(_, passed)| is_overdue(passed)).copied().collect();
    let next = open.iter().find(|(_, passed)| !is_overdue(passed));
    let until = |passed: Elapsed| Elapsed { seconds: -passed.seconds, ..passed };
    Progress {
        planned: planned.len(),
        carried_out: planned.iter().filter(|row| !row.events.is_empty()).count(),
        skipped: planned.iter().filter(|row| row.verdict == Verdict::Skipped).count(),
        next: next.map(|(step, passed)| (*step, until(*passed))),
        running: running(&planned, overdue.first().copied()),
        overdue,
    }
}

/// Seconds that a clock may be ahead of the one that wrote an event down.
const SLACK: i64 = 300;

/// The moment on the record's own clock: days are counted there.
fn seen(now: &Moment, incident: &Incident) -> Moment {
    incident.zone.map_or(*now, |zone| now.seen_in(zone))
}

fn running<'i>(
    planned: &[&Row<'i>],
    overdue: Option<(&'i PlanStep, Elapsed)>,
) -> Option<Running<'i>> {
    let told = planned.iter().filter_map(|row| {
        Some((
            row.events.first()?.at,
            Running { step: row.step?, late: row.deviation?, at_least: false },
        ))
    });
    let done = told.max_by_key(|(at, _)| at.earliest()).map(|(_, running)| running);
    let overdue = overdue.map(|(step, late)| Running { step, late, at_least: true });
    match (done, overdue) {
        (Some(done), Some(overdue)) if overdue.late.seconds > done.late.seconds => Some(overdue),
        (None, overdue) => overdue,
        (done, _) => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Event;

    fn moment(clock: &str) -> Moment {
        Moment::parse(&format!("2024-09-07T{clock}+09:00"), None).unwrap()
    }

    fn plan() -> Incident {
        let step = |(id, clock): &(&str, &str)| PlanStep {
            id: Some((*id).to_owned()),
            ..PlanStep::new(moment(clock), *id)
        };
        let steps = [("flag", "17:00"), ("deploy", "17:30"), ("video", "18:00")];
        Incident { plan: steps.iter().map(step).collect(), ..Incident::default() }
    }

    fn told(incident: &Incident, now: &str) -> String {
        let progress = progress(incident, moment(now), 300);
        let minutes = |late: Elapsed| late.seconds / 60;
        let overdue: Vec<String> = progress
            .overdue
            .iter()
            .map(|(step, late)| format!("{} {}", step.text, minutes(*late)))
            .collect();
        let next = progress.next.map(|(step, until)| format!("{} {}", step.text, minutes(until)));
        let running = progress.running.map(|running| {
            format!("{}{}", minutes(running.late), if running.at_least { "+" } else { "" })
        });
        format!("{overdue:?} {next:?} {running:?}")
    }

    #[test]
    fn what_is_next_and_what_is_overdue() {
        let mut incident = plan();
        assert_eq!(told(&incident, "16:50"), r#"[] Some("flag 10") None"#);
        assert_eq!(told(&incident, "17:04"), r#"[] Some("flag -4") None"#);
        assert_eq!(told(&incident, "17:18"), r#"["flag 18"] Some("deploy 12") Some("18+")"#);
        let mut turned = plan();
        for (id, at) in [("video", "17:02"), ("flag", "17:20")] {
            let steps = vec![id.to_owned()];
            turned.events.push(Event { steps, ..Event::new(moment(at), "x") });
        }
        assert_eq!(told(&turned, "17:22"), r#"[] Some("deploy 8") Some("20")"#);
        let steps = vec!["deploy".to_owned()];
        turned.events.push(Event { steps, ..Event::new(moment("20:00"), "x") });
        assert_eq!(told(&turned, "17:22"), r#"[] Some("deploy 8") Some("20")"#);
        let steps = vec!["flag".to_owned()];
        incident.events.push(Event { steps, ..Event::new(moment("17:20"), "x") });
        assert_eq!(told(&incident, "17:22"), r#"[] Some("deploy 8") Some("20")"#);
        assert_eq!(told(&incident, "17:40"), r#"["deploy 10"] Some("video 20") Some("20")"#);
        assert_eq!(told(&incident, "18:30"), r#"["deploy 60", "video 30"] None Some("60+")"#);
    }
}
