//! Korean particles, whose form depends on the final sound of the word before them.

use unicode_normalization::UnicodeNormalization;

/// The final sound of a word, as read aloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
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
    match ending(word) {
        Ending::Rieul => format!("{word}로"),
        _ => with(word, ["으로", "로", "(으)로"]),
    }
}

/// Pairs of particles: after a consonant, after a vowel.
const PAIRS: [(&str, &str); 8] = [
    ("이라", "라"),
    ("이랑", "랑"),
    ("으로", "로"),
    ("은", "는"),
    ("이", "가"),
    ("을", "를"),
    ("과", "와"),
    ("아", "야"),
];

/// What may follow the suffix `이` of given names that end in a consonant: 지훈이가.
const BEHIND_CALLED: [&str; 8] = ["가", "는", "를", "와", "도", "의", "에게", "한테"];

/// Returns a word with the particle at the start of `rest`, in the form that this word requires, and the text after the
/// particle.
pub(in super::super) fn in_place<'t>(word: &str, rest: &'t str) -> (String, &'t str) {
    let called = rest.strip_prefix('이');
    let called = called.filter(|rest| BEHIND_CALLED.iter().any(|it| rest.starts_with(it)));
    let rest = called.unwrap_or(rest);
    for (consonant, vowel) in PAIRS {
        for typed in [consonant, vowel] {
            let Some(behind) = rest.strip_prefix(typed) else { continue };
            // `이` may begin another ending, or a word that is not a particle.
            if behind.starts_with(|c: char| ('가'..='힣').contains(&c)) && typed.len() < 6 {
                continue;
            }
            let fit = match ending(word) {
                Ending::Rieul if consonant == "으로" => vowel,
                Ending::Vowel => vowel,
                Ending::Rieul | Ending::Consonant => consonant,
                Ending::Unknown => typed,
            };
            return (format!("{word}{fit}"), behind);
        }
    }
    (word.to_owned(), rest)
}

fn with(word: &str, [consonant, vowel, unknown]: [&str; 3]) -> String {
    let particle = match ending(word) {
        Ending::Vowel => vowel,
        Ending::Rieul | Ending::Consonant => consonant,
        Ending::Unknown => unknown,
    };
    format!("{word}{particle}")
}

/// Returns the final sound; quotes, brackets and full stops are skipped.
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
        // Single letters are called 기역, 니은, 리을 …; vowels by their sound.
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

/// Returns the final sound of a word in Latin letters, as usually read.
fn of_latin(word: &str) -> Ending {
    // 엘, 엠, 엔, 알 are spelled out; `server` is read 서버.
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
