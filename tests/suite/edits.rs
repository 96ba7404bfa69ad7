//! A folder of `tests/edits/` is an edit that a reviewer makes: `old.yaml`, `new.yaml`, and what each format says of it.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value as Json;

use super::cli::{CASE, folder, tjut};
use super::expect::{all, entries, file, root};
use super::review::keeps_to;

/// The files of what is expected, by the words that ask for them.
const FORMATS: [(&str, &[&str]); 5] = [
    ("expected.txt", &[]),
    ("expected.allt.txt", &["--allt"]),
    ("expected.json", &["--format", "json"]),
    ("expected.critic.md", &["--format", "md"]),
    ("expected.github", &["--format", "github"]),
];

#[test]
fn each_edit_is_told_as_expected() {
    let edits = entries(&root().join("tests/edits"));
    assert!(edits.len() >= 20);
    all(edits.iter().flat_map(|edit| {
        FORMATS.iter().map(|(name, words)| {
            let run = tjut(&[&["diff", "old.yaml", "new.yaml"], *words].concat(), edit);
            assert_eq!((run.status, run.stderr.as_str()), (1, ""), "{}", edit.display());
            file(&edit.join(name), &run.stdout)
        })
    }));
}

/// One edit is one change, but for a name that stands in two sentences; what is only form is none.
#[test]
fn each_edit_is_one_change() {
    for edit in entries(&root().join("tests/edits")) {
        let told: Json =
            serde_json::from_str(&fs::read_to_string(edit.join("expected.json")).expect("there"))
                .expect("JSON");
        let changes = told["ärenden"][0]["ändringar"].as_array().expect("a list");
        let wanted = match edit.file_name().and_then(|name| name.to_str()) {
            Some("namn") => 2,
            Some("form") => 0,
            _ => 1,
        };
        assert_eq!(changes.len(), wanted, "{}", edit.display());
        // And it says where, in both files.
        for place in changes.iter().flat_map(|change| change["platser"].as_array().expect("a list")) {
            assert!(!place["före"].is_null() || !place["efter"].is_null(), "{}", edit.display());
        }
    }
}

/// What machines read keeps to its schema, with pages and without.
#[test]
fn the_list_keeps_to_its_schema() {
    let json = |text: &str| -> Json { serde_json::from_str(text).expect("JSON") };
    let schema = json(&tjut(&["schema", "--jämförelse"], root()).stdout);
    for edit in entries(&root().join("tests/edits")) {
        let told = fs::read_to_string(edit.join("expected.json")).expect("there");
        keeps_to(&schema, &schema, &json(&told));
    }
}

/// The pages are those of both PDFs, in every form of the list.
#[test]
fn pages_are_told_where_they_are_asked_for() {
    let folder = folder();
    let path = folder.path();
    let filling = "Ett stycke som fyller sidan med ord och inget annat.\n\n  ".repeat(80);
    let case = |words: &str| CASE.replace("En mening.", &format!("{filling}{words}"));
    fs::write(path.join("a.yaml"), case("Det sista stycket handlar om mat.")).expect("written");
    fs::write(path.join("b.yaml"), case("Det sista stycket handlar om bröd.")).expect("written");
    let run = |format: &str| tjut(&["diff", "a.yaml", "b.yaml", "--sidor", "--format", format], path);
    let told: Json = serde_json::from_str(&run("json").stdout).expect("JSON");
    let pages = &told["ärenden"][0]["ändringar"][0]["sidor"];
    let page = pages["efter"].as_u64().expect("a page");
    assert!(page > 1 && pages["före"] == pages["efter"], "{told}");
    let schema: Json = serde_json::from_str(&tjut(&["schema", "--jämförelse"], root()).stdout).expect("JSON");
    keeps_to(&schema, &schema, &told);
    for format in ["text", "md", "github"] {
        let said = run(format);
        assert!(said.stdout.contains(&format!("(sida {page})")), "{format}: {}{}", said.stdout, said.stderr);
    }
}

#[test]
fn the_same_is_no_change() {
    let edit = root().join("tests/edits/ord");
    let run = tjut(&["diff", "old.yaml", "old.yaml"], &edit);
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, "", "Ingen skillnad.\n"));
}

pub fn git(folder: &Path, words: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@exempel.se", "-c", "init.defaultBranch=main"])
        .args(words)
        .current_dir(folder)
        .output()
        .expect("git is there");
    assert!(output.status.success(), "git {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A repository with two cases, and a change that is not committed.
fn repository() -> tempfile::TempDir {
    let folder = folder();
    let path = folder.path();
    fs::create_dir(path.join("cases")).expect("made");
    fs::write(path.join("cases/a.yaml"), CASE).expect("written");
    fs::write(path.join("cases/b.yaml"), CASE.replace("2026/1", "2026/2")).expect("written");
    git(path, &["init", "-q"]);
    git(path, &["add", "-A"]);
    git(path, &["commit", "-q", "-m", "ett"]);
    folder
}

#[test]
fn a_revision_is_read_from_gits_objects() {
    let folder = repository();
    let path = folder.path();
    fs::write(path.join("cases/a.yaml"), CASE.replace("En mening", "En annan mening")).expect("written");
    // In the working tree the other case bears another name, and a third is new.
    fs::rename(path.join("cases/b.yaml"), path.join("cases/c.yaml")).expect("moved");
    fs::write(path.join("cases/d.yaml"), CASE.replace("2026/1", "2026/9")).expect("written");
    let before = git(path, &["status", "--porcelain"]);
    let run = tjut(&["diff", "HEAD"], path);
    assert_eq!(run.status, 1, "{}", run.stderr);
    for said in
        ["cases/a.yaml (HEAD → nu)", "{+annan+}", "HEAD:cases/b.yaml → cases/c.yaml", "cases/d.yaml är nytt"]
    {
        assert!(run.stdout.contains(said), "{said}\n{}", run.stdout);
    }
    assert_eq!(git(path, &["status", "--porcelain"]), before, "nothing was written");
    git(path, &["add", "-A"]);
    git(path, &["commit", "-q", "-m", "två"]);
    let run = tjut(&["diff", "HEAD~1..HEAD", "cases/a.yaml"], path);
    assert!(run.stdout.contains("cases/a.yaml (HEAD~1 → HEAD)"), "{}", run.stdout);
    assert_eq!(tjut(&["diff", "HEAD", "cases/a.yaml"], path).status, 0);
    assert_eq!(tjut(&["diff", "mian", "cases/a.yaml"], path).status, 2);
}

#[test]
fn a_case_that_is_no_document_hides_no_other() {
    let folder = repository();
    let path = folder.path().join("cases/a.yaml");
    let text = fs::read_to_string(&path).expect("a case");
    fs::write(folder.path().join("cases/trasig.yaml"), text.replace("titel:", "titl:")).expect("written");
    fs::write(folder.path().join("cases/compose.yaml"), "services: {}\n").expect("written");
    fs::write(&path, text.replace("En mening", "En annan mening")).expect("written");
    let run = tjut(&["diff", "HEAD"], folder.path());
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stdout.contains("{+annan+}"), "{}", run.stdout);
    assert!(run.stderr.contains("cases/trasig.yaml:2:1"), "{}", run.stderr);
}

#[test]
fn git_uses_it_as_driver_and_as_textconv() {
    let folder = repository();
    let path = folder.path();
    fs::write(path.join("cases/a.yaml"), CASE.replace("En mening", "En annan mening")).expect("written");
    fs::write(path.join(".gitattributes"), "*.yaml diff=tjut\n").expect("written");
    let tjut = env!("CARGO_BIN_EXE_tjut");
    git(path, &["config", "diff.tjut.command", &format!("'{tjut}' diff")]);
    let said = git(path, &["diff"]);
    assert!(said.contains("En mening i Bakgrund är ändrad") || said.contains("{+annan+}"), "{said}");
    git(path, &["config", "--unset", "diff.tjut.command"]);
    git(path, &["config", "diff.tjut.textconv", &format!("'{tjut}' diff --textconv")]);
    let said = git(path, &["diff"]);
    assert!(said.contains("-En mening.\n+En annan mening.\n"), "{said}");
    // What a case refers to is found for what was committed, too, though git lays that elsewhere.
    let picture = CASE.replace("En mening", "![En bild](bild.svg)\n\n  En mening");
    fs::write(path.join("cases/bild.svg"), "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
        .expect("written");
    fs::write(path.join("cases/a.yaml"), &picture).expect("written");
    git(path, &["add", "-A"]);
    git(path, &["commit", "-q", "-m", "bild"]);
    fs::write(path.join("cases/a.yaml"), picture.replace("En mening", "En annan mening")).expect("written");
    let said = git(path, &["diff", "-U0"]);
    assert!(said.contains("-En mening.\n+En annan mening.\n") && !said.contains("-mall:"), "{said}");
}

#[test]
fn the_redline_is_a_pdf_and_a_page() {
    let edit = root().join("tests/edits/ny-punkt");
    let folder = folder();
    let output = folder.path().to_str().expect("UTF-8");
    let run = tjut(&["diff", "old.yaml", "new.yaml", "--to", "pdf,html", "--output", output], &edit);
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(fs::read(folder.path().join("new.jamforelse.pdf")).expect("a PDF").starts_with(b"%PDF-1.7"));
    let page = fs::read_to_string(folder.path().join("new.jamforelse.html")).expect("a page");
    assert!(page.contains("[nytt: <ins>Exempelnämnden uppdrar"), "{page}");
    assert!(page.contains("Jämförelse, inte handlingen"));
    let run = tjut(&["diff", "old.yaml", "new.yaml", "--to", "pdf", "--bifoga-källa"], &edit);
    assert_eq!(run.status, 2);
}
