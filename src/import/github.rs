//! GitHub: releases, issues, comments, deployments, runs and milestones, in the formats of its API, `gh … --json` and
//! webhooks, which are distinguished by their keys.

use serde_json::Value;

use crate::model::PlanStep;

use super::chat;
use crate::fault::{DoubtCode, ImportFault, WhyLeft};

use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::json::{Json, JsonFields, Node};
use super::text::text_of;

/// The sizes of a full page.
const PAGES: [usize; 2] = [30, 100];
/// Keys that contain a list, or the object of a webhook.
const WRAPPED: [&str; 9] = [
    "workflow_runs",
    "workflow_run",
    "releases",
    "release",
    "comment",
    "issue",
    "deployment_status",
    "milestone",
    "comments",
];

/// Reads the files as one record.
///
/// # Errors
/// One of them is not JSON.
pub(super) fn read(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut reading = Reading { gathered: DraftBuilder::new(answers), title: None };
    reading.gathered.begin(String::new());
    for input in inputs {
        let text = text_of(input, answers)?;
        let json = Json::read(&input.name, &text)?;
        let items = json.items()?;
        if text.trim_start().starts_with('[') && PAGES.contains(&items.len()) {
            reading.gathered.doubt(DoubtCode::MorePages, items[0].place, &input.name);
        }
        for item in &items {
            reading.unwrap(&json, item, &input.name)?;
        }
    }
    let title = reading.title.take().map_or("GitHub".to_owned(), |(_, title)| title);
    reading.gathered.record().title = title;
    Ok(reading.gathered.finish())
}

struct Reading<'a> {
    gathered: DraftBuilder<'a>,
    /// The best title so far with its rank: that of an issue, then of a release, then of a milestone.
    title: Option<(usize, String)>,
}

impl Reading<'_> {
    /// Reads an object, or the objects in it; of one that was read, only its comments.
    fn unwrap(&mut self, json: &Json<'_>, item: &Node<'_>, name: &str) -> Result<(), ImportFault> {
        let is_taken = self.take(json, item)?;
        for key in WRAPPED.iter().filter(|key| !is_taken || **key == "comments") {
            let total = item.value.number("total_count").unwrap_or_default();
            let found = json.under(item, key)?;
            if !found.is_empty() && total > found.len() as i64 {
                self.gathered.doubt(DoubtCode::MorePages, item.place, name);
            }
            for each in found.iter().chain(json.object(item, key)?.iter()) {
                self.take(json, each)?;
            }
        }
        Ok(())
    }

    /// Reads an object according to its keys; returns whether it is a known kind.
    fn take(&mut self, json: &Json<'_>, item: &Node<'_>) -> Result<bool, ImportFault> {
        let has = |keys: [&str; 2]| keys.iter().any(|key| item.value.get(key).is_some());
        if has(["tag_name", "tagName"]) {
            self.release(item);
        } else if has(["due_on", "dueOn"]) {
            self.milestone(item);
        } else if has(["run_attempt", "run_started_at"])
            || has(["attempt", "startedAt"]) && has(["conclusion", "workflowName"])
        {
            self.run(item);
        } else if has(["title", "title"]) && has(["number", "number"]) {
            self.issue(item);
        } else if has(["environment", "environment"]) {
            self.deployment(json, item)?;
        } else if has(["body", "body"]) {
            self.comment(item);
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn entitle(&mut self, rank: usize, title: &str) {
        if self.title.as_ref().is_none_or(|(best, _)| rank < *best) {
            self.title = Some((rank, title.to_owned()));
        }
    }

    /// Adds an event with the time under the first of these keys that exists.
    fn event(&mut self, item: &Node<'_>, keys: &[&str], told: Told) {
        let Some(written) = any(&item.value, keys) else {
            return self.gathered.leave(item.place, told.text, WhyLeft::NoTime);
        };
        let Some(at) = self.gathered.time(written, item.place) else {
            return self.gathered.leave(
                item.place,
                format!("{written} {}", told.text),
                WhyLeft::NoTime,
            );
        };
        let mut event = chat::event(at, &told.text);
        event.detail = told.detail.or(event.detail);
        event.by = told.by;
        event.source = Some(format!("github:{}", told.source));
        event.steps = told.step.into_iter().collect();
        event.refs = any(&item.value, &["html_url", "url"])
            .filter(|url| {
                url.starts_with("https://github.com/") || item.value.get("html_url").is_some()
            })
            .map(str::to_owned)
            .into_iter()
            .collect();
        let ended = told.until.as_deref().and_then(|end| self.gathered.time(end, item.place));
        event.until = ended.filter(|end| at.is_before(end));
        self.gathered.event(event, item.place, written);
    }

    fn release(&mut self, item: &Node<'_>) {
        let value = &item.value;
        let tag = any(value, &["tag_name", "tagName"]).unwrap_or_default();
        let name = value.text("name").unwrap_or(tag).to_owned();
        if value.is_true("draft") || value.is_true("isDraft") {
            return self.gathered.leave(item.place, name, WhyLeft::Draft);
        }
        self.entitle(1, &name);
        let told =
            Told::new(format!("release:{}", id(value, &["id", "databaseId"], tag)), name, value);
        self.event(item, &["published_at", "publishedAt"], told.with_body(value));
    }

    fn issue(&mut self, item: &Node<'_>) {
        let value = &item.value;
        let number = value.word("number").unwrap_or_default();
        let title = value.text("title").unwrap_or(&number).to_owned();
        self.entitle(0, &title);
        let told = Told::new(format!("issue:{number}"), title.clone(), value).with_body(value);
        self.event(item, &["created_at", "createdAt"], told);
        let merged = any(value, &["merged_at", "mergedAt"]).is_some();
        let (keys, word): (&[&str], _) = match merged {
            true => (&["merged_at", "mergedAt"], "merged"),
            false => (&["closed_at", "closedAt"], "closed"),
        };
        if any(value, keys).is_some() {
            let told = Told::bare(format!("issue:{number}:{word}"), format!("{title} ({word})"));
            let by = person(value, &["merged_by", "mergedBy", "closed_by"]);
            self.event(item, keys, Told { by, ..told });
        }
    }

    fn comment(&mut self, item: &Node<'_>) {
        let value = &item.value;
        let body = value.text("body").unwrap_or_default().to_owned();
        let id = id(value, &["id", "databaseId"], "");
        let is_bot = value.text("user.type") == Some("Bot")
            || person(value, &["user", "author"]).is_some_and(|name| name.ends_with("[bot]"))
            || value.is_true("author.is_bot");
        if is_bot {
            return self.gathered.leave(item.place, body, WhyLeft::Bot);
        }
        let created = any(value, &["created_at", "createdAt"]);
        let updated = any(value, &["updated_at", "updatedAt", "lastEditedAt"]);
        let edited =
            updated.is_some() && updated != created || value.is_true("includesCreatedEdit");
        if edited {
            self.gathered.doubt(DoubtCode::Edited, item.place, &id);
        }
        self.event(
            item,
            &["created_at", "createdAt"],
            Told::new(format!("comment:{id}"), body, value),
        );
    }

    fn deployment(&mut self, json: &Json<'_>, item: &Node<'_>) -> Result<(), ImportFault> {
        let environment = item.value.text("environment").unwrap_or_default().to_owned();
        let statuses = json.under(item, "statuses")?;
        if statuses.is_empty() {
            let word = item.value.text("state").unwrap_or("created");
            let kind =
                if item.value.get("state").is_some() { "deployment_status" } else { "deployment" };
            self.status(item, kind, &environment, word);
        }
        for status in &statuses {
            let word = status.value.text("state").unwrap_or_default();
            self.status(status, "deployment_status", &environment, word);
        }
        Ok(())
    }

    fn status(&mut self, item: &Node<'_>, kind: &str, environment: &str, word: &str) {
        let text = format!("{environment}: {}", word.replace('_', " ").to_lowercase());
        let source = format!("{kind}:{}", id(&item.value, &["id", "databaseId"], ""));
        let detail = item.value.text("description").map(str::to_owned);
        self.event(
            item,
            &["created_at", "createdAt"],
            Told { detail, ..Told::new(source, text, &item.value) },
        );
    }

    fn run(&mut self, item: &Node<'_>) {
        let value = &item.value;
        let attempt = value.number("run_attempt").or(value.number("attempt")).unwrap_or(1);
        let name = any(value, &["name", "workflowName", "displayTitle"]).unwrap_or("run");
        self.entitle(3, name);
        let state = any(value, &["conclusion", "status"]).unwrap_or_default();
        let state = match state {
            "failure" => "failed".to_owned(),
            "success" => "succeeded".to_owned(),
            other => other.replace('_', " "),
        };
        let again = if attempt > 1 { format!(" (attempt {attempt})") } else { String::new() };
        let source = format!("run:{}:{attempt}", id(value, &["id", "databaseId"], ""));
        let is_over = value.text("status") == Some("completed");
        let until = any(value, &["updated_at", "updatedAt"]).filter(|_| is_over).map(str::to_owned);
        let told = Told { until, ..Told::new(source, format!("{name} {state}{again}"), value) };
        self.event(item, &["run_started_at", "startedAt", "created_at", "createdAt"], told);
    }

    /// Reads a milestone: its due time is a day, with an arbitrary clock time.
    fn milestone(&mut self, item: &Node<'_>) {
        let value = &item.value;
        let number = value.word("number").unwrap_or_default();
        let title = value.text("title").unwrap_or(&number).to_owned();
        let step_id = format!("milestone-{number}");
        self.entitle(2, &title);
        let due = any(value, &["due_on", "dueOn"]);
        let day = due.and_then(|due| crate::model::Day::parse(due.get(..10)?));
        if let Some(day) = day {
            let mut step =
                PlanStep::new(crate::model::Moment::of_day(day, self.gathered.zone()), &title);
            step.id = Some(step_id.clone());
            step.source = Some(format!("github:milestone:{number}"));
            self.gathered.doubt(DoubtCode::MilestoneDayOnly, item.place, &title);
            self.gathered.step(step, item.place, due.unwrap_or_default());
        }
        if any(value, &["closed_at", "closedAt"]).is_some() {
            let told = Told::bare(format!("milestone:{number}:closed"), title);
            self.event(
                item,
                &["closed_at", "closedAt"],
                Told { step: day.map(|_| step_id), ..told },
            );
        }
    }
}

/// An event before its time is parsed.
struct Told {
    source: String,
    text: String,
    by: Option<String>,
    detail: Option<String>,
    step: Option<String>,
    until: Option<String>,
}

impl Told {
    fn bare(source: String, text: String) -> Told {
        Told { source, text, by: None, detail: None, step: None, until: None }
    }

    /// Returns an event with the person who caused it.
    fn new(source: String, text: String, value: &Value) -> Told {
        let by = person(value, &["author", "user", "creator", "sender"]);
        Told { by, ..Told::bare(source, text) }
    }

    fn with_body(self, value: &Value) -> Told {
        Told { detail: value.text("body").map(str::to_owned), ..self }
    }
}

/// Returns the first text that exists: the API and `gh` spell their keys differently.
fn any<'v>(value: &'v Value, keys: &[&str]) -> Option<&'v str> {
    keys.iter().find_map(|key| value.text(key))
}

fn id(value: &Value, keys: &[&str], otherwise: &str) -> String {
    keys.iter().rev().find_map(|key| value.word(key)).unwrap_or_else(|| otherwise.to_owned())
}

fn person(value: &Value, keys: &[&str]) -> Option<String> {
    let login = |key: &&str| value.text(&format!("{key}.login")).map(str::to_owned);
    keys.iter().find_map(login)
}
