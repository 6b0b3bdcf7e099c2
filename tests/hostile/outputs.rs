//! Tests of asrun's output files with real processes: nothing is written through a link or over somebody else's file,
//! and nothing at all if the command fails.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Terminal, write};
use crate::{PLAIN, put, snapshot};

const POST: &str = "\
title: A\nkind: outage\ndate: 2024-09-07\ntimezone: UTC\npublished: 2024-09-09T10:00Z
events:\n  - at: 2024-09-07T18:00Z\n    text: x\n    attachments: [a.png]\n";

/// Returns a project with a post, a broken record, one with a secret, and other files of the user.
fn project() -> Terminal {
    let terminal = Terminal::new(None);
    put(&terminal, "one", &PLAIN.yaml());
    put(&terminal, "post", POST);
    put(&terminal, "leak", &POST.replace("text: x", "text: 'password: hunter2-hunter2'"));
    let folder = terminal.folder();
    for (path, text) in [
        ("incidents/broken.yaml", "title: [\n"),
        ("templates/broken.md", "{{ nothing.of.it }}\n"),
        ("notes.md", "mine\n"),
        ("words.txt", "mine\n"),
        ("asrun.yaml", "timezone: UTC\n"),
    ] {
        write(&folder.join(path), text.as_bytes());
    }
    symlink("../outside", folder.join("link")).unwrap();
    fs::create_dir(folder.parent().unwrap().join("outside")).unwrap();
    terminal
}

/// Returns every folder and file in the terminal's home, with its content.
fn listing(terminal: &Terminal) -> Vec<(PathBuf, Vec<u8>)> {
    let home = terminal.folder().parent().unwrap().to_owned();
    let mut all: Vec<(PathBuf, Vec<u8>)> =
        snapshot(&home).into_iter().map(|(path, bytes)| (PathBuf::from(path), bytes)).collect();
    let mut folders = vec![home];
    while let Some(here) = folders.pop() {
        for entry in fs::read_dir(&here).unwrap().map(|entry| entry.unwrap()) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            }
        }
        all.push((here, Vec::new()));
    }
    all.sort();
    all
}

/// Commands that fail, each for a different reason.
const FAILING: &[&str] = &[
    "render none -o new/a.md",
    "render one --template none -o new/",
    "render one --template broken -o new/",
    "render broken -o new/",
    "render leak --template public -o new/page.md",
    "render leak --template jekyll -o _posts/",
    "render one post -o new.md",
    "render one -o notes.md",
    "render one -o incidents/one.yaml",
    "render one -o incidents/one.yaml --force",
    "render one -o .asrun/one.md",
    "render one -o .git/one.md",
    "render one -o link/one.md",
    "render one -o link/new/",
    "render post --template jekyll -o link/_posts/",
    "render one -o notes.md/new/",
    "render one -o words.txt/page.md",
    "render one -o new/ --check",
    "render --into none.md one",
    "render --into notes.md one",
    "render --into link/notes.md one",
    "chart none -o new/chart.svg",
    "chart one -o asrun.yaml",
    "chart one -o words.txt",
    "chart one -o link/chart.svg",
    "chart one -o new/chart.svg --width 1",
    "schema -o incidents/one.yaml",
    "schema -o words.txt",
    "schema -o link/schema.json",
    "schema -o asrun.yaml --force",
    "man none",
    "man link",
    "man words.txt",
    "plan export one -o words.txt",
    "plan export one -o asrun.yaml",
    "plan export one -o link/plan.ics",
    "preview none",
    "preview broken",
    "templates export none",
    "templates export public -o notes.md",
    "templates export public -o link/public.md",
    "log -r none text",
    "log -r one text --at nonsense",
    "log -r one ''",
    "log -r one text --attach none.png",
    "log -r one text --type ''",
    "new ''",
    "new text --id one",
    "new text --timezone Nowhere/None",
    "new text --date 2024-13-40",
    "new text --id ../../outside/one",
    "attach -r one none.png",
    "attach -r none words.txt",
    "attach -r one link",
    "amend -r one 99 --text x",
    "amend -r none --last --text x",
    "undo -r one",
    "undo -r none",
    "edit none",
    "recover none",
    "select none",
    "brief none",
    "link none https://example.com/1",
    "actions add -r none text",
    "actions done -r one 99",
    "lessons add -r none well text",
    "plan add -r none '10:00 text'",
    "plan add -r one '99:99 text'",
    "plan from none.txt -r one --at 10:00",
    "plan move -r one 99 10:00",
    "plan edit -r one 99 --takes 20m",
    "plan skip -r one 99",
    "compare one none",
    "show none",
    "show broken",
    "history none",
    "stats --since nonsense",
    "list --since nonsense",
    "check none",
    "check broken",
    "completions none",
    "merge-driver none none none one",
    "-C none list",
    "--none",
    "none",
    "render --all --template jekyll -o _posts/",
    "render --all --template html -o site/",
    "render one broken -o new/",
    "render --all --template changelog -o new/HISTORY.md",
    "init --none",
    "new ''",
    "new --id one again",
    "log -r none words",
    "log -r one --at nonsense words",
    "log -r one --attach none.png words",
    "log -r one --attach notes.md --step none words",
    "log -r one ''",
    "live none",
    "plan list none",
    "plan export none",
    "plan run -r none",
    "plan check none",
    "plan shift -r one --by nonsense",
    "plan rebase -r none --now",
    "plan unskip -r one 99",
    "plan remove -r one 99",
    "templates show none",
    "templates export none",
    "templates export retrospective -o notes.md",
    "templates context none",
    "templates list --none",
    "preview none",
    "search --since nonsense words",
    "actions --since nonsense",
    "actions add -r none text",
    "actions add -r one --due nonsense text",
    "actions done none#1",
    "lessons --since nonsense",
    "lessons none",
    "lessons none --seen",
    "watch none",
    "import none.md",
    "import none.md --yes",
    "link -r none",
    "amend -r none --last words",
    "amend -r one --last --at nonsense",
    "amend -r one 99 words",
    "move 99 -r one --to post",
    "move 1 -r one --to none",
    "merge one none",
    "merge none one",
    "rename -r one post",
    "rename -r one ../out",
    "rename -r none new",
    "delete none",
    "archive one none",
    "archive one --clear",
    "attach -r none notes.md",
    "attach -r one --clipboard --event 99",
    "amend -r one --attachment none.png --alt x",
    "attach -r one none.png",
    "edit none",
    "edit broken",
    "undo -r none",
    "undo -r one",
    "undo -r one --redo",
    "forget none",
    "forget --event 99 -r one",
    "forget --event 1 -r none",
    "recover none",
    "recover broken",
    "get -r none title",
    "get -r one nonsense",
    "set -r none title words",
    "set -r one date nonsense",
    "close none",
    "close one --at nonsense",
    "reopen none",
    "reopen one",
    "review -r none",
    "select none",
    "brief none",
    "schema --none",
    "schema -o notes.md",
    "man notes.md",
    "config --none",
    "doctor --none",
    "help none",
];

#[test]
fn a_command_that_fails_leaves_every_folder_as_it_was() {
    let mut changed = Vec::new();
    for command in FAILING {
        let terminal = project();
        let before = listing(&terminal);
        let made = terminal.outcome(&format!("exec asrun {command}"), 30);
        assert_ne!(made.code, Some(0), "{command}: {made:?}");
        let after = listing(&terminal);
        let new = after.iter().filter(|file| !before.contains(file)).map(|(path, _)| path);
        let gone = before.iter().filter(|file| !after.contains(file)).map(|(path, _)| path);
        let differ: Vec<&PathBuf> = new.chain(gone).collect();
        if !differ.is_empty() {
            changed.push(format!("{command}: {differ:?}"));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

/// Each command must have a form that fails, including new ones.
#[test]
fn every_command_has_a_form_that_fails() {
    let page = include_str!("../../docs/commands.md");
    let all = page.lines().filter_map(|line| line.strip_prefix("## asrun "));
    let all: Vec<&str> = all.collect();
    let is_group = |name: &&&str| all.iter().any(|other| other.starts_with(&format!("{name} ")));
    let has_form = |name: &&&str| {
        FAILING.iter().any(|form| {
            form.strip_prefix(**name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    };
    let without: Vec<_> = all.iter().filter(|name| !is_group(name) && !has_form(name)).collect();
    assert!(all.len() > 60 && without.is_empty(), "{without:?}");
}

#[test]
fn of_many_documents_those_that_are_written_are_named() {
    for (how, folder) in [
        ("--template jekyll -o _posts/", "_posts"),
        ("--template hugo -o content/posts/", "content/posts"),
        ("--template html -o site/", "site"),
    ] {
        let terminal = project();
        put(&terminal, "other", &POST.replace("title: A", "title: B"));
        let before = listing(&terminal);
        let made = terminal.outcome(&format!("exec asrun render --all --keep-going {how}"), 60);
        assert_eq!(made.code, Some(1), "{how}: {made:?}");
        for failed in ["broken", "leak"] {
            assert!(
                how.contains("html") && failed == "leak" || made.errors.contains(failed),
                "{made:?}"
            );
        }
        let after = listing(&terminal);
        let home = terminal.folder().parent().unwrap().to_owned();
        let is_new = |path: &&PathBuf| !before.iter().any(|(known, _)| known == *path);
        let new = after.iter().map(|(path, _)| path).filter(is_new);
        let mut named = 0;
        for path in new.filter(|path| home.join(path).is_file()) {
            let path = home.join(path);
            let told = path.strip_prefix(terminal.folder()).unwrap().to_string_lossy();
            if told.starts_with(folder) && !told.ends_with(".png") {
                named += 1;
                assert!(made.errors.contains(&format!("wrote {told}")), "{told}: {made:?}");
            } else {
                // The pictures of the rendered records, and the lists of outputs.
                let lists = [".asrun-outputs", ".asrun"];
                let beside = |part: &&str| told.starts_with(*part);
                assert!(told.ends_with(".png") || lists.iter().any(beside), "{how}: {told}");
            }
        }
        assert!(named >= 2, "{how}: {named}");
        assert_eq!(made.errors.matches("wrote ").count(), named, "{how}: {made:?}");
    }
}

#[test]
fn a_changed_file_is_only_replaced_by_force_and_named_before() {
    let terminal = project();
    let post = terminal.folder().join("_posts/2024-09-09-post.md");
    let render = "asrun render post --template jekyll -o _posts/";
    assert_eq!(terminal.outcome(render, 30).code, Some(0));
    let own = fs::read_to_string(&post).unwrap();
    fs::write(&post, format!("{own}by hand\n")).unwrap();
    let refused = terminal.outcome(render, 30);
    assert_eq!(refused.code, Some(1));
    assert!(refused.errors.contains("--into") && refused.errors.contains("--force"), "{refused:?}");
    assert!(fs::read_to_string(&post).unwrap().ends_with("by hand\n"));
    assert_eq!(terminal.outcome(&format!("{render} --check"), 30).code, Some(1));
    let told = terminal.outcome(&format!("{render} --force --dry-run"), 30);
    assert!(told.errors.contains("2024-09-09-post.md"), "{told:?}");
    assert!(fs::read_to_string(&post).unwrap().ends_with("by hand\n"), "a rehearsal");
    let forced = terminal.outcome(&format!("{render} --force"), 30);
    let (named, wrote) = forced.errors.split_once("wrote").unwrap();
    assert!(named.contains("2024-09-09-post.md"), "before it was written: {named} | {wrote}");
    assert_eq!(fs::read_to_string(&post).unwrap(), own);
}

/// A clone has the lists, and branches that render different posts change no common line in them.
#[test]
fn lists_of_outputs_are_cloned_and_merged() {
    let terminal = project();
    put(&terminal, "other", &POST.replace("title: A", "title: B"));
    let git = "git -c user.name=x -c user.email=x@example.com";
    let done = |command: &str| {
        let made = terminal.outcome(command, 60);
        assert_eq!(made.code, Some(0), "{command}: {made:?}");
    };
    done(&format!("git init -q -b main && git add -A && {git} commit -qm first"));
    for record in ["post", "other"] {
        done(&format!(
            "git checkout -q -b {record} main && asrun render {record} --template jekyll -o _posts/ \
             && git add -A && {git} commit -qm {record}"
        ));
    }
    done(&format!("{git} merge -q --no-edit post && git status --porcelain | diff /dev/null -"));
    done("cd .. && git clone -q project clone 2>/dev/null || git clone -q $OLDPWD clone");
    done(
        "cd ../clone && sed -i 's/^title: .*/title: new/' incidents/post.yaml incidents/other.yaml",
    );
    done("cd ../clone && asrun render post other --template jekyll -o _posts/");
    let posts = terminal.folder().parent().unwrap().join("clone/_posts");
    for post in ["2024-09-09-post.md", "2024-09-09-other.md"] {
        assert!(fs::read_to_string(posts.join(post)).unwrap().contains("\"new\""));
    }
}

#[test]
fn a_preview_is_for_its_user_alone_and_goes_through_no_link() {
    let terminal = project();
    let home = terminal.folder().parent().unwrap().to_owned();
    let (temporary, session) = (home.join("tmp"), home.join("session"));
    for folder in [&temporary, &session] {
        fs::create_dir(folder).unwrap();
    }
    fs::set_permissions(&temporary, fs::Permissions::from_mode(0o777)).unwrap();
    fs::set_permissions(&session, fs::Permissions::from_mode(0o700)).unwrap();
    symlink(home.join("outside"), temporary.join("asrun-preview")).unwrap();
    for (variables, around) in [
        (format!("TMPDIR={} XDG_RUNTIME_DIR=", temporary.display()), &temporary),
        (format!("TMPDIR={} XDG_RUNTIME_DIR={}", temporary.display(), session.display()), &session),
    ] {
        let made = terminal.outcome(&format!("{variables} exec asrun preview one"), 30);
        assert_eq!(made.code, Some(0), "{made:?}");
        let page = PathBuf::from(made.out.trim_end());
        assert!(page.starts_with(around) && page.is_file(), "{page:?}");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o077;
        let inside = page.ancestors().skip(1).take_while(|folder| folder != around);
        assert!(inside.chain([around.as_path()]).any(|folder| mode(folder) == 0), "{page:?}");
    }
    assert_eq!(fs::read_dir(home.join("outside")).unwrap().count(), 0);
}

#[test]
fn a_watched_preview_follows_its_record_and_survives_a_broken_one() {
    let terminal = project();
    let record = terminal.folder().join("incidents/one.yaml");
    let mut watched = terminal.shell("exec asrun preview one --watch");
    let mut watched = watched.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(watched.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let page = PathBuf::from(line.trim_end());
    let holds = |words: &str| {
        let until = Instant::now() + Duration::from_secs(30);
        let there = || fs::read_to_string(&page).unwrap().contains(words);
        while !there() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(there(), "{words}");
    };
    holds("http-equiv=\"refresh\"");
    let before = fs::read_to_string(&record).unwrap();
    // Two changes need some time between them: file times may be as coarse as the clock's tick.
    std::thread::sleep(Duration::from_millis(50));
    fs::write(&record, "title: [half").unwrap();
    std::thread::sleep(Duration::from_millis(700));
    fs::write(&record, format!("{before}summary: written meanwhile\n")).unwrap();
    holds("written meanwhile");
    let id = watched.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let mut told = String::new();
    watched.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert!(watched.wait().unwrap().success());
    assert!(told.contains("one.yaml:1") && !told.contains("panicked"), "{told}");
}
