//! What can be typed, and what is said in Swedish when it cannot.

mod usage;
pub mod work;

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use tjut::digest::{BUILD, VERSION, typst};
use tjut::export::Format;
use tjut::project::settings::Settings;

use super::apply::ApplyCommand;
use super::build::BuildCommand;
use super::check::CheckCommand;
use super::completions::{CompletionsCommand, ManCommand};
use super::diff::DiffCommand;
use super::extract::ExtractCommand;
use super::format::FormatCommand;
use super::keys::KeysCommand;
use super::lsp::LspCommand;
use super::new::NewCommand;
use super::preview::PreviewCommand;
use super::schema::SchemaCommand;
use super::standing::Standing;
use super::talk;
use super::verify::VerifyCommand;
use usage::{help, swedish};
pub use work::Work;

const HELP: &str = "{about-with-newline}
Användning: {usage}

{all-args}{after-help}";

/// Gör tjänsteutlåtanden: från en ärendefil till Markdown för granskning och PDF för nämnden.
#[derive(Debug, Parser)]
#[command(
    name = "tjut",
    help_template = HELP,
    override_usage = "tjut <KOMMANDO> [VAL]",
    after_help = "Exempel:\n  tjut new skrivelse cases/skolmat.yaml\n  tjut check cases/skolmat.yaml\n  tjut build cases/skolmat.yaml\n\nHjälp om ett kommando: tjut help KOMMANDO\n\nI ett projekt gäller det som står i tjut.yaml där kommandoraden inte säger något annat; tjut new projekt skriver en.\n\nStatus: 0 klart, 1 ett ärende har fel, 2 tjut kunde inte göra sitt arbete. Varje kommandos hjälp säger mer.",
    subcommand_help_heading = "Kommandon",
    subcommand_value_name = "KOMMANDO",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    arg_required_else_help = true,
    next_help_heading = "Val"
)]
pub struct Arguments {
    /// What every verb understands.
    #[command(flatten)]
    pub shared: Shared,
    /// The verb.
    #[command(subcommand)]
    pub command: Command,
    /// Visa versionen, byggets namn och Typsts version
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
    /// Visa licenserna för allt som är inbyggt
    // Only for the help: `parse` takes it for the verb.
    #[arg(long, visible_alias = "licenses")]
    licenser: bool,
}

/// What every verb understands.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Gemensamma val")]
pub struct Shared {
    /// Egna mallar, layouter och profiler, som läggs över de inbyggda
    #[arg(long = "mallar", visible_alias = "templates", value_name = "MAPP", global = true)]
    pub templates: Option<PathBuf>,
    /// Färg i meddelanden: auto, alltid eller aldrig
    #[arg(
        long = "färg",
        visible_alias = "color",
        value_name = "NÄR",
        global = true,
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub color: Color,
    /// Visa den här hjälpen
    #[arg(short = 'h', long = "hjälp", visible_alias = "help", global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// What the project is set to that has no option.
    #[arg(skip)]
    pub settings: Settings,
}

/// When messages have colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    #[value(help = "I en terminal, om inte NO_COLOR är satt")]
    Auto,
    /// Always.
    #[value(name = "alltid", alias = "always", help = "Alltid")]
    Always,
    /// Never.
    #[value(name = "aldrig", alias = "never", help = "Aldrig")]
    Never,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Skriv en ny ärendefil att fylla i
    #[command(visible_alias = "ny", help_template = HELP, override_usage = "tjut new <SLAG> <FIL>",
        after_help = "Slag: skrivelse (svar på en skrivelse), frågor (numrerade frågor med svar), remiss (remissvar på en motion), eller en mall: tjänsteskrivelse, utlåtande (till kommunstyrelsen och kommunfullmäktige), tjänsteutlåtande-göteborg, tjänsteutlåtande-2008 (2008 års layout). Annat: profil (en förvaltnings uppgifter, i en egen mapp med mallar), projekt (en mapp med ärenden: inställningar i tjut.yaml, och arbetsflöde för GitHub eller GitLab).\n\nExempel:\n  tjut new skrivelse cases/skolmat.yaml\n  tjut new projekt")]
    New(NewCommand),
    /// Granska ärenden: visa allt som är fel eller tveksamt, skriv inget
    #[command(visible_alias = "granska", help_template = HELP, override_usage = "tjut check [SÖKVÄG…] [VAL]",
        after_help = "Exempel:\n  tjut check                           alla ärenden i cases/\n  tjut check cases/skolmat.yaml        ett ärende\n  tjut check --rätta                   rätta det som säkert kan rättas\n  tjut check --förklara tom-text       vad koden betyder\n  tjut check --underkänn varning       varningar underkänner också\n  tjut check --format sarif > r.sarif  en rapport för andra program\n\nDet som ska få stå godkänns i ärendet: nyckeln godkänn, med kod och skäl.")]
    Check(CheckCommand),
    /// Bygg ärenden: Markdown för granskning, PDF för nämnden, Word och webbsida
    #[command(visible_alias = "bygg", help_template = HELP, override_usage = "tjut build [SÖKVÄG…] [VAL]",
        after_help = "Exempel:\n  tjut build                               alla ärenden i cases/, till output/\n  tjut build cases/skolmat.yaml            ett ärende\n  tjut build output/skolmat.md --till pdf  PDF ur granskad Markdown\n  tjut build --till html,docx              webbsidor och Word-dokument\n  tjut build --till html --publicering     webbsidor för öppna webben")]
    Build(BuildCommand),
    /// Visa vad som har ändrats, det viktigaste först: mellan två filer, eller sedan en version i git
    #[command(visible_alias = "jämför", help_template = HELP, override_usage = "tjut diff [GAMMAL] [NY] [VAL]",
        after_help = "Exempel:\n  tjut diff cases/skolmat.yaml                  ändrat sedan senaste incheckningen\n  tjut diff main cases/skolmat.yaml             ändrat sedan main\n  tjut diff main..HEAD                          alla ärenden i cases/, mellan två versioner\n  tjut diff gammal.yaml ny.yaml                 två filer, eller två mappar\n  tjut diff main cases/skolmat.yaml --till pdf  en jämförelse att läsa: output/skolmat.jamforelse.pdf\n\nStatus: 0 lika, 1 olika, 2 kunde inte jämföras.\n\nI git: git config diff.tjut.command 'tjut diff', och i .gitattributes: cases/**/*.yaml diff=tjut")]
    Diff(DiffCommand),
    /// Visa ett ärende i webbläsaren medan du skriver: sidor, anmärkningar och ändringar
    #[command(visible_alias = "visa", help_template = HELP, override_usage = "tjut preview [FIL] [VAL]",
        after_help = "Exempel:\n  tjut visa cases/skolmat.yaml   ett ärende\n  tjut visa                      alla ärenden i cases/, med deras läge\n  tjut visa --redigerare 'code -g {fil}:{rad}:{kolumn}'\n                                 klick på ett ord öppnar redigeraren där\n\nSidan följer filen: spara, och den visar det nya. Avsluta med Ctrl-C.\n\nStatus: 0 projektet visas redan, 2 förhandsvisningen kunde inte starta.")]
    Preview(PreviewCommand),
    /// Pröva om en PDF är exakt vad källan i den ger
    #[command(visible_alias = "verifiera", help_template = HELP, override_usage = "tjut verify <FIL>",
        after_help = "Svar och status:\n  0  PDF:en är exakt vad källan ger\n  1  PDF:en är ändrad\n  2  filen kan inte läsas, eller är ingen PDF\n  3  PDF:en har ingen källa från tjut\n  4  PDF:en är gjord av en annan version, eller med andra mallar\n\nExempel:\n  tjut verify output/skolmat.pdf")]
    Verify(VerifyCommand),
    /// Återför det som är ändrat i en byggd Markdown-fil till ärendet som den är byggd ur
    #[command(visible_alias = "återför", help_template = HELP, override_usage = "tjut apply <FIL> [VAL]",
        after_help = "Exempel:\n  tjut apply output/skolmat.md                         till cases/skolmat.yaml\n  tjut apply granskad.md --till cases/skolmat.yaml     till det ärende som anges\n  tjut apply output/skolmat.md --delvis                det som går, om något inte kan återföras\n\nStatus: 0 allt är återfört, 1 något kan inte återföras (inget skrivs då, utan --delvis), 2 kunde inte utföras.")]
    Apply(ApplyCommand),
    /// Ordna ärendets rader, indrag och radbrytning, utan att ändra vad det säger
    #[command(visible_alias = "ordna", help_template = HELP, override_usage = "tjut format [VÄG…]",
        after_help = "Exempel:\n  tjut format cases/skolmat.yaml   ett ärende\n  tjut format                      alla ärenden i cases/\n\nAv ärendet blir samma dokument, och alla kommentarer står kvar.\n\nStatus: 0 klart, 1 något ärende kan inte läsas som det står (det är orört), 2 kunde inte utföras.")]
    Format(FormatCommand),
    /// Hämta källan ur en PDF som är byggd med --bifoga-källa
    #[command(visible_alias = "hämta", help_template = HELP, override_usage = "tjut extract <FIL> [VAL]",
        after_help = "Exempel:\n  tjut extract skolmat.pdf             till mappen skolmat/\n  tjut extract skolmat.pdf --ut kopia  till mappen kopia/\n\nStatus: 0 hämtad, 1 det hämtade har ändrats sedan PDF:en byggdes, 2 filen kan inte läsas eller skrivas, 3 PDF:en har ingen källa från tjut.")]
    Extract(ExtractCommand),
    /// Visa en malls nycklar: vad de heter, vad de är till för och hur de skrivs
    #[command(name = "keys", visible_alias = "nycklar", help_template = HELP, override_usage = "tjut keys [MALL]",
        after_help = "Exempel:\n  tjut nycklar                   alla mallars nycklar\n  tjut nycklar tjänsteutlåtande  en malls")]
    Nycklar(KeysCommand),
    /// Skriv ut det som kommandotolken (bash, zsh, …) behöver för att fylla i kommandon och val
    #[command(visible_alias = "komplettera", help_template = HELP, override_usage = "tjut completions <KOMMANDOTOLK>",
        after_help = "Exempel:\n  bash        tjut completions bash > ~/.local/share/bash-completion/completions/tjut\n  zsh         tjut completions zsh > ~/.zfunc/_tjut\n  fish        tjut completions fish > ~/.config/fish/completions/tjut.fish\n  PowerShell  tjut completions powershell >> $PROFILE")]
    Completions(CompletionsCommand),
    /// Skriv ut manualsidan för tjut, eller för ett kommando
    #[command(visible_alias = "manual", help_template = HELP, override_usage = "tjut man [KOMMANDO]",
        after_help = "Exempel:\n  tjut man build | man -l -\n  tjut man > ~/.local/share/man/man1/tjut.1")]
    Man(ManCommand),
    /// What `--licenser` means.
    #[command(hide = true)]
    Licenser,
    /// Skriv ut ärendefilernas JSON Schema, för redigerare
    #[command(help_template = HELP, override_usage = "tjut schema [VAL]",
        after_help = "Exempel:\n  tjut schema > cases/tjut.schema.json\n  tjut schema --rapport\n  tjut schema --projekt\n  tjut schema --jämförelse")]
    Schema(SchemaCommand),
    /// Hjälp en redigerare med anmärkningar, förslag och rättningar medan du skriver (en språkserver)
    #[command(help_template = HELP, override_usage = "tjut lsp [VAL]",
        after_help = "Redigeraren startar den själv och talar med den över standard in och ut. Hur den ställs in: .editors/README.md")]
    Lsp(LspCommand),
}

impl Command {
    /// Whether it writes files, which is not to be ended in the middle. What the preview writes is whole anyhow.
    pub fn writes(&self) -> bool {
        match self {
            Self::New(_)
            | Self::Build(_)
            | Self::Diff(_)
            | Self::Verify(_)
            | Self::Apply(_)
            | Self::Extract(_)
            | Self::Format(_) => true,
            Self::Check(command) => command.fix,
            _ => false,
        }
    }

    /// Whether an editor runs it, which shows its user nothing but what the conversation says.
    pub fn serves_an_editor(&self) -> bool {
        matches!(self, Self::Lsp(_))
    }

    /// Whether it does what the project is set to.
    pub fn heeds_settings(&self) -> bool {
        !matches!(
            self,
            Self::Completions(_)
                | Self::Licenser
                | Self::Extract(_)
                | Self::Man(_)
                | Self::Schema(SchemaCommand { projekt: true, .. })
        )
    }
}

/// Parses the command line, or says in Swedish why it cannot. What it does not say is as the project is
/// set, and its paths count from the project's folder.
pub fn parse(standing: Standing) -> Result<Arguments, ExitCode> {
    let words = std::env::args_os().collect::<Vec<_>>();
    // `tjut help build` is `tjut build --help`: clap's own help verb speaks English.
    let asked = match words.get(1).and_then(|word| word.to_str()) {
        Some("help" | "hjälp") => [&words[..1], &words[2..], &["--help".into()]].concat(),
        _ if words.iter().any(|word| word == "--licenser" || word == "--licenses") => {
            vec![words[0].clone(), "licenser".into()]
        }
        _ => words,
    };
    let mut command = command(&standing.settings);
    let matches = command.try_get_matches_from_mut(&asked);
    let arguments = matches.and_then(|matches| {
        let mut arguments = Arguments::from_arg_matches(&matches)?;
        arguments.count_from_project(&matches, &standing);
        if let Command::Build(command) = &mut arguments.command {
            // Of what the project always publishes, a draft is looked at first.
            let is_set = standing.settings.said.publicering.is_some_and(|said| said.0);
            command.publish |= is_set && !command.work.utkast && command.to.contains(&Format::Html);
        }
        arguments.shared.settings = standing.settings;
        Ok(arguments)
    });
    arguments.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe is no failure.
            drop(talk::product(help(&error).as_bytes()));
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            talk::say(help(&error).trim_end());
            ExitCode::from(2)
        }
        _ => {
            let verb = asked.iter().skip(1).find_map(|word| command.find_subcommand(word));
            let verb = verb.map(|verb| format!(" {}", verb.get_name())).unwrap_or_default();
            talk::say(&format!("fel: {}\n\nHjälp: tjut{verb} --hjälp", swedish(&error, &command)));
            ExitCode::from(2)
        }
    })
}

/// The command line, whose defaults are as the project is set.
pub fn command(settings: &Settings) -> clap::Command {
    let said = &settings.said;
    let formats: Vec<&str> = settings.formats().iter().map(|format| format.ending()).collect();
    let output = said.utdata.as_ref().map(|_| settings.output());
    let texts = [
        ("build", "to", (!formats.is_empty()).then(|| formats.join(",").into())),
        ("build", "output", output.clone()),
        ("diff", "output", output.clone()),
        ("preview", "output", output),
        ("build", "deny", said.underkann.map(|level| level.0.word().into())),
        ("check", "deny", said.underkann.map(|level| level.0.word().into())),
    ];
    let mut command =
        Arguments::command().version(&*format!("{VERSION} (bygge {BUILD}, Typst {})", typst()).leak());
    let verbs: Vec<String> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    for verb in verbs {
        command = command.mut_subcommand(verb, with_status);
    }
    if let Some(folder) = &said.mallar {
        command = command.mut_arg("templates", |arg| arg.default_value(kept(folder.path())));
    }
    for (verb, option, default) in texts {
        let Some(default) = default else { continue };
        command =
            command.mut_subcommand(verb, |verb| verb.mut_arg(option, |arg| arg.default_value(kept(default))));
    }
    command
}

/// A verb whose help says how it leaves, where it does not say so itself.
fn with_status(verb: clap::Command) -> clap::Command {
    let said = verb.get_after_help().map(ToString::to_string).unwrap_or_default();
    if said.contains("tatus") {
        return verb;
    }
    let of_cases = if matches!(verb.get_name(), "build" | "check") { " 1 ett ärende har fel," } else { "" };
    verb.after_help(format!("{said}\n\nStatus: 0 klart,{of_cases} {STATUS_OF_TOOL}").trim_start().to_owned())
}

/// The status that every verb can leave with.
const STATUS_OF_TOOL: &str =
    "2 tjut kunde inte göra sitt arbete: kommandoraden, en fil, eller ett fel i tjut.";

/// What clap keeps for as long as the program runs, which it does once.
fn kept(text: impl Into<OsString>) -> &'static OsStr {
    Box::leak(text.into().into_boxed_os_str())
}

impl Arguments {
    /// Lets the paths that were typed count from the project's folder.
    fn count_from_project(&mut self, matches: &ArgMatches, standing: &Standing) {
        let Some((_, typed)) = matches.subcommand() else { return };
        let is_typed = |name: &str| typed.value_source(name) == Some(ValueSource::CommandLine);
        let read = |path: &mut PathBuf| *path = standing.read(path);
        let written = |path: &mut PathBuf| *path = standing.written(path);
        if is_typed("templates") {
            self.shared.templates.iter_mut().for_each(read);
        }
        match &mut self.command {
            Command::New(command) => command.file.iter_mut().for_each(written),
            Command::Check(command) => {
                command.work.paths.iter_mut().for_each(read);
                command.work.stdin_name.iter_mut().for_each(written);
            }
            Command::Build(command) => {
                command.work.paths.iter_mut().for_each(read);
                command.work.stdin_name.iter_mut().for_each(written);
                command.template.iter_mut().for_each(read);
                command.report.iter_mut().for_each(written);
                if is_typed("output") {
                    written(&mut command.output);
                }
            }
            Command::Diff(command) => {
                command.words.iter_mut().for_each(|word| *word = standing.word(word));
                if is_typed("output") {
                    written(&mut command.output);
                }
            }
            Command::Preview(command) => {
                command.file.iter_mut().for_each(read);
                if is_typed("output") {
                    written(&mut command.output);
                }
            }
            Command::Verify(command) => read(&mut command.file),
            Command::Apply(command) => {
                read(&mut command.file);
                command.to.iter_mut().for_each(read);
            }
            Command::Format(command) => command.paths.iter_mut().for_each(read),
            Command::Extract(command) => {
                read(&mut command.file);
                command.output.iter_mut().for_each(written);
            }
            Command::Completions(_)
            | Command::Licenser
            | Command::Lsp(_)
            | Command::Man(_)
            | Command::Nycklar(_)
            | Command::Schema(_) => {}
        }
    }
}
