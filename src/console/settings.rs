//! The sources of settings: the environment overrides the project, which overrides the user's file, which overrides the
//! defaults.

use std::path::PathBuf;

use crate::format::Settings;
use crate::lang::{spoken, spoken_codes, terminal};
use crate::model::{StepsPlace, Zone};
use crate::store::{Project, SETTINGS_FILE, settings_at};
use crate::view::{ConfigRow, setting_source};

use super::environment::Environment;
use super::errors::Failure;

/// One source of settings.
pub struct Layer {
    /// Its name for programs: a file or [`ConfigRow::ENVIRONMENT`].
    pub name: String,
    /// What it sets.
    pub settings: Settings,
}

/// Returns every source, highest priority first.
///
/// # Errors
/// A variable has an invalid value, or the user's file has a fault.
pub fn layers(project: &Project, outside: &Environment) -> Result<Vec<Layer>, Failure> {
    let mut layers = vec![
        Layer { name: ConfigRow::ENVIRONMENT.to_owned(), settings: environment(outside)? },
        Layer { name: SETTINGS_FILE.to_owned(), settings: project.settings.clone() },
    ];
    if let Some(path) = user_file(outside) {
        let settings = settings_at(&path)?;
        if settings.records.is_some() {
            return Err(Failure::misuse(terminal().records_not_here(&path)));
        }
        // What a project adds goes into its own file.
        let settings = Settings { steps_place: StepsPlace::End, ..settings };
        layers.push(Layer { name: path.display().to_string(), settings });
    }
    layers.iter().try_for_each(check_spoken)?;
    Ok(layers)
}

/// Refuses a language that asrun cannot use for messages.
fn check_spoken(layer: &Layer) -> Result<(), Failure> {
    let named = layer.settings.terminal_language.as_deref();
    match named.filter(|wanted| spoken(wanted).is_none()) {
        None => Ok(()),
        Some(wanted) => {
            let known: Vec<&str> = spoken_codes().collect();
            Err(Failure::misuse(terminal().not_spoken(setting_source(&layer.name), wanted, &known)))
        }
    }
}

/// Returns the combined settings.
pub fn merged(layers: &[Layer]) -> Settings {
    layers.iter().rev().fold(Settings::default(), |below, layer| layer.settings.clone().over(below))
}

/// Returns every setting with its value from the source of highest priority that sets it, else its default.
pub fn rows(layers: &[Layer]) -> Vec<ConfigRow> {
    let sources: Vec<_> =
        layers.iter().map(|layer| (&layer.name, layer.settings.entries())).collect();
    let row = |(place, (key, _, default)): (usize, (&'static str, _, Option<&str>))| {
        let set =
            sources.iter().find_map(|(name, entries)| entries[place].1.clone().zip(Some(name)));
        match set {
            Some((value, name)) => ConfigRow { key, value: Some(value), from: (*name).clone() },
            None => {
                let value = default.map(str::to_owned);
                ConfigRow { key, value, from: ConfigRow::BUILT_IN.to_owned() }
            }
        }
    };
    Settings::default().entries().into_iter().enumerate().map(row).collect()
}

/// Returns the settings from `ASRUN_…` variables.
fn environment(outside: &Environment) -> Result<Settings, Failure> {
    let said = |name: &str| outside.variable_text(name);
    let timezone = said("ASRUN_TIMEZONE");
    if let Some(name) = timezone.as_deref().filter(|name| Zone::parse(name).is_none()) {
        return Err(no_zone("ASRUN_TIMEZONE", name));
    }
    const MINUTES: &str = "ASRUN_TOLERANCE_MINUTES";
    let read = |typed: String| {
        typed.parse().map_err(|_| Failure::misuse(terminal().not_minutes(MINUTES, &typed)))
    };
    let tolerance_minutes = said(MINUTES).map(read).transpose()?;
    Ok(Settings {
        timezone,
        language: said("ASRUN_LANGUAGE"),
        terminal_language: said("ASRUN_TERMINAL_LANGUAGE"),
        author: said("ASRUN_AUTHOR"),
        tolerance_minutes,
        ..Settings::default()
    })
}

/// Returns the user's settings file (XDG Base Directory Specification), if the home folder is known.
pub fn user_file(outside: &Environment) -> Option<PathBuf> {
    let absolute = |name: &str| {
        let path = PathBuf::from((outside.variable)(name)?);
        path.is_absolute().then_some(path)
    };
    let folder = absolute("XDG_CONFIG_HOME").or_else(|| Some(absolute("HOME")?.join(".config")))?;
    Some(folder.join("asrun").join(SETTINGS_FILE))
}

/// Returns the zone with a name from an option or a variable; an abbreviation such as EST names none.
///
/// # Errors
/// There is no such zone.
pub fn zone_named(option: &str, name: &str) -> Result<Zone, Failure> {
    Zone::parse(name).filter(|_| !Zone::is_letters(name)).ok_or_else(|| no_zone(option, name))
}

/// Returns the failure for a zone that does not exist.
fn no_zone(option: &str, name: &str) -> Failure {
    Failure::misuse(terminal().no_zone(option, name, Zone::near(name)))
}
