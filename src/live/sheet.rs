//! The run sheet of a release day: each line is the outcome of a step, at a prompt of its own or at the one for events.

use std::time::Duration;

use crate::console::command::{CommandToRun, run_and_log};
use crate::console::planned::{tell_moved, tell_skipped};
use crate::console::running::end_at_signals_between;
use crate::console::shell::shell_line;
use crate::console::{Context, Exit, Failure, logged, now};
use crate::fault::{Fault, Field, StepFault};
use crate::lang::{Refusal, RunVerb, Standing, run_verb, terminal};
use crate::model::{EventType, Incident, Moment, PlanStep};
use crate::operations::{
    self, ForecastOutcome, LogOutcome, LogRequest, MoveRequest, PastRecords, SkipRequest, Target,
    Turn, Workspace, command_words, current_step, delay_in, forecast_plan, move_step, plan_of,
    skip_rest, skip_step, standing_step, step_place,
};
use crate::render::{escape, forecast_text, plan_text};
use crate::store::{Loaded, Project, RecordName, Saved};
use crate::view::{ForecastView, forecast_view, status_line};

use super::status::StatusLine;
use super::undo::turn_own;

/// Runs the run sheet of a record, with one line per step, until the input ends.
///
/// # Errors
/// The record cannot be read.
pub fn run_plan(
    context: &mut Context,
    record: &RecordName,
    wait: Duration,
) -> Result<Exit, Failure> {
    end_at_signals_between();
    context.note(terminal().run_begins());
    let project = context.project()?;
    let mut news = StatusLine::of(project.clone(), record.clone(), context.zone(&project));
    let mut sheet = RunSheet::default();
    let mut mine = Vec::new();
    loop {
        context.now = now()?;
        let project = context.project()?;
        let shown = project.load(record)?;
        news.look(&[]);
        news.take_news().iter().for_each(|line| context.answer(&format!("{line}\n")));
        tell_status(context, &project, &shown);
        sheet.tell_current(context, &shown)?;
        let Some(line) = context.ask("> ") else { return Ok(Exit::Done) };
        context.now = now()?;
        context.measure();
        let target = context.target_of(context.workspace()?, record.clone(), wait);
        let answered = match verb_of(&line) {
            Some((RunVerb::Quit, _)) => return Ok(Exit::Done),
            _ if line.is_empty() && sheet.failed.is_some() => Err(sheet.told_failed()),
            None => Err(Failure::misuse(terminal().run_not_understood(&line))),
            Some((RunVerb::Undo, _)) => {
                let undone = turn_own(context, &target, &mine, Turn::Back(1));
                news.look(&[]);
                news.take_news();
                undone.map(|()| LineChanges::default())
            }
            Some((verb, behind)) => {
                let asked = SheetLine { verb, behind, request: LogRequest::default() };
                sheet.answer(context, &target, (&shown.document.incident, asked))
            }
        };
        match answered {
            Ok(made) => {
                news.look(&made.words());
                mine.extend(made.changes);
            }
            // A refused line does not end the run sheet.
            Err(failure) => context.fail(&failure),
        }
    }
}

fn tell_status(context: &mut Context, project: &Project, shown: &Loaded) {
    let settings = &project.settings;
    let (tolerance, names) = (settings.tolerance_seconds(), &settings.steps);
    let status = status_line(&shown.document.incident, context.now, tolerance, names);
    let status = context.fitted(&escape::terminal(&status), "  ");
    context.answer(&format!("{status}\n"));
}

/// The parsed outcome of a step.
pub(super) struct SheetLine<'l> {
    pub(super) verb: RunVerb,
    /// The words after the verb: a step, a reason.
    pub(super) behind: &'l str,
    /// Other values for its event.
    pub(super) request: LogRequest,
}

/// What a line changed.
#[derive(Default)]
pub(super) struct LineChanges {
    /// The texts of its events, or of the step that it changed.
    texts: Vec<String>,
    /// The ids of the changes in the journal.
    pub(super) changes: Vec<String>,
}

impl LineChanges {
    fn of(text: &str, saved: &Saved) -> LineChanges {
        let changes = saved.journal.iter().flatten().cloned().collect();
        LineChanges { texts: vec![text.to_owned()], changes }
    }

    /// Returns the texts of what it changed.
    pub(super) fn words(&self) -> Vec<&str> {
        self.texts.iter().map(String::as_str).collect()
    }
}

/// A step's command that was shown at this terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ShownCommand {
    step: String,
    command: String,
}

impl ShownCommand {
    fn of(step: &PlanStep) -> Option<ShownCommand> {
        Some(ShownCommand { step: step.called().to_owned(), command: step.command.clone()? })
    }
}

/// The state of a run sheet.
#[derive(Default)]
pub(super) struct RunSheet {
    /// The command that was shown along with the current step.
    told: Option<ShownCommand>,
    /// The command that was shown on request.
    asked: Option<ShownCommand>,
    /// The current step, if it failed: its text and its name.
    failed: Option<(String, String)>,
    /// The past records that forecasts use, once they were read.
    past: Option<PastRecords>,
}

/// A line with its verb, step and other words.
struct Typed<'l> {
    verb: RunVerb,
    step: PlanStep,
    words: &'l str,
    request: LogRequest,
}

impl RunSheet {
    /// Shows the current step, and the forecast of the rest from past releases.
    ///
    /// # Errors
    /// The settings cannot be read.
    pub(super) fn tell_current(
        &mut self,
        context: &mut Context,
        shown: &Loaded,
    ) -> Result<(), Failure> {
        let workspace = context.workspace()?;
        let incident = &shown.document.incident;
        let current = standing_step(&workspace.project, incident, context.now);
        self.told = current.and_then(|(step, _)| ShownCommand::of(step));
        let failed = current.filter(|(_, standing)| *standing == Standing::Failed);
        self.failed = failed.map(|(step, _)| (step.text.clone(), step.called().to_owned()));
        let line = match current {
            None => terminal().run_is_over().to_owned(),
            Some((step, standing)) => terminal().run_step(step, standing),
        };
        // The step may contain a command to be copied, so its line is not wrapped.
        context.print(&format!("{}\n", escape::terminal(&line)));
        let told = self.forecast(&workspace, shown);
        if let Some(line) = told.and_then(|told| view(&workspace, shown, &told).brief) {
            context.answer(&format!("{}\n", context.fitted(&line, "  ")));
        }
        Ok(())
    }

    /// Returns why Enter does nothing after a failure: it would mark the failed step as done, although the user may
    /// only want to see what is new.
    fn told_failed(&self) -> Failure {
        let (step, called) = self.failed.as_ref().map_or(("", ""), |(step, id)| (step, id));
        Failure::misuse(terminal().run_failed(step, called))
    }

    /// Returns the forecast for the day, if past releases allow one.
    fn forecast(&mut self, workspace: &Workspace, shown: &Loaded) -> Option<ForecastOutcome> {
        let incident = &shown.document.incident;
        if self.past.is_none() {
            // If records cannot be read now, they are read again for the next line.
            self.past = PastRecords::before(workspace, (&shown.id, incident)).ok();
        }
        self.past.as_ref()?.forecast_today(workspace, incident)
    }

    /// Applies a line. `shown` is the record as the user saw it: a line without a step applies to the step that was
    /// current then.
    ///
    /// # Errors
    /// Nothing was logged or changed.
    pub(super) fn answer(
        &mut self,
        context: &mut Context,
        target: &Target,
        (shown, line): (&Incident, SheetLine),
    ) -> Result<LineChanges, Failure> {
        let project = &target.workspace.project;
        let loaded = project.load(&target.record)?;
        let incident = &loaded.document.incident;
        match line.verb {
            RunVerb::Quit | RunVerb::Undo => {}
            RunVerb::Help => context.note(terminal().run_begins()),
            RunVerb::List => {
                let view = plan_of(project, &loaded, context.now);
                context.print(&plan_text(&view, context.width));
            }
            RunVerb::Forecast => {
                let told = forecast_plan(&target.workspace, (&loaded.id, incident), &[])?;
                let view = view(&target.workspace, &loaded, &told);
                context.print(&forecast_text(&view, context.width));
            }
            _ => {
                let tolerance = project.settings.tolerance_seconds();
                let meant = |incident| match line.verb {
                    RunVerb::Rollback => only_rollback(incident),
                    _ => current_step(incident, context.now, tolerance).map(|(step, _)| step),
                };
                let (before, now) = (meant(shown).cloned(), meant(incident).cloned());
                let behind = line.behind;
                if let (RunVerb::Skip, Some(why)) = (line.verb, all_the_rest(behind)) {
                    return skip_all(context, target, why);
                }
                let typed = typed(context, (incident, before.as_ref()), line)?;
                // Somebody at another terminal may have completed it while this one waited for the lock.
                let is_implied = behind.is_empty() || typed.words == behind;
                if is_implied && before.is_some() && now != before {
                    context.note(&terminal().run_moved_on(&typed.step.text));
                    return Ok(LineChanges::default());
                }
                return match typed.verb {
                    RunVerb::Run => self.run(context, target, (&typed, incident)),
                    _ => carry_out(context, target, typed),
                };
            }
        }
        Ok(LineChanges::default())
    }

    /// Runs the command of a step, if exactly this command was shown before; otherwise it is shown, and only another
    /// `run` starts it. Its start is logged before, its end after it.
    fn run(
        &mut self,
        context: &mut Context,
        target: &Target,
        (typed, incident): (&Typed, &Incident),
    ) -> Result<LineChanges, Failure> {
        let step = &typed.step;
        let none = || Failure::misuse(terminal().run_has_no_command(&step.text));
        let now = ShownCommand::of(step).ok_or_else(none)?;
        let needs_shell = || Failure::misuse(terminal().run_needs_shell(&now.command));
        let words = command_words(&now.command).ok_or_else(needs_shell)?;
        if incident.is_rehearsal() {
            return Err(Failure::new(terminal().run_in_rehearsal(&step.text)));
        }
        let is_known = [&self.told, &self.asked].into_iter().flatten().any(|known| *known == now);
        if !is_known {
            context.note(&terminal().run_shows_command(&step.text, &shell_line(&words)));
            self.asked = Some(now);
            return Ok(LineChanges::default());
        }
        self.asked = None;
        let request = LogRequest {
            text: step.text.clone(),
            steps: vec![step.called().to_owned()],
            ..LogRequest::default()
        };
        let step_in = Some(target.workspace.project.root().to_owned());
        let command = CommandToRun { words, request, step_in };
        let ran = run_and_log(context, target, command)?;
        if ran.exit != Exit::Ran(0) {
            tell_if_failed(context, step);
        }
        Ok(LineChanges { texts: vec![step.text.clone()], changes: ran.changes })
    }
}

fn view(workspace: &Workspace, shown: &Loaded, told: &ForecastOutcome) -> ForecastView {
    let times = (workspace.now, workspace.project.settings.tolerance_seconds());
    let reckoned = (&told.forecast, told.past.as_slice());
    forecast_view(&shown.id, &shown.document.incident, reckoned, times, false)
}

/// Returns the verb of a line, and the words after it; `no go` is one verb of two words.
pub(super) fn verb_of(line: &str) -> Option<(RunVerb, &str)> {
    if line.is_empty() {
        return Some((RunVerb::Done, ""));
    }
    // A slash is accepted, as at the prompt for events.
    let line = line.strip_prefix('/').unwrap_or(line);
    let ends = line.match_indices(' ').map(|(place, _)| place).take(2).chain([line.len()]);
    let mut ends: Vec<usize> = ends.collect();
    ends.sort_unstable();
    ends.into_iter().rev().find_map(|end| Some((run_verb(&line[..end])?, line[end..].trim())))
}

/// Returns the step that a line is about: the one that its first words name, else the current one.
fn typed<'l>(
    context: &Context,
    (incident, current): (&Incident, Option<&PlanStep>),
    line: SheetLine<'l>,
) -> Result<Typed<'l>, Failure> {
    let SheetLine { verb, behind, request } = line;
    let (first, rest) = behind.split_once(' ').unwrap_or((behind, ""));
    let at = |place: usize| incident.plan[place].clone();
    let found = |wanted: &str| step_place(incident, wanted, Field::Unnamed);
    let (step, words) = match (found(behind), found(first)) {
        _ if behind.is_empty() => (shown(incident, (verb, current))?, ""),
        (Ok(place), _) => (at(place), ""),
        (Err(_), Ok(place)) => {
            refuse_unclear(verb, (&incident.plan[place], current), first)?;
            (at(place), rest.trim())
        }
        // If no reason is expected, a word that names no step is probably a misspelt name.
        (Err(fault), Err(_)) if !takes_reason(context, verb) => match verb {
            RunVerb::Rollback => (shown(incident, (verb, current))?, behind),
            _ => return Err(Failure::of(fault, context.door())),
        },
        (Err(_), Err(slip)) => {
            let near = if verb == RunVerb::Late { None } else { near(incident, &slip) };
            if let Some(near) = near {
                refuse_unclear(verb, (near, current), first)?;
            }
            (shown(incident, (verb, current))?, behind)
        }
    };
    if matches!(verb, RunVerb::Go | RunVerb::NoGo) && !step.decision {
        let open = open_decisions(incident);
        let refused = terminal().run_no_decision(&step.text, step.called(), &open);
        return Err(Failure::misuse(refused));
    }
    if verb == RunVerb::Rollback && !step.rollback {
        let refused = terminal().run_no_rollback(&step.text, step.called(), &to_call(incident));
        return Err(Failure::misuse(refused));
    }
    Ok(Typed { verb, step, words, request })
}

/// Returns the step for a line that names none.
fn shown(
    incident: &Incident,
    (verb, current): (RunVerb, Option<&PlanStep>),
) -> Result<PlanStep, Failure> {
    let refusal = match verb {
        _ if incident.plan.is_empty() => Refusal::new(terminal().plan_is_empty()),
        RunVerb::Rollback => terminal().run_which_rollback(&to_call(incident)),
        RunVerb::Go | RunVerb::NoGo => terminal().run_which_decision(&open_decisions(incident)),
        _ => terminal().run_none_left(),
    };
    current.cloned().ok_or_else(|| Failure::misuse(refusal))
}

/// Refuses words of which the first may name another step or begin a reason for the current one.
fn refuse_unclear(
    verb: RunVerb,
    (named, current): (&PlanStep, Option<&PlanStep>),
    first: &str,
) -> Result<(), Failure> {
    let verb = match verb {
        RunVerb::Fail => Some("fail"),
        RunVerb::Skip => Some("skip"),
        RunVerb::Go => Some("go"),
        RunVerb::NoGo => Some("no go"),
        _ => None,
    };
    let is_exact = named.id.as_deref() == Some(first);
    match (verb, current.filter(|current| current.called() != named.called())) {
        (Some(verb), Some(current)) if !is_exact => {
            let (named, shown) = (named.called(), current.called());
            Err(Failure::misuse(terminal().run_step_or_reason(verb, first, named, shown)))
        }
        _ => Ok(()),
    }
}

/// Returns the step whose id is similar to a word that named none.
fn near<'i>(incident: &'i Incident, slip: &Fault) -> Option<&'i PlanStep> {
    let Fault::Step { fault: StepFault::Unknown { near: Some(near), .. }, .. } = slip else {
        return None;
    };
    incident.step(near)
}

/// Whether the words after a verb may be only a reason: at the prompt for events, only if they can hardly name a step.
fn takes_reason(context: &Context, verb: RunVerb) -> bool {
    match verb {
        RunVerb::Late | RunVerb::Go | RunVerb::NoGo => true,
        RunVerb::Fail | RunVerb::Skip => !context.brief,
        _ => false,
    }
}

/// Returns the reason after `--rest`, if the words after `skip` begin with it: a step may be named `rest`.
fn all_the_rest(behind: &str) -> Option<&str> {
    let why = behind.strip_prefix("--rest")?;
    (why.is_empty() || why.starts_with(' ')).then(|| why.trim())
}

/// Gives up every remaining step.
fn skip_all(context: &mut Context, target: &Target, why: &str) -> Result<LineChanges, Failure> {
    let why = (!why.is_empty()).then(|| why.to_owned());
    let request = SkipRequest { why, ..SkipRequest::default() };
    let door = context.door();
    let (saved, steps) = skip_rest(target, &request).map_err(|fault| Failure::of(fault, door))?;
    tell_skipped(context, target, (&saved, &steps));
    let texts = steps.into_iter().map(|step| step.text).collect();
    Ok(LineChanges { texts, ..LineChanges::of("", &saved) })
}

/// Returns the names of the rollbacks that nobody has called.
fn to_call(incident: &Incident) -> Vec<&str> {
    let not_called = incident.not_called();
    incident.plan.iter().filter(|step| not_called(step)).map(PlanStep::called).collect()
}

/// Returns the only rollback that nobody has called, if there is one. Rollbacks that wait for another are called with
/// it and do not count.
fn only_rollback(incident: &Incident) -> Option<&PlanStep> {
    let not_called = incident.not_called();
    let waits = |step: &PlanStep| {
        step.after.iter().filter_map(|after| incident.step(&after.step)).any(&not_called)
    };
    let mut steps = incident.plan.iter().filter(|step| not_called(step) && !waits(step));
    steps.next().filter(|_| steps.next().is_none())
}

/// Returns the names of the open decisions.
fn open_decisions(incident: &Incident) -> Vec<&str> {
    let settled = incident.settled();
    let open = incident.plan.iter().filter(|step| step.decision && !settled(step));
    open.map(PlanStep::called).collect()
}

/// Returns when a step was done, if nothing has happened to it since.
fn done_already(incident: &Incident, step: &PlanStep) -> Option<Moment> {
    let last = incident.last_event_of(step).filter(|last| last.is(&EventType::Done))?;
    last.until.or(last.at)
}

fn carry_out(context: &mut Context, target: &Target, typed: Typed) -> Result<LineChanges, Failure> {
    let Typed { verb, step, words, request } = typed;
    let (called, text) = (step.called().to_owned(), step.text.clone());
    let why = (!words.is_empty()).then(|| words.to_owned());
    let door = context.door();
    let refused = |fault| Failure::of(fault, door);
    if verb == RunVerb::Done && request.at.is_none() {
        refuse_done_again(target, &step)?;
    }
    let (kind, text) = match verb {
        RunVerb::Skip => {
            let request = SkipRequest { step: called, why, on: None };
            let (saved, skipped) = skip_step(target, &request).map_err(refused)?;
            tell_skipped(context, target, (&saved, &[skipped]));
            return Ok(LineChanges::of(&text, &saved));
        }
        RunVerb::Late => {
            let request = later(target, &step, words)?;
            let (saved, mut moved) = move_step(target, &request).map_err(refused)?;
            // Whoever types a delay knows what it is counted from.
            moved.counted.clear();
            tell_moved(context, target, (&saved, &moved));
            return Ok(LineChanges::of(&text, &saved));
        }
        RunVerb::Start | RunVerb::Rollback => (EventType::Started, text),
        RunVerb::Fail => (EventType::Failed, text),
        RunVerb::Go => (EventType::Decision, format!("go: {text}")),
        RunVerb::NoGo => (EventType::Failed, format!("no go: {text}")),
        _ => (EventType::Done, text),
    };
    let why = request.why.clone().or(why);
    let request = LogRequest { text, kind: Some(kind), steps: vec![called], why, ..request };
    let outcome = operations::log(target, &request).map_err(refused)?;
    let made = match &outcome {
        LogOutcome::Recorded(logged) => LineChanges::of(&logged.event.text, &logged.saved),
        LogOutcome::Kept(_) => LineChanges::default(),
    };
    logged::tell(context, target, &request, outcome)?;
    match verb {
        RunVerb::Fail | RunVerb::NoGo => tell_if_failed(context, &step),
        RunVerb::Done if step.rollback => tell_if_back(context, target)?,
        _ => {}
    }
    Ok(made)
}

/// Refuses to mark a step as done again: two people who log the same step must not move its end.
fn refuse_done_again(target: &Target, step: &PlanStep) -> Result<(), Failure> {
    let incident = target.workspace.project.load(&target.record)?.document.incident;
    let Some(at) = done_already(&incident, step) else { return Ok(()) };
    let told =
        terminal().run_done_already(&step.text, step.called(), (&at, target.zone(&incident)));
    Err(Failure::misuse(told))
}

fn tell_if_failed(context: &Context, step: &PlanStep) {
    if let Some(what) = &step.if_failed {
        context.note(&terminal().run_if_failed(what));
    }
}

/// Suggests giving up the rest of the plan, once the rollback is complete.
fn tell_if_back(context: &Context, target: &Target) -> Result<(), Failure> {
    let project = &target.workspace.project;
    let incident = project.load(&target.record)?.document.incident;
    let left = current_step(&incident, context.now, project.settings.tolerance_seconds());
    if left.is_some_and(|(step, _)| !step.rollback) {
        context.note(terminal().run_is_back());
    }
    Ok(())
}

/// Reads by how much or until when a step is moved, and why: `+20m the build is late`, `18:40`.
fn later(target: &Target, step: &PlanStep, words: &str) -> Result<MoveRequest, Failure> {
    let incident = target.workspace.project.load(&target.record)?.document.incident;
    let split = delay_in(target, (&incident, step), words);
    let (at, why) = split.ok_or_else(|| Failure::misuse(terminal().run_how_late(words)))?;
    let why = (!why.is_empty()).then(|| why.to_owned());
    Ok(MoveRequest { step: step.called().to_owned(), at, why, ..MoveRequest::default() })
}
