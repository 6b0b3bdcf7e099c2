//! The plan and what happened as a Mermaid Gantt chart, for places that draw it.
//!
//! Syntax: <https://mermaid.js.org/syntax/gantt.html>. A section a step, the plan above the actual;
//! what nobody planned in a section of its own.

use unicode_width::UnicodeWidthStr;

use crate::view::{RecordView, RowEvent, RowView, TimeView};

use super::super::escape::terminal;

/// Returns the chart in a Markdown code block.
pub fn chart_mermaid(view: &RecordView) -> String {
    if view.plan.is_empty() && view.events.is_empty() {
        return format!("{}\n", view.labels.nothing_to_draw);
    }
    // A diagram of nothing is none, and Mermaid draws no text beside one.
    let left_out = view.not_drawn.iter().map(|note| format!("\n{note}\n"));
    let left_out: String = left_out.collect();
    if times(view).next().is_none() {
        return format!("{}\n{left_out}", view.labels.nothing_to_draw);
    }
    // Mermaid knows no zones: where the clocks change, only UTC keeps the order.
    let clock = if changes_clocks(view) { utc } else { wall };
    let zone = if changes_clocks(view) { " (UTC)" } else { "" };
    let mut out = format!("```mermaid\n{}\ngantt\n", room_for_sections(view));
    out.push_str(&format!("    title {}{zone}\n", plain(&view.title)));
    out.push_str("    dateFormat YYYY-MM-DDTHH:mm\n");
    let axis = match (view.many_days, days_only(view)) {
        (_, true) => "%Y-%m-%d",
        (true, false) => "%m-%d %H:%M",
        (false, false) => "%H:%M",
    };
    out.push_str(&format!("    axisFormat {axis}\n"));
    for row in view.rows.iter().filter(|row| row.step.is_some()) {
        out.push_str(&step_section(view, row, clock));
    }
    let unplanned = view.rows.iter().filter(|row| row.step.is_none()).flat_map(|row| &row.events);
    let tasks: String = unplanned.map(|event| event_task(event, &event.text, clock)).collect();
    out.push_str(&section(view.labels.unplanned, &tasks));
    out + "```\n" + &left_out
}

/// How a moment is written for Mermaid.
type Written = fn(&TimeView) -> String;

fn changes_clocks(view: &RecordView) -> bool {
    let mut exact = times(view).filter(|time| time.precision != "day");
    let first = exact.next().map(|time| &time.offset);
    exact.any(|time| Some(&time.offset) != first)
}

fn times(view: &RecordView) -> impl Iterator<Item = &TimeView> {
    let planned = view.plan.iter().map(|step| &step.time);
    let all = planned.chain(view.events.iter().map(|event| &event.time));
    all.filter(|time| time.unix.is_some())
}

/// The sections' names stand left of the marks; Mermaid does not measure them.
fn room_for_sections(view: &RecordView) -> String {
    let names = view.plan.iter().map(|step| terminal(&step.text).width());
    let longest = names.max().unwrap_or(0).max(view.labels.unplanned.width());
    let pixels = (longest * 7 + 20).clamp(75, 320);
    format!("%%{{init: {{\"gantt\": {{\"leftPadding\": {pixels}}}}}}}%%")
}

fn days_only(view: &RecordView) -> bool {
    times(view).all(|time| time.precision == "day")
}

/// A section of those tasks; none without any.
fn section(name: &str, tasks: &str) -> String {
    if tasks.is_empty() { String::new() } else { format!("    section {name}\n{tasks}") }
}

fn step_section(view: &RecordView, row: &RowView, clock: Written) -> String {
    let Some(step) = &row.step else { return String::new() };
    let mut out = String::new();
    let note = if row.events.is_empty() { format!(" ({})", row.label) } else { String::new() };
    let name = match step.deadline {
        true => format!("{}{note}", step.time.short),
        false => with_vague_time(&format!("{}{note}", view.labels.planned), &step.time),
    };
    out.push_str(&task(&name, "done, ", &step.time, step.until.as_ref(), clock));
    let timed = row.events.iter().filter(|event| event.time.unix.is_some());
    for (number, event) in timed.enumerate() {
        let label = if number == 0 { format!(" ({})", row.label) } else { String::new() };
        out.push_str(&event_task(event, &format!("{}{label}", event.text), clock));
    }
    section(&plain(&step.text), &out)
}

fn event_task(event: &RowEvent, name: &str, clock: Written) -> String {
    let name = with_vague_time(name, &event.time);
    task(&name, "", &event.time, event.until.as_ref(), clock)
}

/// Mermaid draws an instant: a whole hour and an approximate time are said in the name.
fn with_vague_time(name: &str, time: &TimeView) -> String {
    match time.precision {
        _ if time.about => format!("{name}, {}", time.short),
        "hour" => format!("{name}, {}", time.hm),
        _ => name.to_owned(),
    }
}

fn task(
    name: &str,
    state: &str,
    from: &TimeView,
    until: Option<&TimeView>,
    stamp: Written,
) -> String {
    // What has no time has no place on the axis.
    if from.unix.is_none() {
        return String::new();
    }
    match until.filter(|until| until.unix > from.unix) {
        Some(until) => {
            format!("    {} :{state}{}, {}\n", plain(name), stamp(from), stamp(until))
        }
        None => format!("    {} :milestone, {state}{}, 0m\n", plain(name), stamp(from)),
    }
}

fn utc(time: &TimeView) -> String {
    if time.precision == "day" { wall(time) } else { time.utc.clone() }
}

fn wall(time: &TimeView) -> String {
    let clock = time.rfc3339.get(10..16).unwrap_or("T00:00");
    format!("{}{clock}", time.date)
}

/// Words that begin another sort of line in a Gantt chart.
const WORDS: [&str; 19] = [
    "gantt",
    "title",
    "section",
    "click",
    "call",
    "href",
    "dateformat",
    "axisformat",
    "tickinterval",
    "excludes",
    "includes",
    "todaymarker",
    "weekday",
    "weekend",
    "acctitle",
    "accdescr",
    "accdescription",
    "topaxis",
    "inclusiveenddates",
];

/// Returns a text without the signs that end or change a line of the diagram.
fn plain(text: &str) -> String {
    let text = terminal(text);
    let text: String = text
        .chars()
        .map(|c| match c {
            ':' => '：',
            ';' => '；',
            '#' => '＃',
            ',' => '，',
            '`' => '\'',
            '%' => '％',
            '<' => '＜',
            '>' => '＞',
            other => other,
        })
        .collect();
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let word = text.split([' ', '：']).next().unwrap_or("").to_lowercase();
    let date = text.starts_with(|c: char| c.is_ascii_digit());
    match text {
        "" => "—".to_owned(),
        _ if date || WORDS.contains(&word.as_str()) => format!("· {text}"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_the_diagram_are_made_harmless() {
        assert_eq!(plain("a: b; c #1 ``` 50%"), "a： b； c ＃1 ''' 50％");
        assert_eq!(plain(" "), "—");
        assert_eq!(plain("section 4 is down"), "· section 4 is down");
        assert_eq!(plain("Call the vendor"), "· Call the vendor");
        assert_eq!(plain("2024-09-07 came"), "· 2024-09-07 came");
        assert_eq!(plain("<b>"), "＜b＞");
    }
}
