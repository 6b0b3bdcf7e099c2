//! Answers with many rows, in the requested form.

use comfy_table::{ColumnConstraint, Width};
use serde::Serialize;

use crate::lang::terminal as words;
use crate::view::{Column, HitRow, Row};

use super::cells::cells;
use super::csv::csv;
use super::escape::{markdown_text, terminal};
use super::json::{line, to_json};
use super::terminal::{BOLD, bare_table, lines_of, manageable};

/// The form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For people.
    Table,
    /// One JSON object.
    Json,
    /// One JSON object per line.
    Ndjson,
    /// RFC 4180.
    Csv {
        /// Whether it begins with a byte order mark.
        mark: bool,
    },
    /// A Markdown table.
    Markdown,
}

/// The answer to a query over many records.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Answer<'a, R> {
    /// The version of this contract.
    pub view: u32,
    /// What was found.
    pub rows: &'a [R],
    /// A line for each record that could not be read.
    pub unreadable: &'a [String],
}

/// How an answer is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Layout<'a> {
    /// The form.
    pub form: Form,
    /// The columns; JSON ignores them and always has all fields.
    pub columns: &'a [&'static Column],
    /// The width of the terminal in columns; `None` if the output is not a terminal.
    pub width: Option<u16>,
}

/// Returns the answer in the requested form. A table fits the terminal; without a terminal each row is one line of
/// tab-separated cells, for `grep`, `cut` and `awk`.
pub fn rows_text<R: Row>(answer: &Answer<R>, layout: Layout) -> String {
    let columns = layout.columns;
    match (layout.form, layout.width) {
        (Form::Table, Some(width)) => rows_table(answer.rows, columns, width),
        (Form::Table, None) => tabbed(answer.rows, columns),
        (Form::Json, _) => to_json(answer),
        (Form::Ndjson, _) => answer.rows.iter().map(line).collect(),
        (Form::Csv { mark }, _) => csv(answer.rows, &keys(columns), mark),
        (Form::Markdown, _) => markdown(answer.rows, columns),
    }
}

/// Returns search hits for a terminal, grouped by record.
pub fn hits_text(rows: &[HitRow], width: u16) -> String {
    let mut out = String::new();
    for group in rows.chunk_by(|a, b| a.id == b.id) {
        if !out.is_empty() {
            out.push('\n');
        }
        let id = group.first().map_or("", |row| &row.id);
        out.push_str(&format!("{BOLD}{}{BOLD:#}\n", terminal(id)));
        let mut table = bare_table(width);
        for row in group {
            let cells = [&row.when(), &row.place, &row.excerpt];
            table.add_row(cells.map(|cell| manageable(&terminal(cell), false)));
        }
        out.push_str(&lines_of(&table));
    }
    out
}

/// Returns rows as a table. The first column is only wrapped where the last one would have no room otherwise.
fn rows_table<R: Row>(rows: &[R], columns: &[&'static Column], width: u16) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut table = bare_table(width);
    table.set_header(columns.iter().map(|column| (column.head)(words().heads()).to_uppercase()));
    for row in rows {
        let cells = cell_texts(row, columns);
        table.add_row(cells.iter().map(|cell| manageable(&terminal(cell), false)));
    }
    if columns.len() > 1 {
        if let Some(first) = table.column_mut(0) {
            first.set_constraint(ColumnConstraint::UpperBoundary(Width::Percentage(55)));
        }
        if let Some(last) = table.column_mut(columns.len() - 1) {
            last.set_constraint(ColumnConstraint::LowerBoundary(Width::Percentage(25)));
        }
    }
    lines_of(&table)
}

fn keys(columns: &[&'static Column]) -> Vec<&'static str> {
    columns.iter().map(|column| column.key).collect()
}

/// Returns the text of each column of a row, for people.
fn cell_texts<R: Row>(row: &R, columns: &[&'static Column]) -> Vec<String> {
    let text = |(column, cell): (&&Column, String)| row.text_for_people(column.key).unwrap_or(cell);
    columns.iter().zip(cells(row, &keys(columns))).map(text).collect()
}

fn tabbed<R: Row>(rows: &[R], columns: &[&'static Column]) -> String {
    let keys = keys(columns);
    let line = |row| {
        let cells = cells(row, &keys);
        cells.iter().map(|cell| terminal(cell)).collect::<Vec<_>>().join("\t") + "\n"
    };
    rows.iter().map(line).collect()
}

fn markdown<R: Row>(rows: &[R], columns: &[&'static Column]) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let heads = columns.iter().map(|column| markdown_text((column.head)(words().heads())));
    let rule = columns.iter().map(|_| "---".to_owned()).collect();
    let cells =
        |row| cell_texts(row, columns).iter().map(|cell| markdown_text(&terminal(cell))).collect();
    let body: String = rows.iter().map(|row| line(cells(row))).collect();
    line(heads.collect()) + &line(rule) + &body
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::model::{Action, Day, Event, Incident, Moment, PlanStep};
    use crate::query::{StepQuery, Wanted, past, sample, search};
    use crate::timeline::Aliases;
    use crate::view::{
        ConfigRow, SeenRow, StatsSettings, UnreadableRow, action_row, hit_rows, lesson_rows,
        list_row, past_rows, record_view, stats_view,
    };

    /// Returns the keys of a row's JSON, in order.
    fn json_keys(row: &impl Serialize) -> String {
        let known = serde_json::to_value(row).unwrap();
        let json = serde_json::to_string(row).unwrap();
        let mut keys: Vec<&str> = known.as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_by_key(|key| json.find(&format!("\"{key}\":")));
        keys.join(",")
    }

    /// Returns the machine-readable cells of a row, derived from its complete JSON.
    fn cells_of_json(row: &impl Serialize, keys: &[&str]) -> Vec<String> {
        fn cell(value: &Value) -> String {
            match value {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                Value::Array(entries) => entries.iter().map(cell).collect::<Vec<_>>().join(", "),
                Value::Object(time) => time.get("iso").map(cell).unwrap_or_default(),
                Value::Bool(_) | Value::Number(_) => value.to_string(),
            }
        }
        let json = serde_json::to_value(row).unwrap();
        keys.iter().map(|key| cell(&json[*key])).collect()
    }

    /// Returns errors in the definitions of the rows' columns.
    fn misnamed<R: Row>(rows: &[R]) -> Vec<String> {
        let columns: Vec<&Column> = R::COLUMNS.iter().collect();
        let csv = csv(rows, &keys(&columns), false);
        let (json, head) = (json_keys(&rows[0]), csv.lines().next().unwrap());
        let mut faults = Vec::new();
        if json != head {
            faults.push(format!("JSON {json}, CSV {head}"));
        }
        let read = rows.iter().map(|row| cells(row, &keys(&columns)));
        let as_json = rows.iter().map(|row| cells_of_json(row, &keys(&columns)));
        faults.extend(read.zip(as_json).filter(|(a, b)| a != b).map(|it| format!("{it:?}")));
        let is_known = |name: &&str| columns.iter().any(|column| column.key == *name);
        let usual = R::SHOWN.iter().chain(R::PIPED).copied();
        faults.extend(usual.filter(|name| !is_known(name)).map(|name| format!("no {name}")));
        let once = columns.iter().filter_map(|column| column.once);
        faults.extend(once.filter(is_known).map(|name| format!("{name} was and is")));
        faults
    }

    #[test]
    fn cells_of_events_are_those_of_their_json() {
        let at = |text| Moment::parse(text, None).unwrap();
        let mut event = Event::new(at("2024-09-07T18:08:30.5+09:00"), "1\n\"2\", 3");
        event.until = Some(at("2024-09-08"));
        event.steps = vec!["a".to_owned(), "b".to_owned()];
        let incident = Incident { events: vec![event], ..Incident::default() };
        let view = record_view("r", &incident, 300, None);
        let keys = ["number", "time", "until", "about", "type", "text", "steps", "logged", "none"];
        let cells = cells(&view.events[0], &keys);
        assert_eq!(cells, cells_of_json(&view.events[0], &keys));
        assert_eq!(cells[1..3], ["2024-09-07T18:08:30.5+09:00", "2024-09-08"]);
        assert_eq!(cells[6..], ["a, b", "", ""]);
    }

    #[test]
    fn columns_are_called_as_in_json() {
        let (day, at) = (Day::parse("2024-09-07"), Moment::parse("2024-09-07T18:08+09:00", None));
        let mut incident = Incident { title: "앱 배포".to_owned(), ..Incident::default() };
        incident.language = Some("ko".to_owned());
        incident.lessons.well = vec!["=1+1".into()];
        incident.plan = vec![PlanStep::new(at.unwrap(), "앱 배포")];
        let action = Action {
            text: "x".to_owned(),
            owner: None,
            due: day,
            kind: None,
            done: None,
            reference: None,
            audience: crate::model::Audience::Everyone,
            source: None,
        };
        let wanted = Wanted::read("배포").unwrap();
        let aliases = Aliases::default();
        let settings =
            StatsSettings { language: None, zone: None, severities: &[], aliases: &aliases };
        let now = Moment::parse("2024-09-09T10:00+09:00", None).unwrap();
        let samples = [sample("r", &incident, (300, now))];
        let figures = stats_view(&samples, None, None, &settings).rows;
        let explained = stats_view(&samples, None, Some("all"), &settings).rows;
        let traces: Vec<_> = explained.into_iter().filter_map(|row| row.from).flatten().collect();
        let cause = crate::query::Cause {
            id: String::new(),
            day,
            text: String::new(),
            is_failed_step: false,
            open: Vec::new(),
        };
        let config = ConfigRow { key: "author", value: None, from: String::new() };
        let unreadable = UnreadableRow { unreadable: String::new() };
        let pasts = past_rows(
            "r",
            &incident,
            &past(&incident, &StepQuery::of(&wanted, "배포", &Aliases::default()), 300),
            (300, now),
        );
        for (name, faults) in [
            ("list", misnamed(&[list_row("r", &incident)])),
            ("search", misnamed(&hit_rows("r", &incident, &search(&incident, &wanted)))),
            ("history", misnamed(&pasts)),
            ("actions", misnamed(&[action_row("r", 1, &action, day.unwrap())])),
            ("lessons", misnamed(&lesson_rows("r", &incident))),
            ("lessons --seen", misnamed(&[SeenRow::new(&cause, &cause)])),
            ("stats", misnamed(&figures)),
            ("stats --explain", misnamed(&traces)),
            ("config", misnamed(&[config])),
            ("list --unreadable", misnamed(&[unreadable])),
        ] {
            assert!(faults.is_empty(), "{name}: {faults:?}");
        }
    }
}
