//! Web pages: what the open web gets of a document and what it does not, and how a page is held together.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::cli::{CASE, folder, tjut};

/// Builds a case, and gives the folder of what it became.
fn built(case: &str, arguments: &[&str]) -> tempfile::TempDir {
    let folder = folder();
    fs::write(folder.path().join("ä.yaml"), case).expect("written");
    let run = tjut(&[&["build", "ä.yaml"], arguments].concat(), folder.path());
    assert_eq!(run.status, 0, "{}", run.stderr);
    folder
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join("output").join(name)).expect(name)
}

/// What somebody can be reached by, everywhere that a text can stand.
const REACHED: &str = "handläggare:
  namn: Maja Exempel
  telefon: 08-508 33 902
  e-post: maja.exempel@stad.example
sammanfattning: |
  Ring Anna Berg, 070-123 45 67 eller [anna](mailto:anna.berg@skola.example).

  Kostnaden är 500 000 kronor (se 2026/18 och 2026-03-02).
Frågor till anna.berg@skola.example: |
  Se `anna.berg@skola.example`.[^a] Maja nås på 508 33 902.

  [^a]: Eller +46 70 123 45 67.
";

#[test]
fn nobodys_direct_contact_is_published_wherever_it_stands() {
    let folder = built(&format!("{CASE}{REACHED}"), &["--to", "md,html,docx", "--publicering"]);
    for name in ["a.html", "a.json"] {
        let said = read(folder.path(), name);
        let plain = said.replace("&nbsp;", " ").replace(['\u{a0}', '\u{2060}'], " ");
        for contact in ["anna.berg", "anna-berg", "maja.exempel@", "123 45 67", "33 902"] {
            assert!(!plain.contains(contact), "{contact} in {name}: {plain}");
        }
        assert!(plain.contains("500 000 kronor (se 2026/18 och 2026-03-02)"), "{plain}");
        assert!(plain.contains("Ring Anna Berg, [kontaktuppgift]"), "{plain}");
    }
    let page = read(folder.path(), "a.html");
    assert!(!page.contains("alternate") && !page.contains("ä.md") && !page.contains("ä.docx"), "{page}");
    assert!(page.contains("<li>Word<br>SHA-256: <code>"), "{page}");
    assert!(read(folder.path(), "ä.md").contains("anna.berg@skola.example"));
}

/// What is no way to reach anybody, though it looks like one, and what is parted by markup, or by another field.
const AROUND: &str = "  titel: Utredare, 08-508 33 901
er beteckning: KS 1 (bo.ek@stad.example)
Annat: |
  Nämnden anslår 800 000 kronor den 2026-08-01 kl. 0800-1600, dnr 070-123456.

  Ring 08-508 **11 111**, 08-508\\
  22 222 eller [Bo](https://wa.me/46701234567), 0701234567/0707654321, tel08-508 44 444.
";

#[test]
fn amounts_and_days_stay_and_contacts_go_wherever_markup_parts_them() {
    let case = CASE.replace(
        "förvaltning: ",
        "adress:\n    - Kim Exempel, 08-508 33 777\n  webb: javascript://stad.example/\n  förvaltning: ",
    );
    let head = "handläggare:\n  namn: Maja Exempel\n  telefon: 08-508 00 000\n";
    let folder = built(&format!("{case}{head}{AROUND}"), &["--to", "html", "--publicering"]);
    let page = read(folder.path(), "a.html").replace("&nbsp;", " ").replace(['\u{a0}', '\u{2060}'], " ");
    for stays in ["800 000 kronor", "2026-08-01", "kl. 0800-1600", "dnr 070-123456"] {
        assert!(page.contains(stays), "{stays}: {page}");
    }
    for gone in
        ["11 111", "22 222", "wa.me", "0701234567", "0707654321", "44 444", "33 901", "bo.ek", "33 777"]
    {
        assert!(!page.contains(gone), "{gone}: {page}");
    }
    assert!(!page.contains("href=\"javascript"), "{page}");
}

#[test]
fn who_decides_what_is_told_to_lists_of_matters() {
    let decisions = "förslag till beslut:
  - organ: Utbildningsnämnden
    inledning: Utbildningsnämnden beslutar
    att:
      - godkänna planen, och
      - anslå 5 000 kronor.
  - organ: Kommunstyrelsen
    punkter:
      - |
        Kommunstyrelsen följer upp

        - kostnader, och
        - tider.
";
    let from = CASE.find("förslag till beslut:").expect("a decision");
    let rest = CASE[from..].split_once('\n').expect("more").1;
    let folder = built(&format!("{}{decisions}{rest}", &CASE[..from]), &["--to", "html", "--publicering"]);
    let list: serde_json::Value = serde_json::from_str(&read(folder.path(), "a.json")).expect("JSON");
    let wanted = serde_json::json!([
        {"organ": "Utbildningsnämnden", "inledning": "Utbildningsnämnden beslutar", "punkter": ["att godkänna planen, och", "att anslå 5 000 kronor."]},
        {"organ": "Kommunstyrelsen", "punkter": ["Kommunstyrelsen följer upp\na) kostnader, och\nb) tider."]},
    ]);
    assert_eq!(list["beslut"], wanted, "{list:#}");
}

#[test]
fn pages_on_the_open_web_have_addresses_of_plain_letters() {
    let folder = folder();
    fs::create_dir_all(folder.path().join("cases/Åmåls nämnd")).expect("made");
    fs::write(folder.path().join("cases/Åmåls nämnd/日本.yaml"), CASE).expect("written");
    let run = tjut(&["build", "--to", "html", "--publicering"], folder.path());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(read(folder.path(), "amals-namnd/fil.html").contains("<h1"));
}

#[test]
fn a_draft_is_not_published() {
    let folder = folder();
    fs::write(folder.path().join("a.yaml"), CASE.replace("En mening.", "«Fyll i.»")).expect("written");
    let draft = ["build", "a.yaml", "--to", "md,html", "--utkast"];
    let run = tjut(&[&draft[..], &["--publicering"]].concat(), folder.path());
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains("fel[utkast-publiceras]"), "{}", run.stderr);
    // Markdown can be a draft's, too.
    assert_eq!(tjut(&draft, folder.path()).status, 0);
    let run = tjut(&["build", "output/a.md", "--to", "html", "--publicering"], folder.path());
    assert!(run.status == 1 && run.stderr.contains("fel[utkast-publiceras]"), "{}", run.stderr);
    // A project that always publishes looks at its drafts as they are.
    fs::write(folder.path().join("tjut.yaml"), "publicering: ja\n").expect("written");
    assert_eq!(tjut(&draft, folder.path()).status, 0);
}

const RENAMED: &str = "sammanfattning: Kort sagt.
bilagor:
  - Kartan
rubriker:
  förslag till beslut: Yrkande
  sammanfattning: Ärendet i korthet
  bilagor: Medföljer
";

#[test]
fn a_cases_own_headings_are_what_they_are_also_in_the_markdown() {
    let folder = built(&format!("{CASE}{RENAMED}"), &["--to", "md,html", "--publicering"]);
    let markdown = read(folder.path(), "ä.md");
    let own = "rubriker:\n  beslut: \"Yrkande\"\n  sammanfattning: \"Ärendet i korthet\"\n  bilagor: \"Medföljer\"\n";
    assert!(markdown.contains(own), "{markdown}");
    let (page, list) = (read(folder.path(), "a.html"), read(folder.path(), "a.json"));
    assert!(page.contains("id=\"beslut\"") && page.contains("<ul class=\"bilagor\">"), "{page}");
    assert!(list.contains("\"Kort sagt.\"") && list.contains("godkänner förvaltningens"), "{list}");
    // The Markdown is the whole.
    fs::copy(folder.path().join("output/ä.md"), folder.path().join("b.md")).expect("copied");
    assert_eq!(tjut(&["build", "b.md", "--to", "html", "--publicering"], folder.path()).status, 0);
    assert_eq!(read(folder.path(), "b.json").replace("b.html", "a.html"), list);
    // A heading that is known anyway is not said again.
    let known = RENAMED.replace("Yrkande", "Förslag till beslut").replace("Medföljer", "Bilagor");
    let folder = built(&format!("{CASE}{known}"), &["--to", "md"]);
    assert!(read(folder.path(), "ä.md").contains("rubriker:\n  sammanfattning: "));
}

#[test]
fn what_is_decided_under_a_heading_of_ones_own_is_told_as_such() {
    let folder = folder();
    let case = format!("{CASE}{RENAMED}");
    fs::write(folder.path().join("a.yaml"), &case).expect("written");
    fs::write(folder.path().join("b.yaml"), case.replace("godkänner", "avslår")).expect("written");
    let run = tjut(&["diff", "a.yaml", "b.yaml"], folder.path());
    assert!(run.stdout.contains("Det som beslutas"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn no_two_things_on_a_page_have_one_address() {
    let own = "Beslut 1: Ett.
Beslut: Två.
Fotnot 1: Tre.[^a] Fyra.[^a]
Tabell 1: |
  Tabell 1: Mat

  | Rätt | Antal |
  |------|------:|
  | Soppa | 2 |

  [^a]: En not.
Samma dokument: Fem.
Innehåll: Sex.
Fotnoter: Sju.
Till fotnot 1: Åtta.
"
    .replace("Fotnot 1: Tre.[^a] Fyra.[^a]\n", "Fotnot 1: |\n  Tre.[^a] Fyra.[^a]\n\n  [^a]: En not.\n")
    .replace("\n  [^a]: En not.\nSamma", "Samma");
    let folder = built(&format!("{CASE}{own}"), &["--to", "html"]);
    let page = read(folder.path(), "ä.html");
    let mut seen = BTreeSet::new();
    let ids: Vec<&str> =
        page.split(" id=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
    assert!(ids.contains(&"avsnitt-beslut-1") && ids.contains(&"tabell-1"), "{ids:?}");
    assert!(ids.iter().all(|id| seen.insert(*id)), "{ids:?}");
    // Everything that is led to is there, and each reference to a note has its way back.
    let targets = page.split(" href=\"#").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0));
    targets.for_each(|target| assert!(seen.contains(target), "{target}"));
    for back in ["#till-fotnot-1\"", "#till-fotnot-1-2\""] {
        assert_eq!(page.matches(back).count(), 1, "{page}");
    }
    assert!(page.contains("Tillbaka till fotnot 1 i texten, ställe 2 av 2"), "{page}");
}

#[test]
fn what_is_enclosed_has_a_plain_name_on_the_open_web() {
    let folder = folder();
    let case = format!("{CASE}bilagor:\n  - titel: Karta\n    fil: Bilagor/Kartan över Åsö.TXT\n");
    fs::create_dir_all(folder.path().join("cases/Bilagor")).expect("made");
    fs::write(folder.path().join("cases/a.yaml"), case).expect("written");
    fs::write(folder.path().join("cases/Bilagor/Kartan över Åsö.TXT"), "Hej").expect("written");
    let run = tjut(&["build", "--to", "html", "--publicering"], folder.path());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(read(folder.path(), "a.html").contains("<a href=\"bilagor/kartan-over-aso.txt\">Karta</a>"));
    assert_eq!(read(folder.path(), "bilagor/kartan-over-aso.txt"), "Hej");
}
