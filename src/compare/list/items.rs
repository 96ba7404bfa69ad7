//! Changes in lists: items that came, went, moved or have other numbers.

use super::run::{Run, collect, first_spans, stays};
use super::section;
use super::walk::{InItem, Made, Walk};
use super::{Deed, Subject, say};
use crate::compare::{Fate, Item, Node};
use crate::library::roll::Roll;

impl Walk<'_> {
    pub fn list(&mut self, node: &Node, start: Option<u64>, items: &[Item]) {
        let questions = section::are_questions(items);
        let outer = self.here.item.filter(|item| matches!(item.subject, Subject::Question | Subject::Point));
        let within = outer.or(self.here.within);
        let subject = match (self.here.role, within) {
            (_, None) if questions => Subject::Question,
            (Some(Roll::Beslut), None) => Subject::Point,
            (Some(Roll::Beslut), Some(_)) => Subject::Subpoint,
            (Some(Roll::Bilagor), _) => Subject::Attachment,
            _ => Subject::Item,
        };
        if matches!(node.fate, Fate::New | Fate::Gone) && matches!(subject, Subject::Item | Subject::Subpoint)
        {
            return self.whole(node);
        }
        let first = match subject {
            // They are printed with letters, however the list is written.
            Subject::Subpoint => Some(1),
            _ => start.map(|start| usize::try_from(start).unwrap_or(1)),
        };
        let number = |at: Option<usize>| Some(first? + at?);
        let words = match subject {
            Subject::Question => ("fråga", "frågorna"),
            Subject::Subpoint => ("underpunkt", "underpunkterna"),
            Subject::Attachment => ("bilaga", "bilagorna"),
            _ => ("punkt", "punkterna"),
        };
        let written =
            if subject == Subject::Subpoint { say::letter } else { |number: usize| number.to_string() };
        let stay = items.iter().filter(|item| item.fate == Fate::Same);
        let pairs: Vec<_> =
            stay.filter_map(|item| Some((number(item.index.old)?, number(item.index.new)?))).collect();
        let outer_remark = self.remark.take();
        self.remark = say::renumbered(words, written, &pairs);
        let rewritten = rewritten(items);
        for (place, item) in items.iter().enumerate() {
            let at = number(item.index.new).or_else(|| number(item.index.old));
            let (first, rest) = item.body.split_at(item.body.len().min(1));
            let stays = match subject {
                Subject::Question => (stays(first), stays(rest)),
                _ => (stays(&item.body), stays(&item.body)),
            };
            let inside = InItem { subject, number: at, first: true, stays };
            let outer = self.here.clone();
            self.here.item = Some(inside);
            self.here.within = within;
            match rewritten.iter().find(|(gone, new)| place == *gone || place == *new) {
                Some((gone, new)) if place == *new => self.rewritten(&items[*gone], item, subject),
                Some(_) => {}
                None => self.item(item, subject, number(item.index.old)),
            }
            self.here = outer;
        }
        self.remark = outer_remark;
    }

    /// An item of which all is other words.
    fn rewritten(&mut self, gone: &Item, new: &Item, subject: Subject) {
        let mut all = Run::default();
        collect(&gone.body, &mut all);
        collect(&new.body, &mut all);
        let weight = self.weight(subject, &all.spans);
        self.add(Made::of((weight, subject, Deed::Rewritten), all.spans, all.at));
    }

    fn item(&mut self, item: &Item, subject: Subject, old_number: Option<usize>) {
        let deed = match item.fate {
            Fate::Away(_) => return,
            Fate::Same => return self.row(&item.body),
            Fate::New => Deed::New,
            Fate::Gone => Deed::Gone,
            Fate::Here(_) => Deed::Moved,
        };
        let mut all = Run::default();
        collect(&item.body, &mut all);
        let mut spans = all.spans;
        if subject == Subject::Question {
            // The answer comes and goes with its question, which is printed without it too.
            spans.truncate(first_spans(&item.body));
        }
        let weight = self.weight(subject, &[]);
        self.add(Made::of((weight, subject, deed), spans, all.at));
        let remark = self.remark.take();
        if let Some(last) = self.changes.last_mut() {
            last.remark = remark;
            if let (Deed::Moved, Some(old)) = (deed, old_number) {
                let was = match subject {
                    Subject::Subpoint => format!("den var {}", say::letter(old)),
                    _ => format!("den var nummer {old}"),
                };
                last.message = format!("{}, {was}", last.message);
            }
        }
        if deed == Deed::Moved {
            self.row(&item.body);
        }
    }
}

/// Items that are gone, and those that are new in their places: between two that stay, as many as there are of both.
fn rewritten(items: &[Item]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut start = 0;
    for end in 0..=items.len() {
        if items.get(end).is_some_and(|item| matches!(item.fate, Fate::Gone | Fate::New)) {
            continue;
        }
        let those = |fate| (start..end).filter(move |at| items[*at].fate == fate);
        if those(Fate::Gone).count() == those(Fate::New).count() {
            pairs.extend(those(Fate::Gone).zip(those(Fate::New)));
        }
        start = end + 1;
    }
    pairs
}
