//! Something to tell a person.

use super::{ColumnsOf, ExportKind, FileChange};
use crate::import::Refusal;
use crate::text::Sentence;

/// Something to tell the person: what happened, why, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub tone: Tone,
    /// What happened.
    pub what: Sentence,
    /// Why.
    pub why: Sentence,
    /// What to do.
    pub what_to_do: String,
    /// What a button beside it does.
    pub action: Option<NoticeAction>,
}

impl Notice {
    /// A file could not be saved.
    #[must_use]
    pub fn not_saved(error: &std::io::Error) -> Self {
        Self {
            tone: Tone::Problem,
            what: "The file could not be saved.".into(),
            why: format!("The system says: {error}.").into(),
            what_to_do: "Choose another folder, or free some space.".to_owned(),
            action: None,
        }
    }

    /// A table that somebody chose could not be read.
    #[must_use]
    pub fn not_read(error: &std::io::Error) -> Self {
        Self {
            tone: Tone::Problem,
            what: "The table could not be read.".into(),
            why: format!("The system says: {error}.").into(),
            what_to_do: "Check that it can be opened, or copy its cells and paste them here.".to_owned(),
            action: None,
        }
    }

    /// A file cannot be used as it is.
    pub(super) fn of_refusal(refusal: Refusal) -> Self {
        let Refusal { what, why, what_to_do, .. } = refusal;
        Self { tone: Tone::Problem, what, why, what_to_do, action: None }
    }

    /// Columns that are not read look like some that are needed.
    pub(super) fn may_be_needed(columns: usize) -> Self {
        let what = Sentence::default().counted(
            columns as u64,
            "column is not read, but looks like one that is needed.",
            "columns are not read, but look like some that are needed.",
        );
        Self {
            tone: Tone::Info,
            what,
            why: "Their headers are in none of the lists; their words, or nearly their spelling, are.".into(),
            what_to_do: "Look at them, and say what they hold.".to_owned(),
            action: Some(NoticeAction::ChooseColumns(ColumnsOf::Open)),
        }
    }

    /// Files are read as somebody chose for the same headers before.
    pub(super) fn read_as_kept() -> Self {
        Self {
            tone: Tone::Info,
            what: "This export is read as you chose before.".into(),
            why: "Its headers are those of a file for which you said how to read it.".into(),
            what_to_do: "See how on the Data page, or have everything recognized anew.".to_owned(),
            action: Some(NoticeAction::ReadAsRecognized),
        }
    }

    /// An opened file is not what it was.
    #[must_use]
    pub fn of_file(change: FileChange) -> Self {
        let [what, why, what_to_do] = match change {
            FileChange::Written => [
                "The file has changed since it was opened.",
                "Another program wrote to it.",
                "Reload it to see the new numbers, or go on with what was read.",
            ],
            FileChange::Gone => [
                "The file is not where it was opened.",
                "It was moved, renamed or deleted, or its drive is not connected.",
                "Go on with what was read, or open the file from its new place.",
            ],
        };
        let action = (change == FileChange::Written).then_some(NoticeAction::Reload);
        Self { tone: Tone::Info, what: what.into(), why: why.into(), what_to_do: what_to_do.to_owned(), action }
    }

    /// Whether it tells what became of an opened file.
    pub(super) fn is_of_file(&self) -> bool {
        [FileChange::Written, FileChange::Gone].into_iter().any(|change| *self == Self::of_file(change))
    }
}

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Info,
    /// Something did not work.
    Problem,
}

/// What the button of a notice does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeAction {
    /// Read the files again.
    Reload,
    /// Type a path.
    TypePath,
    /// Say what columns hold.
    ChooseColumns(ColumnsOf),
    /// Read what was refused as a person query, whatever its headers look like.
    ReadAsPersonQuery,
    /// Read the files again without what was chosen for their headers.
    ReadAsRecognized,
    /// Choose an export that was not found.
    ChooseMissing(ExportKind),
    /// Use what was chosen in its place, though it is another file.
    UseChosen(ExportKind),
    /// Save the project under another path.
    SaveElsewhere,
    /// Open the version of the project that is on offer.
    OpenVersion,
}
