//! `tjut diff`: what changed between two files or versions, by weight; the redline.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};

use console::Term;

use tjut::compare::redline;
use tjut::compare::report::{self, Compared};
use tjut::compare::{Both, Comparison};
use tjut::diagnostic::{Diagnostic, codes};
use tjut::export::compared::Edition;
use tjut::export::docx::{self, Author};
use tjut::project::revision::Revision;
use tjut::project::settings::{Mapp, Settings};
use tjut::project::versions::{DiffOptions, FileTree, Pair, Result as Outcomes, Versions};
use tjut::project::{OUTPUT, disk, shown};
use tjut::workshop::Workshop;

use super::args::Shared;
use super::args::work::is_github;
use super::talk::{is_coloured, print, product, say};
use super::{Failure, Outcome, workshop};

/// What `diff` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct DiffCommand {
    /// Två filer eller mappar, eller en version i git (A, eller A..B) och vad i den som jämförs
    #[arg(value_name = "GAMMAL NY", help_heading = "Argument")]
    pub words: Vec<PathBuf>,
    /// Visa också det som bara är form: hårda mellanslag, slag av citattecken, fetstil
    #[arg(long = "allt", visible_alias = "all")]
    pub all: bool,
    /// Säg också på vilken sida i vardera PDF:en ändringen står
    #[arg(long = "sidor", visible_alias = "pages")]
    pub pages: bool,
    /// Listans form: text, json, md (med hela dokumentet i CriticMarkup) eller github (utelämnas det: text, i GitHub Actions github)
    #[arg(long, value_name = "FORM", hide_possible_values = true)]
    pub format: Option<DiffFormat>,
    /// Skriv också en jämförelse att läsa, med komma emellan: pdf, html, docx (ändringarna spårade i Word)
    #[arg(
        long = "till",
        visible_alias = "to",
        value_name = "FORMAT",
        value_delimiter = ',',
        hide_possible_values = true
    )]
    pub to: Vec<DiffOutput>,
    /// Mappen som filerna skrivs i (utelämnas den: output)
    #[arg(long = "ut", visible_alias = "output", value_name = "MAPP", default_value = OUTPUT, hide_default_value = true)]
    pub output: PathBuf,
    /// Vem som står för ändringarna i Word (utelämnas det: den som senast checkade in filen)
    #[arg(long = "författare", visible_alias = "author", value_name = "NAMN")]
    pub author: Option<String>,
    /// När ändringarna i Word är gjorda, som ÅÅÅÅ-MM-DD (utelämnas det: när filen senast checkades in)
    #[arg(long, visible_alias = "date", value_name = "DATUM", value_parser = day)]
    pub datum: Option<jiff::civil::Date>,
    /// Jämför utkast: det som inte är ifyllt är inget fel
    #[arg(long, visible_alias = "draft")]
    pub utkast: bool,
    /// Skriv ärendets Markdown, för gits diff.tjut.textconv
    #[arg(long)]
    pub textconv: bool,
    /// Refused: a comparison is not the document.
    #[arg(long = "bifoga-källa", alias = "attach-source", hide = true)]
    pub attach_source: bool,
}

impl DiffCommand {
    /// The form of the list: as it is asked for, or as those read it who run the program.
    pub fn format(&self) -> DiffFormat {
        let usual = if is_github() { DiffFormat::Github } else { DiffFormat::Text };
        self.format.unwrap_or(usual)
    }
}

/// The forms of the list of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For a terminal.
    #[value(help = "För den som läser")]
    Text,
    /// For a machine.
    #[value(help = "För andra program")]
    Json,
    /// Markdown.
    #[value(help = "Markdown, med hela dokumentet i CriticMarkup")]
    Md,
    /// Annotations and the summary of a pull request.
    #[value(help = "Anmärkningar och sammanfattning i GitHub")]
    Github,
}

/// What a comparison is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffOutput {
    /// A PDF.
    #[value(help = "PDF")]
    Pdf,
    /// A page.
    #[value(help = "Webbsida")]
    Html,
    /// A Word document with tracked changes.
    #[value(help = "Word, med ändringarna spårade")]
    Docx,
}

impl DiffOutput {
    /// How its files end.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Docx => "docx",
        }
    }
}

/// A day.
fn day(said: &str) -> Result<jiff::civil::Date, &'static str> {
    said.parse().map_err(|_| "ett datum skrivs ÅÅÅÅ-MM-DD")
}

/// Compares, and tells what changed.
pub fn diff(command: &DiffCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    if command.attach_source {
        let finding =
            Diagnostic::new(codes::JAMFORELSE_KALLA, "en jämförelse bär ingen källa: den är inte handlingen");
        return Err(Failure::from(finding.hint("Ta bort --bifoga-källa.")).into());
    }
    if command.author.as_deref().is_some_and(|name| !is_name(name)) {
        let finding = Diagnostic::new(codes::OKANT_VARDE, "författarens namn är tomt eller har styrtecken");
        let hint = "Skriv ett namn på en rad efter --författare, till exempel ”Vega Exempel”.";
        return Err(Failure::from(finding.hint(hint)).into());
    }
    let tools = Arc::new(workshop(shared)?);
    if command.textconv {
        return textconv(command, &tools);
    }
    let (versions, pairs) = asked(command, &tools, &shared.settings)?;
    let mut told: Vec<(Compared, Option<Comparison>)> = Vec::new();
    let mut is_whole = true;
    for pair in pairs {
        let result = match versions.compare(&pair, DiffOptions { all: command.all, pages: command.pages }) {
            Ok(Some(result)) => result,
            Ok(None) => continue,
            // One that is no document keeps nobody from seeing what changed in the others.
            Err(findings) => {
                print(&findings, shared);
                is_whole = false;
                continue;
            }
        };
        for output in &command.to {
            write(*output, &result, &pair, command, &versions)?;
        }
        told.push((result.compared, result.comparison));
    }
    let differs = told.iter().any(|(file, _)| !file.is_same());
    let format = command.format();
    let said = match format {
        DiffFormat::Md => report::markdown(&told, tools.abbreviations()),
        _ => {
            let files: Vec<Compared> = told.into_iter().map(|(file, _)| file).collect();
            match format {
                DiffFormat::Json => report::json(&files),
                DiffFormat::Github => report::github(&files) + &summary(&files)?,
                _ => report::text(&files, is_coloured(shared, &Term::stdout())),
            }
        }
    };
    product(said.as_bytes())?;
    if is_whole && !differs && format == DiffFormat::Text {
        say("Ingen skillnad.");
    }
    Ok(match (is_whole, differs) {
        (false, _) => Outcome::Unwritten,
        // Git takes any other status of a driver for a failure.
        (true, true) if !is_driver(command) => Outcome::Findings,
        (true, _) => Outcome::Done,
    })
}

/// Whether a name can stand beside a change in Word.
fn is_name(name: &str) -> bool {
    !name.trim().is_empty()
        && !name.chars().any(|sign| sign.is_control() || matches!(sign, '\u{fffe}' | '\u{ffff}'))
}

/// The summary of a pull request goes where the workflow says.
fn summary(files: &[Compared]) -> anyhow::Result<String> {
    let list: String =
        files.iter().filter(|file| !file.is_same()).map(|file| report::list(file, 2) + "\n").collect();
    if let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY") {
        let path = PathBuf::from(path);
        let before = disk::whole(&path).unwrap_or_default();
        disk::write(&path, &[before, list.into_bytes()].concat()).map_err(Failure::from)?;
    }
    Ok(String::new())
}

/// Git calls its `diff.tjut.command` with a path, the old file, its object and mode, and the same of the new one; two
/// more words tell of another name.
fn is_driver(command: &DiffCommand) -> bool {
    matches!(command.words.len(), 7 | 9)
        && command.words[3].to_str().is_some_and(|mode| mode == "." || mode.len() == 6)
}

/// What is to be compared.
fn asked(
    command: &DiffCommand,
    tools: &Arc<Workshop>,
    settings: &Settings,
) -> anyhow::Result<(Versions, Vec<Pair>)> {
    let disk = || Both { old: FileTree::Disk, new: FileTree::Disk };
    let words = &command.words;
    let versions = |trees| Versions::new(trees, tools, command.utkast, settings.exclusions());
    if is_driver(command) {
        let path = &words[0];
        let versions = versions(disk());
        let side = |project: &tjut::project::Project, file: &Path| -> Result<Option<PathBuf>, Failure> {
            if file == Path::new("/dev/null") {
                return Ok(None);
            }
            // The text is read as if it stood at its place, where what it refers to is.
            let text = String::from_utf8_lossy(&disk::whole(file)?).into_owned();
            project.open(path, text);
            Ok(Some(path.clone()))
        };
        let Both { old, new } = versions.projects();
        let pair = Both { old: side(old, &words[1])?, new: side(new, &words[4])? };
        return Ok((versions, vec![pair]));
    }
    let cases = || settings.cases().iter().map(Mapp::path).collect();
    let paths = |rest: &[PathBuf]| if rest.is_empty() { cases() } else { rest.to_vec() };
    let first = words.first().cloned().unwrap_or_else(|| "HEAD".into());
    if disk::is_there(&first) && words.len() == 2 {
        let second = &words[1];
        let are_folders = (
            disk::is_folder(&first).map_err(Failure::from)?,
            disk::is_folder(second).map_err(Failure::from)?,
        );
        let versions = versions(disk());
        let pairs = match are_folders {
            (true, true) => versions.folders(&first, second),
            _ => vec![Both { old: Some(first), new: Some(second.clone()) }],
        };
        return Ok((versions, pairs));
    }
    let revision = |name: &str| -> Result<FileTree, Failure> {
        Ok(FileTree::Revision(Arc::new(Revision::of(Path::new("."), name)?), name.to_owned()))
    };
    // A file alone is compared with what was last committed.
    let (name, rest) = if disk::is_there(&first) {
        ("HEAD".to_owned(), &words[..])
    } else {
        (shown(&first), words.get(1..).unwrap_or_default())
    };
    let trees = match name.split_once("..") {
        Some((old, new)) => {
            let or_head = |name: &str| if name.is_empty() { "HEAD".to_owned() } else { name.to_owned() };
            Both { old: revision(&or_head(old))?, new: revision(&or_head(new.trim_start_matches('.')))? }
        }
        None => Both { old: revision(&name)?, new: FileTree::Disk },
    };
    let versions = versions(trees);
    let mut pairs = Vec::new();
    for path in paths(rest) {
        let found = versions.pairs(&path);
        if found.iter().all(|pair| pair.old.is_none() && pair.new.is_none()) {
            let message = format!("{} finns varken före eller efter", shown(&path));
            let finding = Diagnostic::new(codes::GIT_VERSION, message).hint("Kontrollera namnet och mappen.");
            return Err(Failure::from(finding).into());
        }
        pairs.extend(found);
    }
    Ok((versions, pairs))
}

/// The Markdown of a file, as git's `textconv` wants it.
fn textconv(command: &DiffCommand, tools: &Arc<Workshop>) -> anyhow::Result<Outcome> {
    for path in &command.words {
        let project = tjut::project::Project::new(disk::Disk, tools.clone()).draft(command.utkast);
        match project.document(path) {
            Ok(document) => product(document.source.text.as_bytes())?,
            // Git shows the text itself where there is no document: a diff must not fail for a draft.
            Err(_) => product(&disk::whole(path).map_err(Failure::from)?)?,
        }
    }
    Ok(Outcome::Done)
}

/// Who stands for the changes, and when: as it is said, or as git knows of the new file, or else the document itself.
fn author(pair: &Pair, result: &Outcomes, command: &DiffCommand, versions: &Versions) -> Author {
    let known = pair.new.as_ref().and_then(|path| versions.last_change(path));
    let (name, date) = known.unzip();
    let own = &result.document.front.datum.line.text;
    let own = own.parse::<jiff::civil::Date>().unwrap_or_else(|_| jiff::civil::date(1970, 1, 1));
    let midnight = |day: jiff::civil::Date| format!("{day}T00:00:00Z");
    Author {
        name: command.author.clone().or(name).unwrap_or_else(|| "tjut".into()),
        date: command.datum.map(midnight).or(date).unwrap_or_else(|| midnight(own)),
    }
}

/// Writes the redline of a file.
fn write(
    output: DiffOutput,
    result: &Outcomes,
    pair: &Pair,
    command: &DiffCommand,
    versions: &Versions,
) -> anyhow::Result<()> {
    let Some(comparison) = versions.printed(pair).map_err(Failure)? else { return Ok(()) };
    let tools = versions.projects().new.tools();
    let stem = result.loaded.path.file_stem().map(PathBuf::from).unwrap_or_default();
    let name = PathBuf::from(format!("{}.jamforelse.{}", stem.display(), output.ending()));
    let bytes = match output {
        DiffOutput::Html => {
            let page = redline::page(&result.document, &comparison, report::listed(&result.compared));
            tjut::export::html::html(&page, tools, &result.loaded.images, &[], false).map_err(Failure)?
        }
        DiffOutput::Pdf => {
            let document = redline::document(&result.document, &comparison, report::listed(&result.compared));
            let pdf = tjut::export::pdf::pdf(&document, tools, tools.press(), &result.loaded.images);
            pdf.map_err(Failure)?.bytes
        }
        DiffOutput::Docx => {
            let Some(path) = &pair.old else { return Ok(()) };
            let project = &versions.projects().old;
            let (document, loaded) = (project.document(path).map_err(Failure)?, project.load(path));
            let old = Edition { document: &document, images: &loaded.images };
            let new = Edition { document: &result.document, images: &result.loaded.images };
            docx::tracked(old, new, tools, &author(pair, result, command, versions)).map_err(Failure)?
        }
    };
    disk::write_below(&command.output, &name, &bytes).map_err(Failure::from)?;
    say(&format!("Skrev {}.", shown(&command.output.join(name))));
    Ok(())
}
