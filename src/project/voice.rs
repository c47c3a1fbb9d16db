//! Voices: what people wrote in the organization's own surveys, beside a number. Opinion, not measurement; no names.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Id, Project, add, change, remove};

/// A comment from a survey of the organization's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Voice {
    /// Its number; whatever it is, an added one gets its own.
    pub id: Id,
    /// The comment, without names.
    pub text: String,
    /// The behavior that it is about, by its name in JSON: "coaching".
    pub about: String,
    /// The survey that it is from: "Pulse survey, spring". May be empty.
    pub source: String,
    /// The day on which it was put here.
    pub on: NaiveDate,
}

/// Comments that were pasted: one a line; those with an address in them are set aside, because it says who.
#[must_use]
pub fn pasted_voices(pasted: &str) -> (Vec<String>, usize) {
    let lines = pasted.lines().map(|line| line.trim().trim_start_matches(['-', '*', '\u{2022}']).trim());
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    let says_who = |line: &&str| line.contains('@');
    let kept = lines.iter().copied().filter(|line| !says_who(line)).map(str::to_owned).collect::<Vec<_>>();
    let set_aside = lines.len() - kept.len();
    (kept, set_aside)
}

/// What can be done to voices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VoiceEdit {
    /// Put some here.
    Add(Vec<Voice>),
    /// Write another in the place of the one of its number.
    Change(Voice),
    /// Forget one.
    Remove(Id),
}

impl VoiceEdit {
    pub(super) fn apply(self, project: &mut Project) {
        match self {
            Self::Add(voices) => {
                for voice in voices {
                    let id = project.take_id();
                    add(&mut project.voices, id, voice);
                }
            }
            Self::Change(voice) => change(&mut project.voices, voice),
            Self::Remove(id) => remove(&mut project.voices, id),
        }
    }

    pub(super) fn in_words(&self) -> &'static str {
        match self {
            Self::Add(_) => "add voices",
            Self::Change(_) => "change a voice",
            Self::Remove(_) => "delete a voice",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_a_voice_and_one_that_says_who_is_set_aside() {
        let pasted = "- More time with customers, please\n\n\u{2022} Ask jo@contoso.com\n  We meet too much  \n";
        let (kept, set_aside) = pasted_voices(pasted);
        assert_eq!(kept, ["More time with customers, please", "We meet too much"]);
        assert_eq!(set_aside, 1);
    }
}
