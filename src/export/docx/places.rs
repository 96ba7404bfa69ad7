//! The places of a template, by the names of its bookmarks and content controls, and what a
//! document has for each.

use std::collections::HashMap;
use std::ops::Range;

use roxmltree::{Document as Tree, Node};
use strsim::damerau_levenshtein;

use super::MAIN;
use crate::diagnostic::{Diagnostic, codes};
use crate::document::Document;
use crate::export::ascii_slug;
use crate::export::headings::Headings;
use crate::export::letterhead::Letterhead;
use crate::export::outline::{Decision, SIGNATURES, heading_of, section_end};
use crate::language::swedish::without_number;
use crate::markdown::{Block, BlockKind, plain};

/// A place in a part of a template.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Its name, as the template's author wrote it.
    pub name: String,
    /// Where a line goes, or why none can.
    pub line: Result<Room, Narrow>,
    /// Where blocks go, or why none can.
    pub blocks: Result<Room, Narrow>,
    /// What else goes when the place is filled.
    pub clears: Vec<Range<usize>>,
    /// The day that a control holds beside the words for it.
    pub day: Option<Range<usize>>,
}

/// A stretch that something takes the place of, and what stands around that.
#[derive(Clone, Debug)]
pub struct Room {
    /// The stretch.
    pub range: Range<usize>,
    /// What stands before.
    pub before: String,
    /// What stands behind.
    pub after: String,
}

/// Why a place cannot hold what should go there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Narrow {
    /// It is within a line.
    Line,
    /// It is around a row, or several cells.
    Row,
    /// It begins and ends in stretches of which only a part can be replaced.
    Crossing,
    /// A section with a page of its own ends in it.
    Section,
    /// It is in the page's head or foot.
    Edge,
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

/// What a draft says that it is.
pub const DRAFT: &str = "UTKAST";

/// The names of the place that all the text goes to which has none of its own.
const EVERYTHING: &[&str] = &["text", "innehall", "brodtext", "tjut"];

/// The places of a part, in the order of its text.
pub fn of(tree: &Tree) -> Vec<Opening> {
    let mut ends: HashMap<&str, Vec<Node>> = HashMap::new();
    for end in tree.descendants().filter(|node| node.has_tag_name((MAIN, "bookmarkEnd"))) {
        if let Some(id) = end.attribute((MAIN, "id")) {
            ends.entry(id).or_default().push(end);
        }
    }
    let is_edge = matches!(tree.root_element().tag_name().name(), "hdr" | "ftr");
    let places = tree.descendants().filter(|node| node.tag_name().namespace() == Some(MAIN));
    let places = places.filter_map(|node| match node.tag_name().name() {
        "bookmarkStart" => bookmark(node, &ends),
        "sdt" => control(node),
        _ => None,
    });
    let only_lines = |place: Opening| {
        if is_edge { Opening { blocks: Err(Narrow::Edge), ..place } } else { place }
    };
    places.map(only_lines).collect()
}

fn bookmark(start: Node, ends: &HashMap<&str, Vec<Node>>) -> Option<Opening> {
    let name = start.attribute((MAIN, "name")).filter(|name| !name.starts_with('_'))?;
    // In what is drawn twice, for older readers too, one stands twice.
    let end = ends.get(start.attribute((MAIN, "id"))?)?;
    let end = end.iter().find(|end| end.range().start >= start.range().end)?;
    let inside = start.range().end..end.range().start;
    let (line, blocks) = match (paragraph_of(start), paragraph_of(*end)) {
        (None, None) if start.parent() == end.parent() => blocks_within(start.parent()?, inside),
        (Some(first), Some(last)) => {
            let own = Room { range: inside, before: String::new(), after: String::new() };
            let line = if start.parent() == end.parent() {
                Ok(own)
            } else {
                Paragraphs::around(start, *end, first, last).and_then(|around| around.line())
            };
            (line, Paragraphs::around(start, *end, first, last).and_then(|around| around.blocks()))
        }
        _ => (Err(Narrow::Crossing), Err(Narrow::Crossing)),
    };
    Some(Opening { name: name.to_owned(), line, blocks, clears: Vec::new(), day: None })
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
    let held = |node: Node| {
        let mut held = node.children().filter(|node| node.is_element() && node.tag_name().name() != "tcPr");
        let first = held.next()?;
        Some(first.range().start..held.next_back().unwrap_or(first).range().end)
    };
    let is_holder =
        |node: &Node| matches!(node.tag_name().name(), "p" | "tr" | "tbl" | "tc" | "txbxContent" | "body");
    let holder = sdt.ancestors().skip(1).find(is_holder).map(|node| node.tag_name().name());
    let (line, blocks) = match holder {
        Some("p") => {
            let own = Room { range: held(content)?, before: String::new(), after: String::new() };
            (Ok(own), Err(Narrow::Line))
        }
        Some("tr") => {
            let mut cells = content.children().filter(|node| node.has_tag_name((MAIN, "tc")));
            match (cells.next(), cells.next()) {
                (Some(cell), None) => blocks_within(cell, held(cell)?),
                _ => (Err(Narrow::Row), Err(Narrow::Row)),
            }
        }
        Some("tbl") => (Err(Narrow::Row), Err(Narrow::Row)),
        _ => blocks_within(content, held(content)?),
    };
    let day = child(properties, "date").and_then(|date| {
        date.attributes().find(|attribute| attribute.name() == "fullDate").map(|day| day.range_value())
    });
    let clears = child(properties, "showingPlcHdr").map(|node| node.range()).into_iter().collect();
    Some(Opening { name, line, blocks, clears, day })
}

/// The room of a stretch that blocks stand in: a line gets the form of the first paragraph there.
fn blocks_within(holder: Node, range: Range<usize>) -> (Result<Room, Narrow>, Result<Room, Narrow>) {
    let inner = || {
        holder.descendants().filter(|node| node.range().start >= range.start && node.range().end <= range.end)
    };
    if inner().any(|node| node.has_tag_name((MAIN, "sectPr"))) {
        return (Err(Narrow::Section), Err(Narrow::Section));
    }
    let form = inner().find(|node| node.has_tag_name((MAIN, "pPr"))).map(source).unwrap_or_default();
    let line = Room { range: range.clone(), before: format!("<w:p>{form}"), after: "</w:p>".into() };
    (Ok(line), Ok(Room { range, before: String::new(), after: String::new() }))
}

/// The paragraphs that a bookmark stands in, from its first to its last.
struct Paragraphs<'t, 'i> {
    start: Node<'t, 'i>,
    end: Node<'t, 'i>,
    first: Node<'t, 'i>,
    last: Node<'t, 'i>,
}

impl<'t, 'i> Paragraphs<'t, 'i> {
    /// The paragraphs, of which the bookmark parts what stands before it from what stands behind it.
    fn around(
        start: Node<'t, 'i>,
        end: Node<'t, 'i>,
        first: Node<'t, 'i>,
        last: Node<'t, 'i>,
    ) -> Result<Self, Narrow> {
        let beside = first.parent() == last.parent();
        let is_whole = start.parent() == Some(first) && end.parent() == Some(last);
        if beside && is_whole { Ok(Self { start, end, first, last }) } else { Err(Narrow::Crossing) }
    }

    fn range(&self) -> Range<usize> {
        self.first.range().start..self.last.range().end
    }

    /// Whether a section ends in one of them, but for the last.
    fn holds_section(&self) -> bool {
        let range = self.range();
        let all = self.first.next_siblings().take_while(|node| node.range().start < range.end);
        let others = all.filter(|node| *node != self.last);
        others.flat_map(|node| node.descendants()).any(|node| node.has_tag_name((MAIN, "sectPr")))
    }

    /// Room for a line where there were several: one paragraph is left.
    fn line(self) -> Result<Room, Narrow> {
        let section = child(self.last, "pPr").and_then(|form| child(form, "sectPr"));
        if section.is_some() || self.holds_section() {
            return Err(Narrow::Section);
        }
        let form = child(self.first, "pPr").map(source).unwrap_or_default();
        let before: String = self.before().map(source).collect();
        let after: String = self.after().map(source).collect();
        Ok(Room {
            range: self.range(),
            before: format!("<w:p>{form}{before}{}", source(self.start)),
            after: format!("{}{after}</w:p>", source(self.end)),
        })
    }

    /// Room for blocks: what stands beside the bookmark in its paragraphs keeps one of its own, and so does
    /// the end of a section.
    fn blocks(self) -> Result<Room, Narrow> {
        if self.first != self.last && self.holds_section() {
            return Err(Narrow::Section);
        }
        let form = |paragraph: Node, keeps: bool| {
            let Some(form) = child(paragraph, "pPr") else { return String::new() };
            let text = source(form);
            match child(form, "sectPr").filter(|_| !keeps) {
                Some(section) => text.replace(&source(section), ""),
                None => text,
            }
        };
        let ends_section = child(self.last, "pPr").is_some_and(|form| child(form, "sectPr").is_some());
        let paragraph = |form: String, nodes: Vec<Node>, needed: bool| {
            if needed || nodes.iter().any(|node| says_something(*node)) {
                format!("<w:p>{form}{}</w:p>", nodes.into_iter().map(source).collect::<String>())
            } else {
                nodes.into_iter().filter(is_sign).map(source).collect()
            }
        };
        let before = paragraph(form(self.first, false), self.before().collect(), false);
        let after = paragraph(form(self.last, true), self.after().collect(), ends_section);
        Ok(Room {
            range: self.range(),
            before: before + &source(self.start),
            after: source(self.end) + &after,
        })
    }

    fn before(&self) -> impl Iterator<Item = Node<'t, 'i>> {
        let start = self.start;
        self.first.children().filter(is_content).take_while(move |node| *node != start)
    }

    fn after(&self) -> impl Iterator<Item = Node<'t, 'i>> {
        self.end.next_siblings().skip(1).filter(is_content)
    }
}

fn is_content(node: &Node) -> bool {
    node.is_element() && !node.has_tag_name((MAIN, "pPr"))
}

/// Whether anybody sees what an element holds.
fn says_something(node: Node) -> bool {
    const SEEN: [&str; 14] = [
        "t",
        "drawing",
        "pict",
        "object",
        "fldChar",
        "fldSimple",
        "br",
        "tab",
        "sym",
        "sdt",
        "footnoteReference",
        "endnoteReference",
        "commentReference",
        "oMath",
    ];
    node.descendants().any(|node| SEEN.contains(&node.tag_name().name()))
}

/// Whether an element only says where something begins or ends, and can stand between paragraphs.
fn is_sign(node: &Node) -> bool {
    let name = node.tag_name().name();
    ["bookmark", "commentRange", "perm"].iter().any(|begin| name.starts_with(begin))
}

/// The element as it is written.
fn source(node: Node) -> String {
    node.document().input_text()[node.range()].to_owned()
}

/// The nearest paragraph that something stands in.
fn paragraph_of<'t, 'i>(node: Node<'t, 'i>) -> Option<Node<'t, 'i>> {
    let is_held = |node: &Node| !matches!(node.tag_name().name(), "tc" | "txbxContent" | "body");
    node.ancestors().take_while(is_held).find(|node| node.has_tag_name((MAIN, "p")))
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
    // A document that is finished says nothing where a draft says that it is one.
    let draft = if letterhead.draft { DRAFT } else { "" };
    offers.push(Offer { names: normal(&["utkast"]), value: Value::Line(draft.into()), missed: None });
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

/// A place, what goes there, and where that is.
pub struct Filled<'p, 'o, 'a> {
    /// The place.
    pub place: &'p Opening,
    /// The number of its part.
    pub part: usize,
    /// Where the value goes.
    pub room: &'p Room,
    /// What goes there.
    pub value: &'o Value<'a>,
}

/// Which place gets what, and what is left over: places by the numbers of their parts.
///
/// # Errors
/// That no place has a name that the document knows, or room for what it should hold.
pub fn match_up<'p, 'o, 'a>(
    places: &'p [(usize, Opening)],
    offers: &'o [Offer<'a>],
    template: &str,
) -> Result<(Vec<Filled<'p, 'o, 'a>>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut filled = Vec::new();
    let mut findings = Vec::new();
    let mut placed = vec![false; offers.len()];
    for (part, place) in places {
        let name = ascii_slug(&place.name);
        let Some(at) = offers.iter().position(|offer| offer.names.contains(&name)) else { continue };
        let value = &offers[at].value;
        let room = match value {
            Value::Line(_) => &place.line,
            Value::Blocks(_) => &place.blocks,
        };
        match room {
            Ok(room) => filled.push(Filled { place, part: *part, room, value }),
            // What stands at the page's edge can be anything there; the text has its place below.
            Err(Narrow::Edge) => continue,
            Err(why) => findings.push(too_narrow(&place.name, template, *why)),
        }
        placed[at] = true;
    }
    if findings.iter().any(Diagnostic::is_error) {
        return Err(findings);
    }
    if filled.is_empty() {
        return Err(vec![no_place(places, offers, template)]);
    }
    let by_name = |name: &str| offers.iter().position(|offer| offer.names.iter().any(|known| known == name));
    let has = |name: &str| by_name(name).is_some_and(|at| placed[at]);
    if !has("text") {
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

fn too_narrow(place: &str, template: &str, why: Narrow) -> Diagnostic {
    let (message, hint) = match why {
        Narrow::Line => (
            "rymmer en rad, men ska innehålla flera stycken",
            "Låt innehållskontrollen omsluta hela stycken, eller använd ett bokmärke i ett eget stycke.",
        ),
        Narrow::Row => (
            "omsluter en tabellrad eller flera celler",
            "Ta bort innehållskontrollen i Word och lägg en ny inuti cellen där texten ska stå.",
        ),
        Narrow::Crossing => (
            "börjar i ett stycke eller en länk och slutar utanför",
            "Ta bort bokmärket i Word, markera hela stycken och infoga det igen.",
        ),
        Narrow::Section => (
            "omsluter en avsnittsbrytning, som skulle försvinna",
            "Flytta avsnittsbrytningen i Word så att den står efter platsen.",
        ),
        Narrow::Edge => ("står i sidhuvudet eller sidfoten", "Flytta platsen till sidans text."),
    };
    Diagnostic::new(codes::WORDMALL_PLATS, format!("”{place}” i {template} {message}")).hint(hint)
}

/// How many of a template's own names are told.
const TOLD: usize = 5;

fn no_place(places: &[(usize, Opening)], offers: &[Offer], template: &str) -> Diagnostic {
    let known: Vec<&str> = offers.iter().flat_map(|offer| &offer.names).map(String::as_str).collect();
    let away = |name: &str| {
        let name = ascii_slug(name);
        let nearest = known.iter().map(|known| damerau_levenshtein(&name, known)).min();
        nearest.unwrap_or(usize::MAX)
    };
    // Those that are nearest to what the document has were meant.
    let mut own: Vec<&str> = places.iter().map(|(_, place)| place.name.as_str()).collect();
    own.sort_by_cached_key(|name| away(name));
    own.dedup();
    let told = own.iter().take(TOLD).copied().collect::<Vec<_>>().join(", ");
    let told = match own.len() {
        0 => "inga".to_owned(),
        all if all > TOLD => format!("{told} och {} till", all - TOLD),
        _ => told,
    };
    Diagnostic::new(codes::WORDMALL_PLATS,
        format!("{template} har inget bokmärke och ingen innehållskontroll som dokumentet kan fylla"),
    )
    .hint(format!(
        "Lägg ett bokmärke i Word-mallen där texten ska stå, och döp det till text. Andra namn som fylls är ett avsnitts rubrik, titel, dnr, datum och nämnd. Mallen har nu: {told}."
    ))
}
