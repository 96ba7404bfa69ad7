//! `tjut preview`: a document's pages and findings in the browser, as they are on the disk.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;

use clap::Args;

use tjut::diagnostic::{Diagnostic, codes};
use tjut::preview::{Make, Preview, PreviewSettings};
use tjut::project::disk::{self, Claim, Claimed, Disk};
use tjut::project::{Input, OUTPUT, Project};
use tjut::workshop::Workshop;

use super::args::Shared;
use super::talk::{product, say};
use super::{Failure, Outcome, build, workshop};

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

/// A port; 0 is any that is free.
fn port(said: &str) -> Result<u16, &'static str> {
    said.parse().map_err(|_| "det ska vara ett heltal från 0 till 65535")
}

/// The file that leads a browser to the preview, and others who start one to the first: below the output
/// folder, for the user alone. The address holds a secret, which is in no command line that others see.
const DOOR: &str = ".tjut-visa.html";

/// Serves until it is ended, or says where the first is that does.
pub fn preview(command: &PreviewCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    if let Some(file) = &command.file {
        disk::readable(file).map_err(Failure::from)?;
    }
    let mut claim = match Claim::of(&command.output.join(DOOR)) {
        Ok(Claimed::Theirs(said)) => return first(&said, command),
        Ok(Claimed::Ours(claim)) => Some(claim),
        // Without a place to tell others it serves all the same.
        Err(_) => None,
    };
    let maker = Maker { shared: shared.clone(), output: command.output.clone() };
    let settings = PreviewSettings {
        file: command.file.clone(),
        port: command.port,
        editor: editor(command),
        output: command.output.clone(),
        templates: shared.templates.clone(),
        cases: shared.settings.cases(),
        excluded: shared.settings.exclusions(),
        make: Box::new(maker),
    };
    let preview = Preview::open(settings).map_err(Failure)?;
    let address = preview.address();
    let door = claim.as_mut().and_then(|claim| {
        claim.tell(&leading_to(&address)).ok()?;
        std::path::absolute(claim.path()).ok()
    });
    product(format!("{address}\n").as_bytes())?;
    say("Sidan följer filerna. Avsluta med Ctrl-C.");
    if !command.no_browser {
        open(door.unwrap_or_else(|| PathBuf::from(&address)).as_path());
    }
    preview.run()?;
    Ok(Outcome::Done)
}

/// How an editor is opened: as it was said, or as the surroundings say.
fn editor(command: &PreviewCommand) -> Option<String> {
    let said = command.editor.clone().or_else(|| std::env::var("TJUT_EDITOR").ok());
    said.filter(|editor| !editor.trim().is_empty())
}

/// Leads to the preview that is there already.
fn first(said: &str, command: &PreviewCommand) -> anyhow::Result<Outcome> {
    let Some(address) = address_in(said) else {
        let finding =
            Diagnostic::new(codes::FIL_LASES_INTE, "en förhandsvisning av projektet håller på att starta")
                .hint("Vänta ett ögonblick och försök igen.");
        return Err(Failure::from(finding).into());
    };
    let address = match (&command.file, address.rsplit_once('/')) {
        (Some(file), Some((before, _))) => tjut::preview::address_of(&format!("{before}/"), file),
        _ => address.to_owned(),
    };
    product(format!("{address}\n").as_bytes())?;
    say("Projektet visas redan, på den adressen.");
    if !command.no_browser {
        open(Path::new(&address));
    }
    Ok(Outcome::Done)
}

/// A page that leads to an address.
fn leading_to(address: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"sv\">\n<head><meta charset=\"utf-8\"><title>tjut</title>\n\
         <meta name=\"referrer\" content=\"no-referrer\"><meta http-equiv=\"refresh\" content=\"0; url={address}\">\n\
         </head>\n<body><p><a href=\"{address}\">Till förhandsvisningen</a></p></body>\n</html>\n"
    )
}

/// The address that a page leads to.
fn address_in(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once("url=")?;
    let (address, _) = rest.split_once('"')?;
    address.starts_with("http://127.0.0.1:").then_some(address)
}

/// Opens the browser. Where there is none, the address was printed.
fn open(what: &Path) {
    let (program, words): (_, &[&str]) = match std::env::consts::OS {
        "windows" => ("rundll32", &["url.dll,FileProtocolHandler"]),
        "macos" => ("open", &[]),
        _ => ("xdg-open", &[]),
    };
    let quiet = Command::new(program)
        .args(words)
        .arg(what)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Ok(mut child) = quiet {
        // Somebody has to hear that it ended.
        thread::spawn(move || drop(child.wait()));
    }
}

/// Does for the buttons what the command line does.
struct Maker {
    shared: Shared,
    output: PathBuf,
}

impl Make for Maker {
    fn tools(&self) -> Result<Arc<Workshop>, Vec<Diagnostic>> {
        workshop(&self.shared).map(Arc::new).map_err(|error| match error.downcast::<Failure>() {
            Ok(Failure(findings)) => findings,
            Err(error) => vec![Diagnostic::new(codes::INTERNT_FEL, error.to_string())],
        })
    }

    fn build(&self, input: &Input) -> (String, bool) {
        match self.tools() {
            Ok(tools) => build::one(input, &Project::new(Disk, tools), &self.output, &self.shared),
            Err(findings) => (findings.iter().map(|finding| finding.message.clone()).collect(), false),
        }
    }

    fn built(&self, inputs: &[Input], project: &Project) -> Vec<Option<usize>> {
        build::built(inputs, project, &self.output, &self.shared)
    }
}
