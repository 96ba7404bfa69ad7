//! The command line: parse, dispatch, leave.

mod cli;

use std::process::ExitCode;

/// Patterns and pages are made of many small pieces; this allocator hands them out faster than
/// the system's. It costs memory: see benches/README.md.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = match cli::args::parse(cli::standing::Standing::enter()) {
        Ok(arguments) => arguments,
        Err(exit) => return exit,
    };
    if let Err(exit) = cli::settled(&arguments) {
        return exit;
    }
    // To heed it costs a look every moment: not by who may wait for hours.
    if arguments.command.writes() {
        cli::interrupt::heed();
    }
    let result = match &arguments.command {
        cli::args::Command::New(command) => cli::new::new(command, &arguments.shared),
        cli::args::Command::Completions(command) => cli::completions::completions(command),
        cli::args::Command::Licenser => cli::licences::licences(),
        cli::args::Command::Man(command) => cli::completions::man(command),
        cli::args::Command::Check(command) => cli::check::check(command, &arguments.shared),
        cli::args::Command::Build(command) => cli::build::build(command, &arguments.shared),
        cli::args::Command::Diff(command) => cli::diff::diff(command, &arguments.shared),
        cli::args::Command::Preview(command) => cli::preview::preview(command, &arguments.shared),
        cli::args::Command::Verify(command) => cli::verify::verify(command, &arguments.shared),
        cli::args::Command::Apply(command) => cli::apply::apply(command, &arguments.shared),
        cli::args::Command::Format(command) => cli::format::format(command, &arguments.shared),
        cli::args::Command::Extract(command) => cli::extract::extract(command),
        cli::args::Command::Nycklar(command) => cli::keys::keys(command, &arguments.shared),
        cli::args::Command::Schema(command) => cli::schema::schema(command, &arguments.shared),
        cli::args::Command::Lsp(command) => cli::lsp::lsp(command, &arguments.shared),
    };
    cli::exit(result, &arguments.shared)
}
