//! Copies files into a record, all or none.

use crate::fault::Fault;
use crate::store::{Asset, AssetSource, Noted, Project};

/// Copies files into the record's folder. If one fails, none is left there.
pub(super) fn copy_in<'s>(
    project: &Project,
    id: &str,
    sources: impl IntoIterator<Item = &'s AssetSource>,
) -> Result<Vec<Asset>, Fault> {
    let mut assets = Vec::new();
    for source in sources {
        let asset =
            project.add_asset(id, source).inspect_err(|_| drop_all(project, id, &assets))?;
        assets.push(asset);
    }
    Ok(assets)
}

/// Returns the journal's entry for the copies.
pub(super) fn noted(assets: &[Asset]) -> Noted {
    Noted { copies: assets.iter().filter_map(Asset::copied).collect(), ..Noted::default() }
}

/// Removes copies that the record does not refer to after all.
pub(super) fn drop_all<'a>(
    project: &Project,
    id: &str,
    assets: impl IntoIterator<Item = &'a Asset>,
) {
    assets.into_iter().for_each(|asset| project.drop_asset(id, asset));
}
