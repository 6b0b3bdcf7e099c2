//! The protocol between a shell and asrun when Tab is pressed: the line as typed so far comes in, and the candidates go
//! out, each as one word of that shell.

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::sync::OnceLock;

use clap::Command;
use clap_complete::engine::complete;
use clap_complete::env::{Elvish, EnvCompleter, Powershell, Shells};

use crate::render::escape;

use super::quoting::{Grammar, Word, for_bash, for_powershell, words};

/// The supported shells.
pub(super) const SHELLS: Shells<'static> =
    Shells(&[&Shell::Bash, &Shell::Elvish, &Shell::Fish, &Shell::Pwsh, &Shell::Zsh]);

/// A supported shell.
#[derive(Debug, Clone, Copy)]
enum Shell {
    Bash,
    Elvish,
    Fish,
    Pwsh,
    Zsh,
}

/// Readline completes a word from its open quote or its last `:` or `=` on, and an offer replaces this part: bash
/// passes the line and that part.
const BASH: &str = r#"_asrun() {
    local line=${COMP_LINE:0:COMP_POINT} offer
    COMPREPLY=()
    compopt +o nospace 2>/dev/null
    while IFS= read -r offer; do
        COMPREPLY+=("$offer")
    done < <(VAR=bash COMPLETER -- "$line" "$2" 2>/dev/null)
    case ${COMPREPLY-} in
        *[=/:]) compopt -o nospace 2>/dev/null ;;
    esac
}
if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -o nospace -o bashdefault -o nosort -F _asrun BIN
else
    complete -o nospace -o bashdefault -F _asrun BIN
fi
"#;

/// `_describe` quotes what it inserts.
const ZSH: &str = r#"#compdef BIN
function _asrun() {
    local -a offers folders others
    offers=("${(@f)$(VAR=zsh COMPLETER -- "${(@)words[1,CURRENT]}" 2>/dev/null)}")
    local offer
    for offer in $offers; do
        case $offer in
            */) folders+=("${offer%/}") ;;
            *) others+=("$offer") ;;
        esac
    done
    # If the candidates do not begin with the word, their common part must not replace it.
    local typed=${(Q)PREFIX}
    if (( $#others > 1 )) && [[ -n $typed && -z ${(M)others:#${typed}*} ]]; then
        compstate[insert]=menu
    fi
    (( $#folders )) && _describe -V 'values' folders -S '/' -r '/'
    (( $#others )) && _describe -V 'values' others -U
}

compdef _asrun BIN
"#;

/// fish quotes what it inserts.
const FISH: &str = r#"complete --keep-order --exclusive --command BIN --arguments "(VAR=fish COMPLETER -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token --cut-at-cursor))"
"#;

/// The words of the line to be completed.
pub(super) static LINE: OnceLock<Vec<String>> = OnceLock::new();

/// Whether the shell can list several candidates that do not begin with the typed word, and keeps the word until one is chosen.
pub(super) static LISTS_OTHERS: OnceLock<bool> = OnceLock::new();

/// A request for completions.
struct Question {
    /// The words up to the cursor, without quotes.
    words: Vec<String>,
    /// The last of them as typed.
    last: Word,
    /// How much of its text is kept as typed.
    kept: String,
    /// The open quote before the part that is replaced.
    open: Option<char>,
}

impl EnvCompleter for Shell {
    fn name(&self) -> &'static str {
        match self {
            Shell::Bash => "bash",
            Shell::Elvish => "elvish",
            Shell::Fish => "fish",
            Shell::Pwsh => "powershell",
            Shell::Zsh => "zsh",
        }
    }

    fn is(&self, name: &str) -> bool {
        match self {
            Shell::Pwsh => Powershell.is(name),
            _ => name == self.name(),
        }
    }

    fn write_registration(
        &self,
        var: &str,
        name: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        let script = match self {
            Shell::Bash => BASH,
            Shell::Fish => FISH,
            Shell::Zsh => ZSH,
            Shell::Elvish => return Elvish.write_registration(var, name, bin, completer, buf),
            Shell::Pwsh => {
                return Powershell.write_registration(var, name, bin, completer, buf);
            }
        };
        let script = script.replace("VAR", var).replace("BIN", bin);
        buf.write_all(script.replace("COMPLETER", completer).as_bytes())
    }

    fn write_complete(
        &self,
        cmd: &mut Command,
        args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> io::Result<()> {
        let args: Vec<String> =
            args.into_iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
        let Some(question) = self.question(&args) else { return Ok(()) };
        // One process answers one request.
        let _ = LINE.set(question.words.clone());
        let _ = LISTS_OTHERS.set(matches!(self, Shell::Bash | Shell::Fish | Shell::Zsh));
        let words = question.words.iter().map(OsString::from).collect();
        let (mut values, mut options) = (Vec::new(), Vec::new());
        let mut begins = false;
        for candidate in complete(cmd, words, question.words.len() - 1, current_dir)? {
            // Names that clap defines are options or commands; others are names that somebody chose.
            let ours = candidate.get_id().is_some();
            let value = candidate.get_value().to_str().filter(|value| question.takes(value, ours));
            begins |= value.is_some_and(|value| value.starts_with(&question.last.text));
            let Some(value) = value.and_then(|value| self.written(value, &question)) else {
                continue;
            };
            let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
            let help = help.lines().next().map(escape::terminal).unwrap_or_default();
            let is_option = ours && value.starts_with("--");
            let offers = if is_option { &mut options } else { &mut values };
            offers.push(self.line(&value, &help));
        }
        // zsh lists candidates with a description first, in any order, and all options have one.
        if matches!(self, Shell::Zsh) && !values.is_empty() && !question.last.text.starts_with('-')
        {
            options.clear();
        }
        // bash replaces the word by what all offers begin with, which is nothing if one of them is empty.
        if matches!(self, Shell::Bash) && !begins && values.len() > 1 {
            values.push(String::new());
        }
        for offer in values.into_iter().chain(options) {
            writeln!(buf, "{offer}")?;
        }
        Ok(())
    }
}

impl Shell {
    /// Returns the request; `None` if the shell would expand a part of the word.
    fn question(self, args: &[String]) -> Option<Question> {
        let (mut typed, replaced) = match (self, args) {
            (Shell::Bash, [line, replaced]) => {
                (words(line, Grammar::Posix), Some((line, replaced)))
            }
            (Shell::Bash, _) => return None,
            (Shell::Zsh, args) => {
                (args.iter().map(|arg| one_word(arg, Grammar::Posix)).collect(), None)
            }
            (Shell::Fish, [args @ .., last]) => {
                let before = args.iter().map(|arg| plain_word(arg));
                (before.chain([one_word(last, Grammar::Fish)]).collect(), None)
            }
            (_, args) => (args.iter().map(|arg| plain_word(arg)).collect::<Vec<_>>(), None),
        };
        let words = typed.iter().map(|word| word.text.clone()).collect();
        let last = typed.pop().filter(|word| !word.expands)?;
        let mut question = Question { words, last, kept: String::new(), open: None };
        if let Some((line, replaced)) = replaced {
            let head = line.strip_suffix(replaced.as_str())?.get(question.last.start..)?;
            let head = one_word(head, Grammar::Posix);
            (question.kept, question.open) = (head.text, head.quote);
        }
        Some(question)
    }

    /// Returns a value in the form for the shell.
    fn written(self, value: &str, question: &Question) -> Option<String> {
        match self {
            Shell::Bash => {
                let rest = value.strip_prefix(&question.kept)?;
                let home = question.last.text.starts_with("~/") && question.kept.is_empty();
                match rest.strip_prefix("~/").filter(|_| home && question.open.is_none()) {
                    Some(below) => Some(format!("~/{}", for_bash(below, None)?)),
                    None => for_bash(rest, question.open),
                }
            }
            Shell::Pwsh => Some(for_powershell(value)),
            Shell::Elvish | Shell::Fish | Shell::Zsh => Some(value.to_owned()),
        }
    }

    /// Returns the line of an offer, with its description if the shell shows it.
    fn line(self, value: &str, help: &str) -> String {
        match self {
            Shell::Bash | Shell::Elvish => value.to_owned(),
            _ if help.is_empty() && !matches!(self, Shell::Zsh) => value.to_owned(),
            Shell::Fish | Shell::Pwsh => format!("{value}\t{help}"),
            Shell::Zsh => {
                let value = value.replace('\\', "\\\\").replace(':', "\\:");
                let help = help.replace('\\', "\\\\");
                if help.is_empty() { value } else { format!("{value}:{help}") }
            }
        }
    }
}

impl Question {
    /// Returns whether a value can be offered: it has no hidden characters, and a command would not take it for an
    /// option.
    fn takes(&self, value: &str, ours: bool) -> bool {
        let shown = matches!(escape::terminal(value), Cow::Borrowed(_));
        let option = value.starts_with('-') && !self.last.text.starts_with('-');
        shown && (ours || !option)
    }
}

/// Parses an argument that is one word as typed, including quotes.
fn one_word(arg: &str, grammar: Grammar) -> Word {
    words(arg, grammar).swap_remove(0)
}

/// Returns an argument that the shell has parsed already.
fn plain_word(arg: &str) -> Word {
    Word { text: arg.to_owned(), ..Word::default() }
}
