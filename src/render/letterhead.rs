//! The front matter: what the letterhead and the PDF's metadata need, filled in from the profile.

use serde_json::{Map, Value as Json};

use crate::library::Templates;
use crate::library::profile::Profil;
use crate::read::Case;
use crate::yaml::values::Line;

/// The front matter of a case.
pub fn front(case: &Case, templates: &Templates, draft: bool) -> Map<String, Json> {
    let head = &case.head;
    let profile = templates.profile(&head.avsandare.forvaltning.text);
    let mut front = Map::new();
    put(&mut front, "mall", case.kind.word());
    put(&mut front, "språk", "sv");
    if draft {
        put(&mut front, "utkast", "ja");
    }
    put(&mut front, "diarienummer", &head.diarienummer.text);
    put(&mut front, "datum", &head.datum.line.text);
    if !case.kind.is_letter() {
        put(&mut front, "rubrikrad", &heading_line(case));
        return front;
    }
    if case.kind.has("till") && !head.till.namnd.is_empty() {
        front.insert("till".into(), till(case));
    }
    front.insert("avsändare".into(), avsandare(case, profile));
    let handlaggare: Vec<Json> = head
        .handlaggare
        .0
        .iter()
        .map(|person| {
            let mut map = Map::new();
            put(&mut map, "namn", &person.namn.text);
            put_some(&mut map, "telefon", person.telefon.as_ref(), None);
            put_some(&mut map, "e-post", person.e_post.as_ref(), None);
            map.into()
        })
        .collect();
    if !handlaggare.is_empty() {
        front.insert("handläggare".into(), handlaggare.into());
    }
    if let Some(marke) = &profile.marke {
        let mut map = Map::new();
        put(&mut map, "fil", &marke.fil.text);
        put(&mut map, "alt", &marke.alt.text);
        front.insert("märke".into(), map.into());
    }
    front
}

/// The line over the title of what is no letter.
fn heading_line(case: &Case) -> String {
    let rotel = &case.head.rotel.text;
    let rotel = if case.kind.has("rotel") { format!(" Rotel {rotel}") } else { String::new() };
    format!("{}{rotel} (Dnr {})", case.kind.benamning.text, case.head.diarienummer.text)
}

fn till(case: &Case) -> Json {
    let mut map = Map::new();
    put(&mut map, "nämnd", &case.head.till.namnd.text);
    put_some(&mut map, "sammanträde", case.head.till.sammantrade.as_ref().map(|day| &day.line), None);
    map.into()
}

fn avsandare(case: &Case, profile: &Profil) -> Json {
    let said = &case.head.avsandare;
    let mut map = Map::new();
    put(&mut map, "förvaltning", &said.forvaltning.text);
    put_some(&mut map, "avdelning", said.avdelning.as_ref(), None);
    let adress = if said.adress.is_empty() { &profile.adress } else { &said.adress };
    if !adress.is_empty() {
        let lines: Vec<Json> = adress.iter().map(|line| line.text.clone().into()).collect();
        map.insert("adress".into(), lines.into());
    }
    put_some(&mut map, "telefon", said.telefon.as_ref(), profile.telefon.as_ref());
    put_some(&mut map, "fax", said.fax.as_ref(), profile.fax.as_ref());
    put_some(&mut map, "e-post", said.e_post.as_ref(), profile.e_post.as_ref());
    put_some(&mut map, "webb", said.webb.as_ref(), profile.webb.as_ref());
    map.into()
}

fn put(map: &mut Map<String, Json>, key: &str, value: &str) {
    map.insert(key.into(), value.into());
}

fn put_some(map: &mut Map<String, Json>, key: &str, said: Option<&Line>, profile: Option<&Line>) {
    if let Some(line) = said.or(profile) {
        put(map, key, &line.text);
    }
}

/// A map as YAML, one value a line. Every text is quoted: a quoted text can hold anything.
pub fn yaml(map: &Map<String, Json>) -> String {
    let mut out = String::new();
    write_map(map, 0, &mut out);
    out
}

fn write_map(map: &Map<String, Json>, indent: usize, out: &mut String) {
    for (at, (key, value)) in map.iter().enumerate() {
        // The first key of a list's map stands behind the list's dash.
        if at > 0 || !out.ends_with("- ") {
            out.push_str(&" ".repeat(indent));
        }
        out.push_str(key);
        out.push(':');
        write_value(value, indent, out);
    }
}

fn write_value(value: &Json, indent: usize, out: &mut String) {
    match value {
        Json::Object(map) => {
            out.push('\n');
            write_map(map, indent + 2, out);
        }
        Json::Array(items) => {
            out.push('\n');
            for item in items {
                out.push_str(&" ".repeat(indent + 2));
                out.push_str("- ");
                match item {
                    Json::Object(map) => write_map(map, indent + 4, out),
                    other => out.push_str(&format!("{other}\n")),
                }
            }
        }
        other => out.push_str(&format!(" {other}\n")),
    }
}
