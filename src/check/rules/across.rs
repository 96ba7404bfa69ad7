//! Across files: a diarienummer belongs to one ärende, and a handläggare has one name.

use crate::check::rule::{Across, finding};
use crate::diagnostic::{Diagnostic, Severity};
use crate::read::Case;
use crate::read::values::Line;

use super::names::are_one;

/// The rules of this theme.
pub const RULES: &[Across] = &[
    Across { code: "diarienummer-delat", severity: Severity::Warning, find: shared_numbers },
    Across { code: "handläggare-stavning", severity: Severity::Warning, find: spelt_differently },
];

fn folder(case: &Case) -> &str {
    case.source.path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn shared_numbers(cases: &[&Case]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (at, case) in cases.iter().enumerate() {
        let number = &case.head.diarienummer;
        if number.is_empty() || number.has_mark() {
            continue;
        }
        let earlier = cases[..at].iter().find(|other| {
            folder(other) == folder(case)
                && other.head.diarienummer.text == number.text
                && other.head.mall == case.head.mall
        });
        let places = earlier.and_then(|other| Some((other.head.diarienummer.place()?, number.place()?)));
        if let (Some(other), Some((there, here))) = (earlier, places) {
            let message = format!("{} är också diarienummer för {}", number.text, other.source.path);
            let hint = "Varje ärende har ett eget diarienummer: rätta det som är fel.";
            findings.push(finding(here, message, hint).related(there, "här står samma diarienummer"));
        }
    }
    findings
}

fn spelt_differently(cases: &[&Case]) -> Vec<Diagnostic> {
    let people: Vec<(&Case, &Line)> = cases
        .iter()
        .flat_map(|case| case.head.handlaggare.0.iter().map(move |person| (*case, &person.namn)))
        .filter(|(_, name)| !name.is_empty() && !name.has_mark())
        .collect();
    let count = |text: &str| people.iter().filter(|(_, name)| name.text == text).count();
    let mut findings = Vec::new();
    for (at, (case, name)) in people.iter().enumerate() {
        // The spelling that stands more often is right; of equals, the one that stands first.
        let better = people.iter().enumerate().find(|(other_at, (other, better))| {
            other.source.path != case.source.path
                && better.text != name.text
                && (count(&better.text), *other_at < at) > (count(&name.text), *other_at >= at)
                && are_one(&name.text, &better.text)
        });
        let Some((_, (other, better))) = better else { continue };
        if let (Some(here), Some(there)) = (name.place(), better.place()) {
            let message =
                format!("handläggaren ”{}” stavas ”{}” i {}", name.text, better.text, other.source.path);
            let hint = "Är det samma person: välj den stavning som är rätt.";
            findings.push(
                finding(here.clone(), message, hint)
                    .edit(here, &*better.text)
                    .related(there, "här står det andra namnet"),
            );
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;

    fn case(path: &str, number: &str, name: &str) -> Case {
        let text = format!(
            "mall: tjänsteutlåtande\ntitel: Ett\ndiarienummer: {number}\nhandläggare:\n  namn: {name}\n"
        );
        crate::read::case(&Source::new(path, text)).0.expect("a case")
    }

    #[test]
    fn a_number_belongs_to_one_case_of_a_folder() {
        let cases =
            [case("a/1.yaml", "SF 1", "A"), case("a/2.yaml", "SF 1", "B"), case("b/1.yaml", "SF 1", "C")];
        let found = shared_numbers(&cases.iter().collect::<Vec<_>>());
        let paths: Vec<_> =
            found.iter().filter_map(|found| found.place.as_ref()).map(|place| &*place.source.path).collect();
        assert_eq!(paths, ["a/2.yaml"]);
    }

    #[test]
    fn a_handlaggare_has_one_name() {
        let cases = [
            case("a/1.yaml", "1", "Annalena Thorén"),
            case("a/2.yaml", "2", "Annalena Thoren"),
            case("a/3.yaml", "3", "Bo Ek"),
        ];
        let found = spelt_differently(&cases.iter().collect::<Vec<_>>());
        assert_eq!(
            found.iter().map(|found| found.edit.as_ref().map(|edit| &*edit.replacement)).collect::<Vec<_>>(),
            [Some("Annalena Thorén")]
        );
    }
}
