//! The attributes of people over all texts: values joined, sorted, and offered only where they make groups.

use std::collections::HashMap;

use super::attribute_cells::{MOST_VALUES, NOT_SET_CODE};
use super::dated::Dated;
use super::headers;
use super::read::{PartRows, not_words};
use super::report::{LeftOut, LeftOutReason};
use super::rows::Learned;
use crate::dataset::{DraftAttribute, NOT_SET, Pieces};
use crate::work::each;

/// So many attributes are offered. What may be shown is decided for every two of them, so that the work grows with the
/// square of their number; exports have about twenty.
const MOST_ATTRIBUTES: usize = 64;

/// Attributes that are read wherever they stand, because more than groups is made of them.
const ALWAYS: [&str; 4] = ["organization", "organisation", "supervisorindicator", headers::LAYER];

/// The cells of an attribute, by text and block; `None` for a text without it.
struct Taken {
    name: String,
    key: String,
    parts: Vec<Option<OfPart>>,
}

/// An attribute in one text: its place in the plan, and its cells by block.
struct OfPart {
    place: usize,
    pieces: Vec<Vec<u16>>,
}

/// An attribute as it is put together from the texts.
#[derive(Default)]
struct Gathered {
    values: Vec<String>,
    by_value: HashMap<String, u16>,
    codes: Pieces<u16>,
    crowded: bool,
    /// Rows of the texts that have it, and those that are blank.
    rows: usize,
    blanks: usize,
    /// Rows of the texts that do not have it.
    rows_without: usize,
}

/// The attributes of all texts, in the order of the columns; what cannot be one is added to `left_out`.
pub(super) fn columns(dated: &mut [Dated], left_out: &mut Vec<LeftOut>, threads: usize) -> Vec<DraftAttribute> {
    let mut names: Vec<(String, String)> = Vec::new();
    for (name, _) in dated.iter().flat_map(|part| &part.part.plan.attributes) {
        let key = headers::key(name);
        if !names.iter().any(|(_, known)| *known == key) {
            names.push((name.clone(), key));
        }
    }
    for (header, reason) in dated.iter().flat_map(|part| &part.part.examined.left_out) {
        let is_known = names.iter().any(|(_, known)| *known == headers::key(header));
        if !is_known && !left_out.iter().any(|other| other.header == *header) {
            left_out.push(LeftOut { header: header.clone(), reason: *reason });
        }
    }
    let taken = names.into_iter().map(|(name, key)| {
        let parts = dated.iter_mut().map(|part| {
            let place = part.part.plan.attributes.iter().position(|(name, _)| headers::key(name) == key)?;
            Some(OfPart { place, pieces: part.take(|block| block.attributes.get_mut(place)) })
        });
        let parts = parts.collect();
        Taken { name, key, parts }
    });
    let taken: Vec<Taken> = taken.collect();
    let dated = &*dated;
    let made = each(threads, taken, |Taken { name, key, parts }| {
        let attribute = gather(dated, parts).into_attribute(name.clone(), key == headers::LAYER);
        (name, key, attribute)
    });
    let mut attributes = Vec::new();
    for (name, key, attribute) in made {
        if attributes.len() >= MOST_ATTRIBUTES && !ALWAYS.contains(&key.as_str()) {
            left_out.push(LeftOut { header: name, reason: LeftOutReason::TooManyColumns });
            continue;
        }
        match attribute {
            Ok(attribute) => attributes.push(attribute),
            Err(reason) => left_out.push(reason),
        }
    }
    attributes
}

/// Joins one attribute over all texts. Values get codes as they are first used by a kept row.
fn gather(dated: &[Dated], parts: Vec<Option<OfPart>>) -> Gathered {
    let mut gathered = Gathered::default();
    gathered.code(NOT_SET);
    for (part, taken) in dated.iter().zip(parts) {
        let Some(OfPart { place, pieces }) = taken else {
            gathered.codes.repeat(NOT_SET_CODE, part.rows);
            gathered.rows_without += part.rows;
            continue;
        };
        gathered.crowded |= part.part.rows.crowded.get(place) == Some(&true);
        gathered.rows += part.rows;
        if gathered.crowded {
            continue;
        }
        let PartRows { blocks, learned, .. } = &part.part.rows;
        let unused = |learned: &Learned| vec![UNUSED; values_of(learned, place).len()];
        let mut codes: Vec<Vec<u16>> = learned.iter().map(unused).collect();
        for (block, mut cells) in blocks.iter().zip(pieces) {
            let (Some(codes), Some(learned)) = (codes.get_mut(block.reader), learned.get(block.reader)) else {
                continue;
            };
            for cell in &mut cells {
                let local = usize::from(*cell);
                let Some(code) = codes.get_mut(local) else { continue };
                if *code == UNUSED {
                    *code = gathered.code(values_of(learned, place).get(local).map_or(NOT_SET, String::as_str));
                }
                *cell = *code;
                gathered.blanks += usize::from(*code == NOT_SET_CODE);
            }
            gathered.codes.push(cells);
        }
    }
    gathered
}

/// The code of a value that no row has used yet.
const UNUSED: u16 = u16::MAX;

fn values_of(learned: &Learned, place: usize) -> &[String] {
    learned.values.get(place).map(Vec::as_slice).unwrap_or_default()
}

impl Gathered {
    fn code(&mut self, value: &str) -> u16 {
        if let Some(code) = self.by_value.get(value) {
            return *code;
        }
        let code = self.values.len() as u16;
        self.values.push(value.to_owned());
        self.by_value.insert(value.to_owned(), code);
        code
    }

    /// The attribute with its values sorted, or why it is none.
    fn into_attribute(mut self, name: String, is_layer: bool) -> Result<DraftAttribute, LeftOut> {
        let distinct = self.values.len() - 1;
        let words = self.values.iter().skip(1).map(String::as_bytes);
        let reason = if self.crowded || distinct > MOST_VALUES {
            Some(LeftOutReason::TooManyValues)
        } else if self.blanks * 100 > self.rows * 95 {
            Some(LeftOutReason::MostlyBlank)
        } else if distinct < 2 {
            Some(LeftOutReason::Constant)
        } else {
            not_words(words).filter(|_| !is_layer)
        };
        if let Some(reason) = reason {
            return Err(LeftOut { header: name, reason });
        }
        let uses_not_set = self.blanks + self.rows_without > 0;
        let mut sorted: Vec<(usize, String)> =
            self.values.into_iter().enumerate().filter(|(code, _)| uses_not_set || *code != 0).collect();
        sorted.sort_by(|a, b| a.1.cmp(&b.1));
        let mut places = vec![0_u16; distinct + 1];
        for (place, (code, _)) in sorted.iter().enumerate() {
            if let Some(to) = places.get_mut(*code) {
                *to = place as u16;
            }
        }
        self.codes.change(|code| places.get(usize::from(code)).copied().unwrap_or_default());
        Ok(DraftAttribute { name, values: sorted.into_iter().map(|(_, value)| value).collect(), codes: self.codes })
    }
}
