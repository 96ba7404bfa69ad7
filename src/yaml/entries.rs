//! The entries of a map: each key once, what must be there, what is unknown, and what was meant by it.

use std::ops::Range;

use serde_json::Value as Json;

use super::field::{Field, Reader, Wanted};
use super::node::{Key, Origin, ScalarStyle, Value, YamlNode};
use super::syntax::lines::SourceLine;
use super::syntax::repair::{blanks, indented};
use crate::diagnostic::{Diagnostic, Place, codes, nearest};

/// The entries of a map while they are taken one by one.
pub struct Entries<'a> {
    origin: &'a Origin,
    left: Vec<&'a (Key, YamlNode)>,
}

impl<'a> Entries<'a> {
    /// The entries of a node, each key once: duplicates are reported here. The schema says which there can be.
    pub fn of(node: &'a YamlNode, schema: impl Fn() -> Json, reader: &mut Reader) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            reader.wrong(node, Wanted::Group(&schema()));
            return None;
        };
        let mut left: Vec<&(Key, YamlNode)> = Vec::new();
        for entry in entries {
            match left.iter().position(|(key, _)| key.name == entry.0.name) {
                // Its keys belong to what begins here.
                Some(0) if let Some(finding) = dash_missing(&left[0].0, &entry.0) => {
                    reader.problems.push(finding);
                    break;
                }
                Some(first) => reader.problems.push(twice(left[first], entry)),
                None => left.push(entry),
            }
        }
        Some(Self { origin: &node.origin, left })
    }

    /// Takes the value of a key, if it is there.
    pub fn take<T: Field>(&mut self, key: &str, reader: &mut Reader) -> Option<T> {
        let at = self.left.iter().position(|(found, _)| found.name == key)?;
        let (_, node) = self.left.remove(at);
        Some(T::read(node, reader))
    }

    /// Takes the value of a key that must be there; its absence is reported.
    pub fn require<T: Field>(&mut self, key: &str, reader: &mut Reader) -> Option<T> {
        let value = self.take(key, reader);
        // A key that is nearly this one is reported as misspelt.
        let misspelt = || self.left.iter().any(|(found, _)| meant(&found.name, [key].into_iter()).is_some());
        if value.is_none() && !misspelt() {
            reader.problems.push(missing_key(key, self.origin));
        }
        value
    }

    /// Reports every key that nobody took.
    pub fn refuse_rest(self, known: &[&str], reader: &mut Reader) {
        for (key, _) in self.left {
            reader.problems.push(unknown_key(key, known.iter().copied()));
        }
    }

    /// The entries that nobody took yet, in the order of the file.
    pub fn rest(self) -> Vec<&'a (Key, YamlNode)> {
        self.left
    }
}

/// A key that stands twice.
fn twice((first, one): &(Key, YamlNode), (again, other): &(Key, YamlNode)) -> Diagnostic {
    let place = again.origin.place();
    let finding = Diagnostic::new(codes::DUBBEL_NYCKEL, format!("nyckeln ”{}” står två gånger", again.name))
        .at(place.clone())
        .related(first.origin.place(), "den står redan här");
    let line = SourceLine::at(&place.source.text, place.range.start);
    let is_same = one.origin.said() == other.origin.said() && matches!(other.value, Value::Text(_));
    let is_whole = line.range().start == place.range.start && line.end >= other.origin.place().range.end;
    if !is_same || !is_whole {
        return finding.hint("Behåll den ena. Om det är två texter: skriv båda under den.");
    }
    let end = (line.end + 1).min(place.source.text.len());
    let whole = Place { source: place.source.clone(), range: line.start..end };
    finding.hint("De säger detsamma: ta bort den ena.").safe_edit(whole, "")
}

/// The first key of a list's item that comes again: another item without its dash.
fn dash_missing(first: &Key, again: &Key) -> Option<Diagnostic> {
    let (of_first, of_again) = (first.origin.place(), again.origin.place());
    let source = &of_again.source;
    let is_item = SourceLine::at(&of_first.source.text, of_first.range.start).words.starts_with("- ");
    let dash = of_again.range.start.checked_sub(2)?..of_again.range.start;
    (is_item && source.text.get(dash.clone()) == Some("  ")).then(|| {
        Diagnostic::new(codes::YAML_FEL, format!("ett streck saknas före ”{}”", again.name))
            .at(of_again.clone())
            .related(of_first, "här börjar den förra")
            .hint(format!("Skriv ”- {}:” så som den förra i listan börjar.", again.name))
            .safe_edit(Place { source: source.clone(), range: dash }, "- ")
    })
}

/// The error for a key that must be in a map and is not.
pub fn missing_key(key: &str, map: &Origin) -> Diagnostic {
    Diagnostic::new(codes::NYCKEL_SAKNAS, format!("nyckeln ”{key}” saknas"))
        .at(map.place())
        .hint(format!("Lägg till raden ”{key}: …”."))
}

/// The error for a key that the format does not have.
pub fn unknown_key<'k>(key: &Key, known: impl Iterator<Item = &'k str> + Clone) -> Diagnostic {
    let place = key.origin.place();
    let finding = Diagnostic::new(codes::OKAND_NYCKEL, format!("nyckeln ”{}” finns inte", key.name));
    if let Some(meant) = meant(&key.name, known.clone()) {
        let finding = finding.hint(format!("Menade du ”{meant}”?"));
        return finding.edit(place.clone(), meant).at(place);
    }
    let keys: Vec<&str> = known.collect();
    finding.hint(format!("Nycklarna här är: {}.", keys.join(", "))).at(place)
}

/// The key that another word means, or that a word nearly is.
pub fn meant<'k>(word: &str, known: impl Iterator<Item = &'k str> + Clone) -> Option<&'k str> {
    let word = word.to_lowercase();
    let other = OTHER_WORDS.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(key, _)| *key);
    let begins = || {
        let mut begun = known
            .clone()
            .filter(|key| key.strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(' ')));
        begun.next().filter(|_| begun.next().is_none())
    };
    let other = other.and_then(|other| known.clone().find(|key| *key == other));
    other.or_else(begins).or_else(|| nearest(&word, known.clone()))
}

/// Says that a key and its value are a line of the text above that is not as far in as it.
pub fn not_indented(key: &Key, node: &YamlNode) -> Option<Diagnostic> {
    let what = if key.name.starts_with(char::is_lowercase) { "nyckeln" } else { "rubriken" };
    let place = key.origin.place();
    let line = SourceLine::at(&place.source.text, place.range.start);
    let entry = line.entry().filter(|entry| {
        !entry.value.is_empty() && !line.opens_text() && node.origin.style() == ScalarStyle::Plain
    })?;
    // Where an own heading begins, a blank line stands before it and the text on the lines below.
    let goes_on = line.all_below().next().is_some_and(|below| below.indent > 0 && !below.words.is_empty());
    if line.is_apart() && !goes_on || line.indent > 0 || line.above()?.indent == 0 {
        return None;
    }
    let (indent, _) = line.text_around()?;
    Some(
        Diagnostic::new(codes::RUBRIK_AV_MISSTAG, format!("raden läses som {what} ”{}”, eftersom den inte är indragen", entry.key))
            .hint(format!("Om den hör till texten ovanför: dra in raden med {}. Om det är en egen rubrik: lägg en tom rad före, sätt | efter kolonet och skriv texten indragen under.", blanks(indent)))
            .edit(Place { source: place.source.clone(), range: line.start..line.start }, " ".repeat(indent))
            .at(place),
    )
}

/// A key that stands below the lines of its group but is not as far in as they: which group it is, and the
/// lines as they should be.
pub fn within_group_above<'g>(key: &Place, groups: &[&'g str]) -> Option<(&'g str, Range<usize>, String)> {
    let line = SourceLine::at(&key.source.text, key.range.start);
    let top = line.next_above().find(|other| other.indent == 0 && !other.is_silent())?;
    let group = groups.iter().find(|group| top.entry().is_some_and(|entry| entry.key == **group))?;
    let item = line.next_above().take_while(|other| other.start > top.start).find_map(|other| other.entry());
    // In a list the keys of an item stand in one line with its first.
    let items = top
        .all_below()
        .take_while(|other| other.start < line.start)
        .filter(|other| other.words.starts_with("- "));
    let column = items.last().and_then(|item| item.entry()).or(item)?.column;
    let (range, moved) = indented(line, column);
    Some((group, range, moved))
}

/// What people write for a key of the format.
const OTHER_WORDS: &[(&str, &[&str])] = &[
    (
        "titel",
        &["rubrik", "ärende", "ärendets rubrik", "ärendemening", "title", "befattning", "roll", "yrkestitel"],
    ),
    ("underrubrik", &["undertitel", "ingress", "svar på"]),
    ("diarienummer", &["dnr", "diarienr", "ärendenummer", "ärendenr", "d.nr", "dnr."]),
    ("datum", &["date", "dag", "dokumentdatum", "upprättad", "upprättat"]),
    (
        "sammanträde",
        &["möte", "sammanträdesdatum", "sammanträdesdag", "nämndmöte", "mötesdatum", "nämndsammanträde"],
    ),
    ("till", &["mottagare", "adressat"]),
    ("avsändare", &["från", "sändare"]),
    ("handläggare", &["kontaktperson", "kontakt", "författare", "ansvarig"]),
    ("e-post", &["mejl", "mail", "epost", "e-mail", "email", "e-postadress", "epostadress", "mejladress"]),
    ("telefon", &["tel", "tfn", "tel.", "tfn.", "telefonnummer", "mobil", "mobilnummer", "telefonnr"]),
    ("webb", &["webbplats", "hemsida", "webbadress", "www", "webbsida"]),
    ("organisation", &["förvaltning", "avdelning", "enhet"]),
    ("förslag till beslut", &["förslag", "beslut", "beslutsförslag", "förvaltningens förslag till beslut"]),
    ("sammanfattning", &["ärendet i korthet", "i korthet", "ärendesammanfattning"]),
    ("bakgrund", &["inledning", "bakgrunden"]),
    ("ärendet", &["ärendebeskrivning", "beskrivning av ärendet"]),
    ("ärendets beredning", &["beredning"]),
    (
        "förvaltningens synpunkter",
        &["synpunkter", "bedömning", "förvaltningens bedömning", "förvaltningens synpunkter och förslag"],
    ),
    ("konsekvenser för barn", &["barnkonsekvenser", "barnkonsekvensanalys", "barnets bästa"]),
    ("jämställdhetsanalys", &["jämställdhet"]),
    ("underskrifter", &["underskrift", "undertecknare", "undertecknat", "signatur", "signaturer"]),
    ("bilagor", &["bilaga", "bilagorna"]),
    ("frågor", &["fråga", "frågeställningar"]),
    ("svar", &["svaret"]),
    ("fil", &["sökväg", "filnamn"]),
    ("namn", &["för- och efternamn", "person"]),
];
