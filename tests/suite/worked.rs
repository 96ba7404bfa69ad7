//! The worked examples: every case builds without a remark, and the committed Markdown is what
//! they give.

use std::fs;

use super::cli::{folder, tjut};
use super::expect::{all, root};
use tjut::project::disk::{self, Exclusions};

#[test]
fn committed_markdown_is_what_the_cases_give() {
    let out = folder();
    let run = tjut(&["build", "--to", "md", "--output", out.path().to_str().expect("UTF-8")], root());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(!run.stderr.contains("fel[") && !run.stderr.contains("varning["), "{}", run.stderr);
    let built = disk::tree(out.path()).expect("readable");
    assert!(built.len() >= 4);
    all(built.iter().map(|(name, bytes)| {
        let committed = root().join("output").join(name);
        if fs::read(&committed).is_ok_and(|old| old == *bytes) {
            Ok(())
        } else {
            Err(format!("output/{name} is not what the cases give; build and commit it"))
        }
    }));
    let committed = disk::below(&root().join("output"), &[".md"], &Exclusions::none()).expect("readable");
    assert_eq!(
        committed.len(),
        built.keys().filter(|name| name.ends_with(".md")).count(),
        "Markdown without a case"
    );
}
