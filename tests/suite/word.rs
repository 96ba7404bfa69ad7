//! A Word document that was begun elsewhere, filled.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use tjut::compare::{Version, compare};
use tjut::diagnostic::Diagnostic;
use tjut::document::Document;
use tjut::export::docx::{self, Author, Template};
use tjut::project::{Disk, Project};

use super::expect::{entries, root};
use super::golden;
use super::step::{Changes, of_word};

/// The parts of a package, by their names.
pub type Parts = BTreeMap<String, String>;

/// The parts of a package.
pub fn parts(bytes: Vec<u8>) -> Parts {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let names: Vec<String> = package.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let read = |name: String| {
        let mut bytes = Vec::new();
        package.by_name(&name).expect("there").read_to_end(&mut bytes).expect("readable");
        (name, String::from_utf8_lossy(&bytes).into_owned())
    };
    names.into_iter().map(read).collect()
}

fn filled(template: Vec<u8>) -> Result<(Vec<u8>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let workshop = golden::workshop();
    let (document, images) =
        golden::document(&root().join("tests/golden/format"), &workshop).expect("a right case");
    let template = Template { name: "mall.docx".into(), bytes: template };
    docx::fill(&document, &workshop, &images, &template)
}

#[test]
fn a_template_is_filled_at_its_places_and_nowhere_else() {
    let template = std::fs::read(root().join("tests/docx/mall.docx")).expect("a template");
    let (bytes, findings) = filled(template.clone()).expect("it has places");
    assert_eq!(findings, []);
    assert_eq!(bytes, filled(template.clone()).expect("again").0, "the same bytes every time");
    let (before, after) = (parts(template), parts(bytes));
    for (name, part) in &before {
        let grows = [
            "[Content_Types].xml",
            "word/document.xml",
            "word/numbering.xml",
            "word/_rels/document.xml.rels",
        ];
        assert_eq!(grows.contains(&name.as_str()), after[name] != *part, "{name}");
    }
    let text = &after["word/document.xml"];
    assert!(!text.contains("[Titel]") && text.contains("Allt som alla format håller"));
    // A fact looks as what it takes the place of, unless that was only a hint.
    assert!(text.contains(r#"<w:rStyle w:val="Stark"/></w:rPr><w:t xml:space="preserve">UTBF 2026/18<"#));
    assert!(text.contains(r#"<w:alias w:val="Nämnd"/>"#) && !text.contains("showingPlcHdr"));
    assert!(text.contains("Utbildningsnämnden</w:t></w:r></w:sdtContent>"));
    // The template's own styles are used by their names, its own text stays, and places keep their names.
    assert!(text.contains(r#"<w:pStyle w:val="Rubrik1"/>"#));
    for kept in ["Systemets egen punkt", "Systemets slut", r#"w:name="text""#, r#"w:name="_GoBack""#] {
        assert!(text.contains(kept), "{kept}");
    }
    // Its lists keep their numbers, ours come after them.
    let numbering = &after["word/numbering.xml"];
    assert!(numbering.contains(r#"<w:num w:numId="7">"#) && numbering.contains(r#"<w:num w:numId="8">"#));
    assert!(numbering.rfind("<w:abstractNum ") < numbering.find("<w:num "), "forms stand before lists");
}

#[test]
fn a_template_that_is_none_is_refused() {
    for bytes in [b"".to_vec(), b"PK\x03\x04".to_vec(), b"\xd0\xcf\x11\xe0".to_vec()] {
        let code = filled(bytes).expect_err("no document")[0].code.to_string();
        assert_eq!(code, "wordmall-oläslig");
    }
}

#[test]
fn accepting_all_tracked_changes_gives_the_new_document_and_rejecting_them_the_old() {
    let workshop = golden::workshop();
    let author = Author { name: "Vega Prov".into(), date: "2026-03-02T00:00:00Z".into() };
    let edits = entries(&root().join("tests/edits"));
    assert!(!edits.is_empty());
    for edit in edits {
        let project = Project::new(Disk, workshop.clone());
        let [old, new] = ["old.yaml", "new.yaml"].map(|name| edit.join(name));
        let document = |path| project.document(path).expect("a document");
        let (old_document, new_document) = (document(&old), document(&new));
        let [old_images, new_images] = [&old, &new].map(|path| project.load(path).images.clone());
        let mut images = old_images.clone();
        images.extend(new_images.clone());
        let tracked = |old: &Document, new: &Document| {
            let comparison = compare(Version::of(old), Version::of(new), workshop.abbreviations());
            docx::tracked(&comparison, (old, new), &workshop, &images, &author).expect("a document")
        };
        let made = tracked(&old_document, &new_document);
        let plain = |document, images| docx::docx(document, &workshop, images).expect("a document");
        for (changes, document, images) in
            [(Changes::Accepted, &old_document, &old_images), (Changes::Rejected, &new_document, &new_images)]
        {
            // What is not tracked is the same in both.
            let unchanged = of_word(tracked(document, document), changes);
            assert_eq!(unchanged, of_word(plain(document, images), changes), "{}", edit.display());
        }
        let accepted = of_word(made.clone(), Changes::Accepted);
        assert_eq!(
            accepted,
            of_word(plain(&new_document, &new_images), Changes::Accepted),
            "{}",
            edit.display()
        );
        let rejected = of_word(made.clone(), Changes::Rejected);
        assert_eq!(
            rejected,
            of_word(plain(&old_document, &old_images), Changes::Rejected),
            "{}",
            edit.display()
        );
        assert_eq!(made, tracked(&old_document, &new_document), "the same bytes every time");
        // A document that did not change has no change.
        let text = &parts(tracked(&new_document, &new_document))["word/document.xml"];
        for mark in ["<w:ins ", "<w:del ", "<w:moveTo ", "<w:moveFrom ", "<w:pPrChange "] {
            assert!(!text.contains(mark), "{}: {mark}", edit.display());
        }
    }
}

#[test]
fn what_did_not_change_is_tracked_as_it_is_written_to_the_space() {
    let workshop = golden::workshop();
    let project = Project::new(Disk, workshop.clone());
    let own = [root().join("tests/golden/format/case.yaml"), root().join("tests/golden/skrivelse/case.yaml")];
    let folders = entries(&root().join("cases")).into_iter().filter(|folder| folder.is_dir());
    let worked = folders
        .flat_map(|folder| entries(&folder))
        .filter(|file| file.extension().is_some_and(|end| end == "yaml"));
    for case in worked.chain(own) {
        let document = project.document(&case).expect("a document");
        let images = project.load(&case).images.clone();
        let comparison = compare(Version::of(&document), Version::of(&document), workshop.abbreviations());
        let both = (&*document, &*document);
        let tracked = docx::tracked(&comparison, both, &workshop, &images, &Author::default());
        let plain = docx::docx(&document, &workshop, &images);
        let exact = |bytes: Result<_, _>| styled(&parts(bytes.expect("a document")));
        let (tracked, plain) = (exact(tracked), exact(plain));
        for (one, other) in tracked.iter().zip(&plain) {
            assert_eq!(one, other, "{}", case.display());
        }
        assert_eq!(tracked.len(), plain.len(), "{}", case.display());
    }
}

/// The paragraphs of a document and its notes, each with its style, to the space.
fn styled(parts: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let mut paragraphs = Vec::new();
    for part in ["word/document.xml", "word/footnotes.xml"] {
        let tree = roxmltree::Document::parse(&parts[part]).expect("XML");
        for paragraph in tree.descendants().filter(|node| node.tag_name().name() == "p") {
            let style = paragraph.descendants().find(|node| node.tag_name().name() == "pStyle");
            let style = style.and_then(|style| style.attributes().next()).map_or("", |style| style.value());
            let texts = paragraph.descendants().filter_map(|node| match node.tag_name().name() {
                "t" => node.text(),
                "br" => Some("\n"),
                _ => None,
            });
            paragraphs.push((style.to_owned(), texts.collect()));
        }
    }
    paragraphs
}
