//! Trying a rule on a text, for the rules' own tests.

use crate::check::rule::Rule;
use crate::diagnostic::Source;
use crate::library::Templates;
use crate::read;

/// The keys that a body needs to be a case.
const HEAD: &str = "mall: tjänsteutlåtande
titel: Ett ärende
diarienummer: UTBF 2024/2410
datum: 2024-09-02
till:
  nämnd: Utbildningsnämnden
  sammanträde: 2024-09-26
avsändare:
  förvaltning: Utbildningsförvaltningen
";

/// The words that a rule marks in a case with this body, in their order.
pub fn marked(rules: &[Rule], code: &str, body: &str) -> Vec<String> {
    of_case(rules, code, &format!("{HEAD}{body}"))
}

/// The words that a rule marks in this paragraph.
pub fn in_text(rules: &[Rule], code: &str, paragraph: &str) -> Vec<String> {
    let indented = paragraph.replace('\n', "\n  ");
    marked(rules, code, &format!("bakgrund: |\n  {indented}\n"))
}

/// The words that a rule marks in a remissvar to the kommunstyrelse with these points, lines of YAML.
pub fn decided(rules: &[Rule], code: &str, points: &str) -> Vec<String> {
    let asked = "underrubrik: Remiss från kommunstyrelsen, KS 2024/610";
    marked(rules, code, &format!("{asked}\nförslag till beslut:\n{points}"))
}

/// The words that a rule marks in this case.
pub fn of_case(rules: &[Rule], code: &str, case: &str) -> Vec<String> {
    let templates = Templates::new(Default::default()).expect("the built-in templates are right");
    let rule = rules.iter().find(|rule| rule.code.name == code).expect("the rule exists");
    let (case, _) = read::case(&Source::new("test.yaml", case), templates.kinds());
    let case = case.expect("a case");
    let mut places: Vec<_> = super::of(&[std::slice::from_ref(rule)], &case, &templates, &|| true)
        .into_iter()
        .filter_map(|finding| finding.place)
        .collect();
    places.sort_by_key(|place| place.range.start);
    places.into_iter().map(|place| place.source.text[place.range].to_owned()).collect()
}
