//! Many words of bits at once: how often each bit is set, and bits turned from rows to columns.

/// How many of the words at the places `first`, `first + step` and so on have each of the 64 bits set.
///
/// Sixteen words at a time are added by carry-save adders, so that a word costs a few instructions and not one
/// a bit.
#[must_use]
pub fn counts_by_bit(words: &[u64], first: usize, step: usize) -> [u32; 64] {
    let mut counts = [0; 64];
    // The binary digits of the counts that are not in `sixteens` yet.
    let mut digits = [0_u64; 4];
    // `sixteens[s]` holds in its byte k how often sixteen times the bit 8 k + s was set.
    let mut sixteens = [0_u64; 8];
    let mut additions = 0;
    for words in words.get(first..).unwrap_or_default().chunks(16 * step) {
        let mut block = [0_u64; 16];
        for (place, word) in block.iter_mut().zip(words.iter().step_by(step)) {
            *place = *word;
        }
        let carry = add_sixteen(&mut digits, &block);
        for (shift, bytes) in sixteens.iter_mut().enumerate() {
            *bytes += (carry >> shift) & 0x0101_0101_0101_0101;
        }
        additions += 1;
        // A byte holds no more.
        if additions == 255 {
            empty_bytes(&mut sixteens, &mut counts);
            additions = 0;
        }
    }
    empty_bytes(&mut sixteens, &mut counts);
    for (digit, word) in digits.iter().enumerate() {
        for (bit, count) in counts.iter_mut().enumerate() {
            *count += ((word >> bit & 1) as u32) << digit;
        }
    }
    counts
}

/// Adds sixteen words to the digits of 64 counts; what is carried out counts sixteen.
fn add_sixteen(digits: &mut [u64; 4], block: &[u64; 16]) -> u64 {
    let [ones, twos, fours, eights] = digits;
    let mut add_four = |words: &[u64], fours: &mut u64, twos: &mut u64| {
        let first = add(ones, words[0], words[1]);
        let second = add(ones, words[2], words[3]);
        let carry = add(twos, first, second);
        let first = add(ones, words[4], words[5]);
        let second = add(ones, words[6], words[7]);
        let other = add(twos, first, second);
        add(fours, carry, other)
    };
    let first = add_four(&block[..8], fours, twos);
    let second = add_four(&block[8..], fours, twos);
    add(eights, first, second)
}

/// Adds two words of single bits to a digit, bit by bit, and gives the carries.
fn add(digit: &mut u64, a: u64, b: u64) -> u64 {
    let either = a ^ b;
    let carry = (a & b) | (either & *digit);
    *digit ^= either;
    carry
}

fn empty_bytes(sixteens: &mut [u64; 8], counts: &mut [u32; 64]) {
    for (shift, bytes) in sixteens.iter_mut().enumerate() {
        for (place, byte) in bytes.to_le_bytes().into_iter().enumerate() {
            counts[8 * place + shift] += 16 * u32::from(byte);
        }
        *bytes = 0;
    }
}

/// Turns a square of 64 rows of 64 bits: afterwards bit i of row j is what bit j of row i was.
pub fn transpose(rows: &mut [u64; 64]) {
    let mut half = 32;
    let mut low: u64 = 0x0000_0000_FFFF_FFFF;
    while half > 0 {
        for rows in rows.chunks_exact_mut(2 * half) {
            let (upper, lower) = rows.split_at_mut(half);
            for (upper, lower) in upper.iter_mut().zip(lower) {
                let swapped = ((*upper >> half) ^ *lower) & low;
                *upper ^= swapped << half;
                *lower ^= swapped;
            }
        }
        half /= 2;
        low ^= low << half;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random.
    fn words(count: usize) -> Vec<u64> {
        let mut state = 7_u64;
        let next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state ^ (state >> 29)
        };
        std::iter::repeat_with(next).take(count).collect()
    }

    #[test]
    fn each_bit_is_counted_whatever_the_number_of_words() {
        for count in [0, 1, 15, 16, 17, 32, 255 * 16 + 3, 10_000] {
            let words = words(count);
            let counts = counts_by_bit(&words, 0, 1);
            for (bit, counted) in counts.into_iter().enumerate() {
                let expected = words.iter().filter(|word| **word >> bit & 1 == 1).count();
                assert_eq!(counted as usize, expected, "bit {bit} of {count} words");
            }
        }
    }

    #[test]
    fn every_third_word_is_counted_alone() {
        let all = words(1_000);
        let third: Vec<u64> = all.iter().skip(1).step_by(3).copied().collect();
        assert_eq!(counts_by_bit(&all, 1, 3), counts_by_bit(&third, 0, 1));
        assert_eq!(counts_by_bit(&[], 1, 3), [0; 64]);
    }

    #[test]
    fn all_bits_of_many_words_do_not_overflow_a_byte() {
        assert_eq!(counts_by_bit(&[u64::MAX; 100_000], 0, 1), [100_000; 64]);
    }

    #[test]
    fn rows_become_columns() {
        let mut rows: [u64; 64] = words(64).try_into().expect("64 of them");
        let before = rows;
        transpose(&mut rows);
        for (i, row) in before.into_iter().enumerate() {
            for (j, column) in rows.into_iter().enumerate() {
                assert_eq!(row >> j & 1, column >> i & 1, "row {i}, column {j}");
            }
        }
    }
}
