//! Commands about asrun itself and the project as a whole.

use crate::lang::terminal::help::{
    CheckHelp, CompletionsHelp, ConfigHelp, DoctorHelp, HelpHelp, ManHelp, MergeDriverHelp,
    SchemaHelp, SelectHelp,
};

pub(super) const CHECK: CheckHelp = CheckHelp {
    about: "Check records: can they be read, is everything there, do their times make sense",
    long_about: "\
Check records: can they be read, is everything there, do their times make sense

  asrun check                      every record; exit code 1 for errors
  asrun check --strict             and for warnings: for CI
  asrun check 3.0 --ignore time-jump
  asrun check --format sarif > asrun.sarif

Nothing is changed. A comment `# asrun: ignore RULE` behind a value or above its
line silences a rule there, above the first key in the whole record, and
`ignore: [RULE]` in asrun.yaml in the project. asrun help rules lists them.",
    records: "Ids, unique parts of them, or versions; all records if none is given",
    strict: "Warnings fail too",
    ignore: "A rule that is not asked",
    format: "For people, for programs, or for code hosts",
};

pub(super) const SELECT: SelectHelp = SelectHelp {
    about: "Choose the record that commands mean when none is named, or say which it is",
    long_about: "\
Choose the record that commands mean when none is named, or say which it is

  asrun select 3.0        from here on
  asrun select            prints the id of the current one, and why it is that",
    record: "Its id, any unique part of it, or its version; without it, nothing is chosen",
};

pub(super) const SCHEMA: SchemaHelp = SchemaHelp {
    about: "The JSON Schema of a record, so that editors complete and check it",
    long_about: "\
The JSON Schema of a record, so that editors complete and check it

  asrun schema -o asrun.schema.json

`asrun init` writes it too. Where asrun.schema.json lies beside incidents/,
`asrun new` begins a record with a line that editors with a YAML language
server (VS Code, Neovim, …) understand. Without it there is no such line.",
    output: "Write it to that file",
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
    about: "Write the man pages, one a command",
    long_about: "\
Write the man pages, one a command

  asrun man ~/.local/share/man/man1",
    folder: "The folder they go to, which must be there",
};

pub(super) const CONFIG: ConfigHelp = ConfigHelp {
    about: "Show every setting, its value and where that comes from",
    long_about: "\
Show every setting, its value and where that comes from

ASRUN_TIMEZONE, ASRUN_LANGUAGE, ASRUN_TERMINAL_LANGUAGE, ASRUN_AUTHOR and
ASRUN_TOLERANCE_MINUTES win over the project's asrun.yaml, which wins over your
own ~/.config/asrun/asrun.yaml. Options of a command win over all of them.

asrun speaks the language of terminal_language, else that of the locale
(LC_ALL, LC_MESSAGES, LANG): English or Korean. Records keep their own.",
};

pub(super) const DOCTOR: DoctorHelp = DoctorHelp {
    about: "Look whether everything asrun needs is in order, and say how to mend it",
    long_about: "\
Look whether everything asrun needs is in order, and say how to mend it

The project, its settings and zone, git's merging, the editor, files that were left
behind, the terminal. Exit code 1 if something should be mended; nothing is changed.",
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

git runs this after `asrun init --git`. The result replaces OURS; exit code 1 means that both sides changed the same entry, and both stand in the file between conflict markers.",
    base: "The version that both sides began with (%O)",
    ours: "Our version, which gets the result (%A)",
    theirs: "Their version (%B)",
    path: "The record's path, for messages (%P)",
};
