//! Discord: a channel as DiscordChatExporter writes it in JSON.

use serde_json::Value;

use super::chat;
use crate::fault::{DoubtCode, ImportFault, WhyLeft};

use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::json::{Json, Node, Said};
use super::text::text_of;

/// What somebody wrote; all other types are Discord's own words.
const WRITTEN: [&str; 4] = ["Default", "Reply", "ChatInputCommand", "ContextMenuCommand"];

/// Reads the messages of a channel, or of several files of one.
///
/// # Errors
/// It is no such file.
pub(super) fn read(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut gathered = DraftBuilder::new(answers);
    for input in inputs {
        let text = text_of(input, answers)?;
        let json = Json::read(&input.name, &text)?;
        let root = json.root()?;
        let Some(channel) = root.value.word("channel.id") else { continue };
        if gathered.is_empty() {
            let name = root.value.text("channel.name").unwrap_or(&channel);
            gathered.begin(format!("#{name}"));
        }
        let is_part =
            ["dateRange.after", "dateRange.before"].iter().any(|it| root.value.at(it).is_some());
        if is_part {
            gathered.doubt(DoubtCode::MorePages, root.place, &input.name);
        }
        for message in json.under(&root, "messages")? {
            take(&mut gathered, &channel, &message);
        }
    }
    Ok(gathered.finish())
}

fn take(gathered: &mut DraftBuilder<'_>, channel: &str, message: &Node<'_>) {
    let (value, place) = (&message.value, message.place);
    let id = value.word("id").unwrap_or_default();
    let text = text(value);
    let kind = value.word("type").unwrap_or_default();
    if !WRITTEN.contains(&kind.as_str()) {
        return gathered.leave(place, text, WhyLeft::Noise);
    }
    let written = value.text("timestamp").unwrap_or_default();
    let Some(at) = gathered.time(written, place) else {
        return gathered.leave(place, format!("{written} {text}"), WhyLeft::NoTime);
    };
    let mut event = chat::event(at, &text);
    event.by = author(value);
    event.key = value.is_true("isPinned");
    event.source = Some(format!("discord:{channel}:{id}"));
    if !gathered.event(event, place, written) {
        return;
    }
    if value.at("timestampEdited").is_some() {
        gathered.doubt(DoubtCode::Edited, place, &id);
    }
    for file in value.list("attachments") {
        let name = file.text("fileName").or_else(|| file.text("url")).unwrap_or(&id);
        gathered.doubt(DoubtCode::FileNotInExport, place, name);
    }
    let given = value.list("reactions").iter().filter_map(|reaction| {
        // An emoji of the server has an id; any other one is a sign of its own.
        let name = reaction.text("emoji.name")?;
        let is_own = reaction.text("emoji.id").is_some();
        let people = reaction.list("users").iter();
        let people = people.filter_map(|it| it.text("nickname").or_else(|| it.text("name")));
        let sign = if is_own { format!(":{name}:") } else { name.to_owned() };
        Some((sign, people.map(str::to_owned).collect()))
    });
    if let Some(said) = chat::reactions(given) {
        gathered.leave(place, said, WhyLeft::NotTaken);
    }
}

/// Returns what somebody is called on the server.
fn author(value: &Value) -> Option<String> {
    value.text("author.nickname").or_else(|| value.text("author.name")).map(str::to_owned)
}

/// Returns what a message says; of one without words, what is embedded in it or its files are called.
fn text(value: &Value) -> String {
    let said = |keys: &str, names: &[&str]| {
        let first = |item: &Value| names.iter().find_map(|name| item.text(name)).map(str::to_owned);
        let said: Vec<String> = value.list(keys).iter().filter_map(first).collect();
        (!said.is_empty()).then(|| said.join("\n"))
    };
    let own = value.text("content").map(str::to_owned);
    let embedded = || said("embeds", &["title", "description"]);
    let files = || said("attachments", &["fileName"]);
    let stickers = || said("stickers", &["name"]);
    let raw = own.or_else(embedded).or_else(files).or_else(stickers).unwrap_or_default();
    with_names(&raw)
}

/// Returns a text with the names of its own emoji for their marks: `<:ok:99>` is `:ok:`.
fn with_names(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        match emoji(&rest[..end]) {
            Some(name) => {
                plain.push_str(name);
                rest = &rest[end..];
            }
            None => {
                plain.push('<');
                rest = &rest[1..];
            }
        }
    }
    plain + rest
}

/// Returns the name in a mark of an emoji, with its colons.
fn emoji(mark: &str) -> Option<&str> {
    let inside = mark.strip_prefix('<')?.strip_suffix('>')?;
    let inside = inside.strip_prefix('a').unwrap_or(inside);
    let (name, id) = inside.rsplit_once(':')?;
    let is_name =
        name.len() > 1 && name[1..].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let is_id = !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
    (name.starts_with(':') && is_name && is_id).then(|| &inside[..=name.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_are_told_by_their_names() {
        let cases = [
            ("restarted <:ok:99>", "restarted :ok:"),
            ("<a:party:1><:x:2>", ":party::x:"),
            ("1 < 2 > 0 <:no:> <b>", "1 < 2 > 0 <:no:> <b>"),
            ("한 <", "한 <"),
        ];
        for (raw, plain) in cases {
            assert_eq!(with_names(raw), plain);
        }
    }
}
