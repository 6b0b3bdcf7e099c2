//! One document: what it shows, where it goes, and where it looks for files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::render::{Files, Renderer, Site, Template, data_uri};
use crate::store::{Loaded, Project};
use crate::view::{AttachmentView, RecordView, record_view};

use super::super::super::errors::Failure;

/// One document of one record.
pub(super) struct Page {
    pub(super) view: Arc<RecordView>,
    /// Where it goes; none for the screen.
    pub(super) path: Option<PathBuf>,
    /// The files' address in the document.
    address: String,
    /// Where that address leads on disk; none if nothing is to be copied.
    assets: Option<PathBuf>,
    /// Its pictures are part of the page.
    whole: bool,
}

impl Page {
    pub(super) fn of(
        project: &Project,
        template: &Template,
        loaded: &Loaded,
        here: &Path,
        output: Option<&Path>,
    ) -> Page {
        let incident = &loaded.document.incident;
        let view = record_view(&loaded.id, incident, project.settings.tolerance_seconds(), None);
        let site = template.header().site;
        let path = output.map(|output| match is_folder(&here.join(output), output, site) {
            true => output.join(file_name(template, &view)),
            false => output.to_owned(),
        });
        let whole = template.name().ends_with(".html");
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
            (Site::Plain, Some(folder)) => {
                (format!("assets/{}", loaded.id), Some(folder.join("assets").join(&loaded.id)))
            }
            (Site::Plain, None) => (format!("incidents/assets/{}", loaded.id), None),
        };
        Page { view: Arc::new(view), path, address, assets: assets.filter(|_| !whole), whole }
    }

    pub(super) fn text(
        &self,
        project: &Project,
        renderer: &Renderer,
        draft: bool,
    ) -> Result<String, Failure> {
        Ok(renderer.record(&self.view, &self.files(project), draft)?)
    }

    pub(super) fn files(&self, project: &Project) -> Files {
        let (project, id) = (project.clone(), self.view.id.clone());
        Files {
            address: self.address.clone(),
            inside: self.whole.then(|| {
                let inside: crate::render::Inside = Arc::new(move |name: &str| {
                    let bytes = project.asset(&id, name).ok().flatten()?;
                    Some(data_uri(name, &bytes))
                });
                inside
            }),
        }
    }

    /// Copies what the document shows to where it looks for it. What could not be carried along, and
    /// what lies there of the record though nothing shows it any more, is told.
    pub(super) fn carry_assets(
        &self,
        here: &Path,
        project: &Project,
    ) -> Result<Vec<String>, Failure> {
        let mut notes = Vec::new();
        let attached: Vec<&str> = self.attachments().map(|file| file.file.as_str()).collect();
        let mentioned: Vec<String> = self.mentioned();
        for name in attached.iter().copied().chain(mentioned.iter().map(String::as_str)) {
            match project.asset(&self.view.id, name) {
                Ok(Some(bytes)) => {
                    if let Some(target) = &self.assets {
                        project.write_file(&here.join(target).join(name), &bytes)?;
                    }
                }
                Ok(None) if attached.contains(&name) => notes.push(format!(
                    "warning: {name} is not in the assets folder of {}",
                    self.view.id
                )),
                Ok(None) => {}
                Err(fault) => notes.push(format!("warning: left out: {fault}")),
            }
        }
        notes.extend(self.left_behind(here, project, &attached, &mentioned));
        Ok(notes)
    }

    /// Files of the record that an earlier document showed and this one does not.
    fn left_behind(
        &self,
        here: &Path,
        project: &Project,
        attached: &[&str],
        mentioned: &[String],
    ) -> Vec<String> {
        let Some(target) = &self.assets else { return Vec::new() };
        let Ok(entries) = std::fs::read_dir(here.join(target)) else { return Vec::new() };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let shown = |name: &String| attached.contains(&name.as_str()) || mentioned.contains(name);
        let of_record = |name: &String| matches!(project.asset(&self.view.id, name), Ok(Some(_)));
        let mut left: Vec<String> = names.filter(|name| !shown(name) && of_record(name)).collect();
        left.sort();
        left.iter()
            .map(|name| {
                format!("warning: {} is still there; nothing shows it", target.join(name).display())
            })
            .collect()
    }

    /// Names in the author's Markdown that may be files beside the record.
    fn mentioned(&self) -> Vec<String> {
        let view = &self.view;
        let events = view.events.iter().filter_map(|event| event.detail.as_deref());
        let sections = view.sections.iter().map(|section| section.body.as_str());
        let texts = [view.summary.as_deref(), view.impact.as_deref()].into_iter().flatten();
        let mut names: Vec<String> = Vec::new();
        for text in texts.chain(events).chain(sections) {
            for mark in ["](", "src=\""] {
                let ends = |c: char| c.is_whitespace() || [')', '"'].contains(&c);
                let found = text.split(mark).skip(1).filter_map(|rest| rest.split(ends).next());
                let plain =
                    |name: &&str| !name.is_empty() && !name.contains(['/', ':', '\\', '#', '?']);
                names.extend(found.filter(plain).map(str::to_owned));
            }
        }
        names.sort();
        names.dedup();
        names
    }

    /// Copied files that are not what the record's folder holds.
    pub(super) fn stale_assets(&self, here: &Path, project: &Project) -> Vec<String> {
        let Some(target) = &self.assets else { return Vec::new() };
        let stale = |attachment: &&AttachmentView| {
            let Ok(Some(bytes)) = project.asset(&self.view.id, &attachment.file) else {
                return false;
            };
            let copy = std::fs::read(here.join(target).join(&attachment.file));
            copy.map_or(true, |copy| copy != bytes)
        };
        let path = |attachment: &AttachmentView| target.join(&attachment.file);
        let stale = self.attachments().filter(stale);
        stale.map(|file| format!("{} is not what the record has", path(file).display())).collect()
    }

    fn attachments(&self) -> impl Iterator<Item = &AttachmentView> {
        let of_events = self.view.events.iter().flat_map(|event| &event.attachments);
        of_events.chain(&self.view.attachments)
    }
}

/// Whether an output is a folder: it is there as one, its name ends like one's, or it has no ending and
/// the site names its own files.
pub(super) fn is_folder(path: &Path, typed: &Path, site: Site) -> bool {
    let names_files = site != Site::Plain && typed.extension().is_none() && !path.exists();
    path.is_dir() || typed.to_string_lossy().ends_with('/') || names_files
}

/// Something else stood there, of an earlier time or another hand.
const REPLACED: &str = "wrote anew, in place of what stood there:";

/// Nothing needs to be written.
pub(super) const UP_TO_DATE: &str = "up to date already:";

/// What writing a document does to what stands there: `wrote`, `replaced` another text, or nothing.
///
/// # Errors
/// A post would lose the front matter that makes it one.
pub(super) fn writing(here: &Path, path: &Path, text: &str) -> Result<&'static str, Failure> {
    let Ok(there) = std::fs::read(here.join(path)) else { return Ok("wrote") };
    if has_front_matter(&String::from_utf8_lossy(&there)) && !has_front_matter(text) {
        return Err(Failure::new(format!(
            "{} begins with the front matter of a post, which this template does not write; nothing was written",
            path.display()
        ))
        .hint("name the post's template, such as -t chirpy, or another file"));
    }
    Ok(match there.as_slice() {
        [] => "wrote",
        there if there == text.as_bytes() => UP_TO_DATE,
        _ => REPLACED,
    })
}

/// Whether a text begins with a block between two `---` lines (Jekyll, Hugo) or `+++` lines (Hugo).
fn has_front_matter(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim_end);
    let first = lines.next().unwrap_or("");
    ["---", "+++"].contains(&first) && lines.any(|line| line == first)
}

/// `2024-09-09-왁뮤-3.0-출시.md`: Jekyll wants the day of publication first.
fn file_name(template: &Template, view: &RecordView) -> String {
    let ending = template.name().rsplit('.').next().unwrap_or("md");
    let site = template.header().site;
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
