//! Several texts in one archive or workbook, and the same text twice: which of them are read.
//!
//! Parts of one export, cut by time, have the same headers and no period in common; they are stacked. Of anything else
//! only a person knows which text is meant.

use super::container::Part;
use super::headers;
use super::options::{ImportOptions, PartChoice};
use super::problem::{ImportError, Question, Refusal};
use super::read::Examined;
use crate::text::Sentence;
use crate::work::Cancel;

/// The texts that were chosen, where some were.
pub(super) fn chosen(parts: Vec<Part>, options: &ImportOptions) -> Result<Vec<Part>, ImportError> {
    let Some(PartChoice::Number(number)) = options.part else { return Ok(parts) };
    let has_others = |part: &Part| part.of.is_some();
    let is_chosen = |part: &Part| part.of.is_some_and(|of| of.number == number);
    let last = parts.iter().filter_map(|part| part.of).map(|of| of.number).max().unwrap_or(1);
    if number > last {
        let what = format!("There is no part {number} to read.");
        let why = Sentence::from("The file has ").counted(last as u64, "part.", "parts.");
        return Err(Refusal::new(what, why, "Give --part another number.").into());
    }
    Ok(parts.into_iter().filter(|part| !has_others(part) || is_chosen(part)).collect())
}

/// The name of a text among those of before that is the same as this one.
pub(super) fn same_as_before(
    found: &Examined,
    before: &[Examined],
    cancel: &Cancel,
) -> Result<Option<String>, ImportError> {
    for other in before {
        if found.part.has_same_text(&other.part, cancel)? {
            return Ok(Some(other.part.name.clone()));
        }
    }
    Ok(None)
}

/// Asks which text of an archive or workbook is meant, where their headers differ.
pub(super) fn check_headers(examined: &[Examined], options: &ImportOptions) -> Result<(), ImportError> {
    let keys = |examined: &Examined| -> Vec<String> {
        let mut keys: Vec<String> = examined.layout.headers.iter().map(|header| headers::key(header)).collect();
        keys.sort();
        keys
    };
    for (place, found) in examined.iter().enumerate() {
        let together = |other: &&Examined| is_beside(&found.part, &other.part);
        let other = examined.iter().skip(place + 1).find(|other| together(other) && keys(found) != keys(other));
        if other.is_some() && options.part.is_none() {
            let parts: Vec<&Part> = examined.iter().map(|examined| &examined.part).collect();
            return Err(which_part(&found.part, &parts, "Their headers differ, so they are no parts of one export."));
        }
    }
    Ok(())
}

/// Whether two texts are of one archive or workbook.
pub(super) fn is_beside(part: &Part, other: &Part) -> bool {
    part.of.zip(other.of).is_some_and(|(of, other)| of.source == other.source)
}

/// The question which of the texts beside `part` is meant.
pub(super) fn which_part(part: &Part, parts: &[&Part], why: &str) -> ImportError {
    let beside: Vec<&&Part> = parts.iter().filter(|other| is_beside(part, other)).collect();
    let short = |name: &str| name.rsplit(": ").next().unwrap_or(name).to_owned();
    let mut options: Vec<(String, Sentence)> = beside
        .iter()
        .filter_map(|other| Some((format!("--part {}", other.of?.number), short(&other.name).into())))
        .take(5)
        .collect();
    options.push(("--part all".to_owned(), "all of them, stacked".into()));
    let what = Sentence::from("The file holds ").counted(beside.len() as u64, "person query.", "person queries.");
    let question = Question { options, ..Question::new(what, why, []) };
    let whole = part.name.rsplit_once(": ").map_or(part.name.as_str(), |(whole, _)| whole);
    ImportError::from(question).in_source(whole, part.path.as_ref())
}
