//! Lists: their numbers, and lines of running text that are taken for items.

use std::ops::Range;

use super::lines::HIGH;
use super::{Finder, Mend, SlipKind, blank_line, insert, line_end, line_start};

/// A list while it is read.
pub(super) struct List {
    start: Option<u64>,
    at: Range<usize>,
    /// Where each item stands.
    items: Vec<Range<usize>>,
    /// The paragraph that it stands directly below.
    below: Option<Range<usize>>,
}

impl Finder<'_> {
    pub(super) fn open_list(&mut self, start: Option<u64>, at: Range<usize>) {
        let line = line_start(self.source, at.start);
        let before = self.leaves.last().map(|leaf| leaf.at.clone());
        let touches = |before: &Range<usize>| {
            before.end <= at.start
                && at.start > 0
                && !self.source[before.end..at.start].contains("\n\n")
                && self.source[before.start..at.start].trim_end().len() + before.start + 1 >= line
        };
        let below = before.filter(touches);
        self.lists.push(List { start, at, items: Vec::new(), below });
    }

    pub(super) fn item(&mut self, at: Range<usize>) {
        if let Some(list) = self.lists.last_mut() {
            list.items.push(at);
        }
    }

    pub(super) fn close_list(&mut self) {
        let Some(list) = self.lists.pop() else { return };
        match list.start {
            Some(start) if start >= HIGH => self.high(&list, start),
            Some(_) => {
                self.numbers(&list);
                self.lone(&list);
            }
            None => self.signed(&list),
        }
    }

    /// Years and amounts at the start of lines.
    fn high(&mut self, list: &List, start: u64) {
        let mut mends = Vec::new();
        for (index, item) in list.items.iter().enumerate() {
            let digits = self.digits(item.start);
            if index > 0 {
                let line = line_start(self.source, item.start);
                let above = self.source[..line.saturating_sub(1)].trim_end_matches([' ', '>']);
                if !above.ends_with('\n') {
                    mends.push(blank_line(line.saturating_sub(1), &self.base(item.start)));
                }
            }
            mends.push(insert(item.start + digits.len(), "\\"));
        }
        let end = line_end(self.source, list.items.last().map_or(list.at.start, |last| last.start));
        self.sure(SlipKind::HighNumber(start), list.at.start..end, mends);
    }

    fn digits(&self, at: usize) -> &str {
        let rest = &self.source[at..];
        &rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())]
    }

    /// Numbers that are not those that would be printed; all the same leave it to Markdown to count.
    fn numbers(&mut self, list: &List) {
        let said: Vec<u64> =
            list.items.iter().filter_map(|item| self.digits(item.start).parse().ok()).collect();
        let Some(first) = said.first().copied() else { return };
        let counted = |(index, number): (usize, &u64)| *number == first + index as u64;
        if said.iter().enumerate().all(counted) || said.iter().all(|number| *number == first) {
            return;
        }
        let wrong =
            said.iter().enumerate().position(|(index, number)| !counted((index, number))).unwrap_or(0);
        let Some(item) = list.items.get(wrong) else { return };
        let at = item.start..line_end(self.source, item.start);
        let mend = |(index, item): (usize, &Range<usize>)| {
            let digits = self.digits(item.start).len();
            Mend { at: super::At(item.start..item.start + digits), with: (first + index as u64).to_string() }
        };
        let mends = list.items.iter().enumerate().skip(wrong).map(mend).collect();
        self.doubt(SlipKind::Numbers(said), at, mends);
    }

    /// One item directly below words that go on: a line that happens to begin with ”1.”.
    fn lone(&mut self, list: &List) {
        let (Some(below), [item]) = (&list.below, list.items.as_slice()) else { return };
        let line = item.start..line_end(self.source, item.start);
        let said = &self.source[line.clone()];
        let words =
            said.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')']).trim_start();
        if self.goes_on(below) && words.starts_with(char::is_lowercase) {
            let digits = self.digits(item.start).len();
            let marker = self.source[item.start..item.start + digits + 1].to_owned();
            self.doubt(SlipKind::LoneItem(marker), line, vec![insert(item.start + digits, "\\")]);
        }
    }

    /// A plus before an amount is no item's mark, and one minus below words that go on is none either.
    fn signed(&mut self, list: &List) {
        let is_sum = |item: &Range<usize>| {
            let rest = self.source[item.start..].strip_prefix(['+', '-']);
            rest.is_some_and(|rest| rest.trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit()))
        };
        let sign = self.source[list.at.start..].chars().next().unwrap_or_default();
        let is_one = list.items.len() == 1 && list.below.as_ref().is_some_and(|below| self.goes_on(below));
        if !list.items.is_empty() && (sign == '+' || sign == '-' && is_one) && list.items.iter().all(is_sum) {
            let mends = list.items.iter().map(|item| insert(item.start, "\\")).collect();
            let end = line_end(self.source, list.items.last().map_or(list.at.start, |last| last.start));
            self.doubt(SlipKind::LoneItem(sign.to_string()), list.at.start..end, mends);
        }
    }

    /// A quotation directly below words that go on: ”minst\n> 500 kronor”.
    pub(super) fn quote(&mut self, at: &Range<usize>) {
        // Of quotations in quotations the innermost alone is looked at.
        let Some(rest) = self.source[at.start..].strip_prefix('>') else { return };
        let rest = rest.trim_start_matches(' ');
        let below = self.leaves.last().map(|leaf| leaf.at.clone());
        let touches = |before: &Range<usize>| before.end == at.start || before.end + 1 == at.start;
        if rest.starts_with(|c: char| c.is_ascii_digit())
            && below.as_ref().is_some_and(|below| touches(below) && self.goes_on(below))
        {
            let end = line_end(self.source, at.start);
            self.doubt(SlipKind::LoneQuote, at.start..end, vec![insert(at.start, "\\")]);
        }
    }

    /// Whether a paragraph ends within a sentence.
    fn goes_on(&self, paragraph: &Range<usize>) -> bool {
        self.source[paragraph.clone()].trim_end().ends_with(|c: char| c.is_alphanumeric() || c == ',')
    }
}
