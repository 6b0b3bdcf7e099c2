//! Messages of editing, checking and rendering.

use crate::fault::{MarkFault, RenderFault, TakenFor, TemplateFault, TemplateFaultKind};
use crate::lang::terminal::{PageWords, Refusal};
use crate::lang::told::first_few;
use crate::model::nearest;

use super::English;

impl PageWords for English {
    fn nobody_to_edit(&self) -> &'static str {
        "cannot open an editor: no terminal and no EDITOR, or --no-input"
    }

    fn nothing_changed(&self) -> &'static str {
        "nothing was changed\n"
    }

    fn kept_in(&self, path: &str) -> String {
        format!("what you wrote is in {path}")
    }

    fn not_mended(&self, record: &str, real: &str, copy: &str) -> Refusal {
        Refusal::new(format!("{real} is as it was; what you wrote is kept in {copy}"))
            .hint(format!("correct that copy, then: cp '{copy}' '{real}'"))
            .hint(format!("to restore what was logged meanwhile: asrun recover {record}"))
            .hint(format!("asrun edit {record} starts again from the record as it is"))
    }

    fn mend_now(&self) -> &'static str {
        "press Enter to open the editor at that line, or type q and Enter to stop"
    }

    fn mended(&self, record: &str) -> String {
        format!("saved {record}; the record can be read again")
    }

    fn edited(&self, record: &str, merged_in: bool) -> String {
        let note = if merged_in { ", merged with what was logged meanwhile" } else { "" };
        format!("saved {record}{note}")
    }

    fn kept_entries(&self, record: &str, count: usize) -> String {
        format!("{count} kept for this record; add them with: asrun recover {record}")
    }

    fn left_out(&self, count: usize, record: &str) -> String {
        let entries = if count == 1 { "entry" } else { "entries" };
        format!("left out {count} internal {entries} of {record}")
    }

    fn missing_file(&self, name: &str, record: &str) -> String {
        format!("{name} is not in the attachment folder of {record}")
    }

    fn unread_file(&self, why: &str) -> String {
        format!("left out: {why}")
    }

    fn may_name_somebody(
        &self,
        found: &str,
        name: &str,
        places: &[String],
        record: &str,
    ) -> String {
        let places = first_few(places, |more| format!(" and {more} more"));
        let meant = match found == name {
            true => "that person is meant".to_owned(),
            false => format!("{found:?} means that person"),
        };
        format!(
            "{record} lists a person called {name:?}; if {meant}, the name is now public: {places}"
        )
    }

    fn unseen_file(&self, name: &str, record: &str) -> String {
        format!(
            "asrun cannot check the content of {name} of {record}, which is published with the \
             page: check it yourself"
        )
    }

    fn local_pictures(&self, count: usize) -> String {
        let pictures = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
        format!(
            "{pictures} of this text will not show where it is pasted: `origin` is not a GitHub \
             repository; drop them into the text there"
        )
    }

    fn previews_again(&self) -> String {
        "rewritten whenever the record changes; Ctrl-C ends it".to_owned()
    }

    fn not_shown(&self, folder: &str, names: &[String]) -> String {
        format!("{folder} has files that this document does not show: {}", names.join(", "))
    }

    fn stale(&self, path: &str) -> String {
        format!("{path} is missing, or differs from the record's file")
    }

    fn replaces(&self, path: &str) -> String {
        format!("replaces what asrun wrote before: {path}")
    }

    fn replaces_other(&self, path: &str) -> String {
        format!("replaces a file that is not as asrun left it: {path}")
    }

    fn removes_older(&self, path: &str) -> String {
        format!("removes the older document of the same record: {path}")
    }

    fn older_document(&self, path: &str) -> String {
        format!("{path} is an older document of the same record")
    }

    fn not_listed(&self, why: &str) -> String {
        format!(
            "written, but not added to the list of asrun's files; replacing it will need \
            --force ({why})"
        )
    }

    fn up_to_date(&self, path: &str) -> String {
        format!("already up to date: {path}")
    }

    fn wrote_regions(&self, count: usize, path: &str) -> String {
        let regions = if count == 1 { "region" } else { "regions" };
        format!("wrote {count} {regions} of {path}")
    }

    fn held_back(&self, failed: usize, documents: usize) -> Refusal {
        let cannot = if failed == 1 { "1 record" } else { &format!("{failed} records") };
        Refusal::new(format!("nothing written: {cannot} of {documents} cannot be rendered"))
            .hint("to write the others anyway: --keep-going")
    }

    fn rendered(&self, count: usize) -> String {
        format!("rendered {count} records")
    }

    fn template_exists(&self, path: &str) -> Refusal {
        Refusal::new(format!("{path} already exists"))
            .hint("delete it first, or write to another file: -o FILE")
    }

    fn own_template(&self, replaces: Option<&str>, says_for_whom: bool) -> String {
        match replaces {
            Some(about) => format!("yours, replaces the built-in one ({about})"),
            None if says_for_whom => "yours".to_owned(),
            None => "yours; it does not say who it is for".to_owned(),
        }
    }

    fn own_faulty_template(&self, why: &str) -> String {
        format!("yours, but {why}")
    }

    fn template_fault(&self, fault: &TemplateFault) -> Refusal {
        let TemplateFault { name, line, column, kind } = fault;
        let refusal = Refusal::new(format!("{name}:{line}:{}: {}", column.max(&1), wrong(kind)));
        let TemplateFaultKind::NoField { unknown: Some((field, known)), .. } = kind else {
            return refusal;
        };
        match nearest(field, known.iter().map(String::as_str)) {
            Some(near) => refusal.hint(format!("did you mean {near}?")),
            None => refusal,
        }
    }

    fn headerless_template(&self, name: &str, taken: TakenFor, line: &str) -> String {
        let taken = match taken {
            TakenFor::Everyone => "and is taken as public because of its name",
            TakenFor::Team => "and is taken as internal, with internal entries and names",
        };
        format!("templates/{name} does not say who it is for {taken}; add this first line: {line}")
    }
}

/// Returns why a document was not rendered.
pub(super) fn render_refusal(fault: &RenderFault) -> Refusal {
    match fault {
        RenderFault::Template(fault) => English.template_fault(fault),
        RenderFault::NotATemplateName { typed } => {
            Refusal::new(format!("--template: {typed:?} is not the name of a file in templates/"))
        }
        RenderFault::UnknownTemplate { typed, built_in } => {
            let refusal = Refusal::new(format!("--template: unknown template {typed:?}"));
            let refusal = match nearest(typed, built_in.iter().copied()) {
                Some(near) => refusal.hint(format!("did you mean {near}?")),
                None => refusal,
            };
            refusal.hint(format!("built in: {}; your own are in templates/", built_in.join(", ")))
        }
        RenderFault::NothingToCompare => {
            Refusal::new("--check compares with a file or a folder: name it with -o")
        }
        RenderFault::NotReviewed { record, label } => Refusal::new(format!(
            "{record} is not reviewed as it is now ({label}), and --strict \
                requires it"
        ))
        .hint(format!("to mark it as reviewed: asrun review -r {} --by NAME", record)),
        RenderFault::SeveralNeedFolder => {
            Refusal::new("several records need a folder: end the -o name with /")
        }
        RenderFault::LosesFrontMatter { path } => Refusal::new(format!(
            "{} begins with front matter of a post, which this template does not produce; nothing \
             was written",
            path.display()
        ))
        .hint("use the post's template, such as -t chirpy, or another file"),
        RenderFault::FilesMissing { folder, files } => Refusal::new(format!(
            "the document refers to files that are not in {folder}/: {}; nothing \
             was written",
            files.join(", ")
        ))
        .hint("copy the files there, or correct their names; asrun check lists the lines"),
        RenderFault::WrittenTwice { path, first, second } => Refusal::new(format!(
            "{} would be written from {first} and from {second}; the second was left out",
            path.display()
        ))
        .hint("rename one of the records, or render them into different folders"),
        RenderFault::NoRegions { file } => Refusal::new(format!("{file} has no marked region"))
            .hint(
                "mark one with these two lines: <!-- asrun:begin rows 3.0 --> and <!-- \
                asrun:end -->",
            ),
        RenderFault::Mark { file, line, fault } => mark_refusal(&format!("{file}:{line}:1"), fault),
        RenderFault::Region { file, line, fault } => {
            Refusal::new(format!("{file}:{line}: {}", English.template_fault(fault).message))
        }
    }
}

fn mark_refusal(place: &str, fault: &MarkFault) -> Refusal {
    match fault {
        MarkFault::EndsNothing => {
            Refusal::new(format!("{place}: this ends a region that was never begun"))
        }
        MarkFault::NotClosed => {
            Refusal::new(format!("{place}: the mark must end in --> and be alone on its line"))
        }
        MarkFault::NoEnd => Refusal::new(format!("{place}: the region is not closed"))
            .hint("close it with <!-- asrun:end --> on a line of its own"),
        MarkFault::UnknownRegion { typed, regions } => {
            let near = nearest(typed, regions.iter().copied());
            let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            Refusal::new(format!("{place}: unknown region {typed:?}{near}"))
                .hint(format!("regions: {}", regions.join(", ")))
        }
    }
}

/// Returns what is wrong with a template.
fn wrong(kind: &TemplateFaultKind) -> String {
    match kind {
        TemplateFaultKind::HeaderElsewhere => {
            "a header is only valid at the very beginning of the first line; move it there or \
             remove it"
                .to_owned()
        }
        TemplateFaultKind::NoHeader { form } => {
            format!("a header is a line of its own: {form}")
        }
        TemplateFaultKind::UnknownKey { key, form } => {
            format!("`{key}` is not a header key; a header is a line of its own: {form}")
        }
        TemplateFaultKind::UnknownWord { key, word, known } => {
            format!("`{word}` is not a valid {key}; use {}", known.join(" or "))
        }
        TemplateFaultKind::KeyTwice { key } => format!("`{key}` is in the header twice"),
        TemplateFaultKind::NoKey { key, known } => {
            format!("the header does not say {key}={}", known.join("|"))
        }
        TemplateFaultKind::TooMuchWork => {
            "the template takes too long; look for an endless loop".to_owned()
        }
        TemplateFaultKind::NoField { says, .. } => {
            format!("{says}; `asrun templates context` prints every field")
        }
        TemplateFaultKind::Refused { says } => says.clone(),
    }
}
