//! What was built of cases that are gone: named by every build of the project, removed on demand.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tjut::diagnostic::{Diagnostic, codes};
use tjut::digest::Stamp;
use tjut::language::swedish::listed;
use tjut::outputs::folder::Output;
use tjut::outputs::memory::{Memory, Remembered};
use tjut::project::disk::Exclusions;
use tjut::project::{CASE_ENDINGS, Committed, Input, Reviewed, disk, shown};

/// The first line of the Markdown that tjut writes is a front matter's, and so is its first key.
const BEGINNING: &str = "---\nmall: ";

/// What is left of a case that is gone.
#[derive(Debug, PartialEq, Eq)]
pub struct Stray {
    /// The files, by their names in the output folder.
    pub files: Vec<PathBuf>,
    /// The case, where it is known.
    case: Option<String>,
}

/// What was built of cases below these paths that are gone. Where the paths are all cases there are,
/// Markdown that nobody remembers is one of them, too.
pub fn strays(
    memory: &Memory,
    inputs: &[Input],
    cases: &[PathBuf],
    paths: &[PathBuf],
    folder: &Path,
) -> Result<Vec<Stray>, Diagnostic> {
    let is_there = |entry: &&Remembered| entry.case().is_some_and(|case| disk::is_there(Path::new(case)));
    let needed: BTreeSet<&str> =
        memory.all().filter(is_there).flat_map(Remembered::written).map(name).collect();
    let below = if paths.is_empty() { cases } else { paths };
    let is_meant = |entry: &&Remembered| {
        let case = Path::new(entry.case().unwrap_or_default());
        case.starts_with(folder) || below.iter().any(|path| case.starts_with(path))
    };
    let mut strays: Vec<Stray> = memory
        .all()
        .filter(|entry| !is_there(entry) && is_meant(entry))
        .map(|entry| Stray {
            files: entry
                .written()
                .map(name)
                .filter(|name| !needed.contains(name))
                .map(PathBuf::from)
                .collect(),
            case: entry.case().map(str::to_owned),
        })
        .collect();
    for stray in &mut strays {
        stray.files.retain(|name| disk::is_there(&folder.join(name)));
        stray.files.sort();
    }
    if paths.is_empty() {
        let known: BTreeSet<PathBuf> = strays.iter().flat_map(|stray| stray.files.clone()).collect();
        let forgotten =
            markdown_without_case(inputs, cases, folder)?.into_iter().filter(|name| !known.contains(name));
        strays.extend(forgotten.map(|name| Stray { files: vec![name], case: None }));
    }
    strays.retain(|stray| !stray.files.is_empty());
    strays.sort_by(|one, other| one.files.cmp(&other.files));
    Ok(strays)
}

/// Says that files have no case any more.
pub fn said(stray: &Stray, folder: &Path) -> Reviewed {
    let files: Vec<String> = stray.files.iter().map(|name| shown(&folder.join(name))).collect();
    let case = stray.case.as_ref().map(|case| format!(": {case} finns inte längre")).unwrap_or_default();
    let finding = Diagnostic::new(
        codes::UTAN_ARENDE,
        format!("{} hör inte till något ärende{case}", listed(&files)),
    )
    .hint(
        "Ta bort oförändrade filer med: tjut build --rensa. Om ärendet ska finnas kvar: lägg tillbaka det.",
    );
    Reviewed::unread(Path::new(&files[0]), finding)
}

/// Removes what is as it was written, or as git has it, and gives the names; says what is not.
///
/// # Errors
/// That a file cannot be removed.
pub fn remove(strays: &[Stray], output: &Output) -> Result<(Vec<String>, Vec<Reviewed>), Diagnostic> {
    let folder = &output.folder;
    let committed = if strays.is_empty() { None } else { Committed::below(folder) };
    let (mut removed, mut kept) = (Vec::new(), Vec::new());
    for name in strays.iter().flat_map(|stray| &stray.files) {
        let path = shown(&folder.join(name));
        let is_written =
            disk::whole(&folder.join(name)).is_ok_and(|found| output.memory().has_written(name, &found));
        if is_written || committed.as_ref().is_some_and(|committed| committed.holds(name)) {
            disk::remove_below(folder, name)?;
            output.memory().removed(&shown(name));
            removed.push(path);
        } else {
            let message =
                format!("{path} hör inte till något ärende, men är ändrad för hand och togs inte bort");
            let finding = Diagnostic::new(codes::UTAN_ARENDE, message)
                .hint("Ta bort filen själv, om ändringarna inte behövs.");
            kept.push(Reviewed::unread(Path::new(&path), finding));
        }
    }
    Ok((removed, kept))
}

/// Markdown of tjut's that no case gives, by its name in the folder.
fn markdown_without_case(
    inputs: &[Input],
    cases: &[PathBuf],
    folder: &Path,
) -> Result<Vec<PathBuf>, Diagnostic> {
    if !disk::is_folder(folder).unwrap_or_default() {
        return Ok(Vec::new());
    }
    let given: BTreeSet<PathBuf> =
        inputs.iter().map(|input| PathBuf::from(format!("{}.md", shown(&input.name)))).collect();
    // What is not among the inputs may be there all the same, passed by as git's ignored files are.
    let has_case = |name: &Path| {
        let mut stems = cases.iter().map(|folder| shown(&folder.join(name.with_extension(""))));
        stems.any(|stem| {
            CASE_ENDINGS.iter().any(|ending| disk::is_there(Path::new(&format!("{stem}{ending}"))))
        })
    };
    let is_ours = |name: &Path| {
        disk::whole(&folder.join(name))
            .is_ok_and(|bytes| String::from_utf8_lossy(&bytes).replace("\r\n", "\n").starts_with(BEGINNING))
    };
    let found = disk::below(folder, &[".md"], &Exclusions::none())?;
    let names = found.iter().filter_map(|path| path.strip_prefix(folder).ok());
    Ok(names
        .filter(|name| !given.contains(*name) && !disk::is_copy(name) && !has_case(name) && is_ours(name))
        .map(Path::to_owned)
        .collect())
}

fn name(stamp: &Stamp) -> &str {
    &stamp.fil
}
