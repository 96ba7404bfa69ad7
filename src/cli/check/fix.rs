//! `tjut check --rätta`: applies the safe mends.

use std::num::NonZero;
use std::ops::ControlFlow;
use std::thread;

use tjut::batch;
use tjut::project::disk::write_mended;
use tjut::project::{Input, Project};
use tjut::report::count;

use crate::cli::Failure;

/// Mends the files, and says how much was mended.
pub fn fix(inputs: &[Input], project: &Project) -> anyhow::Result<String> {
    let threads = thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
    // Nothing is written before all is found: what is mended in one file must not change what another
    // is judged by, whoever comes first.
    let mut mended = Vec::new();
    batch::ordered(
        inputs,
        threads,
        |input| project.mended(&input.path),
        |input, result| {
            mended.extend(result.ok().flatten().map(|text| (input.path.clone(), text)));
            ControlFlow::Continue(())
        },
    )?;
    for (path, text) in &mended {
        write_mended(path, &text.before, &text.after.text).map_err(Failure::from)?;
        project.changed(path);
    }
    let places: usize = mended.iter().map(|(_, text)| text.places).sum();
    Ok(match places {
        0 => "Inget kunde rättas automatiskt.".into(),
        _ => format!(
            "Rättade {} i {}.",
            count(places, "ställe", "ställen"),
            count(mended.len(), "fil", "filer")
        ),
    })
}
