//! The terms of a text: what was done to what, and what contradicts it.
//!
//! Words are looked up without their endings in the lists of all languages. Unlisted words are names of things.

mod dictionary;
mod pieces;
mod platforms;
mod polarity;
mod translated;

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use super::acts::{Act, Acts};
use super::reading::{Denial, Ending, Root, Script};
use super::{readings, time_words};

use dictionary::{Meaning, dictionary, roots};
use pieces::{Kind, Piece, pieces};
pub use platforms::{StoreSubmission, is_destination, platform_of, platform_spellings};
pub use polarity::Polarity;
use polarity::Scope;
pub use translated::{has_all, names_all};

/// A meaningful word, phrase or number of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Its kind.
    pub kind: TermKind,
    /// Hashes of its possible roots: terms with a common one are the same.
    pub forms: Vec<u64>,
    /// Its letters.
    pub letters: String,
    /// Its acts.
    pub acts: Acts,
    /// Whether it contradicts the whole text: it failed, is yet to come, is requested.
    pub doubt: bool,
    /// Whether its form says that it is yet to come, or requests it.
    pub asks: bool,
    /// Whether it makes a thing one of several, as `staging` does.
    pub narrows: bool,
    /// Whether it belongs to a place, a means or a reason.
    pub aside: bool,
    /// Whether it is a verb form.
    pub verb: bool,
    /// Whether its clause says that it is so.
    pub polarity: Polarity,
    /// Whether it is a negation, which says nothing by itself.
    pub negates: bool,
    /// The index of its clause.
    pub clause: usize,
    /// The index of its phrase: words that name one thing.
    pub phrase: usize,
}

/// The kind of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermKind {
    /// A thing.
    Thing,
    /// An act.
    Act,
    /// An act, by a weaker word that another one overrides.
    Light,
    /// A number or a version.
    Number,
    /// A percentage.
    Percent,
}

/// A text of more bytes says too much to be about one act.
const LONGEST: usize = 2000;

/// Returns the terms of a text in order; none if it is longer than 2000 bytes.
pub fn terms(text: &str) -> Vec<Term> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let mut words: Vec<Word> = Vec::new();
    for piece in pieces(text) {
        match piece.kind {
            Kind::Word(Script::Japanese) => words.extend(unspaced(&piece)),
            Kind::Word(Script::Hangul) => words.extend(compound(&piece)),
            _ => words.push(Word::of(piece)),
        }
    }
    rejoin(&mut words);
    let mut teller = Teller { words, ..Teller::default() };
    let mut at = 0;
    while at < teller.words.len() {
        at = teller.tell(at);
    }
    teller.end_scope();
    teller.terms
}

/// The most words between a verb and its particle.
const MOST_BETWEEN: usize = 4;

/// Puts particles at the end of a clause or before a place behind their verbs: `turn the flag on` as `turn on the flag`.
fn rejoin(words: &mut [Word]) {
    let is_particle =
        |word: &Word| readings().any(|it| it.terms.particles_of_verbs.contains(&&*word.piece.text));
    for at in 2..words.len() {
        if !is_particle(&words[at]) || !ends_there(words.get(at + 1)) {
            continue;
        }
        let is_word = |word: &&Word| {
            matches!(word.piece.kind, Kind::Word(Script::Alphabet) | Kind::Number)
                && word.known().is_none_or(|(it, _)| !it.clause_before)
        };
        let before = words[..at].iter().rev().take(MOST_BETWEEN + 1).take_while(is_word).count();
        let is_verb = |place: &usize| {
            let whole = format!("{} {}", words[*place].key(), words[at].piece.text);
            dictionary(words[*place].key()).get(&whole).is_some()
        };
        if let Some(verb) = (at - before..at - 1).rev().find(is_verb) {
            words[verb + 1..=at].rotate_right(1);
        }
    }
}

/// Whether a clause ends before a word, or a place, a means or a reason begins with it.
fn ends_there(next: Option<&Word>) -> bool {
    next.is_none_or(|next| {
        let begins = || next.known().is_some_and(|(it, _)| it.aside_before || it.clause_before);
        !matches!(next.piece.kind, Kind::Word(_)) || begins()
    })
}

/// Returns spellings at least one of which is in every text with the term, if it is listed.
pub fn spellings(term: &Term) -> Vec<String> {
    // A root ends in `i` where the word has a `y`: `qualiti`.
    let own = term.letters.strip_suffix('i').filter(|it| it.len() > 2 && it.is_ascii());
    let mut found = vec![own.unwrap_or(&term.letters).to_owned()];
    for reading in readings() {
        let acts = [reading.terms.acts, reading.terms.light, reading.terms.particles];
        let alike = acts.into_iter().flatten().filter(|(acts, _)| term.acts.meets(Acts::of(acts)));
        found.extend(alike.flat_map(|(_, words)| *words).map(|word| kept_letters(word)));
        let is_it = |word: &str| term.forms.contains(&hash(&dictionary::key(word)));
        let names = reading.terms.same.iter().filter(|words| words.iter().any(|it| is_it(it)));
        found.extend(names.flat_map(|words| *words).map(|word| kept_letters(word)));
    }
    found.sort_unstable();
    found.dedup();
    let short = found.clone();
    found.retain(|it| !short.iter().any(|other| other != it && it.contains(other.as_str())));
    found
}

/// Returns the letters of a word that all its forms share.
fn kept_letters(word: &str) -> String {
    let longest = word.split(' ').max_by_key(|part| part.len()).unwrap_or(word);
    let Some(piece) = pieces(longest).into_iter().next() else { return longest.to_owned() };
    let word = Word::of(piece);
    let root = word.roots.iter().map(|root| &root.text).find(|root| longest.starts_with(*root));
    root.map_or(longest, |root| root.as_str()).to_owned()
}

/// A piece with everything that it may be.
#[derive(Debug, Clone)]
struct Word {
    piece: Piece,
    roots: Vec<Root>,
}

impl Word {
    fn of(piece: Piece) -> Word {
        let roots = match piece.kind {
            Kind::Word(script) => roots(&piece.text, script),
            _ => Vec::new(),
        };
        Word { piece, roots }
    }

    /// Returns its key in phrases.
    fn key(&self) -> &str {
        match self.piece.kind {
            Kind::Word(Script::Alphabet) => self.roots.first().map_or("", |root| &root.text),
            _ => &self.piece.text,
        }
    }

    fn is(&self, kind: Kind) -> bool {
        self.piece.kind == kind
    }

    /// Returns the first of its roots that is listed.
    fn known(&self) -> Option<(&'static Meaning, &Root)> {
        self.roots.iter().find_map(|root| Some((dictionary(&root.text).get(&root.text)?, root)))
    }
}

/// Splits a word written without spaces: the longest listed one after the longest listed one.
fn compound(piece: &Piece) -> Vec<Word> {
    let whole = Word::of(piece.clone());
    if whole.known().is_some() {
        return vec![whole];
    }
    let places: Vec<usize> = piece.text.char_indices().map(|(at, _)| at).skip(1).collect();
    for (before, at) in places.iter().enumerate() {
        let (front, back) = piece.text.split_at(*at);
        let part = |text: &str, joined| Piece { text: text.to_owned(), joined, ..piece.clone() };
        let behind = Word::of(part(back, true));
        let tells = |meaning: &Meaning| {
            !meaning.acts.is_empty() || !meaning.light.is_empty() || meaning.doubt
        };
        let known = behind.known().is_some_and(|(meaning, root)| {
            tells(meaning) && root.text.chars().count() >= 2 || meaning.doubt && root.text == "않"
        });
        let front_known = before > 0 || dictionary(front).get(front).is_some();
        if known && front_known {
            let mut words = compound(&part(front, piece.joined));
            words.push(behind);
            return words;
        }
    }
    vec![whole]
}

/// Splits a text in a script without spaces: into listed words, and the runs of the same kind of letters between them.
/// Letters of endings alone have no meaning.
fn unspaced(piece: &Piece) -> Vec<Word> {
    let letters: Vec<char> = piece.text.chars().collect();
    let sort = |c: char| match c {
        'ぁ'..='ゖ' => 0,
        'ァ'..='ヺ' | 'ー' => 1,
        _ => 2,
    };
    let mut words: Vec<Word> = Vec::new();
    let mut rest = String::new();
    let mut add = |text: &mut String, known: bool| {
        let tells = known || text.chars().any(|c| sort(c) > 0);
        let text = std::mem::take(text);
        if tells {
            words.push(Word::of(Piece { text, joined: !words.is_empty(), ..piece.clone() }));
        }
    };
    let mut at = 0;
    while at < letters.len() {
        let listed = dictionary(&piece.text);
        let most = listed.longest_unspaced.min(letters.len() - at);
        let known = (1..=most).rev().find_map(|count| {
            let word: String = letters[at..at + count].iter().collect();
            listed.get(&word).is_some().then_some(word)
        });
        if let Some(mut word) = known {
            add(&mut rest, false);
            at += word.chars().count();
            add(&mut word, true);
            continue;
        }
        if rest.chars().next_back().is_some_and(|last| sort(last) != sort(letters[at])) {
            add(&mut rest, false);
        }
        rest.push(letters[at]);
        at += 1;
    }
    add(&mut rest, false);
    words
}

/// Collects the terms of words one by one.
#[derive(Default)]
struct Teller {
    words: Vec<Word>,
    terms: Vec<Term>,
    clause: usize,
    phrase: usize,
    /// Whether the words belong to a place, a means or a reason.
    aside: bool,
    /// Whether the clause says what was done.
    past: bool,
    /// What denies the terms since its beginning.
    scope: Scope,
    /// The index of the first term of the scope before.
    before: usize,
    /// Whether what follows was ruled out: `ruled out: the pool`.
    ruled_out: bool,
    /// Whether the words introduce what follows.
    introduces: bool,
}

impl Teller {
    /// Handles the word at that index, and returns the next index.
    fn tell(&mut self, at: usize) -> usize {
        let kind = self.words[at].piece.kind;
        match kind {
            Kind::Break => {
                self.introduces = self.words[at].piece.text == ":";
                self.next_clause();
                self.introduces = false;
                self.ruled_out &= matches!(&*self.words[at].piece.text, ":" | "," | "·");
            }
            Kind::Question => {
                self.doubt("?");
                self.next_clause();
            }
            Kind::Part => {
                let text = self.words[at].piece.text.clone();
                self.doubt(&text);
            }
            Kind::Number => {
                if let Some(behind) = self.phrase_at(at) {
                    return behind;
                }
                return self.number(at);
            }
            Kind::Word(_) => {
                if let Some(ending) = self.particle(at) {
                    self.end_last(ending, at + 1);
                    return at + 1;
                }
                let ends = self.is_denied_reason(at);
                if let Some(behind) = self.phrase_at(at) {
                    return behind;
                }
                let word = self.words[at].clone();
                match word.known() {
                    Some((meaning, root)) => self.known(&word, meaning, root, at..at + 1),
                    None => self.unknown(&word),
                }
                if ends {
                    self.end_scope();
                }
            }
        }
        at + 1
    }

    /// Whether the word at that index is a verb that 안 or 못 before it denies, and what follows is so because of it or after
    /// it: `갱신을 안 해서 만료`, but not `안 된 갱신`.
    fn is_denied_reason(&self, at: usize) -> bool {
        let is_denied = at > 0
            && self.scope.is_behind_negation(at)
            && matches!(&*self.words[at - 1].piece.text, "안" | "못");
        let last = self.words[at].piece.text.chars().next_back().map_or(0, u32::from);
        // ㄴ and ㄹ at the end of a verb belong to a noun behind it.
        is_denied && last >= u32::from('가') && ![4, 8].contains(&((last - u32::from('가')) % 28))
    }

    fn next_clause(&mut self) {
        self.end_scope();
        self.clause += 1;
        self.phrase += 1;
        (self.aside, self.past) = (false, false);
    }

    fn end_scope(&mut self) {
        let (first, end) = (self.scope.first(), self.terms.len());
        let terms = end - first;
        let is_asked = first > 0 && self.terms[first - 1].letters == "?";
        let is_negation = self.scope.is_negation(terms) && (is_asked || self.is_korean_not(first));
        if self.scope.is_verdict(terms) || first > 0 && is_negation {
            match first == 0 || self.introduces {
                true => self.ruled_out = true,
                false => self.terms[self.before..]
                    .iter_mut()
                    .for_each(|term| term.polarity = Polarity::RULED_OUT),
            }
        } else if terms > 0 {
            if self.ruled_out {
                self.scope.rule_out();
            }
            self.before = first;
        }
        let (first, polarity) = self.scope.end(end);
        self.terms[first..].iter_mut().for_each(|term| term.polarity = polarity);
    }

    /// Whether the only term since that index is 아니다 in some form, which denies what precedes it.
    fn is_korean_not(&self, first: usize) -> bool {
        let is_not = |term: &Term| {
            ["아니", "아님", "아닙", "아닌"].iter().any(|form| term.letters.starts_with(form))
        };
        self.terms[first..].iter().all(is_not)
    }

    fn doubt(&mut self, text: &str) {
        let term = self.term(TermKind::Thing, text, vec![hash(text)]);
        self.terms.push(Term { doubt: true, ..term });
    }

    fn term(&self, kind: TermKind, letters: &str, forms: Vec<u64>) -> Term {
        Term {
            kind,
            forms,
            letters: letters.to_owned(),
            acts: Acts::default(),
            doubt: false,
            asks: false,
            narrows: false,
            aside: self.aside,
            verb: false,
            polarity: Polarity::default(),
            negates: false,
            clause: self.clause,
            phrase: self.phrase,
        }
    }

    /// Handles the longest listed phrase at that index, if there is one.
    fn phrase_at(&mut self, at: usize) -> Option<usize> {
        let listed = dictionary(self.words[at].key());
        let most = listed.longest.min(self.words.len() - at);
        for count in (2..=most).rev() {
            let words = &self.words[at..at + count];
            if words.iter().any(|word| !matches!(word.piece.kind, Kind::Word(_) | Kind::Number)) {
                continue;
            }
            let (last, before) = words.split_last()?;
            let before: Vec<&str> = before.iter().map(Word::key).collect();
            let before = before.join(" ");
            let whole = |text: &str| format!("{before} {text}");
            let as_it_is =
                Root { text: last.piece.text.clone(), ending: Ending::Plain, likely: true };
            let found = std::iter::once(&as_it_is).chain(&last.roots).find_map(|root| {
                let text = whole(&root.text);
                let ending = root.ending;
                Some((listed.get(&text)?, Root { text, ending, likely: true }))
            });
            let Some((meaning, mut root)) = found else { continue };
            let first = &self.words[at];
            if let Some(verb) = first.roots.first().filter(|_| root.ending == Ending::Plain) {
                root.ending = verb.ending;
            }
            let first = first.clone();
            self.known(&first, meaning, &root, at..at + count);
            return Some(at + count);
        }
        None
    }

    /// Whether only a place, a means or a reason, or an outcome, follows.
    fn ends_at(&self, behind: usize) -> bool {
        let Some(next) = self.words.get(behind) else { return true };
        let ends = next.known().is_some_and(|(it, _)| {
            let course = it.acts.is_empty() && !it.light.is_empty() && !it.aside_before;
            let last = it.filler && self.words.get(behind + 1).is_none();
            it.aside_before || it.clause_before || course || last
        });
        !matches!(next.piece.kind, Kind::Word(_)) || next.piece.bracketed || ends
    }

    fn known(&mut self, word: &Word, meaning: &Meaning, root: &Root, at: Range<usize>) {
        let Some(denial) = meaning.denial.filter(|it| !self.leaves_out(*it, &at)) else {
            if meaning.filler {
                self.scope.skip(at.start);
            }
            return match meaning.is_denial_only() {
                true => self.unknown(word),
                false => self.told(word, meaning, root, at),
            };
        };
        if self.scope.ends_before(denial, at.start) {
            if denial == Denial::NotBehind {
                self.scope.leave_open();
            }
            self.end_scope();
        }
        self.scope.note(denial, at.end - 1);
        if denial == Denial::Not && word.is(Kind::Word(Script::Hangul)) {
            // `고갈되지 않았다`, `고갈된 적 없음`.
            let is_thing = |word: &Word| word.piece.text.starts_with(['것', '건', '적', '게']);
            let between =
                at.start.checked_sub(1).is_some_and(|before| is_thing(&self.words[before]));
            self.scope.deny_before(at.start, 1 + usize::from(between));
        }
        let first = self.terms.len();
        match meaning.is_denial_only() {
            true => self.unknown(word),
            false => self.told(word, meaning, root, at),
        }
        if let Some(it) = self.terms.get_mut(first) {
            it.negates = matches!(denial, Denial::Not | Denial::NotBefore | Denial::NotBehind);
            let is_verdict = it.negates || matches!(denial, Denial::RulesOut | Denial::Excludes);
            self.scope.verdicts += usize::from(is_verdict);
        }
        let ends = denial == Denial::Not && root.ending == Ending::Ends;
        if ends || denial == Denial::NotBefore {
            self.end_scope();
        }
    }

    /// Whether something is left out of something else, rather than ruled out: `excluded from the load balancer`.
    fn leaves_out(&self, denial: Denial, at: &Range<usize>) -> bool {
        let text =
            |at: Option<usize>| at.and_then(|at| self.words.get(at)).map(|it| &*it.piece.text);
        denial == Denial::Excludes
            && (text(Some(at.end)) == Some("from")
                || text(at.start.checked_sub(1)).is_some_and(|before| before.ends_with("에서")))
    }

    fn told(&mut self, word: &Word, meaning: &Meaning, root: &Root, at: Range<usize>) {
        let mut meaning = meaning.clone();
        let acts = !meaning.acts.is_empty() || !meaning.light.is_empty();
        let last = self.ends_at(at.end);
        if last && !meaning.at_end.is_empty() {
            meaning.acts = meaning.acts.and(meaning.at_end);
            meaning.aside_before = false;
        } else if meaning.aside_before && acts {
            if last {
                meaning.aside_before = false;
            } else {
                (meaning.acts, meaning.light) = (Acts::default(), Acts::default());
            }
        }
        if meaning.same.is_some() && (meaning.aside_after || meaning.aside_before) {
            // A time tells one of several apart.
            self.listed(word, &meaning, root, at.clone());
            // `Deploy it after lunch` is in the future.
            let to_come = meaning.aside_before && !self.past;
            if let Some(told) = self.terms.last_mut() {
                (told.aside, told.narrows) = (true, to_come);
            }
            meaning.same = None;
        }
        let happened = last && !meaning.at_end.is_empty() || root.ending == Ending::Past;
        if happened && meaning.acts.has(Act::Publish) && self.is_announcement() {
            meaning.acts = meaning.acts.and(Acts::of(&[Act::Announce]));
        }
        if meaning.aside_after {
            let clause = self.clause;
            self.terms.iter_mut().filter(|it| it.clause == clause).for_each(|it| it.aside = true);
        }
        if meaning.clause_before {
            return self.next_clause();
        }
        if meaning.aside_before {
            self.aside = true;
            self.phrase += 1;
        }
        let told = !meaning.acts.is_empty() || !meaning.light.is_empty() || meaning.doubt;
        let names = meaning.narrows || meaning.same.is_some();
        if told || names && !meaning.filler {
            self.listed(word, &meaning, root, at);
        }
    }

    /// Whether the clause is about an announcement: `the announcement is out`.
    fn is_announcement(&self) -> bool {
        let own = self.terms.iter().filter(|it| it.clause == self.clause && !it.aside);
        let mut acts = own.filter(|it| it.kind == TermKind::Act).peekable();
        acts.peek().is_some() && acts.all(|it| it.acts.has(Act::Announce) && !it.verb)
    }

    fn listed(&mut self, word: &Word, meaning: &Meaning, root: &Root, at: Range<usize>) {
        let kind = match (meaning.acts.is_empty(), meaning.light.is_empty()) {
            (false, _) => TermKind::Act,
            (true, false) => TermKind::Light,
            (true, true) => TermKind::Thing,
        };
        let first = self.terms.last().is_none_or(|last| last.clause != self.clause);
        let verb = match root.ending {
            Ending::Verb | Ending::Past | Ending::Ends => true,
            Ending::AsItIs => !first,
            _ => false,
        };
        let mut forms = vec![hash(meaning.same.as_deref().unwrap_or(&root.text))];
        if meaning.same.is_some() {
            forms.push(hash(&root.text));
        }
        if verb && kind == TermKind::Act {
            self.phrase += 1;
            self.aside &= root.ending != Ending::Past;
        }
        self.past |= root.ending == Ending::Past;
        let term = self.term(kind, &root.text, forms);
        let acts = meaning.acts.and(meaning.light);
        let asks = root.ending == Ending::Doubt;
        let (doubt, narrows) = (meaning.doubt, meaning.narrows);
        let aside = term.aside || word.piece.bracketed;
        self.terms.push(Term { acts, doubt, asks, narrows, aside, verb, ..term });
        self.end(root.ending, kind, at.end);
    }

    /// Returns the particle after letters of another script, or after a number: `DNS를`.
    fn particle(&self, at: usize) -> Option<Ending> {
        let (before, word) = (self.words.get(at.checked_sub(1)?)?, &self.words[at]);
        let is_other = matches!(before.piece.kind, Kind::Word(Script::Alphabet) | Kind::Number);
        if !is_other || !word.piece.joined || !word.is(Kind::Word(Script::Hangul)) {
            return None;
        }
        const NOUN: &str = "가나다";
        let with_noun = roots(&format!("{NOUN}{}", word.piece.text), Script::Hangul);
        with_noun.iter().find(|root| root.text == NOUN).map(|root| root.ending)
    }

    fn end_last(&mut self, ending: Ending, behind: usize) {
        let Some(last) = self.terms.last_mut() else { return };
        last.asks |= ending == Ending::Doubt;
        last.verb |= matches!(ending, Ending::Verb | Ending::Ends);
        let kind = last.kind;
        self.end(ending, kind, behind);
    }

    /// Applies the meaning of an ending to the collected terms.
    fn end(&mut self, ending: Ending, kind: TermKind, behind: usize) {
        let acts = kind != TermKind::Thing;
        match ending {
            Ending::Object => self.phrase += 1,
            Ending::Aside => {
                let phrase = self.phrase;
                if !acts {
                    let of_it = self.terms.iter_mut().rev().take_while(|it| it.phrase == phrase);
                    of_it.for_each(|it| it.aside = true);
                }
                self.phrase += 1;
            }
            Ending::Ends if acts && behind < self.words.len() => self.next_clause(),
            Ending::Verb | Ending::Past | Ending::AsItIs if acts => self.phrase += 1,
            _ => {}
        }
    }

    /// Handles an unlisted word, which is the name of a thing.
    fn unknown(&mut self, word: &Word) {
        let mut forms: Vec<u64> = Vec::new();
        for root in &word.roots {
            let form = hash(&root.text);
            if (root.likely || root.text.chars().count() >= 2) && !forms.contains(&form) {
                forms.push(form);
            }
        }
        let likely = word.roots.iter().skip(1).find(|root| root.likely);
        let root = likely.or(word.roots.first());
        let (letters, ending) =
            root.map_or((word.piece.text.as_str(), Ending::Plain), |it| (&it.text, it.ending));
        let term = self.term(TermKind::Thing, letters, forms);
        let (asks, aside) = (ending == Ending::Doubt, term.aside || word.piece.bracketed);
        let verb = matches!(ending, Ending::Verb | Ending::Ends);
        self.terms.push(Term { asks, aside, verb, ..term });
        let kind = if ending == Ending::Ends { TermKind::Act } else { TermKind::Thing };
        self.end(ending, kind, self.terms.len());
    }

    /// Handles a number, unless it is a time or a duration; returns the next index.
    fn number(&mut self, at: usize) -> usize {
        let text = self.words[at].piece.text.clone();
        let behind = |ahead: usize| self.words.get(at + ahead);
        let said_done = |term: &Term| term.clause == self.clause && term.acts.has(Act::Finish);
        let comes_in = at > 0
            && is_before_amount(&self.words[at - 1].piece.text)
            && !self.past
            && !self.terms.iter().any(said_done);
        let says = |word: &Word, listed: &dyn Fn(&str) -> bool| {
            listed(&word.piece.text) || word.roots.iter().any(|root| listed(&root.text))
        };
        if behind(1).is_some_and(|next| says(next, &is_unit)) {
            let later = |word: &Word| {
                says(word, &is_later) || word.known().is_some_and(|(it, _)| it.clause_before)
            };
            let ago = |word: &Word| says(word, &is_ago);
            let comes = behind(2).is_some_and(later) || comes_in;
            let later_said = usize::from(behind(2).is_some_and(later));
            if comes {
                self.doubt("later");
                return at + 2 + later_said;
            }
            let was = behind(2).is_some_and(ago) && at + 3 < self.words.len();
            return at + 2 + usize::from(was);
        }
        // `Deploy in 5`.
        if comes_in && behind(1).is_none_or(|next| !matches!(next.piece.kind, Kind::Word(_))) {
            self.doubt("later");
            return at + 1;
        }
        // `2 of 5`, `5대 중 2대`.
        let next = (1..4).find(|ahead| behind(*ahead).is_none_or(|it| it.is(Kind::Number)));
        let between = |ahead: usize| {
            matches!(behind(ahead).map(|it| it.piece.text.as_str()), Some("of" | "중"))
        };
        let part = next.is_some_and(|next| behind(next).is_some() && (1..next).any(between));
        let bracketed = self.words[at].piece.bracketed;
        if part {
            self.doubt("part");
        }
        let percent = text.ends_with('%');
        let short = text.trim_end_matches(".0");
        let kind = if percent { TermKind::Percent } else { TermKind::Number };
        let term = self.term(kind, short, vec![hash(short)]);
        let aside = term.aside || bracketed;
        self.terms.push(Term { aside, ..term });
        at + 1
    }
}

fn is_unit(word: &str) -> bool {
    let mut units = time_words(|times| times.units);
    let mut clocks = readings().filter_map(|reading| reading.times.clock.as_ref());
    let mut dates = readings().filter_map(|reading| reading.times.date);
    let mut halves = time_words(|times| times.halves_behind);
    units.any(|(unit, _)| *unit == word)
        || clocks.any(|clock| [clock.hour, clock.minute, clock.second].contains(&word))
        || dates.any(|date| date.contains(&word))
        || halves.any(|(half, _)| *half == word)
}

fn is_later(word: &str) -> bool {
    time_words(|times| times.later_behind).any(|later| *later == word)
}

fn is_ago(word: &str) -> bool {
    time_words(|times| times.ago_behind).any(|ago| *ago == word)
}

fn is_before_amount(word: &str) -> bool {
    time_words(|times| times.in_before).any(|before| before.trim() == word)
}

/// Returns a hash of the letters, which is fast to compare.
fn hash(letters: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    letters.hash(&mut hasher);
    hasher.finish()
}
