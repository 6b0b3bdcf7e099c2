//! What an import would write, or has written, as it is shown.

use crate::view::{Bound, ImportSourceView, ImportView, import_view};

use super::super::workspace::Workspace;
use super::plan::{ImportPlan, RecordPlace};
use super::write::ImportedRecord;

/// Returns what was read, as it is shown; `written` are the records that were written.
pub fn import_shown(
    workspace: &Workspace,
    plan: &ImportPlan,
    written: Option<&[ImportedRecord]>,
) -> ImportView {
    let project = &workspace.project;
    let source = ImportSourceView {
        path: plan.from.clone(),
        kind: plan.kind.word(),
        sha256: plan.sha256.clone(),
    };
    let fates = |at: usize| match written {
        Some(written) => written.get(at).map_or(&[][..], |record| &record.fates),
        None => plan.places.get(at).map_or(&[][..], |place| &place.fates),
    };
    let records = plan.draft.records.iter().zip(&plan.places).enumerate();
    let bound: Vec<Bound> = records
        .map(|(at, (record, place))| Bound { record, id: &place.id, fates: fates(at) })
        .collect();
    let path = |place: &RecordPlace| {
        let new = || project.records_folder().join(format!("{}.yaml", place.id));
        let path = place.there.as_ref().map_or_else(new, |there| there.path.clone());
        project.told_path(&path)
    };
    let paths = plan.places.iter().map(path).collect();
    let is_written =
        written.is_some_and(|written| !project.dry_run && written.iter().any(|it| it.written));
    import_view(source, &plan.draft, &bound, (is_written, paths))
}
