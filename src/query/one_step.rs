//! Which groups of steps are one step: what several records have in the same words, or in words that mean the same.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::timeline::StepName;

use super::same_words::says_the_same;

/// A step in the records that have it.
#[derive(Debug, Clone, Default)]
pub(super) struct StepGroup<'n, 's> {
    /// The indices of the records.
    pub records: BTreeSet<usize>,
    /// Its names in them, each once.
    pub names: Vec<&'n StepName<'s>>,
}

impl<'n, 's> StepGroup<'n, 's> {
    /// Returns the group of steps, each the index of its record and its own among the names of that.
    pub(super) fn of(steps: &[(usize, usize)], names: &'n [Vec<StepName<'s>>]) -> Self {
        let mut known: HashSet<&StepName> = HashSet::new();
        let named = steps.iter().map(|(record, step)| &names[*record][*step]);
        StepGroup {
            records: steps.iter().map(|(record, _)| *record).collect(),
            names: named.filter(|name| known.insert(name)).collect(),
        }
    }

    /// Whether no record has both: two steps of one plan are two.
    pub(super) fn is_apart(&self, other: &StepGroup) -> bool {
        self.records.is_disjoint(&other.records)
    }

    /// Whether a text of one means the same as one of the other, also in another language.
    pub(super) fn says_the_same(&self, other: &StepGroup) -> bool {
        let says_it = |name: &&StepName| {
            other.names.iter().any(|other| says_the_same(&name.text, &other.text))
        };
        self.names.iter().any(says_it)
    }
}

/// For each group the others that it resembles.
type Near = Vec<BTreeSet<usize>>;

/// Returns for each group those of which a step has the text of one of its own.
pub(super) fn of_one_text(groups: &[StepGroup]) -> Near {
    let mut of_text: HashMap<&str, Vec<(usize, &StepName)>> = HashMap::new();
    let mut near = vec![BTreeSet::new(); groups.len()];
    for (at, group) in groups.iter().enumerate() {
        for name in &group.names {
            let known = of_text.entry(&name.text).or_default();
            for (other, _) in known.iter().filter(|(of, it)| *of != at && name.has_text_of(it)) {
                near[at].insert(*other);
                near[*other].insert(at);
            }
            known.push((at, name));
        }
    }
    near
}

/// Returns for each group those that say the same in other words.
pub(super) fn of_one_meaning(groups: &[StepGroup]) -> Near {
    let mut near = vec![BTreeSet::new(); groups.len()];
    for (at, group) in groups.iter().enumerate() {
        for (other, known) in groups.iter().enumerate().take(at) {
            if group.is_apart(known) && group.says_the_same(known) {
                near[at].insert(other);
                near[other].insert(at);
            }
        }
    }
    near
}

/// Returns, of the groups near to one, those that may be the same step: no record has both, and no step of either's records
/// fits as well, since of two none is more likely.
pub(super) fn partners(
    at: usize,
    near: impl Fn(usize) -> BTreeSet<usize>,
    is_apart: impl Fn(usize, usize) -> bool,
) -> Vec<usize> {
    let near = |of: usize| -> Vec<usize> {
        near(of).into_iter().filter(|other| *other != of && is_apart(of, *other)).collect()
    };
    let found = near(at);
    let is_clear = |one: &usize| {
        let rivals = |of: &[usize], own: usize, other: usize| {
            of.iter().any(|it| *it != own && !is_apart(*it, other))
        };
        !rivals(&found, *one, *one) && !rivals(&near(*one), at, at)
    };
    found.iter().copied().filter(is_clear).collect()
}

/// Returns the groups in sets, each of one step: those near to each other that are [`partners`].
pub(super) fn joined(groups: &[StepGroup], near: &Near) -> Vec<Vec<usize>> {
    let mut sets = Sets {
        near,
        of: (0..groups.len()).collect(),
        members: (0..groups.len()).map(|at| vec![at]).collect(),
        records: groups.iter().map(|group| group.records.clone()).collect(),
    };
    for at in 0..groups.len() {
        while let Some(other) = sets.partner(at) {
            sets.join(at, other);
        }
    }
    sets.members.into_iter().filter(|members| !members.is_empty()).collect()
}

/// Groups that become fewer.
struct Sets<'n> {
    near: &'n Near,
    /// For each group the set it is in.
    of: Vec<usize>,
    members: Vec<Vec<usize>>,
    records: Vec<BTreeSet<usize>>,
}

impl Sets<'_> {
    fn partner(&self, at: usize) -> Option<usize> {
        let near = |set: usize| -> BTreeSet<usize> {
            let members = self.members[set].iter();
            members.flat_map(|member| &self.near[*member]).map(|it| self.of[*it]).collect()
        };
        let is_apart = |one: usize, other: usize| {
            one != other && self.records[one].is_disjoint(&self.records[other])
        };
        partners(at, near, is_apart).first().copied()
    }

    fn join(&mut self, at: usize, other: usize) {
        let members = std::mem::take(&mut self.members[other]);
        members.iter().for_each(|member| self.of[*member] = at);
        self.members[at].extend(members);
        let records = std::mem::take(&mut self.records[other]);
        self.records[at].extend(records);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Joins steps, each the index of its record and its text.
    fn told(steps: &[(usize, &'static str)], near: fn(&[StepGroup]) -> Near) -> Vec<Vec<usize>> {
        let names: Vec<StepName> =
            steps.iter().map(|(_, text)| StepName { id: None, text: (*text).into() }).collect();
        let group = |((record, _), name): (&(usize, _), _)| StepGroup {
            records: BTreeSet::from([*record]),
            names: vec![name],
        };
        let groups: Vec<StepGroup> = steps.iter().zip(&names).map(group).collect();
        joined(&groups, &near(&groups))
    }

    #[test]
    fn steps_are_joined_one_to_one_and_never_within_a_record() {
        for near in [of_one_text, of_one_meaning] {
            assert_eq!(told(&[(0, "a b"), (1, "a b"), (2, "a b")], near), [[0, 1, 2]]);
            assert_eq!(told(&[(0, "a b"), (0, "a b")], near), [[0], [1]]);
            // Of two of one record, none is more likely; and the other way round.
            let two = [vec![0], vec![1], vec![2]];
            assert_eq!(told(&[(0, "a b"), (1, "a b"), (1, "a b")], near), two);
            assert_eq!(told(&[(0, "a b"), (0, "a b"), (1, "a b")], near), two);
        }
        let store = [(0, "Submit to App Store"), (1, "앱스토어에 심사 제출"), (1, "파티")];
        assert_eq!(told(&store, of_one_meaning), [vec![0, 1], vec![2]]);
        assert_eq!(told(&store, of_one_text), [[0], [1], [2]]);
    }
}
