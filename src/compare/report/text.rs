//! The list on a terminal.

use super::{Compared, Told, WORDS, position, said};
use crate::compare::model::Both;

/// The list as text. Colours only repeat what words and signs say.
pub fn text(files: &[Compared], colour: bool) -> String {
    let mut out = String::new();
    let paint =
        |text: &str, code: &str| if colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() };
    for file in files.iter().filter(|file| !file.is_same()) {
        let title = file.remark().unwrap_or_else(|| file.shown());
        out.push_str(&paint(&title, "1"));
        out.push('\n');
        for (weight, told) in file.by_weight() {
            out.push_str(&format!("\n  {}\n", paint(weight.heading(), "4")));
            for told in told {
                out.push_str(&format!("  • {}.\n", told.change.message));
                lines(told, &paint, &mut out);
            }
        }
        out.push('\n');
    }
    out
}

fn lines(told: &Told, paint: &dyn Fn(&str, &str) -> String, out: &mut String) {
    let change = &told.change;
    let first = told.places.first().cloned().unwrap_or_default();
    let Both { old, new } = &first;
    let place = |place: &Option<_>| place.as_ref().map(position).unwrap_or_default();
    let page = |is_old: bool| {
        let page = told.pages.and_then(|pages| if is_old { pages.old } else { pages.new });
        page.map(|page| format!(" (sida {page})")).unwrap_or_default()
    };
    for (side, at, is_old, code) in [("före ", old, true, "31"), ("efter", new, false, "32")] {
        let words = said(change, is_old, &WORDS);
        if at.is_some() || !words.is_empty() {
            let words = if words.is_empty() { words } else { format!("  {}", paint(&words, code)) };
            out.push_str(&format!("      {side}  {}{}{words}\n", place(at), page(is_old)));
        }
    }
    for other in told.places.iter().skip(1) {
        let also = other.new.as_ref().or(other.old.as_ref()).map(position);
        if let Some(also) = also.filter(|also| *also != place(new)) {
            out.push_str(&format!("      också  {also}\n"));
        }
    }
    if let Some(remark) = &change.remark {
        out.push_str(&format!("      {remark}.\n"));
    }
}
