//! A text as a tree with byte ranges, for decoding and for splicing.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle, StructureStyle, Tag, options};

use super::limits::DEPTH;
use super::lines::Lines;
use super::problem::{Problem, YamlFault};
use super::syntax::syntax_problem;

/// A value with its byte range.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node<'t> {
    /// From its first byte to just after its last; a block's trailing blank lines only belong to it if it keeps them
    /// (`|+`).
    pub(crate) span: Range<usize>,
    pub(crate) value: Content<'t>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content<'t> {
    Scalar { text: Cow<'t, str>, style: ScalarStyle },
    List { items: Vec<Node<'t>>, flow: bool },
    Map { entries: Vec<Entry<'t>>, flow: bool },
}

/// One `key: value` of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry<'t> {
    pub(crate) key: Cow<'t, str>,
    pub(crate) key_span: Range<usize>,
    pub(crate) value: Node<'t>,
}

impl<'t> Node<'t> {
    /// Returns the node of an empty text.
    pub(crate) fn nothing() -> Node<'t> {
        let value = Content::Scalar { text: Cow::Borrowed(""), style: ScalarStyle::Plain };
        Node { span: 0..0, value }
    }

    /// Returns whether it is null: empty, or `~` or `null` without quotes.
    pub(crate) fn is_null(&self) -> bool {
        match &self.value {
            Content::Scalar { text, style: ScalarStyle::Plain } => {
                self.span.is_empty() || matches!(&**text, "~" | "null" | "Null" | "NULL" | "")
            }
            _ => false,
        }
    }

    /// Returns the mapping's entries, or none for any other value.
    pub(crate) fn entries(&self) -> &[Entry<'t>] {
        match &self.value {
            Content::Map { entries, .. } => entries,
            _ => &[],
        }
    }

    /// Returns the list's items, or none for any other value.
    pub(crate) fn items(&self) -> &[Node<'t>] {
        match &self.value {
            Content::List { items, .. } => items,
            _ => &[],
        }
    }

    /// Returns the entry of a key.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry<'t>> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// Returns whether both mean the same, whatever their style.
    pub(crate) fn means(&self, other: &Node<'_>) -> bool {
        match (&self.value, &other.value) {
            (Content::Scalar { text: a, .. }, Content::Scalar { text: b, .. }) => {
                a == b && self.is_null() == other.is_null()
            }
            (Content::List { items: a, .. }, Content::List { items: b, .. }) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.means(b))
            }
            (Content::Map { entries: a, .. }, Content::Map { entries: b, .. }) => {
                a.len() == b.len()
                    && a.iter().zip(b).all(|(a, b)| a.key == b.key && a.value.means(&b.value))
            }
            _ => false,
        }
    }

    /// Returns whether it is written in brackets.
    pub(crate) fn is_flow(&self) -> bool {
        matches!(self.value, Content::List { flow: true, .. } | Content::Map { flow: true, .. })
    }
}

/// Parses a guarded text; on a syntax error, `is_known` says which words would be keys.
///
/// # Errors
/// The faults of its YAML: the first syntax error only, and every alias, tag and duplicate key before it.
pub(crate) fn parse(text: &str, is_known: fn(&str) -> bool) -> Result<Node<'_>, Vec<Problem>> {
    #[cfg(test)]
    counted::PARSES.set(counted::PARSES.get() + 1);
    let (problems, open, lines) = (Vec::new(), Vec::new(), None);
    Builder { text, is_known, problems, open, root: None, documents: 0, lines, read: 0 }.run()
}

/// Returns the comments of a text, in order, up to the first syntax error.
pub fn comments(text: &str) -> Vec<String> {
    comment_places(text).into_iter().map(|(_, comment)| comment).collect()
}

/// Returns the comments of a text, in order, up to the first syntax error, each with the offset of its `#`.
pub fn comment_places(text: &str) -> Vec<(usize, String)> {
    if !text.contains('#') {
        return Vec::new();
    }
    let events = Parser::new_from_str_with_options(text, parser_options(true));
    let events = events.map_while(Result::ok);
    events
        .filter_map(|(event, span)| match event {
            Event::Comment(comment, _) => {
                Some((span.byte_range().map_or(0, |range| range.start), comment.trim().to_owned()))
            }
            _ => None,
        })
        .collect()
}

fn parser_options(emit_comments: bool) -> Options {
    options! {
        emit_unresolved_aliases: true,
        emit_comments: emit_comments,
        max_buffered_comment_events: 1_000_000,
        flow_nesting_limit: DEPTH,
        block_nesting_limit: DEPTH,
    }
}

/// A collection whose end has not been reached.
struct Open<'t> {
    start: usize,
    flow: bool,
    content: Parts<'t>,
}

enum Parts<'t> {
    List(Vec<Node<'t>>),
    Map(Vec<Entry<'t>>, Option<(Cow<'t, str>, Range<usize>)>, HashMap<Cow<'t, str>, usize>),
}

struct Builder<'t> {
    text: &'t str,
    is_known: fn(&str) -> bool,
    problems: Vec<Problem>,
    open: Vec<Open<'t>>,
    root: Option<Node<'t>>,
    documents: usize,
    /// Only built when a fault has to name a line.
    lines: Option<Lines<'t>>,
    /// The end of the previous event.
    read: usize,
}

impl<'t> Builder<'t> {
    fn run(mut self) -> Result<Node<'t>, Vec<Problem>> {
        for event in Parser::new_from_str_with_options(self.text, parser_options(false)) {
            match event {
                Ok((event, span)) => {
                    let range = span.byte_range().unwrap_or(0..0);
                    let end = range.end;
                    if !self.take(event, range) {
                        break;
                    }
                    self.read = self.read.max(end);
                }
                Err(fault) => {
                    self.problems.push(syntax_problem(self.text, &fault, self.is_known));
                    break;
                }
            }
        }
        let problems = self.problems;
        match self.root {
            Some(root) if problems.is_empty() => Ok(root),
            None if problems.is_empty() => Err(vec![YamlFault::Empty.at(0..0)]),
            _ => Err(problems),
        }
    }

    /// Handles one event; returns false to stop.
    fn take(&mut self, event: Event<'t>, span: Range<usize>) -> bool {
        if let Some(tag) = event.tag() {
            self.refuse_tag(tag, &span);
        }
        match event {
            Event::DocumentStart(_, version) => {
                self.documents += 1;
                if version.is_some_and(|v| v.major != 1) {
                    self.problems.push(YamlFault::Version.at(span.clone()));
                }
                if self.documents > 1 {
                    self.problems.push(YamlFault::SecondDocument.at(span));
                    return false;
                }
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.problems.push(YamlFault::Alias.at(span));
                return false;
            }
            Event::Scalar(text, style, ..) => {
                let span = self.content_span(span, style);
                self.place(Node { span, value: Content::Scalar { text, style } });
            }
            Event::SequenceStart(style, ..) => self.begin(span, style, Parts::List(Vec::new())),
            Event::MappingStart(style, ..) => {
                self.begin(span, style, Parts::Map(Vec::new(), None, HashMap::new()))
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            _ => {}
        }
        true
    }

    fn begin(&mut self, span: Range<usize>, style: StructureStyle, content: Parts<'t>) {
        let flow = style == StructureStyle::Flow;
        self.open.push(Open { start: span.start, flow, content });
    }

    fn end(&mut self, span: Range<usize>) {
        let Some(open) = self.open.pop() else { return };
        let (last, value) = match open.content {
            Parts::List(items) => {
                (items.last().map(|item| item.span.end), Content::List { items, flow: open.flow })
            }
            Parts::Map(entries, ..) => (
                entries.last().map(|entry| entry.value.span.end.max(entry.key_span.end)),
                Content::Map { entries, flow: open.flow },
            ),
        };
        let end = if open.flow { span.end } else { last.unwrap_or(span.start) };
        self.place(Node { span: open.start..end.max(open.start), value });
    }

    fn place(&mut self, node: Node<'t>) {
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match &mut open.content {
            Parts::List(items) => items.push(node),
            Parts::Map(_, key @ None, seen) => {
                // The parser also reports `~` for a key that is not written at all.
                let written = !node.span.is_empty();
                let text = match node.value {
                    Content::Scalar { text, .. } if written => text,
                    _ => Cow::Borrowed(""),
                };
                if text.is_empty() {
                    self.problems.push(YamlFault::NoKey.at(node.span.clone()));
                }
                match seen.get(&text) {
                    Some(first) => {
                        let lines = self.lines.get_or_insert_with(|| Lines::of(self.text));
                        let line = lines.position(*first).line;
                        let fault = YamlFault::Duplicate { key: text.to_string(), line };
                        self.problems.push(fault.at(node.span.clone()));
                    }
                    None => {
                        seen.insert(text.clone(), node.span.start);
                    }
                }
                *key = Some((text, node.span));
            }
            Parts::Map(entries, key, _) => {
                if let Some((key, key_span)) = key.take() {
                    entries.push(Entry { key, key_span, value: node });
                }
            }
        }
    }

    /// Returns the byte range of a scalar's content: the parser includes a block's trailing blank lines.
    fn content_span(&self, span: Range<usize>, style: ScalarStyle) -> Range<usize> {
        if !matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            return span;
        }
        let body = &self.text[span.clone()];
        let kept = self.keeps_blank_lines(span.start);
        let whole_lines = body.rfind('\n').map_or(body.len(), |at| {
            if body[at + 1..].trim().is_empty() { at + 1 } else { body.len() }
        });
        let end = if kept { whole_lines } else { body[..whole_lines].trim_end().len() };
        span.start..span.start + end
    }

    /// Returns whether the block scalar whose content begins there has the header `|+` or `>+`.
    fn keeps_blank_lines(&self, content: usize) -> bool {
        let before = self.text[..content].trim_end_matches([' ', '\n', '\r', '\t']);
        let line = before.rsplit('\n').next().unwrap_or(before);
        let header = line.split(" #").next().unwrap_or(line).trim_end();
        let header = header.rsplit(['|', '>']).next().unwrap_or("");
        header.contains('+')
    }

    fn refuse_tag(&mut self, tag: &Tag, span: &Range<usize>) {
        let core = tag.core_suffix();
        let harmless = core
            .is_some_and(|s| ["str", "seq", "map", "int", "float", "bool", "null"].contains(&s));
        if !harmless {
            let original = tag.original();
            // The parser gives the value's place: its tag is before it on the same line, and after what was read
            // before. The line may be as long as the file.
            let read = self.read.min(span.start);
            #[cfg(test)]
            counted::LOOKED_BACK.set(counted::LOOKED_BACK.get() + span.end - read);
            let line = self.text[read..span.start].rfind('\n').map_or(read, |n| read + n + 1);
            let start = self.text[line..span.end].rfind(&original).map(|place| line + place);
            let span = start.map_or_else(|| span.clone(), |at| at..at + original.len());
            self.problems.push(YamlFault::Tag(original).at(span));
        }
    }
}

/// How often this thread used the full parser, which shows whether the fast reader was taken, and how much text was
/// scanned more than once.
#[cfg(test)]
pub(crate) mod counted {
    use std::cell::Cell;

    thread_local! {
        pub(crate) static PARSES: Cell<usize> = const { Cell::new(0) };
        /// Bytes that the fast reader was given.
        pub(crate) static READ: Cell<usize> = const { Cell::new(0) };
        /// Bytes that were rescanned to find tags.
        pub(crate) static LOOKED_BACK: Cell<usize> = const { Cell::new(0) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::Code;

    fn parse(text: &str) -> Result<Node<'_>, Vec<Problem>> {
        super::parse(text, |_| false)
    }

    /// Returns the byte range of the value of `k`, as text.
    fn value_of(text: &str) -> &str {
        let root = parse(text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"));
        let span = root.entry("k").unwrap().value.span.clone();
        &text[span]
    }

    #[test]
    fn values_have_their_own_bytes() {
        for (text, value) in [
            ("k: a\nz: y\n", "a"),
            ("k: \"한 글\"   # c\n", "\"한 글\""),
            ("k: |\n  a\n  b\n\n\nz: y\n", "a\n  b"),
            ("k: |+\n  a\n\n\nz: y\n", "a\n\n\n"),
            ("k: |+ # keep\n  a\n\n\nz: y\n", "a\n\n\n"),
            ("k: | # c++\n  a\n\nz: y\n", "a"),
            ("k: >\n  a\n  b\n\nz: y\n", "a\n  b"),
            ("k: >+\n  a\n\nz: y\n", "a\n\n"),
            ("k: |-\n  a", "a"),
            ("k: |+\n  a", "a"),
            ("k: [a, b]\n", "[a, b]"),
            ("k:\n  a: b\n  c:\n\nz: y\n", "a: b\n  c"),
            ("k:\n  - a\n  - b\n\nz: y\n", "- a\n  - b"),
            ("k:\n- a\n- b\nz: y\n", "a\n- b"),
        ] {
            assert_eq!(value_of(text).trim_start_matches("\n  "), value, "{text:?}");
        }
    }

    /// Each tag is searched from the previous event on, not from the beginning of its line.
    #[test]
    fn tags_on_one_line_are_looked_for_once_each() {
        let text = format!("k: [{}b]\n", "!x a, ".repeat(2000));
        let before = counted::LOOKED_BACK.get();
        let problems = parse(&text).unwrap_err();
        assert_eq!(problems.len(), 2000);
        assert!(problems.iter().all(|problem| &text[problem.span.clone()] == "!x"));
        let looked = counted::LOOKED_BACK.get() - before;
        assert!(looked < 2 * text.len(), "{looked} bytes of {}", text.len());
    }

    #[test]
    fn nothing_is_written_in_few_ways() {
        for (value, null) in [
            ("", true),
            ("~", true),
            ("null", true),
            ("Null", true),
            ("NULL", true),
            ("nULL", false),
            ("'~'", false),
            ("\"\"", false),
            ("none", false),
            ("[]", false),
        ] {
            let text = format!("k: {value}\n");
            assert_eq!(parse(&text).unwrap().entry("k").unwrap().value.is_null(), null, "{value}");
        }
        assert!(Node::nothing().is_null());
    }

    #[test]
    fn meaning_is_what_counts() {
        let all = [
            "k: a",
            "k: b",
            "k: ~",
            "k: '~'",
            "k: [a]",
            "k: [b]",
            "k: [a, a]",
            "k: {a: b}",
            "k: {a: c}",
            "k: {b: b}",
            "k: {a: b, c: d}",
            "k: {c: d, a: b}",
        ];
        for (n, a) in all.iter().enumerate() {
            for (m, b) in all.iter().enumerate() {
                let (a, b) = (parse(a).unwrap(), parse(b).unwrap());
                assert_eq!(a.means(&b), n == m, "{} {}", all[n], all[m]);
            }
        }
        let styles = ["k: [a, {b: c}]", "k:\n- 'a'\n- b: \"c\""];
        assert!(parse(styles[0]).unwrap().means(&parse(styles[1]).unwrap()));
    }

    #[test]
    fn what_records_do_not_have_is_refused() {
        for (text, code, place) in [
            ("k: *a\n", Code::Alias, "*a"),
            ("k: !x a\n", Code::Tag, "!x"),
            ("k: !!binary a\n", Code::Tag, "!!binary"),
            ("k: a\nk: b\n", Code::DuplicateKey, "k: b"),
            ("k: a\n---\nk: b\n", Code::ManyDocuments, "---"),
            (": a\n", Code::WrongType, ": a"),
            ("'': a\n", Code::WrongType, "'': a"),
            ("%YAML 2.0\n---\nk: a\n", Code::NotYaml, ""),
            ("# c\n", Code::Empty, "# c"),
            ("", Code::Empty, ""),
        ] {
            let problems = parse(text).unwrap_err();
            assert_eq!(problems[0].code, code, "{text:?} {problems:?}");
            let rest = &text[problems[0].span.start..];
            assert!(rest.starts_with(place), "{text:?}: {rest:?}");
        }
        let twice = parse("a: b\nk: a\nk: b\n").unwrap_err();
        assert_eq!(twice[0].kind, YamlFault::Duplicate { key: "k".to_owned(), line: 2 });
        for tag in ["str", "seq", "map", "int", "float", "bool", "null"] {
            let value = if tag == "seq" {
                "[]"
            } else if tag == "map" {
                "{}"
            } else {
                "a"
            };
            assert!(parse(&format!("k: !!{tag} {value}\n")).is_ok(), "{tag}");
        }
        assert!(parse("%YAML 1.1\n---\nk: &a b\n...\n").is_ok());
    }

    #[test]
    fn nests_have_a_limit() {
        let brackets = |deep: usize| format!("k: {}{}\n", "[".repeat(deep), "]".repeat(deep));
        assert!(parse(&brackets(DEPTH)).is_ok());
        let fault = parse(&brackets(DEPTH + 1)).unwrap_err();
        assert_eq!(fault[0].kind, YamlFault::TooDeep(64));
    }

    #[test]
    fn comments_are_reported_in_order() {
        let text = "# one\nk: a # two\n\n  #   three  \nz: 'x # no'\n";
        assert_eq!(comments(text), ["one", "two", "three"]);
        let places = comment_places(text).into_iter().map(|(at, _)| at);
        assert!(places.eq(text.match_indices('#').map(|(at, _)| at).take(3)));
        assert_eq!(comments("# one\nk: [\n"), ["one"], "as far as it can be parsed");
    }
}
