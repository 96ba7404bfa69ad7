//! The front matter: what the letterhead and a file's metadata need. One list of keys reads it,
//! with every value where it stands, writes it, and gives it to the layouts.

use serde_json::{Map, Value as Json};

use crate::diagnostic::{Diagnostic, Place, codes};
use crate::library::kinds::{Kind, Kinds};
use crate::library::profile::{Marke, ProfileKey};
use crate::library::roll::Roll;
use crate::library::utseende::Utseende;
use crate::read::head::{Avsandare, Handlaggare, Till};
use crate::yaml::data::Data;
use crate::yaml::field::{Field, Reader, Several, record};
use crate::yaml::node::YamlNode;
use crate::yaml::values::{Day, Line};

record! {
    /// The front matter of a document.
    pub struct Front: Data {
        "mall" optional mall: Line, "Vilket slags dokument det är; väljer layout.";
        "språk" optional sprak: Line, "Språket, alltid sv.";
        "utkast" optional utkast: Option<Line>, "Ja, om det är ett utkast.";
        "benämning" optional benamning: Option<Line>, "Vad dokumentet kallar sig, om profilen säger något annat än mallen.";
        "diarienummer" optional diarienummer: Several<Line>, "Ärendets diarienummer.";
        "nummeretikett" optional nummeretikett: Option<Line>, "Ordet före diarienumret.";
        "er beteckning" optional er_beteckning: Option<Line>, "Mottagarens beteckning på ärendet.";
        "datum" optional datum: Day, "Dokumentets datum.";
        "datumetikett" optional datumetikett: Option<Line>, "Ordet före datumet.";
        "rubrikrad" optional rubrikrad: Option<Line>, "Raden ovanför titeln.";
        "till" optional till: Option<Several<Till>>, "Nämnden som ska besluta.";
        "avsändare" optional avsandare: Option<Several<Avsandare>>, "Förvaltningen som skriver.";
        "handläggare" optional handlaggare: Vec<Handlaggare>, "De som svarar för ärendet.";
        "märke" optional marke: Option<Marke>, "Märket (logotypen) i brevhuvudet.";
        "utseende" optional utseende: Option<Utseende>, "Typsnitt, färger och marginaler.";
        "bilagor" optional bilagor: Vec<Bilagefil>, "Bilagorna som finns som filer.";
        "rubriker" optional rubriker: Option<Rollrubriker>, "Ärendets egna rubriker över det som formaten känner igen.";
    }
}

record! {
    /// A case's own headings over what formats treat as what it is, by role: nothing else in the Markdown tells it.
    pub struct Rollrubriker: Data {
        "beslut" optional beslut: Option<Line>, "Rubriken över det som ska beslutas.";
        "avslutande" optional avslutande: Option<Line>, "Rubriken över förslaget när det upprepas sist.";
        "sammanfattning" optional sammanfattning: Option<Line>, "Rubriken över sammanfattningen.";
        "bilagor" optional bilagor: Option<Line>, "Rubriken över bilagorna.";
    }
}

impl Rollrubriker {
    /// The place of a role's heading, if formats treat the role.
    pub fn of(&mut self, role: Roll) -> Option<&mut Option<Line>> {
        match role {
            Roll::Beslut => Some(&mut self.beslut),
            Roll::Avslutande => Some(&mut self.avslutande),
            Roll::Sammanfattning => Some(&mut self.sammanfattning),
            Roll::Bilagor => Some(&mut self.bilagor),
            _ => None,
        }
    }
}

record! {
    /// The file of an enclosure.
    pub struct Bilagefil: Data {
        "nummer" required nummer: Line, "Vilken av bilagorna, i ordning från 1.";
        "fil" required fil: Line, "Filen, räknat från dokumentets mapp.";
    }
}

/// What every document has.
const OF_ALL: &[&str] = &["mall", "språk", "diarienummer", "datum"];
/// What only some kinds of document have, and then must.
fn of_kind(kind: &Kind) -> impl Iterator<Item = &'static str> {
    let needs_recipient = kind.required().any(|key| key == "till");
    let wanted = [
        ("till", needs_recipient),
        ("avsändare", kind.is_letter()),
        ("märke", kind.is_letter()),
        ("rubrikrad", !kind.is_letter()),
    ];
    wanted.into_iter().filter(|(_, is_wanted)| *is_wanted).map(|(key, _)| key)
}

impl Front {
    /// Reads a front matter. What is wrong is placed where it stands, and what is missing at `start`.
    pub(crate) fn of(node: &YamlNode, start: &Place, kinds: &Kinds) -> (Self, Vec<Diagnostic>) {
        let mut reader = Reader { source: start.source.clone(), problems: Vec::new() };
        let front = Self::read(node, &mut reader);
        let mut faults = reader.problems;
        // Places to fill in are looked for in all of the document.
        faults.retain(|fault| fault.code != codes::EJ_IFYLLT);
        let wanted = kinds.get(&front.mall.text).into_iter().flat_map(|kind| of_kind(kind));
        let missing = OF_ALL.iter().copied().chain(wanted).filter(|key| !node.has_one_of(&[key]));
        faults.extend(missing.map(|key| lacking(key, start)));
        let nameless = front.avsandare.iter().flat_map(Several::iter).filter(|said| said.is_nameless());
        faults.extend(nameless.map(|_| lacking("förvaltning", start)));
        faults.extend(front.others());
        (front, faults)
    }

    /// Values that are none of those that there are.
    fn others(&self) -> impl Iterator<Item = Diagnostic> {
        let draft =
            self.utkast.as_ref().filter(|draft| !draft.is_empty() && draft.text != "ja").map(|draft| {
                Diagnostic::new(codes::HUVUD_FEL, "utkast i huvudet kan bara vara ja")
                    .at(draft.place())
                    .hint("Skriv utkast: \"ja\", eller ta bort raden om dokumentet är färdigt.")
            });
        let language = Some(&self.sprak).filter(|language| !language.is_empty() && language.text != "sv");
        draft.into_iter().chain(language.map(|language| {
            Diagnostic::new(codes::HUVUD_FEL, "språket i huvudet är inte sv")
                .at(language.place())
                .hint("Skriv: språk: \"sv\"")
        }))
    }

    /// Who writes, as the profile is found by it.
    pub fn sender<'a>(&'a self, kinds: &'a Kinds) -> ProfileKey<'a> {
        let text = |line: &'a Option<Line>| line.as_ref().map(|line| line.text.as_str());
        ProfileKey {
            name: self.avsandare.as_ref().map_or("", |sender| &sender.namn().text),
            kommun: self.avsandare.as_ref().and_then(|sender| text(&sender.kommun)),
            kinds: kinds.get(&self.mall.text).and_then(|kind| text(&kind.kommun)),
        }
    }

    /// The file of an enclosure, by its place among them from 0.
    pub fn file_of_enclosure(&self, at: usize) -> Option<&str> {
        let number = (at + 1).to_string();
        self.bilagor.iter().find(|file| file.nummer.text == number).map(|file| file.fil.text.as_str())
    }

    /// Whether it is a draft's.
    pub fn is_draft(&self) -> bool {
        self.utkast.as_ref().is_some_and(|draft| draft.text == "ja")
    }

    /// It as YAML, one value a line. Every text is quoted: a quoted text can hold anything.
    pub fn yaml(&self) -> String {
        let mut out = String::new();
        write_map(&self.map(), 0, &mut out);
        out
    }
}

fn lacking(key: &str, start: &Place) -> Diagnostic {
    Diagnostic::new(codes::HUVUD_SAKNAS, format!("nyckeln ”{key}” saknas i huvudet"))
        .at(start.clone())
        .hint("Se hur nyckeln skrivs i en Markdown-fil som tjut nyss har byggt ur ett ärende.")
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
