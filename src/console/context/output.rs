//! Writes the files that a command produces for people.

use std::io::Write;
use std::path::PathBuf;

use crate::lang::terminal;
use crate::render::escape::terminal_lines;
use crate::store::{Claim, Origin, Outputs, Project, Replacing};

use super::super::errors::Failure;
use super::Context;

impl Context {
    /// Writes a group of files, all or none, and announces which files are replaced before replacing them.
    pub fn write_outputs(
        &self,
        project: Option<&Project>,
        files: Vec<(PathBuf, Vec<u8>)>,
        origin: &Origin,
        claim: Claim,
        force: bool,
    ) -> Result<(), Failure> {
        let outputs = Outputs::new(project, &self.folder, force);
        let plan = |(path, bytes): (PathBuf, Vec<u8>)| outputs.plan(&path, bytes, origin, claim);
        let planned = files.into_iter().map(plan).collect::<Result<Vec<_>, _>>()?;
        let telling = self.telling();
        outputs.write(planned, &telling)?;
        if let Err(fault) = outputs.finish(&telling) {
            let why = terminal().store_fault_in_short(&fault);
            self.warn(terminal().not_listed(&why));
        }
        Ok(())
    }

    /// Returns a function, for any thread, that announces on the error output which file is about to be replaced.
    pub fn telling(&self) -> impl Fn(&Replacing) + Sync + use<> {
        let (quiet, dry_run) = (self.quiet, self.dry_run);
        move |replacing| {
            let text = match replacing {
                Replacing::Other(path) => {
                    let text = terminal().replaces_other(&path.display().to_string());
                    terminal().warning(&text)
                }
                _ if quiet => return,
                Replacing::Ours(path) => terminal().replaces(&path.display().to_string()),
                Replacing::Older(path) => terminal().removes_older(&path.display().to_string()),
            };
            let text = if dry_run { terminal().rehearsed(&text) } else { text };
            // A closed error output cannot be reported.
            let _ = writeln!(anstream::stderr(), "{}", terminal_lines(&text));
        }
    }
}
