//! Which files a command works on, and what their outputs are called.

use std::path::{Component, Path, PathBuf};

use tjut::diagnostic::{Diagnostic, codes};
use tjut::project::files;

use super::Failure;

/// The folder that is meant when none is given.
const CASES: &str = "cases";
/// The endings of case files.
const CASE_ENDINGS: &[&str] = &[".yaml", ".yml"];

/// A file to work on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The file.
    pub path: PathBuf,
    /// Its name among the outputs, without an ending.
    pub name: PathBuf,
    /// The folder it was found in, which a link must not lead out of; none when it was named itself.
    pub within: Option<PathBuf>,
}

impl Input {
    /// Whether it is Markdown that was reviewed, rather than a case.
    pub fn is_markdown(&self) -> bool {
        self.path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
    }
}

/// The files that paths mean: files as they are, folders with all cases below them, and `cases/`
/// when nothing is said.
///
/// # Errors
/// A path that does not exist or cannot be read, and a folder without cases.
pub fn inputs(paths: &[PathBuf], output: &Path) -> Result<Vec<Input>, Failure> {
    let standard = [PathBuf::from(CASES)];
    let paths = if paths.is_empty() { &standard } else { paths };
    let mut inputs = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        match meant(path, output) {
            Ok(found) => {
                inputs.extend(found.into_iter().filter(|input| !inputs.contains(input)).collect::<Vec<_>>())
            }
            Err(finding) => problems.push(finding),
        }
    }
    if problems.is_empty() { Ok(inputs) } else { Err(Failure(problems)) }
}

fn meant(path: &Path, output: &Path) -> Result<Vec<Input>, Diagnostic> {
    if !files::is_folder(path)? {
        files::readable(path)?;
        let root = path.parent().unwrap_or(Path::new(""));
        return Ok(vec![Input { path: path.to_owned(), name: name(path, root, output), within: None }]);
    }
    let found = files::below(path, CASE_ENDINGS)?;
    if found.is_empty() {
        return Err(Diagnostic::new(
            codes::INGA_ARENDEN,
            format!("i {} finns inga ärenden", files::shown(path)),
        )
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
