//! Spaces: none before a full stop, one after it, and never two.

use std::ops::Range;

use crate::check::pattern::{Pattern, group};
use crate::check::raw;
use crate::check::rule::{Review, Rule, finding};
use crate::diagnostic::{Diagnostic, codes};
use crate::language::swedish::month_names;

/// The rules of this theme.
pub const RULES: &[Rule] = &[
    Rule { code: codes::MELLANSLAG_FORE_PUNKT, find: before_stop },
    Rule { code: codes::MELLANSLAG_SAKNAS, find: missing },
    Rule { code: codes::MELLANSLAG_PARENTES, find: in_parentheses },
    Rule { code: codes::DUBBELT_MELLANSLAG, find: doubled },
];

static BEFORE: Pattern = Pattern::new(&[
    r"[\p{L}\p{N})”\x22%§](?P<apart>[ \u{a0}]+[.,;:!?])(?:[ )”\x22]|$)",
    // skolan ,som; skolan .Nämnden
    r"[\p{L}\p{N})”](?P<turned>[ \u{a0}]+[,;])\p{L}",
    r"[\p{L}\p{N})”](?P<turned_stop>[ \u{a0}]+[.])\p{Lu}\p{Ll}",
]);

fn before_stop(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for passage in review.passages {
        for captures in BEFORE.all(&passage.text) {
            let named = |name: &str| captures.name(name).map(|found| found.range());
            let turned = named("turned").or_else(|| named("turned_stop"));
            let (after, Some(range)) = (turned.is_some(), named("apart").or(turned)) else { continue };
            let mark = passage.text[range.clone()].trim().to_owned();
            let end = range.end;
            if mark == "?" && is_gap(&passage.text, range.start) {
                continue;
            }
            let place = passage.place(range);
            let message = format!("mellanslag före ”{mark}”");
            let finding = finding(place.clone(), message, "Ta bort mellanslaget.");
            // A question mark may stand for what is to be filled in.
            let goes_on = mark == "?" && !passage.text[end..].trim().is_empty();
            let right = if after { format!("{mark} ") } else { mark };
            findings.push(if goes_on { finding.edit(place, right) } else { finding.safe_edit(place, right) });
        }
    }
    findings
}

/// Whether a question mark after this stands for a day or a number that is not known yet.
fn is_gap(text: &str, at: usize) -> bool {
    GAP.is_in(&text[text[..at].rfind(' ').map_or(0, |space| space + 1)..])
}

static GAP: Pattern = Pattern::new(&[
    r"^(?:den|kl\.|klockan|ca|cirka|omkring|bilaga|punkt|sidan|nr|nummer|år|åren|av|på|med|till|från|och)[ \u{a0}]\?",
    concat!(
        r"^\S+[ \u{a0}]\?[ \u{a0}](?:",
        month_names!(),
        r"|kap|§|st|kr|kronor|procent|elever|barn|personer|platser)\b"
    ),
]);

/// Where a space is missing: the character before it and the one after stand in the groups.
static MISSING: Pattern = Pattern::new(&[
    // 14 kap.1 §
    r"\b(?:kap|st|kl|enl|nr|dnr|sid|art|avsn|resp|ca)\.(?P<abbreviation>[0-9])",
    // skolan.Nämnden
    r"(?:\p{Ll}{2,}|[0-9]{4}|[)”])[.!?](?P<sentence>\p{Lu}\p{Ll}+)",
    // följande:nämnden
    r"\p{Ll}{4,}:(?P<colon>\p{L}{4,})",
    // skolan(som är stor)
    r"\p{Ll}{3,}(?P<open>\()\p{L}+ \p{L}",
    // §5
    r"§(?P<number>[0-9])",
    // skolan,nämnden
    r"\p{L}{2,}[,;](?P<comma>\p{L}{2,})",
    // Edholm(fp)
    r"\p{L}{2,}(?P<party>\((?:[A-ZÅÄÖ]{1,3}|fp|m|c|kd|s|v|mp|sd|l)\))",
    // 1§
    r"\b[0-9]+(?P<section>§)",
    // (M)och
    r"\)(?P<after>\p{L}{2,})",
]);

fn missing(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for passage in review.passages {
        for captures in MISSING.all(&passage.text) {
            let named =
                ["abbreviation", "sentence", "colon", "open", "number", "comma", "party", "section", "after"];
            let Some(found) = named.iter().find_map(|name| captures.name(name)) else { continue };
            let text = &passage.text;
            let word = around(text, found.start());
            if is_address(&text[word.clone()]) {
                continue;
            }
            let at = found.start() - word.start;
            let said = &text[word.clone()];
            let place = passage.place(word.clone());
            let right = format!("{} {}", &said[..at], &said[at..]);
            let message = format!("mellanslag saknas i ”{said}”");
            findings.push(finding(place.clone(), message, format!("Skriv ”{right}”.")).edit(place, right));
        }
    }
    findings
}

/// The word that a byte stands in, with what hangs on it.
fn around(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind(' ').map_or(0, |space| space + 1);
    let end = text[at..].find(' ').map_or(text.len(), |space| at + space);
    start..end
}

/// Whether dots and commas belong to an address or a file's name.
fn is_address(word: &str) -> bool {
    ["@", "://", "www.", ".se", ".com", ".pdf", ".docx", ".yaml"].iter().any(|part| word.contains(part))
}

static PARENTHESES: Pattern = Pattern::new(&[r"\([ \u{a0}]+", r"[ \u{a0}]+\)"]);

fn in_parentheses(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for passage in review.passages {
        for range in PARENTHESES.ranges(&passage.text) {
            let mark = passage.text[range.clone()].trim().to_owned();
            let place = passage.place(range);
            let message = "mellanslag innanför parentesen";
            findings.push(finding(place.clone(), message, "Ta bort mellanslaget.").safe_edit(place, mark));
        }
    }
    findings
}

static DOUBLED: Pattern = Pattern::new(&[r"[^\s|]([ \u{a0}]{2,})[^\s|]"]);

/// A list's mark and the space after it, which may be wider.
static MARKER: Pattern = Pattern::new(&[r"^\s*(?:[-*+]|[0-9]{1,9}[.)]|\[\^[^\]]*\]:|#{1,6}|>)[ \u{a0}]*$"]);

fn doubled(review: &Review) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for raw in raw::texts(&review.case.root).into_iter().filter(|raw| raw.text.contains("  ")) {
        let mut in_code = false;
        let mut start = 0;
        for line in raw.text.split_inclusive('\n') {
            let begins = start;
            start += line.len();
            in_code ^= ["```", "~~~"].iter().any(|fence| line.trim_start().starts_with(fence));
            // A table's columns are lined up, and code stands as it is.
            if in_code || line.trim_start().starts_with('|') {
                continue;
            }
            for captures in DOUBLED.all(line) {
                let Some(range) = group(&captures, 1) else { continue };
                let is_code = line[..range.start].matches('`').count() % 2 == 1;
                if is_code || MARKER.is_in(&line[..range.start]) {
                    continue;
                }
                let place = raw.place(begins + range.start..begins + range.end);
                let message = "två mellanslag i rad";
                findings.push(finding(place.clone(), message, "Ta bort det ena.").safe_edit(place, " "));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::trial::in_text;

    #[test]
    fn spaces_before_stops_are_found() {
        assert_eq!(
            in_text(RULES, "mellanslag-före-punkt", "Beslut 2010 . Det gäller , som ... se .NET"),
            [" .", " ,"]
        );
        assert_eq!(
            in_text(RULES, "mellanslag-före-punkt", "Skolan ,som är stor .Det gäller .NET."),
            [" ,", " ."]
        );
    }

    #[test]
    fn missing_spaces_are_found() {
        for (text, found) in [
            ("Enligt 14 kap.1 § och 3§ gäller det.Nämnden,som sagt.", vec!["kap.1", "3§", "det.Nämnden,som"]),
            (
                "Det gäller så.Det är följande:skolan(som är stor) enligt §5.",
                vec!["så.Det", "följande:skolan(som", "§5."],
            ),
            ("Lotta Edholm(fp) och Bo Ek (M)och andra.", vec!["Edholm(fp)", "(M)och"]),
            ("Se www.stockholm.se, anna.Ek@stockholm.se, barn(en) och 2,5.", vec![]),
        ] {
            let mut marked = in_text(RULES, "mellanslag-saknas", text);
            marked.dedup();
            assert_eq!(marked, found, "{text}");
        }
    }

    #[test]
    fn doubled_spaces_are_found_where_they_are_no_layout() {
        assert_eq!(
            in_text(
                RULES,
                "dubbelt-mellanslag",
                "Ett  ord   till, `kod  är`.\n-   punkt\n\n| a  | b   |\n|---|---|\n| c   d | e |"
            ),
            ["  ", "   "]
        );
        assert_eq!(in_text(RULES, "mellanslag-parentes", "Ett ( ord ) till (M)."), ["( ", " )"]);
    }
}
