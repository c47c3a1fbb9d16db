//! Texts that come again and again, each kept once and named by a code.

use std::hash::BuildHasher as _;

use foldhash::fast::RandomState;
use hashbrown::HashTable;

/// Byte strings by code, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    table: HashTable<u32>,
    hasher: RandomState,
}

impl Texts {
    /// The code of a text, and whether it is new.
    pub(super) fn intern(&mut self, text: &[u8]) -> (u32, bool) {
        let hash = self.hasher.hash_one(text);
        let (bytes, ends, hasher) = (&self.bytes, &self.ends, &self.hasher);
        let found = self.table.find(hash, |code| slice(bytes, ends, *code) == text);
        if let Some(code) = found {
            return (*code, false);
        }
        let code = self.ends.len() as u32;
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
        let (bytes, ends) = (&self.bytes, &self.ends);
        self.table.insert_unique(hash, code, |code| hasher.hash_one(slice(bytes, ends, *code)));
        (code, true)
    }

    /// The text of a code; empty when there is no such code.
    pub(super) fn get(&self, code: u32) -> &[u8] {
        slice(&self.bytes, &self.ends, code)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// All of them, by code.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.ends.len() as u32).map(|code| self.get(code))
    }
}

fn slice<'a>(bytes: &'a [u8], ends: &[usize], code: u32) -> &'a [u8] {
    let code = code as usize;
    let start = if code == 0 { 0 } else { ends.get(code - 1).copied().unwrap_or_default() };
    ends.get(code).and_then(|end| bytes.get(start..*end)).unwrap_or_default()
}

/// Texts where the next is guessed before it is looked up: the one that followed the last one before, the one behind
/// that, or the last one again. In files ordered by week or by person nearly every guess is right.
#[derive(Clone, Debug, Default)]
pub(super) struct Sequence {
    texts: Texts,
    /// By code, the code that followed last time.
    followers: Vec<u32>,
    last: u32,
    /// Whether the text before was the same as the one before it.
    is_repeating: bool,
}

impl Sequence {
    /// The code of a text, where it is the one that is guessed.
    #[inline]
    pub(super) fn guess(&mut self, text: &[u8]) -> Option<u32> {
        let follower = *self.followers.get(self.last as usize)?;
        let (first, second) = if self.is_repeating { (self.last, follower) } else { (follower, self.last) };
        let mut code = first;
        if self.texts.get(first) != text {
            code = second;
            if self.texts.get(second) != text {
                // Somebody is missing this time: the next may come.
                code = *self.followers.get(follower as usize)?;
                if self.texts.get(code) != text {
                    return None;
                }
            }
        }
        self.is_repeating = code == self.last;
        self.last = code;
        Some(code)
    }

    /// The code of a text, and whether it is new.
    pub(super) fn intern(&mut self, text: &[u8]) -> (u32, bool) {
        if let Some(code) = self.guess(text) {
            return (code, false);
        }
        let (code, is_new) = self.texts.intern(text);
        if let Some(follower) = self.followers.get_mut(self.last as usize) {
            *follower = code;
        }
        if is_new {
            self.followers.push(code);
        }
        self.last = code;
        (code, is_new)
    }

    /// The texts by code.
    pub(super) fn into_texts(self) -> Texts {
        self.texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_one_code_whatever_their_order() {
        let mut sequence = Sequence::default();
        let codes: Vec<u32> = ["a", "b", "c", "a", "b", "c", "c", "b", "", "a", "d"]
            .iter()
            .map(|text| sequence.intern(text.as_bytes()).0)
            .collect();
        assert_eq!(codes, [0, 1, 2, 0, 1, 2, 2, 1, 3, 0, 4]);
        assert_eq!(sequence.into_texts().iter().collect::<Vec<_>>(), [b"a".as_slice(), b"b", b"c", b"", b"d"]);
    }
}
