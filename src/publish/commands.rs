//! Passwords in command lines, located by the command and its option.

use crate::model::REMOVED;

use super::words::{AT, CAPITAL, DIGIT, DOT, SMALL, Spans, Word, kinds, near, words_within};

/// Where a password is, relative to its option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// In the same argument: `-pPASSWORD`.
    Joined,
    /// In the next argument: `-p PASSWORD`.
    Next,
    /// Either, after a name and this character: `-u NAME:PASSWORD`.
    Behind(char),
    /// This many arguments after the command.
    Place(usize),
    /// In the first argument with a name before this character: `NAME/PASSWORD`.
    Pair(char),
}

/// A command, its subcommand if required, the option and the form; from their manual pages.
const COMMANDS: &[(&str, &str, &str, Form)] = &[
    ("curl", "", "-u", Form::Behind(':')),
    ("curl", "", "--user", Form::Behind(':')),
    ("curl", "", "--proxy-user", Form::Behind(':')),
    ("http", "", "-a", Form::Behind(':')),
    ("mysql", "", "-p", Form::Joined),
    ("mysqldump", "", "-p", Form::Joined),
    ("mysqladmin", "", "-p", Form::Joined),
    ("mariadb", "", "-p", Form::Joined),
    ("mongo", "", "-p", Form::Next),
    ("mongosh", "", "-p", Form::Next),
    ("sqlcmd", "", "-P", Form::Next),
    ("sshpass", "", "-p", Form::Next),
    ("sshpass", "", "-p", Form::Joined),
    ("redis-cli", "", "-a", Form::Next),
    ("docker", "login", "-p", Form::Next),
    ("podman", "login", "-p", Form::Next),
    ("az", "login", "-p", Form::Next),
    ("oc", "login", "-p", Form::Next),
    ("ldapsearch", "", "-w", Form::Next),
    ("ldapmodify", "", "-w", Form::Next),
    ("zip", "", "-P", Form::Next),
    ("unzip", "", "-P", Form::Next),
    ("7z", "", "-p", Form::Joined),
    ("smbclient", "", "-U", Form::Behind('%')),
    ("vault", "login", "", Form::Place(2)),
    ("net", "user", "", Form::Place(3)),
    ("aws", "configure", "aws_secret_access_key", Form::Next),
    ("gpg", "", "--passphrase", Form::Next),
    ("mysql", "", "--password", Form::Next),
    ("psql", "", "--password", Form::Next),
    ("htpasswd", "-b", "", Form::Place(4)),
    ("htpasswd", "-b", "", Form::Place(5)),
    ("htpasswd", "-cb", "", Form::Place(4)),
    ("htpasswd", "-bc", "", Form::Place(4)),
    ("htpasswd", "-bB", "", Form::Place(4)),
    ("htpasswd", "-Bb", "", Form::Place(4)),
    ("htpasswd", "-cbB", "", Form::Place(4)),
    ("htpasswd", "-bcB", "", Form::Place(4)),
    ("htpasswd", "-Bbc", "", Form::Place(4)),
    ("htpasswd", "-cBb", "", Form::Place(4)),
    ("htpasswd", "-nb", "", Form::Place(3)),
    ("htpasswd", "-bn", "", Form::Place(3)),
    ("htpasswd", "-nbB", "", Form::Place(3)),
    ("htpasswd", "-nBb", "", Form::Place(3)),
    ("htpasswd", "-bnB", "", Form::Place(3)),
    ("htpasswd", "-Bbn", "", Form::Place(3)),
    ("rabbitmqctl", "add_user", "", Form::Place(3)),
    ("rabbitmqctl", "change_password", "", Form::Place(3)),
    ("requirepass", "", "", Form::Place(1)),
    ("masterauth", "", "", Form::Place(1)),
    ("security", "unlock-keychain", "-p", Form::Next),
    ("snmpwalk", "", "-c", Form::Next),
    ("snmpget", "", "-c", Form::Next),
    ("redis-cli", "", "--pass", Form::Next),
    ("mongo", "", "--password", Form::Next),
    ("mongosh", "", "--password", Form::Next),
    ("mongodump", "", "--password", Form::Next),
    ("mongodump", "", "-p", Form::Next),
    ("mongorestore", "", "--password", Form::Next),
    ("mongorestore", "", "-p", Form::Next),
    ("mongoexport", "", "--password", Form::Next),
    ("mongoexport", "", "-p", Form::Next),
    ("mongoimport", "", "--password", Form::Next),
    ("mongoimport", "", "-p", Form::Next),
    ("openssl", "", "pass:", Form::Joined),
    ("openssl", "enc", "-k", Form::Next),
    ("keytool", "", "-storepass", Form::Next),
    ("keytool", "", "-keypass", Form::Next),
    ("jarsigner", "", "-storepass", Form::Next),
    ("chpasswd", "", "<<<", Form::Behind(':')),
    ("sudo", "-S", "<<<", Form::Next),
    ("docker", "login", "--password", Form::Next),
    ("podman", "login", "--password", Form::Next),
    ("helm", "", "--password", Form::Next),
    ("argocd", "login", "--password", Form::Next),
    ("svn", "", "--password", Form::Next),
    ("clickhouse-client", "", "--password", Form::Next),
    ("cqlsh", "", "-p", Form::Next),
    ("ipmitool", "", "-P", Form::Next),
    ("mosquitto_pub", "", "-P", Form::Next),
    ("mosquitto_sub", "", "-P", Form::Next),
    ("xfreerdp", "", "/p:", Form::Joined),
    ("cmdkey", "", "/pass:", Form::Joined),
    ("rpcclient", "", "-U", Form::Behind('%')),
    ("winexe", "", "-U", Form::Behind('%')),
    ("sqlplus", "", "", Form::Pair('/')),
    ("expdp", "", "", Form::Pair('/')),
    ("impdp", "", "", Form::Pair('/')),
    ("wpa_passphrase", "", "", Form::Place(2)),
    ("ldapadd", "", "-w", Form::Next),
    ("ldapdelete", "", "-w", Form::Next),
    ("ldapwhoami", "", "-w", Form::Next),
    ("ldappasswd", "", "-w", Form::Next),
    ("ldappasswd", "", "-s", Form::Next),
];

/// Returns where passwords are in the command line that a word begins.
pub(super) fn in_command(word: &Word) -> Vec<Spans> {
    // `$(` and quotes may precede it.
    if word.end - word.start > LONGEST + 3 || word.has(CAPITAL | AT | DOT) {
        return Vec::new();
    }
    let name = word.says().trim_start_matches(['`', '$', '(', '"', '\'']);
    if !may_be_command(name) {
        return Vec::new();
    }
    let forms = COMMANDS.iter().filter(|command| command.0 == name);
    let found = forms.filter_map(|command| in_line(word, *command));
    found.chain((name == "echo").then(|| echoed(word)).flatten()).collect()
}

/// Checks the first two bytes of a word, as most words name no command.
fn may_be_command(name: &str) -> bool {
    const fn bit(second: u8) -> u32 {
        1 << (second & 31)
    }
    /// Second bytes by first bytes.
    static SECOND: [u32; 256] = {
        let mut all = [0; 256];
        all[b'e' as usize] = bit(b'c');
        let mut at = 0;
        while at < COMMANDS.len() {
            let name = COMMANDS[at].0.as_bytes();
            all[name[0] as usize] |= bit(name[1]);
            at += 1;
        }
        all
    };
    let begins = |first: u8, second: u8| SECOND[usize::from(first)] & bit(second) != 0;
    matches!(name.as_bytes(), [first, second, ..] if begins(*first, *second))
}

/// The length of `clickhouse-client`.
const LONGEST: usize = 17;

/// Returns the rest of the line after a command.
fn line_of<'t>(word: &Word<'t>) -> Vec<Word<'t>> {
    let line = near(word.text, word.start).lines().next().unwrap_or("");
    let end = word.start + line.len();
    words_within(word.text, word.start..end)
        .take_while(|other| !matches!(other.says(), "|" | "&&" | ";" | "||"))
        .take(40)
        .collect()
}

fn in_line(word: &Word, (_, sub, option, form): (&str, &str, &str, Form)) -> Option<Spans> {
    let line = line_of(word);
    let says = |at: usize| line.get(at).map(Word::says);
    if !sub.is_empty() && says(1) != Some(sub) {
        return None;
    }
    let (value, start) = match form {
        Form::Place(place) => (line.get(place)?.start, line.get(place)?.start),
        Form::Pair(sign) => {
            let has_name = |one: &&Word| {
                let name = one.says().split_once(sign).map_or("", |(name, _)| name);
                !name.is_empty()
                    && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_=\"'".contains(&b))
            };
            let pair = line.iter().skip(1).find(has_name)?;
            (pair.start + pair.says().find(sign)? + 1, pair.start)
        }
        Form::Joined => {
            let one = line.iter().skip(1).find(|one| is_joined(one.says(), option))?;
            (one.start + option.len(), one.start)
        }
        Form::Next => {
            let at = line.iter().position(|one| one.says() == option)?;
            (line.get(at + 1)?.start, line[at].start)
        }
        Form::Behind(sign) => {
            let at = line.iter().skip(1).position(|one| one.says().starts_with(option))? + 1;
            let joined = line[at].end - line[at].start > option.len();
            let pair = if joined { &line[at] } else { line.get(at + 1)? };
            (pair.start + pair.says().find(sign)? + 1, line[at].start)
        }
    };
    let end = line.iter().find(|one| one.end > value)?.end;
    let said = &word.text[value..end];
    let open = said.len() - said.trim_start_matches(['\'', '"', '=', '\\']).len();
    let said = said[open..].trim_end_matches(['\'', '"', '`', ',', '.', '\\']);
    let value = value + open..value + open + said.len();
    let place = matches!(form, Form::Place(_) | Form::Pair(_));
    is_password(said, place).then_some((start..value.end, value))
}

/// Whether it is that option with its value joined, and not a longer option.
fn is_joined(word: &str, option: &str) -> bool {
    word.strip_prefix(option).is_some_and(|rest| !rest.is_empty())
}

/// Whether a word may be a password, not a variable, a mask or an option.
fn is_password(said: &str, digit: bool) -> bool {
    let kinds = kinds(said);
    said.len() >= 4
        && !said.starts_with(['$', '<', '{', '[', '*', '-', '/', '%'])
        && !said.starts_with(REMOVED)
        && !said.contains("***")
        && kinds & (SMALL | CAPITAL | DIGIT) != 0
        && (!digit || kinds & DIGIT != 0)
}

/// Programs that read a password from a pipe, each with its option, and whether a name and a colon precede it.
const READERS: &[(&str, &str, bool)] = &[
    ("sudo", "-S", false),
    ("passwd", "--stdin", false),
    ("docker login", "--password-stdin", false),
    ("podman login", "--password-stdin", false),
    ("chpasswd", "", true),
];

/// Finds `echo PASSWORD | sudo -S` and `echo NAME:PASSWORD | chpasswd`.
fn echoed(word: &Word) -> Option<Spans> {
    let line = near(word.text, word.start).lines().next()?;
    let said = line.get(5..)?.split('|').next()?.trim().trim_matches(['"', '\'']);
    let read = |(program, option, _): &&(&str, &str, bool)| {
        let mut others = line.split('|').skip(1).map(str::trim_start);
        others.any(|other| other.starts_with(program) && other.contains(option))
    };
    let (_, _, is_named) = READERS.iter().find(read)?;
    let start = word.start + line.find(said)?;
    let skipped = if *is_named { said.find(':')? + 1 } else { 0 };
    let value = start + skipped..start + said.len();
    is_password(&said[skipped..], false).then_some((word.start..value.end, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_every_command_may_be_one() {
        let names = COMMANDS.iter().map(|command| command.0).chain(["echo"]);
        names.for_each(|name| assert!(may_be_command(name) && name.len() <= LONGEST, "{name}"));
        let words = ["the", "page", "on-call", "x", "", "--"];
        words.into_iter().for_each(|word| assert!(!may_be_command(word), "{word}"));
    }
}
