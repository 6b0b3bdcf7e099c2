//! Parses the command of a step.

/// Returns the words of a command. Only quotes are interpreted, as in a shell; `None` if the command needs a shell.
pub fn command_words(command: &str) -> Option<Vec<String>> {
    let is_one_line = !command.chars().any(char::is_control);
    let words = shlex::split(command).filter(|words| is_one_line && !words.is_empty())?;
    // These characters have a meaning in a shell only, and would be passed to the program unchanged.
    let of_shell = |word: &String| {
        ["|", "||", "&", "&&", ";", ">", ">>", "<"].contains(&word.as_str())
            || word.ends_with(';')
            || word.contains("$(")
            || word.contains('`')
            || word.starts_with('$')
    };
    // An explicit shell is what the user wants.
    let own = words.get(1).is_some_and(|word| word == "-c");
    (own || !words.iter().any(of_shell)).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_read_and_a_shell_is_not() {
        for (command, expected) in [
            ("./deploy --all", Some(&["./deploy", "--all"][..])),
            ("say 'a  b' \"c; d\"", Some(&["say", "a  b", "c; d"])),
            ("sh -c 'a && b > c'", Some(&["sh", "-c", "a && b > c"])),
            ("./a && ./b", None),
            ("./a; ./b", None),
            ("./a > out", None),
            ("echo $HOME", None),
            ("echo `id`", None),
            ("echo $(id)", None),
            ("./a\nrm x", None),
            ("say 'open", None),
            ("", None),
        ] {
            let words = command_words(command);
            let words =
                words.as_ref().map(|all| all.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(words.as_deref(), expected, "{command}");
        }
    }
}
