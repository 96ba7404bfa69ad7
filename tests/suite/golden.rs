//! A folder of `tests/golden/` is a case with what it gives: `case.yaml`, `expected.md`,
//! `expected.tags`. What it has in `templates/` is laid over what is built in.

use std::path::Path;

use super::expect::{all, entries, file, root};
use super::tags;
use tjut::diagnostic::Diagnostic;
use tjut::export::pdf;
use tjut::library::Templates;
use tjut::pipeline;
use tjut::project::files;
use tjut::workshop::Workshop;

#[test]
fn golden_cases_give_what_is_expected() {
    let workshop =
        Workshop::new(Templates::new(Default::default()).expect("the built-in templates are right"));
    let folders = entries(&root().join("tests/golden"));
    assert!(!folders.is_empty());
    all(folders.iter().flat_map(|folder| compare(folder, &workshop)));
}

fn compare(folder: &Path, workshop: &Workshop) -> Vec<Result<(), String>> {
    let strays = entries(folder).into_iter().filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        !["case.yaml", "expected.md", "expected.tags"].contains(&name.as_str())
            && path.is_file()
            && !name.starts_with("bild")
            && !name.starts_with("remissvar")
    });
    let mut results: Vec<Result<(), String>> =
        strays.map(|path| Err(format!("{}: no test reads this file", path.display()))).collect();
    let own = folder.join("templates");
    let own = own.is_dir().then(|| {
        let files = files::tree(&own).expect("the folder can be read");
        Workshop::new(Templates::with_folder("templates", files).expect("the folder's templates are right"))
    });
    match build(folder, own.as_ref().unwrap_or(workshop)) {
        Ok((markdown, tree)) => {
            results.push(file(&folder.join("expected.md"), &markdown));
            results.push(file(&folder.join("expected.tags"), &tree));
        }
        Err(findings) => results.push(Err(format!("{}: {findings:#?}", folder.display()))),
    }
    results
}

fn build(folder: &Path, workshop: &Workshop) -> Result<(String, String), Vec<Diagnostic>> {
    let source = files::text(&folder.join("case.yaml")).map_err(|finding| vec![finding])?;
    let draft = source.text.contains("«Fyll i");
    let (case, findings) = pipeline::check(&source, workshop, draft);
    let Some(mut case) = case.filter(|_| !findings.iter().any(Diagnostic::is_error)) else {
        return Err(findings);
    };
    let (texts, mut wrong) = files::referred(&case, workshop.kinds());
    wrong.extend(pipeline::gather(&mut case, texts, workshop, draft));
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let (images, missing) = files::pictures(folder, &case.pictures(), workshop);
    if !missing.is_empty() {
        return Err(missing);
    }
    let document = pipeline::document(&case, workshop, draft)?;
    let pdf = pdf::pdf(&document, workshop, workshop.press(), &images)?;
    Ok((document.source.text.clone(), tags::tree(&pdf.bytes)))
}
