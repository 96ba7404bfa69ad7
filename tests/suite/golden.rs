//! A folder of `tests/golden/` is a case with what it gives: `case.yaml`, `expected.md`,
//! `expected.tags`. What it has in `templates/` is laid over what is built in.

use std::path::Path;
use std::sync::Arc;

use super::expect::{all, entries, file, root};
use super::tags;
use tjut::diagnostic::Diagnostic;
use tjut::document::Document;
use tjut::export::{Images, pdf};
use tjut::library::Templates;
use tjut::project::{Disk, Project, disk};
use tjut::workshop::Workshop;

#[test]
fn golden_cases_give_what_is_expected() {
    let workshop = workshop();
    let folders = entries(&root().join("tests/golden"));
    assert!(!folders.is_empty());
    all(folders.iter().flat_map(|folder| compare(folder, &workshop)));
}

/// The workshop with the templates that a folder brings, if it does.
pub fn own(folder: &Path) -> Option<Arc<Workshop>> {
    let own = folder.join("templates");
    own.is_dir().then(|| {
        let files = disk::tree(&own).expect("the folder can be read");
        let templates = Templates::with_folder("templates", files).expect("the folder's templates are right");
        Arc::new(Workshop::new(templates))
    })
}

fn compare(folder: &Path, workshop: &Arc<Workshop>) -> Vec<Result<(), String>> {
    let strays = entries(folder).into_iter().filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        !["case.yaml", "expected.md", "expected.tags"].contains(&name.as_str())
            && path.is_file()
            && !name.starts_with("bild")
            && !name.starts_with("remissvar")
    });
    let mut results: Vec<Result<(), String>> =
        strays.map(|path| Err(format!("{}: no test reads this file", path.display()))).collect();
    match build(folder, &own(folder).unwrap_or_else(|| workshop.clone())) {
        Ok((markdown, tree)) => {
            results.push(file(&folder.join("expected.md"), &markdown));
            results.push(file(&folder.join("expected.tags"), &tree));
        }
        Err(findings) => results.push(Err(format!("{}: {findings:#?}", folder.display()))),
    }
    results
}

/// What is built in.
pub fn workshop() -> Arc<Workshop> {
    let templates = Templates::new(Default::default()).expect("the built-in templates are right");
    Arc::new(Workshop::new(templates))
}

fn build(folder: &Path, workshop: &Arc<Workshop>) -> Result<(String, String), Vec<Diagnostic>> {
    let (document, images) = document(folder, workshop)?;
    let pdf = pdf::pdf(&document, workshop, workshop.press(), &images)?;
    Ok((document.source.text.clone(), tags::tree(&pdf.bytes)))
}

/// The document of a folder's case, and its pictures.
pub fn document(folder: &Path, workshop: &Arc<Workshop>) -> Result<(Arc<Document>, Images), Vec<Diagnostic>> {
    let path = folder.join("case.yaml");
    let text = std::fs::read_to_string(&path).expect("a case");
    let project = Project::new(Disk, workshop.clone()).draft(text.contains("«Fyll i"));
    let found = project.review(&path).settled();
    if found.iter().any(Diagnostic::is_error) {
        return Err(found);
    }
    Ok((project.document(&path)?, project.load(&path).images.clone()))
}
