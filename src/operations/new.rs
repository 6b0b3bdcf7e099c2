//! Creates records.

use std::time::Duration;

use crate::check::told_without_secrets;
use crate::fault::{Fault, Field, StoreFault};
use crate::format::{NEW, compose, step_item};
use crate::lang::{kind_named, language_of};
use crate::model::{Day, IncidentId, PlanStep, Zone, nearest};
use crate::store::{Command, LockWait, Project, RecordName};
use crate::yaml::Value;

use super::secrets::{refuse_added, secrets_added};
use super::texts::{accepted, check_language};
use super::when::day_named;
use super::workspace::Workspace;

/// A new record. Fields without a value are not written, or are the project's.
#[derive(Debug, Default)]
pub struct NewRequest {
    /// What people will call it.
    pub title: String,
    /// Its kind: release, outage, maintenance, or another word.
    pub kind: String,
    /// The day it is about, as typed; the day of the operation if `None`.
    pub date: Option<String>,
    /// The version that is released.
    pub version: Option<String>,
    /// A word of the severity scale.
    pub severity: Option<String>,
    /// What is released or broken.
    pub services: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Its zone.
    pub zone: Option<Zone>,
    /// Its language.
    pub language: Option<String>,
    /// Its id; made from its day and title if `None`.
    pub id: Option<String>,
    /// Its initial plan.
    pub plan: Vec<PlanStep>,
    /// Whether the current record remains the current one.
    pub stays_aside: bool,
}

/// A record that was created.
#[derive(Debug)]
pub struct NewRecord {
    /// The record.
    pub record: RecordName,
    /// Its kind.
    pub kind: String,
    /// The day it is about.
    pub day: Day,
    /// Its zone.
    pub zone: Zone,
    /// Whether it became the current record; it exists in either case.
    pub chosen: Result<(), StoreFault>,
    /// Whether the journal has it, so that it can be undone.
    pub noted: Result<(), StoreFault>,
    /// Secrets in it, in masked form.
    pub secrets: Vec<String>,
}

/// How long others may hold a record with that name.
const WAIT: Duration = Duration::from_secs(10);

/// Creates a record and makes it the current one, unless it is to stay aside.
///
/// # Errors
/// A text, the day or a word is invalid, or the record exists or cannot be written.
pub fn new_record(workspace: &Workspace, request: &NewRequest) -> Result<NewRecord, Fault> {
    let project = &workspace.project;
    let title = accepted(Field::Title, &request.title)?.replace('\n', " ");
    for (field, texts) in [
        (Field::Kind, std::slice::from_ref(&request.kind)),
        (Field::Service, &request.services),
        (Field::Tag, &request.tags),
    ] {
        texts.iter().try_for_each(|text| accepted(field, text).map(|_| ()))?;
    }
    check_language(request.language.as_deref())?;
    let kind = kind_of(&request.kind);
    let zone = request.zone.unwrap_or(workspace.zone);
    let day = match &request.date {
        Some(text) => day_named(text, Field::Date, workspace.now, zone)?,
        None => workspace.now.clock(Some(zone)).day,
    };
    let id = match &request.id {
        Some(text) => IncidentId::parse(text).map_err(Fault::Id)?,
        None => IncidentId::from_title(day, &told_without_secrets(&title)),
    };
    if let Some(severity) = &request.severity {
        severity_named(project, severity)?;
    }
    let text = request.text(project, (&title, &kind), zone, day);
    refuse_added(&project.settings, "", &text)?;
    let command = Command { verb: NEW, now: workspace.now };
    let wait = LockWait { limit: WAIT, waiting: &|| {} };
    let (record, noted) =
        project.begin_record(id.as_str(), &text, &title, (&command, Vec::new()), &wait)?;
    let chosen = if request.stays_aside { Ok(()) } else { project.choose(&record.id) };
    Ok(NewRecord { record, kind, day, zone, chosen, noted, secrets: secrets_added("", &text) })
}

impl NewRequest {
    /// Returns the text of the record.
    fn text(&self, project: &Project, (title, kind): (&str, &str), zone: Zone, day: Day) -> String {
        let text = |value: &str| Some(Value::text(value));
        let texts = |values: &[String]| (!values.is_empty()).then(|| Value::texts(values));
        let language = self.language.clone().or_else(|| project.settings.language.clone());
        let language = language.unwrap_or_else(|| language_of(title).to_owned());
        let plan: Vec<Value> = self.plan.iter().map(step_item).collect();
        let keys = [
            ("title", text(title)),
            ("kind", text(kind)),
            ("version", self.version.as_deref().and_then(text)),
            ("severity", self.severity.as_deref().and_then(text)),
            ("date", text(&day.to_string())),
            ("timezone", text(zone.name())),
            ("language", text(&language)),
            ("author", project.settings.author.as_deref().and_then(text)),
            ("services", texts(&self.services)),
            ("tags", texts(&self.tags)),
            ("plan", (!plan.is_empty()).then_some(Value::List(plan))),
            ("events", Some(Value::List(Vec::new()))),
        ];
        let known: Vec<(&str, Value)> =
            keys.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
        format!("{}{}", project.schema_line(), compose(&known))
    }
}

/// Returns the word for a kind that was typed: a built-in one, named in any language, or the user's own word.
pub(super) fn kind_of(typed: &str) -> String {
    kind_named(typed).unwrap_or(typed).to_owned()
}

/// Returns the spelling of a severity in the severity scale.
///
/// # Errors
/// The scale has no such severity.
pub(super) fn severity_named(project: &Project, severity: &str) -> Result<String, Fault> {
    let scale = project.settings.scale();
    if let Some(word) = scale.iter().find(|word| word.eq_ignore_ascii_case(severity)) {
        return Ok((*word).to_owned());
    }
    // The number alone.
    let ending = |word: &&&str| word.to_lowercase().ends_with(&severity.to_lowercase());
    let mut ended = scale.iter().filter(ending);
    let one = ended.next().copied().filter(|_| ended.next().is_none());
    Err(Fault::Severity {
        typed: severity.to_owned(),
        near: one.or_else(|| nearest(severity, scale.iter().copied())).map(str::to_owned),
        scale: scale.into_iter().map(str::to_owned).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    fn request(title: &str) -> NewRequest {
        NewRequest { title: title.to_owned(), kind: "outage".to_owned(), ..NewRequest::default() }
    }

    #[test]
    fn a_record_is_begun_and_chosen() {
        let trial = Trial::of("title: other\n");
        let workspace = &trial.target.workspace;
        for (request, id, text) in [
            (
                NewRequest { severity: Some("SEV2".to_owned()), ..request("Checkout\nis down") },
                "2024-09-07-checkout-is-down",
                "title: Checkout is down\nkind: outage\nseverity: SEV2\ndate: 2024-09-07\n\
                 timezone: Asia/Seoul\nlanguage: en\nevents: []\n",
            ),
            (
                NewRequest {
                    date: Some("9월 6일".to_owned()),
                    zone: Zone::parse("UTC"),
                    tags: vec!["db".to_owned()],
                    id: Some("own".to_owned()),
                    kind: "점검".to_owned(),
                    ..request("결제 장애")
                },
                "own",
                "title: 결제 장애\nkind: maintenance\ndate: 2024-09-06\ntimezone: UTC\nlanguage: ko\n\
                 tags: [db]\nevents: []\n",
            ),
        ] {
            let made = new_record(workspace, &request).unwrap();
            assert_eq!(made.record.id, id);
            assert_eq!(workspace.project.raw_text(&made.record).unwrap(), text);
            made.chosen.unwrap();
            assert_eq!(workspace.project.chosen().as_deref(), Some(id));
        }
    }

    #[test]
    fn what_no_record_can_begin_with_is_refused() {
        let trial = Trial::of("title: other\n");
        let told = |request: NewRequest| match new_record(&trial.target.workspace, &request) {
            Err(fault) => format!("{fault:?}"),
            Ok(made) => made.record.id,
        };
        let own = |word: &str| Some(word.to_owned());
        for (request, fault) in [
            (request(" "), "Text { field: Title, fault: Empty }"),
            (
                NewRequest { kind: String::new(), ..request("x") },
                "Text { field: Kind, fault: Empty }",
            ),
            (
                NewRequest { tags: vec![String::new()], ..request("x") },
                "Text { field: Tag, fault: Empty }",
            ),
            (
                NewRequest { date: own("someday"), ..request("x") },
                "Day { field: Date, typed: \"someday\" }",
            ),
            (NewRequest { id: own("a/b"), ..request("x") }, "Id(Character('/'))"),
            (
                NewRequest { severity: own("sev9"), ..request("x") },
                "Severity { typed: \"sev9\", near: Some(\"sev1\"), \
                 scale: [\"sev1\", \"sev2\", \"sev3\", \"sev4\", \"sev5\"] }",
            ),
        ] {
            assert_eq!(told(request), fault);
        }
        let korean = told(NewRequest { language: own("kr"), ..request("x") });
        assert!(korean.starts_with("Language { typed: \"kr\", near: Some(\"ko\")"), "{korean}");
        assert!(told(NewRequest { id: own("demo"), ..request("x") }).contains("Exists"));
        assert_eq!(trial.target.workspace.project.list().unwrap().records.len(), 1);
    }
}
