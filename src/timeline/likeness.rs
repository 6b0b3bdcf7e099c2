//! How alike two texts are. A hint, never a link.

use std::collections::{BTreeSet, HashMap};

use crate::lang::{TextWords, text_words};
use crate::model::{Incident, PlanStep};

/// From here on two texts speak of the same.
pub const CLEAR: f64 = 0.6;
const AHEAD: f64 = 0.2;

/// How much a text tells by each pair of neighbouring letters: pairs that many texts share tell
/// little. Pairs make particles and endings of Korean words matter little too.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    texts: f64,
    holding: HashMap<Pair, f64>,
}

/// Two letters in one number: quick to compare.
type Pair = u64;

/// A text, taken apart to be compared with others of the same lexicon.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    pairs: Vec<(Pair, f64)>,
    weight: f64,
    numbers: BTreeSet<String>,
    /// Which side of each pair of opposites it speaks of.
    sides: Vec<(bool, bool)>,
    /// It says that something did not come off.
    failed: bool,
}

impl Lexicon {
    /// Of the texts that are to be told apart, such as the steps of a plan.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Lexicon {
        let mut lexicon = Lexicon::default();
        for text in texts {
            lexicon.texts += 1.0;
            for pair in letter_pairs(text) {
                *lexicon.holding.entry(pair).or_default() += 1.0;
            }
        }
        lexicon
    }

    /// A text of it, or one to be compared with those.
    pub fn wording(&self, text: &str) -> Wording {
        let weigh = |pair: Pair| {
            let holding = self.holding.get(&pair).copied().unwrap_or(1.0);
            (pair, (1.0 + self.texts.max(1.0) / holding).ln())
        };
        let pairs: Vec<(Pair, f64)> = letter_pairs(text).into_iter().map(weigh).collect();
        let weight = pairs.iter().map(|(_, weight)| weight).sum();
        let padded = spaced(text);
        let speaks = |words: &[&str]| words.iter().any(|word| padded.contains(word));
        let sides_in = |words: &'static TextWords| {
            let sides = words.opposites.iter().map(|(one, other)| (speaks(one), speaks(other)));
            // `비활성` holds `활성`, ` disable` no ` enable`.
            let held = speaks(words.holding_opposites);
            sides.map(move |(one, other)| (one && !(other && held), other))
        };
        Wording {
            pairs,
            weight,
            numbers: numbers(text),
            sides: text_words().flat_map(sides_in).collect(),
            failed: text_words().any(|words| speaks(words.failed)),
        }
    }
}

impl Wording {
    /// From 0, nothing in common, to 1, the same letters: Dice's coefficient of the weighed pairs,
    /// or how much of the shorter text the longer one holds. Texts that count differently (`alpha
    /// 1`, `alpha 2`) or of which one undoes the other (`flag on`, `flag off`) are not alike.
    pub fn likeness(&self, other: &Wording) -> f64 {
        let shared = self.shared(other);
        let smaller = self.weight.min(other.weight);
        if shared <= 0.0 || self.counts_differently(other) || self.undoes(other) {
            return 0.0;
        }
        let dice = 2.0 * shared / (self.weight + other.weight);
        let long_enough = self.pairs.len().min(other.pairs.len()) >= 3;
        let held = if long_enough { shared / smaller * 0.9 } else { 0.0 };
        dice.max(held)
    }

    /// Whether one speaks of one side only, and the other of its opposite only.
    fn undoes(&self, other: &Wording) -> bool {
        let opposite = |((a, b), (c, d)): (&(bool, bool), &(bool, bool))| {
            (*a && !*b && !*c && *d) || (!*a && *b && *c && !*d)
        };
        self.sides.iter().zip(&other.sides).any(opposite)
    }

    /// Whether it says that something did not come off, and the other does not.
    pub fn failed_at(&self, other: &Wording) -> bool {
        self.failed && !other.failed
    }

    fn shared(&self, other: &Wording) -> f64 {
        let mut shared = 0.0;
        let (mut a, mut b) = (self.pairs.iter().peekable(), other.pairs.iter().peekable());
        while let (Some((left, weight)), Some((right, _))) = (a.peek(), b.peek()) {
            match left.cmp(right) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    shared += weight;
                    a.next();
                    b.next();
                }
            }
        }
        shared
    }

    /// Whether both name numbers, and none of them is the same.
    pub fn counts_differently(&self, other: &Wording) -> bool {
        let both = !self.numbers.is_empty() && !other.numbers.is_empty();
        both && self.numbers.is_disjoint(&other.numbers)
    }
}

/// The one open step whose words the text clearly shares, if there is one: not carried out, not
/// skipped, and well ahead of every other step.
pub fn likely_step<'i>(incident: &'i Incident, text: &str) -> Option<&'i PlanStep> {
    let lexicon = Lexicon::of(incident.plan.iter().map(|step| step.text.as_str()));
    let wording = lexicon.wording(text);
    let mut scored: Vec<(f64, &PlanStep)> = incident
        .plan
        .iter()
        .map(|step| (wording.likeness(&lexicon.wording(&step.text)), step))
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (best, step) = *scored.first()?;
    let second = scored.get(1).map_or(0.0, |(score, _)| *score);
    let clear = best >= CLEAR && best - second >= AHEAD;
    (clear && !incident.is_settled(step)).then_some(step)
}

/// The text in small letters, with blanks for all that is no letter and at both ends.
fn spaced(text: &str) -> String {
    let letters = text.to_lowercase();
    let keep = |c: char| if c.is_alphanumeric() || c == '\'' { c } else { ' ' };
    format!(" {} ", letters.chars().map(keep).collect::<String>())
}

/// Pairs of neighbouring letters, each once, in order.
fn letter_pairs(text: &str) -> BTreeSet<Pair> {
    let letters: Vec<char> =
        text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect();
    letters.windows(2).map(|pair| u64::from(pair[0]) << 32 | u64::from(pair[1])).collect()
}

/// The numbers a text names, `3.0` as one.
fn numbers(text: &str) -> BTreeSet<String> {
    let parts = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    let parts = parts.map(|part| part.trim_matches('.')).filter(|part| !part.is_empty());
    parts.map(|part| part.trim_start_matches('0').to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Event, Moment};

    fn incident() -> Incident {
        let step = |id: &str, text: &str| PlanStep {
            id: Some(id.to_owned()),
            ..PlanStep::new(Moment::parse("2024-09-07T17:00+09:00", None).unwrap(), text)
        };
        Incident {
            plan: vec![
                step("flag-on", "서버에서 진입 금지 플래그 설정"),
                step("deploy", "앱 배포"),
                step("video", "PV영상 공개"),
                step("flag-off", "서버 진입 금지 플래그 제거"),
            ],
            ..Incident::default()
        }
    }

    #[track_caller]
    fn means(text: &str, id: Option<&str>) {
        let incident = incident();
        let step = likely_step(&incident, text).and_then(|step| step.id.as_deref());
        assert_eq!(step, id, "{text}");
    }

    #[test]
    fn clear_words_only() {
        means("PV 영상 공개됨", Some("video"));
        means("서버 진입 금지 플래그를 제거함", Some("flag-off"));
        means("진입 금지 플래그", None);
        means("앱 진입 불가 확인", None);
        means("", None);
    }

    #[test]
    fn what_counts_differently_is_not_alike() {
        let lexicon = Lexicon::of(["alpha 1", "alpha 2", "beta 1"]);
        let like = |a: &str, b: &str| lexicon.wording(a).likeness(&lexicon.wording(b));
        assert!(like("alpha 1", "alpha 1 released") > CLEAR);
        assert_eq!(like("alpha 1", "alpha 2 released"), 0.0);
        assert_eq!(like("", "alpha"), 0.0);
        assert!(like("alpha 01", "alpha 1") > CLEAR);
    }

    #[test]
    fn what_undoes_the_other_is_not_alike() {
        let lexicon = Lexicon::of(["x"]);
        let like = |a: &str, b: &str| lexicon.wording(a).likeness(&lexicon.wording(b));
        for (a, b) in [
            ("Turn flag on", "Turn flag off"),
            ("진입 금지 플래그 설정", "진입 금지 플래그 제거"),
            ("진입 허용", "진입 금지"),
            ("Enable payments", "payments disabled"),
            ("점검 시작", "점검 종료"),
        ] {
            assert_eq!(like(a, b), 0.0, "{a} / {b}");
        }
        assert!(like("Turn flag on", "flag turned on") > 0.3);
        assert!(like("서버 점검 시작", "서버 점검 시작함") > CLEAR);
        let failed = |a: &str, b: &str| lexicon.wording(a).failed_at(&lexicon.wording(b));
        assert!(failed("Deploy server failed", "Deploy server"));
        assert!(failed("did NOT roll back", "Roll back"));
        assert!(!failed("연기 시험 통과", "연기 시험"));
    }

    #[test]
    fn a_step_that_was_carried_out_is_not_meant() {
        let mut incident = incident();
        let at = incident.plan[0].at;
        incident.events.push(Event { steps: vec!["video".to_owned()], ..Event::new(at, "x") });
        assert_eq!(likely_step(&incident, "PV영상 공개"), None);
    }
}
