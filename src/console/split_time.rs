//! Times of several words on a command line, and the line with each of them as one word or as text.

use crate::lang::{Unquoted, unquoted_time};

use super::shell::shell_line;

/// Separates options from other words.
pub const DASHES: &str = "--";
/// The command whose words replace a text.
const AMEND: &str = "amend";
/// The option for the end of what begins at a time.
pub const UNTIL: &str = "until";

/// A word on the command line that is a time or its beginning, and continues in the next words.
#[derive(Debug)]
pub struct SplitTime {
    /// Its index in the command line.
    pub place: usize,
    /// The option that it is attached to, such as `--at=`; empty if none.
    pub joined: String,
    /// The time as typed.
    pub typed: String,
    /// The time together with the next words; `None` if they are no time that asrun can read. Then they only count between
    /// words of the text.
    pub unquoted: Option<Unquoted>,
    /// How many of the next words are not options.
    behind: usize,
    /// Whether the words behind it replace another text, and are not in quotes.
    pub replaces: bool,
}

/// Returns the option that a word is attached to, such as `--at=`, and the rest of the word.
fn typed_at<'w>(words: &[&'w str], place: usize) -> (String, &'w str) {
    let word = words[place];
    let joined = word.starts_with(DASHES).then(|| word.split_once('=')).flatten();
    joined.map_or((String::new(), word), |(option, typed)| (format!("{option}="), typed))
}

/// Returns the time at an index, if it continues in the next words.
pub fn split_at(words: &[&str], place: usize) -> Option<SplitTime> {
    let (joined, typed) = typed_at(words, place);
    // Words of a text are not checked: most lines have many, and parsing them as times is slow.
    let may_be = !joined.is_empty()
        || words[place - 1].starts_with(DASHES)
        || words[..place].contains(&"plan");
    // A dash alone is between two times.
    let is_word = |word: &&&str| {
        let is_option = word.starts_with('-') && **word != "-";
        // Words in quotes are no part of a time outside of them.
        !is_quoted(word) && (!is_option || word[1..].starts_with(char::is_numeric))
    };
    let behind: Vec<&str> = words[place + 1..].iter().take_while(is_word).copied().collect();
    let unquoted = may_be.then(|| unquoted_time(typed, &behind)).flatten();
    let (typed, behind) = (typed.to_owned(), behind.len());
    unquoted.is_some().then_some(SplitTime {
        place,
        joined,
        typed,
        unquoted,
        behind,
        replaces: false,
    })
}

/// Returns the time of an option between words of the text: `log down --at 13:40 Busan time`. The words after it may belong
/// to the time, even if asrun cannot read them; so may words that replace a text: `amend 3 --at 13:40 Busan time`.
pub fn parted_at(words: &[&str], place: usize) -> Option<SplitTime> {
    let (joined, typed) = typed_at(words, place);
    let option = if joined.is_empty() { place - 1 } else { place };
    let is_word = |word: &&&str| !word.starts_with('-');
    let behind: Vec<&str> = words[place + 1..].iter().take_while(is_word).copied().collect();
    // A line whose text is all after the time is common: only others are worth reading with all commands at hand.
    let is_after_words =
        words.get(2..option).is_some_and(|before| before.iter().any(|word| is_word(&word)));
    let replaces = words.contains(&AMEND) && ![typed, behind.first()?].iter().any(is_quoted);
    if !words[option].starts_with(DASHES) || !(is_after_words || replaces) || behind.is_empty() {
        return None;
    }
    let (typed, behind) = (typed.to_owned(), behind.len());
    Some(SplitTime { place, joined, typed, unquoted: None, behind, replaces })
}

/// Whether a word of the command line has several words, which needs quotes.
fn is_quoted(word: &&str) -> bool {
    word.contains(char::is_whitespace)
}

/// Returns the command line with each time as one word, and the end of a window behind its own option; one for each meaning
/// of an abbreviation.
pub fn as_time_lines(words: &[&str], splits: &[SplitTime]) -> Vec<String> {
    let meanings = splits.iter().flat_map(|split| &split.unquoted).map(|it| it.times.len());
    let with_meaning = |number: usize| {
        line(words, splits, |split, line| {
            let Some(Unquoted { times, end, count, .. }) = &split.unquoted else { return 0 };
            let time = times.get(number).or(times.last()).map_or("", String::as_str);
            // A text on both sides of a time would be asked about again.
            let text = &words[split.place + 1 + count..=split.place + split.behind];
            let is_moved = !text.is_empty() && split.is_after_text(words);
            let option = (is_moved && split.joined.is_empty()).then(|| line.pop()).flatten();
            if is_moved {
                line.extend(text.iter().map(|word| (*word).to_owned()));
            }
            line.extend(option);
            line.push(format!("{}{time}", split.joined));
            if let Some(end) = end {
                line.extend([format!("{DASHES}{UNTIL}"), end.clone()]);
            }
            if is_moved { split.behind } else { *count }
        })
    };
    (0..meanings.max().unwrap_or(0)).map(with_meaning).collect()
}

/// Returns the command line as it was typed, quoted for a shell.
pub fn as_typed_line(words: &[&str]) -> String {
    line(words, &[], |_, _| 0)
}

/// Returns the command line with the next words as part of the text: they are moved before the option of the time, or
/// quoted together with a time that is a word of its own.
pub fn as_text_line(words: &[&str], splits: &[SplitTime]) -> String {
    line(words, splits, |split, line| {
        let behind = &words[split.place + 1..=split.place + split.behind];
        let time = format!("{}{}", split.joined, split.typed);
        let is_option = split.joined.is_empty() && words[split.place - 1].starts_with(DASHES);
        match (is_option.then(|| line.pop()).flatten(), split.joined.is_empty()) {
            (None, true) => line.extend([time, behind.join(" ")]),
            (option, _) => {
                line.extend(behind.iter().map(|word| (*word).to_owned()));
                line.extend(option.into_iter().chain([time]));
            }
        }
        split.behind
    })
}

/// Returns the command line with each time rewritten; `write` returns how many of the next words it has written.
fn line(
    words: &[&str],
    splits: &[SplitTime],
    write: impl Fn(&SplitTime, &mut Vec<String>) -> usize,
) -> String {
    let mut line = vec!["asrun".to_owned()];
    let mut place = 1;
    while place < words.len() {
        match splits.iter().find(|split| split.place == place) {
            Some(split) => place += write(split, &mut line),
            None => line.push(words[place].to_owned()),
        }
        place += 1;
    }
    shell_line(&line)
}

impl SplitTime {
    /// Whether the words after the time may be text as they are typed: one that begins with a dash is an option there.
    pub fn may_be_followed_by_text(&self, words: &[&str]) -> bool {
        let is_time_alone = self.unquoted.as_ref().is_none_or(|it| it.is_time_alone);
        let is_option = !self.joined.is_empty() || words[self.place - 1].starts_with(DASHES);
        let next = words[self.place + 1];
        is_time_alone && (!next.starts_with('-') || next == "-" && is_option)
    }

    /// Returns the time with the words that may belong to it: all of them, if asrun cannot read them.
    pub fn said(&self, words: &[&str]) -> String {
        let count = self.unquoted.as_ref().map_or(self.behind, |it| it.count);
        let behind = &words[self.place + 1..=self.place + count];
        [&[self.typed.as_str()], behind].concat().join(" ")
    }

    /// Whether the time is an option's, and words come before that option.
    fn is_after_text(&self, words: &[&str]) -> bool {
        let option = if self.joined.is_empty() { self.place - 1 } else { self.place };
        let first = if words.get(1) == Some(&"plan") { 3 } else { 2 };
        let before = words.get(first..option).unwrap_or_default();
        words[option].starts_with(DASHES) && before.iter().any(|word| !word.starts_with('-'))
    }

    /// Whether it is the value of the option for an end.
    pub fn is_end(&self, words: &[&str]) -> bool {
        let option = if self.joined.is_empty() { words[self.place - 1] } else { &self.joined };
        option.trim_end_matches('=').strip_prefix(DASHES) == Some(UNTIL)
    }
}
