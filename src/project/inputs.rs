//! Which files a command works on, and what their outputs are called.

use std::path::{Component, Path, PathBuf};

use super::disk::{Exclusions, below, is_folder, is_there, readable};
use super::files::Files;
use super::nearly::missing;
use crate::diagnostic::{Diagnostic, codes};
use crate::paths::shown;

/// The folder that is meant when none is given.
pub const CASES: &str = "cases";
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
                format!("{} är en länk ut ur {}/", shown(&self.path), shown(folder)),
            )
            .hint("Lägg en kopia av filen i mappen i stället för länken.")
        })
    }
}

/// Whether a file is Markdown, by its name.
pub(super) fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
}

/// The files that paths mean: files as they are, folders with all cases below them, and `cases/`
/// when nothing is said. A file that is meant twice stands twice.
///
/// # Errors
/// A path that does not exist or cannot be read, and a folder without cases.
pub fn inputs(
    paths: &[PathBuf],
    output: &Path,
    excluded: &Exclusions,
) -> Result<Vec<Input>, Vec<Diagnostic>> {
    let standard = [PathBuf::from(CASES)];
    let paths = if paths.is_empty() { &standard } else { paths };
    let mut inputs = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        match meant(path, output, excluded) {
            Ok(found) => inputs.extend(found),
            Err(finding) => problems.push(finding),
        }
    }
    if problems.is_empty() { Ok(inputs) } else { Err(problems) }
}

fn meant(path: &Path, output: &Path, excluded: &Exclusions) -> Result<Vec<Input>, Diagnostic> {
    let is_folder = is_folder(path).map_err(|finding| match is_there(path) {
        true => finding,
        false => missing(path, finding),
    })?;
    if !is_folder {
        readable(path)?;
        let root = path.parent().unwrap_or(Path::new(""));
        return Ok(vec![Input { path: path.to_owned(), name: name(path, root, output), within: None }]);
    }
    let found = below(path, CASE_ENDINGS, excluded)?;
    if found.is_empty() {
        return Err(Diagnostic::new(codes::INGA_ARENDEN, format!("i {} finns inga ärenden", shown(path)))
            .hint("Ett ärende är en fil som slutar på .yaml. Skriv ett med: tjut new skrivelse FIL"));
    }
    let within =
        |file: PathBuf| Input { name: name(&file, path, output), path: file, within: Some(path.to_owned()) };
    Ok(found.into_iter().map(within).collect())
}

/// The name among the outputs. A case below `cases/` keeps its folders, whether it is built alone
/// or with the others; Markdown below the output folder has its PDF beside it. A name never leads
/// out of the output folder.
fn name(path: &Path, root: &Path, output: &Path) -> PathBuf {
    let stem = path.with_extension("");
    let parts: Vec<Component> = stem.components().collect();
    let cases = parts.iter().rposition(|part| part.as_os_str() == CASES);
    let below_cases = cases.map(|at| parts[at + 1..].iter().collect::<PathBuf>());
    // However the folders are spelled: `./output/x.md` lies in `output`.
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let below = |folder: &Path| whole(&stem).strip_prefix(whole(folder)).ok().map(Path::to_owned);
    let stays = |name: &PathBuf| {
        let mut parts = name.components().peekable();
        parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
    };
    [below(output), below_cases, below(root)]
        .into_iter()
        .flatten()
        .find(stays)
        .unwrap_or_else(|| stem.file_name().map(PathBuf::from).unwrap_or_default())
}
