//! The entry point: arguments in, output and an exit code out.

mod args;
mod asked;
mod commands;
mod globals;
mod help_pages;
mod language;
mod milestone;
mod records;
mod unquoted;
mod usage;
mod verbs;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::CommandFactory;
use clap::error::ErrorKind;

use crate::completion;
use crate::console::hints::naming_record;
use crate::console::merging::tell_unmerged_if_changed;
use crate::console::{Context, Environment, Exit, Failure, Streams, errors, machine_zones};
use crate::lang;
use crate::model::Zone;
use verbs::{Cli, Verb};

/// Runs asrun with these arguments and returns its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    Zone::may_look_at(machine_zones);
    language::speak(&args, &Environment::of_process());
    completion::answer(Cli::command);
    outlive_size_limits();
    let cli = Cli::read(&args);
    let asks_for_page = cli.as_ref().is_err_and(|fault| !fault.use_stderr());
    if !asks_for_page && let Some(failure) = unquoted::refusal(&args, Cli::command) {
        return finish_early(&failure);
    }
    let cli = match cli {
        Ok(cli) => cli,
        Err(fault) => return refuse_or_explain(&fault, &args),
    };
    let mut context = match Context::from_environment(&cli.globals.into()) {
        Ok(context) => context,
        Err(failure) => return finish_early(&failure),
    };
    let outcome = dispatch(&mut context, cli.verb);
    let outcome = outcome.map_err(|failure| naming_record(failure, &context, Cli::command));
    tell_unmerged_if_changed(&context);
    context.finish(outcome).into()
}

/// Returns every command with its arguments.
#[cfg(test)]
pub(crate) fn commands_of_asrun() -> clap::Command {
    Cli::command()
}

fn dispatch(context: &mut Context, verb: Verb) -> Result<Exit, Failure> {
    if is_paged(&verb) {
        context.page();
    }
    match verb {
        Verb::Init(args) => commands::init::run(context, args),
        Verb::New(args) => commands::new::run(context, &args),
        Verb::Schema(args) => commands::schema::run(context, &args),
        Verb::Completions(args) => commands::completions::run(context, &args),
        Verb::Man(args) => commands::man::run(context, &args, Cli::command),
        Verb::Config(args) => commands::config::run(context, &args),
        Verb::Doctor(args) => commands::doctor::run(context, &args),
        Verb::Help(args) => commands::help::run(context, &args, Cli::command()),
        Verb::Select(args) => commands::select::run(context, &args),
        Verb::Get(args) => commands::get::run(context, &args),
        Verb::Set(args) => commands::set::run(context, &args),
        Verb::Close(args) => commands::close::run(context, &args),
        Verb::Archive(args) => commands::archive::run(context, &args),
        Verb::Reopen(args) => commands::reopen::run(context, &args),
        Verb::Review(args) => commands::review::run(context, &args),
        Verb::Plan(args) => commands::plan::run(context, args),
        Verb::Log(args) => commands::log::run(context, &args),
        Verb::Live(args) => commands::live::run(context, &args),
        Verb::Show(args) => commands::show::run(context, &args),
        Verb::Compare(args) => commands::compare::run(context, &args),
        Verb::Chart(args) => commands::chart::run(context, &args),
        Verb::Preview(args) => commands::preview::run(context, &args),
        Verb::Templates(args) => commands::templates::run(context, &args),
        Verb::Search(args) => commands::search::run(context, &args),
        Verb::History(args) => commands::history::run(context, &args),
        Verb::Stats(args) => commands::stats::run(context, &args),
        Verb::Actions(args) => commands::actions::run(context, &args),
        Verb::Lessons(args) => commands::lessons::run(context, &args),
        Verb::List(args) => commands::list::run(context, &args),
        Verb::Brief(args) => commands::brief::run(context, &args),
        Verb::Watch(args) => commands::watch::run(context, &args),
        Verb::Import(args) => commands::import::run(context, &args),
        Verb::Link(args) => commands::link::run(context, &args),
        Verb::Amend(args) => commands::amend::run(context, &args),
        Verb::Move(args) => commands::move_event::run(context, &args),
        Verb::Merge(args) => commands::merge::run(context, &args),
        Verb::Rename(args) => commands::rename::run(context, &args),
        Verb::Delete(args) => commands::delete::run(context, &args),
        Verb::Attach(args) => commands::attach::run(context, &args),
        Verb::Edit(args) => commands::edit::run(context, &args),
        Verb::Undo(args) => commands::undo::run(context, &args),
        Verb::Forget(args) => commands::forget::run(context, &args),
        Verb::Check(args) => commands::check::run(context, &args, Cli::command),
        Verb::Recover(args) => commands::recover::run(context, &args),
        Verb::MergeDriver(args) => commands::merge_driver::run(context, &args),
        Verb::Render(args) => commands::render::run(context, &args),
    }
}

/// Whether a command only prints, possibly a long text.
fn is_paged(verb: &Verb) -> bool {
    matches!(
        verb,
        Verb::Show(_)
            | Verb::Compare(_)
            | Verb::Chart(_)
            | Verb::Search(_)
            | Verb::History(_)
            | Verb::Stats(_)
            | Verb::Lessons(_)
            | Verb::List(_)
    )
}

/// Makes writes beyond the limit of `ulimit -f` fail instead of killing the process.
fn outlive_size_limits() {
    #[cfg(unix)]
    {
        let seen = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        // Without the handler the signal kills the process; nothing else is lost.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, seen);
    }
}

/// Prints the requested help or version, or reports a misuse. An event that was to be logged is repeated.
fn refuse_or_explain(fault: &clap::Error, args: &[OsString]) -> ExitCode {
    let exit = if fault.use_stderr() { Exit::Misuse } else { Exit::Done };
    match fault.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let page = help_pages::page_asked_for(Cli::command(), args).unwrap_or_default();
            let mut streams = Streams::of_process();
            match exit {
                Exit::Misuse => streams.tell_whole(&page),
                // If printing fails, nobody is reading any more.
                _ => drop(streams.print(&page).and_then(|()| streams.flush())),
            }
            return exit.into();
        }
        ErrorKind::DisplayVersion => {
            let mut version = fault.to_string();
            if args.iter().any(|arg| arg == "--verbose") {
                let zones = lang::terminal().examined(&lang::Examined::Zones(Zone::source()));
                version.push_str(&format!("{}: {}\n", zones.about, zones.is));
            }
            let mut streams = Streams::of_process();
            // If printing fails, nobody is reading any more.
            drop(streams.print(&version).and_then(|()| streams.flush()));
            return exit.into();
        }
        _ => tell(&usage::misuse(fault, &Cli::command(), args)),
    }
    let verb = args.iter().take(12).position(|arg| arg == "log" || arg == "new");
    if verb.is_some_and(|place| args[place] == "log") {
        let typed: Vec<_> = args.iter().skip(1).map(|arg| arg.to_string_lossy()).collect();
        let nothing = Failure::misuse(lang::terminal().nothing_recorded());
        tell(&nothing.repeating(&typed.join(" ")));
    }
    exit.into()
}

fn finish_early(failure: &Failure) -> ExitCode {
    tell(failure);
    failure.exit.into()
}

/// Reports a failure before a command began.
fn tell(failure: &Failure) {
    let streams = Streams::of_process();
    streams.tell_whole(&errors::text_of(failure, streams.terminals.err));
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::model::{Moment, Zone};

    /// The result of a command, in memory.
    struct Outcome {
        exit: Exit,
        out: String,
        err: String,
    }

    /// Runs a command in a folder without a process, an environment or a terminal.
    fn asrun(folder: &Path, args: &[&str], input: &str) -> Outcome {
        asrun_in(
            folder,
            args,
            input,
            Environment { variable: |_| None, machine_zone: || None },
            false,
        )
    }

    /// The same with an environment; `is_person` says whether somebody types the input.
    fn asrun_in(
        folder: &Path,
        args: &[&str],
        input: &str,
        environment: Environment,
        is_person: bool,
    ) -> Outcome {
        let args =
            ["asrun", "-C", folder.to_str().unwrap()].into_iter().chain(args.iter().copied());
        let cli = Cli::read(&args.map(OsString::from).collect::<Vec<_>>()).unwrap();
        let (mut streams, out, err) = Streams::in_memory(input);
        streams.terminals.input = is_person;
        let now = Moment::parse("2024-09-07T18:30:20+09:00", None).unwrap();
        let mut context = Context::new(&cli.globals.into(), folder, now, streams, environment);
        let outcome = dispatch(&mut context, cli.verb);
        let exit = context.finish(outcome);
        Outcome { exit, out: out.text(), err: err.text() }
    }

    #[test]
    fn a_person_is_asked_which_moment_was_meant() {
        let home = tempfile::tempdir().unwrap();
        let machine = || Environment { variable: |_| None, machine_zone: || Some(Zone::UTC) };
        let run = |args: &[&str], input: &str, is_person| {
            asrun_in(home.path(), args, input, machine(), is_person)
        };
        assert_eq!(run(&["init", "--timezone", "Asia/Seoul"], "", false).exit, Exit::Done);
        assert_eq!(run(&["new", "Checkout is down"], "", false).exit, Exit::Done);
        // It is 09:30 in the machine's zone.
        let log = ["log", "5xx on checkout", "--at", "09:25"];
        for (input, is_person, answer) in [
            ("1\n", true, "logged 2024-09-07 09:25 +09:00"),
            ("2\n", true, "logged 2024-09-07 18:25 +09:00"),
            ("3\n", true, ""),
            ("search\n1\n", true, "logged 2024-09-07 09:25 +09:00"),
            ("", true, ""),
            ("2\n", false, ""),
        ] {
            let Outcome { exit, out, err } = run(&log, input, is_person);
            let expected = if answer.is_empty() { Exit::Misuse } else { Exit::Done };
            assert_eq!(
                (exit, out.get(..answer.len())),
                (expected, Some(answer)),
                "{input:?}: {err}"
            );
            assert_eq!(err.contains("which one?"), is_person, "{err}");
        }
    }

    #[test]
    fn a_person_is_asked_which_record_was_meant() {
        let home = tempfile::tempdir().unwrap();
        let run = |args: &[&str], input: &str, is_person| {
            let machine = Environment { variable: |_| None, machine_zone: || Some(Zone::UTC) };
            asrun_in(home.path(), args, input, machine, is_person)
        };
        assert_eq!(run(&["init"], "", false).exit, Exit::Done);
        for id in ["checkout", "search"] {
            assert_eq!(run(&["new", "Down", "--id", id], "", false).exit, Exit::Done);
        }
        std::fs::remove_file(home.path().join(".asrun/current")).unwrap();
        for (input, is_person, record) in [
            ("1\n", true, Some("checkout")),
            ("2\n", true, Some("search")),
            ("3\n", true, None),
            ("3\n1\n", true, Some("checkout")),
            ("search\n", true, Some("search")),
            ("billing\n", true, None),
            ("", true, None),
            ("2\n", false, None),
        ] {
            let Outcome { exit, out, err } =
                run(&["log", &format!("5xx {}", input.escape_debug())], input, is_person);
            let record = record.map(|record| format!("→ {record}"));
            let told = record.as_ref().map_or(out.is_empty(), |record| out.contains(record));
            assert!(told && (exit == Exit::Done) == record.is_some(), "{input:?}: {out}{err}");
            assert_eq!(err.contains("which one?"), is_person, "{err}");
        }
    }

    #[test]
    fn a_person_is_asked_what_a_document_lacks_until_the_answer_can_be_read() {
        let home = tempfile::tempdir().unwrap();
        let run = |args: &[&str], input: &str, is_person| {
            let machine = Environment { variable: |_| None, machine_zone: || Some(Zone::UTC) };
            asrun_in(home.path(), args, input, machine, is_person)
        };
        assert_eq!(run(&["init"], "", false).exit, Exit::Done);
        let post = |day: &str| format!("# Down\n\n## Timeline\n\n- {day}18:08 a\n- {day}18:20 b\n");
        for (day, input, at) in [
            ("2024-09-07 ", "London\nEurope/London\ny\n", Some("2024-09-07T18:08+01:00")),
            ("", "UTC\n2024-13-01\n2024-09-07\ny\n", Some("2024-09-07T18:08+00:00")),
            ("", "UTC\nyesterday?\n", None),
            ("7/5/2024 ", "no\nUTC\n", None),
            ("7/5/2024 ", "UTC\nyes\nm\ny\n", Some("2024-07-05T18:08+00:00")),
            ("7/5/2024 ", "UTC\nD\ny\n", Some("2024-05-07T18:08+00:00")),
            ("2024-09-07 ", "\n", None),
            ("2024-09-07 ", "UTC\nn\n", None),
        ] {
            let _ = std::fs::remove_file(home.path().join("incidents/r.yaml"));
            std::fs::write(home.path().join("post.md"), post(day)).unwrap();
            let outcome = run(&["import", "post.md", "--id", "r"], input, true);
            let record = std::fs::read_to_string(home.path().join("incidents/r.yaml"));
            let found =
                record.as_ref().ok().and_then(|text| text.split_once("at: ")?.1.split(',').next());
            assert_eq!(found, at, "{input:?}: {}{}", outcome.out, outcome.err);
        }
    }

    #[test]
    fn a_story_in_memory() {
        let home = tempfile::tempdir().unwrap();
        let run = |args: &[&str], input: &str| asrun(home.path(), args, input);
        assert_eq!(run(&["list"], "").exit, Exit::Failed, "there is no project");
        assert_eq!(run(&["init", "--timezone", "Asia/Seoul"], "").exit, Exit::Done);
        assert_eq!(run(&["new", "Checkout is down", "--kind", "outage"], "").exit, Exit::Done);
        let logged = run(&["log", "5xx on checkout", "--type", "detected", "--at", "18:08"], "");
        assert_eq!(logged.exit, Exit::Done, "{}", logged.err);
        assert!(
            logged.out.starts_with("logged 2024-09-07 18:08 +09:00 Asia/Seoul: 5xx"),
            "{}",
            logged.out
        );
        let piped = run(&["log", "smoke test", "-"], "FAIL \u{1b}[31mred\u{1b}[0m\n");
        assert_eq!(piped.exit, Exit::Done, "{}", piped.err);
        let shown = run(&["show", "--full"], "");
        assert!(
            shown.out.contains("5xx on checkout") && shown.out.contains("FAIL red"),
            "{}",
            shown.out
        );
        assert!(!shown.out.contains('\u{1b}'), "colours are for terminals: {:?}", shown.out);
        let refused = run(&["log", "x", "--at", "25:00"], "");
        assert_eq!(refused.exit, Exit::Misuse);
        assert!(
            refused.out.is_empty() && refused.err.starts_with("error: NOT recorded"),
            "{}",
            refused.err
        );
    }

    #[test]
    fn the_machine_and_the_environment_are_arguments() {
        let home = tempfile::tempdir().unwrap();
        let made = asrun(home.path(), &["init"], "");
        // Without a zone of the machine and a person to ask, none is assumed.
        let settings = std::fs::read_to_string(home.path().join("asrun.yaml")).unwrap();
        assert!(settings.contains("# timezone:"), "{settings}{}", made.err);
        let quiet = asrun(home.path(), &["--quiet", "new", "x"], "");
        assert_eq!((quiet.exit, quiet.out.as_str()), (Exit::Done, ""), "{}", quiet.err);
    }
}
