//! Commands about asrun itself and the project as a whole.

use crate::lang::terminal::help::{
    CheckHelp, CompletionsHelp, ConfigHelp, DoctorHelp, HelpHelp, ManHelp, MergeDriverHelp,
    SchemaHelp, SelectHelp,
};

pub(super) const CHECK: CheckHelp = CheckHelp {
    about: "Check records: are they readable, is anything missing, do the times make sense",
    long_about: "\
Check records: are they readable, is anything missing, do the times make sense

  asrun check                      every record; exit code 1 for errors
  asrun check --strict             and for warnings: for CI
  asrun check 3.0 --ignore time-jump
  asrun check --format sarif > asrun.sarif

Nothing is changed. A comment `# asrun: ignore RULE` after a value or on the
line above it silences a rule there; above the first key, in the whole record.
`ignore: [RULE]` in asrun.yaml silences it in the project. asrun help rules
lists the rules.",
    records: "Ids, unique parts of them, or versions; all records if none is given",
    strict: "Fail on warnings too",
    ignore: "A rule to leave out; repeatable",
    format: "For people, for programs, or for code hosts",
};

pub(super) const SELECT: SelectHelp = SelectHelp {
    about: "Choose the current record, or print which one it is",
    long_about: "\
Choose the current record, or print which one it is

Commands use the current record when none is named.

  asrun select 3.0        from here on
  asrun select            print the id of the current one, and why it is current

If several are open and none was chosen, `asrun select` lists them at a
terminal and asks for one: its number is enough, without Enter.",
    record: "Its id, any unique part of it, or its version; without it, print or ask",
};

pub(super) const SCHEMA: SchemaHelp = SchemaHelp {
    about: "Print the JSON Schema of a record, for editors that complete and check it",
    long_about: "\
Print the JSON Schema of a record, for editors that complete and check it

  asrun schema -o asrun.schema.json

`asrun init` writes it too. If asrun.schema.json is next to incidents/,
`asrun new` starts a record with a line that points editors with a YAML
language server (VS Code, Neovim, …) to it.",
    output: "Write to this file",
};

pub(super) const COMPLETIONS: CompletionsHelp = CompletionsHelp {
    about: "Print completions for a shell: verbs, options, records, steps and types",
    long_about: "\
Print completions for a shell: verbs, options, records, steps and types

  source <(asrun completions bash)        in ~/.bashrc
  source <(asrun completions zsh)         in ~/.zshrc
  asrun completions fish | source         in ~/.config/fish/config.fish
  asrun completions powershell | Out-String | Invoke-Expression",
    shell: "bash, zsh, fish, powershell or elvish",
};

pub(super) const MAN: ManHelp = ManHelp {
    about: "Write the man pages, one per command",
    long_about: "\
Write the man pages, one per command

  asrun man ~/.local/share/man/man1",
    folder: "The folder to write to; it must exist",
};

pub(super) const CONFIG: ConfigHelp = ConfigHelp {
    about: "Show every setting, its value and where it comes from",
    long_about: "\
Show every setting, its value and where it comes from

ASRUN_TIMEZONE, ASRUN_LANGUAGE, ASRUN_TERMINAL_LANGUAGE, ASRUN_AUTHOR and
ASRUN_TOLERANCE_MINUTES override the project's asrun.yaml, which overrides your
own ~/.config/asrun/asrun.yaml. A command's options override all of them.

Messages are in terminal_language, else in the locale's language (LC_ALL,
LC_MESSAGES, LANG): English or Korean. Records keep their own language.",
};

pub(super) const DOCTOR: DoctorHelp = DoctorHelp {
    about: "Find what is wrong with the setup, and print how to fix it",
    long_about: "\
Find what is wrong with the setup, and print how to fix it

Checks the project, its records, settings and zone, events that wait for a
record, leftover files, git's merge setup, the editor and the terminal. Exit code 1 if something needs fixing;
nothing is changed.",
};

pub(super) const HELP: HelpHelp = HelpHelp {
    about: "Explain a command or a topic: times, records, templates, rules, exit-codes",
    long_about: "\
Explain a command or a topic: times, records, templates, rules, exit-codes

  asrun help log
  asrun help times",
    what: "A command, such as `plan add`, or a topic",
};

pub(super) const MERGE_DRIVER: MergeDriverHelp = MergeDriverHelp {
    about: "Merge a record for git, entry by entry",
    long_about: "\
Merge a record for git, entry by entry

git runs this after `asrun init --git`. The result replaces OURS; exit code 1 means that both sides changed the same entry, and the file has both between conflict markers.",
    base: "The common ancestor (%O)",
    ours: "Our version, replaced by the result (%A)",
    theirs: "Their version (%B)",
    path: "The record's path, for messages (%P)",
};
