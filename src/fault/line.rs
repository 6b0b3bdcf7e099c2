//! Why a line of the prompt was not understood.

/// Why a line of the prompt was not understood; forms are named without their slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineFault {
    /// It is the name of a command without its slash.
    NoSlash { command: &'static str },
    /// A command stands beside something else.
    NotAlone { form: String },
    /// It says something of a file, and names none.
    NoFile { form: &'static str },
    /// What can be said once was said twice.
    Twice { form: String },
    /// Several forms begin so.
    Several { typed: String, forms: Vec<&'static str> },
    /// A form's value begins without a space.
    NoSpace { form: &'static str },
    /// No form is called so.
    Unknown { typed: String, near: Option<&'static str> },
    /// A form lacks its value.
    NoValue { form: &'static str },
    /// A quote is never closed.
    Unclosed { form: &'static str },
    /// What follows a form does not begin with a time.
    NoTime { form: &'static str, typed: String },
    /// It is nothing but a dash.
    Dash,
}
