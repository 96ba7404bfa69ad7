//! SHA-256: how tjut recognises the bytes of a file again.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The version of tjut.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The name of this build: a hash of the sources, templates and dependencies it is made from.
pub const BUILD: &str = env!("TJUT_BUILD");

/// The version of Typst that is built in.
pub fn typst() -> &'static str {
    typst::utils::version().raw()
}

/// The SHA-256 of some bytes; written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of several parts, none of which can pass for a piece of another.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part.len().to_le_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// The digest of everything that can be read.
    ///
    /// # Errors
    /// That it cannot be read.
    pub fn of_reader(reader: &mut impl std::io::Read) -> std::io::Result<Self> {
        let mut hash = Sha256::new();
        std::io::copy(reader, &mut hash)?;
        Ok(Self(hash.finalize().into()))
    }

    /// A number made of it, the same on every machine.
    pub fn number(&self) -> u64 {
        self.0.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "{self}")
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

impl TryFrom<String> for Digest {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl FromStr for Digest {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "not 64 hexadecimal digits";
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(WRONG);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| WRONG)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| WRONG)?;
        }
        Ok(Self(bytes))
    }
}

/// A file and what it held.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Stamp {
    /// Its path.
    pub fil: String,
    /// The digest of its bytes; none when it was not there.
    pub sha256: Option<Digest>,
}

impl Stamp {
    /// Whether a file that holds this is what was stamped, but for the line ends that git gives a text.
    pub fn is_of(&self, found: &[u8]) -> bool {
        let is = |bytes: &[u8]| self.sha256 == Some(Digest::of(bytes));
        is(found) || with_line_feeds(found).is_some_and(|found| is(&found))
    }
}

/// Whether two files hold the same but for the line ends that git gives a text.
pub fn same_text(found: &[u8], wanted: &[u8]) -> bool {
    found == wanted || with_line_feeds(found).is_some_and(|found| found == wanted)
}

/// A text as it was before git gave it the line ends of Windows.
fn with_line_feeds(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.contains("\r\n"))?;
    Some(text.replace("\r\n", "\n").into_bytes())
}
