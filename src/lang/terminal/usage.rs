//! What is said of a command line that is not understood.

/// Command lines that are not understood.
pub trait UsageWords {
    /// Returns the way to what people call by that verb, if it is called otherwise here.
    fn way_of(&self, verb: &str) -> Option<&'static str>;

    /// A text that begins with a dash was taken for an option.
    fn dash_in_text(&self) -> &'static str;

    /// Nothing was recorded, and what was typed follows.
    fn nothing_recorded(&self) -> &'static str;
}
