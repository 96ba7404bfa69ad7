//! Help, and what is said in Swedish of a command line that cannot be understood.

use std::error::Error;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use tjut::language::swedish::listed;

/// Help and version as they are printed.
pub fn help(error: &clap::Error) -> String {
    error.render().to_string().replace("[aliases:", "[även:").replace("[alias:", "[även:")
}

/// A usage error of this command line in one Swedish sentence.
pub fn swedish(error: &clap::Error, whole: &Command) -> String {
    let get = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let argument = get(ContextKind::InvalidArg);
    let value = get(ContextKind::InvalidValue);
    let mut sentence = match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            match verbs_with(&argument, whole).as_slice() {
                [] => format!("valet {argument} finns inte"),
                verbs => return format!("valet {argument} finns inte här, men för {}", listed(verbs)),
            }
        }
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

/// The verbs that understand an option, as they are typed.
fn verbs_with(option: &str, whole: &Command) -> Vec<String> {
    let name = option.trim_start_matches('-');
    let has = |verb: &&Command| {
        let names = verb.get_arguments().filter_map(|argument| argument.get_long_and_visible_aliases());
        names.flatten().any(|own| own == name)
    };
    whole.get_subcommands().filter(has).map(|verb| format!("tjut {}", verb.get_name())).collect()
}
