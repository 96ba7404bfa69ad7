//! The command line, run as a process.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::expect::root;

/// What a run left behind.
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Runs tjut in a folder.
pub fn tjut(arguments: &[&str], folder: &Path) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_tjut"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("GITHUB_WORKSPACE")
        .env_remove("GITHUB_ACTIONS")
        .stdin(Stdio::null())
        .output()
        .expect("tjut starts");
    Run {
        status: output.status.code().expect("tjut leaves by itself"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// An empty folder that goes away with the test.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// A small right case.
pub const CASE: &str = "mall: tjänsteutlåtande
titel: Ett ärende
diarienummer: UTBF 2026/1
datum: 2026-03-02
till:
  nämnd: Utbildningsnämnden
avsändare:
  förvaltning: Utbildningsförvaltningen
förslag till beslut: Utbildningsnämnden godkänner förvaltningens tjänsteutlåtande.
bakgrund: |
  En mening.
";

#[test]
fn build_writes_markdown_and_pdf() {
    let folder = folder();
    fs::write(folder.path().join("a.yaml"), CASE).expect("written");
    let run = tjut(&["build", "a.yaml"], folder.path());
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    assert_eq!(run.stderr, "Byggde 1 ärende till output/.\n");
    assert!(fs::read(folder.path().join("output/a.pdf")).expect("a PDF").starts_with(b"%PDF-1.7"));
    let markdown = fs::read_to_string(folder.path().join("output/a.md")).expect("Markdown");
    assert!(markdown.contains("\n## Bakgrund\n\nEn mening.\n"), "{markdown}");
}

#[test]
fn build_can_make_one_format() {
    let folder = folder();
    fs::write(folder.path().join("a.yaml"), CASE).expect("written");
    assert_eq!(tjut(&["bygg", "a.yaml", "--to", "md"], folder.path()).status, 0);
    assert!(folder.path().join("output/a.md").exists());
    assert!(!folder.path().join("output/a.pdf").exists());
}

#[test]
fn a_failed_case_leaves_the_old_output_and_the_others_are_built() {
    let folder = folder();
    let cases = folder.path().join("cases");
    fs::create_dir(&cases).expect("created");
    fs::write(cases.join("a.yaml"), CASE).expect("written");
    fs::write(cases.join("b.yaml"), CASE).expect("written");
    assert_eq!(tjut(&["build"], folder.path()).status, 0);
    let before = fs::read(folder.path().join("output/a.md")).expect("built");
    fs::write(cases.join("a.yaml"), CASE.replace("titel:", "titl:")).expect("written");
    fs::write(cases.join("b.yaml"), CASE.replace("En mening", "En annan mening")).expect("written");
    let run = tjut(&["build"], folder.path());
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("1 ärende har fel och byggdes inte"), "{}", run.stderr);
    assert_eq!(fs::read(folder.path().join("output/a.md")).expect("still there"), before);
    let other = fs::read_to_string(folder.path().join("output/b.md")).expect("built");
    assert!(other.contains("En annan mening."));
}

#[test]
fn usage_files_and_cases_have_their_own_status() {
    let folder = folder();
    fs::write(folder.path().join("bad.yaml"), "titel: x\n").expect("written");
    for (arguments, status, says) in [
        (&["--help"][..], 0, ""),
        (&["build", "--nej"], 2, "--nej finns inte"),
        (&["byg"], 2, "kommandot ”byg” finns inte"),
        (&["build"], 2, "mappen cases/ finns inte här"),
        (&["build", "saknas.yaml"], 2, "saknas.yaml finns inte"),
        (&["check", "bad.yaml"], 1, "nyckeln ”mall” saknas"),
        (&["build", "bad.yaml", "--to", "odt"], 2, "kan inte vara ”odt”"),
        (&["build", "--templates", "saknas"], 2, "saknas finns inte"),
        (&["new", "brev", "x.yaml"], 2, "slaget ”brev” finns inte"),
    ] {
        let run = tjut(arguments, folder.path());
        assert_eq!(run.status, status, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(says), "{arguments:?}: {}", run.stderr);
    }
}

/// What is said of a starter, once.
fn unfilled(text: &str) -> String {
    format!("fel[ej-ifyllt]: {} ställen är inte ifyllda: rad ", text.matches("«Fyll i").count())
}

#[test]
fn starters_are_refused_and_build_as_drafts() {
    for kind in ["skrivelse", "frågor", "remiss", "utlåtande", "tjänsteutlåtande-2008"] {
        let folder = folder();
        let run = tjut(&["new", kind, "nytt.yaml"], folder.path());
        assert_eq!(run.status, 0, "{}", run.stderr);
        let text = fs::read_to_string(folder.path().join("nytt.yaml")).expect("written");
        assert!(text.starts_with("# yaml-language-server: $schema=tjut.schema.json\n"));
        assert!(folder.path().join("tjut.schema.json").exists());
        let run = tjut(&["check", "nytt.yaml"], folder.path());
        assert_eq!(run.status, 1);
        assert!(run.stderr.contains(&unfilled(&text)), "{}", run.stderr);
        assert_eq!(run.stderr.matches("fel[").count(), 1, "{}", run.stderr);
        assert_eq!(tjut(&["build", "nytt.yaml"], folder.path()).status, 1);
        assert!(!folder.path().join("output").exists());
        let run = tjut(&["build", "nytt.yaml", "--utkast"], folder.path());
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(folder.path().join("output/nytt.pdf").exists());
        assert_eq!(tjut(&["new", kind, "nytt.yaml"], folder.path()).status, 2);
    }
}

#[test]
fn a_profile_is_written_with_the_folder_around_it() {
    let folder = folder();
    let path = |name: &str| folder.path().join("egna").join(name);
    let run = tjut(&["new", "profil", "Kultur- & fritidsförvaltningen"], folder.path());
    assert_eq!(run.status, 0, "{}", run.stderr);
    let file = path("profiles/kultur--&-fritidsforvaltningen.yaml");
    let text = fs::read_to_string(&file).expect("written");
    assert!(text.contains("\nförvaltning: \"Kultur- & fritidsförvaltningen\"\n"), "{text}");
    // What is not filled in is said, and nothing else.
    let run = tjut(&["check", "--templates", "egna"], folder.path());
    assert_eq!(run.stderr.matches("fel[").count(), text.matches("«Fyll i").count(), "{}", run.stderr);
    assert_eq!(
        run.stderr.matches("fel[ej-ifyllt]").count(),
        text.matches("«Fyll i").count(),
        "{}",
        run.stderr
    );
    // Filled in, with all that it proposes, it is right.
    let marked = regex::Regex::new("«[^»]*»").expect("a pattern");
    let filled = marked.replace_all(&text, "Torget 1");
    let proposed = filled.lines().map(|line| {
        line.strip_prefix("# ")
            .filter(|rest| rest.contains(": ") || rest.ends_with(':') || rest.trim_start().starts_with('-'))
            .unwrap_or(line)
    });
    let proposed: String = proposed
        .filter(|line| !line.contains("Exempel S") && !line.contains("typsnitt:") && !line.ends_with('.'))
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(&file, &proposed).expect("written");
    fs::write(
        folder.path().join("a.yaml"),
        CASE.replace("Utbildningsförvaltningen", "\"Kultur- & fritidsförvaltningen\"")
            .replace("UTBF 2026/1", "KFN 2026/1"),
    )
    .expect("written");
    let run = tjut(&["build", "a.yaml", "--templates", "egna", "--to", "md"], folder.path());
    assert_eq!(run.status, 0, "{proposed}\n{}", run.stderr);
    let built = fs::read_to_string(folder.path().join("output/a.md")).expect("built");
    for said in ["rubriker: \"#1f3a5f\"", "datumetikett: \"Utfärdat\"", "fil: \"marke/eget.svg\"", "## 1 "] {
        assert!(built.contains(said), "{said}: {built}");
    }
    // What is there stays.
    let run = tjut(&["new", "profil", "Kultur- & fritidsförvaltningen"], folder.path());
    assert_eq!(run.status, 2, "{}", run.stderr);
}

#[test]
fn a_kind_without_a_starter_gets_one_from_what_it_says() {
    let own = root().join("tests/golden/egen-mall/templates");
    let own = own.to_str().expect("UTF-8");
    for (kind, templates) in [("tjänsteutlåtande", None), ("nämndskrivelse", Some(own))] {
        let folder = folder();
        let with = |arguments: &[&str]| {
            let shared = templates.map(|folder| ["--templates", folder]);
            let arguments: Vec<&str> =
                arguments.iter().copied().chain(shared.into_iter().flatten()).collect();
            tjut(&arguments, folder.path())
        };
        let run = with(&["new", kind, "nytt.yaml"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        let text = fs::read_to_string(folder.path().join("nytt.yaml")).expect("written");
        let schema = fs::read_to_string(folder.path().join("tjut.schema.json")).expect("written");
        assert!(schema.contains(&format!("\"const\": \"{kind}\"")), "{schema}");
        let run = with(&["check", "nytt.yaml"]);
        assert!(run.stderr.contains(&unfilled(&text)), "{}", run.stderr);
        assert_eq!(run.stderr.matches("fel[").count(), 1, "{}", run.stderr);
        let run = with(&["build", "nytt.yaml", "--utkast"]);
        assert_eq!(run.status, 0, "{}", run.stderr);
    }
}

#[test]
fn keys_are_shown_with_what_they_are_for_and_how_they_are_written() {
    let own = root().join("tests/golden/egen-mall/templates");
    let own = own.to_str().expect("UTF-8");
    let run = tjut(&["nycklar", "Nämndskrivelse", "--templates", own], root());
    assert_eq!(run.status, 0, "{}", run.stderr);
    let entry = "  yrkande (krävs): Det som nämnden ska besluta.\n      yrkande:\n        - Parknämnden godkänner redovisningen.\n";
    assert!(run.stdout.contains(entry), "{}", run.stdout);
    assert!(!run.stdout.contains("förslag till beslut"), "{}", run.stdout);
    let run = tjut(&["keys"], root());
    assert!(run.stdout.contains("mall: utlåtande)") && run.stdout.contains("mall: tjänsteutlåtande)"));
    let run = tjut(&["nycklar", "utlåtand"], root());
    assert!(run.status == 2 && run.stderr.contains("Menade du ”utlåtande”?"), "{}", run.stderr);
    let run = tjut(&["check", "--förklara", "okänd-nyckel", "--templates", own], root());
    assert!(run.stdout.contains("- nämndskrivelse: mall, titel"), "{}", run.stdout);
}

/// What `tjut keys` shows as an example can be written so.
#[test]
fn examples_of_keys_are_right() {
    let page = tjut(&["nycklar", "tjänsteutlåtande"], root()).stdout;
    let lines = page.lines().filter_map(|line| line.strip_prefix("      "));
    let case: String = lines.map(|line| format!("{line}\n")).collect();
    let folder = folder();
    // A text of its own that is accepted, and whose fault is there, is a matter of the whole case.
    let case = case.split_once("godkänn:").map_or(case.clone(), |(before, after)| {
        let rest = after.lines().skip_while(|line| line.is_empty() || line.starts_with(' '));
        format!("{before}{}", rest.map(|line| format!("{line}\n")).collect::<String>())
    });
    fs::write(folder.path().join("a.yaml"), &case).expect("written");
    let run = tjut(&["check", "a.yaml"], folder.path());
    assert_eq!(run.status, 0, "{case}\n{}", run.stderr);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tjut"))
        .arg("schema")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("tjut starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("tjut ends");
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn colour_is_asked_for() {
    let folder = folder();
    fs::write(folder.path().join("a.yaml"), "titel: x\n").expect("written");
    let is_coloured = |option: Option<&str>, variables: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tjut"));
        command.args(["check", "a.yaml"]).args(option.map(|word| format!("--färg={word}")));
        command.current_dir(folder.path()).env_remove("NO_COLOR").envs(variables.iter().copied());
        String::from_utf8_lossy(&command.output().expect("tjut starts").stderr).contains("\u{1b}[")
    };
    for (option, variables, coloured) in [
        (None, &[][..], false),
        (Some("alltid"), &[], true),
        (Some("always"), &[("NO_COLOR", "1")], true),
        (None, &[("CLICOLOR_FORCE", "1")], true),
        (None, &[("CLICOLOR_FORCE", "0")], false),
        (None, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
        (Some("aldrig"), &[("CLICOLOR_FORCE", "1")], false),
        (Some("never"), &[("CLICOLOR_FORCE", "1")], false),
    ] {
        assert_eq!(is_coloured(option, variables), coloured, "{option:?} {variables:?}");
    }
}

#[test]
fn a_workflow_gets_its_form_of_report() {
    let folder = folder();
    fs::write(folder.path().join("a.yaml"), "titel: x\n").expect("written");
    for verb in ["check", "build"] {
        let said = |arguments: &[&str], github: &str| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_tjut"));
            command.args([verb, "a.yaml"]).args(arguments).env("GITHUB_ACTIONS", github);
            let output = command.current_dir(folder.path()).output().expect("tjut starts");
            String::from_utf8(output.stdout).expect("UTF-8")
        };
        assert!(said(&[], "true").starts_with("::error file=a.yaml"));
        assert_eq!(said(&[], ""), "");
        assert_eq!(said(&["--format", "text"], "true"), "");
    }
}

#[test]
fn a_picture_with_a_space_in_its_name_goes_along() {
    let folder = folder();
    fs::write(folder.path().join("bild ett.svg"), include_str!("../golden/texter/bild.svg"))
        .expect("written");
    fs::write(folder.path().join("a.yaml"), format!("{CASE}  \n  ![Elever](bild%20ett.svg)\n"))
        .expect("written");
    let run = tjut(&["build", "a.yaml"], folder.path());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(folder.path().join("output/bild ett.svg").exists());
    assert_eq!(tjut(&["build", "output/a.md"], folder.path()).status, 0);
    fs::write(folder.path().join("a.yaml"), format!("{CASE}  \n  ![Elever](%2e%2e/ett.svg)\n"))
        .expect("written");
    let run = tjut(&["build", "a.yaml"], folder.path());
    assert!(run.stderr.contains("fel[bild-utanför]"), "{}", run.stderr);
}

#[test]
fn the_committed_schema_is_the_one_printed() {
    let run = tjut(&["schema"], root());
    let committed = fs::read_to_string(root().join("cases/tjut.schema.json")).expect("committed");
    assert!(committed == run.stdout, "tjut schema > cases/tjut.schema.json");
}

#[test]
fn a_folder_of_templates_overrides_and_adds() {
    let folder = folder();
    fs::create_dir_all(folder.path().join("egna/profiles")).expect("created");
    let profile = "förvaltning: Vattenförvaltningen\nadress:\n  - Sjövägen 1\ndiarienummer:\n  - VF {år}-{nummer}\nrubriker:\n  bakgrund: Varför vi skriver\n";
    fs::write(folder.path().join("egna/profiles/vatten.yaml"), profile).expect("written");
    let case =
        CASE.replace("Utbildningsförvaltningen", "Vattenförvaltningen").replace("UTBF 2026/1", "VF 2026-1");
    fs::write(folder.path().join("a.yaml"), &case).expect("written");
    let run = tjut(&["build", "a.yaml", "--to", "md", "--templates", "egna"], folder.path());
    assert_eq!(run.status, 0, "{}", run.stderr);
    let markdown = fs::read_to_string(folder.path().join("output/a.md")).expect("built");
    assert!(markdown.contains("## Varför vi skriver") && markdown.contains("Sjövägen 1"), "{markdown}");
    fs::write(folder.path().join("a.yaml"), case.replace("VF 2026-1", "VF 2026/1")).expect("written");
    let run = tjut(&["check", "a.yaml", "--templates", "egna"], folder.path());
    assert!(
        run.stderr.contains("fel[diarienummer-form]") && run.stderr.contains("VF 2024-123"),
        "{}",
        run.stderr
    );
}

#[cfg(unix)]
#[test]
fn a_reference_cannot_leave_the_project_through_a_link() {
    let folder = folder();
    let cases = folder.path().join("project/cases");
    fs::create_dir_all(cases.join("rotel")).expect("created");
    fs::write(folder.path().join("outside.yaml"), CASE).expect("written");
    std::os::unix::fs::symlink("../../outside.yaml", cases.join("link.yaml")).expect("linked");
    let case = "mall: utlåtande\nrotel: I\ntitel: T\ndiarienummer: KS 2026/1\ndatum: 2026-05-01\nförslag till beslut: Ett.\n\
                remissinstanser:\n  - tjänsteutlåtande: ../link.yaml\n";
    fs::write(cases.join("rotel/u.yaml"), case).expect("written");
    let run = tjut(&["check", "project/cases/rotel/u.yaml"], folder.path());
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("fel[hänvisning-utanför]"), "{}", run.stderr);
}

#[test]
fn a_reader_that_stops_early_changes_nothing_of_how_it_leaves() {
    let folder = folder();
    fs::create_dir(folder.path().join("cases")).expect("created");
    let wrong = CASE.replace("datum: 2026-03-02", "datum: 2026-02-31");
    for number in 0..40 {
        let case = wrong.replace("2026/1", &format!("2026/{number}"));
        fs::write(folder.path().join(format!("cases/{number}.yaml")), case).expect("written");
    }
    for format in ["json", "sarif", "junit", "github"] {
        let mut run = Command::new(env!("CARGO_BIN_EXE_tjut"))
            .args(["check", "--format", format])
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("tjut starts");
        drop(run.stdout.take());
        assert_eq!(run.wait().expect("it ends").code(), Some(1), "{format}");
    }
}

#[test]
fn no_sign_of_a_case_moves_the_terminal() {
    let folder = folder();
    let case = CASE.replace("titel: ", "\"tittel\\0x\\e[31m\": y\ntitel: ");
    fs::write(folder.path().join("a.yaml"), case).expect("written");
    for arguments in
        [&["check", "a.yaml"][..], &["build", "a.yaml"], &["check", "a.yaml", "--format", "github"]]
    {
        let run = tjut(arguments, folder.path());
        assert_eq!(run.status, 1, "{}", run.stderr);
        let said = run.stdout + &run.stderr;
        assert!(said.contains("tittel␀x␛[31m") && !said.contains(['\0', '\u{1b}']), "{said}");
    }
}

#[test]
fn what_is_enclosed_lies_beside_the_web_page_and_is_a_link_there() {
    let folder = folder();
    let case = format!("{CASE}bilagor:\n  - Utan fil\n  - titel: Med fil\n    fil: bilagor/50 % å#1.txt\n");
    fs::create_dir_all(folder.path().join("cases/bilagor")).expect("made");
    fs::write(folder.path().join("cases/a.yaml"), case).expect("written");
    fs::write(folder.path().join("cases/bilagor/50 % å#1.txt"), "Hej").expect("written");
    let run = tjut(&["build", "--to", "md,html"], folder.path());
    assert_eq!(run.status, 0, "{}", run.stderr);
    let read = |name: &str| fs::read_to_string(folder.path().join("output").join(name)).expect(name);
    let link = "<li><a href=\"bilagor/50%20%25%20%C3%A5%231.txt\">Med fil</a></li>";
    assert!(read("a.html").contains(link) && read("a.html").contains("<li>Utan fil</li>"));
    assert!(read("a.md").contains("bilagor:\n  - nummer: \"2\"\n    fil: \"bilagor/50 % å#1.txt\"\n"));
    assert_eq!(read("bilagor/50 % å#1.txt"), "Hej");

    // A script is no file, whoever wrote it into the Markdown.
    let hostile = read("a.md").replace("bilagor/50 % å#1.txt", "javascript:alert(1)");
    fs::write(folder.path().join("b.md"), hostile).expect("written");
    assert_eq!(tjut(&["build", "b.md", "--to", "html"], folder.path()).status, 0);
    assert!(read("b.html").contains("href=\"javascript%3Aalert(1)\""));
}
