//! Faults of files, and the way out.

use crate::fault::{ContentFault, Entry, Found, FrontMatterFault, PostFault, SettingFault, Wanted};
use crate::lang::terminal::ProblemText;
use crate::lang::told::day_of;
use crate::model::{Day, TimeFault};
use crate::yaml::{Encoding, Remedy, Slip, YamlFault, quoted};

use super::times::unread_time;

fn text(message: impl Into<String>, help: impl Into<String>) -> ProblemText {
    ProblemText { message: message.into(), help: help.into() }
}

fn no_time(key: &str) -> ProblemText {
    text(
        format!("`{key}` has no time"),
        format!(
            "write when, such as `{key}: 2024-09-07T18:08+09:00`, or `{key}: unknown` if nobody knows"
        ),
    )
}

pub(super) fn content_text(fault: &ContentFault) -> ProblemText {
    match fault {
        ContentFault::Yaml(fault) => yaml_text(fault),
        ContentFault::TooLarge { bytes, limit } => text(
            format!("the record has {bytes} bytes; the limit is {limit} bytes"),
            "move long details to files and attach them",
        ),
        ContentFault::TextTooLarge { key, limit } => text(
            format!("`{key}` is longer than {limit} bytes"),
            "move it to a file and attach that",
        ),
        ContentFault::Nothing => {
            text("the file contains no record", "restore it from git, or start with `title: …`")
        }
        ContentFault::NoRecord => text(
            "a record is made of `key: value` lines, and this is not one",
            "start with `title: …`; asrun help records shows an example",
        ),
        ContentFault::Missing { key, near } => text(
            format!("`{key}` is missing here"),
            match near {
                Some(near) => format!("`{near}` was probably meant to be `{key}`"),
                None => format!("add a line `{key}: …`"),
            },
        ),
        ContentFault::NoKeys { entry, found } => keys_text(*entry, found),
        ContentFault::WrongShape { key, wanted, found } => shape_text(key, *wanted, found),
        ContentFault::Audience(word) => text(
            format!("`audience: {word}` is neither `internal` nor `public`"),
            "write `audience: internal`, or delete the line",
        ),
        ContentFault::NoText { key } => text(
            format!("`{key}` is empty"),
            format!(
                "write the {key} after `{key}:`; a text that begins with `#` needs quotes: \"# …\""
            ),
        ),
        ContentFault::NoTime { key } => no_time(key),
        ContentFault::Time { fault, day } => {
            text(unread_time(fault), time_help(fault, day.as_ref()))
        }
        ContentFault::NoDay { key } => text(
            format!("`{key}` is not a calendar day"),
            "write year, month and day, such as 2024-09-07",
        ),
        ContentFault::NoZone { name, near, in_settings } => text(
            format!("unknown zone {name:?}"),
            match near {
                Some(near) => format!("did you mean `{near}`?"),
                None if *in_settings => "use an IANA name, such as Asia/Seoul".to_owned(),
                None => "use an IANA name, such as Asia/Seoul or America/New_York".to_owned(),
            },
        ),
        ContentFault::Post(fault) => post_text(fault),
        ContentFault::Setting(fault) => setting_text(fault),
    }
}

/// Returns what is wrong with post settings.
fn post_text(fault: &PostFault) -> ProblemText {
    match fault {
        PostFault::Word { key, word, near, known } => text(
            format!("`{word}` is not a value of `{key}`"),
            match (near, known.as_slice()) {
                (Some(near), _) => format!("did you mean `{near}`?"),
                (None, [one, other]) => format!("write {one} or {other}"),
                (None, known) => format!("the values are {}", known.join(", ")),
            },
        ),
        PostFault::Placeholder { key, word, known } => text(
            format!("`{{{word}}}` is not a placeholder of `{key}`"),
            format!("the placeholders are {{{}}} and {{{}}}", known[0], known[1]),
        ),
        PostFault::Folder { key, folder } => text(
            format!("{folder:?} is not a folder of the site"),
            format!(
                "write a path without blanks and `..`, such as `{}`",
                if *key == "baseurl" { "baseurl: /blog" } else { "images: /assets/img/{id}/" }
            ),
        ),
        PostFault::FrontMatter(FrontMatterFault::NoKeys) => text(
            "`front_matter` must be `key: value` lines",
            "write `front_matter: |` and the lines under it, indented, such as `mermaid: true`",
        ),
        PostFault::FrontMatter(FrontMatterFault::Fence) => text(
            "a line of `front_matter` that begins with `---` or `...` ends it",
            "delete that line",
        ),
        PostFault::FrontMatter(FrontMatterFault::Yaml(fault)) => {
            let ProblemText { message, help } = yaml_text(fault);
            text(format!("`front_matter`: {message}"), help)
        }
    }
}

/// Returns what is wrong with project settings.
fn setting_text(fault: &SettingFault) -> ProblemText {
    match fault {
        SettingFault::NoKeys { example } => text(
            "settings are `key: value` lines, and this is not one",
            format!("such as `{example}`"),
        ),
        SettingFault::Unknown { key, near, known, is_of_record } => text(
            format!("unknown setting `{key}`"),
            match near {
                _ if *is_of_record => format!("`{key}` is a key of a record, not of asrun.yaml"),
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys are {}", known.join(", ")),
            },
        ),
        SettingFault::WrongShape { key, wanted, example } => text(
            format!("`{key}` must be {}", wanted_name(*wanted)),
            format!("such as `{example}`"),
        ),
        SettingFault::Unread(words) => text(words.as_str(), "check this line and the one above"),
    }
}

/// Returns the text for a value that should be a mapping.
fn keys_text(entry: Entry, found: &Found) -> ProblemText {
    let (name, example) = match entry {
        Entry::Step => ("a plan step", "at: 2024-09-07T17:30+09:00, text: deploy"),
        Entry::Revision => ("a revision", "from: 2024-09-07T17:00+09:00, why: …"),
        Entry::Skip => ("`skipped`", "on: 2024-09-07, why: …"),
        Entry::Review => ("`review`, unless it is `draft`,", "by: Kim, on: 2024-09-08"),
        Entry::Imported => ("an imported document", "from: …, on: 2024-09-07"),
        Entry::Event => ("an event", "at: 2024-09-07T18:08+09:00, text: what happened"),
        Entry::Attachment => ("an attachment", "file: 044.png, alt: what it shows"),
        Entry::Lessons => ("`lessons`", "well: [], badly: []"),
        Entry::Action => ("an action", "text: what to do, owner: who"),
        Entry::Section => ("a section", "title: …, body: …"),
        Entry::Post => ("`post`", "layout: blog, hide: [actions]"),
    };
    let message = match found {
        Found::Nothing => {
            "this entry is empty: write it after the dash, or delete the dash".to_owned()
        }
        found => format!("{name} has keys, and this is only {}", found_name(found)),
    };
    text(message, format!("write it as `{{{example}}}`"))
}

/// Returns the text for a value of the wrong type.
fn shape_text(key: &str, wanted: Wanted, found: &Found) -> ProblemText {
    let list = matches!(wanted, Wanted::Texts | Wanted::Entries);
    let name = wanted_name(wanted);
    let help = match found {
        Found::Nothing => "delete it, or write a text in its place".to_owned(),
        Found::Text(text) if list => format!("write a list: `{key}: [{text}]`"),
        Found::Text(_) => format!("write {name} after `{key}:`"),
        Found::Bracketed(item) => {
            let item = item.as_deref().unwrap_or("…");
            format!(
                "write it without brackets, `{key}: {item}`, or with quotes if they belong to it: \
                 `{key}: \"[{item}]\"`"
            )
        }
        Found::Mapping { .. } if list => format!("write a list: `{key}: [one, another]`"),
        Found::List { flow: true } | Found::Mapping { flow: true } => {
            "a text that begins with `[` or `{` needs quotes: \"[draft] …\"".to_owned()
        }
        _ => "check the indentation of this line and of those under it".to_owned(),
    };
    text(format!("`{key}` must be {name}, and this is {}", found_name(found)), help)
}

fn wanted_name(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Text => "a text",
        Wanted::Value => "a number or a text",
        Wanted::Truth => "`true` or `false`",
        Wanted::Precision => "`hour`",
        Wanted::Length => "a length with its unit, such as `20m` or `1h30m`",
        Wanted::After => "the id of a step, such as `deploy`, or `deploy +16m` with a gap",
        Wanted::Time => "a time such as 2024-09-07T18:08+09:00",
        Wanted::Zone => "a name such as Asia/Seoul",
        Wanted::Texts => "a list of texts",
        Wanted::Entries => "a list of `- …` items",
        Wanted::Metrics => "a mapping such as `{active_users: 20000}`",
        Wanted::Roles => "names, each with its role",
        Wanted::Steps => "names, each with a list of other wordings",
        Wanted::Post => "keys such as `layout` and `hide`",
        Wanted::Minutes => "a whole number of minutes, 0 or more",
        Wanted::SecretsRule => "`warn` or `refuse`",
        Wanted::Folder => "a folder inside the project, other than templates or a hidden one",
    }
}

fn found_name(found: &Found) -> &'static str {
    match found {
        Found::Nothing => "nothing",
        Found::Text(_) => "a text",
        Found::Bracketed(_) | Found::List { .. } => "a list",
        Found::Mapping { .. } => "a mapping",
    }
}

/// Returns how to write a time that a record accepts.
fn time_help(fault: &TimeFault, day: Option<&Day>) -> String {
    let plain = match fault {
        TimeFault::Gap { shown, .. } => {
            return format!("if the clocks had already gone forward, write {shown}");
        }
        TimeFault::Fold { text, first, second, .. } => {
            return format!("add the intended offset: {text}{first} or {text}{second}");
        }
        TimeFault::NoDate(text) => {
            let day = day.map_or_else(|| "2024-09-07".to_owned(), Day::to_string);
            return format!("write the day too, such as {day}T{text}");
        }
        TimeFault::OddOffset { start, end: Some(end), .. } => {
            return format!(
                "write a span as two keys: `at: {start}` and `until: {}{end}`",
                day_of(start)
            );
        }
        TimeFault::OddOffset { start, end: None, .. } => {
            return format!(
                "write the offset of the place, such as {start}+09:00, or leave it out for the \
                 record's own zone"
            );
        }
        TimeFault::NoZone(_) => {
            "add the offset, such as +09:00, or a `timezone:` line to the record"
        }
        TimeFault::Impossible(_) => {
            "check the day of the month and the clock time: hours are 00 to 23, minutes 00 to 59"
        }
        TimeFault::Unreadable(_) => {
            "write day and time as 2024-09-07T18:08 (in the record's own zone), or with the \
             offset: 2024-09-07T18:08+09:00"
        }
    };
    plain.to_owned()
}

fn yaml_text(fault: &YamlFault) -> ProblemText {
    match fault {
        YamlFault::NotUtf8(encoding) => text(
            format!("the file is not UTF-8 text here{}", encoding.map_or("", encoding_name)),
            match encoding.and_then(Encoding::name) {
                Some(name) => format!(
                    "save it as UTF-8 in your editor, or: iconv -f {name} -t UTF-8 OLD > NEW"
                ),
                None => "save it as UTF-8 in your editor".to_owned(),
            },
        ),
        YamlFault::ControlCharacter('\0') => text(
            "a NUL byte is here (U+0000)",
            "a crash or a full disk leaves such bytes: restore the file from git or a backup",
        ),
        YamlFault::ControlCharacter(c) => text(
            format!("a control character is here (U+{:04X})", u32::from(*c)),
            "delete it, or write it in double quotes as an escape such as \"\\x1b\"",
        ),
        YamlFault::MergeConflict => text(
            "the file has an unresolved merge conflict",
            "to merge the conflict entry by entry: asrun recover; or keep what is right of both \
             sides, delete the marker lines (<<<<<<<, =======, >>>>>>>), save, and try again",
        ),
        YamlFault::TooDeep(levels) => text(
            format!("values are nested deeper than {levels} levels"),
            "no record needs that: look for brackets that were never closed, or quote the text",
        ),
        YamlFault::Syntax { slip, remedy } => {
            text(format!("not valid YAML: {}", slip_name(slip)), remedy_text(remedy))
        }
        YamlFault::Version => text("a YAML version other than 1.x", "delete the %YAML line"),
        YamlFault::SecondDocument => text(
            "a second YAML document begins here",
            "a record is one document: move the second to a file of its own, or delete its `---`",
        ),
        YamlFault::Alias => text(
            "a value beginning with `*` refers to another one, which records do not support",
            "write the value in full; a text that begins with `*` needs quotes: \"*important*\"",
        ),
        YamlFault::Tag(tag) => text(
            format!("YAML reads `{tag}` as a tag, which records do not support"),
            format!("put the text into quotes: \"{tag} …\", or delete `{tag}`"),
        ),
        YamlFault::Duplicate { key, line } => text(
            format!("`{key}` is here a second time; the first is on line {line}"),
            "merge the two, or delete one of them",
        ),
        YamlFault::NoKey => text(
            "there is no key before this colon",
            "write the key before the colon, or delete the line; a key is one word",
        ),
        YamlFault::Empty => text(
            "the file contains no record",
            "restore it from git (`git checkout -- FILE`), or start with `title: …`",
        ),
    }
}

fn encoding_name(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf16 => ": the file looks like UTF-16",
        Encoding::Korean => ": it could be Korean text in CP949",
        Encoding::Western => ": it could be text in Windows-1252 (Latin-1)",
        Encoding::Png => ": the file is a PNG picture",
        Encoding::Gzip => ": the file is compressed (gzip)",
    }
}

fn slip_name(slip: &Slip) -> String {
    let plain = match slip {
        Slip::Colon => "this colon makes a key where none is allowed",
        Slip::NoKeyLine => "this line is not a `key: value` line",
        Slip::NoDash => "a list item is expected here, and this line has no `- `",
        Slip::Misaligned => "this does not line up with the lines above it",
        Slip::NoComma(close) => {
            return format!("a comma or a closing {close} is missing before this");
        }
        Slip::Dash => "a `- ` cannot begin here",
        Slip::AfterQuotes => "the quotes end before this, but the text goes on",
        Slip::OpenQuote => "this quote is never closed",
        Slip::OpenBracket(open) => return format!("this {open} is never closed"),
        Slip::ClosingBracket => "this bracket does not close an open one",
        Slip::Backslash => "this is not a valid backslash escape in YAML",
        Slip::Percent => "a line that begins with % is not a `key: value` line",
        Slip::BlockHeader => "nothing may follow | or > on its line",
        Slip::FirstCharacter(c) => {
            return format!("a text cannot begin with {c} unless it is in quotes");
        }
        Slip::Tab => "there is a tab where YAML needs spaces",
        Slip::Other(words) => words,
    };
    plain.to_owned()
}

fn remedy_text(remedy: &Remedy) -> String {
    let plain = match remedy {
        Remedy::Spaces => {
            "a line here begins with a tab: indent with spaces, YAML does not allow tabs"
        }
        Remedy::PlainColon => "the colon here is a full-width one (：); YAML needs `: `",
        Remedy::NoDirective => {
            "delete that line; a directive such as `%YAML 1.2` needs a line `---` after it"
        }
        Remedy::Block => {
            "write it as a block: `|` after the colon, the text on the next line, indented"
        }
        Remedy::OtherQuotes(quote, text) => {
            return format!(
                "put the whole text into quotes of the other kind: {quote}{text}{quote}"
            );
        }
        Remedy::Quotes(text) => return format!("put the text into quotes: {}", quoted(text)),
        Remedy::Space(line) => return format!("add a space after the colon: `{line}`"),
        Remedy::NextLine => {
            "start the list on the next line; a text that begins with `- ` needs quotes"
        }
        Remedy::QuotesForBracket => {
            "a text that begins with `[` or `{` needs quotes: \"[공지] 점검\""
        }
        Remedy::QuotesForColon => "a text that contains `: ` needs quotes: \"error: timeout\"",
        Remedy::TwoBackslashes => {
            "write the backslash twice in double quotes (\"C:\\\\temp\"), or use single quotes"
        }
        Remedy::Unknown => {
            "check this line and the one above for an open quote or bracket, or for indentation \
             that differs from its neighbours"
        }
    };
    plain.to_owned()
}
