//! What went wrong, in three sentences: what happened, why, what to do.

use crate::dataset::GroupByProblem;
use crate::import::{ImportError, QueryKind};
use crate::privacy::{Hidden, Rules};
use crate::workbench::{Meaning, Shell, wording};

/// Why a command could not be done.
#[derive(Debug)]
pub(super) struct Failure {
    message: String,
    exit_code: u8,
    /// Whether a file was refused because its headers are not known.
    is_of_unknown_headers: bool,
}

impl Failure {
    /// Arguments that do not fit.
    pub(super) fn arguments(what: &str, why: &str, what_to_do: &str) -> Self {
        let message = format!("{what}\n{why}\n{what_to_do}\n");
        Self { message, exit_code: 2, is_of_unknown_headers: false }
    }

    /// A file that cannot be used, or an open question.
    pub(super) fn import(error: ImportError) -> Self {
        match error {
            ImportError::Cancelled => Self::arguments(
                "Reading was cancelled.",
                "Somebody asked the program to stop.",
                "Start it again to read the file.",
            ),
            ImportError::Refused(refusal) => {
                let what = match refusal.place.name.as_str() {
                    "" => refusal.what.plain(),
                    name => format!("File {name}: {}", refusal.what.plain()),
                };
                let failure = Self::arguments(&what, &refusal.why.plain(), &refusal.what_to_do);
                Self { is_of_unknown_headers: refusal.kinds == [QueryKind::Unknown], ..failure }
            }
            ImportError::Question(question) => {
                let options: Vec<String> = question
                    .options
                    .iter()
                    .map(|(option, meaning)| format!("{option} ({})", meaning.plain()))
                    .collect();
                Self::arguments(
                    &question.what.plain(),
                    &question.why.plain(),
                    &format!("Choose one: {}.", options.join(", ")),
                )
            }
        }
    }

    /// The same, advising the columns that `propose` finds for what is needed, where headers are not known.
    pub(super) fn with_columns(mut self, propose: impl FnOnce() -> Vec<Meaning>) -> Self {
        let columns = if self.is_of_unknown_headers { propose() } else { Vec::new() };
        if !columns.is_empty() {
            let option = |(name, header)| format!("--column {}", Shell::HERE.quoted(&format!("{name}={header}")));
            let proposed: Vec<String> = columns.into_iter().map(option).collect();
            let kept = self.message.lines().take(2).map(|line| format!("{line}\n"));
            let last = format!("Check that these columns hold it, then add {}.\n", proposed.join(" "));
            self.message = kept.chain([last]).collect();
        }
        self
    }

    /// A selection that the privacy rules do not answer, or that names something unknown.
    pub(super) fn hidden(hidden: &Hidden, rules: Rules) -> Self {
        let why = match hidden {
            Hidden::NotInFile(_) => "Filters and groups go by the names in the file.",
            _ => "Small groups stay hidden so that nobody can be worked out.",
        };
        let what_to_do = match hidden {
            Hidden::TooFewInPeriods { without } if !without.is_empty() => {
                let options: Vec<String> = without.iter().map(|day| format!("--without {day}")).collect();
                format!("Add {}, or choose another selection.", options.join(" "))
            }
            _ => "Choose another selection.".to_owned(),
        };
        Self::arguments(&hidden.sentence(rules).plain(), why, &what_to_do)
    }

    /// An option `--by` that names nothing to group by.
    pub(super) fn group_by(text: &str, problem: GroupByProblem) -> Self {
        match problem {
            GroupByProblem::Unknown(unknown) => {
                let what = wording::sentence_case(&unknown.to_string());
                Self::arguments(&format!("{what}."), "Groups go by the names in the file.", "Choose another attribute.")
            }
            GroupByProblem::Same { attribute } => Self::arguments(
                &format!("Both attributes of --by \"{text}\" are {attribute}."),
                "A pair of attributes needs two different ones.",
                &format!("Name another one beside {attribute}, or give --by \"{attribute}\"."),
            ),
        }
    }

    /// Output that could not be written.
    pub(super) fn output(error: &std::io::Error) -> Self {
        let message = format!(
            "The output could not be written.\nThe system says: {error}.\nCheck the folder and the free space, then try again.\n"
        );
        Self { message, exit_code: 3, is_of_unknown_headers: false }
    }

    /// A fault of the program itself.
    pub(super) fn fault() -> Self {
        Self::arguments(
            "Reading stopped because of a fault in the program.",
            "This should not happen with any file; your file is unchanged.",
            "Please report it with the command that you used.",
        )
    }

    /// The three sentences.
    pub(super) fn message(&self) -> String {
        self.message.clone()
    }

    /// As the page of the command line says.
    pub(super) fn exit_code(&self) -> u8 {
        self.exit_code
    }
}
