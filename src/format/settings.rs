//! The project's settings, `asrun.yaml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::{Zone, nearest};

use super::guard::examine;
use super::problem::{Code, Problem};

/// What a project may set once for all its records. Every key is optional.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The zone of new records, an IANA name.
    pub timezone: Option<String>,
    /// The language of new records, BCP 47.
    pub language: Option<String>,
    /// The author of new records.
    pub author: Option<String>,
    /// The severity scale, worst first.
    pub severities: Vec<String>,
    /// What people are called in public: a name, and the role that stands for it.
    pub roles: BTreeMap<String, String>,
    /// Rules that `asrun check` does not ask.
    pub ignore: Vec<String>,
    /// Minutes that a step may deviate and still be on time; 5 by default.
    pub tolerance_minutes: Option<u32>,
}

impl Settings {
    /// The zone that is set, if one is.
    pub fn zone(&self) -> Option<Zone> {
        self.timezone.as_deref().and_then(Zone::parse)
    }

    /// Seconds that a step may deviate and still be on time.
    pub fn tolerance_seconds(&self) -> i64 {
        i64::from(self.tolerance_minutes.unwrap_or(5)) * 60
    }

    /// These settings, and where they say nothing those below them.
    pub fn over(self, below: Settings) -> Settings {
        Settings {
            timezone: self.timezone.or(below.timezone),
            language: self.language.or(below.language),
            author: self.author.or(below.author),
            severities: if self.severities.is_empty() { below.severities } else { self.severities },
            roles: if self.roles.is_empty() { below.roles } else { self.roles },
            ignore: if self.ignore.is_empty() { below.ignore } else { self.ignore },
            tolerance_minutes: self.tolerance_minutes.or(below.tolerance_minutes),
        }
    }

    /// Every key with what it is set to, if it is, and what holds if nobody sets it.
    pub fn said(&self) -> Vec<(&'static str, Option<String>, &'static str)> {
        let list = |list: &[String]| (!list.is_empty()).then(|| list.join(", "));
        let roles: Vec<String> =
            self.roles.iter().map(|(name, role)| format!("{name}: {role}")).collect();
        vec![
            ("timezone", self.timezone.clone(), "the machine's"),
            ("language", self.language.clone(), "that of the title"),
            ("author", self.author.clone(), "—"),
            ("severities", list(&self.severities), "sev1, sev2, sev3, sev4, sev5"),
            ("roles", list(&roles), "—"),
            ("ignore", list(&self.ignore), "—"),
            ("tolerance_minutes", self.tolerance_minutes.map(|minutes| minutes.to_string()), "5"),
        ]
    }

    /// The file that `init` writes.
    pub fn to_text(&self) -> String {
        let line = |key: &str, value: &Option<String>, why: &str| match value {
            Some(value) => format!("{key}: {}   # {why}\n", super::scalar::quoted(value)),
            None => format!("# {key}:   # {why}\n"),
        };
        format!(
            "# asrun settings; every key is optional.\n{}{}{}",
            line("timezone", &self.timezone, "zone of new records, IANA name"),
            line("language", &self.language, "language of new records: ko or en"),
            line("author", &self.author, "author of new records"),
        )
    }
}

/// Reads the settings file.
///
/// # Errors
/// The first fault of the YAML or of a value; a settings file is short.
pub fn read_settings(text: &str) -> Result<Settings, Vec<Problem>> {
    let problems = examine(text);
    if !problems.is_empty() {
        return Err(problems);
    }
    // The tree's limits first: the reader below is slow on nests of brackets.
    super::tree::parse(text).map(|_| ()).or_else(|problems| {
        let empty = problems.iter().all(|problem| problem.code == Code::Empty);
        if empty { Ok(()) } else { Err(problems) }
    })?;
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Settings::default());
    }
    let settings: Settings =
        serde_yaml::from_str(text).map_err(|fault| vec![settings_problem(text, &fault)])?;
    check_zone(text, settings)
}

fn check_zone(text: &str, settings: Settings) -> Result<Settings, Vec<Problem>> {
    let Some(name) = settings.timezone.as_deref().filter(|name| Zone::parse(name).is_none()) else {
        return Ok(settings);
    };
    let at = text.find(name).unwrap_or(0);
    let help = match nearest(name, Zone::names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "use an IANA name, such as Asia/Seoul".to_owned(),
    };
    Err(vec![Problem {
        code: Code::UnknownZone,
        span: at..at + name.len(),
        message: format!("no zone is called {name:?}"),
        help,
    }])
}

fn settings_problem(text: &str, fault: &serde_yaml::Error) -> Problem {
    let at = fault.location().map_or(0, |place| place.index().min(text.len()));
    Problem {
        code: Code::WrongType,
        span: at..at,
        message: fault.to_string(),
        help: "the keys are timezone, language, author, severities, roles, ignore and tolerance_minutes"
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_init_writes_is_read_back() {
        let settings = Settings {
            timezone: Some("Asia/Seoul".to_owned()),
            author: Some("no: \"one\"".to_owned()),
            ..Settings::default()
        };
        assert_eq!(read_settings(&settings.to_text()), Ok(settings));
        assert_eq!(read_settings("# nothing\n"), Ok(Settings::default()));
    }

    #[test]
    fn faults_have_a_place() {
        let fault = |text| read_settings(text).unwrap_err().remove(0);
        assert_eq!(fault("timezone: Asia/Wakanda\n").code, Code::UnknownZone);
        assert_eq!(fault("zone: x\n").span.start, 0);
        assert_eq!(fault("severities: 5\n").code, Code::WrongType);
    }
}
