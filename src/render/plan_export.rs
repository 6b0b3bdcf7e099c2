//! Plans for other programs: a calendar, a spreadsheet, a page, and lines that `asrun plan add -` reads.

use std::collections::HashMap;

use serde::Serialize;

use crate::view::{PlanView, PlannedView};

use super::csv::csv;
use super::escape::{data, markdown_text, one_line, terminal};
use super::terminal::{lines_of, manageable, ruled_table};

/// The columns of a spreadsheet, by the names that `asrun plan add -` accepts.
const HEADS: [&str; 13] = [
    "id",
    "time",
    "end",
    "task",
    "owner",
    "after",
    "takes",
    "due",
    "decision",
    "rollback step",
    "if failed",
    "command",
    "precision",
];

/// A row of the spreadsheet.
#[derive(Serialize)]
struct SheetRow<'v> {
    id: Option<&'v str>,
    time: &'v str,
    end: &'v str,
    task: &'v str,
    owner: Option<&'v str>,
    after: String,
    takes: Option<&'v str>,
    due: &'v str,
    decision: &'static str,
    #[serde(rename = "rollback step")]
    rollback: &'static str,
    #[serde(rename = "if failed")]
    if_failed: Option<&'v str>,
    command: Option<&'v str>,
    precision: &'static str,
}

impl<'v> SheetRow<'v> {
    fn of(planned: &'v PlannedView) -> SheetRow<'v> {
        let step = &planned.step;
        let [time, end, due] = &planned.times;
        SheetRow {
            id: step.id.as_deref(),
            time: if time.is_empty() && due.is_empty() { "tbd" } else { time },
            end,
            task: &step.text,
            owner: step.owner.as_deref(),
            after: step.after.join("; "),
            takes: step.takes.as_deref(),
            due,
            decision: yes(step.decision),
            rollback: yes(step.rollback),
            if_failed: step.if_failed.as_deref(),
            command: step.command.as_deref(),
            precision: if planned.is_by_hour { "hour" } else { "" },
        }
    }

    fn cells(&self) -> [&str; 13] {
        [
            self.id.unwrap_or_default(),
            self.time,
            self.end,
            self.task,
            self.owner.unwrap_or_default(),
            &self.after,
            self.takes.unwrap_or_default(),
            self.due,
            self.decision,
            self.rollback,
            self.if_failed.unwrap_or_default(),
            self.command.unwrap_or_default(),
            self.precision,
        ]
    }
}

fn yes(is_so: bool) -> &'static str {
    if is_so { "yes" } else { "" }
}

/// Returns the rows of the plan, without steps that were given up.
fn rows(view: &PlanView) -> Vec<SheetRow<'_>> {
    let open = view.steps.iter().filter(|planned| planned.state != "skipped");
    open.map(SheetRow::of).collect()
}

/// Returns the plan as a table for spreadsheets, with a byte order mark if `mark` is set. The last column is left out if
/// all times are exact.
pub fn plan_csv(view: &PlanView, mark: bool) -> String {
    let rows = rows(view);
    let is_told = rows.iter().any(|row| !row.precision.is_empty());
    csv(&rows, &HEADS[..HEADS.len() - usize::from(!is_told)], mark)
}

/// Returns the plan as a Markdown table, without empty columns.
pub fn plan_markdown(view: &PlanView) -> String {
    let rows = rows(view);
    let said = |place: usize| rows.iter().any(|row| !row.cells()[place].is_empty());
    let columns: Vec<usize> = (0..HEADS.len()).filter(|place| said(*place)).collect();
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = line(columns.iter().map(|place| HEADS[*place].to_owned()).collect());
    out.push_str(&line(columns.iter().map(|_| "---".to_owned()).collect()));
    for row in &rows {
        let cells = row.cells();
        let cell = |place: &usize| {
            let text = one_line(cells[*place]);
            // Ids, times and lengths are not escaped, so that they can be copied.
            let plain = [0, 1, 2, 5, 6, 7].contains(place) && !text.contains(['|', '<', '`', '[']);
            if plain { text } else { markdown_text(&text) }
        };
        out.push_str(&line(columns.iter().map(cell).collect()));
    }
    out
}

/// Returns the steps as `asrun plan add -` reads them, one per line. A text that is not read as such behind a time
/// becomes `[text: …]`; `is_read` gets a line and its text.
pub fn plan_lines(view: &PlanView, is_read: &dyn Fn(&str, &str) -> bool) -> String {
    let line = |row: &SheetRow| {
        let text = terminal(&one_line(row.task)).into_owned();
        let plain = line_of(row, &text);
        let line =
            if is_read(&plain, &text) { plain } else { line_of(row, &format!("[text: {text}]")) };
        format!("{line}\n")
    };
    rows(view).iter().map(line).collect()
}

/// Returns the line of a step with that text.
fn line_of(row: &SheetRow, text: &str) -> String {
    let [
        id,
        time,
        end,
        _,
        owner,
        after,
        takes,
        due,
        decision,
        rollback,
        if_failed,
        command,
        precision,
    ] = row.cells();
    let mut line = match (time, due) {
        ("", due) => format!("by {due}"),
        (time, _) => time.to_owned(),
    };
    if !end.is_empty() {
        line = format!("{line} ~ {end}");
    }
    line = format!("{line} {text}");
    let due = if time.is_empty() { "" } else { due };
    let after = after.replace("; ", ", ");
    for (key, value) in [
        ("id", id),
        ("owner", owner),
        ("after", &after),
        ("takes", takes),
        ("due", due),
        ("precision", precision),
        ("if failed", if_failed),
        ("command", command),
    ] {
        if !value.is_empty() {
            line = format!("{line} [{key}: {}]", one_line(value));
        }
    }
    for (key, said) in [("decision", decision), ("rollback", rollback)] {
        if !said.is_empty() {
            line = format!("{line} [{key}]");
        }
    }
    terminal(&line).into_owned()
}

/// Returns the plan as a table for people.
pub fn plan_text(view: &PlanView, width: u16) -> String {
    let mut table = ruled_table(width);
    table.set_header(view.heads);
    for planned in &view.steps {
        let step = &planned.step;
        let id = step.id.as_ref().map(|id| format!(" [{id}]")).unwrap_or_default();
        let due = step.due.as_ref().map(|due| format!(" ≤ {}", due.short)).unwrap_or_default();
        let takes = step.takes.as_ref().map(|takes| format!(" ({takes})")).unwrap_or_default();
        let until =
            step.until.as_ref().map(|until| format!("–{}", until.short)).unwrap_or_default();
        let mark = if step.decision { "? " } else { "" };
        let cells = [
            format!("{}{until}{due}", step.dated),
            format!("{mark}{}{id}{takes}", step.text),
            step.owner.clone().unwrap_or_default(),
            step.after.join(", "),
            planned.said.clone(),
        ];
        table.add_row(cells.iter().map(|cell| manageable(&terminal(cell), false)));
    }
    lines_of(&table)
}

/// Returns the plan as a calendar (RFC 5545). Each step with a time is an entry with an alarm ten minutes before it; a
/// rollback that nobody has called is tentative and has no alarm.
///
/// An entry is identified by its step's id, even if time and text change.
pub fn plan_calendar(view: &PlanView) -> String {
    let mut calendar = Calendar(String::new());
    for (key, value) in [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//asrun//plan//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("REFRESH-INTERVAL;VALUE=DURATION", "PT15M"),
    ] {
        calendar.line(key, value);
    }
    calendar.text("X-WR-CALNAME", &view.title);
    if let Some(zone) = &view.zone {
        calendar.text("X-WR-TIMEZONE", zone);
    }
    let mut names: HashMap<String, usize> = HashMap::new();
    for planned in &view.steps {
        if let Some(begins) = &planned.begins {
            let name = name_of(planned);
            let count = names.entry(name.clone()).or_default();
            *count += 1;
            // Steps without ids may have the same time and words.
            let name = if *count > 1 { format!("{name}-{count}") } else { name };
            calendar.entry(view, planned, (&name, begins));
        }
    }
    calendar.line("END", "VCALENDAR");
    calendar.0
}

/// Returns what identifies a step in its plan.
fn name_of(planned: &PlannedView) -> String {
    let step = &planned.step;
    step.id.clone().unwrap_or_else(|| format!("{}-{}", planned.mark, step.text))
}

struct Calendar(String);

impl Calendar {
    /// Appends a line, folded at 75 octets but never within a character.
    fn line(&mut self, key: &str, value: &str) {
        let mut octets = 0;
        for c in format!("{key}:{value}").chars() {
            if octets + c.len_utf8() > 75 {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// Appends a line with a text value; characters that would end the value or the line are escaped.
    fn text(&mut self, key: &str, value: &str) {
        let value = value.replace("\r\n", "\n").replace('\r', "\n");
        let lines: Vec<String> = value.split('\n').map(|line| data(line).into_owned()).collect();
        let value = lines.join("\n").replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
        self.line(key, &value.replace('\n', "\\n"));
    }

    fn entry(&mut self, view: &PlanView, planned: &PlannedView, (name, begins): (&str, &str)) {
        let step = &planned.step;
        self.line("BEGIN", "VEVENT");
        self.text("UID", &one_line(&format!("{name}.{}@asrun", view.calendar_id)));
        self.line("DTSTAMP", &view.asked);
        self.line("SEQUENCE", &planned.sequence.to_string());
        let key = |key: &str, at: &str| match at.contains('T') {
            true => key.to_owned(),
            false => format!("{key};VALUE=DATE"),
        };
        self.line(&key("DTSTART", begins), begins);
        let same =
            |ends: &&String| ends.contains('T') == begins.contains('T') && ends.as_str() > begins;
        if let Some(ends) = planned.ends.as_ref().filter(same) {
            self.line(&key("DTEND", ends), ends);
        }
        self.text("SUMMARY", &step.text);
        let described = [
            step.owner.clone(),
            (!step.after.is_empty()).then(|| format!("after: {}", step.after.join(", "))),
            step.due.as_ref().map(|due| format!("due: {}", due.rfc3339)),
            step.if_failed.as_ref().map(|what| format!("if failed: {what}")),
        ];
        let described: Vec<String> = described.into_iter().flatten().collect();
        if !described.is_empty() {
            self.text("DESCRIPTION", &described.join("\n"));
        }
        if let Some(owner) = &step.owner {
            self.text("CONTACT", owner);
        }
        let status = match planned.state {
            "skipped" => "CANCELLED",
            "rollback" => "TENTATIVE",
            _ => "CONFIRMED",
        };
        self.line("STATUS", status);
        if status == "CONFIRMED" {
            self.line("BEGIN", "VALARM");
            self.line("ACTION", "DISPLAY");
            self.text("DESCRIPTION", &step.text);
            self.line("TRIGGER", "-PT10M");
            self.line("END", "VALARM");
        }
        self.line("END", "VEVENT");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Incident, Moment, PlanStep, Revision, Skip, Zone};
    use crate::view::plan_view;

    fn at(text: &str) -> Moment {
        Moment::parse(text, None).unwrap()
    }

    fn calendar(plan: Vec<PlanStep>) -> String {
        let incident = Incident {
            title: "a; b, c".to_owned(),
            zone: Zone::parse("Asia/Seoul"),
            plan,
            ..Incident::default()
        };
        let view = plan_view("3.0", &incident, at("2024-09-07T10:00+09:00"));
        plan_calendar(&view)
    }

    fn step(text: &str) -> PlanStep {
        PlanStep {
            id: Some("deploy".to_owned()),
            ..PlanStep::new(at("2024-09-07T17:30+09:00"), text)
        }
    }

    #[test]
    fn words_begin_no_entry_and_lines_are_folded_between_characters() {
        let hostile =
            format!("a; b, c\\d\r\nEND:VEVENT\nBEGIN:VEVENT\rX {}", "왁뮤 👩‍👩‍👧‍👦 ".repeat(30));
        let text = calendar(vec![step(&hostile)]);
        assert_eq!(text.matches("\r\nBEGIN:VEVENT\r\n").count(), 1);
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        let unfolded = text.replace("\r\n ", "");
        let summary = unfolded.lines().find_map(|line| line.strip_prefix("SUMMARY:")).unwrap();
        let escaped = "a\\; b\\, c\\\\d\\nEND:VEVENT\\nBEGIN:VEVENT\\nX 왁뮤";
        assert!(summary.starts_with(escaped), "{summary}");
    }

    #[test]
    fn a_moved_step_keeps_its_entry_with_a_higher_sequence() {
        let entry = |step: PlanStep| {
            let text = calendar(vec![step]);
            let of = |key: &str| {
                text.lines().find_map(|line| line.strip_prefix(key)).unwrap_or("-").to_owned()
            };
            [of("UID:"), of("SEQUENCE:"), of("DTSTART"), of("STATUS:")]
        };
        let uid = "deploy.3.0@asrun";
        assert_eq!(entry(step("x")), [uid, "0", ":20240907T083000Z", "CONFIRMED"]);
        let from = at("2024-09-07T17:00+09:00");
        let revised = vec![Revision { from, until: None, on: None, why: None }];
        let moved = PlanStep { revised, ..step("renamed") };
        assert_eq!(entry(moved.clone()), [uid, "1", ":20240907T083000Z", "CONFIRMED"]);
        let skipped = PlanStep { skipped: Some(Skip { on: None, why: None }), ..moved };
        assert_eq!(entry(skipped), [uid, "2", ":20240907T083000Z", "CANCELLED"]);
        let day = PlanStep { at: Some(at("2024-09-08")), ..step("x") };
        assert_eq!(entry(day.clone()), [uid, "0", ";VALUE=DATE:20240908", "CONFIRMED"]);
        let days = PlanStep { until: Some(at("2024-09-10")), ..day };
        assert!(calendar(vec![days]).contains("DTEND;VALUE=DATE:20240911\r\n"));
        let twin = || PlanStep { id: None, ..step("x") };
        let text = calendar(vec![twin(), twin()]);
        let uids: Vec<&str> = text.lines().filter(|line| line.starts_with("UID:")).collect();
        assert!(uids.len() == 2 && uids[0] != uids[1], "{uids:?}");
        let rollback = PlanStep { rollback: true, ..step("x") };
        assert_eq!(entry(rollback.clone()), [uid, "0", ":20240907T083000Z", "TENTATIVE"]);
        assert!(!calendar(vec![rollback]).contains("VALARM"));
        assert!(!calendar(vec![PlanStep::new(None, "x")]).contains("VEVENT"));
    }
}
