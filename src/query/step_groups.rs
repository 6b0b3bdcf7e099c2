//! The steps of many records, each step with itself.

use std::collections::{HashMap, HashSet};

use crate::timeline::{Aliases, StepName};

use super::one_step::{StepGroup, joined, of_one_text};
use super::texts::{Texts, clear_pairs};

/// Returns the steps of records in groups, each of the same step in every record that has it: the index of the record
/// and that of the step. As in a comparison, steps are the same if they have the same id ([`StepName::has_id_of`]), else
/// if they are aliases, or their texts are clearly similar and no other text is more so, or equal: what an id keeps together
/// with other words may be the same as what has none.
pub(super) fn step_groups(
    records: &[Vec<StepName>],
    aliases: &Aliases,
) -> Vec<Vec<(usize, usize)>> {
    let (names, places) = each_once(records);
    let texts: Vec<&str> = names.iter().map(|name| name.text.as_ref()).collect();
    let texts = Texts::of(&texts, aliases);
    let mut found = Found { texts, names, of: HashMap::new(), groups: Vec::new() };
    let mut groups: Vec<Vec<(usize, usize)>> = Vec::new();
    for (record, places) in places.iter().enumerate() {
        found.add(places);
        groups.resize_with(found.groups.len(), Vec::new);
        for (step, place) in places.iter().enumerate() {
            groups[found.of[place]].push((record, step));
        }
    }
    let named: Vec<StepGroup> = groups.iter().map(|it| StepGroup::of(it, records)).collect();
    let sets = joined(&named, &of_one_text(&named)).into_iter();
    let steps = sets.map(|set| {
        let mut steps: Vec<_> = set.into_iter().flat_map(|at| groups[at].clone()).collect();
        steps.sort_unstable();
        steps
    });
    steps.collect()
}

/// Returns all names, each once, and for each record the indices of those of its steps.
fn each_once<'n, 's>(records: &'n [Vec<StepName<'s>>]) -> (Vec<&'n StepName<'s>>, Vec<Vec<usize>>) {
    let mut names: Vec<&StepName> = Vec::new();
    let mut known: HashMap<&StepName, usize> = HashMap::new();
    let mut places = Vec::new();
    for record in records {
        let of_record = record.iter().map(|name| {
            *known.entry(name).or_insert_with(|| {
                names.push(name);
                names.len() - 1
            })
        });
        places.push(of_record.collect());
    }
    (names, places)
}

/// The groups found so far.
struct Found<'n, 's> {
    names: Vec<&'n StepName<'s>>,
    texts: Texts,
    /// For each name its group.
    of: HashMap<usize, usize>,
    /// For each group its names.
    groups: Vec<Vec<usize>>,
}

impl Found<'_, '_> {
    /// Adds the names of a record's steps.
    fn add(&mut self, places: &[usize]) {
        let mut taken: HashSet<usize> =
            places.iter().filter_map(|place| self.of.get(place).copied()).collect();
        let mut open: Vec<usize> =
            places.iter().copied().filter(|place| !self.of.contains_key(place)).collect();
        open.sort_unstable();
        open.dedup();
        open.retain(|place| match self.by_id(*place).filter(|group| taken.insert(*group)) {
            Some(group) => {
                self.put(*place, group);
                false
            }
            None => true,
        });
        for (group, place) in self.by_words(&open, &taken) {
            self.put(place, group);
        }
        for place in open {
            if !self.of.contains_key(&place) {
                self.groups.push(Vec::new());
                self.put(place, self.groups.len() - 1);
            }
        }
    }

    fn put(&mut self, place: usize, group: usize) {
        self.of.insert(place, group);
        self.groups[group].push(place);
    }

    fn by_id(&self, place: usize) -> Option<usize> {
        let name = self.names[place];
        name.id?;
        let has = |group: &Vec<usize>| group.iter().any(|it| name.has_id_of(self.names[*it]));
        self.groups.iter().position(has)
    }

    /// Returns clear pairs of a group and a name, none used twice.
    fn by_words(&self, open: &[usize], taken: &HashSet<usize>) -> Vec<(usize, usize)> {
        let like = |place: usize, group: &Vec<usize>| {
            group.iter().map(|other| self.texts.likeness(place, *other)).fold(0.0, f64::max)
        };
        let free = || self.groups.iter().enumerate().filter(|(group, _)| !taken.contains(group));
        let pairs = open
            .iter()
            .flat_map(|place| free().map(|(number, group)| (like(*place, group), number, *place)));
        clear_pairs(pairs.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_one_by_its_words_and_two_by_an_id_that_nobody_chose() {
        let record = |steps: &[(&'static str, &'static str)]| -> Vec<StepName<'static>> {
            let name = |(id, text): &(&'static str, &'static str)| StepName {
                id: (!id.is_empty()).then_some(*id),
                text: (*text).into(),
            };
            steps.iter().map(name).collect()
        };
        let records = [
            record(&[("deploy-the", "Deploy the website"), ("row-3", "Submit to App Store")]),
            record(&[("deploy-the", "Deploy the backend"), ("line-9", "Submitted to App Store")]),
            record(&[("site", "Website deployment"), ("", "Submit to App Store")]),
            record(&[("site", "Go live"), ("row-3", "Submit to Play Store")]),
            // The id is that of the words before they were edited.
            record(&[("submit-for-app", "Submit for App Review")]),
            record(&[("submit-for-app", "Submit to App Store")]),
        ];
        let text = |(record, step): &(usize, usize)| records[*record][*step].text.to_string();
        let told: Vec<Vec<String>> = step_groups(&records, &Aliases::default())
            .iter()
            .map(|group| group.iter().map(text).collect())
            .collect();
        assert_eq!(
            told,
            [
                vec!["Deploy the website", "Website deployment", "Go live"],
                vec![
                    "Submit to App Store",
                    "Submitted to App Store",
                    "Submit to App Store",
                    "Submit for App Review",
                    "Submit to App Store",
                ],
                vec!["Deploy the backend"],
                vec!["Submit to Play Store"],
            ]
        );
    }
}
