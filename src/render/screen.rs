//! A record on a screen of limited height: its status and its newest events.

use crate::view::{EventView, RecordView};

use super::brief::within;
use super::escape::terminal;
use super::terminal::{
    DIM, broken, durations, fitted, head, heading, manageable, plan_table, timeline_of,
};

/// Returns a screen of a record: its title and `status` at the top, then its newest events, of which all but the
/// newest are cut to one line if they do not fit otherwise. The plan and the durations are only shown if all events fit as well. There are at most
/// `height` lines, none of them wider than `width`.
pub fn screen_text(view: &RecordView, status: &str, width: u16, height: usize) -> String {
    let mut above = top(view, status, width, height);
    let room = height.saturating_sub(above.len());
    let (events, whole) = newest(view, width, room);
    let title = lines_of(&heading(view.labels.timeline));
    let mut left = room.saturating_sub(events.len() + title.len());
    let blocks = blocks(view, width).into_iter().map(|block| lines_of(&block));
    let before = above.len();
    for block in blocks.filter(|_| whole) {
        if block.len() <= left {
            left -= block.len();
            above.extend(block);
        }
    }
    if above.len() > before {
        above.extend(title);
    }
    above.extend(events);
    above.join("\n")
}

/// Returns the heading without the id, which the status contains, cut to leave room for events.
fn top(view: &RecordView, status: &str, width: u16, height: usize) -> Vec<String> {
    let mut lines = lines_of(&head(view, width));
    lines.pop();
    let status = lines_of(&broken(&fitted(status, width), width));
    let most = height.saturating_sub(EVENTS.max(height / 2));
    lines.truncate(most.saturating_sub(status.len()).max(usize::from(most > 1)));
    lines.extend(status);
    lines.truncate(most);
    lines
}

/// The number of lines that are reserved for events.
const EVENTS: usize = 3;

/// The fewest columns in which events are laid out as a table.
const TABLE: u16 = 50;

/// Returns the lines of the newest events, and whether these are all events in full, as a table.
fn newest(view: &RecordView, width: u16, room: usize) -> (Vec<String>, bool) {
    if view.events.is_empty() {
        return (lines_of(view.labels.nothing_yet).into_iter().take(room).collect(), true);
    }
    // Each event has at least one line.
    if view.events.len() <= room && width >= TABLE {
        let whole = lines_of(&timeline_of(view, &view.events, width, false));
        if whole.len() <= room {
            return (whole, true);
        }
    }
    let mut lines: Vec<String> = Vec::new();
    let mut left = room.saturating_sub(1).max(1);
    // The newest one may take half the room, so that some before it are seen.
    let mut most = left.div_ceil(2);
    let mut shown = 0;
    for event in view.events.iter().rev() {
        let mut told = told(event, width, most.min(left));
        if told.len() > left && shown > 0 {
            break;
        }
        told.drain(..told.len().saturating_sub(left));
        left -= told.len();
        lines.splice(0..0, told);
        (most, shown) = (1, shown + 1);
    }
    if shown < view.events.len() && room > 1 {
        lines.insert(0, "…".to_owned());
    }
    (lines, false)
}

/// Returns an event in at most `most` lines, below its day if that is a new one.
fn told(event: &EventView, width: u16, most: usize) -> Vec<String> {
    let kind = event.type_label.as_ref().map(|kind| format!("[{kind}] "));
    let kind = kind.unwrap_or_default();
    let headline = manageable(&event.headline, false);
    let line = format!("{} {kind}{headline}", event.time.time);
    let line = terminal(line.trim_start());
    let mut lines = lines_of(&broken(&fitted(&line, width), width));
    if lines.len() > most {
        let rest = lines.split_off(most.saturating_sub(1)).join(" ");
        lines.push(within(&rest, usize::from(width)));
    }
    let day = event.new_day.as_ref().map(|day| within(&terminal(day), usize::from(width)));
    day.map(|day| format!("{DIM}{day}{DIM:#}")).into_iter().chain(lines).collect()
}

/// Returns the blocks between the heading and the events, for screens with enough room.
fn blocks(view: &RecordView, width: u16) -> Vec<String> {
    let mut blocks = Vec::new();
    if !view.plan.is_empty() {
        blocks.push(format!("{}{}", heading(view.labels.plan_and_actual), plan_table(view, width)));
    }
    if !view.events.is_empty() {
        blocks.push(format!("{}{}", heading(view.labels.durations), durations(view, width)));
    }
    blocks
}

fn lines_of(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use anstream::adapter::strip_str;
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::model::{Event, EventType, Incident, Moment, PlanStep};
    use crate::view::record_view;

    fn screen(events: u32, height: usize) -> Vec<String> {
        let at = |minute: u32| {
            let text = format!("2024-09-07T18:{minute:02}+09:00");
            Moment::parse(&text, None).unwrap()
        };
        let mut incident = Incident { title: "Checkout".to_owned(), ..Incident::default() };
        incident.plan = vec![PlanStep::new(at(30), "roll back")];
        let words = "and what somebody saw of it on which host, at some length, so that it breaks";
        let event = |minute| Event::new(at(minute), format!("event {minute} {words}"));
        incident.events = (0..events).map(event).collect();
        incident.events[0].kind = Some(EventType::Detected);
        incident.events.last_mut().unwrap().detail = Some("why\nit was".to_owned());
        let view = record_view("checkout", &incident, 300, None);
        let text = screen_text(&view, "18:59 · next: roll back", 80, height);
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn the_newest_event_is_seen_whatever_the_height() {
        for height in 4..=60 {
            for events in [1, 2, 5, 20, 59] {
                let lines = screen(events, height);
                assert!(lines.len() <= height, "{height} {events}: {lines:#?}");
                let last = format!("event {} ", events - 1);
                assert!(lines.iter().any(|line| line.contains(&last)), "{height}: {lines:#?}");
                assert!(height < 6 || lines[0].contains("Checkout"), "{height}: {lines:#?}");
                assert!(height < 6 || lines.iter().any(|line| line.contains("18:59")));
                let first =
                    lines.iter().position(|line| line == "…").map(|place| &lines[place + 1]);
                assert!(first.is_none_or(|line| line.contains("event")), "{height}: {lines:#?}");
            }
        }
    }

    #[test]
    fn a_long_event_leaves_room_for_those_before_it() {
        let at = |minute: u32| Moment::parse(&format!("2024-09-07T18:0{minute}Z"), None).unwrap();
        let mut incident = Incident { title: "Checkout".to_owned(), ..Incident::default() };
        let long = "the pool is exhausted and nobody knows why it is ".repeat(9);
        for newest_is_long in [false, true] {
            let text = |minute| match (minute == 3) == newest_is_long {
                true => format!("E{minute} {long}"),
                false => format!("E{minute} short"),
            };
            incident.events = (0..4).map(|minute| Event::new(at(minute), text(minute))).collect();
            let view = record_view("checkout", &incident, 300, None);
            for (width, height) in [(20, 12), (30, 12), (80, 10), (120, 10)] {
                let text = screen_text(&view, "18:59", width, height);
                let shown = |event: &str| text.lines().any(|line| line.contains(event));
                assert!(shown("E3") && shown("E2"), "{width} x {height}:\n{text}");
                let alone = text.lines().filter(|line| line.trim().chars().count() == 1).count();
                assert!(alone <= 1, "only the sign of what is missing: {text}");
            }
        }
    }

    #[test]
    fn no_line_is_wider_than_the_screen_and_none_is_lost() {
        let at = |minute: u32| {
            let text = format!("2024-09-07T{:02}:{:02}+09:00", minute / 60, minute % 60);
            Moment::parse(&text, None).unwrap()
        };
        for (title, text) in [
            ("Checkout is down", "errors on checkout rise and the pool is exhausted"),
            ("결제 장애", "결제 서비스에서 오류가 급증하여 커넥션 풀을 확인함"),
            (&*"가".repeat(150), &*"나".repeat(900)),
            (&*"https://example.com/".repeat(20), &*"x".repeat(900)),
        ] {
            let mut incident = Incident { title: title.to_owned(), ..Incident::default() };
            incident.plan = (0..3).map(|step| PlanStep::new(at(step), text)).collect();
            for events in [0, 1, 5, 120] {
                let event = |minute| Event::new(at(minute), format!("E{minute} {text}"));
                incident.events = (0..events).map(event).collect();
                if let Some((_, before)) = incident.events.split_last_mut() {
                    before.iter_mut().for_each(|event| event.kind = Some(EventType::Observation));
                }
                let view = record_view("checkout", &incident, 300, None);
                let status = format!("{} · 18:59 · next: {text} in 5 min (19:04)", "id".repeat(60));
                for (width, height) in
                    [(40, 8), (40, 60), (60, 15), (80, 24), (80, 60), (132, 24), (200, 8)]
                {
                    let lines = screen_text(&view, &status, width, height);
                    let lines: Vec<_> = lines.lines().map(|it| strip_str(it).to_string()).collect();
                    let size = format!("{width} x {height}, {events}");
                    assert!(lines.len() <= height, "{size}: {lines:#?}");
                    let is_within = |line: &String| line.width() <= width.into();
                    assert!(lines.iter().all(is_within), "{size}: {lines:#?}");
                    let newest = events.checked_sub(1).map(|last| format!("E{last}"));
                    let newest = newest.unwrap_or_else(|| view.labels.nothing_yet.to_owned());
                    let newest = newest.split(' ').next().unwrap_or_default();
                    let is_newest = |line: &String| line.contains(newest);
                    assert!(lines.iter().any(is_newest), "{newest}: {size}: {lines:#?}");
                }
            }
        }
    }

    #[test]
    fn durations_and_plan_have_the_room_that_events_leave() {
        let has = |lines: &[String], words: &str| lines.iter().any(|line| line.contains(words));
        for height in 8..=60 {
            for events in [2, 20] {
                let lines = screen(events, height);
                if has(&lines, "Durations") || has(&lines, "Plan against actual") {
                    assert!(!has(&lines, "…") && has(&lines, "event 0"), "{height}: {lines:#?}");
                }
            }
        }
        assert!(has(&screen(2, 40), "Durations") && has(&screen(2, 40), "Plan against actual"));
        assert!(has(&screen(59, 40), "…"));
    }
}
