//! Adds steps to a plan.

use crate::fault::{Doubt, Fault, Field, PlanFault, UnreadLine, UnreadWhy};
use crate::format::insert_step;
use crate::lang::{Aim, CountedFrom, Frame, is_unknown_time};
use crate::model::{After, Incident, PlanStep, Zone};
use crate::yaml::Change;

use super::super::steps::{step_at, step_place};
use super::super::texts::{accepted, optional};
use super::super::when::{frame, outside, read_time, split_line};
use super::super::workspace::{Outcome, Target};
use super::lines::{is_ticked, steps_of_lines};
use super::needs::StepNeeds;
use super::row::Planned;
use super::step::{exact, free_id, window_end};

/// New steps of a plan.
#[derive(Debug)]
pub enum NewSteps {
    /// One step.
    One(NewStep),
    /// Pasted lines with a time and a text each. Steps that the plan has already are left out.
    Pasted {
        /// The lines.
        lines: String,
        /// The id, if the lines are a single step.
        id: Option<String>,
        /// The zero point of times such as `T-60m`, as typed.
        zero: Option<String>,
    },
}

/// A new step of a plan. Fields without a value are not written.
#[derive(Debug, Default)]
pub struct NewStep {
    /// When it is planned for, as typed.
    pub at: String,
    /// What is to be done.
    pub text: String,
    /// Its id; made from the text if `None`.
    pub id: Option<String>,
    /// The end of its window, as typed.
    pub until: Option<String>,
    /// Who carries it out.
    pub owner: Option<String>,
    /// The zero point of times such as `T-60m`, as typed.
    pub zero: Option<String>,
    /// Its other properties.
    pub needs: StepNeeds,
}

/// Steps that were added to a plan.
#[derive(Debug)]
pub struct AddedSteps {
    /// The steps, in the order of the request.
    pub steps: Vec<AddedStep>,
    /// The zone that their times were read in.
    pub zone: Zone,
    /// How many of the pasted lines have a ticked box.
    pub ticked: usize,
}

/// A step that was added to a plan.
#[derive(Debug)]
pub struct AddedStep {
    /// The step, with its id.
    pub step: PlanStep,
    /// A doubt about its day.
    pub doubt: Option<Doubt>,
    /// What its times were counted from, for relative ones.
    pub counted: Vec<CountedFrom>,
}

/// Adds steps to a plan, all or none.
///
/// # Errors
/// A time or a text is invalid, an id is taken, or the record cannot be written.
pub fn add_steps(target: &Target, request: &NewSteps) -> Outcome<AddedSteps> {
    let (saved, (added, frame)) = target.change("plan", |document| {
        let incident = &document.incident;
        let zone = target.zone(incident);
        let frame = frame(target.workspace.now, zone, incident, Aim::Planned);
        let frame = request.with_zero(frame)?;
        let (changes, added) = request.placed(incident, &frame)?;
        Ok((changes, (added, frame)))
    })?;
    let told = |Planned { step, counted, .. }: Planned| {
        let doubt =
            step.planned().and_then(|at| outside(&at, &frame, &saved.before.incident, true));
        AddedStep { step, doubt, counted }
    };
    let steps = added.into_iter().map(told).collect();
    let ticked = match request {
        NewSteps::Pasted { lines, .. } => lines.lines().filter(|line| is_ticked(line)).count(),
        NewSteps::One(_) => 0,
    };
    Ok((saved, AddedSteps { steps, zone: frame.zone, ticked }))
}

impl NewSteps {
    /// Returns the changes that add the steps to a plan, and the steps as they are in it.
    fn placed(
        &self,
        incident: &Incident,
        frame: &Frame,
    ) -> Result<(Vec<Change>, Vec<Planned>), Fault> {
        let (mut planned, mut changes) = (incident.clone(), Vec::new());
        let mut added: Vec<Planned> = Vec::new();
        let is_pasted = matches!(self, NewSteps::Pasted { .. });
        for mut one in self.steps(frame)? {
            // Whoever pastes a longer plan again only wants to add what is new.
            let is_same =
                |old: &&PlanStep| old.planned() == one.step.planned() && old.text == one.step.text;
            if let Some(old) = incident.plan.iter().find(is_same).filter(|_| is_pasted) {
                one.step.id.clone_from(&old.id);
                added.push(Planned { is_there: true, ..one });
                continue;
            }
            if let NewSteps::One(NewStep { needs, .. }) = self {
                let (told, ids) = needs.applied_to(one.step, incident, frame)?;
                one.step = told;
                changes.extend(ids);
            }
            one.step.id = Some(free_id(&planned, one.step.id.as_deref(), &one.step.text)?);
            planned.plan.push(one.step.clone());
            added.push(one);
        }
        changes.extend(wait_for_each_other(&mut added, incident)?);
        added.retain(|one| !one.is_there);
        let mut plan = incident.plan.clone();
        for one in &added {
            let (index, change) = insert_step(&plan, &one.step);
            plan.insert(index, one.step.clone());
            changes.push(change);
        }
        Ok((changes, added))
    }

    /// Returns the frame with the zero point of the request.
    fn with_zero(&self, frame: Frame) -> Result<Frame, Fault> {
        let (NewSteps::One(NewStep { zero, .. }) | NewSteps::Pasted { zero, .. }) = self;
        let Some(typed) = zero else { return Ok(frame) };
        let zero = exact(read_time(typed, &frame, Field::Zero)?, Field::Zero)?;
        Ok(Frame { zero: Some(zero.moment), ..frame })
    }

    fn steps(&self, frame: &Frame) -> Result<Vec<Planned>, Fault> {
        match self {
            NewSteps::One(step) => Ok(vec![step.step(frame)?]),
            NewSteps::Pasted { lines, id, .. } => {
                let mut steps = steps_of_lines(lines, frame)?;
                match steps.as_mut_slice() {
                    _ if id.is_none() => {}
                    [planned] => planned.step.id.clone_from(id),
                    several => return Err(PlanFault::OneIdForMany(several.len()).into()),
                }
                Ok(steps)
            }
        }
    }
}

/// Adds to each of these steps the ids of its dependencies, which may be in the plan or among the new steps, and are
/// given by their ids, row numbers, texts or parts of these. Returns the changes that give ids to steps of the plan.
pub(super) fn wait_for_each_other(
    steps: &mut [Planned],
    incident: &Incident,
) -> Result<Vec<Change>, Fault> {
    let (mut unread, mut changes) = (Vec::new(), Vec::new());
    type Names = (Option<String>, Option<String>, String);
    let names: Vec<Names> = steps
        .iter()
        .map(|one| (one.step.id.clone(), one.number.clone(), one.step.text.to_lowercase()))
        .collect();
    for one in steps {
        let row =
            |typed: &str| names.iter().find(|(_, number, _)| number.as_deref() == Some(typed));
        let numbers = one.step.if_failed.as_deref().unwrap_or("").split([',', ';']).map(str::trim);
        let rows: Option<Vec<&str>> = numbers.map(|typed| row(typed)?.0.as_deref()).collect();
        if let Some(rows) = rows {
            // The number of a row is not stored in the record.
            one.step.if_failed = Some(rows.join(", "));
        }
        for (typed, gap) in std::mem::take(&mut one.after) {
            let lower = typed.to_lowercase();
            let by_id = names.iter().find(|(id, ..)| id.as_deref() == Some(&*typed));
            let by_number = || row(&typed);
            let mut by_text = names.iter().filter(|(.., text)| *text == lower);
            let by_text = || by_text.next().filter(|_| by_text.next().is_none());
            // A part of an id or of a text suffices, as on the command line, if it is that of one other step only.
            let has_part = |(id, _, text): &&Names| {
                let id_has = id.as_ref().is_some_and(|id| id.contains(&lower));
                *id != one.step.id && !lower.is_empty() && (id_has || text.contains(&lower))
            };
            let mut by_part = names.iter().filter(has_part);
            let by_part = || by_part.next().filter(|_| by_part.next().is_none());
            let here = by_id.or_else(by_number).or_else(by_text).or_else(by_part);
            let here = here.and_then(|(id, ..)| id.clone());
            let there = || step_place(incident, &typed, Field::After).ok();
            match (here, there) {
                (Some(step), _) => one.step.after.push(After { step, gap }),
                (None, there) => match there() {
                    Some(place) => {
                        let (step, change) = step_at(incident, place);
                        changes.extend(change);
                        one.step.after.push(After { step, gap });
                    }
                    None => {
                        let (number, text) = one.line.clone();
                        let why = UnreadWhy::After { words: typed };
                        unread.push(UnreadLine { number, text, why });
                    }
                },
            }
        }
    }
    if unread.is_empty() { Ok(changes) } else { Err(PlanFault::Unread(unread).into()) }
}

impl NewStep {
    fn step(&self, frame: &Frame) -> Result<Planned, Fault> {
        let text = || accepted(Field::Text, &self.text);
        if is_unknown_time(&self.at) && self.until.is_none() {
            let owner = optional(Field::Owner, self.owner.as_deref())?;
            let step = PlanStep { id: self.id.clone(), owner, ..PlanStep::new(None, text()?) };
            return Ok(Planned::of(step, Vec::new()));
        }
        // `by 17:00` is a deadline.
        let due = split_line(&self.at, frame, Field::Unnamed)?
            .filter(|lead| lead.is_due && lead.text.is_empty());
        let typed = due.as_ref().map_or(&self.at, |lead| &lead.start);
        let at = exact(read_time(typed, frame, Field::Unnamed)?, Field::Unnamed)?;
        let until = self.until.as_deref().map(|text| window_end(text, frame, &at)).transpose()?;
        let counted = [Some(at), until].into_iter().flatten();
        let counted = counted.filter_map(|typed| typed.counted_from).collect();
        let moment = Some(at.moment);
        let (at, due) = if due.is_some() { (None, moment) } else { (moment, None) };
        let step = PlanStep {
            id: self.id.clone(),
            due,
            until: until.map(|until| until.moment),
            owner: optional(Field::Owner, self.owner.as_deref())?,
            ..PlanStep::new(at, text()?)
        };
        Ok(Planned::of(step, counted))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;
    use super::*;
    use crate::fault::TypedTimeFault;

    const RECORD: &str = "\
title: 출시
kind: release
date: 2024-09-07
timezone: Asia/Seoul
plan:
  - at: 2024-09-07T17:30+09:00
    id: deploy
    text: 앱 배포
";

    fn pasted(lines: &str, id: Option<&str>) -> NewSteps {
        NewSteps::Pasted { lines: lines.to_owned(), id: id.map(str::to_owned), zero: None }
    }

    #[test]
    fn steps_go_into_the_plan_by_their_time() {
        let trial = Trial::of(RECORD);
        let request = NewSteps::One(NewStep {
            at: "17:00".to_owned(),
            text: "진입 금지".to_owned(),
            until: Some("17:10".to_owned()),
            ..NewStep::default()
        });
        let (saved, added) = add_steps(&trial.target, &request).unwrap();
        assert_eq!(added.steps[0].step.id.as_deref(), Some("진입-금지"));
        assert_eq!(added.steps[0].doubt, None);
        assert_eq!(saved.after.incident.plan[0].text, "진입 금지");
        let again = "오후 5시 30분: 앱 배포\n2024-10-01 18:00 late [id: late]\n";
        let (saved, added) = add_steps(&trial.target, &pasted(again, None)).unwrap();
        let ids: Vec<_> = added.steps.iter().map(|added| added.step.id.as_deref()).collect();
        assert_eq!(ids, [Some("late")]);
        assert!(matches!(added.steps[0].doubt, Some(Doubt::Outside { .. })));
        assert_eq!(saved.after.incident.plan.len(), 3);
    }

    /// Returns each step of a pasted plan in one line.
    fn planned(lines: &str) -> Vec<String> {
        let trial = Trial::of(&RECORD.replace("plan:", "plan: []\nx-old:"));
        let (saved, _) = add_steps(&trial.target, &pasted(lines, None))
            .unwrap_or_else(|fault| panic!("{fault:?}\n{lines}"));
        let time = |at: Option<crate::model::Moment>| {
            at.map_or_else(|| "-".to_owned(), |at| at.written()[5..16].to_owned())
        };
        let told = |step: &PlanStep| {
            let after: Vec<String> = step.after.iter().map(After::to_string).collect();
            let takes = step.takes.map(|takes| takes.to_string()).unwrap_or_default();
            format!(
                "{} {} due {} | {} | {} | {} | {takes} | {}{}{}",
                time(step.at),
                time(step.until),
                time(step.due),
                step.text,
                step.owner.as_deref().unwrap_or_default(),
                after.join(", "),
                [("decision ", step.decision), ("rollback ", step.rollback)]
                    .map(|(word, is)| if is { word } else { "" })
                    .concat(),
                step.if_failed.as_deref().unwrap_or_default(),
                step.command.as_deref().unwrap_or_default(),
            )
        };
        saved.after.incident.plan.iter().map(told).collect()
    }

    #[test]
    fn the_number_of_a_row_becomes_the_id_of_its_step() {
        let trial = Trial::of(&RECORD.replace("plan:", "plan: []\nx-old:"));
        let table = "| # | Time | Task | If it fails | Rollback step |\n|---|---|---|---|---|\n\
            | 1 | 17:00 | Migrate | R1, R2 | |\n| 2 | 17:10 | Deploy | call R1 | |\n\
            | R1 | | Restore | | yes |\n| R2 | | Tell | | yes |\n";
        let (saved, _) = add_steps(&trial.target, &pasted(table, None)).unwrap();
        let plan = &saved.after.incident.plan;
        let said: Vec<_> = plan.iter().map(|step| step.if_failed.as_deref()).collect();
        assert_eq!(said, [Some("restore, tell"), Some("call R1"), None, None]);
    }

    #[test]
    fn rollback_steps_need_no_time() {
        let table = "| Task | Owner | Takes | Rollback step |\n| --- | --- | --- | --- |\n\
            | Restore | Park | 15m | yes |\n| 10:00 | Kim | | no |\n";
        let watch = table.replace("10:00", "Watch");
        let refused = add_steps(&Trial::of(RECORD).target, &pasted(&watch, None));
        let Err(Fault::Plan(PlanFault::Unread(found))) = refused else { panic!("{refused:?}") };
        let found: Vec<_> = found.iter().map(|line| (line.number, &line.why)).collect();
        assert_eq!(found, [(4, &UnreadWhy::NoTime)]);
        for lines in [
            &table.replace("| 10:00 | Kim | | no |\n", ""),
            "Restore [owner: Park] [takes: 15m] [rollback]",
        ] {
            assert_eq!(
                planned(lines),
                ["- - due - | Restore | Park |  | 15m | rollback "],
                "{lines}"
            );
        }
    }

    #[test]
    fn tables_are_read_by_their_heads() {
        let expected = [
            "09-07T17:00 - due - | build | Kim |  | 20m | ",
            "09-07T17:30 09-07T17:50 due 09-07T18:00 | deploy | Lee | build +5m | 30m | roll back./go",
            "- - due - | open, to all | Kim | deploy, build |  | decision ",
        ];
        let bars = "| # | Time | End | Task | Owner | Depends on | Duration (min) | Deadline | Decision | If it fails | Command |\n\
            |---|---|---|---|---|---|---|---|---|---|---|\n\
            | 1 | 17:00 | | build | Kim | - | 20 | | | | |\n\
            | 2 | 17:30 | 17:50 | deploy | Lee | 1 +5m | 30 | 18:00 | no | roll back | ./go |\n\
            | 3 | | | open, to all | Kim | deploy; 1 | | | yes | | |\n";
        assert_eq!(planned(bars), expected);
        let rows = bars.lines().filter(|line| !line.starts_with("|---"));
        let tabs: Vec<String> =
            rows.map(|line| line.trim_matches('|').replace('|', "\t")).collect();
        assert_eq!(planned(&tabs.join("\n")), expected);
        let commas = "번호,시각,종료,작업,담당,선행 작업,소요(분),기한,결정,실패 시,명령\n\
            1,17:00,,build,Kim,,20,,,,\n\
            2,17:30,17:50,deploy,Lee,1 +5m,30,18:00,no,roll back,./go\n\
            3,,,\"open, to all\",Kim,deploy; 1,,,예,,\n";
        assert_eq!(planned(commas), expected);
        assert_eq!(planned(&commas.replace('\n', "\r")), expected, "old spreadsheets end lines so");
        let quoted = "Time,Task\n17:00,\"say \"\"go\"\", then wait\"\n";
        assert_eq!(planned(quoted), ["09-07T17:00 - due - | say \"go\", then wait |  |  |  | "]);
    }

    #[test]
    fn headings_name_the_day_and_lines_the_rest() {
        let lines = "## 9월 7일 (토)\n\
            - [ ] 23:00 backup (Sam)\n\
            - [x] 00:30 restore\n\
            01:10 check [after: backup +10m, restore] [takes: 20분] [owner: Kim] [decision]\n\
            2024-09-08:\n\
            17:00 announce (all)\n\
            16:00 earlier [due: 16:30] [if failed: wait] [command: ./say it]\n";
        assert_eq!(
            planned(lines),
            [
                "09-07T23:00 - due - | backup | Sam |  |  | ",
                "09-08T00:30 - due - | restore |  |  |  | ",
                "09-08T01:10 - due - | check | Kim | backup +10m, restore | 20m | decision ",
                "09-08T16:00 - due 09-08T16:30 | earlier |  |  |  | wait./say it",
                "09-08T17:00 - due - | announce (all) |  |  |  | ",
            ]
        );
    }

    /// Below a step whose day was typed, a clock time before that one's may be of the next day, or out of order.
    #[test]
    fn a_clock_time_that_goes_back_needs_its_day() {
        let trial = Trial::of(RECORD);
        for (line, is_read) in [
            ("16:00: turn on the flag", false),
            ("18:00: turn on the flag", true),
            ("00:30: turn on the flag", true),
            ("2024-09-08 16:00: turn on the flag", true),
        ] {
            let lines = format!("2024-09-06 18:00: approval\n{line}\n");
            match trial.target.rehearsed() {
                target if is_read => drop(add_steps(&target, &pasted(&lines, None)).unwrap()),
                target => {
                    let refused = add_steps(&target, &pasted(&lines, None));
                    let Err(Fault::Plan(PlanFault::Unread(found))) = refused else {
                        panic!("{refused:?}")
                    };
                    let is_several = |why: &UnreadWhy| match why {
                        UnreadWhy::Time(fault) => {
                            matches!(&**fault, TypedTimeFault::Several { moments, .. } if moments.len() == 2)
                        }
                        _ => false,
                    };
                    assert!(found[0].number == 2 && is_several(&found[0].why), "{found:?}");
                }
            }
        }
    }

    #[test]
    fn a_heading_with_a_day_that_does_not_exist_is_refused_even_above_nothing() {
        let trial = Trial::of(RECORD);
        for heading in ["## 2024-09-31", "2024-09-31:", "## 31 September", "# 9월 31일 계획"] {
            let lines = format!("## 2024-09-07\n17:00 announce\n{heading}\n18:00 check\n");
            let refused = add_steps(&trial.target, &pasted(&lines, None));
            let Err(Fault::Plan(PlanFault::Unread(found))) = refused else { panic!("{refused:?}") };
            assert_eq!(found.first().map(|line| line.number), Some(3), "{heading}");
            assert_eq!(trial.text(), RECORD);
        }
    }

    #[test]
    fn what_is_not_understood_of_a_table_is_named_by_its_line() {
        let trial = Trial::of(RECORD);
        let table = "| Time | Task | After | Takes | Room |\n|---|---|---|---|---|\n\
            | 17:00 | a | nothing | | |\n| 17:10 | b | | long | |\n| 17:20 | c | | | 4 |\n";
        let unread = |number, why| UnreadLine {
            number,
            text: table.lines().nth(number - 1).unwrap().to_owned(),
            why,
        };
        let words = |words: &str| words.to_owned();
        let refused = add_steps(&trial.target, &pasted(table, None));
        let Err(Fault::Plan(PlanFault::Unread(found))) = refused else { panic!("{refused:?}") };
        let expected = [
            unread(4, UnreadWhy::Length { words: words("long") }),
            unread(5, UnreadWhy::Column { words: words("4") }),
        ];
        assert_eq!(found, expected);
        let table = table.replace("| long", "| 5m").replace("| 4 |", "| |");
        let refused = add_steps(&trial.target, &pasted(&table, None));
        let Err(Fault::Plan(PlanFault::Unread(found))) = refused else { panic!("{refused:?}") };
        assert_eq!(found, [unread(3, UnreadWhy::After { words: words("nothing") })]);
        assert_eq!(trial.text(), RECORD);
        let lines = "17:00 Submit to App Store\n17:30 Submit to Play\n18:00 Wait for reviews [after: WAIT]\n";
        for (wanted, after) in [
            ("App Store", Some("submit-to-app")),
            ("play", Some("submit-to-play")),
            ("앱", Some("deploy")),
            ("submit", None),
            ("reviews", None),
            ("", None),
        ] {
            let trial = Trial::new(RECORD);
            let made = add_steps(&trial.target, &pasted(&lines.replace("WAIT", wanted), None));
            let found = made.ok().map(|_| trial.document().incident.plan);
            let found = found.and_then(|plan| Some(plan.last()?.after.first()?.step.clone()));
            assert_eq!(found.as_deref(), after, "{wanted}");
        }
    }

    #[test]
    fn what_cannot_be_planned_changes_nothing() {
        let one = |at: &str, until: Option<&str>, id: Option<&str>| {
            NewSteps::One(NewStep {
                at: at.to_owned(),
                text: "x".to_owned(),
                id: id.map(str::to_owned),
                until: until.map(str::to_owned),
                owner: None,
                zero: None,
                needs: StepNeeds::default(),
            })
        };
        let unread = |number, text: &str, why| UnreadLine { number, text: text.to_owned(), why };
        for (request, fault) in [
            (one("~18:00", None, None), PlanFault::Approximate { field: Field::Unnamed }),
            (one("18:00", Some("17:59"), None), PlanFault::EndsBeforeItBegins),
            (one("18:00", None, Some("deploy")), PlanFault::IdTaken { id: "deploy".to_owned() }),
            (pasted("18:00 a\n19:00 b\n", Some("x")), PlanFault::OneIdForMany(2)),
            (pasted("18:00 a\n", Some("deploy")), PlanFault::IdTaken { id: "deploy".to_owned() }),
            (pasted("# 계획\n\n```\n", None), PlanFault::NoLines),
            (
                pasted("# 9월 8일 / 9월 9일\n- 18:00 a\n2. none\n", None),
                PlanFault::Unread(vec![
                    unread(1, "# 9월 8일 / 9월 9일", UnreadWhy::Heading),
                    unread(3, "none", UnreadWhy::NoTime),
                ]),
            ),
        ] {
            let trial = Trial::of(RECORD);
            let refused = add_steps(&trial.target, &request);
            match refused {
                Err(Fault::Plan(found)) => assert_eq!(found, fault),
                other => panic!("{request:?}: {other:?}"),
            }
            assert_eq!(trial.text(), RECORD);
        }
    }
}
