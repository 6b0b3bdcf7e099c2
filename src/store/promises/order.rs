//! Promise A is an order of calls: a file is synced before it is moved into place, and a folder is synced before
//! anything is acknowledged.

use super::super::disk::Call;
use super::super::disk::trial::{Step, watch};
use super::*;

/// Returns what a power cut after these calls could still destroy.
fn at_risk(steps: &[Step]) -> Vec<String> {
    let mut risks = Vec::new();
    let later = |from: usize, call: Call, path: &Path| {
        steps[from + 1..]
            .iter()
            .position(|s| s.call == call && s.path == path)
            .map(|at| from + 1 + at)
    };
    for (at, step) in steps.iter().enumerate() {
        let risk = match step.call {
            // Locks only matter to processes writing now.
            _ if step.path.extension().is_some_and(|ending| ending == "lock") => None,
            _ if step.path.ends_with(".gitignore") => None,
            Call::Write => {
                let synced = later(at, Call::Sync, &step.path);
                let placed = steps[at + 1..]
                    .iter()
                    .position(|s| [Call::Exchange, Call::Replace, Call::PlaceNew].contains(&s.call))
                    .map(|place| at + 1 + place);
                let in_time = synced.is_some_and(|sync| placed.is_none_or(|place| sync < place));
                (!in_time).then_some("the bytes")
            }
            Call::Exchange | Call::Replace | Call::PlaceNew | Call::MakeFolder | Call::Open => {
                let folder = step.path.parent().unwrap();
                later(at, Call::SyncFolder, folder).is_none().then_some("the name")
            }
            _ => None,
        };
        risks.extend(risk.map(|what| format!("{what}: {step:?}")));
    }
    risks
}

#[test]
fn what_is_acknowledged_survives_a_power_cut() {
    for deed in DEEDS.iter().filter(|deed| deed.lasts) {
        let house = House::new();
        let (outcome, steps) = watch(|| (deed.does)(&house));
        assert!(matches!(outcome, Ok(Answer::Done)), "{}", deed.name);
        // The journal of a change that is in the record may be lost: the record is read without it.
        let record_is_written = steps.iter().any(|s| s.call == Call::Exchange);
        let promised: Vec<Step> = steps
            .into_iter()
            .filter(|s| !(record_is_written && s.path.extension().is_some_and(|e| e == "journal")))
            .collect();
        assert!(promised.len() > 2, "{}: {promised:?}", deed.name);
        assert_eq!(at_risk(&promised), Vec::<String>::new(), "{}", deed.name);
    }
}

/// The check above must detect each kind of risk.
#[test]
fn what_is_at_risk_is_found() {
    let house = House::new();
    let (_, steps) = watch(|| house.log("one"));
    let steps: Vec<Step> =
        steps.into_iter().filter(|s| s.path.extension().is_none_or(|e| e != "journal")).collect();
    assert!(at_risk(&steps).is_empty());
    for call in [Call::Sync, Call::SyncFolder] {
        let without: Vec<Step> = steps.iter().filter(|s| s.call != call).cloned().collect();
        assert!(!at_risk(&without).is_empty(), "{call:?}");
    }
    let late = |call: Call| {
        let (moved, mut rest): (Vec<Step>, Vec<Step>) =
            steps.iter().cloned().partition(|s| s.call == call);
        rest.extend(moved);
        rest
    };
    assert!(!at_risk(&late(Call::Sync)).is_empty(), "synced after it took its place");
    let early: Vec<Step> = late(Call::Exchange);
    assert!(!at_risk(&early).is_empty(), "the folder synced before");
}

#[test]
fn an_event_is_logged_by_these_calls() {
    let house = House::new();
    let first = house.told(&watch(|| house.log("one")).1);
    assert_eq!(
        first,
        [
            "MayWrite incidents/출시.yaml",
            "MayWrite incidents",
            "MakeFolder .asrun",
            "SyncFolder ",
            "Create .asrun/.gitignore",
            "Write .asrun/.gitignore",
            "Open .asrun/출시.lock",
            "Lock .asrun/출시.lock",
            "Write .asrun/출시.lock",
            "Create incidents/*.tmp",
            "Write incidents/*.tmp",
            "Sync incidents/*.tmp",
            "SetMode incidents/*.tmp",
            "Exchange incidents/출시.yaml",
            "Remove incidents/*.tmp",
            "Write .asrun/출시.lock",
            "SyncFolder incidents",
            "Open .asrun/출시.journal",
            "Write .asrun/출시.journal",
        ]
    );
    // The second time only existing things are skipped: no other call is saved.
    let second = house.told(&watch(|| house.log("two")).1);
    let made =
        ["MakeFolder .asrun", "SyncFolder ", "Create .asrun/.gitignore", "Write .asrun/.gitignore"];
    let expected: Vec<String> =
        first.into_iter().filter(|told| !made.contains(&told.as_str())).collect();
    assert_eq!(second, expected);
}

#[test]
fn nothing_is_written_in_a_rehearsal() {
    for deed in DEEDS
        .iter()
        .filter(|deed| !["mend", "init", "attributes", "copy to edit"].contains(&deed.name))
    {
        let mut house = House::new();
        house.project.dry_run = true;
        let before = files(&house.root);
        let (outcome, steps) = watch(|| (deed.does)(&house));
        assert!(outcome.is_ok(), "{}", deed.name);
        let asked_only = steps.iter().all(|step| step.call == Call::MayWrite);
        assert!(asked_only, "{}: {:?}", deed.name, house.told(&steps));
        assert_eq!(files(&house.root), before, "{}", deed.name);
    }
}
