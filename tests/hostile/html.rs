//! Tests that no text becomes active in a page, as a browser would read it.

use std::collections::BTreeMap;
use std::fs;

use scraper::{Html, Node, Selector};

use crate::payloads::PAYLOADS;
use crate::support::{Terminal, write};
use crate::{LAST, PLAIN, Record, everywhere, put};

/// A place for a payload: a record around it, and where the page shows it unchanged.
type Place = (&'static str, fn(&str) -> String, &'static [&'static str]);
const PLACES: &[Place] = &[
    (
        "texts",
        |text| Record { title: text, step: text, text, ..PLAIN }.yaml(),
        &["h1", ".rows tr:first-child td", "article:nth-of-type(2)"],
    ),
    ("detail", |text| Record { detail: text, ..PLAIN }.yaml(), &[]),
    ("everywhere", everywhere, &["h1"]),
];

/// Elements that run or load something, or change the rest of the page.
const ACTIVE: &[&str] = &[
    "applet",
    "audio",
    "base",
    "body",
    "button",
    "dialog",
    "embed",
    "form",
    "frame",
    "frameset",
    "head",
    "html",
    "iframe",
    "input",
    "link",
    "marquee",
    "math",
    "meta",
    "noscript",
    "object",
    "plaintext",
    "portal",
    "script",
    "select",
    "source",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "track",
    "video",
    "xmp",
];

/// Attributes with addresses.
const ADDRESSES: &[&str] = &[
    "action",
    "background",
    "cite",
    "classid",
    "codebase",
    "data",
    "formaction",
    "from",
    "href",
    "longdesc",
    "manifest",
    "ping",
    "poster",
    "profile",
    "src",
    "srcset",
    "to",
    "usemap",
    "values",
];

/// Elements that load their address as soon as the page is opened.
const FETCH: &[&str] = &["img", "image", "source", "link", "script", "use", "video", "audio"];

/// Returns everything active in a page, with the number of occurrences.
pub(crate) fn active(page: &Html) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let mut add = |what: String| *found.entry(what).or_default() += 1;
    for element in page.tree.values().filter_map(Node::as_element) {
        let tag = element.name().to_lowercase();
        let task = tag == "input"
            && element.attr("type") == Some("checkbox")
            && element.attr("disabled").is_some();
        if ACTIVE.contains(&tag.as_str()) && !task {
            add(format!("<{tag}>"));
        }
        for (name, value) in element.attrs() {
            let name = name.to_lowercase();
            if name.starts_with("on") || name == "srcdoc" || name == "style" {
                add(format!("{name} of <{tag}>"));
            }
            if ADDRESSES.contains(&name.as_str()) && acts(&tag, value) {
                add(format!("{name}={value:.40} of <{tag}>"));
            }
        }
    }
    found
}

/// Whether following an address does more than lead somewhere.
fn acts(tag: &str, address: &str) -> bool {
    let scheme = scheme(address);
    match scheme.as_str() {
        "" => false,
        "http" | "https" | "//" => FETCH.contains(&tag),
        "mailto" | "tel" => false,
        "data" => {
            let picture = ["png", "jpeg", "gif", "webp"];
            !picture.iter().any(|kind| address.starts_with(&format!("data:image/{kind};")))
        }
        _ => true,
    }
}

/// Returns the scheme as a browser finds it: spaces and control characters around it and line ends in it are ignored.
fn scheme(address: &str) -> String {
    let address = address.trim_matches(|c| c <= ' ').replace(['\t', '\n', '\r'], "");
    let part = |c: char| c.is_ascii_alphanumeric() || "+.-".contains(c);
    match address.split_once(':') {
        Some((scheme, _)) if scheme.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            if scheme.chars().all(part) { scheme.to_lowercase() } else { String::new() }
        }
        _ if address.starts_with("//") || address.replace('\\', "/").starts_with("//") => {
            "//".to_owned()
        }
        _ => String::new(),
    }
}

/// Returns what is active in `page` and not in `plain`.
pub(crate) fn beyond(page: &Html, plain: &BTreeMap<String, usize>) -> Vec<String> {
    let more = active(page)
        .into_iter()
        .filter(|(what, count)| *count > plain.get(what).copied().unwrap_or(0));
    more.map(|(what, _)| what).collect()
}

fn text_of(page: &Html, selector: &str) -> String {
    let found = page.select(&Selector::parse(selector).unwrap()).next();
    words(&found.map(|element| element.text().collect::<String>()).unwrap_or_default())
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_judge_sees_what_is_active() {
    for (page, seen) in [
        ("<p>x <b>y</b></p>", ""),
        ("<a href='https://e.example/'>x</a>", ""),
        ("<a href='a/b:c'>x</a>", ""),
        ("<script>x</script>", "<script>"),
        ("<p><svg><script>x", "<script> <svg>"),
        ("<b OnClick=x>y</b>", "onclick of <b>"),
        ("<a href='java&#9;script:x'>y</a>", "href=java\tscript:x of <a>"),
        ("<a href=' JavaScript&colon;x'>y</a>", "href= JavaScript:x of <a>"),
        ("<svg><a xlink:href='data:x'>y</a></svg>", "<svg> href=data:x of <a>"),
        ("<img src='//e.example/x.png'>", "src=//e.example/x.png of <img>"),
        ("<img src='data:image/png;base64,AA'>", ""),
        ("<template><p onclick=x>", "<template> onclick of <p>"),
    ] {
        let plain = active(&Html::parse_document(""));
        let found = beyond(&Html::parse_document(page), &plain).join(" ");
        assert_eq!(found, seen, "{page}");
    }
}

#[test]
fn nothing_of_a_text_becomes_active_in_a_page() {
    let terminal = Terminal::new(None);
    write(&terminal.folder().join("incidents/assets/x/a.png"), b"\x89PNG\r\n\x1a\n");
    for (place, record, _) in PLACES {
        put(&terminal, &format!("{place}-plain"), &record("plain"));
        for (number, payload) in PAYLOADS.iter().enumerate() {
            put(&terminal, &format!("{place}-{number}"), &record(payload));
        }
    }
    let made = terminal.outcome("exec asrun render --all --template html -o out/", 60);
    assert_eq!((made.code, made.errors.contains("panicked")), (Some(0), false), "{made:?}");
    let page = |name: &str| {
        let path = terminal.folder().join(format!("out/{name}.html"));
        fs::read_to_string(path).unwrap_or_else(|e| panic!("{name}: {e}"))
    };
    let mut wrong = Vec::new();
    for (place, _, shown) in PLACES {
        let plain = active(&Html::parse_document(&page(&format!("{place}-plain"))));
        for (number, payload) in PAYLOADS.iter().enumerate() {
            let page = Html::parse_document(&page(&format!("{place}-{number}")));
            let mut fault = |what: &str| wrong.push(format!("{place} {payload:?}: {what}"));
            for what in beyond(&page, &plain) {
                fault(&what);
            }
            if text_of(&page, "article:nth-of-type(3) h3") != format!("10:03 {LAST}") {
                fault("the next event is gone");
            }
            let controls = payload.contains(|c: char| c.is_control() && c != '\n' && c != '\t');
            let odd = controls || payload.contains('\u{2028}');
            for place in shown.iter().filter(|_| !odd) {
                if !text_of(&page, place).contains(&words(payload)) {
                    fault(&format!("{place} does not show it as it is"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

/// Returns texts that take a careless Markdown parser quadratic time.
fn slow() -> Vec<(&'static str, String)> {
    let list = |depth: usize| (0..depth).map(|i| format!("{}- a\n", "  ".repeat(i))).collect();
    let table = |columns| format!("{}\n{}\n|x", "|a".repeat(columns), "|-".repeat(columns));
    vec![
        ("brackets", "[".repeat(50_000)),
        ("pictures", "![".repeat(15_000)),
        ("emphasis", "*a ".repeat(20_000)),
        ("underscores", "_a ".repeat(20_000)),
        ("strikes", "~~a ".repeat(15_000)),
        ("quotes", ">".repeat(50_000)),
        ("links", "[a](".repeat(15_000)),
        ("addresses", format!("[a]({}", "(".repeat(30_000))),
        ("backticks", "`a``".repeat(10_000)),
        ("growing backticks", (1..400).map(|n| format!("{} ", "`".repeat(n))).collect()),
        ("lists", list(300)),
        ("tags", "<a".repeat(30_000)),
        ("open tags", format!("<div>\n{}", "<a x=\"".repeat(5_000))),
        ("comments", "<!--".repeat(15_000)),
        ("closed tags", "<b>x</i>".repeat(2_500)),
        ("table", table(5_000)),
        ("footnotes", format!("{}\n\n[^1]: [^1]", "[^1]".repeat(10_000))),
        ("references", format!("{}{}", "[a]: b\n".repeat(10_000), "[a]".repeat(100))),
        ("entities", "&a".repeat(30_000)),
        ("fences", "```\n".repeat(1_501)),
        ("headings", "# a\n".repeat(5_000)),
    ]
}

#[test]
fn no_text_takes_forever() {
    let terminal = Terminal::new(None);
    for (name, text) in slow() {
        put(
            &terminal,
            &name.replace(' ', "-"),
            &Record { text: &text, detail: &text, ..PLAIN }.yaml(),
        );
    }
    for template in ["html", "retrospective"] {
        let command = format!("exec asrun render --all --template {template} -o out/");
        let made = terminal.outcome(&command, 60);
        assert_eq!(made.code, Some(0), "{template}: {}", made.errors);
    }
}

/// Returns records for which a parser could scan the rest of a line again for each character.
fn slow_records() -> Vec<(&'static str, String)> {
    let detail = |text: String| format!("detail: {text}}}\n");
    let event = "title: x\ntimezone: UTC\nevents:\n  - {at: 2024-09-07 10:00, text: x, ";
    vec![
        ("escapes", format!("{event}{}", detail(format!("\"{}\"", "a\\n".repeat(300_000))))),
        ("texts", format!("title: x\ntimezone: UTC\ntags: [{}b]\n", "\"a\", ".repeat(300_000))),
        ("quotes", format!("title: x\ntimezone: UTC\ntags: [{}b]\n", "'a', ".repeat(300_000))),
    ]
}

#[test]
fn no_record_is_read_for_ever() {
    for (name, record) in slow_records() {
        let terminal = Terminal::new(None);
        put(&terminal, name, &record);
        let made = terminal.outcome("exec asrun list", 30);
        assert_eq!(made.code, Some(0), "{name}: {:.300}", made.errors);
    }
}
