use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};

use crate::model::nearest;
use crate::render::{BUILT_IN, BuiltIn, Loader, Site, Template, built_in, render_template};
use crate::store::{Loaded, Project, write_output};
use crate::view::{RecordView, record_view};

use super::super::context::Context;
use super::super::errors::{Exit, Failure};
use super::super::public::{left_out, look_over};

/// Write a record as a document: a retrospective, a blog post
///
///   asrun render                                  the current record, to the screen
///   asrun render 3.0 --template chirpy -o _posts/
///   asrun render 3.0 --template mine.md -o out.md   a file of yours in templates/
///
/// A template of yours in templates/ wins over a built-in one of the same name. Into a folder,
/// each record is written under the name that the template's tool expects, and its attachments
/// are copied to where the document looks for them.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct RenderArgs {
    /// Ids, unique parts of them, or versions. Without any, the selected record, else the only
    /// open one.
    #[arg(env = "ASRUN_RECORD")]
    records: Vec<String>,
    /// retrospective, chirpy, html, or a file in templates/.
    #[arg(short, long, value_name = "NAME", default_value = "retrospective")]
    template: String,
    /// Who will read it: `public` leaves internal events and sections out. Templates of blogs are
    /// for the public unless told otherwise, the others for the team.
    #[arg(long, value_enum, value_name = "AUDIENCE")]
    audience: Option<Readers>,
    /// Write a public document even if something in it looks like a secret, an internal host or an
    /// e-mail address.
    #[arg(long)]
    publish_anyway: bool,
    /// A file, or a folder (an existing one, or a name that ends in /). Without it, or with `-`, the screen.
    #[arg(short, long, value_name = "FILE|DIR")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Readers {
    Team,
    Public,
}

pub(in crate::cli) fn run(context: &mut Context, args: &RenderArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let template = template(&project, &args.template)?;
    let wanted: Vec<Option<&str>> = match args.records.as_slice() {
        [] => vec![None],
        some => some.iter().map(|id| Some(id.as_str())).collect(),
    };
    let output = args.output.as_deref().filter(|path| path.as_os_str() != "-");
    let folder = output.filter(|path| is_folder(path));
    if wanted.len() > 1 && output.is_some() && folder.is_none() {
        return Err(Failure::misuse("several records need a folder: end the name after -o with /"));
    }
    for id in wanted {
        let mut loaded = context.load(&project, id)?;
        if readers(args, &template) == Readers::Public {
            left_out(context, &mut loaded, &project.settings);
            if !args.publish_anyway {
                look_over(&loaded)?;
            }
        }
        let page = Page::of(&project, &template, &loaded, output);
        let text = page.text(&project, &template)?;
        match &page.path {
            None => context.print(&text),
            Some(path) => {
                project.check_output(&context.folder.join(path))?;
                write_output(&context.folder.join(path), text.as_bytes())?;
                page.carry_assets(context, &project)?;
                context.say(&format!("wrote {}", path.display()));
            }
        }
    }
    Ok(Exit::Done)
}

fn readers(args: &RenderArgs, template: &Template) -> Readers {
    let own = BUILT_IN.iter().find(|built_in| built_in.file == template.name);
    let public = own.map_or(Site::of(&template.name) != Site::None, |built_in| built_in.public);
    args.audience.unwrap_or(if public { Readers::Public } else { Readers::Team })
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with('/')
}

/// The template of that name: the user's own, else a built-in one.
fn template(project: &Project, name: &str) -> Result<Template, Failure> {
    let plain = name.strip_prefix("templates/").unwrap_or(name);
    if plain.contains(['/', '\\', '\0']) || plain.starts_with('.') {
        return Err(Failure::misuse(format!(
            "--template: {name:?} is not the name of a file in templates/"
        )));
    }
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
    let names: Vec<&str> = public_names().collect();
    let failure = Failure::misuse(format!("--template: no template is called {name:?}"));
    let failure = match nearest(name, names.iter().copied()) {
        Some(near) => failure.hint(format!("did you mean {near}?")),
        None => failure,
    };
    failure.hint(format!("built in: {}; your own lie in templates/", names.join(", ")))
}

fn public_names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(BuiltIn::name)
}

/// One document: what it shows, where it goes, and where it looks for attachments.
struct Page {
    view: RecordView,
    path: Option<PathBuf>,
    /// The attachments' address in the document.
    address: String,
    /// Where that address leads on disk; none for the screen.
    assets: Option<PathBuf>,
}

impl Page {
    fn of(project: &Project, template: &Template, loaded: &Loaded, output: Option<&Path>) -> Page {
        let incident = &loaded.document.incident;
        let view = record_view(&loaded.id, incident, project.settings.tolerance_seconds(), None);
        let path = output.map(|output| match is_folder(output) {
            true => output.join(file_name(template, &view)),
            false => output.to_owned(),
        });
        let site = Site::of(&template.name);
        let folder = path.as_deref().and_then(Path::parent);
        let (address, assets) = match (site, folder) {
            // A page bundle of Hugo's holds its pictures beside its text.
            (Site::Hugo, folder) => (".".to_owned(), folder.map(Path::to_owned)),
            // Jekyll serves assets/ of the site, which is the folder above _posts/.
            (Site::Jekyll, folder) => {
                let address = format!("/assets/img/{}", loaded.id);
                let root = folder.map(|folder| {
                    if folder.ends_with("_posts") { folder.join("..") } else { folder.to_owned() }
                });
                (address.clone(), root.map(|root| root.join(address.trim_start_matches('/'))))
            }
            (Site::None, Some(folder)) => {
                (format!("assets/{}", loaded.id), Some(folder.join("assets").join(&loaded.id)))
            }
            (Site::None, None) => (format!("incidents/assets/{}", loaded.id), None),
        };
        Page { view, path, address, assets }
    }

    fn text(&self, project: &Project, template: &Template) -> Result<String, Failure> {
        let project = project.clone();
        let others: Loader = Arc::new(move |name: &str| {
            let own = project.template(name).ok().flatten();
            own.or_else(|| built_in(name).map(str::to_owned))
        });
        render_template(template, &self.view, &self.address, others)
            .map_err(|fault| Failure::new(fault.to_string()))
    }

    /// Copies what the document shows to where it looks for it.
    fn carry_assets(&self, context: &Context, project: &Project) -> Result<(), Failure> {
        let Some(target) = &self.assets else { return Ok(()) };
        let files = self
            .view
            .events
            .iter()
            .flat_map(|event| &event.attachments)
            .chain(&self.view.attachments);
        for attachment in files {
            match project.asset(&self.view.id, &attachment.file) {
                Ok(Some(bytes)) => {
                    write_output(&context.folder.join(target).join(&attachment.file), &bytes)?;
                }
                Ok(None) => context.say(&format!(
                    "warning: {} is not in the record's assets folder",
                    attachment.file
                )),
                Err(fault) => context.say(&format!("warning: left out: {fault}")),
            }
        }
        Ok(())
    }
}

/// `2024-09-09-왁뮤-3.0-출시.md`: Jekyll wants the day of publication first.
fn file_name(template: &Template, view: &RecordView) -> String {
    let ending = template.name.rsplit('.').next().unwrap_or("md");
    let site = Site::of(&template.name);
    if site == Site::Hugo {
        return format!("{}/index.{ending}", view.id);
    }
    let jekyll = site == Site::Jekyll;
    let published = view.published.as_ref().filter(|_| jekyll).map(|time| time.date.as_str());
    let slug = view
        .date
        .as_deref()
        .and_then(|date| view.id.strip_prefix(date))
        .map(|rest| rest.trim_start_matches('-'));
    match (published, slug) {
        (Some(published), Some(slug)) if !slug.is_empty() => format!("{published}-{slug}.{ending}"),
        (Some(published), _) if !view.id.starts_with(published) => {
            format!("{published}-{}.{ending}", view.id)
        }
        _ => format!("{}.{ending}", view.id),
    }
}
