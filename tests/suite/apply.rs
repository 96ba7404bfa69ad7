//! The way home: a Markdown that was edited by hand, brought into its case.

use std::fs;
use std::path::Path;

use similar::TextDiff;

use super::cli::{Run, folder, tjut};
use super::edits::git;
use super::expect::{all, entries, file, root};

/// A case with its values in every style.
const CASE: &str = r#"# Om ärendet
mall: tjänsteutlåtande
titel: "Mat: på sommaren"   # titeln
underrubrik: 'Svar på skrivelse från Maja Exempel (X)'
diarienummer: UTBF 2026/1
datum: 2026-03-02
till:
  nämnd: Utbildningsnämnden
avsändare:
  förvaltning: Utbildningsförvaltningen
handläggare:
  namn: Kim Exempel   # till vidare

förslag till beslut:
  - Utbildningsnämnden godkänner förvaltningens tjänsteutlåtande
    som svar på skrivelsen.
  # Det här är nytt.
  - >-
    Nämnden anslår 12 000 kronor till maten, under förutsättning att
    medlen finns.

bakgrund: |
  Skrivelsen kom in den 5 mars 2026. Den innehåller två frågor om maten
  i skolorna, och om vad den kostar.

  Ett andra stycke.

frågor:
  - fråga: Vad kostar maten?
    svar: |
      Den kostar 40 kronor.
  - fråga: Vem lagar den?
    svar: Kocken.

Lagstiftningen: |
  Maten är *kostnadsfri*.

  | År | Antal |
  |----|------:|
  | 2025 | 7 |
  | 2026 | 9 |

förvaltningens synpunkter: |
  Frågorna besvaras nedan.

underskrifter: [{namn: Eva Exempel, titel: Direktör}]

bilagor: [Skrivelse om maten, Matsedeln]
"#;

/// What came of an edit of the built Markdown.
struct Home {
    run: Run,
    /// The lines that differ, of the case.
    differs: String,
    /// Whether the case gives the edited Markdown now.
    is_there: bool,
}

/// Builds the case, edits the Markdown, and applies that.
fn home(case: &str, edits: &[(&str, &str)], words: &[&str]) -> Home {
    let folder = folder();
    let path = folder.path();
    fs::create_dir(path.join("cases")).expect("made");
    fs::write(path.join("cases/a.yaml"), case).expect("written");
    let built = tjut(&["build", "--till", "md"], path);
    assert_eq!(built.status, 0, "{}", built.stderr);
    let markdown = path.join("output/a.md");
    let mut text = fs::read_to_string(&markdown).expect("Markdown");
    for (old, new) in edits {
        assert!(text.contains(old), "{old}\n{text}");
        text = text.replacen(old, new, 1);
    }
    fs::write(&markdown, &text).expect("written");
    let run = tjut(&[&["apply", "output/a.md"], words].concat(), path);
    let after = fs::read_to_string(path.join("cases/a.yaml")).expect("the case");
    let again = tjut(&["build", "--till", "md", "--ut", "igen"], path);
    assert_eq!(again.status, 0, "{}", again.stderr);
    let is_there = fs::read_to_string(path.join("igen/a.md")).expect("Markdown") == text;
    Home { run, differs: differing(case, &after), is_there }
}

/// The lines that differ between two texts.
fn differing(old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new).unified_diff().context_radius(0).to_string();
    let lines = diff.lines().filter(|line| !line.starts_with("@@"));
    lines.map(|line| format!("{}\n", line.trim_end())).collect()
}

/// Each edit comes home, and changes these lines and no other.
#[test]
fn each_value_is_changed_in_its_own_style() {
    let table: &[(&[(&str, &str)], &str)] = &[
        (
            &[("# Mat: på", "# Mat och dryck: på")],
            "-titel: \"Mat: på sommaren\"   # titeln\n+titel: \"Mat och dryck: på sommaren\"   # titeln\n",
        ),
        (
            &[("Maja Exempel (X)\n", "Maja 'Maj' Exempel (X)\n")],
            "-underrubrik: 'Svar på skrivelse från Maja Exempel (X)'\n+underrubrik: 'Svar på skrivelse från Maja ''Maj'' Exempel (X)'\n",
        ),
        (
            &[("- namn: \"Kim Exempel\"", "- namn: \"Kim: Exempel\"\n    telefon: \"08-508 00 000\"")],
            "-  namn: Kim Exempel   # till vidare\n+  namn: \"Kim: Exempel\"   # till vidare\n+  telefon: 08-508 00 000\n",
        ),
        (
            &[("12 000 kronor", "21 000 kronor")],
            "-    Nämnden anslår 12 000 kronor till maten, under förutsättning att\n+    Nämnden anslår 21 000 kronor till maten, under förutsättning att\n",
        ),
        (
            &[
                ("1. Utbildningsnämnden", "1. En ny punkt.\n\n2. Utbildningsnämnden"),
                ("2. Nämnden", "3. Nämnden"),
            ],
            "+  - En ny punkt.\n",
        ),
        (
            &[("maten i skolorna", "maten i alla stadens skolor")],
            "-  i skolorna, och om vad den kostar.\n+  i alla stadens skolor, och om vad den kostar.\n",
        ),
        (&[("Ett andra stycke.", "Ett andra stycke.\n\n- ett\n- två")], "+  - ett\n+  - två\n+\n"),
        (&[("   Kocken.", "   Kocken: lagar.")], "-    svar: Kocken.\n+    svar: \"Kocken: lagar.\"\n"),
        (&[("\n   Kocken.\n", "")], "-    svar: Kocken.\n"),
        (&[("| 2026 | 9 |", "| 2026 | 11 |")], "-  | 2026 | 9 |\n+  | 2026 | 11 |\n"),
        (
            &[("## Lagstiftningen", "## Lagen: vad den säger")],
            "-Lagstiftningen: |\n+\"Lagen: vad den säger\": |\n",
        ),
        (
            &[("Direktör", "Direktör, tf.")],
            "-underskrifter: [{namn: Eva Exempel, titel: Direktör}]\n+underskrifter: [{namn: Eva Exempel, titel: \"Direktör, tf.\"}]\n",
        ),
        (
            &[("Matsedeln\n", "Matsedeln\n\nEn lista\n")],
            "-bilagor: [Skrivelse om maten, Matsedeln]\n+bilagor: [Skrivelse om maten, Matsedeln, En lista]\n",
        ),
        (
            &[("## Lagstiftningen", "## Ekonomi\n\nDet kostar.\n\n## Lagstiftningen")],
            "+Ekonomi: |\n+  Det kostar.\n+\n",
        ),
    ];
    for (edits, wanted) in table {
        let home = home(CASE, edits, &[]);
        let told = format!("{edits:?}\n{}\n{}", home.run.stderr, home.differs);
        assert_eq!((home.run.status, home.is_there), (0, true), "{told}");
        assert_eq!(home.differs, *wanted, "{told}");
    }
}

/// A section that is moved takes its lines along, with what was changed in it.
#[test]
fn a_section_moves_with_its_lines() {
    let text = "## Lagstiftningen\n\nMaten är *kostnadsfri*.\n\n| År | Antal |\n| --- | ---: |\n| 2025 | 7 |\n| 2026 | 9 |\n\n";
    let moved = text.replace("| 2025 | 7 |", "| 2025 | 8 |") + "## Bakgrund\n";
    let home = home(CASE, &[(text, ""), ("## Bakgrund\n", &moved)], &[]);
    assert_eq!((home.run.status, home.is_there), (0, true), "{}\n{}", home.run.stderr, home.differs);
    for line in ["+Lagstiftningen: |\n", "+  |----|------:|\n", "+  | 2025 | 8 |\n"] {
        assert!(home.differs.contains(line), "{}", home.differs);
    }
}

/// What comes from elsewhere is said with its place, and then nothing is written, unless that is asked for.
#[test]
fn it_is_all_or_nothing() {
    let edits = [("telefon: \"08-508 33 000\"", "telefon: \"08-1\""), ("andra stycke", "tredje stycke")];
    let none = home(CASE, &edits, &[]);
    assert_eq!((none.run.status, none.differs.as_str()), (1, ""), "{}", none.run.stderr);
    assert!(none.run.stderr.contains("profiles/"), "{}", none.run.stderr);
    let part = home(CASE, &edits, &["--delvis"]);
    assert_eq!(part.run.status, 1);
    assert_eq!(part.differs, "-  Ett andra stycke.\n+  Ett tredje stycke.\n", "{}", part.run.stderr);
}

/// A question that is printed twice is changed where it was not edited, too: that is said, and no error.
#[test]
fn what_follows_is_said() {
    let home = home(CASE, &[("1. Vad kostar maten?", "1. Vad kostar lunchen?")], &[]);
    let wanted = "-  - fråga: Vad kostar maten?\n+  - fråga: Vad kostar lunchen?\n";
    assert_eq!((home.run.status, home.differs.as_str()), (0, wanted), "{}", home.run.stderr);
    assert!(home.run.stderr.contains("varning[återförs-följd]"), "{}", home.run.stderr);
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    let case = format!("\u{feff}{}", CASE.replace('\n', "\r\n"));
    let home = home(&case, &[("Ett andra stycke.", "Ett andra stycke.\n\nEtt tredje.")], &[]);
    assert_eq!((home.run.status, home.is_there), (0, true), "{}", home.run.stderr);
    assert_eq!(home.differs, "+  Ett tredje.\n+\n");
}

/// The case has changed since: what each side changed is kept, and what both changed is named at both places.
#[test]
fn a_case_that_has_changed_since_is_merged() {
    let folder = folder();
    let path = folder.path();
    fs::create_dir(path.join("cases")).expect("made");
    let (case, markdown) = (path.join("cases/a.yaml"), path.join("output/a.md"));
    fs::write(&case, CASE).expect("written");
    assert_eq!(tjut(&["build", "--till", "md"], path).status, 0);
    git(path, &["init", "-q"]);
    git(path, &["add", "-A"]);
    git(path, &["commit", "-q", "-m", "ett"]);
    let built = fs::read_to_string(&markdown).expect("Markdown");
    fs::write(&case, CASE.replace("Ett andra stycke", "Ett annat stycke")).expect("written");
    fs::write(&markdown, built.replace("Den kostar 40 kronor", "Den kostar 45 kronor")).expect("written");
    let run = tjut(&["apply", "output/a.md"], path);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let after = fs::read_to_string(&case).expect("the case");
    assert!(after.contains("Ett annat stycke") && after.contains("45 kronor"), "{after}");

    fs::write(&markdown, built.replace("Ett andra stycke", "Ett tredje stycke")).expect("written");
    let run = tjut(&["apply", "output/a.md"], path);
    assert_eq!(run.status, 1, "{}", run.stderr);
    for said in ["fel[återförs-konflikt]", "output/a.md:", "cases/a.yaml:"] {
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
    assert_eq!(fs::read_to_string(&case).expect("the case"), after);
    // In part: the case keeps what both changed, and gets the rest.
    let edited = built.replace("Ett andra stycke", "Ett tredje stycke").replace("Kocken.", "Kockarna.");
    fs::write(&markdown, edited).expect("written");
    assert_eq!(tjut(&["apply", "output/a.md", "--delvis"], path).status, 1);
    assert_eq!(fs::read_to_string(&case).expect("the case"), after.replace("Kocken.", "Kockarna."));
}

/// A build that would write over what was edited by hand names the way home.
#[test]
fn build_names_the_way_home() {
    let folder = folder();
    let path = folder.path();
    fs::create_dir(path.join("cases")).expect("made");
    fs::write(path.join("cases/a.yaml"), CASE).expect("written");
    assert_eq!(tjut(&["build", "--till", "md"], path).status, 0);
    let markdown = path.join("output/a.md");
    let edited = fs::read_to_string(&markdown).expect("Markdown").replace("Kocken.", "Kockarna.");
    fs::write(&markdown, &edited).expect("written");
    let run = tjut(&["build", "--till", "md"], path);
    assert!(run.status != 0 && run.stderr.contains("tjut apply output/a.md"), "{}", run.stderr);
    assert_eq!(tjut(&["apply", "output/a.md"], path).status, 0);
    let run = tjut(&["build", "--till", "md"], path);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_eq!(fs::read_to_string(&markdown).expect("Markdown"), edited);
}

/// Each edit of `tests/edits/` comes home: `old.yaml` becomes a case that gives what `new.yaml` gives.
#[test]
fn each_edit_comes_home_as_expected() {
    let edits = entries(&root().join("tests/edits"));
    all(edits.iter().map(|edit| file(&edit.join("expected.apply"), &applied(edit))));
}

/// What is said, and the lines of the case that differ.
fn applied(edit: &Path) -> String {
    let folder = folder();
    let path = folder.path();
    let copy = |from: &str, to: &str| fs::copy(edit.join(from), path.join(to)).map(drop).expect("copied");
    copy("new.yaml", "a.yaml");
    assert_eq!(tjut(&["build", "a.yaml", "--till", "md", "--ut", "."], path).status, 0, "{}", edit.display());
    let wanted = fs::read_to_string(path.join("a.md")).expect("Markdown");
    fs::remove_file(path.join(".tjut.json")).expect("the memory");
    copy("old.yaml", "a.yaml");
    let old = fs::read_to_string(path.join("a.yaml")).expect("a case");
    let run = tjut(&["apply", "a.md", "--till", "a.yaml"], path);
    let new = fs::read_to_string(path.join("a.yaml")).expect("a case");
    assert_eq!(tjut(&["build", "a.yaml", "--till", "md", "--ut", "ut"], path).status, 0);
    let again = fs::read_to_string(path.join("ut/a.md")).expect("Markdown");
    let is_silent = !run.stderr.contains("[återförs-");
    assert_eq!(is_silent, run.status == 0 && again == wanted, "{}\n{}", edit.display(), run.stderr);
    format!("{}[status {}]\n{}", run.stderr, run.status, differing(&old, &new))
}
