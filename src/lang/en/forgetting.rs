//! Texts that are taken out for good.

use crate::fault::ForgetFault;
use crate::lang::terminal::{ForgetWords, Refusal};

use super::English;

impl ForgetWords for English {
    fn text_to_forget(&self) -> &'static str {
        "text to take out (it is not shown): "
    }

    fn no_text_to_forget(&self) -> Refusal {
        Refusal::new("nobody said what is to be forgotten")
            .hint("whatever looks like a secret: asrun forget --secrets")
            .hint("or give the text on the standard input: asrun forget --stdin < FILE")
    }

    fn really_forget(&self, places: &[(String, usize)]) -> String {
        let line = |(path, places): &(String, usize)| format!("  {path}: {}\n", count(*places));
        let lines: String = places.iter().map(line).collect();
        format!("{lines}take it out for good? nothing brings it back [y/N] ")
    }

    fn nothing_forgotten(&self) -> &'static str {
        "nothing was taken out"
    }

    fn taken_out(&self, path: &str, places: usize) -> String {
        format!("taken out of {path}: {}", count(places))
    }

    fn nowhere_to_forget(&self, elsewhere: bool) -> Refusal {
        let refusal =
            Refusal::new("no record has it, nor does what asrun keeps: nothing was taken out");
        if elsewhere { refusal } else { refusal.hint("was it typed as it stands there?") }
    }

    fn stays_in(&self, path: &str) -> Refusal {
        Refusal::new(format!("it is still in {path}, which asrun does not change"))
            .hint("edit or delete that file; a document: render it again")
    }

    fn in_its_name(&self, path: &str) -> Refusal {
        Refusal::new(format!("it is in the name of {path}"))
            .hint("rename that file, and what names it")
    }

    fn typed_just_now(&self, path: &str) -> Refusal {
        Refusal::new(format!("it is still in {path}: somebody is typing it at the prompt"))
            .hint("leave the prompt, then forget it again")
    }

    fn not_taken_out(&self, path: &str, why: &str) -> Refusal {
        Refusal::new(format!("{path} was not looked into, or not written: {why}"))
            .hint("mend that, then forget it again")
    }

    fn git_holds(
        &self,
        staged: &[String],
        commits: &[String],
        refs: &[String],
        stashes: &[String],
    ) -> Refusal {
        let more = |more| format!("and {more} more");
        let mut refusal = Refusal::new("git still has it")
            .listing("files to be committed next:", staged, more)
            .listing("commits that brought it:", commits, more)
            .listing("branches and tags with such a commit:", refs, more)
            .listing("stashes:", stashes, more)
            .hint("if anybody else may have read it: have it changed or revoked first");
        if !staged.is_empty() {
            refusal = refusal.hint(
                "out of what is to be committed: git add FILE, once it is gone from the file",
            );
        }
        if !stashes.is_empty() {
            refusal = refusal.hint("out of a stash: git stash drop STASH");
        }
        if !commits.is_empty() {
            refusal = refusal
                .hint("out of the history: git filter-repo --replace-text FILE, then a forced push; other clones keep it");
        }
        refusal
    }

    fn git_unread(&self, objects: usize) -> Refusal {
        let objects = match objects {
            1 => "one object".to_owned(),
            more => format!("{more} objects"),
        };
        Refusal::new(format!(
            "{objects} of git could not be looked into: too large, or not in this clone"
        ))
    }

    fn git_not_asked(&self, why: &str) -> Refusal {
        Refusal::new(format!("whether git has it is not known: {why}"))
    }

    fn typed_in_the_open(&self) -> Refusal {
        Refusal::new("the text stands in your shell's history now")
            .hint("take it out there; next time give no text, and asrun asks for it")
    }

    fn forgotten_for_good(&self) -> &'static str {
        "asrun undo does not bring it back; backups, chats and other clones may have it"
    }

    fn secret_stays_in_journal(&self) -> Refusal {
        Refusal::new(
            "a secret went out of the record; the journal beside it still has it, for undo",
        )
        .hint("take it out there too: asrun forget --secrets")
    }
}

fn count(places: usize) -> String {
    match places {
        1 => "1 place".to_owned(),
        more => format!("{more} places"),
    }
}

pub(super) fn forget_refusal(fault: &ForgetFault) -> Refusal {
    match fault {
        ForgetFault::TooShort { least } => Refusal::new(format!(
            "the text has fewer than {least} letters: it would be found in other words everywhere"
        ))
        .hint("give more of it"),
        ForgetFault::Needed { path } => Refusal::new(format!(
            "nothing was taken out: without it {path} could not be read"
        ))
        .hint("it is part of a time, a zone or a key there; give more of it, or change that entry first: asrun edit"),
    }
}
