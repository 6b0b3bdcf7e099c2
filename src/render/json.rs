//! Views as JSON.

use std::borrow::Cow;

use serde::Serialize;

/// Returns pretty-printed JSON with a final line end.
pub fn to_json<T: Serialize>(view: &T) -> String {
    let mut json = serde_json::to_string_pretty(view).unwrap_or_else(|fault| {
        // Views contain only texts, numbers and lists, all of which JSON can represent.
        format!("{{\"error\": \"{fault}\"}}")
    });
    json.push('\n');
    all_visible(json)
}

/// Returns JSON on one line, with a final line end.
pub(super) fn line<T: Serialize>(view: &T) -> String {
    let mut json = serde_json::to_string(view).unwrap_or_default();
    json.push('\n');
    all_visible(json)
}

/// Escapes characters that JSON allows raw but terminals act on. They only occur in strings, where an escape means the
/// same.
fn all_visible(json: String) -> String {
    if !json.chars().any(is_hidden) {
        return json;
    }
    let visible = |c: char| -> Cow<'static, str> {
        if is_hidden(c) { format!("\\u{:04x}", u32::from(c)).into() } else { c.to_string().into() }
    };
    json.chars().map(visible).collect()
}

fn is_hidden(c: char) -> bool {
    c.is_control() && c != '\n' || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use schemars::{JsonSchema, schema_for};

    use super::super::rows::Answer;
    use super::to_json;
    use crate::view::{
        ActionRow, BriefView, ChangeView, ComparisonView, FindingsView, ForgottenView, HeaderView,
        HitRow, ImportView, LessonRow, ListRow, PastRow, RecordView, ScheduleView, SeenRow,
        StatsView,
    };

    fn schema<T: JsonSchema>(name: &str) -> (String, String) {
        let mut schema = schema_for!(T);
        schema.insert("title".to_owned(), format!("asrun {name}").into());
        (format!("{}.json", name.replace(' ', "-")), to_json(&schema))
    }

    /// `SCHEMAS=overwrite cargo test --lib published` writes the schemas anew. A change that removes something needs a
    /// new version number in `view`.
    #[test]
    fn published_schemas_are_those_of_what_is_printed() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema");
        for (name, schema) in [
            schema::<Answer<ListRow>>("list"),
            schema::<Answer<HitRow>>("search"),
            schema::<Answer<PastRow>>("history"),
            schema::<Answer<ActionRow>>("actions"),
            schema::<Answer<LessonRow>>("lessons"),
            schema::<Answer<SeenRow>>("lessons seen"),
            schema::<StatsView>("stats"),
            schema::<FindingsView>("check"),
            schema::<HeaderView>("get"),
            schema::<ForgottenView>("forget"),
            schema::<ChangeView>("change"),
            schema::<ImportView>("import"),
            schema::<RecordView>("show"),
            schema::<BriefView>("brief"),
            schema::<ScheduleView>("compare"),
            schema::<ComparisonView>("compare releases"),
        ] {
            if std::env::var("SCHEMAS").is_ok_and(|value| value == "overwrite") {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(folder.join(&name), &schema).unwrap();
            }
            let published = std::fs::read_to_string(folder.join(&name)).unwrap_or_default();
            assert!(published == schema, "docs/schema/{name} is not what is printed");
        }
    }
}
