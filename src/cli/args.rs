//! What can be typed, and what is said in Swedish when it cannot.

use std::error::Error;
use std::ffi::{OsStr, OsString};
use std::num::NonZero;
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use tjut::diagnostic::Severity;
use tjut::digest::{BUILD, VERSION, typst};
use tjut::export::Format;
use tjut::project::OUTPUT;
use tjut::project::settings::Settings;
use tjut::report::Report;

use super::build::Shard;
use super::standing::Standing;
use super::talk;

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
    Auto,
    /// Always.
    #[value(name = "alltid", alias = "always")]
    Always,
    /// Never.
    #[value(name = "aldrig", alias = "never")]
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
        after_help = "Exempel:\n  tjut schema > cases/tjut.schema.json\n  tjut schema --rapport\n  tjut schema --projekt")]
    Schema(SchemaCommand),
    /// Hjälp en redigerare med anmärkningar, förslag och rättningar medan du skriver (en språkserver)
    #[command(help_template = HELP, override_usage = "tjut lsp [VAL]",
        after_help = "Redigeraren startar den själv och talar med den över standard in och ut. Hur den ställs in: .editors/README.md")]
    Lsp(LspCommand),
}

/// What `lsp` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct LspCommand {
    /// Granska som utkast: det som inte är ifyllt är inget fel
    #[arg(long, visible_alias = "draft")]
    pub utkast: bool,
    /// Tala över standard in och ut, som också sker utan valet: somliga redigerare lägger alltid till det
    #[arg(long, hide = true)]
    pub stdio: bool,
}

impl Command {
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

/// What `completions` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct CompletionsCommand {
    /// Kommandotolken: bash, zsh, fish eller powershell
    #[arg(value_name = "KOMMANDOTOLK", help_heading = "Argument", hide_possible_values = true)]
    pub shell: Shell,
}

/// The shells that commands are completed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// GNU's.
    Bash,
    /// The one of macOS.
    Zsh,
    /// The friendly one.
    Fish,
    /// The one of Windows.
    Powershell,
}

/// What `man` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct ManCommand {
    /// Kommandot; utelämnas det är det sidan för tjut
    #[arg(value_name = "KOMMANDO", help_heading = "Argument")]
    pub verb: Option<String>,
}

/// What `schema` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct SchemaCommand {
    /// Skriv i stället schemat för rapporterna från tjut check --format json och tjut build --rapport
    #[arg(long, visible_alias = "report")]
    pub rapport: bool,
    /// Skriv i stället schemat för projektets inställningar, tjut.yaml
    #[arg(long, visible_alias = "project", conflicts_with = "rapport")]
    pub projekt: bool,
}

/// What `keys` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct KeysCommand {
    /// Mallen vars nycklar ska visas; utelämnas den visas alla mallars
    #[arg(value_name = "MALL", help_heading = "Argument")]
    pub mall: Option<String>,
}

/// What `format` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct FormatCommand {
    /// Ärendefiler eller mappar; utelämnas de är det projektets alla ärenden, i cases/
    #[arg(value_name = "VÄG", help_heading = "Argument")]
    pub paths: Vec<PathBuf>,
}

/// What `new` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct NewCommand {
    /// Vad som ska skrivas: skrivelse, frågor, remiss, en mall (tjänsteskrivelse, utlåtande, …), profil eller projekt
    #[arg(value_name = "SLAG", help_heading = "Argument", display_order = 1)]
    pub kind: String,
    /// Filen som ska skrivas; för en profil förvaltningens namn, för projekt mappen (utelämnas den: den här)
    #[arg(value_name = "FIL", help_heading = "Argument", display_order = 2)]
    pub file: Option<PathBuf>,
    /// Skriv projektets arbetsflöde för GitLab i stället för GitHub
    #[arg(long)]
    pub gitlab: bool,
}

/// What `check` and `build` both understand.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct Work {
    /// Ärendefiler eller mappar, eller - för ett ärende på standard in; utelämnas de är det projektets alla ärenden, i cases/
    #[arg(value_name = "SÖKVÄG", help_heading = "Argument")]
    pub paths: Vec<PathBuf>,
    /// Namnet som ärendet på standard in skulle ha som fil
    #[arg(long = "stdin-namn", visible_alias = "stdin-name", value_name = "FIL")]
    pub stdin_name: Option<PathBuf>,
    /// Det som inte är ifyllt är inget fel
    #[arg(long, visible_alias = "draft")]
    pub utkast: bool,
    /// Den lägsta nivå som underkänns: fel (om valet utelämnas), varning eller råd
    #[arg(
        long = "underkänn",
        visible_alias = "deny",
        value_name = "NIVÅ",
        default_value = "fel",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub deny: Deny,
    /// Rapportens form: text, json, github, sarif eller junit (utelämnas det: text, i GitHub Actions github)
    #[arg(long, value_name = "FORM", value_parser = reports(), hide_possible_values = true)]
    pub format: Option<Report>,
    /// Bara del K av N, för jobb som går samtidigt
    #[arg(long = "del", visible_alias = "shard", value_name = "K/N")]
    pub shard: Option<Shard>,
    /// Hur många ärenden som gås igenom samtidigt (utelämnas det: ett för varje processor)
    #[arg(short = 'j', long = "jobb", visible_alias = "jobs", value_name = "ANTAL", value_parser = jobs)]
    pub jobs: Option<NonZero<usize>>,
    /// Visa bara det som är fel eller tveksamt
    #[arg(short = 'q', long = "tyst", visible_alias = "quiet")]
    pub quiet: bool,
}

impl Work {
    /// The form of the report: as it is asked for, or as those read it who run the program.
    pub fn format(&self) -> Report {
        let usual = if is_github() { Report::Github } else { Report::Text };
        self.format.unwrap_or(usual)
    }

    /// How many threads work.
    pub fn threads(&self) -> NonZero<usize> {
        self.jobs.map_or_else(thread::available_parallelism, Ok).unwrap_or(NonZero::<usize>::MIN)
    }
}

/// Whether a workflow of GitHub's runs the program.
fn is_github() -> bool {
    std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// What `check` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct CheckCommand {
    /// What `build` understands too.
    #[command(flatten)]
    pub work: Work,
    /// Rätta det som säkert kan rättas, och visa det som är kvar
    #[arg(long = "rätta", visible_alias = "fix")]
    pub fix: bool,
    /// Förklara en kod: vad, varför, fel och rätt. Utan KOD: visa alla koder
    #[arg(long = "förklara", visible_alias = "explain", value_name = "KOD", num_args = 0..=1)]
    pub explain: Option<Option<String>>,
}

/// The least severity that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Errors.
    #[value(name = "fel", alias = "error")]
    Fel,
    /// Warnings too.
    #[value(name = "varning", alias = "warning")]
    Varning,
    /// Advice too.
    #[value(name = "råd", alias = "advice")]
    Rad,
}

impl Deny {
    /// As findings say it.
    pub fn severity(self) -> Severity {
        match self {
            Deny::Fel => Severity::Error,
            Deny::Varning => Severity::Warning,
            Deny::Rad => Severity::Advice,
        }
    }
}

/// What `build` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct BuildCommand {
    /// What `check` understands too.
    #[command(flatten)]
    pub work: Work,
    /// Vad som byggs, med komma emellan: md, pdf, docx, html (utelämnas det: md,pdf)
    #[arg(
        long = "till",
        visible_alias = "to",
        value_name = "FORMAT",
        value_delimiter = ',',
        value_parser = formats(),
        default_value = "md,pdf",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub to: Vec<Format>,
    /// Mappen som filerna skrivs i (utelämnas den: output)
    #[arg(long = "ut", visible_alias = "output", value_name = "MAPP", default_value = OUTPUT, hide_default_value = true)]
    pub output: PathBuf,
    /// Låt ärendet, filerna som det hänvisar till och Markdown-filen följa med i PDF:en
    #[arg(long = "bifoga-källa", visible_alias = "attach-source")]
    pub attach_source: bool,
    /// Gör webbsidan för öppna webben: utan personers direkta kontaktuppgifter, och med en sammanfattning i JSON
    #[arg(long = "publicering", visible_alias = "publish")]
    pub publish: bool,
    /// Fyll ett påbörjat Word-dokument vid dess bokmärken och innehållskontroller
    #[arg(long = "mall", visible_alias = "word-template", value_name = "DOCX")]
    pub template: Option<PathBuf>,
    /// Skriv inget: jämför Markdown-filerna i mappen med vad ärendena ger
    #[arg(long = "kontrollera", visible_alias = "check")]
    pub check: bool,
    /// Bygg också det som inte har ändrats
    #[arg(long = "bygg-om", visible_alias = "force")]
    pub force: bool,
    /// Ta bort det som är byggt av ärenden som inte finns längre, om ingen har ändrat i det
    #[arg(long = "rensa", visible_alias = "prune", conflicts_with_all = ["check", "shard"])]
    pub prune: bool,
    /// Skriv en rapport för andra program (JSON)
    #[arg(long = "rapport", visible_alias = "report", value_name = "FIL")]
    pub report: Option<PathBuf>,
}

/// What `diff` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct DiffCommand {
    /// Två filer eller mappar, eller en version i git (A, eller A..B) och vad i den som jämförs
    #[arg(value_name = "GAMMAL NY", help_heading = "Argument")]
    pub words: Vec<PathBuf>,
    /// Visa också det som bara är form: hårda mellanslag, slag av citattecken, fetstil
    #[arg(long = "allt", visible_alias = "all")]
    pub all: bool,
    /// Listans form: text, json, md (med hela dokumentet i CriticMarkup) eller github (utelämnas det: text, i GitHub Actions github)
    #[arg(long, value_name = "FORM", hide_possible_values = true)]
    pub format: Option<DiffFormat>,
    /// Skriv också en jämförelse att läsa, med komma emellan: pdf, html, docx (ändringarna spårade i Word)
    #[arg(
        long = "till",
        visible_alias = "to",
        value_name = "FORMAT",
        value_delimiter = ',',
        hide_possible_values = true
    )]
    pub to: Vec<DiffOutput>,
    /// Mappen som filerna skrivs i (utelämnas den: output)
    #[arg(long = "ut", visible_alias = "output", value_name = "MAPP", default_value = OUTPUT, hide_default_value = true)]
    pub output: PathBuf,
    /// Vem som står för ändringarna i Word (utelämnas det: den som senast checkade in filen)
    #[arg(long = "författare", visible_alias = "author", value_name = "NAMN")]
    pub author: Option<String>,
    /// När ändringarna i Word är gjorda, som ÅÅÅÅ-MM-DD (utelämnas det: när filen senast checkades in)
    #[arg(long, visible_alias = "date", value_name = "DATUM", value_parser = day)]
    pub datum: Option<jiff::civil::Date>,
    /// Jämför utkast: det som inte är ifyllt är inget fel
    #[arg(long, visible_alias = "draft")]
    pub utkast: bool,
    /// Skriv ärendets Markdown, för gits diff.tjut.textconv
    #[arg(long)]
    pub textconv: bool,
    /// Refused: a comparison is not the document.
    #[arg(long = "bifoga-källa", alias = "attach-source", hide = true)]
    pub attach_source: bool,
}

/// What `apply` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct ApplyCommand {
    /// Markdown-filen som är ändrad
    #[arg(value_name = "FIL", help_heading = "Argument")]
    pub file: PathBuf,
    /// Ärendet (utelämnas det: det som filen är byggd ur)
    #[arg(long = "till", visible_alias = "to", value_name = "ÄRENDE")]
    pub to: Option<PathBuf>,
    /// Återför det som går, också när något annat inte kan återföras
    #[arg(long = "delvis", visible_alias = "partial")]
    pub partial: bool,
}

impl DiffCommand {
    /// The form of the list: as it is asked for, or as those read it who run the program.
    pub fn format(&self) -> DiffFormat {
        let usual = if is_github() { DiffFormat::Github } else { DiffFormat::Text };
        self.format.unwrap_or(usual)
    }
}

/// The forms of the list of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For a terminal.
    Text,
    /// For a machine.
    Json,
    /// Markdown.
    Md,
    /// Annotations and the summary of a pull request.
    Github,
}

/// What a comparison is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffOutput {
    /// A PDF.
    Pdf,
    /// A page.
    Html,
    /// A Word document with tracked changes.
    Docx,
}

impl DiffOutput {
    /// How its files end.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Docx => "docx",
        }
    }
}

/// What `preview` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct PreviewCommand {
    /// Ärendefil eller Markdown-fil; utelämnas den visas en lista över ärendena i cases/
    #[arg(value_name = "FIL", help_heading = "Argument")]
    pub file: Option<PathBuf>,
    /// Öppna ingen webbläsare: visa bara adressen
    #[arg(long = "ingen-webbläsare", visible_alias = "no-browser")]
    pub no_browser: bool,
    /// Porten som sidan visas på (utelämnas den: en ledig)
    #[arg(long, value_name = "NUMMER", value_parser = port)]
    pub port: Option<u16>,
    /// Hur redigeraren öppnas på en plats, med {fil}, {rad} och {kolumn} (utelämnas det: TJUT_EDITOR)
    #[arg(long = "redigerare", visible_alias = "editor", value_name = "KOMMANDO")]
    pub editor: Option<String>,
    /// Mappen som filerna byggs till (utelämnas den: output)
    #[arg(long = "ut", visible_alias = "output", value_name = "MAPP", default_value = OUTPUT, hide_default_value = true)]
    pub output: PathBuf,
}

/// What `verify` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct VerifyCommand {
    /// PDF-filen
    #[arg(value_name = "FIL", help_heading = "Argument")]
    pub file: PathBuf,
}

/// What `extract` was asked.
#[derive(Args, Debug)]
#[command(next_help_heading = "Val")]
pub struct ExtractCommand {
    /// PDF-filen
    #[arg(value_name = "FIL", help_heading = "Argument")]
    pub file: PathBuf,
    /// Mappen som filerna skrivs i (utelämnas den: PDF-filens namn utan .pdf)
    #[arg(long = "ut", visible_alias = "output", value_name = "MAPP")]
    pub output: Option<PathBuf>,
}

/// A day.
fn day(said: &str) -> Result<jiff::civil::Date, &'static str> {
    said.parse().map_err(|_| "ett datum skrivs ÅÅÅÅ-MM-DD")
}

/// A number of threads.
fn jobs(said: &str) -> Result<NonZero<usize>, &'static str> {
    said.parse().map_err(|_| "det ska vara ett heltal, minst 1")
}

/// A port; 0 is any that is free.
fn port(said: &str) -> Result<u16, &'static str> {
    said.parse().map_err(|_| "det ska vara ett heltal från 0 till 65535")
}

/// The words of the formats that can be built.
fn formats() -> impl TypedValueParser<Value = Format> {
    let words = Format::ALL.iter().map(|format| format.ending());
    PossibleValuesParser::new(words).try_map(|word| Format::of(&word).ok_or("ett okänt format"))
}

/// The words of the forms that a review is reported in.
fn reports() -> impl TypedValueParser<Value = Report> {
    let words = Report::ALL.iter().map(|form| form.word());
    PossibleValuesParser::new(words).try_map(|word| Report::of(&word).ok_or("en okänd form"))
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
            talk::say(&format!("fel: {}\n\nHjälp: tjut{verb} --hjälp", swedish(&error)));
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

/// Help and version as they are printed.
fn help(error: &clap::Error) -> String {
    error.render().to_string().replace("[aliases:", "[även:").replace("[alias:", "[även:")
}

/// A usage error in one Swedish sentence.
fn swedish(error: &clap::Error) -> String {
    let get = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = get(ContextKind::InvalidArg);
    let value = get(ContextKind::InvalidValue);
    let mut sentence = match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => format!("valet {argument} finns inte"),
        ErrorKind::UnknownArgument => {
            format!("”{argument}” är ett argument för mycket; sätt ett namn med mellanslag inom citattecken")
        }
        ErrorKind::InvalidSubcommand if get(ContextKind::InvalidSubcommand).contains(['.', '/', '\\']) => {
            let file = get(ContextKind::InvalidSubcommand);
            return format!("ett kommando saknas före {file}. Granska filen med: tjut check {file}");
        }
        ErrorKind::InvalidSubcommand => {
            format!("kommandot ”{}” finns inte", get(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("{argument} saknas"),
        ErrorKind::MissingSubcommand => "ett kommando saknas".into(),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} saknar värde"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let reason = error.source().map(|reason| format!(": {reason}")).unwrap_or_default();
            format!("{argument} kan inte vara ”{value}”{reason}")
        }
        ErrorKind::ArgumentConflict => match get(ContextKind::PriorArg) {
            prior if prior == argument => format!("{argument} står två gånger; ange det en gång"),
            prior => format!("{argument} kan inte anges tillsammans med {prior}"),
        },
        ErrorKind::TooManyValues => format!("{argument} ska inte ha något värde"),
        ErrorKind::InvalidUtf8 => "ett argument är inte UTF-8".into(),
        _ => "kommandoraden kan inte tolkas".into(),
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(get)
        .find(|near| !near.is_empty());
    let valid = get(ContextKind::ValidValue);
    match near {
        Some(near) => sentence.push_str(&format!(". Menade du {near}?")),
        None if !valid.is_empty() => sentence.push_str(&format!(". Välj bland: {valid}.")),
        None => {}
    }
    sentence
}
