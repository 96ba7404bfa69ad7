//! The values that are known: words to choose from, and what the project says elsewhere.
//!
//! The keys named here are those of the format's own records; the keys of kinds are known by their form.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gen_lsp_types::CompletionItemKind;

use super::keys::acceptable;
use super::{Here, Offer};
use crate::library::form::Form;
use crate::library::profile::ProfileKey;
use crate::lsp::hover;
use crate::lsp::index::Person;
use crate::lsp::yaml::quoted;
use crate::project::disk::{Exclusions, below};
use crate::project::shown;

/// The most files that are offered.
const MOST: usize = 200;
/// How the names of pictures end.
const PICTURES: &[&str] = &[".png", ".jpg", ".jpeg", ".svg"];

/// What can stand as the value at a cursor.
pub fn values(here: &Here) -> Vec<Offer> {
    let form = |key: &str| here.kind.key(key).map(|key| key.form);
    let mut offers = words(here);
    offers.extend(match here.path().as_slice() {
        ["mall"] => return kinds(here),
        ["godkänn", "-", "kod"] => acceptable(here),
        ["avsändare", .., "förvaltning"] | [.., "tjänsteutlåtande", "förvaltning"] => {
            forvaltningar(here)
        }
        ["avsändare", .., "avdelning"] => avdelningar(here),
        ["till", .., "nämnd"] | ["avsändare", .., "nämnd"] => namnder(here),
        ["handläggare", .., "namn"] => handlaggare(here),
        [key, "-", "namn"] if form(key) == Some(Form::Underskrifter) => signers(here),
        [key, "-", "titel"] if form(key) == Some(Form::Underskrifter) => {
            of_signers(here, |person| &person.titel)
        }
        [key, "-", "organisation"] if form(key) == Some(Form::Underskrifter) => {
            of_signers(here, |person| &person.organisation)
        }
        [key, "-", "namn"] if form(key) == Some(Form::Remissinstanser) => namnder(here),
        [.., "tjänsteutlåtande"] | [.., "tjänsteutlåtande", "fil"] => cases(here),
        [.., "fil"] => files(here, &[""]),
        [.., "se" | "likalydande"] | [.., "se" | "likalydande", "under"] => instanser(here),
        _ => Vec::new(),
    });
    let written = |offer: Offer| match offer.text == offer.label {
        true => Offer { text: quoted(&offer.text), ..offer },
        false => offer,
    };
    offers.into_iter().map(written).collect()
}

/// The pictures beside the case, where an address is being written.
pub fn pictures(here: &Here, offset: usize) -> Vec<Offer> {
    let before = &here.view.text()[..here.cursor.word.start.min(offset)];
    if before.ends_with("](") { files(here, PICTURES) } else { Vec::new() }
}

/// The words to choose from.
fn words(here: &Here) -> Vec<Offer> {
    here.shape().words().into_iter().map(|word| Offer::new(word, CompletionItemKind::EnumMember)).collect()
}

fn kinds(here: &Here) -> Vec<Offer> {
    let kinds = here.view.project.tools().kinds().all();
    let offer = |kind: &crate::library::kinds::Kind| Offer {
        detail: kind.benamning.text.clone(),
        ..Offer::new(kind.word(), CompletionItemKind::EnumMember)
    };
    kinds.map(|kind| offer(kind)).collect()
}

/// Förvaltningar, those with a profile first, each with the nämnd that it writes to.
fn forvaltningar(here: &Here) -> Vec<Offer> {
    let tools = here.view.project.tools();
    let cases = || here.view.index.cases().filter(|said| !said.forvaltning.is_empty());
    let writes_to: BTreeMap<&str, &str> = cases()
        .filter(|said| !said.namnd.is_empty())
        .map(|said| (said.forvaltning.as_str(), said.namnd.as_str()))
        .collect();
    let sender = here.sender();
    let named = |name: &'_ str| {
        let sender = ProfileKey { name, ..sender };
        let profile = tools.profile(&sender);
        let of_profile = profile.namnder.first().filter(|_| profile.is_called(name));
        let namnd = of_profile.map(|line| line.text.as_str()).or_else(|| writes_to.get(name).copied());
        Offer {
            detail: namnd.map(|namnd| format!("till {namnd}")).unwrap_or_default(),
            says: hover::profile(here.view.project, &sender),
            ..Offer::new(name, CompletionItemKind::Module)
        }
    };
    let is_there = |name: &&str| tools.profile(&ProfileKey { name, ..sender }).upphorde.is_none();
    let mut names: Vec<&str> = tools.known_forvaltningar(&sender).filter(is_there).collect();
    let seen: BTreeSet<&str> = cases().map(|said| said.forvaltning.as_str()).collect();
    names.extend(
        seen.into_iter().filter(|name| !tools.profile(&ProfileKey { name, ..sender }).is_called(name)),
    );
    names.into_iter().map(named).collect()
}

fn avdelningar(here: &Here) -> Vec<Offer> {
    let sender = here.sender();
    let profile = here.view.project.tools().profile(&sender);
    let seen = here.view.index.cases().filter(|said| said.forvaltning == sender.name);
    let known = profile.avdelningar.iter().map(|line| line.text.as_str());
    once(known.chain(seen.map(|said| said.avdelning.as_str())), CompletionItemKind::Module)
}

/// Nämnder: those that this förvaltning writes to first, as its profile and the project's cases name them.
fn namnder(here: &Here) -> Vec<Offer> {
    let sender = here.sender();
    let profile = here.view.project.tools().profile(&sender);
    let (own, others): (Vec<_>, Vec<_>) =
        here.view.index.cases().partition(|said| !sender.name.is_empty() && said.forvaltning == sender.name);
    let known = profile.namnder.iter().map(|line| line.text.as_str());
    let seen = own.into_iter().chain(others).map(|said| said.namnd.as_str());
    once(known.chain(seen), CompletionItemKind::Module)
}

/// People, with what is known of them on the lines below that are not there yet.
fn handlaggare(here: &Here) -> Vec<Offer> {
    let known = here.view.index.handlaggare();
    let lines = |person: &Person| [("telefon", person.telefon.clone()), ("e-post", person.e_post.clone())];
    known.into_iter().map(|person| with_lines(here, person, &person.e_post, lines(person))).collect()
}

fn signers(here: &Here) -> Vec<Offer> {
    let known = here.view.index.signers();
    let lines =
        |person: &Person| [("titel", person.titel.clone()), ("organisation", person.organisation.clone())];
    known.into_iter().map(|person| with_lines(here, person, &person.titel, lines(person))).collect()
}

fn with_lines(here: &Here, person: &Person, detail: &str, lines: [(&str, String); 2]) -> Offer {
    let is_missing = |key: &str| !here.beside().any(|other| other == key);
    // The value stands behind its key; the other keys stand below the key.
    let below = lines.iter().filter(|(key, value)| !value.is_empty() && is_missing(key));
    let text =
        below.fold(quoted(&person.namn), |text, (key, value)| format!("{text}\n{key}: {}", quoted(value)));
    Offer { detail: detail.into(), text, ..Offer::new(&person.namn, CompletionItemKind::Constant) }
}

fn of_signers(here: &Here, part: impl Fn(&Person) -> &String) -> Vec<Offer> {
    once(
        here.view.index.signers().into_iter().map(|person| part(person).as_str()),
        CompletionItemKind::Constant,
    )
}

/// The other cases of the project, as this one refers to them.
fn cases(here: &Here) -> Vec<Offer> {
    let Some(folder) = here.view.document.real.parent() else { return Vec::new() };
    let others = here.view.index.cases().filter(|said| said.real != here.view.document.real);
    let offer = |said: &crate::lsp::index::Indexed| Offer {
        detail: said.titel.clone(),
        ..Offer::new(relative(&said.real, folder), CompletionItemKind::File)
    };
    others.map(offer).collect()
}

/// The files in the case's folder and below it.
fn files(here: &Here, endings: &[&str]) -> Vec<Offer> {
    let folder = here.view.document.path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let found = below(folder, endings, &Exclusions::of_git()).unwrap_or_default();
    let names = found.iter().filter_map(|file| file.strip_prefix(folder).ok()).map(shown);
    let is_enclosed = |name: &String| ![".yaml", ".yml", ".json"].iter().any(|ending| name.ends_with(ending));
    names.filter(is_enclosed).take(MOST).map(|name| Offer::new(name, CompletionItemKind::File)).collect()
}

/// Those whose reservation another can refer to.
fn instanser(here: &Here) -> Vec<Offer> {
    let keys = here.kind.body().filter(|(_, key)| key.form == Form::Remissinstanser).map(|(name, _)| name);
    let said = keys.flat_map(|key| {
        let path = [key, "namn"];
        let found: Vec<&str> =
            here.outline.find(&path).map(|entry| &here.view.text()[entry.said.clone()]).collect();
        found
    });
    let organs =
        here.kind.body().filter(|(_, key)| key.form == Form::Borgarradsberedning).map(|(name, _)| name);
    once(said.chain(organs), CompletionItemKind::Reference)
}

/// Each of these words once, in their order.
fn once<'a>(words: impl Iterator<Item = &'a str>, kind: CompletionItemKind) -> Vec<Offer> {
    let mut seen = BTreeSet::new();
    let new = words.filter(|word| !word.is_empty() && seen.insert(word.to_lowercase()));
    new.map(|word| Offer::new(word.trim_matches(['"', '\'']), kind)).collect()
}

/// A path counted from a folder.
fn relative(path: &Path, folder: &Path) -> String {
    let shared = path.components().zip(folder.components()).take_while(|(one, other)| one == other).count();
    let up = folder.components().count() - shared;
    let down: std::path::PathBuf = path.components().skip(shared).collect();
    format!("{}{}", "../".repeat(up), shown(&down))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_counted_from_the_folder() {
        let from = |path: &str, folder: &str| relative(Path::new(path), Path::new(folder));
        assert_eq!(from("/p/cases/a/x.yaml", "/p/cases/b"), "../a/x.yaml");
        assert_eq!(from("/p/cases/a/x.yaml", "/p/cases/a"), "x.yaml");
    }
}
