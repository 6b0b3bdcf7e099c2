//! The state of reading a document: what was found in it, and what of it is in the record.

use std::collections::{HashMap, HashSet};

use crate::fault::{DayFrom, DoubtCode, WhyLeft};
use crate::model::{Event, Incident, KINDS, PlanStep, Skip, Zone};

use super::super::draft::{Doubt, DraftRecord, EntryAt, ImportOptions, LeftOut, ReadAs};
use super::body::{Body, body};
use super::candidates::{Candidate, Form, Use, use_of};
use super::context::{Around, day_in, only_day};
use super::lead::lead;
use super::lines::{Document, What};
use super::tables::{Table, cells};
use super::times::{Times, When};
use super::words::{Part, is_unfilled, part_named};

/// The state of reading a document.
pub(super) struct Reading<'d, 't> {
    pub(super) document: &'d Document<'t>,
    pub(super) name: &'d str,
    pub(super) answers: &'d ImportOptions,
    pub(super) around: Around,
    pub(super) tables: Vec<Table>,
    pub(super) record: DraftRecord,
    /// The title of the incident, if the document has several.
    pub(super) title: Option<String>,
    /// Whether each line is in the record.
    pub(super) used: Vec<bool>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) doubts: Vec<Doubt>,
}

impl<'d, 't> Reading<'d, 't> {
    pub(super) fn of(
        document: &'d Document<'t>,
        name: &'d str,
        answers: &'d ImportOptions,
    ) -> Reading<'d, 't> {
        Reading {
            document,
            name,
            answers,
            around: Around::of(document, name, answers),
            tables: Table::all(document),
            record: DraftRecord::default(),
            title: None,
            used: vec![false; document.lines.len()],
            left_out: Vec::new(),
            doubts: Vec::new(),
        }
    }

    /// Returns the time of each entry.
    pub(super) fn whens(&mut self, found: &[Candidate]) -> Vec<Option<When>> {
        let mut times = self.times();
        let mut runs: Vec<Vec<usize>> = Vec::new();
        let mut places: HashMap<usize, usize> = HashMap::new();
        for (at, it) in found.iter().enumerate() {
            let run = *places.entry(it.group).or_insert_with(|| {
                runs.push(Vec::new());
                runs.len() - 1
            });
            runs[run].push(at);
        }
        let mut whens = vec![None; found.len()];
        for run in runs {
            let entries: Vec<&Candidate> = run.iter().map(|at| &found[*at]).collect();
            for (at, when) in run.iter().zip(times.run(&entries)) {
                whens[*at] = when;
            }
        }
        let mut doubts = std::mem::take(&mut times.doubts);
        let rows = found.iter().zip(&whens).filter(|(it, _)| it.planned);
        let plans: HashMap<usize, When> =
            rows.filter_map(|(it, when)| Some((it.at, (*when)?))).collect();
        for (at, it) in found.iter().enumerate().filter(|(_, it)| !it.planned) {
            let planned = plans.get(&it.at).copied();
            let (Some(planned), Some(when), None) = (planned, whens[at], it.lead.start.day) else {
                continue;
            };
            // A row is carried out on the day closest to its plan.
            if let Some(nearer) = when.nearest_to(&planned.at) {
                whens[at] = Some(nearer);
                let number = self.document.lines[it.at].number;
                let of_row = doubts.iter_mut().filter(|doubt| doubt.line == number);
                of_row
                    .filter(|doubt| doubt.code == DoubtCode::StepBack)
                    .for_each(|doubt| doubt.code = DoubtCode::MidnightAssumed);
            }
        }
        self.doubts.append(&mut doubts);
        whens
    }

    /// Returns the resolver of times.
    pub(super) fn times(&self) -> Times<'_, 't> {
        Times {
            document: self.document,
            around: &self.around,
            answers: self.answers,
            day_first: self.around.day_first,
            doubts: Vec::new(),
            told: HashSet::new(),
        }
    }

    /// Adds entries as events and steps.
    pub(super) fn entries(&mut self, found: &[Candidate], whens: &[Option<When>]) {
        let mut steps: HashMap<usize, usize> = HashMap::new();
        let mut events: Vec<(Event, ReadAs)> = Vec::new();
        for (place, (it, when)) in found.iter().zip(whens).enumerate() {
            let Some(when) = when else { continue };
            let next =
                found.get(place + 1).filter(|next| next.group == it.group).map(|next| next.at);
            let end = found[place + 1..].iter().map(|next| next.at).find(|at| *at > it.at);
            let body = body(self.document, &self.tables, it, (next, end));
            body.lines.iter().for_each(|at| self.used[*at] = true);
            if let Some(beside) = &body.beside {
                let line = &self.document.lines[it.at];
                let (number, column) = (line.number, line.column(it.base));
                let code = DoubtCode::RestInTimeCell;
                self.doubts.push(Doubt::new(code, number, column, beside, ""));
            }
            let read = self.read_as(it, when);
            match it.planned {
                true => {
                    let has_event = found[place + 1..]
                        .iter()
                        .zip(&whens[place + 1..])
                        .take_while(|(other, _)| other.at == it.at)
                        .any(|(_, when)| when.is_some());
                    if let Some(detail) = body.detail.as_ref().filter(|_| !has_event) {
                        self.leave_cells(it.at, detail);
                    }
                    steps.insert(it.at, self.record.incident.plan.len());
                    self.step(it, when, body, read);
                }
                false => {
                    let mut event = self.event(it, when, body);
                    if let Some(step) =
                        steps.get(&it.at).filter(|_| matches!(it.form, Form::Row(..)))
                    {
                        event.steps.extend(self.name_step(*step));
                    }
                    events.push((event, read));
                }
            }
        }
        self.use_days(found);
        events.sort_by_key(|(event, _)| event.at.map(|at| at.unix()));
        for (place, (event, read)) in events.into_iter().enumerate() {
            self.record.incident.events.push(event);
            self.record.read.push(ReadAs { entry: EntryAt::Event(place), ..read });
        }
    }

    /// Marks lines that are only a day, in a part with entries, as being in the record.
    fn use_days(&mut self, found: &[Candidate]) {
        let parts: HashSet<usize> =
            found.iter().map(|it| self.document.lines[it.at].part).collect();
        for (at, line) in self.document.lines.iter().enumerate() {
            let is_day = matches!(line.what, What::Text | What::Item)
                && parts.contains(&line.part)
                && only_day(line.inner(), self.around.day_first).is_some();
            self.used[at] |= is_day;
        }
    }

    /// Gives a step an id, so that an event can carry it out.
    fn name_step(&mut self, step: usize) -> Option<String> {
        let step = self.record.incident.plan.get_mut(step)?;
        let line = step.source.as_deref()?.rsplit(':').next()?.to_owned();
        Some(step.id.get_or_insert(format!("line-{line}")).clone())
    }

    fn read_as(&self, it: &Candidate, when: &When) -> ReadAs {
        let line = &self.document.lines[it.at];
        ReadAs {
            entry: EntryAt::Event(0),
            line: line.number,
            column: line.column(it.base + it.lead.raw.start),
            raw: it.raw(line),
            date_from: Some(when.day_from),
            zone_from: Some(when.zone_from),
        }
    }

    pub(super) fn source(&self, at: usize) -> Option<String> {
        Some(format!("{}:{}", self.name, self.document.lines[at].number))
    }

    fn event(&mut self, it: &Candidate, when: &When, body: Body) -> Event {
        let mut event = Event::new(when.at, body.text);
        event.until = when.until;
        event.by = body.by;
        event.kind = body.kind;
        event.detail = body.detail;
        event.source = self.source(it.at);
        let line = self.document.lines[it.at].text;
        let address = it.lead.address.clone();
        let address =
            address.and_then(|at| line.get(it.base + at.start..it.base + at.end)).unwrap_or("");
        if address.starts_with("http") {
            event.refs.push(address.trim().to_owned());
        }
        if it.lead.open || it.lead.start.clock.is_some_and(|clock| clock.minute.is_none()) {
            event.printed = Some(it.raw(&self.document.lines[it.at]));
        }
        event
    }

    fn step(&mut self, it: &Candidate, when: &When, body: Body, read: ReadAs) {
        let mut step = PlanStep::new(when.at.with_about(false), body.text);
        step.until = when.until;
        step.owner = body.by;
        step.source = self.source(it.at);
        if body.skipped {
            step.skipped = Some(Skip { on: None, why: None });
        }
        self.record
            .read
            .push(ReadAs { entry: EntryAt::Step(self.record.incident.plan.len()), ..read });
        self.record.incident.plan.push(step);
    }

    /// Lists rows of timelines that are not entries.
    pub(super) fn untaken_rows(&mut self) {
        for table in &self.tables {
            let time = match use_of(self.document, table) {
                Use::Events(time) | Use::Plan(time) => time,
                Use::Both(planned, _) => planned,
                _ => continue,
            };
            for row in &table.rows {
                if self.used[*row] {
                    continue;
                }
                let line = &self.document.lines[*row];
                let cell =
                    cells(line.text).get(time).and_then(|(begin, end)| line.text.get(*begin..*end));
                let cell = cell.unwrap_or("").trim();
                let says = cells(line.text)
                    .iter()
                    .any(|(begin, end)| !line.text[*begin..*end].trim().is_empty());
                if !says {
                    continue;
                }
                let unfilled = is_unfilled(cell);
                let code =
                    if unfilled { DoubtCode::TemplateRow } else { DoubtCode::TimeNotUnderstood };
                if !cell.is_empty() {
                    self.doubts.push(Doubt::new(code, line.number, 1, cell, ""));
                }
                self.left_out.push(LeftOut {
                    line: line.number,
                    end_line: line.number,
                    column: 1,
                    text: line.text.trim().to_owned(),
                    why: if unfilled { WhyLeft::Template } else { WhyLeft::NotTaken },
                    fence: None,
                });
                self.used[*row] = true;
            }
        }
    }

    /// Adds doubts about headings among entries that begin like a time but are not one: `### 2X:XX`.
    pub(super) fn unread_heads(&mut self, found: &[Candidate]) {
        let entries: HashSet<usize> = found.iter().map(|it| it.at).collect();
        let forms: HashSet<(What, usize)> = found
            .iter()
            .map(|it| &self.document.lines[it.at])
            .map(|line| (line.what, line.indent))
            .collect();
        for (at, line) in self.document.lines.iter().enumerate() {
            let is_among = forms.contains(&(line.what, line.indent)) && !entries.contains(&at);
            let own = self.document.parts[line.part].part;
            let is_free = matches!(line.what, What::Heading(1..=6) | What::Item);
            let is_timeline = own == Some(Part::Timeline);
            if is_among && is_free && is_timeline && !self.used[at] && is_like_time(line.inner()) {
                let (number, column) = (line.number, line.column(line.body));
                let code = DoubtCode::TimeNotUnderstood;
                self.doubts.push(Doubt::new(code, number, column, line.inner(), ""));
            }
        }
    }

    /// Sets the record's metadata.
    pub(super) fn head(&mut self, whens: &[Option<When>]) {
        let incident: &mut Incident = &mut self.record.incident;
        let stem = self.name.rsplit_once('.').map_or(self.name, |(stem, _)| stem);
        let whole = || self.document.title().map(|(title, _)| title);
        let title = self.title.clone().or_else(whole);
        incident.title =
            title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| stem.to_owned());
        let first = incident.events.first().and_then(|event| event.at);
        let planned =
            || incident.plan.iter().filter_map(PlanStep::planned).min_by_key(|at| at.unix());
        // The day that the document is about, if something happened on it.
        let told = self.around.fallback.filter(|_| self.title.is_none()).filter(|told| {
            let on = |at: Option<crate::model::Moment>| at.is_some_and(|at| at.day() == told.day);
            matches!(told.from, DayFrom::Field | DayFrom::Title)
                && incident.events.iter().any(|event| on(event.at))
        });
        let first = told.map(|told| told.day).or(first.or_else(planned).map(|at| at.day()));
        incident.date = first;
        let zones: Vec<Zone> = whens.iter().flatten().filter_map(|when| when.zone).collect();
        incident.zone = zones.first().copied().filter(|_| !zones.is_empty()).or(self.answers.zone);
        let front = |key: &str| {
            let fields = self.document.front.iter().filter(|_| self.title.is_none());
            fields.into_iter().find(|(name, ..)| name == key).map(|(_, value, _)| value.clone())
        };
        incident.kind = front("kind").filter(|kind| KINDS.contains(&kind.as_str()));
        incident.version = front("version").filter(|version| !version.is_empty());
    }

    /// Lists parts of a row that a step cannot have.
    fn leave_cells(&mut self, at: usize, cells: &str) {
        let line = &self.document.lines[at];
        self.left_out.push(LeftOut {
            line: line.number,
            end_line: line.number,
            column: 1,
            text: cells.trim().replace('\n', "; "),
            why: WhyLeft::NotTaken,
            fence: None,
        });
    }

    /// Lists lines that are in no record.
    pub(super) fn leave(&mut self, lines: &[usize], why: WhyLeft) {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
        let (line, end) = (&self.document.lines[*first], &self.document.lines[*last]);
        self.left_out.push(LeftOut {
            line: line.number,
            end_line: end.number,
            column: line.column(line.indent),
            text: line.text.trim().to_owned(),
            why,
            fence: None,
        });
        lines.iter().for_each(|at| self.used[*at] = true);
    }

    /// Whether the record has the text of a heading: as the title of a section or of the record, as the name of a part,
    /// or as the day of entries.
    fn is_told_head(&self, at: usize) -> bool {
        let line = &self.document.lines[at];
        let part = &self.document.parts[line.part];
        let is_named =
            matches!(line.what, What::Heading(1..=6)) && part_named(&part.title).is_some();
        let title = Some(part.title.as_str());
        let is_section =
            self.record.incident.sections.iter().any(|it| Some(it.title.as_str()) == title);
        let is_title = part.level == 1 || self.title.as_deref() == title;
        let is_time = lead(&part.title, false).is_some() || day_in(&part.title, None).is_some();
        is_named || is_section || is_title || is_time || part.title.is_empty()
    }

    /// Lists every remaining line.
    pub(super) fn rest(&mut self) {
        let heads: HashSet<usize> = self.tables.iter().map(|table| table.head).collect();
        for (at, line) in self.document.lines.iter().enumerate() {
            let is_head = matches!(line.what, What::Heading(_)) && self.is_told_head(at);
            if self.used[at] || line.what == What::Blank || is_head {
                continue;
            }
            let why = match line.what {
                What::Code => WhyLeft::Code,
                What::Page | What::Rule | What::Heading(_) => WhyLeft::Page,
                What::Row if heads.contains(&at) => WhyLeft::Page,
                What::Text => WhyLeft::Prose,
                _ => WhyLeft::NotTaken,
            };
            let text = line.text.trim().chars().take(BEGINNING).collect();
            let fence = self.document.timed_code(at);
            let goes_on = |last: &&mut LeftOut| {
                last.end_line + 1 == line.number && last.why == why && last.fence == fence
            };
            match self.left_out.last_mut().filter(goes_on) {
                Some(last) => last.end_line = line.number,
                None => self.left_out.push(LeftOut {
                    line: line.number,
                    end_line: line.number,
                    column: line.column(line.indent),
                    text,
                    why,
                    fence,
                }),
            }
        }
    }
}

/// The most letters shown of a line in no record.
const BEGINNING: usize = 500;

/// Whether a text begins like a clock time with placeholders for unknown digits: `2X:XX`, `??:30`.
fn is_like_time(text: &str) -> bool {
    let text = text.trim_start_matches(['*', '`', '_', '[', '(', '~', ' ']);
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, 'x' | 'X' | '?');
    let Some((hour, behind)) = text.split_once(':') else { return false };
    let minute: Vec<char> = behind.chars().take_while(|c| is_digit(*c)).collect();
    (1..=2).contains(&hour.chars().count()) && hour.chars().all(is_digit) && minute.len() == 2
}
