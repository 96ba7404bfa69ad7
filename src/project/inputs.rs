//! Which files a command works on, and what their outputs are called.

use std::path::{Component, Path, PathBuf};

use super::disk::{Exclusions, below, is_folder, is_there, readable};
use super::files::Files;
use super::nearly::missing;
use super::settings::{self, Mapp};
use super::{CASES, LARGEST_TEXT, Project};
use crate::diagnostic::{Diagnostic, codes};
use crate::paths::{shown, tidy};
use crate::read;

/// The endings of case files.
pub const CASE_ENDINGS: &[&str] = &[".yaml", ".yml"];

/// A file to work on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The file, as the user wrote it.
    pub path: PathBuf,
    /// Its name among the outputs, without an ending.
    pub name: PathBuf,
    /// The folder it was found in, which a link must not lead out of; none when it was named itself.
    pub within: Option<PathBuf>,
}

impl Input {
    /// Whether it is Markdown that was reviewed, rather than a case.
    pub fn is_markdown(&self) -> bool {
        is_markdown(&self.path)
    }

    /// Says that it is a link that leads out of the folder it was found in, where that is so.
    pub(super) fn leads_out(&self, files: &impl Files) -> Option<Diagnostic> {
        let folder = self.within.as_deref()?;
        let (file, root) = (files.real(&self.path).ok()?, files.real(folder).ok()?);
        (!file.starts_with(root)).then(|| {
            Diagnostic::new(
                codes::LANK_UTANFOR,
                format!("{} är en länk till en fil utanför {}/", shown(&self.path), shown(folder)),
            )
            .hint("Lägg en kopia av filen i mappen i stället för länken.")
        })
    }
}

/// Whether a file is Markdown, by its name.
pub(super) fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
}

/// The files that a command works on, and those that it does not.
#[derive(Debug, Default)]
pub struct Inputs {
    /// Each file once, as it is to be shown.
    pub files: Vec<Input>,
    /// Files in folders that end as cases do, and are none.
    pub others: Vec<PathBuf>,
    /// Paths that lead nowhere, cannot be read, or are folders without cases.
    pub problems: Vec<(PathBuf, Diagnostic)>,
}

/// Where files are looked for.
#[derive(Clone, Copy, Debug)]
pub struct SearchScope<'a> {
    /// The project's folders of cases.
    pub cases: &'a [Mapp],
    /// The folder of outputs, where Markdown lies that a PDF can be made of.
    pub output: &'a Path,
    /// What is passed by in folders.
    pub excluded: &'a Exclusions,
}

impl Project {
    /// The files that paths mean: files as they are, and folders with all cases below them; all
    /// folders of cases when nothing is said. What is wrong with one path keeps nobody from the others.
    pub fn inputs(&self, paths: &[PathBuf], scope: SearchScope) -> Inputs {
        let mut inputs = Inputs::default();
        let said = paths.iter().map(|path| (path.clone(), None));
        let usual = scope.cases.iter().map(|folder| (folder.path(), folder.0.place()));
        let wanted: Vec<_> = if paths.is_empty() { usual.collect() } else { said.collect() };
        let mut files = Vec::new();
        for (path, place) in wanted {
            match self.meant(&path, scope) {
                Ok((cases, others)) => {
                    files.extend(cases);
                    inputs.others.extend(others);
                }
                Err(finding) => inputs.problems.push((path, finding.at(place))),
            }
        }
        inputs.files = self.enter(files);
        inputs
    }

    /// The cases that a path means, and the files in a folder that are none.
    fn meant(&self, path: &Path, scope: SearchScope) -> Result<(Vec<Input>, Vec<PathBuf>), Diagnostic> {
        let is_open = self.files().is_open(path);
        let is_folder = |path: &Path| {
            let not_there = |finding| if is_there(path) { finding } else { missing(path, finding) };
            is_folder(path).map_err(not_there)
        };
        if is_open || !is_folder(path)? {
            if !is_open {
                readable(path)?;
            }
            if !self.may_be_case(path) {
                return Err(no_case(path));
            }
            let root = path.parent().unwrap_or(Path::new(""));
            let name = name(path, root, scope);
            return Ok((vec![Input { path: path.to_owned(), name, within: None }], Vec::new()));
        }
        let found = below(path, CASE_ENDINGS, scope.excluded)?;
        let (cases, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|file| self.may_be_case(file));
        if cases.is_empty() {
            let all = below(path, CASE_ENDINGS, &Exclusions::none())?;
            return Err(no_cases(path, all.iter().any(|file| self.may_be_case(file))));
        }
        let within = |file: PathBuf| Input {
            name: name(&file, path, scope),
            path: file,
            within: Some(path.to_owned()),
        };
        Ok((cases.into_iter().map(within).collect(), others))
    }

    /// Whether a file in a folder may be meant as a case. One that cannot be read may.
    pub(super) fn may_be_case(&self, path: &Path) -> bool {
        if is_settings(path) {
            return false;
        }
        if is_markdown(path) {
            return true;
        }
        let bytes = self.held.read(path, LARGEST_TEXT).ok();
        let text = bytes.as_ref().and_then(|(bytes, _)| std::str::from_utf8(bytes).ok());
        text.is_none_or(|text| read::may_be_case(text, self.tools().kinds()))
    }
}

/// What is said of a folder without cases, or where all are excluded.
fn no_cases(folder: &Path, are_excluded: bool) -> Diagnostic {
    let folder = shown(folder);
    if are_excluded {
        return Diagnostic::new(codes::INGA_ARENDEN, format!("alla ärenden i {folder} är undantagna")).hint(
            "Ange en fil i mappen, eller ändra vad som undantas: nyckeln undanta: i tjut.yaml, eller filen .gitignore.",
        );
    }
    Diagnostic::new(codes::INGA_ARENDEN, format!("i {folder} finns inga ärenden"))
        .hint("Ett ärende är en fil som slutar på .yaml. Skriv ett med: tjut new skrivelse FIL")
}

/// What is said of a file that is named and is none of ours.
fn no_case(path: &Path) -> Diagnostic {
    let finding = |what: &str| Diagnostic::new(codes::INGET_ARENDE, format!("{} {what}", shown(path)));
    if is_settings(path) {
        return finding("är projektets inställningar, inget ärende").hint(
            "Ange ett ärende eller en mapp. Inställningarna granskas varje gång som tjut körs i projektet.",
        );
    }
    finding("är inget ärende: ingen av nycklarna är ett ärendes")
        .hint("Börja filen med raden ”mall: tjänsteutlåtande”. En fil att utgå från får du med: tjut new skrivelse FIL")
}

fn is_settings(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == settings::FILE)
}

/// The name among the outputs. A case below `cases/` keeps its folders, whether it is built alone
/// or with the others; Markdown below the output folder has its PDF beside it. A name never leads
/// out of the output folder.
fn name(path: &Path, root: &Path, scope: SearchScope) -> PathBuf {
    let stem = path.with_extension("");
    // However the folders are spelled: `./output/x.md` lies in `output`.
    let whole = |path: &Path| std::path::absolute(path).map_or_else(|_| path.to_owned(), |path| tidy(&path));
    let below = |folder: &Path| whole(&stem).strip_prefix(whole(folder)).ok().map(Path::to_owned);
    let parts: Vec<Component> = stem.components().collect();
    let cases = parts.iter().rposition(|part| part.as_os_str() == CASES);
    let below_cases = cases.map(|at| parts[at + 1..].iter().collect::<PathBuf>());
    let own = scope.cases.iter().map(Mapp::path).filter(|folder| folder.as_os_str() != CASES);
    let below_own = own.filter_map(|folder| below(&folder)).next();
    let stays = |name: &PathBuf| {
        let mut parts = name.components().peekable();
        parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
    };
    [below(scope.output), below_own, below_cases, below(root)]
        .into_iter()
        .flatten()
        .find(stays)
        .unwrap_or_else(|| stem.file_name().map(PathBuf::from).unwrap_or_default())
}
