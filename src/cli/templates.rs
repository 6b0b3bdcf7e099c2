//! Templates by name: the user's own, else a built-in one.

use std::sync::Arc;

use crate::model::nearest;
use crate::render::{BUILT_IN, BuiltIn, Loader, Own, Template, built_in};
use crate::store::Project;

use super::errors::Failure;

/// The template of that name, and whom it is for by its own first line.
pub(super) fn template(project: &Project, name: &str) -> Result<Template, Failure> {
    let (file, source) = source(project, name)?;
    Ok(Template::read(file, source)?)
}

/// The file name and text of the template of that name: the user's own, else a built-in one.
pub(super) fn source(project: &Project, name: &str) -> Result<(String, String), Failure> {
    let plain = name.strip_prefix("templates/").unwrap_or(name);
    if plain.contains(['/', '\\', '\0']) || plain.starts_with('.') {
        return Err(Failure::misuse(format!(
            "--template: {name:?} is not the name of a file in templates/"
        )));
    }
    // `postmortem` is what others call a retrospective.
    let plain = if plain == "postmortem" { "retrospective" } else { plain };
    for file in [plain.to_owned(), format!("{plain}.md"), format!("{plain}.html")] {
        let own = project.template(&file)?;
        if let Some(source) = own.or_else(|| built_in(&file).map(str::to_owned)) {
            return Ok((file, source));
        }
    }
    Err(unknown_template(name))
}

/// The user's own templates, each with what it says of itself.
pub(super) fn own_templates(project: &Project) -> Result<Vec<Own>, Failure> {
    let read = |file: &String| match project.template(file) {
        Ok(source) => Template::read(file.clone(), source.unwrap_or_default())
            .map_err(|fault| fault.to_string()),
        Err(fault) => Err(fault.to_string()),
    };
    let files = project.templates()?.into_iter();
    Ok(files.map(|file| Own { template: read(&file), file }).collect())
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
