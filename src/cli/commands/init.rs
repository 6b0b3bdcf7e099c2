use clap::Args;

use crate::format::{RECORD_SCHEMA, Settings};
use crate::git;
use crate::lang::help;
use crate::store::{MERGE_ATTRIBUTES, Project, SETTINGS_FILE};

use super::super::context::{Context, machine_zone};
use super::super::errors::{Exit, Failure};

#[derive(Debug, Default, Args)]
#[command(about = help().init.about, long_about = help().init.long_about)]
pub(in crate::cli) struct InitArgs {
    #[arg(long, value_name = "ZONE", help = help().init.timezone)]
    timezone: Option<String>,
    #[arg(long, value_name = "LANG", help = help().init.language)]
    language: Option<String>,
    #[arg(long, value_name = "NAME", help = help().init.author)]
    author: Option<String>,
    #[arg(long, help = help().init.no_schema)]
    no_schema: bool,
    #[arg(long, help = help().init.git)]
    git: bool,
}

pub(in crate::cli) fn run(context: &mut Context, args: InitArgs) -> Result<Exit, Failure> {
    crate::operations::check_language(args.language.as_deref())?;
    let given = args.timezone.is_some() || args.language.is_some() || args.author.is_some();
    let asked_for_zone = args.timezone.is_some();
    let timezone = match args.timezone {
        Some(name) => Some(super::super::settings::zone_named(&name)?.name().to_owned()),
        None => machine_zone().map(|zone| zone.name().to_owned()),
    };
    let settings = Settings {
        timezone,
        language: args.language.or_else(locale_language),
        author: args.author.or_else(|| git::configured(&context.folder, "user.name")),
        ..Settings::default()
    };
    let schema = (!args.no_schema).then_some(RECORD_SCHEMA);
    let made = Project::init(&context.folder, &settings, schema, context.dry_run)?;
    if made.is_empty() {
        context.confirm("everything is there already; nothing was changed\n");
    }
    for path in &made {
        let name = path.strip_prefix(&context.folder).unwrap_or(path).display().to_string();
        let slash = if path.extension().is_none() { "/" } else { "" };
        context.confirm(&format!("made {name}{slash}\n"));
    }
    let wrote_settings = made.iter().any(|path| path.ends_with(SETTINGS_FILE));
    let said = |value: &Option<String>| value.clone().unwrap_or_else(|| "not found".to_owned());
    if wrote_settings {
        context.confirm(&format!(
            "asrun.yaml: timezone {}, language {}, author {}\n",
            said(&settings.timezone),
            said(&settings.language),
            said(&settings.author)
        ));
    }
    let machine_says_utc = settings.timezone.as_deref().is_some_and(|zone| zone.ends_with("UTC"));
    if wrote_settings && machine_says_utc && !asked_for_zone {
        context.say("warning: this machine's clock is in UTC; if people are elsewhere, change timezone: in asrun.yaml");
    }
    if given && !wrote_settings {
        return Err(Failure::new("asrun.yaml is there already and was left as it is").hint(
            "change timezone, language and author in that file; asrun config shows what holds",
        ));
    }
    if args.git {
        teach_git(context)?;
    }
    context.confirm(NEXT);
    Ok(Exit::Done)
}

/// Makes a project where there is none, if a person is there and wants it; else that is the failure.
pub(super) fn offer(context: &mut Context, failure: Failure) -> Result<(), Failure> {
    if context.dry_run || !context.is_interactive() {
        return Err(failure);
    }
    let here = context.folder.display();
    context.say(&format!("{}; that is where asrun keeps records, a file each", failure.message));
    if !context.agrees(&format!("make it here, in {here}? [Y/n] ")) {
        return Err(failure);
    }
    let utc = machine_zone().is_none_or(|zone| zone.name().ends_with("UTC"));
    let asked =
        utc.then(|| context.ask("whose clocks? a zone such as Asia/Seoul, or Enter for UTC: "));
    let timezone = asked.flatten().filter(|zone| !zone.is_empty());
    run(context, InitArgs { timezone, ..InitArgs::default() }).map(|_| ())
}

/// The two ways on from here.
const NEXT: &str = "\
next: asrun new \"Checkout is down\"              an outage, from now on
      asrun new \"4.0\" --kind release --date YYYY-MM-DD
";

/// Tells git to merge records with asrun.
fn teach_git(context: &mut Context) -> Result<(), Failure> {
    if !git::is_in_repository(&context.folder) {
        return Err(Failure::new(
            "this folder is in no git repository, so nothing was written for git",
        )
        .hint("git init makes one; then asrun init --git again"));
    }
    if context.dry_run {
        context.confirm(&format!(
            "named asrun's merge in .gitattributes and git config ({})\n",
            program()
        ));
        return Ok(());
    }
    let added = Project::add_attributes(&context.folder)?;
    let did = if added { "wrote" } else { "has already" };
    context.confirm(&format!(".gitattributes {did}: {MERGE_ATTRIBUTES}\n"));
    let driver = format!("{} merge-driver %O %A %B %P", program());
    for (key, value) in [
        ("merge.asrun.name", "asrun records, entry by entry"),
        ("merge.asrun.driver", driver.as_str()),
    ] {
        git::configure(&context.folder, key, value).map_err(|why| {
            Failure::new(format!("git config {key}: {why}"))
                .hint("is this folder in a git repository? git init makes one")
        })?;
        context.confirm(&format!("git config {key} = {value}\n"));
    }
    Ok(())
}

/// `asrun` where the path has it, else this very file.
fn program() -> String {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).any(|folder| folder.join("asrun").is_file());
    let own = std::env::current_exe().ok().map(|exe| exe.display().to_string());
    match own {
        Some(own) if !on_path => format!("'{}'", own.replace('\'', "'\\''")),
        _ => "asrun".to_owned(),
    }
}

/// `ko` of `ko_KR.UTF-8`; none of `C` and `POSIX`.
fn locale_language() -> Option<String> {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"))?;
    let language = locale.split(['_', '.', '@']).next()?.to_lowercase();
    (language.len() == 2).then_some(language)
}
