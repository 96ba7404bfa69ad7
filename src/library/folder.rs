//! The files that are built in, with those of a folder of one's own, and what is wrong with these.

use std::borrow::Cow;
use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use super::kinds::{Kind, Kinds};
use super::profile::Profil;
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

/// The name of the profile that stands in for those that have none.
const NEUTRAL: &str = "profiles/neutral.yaml";

/// The files of records in a folder, those of one's own first: they go before the built-in ones that
/// say the same, whatever their files are called.
fn records<T: Field>(
    files: &NamedFiles,
    (shown, folder): (&str, &str),
    problems: &mut Vec<Diagnostic>,
) -> Vec<T> {
    let is_record =
        |name: &&String| name.starts_with(folder) && (name.ends_with(".yaml") || name.ends_with(".yml"));
    let mut names: Vec<&String> = files.keys().filter(is_record).collect();
    let is_built_in = |name: &str| matches!(files[name], Cow::Borrowed(_));
    names.sort_by_key(|name| (*name != NEUTRAL, is_built_in(name), *name));
    let mut records = Vec::new();
    for name in names {
        let shown = if is_built_in(name) { name.clone() } else { format!("{shown}/{name}") };
        match std::str::from_utf8(&files[name]) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').unwrap_or(text);
                let (record, found) = yaml::record::<T>(&Source::new(shown, text));
                problems.extend(found);
                records.push(record);
            }
            Err(_) => problems.push(not_utf8(&shown)),
        }
    }
    records
}

/// The kinds of document.
pub(super) fn kinds(files: &NamedFiles, folder: &str) -> Result<Kinds, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let said = records::<Kind>(files, (folder, "mallar/"), &mut problems);
    if problems.iter().any(Diagnostic::is_error) {
        return Err(problems);
    }
    Kinds::new(said, |name| files.contains_key(name))
}

/// The profiles, the neutral one first, and how many after it are of one's own.
///
/// # Errors
/// What is wrong with them.
pub(super) fn profiles(
    files: &NamedFiles,
    folder: &str,
    kinds: &Kinds,
) -> Result<(Vec<Profil>, usize), Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let said = records::<Profil>(files, (folder, "profiles/"), &mut problems);
    for profile in &said {
        problems.extend(profile.faults(kinds, |name| files.contains_key(name)));
    }
    let own = files.iter().filter(|(_, bytes)| matches!(bytes, Cow::Owned(_)));
    let own_files = own.filter(|(name, _)| is_profile_of_somebody(name)).count();
    let mut profiles = Vec::new();
    let mut own_profiles = 0;
    for (at, profile) in said.into_iter().enumerate() {
        let each = profile.each();
        own_profiles += if (1..=own_files).contains(&at) { each.len() } else { 0 };
        profiles.extend(each);
    }
    if profiles.first().is_some_and(|neutral| neutral.marke.is_none()) {
        problems.push(
            Diagnostic::new(codes::NYCKEL_SAKNAS, "den neutrala profilen har inget märke")
                .hint("Skriv märke: med fil och alt i profiles/neutral.yaml."),
        );
    }
    if problems.iter().any(Diagnostic::is_error) {
        return Err(problems);
    }
    let neutral = profiles[0].clone();
    Ok((profiles.into_iter().map(|profile| profile.filled_from(&neutral)).collect(), own_profiles))
}

/// Whether a file is the profile of somebody, and not the neutral one.
fn is_profile_of_somebody(name: &str) -> bool {
    let is_profile = name.starts_with("profiles/") && (name.ends_with(".yaml") || name.ends_with(".yml"));
    is_profile && name != NEUTRAL
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
