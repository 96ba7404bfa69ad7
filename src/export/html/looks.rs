//! What one page adds to the style sheet: the looks that its profile sets, and how far in its numbers stand.
//!
//! Elements carry no style of their own: the page allows the one style sheet that it knows by its digest.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::export::letterhead::Letterhead;
use crate::library::utseende::Utseende;

/// How far in from the right cells stand, in hundredths of an em: the ones of a column of numbers are below one
/// another, and nothing that is copied or read aloud is put in for it.
#[derive(Default)]
pub struct Insets(BTreeSet<u32>);

impl Insets {
    /// The class of such cells.
    pub fn class(&mut self, inset: u32) -> String {
        self.0.insert(inset);
        format!("in-{inset}")
    }
}

/// The rules of a page.
pub fn rules(letterhead: &Letterhead, insets: &Insets) -> String {
    let mut rules = letterhead.looks.map(of_profile).unwrap_or_default();
    for inset in &insets.0 {
        let (whole, hundredths) = (inset / 100, inset % 100);
        let _ = writeln!(
            rules,
            ".tabell .in-{inset} {{ padding-right: calc(.5rem + {whole}.{hundredths:02}em); }}"
        );
    }
    rules
}

fn of_profile(looks: &Utseende) -> String {
    let mut rules = String::new();
    let faces = ["--brodtext", "--rubriker", "--brevhuvud"].into_iter().zip(["serif", "sans", "sans"]);
    for ((variable, usual), face) in faces.zip(looks.faces()) {
        if let Some(face) = face {
            let _ = writeln!(rules, ":root {{ {variable}: \"{}\", var(--{usual}); }}", name(face));
        }
    }
    // Chosen to be read on white, which the page is unless somebody wants it dark.
    for (variable, colour) in ["--rubrikfarg", "--linjefarg"].into_iter().zip(looks.colours()) {
        if let Some(colour) = colour {
            let colour = name(colour);
            let _ = writeln!(
                rules,
                "@media print, (prefers-color-scheme: light) {{ :root {{ {variable}: #{colour}; }} }}"
            );
        }
    }
    if looks.colours()[1].is_some() {
        rules.push_str(".brevhuvud { padding-bottom: 1rem; border-bottom: 2px solid var(--linjefarg); }\n");
    }
    let sides = ["top", "right", "bottom", "left"];
    for (side, margin) in sides.into_iter().zip(looks.margins()) {
        if let Some(margin) = margin {
            let _ = writeln!(rules, "@page {{ margin-{side}: {margin}cm; }}");
        }
    }
    rules
}

/// A name as a style sheet can hold it: letters, digits, spaces and hyphens.
fn name(said: &str) -> String {
    said.chars().filter(|sign| sign.is_alphanumeric() || " -".contains(*sign)).collect()
}
