//! `tjut build`: the Markdown and the PDF of each case.

use std::path::{Path, PathBuf};

use tjut::diagnostic::Diagnostic;
use tjut::document::{self, Document};
use tjut::templates::Templates;
use tjut::typeset::{self, Images};
use tjut::{files, pipeline};

use super::args::{BuildCommand, Format, Shared};
use super::inputs::{Input, inputs};
use super::report::{self, count};
use super::{Failure, Outcome, templates};

/// Builds cases; a case with errors writes nothing, and the others are built.
pub fn build(command: &BuildCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    let templates = templates(shared)?;
    let inputs = inputs(&command.paths, &command.output)?;
    let mut failed = 0;
    for input in &inputs {
        let made = make(input, command, &templates);
        report::print(&made.findings, shared);
        match made.files {
            Some(files) => write(&command.output, files)?,
            None => failed += 1,
        }
    }
    eprintln!("{}", summary(inputs.len() - failed, failed, &command.output));
    Ok(if failed > 0 { Outcome::Findings } else { Outcome::Done })
}

/// What became of one input.
struct Made {
    /// What was wrong or doubtful.
    findings: Vec<Diagnostic>,
    /// The files to write, by their names in the output folder; none when there were errors.
    files: Option<Vec<(PathBuf, Vec<u8>)>>,
}

fn make(input: &Input, command: &BuildCommand, templates: &Templates) -> Made {
    let mut findings = Vec::new();
    let files = source_document(input, command, templates, &mut findings).and_then(|(document, images)| {
        outputs(input, command, templates, &document, images).map_err(|errors| findings.extend(errors)).ok()
    });
    Made { findings, files }
}

/// The document of an input and its pictures; none when there were errors.
fn source_document(
    input: &Input,
    command: &BuildCommand,
    templates: &Templates,
    findings: &mut Vec<Diagnostic>,
) -> Option<(Document, Images)> {
    let source = files::text(&input.path).map_err(|finding| findings.push(finding)).ok()?;
    let folder = input.path.parent().unwrap_or(Path::new(""));
    if input.is_markdown() {
        let document = document::parse(&source).map_err(|errors| findings.extend(errors)).ok()?;
        let (images, missing) = files::pictures(folder, &document.pictures());
        findings.extend(missing);
        return findings.is_empty().then_some((document, images));
    }
    let (case, found) = pipeline::check(&source, templates, command.utkast);
    findings.extend(found);
    let mut case = case?;
    findings.extend(super::gather(&mut case, templates, command.utkast));
    let (images, missing) = files::pictures(folder, &case.pictures());
    findings.extend(missing);
    if findings.iter().any(Diagnostic::is_error) {
        return None;
    }
    let document = pipeline::document(&case, templates, command.utkast)
        .map_err(|errors| findings.extend(errors))
        .ok()?;
    Some((document, images))
}

fn outputs(
    input: &Input,
    command: &BuildCommand,
    templates: &Templates,
    document: &Document,
    images: Images,
) -> Result<Vec<(PathBuf, Vec<u8>)>, Vec<Diagnostic>> {
    let mut outputs = Vec::new();
    let named = |ending: &str| PathBuf::from(format!("{}.{ending}", input.name.display()));
    if command.to.contains(&Format::Pdf) {
        let pdf = typeset::pdf(document, templates, &images)?;
        outputs.push((named("pdf"), pdf.bytes));
    }
    if command.to.contains(&Format::Md) && !input.is_markdown() {
        outputs.push((named("md"), document.source.text.clone().into_bytes()));
        // The Markdown shows its pictures, so they go with it.
        let folder = input.name.parent().unwrap_or(Path::new("")).to_owned();
        outputs.extend(images.into_iter().map(|(url, bytes)| (folder.join(url), bytes)));
    }
    Ok(outputs)
}

fn write(folder: &Path, files: Vec<(PathBuf, Vec<u8>)>) -> Result<(), Failure> {
    for (name, bytes) in files {
        files::write(&folder.join(name), &bytes)?;
    }
    Ok(())
}

fn summary(built: usize, failed: usize, output: &Path) -> String {
    let built = format!("Byggde {} till {}/", count(built, "ärende", "ärenden"), files::shown(output));
    match failed {
        0 => format!("{built}."),
        _ => format!("{built}; {} har fel och byggdes inte.", count(failed, "ärende", "ärenden")),
    }
}
