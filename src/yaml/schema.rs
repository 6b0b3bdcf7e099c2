//! What keys mean for the text under them, told by whoever knows the keys.

/// How the values of known keys are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Schema {
    /// Keys whose value is a truth value, written without quotes.
    pub(crate) truth_keys: &'static [&'static str],
    /// Keys whose value may be a day, written without quotes.
    pub(crate) day_keys: &'static [&'static str],
    /// Keys whose mapping is written a line a key.
    pub(crate) mapping_keys: &'static [&'static str],
    /// Keys whose texts are sentences, written a line each.
    pub(crate) sentence_keys: &'static [&'static str],
    /// The order of keys: a missing one goes before those behind it. All others come at the end.
    pub(crate) order: &'static [&'static str],
    /// Whether a text is a day, which other readers would make a date of.
    pub(crate) is_day: fn(&str) -> bool,
    /// Whether a text is a full date with a clock, which YAML 1.1 takes for a time at worst, never
    /// for a number.
    pub(crate) is_time: fn(&str) -> bool,
}

impl Schema {
    /// Returns where a missing key goes among those that are there: before the first of those that it
    /// precedes, else at the end.
    pub(super) fn position_before<'k>(
        &self,
        mut keys: impl Iterator<Item = &'k str>,
        key: &str,
    ) -> Option<usize> {
        let place = self.order.iter().position(|known| *known == key)?;
        keys.position(|k| self.order[place + 1..].contains(&k))
    }
}
