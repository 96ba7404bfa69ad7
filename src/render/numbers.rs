//! Numbers that tjut sets: of headings, where the profile says so, and of tables, where the text
//! refers to them by numbers. They stand in the Markdown, so that what was reviewed is what is printed.

use std::sync::OnceLock;

use regex::Regex;

use crate::markdown::{At, Block, BlockKind, Inline, InlineKind, Visited, plain, walk};

/// Numbers the headings below the title: 1, 1.1.
pub fn of_headings(blocks: &mut [Block]) {
    number_headings(blocks, &mut Vec::new());
}

/// `counts` are the numbers of the headings that are open, from the second level.
fn number_headings(blocks: &mut [Block], counts: &mut Vec<usize>) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { level, inlines } if *level > 1 => {
                counts.resize(usize::from(*level) - 1, 0);
                if let Some(count) = counts.last_mut() {
                    *count += 1;
                }
                let number: Vec<String> = counts.iter().map(usize::to_string).collect();
                begin_with(&format!("{} ", number.join(".")), inlines);
            }
            BlockKind::Part { blocks, .. } => number_headings(blocks, counts),
            _ => {}
        }
    }
}

/// Numbers the captions of tables, where the text speaks of a table by its number.
pub fn of_tables(blocks: &mut [Block]) {
    static REFERENCE: OnceLock<Option<Regex>> = OnceLock::new();
    let Some(reference) = REFERENCE.get_or_init(|| Regex::new(r"(?i)\btabell(?:en|erna)?\s+[0-9]").ok())
    else {
        return;
    };
    let mut is_referred = false;
    walk(blocks, &mut |node| {
        if let Visited::Inline(Inline { kind: InlineKind::Text(text), .. }) = node {
            // What stands first in its paragraph may be a caption with its own number.
            is_referred |= reference.find_iter(text).any(|found| found.start() > 0);
        }
    });
    if is_referred {
        number_tables(blocks, &mut 0);
    }
}

fn number_tables(blocks: &mut [Block], count: &mut usize) {
    for at in 0..blocks.len() {
        let is_before_table = matches!(blocks.get(at + 1), Some(Block { kind: BlockKind::Table { .. }, .. }));
        match &mut blocks[at].kind {
            BlockKind::Paragraph(inlines) if is_before_table => number_caption(inlines, count),
            BlockKind::List { items, .. } => items.iter_mut().for_each(|item| number_tables(item, count)),
            BlockKind::Quote(inner) | BlockKind::Part { blocks: inner, .. } => number_tables(inner, count),
            _ => {}
        }
    }
}

/// `Tabell: …` is `Tabell 2: …`; one that the author numbered keeps its number.
fn number_caption(inlines: &mut [Inline], count: &mut usize) {
    let said = plain(inlines);
    let Some((number, _)) = said.strip_prefix("Tabell").and_then(|rest| rest.split_once(':')) else { return };
    match number.trim().parse() {
        Ok(number) => *count = number,
        Err(_) if number.trim().is_empty() => {
            *count += 1;
            if let Some(Inline { kind: InlineKind::Text(text), .. }) = inlines.first_mut() {
                *text = text.replacen("Tabell", &format!("Tabell {count}"), 1).as_str().into();
            }
        }
        Err(_) => {}
    }
}

/// Sets words before running text.
pub fn begin_with(words: &str, inlines: &mut Vec<Inline>) {
    match inlines.first_mut() {
        Some(Inline { kind: InlineKind::Text(text), .. }) => {
            *text = text.mended(std::iter::once((0..0, words)));
        }
        _ => inlines.insert(0, Inline { at: At::default(), kind: InlineKind::Text(words.into()) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Abbreviations, parse, write};

    fn after(change: fn(&mut [Block]), text: &str) -> String {
        let mut blocks = parse(text).blocks;
        change(&mut blocks);
        write(&blocks, &Abbreviations::parse(""))
    }

    #[test]
    fn headings_have_numbers_by_their_levels() {
        let text = "# T\n\n## A\n\n### B\n\n### *C*\n\n## 2024 års budget\n\n### D\n";
        let numbered = "# T\n\n## 1 A\n\n### 1.1 B\n\n### 1.2 *C*\n\n## 2 2024 års budget\n\n### 2.1 D\n";
        assert_eq!(after(of_headings, text), numbered);
    }

    #[test]
    fn tables_have_numbers_where_the_text_refers_to_them() {
        let table = "| a |\n| --- |\n| b |\n";
        let text = format!("Se tabell 2.\n\nTabell: Ett.\n\n{table}\nTabell: Två.\n\n{table}");
        let numbered = format!("Se tabell 2.\n\nTabell 1: Ett.\n\n{table}\nTabell 2: Två.\n\n{table}");
        assert_eq!(after(of_tables, &text), numbered);
        let text = format!("Se tabellen.\n\nTabell: Ett.\n\n{table}");
        assert_eq!(after(of_tables, &text), text);
        let text = format!("Se tabell 4.\n\nTabell 3: Ett.\n\n{table}\nTabell: Två.\n\n{table}");
        assert_eq!(after(of_tables, &text), text.replace("Tabell: Två", "Tabell 4: Två"));
    }
}
