//! Expressions that can be written in several forms: ”t.ex.”, ”till exempel”.

use std::ops::Range;

use aho_corasick::AhoCorasick;

/// Expressions with their forms, and every spelling of them, looked for at once.
#[derive(Clone, Debug, Default)]
pub struct Spellings {
    /// Each expression with its forms, as they are shown.
    expressions: Vec<Vec<String>>,
    any: Option<AhoCorasick>,
    /// Of each spelling its expression and its form.
    owners: Vec<(usize, usize)>,
}

impl Spellings {
    /// Reads a list, an expression a line, in small letters: its forms with bars between, the one written
    /// out last, and the spellings of a form with commas between. What begins with `#` is a comment.
    pub fn parse(list: &str) -> Self {
        let mut read = Self::default();
        let mut spellings = Vec::new();
        for line in list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            let mut shown = Vec::new();
            for (form, said) in line.split('|').enumerate() {
                let said: Vec<&str> = said.split(',').map(str::trim).collect();
                shown.push(said[0].to_owned());
                read.owners.extend(said.iter().map(|_| (read.expressions.len(), form)));
                spellings.extend(said);
            }
            read.expressions.push(shown);
        }
        read.any = AhoCorasick::new(spellings).ok();
        read
    }

    /// The expressions, each with its forms as they are shown.
    pub fn expressions(&self) -> &[Vec<String>] {
        &self.expressions
    }

    /// Where every spelling stands in a text in small letters, also within words and within others,
    /// with its expression and its form.
    pub fn all_in(&self, lower: &str) -> impl Iterator<Item = (Range<usize>, (usize, usize))> {
        let found = self.any.iter().flat_map(move |any| any.find_overlapping_iter(lower));
        found.map(|said| (said.range(), self.owners[said.pattern()]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_belong_to_forms_and_forms_to_expressions() {
        let spellings = Spellings::parse("# x\nca, ca. | cirka\n\nm.m. | med mera\n");
        assert_eq!(spellings.expressions(), [["ca", "cirka"], ["m.m.", "med mera"]]);
        let found: Vec<_> = spellings.all_in("ca. 3 med mera").collect();
        assert_eq!(found, [(0..2, (0, 0)), (0..3, (0, 0)), (6..14, (1, 1))]);
    }
}
