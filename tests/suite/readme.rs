//! The READMEs: their case files are right, their tables are what the schema says, their links lead
//! somewhere, and every folder of the source stands in the table.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::cli::{folder, tjut};
use super::expect::{all, file, root};

const READMES: [&str; 7] = [
    "README.md",
    ".ci/README.md",
    ".readme/handbok.md",
    "benches/README.md",
    "cases/README.md",
    "src/README.md",
    "tests/README.md",
];

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
fn every_room_stands_in_the_table_in_the_order_of_the_data() {
    let readme = read("README.md");
    let listed = |line: &str| line.strip_prefix("| `")?.split_once("/` |").map(|(name, _)| name.to_owned());
    let listed: Vec<String> = readme.lines().filter_map(listed).collect();
    for entry in fs::read_dir(root().join("src")).expect("readable") {
        let entry = entry.expect("readable");
        let name = entry.file_name().into_string().expect("UTF-8");
        match name.strip_suffix(".rs") {
            // The doors of the library and of the program, and the build's own script.
            Some("lib" | "main" | "build") => {}
            Some(_) => assert!(readme.contains(&format!("`{name}`")), "src/{name} is not in the README"),
            None if entry.path().is_file() => {}
            None => assert!(listed.contains(&name), "src/{name}/ is not in the README's table"),
        }
    }
    let order: Vec<String> = super::rooms::rooms().into_iter().flatten().collect();
    let places: Vec<_> = listed.iter().map(|name| order.iter().position(|room| room == name)).collect();
    let (last, others) = places.split_last().expect("rooms");
    assert!(
        last.is_none() && listed.last().is_some_and(|name| name == "cli"),
        "the binary's own room comes last"
    );
    assert!(others.iter().all(Option::is_some) && others.is_sorted(), "{listed:?}");
}

#[test]
fn every_dependency_says_what_it_is_for() {
    let manifest = read("Cargo.toml");
    let tables = manifest
        .split("\n[")
        .filter(|table| table.lines().next().is_some_and(|name| name.ends_with("dependencies]")));
    let names: BTreeSet<&str> = tables
        .flat_map(|table| table.lines().skip(1))
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = ").map(|(name, _)| name))
        .collect();
    assert!(names.len() > 40, "{names:?}");
    let readme = read("src/README.md");
    let table = readme.split("| crate | for |").nth(1).expect("the table");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let cells = rows.map(|row| row.split('|').nth(1).expect("a cell"));
    let listed: BTreeSet<&str> = cells
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .filter(|name| !name.starts_with('='))
        .collect();
    assert_eq!(listed, names);
}

#[test]
fn the_workflows_are_read_by_their_services_parsers() {
    for name in ["seeds/projekt/github.yml", "seeds/projekt/gitlab.yml"] {
        let workflow: Json = serde_saphyr::from_str(&read(name)).expect("YAML");
        let text = workflow.to_string();
        for command in ["tjut check", "tjut build --kontrollera", "--rapport"] {
            assert!(text.contains(command), "{name} does not run {command}");
        }
    }
}
