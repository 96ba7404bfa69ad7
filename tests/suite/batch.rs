//! Many cases at once: order, memory of what was built, comparison, shards, report.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use tjut::project::disk;

use super::cli::{CASE, Run, folder, tjut};
use super::expect::root;
use super::review::{json, keeps_to};

/// A folder with so many cases, `cases/0.yaml` and on, and one with an error.
fn cases(number: usize) -> tempfile::TempDir {
    let folder = folder();
    fs::create_dir(folder.path().join("cases")).expect("created");
    for at in 0..number {
        let case = CASE.replace("En mening", &format!("Mening {at}"));
        fs::write(folder.path().join(format!("cases/{at}.yaml")), case).expect("written");
    }
    folder
}

fn build(folder: &Path, arguments: &[&str]) -> Run {
    tjut(&[&["build"], arguments].concat(), folder)
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).expect("readable");
    assert!(text.contains(from), "{from} is not in {}", path.display());
    fs::write(path, text.replace(from, to)).expect("written");
}

#[test]
fn threads_change_neither_bytes_nor_order() {
    let folder = cases(12);
    edit(&folder.path().join("cases/3.yaml"), "titel:", "titl:");
    edit(&folder.path().join("cases/7.yaml"), "titel:", "titl:");
    let one = build(folder.path(), &["-j", "1", "--output", "1"]);
    let three = build(folder.path(), &["-j", "3", "--output", "3"]);
    assert_eq!((one.status, three.status), (1, 1));
    assert_eq!(one.stderr.replace("till 1/", ""), three.stderr.replace("till 3/", ""));
    assert!(one.stderr.find("cases/3.yaml") < one.stderr.find("cases/7.yaml"), "{}", one.stderr);
    assert!(one.stderr.ends_with("Byggde 10 ärenden till 1/; 2 ärenden har fel och byggdes inte.\n"));
    let built = disk::tree(&folder.path().join("1")).expect("readable");
    assert_eq!(built.len(), 20);
    assert_eq!(built, disk::tree(&folder.path().join("3")).expect("readable"));
}

#[test]
fn only_what_changed_is_built() {
    let folder = cases(3);
    assert_eq!(build(folder.path(), &[]).stderr, "Byggde 3 ärenden till output/.\n");
    assert_eq!(build(folder.path(), &[]).stderr, "Inget behövde byggas; 3 ärenden var oförändrade.\n");
    edit(&folder.path().join("cases/1.yaml"), "Mening", "Sats");
    assert_eq!(
        build(folder.path(), &[]).stderr,
        "Byggde 1 ärende till output/; 2 ärenden var oförändrade.\n"
    );
    assert_eq!(build(folder.path(), &["--force"]).stderr, "Byggde 3 ärenden till output/.\n");
    // Other options give other outputs.
    assert_eq!(build(folder.path(), &["--utkast"]).stderr, "Byggde 3 ärenden till output/.\n");
    assert_eq!(build(folder.path(), &["--to", "md"]).stderr, "Byggde 3 ärenden till output/.\n");
}

#[test]
fn everything_a_document_depends_on_counts() {
    let folder = cases(1);
    let case = "bilagor:\n  - titel: Underlag\n    fil: underlag.txt\nEgen rubrik: |\n  Text.\n\n  ![Antal elever per skola](bild.svg)\n";
    fs::write(folder.path().join("cases/0.yaml"), format!("{CASE}{case}")).expect("written");
    let picture = include_str!("../golden/texter/bild.svg");
    fs::write(folder.path().join("cases/bild.svg"), picture).expect("written");
    fs::write(folder.path().join("cases/underlag.txt"), "Ett.").expect("written");
    fs::create_dir(folder.path().join("egna")).expect("created");
    fs::write(folder.path().join("egna/del.txt"), "1").expect("written");
    let rebuilt = |what: &str| {
        let run = build(folder.path(), &["--templates", "egna"]);
        assert_eq!((run.status, run.stderr.as_str()), (0, "Byggde 1 ärende till output/.\n"), "{what}");
        let run = build(folder.path(), &["--templates", "egna"]);
        assert_eq!(run.stderr, "Inget behövde byggas; 1 ärende var oförändrat.\n", "{what}");
    };
    rebuilt("the first time");
    edit(&folder.path().join("cases/bild.svg"), "<svg", "<svg ");
    rebuilt("a picture");
    edit(&folder.path().join("cases/underlag.txt"), "Ett", "Två");
    rebuilt("a bilaga");
    edit(&folder.path().join("egna/del.txt"), "1", "2");
    rebuilt("a template");
    fs::remove_file(folder.path().join("output/0.pdf")).expect("removed");
    rebuilt("an output");
}

#[test]
fn neither_memory_nor_outputs_are_believed() {
    let folder = cases(2);
    let output = folder.path().join("output");
    assert_eq!(build(folder.path(), &[]).status, 0);
    let built = disk::tree(&output).expect("readable");
    fs::remove_file(output.join("0.md")).expect("removed");
    let run = build(folder.path(), &[]);
    assert!(
        run.stderr.ends_with("Byggde 1 ärende till output/; 1 ärende var oförändrat.\n"),
        "{}",
        run.stderr
    );
    assert_eq!(built, disk::tree(&output).expect("readable"));
    for (from, to) in [("\"pages\":1", "\"pages\":2"), ("{\"sha256\"", "{\"sha\""), ("}}", "")] {
        edit(&output.join(".tjut.json"), from, to);
        let run = build(folder.path(), &[]);
        assert!(run.stderr.contains("varning[minne-skadat]: output/.tjut.json"), "{}", run.stderr);
        assert!(run.stderr.ends_with("Byggde 2 ärenden till output/.\n"), "{}", run.stderr);
        assert_eq!(build(folder.path(), &[]).stderr, "Inget behövde byggas; 2 ärenden var oförändrade.\n");
    }
    assert_eq!(built, disk::tree(&output).expect("readable"));
}

#[test]
fn remarks_are_made_again_on_what_is_up_to_date() {
    let folder = cases(1);
    fs::write(folder.path().join("cases/0.yaml"), format!("{CASE}Bakgrundn: |\n  Text.\n")).expect("written");
    let first = build(folder.path(), &[]);
    let remark = first.stderr.split("Byggde").next().expect("a summary").to_owned();
    assert!(remark.contains("varning[nästan-nyckel]"), "{remark}");
    let second = build(folder.path(), &[]);
    assert_eq!(second.stderr, format!("{remark}Inget behövde byggas; 1 ärende var oförändrat.\n"));
}

#[test]
fn two_inputs_for_one_file_are_refused_before_anything_is_written() {
    let folder = folder();
    let picture = include_str!("../golden/texter/bild.svg");
    for (name, picture) in [("a", picture.to_owned()), ("b", picture.replace("<svg", "<svg "))] {
        let own = folder.path().join(name);
        fs::create_dir(&own).expect("created");
        let case = format!("{CASE}Egen rubrik: |\n  ![Antal elever per skola](bild.svg)\n");
        fs::write(own.join(format!("{name}.yaml")), &case).expect("written");
        fs::write(own.join("samma.yaml"), CASE).expect("written");
        fs::write(own.join("bild.svg"), picture).expect("written");
    }
    for (arguments, says) in [
        (
            &["a/samma.yaml", "b/samma.yaml"][..],
            "a/samma.yaml och b/samma.yaml skulle båda skrivas till output/samma.",
        ),
        (&["a/a.yaml", "b/b.yaml"][..], "a/bild.svg och b/bild.svg skulle båda skrivas till output/bild.svg"),
    ] {
        let run = build(folder.path(), arguments);
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(run.stderr.contains("fel[samma-utdata]") && run.stderr.contains(says), "{}", run.stderr);
        assert!(!folder.path().join("output").exists());
    }
    // One file by two names is one input.
    assert_eq!(build(folder.path(), &["a/a.yaml", "./a/a.yaml"]).status, 0);
    fs::copy(folder.path().join("a/bild.svg"), folder.path().join("b/bild.svg")).expect("copied");
    assert_eq!(build(folder.path(), &["a/a.yaml", "b/b.yaml"]).status, 0);
}

#[test]
fn check_writes_nothing_and_shows_the_difference() {
    let folder = cases(2);
    let run = build(folder.path(), &["--check"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, "output/0.md saknas.\noutput/1.md saknas.\n"));
    assert!(!folder.path().join("output").exists());
    assert_eq!(build(folder.path(), &["--to", "md"]).status, 0);
    assert_eq!(
        build(folder.path(), &["--check"]).stderr,
        "Jämförde Markdown för 2 ärenden med output/: allt stämmer. PDF följer av Markdown och jämförs inte.\n"
    );
    let before = disk::tree(&folder.path().join("output")).expect("readable");
    edit(&folder.path().join("cases/1.yaml"), "Mening 1", "Mening ett");
    let run = build(folder.path(), &["--check"]);
    assert_eq!(run.status, 1);
    assert!(
        run.stdout.starts_with("--- output/1.md\n") && run.stdout.contains("\n-Mening 1.\n+Mening ett.\n"),
        "{}",
        run.stdout
    );
    assert_eq!(before, disk::tree(&folder.path().join("output")).expect("readable"));
    fs::remove_file(folder.path().join("cases/1.yaml")).expect("removed");
    let run = build(folder.path(), &["--check"]);
    assert!(
        run.stderr.contains("varning[utan-ärende]: output/1.md hör inte till något ärende"),
        "{}",
        run.stderr
    );
    assert_eq!(build(folder.path(), &["--check", "cases/0.yaml"]).status, 0);
}

#[test]
fn shards_build_each_case_once() {
    let folder = cases(9);
    assert_eq!(build(folder.path(), &["--to", "md", "--output", "alla"]).status, 0);
    for shard in ["1/3", "2/3", "3/3"] {
        assert_eq!(build(folder.path(), &["--to", "md", "--shard", shard]).status, 0);
    }
    let whole = disk::tree(&folder.path().join("alla")).expect("readable");
    assert_eq!(disk::tree(&folder.path().join("output")).expect("readable"), whole);
    for wrong in ["0/3", "4/3", "x"] {
        let run = build(folder.path(), &["--shard", wrong]);
        assert!(
            run.status == 2 && run.stderr.contains(&format!("kan inte vara ”{wrong}”: ")),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn builds_in_one_folder_at_once_forget_nothing() {
    let folder = cases(24);
    let shard = |number: usize| {
        std::process::Command::new(env!("CARGO_BIN_EXE_tjut"))
            .args(["build", "--till", "md", "--del", &format!("{number}/4")])
            .current_dir(folder.path())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("tjut starts")
    };
    let running: Vec<_> = (1..=4).map(shard).collect();
    for mut child in running {
        assert!(child.wait().expect("it ends").success());
    }
    let run = build(folder.path(), &["--till", "md"]);
    assert_eq!(run.stderr, "Inget behövde byggas; 24 ärenden var oförändrade.\n");
}

#[test]
fn shards_of_a_review_say_together_what_the_whole_does() {
    let folder = folder();
    fs::create_dir(folder.path().join("cases")).expect("created");
    for at in 0..9 {
        // Pairs share a number, which only who sees both can tell.
        let case = CASE.replace("2026/1", &format!("2026/{}", at / 2));
        fs::write(folder.path().join(format!("cases/{at}.yaml")), case).expect("written");
    }
    let findings = |arguments: &[&str]| -> Vec<String> {
        let run = tjut(&[&["check", "--format", "json"], arguments].concat(), folder.path());
        let report: Json = serde_json::from_str(&run.stdout).expect("JSON");
        report["findings"].as_array().expect("a list").iter().map(Json::to_string).collect()
    };
    let whole = findings(&[]);
    assert_eq!(whole.len(), 4);
    let mut parts: Vec<String> =
        ["1/3", "2/3", "3/3"].iter().flat_map(|part| findings(&["--del", part])).collect();
    parts.sort();
    assert_eq!(parts, whole);
}

#[test]
fn build_reports_and_refuses_as_check_does() {
    let folder = cases(2);
    fs::write(
        folder.path().join("cases/1.yaml"),
        format!("{CASE}Bakgrundn: |\n  Text.\n").replace("2026/1", "2026/2"),
    )
    .expect("written");
    let run = build(folder.path(), &["--underkänn", "varning", "--format", "json"]);
    let report: Json = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(run.status, 1);
    assert_eq!(
        (&report["files"], &report["counts"]["varning"]),
        (&serde_json::json!(["cases/0.yaml", "cases/1.yaml"]), &1.into())
    );
    assert!(!folder.path().join("output/1.pdf").exists());
    // The same, once more, of what is up to date; and the other level is another build.
    assert_eq!(build(folder.path(), &["--underkänn", "varning", "--format", "json"]).stdout, run.stdout);
    let run = build(folder.path(), &["--format", "github"]);
    assert!(run.status == 0 && run.stdout.starts_with("::warning file="), "{}", run.stdout);
    assert_eq!(build(folder.path(), &["--format", "github"]).stdout, run.stdout);
    assert!(folder.path().join("output/1.pdf").exists());
    let run = build(folder.path(), &["--kontrollera", "--format", "junit", "--underkänn", "varning"]);
    assert!(run.status == 1 && run.stdout.contains("<failure"), "{}", run.stdout);
}

#[test]
fn the_report_says_what_was_done() {
    let folder = cases(2);
    edit(&folder.path().join("cases/1.yaml"), "titel:", "titl:");
    assert_eq!(build(folder.path(), &["--report", "rapport.json", "--quiet"]).status, 1);
    let text = fs::read_to_string(folder.path().join("rapport.json")).expect("written");
    let (schema, report) = (json(&tjut(&["schema", "--rapport"], root()).stdout), json(&text));
    keeps_to(&schema, &schema, &report);
    let documents = &report["documents"];
    let digest = |path: &str| disk::digest(&folder.path().join(path)).expect("there").to_string();
    assert_eq!(report["version"], 2);
    assert_eq!(documents[0]["file"], "cases/0.yaml");
    assert_eq!(documents[0]["outcome"], "byggt");
    assert_eq!(documents[0]["pages"], 1);
    assert_eq!(documents[0]["sources"][0]["sha256"], digest("cases/0.yaml"));
    assert_eq!(documents[0]["outputs"][1]["file"], "0.pdf");
    assert_eq!(documents[0]["outputs"][1]["sha256"], digest("output/0.pdf"));
    assert!(documents[0]["milliseconds"].is_number());
    assert_eq!(documents[1]["outcome"], "fel");
    assert_eq!(documents[1]["findings"][0]["code"], "okänd-nyckel");
    assert_eq!(documents[1]["findings"][0]["range"]["start"]["line"], 2);
    assert_eq!(build(folder.path(), &["--report", "rapport.json", "cases/0.yaml"]).status, 0);
    let text = fs::read_to_string(folder.path().join("rapport.json")).expect("written");
    assert!(text.contains("\"outcome\": \"oförändrat\"") && text.contains(&digest("output/0.pdf")), "{text}");
}

#[test]
fn a_file_counts_once_however_it_is_spelled() {
    let folder = folder();
    for (path, number) in [("cases/a/ett.yaml", 1), ("cases/a/två.yaml", 2), ("cases/b/tre.yaml", 3)] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, CASE.replace("2026/1", &format!("2026/{number}"))).expect("written");
    }
    let whole = folder.path().join("cases");
    let whole = whole.to_str().expect("UTF-8");
    for paths in [
        vec!["cases", "cases/a"],
        vec!["cases/a", "cases"],
        vec!["cases", "./cases"],
        vec!["cases", "cases/a/../b", "cases/a/ett.yaml"],
        vec![whole, "cases/", "cases//a"],
    ] {
        let check = tjut(&[vec!["check"], paths.clone()].concat(), folder.path());
        assert_eq!((check.status, check.stderr.as_str()), (0, "Granskade 3 ärenden: inget att anmärka.\n"));
        let built = build(folder.path(), &[paths.as_slice(), &["--to", "md", "--force"]].concat());
        assert_eq!(
            (built.status, built.stderr.as_str()),
            (0, "Byggde 3 ärenden till output/.\n"),
            "{paths:?}"
        );
    }
    // What is shared by two spellings of one folder is found too.
    fs::write(folder.path().join("cases/a/två.yaml"), CASE).expect("written");
    for paths in [["cases/a", "cases"], ["./cases/a/ett.yaml", "cases/a/två.yaml"]] {
        let check = tjut(&[&["check"], paths.as_slice()].concat(), folder.path());
        assert_eq!(check.stderr.matches("varning[diarienummer-delat]").count(), 1, "{}", check.stderr);
        assert!(check.stderr.contains("UTBF 2026/1 är också diarienummer för "), "{}", check.stderr);
    }
}

#[cfg(unix)]
#[test]
fn a_link_and_what_it_leads_to_are_one_file() {
    let folder = cases(2);
    std::os::unix::fs::symlink("0.yaml", folder.path().join("cases/länk.yaml")).expect("linked");
    let check = tjut(&["check"], folder.path());
    assert!(check.stderr.ends_with("Granskade 2 ärenden: 0 fel, 1 varning, 0 råd.\n"), "{}", check.stderr);
    assert_eq!(build(folder.path(), &[]).stderr, "Byggde 2 ärenden till output/.\n");
}

#[test]
fn outputs_that_some_disks_take_for_one_collide_before_anything_is_written() {
    let composed = ("cases/år.yaml", "annat/a\u{30a}r.yaml");
    for (one, other) in
        [("cases/Skolmat.yaml", "annat/skolmat.yaml"), ("cases/ÅR.yaml", "annat/år.yaml"), composed]
    {
        let folder = folder();
        for path in [one, other] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("created");
            fs::write(path, CASE).expect("written");
        }
        let run = build(folder.path(), &["cases", "annat"]);
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(run.stderr.contains("fel[samma-utdata]"), "{}", run.stderr);
        assert!(run.stderr.contains("som på många datorer är samma fil"), "{}", run.stderr);
        assert!(!folder.path().join("output").exists());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn pictures_that_some_disks_take_for_one_collide_before_anything_is_written() {
    const SQUARE: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>"#;
    let folder = folder();
    fs::create_dir(folder.path().join("cases")).expect("created");
    let shows = |picture: &str| CASE.replace("En mening.", &format!("En mening.\n\n  ![En ruta]({picture})"));
    let write =
        |path: &str, text: &str| fs::write(folder.path().join("cases").join(path), text).expect("written");
    write("a.yaml", &shows("Bild.svg"));
    write("b.yaml", &shows("bild.svg").replace("2026/1", "2026/2"));
    write("Bild.svg", SQUARE);
    write("bild.svg", &SQUARE.replace('9', "8"));
    let run = build(folder.path(), &[]);
    assert!(run.status == 2 && run.stderr.contains("cases/Bild.svg och cases/bild.svg"), "{}", run.stderr);
    assert!(!folder.path().join("output").exists());
    // One case that shows both.
    write("b.yaml", &CASE.replace("2026/1", "2026/2"));
    write("a.yaml", &shows("Bild.svg)\n\n  ![En till](bild.svg"));
    let run = build(folder.path(), &["cases/a.yaml"]);
    assert!(run.status == 1 && run.stderr.contains("fel[samma-utdata]"), "{}", run.stderr);
    assert!(!folder.path().join("output/a.md").exists());
    // Pictures that are alike are in nobody's way.
    write("bild.svg", SQUARE);
    assert_eq!(build(folder.path(), &[]).status, 0);
}
