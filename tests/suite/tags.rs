//! The tag tree of a PDF as text: what a screen reader walks through.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};

/// The tree, a line a tag, with alternative texts; runs of equal leaves are counted.
pub fn tree(bytes: &[u8]) -> String {
    let pdf = Pdf::new(bytes.to_vec()).expect("tjut writes PDF");
    let catalog: Dict = pdf.xref().get(pdf.xref().root_id()).expect("a catalog");
    let root: Dict = catalog.get(b"StructTreeRoot").expect("a tag tree");
    let mut lines = Vec::new();
    children(&root, 0, &mut lines);
    fold(&lines)
}

fn children(tag: &Dict, depth: usize, lines: &mut Vec<String>) {
    if let Some(child) = tag.get::<Dict>(b"K") {
        element(&child, depth, lines);
    } else if let Some(kids) = tag.get::<Array>(b"K") {
        for kid in kids.iter::<Object>() {
            if let Object::Dict(child) = kid {
                element(&child, depth, lines);
            }
        }
    }
}

fn element(tag: &Dict, depth: usize, lines: &mut Vec<String>) {
    // Marked content and annotations are leaves without a name.
    let Some(name) = tag.get::<Name>(b"S") else { return };
    let mut line = format!("{}{}", "  ".repeat(depth), name.as_str());
    if name.as_str() == "TH" && names_row(tag) {
        line.push_str(" row");
    }
    if let Some(alt) = tag.get::<PdfString>(b"Alt") {
        line.push_str(&format!(" alt=\"{}\"", text(&alt)));
    }
    lines.push(line);
    children(tag, depth + 1, lines);
}

/// Whether a head is that of its row.
fn names_row(tag: &Dict) -> bool {
    let of_row =
        |attributes: Dict| attributes.get::<Name>(b"Scope").is_some_and(|scope| scope.as_str() == "Row");
    tag.get::<Dict>(b"A").is_some_and(of_row)
        || tag.get::<Array>(b"A").is_some_and(|all| {
            all.iter::<Object>()
                .any(|one| matches!(one, Object::Dict(attributes) if of_row(attributes.clone())))
        })
}

/// A PDF text: UTF-16 with a mark, or Latin-1.
fn text(string: &PdfString) -> String {
    let bytes = string.as_bytes();
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(rest) => {
            let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect()
        }
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

fn fold(lines: &[String]) -> String {
    let mut out = String::new();
    for run in lines.chunk_by(|a, b| a == b) {
        out.push_str(&run[0]);
        if run.len() > 1 {
            out.push_str(&format!(" ×{}", run.len()));
        }
        out.push('\n');
    }
    out
}
