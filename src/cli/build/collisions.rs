//! Two inputs that would write the same file: refused before anything is written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use tjut::diagnostic::{Diagnostic, codes};
use tjut::faults::pictures::file_name;
use tjut::library::kinds::Kinds;
use tjut::project::files;
use tjut::read;

use super::super::Failure;
use super::super::args::Format;
use super::super::inputs::Input;
use super::make::Settings;

/// The inputs, each file once.
///
/// # Errors
/// That two of them would write one file.
pub fn refuse(
    inputs: Vec<Input>,
    output: &Path,
    settings: &Settings,
    kinds: &Kinds,
) -> Result<Vec<Input>, Failure> {
    let mut seen = BTreeSet::new();
    let inputs: Vec<Input> = inputs
        .into_iter()
        .filter(|input| seen.insert(input.path.canonicalize().unwrap_or_else(|_| input.path.clone())))
        .collect();
    let mut problems = documents(&inputs, output, settings);
    if settings.to.contains(&Format::Md) {
        problems.extend(pictures(&inputs, output, kinds));
    }
    if problems.is_empty() { Ok(inputs) } else { Err(Failure(problems)) }
}

fn documents(inputs: &[Input], output: &Path, settings: &Settings) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut writers: BTreeMap<(&Path, &str), &Input> = BTreeMap::new();
    for input in inputs {
        let wanted = [(Format::Md, "md"), (Format::Pdf, "pdf")].into_iter().filter(|(format, _)| {
            settings.to.contains(format) && !(input.is_markdown() && *format == Format::Md)
        });
        for (_, ending) in wanted {
            if let Some(other) = writers.insert((&input.name, ending), input) {
                let file = output.join(format!("{}.{ending}", input.name.display()));
                problems.push(same(&files::shown(&file), &other.path, &input.path));
                // Once said is enough for both formats.
                break;
            }
        }
    }
    problems
}

/// Pictures go beside the Markdown. Cases from one folder keep their places to one another, so
/// only cases from several can send different pictures to one place.
fn pictures(inputs: &[Input], output: &Path, kinds: &Kinds) -> Vec<Diagnostic> {
    let cases = || inputs.iter().filter(|input| !input.is_markdown());
    if cases().map(origin).collect::<BTreeSet<_>>().len() < 2 {
        return Vec::new();
    }
    let mut problems = Vec::new();
    let mut writers: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    for input in cases() {
        // What is wrong with it is said when it is built.
        let Some(case) = files::text(&input.path).ok().and_then(|source| read::case(&source, kinds).0) else {
            continue;
        };
        for (url, _) in case.pictures() {
            let from = input.path.parent().unwrap_or(Path::new("")).join(&*file_name(&url));
            let to = input.name.parent().unwrap_or(Path::new("")).join(&*file_name(&url));
            match writers.get(&to) {
                Some(other) if *other != from && files::digest(other) != files::digest(&from) => {
                    problems.push(same(&files::shown(&output.join(&to)), other, &from));
                }
                Some(_) => {}
                None => drop(writers.insert(to, from)),
            }
        }
    }
    problems
}

/// The folder that the input's name counts from.
fn origin(input: &Input) -> PathBuf {
    let up = input.name.components().count();
    input.path.ancestors().nth(up).unwrap_or(Path::new("")).to_owned()
}

fn same(file: &str, one: &Path, other: &Path) -> Diagnostic {
    Diagnostic::new(
        codes::SAMMA_UTDATA,
        format!("{} och {} skulle båda skrivas till {file}", files::shown(one), files::shown(other)),
    )
    .hint("Byt namn på en av dem, eller bygg dem var för sig till olika mappar med --output.")
}
