//! Tests of the live prompt and of `watch` at a real terminal: texts are made harmless, lines that somebody else may
//! have left are not entered, and a refused line is not lost.

use std::fs;

use unicode_width::UnicodeWidthStr;

use crate::support::pty::Pty;
use crate::support::{Terminal, scalar, word, write};
use crate::terminal::{READING, SIGNS, foreign, hostile_project, sent};
use crate::{PLAIN, put};

const LINE: &str = "planted words";

/// Returns a folder with one harmless record.
fn plain_project() -> Terminal {
    let terminal = Terminal::new(None);
    put(&terminal, "one", &PLAIN.yaml());
    terminal
}

fn live(terminal: &Terminal, record: &str) -> Pty {
    let mut pty = Pty::start(terminal.shell(&format!("exec asrun live {record}")));
    pty.until("› ");
    pty
}

/// Returns the first control character of the texts that was sent, apart from the program's own cursor movements.
fn sent_by_text(seen: &str) -> Option<String> {
    let own = ["\u{1b}[2J\u{1b}[H", "\u{1b}[1A\u{1b}[2K", "\u{1b}[?1049h"];
    if foreign(seen) || own.iter().any(|sign| seen.contains(sign)) {
        return Some("a code of the text's".to_owned());
    }
    let mut rest = seen;
    let mut plain = String::new();
    while let Some(at) = rest
        .find("\u{1b}[")
        .into_iter()
        .chain(rest.find("\u{1b}7"))
        .chain(rest.find("\u{1b}8"))
        .min()
    {
        plain.push_str(&rest[..at]);
        let code = &rest[at + 1..];
        let end = match code.strip_prefix('[') {
            Some(code) => {
                code.find(|c: char| c.is_ascii_alphabetic()).map_or(code.len(), |end| end + 2)
            }
            None => 1,
        };
        rest = &code[end..];
    }
    plain.push_str(rest);
    sent(&plain)
}

#[test]
fn no_control_character_of_a_record_reaches_the_terminal_of_a_prompt() {
    let terminal = hostile_project();
    let all = SIGNS.concat();
    let left = format!("2024-09-07T18:00:00+09:00 left {all}");
    write(&terminal.folder().join(".asrun/all.live.txt"), left.as_bytes());
    let ids = format!(
        "plan:\n  - {{at: 2024-09-07 19:00, id: {}, text: {}}}\n",
        scalar(&all),
        scalar(&all)
    );
    let steps = format!("title: x\ndate: 2024-09-07\ntimezone: UTC\n{ids}events: []\n");
    put(&terminal, "ids", &steps);
    for record in ["all", "part-0", "part-1", "part-2", "part-3", "part-4", "part-5", "ids"] {
        let mut pty = live(&terminal, record);
        for keys in
            ["\u{1b}[A\u{3}", "/plan\r", "/step \t\u{3}", "/show\r", "/attach incidents/\t\u{3}"]
        {
            pty.press(keys);
        }
        let typed: String = SIGNS.iter().filter(|sign| !sign.contains('\0')).copied().collect();
        let other = format!("exec asrun log -r {record} --by {0} -- theirs {0}", word(&typed));
        terminal.outcome(&other, 60);
        pty.press("/undo\r/help\r/quit\r");
        pty.end();
        assert!(pty.seen.contains("/redo"), "{record}: {:?}", pty.seen);
        assert_eq!(sent_by_text(&pty.seen), None, "{record}: {:?}", pty.seen);
    }
}

#[test]
fn no_control_character_of_a_record_reaches_a_real_terminal() {
    let terminal = hostile_project();
    let mut wrong = Vec::new();
    for command in READING {
        let mut pty = Pty::start(terminal.shell(&format!("ASRUN_PAGER= exec asrun {command}")));
        pty.end();
        // If a file has CR LF line ends, the terminal adds another CR.
        let seen = pty.seen.replace("\r\r\n", "\n");
        if let Some(sign) = sent(&seen).or(foreign(&seen).then(|| "a colour".to_owned())) {
            wrong.push(format!("{command}: {sign:?}"));
        }
    }
    for record in ["all", "part-0", "part-3"] {
        let mut pty = Pty::start(terminal.shell(&format!("exec asrun watch {record}")));
        pty.until("\r\r\n");
        pty.settle();
        pty.kill();
        let own = ["\u{1b}[?1049h\u{1b}[?25l", "\u{1b}[H\u{1b}[2J", "\u{1b}[?25h\u{1b}[?1049l"];
        let seen = own.iter().fold(pty.seen.clone(), |seen, code| seen.replace(code, ""));
        // The program ends its lines itself, and the terminal adds another CR.
        if let Some(sign) = sent(&seen.replace("\r\r\n", "\n")) {
            wrong.push(format!("watch {record}: {sign:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

/// At every height and width, and after resizing, the screen contains the newest event and not too many lines.
#[test]
fn a_watched_record_shows_its_newest_event_on_every_screen() {
    let terminal = plain_project();
    for number in 0..30 {
        let words = "and what somebody saw of it on which host, at such a length that it breaks";
        let log =
            format!("asrun log 'seen-{number} {words}' --at 2024-09-07T18:{number:02}Z -r one");
        assert_eq!(terminal.outcome(&log, 30).code, Some(0));
    }
    for lines in [8, 10, 15, 24, 40, 60] {
        for columns in [40, 80, 160] {
            let mut pty = Pty::sized(terminal.shell("exec asrun watch one"), 61, 200);
            pty.until("seen-29");
            pty.settle();
            pty.resize(lines, columns);
            pty.until("\u{1b}[2J");
            pty.until("seen-29");
            pty.settle();
            let screen = pty.seen.rsplit("\u{1b}[2J").next().unwrap();
            let told = screen.matches("\r\r\n").count() + 1;
            assert!(told <= usize::from(lines), "{lines} x {columns}: {screen:?}");
            pty.kill();
        }
    }
}

#[test]
fn a_prompt_breaks_lines_between_words_keeps_its_sign_and_names_an_ended_record() {
    let terminal = plain_project();
    for (id, title, kind) in [
        ("down", "결제가 되지 않음 Checkout is down for cards", "detected"),
        ("gone", "Gone", "closed"),
    ] {
        let record = format!(
            "title: {title}\ntimezone: America/Los_Angeles\nkind: outage\nevents:\n  \
             - {{at: 2024-09-07T18:00-07:00, text: x, type: {kind}}}\n"
        );
        put(&terminal, id, &record);
    }
    for columns in [50, 60, 70, 80, 90, 100] {
        let shell = terminal.shell("exec asrun live down");
        let mut pty = Pty::sized(shell, 24, columns);
        let banner = pty.until("Ctrl-D");
        assert!(banner.contains("America/Los_Angeles)"), "{columns}: {banner:?}");
        let wide = banner.lines().find(|line| line.width() > usize::from(columns));
        assert_eq!(wide, None, "{columns}");
        pty.until("› ");
        pty.press("/st\t");
        pty.until("arted");
        pty.settle();
        assert!(!pty.seen.contains("| "), "{:?}", pty.seen);
        pty.press("\u{3}");
        pty.until("dropped");
        pty.until("› ");
        pty.press("/record GON\r");
        pty.until("gone is no longer open");
    }
}

#[test]
fn a_planted_line_is_shown_and_not_entered() {
    let terminal = plain_project();
    let planted = terminal.folder().join(".asrun/one.live.txt");
    let record = || fs::read_to_string(terminal.folder().join("incidents/one.yaml")).unwrap();
    write(&planted, format!("2024-09-07T18:20:00+09:00 {LINE}").as_bytes());
    let mut pty = live(&terminal, "one");
    assert!(pty.seen.contains(LINE), "{:?}", pty.seen);
    pty.press("\r");
    pty.press("real words\r");
    pty.until("logged");
    pty.press("/quit\r");
    pty.end();
    assert!(record().contains("real words") && !record().contains(LINE), "{}", record());
    assert!(fs::read_to_string(&planted).unwrap().ends_with(LINE), "it is not lost either");

    // It is shown on request, with its time.
    let mut pty = live(&terminal, "one");
    pty.press("\u{1b}[A");
    pty.until(LINE);
    pty.press("\r");
    pty.until("logged");
    pty.press("/quit\r");
    pty.end();
    assert!(record().contains("2024-09-07T09:20Z") || record().contains("09:20"), "{}", record());
    assert!(record().contains(LINE) && !planted.exists(), "{}", record());

    write(&planted, b"2024-09-07T18:21:00+09:00 given up");
    let mut pty = live(&terminal, "one");
    pty.press("\u{1b}[A");
    pty.until("given up");
    pty.press("\u{3}");
    pty.until("not recorded");
    pty.press("/quit\r");
    pty.end();
    assert!(!planted.exists() && !record().contains("given up"), "{}", record());

    // However long it is, it takes at most one screen.
    write(&planted, format!("2024-09-07T18:21:00+09:00 {}", "x".repeat(900_000)).as_bytes());
    let mut pty = live(&terminal, "one");
    pty.press("/quit\r");
    pty.end();
    assert!(pty.seen.contains("xxx") && pty.seen.len() < 20_000, "{}", pty.seen.len());
}

/// Lines of a paste that the terminal does not mark arrive as fast as possible; they are logged together, in order, and
/// do not wait for an unfinished line.
#[test]
fn lines_of_a_paste_are_logged_before_the_one_that_is_not_ended() {
    let terminal = plain_project();
    let path = terminal.folder().join("incidents/one.yaml");
    let mut pty = live(&terminal, "one");
    pty.press("first\r/at nonsense fourth\r/by sam second\rthird\rfif");
    pty.until("NOT recorded");
    pty.until("fif");
    // The line remains unfinished, and all waiting lines are saved nevertheless.
    let mut pasted = String::new();
    for _ in 0..600 {
        pasted = fs::read_to_string(&path).unwrap();
        if pasted.contains("third") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let places: Vec<_> = ["first", "second", "third"].map(|text| pasted.find(text)).into();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{pasted}");
    assert!(!pasted.contains("fif"), "{pasted}");
    pty.press("th\r");
    pty.until("fifth");
    pty.press("/quit\r");
    pty.end();
    let record = fs::read_to_string(&path).unwrap();
    assert!(record.contains("fifth") && !record.contains("fourth"), "{record}");
    let own = fs::read_dir(terminal.folder().join(".asrun")).unwrap();
    let mut left =
        own.filter(|file| file.as_ref().unwrap().path().to_string_lossy().contains(".live"));
    assert!(left.next().is_none());
}

#[test]
fn a_prompt_works_where_its_line_cannot_be_stored_and_says_so() {
    let terminal = plain_project();
    let own = terminal.folder().join(".asrun");
    write(&own, b"no folder");
    let mut pty = live(&terminal, "one");
    assert!(pty.seen.contains("closing the terminal before loses it"), "{:?}", pty.seen);
    pty.press("real words\r");
    pty.until("NOT recorded");
    // It is available again, and reported as not being on disk.
    pty.until("not saved");
    pty.until("real words");
    fs::remove_file(&own).unwrap();
    pty.press("\r");
    pty.until("logged");
    pty.press("/quit\r");
    pty.end();
    let record = fs::read_to_string(terminal.folder().join("incidents/one.yaml")).unwrap();
    assert_eq!(record.matches("real words").count(), 1, "{record}");
}

#[test]
fn a_long_input_is_kept_or_refused_in_one_screen() {
    let terminal = plain_project();
    let folder = terminal.folder();
    let long: String =
        (0..60_000).map(|line| format!("line {line} {}\n", "x".repeat(40))).collect();
    write(&folder.join("long"), long.as_bytes());
    fs::create_dir(folder.join("tmp")).unwrap();
    for (command, kept) in [
        ("yes | TMPDIR=$PWD/tmp asrun log -", false),
        ("yes | TMPDIR=$PWD/tmp asrun log words -", false),
        ("yes | TMPDIR=$PWD/tmp asrun log --at nonsense -", false),
        ("TMPDIR=$PWD/tmp asrun log - < long", true),
        ("TMPDIR=$PWD/tmp asrun log words - < long", true),
        ("TMPDIR=$PWD/tmp asrun log --at nonsense - < long", true),
        ("TMPDIR=/nowhere asrun log --at nonsense - < long", false),
        ("TMPDIR=$PWD/tmp asrun log --detail - words < long", true),
    ] {
        let made = terminal.outcome(command, 120);
        let said = format!("{}{}", made.out, made.errors);
        assert!(said.lines().count() < 24 && said.len() < 4000, "{command}:\n{said:.4000}");
        assert!(
            matches!(made.code, Some(1 | 2)) && said.contains("NOT recorded"),
            "{command}: {said}"
        );
        let files: Vec<_> = fs::read_dir(folder.join("tmp")).unwrap().collect();
        assert_eq!(files.len(), usize::from(kept), "{command}: {said}");
        for file in files {
            let path = file.unwrap().path();
            assert!(fs::read_to_string(&path).unwrap().contains(long.trim()), "{command}");
            assert!(said.contains(&*path.to_string_lossy()), "{command}: {said}");
            fs::remove_file(path).unwrap();
        }
    }
}

/// A command that is run gets the keys and a terminal of the same size; its output is shown, and its end is in the
/// record. A repeated event needs confirmation.
#[test]
fn a_command_that_is_run_has_the_terminal() {
    let terminal = plain_project();
    let record = || fs::read_to_string(terminal.folder().join("incidents/one.yaml")).unwrap();
    let script = "test -t 0 && test -t 1 && test -t 2 && echo it is one; stty size <&1; read key; echo got $key; exit 5";
    let mut pty = Pty::start(
        terminal.shell(&format!("exec asrun log -r one restart --run -- sh -c '{script}'")),
    );
    pty.until("it is one");
    pty.until("40 160");
    pty.press("yes\r");
    pty.until("got yes");
    assert_eq!(pty.end().code(), Some(5), "{:?}", pty.seen);
    let text = record();
    assert!(text.contains("got yes") && text.contains("exit code: \"5\""), "{text}");

    // Pagers set the modes of the terminal that they write to, and read keys from another one.
    let script = "stty raw -echo <&1; echo ready; key=$(dd bs=1 count=1 2>/dev/null); stty sane <&1; echo got $key; exit 0";
    let mut pty = Pty::start(
        terminal.shell(&format!("asrun log -r one page --run -- sh -c '{script}'; stty -a")),
    );
    pty.until("ready");
    pty.settle();
    pty.press("x");
    assert!(!pty.until("got x").contains("xgot"), "{:?}", pty.seen);
    pty.until(" icanon");
    pty.until(" echo ");
    // Some open it by its name to read keys.
    let script = "exec 3<$(tty <&2); stty raw -echo <&3; echo ready; key=$(dd bs=1 count=1 <&3 2>/dev/null); stty sane <&3; echo got $key; exit 0";
    let mut pty = Pty::start(
        terminal.shell(&format!("exec asrun log -r one less --run -- sh -c '{script}'")),
    );
    pty.until("ready");
    pty.settle();
    pty.press("y");
    pty.until("got y");
    assert_eq!(pty.end().code(), Some(0), "{:?}", pty.seen);
    let script = "stty raw -echo <&1; sleep 1; kill -9 $$";
    let mut pty = Pty::start(
        terminal.shell(&format!("asrun log -r one dies --run -- sh -c '{script}'; stty -a")),
    );
    pty.until(" icanon");
    pty.until(" echo ");

    let mut again = Pty::start(terminal.shell("exec asrun log -r one twice"));
    again.until("logged");
    again.end();
    for (answer, times) in [("\r", 1), ("n\r", 1), ("y\r", 2)] {
        let mut pty = Pty::start(terminal.shell("exec asrun log -r one twice"));
        pty.until("[y/N]");
        pty.press(answer);
        assert_eq!(pty.end().success(), times == 2, "{answer:?}: {:?}", pty.seen);
        assert_eq!(record().matches("text: twice").count(), times, "{answer:?}");
    }
}

/// The record has the event already: the line is given back, and Enter logs it again.
#[test]
fn an_event_is_logged_twice_only_if_its_line_is_entered_twice() {
    let terminal = plain_project();
    let count = || {
        let text = terminal.outcome("cat incidents/one.yaml", 60).out;
        text.matches("text: the pool is full").count()
    };
    let mut pty = live(&terminal, "one");
    pty.press("the pool is full\r");
    pty.until("logged");
    pty.until("› ");
    pty.press("the pool is full\r");
    pty.until("NOT recorded");
    pty.until("to log it again: Enter");
    pty.until("the pool is full");
    assert_eq!(count(), 1);
    pty.press("\r");
    pty.until("logged");
    assert_eq!(count(), 2);
}

#[test]
fn keys_are_not_shown_on_a_watch() {
    let terminal = plain_project();
    let mut pty = Pty::start(terminal.shell("exec asrun watch one"));
    pty.until("one · ");
    pty.press("unseen\r");
    pty.settle();
    assert!(!pty.seen.contains("unseen"), "{}", pty.seen);
}
