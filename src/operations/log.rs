//! Logging an event.

use std::collections::{BTreeMap, HashMap};

use crate::fault::{Doubt, Fault, Field, StoreFault};
use crate::format::{Settings, event_item, insert_event, insert_items, item_text};
use crate::lang::{Aim, CarriedOut, CountedFrom, Frame, Typed, is_unknown_time};
use crate::model::{
    Attachment, Audience, Event, EventType, Incident, Moment, PlanStep, Precision, Zone,
};
use crate::publish::status_lag;
use crate::store::{Asset, AssetSource, Edit, Noted, Saved};
use crate::timeline::{
    Aliases, FirstOfSteps, LikelySteps, Row, likely_step, public_updates, rows, says_status,
};

use super::changes::{Following, behind_milestone, to_no_severity, to_severity, to_status};
use super::files::{copy_in, drop_all, noted};
use super::new::severity_named;
use super::secrets::refuse_added;
use super::steps::step_ids;
use super::texts::{accepted, check_width, optional};
use super::when::{RecordState, promised, read_time, split_line};
use super::workspace::{Target, Workspace};

/// An event to be logged. Fields without a value are not written.
#[derive(Debug, Default)]
pub struct LogRequest {
    /// The text; empty if a new severity suffices.
    pub text: String,
    /// Markdown.
    pub detail: Option<String>,
    /// When it happened, as typed; the moment when it was begun if `None`.
    pub at: Option<String>,
    /// When it ended, as typed.
    pub until: Option<String>,
    /// When somebody began to type it; the moment of the operation if `None`.
    pub begun: Option<Moment>,
    /// A milestone or another type of event.
    pub kind: Option<EventType>,
    /// The planned steps that it carries out, as typed.
    pub steps: Vec<String>,
    /// Who acted or noticed.
    pub by: Option<String>,
    /// Why it was done so.
    pub why: Option<String>,
    /// Files to be copied into the record.
    pub files: Vec<AssetSource>,
    /// The description of the files.
    pub alt: Option<String>,
    /// The width of the files.
    pub width: Option<String>,
    /// When the next public update is promised for, as typed.
    pub next_update: Option<String>,
    /// Links.
    pub refs: Vec<String>,
    /// Figures, each with its name.
    pub metrics: Vec<(String, String)>,
    /// Whether it belongs in the short story.
    pub key: bool,
    /// Whether it is for the team only.
    pub internal: bool,
    /// The record's new severity, a word of the severity scale.
    pub severity: Option<String>,
    /// Whether the record has no severity from then on.
    pub no_severity: bool,
    /// Whether the event states the status before it.
    pub tells_status: bool,
    /// The id of the record that was current before, if its own record becomes the current one; empty if there was
    /// none. Undoing the event makes that record current again.
    pub was_current: Option<String>,
}

/// The result of logging.
#[derive(Debug)]
pub enum LogOutcome {
    /// The event is in the record.
    Recorded(Box<Logged>),
    /// The record cannot be read for this reason; the event was kept beside it.
    Kept(StoreFault),
}

/// An event that was recorded.
#[derive(Debug)]
pub struct Logged {
    /// The event.
    pub event: Event,
    /// The context in which its times were parsed.
    pub frame: Frame,
    /// The planned steps that it carries out.
    pub carried: Vec<CarriedOut>,
    /// Doubts about it.
    pub doubts: Vec<Doubt>,
    /// What its times were counted from, for relative ones.
    pub counted: Vec<CountedFrom>,
    /// A planned step with a similar text, if the event names none.
    pub sounds_like: Option<PlanStep>,
    /// The record before and after.
    pub saved: Saved,
}

/// Logs an event, or keeps it beside a record that cannot be read now.
///
/// # Errors
/// It is not recorded, and no file was left over. However, if it may have been kept although the disk fails, its
/// files stay.
pub fn log(target: &Target, request: &LogRequest) -> Result<LogOutcome, Fault> {
    request.check_words_of_files()?;
    match request.write(target) {
        Ok(logged) => Ok(LogOutcome::Recorded(Box::new(logged))),
        Err(Fault::Store(fault @ StoreFault::Faulty { .. })) => {
            request.keep(target, &fault)?;
            Ok(LogOutcome::Kept(fault))
        }
        Err(fault) => Err(fault),
    }
}

/// The result of logging several events together.
#[derive(Debug)]
pub struct LoggedTogether {
    /// Each event in the order of the requests, or why it was not recorded.
    pub events: Vec<Result<LoggedLine, Fault>>,
    /// The zone of their times.
    pub zone: Zone,
    /// The record before and after all of them.
    pub saved: Saved,
}

/// One of several events that were logged together.
#[derive(Debug)]
pub struct LoggedLine {
    /// The event.
    pub event: Event,
    /// The planned steps that it carries out.
    pub carried: Vec<CarriedOut>,
    /// Doubts about it; for current events, except those already reported for a previous one.
    pub doubts: Vec<Doubt>,
    /// What its times were counted from, for relative ones.
    pub counted: Vec<CountedFrom>,
    /// A planned step with a similar text, if the event names none.
    pub sounds_like: Option<PlanStep>,
}

/// Logs events in one save with the same result as one after the other: the record is read and written only once. Each
/// is a change that can be undone separately. Requests must satisfy [`LogRequest::goes_with_others`].
///
/// # Errors
/// None of them is recorded; logged one by one, some may be.
pub fn log_together(target: &Target, requests: &[LogRequest]) -> Result<LoggedTogether, Fault> {
    let workspace = &target.workspace;
    let settings = &workspace.project.settings;
    let machine = requests.iter().any(|one| one.at.is_some()).then(workspace.machine_zone);
    let (saved, (events, zone)) = target.update("log", |document| {
        let incident = &document.incident;
        let zone = incident.zone.unwrap_or(workspace.zone);
        let mut adding = Adding::to(incident, zone, workspace.now, settings);
        let read = |one: &LogRequest| adding.line(one, machine.flatten());
        let made: Vec<_> = requests.iter().map(read).collect();
        if !requests.iter().all(|one| one.goes_with_others(incident)) {
            // Somebody changed the plan meanwhile.
            return Err(StoreFault::KeepsChanging { path: target.record.path.clone() }.into());
        }
        let item = |made: &LoggedLine| ("events".to_owned(), event_item(&made.event));
        let changes = insert_items(document, made.iter().flatten().map(item).collect());
        Ok((Edit::Changes(changes), Noted { apart: true, ..Noted::default() }, (made, zone)))
    })?;
    Ok(LoggedTogether { events, zone, saved })
}

/// A record to which events are added one after the other.
struct Adding<'i> {
    incident: &'i Incident,
    settings: &'i Settings,
    known: RecordState,
    now: Moment,
    likely: Option<LikelySteps<'i>>,
    firsts: FirstOfSteps,
    alike: Alike,
    /// The doubts that were already reported for current events.
    told: Vec<Doubt>,
}

impl<'i> Adding<'i> {
    fn to(incident: &'i Incident, zone: Zone, now: Moment, settings: &'i Settings) -> Adding<'i> {
        let mut alike = Alike::default();
        incident.events.iter().for_each(|event| alike.add(event));
        let firsts = FirstOfSteps::of(incident);
        let known = RecordState::of(incident, zone, now);
        let likely = LikelySteps::of(incident, &Aliases::of(&settings.steps));
        Adding { incident, settings, known, now, likely, firsts, alike, told: Vec::new() }
    }

    /// Returns the event of a request, and adds it to the record.
    fn line(&mut self, request: &LogRequest, machine: Option<Zone>) -> Result<LoggedLine, Fault> {
        let text = accepted(Field::Text, &request.text)?;
        let machine = machine.filter(|_| request.at.is_some());
        let frame = self.known.frame(request.begun.unwrap_or(self.now));
        let frame = Frame { machine, ..frame };
        let (mut event, typed) = request.event(&frame, self.now, &text)?;
        event.steps = step_ids(self.incident, &request.steps)?.0;
        refuse_added(self.settings, "", &item_text(&event_item(&event)))?;
        let judged = (&self.known, typed.at.as_ref());
        let mut doubts = doubts_of_times(&event, &frame, judged);
        doubts.extend(far_from_plan(&event, self.incident, typed.at.as_ref()));
        doubts.extend(self.alike.repeated(&event));
        doubts.extend(request.begins_with_time(&frame));
        if request.at.is_none() {
            doubts.retain(|doubt| !self.told.contains(doubt));
            self.told.extend(doubts.iter().cloned());
        }
        self.alike.add(&event);
        self.known.add(&event);
        let likely = self.likely.as_mut().filter(|_| event.steps.is_empty());
        let sounds_like = likely.and_then(|steps| steps.of_words(&event.text)).cloned();
        let carried = self.carry_out(&event);
        Ok(LoggedLine { event, carried, doubts, counted: typed.counted(), sounds_like })
    }

    /// Marks the steps of an event as carried out, and returns them.
    fn carry_out(&mut self, event: &Event) -> Vec<CarriedOut> {
        self.firsts.add(event);
        if let Some(likely) = self.likely.as_mut().filter(|_| event.carries_out()) {
            likely.settle(&event.steps);
        }
        let tolerance = self.settings.tolerance_seconds();
        let told = |id: &String| {
            let outcome = || self.firsts.outcome_of_last(id, tolerance);
            let outcome = if event.is(&EventType::Failed) { None } else { outcome() };
            let (text, done) = (self.firsts.step(id)?.text.clone(), event.carries_out());
            Some(CarriedOut { id: id.clone(), text, done, outcome })
        };
        event.steps.iter().filter_map(told).collect()
    }
}

/// Events by everything but their times that makes two of them the same, each with its index by the second at which it
/// happened. Of several in the same second only the first written one is kept.
#[derive(Default)]
struct Alike {
    events: HashMap<Words, BTreeMap<i64, (usize, Moment)>>,
    count: usize,
}

/// The text, the type, the person and the steps of an event.
type Words = (String, Option<EventType>, Option<String>, Vec<String>);

impl Alike {
    fn words(event: &Event) -> Words {
        (event.text.clone(), event.kind.clone(), event.by.clone(), event.steps.clone())
    }

    fn add(&mut self, event: &Event) {
        let Some(at) = event.at.filter(|at| at.precision() != Precision::Day) else { return };
        self.count += 1;
        let same = self.events.entry(Alike::words(event)).or_default();
        same.entry(at.unix()).or_insert((self.count, at));
    }

    /// Returns the doubt of [`repetition`] about an event beside all of these.
    fn repeated(&self, event: &Event) -> Option<Doubt> {
        let told = event.at?.unix();
        let same = self.events.get(&Alike::words(event))?;
        let below = same.range(..=told).next_back();
        let near = below.into_iter().chain(same.range(told + 1..).next());
        let (before, (_, at)) = near
            .map(|(second, written)| (told - second, *written))
            .min_by_key(|(off, (count, _))| (off.abs(), *count))?;
        (before.abs() <= REPEATED).then_some(Doubt::Repeated { at, before })
    }
}

impl LogRequest {
    /// Returns whether it only adds an event to the record: it has no files and promises no update, it begins or ends no
    /// outage, its steps have ids, and no event states the status before it, which it might change.
    pub fn goes_with_others(&self, incident: &Incident) -> bool {
        let LogRequest {
            kind, steps, files, next_update, severity, no_severity, tells_status, ..
        } = self;
        // A word that matches no step is refused in any case.
        let has_ids = || step_ids(incident, steps).map_or(true, |(_, changes)| changes.is_empty());
        let may_be_named = || {
            kind.as_ref().is_some_and(EventType::is_milestone)
                && incident.events.iter().any(says_status)
        };
        !kind.as_ref().is_some_and(EventType::is_turn)
            && !may_be_named()
            && (steps.is_empty() || has_ids())
            && files.is_empty()
            && next_update.is_none()
            && severity.is_none()
            && !no_severity
            && !tells_status
    }

    /// Checks everything but the text, before somebody writes one in vain.
    ///
    /// # Errors
    /// As for [`log`]; an unreadable record is no error.
    pub fn check(&self, target: &Target) -> Result<(), Fault> {
        self.check_words_of_files()?;
        let (project, now) = (&target.workspace.project, target.workspace.now);
        let Ok(loaded) = project.load(&target.record) else { return Ok(()) };
        let incident = &loaded.document.incident;
        self.event(&self.frame(target, &self.known(target, incident)), now, "-")?;
        self.severity.as_deref().map(|typed| severity_named(project, typed)).transpose()?;
        step_ids(incident, &self.steps).map(|_| ())
    }

    /// Returns when the record has the same event already, and how many seconds before this one; `None` if the record
    /// cannot be read.
    ///
    /// # Errors
    /// As for [`log`].
    pub fn repeats(&self, target: &Target) -> Result<Option<(Moment, i64)>, Fault> {
        let Ok(loaded) = target.workspace.project.load(&target.record) else { return Ok(None) };
        let incident = &loaded.document.incident;
        let text = accepted(Field::Text, &self.text)?;
        let frame = self.frame(target, &self.known(target, incident));
        let (event, _) = self.event(&frame, target.workspace.now, &text)?;
        let (steps, _) = step_ids(incident, &self.steps)?;
        Ok(repeated(&Event { steps, ..event }, incident.events.iter()))
    }

    fn check_words_of_files(&self) -> Result<(), Fault> {
        check_width(self.width.as_deref())?;
        optional(Field::Alt, self.alt.as_deref()).map(|_| ())
    }

    /// Returns the state of the record for judging the event.
    fn known(&self, target: &Target, incident: &Incident) -> RecordState {
        let Workspace { now, zone, .. } = target.workspace;
        RecordState::of(incident, incident.zone.unwrap_or(zone), self.begun.unwrap_or(now))
    }

    /// Returns the context for parsing its times.
    fn frame(&self, target: &Target, known: &RecordState) -> Frame {
        let Workspace { now, machine_zone, .. } = target.workspace;
        let machine = self.at.as_ref().and_then(|_| machine_zone());
        Frame { machine, ..known.frame(self.begun.unwrap_or(now)) }
    }

    fn write(&self, target: &Target) -> Result<Logged, Fault> {
        let (project, now, id) =
            (&target.workspace.project, target.workspace.now, &target.record.id);
        let text = self.words()?;
        let mut assets: Vec<Asset> = Vec::new();
        let logged = target.update("log", |document| {
            let incident = &document.incident;
            let known = self.known(target, incident);
            let frame = self.frame(target, &known);
            let (mut event, typed) = self.event(&frame, now, &text)?;
            let (steps, mut changes) = step_ids(incident, &self.steps)?;
            event.steps = steps;
            if assets.is_empty() {
                assets = copy_in(project, id, &self.files)?;
            }
            event.attachments = self.attachments(&assets);
            let following = self.change_of_state(target, incident, &mut event)?;
            changes.extend(following.changes);
            changes.push(insert_event(&incident.events, &event).1);
            let read = (event, typed, frame, known, following.doubts);
            let noted = Noted { current: self.was_current.clone(), ..noted(&assets) };
            Ok((Edit::Changes(changes), noted, read))
        });
        let (saved, (event, typed, frame, known, later)) =
            logged.inspect_err(|_| drop_all(project, id, &assets))?;
        let before = &saved.before.incident;
        let tolerance = project.settings.tolerance_seconds();
        let aliases = Aliases::of(&project.settings.steps);
        let sounds_like =
            if event.steps.is_empty() { likely_step(before, &event.text, &aliases) } else { None };
        let mut doubts = self.doubts(&event, &frame, before, (&known, typed.at.as_ref()));
        doubts.extend(later);
        // A command that sets the status says so itself.
        let stands = still_stands(&event, &saved.after.incident);
        doubts.extend(stands.filter(|_| !self.tells_status));
        doubts.extend(self.begins_with_time(&frame));
        doubts.extend(promise_over(&event, &saved.after.incident, now));
        Ok(Logged {
            carried: carried_out(&event, &saved.after.incident, tolerance),
            doubts,
            counted: typed.counted(),
            sounds_like: sounds_like.cloned(),
            event,
            frame,
            saved,
        })
    }

    /// Returns doubts about the event. An end or a new beginning may come at any time, and public updates come
    /// afterwards.
    fn doubts(
        &self,
        event: &Event,
        frame: &Frame,
        before: &Incident,
        (known, typed): (&RecordState, Option<&Typed>),
    ) -> Vec<Doubt> {
        let mut doubts = doubts_of_times(event, frame, (known, typed));
        doubts.extend(far_from_plan(event, before, typed));
        doubts.extend(repetition(event, before.events.iter()));
        let tells_public =
            [EventType::Announced, EventType::Communication].iter().any(|kind| event.is(kind))
                || event.audience == Audience::Everyone && status_lag(before).is_some();
        doubts.retain(|doubt| match doubt {
            Doubt::Ended => !self.tells_status && !tells_public,
            Doubt::Outside { .. } => !self.tells_status || typed.is_some(),
            _ => true,
        });
        doubts
    }

    /// Returns the doubt that the text begins with the time of the event, if none was given.
    fn begins_with_time(&self, frame: &Frame) -> Option<Doubt> {
        if self.at.is_some()
            || self.tells_status
            || !self.text.contains(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        let lead = split_line(&self.text, frame, Field::At).ok()??;
        let is_alone = lead.text.is_empty() || lead.end.is_some();
        let read = read_time(&lead.start, frame, Field::At).ok().filter(|_| !is_alone)?;
        let is_fine = read.moment.precision() >= Precision::Minute;
        is_fine.then_some(Doubt::BeginsWithTime { typed: lead.start })
    }

    /// Keeps the event beside a record that cannot be read.
    fn keep(&self, target: &Target, fault: &StoreFault) -> Result<(), Fault> {
        let Target { workspace, record, wait } = target;
        let (project, now) = (&workspace.project, workspace.now);
        let text = if let StoreFault::Faulty { text, .. } = fault { text.as_str() } else { "" };
        let zone = likely_zone(text).unwrap_or(workspace.zone);
        let incident = Incident { zone: Some(zone), ..Incident::default() };
        let text = self.words()?;
        let frame = self.frame(target, &self.known(target, &incident));
        let (mut event, _) = self.event(&frame, now, &text)?;
        event.steps.clone_from(&self.steps);
        self.change_of_state(target, &incident, &mut event)?;
        refuse_added(&project.settings, "", &item_text(&event_item(&event)))?;
        event.attachments = self.attachments(&copy_in(project, &record.id, &self.files)?);
        // Its files stay even if this fails: the event may be in the journal already.
        Ok(project.keep(record, &target.command("log"), event_item(&event), wait)?)
    }

    /// Returns the event without steps and attachments, and its parsed times. The request is destructured, so that no
    /// field is forgotten.
    fn event(&self, frame: &Frame, now: Moment, text: &str) -> Result<(Event, TypedTimes), Fault> {
        let LogRequest {
            text: _,
            detail,
            at,
            until,
            begun: _,
            kind,
            steps: _,
            by,
            why,
            files: _,
            alt: _,
            width: _,
            next_update,
            refs,
            metrics,
            key,
            internal,
            severity: _,
            no_severity: _,
            tells_status: _,
            was_current: _,
        } = self;
        let read = |typed: &Option<String>, frame: &Frame, field| {
            typed.as_deref().map(|typed| read_time(typed, frame, field)).transpose()
        };
        let is_known = !at.as_deref().is_some_and(is_unknown_time);
        let at = if is_known { read(at, frame, Field::At)? } else { None };
        let moment = at.map_or_else(|| frame.now.seen_in(frame.zone), |typed| typed.moment);
        let moment = is_known.then_some(moment);
        let on_twelve = at.is_some_and(|typed| typed.half_said);
        let aim = moment.map_or(Aim::Happened, |start| Aim::End { start, on_twelve });
        let until = read(until, &frame.aimed(aim), Field::Until)?;
        if until.zip(moment).is_some_and(|(until, start)| until.moment.is_before(&start)) {
            return Err(Fault::EndsBeforeItBegins);
        }
        let next_update = next_update
            .as_deref()
            .map(|typed| promised(typed, &frame.aimed(aim), moment))
            .transpose()?;
        // If it is not known when it happened, it was not while it was written down.
        let late = moment.is_none_or(|moment| now.unix() - moment.unix() > 60);
        let detail = optional(Field::Detail, detail.as_deref())?;
        let refs = refs.iter().map(|link| accepted(Field::Ref, link));
        let event = Event {
            until: until.map(|until| until.moment),
            logged: late.then(|| now.seen_in(frame.zone).at_most(Precision::Minute)),
            kind: kind.clone(),
            by: optional(Field::By, by.as_deref())?,
            why: optional(Field::Why, why.as_deref())?,
            next_update: next_update.map(|typed| typed.moment),
            key: *key,
            audience: if *internal { Audience::Internal } else { Audience::Everyone },
            detail: detail.map(|detail| detail + "\n"),
            refs: refs.collect::<Result<_, _>>()?,
            metrics: metrics.clone(),
            ..Event::new(moment, text.to_owned())
        };
        Ok((event, TypedTimes { at, until, next_update }))
    }

    /// Returns the text of the event; empty if its new severity suffices.
    fn words(&self) -> Result<String, Fault> {
        match self.text.is_empty() && (self.severity.is_some() || self.no_severity) {
            true => Ok(String::new()),
            false => accepted(Field::Text, &self.text),
        }
    }

    /// Returns when the event happened.
    ///
    /// # Errors
    /// A time cannot be parsed.
    pub(super) fn moment(
        &self,
        target: &Target,
        incident: &Incident,
    ) -> Result<Option<Moment>, Fault> {
        let frame = self.frame(target, &self.known(target, incident));
        Ok(self.event(&frame, target.workspace.now, "-")?.0.at)
    }

    /// Completes the event with the former severity or status, and returns what else changes.
    fn change_of_state(
        &self,
        target: &Target,
        incident: &Incident,
        event: &mut Event,
    ) -> Result<Following, Fault> {
        if self.tells_status {
            to_status(incident, event);
        }
        let following = behind_milestone(incident, event);
        if self.no_severity {
            return Ok(following.with(to_no_severity(incident, event)));
        }
        let Some(typed) = &self.severity else { return Ok(following) };
        let severity = severity_named(&target.workspace.project, typed)?;
        let of_severity = to_severity((&target.record.id, incident), event, severity)?;
        Ok(following.with(of_severity))
    }

    fn attachments(&self, assets: &[Asset]) -> Vec<Attachment> {
        let attachment = |asset: &Asset| Attachment {
            file: asset.name.clone(),
            alt: self.alt.clone(),
            width: self.width.clone(),
            ..Attachment::default()
        };
        assets.iter().map(attachment).collect()
    }
}

/// The parsed times of an event.
struct TypedTimes {
    at: Option<Typed>,
    until: Option<Typed>,
    next_update: Option<Typed>,
}

impl TypedTimes {
    /// Returns what they were counted from.
    fn counted(&self) -> Vec<CountedFrom> {
        let all = [self.at, self.until, self.next_update].into_iter().flatten();
        all.filter_map(|typed| typed.counted_from).collect()
    }
}

/// Returns the zone of an unreadable record, from its `timezone:` line.
fn likely_zone(text: &str) -> Option<Zone> {
    let line = text.lines().find_map(|line| line.strip_prefix("timezone:"))?;
    let name = line.split(" #").next().unwrap_or(line);
    Zone::parse(name.trim().trim_matches(['"', '\'']))
}

/// How many seconds apart two events with the same content count as the same.
const REPEATED: i64 = 300;

/// Returns the moment of the nearest event in `others` with the same content at about the same time, and how many
/// seconds before the other one that is. A severity that changed back in between is set anew.
fn repeated<'e>(
    event: &Event,
    others: impl Iterator<Item = &'e Event> + Clone,
) -> Option<(Moment, i64)> {
    let told = event.at?;
    let off = |at: &Moment| told.unix() - at.unix();
    let same = |other: &&Event| {
        (&other.text, &other.kind, &other.by) == (&event.text, &event.kind, &event.by)
            && other.steps == event.steps
            && other
                .at
                .is_some_and(|at| at.precision() != Precision::Day && off(&at).abs() <= REPEATED)
    };
    let alike = others.clone().filter(same).filter_map(|event| event.at);
    let at = alike.min_by_key(|at| off(at).abs())?;
    let between = at.unix().min(told.unix())..=at.unix().max(told.unix());
    let is_changed_back = |other: &Event| {
        event.is(&EventType::SeverityChange)
            && other.is(&EventType::SeverityChange)
            && other.text != event.text
            && other.at.is_some_and(|at| between.contains(&at.unix()))
    };
    (!others.into_iter().any(is_changed_back)).then(|| (at, off(&at)))
}

/// Returns doubts about the times of an event.
fn doubts_of_times(
    event: &Event,
    frame: &Frame,
    (known, typed): (&RecordState, Option<&Typed>),
) -> Vec<Doubt> {
    let mut doubts = event.at.map_or_else(Vec::new, |at| known.doubts(&at, frame, typed));
    let long =
        event.until.zip(event.at).is_some_and(|(until, at)| until.unix() - at.unix() > 86_400);
    doubts.extend(long.then_some(Doubt::LongSpan));
    let ahead = event.until.map(|until| (until, until.unix() - frame.now.unix()));
    let ahead = ahead.filter(|(_, ahead)| *ahead > 60 && frame.aim == Aim::Happened);
    if let Some((at, ahead)) = ahead.filter(|_| doubts.is_empty()) {
        doubts.push(Doubt::Future { at, ahead });
    }
    doubts
}

/// Returns the doubt that an event which ends the record is followed by another one that states its status.
fn still_stands(event: &Event, after: &Incident) -> Option<Doubt> {
    event.kind.as_ref().filter(|kind| kind.is_end())?;
    let status = after.last_milestone().filter(|last| !last.is_end())?;
    let later = after.events_in_time().into_iter().rev().find(|other| other.is(status))?;
    Some(Doubt::StillStands { status: status.clone(), at: later.at })
}

/// Returns the doubt that the update which an event promises should have been made already, and was not.
fn promise_over(event: &Event, after: &Incident, now: Moment) -> Option<Doubt> {
    let at = event.next_update.filter(|at| public_updates(after).promised == Some(*at))?;
    let ago = now.unix() - at.unix();
    (ago >= 60).then_some(Doubt::PromiseOver { at, ago })
}

/// Returns the doubt that an event repeats another one of nearly the same moment.
pub(super) fn repetition<'e>(
    event: &Event,
    others: impl Iterator<Item = &'e Event> + Clone,
) -> Option<Doubt> {
    repeated(event, others).map(|(at, before)| Doubt::Repeated { at, before })
}

fn carried_out(event: &Event, incident: &Incident, tolerance: i64) -> Vec<CarriedOut> {
    if event.steps.is_empty() {
        return Vec::new();
    }
    let rows = rows(incident, tolerance);
    event.steps.iter().filter_map(|id| carried_out_by(event, id, &rows)).collect()
}

/// Returns the step with that id, as the event carries it out.
fn carried_out_by(event: &Event, id: &String, rows: &[Row]) -> Option<CarriedOut> {
    let row = rows.iter().find(|row| row.step.is_some_and(|step| step.id.as_ref() == Some(id)))?;
    let first = row.events.first();
    let first = first.is_some_and(|first| first.at == event.at && first.text == event.text);
    let told = first && !event.is(&EventType::Failed);
    let outcome = told.then(|| row.outcome());
    let done = event.carries_out();
    Some(CarriedOut { id: id.clone(), text: row.step?.text.clone(), done, outcome })
}

/// Returns the doubt about an event whose day was inferred, and which is half a day or more from its step's planned
/// time.
fn far_from_plan(event: &Event, incident: &Incident, typed: Option<&Typed>) -> Option<Doubt> {
    typed.filter(|at| at.day_inferred)?;
    let off = |id: &String| {
        let off = event.at?.unix() - incident.step(id)?.at?.unix();
        (off.abs() > 43_200).then_some(off)
    };
    event.steps.iter().find_map(off).map(Doubt::FarFromPlan)
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;
    use crate::fault::TextFault;

    const RECORD: &str = "title: Checkout\ntimezone: Asia/Seoul\nevents: []\n";
    const PLAN: &str = "plan:\n  - {id: deploy, at: 2024-09-07T18:00, text: Deploy the app}\n  - {id: check, at: 2024-09-07T18:20, text: Check it}\n";

    fn with_file(alt: Option<&str>) -> LogRequest {
        LogRequest {
            text: "a picture".to_owned(),
            files: vec![AssetSource::new("a.log", vec![1])],
            alt: alt.map(str::to_owned),
            ..LogRequest::default()
        }
    }

    /// This applies to every caller, not only to those that checked before a text was written.
    #[test]
    fn what_files_show_is_a_text_or_the_event_is_refused() {
        for (alt, expected) in
            [(" ", TextFault::Empty), ("a\u{7}", TextFault::Control { c: '\u{7}', place: 2 })]
        {
            let trial = Trial::new(RECORD);
            let refused = log(&trial.target, &with_file(Some(alt)));
            let Err(Fault::Text { field: Field::Alt, fault }) = refused else {
                panic!("{refused:?}");
            };
            assert_eq!(fault, expected);
            assert_eq!((trial.text().as_str(), trial.files_of_record()), (RECORD, 0));
        }
    }

    /// What is asked before somebody writes a text in vain.
    #[test]
    fn everything_but_the_text_is_checked_before_it_is_written() {
        let trial = Trial::new(&format!("{RECORD}{PLAN}"));
        let with = |change: fn(&mut LogRequest)| {
            let mut request = LogRequest::default();
            change(&mut request);
            (request.check(&trial.target), LogRequest { text: "x".to_owned(), ..request })
        };
        let asked: [fn(&mut LogRequest); 5] = [
            |it| it.at = Some("25:00".to_owned()),
            |it| it.severity = Some("disaster".to_owned()),
            |it| it.steps = vec!["no such step".to_owned()],
            |it| it.alt = Some(" ".to_owned()),
            |it| it.width = Some("wide".to_owned()),
        ];
        for (number, change) in asked.into_iter().enumerate() {
            let (checked, request) = with(change);
            assert!(checked.is_err() && log(&trial.target, &request).is_err(), "{number}");
        }
        let fine = with(|it| it.severity = Some("sev1".to_owned()));
        assert!(fine.0.is_ok());
    }

    #[test]
    fn a_promise_whose_time_is_over_is_doubted_unless_it_was_kept() {
        let trial = Trial::new(RECORD);
        let at = |minutes: i64| trial.target.workspace.now.plus_seconds(minutes * 60).unwrap();
        let promise = |next: i64| Event {
            next_update: Some(at(next)),
            ..Event::new(at(-60), "x".to_owned())
        };
        for (next, later, is_over) in [(-10, None, true), (10, None, false), (-10, Some(-5), false)]
        {
            let event = promise(next);
            let update = later.map(|later| Event {
                kind: Some(EventType::Communication),
                audience: Audience::Everyone,
                ..Event::new(at(later), "we go on".to_owned())
            });
            let events = [Some(event.clone()), update].into_iter().flatten().collect();
            let after = Incident { events, ..Incident::default() };
            let doubt = promise_over(&event, &after, at(0));
            assert_eq!(doubt.is_some(), is_over, "{next} {later:?}");
        }
    }

    /// The same text for another step is another event; for the same step it is the same event.
    #[test]
    fn an_event_that_the_record_has_already_raises_a_question() {
        let plan = "plan:\n  - {id: a, at: 2024-09-07T18:00, text: A}\n  - {id: b, at: 2024-09-07T18:05, text: B}\n";
        let request = |step: Option<&str>| LogRequest {
            text: "checked".to_owned(),
            steps: step.map(str::to_owned).into_iter().collect(),
            ..LogRequest::default()
        };
        for (logged, again, is_same) in [
            (Some("a"), Some("a"), true),
            (Some("a"), Some("b"), false),
            (Some("a"), None, false),
            (None, None, true),
        ] {
            let trial = Trial::new(&RECORD.replace("events: []\n", plan));
            log(&trial.target, &request(logged)).unwrap();
            let repeats = request(again).repeats(&trial.target).unwrap();
            assert_eq!(repeats.is_some(), is_same, "{logged:?}, {again:?}");
        }
    }

    /// Within minutes it is rated worse, better, and worse again.
    #[test]
    fn a_severity_that_changed_back_is_set_anew() {
        let moment =
            |minute: u32| Moment::parse(&format!("2024-09-07T18:0{minute}Z"), None).unwrap();
        let change = |minute: u32, text: &str| Event {
            kind: Some(EventType::SeverityChange),
            ..Event::new(moment(minute), text)
        };
        let (worse, better) = (change(0, "sev2 → sev1"), change(1, "sev1 → sev2"));
        let again = change(2, "sev2 → sev1");
        assert!(repeated(&again, [&worse].into_iter()).is_some());
        assert!(repeated(&again, [&worse, &better].into_iter()).is_none());
        let later = change(3, "sev1 → sev2");
        assert!(repeated(&again, [&worse, &later].into_iter()).is_some());
    }

    /// It may be in the journal, and is then recovered with its file.
    #[test]
    fn an_event_that_may_be_kept_leaves_its_file() {
        let broken = format!("{RECORD}  - [");
        for journal_fails in [false, true] {
            let trial = Trial::new(RECORD);
            trial.write(&broken);
            if journal_fails {
                let records = trial.target.record.path.parent().unwrap();
                let journal = records.with_file_name(".asrun").join("checkout.journal");
                std::fs::create_dir_all(journal).unwrap();
            }
            let outcome = log(&trial.target, &with_file(None));
            assert_eq!(matches!(outcome, Ok(LogOutcome::Kept(_))), !journal_fails, "{outcome:?}");
            assert_eq!((trial.files_of_record(), trial.text()), (1, broken.clone()));
        }
    }

    fn bare(text: &str) -> LogRequest {
        LogRequest { text: text.to_owned(), ..LogRequest::default() }
    }

    fn at(at: &str, text: &str) -> LogRequest {
        LogRequest { at: Some(at.to_owned()), ..bare(text) }
    }

    #[test]
    fn what_the_event_leaves_open_is_doubted() {
        let doubts = |request: &LogRequest| {
            let trial = Trial::new(RECORD);
            let earlier = typed(EventType::Mitigated, at("18:20", "slower now"));
            log(&trial.target, &earlier).unwrap();
            match log(&trial.target, request).unwrap() {
                LogOutcome::Recorded(logged) => logged.doubts,
                LogOutcome::Kept(fault) => panic!("{fault:?}"),
            }
        };
        for (text, begins) in [
            ("18:15 restarted the pool", Some("18:15")),
            ("10 min ago it came back", Some("10 min ago")),
            ("오후 6시 15분 재시작", Some("오후 6시 15분")),
            ("5xx on checkout", None),
            ("18:15", None),
            ("3 pods restarted", None),
            ("restarted at 18:15", None),
        ] {
            let expected = begins.map(|typed| Doubt::BeginsWithTime { typed: typed.to_owned() });
            assert_eq!(doubts(&bare(text)), Vec::from_iter(expected), "{text}");
            assert!(doubts(&at("18:16", text)).is_empty(), "{text}");
        }
        let early = doubts(&typed(EventType::Resolved, at("18:15", "over")));
        assert!(
            matches!(early.as_slice(), [Doubt::StillStands { status: EventType::Mitigated, .. }]),
            "{early:?}"
        );
        assert!(doubts(&typed(EventType::Resolved, at("18:25", "over"))).is_empty());
        assert!(doubts(&typed(EventType::Detected, at("18:05", "seen"))).is_empty());
        let ahead = LogRequest { until: Some("23:00".to_owned()), ..at("18:25", "slow") };
        let ahead = doubts(&ahead);
        assert!(matches!(ahead.as_slice(), [Doubt::Future { .. }]), "{ahead:?}");
    }

    /// Returns events as typed or pasted line by line, some of which are refused.
    fn lines() -> Vec<LogRequest> {
        let until = |at_: &str, until: &str| LogRequest {
            until: Some(until.to_owned()),
            ..at(at_, "it took a while")
        };
        vec![
            bare("one"),
            bare("- two: #"),
            at("18:05", "한 줄"),
            at("17:00", "earlier"),
            at("23:50", "the evening before"),
            at("00:10", "past midnight"),
            at("08:03", "one"),
            bare("one"),
            at("25:00", "no time"),
            at("-5m", "counted"),
            until("18:10", "18:40"),
            until("18:10", "17:40"),
            at("2024-08-01 09:00", "weeks before"),
            at("08:00", "after that"),
            at("?", "nobody knows when"),
            LogRequest {
                by: Some("Sam".to_owned()),
                why: Some("so".to_owned()),
                ..bare("a\u{e9}")
            },
            bare("a\u{7}b"),
            typed(EventType::Identified, bare("one")),
            typed(EventType::Started, step("deploy", at("17:50", "begun"))),
            typed(EventType::Failed, step("deploy", at("17:55", "no"))),
            bare("Deploy the app"),
            step("deploy", bare("Deploy the app")),
            bare("Deploy the app"),
            step("deploy", at("17:40", "was there before")),
            step("deploy", at("?", "nobody knows when")),
            step("deploy", at("05:30", "half a day off")),
            step("no such step", bare("x")),
            LogRequest {
                steps: ["check", "deploy", "check"].map(str::to_owned).to_vec(),
                ..at("18:29", "both")
            },
            bare("after all of it"),
            at("18:31", "and then"),
        ]
    }

    fn typed(kind: EventType, request: LogRequest) -> LogRequest {
        LogRequest { kind: Some(kind), ..request }
    }

    fn step(step: &str, request: LogRequest) -> LogRequest {
        LogRequest { steps: vec![step.to_owned()], ..request }
    }

    /// Returns records to which events are added.
    fn records() -> Vec<String> {
        let event = |at: &str, kind: &str| format!("  - at: {at}\n{kind}    text: later\n");
        let with = |events: &str| format!("title: x\ntimezone: Asia/Seoul\nevents:\n{events}");
        let resolved = "    type: resolved\n";
        vec![
            RECORD.to_owned(),
            with(&event("2024-09-07T21:00+09:00", "")),
            with(&event("2024-09-06T21:00+09:00", resolved)),
            format!("date: 2024-09-05\n{RECORD}"),
            format!("kind: release\n{RECORD}plan:\n  - {{at: 2024-09-07T18:00, text: Deploy}}\n"),
            format!("{RECORD}{PLAN}"),
            format!(
                "kind: release\n{}{PLAN}",
                with(&event("2024-09-06T21:00+09:00", "    step: check\n"))
            ),
            format!("archived: true\n{RECORD}{PLAN}"),
            with(&event("2024-09-06T21:00+09:00", resolved)) + PLAN,
            format!(
                "imported: [{{from: a.md, on: 2024-09-07}}]\n{}",
                with(&event("2024-09-06T21:00+09:00", "    source: a.md:1\n"))
            ),
        ]
    }

    #[test]
    fn events_logged_together_are_those_logged_one_by_one() {
        use super::super::turns::undo;
        use super::super::undo::Turn;
        for record in records() {
            let (together, singly, made) = logged_both_ways(&record, lines());
            let names = made.saved.journal.unwrap();
            let journal = together.target.journal().unwrap();
            let known: Vec<&String> = journal.entries().iter().map(|entry| &entry.id).collect();
            assert_eq!(known, names.iter().collect::<Vec<_>>());
            let effects = |trial: &Trial| -> Vec<_> {
                let journal = trial.target.journal().unwrap();
                journal.entries().iter().map(|entry| entry.effects.clone()).collect()
            };
            assert_eq!(effects(&together), effects(&singly));
            // Each is undone and redone separately.
            for left in (0..names.len()).rev() {
                undo(&together.target, Turn::Back(1)).unwrap();
                undo(&singly.target, Turn::Back(1)).unwrap();
                assert_eq!(together.text(), singly.text(), "{left}");
            }
            assert_eq!(together.text(), record);
            names.iter().for_each(|_| drop(undo(&together.target, Turn::Again(1)).unwrap()));
            let events = together.document().incident.events.len();
            assert_eq!(events, record.matches("text: later").count() + names.len());
        }
    }

    /// Logs events together and one by one, and compares the results.
    fn logged_both_ways(
        record: &str,
        mut requests: Vec<LogRequest>,
    ) -> (Trial, Trial, LoggedTogether) {
        let (together, singly) = (Trial::new(record), Trial::new(record));
        let incident = together.document().incident;
        requests.retain(|one| one.goes_with_others(&incident));
        let made = log_together(&together.target, &requests).unwrap();
        let mut told: Vec<Doubt> = Vec::new();
        for (request, made) in requests.iter().zip(&made.events) {
            let single = match (log(&singly.target, request), made) {
                (Ok(LogOutcome::Recorded(single)), Ok(_)) => single,
                (Err(single), Err(made)) => {
                    assert_eq!(format!("{single:?}"), format!("{made:?}"));
                    continue;
                }
                (single, _) => panic!("{request:?}: {single:?}, together {made:?}"),
            };
            let made = made.as_ref().unwrap();
            assert_eq!(made.event, single.event);
            assert_eq!(made.counted, single.counted);
            assert_eq!(made.sounds_like, single.sounds_like, "{request:?}");
            assert_eq!(made.carried, single.carried, "{request:?} in {}", singly.text());
            let mut doubts = single.doubts;
            if request.at.is_none() {
                doubts.retain(|doubt| !told.contains(doubt));
                told.extend(doubts.clone());
            }
            assert_eq!(made.doubts, doubts, "{request:?} in {}", singly.text());
        }
        assert_eq!(together.text(), singly.text());
        (together, singly, made)
    }

    /// Which event of a step is first depends on all others, if times are vague or unknown.
    #[test]
    fn events_of_one_step_in_any_order_are_those_logged_one_by_one() {
        let vague = [
            "events:\n  - {at: 2024-09-07, text: a day}\n",
            "events:\n  - {at: unknown, text: unknown}\n  - {at: 2024-09-08, step: deploy, text: one}\n",
            "events:\n  - {at: \"2024-09-07T18:00+09:00\", step: deploy, text: one}\n",
            "events: []\n",
            // Written by hand, in no order.
            "events:\n  - {at: \"2024-09-07T09:00+09:00\", step: deploy, text: two}\n  - {at: unknown, step: check, text: one}\n  - {at: \"2024-09-07T08:30+09:00\", step: check, text: two}\n",
        ];
        let mut seed = 1_u64;
        let mut chance = |below: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for round in 0..25 {
            let events = vague[round % vague.len()];
            let record = format!("title: x\ntimezone: Asia/Seoul\n{events}{PLAN}");
            let mut request = |_| {
                let text = ["one", "two"][chance(2) as usize];
                let happened = match chance(5) {
                    0 => at("unknown", text),
                    1 => bare(text),
                    _ => at(&format!("{}:{:02}", 8 + chance(3), 10 * chance(6)), text),
                };
                match chance(4) {
                    0 => happened,
                    1 => step("check", happened),
                    2 => typed(EventType::Failed, step("deploy", happened)),
                    _ => step("deploy", happened),
                }
            };
            let requests: Vec<LogRequest> = (0..12).map(&mut request).collect();
            logged_both_ways(&record, requests);
        }
    }

    /// A clock time may be that of the machine, which is in another zone: then it is ambiguous.
    #[test]
    fn an_ambiguous_time_among_several_events_is_refused_as_for_one() {
        let mut trial = Trial::new(RECORD);
        trial.target.workspace.machine_zone = || Some(Zone::UTC);
        let (alone, now) = (at("09:25", "one"), bare("two"));
        let refused = format!("{:?}", log(&trial.target, &alone).unwrap_err());
        let made = log_together(&trial.target, &[now, alone]).unwrap();
        assert!(made.events[0].is_ok());
        assert_eq!(format!("{:?}", made.events[1].as_ref().unwrap_err()), refused);
    }

    #[test]
    fn a_doubt_about_several_events_is_reported_once() {
        let trial = Trial::new(
            "title: x\ndate: 2024-08-01\nevents:\n  - at: 2024-08-01T10:00+09:00\n    type: resolved\n    text: done\n",
        );
        let made = log_together(&trial.target, &["one", "two"].map(bare)).unwrap();
        let doubts = made.events.iter().map(|event| event.as_ref().unwrap().doubts.len());
        assert!(doubts.clone().next() > Some(0) && doubts.skip(1).all(|count| count == 0));
        let mut refusing = Trial::new(RECORD);
        refusing.target.workspace.project.settings.secrets =
            Some(crate::format::SecretsRule::Refuse);
        let texts = ["one", "the password is hunter2", "two"].map(bare);
        let made = log_together(&refusing.target, &texts).unwrap();
        assert!(matches!(made.events[1], Err(Fault::Secrets { .. })), "{:?}", made.events[1]);
        assert_eq!(refusing.document().incident.events.len(), 2);
    }

    /// The amount that is parsed grows in proportion to the number of lines.
    #[test]
    fn many_events_logged_together_take_work_in_proportion() {
        use crate::yaml::tree::counted::{PARSES, READ};
        let work = |count: usize| {
            let planned = |at| format!("  - {{id: s{at}, at: 2024-09-07T18:00, text: s{at}}}\n");
            let plan: String = (0..=count / 8).map(planned).collect();
            let trial = Trial::new(&format!("{RECORD}plan:\n{plan}"));
            let line = |number: usize| {
                let (hour, minute) = (9 + number / 60 % 9, number % 60);
                let text = format!("line number {number}");
                match number % 4 {
                    0 => bare(&text),
                    1 => typed(EventType::Decision, bare(&text)),
                    2 => step(&format!("s{}", number / 8), bare(&text)),
                    _ => at(&format!("{hour}:{minute:02}"), &text),
                }
            };
            let requests: Vec<LogRequest> = (0..count).map(line).collect();
            let before = (READ.get(), PARSES.get());
            log_together(&trial.target, &requests).unwrap();
            assert_eq!(trial.text().matches("line number").count(), count);
            (READ.get() - before.0, PARSES.get() - before.1)
        };
        let (few, many) = (work(300), work(1200));
        assert!(many.0 < 5 * few.0, "{few:?} {many:?}");
        assert!(many.1 <= few.1 + 2, "{few:?} {many:?}");
    }

    /// Regardless of the order of their times, and of whether they have the same content.
    #[test]
    fn many_events_of_one_step_take_work_in_proportion() {
        use crate::timeline::counted::SORTED;
        let day = "events:\n  - {at: 2024-09-07, text: of some time that day}\n";
        for (events, backwards) in [("", false), ("", true), (day, false)] {
            let work = |count: usize| {
                let record = format!("title: x\ntimezone: Asia/Seoul\n{events}{PLAN}");
                let trial = Trial::new(&record);
                let line = |number: usize| {
                    let minute = if backwards { count - number } else { number };
                    let clock = format!("{:02}:{:02}", 1 + minute / 60, minute % 60);
                    let text = if number.is_multiple_of(3) {
                        "the same".to_owned()
                    } else {
                        clock.clone()
                    };
                    step("deploy", at(&clock, &text))
                };
                let requests: Vec<LogRequest> = (0..count).map(line).collect();
                let before = SORTED.get();
                log_together(&trial.target, &requests).unwrap();
                SORTED.get() - before
            };
            let (few, many) = (work(100), work(400));
            assert!(many <= 4 * few + 100, "{few} {many}: {events}, {backwards}");
        }
    }
}
