//! Tests of the machine's and the record's zones, and of gaps and folds, with the real program.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

use std::fs;

use support::project::{ID, RECORD, TestProject, told};

/// The clock of an event is the record's, whatever the machine's zone is.
#[test]
fn the_machines_zone_does_not_move_an_event() {
    for zone in [
        "UTC",
        "America/New_York",
        "Asia/Kathmandu",
        "",
        "Nowhere/Nothing",
        ":/etc/passwd",
        "KST-9",
    ] {
        let project = TestProject::new();
        let mut command = project.asrun(&["log", "-r", ID, "--", "now"]);
        let output = command.env("TZ", zone).output().unwrap();
        assert!(output.status.success(), "{zone}: {}", told(&output));
        assert!(
            project.text().contains("at: 2024-09-07T18:30:20+09:00"),
            "{zone}: {}",
            project.text()
        );
    }
}

#[test]
fn a_clock_time_that_is_not_one_moment_is_refused() {
    for (zone, at, stored) in [
        ("America/New_York", "2024-03-10 02:30", None),
        ("America/New_York", "2024-11-03 01:30", None),
        ("Europe/London", "2024-10-27 01:30", None),
        ("Australia/Lord_Howe", "2024-10-06 02:15", None),
        ("Pacific/Apia", "2011-12-30 12:00", None),
        ("America/New_York", "2024-11-03T01:30-05:00", Some("2024-11-03T01:30-05:00")),
        ("America/New_York", "2024-11-03T01:30-04:00", Some("2024-11-03T01:30-04:00")),
        ("Asia/Seoul", "2024-09-07T18:08", Some("2024-09-07T18:08+09:00")),
        ("Asia/Seoul", "1988-08-01 12:00", Some("1988-08-01T12:00+10:00")),
    ] {
        for machine in ["UTC", "America/Los_Angeles"] {
            let project = TestProject::new();
            let before = RECORD.replace("Asia/Seoul", zone);
            fs::write(project.record(), &before).unwrap();
            let mut command = project.asrun(&["log", "-r", ID, "--at", at, "--", "x"]);
            let output = command.env("TZ", machine).output().unwrap();
            match stored {
                None => {
                    assert_eq!(output.status.code(), Some(2), "{zone} {at}: {}", told(&output));
                    assert_eq!(project.text(), before, "{zone} {at}");
                }
                Some(stored) => {
                    assert!(output.status.success(), "{zone} {at}: {}", told(&output));
                    assert!(
                        project.text().contains(&format!("at: {stored}\n")),
                        "{}",
                        project.text()
                    );
                }
            }
        }
    }
}
