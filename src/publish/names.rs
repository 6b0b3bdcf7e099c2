//! Finds where a text names somebody known from the record.

use std::collections::HashSet;
use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::lang::{NounEnding, possessive, uncontracted, with_particle};

use super::addresses::addresses;
use super::leaks::hits_in;
use super::people::{KNOWN, People, Spelling};
use super::plain::Plain;
use super::runs::{Run, Script, compared, runs};

/// A text for the public, as far as names are concerned.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Read {
    /// The text, with roles in place of names.
    pub(super) text: String,
    /// Names that are still in it.
    pub(super) left: Vec<Named>,
    /// Names that were replaced, each with its role.
    pub(super) replaced: Vec<(String, String)>,
}

/// A name in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name as the record or the settings have it.
    pub name: String,
    /// The name as the text has it.
    pub found: String,
    /// Why it was not replaced.
    pub why: NamedWhy,
}

/// Why a name was not replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedWhy {
    /// It has no role in public.
    NoRole,
    /// It is part of an address, a host, a file name or something private, which a role would change.
    Address,
    /// It is also a common word, and may name nobody.
    Word,
}

/// The type of a text: prose, or entirely an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Written by people for people.
    Prose,
    /// Entirely an address.
    Address,
}

/// Processes a text: names with a role are replaced, the others are reported.
pub(super) fn read(people: &People, text: &str, sort: Sort) -> Read {
    let whole = |text: &str| Read { text: text.to_owned(), left: Vec::new(), replaced: Vec::new() };
    if people.is_empty() || text.is_empty() {
        return whole(text);
    }
    let composed: String = if is_nfc(text) { text.to_owned() } else { text.nfc().collect() };
    let mut found = mentions(people, &composed, sort);
    for plain in Plain::readings(&composed) {
        let seen = mentions(people, &plain.text, sort).into_iter().map(|mention| {
            let range = with_marks(&composed, plain.place(mention.range));
            let role = mention.role.filter(|_| !is_half(&composed[range.clone()]));
            Mention { range, role, ..mention }
        });
        found = with_seen(found, seen.collect());
    }
    if found.is_empty() {
        return whole(text);
    }
    stick(&mut found, &composed);
    replaced(&composed, found)
}

/// Makes names stay where a role would change something private, which is looked for in the text as it is written.
fn stick(found: &mut [Mention], text: &str) {
    if found.iter().all(|mention| mention.role.is_none()) {
        return;
    }
    let private: Vec<Range<usize>> = hits_in(text).into_iter().map(|hit| hit.core()).collect();
    for mention in found.iter_mut().filter(|mention| mention.role.is_some()) {
        let Range { start, end } = mention.range;
        if private.iter().any(|range| range.start < end && start < range.end) {
            (mention.role, mention.why) = (None, NamedWhy::Address);
        }
    }
}

/// Marks of emphasis.
const MARKS: [char; 3] = ['*', '_', '~'];

/// Extends a range with marks of emphasis inside it over those around it, as their other halves may be there.
fn with_marks(text: &str, range: Range<usize>) -> Range<usize> {
    if !text[range.clone()].contains(MARKS) {
        return range;
    }
    let start = text[..range.start].trim_end_matches(MARKS).len();
    let end = text.len() - text[range.end..].trim_start_matches(MARKS).len();
    start..end
}

/// Whether a text has the end of inline code, a link or a tag without its beginning, or the other way round: no role can
/// replace it.
fn is_half(text: &str) -> bool {
    let count = |sign: char| text.matches(sign).count();
    count('`') % 2 == 1 || count('<') % 2 == 1 || count('[') != count(']')
}

/// Returns the mentions that readers see, and those in the text as written that are apart from them, in order.
fn with_seen(written: Vec<Mention>, mut seen: Vec<Mention>) -> Vec<Mention> {
    // Marks between two mentions belong to the first.
    for at in 1..seen.len() {
        seen[at].range.start = seen[at].range.start.max(seen[at - 1].range.end);
    }
    let count = seen.len();
    for mention in written {
        let next = seen[..count].partition_point(|other| other.range.end <= mention.range.start);
        let is_apart = seen[..count].get(next).is_none_or(|it| it.range.start >= mention.range.end);
        if is_apart {
            seen.push(mention);
        }
    }
    seen.sort_by_key(|mention| mention.range.start);
    seen
}

/// A range that names somebody, or may.
#[derive(Debug, Clone)]
struct Mention {
    range: Range<usize>,
    name: String,
    /// Its replacement; none if it stays.
    role: Option<String>,
    why: NamedWhy,
    /// The noun that is contracted with what follows it, and the syllable that it lost.
    contracted: Option<(String, &'static str)>,
}

fn replaced(text: &str, found: Vec<Mention>) -> Read {
    let mut out = String::with_capacity(text.len());
    let (mut left, mut replaced) = (Vec::new(), Vec::new());
    let mut at = 0;
    let mut found = found.into_iter().peekable();
    while let Some(mention) = found.next() {
        out.push_str(&text[at..mention.range.start]);
        at = mention.range.end;
        let next = found.peek().map_or(text.len(), |next| next.range.start);
        let there = &text[mention.range.clone()];
        match mention.role {
            Some(role) => {
                let behind = &text[at..next];
                let owner = || {
                    let owner = possessive(there, &role, behind)?;
                    (!in_quotes(&text[..mention.range.start])).then_some(owner)
                };
                let (named, rest) = match &mention.contracted {
                    Some((noun, syllable)) => {
                        let whole = format!("{syllable}{behind}");
                        let (named, rest) = with_particle(noun, &role, &whole);
                        (named, rest.len().min(behind.len()))
                    }
                    None => {
                        let (named, rest) =
                            owner().unwrap_or_else(|| with_particle(there, &role, behind));
                        (named, rest.len())
                    }
                };
                out.push_str(&named);
                at = next - rest;
                replaced.push((there.to_owned(), role));
            }
            None => {
                out.push_str(there);
                let (name, why) = (mention.name, mention.why);
                left.push(Named { name, found: there.to_owned(), why });
            }
        }
    }
    out.push_str(&text[at..]);
    Read { text: out, left, replaced }
}

/// Whether a text ends within single quotes.
fn in_quotes(text: &str) -> bool {
    let line = text.rsplit('\n').next().unwrap_or("");
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut open = false;
    for (at, sign) in line.char_indices().filter(|(_, c)| "'‘’".contains(*c)) {
        let [before, behind] = [line[..at].chars().next_back(), line[at..].chars().nth(1)];
        let inside = is_letter(before) && is_letter(behind);
        if !inside {
            open = sign == '‘' || !is_letter(before) && sign == '\'';
        }
    }
    open
}

/// Returns every mention in order, without nested ones.
fn mentions(people: &People, text: &str, sort: Sort) -> Vec<Mention> {
    let runs = runs(text);
    let places = match sort {
        Sort::Address => std::iter::once(0..text.len()).collect(),
        Sort::Prose => addresses(text),
    };
    let look = Look { people, text, runs: &runs };
    let mut found: Vec<Mention> = Vec::new();
    let mut place = 0;
    for (number, run) in runs.iter().enumerate() {
        let start = run.range.start;
        if found.last().is_some_and(|last| last.range.end > start) {
            continue;
        }
        while places.get(place).is_some_and(|range| range.end <= start) {
            place += 1;
        }
        let address = places.get(place).is_some_and(|range| range.contains(&start));
        let Some(mut mention) = look.at(number, address) else { continue };
        if address && mention.why != NamedWhy::Word {
            (mention.role, mention.why) = (None, NamedWhy::Address);
        }
        match found.last_mut() {
            Some(last) if look.is_one(last, &mention) => last.range.end = mention.range.end,
            _ => found.push(mention),
        }
    }
    found
}

/// Family names that mean something else before a title: 전대표, a former one; 부사장, a deputy.
const BEFORE_TITLES: [&str; 16] = [
    "전", "현", "주", "부", "신", "한", "두", "모", "여", "양", "고", "구", "원", "우", "사", "국",
];
/// Whoever chairs a board, and no president called 이.
const CHAIR: &str = "이사장";

/// A position in a text where a name may begin.
struct Look<'l> {
    people: &'l People,
    text: &'l str,
    runs: &'l [Run],
}

/// What follows a name in its own run of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Behind {
    /// Letters of a longer word.
    Letters,
    /// Nothing, or an ending.
    Ending,
    /// A particle used only for persons.
    OfPerson,
    /// A title used only for people.
    Honorific,
}

impl Look<'_> {
    fn run(&self, number: usize) -> Option<&str> {
        self.runs.get(number).map(|run| run.of(self.text))
    }

    fn at(&self, number: usize, address: bool) -> Option<Mention> {
        match self.runs[number].script {
            Script::None => None,
            Script::Latin => self.latin(number, address),
            Script::Hangul | Script::Han | Script::Kana => self.unspaced(number, address),
        }
    }

    /// Finds a name whose words are whole runs, or `Kims` for Kim, which may be a plural or a genitive.
    fn latin(&self, number: usize, address: bool) -> Option<Mention> {
        self.whole_words(number, address).or_else(|| self.with_s(number))
    }

    fn with_s(&self, number: usize) -> Option<Mention> {
        let word = self.run(number)?;
        let name = word.strip_suffix('s').filter(|_| word.starts_with(char::is_uppercase))?;
        let is_one = |spelling: &&Spelling| spelling.words.len() == 1 && !spelling.word;
        let spellings: Vec<&Spelling> =
            self.people.beginning_with(name).iter().filter(is_one).collect();
        if spellings.is_empty() || KNOWN.is_word(&word.to_lowercase()) {
            return None;
        }
        let (name, _) = self.people.meant(&spellings);
        let range = self.runs[number].range.clone();
        Some(Mention { range, name, role: None, why: NamedWhy::Word, contracted: None })
    }

    fn whole_words(&self, number: usize, address: bool) -> Option<Mention> {
        let word = self.run(number)?;
        let fits = |spelling: &&Spelling| self.end_of(spelling, number).is_some();
        let fitting: Vec<&Spelling> =
            self.people.beginning_with(word).iter().filter(fits).collect();
        let long = fitting.iter().map(|spelling| spelling.words.len()).max()?;
        let longest: Vec<&Spelling> =
            fitting.into_iter().filter(|spelling| spelling.words.len() == long).collect();
        let end = self.end_of(longest[0], number)?;
        let start = self.runs[number].range.start;
        let handle = self.text[..start].ends_with('@');
        let word_only = longest.iter().all(|spelling| spelling.word);
        let exact = longest.iter().any(|spelling| {
            let mut words = runs(&self.text[start..end]).into_iter();
            words.next().is_some_and(|run| {
                let there = run.of(&self.text[start..end]);
                there == spelling.words[0] || is_capitalised(there, &spelling.words[0])
            })
        });
        if word_only && !handle && (!exact || address) {
            return None;
        }
        let (name, role) = self.people.meant(&longest);
        let sure = !word_only || handle;
        let why = if sure { NamedWhy::NoRole } else { NamedWhy::Word };
        let role = role.filter(|_| sure);
        let mut mention = Mention { range: start..end, name, role, why, contracted: None };
        if sure && long == 1 && !address && !handle {
            self.take_unknown_family(number, &mut mention);
        }
        Some(mention)
    }

    /// Extends `Dana` to `Dana Whitfield`, if only Dana is known: all of it names her, and has no role.
    fn take_unknown_family(&self, number: usize, mention: &mut Mention) {
        let (Some(" "), Some(next)) = (self.run(number + 1), self.run(number + 2)) else { return };
        let lower = next.to_lowercase();
        let mut letters = next.chars();
        let begins = letters.next().is_some_and(char::is_uppercase);
        let small = letters.all(char::is_lowercase);
        let verb = lower.ends_with("ed") || lower.ends_with("ing");
        let known = KNOWN.is_word(&lower) || !self.people.beginning_with(next).is_empty();
        if begins && small && next.chars().count() > 2 && !verb && !known {
            mention.range.end = self.runs[number + 2].range.end;
            mention.name = self.text[mention.range.clone()].to_owned();
            mention.role = None;
        }
    }

    /// Returns where a spelling that begins at a run ends; `None` if the text differs.
    fn end_of(&self, spelling: &Spelling, number: usize) -> Option<usize> {
        let mut at = number;
        for (place, word) in spelling.words.iter().enumerate() {
            if place > 0 {
                at = self.next_word(at)?;
            }
            let run = self.run(at)?;
            let same = compared(run) == compared(word);
            if !same {
                let last = place + 1 == spelling.words.len() && place > 0;
                let rest = run.strip_prefix(word.as_str()).filter(|_| last)?;
                if behind(word, rest) == Behind::Letters || self.runs[at].script == Script::Latin {
                    return None;
                }
                return Some(self.runs[at].range.start + word.len());
            }
        }
        Some(self.runs[at].range.end)
    }

    /// Returns the run of letters after another one, if little is between them: `Kim-Lee`, `Lee, Kim`.
    fn next_word(&self, number: usize) -> Option<usize> {
        let next = self.runs.get(number + 1)?;
        if next.script != Script::None {
            return Some(number + 1);
        }
        let between = next.of(self.text);
        let joins = |c: char| " .,-_'’\u{a0}\n\r\t+%".contains(c);
        let near = between.chars().count() < 3 && between.chars().all(joins);
        (near && number + 2 < self.runs.len()).then_some(number + 2)
    }

    /// Finds a name in a run of a script without spaces: the longest one anywhere in it.
    fn unspaced(&self, number: usize, address: bool) -> Option<Mention> {
        let run = self.run(number)?;
        let starts = run.char_indices().map(|(at, _)| at);
        let mut perhaps: Option<Mention> = None;
        for at in starts {
            let lengths = run[at..].char_indices().map(|(end, c)| at + end + c.len_utf8());
            let lengths: Vec<usize> = lengths.take(self.people.longest()).collect();
            for end in lengths.into_iter().rev() {
                let found = self.word_at(number, at..end, address);
                let found = found.or_else(|| self.contracted_at(number, at..end));
                let Some(mention) = found else { continue };
                if mention.why != NamedWhy::Word {
                    return Some(mention);
                }
                perhaps.get_or_insert(mention);
            }
        }
        perhaps
    }

    /// Returns the mention in a range of a run, if it names somebody.
    fn word_at(&self, number: usize, place: Range<usize>, address: bool) -> Option<Mention> {
        let run = self.run(number)?;
        let base = self.runs[number].range.start;
        let spellings = self.people.beginning_with(&run[place.clone()]);
        let whole = place == (0..run.len());
        let mut found: Option<(usize, Vec<&Spelling>, bool)> = None;
        for spelling in spellings {
            let end = match spelling.words.len() {
                1 => Some(base + place.end),
                _ if whole => self.end_of(spelling, number),
                _ => None,
            };
            let Some(end) = end else { continue };
            let sure = match spelling.words.len() {
                1 if spelling.family => self.is_titled(number, &place),
                1 => Some(self.is_sure(number, &place, spelling)?),
                _ => Some(true),
            };
            let Some(sure) = sure else { continue };
            match &mut found {
                Some((far, ..)) if *far > end => {}
                Some((far, same, _)) if *far == end => same.push(spelling),
                _ => found = Some((end, vec![spelling], sure)),
            }
        }
        let (end, spellings, sure) = found?;
        let start = match spellings.iter().any(|spelling| spelling.given) {
            true if KNOWN.is_family(&run[..place.start]) => base,
            _ => base + place.start,
        };
        if address && !sure {
            return None;
        }
        let (name, role) = self.people.meant(&spellings);
        let why = if sure { NamedWhy::NoRole } else { NamedWhy::Word };
        let role = role.filter(|_| sure);
        Some(Mention { range: start..end, name, role, why, contracted: None })
    }

    /// Returns the mention in a range of a run whose last syllable is contracted with a form of `이다`: 민순 before 데.
    fn contracted_at(&self, number: usize, place: Range<usize>) -> Option<Mention> {
        let run = self.run(number)?;
        let (noun, syllable) = uncontracted(&run[place.clone()], &run[place.end..])?;
        let is_one = |spelling: &&Spelling| spelling.words.len() == 1 && !spelling.family;
        let spellings: Vec<&Spelling> =
            self.people.beginning_with(&noun).iter().filter(is_one).collect();
        let before = &run[..place.start];
        let family = KNOWN.is_family(before) && spellings.iter().any(|spelling| spelling.given);
        let leads = before.is_empty() || family || KNOWN.leads_to_name(before);
        if spellings.is_empty() || !leads || noun.chars().count() < 2 {
            return None;
        }
        let base = self.runs[number].range.start;
        let start = if family { base } else { base + place.start };
        // 급하다, 느리다, 빠르다, 바쁘다: stems of adjectives end like that, and have the same endings.
        let stem = noun.chars().count() == 2 && noun.ends_with(['하', '리', '르', '쁘']) && !family;
        let sure = !stem && spellings.iter().all(|spelling| !spelling.word);
        let (name, role) = self.people.meant(&spellings);
        let why = if sure { NamedWhy::NoRole } else { NamedWhy::Word };
        let contracted = Some((noun, syllable));
        let range = start..base + place.end;
        Some(Mention { range, name, role: role.filter(|_| sure), why, contracted })
    }

    /// Whether a family name certainly names somebody there: a title follows, and both are no other word. `None` if it does
    /// not.
    fn is_titled(&self, number: usize, place: &Range<usize>) -> Option<bool> {
        let run = self.run(number)?;
        let (before, family, after) = (&run[..place.start], &run[place.clone()], &run[place.end..]);
        let leads = before.is_empty() || KNOWN.leads_to_name(before);
        let next = if after.is_empty() && self.run(number + 1) == Some(" ") {
            self.run(number + 2)?
        } else {
            after
        };
        let is_title =
            |title: &&&str| title.chars().count() > 1 || KNOWN.honorifics.contains(**title);
        let follows = |title: &&str| Some(behind(title, next.strip_prefix(*title)?));
        let mut titles = KNOWN.behind.iter().filter(is_title).filter_map(follows);
        let is_called = titles.any(|rest| rest != Behind::Letters);
        let may_be_word = BEFORE_TITLES.contains(&family) || run.contains(CHAIR);
        (leads && is_called).then_some(!may_be_word)
    }

    /// Whether a one-word spelling certainly names somebody there; `None` if it does not.
    fn is_sure(&self, number: usize, place: &Range<usize>, spelling: &Spelling) -> Option<bool> {
        let run = self.run(number)?;
        let (before, after) = (&run[..place.start], &run[place.end..]);
        let long = spelling.words[0].chars().count();
        let hangul = self.runs[number].script == Script::Hangul;
        let family = spelling.given && KNOWN.is_family(before);
        let leads = before.is_empty() || family || KNOWN.leads_to_name(before);
        if !leads && (long < 3 || !hangul) {
            return None;
        }
        let mut follows = behind(&run[place.clone()], after);
        if after.is_empty() {
            follows = follows.max(self.title_behind(number));
        }
        // A name in Chinese characters may be followed by a title in them, or by more of the name.
        if !hangul && follows == Behind::Letters {
            follows = Behind::Ending;
        }
        match (spelling.word, follows) {
            (_, Behind::Honorific) => Some(true),
            (false, Behind::Ending | Behind::OfPerson) => Some(true),
            (false, Behind::Letters) if long > 2 => Some(before.is_empty()),
            (false, Behind::Letters) => Some(false),
            (true, Behind::OfPerson) if long > 1 && !KNOWN.is_being(&spelling.words[0]) => {
                Some(true)
            }
            (true, Behind::Ending | Behind::OfPerson) if leads => Some(false),
            (true, _) => None,
        }
    }

    /// Returns what follows a name in its run, or after the next space.
    fn title_behind(&self, number: usize) -> Behind {
        let next = match self.run(number + 1) {
            Some(" ") => self.run(number + 2),
            Some(next) if self.runs[number + 1].script != Script::None => Some(next),
            _ => None,
        };
        match next.map(|next| behind("", next)) {
            Some(Behind::Honorific) => Behind::Honorific,
            _ => Behind::Letters,
        }
    }

    /// Whether two adjacent mentions are one: `Lee, Kim` for Kim Lee.
    fn is_one(&self, first: &Mention, second: &Mention) -> bool {
        let between = self.text.get(first.range.end..second.range.start);
        let near = between.is_some_and(|between| [" ", ", ", "-", "_", "."].contains(&between));
        near && first.name == second.name && first.role == second.role && first.why == second.why
    }
}

/// Whether a word is the other one capitalised.
fn is_capitalised(word: &str, small: &str) -> bool {
    small.chars().all(|c| !c.is_uppercase()) && {
        let mut letters = small.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        word == first + letters.as_str()
    }
}

/// Classifies what follows a name: titles, then endings.
fn behind(name: &str, rest: &str) -> Behind {
    let titles = |set: &HashSet<&'static str>| {
        set.iter().any(|title| rest.strip_prefix(title).is_some_and(|rest| titled(title, rest)))
    };
    match () {
        () if titles(&KNOWN.honorifics) => Behind::Honorific,
        () if KNOWN.ending(name, rest) == Some(NounEnding::OfPerson) => Behind::OfPerson,
        () if titles(&KNOWN.behind) || is_end(name, rest) => Behind::Ending,
        () => Behind::Letters,
    }
}

fn titled(title: &str, rest: &str) -> bool {
    let again = |honorific: &&'static str| {
        rest.strip_prefix(*honorific).is_some_and(|rest| is_end(honorific, rest))
    };
    is_end(title, rest) || KNOWN.honorifics.iter().any(again)
}

/// Whether a text behind a noun consists of endings only.
fn is_end(noun: &str, rest: &str) -> bool {
    rest.is_empty() || KNOWN.ending(noun, rest).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Event, Incident};

    /// Returns people by name, each with an optional `=role`.
    fn people(names: &[&str]) -> People {
        let roles = names.iter().filter_map(|name| name.split_once('='));
        let by = names.iter().filter(|name| !name.contains('='));
        let event = |name: &&str| Event { by: Some((*name).to_owned()), ..Event::new(None, "x") };
        let incident = Incident { events: by.map(event).collect(), ..Incident::default() };
        People::of(&incident, roles)
    }

    #[track_caller]
    fn reads(names: &[&str], text: &str, wanted: &str, left: &[(&str, NamedWhy)]) {
        let read = read(&people(names), text, Sort::Prose);
        let there: Vec<_> = read.left.iter().map(|it| (it.found.as_str(), it.why)).collect();
        assert_eq!((read.text.as_str(), there.as_slice()), (wanted, left), "{names:?} in {text}");
    }

    #[test]
    fn roles_replace_names() {
        let dana = &["Dana=the on-call engineer", "Kim Lee=the database lead"];
        for (text, wanted) in [
            ("Dana paged Kim Lee", "the on-call engineer paged the database lead"),
            ("Dana's change", "the on-call engineer's change"),
            (
                "asked Kim, who asked DANA",
                "asked the database lead, who asked the on-call engineer",
            ),
            ("**Dana** and _Kim Lee_", "**the on-call engineer** and _the database lead_"),
            (
                "Lee, Kim; Kim-Lee; KimLee; K. Lee",
                "the database lead; the database lead; the database lead; the database lead",
            ),
            ("@dana restarted it", "@the on-call engineer restarted it"),
            ("`git blame` says Dana", "`git blame` says the on-call engineer"),
            (
                "D&#97;na; **Da**na; D<b>a</b>na",
                "the on-call engineer; the on-call engineer; the on-call engineer",
            ),
            ("Kim&nbsp;Lee and Kim\\_Lee", "the database lead and the database lead"),
            ("**Kim** Lee: D\\ana", "the database lead: the on-call engineer"),
            ("**Kim** Lee: Da\u{ad}na", "the database lead: the on-call engineer"),
            ("Kim\nLee", "the database lead"),
            ("danas danaides, kimchi", "danas danaides, kimchi"),
            ("Dana가 Kim에게", "the on-call engineer가 the database lead에게"),
        ] {
            reads(dana, text, wanted, &[]);
        }
        let ko = &["김민수=당직 팀장", "지훈=서버 엔지니어", "田中=当番"];
        for (text, wanted) in [
            ("김민수가 재시작", "당직 팀장이 재시작"),
            (
                "민수가, 민수는, 민수를, 민수와",
                "당직 팀장이, 당직 팀장은, 당직 팀장을, 당직 팀장과",
            ),
            ("민수님이 확인", "당직 팀장님이 확인"),
            ("김민수 님께서", "당직 팀장 님께서"),
            ("담당자김민수에게", "담당자당직 팀장에게"),
            ("김 민수에게 전화", "당직 팀장에게 전화"),
            ("지훈이가 배포, 박지훈 확인", "서버 엔지니어가 배포, 서버 엔지니어 확인"),
            ("지훈으로부터", "서버 엔지니어로부터"),
            ("민\u{200b}수님", "당직 팀장님"),
            ("&#48124;수님, **김**민수가", "당직 팀장님, 당직 팀장이"),
            ("\u{1106}\u{1175}\u{11ab}\u{1109}\u{116e}가", "당직 팀장이"),
            ("田中さんが確認、田中部長", "当番さんが確認、当番部長"),
            ("민순데 자는 중, 김민숩니다", "당직 팀장인데 자는 중, 당직 팀장입니다"),
            ("민순지 물음, 민술까요?", "당직 팀장인지 물음, 당직 팀장일까요?"),
            ("김민순 확인, 민순만큼, 국민순데", "김민순 확인, 민순만큼, 국민순데"),
            ("박민수가, 민수용, 국민수", "박민수가, 민수용, 국민수"),
            ("김대리가 확인, 김 과장님께", "당직 팀장대리가 확인, 당직 팀장 과장님께"),
            ("김님, 김씨가", "당직 팀장님, 당직 팀장씨가"),
            ("김이 서린 유리, 김치, 김대 앞, 이대리", "김이 서린 유리, 김치, 김대 앞, 이대리"),
        ] {
            let read = read(&people(ko), text, Sort::Prose);
            assert_eq!(read.text, wanted);
        }
    }

    #[test]
    fn a_possessive_has_the_form_of_the_role() {
        let reyes = &["Ana Reyes=the on-call lead", "Alex=operations"];
        for (text, wanted) in [
            ("Reyes' laptop, Reyes’ page", "the on-call lead's laptop, the on-call lead’s page"),
            ("Reyes's laptop", "the on-call lead's laptop"),
            ("Alex' page", "operations' page"),
            ("asked 'Ana Reyes' first", "asked 'the on-call lead' first"),
            ("‘by Reyes’ it says", "‘by the on-call lead’ it says"),
            ("it's Reyes' turn", "it's the on-call lead's turn"),
            ("Reyes': gone", "the on-call lead': gone"),
        ] {
            reads(reyes, text, wanted, &[]);
        }
    }

    #[test]
    fn a_name_without_a_role_is_reported() {
        use NamedWhy::{Address, NoRole};
        let names = &["Dana", "Kim Lee", "김민수 팀장", "@sam (SRE), 지영"];
        for (text, left) in [
            ("Dana paged Kim Lee", vec![("Dana", NoRole), ("Kim Lee", NoRole)]),
            ("the pager of sam", vec![("sam", NoRole)]),
            ("민수님", vec![("민수", NoRole)]),
            ("지영이가 확인", vec![("지영", NoRole)]),
            ("https://wiki.example/~dana/x", vec![("dana", Address)]),
            ("![the page](kim-lee.png)", vec![("kim-lee", Address)]),
            ("see /home/kimlee/x.log", vec![("kimlee", Address)]),
            ("Dana Whitfield called", vec![("Dana Whitfield", NoRole)]),
        ] {
            reads(names, text, text, &left);
        }
        for text in ["`Da`na", "[Da](x)na", "<b>Da</b>na"] {
            let read = read(&people(&["Dana=x"]), text, Sort::Prose);
            assert_eq!((read.text.as_str(), read.left.len()), (text, 1), "{read:?}");
        }
        for text in ["jeanluc restarted it", "Jean-Luc restarted it", "JeanLuc, jean luc"] {
            let read = read(&people(&["Jean-Luc Picard=x"]), text, Sort::Prose);
            assert!(!read.text.to_lowercase().contains("luc"), "{read:?}");
        }
        let names = &["전지현", "이영희"];
        for text in ["전대표가 승인", "이사장이 승인"] {
            let read = read(&people(names), text, Sort::Prose);
            assert!(read.left.iter().all(|it| it.why == NamedWhy::Word), "{read:?}");
        }
        // A role cannot be put in an address.
        reads(&["Dana=x"], "in dana.log", "in dana.log", &[("dana", Address)]);
        for text in [
            "dana@corp and dana@회사.kr, 김dana@acme.com",
            "ask x@dana-whitfield.acme.com",
            "github.com/dana",
            "dana-db:5432, dana:6379",
            "password: Dana-2024x",
        ] {
            let read = read(&people(&["Dana=x"]), text, Sort::Prose);
            let stuck = read.left.iter().all(|it| it.why == Address) && !read.left.is_empty();
            assert!(read.text == text && stuck, "{read:?}");
        }
        let read = read(&people(&["Dana=x"]), "Dana, mail dana@corp: Dana's", Sort::Prose);
        assert_eq!((read.text.as_str(), read.left.len()), ("x, mail dana@corp: x's", 1));
        // Two with the same name: which one is unknown.
        let two = &["Kim Lee=lead", "Kim Park=dba"];
        reads(two, "Kim Lee told Kim", "lead told Kim", &[("Kim", NoRole)]);
    }

    #[test]
    fn a_role_of_the_reported_name_replaces_what_was_found() {
        for (names, text) in [
            (&["김민수"][..], "김 민수가 확인"),
            (&["김민수 팀장"], "민수님 확인"),
            (&["김민수", "김 민수"], "김민수가 확인"),
            (&["김민수", "박민수"], "민수가 확인"),
            (&["김민수=당직", "박민수=DBA"], "민수가 확인"),
            (&["정한"], "정한으로서 확인"),
            (&["Kim Lee=lead", "Kim Park=dba"], "Kim slept"),
            (&["Kim Lee", "Ken Lee"], "K. Lee slept"),
            (&["dana"], "Dana slept"),
            (&["Dana"], "Dana Whitfield slept"),
            (&["Müller"], "Mueller slept"),
            (&["田中部長"], "田中さんが確認"),
        ] {
            let left = read(&people(names), text, Sort::Prose).left;
            let [Named { name, .. }] = left.as_slice() else { panic!("{text}: {left:?}") };
            let role = format!("{name}=somebody");
            let names: Vec<&str> = names.iter().copied().chain([role.as_str()]).collect();
            let read = read(&people(&names), text, Sort::Prose);
            assert!(read.left.is_empty() && read.text.starts_with("somebody"), "{role}: {read:?}");
        }
    }

    #[test]
    fn a_name_that_nobody_lists_is_text_like_any_other() {
        for text in ["박서연에게 연락", "called Dana Whitfield"] {
            reads(&["김민수", "Kim Lee"], text, text, &[]);
        }
        reads(&["김민수", "박서연=DBA"], "박서연에게 연락", "DBA에게 연락", &[]);
    }

    #[test]
    fn a_role_is_for_every_spelling_of_a_name() {
        for (by, role) in [
            ("김민수", "김 민수"),
            ("김민수 팀장", "김민수"),
            ("김민수", "김민수 팀장"),
            ("dana", "Dana"),
        ] {
            let given = format!("{role}=somebody");
            let people = people(&[by, given.as_str()]);
            assert_eq!(people.role(by).as_deref(), Some("somebody"), "{by}, {given}");
            for text in [by, role] {
                let read = read(&people, &format!("{text} 확인"), Sort::Prose);
                assert!(read.left.is_empty() && read.text.starts_with("somebody"), "{read:?}");
            }
        }
    }

    #[test]
    fn a_name_that_is_also_a_word_stays_and_is_reported() {
        use NamedWhy::Word;
        reads(&["Will"], "Will it hold? It will.", "Will it hold? It will.", &[("Will", Word)]);
        reads(&["Mark=lead"], "Mark said: mark it", "Mark said: mark it", &[("Mark", Word)]);
        reads(&["이"], "이 문제, 이것", "이 문제, 이것", &[("이", Word)]);
        // A plural or a genitive without an apostrophe.
        reads(&["Kim Lee=lead"], "Kims idea", "Kims idea", &[("Kims", Word)]);
        reads(&["Will", "Ana Park"], "Wills, wills, Parks", "Wills, wills, Parks", &[]);
        // A team's name is another word, and so is the stem of an adjective.
        reads(&["정한=개발자"], "정한팀 확인", "정한팀 확인", &[("정한", Word)]);
        reads(&["김정한=개발자"], "정한이팀", "정한이팀", &[("정한", Word)]);
        reads(&["김나리=DBA"], "나린데", "나린데", &[("나린", Word)]);
        reads(&["지연"], "지연이 길다", "지연이 길다", &[("지연", Word)]);
        // Titles used only for people.
        reads(
            &["지연=서버 담당"],
            "지연님이 지연 시간을 확인",
            "서버 담당님이 지연 시간을 확인",
            &[("지연", Word)],
        );
        // So are some particles, except behind words of beings.
        reads(
            &["지연=서버 담당"],
            "지연에겐 지연이가 지연을 알림",
            "서버 담당에겐 서버 담당이 지연을 알림",
            &[("지연", Word)],
        );
        reads(&["하나=DBA"], "하나에게 전송", "하나에게 전송", &[("하나", Word)]);
        reads(&["Will=lead"], "@will", "@lead", &[]);
        reads(&["Will Park=lead"], "Will Park", "lead", &[]);
    }

    #[test]
    fn what_names_nobody_stays_without_a_word() {
        let names = &[
            "iOS",
            "운영",
            "팀원",
            "앱스토어",
            "on-call",
            "dba",
            "SRE",
            "monitoring",
            "PagerDuty",
            "Platform Team",
            "왁뮤 iOS 팀",
            "고객센터",
            "서버팀",
            "support",
            "everyone",
            "민수",
            "Dana",
        ];
        for text in [
            "iOS 앱스토어 심사, 운영 공지",
            "팀원이 확인",
            "the SRE book",
            "on-call support was paged",
            "PagerDuty paged the Platform Team",
            "왁뮤 iOS 앱",
            "monitoring says: dba",
            "서버 장애",
            "민수용 장비",
            "국민수당",
            "danazol, Dan",
            "everyone",
        ] {
            let read = read(&people(names), text, Sort::Prose);
            let sure = read.left.iter().filter(|named| named.why != NamedWhy::Word).count();
            assert_eq!((read.text.as_str(), sure), (text, 0), "{:?}", read.left);
        }
    }

    #[test]
    fn a_hundred_harmless_texts_stop_no_page() {
        let table = include_str!("harmless_names.txt");
        let names: Vec<&str> = table
            .lines()
            .filter_map(|line| line.strip_prefix("# who: "))
            .flat_map(|line| line.split(", "))
            .collect();
        let texts: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(texts.len() >= 100);
        let roles: Vec<String> = names.iter().map(|name| format!("{name}=somebody")).collect();
        let with_roles: Vec<&str> = roles.iter().map(String::as_str).collect();
        let mut wrong = Vec::new();
        for (people, text) in [people(&names), people(&with_roles)]
            .iter()
            .flat_map(|people| texts.iter().map(move |text| (people, *text)))
        {
            let read = read(people, text, Sort::Prose);
            let stops = read.left.iter().any(|named| named.why != NamedWhy::Word);
            if stops || read.text != text {
                wrong.push((text, read));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_hundred_texts_that_name_somebody_stop_the_page() {
        let table = include_str!("harmful_names.txt");
        let names: Vec<&str> = table
            .lines()
            .filter_map(|line| line.strip_prefix("# who: "))
            .flat_map(|line| line.split(", "))
            .collect();
        let texts: Vec<String> = table.lines().skip(3).map(unescaped).collect();
        assert!(texts.len() >= 100);
        let roles: Vec<String> = names.iter().map(|name| format!("{name}=somebody")).collect();
        let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
        let (without, with) = (people(&names), people(&roles));
        let mut missed = Vec::new();
        for text in &texts {
            let stops = |read: &Read| read.left.iter().any(|named| named.why != NamedWhy::Word);
            let read_with = read(&with, text, Sort::Prose);
            if !stops(&read(&without, text, Sort::Prose)) {
                missed.push((text, "is let through"));
            }
            if read_with.text == *text && !stops(&read_with) {
                missed.push((text, "has no role in it"));
            }
        }
        assert!(missed.is_empty(), "{missed:#?}");
    }

    /// Returns a line of the table with invisible characters unescaped.
    fn unescaped(line: &str) -> String {
        let mut parts = line.split("\\u");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| {
            let code = u32::from_str_radix(&part[..4], 16).ok().and_then(char::from_u32).unwrap();
            format!("{text}{code}{}", &part[4..])
        })
    }
}
