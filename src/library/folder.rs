//! The files that are built in, with those of a folder of one's own, and what is wrong with these.

use std::borrow::Cow;
use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use crate::diagnostic::{Diagnostic, Place, Source, codes, nearest};
use crate::language::lists;
use crate::yaml::{self, field::Field};

/// Files by their names.
pub(super) type NamedFiles = BTreeMap<String, Cow<'static, [u8]>>;

pub(super) static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Every file that is built in, by its name relative to `templates/`.
pub(super) fn built_in() -> NamedFiles {
    let mut files = NamedFiles::new();
    collect(&BUILT_IN, &mut files);
    files
}

fn collect(folder: &Dir<'static>, files: &mut NamedFiles) {
    for file in folder.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        files.insert(name, Cow::Borrowed(file.contents()));
    }
    folder.dirs().for_each(|folder| collect(folder, files));
}

/// The records in a folder of one's own, with the names of their files.
pub(super) fn own_records<T: Field>(
    files: &NamedFiles,
    (shown, folder): (&str, &str),
    problems: &mut Vec<Diagnostic>,
) -> Vec<(String, T)> {
    let mut records = Vec::new();
    for (name, bytes) in in_folder(files, folder) {
        let Cow::Owned(bytes) = bytes else { continue };
        let shown = format!("{shown}/{name}");
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').unwrap_or(text);
                let (record, found) = yaml::record::<T>(&Source::new(shown, text));
                problems.extend(found);
                records.push((name.clone(), record));
            }
            Err(_) => problems.push(not_utf8(&shown)),
        }
    }
    records
}

/// The texts of the records in a folder that are built in.
pub(super) fn built_in_records<'f>(
    files: &'f NamedFiles,
    folder: &'f str,
) -> impl Iterator<Item = (String, &'static str)> + use<'f> {
    in_folder(files, folder).filter_map(|(name, bytes)| match bytes {
        Cow::Borrowed(bytes) => Some((name.clone(), std::str::from_utf8(bytes).ok()?)),
        Cow::Owned(_) => None,
    })
}

fn in_folder<'f>(
    files: &'f NamedFiles,
    folder: &'f str,
) -> impl Iterator<Item = (&'f String, &'f Cow<'static, [u8]>)> {
    let is_record =
        move |name: &str| name.starts_with(folder) && (name.ends_with(".yaml") || name.ends_with(".yml"));
    files.iter().filter(move |(name, _)| is_record(name))
}

fn not_utf8(shown: &str) -> Diagnostic {
    Diagnostic::new(codes::INTE_UTF8, format!("{shown} är inte sparad som UTF-8"))
        .hint("Öppna filen i redigeraren och spara den med teckenkodningen UTF-8.")
}

/// Texts of one's own that are not UTF-8.
pub(super) fn unreadable_texts(overrides: &BTreeMap<String, Vec<u8>>, folder: &str) -> Vec<Diagnostic> {
    overrides
        .iter()
        .filter(|(name, bytes)| {
            let text = [".md", ".typ", ".txt"].iter().any(|ending| name.ends_with(ending));
            text && std::str::from_utf8(bytes).is_err()
        })
        .map(|(name, _)| not_utf8(&format!("{folder}/{name}")))
        .collect()
}

/// Words of one's own that stand in no list that a rule asks for.
pub(super) fn unknown_lists(overrides: &BTreeMap<String, Vec<u8>>, folder: &str) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (name, bytes) in overrides {
        let known: Vec<&str> = lists::sections(name).collect();
        if known.is_empty() {
            continue;
        }
        let source = Source::new(format!("{folder}/{name}"), String::from_utf8_lossy(bytes));
        let mut is_in_list = false;
        let mut start = 0;
        for line in source.text.split_inclusive('\n') {
            let place = Place { source: source.clone(), range: start..start + line.trim_end().len() };
            start += line.len();
            let message = match lists::section_of(line) {
                Some(section) if known.contains(&section) => None,
                Some(section) => Some(format!("ordlistan [{section}] finns inte")),
                None if is_in_list || lists::listed(line).next().is_none() => continue,
                None => Some("orden står inte i någon lista".to_owned()),
            };
            // One fault for all words of a list that is none.
            is_in_list = true;
            let Some(message) = message else { continue };
            let near = lists::section_of(line).and_then(|section| nearest(section, known.iter().copied()));
            let hint = match near {
                Some(near) => format!("Menade du [{near}]?"),
                None => format!("Skriv en listas namn på raden före, något av: [{}].", known.join("], [")),
            };
            faults.push(Diagnostic::new(codes::OKANT_VARDE, message).at(place).hint(hint));
        }
    }
    faults
}
