//! The settings of a project: `tjut.yaml`, found from any folder of the project, and what the command
//! line does not say is taken from it.

use std::path::{Path, PathBuf};

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use serde_json::{Value as Json, json};

use super::beside::with_backslash;
use super::decode::decode;
use super::disk::Exclusions;
use super::files::Files;
use super::{CASES, LARGEST_TEXT, OUTPUT, unreadable};
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::export::Format;
use crate::paths::{shown, stays, tidy};
use crate::yaml;
use crate::yaml::field::{Field, OneOrMany, Reader, record};
use crate::yaml::node::YamlNode;
use crate::yaml::values::{Line, choice};

/// The file that marks a project's folder and holds its settings.
pub const FILE: &str = "tjut.yaml";

record! {
    /// What a project's file says.
    pub struct Projekt {
        "ärenden" optional arenden: OneOrMany<Mapp>, "Mappen med ärenden, eller flera mappar; utelämnas den är det cases.";
        "utdata" optional utdata: Option<Mapp>, "Mappen som tjut build skriver i; utelämnas den är det output.";
        "mallar" optional mallar: Option<Mapp>, "Mappen med egna mallar, layouter och profiler, som läggs över de inbyggda.";
        "format" optional format: OneOrMany<Byggformat>, "Det som byggs: md, pdf, docx, html; utelämnas det är det md och pdf.";
        "underkänn" optional underkann: Option<Niva>, "Den lägsta nivå som underkänns: fel (om nyckeln utelämnas), varning eller råd.";
        "undanta" optional undanta: OneOrMany<Monster>, "Filer och mappar som inte är ärenden, med * och ** som i .gitignore. Det som .gitignore nämner är redan undantaget.";
        "profil" optional profil: Option<Line>, "Förvaltningen vars profil gäller för ärenden vars avsändare inte har någon egen.";
        "publicering" optional publicering: Option<JaNej>, "ja om webbsidor alltid ska göras för öppna webben: utan personers direkta kontaktuppgifter.";
    }
}

/// A folder of the project, counted from where its file stands.
#[derive(Clone, Debug, Default)]
pub struct Mapp(pub Line);

impl Mapp {
    /// The folder.
    pub fn path(&self) -> PathBuf {
        match tidy(Path::new(&self.0.text)) {
            // The project's own folder.
            empty if empty.as_os_str().is_empty() => ".".into(),
            path => path,
        }
    }
}

impl Field for Mapp {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        let line = Line::read(node, reader);
        if let Some(finding) = with_backslash(codes::OKANT_VARDE, "mappen", &line.text) {
            reader.problems.push(finding.at(node.origin.place()));
            return Self::default();
        }
        if !line.is_empty() && !stays(&tidy(Path::new(&line.text))) {
            let finding = Diagnostic::new(
                codes::OKANT_VARDE,
                format!("mappen {} ligger inte i projektets mapp", line.text),
            );
            reader.problems.push(
                finding
                    .at(node.origin.place())
                    .hint(format!("Skriv den räknat från mappen där {FILE} står.")),
            );
            return Self::default();
        }
        Self(line)
    }

    fn schema() -> Json {
        json!({ "type": "string" })
    }
}

/// A format that is built.
#[derive(Clone, Copy, Debug, Default)]
pub struct Byggformat(pub Option<Format>);

impl Byggformat {
    fn words() -> Vec<(&'static str, Format)> {
        Format::ALL.iter().map(|format| (format.ending(), *format)).collect()
    }
}

impl Field for Byggformat {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        Self(choice(node, reader, &Self::words()))
    }

    fn schema() -> Json {
        json!({ "enum": Self::words().iter().map(|(word, _)| *word).collect::<Vec<_>>() })
    }
}

/// The least severity that fails.
#[derive(Clone, Copy, Debug)]
pub struct Niva(pub Severity);

impl Default for Niva {
    fn default() -> Self {
        Self(Severity::Error)
    }
}

impl Niva {
    const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Advice];
}

impl Field for Niva {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        choice(node, reader, &Self::ALL.map(|level| (level.word(), level))).map(Self).unwrap_or_default()
    }

    fn schema() -> Json {
        json!({ "enum": Self::ALL.map(Severity::word) })
    }
}

/// Yes or no.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JaNej(pub bool);

impl Field for JaNej {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        Self(choice(node, reader, &[("ja", true), ("nej", false)]).unwrap_or_default())
    }

    fn schema() -> Json {
        json!({ "enum": ["ja", "nej"] })
    }
}

/// A pattern of paths.
#[derive(Clone, Debug, Default)]
pub struct Monster(Option<Glob>);

impl Field for Monster {
    fn read(node: &YamlNode, reader: &mut Reader) -> Self {
        let line = Line::read(node, reader);
        if line.is_empty() {
            return Self(None);
        }
        let glob = pattern(&line.text);
        if let Err(finding) = &glob {
            reader.problems.push(finding.clone().at(node.origin.place()));
        }
        Self(glob.ok())
    }

    fn schema() -> Json {
        json!({ "type": "string" })
    }
}

/// What a pattern names, as in `.gitignore`: a name alone is one at any depth, a path counts from the project's
/// folder, and a slash behind it changes nothing.
fn pattern(text: &str) -> Result<Glob, Diagnostic> {
    if let Some(finding) = with_backslash(codes::OKANT_VARDE, "mönstret", text) {
        return Err(finding);
    }
    let wrong = |message: String, hint: &str| Diagnostic::new(codes::OKANT_VARDE, message).hint(hint);
    if text.starts_with('!') {
        return Err(wrong(
            format!("”{text}” börjar med !, och det som är undantaget kan inte tas tillbaka"),
            "Ändra i stället det mönster som undantar för mycket.",
        ));
    }
    let said = text.trim_end_matches('/');
    let path = tidy(Path::new(said.trim_start_matches('/')));
    if !stays(&path) {
        return Err(wrong(
            format!("mönstret {text} leder ut ur projektets mapp"),
            &format!("Skriv det räknat från mappen där {FILE} står."),
        ));
    }
    let path = shown(&path);
    let whole = if said.contains('/') { path } else { format!("**/{path}") };
    GlobBuilder::new(&whole).literal_separator(true).build().map_err(|_| {
        wrong(
            format!("”{text}” är inget mönster för filer"),
            "Skriv till exempel ”cases/arkiv/” eller ”*.utkast.yaml”; en hakparentes eller klammer ska ha både början och slut.",
        )
    })
}

/// A project's settings. Without a file all is as it is without a word.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// What the file says.
    pub said: Projekt,
    /// What is wrong with it.
    pub faults: Vec<Diagnostic>,
}

impl Settings {
    /// The settings in a project's folder.
    pub fn read(files: &impl Files, root: &Path) -> Self {
        let path = tidy(&root.join(FILE));
        let name = shown(&path);
        let bytes = match files.read(&path, LARGEST_TEXT) {
            Ok(bytes) => bytes,
            Err(error) => return Self::wrong(unreadable(&name, error.kind())),
        };
        let source = match decode(name, &bytes) {
            Ok(source) => source,
            Err(finding) => return Self::wrong(finding),
        };
        // A file that only marks the folder is right.
        if source.text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
            return Self::default();
        }
        let (said, faults) = yaml::record::<Projekt>(&source);
        Self { said, faults }
    }

    fn wrong(finding: Diagnostic) -> Self {
        Self { said: Projekt::default(), faults: vec![finding] }
    }

    /// The folders of cases, and where each is said; `cases` where none is.
    pub fn cases(&self) -> Vec<Mapp> {
        match self.said.arenden.0.as_slice() {
            [] => vec![Mapp(Line::new(CASES))],
            said => said.to_vec(),
        }
    }

    /// The folder of outputs.
    pub fn output(&self) -> PathBuf {
        self.said.utdata.as_ref().map_or_else(|| OUTPUT.into(), Mapp::path)
    }

    /// The formats that are built; none where the file does not say.
    pub fn formats(&self) -> Vec<Format> {
        self.said.format.0.iter().filter_map(|format| format.0).collect()
    }

    /// What is passed by in folders.
    pub fn exclusions(&self) -> Exclusions {
        let mut globs = GlobSetBuilder::new();
        for glob in self.said.undanta.0.iter().filter_map(|pattern| pattern.0.as_ref()) {
            globs.add(glob.clone());
        }
        Exclusions::of_git().and(Path::new(""), globs.build().unwrap_or_else(|_| GlobSet::empty()))
    }
}

/// The folder of the project that a folder lies in: the nearest above with a [`FILE`], but none above
/// the repository's, whose other copies would not have it.
pub fn root(files: &(impl Files + ?Sized), folder: &Path) -> Option<PathBuf> {
    let holds = |above: &Path, name: &str| files.real(&above.join(name)).is_ok();
    for above in folder.ancestors() {
        if holds(above, FILE) {
            return Some(above.to_owned());
        }
        if holds(above, ".git") {
            break;
        }
    }
    None
}

/// The JSON Schema of the file, for editors.
pub fn schema() -> Json {
    let mut schema = Projekt::schema();
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    schema["title"] = "Inställningar för ett projekt med tjut".into();
    schema
}
