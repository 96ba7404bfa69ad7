//! `tjut build`: the Markdown and the PDF of each case, of many cases at once.

mod compare;
mod make;
pub mod memory;
mod options;
mod progress;
mod record;
mod shard;

use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::Path;
use std::thread;

use tjut::batch::{self, Panicked};
use tjut::diagnostic::{Diagnostic, codes};
use tjut::export::Format;
use tjut::project::{Input, collisions, disk, shortened, shown};

use super::args::{BuildCommand, Shared};
use super::report::{self, count};
use super::{Failure, Outcome, inputs, project};
pub use make::{Made, Settings, make};
use make::{State, Worked, work};
use memory::Memory;
use progress::Progress;
use record::Record;
pub use shard::Shard;

/// Builds cases; a case with errors writes nothing, and the others are built.
pub fn build(command: &BuildCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    options::refuse(command)?;
    let project = project(shared, command.utkast)?;
    let all = inputs(&project, &command.paths, &command.output)?;
    let settings = Settings::of(command, project.tools()).with(options::template(command)?);
    refuse_markdown_of_markdown(&all, &settings)?;
    let threads =
        command.jobs.map_or_else(thread::available_parallelism, Ok).unwrap_or(NonZero::<usize>::MIN);
    let collisions = collisions(&project, &all, &command.output, &settings.to)?;
    if !collisions.is_empty() {
        return Err(Failure(collisions).into());
    }
    let inputs = match &command.shard {
        Some(shard) => shard.of(all),
        None => all,
    };
    if command.check {
        let whole = command.paths.is_empty() && command.shard.is_none();
        return compare::compare(&inputs, whole, threads, command, shared, &settings, &project);
    }
    disk::sweep(&command.output);
    let (mut memory, damage) = Memory::open(&command.output);
    report::print(damage.as_slice(), shared);
    let known = if command.force { Memory::default() } else { memory.clone() };
    let mut batch = Batch {
        shared,
        progress: Progress::new(inputs.len(), command.quiet),
        record: Record::default(),
        tally: Tally::default(),
    };
    batch::ordered(
        &inputs,
        threads,
        |input| work(input, &known, &settings, &project, &command.output),
        |input, result| {
            let worked = result.unwrap_or_else(|panicked| Worked::failed(broken(input, &panicked)));
            batch.took(input, &worked, &mut memory);
            if batch.tally.all().is_multiple_of(SAVED_EVERY) {
                // Whoever kills a long build keeps what it did. The last save tells of failures.
                drop(memory.save(&command.output));
            }
            ControlFlow::Continue(())
        },
    )?;
    batch.progress.finish();
    if let Some(path) = &command.report {
        disk::write(path, batch.record.text().as_bytes()).map_err(Failure::from)?;
    }
    let unsaved = memory.save(&command.output).err().filter(|_| batch.tally.unwritten == 0);
    if !command.quiet {
        report::say(&batch.tally.summary(&command.output));
    }
    match (unsaved, &batch.tally) {
        (Some(finding), _) => Err(Failure::from(finding).into()),
        (None, Tally { unwritten: 1.., .. }) => Ok(Outcome::Unwritten),
        (None, Tally { failed: 1.., .. }) => Ok(Outcome::Findings),
        _ => Ok(Outcome::Done),
    }
}

/// Markdown that was reviewed is the end of its way: other formats are made of it, but no Markdown.
fn refuse_markdown_of_markdown(inputs: &[Input], settings: &Settings) -> Result<(), Failure> {
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
            .hint(format!("Ange ärendet (.yaml), eller bygg en PDF: tjut build {shown} --to pdf"))
        })
        .collect();
    if findings.is_empty() { Ok(()) } else { Err(Failure(findings)) }
}

/// How many documents are built between two saves of the memory.
const SAVED_EVERY: usize = 500;

/// What goes on while documents come in.
struct Batch<'a> {
    shared: &'a Shared,
    progress: Progress,
    record: Record,
    tally: Tally,
}

impl Batch<'_> {
    fn took(&mut self, input: &Input, worked: &Worked, memory: &mut Memory) {
        // The bar is drawn anew after what is printed beside it.
        if !worked.findings.is_empty() {
            let shown = shortened(worked.findings.clone());
            self.progress.aside(|| report::print(&shown, self.shared));
        }
        self.progress.step();
        self.record.add(input, worked);
        match &worked.state {
            State::Built(entry) => {
                memory.learn(input, entry.clone());
                self.tally.built += 1;
            }
            State::Unchanged(_) => self.tally.unchanged += 1,
            State::Failed => {
                memory.forget(input);
                self.tally.failed += 1;
            }
            State::Unwritable(finding) => {
                self.progress.aside(|| report::print(std::slice::from_ref(finding), self.shared));
                memory.forget(input);
                self.tally.unwritten += 1;
            }
        }
    }
}

/// How many came to what.
#[derive(Default)]
struct Tally {
    built: usize,
    unchanged: usize,
    failed: usize,
    unwritten: usize,
}

impl Tally {
    fn all(&self) -> usize {
        self.built + self.unchanged + self.failed + self.unwritten
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
        if self.unwritten > 0 {
            sentence
                .push_str(&format!("; {} kunde inte skrivas", count(self.unwritten, "ärende", "ärenden")));
        }
        sentence + "."
    }
}

/// A document on which tjut itself broke.
fn broken(input: &Input, panicked: &Panicked) -> Made {
    let finding = Diagnostic::new(
        codes::INTERNT_FEL,
        format!("tjut gick sönder på {} och byggde det inte", shown(&input.path)),
    )
    .hint(format!("Det är ett fel i tjut, inte i ärendet. Anmäl det, gärna med ärendet: {}", panicked.0));
    Made { findings: vec![finding], sources: Vec::new(), files: None, pages: None }
}
