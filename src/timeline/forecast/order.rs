//! Topological order, and cycles.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::sheet::SheetStep;

/// Returns the steps in topological order, with the plan's order where dependencies leave it open.
///
/// # Errors
/// Some wait for each other: the indices of those steps.
pub fn in_order(steps: &[SheetStep]) -> Result<Vec<usize>, Vec<usize>> {
    let (mut left, followers) = edges(steps);
    let free = (0..steps.len()).filter(|place| left[*place] == 0);
    let mut free: BinaryHeap<Reverse<usize>> = free.map(Reverse).collect();
    let mut order = Vec::with_capacity(steps.len());
    while let Some(Reverse(place)) = free.pop() {
        order.push(place);
        for follower in &followers[place] {
            left[*follower] -= 1;
            if left[*follower] == 0 {
                free.push(Reverse(*follower));
            }
        }
    }
    if order.len() == steps.len() { Ok(order) } else { Err(circle(steps, &order)) }
}

/// Returns how many steps each waits for, and which wait for it; duplicates count once.
fn edges(steps: &[SheetStep]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); steps.len()];
    let mut left = vec![0; steps.len()];
    for (place, step) in steps.iter().enumerate() {
        for (other, _) in step.after.iter() {
            if followers[*other].last() != Some(&place) {
                followers[*other].push(place);
                left[place] += 1;
            }
        }
    }
    (left, followers)
}

/// Returns the steps of cycles: what only precedes or follows a cycle is removed.
fn circle(steps: &[SheetStep], order: &[usize]) -> Vec<usize> {
    let mut stays = vec![true; steps.len()];
    order.iter().for_each(|place| stays[*place] = false);
    let mut waited = vec![0_usize; steps.len()];
    let (_, followers) = edges(steps);
    for (place, followers) in followers.iter().enumerate() {
        waited[place] = followers.iter().filter(|follower| stays[**follower]).count();
    }
    let mut ends: Vec<usize> =
        (0..steps.len()).filter(|place| stays[*place] && waited[*place] == 0).collect();
    while let Some(place) = ends.pop() {
        stays[place] = false;
        let mut others: Vec<usize> = steps[place].after.iter().map(|(other, _)| *other).collect();
        others.sort_unstable();
        others.dedup();
        for other in others {
            waited[other] -= 1;
            if stays[other] && waited[other] == 0 {
                ends.push(other);
            }
        }
    }
    (0..steps.len()).filter(|place| stays[*place]).collect()
}
