use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::Args;

use crate::lang::{help, terminal};
use crate::render::record_text;
use crate::store::{Project, RecordName};
use crate::view::record_view;

use super::super::context::Context;
use super::super::errors::{Exit, Failure};

#[derive(Debug, Args)]
#[command(about = help().watch.about, long_about = help().watch.long_about)]
pub(in crate::cli) struct WatchArgs {
    #[arg(env = "ASRUN_RECORD", help = help().watch.record)]
    record: Option<String>,
}

/// How often the file is looked at: it is one file, and small.
const TICK: Duration = Duration::from_millis(500);

/// To another screen and back, as pagers do: what was there before is there again.
const ENTER: &str = "\x1b[?1049h\x1b[?25l";
const LEAVE: &str = "\x1b[?25h\x1b[?1049l";
/// The whole screen anew, from its upper left corner.
const CLEAR: &str = "\x1b[H\x1b[2J";

pub(in crate::cli) fn run(context: &mut Context, args: &WatchArgs) -> Result<Exit, Failure> {
    if !std::io::stdout().is_terminal() {
        return Err(Failure::misuse(terminal().needs_terminal()));
    }
    let project = context.project()?;
    let record = context.named_or_current(&project, args.record.as_deref())?;
    // What cannot be read now is told as every command tells it.
    project.load(&record)?;
    let ended = ended_by_signal()?;
    context.print_at(ENTER, "");
    let mut shown = String::new();
    while !ended.load(Ordering::Relaxed) && context.is_heard() {
        let screen = screen(&project, &record);
        if screen != shown {
            context.print_at(CLEAR, &screen);
            shown = screen;
        }
        std::thread::sleep(TICK);
    }
    context.print_at(LEAVE, "");
    Ok(Exit::Done)
}

/// True once somebody wants it to end.
fn ended_by_signal() -> Result<Arc<AtomicBool>, Failure> {
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

/// The record's heading and as much of its end as the terminal has lines for; the fault, while it
/// cannot be read.
fn screen(project: &Project, record: &RecordName) -> String {
    let (width, height) = terminal_size::terminal_size()
        .map_or((80, 24), |(width, height)| (width.0, usize::from(height.0)));
    let loaded = match project.load(record) {
        Ok(loaded) => loaded,
        Err(fault) => return format!("{}\r\n", Failure::from(fault).in_one_line()),
    };
    let tolerance = project.settings.tolerance_seconds();
    let view = record_view(&loaded.id, &loaded.document.incident, tolerance, None);
    let text = record_text(&view, width.clamp(40, 500), false);
    let lines: Vec<&str> = text.lines().collect();
    const HEADING: usize = 2;
    let room = height.saturating_sub(HEADING + 2);
    let hidden = lines.len().saturating_sub(HEADING).saturating_sub(room);
    let mut out: Vec<String> = lines.iter().take(HEADING).map(|line| (*line).to_owned()).collect();
    if hidden > 0 {
        out.push(format!("… +{hidden}"));
    }
    out.extend(lines.iter().skip(HEADING + hidden).map(|line| (*line).to_owned()));
    out.join("\r\n")
}
