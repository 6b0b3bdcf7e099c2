//! Tests which texts are found as secrets or private, and which are not.
//!
//! `tests/secrets/shapes.txt` and `harmless.txt` contain no keys: the parts in `<…>` are generated here.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]

use asrun::fault::LeakKind;
use asrun::model::Incident;
use asrun::publish::{Leak, hits_in, leaks, secrets_in};

const SMALL: &str = "abcdefghijklmnopqrstuvwxyz";
const DIGITS: &str = "0123456789";

/// Generates random texts that are the same in every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        // A linear congruential generator (Knuth, MMIX).
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    /// Returns that many characters of an alphabet, with at least one of each of its kinds.
    fn text(&mut self, alphabet: char, length: usize) -> String {
        let capital = SMALL.to_uppercase();
        let kinds: Vec<String> = match alphabet {
            'A' => vec![SMALL.into(), DIGITS.into(), capital],
            'a' => vec![SMALL.into(), DIGITS.into()],
            'U' => vec![capital, "234567".into()],
            'h' => vec!["abcdef".into(), DIGITS.into()],
            'H' => vec!["ABCDEF".into(), DIGITS.into()],
            'd' => vec![DIGITS.into()],
            'l' => vec![SMALL.into()],
            'L' => vec![SMALL.into(), capital],
            'w' => vec![SMALL.into(), DIGITS.into(), capital, "-_".into()],
            'b' => vec![SMALL.into(), DIGITS.into(), capital, "+/".into()],
            other => panic!("no alphabet {other}"),
        };
        let all: Vec<char> = kinds.concat().chars().collect();
        let mut text: Vec<char> = (0..length).map(|_| all[self.next(all.len())]).collect();
        for (at, kind) in kinds.iter().enumerate().filter(|(at, _)| 2 * at + 1 < length) {
            let kind: Vec<char> = kind.chars().collect();
            text[2 * at + 1] = kind[self.next(kind.len())];
        }
        // A key does not end with a character that ends a sentence.
        if let Some(last) = text.last_mut().filter(|last| !last.is_ascii_alphanumeric()) {
            *last = 'k';
        }
        text.into_iter().collect()
    }

    /// Returns a line of a table with its placeholders filled in.
    fn fill(&mut self, line: &str) -> String {
        self.fill_keeping(line, &mut Vec::new())
    }

    /// The same, and stores the generated texts.
    fn fill_keeping(&mut self, line: &str, all: &mut Vec<String>) -> String {
        let mut filled = String::new();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('<') {
            filled.push_str(before);
            let mark = after.split_once('>').and_then(|(mark, rest)| {
                let mut letters = mark.chars();
                let made = match letters.next() {
                    None => String::new(),
                    Some(alphabet) => self.text(alphabet, letters.as_str().parse().ok()?),
                };
                Some((made, rest))
            });
            let (made, after) = mark.unwrap_or(("<".to_owned(), after));
            filled.push_str(&made);
            all.push(made);
            rest = after;
        }
        filled + rest
    }
}

fn lines(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn found(text: &str) -> Vec<Leak> {
    leaks(&Incident { summary: Some(text.to_owned()), ..Incident::default() })
}

fn kind(word: &str) -> LeakKind {
    match word {
        "secret" => LeakKind::Secret,
        "host" => LeakKind::InternalHost,
        "email" => LeakKind::Email,
        "phone" => LeakKind::Phone,
        "person" => LeakKind::PersonalNumber,
        other => panic!("no kind {other}"),
    }
}

#[test]
fn shapes_that_public_rule_sets_know_are_found() {
    let mut chance = Chance(7);
    let mut missed = Vec::new();
    let all: Vec<&str> = lines(include_str!("secrets/shapes.txt")).collect();
    for line in &all {
        let mut parts = line.splitn(3, ' ');
        let wanted = kind(parts.next().unwrap());
        let _source = parts.next();
        let text = chance.fill(parts.next().unwrap());
        if !found(&text).iter().any(|leak| leak.kind == wanted) {
            missed.push(text);
        }
    }
    assert!(all.len() > 300);
    let count = missed.len();
    assert!(missed.is_empty(), "{count} of {} are missed:\n{}", all.len(), missed.join("\n"));
}

/// One search serves both rules.
#[test]
fn secrets_alone_are_those_among_all_that_is_found() {
    let mut chance = Chance(5);
    let tables = [include_str!("secrets/shapes.txt"), include_str!("secrets/harmless.txt")];
    let all: Vec<String> =
        tables.into_iter().flat_map(lines).map(|line| chance.fill(line)).collect();
    let mut with_others = 0;
    for at in 0..all.len() {
        let text = [&*all[at], &*all[chance.next(all.len())]].join([" ", "\n", ""][at % 3]);
        let (secrets, others): (Vec<_>, Vec<_>) =
            hits_in(&text).into_iter().partition(|hit| hit.kind == LeakKind::Secret);
        assert_eq!(secrets_in(&text), secrets, "{text}");
        with_others += usize::from(!secrets.is_empty() && !others.is_empty());
    }
    assert!(with_others > 20, "{with_others}");
}

#[test]
fn what_is_found_is_not_shown() {
    let mut chance = Chance(23);
    let passwords =
        ["hunter2", "correcthorse", "qwer1234", "Admin1234", "Winter2024", "letmein", "toor"];
    for line in lines(include_str!("secrets/shapes.txt")).filter(|line| line.starts_with("secret"))
    {
        let mut made = Vec::new();
        let text = chance.fill_keeping(line.splitn(3, ' ').nth(2).unwrap(), &mut made);
        for Leak { excerpt, .. } in found(&text).iter().filter(|leak| leak.kind == LeakKind::Secret)
        {
            let password = passwords.iter().find(|password| excerpt.contains(**password));
            // The user in an address may be generated too; the secret is the last generated text.
            let last = made.iter().rfind(|made| made.len() > 12).filter(|made| {
                excerpt
                    .as_bytes()
                    .windows(8)
                    .any(|shown| made.contains(std::str::from_utf8(shown).unwrap_or("-")))
            });
            assert_eq!((password, last), (None, None), "{excerpt} of {text}");
        }
    }
}

#[test]
fn harmless_texts_are_left_alone() {
    let mut chance = Chance(11);
    let all: Vec<&str> = lines(include_str!("secrets/harmless.txt")).collect();
    let wrong: Vec<String> = all
        .iter()
        .map(|line| chance.fill(line))
        .filter(|text| !found(text).is_empty())
        .map(|text| format!("{text}: {:?}", found(&text)))
        .collect();
    assert!(all.len() > 200);
    assert!(wrong.is_empty(), "{} of {} are found:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

/// Ways to write a password, for `|`, behind its name.
const FORMS: &[&str] = &[
    // Blanks.
    "password:\u{a0}|",
    "비밀번호:\u{3000}|",
    "password:\u{2009}|",
    "pw:&nbsp;|",
    // Letters.
    "ｐａｓｓｗｏｒｄ：|",
    "비밀번호：|",
    "pass\u{200b}word: |",
    "p\u{ad}assword: |",
    // Marks and tags.
    "pass**word**: |",
    "_password_: |",
    "__비밀번호__ : |",
    "password\\: |",
    "password&colon; |",
    "<b>password</b>: |",
    "password: <code>|</code>",
    "password:<br>|",
    "pass`word`: |",
    "[password](https://wiki.example/a): |",
    "pa\\ss\\word: |",
    "<td>password</td><td>|</td>",
    // Remarks.
    "비밀번호(임시): |",
    "비밀번호（임시）： |",
    "비밀번호 (임시)는 | 입니다",
    "password (staging, until Monday): | for now",
    "password [staging]: |",
    // Signs between the two.
    "password → |",
    "비밀번호 ⇒ |",
    "password “|”",
    "비밀번호는 「|」",
    "password - |",
    "password — |",
    "비밀번호 ▶ |",
    "password 👉 |",
    "password 🔑 |",
    "비밀번호「|」",
    "password【|】",
    "the password for admin: |",
    "password of the replica = |",
    // Lines, items and cells.
    "password:\n  |",
    "비밀번호:\r\n\r\n    |\r\n",
    "password:\n\n```\n|\n```",
    "비밀번호\n\n```sh\n|\n```\n",
    "비밀번호\n\n    |",
    "the password is\n| and works",
    "- password:\n  - |",
    "password: |-\n  |\nuser: app",
    "**password:**\n`|`",
    "password:\n1. |",
    "\n\n- password\n- |",
    "\n\n* 비밀번호\n* |\n* kim",
    "kim\n\n| user | password |\n|---|---|\n| kim | | ",
    "\n\n| key | value |\n|---|---|\n| **pass**word | | ",
    "user|password\n-|-\nkim|| ",
    "\"password:\\n\\n|\\nmore\"",
    // Columns and definitions.
    "\n\nuser   password   since\nkim    |   May\n",
    "\n\nuser\tpassword\nkim\t|\nlee\t-\n",
    "\n\nuser,password\nkim,|\n",
    "\n\nid;비밀번호\nkim;|\n",
    "\n\n<table><tr><th>user</th><th>password</th></tr>\n<tr><td>kim</td>\n<td>|</td></tr></table>",
    "\n\n<table>\n<tr>\n<td>password</td>\n<td>|</td>\n</tr>\n</table>",
    "\n\npassword\n:   |\n",
    "\n\n비밀번호\n: |\n",
];

/// Readers see a secret however it is written; its place is that in the text as written.
#[test]
fn a_secret_is_found_however_it_is_written() {
    const PASSWORD: &str = "Tr0ub4dor";
    for form in FORMS {
        let place = form.rfind('|').unwrap();
        let text = format!("“A” note: {}{PASSWORD}{}", &form[..place], &form[place + 1..]);
        let secrets = secrets_in(&text);
        let hidden: Vec<&str> = secrets.iter().map(|hit| &text[hit.hidden.clone()]).collect();
        assert_eq!(hidden, [PASSWORD], "{text}");
        assert!(!secrets[0].excerpt(&text).contains('\n'), "{text}");
    }
}

#[test]
fn a_token_is_found_through_what_readers_do_not_see() {
    let body = Chance(3).text('A', 36);
    for prefix in [
        "ghp\\_",
        "ghp&#95;",
        "ghp&lowbar;",
        "g\u{200b}hp_",
        "gh**p**_",
        "**ghp**_",
        "`ghp_`",
        "ghp_<wbr>",
        "<b>ghp</b>_",
        "\\g\\h\\p\\_",
        "ghp\u{200b}_",
        "ghp_\u{2060}",
        "ghp\u{feff}_",
        "[ghp](https://a.example)_",
        "ghp_<x>",
    ] {
        let text = format!("“{prefix}{body}” 유출");
        let hidden: Vec<&str> =
            secrets_in(&text).into_iter().map(|hit| &text[hit.hidden]).collect();
        assert_eq!(hidden, [body.as_str()], "{text}");
    }
    let (first, second) = body.split_at(20);
    for between in ["<br>", "\u{2060}", "\u{ad}", "**", "<!-- -->"] {
        let text = format!("a key, ghp_{first}{between}{second} leaked");
        let hidden: Vec<&str> =
            secrets_in(&text).into_iter().map(|hit| &text[hit.hidden]).collect();
        assert_eq!(hidden, [format!("{first}{between}{second}")], "{text}");
    }
}

#[test]
fn what_only_stands_near_the_name_of_a_secret_is_none() {
    for text in [
        "login → password → dashboard",
        "설정 → 비밀번호 → “변경”",
        "## Password\n\nWe reset it at 18:10.",
        "the password:\n\n- was rotated\n- is in the vault",
        "password:\n  valueFrom:\n    secretKeyRef:\n      name: db-auth1",
        "password:\n  db1:\n    x: y",
        "password:\n  2024-09-07 18:10 rotated",
        "password:\n\n```\nkubectl get secret db1\n```",
        "password:\n\n![the](page1.png)",
        "비밀번호:\nhttps://vault.example/db1",
        "reset the password\n\nserver01 came back at 18:10",
        "password:\n\nreset for all users",
        "\"password:\\n\\nreset for all users\"",
        "\"password:\\n\\nserver01 came back at 18:10\"",
        "- reset the password\n- server01\n- db-01a",
        "- the password\n- server01 came back",
        "| step | password |\n|--|--|\n| 1 | rotated |\n| 2 | changed at 18:10 |",
        "the password for admin: rotated",
        "the password for 3 users: 120000",
        "new password for the replica: see 1Password",
        "password ▶ dashboard",
        "비밀번호 ▶ 변경",
        "PASS\nsrc/a1.test.js",
        "setPassword(user): Promise<void>",
        "apiKey(name): Uint8Array",
        "password (staging): rotated",
        "비밀번호(임시): 변경 완료",
        "password: **changed**",
        "password:\u{a0}***",
        "password: *** → 2024-09-07-checkout",
        "password: &lt;your-password1&gt;",
        "user   password   since\nkim    rotated    May",
        "user\tpassword\nkim\tsee the vault\nlee\tchanged at 18:10",
        "user,password\nkim,rotated\nlee,-",
        "step,password\n1,reset",
        "password   email\nchanged    kept",
        "<table><tr><th>user</th><th>password</th></tr><tr><td>kim</td><td>rotated</td></tr></table>",
        "password\n:   at least 12 characters",
        "password\n: rotated",
        "password\n:alpha2beta",
    ] {
        assert!(secrets_in(text).is_empty(), "{text}");
    }
}
