//! Messages about a project, its settings, git, the machine, and asrun itself.

use std::path::Path;

use crate::lang::terminal::{
    Diagnosis, Examined, FileWords, FirstSettings, GitState, Gravity, RecordsState, Refusal,
    SchemaState, SettingsState, SetupWords, UnreadableRecord, WaitingEvents,
};
use crate::model::{NewerZones, ZoneSource};

use super::English;

impl SetupWords for English {
    fn not_spoken(&self, from: &str, typed: &str, spoken: &[&str]) -> Refusal {
        Refusal::new(format!("{from}: terminal_language: asrun does not support {typed:?}"))
            .hint(format!("the languages are: {}", spoken.join(", ")))
    }

    fn all_there(&self) -> &'static str {
        "every file already exists; none was changed"
    }

    fn made(&self, name: &str) -> String {
        format!("made {name}")
    }

    fn settings_comment(&self) -> &'static str {
        "asrun settings; every key is optional."
    }

    fn setting_comment(&self, key: &str) -> &'static str {
        match key {
            "timezone" => "zone of new records, IANA name",
            "language" => "language of new records, such as ko",
            "records" => "folder of the records, relative to this file",
            _ => "author of new records",
        }
    }

    fn no_records_folder(&self, typed: &str) -> Refusal {
        Refusal::new(format!(
            "--records: {typed:?} is not a folder inside the project, other than templates or a hidden one"
        ))
        .hint("such as --records docs/postmortems")
    }

    fn records_not_here(&self, path: &Path) -> Refusal {
        Refusal::new(format!("{}: `records` cannot be set for all projects", path.display()))
            .hint("write it into asrun.yaml of the project")
    }

    fn first_settings(&self, settings: FirstSettings<'_>) -> String {
        let FirstSettings { timezone, language, author } = settings;
        let [timezone, language, author] =
            [timezone, language, author].map(|value| value.unwrap_or("not found"));
        format!("asrun.yaml: timezone {timezone}, language {language}, author {author}")
    }

    fn clock_in_utc(&self) -> &'static str {
        "this machine's clock is in UTC; if people are elsewhere, change timezone: in asrun.yaml"
    }

    fn settings_there(&self) -> Refusal {
        Refusal::new("asrun.yaml already exists and was left as it is").hint(
            "change timezone, language and author in that file; asrun config shows the values in \
             use",
        )
    }

    fn what_next(&self) -> &'static str {
        "next: asrun new \"Checkout is down\"              an outage, from now on
      asrun new \"4.0\" --kind release --date YYYY-MM-DD"
    }

    fn no_project_yet(&self, why: &str) -> String {
        format!("{why}; asrun keeps its records there, one file each")
    }

    fn make_it(&self, folder: &Path) -> String {
        format!("create it here, in {}? [Y/n] ", folder.display())
    }

    fn whose_clocks(&self) -> &'static str {
        "time zone? such as Asia/Seoul, or Enter for UTC: "
    }

    fn no_repository(&self) -> Refusal {
        Refusal::new("this folder is not in a git repository, so nothing was written for git")
            .hint("run git init, then asrun init --git again")
    }

    fn named_to_git(&self, line: &str) -> String {
        format!("named asrun's merge in .gitattributes and git config ({line})")
    }

    fn attributes(&self, attributes: &str, added: bool) -> String {
        let did = if added { "wrote" } else { "has already" };
        format!(".gitattributes {did}: {attributes}")
    }

    fn driver_name(&self) -> &'static str {
        "asrun records, entry by entry"
    }

    fn git_says(&self, key: &str, value: &str) -> String {
        format!("git config {key} = {value}")
    }

    fn names_as_they_are(&self) -> &'static str {
        "to have git print file names that are not ASCII unescaped: git config core.quotePath \
         false"
    }

    fn git_refused(&self, key: &str, why: &str) -> Refusal {
        Refusal::new(format!("git config {key}: {why}"))
            .hint("is this folder in a git repository? git init creates one")
    }

    fn environment(&self) -> &'static str {
        "the environment"
    }

    fn built_in(&self) -> &'static str {
        "built in"
    }

    fn not_minutes(&self, variable: &str, typed: &str) -> String {
        format!("{variable}: {typed:?} is not a whole number of minutes")
    }

    fn examined(&self, examined: &Examined) -> Diagnosis {
        diagnosis(examined)
    }

    fn to_mend(&self, mend: &str) -> String {
        format!("fix:  {mend}")
    }

    fn no_completions(&self, shell: &str, known: &[&str]) -> Refusal {
        Refusal::new(format!("asrun has no completions for {shell:?}"))
            .hint(format!("the shells are: {}", known.join(", ")))
    }

    fn completions_failed(&self, why: &str) -> String {
        format!("cannot write the completions: {why}")
    }

    fn wrote_pages(&self, folder: &Path) -> String {
        format!("wrote the pages to {}", folder.display())
    }

    fn page_failed(&self, why: &str) -> String {
        format!("cannot write a page: {why}")
    }

    fn options_of(&self, command: &str) -> String {
        format!("Its options: asrun {command} --help")
    }

    fn topics(&self, names: &[&str]) -> String {
        format!("Topics: asrun help {}", names.join(", "))
    }

    fn gravity(&self, gravity: Gravity) -> &'static str {
        match gravity {
            Gravity::Error => "error",
            Gravity::Warning => "warning",
            Gravity::Note => "note",
        }
    }

    fn nothing_to_explain(&self, typed: &str, near: Option<&str>) -> Refusal {
        Refusal::new(format!("no command or topic {typed:?}")).hint(match near {
            Some(near) => format!("did you mean asrun help {near}?"),
            None => "asrun help lists the commands and topics".to_owned(),
        })
    }
}

fn fine(about: &'static str, is: impl Into<String>) -> Diagnosis {
    Diagnosis { about, is: is.into(), mend: None }
}

fn ill(about: &'static str, is: impl Into<String>, mend: impl Into<String>) -> Diagnosis {
    Diagnosis { about, is: is.into(), mend: Some(mend.into()) }
}

fn diagnosis(examined: &Examined) -> Diagnosis {
    match examined {
        Examined::NoProject(fault) => {
            ill("project", English.store_fault_in_short(fault), "asrun init creates one here")
        }
        Examined::Records(state) => of_records(state),
        Examined::Settings(state) => of_settings(state),
        Examined::Schema(state) => of_schema(state),
        Examined::Writing(Ok(())) => fine("writing", "records can be saved"),
        Examined::Writing(Err(fault)) => ill(
            "writing",
            English.store_fault_in_short(fault),
            "change the owner or the permissions of the folder",
        ),
        Examined::Leftovers(left) if left.is_empty() => fine("leftovers", "none"),
        Examined::Leftovers(left) => ill(
            "leftovers",
            left.join(", "),
            "left over from an interrupted save, edit or line: look at them (asrun live offers \
             its line), then delete them",
        ),
        Examined::Waiting(waiting) => of_waiting(waiting),
        Examined::Refused(files) => {
            let files: Vec<String> = files.iter().map(|it| it.display().to_string()).collect();
            ill(
                "refused",
                format!("texts that were too long to be repeated: {}", files.join(", ")),
                "look at them, then delete them",
            )
        }
        Examined::Locks => {
            fine("locks", "the system releases them by itself: none is ever left behind")
        }
        Examined::Cache => fine("cache", "there is none, so nothing can be stale"),
        Examined::Git(state) => of_git(state),
        Examined::Zones(source) => fine("zone data", of_zones(source)),
        Examined::Editor(editor) => fine("editor", editor),
        Examined::NoEditor(program) => ill(
            "editor",
            format!("{program} was not found"),
            "set VISUAL or EDITOR to an installed editor",
        ),
        Examined::Terminal(columns) => fine("terminal", columns_words(*columns)),
        Examined::NoUnicode(columns, locale) => {
            let locale = locale.as_deref().unwrap_or("not set");
            ill(
                "terminal",
                format!("{}, locale {locale}", columns_words(*columns)),
                "set LANG to a UTF-8 locale, such as ko_KR.UTF-8 or C.UTF-8",
            )
        }
    }
}

fn of_zones(ZoneSource { built_in, newer }: &ZoneSource) -> String {
    let Some(NewerZones { folder, version, lacking }) = newer else {
        return format!("tzdb {built_in} (built in)");
    };
    let lacking = match lacking {
        0 => String::new(),
        1 => "; 1 zone that cannot be read there is the built-in one".to_owned(),
        zones => format!("; {zones} zones that cannot be read there are the built-in ones"),
    };
    let folder = folder.display();
    format!("tzdb {version} ({folder}, newer than the built-in {built_in}{lacking})")
}

fn of_records(state: &RecordsState) -> Diagnosis {
    let about = "records";
    match state {
        RecordsState::Unlisted(fault) => {
            ill(about, English.store_fault_in_short(fault), "asrun init creates the folder")
        }
        RecordsState::Misnamed(files) => ill(
            about,
            format!("{files} files have names that are not UTF-8"),
            "rename them; asrun list shows their names",
        ),
        RecordsState::Unreadable(records, unreadable) => of_unreadable(*records, unreadable),
        RecordsState::LeftBehind(records, left, folder) => ill(
            about,
            format!("{records} in {folder}/, and {left} in incidents/, which is not read"),
            format!(
                "asrun.yaml says records: {folder}; move those of incidents/ there, or delete them"
            ),
        ),
        RecordsState::WithCopies(records, copies) => ill(
            about,
            format!("{records}, and {copies} conflict copies"),
            "look for events in the copies, then delete them; asrun list shows their names",
        ),
        RecordsState::Fine(records, folder) => {
            fine(about, format!("{records} in {}", folder.display()))
        }
    }
}

/// Returns the commands that recover these records.
fn recover_each(ids: &[&str]) -> String {
    ids.iter().map(|id| format!("asrun recover {id}")).collect::<Vec<_>>().join(", ")
}

fn of_waiting(waiting: &[WaitingEvents]) -> Diagnosis {
    let events: usize = waiting.iter().map(|one| one.count).sum();
    let is = if events == 1 { "1 event is" } else { &format!("{events} events are") };
    let ids: Vec<&str> = waiting.iter().map(|one| one.id.as_str()).collect();
    let gone: Vec<&str> = waiting.iter().filter_map(|one| one.gone.as_deref()).collect();
    let first = match gone.is_empty() {
        true => String::new(),
        false => format!("restore {} first, then: ", gone.join(", ")),
    };
    ill(
        "waiting",
        format!("{is} in .asrun/ and not in the record yet: {}", ids.join(", ")),
        format!("{first}{}", recover_each(&ids)),
    )
}

fn of_unreadable(records: usize, unreadable: &[UnreadableRecord]) -> Diagnosis {
    let why: Vec<&str> = unreadable.iter().map(|record| record.why.as_str()).collect();
    let in_conflict = unreadable.iter().filter(|record| record.in_conflict);
    let in_conflict: Vec<&str> = in_conflict.map(|record| record.id.as_str()).collect();
    let mend = match in_conflict.len() == unreadable.len() {
        true => format!("to merge the conflict: {}", recover_each(&in_conflict)),
        false => "asrun check shows every fault with its line".to_owned(),
    };
    ill(
        "records",
        format!("{} of {records} cannot be read: {}", unreadable.len(), why.join("; ")),
        mend,
    )
}

fn of_settings(state: &SettingsState) -> Diagnosis {
    let about = "settings";
    match state {
        SettingsState::Faulty(why) => {
            ill(about, why, "correct asrun.yaml; until then, log works without it")
        }
        SettingsState::NoZone => ill(
            about,
            "no time zone is set, and this machine's is unknown",
            "write timezone: Asia/Seoul (or yours) into asrun.yaml",
        ),
        SettingsState::In(zone) => fine(about, format!("times of new records are in {zone}")),
    }
}

fn of_schema(state: &SchemaState) -> Diagnosis {
    const FILE: &str = "asrun.schema.json";
    let about = "editors";
    let make = format!("asrun schema -o {FILE}");
    match state {
        SchemaState::Missing => fine(about, format!("no {FILE}; to create it: {make}")),
        SchemaState::Own => fine(about, format!("{FILE} completes and checks records in them")),
        SchemaState::Other => ill(
            about,
            format!("{FILE} is from another version of asrun"),
            format!("{make} --force"),
        ),
    }
}

fn of_git(state: &GitState) -> Diagnosis {
    let about = "git";
    match state {
        GitState::NoRepository => ill(
            about,
            "the records are not in a git repository",
            "run git init, so that they are kept and shared",
        ),
        GitState::ByEntries => fine(about, "merges records entry by entry"),
        GitState::Untaught(attributes) => ill(
            about,
            format!(".gitattributes says {attributes}, but this clone is not set up for it"),
            "run asrun init --git, once in every clone",
        ),
        GitState::OtherDriver => ill(
            about,
            "this clone's merge command differs from the one this asrun writes",
            "run asrun init --git to rewrite it",
        ),
        GitState::DriverFails(complaint) => {
            let why = complaint.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
            ill(
                about,
                format!(
                    "git cannot find asrun to merge records{why}; it would merge them line by \
                    line"
                ),
                "put asrun on git's PATH, then run asrun init --git",
            )
        }
        GitState::ByLines => fine(
            about,
            "merges records line by line; asrun init --git makes it merge entry by \
                entry",
        ),
    }
}

fn columns_words(columns: Option<u16>) -> String {
    columns.map_or("no terminal".to_owned(), |columns| format!("{columns} columns"))
}
