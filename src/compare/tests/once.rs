//! Each edit that somebody makes in a worked case is one item of its kind in the list, wherever it is made.

use proptest::prelude::*;

use super::edits::{paragraph as of_words, parsed as words};
use super::{WORKED, abbreviations, compared, templates, times, with_body, worked};
use crate::compare::list::{Change, Deed, Subject, Weight, changes};
use crate::document::Document;
use crate::markdown::{self, Align, Block, BlockKind, Inline, InlineKind, StretchKind, plain};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plant {
    Word,
    NewSentence,
    GoneSentence,
    NewParagraph,
    GoneParagraph,
    MovedParagraph,
    Split,
    Joined,
    Cell,
    NewRow,
    GoneRow,
    MovedRow,
    NewColumn,
    MovedTable,
    NewItem,
    GoneItem,
    MovedItem,
    MovedList,
    Heading,
    NewSection,
    GoneSection,
    MovedSection,
}

const PLANTS: [Plant; 22] = [
    Plant::Word,
    Plant::NewSentence,
    Plant::GoneSentence,
    Plant::NewParagraph,
    Plant::GoneParagraph,
    Plant::MovedParagraph,
    Plant::Split,
    Plant::Joined,
    Plant::Cell,
    Plant::NewRow,
    Plant::GoneRow,
    Plant::MovedRow,
    Plant::NewColumn,
    Plant::MovedTable,
    Plant::NewItem,
    Plant::GoneItem,
    Plant::MovedItem,
    Plant::MovedList,
    Plant::Heading,
    Plant::NewSection,
    Plant::GoneSection,
    Plant::MovedSection,
];

impl Plant {
    /// Whether a change tells of this.
    fn is_told_by(self, change: &Change) -> bool {
        use Deed::*;
        let deed = match self {
            Self::Word | Self::Cell | Self::Heading => Changed,
            Self::NewSentence | Self::NewParagraph | Self::NewRow | Self::NewColumn | Self::NewItem => New,
            Self::GoneSentence | Self::GoneParagraph | Self::GoneRow | Self::GoneItem | Self::GoneSection => {
                Gone
            }
            Self::NewSection => New,
            Self::MovedParagraph | Self::MovedRow | Self::MovedTable | Self::MovedItem => Moved,
            Self::MovedList | Self::MovedSection => Moved,
            Self::Split => Split,
            Self::Joined => Joined,
        };
        let subject = match self {
            Self::Cell => Some(Subject::Cell),
            Self::NewRow | Self::GoneRow | Self::MovedRow => Some(Subject::Row),
            Self::NewColumn => Some(Subject::Column),
            Self::MovedTable => Some(Subject::Table),
            Self::MovedList => Some(Subject::List),
            Self::Heading => Some(Subject::Heading),
            Self::NewSection | Self::GoneSection | Self::MovedSection => Some(Subject::Section),
            _ => None,
        };
        // What a list or table passed has moved instead, where that is less.
        let passed =
            matches!(self, Self::MovedList | Self::MovedTable) && change.subject == Subject::Paragraph;
        change.deed == deed && (passed || subject.is_none_or(|subject| change.subject == subject))
    }
}

/// The document after the edit; none where there is nothing in it to edit so.
fn planted(blocks: &[Block], plant: Plant, at: usize, to: usize) -> Option<Vec<Block>> {
    let mut blocks = blocks.to_vec();
    match plant {
        Plant::MovedTable => {
            moved(&mut blocks, at, to, |block| matches!(block.kind, BlockKind::Table { .. }))?
        }
        Plant::MovedList => moved(&mut blocks, at, to, is_long_list)?,
        Plant::MovedParagraph => moved(&mut blocks, at, to, is_long)?,
        Plant::GoneSection | Plant::MovedSection | Plant::NewSection => section(&mut blocks, plant, at, to)?,
        Plant::Heading => {
            let headings = blocks.iter_mut().filter_map(|block| match &mut block.kind {
                BlockKind::Heading { level: 2.., inlines } => Some(inlines),
                _ => None,
            });
            let mut headings: Vec<_> = headings.collect();
            let at = at % headings.len().max(1);
            **headings.get_mut(at)? = words("Kvastar och hinkar");
        }
        Plant::Cell | Plant::NewRow | Plant::GoneRow | Plant::MovedRow | Plant::NewColumn => {
            table(&mut blocks, plant, at, to)?;
        }
        Plant::NewItem | Plant::GoneItem | Plant::MovedItem => item(&mut blocks, plant, at, to)?,
        _ => paragraph(&mut blocks, plant, at, to)?,
    }
    Some(blocks)
}

/// A paragraph of words that nobody takes for others.
fn is_long(block: &Block) -> bool {
    let is_picture = |inline: &Inline| matches!(inline.kind, InlineKind::Image { .. });
    matches!(&block.kind, BlockKind::Paragraph(inlines)
        if plain(inlines).split(' ').count() > 9 && !inlines.iter().any(is_picture))
}

fn is_long_list(block: &Block) -> bool {
    let BlockKind::List { items, .. } = &block.kind else { return false };
    items.iter().flatten().filter(|block| is_long(block)).count() > 1
}

/// Those of some blocks that are such, by their numbers; the title never is.
fn those(blocks: &[Block], is_it: impl Fn(&Block) -> bool) -> Vec<usize> {
    (1..blocks.len()).filter(|at| is_it(&blocks[*at])).collect()
}

/// Moves a block behind a paragraph elsewhere.
fn moved(blocks: &mut Vec<Block>, at: usize, to: usize, is_it: fn(&Block) -> bool) -> Option<()> {
    let found = those(blocks, is_it);
    let from = *found.get(at % found.len().max(1))?;
    let places: Vec<usize> =
        those(blocks, is_long).into_iter().filter(|place| place.abs_diff(from) > 2).collect();
    let place = *places.get(to % places.len().max(1))? + 1;
    let block = blocks.remove(from);
    blocks.insert(if place > from { place - 1 } else { place }, block);
    Some(())
}

fn section(blocks: &mut Vec<Block>, plant: Plant, at: usize, to: usize) -> Option<()> {
    let heads = those(blocks, |block| matches!(block.kind, BlockKind::Heading { level: 2, .. }));
    let start = *heads.get(at % heads.len().max(1))?;
    let new = || {
        let heading = BlockKind::Heading { level: 2, inlines: words("Kvastar och hinkar") };
        let text = of_words("Det här är ett alldeles nytt avsnitt. Det handlar om städning.");
        [Block { at: Default::default(), kind: heading }, text]
    };
    if plant == Plant::NewSection {
        blocks.splice(start..start, new());
        return Some(());
    }
    let end = heads.iter().copied().find(|head| *head > start).unwrap_or(blocks.len());
    // What is nothing but a line or two is a section as little as it can be.
    let is_whole = blocks[start + 1..end].iter().all(|block| is_long(block) || is_long_list(block));
    (is_whole && end > start + 1).then_some(())?;
    let taken: Vec<Block> = blocks.drain(start..end).collect();
    if plant == Plant::MovedSection {
        let places: Vec<usize> =
            those(blocks, |block| matches!(block.kind, BlockKind::Heading { level: 2, .. }))
                .into_iter()
                .filter(|place| *place != start)
                .collect();
        let place = *places.get(to % places.len().max(1))?;
        blocks.splice(place..place, taken);
    }
    Some(())
}

fn table(blocks: &mut [Block], plant: Plant, at: usize, to: usize) -> Option<()> {
    let mut tables: Vec<_> =
        blocks.iter_mut().filter(|block| matches!(block.kind, BlockKind::Table { .. })).collect();
    let at = at % tables.len().max(1);
    let BlockKind::Table { align, head, rows } = &mut tables.get_mut(at)?.kind else { return None };
    let row = to % rows.len().max(1);
    match plant {
        // The first cell is the row's name.
        Plant::Cell => *rows.get_mut(row)?.get_mut(1)? = words("ändrad"),
        Plant::NewRow => rows.insert(row, head.iter().map(|_| words("kvastar")).collect()),
        Plant::GoneRow => drop((rows.len() > 2).then(|| rows.remove(row))?),
        Plant::MovedRow => {
            (rows.len() > 3 && row + 2 < rows.len()).then_some(())?;
            let taken = rows.remove(row);
            rows.push(taken);
        }
        _ => {
            align.push(Align::Right);
            head.push(words("Kvastar"));
            rows.iter_mut().for_each(|row| row.push(words("17")));
        }
    }
    Some(())
}

fn item(blocks: &mut [Block], plant: Plant, at: usize, to: usize) -> Option<()> {
    let mut lists: Vec<_> = blocks.iter_mut().filter(|block| is_long_list(block)).collect();
    let at = at % lists.len().max(1);
    let BlockKind::List { items, .. } = &mut lists.get_mut(at)?.kind else { return None };
    let row = to % items.len();
    match plant {
        Plant::NewItem => items.insert(row, vec![of_words("En alldeles ny punkt om kvastar och hinkar.")]),
        _ if items.len() < 3 || !is_long(items[row].first()?) => return None,
        Plant::GoneItem => drop(items.remove(row)),
        _ => {
            (row + 2 < items.len()).then_some(())?;
            let taken = items.remove(row);
            items.push(taken);
        }
    }
    Some(())
}

/// An edit within a paragraph, or of a whole one.
fn paragraph(blocks: &mut Vec<Block>, plant: Plant, at: usize, to: usize) -> Option<()> {
    let found = those(blocks, is_long);
    let at = *found.get(at % found.len().max(1))?;
    let BlockKind::Paragraph(inlines) = blocks[at].kind.clone() else { return None };
    let row = markdown::row(&inlines);
    let [stretch] = row.as_slice() else { return None };
    let StretchKind::Text(text) = &stretch.kind else { return None };
    let ends: Vec<usize> =
        markdown::sentence_ends(&row, abbreviations()).into_iter().map(|(_, end)| end).collect();
    let mut sentences = Vec::new();
    let mut start = 0;
    for end in ends.into_iter().chain([text.len()]) {
        sentences.push(text[start..end].trim().to_owned());
        start = end;
    }
    let chosen = to % sentences.len();
    match plant {
        Plant::NewParagraph => {
            blocks.insert(at, of_words("Det här är ett alldeles nytt stycke. Det handlar om kvastar."));
            return Some(());
        }
        Plant::GoneParagraph => {
            blocks.remove(at);
            return Some(());
        }
        Plant::Word => {
            let mut said: Vec<&str> = sentences[chosen].split(' ').collect();
            let is_plain = |word: &&str| word.len() > 4 && word.chars().all(char::is_lowercase);
            let word = said.iter().rposition(is_plain).filter(|_| said.len() > 6)?;
            said[word] = "hinkar";
            sentences[chosen] = said.join(" ");
        }
        Plant::NewSentence => sentences.insert(chosen, "Det här är en alldeles ny mening om kvastar.".into()),
        Plant::GoneSentence => drop((sentences.len() > 1).then(|| sentences.remove(chosen))?),
        Plant::Split => {
            let (first, second) = (chosen > 0).then(|| sentences.split_at(chosen))?;
            let new = [of_words(&first.join(" ")), of_words(&second.join(" "))];
            blocks.splice(at..=at, new);
            return Some(());
        }
        _ => {
            let next = blocks.get(at + 1).filter(|next| is_long(next))?;
            let BlockKind::Paragraph(next) = &next.kind else { return None };
            sentences.push(plain(next));
            blocks.remove(at + 1);
        }
    }
    blocks[at] = of_words(&sentences.join(" "));
    Some(())
}

/// What is told of an edit; none where it cannot be made there.
fn told(old: &Document, plant: Plant, at: usize, to: usize) -> Option<Vec<Change>> {
    let new = with_body(old, &planted(&old.blocks, plant, at, to)?)?;
    let comparison = compared(old, &new);
    let mut told = changes(&comparison, old, &new, templates());
    told.retain(|change| change.weight != Weight::Form);
    (new.blocks != old.blocks).then_some(told)
}

proptest! {
    #![proptest_config(times(400))]

    #[test]
    fn an_edit_is_told_once(
        which in 0..WORKED.len(),
        plant in proptest::sample::select(PLANTS.to_vec()),
        at in any::<u16>(),
        to in any::<u16>(),
    ) {
        if let Some(told) = told(&worked(which), plant, at.into(), to.into()) {
            let messages: Vec<&String> = told.iter().map(|change| &change.message).collect();
            prop_assert!(told.len() == 1 && plant.is_told_by(&told[0]), "{plant:?}: {messages:#?}");
        }
    }
}

/// The law would hold of edits that can never be made.
#[test]
fn each_edit_can_be_made() {
    for plant in PLANTS {
        let made = (0..WORKED.len()).flat_map(|which| (0..5).map(move |at| (which, at)));
        let count =
            made.filter(|(which, at)| told(&worked(*which), plant, *at, at * 7 + which).is_some()).count();
        println!("{plant:?}: {count}");
        assert!(count > 0, "{plant:?}");
    }
}
