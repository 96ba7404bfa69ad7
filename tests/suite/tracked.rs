//! Tracked changes, to the letter: whoever accepts all has what a build of the new case gives, whoever rejects all that of
//! the old one, with styles, numbers, letters, notes, captions and what leads where.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use roxmltree::{Document as Tree, Node};
use tjut::compare::redline;
use tjut::export::compared::{Edition, compared};
use tjut::export::docx::{self, Author};
use tjut::export::{html, pdf};
use tjut::project::{Disk, Project};
use tjut::workshop::Workshop;

use super::expect::root;
use super::golden;
use super::step::Changes;
use super::word::{Parts, parts};

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Edits of the case that holds everything: a name, and what takes the place of what.
const EDITS: &[(&str, &[(&str, &str)])] = &[
    // A note whose first reference goes lives on at the next; one that came before gives the others new numbers.
    ("första hänvisningen borta", &[("En not,[^1] och", "En not, och")]),
    (
        "not före",
        &[
            ("Ett stycke & tecknen", "Nytt.[^ny] Ett stycke & tecknen"),
            (
                "  [^först]: Den första noten.",
                "  [^först]: Den första noten.\n\n  [^ny]: En ny not.\n\n      Med två stycken.",
            ),
        ],
    ),
    (
        "not flyttad",
        &[
            ("Med *kursiv*", "Den flyttade noten.[^först] Med *kursiv*"),
            (" Det har en not.[^först]\n\n  [^först]: Den första noten.\n", " Det har en not.\n"),
            ("  [^1]: Noten", "  [^först]: Den första noten.\n\n  [^1]: Noten"),
        ],
    ),
    (
        "not borta",
        &[
            ("En not,[^1] och samma not igen.[^1] En ny", "En not, och samma not igen. En ny"),
            ("\n  [^1]: Noten förklarar. Den har två meningar.\n", ""),
        ],
    ),
    ("tabell borta, noten kvar", &[(TABLE, "  Slut.[^n]\n\n"), ("  Slut.\n\n  [^n]", "  [^n]")]),
    // A note within a note.
    (
        "not i not",
        &[(
            "  [^1]: Noten förklarar. Den har två meningar.\n",
            "  [^1]: Noten förklarar.[^inre] Den har två meningar.\n\n  [^inre]: Den inre.\n",
        )],
    ),
    ("bildtext", &[("![En svart ruta](bild.svg \"Rutan\")", "![En röd ruta](bild.svg \"Röd\")")]),
    ("alternativtext", &[("![En svart ruta]", "![En helt svart ruta]")]),
    ("bildtext borta", &[(" \"Rutan\"", "")]),
    ("bild borta", &[("  ![En svart ruta](bild.svg \"Rutan\")\n\n", "")]),
    (
        "delpunkter",
        &[(
            "  - Utbildningsnämnden godkänner *förslaget*.\n",
            "  - |\n    Utbildningsnämnden godkänner *förslaget*:\n\n    - för år ett,\n    - för år två.\n",
        )],
    ),
    ("slag av lista", &[(LIST, "  1. Ett\n     1. Ett a\n        - Ett a ett\n     2. Ett b\n  2. Två\n")]),
    ("lista borta", &[("  Följande gäller:\n\n", ""), (LIST, "")]),
    ("lista utan ledtext", &[(LIST, "")]),
    ("punkt med två stycken", &[("  - Två\n", "  - Två\n  - Tre\n\n    Ett stycke under tre.\n")]),
    ("lista till stycken", &[("  4. Fyra\n  5. Fem\n", "  Fyra\n\n  Fem\n")]),
    ("annan början", &[("  4. Fyra\n  5. Fem\n", "  7. Fyra\n  8. Fem\n")]),
    ("annan justering", &[("| :-- | --: | :-: |", "| :-- | :-- | --: |")]),
    ("tabelltext borta", &[("  Tabell: Elever i två skolor.\n\n", "")]),
    ("rad först", &[("  | Norra |", "  | Mellersta | 1 | 2 % |\n  | Norra |")]),
    ("länk", &[("https://exempel.se/a?b=1&c=2", "https://exempel.se/ny")]),
    ("ord i länk", &[("[länk med *kursiv*]", "[ny länk med mer *kursiv* text]")]),
    ("länk borta", &[("[länk med *kursiv*](https://exempel.se/a?b=1&c=2)", "länk med kursiv")]),
    ("kolumn borta", &[(TABLE, TABLE_OF_TWO)]),
    // The letterhead.
    ("handläggare borta", &[("  - namn: Åsa Öberg\n", "")]),
    (
        "ingen handläggare",
        &[(
            "handläggare:\n  - namn: Maja Exempel\n    telefon: 08-508 00 000\n    e-post: maja.exempel@stockholm.se\n  - namn: Åsa Öberg\n",
            "",
        )],
    ),
    (
        "nummer och dag",
        &[("UTBF 2026/18", "UTBF 2026/19"), ("2026-03-02", "2026-03-03"), ("2026-03-26", "2026-04-02")],
    ),
    ("er beteckning", &[("datum: 2026-03-02\n", "er beteckning: KS 2026/3\ndatum: 2026-03-02\n")]),
    ("avdelning borta", &[("  avdelning: Grundskoleavdelningen\n", "")]),
    ("underrubrik borta", &[("underrubrik: Svar på skrivelse från Vega Prov (X)\n", "")]),
    // Another kind of document has other words, and other parts in its letterhead.
    ("2008", &[("mall: tjänsteutlåtande\n", "mall: tjänsteutlåtande-2008\n")]),
    (
        "skrivelse",
        &[
            ("mall: tjänsteutlåtande\n", "mall: tjänsteskrivelse\n"),
            ("förvaltningens synpunkter: |", "förvaltningens bedömning: |"),
        ],
    ),
    ("utkast", &[("titel: Allt som alla format håller", "titel: «Fyll i titeln»")]),
    ("kod", &[("  två rader\n", "  tre rader\n  mer\n")]),
    ("citat", &[("  >\n  > Och två stycken.\n", "")]),
    ("radbrytning borta", &[("En ny rad\\\n  bryts", "En ny rad bryts")]),
    ("rubrik", &[("  #### En nivå till", "  ### En nivå till")]),
    ("underskrift borta", &[("  - namn: Bo Prov\n    titel: Avdelningschef\n", "")]),
    ("bilaga borta", &[("  - Skrivelse om skolmaten\n", "")]),
];

const LIST: &str = "  - Ett\n    1. Ett a\n       - Ett a ett\n    2. Ett b\n  - Två\n";
const TABLE: &str = "  Tabell: Elever i två skolor.\n\n  | Skola | Elever | Andel |\n  | :-- | --: | :-: |\n  | Norra | 120 | 40 % |\n  | Södra[^n] | 180 | 60 % |\n\n";
const TABLE_OF_TWO: &str = "  Tabell: Elever i två skolor.\n\n  | Skola | Andel |\n  | :-- | :-: |\n  | Norra | 40 % |\n  | Södra[^n] | 60 % |\n\n";

/// Edits of the case in which everything stands in something else.
const DEEP: &[(&str, &[(&str, &str)])] = &[
    (
        "citat borta",
        &[(
            "     > Ett citat i punkten.\n     >\n     > - En lista i citatet\n     >\n     >   Ett stycke i den.\n     > - En punkt till\n\n",
            "",
        )],
    ),
    ("punkt i citat", &[("     > - En punkt till\n", "     > - En punkt till\n     > - En tredje\n")]),
    ("citat till stycke", &[("          > Citat i djupet.\n", "          Citat i djupet.\n")]),
    ("bildtext i djupet", &[("bild.svg \"Rutan i djupet\"", "bild.svg \"Ännu en ruta\"")]),
    ("bild utan text", &[("bild.svg \"Rutan\"", "bild.svg")]),
    ("tabelltext i djupet", &[("          Tabell: Tider i djupet.\n\n", "")]),
    ("tabelltext i citat", &[("  > Tabell: Tider i citatet.\n  >\n", "")]),
    ("kod i djupet", &[("          kod i djupet\n", "          annan kod\n")]),
    ("djup lista börjar annorstädes", &[("       4. Djupare\n", "       6. Djupare\n")]),
    ("djup lista utan nummer", &[("       4. Djupare\n\n", "       -  Djupare\n\n")]),
    ("citat i citat", &[("  > > Ett citat i citatet.\n", "  > Ett citat i citatet.\n")]),
    (
        "lista i citat",
        &[("  > 7. En numrerad punkt\n  > 8. En till\n", "  > - En numrerad punkt\n  > - En till\n")],
    ),
    (
        "länk i citat",
        &[(
            "*en [länk i lutande](https://exempel.se/citat) text*",
            "*en [länk i sakta lutande](https://exempel.se/citat) ny text*",
        )],
    ),
    ("lista i not", &[("      - En lista i noten\n", "      - En ny lista i noten\n      - En mellan\n")]),
    ("inre not borta", &[("[^lista-inre]\n\n  [^lista-inre]: En not i noten.\n", "\n")]),
    ("bild först borta", &[("  2. ![En ruta först](bild.svg)\n", "")]),
    (
        "kolumn till",
        &[(
            "  | En rad | Två |\n  | --- | --- |\n  | a | b |\n",
            "  | En rad | Två | Tre |\n  | --- | --- | --- |\n  | a | b | c |\n",
        )],
    ),
    (
        "bred tabell",
        &[
            (
                "  | Skola | Elever<br>totalt |",
                "  | Skola | 2020 | 2021 | 2022 | 2023 | 2024 | 2025 | Elever<br>totalt |",
            ),
            (
                "  | :-- | --: | :-: | --- |\n  | Real",
                "  | :-- | --: | --: | --: | --: | --: | --: | --: | :-: | --- |\n  | Real",
            ),
            (
                "skolan | 1 200 |",
                "skolan | 100 000 | 100 000 | 100 000 | 100 000 | 100 000 | 100 000 | 1 200 |",
            ),
            ("Södra skolan | 15 |", "Södra skolan | 1 | 2 | 3 | 4 | 5 | 6 | 15 |"),
            ("  | | 3 |", "  | | | | | | | | 3 |"),
        ],
    ),
];

#[test]
fn every_edit_accepted_is_the_new_document_and_rejected_the_old_to_the_letter() {
    all_both_ways("format", EDITS);
}

#[test]
fn what_stands_in_something_else_is_accepted_and_rejected_to_the_letter() {
    all_both_ways("djup", DEEP);
}

fn all_both_ways(folder: &str, edits: &[(&str, &[(&str, &str)])]) {
    let workshop = golden::workshop();
    let path = root().join("tests/golden").join(folder).join("case.yaml");
    let case = std::fs::read_to_string(&path).expect("a case");
    for (name, changes) in edits {
        let mut edited = case.clone();
        for (from, to) in *changes {
            assert!(edited.contains(from), "{name}: {from}");
            edited = edited.replacen(from, to, 1);
        }
        both_ways(name, &path, (&case, &edited), &workshop);
    }
}

/// A letter with sub-points, and bilagor that the text leads to.
const LETTER: &str = "\
mall: tjänsteskrivelse
titel: Nya öppettider på biblioteken
diarienummer: KFN 2026/41
datum: 2026-03-02
avsändare:
  kommun: Exempelstads kommun
  förvaltning: Kultur- och fritidsförvaltningen
handläggare:
  namn: Kim Exempel
  titel: Utredare

förslag till beslut:
  - |
    Nämnden godkänner öppettiderna:

    - för huvudbiblioteket, se bilaga 2,
    - för filialerna.
  - Nämnden ger förvaltningen i uppdrag att följa upp dem.

sammanfattning: |
  Biblioteken får längre öppettider, se bilaga 1. Kostnaden framgår av bilaga 2.

bakgrund: |
  Text.

underskrifter:
  - namn: [Eva Exempel, Bo Exempel]
    titel: Enhetschefer

bilagor:
  - Öppettider
  - Kostnader
";

/// The letter, where it could stand, and edits of it.
fn letter() -> (std::path::PathBuf, String, [(&'static str, &'static str); 3]) {
    let edits = [
        ("följa upp dem", "utvärdera dem"),
        ("    - för filialerna.\n", ""),
        ("  - Kostnader\n", "  - Samråd\n  - Kostnader\n"),
    ];
    (root().join("tests/golden/skrivelse/case.yaml"), LETTER.to_owned(), edits)
}

#[test]
fn letters_and_links_are_the_new_document_s_and_the_old_one_s() {
    let workshop = golden::workshop();
    let (path, old, edits) = letter();
    for (from, to) in edits {
        assert!(old.contains(from), "{from}");
        both_ways(from, &path, (&old, &old.replacen(from, to, 1)), &workshop);
    }
}

#[test]
fn a_comparison_that_is_printed_has_letters_and_leads_to_bilagor() {
    let workshop = golden::workshop();
    let (path, old, edits) = letter();
    for (from, to) in edits {
        for (old, new) in [(&old, &old.replacen(from, to, 1)), (&old.replacen(from, to, 1), &old)] {
            let side = |text: &String| {
                let project = Project::new(Disk, workshop.clone());
                project.open(&path, text.clone());
                (project.document(&path).expect("a document"), project.load(&path).images.clone())
            };
            let ((before, before_images), (after, images)) = (side(old), side(new));
            let comparison = compared(
                Edition { document: &before, images: &before_images },
                Edition { document: &after, images: &images },
                &workshop,
            );
            let page = redline::page(&after, &comparison, Vec::new());
            let page = html::html(&page, &workshop, &images, &[], false).expect("a page");
            let page = String::from_utf8_lossy(&page);
            assert_eq!(page.matches(" type=\"a\"").count(), 1, "{from}: {page}");
            assert!(page.contains("href=\"#bilaga-2\""), "{from}: {page}");
            assert_eq!(page.matches("id=\"bilaga-2\"").count(), 1, "{from}: {page}");
            // Typst refuses what leads nowhere.
            let document = redline::document(&after, &comparison, Vec::new());
            pdf::pdf(&document, &workshop, workshop.press(), &images).expect("a PDF");
        }
    }
}

/// One way and back.
fn both_ways(name: &str, path: &Path, (old, new): (&str, &str), workshop: &Arc<Workshop>) {
    for (from, to) in [(old, new), (new, old)] {
        let side = |text: &str| {
            let project = Project::new(Disk, workshop.clone()).draft(text.contains("«Fyll i"));
            project.open(path, text.to_owned());
            let document = project.document(path);
            let document = document.unwrap_or_else(|findings| panic!("{name}: {findings:#?}"));
            (document, project.load(path).images.clone())
        };
        let ((before, before_images), (after, after_images)) = (side(from), side(to));
        let old = Edition { document: &before, images: &before_images };
        let new = Edition { document: &after, images: &after_images };
        let author = Author { name: "Vega Prov".into(), date: "2026-03-02T00:00:00Z".into() };
        let made = parts(docx::tracked(old, new, workshop, &author).expect("a document"));
        are_signed(name, &made, &author);
        for (changes, edition) in [(Changes::Accepted, new), (Changes::Rejected, old)] {
            let built = docx::docx(edition.document, workshop, edition.images).expect("a document");
            let (ours, theirs) = (Reading::of(&made, changes), Reading::of(&parts(built), Changes::Accepted));
            let at = ours.iter().zip(&theirs).position(|(our, their)| our != their);
            if let Some(at) = at.or((ours.len() != theirs.len()).then_some(ours.len().min(theirs.len()))) {
                panic!(
                    "{name}, {changes:?}, line {at}:\ntracked {:?}\nbuilt   {:?}",
                    ours.get(at),
                    theirs.get(at)
                );
            }
        }
    }
}

/// Every change says who made it, and when; and no two changes, bookmarks or notes are one.
fn are_signed(name: &str, made: &Parts, author: &Author) {
    let changes = [
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "moveFromRangeStart",
        "moveToRangeStart",
        "pPrChange",
        "cellIns",
        "cellDel",
    ];
    let mut some = false;
    for part in ["word/document.xml", "word/footnotes.xml", "word/header1.xml"] {
        let tree = Tree::parse(&made[part]).expect("XML");
        let mut numbers = HashSet::new();
        for node in tree.descendants().filter(Node::is_element) {
            let kind = node.tag_name().name();
            if !changes.contains(&kind) && kind != "tblGridChange" && kind != "bookmarkStart" {
                continue;
            }
            let id = value(node, "id").expect("a number");
            assert!(numbers.insert(id.to_owned()), "{name}: {part} has {id} twice");
            if changes.contains(&kind) {
                some = true;
                assert_eq!(value(node, "author"), Some(author.name.as_str()), "{name}: {kind}");
                assert_eq!(value(node, "date"), Some(author.date.as_str()), "{name}: {kind}");
            }
        }
    }
    assert!(some, "{name} changes nothing");
}

// --- Reading ----------------------------------------------------------------------------------------

/// Reads a Word document as it is when its changes are accepted or rejected.
struct Reading<'t, 'i> {
    numbering: &'t Tree<'i>,
    links: HashMap<String, String>,
    changes: Changes,
    /// What a paragraph begins with: that of one before whose end is not there.
    open: String,
    /// The notes that were referred to, in order.
    cited: Vec<String>,
    counted: HashMap<(String, String), u64>,
    lines: Vec<String>,
}

fn child<'t, 'i>(node: Node<'t, 'i>, name: &str) -> Option<Node<'t, 'i>> {
    node.children().find(|node| node.has_tag_name((MAIN, name)))
}

fn value<'t>(node: Node<'t, '_>, name: &str) -> Option<&'t str> {
    node.attribute((MAIN, name))
}

impl Reading<'_, '_> {
    fn of(parts: &Parts, changes: Changes) -> Vec<String> {
        let tree = |name: &str| Tree::parse(&parts[name]).expect("XML");
        let (text, notes, numbering) =
            (tree("word/document.xml"), tree("word/footnotes.xml"), tree("word/numbering.xml"));
        let relations = tree("word/_rels/document.xml.rels");
        let links = relations.descendants().filter_map(|node| {
            Some((node.attribute("Id")?.to_owned(), node.attribute("Target")?.to_owned()))
        });
        let mut reading = Reading {
            numbering: &numbering,
            links: links.collect(),
            changes,
            open: String::new(),
            cited: Vec::new(),
            counted: HashMap::new(),
            lines: Vec::new(),
        };
        reading.blocks(tree("word/header1.xml").root_element());
        reading.blocks(child(text.root_element(), "body").expect("a body"));
        let mut at = 0;
        while at < reading.cited.len() {
            let id = reading.cited[at].clone();
            let note = notes.root_element().children().find(|node| value(*node, "id") == Some(&id));
            at += 1;
            reading.lines.push(format!("not {at}"));
            reading.blocks(note.expect("a note"));
        }
        reading.lines
    }

    fn blocks(&mut self, parent: Node) {
        for node in parent.children() {
            match node.tag_name().name() {
                "p" => self.paragraph(node),
                "tbl" => self.table(node),
                _ => {}
            }
        }
        let open = std::mem::take(&mut self.open);
        if !open.is_empty() {
            self.lines.push(format!("utan slut: {open}"));
        }
    }

    fn table(&mut self, table: Node) {
        for row in table.children().filter(|node| node.has_tag_name((MAIN, "tr"))) {
            let form = child(row, "trPr");
            if !self.keeps(form) {
                continue;
            }
            let is_head = form.is_some_and(|form| child(form, "tblHeader").is_some());
            self.lines.push(if is_head { "huvud".into() } else { "rad".into() });
            for cell in row.children().filter(|node| node.has_tag_name((MAIN, "tc"))) {
                if self.keeps(child(cell, "tcPr")) {
                    self.blocks(cell);
                }
            }
        }
    }

    /// Whether something is there whose properties are these.
    fn keeps(&self, form: Option<Node>) -> bool {
        form.is_none_or(|form| form.children().all(|mark| self.changes.has(mark.tag_name().name())))
    }

    fn paragraph(&mut self, paragraph: Node) {
        let form = child(paragraph, "pPr");
        let mut text = std::mem::take(&mut self.open);
        self.runs(paragraph, &mut text);
        if !self.keeps(form.and_then(|form| child(form, "rPr"))) {
            self.open = text;
            return;
        }
        let before = form.and_then(|form| child(form, "pPrChange")).and_then(|form| child(form, "pPr"));
        let form = if self.changes == Changes::Rejected { before.or(form) } else { form };
        let style = form.and_then(|form| child(form, "pStyle")).and_then(|style| value(style, "val"));
        let list = form.and_then(|form| child(form, "numPr")).map(|list| self.number(list));
        self.lines.push(format!("{} {}: {text}", style.unwrap_or("Normal"), list.unwrap_or_default()));
    }

    /// What stands before a point: its level, and its number or letter.
    fn number(&mut self, list: Node) -> String {
        let read = |name| child(list, name).and_then(|node| value(node, "val")).expect("a list").to_owned();
        let (level, id) = (read("ilvl"), read("numId"));
        let numbering = self.numbering.root_element();
        let by = |name: &str, attribute: &str, wanted: &str| {
            let mut all = numbering.children().filter(|node| node.has_tag_name((MAIN, name)));
            all.find(|node| value(*node, attribute) == Some(wanted)).expect("a list's form")
        };
        let list = by("num", "numId", &id);
        let form = child(list, "abstractNumId").and_then(|node| value(node, "val")).expect("a form");
        let kind = by("abstractNum", "abstractNumId", form).descendants();
        let kind =
            kind.filter(|node| node.has_tag_name((MAIN, "numFmt"))).find_map(|node| value(node, "val"));
        let start = list.descendants().find(|node| node.has_tag_name((MAIN, "startOverride")));
        let start = start.and_then(|start| value(start, "val")?.parse().ok()).unwrap_or(1);
        let counted = self.counted.entry((id, level.clone())).or_insert(start);
        let number = *counted;
        *counted += 1;
        match kind {
            Some("bullet") => format!("{level}•"),
            kind => format!("{level}{}{number}", kind.unwrap_or_default()),
        }
    }

    fn runs(&mut self, parent: Node, text: &mut String) {
        for node in parent.children() {
            let name = node.tag_name().name();
            match name {
                "ins" | "del" | "moveTo" | "moveFrom" if !self.changes.has(name) => {}
                "ins" | "del" | "moveTo" | "moveFrom" => self.runs(node, text),
                "hyperlink" => {
                    let target = node.attribute((RELATION, "id")).map(|id| self.links[id].clone());
                    let anchor = value(node, "anchor").map(|anchor| format!("#{anchor}"));
                    let mut held = String::new();
                    self.runs(node, &mut held);
                    let behind = format!("]({})", target.or(anchor).expect("a target"));
                    // One after another to the same place is one link.
                    match (text.strip_suffix(&behind).map(str::len), held.is_empty()) {
                        (_, true) => {}
                        (Some(end), _) => *text = format!("{}{held}{behind}", &text[..end]),
                        (None, _) => text.push_str(&format!("[{held}{behind}")),
                    }
                }
                "fldSimple" => {
                    let said: String = node
                        .descendants()
                        .filter_map(|node| node.text().filter(|_| node.is_text()))
                        .collect();
                    text.push_str(&format!("⟨{said}⟩"));
                }
                "r" => self.run(node, text),
                _ => {}
            }
        }
    }

    fn run(&mut self, run: Node, text: &mut String) {
        let style =
            child(run, "rPr").and_then(|form| child(form, "rStyle")).and_then(|style| value(style, "val"));
        let shown = style.filter(|style| !style.starts_with("Footnote") && !style.starts_with("Hyper"));
        for node in run.children() {
            match node.tag_name().name() {
                "t" | "delText" => match shown {
                    Some(style) => {
                        let behind = format!("}}{style}");
                        let said = node.text().unwrap_or_default();
                        match text.strip_suffix(&behind).map(str::len) {
                            Some(end) => *text = format!("{}{said}{behind}", &text[..end]),
                            None => text.push_str(&format!("{{{said}{behind}")),
                        }
                    }
                    None => text.push_str(node.text().unwrap_or_default()),
                },
                "br" => text.push('⏎'),
                "footnoteReference" => {
                    self.cited.extend(value(node, "id").map(str::to_owned));
                    text.push_str(&format!("[not {}]", self.cited.len()));
                }
                "footnoteRef" => text.push_str("[#]"),
                "fldChar" => text.push_str(match value(node, "fldCharType") {
                    Some("begin") => "⟨",
                    Some("end") => "⟩",
                    _ => "",
                }),
                "drawing" => {
                    let name = node.descendants().find(|node| node.tag_name().name() == "docPr");
                    let alt = name.and_then(|name| name.attribute("descr")).unwrap_or_default();
                    text.push_str(&format!("[bild {alt}]"));
                }
                _ => {}
            }
        }
    }
}
