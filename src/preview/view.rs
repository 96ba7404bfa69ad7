//! What is shown of a document: its pages, and everything that is to be said about it.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::places::{self, Area, Places};
use crate::diagnostic::{Diagnostic, Place, codes};
use crate::digest::Digest;
use crate::document::Document;
use crate::export::Images;
use crate::export::pages::{Page, Pages};
use crate::project::Loaded;
use crate::report;

/// A document as it is at a moment.
pub struct Snapshot {
    /// How many came before.
    pub number: u64,
    /// The file, as it was when it was reviewed.
    pub loaded: Arc<Loaded>,
    /// What is to be said, sorted.
    pub findings: Vec<Diagnostic>,
    /// The pages: of now, or of when there were some last.
    pub shown: Option<Arc<Shown>>,
    /// Whether the pages are of now.
    pub is_current: bool,
    /// It as the browser is told of it.
    pub text: String,
}

/// A document that was laid out.
pub struct Shown {
    /// The document.
    pub document: Arc<Document>,
    /// Its pictures.
    pub images: Images,
    /// Its pages.
    pub pages: Pages,
    /// Where its words stand.
    pub places: Places,
    /// The words of each page, by their digest.
    words: Vec<(String, Json)>,
}

impl Shown {
    /// A document and its pages.
    pub fn new(document: Arc<Document>, images: Images, pages: Pages, places: Places) -> Self {
        let words = pages.iter().map(|page| {
            let words = places::words(page);
            (Digest::of(words.to_string().as_bytes()).to_string(), words)
        });
        Self { words: words.collect(), document, images, pages, places }
    }

    /// The page whose picture has this digest, and, where that is asked for, whose words have that one.
    pub fn page(&self, picture: &str, words: Option<&str>) -> Option<&Page> {
        let mut pages = self.pages.iter().zip(&self.words);
        let is_meant = |words_are: &str| words.is_none_or(|words| words == words_are);
        pages.find(|(page, (own, _))| page.digest == picture && is_meant(own)).map(|(page, _)| page)
    }

    /// The words of a page, by their digest.
    pub fn words(&self, digest: &str) -> Option<&Json> {
        self.words.iter().find(|(known, _)| known == digest).map(|(_, words)| words)
    }

    fn areas(&self, place: &Place) -> Vec<Area> {
        self.places.printed(place, &self.pages)
    }
}

impl Snapshot {
    /// What is shown after `before`.
    pub fn new(
        loaded: Arc<Loaded>,
        findings: Vec<Diagnostic>,
        shown: Option<Arc<Shown>>,
        before: Option<&Self>,
    ) -> Self {
        let is_current = shown.is_some();
        let shown = shown.or_else(|| before?.shown.clone());
        let number = before.map_or(0, |before| before.number) + 1;
        let mut view = Self { number, loaded, findings, shown, is_current, text: String::new() };
        view.text = view.told(before.and_then(|before| before.shown.as_deref())).to_string();
        view
    }

    /// The same again, for those who look at it, when something beside it is new.
    pub fn again(&self) -> Self {
        let shown = self.shown.clone().filter(|_| self.is_current);
        Self::new(self.loaded.clone(), self.findings.clone(), shown, Some(self))
    }

    /// What the file held when it was reviewed, by its digest.
    pub fn reviewed(&self) -> String {
        Digest::of(&self.loaded.bytes).to_string()
    }

    /// What the browser is told, to whom what was shown `before` was told.
    fn told(&self, before: Option<&Shown>) -> Json {
        let shown = self.shown.as_deref();
        let is_draft = shown.is_some_and(|shown| shown.document.front.is_draft());
        let state = match (self.is_current, is_draft) {
            (true, false) => "klar",
            (true, true) => "utkast",
            (false, _) => "fel",
        };
        json!({
            "number": self.number,
            "file": crate::project::shown(&self.loaded.path),
            "title": shown.map_or_else(String::new, |shown| shown.document.title()),
            "state": state,
            "reviewed": self.reviewed(),
            "pages": shown.map_or_else(Vec::new, pages),
            "words": shown.map_or_else(Json::default, |shown| new_words(shown, before)),
            "findings": self.findings.iter().map(|finding| self.finding(finding)).collect::<Vec<_>>(),
        })
    }

    fn finding(&self, finding: &Diagnostic) -> Json {
        let areas = finding.place.as_ref().zip(self.shown.as_ref()).filter(|_| self.is_current);
        let areas = areas.map(|(place, shown)| shown.areas(place)).unwrap_or_default();
        let areas = areas.iter().map(|area| {
            json!([area.page, round(area.x), round(area.y), round(area.width), round(area.height)])
        });
        let mut told = report::finding(finding, &crate::project::shown(&self.loaded.path));
        let words = finding.place.as_ref().and_then(|place| words(finding, place));
        told.insert("words".into(), words.into());
        told.insert("areas".into(), areas.collect());
        // What would be replaced, where that can be done from here.
        let replaced = self.edit(finding).map(|edit| &edit.place.source.text[edit.place.range.clone()]);
        told.insert("replaced".into(), replaced.into());
        Json::Object(told)
    }

    /// The mend of a finding, where it is one of this file.
    pub fn edit<'a>(&self, finding: &'a Diagnostic) -> Option<&'a crate::diagnostic::Edit> {
        let source = self.loaded.source.as_ref()?;
        finding.edit.as_ref().filter(|edit| edit.place.source == *source)
    }
}

fn pages(shown: &Shown) -> Vec<Json> {
    let pages = shown.pages.iter().zip(&shown.words);
    pages
        .map(|(page, (words, _))| {
            json!({
                "picture": page.digest,
                "words": words,
                "width": round(page.width),
                "height": round(page.height),
            })
        })
        .collect()
}

/// The words that were not shown before, by their digest: who does not know the others asks for them.
fn new_words(shown: &Shown, before: Option<&Shown>) -> Json {
    let is_new = |digest: &str| before.is_none_or(|before| before.words(digest).is_none());
    let new = shown.words.iter().filter(|(digest, _)| is_new(digest));
    Json::Object(new.cloned().collect())
}

/// A place as people and editors say it.
pub fn place(place: &Place) -> Json {
    let (line, column) = place.source.position(place.range.start);
    json!({ "file": place.source.path, "line": line, "column": column })
}

/// The words that a finding is about, where they may be shown.
fn words(finding: &Diagnostic, place: &Place) -> Option<String> {
    const MOST: usize = 90;
    let said = &place.source.text[place.range.clone()];
    let line = said.lines().next().unwrap_or_default().trim();
    if line.is_empty() || finding.code == codes::PERSONNUMMER {
        return None;
    }
    let is_short = line.chars().count() <= MOST;
    Some(if is_short { line.to_owned() } else { line.chars().take(MOST).chain(['…']).collect() })
}

fn round(length: f64) -> f64 {
    (length * 100.0).round() / 100.0
}
