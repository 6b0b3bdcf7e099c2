//! The ids that asrun makes for steps that nobody named, and whether an id is one of these.

/// Up to this many characters, the first words of a text are the id.
const SHORT: usize = 16;
/// The most characters of an id that is longer because its words would say nothing, or a shorter one is taken.
const LONG: usize = 32;
/// Words that no id ends with: `deploy-the` could be anything.
const OPEN: [&str; 18] = [
    "a", "an", "and", "at", "by", "for", "from", "in", "into", "of", "off", "on", "or", "our",
    "the", "to", "up", "with",
];
/// What stands before the number of a row, a line or a step that an id is made of.
const PLACES: [&str; 3] = ["row", "line", "step"];

/// Iterates over ids for a step with this text, the best first: its first words, more of them, then numbered ones.
/// There is always another one.
pub fn made_step_ids(text: &str) -> impl Iterator<Item = String> + use<> {
    let all = prefixes(text);
    let least = short(&all);
    let is_open = |id: &&String| OPEN.contains(&id.rsplit('-').next().unwrap_or(""));
    let longer = all.iter().skip(least);
    let longer = longer.take_while(|id| id.chars().count() <= LONG);
    let mut told: Vec<String> = longer.clone().filter(|id| !is_open(id)).cloned().collect();
    if told.is_empty() {
        told.push(all.get(least).cloned().unwrap_or_else(|| "step".to_owned()));
    }
    let base = told[0].clone();
    told.into_iter().chain((2..).map(move |number| format!("{base}-{number}")))
}

/// Whether an id says no more than the text of its step or its place, so that asrun may have made it: nobody chose it,
/// and two steps may have the same one by chance.
pub fn is_made_step_id(id: &str, text: &str) -> bool {
    let stem = id.rsplit_once('-').filter(|(_, number)| is_number(number)).map(|(stem, _)| stem);
    if id == "step" || stem.is_some_and(|stem| PLACES.contains(&stem)) {
        return true;
    }
    let all = prefixes(text);
    let is_it = |made: &String| made == id || Some(made.as_str()) == stem;
    all.iter().skip(short(&all)).any(is_it)
}

/// Returns the first word of a text, its first two, and so on, as ids.
fn prefixes(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut all: Vec<String> = Vec::new();
    for word in words {
        let word = word.to_lowercase();
        let next = match all.last() {
            None => word.chars().take(SHORT).collect(),
            Some(before) => format!("{before}-{word}"),
        };
        // Nothing longer becomes an id.
        let is_long = next.len() > LONG * 4;
        all.push(next);
        if is_long {
            break;
        }
    }
    all
}

/// Returns the index of the longest short one.
fn short(all: &[String]) -> usize {
    let is_long = |id: &String| id.chars().count() > SHORT;
    all.iter().skip(1).position(is_long).unwrap_or(all.len().saturating_sub(1))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_enough_words_to_say_what_is_done() {
        for (text, ids) in [
            ("앱 배포", ["앱-배포", "앱-배포-2"]),
            ("Deploy", ["deploy", "deploy-2"]),
            ("!?", ["step", "step-2"]),
            ("abcdefghijklmnopqrst", ["abcdefghijklmnop", "abcdefghijklmnop-2"]),
            ("Remove the flag everywhere", ["remove-the-flag", "remove-the-flag-everywhere"]),
            ("Deploy the backend", ["deploy-the-backend", "deploy-the-backend-2"]),
            ("Submit to App Store", ["submit-to-app", "submit-to-app-store"]),
            (
                "Deploy the internationalisation-service-of-all",
                ["deploy-the-internationalisation", "deploy-the-internationalisation-2"],
            ),
            ("on the", ["on-the", "on-the-2"]),
        ] {
            assert_eq!(made_step_ids(text).take(2).collect::<Vec<_>>(), ids, "{text}");
        }
    }

    #[test]
    fn an_id_that_somebody_chose_is_told_from_a_made_one() {
        for (id, text, is_made) in [
            ("deploy-the", "Deploy the website", true),
            ("deploy-the-2", "Deploy the website", true),
            ("deploy-the-website", "Deploy the website", true),
            ("row-2", "Deploy", true),
            ("line-19", "Deploy", true),
            ("step-3", "Deploy", true),
            ("deploy", "Deploy", true),
            ("deploy", "Deploy the website", false),
            ("website", "Deploy the website", false),
            ("deploy-the-api", "Deploy the website", false),
            ("row", "Deploy", false),
            ("배포", "앱 배포", false),
            ("앱-배포", "앱 배포", true),
        ] {
            assert_eq!(is_made_step_id(id, text), is_made, "{id}: {text}");
        }
    }
}
