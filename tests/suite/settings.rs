//! A project's settings: found from every folder, read like a case, and weaker than the command line.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value as Json;

use super::cli::{CASE, Run, folder, tjut};

/// A folder with files of this content.
fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = folder();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, text).expect("written");
    }
    folder
}

/// Runs tjut with a text on standard input.
fn fed(arguments: &[&str], folder: &Path, text: &str) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tjut"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("GITHUB_ACTIONS")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("tjut starts");
    child.stdin.take().expect("piped").write_all(text.as_bytes()).expect("read");
    let output = child.wait_with_output().expect("tjut ends");
    Run {
        status: output.status.code().expect("tjut leaves by itself"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

#[test]
fn every_command_works_from_every_folder() {
    let other = CASE.replace("2026/1", "2026/2");
    let folder = project(&[
        ("tjut.yaml", "ärenden: [ärenden, arkiv]\nutdata: ut\nformat: md\n"),
        ("ärenden/a/ett.yaml", CASE),
        ("arkiv/två.yaml", &other),
    ]);
    let root = folder.path();
    for from in ["", "ärenden", "ärenden/a"] {
        let from = root.join(from);
        let run = tjut(&["check"], &from);
        assert_eq!((run.status, run.stderr.as_str()), (0, "Granskade 2 ärenden: inget att anmärka.\n"));
        let run = tjut(&["build", "--bygg-om"], &from);
        assert_eq!((run.status, run.stderr.as_str()), (0, "Byggde 2 ärenden till ut/.\n"));
        assert_eq!(tjut(&["build", "--kontrollera"], &from).status, 0);
        for output in ["ut/a/ett.md", "ut/två.md"] {
            fs::remove_file(root.join(output)).expect("built there");
        }
    }
    // A file keeps its name among the outputs however it is built, and is named as it stands there or
    // as messages name it.
    for path in ["ett.yaml", "ärenden/a/ett.yaml", "../a/ett.yaml"] {
        let run = tjut(&["build", path], &root.join("ärenden/a"));
        assert_eq!((run.status, run.stderr.as_str()), (0, "Byggde 1 ärende till ut/.\n"), "{path}");
        fs::remove_file(root.join("ut/a/ett.md")).expect("built there");
    }
    let run = tjut(&["new", "skrivelse", "nytt"], &root.join("ärenden/a"));
    assert!(run.stderr.starts_with("Skrev ärenden/a/nytt.yaml."), "{}", run.stderr);
    assert!(root.join("ärenden/a/nytt.yaml").exists());
}

#[test]
fn references_count_from_the_project() {
    let letter = CASE.replace("2026/1", "2026/2");
    let collected = "mall: utlåtande\nrotel: I\ntitel: T\ndiarienummer: KS 2026/1\ndatum: 2026-05-01\nförslag till beslut: Ett.\n\
                     remissinstanser:\n  - tjänsteutlåtande: ../../svar/nämnd.yaml\n";
    let files = [("svar/nämnd.yaml", letter.as_str()), ("stad/cases/u.yaml", collected)];
    let folder = project(&files);
    let outside = |run: Run| run.stderr.contains("hänvisning-utanför");
    assert!(outside(tjut(&["check", "stad/cases/u.yaml"], folder.path())));
    fs::write(folder.path().join("tjut.yaml"), "# Hela staden.\n").expect("written");
    assert!(!outside(tjut(&["check", "stad/cases/u.yaml"], folder.path())));
    // The settings above a repository are another one's.
    fs::create_dir(folder.path().join("stad/.git")).expect("created");
    assert!(outside(tjut(&["check", "cases/u.yaml"], &folder.path().join("stad"))));
}

#[test]
fn settings_are_read_like_a_case() {
    let folder = project(&[("cases/a.yaml", CASE)]);
    let said = |text: &str| {
        fs::write(folder.path().join("tjut.yaml"), text).expect("written");
        tjut(&["check"], folder.path())
    };
    for (text, says) in [
        ("ärende: cases\n", "nyckeln ”ärende” finns inte\n --> tjut.yaml:1:1"),
        ("format: [md, pfd]\n", "Menade du ”pdf”?"),
        ("underkänn: varningar\n", "Menade du ”varning”?"),
        ("utdata: ../ut\n", "mappen ../ut ligger inte i projektets mapp"),
        (
            "utdata: ut\\färdigt\n",
            "mappen ut\\färdigt skrivs med \\, som bara Windows läser som /\n --> tjut.yaml:1:9",
        ),
        ("undanta: cases\\arkiv\n", "gör så här: Skriv cases/arkiv"),
        ("ärenden: /etc\n", "mappen /etc ligger inte i projektets mapp"),
        ("undanta: \"[a\"\n", "”[a” är inget mönster för filer"),
        ("undanta: [cases, \"!cases/a.yaml\"]\n", "kan inte tas tillbaka\n --> tjut.yaml:1:18"),
        ("undanta: ../annat/\n", "mönstret ../annat/ leder ut ur projektets mapp"),
        ("publicering: kanske\n", "Välj något av: ja, nej."),
        ("profil: Utbildningsförvaltning\n", "Menade du ”Utbildningsförvaltningen”?"),
        ("profil: Utbildningsförvaltning\n", " --> tjut.yaml:1:9"),
        ("ärenden: borta\n", "borta finns inte\n --> tjut.yaml:1:10"),
        ("mallar: borta\n", "borta finns inte\n --> tjut.yaml:1:9"),
        ("- a\n", "här ska stå en grupp av nycklar"),
    ] {
        let run = said(text);
        assert_eq!(run.status, 2, "{text}: {}", run.stderr);
        assert!(run.stderr.contains(says), "{text}: {}", run.stderr);
    }
    let run = said("format: odt\nutdata: ../ut\nprofi: X\n");
    assert_eq!(run.stderr.matches("fel[").count(), 3, "all at once: {}", run.stderr);
    for nothing in ["", "# Bara en kommentar.\n", "\u{feff}# Med märke.\r\n"] {
        assert_eq!(said(nothing).status, 0, "{nothing:?}");
    }
    let schema: Json =
        serde_json::from_str(&tjut(&["schema", "--projekt"], folder.path()).stdout).expect("JSON");
    let keys: Vec<&str> =
        schema["properties"].as_object().expect("keys").keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        ["ärenden", "utdata", "mallar", "format", "underkänn", "undanta", "profil", "publicering"]
    );
}

#[test]
fn the_command_line_wins() {
    let doubtful = format!("{CASE}Bakgrundn: |\n  Text.\n");
    let folder = project(&[
        ("tjut.yaml", "format: [md, html]\nutdata: ut\nunderkänn: varning\npublicering: ja\n"),
        ("cases/a.yaml", CASE),
        ("cases/b.yaml", &doubtful.replace("2026/1", "2026/2")),
    ]);
    let status = |arguments: &[&str]| tjut(arguments, folder.path()).status;
    let has = |name: &str| folder.path().join(name).exists();
    assert_eq!((status(&["check"]), status(&["check", "--underkänn", "fel"])), (1, 0));
    // What is refused is not written.
    assert_eq!(status(&["build"]), 1);
    assert!(has("ut/a.md") && has("ut/a.html") && has("ut/a.json") && !has("ut/a.pdf") && !has("ut/b.md"));
    assert_eq!(status(&["build", "--till", "pdf", "--ut", "annat", "--underkänn", "fel"]), 0);
    assert!(has("annat/a.pdf") && has("annat/b.pdf") && !has("annat/a.md"));
    fs::write(folder.path().join("tjut.yaml"), "").expect("written");
    assert_eq!(status(&["build"]), 0);
    assert!(has("output/b.pdf"));
}

#[test]
fn what_is_excluded_or_ignored_is_passed_by_and_what_is_named_is_not() {
    let number = |number: u8| CASE.replace("2026/1", &format!("2026/{number}"));
    let folder = project(&[
        ("tjut.yaml", "undanta: [cases/arkiv/, \"*.utkast.yaml\"]\n"),
        (".gitignore", "privat/\n"),
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("cases/a.yaml", &number(1)),
        ("cases/arkiv/djupt/b.yaml", &number(2)),
        ("cases/x/c.utkast.yaml", &number(3)),
        ("cases/privat/d.yaml", &number(4)),
    ]);
    let says = |arguments: &[&str]| tjut(arguments, folder.path()).stderr;
    assert!(says(&["check"]).starts_with("Granskade 1 ärende:"), "{}", says(&["check"]));
    assert!(
        says(&["check", "cases/arkiv/djupt/b.yaml", "cases/privat/d.yaml"])
            .starts_with("Granskade 2 ärenden:")
    );
    assert!(says(&["build", "--till", "md"]).starts_with("Byggde 1 ärende "));
    for folder in ["cases/arkiv", "cases/arkiv/djupt", "cases/privat"] {
        let said = says(&["check", folder]);
        assert!(said.starts_with("Granskade 1 ärende:"), "{folder}: {said}");
    }
    assert!(says(&["check", "cases/x"]).contains("alla ärenden i cases/x är undantagna"));
    // However the way there is written.
    for way in
        ["cases/arkiv", "/cases/arkiv/", "./cases/arkiv", "cases/./x/../arkiv/**", "arkiv", "cases/{arkiv,y}"]
    {
        fs::write(folder.path().join("tjut.yaml"), format!("undanta: \"{way}\"\n")).expect("written");
        assert!(says(&["check"]).starts_with("Granskade 2 ärenden:"), "{way}: {}", says(&["check"]));
    }
}

#[test]
fn files_of_other_programs_are_passed_by_in_folders_and_spoken_of() {
    let folder = project(&[
        ("cases/a.yaml", CASE),
        ("cases/compose.yaml", "services:\n  webb:\n    image: nginx\n"),
        (
            "cases/schema.yml",
            "$schema: http://json-schema.org/draft-07/schema#\ntitle: Ärende\ntype: object\n",
        ),
        ("cases/spel.yaml", "- hosts: alla\n  tasks: []\n"),
        ("cases/data.yaml", "{\"a\": 1}\n"),
    ]);
    for verb in ["check", "build"] {
        let run = tjut(&[verb], folder.path());
        assert_eq!(run.status, 0, "{}", run.stderr);
        let passed = "Hoppade över 4 filer som inte är ärenden: cases/compose.yaml, cases/data.yaml, cases/schema.yml och 1 till.\n";
        assert!(run.stderr.starts_with(passed), "{}", run.stderr);
        assert!(!tjut(&[verb, "--tyst"], folder.path()).stderr.contains("Gick förbi"));
        let run = tjut(&[verb, "cases/compose.yaml"], folder.path());
        assert_eq!(run.status, 2);
        assert!(
            run.stderr.contains("fel[inget-ärende]: cases/compose.yaml är inget ärende"),
            "{}",
            run.stderr
        );
    }
    // What may be a case, however wrong, is not passed by.
    for wrong in [
        "Mall: tjänsteutlåtande\n",
        "bakgrund: x\n",
        "",
        "bara text\n",
        "mal: x\n  : y\n",
        "\u{feff}MALL: x\n",
    ] {
        fs::write(folder.path().join("cases/b.yaml"), wrong).expect("written");
        assert_eq!(tjut(&["check"], folder.path()).status, 1, "{wrong:?}");
    }
}

#[test]
fn a_missing_path_stops_nothing() {
    let folder = project(&[("cases/a.yaml", CASE)]);
    for verb in ["check", "build"] {
        let run = tjut(&[verb, "borta.yaml", "cases/a.yaml", "mapp"], folder.path());
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(run.stderr.contains("borta.yaml finns inte") && run.stderr.contains("mapp finns inte"));
        assert!(run.stderr.contains(" 1 ärende"), "{}", run.stderr);
        let run = tjut(&[verb, "borta.yaml", "cases/a.yaml", "--format", "json"], folder.path());
        let report: Json = serde_json::from_str(&run.stdout).expect("JSON");
        assert_eq!((run.status, &report["findings"][0]["file"]), (2, &Json::from("borta.yaml")));
    }
    assert!(folder.path().join("output/a.pdf").exists());
}

#[test]
fn a_case_on_standard_input_has_the_name_that_is_said() {
    let folder = project(&[("cases/bild.svg", include_str!("../golden/texter/bild.svg"))]);
    let case = format!("{CASE}Egen rubrik: |\n  ![Antal elever](bild.svg)\n");
    let run = fed(&["check", "-", "--stdin-namn", "cases/a.yaml"], folder.path(), &case);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let run = fed(&["build", "-", "--stdin-name", "cases/a.yaml"], folder.path(), &case);
    assert_eq!((run.status, run.stderr.as_str()), (0, "Byggde 1 ärende till output/.\n"));
    assert!(folder.path().join("output/a.pdf").exists() && !folder.path().join("cases/a.yaml").exists());
    let run = fed(&["check", "-"], folder.path(), &case.replace("titel:", "titl:"));
    assert!(run.status == 1 && run.stderr.contains(" --> stdin.yaml:2:1"), "{}", run.stderr);
    assert_eq!(fed(&["check", "--stdin-namn", "a.yaml"], folder.path(), "").status, 2);
}

#[test]
fn the_usual_profile_is_for_those_who_have_none() {
    let case = CASE.replace("Utbildningsförvaltningen", "Brunnsförvaltningen").replace("UTBF 2026/1", "BF-1");
    let folder = project(&[("cases/a.yaml", &case)]);
    let refused = || tjut(&["check"], folder.path()).stderr.contains("fel[diarienummer-form]");
    assert!(!refused());
    fs::write(folder.path().join("tjut.yaml"), "profil: utbildningsförvaltningen\n").expect("written");
    assert!(refused());
}

#[test]
fn a_project_is_begun_with_its_files_and_nothing_is_written_over() {
    for (flag, workflow) in [(None, ".github/workflows/arenden.yml"), (Some("--gitlab"), ".gitlab-ci.yml")] {
        let folder = project(&[(".gitignore", "min\n")]);
        let run = tjut(&[&["new", "projekt"], flag.as_slice()].concat(), folder.path());
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(run.stderr.contains("Fanns redan och är oförändrat: .gitignore."), "{}", run.stderr);
        assert_eq!(fs::read_to_string(folder.path().join(".gitignore")).expect("there"), "min\n");
        for file in ["tjut.yaml", ".gitattributes", ".ci/sidor", ".tjut.projekt.schema.json", workflow] {
            assert!(folder.path().join(file).exists(), "{file}");
        }
        assert_eq!(tjut(&["new", "projekt"], folder.path()).status, 2);
        assert_eq!(tjut(&["new", "skrivelse", "cases/skolmat.yaml"], folder.path()).status, 0);
        let run = tjut(&["build", "--utkast"], folder.path());
        assert_eq!(run.status, 0, "{}", run.stderr);
    }
    // Each setting that is only shown can be switched on as it stands.
    let folder = project(&[("mallar/del.txt", "1")]);
    assert_eq!(tjut(&["new", "projekt"], folder.path()).status, 0);
    let settings = folder.path().join("tjut.yaml");
    let text = fs::read_to_string(&settings).expect("written");
    let is_key = |line: &str| {
        line.contains(": ") && line.starts_with(char::is_lowercase) && !line.starts_with("yaml-")
            || line.starts_with("  - ")
            || line.ends_with("undanta:")
    };
    let on: String = text
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|line| is_key(line)).unwrap_or(line))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_eq!(
        on.lines().filter(|line| !line.starts_with(['#', ' ']) && !line.is_empty()).count(),
        8,
        "{on}"
    );
    fs::write(&settings, on).expect("written");
    fs::create_dir(folder.path().join("cases")).expect("created");
    fs::write(folder.path().join("cases/a.yaml"), CASE).expect("written");
    let run = tjut(&["check"], folder.path());
    assert_eq!(run.status, 0, "{}", run.stderr);
}
