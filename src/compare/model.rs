//! What a comparison is: two documents laid over one another.

use std::ops::Range;

use crate::markdown::{Align, Look};

/// Two documents laid over one another, in the order of the new one; what is gone stands where it stood.
///
/// Whoever shows it needs nothing else: [`Fate`] says of each part whether it is in the old document, in the new one
/// or in both, and [`resolve`](super::resolve) gives either document back.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The values of the front matter.
    pub front: Vec<Value>,
    /// The body.
    pub body: Vec<Node>,
    /// How many passages moved; each has its own number, from 0.
    pub moves: usize,
}

/// A value of the two front matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The keys that lead to it, such as `till`, `nämnd`; an item of a list has its index.
    pub path: Both<Option<Vec<Step>>>,
    /// What it says in each.
    pub text: Both<Option<String>>,
    /// Where it stands in each source.
    pub at: Both<Option<Range<usize>>>,
}

/// A step into a front matter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Into a record.
    Key(String),
    /// Into a list.
    Index(usize),
}

/// What something is in the old document and in the new one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Both<T> {
    /// In the old document.
    pub old: T,
    /// In the new one.
    pub new: T,
}

impl<T: PartialEq> Both<T> {
    /// Whether it is the same in both.
    pub fn is_same(&self) -> bool {
        self.old == self.new
    }
}

/// What becomes of a part on the way from the old document to the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It is in both.
    Same,
    /// It is in the new one only.
    New,
    /// It is in the old one only.
    Gone,
    /// It came here; where it was, something is [`Away`](Fate::Away) with the same number.
    Here(usize),
    /// It stood here, and stands elsewhere now.
    Away(usize),
}

impl Fate {
    /// Whether it is in the old document, at this place.
    pub fn is_old(self) -> bool {
        matches!(self, Self::Same | Self::Gone | Self::Away(_))
    }

    /// Whether it is in the new document, at this place.
    pub fn is_new(self) -> bool {
        matches!(self, Self::Same | Self::New | Self::Here(_))
    }
}

/// A block of the two documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Whether it is in both. Of a paragraph this is the fate of its *end*: where only the end is new, one paragraph
    /// became two; where only the end is gone, two became one.
    pub fate: Fate,
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands in each body.
    pub at: Both<Option<Range<usize>>>,
}

/// What a node is. What it holds has fates of its own; within what is new everything is new, within what is gone
/// everything is gone, and within what moved are the changes that were made to it.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// A heading.
    Heading {
        /// 1 to 6.
        level: Both<u8>,
        /// Its text.
        text: Vec<Span>,
    },
    /// A paragraph, or the part of one before an end that is in one document only.
    Paragraph(Vec<Part>),
    /// A list.
    List {
        /// The first number of a numbered list.
        start: Both<Option<u64>>,
        /// Whether the items stand without space between them.
        tight: Both<bool>,
        /// Its items.
        items: Vec<Item>,
    },
    /// A quotation.
    Quote(Vec<Node>),
    /// A table. A row has a cell for each column of either document.
    Table {
        /// The columns.
        columns: Vec<Column>,
        /// The rows; the first is the head.
        rows: Vec<Row>,
    },
    /// Code.
    Code(Both<Option<String>>),
    /// A thematic break.
    Rule,
    /// The text of a footnote.
    Footnote {
        /// What the references to it say.
        label: Both<String>,
        /// Its text.
        body: Vec<Node>,
    },
    /// Blocks with a role.
    Part {
        /// The role.
        role: String,
        /// What stands in it.
        body: Vec<Node>,
    },
    /// A passage of several blocks that came here, as a section does; its node's fate is [`Fate::Here`].
    Arrived(Vec<Node>),
    /// The same passage as it was, where it was; its node's fate is [`Fate::Away`].
    Left(Vec<Node>),
    /// Raw HTML.
    Html(Both<Option<String>>),
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Whether it is in both.
    pub fate: Fate,
    /// Its place among the items of each list, from 0: what is gone does not count in the new one.
    pub index: Both<Option<usize>>,
    /// What stands in it.
    pub body: Vec<Node>,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Whether it is in both.
    pub fate: Fate,
    /// Its alignment.
    pub align: Both<Align>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Whether it is in both.
    pub fate: Fate,
    /// A cell for each column; one is empty where its document has no such column.
    pub cells: Vec<Cell>,
}

/// A cell of a table: its text is of one sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its text.
    pub text: Vec<Span>,
    /// Where it stands in each body, when there is anything in it.
    pub at: Both<Option<Range<usize>>>,
}

/// A part of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// A sentence.
    Sentence(Sentence),
    /// A hard line break.
    Line(Fate),
}

/// A sentence: the unit of what is changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Whether it is in both. A sentence that says something else than before is gone, and another is new.
    pub fate: Fate,
    /// Its words. Of one that came here they tell also what was changed on the way; of one that is away, what it said.
    pub spans: Vec<Span>,
    /// Where it stands in each body; of what moved, both.
    pub at: Both<Option<Range<usize>>>,
}

/// Words beside one another with the same fate: [`Same`](Fate::Same), [`New`](Fate::New) or [`Gone`](Fate::Gone).
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Whether they are in both.
    pub fate: Fate,
    /// Whether they say the same as what stands beside them with the other fate, only in another form: a space that
    /// does not break, another kind of quotation mark, emphasis, the number of a note.
    pub form: bool,
    /// The words.
    pub words: Vec<Word>,
}

/// A word, or what changes as one: an amount with its unit, a date, a paragraph of law, a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// What it says.
    pub text: String,
    /// What it is.
    pub kind: WordKind,
    /// Its marks and its link.
    pub look: Look,
    /// Whether a space stands before it.
    pub spaced: bool,
    /// Where it stands in the body of the document it is taken from: the new one, but for what is gone.
    pub at: Range<usize>,
}

/// What a word is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordKind {
    /// A word.
    Plain,
    /// A sign that stands beside words.
    Sign,
    /// An amount, with its unit; a number.
    Amount,
    /// A date, a year, a time.
    Date,
    /// A diarienummer.
    Number,
    /// A place in a law, or a law's number.
    Law,
    /// A name, with a party.
    Name,
    /// A picture, with what tells its content from another's.
    Picture {
        /// Where it is.
        url: String,
        /// Its title, printed below it.
        title: String,
        /// A number for what it shows, the same for the same bytes.
        content: Option<u64>,
    },
    /// Code.
    Code,
    /// The number of a footnote: its label.
    Note,
    /// HTML.
    Html,
    /// A line break in the cell of a table.
    Line,
}

impl WordKind {
    /// Whether it is a fact: something that can be right or wrong whatever the words around it.
    pub fn is_fact(&self) -> bool {
        matches!(self, Self::Amount | Self::Date | Self::Number | Self::Law | Self::Name)
    }
}

impl Word {
    /// Adds the word to a text that tells of it; a note is told by its sign.
    pub fn tell(&self, out: &mut String) {
        if self.spaced && !out.is_empty() {
            out.push(' ');
        }
        match self.kind {
            WordKind::Note => out.push_str(&format!("[^{}]", self.text)),
            _ => out.push_str(&self.text),
        }
    }
}

impl Comparison {
    /// Whether the two documents are the same, byte for byte of what they say.
    pub fn is_empty(&self) -> bool {
        self.front.iter().all(|value| value.text.is_same()) && self.body.iter().all(Node::is_same)
    }
}

impl Node {
    /// Whether nothing in it differs.
    pub fn is_same(&self) -> bool {
        let inner = match &self.kind {
            NodeKind::Heading { level, text } => level.is_same() && is_same(text),
            NodeKind::Paragraph(parts) => parts.iter().all(|part| match part {
                Part::Sentence(sentence) => sentence.fate == Fate::Same && is_same(&sentence.spans),
                Part::Line(fate) => *fate == Fate::Same,
            }),
            NodeKind::List { start, tight, items } => {
                let same = |item: &Item| item.fate == Fate::Same && item.body.iter().all(Self::is_same);
                start.is_same() && tight.is_same() && items.iter().all(same)
            }
            NodeKind::Quote(body) | NodeKind::Part { body, .. } => body.iter().all(Self::is_same),
            NodeKind::Footnote { label, body } => label.is_same() && body.iter().all(Self::is_same),
            NodeKind::Table { columns, rows } => {
                let column = |column: &Column| column.fate == Fate::Same && column.align.is_same();
                let row =
                    |row: &Row| row.fate == Fate::Same && row.cells.iter().all(|cell| is_same(&cell.text));
                columns.iter().all(column) && rows.iter().all(row)
            }
            NodeKind::Code(text) | NodeKind::Html(text) => text.is_same(),
            NodeKind::Rule => true,
            NodeKind::Arrived(_) | NodeKind::Left(_) => false,
        };
        self.fate == Fate::Same && inner
    }
}

/// Whether all words are in both.
pub fn is_same(spans: &[Span]) -> bool {
    spans.iter().all(|span| span.fate == Fate::Same)
}
