//! `tjut build`: the Markdown and the PDF of each case, of many cases at once.

mod compare;
mod one;
mod options;
mod progress;
mod shard;
mod strays;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use tjut::batch::{self, Panicked};
use tjut::diagnostic::{Diagnostic, codes};
use tjut::export::Format;
use tjut::language::swedish::listed;
use tjut::outputs::folder::Output;
use tjut::outputs::make::{Product, State, Worked, work};
use tjut::outputs::settings::BuildSettings;
use tjut::project::settings::Mapp;
use tjut::project::{Input, Inputs, Project, Reviewed, collisions, disk, shown};
use tjut::report::{Became, BuiltInput, Record, count};

use super::args::Shared;
use super::talk;
use super::telling::Telling;
use super::{Failure, Outcome, inputs, interrupt, project};
pub use one::{built, one};
pub use options::BuildCommand;
use progress::Progress;
pub use shard::Shard;

/// Builds cases; a case with errors writes nothing, and the others are built.
pub fn build(command: &BuildCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    let work = &command.work;
    options::refuse(command)?;
    let project = project(shared, work.utkast)?;
    let Inputs { files: all, problems, .. } = inputs(&project, work, &command.output, shared)?;
    let settings = options::settings(command, project.tools()).with(options::template(command)?);
    refuse_markdown_of_markdown(&all, &settings)?;
    let collisions = collisions(&project, &all, &command.output, &settings.to)?;
    if !collisions.is_empty() {
        return Err(Failure(collisions).into());
    }
    let inputs = match &work.shard {
        Some(shard) => shard.of(all).0,
        None => all,
    };
    let is_whole = problems.is_empty();
    let mut telling = Telling::new(work, shared);
    problems.into_iter().for_each(|(path, finding)| telling.tell(Reviewed::unread(&path, finding)));
    let cases: Vec<PathBuf> = shared.settings.cases().iter().map(Mapp::path).collect();
    let outcome = if command.check {
        compare::compare(&inputs, &cases, command, &settings, &project, telling)?
    } else {
        write(&inputs, &cases, command, shared, &settings, &project, telling)?
    };
    Ok(if is_whole { outcome } else { Outcome::Unwritten })
}

/// Builds inputs and writes what they give.
fn write(
    inputs: &[Input],
    cases: &[PathBuf],
    command: &BuildCommand,
    shared: &Shared,
    settings: &BuildSettings,
    project: &Project,
    telling: Telling,
) -> anyhow::Result<Outcome> {
    let quiet = command.work.quiet;
    disk::sweep(&command.output);
    let (output, damage) = Output::open(&command.output, command.force);
    talk::print(damage.as_slice(), shared);
    interrupt::write_last(output.unsaved());
    let mut batch = Batch {
        progress: Progress::new(inputs.len(), quiet),
        record: Record::default(),
        tally: Tally::default(),
        telling,
    };
    batch::ordered(
        inputs,
        command.work.threads(),
        |input| work(input, settings, project, &output),
        |input, result| {
            let worked = result.unwrap_or_else(|panicked| Worked::failed(broken(input, &panicked)));
            batch.took(input, worked, &output);
            if batch.tally.all().is_multiple_of(SAVED_EVERY) {
                // Whoever kills a long build keeps what it did. The last save tells of failures.
                drop(output.save());
            }
            ControlFlow::Continue(())
        },
    )?;
    batch.progress.finish();
    let removed = match command.work.shard {
        None => left(command, inputs, cases, &output, &mut batch.telling)?,
        Some(_) => Vec::new(),
    };
    batch.telling.finish()?;
    if let Some(path) = &command.report {
        disk::write(path, batch.record.text().as_bytes()).map_err(Failure::from)?;
    }
    let unsaved = output.save().err().filter(|_| batch.tally.unwritten == 0);
    if !quiet {
        talk::say(&batch.tally.summary(&command.output));
        if !removed.is_empty() {
            talk::say(&format!("Tog bort {}.", listed(&removed)));
        }
    }
    match (unsaved, &batch.tally) {
        (Some(finding), _) => Err(Failure::from(finding).into()),
        (None, Tally { unwritten: 1.., .. }) => Ok(Outcome::Unwritten),
        (None, Tally { failed: 1.., .. } | Tally { edited: 1.., .. }) => Ok(Outcome::Findings),
        _ => Ok(Outcome::Done),
    }
}

/// Names what is left of cases that are gone, or removes it where that is asked for, and gives what was
/// removed.
fn left(
    command: &BuildCommand,
    inputs: &[Input],
    cases: &[PathBuf],
    output: &Output,
    telling: &mut Telling,
) -> Result<Vec<String>, Failure> {
    let paths = &command.work.paths;
    let find = || strays::strays(&output.memory(), inputs, cases, paths, &command.output);
    let mut strays = find().map_err(Failure::from)?;
    if !command.prune {
        strays.iter().for_each(|stray| telling.tell(strays::said(stray, &command.output)));
        return Ok(Vec::new());
    }
    let mut removed = Vec::new();
    loop {
        let (gone, kept) = strays::remove(&strays, output).map_err(Failure::from)?;
        // What was built of Markdown that is gone now has no source any more, either.
        let more = if gone.is_empty() { Vec::new() } else { find().map_err(Failure::from)? };
        removed.extend(gone);
        if more.is_empty() || more == strays {
            kept.into_iter().for_each(|kept| telling.tell(kept));
            return Ok(removed);
        }
        strays = more;
    }
}

/// Markdown that was reviewed is the end of its way: other formats are made of it, but no Markdown.
fn refuse_markdown_of_markdown(inputs: &[Input], settings: &BuildSettings) -> Result<(), Failure> {
    let gives_nothing =
        |input: &&Input| Format::outputs(&settings.to, &input.name, input.is_markdown()).next().is_none();
    let pointless = inputs.iter().filter(gives_nothing);
    let findings: Vec<Diagnostic> = pointless
        .map(|input| {
            let shown = shown(&input.path);
            Diagnostic::new(
                codes::REDAN_MARKDOWN,
                format!("{shown} är redan Markdown: det finns inget att bygga"),
            )
            .hint(format!("Ange ärendet (.yaml), eller bygg en PDF: tjut build {shown} --till pdf"))
        })
        .collect();
    if findings.is_empty() { Ok(()) } else { Err(Failure(findings)) }
}

/// How many documents are built between two saves of the memory.
const SAVED_EVERY: usize = 500;

/// What goes on while documents come in.
struct Batch<'a> {
    progress: Progress,
    record: Record,
    tally: Tally,
    telling: Telling<'a>,
}

impl Batch<'_> {
    fn took(&mut self, input: &Input, worked: Worked, output: &Output) {
        self.progress.step();
        self.record.add(&told(input, &worked));
        self.tally.took(input, &worked, output);
        let Worked { findings, accepted, .. } = worked;
        let told = Reviewed { path: shown(&input.path), findings, accepted };
        // The bar is drawn anew after what is printed beside it.
        if told.findings.is_empty() || !self.telling.is_for_people() {
            self.telling.tell(told);
        } else {
            let telling = &mut self.telling;
            self.progress.aside(|| telling.tell(told));
        }
    }
}

/// What became of an input, for the record.
fn told<'a>(input: &Input, worked: &'a Worked) -> BuiltInput<'a> {
    let (became, entry) = match &worked.state {
        State::Built(entry) => (Became::Built, Some(entry)),
        State::Unchanged(entry) => (Became::Unchanged, Some(entry)),
        State::Failed | State::Edited | State::Unwritable => (Became::Failed, None),
    };
    BuiltInput {
        file: shown(&input.path),
        became,
        sources: &worked.sources,
        outputs: entry.map_or(&[], |entry| &entry.outputs),
        pages: entry.and_then(|entry| entry.pages),
        findings: &worked.findings,
        time: worked.time,
    }
}

/// How many came to what.
#[derive(Default)]
struct Tally {
    built: usize,
    unchanged: usize,
    failed: usize,
    edited: usize,
    unwritten: usize,
}

impl Tally {
    /// Counts what became of an input, and remembers what was built.
    fn took(&mut self, input: &Input, worked: &Worked, output: &Output) {
        match &worked.state {
            State::Built(entry) => {
                output.memory().learn(input, entry.clone(), &output.folder);
                self.built += 1;
            }
            State::Unchanged(_) => self.unchanged += 1,
            State::Failed => self.failed += 1,
            State::Edited => self.edited += 1,
            State::Unwritable => self.unwritten += 1,
        }
    }

    fn all(&self) -> usize {
        self.built + self.unchanged + self.failed + self.edited + self.unwritten
    }

    fn summary(&self, output: &Path) -> String {
        let mut sentence = match (self.built, self.unchanged) {
            (0, 1..) => "Inget behövde byggas".to_owned(),
            (built, _) => {
                format!("Byggde {} till {}/", count(built, "ärende", "ärenden"), shown(output))
            }
        };
        if self.unchanged > 0 {
            let kind = if self.unchanged == 1 { "oförändrat" } else { "oförändrade" };
            sentence.push_str(&format!("; {} {kind}", count(self.unchanged, "ärende var", "ärenden var")));
        }
        if self.failed > 0 {
            sentence
                .push_str(&format!("; {} har fel och byggdes inte", count(self.failed, "ärende", "ärenden")));
        }
        if self.edited > 0 {
            sentence.push_str(&format!(
                "; {} byggdes inte, eftersom det byggda är ändrat för hand",
                count(self.edited, "ärende", "ärenden")
            ));
        }
        if self.unwritten > 0 {
            sentence
                .push_str(&format!("; {} kunde inte skrivas", count(self.unwritten, "ärende", "ärenden")));
        }
        sentence + "."
    }
}

/// A document on which tjut itself broke.
fn broken(input: &Input, panicked: &Panicked) -> Product {
    let finding = Diagnostic::new(
        codes::INTERNT_FEL,
        format!("ett internt fel i tjut gjorde att {} inte byggdes", shown(&input.path)),
    )
    .hint(format!("Det är ett fel i tjut, inte i ärendet. Anmäl det, gärna med ärendet: {}", panicked.0));
    Product { findings: vec![finding], accepted: Vec::new(), sources: Vec::new(), files: None, pages: None }
}
