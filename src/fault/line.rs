//! Why a line of the prompt was not understood.

/// Why a line of the prompt was not understood; forms are named without their slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineFault {
    /// It is the name of a command without the slash.
    NoSlash { command: &'static str },
    /// It is a command for a shell.
    OfShell,
    /// It names a command that the prompt lacks.
    Elsewhere { verb: &'static str },
    /// A command is combined with something else.
    NotAlone { form: String },
    /// It describes a file, but names none.
    NoFile { form: &'static str },
    /// Something was given twice that can only be given once.
    Twice { form: String },
    /// Several forms begin like this.
    Several { typed: String, forms: Vec<&'static str> },
    /// A form's value begins without a space.
    NoSpace { form: &'static str },
    /// There is no such form.
    Unknown { typed: String, near: Option<&'static str> },
    /// A form lacks its value; with an example for this project, if there is one.
    NoValue { form: &'static str, example: Option<String> },
    /// A quote is never closed.
    Unclosed { form: &'static str },
    /// What follows a form does not begin with a time.
    NoTime { form: &'static str, typed: String },
    /// It is nothing but a dash.
    Dash,
}
