//! Runs the user's editor, as `git commit` does.

use std::path::Path;
use std::process::Command;

use crate::lang::terminal;
use crate::store::Scratch;

use super::errors::Failure;

const SCISSORS: &str = "# ------------------------ >8 ------------------------";

/// Lets the user continue from `draft`; the notes are below the scissors line. What was saved is in `draft` even if the editor
/// fails afterwards.
///
/// # Errors
/// The editor cannot be run, it fails, or something was written among the notes.
pub fn write(notes: &str, draft: &mut String) -> Result<String, Failure> {
    let file = Scratch::new(&std::env::temp_dir(), &format!("{draft}\n{SCISSORS}\n{notes}"))?;
    let opened = open_at(file.path(), None);
    let text = file.text()?;
    let (above, below) = text.split_once(SCISSORS).unwrap_or((&text, ""));
    let known: Vec<&str> = notes.lines().map(str::trim).collect();
    let is_added = |line: &&str| !line.trim().is_empty() && !known.contains(&line.trim());
    let added: Vec<&str> = below.lines().filter(is_added).collect();
    *draft = format!("{}\n{}", above.trim(), added.join("\n")).trim().to_owned();
    opened?;
    match added.is_empty() {
        true => Ok(draft.clone()),
        false => Err(Failure::new(terminal().text_below_line())),
    }
}

/// Asks the desktop to open a file, as on a double click.
pub fn show_on_desktop(path: &Path) -> Result<(), Failure> {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let shown = Command::new(program).arg(path).status();
    match shown {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(terminal().show_failed(program, &status.to_string()))),
        Err(fault) => Err(Failure::new(terminal().cannot_show(program, &fault))),
    }
}

/// Runs `$VISUAL`, else `$EDITOR`, else vi on a file, at a line if the editor supports `+LINE`. The shell splits the
/// variable into words; the file's name is passed separately and never becomes part of a command.
pub fn open_at(path: &Path, line: Option<usize>) -> Result<(), Failure> {
    let editor = chosen();
    let at =
        line.filter(|_| takes_line(&editor)).map(|line| format!("+{line} ")).unwrap_or_default();
    let status = Command::new("sh")
        .arg("-c")
        .arg(format!("{editor} {at}\"$1\""))
        .arg("sh")
        .arg(path)
        .status()
        .map_err(|fault| Failure::new(terminal().cannot_edit(&editor, &fault)))?;
    match status.success() {
        true => Ok(()),
        false => Err(Failure::new(terminal().edit_failed(&editor, &status.to_string()))),
    }
}

fn takes_line(editor: &str) -> bool {
    let program = editor.split_whitespace().next().unwrap_or("");
    let name = Path::new(program).file_name().and_then(|name| name.to_str()).unwrap_or("");
    ["vi", "vim", "nvim", "nano", "emacs", "kak", "micro", "joe", "hx"].contains(&name)
}

/// Returns the chosen editor's program, if it is not on the path.
pub fn missing() -> Option<String> {
    let editor = chosen();
    let program = editor.split_whitespace().next()?;
    let there = Path::new(program).is_file() || is_on_path(program);
    (!there).then(|| program.to_owned())
}

/// Whether the shell finds a program.
pub fn is_on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Returns `$VISUAL`, else `$EDITOR`, else vi.
pub fn chosen() -> String {
    set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(|| "vi".to_owned())
}

/// Whether an editor is configured.
pub fn is_chosen() -> bool {
    set("VISUAL").or_else(|| set("EDITOR")).is_some()
}

fn set(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}
