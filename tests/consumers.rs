//! Those who read what asrun writes: site builders, Markdown readers, a browser. Each needs its program and is
//! asked for by name (docs/testing.md): `cargo test --test consumers -- --ignored NAME`. Where the program is
//! missing a test fails: it never passes unseen.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{Terminal, write};

/// The pictures of the record below: a file, and the width that it says.
const PICTURES: &[(&str, &str)] = &[
    ("one.png", "50%"),
    ("two.png", ""),
    ("three.png", "50%"),
    ("four.png", "320"),
    ("five.png", ""),
];

/// Texts that a reader of Markdown may take for something else.
const RECORD: &str = r#"title: "앱 3.0 | 출시 <b>"
kind: release
date: 2024-09-07
timezone: Asia/Seoul
language: ko
published: 2024-09-09T12:00+09:00
summary: "a | b c"
plan:
  - {id: go, at: 2024-09-07T17:30+09:00, text: 배포 | 시작}
events:
  - at: 2024-09-07T17:00+09:00
    text: 배포 | 시작
    step: go
    key: true
    why: x | y
    detail: |
      <img src=one.png width=50%>

      cut -d '|' | sort and `a | b`

      ![둘](two.png)

      ![셋](three.png){width=50%}
    attachments:
      - {file: four.png, alt: "넷 [x] \"y\"", width: "320", caption: under | it}
      - {file: five.png, alt: "다섯 [y] *z*"}
    refs: ["https://e.example/a|b"]
contributing_factors: [p | q]
actions: [{text: do | this, owner: ops}]
"#;

fn terminal() -> Terminal {
    let terminal = Terminal::new(None);
    let png = fs::read(root("tests/cases/blog-post/before/shots/store.png")).unwrap();
    write(&terminal.folder().join("incidents/app.yaml"), RECORD.as_bytes());
    for (file, _) in PICTURES {
        write(&terminal.folder().join("incidents/assets/app").join(file), &png);
    }
    terminal
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Runs a program in a folder and returns what it said.
fn ran(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    assert!(output.is_ok(), "{program} is needed: {output:?}");
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// The `<img>` of a page, each with its address and its width.
fn images(html: &str) -> Vec<(String, String)> {
    let value = |tag: &str, name: &str| {
        let rest = tag.split_once(&format!("{name}=\""))?.1;
        Some(rest.split('"').next()?.to_owned())
    };
    let tags = html.split("<img ").skip(1).filter_map(|rest| rest.split('>').next());
    tags.map(|tag| (value(tag, "src").unwrap(), value(tag, "width").unwrap_or_default())).collect()
}

/// Every picture stands in a page once, at its width, and its file lies where the address leads.
fn shows_every_picture(html: &str, file_of: impl Fn(&str) -> PathBuf) {
    let images = images(html);
    assert_eq!(images.len(), PICTURES.len(), "{html}");
    for ((source, width), (file, wanted)) in images.iter().zip(PICTURES) {
        assert!(source.ends_with(file), "{source} is not {file}\n{html}");
        assert_eq!(width, wanted, "{file}\n{html}");
        assert!(file_of(source).is_file(), "{source} leads nowhere");
    }
}

/// No text became a table: the page has the two that asrun draws.
fn has_its_own_tables_alone(html: &str) {
    assert_eq!(html.matches("<table").count(), 2, "{html}");
    for text in ["cut -d '|' | sort", "<code>a | b</code>", "do | this"] {
        let plain = html.replace("<code class=\"language-plaintext highlighter-rouge\">", "<code>");
        let plain = plain.replace(['‘', '’'], "'").replace("&rsquo;", "'").replace("&lsquo;", "'");
        assert!(plain.contains(text), "{text}\n{html}");
    }
    assert!(!html.contains("<b>"), "{html}");
    // What is escaped for Markdown is not shown escaped.
    assert!(!html.contains('\\'), "{html}");
    assert!(html.contains("다섯 [y] *z*"), "{html}");
}

#[test]
#[ignore = "needs jekyll"]
fn jekyll_shows_every_picture_and_makes_no_table_of_a_text() {
    let terminal = terminal();
    let site = &terminal.folder();
    write(&site.join("_config.yml"), b"exclude: [incidents]\nbaseurl: /blog\n");
    write(&site.join("_layouts/post.html"), b"<h1>{{ page.title | escape }}</h1>\n{{ content }}\n");
    // A project's pages are served under its name.
    terminal.said("asrun set post.baseurl /blog");
    let said = terminal.said("asrun render app --template jekyll -o _posts/");
    assert!(said.contains("wrote _posts/2024-09-09-app.md"), "{said}");
    ran(site, "jekyll", &["build", "--quiet", "--disable-disk-cache"]);
    let html = fs::read_to_string(site.join("_site/2024/09/09/app.html")).unwrap();
    shows_every_picture(&html, |source| {
        site.join("_site").join(source.strip_prefix("/blog/").unwrap())
    });
    has_its_own_tables_alone(&html);
}

#[test]
#[ignore = "needs hugo"]
fn hugo_shows_every_picture_and_makes_no_table_of_a_text() {
    let terminal = terminal();
    let site = &terminal.folder();
    write(&site.join("config.toml"), b"baseURL = 'https://e.example/blog/'\ndisableKinds = ['taxonomy', 'term', 'RSS', 'sitemap', 'home', 'section']\n");
    write(&site.join("layouts/_default/single.html"), b"<h1>{{ .Title }}</h1>\n{{ .Content }}\n");
    terminal.said("asrun render app --template hugo -o content/posts/");
    ran(site, "hugo", &["--quiet"]);
    let page = site.join("public/posts/app");
    let html = fs::read_to_string(page.join("index.html")).unwrap();
    shows_every_picture(&html, |source| page.join(source.trim_start_matches("./")));
    has_its_own_tables_alone(&html);
    assert!(html.contains("넷 [x] &#34;y&#34;") || html.contains("넷 [x] &quot;y&quot;"), "{html}");
}

#[test]
#[ignore = "needs cmark-gfm"]
fn cmark_gfm_shows_every_picture() {
    let terminal = terminal();
    terminal.said("asrun render app --template retrospective -o page.md");
    let arguments = ["--unsafe", "-e", "table", "-e", "tasklist", "-e", "autolink", "page.md"];
    let html = ran(&terminal.folder(), "cmark-gfm", &arguments);
    shows_every_picture(&html, |source| terminal.folder().join(source));
    has_its_own_tables_alone(&html);
}

/// What a browser makes of the page, which holds its pictures: none is broken, each is as wide as it says.
#[test]
#[ignore = "needs chromium"]
fn a_browser_shows_every_picture_at_its_width() {
    let terminal = terminal();
    terminal.said("asrun render app --template html -o page.html");
    let page = fs::read_to_string(terminal.folder().join("page.html")).unwrap();
    // The page forbids scripts; this one measures it.
    let measured = "<script>onload = () => { document.body.innerText = [...document.images].map(i => [i.naturalWidth > 0, Math.round(100 * i.width / i.parentElement.clientWidth), i.width].join(' ')).join(';'); }</script></body>";
    let (before, rest) = page.split_once("<meta http-equiv").unwrap();
    let page = format!("{before}{}", rest.split_once('>').unwrap().1).replace("</body>", measured);
    write(&terminal.folder().join("measured.html"), page.as_bytes());
    let address = format!("file://{}", terminal.folder().join("measured.html").display());
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1000,3000",
        "--dump-dom",
        &address,
    ];
    let dom = ran(&terminal.folder(), "chromium", &arguments);
    let body = dom.split("<body").nth(1).and_then(|rest| rest.split_once('>')).unwrap().1;
    let images: Vec<&str> = body.split("</body>").next().unwrap().trim().split(';').collect();
    assert_eq!(images.len(), PICTURES.len(), "{dom}");
    for (image, (file, width)) in images.iter().zip(PICTURES) {
        let there: Vec<&str> = image.split(' ').collect();
        assert_eq!(there[0], "true", "{file} is broken");
        match width.strip_suffix('%') {
            Some(share) => assert_eq!(there[1], share, "{file}: {image}"),
            None if !width.is_empty() => assert_eq!(there[2], *width, "{file}: {image}"),
            None => {}
        }
    }
}

/// What two programs of other hands read in the calendar of a plan: each entry's name, number, begin and state.
const READ_CALENDAR: &str = "
import sys, icalendar, vobject
text = open('plan.ics', 'rb').read()
entries = [e for e in icalendar.Calendar.from_ical(text).walk('VEVENT')]
others = vobject.readOne(text.decode()).vevent_list
assert len(entries) == len(others), (len(entries), len(others))
assert sorted(str(e['SUMMARY']) for e in entries) == sorted(o.summary.value for o in others)
for e in sorted(entries, key=lambda e: str(e['UID'])):
    begin = e['DTSTART'].dt
    assert begin.tzinfo is not None and len(e.walk('VALARM')) == (str(e['STATUS']) != 'CANCELLED'), e
    print(e['UID'], e['SEQUENCE'], begin.isoformat(), e['STATUS'], repr(str(e['SUMMARY'])))
";

#[test]
#[ignore = "needs Python with icalendar and vobject"]
fn calendars_read_a_plan_that_moves() {
    let terminal = Terminal::new(None);
    let site = &terminal.folder();
    let hostile = "title: \"앱; 출시, 회고\"\nkind: release\ntimezone: Asia/Seoul\nplan:\n  - {id: deploy, at: 2024-09-07T17:30+09:00, text: \"배포; 시작, 그리고\\\\확인\", owner: ios}\n  - {id: post, at: 2024-09-07T18:00+09:00, text: \"one\\nEND:VEVENT\\nBEGIN:VEVENT\\nSUMMARY:FAKE\"}\n  - {id: late, at: 2024-11-03T01:30-05:00, text: after the clocks changed}\n";
    write(&site.join("incidents/app.yaml"), hostile.as_bytes());
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let read = || {
        terminal.said("asrun plan export app --format ics > plan.ics");
        ran(site, &python, &["-c", READ_CALENDAR])
    };
    let first = "deploy.app@asrun 0 2024-09-07T08:30:00+00:00 CONFIRMED '배포; 시작, 그리고\\\\확인'\nlate.app@asrun 0 2024-11-03T06:30:00+00:00 CONFIRMED 'after the clocks changed'\npost.app@asrun 0 2024-09-07T09:00:00+00:00 CONFIRMED 'one\\nEND:VEVENT\\nBEGIN:VEVENT\\nSUMMARY:FAKE'\n";
    assert_eq!(read(), first);
    terminal.said("asrun plan move deploy 20:00 -r app --why later; asrun plan skip post -r app");
    let moved = read();
    assert!(moved.contains("deploy.app@asrun 1 2024-09-07T11:00:00+00:00 CONFIRMED"), "{moved}");
    assert!(moved.contains("post.app@asrun 1 2024-09-07T09:00:00+00:00 CANCELLED"), "{moved}");
    assert!(moved.contains("late.app@asrun 0 "), "{moved}");
}
