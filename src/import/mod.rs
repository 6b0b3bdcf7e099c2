//! Imports documents as records: bytes in, a draft with doubts out. Nothing is guessed, nothing is dropped silently,
//! and no files are accessed here.

mod alerts;
mod archive;
mod chat;
mod csv;
mod discord;
mod draft;
mod draft_builder;
mod git;
mod github;
mod ics;
mod json;
mod jsonl;
mod mail_date;
mod mail_text;
mod markdown;
mod markup;
mod mbox;
mod mortician;
mod notes;
mod pagerduty;
mod place;
mod rootly_opsgenie;
mod slack;
mod stated;
mod statuspage;
mod text;
mod time_loggers;
mod windows_zones;

pub use draft::{
    Doubt, Draft, DraftRecord, EntryAt, EntryFate, Fields, ImportOptions, Input, LeftOut,
    NamedPicture, ReadAs, ReadSection,
};
pub use text::{Encoding, encoding, in_lines};

use crate::fault::ImportFault;

/// The format of a document or an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A retrospective or a run sheet.
    Markdown,
    /// Notes: lines that begin with a time.
    Notes,
    /// A run sheet from a spreadsheet.
    Csv,
    /// An export of a Slack workspace.
    Slack,
    /// A Discord channel, in the format of DiscordChatExporter.
    Discord,
    /// Incidents and maintenances of a Statuspage.
    Statuspage,
    /// Log entries of PagerDuty.
    PagerDuty,
    /// Releases, issues, deployments, runs and milestones of GitHub.
    GitHub,
    /// Commits and tags.
    Git,
    /// Alerts of Alertmanager.
    Alertmanager,
    /// Annotations and alerts of Grafana.
    Grafana,
    /// A timeline of Rootly.
    Rootly,
    /// A timeline of Opsgenie.
    Opsgenie,
    /// Calendars.
    Ics,
    /// Mails.
    Mbox,
    /// Bundles of Mortician.
    Mortician,
    /// Logs of programs, a line of JSON each.
    Jsonl,
    /// klog's files.
    Klog,
    /// jrnl's entries.
    Jrnl,
    /// timewarrior's spans.
    Timewarrior,
}

/// Every kind with its word.
const KINDS: [(Kind, &str); 20] = [
    (Kind::Markdown, "markdown"),
    (Kind::Notes, "notes"),
    (Kind::Csv, "csv"),
    (Kind::Slack, "slack"),
    (Kind::Discord, "discord"),
    (Kind::Statuspage, "statuspage"),
    (Kind::PagerDuty, "pagerduty"),
    (Kind::GitHub, "github"),
    (Kind::Git, "git"),
    (Kind::Alertmanager, "alertmanager"),
    (Kind::Grafana, "grafana"),
    (Kind::Rootly, "rootly"),
    (Kind::Opsgenie, "opsgenie"),
    (Kind::Ics, "ics"),
    (Kind::Mbox, "mbox"),
    (Kind::Mortician, "mortician"),
    (Kind::Jsonl, "jsonl"),
    (Kind::Klog, "klog"),
    (Kind::Jrnl, "jrnl"),
    (Kind::Timewarrior, "timewarrior"),
];

impl Kind {
    /// Returns the word that users type.
    pub fn word(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    /// Returns the kind with that word.
    pub fn named(word: &str) -> Option<Kind> {
        KINDS.iter().find(|(_, known)| *known == word).map(|(kind, _)| *kind)
    }

    /// Returns the words of every kind.
    pub fn words() -> impl Iterator<Item = &'static str> {
        KINDS.iter().map(|(_, word)| *word)
    }

    /// Whether each of its files is a document with its own record.
    pub fn is_a_record_each(self) -> bool {
        matches!(self, Kind::Markdown | Kind::Notes)
    }

    /// Returns the kind of the inputs, if all of them have the same or they belong together.
    pub fn of_all(inputs: &[Input]) -> Option<Kind> {
        let kinds: Vec<Option<Kind>> =
            inputs.iter().map(|input| Kind::of(std::slice::from_ref(input))).collect();
        let first = kinds.first().copied().flatten();
        Kind::of(inputs).or(first.filter(|_| kinds.iter().all(|kind| *kind == first)))
    }

    /// Whether its times were written by people, in a zone of their choice.
    pub fn is_written_by_people(self) -> bool {
        matches!(self, Kind::Markdown | Kind::Notes | Kind::Csv | Kind::Git | Kind::Mbox)
    }

    /// Returns the kind of the inputs by their names and first bytes, if that is certain.
    pub fn of(inputs: &[Input]) -> Option<Kind> {
        let [input] = inputs else { return None };
        let ending = input.name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        match ending.as_deref() {
            Some("md" | "markdown" | "mdown") => Some(Kind::Markdown),
            Some("txt") => Some(Kind::Notes),
            Some("csv" | "tsv") => Some(Kind::of_sheet(&input.bytes)),
            Some("ics") => Some(Kind::Ics),
            Some("mbox" | "eml") => Some(Kind::Mbox),
            Some("klg") => Some(Kind::Klog),
            Some("json") => Kind::of_json(&input.bytes),
            _ => None,
        }
    }

    /// Returns the kind of a sheet by the names in its first row.
    fn of_sheet(bytes: &[u8]) -> Kind {
        let first = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
        match pagerduty::is_sheet(&String::from_utf8_lossy(first)) {
            true => Kind::PagerDuty,
            false => Kind::Csv,
        }
    }

    /// Returns the kind of JSON by a key at its beginning that no other source has.
    fn of_json(bytes: &[u8]) -> Option<Kind> {
        let beginning = &bytes[..bytes.len().min(4096)];
        let keys: [(&[u8], Kind); 7] = [
            (b"\"log_entries\"", Kind::PagerDuty),
            (b"\"incident_number\"", Kind::PagerDuty),
            (b"\"incident_updates\"", Kind::Statuspage),
            (b"\"guild\"", Kind::Discord),
            (b"\"startsAt\"", Kind::Alertmanager),
            (b"\"dashboardUID\"", Kind::Grafana),
            (b"\"https://api.pagerduty.com/", Kind::PagerDuty),
        ];
        let is = |key: &[u8]| memchr::memmem::find(beginning, key).is_some();
        keys.into_iter().find(|(key, _)| is(key)).map(|(_, kind)| kind)
    }
}

/// Reads inputs of a kind.
///
/// # Errors
/// They are not of that kind, or nothing in them can be read.
pub fn read(kind: Kind, inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    if let Some(wanted) = answers.fence.filter(|_| kind != Kind::Markdown) {
        let name = inputs.first().map(|input| input.name.clone()).unwrap_or_default();
        return Err(ImportFault::NoFence { name, wanted, found: 0 });
    }
    let draft = match kind {
        Kind::Markdown => markdown::read(inputs, answers)?,
        Kind::Notes => notes::read(inputs, answers)?,
        Kind::Csv => csv::read(inputs, answers)?,
        Kind::Slack => slack::read(inputs, answers)?,
        Kind::Discord => discord::read(inputs, answers)?,
        Kind::Statuspage => statuspage::read(inputs, answers)?,
        Kind::PagerDuty => pagerduty::read(inputs, answers)?,
        Kind::GitHub => github::read(inputs, answers)?,
        Kind::Git => git::read(inputs, answers)?,
        Kind::Alertmanager => alerts::read(inputs, answers)?,
        Kind::Grafana => alerts::read(inputs, answers)?,
        Kind::Rootly => rootly_opsgenie::rootly(inputs, answers)?,
        Kind::Opsgenie => rootly_opsgenie::opsgenie(inputs, answers)?,
        Kind::Ics => ics::read(inputs, answers)?,
        Kind::Mbox => mbox::read(inputs, answers)?,
        Kind::Mortician => mortician::read(inputs, answers)?,
        Kind::Jsonl => jsonl::read(inputs, answers)?,
        Kind::Klog => time_loggers::klog(inputs, answers)?,
        Kind::Jrnl => time_loggers::jrnl(inputs, answers)?,
        Kind::Timewarrior => time_loggers::timewarrior(inputs, answers)?,
    };
    if draft.is_empty() && draft.asks().is_empty() {
        let name = inputs.first().map(|input| input.name.clone()).unwrap_or_default();
        return Err(ImportFault::Nothing { name, fence: draft.timed_code.first().copied() });
    }
    Ok(draft)
}

#[cfg(test)]
mod tests;
