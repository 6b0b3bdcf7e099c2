//! Past releases compared with a current plan: how each of its steps went in each of them.

use std::collections::HashMap;

use crate::model::{Incident, Moment, PlanStep, Precision};
use crate::timeline::{Aliases, PastRelease, Sheet, StepName, Waits, Went};

use super::comparison::matched;

/// Returns whether a record is a precedent for a plan: it has the same kind and a plan, is earlier, and has ended. A
/// rehearsal is not a precedent; samples are precedents for samples only.
pub fn is_comparable_past(past: &Incident, plan: &Incident, now: Moment) -> bool {
    let last = past.events.iter().filter_map(|event| event.at).max_by_key(Moment::earliest);
    // A plan whose end was never logged stays open for ever.
    let over = match (past.day(), plan.day()) {
        (Some(past), Some(plan)) if past != plan => past < plan,
        _ => !past.is_open(),
    };
    past.kind == plan.kind
        && !past.is_rehearsal()
        && past.sample == plan.sample
        && !past.plan.is_empty()
        && over
        && last.is_some_and(|last| last.unix() <= now.unix())
}

/// Returns how each step of a plan went in past releases. A step matches another release's as in [`same_steps`].
pub fn past_releases(
    plan: &Incident,
    past: &[(&str, &Incident)],
    aliases: &Aliases,
    tolerance: i64,
) -> Vec<PastRelease> {
    let waits = Waits::of(plan);
    // Days only matter to steps that are planned by the day.
    let by_day = |step: &PlanStep| {
        let mut planned = step.at.into_iter().chain(step.revised.iter().map(|it| it.from));
        planned.any(|at| at.precision() == Precision::Day)
    };
    let has_days = plan.plan.iter().any(by_day);
    let of = |(record, old): &(&str, &Incident)| {
        let is_alike = waits.are_of(old);
        let sheet = if is_alike { Sheet::with(&waits, old, None) } else { Sheet::of(old, None) };
        let same = same_steps(plan, old, aliases, tolerance);
        let went = sheet.went();
        let of_step = |place: &Option<usize>| place.map_or_else(Went::default, |at| went[at]);
        PastRelease {
            record: (*record).to_owned(),
            went: same.iter().map(of_step).collect(),
            slips: if has_days { sheet.slips(old.zone, &same) } else { Vec::new() },
        }
    };
    past.iter().map(of).collect()
}

/// Returns, for each step of a plan, the index of the same step in an old one: both have the same id
/// ([`StepName::has_id_of`]), else they are aliases, or their texts are clearly similar. What only says the same in other words
/// is not: figures follow from it.
pub fn same_steps(
    plan: &Incident,
    old: &Incident,
    aliases: &Aliases,
    tolerance: i64,
) -> Vec<Option<usize>> {
    let mut same = by_id(plan, old);
    let mut taken = vec![false; old.plan.len()];
    same.iter().flatten().for_each(|place| taken[*place] = true);
    let open: Vec<usize> = (0..same.len()).filter(|place| same[*place].is_none()).collect();
    let free: Vec<usize> = (0..old.plan.len()).filter(|place| !taken[*place]).collect();
    if open.is_empty() || free.is_empty() {
        return same;
    }
    let (ours, theirs) = (only(plan, &open), only(old, &free));
    let compared = matched(&[("", &ours), ("", &theirs)], aliases, tolerance);
    let place = |release: usize, row: usize| {
        let step = compared.releases[release].rows[row].step?;
        let plan = if release == 0 { &ours.plan } else { &theirs.plan };
        plan.iter().position(|other| std::ptr::eq(other, step))
    };
    for line in &compared.lines {
        let [Some(one), Some(other)] = line.cells[..] else { continue };
        if let Some((one, other)) = place(0, one.row).zip(place(1, other.row)) {
            same[open[one]] = Some(free[other]);
        }
    }
    same
}

/// Returns, for each step of a plan, the index of the step with the same id in an old one.
fn by_id(plan: &Incident, old: &Incident) -> Vec<Option<usize>> {
    let (ours, theirs) = (&plan.plan, &old.plan);
    let is_same = |(our, their): (&PlanStep, &PlanStep)| {
        our.id.is_some()
            && our.id == their.id
            && StepName::of(plan, our).has_id_of(&StepName::of(old, their))
    };
    // Most of a plan is usually copied from the previous one.
    if ours.len() == theirs.len() && ours.iter().zip(theirs).all(is_same) {
        return (0..ours.len()).map(Some).collect();
    }
    let mut ids: HashMap<&str, usize> = HashMap::with_capacity(theirs.len());
    for (place, step) in theirs.iter().enumerate() {
        if let Some(id) = step.id.as_deref() {
            ids.entry(id).or_insert(place);
        }
    }
    let same = |our: &PlanStep| {
        let place = ids.get(our.id.as_deref()?).copied();
        place.filter(|place| is_same((our, &theirs[*place])))
    };
    ours.iter().map(same).collect()
}

/// Returns a record of these steps only, without their ids.
fn only(incident: &Incident, places: &[usize]) -> Incident {
    let step = |place: &usize| PlanStep { id: None, ..incident.plan[*place].clone() };
    Incident {
        version: incident.version.clone(),
        plan: places.iter().map(step).collect(),
        ..Incident::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Event, EventType};
    use std::collections::BTreeMap;

    fn at(clock: &str) -> Moment {
        Moment::parse(&format!("2024-09-07T{clock}+09:00"), None).unwrap()
    }

    fn release(steps: &[(&str, &str, &str)]) -> Incident {
        let step = |(id, text, done): &(&str, &str, &str)| {
            let id = (!id.is_empty()).then(|| (*id).to_owned());
            let event = Event {
                steps: id.clone().into_iter().collect(),
                kind: Some(EventType::Done),
                ..Event::new(at(done), "x")
            };
            (PlanStep { id, ..PlanStep::new(at("17:00"), *text) }, event)
        };
        let (plan, events) = steps.iter().map(step).unzip();
        Incident { plan, events, ..Incident::default() }
    }

    #[test]
    fn steps_are_the_same_by_id_by_words_and_by_alias() {
        let plan = release(&[
            ("deploy", "내보내기", "17:00"),
            ("a", "심사 제출", "17:00"),
            ("b", "왁파고 켜기", "17:00"),
            ("c", "새 단계", "17:00"),
        ]);
        let old = release(&[
            ("x", "심사를 제출", "17:10"),
            ("y", "번역기 켜기", "17:20"),
            ("deploy", "앱 배포", "17:30"),
        ]);
        let aliases = BTreeMap::from([(
            "번역".to_owned(),
            vec!["왁파고 켜기".to_owned(), "번역기 켜기".to_owned()],
        )]);
        let past = past_releases(&plan, &[("old", &old)], &Aliases::of(&aliases), 300);
        let delays: Vec<Option<i64>> = past[0].went.iter().map(|went| went.delay).collect();
        assert_eq!(delays, [Some(30), Some(10), Some(20), None]);
    }

    #[test]
    fn a_made_id_with_another_text_is_another_step() {
        let plan = release(&[
            ("deploy-the", "Deploy the backend", "17:00"),
            ("deploy-the-2", "Deploy the website", "17:00"),
        ]);
        let old = release(&[
            ("deploy-the", "Deploy the website", "17:40"),
            ("deploy-the-2", "Deploy the backend", "17:05"),
        ]);
        assert_eq!(same_steps(&plan, &old, &Aliases::default(), 300), [Some(1), Some(0)]);
        let past = past_releases(&plan, &[("old", &old)], &Aliases::default(), 300);
        let delays: Vec<Option<i64>> = past[0].went.iter().map(|went| went.delay).collect();
        assert_eq!(delays, [Some(5), Some(40)]);
        let rows = release(&[("row-2", "Translate the texts", "17:00")]);
        let other = release(&[("row-2", "Freeze the code", "17:00")]);
        assert_eq!(same_steps(&rows, &other, &Aliases::default(), 300), [None]);
    }

    #[test]
    fn the_past_is_of_one_kind_over_and_real() {
        let plan = Incident { kind: Some("release".to_owned()), ..release(&[("a", "x", "17:00")]) };
        let told = |change: fn(&mut Incident)| {
            let mut past = plan.clone();
            change(&mut past);
            is_comparable_past(&past, &plan, at("23:00"))
        };
        assert!(told(|_| {}));
        assert!(!told(|past| past.kind = Some("rehearsal".to_owned())));
        assert!(!told(|past| past.kind = None));
        assert!(!told(|past| past.sample = true));
        assert!(!told(|past| past.plan.clear()));
        assert!(!told(|past| past.events.clear()));
        assert!(!told(|past| past.plan.push(PlanStep::new(None, "not done"))));
        assert!(!is_comparable_past(&plan, &plan, at("16:59")));
        let kind = Some("rehearsal".to_owned());
        let rehearsed = Incident { kind, ..plan.clone() };
        assert!(!is_comparable_past(&rehearsed, &rehearsed, at("23:00")));
    }
}
