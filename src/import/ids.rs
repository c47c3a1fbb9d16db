//! What the identifiers of people say about a file: rounded by a spreadsheet, names instead, or nobody's of before.

use std::collections::BTreeSet;

use super::dated::Dated;
use super::problem::Refusal;
use super::report::{IssueKind, Issues};
use super::rows::Learned;
use crate::text::Sentence;

/// Digits that a spreadsheet keeps of a number.
const KEPT_DIGITS: usize = 15;

/// Refuses identifiers that a spreadsheet has rounded: different people have become one.
pub(super) fn check_not_rounded(learned: &[Learned]) -> Result<(), Refusal> {
    let ids = || learned.iter().flat_map(|learned| learned.people.iter());
    let with_exponent = ids().filter(|id| has_exponent(id)).collect::<BTreeSet<_>>().len();
    if with_exponent > 0 {
        let why = Sentence::default()
            .counted(with_exponent as u64, "of them is", "of them are")
            .words(" in the form 1.23E+15, so different people share one.");
        return Err(rounded(why));
    }
    let long = || ids().filter(|id| id.len() > KEPT_DIGITS && id.iter().all(u8::is_ascii_digit));
    let is_cut = |id: &[u8]| id.iter().skip(KEPT_DIGITS).all(|digit| *digit == b'0');
    // One identifier can end so by chance; of several not every one does.
    let first = long().next();
    if long().any(|id| Some(id) != first) && long().all(is_cut) {
        return Err(rounded("All long ones end in zeros behind fifteen digits, so different people share one.".into()));
    }
    Ok(())
}

fn rounded(why: Sentence) -> Refusal {
    let what_to_do = "Open the original export, not the one a spreadsheet has saved.";
    Refusal::new("A spreadsheet has rounded the person identifiers.", why, what_to_do)
}

/// Whether an identifier is a number such as `1.23E+15`.
fn has_exponent(id: &[u8]) -> bool {
    // Of all identifiers hardly any has a plus.
    let is_mark =
        |at: &usize| at.checked_sub(1).and_then(|before| id.get(before)).is_some_and(|e| matches!(e, b'E' | b'e'));
    let Some(at) = memchr::memchr_iter(b'+', id).find(is_mark) else { return false };
    let (number, exponent) = id.split_at(at - 1);
    number.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
        && exponent.iter().skip(2).all(u8::is_ascii_digit)
}

/// Notes identifiers that are addresses of people, or their names.
pub(super) fn note_names(learned: &[Learned], issues: &mut Issues) {
    let ids = || learned.iter().flat_map(|learned| learned.people.iter());
    let distinct = |is: fn(&&[u8]) -> bool| ids().filter(is).collect::<BTreeSet<_>>().len();
    let note = |issues: &mut Issues, kind: IssueKind, count: usize| {
        if let Some(more) = count.checked_sub(1) {
            issues.add(kind, 0, None, None);
            issues.count_more(kind, more as u64);
        }
    };
    note(issues, IssueKind::AddressAsPerson, distinct(|id| id.contains(&b'@')));
    let names = distinct(|id| is_name(id));
    // A few words can be anything; where more than half of all are two words, they are names.
    if names > 0 && names * 2 > distinct(|_| true) {
        note(issues, IssueKind::NameAsPerson, names);
    }
}

/// Whether an identifier is two to four words without a digit.
fn is_name(id: &[u8]) -> bool {
    let Some(text) = std::str::from_utf8(id).ok().filter(|_| !id.iter().any(u8::is_ascii_digit)) else { return false };
    let words = text.split([' ', ',']).filter(|word| !word.is_empty());
    let is_word = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '\u{2019}'));
    (2..=4).contains(&words.clone().count()) && words.clone().all(is_word)
}

/// Notes files none of whose people are in the other files, though their periods differ: the same people, written in
/// another way, would count twice.
pub(super) fn note_other_people(dated: &mut [Dated]) {
    if dated.len() < 2 {
        return;
    }
    let people: Vec<BTreeSet<Vec<u8>>> = dated.iter().map(people_of).collect();
    let mut notes = Vec::new();
    for (place, (part, own)) in dated.iter().zip(&people).enumerate() {
        let others = || dated.iter().zip(&people).enumerate().filter(move |(other, _)| *other != place);
        let shares_period = |other: &Dated| other.distinct.iter().any(|day| part.distinct.binary_search(day).is_ok());
        let is_alone = others().all(|(_, (other, ids))| !shares_period(other) && own.is_disjoint(ids));
        if own.is_empty() || !is_alone {
            continue;
        }
        let bare: BTreeSet<&[u8]> = own.iter().map(|id| without_zeros(id)).collect();
        let agrees = others().any(|(_, (_, ids))| ids.iter().any(|id| bare.contains(without_zeros(id))));
        notes.push((place, if agrees { IssueKind::LostZeros } else { IssueKind::OtherPeople }));
    }
    for (place, kind) in notes {
        if let Some(part) = dated.get_mut(place) {
            part.issues.add(kind, 0, None, None);
        }
    }
}

fn people_of(part: &Dated) -> BTreeSet<Vec<u8>> {
    part.part.rows.learned.iter().flat_map(|learned| learned.people.iter()).map(<[u8]>::to_vec).collect()
}

/// A number without the zeros before it.
fn without_zeros(id: &[u8]) -> &[u8] {
    let zeros = id.iter().take_while(|digit| **digit == b'0').count();
    if id.iter().all(u8::is_ascii_digit) { id.get(zeros..).unwrap_or_default() } else { id }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_with_an_exponent_are_told_from_words() {
        assert!(["1.23E+15", "1,23457e+18"].iter().all(|id| has_exponent(id.as_bytes())));
        assert!(["12e5", "5E10", "abE+12", "p1"].iter().all(|id| !has_exponent(id.as_bytes())));
    }

    #[test]
    fn names_are_two_words_or_more_without_digits() {
        assert!(["Smith, Anna", "Anna O\u{2019}Brien", "Ana Mar\u{ed}a de la"].iter().all(|id| is_name(id.as_bytes())));
        assert!(["p1", "anna", "Anna 2", "0f 1c", ""].iter().all(|id| !is_name(id.as_bytes())));
    }

    #[test]
    fn zeros_are_taken_from_numbers_only() {
        assert_eq!(
            (without_zeros(b"00042"), without_zeros(b"0a42"), without_zeros(b"000")),
            (&b"42"[..], &b"0a42"[..], &b""[..])
        );
    }
}
