//! Korean particles, whose form depends on the final sound of the word before them.

use unicode_normalization::UnicodeNormalization;

/// The final sound of a word, as read aloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sound {
    Vowel,
    /// A final ㄹ, after which `로` is used as after a vowel.
    Rieul,
    /// Any other final consonant.
    Consonant,
    Unknown,
}

/// Returns the word with `은` or `는` after it.
pub(super) fn topic(word: &str) -> String {
    with(word, ["은", "는", "은(는)"])
}

/// Returns the word with `이` or `가` after it.
pub(super) fn subject(word: &str) -> String {
    with(word, ["이", "가", "이(가)"])
}

/// Returns the word with `을` or `를` after it.
pub(super) fn object(word: &str) -> String {
    with(word, ["을", "를", "을(를)"])
}

/// Returns the word with `과` or `와` after it.
pub(super) fn and(word: &str) -> String {
    with(word, ["과", "와", "과(와)"])
}

/// Returns the word with `이라는` or `라는` after it.
pub(super) fn called(word: &str) -> String {
    with(word, ["이라는", "라는", "(이)라는"])
}

/// Returns the word with `으로` or `로` after it.
pub(super) fn toward(word: &str) -> String {
    match sound(word) {
        Sound::Rieul => format!("{word}로"),
        _ => with(word, ["으로", "로", "(으)로"]),
    }
}

fn with(word: &str, [consonant, vowel, unknown]: [&str; 3]) -> String {
    let particle = match sound(word) {
        Sound::Vowel => vowel,
        Sound::Rieul | Sound::Consonant => consonant,
        Sound::Unknown => unknown,
    };
    format!("{word}{particle}")
}

/// Returns the final sound; quotes, brackets and full stops are skipped.
pub(super) fn sound(word: &str) -> Sound {
    let whole: String = word.nfc().collect();
    let read = whole.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '%');
    match read.chars().next_back() {
        None => Sound::Unknown,
        Some(c) if c.is_ascii_alphabetic() => {
            of_latin(read.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or(read))
        }
        Some(c) => of_sign(c),
    }
}

fn of_sign(c: char) -> Sound {
    const FINALS: u32 = 28;
    const FINAL_RIEUL: u32 = 8;
    match c {
        '가'..='힣' => match (u32::from(c) - u32::from('가')) % FINALS {
            0 => Sound::Vowel,
            FINAL_RIEUL => Sound::Rieul,
            _ => Sound::Consonant,
        },
        // Single letters are called 기역, 니은, 리을 …; vowels by their sound.
        'ㄹ' => Sound::Rieul,
        'ㄱ'..='ㅎ' => Sound::Consonant,
        'ㅏ'..='ㅣ' => Sound::Vowel,
        // 일, 칠, 팔; 영, 삼, 육; 이, 사, 오, 구; 퍼센트.
        '1' | '7' | '8' => Sound::Rieul,
        '0' | '3' | '6' => Sound::Consonant,
        '2' | '4' | '5' | '9' | '%' => Sound::Vowel,
        _ => Sound::Unknown,
    }
}

/// Returns the final sound of a word in Latin letters, as usually read.
fn of_latin(word: &str) -> Sound {
    // 엘, 엠, 엔, 알 are spelled out; `server` is read 서버.
    let spelled = word.len() == 1 || word == word.to_uppercase();
    match word.to_lowercase().as_str() {
        word if spelled && word.ends_with(['l', 'r']) => Sound::Rieul,
        word if spelled && word.ends_with(['m', 'n']) => Sound::Consonant,
        _ if spelled => Sound::Vowel,
        // 라벨, 파일, 타이틀.
        word if word.ends_with(['l']) || word.ends_with("le") => Sound::Rieul,
        // 플랜, 앨범, 스테이징; 타임, 라인.
        word if word.ends_with(['m', 'n']) || word.ends_with("ng") => Sound::Consonant,
        word if has_silent_e(word) || is_cut_short(word) => Sound::Consonant,
        _ => Sound::Vowel,
    }
}

/// Whether a word ends in `me` or `ne` after a vowel: `name`, `zone`.
fn has_silent_e(word: &str) -> bool {
    let behind = word.strip_suffix("me").or_else(|| word.strip_suffix("ne"));
    behind.is_some_and(|rest| rest.ends_with(['a', 'e', 'i', 'o', 'u']))
}

/// Returns whether a word ends in `p`, `t`, `k`, `b` or `c` right after a vowel: 스텝, 깃, 롤백, 웹, 메트릭. After two vowels
/// few have a final consonant: 웨이트, 리피트, 위크, but 아웃, 훅.
fn is_cut_short(word: &str) -> bool {
    const LENGTHENED: [&str; 5] = ["check", "bit", "set", "oot", "oop"];
    const LONG: [&str; 7] = ["ai", "au", "ea", "ee", "ei", "ie", "oa"];
    let lengthened = LENGTHENED.iter().any(|end| word.ends_with(end));
    let word = word.strip_suffix("ck").map_or(word.to_owned(), |rest| format!("{rest}k"));
    let before = word.strip_suffix(['p', 't', 'k', 'b', 'c']).filter(|_| !lengthened);
    before.is_some_and(|rest| {
        rest.ends_with(['a', 'e', 'i', 'o', 'u']) && !LONG.iter().any(|end| rest.ends_with(end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONSONANT: &str = "은 이 을 으로 과 이라는";
    const RIEUL: &str = "은 이 을 로 과 이라는";
    const VOWEL: &str = "는 가 를 로 와 라는";
    const UNKNOWN: &str = "은(는) 이(가) 을(를) (으)로 과(와) (이)라는";

    #[test]
    fn particles_follow_the_sound() {
        let rows = [
            // A final consonant, a vowel, ㄹ; decomposed, as on some systems.
            ("기록", CONSONANT),
            ("단계", VOWEL),
            ("서울", RIEUL),
            ("\u{1112}\u{1161}\u{11ab}", CONSONANT),
            // Single letters.
            ("ㄹ", RIEUL),
            ("ㅇㅇ", CONSONANT),
            ("ㅏ", VOWEL),
            // Latin letters, spelled out and read as words.
            ("URL", RIEUL),
            ("HR", RIEUL),
            ("DB", VOWEL),
            ("deploy", VOWEL),
            ("checkout.yaml", RIEUL),
            ("server", VOWEL),
            ("plan", CONSONANT),
            ("staging", CONSONANT),
            ("timezone", CONSONANT),
            ("title", RIEUL),
            ("step", CONSONANT),
            ("rollback", CONSONANT),
            ("healthcheck", VOWEL),
            ("--wait", VOWEL),
            ("week", VOWEL),
            ("reboot", VOWEL),
            ("timeout", CONSONANT),
            ("webhook", CONSONANT),
            ("배포v", VOWEL),
            // Quotes, brackets and punctuation.
            ("\"점검\"", CONSONANT),
            ("`at`", CONSONANT),
            ("배포 (2단계)", VOWEL),
            ("점검 [title]", RIEUL),
            ("끝.", CONSONANT),
            ("50%", VOWEL),
            ("+09:00", CONSONANT),
            // Without a reading.
            ("🔥", UNKNOWN),
            ("障害", UNKNOWN),
            ("", UNKNOWN),
        ];
        for (word, particles) in rows {
            let said = [topic, subject, object, toward, and, called].map(|with| with(word));
            let expected = particles.split(' ').map(|particle| format!("{word}{particle}"));
            assert_eq!(said.to_vec(), expected.collect::<Vec<_>>());
        }
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
