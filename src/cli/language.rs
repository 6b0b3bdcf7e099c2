//! Selects the language of messages.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::console::{Environment, settings::user_file};
use crate::lang;
use crate::store::{Project, settings_naming};

/// Selects the user's language: that of `ASRUN_TERMINAL_LANGUAGE`, of the project's settings, of the user's settings,
/// or of the locale; English if it is not supported.
pub(super) fn speak(args: &[OsString], outside: &Environment) {
    let project = || Project::find_without_settings(&folder(args)?).ok()?.terminal_language();
    let wanted = outside
        .variable_text("ASRUN_TERMINAL_LANGUAGE")
        .or_else(project)
        .or_else(|| set_in(&user_file(outside)?))
        .or_else(|| outside.locale());
    if let Some(wanted) = wanted {
        lang::speak(&wanted);
    }
}

/// Returns the folder of a command, before its arguments are parsed.
fn folder(args: &[OsString]) -> Option<PathBuf> {
    let named = args.windows(2).find(|pair| pair[0] == "-C" || pair[0] == "--dir");
    let here = std::env::current_dir().ok()?;
    Some(named.map_or(here.clone(), |pair| here.join(&pair[1])))
}

/// Returns the language in a settings file. A fault in the file is reported by the command itself.
fn set_in(path: &Path) -> Option<String> {
    settings_naming(path, "terminal_language").ok()?.terminal_language
}
