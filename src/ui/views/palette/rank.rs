//! Which entries answer what was typed, and in which order. No learning: the same letters always give the same
//! order, so that fingers can remember it.

use unicode_normalization::UnicodeNormalization as _;

/// How well an entry answers; the first is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Answer {
    /// The name begins with what was typed.
    Begins,
    /// Each word typed begins a word of the name, in the same order.
    WordsInOrder,
    /// Each word typed begins a word of the name.
    Words,
    /// Each word typed stands within the name.
    Within,
    /// Each word typed begins a word of the name or of what stands beside it.
    Beside,
    /// The letters typed are the beginnings of words of the name: "cst" for "Change strategy".
    Initials,
}

/// What was typed, ready to be compared.
#[derive(Clone, Debug)]
pub(super) struct Query {
    whole: String,
    words: Vec<String>,
}

impl Query {
    /// Small letters without accents; signs part words.
    pub(super) fn new(typed: &str) -> Self {
        let words = words(typed);
        Self { whole: words.join(" "), words }
    }

    /// Whether nothing was typed.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How well a name answers, with the words beside it; `None` when it does not.
    pub(super) fn answer(&self, name: &str, beside: &str) -> Option<Answer> {
        let name = words(name);
        let whole = name.join(" ");
        let begins_one = |typed: &String, names: &[String]| names.iter().any(|word| word.starts_with(typed.as_str()));
        if whole.starts_with(&self.whole) {
            Some(Answer::Begins)
        } else if in_order(&self.words, &name) {
            Some(Answer::WordsInOrder)
        } else if self.words.iter().all(|typed| begins_one(typed, &name)) {
            Some(Answer::Words)
        } else if self.words.iter().all(|typed| whole.contains(typed.as_str())) {
            Some(Answer::Within)
        } else {
            let mut all = name.clone();
            all.extend(words(beside));
            if self.words.iter().all(|typed| begins_one(typed, &all)) {
                Some(Answer::Beside)
            } else {
                let letters: Vec<char> = self.words.concat().chars().collect();
                (letters.len() > 1 && initials(&letters, &name)).then_some(Answer::Initials)
            }
        }
    }
}

fn words(text: &str) -> Vec<String> {
    let plain: String = text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    plain
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether each typed word begins a word of the name, one after the other.
fn in_order(typed: &[String], name: &[String]) -> bool {
    let mut rest = name.iter();
    typed.iter().all(|typed| rest.any(|word| word.starts_with(typed.as_str())))
}

/// Whether letters are the beginnings of words, one or more of each, in order.
fn initials(letters: &[char], name: &[String]) -> bool {
    let Some((word, later)) = name.split_first() else { return letters.is_empty() };
    if letters.is_empty() {
        return true;
    }
    let shared = word.chars().zip(letters).take_while(|(a, b)| a == *b).count();
    // As many letters of this word as fit, or fewer, or none.
    (0..=shared).rev().any(|taken| initials(letters.get(taken..).unwrap_or_default(), later))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_a_word_comes_before_what_stands_within_one() {
        let answer = |typed: &str, name: &str| Query::new(typed).answer(name, "Screen");
        for (typed, name, wanted) in [
            ("cust", "Customers", Some(Answer::Begins)),
            ("one to one", "One-to-one rhythm", Some(Answer::Begins)),
            ("rhythm", "One-to-one rhythm", Some(Answer::WordsInOrder)),
            ("on rh", "One-to-one rhythm", Some(Answer::WordsInOrder)),
            ("rhythm one", "One-to-one rhythm", Some(Answer::Words)),
            ("hyth", "One-to-one rhythm", Some(Answer::Within)),
            ("screen cust", "Customers", Some(Answer::Beside)),
            ("otor", "One-to-one rhythm", Some(Answer::Initials)),
            ("cst", "Change strategy", Some(Answer::Initials)),
            ("RÉUNION", "Reunion hours", Some(Answer::Begins)),
            ("xyz", "Customers", None),
            ("cstx", "Change strategy", None),
        ] {
            assert_eq!(answer(typed, name), wanted, "{typed} for {name}");
        }
        assert!(Answer::Begins < Answer::WordsInOrder && Answer::Within < Answer::Initials);
    }

    #[test]
    fn signs_alone_are_nothing_typed() {
        assert!(Query::new(" … ").is_empty());
        assert!(!Query::new("1:1").is_empty());
    }
}
