//! Options that go with one format only.

use std::sync::Arc;

use tjut::diagnostic::{Diagnostic, codes};
use tjut::export::Format;
use tjut::export::docx::Template;
use tjut::project::{disk, shown};

use super::super::Failure;
use super::super::args::BuildCommand;

/// Refuses options without the format that they are for.
pub fn refuse(command: &BuildCommand) -> Result<(), Failure> {
    let asked = [
        ("--bifoga-källa", command.attach_source, Format::Pdf, "källan följer med i PDF:en"),
        ("--publicering", command.publish, Format::Html, "det är webbsidan som publiceras"),
        ("--mall", command.template.is_some(), Format::Docx, "mallen är ett Word-dokument"),
    ];
    let without = asked.into_iter().filter(|(_, given, format, _)| *given && !command.to.contains(format));
    let findings: Vec<Diagnostic> = without
        .map(|(option, _, format, why)| {
            let ending = format.ending();
            Diagnostic::new(
                codes::VAL_UTAN_FORMAT,
                format!("{option} gäller bara {ending}, som inte byggs: {why}"),
            )
            .hint(format!("Lägg till {ending} i --till, till exempel: --till md,{ending}"))
        })
        .collect();
    if findings.is_empty() { Ok(()) } else { Err(Failure(findings)) }
}

/// The Word document to fill, if one is named.
///
/// # Errors
/// That it cannot be read.
pub fn template(command: &BuildCommand) -> Result<Option<Arc<Template>>, Failure> {
    let Some(path) = &command.template else { return Ok(None) };
    let bytes = disk::whole(path).map_err(Failure::from)?;
    Ok(Some(Arc::new(Template { name: shown(path), bytes })))
}
