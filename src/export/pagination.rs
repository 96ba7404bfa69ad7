//! On which page of its PDF a place of a document prints.

use std::ops::Range;

use super::Images;
use super::pages::{Pages, is_solid};
use super::pdf::Press;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::library::Templates;
use crate::markdown::{Leaf, leaves};
use crate::yaml::data::Data;

/// The pages of a document, by the places of its Markdown.
pub struct Pagination<'d> {
    /// In the order in which pages are told of them.
    leaves: Vec<Printed<'d>>,
}

/// Words that are printed in one stretch of pages.
struct Printed<'d> {
    /// Where they stand in the Markdown.
    at: Range<usize>,
    /// What they are, where that has an order of its own.
    leaf: Option<(Leaf<'d>, usize)>,
    /// How many [solid](is_solid) characters were printed before each of its pages, and the page from 1.
    pages: Vec<(usize, usize)>,
}

impl<'d> Pagination<'d> {
    /// Lays a document out, and sees where everything stands.
    ///
    /// # Errors
    /// What Typst refuses, in words for an official.
    pub fn of(
        document: &'d Document,
        templates: &Templates,
        press: &Press,
        images: &Images,
    ) -> Result<Self, Vec<Diagnostic>> {
        let pages = Pages::of(document, templates, press, images)?;
        let start = document.body_start;
        let body = leaves(&document.blocks).into_iter().map(|leaf| {
            let at = leaf.source(0..leaf.words().len());
            Printed { at: start + at.start..start + at.end, leaf: Some((leaf, start)), pages: Vec::new() }
        });
        let mut found: Vec<Printed> = body.collect();
        document.front.lines(&mut |line| {
            let place = line.place_in(0..line.text.len());
            let at = place.map_or(0..0, |place| place.range);
            found.push(Printed { at, leaf: None, pages: Vec::new() });
        });
        for (number, page) in (1..).zip(pages.iter()) {
            for run in &page.runs {
                let printed = run.leaf.and_then(|leaf| found.get_mut(leaf));
                if let Some(printed) =
                    printed.filter(|printed| printed.pages.last().is_none_or(|last| last.1 != number))
                {
                    printed.pages.push((run.from, number));
                }
            }
        }
        Ok(Self { leaves: found })
    }

    /// The page, from 1, where a stretch of the Markdown begins to print; none where nothing of it prints.
    pub fn page(&self, range: &Range<usize>) -> Option<usize> {
        let end = range.end.max(range.start + 1);
        let touched =
            self.leaves.iter().filter(|printed| printed.at.start < end && range.start < printed.at.end);
        touched.filter_map(|printed| printed.page(range.start)).next()
    }
}

impl Printed<'_> {
    /// The page of the character that stands at a place of the Markdown.
    fn page(&self, at: usize) -> Option<usize> {
        let before = self.leaf.as_ref().map_or(0, |(leaf, start)| {
            let words = leaf.words().char_indices();
            let stands =
                |(from, sign): &(usize, char)| start + leaf.source(*from..from + sign.len_utf8()).end <= at;
            words.take_while(stands).filter(|(_, sign)| is_solid(*sign)).count()
        });
        let printed = self.pages.iter().take_while(|(from, _)| *from <= before).last();
        printed.or(self.pages.first()).map(|(_, page)| *page)
    }
}
