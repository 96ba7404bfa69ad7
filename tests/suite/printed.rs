//! Markdown is reviewed as the case that it was built of, with places in the Markdown.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tjut::library::Templates;
use tjut::project::Project;
use tjut::project::disk::Disk;
use tjut::workshop::Workshop;

use super::cli::{CASE, folder, tjut};
use super::expect::{entries, root};

/// A case with what rules ask for in several places of a document.
const MORE: &str = "frågor:
  - fråga: Vad kostar maten?
    svar: Den kostar 40 kronor.
  - fråga: Vem lagar den?
    svar: Kocken lagar den.
förvaltningens synpunkter: |
  Frågorna besvaras nedan.
underskrifter:
  - namn: Eva Exempel
    titel: Direktör
bilagor:
  - Skrivelse om maten
";

#[test]
fn a_markdown_is_reviewed_as_its_case() {
    let folder = folder();
    let path = folder.path();
    fs::create_dir(path.join("cases")).expect("made");
    fs::write(path.join("cases/a.yaml"), format!("{CASE}{MORE}")).expect("written");
    assert_eq!(tjut(&["build", "--till", "md"], path).status, 0);
    let built = fs::read_to_string(path.join("output/a.md")).expect("Markdown");
    for (old, new, code) in [
        ("En mening.", "En mening mening.", "dubbelt-ord"),
        ("Den kostar 40 kronor.", "Den kostar 40 kronor kronor.", "dubbelt-ord"),
        ("\n   Den kostar 40 kronor.\n", "", "fråga-utan-svar"),
    ] {
        assert!(built.contains(old), "{built}");
        let text = built.replace(old, new);
        let line = 1 + text[..text.find(new.trim()).unwrap_or_default()].matches('\n').count();
        fs::write(path.join("output/a.md"), &text).expect("written");
        let run = tjut(&["check", "output/a.md"], path);
        assert!(run.stderr.contains(&format!("[{code}]")), "{code}: {}", run.stderr);
        if !new.is_empty() {
            assert!(run.stderr.contains(&format!("output/a.md:{line}:")), "{line}: {}", run.stderr);
        }
    }
}

/// What is said of a case and not of its Markdown, and why.
const OF_THE_FILE: &[(&str, &[&str])] = &[
    (
        "how the text is written in the file: the Markdown has it in one form, and says it without a doubt",
        &[
            "dubbelt-mellanslag",
            "fotnot-oläst",
            "indrag-som-kod",
            "kommentar-i-text",
            "kommentar-kvar",
            "lista-oläst",
            "listnummer",
            "länk-oläst",
            "markdown-oläst",
            "nummer-före",
            "rubrik-av-misstag",
            "tabell-oläst",
            "tabell-rad-kort",
            "tecken-tolkade",
            "utkastets-tecken",
            "vikt-text",
        ],
    ),
    ("a key's name, which is a heading there", &["nästan-nyckel"]),
    ("what the case accepts, which no Markdown says", &["okänd-kod", "onödigt-godkännande", "skäl-saknas"]),
    (
        "what was gathered of others, which is sections like others there",
        &["datum-ordning", "sammandrag-namn"],
    ),
];

/// What is said of the Markdown instead: of a meeting that it tells of in words, and of days in a table that the case
/// writes as no table.
const IN_WORDS: &[&str] = &["datum-efter-sammanträde", "årtal-saknas"];

/// Each fault that a case can have is found in its Markdown too, and no other.
#[test]
fn what_is_said_of_a_case_is_said_of_its_markdown() {
    let tools = Arc::new(Workshop::new(Templates::new(Default::default()).expect("the built-in templates")));
    let cases: Vec<PathBuf> = entries(&root().join("tests/errors"));
    let mut held = 0;
    for case in cases.iter().filter(|path| path.extension().is_some_and(|ending| ending == "yaml")) {
        let project = Project::new(Disk, tools.clone());
        let Ok(document) = project.document(case) else { continue };
        let markdown = case.with_extension("md");
        project.open(&markdown, document.source.text.clone());
        let said = |path: &Path| -> BTreeSet<&'static str> {
            project.review(path).settled().iter().map(|finding| finding.code.name).collect()
        };
        let (of_case, of_markdown) = (said(case), said(&markdown));
        let missing = of_case.difference(&of_markdown);
        let is_excepted = |code: &&&str| OF_THE_FILE.iter().any(|(_, codes)| codes.contains(*code));
        let missing: Vec<_> = missing.filter(|code| !is_excepted(code)).collect();
        let more: Vec<_> = of_markdown.difference(&of_case).filter(|code| !IN_WORDS.contains(code)).collect();
        assert!(missing.is_empty() && more.is_empty(), "{}: {missing:?}, {more:?}", case.display());
        held += 1;
    }
    assert!(held > 120, "{held}");
}
