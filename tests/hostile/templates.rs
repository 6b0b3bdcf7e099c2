//! Tests that a template cannot run forever, fill the memory, or read anything that it was not given, and that data is
//! never treated as a template.

use std::os::unix::fs::symlink;

use crate::support::{Outcome, Terminal, write};
use crate::{PLAIN, Record, put};

/// What no template may print.
const SECRET: &str = "TOPSECRET";

/// Hostile templates, with the expected message.
const HOSTILE: &[(&str, &str)] = &[
    // Time and memory.
    (
        "{% for i in range(90000) %}{% for j in range(90000) %}{% endfor %}{% endfor %}",
        "takes too long",
    ),
    (
        "{% for i in range(90000) %}{% for j in range(90000) %}xxxxxxxx{% endfor %}{% endfor %}",
        "takes too long",
    ),
    ("{% for i in range(9999999999) %}x{% endfor %}", "range"),
    ("{% set x = 'x' * 2000000000 %}{{ x }}", "takes too long"),
    ("{{ [1] * 2000000000 }}", "too large"),
    (
        "{% set n = namespace(s='x') %}{% for i in range(60) %}{% set n.s = n.s ~ n.s %}{% endfor %}{{ n.s|length }}",
        "takes too long",
    ),
    ("{{ 'x'|replace('', 'y' * 9000)|replace('y', 'z' * 9000)|length }}", "takes too long"),
    ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "recursion"),
    ("{% include 't.html' %}", "error in \"t.html\""),
    ("{% include \"circle.html\" %}", "error in \"circle.html\""),
    ("{% extends 't.html' %}", "cycle"),
    ("{% import 't.html' as t %}{{ t }}", "error in \"t.html\""),
    // Other files.
    ("{% include '../secret.txt' %}", "t.html:1:"),
    ("{% include './../secret.txt' %}", "t.html:1:"),
    ("{% include 'x/../../secret.txt' %}", "t.html:1:"),
    ("{% include '..\\\\secret.txt' %}", "t.html:1:"),
    ("{% include '/etc/passwd' %}", "t.html:1:"),
    ("{% include 'link.html' %}", "link.html"),
    ("{% include 'folder/secret.txt' %}", "t.html:1:"),
    ("{% import '../secret.txt' as s %}{{ s }}", "t.html:1:"),
    ("{% from '../secret.txt' import s %}{{ s }}", "t.html:1:"),
    ("{% extends '../secret.txt' %}", "t.html:1:"),
    ("{{ read_file('secret.txt') }}", "read_file"),
    ("{{ load_data(path='secret.txt') }}", "load_data"),
    ("{{ include_file('secret.txt') }}", "include_file"),
    ("{{ open('secret.txt') }}", "not callable"),
    // The environment.
    ("{{ env.SECRET }}", "env"),
    ("{{ environ['SECRET'] }}", "environ"),
    ("{{ get_env(name='SECRET') }}", "get_env"),
    ("{{ env('SECRET') }}", "env"),
    // Internals of the engine.
    ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "t.html:1:"),
    ("{{ self.__init__ }}", "t.html:1:"),
    ("{{ _page.files }}", "t.html:1:"),
    // Mistakes.
    ("{% for e in events %}", "t.html:1:"),
    ("{{ title|nope }}", "nope"),
    ("{{ nope.nope.nope }}", "nope"),
];

/// Templates that try to access something, and get nothing.
const EMPTY_HANDED: &[&str] = &[
    "{{ file_url('../../../secret.txt') }}",
    "{{ file_url('/etc/passwd') }}",
    "{{ file_url('link.png') }}",
    "{{ '![x](../../../secret.txt)'|markdown }}",
    "{{ '![x](link.png)'|markdown }}",
    "{{ '<img src=\"link.png\">'|markdown }}",
    "{% include 'nothing.html' ignore missing %}",
    "{% include '../secret.txt' ignore missing %}",
    "{{ debug() }}",
];

fn project() -> Terminal {
    let terminal = Terminal::new(None);
    put(&terminal, "one", &PLAIN.yaml());
    let folder = terminal.folder();
    write(&folder.join("secret.txt"), SECRET.as_bytes());
    write(&folder.join("outside/secret.txt"), SECRET.as_bytes());
    write(&folder.join("templates/good.html"), b"{{ title }}");
    write(&folder.join("incidents/assets/one/a.png"), b"\x89PNG\r\n\x1a\n");
    write(&folder.join("templates/circle.html"), b"{% include \"t.html\" %}");
    symlink("../secret.txt", folder.join("templates/link.html")).unwrap();
    symlink("../outside", folder.join("templates/folder")).unwrap();
    symlink("../../../secret.txt", folder.join("incidents/assets/one/link.png")).unwrap();
    terminal
}

/// Renders with that template in limited memory.
fn rendered(terminal: &Terminal, template: &str) -> Outcome {
    write(&terminal.folder().join("templates/t.html"), template.as_bytes());
    let limits = "ulimit -v 1500000; export SECRET=TOPSECRET";
    terminal.outcome(&format!("{limits}; exec asrun render one --template t.html -o -"), 30)
}

fn leaks(made: &Outcome) -> bool {
    let said = format!("{}{}", made.out, made.errors);
    // `TOPSECRET` at any offset in base64.
    let hidden = ["VE9QU0VDUkVU", "RPUFNFQ1JFV", "UT1BTRUNSRV"];
    said.contains(SECRET) || said.contains("root:") || hidden.iter().any(|part| said.contains(part))
}

#[test]
fn a_hostile_template_is_refused_with_a_reason() {
    let terminal = project();
    assert_eq!(rendered(&terminal, "{{ title }}").out, "plain");
    let mut wrong = Vec::new();
    for (template, said) in HOSTILE {
        let made = rendered(&terminal, template);
        let told = made.errors.starts_with("error: ") && made.errors.contains(said);
        if made.code != Some(1) || !told || !made.out.is_empty() || leaks(&made) {
            wrong.push(format!("{template}: {made:?}"));
        }
    }
    let deep = [
        format!("{{{{ {}1{} }}}}", "(".repeat(20_000), ")".repeat(20_000)),
        format!("{}x{}", "{% if 1 %}".repeat(6_000), "{% endif %}".repeat(6_000)),
        format!("{{{{ {}1{} }}}}", "[".repeat(20_000), "]".repeat(20_000)),
    ];
    for template in deep {
        let made = rendered(&terminal, &template);
        if made.code != Some(1) || !made.errors.contains("recursion limits") {
            wrong.push(format!("{template:.40}…: {:?} {:.200}", made.code, made.errors));
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_template_gets_no_file_but_the_records_own() {
    let terminal = project();
    let made = rendered(&terminal, "{{ file_url('a.png') }}");
    assert!(made.out.starts_with("data:image/png;base64,"), "{made:?}");
    let mut wrong = Vec::new();
    for template in EMPTY_HANDED {
        let made = rendered(&terminal, template);
        if leaks(&made) || made.out.contains("data:") || !matches!(made.code, Some(0 | 1)) {
            wrong.push(format!("{template}: {made:?}"));
        }
    }
    for name in [
        "../secret.txt",
        "/etc/passwd",
        "templates/../secret.txt",
        "link.html",
        "folder/secret.txt",
    ] {
        let made = terminal.outcome(&format!("exec asrun render one --template {name}"), 30);
        if leaks(&made) || made.code == Some(0) {
            wrong.push(format!("--template {name}: {made:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn data_is_no_template() {
    let terminal = project();
    write(
        &terminal.folder().join("templates/t.txt"),
        b"{% for e in events %}{{ e.text }}\n{% endfor %}",
    );
    for text in [
        "{{7*7}}",
        "{{{7*7}}}",
        "{{ self }}",
        "{{ config }}",
        "{% for i in range(9) %}A{% endfor %}",
        "{%include 'secret.txt'%}",
        "{# x #}",
        "${7*7}",
        "#{7*7}",
        "<%= 7*7 %>",
        "%}{{ title }}{%",
    ] {
        put(&terminal, "one", &Record { text, ..PLAIN }.yaml());
        let made = terminal.outcome("exec asrun render one --template t.txt", 30);
        assert_eq!(made.out, format!("first\n{text}\nLAST-EVENT\n"), "{made:?}");
    }
    put(&terminal, "one", &Record { text: "<script>pwn</script>", ..PLAIN }.yaml());
    let made = rendered(&terminal, "{% for e in events %}{{ e.text }};{% endfor %}");
    assert_eq!(made.out, "first;&lt;script&gt;pwn&lt;/script&gt;;LAST-EVENT;");
}
