//! Cells of a table of initiatives that hold more than a word, written and read.

use chrono::NaiveDate;

use super::columns::Reading;
use crate::project::initiative::data::{Milestone, Rating, Risk, Update};
use crate::text::formula_safe;

/// A cell without the apostrophe that keeps spreadsheets from taking it for a formula.
pub(super) fn without_guard(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| *formula_safe(rest) != **rest).unwrap_or(cell)
}

/// A day as everybody reads it; empty for none.
pub(super) fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// Several words, separated by semicolons.
pub(super) fn join(words: &[String]) -> String {
    let joined = words.join("; ");
    // So that a comma in a single name does not part it when it is read.
    if words.len() == 1 && joined.contains(',') { joined + ";" } else { joined }
}

/// Several words: separated by semicolons or lines, else by commas.
pub(super) fn split(cell: &str) -> Vec<String> {
    let marks: &[char] = if cell.contains([';', '\n']) { &[';', '\n'] } else { &[','] };
    cell.split(marks).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A rating from 1 to 5, as a number or a word.
pub(super) fn rating(cell: &str) -> Result<Rating, String> {
    const WORDS: [&str; 5] = ["very low", "low", "medium", "high", "very high"];
    let typed = cell.trim().to_lowercase();
    let by_word = WORDS.iter().position(|word| *word == typed).map(|place| place as f64 + 1.0);
    let number = by_word.or_else(|| typed.replace(',', ".").parse().ok()).filter(|number| (1.0..=5.0).contains(number));
    // A whole number from 1 to 5 by now.
    number.map(|number| Rating::new(number.round() as u8)).ok_or_else(|| "is no number from 1 to 5".to_owned())
}

/// A number of percent from 0 to 100, with or without its sign.
pub(super) fn percent(cell: &str) -> Result<u8, String> {
    let typed = cell.trim().trim_end_matches('%').trim().replace(',', ".");
    let number: Option<f64> = typed.parse().ok().filter(|number| (0.0..=100.0).contains(number));
    let number = number.map(|number| if number < 1.0 && typed.contains('.') { number * 100.0 } else { number });
    number.map(|number| number.round() as u8).ok_or_else(|| "is no number from 0 to 100".to_owned())
}

pub(super) fn yes_or_no(cell: &str) -> Result<bool, String> {
    match cell.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" => Ok(true),
        "no" | "n" | "false" | "0" => Ok(false),
        _ => Err("is neither yes nor no".to_owned()),
    }
}

/// Parts of a line, in which bars and line ends stand as `\p` and `\n`.
fn line(parts: &[String]) -> String {
    let escaped = |part: &String| part.replace('\\', "\\\\").replace('|', "\\p").replace('\n', "\\n");
    parts.iter().map(escaped).collect::<Vec<_>>().join(" | ").trim_end_matches([' ', '|']).to_owned()
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

/// The lines of a cell in their parts; the first part is never empty.
fn parts(cell: &str) -> impl Iterator<Item = Vec<String>> {
    let lines = cell.lines().map(|line| line.split('|').map(|part| plain(part.trim())).collect::<Vec<_>>());
    lines.filter(|parts| parts.first().is_some_and(|first| !first.is_empty()))
}

fn plain(part: &str) -> String {
    let mut text = String::with_capacity(part.len());
    let mut letters = part.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('p') => text.push('|'),
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => text.push('\\'),
            },
            _ => text.push(letter),
        }
    }
    text
}

fn part(parts: &[String], place: usize) -> Option<&str> {
    parts.get(place).map(String::as_str).filter(|part| !part.is_empty())
}

pub(super) fn milestones(all: &[Milestone]) -> String {
    let of = |one: &Milestone| {
        line(&[one.name.clone(), day(one.due_baseline), day(one.due_now), day(one.done_on), one.weight.to_string()])
    };
    lines(all.iter().map(of))
}

pub(super) fn read_milestones(cell: &str, reading: &Reading<'_>) -> Result<Vec<Milestone>, String> {
    let read = |parts: Vec<String>| {
        let day = |place| part(&parts, place).map(|typed| reading.day(typed)).transpose();
        let weight = part(&parts, 4).map_or(Ok(1), |typed| typed.parse().map_err(|_| "has a weight that is no number"));
        Ok(Milestone {
            name: parts.first().cloned().unwrap_or_default(),
            due_baseline: day(1)?,
            due_now: day(2)?,
            done_on: day(3)?,
            weight: weight?,
        })
    };
    parts(cell).map(read).collect()
}

pub(super) fn risks(all: &[Risk]) -> String {
    let of = |one: &Risk| {
        let (probability, severity) = (one.probability.get().to_string(), one.severity.get().to_string());
        line(&[one.text.clone(), probability, severity, one.mitigation.clone()])
    };
    lines(all.iter().map(of))
}

pub(super) fn read_risks(cell: &str) -> Result<Vec<Risk>, String> {
    let read = |parts: Vec<String>| {
        let rated = |place| part(&parts, place).map_or(Ok(Rating::default()), rating);
        Ok(Risk {
            text: parts.first().cloned().unwrap_or_default(),
            probability: rated(1)?,
            severity: rated(2)?,
            mitigation: parts.get(3).cloned().unwrap_or_default(),
        })
    };
    parts(cell).map(read).collect()
}

pub(super) fn updates(all: &[Update]) -> String {
    lines(all.iter().map(|one| line(&[one.on.to_string(), one.by.clone(), one.text.clone()])))
}

pub(super) fn read_updates(cell: &str, reading: &Reading<'_>) -> Result<Vec<Update>, String> {
    let read = |parts: Vec<String>| {
        let on = reading.day(parts.first().map_or("", String::as_str))?;
        let text = parts.get(2).cloned().unwrap_or_default();
        Ok(Update { on, by: parts.get(1).cloned().unwrap_or_default(), text })
    };
    parts(cell).map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        assert_eq!(["4", "4,0", "High", " very low "].map(|cell| rating(cell).map(Rating::get)), [4, 4, 4, 1].map(Ok));
        assert!(rating("6").is_err() && rating("0").is_err() && rating("").is_err());
        assert_eq!(["40", "40 %", "40,4%", "0.4", "1", "100"].map(percent), [40, 40, 40, 40, 1, 100].map(Ok));
        assert!(percent("101").is_err() && percent("-1").is_err() && percent("half").is_err());
    }

    #[test]
    fn the_guard_against_formulas_goes_and_other_apostrophes_stay() {
        assert_eq!(["'=1+1", "'-x", "'tis", "'-5", "x"].map(without_guard), ["=1+1", "-x", "'tis", "'-5", "x"]);
    }

    #[test]
    fn bars_lines_and_backslashes_survive() {
        for text in ["a|b", "a\nb", "a\\pb", "\\", "plain"] {
            let written = line(&[text.to_owned(), "x".to_owned()]);
            let read: Vec<_> = parts(&written).collect();
            assert_eq!(read, [[text.to_owned(), "x".to_owned()]], "{text}");
        }
    }
}
