//! Parses pasted steps of a plan, one per line or table row, and makes such lines.

use std::borrow::Cow;

use crate::fault::{Fault, Field, PlanFault, TypedTimeFault, UnreadLine, UnreadWhy};
use crate::import::in_lines;
use crate::lang::{
    Aim, Frame, Lead, Typed, is_unknown_time, names_a_day, read_typed, split_time, the_day_of,
};
use crate::model::{Moment, PlanStep, Zone};
use crate::render::plan_lines;
use crate::view::PlanView;

use super::super::texts::accepted;
use super::row::{Planned, Properties, Row};
use super::table::{Columns, Parting, cells};

/// Returns the steps of pasted lines with a time and a text each. Invalid lines are all reported together.
pub(super) fn steps_of_lines(lines: &str, frame: &Frame) -> Result<Vec<Planned>, Fault> {
    let mut steps: Vec<Planned> = Vec::new();
    let mut unread = Vec::new();
    let mut page = Page { frame, columns: None, day: None, above: None };
    let lines = in_lines(lines.trim_start_matches('\u{feff}').into());
    let lines = whole_rows(&lines);
    for (place, (number, line)) in lines.iter().enumerate() {
        let below = lines.get(place + 1).map_or("", |(_, below)| below);
        let told = || without_marker(line.trim()).to_owned();
        match page.step(line, below) {
            Ok(None) => {}
            Ok(Some(planned)) => steps.push(Planned { line: (*number, told()), ..planned? }),
            Err(why) => unread.push(UnreadLine { number: *number, text: told(), why }),
        }
    }
    if !unread.is_empty() {
        return Err(PlanFault::Unread(unread).into());
    }
    if steps.is_empty() {
        return Err(PlanFault::NoLines.into());
    }
    Ok(steps)
}

/// Returns the lines with their numbers, from 1. In a table with tabs or commas a row goes on to the line with the end
/// of its quotes.
fn whole_rows(lines: &str) -> Vec<(usize, Cow<'_, str>)> {
    let is_head = |line: &str| {
        [Parting::Tabs, Parting::Commas].iter().any(|parting| Columns::are_heads(line, *parting))
    };
    let is_open = |line: &str| line.matches('"').count() % 2 == 1;
    let lines: Vec<&str> = lines.lines().collect();
    let (mut rows, mut at, mut in_table) = (Vec::new(), 0, false);
    while let Some(line) = lines.get(at) {
        in_table = in_table || is_head(line);
        let last = lines[at + 1..].iter().position(|line| is_open(line));
        let last = last.filter(|_| in_table && is_open(line)).map_or(at, |length| at + 1 + length);
        let row = match last == at {
            true => Cow::Borrowed(*line),
            false => Cow::Owned(lines[at..=last].join("\n")),
        };
        rows.push((at + 1, row));
        at = last + 1;
    }
    rows
}

/// Returns the lines of a plan, each with a text that is read back as it is.
pub fn lines_of_plan(view: &PlanView, now: Moment) -> String {
    let frame = Frame::bare(now, Zone::UTC, Aim::Planned);
    let is_read = |line: &str, text: &str| {
        let is_step = matches!(kind_of(line, "", None, &frame), LineKind::Step);
        let row = line_of(without_marker(line), &frame).ok().filter(|_| is_step);
        let without_text = line.replacen(text, "x", 1);
        let same_end = |row: &Row| {
            line_of(&without_text, &frame).is_ok_and(|plain| plain.lead.end == row.lead.end)
        };
        row.is_some_and(|row| row.lead.text == text && same_end(&row))
    };
    plan_lines(view, &is_read)
}

/// The context of a line.
struct Page<'f> {
    frame: &'f Frame,
    /// The columns of the table that it may belong to.
    columns: Option<Columns>,
    /// The day of the heading above it, and its zone, if it states one.
    day: Option<(String, Option<String>)>,
    /// The step above it.
    above: Option<Above>,
}

impl Page<'_> {
    /// Returns the step of a line, if it is one, and whether its texts are valid.
    fn step(
        &mut self,
        line: &str,
        below: &str,
    ) -> Result<Option<Result<Planned, Fault>>, UnreadWhy> {
        let plain = without_marker(line.trim());
        match kind_of(line, below, self.columns.as_ref(), self.frame) {
            LineKind::Nothing => Ok(None),
            LineKind::Heading => {
                self.day = Some(self.day_of(plain)?);
                (self.above, self.columns) = (None, None);
                Ok(None)
            }
            LineKind::TableHead(parting) => {
                self.columns = Some(Columns::named(line, parting));
                Ok(None)
            }
            LineKind::Row(parting) => {
                let cells = cells(line, parting);
                let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
                let unnamed = || Columns::named("", parting);
                let row = match &self.columns {
                    Some(columns) => columns.row(&cells, self.frame),
                    None => unnamed().row(&cells, self.frame),
                };
                self.planned(&row?).map(Some)
            }
            LineKind::Step => {
                let row = line_of(plain, self.frame)?;
                let row = if is_box(line) { with_owner(row) } else { row };
                self.planned(&row).map(Some)
            }
        }
    }

    /// Returns the day in a heading, as written, and its zone.
    fn day_of(&self, heading: &str) -> Result<(String, Option<String>), UnreadWhy> {
        let day = the_day_of(heading.trim_end_matches(':')).ok_or(UnreadWhy::Heading)?;
        read_typed(&format!("{day} 12:00"), self.frame).map_err(refused)?;
        let zone = zone_behind(heading, &day, self.frame);
        Ok((day, zone))
    }

    /// Returns a row as a step, with its times in context.
    fn planned(&mut self, row: &Row) -> Result<Result<Planned, Fault>, UnreadWhy> {
        let times = self.times(row)?;
        let due = match row.said.due {
            Some(typed) => Some(self.read(typed)?),
            None => None,
        };
        let takes = row.said.length(self.frame)?;
        let after = row.said.waits(self.frame)?;
        self.above = times.below(self.above);
        let counted = [times.start, times.end, due].into_iter().flatten();
        let counted = counted.filter_map(|typed| typed.counted_from).collect();
        let by_hour = |at: Moment| if row.said.precision.is_some() { at.by_the_hour() } else { at };
        let at = times.start.map(|start| by_hour(start.moment));
        let (at, by) = if row.lead.is_due { (None, at) } else { (at, None) };
        let step = || {
            let step = PlanStep {
                due: due.map(|due| due.moment).or(by),
                until: times.end.map(|end| end.moment),
                takes,
                ..PlanStep::new(at, accepted(Field::Text, row.lead.text)?)
            };
            let step = row.said.put_into(step)?;
            let number = row.said.number.map(str::to_owned);
            Ok(Planned { after, number, ..Planned::of(step, counted) })
        };
        Ok(step())
    }

    /// Parses a time in context: relative to the day of the heading above, or of the step above.
    fn read(&self, typed: &str) -> Result<Typed, UnreadWhy> {
        let typed = typed.trim();
        let found = match (&self.day, self.above) {
            (Some((day, zone)), above) => {
                let zoned = zone.as_ref().map(|zone| format!("{typed} {zone}"));
                let zoned = zoned.and_then(|typed| on_day(&typed, day, above, self.frame));
                zoned.or_else(|| on_day(typed, day, above, self.frame))
            }
            (None, Some(above)) => below(typed, above, self.frame).map_err(refused)?,
            (None, None) => None,
        };
        found.map_or_else(|| read_typed(typed, self.frame).map_err(refused), Ok)
    }

    /// Returns the times of a row, if they are valid in a plan.
    fn times(&self, row: &Row) -> Result<Times, UnreadWhy> {
        if is_unknown_time(&row.lead.start) || row.lead.start.is_empty() {
            return Ok(Times { start: None, end: None });
        }
        let start = self.read(&row.lead.start)?;
        if start.moment.is_about() {
            return Err(UnreadWhy::About);
        }
        let read = |end: &String| read_typed(end, &self.frame.ending(&start)).map_err(refused);
        let end = row.lead.end.as_ref().map(read).transpose()?;
        match end {
            Some(end) if end.moment.unix() <= start.moment.unix() => {
                Err(UnreadWhy::EndsBeforeItBegins)
            }
            end => Ok(Times { start: Some(start), end }),
        }
    }
}

/// The kind of a pasted line.
enum LineKind {
    /// Nothing about the plan.
    Nothing,
    /// A heading with a day.
    Heading,
    /// The names of a table's columns.
    TableHead(Parting),
    Row(Parting),
    Step,
}

fn kind_of(line: &str, below: &str, columns: Option<&Columns>, frame: &Frame) -> LineKind {
    let raw = line;
    let line = without_marker(line.trim());
    for (parting, sign) in [(Parting::Tabs, '\t'), (Parting::Commas, ',')] {
        let is_in_one = columns.is_some_and(|columns| columns.parting == parting);
        match raw.contains(sign) {
            true if is_in_one => return LineKind::Row(parting),
            true if Columns::are_heads(raw, parting) => return LineKind::TableHead(parting),
            _ => {}
        }
    }
    // `#1 18:00 deploy` is not a heading, nor is one that contains a step.
    let title = line.trim_start_matches('#');
    let is_marked = title.len() < line.len() && (title.is_empty() || title.starts_with(' '));
    if is_marked && line_of(title.trim(), frame).is_err() {
        return if names_a_day(line) { LineKind::Heading } else { LineKind::Nothing };
    }
    if line.is_empty() || line.starts_with("```") || is_rule(line) {
        return LineKind::Nothing;
    }
    if line.starts_with('|') {
        let is_head = is_rule(without_marker(below.trim()));
        return if is_head {
            LineKind::TableHead(Parting::Bars)
        } else {
            LineKind::Row(Parting::Bars)
        };
    }
    let line = line.trim_end_matches(':');
    let is_heading = |day: String| is_alone(line, &day) || zone_behind(line, &day, frame).is_some();
    let is_day = names_a_day(line) && the_day_of(line).is_some_and(is_heading);
    if is_day { LineKind::Heading } else { LineKind::Step }
}

/// Whether a line has only a day, possibly with a weekday or a colon.
fn is_alone(line: &str, day: &str) -> bool {
    let lower = line.to_lowercase();
    let Some((before, behind)) = lower.split_once(day) else { return false };
    let is_sign = |c: char| c.is_whitespace() || "*_:()[]".contains(c);
    before.chars().all(is_sign) && behind.chars().all(is_sign)
}

/// Returns the zone that is all behind a day: `2024-09-07 (UTC)`.
fn zone_behind(line: &str, day: &str, frame: &Frame) -> Option<String> {
    let at = line.to_lowercase().find(day)? + day.len();
    let is_sign = |c: char| c.is_whitespace() || "*_:,()[]".contains(c);
    let zone = line.get(at..)?.trim_matches(is_sign);
    let is_zone = !zone.is_empty() && !zone.contains(char::is_whitespace);
    let is_read = || read_typed(&format!("{day} 12:00 {zone}"), frame).is_ok();
    (is_zone && is_read()).then(|| zone.to_owned())
}

/// Whether a line separates the head of a table from its rows: `|---|:--:|`.
fn is_rule(line: &str) -> bool {
    line.starts_with('|') && line.contains('-') && line.chars().all(|c| "|-: ".contains(c))
}

/// The times of a step.
struct Times {
    /// `None` if it is not decided yet.
    start: Option<Typed>,
    end: Option<Typed>,
}

/// The step above a line.
#[derive(Clone, Copy)]
struct Above {
    start: Typed,
    /// Whether its day was typed, in its own line or above: it also applies to the lines below.
    is_dated: bool,
}

impl Times {
    /// Returns the context for the next line.
    fn below(&self, above: Option<Above>) -> Option<Above> {
        let Some(start) = self.start else { return above };
        let holds = above.is_some_and(|above| above.is_dated) || !start.day_inferred;
        Some(Above { start, is_dated: holds })
    }
}

fn line_of<'l>(line: &'l str, frame: &Frame) -> Result<Row<'l>, UnreadWhy> {
    let lead = split_time(line, frame, false).map_err(refused)?;
    let (text, said) = Properties::after(lead.as_ref().map_or(line, |lead| lead.text));
    // A text that begins like a time or a range.
    let keyed = text.strip_prefix("[text: ").and_then(|text| text.strip_suffix(']'));
    let text = keyed.unwrap_or(text);
    // A rollback has no time until somebody calls it.
    let tbd = || Lead { start: "tbd".to_owned(), end: None, is_due: false, text };
    let uncalled = || said.rollback.then(tbd);
    let lead = lead.or_else(uncalled).filter(|_| !text.is_empty()).ok_or(UnreadWhy::NoTime)?;
    Ok(Row { lead: Lead { text, ..lead }, said })
}

/// Whether a line is an item of a check list.
fn is_box(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['-', '*', '•']).trim_start();
    ["[ ]", "[x]", "[X]"].iter().any(|mark| line.starts_with(mark))
}

/// Whether a line is an item of a check list that is done.
pub(super) fn is_ticked(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['-', '*', '•']).trim_start();
    ["[x]", "[X]"].iter().any(|mark| line.starts_with(mark))
}

/// Moves a name in brackets at the end of a check list's item to its owner: `17:00 x (Sam)`.
fn with_owner(row: Row<'_>) -> Row<'_> {
    let name = row.lead.text.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    let is_name = |name: &str| {
        let words = name.split_whitespace().count();
        (1..=3).contains(&words)
            && !name.contains(|c: char| c.is_ascii_digit() || "()/:".contains(c))
    };
    match name
        .filter(|(text, name)| row.said.owner.is_none() && is_name(name) && !text.trim().is_empty())
    {
        None => row,
        Some((text, name)) => Row {
            lead: Lead { text: text.trim_end(), ..row.lead },
            said: Properties { owner: Some(name.trim()), ..row.said },
        },
    }
}

fn refused(fault: TypedTimeFault) -> UnreadWhy {
    UnreadWhy::Time(Box::new(fault))
}

/// Returns a clock time on the day of the heading above; if it is before six in the morning and follows one in the
/// evening, it is in the next night.
fn on_day(typed: &str, day: &str, above: Option<Above>, frame: &Frame) -> Option<Typed> {
    let here = read_typed(&format!("{day} {typed}"), frame).ok()?;
    let clock = |typed: &Typed| typed.moment.clock(Some(frame.zone));
    let night = above.filter(|above| {
        let (above, here) = (clock(&above.start), clock(&here));
        here.hour < 6 && (above.hour >= 18 || above.day > here.day)
    });
    let behind = |above: Above| {
        read_typed(typed, &frame.ending(&Typed { half_said: false, ..above.start })).ok()
    };
    night.map_or(Some(here), behind)
}

/// Returns a clock time as the next one after the step above, if that step's day was typed, or if it is before six in
/// the morning and follows one in the evening: plans are pasted in their order.
///
/// # Errors
/// It is before the one above on that day, and may be of the next day as well as out of order.
fn below(typed: &str, above: Above, frame: &Frame) -> Result<Option<Typed>, TypedTimeFault> {
    let ending = frame.ending(&Typed { half_said: false, ..above.start });
    let Ok(next) = read_typed(typed, &ending) else { return Ok(None) };
    let clock = |typed: &Typed| typed.moment.clock(Some(frame.zone));
    let is_before = next.moment.unix() < above.start.moment.unix();
    let is_night = clock(&above.start).hour >= 18 && clock(&next).hour < 6 && !is_before;
    if !next.day_inferred || !(above.is_dated || is_night) {
        return Ok(None);
    }
    if !is_before {
        return Ok(Some(next));
    }
    let day_after = clock(&next).day.plus(1);
    let then = read_typed(&format!("{day_after} {typed}"), frame).ok();
    let moments = [Some(next), then].into_iter().flatten().map(|typed| typed.moment).collect();
    Err(TypedTimeFault::Several { text: typed.to_owned(), moments })
}

/// Returns a list item without its dash, bullet, number or box: `1. 오후 6시: …`, `- [ ] 18:00 …`.
fn without_marker(line: &str) -> &str {
    let line = line.trim_start_matches(['-', '*', '•']).trim_start();
    let boxed = ["[ ]", "[x]", "[X]"].iter().find_map(|mark| line.strip_prefix(mark));
    let line = boxed.map_or(line, str::trim_start);
    let number = line.split_once(['.', ')']).filter(|(number, rest)| {
        (1..=2).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit())
            && rest.starts_with(' ')
    });
    number.map_or(line, |(_, rest)| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Incident;
    use crate::render::{plan_csv, plan_markdown};
    use crate::view::plan_view;

    /// Beginnings, ends and insides of texts that could be read as something else.
    const PIECES: [&str; 44] = [
        "deploy",
        "배포",
        "~18:00",
        "- 18:30",
        "until 18:30",
        "→ 18:00",
        "to 18:00",
        "까지",
        "=1+1",
        "'=1",
        "@kim",
        "'q'",
        "| pipe",
        "a|b",
        "\\",
        "\\d",
        "*bold*",
        "_it_",
        "<b>",
        "&lt;",
        "&amp;",
        "[owner: Kim]",
        "[text: x]",
        "[",
        "]",
        "x ]",
        "\"quoted\"",
        "a,b",
        "a;b",
        "(Sam)",
        "[x]",
        "# hash",
        "1.",
        ":::",
        "pm",
        "KST",
        "tomorrow",
        "Monday",
        "T-60m",
        "by 17:00",
        "tbd",
        "2024-09-08",
        "`code`",
        "http://x/y?a=b#c",
    ];

    fn at(text: &str) -> Moment {
        Moment::parse(text, None).unwrap()
    }

    fn plan() -> Vec<PlanStep> {
        let (mut seed, mut steps) = (7_usize, Vec::new());
        for number in 0..600 {
            let mut text = String::new();
            for _ in 0..number % 3 + 1 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695);
                text = format!("{text} {}", PIECES[(seed >> 33) % PIECES.len()]);
            }
            let begins = at("2024-10-07T10:00+09:00").plus_seconds(number * 60).unwrap();
            let mut step = PlanStep::new(begins, text.trim());
            step.id = Some(format!("s{number}"));
            match number % 5 {
                0 => step.owner = Some("k, i".to_owned()),
                1 => step.until = begins.plus_seconds(600),
                2 => step.at = step.at.map(Moment::by_the_hour),
                3 => step.due = begins.plus_seconds(7200),
                _ => (step.rollback, step.if_failed) = (true, Some("stop".to_owned())),
            }
            steps.push(step);
        }
        steps
    }

    #[test]
    fn what_is_exported_is_read_back() {
        let zone = Zone::parse("Asia/Seoul").unwrap();
        let now = at("2024-10-01T10:00+09:00");
        let incident = Incident { zone: Some(zone), plan: plan(), ..Incident::default() };
        let view = plan_view("x", &incident, now);
        let frame = Frame::bare(now, zone, Aim::Planned);
        let by_time: Vec<PlanStep> = incident.steps_in_time().into_iter().cloned().collect();
        for (format, text) in [
            ("lines", lines_of_plan(&view, now)),
            ("csv", plan_csv(&view, true)),
            ("markdown", plan_markdown(&view)),
        ] {
            let read = steps_of_lines(&text, &frame);
            let read = read.unwrap_or_else(|fault| panic!("{format}: {fault:?}"));
            assert_eq!(read.len(), by_time.len(), "{format}");
            for (read, step) in read.into_iter().zip(&by_time) {
                assert_eq!(read.step, *step, "{format}: {}", read.line.1);
            }
        }
    }

    #[test]
    fn a_heading_may_state_the_zone_of_its_day() {
        let zone = Zone::parse("Asia/Seoul").unwrap();
        let frame = Frame::bare(at("2024-10-01T10:00+09:00"), zone, Aim::Planned);
        let read = |lines: &str| {
            let steps = steps_of_lines(lines, &frame).unwrap();
            steps.iter().map(|it| it.step.at.unwrap().unix()).collect::<Vec<_>>()
        };
        let utc = at("2024-10-07T08:00+00:00").unix();
        for heading in ["2024-10-07 (UTC)", "## 2024-10-07 UTC:", "**2024-10-07** (UTC)"] {
            assert_eq!(read(&format!("{heading}\n08:00 a\n")), [utc], "{heading}");
            assert_eq!(read(&format!("{heading}\n17:00 KST a\n")), [utc], "{heading}");
        }
        assert_eq!(read("2024-10-07\n17:00 a\n"), [utc]);
    }

    #[test]
    fn a_row_of_a_sheet_may_have_several_lines() {
        let zone = Zone::UTC;
        let frame = Frame::bare(at("2024-10-01T10:00+00:00"), zone, Aim::Planned);
        let sheet = "time,task\n2024-10-07 18:00,\"one\ntwo\"\n2024-10-07 19:00,three\n";
        let steps = steps_of_lines(sheet, &frame).unwrap();
        let told: Vec<(usize, &str)> =
            steps.iter().map(|it| (it.line.0, it.step.text.as_str())).collect();
        assert_eq!(told, [(2, "one\ntwo"), (4, "three")]);
        let open = "time,task\n2024-10-07 18:00,\"one\n2024-10-07 19:00,three\n";
        assert!(steps_of_lines(open, &frame).is_ok_and(|steps| steps.len() == 2));
    }
}
