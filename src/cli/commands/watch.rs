use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::Args;

use crate::console::reminding::ReminderCommand;
use crate::console::{Context, Exit, Failure, Modes, now, width::wrapped_to};
use crate::fault::Field;
use crate::lang::{help, terminal};
use crate::model::Length;
use crate::operations::{read_length, team_view};
use crate::render::{escape, screen_text};
use crate::store::{Project, RecordName};
use crate::view::{Reminder, reminders, status_line};

#[derive(Debug, Args)]
#[command(about = help().watch.about, long_about = help().watch.long_about)]
pub(in crate::cli) struct WatchArgs {
    #[arg(env = "ASRUN_RECORD", help = help().watch.record)]
    record: Option<String>,
    #[arg(long, value_name = "LENGTH", help = help().watch.remind)]
    remind: Option<String>,
}

/// How often the file is checked; it is a single small file.
pub(super) const TICK: Duration = Duration::from_millis(500);

/// Switches to the alternate screen, as pagers do, so that the former content reappears afterwards.
const ENTER: &str = "\x1b[?1049h\x1b[?25l";
const LEAVE: &str = "\x1b[?25h\x1b[?1049l";
/// Clears the screen and moves to its upper left corner.
const CLEAR: &str = "\x1b[H\x1b[2J";
/// The same, with the bell.
const CLEAR_AND_RING: &str = "\x07\x1b[H\x1b[2J";

pub(in crate::cli) fn run(context: &mut Context, args: &WatchArgs) -> Result<Exit, Failure> {
    if !std::io::stdout().is_terminal() {
        return Err(Failure::misuse(terminal().needs_terminal()));
    }
    let project = context.project()?;
    let record = context.named_or_current(&project, args.record.as_deref())?;
    // An unreadable record is reported as in every command.
    project.load(&record)?;
    let zone = context.zone(&project);
    let length = |typed: &String| read_length(typed, Field::Remind, context.now, zone);
    let within = args.remind.as_ref().map(length).transpose()?;
    let mut command = ReminderCommand::of(&context.environment)?;
    let ended = ended_by_signal()?;
    let _unshown = Modes::without_keys();
    context.print_at(ENTER, "");
    let (mut shown, mut reminded) = (None, Vec::new());
    while !ended.load(Ordering::Relaxed) && context.can_print() {
        let size = size();
        let (text, reminders) = screen(context, &project, &record, (size, within));
        let new = reminders.iter().filter(|reminder| !reminded.contains(&reminder.of));
        let new: Vec<&Reminder> = new.collect();
        let rings = !new.is_empty();
        if let Some(failure) = new.iter().find_map(|it| command.remind(&it.line).err()) {
            context.print_at(LEAVE, "");
            return Err(failure);
        }
        let screen = Some((text, size));
        if screen != shown {
            let code = if rings { CLEAR_AND_RING } else { CLEAR };
            context.print_at(code, screen.as_ref().map_or("", |(text, _)| text));
            shown = screen;
        }
        if rings {
            reminded = reminders.into_iter().map(|it| it.of).collect();
        }
        std::thread::sleep(TICK);
    }
    context.print_at(LEAVE, "");
    Ok(Exit::Done)
}

/// The columns and lines of a terminal.
type Size = (u16, usize);

/// The fewest columns in which a table of events can be laid out.
const MIN: u16 = 20;

/// Returns the terminal's current size, which may change at any time.
fn size() -> Size {
    terminal_size::terminal_size()
        .map_or((80, 24), |(width, height)| (width.0, usize::from(height.0)))
}

/// Returns a flag that is set by a termination signal.
pub(super) fn ended_by_signal() -> Result<Arc<AtomicBool>, Failure> {
    let ended = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    for signal in
        [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP]
    {
        signal_hook::flag::register(signal, Arc::clone(&ended))
            .map_err(|fault| Failure::new(terminal().no_signals(&fault)))?;
    }
    Ok(ended)
}

/// Returns the screen for a record, and the steps to remind of; the fault, if it cannot be read.
fn screen(
    context: &Context,
    project: &Project,
    record: &RecordName,
    ((width, height), within): (Size, Option<Length>),
) -> (String, Vec<Reminder>) {
    let loaded = match project.load(record) {
        Ok(loaded) => loaded,
        Err(fault) => {
            let fault = wrapped_to(&Failure::from(fault).in_one_line(), "", width);
            return (fault.replace('\n', "\r\n"), Vec::new());
        }
    };
    let incident = &loaded.document.incident;
    let tolerance = project.settings.tolerance_seconds();
    let view = team_view(&loaded, tolerance);
    let zone = incident.zone.unwrap_or_else(|| context.zone(project));
    let now = now().unwrap_or(context.now).seen_in(zone);
    let near = within.map(|within| reminders(incident, now, tolerance, within.seconds()));
    let near = near.unwrap_or_default();
    let status = status_line(incident, now, tolerance, &project.settings.steps);
    let status = format!("{} · {status}", loaded.id);
    let reminders = near.iter().map(|it| format!("▶ {}", it.line));
    let lines: Vec<String> = std::iter::once(status).chain(reminders).collect();
    let lines: Vec<String> = lines.iter().map(|it| escape::terminal(it).into_owned()).collect();
    let text = screen_text(&view, &lines.join("\n"), width.clamp(MIN, 500), height);
    (text.replace('\n', "\r\n"), near)
}
