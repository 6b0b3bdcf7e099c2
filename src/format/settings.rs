//! The project's settings, `asrun.yaml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use granit_parser::ScalarStyle;

use crate::fault::{ContentFault, Problem, SettingFault, Wanted, in_content};
use crate::model::{Post, StepsPlace, Worded, Zone, nearest};
use crate::yaml::tree::{self, Content, Entry, Node};
use crate::yaml::{Code, Position, examine, quoted};

use super::keys::{POST_KEYS, RECORD_KEYS, is_known};
use super::post::read_post;

/// What a project may set once for all its records. Every key is optional.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The zone of new records, an IANA name.
    pub timezone: Option<String>,
    /// The language of new records, BCP 47.
    pub language: Option<String>,
    /// The language of asrun's own messages, BCP 47.
    pub terminal_language: Option<String>,
    /// The author of new records.
    pub author: Option<String>,
    /// The severity scale, worst first.
    #[serde(deserialize_with = "or_nothing")]
    pub severities: Vec<String>,
    /// People's names in public: each name, and the role that replaces it.
    #[serde(deserialize_with = "or_nothing")]
    pub roles: BTreeMap<String, String>,
    /// Steps with several names: one of them, and the others.
    #[serde(deserialize_with = "or_nothing")]
    pub steps: BTreeMap<String, Vec<String>>,
    /// Where the file takes another step with several names.
    #[serde(skip)]
    pub steps_place: StepsPlace,
    /// Rules that `asrun check` skips.
    #[serde(deserialize_with = "or_nothing")]
    pub ignore: Vec<String>,
    /// The folder of the project's records, relative to the project's own; `incidents` by default.
    pub records: Option<String>,
    /// Minutes that a step may deviate and still be on time; 5 by default.
    pub tolerance_minutes: Option<u32>,
    /// What happens to an entry that seems to contain a secret; a warning by default.
    pub secrets: Option<SecretsRule>,
    /// The default look of posts, for records that do not set it.
    #[serde(deserialize_with = "read_apart")]
    pub post: Post,
}

/// What happens to an entry that seems to contain a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecretsRule {
    /// It is written with a warning.
    Warn,
    /// It is not written.
    Refuse,
}

impl SecretsRule {
    const ALL: [SecretsRule; 2] = [SecretsRule::Warn, SecretsRule::Refuse];

    fn word(self) -> &'static str {
        match self {
            SecretsRule::Warn => "warn",
            SecretsRule::Refuse => "refuse",
        }
    }
}

/// The folder of records of a project that sets none.
pub const DEFAULT_RECORDS: &str = "incidents";

/// The severity scale of a project that sets none.
const SCALE: [&str; 5] = ["sev1", "sev2", "sev3", "sev4", "sev5"];

/// Treats a key without a value as absent.
fn or_nothing<'de, D, T>(reader: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::deserialize(reader).map(Option::unwrap_or_default)
}

/// Skips a value that is read from the tree instead, where each fault has a place.
fn read_apart<'de, D: Deserializer<'de>>(reader: D) -> Result<Post, D::Error> {
    serde::de::IgnoredAny::deserialize(reader).map(|_| Post::default())
}

/// Returns the post settings on one line.
fn said_of_posts(post: &Post) -> Option<String> {
    let Post {
        layout,
        show,
        hide,
        heading,
        plan_title,
        before_plan,
        after_plan,
        pictures,
        images,
        baseurl,
        front_matter,
    } = post;
    let words = |parts: &[crate::model::PostPart]| {
        let words: Vec<&str> = parts.iter().map(|part| part.word()).collect();
        (!words.is_empty()).then(|| words.join(", "))
    };
    let line = |text: &Option<String>| {
        text.as_ref().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let said = [
        ("layout", layout.map(|layout| layout.word().to_owned())),
        ("show", words(show)),
        ("hide", words(hide)),
        ("heading", line(heading)),
        ("plan_title", line(plan_title)),
        ("before_plan", line(before_plan)),
        ("after_plan", line(after_plan)),
        ("pictures", pictures.map(|place| place.word().to_owned())),
        ("images", line(images)),
        ("baseurl", line(baseurl)),
        ("front_matter", line(front_matter)),
    ];
    let said = said.into_iter().filter_map(|(key, said)| Some(format!("{key}: {}", said?)));
    Some(said.collect::<Vec<_>>().join("; ")).filter(|said| !said.is_empty())
}

impl Settings {
    /// Returns the configured zone, if any.
    pub fn zone(&self) -> Option<Zone> {
        self.timezone.as_deref().and_then(Zone::parse)
    }

    /// Returns the severity scale in effect, worst first.
    pub fn scale(&self) -> Vec<&str> {
        match self.severities.as_slice() {
            [] => SCALE.to_vec(),
            own => own.iter().map(String::as_str).collect(),
        }
    }

    /// Returns the folder of records, relative to the project's own, with slashes between its parts and none at its end.
    pub fn records_folder(&self) -> &str {
        self.records.as_deref().map_or(DEFAULT_RECORDS, |folder| folder.trim_end_matches('/'))
    }

    /// Returns the seconds that a step may deviate and still be on time.
    pub fn tolerance_seconds(&self) -> i64 {
        i64::from(self.tolerance_minutes.unwrap_or(5)) * 60
    }

    /// Returns these settings, with those below as the fallback.
    pub fn over(self, below: Settings) -> Settings {
        Settings {
            timezone: self.timezone.or(below.timezone),
            language: self.language.or(below.language),
            terminal_language: self.terminal_language.or(below.terminal_language),
            author: self.author.or(below.author),
            severities: if self.severities.is_empty() { below.severities } else { self.severities },
            roles: if self.roles.is_empty() { below.roles } else { self.roles },
            steps: if self.steps.is_empty() { below.steps } else { self.steps },
            steps_place: match self.steps_place {
                StepsPlace::End => below.steps_place,
                own => own,
            },
            ignore: if self.ignore.is_empty() { below.ignore } else { self.ignore },
            records: self.records.or(below.records),
            tolerance_minutes: self.tolerance_minutes.or(below.tolerance_minutes),
            secrets: self.secrets.or(below.secrets),
            post: self.post.over(below.post),
        }
    }

    /// Returns every key with its value, if set, and its default, if that is a fixed value.
    pub fn entries(&self) -> Vec<(&'static str, Option<String>, Option<&'static str>)> {
        let list = |list: &[String]| (!list.is_empty()).then(|| list.join(", "));
        let roles: Vec<String> =
            self.roles.iter().map(|(name, role)| format!("{name}: {role}")).collect();
        let steps: Vec<String> = self
            .steps
            .iter()
            .map(|(name, others)| format!("{name}: {}", others.join(" / ")))
            .collect();
        vec![
            ("timezone", self.timezone.clone(), None),
            ("language", self.language.clone(), None),
            ("terminal_language", self.terminal_language.clone(), None),
            ("author", self.author.clone(), None),
            ("severities", list(&self.severities), Some("sev1, sev2, sev3, sev4, sev5")),
            ("roles", list(&roles), None),
            ("steps", list(&steps), None),
            ("ignore", list(&self.ignore), None),
            ("records", self.records.clone(), Some(DEFAULT_RECORDS)),
            (
                "tolerance_minutes",
                self.tolerance_minutes.map(|minutes| minutes.to_string()),
                Some("5"),
            ),
            ("secrets", self.secrets.map(|rule| rule.word().to_owned()), Some("warn")),
            ("post", said_of_posts(&self.post), None),
        ]
    }

    /// Returns the file that `init` writes: a comment, and the keys with the explanation that `why` gives.
    pub fn to_text(&self, comment: &str, why: impl Fn(&str) -> &'static str) -> String {
        let line = |(key, value): (&str, &Option<String>)| match value {
            Some(value) => format!("{key}: {}   # {}\n", quoted(value), why(key)),
            None => format!("# {key}:   # {}\n", why(key)),
        };
        let keys =
            [("timezone", &self.timezone), ("language", &self.language), ("author", &self.author)];
        let records = self.records.is_some().then(|| line(("records", &self.records)));
        format!("# {comment}\n{}{}", keys.map(line).concat(), records.unwrap_or_default())
    }
}

/// Reads the settings file.
///
/// # Errors
/// The first fault of the YAML or of a value; a settings file is short.
pub fn read_settings(text: &str) -> Result<Settings, Vec<Problem>> {
    let problems = examine(text);
    if !problems.is_empty() {
        return Err(in_content(problems));
    }
    // The tree's limits first: the reader below is slow on nested brackets.
    let (mut post, mut steps_place) = (Post::default(), StepsPlace::default());
    match tree::parse(text, is_known) {
        Ok(root) => {
            post = check_keys(&root)?;
            steps_place = place_of_steps(text, &root);
        }
        Err(problems) if problems.iter().all(|problem| problem.code == Code::Empty) => {}
        Err(problems) => return Err(in_content(problems)),
    }
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Settings::default());
    }
    let settings = serde_yaml::from_str::<Settings>(text);
    let settings = settings.map_err(|fault| vec![settings_problem(text, &fault)])?;
    Ok(Settings { post, steps_place, ..settings })
}

/// Returns where settings take another step with several names.
fn place_of_steps(text: &str, root: &Node) -> StepsPlace {
    let position = |byte: usize| Position::of(text, byte);
    let brace = |node: &Node, is_of_file| {
        let at = node.span.start;
        let Position { line, column } = position(at);
        text[at..].starts_with('{').then_some(StepsPlace::Brace { line, column, is_of_file })
    };
    let Content::Map { entries, .. } = &root.value else { return StepsPlace::End };
    let Some(entry) = entries.iter().find(|entry| &*entry.key == "steps") else {
        return brace(root, true).unwrap_or_default();
    };
    let Position { line, .. } = position(entry.key_span.start);
    match &entry.value.value {
        Content::Map { entries, .. } => brace(&entry.value, false).unwrap_or_else(|| {
            let column = |first: &Entry| position(first.key_span.start).column;
            let indent = entries.first().map_or(2, |first| column(first) - 1);
            StepsPlace::Below { line, indent }
        }),
        _ if entry.value.span.is_empty() => StepsPlace::Below { line, indent: 2 },
        _ => StepsPlace::Instead { line },
    }
}

/// The type of each key, and an example of it.
const KEYS: [(&str, Wanted, &str); 12] = [
    ("timezone", Wanted::Text, "timezone: Asia/Seoul"),
    ("language", Wanted::Text, "language: ko"),
    ("terminal_language", Wanted::Text, "terminal_language: ko"),
    ("author", Wanted::Text, "author: 김철수"),
    ("severities", Wanted::Texts, "severities: [sev1, sev2, sev3]"),
    ("roles", Wanted::Roles, "roles: {김철수: on-call engineer}"),
    ("steps", Wanted::Steps, "steps: {앱 배포: [app rollout, 새 버전 내보내기]}"),
    ("ignore", Wanted::Texts, "ignore: [time-jump]"),
    ("records", Wanted::Folder, "records: docs/postmortems"),
    ("tolerance_minutes", Wanted::Minutes, "tolerance_minutes: 5"),
    ("secrets", Wanted::SecretsRule, "secrets: refuse"),
    ("post", Wanted::Post, "post: {layout: blog}"),
];

/// Whether a setting has a value of the right type, or none.
fn fits(wanted: Wanted, node: &Node) -> bool {
    let text = |node: &Node| matches!(node.value, Content::Scalar { .. });
    match (wanted, &node.value) {
        _ if node.is_null() => true,
        (Wanted::Text, _) => text(node),
        (Wanted::Texts, Content::List { items, .. }) => items.iter().all(text),
        (Wanted::Roles, Content::Map { entries, .. }) => {
            entries.iter().all(|entry| text(&entry.value))
        }
        (Wanted::Steps, Content::Map { entries, .. }) => {
            let texts = |node: &Node| match &node.value {
                Content::List { items, .. } => items.iter().all(text),
                _ => false,
            };
            entries.iter().all(|entry| texts(&entry.value))
        }
        (Wanted::Minutes, Content::Scalar { text, style }) => {
            let plain = *style == ScalarStyle::Plain && (&**text == "0" || !text.starts_with('0'));
            plain && text.parse::<u32>().is_ok()
        }
        (Wanted::Folder, Content::Scalar { text, .. }) => is_records_folder(text),
        (Wanted::SecretsRule, Content::Scalar { text, .. }) => {
            SecretsRule::ALL.iter().any(|rule| rule.word() == &**text)
        }
        _ => false,
    }
}

/// Whether a text names a folder for records: below the project's own, hidden in none of its parts, and as git's patterns
/// spell it too.
pub fn is_records_folder(text: &str) -> bool {
    let apart = |sign: char| sign.is_control() || r#"\*?[]"<>|:"#.contains(sign);
    let text = text.strip_suffix('/').unwrap_or(text);
    let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && part.trim() == part;
    let taken = text.split('/').next().is_some_and(|first| first.eq_ignore_ascii_case("templates"));
    !text.contains(apart) && !text.starts_with('!') && text.split('/').all(plain) && !taken
}

/// Returns the folder of records that a text of settings names, which may have faults elsewhere.
pub fn records_named(text: &str) -> Option<String> {
    let line = || text.lines().find(|line| line.starts_with("records:")).unwrap_or_default();
    read_settings(text).or_else(|_| read_settings(line())).ok()?.records
}

/// Returns where settings name the folder of records, as a byte position in their text.
pub fn place_of_records(text: &str) -> Option<usize> {
    let root = tree::parse(text, is_known).ok()?;
    let Content::Map { entries, .. } = root.value else { return None };
    entries.iter().find(|entry| &*entry.key == "records").map(|entry| entry.value.span.start)
}

/// Whether it is a key of asrun.yaml.
pub fn is_setting(key: &str) -> bool {
    KEYS.iter().any(|(known, ..)| *known == key)
}

/// Reports every unknown key and every value of the wrong type; else returns the post settings.
fn check_keys(root: &Node) -> Result<Post, Vec<Problem>> {
    let Content::Map { entries, .. } = &root.value else {
        return Err(vec![SettingFault::NoKeys { example: KEYS[0].2 }.at(root.span.clone())]);
    };
    let (mut problems, mut post) = (Vec::new(), Post::default());
    for entry in entries {
        let key = &*entry.key;
        let Some((_, wanted, example)) = KEYS.iter().find(|(known, ..)| *known == key) else {
            let known: Vec<_> = KEYS.iter().map(|(known, ..)| *known).collect();
            let (key, near) = (key.to_owned(), nearest(key, known.iter().copied()));
            let is_of_record = RECORD_KEYS.contains(&key.as_str());
            let fault = SettingFault::Unknown { key, near, known, is_of_record };
            problems.push(fault.at(entry.key_span.clone()));
            continue;
        };
        if key == "timezone" {
            problems.extend(zone_problem(&entry.value));
        }
        if *wanted == Wanted::Post {
            let read = read_post(&entry.value);
            problems.extend(read.problems);
            problems.extend(read.unknown.into_iter().map(|unknown| {
                let at = unknown.at..unknown.at + unknown.key.len();
                let (key, near) = (format!("post.{}", unknown.key), unknown.nearest);
                let known = POST_KEYS.to_vec();
                SettingFault::Unknown { key, near, known, is_of_record: false }.at(at)
            }));
            post = read.post;
            continue;
        }
        if !fits(*wanted, &entry.value) {
            let (key, wanted) = (key.to_owned(), *wanted);
            let fault = SettingFault::WrongShape { key, wanted, example };
            problems.push(fault.at(entry.value.span.clone()));
        }
    }
    if problems.is_empty() { Ok(post) } else { Err(problems) }
}

/// Returns the fault of an unknown zone.
fn zone_problem(node: &Node) -> Option<Problem> {
    let Content::Scalar { text: name, .. } = &node.value else { return None };
    let unknown = !node.is_null() && Zone::parse(name).is_none();
    unknown.then(|| {
        let (name, near) = (name.to_string(), Zone::near(name));
        ContentFault::NoZone { name, near, in_settings: true }.at(node.span.clone())
    })
}

fn settings_problem(text: &str, fault: &serde_yaml::Error) -> Problem {
    let at = fault.location().map_or(0, |place| place.index().min(text.len()));
    SettingFault::Unread(fault.to_string()).at(at..at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::terminal;

    #[test]
    fn what_init_writes_is_read_back() {
        let settings = Settings {
            timezone: Some("Asia/Seoul".to_owned()),
            author: Some("no: \"one\"".to_owned()),
            ..Settings::default()
        };
        assert_eq!(read_settings(&settings.to_text("c", |_| "why")), Ok(settings));
        assert_eq!(read_settings("# nothing\n"), Ok(Settings::default()));
    }

    #[test]
    fn faults_have_a_place() {
        let fault = |text| read_settings(text).unwrap_err().remove(0);
        assert_eq!(fault("timezone: Asia/Wakanda\n").code, Code::UnknownZone);
        assert_eq!(fault("zone: x\n").span.start, 0);
        assert_eq!(fault("severities: 5\n").code, Code::WrongType);
        let help = |text| terminal().problem(&fault(text).kind).help;
        assert_eq!(help("language: ko\ntimezone: KST\n"), "did you mean `Asia/Seoul`?");
        assert_eq!(help("language: ko\ntime_zone: x\n"), "did you mean `timezone`?");
        assert_eq!(fault("tolerance_minutes: -5\n").span, 19..21);
        assert_eq!(help("tolerance_minutes: -5\n"), "such as `tolerance_minutes: 5`");
        let commented = fault("# timezone: Mars\nlanguage: ko\ntimezone: Mars\n");
        assert_eq!(commented.span, 40..44);
        assert_eq!(help("tolerance_minutes: \"5\"\n"), "such as `tolerance_minutes: 5`");
        assert_eq!(fault("- list\n").code, Code::WrongType);
    }

    #[test]
    fn every_setting_is_a_key() {
        let said = Settings::default().entries();
        let said: Vec<&str> = said.iter().map(|(key, ..)| *key).collect();
        assert_eq!(said, KEYS.map(|(key, ..)| key));
        for (_, _, example) in KEYS {
            assert!(read_settings(&format!("{example}\n")).is_ok(), "{example}");
        }
    }

    #[test]
    fn values_must_fit_their_keys() {
        let long = u64::from(u32::MAX) + 1;
        for (line, code) in [
            ("timezone: [a]".to_owned(), Some(Code::WrongType)),
            ("timezone: ~".to_owned(), None),
            ("language: {a: b}".to_owned(), Some(Code::WrongType)),
            ("author: 5".to_owned(), None),
            ("severities: [a, b]".to_owned(), None),
            ("severities: [a, [b]]".to_owned(), Some(Code::WrongType)),
            ("severities: {a: b}".to_owned(), Some(Code::WrongType)),
            ("roles: {a: b}".to_owned(), None),
            ("roles: {a: [b]}".to_owned(), Some(Code::WrongType)),
            ("roles: [a]".to_owned(), Some(Code::WrongType)),
            ("steps: {a: [b, c]}".to_owned(), None),
            ("steps: ~".to_owned(), None),
            ("steps: {a: b}".to_owned(), Some(Code::WrongType)),
            ("steps: {a: [[b]]}".to_owned(), Some(Code::WrongType)),
            ("steps: {a: ~}".to_owned(), Some(Code::WrongType)),
            ("steps: [a]".to_owned(), Some(Code::WrongType)),
            ("ignore: time-jump".to_owned(), Some(Code::WrongType)),
            ("ignore: ~".to_owned(), None),
            ("severities:".to_owned(), None),
            ("roles:".to_owned(), None),
            ("tolerance_minutes: 0".to_owned(), None),
            ("tolerance_minutes: 10".to_owned(), None),
            ("tolerance_minutes: 05".to_owned(), Some(Code::WrongType)),
            ("tolerance_minutes: 5.5".to_owned(), Some(Code::WrongType)),
            ("tolerance_minutes: [5]".to_owned(), Some(Code::WrongType)),
            ("tolerance_minutes: '5'".to_owned(), Some(Code::WrongType)),
            (format!("tolerance_minutes: {}", u32::MAX), None),
            (format!("tolerance_minutes: {long}"), Some(Code::WrongType)),
            ("secrets: warn".to_owned(), None),
            ("secrets: ~".to_owned(), None),
            ("secrets: forbid".to_owned(), Some(Code::WrongType)),
            ("secrets: Refuse".to_owned(), Some(Code::WrongType)),
            ("nothing_like_it: 1".to_owned(), Some(Code::WrongType)),
            ("timezone: Mars".to_owned(), Some(Code::UnknownZone)),
            ("author: a\0".to_owned(), Some(Code::ControlCharacter)),
            ("author: [".to_owned(), Some(Code::NotYaml)),
            ("text".to_owned(), Some(Code::WrongType)),
            ("post: {layout: blog}".to_owned(), None),
            ("post: ~".to_owned(), None),
            ("post: blog".to_owned(), Some(Code::WrongType)),
            ("post: {layuot: blog}".to_owned(), Some(Code::WrongType)),
            ("post: {hide: [row]}".to_owned(), Some(Code::WrongType)),
        ] {
            let found = read_settings(&format!("{line}\n"));
            let codes: Vec<Code> =
                found.as_ref().err().into_iter().flatten().map(|p| p.code).collect();
            assert_eq!(codes, code.into_iter().collect::<Vec<_>>(), "{line} {found:?}");
        }
        assert_eq!(read_settings("x: 1\ny: 2\ntimezone: Mars\n").unwrap_err().len(), 3);
        for nothing in ["", "\n", "# a\n  # b\n\n"] {
            assert_eq!(read_settings(nothing).ok(), Some(Settings::default()), "{nothing:?}");
        }
    }

    #[test]
    fn faults_state_what_would_be_right() {
        for (line, message, help) in [
            ("timezone: Mars", "unknown zone \"Mars\"", "use an IANA name, such as Asia/Seoul"),
            (
                "nothing_like_it: 1",
                "unknown setting `nothing_like_it`",
                "the keys are timezone, language, terminal_language, author, severities, roles, steps, ignore, records, tolerance_minutes, secrets, post",
            ),
            (
                "title: Checkout",
                "unknown setting `title`",
                "`title` is a key of a record, not of asrun.yaml",
            ),
            (
                "severities: 5",
                "`severities` must be a list of texts",
                "such as `severities: [sev1, sev2, sev3]`",
            ),
            ("language: [a]", "`language` must be a text", "such as `language: ko`"),
            (
                "roles: 5",
                "`roles` must be names, each with its role",
                "such as `roles: {김철수: on-call engineer}`",
            ),
            (
                "steps: {앱 배포: 출시}",
                "`steps` must be names, each with a list of other wordings",
                "such as `steps: {앱 배포: [app rollout, 새 버전 내보내기]}`",
            ),
            (
                "tolerance_minutes: x",
                "`tolerance_minutes` must be a whole number of minutes, 0 or more",
                "such as `tolerance_minutes: 5`",
            ),
            (
                "- a",
                "settings are `key: value` lines, and this is not one",
                "such as `timezone: Asia/Seoul`",
            ),
        ] {
            let fault = read_settings(&format!("{line}\n")).unwrap_err().remove(0);
            let told = terminal().problem(&fault.kind);
            assert_eq!((told.message.as_str(), told.help.as_str()), (message, help));
        }
    }

    #[test]
    fn records_are_in_a_folder_of_the_project() {
        for (folder, is_one) in [
            ("docs/postmortems", true),
            ("문서/장애 기록/", true),
            ("templates-of-old", true),
            ("/docs", false),
            ("../docs", false),
            ("docs/../..", false),
            ("./docs", false),
            (".", false),
            ("", false),
            (".git", false),
            (".asrun/a", false),
            ("Templates", false),
            ("templates/a", false),
            ("a//b", false),
            ("a\\b", false),
            ("C:/a", false),
            ("a/ b", false),
            ("a*", false),
            ("!a", false),
            ("a\u{1}", false),
        ] {
            assert_eq!(is_records_folder(folder), is_one, "{folder}");
            let text = format!("records: {}\n", quoted(folder));
            assert_eq!(read_settings(&text).is_ok(), is_one, "{text}");
        }
        assert_eq!(read_settings("records: [a]\n").unwrap_err()[0].code, Code::WrongType);
        assert!(read_settings("records: ~\n").is_ok());
    }

    #[test]
    fn the_folder_of_records_is_named_by_settings_with_faults_elsewhere_too() {
        for (text, named) in [
            ("", None),
            ("records: docs/a\n", Some("docs/a")),
            ("zone: x\nrecords: docs/a # there\nlanguage: [\n", Some("docs/a")),
            ("zone: x\nrecords: ../a\n", None),
            ("roles: {records: b}\n", None),
        ] {
            assert_eq!(records_named(text).as_deref(), named, "{text:?}");
        }
        let folder = |text: &str| read_settings(text).unwrap().records_folder().to_owned();
        assert_eq!(folder("language: ko\n"), "incidents");
        assert_eq!(folder("records: docs/a/\n"), "docs/a");
        assert_eq!(place_of_records("language: ko\nrecords: docs/a\n"), Some(22));
        assert_eq!(place_of_records("language: ko\n"), None);
    }

    fn full() -> Settings {
        read_settings("timezone: Asia/Seoul\nlanguage: ko\nauthor: a\nseverities: [x, y]\nroles: {b: c, d: e}\nsteps: {g: [h, i]}\nignore: [f, g]\nrecords: docs/a\ntolerance_minutes: 7\nsecrets: refuse\npost: {layout: blog, hide: [actions], front_matter: \"a: b\"}\n").unwrap()
    }

    #[test]
    fn settings_override_others() {
        let said = |text: &str| Some(text.to_owned());
        let expected = [
            ("timezone", said("Asia/Seoul"), None),
            ("language", said("ko"), None),
            ("terminal_language", None, None),
            ("author", said("a"), None),
            ("severities", said("x, y"), Some("sev1, sev2, sev3, sev4, sev5")),
            ("roles", said("b: c, d: e"), None),
            ("steps", said("g: h / i"), None),
            ("ignore", said("f, g"), None),
            ("records", said("docs/a"), Some("incidents")),
            ("tolerance_minutes", said("7"), Some("5")),
            ("secrets", said("refuse"), Some("warn")),
            ("post", said("layout: blog; hide: actions; front_matter: a: b"), None),
        ];
        assert_eq!(full().entries(), expected);
        assert!(Settings::default().entries().iter().all(|(_, said, _)| said.is_none()));
        let other = read_settings("timezone: UTC\nlanguage: en\nauthor: z\nseverities: [z]\nroles: {z: z}\nsteps: {z: [y]}\nignore: [z]\nrecords: b\ntolerance_minutes: 1\nsecrets: warn\npost: {layout: full, hide: [rows], front_matter: \"b: c\"}\n").unwrap();
        assert_eq!(full().over(other.clone()), full());
        assert_eq!(Settings::default().over(other.clone()), other);
        assert_eq!(other.clone().over(Settings::default()), other);
    }

    #[test]
    fn zone_and_tolerance_have_defaults() {
        assert_eq!((full().zone(), full().tolerance_seconds()), (Zone::parse("Asia/Seoul"), 420));
        let none = Settings::default();
        assert_eq!((none.zone(), none.tolerance_seconds()), (None, 300));
        let text = |settings: Settings| settings.to_text("Settings.", |_| "why");
        assert_eq!(
            text(none),
            "# Settings.\n# timezone:   # why\n# language:   # why\n# author:   # why\n"
        );
        assert!(text(full()).contains("timezone: \"Asia/Seoul\"   # why\n"));
    }
}
