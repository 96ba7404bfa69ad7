//! The output folder: what somebody wrote on stays, what git brought is no edit, what is old or has no case
//! any more is named; who interrupts a build leaves nothing half done.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::cli::{CASE, Run, folder, tjut};
use super::edits::git;

/// What a colleague adds to a Markdown file.
const ADDED: &str = "\nTillagd mening av en kollega.\n";

fn build(folder: &Path, arguments: &[&str]) -> Run {
    tjut(&[&["build", "--to", "md"], arguments].concat(), folder)
}

/// A folder with cases of these names, built.
fn built(names: &[&str]) -> tempfile::TempDir {
    let folder = folder();
    for name in names {
        write(folder.path(), &format!("cases/{name}.yaml"), CASE);
    }
    let run = tjut(&["build"], folder.path());
    assert_eq!(run.status, 0, "{}", run.stderr);
    folder
}

/// The same in a git repository, with the Markdown committed and nothing else of what is built.
fn committed(names: &[&str]) -> tempfile::TempDir {
    let folder = built(names);
    write(folder.path(), ".gitignore", "/output/**/*.pdf\n/output/**/.tjut*\n");
    git(folder.path(), &["init", "-q", "-b", "main"]);
    commit(folder.path());
    folder
}

fn commit(folder: &Path) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "ett"]);
}

/// A clone of a repository, in a folder of its own.
fn clone(of: &Path, options: &[&str]) -> tempfile::TempDir {
    let folder = folder();
    let from = of.to_string_lossy();
    git(folder.path(), &[options, &["clone", "-q", &from, "."]].concat());
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("created");
    fs::write(path, text).expect("written");
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("readable")
}

fn edit(folder: &Path, name: &str, from: &str, to: &str) {
    let text = read(folder, name);
    assert!(text.contains(from), "{from} is not in {name}");
    write(folder, name, &text.replace(from, to));
}

fn add(folder: &Path, name: &str) {
    write(folder, name, &format!("{}{ADDED}", read(folder, name)));
}

fn is_there(folder: &Path, name: &str) -> bool {
    folder.join(name).exists()
}

#[test]
fn what_somebody_wrote_on_is_not_written_over() {
    let folder = built(&["a", "b"]);
    let folder = folder.path();
    add(folder, "output/a.md");
    let edited = read(folder, "output/a.md");
    for name in ["cases/a.yaml", "cases/b.yaml"] {
        edit(folder, name, "En mening", "En annan mening");
    }
    for _ in 0..2 {
        let run = build(folder, &[]);
        assert_eq!(run.status, 1);
        assert!(run.stderr.contains("fel[utdata-ändrad]: output/a.md är ändrad för hand"), "{}", run.stderr);
        assert_eq!(read(folder, "output/a.md"), edited);
    }
    assert!(read(folder, "output/b.md").contains("En annan mening"));
    // Not even on demand: what is to go is removed by whoever wrote it.
    assert_eq!(build(folder, &["--force"]).status, 1);
    fs::remove_file(folder.join("output/a.md")).expect("removed");
    assert_eq!(build(folder, &[]).status, 0);
    assert!(read(folder, "output/a.md").contains("En annan mening"));
}

#[test]
fn what_was_brought_home_is_no_edit() {
    let folder = built(&["a"]);
    let folder = folder.path();
    edit(folder, "output/a.md", "En mening", "En annan mening");
    edit(folder, "cases/a.yaml", "En mening", "En annan mening");
    assert_eq!(build(folder, &[]).stderr, "Byggde 1 ärende till output/.\n");
}

#[test]
fn of_what_somebody_may_have_written_on_a_copy_stays() {
    let folder = built(&["a"]);
    let folder = folder.path();
    for copy in ["output/a.kopia.md", "output/a.kopia-2.md"] {
        fs::remove_file(folder.join("output/.tjut.json")).expect("removed");
        add(folder, "output/a.md");
        let run = build(folder, &[]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(run.stderr.contains("varning[utdata-kopia]") && run.stderr.contains(copy), "{}", run.stderr);
        assert!(read(folder, copy).ends_with(ADDED) && !read(folder, "output/a.md").contains(ADDED));
    }
    // A copy is nobody's output, and is spoken of once.
    assert_eq!(build(folder, &["--check"]).status, 0);
}

#[test]
fn an_edit_in_a_fresh_clone_stays() {
    let origin = committed(&["a"]);
    let clone = clone(origin.path(), &[]);
    let clone = clone.path();
    add(clone, "output/a.md");
    edit(clone, "cases/a.yaml", "En mening", "En annan mening");
    let run = build(clone, &[]);
    assert!(run.status == 1 && run.stderr.contains("utdata-ändrad"), "{}", run.stderr);
    assert!(read(clone, "output/a.md").ends_with(ADDED));
    // Committed it is git's to keep.
    git(clone, &["commit", "-q", "-a", "-m", "två"]);
    assert_eq!(build(clone, &[]).stderr, "Byggde 1 ärende till output/.\n");
}

#[test]
fn what_git_brought_is_no_edit() {
    let folder = committed(&["a", "b"]);
    let folder = folder.path();
    git(folder, &["checkout", "-q", "-b", "gren"]);
    edit(folder, "cases/a.yaml", "En mening", "En annan mening");
    assert_eq!(build(folder, &[]).status, 0);
    commit(folder);
    let other = clone(folder, &[]);
    git(folder, &["checkout", "-q", "main"]);
    edit(folder, "cases/a.yaml", "En mening", "En tredje mening");
    let run = build(folder, &[]);
    assert!(run.status == 0 && !run.stderr.contains("varning"), "{}", run.stderr);
    // A colleague's commit, fetched.
    assert_eq!(build(other.path(), &[]).status, 0);
    git(folder, &["checkout", "-q", "-b", "tredje"]);
    commit(folder);
    git(other.path(), &["fetch", "-q", "origin", "tredje"]);
    git(other.path(), &["reset", "-q", "--hard", "FETCH_HEAD"]);
    let run = build(other.path(), &[]);
    assert!(run.status == 0 && !run.stderr.contains("varning"), "{}", run.stderr);
}

#[test]
fn line_ends_that_git_made_are_no_edit() {
    let origin = committed(&["a"]);
    let clone = clone(origin.path(), &["-c", "core.autocrlf=true"]);
    let clone = clone.path();
    git(clone, &["config", "core.autocrlf", "true"]);
    assert!(read(clone, "output/a.md").contains("\r\n"));
    assert_eq!(build(clone, &["--check"]).status, 0);
    edit(clone, "cases/a.yaml", "En mening", "En annan mening");
    assert_eq!(build(clone, &[]).stderr, "Byggde 1 ärende till output/.\n");
    git(clone, &["checkout", "-q", "--", "output"]);
    edit(clone, "cases/a.yaml", "En annan mening", "En tredje mening");
    assert_eq!(build(clone, &[]).stderr, "Byggde 1 ärende till output/.\n");
}

#[test]
fn what_a_case_gave_before_it_broke_is_named_as_old() {
    let folder = built(&["a", "b"]);
    let folder = folder.path();
    edit(folder, "cases/a.yaml", "datum: ", "datum: 2026-02-31 #");
    for _ in 0..2 {
        let run = build(folder, &[]);
        assert_eq!(run.status, 1);
        let says = "varning[utdata-gammal]: output/a.md och output/a.pdf är från ett tidigare bygge";
        assert!(run.stderr.contains(says) && !run.stderr.contains("output/b.pdf"), "{}", run.stderr);
    }
    // Also where nobody remembers it.
    fs::remove_file(folder.join("output/.tjut.json")).expect("removed");
    let run = tjut(&["build"], folder);
    assert!(run.stderr.contains("output/a.md och output/a.pdf"), "{}", run.stderr);
}

#[test]
fn what_is_left_of_cases_that_are_gone_is_named_and_removed_on_demand() {
    let folder = built(&["a", "b", "d/c", "d/e"]);
    let folder = folder.path();
    write(folder, "output/README.md", "Egen text.\n");
    write(folder, "output/egen.txt", "Egen text.\n");
    add(folder, "output/d/e.md");
    for name in ["cases/b.yaml", "cases/d/c.yaml", "cases/d/e.yaml"] {
        fs::remove_file(folder.join(name)).expect("removed");
    }
    for _ in 0..2 {
        let run = build(folder, &[]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        for says in [
            "varning[utan-ärende]: output/b.md och output/b.pdf hör inte till något ärende: cases/b.yaml finns inte längre",
            "output/d/c.md och output/d/c.pdf",
            "output/d/e.md och output/d/e.pdf",
        ] {
            assert!(run.stderr.contains(says), "{}", run.stderr);
        }
        assert!(!run.stderr.contains("README.md"), "{}", run.stderr);
    }
    let check = build(folder, &["--check"]);
    assert!(check.status == 1 && check.stderr.contains("output/b.md och output/b.pdf"), "{}", check.stderr);
    assert!(is_there(folder, "output/b.md"));
    let run = build(folder, &["--rensa"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(
        run.stderr.contains("output/d/e.md hör inte till något ärende, men är ändrad för hand"),
        "{}",
        run.stderr
    );
    for (name, stays) in [
        ("output/a.md", true),
        ("output/a.pdf", true),
        ("output/README.md", true),
        ("output/egen.txt", true),
        ("output/d/e.md", true),
        ("output/b.md", false),
        ("output/b.pdf", false),
        ("output/d/c.pdf", false),
        ("output/d/e.pdf", false),
    ] {
        assert_eq!(is_there(folder, name), stays, "{name}");
    }
}

#[test]
fn what_a_renamed_case_gave_is_removed_in_a_clone_without_memory_and_its_folder_with_it() {
    let origin = committed(&["a", "d/b"]);
    let clone = clone(origin.path(), &[]);
    let clone = clone.path();
    fs::rename(clone.join("cases/d/b.yaml"), clone.join("cases/c.yaml")).expect("renamed");
    assert!(build(clone, &[]).stderr.contains("output/d/b.md hör inte till något ärende"));
    let run = build(clone, &["--prune"]);
    assert!(run.stderr.contains("Tog bort output/d/b.md."), "{}", run.stderr);
    assert!(is_there(clone, "output/c.md") && !is_there(clone, "output/d"));
}

#[test]
fn a_picture_that_another_case_shows_stays() {
    let folder = folder();
    let picture = include_str!("../golden/texter/bild.svg");
    write(folder.path(), "cases/bild.svg", picture);
    for name in ["a", "b"] {
        let shown = "Egen rubrik: |\n  Text.\n\n  ![Antal elever per skola](bild.svg)\n";
        write(folder.path(), &format!("cases/{name}.yaml"), &format!("{CASE}{shown}"));
    }
    assert_eq!(build(folder.path(), &[]).status, 0);
    fs::remove_file(folder.path().join("cases/b.yaml")).expect("removed");
    assert_eq!(build(folder.path(), &["--rensa"]).status, 0);
    assert!(is_there(folder.path(), "output/bild.svg") && !is_there(folder.path(), "output/b.md"));
}

#[test]
fn what_goes_beside_a_document_no_longer_is_named_and_removed_on_demand() {
    let folder = folder();
    let folder = folder.path();
    write(folder, "cases/bild.svg", include_str!("../golden/texter/bild.svg"));
    write(folder, "cases/avtal.txt", "Avtalet.\n");
    let shown = "Egen rubrik: |\n  Text.\n\n  ![Antal elever per skola](bild.svg)\n";
    let enclosed = "bilagor:\n  - titel: Avtal\n    fil: avtal.txt\n";
    write(folder, "cases/å.yaml", &format!("{CASE}{shown}{enclosed}"));
    let build = |arguments: &[&str]| tjut(&[&["build", "--till"], arguments].concat(), folder);
    let published = ["md,html", "--publicering"];
    assert_eq!(build(&published).status, 0);
    // Markdown alone: the page is as it was, with what goes beside it.
    write(folder, "cases/å.yaml", CASE);
    let run = build(&["md"]);
    assert!(!run.stderr.contains("hör inte"), "{}", run.stderr);
    // The page anew: its pictures and enclosures are another's, or nobody's.
    let run = build(&published);
    assert!(
        run.stderr.contains("output/avtal.txt och output/bild.svg hör inte längre till cases/å.yaml"),
        "{}",
        run.stderr
    );
    let run = build(&["md,html", "--publicering", "--rensa"]);
    assert!(run.stderr.contains("Tog bort output/avtal.txt och output/bild.svg."), "{}", run.stderr);
    assert!(!is_there(folder, "output/avtal.txt") && !is_there(folder, "output/bild.svg"));
    // No longer published: another page, and the published one has its summary until it is gone.
    assert_eq!(build(&["html", "--rensa"]).status, 0);
    assert!(is_there(folder, "output/a.html") && is_there(folder, "output/a.json"));
    fs::rename(folder.join("cases/å.yaml"), folder.join("cases/b.yaml")).expect("renamed");
    assert_eq!(build(&["md,html", "--publicering", "--rensa"]).status, 0);
    assert!(!is_there(folder, "output/a.json") && is_there(folder, "output/b.json"));
    assert_eq!(build(&["html", "--rensa"]).status, 0);
    assert!(is_there(folder, "output/b.html") && !is_there(folder, "output/b.json"));
}

#[cfg(unix)]
#[test]
fn whoever_interrupts_a_build_leaves_nothing_half_done() {
    let names: Vec<String> = (0..60).map(|at| format!("{at}")).collect();
    let folder = folder();
    let folder = folder.path();
    for name in &names {
        write(folder, &format!("cases/{name}.yaml"), CASE);
    }
    let mut amid = 0;
    for round in 0..8 {
        for name in &names {
            write(
                folder,
                &format!("cases/{name}.yaml"),
                &CASE.replace("En mening", &format!("Mening {round}")),
            );
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_tjut"))
            .args(["build", "-j", "2"])
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("tjut starts");
        // When the first of this round is there, the others are being written.
        let first = || {
            names.iter().any(|name| {
                fs::read_to_string(folder.join(format!("output/{name}.md")))
                    .is_ok_and(|text| text.contains(&format!("Mening {round}")))
            })
        };
        let begun = Instant::now();
        while !first() && begun.elapsed() < Duration::from_secs(60) {
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_millis(7 * round));
        let id = child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill is there").success());
        amid += usize::from(child.wait().expect("it ended").code() == Some(130));
        let left: Vec<String> = fs::read_dir(folder.join("output"))
            .expect("readable")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .filter(|name| name.starts_with(".tjut-"))
            .collect();
        assert!(left.is_empty(), "{left:?}");
    }
    assert!(amid > 4, "{amid} of 8 were interrupted");
    // What was built is remembered, so that none of it is taken for an edit.
    for name in &names {
        write(folder, &format!("cases/{name}.yaml"), &CASE.replace("En mening", "Sista meningen"));
    }
    let run = build(folder, &["--quiet"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
}

#[test]
fn a_page_that_was_not_made_anew_is_named_as_old() {
    let folder = folder();
    let folder = folder.path();
    write(folder, "cases/a.yaml", CASE);
    assert_eq!(tjut(&["build", "--to", "md,html"], folder).status, 0);
    // The same document in another format leaves the page as right as it was.
    let run = tjut(&["build", "--to", "md,docx"], folder);
    assert!(!run.stderr.contains("utdata-gammal"), "{}", run.stderr);
    write(folder, "cases/a.yaml", &CASE.replace("En mening", "En annan mening"));
    let run = tjut(&["build", "--to", "md"], folder);
    let said = "output/a.html är från ett tidigare bygge, och ärendet är nu ett annat";
    assert!(run.status == 0 && run.stderr.contains(said), "{}", run.stderr);
    let run = tjut(&["build", "--to", "md,docx,html"], folder);
    assert!(!run.stderr.contains("utdata-gammal"), "{}", run.stderr);
}
