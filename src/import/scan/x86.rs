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
    __m256i, __m512i, _mm256_cmpeq_epi8, _mm256_movemask_epi8, _mm256_or_si256, _mm256_set1_epi8, _mm512_add_epi32,
    _mm512_castsi512_si128, _mm512_cmpeq_epi8_mask, _mm512_cvtepu8_epi32, _mm512_extracti32x4_epi32,
    _mm512_maskz_compress_epi8, _mm512_set1_epi8, _mm512_set1_epi32,
};

use super::Cut;
use super::eight::{self, Values, Windows};
use super::strip::{self, Look, Scanner};
use super::words::{self, Marker, Marks, Special, WORD};

/// A kind of processor: its features, asked for and compiled for, and how it makes bits of the bytes of a word.
macro_rules! processor {
    ($name:ident, $doc:literal, $enable:literal, [$($feature:tt),+], $vectors:ident, $equal:ident, $marks:ident, $places:ident) => {
        #[doc = $doc]
        #[derive(Clone, Copy, Debug)]
        pub(in super::super) struct $name(());

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

            /// See [`eight::seconds`].
            pub(super) fn seconds(self, windows: &Windows, mark: u8) -> Values<u32> {
                #[target_feature(enable = $enable)]
                fn seconds(windows: &Windows, mark: u8) -> Values<u32> {
                    eight::seconds(windows, mark)
                }
                // SAFETY: the processor has the features, as `self` proves.
                unsafe { seconds(windows, mark) }
            }

            /// See [`eight::counts`].
            pub(super) fn counts(self, windows: &Windows, mark: u8) -> Values<f64> {
                #[target_feature(enable = $enable)]
                fn counts(windows: &Windows, mark: u8) -> Values<f64> {
                    eight::counts(windows, mark)
                }
                // SAFETY: the processor has the features, as `self` proves.
                unsafe { counts(windows, mark) }
            }
        }

        impl Scanner for $name {
            #[inline]
            fn plain(self, look: &mut Look<'_>) -> bool {
                #[target_feature(enable = $enable)]
                fn plain(processor: $name, look: &mut Look<'_>) -> bool {
                    strip::plain(processor, look)
                }
                // SAFETY: the processor has the features, as `self` proves.
                unsafe { plain(self, look) }
            }

            #[inline]
            fn any(self, look: &mut Look<'_>) -> bool {
                #[target_feature(enable = $enable)]
                fn any(processor: $name, look: &mut Look<'_>) -> bool {
                    strip::any(processor, look)
                }
                // SAFETY: the processor has the features, as `self` proves.
                unsafe { any(self, look) }
            }
        }

        impl Marker for $name {
            #[inline(always)]
            fn marks(self, word: &[u8; WORD], special: Special) -> Marks {
                // SAFETY: the processor has the features, as `self` proves.
                unsafe { $marks($vectors(word), special) }
            }

            #[inline(always)]
            fn equal(self, word: &[u8; WORD], what: u8) -> u64 {
                // SAFETY: the processor has the features, as `self` proves.
                unsafe { $equal($vectors(word), what) }
            }

            #[inline(always)]
            fn places(self, bits: u64, base: u32, to: &mut [u32; WORD]) {
                // SAFETY: the processor has the features, as `self` proves.
                unsafe { $places(bits, base, to) }
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
    equal_halves,
    marks_of_halves,
    places_by_bit
);

processor!(
    Avx512,
    "Proof that the processor has AVX-512 for bytes: a word is one vector, and a comparison gives its bits.",
    "avx512f,avx512bw,avx512dq,avx512vbmi2,avx2,bmi1,bmi2,lzcnt,popcnt",
    ["avx512f", "avx512bw", "avx512dq", "avx512vbmi2", "avx2", "bmi1", "bmi2", "lzcnt", "popcnt"],
    whole,
    equal_whole,
    marks_of_whole,
    places_at_once
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
fn equal_halves(halves: [__m256i; 2], what: u8) -> u64 {
    bits_of_halves(halves.map(|half| _mm256_cmpeq_epi8(half, _mm256_set1_epi8(what as i8))))
}

#[inline]
#[target_feature(enable = "avx2")]
fn bits_of_halves(halves: [__m256i; 2]) -> u64 {
    let [low, high] = halves.map(|half| _mm256_movemask_epi8(half) as u32);
    u64::from(low) | u64::from(high) << 32
}

/// Borders are joined before they become bits: joining the bits, the compiler takes them apart one by one.
#[inline]
#[target_feature(enable = "avx2")]
fn marks_of_halves(halves: [__m256i; 2], special: Special) -> Marks {
    let equal = |what: u8| halves.map(|half| _mm256_cmpeq_epi8(half, _mm256_set1_epi8(what as i8)));
    let (separators, line_ends) = (equal(special.separator), equal(special.line_end));
    let borders = [0, 1].map(|half: usize| _mm256_or_si256(separators[half], line_ends[half]));
    Marks {
        borders: bits_of_halves(borders),
        line_ends: bits_of_halves(line_ends),
        quotes: bits_of_halves(equal(b'"')),
        returns: bits_of_halves(equal(special.other_line_end())),
    }
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn equal_whole(word: __m512i, what: u8) -> u64 {
    _mm512_cmpeq_epi8_mask(word, _mm512_set1_epi8(what as i8))
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn marks_of_whole(word: __m512i, special: Special) -> Marks {
    let line_ends = equal_whole(word, special.line_end);
    Marks {
        borders: equal_whole(word, special.separator) | line_ends,
        line_ends,
        quotes: equal_whole(word, b'"'),
        returns: equal_whole(word, special.other_line_end()),
    }
}

#[inline]
#[target_feature(enable = "bmi1")]
fn places_by_bit(bits: u64, base: u32, to: &mut [u32; WORD]) {
    words::places(bits, base, to);
}

/// The places of all bits in one vector, of which sixteen at a time become as many numbers.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi2,popcnt")]
fn places_at_once(bits: u64, base: u32, to: &mut [u32; WORD]) {
    const EACH: [u8; WORD] = {
        let mut each = [0; WORD];
        let mut place = 0;
        while place < WORD {
            each[place] = place as u8;
            place += 1;
        }
        each
    };
    let places = _mm512_maskz_compress_epi8(bits, bytemuck::cast(EACH));
    let base = _mm512_set1_epi32(base as i32);
    let numbers = |places| bytemuck::cast::<__m512i, [u32; 16]>(_mm512_add_epi32(_mm512_cvtepu8_epi32(places), base));
    let [first, second, third, fourth] = to.as_chunks_mut::<16>().0 else { return };
    *first = numbers(_mm512_castsi512_si128(places));
    if bits.count_ones() > 16 {
        *second = numbers(_mm512_extracti32x4_epi32::<1>(places));
        *third = numbers(_mm512_extracti32x4_epi32::<2>(places));
        *fourth = numbers(_mm512_extracti32x4_epi32::<3>(places));
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::Portable;
    use super::super::{Bounds, Found, Start};
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

    /// What a walk tells, record by record.
    fn told(scanner: impl Scanner, text: &[u8], bounds: &Bounds, line_end: u8) -> Vec<(u64, Vec<Vec<u8>>)> {
        let mut told = Vec::new();
        let rest = super::super::walk(scanner, text, bounds, line_end, Start::default(), |found| match found {
            Found::Batch(batch) => told.extend((0..batch.len()).map(|record| {
                (batch.line(record), [0, 1].map(|slot| batch.column(slot).get(record).to_vec()).to_vec())
            })),
            Found::Odd { text, line, is_after_blank } => {
                told.push((line, vec![text.to_vec(), vec![u8::from(is_after_blank)], vec![]]));
            }
        });
        told.extend(rest.map(|rest| (rest.start.line, vec![rest.text.to_vec()])));
        told
    }

    proptest! {
        #[test]
        fn any_bits_stand_in_the_same_places(bits: u64, and: u64, base: u32) {
            // Few bits as well as many.
            for bits in [bits, bits & and, bits & and & and.rotate_left(9), !(bits & and), u64::MAX, 0] {
                let of = |places: &dyn Fn(&mut [u32; WORD])| {
                    let mut to = [0; WORD];
                    places(&mut to);
                    to[..bits.count_ones() as usize].to_vec()
                };
                let one_by_one: Vec<u32> =
                    (0..64).filter(|bit| bits >> bit & 1 == 1).map(|bit| base.wrapping_add(bit)).collect();
                prop_assert_eq!(&of(&|to| Portable.places(bits, base, to)), &one_by_one);
                if let Some(two) = Avx2::detect() {
                    prop_assert_eq!(&of(&|to| two.places(bits, base, to)), &one_by_one);
                }
                if let Some(five) = Avx512::detect() {
                    prop_assert_eq!(&of(&|to| five.places(bits, base, to)), &one_by_one);
                }
            }
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
        fn any_text_has_the_same_records(
            parts in proptest::collection::vec("[a1\",\r\n]{0,300}|(a,1,a\r?\n){0,900}|(\"a\",1,a\n){0,400}", 0..4),
            returns: bool,
        ) {
            let plan = Plan { width: 3, needed: vec![0, 2], ..Plan::default() };
            let bounds = Bounds::new(&plan, b',');
            let line_end = if returns { b'\r' } else { b'\n' };
            let text = parts.concat();
            let portable = told(Portable, text.as_bytes(), &bounds, line_end);
            if let Some(two) = Avx2::detect() {
                prop_assert_eq!(&told(two, text.as_bytes(), &bounds, line_end), &portable);
            }
            if let Some(five) = Avx512::detect() {
                prop_assert_eq!(&told(five, text.as_bytes(), &bounds, line_end), &portable);
            }
        }
    }
}
