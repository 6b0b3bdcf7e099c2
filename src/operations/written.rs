//! When an event was written down.

use crate::format::{Document, Journal};
use crate::model::{Moment, Precision};

/// Returns when an event, given with its index, was written down: as it says itself, else as the journal noted it; else
/// when it happened, because what does not say otherwise was written then. Nothing was written in the future, and of what
/// was read from elsewhere nobody knows it.
pub(super) fn written_down(
    (document, index): (&Document, usize),
    journal: &Journal,
    now: Moment,
) -> Option<Moment> {
    let incident = &document.incident;
    let event = &incident.events[index];
    let by = |at: &Moment, end: &Moment| at.unix() - end.unix() <= 60;
    if let Some(logged) = event.logged.filter(|logged| by(logged, &now)) {
        return Some(logged);
    }
    let value = document.items("events").into_iter().nth(index)?;
    let Some((first, entry, is_written)) = journal.beginning(&value, incident.zone) else {
        let is_silent = event.logged.is_none() && event.source.is_none();
        return event.at.filter(|at| is_silent && by(at, &now));
    };
    let noted = Moment::parse(&entry.on, None).ok()?;
    if is_written {
        let noted = incident.zone.map_or(noted, |zone| noted.seen_in(zone));
        return Some(noted.at_most(Precision::Minute));
    }
    let said = |key| Moment::parse(first.text_at(key)?, incident.zone).ok();
    let at = || said("at").filter(|_| event.source.is_none());
    said("logged").or_else(at).filter(|said| by(said, &noted))
}

#[cfg(test)]
mod tests {
    use super::super::amend::{AmendRequest, EventChoice, amend};
    use super::super::log::{LogRequest, log};
    use super::super::trial::Trial;
    use super::super::turns::undo;
    use super::super::undo::Turn;
    use super::*;

    const EMPTY: &str = "title: Checkout\ntimezone: Asia/Seoul\n";

    fn moved(trial: &Trial, at: &str) -> Option<String> {
        let event = Some(EventChoice::Number(1));
        let request = AmendRequest { event, at: Some(at.to_owned()), ..AmendRequest::default() };
        amend(&trial.target, &request).unwrap();
        logged(trial)
    }

    fn logged(trial: &Trial) -> Option<String> {
        trial.document().incident.events[0].logged.map(|at| at.written())
    }

    /// It is logged at 18:30, whenever it is moved and wherever it was meanwhile.
    #[test]
    fn a_moved_event_was_written_down_when_it_was_logged() {
        const PAST: &str = "2024-09-07 17:00";
        const NOW: &str = "2024-09-07 18:30";
        const AHEAD: &str = "2024-09-07 21:30";
        let all = [PAST, NOW, AHEAD, "unknown"];
        let expected =
            |at: &str| [PAST, "unknown"].contains(&at).then_some("2024-09-07T18:30+09:00");
        for first in all {
            for second in all {
                for third in all {
                    let mut trial = Trial::new(EMPTY);
                    let request = LogRequest {
                        text: "restart".to_owned(),
                        at: Some(first.to_owned()),
                        ..LogRequest::default()
                    };
                    log(&trial.target, &request).unwrap();
                    let was = trial.text();
                    assert_eq!(logged(&trial).as_deref(), expected(first), "{first}");
                    trial.target.workspace.now =
                        Moment::parse("2024-09-07T20:00+09:00", None).unwrap();
                    assert_eq!(moved(&trial, second).as_deref(), expected(second), "{second}");
                    trial.target.workspace.now =
                        Moment::parse("2024-09-08T09:00+09:00", None).unwrap();
                    assert_eq!(moved(&trial, third).as_deref(), expected(third), "{third}");
                    while trial.text() != was {
                        undo(&trial.target, Turn::Back(1)).unwrap();
                    }
                }
            }
        }
    }

    /// What others wrote, or somebody by hand, is in no journal until it is moved.
    #[test]
    fn without_a_journal_an_event_says_itself_when_it_was_written_down() {
        let was = "2024-09-07T18:00+09:00";
        for (keys, moves) in [
            ("at: 2024-09-07T18:00+09:00", &[("17:00", Some(was))][..]),
            ("at: 2024-09-07T18:00+09:00", &[("unknown", Some(was)), ("17:00", Some(was))]),
            ("at: 2024-09-07T18:00+09:00", &[("18:10", None), ("17:00", Some(was))]),
            (
                "at: 2024-09-07T17:30+09:00\n    logged: 2024-09-07T18:00+09:00",
                &[("2024-09-07 21:30", None), ("17:00", Some(was)), ("17:20", Some(was))],
            ),
            (
                "at: 2024-09-06T18:00+09:00\n    logged: 2024-09-07",
                &[("17:00", Some("2024-09-07")), ("2024-09-07 08:00", Some("2024-09-07"))],
            ),
            // Nobody knows when it was written, neither now nor later.
            ("at: 2024-09-07T21:30+09:00", &[("17:00", None), ("17:10", None)]),
            ("at: 2024-09-07T18:00+09:00\n    source: chat.json:1", &[("17:00", None)]),
            ("at: 2024-09-07T17:30+09:00\n    logged: 2024-09-07T21:30+09:00", &[("17:00", None)]),
        ] {
            let trial = Trial::new(&format!("{EMPTY}events:\n  - {keys}\n    text: restart\n"));
            for (at, expected) in moves {
                assert_eq!(moved(&trial, at).as_deref(), *expected, "{keys}: {at}");
            }
        }
    }
}
