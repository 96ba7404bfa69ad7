//! The READMEs: their case files are right, their tables are what the schema says, their links lead
//! somewhere, and every folder of the source stands in the table.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::cli::{folder, tjut};
use super::expect::{all, file, root};

const READMES: [&str; 4] = ["README.md", "cases/README.md", "benches/README.md", "tests/README.md"];

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).expect("readable")
}

#[test]
fn the_readmes_cases_have_no_errors() {
    let readme = read("cases/README.md");
    let cases: Vec<&str> = readme
        .split("\n```yaml\n")
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next())
        .filter(|block| block.lines().any(|line| line.starts_with("mall:")))
        .collect();
    assert!(cases.len() >= 2);
    let folder = folder();
    let write = |name: &str, text: &str| {
        let path = folder.path().join("cases").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, text).expect("written");
    };
    write("socialnamnden/remissvar.yaml", &read("tests/golden/utlatande/remissvar.yaml"));
    for (number, case) in cases.iter().enumerate() {
        write(&format!("readme/{number}.yaml"), case);
    }
    let run = tjut(&["check"], folder.path());
    assert_eq!(run.status, 0, "{}", run.stderr);
}

#[test]
fn the_tables_of_keys_are_what_the_schema_says() {
    let schema: Json = serde_json::from_str(&tjut(&["schema"], root()).stdout).expect("the schema is JSON");
    let name = "cases/README.md";
    let mut renewed = String::new();
    let mut tables = 0;
    let mut skipping = false;
    for line in read(name).lines() {
        skipping &= line != "<!-- /nycklar -->";
        if !skipping {
            renewed.push_str(line);
            renewed.push('\n');
        }
        if let Some(what) = line.strip_prefix("<!-- nycklar: ").and_then(|rest| rest.strip_suffix(" -->")) {
            renewed.push_str(&table(what, &schema));
            tables += 1;
            skipping = true;
        }
    }
    assert!(tables >= 2);
    all([file(&root().join(name), &renewed)]);
}

/// The keys of a kind, or of the value that a path of keys leads to.
fn table(what: &str, schema: &Json) -> String {
    let (names, properties, required) = match what.strip_prefix('/') {
        Some(path) => {
            let value = path.split('/').fold(schema, |value, key| &map(value)["properties"][key]);
            let properties = &map(value)["properties"];
            let names: Vec<&str> = properties.as_object().expect(what).keys().map(String::as_str).collect();
            (names, vec![properties], &map(value)["required"])
        }
        None => {
            let kinds = schema["allOf"].as_array().expect("kinds");
            let kind = kinds
                .iter()
                .find(|kind| kind["if"]["properties"]["mall"]["const"] == what)
                .expect("a kind of this name");
            let names = kind["then"]["propertyNames"]["anyOf"][0]["enum"].as_array().expect("keys");
            let names = names.iter().filter_map(Json::as_str).collect();
            (names, vec![&kind["then"]["properties"], &schema["properties"]], &kind["then"]["required"])
        }
    };
    let is_required = |name: &str| required.as_array().is_some_and(|all| all.iter().any(|key| key == name));
    let rows = names.iter().map(|name| {
        let description = properties.iter().find_map(|properties| properties[name]["description"].as_str());
        let required = if is_required(name) { "krävs" } else { "" };
        format!("| `{name}` | {} | {required} |\n", description.unwrap_or_default().replace('|', "\\|"))
    });
    format!("| nyckel | | |\n| --- | --- | --- |\n{}", rows.collect::<String>())
}

/// The map that a value can be, itself, in a list or beside a text.
fn map(schema: &Json) -> &Json {
    if schema.get("properties").is_some() {
        return schema;
    }
    let several = schema["oneOf"].as_array().into_iter().flatten();
    several.chain(schema.get("items")).map(map).find(|inner| !inner.is_null()).unwrap_or(&Json::Null)
}

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let mut links = 0;
    for readme in READMES {
        let text = prose(&read(readme));
        let folder = Path::new(readme).parent().expect("a folder");
        for target in targets(&text) {
            links += 1;
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file = if file.is_empty() { PathBuf::from(readme) } else { folder.join(file) };
            assert!(root().join(&file).exists(), "{readme} leads to {target}");
            if !anchor.is_empty() {
                let there = anchors(&fs::read_to_string(root().join(&file)).expect("a text"));
                assert!(there.contains(anchor), "{readme} leads to {target}, which has no such heading");
            }
        }
    }
    assert!(links > 20);
}

/// A text without its code.
fn prose(text: &str) -> String {
    let outside = text.split("```").step_by(2);
    outside.map(|text| text.split('`').step_by(2).collect::<String>()).collect()
}

/// Where the links and pictures of a text lead, but for those out on the web.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let pictures = text.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links.chain(pictures).filter(|target| !target.contains("://"))
}

/// The headings of a text as the web shows Markdown names them.
fn anchors(text: &str) -> BTreeSet<String> {
    let outside: String = text.split("```").step_by(2).collect();
    let headings = outside.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|line: &str| {
            let words = line.trim_start_matches('#').trim().to_lowercase();
            let kept = words.chars().filter(|sign| sign.is_alphanumeric() || " -_".contains(*sign));
            kept.map(|sign| if sign == ' ' { '-' } else { sign }).collect()
        })
        .collect()
}

#[test]
fn every_folder_of_the_source_stands_in_the_table() {
    let readme = read("README.md");
    for entry in fs::read_dir(root().join("src")).expect("readable") {
        let entry = entry.expect("readable");
        if entry.file_type().expect("known").is_dir() {
            let name = entry.file_name().into_string().expect("UTF-8");
            assert!(readme.contains(&format!("| `{name}/` |")), "src/{name}/ is not in the README's table");
        }
    }
    for line in readme.lines().filter(|line| line.starts_with("| `") && line.contains("/` |")) {
        let name = line.split('`').nth(1).expect("a name");
        assert!(root().join("src").join(name).exists(), "the README's table has src/{name}, which is gone");
    }
}

#[test]
fn the_workflows_are_read_by_their_services_parsers() {
    for name in ["seeds/projekt/github.yml", "seeds/projekt/gitlab.yml"] {
        let workflow: Json = serde_saphyr::from_str(&read(name)).expect("YAML");
        let text = workflow.to_string();
        for command in ["tjut check", "tjut build --check", "--report"] {
            assert!(text.contains(command), "{name} does not run {command}");
        }
    }
}
