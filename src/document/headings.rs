//! The headings by which a document's sections are known without its case: the usual ones, those of its kind and of the
//! profile, and its own in the front matter.

use super::Document;
use crate::language::swedish::without_number;
use crate::library::Templates;
use crate::library::roll::Roll;
use crate::library::rubriker;

/// The headings of the sections that have a role whoever reads them.
pub struct Headings(Vec<(Roll, Vec<String>)>);

/// The roles that headings tell, as front matters say them.
const ROLES: [Roll; 4] = [Roll::Beslut, Roll::Avslutande, Roll::Sammanfattning, Roll::Bilagor];

impl Headings {
    /// Those of a document.
    pub fn of(document: &Document, templates: &Templates) -> Self {
        let kind = templates.kinds().get(&document.front.mall.text);
        let profile = templates.profile(&document.front.sender(templates.kinds()));
        let mut own = document.front.rubriker.clone().unwrap_or_default();
        let known = |role: Roll| {
            let mut found = rubriker::known(role, kind.map(AsRef::as_ref), profile);
            found.extend(own.of(role).and_then(|line| line.take()).map(|line| line.text.to_lowercase()));
            (role, found)
        };
        Self(ROLES.map(known).into())
    }

    /// What a heading says that its section is for.
    pub fn role(&self, heading: &str) -> Option<Roll> {
        let heading = without_number(heading).to_lowercase();
        let known = self.0.iter().find(|(_, headings)| headings.contains(&heading));
        // Some say who decides: “Förslag till beslut i kommunstyrelsen”.
        let is_usual =
            || heading.starts_with("förslag till beslut i ") || heading.ends_with("förslag till beslut");
        known.map(|(role, _)| *role).or_else(|| is_usual().then_some(Roll::Beslut))
    }
}
