//! People known from a record: who did or owns something, and who has a public role.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::lang::{NounEnding, PeopleWords, text_words};
use crate::model::{Incident, Review};

use super::runs::{Run, Script, compared, runs};

/// Everybody whom a record names as doing or owning something, and whoever has a role.
#[derive(Debug, Clone, Default)]
pub(super) struct People {
    people: Vec<Person>,
    /// Spellings of their names, by the normalized first word.
    spellings: HashMap<String, Vec<Spelling>>,
    /// The longest first word in scripts without spaces, in characters.
    longest: usize,
}

/// Somebody, as named in the record or the settings.
#[derive(Debug, Clone)]
struct Person {
    name: String,
    /// The same for every spelling of the full name, with or without a title.
    key: String,
    role: Option<String>,
}

/// A spelling of somebody's name.
#[derive(Debug, Clone)]
pub(super) struct Spelling {
    pub(super) words: Vec<String>,
    pub(super) person: usize,
    /// Whether it is the full name, as given.
    pub(super) own: bool,
    /// Whether it is also a common word.
    pub(super) word: bool,
    /// Whether it is a given name, which a family name may accompany.
    pub(super) given: bool,
    /// Whether it is a family name alone, which names somebody before a title.
    pub(super) family: bool,
}

impl Spelling {
    fn key(&self) -> String {
        compared(&self.words.concat())
    }
}

/// The words about people in all languages, as sets.
pub(super) struct Known {
    also_words: HashSet<&'static str>,
    jobs: HashSet<&'static str>,
    groups: HashSet<&'static str>,
    before: HashSet<&'static str>,
    pub(super) behind: HashSet<&'static str>,
    pub(super) honorifics: HashSet<&'static str>,
    beings: HashSet<&'static str>,
    endings: Vec<fn(&str, &str) -> Option<NounEnding>>,
    families: HashSet<&'static str>,
    between: Vec<String>,
}

pub(super) static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let all = |list: fn(&PeopleWords) -> &'static str| -> HashSet<&'static str> {
        text_words().flat_map(|words| list(&words.people).split_whitespace()).collect()
    };
    Known {
        also_words: all(|people| people.also_words),
        jobs: all(|people| people.jobs),
        groups: all(|people| people.groups),
        before: all(|people| people.titles_before),
        behind: all(|people| people.titles_behind),
        honorifics: all(|people| people.honorifics),
        beings: all(|people| people.beings),
        endings: text_words().map(|words| words.people.ending).collect(),
        families: all(|people| people.family_names),
        between: all(|people| people.between).iter().map(|word| format!(" {word} ")).collect(),
    }
});

impl Known {
    /// Whether a lower-case word is a common word besides a name, or a job.
    pub(super) fn is_word(&self, lower: &str) -> bool {
        self.also_words.contains(lower) || self.jobs.contains(lower)
    }

    /// Whether a common word is for a being, or what is spoken of like one.
    pub(super) fn is_being(&self, word: &str) -> bool {
        self.beings.contains(word)
    }

    /// Returns what a text right behind a noun tells of it, if it consists of endings only.
    pub(super) fn ending(&self, noun: &str, text: &str) -> Option<NounEnding> {
        self.endings.iter().find_map(|ending| ending(noun, text))
    }

    /// Whether it is a family name written together with the given name.
    pub(super) fn is_family(&self, text: &str) -> bool {
        self.families.contains(text)
    }

    /// Whether a text is a job title or another word that precedes a name.
    pub(super) fn leads_to_name(&self, text: &str) -> bool {
        let sets = [&self.jobs, &self.groups, &self.before, &self.behind];
        text.chars().count() > 1 && sets.iter().any(|set| set.contains(text))
    }
}

impl People {
    /// Returns everybody whom the record or the roles name.
    pub(super) fn of<'r>(
        incident: &Incident,
        roles: impl IntoIterator<Item = (&'r str, &'r str)>,
    ) -> People {
        let mut people = People::default();
        let roles: Vec<(&str, &str)> = roles.into_iter().collect();
        for (name, role) in &roles {
            people.add(name, Some((*role).to_owned()));
        }
        let things: HashSet<String> = {
            let lists = incident.services.iter().chain(&incident.tags);
            lists.map(|thing| thing.to_lowercase()).collect()
        };
        let by = incident.events.iter().filter_map(|event| event.by.as_ref());
        let owners = incident.plan.iter().filter_map(|step| step.owner.as_ref());
        let owners = owners.chain(incident.actions.iter().filter_map(|it| it.owner.as_ref()));
        let reviewer = match &incident.review {
            Some(Review::Reviewed { by, .. }) => by.as_ref(),
            _ => None,
        };
        let mut seen = HashSet::new();
        for name in by
            .chain(owners)
            .chain(&incident.author)
            .chain(reviewer)
            .filter(|name| seen.insert(*name))
        {
            for part in parts(name) {
                let has_role = people.is_known(&part) || roles.iter().any(|(it, _)| it == name);
                if !has_role && !things.contains(&part.to_lowercase()) && is_person(&part) {
                    people.add(&part, None);
                }
            }
        }
        people
    }

    /// Whether somebody has that full name.
    fn is_known(&self, name: &str) -> bool {
        let key = key(name);
        self.people.iter().any(|person| person.key == key)
    }

    /// Returns the role of a name; for several people, all of their roles.
    pub(super) fn role(&self, name: &str) -> Option<String> {
        let named = |name: &str| {
            let key = key(name);
            let exact = self.people.iter().find(|person| person.name == name);
            exact.or_else(|| self.people.iter().find(|person| person.key == key))
        };
        let parts = parts(name);
        if let Some(person) = named(name).filter(|person| parts.len() < 2 || person.name == name) {
            return person.role.clone();
        }
        let roles: Option<Vec<String>> =
            parts.iter().map(|part| named(part).and_then(|person| person.role.clone())).collect();
        roles.filter(|roles| !roles.is_empty()).map(|mut roles| {
            roles.dedup();
            roles.join(", ")
        })
    }

    /// Whether no people are known.
    pub(super) fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Whether anybody has a role.
    pub(super) fn has_roles(&self) -> bool {
        self.people.iter().any(|person| person.role.is_some())
    }

    /// Returns the spellings that begin with a word.
    pub(super) fn beginning_with(&self, word: &str) -> &[Spelling] {
        self.spellings.get(&compared(word)).map_or(&[], Vec::as_slice)
    }

    /// Returns the maximum length of a first word, in characters.
    pub(super) fn longest(&self) -> usize {
        self.longest
    }

    /// Returns the name of whoever these spellings may mean, and the role that all of them share. Somebody of that very
    /// name takes precedence, then other full names. If it may be several people, the name is as spelled: a role of that
    /// very name decides.
    pub(super) fn meant(&self, spellings: &[&Spelling]) -> (String, Option<String>) {
        let rank = |spelling: &&&Spelling| {
            let is_name = self.people[spelling.person].key == spelling.key();
            (is_name, spelling.own)
        };
        let most = spellings.iter().map(|spelling| rank(&spelling)).max();
        let meant = spellings.iter().filter(|spelling| Some(rank(spelling)) == most);
        let meant: Vec<&Person> = meant.map(|spelling| &self.people[spelling.person]).collect();
        let role = meant.first().and_then(|person| person.role.as_ref());
        let same = meant.iter().all(|person| person.role.as_ref() == role);
        let name = match meant.as_slice() {
            [one] => one.name.clone(),
            _ => spellings.first().map_or_else(String::new, |spelling| spelling.words.join(" ")),
        };
        (name, role.filter(|_| same).cloned())
    }

    fn add(&mut self, name: &str, role: Option<String>) {
        let name: String = name.nfc().collect();
        if self.people.iter().any(|person| person.name == name) {
            return;
        }
        let person = self.people.len();
        let bare = bare(&name);
        let found = runs(&bare);
        let words: Vec<(&str, Script)> = found
            .iter()
            .filter(|run| run.script != Script::None)
            .map(|run| (run.of(&bare), run.script))
            .collect();
        // In `Dana SRE` and `iOS` a job is not part of the name.
        let named = |(word, _): &(&str, Script)| !KNOWN.jobs.contains(word.to_lowercase().as_str());
        let words: Vec<(&str, Script)> = match role {
            Some(_) if words.iter().any(named) => words,
            _ => words.into_iter().filter(named).collect(),
        };
        let mut ways = ways(&words);
        ways.extend(joined(&bare, &found));
        let umlauts = ways.iter().filter_map(Way::with_umlauts_written_out).collect::<Vec<_>>();
        for Way { words, own, perhaps, family } in ways.into_iter().chain(umlauts) {
            if words.len() == 1 && KNOWN.jobs.contains(words[0].to_lowercase().as_str()) {
                continue;
            }
            let scripts = runs(&words[0]);
            let Some(Run { script, .. }) = scripts.first() else { continue };
            let spelling = Spelling {
                word: perhaps || words.len() == 1 && is_also_word(&words[0], *script),
                given: *script == Script::Hangul && own && words[0].chars().count() == 2,
                words,
                person,
                own,
                family,
            };
            self.put(spelling);
        }
        self.people.push(Person { key: key(&name), name, role });
    }

    fn put(&mut self, spelling: Spelling) {
        self.longest = self.longest.max(spelling.words[0].chars().count());
        let known = self.spellings.entry(compared(&spelling.words[0])).or_default();
        let same =
            |other: &Spelling| other.words == spelling.words && other.person == spelling.person;
        if !known.iter().any(same) {
            known.push(spelling);
        }
    }
}

/// Whether one word of a name is also a common word; a single letter or syllable always counts.
fn is_also_word(word: &str, script: Script) -> bool {
    KNOWN.also_words.contains(word.to_lowercase().as_str())
        || word.chars().count() == 1
        || (script == Script::Latin && word.chars().all(|c| c.is_ascii_digit()))
}

/// The words of one spelling of a name.
#[derive(Debug, Clone)]
struct Way {
    words: Vec<String>,
    /// Whether they are the full name.
    own: bool,
    /// Whether they may be something else: it is unknown where the name splits, or `sparks` is a login.
    perhaps: bool,
    /// Whether it is a family name alone.
    family: bool,
}

impl Way {
    fn whole(words: Vec<String>) -> Way {
        Way { words, own: true, perhaps: false, family: false }
    }

    fn part(word: String) -> Way {
        Way { words: vec![word], own: false, perhaps: false, family: false }
    }

    fn perhaps(word: String) -> Way {
        Way { words: vec![word], own: false, perhaps: true, family: false }
    }

    /// Returns it with German umlauts transliterated: `Mueller`.
    fn with_umlauts_written_out(&self) -> Option<Way> {
        let written_out = |word: &String| {
            let mut word = word.clone();
            let letters = ["ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue"];
            for pair in letters.chunks_exact(2) {
                word = word.replace(pair[0], pair[1]);
            }
            word
        };
        let words: Vec<String> = self.words.iter().map(written_out).collect();
        (words != self.words).then_some(Way { words, ..*self })
    }
}

/// Returns the spellings of a name: `Dana Lee` as it is, reversed, as one word and each word alone; `김민수` without the
/// family name; `山田太郎` as either part.
fn ways(words: &[(&str, Script)]) -> Vec<Way> {
    let all: Vec<String> = words.iter().map(|(word, _)| (*word).to_owned()).collect();
    let mut ways: Vec<Way> = Vec::new();
    if !all.is_empty() {
        ways.push(Way::whole(all.clone()));
    }
    match words {
        [(word, Script::Hangul)] => ways.extend(without_family(word)),
        [(word, Script::Han)] => ways.extend(parted(word)),
        _ => {}
    }
    if all.len() > 1 && all.len() < 5 {
        ways.push(Way::whole(all.iter().rev().cloned().collect()));
        ways.push(Way::whole(vec![all.concat()]));
        ways.push(Way::whole(vec![all.iter().rev().map(String::as_str).collect()]));
        let initial: String = all[0].chars().take(1).collect();
        let last = all[all.len() - 1].clone();
        if words.iter().all(|(_, script)| *script == Script::Latin) {
            ways.push(Way::perhaps(compared(&format!("{initial}{last}"))));
            ways.push(Way::whole(vec![initial, last]));
        }
        let told = |word: &&String| word.chars().count() > 1;
        ways.extend(all.iter().filter(told).cloned().map(Way::part));
    }
    ways
}

/// Returns the parts of a name with hyphens as one word: `jeanluc` for Jean-Luc.
fn joined(name: &str, found: &[Run]) -> Vec<Way> {
    let is_part = |run: &Run| run.script == Script::Latin;
    let pairs = found
        .windows(3)
        .filter(|three| is_part(&three[0]) && three[1].of(name) == "-" && is_part(&three[2]));
    pairs.map(|three| Way::part(three[0].of(name).to_owned() + three[2].of(name))).collect()
}

/// Returns a Korean name with a space, and either part of it alone.
fn without_family(word: &str) -> Vec<Way> {
    let letters: Vec<char> = word.chars().collect();
    for long in [2, 1] {
        let family: String = letters.iter().take(long).collect();
        let given: String = letters.iter().skip(long).collect();
        if letters.len() > long + 1 && letters.len() < long + 4 && KNOWN.is_family(&family) {
            let alone = Way { family: true, ..Way::part(family.clone()) };
            return vec![Way::whole(vec![family, given.clone()]), Way::part(given), alone];
        }
    }
    Vec::new()
}

/// Returns a name in Chinese characters with a space, and either part alone, for every possible split.
fn parted(word: &str) -> Vec<Way> {
    let letters: Vec<char> = word.chars().collect();
    let places: &[usize] = match letters.len() {
        3 => &[1, 2],
        4 => &[2],
        5 => &[2, 3],
        _ => &[],
    };
    let mut ways = Vec::new();
    for (family, given) in places.iter().map(|at| letters.split_at(*at)) {
        let [family, given] = [family, given].map(|part| part.iter().collect::<String>());
        ways.push(Way::whole(vec![family.clone(), given.clone()]));
        let told = [family, given].into_iter().filter(|part| part.chars().count() > 1);
        ways.extend(told.map(Way::perhaps));
    }
    ways
}

/// Returns the names in a text of names: `Dana, Kim Lee <kim@corp>`, `김민수(서버), 지영`.
fn parts(text: &str) -> Vec<String> {
    let mut text: String = text.nfc().collect();
    for between in &KNOWN.between {
        text = text.replace(between.as_str(), ",");
    }
    let ends = |c: char| ",;/&+|·、，（）()[]<>\n".contains(c);
    let parts = text.split(ends).map(|part| part.trim().trim_start_matches('@').to_owned());
    parts.filter(|part| part.chars().any(char::is_alphabetic) && !part.contains('@')).collect()
}

/// Returns what all spellings of a full name share: `kimlee` of `Kim Lee`, 김민수 of `김 민수 팀장`.
fn key(name: &str) -> String {
    let name: String = name.nfc().collect();
    let bare = bare(&name);
    let words: Vec<Run> =
        runs(&bare).into_iter().filter(|run| run.script != Script::None).collect();
    compared(&words.iter().map(|run| run.of(&bare)).collect::<String>())
}

/// Returns a name without titles: 김민수 for `김민수 팀장님`.
fn bare(name: &str) -> String {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let lower = |word: &str| word.trim_end_matches('.').to_lowercase();
    while words.len() > 1 && KNOWN.before.contains(lower(words[0]).as_str()) {
        words.remove(0);
    }
    while words.len() > 1 && KNOWN.behind.contains(lower(words[words.len() - 1]).as_str()) {
        words.pop();
    }
    let mut bare = words.join(" ");
    loop {
        let behind = KNOWN.behind.iter().filter(|title| !title.is_ascii());
        let title = behind.filter(|title| bare.ends_with(**title)).max_by_key(|title| title.len());
        let rest = title.map(|title| bare[..bare.len() - title.len()].trim_end().to_owned());
        match rest {
            Some(rest) if rest.chars().count() > 1 => bare = rest,
            _ => return bare,
        }
    }
}

/// Whether a name may be a person's, rather than a team's, a job's or a program's.
fn is_person(name: &str) -> bool {
    let last = name.split_whitespace().last().unwrap_or("").to_lowercase();
    if KNOWN.groups.contains(last.as_str()) {
        return false;
    }
    let name = bare(name);
    let is_job = |word: &str| KNOWN.jobs.contains(word.to_lowercase().as_str());
    if name.split_whitespace().all(is_job) {
        return false;
    }
    let found = runs(&name);
    let words: Vec<&Run> = found.iter().filter(|run| run.script != Script::None).collect();
    words.len() < 5 && words.iter().any(|run| may_name(run.of(&name), run.script))
}

fn may_name(word: &str, script: Script) -> bool {
    let lower = word.to_lowercase();
    if KNOWN.jobs.contains(lower.as_str()) {
        return false;
    }
    match script {
        Script::Latin => {
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            let capitals = word.chars().filter(|c| c.is_uppercase()).count();
            let begins = word.starts_with(char::is_uppercase);
            // SRE, iOS and PagerDuty are not; Dana, dana and McCoy are.
            let abbreviation = capitals == letters && letters < 5;
            let inner = capitals > usize::from(begins) && capitals < letters;
            let family = ["Mc", "Mac", "De", "Di", "La", "Le", "Van", "Von"];
            letters > 1 && !abbreviation && (!inner || family.iter().any(|it| word.starts_with(it)))
        }
        Script::Hangul => {
            let letters = word.chars().count();
            let first: String = word.chars().take(1).collect();
            let two: String = word.chars().take(2).collect();
            let group = KNOWN
                .groups
                .iter()
                .any(|group| letters > 2 && group.chars().count() > 1 && word.ends_with(group))
                || (letters > 2 && word.ends_with('팀'));
            !group
                && match letters {
                    1 | 2 => true,
                    3 => KNOWN.is_family(&first) || KNOWN.is_family(&two),
                    _ => letters == 4 && KNOWN.is_family(&two),
                }
        }
        Script::Han | Script::Kana => word.chars().count() < 6,
        Script::None => false,
    }
}
