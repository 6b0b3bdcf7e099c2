//! A single document: its content, its destination, and the location of its files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::fault::{Fault, RenderFault, StoreFault};
use crate::markdown::{Picture, pictures};
use crate::model::{Moment, Post, PostLayout};
use crate::publish::shown_text;
use crate::render::{Files, Inside, PageLayout, Site, Template, data_uri};
use crate::store::{Claim, Origin, Outputs, Planned, Project, Was};
use crate::view::{AttachmentView, RecordView, post_view, record_view};

use super::super::readable::{CarriedFile, LeftOut, PublicNote, ReadableRecord};

/// A document about one record.
pub(super) struct Page {
    pub(super) view: Arc<RecordView>,
    /// Its destination; `None` for the screen.
    pub(super) path: Option<PathBuf>,
    /// The address of the files in the document.
    address: String,
    /// The folder on disk for that address; `None` if nothing is to be copied.
    assets: Option<PathBuf>,
    /// The folder that these paths are relative to.
    here: PathBuf,
    /// Whether its pictures are embedded.
    whole: bool,
    /// Whether its file is named after the record.
    named: bool,
    /// Files that were embedded.
    taken_in: Arc<Mutex<BTreeSet<String>>>,
    /// Its entry in the lists of outputs.
    pub(super) origin: Origin,
}

/// What may precede a file name in Markdown, and the characters that end the name.
const MENTIONS: &[(&str, &[char])] = &[
    ("](", &[' ', '\n', ')', '"', '<']),
    ("](<", &['>', '\n']),
    ("src=\"", &['"']),
    ("src='", &['\'']),
    ("src=", &[' ', '\n', '>', '"', '\'']),
];

/// The requested properties of a page.
#[derive(Clone, Copy)]
pub(super) struct PageRequest<'a> {
    /// The folder that the output is relative to.
    pub(super) here: &'a Path,
    /// A file or a folder; `None` for the screen.
    pub(super) output: Option<&'a Path>,
    /// GitHub's address of the records' folder.
    pub(super) hosted: Option<&'a str>,
    /// The moment at which it is read, if it is not kept.
    pub(super) now: Option<Moment>,
    /// The layout of a post, which overrides that of its record.
    pub(super) layout: Option<PostLayout>,
}

impl<'a> PageRequest<'a> {
    /// Returns only a destination, without other properties.
    pub(super) fn to(here: &'a Path, output: Option<&'a Path>) -> PageRequest<'a> {
        PageRequest { here, output, hosted: None, now: None, layout: None }
    }
}

/// Returns what a page shows of its record.
fn view_of(
    project: &Project,
    template: &Template,
    record: &ReadableRecord,
    wanted: PageRequest<'_>,
) -> RecordView {
    let PageRequest { now, layout, .. } = wanted;
    let tolerance = project.settings.tolerance_seconds();
    let mut view = record_view(&record.id, record.shown(), tolerance, None);
    view.chart = record.chart(tolerance);
    // What is overdue is not to come.
    let is_over = |promised: Moment| now.is_some_and(|now| promised.unix() <= now.unix());
    if record.shown().promised().is_some_and(is_over) {
        view.next_update_text = None;
    }
    view.handover = record.handover(now.map(|now| (tolerance, now)), &project.settings.steps);
    view.review = record.review_view();
    let post = &record.incident().post;
    let post = Post { layout: layout.or(post.layout), ..post.clone() };
    view.post = post_view(&post, layout_of(template));
    view
}

/// Returns the address of a page's pictures, and the folder on disk for that address, which is `None` if nothing is to be
/// copied. `folder` is the page's own; `None` for the screen.
fn pictures_of(
    project: &Project,
    view: &RecordView,
    site: Site,
    folder: Option<&Path>,
    hosted: Option<&str>,
) -> (String, Option<PathBuf>) {
    let id = &view.id;
    match (site, folder, hosted) {
        // A Hugo page bundle has its pictures beside its text.
        (Site::Hugo, folder, _) => (".".to_owned(), folder.map(Path::to_owned)),
        // Jekyll serves assets/ in the site's folder, which is the one above _posts/.
        (Site::Jekyll, folder, _) => {
            let address = pictures_address(view);
            let base = view.post.baseurl.as_deref().unwrap_or("").trim_matches('/');
            let root = folder.map(|folder| match folder.ends_with("_posts") {
                true => folder.parent().unwrap_or(folder),
                false => folder,
            });
            let served =
                if base.is_empty() { address.clone() } else { format!("/{base}{address}") };
            (served, root.map(|root| root.join(address.trim_start_matches('/'))))
        }
        (Site::GitHub, _, Some(hosted)) => (format!("{hosted}assets/{id}"), None),
        (Site::Plain | Site::GitHub, Some(folder), _) => {
            (format!("assets/{id}"), Some(folder.join("assets").join(id)))
        }
        (Site::Plain | Site::GitHub, None, _) => (project.files_of(id), None),
    }
}

impl Page {
    pub(super) fn of(
        project: &Project,
        template: &Template,
        record: &ReadableRecord,
        wanted: PageRequest<'_>,
    ) -> Page {
        let PageRequest { here, output, hosted, .. } = wanted;
        let mut view = view_of(project, template, record, wanted);
        let site = template.header().site;
        let named = output.is_some_and(|output| is_folder(project, here, output, site));
        let path = output.map(|output| match named {
            true => output.join(file_name(template, &view)),
            false => output.to_owned(),
        });
        // The file of a Jekyll post begins with its day: one with another day is an older version.
        let only = site == Site::Jekyll && named;
        let kind = if only { "jekyll" } else { template.name() }.to_owned();
        let origin = Origin { record: Some(view.id.clone()), kind, only };
        let whole = template.name().ends_with(".html");
        let folder = path.as_deref().and_then(Path::parent);
        let (address, assets) = pictures_of(project, &view, site, folder, hosted);
        show_once(&mut view, &address);
        Page {
            view: Arc::new(view),
            here: here.to_owned(),
            path,
            address,
            assets: assets.filter(|_| !whole),
            whole,
            named,
            taken_in: Arc::default(),
            origin,
        }
    }

    pub(super) fn files(&self, project: &Project) -> Files {
        let (project, id) = (project.clone(), self.view.id.clone());
        let taken_in = Arc::clone(&self.taken_in);
        Files {
            address: self.address.clone(),
            inside: self.whole.then(|| {
                let inside: Inside = Arc::new(move |name: &str| {
                    let bytes = project.asset(&id, name).ok().flatten()?;
                    // A poisoned lock still holds the names.
                    taken_in.lock().unwrap_or_else(|e| e.into_inner()).insert(name.to_owned());
                    Some(data_uri(name, &bytes))
                });
                inside
            }),
        }
    }

    /// Returns everything that is published except for the files that are shown: the page, and the record's id if the
    /// file is named after it.
    pub(super) fn all(&self, text: &str) -> String {
        if self.named { format!("{text}\n{}", self.view.id) } else { text.to_owned() }
    }

    /// Returns the names of the record's files that a page shows.
    fn shown<'p>(&'p self, text: &str) -> Vec<&'p str> {
        let taken_in = self.taken_in.lock().unwrap_or_else(|e| e.into_inner());
        let attached = self.attachments().map(|file| file.file.as_str());
        let named: Vec<&str> = attached.chain(self.mentioned()).collect();
        if named.is_empty() {
            return Vec::new();
        }
        let plain = shown_text(text);
        let mut shown: Vec<&str> = Vec::new();
        for name in named {
            let there = if self.whole { taken_in.contains(name) } else { plain.contains(name) };
            if there && !shown.contains(&name) {
                shown.push(name);
            }
        }
        shown
    }

    /// Returns the record's files that are published along with a page, which are those that it shows.
    pub(super) fn carried(&self, project: &Project, text: &str) -> Vec<CarriedFile> {
        let read = |name: &str| {
            let bytes = project.asset(&self.view.id, name).ok().flatten()?;
            Some(CarriedFile { name: name.to_owned(), bytes })
        };
        self.shown(text).into_iter().filter_map(read).collect()
    }

    /// Plans copies of the files that the text shows. Files that could not be copied are reported.
    pub(super) fn carry_assets(
        &self,
        project: &Project,
        outputs: &Outputs<'_>,
        text: &str,
    ) -> Result<(Vec<Planned>, Vec<PageNote>), StoreFault> {
        let (mut files, mut notes) = (Vec::new(), Vec::new());
        let record = Some(self.view.id.clone());
        let origin = Origin { record, kind: "attachment".to_owned(), only: false };
        for name in self.shown(text) {
            match project.asset(&self.view.id, name) {
                Ok(Some(bytes)) => {
                    if let Some(target) = &self.assets {
                        let path = target.join(name);
                        files.push(outputs.plan(&path, bytes, &origin, Claim::Beside)?);
                    }
                }
                Ok(None) => {}
                Err(fault) => notes.push(PageNote::UnreadFile(fault)),
            }
        }
        Ok((files, notes))
    }

    /// Returns the folder on disk that the record's files are copied to.
    pub(super) fn copies_in(&self, here: &Path) -> Option<PathBuf> {
        self.assets.as_ref().map(|target| here.join(target))
    }

    /// Returns a note on copies of the record's files that the document with this text does not show; an earlier one, or
    /// another one beside it, does.
    pub(super) fn left_behind(
        &self,
        here: &Path,
        project: &Project,
        text: &str,
    ) -> Option<PageNote> {
        let target = self.assets.as_ref()?;
        let shown = self.shown(text);
        let shown = |name: &String| shown.contains(&name.as_str());
        let of_record = |name: &String| matches!(project.asset(&self.view.id, name), Ok(Some(_)));
        let there = project.output_names(&here.join(target)).into_iter();
        let names: Vec<String> = there.filter(|name| !shown(name) && of_record(name)).collect();
        (!names.is_empty()).then(|| PageNote::NotShown { folder: target.clone(), names })
    }

    /// Returns a note on a document for GitHub with pictures that cannot be seen there: it is printed to be pasted, and
    /// they are in no GitHub repository.
    pub(super) fn local_pictures(&self, template: &Template, text: &str) -> Option<PageNote> {
        let local = self.path.is_none() && !self.address.starts_with("https://");
        let count = self.shown(text).len();
        let is_told = template.header().site == Site::GitHub && local && count > 0;
        is_told.then_some(PageNote::LocalPictures(count))
    }

    /// Returns notes on pictures that a page shows but that are not in the record's folder.
    pub(super) fn missing_pictures(&self, project: &Project, page: &str) -> Vec<PageNote> {
        let mut named = self.markdown().into_iter().flat_map(pictures).peekable();
        if named.peek().is_none() {
            return Vec::new();
        }
        let there = project.asset_names(&self.view.id).unwrap_or_default();
        let site = self.copies_in(&self.here).map(|folder| project.output_names(&folder));
        let missing = |picture: &Picture| {
            if let Some((site, name)) = site.as_ref().zip(file_at(picture, &self.address)) {
                return !site.contains(&name) && !self.attachments().any(|it| it.file == name);
            }
            let own = picture.file().is_some();
            own && !picture.is_one_of(there.iter().map(String::as_str))
        };
        // An embedded picture that does not exist leaves no trace in the page.
        let shown = |picture: &Picture| self.whole || page.contains(&picture.address);
        let missing = named.filter(|picture| missing(picture) && shown(picture));
        let missing: BTreeSet<String> = missing.map(|picture| picture.address).collect();
        let note = |name| PageNote::MissingPicture { name, record: self.view.id.clone() };
        missing.into_iter().map(note).collect()
    }

    /// Refuses to write a page with missing files.
    ///
    /// # Errors
    /// It shows, or links to, files that are not in the record's folder.
    pub(super) fn has_its_files(&self, project: &Project, page: &str) -> Result<(), RenderFault> {
        let missing = |name: &&str| {
            let is_attached = self.attachments().any(|file| file.file == **name);
            is_attached && matches!(project.asset(&self.view.id, name), Ok(None))
        };
        let attached = self.shown(page).into_iter().filter(missing).map(str::to_owned);
        let pictures =
            self.missing_pictures(project, page).into_iter().filter_map(|note| match note {
                PageNote::MissingPicture { name, .. } => Some(name),
                _ => None,
            });
        let files: BTreeSet<String> = attached.chain(pictures).collect();
        if files.is_empty() {
            return Ok(());
        }
        let (folder, files) = (project.files_of(&self.view.id), files.into_iter().collect());
        Err(RenderFault::FilesMissing { folder, files })
    }

    /// Returns every Markdown text of the author.
    fn markdown(&self) -> Vec<&str> {
        markdown_of(&self.view)
    }

    /// Returns names in the author's Markdown that may be files beside the record.
    fn mentioned(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        let outside = |name: &&str| name.is_empty() || name.contains(['/', ':', '\\', '#', '?']);
        for text in self.markdown() {
            for (mark, ends) in MENTIONS {
                let found = text.split(mark).skip(1).filter_map(|rest| rest.split(*ends).next());
                names.extend(found.filter(|name| !outside(name)));
            }
        }
        names.sort();
        names.dedup();
        names
    }

    /// Returns copies that differ from the record's files, and older documents about the record.
    pub(super) fn stale(
        &self,
        (outputs, project): (&Outputs<'_>, &Project),
        text: &str,
    ) -> Vec<PageNote> {
        let older = self.path.iter().filter(|_| self.origin.only);
        let older = older.flat_map(|path| outputs.older_than(path, &self.origin));
        let mut notes: Vec<PageNote> = older.map(PageNote::Older).collect();
        let Some(target) = &self.assets else { return notes };
        let stale = |path: &PathBuf, file: &str| {
            let Ok(Some(bytes)) = project.asset(&self.view.id, file) else { return false };
            !outputs.there(path).is_ok_and(|copy| copy == Some(bytes))
        };
        let attached = |name: &&str| self.attachments().any(|file| file.file == *name);
        let files = self.shown(text).into_iter().filter(attached);
        let stale =
            files.map(|name| (target.join(name), name)).filter(|(path, file)| stale(path, file));
        notes.extend(stale.map(|(path, _)| PageNote::Stale(path)));
        notes
    }

    fn attachments(&self) -> impl Iterator<Item = &AttachmentView> {
        let of_events = self.view.events.iter().flat_map(|event| &event.attachments);
        of_events.chain(&self.view.attachments)
    }
}

/// Returns the layout of posts if the author names none.
fn layout_of(template: &Template) -> PostLayout {
    match template.header().layout {
        PageLayout::Full => PostLayout::Full,
        PageLayout::Blog => PostLayout::Blog,
    }
}

/// Returns every Markdown text of the author.
fn markdown_of(view: &RecordView) -> Vec<&str> {
    let (before, after) = (view.post.before_plan.as_deref(), view.post.after_plan.as_deref());
    let heads = [view.summary.as_deref(), view.impact.as_deref(), before, after];
    let heads = heads.into_iter().flatten();
    let events = view.events.iter().filter_map(|event| event.detail.as_deref());
    let lists = view.lessons.lists().into_iter().chain([&view.contributing_factors]);
    let items = lists.flatten().map(String::as_str);
    let sections = view.sections.iter().map(|section| section.body.as_str());
    heads.chain(events).chain(items).chain(sections).collect()
}

/// Returns the name of a file that a picture shows in the folder of that address.
fn file_at(picture: &Picture, address: &str) -> Option<String> {
    let shown = picture.percent_decoded().unwrap_or_else(|| picture.address.clone());
    let name = shown.strip_prefix(address)?.strip_prefix('/')?;
    (!name.is_empty() && !name.contains('/')).then(|| name.to_owned())
}

/// Notes that texts show files by their address in the document, as in one that was pasted from it: they are not shown
/// again.
fn show_once(view: &mut RecordView, address: &str) {
    let all = markdown_of(view).into_iter().flat_map(pictures);
    let shown: BTreeSet<String> = all.filter_map(|picture| file_at(&picture, address)).collect();
    let of_events = view.events.iter_mut().flat_map(|event| &mut event.attachments);
    for file in of_events.chain(&mut view.attachments) {
        file.inline |= shown.contains(&file.file);
    }
}

/// Returns the address of a post's pictures on a Jekyll site.
fn pictures_address(view: &RecordView) -> String {
    let folder = view.post.images.as_deref().unwrap_or("/assets/img/{id}");
    let dated = view.published.as_ref().map(|time| time.date.as_str()).or(view.date.as_deref());
    let year = dated.and_then(|date| date.get(..4)).unwrap_or("undated");
    format!("/{}", folder.trim_matches('/')).replace("{id}", &view.id).replace("{year}", year)
}

/// Whether an output is a folder: it is an existing one, its name ends like one, or it has no extension and the site
/// determines the names of files.
pub(super) fn is_folder(project: &Project, here: &Path, typed: &Path, site: Site) -> bool {
    let there = project.output_is_folder(&here.join(typed));
    let is_site = matches!(site, Site::Jekyll | Site::Hugo);
    let names_files = is_site && typed.extension().is_none() && there.is_none();
    there == Some(true) || typed.to_string_lossy().ends_with('/') || names_files
}

/// A note on a page.
#[derive(Debug)]
pub enum PageNote {
    /// Entries were left out for its readers.
    LeftOut(LeftOut),
    /// A picture in a text is not in the record's folder.
    MissingPicture {
        /// Its name.
        name: String,
        /// The record's id.
        record: String,
    },
    /// A file could not be copied.
    UnreadFile(StoreFault),
    /// There are files of the record in the document's folder of files that it does not show.
    NotShown {
        /// The folder.
        folder: PathBuf,
        /// Their names.
        names: Vec<String>,
    },
    /// A copied file differs from the record's.
    Stale(PathBuf),
    /// There is an older document about the same record.
    Older(PathBuf),
    /// The document refers to pictures beside it, but is not in their folder.
    LocalPictures(usize),
    /// The written files could not be listed.
    NotListed(StoreFault),
    /// What to know about a page for the public.
    Public(PublicNote),
}

/// What happened to a document.
#[derive(Debug, PartialEq, Eq)]
pub enum Written {
    /// It was rendered for the screen.
    Text(String),
    /// A new file was written.
    New(PathBuf),
    /// A file with another text was replaced.
    Replaced(PathBuf),
    /// The file is up to date.
    UpToDate(PathBuf),
    /// Nothing was to be written, and the file is up to date.
    Same,
    /// Nothing was to be written, and the file differs.
    Differs(Difference),
}

/// A file's content, and what would be written to it.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// The file as named.
    pub path: PathBuf,
    /// Its text; empty if it does not exist.
    pub there: String,
    /// What would be written.
    pub wanted: String,
}

/// Plans a document whose file may exist already.
///
/// # Errors
/// A post would lose its front matter, or the existing file must not be replaced.
pub(super) fn plan(
    outputs: &Outputs<'_>,
    path: &Path,
    text: String,
    origin: &Origin,
) -> Result<Planned, Fault> {
    if let Some(there) = outputs.there(path)?
        && has_front_matter(&String::from_utf8_lossy(&there))
        && !has_front_matter(&text)
    {
        return Err(RenderFault::LosesFrontMatter { path: path.to_owned() }.into());
    }
    Ok(outputs.plan(path, text.into_bytes(), origin, Claim::Whole)?)
}

/// Returns the result for a planned document.
pub(super) fn written(planned: &Planned) -> Written {
    let path = planned.path.clone();
    match planned.was {
        Was::New => Written::New(path),
        Was::Same => Written::UpToDate(path),
        Was::Ours | Was::Other => Written::Replaced(path),
    }
}

/// Compares a file with what would be written to it.
///
/// # Errors
/// A link is in the way, or it is not a file.
pub(super) fn compare(
    outputs: &Outputs<'_>,
    path: &Path,
    wanted: &str,
) -> Result<Written, StoreFault> {
    // git may use other line ends than asrun, and a user's own post keeps its own.
    let there = outputs.there(path)?;
    let there = there.map(|bytes| String::from_utf8_lossy(&bytes).replace("\r\n", "\n"));
    let wanted = wanted.replace("\r\n", "\n");
    if there.as_ref() == Some(&wanted) {
        return Ok(Written::Same);
    }
    let there = there.unwrap_or_default();
    Ok(Written::Differs(Difference { path: path.to_owned(), there, wanted }))
}

/// Whether a text begins with a block between two `---` lines (Jekyll, Hugo) or `+++` lines (Hugo).
fn has_front_matter(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim_end);
    let first = lines.next().unwrap_or("");
    ["---", "+++"].contains(&first) && lines.any(|line| line == first)
}

/// Returns a name such as `2024-09-09-왁뮤-3.0-출시.md`: Jekyll requires the day of publication first.
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
