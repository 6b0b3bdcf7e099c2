//! A single record, ready to be shown.

use std::cell::OnceCell;
use std::collections::HashMap;

use serde::Serialize;

use crate::lang::Labels;
use crate::markdown::{Picture, pictures};
use crate::model::{
    Action, Attachment, Audience, Event, EventType, Imported, Incident, Lessons, Moment, Note,
    PhaseKind, PlanStep, Post, PostLayout, Zone,
};
use crate::publish::Shown;
use crate::timeline::{Phase, Row, phases_by_response, written_live, written_the_same_day};

use super::chart::{ChartSource, Source, not_drawn, phase_word};
use super::durations::{DurationView, SilenceView, duration_views, silence_views};
use super::forecast::ForecastView;
use super::handover::HandoverView;
use super::post::{PostView, post_view};
use super::review::{ReviewView, review_view};
use super::rows::{
    RowView, StepView, change_words, mark_future_steps, mark_open_steps, row_views, step_view,
};
use super::time::{TimeFormatter, TimeView};

/// Everything that a page may show about one record. Markdown fields are as the author wrote them; all other texts are
/// plain. Missing values are `null`, never absent.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RecordView {
    /// Version of this contract.
    pub view: u32,
    /// The record's id.
    pub id: String,
    /// Title.
    pub title: String,
    /// `release`, `outage`, … as written.
    pub kind: Option<String>,
    /// The kind in the record's language.
    pub kind_label: Option<String>,
    /// Version of what was released.
    pub version: Option<String>,
    /// Severity.
    pub severity: Option<String>,
    /// The name of the last milestone, such as `resolved`, or `announced`.
    pub status: Option<String>,
    /// How far it has got, in the record's language: the last milestone other than `announced`; open or ended if there is none.
    pub status_label: String,
    /// Whether work on it goes on.
    pub open: bool,
    /// Whether it is a sample rather than a live record.
    pub sample: bool,
    /// Whether it is archived, so that nobody works on it.
    pub archived: bool,
    /// The day it is about, ISO 8601.
    pub date: Option<String>,
    /// The same in the record's language.
    pub date_text: Option<String>,
    /// IANA name of the zone that times are told in.
    pub zone: Option<String>,
    /// Language of the words, such as `ko` or `en`.
    pub language: String,
    /// Author.
    pub author: Option<String>,
    /// Services.
    pub services: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Categories.
    pub categories: Vec<String>,
    /// The date of a post: `published`, or the record's day if there is none.
    pub published: Option<TimeView>,
    /// The state of its review; null if nobody reviews it.
    pub review: Option<ReviewView>,
    /// The forecast of the rest of the plan from past releases; only on the day, and for the team only.
    pub forecast: Option<ForecastView>,
    /// The layout of its post.
    pub post: PostView,
    /// Markdown.
    pub summary: Option<String>,
    /// Markdown.
    pub impact: Option<String>,
    /// The plan in chronological order, without rollbacks that nobody called.
    pub plan: Vec<StepView>,
    /// Rollbacks that nobody called, in chronological order.
    pub rollbacks: Vec<StepView>,
    /// The number of these rollbacks in words; null if there are none.
    pub rollback_note: Option<String>,
    /// Plan against actual.
    pub rows: Vec<RowView>,
    /// Events in chronological order.
    pub events: Vec<EventView>,
    /// The next public update, if it was promised and is still to come, in words with its day.
    pub next_update_text: Option<String>,
    /// Whether it has key events, which make up the short story.
    pub has_story: bool,
    /// Whether it spans more than one day.
    pub many_days: bool,
    /// The durations, including missing ones.
    pub durations: Vec<DurationView>,
    /// The longest silences.
    pub silences: Vec<SilenceView>,
    /// Plan and actual as a picture, if it may be drawn; templates draw it with `chart(width)`.
    #[serde(skip)]
    pub chart: ChartSource,
    /// The handover; templates get it with `handover()`.
    #[serde(skip)]
    pub handover: Source<HandoverView>,
    /// A sentence on how many steps and events are not drawn, because they have no time.
    #[serde(skip)]
    pub not_drawn: Option<String>,
    /// Contributing factors, Markdown.
    pub contributing_factors: Vec<String>,
    /// The contributing factors that are for the team only.
    pub internal_factors: Vec<String>,
    /// Lessons, Markdown.
    pub lessons: LessonsView,
    /// Action items.
    pub actions: Vec<ActionView>,
    /// Free sections.
    pub sections: Vec<SectionView>,
    /// Files of the record as a whole.
    pub attachments: Vec<AttachmentView>,
    /// Documents that parts of it were imported from; empty in public.
    pub imported: Vec<ImportedView>,
    /// The fixed words of the record's language.
    pub labels: Labels,
}

/// An event.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EventView {
    /// Its number in chronological order, from 1, as `asrun amend` uses it.
    pub number: usize,
    /// Its time as a record writes it; null if it is not known.
    pub at: Option<String>,
    /// Its time.
    pub time: TimeView,
    /// The day in words, for the first event of each day if the record spans several.
    pub new_day: Option<String>,
    /// The precision of its time.
    pub precision: &'static str,
    /// The precision of its end.
    pub until_precision: Option<&'static str>,
    /// Whether the end is approximate.
    pub until_about: bool,
    /// The end of a span.
    pub until: Option<Box<TimeView>>,
    /// The end as `19:30`, with its day if that differs.
    pub until_text: Option<String>,
    /// The end as in a heading, with its day if that differs.
    pub until_clock: Option<String>,
    /// Whether the time is approximate.
    pub about: bool,
    /// Its complete text, plain.
    pub text: String,
    /// Its first line.
    pub headline: String,
    /// Its other lines, if it has any.
    pub more: Option<String>,
    /// Its type as written.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Its type in the record's language.
    pub type_label: Option<String>,
    /// The phase of the outage at that time: `before`, `undetected`, `detected`, `mitigating`, `mitigated` or `after`;
    /// null if the record has no outage.
    pub phase: Option<&'static str>,
    /// Whether its type is a milestone.
    pub milestone: bool,
    /// Ids of the steps it carries out.
    pub steps: Vec<String>,
    /// Its deviation from the step that it carried out, in words.
    pub deviation: Option<String>,
    /// Who did it.
    pub by: Option<String>,
    /// Why it was done.
    pub why: Option<String>,
    /// When the next public update is promised for.
    pub next_update: Option<Box<TimeView>>,
    /// The same in words.
    pub next_update_text: Option<String>,
    /// Whether it belongs in the short story.
    pub key: bool,
    /// Whether it is internal: never in a public rendering.
    pub internal: bool,
    /// When it was written down, if that was later.
    pub logged: Option<Box<TimeView>>,
    /// The same in words.
    pub noted_later: Option<String>,
    /// Whether it was added on a later day to a record that was otherwise written live.
    pub added_later: bool,
    /// Old value of a change.
    pub from: Option<String>,
    /// New value of a change.
    pub to: Option<String>,
    /// Both in words, if the text does not mention them already.
    pub change: Option<String>,
    /// Markdown.
    pub detail: Option<String>,
    /// Files.
    pub attachments: Vec<AttachmentView>,
    /// Links.
    pub refs: Vec<String>,
    /// Names and values.
    pub metrics: Vec<(String, String)>,
    /// The time as its source wrote it, if a record cannot express it.
    pub printed: Option<String>,
    /// Where it was imported from; null if it was typed, and in public.
    pub source: Option<String>,
}

/// A document that was imported into a record.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ImportedView {
    /// Its name.
    pub from: String,
    /// The SHA-256 hash of its bytes.
    pub sha256: Option<String>,
    /// When it was imported, as a record writes it.
    pub on: Option<String>,
    /// Sources of entries that are not to be imported again.
    pub left_out: Vec<String>,
}

/// A file beside the record.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AttachmentView {
    /// Its name in the record's folder of files.
    pub file: String,
    /// Its description.
    pub alt: String,
    /// Its width, such as `50%`.
    pub width: Option<String>,
    /// A caption.
    pub caption: Option<String>,
    /// Whether browsers show it as a picture.
    pub image: bool,
    /// Whether a text of the record already shows it.
    pub inline: bool,
    /// Whether it is internal: never in a public rendering.
    pub internal: bool,
}

/// Lessons, Markdown each.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[allow(missing_docs, reason = "each field is the list of its name")]
pub struct LessonsView {
    pub well: Vec<String>,
    pub badly: Vec<String>,
    pub lucky: Vec<String>,
    pub surprised: Vec<String>,
    pub learned: Vec<String>,
    pub any: bool,
    /// The lessons that are for the team only.
    pub internal: Vec<String>,
}

/// An action item.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[allow(missing_docs, reason = "each field is the record's key of its name")]
pub struct ActionView {
    pub text: String,
    pub owner: Option<String>,
    pub due: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub done: Option<String>,
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// Whether it is internal: never in a public rendering.
    pub internal: bool,
    /// Where it was imported from; null if it was typed, and in public.
    pub source: Option<String>,
}

/// A free section.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SectionView {
    /// Plain.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// Whether it is internal: never in a public rendering.
    pub internal: bool,
}

/// Returns the view of a record. `tolerance` is in seconds; `beside` is an additional zone for times.
pub fn record_view<'i>(
    id: &str,
    shown: impl Into<Shown<'i>>,
    tolerance: i64,
    beside: Option<Zone>,
) -> RecordView {
    view_at(id, shown.into(), (tolerance, None), beside)
}

fn view_at(
    id: &str,
    shown: Shown,
    (tolerance, now): (i64, Option<Moment>),
    beside: Option<Zone>,
) -> RecordView {
    let incident = shown.incident();
    // Public pages have no seconds in headings, only in tables and charts.
    let says_seconds = matches!(shown, Shown::Whole(_));
    let teller = TimeFormatter { says_seconds, ..TimeFormatter::of(incident, beside) };
    let (live, written) = written_live(incident);
    let builder = Builder {
        incident,
        teller,
        phases: phases_by_response(incident),
        written_live: live * 2 > written,
        written_daily: written_the_same_day(incident),
        shown_files: OnceCell::new(),
    };
    builder.record(id, shown, (tolerance, now.filter(|_| incident.is_going_on())))
}

/// Returns the view of a record at `now`, in which future steps are marked as such.
pub fn record_view_now<'i>(
    id: &str,
    shown: impl Into<Shown<'i>>,
    (tolerance, now): (i64, Moment),
    beside: Option<Zone>,
) -> RecordView {
    view_at(id, shown.into(), (tolerance, Some(now)), beside)
}

struct Builder<'i> {
    incident: &'i Incident,
    teller: TimeFormatter,
    phases: Vec<Phase<'i>>,
    /// Whether most events were logged as they happened.
    written_live: bool,
    /// Whether most events were logged on the day on which they happened.
    written_daily: bool,
    /// What its texts show, which only matters if it has files.
    shown_files: OnceCell<ShownFiles<'i>>,
}

impl Builder<'_> {
    /// Returns the rows, in which steps to come are marked as such.
    fn rows(&self, rows: &[Row], asked: Option<(i64, Moment)>) -> Vec<RowView> {
        let mut views = row_views(&self.teller, rows);
        match asked {
            Some(_) => mark_future_steps(&mut views, rows, &self.teller, asked),
            None if self.incident.is_going_on() => mark_open_steps(&mut views, rows, &self.teller),
            None => {}
        }
        views
    }

    fn record(
        &self,
        id: &str,
        shown: Shown,
        (tolerance, now): (i64, Option<Moment>),
    ) -> RecordView {
        let incident = self.incident;
        let rows = shown.rows(tolerance);
        let (asked, events) = (now.map(|now| (tolerance, now)), self.events(&rows));
        let status = incident.last_milestone();
        let open = incident.is_open() && !shown.has_unknown_end();
        let labels = &self.teller.words.labels;
        let state = labels.state(open, shown.has_unknown_end());
        let date = incident.day();
        let not_called = incident.not_called();
        let rollbacks = self.plan(&not_called);
        RecordView {
            view: 1,
            id: id.to_owned(),
            title: incident.title.clone(),
            kind: incident.kind.clone(),
            kind_label: incident.kind.as_deref().map(self.teller.words.kind),
            version: incident.version.clone(),
            severity: incident.severity.clone(),
            status_label: status.map_or_else(|| state.to_owned(), self.teller.words.event_type),
            status: incident.latest_milestone().map(|kind| kind.word().to_owned()),
            open,
            sample: incident.sample,
            archived: incident.archived,
            date: date.map(|day| day.to_string()),
            date_text: date.map(|day| (self.teller.words.day)(&day)),
            zone: self.teller.zone.map(|zone| zone.name().to_owned()),
            language: self.teller.words.code.to_owned(),
            author: incident.author.clone(),
            services: incident.services.clone(),
            tags: incident.tags.clone(),
            categories: incident.categories.clone(),
            published: self.published(),
            review: review_view(incident, false),
            forecast: None,
            post: post_view(&incident.post, PostLayout::default()),
            summary: incident.summary.clone(),
            impact: incident.impact.clone(),
            plan: self.plan(|step| !not_called(step)),
            rollback_note: (!rollbacks.is_empty())
                .then(|| (self.teller.words.not_called)(rollbacks.len())),
            rollbacks,
            rows: self.rows(&rows, asked),
            has_story: events.iter().any(|event| event.key),
            events,
            next_update_text: self.next_update(shown, now),
            many_days: self.teller.many_days,
            durations: duration_views(&self.teller, shown, &rows, asked),
            silences: silence_views(&self.teller, shown),
            chart: ChartSource::default(),
            handover: Source::default(),
            not_drawn: not_drawn(&self.teller, incident),
            contributing_factors: texts_of(&incident.contributing_factors),
            internal_factors: internal_of([&incident.contributing_factors]),
            lessons: lessons_view(&incident.lessons),
            actions: incident.actions.iter().map(action_view).collect(),
            sections: self.sections(),
            attachments: self.attachment_views(&incident.attachments),
            imported: incident.imported.iter().map(imported_view).collect(),
            labels: self.teller.words.labels,
        }
    }

    /// Returns what was promised to the public and is still to come. Nobody knows on which day the page is read, so its day
    /// is always named.
    fn next_update(&self, shown: Shown, now: Option<Moment>) -> Option<String> {
        let is_to_come = |at: &Moment| now.is_none_or(|now| now.unix() < at.unix());
        let TimeView { date_text, clock, .. } =
            self.teller.time(&shown.promised().filter(is_to_come)?);
        Some((self.teller.words.handover.next_update)(&format!("{date_text} {clock}")))
    }

    /// Returns `published`, else the record's day, so that a post keeps its date when an event is added.
    fn published(&self) -> Option<TimeView> {
        let day = || self.incident.day().map(|day| Moment::of_day(day, self.teller.zone));
        self.incident.published.or_else(day).map(|at| self.teller.time(&at))
    }

    fn plan(&self, is_one: impl Fn(&PlanStep) -> bool) -> Vec<StepView> {
        let steps = self.incident.steps_in_time().into_iter().filter(|step| is_one(step));
        steps.map(|step| step_view(&self.teller, step)).collect()
    }

    /// Returns the view of an event; `begun` are the rows of the steps that began with it.
    fn event(&self, event: &Event, begun: &[&Row]) -> EventView {
        let deviations: Vec<String> = begun.iter().map(|row| self.teller.row_label(row)).collect();
        let time = self.teller.time_of(event);
        let until = event.until.map(|at| Box::new(self.teller.time(&at)));
        let logged = event.logged.map(|at| Box::new(self.teller.time(&at)));
        let next_update = event.next_update.map(|at| Box::new(self.teller.time(&at)));
        let noted_later = logged.as_ref().map(|logged| {
            let when = if logged.date == time.date {
                logged.hm.clone()
            } else {
                format!("{} {}", logged.date, logged.hm)
            };
            (self.teller.words.noted_later)(when.trim())
        });
        // If most events were logged afterwards, marking each would only be noise.
        let noted_later = noted_later.filter(|_| self.written_live);
        let more = event.text.trim().split_once('\n').map(|(_, rest)| rest.trim().to_owned());
        EventView {
            number: 0,
            at: time.iso.clone(),
            new_day: None,
            until_text: until.as_ref().map(|end| end_of(&time, end, &end.time)),
            until_clock: until.as_ref().map(|end| end_of(&time, end, &end.clock)),
            precision: time.precision,
            until_precision: until.as_ref().map(|end| end.precision),
            until_about: until.as_ref().is_some_and(|end| end.about),
            until,
            about: event.at.is_some_and(|at| at.is_about()),
            text: event.text.clone(),
            headline: event.headline().to_owned(),
            more: more.filter(|rest| !rest.is_empty()),
            kind: event.kind.as_ref().map(|kind| kind.word().to_owned()),
            type_label: event.kind.as_ref().map(self.teller.words.event_type),
            phase: self.phase(event),
            milestone: event.kind.as_ref().is_some_and(EventType::is_milestone),
            steps: event.steps.clone(),
            deviation: (!deviations.is_empty()).then(|| deviations.join(", ")),
            by: event.by.clone(),
            why: event.why.clone(),
            next_update_text: next_update.as_ref().map(|next| {
                (self.teller.words.handover.next_update)(&end_of(&time, next, &next.time))
            }),
            next_update,
            key: event.key,
            internal: event.audience == Audience::Internal,
            added_later: self.written_daily
                && logged.as_ref().is_some_and(|logged| logged.date != time.date),
            time,
            logged,
            noted_later,
            from: event.from.clone(),
            to: event.to.clone(),
            change: change_words(self.teller.words, event),
            detail: event.detail.clone(),
            attachments: self.attachment_views(&event.attachments),
            refs: event.refs.clone(),
            metrics: event.metrics.clone(),
            printed: event.printed.clone(),
            source: event.source.clone(),
        }
    }

    fn phase(&self, event: &Event) -> Option<&'static str> {
        let phases = &self.phases;
        let end = phases.last()?.to;
        // The phase of an event is unknown if it or the first phase has no time.
        let (at, _) = event.at.zip(phases.first()?.from.at)?;
        // The event that begins a phase belongs to it, whatever other events are earlier on the same day.
        if let Some(phase) = phases.iter().find(|phase| std::ptr::eq(phase.from, event)) {
            return Some(phase_word(phase.kind));
        }
        // Whatever was done in the minute of the mitigation led to it.
        let kind = event.kind.as_ref();
        let is_response = kind.is_some_and(EventType::is_response);
        let led_to = |end: &Event| is_response && end.at.is_some_and(|end| end.overlaps(&at));
        let mitigated = phases.iter().find(|phase| phase.kind == PhaseKind::Mitigated);
        let ends = [mitigated.map(|phase| phase.from), end];
        let before_end = ends.into_iter().flatten().any(led_to);
        let is_begun = |other: &Event| other.at.is_some_and(|other| !other.sorts_after(&at));
        if end.is_some_and(|end| is_begun(end) && !led_to(end)) {
            return Some("after");
        }
        let is_now = |phase: &&Phase| {
            is_begun(phase.from) && !(phase.kind == PhaseKind::Mitigated && led_to(phase.from))
        };
        let now = phases.iter().rev().find(is_now).map(|phase| phase.kind);
        let is_noticed = before_end || kind.is_some_and(EventType::shows_notice);
        Some(match now {
            None | Some(PhaseKind::Undetected) if is_noticed => phase_word(PhaseKind::Detected),
            now => now.map_or("before", phase_word),
        })
    }

    fn events(&self, rows: &[Row]) -> Vec<EventView> {
        let mut begun: HashMap<*const Event, Vec<&Row>> = HashMap::new();
        for row in rows.iter().filter(|row| row.step.is_some()) {
            if let Some(first) = row.first() {
                begun.entry(std::ptr::from_ref(first)).or_default().push(row);
            }
        }
        let view = |event: &Event| {
            let begun = begun.get(&std::ptr::from_ref(event));
            self.event(event, begun.map_or(&[], Vec::as_slice))
        };
        let mut events: Vec<EventView> =
            self.incident.events_in_time().into_iter().map(view).collect();
        for (at, event) in events.iter_mut().enumerate() {
            event.number = at + 1;
        }
        let mut day = String::new();
        for event in events.iter_mut().filter(|_| self.teller.many_days) {
            if event.time.date != day && event.time.iso.is_some() {
                day.clone_from(&event.time.date);
                event.new_day = Some(event.time.date_text.clone());
            }
        }
        events
    }

    fn sections(&self) -> Vec<SectionView> {
        let sections = self.incident.sections.iter();
        sections
            .map(|section| SectionView {
                title: section.title.clone(),
                body: section.body.clone(),
                internal: section.audience == Audience::Internal,
            })
            .collect()
    }

    /// Returns files; those that any text shows, or links to, are not shown again.
    fn attachment_views(&self, files: &[Attachment]) -> Vec<AttachmentView> {
        if files.is_empty() {
            return Vec::new();
        }
        let shown = self.shown_files.get_or_init(|| ShownFiles::of(self.incident));
        files.iter().map(|file| attachment(file, shown.has(&file.file))).collect()
    }
}

/// What the texts of a record show.
#[derive(Debug)]
struct ShownFiles<'i> {
    texts: Vec<&'i str>,
    pictures: Vec<Picture>,
}

impl<'i> ShownFiles<'i> {
    fn of(incident: &'i Incident) -> ShownFiles<'i> {
        let sections = incident.sections.iter().map(|section| section.body.as_str());
        let details = incident.events.iter().filter_map(|event| event.detail.as_deref());
        let Post { before_plan, after_plan, .. } = &incident.post;
        let heads = [&incident.summary, &incident.impact, before_plan, after_plan];
        let heads = heads.into_iter().filter_map(Option::as_deref);
        let notes = incident.note_lists().flatten().map(|note| note.text.as_str());
        let texts: Vec<&str> = heads.chain(details).chain(sections).chain(notes).collect();
        let pictures = texts.iter().flat_map(|text| pictures(text)).collect();
        ShownFiles { texts, pictures }
    }

    /// Whether a text shows a file, or links to it.
    fn has(&self, file: &str) -> bool {
        let link = format!("]({file})");
        self.pictures.iter().any(|picture| picture.is_one_of([file]))
            || self.texts.iter().any(|text| text.contains(&link))
    }
}

/// Returns the end of a span, worded as `said`, with its day if that differs.
fn end_of(start: &TimeView, end: &TimeView, said: &str) -> String {
    if start.date == end.date { said.to_owned() } else { format!("{} {said}", &end.date[5..]) }
}

fn attachment(attachment: &Attachment, inline: bool) -> AttachmentView {
    let ending = attachment.file.rsplit('.').next().unwrap_or("").to_lowercase();
    AttachmentView {
        file: attachment.file.clone(),
        alt: attachment.alt.clone().unwrap_or_default(),
        width: attachment.width.clone(),
        caption: attachment.caption.clone(),
        internal: attachment.audience == Audience::Internal,
        inline,
        image: ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"].contains(&ending.as_str()),
    }
}

/// Returns the view of an action item.
pub(super) fn action_view(action: &Action) -> ActionView {
    ActionView {
        text: action.text.clone(),
        owner: action.owner.clone(),
        due: action.due.map(|day| day.to_string()),
        kind: action.kind.clone(),
        done: action.done.map(|day| day.to_string()),
        reference: action.reference.clone(),
        internal: action.audience == Audience::Internal,
        source: action.source.clone(),
    }
}

fn imported_view(imported: &Imported) -> ImportedView {
    ImportedView {
        from: imported.from.clone(),
        sha256: imported.sha256.clone(),
        on: imported.on.map(|at| at.written()),
        left_out: imported.left_out.clone(),
    }
}

impl LessonsView {
    /// Returns its lists in the order in which they are shown.
    pub fn lists(&self) -> [&Vec<String>; 5] {
        [&self.well, &self.badly, &self.lucky, &self.surprised, &self.learned]
    }
}

/// Returns the view of the lessons.
pub(super) fn lessons_view(lessons: &Lessons) -> LessonsView {
    LessonsView {
        well: texts_of(&lessons.well),
        badly: texts_of(&lessons.badly),
        lucky: texts_of(&lessons.lucky),
        surprised: texts_of(&lessons.surprised),
        learned: texts_of(&lessons.learned),
        any: !lessons.is_empty(),
        internal: internal_of(lessons.lists()),
    }
}

fn texts_of(notes: &[Note]) -> Vec<String> {
    notes.iter().map(|note| note.text.clone()).collect()
}

fn internal_of<const N: usize>(lists: [&Vec<Note>; N]) -> Vec<String> {
    let notes = lists.into_iter().flatten().filter(|note| note.is_internal());
    notes.map(|note| note.text.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A notice to the public is the last milestone, and says nothing about how far an outage has got.
    #[test]
    fn what_was_resolved_and_announced_is_resolved() {
        let event = |minute: u32, kind| Event {
            kind: Some(kind),
            ..Event::new(Moment::parse(&format!("2024-09-07T18:0{minute}Z"), None).unwrap(), "x")
        };
        let events = [EventType::Detected, EventType::Resolved, EventType::Announced];
        let events = (0..).zip(events).map(|(minute, kind)| event(minute, kind)).collect();
        let incident = Incident { events, ..Incident::default() };
        let view = record_view("a", &incident, 300, None);
        assert_eq!(view.status.as_deref(), Some("announced"));
        assert_eq!((&*view.status_label, view.open), ("resolved", false));
    }

    #[test]
    fn a_file_that_any_text_shows_is_not_shown_again() {
        let text = "title: t\nevents:\n  - {at: 2024-09-07T10:00Z, text: a, attachments: [a.png, b.png, c.png]}\n  - {at: 2024-09-07T10:01Z, text: b, detail: '![](a.png) ![](d.png)'}\nsections: [{title: s, body: '<img src=b.png>, [log](e.log)'}]\nattachments: [d.png, e.log, f.png]\n";
        let incident = crate::format::read(text).unwrap().incident;
        let view = record_view("r", &incident, 300, None);
        let files = view.events.iter().flat_map(|event| &event.attachments);
        let again = files.chain(&view.attachments).filter(|file| !file.inline);
        assert_eq!(again.map(|file| file.file.as_str()).collect::<Vec<_>>(), ["c.png", "f.png"]);
    }
}
