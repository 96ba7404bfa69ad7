//! Markdown is reviewed as the case that it was built of, with places in the Markdown.

use std::fs;

use super::cli::{CASE, folder, tjut};

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
