//! What keys mean for the values under them, supplied by callers who know the keys.

/// How the values of known keys are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Schema {
    /// Keys with a boolean value, written without quotes.
    pub(crate) truth_keys: &'static [&'static str],
    /// Keys whose value may be a date, written without quotes.
    pub(crate) day_keys: &'static [&'static str],
    /// Keys whose mapping is written with one key per line.
    pub(crate) mapping_keys: &'static [&'static str],
    /// Keys whose texts are sentences, written one per line.
    pub(crate) sentence_keys: &'static [&'static str],
    /// The order of keys: a missing one goes before those that follow it here. All others go last.
    pub(crate) order: &'static [&'static str],
    /// Whether a text is a date, which other readers would parse as one.
    pub(crate) is_day: fn(&str) -> bool,
    /// Whether a text is a full date with a time of day, which YAML 1.1 at worst takes for a timestamp, never for a
    /// number.
    pub(crate) is_time: fn(&str) -> bool,
}

impl Schema {
    /// Returns the position of a missing key among the existing ones: before the first of those that follow it in the
    /// order, else at the end.
    pub(super) fn position_before<'k>(
        &self,
        mut keys: impl Iterator<Item = &'k str>,
        key: &str,
    ) -> Option<usize> {
        let place = self.order.iter().position(|known| *known == key)?;
        keys.position(|k| self.order[place + 1..].contains(&k))
    }
}
