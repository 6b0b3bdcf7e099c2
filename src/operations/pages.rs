//! Pages about records: their views, laid out for a terminal, for programs or as Markdown.

use std::path::Path;

use crate::fault::Fault;
use crate::format::Settings;
use crate::model::{Incident, Moment, Zone};
use crate::query::{Comparison, compare};
use crate::render::{
    Frame, Template, brief_text, chart_mermaid, chart_svg, chart_text, comparison_text, events_csv,
    forecast_text, record_text, releases_page, releases_svg, releases_text, schedule_text,
    sources_text, to_json, view_markdown,
};
use crate::store::{Loaded, Project};
use crate::timeline::Aliases;
use crate::view::{
    ForecastView, RecordView, ScheduleView, brief_view, chart_view, comparison_view, forecast_view,
    record_view, record_view_now, releases_view,
};

use super::ask::others_open;
use super::history::step_names;
use super::plan::forecast_today;
use super::readable::ReadableRecord;
use super::render::render_page;
use super::review::review_of;
use super::workspace::Workspace;

/// The form of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageForm {
    /// For people, in a terminal.
    Table,
    /// One JSON object.
    Json,
    /// Markdown.
    Markdown,
}

impl PageForm {
    /// All of them, with their words.
    pub const WORDS: &'static [(&'static str, PageForm)] =
        &[("table", PageForm::Table), ("json", PageForm::Json), ("markdown", PageForm::Markdown)];
}

/// The form of a page about one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordForm {
    /// For people, in a terminal; `full` has the details of events as well.
    Table {
        /// Whether nothing is shortened.
        full: bool,
    },
    /// For people, with the source of each time.
    Sources,
    /// One JSON object.
    Json,
    /// Its events (RFC 4180).
    Csv {
        /// Whether it begins with a byte order mark.
        mark: bool,
    },
    /// The retrospective.
    Markdown,
}

/// The form of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartForm {
    /// For a terminal.
    Text,
    /// A picture.
    Svg,
    /// A picture of pixels, drawn from the SVG.
    Png,
    /// A diagram in Mermaid's language.
    Mermaid,
    /// A self-contained page.
    Html,
}

impl ChartForm {
    /// All of them, with their words.
    pub const WORDS: &'static [(&'static str, ChartForm)] = &[
        ("text", ChartForm::Text),
        ("svg", ChartForm::Svg),
        ("png", ChartForm::Png),
        ("mermaid", ChartForm::Mermaid),
        ("html", ChartForm::Html),
    ];

    /// Returns the form of a new file: the requested one, else that of its extension, else text. A file never gets an
    /// extension that does not match its content.
    ///
    /// # Errors
    /// The extension is that of another picture format; it is returned in lower case.
    pub fn of_file(file: Option<&Path>, wanted: Option<ChartForm>) -> Result<ChartForm, String> {
        let extension = file.and_then(Path::extension).and_then(|extension| extension.to_str());
        let extension = extension.unwrap_or_default().to_lowercase();
        let by_extension = match extension.as_str() {
            "svg" => Some(ChartForm::Svg),
            "png" => Some(ChartForm::Png),
            "md" | "mmd" => Some(ChartForm::Mermaid),
            "html" | "htm" => Some(ChartForm::Html),
            _ => None,
        };
        let form = wanted.or(by_extension).unwrap_or(ChartForm::Text);
        let is_picture = matches!(by_extension, Some(ChartForm::Svg | ChartForm::Png));
        let other_pixels = form == ChartForm::Png && file.is_some() && extension != "png";
        let unlike = is_picture && by_extension != Some(form);
        match unlike || other_pixels || OTHER_PICTURES.contains(&extension.as_str()) {
            true => Err(extension),
            false => Ok(form),
        }
    }
}

/// Extensions of picture formats that are not supported.
const OTHER_PICTURES: &[&str] =
    &["jpg", "jpeg", "gif", "webp", "avif", "bmp", "tif", "tiff", "pdf", "eps", "ps"];

/// Returns the view of a record as its team sees it, with the state of its review. `tolerance` is in seconds.
pub fn team_view(loaded: &Loaded, tolerance: i64) -> RecordView {
    let incident = &loaded.document.incident;
    let view = record_view(&loaded.id, incident, tolerance, None);
    RecordView { review: review_of(incident), ..view }
}

/// Returns the page about a record at the workspace's moment; `beside` is an additional zone for times, `width` is that of
/// the terminal in columns. With `forecasts`, it forecasts the rest of the plan on its day, in the forms that are not for
/// publishing.
///
/// # Errors
/// The retrospective's template has a fault.
pub fn record_page(
    workspace: &Workspace,
    record: &ReadableRecord,
    form: RecordForm,
    (beside, width): (Option<Zone>, u16),
    forecasts: bool,
) -> Result<String, Fault> {
    let tolerance = workspace.project.settings.tolerance_seconds();
    let now = (tolerance, workspace.now);
    let mut view = record_view_now(&record.id, record.shown(), now, beside);
    view.review = record.review_view();
    if forecasts && !matches!(form, RecordForm::Csv { .. } | RecordForm::Markdown) {
        view.forecast = forecast_now(workspace, &record.id, record.shown().incident());
    }
    Ok(match form {
        RecordForm::Sources => sources_text(&view, width),
        RecordForm::Table { full } => {
            let forecast = view.forecast.as_ref();
            let forecast = forecast.map(|view| format!("\n{}", forecast_text(view, width)));
            record_text(&view, width, full) + &forecast.unwrap_or_default()
        }
        RecordForm::Json => to_json(&view),
        RecordForm::Csv { mark } => events_csv(&view, mark),
        RecordForm::Markdown => {
            let template = Template::built_in("retrospective.md")?;
            render_page(&workspace.project, &template, record, None)?
        }
    })
}

/// Returns the forecast for the rest of a record's plan, on the day and if past releases allow one.
fn forecast_now(workspace: &Workspace, id: &str, incident: &Incident) -> Option<ForecastView> {
    let outcome = forecast_today(workspace, (id, incident))?;
    let times = (workspace.now, workspace.project.settings.tolerance_seconds());
    Some(forecast_view(id, incident, (&outcome.forecast, &outcome.past), times, false))
}

/// Returns the page for those who take a record over, with the other open records. A table has at most `height` lines
/// and is `width` columns wide, if these are known.
///
/// # Errors
/// The records cannot be listed, or the template has a fault.
pub fn brief_page(
    project: &Project,
    record: &ReadableRecord,
    form: PageForm,
    now: Moment,
    (width, height): (Option<u16>, Option<usize>),
) -> Result<String, Fault> {
    if form == PageForm::Markdown {
        return render_page(project, &Template::built_in("handover.md")?, record, Some(now));
    }
    let name = project.exact(&record.id);
    let others = name.map(|name| others_open(project, &name)).transpose()?.unwrap_or_default();
    let times = (project.settings.tolerance_seconds(), now);
    let names = &project.settings.steps;
    let view = brief_view(&record.id, record.shown().incident(), times, names, others);
    Ok(if form == PageForm::Json { to_json(&view) } else { brief_text(&view, width, height) })
}

/// Returns the plan of one record beside what happened, or several records beside each other; `beside` is an additional
/// zone for times, `width` is that of the terminal in columns, and steps planned after `now` are still to come.
///
/// # Errors
/// The template has a fault.
pub fn comparison_page(
    settings: &Settings,
    records: &[&ReadableRecord],
    form: PageForm,
    (beside, width, now): (Option<Zone>, u16, Moment),
) -> Result<String, Fault> {
    let asked = (settings.tolerance_seconds(), now);
    if let [one] = records {
        let mut view = record_view_now(&one.id, one.shown(), asked, beside);
        view.review = one.review_view();
        return Ok(match form {
            PageForm::Table => schedule_text(&view, width),
            PageForm::Json => to_json(&ScheduleView::from(&view)),
            PageForm::Markdown => view_markdown("schedule.md", &view)?,
        });
    }
    let aliases = step_names(settings);
    let view = comparison_view(&compared((settings, &aliases), records), asked, beside, &aliases);
    Ok(match form {
        PageForm::Table => comparison_text(&view, width),
        PageForm::Json => to_json(&view),
        PageForm::Markdown => view_markdown("comparison.md", &view)?,
    })
}

/// Returns the chart of one record, or of several on a common axis, as text or as SVG. `beside` is an additional zone for
/// times; `width` is that of the terminal in columns, `pixels` that of a picture, and steps planned after `now` are still to
/// come.
///
/// # Errors
/// The page's template has a fault.
pub fn chart_page(
    settings: &Settings,
    records: &[&ReadableRecord],
    form: ChartForm,
    (beside, width, pixels, now): (Option<Zone>, u16, u32, Moment),
) -> Result<String, Fault> {
    let asked = (settings.tolerance_seconds(), now);
    let frame = Frame { width: pixels, alone: true };
    if let [one] = records {
        let tolerance = settings.tolerance_seconds();
        let view = || chart_view(one.shown(), tolerance, beside);
        return Ok(match form {
            ChartForm::Text | ChartForm::Html => chart_text(&view(), width),
            ChartForm::Svg | ChartForm::Png => chart_svg(&view(), frame),
            ChartForm::Mermaid => {
                chart_mermaid(&record_view(&one.id, one.shown(), tolerance, None))
            }
        });
    }
    let aliases = step_names(settings);
    let view = releases_view(&compared((settings, &aliases), records), asked, beside, &aliases);
    Ok(match form {
        ChartForm::Text | ChartForm::Mermaid => releases_text(&view, width),
        ChartForm::Html => releases_page(&view)?,
        ChartForm::Svg | ChartForm::Png => releases_svg(&view, frame),
    })
}

fn compared<'r>(
    (settings, aliases): (&Settings, &Aliases),
    records: &[&'r ReadableRecord],
) -> Comparison<'r> {
    let records: Vec<_> =
        records.iter().map(|record| (record.id.as_str(), record.incident())).collect();
    compare(&records, aliases, settings.tolerance_seconds())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_never_called_what_it_is_not() {
        use ChartForm::{Html, Mermaid, Png, Svg, Text};
        for (file, wanted, form) in [
            (None, None, Ok(Text)),
            (None, Some(Svg), Ok(Svg)),
            (Some("a.svg"), None, Ok(Svg)),
            (Some("a.PNG"), None, Ok(Png)),
            (Some("a.md"), None, Ok(Mermaid)),
            (Some("a.html"), None, Ok(Html)),
            (Some("a.txt"), None, Ok(Text)),
            (Some("a.txt"), Some(Svg), Ok(Svg)),
            (Some("a.md"), Some(Text), Ok(Text)),
            (Some("-"), Some(Svg), Ok(Svg)),
            (Some("a.png"), Some(Svg), Err("png")),
            (Some("a.png"), Some(Text), Err("png")),
            (Some("a.svg"), Some(Png), Err("svg")),
            (Some("a"), Some(Png), Err("")),
            (Some("a.jpg"), None, Err("jpg")),
            (Some("a.PDF"), Some(Svg), Err("pdf")),
        ] {
            let found = ChartForm::of_file(file.map(Path::new), wanted);
            assert_eq!(found, form.map_err(str::to_owned), "{file:?} {wanted:?}");
        }
    }
}
