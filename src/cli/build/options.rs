//! Options that go with one format only, and those that do not go together.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use tjut::diagnostic::{Diagnostic, codes};
use tjut::export::Format;
use tjut::export::docx::Template;
use tjut::export::html;
use tjut::outputs::settings::BuildSettings;
use tjut::project::{OUTPUT, disk, shown};
use tjut::workshop::Workshop;

use super::super::Failure;
use super::super::args::Work;

/// What `build` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct BuildCommand {
    /// What `check` understands too.
    #[command(flatten)]
    pub work: Work,
    /// Vad som byggs, med komma emellan: md, pdf, docx, html (utelämnas det: md,pdf)
    #[arg(
        long = "till",
        visible_alias = "to",
        value_name = "FORMAT",
        value_delimiter = ',',
        value_parser = formats(),
        default_value = "md,pdf",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub to: Vec<Format>,
    /// Mappen som filerna skrivs i (utelämnas den: output)
    #[arg(long = "ut", visible_alias = "output", value_name = "MAPP", default_value = OUTPUT, hide_default_value = true)]
    pub output: PathBuf,
    /// Låt ärendet, filerna som det hänvisar till och Markdown-filen följa med i PDF:en
    #[arg(long = "bifoga-källa", visible_alias = "attach-source")]
    pub attach_source: bool,
    /// Gör webbsidan för öppna webben: utan personers direkta kontaktuppgifter, och med en sammanfattning i JSON
    #[arg(long = "publicering", visible_alias = "publish")]
    pub publish: bool,
    /// Fyll ett påbörjat Word-dokument vid dess bokmärken och innehållskontroller
    #[arg(long = "mall", visible_alias = "word-template", value_name = "DOCX")]
    pub template: Option<PathBuf>,
    /// Skriv inget: jämför Markdown-filerna i mappen med vad ärendena ger
    #[arg(long = "kontrollera", visible_alias = "check")]
    pub check: bool,
    /// Bygg också det som inte har ändrats
    #[arg(long = "bygg-om", visible_alias = "force")]
    pub force: bool,
    /// Ta bort det som är byggt av ärenden som inte finns längre, om ingen har ändrat i det
    #[arg(long = "rensa", visible_alias = "prune", conflicts_with_all = ["check", "shard"])]
    pub prune: bool,
    /// Skriv en rapport för andra program (JSON)
    #[arg(long = "rapport", visible_alias = "report", value_name = "FIL")]
    pub report: Option<PathBuf>,
}

/// The words of the formats that can be built.
fn formats() -> impl TypedValueParser<Value = Format> {
    let words = Format::ALL.iter().map(|format| format.ending());
    PossibleValuesParser::new(words).try_map(|word| Format::of(&word).ok_or("ett okänt format"))
}

/// The settings that a command line asks for.
pub fn settings(command: &BuildCommand, workshop: &Workshop) -> BuildSettings {
    // What a check compares is the Markdown.
    let to = match (command.check, command.publish) {
        (true, _) => vec![Format::Md],
        (false, true) => Format::published(&command.to),
        (false, false) => command.to.clone(),
    };
    BuildSettings::new(to, command.work.utkast, command.attach_source, workshop)
        .denying(command.work.deny.severity())
}

/// Refuses options without the format that they are for, and a draft for the open web.
pub fn refuse(command: &BuildCommand) -> Result<(), Failure> {
    let asked = [
        ("--bifoga-källa", command.attach_source, Format::Pdf, "källan följer med i PDF:en"),
        ("--publicering", command.publish, Format::Html, "det är webbsidan som publiceras"),
        ("--mall", command.template.is_some(), Format::Docx, "mallen är ett Word-dokument"),
    ];
    let without = asked.into_iter().filter(|(_, given, format, _)| *given && !command.to.contains(format));
    let without = without.map(|(option, _, format, why)| {
        let ending = format.ending();
        Diagnostic::new(
            codes::VAL_UTAN_FORMAT,
            format!("{option} gäller bara {ending}, som inte byggs: {why}"),
        )
        .hint(format!("Lägg till {ending} i --till, till exempel: --till md,{ending}"))
    });
    let unfinished = (command.publish && command.work.utkast).then(html::unfinished);
    let findings: Vec<Diagnostic> = without.chain(unfinished).collect();
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
