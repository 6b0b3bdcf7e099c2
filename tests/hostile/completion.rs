//! Tests of Tab completion: offered names remain names for the shell, whatever they contain.

use crate::support::Terminal;
use crate::support::pty::{NOT_OFFERED, Pty, names_stay_names, put_names, values_complete};

#[test]
fn tab_in_bash_runs_nothing() {
    let asks = "source <(asrun completions bash); export ASRUN_RECORD=steps PS1=[P]";
    names_stay_names(&Terminal::new(None), "exec bash --norc --noprofile -i", asks);
}

/// Names that have the typed part inside are listed, and the part stays as it was typed.
#[test]
fn tab_in_bash_lists_what_has_the_part_inside() {
    let terminal = Terminal::new(None);
    let setup = "asrun init --timezone UTC && asrun new x --id 2024-pay-out && asrun new x --id 2025-pay-in \
        && asrun new x --id 2025-mail";
    assert_eq!(terminal.outcome(setup, 60).code, Some(0));
    let mut pty = Pty::start(terminal.shell("exec bash --norc --noprofile -i"));
    pty.press("source <(asrun completions bash); export PS1=[P]\r");
    pty.until("[P]");
    pty.until("[P]");
    pty.press("asrun show pay\t\t");
    pty.until("2025-pay-in");
    pty.until("2024-pay-out");
    pty.until("[P]asrun show pay");
    pty.press("-i\t\u{1}echo GOT \r");
    pty.until("GOT asrun show 2025-pay-in");
}

/// Returns asrun's answer when a shell asks for completions after `typed`.
fn offers(terminal: &Terminal, shell: &str, typed: &str) -> Vec<String> {
    let command = format!("ASRUN_RECORD=steps ASRUN_COMPLETE={shell} exec asrun -- {typed}");
    let said = terminal.outcome(&command, 60).out;
    said.lines().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn only_what_a_command_can_change_is_offered() {
    let terminal = Terminal::new(None);
    let setup = "asrun init --timezone UTC && asrun new old --id old && asrun new steps --id steps \
        && asrun archive old && asrun plan add 10:00 Deploy -r steps --id deploy \
        && asrun plan add 11:00 Announce -r steps --id announce && asrun plan skip announce -r steps";
    let made = terminal.outcome(setup, 60);
    assert_eq!(made.code, Some(0), "{made:?}");
    for (typed, expected) in [
        ("asrun archive --clear ''", &["old"][..]),
        ("asrun archive --clear o", &["old"]),
        ("asrun archive --clear s", &[]),
        ("asrun plan unskip ''", &["announce"]),
        ("asrun plan skip ''", &["deploy", "announce"]),
    ] {
        let mut offers = offers(&terminal, "elvish", typed);
        offers.retain(|offer| !offer.starts_with('-'));
        assert_eq!(offers, expected, "{typed}");
    }
}

#[test]
fn powershell_gets_names_in_its_own_quotes() {
    let terminal = Terminal::new(None);
    let names = put_names(&terminal);
    for (typed, what) in [("asrun show ''", "records"), ("asrun log --step ''", "steps")] {
        let offers = offers(&terminal, "powershell", typed);
        for name in &names {
            let quoted = format!("'{}'", name.replace('\'', "''"));
            let plain = name.chars().all(|c| c.is_alphanumeric() || c == '-');
            let wanted = if plain { (*name).to_owned() } else { quoted };
            assert!(offers.contains(&wanted), "{what}: {wanted} is not in {offers:?}");
        }
    }
    let offers = offers(&terminal, "powershell", "asrun attach -r steps pic");
    assert_eq!(offers, ["'pic $(touch pwn7).png'"]);
}

#[test]
fn names_that_hide_something_or_look_like_options_are_offered_by_no_shell() {
    let terminal = Terminal::new(None);
    put_names(&terminal);
    for shell in ["elvish", "fish", "powershell", "zsh"] {
        for typed in ["asrun show ''", "asrun log --step ''"] {
            let offers = offers(&terminal, shell, typed);
            for name in NOT_OFFERED {
                let first = name.split('\n').next().unwrap_or_default();
                let offered = offers.iter().any(|offer| offer.contains(first));
                assert!(!offered, "{shell}: {typed}: {offers:?}");
            }
            let hidden = |offer: &String| offer.contains(char::is_control);
            assert!(!offers.iter().any(hidden), "{shell}: {typed}: {offers:?}");
        }
    }
}

/// Lines, each with what is offered after it.
const OFFERED: &[(&str, &[&str])] = &[
    ("asrun show ''", &["2025-app", "2024-결제-장애"]),
    ("asrun show 2", &["2025-app", "2024-결제-장애"]),
    ("asrun show 3", &["3.5"]),
    // A part of a name completes the only match; if there are several matches, nothing is offered, since a shell
    // could not use it.
    ("asrun show 결제", &["2024-결제-장애"]),
    ("asrun merge 2025-app ''", &["2024-결제-장애"]),
    ("asrun merge 3.5 ''", &["2024-결제-장애"]),
    ("asrun merge 2024-결제-장애 app", &["2025-app"]),
    ("asrun compare 2025-app 2", &["2024-결제-장애"]),
    ("asrun render -t chirpy 2025-app 2", &["2024-결제-장애"]),
    ("asrun move 1 -r 2025-app --to ''", &["2024-결제-장애"]),
    ("asrun rename -r 2025-app 2025", &["2025-app"]),
    ("asrun recover 2025", &["2025-app"]),
    ("asrun plan from 3.", &["3.5"]),
    ("asrun show 02", &[]),
    ("asrun log --step '' -r 2025-app", &["2025-app"]),
    ("asrun log -r 2025-app --step ''", &["dep"]),
    // A step is found by any part of its id or its text, as the command finds it.
    ("asrun log -r 2025-app --step EP", &["dep"]),
    ("asrun plan move -r 2025-app loy", &["dep"]),
    ("asrun plan rebase -r 2025-app --from ploy", &["dep"]),
    ("asrun plan from 2025-app --anchor ploy", &["dep"]),
    ("asrun history oth", &["own"]),
    ("asrun log -r 2024-결제-장애 --step ''", &["own"]),
    ("asrun actions done -r 2025-app ''", &["2"]),
    ("asrun new x --service ''", &["web", "api"]),
    ("asrun render -t min", &["mine.md"]),
    ("asrun templates export chir", &["chirpy"]),
    ("asrun list --columns ver", &["version"]),
    ("asrun completions z", &["zsh"]),
    ("asrun edit 3", &["3.5"]),
    ("asrun archive app", &["2025-app"]),
    ("asrun lessons 3", &["3.5"]),
    ("asrun plan check --forecast --past 3", &["3.5"]),
    ("asrun plan edit -r 2025-app d", &["dep"]),
    ("asrun plan edit dep -r 2025-app --after d", &["dep"]),
    ("asrun plan rebase -r 2025-app --from d", &["dep"]),
    ("asrun plan shift -r 2025-app --from d", &["dep"]),
    ("asrun plan export --format i", &["ics"]),
    ("asrun list --version 3", &["3.5"]),
    ("asrun history x --service we", &["web"]),
    ("asrun history ''", &["dep", "own"]),
    ("asrun list --tag ''", &["urgent"]),
    ("asrun list --status iden", &["identified"]),
    ("asrun actions --owner K", &["Kim"]),
    ("asrun amend -r 2025-app ''", &["2", "1"]),
    ("asrun move -r 2025-app ''", &["2", "1"]),
    ("asrun set severity ''", &["sev1", "sev2", "sev3", "sev4", "sev5"]),
    ("asrun set timezone seou", &["Asia/Seoul"]),
    ("asrun set -r 2025-app status res", &["resolved"]),
    ("asrun set title ''", &[]),
    ("asrun new x --timezone America/New_Y", &["America/New_York"]),
    ("asrun import x.md --zone Asia/Seo", &["Asia/Seoul"]),
    ("asrun import statusp", &["statuspage"]),
    ("asrun import templates/mi", &["templates/mine.md"]),
    ("asrun init --records inci", &[]),
    ("asrun help exit", &["exit-codes"]),
    ("asrun link -r 2025-app --apply ''", &["1"]),
    ("asrun amend -r 2025-app 1 --clear ''", &["why"]),
    ("asrun amend -r 2025-app 2 --clear ''", &["by"]),
    ("asrun amend -r 2025-app --attachment x --clear c", &["caption"]),
    ("asrun plan edit dep -r 2025-app --clear ow", &["owner"]),
    ("asrun log x -r 2025-app --by ''", &["Sam", "Kim"]),
    ("asrun check --ignore time-", &["time-jump"]),
    ("asrun config --columns va", &["value"]),
];

#[test]
fn possible_values_are_offered() {
    let terminal = Terminal::new(None);
    let setup = "asrun init --timezone Asia/Seoul && asrun new 결제-장애 --id 2024-결제-장애 --service api \
        && asrun new App --kind release --version 3.5 --id 2025-app --service web \
        && asrun plan add 18:00 deploy --id dep -r 2025-app && asrun plan add 18:00 other --id own -r 2024-결제-장애 \
        && asrun actions add first -r 2025-app && asrun actions add second --owner Kim -r 2025-app \
        && asrun log one --why so -r 2025-app && asrun log deploy --by Sam -r 2025-app && asrun set tags urgent -r 2025-app \
        && asrun actions done 1 -r 2025-app && printf x > templates/mine.md";
    assert_eq!(terminal.outcome(setup, 60).code, Some(0));
    for (typed, wanted) in OFFERED {
        let command = format!("unset ASRUN_RECORD; ASRUN_COMPLETE=elvish exec asrun -- {typed}");
        let said = terminal.outcome(&command, 60).out;
        let offers: Vec<&str> = said.lines().filter(|offer| !offer.starts_with('-')).collect();
        assert_eq!(&offers, wanted, "{typed}");
    }
}

#[test]
fn changes_are_offered_by_their_numbers() {
    let terminal = Terminal::new(None);
    let setup =
        "asrun init --timezone UTC && asrun new App --id app && asrun log one && asrun log two";
    assert_eq!(terminal.outcome(setup, 60).code, Some(0));
    let said = terminal.outcome("ASRUN_COMPLETE=fish exec asrun -- asrun undo ''", 60).out;
    let offers: Vec<&str> = said.lines().filter(|offer| !offer.starts_with('-')).collect();
    let [last, before, _] = offers[..] else { panic!("{offers:?}") };
    assert!(last.starts_with("1\tlog: ") && last.ends_with(" two"), "{last}");
    assert!(before.starts_with("2\tlog: ") && before.ends_with(" one"), "{before}");
}

#[test]
fn pairs_to_link_are_offered_by_their_numbers() {
    let terminal = Terminal::new(None);
    let setup = "asrun init --timezone UTC && asrun new App --id app \
        && asrun plan add 18:00 '앱 배포' && asrun log '앱 배포 시작'";
    assert_eq!(terminal.outcome(setup, 60).code, Some(0));
    let said = terminal.outcome("ASRUN_COMPLETE=fish exec asrun -- asrun link --apply ''", 60).out;
    let offers: Vec<&str> = said.lines().filter(|offer| !offer.starts_with('-')).collect();
    assert_eq!(offers, ["1\t앱 배포 시작 ↔ 앱 배포"]);
}

#[test]
fn tab_in_bash_completes_values() {
    let asks = "source <(asrun completions bash); export PS1=[P]";
    values_complete(&Terminal::new(None), "exec bash --norc --noprofile -i", asks);
}
