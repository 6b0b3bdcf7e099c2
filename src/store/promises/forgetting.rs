//! Removing a text for good: if killed at any call, each file has it or not, nothing else is lost, and it can be
//! repeated.

use rustix::io::Errno;

use super::super::disk::trial::{Fails, failing};
use super::*;

/// Removes `secret` from the record and its journal.
fn forget(house: &House) -> Result<(), StoreFault> {
    let gone = |text: &Option<String>| {
        text.as_ref()
            .filter(|text| text.contains("secret"))
            .map(|text| text.replace("secret", "(removed)"))
    };
    house.project.rewrite(&house.record, &lock_wait(), |written| {
        Ok(Written { record: gone(&written.record), journal: gone(&written.journal) })
    })?;
    house.project.sweep(&house.record, &lock_wait())
}

fn holding(house: &House) -> Vec<String> {
    let is_there = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("secret");
    files(&house.root)
        .into_iter()
        .filter(|(_, bytes)| is_there(bytes))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn what_is_forgotten_half_way_is_forgotten_the_next_time() {
    let logged = || {
        let house = House::new();
        house.log("the secret").unwrap();
        house.log("another").unwrap();
        house
    };
    let whole = logged();
    let (done, steps) = failing(Fails::Never, Errno::IO, || forget(&whole));
    done.unwrap();
    assert_eq!(holding(&whole), Vec::<String>::new());
    let journal = || fs::read_to_string(whole.root.join(".asrun/출시.journal")).unwrap();
    assert!(journal().contains("another") && journal().contains("(removed)"));
    for at in 0..steps.len() {
        let house = logged();
        let (_, steps) = failing(Fails::From(at), Errno::IO, || forget(&house));
        let what = format!("killed at {}", steps[at].told(&house.root));
        for (name, bytes) in files(&house.root) {
            let bytes = String::from_utf8(bytes).unwrap();
            let is_whole = !bytes.contains("the ")
                || bytes.contains("the secret")
                || bytes.contains("the (removed)");
            let counts = name.ends_with(".yaml") || name.ends_with(".journal");
            assert!(
                !counts || is_whole && bytes.contains("another"),
                "{what}: {name} holds {bytes}"
            );
        }
        forget(&house).unwrap_or_else(|fault| panic!("{what}: then {fault:?}"));
        assert_eq!(holding(&house), Vec::<String>::new(), "{what}");
        assert_eq!(house.text(), whole.text(), "{what}");
        assert_eq!(house.project.journal(&house.record).unwrap().acknowledged_count(), 2, "{what}");
        house.log("next").unwrap();
    }
}

/// The journal and unfinished lines keep their mode.
#[cfg(unix)]
#[test]
fn what_asrun_keeps_stays_as_private_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let house = House::new();
    house.log("the secret").unwrap();
    let path = house.root.join(".asrun/출시.live.txt");
    fs::write(&path, "a secret").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    house.project.rewrite_own(&path, "a (removed)").unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let held = house.project.left_lines(&house.record);
    assert!(house.project.is_held(&path));
    drop(held);
    assert!(!house.project.is_held(&path));
    assert_eq!(
        house.project.own_texts(),
        [
            house.root.join(".asrun/.gitignore"),
            house.root.join(".asrun/출시.live.txt"),
            house.root.join(".asrun/출시.lock")
        ]
    );
}
