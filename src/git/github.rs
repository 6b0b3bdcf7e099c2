//! Finds a repository's files on GitHub.

use std::path::Path;

use super::configured;
use super::history::prefix;

/// Returns GitHub's URL of the files in a folder on the default branch, with a slash at the end; `None` if `origin` is
/// elsewhere. Nothing is fetched from it here.
pub fn address_on_github(folder: &Path) -> Option<String> {
    let origin = configured(folder, "remote.origin.url")?;
    let repository = repository_on_github(&origin)?;
    Some(format!("https://github.com/{repository}/raw/HEAD/{}", prefix(folder)))
}

/// Returns `OWNER/NAME` from a URL that git uses for GitHub.
fn repository_on_github(origin: &str) -> Option<&str> {
    let schemes = ["https://", "http://", "ssh://", "git://"];
    let with_scheme = schemes.iter().find_map(|scheme| origin.strip_prefix(scheme));
    let (place, between) = with_scheme.map_or((origin, ':'), |place| (place, '/'));
    let (host, path) = place.split_once(between)?;
    // A user name may precede the host.
    if host.rsplit('@').next() != Some("github.com") {
        return None;
    }
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let is_name = |part: &str| {
        let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        !part.is_empty() && part.chars().all(good)
    };
    let (owner, name) = path.split_once('/')?;
    (is_name(owner) && is_name(name)).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_on_github_are_known_however_they_are_written() {
        for (origin, repository) in [
            ("git@github.com:team/app.git", Some("team/app")),
            ("https://github.com/team/app", Some("team/app")),
            ("https://github.com/team/app.git/", Some("team/app")),
            ("ssh://git@github.com/team/a.b-c_d.git", Some("team/a.b-c_d")),
            ("https://token@github.com/team/app", Some("team/app")),
            ("github.com:team/app", Some("team/app")),
            ("https://github.com@example.com/team/app", None),
            ("https://github.com.example.com/team/app", None),
            ("https://github.com/team/app/../x", None),
            ("https://github.com/team", None),
            ("git@gitlab.com:team/app.git", None),
            ("/srv/git/app.git", None),
        ] {
            assert_eq!(repository_on_github(origin), repository, "{origin}");
        }
    }
}
