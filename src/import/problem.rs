//! Why an import did not happen, in sentences for people.

use std::fmt;
use std::path::PathBuf;

use super::kinds::QueryKind;
use crate::text::Sentence;

/// The import stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// Somebody asked it to.
    Cancelled,
    /// The source cannot be used as it is.
    Refused(Refusal),
    /// Somebody has to choose first.
    Question(Question),
}

/// Where in which source a problem is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The source's name as shown to people.
    pub name: String,
    /// Its path, where it has one.
    pub path: Option<PathBuf>,
    /// The line, counted from 1; 0 where no single line is at fault.
    pub line: u64,
}

/// A source that cannot be used: three sentences and a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What happened.
    pub what: Sentence,
    /// Why.
    pub why: Sentence,
    /// What to do.
    pub what_to_do: String,
    /// The kinds of the exports that were found, where none of them is what was wanted.
    pub kinds: Vec<QueryKind>,
    /// Where.
    pub place: Box<Place>,
}

/// A choice that nobody but the owner of the file can make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What was found.
    pub what: Sentence,
    /// Why it cannot be decided from the file.
    pub why: Sentence,
    /// The answers: the command-line option that gives each, and what it means.
    pub options: Vec<(String, Sentence)>,
    /// The first texts of the file that the answers change, for comparing the answers side by side. No text tells who
    /// it is about.
    pub examples: Vec<Example>,
    /// Where.
    pub place: Box<Place>,
}

/// A text of the file under each answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// As it stands in the file.
    pub text: String,
    /// What it means, by answer.
    pub readings: Vec<Sentence>,
}

/// At most so many examples are told.
const MOST_EXAMPLES: usize = 4;

impl Refusal {
    /// A refusal of a whole source; the place is filled in by whoever knows it.
    pub(super) fn new(what: impl Into<Sentence>, why: impl Into<Sentence>, what_to_do: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            why: why.into(),
            what_to_do: what_to_do.into(),
            kinds: Vec::new(),
            place: Box::default(),
        }
    }

    /// The same, because these kinds of exports were found.
    pub(super) fn of_kinds(mut self, kinds: impl IntoIterator<Item = QueryKind>) -> Self {
        self.kinds = kinds.into_iter().collect();
        self
    }

    /// The same, at a line.
    pub(super) fn at_line(mut self, line: u64) -> Self {
        self.place.line = line;
        self
    }
}

impl Question {
    /// A question about a whole source; the place is filled in by whoever knows it.
    pub(super) fn new(
        what: impl Into<Sentence>,
        why: impl Into<Sentence>,
        options: impl IntoIterator<Item = (&'static str, Sentence)>,
    ) -> Self {
        Self {
            what: what.into(),
            why: why.into(),
            options: options.into_iter().map(|(option, meaning)| (option.to_owned(), meaning)).collect(),
            examples: Vec::new(),
            place: Box::default(),
        }
    }

    /// The same, with the first few texts that the answers change.
    pub(super) fn with_examples(mut self, examples: impl IntoIterator<Item = Example>) -> Self {
        for example in examples {
            if self.examples.len() == MOST_EXAMPLES {
                break;
            }
            if self.examples.iter().all(|known| known.text != example.text) {
                self.examples.push(example);
            }
        }
        self
    }
}

impl ImportError {
    /// The same problem, at a line.
    pub(super) fn at_line(mut self, line: u64) -> Self {
        match &mut self {
            Self::Cancelled => {}
            Self::Refused(refusal) => refusal.place.line = line,
            Self::Question(question) => question.place.line = line,
        }
        self
    }

    /// The same problem, said to be in this source unless a source is named already.
    pub(super) fn in_source(mut self, name: &str, path: Option<&PathBuf>) -> Self {
        let place = match &mut self {
            Self::Cancelled => return self,
            Self::Refused(refusal) => &mut refusal.place,
            Self::Question(question) => &mut question.place,
        };
        if place.name.is_empty() {
            name.clone_into(&mut place.name);
            place.path = path.cloned();
        }
        self
    }
}

impl From<Refusal> for ImportError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Question> for ImportError {
    fn from(question: Question) -> Self {
        Self::Question(question)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}", self.name),
            line => write!(f, "{}, line {line}", self.name),
        }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cancelled => write!(f, "The import was canceled."),
            Self::Refused(refusal) => {
                write!(f, "{} {} {}", refusal.what.plain(), refusal.why.plain(), refusal.what_to_do)?;
                if refusal.place.name.is_empty() { Ok(()) } else { write!(f, " ({})", refusal.place) }
            }
            Self::Question(question) => {
                write!(f, "{} {}", question.what.plain(), question.why.plain())?;
                for (option, meaning) in &question.options {
                    write!(f, " {option}: {}.", meaning.plain())?;
                }
                if question.place.name.is_empty() { Ok(()) } else { write!(f, " ({})", question.place) }
            }
        }
    }
}

impl std::error::Error for ImportError {}
