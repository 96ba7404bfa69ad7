//! The law from the other side: trees that nobody wrote.

use proptest::collection::vec;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::{cases, swedish, tree};
use crate::markdown::group::Mark;
use crate::markdown::parse::settle;
use crate::markdown::run::Run;
use crate::markdown::{Align, At, Block, BlockKind, Inline, InlineKind, SourcedText, write};

#[derive(Clone, Debug)]
enum Span {
    Text(String),
    Space,
    Break,
    Note,
    Code(String),
    Html(&'static str),
    Image(String, String, String),
    Strong(Vec<Span>),
    Emph(Vec<Span>),
    Link(String, String, Vec<Span>),
}

#[derive(Clone, Debug)]
enum Shape {
    Paragraph(Vec<Span>),
    Heading(u8, Vec<Span>),
    Table(Vec<Vec<Span>>),
    Code(String),
    Html(&'static str),
    Rule,
    Quote(Vec<Shape>),
    List(Option<u64>, bool, Vec<Vec<Shape>>),
    Footnote(Vec<Shape>),
}

const TEXT: &str = "[a-cåÅ0-9 *_`\\[\\]()<>&;#!|\\\\~+=.:\"'»”\u{a0}\u{338}^-]{0,6}";

fn span() -> impl Strategy<Value = Span> {
    let leaf = prop_oneof![
        6 => TEXT.prop_map(Span::Text),
        3 => Just(Span::Space),
        1 => Just(Span::Break),
        1 => Just(Span::Note),
        1 => TEXT.prop_filter("code is not empty", |code| !code.is_empty()).prop_map(Span::Code),
        1 => proptest::sample::select(vec!["<b>", "</b>", "<!-- a -->", "<a b=\"]:\">"]).prop_map(Span::Html),
        1 => (TEXT, TEXT, TEXT).prop_map(|(url, title, alt)| Span::Image(url, title, alt)),
    ];
    leaf.prop_recursive(3, 20, 5, |span| {
        prop_oneof![
            vec(span.clone(), 0..5).prop_map(Span::Strong),
            vec(span.clone(), 0..5).prop_map(Span::Emph),
            (TEXT, TEXT, vec(span, 0..4)).prop_map(|(url, title, spans)| Span::Link(url, title, spans)),
        ]
    })
}

fn shape() -> impl Strategy<Value = Shape> {
    let spans = || vec(span(), 0..8);
    let leaf = prop_oneof![
        6 => spans().prop_map(Shape::Paragraph),
        1 => (1u8..=6, spans()).prop_map(|(level, spans)| Shape::Heading(level, spans)),
        1 => vec(vec(span(), 0..3), 2..6).prop_map(Shape::Table),
        1 => "([ a`>-]{0,4}\n){0,3}[ a`>-]{0,4}".prop_map(Shape::Code),
        1 => Just(Shape::Rule),
        1 => proptest::sample::select(vec!["<div>\na", "<!-- a -->", "<?\n\n?>"]).prop_map(Shape::Html),
    ];
    leaf.prop_recursive(3, 24, 4, |shape| {
        prop_oneof![
            4 => vec(shape.clone(), 0..3).prop_map(Shape::Quote),
            1 => vec(shape.clone(), 0..3).prop_map(Shape::Footnote),
            6 => (proptest::option::of(0u64..12), any::<bool>(), vec(vec(shape, 0..3), 1..4))
                .prop_map(|(start, tight, items)| Shape::List(start, tight, items)),
        ]
    })
}

fn inlines(spans: &[Span], one_line: bool) -> Vec<Inline> {
    let source = SourcedText::default();
    let mut run = Run::new(&source);
    play(spans, false, &mut run);
    run.finish(one_line)
}

fn play(spans: &[Span], in_link: bool, run: &mut Run<'_>) {
    for span in spans {
        match span {
            Span::Text(text) => run.text(text, 0..0),
            Span::Space => run.space(0..0),
            Span::Break => run.hard_break(0..0),
            Span::Note if in_link => {}
            Span::Note => run.other(InlineKind::Note("n".into()), 0..0),
            Span::Code(code) => run.code(code, 0..0),
            Span::Html(html) => run.other(InlineKind::Html((*html).into()), 0..0),
            Span::Image(url, title, alt) => {
                run.open_image(url, title, 0..0);
                run.text(alt, 0..0);
                run.close_image();
            }
            Span::Strong(inner) | Span::Emph(inner) | Span::Link(_, _, inner) => {
                match span {
                    Span::Strong(_) => run.open_mark(Mark::Strong),
                    Span::Link(url, title, _) => run.open_link(url, title, 0..0),
                    _ => run.open_mark(Mark::Emph),
                }
                play(inner, in_link || matches!(span, Span::Link(..)), run);
                run.close();
            }
        }
    }
}

fn blocks(shapes: &[Shape]) -> Vec<Block> {
    let kinds = shapes.iter().filter_map(kind);
    kinds.map(|kind| Block { at: At::default(), kind }).collect()
}

fn kind(shape: &Shape) -> Option<BlockKind> {
    Some(match shape {
        Shape::Paragraph(spans) => BlockKind::Paragraph(some(inlines(spans, false))?),
        Shape::Heading(level, spans) => {
            BlockKind::Heading { level: *level, inlines: some(inlines(spans, true))? }
        }
        Shape::Table(cells) => {
            let mut rows: Vec<_> = cells
                .chunks_exact(2)
                .map(|row| row.iter().map(|cell| inlines(cell, true)).collect::<Vec<_>>())
                .collect();
            let head = rows.remove(0);
            BlockKind::Table { align: vec![Align::None, Align::Right], head, rows }
        }
        Shape::Code(code) => BlockKind::Code(code.nfc().collect()),
        Shape::Html(html) => BlockKind::Html((*html).into()),
        Shape::Rule => BlockKind::Rule,
        Shape::Footnote(shapes) => {
            // A note directly in a note ends it.
            let notes = |block: &Block| matches!(block.kind, BlockKind::Footnote { .. });
            let blocks = blocks(shapes).into_iter().filter(|block| !notes(block)).collect();
            BlockKind::Footnote { label: "m".into(), blocks }
        }
        Shape::Quote(shapes) => BlockKind::Quote(some(blocks(shapes))?),
        Shape::List(start, tight, items) => {
            let mut items: Vec<_> = items.iter().map(|item| blocks(item)).collect();
            BlockKind::List { start: *start, tight: settle(*tight, &mut items), items }
        }
    })
}

fn some<T>(items: Vec<T>) -> Option<Vec<T>> {
    (!items.is_empty()).then_some(items)
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn of_paragraphs_are_written_whole(spans in vec(span(), 0..8)) {
        let shapes = [Shape::Heading(2, spans.clone()), Shape::Table(vec![spans.clone(); 4]), Shape::Paragraph(spans)];
        written_whole(&shapes);
    }

    #[test]
    fn of_blocks_are_written_whole(shapes in vec(shape(), 0..4)) {
        written_whole(&shapes);
    }
}

fn written_whole(shapes: &[Shape]) {
    let mut blocks = blocks(shapes);
    let note = BlockKind::Footnote { label: "n".into(), blocks: Vec::new() };
    blocks.push(Block { at: At::default(), kind: note });
    let written = write(&blocks, swedish());
    assert_eq!(blocks, tree(&written), "written as {written}");
}
