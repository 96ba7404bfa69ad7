//! Reading: from the text of a case file to a [`Case`] whose values know where they stand.

pub mod acceptance;
pub mod body;
pub mod head;
pub mod inlaga;
pub mod remiss;
pub mod schema;

use std::cell::OnceCell;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use body::{Part, Words};
use head::{Avsandare, Huvud};
use remiss::Referred;

use crate::diagnostic::{self, Diagnostic, Place, Source, codes};
use crate::library::kinds::{Kind, Kinds};
use crate::library::profile::ProfileKey;
use crate::yaml::entries::{Entries, meant, missing_key};
use crate::yaml::field::Reader;
use crate::yaml::keys::Keys;
use crate::yaml::node::{self, YamlNode};
use crate::yaml::{tree, values};

/// A case: what its file says, whether right or wrong.
#[derive(Clone, Debug)]
pub struct Case {
    /// The file.
    pub source: Arc<Source>,
    /// The file's tree, for rules that look at every text alike.
    pub root: YamlNode,
    /// The kind of document.
    pub kind: Arc<Kind>,
    /// The keys of every document.
    pub head: Huvud,
    /// The body, in the order of the file.
    pub parts: Vec<Part>,
    /// The cases that it refers to; whoever reads files puts them there.
    pub referred: Referred,
    /// Whether everything in it could be read: what is lacking may else stand in what could not.
    pub is_whole: bool,
}

/// Reads a case. Everything wrong with its form is reported; where the file is a map at all,
/// there is a case for the checks that follow, with defaults where values were wrong.
pub fn case(source: &Arc<Source>, kinds: &Kinds) -> (Option<Case>, Vec<Diagnostic>) {
    let mut reader = Reader { source: source.clone(), problems: Vec::new() };
    let known = || schema::keys(kinds);
    let Some((root, lost)) = tree(source, &known, &mut reader.problems) else {
        return (None, reader.problems);
    };
    let node::Value::Map(_) = root.value else {
        reader.problems.push(no_case(&root));
        return (None, reader.problems);
    };
    let Some(mut entries) = Entries::of(&root, || schema::keys(kinds), &mut reader) else {
        return (None, reader.problems);
    };
    let head = Huvud::take(&mut entries, &mut reader);
    reader.problems.extend(nameless(&root));
    let (kind, is_certain) = kind(&head, &root, kinds, &mut reader.problems);
    let keys = OnceCell::new();
    let format = Format { kind: &kind, kinds, is_certain, root: &root, keys: &keys };
    let parts = body::read(&entries.rest(), format, &mut reader);
    reader.problems.extend(head.rubriker.faults(kinds.headed()));
    if is_certain {
        reader.problems.extend(strangers(&root, format));
        reader.problems.extend(missing(&root, &kind, &lost));
    }
    let takes_away = |problem: &Diagnostic| {
        [codes::FEL_TYP, codes::OKAND_NYCKEL, codes::NYCKEL_I_TEXT, codes::DUBBEL_NYCKEL]
            .contains(&problem.code)
    };
    let is_whole = lost.is_empty() && !reader.problems.iter().any(takes_away);
    let case = Case { source: source.clone(), root, kind, head, parts, referred: Referred::new(), is_whole };
    (Some(case), reader.problems)
}

/// Reads a case whose tree is at hand, as that of a document is: a key of the body may stand there twice. What is wrong
/// with its form has been said of what the tree was made of. None where it says no kind that there is.
pub fn of_tree(source: &Arc<Source>, root: YamlNode, kinds: &Kinds) -> Option<Case> {
    let mut reader = Reader { source: source.clone(), problems: Vec::new() };
    let head = Huvud::take(&mut Entries::of(&root, || schema::keys(kinds), &mut reader)?, &mut reader);
    let kind = kinds.get(&head.mall.text)?.clone();
    let node::Value::Map(entries) = &root.value else { return None };
    let body: Vec<_> = entries.iter().filter(|(key, _)| !Huvud::KEYS.contains(&key.name.as_str())).collect();
    let keys = OnceCell::new();
    let format = Format { kind: &kind, kinds, is_certain: false, root: &root, keys: &keys };
    let parts = body::read(&body, format, &mut reader);
    Some(Case { source: source.clone(), root, kind, head, parts, referred: Referred::new(), is_whole: true })
}

/// Whether a text may be meant as a case, however wrong, rather than be YAML for another program: it says
/// what kind it is, or has one of our keys, or is nothing with keys at all.
pub fn may_be_case(text: &str, kinds: &Kinds) -> bool {
    let is_ours = |key: &str| {
        let lower: String = key.to_lowercase().nfc().collect();
        Huvud::KEYS.contains(&lower.as_str())
            || diagnostic::nearest(key, ["mall"]).is_some()
            || kinds.body_keys().any(|(name, _)| name == lower)
    };
    let text = text.trim_start_matches('\u{feff}');
    let lines =
        || text.lines().filter(|line| !line.starts_with([' ', '\t', '#', '%', '-']) && !line.is_empty());
    // Another program's file can be JSON, or one list.
    let is_other = text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with(['#', '%']))
        .is_some_and(|line| line.starts_with(['{', '[']) || line.starts_with("- "));
    let mut keys = lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(key, _)| key.trim_matches(['"', '\'', ' ']))
        .peekable();
    if keys.peek().is_none() { !is_other } else { keys.any(is_ours) }
}

/// The senders that say neither a förvaltning nor a nämnd.
fn nameless(root: &YamlNode) -> Vec<Diagnostic> {
    let node::Value::Map(entries) = &root.value else { return Vec::new() };
    let senders = entries.iter().filter(|(key, _)| key.name == "avsändare");
    let senders = senders.flat_map(|(_, said)| match &said.value {
        node::Value::List(senders) => senders.as_slice(),
        _ => std::slice::from_ref(said),
    });
    let is_nameless = |sender: &&YamlNode| {
        matches!(sender.value, node::Value::Map(_)) && !sender.has_one_of(&["förvaltning", "nämnd"])
    };
    senders.filter(is_nameless).map(|sender| missing_key("förvaltning", &sender.origin)).collect()
}

/// The kind of document that is read, among all that there are.
#[derive(Clone, Copy)]
struct Format<'a> {
    kind: &'a Kind,
    kinds: &'a Kinds,
    /// Whether the case means this kind. Of one that says a kind that is not here nothing is known,
    /// and each of its keys would be wrong.
    is_certain: bool,
    root: &'a YamlNode,
    /// What stands below which key, when something stands elsewhere.
    keys: &'a OnceCell<Keys>,
}

impl Format<'_> {
    /// Whether the case has a key outside of any group.
    fn has(&self, key: &str) -> bool {
        let node::Value::Map(entries) = &self.root.value else { return false };
        entries.iter().any(|(found, _)| found.name == key)
    }

    /// Whether a key belongs to the group below another.
    fn stands_below(&self, key: &str, group: &str) -> bool {
        self.keys.get_or_init(|| Keys::new(schema::keys(self.kinds))).is_below(key, group)
    }
}

/// The kind that a case says, or the one nearest to it, and whether that is what it means. A kind
/// that there is not is reported.
fn kind(head: &Huvud, root: &YamlNode, kinds: &Kinds, problems: &mut Vec<Diagnostic>) -> (Arc<Kind>, bool) {
    let said = &head.mall;
    if let Some(kind) = kinds.get(&said.text) {
        return (kind.clone(), true);
    }
    let is_slip =
        said.is_empty() || said.has_mark() || diagnostic::nearest(&said.text, kinds.words()).is_some();
    if !said.is_empty() {
        let finding = values::unknown_value(said, kinds.words());
        problems.push(if is_slip {
            finding
        } else {
            let hint = finding.hint.clone().unwrap_or_default();
            finding.hint(format!("{hint} En egen mall finns bara när dess mapp anges med --mallar."))
        });
    }
    let node::Value::Map(entries) = &root.value else { return (Arc::default(), is_slip) };
    (kinds.likely(&said.text, entries.iter().map(|(key, _)| key.name.as_str())), is_slip)
}

fn no_case(root: &YamlNode) -> Diagnostic {
    Diagnostic::new(codes::INGET_ARENDE, "filen är inget ärende: den består inte av nycklar med värden")
        .at(root.origin.place())
        .hint("Börja filen med raden ”mall: tjänsteutlåtande”. En fil att utgå från får du med: tjut new skrivelse FIL")
}

/// The keys outside the body that only other kinds of document have.
fn strangers(root: &YamlNode, format: Format) -> Vec<Diagnostic> {
    let node::Value::Map(entries) = &root.value else { return Vec::new() };
    entries
        .iter()
        .map(|(key, _)| key)
        .filter(|key| Huvud::KEYS.contains(&key.name.as_str()))
        .filter(|key| !format.kind.keys().any(|known| known == key.name))
        .filter_map(|key| body::of_another_kind(key, format))
        .collect()
}

/// The keys that a document of this kind must have and does not.
fn missing(root: &YamlNode, kind: &Kind, lost: &[String]) -> Vec<Diagnostic> {
    let node::Value::Map(entries) = &root.value else { return Vec::new() };
    kind.required()
        .filter(|key| !entries.iter().any(|(found, _)| stands_for(&found.name, key)))
        .filter(|key| !lost.iter().any(|line| line.starts_with(*key)))
        .map(|key| {
            Diagnostic::new(codes::NYCKEL_SAKNAS, format!("nyckeln ”{key}” saknas"))
                .at(Place { source: root.origin.source().clone(), range: 0..0 })
                .hint(format!("Lägg till raden ”{key}: …”."))
        })
        .collect()
}

/// Whether a key is this one, or was reported as this one misspelt. A heading of one's own that is
/// nearly a key is only doubted, and does not stand for it.
fn stands_for(found: &str, key: &str) -> bool {
    let is_heading = found.starts_with(char::is_uppercase) && found.to_lowercase() != key;
    !is_heading && meant(found, [key].into_iter()).is_some()
}

impl Case {
    /// Who writes, as the profile is found by it.
    pub fn sender(&self) -> ProfileKey<'_> {
        self.sender_of(&self.head.avsandare)
    }

    /// One of those who write together, as the profile is found by it.
    pub fn sender_of<'a>(&'a self, sender: &'a Avsandare) -> ProfileKey<'a> {
        ProfileKey {
            name: &sender.namn().text,
            kommun: sender.kommun.as_ref().map(|line| line.text.as_str()),
            kinds: self.kind.kommun.as_ref().map(|line| line.text.as_str()),
        }
    }

    /// Every Markdown text of the body, in the order of the file.
    pub fn texts(&self) -> impl Iterator<Item = &values::Text> {
        self.parts.iter().flat_map(|part| part.content.words()).filter_map(|words| match words {
            Words::Text(text) | Words::LeadIn(text) => Some(text),
            Words::Line(_) | Words::Lead(_) => None,
        })
    }

    /// The pictures that the texts show, each with its place.
    pub fn pictures(&self) -> Vec<(String, Place)> {
        self.texts()
            .flat_map(|text| {
                crate::markdown::pictures(&text.blocks)
                    .into_iter()
                    .filter_map(|(url, range)| Some((url, text.place_in(range)?)))
            })
            .collect()
    }

    /// What is enclosed, in order.
    pub fn attachments(&self) -> impl Iterator<Item = &body::Bilaga> {
        self.parts.iter().flat_map(|part| match &part.content {
            body::Content::Attachments(bilagor) => bilagor.as_slice(),
            _ => &[],
        })
    }

    /// The files that are enclosed, each with its place.
    pub fn enclosures(&self) -> impl Iterator<Item = (&str, Option<Place>)> {
        let files = self.attachments().filter_map(|bilaga| bilaga.fil.as_ref());
        files.map(|fil| (fil.text.as_str(), fil.place()))
    }
}
