//! Where settings come from: the environment over the project over the user over what is built in.

use std::path::PathBuf;

use crate::format::Settings;
use crate::lang::{spoken, spoken_codes, terminal};
use crate::model::Zone;
use crate::store::{Project, SETTINGS_FILE, settings_at};
use crate::view::{ConfigRow, setting_source};

use super::environment::Environment;
use super::errors::Failure;

/// One place that settings come from.
pub struct Layer {
    /// What programs call it: a file or [`ConfigRow::ENVIRONMENT`].
    pub name: String,
    /// What it sets.
    pub settings: Settings,
}

/// Every layer, the strongest first.
///
/// # Errors
/// The environment says what is no setting, or the user's file has a fault.
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
        layers.push(Layer { name: path.display().to_string(), settings });
    }
    layers.iter().try_for_each(check_spoken)?;
    Ok(layers)
}

/// Refuses a language that asrun does not speak.
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

/// All of them as one.
pub fn merged(layers: &[Layer]) -> Settings {
    layers.iter().rev().fold(Settings::default(), |below, layer| layer.settings.clone().over(below))
}

/// What `ASRUN_…` variables say.
fn environment(outside: &Environment) -> Result<Settings, Failure> {
    let said = |name: &str| outside.said(name);
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

/// The user's own file (XDG Base Directory Specification), if a home is known.
pub fn user_file(outside: &Environment) -> Option<PathBuf> {
    let absolute = |name: &str| {
        let path = PathBuf::from((outside.variable)(name)?);
        path.is_absolute().then_some(path)
    };
    let folder = absolute("XDG_CONFIG_HOME").or_else(|| Some(absolute("HOME")?.join(".config")))?;
    Some(folder.join("asrun").join(SETTINGS_FILE))
}

/// Returns the zone of that name, which an option or a variable gave; letters such as EST are nobody's.
///
/// # Errors
/// There is no such zone.
pub fn zone_named(option: &str, name: &str) -> Result<Zone, Failure> {
    Zone::parse(name).filter(|_| !Zone::is_letters(name)).ok_or_else(|| no_zone(option, name))
}

/// What to say of a zone that does not exist.
fn no_zone(option: &str, name: &str) -> Failure {
    Failure::misuse(terminal().no_zone(option, name, Zone::near(name)))
}
