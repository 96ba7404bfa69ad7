//! `tjut build --kontrollera`: whether the committed Markdown is what the cases give; nothing written.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use tjut::batch;
use tjut::digest::same_text;
use tjut::export::Format;
use tjut::language::swedish::{capitalised, listed};
use tjut::outputs::make::{Product, make};
use tjut::outputs::memory::Memory;
use tjut::outputs::settings::BuildSettings;
use tjut::project::{Input, Project, Reviewed, disk, shown};
use tjut::report::count;

use super::super::talk;
use super::super::telling::Telling;
use super::super::{Failure, Outcome};
use super::options::BuildCommand;
use super::strays::{said, strays};

/// Compares what inputs give with what stands in the output folder, and names what is left of cases that
/// are gone.
pub fn compare(
    inputs: &[Input],
    cases: &[PathBuf],
    command: &BuildCommand,
    settings: &BuildSettings,
    project: &Project,
    mut telling: Telling,
) -> anyhow::Result<Outcome> {
    let (output, work) = (&command.output, &command.work);
    let (mut differing, mut failed) = (0, 0);
    let mut unwritten = None;
    batch::ordered(
        inputs,
        work.threads(),
        |input| make(input, settings, project),
        |input, result| {
            let made = result.unwrap_or_else(|panicked| super::broken(input, &panicked));
            let Product { findings, accepted, files, .. } = made;
            telling.tell(Reviewed { path: shown(&input.path), findings, accepted });
            let Some(files) = files else {
                failed += 1;
                return ControlFlow::Continue(());
            };
            let differences: Vec<String> =
                files.iter().filter_map(|(name, bytes)| difference(&output.join(name), bytes)).collect();
            differing += usize::from(!differences.is_empty());
            match tell(&differences.concat(), &telling) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    unwritten = Some(error);
                    ControlFlow::Break(())
                }
            }
        },
    )?;
    if let Some(error) = unwritten {
        return Err(error.into());
    }
    let strays = match work.shard {
        None => strays(&Memory::open(output).0, inputs, cases, &work.paths, output).map_err(Failure::from)?,
        Some(_) => Vec::new(),
    };
    strays.iter().for_each(|stray| telling.tell(said(stray, output)));
    telling.finish()?;
    let left = strays.iter().map(|stray| stray.files.len()).sum();
    if !work.quiet {
        talk::say(&(summary(inputs.len(), differing, failed, left, output) + &others(&command.to)));
    }
    Ok(if differing + failed + left > 0 { Outcome::Findings } else { Outcome::Done })
}

/// Tells people how files differ; machines have their report on standard output.
fn tell(differences: &str, telling: &Telling) -> io::Result<()> {
    if telling.is_for_people() {
        return talk::product(differences.as_bytes());
    }
    if !differences.is_empty() {
        talk::say(differences.trim_end());
    }
    Ok(())
}

/// How a file differs from what it should be, for people.
fn difference(path: &Path, wanted: &[u8]) -> Option<String> {
    let shown = shown(path);
    let Ok(found) = disk::whole(path) else { return Some(format!("{shown} saknas.\n")) };
    if same_text(&found, wanted) {
        return None;
    }
    Some(match (std::str::from_utf8(&found), std::str::from_utf8(wanted)) {
        (Ok(found), Ok(wanted)) => TextDiff::from_lines(found, wanted)
            .unified_diff()
            .header(&shown, &format!("{shown} (som ärendet ger den)"))
            .to_string(),
        _ => format!("{shown} är inte vad ärendet ger.\n"),
    })
}

/// Says which formats that were asked for were not compared.
fn others(asked: &[Format]) -> String {
    let names: Vec<String> =
        asked.iter().filter(|format| **format != Format::Md).map(|format| format.name().to_owned()).collect();
    if names.is_empty() {
        return String::new();
    }
    format!(" {} följer av Markdown och jämförs inte.", capitalised(&listed(&names)))
}

fn summary(all: usize, differing: usize, failed: usize, strays: usize, output: &Path) -> String {
    let all = format!("Markdown för {}", count(all, "ärende", "ärenden"));
    let output = shown(output);
    if differing + failed + strays == 0 {
        return format!("Jämförde {all} med {output}/: allt stämmer.");
    }
    let mut parts = Vec::new();
    if differing > 0 {
        parts.push(format!("{differing} stämmer inte"));
    }
    if failed > 0 {
        parts.push(format!("{failed} har fel"));
    }
    if strays > 0 {
        parts.push(format!("{} saknar ärende", count(strays, "fil", "filer")));
    }
    format!("Jämförde {all} med {output}/: {}. Bygg med tjut build och checka in.", parts.join(", "))
}
