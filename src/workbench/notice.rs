//! Something to tell a person.

/// Something to tell the person: what happened, why, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub tone: Tone,
    /// What happened.
    pub what: String,
    /// Why.
    pub why: String,
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
            what: "The file could not be saved.".to_owned(),
            why: format!("The system says: {error}."),
            what_to_do: "Choose another folder, or free some space.".to_owned(),
            action: None,
        }
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
}
