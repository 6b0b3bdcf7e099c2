//! Tests that no control sequence in a record, a name or a template is sent to a terminal.

use std::fs;

use crate::support::{Terminal, scalar, word, write};
use crate::{everywhere, put};

/// Sequences that move the cursor, set titles, write to the clipboard, make the terminal answer, hide text, or change
/// its direction.
pub(crate) const SIGNS: &[&str] = &[
    "\u{1b}]0;PWN\u{7}",
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}[1A\u{1b}[2K",
    "\u{1b}[31mred",
    "\u{1b}[8mhidden",
    "\u{1b}[6n",
    "\u{1b}[?1049h",
    "\u{1b}]52;c;UFdO\u{7}",
    "\u{1b}]8;;http://evil.example\u{1b}\\link\u{1b}]8;;\u{1b}\\",
    "\u{1b}Pq\u{1b}\\",
    "\u{1b}_Gq\u{1b}\\",
    "\u{1b}^x\u{1b}\\",
    "\u{1b}(0",
    "\u{1b}c",
    "end\u{1b}",
    "\u{9b}31mC1",
    "\u{9d}0;PWN\u{9c}",
    "\u{90}q\u{9c}",
    "a\u{84}b",
    "a\u{85}b",
    "abc\u{8}\u{8}\u{8}xyz",
    "real\rFAKE",
    "a\u{b}b\u{c}c",
    "\u{e}\u{f}",
    "a\0b",
    "\u{7}",
    "\u{7f}\u{7f}",
    "\u{202a}a\u{202b}b\u{202c}",
    "\u{202d}a",
    "\u{202e}gnp.exe",
    "\u{2066}x\u{2067}y\u{2068}z\u{2069}",
    "a\u{2028}b\u{2029}c",
];

/// Every command that shows the content of records.
pub(crate) const READING: &[&str] = &[
    "show all",
    "show all --public",
    "show all --format json",
    "show all --format csv",
    "show all --format markdown",
    "list",
    "list --columns id,date,kind,version,sev,services,tags,author,title",
    "list --format json",
    "list --format ndjson",
    "list --format csv",
    "list --format markdown",
    "list --unreadable",
    "search a",
    "search '/./'",
    "search a --format markdown",
    "history a",
    "history a --format markdown",
    "stats",
    "stats --by service",
    "stats --explain",
    "actions",
    "actions --format markdown",
    "lessons",
    "lessons --format markdown",
    "compare all",
    "compare all part-0",
    "chart all",
    "chart all --format mermaid",
    "check",
    "check all --format json",
    "check --format sarif",
    "check broken-value",
    "check broken-key",
    "check broken-type",
    "check broken-raw",
    "show broken-value",
    "show broken-key",
    "plan check -r all",
    "plan from all",
    "link -r all",
    "undo -r all --list",
    "recover all",
    "templates context all",
    "templates list",
    "render all",
    "render all --template chirpy",
    "render all --template html",
    "render all --template github",
    "render all --template status",
    "render all --template changelog",
    "render all --template broken.md",
    "render all --template unknown.md",
    "config",
    "doctor",
];

/// Commands that repeat what was typed, with `{}` for a sequence.
const TYPING: &[&str] = &[
    "log -r all --at {} -- x",
    "log -r all --until {} -- x",
    "log -r all --type {} -- x",
    "log -r all --step {} -- x",
    "log -r all --attach {} -- x",
    "log -r all --width {} -- x",
    "log -r {} -- x",
    "log -r all -- {}",
    "log -r all --by {} --why {} -- x",
    "log -r all {}",
    "log {}",
    "plan add -r all 10:00 {} --id {}",
    "new {} --id {}",
    "new {}",
    "new x --date {}",
    "new x --timezone {}",
    "show {}",
    "show {} --format {}",
    "check {}",
    "select {}",
    "render {}",
    "render all --template {}",
    "render all -o {}/x/",
    "list --columns {}",
    "list --since {}",
    "list --kind {}",
    "search {}",
    "search '/('{}/",
    "history {}",
    "stats --by {}",
    "compare {}",
    "amend {}",
    "attach -r all {}",
    "plan from {} --at {}",
    "help {}",
    "config {}",
    "recover {}",
    "-C {} list",
    "{}",
    "--{}",
];

/// Returns a project whose records (including broken ones), file names, templates and settings contain such sequences.
pub(crate) fn hostile_project() -> Terminal {
    let terminal = Terminal::new(None);
    let all = SIGNS.join("|");
    put(&terminal, "all", &everywhere(&all));
    // Lists cut texts, so each sequence is also near a beginning.
    for (number, signs) in SIGNS.chunks(6).enumerate() {
        put(&terminal, &format!("part-{number}"), &everywhere(&format!("a {} b", signs.concat())));
    }
    let (text, head) = (scalar(&all), "title: x\ndate: 2024-09-07\ntimezone: UTC\n");
    put(&terminal, "broken-value", &format!("{head}events:\n  - {{at: {text}, text: x}}\n"));
    put(&terminal, "broken-key", &format!("{head}{text}: x\n{text}: y\n"));
    put(&terminal, "broken-type", &format!("{head}events: {text}\n"));
    put(&terminal, "broken-raw", &format!("{head}summary: {all}\n"));
    let folder = terminal.folder();
    let broken = fs::read(folder.join("incidents/broken-value.yaml")).unwrap();
    for (number, signs) in SIGNS.chunks(6).enumerate() {
        let name = format!("name-{number}-{}", signs.concat().replace(['\0', '/'], ""));
        write(&folder.join(format!("incidents/{name}.yaml")), &broken);
        write(&folder.join(format!("incidents/assets/all/{name}.png")), b"x");
        write(&folder.join(format!("templates/{name}.md")), b"x");
    }
    write(&folder.join("templates/broken.md"), format!("x {{% {all} %}}").as_bytes());
    write(&folder.join("templates/unknown.md"), format!("{{{{ title[{text}].x }}}}").as_bytes());
    terminal
}

/// Returns the first sequence in an output that a terminal would act on, except for line ends, tabs and asrun's own
/// colours.
pub(crate) fn sent(said: &str) -> Option<String> {
    let mut rest = said;
    while let Some(at) = rest.find(|c: char| acts(c)) {
        let from = &rest[at..];
        let colour = from.strip_prefix("\u{1b}[").and_then(|tail| {
            let tail = tail.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
            tail.strip_prefix('m')
        });
        match colour.or_else(|| from.strip_prefix("\r\n")) {
            Some(tail) => rest = tail,
            None => return Some(from.chars().take(24).collect()),
        }
    }
    None
}

fn acts(c: char) -> bool {
    let turns =
        matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    turns || (c.is_control() && c != '\n' && c != '\t')
}

/// Whether an output has colours other than asrun's: only texts contain `31` and `8`.
pub(crate) fn foreign(said: &str) -> bool {
    ["\u{1b}[31mred", "\u{1b}[8mhidden"].iter().any(|sign| said.contains(sign))
}

fn judge(terminal: &Terminal, before: &str, command: &str, wrong: &mut Vec<String>) {
    let made = terminal.outcome(&format!("{before} exec asrun {command}"), 60);
    for (stream, said) in [("output", &made.out), ("errors", &made.errors)] {
        if let Some(sign) = sent(said) {
            wrong.push(format!("{command:?} {stream}: {sign:?}"));
        } else if foreign(said) {
            wrong.push(format!("{command:?} {stream}: a colour of the text's"));
        }
    }
    let ended = matches!(made.code, Some(0..=4));
    if !ended || made.errors.contains("panicked") {
        wrong.push(format!("{command:?}: {made:?}"));
    }
}

#[test]
fn the_judge_sees_what_is_sent() {
    for (said, sign) in [
        ("한글\t😀\r\n", None),
        ("\u{1b}[1;31mx\u{1b}[0m", None),
        ("x\u{1b}[2J", Some("\u{1b}[2J")),
        ("\u{9b}x", Some("\u{9b}x")),
        ("x\r", Some("\r")),
        ("x\u{202e}y", Some("\u{202e}y")),
    ] {
        assert_eq!(sent(said).as_deref(), sign, "{said:?}");
    }
}

#[test]
fn no_control_character_of_a_record_reaches_the_terminal() {
    let terminal = hostile_project();
    let mut wrong = Vec::new();
    for command in READING {
        judge(&terminal, "", &format!("--color always {command}"), &mut wrong);
        // In a pipe, cells are separated by tabs, and nothing is wrapped.
        judge(&terminal, "unset COLUMNS;", command, &mut wrong);
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_control_character_of_a_command_reaches_the_terminal() {
    let terminal = hostile_project();
    let mut wrong = Vec::new();
    let typed = SIGNS.iter().filter(|sign| !sign.contains('\0')).copied().collect::<String>();
    for command in TYPING {
        // Colours are enabled where the output would support them.
        let command = command.replace("{}", &word(&typed));
        judge(&terminal, "export CLICOLOR_FORCE=1;", &command, &mut wrong);
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}
