//! Another city's keys: with the same roles, every rule finds what it finds with those that are built in.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::expect::{entries, root};
use tjut::diagnostic::Diagnostic;
use tjut::library::Templates;
use tjut::project::{Disk, Project};
use tjut::workshop::Workshop;

/// The keys of the tjänsteutlåtande, and what a city could call them instead.
const RENAMED: &[(&str, &str)] = &[
    ("förslag till beslut", "yrkande"),
    ("sammanfattning", "i korthet"),
    ("bakgrund", "utgångsläge"),
    ("ärendet", "saken"),
    ("ärendets beredning", "gången hittills"),
    ("frågor", "spörsmål"),
    ("förvaltningens synpunkter", "kontorets hållning"),
    ("förvaltningens förslag", "kontorets linje"),
    ("barnrättsperspektiv", "barnrätt hos oss"),
    ("konsekvenser för barn", "följder för unga"),
    ("jämställdhetsanalys", "lika villkor"),
    ("avslutning", "slutord"),
    ("avslutande förslag", "slutyrkande"),
    ("underskrifter", "namnteckningar"),
    ("bilagor", "medföljer"),
];

/// A text with the keys renamed that begin its lines this far in.
fn renamed(text: &str, indent: &str) -> String {
    let line = |line: &str| {
        let said = line.strip_prefix(indent)?;
        let (key, rest) = said.split_once(':')?;
        let (_, other) = RENAMED.iter().find(|(known, _)| *known == key)?;
        Some(format!("{indent}{other}:{rest}\n"))
    };
    text.lines().map(|said| line(said).unwrap_or_else(|| format!("{said}\n"))).collect()
}

fn with_keys_of_its_own() -> Templates {
    let kind = fs::read_to_string(root().join("templates/mallar/tjansteutlatande.yaml")).expect("readable");
    let kind = renamed(&kind, "  ")
        .replace(
            "krävs: [titel, diarienummer, datum, till, avsändare, förslag till beslut]",
            "krävs: [titel]",
        )
        .replace("svar-efter: förvaltningens synpunkter", "svar-efter: kontorets hållning");
    for (known, _) in RENAMED {
        assert!(!kind.contains(&format!("\n  {known}:")), "{known} is still a key:\n{kind}");
    }
    let own = BTreeMap::from([("mallar/egen.yaml".to_owned(), kind.into_bytes())]);
    Templates::with_folder("egna", own).expect("the kind is right")
}

/// What the rules find: the codes and the lines.
fn found(path: &Path, text: &str, project: &Project) -> Vec<(&'static str, usize)> {
    let findings = project.trial(path, text).settled();
    let line = |finding: &Diagnostic| {
        let place = finding.place.as_ref()?;
        Some(place.source.position(place.range.start).0)
    };
    let of_rules = findings.iter().filter(|finding| finding.code.rule);
    let mut found: Vec<_> =
        of_rules.map(|finding| (finding.code.name, line(finding).unwrap_or_default())).collect();
    found.sort_unstable();
    found
}

#[test]
fn every_rule_works_with_another_citys_keys() {
    let project = |templates| Project::new(Disk, Arc::new(Workshop::new(templates)));
    let built_in = project(Templates::new(Default::default()).expect("the built-in templates are right"));
    let own = project(with_keys_of_its_own());
    let mut tried = 0;
    for path in entries(&root().join("tests/errors")) {
        if path.extension().is_none_or(|ending| ending != "yaml") {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let expected = found(&path, &text, &built_in);
        // Headings that a case gives, and what it accepts, stand further in and are no keys here.
        if expected.is_empty() || !text.contains("mall: tjänsteutlåtande\n") {
            continue;
        }
        let other = renamed(&text, "");
        assert_eq!(found(&path, &other, &own), expected, "{name}:\n{other}");
        tried += 1;
    }
    assert!(tried > 50, "{tried} cases");
}
