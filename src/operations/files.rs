//! Files that are copied into a record: all of them or none.

use crate::fault::Fault;
use crate::store::{Asset, AssetSource, Noted, Project};

/// Copies files in. After a fault none of them is left.
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

/// Returns what the journal notes of them.
pub(super) fn noted(assets: &[Asset]) -> Noted {
    Noted { copies: assets.iter().filter_map(Asset::copied).collect(), ..Noted::default() }
}

/// Takes copies back that no record came to refer to.
pub(super) fn drop_all<'a>(
    project: &Project,
    id: &str,
    assets: impl IntoIterator<Item = &'a Asset>,
) {
    assets.into_iter().for_each(|asset| project.drop_asset(id, asset));
}
