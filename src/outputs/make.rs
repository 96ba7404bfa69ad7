//! One document: from its input to the files that are written.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use crate::batch;
use crate::check::acceptance::{Acceptances, Settled};
use crate::diagnostic::{Diagnostic, codes};
use crate::digest::Stamp;
use crate::export::html;
use crate::export::provenance::{Beside, Sources};
use crate::export::{Export, Format};
use crate::printable::pictures::file_name;
use crate::project::{Dependency, Input, Known, Loaded, Project, collision, disk, shown};

use super::folder::{Output, Refused};
use super::memory::Remembered;
use super::settings::BuildSettings;

/// What became of an input.
pub struct Worked {
    /// What was wrong or doubtful.
    pub findings: Vec<Diagnostic>,
    /// What the case accepts, with its reasons.
    pub accepted: Vec<(Diagnostic, String)>,
    /// What it came to.
    pub state: State,
    /// What it depends on.
    pub sources: Vec<Stamp>,
    /// How long it took.
    pub time: Duration,
}

impl Worked {
    /// What became of an input that gave nothing.
    pub fn failed(made: Product) -> Self {
        Self {
            findings: made.findings,
            accepted: made.accepted,
            state: State::Failed,
            sources: made.sources,
            time: Duration::ZERO,
        }
    }
}

/// What an input came to.
pub enum State {
    /// It was built.
    Built(Remembered),
    /// It was up to date.
    Unchanged(Remembered),
    /// It has errors.
    Failed,
    /// Somebody wrote on its outputs.
    Edited,
    /// Its outputs cannot be written; the last finding says why.
    Unwritable,
}

/// Builds an input, unless it is up to date, and writes what it gives.
pub fn work(input: &Input, settings: &BuildSettings, project: &Project, output: &Output) -> Worked {
    let begun = Instant::now();
    let mut worked = match output.current(input, settings, project) {
        Some(entry) => {
            let found = entry.remarks.then(|| project.review(&input.path));
            Worked {
                findings: found.as_ref().map(|found| found.settled()).unwrap_or_default(),
                accepted: found.map(|found| found.accepted()).unwrap_or_default(),
                sources: entry.sources.clone(),
                state: State::Unchanged(entry.clone()),
                time: Duration::ZERO,
            }
        }
        None => anew(input, settings, project, output),
    };
    if matches!(worked.state, State::Failed) {
        worked.findings.extend(output.old(input, settings));
    }
    Worked { time: begun.elapsed(), ..worked }
}

fn anew(input: &Input, settings: &BuildSettings, project: &Project, output: &Output) -> Worked {
    let mut made = make(input, settings, project);
    let remarks = !made.findings.is_empty() || !made.accepted.is_empty();
    let Some(files) = made.files.take() else { return Worked::failed(made) };
    if let Some(finding) = changed_meanwhile(&made.sources, project) {
        made.findings.push(finding);
        return Worked::failed(made);
    }
    let state = match output.write(input, files, &mut made.findings) {
        Ok(outputs) => {
            made.findings.extend(output.behind(input, &outputs));
            State::Built(Remembered {
                settings: settings.digest,
                sources: made.sources.clone(),
                outputs,
                earlier: Vec::new(),
                pages: made.pages,
                remarks,
            })
        }
        Err(Refused::Edited(findings)) => {
            made.findings.extend(findings);
            State::Edited
        }
        Err(Refused::Unwritable(finding)) => {
            made.findings.push(finding);
            State::Unwritable
        }
    };
    let Product { findings, accepted, sources, .. } = made;
    Worked { findings, accepted, state, sources, time: Duration::ZERO }
}

/// Says that somebody wrote or removed a source while it was read: what was made may be of half a
/// file, or of files that do not belong together.
fn changed_meanwhile(sources: &[Stamp], project: &Project) -> Option<Diagnostic> {
    let changed = sources.iter().find(|stamp| {
        stamp.sha256.is_some_and(|digest| !project.still_holds(Path::new(&stamp.fil), digest))
    })?;
    let what = if disk::is_there(Path::new(&changed.fil)) { "ändrades" } else { "försvann" };
    Some(
        Diagnostic::new(codes::FIL_LASES_INTE, format!("{} {what} medan dokumentet byggdes", changed.fil))
            .hint("Bygg igen när filen är sparad."),
    )
}

/// What an input gives.
pub struct Product {
    /// What was wrong or doubtful.
    pub findings: Vec<Diagnostic>,
    /// What the case accepts, with its reasons.
    pub accepted: Vec<(Diagnostic, String)>,
    /// What it depends on.
    pub sources: Vec<Stamp>,
    /// The files to write, by their names in the output folder; none when there were errors.
    pub files: Option<Vec<(PathBuf, Vec<u8>)>>,
    /// How many pages the PDF has.
    pub pages: Option<usize>,
}

/// Makes what an input gives, and writes nothing.
pub fn make(input: &Input, settings: &BuildSettings, project: &Project) -> Product {
    let (hand_over, handed) = mpsc::channel();
    // What all documents share needs nothing of the case, and the review and the typesetting
    // nothing from each other.
    let beside = move || {
        if settings.to.contains(&Format::Pdf) {
            project.tools().press();
        }
        // It is loaded once, by the other.
        handed.recv().ok().map(|()| {
            let found = project.review(&input.path);
            (found.settled(), found.accepted())
        })
    };
    let build = move || {
        let loaded = project.load(&input.path);
        // Nobody listens any more only where the review went wrong, which shows when it is joined.
        let _heard = hand_over.send(());
        let built = (!loaded.has_errors()).then(|| outputs(input, settings, project, &loaded));
        (loaded, built)
    };
    let (reviewed, (loaded, built)) = batch::both(beside, build);
    let (findings, accepted) = reviewed.unwrap_or_default();
    let mut made =
        Product { findings, accepted, sources: stamps(&loaded, project), files: None, pages: None };
    match built {
        Some(Ok(outputs)) if !made.findings.iter().any(|finding| finding.severity >= settings.deny) => {
            made.files = Some(outputs.files);
            made.pages = outputs.pages;
            let heard = loaded.case().map(|case| Acceptances::of(case).hear(outputs.findings.clone()));
            let heard = heard.unwrap_or_else(|| Settled { left: outputs.findings, ..Settled::default() });
            made.findings.extend(heard.left);
            made.accepted.extend(heard.accepted);
        }
        Some(Err(errors)) => made.findings.extend(errors),
        _ => {}
    }
    made
}

/// What a file was made of, to be recognised again.
fn stamps(loaded: &Loaded, project: &Project) -> Vec<Stamp> {
    let folder = folder_of(loaded);
    let enclosed: BTreeSet<PathBuf> = loaded.enclosed.iter().map(|name| folder.join(name)).collect();
    let mut seen = BTreeSet::new();
    let once = loaded.depends_on.iter().filter(|dependency| seen.insert(&dependency.path));
    once.map(|Dependency { path, known }| Stamp {
        fil: shown(path),
        sha256: match known {
            Known::Held(digest) => Some(*digest),
            Known::Seen(_) => enclosed.contains(path).then(|| project.digest(path)).flatten(),
        },
    })
    .collect()
}

/// What a document is written as.
#[derive(Default)]
struct Outputs {
    /// The files.
    files: Vec<(PathBuf, Vec<u8>)>,
    /// How many pages the PDF has.
    pages: Option<usize>,
    /// What there is to say about them.
    findings: Vec<Diagnostic>,
}

fn outputs(
    input: &Input,
    settings: &BuildSettings,
    project: &Project,
    loaded: &Loaded,
) -> Result<Outputs, Vec<Diagnostic>> {
    let document = project.document(&input.path)?;
    let carried = settings.attach.then(|| carried(loaded, project)).transpose()?;
    let name = input.name.file_name().unwrap_or_default().to_string_lossy();
    let sources = carried.as_ref().map(|others| Sources {
        main: (&input.path, &loaded.bytes),
        others,
        markdown: (!input.is_markdown()).then(|| (format!("{name}.md"), document.source.text.as_str())),
        draft: settings.draft,
    });
    let mut export = Export {
        document: &document,
        images: &loaded.images,
        templates: project.tools(),
        press: &|| project.tools().press(),
        sources,
        template: settings.template.as_deref(),
        beside: Vec::new(),
        page: String::new(),
    };
    let mut outputs = Outputs::default();
    for (format, file) in Format::outputs(&settings.to, &input.name, input.is_markdown()) {
        let exported = format.export(&export)?;
        export.wrote(format, &file, &exported.bytes);
        outputs.pages = outputs.pages.or(exported.pages);
        outputs.findings.extend(exported.findings);
        outputs.files.push((file, exported.bytes));
    }
    if !input.is_markdown() && settings.to.iter().any(|format| format.has_pictures_beside()) {
        let folder = input.name.parent().unwrap_or(Path::new(""));
        let beside = |(url, bytes): (&String, &Arc<[u8]>)| (folder.join(&*file_name(url)), bytes.to_vec());
        outputs.files.extend(loaded.images.iter().map(beside));
    }
    if settings.to.iter().any(|format| format.leads_to_enclosures()) {
        let folder = input.name.parent().unwrap_or(Path::new(""));
        let publish = settings.to.contains(&Format::Published);
        let folder = if publish { html::address_of(folder) } else { folder.to_owned() };
        for name in &loaded.enclosed {
            let bytes = project.bytes(&folder_of(loaded).join(name)).map_err(|finding| vec![finding])?;
            outputs.files.push((folder.join(html::enclosed(name, publish)), bytes.to_vec()));
        }
    }
    match collision(&outputs.files) {
        Some(finding) => Err(vec![finding]),
        None => Ok(outputs),
    }
}

fn folder_of(loaded: &Loaded) -> &Path {
    loaded.path.parent().unwrap_or(Path::new(""))
}

/// The files beside the main one that a document is made of.
fn carried(loaded: &Loaded, project: &Project) -> Result<Vec<Beside>, Vec<Diagnostic>> {
    let folder = folder_of(loaded);
    let mut others: Vec<Beside> =
        loaded.images.iter().map(|(url, bytes)| (folder.join(&*file_name(url)), bytes.clone())).collect();
    let referred = loaded.case().into_iter().flat_map(|case| case.referred.values());
    let referred = referred.map(|other| PathBuf::from(&other.source.path));
    let enclosed = loaded.enclosed.iter().map(|name| folder.join(name));
    let mut problems = Vec::new();
    for path in referred.chain(enclosed) {
        match project.bytes(&path) {
            Ok(bytes) => others.push((path, bytes)),
            Err(finding) => problems.push(finding),
        }
    }
    if problems.is_empty() { Ok(others) } else { Err(problems) }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "somebody else changes files")]
mod tests {
    use crate::library::Templates;
    use crate::project::disk::Disk;
    use crate::workshop::Workshop;

    use super::*;

    #[test]
    fn a_source_that_changes_while_it_is_read_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.yaml");
        std::fs::write(&path, "titel: A").expect("written");
        let templates = Templates::new(Default::default()).expect("the built-in templates are right");
        let project = Project::new(Disk, Arc::new(Workshop::new(templates)));
        let missing = Stamp { fil: shown(&folder.path().join("bilaga.pdf")), sha256: None };
        let stamps = [missing, Stamp { fil: shown(&path), sha256: project.digest(&path) }];
        assert!(changed_meanwhile(&stamps, &project).is_none());
        std::fs::write(&path, "titel: B").expect("written");
        let said = |stamps: &[Stamp]| changed_meanwhile(stamps, &project).expect("it changed").message;
        assert!(said(&stamps).ends_with("a.yaml ändrades medan dokumentet byggdes"));
        std::fs::remove_file(&path).expect("removed");
        assert!(said(&stamps).ends_with("a.yaml försvann medan dokumentet byggdes"));
    }
}
