//! Escaping for every output format: a text keeps its meaning and has no effect.

use std::borrow::Cow;

/// Returns a text as one line for a terminal: control characters, escapes and direction marks are made visible instead
/// of being sent.
pub fn terminal(text: &str) -> Cow<'_, str> {
    shown(text, |c, _| matches!(c, '\n' | '\r' | '\t').then_some(' '))
}

/// Returns a text of one or more lines for a terminal.
pub fn terminal_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let kept = |c, _| match c {
        '\r' | '\t' => Some(' '),
        '\n' => Some('\n'),
        _ => None,
    };
    shown(&text, kept).into_owned()
}

/// Returns a text for a program, with its lines and tabs. Other control characters and direction marks are made
/// visible, since people look at such files on terminals.
pub fn data(text: &str) -> Cow<'_, str> {
    shown(text, |c, next| match c {
        '\n' | '\t' => Some(c),
        '\r' if next == Some('\n') => Some(c),
        _ => None,
    })
}

/// Returns output for a terminal without any control sequences but colours, tabs and line ends.
pub fn colours_only(text: &str) -> Cow<'_, str> {
    let acts = |text: &str| text.chars().any(|c| is_hidden(c) && c != '\n' && c != '\t');
    if !acts(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        let (before, from) = rest.split_at(at);
        out.push_str(&data(before));
        let parameters = from.strip_prefix("\u{1b}[").unwrap_or_default();
        let end = parameters.find(|c: char| !c.is_ascii_digit() && c != ';' && c != ':');
        let colour = end.filter(|end| parameters[*end..].starts_with('m'));
        let (own, behind) = from.split_at(colour.map_or(1, |end| end + 3));
        match colour {
            Some(_) => out.push_str(own),
            None => out.push_str(&data(own)),
        }
        rest = behind;
    }
    out.push_str(&data(rest));
    Cow::Owned(out)
}

fn is_hidden(c: char) -> bool {
    c.is_control() || is_deceptive(c)
}

/// Returns the text with hidden characters made visible. `kept` gets a character and the next one, and may return a
/// replacement.
fn shown(text: &str, kept: fn(char, Option<char>) -> Option<char>) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match kept(c, chars.peek().copied()) {
            Some(kept) => out.push(kept),
            None if is_hidden(c) => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Returns whether a character is a direction override, an isolate or an unusual line end: they change what a reader
/// believes to see.
fn is_deceptive(c: char) -> bool {
    matches!(
        c,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}'
    )
}

/// Returns a note as Markdown: the lines below its first one are for another file, and stand in a code block as they are.
pub fn note(text: &str) -> String {
    let Some((first, rest)) = text.split_once('\n') else { return markdown_text(text) };
    let lines = rest.lines().map(|line| format!("\n    {}", terminal(line)));
    format!("{}\n{}", markdown_text(first), lines.collect::<String>())
}

/// Returns plain text as one line of inline Markdown. Only characters that Markdown or HTML could interpret are
/// escaped, ordinary punctuation is not.
pub fn markdown_text(text: &str) -> String {
    let line = one_line(text);
    let mut out = String::with_capacity(line.len() + 8);
    for (at, c) in line.char_indices() {
        let rest = &line[at + c.len_utf8()..];
        let before = line[..at].trim_start();
        if c == '<' {
            // An entity rather than a backslash, so that programs that look for tags find none.
            out.push_str("&lt;");
            continue;
        }
        if needs_escape(c, before, rest) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Returns a text in which each line end and tab is a space, and control characters are visible.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in terminal(text).chars() {
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out
}

fn needs_escape(c: char, text: &str, rest: &str) -> bool {
    let (before, next) = (text.chars().next_back(), rest.chars().next());
    let first = before.is_none();
    match c {
        '\\' | '`' | '*' | '[' | ']' | '|' | '$' => true,
        '>' => first,
        '~' => next == Some('~') || before == Some('~') || first,
        // Inside a word an underscore has no effect.
        '_' => {
            !(before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric))
        }
        '&' => is_entity(rest),
        '!' => next == Some('['),
        '#' | '+' | '-' | '=' => first,
        '.' | ')' => is_list_number(before, rest),
        ':' => (next == Some('/') && !ends_with_scheme(text)) || first,
        _ => false,
    }
}

/// Returns whether a text that follows `&` completes an entity: `amp;`, `#39;`.
fn is_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric());
    end.is_some_and(|end| end > 0 && name[end..].starts_with(';'))
}

/// Returns whether a text ends with the scheme of a web address, which is not escaped.
fn ends_with_scheme(text: &str) -> bool {
    let word = text.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
    let word = &text[word..];
    ["http", "https"].iter().any(|scheme| word.eq_ignore_ascii_case(scheme))
}

/// Returns whether `rest` begins with `1.` or `1)` at the start of a line, which would begin a list.
fn is_list_number(before: Option<char>, rest: &str) -> bool {
    before.is_some_and(|c| c.is_ascii_digit()) && rest.starts_with(' ')
}

/// Returns text for an HTML attribute or element.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '`' => out.push_str("&#96;"),
            c => out.push(c),
        }
    }
    out
}

/// Returns text as a double-quoted YAML scalar for front matter. JSON strings are valid YAML if all invisible
/// characters are escaped.
pub fn yaml(text: &str) -> String {
    let json = serde_json::to_string(one_line(text).trim()).unwrap_or_default();
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        let hidden = c.is_control()
            || is_deceptive(c)
            || matches!(c, '\u{a0}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
        if hidden {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// Returns a text in which braces have no effect in Jekyll's Liquid: each opening pair is wrapped as raw.
pub fn liquid(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        out.push_str(&rest[..at]);
        out.push_str("{% raw %}");
        out.push_str(&rest[at..at + 2]);
        out.push_str("{% endraw %}");
        rest = &rest[at + 2..];
    }
    out.push_str(rest);
    out
}

/// Returns a text in which Hugo runs no shortcodes: `{{< x >}}` is written in Hugo's comment notation, and an opening
/// that is never closed is split by a zero-width space.
pub fn shortcodes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{{<").into_iter().chain(rest.find("{{%")).min() {
        let close = if rest[at..].starts_with("{{<") { ">}}" } else { "%}}" };
        let (open, inside) = (&rest[at..at + 3], &rest[at + 3..]);
        out.push_str(&rest[..at]);
        match inside.find(close) {
            Some(end) => {
                out.push_str(&format!("{open}/*{}*/{close}", &inside[..end]));
                rest = &inside[end + 3..];
            }
            None => {
                out.push_str(&format!("{{\u{200b}{}", &open[1..]));
                rest = inside;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Returns a text as a quoted parameter of a Hugo shortcode.
pub fn parameter(text: &str) -> String {
    let inside = one_line(text).replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", inside.replace(">}}", "> }}").replace("%}}", "% }}"))
}

/// Returns the address of a link, in angle brackets only if necessary: not every Markdown parser supports them.
pub(super) fn address(url: &str) -> String {
    if url.contains("..") {
        return "#".to_owned();
    }
    let plain = !url.contains([' ', '(', ')', '<', '>', '"', '\'']);
    if plain { url.to_owned() } else { format!("<{}>", url.replace(['<', '>'], "")) }
}

/// Returns the address of a link if it has no scheme or a harmless one.
pub fn safe_url(url: &str) -> Option<&str> {
    let url = url.trim();
    let bare: String =
        url.chars().filter(|c| !c.is_control() && !c.is_whitespace() && *c != '\u{200b}').collect();
    let scheme = bare.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let leads = match scheme.as_deref() {
        None => true,
        Some("http" | "https" | "mailto") => true,
        // A colon after a slash does not end a scheme.
        Some(other) => other.contains(['/', '?', '#']),
    };
    (leads && bare.len() == url.len()).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_note_has_for_another_file_is_code() {
        assert_eq!(note("a [b] *c*"), "a \\[b\\] \\*c\\*");
        let told = "these may be one:\nsteps: {\"a\": [\"*b*\"]}\n  c";
        let wanted = "these may be one:\n\n    steps: {\"a\": [\"*b*\"]}\n      c";
        assert_eq!(note(told), wanted);
    }

    #[test]
    fn terminals_never_receive_control_characters_of_texts() {
        assert_eq!(terminal("a\u{1b}[2Jb\n\u{202e}c"), "a\\u{1b}[2Jb \\u{202e}c");
        assert_eq!(terminal("한글 😀"), "한글 😀");
        assert_eq!(terminal_lines("a\r\nb\u{9b}"), "a\nb\\u{9b}");
        assert_eq!(data("a\r\nb\tc\rd"), "a\r\nb\tc\\u{d}d");
    }

    #[test]
    fn only_colours_reach_the_terminal_unescaped() {
        for (said, sent) in [
            ("한글\t😀\r\n", "한글\t😀\r\n"),
            ("\u{1b}[1;31mx\u{1b}[0m\u{1b}[38:5:1m", "\u{1b}[1;31mx\u{1b}[0m\u{1b}[38:5:1m"),
            ("\u{1b}[m\u{1b}[2J\u{1b}]0;x\u{7}", "\u{1b}[m\\u{1b}[2J\\u{1b}]0;x\\u{7}"),
            ("\u{1b}[1\u{1b}[0m\u{1b}", "\\u{1b}[1\u{1b}[0m\\u{1b}"),
            ("a\rb\u{9b}2J\u{202e}c", "a\\u{d}b\\u{9b}2J\\u{202e}c"),
        ] {
            assert_eq!(colours_only(said), sent, "{said:?}");
        }
    }

    #[test]
    fn markdown_characters_become_text() {
        for (text, markdown) in [
            ("PV영상 공개 & 플래그 제거", "PV영상 공개 & 플래그 제거"),
            ("# x", "\\# x"),
            ("a # b", "a # b"),
            ("1. x", "1\\. x"),
            ("3.0 출시", "3.0 출시"),
            ("a | b", "a \\| b"),
            ("snake_case *x*", "snake_case \\*x\\*"),
            ("<b>&amp;", "&lt;b>\\&amp;"),
            ("a\n\n# b", "a # b"),
            ("[x](y)", "\\[x\\](y)"),
            ("- x", "\\- x"),
            ("see https://example.org/t?a=1&b=2; then", "see https://example.org/t?a=1&b=2; then"),
            ("주소는http://x.org/a_b", "주소는http://x.org/a_b"),
            ("a&copy;b &#39; &x", "a\\&copy;b \\&#39; &x"),
            ("javascript://x xhttp://y", "javascript\\://x xhttp\\://y"),
        ] {
            assert_eq!(markdown_text(text), markdown, "{text}");
        }
    }

    #[test]
    fn liquid_is_inert() {
        assert_eq!(
            liquid("a {{ b }} {% c %}"),
            "a {% raw %}{{{% endraw %} b }} {% raw %}{%{% endraw %} c %}"
        );
        assert_eq!(liquid("{ {"), "{ {");
    }

    #[test]
    fn shortcodes_are_inert() {
        assert_eq!(shortcodes("a {{< x >}} {{% y %}}"), "a {{</* x */>}} {{%/* y */%}}");
        assert_eq!(shortcodes("a {{< x"), "a {\u{200b}{< x");
    }

    #[test]
    fn only_leading_schemes() {
        for good in ["https://x.example/a:b", "mailto:a@b.example", "a/b.png", "#x", "a/b:c"] {
            assert_eq!(safe_url(good), Some(good));
        }
        for bad in [
            "javascript:x",
            "JaVaScRiPt:x",
            "java\tscript:x",
            "\u{200b}javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc",
        ] {
            assert_eq!(safe_url(bad), None, "{bad}");
        }
    }

    #[test]
    fn yaml_strings_stay_one_string() {
        assert_eq!(yaml("a \"b\"\n---\nx: y"), "\"a \\\"b\\\" --- x: y\"");
        assert_eq!(yaml("\u{feff}x"), "\"\\ufeffx\"");
    }
}
