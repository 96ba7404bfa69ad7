//! Across files: a diarienummer belongs to one ärende, and a handläggare, or who signs, has one name.

use std::collections::{BTreeSet, HashMap};

use crate::check::facts::{Fact, Facts};
use crate::check::rule::{Across, finding};
use crate::diagnostic::{Diagnostic, codes};

use super::names::{Sounded, are_one};

/// The rules of this theme.
pub const RULES: &[Across] = &[
    Across { code: codes::DIARIENUMMER_DELAT, find: shared_numbers },
    Across { code: codes::HANDLAGGARE_STAVNING, find: spelt_differently },
];

fn shared_numbers(cases: &[&Facts]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut first: HashMap<_, (&Facts, &Fact)> = HashMap::new();
    for case in cases {
        for number in &case.diarienummer {
            let (earlier, there) =
                *first.entry((&case.folder, &number.text, &case.mall)).or_insert((case, number));
            if std::ptr::eq(there, number) {
                continue;
            }
            let message = format!("{} är också diarienummer för {}", number.text, earlier.path);
            let hint = "Varje ärende har ett eget diarienummer: rätta det som är fel.";
            let found = finding(number.place.clone(), message, hint);
            findings.push(found.related(there.place.clone(), "här står samma diarienummer"));
        }
    }
    findings
}

/// A name that people write as their own, as it is spelt, and all places where it is.
struct Spelling<'a> {
    name: Sounded<'a>,
    said: Vec<(&'a Facts, &'a Fact)>,
}

fn spelt_differently(cases: &[&Facts]) -> Vec<Diagnostic> {
    let spellings = spellings(cases);
    let alike = alike(&spellings);
    let mut findings = Vec::new();
    for (at, spelling) in spellings.iter().enumerate() {
        // The spelling that stands more often is right; of equals, the one that stands first.
        let better: Vec<&Spelling> = alike[at]
            .iter()
            .filter(|other| {
                let there = spellings[**other].said.len();
                (there, **other < at) > (spelling.said.len(), **other >= at)
                    && are_one(&spelling.name, &spellings[**other].name)
            })
            .map(|other| &spellings[*other])
            .collect();
        for (case, name) in &spelling.said {
            let elsewhere =
                better.iter().flat_map(|better| &better.said).find(|(other, _)| !std::ptr::eq(*other, *case));
            findings.extend(elsewhere.map(|(other, better)| mismatch(name, other, better)));
        }
    }
    findings
}

/// Every spelling of the names of handläggare and of those who sign, in the order of the cases.
fn spellings<'a>(cases: &[&'a Facts]) -> Vec<Spelling<'a>> {
    let mut spellings: Vec<Spelling> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    let people = cases.iter().flat_map(|case| case.names.iter().map(move |name| (*case, name)));
    for (case, name) in people {
        let at = *known.entry(&name.text).or_insert(spellings.len());
        match spellings.get_mut(at) {
            Some(spelling) => spelling.said.push((case, name)),
            None => spellings.push(Spelling { name: Sounded::new(&name.text), said: vec![(case, name)] }),
        }
    }
    spellings
}

/// For each spelling those that sound the same but for at most one word, in order: of thousands of
/// names, these few are compared.
fn alike(spellings: &[Spelling]) -> Vec<BTreeSet<usize>> {
    let mut groups: HashMap<(usize, Vec<String>), Vec<usize>> = HashMap::new();
    for (at, spelling) in spellings.iter().enumerate() {
        groups.entry((usize::MAX, vec![spelling.name.joined.clone()])).or_default().push(at);
        for left_out in 0..spelling.name.sounds.len() {
            let mut others = spelling.name.sounds.clone();
            others.remove(left_out);
            groups.entry((left_out, others)).or_default().push(at);
        }
    }
    let mut alike = vec![BTreeSet::new(); spellings.len()];
    for group in groups.values() {
        for at in group {
            alike[*at].extend(group.iter().filter(|other| *other != at));
        }
    }
    alike
}

fn mismatch(name: &Fact, other: &Facts, better: &Fact) -> Diagnostic {
    let message = format!("”{}” stavas ”{}” i {}", name.text, better.text, other.path);
    let hint = "Om det är samma person: använd den stavning som är rätt överallt.";
    let finding = finding(name.place.clone(), message, hint).edit(name.place.clone(), &*better.text);
    finding.related(better.place.clone(), "här står det andra namnet")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::diagnostic::Source;
    use crate::library::Templates;

    fn templates() -> Templates {
        Templates::new(Default::default()).expect("the built-in templates are right")
    }

    fn case(path: &str, number: &str, name: &str) -> Facts {
        let text = format!(
            "mall: tjänsteutlåtande\ntitel: Ett\ndiarienummer: {number}\nhandläggare:\n  namn: {name}\n"
        );
        let case = crate::read::case(&Source::new(path, text), templates().kinds()).0.expect("a case");
        Facts::of(&case, Path::new(path).parent().expect("a folder"))
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
            case("a/3.yaml", "3", "Bo Ek\nunderskrifter:\n  - namn: Annalena Torén"),
        ];
        let found = spelt_differently(&cases.iter().collect::<Vec<_>>());
        assert_eq!(
            found.iter().map(|found| found.edit.as_ref().map(|edit| &*edit.replacement)).collect::<Vec<_>>(),
            [Some("Annalena Thorén"), Some("Annalena Thorén")]
        );
    }
}
