use clap::Args;

use super::super::completion::script;
use super::super::context::Context;
use super::super::errors::{Exit, Failure};

/// Print completions for a shell: verbs, options, records, steps and types
///
///   source <(asrun completions bash)        in ~/.bashrc
///   source <(asrun completions zsh)         in ~/.zshrc
///   asrun completions fish | source         in ~/.config/fish/config.fish
///   asrun completions powershell | Out-String | Invoke-Expression
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct CompletionsArgs {
    /// bash, zsh, fish, powershell or elvish.
    shell: String,
}

pub(in crate::cli) fn run(context: &mut Context, args: &CompletionsArgs) -> Result<Exit, Failure> {
    context.print(&script(&args.shell)?);
    Ok(Exit::Done)
}
