//! Compares Korean messages with the English ones.

use crate::fault::{
    ActionFault, ContentFault, Doubt, Fault, Field, PlanFault, RenderFault, StoreFault, TextFault,
    WidthFault,
};
use crate::lang::en::English;
use crate::lang::samples::everything;
use crate::lang::terminal::{AnswerWords, Door, EditWords, FileWords, PromptWords, RequestWords};
use crate::model::{Day, Moment};
use crate::yaml::YamlFault;
use std::collections::BTreeSet;

use super::*;
use std::path::{Path, PathBuf};

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// Whether there are two adjacent English words outside of quotes and commands.
fn holds_english(message: &str) -> bool {
    let unquoted: String = message.split(['"', '`']).step_by(2).collect::<Vec<_>>().join(" · ");
    let (mut in_command, mut before) = (false, false);
    for word in unquoted.split_whitespace() {
        let begins = ["asrun", "git", "cp", "iconv"].contains(&word)
            || word.starts_with(['-', '/', '#', '|']);
        in_command = !word.contains(is_hangul) && (in_command || begins);
        let letters = word.trim_end_matches(|c: char| c.is_ascii_punctuation());
        let is_plain = letters.len() > 1 && letters.bytes().all(|b| b.is_ascii_alphabetic());
        if !in_command && is_plain && before {
            return true;
        }
        before = !in_command && is_plain && letters == word;
    }
    false
}

/// Returns the commands and options in a message.
fn ways_out(message: &str) -> BTreeSet<String> {
    let sign = |c: char| !(c.is_ascii_alphanumeric() || "-/".contains(c));
    let words: Vec<&str> = message.split(sign).filter(|word| !word.is_empty()).collect();
    let options = words.iter().filter(|word| word.starts_with("--") && word.len() > 3);
    let mut found: BTreeSet<String> = options.map(|option| (*option).to_owned()).collect();
    let verbs = "new log live plan show amend edit undo check recover select schema config doctor help \
                 list init link lessons actions templates render get set close reopen move";
    for pair in words.windows(2) {
        if pair[0] == "asrun" && verbs.split_whitespace().any(|verb| verb == pair[1]) {
            found.insert(pair.join(" "));
        }
    }
    found
}

#[test]
fn every_message_exists_in_korean() {
    let (korean, english) = (everything(&Korean), everything(&English));
    assert_eq!(korean.len(), english.len());
    assert!(korean.len() > 600, "{}", korean.len());
    let mut faults = Vec::new();
    for (korean, english) in korean.iter().zip(&english) {
        let silent = english.is_empty() && korean.is_empty();
        let no_korean = !silent && !korean.contains(is_hangul);
        if no_korean || holds_english(korean) || ways_out(korean) != ways_out(english) {
            faults.push(format!("{english}\n  {korean}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn english_is_seen_in_a_message() {
    assert!(holds_english("기록이 not there 있습니다"));
    assert!(everything(&English).iter().filter(|message| holds_english(message)).count() > 400);
    assert!(!holds_english("모두 보려면: asrun list all, `at the` \"in the\" 기록 asrun 명령"));
}

/// Returns the refusal of a request.
fn refused(fault: &Fault) -> String {
    Korean.fault(fault, Door::CommandLine, Path::new("/p")).message
}

#[test]
fn particles_follow_what_people_typed() {
    let text = |field| refused(&Fault::Text { field, fault: TextFault::Empty });
    assert_eq!(text(Field::Text), "내용이 비어 있습니다");
    assert_eq!(text(Field::Reason), "이유가 비어 있습니다");
    assert_eq!(text(Field::Step), "--step이 비어 있습니다");
    assert_eq!(text(Field::By), "--by가 비어 있습니다");

    let unknown = |wanted: &str| {
        let fault =
            StoreFault::Unknown { wanted: wanted.to_owned(), renamed: None, known: Vec::new() };
        Korean.store_fault_in_short(&fault)
    };
    assert_eq!(unknown("결제 장애"), "\"결제 장애\"라는 기록이 없습니다");
    assert_eq!(unknown("출시 2.1"), "\"출시 2.1\"이라는 기록이 없습니다");
    assert_eq!(unknown("障害"), "\"障害\"(이)라는 기록이 없습니다");

    let skipped =
        |text: &str| refused(&Fault::Plan(PlanFault::SkippedAlready { text: text.to_owned() }));
    assert_eq!(skipped("앱 배포"), "이미 생략한 단계입니다: 앱 배포");
    assert_eq!(skipped("PV영상 공개 [public]"), "이미 생략한 단계입니다: PV영상 공개 [public]");
    let done = ActionFault::DoneAlready {
        text: "알림".to_owned(),
        on: Day::parse("2024-09-07").unwrap(),
    };
    assert_eq!(refused(&Fault::Action(done)), "2024-09-07에 이미 완료한 후속 조치입니다: 알림");

    let width = |typed: &str| {
        refused(&Fault::Width { typed: typed.to_owned(), fault: WidthFault::Unclear })
    };
    assert_eq!(width("50"), "--width: 50이 비율인지 픽셀인지 알 수 없습니다");
    assert_eq!(width("45"), "--width: 45가 비율인지 픽셀인지 알 수 없습니다");

    let tag =
        |tag: &str| Korean.problem(&ContentFault::Yaml(YamlFault::Tag(tag.to_owned()))).message;
    assert_eq!(tag("!긴급"), "YAML은 `!긴급`을 태그로 읽는데, 기록에는 태그를 쓰지 않습니다");
    assert_eq!(tag("!중요"), "YAML은 `!중요`를 태그로 읽는데, 기록에는 태그를 쓰지 않습니다");

    let same = |first: &str| {
        let (first, second) = (first.to_owned(), "점검".to_owned());
        refused(&Fault::Render(RenderFault::WrittenTwice {
            path: PathBuf::from("a.md"),
            first,
            second,
        }))
    };
    assert_eq!(same("출시"), "출시와 점검 기록의 파일이 같아(a.md) 두 번째 것을 뺐습니다");
    assert_eq!(same("장애"), "장애와 점검 기록의 파일이 같아(a.md) 두 번째 것을 뺐습니다");
    assert_eq!(same("2.1"), "2.1과 점검 기록의 파일이 같아(a.md) 두 번째 것을 뺐습니다");
}

#[test]
fn times_are_worded_in_korean() {
    let at = |text: &str| Moment::parse(text, None).unwrap();
    let moved = |zone: &str| {
        let (from, to) = (at("2024-09-07T17:00+09:00"), at("2024-09-07T18:00+09:00"));
        Korean.moved("앱 배포", Some(&from), (&to, None), Zone::parse(zone).unwrap(), "r9")
    };
    assert_eq!(
        moved("Asia/Seoul"),
        "계획한 시각을 옮겼습니다: 앱 배포, 2024-09-07 18:00 +09:00 Asia/Seoul (이전: 2024-09-07 17:00 +09:00 Asia/Seoul) → r9"
    );
    let doubt = Doubt::FarFromPlan(-(2 * 86_400 + 3 * 3600 + 5 * 60));
    let zone = Zone::parse("Asia/Seoul").unwrap();
    let said = "계획한 시각보다 2일 3시간 5분 이릅니다. 다른 날이라면 날짜도 적으면 됩니다";
    assert_eq!(Korean.doubt(&doubt, zone, "asrun undo"), said);
    let banner = Korean.prompt_begins("2024-09-07-app", Some("앱 진입 불가"), zone);
    assert!(
        banner.starts_with("2024-09-07-app (앱 진입 불가) 기록에 적습니다. 시간대: Asia/Seoul\n")
    );
}
