//! The addresses of a record's files in pages.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Returns a file of the record as a data address.
pub type Inside = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Where a page finds the record's files.
#[derive(Clone, Default)]
pub struct Files {
    /// The address of the folder, for pages whose files are beside them.
    pub address: String,
    /// Embeds files, for self-contained pages.
    pub inside: Option<Inside>,
}

impl Files {
    /// Returns the address of a file; `None` if it is to be embedded but does not exist.
    pub(super) fn url(&self, name: &str) -> Option<String> {
        match &self.inside {
            Some(inside) => inside(name),
            None => Some(format!("{}/{name}", self.address)),
        }
    }
}

/// The data addresses of embedded files, which are inserted after everything else is written. A template's work grows
/// with every byte that it passes on, and twenty photos have more bytes than all texts of a record.
pub(super) struct HeldBack {
    /// The prefix of a placeholder, which no text can guess.
    sign: String,
    /// The names of the embedded files, each with its address.
    taken: Arc<Mutex<Vec<(String, String)>>>,
}

/// The number of digits in a placeholder.
const DIGITS: usize = 8;

impl HeldBack {
    /// Returns the files with a short placeholder for each embedded one, and the object that replaces the placeholders.
    pub(super) fn of(files: &Files) -> (Files, HeldBack) {
        let sign = format!("data:asrun,{:016x}", RandomState::new().build_hasher().finish());
        let held = HeldBack { sign, taken: Arc::default() };
        let inside = files.inside.clone().map(|inside| {
            let (sign, taken) = (held.sign.clone(), Arc::clone(&held.taken));
            let short: Inside = Arc::new(move |name: &str| {
                let mut taken = locked(&taken);
                let known = taken.iter().position(|(known, _)| known == name);
                let number = known.unwrap_or(taken.len());
                if known.is_none() {
                    taken.push((name.to_owned(), inside(name)?));
                }
                Some(format!("{sign}{number:0DIGITS$x}"))
            });
            short
        });
        (Files { address: files.address.clone(), inside }, held)
    }

    /// Returns the page with the real addresses instead of placeholders.
    pub(super) fn put_in(&self, page: String) -> String {
        let taken = locked(&self.taken);
        if taken.is_empty() {
            return page;
        }
        let mut parts = page.split(&self.sign);
        let mut out = parts.next().unwrap_or("").to_owned();
        for part in parts {
            let (number, rest) = part.split_at_checked(DIGITS).unwrap_or((part, ""));
            let number = usize::from_str_radix(number, 16).ok();
            let address = number.and_then(|number| taken.get(number));
            out.push_str(address.map_or("", |(_, address)| address));
            out.push_str(rest);
        }
        out
    }
}

/// Returns the locked value, even if the lock is poisoned.
fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn files_in_a_page_cost_its_template_nothing_and_are_read_once() {
        let reads = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&reads);
        let inside: Inside = Arc::new(move |name: &str| {
            counted.fetch_add(1, Ordering::Relaxed);
            (name != "gone.png").then(|| format!("data:image/png;base64,{}", name.repeat(100_000)))
        });
        let files = Files { address: "a".to_owned(), inside: Some(inside) };
        let (short, held) = HeldBack::of(&files);
        let of = |name: &str| short.url(name).unwrap_or_default();
        let page = |of: &dyn Fn(&str) -> String| {
            format!("<{}> data:asrun,0 {} {}", of("1.png"), of("2.png"), of("1.png"))
        };
        let shown = page(&of);
        assert!(shown.len() < 200, "{shown}");
        assert_eq!(short.url("gone.png"), None);
        assert_eq!(reads.load(Ordering::Relaxed), 3);
        let whole = held.put_in(shown);
        assert!(whole == page(&|name| files.url(name).unwrap()), "{:.200}", whole);
    }
}
