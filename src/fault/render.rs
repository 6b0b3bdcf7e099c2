//! Why a document was not rendered.

use std::path::PathBuf;

use super::template::TemplateFault;

/// Why a document was not rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenderFault {
    /// A template has a fault.
    Template(TemplateFault),
    /// The name is not that of a file in `templates/`.
    NotATemplateName { typed: String },
    /// There is no template of that name.
    UnknownTemplate { typed: String, built_in: Vec<&'static str> },
    /// A comparison needs a second record.
    NothingToCompare,
    /// A public document was requested of a record that was not reviewed in its current state.
    NotReviewed { record: String, label: String },
    /// Several documents would be written to one file.
    SeveralNeedFolder,
    /// A post would lose its front matter.
    LosesFrontMatter { path: PathBuf },
    /// Files shown in a document are missing from the record's folder.
    FilesMissing { folder: String, files: Vec<String> },
    /// Two records would be written to the same file; the second was skipped.
    WrittenTwice { path: PathBuf, first: String, second: String },
    /// A file has no marked region.
    NoRegions { file: String },
    /// A marker in a file is wrong.
    Mark { file: String, line: usize, fault: MarkFault },
    /// A region of a file cannot be rendered.
    Region { file: String, line: usize, fault: TemplateFault },
}

/// What is wrong with a marker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkFault {
    /// It ends a region that was not begun.
    EndsNothing,
    /// It does not end in `-->`.
    NotClosed,
    /// The region has no end marker.
    NoEnd,
    /// There is no such region.
    UnknownRegion { typed: String, regions: &'static [&'static str] },
}

impl RenderFault {
    /// Whether the request itself was wrong.
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
