//! Finds templates by name: the user's own, else a built-in one.

use std::sync::Arc;

use crate::fault::{Fault, RenderFault};
use crate::render::{BUILT_IN, BuiltIn, Loader, OwnTemplate, Template, built_in, inlined};
use crate::store::Project;

/// Returns the template with that name, with the audience from its first line.
///
/// # Errors
/// There is no template with that name, it is a part of others, or it has a fault.
pub fn template(project: &Project, name: &str) -> Result<Template, Fault> {
    let (file, source) = template_source(project, name)?;
    let is_whole = BUILT_IN.iter().any(|template| template.file == file);
    if !is_whole && project.template(&file)?.is_none() {
        return Err(unknown(name));
    }
    Ok(Template::read(file, source)?)
}

fn unknown(name: &str) -> Fault {
    let built_in = BUILT_IN.iter().map(BuiltIn::name).collect();
    RenderFault::UnknownTemplate { typed: name.to_owned(), built_in }.into()
}

/// Returns the file name and text of the template with that name: the user's own, else a built-in one.
///
/// # Errors
/// There is no template with that name, or the file cannot be read.
pub fn template_source(project: &Project, name: &str) -> Result<(String, String), Fault> {
    let plain = name.strip_prefix("templates/").unwrap_or(name);
    if plain.contains(['/', '\\', '\0']) || plain.starts_with('.') {
        return Err(RenderFault::NotATemplateName { typed: name.to_owned() }.into());
    }
    // `postmortem` is another name for a retrospective.
    let plain = if plain == "postmortem" { "retrospective" } else { plain };
    for file in [plain.to_owned(), format!("{plain}.md"), format!("{plain}.html")] {
        let own = project.template(&file)?;
        if let Some(source) = own.or_else(|| built_in(&file).map(str::to_owned)) {
            return Ok((file, source));
        }
    }
    Err(unknown(name))
}

/// Returns a template's file name and its complete text for editing: with its header, and with everything that it
/// includes.
///
/// # Errors
/// There is no such template, or its first line has a fault.
pub fn exported_template(project: &Project, name: &str) -> Result<(String, String), Fault> {
    let (file, source) = template_source(project, name)?;
    let template = Template::read(file, source)?;
    let find = loader(project);
    let whole = inlined(&template.to_export(), &|name| find(name));
    Ok((template.name().to_owned(), whole))
}

/// Returns the user's own templates, each with its header.
///
/// # Errors
/// The folder cannot be read.
pub fn own_templates(project: &Project) -> Result<Vec<OwnTemplate>, Fault> {
    let read = |file: &String| {
        let source = project.template(file)?.unwrap_or_default();
        Ok::<_, Fault>(Template::read(file.clone(), source)?)
    };
    let files = project.templates()?.into_iter();
    Ok(files.map(|file| OwnTemplate { template: read(&file), file }).collect())
}

/// Returns a loader for included templates: the user's own file, else a built-in one.
pub(super) fn loader(project: &Project) -> Loader {
    let project = project.clone();
    Arc::new(move |name: &str| {
        let own = project.template(name).ok().flatten();
        own.or_else(|| built_in(name).map(str::to_owned))
    })
}
