//! Slack: the export of a workspace, as an archive or as its folder. A channel is a folder with a file of messages for
//! each day in the workspace's zone; a message's `ts` is its id and its time.

use std::collections::HashMap;

use serde_json::Value;

use crate::model::Day;

use super::archive::Files;
use super::chat;
use crate::fault::{DoubtCode, ExportFault, ImportFault, WhyLeft};

use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::json::{Json, JsonFields, Node};
use super::text::decoded;

/// Types of messages about people joining or leaving, or about changed names.
const NOISE: [&str; 34] = [
    "app_conversation_join",
    "app_conversation_leave",
    "channel_canvas_updated",
    "channel_convert_to_public",
    "channel_posting_permissions",
    "group_archive",
    "group_unarchive",
    "joiner_notification",
    "joiner_notification_for_inviter",
    "reminder_delete",
    "sh_room_created",
    "sh_room_shared",
    "tabbed_canvas_updated",
    "unpinned_item",
    "channel_join",
    "channel_leave",
    "channel_topic",
    "channel_purpose",
    "channel_name",
    "channel_archive",
    "channel_unarchive",
    "channel_convert_to_private",
    "group_join",
    "group_leave",
    "group_topic",
    "group_purpose",
    "group_name",
    "bot_add",
    "bot_remove",
    "pinned_item",
    "huddle_thread",
    "reminder_add",
    "bot_enable",
    "bot_disable",
];

/// Files with the names of channels.
const CHANNELS: [&str; 4] = ["channels.json", "groups.json", "dms.json", "mpims.json"];

/// Names by ids.
type Names = HashMap<String, String>;

/// Reads one channel of an export.
///
/// # Errors
/// The input is not a Slack export, could be harmful, or has several channels and none was named.
pub(super) fn read(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut files = Files::of(inputs)?;
    let names = files.names();
    let people = named(&mut files, &names, &["users.json"], answers)?;
    let channels = named(&mut files, &names, &CHANNELS, answers)?;
    let days = days_of(&names);
    let own = inputs.first().map(|input| input.name.clone()).unwrap_or_default();
    let folder = wanted(&days, &channels, answers, own.clone())?;
    let id = channels.iter().find(|(id, name)| **name == folder || **id == folder);
    let mut channel = Channel {
        id: id.map_or(folder.clone(), |(id, _)| id.clone()),
        people,
        channels,
        gathered: DraftBuilder::new(answers),
    };
    channel.gathered.begin(if folder.is_empty() { own } else { format!("#{folder}") });
    for DayFile { day, file, .. } in days.iter().filter(|it| it.folder == folder) {
        if channel.gathered.may_hold(*day) {
            let bytes = files.read(file)?;
            let text = decoded(file, &bytes, answers)?;
            let json = Json::read(file, &text)?;
            for message in json.items()? {
                channel.take(&message);
            }
        }
    }
    Ok(channel.gathered.finish())
}

/// A file with a day's messages.
struct DayFile<'n> {
    folder: &'n str,
    day: Day,
    file: &'n str,
}

/// Returns the files with messages, in chronological order.
fn days_of(names: &[String]) -> Vec<DayFile<'_>> {
    let day_file = |file: &'_ String| -> Option<(usize, Day)> {
        let start = file.rfind('/').map_or(0, |at| at + 1);
        Some((start, Day::parse(file[start..].strip_suffix(".json")?)?))
    };
    let with_folder = |file| {
        let (start, day): (usize, Day) = day_file(file)?;
        let folder = file[..start].trim_end_matches('/');
        let folder = folder.rsplit('/').next().unwrap_or(folder);
        Some(DayFile { folder, day, file })
    };
    let mut days: Vec<DayFile<'_>> = names.iter().filter_map(with_folder).collect();
    days.sort_by(|a, b| (a.folder, a.day).cmp(&(b.folder, b.day)));
    days
}

/// Returns the folder of the channel: the named one, or the only one.
fn wanted(
    days: &[DayFile<'_>],
    channels: &Names,
    answers: &ImportOptions,
    named: String,
) -> Result<String, ImportFault> {
    let mut folders: Vec<&str> = days.iter().map(|it| it.folder).collect();
    folders.dedup();
    let wanted = answers.channel.as_deref().map(|name| name.trim_start_matches('#'));
    let found = match wanted {
        Some(name) => {
            let named = channels.get(name).map_or(name, String::as_str);
            folders.iter().find(|folder| **folder == named || **folder == name)
        }
        None => Some(&folders).filter(|it| it.len() == 1).and_then(|it| it.first()),
    };
    let known = || folders.iter().map(|it| (*it).to_owned()).collect();
    match found {
        Some(folder) => Ok((*folder).to_owned()),
        None if folders.is_empty() => Err(ImportFault::Nothing { name: named, fence: None }),
        None => {
            Err(ExportFault::WhichChannel { wanted: wanted.map(str::to_owned), known: known() }
                .into())
        }
    }
}

/// Returns the names of the entries in these files, by id.
fn named(
    files: &mut Files<'_>,
    names: &[String],
    wanted: &[&str],
    answers: &ImportOptions,
) -> Result<Names, ImportFault> {
    let mut found = Names::new();
    let is_wanted = |name: &&String| {
        let last = name.rsplit('/').next().unwrap_or_default();
        wanted.contains(&last)
    };
    for file in names.iter().filter(is_wanted) {
        let bytes = files.read(file)?;
        let text = decoded(file, &bytes, answers)?;
        for node in Json::read(file, &text)?.items()? {
            let Some(id) = node.value.word("id") else { continue };
            found.insert(id.clone(), called(&node.value).unwrap_or(id));
        }
    }
    Ok(found)
}

/// Returns the name of a person or a channel.
fn called(value: &Value) -> Option<String> {
    let keys = ["profile.display_name", "real_name", "profile.real_name", "name", "username"];
    keys.iter().find_map(|keys| value.text(keys)).map(str::to_owned)
}

/// A channel that is being read.
struct Channel<'a> {
    id: String,
    people: Names,
    channels: Names,
    gathered: DraftBuilder<'a>,
}

impl Channel<'_> {
    fn take(&mut self, message: &Node<'_>) {
        let (value, place) = (&message.value, message.place);
        let parts = parts_of(value);
        let text = self.text_of(&parts);
        let Some(ts) = value.word("ts") else {
            return self.gathered.leave(place, text, WhyLeft::NoTime);
        };
        let subtype = value.text("subtype").unwrap_or_default();
        let is_gone = subtype == "tombstone";
        if is_gone {
            self.gathered.doubt(DoubtCode::Deleted, place, &ts);
        }
        if is_gone || NOISE.contains(&subtype) || value.is_true("hidden") {
            let why = if is_gone { WhyLeft::TakenBack } else { WhyLeft::Noise };
            let told = if text.is_empty() { format!("{subtype} {ts}") } else { text };
            return self.gathered.leave(place, told.trim().to_owned(), why);
        }
        let Some(at) = ts.split('.').next().and_then(|it| it.parse().ok()) else {
            return self.gathered.leave(place, format!("{ts} {text}"), WhyLeft::NoTime);
        };
        let Some(at) = self.gathered.epoch(at) else { return };
        let mut event = chat::event(at, &text);
        event.by = self.author(value);
        event.key = !value.list("pinned_to").is_empty();
        event.source = Some(format!("slack:{}:{ts}", self.id));
        event.refs = links(value, &parts);
        if self.gathered.event(event, place, &ts) {
            self.doubts(message, &ts);
            self.leave_reactions(message);
        }
    }

    fn doubts(&mut self, message: &Node<'_>, ts: &str) {
        if message.value.at("edited").is_some() {
            self.gathered.doubt(DoubtCode::Edited, message.place, ts);
        }
        // Until 2018 a message could have only one file.
        let old = message.value.at("file").into_iter();
        for file in message.value.list("files").iter().chain(old) {
            let name = file.text("name").or_else(|| file.text("title")).unwrap_or(ts);
            self.gathered.doubt(DoubtCode::FileNotInExport, message.place, name);
        }
        for preview in message.value.list("attachments").iter().filter(|it| is_preview(it)) {
            let told = preview.text("title").or(preview.text("fallback")).unwrap_or_default();
            let told = format!("{} {told}", preview.text("from_url").unwrap_or_default());
            self.gathered.leave(message.place, told.trim().to_owned(), WhyLeft::NotTaken);
        }
    }

    /// Leaves out the signs that others set below a message.
    fn leave_reactions(&mut self, message: &Node<'_>) {
        let given = message.value.list("reactions").iter().filter_map(|reaction| {
            let ids = reaction.list("users").iter().filter_map(Value::as_str);
            let names = ids.map(|id| self.people.get(id).map_or(id, String::as_str).to_owned());
            Some((format!(":{}:", reaction.text("name")?), names.collect()))
        });
        if let Some(text) = chat::reactions(given) {
            self.gathered.leave(message.place, text, WhyLeft::NotTaken);
        }
    }

    /// Returns the author of a message: a person, or a bot by its display name.
    fn author(&self, value: &Value) -> Option<String> {
        let user = value.text("user").or_else(|| value.text("comment.user"));
        let person = user.and_then(|id| self.people.get(id)).cloned();
        let bot = || value.text("username").or_else(|| value.text("bot_profile.name"));
        let told = || {
            let profile = value.at("user_profile")?;
            profile.text("display_name").map(str::to_owned).or_else(|| called(profile))
        };
        let id = || user.or_else(|| value.text("bot_id")).map(str::to_owned);
        person.or_else(|| bot().map(str::to_owned)).or_else(told).or_else(id)
    }

    /// Returns the parts of a message as readable text, one per line, without duplicates.
    fn text_of(&self, parts: &[String]) -> String {
        let (mut lines, mut told) = (Vec::new(), String::new());
        for part in parts {
            let part = self.plain(part);
            let letters = letters_of(&part);
            if lines.is_empty() || letters.is_empty() || !told.contains(&letters) {
                told.push_str(&letters);
                lines.push(part);
            }
        }
        lines.join("\n")
    }

    /// Returns readable text: names instead of ids, labels instead of links.
    fn plain(&self, raw: &str) -> String {
        let told = |piece: &Piece<'_>| match piece {
            Piece::Plain(text) => (*text).to_owned(),
            Piece::Mark(mark) => self.mark(mark),
        };
        chat::unescaped(&marks(raw).iter().map(told).collect::<String>())
    }

    fn mark(&self, mark: &str) -> String {
        let (target, label) = match mark.split_once('|') {
            Some((target, label)) => (target, Some(label).filter(|label| !label.is_empty())),
            None => (mark, None),
        };
        let name = |names: &Names, id: &str| {
            label.map(str::to_owned).or_else(|| names.get(id).cloned()).unwrap_or(id.to_owned())
        };
        match (target.chars().next(), target.get(1..)) {
            (Some('@'), Some(id)) => format!("@{}", name(&self.people, id).trim_start_matches('@')),
            (Some('#'), Some(id)) => format!("#{}", name(&self.channels, id)),
            (Some('!'), Some(word)) => match label {
                Some(label) => label.to_owned(),
                None => format!("@{}", word.split('^').next().unwrap_or(word)),
            },
            _ => label.unwrap_or(target.strip_prefix("mailto:").unwrap_or(target)).to_owned(),
        }
    }
}

/// Returns the text of a rich text element: a line, or the items of a list.
fn rich_line(element: &Value) -> String {
    let inner = element.list("elements");
    match element.text("type") {
        Some("rich_text_list") => {
            inner.iter().map(|item| format!("- {}", rich_line(item))).collect::<Vec<_>>().join("\n")
        }
        Some("user") => format!("<@{}>", element.text("user_id").unwrap_or_default()),
        Some("channel") => format!("<#{}>", element.text("channel_id").unwrap_or_default()),
        Some("broadcast") => format!("<!{}>", element.text("range").unwrap_or_default()),
        Some("usergroup") => "<!subteam>".to_owned(),
        Some("emoji") => format!(":{}:", element.text("name").unwrap_or_default()),
        Some("link") => {
            let url = element.text("url").unwrap_or_default();
            element.text("text").map_or(format!("<{url}>"), |text| format!("<{url}|{text}>"))
        }
        Some("text") => {
            let text = element.at("text").and_then(Value::as_str).unwrap_or_default();
            text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
        }
        _ => inner.iter().map(rich_line).collect(),
    }
}

/// Returns the parts of a message, with marks: its own text, its blocks, and its attachments; if it has no text, the
/// names of its files.
fn parts_of(value: &Value) -> Vec<String> {
    let own = value.text("text").map(str::to_owned);
    // What people write is both in the text and in blocks.
    let rich = rich(value).filter(|_| own.is_none());
    let mut parts: Vec<String> = own.into_iter().chain(rich).chain(plain_blocks(value)).collect();
    let attachments = value.list("attachments").iter().filter(|it| !is_preview(it));
    parts.extend(attachments.flat_map(attached));
    if parts.is_empty() {
        parts.extend(texts_of(value.list("files"), &["title", "name"]));
    }
    parts
}

/// Returns the letters and digits of a text, which do not depend on its markup.
fn letters_of(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Returns the text of rich text blocks, one line each, with the marks of plain text.
fn rich(value: &Value) -> Option<String> {
    let blocks = value.list("blocks").iter().filter(|it| it.text("type") == Some("rich_text"));
    let lines: Vec<String> = blocks.flat_map(|it| it.list("elements")).map(rich_line).collect();
    let text = lines.join(
        "
",
    );
    (!text.trim().is_empty()).then_some(text)
}

/// Returns the text of plain section blocks, including the small print below them.
fn plain_blocks(value: &Value) -> Vec<String> {
    let texts = value.list("blocks").iter().flat_map(|block| {
        let own = texts_of(std::slice::from_ref(block), &["text.text", "title.text"]);
        let fields = texts_of(block.list("fields"), &["text"]);
        own.into_iter().chain(fields).chain(texts_of(block.list("elements"), &["text"]))
    });
    texts.collect()
}

/// Whether an attachment is Slack's own preview of a linked page.
fn is_preview(attachment: &Value) -> bool {
    let is_share = attachment.is_true("is_share") || attachment.is_true("is_msg_unfurl");
    attachment.at("from_url").is_some() && !is_share
}

/// Returns the parts of an attachment: its own short form, then everything that this omits.
fn attached(attachment: &Value) -> Vec<String> {
    let is_share = attachment.is_true("is_share") || attachment.is_true("is_msg_unfurl");
    let text = attachment.text("text");
    if let Some(text) = text.filter(|_| is_share) {
        let author = attachment.text("author_name");
        return vec![author.map_or(text.to_owned(), |author| format!("{author}: {text}"))];
    }
    let short = attachment.text("fallback").filter(|it| !it.starts_with("[no preview"));
    let own = [short, attachment.text("pretext"), attachment.text("title"), text];
    let fields = attachment.list("fields").iter().filter_map(|field| {
        let value = field.word("value")?;
        Some(field.text("title").map_or(value.clone(), |title| format!("{title}: {value}")))
    });
    let own = own.into_iter().flatten().map(str::to_owned);
    own.chain(fields).chain(rich(attachment)).chain(plain_blocks(attachment)).collect()
}

/// Returns the links of a message: labelled ones whose address is not in the text, and those of attachments. Addresses
/// of files are omitted, as they contain access tokens.
fn links(value: &Value, parts: &[String]) -> Vec<String> {
    let labelled = parts.iter().flat_map(|text| marks(text)).filter_map(|piece| match piece {
        Piece::Mark(mark) => mark.split_once('|').map(|(link, _)| link),
        Piece::Plain(_) => None,
    });
    let attachments = value.list("attachments").iter().filter(|it| !is_preview(it));
    let attached = attachments.flat_map(|it| [it.text("title_link"), it.text("from_url")]);
    let mut links: Vec<String> = Vec::new();
    for link in labelled.chain(attached.flatten()).filter(|link| link.starts_with("http")) {
        let link = chat::unescaped(link);
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

/// Returns the first text under these keys in each value, one line each.
fn texts_of(values: &[Value], keys: &[&str]) -> Option<String> {
    let text = |value: &Value| keys.iter().find_map(|key| value.text(key)).map(str::to_owned);
    let texts: Vec<String> = values.iter().filter_map(text).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// A part of a text: words, or the content between `<` and `>`.
enum Piece<'t> {
    Plain(&'t str),
    Mark(&'t str),
}

/// Returns the parts of a text. Slack writes a literal `<` as `&lt;`.
fn marks(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('<') {
        let Some((mark, behind)) = behind.split_once('>') else { break };
        pieces.extend([Piece::Plain(before), Piece::Mark(mark)]);
        rest = behind;
    }
    pieces.push(Piece::Plain(rest));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_of_brackets_is_shown_as_people_read_it() {
        let people = Names::from([("U1".to_owned(), "Mina".to_owned())]);
        let channels = Names::from([("C1".to_owned(), "ops".to_owned())]);
        let answers = ImportOptions::default();
        let gathered = DraftBuilder::new(&answers);
        let channel = Channel { id: "C9".to_owned(), people, channels, gathered };
        let cases = [
            ("<@U1> a &lt;b&gt; &amp;amp;", "@Mina a <b> &amp;"),
            ("<@U2>", "@U2"),
            ("<@U2|jo>", "@jo"),
            ("<#C1> <#C2|dev>", "#ops #dev"),
            ("<!here> <!subteam^S1|@oncall> <!subteam^S2>", "@here @oncall @subteam"),
            ("<!date^1741424900^{date}|8 March>", "8 March"),
            ("<https://a.example/x?a=1&amp;b=2>", "https://a.example/x?a=1&b=2"),
            ("see <https://a.example|the page>", "see the page"),
            ("<mailto:a@b.example|a@b.example>", "a@b.example"),
            ("1 < 2", "1 < 2"),
        ];
        for (raw, plain) in cases {
            assert_eq!(channel.plain(raw), plain, "{raw}");
        }
    }
}
