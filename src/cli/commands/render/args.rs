use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::operations::Readers as RequestReaders;

/// Write a record as a document: a retrospective, a blog post
///
///   asrun render                              the current record, to the screen
///   asrun render 3.0 --template chirpy -o _posts/
///   asrun render --template changelog -o HISTORY.md
///   asrun render 3.0 --template mine.md       a file of yours in templates/
///   asrun render 3.0 --into post.md           only its marked regions
///   asrun render 3.0 --template chirpy -o _posts/ --check    for CI: still true?
///
/// A template of yours in templates/ wins over a built-in one of the same name;
/// `asrun templates list` shows all. Into a folder, each record is written
/// under the name that the template's tool expects, and its attachments are
/// copied to where the document looks for them.
///
/// A region begins with `<!-- asrun:begin rows 3.0 -->` and ends with `<!--
/// asrun:end -->`; it may be plan, rows, timeline, durations, factors, lessons,
/// actions or mermaid. All around it is yours.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct RenderArgs {
    /// Ids, unique parts of them, or versions. Without any, the selected record, else the only
    /// open one.
    #[arg(env = "ASRUN_RECORD", conflicts_with = "all")]
    pub(super) records: Vec<String>,
    /// Every record, the newest first.
    #[arg(long)]
    pub(super) all: bool,
    /// One of `asrun templates list`, or a file in templates/.
    #[arg(short, long, value_name = "NAME", default_value = "retrospective")]
    pub(super) template: String,
    /// Who will read it: `public` leaves internal entries and names out. Without it, those whom the
    /// template's first line names (`asrun templates list`).
    #[arg(long, value_enum, value_name = "AUDIENCE")]
    pub(super) audience: Option<Readers>,
    /// Write a public document even if something in it looks like a secret, an internal host or an
    /// e-mail address.
    #[arg(long)]
    pub(super) publish_anyway: bool,
    /// Keep empty sections, with a question in each.
    #[arg(long)]
    pub(super) draft: bool,
    /// A file, or a folder (an existing one, or a name that ends in /). Without it, or with `-`, the screen.
    #[arg(short, long, value_name = "FILE|DIR")]
    pub(super) output: Option<PathBuf>,
    /// Write the marked regions of this file anew, and nothing else of it.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["output", "template", "all"])]
    pub(super) into: Option<PathBuf>,
    /// Write nothing; exit code 1 and the difference if a document is not what it would be now.
    #[arg(long)]
    pub(super) check: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Readers {
    Team,
    Public,
}

impl RenderArgs {
    /// Returns who reads the document, if the command says so.
    pub(super) fn readers(&self) -> Option<RequestReaders> {
        self.audience.map(|readers| match readers {
            Readers::Team => RequestReaders::Team,
            Readers::Public => RequestReaders::Public,
        })
    }
}
