//! Statuspage: incidents and maintenances with their updates, as in its API and its exports. `display_at` is when it
//! happened, `created_at` when it was written down.

use serde_json::Value;

use crate::model::{Audience, EventType, Moment, PlanStep, Section, Zone};

use super::chat;
use crate::fault::{DoubtCode, ImportFault, WhyLeft};

use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::json::{Json, JsonFields, Node};
use super::text::text_of;

/// The sizes of a full page.
const PAGES: [usize; 2] = [50, 100];

/// Reads incidents and maintenances, with a record for each.
///
/// # Errors
/// It is not such a file.
pub(super) fn read(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut gathered = DraftBuilder::new(answers);
    for input in inputs {
        let text = text_of(input, answers)?;
        let json = Json::read(&input.name, &text)?;
        gathered.reads(&input.name);
        let root = json.root()?;
        let zone = root.value.text("page.time_zone").and_then(Zone::parse);
        let mut found = json.under(&root, "incidents")?;
        if PAGES.contains(&found.len()) {
            gathered.doubt(DoubtCode::MorePages, root.place, &input.name);
        }
        found.extend(json.under(&root, "scheduled_maintenances")?);
        if found.is_empty() {
            found = json.items()?;
        }
        for incident in &found {
            take(&mut gathered, &json, incident, zone)?;
        }
    }
    gathered.turn_newest_first();
    Ok(gathered.finish())
}

fn take(
    gathered: &mut DraftBuilder<'_>,
    json: &Json<'_>,
    incident: &Node<'_>,
    zone: Option<Zone>,
) -> Result<(), ImportFault> {
    let value = &incident.value;
    let Some(id) = value.word("id").filter(|_| value.at("incident_updates").is_some()) else {
        return Ok(());
    };
    let is_planned = value.at("scheduled_for").is_some();
    gathered.begin(value.text("name").unwrap_or(&id).to_owned());
    gathered.own_zone(zone);
    let record = gathered.record();
    record.kind = Some(if is_planned { "maintenance" } else { "outage" }.to_owned());
    record.services = names_of(value.list("components"));
    let impact = value.text("impact").filter(|it| !matches!(*it, "none" | "maintenance"));
    record.tags = impact.map(|impact| format!("impact {impact}")).into_iter().collect();
    if let Some(body) = value.text("postmortem_body") {
        let title = "Postmortem".to_owned();
        record.sections.push(Section {
            title,
            body: body.to_owned(),
            audience: Audience::Everyone,
        });
    }
    if is_planned {
        step(gathered, incident, &id);
    }
    let updates = json.under(incident, "incident_updates")?;
    let ended = updates.iter().find(|it| it.value.text("status") == Some("completed"));
    let begun = updates.iter().any(|it| it.value.text("status") == Some("in_progress"));
    for each in &updates {
        let is_end = each.value.text("status") == Some("completed") && begun && is_planned;
        if !is_end {
            update(gathered, each, is_planned.then_some((id.as_str(), ended)));
        }
    }
    Ok(())
}

/// Adds the window of a maintenance as a step of the plan.
fn step(gathered: &mut DraftBuilder<'_>, incident: &Node<'_>, id: &str) {
    let value = &incident.value;
    let written = value.text("scheduled_for").unwrap_or_default();
    let name = value.text("name").unwrap_or(id);
    let Some(at) = gathered.time(written, incident.place) else {
        return gathered.leave(incident.place, format!("{written} {name}"), WhyLeft::NoTime);
    };
    let until = value.text("scheduled_until");
    let mut step = PlanStep::new(at, name);
    let until = until.and_then(|until| gathered.time(until, incident.place));
    step.until = gathered.end_of(&at, until, incident.place);
    step.id = Some(id.to_owned());
    step.source = Some(format!("statuspage:{id}"));
    gathered.step(step, incident.place, written);
}

/// Adds an update as an event. The update with which a maintenance began carries out its step, until the one with which
/// it ended.
fn update(
    gathered: &mut DraftBuilder<'_>,
    update: &Node<'_>,
    maintenance: Option<(&str, Option<&Node<'_>>)>,
) {
    let value = &update.value;
    let status = value.text("status").unwrap_or_default();
    let body = value.text("body").unwrap_or(status);
    let created = value.text("created_at");
    let written = value.word("display_at").or_else(|| value.word("created_at"));
    let written = written.as_deref().unwrap_or_default();
    let Some(at) = gathered.time(written, update.place) else {
        let text = format!("{written} {body}");
        return gathered.leave(update.place, text.trim().to_owned(), WhyLeft::NoTime);
    };
    let mut event = chat::event(at, body);
    event.source = value.word("id").map(|id| format!("statuspage:{id}"));
    event.logged =
        created.and_then(|it| gathered.time(it, update.place)).filter(|it| is_later(it, &at));
    let mut details: Vec<String> = event.detail.take().into_iter().collect();
    details.extend(value.list("affected_components").iter().filter_map(changed));
    match maintenance {
        None => event.kind = milestone(status),
        Some((id, ended)) if status == "in_progress" => {
            event.steps = vec![id.to_owned()];
            let end = ended.and_then(|end| {
                let written =
                    end.value.text("display_at").or_else(|| end.value.text("created_at"))?;
                details.extend(end.value.text("body").map(str::to_owned));
                gathered.time(written, end.place)
            });
            event.until = gathered.end_of(&at, end, update.place);
        }
        Some(_) => {}
    }
    event.detail = (!details.is_empty()).then(|| details.join("\n\n"));
    gathered.event(event, update.place, written);
}

/// Returns the milestone for a status.
fn milestone(status: &str) -> Option<EventType> {
    let kinds = [
        EventType::Investigating,
        EventType::Identified,
        EventType::Monitoring,
        EventType::Resolved,
    ];
    kinds.into_iter().find(|kind| kind.word() == status)
}

/// Returns whether something was written down a minute or more after it happened.
fn is_later(logged: &Moment, at: &Moment) -> bool {
    logged.unix() - at.unix() >= 60
}

/// Returns how a component's state changed: `Search: operational → degraded performance`.
fn changed(component: &Value) -> Option<String> {
    let [old, new] =
        ["old_status", "new_status"].map(|key| component.text(key).map(|it| it.replace('_', " ")));
    let (old, new) = old.zip(new).filter(|(old, new)| old != new)?;
    Some(format!("- {}: {old} → {new}", component.text("name")?))
}

fn names_of(components: &[Value]) -> Vec<String> {
    components.iter().filter_map(|it| it.text("name")).map(str::to_owned).collect()
}
