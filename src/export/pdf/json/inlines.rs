//! Texts, with all that stands within a line.

use std::ops::Range;

use serde_json::{Value as Json, json};

use super::Writer;
use super::breaks::{Edges, adjoins, breakable};
use crate::compare::redline;
use crate::diagnostic::{Diagnostic, codes};
use crate::markdown::{Inline, InlineKind, Leaf, plain};

/// The most pieces of one text: words without end, links, emphasis. Each of its lines costs time for
/// each of its pieces.
const MOST_PIECES: usize = 20_000;

impl<'a> Writer<'a> {
    pub fn text(&mut self, inlines: &'a [Inline]) -> Vec<Json> {
        // A note within this text is a text of its own.
        let outer = std::mem::take(&mut self.pieces);
        let out = self.inlines(inlines, Edges::default());
        if self.pieces > MOST_PIECES
            && let Some(first) = inlines.first()
        {
            self.problems.push(
                Diagnostic::new(codes::FOR_STORT, "stycket har för många delar för en PDF")
                    .at(self.document.place(first.at.0.clone()))
                    .hint("Dela upp det i flera stycken, och korta mycket långa ord."),
            );
        }
        self.pieces = outer;
        out
    }

    fn inlines(&mut self, inlines: &'a [Inline], outer: Edges) -> Vec<Json> {
        let mut out = Vec::new();
        let mut rest = inlines;
        let mut before = outer.before;
        while let Some((inline, after)) = rest.split_first() {
            rest = after;
            let edges =
                Edges { before, after: after.first().map_or(outer.after, |next| adjoins(next, false)) };
            before = adjoins(inline, true);
            match &inline.kind {
                InlineKind::Text(text) => {
                    let pieces = breakable(text, edges);
                    let number = pieces.len();
                    let pieces = placed(self.number(Leaf::Inline(inline)), pieces);
                    // Those that go within one count too.
                    self.pieces += number - pieces.len();
                    out.extend(pieces);
                }
                InlineKind::Html(tag) => {
                    // What a comparison marks; other HTML was refused when the document was parsed.
                    let Some((name, end)) = redline::mark(tag, rest) else { continue };
                    out.push(json!({ "t": name, "c": self.inlines(&rest[..end], Edges::BOTH) }));
                    rest = &rest[end + 1..];
                }
                _ => {
                    out.extend(self.inline(inline, edges));
                    out.extend(self.address(inline));
                }
            }
        }
        self.pieces += out.len();
        out
    }

    fn inline(&mut self, inline: &'a Inline, edges: Edges) -> Option<Json> {
        Some(match &inline.kind {
            InlineKind::Text(text) => Json::String(text.to_string()),
            InlineKind::Emph(inlines) => json!({ "t": "emph", "c": self.inlines(inlines, edges) }),
            InlineKind::Strong(inlines) => json!({ "t": "strong", "c": self.inlines(inlines, edges) }),
            InlineKind::Code(text) => {
                let code = json!({ "t": "code", "text": text });
                return placed(self.number(Leaf::Inline(inline)), vec![code]).pop();
            }
            InlineKind::Link { url, inlines, .. } if url.starts_with('#') => {
                json!({ "t": "ref", "to": &url[1..], "c": self.inlines(inlines, edges) })
            }
            InlineKind::Link { url, inlines, .. } => {
                json!({ "t": "link", "url": url, "c": self.inlines(inlines, edges) })
            }
            InlineKind::Break => json!({ "t": "br" }),
            InlineKind::Note(label) => self.note(label)?,
            // A picture within a text, and HTML, were refused when the document was parsed.
            InlineKind::Image { .. } | InlineKind::Html(_) => return None,
        })
    }

    /// The note that holds the address of a link, where the profile wants one: not within a note, nor where the
    /// text says the address itself.
    fn address(&mut self, inline: &Inline) -> Option<Json> {
        let addresses = self.addresses.as_mut().filter(|_| !self.in_note)?;
        let InlineKind::Link { url, inlines, .. } = &inline.kind else { return None };
        let address = ["mailto:", "tel:"].into_iter().find_map(|way| url.strip_prefix(way)).unwrap_or(url);
        let bare =
            |text: &str| text.rsplit("://").next().unwrap_or_default().trim_end_matches('/').to_owned();
        if url.starts_with('#') || bare(address) == bare(&plain(inlines)) {
            return None;
        }
        *addresses += 1;
        // No label of the author's has a space.
        let id = format!("adress {addresses}");
        let text = breakable(address, Edges::default());
        Some(json!({ "t": "note", "id": id, "first": true, "c": [{ "t": "para", "c": text }] }))
    }

    fn note(&mut self, label: &'a str) -> Option<Json> {
        // Markdown takes a reference without a text for plain words, so the text is there.
        let blocks = self.notes.get(label).copied()?;
        if !self.cited.insert(label) {
            return Some(json!({ "t": "note", "id": label, "first": false }));
        }
        let outer = std::mem::replace(&mut self.in_note, true);
        let blocks = self.blocks(blocks);
        self.in_note = outer;
        Some(json!({ "t": "note", "id": label, "first": true, "c": blocks }))
    }

    pub fn picture(&mut self, url: &str, at: Range<usize>) -> String {
        let Some(bytes) = self.images.get(url) else {
            self.problems.push(
                Diagnostic::new(codes::BILD_SAKNAS, format!("bilden {url} finns inte"))
                    .at(self.document.place(at))
                    .hint("Lägg bilden i samma mapp som ärendet, eller rätta namnet."),
            );
            return String::new();
        };
        let ending = url.rsplit('.').next().unwrap_or_default().to_lowercase();
        let name = format!("/image-{}.{ending}", self.pictures.len());
        self.pictures.push((name.clone(), bytes.to_vec()));
        name
    }
}

/// Words within the number of their leaf. Without a kind, so that they are as long as they were.
pub fn placed(number: Option<usize>, words: Vec<Json>) -> Vec<Json> {
    match number {
        Some(number) if !words.is_empty() => vec![json!({ "nr": number, "c": words })],
        _ => words,
    }
}
