//! Distributes work on many records over several threads.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Below this number of records, more threads cost more than they gain.
const FEW: usize = 8;

/// Returns the number of threads for a number of records.
pub(super) fn workers(records: usize) -> usize {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from).min(16);
    if records < FEW { 1 } else { cores() }
}

/// Returns the results of `work` for each of `items`, in order, without those that are `None`.
pub(super) fn at_once<I: Sync, T: Send>(
    items: &[I],
    workers: usize,
    work: impl Fn(&I) -> Option<T> + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let made = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(place) = Some(next.fetch_add(1, Ordering::Relaxed))
                    && let Some(item) = items.get(place)
                {
                    if let Some(one) = work(item) {
                        // A poisoned lock still holds the results.
                        made.lock().unwrap_or_else(|e| e.into_inner()).push((place, one));
                    }
                }
            });
        }
    });
    let mut made = made.into_inner().unwrap_or_else(|e| e.into_inner());
    made.sort_by_key(|(place, _)| *place);
    made.into_iter().map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_keep_the_order_of_the_questions() {
        let items: Vec<u32> = (0..1000).collect();
        let even = |item: &u32| item.is_multiple_of(2).then_some(*item);
        let expected: Vec<u32> = (0..1000).step_by(2).collect();
        for workers in [1, 8] {
            assert_eq!(at_once(&items, workers, even), expected);
        }
        assert_eq!(at_once(&[], 8, even), Vec::<u32>::new());
    }
}
