//! The same input gives the same bytes, and the Markdown gives the same PDF as its case.

use std::fs;

use super::cli::{folder, tjut};
use super::expect::root;
use tjut::project::disk::{self, Exclusions};

#[test]
fn runs_and_markdown_give_the_same_bytes() {
    let out = folder();
    let (first, second) = (out.path().join("1"), out.path().join("2"));
    for folder in [&first, &second] {
        let run = tjut(&["build", "--output", folder.to_str().expect("UTF-8")], root());
        assert_eq!(run.status, 0, "{}", run.stderr);
    }
    let built = disk::tree(&first).expect("readable");
    assert!(built.keys().any(|name| name.ends_with(".pdf")));
    assert_eq!(built, disk::tree(&second).expect("readable"));
    // Now from the Markdown alone: the PDFs are made again, in place.
    for path in disk::below(&second, &[".pdf"], &Exclusions::none()).expect("readable") {
        fs::remove_file(path).expect("removed");
    }
    let markdown = disk::below(&second, &[".md"], &Exclusions::none()).expect("readable");
    let mut arguments = vec!["build", "--to", "pdf", "--output", second.to_str().expect("UTF-8")];
    arguments.extend(markdown.iter().map(|path| path.to_str().expect("UTF-8")));
    let run = tjut(&arguments, root());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(built, disk::tree(&second).expect("readable"));
}
