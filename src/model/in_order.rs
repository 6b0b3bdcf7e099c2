//! Entries in chronological order, into which vaguer ones are inserted. Long rows are stored in blocks with bounds, so
//! that a place is found without examining every entry.

use std::collections::BTreeSet;

use super::moment::{Moment, Precision};

/// Entries per block after a rebuild; a block may grow to twice as many.
const BLOCK: usize = 512;

type Instant = chrono::DateTime<chrono::Utc>;

/// The time span of a moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    day: super::moment::Day,
    first: Instant,
    behind: Instant,
    /// Whether it is compared by calendar days.
    by_day: bool,
}

impl Bounds {
    pub(super) fn of(at: Moment) -> Bounds {
        let (first, behind) = at.bounds();
        Bounds { day: at.day(), first, behind, by_day: at.precision() == Precision::Day }
    }

    /// Returns whether it is certainly before the other one, by the rules of [`Moment::is_before`].
    fn is_before(&self, other: &Bounds) -> bool {
        match self.by_day || other.by_day {
            true => self.day < other.day,
            false => self.behind <= other.first,
        }
    }
}

/// A run of adjacent entries, as indices into the written order.
#[derive(Default)]
struct Block {
    places: Vec<usize>,
    /// The earliest end and the latest start: of clock times, of days, of both by day.
    over: Option<Instant>,
    begun: Option<Instant>,
    days: Option<(super::moment::Day, super::moment::Day)>,
    any: Option<(super::moment::Day, super::moment::Day)>,
}

impl Block {
    fn note(&mut self, bounds: Option<Bounds>) {
        let Some(Bounds { day, first, behind, by_day }) = bounds else { return };
        let wider = |ends: Option<(_, _)>| match ends {
            Some((least, most)) => Some((day.min(least), day.max(most))),
            None => Some((day, day)),
        };
        self.any = wider(self.any);
        if by_day {
            self.days = wider(self.days);
        } else {
            self.over = Some(self.over.map_or(behind, |over| over.min(behind)));
            self.begun = self.begun.max(Some(first));
        }
    }

    /// Returns whether any entry in it is certainly before that one.
    fn has_before(&self, other: &Bounds) -> bool {
        let days = if other.by_day { self.any } else { self.days };
        let over = self.over.filter(|_| !other.by_day);
        days.is_some_and(|(least, _)| least < other.day)
            || over.is_some_and(|over| over <= other.first)
    }

    /// Returns whether that one is certainly before any entry in it.
    fn has_behind(&self, other: &Bounds) -> bool {
        let days = if other.by_day { self.any } else { self.days };
        let begun = self.begun.filter(|_| !other.by_day);
        days.is_some_and(|(_, most)| other.day < most)
            || begun.is_some_and(|begun| other.behind <= begun)
    }
}

/// A position in the row: a block, and the index in it.
type Spot = (usize, usize);

/// Entries in order, as indices into the written order.
pub(super) struct Row {
    blocks: Vec<Block>,
    /// The block of each entry that is in the row.
    block_of: Vec<usize>,
    present: BTreeSet<usize>,
    bounds: Vec<Option<Bounds>>,
}

impl Row {
    /// Returns a row of entries that are in order already, each an index into `bounds`.
    pub(super) fn of(places: Vec<usize>, bounds: Vec<Option<Bounds>>) -> Row {
        let (block_of, present) = (vec![0; bounds.len()], places.iter().copied().collect());
        let mut row = Row { blocks: Vec::new(), block_of, present, bounds };
        row.deal(places);
        row
    }

    /// Iterates over the indices in the order of the row.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        self.blocks.iter().flat_map(|block| block.places.iter().copied())
    }

    /// Inserts a vague entry after the one written before it, or where certain times require.
    pub(super) fn put(&mut self, place: usize) {
        let (block, index) = self.spot_of(place);
        self.blocks[block].places.insert(index, place);
        self.blocks[block].note(self.bounds[place]);
        self.block_of[place] = block;
        self.present.insert(place);
        if self.blocks[block].places.len() > 2 * BLOCK {
            let places = self.places().collect();
            self.deal(places);
        }
    }

    fn deal(&mut self, places: Vec<usize>) {
        self.blocks = vec![Block::default()];
        for place in places {
            if self.blocks.last().is_some_and(|block| block.places.len() == BLOCK) {
                self.blocks.push(Block::default());
            }
            self.block_of[place] = self.blocks.len() - 1;
            if let Some(block) = self.blocks.last_mut() {
                looked(1);
                block.places.push(place);
                block.note(self.bounds[place]);
            }
        }
    }

    fn spot_of(&self, place: usize) -> Spot {
        let end = (self.blocks.len() - 1, self.blocks.last().map_or(0, |block| block.places.len()));
        let vague = self.bounds[place];
        let low = vague.and_then(|vague| self.behind_the_last_before(&vague)).unwrap_or((0, 0));
        let high = vague.and_then(|vague| self.first_behind(&vague)).unwrap_or(end);
        let written_before = self.present.range(..place).next_back();
        let wanted = match written_before {
            Some(before) => {
                let (block, index) = self.spot(*before);
                (block, index + 1)
            }
            None => self.present.range(place..).next().map_or((0, 0), |next| self.spot(*next)),
        };
        wanted.max(low).min(high)
    }

    /// Returns the position of an entry in the row.
    fn spot(&self, place: usize) -> Spot {
        let block = self.block_of[place];
        let places = &self.blocks[block].places;
        looked(places.len());
        (block, places.iter().position(|other| *other == place).unwrap_or(0))
    }

    fn behind_the_last_before(&self, vague: &Bounds) -> Option<Spot> {
        looked(self.blocks.len() + BLOCK);
        let block = self.blocks.iter().rposition(|block| block.has_before(vague))?;
        let before = |place: &usize| self.bounds[*place].is_some_and(|it| it.is_before(vague));
        Some((block, self.blocks[block].places.iter().rposition(before)? + 1))
    }

    fn first_behind(&self, vague: &Bounds) -> Option<Spot> {
        looked(self.blocks.len() + BLOCK);
        let block = self.blocks.iter().position(|block| block.has_behind(vague))?;
        let behind = |place: &usize| self.bounds[*place].is_some_and(|it| vague.is_before(&it));
        Some((block, self.blocks[block].places.iter().position(behind)?))
    }
}

/// Counts the entries that are examined, in tests.
fn looked(_at: usize) {
    #[cfg(test)]
    tests::LOOKS.set(tests::LOOKS.get() + _at);
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::super::{Zone, in_time};
    use super::*;

    thread_local! {
        pub(super) static LOOKS: Cell<usize> = const { Cell::new(0) };
    }

    /// Returns pseudo-random numbers that are the same on every run.
    fn chance(seed: &mut u64, below: u64) -> u64 {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        (*seed >> 16) % below
    }

    fn times(seed: u64, count: usize, days: u64) -> Vec<Option<Moment>> {
        let (mut seed, zone) = (seed * 7919 + 1, Zone::parse("Asia/Seoul"));
        let mut time = |_| {
            let day = format!("2024-09-{:02}", 1 + chance(&mut seed, days));
            let clock = format!("{:02}:{:02}", chance(&mut seed, 24), chance(&mut seed, 60));
            let parse = |text: &str| Moment::parse(text, zone).ok();
            match chance(&mut seed, 8) {
                0 => None,
                1..=3 => parse(&day),
                4 => parse(&format!("{day} {clock}")).map(|at| at.by_the_hour()),
                5 => parse(&format!("{day}T{clock}-10:00")),
                _ => parse(&format!("{day} {clock}")),
            }
        };
        (0..count).map(&mut time).collect()
    }

    /// Computes the result by examining every entry.
    fn the_long_way(times: &[Option<Moment>]) -> Vec<usize> {
        let before =
            |a: usize, b: usize| times[a].zip(times[b]).is_some_and(|(a, b)| a.is_before(&b));
        let fine =
            |place: &usize| times[*place].is_some_and(|at| at.precision() >= Precision::Minute);
        let (mut row, mut vague): (Vec<usize>, Vec<usize>) = (0..times.len()).partition(fine);
        row.sort_by_key(|place| times[*place].map(|at| at.earliest()));
        vague.sort_by_key(|place| std::cmp::Reverse(times[*place].map(|at| at.precision())));
        for place in vague {
            let low = row.iter().rposition(|other| before(*other, place)).map_or(0, |at| at + 1);
            let high = row.iter().position(|other| before(place, *other)).unwrap_or(row.len());
            let last = row.iter().copied().filter(|other| *other < place).max();
            let next = row.iter().copied().filter(|other| *other > place).min();
            let spot = |of: usize| row.iter().position(|other| *other == of).unwrap();
            let wanted = last.map(|last| spot(last) + 1).or(next.map(spot)).unwrap_or(0);
            row.insert(wanted.max(low).min(high), place);
        }
        row
    }

    #[test]
    fn entries_are_placed_as_if_every_one_were_compared() {
        for (seed, count, days) in (1..150)
            .map(|seed| (seed, 1 + seed as usize % 40, 1 + seed % 20))
            .chain([(7, 1600, 20), (8, 1100, 3), (9, 1100, 1)])
        {
            let times = times(seed, count, days);
            let places: Vec<usize> = (0..count).collect();
            assert_eq!(in_time(places, |place| times[*place]), the_long_way(&times), "{seed}");
        }
    }

    #[test]
    fn work_does_not_grow_with_the_square_of_the_entries() {
        let looks = |count: usize| {
            let (times, before) = (times(3, count, 28), LOOKS.get());
            in_time((0..count).collect(), |place: &usize| times[*place]);
            LOOKS.get() - before
        };
        let (few, many) = (looks(2_000), looks(40_000));
        // Twenty times as many entries; comparing all with all would take four hundred times as much.
        assert!(many < few * 40, "{few} {many}");
    }
}
