//! JUnit's XML: each case file is a test, which fails when anything in it is bad enough.

use super::count;
use crate::diagnostic::{Diagnostic, Severity};
use crate::project::Reviewed;

pub(super) fn report(cases: &[Reviewed], deny: Severity) -> String {
    let failures = cases.iter().filter(|case| case.fails(deny)).count();
    let counts = format!("tests=\"{}\" failures=\"{failures}\" errors=\"0\"", cases.len());
    let tests: String = cases.iter().map(|case| test(case, deny)).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"tjut check\" {counts}>\n\
         <testsuite name=\"tjut check\" {counts} skipped=\"0\">\n{tests}</testsuite>\n</testsuites>\n"
    )
}

fn test(case: &Reviewed, deny: Severity) -> String {
    let name = escaped(&case.path);
    let head = format!("<testcase classname=\"tjut.check\" name=\"{name}\" file=\"{name}\"");
    let lines = |wanted: fn(Severity, Severity) -> bool| -> Vec<String> {
        let wanted = case.findings.iter().filter(|found| wanted(found.severity, deny));
        wanted.map(|found| line(found, case)).collect()
    };
    let (failing, others) =
        (lines(|severity, deny| severity >= deny), lines(|severity, deny| severity < deny));
    let mut inside = String::new();
    if !failing.is_empty() {
        let message = count(failing.len(), "anmärkning", "anmärkningar");
        inside.push_str(&format!(
            "<failure type=\"{}\" message=\"{message}\">{}</failure>\n",
            deny.word(),
            escaped(&failing.join("\n"))
        ));
    }
    if !others.is_empty() {
        inside.push_str(&format!("<system-out>{}</system-out>\n", escaped(&others.join("\n"))));
    }
    match inside.as_str() {
        "" => format!("{head}/>\n"),
        _ => format!("{head}>\n{inside}</testcase>\n"),
    }
}

/// `cases/a.yaml:3:7: fel[kod] …`, as compilers write.
fn line(found: &Diagnostic, case: &Reviewed) -> String {
    let place = match &found.place {
        Some(place) => {
            let (line, column) = place.source.position(place.range.start);
            format!("{}:{line}:{column}", place.source.path)
        }
        None => case.path.clone(),
    };
    let hint = found.hint.as_ref().map_or(String::new(), |hint| format!(". {hint}"));
    format!("{place}: {}[{}] {}{hint}", found.severity.word(), found.code, found.message)
}

/// Text for XML. Characters that XML cannot hold at all become the replacement character.
fn escaped(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '&' => "&amp;".into(),
            '<' => "&lt;".into(),
            '>' => "&gt;".into(),
            '"' => "&quot;".into(),
            '\n' | '\t' => character.to_string(),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}'.into(),
            other => other.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        assert_eq!(
            escaped("a<b>&\"c\"\u{0}\u{b}\n\u{fffe}å"),
            "a&lt;b&gt;&amp;&quot;c&quot;\u{fffd}\u{fffd}\n\u{fffd}å"
        );
    }
}
