//! What the program says: findings and talk on standard error, what was asked for on standard output.

use std::io::{self, ErrorKind, Write};

use console::Term;

use tjut::diagnostic::{Diagnostic, readable};
use tjut::report::terminal::{self, TerminalLook};

use super::args::{Color, Shared};

/// Prints findings on standard error.
pub fn print(findings: &[Diagnostic], shared: &Shared) {
    let look = TerminalLook { coloured: is_coloured(shared, &Term::stderr()), linked: is_linked(shared) };
    for finding in findings {
        write(&format!("{}\n", terminal::text(finding, look)));
    }
}

/// Says a line on standard error.
pub fn say(text: &str) {
    write(&readable(text));
}

/// That standard error is closed or full is nobody's trouble.
fn write(text: &str) {
    drop(writeln!(io::stderr(), "{text}"));
}

/// Writes what was asked for to standard output. Whoever reads it may stop early, as `head` does:
/// that is no failure, and changes nothing of how the program leaves.
///
/// # Errors
/// That it cannot be written.
pub fn product(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Whether what is printed on standard error has links, which a terminal must know.
fn is_linked(shared: &Shared) -> bool {
    shared.color != Color::Never && supports_hyperlinks::on(supports_hyperlinks::Stream::Stderr)
}

/// Whether a stream is written to in colours: as it is asked for, or as the usual variables and the
/// terminal say (no-color.org, bixense.com/clicolors).
pub fn is_coloured(shared: &Shared, stream: &Term) -> bool {
    // Windows' console takes colours once it is asked whether it does; so it is asked in any case.
    let takes_colours = stream.features().colors_supported();
    let is = |name, wanted: fn(&str) -> bool| {
        std::env::var_os(name).is_some_and(|value| wanted(&value.to_string_lossy()))
    };
    match shared.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if is("NO_COLOR", |value| !value.is_empty()) => false,
        Color::Auto if is("CLICOLOR_FORCE", |value| !value.is_empty() && value != "0") => true,
        Color::Auto => takes_colours && !is("CLICOLOR", |value| value == "0"),
    }
}
