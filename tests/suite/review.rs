//! The review's reports for machines, its acceptances and its severities.

use std::fs;

use serde_json::Value as Json;
use tjut::diagnostic::codes;

use super::cli::{CASE, folder, tjut};
use super::expect::{entries, root};

/// Everything that a report must survive: an invisible character, a heading that is nearly a key,
/// a key that is misspelt, quotation marks and signs that a format could stumble over.
pub fn faulty() -> String {
    CASE.replace("titel: Ett ärende", "Titel: Ett <är>&\"ende\" %0A")
        .replace("En mening.", "En\u{2060} mening, 50 % till.")
        + "Bakgrunden: |\n  Än en gång: så här, ja.\nsammanfatning: |\n  Kort.\n"
}

/// A folder with cases in it, one of them right, one with a path that needs escaping.
fn cases() -> tempfile::TempDir {
    let folder = folder();
    fs::create_dir_all(folder.path().join("cases/år 1, a")).expect("created");
    fs::write(folder.path().join("cases/rätt.yaml"), CASE.replace("2026/1", "2026/3")).expect("written");
    fs::write(folder.path().join("cases/år 1, a/fel%.yaml"), faulty()).expect("written");
    let accepted = faulty().replace("2026/1", "2026/2") + "godkänn:\n  nästan-nyckel: Rubriken är vår.\n";
    fs::write(folder.path().join("cases/b.yaml"), accepted).expect("written");
    fs::write(folder.path().join("cases/c.yaml"), b"titel: \xff").expect("written");
    folder
}

fn report(format: &str) -> String {
    let folder = cases();
    let run = tjut(&["check", "--format", format], folder.path());
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert_eq!(run.stdout, tjut(&["check", "--format", format], folder.path()).stdout);
    run.stdout
}

pub fn json(text: &str) -> Json {
    serde_json::from_str(text).expect("JSON")
}

/// What the report's own schema needs of JSON Schema; `schemas/validate` has all of it, in CI.
pub fn keeps_to(schema: &Json, root: &Json, value: &Json) {
    if let Some(name) = schema["$ref"].as_str() {
        return keeps_to(root.pointer(&name[1..]).expect("a definition"), root, value);
    }
    let may_be_nothing = schema["type"].as_array().is_some_and(|types| types.contains(&"null".into()));
    if value.is_null() && may_be_nothing {
        return;
    }
    if let Some(key) = schema["if"]["required"][0].as_str() {
        let branch = if value.get(key).is_some() { "then" } else { "else" };
        return keeps_to(&schema[branch], root, value);
    }
    for key in schema["required"].as_array().into_iter().flatten() {
        assert!(value.get(key.as_str().expect("a name")).is_some(), "{key} is missing in {value}");
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        match &schema["properties"][key] {
            Json::Null => {
                let closed = !schema["properties"].is_null() && schema["allOf"].is_null();
                assert!(!closed || key == "reason", "{key} is not documented")
            }
            described => keeps_to(described, root, inner),
        }
    }
    for inner in value.as_array().into_iter().flatten() {
        keeps_to(&schema["items"], root, inner);
    }
    for inner in schema["anyOf"].as_array().into_iter().flatten().filter(|_| !value.is_null()) {
        if inner["type"] != "null" {
            keeps_to(inner, root, value);
        }
    }
    for inner in schema["allOf"].as_array().into_iter().flatten() {
        keeps_to(inner, root, value);
    }
    let words = schema["enum"].as_array();
    assert!(words.is_none_or(|words| words.contains(value)), "{value}");
}

/// The characters of a text between two positions, as lines and columns count them.
fn between<'a>(text: &'a str, range: &Json) -> &'a str {
    let offset = |position: &Json| {
        let number = |key: &str| position[key].as_u64().expect("a number") as usize;
        let line: usize = text.split_inclusive('\n').take(number("line") - 1).map(str::len).sum();
        text[line..].char_indices().nth(number("column") - 1).map_or(text.len(), |(at, _)| line + at)
    };
    &text[offset(&range["start"])..offset(&range["end"])]
}

#[test]
fn json_keeps_to_its_schema_and_its_places_are_true() {
    let schema = json(&tjut(&["schema", "--rapport"], root()).stdout);
    let report = json(&report("json"));
    keeps_to(&schema, &schema, &report);
    let findings = report["findings"].as_array().expect("findings");
    let files: Vec<&str> = findings.iter().map(|found| found["file"].as_str().expect("a file")).collect();
    assert!(files.is_sorted(), "{files:?}");
    assert_eq!(report["files"].as_array().expect("files").len(), 4);
    let text = faulty();
    let marked = |code: &str| {
        let found = findings
            .iter()
            .find(|found| found["code"] == code && found["file"] == "cases/år 1, a/fel%.yaml")
            .unwrap_or_else(|| panic!("no {code}"));
        (between(&text, &found["range"]), found)
    };
    assert_eq!(marked("nyckel-versal").0, "Titel");
    assert_eq!(marked("nästan-nyckel").0, "Bakgrunden");
    let (character, found) = marked("tecken-saknas");
    assert_eq!(
        (character, &found["edit"]["safe"], &found["edit"]["replacement"]),
        ("\u{2060}", &true.into(), &"".into())
    );
    let (key, found) = marked("okänd-nyckel");
    assert_eq!(
        (key, &found["edit"]["safe"], &found["edit"]["replacement"]),
        ("sammanfatning", &false.into(), &"sammanfattning".into())
    );
    let accepted = report["accepted"].as_array().expect("accepted");
    assert_eq!(accepted.len(), 1);
    assert_eq!(
        (&accepted[0]["file"], &accepted[0]["reason"]),
        (&"cases/b.yaml".into(), &"Rubriken är vår.".into())
    );
}

#[test]
fn sarif_documents_its_rules() {
    let report = json(&report("sarif"));
    let run = &report["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    for result in results {
        let rule = &rules[result["ruleIndex"].as_u64().expect("an index") as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().is_some_and(|page| page.contains("## Varför")));
        assert!(rule["defaultConfiguration"]["level"].is_string());
    }
    let of = |rule: &str, file: &str| {
        results
            .iter()
            .find(|result| {
                let place = &result["locations"][0]["physicalLocation"];
                result["ruleId"] == rule && place["artifactLocation"]["uri"] == file
            })
            .unwrap_or_else(|| panic!("no {rule} in {file}"))
    };
    let file = "cases/%C3%A5r%201%2C%20a/fel%25.yaml";
    let place = &of("nästan-nyckel", file)["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    let region = &place["region"];
    assert_eq!(
        (&region["startLine"], &region["startColumn"], &region["endColumn"]),
        (&12.into(), &1.into(), &11.into())
    );
    let change = &of("okänd-nyckel", file)["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "sammanfattning");
    let accepted = of("nästan-nyckel", "cases/b.yaml");
    assert_eq!(accepted["suppressions"][0]["justification"], "Rubriken är vår.");
}

#[test]
fn github_shows_findings_at_their_lines() {
    let lines = report("github");
    let file = "file=cases/år 1%2C a/fel%25.yaml";
    assert!(
        lines.lines().all(|line| line.starts_with("::error ") || line.starts_with("::warning ")),
        "{lines}"
    );
    let warning = format!(
        "::warning {file},line=12,endLine=12,col=1,endColumn=11,title=nästan-nyckel::rubriken ”Bakgrunden” liknar"
    );
    assert!(lines.contains(&warning), "{lines}");
    assert!(lines.contains("::error file=cases/c.yaml,line=1,"), "{lines}");
}

#[test]
fn paths_count_from_the_workspace() {
    let folder = cases();
    let below = folder.path().join("cases");
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_tjut"))
        .args(["check", "./b.yaml", "--format", "github"])
        .current_dir(&below)
        .env("GITHUB_WORKSPACE", folder.path())
        .output()
        .expect("tjut starts");
    let lines = String::from_utf8(run.stdout).expect("UTF-8");
    assert!(lines.contains("file=cases/b.yaml,"), "{lines}");
}

#[test]
fn junit_has_a_test_for_each_case() {
    let report = report("junit");
    assert_eq!(report.matches("<testcase ").count(), 4, "{report}");
    assert_eq!(report.matches("<failure ").count(), 3, "{report}");
    assert!(report.contains("tests=\"4\" failures=\"3\""), "{report}");
    assert!(report.contains("name=\"cases/år 1, a/fel%.yaml\""), "{report}");
    assert!(
        report.contains(
            "<testcase classname=\"tjut.check\" name=\"cases/rätt.yaml\" file=\"cases/rätt.yaml\"/>"
        )
    );
    well_formed(&report);
}

/// Whether tags pair and text is escaped: all that JUnit's XML has.
fn well_formed(xml: &str) {
    let mut open = Vec::new();
    for piece in xml.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag ends");
        let entities = text.split('&').skip(1).chain(tag.split('&').skip(1));
        assert!(
            entities
                .into_iter()
                .all(|rest| ["amp;", "lt;", "gt;", "quot;"].iter().any(|name| rest.starts_with(name))),
            "{piece}"
        );
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        if tag.starts_with('?') || tag.ends_with('/') {
            continue;
        }
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name.to_owned())),
            None => open.push(tag.split(' ').next().unwrap_or_default().to_owned()),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn a_long_list_of_the_same_is_cut_and_says_so() {
    let folder = folder();
    fs::write(folder.path().join("a.yaml"), CASE.replace("En mening.", &"Ord  ord, ".repeat(20_000)))
        .expect("written");
    let report = json(&tjut(&["check", "a.yaml", "--format", "json"], folder.path()).stdout);
    let found = report["findings"].as_array().expect("findings");
    let same: Vec<&Json> = found.iter().filter(|found| found["code"] == "dubbelt-mellanslag").collect();
    assert_eq!(same.len(), 100);
    let last = same[99]["message"].as_str().expect("a message");
    assert!(last.ends_with("(och på 19900 ställen till i ärendet)"), "{last}");
}

#[test]
fn what_fails_is_chosen() {
    let folder = folder();
    let path = folder.path().join("a.yaml");
    fs::write(&path, format!("{CASE}Bakgrunden: |\n  En mening.\n")).expect("written");
    for (level, status) in [("fel", 0), ("varning", 1), ("råd", 1)] {
        assert_eq!(tjut(&["check", "a.yaml", "--deny", level], folder.path()).status, status, "{level}");
    }
    let run = tjut(&["check", "a.yaml", "--format", "junit"], folder.path());
    assert!(!run.stdout.contains("<failure") && run.stdout.contains("<system-out>"), "{}", run.stdout);
    let run = tjut(&["check", "a.yaml", "--format", "junit", "--deny", "varning"], folder.path());
    assert!(run.stdout.contains("<failure type=\"varning\""), "{}", run.stdout);
}

#[test]
fn an_acceptance_holds_for_the_words_it_names() {
    let folder = folder();
    let case = format!("{CASE}Bakgrunden: |\n  En mening.\nÄrendete: |\n  Till.\n");
    let with = |accepted: &str| format!("{case}godkänn:\n{accepted}");
    for (accepted, left) in [
        ("  nästan-nyckel: Våra rubriker.\n", 0),
        ("  - kod: nästan-nyckel\n    skäl: Vår rubrik.\n    text: Ärendete\n", 1),
        ("  - kod: nästan-nyckel\n    skäl: Vår rubrik.\n    text: En mening.\n", 3),
    ] {
        fs::write(folder.path().join("a.yaml"), with(accepted)).expect("written");
        let run = tjut(&["check", "a.yaml"], folder.path());
        assert_eq!(run.stderr.matches("varning[").count(), left, "{accepted}{}", run.stderr);
        assert_eq!(run.status, 0);
        // A build hears them too.
        let run = tjut(&["build", "a.yaml", "--to", "md"], folder.path());
        assert_eq!(run.stderr.matches("varning[").count(), left, "{accepted}{}", run.stderr);
    }
}

#[test]
fn a_profile_that_names_no_rule_is_refused() {
    let folder = folder();
    fs::create_dir_all(folder.path().join("egna/profiles")).expect("created");
    fs::write(folder.path().join("a.yaml"), CASE).expect("written");
    let profile = |rest: &str| format!("förvaltning: Vattenförvaltningen\n{rest}");
    for (rest, says) in [
        ("regler:\n  ingen-sådan: av\n", "profiles/vatten.yaml:3:3"),
        ("regler:\n  tom-text: råd\n", "”tom-text” är ingen granskningsregel"),
        ("regler:\n  tom-text: kanske\n", "”kanske” är inget av de värden som kan stå här"),
        ("gränser:\n  meningslängd: många\n", "här ska stå ett heltal"),
        ("gränser:\n  meningslängden: 30\n", "Menade du ”meningslängd”?"),
    ] {
        fs::write(folder.path().join("egna/profiles/vatten.yaml"), profile(rest)).expect("written");
        let run = tjut(&["check", "a.yaml", "--templates", "egna"], folder.path());
        assert_eq!(run.status, 2, "{rest}");
        assert!(run.stderr.contains(says), "{rest}{}", run.stderr);
    }
}

#[test]
fn every_code_is_explained() {
    let list = tjut(&["check", "--förklara"], root());
    assert_eq!(list.status, 0);
    for code in codes::ALL {
        assert!(code.page.starts_with(&format!("# {code}\n")), "{code}");
        assert!(list.stdout.lines().any(|line| line.split(' ').next() == Some(code.name)), "{code}");
    }
    for path in entries(&root().join("tests/errors")) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let code = name.split('.').next().unwrap_or_default();
        assert!(
            path.is_dir() || list.stdout.lines().any(|line| line.split(' ').next() == Some(code)),
            "{name}"
        );
    }
    // As a keyboard of another system writes it.
    let run = tjut(&["check", "--förklara", "[Okänd-Nyckel]"], root());
    assert!(run.stdout.starts_with("# okänd-nyckel\n"));
    let run = tjut(&["check", "--förklara", "dubel-nyckel"], root());
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("Menade du ”dubbel-nyckel”?"), "{}", run.stderr);
}
