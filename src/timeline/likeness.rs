//! Compares texts by what is done to what: which event carries out a step, and which steps are the same. A hint, never
//! a link: doubtful cases do not match.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::lang::{
    Act, Acts, StoreSubmission, Term, TermKind, is_destination, platform_of, spellings, terms,
};

/// Texts that score this or more are about the same thing.
pub const CLEAR: f64 = 0.6;
/// From this value on two texts share enough to be about the same thing, whatever the other words.
pub const SHARED: f64 = 0.45;

/// The weights of terms: those that many texts share weigh little.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    texts: f64,
    holding: HashMap<u64, f64>,
}

/// A text, analysed for comparison with others of the same lexicon.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    /// The text, in which case and white space do not count.
    folded: String,
    terms: Vec<Term>,
    weights: Vec<f64>,
    clauses: usize,
    /// What it is mainly about.
    heads: Acts,
    /// All acts that it mentions.
    acts: Acts,
    /// The acts that undo its main ones.
    undoing: Acts,
    /// Bit sets of the things that it mentions, by form and by first letter.
    things: [u64; 2],
    /// Whether it mentions another act than its main ones.
    names_acts: bool,
}

impl Lexicon {
    /// Returns the lexicon of texts to be told apart, such as the steps of a plan.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Lexicon {
        let mut lexicon = Lexicon::default();
        for text in texts {
            lexicon.texts += 1.0;
            let mut forms: Vec<u64> = terms(text).iter().filter_map(first_form).collect();
            forms.sort_unstable();
            forms.dedup();
            for form in forms {
                *lexicon.holding.entry(form).or_default() += 1.0;
            }
        }
        lexicon
    }

    /// Returns the lexicon of texts that may say the same again, such as causes: that a term is frequent may then mean that
    /// it recurs, so texts with the same terms count once.
    pub fn of_recurring<'t>(texts: impl IntoIterator<Item = &'t str>) -> Lexicon {
        let mut known = HashSet::new();
        let telling = |text: &str| {
            let terms = terms(text).into_iter().filter(|term| term.kind != TermKind::Light);
            terms.filter_map(|term| first_form(&term)).collect::<BTreeSet<u64>>()
        };
        Lexicon::of(texts.into_iter().filter(|text| known.insert(telling(text))))
    }

    /// Returns the analysis of a text, of the lexicon or to be compared with it.
    pub fn wording(&self, text: &str) -> Wording {
        let terms = terms(text);
        let weigh = |term: &Term| {
            let holding = first_form(term).and_then(|form| self.holding.get(&form).copied());
            let rare = (1.0 + self.texts.max(1.0) / holding.unwrap_or(1.0)).ln();
            let share = match term.kind {
                TermKind::Light => 0.0,
                _ if term.aside => 0.5,
                _ => 1.0,
            };
            rare * share
        };
        let weights = terms.iter().map(weigh).collect();
        let clauses = terms.last().map_or(0, |last| last.clause + 1);
        let acts = terms.iter().fold(Acts::default(), |acts, term| acts.and(term.acts));
        let named = |kind| move |term: &&Term| term.kind == kind;
        let things =
            terms.iter().filter(named(TermKind::Thing)).fold([0, 0], |[forms, letters], term| {
                let letter = term.letters.chars().next().map_or(0, u32::from);
                let of_forms = term.forms.iter().fold(forms, |bits, form| bits | 1 << (form % 64));
                [of_forms, letters | 1 << (letter % 64)]
            });
        let names_acts = terms.iter().filter(named(TermKind::Act)).count() > 1;
        let heads = Acts::default();
        let undoing = Acts::default();
        let folded = folded(text);
        let mut wording =
            Wording { folded, terms, weights, clauses, heads, acts, undoing, things, names_acts };
        wording.heads =
            wording.each_clause().fold(Acts::default(), |heads, clause| heads.and(clause.heads()));
        wording.undoing = wording.heads.undoing();
        wording
    }
}

/// Returns a text without white space, in lower case.
pub fn folded(text: &str) -> String {
    let letters = text.chars().filter(|letter| !letter.is_whitespace());
    letters.flat_map(char::to_lowercase).collect()
}

fn first_form(term: &Term) -> Option<u64> {
    term.forms.first().copied()
}

/// Returns whether two terms are the same.
fn is_same(one: &Term, other: &Term) -> bool {
    let number = |term: &Term| matches!(term.kind, TermKind::Number | TermKind::Percent);
    if number(one) || number(other) {
        return one.kind == other.kind && one.forms == other.forms;
    }
    if !one.acts.is_empty() && !other.acts.is_empty() && one.acts.meets(other.acts) {
        return true;
    }
    one.forms.iter().any(|form| other.forms.contains(form))
}

/// Which terms of each text occur in the other.
struct Matched {
    ours: Vec<bool>,
    theirs: Vec<bool>,
}

impl Matched {
    fn of(ours: &[&Term], theirs: &[&Term]) -> Matched {
        let mut matched =
            Matched { ours: vec![false; ours.len()], theirs: vec![false; theirs.len()] };
        for (place, one) in ours.iter().enumerate() {
            for (other_place, other) in theirs.iter().enumerate() {
                if is_same(one, other) {
                    matched.ours[place] = true;
                    matched.theirs[other_place] = true;
                }
            }
        }
        join(ours, theirs, &mut matched.ours, &mut matched.theirs);
        join(theirs, ours, &mut matched.theirs, &mut matched.ours);
        matched
    }
}

/// Matches compound words with the same words written separately.
fn join(ours: &[&Term], theirs: &[&Term], our: &mut [bool], their: &mut [bool]) {
    for (place, one) in ours.iter().enumerate() {
        if our[place] || one.kind != TermKind::Thing {
            continue;
        }
        for from in 0..theirs.len() {
            let mut rest = one.letters.as_str();
            let mut to = from;
            while let Some(term) = theirs.get(to)
                && let Some(cut) = rest.strip_prefix(term.letters.as_str())
                && !term.letters.is_empty()
            {
                (rest, to) = (cut, to + 1);
            }
            if rest.is_empty() && to > from {
                our[place] = true;
                their[from..to].fill(true);
            }
        }
    }
}

/// Terms with their weights.
struct Clause<'w> {
    terms: Vec<&'w Term>,
    weights: Vec<f64>,
}

impl<'w> Clause<'w> {
    fn acts(&self, kind: TermKind) -> impl Iterator<Item = &'w Term> + '_ {
        self.terms.iter().filter(move |term| term.kind == kind && !term.aside).copied()
    }

    /// Returns the acts that it is mainly about: by verb forms, else by the first word as an imperative or the last one
    /// as a noun. Without any act, weaker words count.
    fn heads(&self) -> Acts {
        let all = |acts: &mut dyn Iterator<Item = &'w Term>| {
            acts.fold(Acts::default(), |all, term| all.and(term.acts))
        };
        let light = all(&mut self.acts(TermKind::Light).filter(|term| !is_course(term.acts)));
        let verbs = all(&mut self.acts(TermKind::Act).filter(|term| term.verb));
        if !verbs.is_empty() {
            return verbs.and(light);
        }
        let orders =
            self.terms.first().filter(|it| it.kind == TermKind::Act && it.letters.is_ascii());
        let last = self.acts(TermKind::Act).last();
        let heads = all(&mut orders.copied().into_iter().chain(last)).and(light);
        if !heads.is_empty() {
            return heads;
        }
        // Only about progress: `Start maintenance mode`.
        let says = |term: &&Term| term.acts != Acts::of(&[Act::Perform]);
        all(&mut self.acts(TermKind::Light).filter(says))
    }

    /// Whether it says that something begins, and that something ends.
    fn course(&self) -> (bool, bool) {
        let course = |it: &&&Term| it.kind == TermKind::Light && is_course(it.acts);
        let says = |act| self.terms.iter().filter(course).any(|it| it.acts.has(act));
        let ends = says(Act::Finish) || self.acts(TermKind::Act).any(|it| it.acts.has(Act::Finish));
        (says(Act::Start), ends)
    }
}

/// Whether acts only describe the progress of others.
fn is_course(acts: Acts) -> bool {
    [Act::Start, Act::Finish, Act::Perform].into_iter().any(|act| acts.has(act))
        && !acts.has(Act::Approve)
}

impl Wording {
    fn clause(&self, number: Option<usize>) -> Clause<'_> {
        self.those(|term| number.is_none_or(|number| term.clause == number))
    }

    /// Returns all terms but negations, and faults that were not there or not the cause.
    fn said(&self) -> Clause<'_> {
        self.those(|term| !term.negates && !term.polarity.is_ruled_out())
    }

    fn those(&self, is_one: impl Fn(&Term) -> bool) -> Clause<'_> {
        let all = self.terms.iter().zip(self.weights.iter().copied());
        let (terms, weights) = all.filter(|(term, _)| is_one(term)).unzip();
        Clause { terms, weights }
    }

    fn each_clause(&self) -> impl Iterator<Item = Clause<'_>> {
        let numbers = 0..self.clauses;
        numbers.map(|number| self.clause(Some(number))).filter(|clause| !clause.terms.is_empty())
    }

    /// Returns how certain it is that an event with this text carries out this step, from 0 (not at all, or in doubt)
    /// to 1. Everything in the step must be done, and to nothing else.
    pub fn carried_out_by(&self, event: &Wording) -> f64 {
        // This rules out most pairs.
        let other_act = !self.heads.is_empty() && !self.heads.meets(event.acts);
        let [forms, letters] = [0, 1].map(|at| self.things[at] & event.things[at]);
        let named = self.things[0] != 0 && event.things[0] != 0;
        let other_thing = named && !self.names_acts && forms == 0 && letters == 0;
        if other_act
            || other_thing
            || self.is_empty()
            || event.is_empty()
            || self.is_other_submission(event)
            || self.doubts_differ(event)
        {
            return 0.0;
        }
        let clauses: Vec<Clause> = event.each_clause().collect();
        let whole = (clauses.len() > 1).then(|| event.clause(None));
        let by_any = |step: &Clause| {
            let all = clauses.iter().chain(&whole);
            all.map(|event| carried_out(step, event)).fold(0.0, f64::max)
        };
        let (told, beside): (Vec<Clause>, Vec<Clause>) =
            self.each_clause().partition(|clause| clause.terms.iter().any(|term| !term.aside));
        let wanted = if told.is_empty() { beside } else { told };
        wanted.iter().map(by_any).fold(1.0, f64::min)
    }

    /// Returns the text, in which case and white space do not count.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Whether it is at most one word.
    pub fn is_one_word(&self) -> bool {
        self.terms.len() < 2
    }

    /// Returns, for each significant term, spellings at least one of which is in every text with it.
    pub fn spellings(&self) -> Vec<Vec<String>> {
        let told = |term: &&Term| term.kind != TermKind::Light && !term.aside;
        let told: Vec<&Term> = self.terms.iter().filter(told).collect();
        let all: Vec<&Term> = self.terms.iter().collect();
        let told = if told.is_empty() { all } else { told };
        told.into_iter().map(spellings).collect()
    }

    fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether one says that something was not done, or only in part, and the other does not.
    fn doubts_differ(&self, event: &Wording) -> bool {
        self.says_otherwise(event) || self.is_narrowed_by(event, |_| true)
    }

    /// Whether the event names one of several things, in words of that kind, where the step names none.
    fn is_narrowed_by(&self, event: &Wording, counts: impl Fn(&Term) -> bool) -> bool {
        let mut narrowing = event.terms.iter().filter(|term| term.narrows && counts(term));
        narrowing.any(|term| lacks(term, self))
    }

    /// Whether one says that something was not done, and the other does not.
    fn says_otherwise(&self, event: &Wording) -> bool {
        let doubted = |one: &Wording, other: &Wording| {
            one.terms.iter().any(|term| (term.doubt || term.asks) && lacks(term, other))
        };
        let undone = event.acts.meets(self.undoing) && !self.acts.meets(self.undoing);
        undone || doubted(self, event) || doubted(event, self)
    }

    /// Whether an event may have carried out this step although little but the act says so: each leaves open what the other
    /// names, such as what was submitted and to which store. What is handed in to a store is so in whichever words.
    pub fn may_be_carried_out_by(&self, event: &Wording) -> bool {
        if let Some((step, told)) = self.submission().zip(event.submission()) {
            let (ours, theirs) = (self.clause(None), event.clause(None));
            let matched = Matched::of(&ours.terms, &theirs.terms);
            return step.may_be(told)
                && !other_number(&ours, &theirs, &matched)
                && !other_course(&ours, &theirs);
        }
        // This rules out most pairs: what the whole text is about, its clauses are about.
        if !self.heads.meets(event.heads) {
            return false;
        }
        let (step, told) = (self.clause(None), event.clause(None));
        let matched = Matched::of(&step.terms, &told.terms);
        let ours = names_beside(&step, &matched.ours);
        let theirs = names_beside(&told, &matched.theirs);
        let is_other_thing = (ours.what && theirs.what) || (ours.place && theirs.place);
        let platforms = [platforms(self), platforms(event)];
        let is_other_platform =
            platforms != [0, 0] && !platforms.contains(&0) && platforms[0] & platforms[1] == 0;
        let names_thing = step.terms.iter().any(|term| term.kind == TermKind::Thing);
        step.heads().meets(told.heads())
            && !is_other_thing
            && !is_other_platform
            && !self.says_otherwise(event)
            && !self.is_narrowed_by(event, |term| platform_of(term).is_none())
            && !other_act(&step, &told, &matched)
            && !other_course(&step, &told)
            && !is_for_a_store(&step, &told, &matched)
            && !is_other_object(&step, &told, &matched)
            && !self.is_other_submission(event)
            && !self.is_no_submission(event)
            && !other_number(&step, &told, &matched)
            && !narrower(&told, &matched, names_thing)
    }

    /// Whether an event at the planned time of this step may have carried it out: the same is done, and neither says that it is done
    /// to something else. Words of different languages do not say so.
    pub fn may_be_carried_out_at_its_time_by(&self, event: &Wording) -> bool {
        if !self.heads.meets(event.heads) {
            return false;
        }
        let (step, told) = (self.clause(None), event.clause(None));
        let matched = Matched::of(&step.terms, &told.terms);
        let things = |clause: &Clause, found: &[bool]| -> (bool, bool) {
            let all = clause.terms.iter().zip(found).filter(|(term, found)| {
                term.kind == TermKind::Thing && platform_of(term).is_none() && !**found
            });
            all.fold((false, false), |(latin, other), (term, _)| match term.letters.is_ascii() {
                true => (true, other),
                false => (latin, true),
            })
        };
        let (ours, theirs) = (things(&step, &matched.ours), things(&told, &matched.theirs));
        let is_other_thing = ours.0 && theirs.0 || ours.1 && theirs.1;
        let [one, two] = [platforms(self), platforms(event)];
        let is_other_platform = one != 0 && two != 0 && one & two == 0;
        !is_other_thing
            && !is_other_platform
            && !self.says_otherwise(event)
            && !self.is_narrowed_by(event, |term| platform_of(term).is_none())
            && !self.is_other_submission(event)
            && !self.is_no_submission(event)
            && !other_course(&step, &told)
            && !is_for_a_store(&step, &told, &matched)
            && !is_other_object(&step, &told, &matched)
            && !other_number(&step, &told, &matched)
    }

    /// Whether both texts say what is done, and that is not the same, or not for the same platform. Bringing something out has many
    /// names: to ship it, to hand it over.
    pub fn is_other_act(&self, other: &Wording) -> bool {
        let bringing_out = Acts::of(&[Act::Release, Act::Publish, Act::Send, Act::Submit]);
        // What names a platform and no act brings something out, too: `Resubmit to Apple`.
        let heads = |text: &Wording| match text.heads.is_empty() && platforms(text) != 0 {
            true => bringing_out,
            false => text.heads,
        };
        let (ours, theirs) = (heads(self), heads(other));
        // What is said about it is something else.
        let announces = |acts: Acts| acts.has(Act::Announce) && !acts.has(Act::Submit);
        let both_bring_out = ours.meets(bringing_out) && theirs.meets(bringing_out);
        let does_other =
            announces(ours) != announces(theirs) || !ours.meets(theirs) && !both_bring_out;
        let [one, two] = [platforms(self), platforms(other)];
        let is_other_platform = one != 0 && two != 0 && one & two == 0;
        let says_both = !ours.is_empty() && !theirs.is_empty();
        is_other_platform || says_both && does_other
    }

    /// Whether one hands something in to a store, and the other does something else there: it releases it.
    fn is_other_submission(&self, other: &Wording) -> bool {
        if platforms(self) & platforms(other) == 0 {
            return false;
        }
        let [ours, theirs] = [self, other].map(|text| text.submission().is_some());
        ours != theirs
    }

    /// Whether this hands something in to a store, and the event something else: it may have any name there, but then it has a
    /// version, which an expense report has not.
    fn is_no_submission(&self, event: &Wording) -> bool {
        let has_number = || event.terms.iter().any(|term| term.kind == TermKind::Number);
        let is_to_a_store = self.submission().is_some_and(|step| step.platform.is_some());
        is_to_a_store && event.submission().is_none() && !has_number()
    }

    fn submission(&self) -> Option<StoreSubmission> {
        // This rules out most texts.
        let may_be = self.acts.meets(Acts::of(&[Act::Submit, Act::Review, Act::Publish]));
        may_be.then(|| StoreSubmission::of(&self.terms))?
    }

    /// Returns how similar two steps are, from 0 (not the same) to 1.
    pub fn likeness(&self, other: &Wording) -> f64 {
        let (one, two) = (self.carried_out_by(other), other.carried_out_by(self));
        if one <= 0.0 || two <= 0.0 {
            return 0.0;
        }
        let (ours, theirs) = (self.clause(None), other.clause(None));
        let matched = Matched::of(&ours.terms, &theirs.terms);
        // `Test deploy` is not `Deploy test`.
        let order = |clause: &Clause| clause.acts(TermKind::Act).filter_map(first_form).collect();
        let (order_of_ours, order_of_theirs): (Vec<u64>, Vec<u64>) = (order(&ours), order(&theirs));
        if order_of_ours.len() > 1 && order_of_theirs.iter().rev().eq(&order_of_ours) {
            return 0.0;
        }
        let whole = |clause: &Clause, found: &[bool]| {
            let mut all = clause.terms.iter().zip(found);
            // What is brought to a store is not the same elsewhere.
            let may_lack = |term: &Term| {
                term.kind == TermKind::Light || term.aside && platform_of(term).is_none()
            };
            all.all(|(term, found)| *found || may_lack(term))
        };
        if !whole(&ours, &matched.ours) || !whole(&theirs, &matched.theirs) {
            return 0.0;
        }
        let shared = weight(&ours, &matched.ours) + weight(&theirs, &matched.theirs);
        let all = ours.weights.iter().chain(&theirs.weights).sum::<f64>();
        // What only one mentions, such as a place, weakens what both mention.
        let alike = if all > 0.0 { shared / all } else { one.min(two) };
        1.0 - (1.0 - alike) * 2.0
    }

    /// How much of both texts' content is in both, from 0 to 1: the weights of the terms that they
    /// share among those of all (Dice 1945). One term alone is chance, unless neither says more. Nothing is, if one text
    /// denies what the other says.
    pub fn shared(&self, other: &Wording) -> f64 {
        let (ours, theirs) = (self.said(), other.said());
        if contradict(&ours, &theirs) {
            return 0.0;
        }
        let matched = Matched::of(&ours.terms, &theirs.terms);
        let all = ours.weights.iter().chain(&theirs.weights).sum::<f64>();
        let telling = |clause: &Clause, found: &[bool]| {
            clause
                .weights
                .iter()
                .zip(found)
                .filter(|(weight, found)| **found && **weight > 0.0)
                .count()
        };
        let both = telling(&ours, &matched.ours).min(telling(&theirs, &matched.theirs));
        let said = |clause: &Clause| clause.weights.iter().filter(|weight| **weight > 0.0).count();
        if both == 0 || (both == 1 && said(&ours).max(said(&theirs)) > 1) {
            return 0.0;
        }
        (weight(&ours, &matched.ours) + weight(&theirs, &matched.theirs)) / all
    }

    /// Whether an event may have carried out this step without naming it: it does the same to no other thing.
    pub fn leaves_open(&self, event: &Wording) -> bool {
        let (step, told) = (self.clause(None), event.clause(None));
        let matched = Matched::of(&step.terms, &told.terms);
        let names = |(term, found): (&&Term, &bool)| term.kind == TermKind::Thing && !found;
        !self.doubts_differ(event)
            && step.heads().meets(told.heads())
            && !other_act(&step, &told, &matched)
            && !other_course(&step, &told)
            && !other_number(&step, &told, &matched)
            && !told.terms.iter().zip(&matched.theirs).any(names)
    }
}

/// Whether a text does not answer a term of the other.
fn lacks(term: &Term, other: &Wording) -> bool {
    let answers = |it: &Term| is_same(term, it) && (it.asks || !term.asks);
    !other.terms.iter().any(answers)
}

/// What a text names that another one does not.
struct Beside {
    /// What it is done to.
    what: bool,
    /// Where to, or by what means.
    place: bool,
}

fn names_beside(clause: &Clause, found: &[bool]) -> Beside {
    let heads = clause.heads();
    // What is submitted for a review is not the review.
    let is_purpose = |term: &Term| heads.has(Act::Submit) && term.acts.has(Act::Review);
    let is_thing = |term: &Term| match term.kind {
        TermKind::Thing => true,
        TermKind::Act => !heads.meets(term.acts) && !is_purpose(term),
        _ => false,
    };
    let alone = clause.terms.iter().zip(found).filter(|(term, found)| is_thing(term) && !**found);
    let is_place = |term: &Term| term.aside || is_destination(term);
    let (places, things): (Vec<_>, Vec<_>) = alone.partition(|(term, _)| is_place(term));
    Beside { what: !things.is_empty(), place: !places.is_empty() }
}

/// Returns the platforms that a text names, a bit each.
fn platforms(text: &Wording) -> u32 {
    let named = text.terms.iter().filter_map(platform_of);
    named.fold(0, |platforms, platform| platforms | 1 << platform)
}

fn weight(clause: &Clause, found: &[bool]) -> f64 {
    clause.weights.iter().zip(found).filter(|(_, found)| **found).map(|(weight, _)| weight).sum()
}

/// Whether one text denies more of what both mention than it says, too.
fn contradict(ours: &Clause, theirs: &Clause) -> bool {
    let (mut same, mut opposite) = (0.0, 0.0);
    for (term, weight) in ours.terms.iter().zip(&ours.weights) {
        let mut others = theirs.terms.iter().filter(|other| is_same(term, other)).peekable();
        if others.peek().is_some() {
            let agrees = others.any(|other| term.polarity.agrees(other.polarity));
            *(if agrees { &mut same } else { &mut opposite }) += weight;
        }
    }
    opposite > same
}

/// Returns how certain it is that a clause of an event carries out one of a step.
fn carried_out(step: &Clause, event: &Clause) -> f64 {
    let matched = Matched::of(&step.terms, &event.terms);
    let is_other = other_act(step, event, &matched)
        || other_course(step, event)
        || other_number(step, event, &matched)
        || other_thing(step, event, &matched)
        || is_for_a_store(step, event, &matched);
    let all: f64 = step.weights.iter().sum();
    let shared = weight(step, &matched.ours);
    if is_other || !matched.ours.contains(&true) {
        return 0.0;
    }
    let covered = if all > 0.0 { shared / all } else { 1.0 };
    let extra: f64 = event.weights.iter().sum::<f64>() - weight(event, &matched.theirs);
    let exact = if shared > 0.0 { shared / (shared + extra) } else { 1.0 };
    covered * (0.85 + 0.15 * exact)
}

/// Whether the event is about another act than the step.
fn other_act(step: &Clause, event: &Clause, matched: &Matched) -> bool {
    let acts = event.terms.iter().zip(&matched.theirs);
    let mut more =
        acts.filter(|(term, found)| term.kind == TermKind::Act && !term.aside && !**found);
    let (wanted, told) = (step.heads(), event.heads());
    if wanted.is_empty() {
        // `alpha 1` is released.
        let made = Acts::of(&[Act::Release, Act::Publish, Act::Create, Act::Tag]);
        return more.any(|(term, _)| !term.acts.meets(made));
    }
    if more.next().is_some() {
        return true;
    }
    // Going by its form, `Announce release` is about both.
    let mut heads =
        step.terms.iter().zip(&matched.ours).filter(|(term, _)| {
            term.kind == TermKind::Act && !term.aside && wanted.meets(term.acts)
        });
    !wanted.meets(told) || heads.any(|(_, found)| !found)
}

/// Whether the step begins something and the event ends it, or vice versa.
fn other_course(step: &Clause, event: &Clause) -> bool {
    match (step.course(), event.course()) {
        ((true, false), (false, true)) => true,
        ((false, true), (_, finished)) => !finished,
        _ => false,
    }
}

/// Whether numbers of the step are missing although the event has some, or only a part is done.
fn other_number(step: &Clause, event: &Clause, matched: &Matched) -> bool {
    let is = |kind| move |(term, _): &(&&Term, &bool)| term.kind == kind;
    [TermKind::Number, TermKind::Percent].into_iter().any(|kind| {
        let wanted: Vec<_> = step.terms.iter().zip(&matched.ours).filter(is(kind)).collect();
        let told: Vec<_> = event.terms.iter().zip(&matched.theirs).filter(is(kind)).collect();
        let missing = wanted.iter().any(|(_, found)| !**found) && !told.is_empty();
        let part = kind == TermKind::Percent
            && wanted.is_empty()
            && told.iter().any(|(term, _)| term.letters != "100%");
        missing || part
    })
}

/// Whether one announces something, and the other brings something to a store that the first does not name: the same words, such
/// as 올리다 and `post`, say both. Nor is what was handed in approved.
fn is_for_a_store(step: &Clause, event: &Clause, matched: &Matched) -> bool {
    let announces = |clause: &Clause| {
        clause.terms.iter().any(|it| it.acts.has(Act::Announce) && !it.acts.has(Act::Submit))
    };
    let names_store = |clause: &Clause, found: &[bool]| {
        let mut more = clause.terms.iter().zip(found).filter(|(_, found)| !**found);
        more.any(|(term, _)| platform_of(term).is_some())
    };
    let has = |clause: &Clause, act: Act| clause.terms.iter().any(|term| term.acts.has(act));
    let is_approval =
        has(step, Act::Submit) && !has(step, Act::Approve) && has(event, Act::Approve);
    announces(step) && names_store(event, &matched.theirs)
        || announces(event) && names_store(step, &matched.ours)
        || is_approval
}

/// Whether the event is about another thing than the step.
fn other_thing(step: &Clause, event: &Clause, matched: &Matched) -> bool {
    let heads = step.heads();
    let is_head = |term: &Term| term.kind == TermKind::Act && heads.meets(term.acts);
    let is_thing = |term: &Term| match term.kind {
        TermKind::Thing => true,
        TermKind::Act => !is_head(term),
        _ => false,
    };
    let things = |clause: &'_ Clause, found: &[bool], aside: bool, wanted: bool| -> usize {
        let all = clause.terms.iter().zip(found);
        all.filter(|(t, found)| is_thing(t) && t.aside == aside && **found == wanted).count()
    };
    let missing = [false, true].map(|aside| things(step, &matched.ours, aside, false));
    let more = [false, true].map(|aside| things(event, &matched.theirs, aside, false));
    let found = [false, true].map(|aside| things(step, &matched.ours, aside, true));
    let none_found = found == [0, 0] && missing != [0, 0];
    missing[0] > 0 && more[0] > 0
        || is_other_object(step, event, matched)
        || missing[1] > 0 && more[1] > 0
        || none_found && more != [0, 0]
        || narrower(event, matched, found != [0, 0] || missing != [0, 0])
}

/// Whether one word of the event would be both what is done and to what, although it names something else that it is done to:
/// `post the announcement` is no video that was posted.
fn is_other_object(step: &Clause, event: &Clause, matched: &Matched) -> bool {
    let acts = |clause: &Clause, found: &[bool]| {
        let all = clause.terms.iter().zip(found);
        all.filter(|(term, found)| !term.acts.is_empty() && **found).count()
    };
    let mut objects = event.terms.iter().zip(&matched.theirs);
    let names_other = objects.any(|(term, found)| {
        term.kind == TermKind::Thing && !term.aside && platform_of(term).is_none() && !*found
    });
    names_other && acts(step, &matched.ours) > acts(event, &matched.theirs)
}

/// Whether additional words make it another thing than the step's: `API gateway` for `API`.
fn narrower(event: &Clause, matched: &Matched, names_thing: bool) -> bool {
    event.terms.iter().enumerate().any(|(place, term)| {
        if matched.theirs[place] || term.aside || term.kind != TermKind::Thing {
            return false;
        }
        let beside = |(other, it): (usize, &&Term)| {
            let behind = other < place;
            matched.theirs[other]
                && it.phrase == term.phrase
                && it.kind != TermKind::Light
                && (behind || names_thing && it.kind != TermKind::Act)
        };
        event.terms.iter().enumerate().any(beside)
    })
}

/// Whether two steps are the same, going by their texts.
pub fn is_same_step(one: &str, other: &str) -> bool {
    let lexicon = Lexicon::default();
    one == other || lexicon.wording(one).likeness(&lexicon.wording(other)) >= CLEAR
}

#[cfg(test)]
mod tests {
    use super::*;

    fn like(one: &str, other: &str) -> f64 {
        let lexicon = Lexicon::of([one]);
        lexicon.wording(one).likeness(&lexicon.wording(other))
    }

    fn carried(step: &str, event: &str) -> f64 {
        let lexicon = Lexicon::of([step]);
        lexicon.wording(step).carried_out_by(&lexicon.wording(event))
    }

    #[test]
    fn what_counts_differently_is_not_alike() {
        assert!(carried("alpha 1", "alpha 1 released") > CLEAR);
        assert!(like("alpha 01", "alpha 1") > CLEAR);
        for (one, other) in [
            ("alpha 1", "alpha 2 released"),
            ("", "alpha"),
            ("Tag 1.8.0", "1.8.0-rc1 tagged"),
            ("Drain nodes 1 and 2", "node 1 drained"),
            ("Roll out", "rolled out to 5%"),
        ] {
            assert_eq!(carried(one, other), 0.0, "{one} / {other}");
        }
        assert!(carried("Tag v1.8.0", "tagged 1.8") > CLEAR);
        assert!(carried("Roll out", "rolled out to 100%") > CLEAR);
    }

    #[test]
    fn a_step_is_the_same_both_ways() {
        for (one, other) in [("Deploy", "Deploy the app"), ("App deploy", "App deploy script")] {
            assert_eq!(like(one, other), like(other, one), "{one} / {other}");
            assert!(like(one, other) < CLEAR, "{one} / {other}");
        }
        assert!((like("앱 배포", "앱을 배포하기") - 1.0).abs() < 1e-9);
    }

    #[test]
    fn what_a_text_denies_is_not_what_another_one_says() {
        let says = |one: &str, other: &str| {
            let lexicon = Lexicon::of([one, other]);
            lexicon.wording(one).shared(&lexicon.wording(other)) >= SHARED
        };
        let expired = "API certificate expired";
        for other in [
            "the API certificate has expired",
            "nobody noticed that the API certificate had expired",
            "API certificate expired because nobody renewed it",
            "API certificate expired, nobody renewed it",
            "not the pool but the API certificate: it expired",
            "it is not that the API certificate had not expired",
        ] {
            assert!(says(expired, other), "{other}");
        }
        for other in [
            "API certificate not expired",
            "API certificate is no longer expired",
            "API certificate hasn't expired",
            "the API certificate had never expired",
            "expired API certificate ruled out",
            "expired API certificate was not the cause",
        ] {
            assert!(!says(expired, other), "{other}");
        }
        for (one, other, same) in [
            ("API 인증서 만료", "API 인증서가 만료되지 않은 것은 아니다", true),
            ("API 인증서 만료", "API 인증서는 만료 안 됨", false),
            ("API 인증서 만료", "API 인증서 만료가 아니라", false),
            ("API 인증서 만료", "갱신하지 않아서 API 인증서 만료", true),
            ("API 인증서 만료", "갱신되지 않아 API 인증서가 만료됨", true),
            ("부하 테스트에 로그인 경로가 빠졌다", "부하 테스트에 로그인 경로가 없었다", true),
            ("load test did not cover login path", "login path missing from load test", true),
            (
                "login path was not missing from load test",
                "login path missing from load test",
                false,
            ),
            ("search index is valid", "search index is not valid", false),
            ("health check was not normal", "health check did not work", true),
        ] {
            assert_eq!(says(one, other), same, "{one} / {other}");
        }
    }

    #[test]
    fn texts_too_long_to_be_one_thing_are_not_alike() {
        let long = format!("Deploy API{}", ", 가나다".repeat(100_000));
        assert_eq!((carried("Deploy API", &long), like(&long, &long)), (0.0, 0.0));
        assert!(carried("Deploy API", &format!("Deploy API{}", ", now".repeat(300))) > CLEAR);
    }

    #[test]
    fn several_things_are_done_one_by_one() {
        let both = "Deploy API and purge cache";
        assert!(carried(both, "purged cache, API deployed") > CLEAR);
        assert!(carried("Purge cache", "API deployed; cache purged") > CLEAR);
        assert_eq!(carried(both, "API deployed"), 0.0);
        assert_eq!(carried("Purge cache", "cache purged, API failed"), 0.0);
    }
}
