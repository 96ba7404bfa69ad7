//! Lists under headings of their own, a line for each: none stands there twice.

use std::collections::HashMap;

use crate::check::prose::{Passage, PassageKind};
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::library::roll::Roll;

/// The rule of this theme.
pub const RULES: &[Rule] = &[Rule { code: codes::RAD_UPPREPAD, find: twice }];

fn twice(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for role in [Roll::Underlag, Roll::Expediering, Roll::Bilagor] {
        let mut seen: HashMap<&str, &Passage> = HashMap::new();
        for row in review.with(role).filter(|passage| passage.kind == PassageKind::Line) {
            let said = row.text.lower().trim().trim_end_matches(['.', ',', ';']);
            let Some(first) = seen.get(said) else {
                seen.insert(said, row);
                continue;
            };
            let message = format!("”{}” står redan i listan", row.text);
            let hint = "Ta bort raden, eller skriv den som skulle stå här.";
            let whole = |passage: &Passage| passage.place(0..passage.text.len());
            findings.push(finding(whole(row), message, hint).related(whole(first), "så står den här"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::marked;

    #[test]
    fn what_stands_in_a_list_twice_is_found() {
        let body = "bilagor:\n  - Skrivelsen\n  - Kalkyl\n  - skrivelsen.\n";
        assert_eq!(marked(RULES, "rad-upprepad", body), ["skrivelsen."]);
    }
}
