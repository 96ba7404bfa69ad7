//! What the room promises: the law between parsing and writing, and what both look like.

mod diffs;
mod escapes;
mod hostile;
mod law;
mod places;
mod sentences;
mod shapes;
mod slips;
mod trees;

use std::sync::LazyLock;

use proptest::prelude::ProptestConfig;
use proptest::strategy::Strategy;

use super::{Abbreviations, Block, parse, write};

/// The list that the documents are written with.
fn swedish() -> &'static Abbreviations {
    static LIST: LazyLock<Abbreviations> =
        LazyLock::new(|| Abbreviations::parse(include_str!("../../../templates/abbreviations.txt")));
    &LIST
}

fn tree(source: &str) -> Vec<Block> {
    parse(source).blocks
}

/// What a text looks like once it has been parsed and written.
fn tidy(source: &str) -> String {
    write(&tree(source), swedish())
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Text with everything in it that means something to Markdown, or to what comes after it.
fn hostile() -> impl Strategy<Value = String> {
    const TOKENS: &str = "* ** _ __ ` `` ``` ~~~ # ## - -- --- + 1. 1) 2. > = === ! ![ [ ] ]( ( ) < > <a </b> <!-- \
        --> <? ]]> <div> <http://a.b> <x@y.z> <pre & &amp; &#32; &nbsp; &#10; &auml \\ | |-| : :- \" ' ” » « [^1] \
        [^1]: [a] [a]: . , ? … a b ö Å 1 É kap. t.ex. //x */ {{ }} $x$ @x #x {% ^ ~ <script> \u{a0} \u{301} \u{338} \
        \u{200b} e\u{301} 日 € *a* **b** _c_ `d` [e](f) *a*b **“a”**b • – -x o\t a) b) (1) 1.1 1.2 1.x 2.x → 2024. \\\\s <!--\u{20}a\u{20}--> |\u{20}a\u{20}|";
    let tokens: Vec<&str> = TOKENS.split(' ').chain([" ", " ", " ", "  ", "    ", "\t"]).collect();
    let breaks = vec![
        "\n", "\n", "\n\n", "\\\n", "  \n", "\n- ", "\n  ", "\n    ", "\n> ", "\n1. ", "\n3. ", "\n• ",
        "\n– ", "\n-", "\na) ", "\nb) ", "\r\n", "\u{2028}", "\0",
    ];
    let token = proptest::prop_oneof![
        5 => proptest::sample::select(tokens),
        1 => proptest::sample::select(breaks),
    ];
    proptest::collection::vec(token, 0..24).prop_map(|tokens| tokens.concat())
}
