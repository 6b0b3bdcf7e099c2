//! What Cargo.toml promises: the Rust version that is enough is enough for every crate too.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// `1.89` and `1.89.0` are the same version.
fn version(text: &str) -> Vec<u32> {
    let mut parts: Vec<u32> = text.split('.').map(|part| part.parse().unwrap()).collect();
    parts.resize(3, 0);
    parts
}

fn command(program: &str, variable: &str, args: &[&str]) -> String {
    let program = std::env::var_os(variable).unwrap_or_else(|| program.into());
    let root = env!("CARGO_MANIFEST_DIR");
    let output = Command::new(program).args(args).current_dir(root).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The crates of the lock file for this system: name and declared version of Rust.
fn crates() -> Vec<(String, Option<String>)> {
    let told = command("rustc", "RUSTC", &["-vV"]);
    let host = told.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let args = ["metadata", "--locked", "--offline", "--format-version", "1", "--filter-platform"];
    let json = command("cargo", "CARGO", &[args.as_slice(), &[host]].concat());
    let metadata: Value = serde_json::from_str(&json).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let word = |value: &Value| value.as_str().map(str::to_owned);
    packages.iter().map(|p| (word(&p["name"]).unwrap(), word(&p["rust_version"]))).collect()
}

#[test]
fn the_declared_rust_is_enough_for_every_crate() {
    let declared = env!("CARGO_PKG_RUST_VERSION");
    let crates = crates();
    assert!(crates.iter().any(|(name, _)| name == "asrun"), "{crates:?}");
    for (name, needed) in crates {
        let Some(needed) = needed else { continue };
        assert!(
            version(declared) >= version(&needed),
            "{name} needs Rust {needed}, Cargo.toml declares {declared}"
        );
    }
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    let told = format!("Rust {declared}");
    assert!(readme.unwrap().contains(&told), "README.md does not say {told}");
}
