//! One record, ready to be shown.

use std::collections::HashSet;

use serde::Serialize;

use crate::model::{
    Action, Attachment, Audience, Clock, Day, Elapsed, Event, EventType, Incident, Moment,
    PlanStep, Precision, Zone,
};
use crate::timeline::{Duration, Row, Verdict, durations, rows, schedule_kept, written_live};

use super::words::{Labels, Words, words_for};

/// Everything a page may show of one record. Markdown fields are as the author wrote them;
/// every other text is plain. Missing values are `null`, never absent.
#[derive(Debug, Clone, Serialize)]
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
    /// Word of the last milestone, such as `resolved`.
    pub status: Option<String>,
    /// The same in the record's language; open or ended where there is no milestone.
    pub status_label: String,
    /// Whether work on it goes on.
    pub open: bool,
    /// A sample, not a live record.
    pub sample: bool,
    /// The day it is about, ISO 8601.
    pub date: Option<String>,
    /// The same in the record's language.
    pub date_text: Option<String>,
    /// IANA name of the zone that times are told in.
    pub zone: Option<String>,
    /// Language of the words: `ko` or `en`.
    pub language: String,
    /// Author.
    pub author: Option<String>,
    /// Services.
    pub services: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Categories.
    pub categories: Vec<String>,
    /// When a post of it is dated: `published`, else the record's day.
    pub published: Option<TimeView>,
    /// Markdown.
    pub summary: Option<String>,
    /// Markdown.
    pub impact: Option<String>,
    /// The plan in time.
    pub plan: Vec<StepView>,
    /// Plan against actual.
    pub rows: Vec<RowView>,
    /// Events in time.
    pub events: Vec<EventView>,
    /// Whether some of them are key events, the short story.
    pub has_story: bool,
    /// Whether it spans more than one day.
    pub many_days: bool,
    /// The field's durations, missing ones too.
    pub durations: Vec<DurationView>,
    /// Contributing factors, Markdown.
    pub contributing_factors: Vec<String>,
    /// Lessons, Markdown.
    pub lessons: LessonsView,
    /// Action items.
    pub actions: Vec<ActionView>,
    /// Free sections.
    pub sections: Vec<SectionView>,
    /// Files of the whole record.
    pub attachments: Vec<AttachmentView>,
    /// The fixed words of the record's language.
    pub labels: Labels,
}

/// A moment, said in every way a page may need.
#[derive(Debug, Clone, Serialize)]
pub struct TimeView {
    /// ISO 8601 with offset, as precise as it is known.
    pub iso: String,
    /// `2024-09-07`.
    pub date: String,
    /// `2024년 9월 7일 (토)`.
    pub date_text: String,
    /// `18:08`; empty where only the day is known.
    pub hm: String,
    /// `18:08`, with the zone's letters in a record whose offset changes: `01:12 EDT`.
    pub time: String,
    /// `오후 6시 08분`; the date text where only the day is known. Letters as in `time`.
    pub clock: String,
    /// `09-07 18:08` in a record of several days, else `18:08`. Letters as in `time`.
    pub short: String,
    /// `+0900`, as front matter wants it.
    pub offset: String,
    /// `KST`.
    pub zone: String,
    /// `day`, `minute` or `second`.
    pub precision: &'static str,
    /// Seconds since 1970-01-01T00:00Z.
    pub unix: i64,
}

/// A planned step.
#[derive(Debug, Clone, Serialize)]
pub struct StepView {
    /// Its id.
    pub id: Option<String>,
    /// Its planned time, after revisions.
    pub time: TimeView,
    /// The end of a window.
    pub until: Option<TimeView>,
    /// What.
    pub text: String,
    /// Who.
    pub owner: Option<String>,
    /// The first planned time, where it was revised.
    pub first_planned: Option<TimeView>,
    /// Why it was revised last.
    pub revised_why: Option<String>,
    /// It was given up.
    pub skipped: bool,
    /// Why.
    pub skipped_why: Option<String>,
}

/// One row of plan against actual.
#[derive(Debug, Clone, Serialize)]
pub struct RowView {
    /// The step; null for what nobody planned.
    pub step: Option<StepView>,
    /// What happened.
    pub events: Vec<RowEvent>,
    /// `on time`, `early`, `late`, `not recorded`, `skipped` or `unplanned`.
    pub verdict: &'static str,
    /// The deviation in words: `30분 일찍`.
    pub label: String,
    /// Deviation in minutes, early ones negative; null where there is none or only days are known.
    pub minutes: Option<i64>,
    /// The end's deviation in words, for a window.
    pub end_label: Option<String>,
}

/// An event in a row.
#[derive(Debug, Clone, Serialize)]
pub struct RowEvent {
    /// When.
    pub time: TimeView,
    /// The time is approximate.
    pub about: bool,
    /// Its first line.
    pub text: String,
}

/// An event.
#[derive(Debug, Clone, Serialize)]
pub struct EventView {
    /// Its place in time, from 1: what `asrun amend` calls it.
    pub number: usize,
    /// When.
    pub time: TimeView,
    /// The day in words, for the first event of each day in a record of several.
    pub new_day: Option<String>,
    /// The end of a span.
    pub until: Option<TimeView>,
    /// The end as `19:30`, with its day if that is another one.
    pub until_text: Option<String>,
    /// The end as a heading says it, with its day if that is another one.
    pub until_clock: Option<String>,
    /// The time is approximate.
    pub about: bool,
    /// Its text, plain, whole.
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
    /// Whether its type is a milestone.
    pub milestone: bool,
    /// Ids of the steps it carries out.
    pub steps: Vec<String>,
    /// How early or late it carried out a step, in words.
    pub deviation: Option<String>,
    /// Who.
    pub by: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// Belongs in the short story.
    pub key: bool,
    /// Never in a public rendering.
    pub internal: bool,
    /// When it was written down, if later.
    pub logged: Option<TimeView>,
    /// That in words.
    pub noted_later: Option<String>,
    /// It was added on a later day to a record that was otherwise written live.
    pub added_later: bool,
    /// Old value of a change.
    pub from: Option<String>,
    /// New value of a change.
    pub to: Option<String>,
    /// Markdown.
    pub detail: Option<String>,
    /// Files.
    pub attachments: Vec<AttachmentView>,
    /// Links.
    pub refs: Vec<String>,
    /// Names and values.
    pub metrics: Vec<(String, String)>,
}

/// A file beside the record.
#[derive(Debug, Clone, Serialize)]
pub struct AttachmentView {
    /// Its name in the record's assets folder.
    pub file: String,
    /// What it shows.
    pub alt: String,
    /// `50%`.
    pub width: Option<String>,
    /// A line under it.
    pub caption: Option<String>,
    /// Whether browsers show it as a picture.
    pub image: bool,
    /// Whether the Markdown around it shows it already, at its own place.
    pub inline: bool,
}

/// A duration with its formula.
#[derive(Debug, Clone, Serialize)]
pub struct DurationView {
    /// `Time to resolve (TTR)`.
    pub name: String,
    /// `4시간 49분`, or `—`.
    pub value: String,
    /// Seconds, if it could be computed.
    pub seconds: Option<i64>,
    /// `resolved 22:57 − detected 18:08`, or what is missing.
    pub formula: String,
}

/// Lessons, Markdown each.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs, reason = "each field is the list of its name")]
pub struct LessonsView {
    pub well: Vec<String>,
    pub badly: Vec<String>,
    pub lucky: Vec<String>,
    pub surprised: Vec<String>,
    pub any: bool,
}

/// An action item.
#[derive(Debug, Clone, Serialize)]
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
}

/// A free section.
#[derive(Debug, Clone, Serialize)]
pub struct SectionView {
    /// Plain.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// Never in a public rendering.
    pub internal: bool,
}

/// The view of a record. `tolerance` is in seconds.
pub fn record_view(id: &str, incident: &Incident, tolerance: i64) -> RecordView {
    Builder::new(incident).record(id, tolerance)
}

struct Builder<'i> {
    incident: &'i Incident,
    words: &'static Words,
    zone: Option<Zone>,
    many_days: bool,
    /// The zone's clocks were changed while it went on: times need their letters.
    many_offsets: bool,
    /// Most of it was written down as it happened.
    written_live: bool,
}

impl<'i> Builder<'i> {
    fn new(incident: &'i Incident) -> Builder<'i> {
        let words = words_for(incident.language.as_deref());
        let zone = incident.zone;
        let planned = incident.plan.iter().map(|step| step.at);
        let moments = planned.chain(incident.events.iter().map(|event| event.at));
        let clocks: Vec<Clock> = moments.map(|at| at.clock(zone)).collect();
        let exact = clocks.iter().filter(|clock| clock.precision != Precision::Day);
        let offsets: HashSet<i32> = exact.map(|clock| clock.offset_minutes).collect();
        let days: HashSet<Day> = clocks.iter().map(|clock| clock.day).collect();
        let (live, written) = written_live(incident);
        Builder {
            incident,
            words,
            zone,
            many_days: days.len() > 1,
            many_offsets: offsets.len() > 1,
            written_live: live * 2 > written,
        }
    }

    fn record(&self, id: &str, tolerance: i64) -> RecordView {
        let incident = self.incident;
        let rows = rows(incident, tolerance);
        let events = self.events(&rows);
        let status = incident.last_milestone();
        let open = incident.is_open();
        let state = if open { self.words.labels.open } else { self.words.labels.ended };
        let date = incident.day();
        RecordView {
            view: 1,
            id: id.to_owned(),
            title: incident.title.clone(),
            kind: incident.kind.clone(),
            kind_label: incident.kind.as_deref().map(self.words.kind),
            version: incident.version.clone(),
            severity: incident.severity.clone(),
            status_label: status.map_or_else(|| state.to_owned(), self.words.event_type),
            status: status.map(|kind| kind.word().to_owned()),
            open,
            sample: incident.sample,
            date: date.map(|day| day.to_string()),
            date_text: date.map(|day| (self.words.day)(&day)),
            zone: self.zone.map(|zone| zone.name().to_owned()),
            language: self.words.code.to_owned(),
            author: incident.author.clone(),
            services: incident.services.clone(),
            tags: incident.tags.clone(),
            categories: incident.categories.clone(),
            published: self.published(),
            summary: incident.summary.clone(),
            impact: incident.impact.clone(),
            plan: self.plan(),
            rows: rows.iter().map(|row| self.row(row)).collect(),
            has_story: events.iter().any(|event| event.key),
            events,
            many_days: self.many_days,
            durations: self.durations(&rows),
            contributing_factors: incident.contributing_factors.clone(),
            lessons: self.lessons(),
            actions: incident.actions.iter().map(action).collect(),
            sections: self.sections(),
            attachments: self.attachments(),
            labels: self.words.labels,
        }
    }

    /// `published`, else the record's day: a post keeps its date when an event is added.
    fn published(&self) -> Option<TimeView> {
        let day = || self.incident.day().map(|day| Moment::of_day(day, self.zone));
        self.incident.published.or_else(day).map(|at| self.time(&at))
    }

    fn plan(&self) -> Vec<StepView> {
        let mut steps: Vec<&PlanStep> = self.incident.plan.iter().collect();
        steps.sort_by(|a, b| a.at.order(&b.at));
        steps.into_iter().map(|step| self.step(step)).collect()
    }

    fn step(&self, step: &PlanStep) -> StepView {
        StepView {
            id: step.id.clone(),
            time: self.time(&step.at),
            until: step.until.map(|at| self.time(&at)),
            text: step.text.clone(),
            owner: step.owner.clone(),
            first_planned: step.revised.first().map(|revision| self.time(&revision.from)),
            revised_why: step.revised.last().and_then(|revision| revision.why.clone()),
            skipped: step.skipped.is_some(),
            skipped_why: step.skipped.as_ref().and_then(|skip| skip.why.clone()),
        }
    }

    fn row(&self, row: &Row) -> RowView {
        let event = |event: &&Event| RowEvent {
            time: self.time(&event.at),
            about: event.about,
            text: event.headline().to_owned(),
        };
        RowView {
            step: row.step.map(|step| self.step(step)),
            events: row.events.iter().map(event).collect(),
            verdict: verdict_word(row.verdict),
            label: self.deviation(row.verdict, row.deviation),
            minutes: row
                .deviation
                .filter(|deviation| deviation.precision != Precision::Day)
                .map(|deviation| deviation.seconds / 60),
            end_label: row.end_deviation.map(|deviation| self.end_deviation(deviation)),
        }
    }

    /// A row's word with its amount. A step on time says its few minutes too.
    fn deviation(&self, verdict: Verdict, deviation: Option<Elapsed>) -> String {
        let amount = deviation.filter(|d| d.seconds != 0).map(|d| self.amount(d));
        match (verdict, amount) {
            (Verdict::Early | Verdict::Late, Some(amount)) => {
                (self.words.verdict)(verdict, Some(&amount))
            }
            (Verdict::OnTime, Some(amount)) => {
                let side = side_of(deviation);
                format!(
                    "{}, {}",
                    (self.words.verdict)(verdict, None),
                    (self.words.verdict)(side, Some(&amount))
                )
            }
            _ => (self.words.verdict)(verdict, None),
        }
    }

    fn end_deviation(&self, deviation: Elapsed) -> String {
        if deviation.seconds == 0 {
            return (self.words.verdict)(Verdict::OnTime, None);
        }
        (self.words.verdict)(side_of(Some(deviation)), Some(&self.amount(deviation)))
    }

    fn amount(&self, elapsed: Elapsed) -> String {
        (self.words.amount)(elapsed.seconds.abs(), elapsed.precision)
    }

    fn event(&self, event: &Event, rows: &[Row]) -> EventView {
        let first_of = |row: &&Row| {
            row.step.is_some()
                && row.events.first().is_some_and(|first| std::ptr::eq(*first, event))
        };
        let deviations: Vec<String> = rows
            .iter()
            .filter(first_of)
            .map(|row| self.deviation(row.verdict, row.deviation))
            .collect();
        let logged = event.logged.map(|at| self.time(&at));
        let noted_later = logged.as_ref().map(|logged| {
            let when = if logged.date == self.time(&event.at).date {
                logged.hm.clone()
            } else {
                format!("{} {}", logged.date, logged.hm)
            };
            (self.words.noted_later)(when.trim())
        });
        // Where most was written afterwards, saying it of each would only be noise.
        let noted_later = noted_later.filter(|_| self.written_live);
        let more = event.text.trim().split_once('\n').map(|(_, rest)| rest.trim().to_owned());
        EventView {
            number: 0,
            time: self.time(&event.at),
            new_day: None,
            until_text: self.end_of(event, |end| &end.time),
            until_clock: self.end_of(event, |end| &end.clock),
            until: event.until.map(|at| self.time(&at)),
            about: event.about,
            text: event.text.clone(),
            headline: event.headline().to_owned(),
            more: more.filter(|rest| !rest.is_empty()),
            kind: event.kind.as_ref().map(|kind| kind.word().to_owned()),
            type_label: event.kind.as_ref().map(self.words.event_type),
            milestone: event.kind.as_ref().is_some_and(EventType::is_milestone),
            steps: event.steps.clone(),
            deviation: (!deviations.is_empty()).then(|| deviations.join(", ")),
            by: event.by.clone(),
            why: event.why.clone(),
            key: event.key,
            internal: event.audience == Audience::Internal,
            added_later: self.written_live
                && logged.as_ref().is_some_and(|l| l.date != self.time(&event.at).date),
            logged,
            noted_later,
            from: event.from.clone(),
            to: event.to.clone(),
            detail: event.detail.clone(),
            attachments: event
                .attachments
                .iter()
                .map(|file| attachment(file, event.detail.as_deref()))
                .collect(),
            refs: event.refs.clone(),
            metrics: event.metrics.clone(),
        }
    }

    fn end_of(&self, event: &Event, said: fn(&TimeView) -> &String) -> Option<String> {
        let (start, end) = (self.time(&event.at), self.time(&event.until?));
        let time = said(&end);
        Some(if start.date == end.date {
            time.clone()
        } else {
            format!("{} {time}", &end.date[5..])
        })
    }

    fn events(&self, rows: &[Row]) -> Vec<EventView> {
        let mut events: Vec<EventView> = self
            .incident
            .events_in_time()
            .into_iter()
            .map(|event| self.event(event, rows))
            .collect();
        for (at, event) in events.iter_mut().enumerate() {
            event.number = at + 1;
        }
        let mut day = String::new();
        for event in events.iter_mut().filter(|_| self.many_days) {
            if event.time.date != day {
                day.clone_from(&event.time.date);
                event.new_day = Some(event.time.date_text.clone());
            }
        }
        events
    }

    fn durations(&self, rows: &[Row]) -> Vec<DurationView> {
        let mut all: Vec<DurationView> =
            durations(self.incident).iter().map(|duration| self.duration(duration)).collect();
        if let Some(kept) = schedule_kept(rows) {
            all.push(DurationView {
                name: self.words.labels.schedule_kept.to_owned(),
                value: (self.words.of)(kept.on_time, kept.planned),
                seconds: None,
                formula: self.words.labels.kept_formula.to_owned(),
            });
        }
        let (live, written) = written_live(self.incident);
        if written > 0 {
            all.push(DurationView {
                name: self.words.labels.written_live.to_owned(),
                value: (self.words.of)(live, written),
                seconds: None,
                formula: self.words.labels.live_formula.to_owned(),
            });
        }
        all
    }

    fn duration(&self, duration: &Duration) -> DurationView {
        let said = |event: &Event| {
            let kind = event.kind.as_ref().map(self.words.event_type).unwrap_or_default();
            format!("{kind} {}", self.time(&event.at).short)
        };
        let missing = |kind: &EventType| (self.words.not_recorded)(&(self.words.event_type)(kind));
        let formula = match (duration.from, duration.to) {
            (Some(from), Some(to)) if duration.fallback => {
                format!(
                    "{} − {} ({})",
                    said(to),
                    said(from),
                    missing(&duration.measure.starts()[0])
                )
            }
            (Some(from), Some(to)) => format!("{} − {}", said(to), said(from)),
            (None, Some(_)) => missing(&duration.measure.starts()[0]),
            (Some(_), None) => missing(&duration.measure.end()),
            (None, None) => format!(
                "{}, {}",
                missing(&duration.measure.starts()[0]),
                missing(&duration.measure.end())
            ),
        };
        DurationView {
            name: (self.words.measure)(duration.measure),
            value: duration.value.map_or_else(|| "—".to_owned(), |value| self.signed_amount(value)),
            seconds: duration.value.map(|value| value.seconds),
            formula,
        }
    }

    /// A duration below zero says so: its events are in the wrong order.
    fn signed_amount(&self, elapsed: Elapsed) -> String {
        let sign = if elapsed.seconds < 0 { "−" } else { "" };
        format!("{sign}{}", self.amount(elapsed))
    }

    fn lessons(&self) -> LessonsView {
        let lessons = &self.incident.lessons;
        LessonsView {
            well: lessons.well.clone(),
            badly: lessons.badly.clone(),
            lucky: lessons.lucky.clone(),
            surprised: lessons.surprised.clone(),
            any: !lessons.is_empty(),
        }
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

    /// Files of the whole record, which any of its texts may show.
    fn attachments(&self) -> Vec<AttachmentView> {
        let incident = self.incident;
        let sections = incident.sections.iter().map(|section| section.body.as_str());
        let texts = [incident.summary.as_deref(), incident.impact.as_deref()];
        let all: Vec<&str> = texts.into_iter().flatten().chain(sections).collect();
        let all = all.join("\n");
        incident.attachments.iter().map(|file| attachment(file, Some(&all))).collect()
    }

    fn time(&self, at: &Moment) -> TimeView {
        let clock = at.clock(self.zone);
        let date = clock.day.to_string();
        let date_text = (self.words.day)(&clock.day);
        let hm = match clock.precision {
            Precision::Day => String::new(),
            Precision::Minute => format!("{:02}:{:02}", clock.hour, clock.minute),
            Precision::Second => {
                format!("{:02}:{:02}:{:02}", clock.hour, clock.minute, clock.second)
            }
        };
        let letters = |time: &str| match time {
            "" => String::new(),
            time if self.many_offsets => format!("{time} {}", clock.zone),
            time => time.to_owned(),
        };
        let time = letters(&hm);
        let short = match (&*time, self.many_days) {
            ("", _) => date.clone(),
            (time, true) => format!("{} {time}", &date[5..]),
            (time, false) => time.to_owned(),
        };
        let spoken = letters(&(self.words.clock)(&clock));
        let minutes = clock.offset_minutes.abs();
        let sign = if clock.offset_minutes < 0 { '-' } else { '+' };
        TimeView {
            iso: self.zone.map_or(*at, |zone| at.seen_in(zone)).written(),
            clock: if spoken.is_empty() { date_text.clone() } else { spoken },
            offset: format!("{sign}{:02}{:02}", minutes / 60, minutes % 60),
            zone: clock.zone,
            precision: match clock.precision {
                Precision::Day => "day",
                Precision::Minute => "minute",
                Precision::Second => "second",
            },
            unix: at.unix(),
            date,
            date_text,
            hm,
            time,
            short,
        }
    }
}

fn side_of(deviation: Option<Elapsed>) -> Verdict {
    if deviation.is_some_and(|d| d.seconds < 0) { Verdict::Early } else { Verdict::Late }
}

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::OnTime => "on time",
        Verdict::Early => "early",
        Verdict::Late => "late",
        Verdict::NotRecorded => "not recorded",
        Verdict::Skipped => "skipped",
        Verdict::Unplanned => "unplanned",
    }
}

fn attachment(attachment: &Attachment, around: Option<&str>) -> AttachmentView {
    let ending = attachment.file.rsplit('.').next().unwrap_or("").to_lowercase();
    AttachmentView {
        file: attachment.file.clone(),
        alt: attachment.alt.clone().unwrap_or_default(),
        width: attachment.width.clone(),
        caption: attachment.caption.clone(),
        inline: around.is_some_and(|text| text.contains(&format!("]({})", attachment.file))),
        image: ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"].contains(&ending.as_str()),
    }
}

fn action(action: &Action) -> ActionView {
    ActionView {
        text: action.text.clone(),
        owner: action.owner.clone(),
        due: action.due.map(|day| day.to_string()),
        kind: action.kind.clone(),
        done: action.done.map(|day| day.to_string()),
        reference: action.reference.clone(),
    }
}
