//! Changes in lists: items that came, went, moved or have other numbers.

use super::run::{Run, collect, first_spans};
use super::section;
use super::walk::{InItem, Made, Walk};
use super::{Deed, Subject, say};
use crate::compare::{Fate, Item, Node};
use crate::library::roll::Roll;

impl Walk<'_> {
    pub fn list(&mut self, node: &Node, start: Option<u64>, items: &[Item]) {
        let questions = section::are_questions(items);
        let subject = match self.here.role {
            _ if questions => Subject::Question,
            Some(Roll::Beslut) => Subject::Point,
            _ => Subject::Item,
        };
        if matches!(node.fate, Fate::New | Fate::Gone) && subject == Subject::Item {
            return self.whole(node);
        }
        let first = start.map(|start| usize::try_from(start).unwrap_or(1));
        let number = |at: Option<usize>| Some(first? + at?);
        let words = if questions { ("fråga", "frågorna") } else { ("punkt", "punkterna") };
        let stay = items.iter().filter(|item| item.fate == Fate::Same);
        let pairs: Vec<_> =
            stay.filter_map(|item| Some((number(item.index.old)?, number(item.index.new)?))).collect();
        let outer_remark = self.remark.take();
        self.remark = say::renumbered(words, &pairs);
        for item in items {
            let at = number(item.index.new).or_else(|| number(item.index.old));
            let inside = InItem { subject, number: at, first: true };
            let outer = self.here.clone();
            self.here.item = Some(inside);
            self.item(item, subject, number(item.index.old));
            self.here = outer;
        }
        self.remark = outer_remark;
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
        if subject == Subject::Question && deed != Deed::Moved {
            // The answer comes and goes with its question, which is printed without it too.
            spans.truncate(first_spans(&item.body));
        }
        let weight = self.weight(subject, &[]);
        self.add(Made::of((weight, subject, deed), spans, all.at));
        let remark = self.remark.take();
        if let Some(last) = self.changes.last_mut() {
            last.remark = remark;
            if let (Deed::Moved, Some(old)) = (deed, old_number) {
                last.message = format!("{}, den var nummer {old}", last.message);
            }
        }
        if deed == Deed::Moved {
            self.row(&item.body);
        }
    }
}
