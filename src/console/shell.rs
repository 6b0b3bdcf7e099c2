//! Command lines, quoted for a shell.

use std::ops::Range;

use crate::check::secret_places;

/// Replaces a secret.
const MASK: &str = "***";
/// The shortest secret of a command that is also masked in what the program prints, in letters.
const LEAST: usize = 6;

/// Returns words quoted for a shell.
pub fn shell_line(words: &[String]) -> String {
    ShellLine::of(words).line
}

/// A command line without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandLine {
    /// The words, quoted for a shell, with their secrets masked.
    pub line: String,
    /// The secrets that the program may repeat.
    secrets: Vec<String>,
}

impl CommandLine {
    /// Masks the secrets in a command, as they are seen in each of its words, in the quoted line and, if they are in a
    /// quoted word, in the words side by side.
    pub fn of(words: &[String]) -> CommandLine {
        let quoted = ShellLine::of(words);
        let hidden = quoted.secrets();
        let is_apart = |value: &&str| {
            value.chars().count() >= LEAST
                && value.chars().any(char::is_alphabetic)
                && value.chars().any(|c| !c.is_alphabetic())
        };
        let values = hidden.iter().map(|place| &quoted.said[place.clone()]).filter(is_apart);
        let secrets = values.map(str::to_owned).collect();
        CommandLine { line: quoted.without(&hidden), secrets }
    }

    /// Returns a program's output with the command's secrets masked.
    pub fn hidden_in(&self, output: &str) -> String {
        let output = output.to_owned();
        self.secrets.iter().fold(output, |output, secret| output.replace(secret, MASK))
    }
}

/// Words quoted for a shell, with the way back to what they say.
struct ShellLine {
    line: String,
    /// The words as typed, with a blank between them.
    said: String,
    /// The ranges of the words in what is said, and whether they are in quotes.
    words: Vec<(Range<usize>, bool)>,
    /// Each sign: where it ends in the line, and the range that it stands for in what is said.
    signs: Vec<(usize, Range<usize>)>,
}

impl ShellLine {
    fn of(words: &[String]) -> ShellLine {
        let mut all = ShellLine {
            line: String::new(),
            said: String::new(),
            words: Vec::new(),
            signs: Vec::new(),
        };
        for word in words {
            if !all.words.is_empty() {
                all.push(" ", " ");
            }
            let plain = |c: char| c.is_alphanumeric() || "-_./:=@%+,".contains(c);
            let is_quoted = word.is_empty() || !word.chars().all(plain);
            let quote = if is_quoted { "'" } else { "" };
            all.push(quote, "");
            let start = all.said.len();
            for sign in word.chars().map(String::from) {
                all.push(if sign == "'" { r"'\''" } else { &sign }, &sign);
            }
            all.words.push((start..all.said.len(), is_quoted));
            all.push(quote, "");
        }
        all
    }

    fn push(&mut self, written: &str, said: &str) {
        let start = self.said.len();
        self.line.push_str(written);
        self.said.push_str(said);
        self.signs.push((self.line.len(), start..self.said.len()));
    }

    /// Returns the ranges of secrets in what is said.
    fn secrets(&self) -> Vec<Range<usize>> {
        let of_line = secret_places(&self.line).into_iter().map(|place| self.said_by(&place));
        let of_word = |(word, _): &(Range<usize>, bool)| {
            let (start, text) = (word.start, &self.said[word.clone()]);
            let places = secret_places(text).into_iter().chain(value_of_option(text));
            places.map(move |place| start + place.start..start + place.end).collect::<Vec<_>>()
        };
        let in_quotes = |place: &Range<usize>| {
            let holds = |word: &Range<usize>| word.start <= place.start && place.end <= word.end;
            self.words.iter().any(|(word, is_quoted)| *is_quoted && holds(word))
        };
        let side_by_side = secret_places(&self.said).into_iter().filter(in_quotes);
        let mut all: Vec<Range<usize>> = of_line.chain(side_by_side).collect();
        all.extend(self.words.iter().flat_map(of_word));
        all.retain(|place| !place.is_empty());
        all.sort_by_key(|place| (place.start, place.end));
        all
    }

    /// Returns what a range of the line says.
    fn said_by(&self, place: &Range<usize>) -> Range<usize> {
        let first = self.signs.partition_point(|(end, _)| *end <= place.start);
        let last = self.signs.partition_point(|(end, _)| *end < place.end);
        let start = self.signs.get(first).map_or(self.said.len(), |(_, said)| said.start);
        start..self.signs.get(last).map_or(self.said.len(), |(_, said)| said.end)
    }

    /// Returns the line with each of these ranges of what is said masked; quotes stay.
    fn without(&self, hidden: &[Range<usize>]) -> String {
        let mut shown = String::with_capacity(self.line.len());
        let (mut written, mut masked) = (0, 0);
        for (end, said) in &self.signs {
            let holds = |place: &&Range<usize>| place.start <= said.start && said.end <= place.end;
            match hidden.iter().find(holds).filter(|_| !said.is_empty()) {
                Some(place) => {
                    if said.start >= masked {
                        shown.push_str(MASK);
                    }
                    masked = masked.max(place.end);
                }
                None => shown.push_str(&self.line[written..*end]),
            }
            written = *end;
        }
        shown
    }
}

/// Returns the secret that is the whole value of an option, blanks included: `--password=…`.
fn value_of_option(word: &str) -> Option<Range<usize>> {
    let (name, value) = word.split_once('=').filter(|(name, _)| name.starts_with('-'))?;
    let is_secret = || !secret_places(&format!("{name}=\"{value}\"")).is_empty();
    (!value.contains('"') && is_secret()).then_some(name.len() + 1..word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn a_command_is_split_into_words_as_by_a_shell() {
        let words = words(&["kubectl", "-n", "shop front", "it's", "", "a=b"]);
        assert_eq!(shell_line(&words), r"kubectl -n 'shop front' 'it'\''s' '' a=b");
    }

    #[test]
    fn secrets_of_a_command_are_masked_whatever_quotes_they_need() {
        for (command, line) in [
            (
                &["sh", "-c", "PGPASSWORD='S3cretPass01' psql -c 'select 1'"][..],
                r"sh -c 'PGPASSWORD='\''***'\'' psql -c '\''select 1'\'''",
            ),
            (&["sh", "-c", "DB_TOKEN=\"a1b2c3d4e5f6\" run"], "sh -c 'DB_TOKEN=\"***\" run'"),
            (&["mysql", "-u", "root", "--password=my pass1"], "mysql -u root '--password=***'"),
            (&["mysql", "-u", "root", "-pS3'cret"], "mysql -u root '-p***'"),
            (&["env", "PGPASSWORD=S3cretPass01", "psql"], "env PGPASSWORD=*** psql"),
            (&["curl", "-u", "app:S3cret!", "x.example"], "curl -u 'app:***' x.example"),
            (&["grep", "password: ", "app1.log"], "grep 'password: ' app1.log"),
            (&["echo", "비밀번호는 S3cret!x"], "echo '비밀번호는 ***'"),
            (&["true"], "true"),
        ] {
            assert_eq!(CommandLine::of(&words(command)).line, line);
        }
    }

    #[test]
    fn a_secret_of_the_command_is_masked_in_its_output() {
        let command = CommandLine::of(&words(&["sh", "-c", "T_PASSWORD='S3cret' x"]));
        assert_eq!(command.hidden_in("login with S3cret\nsecret\n"), "login with ***\nsecret\n");
        let command = CommandLine::of(&words(&["psql", "--password=postgres"]));
        assert_eq!(command.hidden_in("postgres is up\n"), "postgres is up\n");
    }
}
