//! Templates by name: the user's own, else a built-in one.

use std::sync::Arc;

use crate::model::nearest;
use crate::render::{BUILT_IN, BuiltIn, Loader, Template, built_in};
use crate::store::Project;

use super::errors::Failure;

/// The template of that name: the user's own, else a built-in one.
pub(super) fn template(project: &Project, name: &str) -> Result<Template, Failure> {
    let plain = name.strip_prefix("templates/").unwrap_or(name);
    if plain.contains(['/', '\\', '\0']) || plain.starts_with('.') {
        return Err(Failure::misuse(format!(
            "--template: {name:?} is not the name of a file in templates/"
        )));
    }
    // `postmortem` is what others call a retrospective.
    let plain = if plain == "postmortem" { "retrospective" } else { plain };
    let candidates = [plain.to_owned(), format!("{plain}.md"), format!("{plain}.html")];
    for file in &candidates {
        if let Some(source) = project.template(file)? {
            return Ok(Template { name: file.clone(), source });
        }
        if let Some(source) = built_in(file) {
            return Ok(Template { name: file.clone(), source: source.to_owned() });
        }
    }
    Err(unknown_template(name))
}

fn unknown_template(name: &str) -> Failure {
    let names: Vec<&str> = BUILT_IN.iter().map(BuiltIn::name).collect();
    let failure = Failure::misuse(format!("--template: no template is called {name:?}"));
    let failure = match nearest(name, names.iter().copied()) {
        Some(near) => failure.hint(format!("did you mean {near}?")),
        None => failure,
    };
    failure.hint(format!("built in: {}; your own lie in templates/", names.join(", ")))
}

/// Finds what a template includes: the user's own file, else a built-in one.
pub(super) fn loader(project: &Project) -> Loader {
    let project = project.clone();
    Arc::new(move |name: &str| {
        let own = project.template(name).ok().flatten();
        own.or_else(|| built_in(name).map(str::to_owned))
    })
}
