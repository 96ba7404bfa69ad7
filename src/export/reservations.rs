//! Where an utlåtande's reservations stand, and what refers to them: ”se Reservationer m.m.” where an organ's
//! decision is told, ”Se reservation under utbildningsnämnden” among the reservations themselves.

use std::collections::BTreeMap;

use super::outline::heading_of;
use crate::markdown::{Block, BlockKind, Inline, InlineKind, plain};

/// The heading over them.
const HEADING: &str = "Reservationer m.m.";
/// Where it stands, for a link.
const ID: &str = "reservationer";
/// What refers to others among them begins so.
const REFERRING: [&str; 2] = ["Se ", "Likalydande med "];

/// The headings that something refers to, by where they begin, with their names for links.
pub fn ids(blocks: &[Block]) -> BTreeMap<usize, String> {
    all(blocks).into_iter().map(|heading| (heading.at, heading.id)).collect()
}

/// A heading over reservations: of all, of an organ's, or of one.
struct Heading {
    at: usize,
    level: u8,
    text: String,
    id: String,
}

fn all(blocks: &[Block]) -> Vec<Heading> {
    let begins = |block: &Block| {
        matches!(block.kind, BlockKind::Part { .. })
            && heading_of(block).is_some_and(|(_, text)| text == HEADING)
    };
    let Some(begin) = blocks.iter().position(begins) else { return Vec::new() };
    let mut found: Vec<Heading> = Vec::new();
    for block in &blocks[begin..] {
        let Some((level, text)) = heading_of(block) else { continue };
        let id = if found.is_empty() { ID.to_owned() } else { format!("{ID}-{}", found.len()) };
        let at = match &block.kind {
            BlockKind::Part { blocks, .. } => {
                blocks.first().map_or(block.at.0.start, |first| first.at.0.start)
            }
            _ => block.at.0.start,
        };
        found.push(Heading { at, level, text, id });
    }
    found
}

/// Makes what refers to reservations lead there.
pub fn link(blocks: &mut [Block]) {
    let all = all(blocks);
    let Some(begin) = all.first().map(|heading| heading.at) else { return };
    let mut organ = String::new();
    for block in blocks {
        if let Some((3, text)) = heading_of(block) {
            organ = text;
        }
        let is_among_them = block.at.0.start > begin;
        match &mut block.kind {
            BlockKind::Paragraph(inlines) if is_among_them => refer(inlines, &all),
            BlockKind::Paragraph(inlines) => announce(inlines, &organ, &all),
            BlockKind::Part { blocks, .. } => {
                for block in blocks {
                    if let BlockKind::Paragraph(inlines) = &mut block.kind {
                        announce(inlines, &organ, &all);
                    }
                }
            }
            _ => {}
        }
    }
}

/// `Reservation av Anna Ek (M), se Reservationer m.m.` leads to that organ's reservation.
fn announce(inlines: &mut Vec<Inline>, organ: &str, all: &[Heading]) {
    let text = plain(inlines);
    let Some(named) = text.strip_suffix(HEADING).and_then(|rest| rest.strip_suffix(", se ")) else { return };
    let of_organ = all.iter().skip_while(|heading| heading.text != organ).skip(1);
    let own = of_organ.take_while(|heading| heading.level > 3).find(|heading| heading.text == named);
    let id = own.or(all.first()).map(|heading| heading.id.clone());
    lead(inlines, text.len() - HEADING.len()..text.len(), id);
}

/// `Se reservation under utbildningsnämnden.` leads to that organ's reservations.
fn refer(inlines: &mut Vec<Inline>, all: &[Heading]) {
    let text = plain(inlines);
    let Some(what) = REFERRING.iter().find_map(|begin| text.strip_prefix(begin)?.strip_suffix('.')) else {
        return;
    };
    let said = what.to_lowercase();
    let organ = all.iter().filter(|heading| heading.level == 3);
    let named =
        organ.into_iter().find(|heading| said.ends_with(&format!(" {}", heading.text.to_lowercase())));
    let start = text.len() - what.len() - 1;
    lead(inlines, start..text.len() - 1, named.map(|heading| heading.id.clone()));
}

/// Makes a stretch of a text that is nothing but text a link.
fn lead(inlines: &mut Vec<Inline>, stretch: std::ops::Range<usize>, id: Option<String>) {
    let (Some(id), [Inline { kind: InlineKind::Text(text), at }]) = (id, inlines.as_slice()) else { return };
    let part = |text: &str| Inline { at: at.clone(), kind: InlineKind::Text(text.into()) };
    let held = vec![part(&text[stretch.clone()])];
    let kind = InlineKind::Link { url: format!("#{id}"), title: String::new(), inlines: held };
    let link = Inline { at: at.clone(), kind };
    let (before, after) = (part(&text[..stretch.start]), part(&text[stretch.end..]));
    let is_some = |inline: &Inline| !matches!(&inline.kind, InlineKind::Text(text) if text.is_empty());
    *inlines = [before, link, after].into_iter().filter(is_some).collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{parse, parts};

    #[test]
    fn what_refers_to_reservations_leads_there() {
        let text = "## Remissammanställning\n\n### Skolnämnden\n\n<!-- ingress -->\n\nReservation av A (M), se Reservationer m.m.\n\n\
            <!-- /ingress -->\n\n<!-- del -->\n\n## Reservationer m.m.\n\n<!-- /del -->\n\n### Skolnämnden\n\n#### Reservation av A (M)\n\n\
            Nej.\n\n### Parknämnden\n\n#### Reservation av B (M)\n\nSe reservation under skolnämnden.\n";
        let (mut blocks, _) = parts(parse(text).blocks);
        link(&mut blocks);
        let mut links = Vec::new();
        crate::markdown::walk(&blocks, &mut |node| {
            if let crate::markdown::Visited::Inline(Inline {
                kind: InlineKind::Link { url, inlines, .. },
                ..
            }) = node
            {
                links.push((plain(inlines), url.clone()));
            }
        });
        let link = |text: &str, url: &str| (text.to_owned(), url.to_owned());
        assert_eq!(
            links,
            [
                link("Reservationer m.m.", "#reservationer-2"),
                link("reservation under skolnämnden", "#reservationer-1"),
            ]
        );
        let ids: Vec<String> = ids(&blocks).into_values().collect();
        assert!(ids.contains(&"reservationer-2".to_owned()), "{ids:?}");
    }
}
