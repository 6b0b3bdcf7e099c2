//! Tests that ids which are paths, options or commands are refused, and that nothing outside the records is touched.

use crate::support::{Terminal, word, write};
use crate::{PLAIN, files, put};

const IDS: &[&str] = &[
    "../evil",
    "../../evil",
    "a/../../evil",
    "assets/../../evil",
    "assets/../../new",
    "./one",
    "incidents/../../evil",
    ".git/config",
    "..",
    ".",
    "",
    " ",
    "-rf",
    "--help-me",
    "a\nb",
    "a\u{1b}]0;PWN\u{7}",
    "con",
    "nul.yaml",
    "LPT1",
    "a:b",
    "a/b",
    "a\\..\\..\\evil",
    "%2e%2e/evil",
    "~root",
    "$(touch pwned)",
    "`touch pwned`",
    ";touch pwned",
    "trail.",
    "trail ",
    "\u{202e}gnp",
    "a\u{200b}b",
    "*",
    "a b",
    "😀",
];

/// Commands that are run with each id as `{}`.
const COMMANDS: &[&str] = &[
    "log --no-input -r={} --at 2024-09-07T10:00Z -- x",
    "new --no-input --id={} -- x",
    "show --no-input -- {}",
    "render -o out.html -- {}",
    "render --template={} one -o out.html",
    "attach -r={} -- incidents/one.yaml",
    "plan add -r={} 10:00 x",
    "undo -r={}",
    "rename -r one -- {}",
    "merge -- one {}",
    "merge -- {} one",
    "move 1 -r one --to={}",
    "delete -- {}",
    "archive -- {}",
    "close -r={} -- x",
    "reopen -r={}",
    "forget --event 1 --yes -r={}",
    "plan export -- {}",
    "plan rebase -r={} --now",
    "plan run --no-input -r={}",
    "brief -- {}",
];

#[test]
fn a_hostile_id_is_refused_and_touches_nothing() {
    let terminal = Terminal::new(None);
    put(&terminal, "one", &PLAIN.yaml());
    let home = terminal.folder().parent().unwrap().to_owned();
    write(&terminal.folder().join("incidents/assets/one/a.png"), b"x");
    for place in ["evil.yaml", "work/evil.yaml", "work/.git/config", "work/.git/config.yaml"] {
        write(&home.join(place), PLAIN.yaml().as_bytes());
    }
    let before = files(&terminal);
    let mut wrong = Vec::new();
    let long = "x".repeat(300);
    let absolute = ["evil", "new"].map(|name| home.join(name).to_string_lossy().into_owned());
    for id in IDS.iter().chain(&[long.as_str(), &absolute[0], &absolute[1]]) {
        for command in COMMANDS {
            let command = command.replace("{}", &word(id));
            let made = terminal.outcome(&format!("exec asrun {command}"), 30);
            let refused = matches!(made.code, Some(1 | 2)) && !made.errors.is_empty();
            if !refused || made.errors.contains("panicked") {
                wrong.push(format!("{command:?}: {made:?}"));
            }
        }
        let after = files(&terminal);
        if after != before {
            let new = after.iter().find(|file| !before.contains(file));
            panic!("{id:?} touched {:?}", new.map(|(path, _)| path));
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_title_of_any_characters_gives_an_id_in_the_records_folder() {
    let terminal = Terminal::new(None);
    put(&terminal, "one", &PLAIN.yaml());
    let records = terminal.folder().join("incidents");
    for (title, id) in [
        ("../../evil", "evil"),
        ("/etc/passwd", "etc-passwd"),
        ("$(touch pwned)", "touch-pwned"),
        ("..", "record"),
        ("con", "con"),
        ("2024-09-07", "2024-09-07"),
        ("\u{202e}gnp", "gnp"),
    ] {
        let command = format!("exec asrun new --no-input --date 2024-09-07 -- {}", word(title));
        let made = terminal.outcome(&command, 30);
        let path = records.join(format!("2024-09-07-{id}.yaml"));
        assert!(made.code == Some(0) && path.is_file(), "{title:?}: {made:?}");
    }
    assert!(!terminal.folder().join("pwned").exists());
}
