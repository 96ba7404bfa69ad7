//! `tjut new profil`: a förvaltning's profile to fill in, in a folder of templates of one's own.

use std::path::{Path, PathBuf};

use tjut::diagnostic::{Diagnostic, codes};
use tjut::library::{Templates, slug};
use tjut::project::{disk, shown};
use tjut::yaml::values::marks;

use super::SEEDS;
use crate::cli::{Failure, Outcome, talk};

/// What is written in the place of `SLAG` for a profile.
pub const WORD: &str = "profil";

/// The folder around the profile, where the name says none.
const FOLDER: &str = "egna";
/// The mark that the profile names, to be replaced by one's own.
const MARK: &str = "marke/eget.svg";
/// The built-in mark that stands in for it.
const USUAL: &str = "marke/marke.svg";

/// Writes the profile of the förvaltning that `name` ends with, and what of the folder around it is not there yet:
/// a mark to replace, a place for fonts, and a note about both.
pub fn new(name: &Path, templates: &Templates) -> anyhow::Result<Outcome> {
    let called = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let said = name.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = said.map_or_else(|| PathBuf::from(FOLDER), Path::to_owned);
    let file = folder.join("profiles").join(format!("{}.yaml", slug(&called.to_lowercase())));
    if disk::is_taken(&file) {
        let finding = Diagnostic::new(codes::FIL_FINNS, format!("{} finns redan", shown(&file)));
        return Err(Failure::from(finding.hint("Välj ett annat namn, eller ta bort filen först.")).into());
    }
    let seed = SEEDS.get_file("profil.yaml").and_then(|file| file.contents_utf8()).unwrap_or_default();
    put(&file, filled(seed, &called).as_bytes())?;
    let mark = templates.file(USUAL).unwrap_or_default();
    for (name, bytes) in [(MARK, mark), ("LÄSMIG.md", NOTE.as_bytes()), ("fonts/LÄSMIG.md", FONTS.as_bytes())]
    {
        let path = folder.join(name);
        if !disk::is_taken(&path) {
            put(&path, bytes)?;
        }
    }
    talk::say(&format!(
        "Skrev {file}. Fyll i det som står mellan « och », byt ut märket {mark}, och granska sedan: tjut check --mallar \"{folder}\"",
        file = shown(&file),
        mark = shown(&folder.join(MARK)),
        folder = shown(&folder),
    ));
    Ok(Outcome::Done)
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    disk::write(path, bytes).map_err(Failure::from)
}

/// The seed with the name in its first place to fill in.
fn filled(seed: &str, name: &str) -> String {
    let mut text = seed.to_owned();
    if let Some(first) = marks(seed).next() {
        let has_sign = name.contains(|sign: char| !sign.is_alphanumeric() && !" -".contains(sign));
        let quoted =
            if has_sign { format!("\"{}\"", name.replace(['"', '\\'], "")) } else { name.to_owned() };
        text.replace_range(first, &quoted);
    }
    text
}

const NOTE: &str = "# Egna mallar

Mappen anges när ärenden granskas och byggs: `tjut build --mallar MAPP`.

- `profiles/`: en fil för varje förvaltning, eller en för hela kommunen: `kommun:` med det som alla har gemensamt, och
  `förvaltningar:` med en post för var och en.
- `marke/`: märket i brevhuvudet, SVG eller PNG.
- `fonts/`: egna typsnitt (.ttf), som profilen anger under `utseende: typsnitt:`.
";

const FONTS: &str = "# Egna typsnitt

Lägg typsnittens filer (.ttf) här, med alla snitt som används: normal, fet, kursiv. Skriv familjens namn i profilen under
`utseende: typsnitt:`. Kontrollera att licensen tillåter att typsnittet bäddas in i PDF-filer.
";
