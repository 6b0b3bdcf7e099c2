use clap::Args;

use crate::console::{Context, Exit, Failure, logged::log_and_tell, now};
use crate::fault::{Fault, Field, StepFault};
use crate::lang::{RunVerb, help, run_verb, terminal};
use crate::model::{EventType, Incident, PlanStep};
use crate::operations::{
    LogRequest, MoveRequest, SkipRequest, Target, forecast_plan, move_step, rehearse, skip_step,
    step_place,
};
use crate::render::{escape, forecast_text, plan_text};
use crate::store::{Loaded, RecordName};
use crate::timeline::Sheet;
use crate::view::{forecast_view, plan_view, status_line};

use super::super::super::args::RecordArgs;
use super::command::{self, Shown};

#[derive(Debug, Args)]
#[command(about = help().plan.run.about, long_about = help().plan.run.long_about)]
pub(super) struct RunArgs {
    #[arg(long, help = help().plan.run.rehearse)]
    rehearse: bool,
    #[command(flatten)]
    record: RecordArgs,
}

/// A line that was typed: what is to be done, with which step, and the words behind it.
struct Typed<'l> {
    verb: RunVerb,
    step: PlanStep,
    words: &'l str,
}

pub(super) fn run(context: &mut Context, args: &RunArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let mut record = context.named_or_current(&project, args.record.record.as_deref())?;
    if args.rehearse {
        let made = rehearse(&context.workspace()?, &project.load(&record)?)?;
        context
            .confirm(&terminal().rehearsal_begins(&project.file_of(&made.record.id), &record.id));
        if context.dry_run {
            return Ok(Exit::Done);
        }
        record = made.record;
    }
    context.note(terminal().run_begins());
    let mut asked = None;
    loop {
        context.now = now()?;
        let shown = shown(context, &record)?;
        let current = current(context, &shown.document.incident);
        tell_current(context, &shown, current.as_ref());
        let Some(line) = context.ask("> ") else { return Ok(Exit::Done) };
        context.now = now()?;
        match answer(context, args, &record, (current.as_ref(), &line), &mut asked) {
            Ok(true) => {}
            Ok(false) => return Ok(Exit::Done),
            // A line that is refused ends nothing: the next one may be right.
            Err(failure) => context.fail(&failure),
        }
    }
}

fn shown(context: &Context, record: &RecordName) -> Result<Loaded, Failure> {
    Ok(context.project()?.load(record)?)
}

/// The step that is to be done next: the first in time that is open and waits for nothing that is.
fn current(context: &Context, incident: &Incident) -> Option<PlanStep> {
    let sheet = Sheet::of(incident, Some(context.now));
    let open = |place: usize| {
        let step = &sheet.steps[place];
        let marks = step.marks;
        !step.skipped && marks.done.is_none() && (!marks.any || marks.begun || marks.failed)
    };
    let places = incident.steps_in_time().into_iter();
    let places = places.filter_map(|step| incident.place_of_step(step));
    let places: Vec<usize> = places.filter(|place| open(*place)).collect();
    let free = |place: &usize| !sheet.steps[*place].after.iter().any(|(other, _)| open(*other));
    let next = places.iter().copied().find(free).or_else(|| places.first().copied());
    next.map(|place| incident.plan[place].clone())
}

fn tell_current(context: &mut Context, shown: &Loaded, current: Option<&PlanStep>) {
    let incident = &shown.document.incident;
    let Ok(project) = context.project() else { return };
    let tolerance = project.settings.tolerance_seconds();
    context.print(&format!(
        "{}\n",
        escape::terminal(&status_line(&shown.id, incident, context.now, tolerance))
    ));
    let line = match current {
        None => terminal().run_is_over().to_owned(),
        Some(step) => terminal().run_step(step),
    };
    context.print(&format!("{}\n", escape::terminal(&line)));
}

/// Does what a line says; false if it ends the run.
fn answer(
    context: &mut Context,
    args: &RunArgs,
    record: &RecordName,
    (current, line): (Option<&PlanStep>, &str),
    asked: &mut Option<Shown>,
) -> Result<bool, Failure> {
    let loaded = shown(context, record)?;
    let (verb, behind) =
        verb_of(line).ok_or_else(|| Failure::misuse(terminal().run_not_understood(line)))?;
    match verb {
        RunVerb::Quit => return Ok(false),
        RunVerb::List => {
            let view = plan_view(&loaded.id, &loaded.document.incident, context.now);
            context.print(&plan_text(&view, context.width));
        }
        RunVerb::Forecast => tell_forecast(context, &loaded)?,
        _ => {
            let incident = &loaded.document.incident;
            let typed = typed(incident, current, (verb, behind))?;
            // Somebody at another terminal may have done it while this one waited.
            let now_current = self::current(context, incident);
            let is_implied = behind.is_empty() || typed.words == behind;
            if is_implied && current.is_some() && now_current.as_ref() != current {
                context.note(&terminal().run_moved_on(&typed.step.text));
                return Ok(true);
            }
            let target = context.target_in(context.workspace()?, Some(&record.id), &args.record)?;
            match typed.verb {
                RunVerb::Run => {
                    let on_screen = current.and_then(command::shown);
                    command::run(context, &target, &typed.step, (on_screen, asked))?;
                }
                _ => carry_out(context, &target, &typed)?,
            }
        }
    }
    Ok(true)
}

/// What a line asks for, and the words behind it; `no go` is one word of two.
fn verb_of(line: &str) -> Option<(RunVerb, &str)> {
    if line.is_empty() {
        return Some((RunVerb::Done, ""));
    }
    let ends = line.match_indices(' ').map(|(place, _)| place).take(2).chain([line.len()]);
    let mut ends: Vec<usize> = ends.collect();
    ends.sort_unstable();
    ends.into_iter().rev().find_map(|end| Some((run_verb(&line[..end])?, line[end..].trim())))
}

/// The step that a line means: the one that its first words name, else the one that is shown.
fn typed<'l>(
    incident: &Incident,
    current: Option<&PlanStep>,
    (verb, behind): (RunVerb, &'l str),
) -> Result<Typed<'l>, Failure> {
    let (first, rest) = behind.split_once(' ').unwrap_or((behind, ""));
    let named = |wanted: &str| {
        let place = step_place(incident, wanted, Field::Step).ok();
        place.filter(|_| !wanted.is_empty()).map(|place| incident.plan[place].clone())
    };
    let (step, words) = match (named(behind), named(first)) {
        (Some(step), _) => (step, ""),
        (None, Some(step)) => (step, rest.trim()),
        (None, None) => {
            let none = || Fault::Step {
                field: Field::Step,
                wanted: behind.to_owned(),
                fault: StepFault::NoPlan,
            };
            (current.cloned().ok_or_else(none)?, behind)
        }
    };
    Ok(Typed { verb, step, words })
}

fn carry_out(context: &mut Context, target: &Target, typed: &Typed) -> Result<(), Failure> {
    let step = typed.step.called().to_owned();
    let why = (!typed.words.is_empty()).then(|| typed.words.to_owned());
    let (kind, text) = match typed.verb {
        RunVerb::Skip => {
            let (saved, skipped) = skip_step(target, &SkipRequest { step, why, on: None })?;
            let (at, id) = (skipped.at.as_ref(), &target.record.id);
            context.confirm(&terminal().skipped(&skipped.text, at, skipped.zone, id));
            context.tell_saved(&saved);
            return Ok(());
        }
        RunVerb::Late => return late(context, target, (step, typed.words)),
        RunVerb::Start => (EventType::Started, typed.step.text.clone()),
        RunVerb::Fail => (EventType::Failed, typed.step.text.clone()),
        RunVerb::Go => (EventType::Decision, format!("go: {}", typed.step.text)),
        RunVerb::NoGo => (EventType::Failed, format!("no go: {}", typed.step.text)),
        _ => (EventType::Done, typed.step.text.clone()),
    };
    let request =
        LogRequest { text, kind: Some(kind), steps: vec![step], why, ..LogRequest::default() };
    log_and_tell(context, target, &request)?;
    if let Some(what) = typed.step.if_failed.as_ref()
        && matches!(typed.verb, RunVerb::Fail | RunVerb::NoGo)
    {
        context.note(&terminal().run_if_failed(what));
    }
    Ok(())
}

fn late(
    context: &mut Context,
    target: &Target,
    (step, words): (String, &str),
) -> Result<(), Failure> {
    let (by, why) = words.split_once(' ').unwrap_or((words, ""));
    let why = (!why.trim().is_empty()).then(|| why.trim().to_owned());
    let by = if by.starts_with(['+', '-']) { by.to_owned() } else { format!("+{by}") };
    let request = MoveRequest { step, at: by, why, ..MoveRequest::default() };
    let (saved, moved) = move_step(target, &request)?;
    let (times, id) = ((&moved.at, moved.until.as_ref()), &target.record.id);
    context.confirm(&terminal().moved(&moved.text, moved.from.as_ref(), times, moved.zone, id));
    context.tell_saved(&saved);
    Ok(())
}

fn tell_forecast(context: &mut Context, loaded: &Loaded) -> Result<(), Failure> {
    let workspace = context.workspace()?;
    let incident = &loaded.document.incident;
    let told = forecast_plan(&workspace, (&loaded.id, incident), &[])?;
    let times = (context.now, workspace.project.settings.tolerance_seconds());
    let reckoned = (&told.forecast, told.past.as_slice());
    let view = forecast_view(&loaded.id, incident, reckoned, times, false);
    context.print(&forecast_text(&view, context.width));
    Ok(())
}
