//! What a slip is, and what would mend it.

use super::super::text::SourcedText;
use super::super::tree::At;

/// One slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// Its range in the parsed text.
    pub at: At,
    /// What it is.
    pub kind: SlipKind,
    /// What would make Markdown read it as it was meant, in order; empty where nobody can tell.
    pub mends: Vec<Mend>,
    /// Whether the meaning is certain: then the tree is that of the mended text.
    pub certain: bool,
}

/// What should stand at a range of the parsed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The range.
    pub at: At,
    /// What should stand there.
    pub with: String,
}

/// What a slip is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlipKind {
    /// Lines that begin with a sign that is no list's: they run together.
    Bullets(String),
    /// Lines that begin with letters or numbers that are no list's: they run together.
    Labels(String),
    /// A numbered list directly below its lead-in that does not begin with 1.
    LateStart(String),
    /// A numbered list whose numbers would be changed.
    Numbers(Vec<u64>),
    /// A line that begins with a year, or another high number, and is taken for an item.
    HighNumber(u64),
    /// A line within a paragraph that is taken for an item.
    LoneItem(String),
    /// A row with more cells than the table's head.
    TooManyCells(usize, usize),
    /// A row with fewer cells than the table's head.
    TooFewCells(usize, usize),
    /// A bar within a cell that splits it.
    BarInCell,
    /// A line directly below a table that becomes a row of it.
    BelowTable,
    /// A table directly below a text, or rows without the line below their head.
    TableInText,
    /// Columns made of tabs or spaces.
    Columns,
    /// Asterisks within or between words, taken for emphasis.
    Asterisks,
    /// Strokes of a path that are taken for escapes.
    Path,
    /// A line that would be the hidden address of a link.
    Definition(String),
    /// An address for a link that the text does not have.
    UnusedAddress(String),
    /// A link whose address stands elsewhere.
    MissingAddress(String),
    /// Words in parentheses that are taken for an address.
    NoAddress(String),
    /// A note within the text of a link.
    NoteInLink,
    /// A line that becomes a heading because of the line below it.
    Underlined(char),
    /// A heading that looks like a note to oneself.
    NoteToSelf,
    /// Lines that are taken for program code.
    Indented,
    /// Program code without an end.
    OpenFence,
    /// An item with nothing in it.
    EmptyItem,
    /// A quotation with nothing in it.
    EmptyQuote,
    /// `^[a note]`, which is no note here.
    InlineNote,
    /// A raised figure that was a note in Word.
    NoteSign(char),
    /// What a reader wrote to the writer.
    Comment,
    /// What else would not be printed.
    Lost,
}

impl Slip {
    /// The same slip where the text comes from.
    pub(super) fn placed(mut self, text: &SourcedText) -> Self {
        self.at = At(text.source(self.at.0));
        for mend in &mut self.mends {
            mend.at = At(text.source(mend.at.0.clone()));
        }
        self
    }
}
