//! Tests of internal content, and of ways in which it might get out: through texts, files, their names, ids, links, and
//! adjacent texts.

use crate::support::{Terminal, write};

const ROLES: &str = "roles: {Dana: on-call engineer, 김민수: 당직 엔지니어}\n";

/// A record with one event, and with a file of its own if it shows one.
struct Attack<'a> {
    what: &'static str,
    /// The keys of its event besides the time.
    event: &'a str,
    /// Additional keys of the record.
    more: &'a str,
    /// The content of its file `a.log`.
    file: &'static [u8],
    /// What must not get out.
    hidden: &'static str,
}

const PLAIN: Attack<'static> =
    Attack { what: "", event: "text: down", more: "", file: b"", hidden: "\u{0}" };

/// Pages that show a whole record.
const PAGES: &[&str] = &[
    "render a --template chirpy -o out/_posts",
    "render a --template jekyll -o out/_posts",
    "render a --template hugo -o out",
    "render a --template retrospective --audience public -o out/",
    "render a --template github --audience public -o out/",
    "render a --template html --audience public -o out/",
    "render a --template blog --layout full -o out/_posts",
];

const STOPPED: &[Attack] = &[
    Attack {
        what: "a key in an attached log",
        event: "text: down, attachments: [a.log]",
        file: b"ok\nkey AKIAIOSFODNN7EXAMPLA\n",
        hidden: "AKIAIO",
        ..PLAIN
    },
    Attack {
        what: "a host in a file that a text shows",
        event: "text: down, detail: 'see ![it](a.log)'",
        file: b"db1.prod.internal\n",
        hidden: "db1.prod",
        ..PLAIN
    },
    Attack {
        what: "a key in UTF-16",
        event: "text: down, attachments: [a.log]",
        file: b"\xff\xfeA\0K\0I\0A\0I\0O\0S\0F\0O\0D\0N\0N\x007\0E\0X\0A\0M\0P\0L\0A\0",
        hidden: "AKIAIO",
        ..PLAIN
    },
    Attack {
        what: "a key in a packed file",
        event: "text: down, attachments: [a.log]",
        file: b"PK\x03\x04\0\0\xffAKIAIOSFODNN7EXAMPLA\0",
        hidden: "AKIAIO",
        ..PLAIN
    },
    Attack {
        what: "a key in the comment of a picture",
        event: "text: down, attachments: [a.log]",
        file: b"\x89PNG\r\n\x1a\n\0\0\0\x20tEXtComment\0AKIAIOSFODNN7EXAMPLA\0",
        hidden: "AKIAIO",
        ..PLAIN
    },
    Attack {
        what: "a name in an attached log",
        event: "text: down, by: Kim Lee, attachments: [a.log]",
        file: b"user kim lee logged in\n",
        hidden: "kim lee",
        ..PLAIN
    },
    Attack {
        what: "a name with a role in an attached log",
        event: "text: down, attachments: [a.log]",
        file: b"user dana logged in\n",
        hidden: "dana",
        ..PLAIN
    },
    Attack {
        what: "an alternative text",
        event: "text: down, attachments: [{file: a.log, alt: db1.prod.internal}]",
        file: b"x",
        hidden: "db1.prod",
        ..PLAIN
    },
    Attack {
        what: "a caption",
        event: "text: down, attachments: [{file: a.log, caption: seen by Kim Lee}]",
        more: "author: Kim Lee\n",
        file: b"x",
        hidden: "Kim",
    },
    Attack {
        what: "a name and a value side by side",
        event: "text: down, metrics: {password: hunter2a}",
        hidden: "hunter2a",
        ..PLAIN
    },
    Attack {
        what: "a name without a role",
        event: "text: Dana paged Kim Lee, by: Kim Lee",
        hidden: "Kim Lee",
        ..PLAIN
    },
    Attack {
        what: "a name that an internal entry tells of",
        event: "text: Kim Lee came",
        more: "sections: [{title: x, body: x, audience: internal}]\nactions: [{text: x, owner: Kim Lee}]\n",
        hidden: "Kim Lee",
        ..PLAIN
    },
    Attack {
        what: "a part of a name",
        event: "text: Kim came, by: Kim Lee",
        hidden: "Kim",
        ..PLAIN
    },
    Attack {
        what: "a name with a particle",
        event: "text: 지영이가 확인, by: 박지영",
        hidden: "지영",
        ..PLAIN
    },
    Attack {
        what: "a name with a title",
        event: "text: 지영님이 확인, by: 지영",
        hidden: "지영",
        ..PLAIN
    },
    Attack {
        what: "a known name behind an unknown family name",
        event: "text: 박지영이 확인, by: 지영",
        hidden: "박지영",
        ..PLAIN
    },
    Attack {
        what: "an unknown family name behind a known name",
        event: "text: Dana Whitfield came",
        hidden: "Whitfield",
        ..PLAIN
    },
    Attack {
        what: "a name in a link",
        event: "text: down, refs: ['https://wiki.example/~dana']",
        hidden: "~dana",
        ..PLAIN
    },
    Attack {
        what: "a name in a link of a text",
        event: "text: down, detail: '[x](https://wiki.example/Dana/1)'",
        hidden: "Dana/1",
        ..PLAIN
    },
    Attack {
        what: "a name in a file's name",
        event: "text: down, detail: '![x](dana.png)'",
        hidden: "dana.png",
        ..PLAIN
    },
    Attack {
        what: "a name in a title",
        event: "text: down",
        more: "summary: Kim Lee was away\nauthor: Kim Lee\n",
        hidden: "Kim Lee",
        ..PLAIN
    },
    Attack {
        what: "a name in a lesson",
        event: "text: down, by: Kim Lee",
        more: "lessons: {well: [Kim Lee was quick]}\n",
        hidden: "Kim Lee",
        ..PLAIN
    },
];

/// Pages that show files as the public may see them.
const INTERNAL_FILE: &str = "title: plain\ntimezone: UTC\nevents:\n  - {at: 2024-09-07 10:00, text: down, detail: '![x](a.log)', attachments: [{file: a.log, audience: internal}]}\n";

#[test]
fn a_file_for_the_team_alone_is_shown_by_no_text() {
    let terminal = project(&Attack { file: b"x", ..PLAIN });
    write(&terminal.folder().join("incidents/a.yaml"), INTERNAL_FILE.as_bytes());
    for page in PAGES {
        let made = terminal.outcome(&format!("exec asrun {page}"), 30);
        let stopped = made.code == Some(1) && made.errors.contains("a.log");
        assert!(stopped && went_out(&terminal).is_empty(), "{page}: {made:?}");
    }
}

const CHANGED: &[Attack] = &[
    Attack {
        what: "a name with a role",
        event: "text: Dana paged, by: Dana",
        hidden: "Dana",
        ..PLAIN
    },
    Attack {
        what: "a name that nothing but a role knows",
        event: "text: Dana's change, why: DANA said so",
        hidden: "ana",
        ..PLAIN
    },
    Attack {
        what: "a name in Markdown",
        event: "text: down, detail: '**Dana** and `dana`'",
        hidden: "ana",
        ..PLAIN
    },
    Attack {
        what: "a name with particles",
        event: "text: '김민수가, 민수는, 민수님', by: 김민수",
        hidden: "민수",
        ..PLAIN
    },
    Attack { what: "a name in pieces", event: "text: 'D\u{200b}ana came'", hidden: "ana", ..PLAIN },
    Attack {
        what: "names in one field",
        event: "text: down, by: 'Dana, 김민수'",
        hidden: "Dana",
        ..PLAIN
    },
    Attack {
        what: "a file that nothing shows",
        event: "text: down",
        file: b"AKIAIOSFODNN7EXAMPLA",
        hidden: "AKIAIO",
        ..PLAIN
    },
];

fn project(attack: &Attack) -> Terminal {
    let terminal = Terminal::new(None);
    let folder = terminal.folder();
    let record = format!(
        "title: plain\ntimezone: UTC\nlanguage: en\nevents:\n  - {{at: 2024-09-07 10:00, {}}}\n{}",
        attack.event, attack.more
    );
    write(&folder.join("incidents/a.yaml"), record.as_bytes());
    write(&folder.join("asrun.yaml"), ROLES.as_bytes());
    if !attack.file.is_empty() {
        write(&folder.join("incidents/assets/a/a.log"), attack.file);
    }
    terminal
}

/// Returns everything that was written and printed.
fn went_out(terminal: &Terminal) -> String {
    let out = terminal.folder().join("out");
    let mut all = String::new();
    for file in walk(&out) {
        all.push_str(&file.to_string_lossy());
        let bytes = std::fs::read(&file).unwrap();
        all.push_str(&String::from_utf8_lossy(&bytes).replace('\0', ""));
    }
    all
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[test]
fn what_is_not_for_the_public_stops_the_page() {
    let mut wrong = Vec::new();
    for attack in STOPPED {
        let terminal = project(attack);
        for page in PAGES {
            let made = terminal.outcome(&format!("exec asrun {page}"), 30);
            let said = made.errors.contains("hint:") && !made.errors.contains("panicked");
            if made.code != Some(1) || !said || !went_out(&terminal).is_empty() {
                wrong.push(format!("{}: {page}: {made:?}", attack.what));
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn names_become_roles_and_nothing_else_is_carried_along() {
    let mut wrong = Vec::new();
    for attack in CHANGED {
        let terminal = project(attack);
        for page in PAGES {
            let made = terminal.outcome(
                &format!("exec asrun {page} && rm -rf moved && mv out moved && cp -r moved out"),
                30,
            );
            let out = went_out(&terminal);
            if made.code != Some(0) || out.is_empty() || out.contains(attack.hidden) {
                wrong.push(format!("{}: {page}: {made:?}\n{out}", attack.what));
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_a_page_does_not_show_does_not_stop_it() {
    let attack = Attack {
        event: "text: 'down', detail: db1.prod.internal, by: Kim Lee, attachments: [a.log], key: true",
        more: "actions: [{text: 'see https://wiki.corp.internal/x', owner: Kim Lee}]\nlessons: {well: [thank Kim Lee]}\n",
        file: b"AKIAIOSFODNN7EXAMPLA",
        ..PLAIN
    };
    let terminal = project(&attack);
    let made = terminal.outcome("exec asrun render a --template status -o out/", 30);
    assert_eq!(made.code, Some(0), "{made:?}");
    let out = went_out(&terminal);
    assert!(out.contains("down") && !out.contains("AKIA") && !out.contains("internal"), "{out}");
    // Its actions are shown there.
    let made = terminal.outcome("exec asrun render a --template public -o out2/", 30);
    assert!(made.code == Some(1) && made.errors.contains("actions 1"), "{made:?}");
    assert!(!made.errors.contains("lessons") && !made.errors.contains("Kim"), "{made:?}");
}

/// Commands that print what an entry contains, or once contained.
const ANSWERS: &[&str] = &[
    "log 'password: hunter2x' --at 2024-09-07T10:10",
    "log 'down' --why 'password: hunter2x' --at 2024-09-07T10:12 --dry-run",
    "amend --last 'nothing'",
    "undo",
    "undo --redo",
    "undo",
    "undo --list",
    "amend --last --why 'password: hunter2x'",
    "amend --last --remove",
    "undo",
    "plan add 2024-09-07T12:00 'rotate, password: hunter2x' --id go",
    "plan move go 2024-09-07T13:00 --why 'password: hunter2x'",
    "plan skip go --why 'password: hunter2x'",
    "actions add 'rotate, password: hunter2x' --owner Dana --due 2024-09-10",
    "actions done 1",
    "lessons add well 'password: hunter2x'",
    "undo",
    "new 'the password: hunter2x' --id other",
    "log -r other 'password: hunter2x' --at 2024-09-07T12:00",
    "move --last -r other --to a",
    "close -r other",
    "undo -r other --list",
];

#[test]
fn answers_contain_no_secret() {
    let terminal = project(&PLAIN);
    for typed in ANSWERS {
        let told = terminal.outcome(&format!("export ASRUN_RECORD=a; exec asrun {typed}"), 30);
        assert_eq!(told.code, Some(0), "{typed}: {told:?}");
        assert!(!told.out.contains("hunter2x"), "{typed}: {told:?}");
        assert!(!told.errors.contains("hunter2x"), "{typed}: {told:?}");
    }
    let refused = terminal.outcome("exec asrun actions done nothing -r a", 30);
    assert!(refused.errors.contains("password: ***"), "{refused:?}");
}

/// Views with an explicit audience.
const VIEWS: &[&str] = &[
    "show a --public",
    "show a --public --format json",
    "show a --public --format csv",
    "show a --public --format markdown",
    "chart a --public",
    "chart a --public --format svg",
    "chart a --public --format mermaid",
    "chart a --public -o out/chart.svg",
    "chart a --public -o out/chart.png",
    "compare a --public",
    "compare a --public --format json",
    "compare a --public --format markdown",
    "compare a b --public",
    "compare b a --public --format json",
    "compare a b --public --format markdown",
];

#[test]
fn every_view_for_the_public_is_looked_at() {
    let plan = |text: &str| {
        format!("plan:\n  - {{id: go, at: 2024-09-07 10:00, text: '{text}', owner: Kim Lee}}\n")
    };
    let event = "text: carried out, step: go, key: true, by: Kim Lee";
    for (text, stops) in [
        ("Kim Lee deploys", true),
        ("deploy with AKIAIOSFODNN7EXAMPLA", true),
        ("Dana deploys", false),
        ("deploy", false),
    ] {
        let plan = plan(text);
        // A view of events alone shows the step's text as theirs.
        let event = event.replace("carried out", text);
        let terminal = project(&Attack { event: &event, more: &plan, ..PLAIN });
        let incidents = terminal.folder().join("incidents");
        std::fs::copy(incidents.join("a.yaml"), incidents.join("b.yaml")).unwrap();
        for view in VIEWS {
            let made = terminal.outcome(&format!("mkdir -p out && exec asrun {view}"), 30);
            assert_eq!(made.code, Some(i32::from(stops)), "{text}: {view}: {made:?}");
            let out = made.out + &went_out(&terminal);
            let shown = ["Kim", "AKIA", "Dana"].iter().any(|hidden| out.contains(hidden));
            assert!(!shown && out.is_empty() == stops, "{text}: {view}: {out}");
            let out = terminal.folder().join("out");
            std::fs::remove_dir_all(out).unwrap();
        }
    }
}

#[test]
fn an_id_with_a_name_stops_what_is_called_after_it() {
    let terminal = project(&PLAIN);
    let incidents = terminal.folder().join("incidents");
    std::fs::rename(incidents.join("a.yaml"), incidents.join("2024-dana-deploys.yaml")).unwrap();
    for (page, code) in [
        ("--template hugo -o out", 1),
        ("--template public -o out/", 1),
        ("--template public -o out/page.md", 0),
    ] {
        let made = terminal.outcome(&format!("exec asrun render dana {page}"), 30);
        assert_eq!(made.code, Some(code), "{page}: {made:?}");
    }
}

#[test]
fn a_name_that_is_a_word_too_is_a_warning() {
    let attack = Attack { event: "text: Will it hold, by: Will", ..PLAIN };
    let terminal = project(&attack);
    let made = terminal.outcome("exec asrun render a --template public -o out/", 30);
    let warned = made.errors.contains("warning:") && made.errors.contains("\"Will\"");
    assert!(made.code == Some(0) && warned, "{made:?}");
}

/// Every internal field of a record: an item with `audience: internal`, a name, a source, and how a step is carried
/// out.
const INTERNAL: &str = include_str!("internal.yaml");

/// A template for the public that prints everything that it can see.
const EVERYTHING: &str = "\
{#- asrun: audience=public site=plain records=one -#}
{{ actions }} {{ sections }} {{ lessons }} {{ contributing_factors }} {{ attachments }} {{ author }} {{ review }}
{% for row in rows %}{{ row }}{% endfor %}
{% for event in events %}{{ event }}{% endfor %}
{% for step in steps %}{{ step }}{% endfor %}
";

#[test]
fn no_form_for_the_public_has_a_field_that_is_not_for_it() {
    let terminal = Terminal::new(None);
    let folder = terminal.folder();
    for record in ["a", "b"] {
        write(&folder.join(format!("incidents/{record}.yaml")), INTERNAL.as_bytes());
        for file in ["in.png", "in.log"] {
            write(&folder.join(format!("incidents/assets/{record}/{file}")), b"\x89PNG\r\n\x1a\n");
        }
    }
    write(&folder.join("templates/all.md"), EVERYTHING.as_bytes());
    let own = [
        "render a --template all -o out/",
        "render a --template status -o out/",
        "show a --public --columns time,text --format csv",
    ];
    let hidden = ["MK", "mk", "박지영", "김담당", "이결정", "최리뷰", "secret-doc"];
    let mut told = 0;
    for form in PAGES.iter().chain(VIEWS).chain(&own) {
        let made = terminal.outcome(&format!("mkdir -p out && exec asrun {form}"), 30);
        let out = went_out(&terminal) + &made.out;
        let seen: Vec<&str> = hidden.into_iter().filter(|word| out.contains(word)).collect();
        assert_eq!(seen, [""; 0], "{form}: {out}");
        assert!(!out.contains("in.log") && !out.contains("in.png"), "{form}: {out}");
        told += usize::from(made.code == Some(0) && out.contains("앱 배포"));
        std::fs::remove_dir_all(folder.join("out")).unwrap();
    }
    assert!(told >= PAGES.len() + 10, "{told}");
    // Sources are for the team only, in whatever way they are requested.
    for refused in ["show a --public --sources", "show a --sources --public --format json"] {
        let made = terminal.outcome(&format!("exec asrun {refused}"), 30);
        assert!(made.code == Some(2) && made.out.is_empty(), "{made:?}");
    }
}
