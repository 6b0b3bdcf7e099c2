//! The clock, environment variables and the machine's zone.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::lang::terminal;
use crate::model::{MachineZones, Moment, Zone};
use crate::store;

use super::errors::Failure;

/// The environment of a command, except for its streams.
#[derive(Clone, Copy)]
pub struct Environment {
    /// Returns the value of a variable.
    pub variable: fn(&str) -> Option<OsString>,
    /// Returns the machine's zone, if it is known.
    pub machine_zone: fn() -> Option<Zone>,
}

impl Environment {
    /// Returns the environment of the process.
    pub fn of_process() -> Environment {
        Environment { variable: |name| std::env::var_os(name), machine_zone }
    }

    /// Returns the value of a variable; `None` if it is blank or not valid text.
    pub fn variable_text(&self, name: &str) -> Option<String> {
        let value = (self.variable)(name)?.into_string().ok()?;
        Some(value).filter(|value| !value.trim().is_empty())
    }

    /// Returns the locale of texts, such as `ko_KR.UTF-8`: the first of its variables that is set decides (POSIX,
    /// Environment Variables, LC_MESSAGES).
    pub fn locale(&self) -> Option<String> {
        ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| self.variable_text(name))
    }
}

/// Returns the machine's zone, if it is known. As in every Unix program, `TZ` takes precedence if it names a zone.
fn machine_zone() -> Option<Zone> {
    let asked = std::env::var("TZ").ok();
    let named = asked.and_then(|name| Zone::parse(name.strip_prefix(':').unwrap_or(&name)));
    named.or_else(|| Zone::parse(&iana_time_zone::get_timezone().ok()?))
}

/// Returns the machine's zone data; `ASRUN_ZONEINFO` overrides its folder. `TZDIR` does not, since any program may have
/// set it for itself.
pub fn machine_zones() -> Option<MachineZones> {
    let folder = std::env::var_os("ASRUN_ZONEINFO").filter(|folder| !folder.is_empty());
    store::machine_zones(folder.map_or_else(|| "/usr/share/zoneinfo".into(), PathBuf::from))
}

/// Returns the current time; `ASRUN_NOW` fixes it for tests and reproducible output.
pub fn now() -> Result<Moment, Failure> {
    if let Ok(fixed) = std::env::var("ASRUN_NOW") {
        return Moment::parse(&fixed, None)
            .map_err(|fault| Failure::misuse(terminal().fixed_clock(&fault)));
    }
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Moment::from_unix(i64::try_from(seconds).unwrap_or(i64::MAX))
        .ok_or_else(|| Failure::new(terminal().impossible_clock()))
}
