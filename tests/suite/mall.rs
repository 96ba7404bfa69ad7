//! A meeting system's document, filled: nothing of its own goes, and what cannot be filled is said.

use std::io::{Cursor, Write};
use std::sync::Arc;

use tjut::diagnostic::Diagnostic;
use tjut::document::Document;
use tjut::export::Images;
use tjut::export::docx::{self, Template};
use tjut::project::{Disk, Project};

use super::expect::root;
use super::golden;
use super::word::{Parts, parts};

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const DOCUMENT: &str = "wordprocessingml.document.main+xml";

/// A template whose text is called so, of this type, with this body; and what stands in its header.
fn template_of(name: &str, kind: &str, body: &str, header: &str) -> Vec<u8> {
    let text = |root: &str, inner: &str| format!("<w:{root} xmlns:w=\"{MAIN}\">{inner}</w:{root}>");
    let kinds =
        [(name, kind), ("styles", "wordprocessingml.styles+xml"), ("header1", "wordprocessingml.header+xml")];
    let types: String = kinds
        .iter()
        .map(|(part, kind)| {
            let kind = WORD.replace("wordprocessingml", kind);
            format!("<Override PartName=\"/word/{part}.xml\" ContentType=\"{kind}\"/>")
        })
        .collect();
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |inner: String| format!("<Relationships xmlns=\"{RELATIONS}\">{inner}</Relationships>");
    let normal = "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>";
    let own = relation("rId1", "styles", "styles.xml") + &relation("rId2", "header", "header1.xml");
    let all = [
        (
            "[Content_Types].xml".to_owned(),
            format!(
                "<Types xmlns=\"{TYPES}\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>{types}</Types>"
            ),
        ),
        (
            "_rels/.rels".to_owned(),
            relations(relation("rId1", "officeDocument", &format!("word/{name}.xml"))),
        ),
        (format!("word/{name}.xml"), text("document", &format!("<w:body>{body}</w:body>"))),
        (format!("word/_rels/{name}.xml.rels"), relations(own)),
        ("word/styles.xml".to_owned(), text("styles", normal)),
        ("word/header1.xml".to_owned(), text("hdr", header)),
        ("custom/eget.xml".to_owned(), "<eget/>".to_owned()),
    ];
    let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in all {
        package.start_file(name, zip::write::SimpleFileOptions::default()).expect("begun");
        package.write_all(text.as_bytes()).expect("written");
    }
    package.finish().expect("a package").into_inner()
}

fn template(body: &str) -> Vec<u8> {
    template_of("document", DOCUMENT, body, "<w:p/>")
}

fn case(draft: bool) -> (Arc<Document>, Images) {
    let path = root().join("tests/golden/format/case.yaml");
    let project = Project::new(Disk, golden::workshop()).draft(draft);
    (project.document(&path).expect("a document"), project.load(&path).images.clone())
}

type Filled = Result<(Parts, Vec<Diagnostic>), Vec<Diagnostic>>;

fn filled_by(template: Vec<u8>, draft: bool) -> Filled {
    let (document, images) = case(draft);
    let template = Template { name: "mall.docx".into(), bytes: template };
    let filled = docx::fill(&document, &golden::workshop(), &images, &template);
    filled.map(|(bytes, findings)| (parts(bytes), findings))
}

/// The text of a filled template.
fn text_of(body: &str) -> String {
    let (parts, _) = filled_by(template(body), false).expect("it has places");
    assert_eq!(parts["custom/eget.xml"], "<eget/>");
    let text = parts["word/document.xml"].clone();
    roxmltree::Document::parse(&text).expect("XML");
    text
}

fn refused(template: Vec<u8>) -> Diagnostic {
    filled_by(template, false).map(|(_, findings)| findings).expect_err("refused").remove(0)
}

fn mark(id: usize, name: &str, inner: &str) -> String {
    format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{inner}<w:bookmarkEnd w:id=\"{id}\"/>")
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

fn control(name: &str, content: &str) -> String {
    format!(
        "<w:sdt><w:sdtPr><w:alias w:val=\"{name}\"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )
}

#[test]
fn words_beside_a_place_stay() {
    let form = "<w:pPr><w:jc w:val=\"center\"/></w:pPr>";
    let body = format!(
        "<w:p>{form}{}{}{}{}</w:p><w:p>{}</w:p>",
        run("Före "),
        mark(3, "annat", ""),
        mark(1, "text", &run("HÄR")),
        run(" efter"),
        run("Sist")
    );
    let text = text_of(&body);
    let places = ["Före ", "w:name=\"annat\"", "w:name=\"text\"", "Den första noten", " efter", "Sist"];
    let found: Vec<Option<usize>> =
        places[..3].iter().chain(&places[4..]).map(|what| text.find(what)).collect();
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{found:?} in {text}");
    assert!(!text.contains("HÄR"));
    assert!(
        text.contains(&format!("<w:p>{form}{}", run("Före ")))
            && text.contains(&format!("<w:p>{form}{}", run(" efter")))
    );
}

#[test]
fn a_place_over_several_paragraphs_is_one_place() {
    let start = "<w:bookmarkStart w:id=\"1\" w:name=\"NAME\"/>";
    let end = "<w:bookmarkEnd w:id=\"1\"/>";
    let body = format!(
        "<w:p>{}{start}{}</w:p><w:p>{}{end}{}</w:p><w:p>{}</w:p>",
        run("Start "),
        run("ett"),
        run("två"),
        run(" slut"),
        mark(2, "dnr", "")
    );
    for name in ["text", "titel"] {
        let text = text_of(&body.replace("NAME", name));
        assert!(
            text.contains("Start ")
                && text.contains(" slut")
                && !text.contains(">ett<")
                && !text.contains(">två<")
        );
    }
}

#[test]
fn the_end_of_a_section_stays() {
    let section = "<w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/></w:sectPr>";
    let body = format!(
        "<w:p><w:pPr>{section}</w:pPr>{}</w:p><w:p>{}</w:p><w:sectPr/>",
        mark(1, "text", &run("HÄR")),
        run("Liggande")
    );
    let text = text_of(&body);
    assert_eq!(text.matches(section).count(), 1);
    assert!(text.find(section) < text.find("Liggande") && text.find("w:bookmarkEnd") < text.find(section));
    // One that would go along with a place keeps the place from being filled.
    let within = control("text", &format!("<w:p><w:pPr>{section}</w:pPr></w:p><w:p/>"));
    assert_eq!(refused(template(&within)).code.to_string(), "wordmall-plats");
}

#[test]
fn a_control_around_a_cell_is_filled_and_one_around_a_row_is_not() {
    let cell = |text: &str| {
        format!("<w:tc><w:tcPr><w:tcW w:w=\"100\" w:type=\"dxa\"/></w:tcPr><w:p>{}</w:p></w:tc>", run(text))
    };
    let row = |cells: &str| format!("<w:tbl><w:tblPr/><w:tblGrid/>{cells}</w:tbl>");
    let text = text_of(&row(&format!("<w:tr>{}{}</w:tr>", cell("Dnr"), control("dnr", &cell("[nr]")))));
    assert!(text.contains("<w:sdtContent><w:tc><w:tcPr><w:tcW w:w=\"100\" w:type=\"dxa\"/></w:tcPr><w:p><w:r><w:t xml:space=\"preserve\">UTBF 2026/18</w:t></w:r></w:p></w:tc></w:sdtContent>"), "{text}");
    let text = text_of(&row(&format!("<w:tr>{}</w:tr>", control("text", &cell("[allt]")))));
    assert!(!text.contains("[allt]") && text.contains("</w:tc></w:sdtContent>"));
    let finding =
        refused(template(&row(&control("titel", &format!("<w:tr>{}{}</w:tr>", cell("a"), cell("b"))))));
    assert_eq!(finding.code.to_string(), "wordmall-plats");
    assert!(finding.message.contains("tabellrad"), "{}", finding.message);
}

#[test]
fn a_place_that_begins_within_a_link_and_ends_outside_is_refused() {
    let body = format!(
        "<w:p><w:hyperlink w:anchor=\"a\"><w:bookmarkStart w:id=\"1\" w:name=\"titel\"/>{}</w:hyperlink>{}<w:bookmarkEnd w:id=\"1\"/></w:p>",
        run("a"),
        run("b")
    );
    assert_eq!(refused(template(&body)).code.to_string(), "wordmall-plats");
}

#[test]
fn styles_that_word_keeps_for_itself_come_along_when_they_are_used() {
    let (parts, _) =
        filled_by(template(&format!("<w:p>{}</w:p>", mark(1, "text", ""))), false).expect("filled");
    let (text, styles) = (&parts["word/document.xml"], &parts["word/styles.xml"]);
    let tree = roxmltree::Document::parse(text).expect("XML");
    let used = tree
        .descendants()
        .filter(|node| node.tag_name().name().ends_with("Style") && node.tag_name().name() != "tblStyle");
    let mut count = 0;
    for node in used {
        let id = node.attributes().next().expect("an identifier").value();
        assert!(styles.contains(&format!("w:styleId=\"{id}\"")), "{id}");
        count += 1;
    }
    assert!(count > 10 && text.contains("<w:pStyle w:val=\"Heading1\"/>"), "{count}");
    assert!(
        !styles.contains("Signature\"/><w:basedOn w:val=\"Heading")
            && styles.matches("w:default=\"1\"").count() <= 3
    );
    // What is not used stays Word's.
    assert!(!styles.contains("List Number 5"));
}

#[test]
fn a_place_in_the_head_of_the_page_is_filled() {
    let header = format!("<w:p>{}{}</w:p>", run("Dnr "), mark(1, "dnr", &run("[nr]")));
    let body = format!("<w:p>{}</w:p>", mark(2, "text", ""));
    let (parts, _) = filled_by(template_of("document", DOCUMENT, &body, &header), false).expect("filled");
    let header = &parts["word/header1.xml"];
    assert!(
        header.contains("Dnr ") && header.contains("UTBF 2026/18") && !header.contains("[nr]"),
        "{header}"
    );
}

#[test]
fn the_text_may_be_called_anything() {
    let body = format!("<w:p>{}</w:p>", mark(1, "text", ""));
    let (parts, _) = filled_by(template_of("document2", DOCUMENT, &body, "<w:p/>"), false).expect("filled");
    assert!(parts["word/document2.xml"].contains("Heading1"));
    assert!(
        parts["word/_rels/document2.xml.rels"].contains("footnotes.xml")
            && !parts.contains_key("word/document.xml")
    );
}

#[test]
fn what_is_filled_is_a_document_and_holds_no_macros() {
    let body = format!("<w:p>{}</w:p>", mark(1, "text", ""));
    let begun = template_of("document", "wordprocessingml.template.main+xml", &body, "<w:p/>");
    let (parts, _) = filled_by(begun, false).expect("filled");
    let types = &parts["[Content_Types].xml"];
    assert!(types.contains(DOCUMENT) && !types.contains("template.main"), "{types}");
    let finding = refused(template_of("document", "ms-word.document.macroEnabled.main+xml", &body, "<w:p/>"));
    assert!(
        finding.code.to_string() == "wordmall-oläslig" && finding.message.contains("makron"),
        "{}",
        finding.message
    );
}

#[test]
fn a_control_for_a_day_holds_the_day() {
    let day = "<w:sdt><w:sdtPr><w:alias w:val=\"Datum\"/><w:date w:fullDate=\"2020-01-01T00:00:00Z\"/></w:sdtPr><w:sdtContent><w:r><w:t>2020-01-01</w:t></w:r></w:sdtContent></w:sdt>";
    let text = text_of(&format!("<w:p>{day}</w:p>"));
    assert!(text.contains("w:fullDate=\"2026-03-02T00:00:00Z\"") && !text.contains("2020"), "{text}");
}

#[test]
fn a_draft_says_that_it_is_one() {
    let own = format!("<w:p>{}</w:p><w:p>{}</w:p>", mark(1, "utkast", &run("[utkast]")), mark(2, "text", ""));
    let text =
        |template: Vec<u8>, draft| filled_by(template, draft).expect("filled").0["word/document.xml"].clone();
    assert_eq!(text(template(&own), true).matches("UTKAST").count(), 1);
    let finished = text(template(&own), false);
    assert!(!finished.contains("UTKAST") && !finished.contains("[utkast]"));
    // Without a place of its own it stands over the text, and where there is none, that is said.
    let without = template(&format!("<w:p>{}</w:p>", mark(2, "text", "")));
    assert_eq!(text(without, true).matches("UTKAST").count(), 1);
    let only_title = template(&format!("<w:p>{}</w:p>", mark(2, "titel", "")));
    let (_, findings) = filled_by(only_title, true).expect("filled");
    assert!(findings.iter().any(|finding| finding.message.contains("utkast")), "{findings:?}");
}

#[test]
fn of_many_names_the_nearest_are_told() {
    let many: String = (0..2_000).map(|id| mark(id, &format!("plats{id}"), "")).collect();
    let finding = refused(template(&format!("<w:p>{many}{}</w:p>", mark(2_000, "tittel", ""))));
    let hint = finding.hint.as_deref().unwrap_or_default();
    assert!(hint.contains("tittel") && hint.contains("och 1996 till") && hint.len() < 400, "{hint}");
}
