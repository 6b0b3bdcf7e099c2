//! Tests that a text stays within its event for every reader of the document: Markdown, Jekyll, Hugo.

use std::collections::BTreeMap;
use std::path::Path;

use asrun::render::{BUILT_IN, BuiltIn, Records};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use scraper::Html;
use serde_yaml::{Mapping, Value};

use crate::html::{active, beyond};
use crate::payloads::PAYLOADS;
use crate::support::Terminal;
use crate::{LAST, PLAIN, Record, put, snapshot};

/// Returns the built-in templates that render one record as Markdown.
fn templates() -> Vec<&'static str> {
    let of_one = |it: &&BuiltIn| it.file.ends_with(".md") && it.header().records == Records::One;
    BUILT_IN.iter().filter(of_one).map(BuiltIn::name).collect()
}

/// Titles, each with the expected string in front matter.
const TITLES: &[(&str, &str)] = &[
    ("a \"quoted\" title", "a \"quoted\" title"),
    ("title: with colon", "title: with colon"),
    ("a: b: c", "a: b: c"),
    ("- dash", "- dash"),
    ("? question", "? question"),
    ("# hash", "# hash"),
    ("a # b", "a # b"),
    ("{brace", "{brace"),
    ("[bracket", "[bracket"),
    ("%x", "%x"),
    ("@x", "@x"),
    ("`x", "`x"),
    ("*x", "*x"),
    ("&x", "&x"),
    ("!x", "!x"),
    ("|", "|"),
    (">", ">"),
    ("'", "'"),
    ("\\", "\\"),
    ("\\n", "\\n"),
    ("---", "---"),
    ("...", "..."),
    ("null", "null"),
    ("~", "~"),
    ("yes", "yes"),
    ("3.0", "3.0"),
    ("0x1f", "0x1f"),
    ("2024-09-07", "2024-09-07"),
    ("<<", "<<"),
    ("한글 😀", "한글 😀"),
    (" lead", "lead"),
    ("trail ", "trail"),
    ("a\tb", "a b"),
    ("a\nlayout: evil", "a layout: evil"),
    ("a\n---\nx: y", "a --- x: y"),
    ("a\r\nlayout: evil", "a layout: evil"),
    ("a\rlayout: evil", "a layout: evil"),
    ("a\u{85}b", "a\\u{85}b"),
    ("a\u{2028}b", "a\\u{2028}b"),
    ("\u{1b}[31m", "\\u{1b}[31m"),
    ("\u{feff}x", "\u{feff}x"),
    ("a\u{a0}b", "a\u{a0}b"),
    ("{{ x }}", "{{ x }}"),
];

/// Texts that try to affect the structure of the document. Headings that they create contain INJECTED.
const STRUCTURES: &[&str] = &[
    "# INJECTED",
    "INJECTED\n===",
    "INJECTED\n---",
    "x\n# INJECTED",
    "x\n\n# INJECTED\n",
    "x\n## INJECTED",
    "x\nINJECTED\n===",
    "x\nINJECTED\n---",
    "x\r\n\r\n# INJECTED",
    "x\r# INJECTED",
    "x\u{2028}# INJECTED",
    "x\u{85}# INJECTED",
    "> # INJECTED",
    "- # INJECTED",
    "1. # INJECTED",
    "\\\n# INJECTED",
    "<h1>INJECTED</h1>",
    "x | INJECTED | y",
    "x\n\n| INJECTED |\n|---|\n",
    "x\n\n---\nlayout: INJECTED\n---\n",
    "x\n\n    INJECTED code",
    "x\n\n> INJECTED",
    "x\n\n- INJECTED",
    "x  \n\n\n\nINJECTED",
    "[r]: javascript:INJECTED",
    "```\nopen",
    "````\nopen\n```",
    "~~~~\nopen",
    "- ```\n  open",
    "> ```\n> open",
    "x\n\n\topen",
    "`open",
    "``open`",
    "<!-- open",
    "<!--> open",
    "<?open",
    "<!OPEN",
    "<![CDATA[open",
    "<div>",
    "<div\nopen",
    "<pre>open",
    "<script>open",
    "<style>open",
    "<textarea>open",
    "<TEXTAREA\n>open",
    "- <textarea>open",
    "> <!-- open",
    "x\\",
    "[open",
    "[open](",
    "![open](<",
    "**open",
    "|",
    "| a |\n| - |",
    "$$open",
    "{: .INJECTED}",
    "{::nomarkdown}open",
    "{::comment}open",
    ":::open",
    "+++\nopen",
    "- <!-- a\n- <!-- b\n- <textarea> c",
];

/// A place for plain text, or for an author's Markdown.
type Place = (&'static str, fn(&str) -> String);
const PLACES: &[Place] = &[
    ("texts", |text| Record { title: text, step: text, text, ..PLAIN }.yaml()),
    ("detail", |text| Record { detail: text, ..PLAIN }.yaml()),
];

/// Renders every text in every place, and returns each document by its id: `texts-3`, `texts-plain`.
fn documents(texts: &[&str], template: &str) -> BTreeMap<String, String> {
    let terminal = Terminal::new(None);
    for (place, record) in PLACES {
        put(&terminal, &format!("{place}-plain"), &record("plain"));
        for (number, text) in texts.iter().enumerate() {
            put(&terminal, &format!("{place}-{number}"), &record(text));
        }
    }
    let command = format!("exec asrun render --all --template {template} -o out/");
    let made = terminal.outcome(&command, 60);
    assert_eq!(made.code, Some(0), "{template}: {}", made.errors);
    let files = snapshot(&terminal.folder().join("out")).into_iter();
    let files = files.filter(|(path, _)| path.ends_with(".md"));
    let documents: BTreeMap<String, String> = files
        .map(|(path, bytes)| (id(Path::new(&path)), String::from_utf8(bytes).unwrap()))
        .collect();
    assert_eq!(documents.len(), PLACES.len() * (texts.len() + 1), "{template}");
    documents
}

/// Returns the id for a path: `2024-09-07-texts-3.md` and `texts-3/index.md` belong to `texts-3`.
fn id(path: &Path) -> String {
    let stem = path.file_stem().unwrap().to_string_lossy();
    let name = match &*stem {
        "index" => path.parent().unwrap().file_name().unwrap().to_string_lossy(),
        _ => stem,
    };
    name.trim_start_matches("2024-09-07-").to_owned()
}

/// Returns a document's front matter, if it has any, and its body.
fn parts(document: &str) -> (Option<&str>, &str) {
    let inside = document.strip_prefix("---\n");
    match inside.and_then(|rest| rest.split_once("\n---\n")) {
        Some((front, body)) => (Some(front), body),
        None => (None, document),
    }
}

fn front_matter(document: &str) -> Mapping {
    let (front, _) = parts(document);
    serde_yaml::from_str(front.expect(document)).expect(document)
}

fn events(markdown: &str) -> Parser<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    Parser::new_ext(markdown, options)
}

/// The content of a document, by Markdown element.
#[derive(Default)]
struct Read {
    headings: Vec<(HeadingLevel, String)>,
    code: String,
    plain: String,
}

fn read(body: &str) -> Read {
    let mut read = Read::default();
    let (mut heading, mut code) = (false, false);
    for event in events(body) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                heading = true;
                read.headings.push((level, String::new()));
            }
            Event::End(TagEnd::Heading(_)) => heading = false,
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(text) | Event::Code(text) if heading => {
                read.headings.last_mut().unwrap().1.push_str(&text);
            }
            Event::Text(text) if code => read.code.push_str(&text),
            Event::Text(text) => read.plain.push_str(&text),
            _ => {}
        }
    }
    read
}

#[test]
fn a_title_stays_one_string_of_the_front_matter() {
    let titles: Vec<&str> = TITLES.iter().map(|(title, _)| *title).collect();
    for template in ["chirpy", "jekyll", "hugo"] {
        let documents = documents(&titles, template);
        let plain = front_matter(&documents["texts-plain"]);
        for (number, (title, said)) in TITLES.iter().enumerate() {
            let front = front_matter(&documents[&format!("texts-{number}")]);
            assert_eq!(front["title"], Value::from(*said), "{template} {title:?}");
            assert!(front.keys().eq(plain.keys()), "{template} {title:?}: {front:?}");
        }
    }
}

#[test]
fn a_text_stays_inside_its_event() {
    let mut wrong = Vec::new();
    for template in templates() {
        let documents = documents(STRUCTURES, template);
        for (place, _) in PLACES {
            let plain = read(parts(&documents[&format!("{place}-plain")]).1);
            for (number, text) in STRUCTURES.iter().enumerate() {
                let document = &documents[&format!("{place}-{number}")];
                let mut fault = |what| wrong.push(format!("{template} {place} {text:?}: {what}"));
                for what in spilled(place, &read(parts(document).1), &plain) {
                    fault(what);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

fn spilled(place: &str, read: &Read, plain: &Read) -> Vec<&'static str> {
    let injected = read.headings.iter().filter(|(_, text)| text.contains("INJECTED"));
    let highest = injected.map(|(level, _)| *level).min();
    let count = |text: &str| text.matches(LAST).count();
    let lasts = |read: &Read| read.headings.iter().map(|(_, text)| count(text)).sum::<usize>();
    // Headings in a detail are below that of their event. The title is a heading of one line itself.
    let heading = match place {
        "detail" => highest.is_some_and(|level| level <= HeadingLevel::H2),
        _ => read.headings.len() != plain.headings.len(),
    };
    let faults = [
        (heading, "it became a heading of the document"),
        (count(&read.code) != count(&plain.code), "the next event is code"),
        (
            count(&read.plain) + lasts(read) != count(&plain.plain) + lasts(plain),
            "the next event is not there as it was",
        ),
    ];
    faults.into_iter().filter(|(wrong, _)| *wrong).map(|(_, what)| what).collect()
}

/// Whether an author's HTML is accepted in Markdown: it shows or loads something, and runs nothing.
fn shows(what: &str) -> bool {
    let tags = ["<audio>", "<button>", "<select>", "<source>", "<template>", "<video>"];
    tags.contains(&what)
        || what.starts_with("style of")
        || [" of <img>", " of <use>"].iter().any(|end| what.ends_with(end))
}

fn as_page(document: &str) -> Html {
    let mut page = String::new();
    html::push_html(&mut page, events(parts(document).1));
    Html::parse_document(&page)
}

/// Returns how often the last event is visible in the page.
fn lasts(page: &Html) -> usize {
    page.root_element().text().map(|text| text.matches(LAST).count()).sum()
}

#[test]
fn nothing_of_a_text_runs_where_markdown_lets_html_through() {
    let mut wrong = Vec::new();
    let texts: Vec<&str> = PAYLOADS.iter().chain(STRUCTURES).copied().collect();
    let documents = documents(&texts, "chirpy");
    for (place, _) in PLACES {
        let plain = as_page(&documents[&format!("{place}-plain")]);
        for (number, text) in texts.iter().enumerate() {
            let page = as_page(&documents[&format!("{place}-{number}")]);
            let mut found = beyond(&page, &active(&plain));
            found.retain(|what| *place != "detail" || !shows(what));
            if lasts(&page) != lasts(&plain) {
                found.push("the next event is not there as it was".to_owned());
            }
            wrong.extend(found.iter().map(|what| format!("{place} {text:?}: {what}")));
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

/// Texts that Jekyll or Hugo would run.
const RUN: &[&str] = &[
    "{{ site.github }}",
    "{{site.github}}",
    "{{- x -}}",
    "{% include pwn.html %}",
    "{%include pwn.html%}",
    "{%- assign x = 1 -%}",
    "{% raw %}",
    "{% endraw %}{{ 7 | times: 6 }}",
    "{%- endraw -%}{{ 7 | times: 6 }}",
    "{% raw %}{% endraw %}{{ 7 | times: 6 }}",
    "{% comment %}",
    "{{",
    "{%",
    "{{{ x }}}",
    "{{{{ x }}}}",
    "{ {{ x }} }",
    "{{%",
    "{%{{",
    "{\n{ x }}",
    "{{< pwn >}}",
    "{{% pwn %}}",
    "{{< pwn",
    "{{% pwn",
    "{{<{{< pwn >}}",
    "{{< a >}}{{< pwn >}}",
    "{{</* a */>}}{{< pwn >}}",
    "{{</* {{< pwn >}} */>}}",
    "{{</* a >}}{{< pwn >}} */>}}",
    "{{< a */>}}{{< pwn >}}",
    "{{< highlight >}} {{% pwn %}}",
    "*{{*< pwn >}}",
    "`{{< pwn >}}`",
    "```\n{{< pwn >}}{{ x }}{% y %}\n```",
];

/// Whether Liquid would run something: tags outside `raw`.
fn liquid(body: &str) -> bool {
    let mut rest = body;
    while let Some(at) = [rest.find("{{"), rest.find("{%")].into_iter().flatten().min() {
        let Some(inside) = rest[at..].strip_prefix("{% raw %}") else { return true };
        let Some(end) = inside.find("{% endraw %}") else { return true };
        rest = &inside[end + "{% endraw %}".len()..];
    }
    false
}

/// Whether Hugo would run something: shortcodes that are not comments.
fn shortcode(body: &str) -> bool {
    let mut rest = body;
    while let Some(at) = [rest.find("{{<"), rest.find("{{%")].into_iter().flatten().min() {
        let Some(inside) = rest[at + 3..].strip_prefix("/*") else { return true };
        let close = if rest[at..].starts_with("{{<") { "*/>}}" } else { "*/%}}" };
        let Some(end) = inside.find(close) else { return true };
        rest = &inside[end + close.len()..];
    }
    false
}

#[test]
fn the_judges_see_what_would_run() {
    assert!(liquid("a {{ b }}") && liquid("{% raw %}{{{% endraw %}{% x %}") && liquid("{% raw %}"));
    assert!(!liquid("a {% raw %}{{{% endraw %} b }}"));
    assert!(shortcode("{{< x >}}") && shortcode("{{</* a */>}}{{% x %}}") && shortcode("{{</* a"));
    assert!(!shortcode("{{</* a */>}} {{ b }}"));
}

#[test]
fn no_site_executes_a_text() {
    let mut wrong = Vec::new();
    for template in ["chirpy", "jekyll", "hugo"] {
        let runs = if template == "hugo" { shortcode } else { liquid };
        for (id, document) in documents(RUN, template) {
            let (_, body) = parts(&document);
            if runs(body) {
                let number = id.split_once('-').unwrap().1;
                let text = number.parse().map_or("plain", |number: usize| RUN[number]);
                wrong.push(format!("{template} {id} {text:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}
