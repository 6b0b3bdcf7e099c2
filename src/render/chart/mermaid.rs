//! Plan and actual as a Mermaid Gantt chart, for sites that draw Mermaid.
//!
//! Syntax: <https://mermaid.js.org/syntax/gantt.html>. Each step has a section with its plan above its actual;
//! unplanned events have a section of their own.

use unicode_width::UnicodeWidthStr;

use crate::view::{RecordView, RowEvent, RowView, TimeView};

use super::super::escape::terminal;

/// Returns the chart in a Markdown code block.
pub fn chart_mermaid(view: &RecordView) -> String {
    if view.plan.is_empty() && view.events.is_empty() {
        return format!("{}\n", view.labels.nothing_to_draw);
    }
    // An empty diagram is an error, and Mermaid cannot show text beside the chart.
    let left_out = view.not_drawn.iter().map(|note| format!("\n{note}\n"));
    let left_out: String = left_out.collect();
    if times(view).next().is_none() {
        return format!("{}\n{left_out}", view.labels.nothing_to_draw);
    }
    // Mermaid knows no time zones: where the clocks change, only UTC keeps the order.
    let clock = if changes_clocks(view) { utc } else { wall };
    let zone = if changes_clocks(view) { " (UTC)" } else { "" };
    let mut out = format!("```mermaid\n{}\ngantt\n", room_for_sections(view));
    out.push_str(&format!("    title {}{zone}\n", cut(&harmless(&view.title), TITLE)));
    out.push_str("    dateFormat YYYY-MM-DDTHH:mm\n");
    out.push_str(&axis(view));
    for row in view.rows.iter().filter(|row| row.step.is_some()) {
        out.push_str(&step_section(view, row, clock));
    }
    let unplanned = view.rows.iter().filter(|row| row.step.is_none()).flat_map(|row| &row.events);
    let tasks: String = unplanned.map(|event| event_task(event, "", clock)).collect();
    out.push_str(&section(view.labels.unplanned, &tasks));
    out + "```\n" + &left_out
}

/// Formats a moment for Mermaid.
type FormatTime = fn(&TimeView) -> String;

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

/// Returns the setting for the left margin: section names are left of the bars, and Mermaid does not measure them.
fn room_for_sections(view: &RecordView) -> String {
    let names = view.plan.iter().map(|step| cut(&terminal(&step.text), SECTION).width());
    let longest = names.max().unwrap_or(0).max(view.labels.unplanned.width());
    let pixels = (longest * 7 + 20).clamp(75, 320);
    format!("%%{{init: {{\"gantt\": {{\"leftPadding\": {pixels}}}}}}}%%")
}

fn days_only(view: &RecordView) -> bool {
    times(view).all(|time| time.precision == "day")
}

/// The longest title, in columns; in a wide font a longer one would not fit the picture.
const TITLE: usize = 90;
/// The longest section name, in columns.
const SECTION: usize = 42;
/// The longest text of an event, in columns, which fits beside its mark anywhere in the picture.
const TASK: usize = 40;

/// Returns a text of at most `columns` columns, with an ellipsis if it was cut.
fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if kept.width() >= columns {
            kept.pop();
            break;
        }
    }
    format!("{}…", kept.trim_end())
}

const DAY: i64 = 24 * 60 * 60;
/// The available tick intervals: in seconds, and in Mermaid's syntax.
const TICKS: [(i64, &str); 14] = [
    (60, "1minute"),
    (5 * 60, "5minute"),
    (10 * 60, "10minute"),
    (15 * 60, "15minute"),
    (30 * 60, "30minute"),
    (60 * 60, "1hour"),
    (2 * 60 * 60, "2hour"),
    (3 * 60 * 60, "3hour"),
    (6 * 60 * 60, "6hour"),
    (DAY, "1day"),
    (7 * DAY, "1week"),
    (30 * DAY, "1month"),
    (91 * DAY, "3month"),
    (365 * DAY, "12month"),
];

/// Returns the axis settings: a time format, and an interval at which tick labels do not overlap.
fn axis(view: &RecordView) -> String {
    let ends = view.plan.iter().filter_map(|step| step.until.as_ref());
    let ends = ends.chain(view.events.iter().filter_map(|event| event.until.as_deref()));
    let all = || times(view).chain(ends.clone());
    let (first, last) = (all().min_by_key(|time| time.unix), all().max_by_key(|time| time.unix));
    let (Some(first), Some(last)) = (first, last) else { return String::new() };
    let span = last.unix.unwrap_or(0) - first.unix.unwrap_or(0);
    let years = first.date.get(..4) != last.date.get(..4);
    let told = |apart: i64| match apart {
        apart if apart >= 30 * DAY => ("%Y-%m", 10),
        apart if apart >= DAY || days_only(view) => {
            if years {
                ("%Y-%m-%d", 6)
            } else {
                ("%m-%d", 10)
            }
        }
        _ if view.many_days => ("%m-%d %H:%M", 5),
        _ => ("%H:%M", 10),
    };
    let from = if days_only(view) { DAY } else { 60 };
    let mut wide = TICKS.iter().filter(|(apart, _)| *apart >= from);
    let fits = |(apart, _): &&(i64, &str)| span / apart <= told(*apart).1;
    let (apart, interval) = wide.find(fits).copied().unwrap_or((365 * DAY, "12month"));
    format!("    axisFormat {}\n    tickInterval {interval}\n", told(apart).0)
}

/// Returns a section with these tasks; an empty text if there are none.
fn section(name: &str, tasks: &str) -> String {
    if tasks.is_empty() { String::new() } else { format!("    section {name}\n{tasks}") }
}

fn step_section(view: &RecordView, row: &RowView, clock: FormatTime) -> String {
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
        out.push_str(&event_task(event, &label, clock));
    }
    section(&cut(&harmless(&step.text), SECTION), &out)
}

fn event_task(event: &RowEvent, label: &str, clock: FormatTime) -> String {
    let text = cut(&harmless(&event.text), TASK);
    let name = with_vague_time(&format!("{text}{label}"), &event.time);
    task(&name, "", &event.time, event.until.as_deref(), clock)
}

/// Adds an hour or an approximate time to the name, since Mermaid can only draw exact instants.
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
    stamp: FormatTime,
) -> String {
    // A moment without a known time has no place on the axis.
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

/// Keywords that begin other kinds of lines in a Gantt chart.
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

/// Returns a text without the characters that end or change a line of the diagram.
fn harmless(text: &str) -> String {
    let text: String = terminal(text)
        .chars()
        .map(|c| match c {
            ':' => '：',
            ';' => '；',
            '#' => '＃',
            '`' => '\'',
            '%' => '％',
            '<' => '＜',
            '>' => '＞',
            other => other,
        })
        .collect();
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.is_empty() { "—".to_owned() } else { text.to_owned() }
}

/// Returns the name of a task. It begins its line, so it must not begin with a keyword.
fn plain(text: &str) -> String {
    let text = harmless(text);
    let word = text.split([' ', '：']).next().unwrap_or("").to_lowercase();
    let date = text.starts_with(|c: char| c.is_ascii_digit());
    if date || WORDS.contains(&word.as_str()) { format!("· {text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_the_diagram_are_escaped() {
        assert_eq!(plain("a: b; c #1 ``` 50%"), "a： b； c ＃1 ''' 50％");
        assert_eq!(plain(" "), "—");
        assert_eq!(plain("section 4 is down"), "· section 4 is down");
        assert_eq!(plain("Call the vendor"), "· Call the vendor");
        assert_eq!(plain("2024-09-07 came"), "· 2024-09-07 came");
        assert_eq!(plain("<b>"), "＜b＞");
        // A title or a section name follows a keyword, so it may begin with one itself.
        assert_eq!(harmless("3.0, section"), "3.0, section");
    }

    #[test]
    fn long_texts_are_cut_to_the_picture() {
        let long = "서버에서 진입 금지 플래그를 설정하고 ".repeat(7);
        for columns in [SECTION, TASK] {
            let cut = cut(&long, columns);
            assert!(cut.width() <= columns && cut.ends_with('…'), "{cut}");
        }
        assert_eq!(cut("short", TASK), "short");
    }

    #[test]
    fn ticks_are_beside_each_other() {
        let axis_of = |first: &str, last: &str| {
            let text = format!(
                "title: t\ntimezone: UTC\nevents:\n  - {{at: {first}, text: a}}\n  - {{at: {last}, text: b}}\n"
            );
            let incident = crate::format::read(&text).unwrap().incident;
            axis(&crate::view::record_view("r", crate::publish::Shown::Whole(&incident), 0, None))
        };
        for (first, last, format, interval) in [
            ("2024-09-07T17:00", "2024-09-07T17:00", "%H:%M", "1minute"),
            ("2024-09-07T17:00", "2024-09-07T22:57", "%H:%M", "1hour"),
            ("2024-09-07T17:00", "2024-09-08T03:00", "%m-%d %H:%M", "2hour"),
            ("2024-09-07T17:00", "2024-09-21T03:00", "%m-%d", "1week"),
            ("2024-09-07", "2024-09-09", "%m-%d", "1day"),
            ("2024-12-30", "2025-01-03", "%Y-%m-%d", "1day"),
            ("2024-09-07", "2025-03-09", "%Y-%m", "1month"),
            ("2004-09-07", "2025-03-09", "%Y-%m", "12month"),
        ] {
            let expected = format!("    axisFormat {format}\n    tickInterval {interval}\n");
            assert_eq!(axis_of(first, last), expected, "{first} {last}");
        }
    }
}
