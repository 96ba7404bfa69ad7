//! Hostile files and a hostile machine: a clear answer, bounded, and nothing half written.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::cli::{CASE, folder, tjut};
use tjut::project::disk::{self, Exclusions};

/// Builds one case with this text after the head; gives the status and what was said.
fn build(text: &str) -> (i32, String) {
    let folder = folder();
    fs::write(folder.path().join("a.yaml"), format!("{CASE}{text}")).expect("written");
    let run = tjut(&["build", "a.yaml"], folder.path());
    assert_eq!(folder.path().join("output").exists(), run.status == 0, "{}", run.stderr);
    (run.status, run.stderr)
}

#[test]
fn monstrous_cases_are_refused_in_words() {
    let lists: String = (0..500).map(|depth| format!("  {}- x\n", "  ".repeat(depth))).collect();
    let bomb: String = ('b'..='j')
        .zip('a'..)
        .map(|(own, last)| format!("Rubrik {own}: &{own} [{}]\n", vec![format!("*{last}"); 9].join(",")))
        .collect();
    for (text, says) in [
        (format!("Lång: |\n  {}\n", "En mening till. ".repeat(200_000)), "är för stor"),
        (format!("Lång: |\n  {}\n", "abcdefghi ".repeat(100_000)), "är för stor"),
        (
            format!("Tabell: |\n  | a | b |\n  |---|---|\n{}", "  | 1 | 2 |\n".repeat(10_000)),
            "fel[för-stort]",
        ),
        (format!("Lång: |\n  {}\n", "a".repeat(500_000)), "fel[för-stort]"),
        (format!("Djup: |\n  {}x\n", "> ".repeat(10_000)), "fel[för-djupt]"),
        (format!("Djup: |\n{lists}"), "fel[för-djupt]"),
        (format!("Djup: {}{}\n", "[".repeat(10_000), "]".repeat(10_000)), "fel[yaml-fel]"),
        (format!("Rubrik a: &a [x]\n{bomb}"), "fel["),
    ] {
        let (status, said) = build(&text);
        assert_eq!(status, 1, "{}: {said}", &text[..40]);
        assert!(said.contains(says), "{}: {said}", &text[..40]);
    }
}

#[test]
fn what_is_no_case_file_is_refused() {
    let folder = folder();
    fs::create_dir(folder.path().join("mapp")).expect("created");
    for (path, says) in
        [("saknas.yaml", "finns inte"), ("mapp", "finns inga ärenden"), ("/dev/null", "ingen vanlig fil")]
    {
        let run = tjut(&["build", path], folder.path());
        assert_eq!(run.status, 2, "{path}: {}", run.stderr);
        assert!(run.stderr.contains(says), "{path}: {}", run.stderr);
    }
}

#[test]
fn outputs_stay_in_the_output_folder() {
    let folder = folder();
    for path in ["a/cases", "a/b", "output"] {
        fs::create_dir_all(folder.path().join(path)).expect("created");
    }
    fs::write(folder.path().join("a/x.yaml"), CASE).expect("written");
    for path in ["a/cases/../x.yaml", "a/b/../x.yaml", "output/../a/x.yaml"] {
        let run = tjut(&["build", path, "--to", "md", "--force"], folder.path());
        assert_eq!(run.status, 0, "{path}: {}", run.stderr);
        assert_eq!(
            disk::below(folder.path(), &[".md"], &Exclusions::none()).expect("readable"),
            [folder.path().join("output/x.md")]
        );
    }
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    for path in ["cases/a", "elsewhere", "output"] {
        fs::create_dir_all(folder.path().join(path)).expect("created");
    }
    fs::write(folder.path().join("elsewhere/hemlig.yaml"), CASE).expect("written");
    fs::write(folder.path().join("cases/b.yaml"), CASE).expect("written");
    symlink("../elsewhere/hemlig.yaml", folder.path().join("cases/x.yaml")).expect("linked");
    let run = tjut(&["build"], folder.path());
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stderr.contains("fel[länk-utanför]: cases/x.yaml"), "{}", run.stderr);
    assert!(folder.path().join("output/b.md").exists() && !folder.path().join("output/x.md").exists());
    // A link among the outputs is no way out either.
    fs::write(folder.path().join("cases/a/y.yaml"), CASE).expect("written");
    symlink("../elsewhere", folder.path().join("output/a")).expect("linked");
    let run = tjut(&["build", "cases/a/y.yaml"], folder.path());
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains("ligger utanför output/"), "{}", run.stderr);
    assert!(!folder.path().join("elsewhere/y.md").exists());
}

#[cfg(unix)]
#[test]
fn what_stands_where_a_file_is_to_be_written_stays() {
    use std::os::unix::net::UnixListener;
    let folder = folder();
    let at = |path: &str| folder.path().join(path);
    fs::create_dir_all(at("output/b.pdf")).expect("created");
    fs::write(at("a.yaml"), CASE).expect("written");
    fs::write(at("b.yaml"), CASE).expect("written");
    // As a named pipe, and none of the toolchain's programs makes those.
    let _a = UnixListener::bind(at("output/a.pdf")).expect("bound");
    let _report = UnixListener::bind(at("rapport")).expect("bound");
    for (arguments, says) in [
        (&["build", "a.yaml"][..], "output/a.pdf är ingen vanlig fil"),
        (&["build", "b.yaml"], "output/b.pdf är en mapp"),
        (&["build", "b.yaml", "--to", "md", "--report", "rapport"], "rapport är ingen vanlig fil"),
    ] {
        let run = tjut(arguments, folder.path());
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(run.stderr.contains(says), "{}", run.stderr);
    }
    assert!(!at("output/a.pdf").is_file() && at("output/b.pdf").is_dir() && !at("rapport").is_file());
}

#[test]
fn whoever_is_killed_leaves_whole_files() {
    const ROUNDS: usize = 20;
    let folder = folder();
    fs::create_dir(folder.path().join("cases")).expect("created");
    for at in 0..6 {
        fs::write(folder.path().join(format!("cases/{at}.yaml")), CASE).expect("written");
    }
    let whole = |output: &str| disk::tree(&folder.path().join(output)).unwrap_or_default();
    let begun = Instant::now();
    assert_eq!(tjut(&["build", "--output", "whole"], folder.path()).status, 0);
    let wanted = whole("whole");
    // Halving the time until the kill comes amid the writing, and then around there.
    let (mut too_early, mut too_late) = (Duration::ZERO, begun.elapsed() * 2);
    let mut amid = 0;
    for _ in 0..ROUNDS {
        drop(fs::remove_dir_all(folder.path().join("output")));
        let after = (too_early + too_late) / 2;
        killed(folder.path(), after);
        let found = whole("output");
        for (name, bytes) in &found {
            assert!(wanted[name] == *bytes, "{name} is not whole");
        }
        let written = found.len();
        if written == 0 {
            too_early = after;
        } else if written < wanted.len() {
            amid += 1;
        } else {
            too_late = after;
        }
        // The machine is not as busy as it was a moment ago.
        if too_late.saturating_sub(too_early) < Duration::from_millis(2) {
            too_early = too_early.mul_f32(0.8);
            too_late = too_late.mul_f32(1.2);
        }
    }
    assert!(amid > 0, "no kill came amid the writing");
    assert_eq!(tjut(&["build"], folder.path()).status, 0);
    assert_eq!(whole("output"), wanted);
}

/// Starts a build and kills it after a while.
fn killed(folder: &Path, after: Duration) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tjut"))
        .args(["build", "--force"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("tjut starts");
    std::thread::sleep(after);
    // It may have ended by itself.
    drop(child.kill());
    child.wait().expect("it ended");
}
