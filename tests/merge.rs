//! Tests with real git repositories and random histories: two branches that log, plan, amend and undo are merged by the
//! driver, whichever command of git brings them together; no event is lost or duplicated.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

mod support;

use std::collections::BTreeMap;
use std::fs;

use support::Terminal;

const HISTORIES: u64 = 12;
const STEPS: u64 = 7;

#[test]
fn random_histories_merge_without_loss() {
    for seed in 1..=HISTORIES {
        History::new(seed).run();
    }
}

#[test]
fn a_contradiction_is_a_readable_conflict() {
    let terminal = repository();
    type_all(
        &terminal,
        &[
            "asrun log base --at 10:00",
            "git add -A && git commit -qm base && git branch other",
            "asrun amend --last ours && git commit -qam ours",
            "git checkout -q other && asrun amend 1 theirs && asrun log more --at 11:00 && git commit -qam theirs",
            "git checkout -q main",
        ],
    );
    let said = terminal.said("git merge other");
    assert!(said.contains("both sides changed an entry of `events`: ours"), "{said}");
    let text =
        fs::read_to_string(terminal.folder().join("incidents/2024-09-07-race.yaml")).unwrap();
    for line in [
        "<<<<<<< ours",
        "    text: ours",
        "=======",
        "    text: theirs",
        ">>>>>>> theirs",
        "    text: more",
    ] {
        assert!(text.lines().any(|l| l == line), "{line:?} in\n{text}");
    }
    assert!(terminal.said("asrun show race").contains("merge-conflict"));
}

/// A `PATH` without asrun.
const NO_ASRUN: &str = "PATH=/usr/bin:/bin";

/// Creates two branches that each logged an event at the end, which cannot be merged by lines.
fn two_logs(terminal: &Terminal) {
    type_all(
        terminal,
        &[
            "asrun log base --at 10:00",
            "git add -A && git commit -qm base && git branch other",
            "asrun log ours --at 10:01 && git commit -qam ours",
            "git checkout -q other && asrun log theirs --at 10:02 && git commit -qam theirs",
            "git checkout -q main",
        ],
    );
}

const RECORD: &str = "incidents/2024-09-07-race.yaml";

fn record_text(terminal: &Terminal) -> String {
    fs::read_to_string(terminal.folder().join(RECORD)).unwrap()
}

/// Checks that both events are between markers, and that git reports a conflict.
#[track_caller]
fn is_marked(terminal: &Terminal, how: &str, said: &str) {
    assert!(said.contains("CONFLICT") && said.contains("[exit 1]"), "{how}: {said}");
    let text = record_text(terminal);
    for line in ["<<<<<<< ", "    text: ours", "    text: theirs", ">>>>>>> "] {
        assert_eq!(
            text.lines().filter(|l| l.starts_with(line)).count(),
            1,
            "{how}: {line:?} in\n{text}"
        );
    }
}

/// If asrun is missing, too old, failing or killed, or is another program with its name, no event is lost.
#[test]
fn a_driver_that_does_not_merge_leaves_both_sides() {
    let terminal = repository();
    two_logs(&terminal);
    fs::create_dir(terminal.folder().join("../tools")).unwrap();
    for (how, program) in [
        ("missing", None),
        ("not to be run", Some("")),
        ("too old to know the command", Some("#!/bin/sh\nexit 2\n")),
        ("failing before it wrote", Some("#!/bin/sh\nexit 1\n")),
        ("killed", Some("#!/bin/sh\nkill -9 $$\n")),
        ("failing as a whole", Some("#!/bin/sh\nexit 101\n")),
    ] {
        let path = terminal.folder().join("../tools/asrun");
        if let Some(program) = program {
            fs::write(&path, program).unwrap();
        }
        if program.is_some_and(|program| !program.is_empty()) {
            type_all(&terminal, &["chmod +x ../tools/asrun"]);
        }
        let path = "PATH=$(realpath ../tools):/usr/bin:/bin";
        let said = terminal.said(&format!("{path} git merge other"));
        is_marked(&terminal, how, &said);
        let doctor = terminal.said(&format!("asrun=$(command -v asrun); {path} $asrun doctor"));
        assert!(doctor.contains("!!  git       git cannot find asrun to merge"), "{how}: {doctor}");
        type_all(&terminal, &["git merge --abort"]);
    }
    let doctor = terminal.said("asrun doctor");
    assert!(doctor.contains("ok  git       merges records entry by entry"), "{doctor}");
    type_all(&terminal, &["git merge -q other -m merged"]);
    assert!(!record_text(&terminal).contains("<<<<<<<"));
}

/// `init --git` was run by an asrun outside the path, which is then moved, and finally put on the path.
#[test]
fn an_asrun_that_moved_is_found_by_name() {
    let terminal = repository();
    let tool = "'../a tool'\\''s/asrun'";
    type_all(
        &terminal,
        &[
            "mkdir \"../a tool's\" && cp \"$(command -v asrun)\" \"../a tool's\"",
            &format!("{NO_ASRUN} {tool} init --git"),
        ],
    );
    two_logs(&terminal);
    let doctor = terminal.said(&format!("{NO_ASRUN} {tool} doctor"));
    assert!(doctor.contains("ok  git       merges records entry by entry"), "{doctor}");
    type_all(
        &terminal,
        &[&format!("{NO_ASRUN} git merge -q other -m merged && git reset -q --hard HEAD~1")],
    );
    type_all(&terminal, &[&format!("mv {tool} ../moved")]);
    let said = terminal.said(&format!("{NO_ASRUN} git merge other"));
    is_marked(&terminal, "moved", &said);
    let doctor = terminal.said("asrun doctor");
    assert!(doctor.contains("fix:  run asrun init --git"), "{doctor}");
    type_all(&terminal, &["git merge --abort && git merge -q other -m merged"]);
}

#[test]
fn records_below_a_folder_with_blanks_and_korean_are_merged() {
    let terminal = Terminal::new(None);
    type_all(
        &terminal,
        &[
            "git init -q -b main . && git config user.name t && git config user.email t@example.com",
            "mkdir \"./-운영 '기록'\"",
        ],
    );
    let here = "cd ./-운영*";
    type_all(
        &terminal,
        &[
            &format!("{here} && asrun init --git --timezone Asia/Seoul --language ko"),
            &format!("{here} && asrun new 결제 --date 2024-09-07 --id 2024-09-07-결제"),
            "git add -A && git commit -qm base && git branch other",
            &format!("{here} && asrun log ours --at 10:01 && git commit -qam ours"),
            &format!("git checkout -q other && {here} && asrun log theirs --at 10:02"),
            "git commit -qam theirs && git checkout -q main && git merge -q other -m merged",
        ],
    );
    let said = terminal.said(&format!("{here} && asrun show"));
    assert!(said.contains("ours") && said.contains("theirs"), "{said}");
}

/// A merge by lines gives either a readable record or a conflict.
#[test]
fn lines_that_merge_to_no_record_are_a_conflict() {
    let terminal = repository();
    let step = "plan:\\n  - {id: a, at: 2024-09-07T10:00Z, text: a}\\n";
    let write = |more: &str| format!("printf 'title: race\\n{more}' > {RECORD}");
    type_all(
        &terminal,
        &[
            &write(&format!("# a\\n# b\\n# c\\n{step}# d\\n# e\\n# f\\nnotes: [\\n")),
            "git commit -qam base && git branch other",
            &write(&format!("{step}# a\\n# b\\n# c\\n{step}# d\\n# e\\n# f\\nnotes: [\\n")),
            "git commit -qam ours && git checkout -q other",
            &write(&format!("# a\\n# b\\n# c\\n{step}# d\\n# e\\n# f\\nnotes: []\\n")),
            "git commit -qam theirs && git checkout -q main",
        ],
    );
    let said = terminal.said("git merge other");
    assert!(said.contains("the result cannot be read as a record"), "{said}");
    assert!(said.contains("CONFLICT") && said.contains("[exit 1]"), "{said}");
    assert!(record_text(&terminal).contains("notes: []"), "what lines merge to stays");
}

/// If a side is not text, not even lines can be merged: both sides are kept in full.
#[test]
fn a_side_that_is_no_text_is_kept_whole() {
    let terminal = repository();
    two_logs(&terminal);
    type_all(&terminal, &[&format!("printf 'a\\0b' >> {RECORD} && git commit -qam nul")]);
    let said = terminal.said("git merge other");
    is_marked(&terminal, "no text", &said);
}

/// Checks the output of `check` on the record.
#[track_caller]
fn checked(terminal: &Terminal, code: u8, words: &[&str]) {
    let said = terminal.said("asrun check");
    let ending = if code == 0 { String::new() } else { format!("[exit {code}]") };
    assert!(said.contains("[exit") == (code > 0) && said.contains(&ending), "{said}");
    for word in words {
        assert!(said.contains(word), "{word:?} in\n{said}");
    }
}

/// A branch, a stash or a commit has what the work tree lacks: `check` reports it without failing.
#[test]
fn entries_in_another_branch_are_not_lost() {
    let terminal = repository();
    two_logs(&terminal);
    checked(&terminal, 0, &["note[held-entry]", "theirs; other has it"]);
    type_all(&terminal, &["git checkout -q other"]);
    checked(&terminal, 0, &["note[held-entry]", "ours; main has it"]);
    type_all(&terminal, &["git checkout -q main && asrun log stashed && git stash -q"]);
    type_all(&terminal, &["asrun log 'stashed later' --at 12:00 && git stash -q"]);
    checked(&terminal, 0, &["stashed; stash@{1} has it", "stashed later; stash@{0} has it"]);
    type_all(&terminal, &["git stash drop -q", "git stash pop -q && git commit -qam stashed"]);
    checked(&terminal, 1, &["error[lost-entry]: missing: ", "stashed later, which asrun"]);
    type_all(&terminal, &["asrun recover --forget"]);
    type_all(&terminal, &["git checkout -q . && git revert --no-edit HEAD"]);
    checked(&terminal, 0, &["note[held-entry]", "removed or rewrote it"]);
    type_all(&terminal, &["git checkout -q --detach HEAD~2 && git branch -q -D main"]);
    checked(&terminal, 1, &["stashed, which asrun wrote"]);
}

/// A record of another branch exists there; events that were logged to it and never committed do not.
#[test]
fn a_record_of_another_branch_counts_only_if_it_is_complete() {
    let terminal = repository();
    let logged = "asrun new aside && asrun log kept -r aside && git add -A && git commit -qm aside";
    type_all(&terminal, &["git checkout -q -b other", logged, "git checkout -q main"]);
    checked(&terminal, 0, &["note[held-record]", "other has it", "nothing is lost"]);
    let thrown = "asrun log 'never committed' -r aside && git checkout -qf main";
    type_all(&terminal, &["git checkout -q other", thrown]);
    checked(&terminal, 1, &["error[lost-record]", "1 entry"]);
}

/// After saving an old copy, or a merge that dropped an entry, the entries are lost: no checkout explains it.
#[test]
fn an_entry_missing_from_its_own_commit_is_lost() {
    let terminal = repository();
    type_all(&terminal, &[&format!("cp {RECORD} ../old")]);
    two_logs(&terminal);
    type_all(&terminal, &[&format!("cp ../old {RECORD}")]);
    checked(&terminal, 1, &["base, which asrun wrote", "ours, which asrun wrote", "other has it"]);
    type_all(&terminal, &["git add -A"]);
    checked(&terminal, 1, &["base, which asrun wrote", "ours, which asrun wrote"]);
    type_all(&terminal, &["git reset -q --hard", "git merge -q -s ours other -m evil"]);
    checked(&terminal, 1, &["theirs, which asrun wrote"]);
    type_all(&terminal, &["git reset -q --hard HEAD~1", "git merge -q -s ours --no-commit other"]);
    checked(&terminal, 1, &["theirs, which asrun wrote"]);
    type_all(&terminal, &["git merge --abort && git merge -q other -m merged"]);
    checked(&terminal, 0, &["nothing wrong"]);
}

/// Uncommitted changes are discarded, but the journal still has them.
#[test]
fn a_checkout_over_what_was_logged_is_recovered() {
    let terminal = repository();
    type_all(&terminal, &["asrun log first && git commit -qam first && asrun log second"]);
    let before = record_text(&terminal);
    type_all(&terminal, &["git checkout -q ."]);
    checked(&terminal, 1, &["error[lost-entry]", "second, which asrun wrote"]);
    type_all(&terminal, &["asrun recover"]);
    assert_eq!(record_text(&terminal), before);
    checked(&terminal, 0, &["nothing wrong"]);
    type_all(&terminal, &["git reset -q --hard && git clean -qfdx -e .asrun && asrun recover"]);
    assert_eq!(record_text(&terminal), before);
}

/// The hook in docs/ci.md, in a project below the repository's root: it refuses a removed picture, but nothing that
/// only another branch has.
#[test]
fn the_hook_stops_what_is_wrong_alone() {
    let terminal = Terminal::new(None);
    type_all(
        &terminal,
        &[
            "git init -q -b main . && git config user.name t && git config user.email t@example.com",
            "mkdir ops && asrun -C ops init && asrun -C ops new race && printf '\\211PNG' > a.png",
            "asrun -C ops log seen --attach ../a.png --alt graph || asrun -C ops log seen --attach a.png --alt graph",
            "git add -A && git commit -qm base && git checkout -q -b other",
            "asrun -C ops log theirs && git commit -qam theirs && git checkout -q main",
            "printf '#!/bin/sh\\nexec asrun -C ops check\\n' > .git/hooks/pre-commit",
            "chmod +x .git/hooks/pre-commit",
            "touch unrelated && git add unrelated && git commit -qm unrelated",
        ],
    );
    let said = terminal.said("git rm -q ops/incidents/assets/*/*.png && git commit -qm picture");
    assert!(said.contains("missing-file") && said.contains("[exit 1]"), "{said}");
}

/// In a clone without the merge driver, one command does what the driver would have done.
#[test]
fn a_conflict_of_lines_is_recovered() {
    let terminal = repository();
    two_logs(&terminal);
    type_all(&terminal, &["git config --remove-section merge.asrun"]);
    let said = terminal.said("git merge other");
    is_marked(&terminal, "no driver", &said);
    let kept = terminal.said("asrun log kept --at 10:03 -r race");
    assert!(kept.contains("asrun recover") && kept.contains("[exit 4]"), "{kept}");
    let checked = terminal.said("asrun check");
    assert!(checked.contains("entry by entry: asrun recover"), "{checked}");
    // A conflict that was partly resolved by hand is left unchanged.
    type_all(&terminal, &[&format!("sed -i '/^=======/d' {RECORD}")]);
    let text = record_text(&terminal);
    let edited = terminal.said("asrun recover race");
    assert!(edited.contains("was changed since git wrote it"), "{edited}");
    assert_eq!(record_text(&terminal), text);
    // What it says to do leads to git's conflict again, and that is merged.
    let (_, again) = edited.split_once("since: git checkout --merge ").unwrap();
    let path = again.split(';').next().unwrap();
    let recovered = terminal.said(&format!("git checkout --merge {path} && asrun recover race"));
    assert!(recovered.contains("once in every clone: asrun init --git"), "{recovered}");
    let text = record_text(&terminal);
    let places: Vec<Option<usize>> =
        ["base", "ours", "theirs", "kept"].iter().map(|text_of| text.find(text_of)).collect();
    assert!(places.is_sorted() && places[0].is_some() && !text.contains("<<<<"), "{text}");
    type_all(&terminal, &["git add -A && git commit -qm merged && asrun check"]);
}

/// After a file was added, or even committed, with its markers, the index no longer has its sides.
#[test]
fn a_conflict_that_was_added_is_recovered() {
    for way in [
        "git merge other; git add -A",
        "git merge other; git commit -qam committed",
        "git cherry-pick other; git add -A",
        "git checkout -q other; git rebase main; git add -A",
        "git merge --squash other; git add -A; git commit -qm squashed",
    ] {
        let terminal = repository();
        two_logs(&terminal);
        type_all(&terminal, &["git config --remove-section merge.asrun"]);
        terminal.said(way);
        let text = record_text(&terminal);
        assert!(text.contains("<<<<<<<"), "{way}: {text}");
        let said = terminal.said("asrun recover race");
        let text = record_text(&terminal);
        if way.contains("squash") {
            // What was merged is unknown, so nothing is assumed.
            let told = said.contains("git no longer has both sides");
            assert!(told && !said.contains("--merge") && text.contains("<<<<<<<"), "{said}");
            continue;
        }
        let all = ["base", "ours", "theirs"].iter().all(|event| text.contains(event));
        assert!(all && !text.contains("<<<<<<<"), "{way}: {said}\n{text}");
    }
}

/// Creates a clone beside the repository that moved an event to another record and removed one, both of which this clone
/// had logged; both sides logged since.
fn moved_in_a_clone(terminal: &Terminal) {
    let set_up = "git config user.name u && git config user.email u@example.com";
    type_all(
        terminal,
        &[
            "asrun new aside --id aside && asrun select race",
            "asrun log kept --at 10:01 && asrun log moved --at 10:02 && asrun log removed --at 10:03",
            "git add -A && git commit -qm base && git clone -q . ../other",
            &format!("cd ../other && {set_up} && asrun move 2 -r race --to aside"),
            "cd ../other && asrun amend 2 -r race --remove && asrun log theirs -r race --at 10:04",
            "cd ../other && git commit -qam theirs",
            "asrun log ours --at 10:05",
        ],
    );
}

/// Whatever git command brings the two sides together, with the driver or without, in conflict or not.
#[test]
fn what_the_other_side_took_out_stays_away_however_it_comes() {
    let commit = "git commit -qam ours && git fetch -q ../other main";
    for (way, done) in [
        ("git merge -q FETCH_HEAD", "git commit -qam merged"),
        ("git rebase -q FETCH_HEAD", "git -c core.editor=true rebase --continue"),
        ("git cherry-pick FETCH_HEAD", "git -c core.editor=true cherry-pick --continue"),
        ("git merge -q --squash FETCH_HEAD", "git commit -qam squashed"),
        ("git stash -q && git merge -q FETCH_HEAD && git stash pop -q", "git commit -qam popped"),
    ] {
        for has_driver in [true, false] {
            let terminal = repository();
            moved_in_a_clone(&terminal);
            if !has_driver {
                type_all(&terminal, &["git config --remove-section merge.asrun"]);
            }
            let begin = if way.contains("stash") { "git fetch -q ../other main" } else { commit };
            terminal.said(&format!("{begin} && {way}"));
            for step in ["git add -A", done, "true"] {
                let said = terminal.said("asrun recover race");
                let how = format!("{way}, {has_driver}: {said}\n{}", record_text(&terminal));
                assert!(!said.contains("recovered: ") && !said.contains("[exit"), "{how}");
                let text = record_text(&terminal);
                let there = ["kept", "moved", "removed", "theirs", "ours"];
                let there = there.map(|event| text.matches(&format!("text: {event}\n")).count());
                assert_eq!(there, [1, 0, 0, 1, 1], "{how}");
                terminal.said(step);
            }
        }
    }
}

/// git does not know what a commit took out that was picked without being committed; the commit that did is named.
#[test]
fn what_comes_back_is_named_with_the_commit_that_removed_it() {
    let terminal = repository();
    moved_in_a_clone(&terminal);
    type_all(&terminal, &["git commit -qam ours && git fetch -q ../other main"]);
    type_all(&terminal, &["git cherry-pick -n FETCH_HEAD"]);
    let said = terminal.said("asrun recover race");
    for told in [
        "not restored: ",
        "moved; aside has it",
        "removed → 2024-09-07-race",
        " removed or rewrote it; if that",
    ] {
        assert!(said.contains(told), "{told} in {said}");
    }
    let said = terminal.said("asrun recover race --all");
    assert!(said.contains("moved → 2024-09-07-race"), "{said}");
}

/// A picture was made internal here, while the other side moved its event, and the other side was chosen.
#[test]
fn what_was_made_internal_here_is_told_where_it_is_public() {
    let terminal = repository();
    type_all(
        &terminal,
        &[
            "asrun new aside --id aside && asrun select race && printf '\\211PNG' > a.png",
            "asrun log kept --at 10:01 && asrun log moved --at 10:02 --attach a.png --alt graph",
            "git add -A && git commit -qm base && git clone -q . ../other",
            "cd ../other && git config user.name u && git config user.email u@example.com",
            "cd ../other && asrun move 2 -r race --to aside && git add -A && git commit -qm theirs",
            "asrun amend 2 --attachment a.png --internal && git commit -qam ours",
        ],
    );
    terminal.said("git pull -q --no-rebase ../other main");
    assert!(record_text(&terminal).contains("<<<<<<<"), "{}", record_text(&terminal));
    type_all(&terminal, &[&format!("sed -i '/^<<<<<<</,/^>>>>>>>/d' {RECORD}")]);
    let said = terminal.said("asrun recover race");
    let told = "aside has it, and what was made internal here is public there: asrun show aside";
    assert!(said.contains(told), "{said}");
}

/// Of two versions of an event, one was chosen and committed.
#[test]
fn what_a_committed_merge_left_out_on_purpose_stays_away() {
    let terminal = repository();
    let set_up = "git config user.name u && git config user.email u@example.com";
    type_all(
        &terminal,
        &[
            "asrun log first --at 10:01 && asrun log again --at 10:02 && git commit -qam base",
            &format!("git clone -q . ../other && cd ../other && {set_up}"),
            "cd ../other && asrun amend 2 'what they saw' -r race && git commit -qam theirs",
            "asrun amend 2 'our own words' && git commit -qam ours",
        ],
    );
    terminal.said("git pull -q --no-rebase ../other main");
    type_all(
        &terminal,
        &[&format!("sed -i -e '/^<<<<<<</,/^=======/d' -e '/^>>>>>>>/d' {RECORD}")],
    );
    type_all(&terminal, &["git commit -qam merged"]);
    checked(&terminal, 0, &["note[held-entry]", "our own words; commit ", "removed or rewrote it"]);
    let said = terminal.said("asrun recover race");
    assert!(said.contains("not restored: ") && !said.contains("recovered: "), "{said}");
}

/// A merge that was given up left nothing out.
#[test]
fn what_a_merge_left_out_is_promised_again_without_it() {
    let terminal = repository();
    type_all(&terminal, &[&format!("cp {RECORD} ../old")]);
    moved_in_a_clone(&terminal);
    type_all(&terminal, &["git commit -qam ours && git fetch -q ../other main"]);
    type_all(&terminal, &["git merge -q --no-commit FETCH_HEAD"]);
    let said = terminal.said("asrun recover race");
    assert!(said.contains("moved; aside has it") && said.contains("leaves it out"), "{said}");
    checked(&terminal, 0, &["nothing wrong"]);
    type_all(&terminal, &["git merge --abort", &format!("cp ../old {RECORD}")]);
    checked(&terminal, 1, &["removed, which asrun wrote", "moved, which asrun wrote"]);
    type_all(&terminal, &["asrun recover race"]);
    let text = record_text(&terminal);
    assert!(text.contains("text: removed") && text.contains("text: moved"), "{text}");
}

/// Two people may begin the same record on the same day.
#[test]
fn a_record_that_both_sides_added_is_merged_entry_by_entry() {
    for has_driver in [true, false] {
        let terminal = repository();
        let begin = |name: &str, at: &str| {
            format!(
                "asrun new same --id same && asrun log {name} -r same --at {at} && git add -A && git commit -qm {name}"
            )
        };
        type_all(
            &terminal,
            &[
                "git clone -q . ../other && cd ../other && git config user.name u && git config user.email u@example.com",
                &format!("cd ../other && {}", begin("theirs", "10:02")),
                &begin("ours", "10:01"),
            ],
        );
        if !has_driver {
            type_all(&terminal, &["git config --remove-section merge.asrun"]);
        }
        let merged = terminal.said("git pull -q --no-rebase ../other main");
        assert_eq!(merged.contains("[exit"), !has_driver, "{merged}");
        let said = terminal.said("asrun recover same");
        assert!(!said.contains("[exit"), "{said}");
        let text = fs::read_to_string(terminal.folder().join("incidents/same.yaml")).unwrap();
        let there = ["ours", "theirs", "<<<<", "title:"].map(|part| text.matches(part).count());
        assert_eq!(there, [1, 1, 0, 1], "{has_driver}: {text}");
    }
}

/// Only what both sides changed differently remains between markers.
#[test]
fn a_contradiction_is_left_to_a_person() {
    let terminal = repository();
    type_all(&terminal, &["asrun log base --at 10:00 && git commit -qam base && git branch other"]);
    type_all(&terminal, &["asrun amend --last ours && asrun log more && git commit -qam ours"]);
    type_all(&terminal, &["git checkout -q other && asrun amend 1 theirs && git commit -qam t"]);
    type_all(&terminal, &["git config --remove-section merge.asrun && git checkout -q main"]);
    terminal.said("git merge other");
    for _ in 0..2 {
        let said = terminal.said("asrun recover race");
        assert!(said.contains("both sides changed an entry of `events`: ours"), "{said}");
        assert!(said.contains("[exit 1]"), "{said}");
        assert_eq!(record_text(&terminal).matches("<<<<<<< ours").count(), 1);
    }
}

/// A record that was renamed, or deleted in a commit, is not lost.
#[test]
fn a_renamed_record_is_not_lost() {
    let terminal = repository();
    let renamed = "incidents/2024-09-07-경주.yaml";
    type_all(
        &terminal,
        &[
            "asrun log base --at 10:00 && git commit -qam base && git checkout -q -b other",
            &format!("git mv {RECORD} {renamed} && git commit -qm mv && git checkout -q main"),
            "touch a && git add a && git commit -qm a && git merge -q other -m merged",
        ],
    );
    checked(&terminal, 0, &["note[held-record]", "2024-09-07-경주 has it"]);
    type_all(&terminal, &[&format!("git rm -q {renamed} && git commit -qm rm")]);
    checked(
        &terminal,
        0,
        &["note[held-record]: commit ", "no other record has all", "git checkout "],
    );
    type_all(&terminal, &["git reset -q --hard HEAD~2"]);
    checked(&terminal, 0, &["nothing wrong"]);
    type_all(&terminal, &[&format!("rm {RECORD}")]);
    checked(&terminal, 1, &["error[lost-record]"]);
}

/// If both sides renamed a record, git keeps it under both names.
#[test]
fn a_record_that_both_sides_renamed_is_told_and_merged_again() {
    let terminal = repository();
    type_all(
        &terminal,
        &[
            "asrun log one --at 10:01 && asrun log two --at 10:02 && git add -A && git commit -qm base",
            "git clone -q . ../other && cd ../other && asrun rename theirs -r race && git add -A",
            "cd ../other && git config user.name u && git config user.email u@example.com && git commit -qm theirs",
            "asrun rename ours -r race && git add -A && git commit -qm ours",
        ],
    );
    terminal.said("git pull -q --no-rebase ../other main; git add -A; git commit -qm merged");
    checked(&terminal, 0, &["note[twin-record]", "asrun merge ours theirs"]);
    type_all(&terminal, &["asrun merge ours theirs"]);
    checked(&terminal, 0, &["nothing wrong"]);
    let text = fs::read_to_string(terminal.folder().join("incidents/ours.yaml"));
    assert_eq!(text.unwrap().matches("text: one").count(), 1);
}

/// A record that was renamed in another clone is still found.
#[test]
fn the_new_id_of_the_selected_record_is_named() {
    let terminal = repository();
    type_all(
        &terminal,
        &[
            "asrun log one --at 10:01 && git commit -qam base",
            "git clone -q . ../other && cd ../other && asrun rename newer -r race && git add -A",
            "cd ../other && git config user.name u && git config user.email u@example.com && git commit -qm theirs",
            "git pull -q --no-rebase ../other main",
        ],
    );
    let said = terminal.said("asrun log more");
    assert!(said.contains("asrun select newer"), "{said}");
}

/// Paths of findings are relative to the repository's root, as code hosts expect.
#[test]
fn sarif_counts_from_the_top_of_the_repository() {
    let terminal = Terminal::new(None);
    type_all(
        &terminal,
        &[
            "git init -q -b main . && mkdir -p 'a/운영 b'",
            "cd a/운영* && asrun init && printf 'x' > incidents/bad.yaml",
        ],
    );
    let said = terminal.said("cd a/운영*/incidents && asrun check --format sarif");
    let uri = "\"uri\": \"a/%EC%9A%B4%EC%98%81%20b/incidents/bad.yaml\"";
    assert!(said.contains(uri), "{said}");
}

/// git escapes non-ASCII names; the setting that `init --git` suggests prevents that, and is suggested only once.
#[test]
fn korean_names_are_printed_by_git_as_init_proposes() {
    let terminal = Terminal::new(None);
    type_all(&terminal, &["git init -q -b main . && git config core.quotePath true"]);
    let proposed = terminal.outcome("asrun init --git", 30);
    let proposed = proposed.out + &proposed.errors;
    type_all(&terminal, &["asrun new 결제장애 --kind outage && git add -A"]);
    let staged = || terminal.said("git diff --cached --name-only");
    assert!(!staged().contains("결제장애"), "{}", staged());
    let command = proposed.lines().find_map(|line| line.split_once("unescaped: ")).unwrap().1;
    type_all(&terminal, &[command]);
    assert!(staged().contains("결제장애.yaml\n"), "{}", staged());
    let again = terminal.outcome("asrun init --git", 30);
    assert!(!(again.out + &again.errors).contains("quotePath"));
}

/// Every setting in a repository's configuration that may name a program, and every file that is run as one, would
/// leave a trace.
#[test]
fn nothing_that_a_repository_names_is_run() {
    let terminal = repository();
    type_all(&terminal, &["asrun log lost && git checkout -q . && asrun log kept"]);
    let git = terminal.folder().join(".git");
    let ran = "touch \"$HOME/ran\"";
    fs::write(git.join("trap"), format!("#!/bin/sh\n{ran}\n")).unwrap();
    let mut config = fs::read_to_string(git.join("config")).unwrap();
    for key in ["fsmonitor", "pager", "editor", "sshCommand", "askPass", "gitProxy"] {
        config.push_str(&format!("[core]\n\t{key} = .git/trap\n"));
    }
    config.push_str(
        "[core]\n\thooksPath = .git/traps\n[gpg]\n\tprogram = .git/trap\n[log]\n\tshowSignature = true\n\
         [pager]\n\trev-parse = .git/trap\n\tconfig = .git/trap\n\trev-list = .git/trap\n\
         [diff]\n\texternal = .git/trap\n[diff \"x\"]\n\tcommand = .git/trap\n\ttextconv = .git/trap\n\
         [filter \"x\"]\n\tclean = .git/trap\n\tsmudge = .git/trap\n[credential]\n\thelper = !.git/trap\n\
         [alias]\n\trev-parse = !.git/trap\n\tconfig = !.git/trap\n\tmerge-file = !.git/trap\n\
         [merge \"asrun\"]\n\tdriver = .git/trap\n[sequence]\n\teditor = .git/trap\n\
         [remote \"origin\"]\n\turl = ext::.git/trap\n\tpromisor = true\n",
    );
    fs::write(git.join("config"), config).unwrap();
    fs::write(terminal.folder().join(".gitattributes"), "* filter=x diff=x\n").unwrap();
    type_all(&terminal, &["chmod +x .git/trap && mkdir .git/traps"]);
    for hook in ["pre-commit", "post-index-change", "fsmonitor-watchman", "reference-transaction"] {
        type_all(&terminal, &[&format!("cp .git/trap .git/traps/{hook}")]);
        type_all(&terminal, &[&format!("cp .git/trap .git/hooks/{hook}")]);
    }
    for program in ["git", "wl-paste", "xclip", "pngpaste", "less", "vi"] {
        type_all(&terminal, &[&format!("cp .git/trap {program}")]);
    }
    let ran = terminal.folder().join("../ran");
    for command in [
        "asrun doctor",
        "printf 'incidents/*.yaml merge=asrun\\n' >> .gitattributes; asrun doctor",
        "asrun check",
        "asrun check --format sarif",
        "asrun list && asrun show && asrun new other && asrun log again -r race",
        &format!("cp {RECORD} a && cp a b && cp a c && asrun merge-driver a b c {RECORD}"),
        &format!("printf '[' >> a; asrun merge-driver a b c {RECORD}"),
        "asrun recover race && asrun undo",
        "asrun attach --clipboard",
        "echo nowhere | asrun forget --stdin; asrun forget -r race --event 1 --yes",
        "asrun init --git",
        "asrun doctor",
    ] {
        terminal.said(command);
        assert!(!ran.exists(), "{command}");
    }
    terminal.said("git status");
    assert!(ran.exists(), "a git that is not held back runs it");
}

/// A clone may lack objects and name a program to fetch them.
#[test]
fn what_a_clone_lacks_is_not_fetched_by_its_program() {
    let terminal = repository();
    type_all(
        &terminal,
        &[
            "asrun log lost && git add -A && git commit -qm two",
            "asrun amend --last found && git commit -qam three",
            "sed -i 's/found/others/' incidents/*.yaml",
            "printf '#!/bin/sh\\ntouch \"$HOME/ran\"\\n' > .git/trap && chmod +x .git/trap",
            &format!(
                "object=$(git rev-parse HEAD~1:{RECORD}) && rm -f .git/objects/$(echo $object | cut -c1-2)/$(echo $object | cut -c3-)"
            ),
            "git config core.repositoryFormatVersion 1 && git config extensions.partialClone origin",
            "git config remote.origin.url 'ext::.git/trap' && git config remote.origin.promisor true",
            "git config protocol.ext.allow always && git config protocol.allow always",
        ],
    );
    let ran = terminal.folder().join("../ran");
    for command in ["asrun check", "asrun recover race", "echo lost | asrun forget --stdin"] {
        terminal.said(command);
        assert!(!ran.exists(), "{command}");
    }
    terminal.said(&format!("git cat-file -p HEAD~1:{RECORD}"));
    assert!(ran.exists(), "a git that is not held back fetches it");
}

/// Returns a repository with one record and the merge driver.
fn repository() -> Terminal {
    let terminal = Terminal::new(None);
    type_all(
        &terminal,
        &[
            "git init -q -b main . && git config user.name t && git config user.email t@example.com",
            "asrun init --git --timezone Asia/Seoul --language en",
            "echo 'ignore: [day-off]' >> asrun.yaml",
            "asrun new race --date 2024-09-07 --id 2024-09-07-race",
            "asrun plan add 09:00 'first step' --id first",
            "git add -A && git commit -qm begin",
        ],
    );
    terminal
}

fn type_all(terminal: &Terminal, commands: &[&str]) {
    for command in commands {
        let said = terminal.said(command);
        assert!(!said.contains("[exit"), "{command}:\n{said}");
    }
}

/// Pseudo-random numbers: the same history for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// Two branches of a record, and what each should have added.
struct History {
    terminal: Terminal,
    random: Random,
    seed: u64,
    /// Texts that must be there once, or must be gone.
    expected: BTreeMap<String, bool>,
}

impl History {
    fn new(seed: u64) -> History {
        let terminal = repository();
        let mut history = History {
            terminal,
            random: Random(seed * 0x9e37_79b9 + 1),
            seed,
            expected: BTreeMap::new(),
        };
        for n in 0..3 {
            history.log(&format!("base{n}"));
        }
        type_all(&history.terminal, &["git add -A && git commit -qm base && git branch other"]);
        history
    }

    fn run(mut self) {
        // Each side changes different entries of the base, as people do; anything may be added.
        for (branch, own) in [("main", 0), ("other", 1)] {
            type_all(&self.terminal, &[&format!("git checkout -q {branch}")]);
            for step in 0..STEPS {
                self.act(branch, step, own);
            }
            type_all(&self.terminal, &[&format!("git commit -qam {branch}")]);
        }
        let bring = match self.seed % 4 {
            0 => "git merge -q other -m merged",
            1 => "git rebase -q other",
            2 => "git cherry-pick other",
            _ => "git merge -q --squash other && git commit -qm squashed",
        };
        let said = self.terminal.said(&format!("git checkout -q main && {bring}"));
        assert!(
            !said.contains("CONFLICT") && !said.contains("[exit"),
            "seed {}: {said}",
            self.seed
        );
        self.judge();
        let said = self.terminal.said("asrun recover race");
        assert!(said.contains("nothing is missing"), "seed {}, {bring}: {said}", self.seed);
    }

    fn log(&mut self, text: &str) {
        let minute = self.random.below(60);
        type_all(&self.terminal, &[&format!("asrun log {text} --at 10:{minute:02}")]);
        self.expected.insert(text.to_owned(), true);
    }

    fn act(&mut self, branch: &str, step: u64, own: usize) {
        let name = format!("{branch}{step}");
        match self.random.below(6) {
            0..=2 => self.log(&name),
            3 => {
                let minute = self.random.below(60);
                type_all(&self.terminal, &[&format!("asrun plan add 11:{minute:02} plan-{name}")]);
                self.expected.insert(format!("plan-{name}"), true);
            }
            4 => {
                self.log(&name);
                type_all(&self.terminal, &["asrun undo"]);
                self.expected.insert(name, false);
            }
            _ => {
                let number = self.number_of(&format!("base{own}"));
                type_all(&self.terminal, &[&format!("asrun amend {number} --why {name}")]);
            }
        }
    }

    /// Returns the number of the event in `show`.
    fn number_of(&self, text: &str) -> usize {
        let mut events = self.record().events;
        events.sort_by_key(|event| event.at.unwrap().earliest());
        events.iter().position(|event| event.text == text).unwrap() + 1
    }

    fn record(&self) -> asrun::model::Incident {
        let path = self.terminal.folder().join("incidents/2024-09-07-race.yaml");
        asrun::format::read(&fs::read_to_string(path).unwrap()).expect("a record").incident
    }

    fn judge(&self) {
        let record = self.record();
        for (text, there) in &self.expected {
            let events = record.events.iter().filter(|event| event.text == *text).count();
            let steps = record.plan.iter().filter(|step| step.text == *text).count();
            assert_eq!(events + steps, usize::from(*there), "seed {}: {text}", self.seed);
        }
        let moments: Vec<i64> =
            record.events.iter().map(|event| event.at.unwrap().unix()).collect();
        assert!(moments.is_sorted(), "seed {}: events out of order", self.seed);
    }
}
