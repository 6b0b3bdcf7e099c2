//! Templates: data that describes a document. Built-in ones are embedded; a user's file with the same name takes
//! precedence. A template sees a view, usually a [`RecordView`], and nothing else: no files and no environment, and it
//! cannot loop endlessly.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Object, Serde, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};
use serde::Serialize;

use crate::fault::{TakenFor, TemplateFault, TemplateFaultKind};
use crate::view::{Labels, RecordView};

use super::built_in::{Loader, built_in};
use super::chart::{Frame, chart_mermaid, chart_svg};
use super::escape;
use super::files::{Files, HeldBack};
use super::header::{HeaderFault, Key, Site, TemplateHeader, read_header};
use super::headerless::{Known, without_header};
use super::html;
use super::markdown;
use super::pictures::{Attached, MarkdownPictures, Shown, is_width, shown};

/// A template's name, text and header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    name: String,
    source: String,
    header: TemplateHeader,
    known: Known,
}

impl Template {
    /// Returns a template from a file's content. Its first line says whom it is for; for files without a header see
    /// [`Template::taken_for`].
    ///
    /// # Errors
    /// The header is malformed or not in the first line.
    pub fn read(name: String, source: String) -> Result<Template, TemplateFault> {
        let stated = read_header(&source).map_err(|at| header_fault(&name, &source, at))?;
        let stated = stated.map(|header| (header, Known::Stated));
        let (header, known) = stated.unwrap_or_else(|| without_header(&name));
        Ok(Template { name, source, header, known })
    }

    /// Returns the built-in template with that file name, whatever the user's own files contain; an empty one if there
    /// is none.
    ///
    /// # Errors
    /// Never fails: built-in templates have valid headers.
    pub fn built_in(file: &str) -> Result<Template, TemplateFault> {
        Template::read(file.to_owned(), built_in(file).unwrap_or_default().to_owned())
    }

    /// Returns the template for another site, for a part of a document that another tool processes.
    #[must_use]
    pub fn on(self, site: Site) -> Template {
        Template { header: TemplateHeader { site, ..self.header }, ..self }
    }

    /// Returns the file name; its extension determines how texts are escaped.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns whom it is for.
    pub fn header(&self) -> TemplateHeader {
        self.header
    }

    /// Returns the text with an explicit header, so that a copy of an old file keeps the audience that its former name
    /// implied. The text of a file with an unknown audience is unchanged.
    pub fn to_export(&self) -> String {
        match self.known {
            Known::Stated | Known::Unsaid => self.source.clone(),
            Known::Exported | Known::Named => {
                let source = self.source.trim_start_matches('\u{feff}');
                format!("{}\n{source}", self.header.line())
            }
        }
    }

    /// Returns the assumed audience, if the template does not state it.
    pub fn taken_for(&self) -> Option<TakenFor> {
        match self.known {
            Known::Stated | Known::Exported => None,
            Known::Named => Some(TakenFor::Everyone),
            Known::Unsaid => Some(TakenFor::Team),
        }
    }
}

/// Returns a header's fault with its line and column.
fn header_fault(name: &str, source: &str, fault: HeaderFault) -> TemplateFault {
    TemplateFault {
        name: name.to_owned(),
        line: source[..fault.at].matches('\n').count() + 1,
        column: column_of(source, fault.at),
        kind: fault.kind,
    }
}

/// The limit of a template's work: a base amount plus a share per event. The engine also charges for long texts, so
/// this bounds memory as well, to about 200 MB for a small record.
const FUEL: u64 = 3_000_000;
const FUEL_PER_EVENT: u64 = 2_000;

/// The marked regions that a post may have.
pub const REGIONS: &[&str] =
    &["plan", "rows", "timeline", "durations", "factors", "lessons", "actions", "mermaid"];

/// A template that is compiled once, for any number of records and threads.
#[derive(Clone)]
pub struct Renderer {
    environment: Environment<'static>,
    name: String,
}

impl Renderer {
    /// Compiles a template. `others` finds the templates that it includes or extends, whose headers are ignored.
    ///
    /// # Errors
    /// The first fault of the template, with its position.
    pub fn new(template: &Template, others: Loader) -> Result<Renderer, TemplateFault> {
        let mut environment = environment(template.header.site);
        environment.set_loader(move |name| Ok(others(name)));
        environment
            .add_template_owned(template.name.clone(), template.source.clone())
            .map_err(|e| fault(&template.name, &e))?;
        read_ahead(&environment, &template.source);
        Ok(Renderer { environment, name: template.name.clone() })
    }

    /// Returns a record's document. `draft` keeps empty sections, each with a question.
    ///
    /// # Errors
    /// The first fault of the template, with its position.
    pub fn record(
        &self,
        view: &Arc<RecordView>,
        files: &Files,
        draft: bool,
    ) -> Result<String, TemplateFault> {
        let own = serde_json::json!({ "assets": files.address, "draft": draft });
        let fuel = FUEL + FUEL_PER_EVENT * view.events.len() as u64;
        self.render(own, &**view, TemplatePage::of(view, files), fuel)
    }

    /// Returns one of [`REGIONS`] of a post.
    ///
    /// # Errors
    /// As [`Renderer::record`].
    pub fn region(
        &self,
        region: &str,
        view: &Arc<RecordView>,
        files: &Files,
    ) -> Result<String, TemplateFault> {
        let own = serde_json::json!({ "assets": files.address, "draft": false, "region": region });
        self.render(own, &**view, TemplatePage::of(view, files), FUEL * 10)
    }

    /// Returns one document about many records, which the template sees as `records`, with the fixed words of a
    /// language.
    ///
    /// # Errors
    /// As [`Renderer::record`].
    pub fn history(&self, views: &[RecordView], labels: &Labels) -> Result<String, TemplateFault> {
        let own = serde_json::json!({ "records": views, "labels": labels, "draft": false });
        let fuel = FUEL * (10 + views.len() as u64);
        self.render(own, &serde_json::json!({}), TemplatePage::default(), fuel)
    }

    /// Returns a document about another view, which may contain many records.
    ///
    /// # Errors
    /// As [`Renderer::record`].
    pub(super) fn view<V: Serialize>(&self, view: &V) -> Result<String, TemplateFault> {
        self.render(serde_json::json!({}), view, TemplatePage::default(), FUEL * 10)
    }

    fn render<V: Serialize>(
        &self,
        own: serde_json::Value,
        view: &V,
        mut page: TemplatePage,
        fuel: u64,
    ) -> Result<String, TemplateFault> {
        let held_back;
        (page.files, held_back) = HeldBack::of(&page.files);
        let mut environment = self.environment.clone();
        environment.set_fuel(Some(fuel));
        environment.add_global(PAGE, Value::from_object(page));
        let template = environment.get_template(&self.name).map_err(|e| fault(&self.name, &e))?;
        let context =
            minijinja::value::merge_maps([Value::from(Serde(own)), Value::from(Serde(view))]);
        let text = template.render(context).map_err(|e| {
            let mut fault = fault(&self.name, &e);
            if let TemplateFaultKind::NoField { unknown, .. } = &mut fault.kind {
                *unknown = undefined(&e).map(|field| (field, fields(view)));
            }
            fault
        })?;
        let text = if self.name.ends_with(".md") { markdown::tidy(&text) } else { text };
        Ok(held_back.put_in(text))
    }
}

/// Returns the last name in an undefined expression: `txet` in `event.txet`.
fn undefined(error: &Error) -> Option<String> {
    let expression = error.detail()?.split('`').nth(1)?;
    expression.rsplit('.').next().map(str::to_owned)
}

/// Returns the names of all fields of a view, at any depth.
fn fields<V: Serialize>(view: &V) -> Vec<String> {
    fn collect(value: &serde_json::Value, names: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(entries) => {
                for (name, value) in entries {
                    if !names.contains(name) {
                        names.push(name.clone());
                    }
                    collect(value, names);
                }
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
            _ => {}
        }
    }
    let mut names = Vec::new();
    collect(&serde_json::to_value(view).unwrap_or_default(), &mut names);
    names
}

/// Loads the templates that a source refers to, directly or indirectly, so that they are not loaded again for every
/// record. Errors are reported where a template is used.
fn read_ahead(environment: &Environment, source: &str) {
    let mut known = HashSet::new();
    let mut sources = vec![source.to_owned()];
    while let Some(source) = sources.pop() {
        let tags = source.split("{%").skip(1).filter_map(|rest| rest.split("%}").next());
        let uses = tags.filter(|tag| {
            ["import", "include", "extends", "from"].iter().any(|word| tag.contains(word))
        });
        for name in uses.filter_map(|tag| tag.split('"').nth(1)) {
            if known.insert(name.to_owned())
                && let Ok(template) = environment.get_template(name)
            {
                sources.push(template.source().to_owned());
            }
        }
    }
}

/// The properties of a document that filters and functions need.
#[derive(Default)]
struct TemplatePage {
    files: Files,
    view: Option<Arc<RecordView>>,
    /// The record's files, by name.
    attached: Attached,
    /// The names of footnotes and reference links that are in use.
    names: Mutex<markdown::Names>,
}

impl TemplatePage {
    fn of(view: &Arc<RecordView>, files: &Files) -> TemplatePage {
        let of_events = view.events.iter().flat_map(|event| &event.attachments);
        let all = of_events.chain(&view.attachments);
        TemplatePage {
            files: files.clone(),
            view: Some(view.clone()),
            attached: all.map(|file| (file.file.clone(), file.clone())).collect(),
            names: Mutex::default(),
        }
    }

    fn html(&self, text: &str, level: usize) -> String {
        let mut names = self.names.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let text = markdown::with_own_names(text, &mut names);
        html::to_html(&text, level, &self.files, &self.attached)
    }

    /// Returns a text as part of a Markdown document, harmless for the site's tool.
    fn embed(&self, text: &str, level: usize, site: Site) -> String {
        // A poisoned lock still holds the names.
        let mut names = self.names.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let pictures =
            MarkdownPictures { site, assets: &self.files.address, attached: &self.attached };
        markdown::embed(text, level, &pictures, &mut names)
    }
}

impl std::fmt::Debug for TemplatePage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("page")
    }
}

impl Object for TemplatePage {}

/// The name of the global variable that holds the page.
const PAGE: &str = "_page";

fn with_page<T>(state: &State, then: impl FnOnce(&TemplatePage) -> T) -> T {
    let value = state.lookup(PAGE);
    match value.as_ref().and_then(|value| value.downcast_object_ref::<TemplatePage>()) {
        Some(page) => then(page),
        None => then(&TemplatePage::default()),
    }
}

fn environment(site: Site) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_syntax(syntax());
    environment.set_recursion_limit(64);
    environment.set_debug(true);
    environment.set_auto_escape_callback(escape_of);
    environment.set_formatter(move |out, state, value| format_value(out, state, value, site));
    environment.add_global("site", global(site));
    add_functions(&mut environment, site);
    add_markdown(&mut environment, site);
    add_escapes(&mut environment, site);
    environment
}

/// Adds the functions `chart(width)` (an SVG picture for pages), `mermaid()` (a code block for Markdown), `handover()`
/// (what the next person in charge needs to know), `file_url(name)` (the address of a record's file) and `post_time()`
/// (the time of a post, for site generators that need more than a day).
fn add_functions(environment: &mut Environment<'static>, site: Site) {
    let drawing =
        move |text: Option<String>| Value::from_safe_string(site.protect(text.unwrap_or_default()));
    environment.add_function("file_url", |state: &State<'_, '_>, name: Value| {
        with_page(state, |page| page.files.url(&plain(&name)).unwrap_or_default())
    });
    environment.add_function("post_time", |state: &State<'_, '_>| {
        let time =
            |page: &TemplatePage| Some(page.view.as_ref()?.published.as_ref()?.begins.clone());
        with_page(state, time).unwrap_or_default()
    });
    environment.add_function("chart", move |state: &State<'_, '_>, width: Option<u32>| {
        let frame = Frame { width: width.unwrap_or(880).clamp(280, 4000), alone: false };
        let drawn = with_page(state, |page| {
            page.view.as_ref().map(|view| Some(chart_svg(view.chart.view()?, frame)))
        });
        match drawn {
            // An error is better than a page that silently lacks its picture.
            Some(None) => Err(Error::new(ErrorKind::InvalidOperation, "no picture is at hand")),
            drawn => Ok(drawing(drawn.flatten())),
        }
    });
    environment.add_function("handover", |state: &State<'_, '_>| {
        with_page(state, |page| {
            let handover = page.view.as_ref().and_then(|view| view.handover.view());
            handover.map(|view| Value::from(Serde(view))).unwrap_or_default()
        })
    });
    environment.add_function("mermaid", move |state: &State<'_, '_>| {
        let drawn = with_page(state, |page| page.view.as_ref().map(|view| chart_mermaid(view)));
        drawing(drawn)
    });
}

/// Adds a filter that makes an author's Markdown part of the document.
fn add_markdown(environment: &mut Environment<'static>, site: Site) {
    environment.add_filter(
        "markdown",
        move |state: &State<'_, '_>, text: Value, level: Option<usize>| {
            let (text, level) = (plain(&text), level.unwrap_or(2));
            Value::from_safe_string(with_page(state, |page| match state.auto_escape() {
                AutoEscape::Html => site.protect(page.html(&text, level)),
                _ => page.embed(&text, level, site),
            }))
        },
    );
    environment.add_filter("picture", move |file: Value, assets: Value| {
        let said = |name: &str| file.get_attr(name).map(|value| plain(&value)).unwrap_or_default();
        let (url, alt, width) =
            (format!("{}/{}", plain(&assets), said("file")), said("alt"), said("width"));
        let picture = Shown { alt: &alt, width: Some(&*width).filter(|width| is_width(width)) };
        Value::from_safe_string(shown(site, &url, &picture))
    });
    environment.add_filter("bullet", move |state: &State<'_, '_>, text: Value| {
        let item = with_page(state, |page| page.embed(&plain(&text), 3, site));
        // Spaces before a fence would move it out of the list item.
        let item = item.trim_start();
        Value::from_safe_string(item.replace('\n', "\n  ").replace("\n  \n", "\n\n"))
    });
}

/// Adds filters that escape plain texts for grammars other than the document's.
fn add_escapes(environment: &mut Environment<'static>, site: Site) {
    let mut add = |name: &'static str, site: Site, grammar: fn(&str) -> String| {
        environment.add_filter(name, move |text: Value| {
            Value::from_safe_string(site.protect(grammar(&plain(&text))))
        });
    };
    add("yaml", Site::Plain, escape::yaml);
    add("lines", Site::Plain, escape::terminal_lines);
    add("code", site, escape::one_line);
    add("note", site, escape::note);
    add("raw", site, |text| escape::terminal(text).into_owned());
    add("chat", site, |text| markdown::harmless(escape::one_line(text)));
    add("attr", site, |text| escape::html(&escape::one_line(text)));
    add("address", site, |text| escape::address(&escape::one_line(text)));
    add("parameter", Site::Plain, escape::parameter);
    add("width", Site::Plain, |text| if is_width(text) { text.to_owned() } else { String::new() });
    environment.add_filter("link", move |state: &State<'_, '_>, text: Value| {
        let text = plain(&text);
        let link = match state.auto_escape() {
            AutoEscape::Html => html_link(&text),
            _ => link(&text),
        };
        Value::from_safe_string(site.protect(link))
    });
    environment.add_filter("linked", move |state: &State<'_, '_>, text: Value| {
        match state.auto_escape() {
            AutoEscape::Html => {
                Value::from_safe_string(site.protect(html::plain_text(&plain(&text))))
            }
            _ => text,
        }
    });
}

/// Returns the variable by which templates recognize a site.
fn global(site: Site) -> &'static str {
    if matches!(site, Site::Plain | Site::GitHub) { "" } else { site.word() }
}

/// Returns the syntax of templates: a line with only a block tag leaves no empty line.
fn syntax() -> SyntaxConfig {
    let mut builder = SyntaxConfig::builder();
    builder.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    // The default delimiters are known to be valid.
    builder.build().unwrap_or_default()
}

fn plain(value: &Value) -> String {
    if value.is_none() || value.is_undefined() { String::new() } else { value.to_string() }
}

/// Returns a link as Markdown if its scheme is harmless, else as text.
fn link(url: &str) -> String {
    match escape::safe_url(url) {
        Some(url) if url.starts_with("http") && !url.contains(['<', '>', ' ']) => {
            // In kramdown a bare pipe makes a table of the line.
            format!("<{}>", url.replace('|', "%7C"))
        }
        Some(url) if url.starts_with("mailto:") && !url.contains(['<', '>', ' ']) => {
            format!("<{}>", &url[7..])
        }
        _ => escape::markdown_text(url),
    }
}

/// Returns a link as HTML if its scheme is harmless, else as text.
fn html_link(url: &str) -> String {
    let text = escape::html(&escape::terminal(url));
    match escape::safe_url(url).filter(|url| url.starts_with("http") || url.starts_with("mailto:"))
    {
        Some(url) => format!("<a href=\"{}\" rel=\"noreferrer\">{text}</a>", escape::html(url)),
        None => text,
    }
}

/// Returns the escaping of a file, by its extension alone.
fn escape_of(name: &str) -> AutoEscape {
    let name = name.to_ascii_lowercase();
    match name.trim_end_matches(".j2").rsplit('.').next() {
        Some("html" | "htm" | "xhtml" | "xml" | "svg") => AutoEscape::Html,
        Some("md" | "markdown") => AutoEscape::Custom("markdown".into()),
        _ => AutoEscape::None,
    }
}

fn format_value(out: &mut Output, state: &State, value: &Value, site: Site) -> Result<(), Error> {
    if value.is_none() {
        return Ok(());
    }
    if value.is_safe() {
        return write(out, &value.to_string());
    }
    let text = value.to_string();
    let text = match state.auto_escape() {
        AutoEscape::Html => escape::html(&escape::terminal_lines(&text)),
        AutoEscape::Custom(_) => escape::markdown_text(&text),
        _ => text,
    };
    write(out, &site.protect(text))
}

fn write(out: &mut Output, text: &str) -> Result<(), Error> {
    out.write_str(text)
        .map_err(|_| Error::new(ErrorKind::WriteFailure, "the page cannot be written"))
}

fn fault(template: &str, error: &Error) -> TemplateFault {
    let name = error.name().unwrap_or(template).to_owned();
    let says = match (error.kind(), error.detail().unwrap_or_default()) {
        // The detail already says what kind of error it is.
        (ErrorKind::UndefinedError, detail) if !detail.is_empty() => detail.to_owned(),
        (kind, "") => kind.to_string(),
        (kind, detail) => format!("{kind}: {detail}"),
    };
    let kind = match error.kind() {
        ErrorKind::OutOfFuel => TemplateFaultKind::TooMuchWork,
        ErrorKind::UndefinedError => TemplateFaultKind::NoField { says, unknown: None },
        _ => TemplateFaultKind::Refused { says },
    };
    let column = error
        .range()
        .zip(error.template_source())
        .map_or(0, |(range, source)| column_of(source, range.start));
    TemplateFault { name, line: error.line().unwrap_or(0), column, kind }
}

fn column_of(source: &str, at: usize) -> usize {
    let before = source.get(..at).unwrap_or("");
    before.rsplit('\n').next().unwrap_or("").chars().count() + 1
}
