//! A text as it was meant: with repairs, each of which knows what it stands for in the file.

use std::ops::Range;

/// A text with repairs.
#[derive(Clone, Debug)]
pub struct Patched<'s> {
    source: &'s str,
    /// What is replaced in the source, in order, and by what.
    repairs: Vec<(Range<usize>, String)>,
    /// Where each repair stands in the text.
    stands: Vec<Range<usize>>,
    /// The text.
    pub text: String,
}

impl<'s> Patched<'s> {
    /// A text as it is.
    pub fn new(source: &'s str) -> Self {
        Self { source, repairs: Vec::new(), stands: Vec::new(), text: source.to_owned() }
    }

    /// The text with these repairs of the source, which are in order and do not overlap.
    pub fn with(source: &'s str, repairs: Vec<(Range<usize>, String)>) -> Self {
        let mut patched = Self { source, repairs, stands: Vec::new(), text: String::new() };
        patched.write();
        patched
    }

    /// What a stretch of the text is in the source.
    pub fn back(&self, range: Range<usize>) -> Range<usize> {
        let start = self.offset(range.start);
        start..self.offset(range.end).max(start)
    }

    /// The text with one more repair, of a stretch of it; none where it would repair a repair.
    pub fn repaired(&self, range: &Range<usize>, replacement: &str) -> Option<Self> {
        let touches = |stands: &Range<usize>| range.start < stands.end && stands.start < range.end;
        if self.stands.iter().any(touches) {
            return None;
        }
        let back = self.back(range.clone());
        Some(self.and(pieces(&self.source[back.clone()], replacement, back.start)))
    }

    /// The text with the lines of a stretch blank.
    pub fn blanked(&self, range: &Range<usize>) -> Self {
        let mut whole = self.back(range.clone());
        let mut kept = self.clone();
        kept.repairs.retain(|(repair, _)| {
            let apart = repair.end <= whole.start || whole.end <= repair.start;
            if !apart {
                whole = whole.start.min(repair.start)..whole.end.max(repair.end);
            }
            apart
        });
        let blank = |byte: u8| if byte == b'\n' { '\n' } else { ' ' };
        let blanks = self.source[whole.clone()].bytes().map(blank).collect();
        kept.and(vec![(whole, blanks)])
    }

    fn and(&self, more: Vec<(Range<usize>, String)>) -> Self {
        let mut repairs = [&*self.repairs, &more].concat();
        repairs.sort_by_key(|(range, _)| (range.start, range.end));
        Self::with(self.source, repairs)
    }

    fn write(&mut self) {
        let mut done = 0;
        for (range, replacement) in &self.repairs {
            self.text.push_str(&self.source[done..range.start]);
            let start = self.text.len();
            self.text.push_str(replacement);
            self.stands.push(start..self.text.len());
            done = range.end;
        }
        self.text.push_str(&self.source[done..]);
    }

    fn offset(&self, offset: usize) -> usize {
        let passed = self.stands.partition_point(|stands| stands.start <= offset);
        let Some(last) = passed.checked_sub(1) else { return offset };
        let (stands, (range, _)) = (&self.stands[last], &self.repairs[last]);
        match offset.checked_sub(stands.end) {
            Some(beyond) => range.end + beyond,
            // Within a repair: as far into what it stands for as that reaches.
            None => self.source.floor_char_boundary((range.start + offset - stands.start).min(range.end)),
        }
    }
}

/// What a replacement changes, and nothing that stays: line by line where there are as many.
fn pieces(old: &str, new: &str, start: usize) -> Vec<(Range<usize>, String)> {
    let (old_lines, new_lines): (Vec<&str>, Vec<&str>) =
        (old.split('\n').collect(), new.split('\n').collect());
    if old_lines.len() != new_lines.len() {
        return vec![piece(old, new, start)];
    }
    let mut at = start;
    let mut found = Vec::new();
    for (old, new) in old_lines.into_iter().zip(new_lines) {
        if old != new {
            found.push(piece(old, new, at));
        }
        at += old.len() + 1;
    }
    found
}

fn piece(old: &str, new: &str, start: usize) -> (Range<usize>, String) {
    let before: usize =
        old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (old, new) = (&old[before..], &new[before..]);
    let ends = old.chars().rev().zip(new.chars().rev());
    let after: usize = ends.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let range = start + before..start + before + old.len() - after;
    (range, new[..new.len() - after].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stretch_is_found_again() {
        let source = "a:b\n”c: d”\ne";
        let text = Patched::new(source).repaired(&(2..2), " ").expect("free");
        let start = text.text.find('”').expect("there");
        let end = start + "”c: d”".len();
        let text = text.repaired(&(start..end), "\"c: d\"").expect("free");
        assert_eq!(text.text, "a: b\n\"c: d\"\ne");
        let back = |words: &str| {
            let at = text.text.find(words).expect("there");
            &source[text.back(at..at + words.len())]
        };
        assert_eq!((back("b"), back("\"c: d\""), back("e")), ("b", "”c: d”", "e"));
        assert!(text.repaired(&(start + 1..start + 2), "x").is_none());
        assert_eq!(text.blanked(&(start..start + 6)).text, "a: b\n          \ne");
    }
}
