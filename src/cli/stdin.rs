//! A case on standard input, under the name that it would have as a file.

use std::borrow::Cow;
use std::io::Read;
use std::path::{Path, PathBuf};

use tjut::diagnostic::{Diagnostic, codes};
use tjut::project::{LARGEST_TEXT, Project};

use super::Failure;
use super::args::Work;

/// The word that means standard input.
const STDIN: &str = "-";
/// The name that a case there has when none is said.
const NAME: &str = "stdin.yaml";

/// The paths of a command line, where standard input is a file of the project that is not saved.
///
/// # Errors
/// That it cannot be read, or is named without being asked for.
pub fn opened<'a>(project: &Project, work: &'a Work) -> Result<Cow<'a, [PathBuf]>, Failure> {
    let is_stdin = |path: &PathBuf| path.as_os_str() == STDIN;
    if !work.paths.iter().any(is_stdin) {
        let finding =
            Diagnostic::new(codes::FIL_LASES_INTE, "--stdin-namn gäller bara ett ärende på standard in");
        let finding = finding.hint(
            "Skriv - i stället för sökvägen till ärendet: tjut check - --stdin-namn cases/skolmat.yaml",
        );
        return if work.stdin_name.is_some() { Err(finding.into()) } else { Ok(Cow::Borrowed(&work.paths)) };
    }
    let name = work.stdin_name.as_deref().unwrap_or(Path::new(NAME));
    let mut text = Vec::new();
    // One more than may be read tells that there is too much.
    let read = std::io::stdin().take(LARGEST_TEXT + 1).read_to_end(&mut text);
    read.map_err(|_| {
        Diagnostic::new(codes::FIL_LASES_INTE, "standard in kan inte läsas")
            .hint("Ange en fil i stället för -.")
    })?;
    project.hold(name, text);
    let named = |path: &PathBuf| if is_stdin(path) { name.to_owned() } else { path.clone() };
    Ok(work.paths.iter().map(named).collect())
}
