//! Any change of any record is made exactly, or refused with its place; and undoing it restores every byte.
#![no_main]

use arbitrary::Arbitrary;
use asrun::fault::EditFault;
use asrun::format::edit::{apply, take_back};
use asrun::yaml::{Change, Value};
use asrun::format::{Effect, effects, insert_items, read};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input {
    record: String,
    text: String,
    detail: Option<String>,
    index: u8,
    kind: u8,
}

fuzz_target!(|input: Input| {
    let Ok(document) = read(&input.record) else { return };
    if input.text.trim().is_empty() || asrun::yaml::forbidden(&input.text).is_some() {
        return;
    }
    let index = usize::from(input.index);
    let at = vec![("events".to_owned(), Some(index))];
    let change = match input.kind % 7 {
        0 => {
            let mut item = vec![("at".to_owned(), Value::text("2024-09-07T18:08+09:00")), ("text".to_owned(), Value::text(&*input.text))];
            if let Some(detail) = input.detail.filter(|detail| asrun::yaml::forbidden(detail).is_none()) {
                item.push(("detail".to_owned(), Value::text(detail)));
            }
            insert_items(&document, vec![("events".to_owned(), Value::Map(item))]).remove(0)
        }
        1 => Change::set(at, "text", Value::text(input.text)),
        2 => Change::set(at, "why", Value::text(input.text)),
        3 => Change::unset(at, "why"),
        4 | 5 => {
            let item = Value::text(input.text);
            let (at, key) = match input.kind % 7 {
                4 => (Vec::new(), "contributing_factors"),
                _ => (vec![("lessons".to_owned(), None)], "badly"),
            };
            Change::insert(at, key, 0, item)
        }
        _ => Change::remove(Vec::new(), "events", index),
    };
    match apply(&document, &change) {
        Ok((changed, splice)) => {
            assert!(read(&changed.to_text()).is_ok());
            let undone: Vec<Effect> = effects(&document, &changed).iter().map(Effect::inverse).collect();
            let back = take_back(&changed, &[splice], &undone, true).expect("what was just done can be taken back");
            assert_eq!(back.to_text(), input.record);
        }
        Err(fault @ EditFault::NotProved(_)) => panic!("{fault:?}: {change:?}"),
        Err(_) => {}
    }
});
