//! The view of an import before or after it is written.

use crate::import::{EntryAt, EntryFate};
use crate::view::{Bound, ImportSourceView, ImportView, ImportedPictureView, import_view};

use super::super::workspace::Workspace;
use super::pictures::PlannedPicture;
use super::plan::{ImportPlan, RecordPlace};
use super::write::ImportedRecord;

fn picture_view(bound: &Bound, picture: &PlannedPicture) -> ImportedPictureView {
    let of_event = |at: usize| {
        let place = bound.record.read.iter().position(|read| read.entry == EntryAt::Event(at))?;
        bound.fates.get(place).copied()
    };
    let own = if picture.is_there { EntryFate::Same } else { EntryFate::Added };
    let fate = picture.event.and_then(of_event).unwrap_or(own);
    ImportedPictureView {
        record: bound.id.to_owned(),
        line: picture.line,
        address: picture.address.clone(),
        file: picture.file.clone(),
        action: fate.word(),
    }
}

/// Returns the view of an import; `written` are the records that were written.
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
        Some(written) => written.get(at).map(|it| (&it.fates, &it.parts)),
        None => plan.places.get(at).map(|it| (&it.fates, &it.parts)),
    };
    let fates = |at: usize| fates(at).map_or((&[][..], &[][..]), |(fates, parts)| (fates, parts));
    let records = plan.draft.records.iter().zip(&plan.places).enumerate();
    let bound: Vec<Bound> = records
        .map(|(at, (record, place))| {
            let (fates, parts) = fates(at);
            Bound { record, id: &place.id, fates, parts }
        })
        .collect();
    let path = |place: &RecordPlace| {
        let new = || project.records_folder().join(format!("{}.yaml", place.id));
        let path = place.there.as_ref().map_or_else(new, |there| there.path.clone());
        project.told_path(&path)
    };
    let paths = plan.places.iter().map(path).collect();
    let is_written =
        written.is_some_and(|written| !project.dry_run && written.iter().any(|it| it.written));
    let pictures = bound.iter().zip(&plan.places).flat_map(|(bound, place)| {
        place.pictures.planned.iter().map(|picture| picture_view(bound, picture))
    });
    import_view(source, &plan.draft, &bound, pictures.collect(), (is_written, paths))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::DraftRecord;

    #[test]
    fn a_picture_of_no_event_is_the_same_where_the_record_has_it() {
        let record = DraftRecord::default();
        let bound = Bound { record: &record, id: "a", fates: &[], parts: &[] };
        for (is_there, action) in [(true, "same"), (false, "added")] {
            let picture = PlannedPicture {
                event: None,
                line: 1,
                address: "a.png".to_owned(),
                file: "a.png".to_owned(),
                is_there,
            };
            assert_eq!(picture_view(&bound, &picture).action, action);
        }
    }
}
