//! The rooms of the library: they stand in `src/lib.rs` in the order of the data, and none imports from
//! one that stands below it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::expect::root;

/// The rooms as `src/lib.rs` lists them: groups between blank lines, whose order within says nothing.
pub fn rooms() -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join("src/lib.rs")).expect("readable");
    let groups = text.split("\n\n").map(|group| {
        let modules = group.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "));
        modules.map(|name| name.trim_end_matches(';').to_owned()).collect::<Vec<_>>()
    });
    groups.filter(|group| !group.is_empty()).collect()
}

/// The files of a room, but for its tests.
fn files(room: &str) -> Vec<PathBuf> {
    fn below(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("readable").path();
            if path.is_dir() && !path.ends_with("tests") {
                below(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let source = root().join("src");
    let mut found = vec![source.join(format!("{room}.rs"))];
    found.retain(|file| file.exists());
    below(&source.join(room), &mut found);
    found
}

/// The rooms that a file imports from: `crate::room`, `crate::{room, other}`; in comments and tests none.
fn imports(file: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(file).expect("readable");
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let code: String = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let name = |path: &str| -> String {
        path.trim().chars().take_while(|sign| sign.is_ascii_lowercase() || *sign == '_').collect()
    };
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(several) => {
                let mut depth = 0;
                let mut start = 0;
                for (end, sign) in several.char_indices() {
                    match sign {
                        '{' => depth += 1,
                        '}' if depth > 0 => depth -= 1,
                        '}' | ',' if depth == 0 => {
                            found.insert(name(&several[start..end]));
                            start = end + 1;
                            if sign == '}' {
                                break;
                            }
                        }
                        _ => {}
                    }
                }
            }
            None => drop(found.insert(name(rest))),
        }
    }
    found.remove("");
    found
}

#[test]
fn no_room_imports_from_one_below_it() {
    let rooms = rooms();
    let place = |name: &str| rooms.iter().position(|group| group.iter().any(|room| room == name));
    let mut wrong = Vec::new();
    let mut number = 0;
    for (at, room) in
        rooms.iter().enumerate().flat_map(|(at, group)| group.iter().map(move |room| (at, room)))
    {
        for file in files(room) {
            for import in imports(&file).iter().filter(|import| *import != room) {
                number += 1;
                // Macros have no room.
                if place(import).is_some_and(|there| there >= at) {
                    wrong.push(format!("{}: crate::{import}", file.display()));
                }
            }
        }
    }
    assert!(number > 300, "{number}");
    assert!(
        wrong.is_empty(),
        "these import from a room that src/lib.rs lists later, or beside theirs:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn what_is_imported_is_seen() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.rs");
    let text = "use crate::one::{Two, three};\n/// [`crate::four`]\nuse crate::{five::{self, Six}, seven};\n\
                fn f() -> crate::eight::T {}\n#[cfg(test)]\nmod tests {\n    use crate::nine;\n}\n";
    fs::write(&file, text).expect("written");
    let seen: Vec<String> = imports(&file).into_iter().collect();
    assert_eq!(seen, ["eight", "five", "one", "seven"]);
}
