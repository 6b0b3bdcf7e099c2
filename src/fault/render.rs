//! Why a document was not rendered.

use std::path::PathBuf;

use super::template::TemplateFault;

/// Why a document was not rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenderFault {
    /// A template has a fault.
    Template(TemplateFault),
    /// What was typed is no name of a file in `templates/`.
    NotATemplateName { typed: String },
    /// No template is called so.
    UnknownTemplate { typed: String, built_in: Vec<&'static str> },
    /// A comparison needs something to compare with.
    NothingToCompare,
    /// A document for the public is asked for of a record that nobody reviewed as it is.
    NotReviewed { record: String, label: String },
    /// Several documents would be written to one file.
    SeveralNeedFolder,
    /// A post would lose the front matter that makes it one.
    LosesFrontMatter { path: PathBuf },
    /// Files that a document shows are not in the record's folder.
    FilesMissing { record: String, files: Vec<String> },
    /// Two records would be written to one file; the second was left out.
    WrittenTwice { path: PathBuf, first: String, second: String },
    /// A file has no marked region.
    NoRegions { file: String },
    /// A mark of a file is wrong.
    Mark { file: String, line: usize, fault: MarkFault },
    /// A region of a file cannot be rendered.
    Region { file: String, line: usize, fault: TemplateFault },
}

/// What is wrong with a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkFault {
    /// It ends a region that does not begin.
    EndsNothing,
    /// It does not end in `-->`.
    NotClosed,
    /// The region does not end.
    NoEnd,
    /// There is no such region.
    UnknownRegion { typed: String, regions: &'static [&'static str] },
}

impl RenderFault {
    /// Whether the request was wrong in itself.
    pub(super) fn is_misuse(&self) -> bool {
        matches!(
            self,
            RenderFault::NotATemplateName { .. }
                | RenderFault::UnknownTemplate { .. }
                | RenderFault::NothingToCompare
                | RenderFault::SeveralNeedFolder
        )
    }
}
