//! Arguments that the program does not know or cannot use, in three sentences.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Failure;

/// The mistake in the arguments, told as every other failure is.
pub(super) fn failure(error: &Error) -> Failure {
    let context = |kind| error.get(kind).map(in_words).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let help = "Run `customer-focus --help` to see what there is.";
    match error.kind() {
        ErrorKind::UnknownArgument | ErrorKind::InvalidSubcommand => {
            let unknown = if argument.is_empty() { context(ContextKind::InvalidSubcommand) } else { argument };
            let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].map(context).concat();
            let what_to_do = if suggested.is_empty() {
                help.to_owned()
            } else {
                format!("Perhaps {suggested} is meant; else see --help.")
            };
            let why = "It is no option of this command.";
            Failure::arguments(&format!("The argument {unknown} is not known."), why, &what_to_do)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = context(ContextKind::InvalidValue);
            let what = if value.is_empty() {
                format!("The option {argument} has no value.")
            } else {
                format!("The value {value} of {argument} cannot be used.")
            };
            let choices = context(ContextKind::ValidValue);
            let why = std::error::Error::source(error).map(ToString::to_string);
            let why =
                why.map_or_else(|| "It is not one of the choices.".to_owned(), |why| format!("The reason: {why}."));
            let what_to_do = if choices.is_empty() { help.to_owned() } else { format!("Choose one of {choices}.") };
            Failure::arguments(&what, &why, &what_to_do)
        }
        _ => {
            let text = error.render().to_string();
            let first = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
            let why = format!("The reason: {}.", first.trim_end_matches(['.', ':']));
            Failure::arguments("The arguments do not go together.", &why, help)
        }
    }
}

fn in_words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
