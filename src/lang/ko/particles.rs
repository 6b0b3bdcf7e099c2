//! Particles, which follow the sound that the word before them ends in.

use unicode_normalization::UnicodeNormalization;

/// What a word ends in, as it is read aloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Vowel,
    /// A final ㄹ, which `로` follows as it follows a vowel.
    Rieul,
    /// Any other final consonant.
    Consonant,
    Unknown,
}

/// Returns the word with `은` or `는` behind it.
pub(super) fn topic(word: &str) -> String {
    with(word, ["은", "는", "은(는)"])
}

/// Returns the word with `이` or `가` behind it.
pub(super) fn subject(word: &str) -> String {
    with(word, ["이", "가", "이(가)"])
}

/// Returns the word with `을` or `를` behind it.
pub(super) fn object(word: &str) -> String {
    with(word, ["을", "를", "을(를)"])
}

/// Returns the word with `과` or `와` behind it.
pub(super) fn and(word: &str) -> String {
    with(word, ["과", "와", "과(와)"])
}

/// Returns the word with `이라는` or `라는` behind it.
pub(super) fn called(word: &str) -> String {
    with(word, ["이라는", "라는", "(이)라는"])
}

/// Returns the word with `으로` or `로` behind it.
pub(super) fn toward(word: &str) -> String {
    match ending(word) {
        Ending::Rieul => format!("{word}로"),
        _ => with(word, ["으로", "로", "(으)로"]),
    }
}

fn with(word: &str, [consonant, vowel, unknown]: [&str; 3]) -> String {
    let particle = match ending(word) {
        Ending::Vowel => vowel,
        Ending::Rieul | Ending::Consonant => consonant,
        Ending::Unknown => unknown,
    };
    format!("{word}{particle}")
}

/// Quotes, brackets and full stops are not read: what stands before them decides.
fn ending(word: &str) -> Ending {
    let whole: String = word.nfc().collect();
    let read = whole.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '%');
    match read.chars().next_back() {
        None => Ending::Unknown,
        Some(c) if c.is_ascii_alphabetic() => {
            of_latin(read.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or(read))
        }
        Some(c) => of_sign(c),
    }
}

fn of_sign(c: char) -> Ending {
    const FINALS: u32 = 28;
    const FINAL_RIEUL: u32 = 8;
    match c {
        '가'..='힣' => match (u32::from(c) - u32::from('가')) % FINALS {
            0 => Ending::Vowel,
            FINAL_RIEUL => Ending::Rieul,
            _ => Ending::Consonant,
        },
        // Letters alone are called 기역, 니은, 리을 …; vowels are called as they sound.
        'ㄹ' => Ending::Rieul,
        'ㄱ'..='ㅎ' => Ending::Consonant,
        'ㅏ'..='ㅣ' => Ending::Vowel,
        // 일, 칠, 팔; 영, 삼, 육; 이, 사, 오, 구; 퍼센트.
        '1' | '7' | '8' => Ending::Rieul,
        '0' | '3' | '6' => Ending::Consonant,
        '2' | '4' | '5' | '9' | '%' => Ending::Vowel,
        _ => Ending::Unknown,
    }
}

/// A word in Latin letters, as such words are usually read.
fn of_latin(word: &str) -> Ending {
    // 엘, 엠, 엔, 알 are spelled; `server` is read 서버.
    let spelled = word.len() == 1 || word == word.to_uppercase();
    match word.to_lowercase().as_str() {
        word if spelled && word.ends_with(['l', 'r']) => Ending::Rieul,
        word if spelled && word.ends_with(['m', 'n']) => Ending::Consonant,
        _ if spelled => Ending::Vowel,
        // 라벨, 파일, 타이틀.
        word if word.ends_with(['l']) || word.ends_with("le") => Ending::Rieul,
        // 플랜, 앨범, 스테이징; 타임, 라인.
        word if word.ends_with(['m', 'n']) || word.ends_with("ng") => Ending::Consonant,
        word if has_silent_e(word) || is_cut_short(word) => Ending::Consonant,
        _ => Ending::Vowel,
    }
}

/// Whether a word ends in `me` or `ne` behind a vowel: `name`, `zone`.
fn has_silent_e(word: &str) -> bool {
    let behind = word.strip_suffix("me").or_else(|| word.strip_suffix("ne"));
    behind.is_some_and(|rest| rest.ends_with(['a', 'e', 'i', 'o', 'u']))
}

/// Whether a word ends in `p`, `t`, `k`, `b` or `c` right behind a vowel: 스텝, 깃, 롤백, 웹, 메트릭.
fn is_cut_short(word: &str) -> bool {
    let lengthened = ["check", "root", "boot", "bit", "set"].iter().any(|end| word.ends_with(end));
    let word = word.strip_suffix("ck").map_or(word.to_owned(), |rest| format!("{rest}k"));
    let before = word.strip_suffix(['p', 't', 'k', 'b', 'c']);
    !lengthened && before.is_some_and(|rest| rest.ends_with(['a', 'e', 'i', 'o', 'u']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_follow_the_sound() {
        let rows = [
            // A final consonant, a vowel, ㄹ.
            ("기록", "기록은", "기록이", "기록을", "기록으로", "기록과"),
            ("단계", "단계는", "단계가", "단계를", "단계로", "단계와"),
            ("서울", "서울은", "서울이", "서울을", "서울로", "서울과"),
            // In pieces, as some systems give them.
            (
                "\u{1112}\u{1161}\u{11ab}",
                "\u{1112}\u{1161}\u{11ab}은",
                "\u{1112}\u{1161}\u{11ab}이",
                "\u{1112}\u{1161}\u{11ab}을",
                "\u{1112}\u{1161}\u{11ab}으로",
                "\u{1112}\u{1161}\u{11ab}과",
            ),
            ("ㄹ", "ㄹ은", "ㄹ이", "ㄹ을", "ㄹ로", "ㄹ과"),
            ("ㅇㅇ", "ㅇㅇ은", "ㅇㅇ이", "ㅇㅇ을", "ㅇㅇ으로", "ㅇㅇ과"),
            ("ㅏ", "ㅏ는", "ㅏ가", "ㅏ를", "ㅏ로", "ㅏ와"),
            // Latin letters.
            ("deploy", "deploy는", "deploy가", "deploy를", "deploy로", "deploy와"),
            ("URL", "URL은", "URL이", "URL을", "URL로", "URL과"),
            (
                "checkout.yaml",
                "checkout.yaml은",
                "checkout.yaml이",
                "checkout.yaml을",
                "checkout.yaml로",
                "checkout.yaml과",
            ),
            ("server", "server는", "server가", "server를", "server로", "server와"),
            ("HR", "HR은", "HR이", "HR을", "HR로", "HR과"),
            ("plan", "plan은", "plan이", "plan을", "plan으로", "plan과"),
            ("staging", "staging은", "staging이", "staging을", "staging으로", "staging과"),
            ("timezone", "timezone은", "timezone이", "timezone을", "timezone으로", "timezone과"),
            ("title", "title은", "title이", "title을", "title로", "title과"),
            ("DB", "DB는", "DB가", "DB를", "DB로", "DB와"),
            ("배포v", "배포v는", "배포v가", "배포v를", "배포v로", "배포v와"),
            // Quotes and brackets.
            ("\"점검\"", "\"점검\"은", "\"점검\"이", "\"점검\"을", "\"점검\"으로", "\"점검\"과"),
            ("`at`", "`at`는", "`at`가", "`at`를", "`at`로", "`at`와"),
            (
                "배포 (2단계)",
                "배포 (2단계)는",
                "배포 (2단계)가",
                "배포 (2단계)를",
                "배포 (2단계)로",
                "배포 (2단계)와",
            ),
            (
                "점검 [deploy]",
                "점검 [deploy]는",
                "점검 [deploy]가",
                "점검 [deploy]를",
                "점검 [deploy]로",
                "점검 [deploy]와",
            ),
            ("끝.", "끝.은", "끝.이", "끝.을", "끝.으로", "끝.과"),
            ("50%", "50%는", "50%가", "50%를", "50%로", "50%와"),
            // What cannot be read.
            ("🔥", "🔥은(는)", "🔥이(가)", "🔥을(를)", "🔥(으)로", "🔥과(와)"),
            ("障害", "障害은(는)", "障害이(가)", "障害을(를)", "障害(으)로", "障害과(와)"),
            ("", "은(는)", "이(가)", "을(를)", "(으)로", "과(와)"),
        ];
        for (word, of_topic, of_subject, of_object, of_way, of_and) in rows {
            assert_eq!(topic(word), of_topic);
            assert_eq!(subject(word), of_subject);
            assert_eq!(object(word), of_object);
            assert_eq!(toward(word), of_way);
            assert_eq!(and(word), of_and);
        }
        assert_eq!(called("\"출시\""), "\"출시\"라는");
        assert_eq!(called("\"해결\""), "\"해결\"이라는");
        assert_eq!(called("🔥"), "🔥(이)라는");
    }

    #[test]
    fn digits_are_read_in_korean() {
        let read: Vec<String> = (0..10).map(|digit| toward(&format!("10{digit}"))).collect();
        let expected = "100으로 101로 102로 103으로 104로 105로 106으로 107로 108로 109로";
        assert_eq!(read.join(" "), expected);
        let read: Vec<String> = (0..10).map(|digit| subject(&digit.to_string())).collect();
        assert_eq!(read.join(" "), "0이 1이 2가 3이 4가 5가 6이 7이 8이 9가");
    }
}
