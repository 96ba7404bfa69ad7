//! The README's case files are right as they stand there.

use std::fs;

use super::cli::{folder, tjut};
use super::expect::root;

#[test]
fn the_readmes_cases_have_no_errors() {
    let readme = fs::read_to_string(root().join("README.md")).expect("readable");
    let cases: Vec<&str> = readme
        .split("\n```yaml\n")
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next())
        .filter(|block| block.lines().any(|line| line.starts_with("mall:")))
        .collect();
    assert!(cases.len() >= 2);
    let folder = folder();
    let write = |name: &str, text: &str| {
        let path = folder.path().join("cases").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, text).expect("written");
    };
    let referred =
        fs::read_to_string(root().join("tests/golden/utlatande/remissvar.yaml")).expect("readable");
    write("socialnamnden/remissvar.yaml", &referred);
    for (number, case) in cases.iter().enumerate() {
        write(&format!("readme/{number}.yaml"), case);
    }
    let run = tjut(&["check"], folder.path());
    assert_eq!(run.status, 0, "{}", run.stderr);
}
