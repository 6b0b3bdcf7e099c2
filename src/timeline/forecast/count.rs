//! Statistics of a few values.

/// Returns the range of 80 % of sorted values, its ends rounded outward; `None` if they are too few.
pub(super) fn range80(sorted: &[i64]) -> Option<(i64, i64)> {
    Some((quantile(sorted, (1, 10))?.0, quantile(sorted, (9, 10))?.1))
}

/// A fraction: numerator and denominator.
type Part = (i64, i64);

/// Returns the median of sorted values; of the middle two the mean, truncated; `None` if there are none.
pub fn middle(sorted: &[i64]) -> Option<i64> {
    let half = sorted.len() / 2;
    let upper = *sorted.get(half)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    Some((sorted[half - 1] + upper).div_euclid(2))
}

/// Returns the value at position p (n + 1) of sorted values, interpolated linearly, rounded down and up; `None` if
/// there is no such position.
fn quantile(sorted: &[i64], (part, of): Part) -> Option<(i64, i64)> {
    let n = i64::try_from(sorted.len()).ok()?;
    let position = part * (n + 1);
    if position < of || position > n * of {
        return None;
    }
    let (below, rest) = (position / of, position % of);
    let low = *sorted.get(usize::try_from(below - 1).ok()?)?;
    if rest == 0 {
        return Some((low, low));
    }
    let step = (sorted.get(usize::try_from(below).ok()?)? - low) * rest;
    Some((low + step.div_euclid(of), low - (-step).div_euclid(of)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_are_cut_to_the_minute() {
        for (values, expected) in [
            (&[][..], None),
            (&[5], Some(5)),
            (&[1, 3], Some(2)),
            (&[1, 4], Some(2)),
            (&[-1, 0], Some(-1)),
            (&[1, 5, 9], Some(5)),
        ] {
            assert_eq!(middle(values), expected, "{values:?}");
        }
    }

    #[test]
    fn quantiles_lie_between_values_and_are_never_invented() {
        let values: Vec<i64> = (1..=9).map(|n| n * 10).collect();
        assert_eq!(quantile(&values, (1, 10)), Some((10, 10)));
        assert_eq!(quantile(&values, (9, 10)), Some((90, 90)));
        assert_eq!(quantile(&values[..8], (1, 10)), None);
        assert_eq!(quantile(&values[..8], (9, 10)), None);
        let twelve: Vec<i64> = (1..=12).map(|n| n * 10).collect();
        assert_eq!(quantile(&twelve, (1, 10)), Some((13, 13)));
        assert_eq!(quantile(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], (1, 10)), Some((0, 1)));
    }
}
