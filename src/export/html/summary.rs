//! What a list of matters on the web shows of a document, as JSON.

use serde_json::{Map, Value as Json};

use super::published::published;
use crate::document::Document;
use crate::export::headings::Headings;
use crate::export::letterhead::Letterhead;
use crate::export::outline::{Decision, heading_of};
use crate::export::prepared::{SUBPOINTS, prepared};
use crate::language::swedish::capitalised;
use crate::library::Templates;
use crate::markdown::{Block, BlockKind, Inline, plain};

/// The summary of a document whose web page is the file `page`; without anybody's direct contact.
pub fn summary(document: &Document, templates: &Templates, page: &str) -> Vec<u8> {
    let document = published(document, templates);
    let document = &*prepared(&document, templates);
    let letterhead = Letterhead::of(document, templates);
    let headings = Headings::of(document, templates);
    let mut facts = Map::new();
    let mut put = |key: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            facts.insert(key.into(), value.into());
        }
    };
    put("titel", Some(&document.title()));
    put("diarienummer", Some(&letterhead.number));
    put("datum", Some(letterhead.date));
    put("förvaltning", letterhead.authority().as_deref());
    put("nämnd", letterhead.board().as_deref());
    put("sammanträde", letterhead.meeting());
    put("fil", Some(page));
    facts.insert("sammanfattning".into(), headings.summary(document).iter().flat_map(lines).collect());
    let decisions = decisions(&document.blocks, &headings);
    let all = decisions.iter().flat_map(|decision| decision.points.iter().map(String::as_str));
    facts.insert("beslutspunkter".into(), all.collect());
    // The points alone do not tell who decides, and on what condition.
    facts.insert("beslut".into(), decisions.iter().map(Decided::json).collect());
    let mut bytes = serde_json::to_vec_pretty(&facts).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The role of the part that frames the decision of an utlåtande.
const FRAME: &str = "ruta";

/// What one organ is to decide.
#[derive(Default)]
struct Decided {
    /// Who decides, as the heading or the line above says.
    organ: String,
    /// What leads to the points.
    lead: String,
    points: Vec<String>,
    /// What stands below them: a condition, the name of who proposes it.
    below: Vec<String>,
}

impl Decided {
    /// Takes what stands above the points: the organ alone, or what it does.
    fn led_by(&mut self, lead: String) {
        let does = ["beslut", "föreslå", "hemställ", "yttra", "följande"];
        match does.iter().any(|verb| lead.to_lowercase().contains(verb)) {
            true => self.lead = lead,
            false => self.organ = capitalised(lead.strip_prefix("I ").unwrap_or(&lead).trim_end_matches(':')),
        }
    }

    fn json(&self) -> Json {
        let mut said = Map::new();
        for (key, value) in [("organ", &self.organ), ("inledning", &self.lead)] {
            if !value.is_empty() {
                said.insert(key.into(), value.as_str().into());
            }
        }
        said.insert("punkter".into(), self.points.iter().map(String::as_str).collect());
        if !self.below.is_empty() {
            said.insert("tillägg".into(), self.below.iter().map(String::as_str).collect());
        }
        said.into()
    }
}

/// What is to be decided, organ by organ and point by point; one without points is a point.
fn decisions(blocks: &[Block], headings: &Headings) -> Vec<Decided> {
    let decision = Decision::of(blocks, headings);
    let Some(heading) = decision.heading else { return Vec::new() };
    let section = &blocks[heading..decision.end];
    // Who proposes it stands below the frame.
    let framed = section.iter().find_map(|block| match &block.kind {
        BlockKind::Part { role, blocks } if role == FRAME => Some(blocks.as_slice()),
        _ => None,
    });
    let mut all = vec![Decided::default()];
    for block in flat(framed.unwrap_or(section)) {
        let Some(last) = all.last_mut() else { break };
        match &block.kind {
            BlockKind::Heading { .. } => {
                let organ = heading_of(block).and_then(|(_, text)| organ(&text)).unwrap_or_default();
                if last.points.is_empty() && last.lead.is_empty() {
                    last.organ = organ;
                } else {
                    all.push(Decided { organ, ..Decided::default() });
                }
            }
            BlockKind::List { start: Some(_), items, .. } => {
                last.points.extend(items.iter().map(|item| said(item).join("\n")));
            }
            BlockKind::Paragraph(inlines) if is_lead(inlines) => {
                if !last.points.is_empty() {
                    all.push(Decided::default());
                }
                if let Some(last) = all.last_mut() {
                    last.led_by(plain(inlines));
                }
            }
            _ => last.below.extend(said(std::slice::from_ref(block))),
        }
    }
    for decided in &mut all {
        if decided.points.is_empty() {
            decided.points = std::mem::take(&mut decided.below);
        }
    }
    all.retain(|decided| !decided.points.is_empty());
    all
}

/// The organ that a heading names: “Förslag till beslut i kommunstyrelsen”.
fn organ(heading: &str) -> Option<String> {
    heading.split_once(" till beslut i ").map(|(_, organ)| capitalised(organ))
}

/// Whether a text announces what is decided: “Kommunstyrelsen beslutar följande.”, “I kommunstyrelsen”.
fn is_lead(inlines: &[Inline]) -> bool {
    let text = plain(inlines);
    text.ends_with("följande.") || text.ends_with(':') || !text.ends_with(['.', '!', '?', '”', ')'])
}

/// The blocks, with those of parts in the parts' place.
fn flat(blocks: &[Block]) -> Vec<&Block> {
    blocks
        .iter()
        .flat_map(|block| match &block.kind {
            BlockKind::Part { role, blocks } if role != SUBPOINTS => flat(blocks),
            _ => vec![block],
        })
        .collect()
}

fn lines(block: &&Block) -> Vec<Json> {
    said(std::slice::from_ref(block)).into_iter().map(Json::from).collect()
}

/// The words of blocks, a line for each that stands by itself: a point with its number, a row with its cells.
fn said(blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Heading { inlines, .. } | BlockKind::Paragraph(inlines) => lines.push(plain(inlines)),
            BlockKind::List { start, items, .. } => lines.extend(points(*start, false, items)),
            BlockKind::Part { role, blocks } if role == SUBPOINTS => match blocks.as_slice() {
                [Block { kind: BlockKind::List { start, items, .. }, .. }] => {
                    lines.extend(points(*start, true, items));
                }
                blocks => lines.extend(said(blocks)),
            },
            BlockKind::Quote(blocks) | BlockKind::Part { blocks, .. } => lines.extend(said(blocks)),
            BlockKind::Table { head, rows, .. } => {
                let row = |cells: &Vec<Vec<Inline>>| {
                    cells.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(" | ")
                };
                lines.extend(std::iter::once(head).chain(rows).map(row));
            }
            BlockKind::Code(text) => lines.push(text.clone()),
            BlockKind::Rule | BlockKind::Footnote { .. } | BlockKind::Html(_) => {}
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// The points of a list with what stands before them on paper.
fn points(start: Option<u64>, are_letters: bool, items: &[Vec<Block>]) -> Vec<String> {
    let first = start.unwrap_or(1);
    let sign = |number: u64| match (start, u8::try_from(number)) {
        (None, _) => "–".to_owned(),
        (Some(_), Ok(letter @ 1..=26)) if are_letters => format!("{})", char::from(b'a' + letter - 1)),
        _ => format!("{number}."),
    };
    let numbered =
        (first..).zip(items).map(|(number, item)| format!("{} {}", sign(number), said(item).join("\n")));
    numbered.collect()
}
