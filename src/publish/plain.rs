//! A text as its readers see it: with ordinary blanks and quotes, without invisible characters, escapes, entities and
//! emphasis, and with a way back to the places in the text as written.

use std::ops::{Range, RangeInclusive};

use unicode_normalization::UnicodeNormalization;

use crate::markdown::{ShownPart, shown_parts};

use super::columns::{SecretCell, secret_cells};

/// A text as its readers see it.
#[derive(Debug)]
pub(super) struct Plain {
    /// What they see.
    pub(super) text: String,
    pieces: Vec<Piece>,
}

/// A stretch of both texts. It ends where the next one begins.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Where it begins in the plain text.
    plain: usize,
    /// Where it begins in the text as written.
    written: usize,
    /// Whether it is the same in both.
    same: bool,
}

/// What in a stretch of a text stands for something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signs {
    /// Characters that readers take for others.
    Characters,
    /// Those, and tags and entities.
    Html,
    /// Those, and escapes and emphasis of Markdown.
    All,
}

impl Plain {
    /// Returns the ways in which readers may see a text if that is not how it is written: with its marks, tags and
    /// entities read one by one, in whatever format it is, and as the Markdown that it is.
    pub(super) fn readings(written: &str) -> Vec<Plain> {
        let mut readings: Vec<Plain> = Plain::of(written).into_iter().collect();
        let known = readings.first().map_or(written, |plain| plain.text.as_str());
        let markdown = Plain::of_markdown(written).filter(|plain| plain.text != known);
        readings.extend(markdown);
        readings
    }

    /// Returns the cells of a text in columns that are called secrets, each behind the head of its column; `None` if there
    /// are none.
    pub(super) fn of_columns(written: &str) -> Option<Plain> {
        let mut plain = Plain { text: String::new(), pieces: Vec::new() };
        for SecretCell { head, place } in secret_cells(written) {
            plain.begin(place.start, false);
            plain.text.push_str(&format!("{head} > "));
            plain.read(written, place.clone(), Signs::All);
            plain.begin(place.end, false);
            plain.text.push('\n');
        }
        plain.begin(written.len(), true);
        (plain.pieces.len() > 1).then_some(plain)
    }

    /// Returns a text with its marks, tags and entities read one by one; `None` if there are none.
    fn of(written: &str) -> Option<Plain> {
        let mut plain = Plain { text: String::new(), pieces: Vec::new() };
        plain.read(written, 0..written.len(), Signs::All);
        if plain.pieces.iter().all(|piece| piece.same) {
            return None;
        }
        plain.begin(written.len(), true);
        Some(plain)
    }

    /// Returns a text as Markdown shows it; `None` if it has nothing that Markdown reads otherwise.
    fn of_markdown(written: &str) -> Option<Plain> {
        if !written.bytes().any(|byte| b"\\&*_~<`[|\n".contains(&byte)) {
            return None;
        }
        let mut plain = Plain { text: String::new(), pieces: Vec::new() };
        let mut end = 0;
        for part in shown_parts(written) {
            let (ShownPart::Text(range) | ShownPart::Html(range) | ShownPart::Instead(range, _)) =
                &part;
            if range.start != end {
                plain.begin(end, false);
            }
            end = range.end;
            match part {
                ShownPart::Text(range) => plain.read(written, range, Signs::Characters),
                ShownPart::Html(range) => plain.read(written, range, Signs::Html),
                ShownPart::Instead(range, said) => {
                    plain.begin(range.start, false);
                    said.chars().for_each(|sign| plain.text.push_str(&said_of(sign)));
                }
            }
        }
        plain.begin(written.len(), true);
        Some(plain)
    }

    /// Appends a stretch of the text as written.
    fn read(&mut self, written: &str, stretch: Range<usize>, signs: Signs) {
        let text = &written[..stretch.end];
        let (mut at, mut copied) = (stretch.start, stretch.start);
        while let Some(next) = (at..text.len()).find(|at| may_differ(text.as_bytes()[*at])) {
            let before = text[copied..next].chars().next_back();
            let before = before.or_else(|| self.text.chars().next_back());
            match sign_at(text, next, before, signs) {
                Some((length, sign)) => {
                    self.copy(text, copied..next);
                    self.begin(next, false);
                    self.text.push_str(&sign);
                    at = next + length;
                    copied = at;
                }
                None => at = next + text[next..].chars().next().map_or(1, char::len_utf8),
            }
        }
        self.copy(text, copied..text.len());
    }

    fn begin(&mut self, written: usize, same: bool) {
        self.pieces.push(Piece { plain: self.text.len(), written, same });
    }

    fn copy(&mut self, written: &str, range: Range<usize>) {
        if !range.is_empty() {
            self.begin(range.start, true);
            self.text.push_str(&written[range]);
        }
    }

    /// Returns where a range of the plain text is in the text as written.
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        let start = self.pieces.partition_point(|piece| piece.plain <= range.start).max(1) - 1;
        let first = self.pieces[start];
        let start = first.written + if first.same { range.start - first.plain } else { 0 };
        if range.is_empty() {
            return start..start;
        }
        let next = self.pieces.partition_point(|piece| piece.plain < range.end);
        let last = self.pieces[next - 1];
        let end = match self.pieces.get(next) {
            Some(next) if !last.same => next.written,
            _ => last.written + range.end - last.plain,
        };
        start..end.max(start)
    }

    /// Whether the texts differ at most that many bytes from a range of the plain text.
    pub(super) fn differs_near(&self, range: &Range<usize>, reach: usize) -> bool {
        let next = self.pieces.partition_point(|piece| piece.plain + reach < range.start);
        let mut near =
            self.pieces[next..].iter().take_while(|piece| piece.plain <= range.end + reach);
        near.any(|piece| !piece.same)
    }
}

/// Returns a text as its readers see it: with ordinary blanks and quotes, without invisible characters, escapes,
/// entities and emphasis.
pub fn plain_text(written: &str) -> String {
    Plain::of(written).map_or_else(|| written.to_owned(), |plain| plain.text)
}

/// Whether something that readers see otherwise may begin with a byte.
fn may_differ(byte: u8) -> bool {
    // Letters of Korean, Japanese and Chinese begin with 0xe4 to 0xed.
    matches!(byte, b'\\' | b'&' | b'*' | b'_' | b'~' | b'<' | 0xc2..=0xe3 | 0xee..)
}

/// Returns how many bytes are written at an offset for something that readers see otherwise, and what they see behind the
/// character `before`.
fn sign_at(text: &str, at: usize, before: Option<char>, signs: Signs) -> Option<(usize, String)> {
    let rest = &text[at..];
    let (is_html, is_all) = (signs != Signs::Characters, signs == Signs::All);
    match rest.as_bytes()[0] {
        b'\\' => {
            let escaped = if is_all { escaped(rest) } else { None };
            let sign = escaped.or_else(|| is_stray(rest, before).then_some((1, "")));
            sign.map(|(length, sign)| (length, sign.to_owned()))
        }
        b'&' if is_html => entity(rest).map(|(length, sign)| (length, said_of(sign))),
        sign @ (b'*' | b'_' | b'~') if is_all => {
            emphasis(rest, before, sign).map(|length| (length, String::new()))
        }
        b'<' if is_html => tag(rest, before, signs).map(|(length, end)| (length, end.to_owned())),
        byte if byte.is_ascii() => None,
        _ => {
            let sign = rest.chars().next()?;
            let opens = OPENING.contains(&sign) && before.is_some_and(char::is_alphanumeric);
            let shown = shown(sign).map(|shown| if opens { format!(" {shown}") } else { shown });
            shown.map(|shown| (sign.len_utf8(), shown))
        }
    }
}

/// Returns what a backslash escapes: punctuation, or nothing at the end of a line.
fn escaped(rest: &str) -> Option<(usize, &str)> {
    let next = rest.get(1..2)?;
    match next.as_bytes()[0] {
        b'\n' => Some((1, "")),
        byte => byte.is_ascii_punctuation().then_some((2, next)),
    }
}

/// Whether a backslash escapes a letter, which needs none: inside a word, or before the backslash of the next letter. It
/// is not the end of a line or a tab in quoted text.
fn is_stray(rest: &str, before: Option<char>) -> bool {
    let mut behind = rest[1..].chars();
    let is_letter =
        behind.next().is_some_and(|c| c.is_alphanumeric() && !matches!(c, 'n' | 'r' | 't'));
    is_letter && (behind.next() == Some('\\') || before.is_some_and(char::is_alphanumeric))
}

/// Returns the length of marks of emphasis: one or two that touch a word, and are not inside of it if they are `_`.
fn emphasis(rest: &str, before: Option<char>, sign: u8) -> Option<usize> {
    let length = rest.bytes().take_while(|byte| *byte == sign).count();
    if before == Some(char::from(sign)) || length > 2 || sign == b'~' && length < 2 {
        return None;
    }
    let behind = rest[length..].chars().find(|c| !is_invisible(*c));
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let inside = sign == b'_' && is_letter(before) && is_letter(behind);
    let is_apart = is_blank(before) && is_blank(behind);
    (!inside && !is_apart).then_some(length)
}

/// Tags that do not separate letters.
const INLINE: [&str; 18] = [
    "a", "b", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "s", "samp", "small", "span",
    "strong", "tt", "u", "wbr",
];
/// Tags that begin a line.
const LINES: [&str; 24] = [
    "blockquote",
    "br",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Returns the length of a tag or a comment behind the character `before`, and what it stands for. Inside a word an
/// unknown tag stands for nothing; nor does a new line there, if it is not known that the text is Markdown.
fn tag(rest: &str, before: Option<char>, signs: Signs) -> Option<(usize, &'static str)> {
    /// The most bytes of a tag.
    const LONGEST: usize = 256;
    let near = &rest[..rest.floor_char_boundary(LONGEST)];
    if near.starts_with("<!--") {
        return near.find("-->").map(|end| (end + "-->".len(), ""));
    }
    let name = near[1..].trim_start_matches('/');
    let name = &name[..name.bytes().take_while(u8::is_ascii_alphanumeric).count()];
    let is_in = |tags: &[&str]| tags.iter().any(|tag| tag.eq_ignore_ascii_case(name));
    let length = near.find('>')? + 1;
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    let is_read_alone = signs == Signs::Html;
    let inside = is_letter(before) && (is_read_alone || is_letter(rest[length..].chars().next()));
    match () {
        () if is_in(&INLINE) => Some((length, "")),
        () if is_in(&LINES) && inside && signs == Signs::All => Some((length, "")),
        () if is_in(&LINES) => Some((length, "\n")),
        () => (inside && !name.is_empty()).then_some((length, "")),
    }
}

/// Characters by their names in HTML: those of ASCII, blanks, quotes and arrows.
const ENTITIES: [(&str, char); 52] = [
    ("Tab", '\t'),
    ("NewLine", '\n'),
    ("excl", '!'),
    ("quot", '"'),
    ("num", '#'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("amp", '&'),
    ("apos", '\''),
    ("lpar", '('),
    ("rpar", ')'),
    ("ast", '*'),
    ("midast", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("period", '.'),
    ("sol", '/'),
    ("colon", ':'),
    ("semi", ';'),
    ("lt", '<'),
    ("equals", '='),
    ("gt", '>'),
    ("quest", '?'),
    ("commat", '@'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("bsol", '\\'),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("Hat", '^'),
    ("lowbar", '_'),
    ("UnderBar", '_'),
    ("grave", '`'),
    ("lcub", '{'),
    ("lbrace", '{'),
    ("verbar", '|'),
    ("vert", '|'),
    ("rcub", '}'),
    ("rbrace", '}'),
    ("nbsp", '\u{a0}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("ZeroWidthSpace", '\u{200b}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("shy", '\u{ad}'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("rarr", '→'),
];

/// Returns the length of a character reference of HTML, and its character. Browsers read a number without its `;` too.
pub(super) fn entity(rest: &str) -> Option<(usize, char)> {
    if let Some(number) = rest.strip_prefix("&#") {
        let (digits, radix) =
            number.strip_prefix(['x', 'X']).map_or((number, 10), |digits| (digits, 16));
        let count = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
        let sign = u32::from_str_radix(&digits[..count], radix).ok().and_then(char::from_u32)?;
        let end = rest.len() - digits.len() + count;
        return Some((end + usize::from(rest[end..].starts_with(';')), sign));
    }
    let length = rest.bytes().take(16).position(|byte| byte == b';')?;
    let name = rest[..length].strip_prefix('&')?;
    ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, sign)| (length + 1, *sign))
}

/// Returns what readers see of a character that may be an ordinary one.
fn said_of(sign: char) -> String {
    shown(sign).unwrap_or_else(|| sign.to_string())
}

/// Opening quotation marks and brackets of quotations.
const OPENING: [char; 9] = ['“', '„', '«', '「', '『', '《', '〈', '【', '〝'];

/// Arrows, triangles, hands and keys: what points at the text behind it.
const POINTING: [RangeInclusive<char>; 9] = [
    '←'..='⇿',
    '■'..='◿',
    '☚'..='☟',
    '➔'..='➾',
    '⟰'..='⟿',
    '⤀'..='⥿',
    '⬀'..='⮿',
    '👆'..='👉',
    '🔐'..='🔓',
];

/// Returns the ordinary characters that readers take a character for; none for an invisible one.
fn shown(sign: char) -> Option<String> {
    let shown = match sign {
        _ if sign.is_ascii() || ('\u{3040}'..='\u{d7ff}').contains(&sign) => return None,
        _ if is_invisible(sign) => "",
        '\u{85}' | '\u{2028}' | '\u{2029}' => "\n",
        _ if sign.is_whitespace() => " ",
        '”' | '‟' | '»' | '」' | '』' | '》' | '〉' | '】' | '〞' | '〟' => "\"",
        _ if OPENING.contains(&sign) => "\"",
        '‘' | '’' | '‚' | '‛' | '‹' | '›' => "'",
        _ if POINTING.iter().any(|signs| signs.contains(&sign)) => ">",
        '‐'..='―' | '−' => "-",
        '∶' => ":",
        _ => {
            let like: String = std::iter::once(sign).nfkd().collect();
            return like.is_ascii().then_some(like);
        }
    };
    Some(shown.to_owned())
}

/// Whether a character is not seen, and does not separate words for a reader.
fn is_invisible(sign: char) -> bool {
    matches!(
        sign,
        '\u{ad}'
            | '\u{34f}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e01ef}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_as_it_is_seen() {
        for (written, wanted) in [
            ("a:\u{a0}b\u{3000}c\u{2009}d", "a: b c d"),
            ("g\u{200b}h\u{ad}p\u{feff}", "ghp"),
            ("ghp\\_x \\d C:\\ a\\\n b", "ghp_x \\d C:\\ a\n b"),
            ("&#95;&#x5f;&#95 &lowbar;&nbsp;&amp;#95; &no; &", "___ _ &#95; &no; &"),
            ("**Da**na _Kim_ a_b_c 2 * 3 ~~x~~ ~y", "Dana Kim a_b_c 2 * 3 x ~y"),
            ("*** a*** **", "*** a*** **"),
            ("“a” ‘b’ 「c」 → d — e", "\"a\" 'b' \"c\" > d - e"),
            ("ｐｗ：ａ１ 𝗽𝘄", "pw:a1 pw"),
            ("<b>a</b><!-- x -->b<br/>c <span class=\"x\">d</span>", "abc d"),
            ("a:<br>b<x>c <td>d</td>", "a:\nbc \nd\n"),
            ("gh**p**_x ghp\u{200b}_x ghp_\u{2060}x", "ghp_x ghp_x ghp_x"),
            ("\\g\\h\\p\\_x D\\ana", "ghp_x Dana"),
            ("a「b」 ▶ c 👉 d", "a \"b\" > c > d"),
        ] {
            assert_eq!(plain_text(written), wanted, "{written}");
        }
        for (written, wanted) in [
            ("`ghp_`x [D](y)ana &amp;#95;", "ghp_x Dana &#95;"),
            ("ghp_<wbr>x<br>y", "ghp_x\ny"),
            ("| 비밀번호 |\n|--|\n| ａ |", "비밀번호\n비밀번호 > a"),
        ] {
            assert_eq!(Plain::of_markdown(written).unwrap().text, wanted, "{written}");
        }
        for same in ["비밀번호는 가나다", "a <name> b", "2 * 3 | x", "naïve", ""] {
            assert!(Plain::of(same).is_none(), "{same}");
        }
    }

    #[test]
    fn places_are_those_of_the_text_as_written() {
        let written = "가 **pw**:&nbsp;“a\\_b” 나\u{200b}다";
        let plain = Plain::of(written).unwrap();
        for (seen, place) in [
            ("pw", "pw"),
            ("pw:", "pw**:"),
            (": \"", ":&nbsp;“"),
            ("a_b", "a\\_b"),
            ("\"a_b\"", "“a\\_b”"),
            ("나다", "나\u{200b}다"),
            ("다", "다"),
            ("가 pw", "가 **pw"),
        ] {
            let at = plain.text.find(seen).unwrap();
            assert_eq!(&written[plain.place(at..at + seen.len())], place);
        }
        assert_eq!(plain.place(0..plain.text.len()), 0..written.len());
        let written = "- `ghp_`x\n- &lt;[Da](z)na";
        let markdown = Plain::of_markdown(written).unwrap();
        for (seen, place) in [("ghp_x", "ghp_`x"), ("x\n\n- <", "x\n- &lt;"), ("Dana", "Da](z)na")]
        {
            let at = markdown.text.find(seen).unwrap();
            assert_eq!(&written[markdown.place(at..at + seen.len())], place);
        }
        assert!(plain.differs_near(&(0..2), 3) && !plain.differs_near(&(0..1), 2));
    }
}
