//! What an unknown header may mean: the same words in another language, or nearly the same spelling.
//!
//! A proposal is shown to a person and never used before they accept it.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::headers::{self, IS_ACTIVE, MANAGER_ID, PERIOD, PERSON_ID};
use super::survey::Holds;

/// From this similarity on, of 1 for the same letters, a spelling is nearly another.
const NEARLY: f64 = 0.85;

/// `assets/header_words.toml` as it stands in the file.
#[derive(Default, Deserialize)]
struct WordsFile {
    fillers: Vec<String>,
    word: Vec<WordEntry>,
}

#[derive(Deserialize)]
struct WordEntry {
    means: String,
    #[serde(default)]
    stems: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
}

/// The words, folded.
fn words() -> &'static WordsFile {
    static WORDS: OnceLock<WordsFile> = OnceLock::new();
    WORDS.get_or_init(|| {
        // A test holds that the embedded file parses, so the default is never seen.
        let WordsFile { fillers, word } =
            toml::from_str(include_str!("../../assets/header_words.toml")).unwrap_or_default();
        let all = |texts: Vec<String>| texts.iter().map(|text| folded(text)).collect();
        let entry = |WordEntry { means, stems, words }| WordEntry { means, stems: all(stems), words: all(words) };
        WordsFile { fillers: all(fillers), word: word.into_iter().map(entry).collect() }
    })
}

/// Lower case without accents; everything but letters and digits is one space, and so is the border of a word
/// within ("PersonId").
fn folded(text: &str) -> String {
    let mut folded = String::new();
    let mut was_lower = false;
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        if c.is_uppercase() && was_lower {
            folded.push(' ');
        }
        was_lower = c.is_lowercase();
        if c == 'ß' {
            folded.push_str("ss");
        } else if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.trim().to_owned()
}

/// What the words of a header mean; nothing where one of them is not known.
fn meanings(header: &str) -> BTreeSet<&'static str> {
    let (text, known) = (folded(header), words());
    let mut meanings = BTreeSet::new();
    let mut understood = vec![false; text.len()];
    for entry in &known.word {
        let stems = entry.stems.iter().flat_map(|stem| text.match_indices(stem.as_str()));
        let places = stems.map(|(at, stem)| at..at + stem.len());
        let words = each_word(&text).filter(|word| entry.words.iter().any(|known| *known == text[word.clone()]));
        for place in places.chain(words) {
            meanings.insert(entry.means.as_str());
            understood[place].fill(true);
        }
    }
    let is_known = |word: Range<usize>| {
        let letters = &text[word.clone()];
        understood[word].contains(&true)
            || known.fillers.iter().any(|filler| filler == letters)
            || letters.bytes().all(|byte| byte.is_ascii_digit())
    };
    if each_word(&text).all(is_known) { meanings } else { BTreeSet::new() }
}

/// Where the words of a text stand.
fn each_word(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.split(' ').scan(0, |at, word| {
        let place = *at..*at + word.len();
        *at = place.end + 1;
        Some(place)
    })
}

/// Whether a column can have a meaning by what its cells hold.
fn fits(canonical: &str, holds: Holds) -> bool {
    match canonical {
        PERSON_ID | MANAGER_ID => matches!(holds, Holds::Words | Holds::Numbers),
        PERIOD => matches!(holds, Holds::Dates | Holds::Numbers),
        IS_ACTIVE => holds == Holds::Flags,
        _ => matches!(holds, Holds::Numbers | Holds::Flags),
    }
}

/// The canonical column that a header may stand for; `None` where none is clearly the one. Columns that are `taken`
/// are not proposed.
pub(super) fn proposal(header: &str, holds: Holds, taken: &[&str]) -> Option<&'static str> {
    if holds == Holds::Nothing {
        return None;
    }
    let said = meanings(header);
    let key = headers::key(header);
    let mut best: Option<(f64, &'static str)> = None;
    let mut is_tied = false;
    for (canonical, alias) in headers::aliases() {
        if taken.contains(canonical) || !fits(canonical, holds) {
            continue;
        }
        let spelling = strsim::normalized_levenshtein(&key, &headers::key(alias));
        // One word alone says too little, except that it is a date.
        let means_the_same = (said.len() > 1 || *canonical == PERIOD && said.len() == 1) && said == meanings(alias);
        let score = if means_the_same { 1.0 } else { spelling };
        if score < NEARLY {
            continue;
        }
        match best {
            Some((known, other)) if other != *canonical && (known - score).abs() < 1e-9 => is_tied = true,
            Some((known, _)) if known >= score => {}
            _ => {
                is_tied = false;
                best = Some((score, canonical));
            }
        }
    }
    best.filter(|_| !is_tied).map(|(_, canonical)| canonical)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_words_parse() {
        let file: WordsFile = toml::from_str(include_str!("../../assets/header_words.toml")).unwrap();
        assert!(file.word.len() > 15);
    }

    #[test]
    fn headers_of_other_languages_are_proposed_by_what_their_words_mean() {
        let numbers = |header: &str| proposal(header, Holds::Numbers, &[]);
        assert_eq!(numbers("Stunden externer Zusammenarbeit"), Some("external_hours"));
        assert_eq!(numbers("Externe Zusammenarbeitsstunden"), Some("external_hours"));
        assert_eq!(numbers("Heures de collaboration externe"), Some("external_hours"));
        assert_eq!(numbers("Horas de colaboración externa"), Some("external_hours"));
        assert_eq!(numbers("Ore di collaborazione"), Some("collaboration_hours"));
        assert_eq!(numbers("Zusammenarbeitsstunden"), Some("collaboration_hours"));
        assert_eq!(numbers("Besprechungsstunden mit Vorgesetztem (1:1)"), Some("manager_1_1_hours"));
        assert_eq!(numbers("Heures de réunion avec le responsable 1:1"), Some("manager_1_1_hours"));
        assert_eq!(numbers("Größe des internen Netzwerks"), Some("internal_network_size"));
        assert_eq!(numbers("Tamaño de la red externa"), Some("external_network_size"));
        assert_eq!(proposal("Mitarbeiter-ID", Holds::Words, &[]), Some("person_id"));
        assert_eq!(proposal("Datum", Holds::Dates, &[]), Some("period"));
        assert_eq!(proposal("Fecha de la métrica", Holds::Dates, &[]), Some("period"));
    }

    #[test]
    fn nearly_the_same_spelling_is_proposed_too() {
        assert_eq!(proposal("Extrenal_colaboration_hours", Holds::Numbers, &[]), Some("external_hours"));
        assert_eq!(proposal("Person Idd", Holds::Words, &[]), Some("person_id"));
    }

    #[test]
    fn nothing_is_proposed_where_cells_do_not_fit_or_the_words_mean_something_else() {
        assert_eq!(proposal("Stunden externer Zusammenarbeit", Holds::Words, &[]), None);
        assert_eq!(proposal("Organization", Holds::Words, &[]), None);
        assert_eq!(proposal("Umsatz", Holds::Numbers, &[]), None);
        for header in ["Recurring meeting hours", "Available-to-focus hours", "Besprechungsstunden mit Kollegen"] {
            assert_eq!(proposal(header, Holds::Numbers, &[]), None, "{header}");
        }
        // A number of meetings is no number of hours.
        assert_eq!(proposal("Besprechungen mit Vorgesetztem", Holds::Numbers, &[]), None);
        assert_eq!(proposal("Zusammenarbeitsstunden", Holds::Numbers, &["collaboration_hours"]), None);
        assert_eq!(proposal("Zusammenarbeitsstunden", Holds::Nothing, &[]), None);
    }
}
