//! Sentences that are made where nobody knows yet who reads them: their numbers and dates wait for the locale.

use chrono::NaiveDate;

use super::{Locale, count, date, list_and};

/// A sentence about a file or its people: words and names as they are, counts with their nouns, and days.
///
/// Line numbers of a file are no quantities and stand among the words: nobody groups their digits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Words(String),
    Counted { amount: Amount, one: &'static str, many: &'static str },
    Dates(Vec<NaiveDate>),
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Amount {
    Exactly(u64),
    FewerThan(u64),
}

impl Sentence {
    /// The sentence and then these words.
    #[must_use]
    pub fn words(mut self, words: impl Into<String>) -> Self {
        self.parts.push(Part::Words(words.into()));
        self
    }

    /// The sentence, then a count, a space, and what is said of one or of many: "1 row was", "1,204 rows were".
    #[must_use]
    pub fn counted(mut self, number: u64, one: &'static str, many: &'static str) -> Self {
        self.parts.push(Part::Counted { amount: Amount::Exactly(number), one, many });
        self
    }

    /// The sentence and then these days: "Mar 31, 2024 and Apr 7, 2024". No day adds nothing.
    #[must_use]
    pub fn dates(mut self, days: &[NaiveDate]) -> Self {
        self.parts.push(Part::Dates(days.to_vec()));
        self
    }

    /// This sentence, a space, and the next one.
    #[must_use]
    pub fn and_then(self, next: impl Into<Self>) -> Self {
        let mut both = self.words(" ");
        both.parts.extend(next.into().parts);
        both
    }

    /// The sentence with each of its counts as "fewer than `limit`", for counts that may not be told.
    #[must_use]
    pub fn withheld(mut self, limit: u64) -> Self {
        for part in &mut self.parts {
            if let Part::Counted { amount, .. } = part {
                *amount = Amount::FewerThan(limit);
            }
        }
        self
    }

    /// As this reader writes numbers and dates.
    #[must_use]
    pub fn in_words(&self, locale: &Locale) -> String {
        let number = |number: u64| count(usize::try_from(number).unwrap_or(usize::MAX), locale);
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Words(words) => text += words,
                Part::Counted { amount: Amount::Exactly(1), one, .. } => text += &format!("{} {one}", number(1)),
                Part::Counted { amount: Amount::Exactly(many), many: words, .. } => {
                    text += &format!("{} {words}", number(*many));
                }
                Part::Counted { amount: Amount::FewerThan(limit), many, .. } => {
                    let fewer = if text.is_empty() { "Fewer" } else { "fewer" };
                    text += &format!("{fewer} than {} {many}", number(*limit));
                }
                Part::Dates(days) => {
                    let days: Vec<String> = days.iter().map(|day| date(*day, locale)).collect();
                    text += &list_and(&days);
                }
            }
        }
        text
    }

    /// For JSON, files and standard error: the same on every computer.
    #[must_use]
    pub fn plain(&self) -> String {
        self.in_words(&Locale::neutral())
    }
}

impl From<String> for Sentence {
    fn from(words: String) -> Self {
        Self::default().words(words)
    }
}

impl From<&str> for Sentence {
    fn from(words: &str) -> Self {
        Self::default().words(words)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn people(number: u64) -> Sentence {
        Sentence::default().counted(number, "person has", "people have").words(" no manager.")
    }

    #[test]
    fn counts_are_written_as_the_reader_does_and_agree_with_their_noun() {
        assert_eq!(people(1204).in_words(&Locale::of("de-DE")), "1.204 people have no manager.");
        assert_eq!(people(1204).in_words(&Locale::of("en-US")), "1,204 people have no manager.");
        assert_eq!(people(1204).plain(), "1204 people have no manager.");
        assert_eq!(people(1).plain(), "1 person has no manager.");
        assert_eq!(people(0).plain(), "0 people have no manager.");
    }

    #[test]
    fn what_may_not_be_told_is_fewer_than_a_limit() {
        assert_eq!(people(1).withheld(5).plain(), "Fewer than 5 people have no manager.");
        let later = Sentence::from("Of all, ").counted(3, "person is", "people are").words(" new.");
        assert_eq!(later.withheld(1000).in_words(&Locale::of("de-DE")), "Of all, fewer than 1.000 people are new.");
    }

    #[test]
    fn days_are_written_as_the_reader_does() {
        let days = [31, 30].map(|day| NaiveDate::from_ymd_opt(2024, 3, day).unwrap());
        let sentence = Sentence::from("Left out: ").dates(&days).words(".").and_then("Nothing else.");
        assert_eq!(sentence.in_words(&Locale::of("en-US")), "Left out: Mar 31, 2024 and Mar 30, 2024. Nothing else.");
        assert_eq!(sentence.in_words(&Locale::of("de-DE")), "Left out: 31 Mar 2024 and 30 Mar 2024. Nothing else.");
    }
}
