//! Two inputs that would write the same file: found before anything is written.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::{io, thread};

use unicode_normalization::UnicodeNormalization;

use super::{Input, Project};
use crate::batch;
use crate::diagnostic::{Diagnostic, codes};
use crate::export::Format;
use crate::paths::shown;
use crate::printable::pictures::file_name;

/// The files below an output folder that inputs would write over one another, be it only where a
/// file system sees no difference between capitals and small letters, or between ways to compose å.
///
/// # Errors
/// That no thread can be started.
pub fn collisions(
    project: &Project,
    inputs: &[Input],
    output: &Path,
    formats: &[Format],
) -> io::Result<Vec<Diagnostic>> {
    let mut problems = documents(inputs, output, formats);
    if inputs.len() > 1 && formats.iter().any(|format| format.has_pictures_beside()) {
        problems.extend(pictures(project, inputs, output)?);
    }
    Ok(problems)
}

/// Says that two files that a document is written as would be the same, and hold different things.
pub fn collision<T: PartialEq>(files: &[(PathBuf, T)]) -> Option<Diagnostic> {
    let mut seen: BTreeMap<String, &(PathBuf, T)> = BTreeMap::new();
    files.iter().find_map(|file| {
        let (other, bytes) = seen.insert(folded(&file.0), file)?;
        (*bytes != file.1).then(|| same((other, other), (&file.0, &file.0)))
    })
}

fn documents(inputs: &[Input], output: &Path, formats: &[Format]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut writers: BTreeMap<String, (&Input, PathBuf)> = BTreeMap::new();
    for input in inputs {
        for (_, file) in Format::outputs(formats, &input.name, input.is_markdown()) {
            if let Some((other, theirs)) = writers.insert(folded(&file), (input, file.clone())) {
                problems.push(same((&other.path, &output.join(theirs)), (&input.path, &output.join(file))));
                // Once said is enough for all formats.
                break;
            }
        }
    }
    problems
}

/// Pictures go beside what shows them, in the folders that they have beside the case.
fn pictures(project: &Project, inputs: &[Input], output: &Path) -> io::Result<Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let mut writers: BTreeMap<String, (PathBuf, PathBuf)> = BTreeMap::new();
    let cases: Vec<&Input> = inputs.iter().filter(|input| !input.is_markdown()).collect();
    let threads = thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
    let mut take = |input: &Input, shown: Vec<String>| {
        for url in shown {
            let beside = |path: &Path| path.parent().unwrap_or(Path::new("")).join(&*file_name(&url));
            let (from, to) = (beside(&input.path), beside(&input.name));
            match writers.get(&folded(&to)) {
                Some((other, _)) if *other == from => {}
                Some((other, _)) if project.picture(other) == project.picture(&from) => {}
                Some((other, theirs)) => {
                    problems.push(same((other, &output.join(theirs)), (&from, &output.join(&to))));
                }
                None => drop(writers.insert(folded(&to), (from, to))),
            }
        }
    };
    batch::ordered(
        &cases,
        threads,
        |input| project.shown_by(&input.path),
        |input, shown| {
            // What breaks here breaks again when it is built, and is spoken of then.
            take(input, shown.unwrap_or_default());
            ControlFlow::Continue(())
        },
    )?;
    Ok(problems)
}

/// What a file's name is where neither case nor composition of letters tells it from others.
fn folded(name: &Path) -> String {
    shown(name).nfc().collect::<String>().to_lowercase().nfc().collect()
}

fn same((one, theirs): (&Path, &Path), (other, ours): (&Path, &Path)) -> Diagnostic {
    let (one, other, theirs, ours) = (shown(one), shown(other), shown(theirs), shown(ours));
    let message = if theirs == ours {
        format!("{one} och {other} skulle båda skrivas till {ours}")
    } else {
        format!(
            "{one} och {other} skulle skrivas till {theirs} och {ours}, som på många datorer är samma fil"
        )
    };
    Diagnostic::new(codes::SAMMA_UTDATA, message)
        .hint("Byt namn på en av dem, eller bygg dem var för sig till olika mappar med --ut.")
}
