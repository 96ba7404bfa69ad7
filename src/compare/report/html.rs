//! The redline as a page: the list, and both documents as one with `<ins>` and `<del>`.

use super::{Compared, WORDS, position, side};
use crate::markdown::{Align, Block, BlockKind, Inline, InlineKind};

const STYLE: &str = "body{font:1rem/1.5 serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}\
h1,h2,h3{font-family:sans-serif;line-height:1.25}\
del{text-decoration:line-through;color:#8a0000}ins{text-decoration:underline double;color:#00531f}\
.jämförelse{border:2px solid;padding:.5rem 1rem;font-family:sans-serif}\
table{border-collapse:collapse}td,th{border:1px solid #767676;padding:.2rem .5rem;text-align:left;vertical-align:top}\
@media(prefers-color-scheme:dark){body{color:#eee;background:#111}del{color:#ff9c9c}ins{color:#8fe0a8}}";

/// A page that needs nothing else.
pub fn html(file: &Compared, title: &str, body: &[Block]) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"sv\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <title>Jämförelse: {0}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <p class=\"jämförelse\">Jämförelse, inte handlingen. Det som utgår står som [utgår: …], det nya som [nytt: …].</p>\n\
         <h1>Ändringar i {0}</h1>\n",
        escaped(title)
    );
    for (weight, told) in file.by_weight() {
        out.push_str(&format!("<h2>{}</h2>\n<ul>\n", weight.heading()));
        for told in told {
            out.push_str(&format!("<li>{}.", escaped(&told.change.message)));
            if let Some(place) = told.places.first().and_then(|both| both.new.as_ref().or(both.old.as_ref()))
            {
                out.push_str(&format!(" <code>{}</code>", escaped(&position(place))));
            }
            for (said, is_old) in [("före", true), ("efter", false)] {
                let text = side(&told.change.text, is_old, &WORDS);
                if !text.is_empty() {
                    out.push_str(&format!("<br>{said}: {}", escaped(&text)));
                }
            }
            if let Some(remark) = &told.change.remark {
                out.push_str(&format!("<br>{}.", escaped(remark)));
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n");
    }
    out.push_str("<hr>\n");
    blocks(body, &mut out);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn blocks(blocks: &[Block], out: &mut String) {
    for block in blocks {
        one(block, out);
    }
}

fn one(block: &Block, out: &mut String) {
    match &block.kind {
        BlockKind::Heading { level, inlines } => wrapped(&format!("h{level}"), inlines, out),
        BlockKind::Paragraph(inlines) => wrapped("p", inlines, out),
        BlockKind::List { start, items, .. } => {
            let (open, close) = match start {
                Some(start) => (format!("<ol start=\"{start}\">\n"), "</ol>\n"),
                None => ("<ul>\n".to_owned(), "</ul>\n"),
            };
            out.push_str(&open);
            for item in items {
                out.push_str("<li>");
                blocks(item, out);
                out.push_str("</li>\n");
            }
            out.push_str(close);
        }
        BlockKind::Quote(body) => {
            out.push_str("<blockquote>\n");
            blocks(body, out);
            out.push_str("</blockquote>\n");
        }
        BlockKind::Table { align, head, rows } => table(align, head, rows, out),
        BlockKind::Code(code) => out.push_str(&format!("<pre><code>{}</code></pre>\n", escaped(code))),
        BlockKind::Rule => out.push_str("<hr>\n"),
        BlockKind::Footnote { label, blocks: body } => {
            let label = escaped(label);
            out.push_str(&format!("<aside id=\"fn-{label}\" aria-label=\"Fotnot {label}\">\n"));
            blocks(body, out);
            out.push_str("</aside>\n");
        }
        BlockKind::Part { blocks: body, .. } => blocks(body, out),
        BlockKind::Html(_) => {}
    }
}

fn table(align: &[Align], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], out: &mut String) {
    let row = |tag: &str, cells: &[Vec<Inline>], out: &mut String| {
        out.push_str("<tr>");
        for (cell, align) in cells.iter().zip(align) {
            let style = if *align == Align::Right { " style=\"text-align:right\"" } else { "" };
            let scope = if tag == "th" { " scope=\"col\"" } else { "" };
            out.push_str(&format!("<{tag}{scope}{style}>"));
            inlines(cell, out);
            out.push_str(&format!("</{tag}>"));
        }
        out.push_str("</tr>\n");
    };
    out.push_str("<table>\n<thead>\n");
    row("th", head, out);
    out.push_str("</thead>\n<tbody>\n");
    rows.iter().for_each(|cells| row("td", cells, out));
    out.push_str("</tbody>\n</table>\n");
}

fn wrapped(tag: &str, text: &[Inline], out: &mut String) {
    out.push_str(&format!("<{tag}>"));
    inlines(text, out);
    out.push_str(&format!("</{tag}>\n"));
}

fn inlines(text: &[Inline], out: &mut String) {
    for inline in text {
        match &inline.kind {
            InlineKind::Text(text) => out.push_str(&escaped(text)),
            InlineKind::Emph(inner) => {
                out.push_str("<em>");
                inlines(inner, out);
                out.push_str("</em>");
            }
            InlineKind::Strong(inner) => {
                out.push_str("<strong>");
                inlines(inner, out);
                out.push_str("</strong>");
            }
            InlineKind::Code(code) => out.push_str(&format!("<code>{}</code>", escaped(code))),
            InlineKind::Link { url, inlines: inner, .. } => {
                out.push_str(&format!("<a href=\"{}\">", escaped(url)));
                inlines(inner, out);
                out.push_str("</a>");
            }
            InlineKind::Image { alt, .. } => out.push_str(&format!("<span>[bild: {}]</span>", escaped(alt))),
            InlineKind::Break => out.push_str("<br>"),
            InlineKind::Note(label) => {
                let label = escaped(label);
                out.push_str(&format!(
                    "<sup><a href=\"#fn-{label}\" aria-label=\"Fotnot {label}\">{label}</a></sup>"
                ));
            }
            // The redline's own marks, and nobody else's.
            InlineKind::Html(tag) if ["<ins>", "</ins>", "<del>", "</del>"].contains(&tag.as_str()) => {
                out.push_str(tag);
            }
            InlineKind::Html(_) => {}
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
