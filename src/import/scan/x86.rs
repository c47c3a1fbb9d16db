//! The same on processors with AVX2 or AVX-512: unsafe code, for the speed of every file.
//!
//! # Why it is sound
//!
//! Unsafe are only calls of functions that are compiled for these processors; nothing here handles a pointer, and
//! bytes become vectors through `bytemuck`, which knows that any bytes are one. Such a call is sound when the processor
//! has what the function is compiled for. Each is made by a method of [`Avx2`] or [`Avx512`], whose only field is
//! private to this file, and whose only constructor is `detect`, which has just asked the processor.
//!
//! That they give the same bits as [`Portable`](super::words::Portable) is tested below, on every byte in every place
//! and on any text.

#![allow(unsafe_code)]

use std::arch::x86_64::{
    __m256i, __m512i, _mm256_cmpeq_epi8, _mm256_movemask_epi8, _mm256_set1_epi8, _mm512_cmpeq_epi8_mask,
    _mm512_set1_epi8, _pdep_u64, _tzcnt_u64,
};

use super::words::{self, Marker, Marks, Special, WORD};
use super::{Bounds, Cut, Found, Rest, Start};

/// A kind of processor: its features, asked for and compiled for, and how it makes bits of the bytes of a word.
macro_rules! processor {
    ($name:ident, $doc:literal, $enable:literal, [$($feature:tt),+], $vectors:ident, $equal:ident) => {
        #[doc = $doc]
        #[derive(Clone, Copy, Debug)]
        pub(super) struct $name(());

        impl $name {
            /// Asks the processor; the answer is kept by the standard library.
            #[inline]
            pub(super) fn detect() -> Option<Self> {
                let has_all = $(is_x86_feature_detected!($feature))&&+;
                has_all.then_some(Self(()))
            }

            /// See [`super::last_cut`].
            pub(super) fn last_cut(self, text: &[u8], line_end: u8) -> Cut {
                #[target_feature(enable = $enable)]
                fn last_cut(processor: $name, text: &[u8], line_end: u8) -> Cut {
                    words::last_cut(processor, text, line_end)
                }
                // SAFETY: the processor has the features, as `self` proves.
                unsafe { last_cut(self, text, line_end) }
            }

            /// See [`super::each_record`].
            pub(super) fn walk<'t>(
                self,
                text: &'t [u8],
                bounds: &Bounds,
                line_end: u8,
                start: Start,
                tell: impl FnMut(u64, Found<'_, 't>),
            ) -> Option<Rest<'t>> {
                #[target_feature(enable = $enable)]
                fn walk<'t>(
                    processor: $name,
                    text: &'t [u8],
                    bounds: &Bounds,
                    line_end: u8,
                    start: Start,
                    tell: impl FnMut(u64, Found<'_, 't>),
                ) -> Option<Rest<'t>> {
                    super::walk(processor, text, bounds, line_end, start, tell)
                }
                // SAFETY: the processor has the features, as `self` proves.
                unsafe { walk(self, text, bounds, line_end, start, tell) }
            }
        }

        impl Marker for $name {
            #[inline(always)]
            fn marks(self, word: &[u8; WORD], special: Special) -> Marks {
                let vectors = $vectors(word);
                // SAFETY: the processor has the features, as `self` proves.
                unsafe {
                    Marks {
                        separators: $equal(vectors, special.separator),
                        line_ends: $equal(vectors, special.line_end),
                        quotes: $equal(vectors, b'"'),
                        returns: $equal(vectors, special.other_line_end()),
                    }
                }
            }

            #[inline(always)]
            fn equal(self, word: &[u8; WORD], what: u8) -> u64 {
                // SAFETY: the processor has the features, as `self` proves.
                unsafe { $equal($vectors(word), what) }
            }

            #[inline(always)]
            fn nth(self, bits: u64, before: u32) -> u32 {
                // SAFETY: the processor has the features, as `self` proves.
                unsafe { nth(bits, before) }
            }
        }
    };
}

processor!(
    Avx2,
    "Proof that the processor has AVX2 and what came with it.",
    "avx2,bmi1,bmi2,lzcnt,popcnt",
    ["avx2", "bmi1", "bmi2", "lzcnt", "popcnt"],
    halves,
    equal_halves
);

processor!(
    Avx512,
    "Proof that the processor has AVX-512 for bytes: a word is one vector, and a comparison gives its bits.",
    "avx512f,avx512bw,avx2,bmi1,bmi2,lzcnt,popcnt",
    ["avx512f", "avx512bw", "avx2", "bmi1", "bmi2", "lzcnt", "popcnt"],
    whole,
    equal_whole
);

/// A word as two vectors.
#[inline(always)]
fn halves(word: &[u8; WORD]) -> [__m256i; 2] {
    bytemuck::cast(*word)
}

/// A word as one vector.
#[inline(always)]
fn whole(word: &[u8; WORD]) -> __m512i {
    bytemuck::cast(*word)
}

#[inline]
#[target_feature(enable = "avx2")]
fn equal_halves([low, high]: [__m256i; 2], what: u8) -> u64 {
    let what = _mm256_set1_epi8(what as i8);
    let low = _mm256_movemask_epi8(_mm256_cmpeq_epi8(low, what)) as u32;
    let high = _mm256_movemask_epi8(_mm256_cmpeq_epi8(high, what)) as u32;
    u64::from(low) | u64::from(high) << 32
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn equal_whole(word: __m512i, what: u8) -> u64 {
    _mm512_cmpeq_epi8_mask(word, _mm512_set1_epi8(what as i8))
}

/// The place of the bit that `before` others stand below.
#[inline]
#[target_feature(enable = "bmi1,bmi2")]
fn nth(bits: u64, before: u32) -> u32 {
    _tzcnt_u64(_pdep_u64(1 << (before % 64), bits)) as u32
}

#[cfg(test)]
mod tests {
    use super::super::words::Portable;
    use super::*;
    use crate::import::headers::Plan;
    use proptest::prelude::*;

    const SPECIALS: [Special; 2] =
        [Special { separator: b',', line_end: b'\n' }, Special { separator: 0xff, line_end: b'\r' }];

    fn every_byte_gives_the_bits_of_portable(processor: impl Marker) {
        for byte in 0..=u8::MAX {
            for place in 0..WORD {
                let mut word = [byte.wrapping_add(1); WORD];
                word[place] = byte;
                for special in SPECIALS {
                    assert_eq!(processor.marks(&word, special), Portable.marks(&word, special));
                }
                assert_eq!(processor.equal(&word, byte), 1 << place);
            }
        }
    }

    #[test]
    fn every_byte_in_every_place_gives_the_same_bits() {
        Avx2::detect().into_iter().for_each(every_byte_gives_the_bits_of_portable);
        Avx512::detect().into_iter().for_each(every_byte_gives_the_bits_of_portable);
    }

    /// What a walk tells.
    type Told = (u64, Vec<Vec<u8>>);

    fn told(line: u64, found: &Found<'_, '_>) -> Told {
        match found {
            Found::Cells(cells) => (line, [0, 1].map(|slot| cells.get(slot).to_vec()).to_vec()),
            Found::Odd { text, is_after_blank } => (line, vec![text.to_vec(), vec![u8::from(*is_after_blank)]]),
        }
    }

    proptest! {
        #[test]
        fn the_nth_bit_is_the_same(bits: u64, before in 0_u32..64) {
            let Some(avx2) = Avx2::detect() else { return Ok(()) };
            prop_assert_eq!(avx2.nth(bits, before), Portable.nth(bits, before));
        }

        #[test]
        fn any_text_is_cut_in_the_same_place(text in "[a\",\r\n]{0,300}", returns: bool) {
            let line_end = if returns { b'\r' } else { b'\n' };
            let text = text.as_bytes();
            let portable = words::last_cut(Portable, text, line_end);
            for cut in [Avx2::detect().map(|it| it.last_cut(text, line_end)), Avx512::detect().map(|it| it.last_cut(text, line_end))] {
                prop_assert_eq!(cut.unwrap_or(portable), portable);
            }
        }

        #[test]
        fn any_text_has_the_same_records(text in "[a1\",\r\n]{0,300}", returns: bool) {
            let plan = Plan { width: 3, needed: vec![0, 2], ..Plan::default() };
            let bounds = Bounds::new(&plan, b',');
            let line_end = if returns { b'\r' } else { b'\n' };
            let text = text.as_bytes();
            let mut all: Vec<Vec<Told>> = vec![Vec::new(); 3];
            let mut rests = Vec::new();
            let [portable, avx2, avx512] = &mut all[..] else { return Ok(()) };
            let tell = |to: &mut Vec<Told>, line: u64, found: Found<'_, '_>| to.push(told(line, &found));
            rests.push(super::super::walk(Portable, text, &bounds, line_end, Start::default(), |line, found| tell(portable, line, found)));
            if let (Some(two), Some(five)) = (Avx2::detect(), Avx512::detect()) {
                rests.push(two.walk(text, &bounds, line_end, Start::default(), |line, found| tell(avx2, line, found)));
                rests.push(five.walk(text, &bounds, line_end, Start::default(), |line, found| tell(avx512, line, found)));
            } else if let Some(two) = Avx2::detect() {
                rests.push(two.walk(text, &bounds, line_end, Start::default(), |line, found| tell(avx2, line, found)));
            }
            prop_assert!(rests.iter().all(|rest| *rest == rests[0]));
            prop_assert!(all.iter().take(rests.len()).all(|told| *told == all[0]));
        }
    }
}
