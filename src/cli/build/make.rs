//! One document: from its input to the files that are written.

use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use tjut::diagnostic::{Diagnostic, codes};
use tjut::digest::{BUILD, Digest, VERSION};
use tjut::document::Document;
use tjut::export::pdf::{self, Pdf};
use tjut::export::provenance::{self, Sources};
use tjut::faults::pictures::file_name;
use tjut::project::files;
use tjut::read::Case;
use tjut::workshop::Workshop;
use tjut::{batch, pipeline};

use super::super::args::{BuildCommand, Format};
use super::super::inputs::Input;
use super::load::{Loaded, Loading, Read, load};
use super::memory::{Entry, Memory, Stamp};

/// What is built, and how.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The formats.
    pub to: Vec<Format>,
    /// Whether places may be left to fill in.
    pub draft: bool,
    /// Whether the source goes with the PDF.
    pub attach: bool,
    digest: Digest,
}

impl Settings {
    /// The settings of a build of these formats, with all that outputs depend on beside files.
    pub fn new(to: Vec<Format>, draft: bool, attach: bool, workshop: &Workshop) -> Self {
        let own = workshop.own().map(|digest| digest.to_string()).unwrap_or_default();
        let options = format!("{to:?} {draft} {attach}");
        let digest = Digest::of_parts([VERSION, BUILD, &own, &options].map(str::as_bytes));
        Self { to, draft, attach, digest }
    }

    /// What a command line asks for.
    pub fn of(command: &BuildCommand, workshop: &Workshop) -> Self {
        // What a check compares is the Markdown.
        let to = if command.check { vec![Format::Md] } else { command.to.clone() };
        Self::new(to, command.utkast, command.attach_source, workshop)
    }
}

/// What became of an input.
pub struct Worked {
    /// What was wrong or doubtful.
    pub findings: Vec<Diagnostic>,
    /// What it came to.
    pub state: State,
    /// What it depends on.
    pub sources: Vec<Stamp>,
    /// How long it took.
    pub time: Duration,
}

impl Worked {
    /// What became of an input that gave nothing.
    pub fn failed(made: Made) -> Self {
        Self { findings: made.findings, state: State::Failed, sources: made.sources, time: Duration::ZERO }
    }
}

/// What an input came to.
pub enum State {
    /// It was built.
    Built(Entry),
    /// It was up to date.
    Unchanged(Entry),
    /// It has errors.
    Failed,
    /// Its outputs cannot be written.
    Unwritable(Diagnostic),
}

/// Builds an input, unless it is up to date, and writes what it gives.
pub fn work(
    input: &Input,
    known: &Memory,
    settings: &Settings,
    workshop: &Workshop,
    output: &Path,
) -> Worked {
    let begun = Instant::now();
    let worked = match known.current(input, settings.digest, output) {
        Some(entry) => Worked {
            findings: if entry.remarks { review(input, settings, workshop) } else { Vec::new() },
            sources: entry.sources.clone(),
            state: State::Unchanged(entry.clone()),
            time: Duration::ZERO,
        },
        None => anew(input, known, settings, workshop, output),
    };
    Worked { time: begun.elapsed(), ..worked }
}

fn anew(input: &Input, known: &Memory, settings: &Settings, workshop: &Workshop, output: &Path) -> Worked {
    let mut made = make(input, settings, workshop);
    let remarks = !made.findings.is_empty();
    let Some(files) = made.files.take() else { return Worked::failed(made) };
    if let Some(finding) = changed_meanwhile(&made.sources) {
        made.findings.push(finding);
        return Worked::failed(made);
    }
    let state = match write(input, known, output, files, &mut made.findings) {
        Ok(outputs) => State::Built(Entry {
            settings: settings.digest,
            sources: made.sources.clone(),
            outputs,
            pages: made.pages,
            remarks,
        }),
        Err(finding) => State::Unwritable(finding),
    };
    Worked { findings: made.findings, state, sources: made.sources, time: Duration::ZERO }
}

/// Says that somebody wrote or removed a source while it was read: what was made may be of half a
/// file, or of files that do not belong together.
fn changed_meanwhile(sources: &[Stamp]) -> Option<Diagnostic> {
    let changed = sources
        .iter()
        .find(|stamp| stamp.sha256.is_some() && files::digest(Path::new(&stamp.fil)) != stamp.sha256)?;
    let what = if Path::new(&changed.fil).exists() { "ändrades" } else { "försvann" };
    Some(
        Diagnostic::new(codes::FIL_LASES_INTE, format!("{} {what} medan dokumentet byggdes", changed.fil))
            .hint("Bygg igen när filen är sparad."),
    )
}

/// What there is to say about an input, without building it.
fn review(input: &Input, settings: &Settings, workshop: &Workshop) -> Vec<Diagnostic> {
    let Loading { findings, case, .. } = load(input, settings.draft, workshop);
    match case {
        Some(case) => settled(&case, [findings, pipeline::review(&case, workshop)].concat()),
        None => findings,
    }
}

/// What is said of a case when it is built.
fn settled(case: &Case, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut findings = pipeline::settle(case, findings);
    pipeline::tell_of_marks_once(&mut findings);
    findings
}

/// Writes files and stamps them; those that somebody changed meanwhile are spoken of.
fn write(
    input: &Input,
    known: &Memory,
    output: &Path,
    files: Vec<(PathBuf, Vec<u8>)>,
    findings: &mut Vec<Diagnostic>,
) -> Result<Vec<Stamp>, Diagnostic> {
    let mut stamps = Vec::new();
    for (name, bytes) in files {
        let fil = files::shown(&name);
        let digest = Digest::of(&bytes);
        if known.was_altered(input, &fil, output) && files::digest(&output.join(&name)) != Some(digest) {
            findings.push(
                Diagnostic::new(
                    codes::UTDATA_ANDRAD,
                    format!(
                        "{} hade ändrats sedan den byggdes, och skrevs om",
                        files::shown(&output.join(&name))
                    ),
                )
                .hint("Ändra i ärendet i stället: det som byggs skrivs över."),
            );
        }
        files::write_below(output, &name, &bytes)?;
        stamps.push(Stamp { fil, sha256: Some(digest) });
    }
    Ok(stamps)
}

/// What an input gives.
pub struct Made {
    /// What was wrong or doubtful.
    pub findings: Vec<Diagnostic>,
    /// What it depends on.
    pub sources: Vec<Stamp>,
    /// The files to write, by their names in the output folder; none when there were errors.
    pub files: Option<Vec<(PathBuf, Vec<u8>)>>,
    /// How many pages the PDF has.
    pub pages: Option<usize>,
}

/// Makes what an input gives, and writes nothing.
pub fn make(input: &Input, settings: &Settings, workshop: &Workshop) -> Made {
    let (hand_over, handed) = mpsc::channel();
    // What all documents share needs nothing of the case, and the review and the typesetting
    // nothing from each other.
    let beside = move || {
        if settings.to.contains(&Format::Pdf) {
            workshop.press();
        }
        // Nothing is handed over where there is no case.
        handed.recv().map_or_else(|_| Vec::new(), |case: Arc<Case>| pipeline::review(&case, workshop))
    };
    let build = move || {
        let mut loading = load(input, settings.draft, workshop);
        loading.case.iter().for_each(|case| drop(hand_over.send(case.clone())));
        drop(hand_over);
        let built = loading.loaded.take().map(|loaded| outputs(input, settings, workshop, loaded));
        (loading, built)
    };
    let (reviewed, (loading, built)) = batch::both(beside, build);
    let Loading { findings, sources, case, .. } = loading;
    let findings = match case {
        Some(case) => settled(&case, [findings, reviewed].concat()),
        None => findings,
    };
    let mut made = Made { findings, sources, files: None, pages: None };
    match built {
        Some(Ok((files, pages))) if !made.findings.iter().any(Diagnostic::is_error) => {
            made.files = Some(files);
            made.pages = pages;
        }
        Some(Err(errors)) => made.findings.extend(errors),
        _ => {}
    }
    made
}

/// The files that a document is written as, and how many pages its PDF has.
type Outputs = (Vec<(PathBuf, Vec<u8>)>, Option<usize>);

fn outputs(
    input: &Input,
    settings: &Settings,
    workshop: &Workshop,
    loaded: Loaded,
) -> Result<Outputs, Vec<Diagnostic>> {
    let document = match &loaded.content {
        Read::Case(case) => &pipeline::document(case, workshop, settings.draft)?,
        Read::Markdown(document) => document,
    };
    let mut outputs = Vec::new();
    let mut pages = None;
    let named = |ending: &str| PathBuf::from(format!("{}.{ending}", input.name.display()));
    if settings.to.contains(&Format::Pdf) {
        let pdf = match settings.attach {
            true => with_source(input, settings, workshop, document, &loaded)?,
            false => pdf::pdf(document, workshop, workshop.press(), &loaded.images)?,
        };
        pages = Some(pdf.pages);
        outputs.push((named("pdf"), pdf.bytes));
    }
    if settings.to.contains(&Format::Md) && !input.is_markdown() {
        outputs.push((named("md"), document.source.text.clone().into_bytes()));
        // The Markdown shows its pictures, so they go with it.
        let folder = input.name.parent().unwrap_or(Path::new("")).to_owned();
        outputs.extend(loaded.images.into_iter().map(|(url, bytes)| (folder.join(&*file_name(&url)), bytes)));
    }
    Ok((outputs, pages))
}

fn with_source(
    input: &Input,
    settings: &Settings,
    workshop: &Workshop,
    document: &Document,
    loaded: &Loaded,
) -> Result<Pdf, Vec<Diagnostic>> {
    let folder = input.path.parent().unwrap_or(Path::new(""));
    let mut others: Vec<(PathBuf, Vec<u8>)> =
        loaded.images.iter().map(|(url, bytes)| (folder.join(&*file_name(url)), bytes.clone())).collect();
    others.extend(loaded.referred.iter().cloned());
    let mut problems = Vec::new();
    for name in &loaded.enclosed {
        match files::enclosed(folder, name).and_then(|path| files::whole(&path)) {
            Ok(bytes) => others.push((folder.join(name), bytes)),
            Err(finding) => problems.push(finding),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let name = input.name.file_name().unwrap_or_default().to_string_lossy();
    let markdown = (!input.is_markdown()).then(|| (format!("{name}.md"), document.source.text.as_str()));
    let sources =
        Sources { main: (&input.path, &loaded.bytes), others: &others, markdown, draft: settings.draft };
    pdf::pdf_with(
        document,
        workshop,
        workshop.press(),
        &loaded.images,
        &provenance::attachments(&sources, workshop),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_that_changes_while_it_is_read_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.yaml");
        std::fs::write(&path, "titel: A").expect("written");
        let missing = Stamp { fil: files::shown(&folder.path().join("bilaga.pdf")), sha256: None };
        let stamps = [missing, Stamp { fil: files::shown(&path), sha256: files::digest(&path) }];
        assert!(changed_meanwhile(&stamps).is_none());
        std::fs::write(&path, "titel: B").expect("written");
        let said = |stamps: &[Stamp]| changed_meanwhile(stamps).expect("it changed").message;
        assert!(said(&stamps).ends_with("a.yaml ändrades medan dokumentet byggdes"));
        std::fs::remove_file(&path).expect("removed");
        assert!(said(&stamps).ends_with("a.yaml försvann medan dokumentet byggdes"));
    }
}
