//! A short summary of a record for a terminal: as much as fits on one screen.

use anstyle::Style;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::view::{BriefView, NotedView, PersonView, TaskView};

use super::escape::terminal;
use super::terminal::{BOLD, broken, fitted, fitted_parts};

const DIM: Style = Style::new().dimmed();

/// The lines under one heading, which may be cut to fit the screen.
struct Part {
    name: &'static str,
    lines: Vec<String>,
    /// Whether the last lines matter most, rather than the first.
    latest: bool,
}

/// Returns a short summary of a record. On a terminal no line is wider than `width`, and no lines but the first of each
/// part go beyond `height`.
pub fn brief_text(view: &BriefView, width: Option<u16>, height: Option<usize>) -> String {
    let head = head(view, width);
    let mut parts = parts(view);
    if let Some(height) = height {
        // Leave two lines free: an empty one and the shell's next prompt.
        let room = height.saturating_sub(head.lines().count() + 2);
        cut(&mut parts, room);
    }
    let names = parts.iter().map(|part| part.name.width()).max().unwrap_or(0);
    let mut out = format!("{head}\n");
    for part in &parts {
        for (place, line) in part.lines.iter().enumerate() {
            let name = if place == 0 { part.name } else { "" };
            let blanks = " ".repeat(names - name.width() + 2);
            let line = terminal(line);
            let line = match width {
                Some(width) => within(&line, usize::from(width).saturating_sub(names + 2)),
                None => line.into_owned(),
            };
            out.push_str(&format!("{DIM}{name}{DIM:#}{blanks}{line}\n"));
        }
    }
    out
}

fn head(view: &BriefView, width: Option<u16>) -> String {
    let width = width.unwrap_or(u16::MAX);
    let kind = [view.kind_label.as_deref(), view.version.as_deref()];
    let kind = kind.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let facts = [
        Some(kind).filter(|kind| !kind.is_empty()),
        view.severity.clone(),
        Some(view.status_label.clone()),
        view.date_text.clone(),
        view.zone.clone(),
        Some(view.id.clone()),
    ];
    let facts: Vec<String> =
        facts.into_iter().flatten().map(|fact| terminal(&fact).into_owned()).collect();
    let title = broken(&fitted(&terminal(&view.title), width), width);
    let facts = broken(&fitted_parts(&facts, " · ", width), width);
    format!("{BOLD}{title}{BOLD:#}\n{facts}\n")
}

fn parts(view: &BriefView) -> Vec<Part> {
    let (handover, words) = (&view.handover, &view.handover.words);
    let of = |name, lines: Vec<String>| Part { name, lines, latest: false };
    let noted = |events: &[NotedView]| events.iter().map(noted_line).collect();
    let impact = view.impact.iter().flat_map(|impact| impact.trim().lines());
    let mut parts = vec![
        of(words.now, vec![view.line.clone()]),
        of(words.broken, handover.broken.iter().map(|broken| broken.line.clone()).collect()),
        of(words.impact, impact.map(str::to_owned).collect()),
        of(
            words.cause,
            handover
                .cause
                .iter()
                .map(|cause| format!("{} {}", cause.time.short, cause.text))
                .collect(),
        ),
        of(words.updates, handover.updates.iter().chain(&handover.public_says).cloned().collect()),
        Part { name: words.tried, lines: noted(&handover.tried), latest: true },
        of(words.people, handover.people.iter().map(|one| person_line(one, words.to_do)).collect()),
        of(words.due, handover.due.iter().map(task_line).collect()),
        Part { name: words.latest, lines: noted(&handover.latest), latest: true },
        of(words.open_too, view.open_too.clone()),
    ];
    parts.retain(|part| !part.lines.is_empty());
    parts
}

fn noted_line(event: &NotedView) -> String {
    let kind = event.type_label.as_ref().map(|kind| format!(" ({kind})")).unwrap_or_default();
    let by = event.by.as_ref().map(|by| format!(" ({by})")).unwrap_or_default();
    format!("{} {}{kind}{by}", event.time.short, event.text)
}

fn person_line(person: &PersonView, to_do: &str) -> String {
    let last = person.last.as_ref().map(|last| format!("{} {}", last.time.short, last.text));
    let tasks = Some(person.to_do.join(", ")).filter(|tasks| !tasks.is_empty());
    let tasks = tasks.map(|tasks| format!("{to_do}: {tasks}"));
    let told: Vec<String> = [last, tasks].into_iter().flatten().collect();
    format!("{}: {}", person.name, told.join("; "))
}

fn task_line(task: &TaskView) -> String {
    let when = task.when.as_ref().map(|when| format!("{when} ")).unwrap_or_default();
    let owner = task.owner.as_ref().map(|owner| format!(" ({owner})")).unwrap_or_default();
    let state = task.state.as_ref().map(|state| format!(" – {state}")).unwrap_or_default();
    format!("{when}{}{owner}{state}", task.text)
}

/// Cuts the parts to `room` lines in total; every part keeps one line before any part gets a second. If there is no room
/// for all, the last line names those that are missing.
fn cut(parts: &mut Vec<Part>, room: usize) {
    if room < parts.len() {
        let rest = parts.split_off(room.saturating_sub(1).max(1));
        let names: Vec<&str> = rest.iter().map(|part| part.name).collect();
        let line = format!("+{}: {}", rest.len(), names.join(", "));
        parts.push(Part { name: "…", lines: vec![line], latest: false });
    }
    let mut shares = vec![0; parts.len()];
    let mut left = room.max(parts.len());
    while left > 0 {
        let before = left;
        for (share, part) in shares.iter_mut().zip(&*parts) {
            if left > 0 && *share < part.lines.len() {
                (*share, left) = (*share + 1, left - 1);
            }
        }
        if left == before {
            break;
        }
    }
    for (share, part) in shares.into_iter().zip(parts) {
        part.leave(share);
    }
}

impl Part {
    /// Cuts the part to `share` lines, one of which says how many are missing. If there is only one line, the count is
    /// at its end.
    fn leave(&mut self, share: usize) {
        let all = self.lines.len();
        if share >= all {
            return;
        }
        let kept = share.saturating_sub(1).max(1);
        let lines = if self.latest {
            self.lines.split_off(all - kept)
        } else {
            self.lines[..kept].to_vec()
        };
        self.lines = lines;
        let missing = format!("… +{}", all - kept);
        match (share > 1, self.latest) {
            (true, true) => self.lines.insert(0, missing),
            (true, false) => self.lines.push(missing),
            (false, _) => self.lines[0] = format!("{missing} · {}", self.lines[0]),
        }
    }
}

/// Returns a line cut to at most `columns` columns.
pub(super) fn within(line: &str, columns: usize) -> String {
    if line.width() <= columns {
        return line.to_owned();
    }
    let mut room = columns.saturating_sub(1);
    let fits = |c: &char| {
        let width = c.width().unwrap_or(0);
        let fits = width <= room;
        room = room.saturating_sub(width);
        fits
    };
    let shown: String = line.chars().take_while(fits).collect();
    format!("{}…", shown.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Event, EventType, Incident, Moment};
    use crate::view::brief_view;

    #[test]
    fn a_screen_has_a_line_of_each_part_and_the_latest_attempts() {
        let at =
            |minute: u32| Moment::parse(&format!("2024-09-07T18:{minute:02}+09:00"), None).unwrap();
        let title = format!("Checkout {}", "x".repeat(100));
        let mut incident = Incident { title, ..Incident::default() };
        incident.events = (0..50)
            .map(|minute| Event {
                kind: Some(EventType::Action),
                by: Some(format!("name {}", minute % 9)),
                ..Event::new(at(minute), format!("try {minute} {}", "결제".repeat(60)))
            })
            .collect();
        incident.events[0].kind = Some(EventType::Detected);
        let view = brief_view(
            "checkout",
            &incident,
            (300, at(55)),
            &std::collections::BTreeMap::new(),
            Vec::new(),
        );
        for height in 8..70 {
            let text = anstream::adapter::strip_str(&brief_text(&view, Some(80), Some(height)))
                .to_string();
            let lines: Vec<&str> = text.lines().collect();
            assert!(lines.len() < height, "{height}: {text}");
            assert!(lines.iter().all(|line| line.width() <= 80), "{height}: {text}");
            for part in ["broken", "updates", "tried", "who", "latest"] {
                // Without room for all, the last ones are only named.
                assert!(text.contains(part), "{height} {part}: {text}");
            }
            assert!(height < 14 || text.contains("try 49"), "{height}: {text}");
        }
        let whole = brief_text(&view, None, None);
        assert!((1..50).all(|minute| whole.contains(&format!("try {minute} 결제"))), "{whole}");
    }
}
