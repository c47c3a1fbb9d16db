//! The attributes of people over all texts: values joined, sorted, and offered only where they make groups.

use std::collections::HashMap;

use super::attribute_cells::{MOST_VALUES, NOT_SET_CODE};
use super::dated::Dated;
use super::headers;
use super::read::{PartRows, not_words};
use super::report::{LeftOut, LeftOutReason};
use super::rows::Learned;
use crate::dataset::{Attribute, NOT_SET};

/// An attribute as it is put together from the texts.
#[derive(Default)]
struct Gathered {
    values: Vec<String>,
    by_value: HashMap<String, u16>,
    codes: Vec<u16>,
    crowded: bool,
    /// Rows of the texts that have it, and those that are blank.
    rows: usize,
    blanks: usize,
}

/// The attributes of all texts, in the order of the columns; what cannot be one is added to `left_out`.
pub(super) fn columns(dated: &mut [Dated], total: usize, left_out: &mut Vec<LeftOut>) -> Vec<Attribute> {
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
    let mut attributes = Vec::new();
    for (name, key) in names {
        let gathered = gather(dated, &key, total);
        match gathered.into_attribute(name, key == headers::LAYER) {
            Ok(attribute) => attributes.push(attribute),
            Err(reason) => left_out.push(reason),
        }
    }
    attributes
}

/// Joins one attribute over all texts. Values get codes as they are first used by a kept row.
fn gather(dated: &mut [Dated], key: &str, total: usize) -> Gathered {
    let mut gathered = Gathered { codes: Vec::with_capacity(total), ..Gathered::default() };
    gathered.code(NOT_SET);
    for part in dated {
        let end = gathered.codes.len() + part.rows;
        let place = part.part.plan.attributes.iter().position(|(name, _)| headers::key(name) == key);
        if let Some(place) = place {
            gathered.crowded |= part.part.rows.crowded.get(place) == Some(&true);
            gathered.rows += part.rows;
            let PartRows { blocks, learned, .. } = &mut part.part.rows;
            let mut codes: Vec<Vec<Option<u16>>> =
                learned.iter().map(|learned| vec![None; values_of(learned, place).len()]).collect();
            for (block, kept) in blocks.iter_mut().zip(&part.kept) {
                let Some(cells) = block.attributes.get_mut(place).map(std::mem::take) else { continue };
                let (Some(codes), Some(learned)) = (codes.get_mut(block.reader), learned.get(block.reader)) else {
                    continue;
                };
                if gathered.crowded {
                    continue;
                }
                for (row, local) in cells.into_iter().enumerate() {
                    if kept.as_ref().is_some_and(|kept| kept.get(row) == Some(&false)) {
                        continue;
                    }
                    let Some(code) = codes.get_mut(usize::from(local)) else { continue };
                    let code = match *code {
                        Some(code) => code,
                        None => {
                            let value =
                                values_of(learned, place).get(usize::from(local)).map_or(NOT_SET, String::as_str);
                            *code.insert(gathered.code(value))
                        }
                    };
                    gathered.blanks += usize::from(code == NOT_SET_CODE);
                    gathered.codes.push(code);
                }
            }
        }
        gathered.codes.resize(end, NOT_SET_CODE);
    }
    gathered
}

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
    fn into_attribute(self, name: String, is_layer: bool) -> Result<Attribute, LeftOut> {
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
        let uses_not_set = self.codes.contains(&NOT_SET_CODE);
        let mut sorted: Vec<(usize, String)> =
            self.values.into_iter().enumerate().filter(|(code, _)| uses_not_set || *code != 0).collect();
        sorted.sort_by(|a, b| a.1.cmp(&b.1));
        let mut places = vec![0_u16; distinct + 1];
        for (place, (code, _)) in sorted.iter().enumerate() {
            if let Some(to) = places.get_mut(*code) {
                *to = place as u16;
            }
        }
        let codes = self.codes.iter().map(|code| places.get(usize::from(*code)).copied().unwrap_or_default()).collect();
        Ok(Attribute::new(name, sorted.into_iter().map(|(_, value)| value).collect(), codes))
    }
}
