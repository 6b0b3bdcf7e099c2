//! Why a record's text cannot be changed, or merged with another.

use crate::yaml::{PatchFault, Problem};

/// Why a change was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditFault {
    /// The text cannot be patched there.
    Patch(PatchFault),
    /// The list that is to be added to is not there.
    NoList,
    /// The list that is to be added to is not written in lines.
    NotInLines,
    /// The entry was changed since.
    Changed,
    /// The last line has no line break, and the text would read differently with a line after it.
    NoLastLineBreak,
    /// A line ends in a lone carriage return, which readers of YAML understand differently.
    LoneCarriageReturn,
    /// A byte order mark stands inside the text, which readers of YAML understand differently.
    InnerByteOrderMark,
    /// The patched text does not mean what was meant. A fault of asrun's, caught in time.
    NotProved(Unproved),
}

/// What is wrong with a patched text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unproved {
    /// It cannot be read as a record.
    Unread(Vec<Problem>),
    /// It reads differently.
    Differs,
    /// Another reader of YAML refuses it, in these words of its own.
    OtherRefuses(String),
    /// Another reader of YAML reads it differently.
    OtherDiffers,
}

impl From<PatchFault> for EditFault {
    fn from(fault: PatchFault) -> EditFault {
        EditFault::Patch(fault)
    }
}

/// Why three texts were not merged entry by entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeFault {
    /// One of them is no UTF-8 text.
    NotUtf8,
    /// One of them cannot be read as a record.
    Unreadable(MergeText),
    /// A change cannot be made to the text.
    Edit(EditFault),
    /// What both sides changed shares its line with something else.
    SharedLine(MergeConflict),
}

/// What both sides of a merge changed differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeConflict {
    /// The value of a key of the record.
    Key(String),
    /// An item of a list; `text` is what it says, or empty.
    Item { list: String, text: String },
}

/// One of the three texts of a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeText {
    /// What both sides began with.
    Base,
    /// What stands here.
    Ours,
    /// What comes in.
    Theirs,
}

impl From<EditFault> for MergeFault {
    fn from(fault: EditFault) -> MergeFault {
        MergeFault::Edit(fault)
    }
}
