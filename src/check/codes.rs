//! Every code that a finding can have, with the page that explains it.
//!
//! A rule of the review brings its code along; all others stand here, and nowhere else is there
//! a list. The pages are `pages/KOD.md`: the code as a heading, then what, why, wrong and right.

use include_dir::{Dir, include_dir};

use super::rules;
use crate::diagnostic::Severity;

static PAGES: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/diagnostic/pages");

/// The four parts of every page, as their headings.
pub const PARTS: [&str; 4] = ["Vad", "Varför", "Fel", "Rätt"];

/// A code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The code itself, such as `dubbel-nyckel`.
    pub name: &'static str,
    /// How bad what has this code is, unless a profile says otherwise.
    pub severity: Severity,
    /// Whether a rule of the content review has it: then profiles may set it.
    pub rule: bool,
}

/// The codes that no rule has: what is wrong with files, keys, values, pictures, templates.
const FORM: &[(&str, Severity)] = &[
    ("alt-text-saknas", Severity::Error),
    ("bilaga-saknas", Severity::Error),
    ("bild-format", Severity::Error),
    ("bild-i-text", Severity::Error),
    ("bild-saknas", Severity::Error),
    ("bild-skadad", Severity::Warning),
    ("bild-typsnitt", Severity::Advice),
    ("bild-utanför", Severity::Error),
    ("datum-form", Severity::Error),
    ("diarienummer-form", Severity::Error),
    ("dubbel-nyckel", Severity::Error),
    ("ej-ifyllt", Severity::Error),
    ("fel-typ", Severity::Error),
    ("fil-finns", Severity::Error),
    ("fil-läses-inte", Severity::Error),
    ("fil-saknas", Severity::Error),
    ("fil-skrivs-inte", Severity::Error),
    ("fotnot-oanvänd", Severity::Error),
    ("fotnot-oläst", Severity::Warning),
    ("fotnot-plats", Severity::Error),
    ("fotnot-saknas", Severity::Warning),
    ("fotnot-tom", Severity::Error),
    ("för-djupt", Severity::Error),
    ("för-stort", Severity::Error),
    ("git-konflikt", Severity::Error),
    ("godkänns-inte", Severity::Error),
    ("huvud-fel", Severity::Error),
    ("huvud-saknas", Severity::Error),
    ("hänvisning-bild", Severity::Error),
    ("hänvisning-cirkel", Severity::Error),
    ("hänvisning-fel", Severity::Error),
    ("hänvisning-mall", Severity::Error),
    ("hänvisning-saknar", Severity::Error),
    ("hänvisning-saknas", Severity::Error),
    ("hänvisning-utanför", Severity::Error),
    ("indrag-som-kod", Severity::Warning),
    ("inga-ärenden", Severity::Error),
    ("ingen-pdf", Severity::Error),
    ("inget-ärende", Severity::Error),
    ("inte-utf8", Severity::Error),
    ("internt-fel", Severity::Error),
    ("kolon-saknas", Severity::Error),
    ("kommentar-i-text", Severity::Warning),
    ("kommentar-kvar", Severity::Warning),
    ("layout-saknas", Severity::Error),
    ("lista-oläst", Severity::Warning),
    ("listnummer", Severity::Warning),
    ("länk-oläst", Severity::Warning),
    ("länk-utan-mål", Severity::Error),
    ("länk-utanför", Severity::Error),
    ("mall-fel", Severity::Error),
    ("markdown-oläst", Severity::Warning),
    ("minne-skadat", Severity::Warning),
    ("märke-saknas", Severity::Error),
    ("nummer-före", Severity::Warning),
    ("nyckel-annan-mall", Severity::Error),
    ("nyckel-saknas", Severity::Error),
    ("nyckel-versal", Severity::Error),
    ("nästan-nyckel", Severity::Warning),
    ("okänd-avsändare", Severity::Warning),
    ("okänd-kod", Severity::Error),
    ("okänd-nyckel", Severity::Error),
    ("okänt-värde", Severity::Error),
    ("omöjligt-datum", Severity::Error),
    ("onödigt-godkännande", Severity::Warning),
    ("redan-markdown", Severity::Error),
    ("remiss-diarienummer", Severity::Error),
    ("remiss-motsägelse", Severity::Error),
    ("remiss-nämnd", Severity::Error),
    ("remiss-sammanträde", Severity::Error),
    ("remiss-två-svar", Severity::Error),
    ("remissinstans-dubbel", Severity::Error),
    ("reservation-dubbel", Severity::Error),
    ("reservation-oklar", Severity::Error),
    ("reservation-saknas", Severity::Error),
    ("reservation-tom", Severity::Error),
    ("rubrik-av-misstag", Severity::Warning),
    ("rubrik-i-lista", Severity::Error),
    ("rubriknivå", Severity::Error),
    ("rå-html", Severity::Error),
    ("samma-utdata", Severity::Error),
    ("sammandrag-namn", Severity::Warning),
    ("sammanträde-före-datum", Severity::Error),
    ("skäl-saknas", Severity::Warning),
    ("tabb-indrag", Severity::Error),
    ("tabell-cell-över", Severity::Error),
    ("tabell-oläst", Severity::Warning),
    ("tabell-rad-kort", Severity::Warning),
    ("tecken-saknas", Severity::Error),
    ("tecken-tolkade", Severity::Warning),
    ("text-försvinner", Severity::Error),
    ("titel-saknas", Severity::Error),
    ("tom-fil", Severity::Error),
    ("tom-punkt", Severity::Warning),
    ("tom-text", Severity::Error),
    ("typsnitt-skadat", Severity::Error),
    ("typsättning", Severity::Error),
    ("utan-ärende", Severity::Error),
    ("utdata-ändrad", Severity::Warning),
    ("utkastets-tecken", Severity::Warning),
    ("vikt-text", Severity::Warning),
    ("yaml-fel", Severity::Error),
];

/// Every code, sorted.
pub fn all() -> Vec<Code> {
    let form = FORM.iter().map(|&(name, severity)| Code { name, severity, rule: false });
    let rules = rules::all().map(|(name, severity)| Code { name, severity, rule: true });
    let mut codes: Vec<Code> = form.chain(rules).collect();
    codes.sort_by_key(|code| code.name);
    codes
}

/// The code of this name.
pub fn find(name: &str) -> Option<Code> {
    all().into_iter().find(|code| code.name == name)
}

impl Code {
    /// Whether a case may accept what has this code: anything but an error of form.
    pub fn can_be_accepted(&self) -> bool {
        self.rule || self.severity < Severity::Error
    }

    /// The page that explains it, in Markdown.
    pub fn page(&self) -> &'static str {
        let page = PAGES.get_file(format!("{}.md", self.name)).and_then(|file| file.contents_utf8());
        page.unwrap_or_default()
    }

    /// What it is about, in one sentence: the first of its page.
    pub fn summary(&self) -> String {
        let what = self.page().split_once("\n## Vad\n").map_or("", |(_, what)| what.trim_start());
        let paragraph = what.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        let end = paragraph.find(". ").map_or(paragraph.len(), |end| end + 1);
        paragraph[..end].trim().to_owned()
    }
}

/// The names of all pages, to compare with the codes.
#[cfg(test)]
fn page_names() -> Vec<String> {
    let names = PAGES.files().map(|file| file.path().to_string_lossy().trim_end_matches(".md").to_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_code_has_its_page_and_no_page_is_left_over() {
        let names: Vec<String> = all().iter().map(|code| code.name.to_owned()).collect();
        assert_eq!(names, page_names());
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "a code stands twice");
    }

    #[test]
    fn every_page_says_what_why_wrong_and_right() {
        for code in all() {
            let page = code.page();
            let mut lines = page.lines();
            assert_eq!(lines.next(), Some(format!("# {}", code.name).as_str()));
            let headings: Vec<&str> = lines.filter_map(|line| line.strip_prefix("## ")).collect();
            assert_eq!(headings, PARTS, "{}", code.name);
            for part in page.split("\n## ").skip(1) {
                let (heading, words) = part.split_once('\n').expect("something below the heading");
                assert!(words.trim().len() > 10, "{}: {heading} is empty", code.name);
                let example = heading == PARTS[2] || heading == PARTS[3];
                assert!(!example || words.contains("```"), "{}: {heading} has no example", code.name);
            }
            assert!(page.ends_with('\n') && !page.ends_with("\n\n"), "{}", code.name);
            let summary = code.summary();
            assert!(summary.ends_with('.') && summary.chars().count() > 10, "{}: {summary}", code.name);
        }
    }

    /// The string literals of the sources: what could be a code.
    fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).expect("readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() && !path.ends_with("tests") {
                sources(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("codes.rs") {
                let text = std::fs::read_to_string(&path).expect("readable");
                let shipped = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
                found.push((path.display().to_string(), shipped));
            }
        }
    }

    #[test]
    fn the_program_makes_no_finding_with_another_code() {
        let mut files = Vec::new();
        sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut files);
        let made = regex::Regex::new(
            r#"Diagnostic::(?:error|warning|advice|new)\(\s*(?:Severity::\w+,\s*)?"([^"]+)""#,
        )
        .expect("a pattern");
        let mut unknown = Vec::new();
        for (file, text) in &files {
            for code in made.captures_iter(text) {
                if find(&code[1]).is_none() {
                    unknown.push(format!("{file}: {}", &code[1]));
                }
            }
        }
        assert!(unknown.is_empty(), "not among the codes: {unknown:?}");
        let unused = FORM.iter().filter(|(name, _)| {
            let literal = format!("\"{name}\"");
            !files.iter().any(|(_, text)| text.contains(&literal))
        });
        assert_eq!(unused.collect::<Vec<_>>(), Vec::<&(&str, Severity)>::new(), "no finding has these");
    }
}
