//! Tests with programs that read asrun's output: site generators, Markdown parsers, a browser. Each needs its program
//! and is run by name (docs/testing.md): `cargo test --test consumers -- --ignored NAME`. If the program is missing,
//! the test fails instead of being skipped.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{Terminal, write};

/// The pictures of the record below: a file, and its width.
const PICTURES: &[(&str, &str)] = &[
    ("one.png", "50%"),
    ("two.png", ""),
    ("three.png", "50%"),
    ("four.png", "320"),
    ("five.png", ""),
];

/// Texts that a Markdown parser may misinterpret.
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

/// Runs a program in a folder and returns its output.
fn ran(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    assert!(output.is_ok(), "{program} is needed: {output:?}");
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// Returns the `<img>` tags of a page, each with its address and width.
fn images(html: &str) -> Vec<(String, String)> {
    let value = |tag: &str, name: &str| {
        let rest = tag.split_once(&format!("{name}=\""))?.1;
        Some(rest.split('"').next()?.to_owned())
    };
    let tags = html.split("<img ").skip(1).filter_map(|rest| rest.split('>').next());
    tags.map(|tag| (value(tag, "src").unwrap(), value(tag, "width").unwrap_or_default())).collect()
}

/// Checks that every picture is in a page once, with its width, and that its address leads to its file.
fn shows_every_picture(html: &str, file_of: impl Fn(&str) -> PathBuf) {
    let images = images(html);
    assert_eq!(images.len(), PICTURES.len(), "{html}");
    for ((source, width), (file, wanted)) in images.iter().zip(PICTURES) {
        assert!(source.ends_with(file), "{source} is not {file}\n{html}");
        assert_eq!(width, wanted, "{file}\n{html}");
        assert!(file_of(source).is_file(), "{source} leads nowhere");
    }
}

/// Checks that no text became a table: the page only has asrun's own two.
fn has_its_own_tables_alone(html: &str) {
    assert_eq!(html.matches("<table").count(), 2, "{html}");
    for text in ["cut -d '|' | sort", "<code>a | b</code>", "do | this"] {
        let plain = html.replace("<code class=\"language-plaintext highlighter-rouge\">", "<code>");
        let plain = plain.replace(['‘', '’'], "'").replace("&rsquo;", "'").replace("&lsquo;", "'");
        assert!(plain.contains(text), "{text}\n{html}");
    }
    assert!(!html.contains("<b>"), "{html}");
    // Markdown escapes are not visible.
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

/// Runs a headless browser in a folder.
fn browsed(folder: &Path, page: &str, options: &[&str]) -> String {
    let address = format!("file://{}", folder.join(page).display());
    let quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
    ran(folder, "chromium", &[&quiet, options, &[&address]].concat())
}

/// Returns what a script writes to the body of a page; the page itself forbids scripts.
fn told_by(folder: &Path, page: &str, script: &str) -> String {
    let (before, rest) = page.split_once("<meta http-equiv").unwrap_or((page, ">"));
    let page = format!("{before}{}", rest.split_once('>').unwrap().1);
    let script = format!("<script>{script}</script></body>");
    write(&folder.join("told.html"), page.replace("</body>", &script).as_bytes());
    let options = ["--window-size=1000,3000", "--virtual-time-budget=20000", "--dump-dom"];
    let dom = browsed(folder, "told.html", &options);
    let body = dom.split("<body").nth(1).and_then(|rest| rest.split_once('>')).unwrap().1;
    body.split("</body>").next().unwrap().trim().to_owned()
}

/// In a browser, the page's embedded pictures are not broken, and have their widths.
#[test]
#[ignore = "needs chromium"]
fn a_browser_shows_every_picture_at_its_width() {
    let terminal = terminal();
    terminal.said("asrun render app --template html -o page.html");
    let page = fs::read_to_string(terminal.folder().join("page.html")).unwrap();
    let measured = "onload = () => { document.body.innerText = [...document.images].map(i => [i.naturalWidth > 0, Math.round(100 * i.width / i.parentElement.clientWidth), i.width].join(' ')).join(';'); }";
    let told = told_by(&terminal.folder(), &page, measured);
    let images: Vec<&str> = told.split(';').collect();
    assert_eq!(images.len(), PICTURES.len(), "{told}");
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

/// Returns a module of Node, in the folder `NODE_MODULES`.
fn module(path: &str) -> PathBuf {
    let folder = std::env::var("NODE_MODULES");
    PathBuf::from(folder.expect("NODE_MODULES names a folder of Node's modules")).join(path)
}

#[test]
#[ignore = "needs chromium, and axe-core of Node"]
fn axe_finds_nothing_that_keeps_people_out_of_the_page() {
    let terminal = terminal();
    terminal.said("asrun render app --template html -o page.html");
    let page = fs::read_to_string(terminal.folder().join("page.html")).unwrap();
    let axe = fs::read_to_string(module("axe-core/axe.min.js")).unwrap();
    let page = page.replace("</body>", &format!("<script>{axe}</script></body>"));
    let script = "onload = async () => { const {violations} = await axe.run(); document.body.innerText = violations.map(v => v.id + ' ' + v.nodes.map(n => n.html)).join(';') || 'none'; }";
    assert_eq!(told_by(&terminal.folder(), &page, script), "none");
}

/// Texts wider than the chart, and times close to each other.
const CROWDED: &str = "title: \"A release whose title is so long that it would run off the picture on both of its sides, however wide a page may show it to be\"
kind: release
timezone: UTC
plan:
  - {id: one, at: 2024-09-07T17:00+00:00, text: \"TEXT of the first step\"}
  - {id: two, at: 2024-09-07T17:05+00:00, text: \"TEXT of the second step\"}
events:
  - {at: 2024-09-07T17:01+00:00, text: \"TEXT: it; began #1\", step: one}
  - {at: 2024-09-07T17:02+00:00, text: \"TEXT next\"}
  - {at: 2024-09-09T23:00+00:00, text: \"TEXT last\", step: two}
";

#[test]
#[ignore = "needs chromium, and mermaid of Node"]
fn mermaid_draws_every_text_inside_its_picture() {
    let terminal = terminal();
    let long = "a text of more than a hundred signs that nobody would write into a chart by hand, and that somebody pastes all the same, ";
    let record = CROWDED.replace("TEXT", long);
    write(&terminal.folder().join("incidents/crowded.yaml"), record.as_bytes());
    let mermaid = module("mermaid/dist/mermaid.min.js");
    for (id, drawn) in [("crowded", 5), ("app", 2)] {
        let document = terminal.said(&format!("asrun render {id} --template github"));
        let chart = document.split("```mermaid\n").nth(1).unwrap().split("```").next().unwrap();
        let page = format!("<body><script src=\"{}\"></script></body>", mermaid.display());
        let script = format!(
            "mermaid.initialize({{startOnLoad: false}}); onload = async () => {{ try {{ \
             const {{svg}} = await mermaid.render('g', {}); document.body.innerHTML = svg; \
             const frame = document.querySelector('svg').getBoundingClientRect(); \
             const places = [...document.querySelectorAll('svg text')].map(t => [t.getBoundingClientRect(), t.textContent]); \
             const out = places.filter(([r]) => r.left < frame.left - 1 || r.right > frame.right + 1); \
             const ticks = [...document.querySelectorAll('.tick text')].map(t => t.getBoundingClientRect()); \
             const over = ticks.filter((r, i) => i > 0 && r.left < ticks[i - 1].right); \
             const tasks = document.querySelectorAll('svg .task').length; \
             document.body.innerText = [tasks, out.map(([, t]) => t), over.length].join(';'); \
             }} catch (e) {{ document.body.innerText = 'refused: ' + e; }} }}",
            serde_json::to_string(chart).unwrap()
        );
        let told = told_by(&terminal.folder(), &page, &script);
        assert_eq!(told, format!("{drawn};;0"), "{id}: {chart}");
    }
}

#[test]
#[ignore = "needs node, and markdown-it of Node"]
fn markdown_it_shows_every_picture() {
    let terminal = terminal();
    terminal.said("asrun render app --template retrospective -o page.md");
    let script = format!(
        "const read = require({:?})({{html: true}}); console.log(read.render(require('fs').readFileSync('page.md', 'utf8')))",
        module("markdown-it")
    );
    let html = ran(&terminal.folder(), "node", &["-e", &script]);
    shows_every_picture(&html, |source| terminal.folder().join(source));
    has_its_own_tables_alone(&html);
}

fn python(folder: &Path, script: &str) -> String {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    ran(folder, &python, &["-c", script])
}

#[test]
#[ignore = "needs Python with html5lib"]
fn a_strict_reader_of_html_finds_no_fault_in_the_page() {
    let terminal = terminal();
    for id in ["app", "3.0"] {
        let from = if id == "3.0" { format!("-C {}", root("").display()) } else { String::new() };
        terminal.said(&format!("asrun {from} render {id} --template html > page.html"));
        let script = "import html5lib; html5lib.HTMLParser(strict=True).parse(open('page.html', 'rb')); print('read')";
        assert_eq!(python(&terminal.folder(), script), "read\n");
    }
}

/// Determines the proportions of white and black in a picture, and which of the chart's own colours it has.
const READ_COLOURS: &str = "
from PIL import Image
image = Image.open('chart.png').convert('RGB')
colours = {colour: count for count, colour in image.getcolors(1 << 24)}
whole = sum(colours.values())
dark = sum(count for colour, count in colours.items() if max(colour) < 48)
print(colours.get((255, 255, 255), 0) * 2 > whole, dark * 10 < whole,
      (5, 80, 174) in colours, (17, 99, 41) in colours)
";

#[test]
#[ignore = "needs rsvg-convert, and Python with Pillow"]
fn librsvg_draws_charts_in_their_colours() {
    let terminal = terminal();
    terminal.said(&format!("asrun -C {} chart 3.0 --format svg > chart.svg", root("").display()));
    let arguments = ["--background-color", "white", "-o", "chart.png", "chart.svg"];
    ran(&terminal.folder(), "rsvg-convert", &arguments);
    assert_eq!(python(&terminal.folder(), READ_COLOURS), "True True True True\n");
}

/// Returns a record of many pages: sections with a heading and a paragraph each, events with texts of various lengths.
fn long_record() -> String {
    let sentence = "a sentence of a dozen words that fills a line of a page. ";
    let mut record = "title: Long\ntimezone: UTC\nevents:\n".to_owned();
    for number in 0..24 {
        let detail = format!("detail: \"{}\"", sentence.repeat(1 + number * 5 % 31));
        record.push_str(&format!(
            "  - {{at: 2024-09-07T{:02}:{:02}+00:00, text: heading {number}, {detail}}}\n",
            10 + number / 6,
            number % 6 * 10
        ));
    }
    record.push_str("sections:\n");
    for number in 24..48 {
        let body = sentence.repeat(1 + number * 7 % 23);
        record.push_str(&format!("  - {{title: heading {number}, body: \"{body}\"}}\n"));
    }
    record
}

#[test]
#[ignore = "needs chromium and pdftotext"]
fn a_printed_page_has_its_number_and_no_heading_alone_at_its_foot() {
    let terminal = terminal();
    let folder = terminal.folder();
    write(&folder.join("incidents/long.yaml"), long_record().as_bytes());
    terminal.said("asrun render long --template html -o long.html");
    let printed = format!("--print-to-pdf={}", folder.join("long.pdf").display());
    browsed(&folder, "long.html", &["--no-pdf-header-footer", &printed]);
    let text = ran(&folder, "pdftotext", &["-layout", "long.pdf", "-"]);
    let pages: Vec<Vec<&str>> = text
        .trim_end_matches('\u{c}')
        .split('\u{c}')
        .map(|page| page.lines().map(str::trim).filter(|line| !line.is_empty()).collect())
        .collect();
    assert!(pages.len() > 5, "{text}");
    for (number, page) in pages.iter().enumerate() {
        let (foot, above) = page.split_last().unwrap();
        assert_eq!(*foot, format!("{} / {}", number + 1, pages.len()), "{page:?}");
        // An event's heading begins with its time.
        let last = above.last().unwrap().trim_start_matches(|c: char| "0123456789: ".contains(c));
        assert!(!last.starts_with("heading"), "{page:?}");
    }
    // A text that is longer than the rest of a page is split, instead of being moved to the next page.
    let full = pages.iter().map(Vec::len).max().unwrap();
    let (_, all_but_last) = pages.split_last().unwrap();
    assert!(all_but_last.iter().all(|page| page.len() * 2 > full), "{text}");
}

/// Reads the calendar of a plan with two other programs: the name, number, beginning and state of each entry.
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
    let read = || {
        terminal.said("asrun plan export app --format ics > plan.ics");
        python(site, READ_CALENDAR)
    };
    let first = "deploy.app@asrun 0 2024-09-07T08:30:00+00:00 CONFIRMED '배포; 시작, 그리고\\\\확인'\nlate.app@asrun 0 2024-11-03T06:30:00+00:00 CONFIRMED 'after the clocks changed'\npost.app@asrun 0 2024-09-07T09:00:00+00:00 CONFIRMED 'one\\nEND:VEVENT\\nBEGIN:VEVENT\\nSUMMARY:FAKE'\n";
    assert_eq!(read(), first);
    terminal.said("asrun plan move deploy 20:00 -r app --why later; asrun plan skip post -r app");
    let moved = read();
    assert!(moved.contains("deploy.app@asrun 1 2024-09-07T11:00:00+00:00 CONFIRMED"), "{moved}");
    assert!(moved.contains("post.app@asrun 1 2024-09-07T09:00:00+00:00 CANCELLED"), "{moved}");
    assert!(moved.contains("late.app@asrun 0 "), "{moved}");
}
