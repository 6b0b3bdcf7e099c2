//! Words of a command line in the syntax of a shell: parsed when Tab is pressed, and quoted when something is offered,
//! so that a name is only ever a name.

/// A word as typed so far.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    /// Its text without quotes.
    pub(super) text: String,
    /// The quote that is still open.
    pub(super) quote: Option<char>,
    /// Whether the shell would expand a part of it.
    pub(super) expands: bool,
    /// Its byte position in the line.
    pub(super) start: usize,
}

/// The quoting rules of a shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grammar {
    /// bash and zsh: nothing is special within single quotes.
    Posix,
    /// fish: a backslash escapes a quote within single quotes, too.
    Fish,
}

/// Returns the words of a line up to the cursor. The last one is being typed, and is empty after a space.
pub(super) fn words(line: &str, grammar: Grammar) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word: Option<Word> = None;
    let mut chars = line.char_indices().peekable();
    while let Some((place, c)) = chars.next() {
        let open = word.as_ref().and_then(|word| word.quote);
        if open.is_none() && c.is_ascii_whitespace() {
            words.extend(word.take());
            continue;
        }
        let word = word.get_or_insert_with(|| Word { start: place, ..Word::default() });
        let next = chars.peek().map(|(_, next)| *next);
        match (open, c) {
            (None, '\'' | '"') => word.quote = Some(c),
            (Some(quote), c) if c == quote => word.quote = None,
            (_, '\\') if keeps(open, next, grammar) => {
                word.text.extend(chars.next().map(|(_, kept)| kept));
            }
            (_, c) => {
                let expands = matches!(c, '$' | '`') || (c == '(' && grammar == Grammar::Fish);
                word.expands |= expands && open != Some('\'');
                word.text.push(c);
            }
        }
    }
    words.push(word.unwrap_or(Word { start: line.len(), ..Word::default() }));
    words
}

/// Returns whether a backslash escapes the next character; at the end of a line it escapes what is still to come.
fn keeps(open: Option<char>, next: Option<char>, grammar: Grammar) -> bool {
    match (open, next) {
        (None, _) | (_, None) => true,
        (Some('\''), Some(next)) => grammar == Grammar::Fish && matches!(next, '\'' | '\\'),
        (Some(_), Some(next)) => matches!(next, '$' | '`' | '"' | '\\'),
    }
}

/// Returns a text quoted for bash after an open quote, or after none; `None` if that is impossible.
pub(super) fn for_bash(text: &str, open: Option<char>) -> Option<String> {
    let escaped = |special: &dyn Fn(char) -> bool| {
        if !text.contains(special) {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len() + 8);
        for c in text.chars() {
            out.extend(special(c).then_some('\\').into_iter().chain([c]));
        }
        out
    };
    // Readline closes the quote, except after a text that ends with one.
    let closed = |mut text: String, quote: char| {
        text.extend(text.ends_with(quote).then_some(quote));
        text
    };
    match open {
        Some('\'') => Some(closed(text.replace('\'', "'\\''"), '\'')),
        // `!` would trigger history expansion there, and a backslash would be kept.
        Some(_) if text.contains('!') => None,
        Some(quote) => Some(closed(escaped(&|c| matches!(c, '$' | '`' | '"' | '\\')), quote)),
        None => Some(escaped(&|c| {
            c.is_ascii() && !c.is_ascii_alphanumeric() && !"_-./,+:@%=".contains(c)
        })),
    }
}

/// Returns a text as one argument of a command in PowerShell, which also treats some other characters as single quotes.
pub(super) fn for_powershell(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-./\\:+=%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    let mut out = String::from("'");
    for c in text.chars() {
        let quote = matches!(c, '\'' | '\u{2018}'..='\u{201b}');
        out.extend(quote.then_some(c).into_iter().chain([c]));
    }
    out + "'"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_the_shell_reads_them() {
        let said = |line: &str, grammar| {
            let words = words(line, grammar).into_iter();
            words.map(|word| (word.text, word.quote, word.expands)).collect::<Vec<_>>()
        };
        let plain = |text: &str| (text.to_owned(), None, false);
        for (line, last) in [
            ("asrun ", plain("")),
            ("asrun 한글", plain("한글")),
            ("asrun a\\ b", plain("a b")),
            ("asrun a\\", plain("a")),
            ("asrun x\"a b\"c", plain("xa bc")),
            ("asrun \\$x", plain("$x")),
            ("asrun 'it'\\''s'", plain("it's")),
            ("asrun '$x", ("$x".to_owned(), Some('\''), false)),
            ("asrun \"a\\\"b\\c", ("a\"b\\c".to_owned(), Some('"'), false)),
            ("asrun \"\\$x", ("$x".to_owned(), Some('"'), false)),
            ("asrun \"$x", ("$x".to_owned(), Some('"'), true)),
            ("asrun a`b", ("a`b".to_owned(), None, true)),
        ] {
            let words = said(line, Grammar::Posix);
            assert_eq!(words, [plain("asrun"), last], "{line}");
        }
        assert_eq!(said("'a\\'b", Grammar::Fish), [("a'b".to_owned(), Some('\''), false)]);
        assert_eq!(said("a(b", Grammar::Fish), [("a(b".to_owned(), None, true)]);
        assert_eq!(words("a 'b", Grammar::Posix)[1].start, 2);
    }

    #[test]
    fn what_is_offered_is_one_word_that_does_nothing() {
        for (text, bare, double, single) in [
            ("2024-09-07-왁뮤", "2024-09-07-왁뮤", Some("2024-09-07-왁뮤"), "2024-09-07-왁뮤"),
            ("a b", "a\\ b", Some("a b"), "a b"),
            ("$(x);`y`", "\\$\\(x\\)\\;\\`y\\`", Some("\\$(x);\\`y\\`"), "$(x);`y`"),
            ("it's", "it\\'s", Some("it's"), "it'\\''s"),
            ("x\"", "x\\\"", Some("x\\\"\""), "x\""),
            ("x'", "x\\'", Some("x'"), "x'\\'''"),
            ("a!b", "a\\!b", None, "a!b"),
            ("\"\\", "\\\"\\\\", Some("\\\"\\\\"), "\"\\"),
            (
                "*?[a]{b,c}~#&|<>",
                "\\*\\?\\[a\\]\\{b,c\\}\\~\\#\\&\\|\\<\\>",
                Some("*?[a]{b,c}~#&|<>"),
                "*?[a]{b,c}~#&|<>",
            ),
        ] {
            assert_eq!(for_bash(text, None).as_deref(), Some(bare));
            assert_eq!(for_bash(text, Some('"')).as_deref(), double);
            assert_eq!(for_bash(text, Some('\'')).as_deref(), Some(single));
        }
        for (text, quoted) in [
            ("2024-09-07-왁뮤", "2024-09-07-왁뮤"),
            ("--step=", "--step="),
            ("", "''"),
            ("a b", "'a b'"),
            ("$(x);y", "'$(x);y'"),
            ("a`nb", "'a`nb'"),
            ("it's", "'it''s'"),
            (
                "\u{2018}a\u{2019};b\u{201b}",
                "'\u{2018}\u{2018}a\u{2019}\u{2019};b\u{201b}\u{201b}'",
            ),
            ("@(x)", "'@(x)'"),
            ("a,b", "'a,b'"),
            ("\u{2013}x", "'\u{2013}x'"),
            ("{x}|&<>\"#~*", "'{x}|&<>\"#~*'"),
        ] {
            assert_eq!(for_powershell(text), quoted);
        }
    }
}
