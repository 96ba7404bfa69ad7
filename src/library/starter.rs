//! A case to fill in, made from what a kind of document says: for kinds that have no starter of their own.

use super::form::Form;
use super::kinds::Kind;
use crate::yaml::values::MARK;

/// The starter of a kind.
pub fn of(kind: &Kind) -> String {
    let mut text = format!("# {}. Ersätt allt som står mellan « och ».\n", kind.benamning.text);
    for name in kind.head() {
        text.push_str(&head(kind, name));
    }
    for (name, key) in kind.body() {
        // A comment's colon and a description's quotation marks are harmless: nobody reads them but people.
        text.push_str(&format!("\n# {}\n{}", key.beskrivning.text, body(key.form, name)));
    }
    text
}

/// The lines of one key, with its places to fill in; none of a key that the kind does not have, or of the
/// head where a case seldom says it.
pub fn entry(kind: &Kind, name: &str) -> Option<String> {
    let lines = match kind.key(name) {
        Some(key) => body(key.form, name),
        None if kind.head().any(|known| known == name) => head(kind, name),
        None => String::new(),
    };
    (!lines.is_empty()).then_some(lines)
}

/// The lines of a key of the body.
fn body(form: Form, name: &str) -> String {
    format!("{name}:{}", value(form, name))
}

/// A place to fill in.
pub fn mark(what: &str) -> String {
    format!("{MARK} {what}»")
}

/// The lines of a key of the head; none where a case seldom says it.
fn head(kind: &Kind, name: &str) -> String {
    match name {
        "mall" => format!("mall: {}\n", kind.word()),
        "rotel" => format!("rotel: {}\n", mark("rotelns nummer, till exempel IV")),
        "titel" => format!("titel: {}\n", mark("ärendets rubrik")),
        "diarienummer" => format!("diarienummer: {}\n", mark("diarienummer")),
        "datum" => format!("datum: {}\n", mark("dagens datum, ÅÅÅÅ-MM-DD")),
        "till" => format!(
            "till:\n  nämnd: {}\n  sammanträde: {}\n",
            mark("nämndens namn"),
            mark("sammanträdets datum, ÅÅÅÅ-MM-DD")
        ),
        "avsändare" => format!("avsändare:\n  förvaltning: {}\n", mark("förvaltningens namn")),
        "handläggare" => format!("handläggare:\n  namn: {}\n", mark("ditt namn")),
        _ => String::new(),
    }
}

/// A value to fill in, after the colon of its key.
fn value(form: Form, name: &str) -> String {
    let place = mark(name);
    match form {
        Form::Rad => format!(" {place}\n"),
        Form::Text => format!(" |\n  {place}\n"),
        Form::Punkter | Form::Rader | Form::Bilagor => format!("\n  - {place}\n"),
        Form::Fragor => {
            format!("\n  - fråga: {}\n    svar: |\n      {}\n", mark("frågan, ordagrant"), mark("svaret"))
        }
        Form::Underskrifter => format!("\n  - namn: {}\n    titel: {}\n", mark("namn"), mark("titel")),
        Form::Remissinstanser => format!(
            "\n  - namn: {}\n    sammandrag: |\n      {}\n",
            mark("instansens namn"),
            mark("svaret i korthet, med instansens namn")
        ),
        Form::Borgarradsberedning | Form::Kommunstyrelse => format!("\n  text: {place}\n"),
    }
}
