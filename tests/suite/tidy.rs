//! Tidy lines: from every worked case, tidy or disordered, the same Markdown, with every comment, once and for all.

use std::fs;
use std::path::{Path, PathBuf};

use tjut::project::disk::{Exclusions, below};
use tjut::project::{Disk, Project};
use tjut::yaml::outline::{Outline, indent, lines};

use super::cli::{CASE, folder, tjut};
use super::expect::{all, root};
use super::hostile::WORKSHOP;

/// Cases of every kind, of which some are not filled in.
fn cases() -> Vec<PathBuf> {
    let folders = ["cases", "tests/golden", "tests/edits", "seeds"];
    let below =
        |folder: &&str| below(&root().join(folder), &[".yaml"], &Exclusions::none()).expect("readable");
    folders.iter().flat_map(below).collect()
}

/// A project of a file that holds another text.
fn holding(path: &Path, text: &str) -> Project {
    let project = WORKSHOP.with(|tools| Project::new(Disk, tools.clone())).draft(true);
    project.open(path, text.to_owned());
    project
}

fn markdown(path: &Path, text: &str) -> Option<String> {
    holding(path, text).document(path).ok().map(|document| document.source.text.clone())
}

fn comments(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| line.starts_with('#')).collect()
}

/// The text with twice the indentation, two blank lines for each and white space at the ends of keys' lines.
fn spread(text: &str) -> String {
    let outline = Outline::of(text);
    let line = |range: std::ops::Range<usize>| {
        let words = &text[range.clone()];
        let owner = outline.text_at(range.start);
        let margin = match owner {
            // A text's own insets mean something.
            Some(owner) => indent(words) + outline.entry(owner).column + 3,
            None => 2 * indent(words),
        };
        match words.trim() {
            "" => "\n\n".to_owned(),
            _ if owner.is_some() => format!("{}{}\n", " ".repeat(margin), words.trim_start()),
            // What stands behind a dash moves as far in.
            said => format!(
                "{}{}   \n",
                " ".repeat(margin),
                said.replacen("- ", "-   ", usize::from(said.starts_with("- ")))
            ),
        }
    };
    lines(text).map(line).collect()
}

/// The text with each paragraph on one line.
fn joined(text: &str) -> String {
    let outline = Outline::of(text);
    let mut joined = String::new();
    let mut last = None;
    for range in lines(text) {
        let words = &text[range.clone()];
        let owner = outline.text_at(range.start).filter(|_| {
            words.trim_start().starts_with(|sign: char| sign.is_alphabetic()) && !words.ends_with("  ")
        });
        if owner.is_some() && owner == last {
            joined.push_str(&format!(" {}", words.trim()));
        } else {
            joined.push_str(&format!("\n{words}"));
        }
        last = owner;
    }
    joined.trim_start_matches('\n').to_owned() + "\n"
}

/// What is wrong with how this text is made tidy.
fn judged(path: &Path, text: &str) -> Result<bool, String> {
    let name = path.display();
    let Some(tidy) = holding(path, text).tidied(path) else { return Ok(false) };
    if comments(&tidy) != comments(text) {
        return Err(format!("{name}: comments are lost or altered\n{tidy}"));
    }
    if markdown(path, text) != markdown(path, &tidy) {
        return Err(format!("{name}: it says something else\n{tidy}"));
    }
    match holding(path, &tidy).tidied(path) {
        Some(again) if again == tidy => Ok(true),
        again => Err(format!("{name}: it is not tidy once and for all\n{tidy}\n=== then\n{again:?}")),
    }
}

#[test]
fn the_same_document_comes_of_a_tidy_case() {
    let mut tidied = 0;
    all(cases().iter().filter_map(|path| {
        let text = fs::read_to_string(path).ok()?;
        let forms = [spread(&text), joined(&text), text.replace('\n', "\r\n")];
        let judged: Result<Vec<bool>, String> = forms.iter().map(|text| judged(path, text)).collect();
        tidied += judged.as_ref().map_or(0, |judged| judged.iter().filter(|is| **is).count());
        Some(judged.map(drop))
    }));
    assert!(tidied > 100, "{tidied}");
}

/// Disorder is put in order, so the test above has something to judge.
#[test]
fn worked_cases_are_tidy_and_disorder_is_mended() {
    let cases = below(&root().join("cases"), &[".yaml"], &Exclusions::none()).expect("readable");
    all(cases.iter().map(|path| {
        let text = fs::read_to_string(path).expect("readable");
        let tidy = holding(path, &text).tidied(path).ok_or("it cannot be read")?;
        let spread = spread(&text);
        let again = holding(path, &spread).tidied(path).ok_or("its disorder cannot be read")?;
        match again == tidy && spread != tidy {
            true => Ok(()),
            false => Err(format!("{}: its disorder stays:\n{again}", path.display())),
        }
    }));
}

#[test]
fn the_command_writes_what_is_tidy_and_says_so() {
    let folder = folder();
    let path = folder.path().join("a.yaml");
    fs::write(&path, CASE.replace("\n  ", "\n      ")).expect("written");
    fs::write(folder.path().join("b.yaml"), "titel: \"a\n").expect("written");
    let run = tjut(&["format", "a.yaml"], folder.path());
    assert_eq!((run.status, run.stderr.as_str()), (0, "Ordnade 1 fil.\n"));
    assert_eq!(fs::read_to_string(&path).expect("there"), CASE);
    let again = tjut(&["ordna", "a.yaml"], folder.path());
    assert_eq!((again.status, again.stderr.as_str()), (0, "Inget behövde ordnas.\n"));
    let wrong = tjut(&["format", "b.yaml"], folder.path());
    assert_eq!(wrong.status, 1, "{}", wrong.stderr);
    assert!(wrong.stderr.contains("b.yaml"), "{}", wrong.stderr);
}
