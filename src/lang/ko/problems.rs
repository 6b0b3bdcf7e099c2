//! Faults of files, and the way out.

use crate::fault::{ContentFault, Entry, Found, FrontMatterFault, PostFault, SettingFault, Wanted};
use crate::lang::terminal::ProblemText;
use crate::lang::told::day_of;
use crate::model::{Day, TimeFault};
use crate::yaml::{Encoding, Remedy, Slip, YamlFault, quoted};

use super::meant;
use super::particles::{called, object, subject};
use super::times::unread_time;

fn text(message: impl Into<String>, help: impl Into<String>) -> ProblemText {
    ProblemText { message: message.into(), help: help.into() }
}

/// Returns a word as it is in a file.
fn ticked(word: &str) -> String {
    format!("`{word}`")
}

fn no_time(key: &str) -> ProblemText {
    text(
        format!("`{key}` 값에 시각이 없습니다"),
        format!(
            "`{key}: 2024-09-07T18:08+09:00`처럼 적고, 아무도 모르면 `{key}: unknown`으로 적으면 됩니다"
        ),
    )
}

pub(super) fn content_text(fault: &ContentFault) -> ProblemText {
    match fault {
        ContentFault::Yaml(fault) => yaml_text(fault),
        ContentFault::TooLarge { bytes, limit } => text(
            format!("기록이 {bytes}바이트입니다. 한도는 {limit}바이트입니다"),
            "긴 내용은 파일로 옮겨 첨부하면 됩니다",
        ),
        ContentFault::TextTooLarge { key, limit } => text(
            format!("`{key}` 값이 한도인 {limit}바이트보다 깁니다"),
            "파일로 옮겨 첨부하면 됩니다",
        ),
        ContentFault::Nothing => {
            text("파일에 기록이 없습니다", "git에서 되살리거나, `title: …` 줄로 시작하면 됩니다")
        }
        ContentFault::NoRecord => text(
            "기록은 `key: value` 줄로 적는데, 다른 것이 있습니다",
            "`title: …` 줄로 시작하면 됩니다. 예를 보려면: asrun help records",
        ),
        ContentFault::Missing { key, near } => text(
            format!("여기에 `{key}` 키가 없습니다"),
            match near {
                Some(near) => {
                    format!("`{near}` 키는 {} 잘못 적은 것 같습니다", object(&ticked(key)))
                }
                None => format!("`{key}: …` 줄을 넣으면 됩니다"),
            },
        ),
        ContentFault::NoKeys { entry, found } => keys_text(*entry, found),
        ContentFault::WrongShape { key, wanted, found } => shape_text(key, *wanted, found),
        ContentFault::Audience(word) => text(
            format!("`audience: {word}`: `internal`도 `public`도 아닙니다"),
            "`audience: internal`로 적거나, 그 줄을 지우면 됩니다",
        ),
        ContentFault::NoText { key } => text(
            format!("`{key}` 값이 비어 있습니다"),
            format!(
                "`{key}:` 뒤에 내용을 적으면 됩니다. `#` 기호로 시작하는 내용은 따옴표로 묶어야 합니다: \"# …\""
            ),
        ),
        ContentFault::NoTime { key } => no_time(key),
        ContentFault::Time { fault, day } => {
            text(unread_time(fault), time_help(fault, day.as_ref()))
        }
        ContentFault::NoDay { key } => text(
            format!("`{key}` 값이 실제로 있는 날짜가 아닙니다"),
            "2024-09-07처럼 연, 월, 일을 적으면 됩니다",
        ),
        ContentFault::NoZone { name, near, in_settings } => text(
            format!("{} 시간대가 없습니다", called(&format!("{name:?}"))),
            match near {
                Some(near) => meant(&ticked(near)),
                None if *in_settings => "Asia/Seoul 같은 IANA 이름을 적어야 합니다".to_owned(),
                None => "Asia/Seoul, America/New_York 같은 IANA 이름을 적어야 합니다".to_owned(),
            },
        ),
        ContentFault::Post(fault) => post_text(fault),
        ContentFault::Setting(fault) => setting_text(fault),
    }
}

/// Returns what is wrong with post settings.
fn post_text(fault: &PostFault) -> ProblemText {
    match fault {
        PostFault::Word { key, word, near, known } => text(
            format!("`{key}: {word}`: `{key}`에 쓸 수 없는 값입니다"),
            match near {
                Some(near) => meant(&ticked(near)),
                None => format!("쓸 수 있는 값: {}", known.join(", ")),
            },
        ),
        PostFault::Placeholder { key, word, known } => text(
            format!("`{key}`에서 `{{{word}}}` 자리에 들어갈 것이 없습니다"),
            format!("쓸 수 있는 것: {{{}}}, {{{}}}", known[0], known[1]),
        ),
        PostFault::Folder { key, folder } => text(
            format!("{folder:?}: 사이트 안의 폴더가 아닙니다"),
            format!(
                "빈칸과 `..` 없이 적습니다. 예: `{}`",
                if *key == "baseurl" { "baseurl: /blog" } else { "images: /assets/img/{id}/" }
            ),
        ),
        PostFault::FrontMatter(FrontMatterFault::NoKeys) => text(
            "`front_matter`는 `key: value` 줄이어야 합니다",
            "`front_matter: |` 아래에 들여 써서 적습니다. 예: `mermaid: true`",
        ),
        PostFault::FrontMatter(FrontMatterFault::Fence) => text(
            "`front_matter`에 `---`나 `...`로 시작하는 줄이 있으면 거기서 끝나 버립니다",
            "그 줄을 지우면 됩니다",
        ),
        PostFault::FrontMatter(FrontMatterFault::Yaml(fault)) => {
            let ProblemText { message, help } = yaml_text(fault);
            text(format!("`front_matter`: {message}"), help)
        }
    }
}

/// Returns what is wrong with project settings.
fn setting_text(fault: &SettingFault) -> ProblemText {
    match fault {
        SettingFault::NoKeys { example } => {
            text("설정은 `key: value` 줄로 적는데, 다른 것이 있습니다", format!("예: `{example}`"))
        }
        SettingFault::Unknown { key, near, known, is_of_record } => text(
            format!("{} 설정은 없습니다", called(&ticked(key))),
            match near {
                _ if *is_of_record => {
                    format!("`{key}` 키는 asrun.yaml이 아니라 기록에 적습니다")
                }
                Some(near) => meant(&ticked(near)),
                None => format!("쓸 수 있는 키: {}", known.join(", ")),
            },
        ),
        SettingFault::WrongShape { key, wanted, example } => text(
            format!("`{key}` 값으로 {} 와야 합니다", subject(wanted_name(*wanted))),
            format!("예: `{example}`"),
        ),
        SettingFault::Unread(words) => text(
            format!("설정을 읽을 수 없습니다 ({words})"),
            "잘못된 곳은 이 줄이나 바로 위의 줄입니다",
        ),
    }
}

/// Returns the text for a value that should be a mapping.
fn keys_text(entry: Entry, found: &Found) -> ProblemText {
    let (name, example) = match entry {
        Entry::Step => ("계획 단계", "at: 2024-09-07T17:30+09:00, text: 앱 배포"),
        Entry::Revision => ("계획 변경", "from: 2024-09-07T17:00+09:00, why: …"),
        Entry::Skip => ("`skipped`", "on: 2024-09-07, why: …"),
        Entry::Review => ("`draft`가 아닌 `review`", "by: 김민수, on: 2024-09-08"),
        Entry::Imported => ("가져온 문서", "from: …, on: 2024-09-07"),
        Entry::Event => ("이벤트", "at: 2024-09-07T18:08+09:00, text: 앱 진입 불가 확인"),
        Entry::Attachment => ("첨부", "file: 044.png, alt: 오류 화면"),
        Entry::Lessons => ("`lessons`", "well: [], badly: []"),
        Entry::Action => ("후속 조치", "text: 알림 추가, owner: 김하늘"),
        Entry::Section => ("섹션", "title: …, body: …"),
        Entry::Post => ("`post`", "layout: blog, hide: [actions]"),
    };
    let message = match found {
        Found::Nothing => {
            "항목이 비어 있습니다. `-` 뒤에 내용을 적거나 `-`를 지우면 됩니다".to_owned()
        }
        found => format!("{name}에는 키와 값이 있어야 하는데, {}", found_name(found)),
    };
    text(message, format!("이렇게 적습니다: `{{{example}}}`"))
}

/// Returns the text for a value of the wrong type.
fn shape_text(key: &str, wanted: Wanted, found: &Found) -> ProblemText {
    let list = matches!(wanted, Wanted::Texts | Wanted::Entries);
    let help = match found {
        Found::Nothing => "지우거나, 그 자리에 내용을 적으면 됩니다".to_owned(),
        Found::Text(text) if list => format!("목록으로 적으면 됩니다: `{key}: [{text}]`"),
        Found::Text(_) => format!("`{key}:` 뒤에 {} 적으면 됩니다", object(wanted_name(wanted))),
        Found::Bracketed(item) => {
            let item = item.as_deref().unwrap_or("…");
            format!(
                "대괄호 없이 적거나(`{key}: {item}`), 대괄호가 내용에 속한다면 따옴표로 묶으면 됩니다: \
                 `{key}: \"[{item}]\"`"
            )
        }
        Found::Mapping { .. } if list => format!("목록으로 적으면 됩니다: `{key}: [하나, 둘]`"),
        Found::List { flow: true } | Found::Mapping { flow: true } => {
            "`[`나 `{`로 시작하는 내용은 따옴표로 묶어야 합니다: \"[초안] …\"".to_owned()
        }
        _ => "이 줄이나 그 아래 줄의 들여쓰기가 잘못되었을 수 있습니다".to_owned(),
    };
    let wanted = subject(wanted_name(wanted));
    text(format!("`{key}` 값으로 {wanted} 와야 하는데, {}", found_name(found)), help)
}

fn wanted_name(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Text => "텍스트",
        Wanted::Value => "수나 텍스트",
        Wanted::Truth => "`true`나 `false`",
        Wanted::Precision => "`hour`",
        Wanted::Length => "`20m`, `1h30m`처럼 단위가 붙은 길이",
        Wanted::After => "`deploy` 같은 단계의 id나 `deploy +16m`처럼 간격을 붙인 id",
        Wanted::Time => "2024-09-07T18:08+09:00 같은 시각",
        Wanted::Zone => "Asia/Seoul 같은 이름",
        Wanted::Texts => "텍스트의 목록",
        Wanted::Entries => "`- …` 항목의 목록",
        Wanted::Metrics => "`{active_users: 20000}` 같은 키와 값",
        Wanted::Roles => "이름과 각자의 역할",
        Wanted::Steps => "단계 이름마다 그 단계를 달리 부르는 표현의 목록",
        Wanted::Post => "`layout`, `hide` 같은 키",
        Wanted::Minutes => "분 단위의 0 이상인 정수",
        Wanted::SecretsRule => "`warn`이나 `refuse`",
        Wanted::Folder => "templates나 숨은 폴더가 아닌, 프로젝트 안의 폴더",
    }
}

fn found_name(found: &Found) -> &'static str {
    match found {
        Found::Nothing => "비어 있습니다",
        Found::Text(_) => "텍스트가 있습니다",
        Found::Bracketed(_) | Found::List { .. } => "목록이 있습니다",
        Found::Mapping { .. } => "키와 값이 있습니다",
    }
}

/// Returns how to write a time that a record accepts.
fn time_help(fault: &TimeFault, day: Option<&Day>) -> String {
    let plain = match fault {
        TimeFault::Gap { shown, .. } => {
            return format!("서머타임이 적용된 시각이라면 이렇게 적습니다: {shown}");
        }
        TimeFault::Fold { text, first, second, .. } => {
            return format!(
                "어느 쪽인지 UTC 오프셋을 붙여 적습니다: {text}{first}, {text}{second}"
            );
        }
        TimeFault::NoDate(text) => {
            let day = day.map_or_else(|| "2024-09-07".to_owned(), Day::to_string);
            return format!("날짜도 적어야 합니다. 예: {day}T{text}");
        }
        TimeFault::OddOffset { start, end: Some(end), .. } => {
            return format!(
                "시작과 끝은 두 키로 적습니다: `at: {start}`, `until: {}{end}`",
                day_of(start)
            );
        }
        TimeFault::OddOffset { start, end: None, .. } => {
            return format!(
                "{start}+09:00처럼 그곳의 UTC 오프셋을 적거나, 기록의 시간대면 빼고 적습니다"
            );
        }
        TimeFault::NoZone(_) => {
            "+09:00 같은 UTC 오프셋을 붙이거나, 기록에 `timezone:` 줄을 넣으면 됩니다"
        }
        TimeFault::Impossible(_) => {
            "날짜는 실제로 있는 날이어야 하고, 시는 00부터 23, 분은 00부터 59까지입니다"
        }
        TimeFault::Unreadable(_) => {
            "날짜와 시각을 2024-09-07T18:08처럼(기록의 시간대), 또는 UTC 오프셋과 함께 적으면 됩니다: \
             2024-09-07T18:08+09:00"
        }
    };
    plain.to_owned()
}

fn not_utf8(encoding: Option<Encoding>) -> ProblemText {
    text(
        match encoding {
            None => "이 자리부터 UTF-8 텍스트가 아닙니다",
            Some(Encoding::Utf16) => "UTF-8 텍스트가 아닙니다. UTF-16 파일 같습니다",
            Some(Encoding::Korean) => "이 자리부터 UTF-8 텍스트가 아닙니다. CP949 한글 같습니다",
            Some(Encoding::Western) => {
                "이 자리부터 UTF-8 텍스트가 아닙니다. Windows-1252(Latin-1) 텍스트 같습니다"
            }
            Some(Encoding::Png) => "UTF-8 텍스트가 아닙니다. PNG 그림입니다",
            Some(Encoding::Gzip) => "UTF-8 텍스트가 아닙니다. 압축 파일(gzip)입니다",
        },
        match encoding.and_then(Encoding::name) {
            Some(name) => format!(
                "편집기에서 UTF-8로 저장하면 됩니다. 또는: iconv -f {name} -t UTF-8 OLD > NEW"
            ),
            None => "편집기에서 UTF-8로 저장하면 됩니다".to_owned(),
        },
    )
}

fn yaml_text(fault: &YamlFault) -> ProblemText {
    match fault {
        YamlFault::NotUtf8(encoding) => not_utf8(*encoding),
        YamlFault::ControlCharacter('\0') => text(
            "NUL 바이트(U+0000)가 있습니다",
            "시스템이 갑자기 꺼졌거나 디스크가 가득 찼을 때 생깁니다. git이나 백업에서 파일을 되살리면 됩니다",
        ),
        YamlFault::ControlCharacter(c) => text(
            format!("제어 문자(U+{:04X})가 있습니다", u32::from(*c)),
            "지우거나, 큰따옴표 안에 \"\\x1b\" 같은 이스케이프로 적으면 됩니다",
        ),
        YamlFault::MergeConflict => text(
            "해결하지 않은 병합 충돌이 있습니다",
            "git이 남긴 충돌을 항목 단위로 병합하려면: asrun recover. 손으로 고치려면 양쪽에서 맞는 것을 남기고 표시 줄(<<<<<<<, =======, >>>>>>>)을 지워 저장한 다음 다시 실행하면 됩니다",
        ),
        YamlFault::TooDeep(levels) => text(
            format!("값이 {levels}단계보다 깊게 겹쳐 있습니다"),
            "기록이 이렇게 깊어질 일은 없습니다. 괄호를 닫지 않았거나, 따옴표로 묶어야 할 내용일 수 있습니다",
        ),
        YamlFault::Syntax { slip, remedy } => {
            text(format!("YAML 문법에 맞지 않습니다: {}", slip_text(slip)), remedy_text(remedy))
        }
        YamlFault::Version => text("YAML 버전이 1.x가 아닙니다", "%YAML 줄을 지우면 됩니다"),
        YamlFault::SecondDocument => text(
            "여기서 두 번째 YAML 문서가 시작됩니다",
            "기록은 문서 하나입니다. 두 번째 문서를 다른 파일로 옮기거나, `---` 줄을 지우면 됩니다",
        ),
        YamlFault::Alias => text(
            "`*` 기호로 시작하는 값은 다른 값을 가리키는데, 기록에서는 쓰지 않습니다",
            "값을 그대로 적으면 됩니다. `*` 기호로 시작하는 내용은 따옴표로 묶어야 합니다: \"*중요*\"",
        ),
        YamlFault::Tag(tag) => text(
            format!("YAML은 {} 태그로 읽는데, 기록에는 태그를 쓰지 않습니다", object(&ticked(tag))),
            format!("내용을 따옴표로 묶거나(\"{tag} …\"), {} 지우면 됩니다", object(&ticked(tag))),
        ),
        YamlFault::Duplicate { key, line } => text(
            format!("`{key}` 키가 두 번 나옵니다. 처음 나온 곳은 {line}번째 줄입니다"),
            "둘을 합치거나, 하나를 지우면 됩니다",
        ),
        YamlFault::NoKey => text(
            "콜론 앞에 키가 없습니다",
            "콜론 앞에 키를 적거나, 그 줄을 지우면 됩니다. 키는 한 단어입니다",
        ),
        YamlFault::Empty => text(
            "파일에 기록이 없습니다",
            "git에서 되살리거나(`git checkout -- FILE`), `title: …` 줄로 시작하면 됩니다",
        ),
    }
}

fn slip_text(slip: &Slip) -> String {
    let plain = match slip {
        Slip::Colon => "키가 올 수 없는 자리인데 콜론이 있어 키로 읽힙니다",
        Slip::NoKeyLine => "이 줄은 `key: value` 줄이 아닙니다",
        Slip::NoDash => "목록의 항목이 와야 하는 자리인데 `- `가 없습니다",
        Slip::Misaligned => "위의 줄들과 들여쓰기가 맞지 않습니다",
        Slip::NoComma(close) => return format!("이 앞에 쉼표나 닫는 {close} 기호가 없습니다"),
        Slip::Dash => "여기서는 `- ` 항목을 시작할 수 없습니다",
        Slip::AfterQuotes => "따옴표가 이 앞에서 닫혔는데 내용이 이어집니다",
        Slip::OpenQuote => "이 따옴표를 닫지 않았습니다",
        Slip::OpenBracket(open) => return format!("이 {open} 괄호를 닫지 않았습니다"),
        Slip::ClosingBracket => "이 닫는 괄호에 맞는 여는 괄호가 없습니다",
        Slip::Backslash => "역슬래시 뒤에 YAML이 모르는 이스케이프가 있습니다",
        Slip::Percent => "% 기호로 시작하는 줄은 `key: value` 줄이 아닙니다",
        Slip::BlockHeader => "| 기호나 > 기호가 있는 줄에는 다른 내용을 이어 적을 수 없습니다",
        Slip::FirstCharacter(c) => {
            return format!("{c} 기호로 시작하는 내용은 따옴표로 묶어야 합니다");
        }
        Slip::Tab => "공백이 와야 하는 자리에 탭이 있습니다",
        Slip::Other(words) => return format!("YAML 파서의 오류입니다 ({words})"),
    };
    plain.to_owned()
}

fn remedy_text(remedy: &Remedy) -> String {
    let plain = match remedy {
        Remedy::Spaces => {
            "이 줄이 탭으로 시작합니다. YAML은 탭을 받지 않으므로 공백으로 들여써야 합니다"
        }
        Remedy::PlainColon => "전각 콜론(：)입니다. YAML에는 `: `가 필요합니다",
        Remedy::NoDirective => {
            "그 줄을 지우면 됩니다. `%YAML 1.2` 같은 지시자 뒤에는 `---` 줄이 있어야 합니다"
        }
        Remedy::Block => {
            "블록으로 적으면 됩니다. 콜론 뒤에 `|` 기호를, 다음 줄에 들여쓴 내용을 적습니다"
        }
        Remedy::OtherQuotes(quote, text) => {
            return format!("내용 전체를 다른 따옴표로 묶으면 됩니다: {quote}{text}{quote}");
        }
        Remedy::Quotes(text) => {
            return format!("내용을 따옴표로 묶으면 됩니다: {}", quoted(text));
        }
        Remedy::Space(line) => return format!("콜론 뒤에 공백을 넣으면 됩니다: `{line}`"),
        Remedy::NextLine => {
            "목록은 다음 줄에서 시작해야 합니다. `- `로 시작하는 내용은 따옴표로 묶어야 합니다"
        }
        Remedy::QuotesForBracket => {
            "`[`나 `{`로 시작하는 내용은 따옴표로 묶어야 합니다: \"[공지] 점검\""
        }
        Remedy::QuotesForColon => {
            "`: `가 들어 있는 내용은 따옴표로 묶어야 합니다: \"오류: 시간 초과\""
        }
        Remedy::TwoBackslashes => {
            "큰따옴표 안에서는 역슬래시를 두 번 적거나(\"C:\\\\temp\"), 작은따옴표를 쓰면 됩니다"
        }
        Remedy::Unknown => {
            "이 줄이나 바로 위의 줄에 닫지 않은 따옴표나 괄호가 있거나, 들여쓰기가 앞뒤 줄과 다를 수 \
             있습니다"
        }
    };
    plain.to_owned()
}
