//! The places of a template, by the names of its bookmarks and content controls, and what a
//! document has for each.

use std::ops::Range;

use roxmltree::{Document as Tree, Node};

use super::MAIN;
use super::fill::block_of;
use crate::diagnostic::{Diagnostic, codes};
use crate::document::Document;
use crate::export::ascii_slug;
use crate::export::headings::Headings;
use crate::export::letterhead::Letterhead;
use crate::export::outline::{Decision, SIGNATURES, heading_of, section_end};
use crate::language::swedish::without_number;
use crate::markdown::{Block, BlockKind, plain};

/// A place in a template's text.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Its name, as the template's author wrote it.
    pub name: String,
    /// What stands there now.
    pub inside: Range<usize>,
    /// Whether blocks stand there, and not runs.
    pub holds_blocks: bool,
    /// Of a bookmark: the whole paragraphs that blocks take the place of, and its two ends.
    pub paragraph: Option<(Range<usize>, String, String)>,
    /// What else goes when the place is filled.
    pub clears: Vec<Range<usize>>,
}

/// What a document has for a place.
pub enum Value<'a> {
    /// One line.
    Line(String),
    /// Whole blocks.
    Blocks(Vec<&'a [Block]>),
}

/// Something that a document has, under the names that it goes by.
pub struct Offer<'a> {
    names: Vec<String>,
    value: Value<'a>,
    /// What is said when it has no place; nothing for what a template need not show.
    missed: Option<String>,
}

/// The names of the place that all the text goes to which has none of its own.
const EVERYTHING: &[&str] = &["text", "innehall", "brodtext", "tjut"];

/// The places of a template, in the order of its text.
pub fn of(tree: &Tree) -> Vec<Opening> {
    let text = tree.input_text();
    let mut places: Vec<Opening> = tree
        .descendants()
        .filter_map(|node| match node.tag_name().name() {
            "bookmarkStart" if node.tag_name().namespace() == Some(MAIN) => bookmark(node, text),
            "sdt" if node.tag_name().namespace() == Some(MAIN) => control(node),
            _ => None,
        })
        .collect();
    places.sort_by_key(|place| place.inside.start);
    places
}

fn bookmark(start: Node, text: &str) -> Option<Opening> {
    let name = start.attribute((MAIN, "name")).filter(|name| !name.starts_with('_'))?;
    let id = start.attribute((MAIN, "id"))?;
    let mut ends = start.document().descendants().filter(|node| node.has_tag_name((MAIN, "bookmarkEnd")));
    let end = ends.find(|node| node.attribute((MAIN, "id")) == Some(id))?;
    let inside = start.range().end..end.range().start;
    let paragraph = match (block_of(start), block_of(end)) {
        (Some(first), Some(last)) if first.parent() == last.parent() => {
            let whole = first.range().start..last.range().end;
            let own = |node: Node| text[node.range()].to_owned();
            Some((whole, own(start), own(end)))
        }
        _ => None,
    };
    let holds_blocks = block_of(start).is_none();
    let within_one = block_of(start) == block_of(end);
    // From one paragraph into another only whole paragraphs can be replaced.
    (within_one || holds_blocks).then(|| Opening {
        name: name.to_owned(),
        inside,
        holds_blocks,
        paragraph,
        clears: Vec::new(),
    })
}

fn control(sdt: Node) -> Option<Opening> {
    let properties = child(sdt, "sdtPr")?;
    // What is bound to data of the system is the system's own to fill in.
    if properties.children().any(|node| node.tag_name().name() == "dataBinding") {
        return None;
    }
    let value = |name| Some(child(properties, name)?.attribute((MAIN, "val"))?.to_owned());
    let name = value("alias").or_else(|| value("tag")).filter(|name| !name.is_empty())?;
    let content = child(sdt, "sdtContent")?;
    let (first, last) = (content.first_element_child()?, content.last_element_child()?);
    Some(Opening {
        name,
        inside: first.range().start..last.range().end,
        holds_blocks: matches!(first.tag_name().name(), "p" | "tbl"),
        paragraph: None,
        clears: child(properties, "showingPlcHdr").map(|node| node.range()).into_iter().collect(),
    })
}

/// The first child of a name.
fn child<'t, 'i>(node: Node<'t, 'i>, name: &str) -> Option<Node<'t, 'i>> {
    node.children().find(|child| child.has_tag_name((MAIN, name)))
}

/// What a document has for the places of a template.
pub fn values<'a>(document: &'a Document, letterhead: &Letterhead, headings: &Headings) -> Vec<Offer<'a>> {
    let mut offers = Vec::new();
    let mut line = |names: &[&str], value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            offers.push(Offer { names: normal(names), value: Value::Line(value.into()), missed: None });
        }
    };
    let officers: Vec<&str> = letterhead.officers.iter().map(|officer| officer.name).collect();
    line(&["titel", "rubrik", "ärendemening"], Some(&document.title()));
    line(&["diarienummer", "dnr"], Some(&letterhead.number));
    line(&["datum"], Some(letterhead.date));
    line(&["er beteckning"], letterhead.reference);
    line(&["nämnd", "till", "mottagare"], letterhead.board().as_deref());
    line(&["sammanträde", "sammanträdesdatum"], letterhead.meeting());
    line(&["förvaltning", "avsändare"], letterhead.authority().as_deref());
    line(&["avdelning"], letterhead.senders.first().and_then(|sender| sender.department));
    line(&["handläggare"], Some(&officers.join(", ")));
    let first = letterhead.officers.first();
    line(&["telefon"], first.and_then(|officer| officer.telephone));
    line(&["e-post", "epost"], first.and_then(|officer| officer.mail));
    let blocks = &document.blocks;
    if let Some(Block { kind: BlockKind::Part { role, blocks }, .. }) = blocks.get(1)
        && let ("underrubrik", [Block { kind: BlockKind::Paragraph(inlines), .. }]) =
            (role.as_str(), blocks.as_slice())
    {
        line(&["underrubrik"], Some(&plain(inlines)));
    }
    let decision = Decision::of(blocks, headings);
    for (at, block) in blocks.iter().enumerate() {
        match heading_of(block) {
            Some((2, text)) => {
                let mut names = normal(&[&text, without_number(&text)]);
                if decision.heading == Some(at) {
                    names.extend(normal(&["förslag till beslut", "beslut"]));
                }
                let section = &blocks[at + 1..section_end(blocks, at)];
                let missed = (!section.is_empty()).then(|| format!("avsnittet ”{text}”"));
                offers.push(Offer { names, value: Value::Blocks(vec![section]), missed });
            }
            _ if matches!(&block.kind, BlockKind::Part { role, .. } if role == SIGNATURES) => {
                offers.push(Offer {
                    names: normal(&["underskrifter", "underskrift"]),
                    value: Value::Blocks(vec![&blocks[at..=at]]),
                    missed: Some("underskrifterna".into()),
                });
            }
            _ => {}
        }
    }
    offers.push(Offer {
        names: EVERYTHING.iter().map(|name| (*name).to_owned()).collect(),
        value: Value::Blocks(text_of(blocks)),
        missed: None,
    });
    offers
}

/// Everything below the title and the line under it.
fn text_of(blocks: &[Block]) -> Vec<&[Block]> {
    let is_head = |block: &&Block| match &block.kind {
        BlockKind::Heading { level: 1, .. } => true,
        BlockKind::Part { role, .. } => role == "underrubrik",
        _ => false,
    };
    vec![&blocks[blocks.iter().take_while(is_head).count()..]]
}

/// Names as they are compared: `Förslag_till beslut` is `forslag-till-beslut`.
fn normal(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| ascii_slug(name)).collect()
}

/// A place and what goes there.
pub type Filled<'p, 'o, 'a> = Vec<(&'p Opening, &'o Value<'a>)>;

/// Which place gets what, and what is left over.
///
/// # Errors
/// That no place has a name that the document knows.
pub fn match_up<'p, 'o, 'a>(
    places: &'p [Opening],
    offers: &'o [Offer<'a>],
    template: &str,
) -> Result<(Filled<'p, 'o, 'a>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut filled = Vec::new();
    let mut findings = Vec::new();
    let mut placed = vec![false; offers.len()];
    for place in places {
        let name = ascii_slug(&place.name);
        let Some(at) = offers.iter().position(|offer| offer.names.contains(&name)) else { continue };
        if matches!(offers[at].value, Value::Blocks(_)) && !place.holds_blocks && place.paragraph.is_none() {
            findings.push(
                Diagnostic::new(codes::WORDMALL_PLATS,
                    format!("”{}” i {template} rymmer en rad, men ska innehålla flera stycken", place.name),
                )
                .hint("Låt innehållskontrollen omsluta hela stycken, eller använd ett bokmärke i ett eget stycke."),
            );
        }
        placed[at] = true;
        filled.push((place, &offers[at].value));
    }
    if findings.iter().any(Diagnostic::is_error) {
        return Err(findings);
    }
    if filled.is_empty() {
        let found: Vec<&str> = places.iter().map(|place| place.name.as_str()).collect();
        let found = if found.is_empty() { "inga".to_owned() } else { found.join(", ") };
        return Err(vec![
            Diagnostic::new(codes::WORDMALL_PLATS,
                format!("{template} har inget bokmärke och ingen innehållskontroll som dokumentet kan fylla"),
            )
            .hint(format!(
                "Lägg ett bokmärke i Word-mallen där texten ska stå, och döp det till text. Andra namn som fylls är ett avsnitts rubrik, titel, dnr, datum och nämnd. Mallen har nu: {found}."
            )),
        ]);
    }
    let everything = offers.iter().position(|offer| offer.names.iter().any(|name| name == "text"));
    if !everything.is_some_and(|at| placed[at]) {
        for (offer, _) in offers.iter().zip(&placed).filter(|(_, placed)| !**placed) {
            if let Some(missed) = &offer.missed {
                findings.push(
                    Diagnostic::new(codes::WORDMALL_SAKNAR_PLATS, format!("{missed} har ingen plats i {template}"))
                        .hint("Lägg ett bokmärke i mallen med rubriken som namn (mellanslag skrivs _), eller ett som heter text för allt."),
                );
            }
        }
    }
    Ok((filled, findings))
}
