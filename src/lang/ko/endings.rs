//! What may follow a noun in the same word: particles, forms of `이다`, and stacks of them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::reading::NounEnding;
use super::particles::{Sound, sound};

/// Particles that others may follow. Of a pair, the first form is used after a consonant.
const MIDDLE: &str = "\
    들 네 쪽 측 뿐 등 에 에게 에게서 에게로 한테 한테서 한테로 께 께서 께로 더러 보고 에서 에다 에다가 으로/로 으로서/로서 \
    으로써/로써 으로부터/로부터 과/와 하고 이랑/랑 처럼 같이 만큼 만치 보다 대로 따라 다가 만 까지 부터 도 마저 조차 마다 \
    밖에 은커녕/는커녕 커녕";

/// Particles that others may follow, whose second form is only used after a vowel: 정한나 is another word.
const MIDDLE_AFTER_VOWEL: &str = "\
    이라고/라고 이라도/라도 이나/나 이나마/나마 이야/야 이야말로/야말로 이든지/든지 이든가/든가 이든/든 이기 임";

/// Particles at the end of a stack.
const LAST: &str = "이/가 은/는 을/를 의 아/야 이여/여 이시여/시여 이요/요 및";

/// Endings of `이다`, whose `이` is left out after a vowel.
const COPULA: &str = "\
    다 다만 라 라는 라는데 라니 라네 라네요 라며 라면 라면서 라서 라야 라지만 라기보다 라기보다는 라거나 라든지 라든가 라던 라던데 \
    란 랍니다 래 래요 래서 랬다 랬고 랬는데 고 고도 며 면 면서 면서도 니 니까 니까요 므로 던 던가 던지 던데 던데요 더라 더라도 \
    더라고 더라고요 더니 지 지요 지만 죠 네 네요 냐 냐고 냐는 거나 거든 거든요 건 구나 군요 잖아 잖아요 십니다 신데 신지 \
    신가요 세요 시다 시고 시며 시면 시니 시니까 시라 시라고 시라는 시지만 시죠";

/// Forms of `이다` that keep `이` after a vowel.
const COPULA_WHOLE: &str = "\
    인 인데 인데도 인데요 인지 인지도 인지는 인지라 인가 인가요 인들 인즉 인걸 인걸요 인양 인만큼 일 일지 일지도 일지라도 일까 일까요 \
    일수록 일뿐 일텐데 입니다 입니다만 입니까 입죠 이자 이게";

/// Forms of `이다` with `어`.
const COPULA_WITH_EO: &str = "\
    이에요/예요 이어요/여요 이어서/여서 이어도/여도 이어야/여야 이어야만/여야만 이었/였 이어/여";

/// Beginnings of the past and of the supposed.
const PAST: [(&str, &str); 3] = [("이었", "였"), ("이셨", "셨"), ("이겠", "겠")];

/// Endings behind them.
const PAST_ENDINGS: &str = "\
    다 다고 다는 다는데 다니 다며 다면서 다면 다가 다만 고 고요 으나 으며 으면 으니 으니까 으므로 는데 는데요 는데도 는지 는지도 는가 지만 지 지요 죠 네 \
    네요 나 나요 냐 냐고 습니다 습니다만 습니까 어요 어도 어야 을 을까 을까요 을지 을지도 던 던데 음 음을 음에도 음이 기 기에 기도 \
    기는 거든 거든요 더라 더라도 더라면 거나 든 든지 구나 군요 대 대요 잖아 잖아요";

/// Particles and a suffix that only follow whoever may act.
const OF_PERSONS: [&str; 6] = ["에게", "에겐", "한테", "한텐", "께", "더러"];

/// What may follow the suffix `이` of given names that end in a consonant and makes it certain: 지훈이가.
const BEHIND_CALLED: [&str; 7] = ["가", "는", "를", "와", "의", "에게", "한테"];

/// The most particles before the last one.
const MOST: usize = 3;

/// Both forms of a particle or an ending.
#[derive(Debug, PartialEq, Eq)]
struct Forms {
    consonant: String,
    vowel: String,
    /// Whether others may follow.
    is_middle: bool,
    /// Whether the second form is only used after a vowel; typing errors make up for the others.
    is_strict: bool,
}

impl Forms {
    /// Returns the form required by a word; `typed` if nobody knows how that is read.
    fn behind<'f>(&'f self, word: &str, typed: &'f str) -> &'f str {
        match sound(word) {
            Sound::Rieul if self.consonant.starts_with("으로") || self.consonant == "으론" => {
                &self.vowel
            }
            Sound::Rieul | Sound::Consonant => &self.consonant,
            Sound::Vowel => &self.vowel,
            Sound::Unknown => typed,
        }
    }

    /// Whether a noun with that final sound may be followed by what was typed.
    fn may_follow(&self, sound: Sound, typed: &str) -> bool {
        let is_closed = matches!(sound, Sound::Rieul | Sound::Consonant);
        !self.is_strict || typed != self.vowel || typed == self.consonant || !is_closed
    }
}

/// The forms that begin with a syllable, each with the text that it is typed as, the longest first.
static FORMS: LazyLock<HashMap<char, Vec<(String, &'static Forms)>>> = LazyLock::new(|| {
    let mut by_first: HashMap<char, Vec<(String, &'static Forms)>> = HashMap::new();
    let mut put = |typed: &str, forms: &'static Forms| {
        let Some(first) = typed.chars().next() else { return };
        by_first.entry(first).or_default().push((typed.to_owned(), forms));
    };
    for forms in ALL_FORMS.iter() {
        put(&forms.consonant, forms);
        if forms.vowel != forms.consonant {
            put(&forms.vowel, forms);
        }
        // A common spelling of 이에요.
        if forms.vowel == "예요" {
            put("이예요", forms);
        }
    }
    by_first.values_mut().for_each(|list| list.sort_by_key(|(typed, _)| usize::MAX - typed.len()));
    by_first
});

static ALL_FORMS: LazyLock<Vec<Forms>> = LazyLock::new(|| {
    let pair = |text: &str| {
        let (consonant, vowel) = text.split_once('/').unwrap_or((text, text));
        (consonant.to_owned(), vowel.to_owned())
    };
    let listed = |text: &str| text.split_whitespace().map(pair).collect::<Vec<_>>();
    let middle = listed(MIDDLE);
    let contracted = middle
        .iter()
        .filter_map(|(consonant, vowel)| Some((with_topic(consonant)?, with_topic(vowel)?)));
    let contracted = contracted.collect();
    let dropped = COPULA.split_whitespace().map(|end| (format!("이{end}"), end.to_owned()));
    let past = PAST.iter().flat_map(|(consonant, vowel)| {
        let ends = PAST_ENDINGS.split_whitespace();
        ends.map(move |end| (format!("{consonant}{end}"), format!("{vowel}{end}")))
    });
    let [dropped, past] = [dropped.collect(), past.collect::<Vec<_>>()];
    let lists = [
        (middle, true, false),
        (listed(LAST), false, false),
        (listed(MIDDLE_AFTER_VOWEL), true, true),
        (contracted, false, false),
        (dropped, false, true),
        (listed(COPULA_WHOLE), false, true),
        (listed(COPULA_WITH_EO), false, true),
        (past, false, true),
    ];
    let forms = lists.into_iter().flat_map(|(list, is_middle, is_strict)| {
        let form = move |(consonant, vowel)| Forms { consonant, vowel, is_middle, is_strict };
        list.into_iter().map(form)
    });
    forms.collect()
});

/// Returns a particle contracted with 는: 에겐 for 에게; `None` if that is not usual.
fn with_topic(particle: &str) -> Option<String> {
    let is_usual = particle.chars().count() > 1 || ["에", "로"].contains(&particle);
    let last = particle.chars().next_back().filter(|_| is_usual)?;
    let is_open = sound(particle) == Sound::Vowel;
    // ㄴ is the fourth final consonant of a syllable.
    let closed = char::from_u32(u32::from(last) + 4).filter(|_| is_open)?;
    Some(format!("{}{closed}", &particle[..particle.len() - last.len_utf8()]))
}

/// The first particle behind a noun.
struct First {
    /// Its bytes, with those of the suffix `이`.
    length: usize,
    /// Where it begins behind that suffix.
    from: usize,
    forms: &'static Forms,
}

/// Returns the first of the particles that a text consists of; `None` if it does not.
fn first(noun: Sound, text: &str, most: usize) -> Option<First> {
    let begin = text.chars().next()?;
    let forms = FORMS.get(&begin).map_or(&[][..], Vec::as_slice);
    let found = forms.iter().find_map(|(typed, forms)| {
        let behind = text.strip_prefix(typed.as_str())?;
        let is_end = behind.is_empty() || behind == "요" && !forms.is_middle;
        let fits = || {
            let sound = if is_short(typed) { Sound::Consonant } else { sound(typed) };
            is_end || forms.is_middle && most > 0 && first(sound, behind, most - 1).is_some()
        };
        let fits = forms.may_follow(noun, typed) && fits();
        fits.then_some(First { length: typed.len(), from: 0, forms })
    });
    let called = || {
        let behind = text.strip_prefix('이').filter(|_| most == MOST && noun != Sound::Vowel)?;
        let first = first(Sound::Vowel, behind, most - 1)?;
        let suffix = text.len() - behind.len();
        Some(First { length: first.length + suffix, from: suffix, ..first })
    };
    found.or_else(called)
}

/// Whether a particle has no short forms behind it, as others begin words with it: 나라, 도면.
fn is_short(particle: &str) -> bool {
    particle.chars().count() == 1 && particle != "네"
}

/// Returns the final sound of a noun, as far as its particles tell: of Latin letters nobody knows how the author reads
/// them.
fn heard(noun: &str) -> Sound {
    let last = noun.chars().rev().find(|c| c.is_alphanumeric());
    if last.is_some_and(|c| ('가'..='힣').contains(&c)) { sound(noun) } else { Sound::Unknown }
}

/// Returns what a text right behind a noun tells of it, if it consists of particles and endings only.
pub(in super::super) fn noun_ending(noun: &str, text: &str) -> Option<NounEnding> {
    let First { from, .. } = first(heard(noun), text, MOST)?;
    let is_called = from > 0 && BEHIND_CALLED.iter().any(|it| text[from..].starts_with(it));
    let is_persons = is_called || OF_PERSONS.iter().any(|it| text.starts_with(it));
    Some(if is_persons { NounEnding::OfPerson } else { NounEnding::Any })
}

/// Returns a word that replaces a noun, with the particle at the start of `rest` in the form that this word requires, and
/// the text after the particle. Marks, quotes, brackets and ends of tags may be before the particle.
pub(in super::super) fn in_place<'t>(noun: &str, word: &str, rest: &'t str) -> (String, &'t str) {
    let (marks, behind) = rest.split_at(marks(rest));
    let run = behind.find(|c| !('가'..='힣').contains(&c)).unwrap_or(behind.len());
    let Some(First { length, from, forms }) = first(heard(noun), &behind[..run], MOST) else {
        return (word.to_owned(), rest);
    };
    let fit = forms.behind(word, &behind[from..length]);
    (format!("{word}{marks}{fit}"), &behind[length..])
}

/// Forms of `이다` whose first syllable is contracted with a vowel before it: the number of its final consonant among
/// those of Unicode, the syllable, and what follows. Others, such as 만큼, follow nouns with that consonant, too.
const CONTRACTED: [(u32, &str, &str); 3] = [
    (4, "인", "데 데도 데요 데다 지 지도 지는 지라 가 가요"),
    (8, "일", "까 까요 지 지도 지라도 수록 텐데"),
    (17, "입", "니다 니다만 니까 죠"),
];

/// Returns a noun that is contracted with the form of `이다` in `rest`, and the syllable that it lost.
pub(in super::super) fn uncontracted(text: &str, rest: &str) -> Option<(String, &'static str)> {
    const FINALS: u32 = 28;
    let last = text.chars().next_back().filter(|last| ('가'..='힣').contains(last))?;
    let closed = (u32::from(last) - u32::from('가')) % FINALS;
    let is_it = |(number, _, ends): &&(u32, &str, &str)| {
        *number == closed && ends.split_whitespace().any(|end| end == rest)
    };
    let (_, syllable, _) = CONTRACTED.iter().find(is_it)?;
    let open = char::from_u32(u32::from(last) - closed)?;
    Some((format!("{}{open}", &text[..text.len() - last.len_utf8()]), syllable))
}

/// Returns the length of what may be between a word and its particle.
fn marks(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let aside = |close: char| {
            let length = rest.find([close, '\n']).filter(|end| rest[*end..].starts_with(close));
            length.map_or(0, |end| end + close.len_utf8())
        };
        let length = match rest.chars().next() {
            Some(mark) if "*_~`\"'”’»)]}」』》】".contains(mark) => mark.len_utf8(),
            Some('(') => aside(')'),
            Some('<') if rest.starts_with("</") => aside('>'),
            _ => 0,
        };
        if length == 0 {
            return at;
        }
        at += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was typed behind a name, and what is right after a consonant, after ㄹ and after a vowel.
    const ROWS: &str = "\
        이/가 이 이 가
        은/는 은 은 는
        을/를 을 을 를
        과/와 과 과 와
        으로/로 으로 로 로
        아/야 아 아 야
        이랑/랑 이랑 이랑 랑
        으로부터/로부터 으로부터 로부터 로부터
        으로서/로서 으로서 로서 로서
        으로써/로써 으로써 로써 로써
        으로서의/로서의 으로서의 로서의 로서의
        으로서는/로서는 으로서는 로서는 로서는
        으로도/로도 으로도 로도 로도
        으로까지/로까지 으로까지 로까지 로까지
        으로만/로만 으로만 로만 로만
        으론/론 으론 론 론
        으로선/로선 으로선 로선 로선
        으로부턴/로부턴 으로부턴 로부턴 로부턴
        과의/와의 과의 과의 와의
        과는/와는 과는 과는 와는
        과도/와도 과도 과도 와도
        이랑은/랑은 이랑은 이랑은 랑은
        은커녕/는커녕 은커녕 은커녕 는커녕
        은요/는요 은요 은요 는요
        이나/나 이나 이나 나
        이나마/나마 이나마 이나마 나마
        이라도/라도 이라도 이라도 라도
        이야말로/야말로 이야말로 이야말로 야말로
        이든지/든지 이든지 이든지 든지
        이든/든 이든 이든 든
        이여/여 이여 이여 여
        이요/요 이요 이요 요
        이다/다 이다 이다 다
        이고/고 이고 이고 고
        이며/며 이며 이며 며
        이면/면 이면 이면 면
        이면서/면서 이면서 이면서 면서
        이니까/니까 이니까 이니까 니까
        이므로/므로 이므로 이므로 므로
        이지만/지만 이지만 이지만 지만
        이죠/죠 이죠 이죠 죠
        이네/이네 이네 이네 네
        이네요/네요 이네요 이네요 네요
        이거나/거나 이거나 이거나 거나
        이거든요/거든요 이거든요 이거든요 거든요
        이라/라 이라 이라 라
        이라고/라고 이라고 이라고 라고
        이라고도/라고도 이라고도 이라고도 라고도
        이라는/라는 이라는 이라는 라는
        이란/란 이란 이란 란
        이라며/라며 이라며 이라며 라며
        이라면/라면 이라면 이라면 라면
        이라서/라서 이라서 이라서 라서
        이라니/라니 이라니 이라니 라니
        이래요/래요 이래요 이래요 래요
        이던/던 이던 이던 던
        이더라도/더라도 이더라도 이더라도 더라도
        이세요/세요 이세요 이세요 세요
        이십니다/십니다 이십니다 이십니다 십니다
        이었다/였다 이었다 이었다 였다
        이었고/였고 이었고 이었고 였고
        이었는데/였는데 이었는데 이었는데 였는데
        이었으며/였으며 이었으며 이었으며 였으며
        이었습니다/였습니다 이었습니다 이었습니다 였습니다
        이셨다/셨다 이셨다 이셨다 셨다
        이겠지만/겠지만 이겠지만 이겠지만 겠지만
        이어서/여서 이어서 이어서 여서
        이어도/여도 이어도 이어도 여도
        이어야/여야 이어야 이어야 여야
        이에요/예요 이에요 이에요 예요
        이예요/예요 이에요 이에요 예요
        인/인 인 인 인
        인데/인데 인데 인데 인데
        일까/일까 일까 일까 일까
        입니다/입니다 입니다 입니다 입니다
        이기/이기 이기 이기 이기
        에게/에게 에게 에게 에게
        한텐/한텐 한텐 한텐 한텐
        까지였다/까지였다 까지였다 까지였다 까지였다
        이가/가 이 이 가
        이는/는 은 은 는
        이를/를 을 을 를
        이와/와 과 과 와
        이에게/에게 에게 에게 에게
        이로부터/로부터 으로부터 로부터 로부터";

    #[test]
    fn particles_have_the_form_that_the_new_word_requires() {
        let roles = [
            (1, ["서버 담당", "QA팀장", "PM", "당직 3", "[담당]"]),
            (2, ["총괄", "HR", "당직 1", "총괄(서울)", "파일"]),
            (3, ["엔지니어", "DBA", "당직 2", "on-call engineer", "SRE"]),
        ];
        let mut wrong = Vec::new();
        for row in ROWS.lines() {
            let cells: Vec<&str> = row.split_whitespace().collect();
            let (closed, open) = cells[0].split_once('/').unwrap();
            let names = [("정한", closed), ("민수", open), ("**지훈**", closed)];
            for (name, typed) in names {
                for (cell, role) in roles.iter().flat_map(|(at, roles)| roles.map(|it| (*at, it))) {
                    let rest = format!("{typed} 확인");
                    let (word, rest) = in_place(name, role, &rest);
                    let (read, wanted) =
                        (format!("{word}{rest}"), format!("{role}{} 확인", cells[cell]));
                    if read != wanted {
                        wrong.push(format!("{name}{typed}: {read}, not {wanted}"));
                    }
                }
            }
        }
        assert!(ROWS.lines().count() >= 80 && wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn particles_are_found_behind_marks_and_nothing_else_is_changed() {
        for (rest, wanted) in [
            ("**가 확인", "담당**이 확인"),
            ("\"라고", "담당\"이라고"),
            ("](https://x.example/y)는", "담당](https://x.example/y)은"),
            ("</b>를", "담당</b>을"),
            ("(서버)와", "담당(서버)과"),
            ("님이", "담당님이"),
            ("가확인", "담당가확인"),
            ("나무", "담당나무"),
            (" 가", "담당 가"),
            ("(가", "담당(가"),
            ("", "담당"),
        ] {
            let (word, rest) = in_place("민수", "담당", rest);
            assert_eq!(format!("{word}{rest}"), wanted);
        }
        // Nobody knows how these are read.
        for rest in ["가", "이", "였다", "로", "으로"] {
            assert_eq!(in_place("Dana", "当番", rest).0, format!("当番{rest}"));
        }
        assert_eq!(in_place("Sam", "담당", "였다").0, "담당이었다");
    }

    #[test]
    fn stacks_of_particles_and_nothing_else_may_follow_a_noun() {
        let closed = "\
            이 으로서 이어서 이라면 이에요 이니까 에겐 한텐 으론 이란 이랑 이며 이고 이면 이라서 이었고 이었는데 이네 이죠 께서 \
            께선 께서는 에게서 에게서도 한테서 처럼 만큼 보다 마저 조차 까지 부터 밖에 이나 이든지 이야말로 에게만은 까지도 \
            으로부터의 에게까지도 들에게 네가 쪽에서 이가 이는 이한테도 만이 뿐이다 까지입니다 이었다는데";
        let open = "\
            가 로서 여서 라면 예요 니까 에겐 론 란 랑 며 고 면 라서 였고 였는데 네 죠 께서도 나 든지 야말로 이다 이며 다 인데 \
            일지도 와의 랑은 에게서였다 부터가 만으로도 보다는 대로라면 이었다";
        let ended = |noun: &str, text: &str| noun_ending(noun, text).is_some();
        let refused = |noun: &str, list: &str| -> Vec<String> {
            let not = list.split_whitespace().filter(|text| !ended(noun, text));
            not.map(|text| format!("{noun}{text}")).collect()
        };
        assert_eq!([refused("정한", closed), refused("민수", open)], [[""; 0], [""; 0]]);
        for (noun, words) in [
            ("정한", "다 다고 지 건 게 나 며 네요면 였다 예요 시간 값 기준"),
            ("민수", "용 역 확인 나라 가나 이가 과학 도서관 는는 이이 까지까지까지까지까지까지"),
        ] {
            for text in words.split_whitespace() {
                assert!(!ended(noun, text), "{noun}{text}");
            }
        }
    }

    #[test]
    fn some_particles_only_follow_persons() {
        for text in ["에게", "에겐", "에게서", "한테도", "께서", "더러", "이가", "이는", "이에게"]
        {
            assert_eq!(noun_ending("지연", text), Some(NounEnding::OfPerson), "{text}");
        }
        for text in ["이", "은", "으로", "에", "에서", "이나", "이네", "이다", "까지", "께느"]
        {
            assert_ne!(noun_ending("지연", text), Some(NounEnding::OfPerson), "{text}");
        }
    }
}
