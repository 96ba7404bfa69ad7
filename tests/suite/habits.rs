//! The habits of command lines: one language for options, statuses in the help, completions, manuals, licences.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use super::cli::tjut;
use super::expect::root;

/// The verbs, as the help lists them.
fn verbs() -> Vec<String> {
    let help = tjut(&["--hjälp"], root()).stdout;
    let list = help.split("\nKommandon:\n").nth(1).expect("a list").split("\n\n").next().expect("its end");
    let first = |line: &str| line.strip_prefix("  ")?.split(' ').next().map(str::to_owned);
    list.lines().filter_map(first).filter(|verb| !verb.is_empty()).collect()
}

#[test]
fn every_option_has_a_swedish_name_and_an_english_one() {
    /// What is called the same in both languages, or is the name of something.
    const SAME: &[&str] = &["--format", "--version", "--textconv", "--gitlab", "--port"];
    let verbs = verbs();
    assert!(verbs.len() > 8, "{verbs:?}");
    for verb in &verbs {
        let help = tjut(&[verb, "--hjälp"], root()).stdout;
        // An option's lines, up to the next one's.
        let lines: Vec<&str> = help.lines().collect();
        let begins = |line: &str| {
            let words = line.trim_start();
            words.starts_with('-') && (2..=6).contains(&(line.len() - words.len()))
        };
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| begins(line)) {
            let rest = lines[at + 1..].iter().take_while(|line| !begins(line) && !line.is_empty());
            let whole: String = [line].into_iter().chain(rest).flat_map(|line| [line.trim(), " "]).collect();
            let name = whole.split([' ', ',']).find(|word| word.starts_with("--")).expect("a long name");
            assert!(
                SAME.contains(&name) || whole.contains("[även: --"),
                "{verb} {name} has one name: {whole}"
            );
        }
        assert!(
            help.contains("tatus: 0") || help.contains("status:\n  0"),
            "{verb} does not say how it leaves"
        );
    }
}

#[test]
fn no_help_speaks_english() {
    for verb in verbs().iter().map(String::as_str).chain(["help"]) {
        let help = tjut(&[verb, "--hjälp"], root()).stdout;
        for word in ["Usage", "Options", "Commands", "alias", "default:", "possible values"] {
            assert!(!help.contains(word), "{verb}: {word}\n{help}");
        }
    }
}

#[test]
fn the_version_tells_what_is_inside() {
    let said = tjut(&["--version"], root()).stdout;
    let form = regex::Regex::new(r"^tjut \d+\.\d+\.\d+ \(bygge [0-9a-f]{16}, Typst 0\.15\.\d+\)\n$")
        .expect("a pattern");
    assert!(form.is_match(&said), "{said}");
}

#[test]
fn shells_are_told_of_every_verb_and_option() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let run = tjut(&["completions", shell], root());
        assert_eq!(run.status, 0, "{}", run.stderr);
        for word in ["check", "granska", "förklara", "bifoga-källa"] {
            assert!(run.stdout.contains(word), "{shell} is not told of {word}");
        }
        // Those that show what a word means show it in Swedish.
        assert!(
            !["zsh", "fish"].contains(&shell) || run.stdout.contains("Fel, varningar och råd"),
            "{shell}"
        );
        let english = run.stdout.lines().find(|line| line.contains(" too") || line.contains("For a "));
        assert_eq!(english, None, "{shell}");
        let Ok(mut child) = Command::new(shell).arg("-n").stdin(Stdio::piped()).spawn() else { continue };
        child.stdin.take().expect("piped").write_all(run.stdout.as_bytes()).expect("read");
        assert!(child.wait().expect("it ends").success(), "{shell} cannot read its script");
    }
}

#[test]
fn manuals_are_swedish() {
    let whole = tjut(&["man"], root()).stdout;
    assert!(whole.contains("[även: granska]"), "{whole}");
    for verb in verbs() {
        assert!(whole.contains(&format!("tjut\\-{verb}(1)")), "{verb}");
        let page = tjut(&["man", &verb], root()).stdout;
        assert!(page.contains(&format!(".TH tjut-{verb} 1 \"\" \"tjut 0.")), "{page}");
        assert!(page.contains("[även: \\-\\-templates]"), "{verb} has its options' other names: {page}");
        for english in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXTRA"] {
            assert!(!page.contains(&format!(".SH {english}")), "{verb}: {english}");
        }
    }
    let run = tjut(&["man", "bild"], root());
    assert!(run.status == 2 && run.stderr.contains("Menade du ”build”?"), "{}", run.stderr);
}

/// The licences are found by `.ci/inventory`, which needs every crate's sources; this much can be told
/// from `Cargo.lock`.
#[test]
fn licences_are_of_what_is_inside() {
    let said = tjut(&["--licenser"], root()).stdout;
    let list = said.split("\n\n====").nth(1).expect("a list");
    let listed: BTreeMap<&str, &str> = list
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split_once(": "))
        .filter_map(|(package, _)| package.rsplit_once(' '))
        .collect();
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("readable");
    let value = |line: &str, key: &str| {
        Some(line.strip_prefix(key)?.strip_prefix(" = \"")?.trim_end_matches('"').to_owned())
    };
    let mut locked: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut name = String::new();
    for line in lock.lines() {
        name = value(line, "name").unwrap_or(name);
        locked.entry(name.clone()).or_default().extend(value(line, "version"));
    }
    let renew = "run .ci/inventory licences, and commit it";
    // The rest is no crate: the fonts, the dictionary, what comes with the compiler.
    let is_crate = |name: &str| name.chars().all(|sign| matches!(sign, 'a'..='z' | '0'..='9' | '_' | '-'));
    for (package, version) in listed.iter().filter(|(package, _)| is_crate(package)) {
        assert!(
            locked.get(*package).is_some_and(|all| all.iter().any(|one| one == version)),
            "{package} {version}: {renew}"
        );
    }
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("readable");
    let direct = manifest
        .split("\n[dependencies]\n")
        .nth(1)
        .and_then(|rest| rest.split("\n[").next())
        .expect("a list");
    let names: Vec<&str> =
        direct.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name).collect();
    assert!(names.len() > 40);
    for name in names.iter().filter(|name| !name.starts_with('#')) {
        assert!(listed.contains_key(name), "{name}: {renew}");
    }
    for inside in [
        "GNU LESSER GENERAL PUBLIC LICENSE",
        "SIL OPEN FONT LICENSE",
        "Apache License",
        "Den stora svenska ordlistan",
    ] {
        assert!(said.contains(inside), "{inside}");
    }
    assert_eq!(tjut(&["--licenses"], root()).stdout, said);
    assert_eq!(tjut(&["--färg", "aldrig", "--licenser"], root()).stdout, said);
}

#[test]
fn what_a_value_may_be_is_said() {
    for (arguments, says) in [
        (
            ["build", "--del", "3/2"],
            "--del <K/N> kan inte vara ”3/2”: del K av N skrivs K/N, till exempel 2/4",
        ),
        (["check", "-j", "noll"], "kan inte vara ”noll”: det ska vara ett heltal, minst 1"),
        (["visa", "--port", "70000"], "kan inte vara ”70000”: det ska vara ett heltal från 0 till 65535"),
        (["diff", "--datum", "i dag"], "kan inte vara ”i dag”: ett datum skrivs ÅÅÅÅ-MM-DD"),
        (["bygg", "--till", "odt"], "Välj bland: md, pdf, docx, html."),
        (["build", "--rätta", "x"], "valet --rätta finns inte här, men för tjut check\n"),
        (
            ["check", "--to=pdf", "x"],
            "valet --to finns inte här, men för tjut build, tjut diff och tjut apply\n",
        ),
        (["check", "--dney", "x"], "valet --dney finns inte. Menade du --deny?"),
    ] {
        let run = tjut(&arguments, root());
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(run.stderr.contains(says), "{}", run.stderr);
        let verb = match arguments[0] {
            "visa" => "preview",
            "bygg" => "build",
            verb => verb,
        };
        assert!(run.stderr.ends_with(&format!("Hjälp: tjut {verb} --hjälp\n")), "{}", run.stderr);
    }
}
