//! Messages about texts that are removed for good.

use crate::fault::ForgetFault;
use crate::lang::terminal::{ForgetWords, Refusal};

use super::English;

impl ForgetWords for English {
    fn text_to_forget(&self) -> &'static str {
        "text to erase (it is not shown): "
    }

    fn no_text_to_forget(&self) -> Refusal {
        Refusal::new("no text to forget was given")
            .hint("whatever looks like a secret: asrun forget --secrets")
            .hint("or pass the text on the standard input: asrun forget --stdin < FILE")
    }

    fn record_to_forget(&self, record: &str) -> Refusal {
        Refusal::new(format!("{record} is the id of a record; nothing was erased"))
            .hint(format!("to delete the record: asrun delete {record}"))
            .hint(format!(
                "to erase this text wherever it occurs: printf %s {record} | asrun forget --stdin"
            ))
    }

    fn really_forget(&self, places: &[(String, usize)]) -> String {
        let line = |(path, places): &(String, usize)| format!("  {path}: {}\n", count(*places));
        let lines: String = places.iter().map(line).collect();
        format!("{lines}erase it for good? this cannot be undone [y/N] ")
    }

    fn nothing_forgotten(&self) -> &'static str {
        "nothing was erased"
    }

    fn taken_out(&self, path: &str, places: usize) -> String {
        format!("erased from {path}: {}", count(places))
    }

    fn nowhere_to_forget(&self, elsewhere: bool) -> Refusal {
        let refusal =
            Refusal::new("no record contains it, and neither does .asrun/: nothing was erased");
        if elsewhere { refusal } else { refusal.hint("was it typed exactly as it is in the file?") }
    }

    fn stays_in(&self, path: &str) -> Refusal {
        Refusal::new(format!("it is still in {path}, which asrun does not change"))
            .hint("edit or delete that file; if it is a rendered document, render it again")
    }

    fn in_its_name(&self, path: &str) -> Refusal {
        Refusal::new(format!("it is part of the name of {path}"))
            .hint("rename that file, and update what refers to it")
    }

    fn typed_just_now(&self, path: &str) -> Refusal {
        Refusal::new(format!(
            "it is still in {path}: it is being typed at the prompt of asrun live"
        ))
        .hint("leave the prompt, then run asrun forget again")
    }

    fn needed_to_read(&self, path: &str) -> Refusal {
        Refusal::new(format!(
            "one that looks like a secret is still in {path}: it is also part of a time, a zone or a \
             key there, without which the record could not be read"
        ))
        .hint("change that entry: asrun edit; if it is not a secret: # asrun: ignore secret")
    }

    fn not_taken_out(&self, path: &str, why: &str) -> Refusal {
        Refusal::new(format!("{path} was not searched, or not written: {why}"))
            .hint("fix that, then run asrun forget again")
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
            .listing("files staged for the next commit:", staged, more)
            .listing("commits that added it:", commits, more)
            .listing("branches and tags that contain such a commit:", refs, more)
            .listing("stashes:", stashes, more)
            .hint("if anybody else may have read it, change or revoke it first");
        if !staged.is_empty() {
            refusal = refusal
                .hint("to remove it from the index: git add FILE, once the file no longer has it");
        }
        if !stashes.is_empty() {
            refusal = refusal.hint("to remove it from a stash: git stash drop STASH");
        }
        if !commits.is_empty() {
            refusal = refusal.hint(
                "to remove it from the history: git filter-repo --replace-text FILE, then a \
                    forced push; other clones keep it",
            );
        }
        refusal
    }

    fn git_unread(&self, objects: usize) -> Refusal {
        let objects = match objects {
            1 => "one object".to_owned(),
            more => format!("{more} objects"),
        };
        Refusal::new(format!(
            "{objects} of git could not be searched: too large, or not in this clone"
        ))
    }

    fn git_shallow(&self) -> Refusal {
        Refusal::new("this clone is shallow: whether older commits have it is not known")
            .hint("to know: git fetch --unshallow, then run asrun forget again")
    }

    fn git_not_asked(&self, why: &str) -> Refusal {
        Refusal::new(format!("it is not known whether git has it: {why}"))
    }

    fn typed_in_the_open(&self) -> Refusal {
        Refusal::new("the text is now in your shell's history")
            .hint("remove it there; next time leave the text out, and asrun asks for it")
    }

    fn forgotten_for_good(&self) -> &'static str {
        "asrun undo cannot restore it; backups, chats and other clones may still have it"
    }

    fn secret_stays_in_journal(&self) -> Refusal {
        Refusal::new("a secret was removed from the record; the journal still has it, for undo")
            .hint("erase it there too: asrun forget --secrets")
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
            "the text has fewer than {least} letters, so it would match inside other words"
        ))
        .hint("give a longer part of it"),
        ForgetFault::Needed { path } => {
            Refusal::new(format!("nothing was erased: without it {path} could not be read")).hint(
                "it is part of a time, a zone or a key there; give a longer part of it, or change \
            that entry first: asrun edit",
            )
        }
    }
}
