//! Packs the words of a Hunspell dictionary, such as Debian's hunspell-sv, as the folder of this file holds them:
//!
//!     cargo run --example dictionary /usr/share/hunspell/sv_SE.{aff,dic} templates/language/sv_SE.dic.fst
//!
//! A dictionary of one's own, as a plain sv_SE.dic in the folder that --mallar names, need not be packed.

#![allow(clippy::disallowed_methods, reason = "a tool for the project itself")]

use std::fs;
use std::io::{Error, Result};

fn main() -> Result<()> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let [affixes, stems, packed] = files.as_slice() else {
        return Err(Error::other("sv_SE.aff sv_SE.dic sv_SE.dic.fst"));
    };
    fs::write(
        packed,
        tjut::language::dictionary::packed(&fs::read_to_string(affixes)?, &fs::read_to_string(stems)?),
    )
}
