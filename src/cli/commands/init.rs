use clap::Args;

use crate::console::{Context, Exit, Failure, merging, settings::zone_named};
use crate::format::{RECORD_SCHEMA, Settings, is_records_folder};
use crate::git;
use crate::lang::{FirstSettings, codes, help, terminal};
use crate::store::{Project, SCHEMA_FILE, SETTINGS_FILE};

#[derive(Debug, Default, Args)]
#[command(about = help().init.about, long_about = help().init.long_about)]
pub(in crate::cli) struct InitArgs {
    #[arg(long, value_name = "ZONE", help = help().init.timezone)]
    timezone: Option<String>,
    #[arg(long, value_name = "LANG", help = (help().init.language)(&codes().collect::<Vec<_>>()))]
    language: Option<String>,
    #[arg(long, value_name = "NAME", help = help().init.author)]
    author: Option<String>,
    #[arg(long, value_name = "FOLDER", help = help().init.records)]
    records: Option<String>,
    #[arg(long, help = help().init.no_schema)]
    no_schema: bool,
    #[arg(long, help = help().init.git)]
    git: bool,
}

pub(in crate::cli) fn run(context: &mut Context, args: InitArgs) -> Result<Exit, Failure> {
    crate::operations::check_language(args.language.as_deref())?;
    let records = args.records.as_deref().map(records_folder).transpose()?;
    let given =
        [&args.timezone, &args.language, &args.author, &records].iter().any(|it| it.is_some());
    let asked_for_zone = args.timezone.is_some();
    let timezone = match args.timezone {
        Some(name) => Some(zone_named("--timezone", &name)?.name().to_owned()),
        None => (context.environment.machine_zone)().map(|zone| zone.name().to_owned()),
    };
    let settings = Settings {
        timezone,
        language: args.language.or_else(|| language_of(&context.environment.locale()?)),
        records,
        author: args.author.or_else(|| git::configured(&context.folder, "user.name")),
        ..Settings::default()
    };
    let words = terminal();
    let text = settings.to_text(words.settings_comment(), |key| words.setting_comment(key));
    let schema = (!args.no_schema).then_some(RECORD_SCHEMA);
    let made = Project::init(&context.folder, &settings, &text, schema, context.dry_run)?;
    if made.is_empty() {
        context.confirm(terminal().all_there());
    }
    for path in &made {
        let name = path.strip_prefix(&context.folder).unwrap_or(path).display().to_string();
        let is_file = [SETTINGS_FILE, SCHEMA_FILE].iter().any(|file| path.ends_with(file));
        let slash = if is_file { "" } else { "/" };
        context.confirm(&terminal().made(&format!("{name}{slash}")));
    }
    let wrote_settings = made.iter().any(|path| path.ends_with(SETTINGS_FILE));
    if wrote_settings {
        context.confirm(&terminal().first_settings(FirstSettings {
            timezone: settings.timezone.as_deref(),
            language: settings.language.as_deref(),
            author: settings.author.as_deref(),
        }));
    }
    let machine_says_utc = settings.timezone.as_deref().is_some_and(|zone| zone.ends_with("UTC"));
    if wrote_settings && machine_says_utc && !asked_for_zone {
        context.warn(terminal().clock_in_utc());
    }
    if given && !wrote_settings {
        return Err(Failure::new(terminal().settings_there()));
    }
    if args.git {
        merging::set_up(context)?;
    }
    context.confirm(terminal().what_next());
    Ok(Exit::Done)
}

/// Creates a project if there is none and a person agrees; otherwise returns the failure.
pub(super) fn offer(context: &mut Context, failure: Failure) -> Result<(), Failure> {
    if context.dry_run || !context.is_interactive() {
        return Err(failure);
    }
    context.note(&terminal().no_project_yet(&failure.message));
    if !context.agrees(&terminal().make_it(&context.folder)) {
        return Err(failure);
    }
    let utc = (context.environment.machine_zone)().is_none_or(|zone| zone.name().ends_with("UTC"));
    let asked = utc.then(|| context.ask(terminal().whose_clocks()));
    let timezone = asked.flatten().filter(|zone| !zone.is_empty());
    run(context, InitArgs { timezone, ..InitArgs::default() }).map(|_| ())
}

/// Returns the requested folder of records, as in the settings.
///
/// # Errors
/// It is outside the project, or is reserved by asrun.
fn records_folder(typed: &str) -> Result<String, Failure> {
    match is_records_folder(typed) {
        true => Ok(typed.trim_end_matches('/').to_owned()),
        false => Err(Failure::misuse(terminal().no_records_folder(typed))),
    }
}

/// Returns `ko` for `ko_KR.UTF-8`; `None` for `C` and `POSIX`.
fn language_of(locale: &str) -> Option<String> {
    let language = locale.split(['_', '.', '@']).next()?.to_lowercase();
    (language.len() == 2).then_some(language)
}
