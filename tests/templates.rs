//! Checks that `docs/templates.md` lists exactly what a template sees, and that every built-in template renders a
//! complete record for every audience without leaks.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{Terminal, write};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Returns a project with a record that has every field.
fn terminal() -> Terminal {
    let terminal = Terminal::new(None);
    let record = fs::read(root("tests/templates/full.yaml")).unwrap();
    write(&terminal.folder().join("incidents/full.yaml"), &record);
    let assets = terminal.folder().join("incidents/assets/full");
    for file in ["a.png", "b.png"] {
        write(&assets.join(file), b"\x89PNG\r\n\x1a\n");
    }
    terminal
}

/// Returns the tables of the documentation: the fields under each heading.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root("docs/templates.md")).unwrap();
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut heading = String::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            name.clone_into(&mut heading);
        } else if heading == "Words" {
            let words = line.split('`').skip(1).step_by(2).map(str::to_owned);
            tables.entry(heading.clone()).or_default().extend(words);
        } else if let Some(field) = line.strip_prefix("| `").and_then(|rest| rest.split('`').next())
        {
            tables.entry(heading.clone()).or_default().insert(field.to_owned());
        }
    }
    tables
}

/// Returns the table that documents the value of a field.
fn table_of(field: &str, parent: &str) -> &'static str {
    match (field, parent) {
        ("", _) => "A record",
        ("time" | "until" | "logged" | "first_planned" | "published" | "next_update", _) => {
            "A time"
        }
        ("plan" | "step", _) => "A step",
        ("post", _) => "A post",
        ("review", _) => "A review",
        ("rows", _) => "A row",
        ("events", "A row") => "An event of a row",
        ("events", _) => "An event",
        ("attachments", _) => "A file",
        ("durations", _) => "A duration",
        ("silences", _) => "A silence",
        ("lessons", _) => "Lessons",
        ("actions", _) => "An action",
        ("sections", _) => "A section",
        ("labels", _) => "Words",
        _ => "",
    }
}

fn collect(
    field: &str,
    parent: &str,
    value: &Value,
    seen: &mut BTreeMap<String, BTreeSet<String>>,
) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(field, parent, item, seen)),
        Value::Object(entries) => {
            let table = table_of(field, parent);
            for (key, value) in entries {
                seen.entry(table.to_owned()).or_default().insert(key.clone());
                collect(key, table, value, seen);
            }
        }
        _ => {}
    }
}

#[test]
fn the_documentation_describes_every_field_and_no_other() {
    let said = terminal().said("asrun templates context full --json");
    let dump: Value = serde_json::from_str(&said).unwrap();
    let mut seen = BTreeMap::new();
    collect("", "", &dump, &mut seen);
    let documented = documented();
    assert!(seen.len() >= 13, "{:?}", seen.keys());
    for (table, fields) in &seen {
        assert_eq!(documented.get(table), Some(fields), "## {table} in docs/templates.md");
    }
}

#[test]
fn the_documentation_lists_every_built_in_template() {
    let text = fs::read_to_string(root("docs/templates.md")).unwrap();
    let guide = fs::read_to_string(root("docs/guide.md")).unwrap();
    for template in asrun::render::BUILT_IN {
        let header = template.header().line();
        let words: Vec<&str> = header.split(['=', ' ']).collect();
        let [audience, site, records] = [words[3], words[5], words[7]];
        let line = format!(
            "| `{}` | {audience} | {site} | {records} | {} |",
            template.name(),
            template.about()
        );
        assert!(text.contains(&line), "{line}");
        let name = format!("`{}`", template.name());
        assert!(guide.contains(&name), "docs/guide.md does not name {name}");
    }
}

/// Whether tags without an end tag are self-closing, for XML parsers.
fn closed_in_themselves(page: &str) -> bool {
    let of = |tag: &&str| ["br", "hr", "img"].iter().any(|name| tag.starts_with(name));
    let mut tags = page.split('<').skip(1).filter_map(|rest| rest.split('>').next()).filter(of);
    tags.all(|tag| tag.ends_with('/'))
}

#[test]
fn every_template_renders_a_record_that_has_everything() {
    let terminal = terminal();
    for template in asrun::render::BUILT_IN {
        let name = template.name();
        for (audience, draft) in [("team", ""), ("public", ""), ("team", " --draft")] {
            let command =
                format!("asrun render full --template {name} --audience {audience}{draft}");
            let said = terminal.said(&command);
            assert!(!said.contains("[exit"), "{command}:\n{said}");
            assert!(said.contains("전부"), "{command}:\n{said}");
            assert!(!said.contains("<script>"), "{command}:\n{said}");
            assert!(name == "html" || closed_in_themselves(&said), "{command}:\n{said}");
            if audience == "public" {
                assert!(!said.contains("SECRETWORD"), "{command} leaks:\n{said}");
                assert!(!said.contains("내부 절"), "{command} leaks:\n{said}");
                assert!(!said.contains("kim"), "{command} names somebody:\n{said}");
            }
        }
    }
}

#[test]
fn a_record_with_little_content_leaves_no_separators() {
    let terminal = terminal();
    write(
        &terminal.folder().join("incidents/little.yaml"),
        b"title: x\nevents:\n  - {at: unknown, text: a}\n",
    );
    for template in asrun::render::BUILT_IN {
        let said = terminal.said(&format!("asrun render little --template {}", template.name()));
        assert!(said.contains('x') && !said.contains("[exit"), "{said}");
        for line in said.lines() {
            let line =
                line.trim_start_matches("<p class=\"soft\">").trim_end_matches("</p>").trim();
            assert!(!line.starts_with('·') && !line.ends_with('·'), "{}: {line}", template.name());
        }
    }
}

#[test]
fn an_exported_template_is_complete_and_renders_the_same() {
    let terminal = terminal();
    for sample in fs::read_dir(root("incidents")).unwrap() {
        let sample = sample.unwrap().path();
        if sample.is_file() {
            let name = sample.file_name().unwrap().to_str().unwrap();
            write(&terminal.folder().join("incidents").join(name), &fs::read(&sample).unwrap());
        }
    }
    let rendered = |name: &str| {
        let shown = ["", " --draft"].map(|draft| {
            terminal.said(&format!("for r in full 3.0 checkout; do asrun render $r --template {name} --audience team{draft}; done"))
        });
        shown.concat()
    };
    for template in asrun::render::BUILT_IN {
        let name = template.name();
        let before = rendered(name);
        let said = terminal.said(&format!("asrun templates export {name}"));
        assert!(!said.contains("[exit"), "{said}");
        let ending = if name == "html" { "html" } else { "md" };
        let own = terminal.folder().join(format!("templates/{name}.{ending}"));
        let text = fs::read_to_string(&own).unwrap();
        assert!(!text.contains("{% import") && !text.contains("include \""), "{name}:\n{text}");
        // The page embeds its pictures under the built-in template's name and under another name alike.
        assert_eq!(rendered(name), before, "{name}");
        fs::remove_file(own).unwrap();
    }
}

#[test]
fn a_public_document_stops_at_what_looks_like_a_secret() {
    let terminal = terminal();
    let path = terminal.folder().join("incidents/leak.yaml");
    let record = "title: x\ntimezone: UTC\nevents:\n  - at: 2024-09-07 10:00\n    text: down\n    attachments:\n      - {file: a.png, alt: db1.prod.internal in the corner}\n";
    write(&path, record.as_bytes());
    write(&terminal.folder().join("incidents/assets/leak/a.png"), b"\x89PNG\r\n\x1a\n");
    // Something that a page does not show does not stop it.
    let said = terminal.said("asrun render leak --template public -o fine.md");
    assert!(said.contains("wrote fine.md"), "{said}");
    let said = terminal.said("asrun render leak --template hugo -o out.md");
    assert!(
        said.contains("an internal host") && said.contains("events 1 attachments alt"),
        "{said}"
    );
    assert!(said.ends_with("[exit 1]\n"), "{said}");
    assert!(!terminal.folder().join("out.md").exists());
    let said = terminal.said("asrun render leak --template hugo --publish-anyway -o out.md");
    assert!(said.contains("wrote out.md"), "{said}");
}

#[test]
fn a_template_is_for_the_readers_in_its_first_line_under_any_name() {
    let terminal = terminal();
    let template = |file: &str, text: &str| {
        write(&terminal.folder().join("templates").join(file), text.as_bytes());
    };
    for built_in in asrun::render::BUILT_IN {
        let ending = built_in.file.rsplit('.').next().unwrap();
        for file in [format!("another.{ending}"), format!("내부용.{ending}")] {
            template(&file, built_in.source);
            let command = "asrun render full --template";
            let (copy, whole) = (
                terminal.said(&format!("{command} {file}")),
                terminal.said(&format!("{command} {}", built_in.name())),
            );
            assert_eq!(copy, whole, "{file} of {}", built_in.name());
        }
    }
}

#[test]
fn what_a_site_would_run_is_inert_in_every_grammar() {
    let terminal = terminal();
    let record = "title: \"{{ a }} {{% b %}}\"\ntimezone: UTC\nevents:\n  - {at: 2024-09-07 10:00, text: \"{{ a }} {{% b %}}\", detail: \"{{ a }} {{% b %}}\", refs: [\"{{ a }}{{% b %}}\"]}\n";
    write(&terminal.folder().join("incidents/braces.yaml"), record.as_bytes());
    let body = "{{ title }}\n{{ title|raw }}\n{{ chart() }}\n{{ mermaid() }}\n{{ events[0].detail|markdown }}\n{{ events[0].detail|bullet }}\n{{ events[0].refs[0]|link }}\n{{ title|attr }}\n{{ title|code }}\n{{ title|address }}\n";
    for (site, inert) in [("jekyll", "{% raw %}{{{% endraw %}"), ("hugo", "{{%/*")] {
        for ending in ["md", "html", "HTM", "txt"] {
            let header = format!("{{#- asrun: audience=public site={site} records=one -#}}\n");
            let file = format!("page.{ending}");
            write(&terminal.folder().join("templates").join(&file), (header + body).as_bytes());
            let said = terminal.said(&format!("asrun render braces --template {file}"));
            assert!(said.contains(inert), "{file} for {site}:\n{said}");
            let live = said.replace(inert, "");
            let runs = if site == "jekyll" { ["{{", "{{"] } else { ["{{<", "{{%"] };
            assert!(!runs.iter().any(|sign| live.contains(sign)), "{file} for {site}:\n{said}");
        }
    }
}

#[test]
fn internal_content_stays_internal() {
    let terminal = terminal();
    let record = |name: &str, events: &str| {
        let text = format!("title: {name}\ntimezone: UTC\ndate: 2024-09-07\n{events}");
        write(&terminal.folder().join(format!("incidents/{name}.yaml")), text.as_bytes());
    };
    record("typo", "events:\n  - {at: 2024-09-07 10:00, text: HIDDEN, audence: internal}\n");
    let said = terminal.said("asrun render typo --template public");
    assert!(said.contains("unknown key `audence`") && !said.contains("HIDDEN\n"), "{said}");
    record(
        "mixed",
        "plan:\n  - {id: rotate-admin-key, at: 2024-09-07 10:00, text: ROTATE}\nevents:\n  \
         - {at: 2024-09-07 10:00, text: INSIDE, step: rotate-admin-key, audience: internal}\n  \
         - {at: 2024-09-07 10:05, text: key changed, step: rotate-admin-key}\n",
    );
    for command in
        ["render mixed --template sre --audience public", "show mixed --public --format json"]
    {
        let said = terminal.said(&format!("asrun {command}"));
        assert!(said.contains("key changed"), "{command}:\n{said}");
        for hidden in ["rotate-admin-key", "ROTATE", "INSIDE", "| unplanned |"] {
            assert!(!said.contains(hidden), "{command} says {hidden}:\n{said}");
        }
    }
}

#[test]
fn two_records_are_not_written_to_one_file() {
    let terminal = terminal();
    for name in ["foo", "2024-09-09-foo"] {
        let text = format!("title: {name}\ndate: 2024-09-09\ntimezone: UTC\n");
        write(&terminal.folder().join(format!("incidents/{name}.yaml")), text.as_bytes());
    }
    let said = terminal.said("asrun render foo 2024-09-09-foo --template chirpy -o out/");
    assert!(said.contains("would be written from") && said.contains("[exit 1]"), "{said}");
}

#[test]
fn check_compares_copied_files_and_ignores_line_ends() {
    let terminal = terminal();
    let said = terminal.said("asrun render full --template chirpy -o out/");
    assert!(said.contains("wrote out/"), "{said}");
    let check = "asrun render full --template chirpy -o out/ --check";
    assert!(!terminal.said(check).contains("[exit"));
    let said = terminal.said(&format!("sed -i 's/$/\\r/' out/*.md && {check}"));
    assert!(!said.contains("[exit"), "{said}");
    let said = terminal.said(&format!("rm out/assets/img/full/a.png && {check}"));
    assert!(
        said.contains("a.png is missing, or differs from the record's file")
            && said.contains("[exit 1]"),
        "{said}"
    );
}

#[test]
fn pictures_in_the_text_are_copied_and_hidden_ones_reported() {
    let terminal = terminal();
    let path = terminal.folder().join("incidents/pics.yaml");
    let text = "title: x\ntimezone: UTC\nevents:\n  - {at: 2024-09-07 10:00, text: a, detail: \"![c](a.png)\"}\n  - {at: 2024-09-07 11:00, text: b, audience: internal, attachments: [{file: b.png}]}\n";
    write(&path, text.as_bytes());
    for file in ["a.png", "b.png"] {
        write(&terminal.folder().join("incidents/assets/pics").join(file), b"\x89PNG\r\n\x1a\n");
    }
    let said = terminal.said("asrun render pics -o out/");
    assert!(said.contains("wrote"), "{said}");
    assert!(terminal.folder().join("out/assets/pics/a.png").exists());
    let said = terminal.said("asrun render pics -o out/ --audience public");
    assert!(
        said.contains("out/assets/pics has files that this document does not show: b.png"),
        "{said}"
    );
}

/// Returns the blocks of a post, one per line: headings with their level, paragraphs, code, lists, pictures with their
/// width, but no text.
fn blocks(post: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let body = post.splitn(3, "---\n").last().unwrap();
    let mut lines: Vec<String> = Vec::new();
    // Whether the current paragraph has had text so far.
    let (mut words, mut alt) = (false, false);
    let sized = |html: &str| {
        let width = html.split("width=").nth(1).map(|rest| rest.trim_start_matches('"'));
        let width = width.and_then(|rest| rest.split(['"', '>', ' ']).next()).unwrap_or("");
        format!("picture {width}").trim_end().to_owned()
    };
    for event in Parser::new_ext(body, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                lines.push(format!("heading {}", level as u8))
            }
            Event::Start(Tag::CodeBlock(_)) => lines.push("code".to_owned()),
            Event::Start(Tag::List(_)) => lines.push("list".to_owned()),
            Event::Start(Tag::Table(_)) => lines.push("table".to_owned()),
            Event::Start(Tag::BlockQuote(_)) => lines.push("quote".to_owned()),
            Event::Start(Tag::Paragraph) => words = true,
            Event::End(TagEnd::Paragraph) => words = false,
            Event::Start(Tag::Image { .. }) => {
                alt = true;
                lines.push("picture".to_owned());
            }
            Event::End(TagEnd::Image) => alt = false,
            Event::Html(html) | Event::InlineHtml(html) if html.contains("<img") => {
                lines.push(sized(&html));
            }
            Event::Text(text) | Event::Code(text) if words && !alt && !text.trim().is_empty() => {
                words = false;
                lines.push("paragraph".to_owned());
            }
            _ => {}
        }
    }
    lines.join("\n") + "\n"
}

/// `tests/templates/blocks.txt` lists the blocks of a post that somebody wrote by hand.
#[test]
fn a_plain_post_has_the_blocks_of_a_handwritten_one() {
    let after = fs::read_dir(root("tests/cases/blog-post/after/_posts")).unwrap();
    let post = after.map(|entry| entry.unwrap().path()).next().unwrap();
    let wanted = fs::read_to_string(root("tests/templates/blocks.txt")).unwrap();
    assert_eq!(blocks(&fs::read_to_string(post).unwrap()), wanted);
    // Nearly everything that has to be written into the record by hand is prose.
    let by_hand = root("tests/cases/blog-post/before/prose/by-hand.yaml");
    let by_hand = fs::read_to_string(by_hand).unwrap();
    let yaml = by_hand.lines().filter(|line| !line.is_empty() && !line.starts_with("      "));
    assert!(yaml.count() <= 15, "{by_hand}");
}

/// Prose as people write it around marked regions.
const PROSE: &[&str] = &[
    "# 제목\n\n첫 문단.\n\n",
    "a line with ``` in it\n",
    "trailing blanks   \n\n\n\n",
    "```\n<!-- asrun:begin rows -->\n<!-- asrun:end -->\n```\n",
    "````md\n```\ncode\n```\n````\n",
    "~~~\n```\n~~~\n",
    "> quoted ``` fence\n",
    "    <!-- asrun:begin plan -->\n",
    "<details>\n<summary>x</summary>\n\ny\n\n</details>\n",
    "\ttabs\tand \u{a0} blanks\n",
    "| a | b |\n| - | - |\n| 1 | 2 |\n",
    "---\ntitle: x\n---\n",
    "{% raw %}{{ x }}{% endraw %}\n",
    "",
];

/// Returns the parts of a post between its regions, if it still has these in the same order.
fn outside<'p>(post: &'p str, marks: &[String], end: &str) -> Option<Vec<&'p str>> {
    let mut rest = post;
    let mut parts = Vec::new();
    for mark in marks {
        let (before, after) = rest.split_once(mark.as_str())?;
        parts.push(before);
        let at = after.find(end)?;
        rest = &after[at..];
    }
    parts.push(rest);
    Some(parts)
}

#[test]
fn text_around_regions_stays_byte_for_byte() {
    let terminal = terminal();
    let post = terminal.folder().join("post.md");
    let mut seed = 7_usize;
    let mut chosen = |of: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % of
    };
    for round in 0..60 {
        let eol = if chosen(3) == 0 { "\r\n" } else { "\n" };
        let end = format!("<!-- asrun:end -->{eol}");
        let mut text = String::new();
        let mut marks = Vec::new();
        for part in 0..=chosen(4) {
            let prose: String = (0..chosen(4)).map(|_| PROSE[chosen(PROSE.len())]).collect();
            let prose = prose.replace('\n', eol);
            text.push_str(&prose);
            let region = asrun::render::REGIONS[chosen(asrun::render::REGIONS.len())];
            // Each mark is unique, so that it can be found again.
            let mark = format!("<!-- asrun:begin {region} full{} -->{eol}", " ".repeat(part + 1));
            let old = ["", "what stood here\n", "```\nopen\n"][chosen(2)].replace('\n', eol);
            text.push_str(&format!("{mark}{old}{end}"));
            marks.push(mark);
        }
        text.push_str(&["", "last line", "end\n"][chosen(3)].replace('\n', eol));
        fs::write(&post, &text).unwrap();
        let before = outside(&text, &marks, &end).unwrap();
        for again in 0..2 {
            let said = terminal.said("asrun render --into post.md --audience team");
            assert!(!said.contains("[exit"), "{round}.{again}: {said}\n{text}");
            let now = fs::read_to_string(&post).unwrap();
            assert_eq!(outside(&now, &marks, &end).as_ref(), Some(&before), "{round}.{again}");
            let checked = terminal.said("asrun render --into post.md --audience team --check");
            assert_eq!(checked, "", "{round}.{again}");
        }
        if round % 20 == 0 {
            let text =
                "'```\n<!-- asrun:end -->\nx' --detail '<!-- asrun:end -->\n\n````\nopen' --key";
            terminal.said(&format!("asrun log {text} -r full --at '2024-09-07 20:00'"));
        }
    }
}

#[test]
fn a_region_for_the_public_warns_of_a_name_that_is_also_a_word() {
    let terminal = Terminal::new(None);
    let record = "title: Checkout\ntimezone: UTC\nevents:\n  - at: 2024-09-07T10:00Z\n    text: Will restarts the pool\n    by: Will\n    key: true\n";
    write(&terminal.folder().join("incidents/checkout.yaml"), record.as_bytes());
    let post = b"<!-- asrun:begin timeline checkout -->\n<!-- asrun:end -->\n";
    write(&terminal.folder().join("post.md"), post);
    let said = terminal.said("asrun render --into post.md --audience public");
    assert!(said.contains("lists a person called \"Will\""), "{said}");
}

/// A record in which something private may stand at each `§`.
const ANYWHERE: &str = "\
title: Checkout§
version: v§
severity: sev§
timezone: Asia/Seoul
services:
  - checkout§
tags:
  - tag§
summary: It was down§.
impact: Nobody could pay§.
post:
  plan_title: The plan§
plan:
  - at: 2024-09-07T17:00+09:00
    id: deploy
    text: deploy§
    owner: Sam§
    skipped: {why: not needed§}
events:
  - {at: 2024-09-07T16:50+09:00, text: inside, audience: internal}
  - at: 2024-09-07T17:00+09:00
    text: deployed§
    type: detected
    key: true
    detail: and so§
    why: because§
    refs: [\"see§\"]
    metrics: {host: at§}
  - at: 2024-09-07T17:20+09:00
    text: all green
    type: resolved
contributing_factors:
  - {text: inside, audience: internal}
  - text: a factor§
lessons:
  well:
    - {text: inside, audience: internal}
    - text: it went well§
actions:
  - {text: inside, audience: internal}
  - text: to do§
    owner: Kim§
sections:
  - {title: inside, body: inside, audience: internal}
  - title: More§
    body: told
  - title: Even more
    body: to tell§
";

/// Wherever a page finds something private, what it says to do about it keeps it from the public.
#[cfg(unix)]
#[test]
fn the_way_out_of_a_page_that_stops_works_at_every_place() {
    const PRIVATE: &str = " db7.corp.internal";
    let terminal = Terminal::new(None);
    // Without its name, no command would apply to the record.
    for id in ["another", "yet-another"] {
        let path = terminal.folder().join(format!("incidents/{id}.yaml"));
        write(&path, b"title: Another\nkind: outage\nevents: []\n");
    }
    let mut records = 0;
    let (mut stopped, mut ways) = (0, BTreeSet::new());
    for place in 0..ANYWHERE.matches('§').count() {
        let with = |(at, part): (usize, &str)| match at {
            0 => part.to_owned(),
            at if at == place + 1 => format!("{PRIVATE}{part}"),
            _ => part.to_owned(),
        };
        let text: String = ANYWHERE.split('§').enumerate().map(with).collect();
        let line = text.lines().position(|line| line.contains(PRIVATE)).unwrap();
        let marked = text.lines().nth(line).unwrap();
        for template in ["public", "sre", "status", "blog"] {
            // A record that asrun changed must not be replaced by an older one.
            records += 1;
            let path = terminal.folder().join(format!("incidents/r{records}.yaml"));
            write(&path, text.as_bytes());
            let render = format!("asrun render r{records} --template {template} --audience public");
            let said = terminal.said(&render);
            if !said.contains("[exit") {
                assert!(!said.contains(PRIVATE.trim()), "{marked}:\n{said}");
                continue;
            }
            stopped += 1;
            assert!(said.contains(&format!("\n!     {}:", line + 1)), "{marked}:\n{said}");
            let way = way_out_of(&said);
            assert!(way.contains(&format!("r{records}")), "{marked}: {way}");
            let done = terminal.said(&way);
            assert!(!done.contains("[exit"), "{marked}: {way}:\n{done}");
            let said = terminal.said(&render);
            assert!(!said.contains("[exit") && !said.contains(PRIVATE.trim()), "{way}:\n{said}");
            ways.insert(way.replace(&format!("r{records}"), ""));
            fs::remove_file(path).unwrap();
        }
    }
    assert!(stopped > 25 && ways.len() > 7, "{stopped} {ways:?}");
}

/// Returns the command that a refusal to publish names first, with words for its placeholders; for the editor, one that
/// does what it says.
fn way_out_of(said: &str) -> String {
    let mut hints = said.lines().filter_map(|line| line.split_once("hint: "));
    let hint = hints.find(|(_, hint)| hint.contains(": asrun ")).expect(said).1;
    let command = hint.split_once(": asrun ").unwrap().1.split("; ").next().unwrap();
    let command = command.replace("VALUE", "sev1").replace("STEP", "deploy");
    let command = format!("asrun {}", command.replace("TEXT", "other"));
    // The key goes below the line of the text, which may begin the entry.
    const HIDE: &str = r"-e '/db7/s/^\(  *\)- [a-z]*: .*/&\n\1  audience: internal/' -e t -e '/db7/s/^\(  *\)[a-z]*: .*/&\n\1audience: internal/'";
    let is_kept = hint.contains("`audience: internal`");
    let edit = if is_kept { HIDE } else { "-e 's/ db7.corp.internal//'" };
    match command.contains(" edit") && !command.contains(" plan ") {
        true => format!("VISUAL=\"sed -i {edit}\" {command}"),
        false => command,
    }
}
