//! A record for a terminal: heading, plan against actual, timeline, durations.

use anstyle::Style;
use comfy_table::presets::{NOTHING, UTF8_HORIZONTAL_ONLY};
use comfy_table::{Cell, ColumnConstraint, ContentArrangement, Table, Width};
use unicode_width::UnicodeWidthStr;

use crate::markdown::Fences;
use crate::view::{
    AttachmentView, EventView, Labels, RecordView, RowEvent, RowView, StepView, TimeView,
};

use super::escape::{terminal, terminal_lines};

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
/// The longest text, in letters without spaces, that is taken for a time.
const LONGEST_TIME: usize = 20;
/// How many lines of a detail are shown without `full`.
const DETAIL_LINES: usize = 6;

/// Returns the whole record for a terminal of `width` columns.
pub fn record_text(view: &RecordView, width: u16, full: bool) -> String {
    let mut out = head(view, width);
    if let Some(summary) = &view.summary {
        out.push_str(&format!("\n{}", paragraph(summary, width)));
    }
    let files: Vec<String> = files(&view.attachments).collect();
    if !files.is_empty() {
        let mut table = bare_table(width);
        for file in &files {
            table.add_row([file]);
        }
        out.push_str(&format!("\n{}", lines_of(&table)));
    }
    if !view.plan.is_empty() {
        out.push_str(&heading(view.labels.plan_and_actual));
        out.push_str(&plan_table(view, width));
    }
    out.push_str(&heading(view.labels.timeline));
    out.push_str(&timeline(view, width, full));
    if !view.events.is_empty() {
        out.push_str(&heading(view.labels.durations));
        out.push_str(&durations(view, width));
    }
    out
}

/// Returns plan against actual only, with durations and silences.
pub fn schedule_text(view: &RecordView, width: u16) -> String {
    let mut out = head(view, width);
    if view.plan.is_empty() {
        out.push_str(&format!("\n{}\n", view.labels.no_plan));
    }
    if !view.rows.is_empty() {
        out.push_str(&heading(view.labels.plan_and_actual));
        out.push_str(&plan_table(view, width));
    }
    if !view.events.is_empty() {
        out.push_str(&heading(view.labels.durations));
        out.push_str(&durations(view, width));
    }
    if view.silences.len() > 1 {
        out.push_str(&heading(view.labels.silences));
        let mut table = bare_table(width);
        for silence in &view.silences {
            table.add_row(
                [&silence.value, &silence.formula].map(|text| terminal(text).into_owned()),
            );
        }
        out.push_str(&lines_of(&table));
    }
    out
}

pub(super) fn heading(text: &str) -> String {
    format!("\n{BOLD}{text}{BOLD:#}\n")
}

pub(super) fn head(view: &RecordView, width: u16) -> String {
    let labels = &view.labels;
    let mut facts: Vec<String> = Vec::new();
    let kind = [view.kind_label.as_deref(), view.version.as_deref()];
    facts.push(kind.into_iter().flatten().collect::<Vec<_>>().join(" "));
    facts.extend(view.severity.clone());
    facts.push(view.status_label.clone());
    facts.extend(view.date_text.clone());
    facts.extend(view.zone.clone());
    facts.extend(view.review.as_ref().map(|review| review.label.clone()));
    if view.sample {
        facts.push(labels.sample.to_owned());
    }
    if view.archived {
        facts.push(labels.archived.to_owned());
    }
    facts.retain(|fact| !fact.is_empty());
    let title = broken(&fitted(&terminal(&view.title), width), width);
    let facts: Vec<String> = facts.iter().map(|fact| terminal(fact).into_owned()).collect();
    let facts = broken(&fitted_parts(&facts, " · ", width), width);
    let id = terminal(&view.id).into_owned();
    format!("{BOLD}{title}{BOLD:#}\n{facts}\n{DIM}{id}{DIM:#}\n")
}

/// Returns a line wrapped at spaces; a single word may be wider.
pub(super) fn fitted(line: &str, width: u16) -> String {
    let options = textwrap::Options::new(usize::from(width))
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace);
    textwrap::fill(line, options)
}

/// Returns parts joined by `joint`, in lines that only break between parts.
pub(super) fn fitted_parts(parts: &[String], joint: &str, width: u16) -> String {
    const HELD: char = '\u{a0}';
    let parts: Vec<String> =
        parts.iter().map(|part| part.replace(' ', &HELD.to_string())).collect();
    fitted(&parts.join(joint), width).replace(HELD, " ")
}

/// Returns lines, of which those with a word wider than `width` are broken in that word.
pub(super) fn broken(lines: &str, width: u16) -> String {
    let broken = lines.lines().map(|line| match line.width() > usize::from(width) {
        true => textwrap::fill(line, usize::from(width)),
        false => line.to_owned(),
    });
    broken.collect::<Vec<_>>().join("\n")
}

/// Returns Markdown as it was written, wrapped.
fn paragraph(text: &str, width: u16) -> String {
    let mut table = bare_table(width);
    table.add_row([reflowed(&terminal_lines(text.trim()))]);
    lines_of(&table)
}

/// Returns a text with the lines of each paragraph joined, so that the terminal's width decides where they break;
/// lists, code and tables are unchanged.
fn reflowed(text: &str) -> String {
    let mut out = String::new();
    let mut fences = Fences::default();
    let mut joins = false;
    for line in text.lines() {
        let prose = !fences.hold(line) && line.starts_with(|c: char| c.is_alphanumeric());
        if !out.is_empty() {
            out.push(if joins && prose { ' ' } else { '\n' });
        }
        out.push_str(line);
        joins = prose && !line.ends_with("  ");
    }
    out
}

pub(super) fn plan_table(view: &RecordView, width: u16) -> String {
    let labels = &view.labels;
    let mut table = ruled_table(width);
    table.set_header(["", labels.planned, "", labels.actual, labels.deviation]);
    for row in &view.rows {
        if let Some(day) = &row.new_day {
            table.add_row([day.as_str(), "", "", "", ""]);
        }
        table.add_row(plan_cells(view, row));
    }
    keep_words(&mut table, 0);
    keep_words(&mut table, 2);
    let note = view.rollback_note.iter();
    let note = note.map(|note| format!("{}\n", broken(&fitted(note, width), width)));
    lines_of(&table) + &note.collect::<String>()
}

fn plan_cells(view: &RecordView, row: &RowView) -> [String; 5] {
    let (when, what) = match (&row.planned, &row.step) {
        (Some(when), Some(step)) => step_cells(&view.labels, when, step),
        _ => Default::default(),
    };
    let (happened, events) = event_cells(&row.events);
    [when, what, happened, events, terminal_lines(&deviation_lines(&view.labels, row))]
}

/// Returns one line each for the verdict, the deviation of the end, the deviation from the first plan, and the length.
pub(super) fn deviation_lines(labels: &Labels, row: &RowView) -> String {
    let mut lines = vec![row.label.clone()];
    lines.extend(row.end_label.as_ref().map(|end| format!("{} {end}", labels.end)));
    lines.extend(row.first_label.as_ref().map(|first| format!("({}: {first})", labels.from_first)));
    lines.extend(row.took.clone());
    lines.join("\n")
}

fn step_cells(labels: &Labels, when: &str, step: &StepView) -> (String, String) {
    let mut what = manageable(&terminal(&step.text), false);
    if let Some(first) = &step.first_planned {
        let why = step.revised_why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        what.push_str(&format!("\n({} {}{})", labels.first_planned, first.short, terminal(&why)));
    }
    if step.skipped {
        let why = step.skipped_why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        what.push_str(&format!("\n({}{})", labels.skipped, terminal(&why)));
    }
    (when.to_owned(), what)
}

/// Returns a time with the same moment in the additional zone under it, if there is one.
fn beside(when: &str, time: &TimeView) -> String {
    match &time.beside {
        Some(elsewhere) => format!("{when}\n{elsewhere}"),
        None => when.to_owned(),
    }
}

/// Returns the time and text cells of a row's events. With a single event both cells break into corresponding lines;
/// with several, each event's time is in the text cell.
fn event_cells(events: &[RowEvent]) -> (String, String) {
    match events {
        [] => ("—".to_owned(), String::new()),
        [one] => (one.when.clone(), manageable(&terminal(&one.text), false)),
        [first, rest @ ..] => {
            let mut texts = vec![terminal(&first.text).into_owned()];
            texts.extend(
                rest.iter().map(|event| format!("{} {}", event.when, terminal(&event.text))),
            );
            (first.when.clone(), texts.join("\n"))
        }
    }
}

fn timeline(view: &RecordView, width: u16, full: bool) -> String {
    if view.events.is_empty() {
        return format!("{}\n", view.labels.nothing_yet);
    }
    timeline_of(view, &view.events, width, full)
}

/// Returns the lines of these events.
pub(super) fn timeline_of(
    view: &RecordView,
    events: &[EventView],
    width: u16,
    full: bool,
) -> String {
    let mut out = String::new();
    let mut table = bare_table(width);
    for event in events {
        if let Some(day) = &event.new_day {
            keep_words(&mut table, 1);
            out.push_str(&lines_of(&table));
            out.push_str(&format!("{DIM}{}{DIM:#}\n", terminal(day)));
            table = bare_table(width);
        }
        table.add_row(event_row(view, event, full));
    }
    keep_words(&mut table, 1);
    out + &lines_of(&table)
}

fn event_row(view: &RecordView, event: &EventView, full: bool) -> [String; 4] {
    // Only the day is known: it is in the heading, but not that it is approximate.
    let only_day = event.time.time.is_empty() && event.about;
    let mut when = if only_day { event.time.short.clone() } else { event.time.time.clone() };
    if let Some(until) = &event.until_text {
        when = format!("{when}–{until}");
    }
    let kind = event.type_label.clone().unwrap_or_default();
    when = beside(&when, &event.time);
    [event.number.to_string(), when, terminal(&kind).into_owned(), event_text(view, event, full)]
}

/// The longest word or line that is passed to a table, in letters: longer ones are unreadable and slow.
const LONG: usize = 2000;

/// Returns a text in pieces that a table can lay out, cut unless `full`.
pub(super) fn manageable(text: &str, full: bool) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= LONG {
        return text.to_owned();
    }
    if full {
        let pieces: Vec<String> =
            letters.chunks(LONG).map(|piece| piece.iter().collect()).collect();
        return pieces.join("\n");
    }
    let shown: String = letters.iter().take(LONG).collect();
    format!("{shown}… +{} (--full)", letters.len().saturating_sub(LONG))
}

fn event_text(view: &RecordView, event: &EventView, full: bool) -> String {
    let labels = &view.labels;
    let mut lines = vec![manageable(&terminal(&event.headline), full)];
    let mut asides: Vec<String> = Vec::new();
    asides.extend(event.deviation.clone());
    asides.extend(event.by.as_ref().map(|by| format!("{}: {by}", labels.by)));
    asides.extend(event.why.as_ref().map(|why| format!("{}: {why}", labels.reason)));
    asides.extend(event.change.clone());
    asides.extend(event.next_update_text.clone());
    asides.extend(event.noted_later.clone());
    if event.internal {
        asides.push(labels.internal.to_owned());
    }
    if !asides.is_empty() {
        lines.push(terminal(&format!("({})", asides.join("; "))).into_owned());
    }
    lines.extend(event.more.as_deref().map(|more| shortened(more, full)));
    if let Some(detail) = &event.detail {
        lines.push(shortened(detail, full));
    }
    lines.extend(files(&event.attachments));
    lines.extend(event.refs.iter().map(|link| format!("→ {}", terminal(link))));
    lines.extend(
        event
            .metrics
            .iter()
            .map(|(name, value)| terminal(&format!("{name}: {value}")).into_owned()),
    );
    lines.join("\n")
}

/// Returns one line per file that no text refers to, with its description.
fn files(attachments: &[AttachmentView]) -> impl Iterator<Item = String> {
    attachments.iter().filter(|attachment| !attachment.inline).map(|attachment| {
        let caption = attachment.caption.as_ref().filter(|_| attachment.alt.is_empty());
        let shows = caption.unwrap_or(&attachment.alt);
        format!("[{}] {}", terminal(&attachment.file), terminal(shows))
    })
}

fn shortened(detail: &str, full: bool) -> String {
    let text = terminal_lines(detail.trim_end());
    let lines: Vec<String> = text.lines().map(|line| manageable(line, full)).collect();
    if full || lines.len() <= DETAIL_LINES + 1 {
        return lines.join("\n");
    }
    let shown = lines[..DETAIL_LINES].join("\n");
    format!("{shown}\n… +{} (--full)", lines.len() - DETAIL_LINES)
}

pub(super) fn durations(view: &RecordView, width: u16) -> String {
    let mut table = bare_table(width);
    for duration in &view.durations {
        table.add_row(
            [&duration.name, &duration.value, &duration.formula]
                .map(|text| terminal(text).into_owned()),
        );
    }
    lines_of(&table)
}

pub(super) fn ruled_table(width: u16) -> Table {
    let mut table = Table::new();
    table
        .load_style(UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        // Some terminals draw flags and skin tones wider than others: leave room for one.
        .set_width(width.saturating_sub(2));
    table
}

/// Makes a column of times as wide as its longest word, since half a time cannot be read.
pub(super) fn keep_words(table: &mut Table, column: usize) {
    if let Some(longest) = words(table, column).filter(|width| *width <= LONGEST_TIME).max() {
        widen(table, column, longest);
    }
}

/// Makes every column as wide as its longest word, and returns whether there is room for that. Where there is not, words
/// that are longer than any time may be broken.
pub(super) fn keep_all_words(table: &mut Table) -> bool {
    let columns = table.column_count();
    let room = table.width().map_or(usize::MAX, usize::from);
    for most in [usize::MAX, LONGEST_TIME] {
        let longest = |column| words(table, column).map(|it| it.min(most)).max().unwrap_or(0);
        let longest: Vec<usize> = (0..columns).map(longest).collect();
        if longest.iter().map(|it| it + PADDING).sum::<usize>() <= room {
            longest.iter().enumerate().for_each(|(column, it)| widen(table, column, *it));
            return true;
        }
    }
    false
}

/// The spaces on both sides of a cell.
const PADDING: usize = 2;

/// Iterates over the widths of all words of a column.
fn words(table: &Table, column: usize) -> impl Iterator<Item = usize> {
    let cells = table.column_cells_with_header_iter(column).flatten().map(Cell::content);
    cells.flat_map(|cell| cell.split_whitespace().map(UnicodeWidthStr::width).collect::<Vec<_>>())
}

fn widen(table: &mut Table, column: usize, width: usize) {
    let room = u16::try_from(width + PADDING).ok();
    if let Some((room, column)) = room.zip(table.column_mut(column)) {
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(room)));
    }
}

/// Returns the items of a list, wrapped under their bullets.
pub(super) fn bullets(items: &[String], width: u16) -> String {
    let mut table = bare_table(width);
    for item in items {
        table.add_row(["-".to_owned(), manageable(&terminal_lines(item.trim()), false)]);
    }
    lines_of(&table)
}

/// Returns a note, wrapped; a line of it to be copied, behind the first, is never broken.
pub(super) fn noted(note: &str, width: u16, head: impl Fn(&str, u16) -> String) -> String {
    let (first, copied) = note.split_once('\n').unwrap_or((note, ""));
    let copied = copied.lines().map(|line| format!("{}\n", terminal(line)));
    head(first, width) + &copied.collect::<String>()
}

pub(super) fn bare_table(width: u16) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    table
}

pub(super) fn lines_of(table: &Table) -> String {
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
