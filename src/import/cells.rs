//! One cell: text to whole seconds, to a count, to a flag, to a tidy name.

use std::borrow::Cow;

use super::names;
use super::scan::{WINDOW, window_of};

/// What a metric's cell holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell<T> {
    /// A value.
    Value(T),
    /// Nothing, or a word for nothing.
    Blank,
    /// Below zero.
    Negative,
    /// No number, or none that is finite.
    Unreadable,
}

/// Removes spaces of every kind on both sides, tabs, line ends, and marks that nobody sees.
pub(super) fn trim(bytes: &[u8]) -> &[u8] {
    let trimmed = bytes.trim_ascii();
    let is_plain = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii);
    if is_plain(trimmed.first()) && is_plain(trimmed.last()) {
        return trimmed;
    }
    match std::str::from_utf8(trimmed) {
        Ok(text) => text.trim_matches(|c: char| c.is_whitespace() || names::is_hidden(c)).as_bytes(),
        Err(_) => trimmed,
    }
}

/// Whether a trimmed cell is empty or one of the words for nothing.
pub(super) fn is_blank(trimmed: &[u8]) -> bool {
    match trimmed.len() {
        0 => true,
        2..=4 => [b"NA".as_slice(), b"N/A", b"#N/A", b"NULL"].iter().any(|word| trimmed.eq_ignore_ascii_case(word)),
        _ => false,
    }
}

/// A trimmed cell as a [tidy](names::tidy) name.
pub(super) fn name_of(trimmed: &[u8]) -> Cow<'_, str> {
    names::tidy(trimmed).0
}

/// A yes-or-no cell, in the languages in which spreadsheets write TRUE and FALSE; `None` when it is neither (a blank
/// is neither).
pub(super) fn flag(trimmed: &[u8]) -> Option<bool> {
    const YES: &str = " y t ja wahr oui vrai sí si verdadero sì vero sim verdadeiro waar sann sant sandt tosi kyllä \
                       prawda tak pravda áno ano igaz igen истина да evet doğru 是 真 はい 예 참 active aktiv ";
    const NO: &str = " n f nein falsch non faux falso não nao nee onwaar falskt usann nej epätosi ei fałsz nie \
                      nepravda ne hamis nem ложь нет hayır yanlış 否 假 いいえ 아니요 거짓 inactive inaktiv ";
    match trimmed {
        b"TRUE" | b"True" | b"true" => return Some(true),
        b"FALSE" | b"False" | b"false" => return Some(false),
        _ => {}
    }
    let is = |words: &[&[u8]]| words.iter().any(|word| trimmed.eq_ignore_ascii_case(word));
    if is(&[b"TRUE", b"Yes", b"1"]) {
        return Some(true);
    }
    if is(&[b"FALSE", b"No", b"0"]) {
        return Some(false);
    }
    let word = std::str::from_utf8(trimmed).ok().filter(|word| !word.is_empty() && !word.contains(' '))?;
    let word = format!(" {} ", word.to_lowercase());
    if YES.contains(&word) {
        Some(true)
    } else if NO.contains(&word) {
        Some(false)
    } else {
        None
    }
}

/// Hours as whole seconds, half to even, computed from the decimal text and never through binary
/// fractions. More than 4,000,000,000 seconds are that many.
pub(super) fn seconds(cell: &[u8], decimal: u8) -> Cell<u32> {
    let plain = Plain::of(cell, decimal).and_then(Plain::seconds);
    match plain.or_else(|| long_seconds(cell, decimal)) {
        Some(seconds) => Cell::Value(seconds),
        None => number(cell, decimal, |number| Cell::Value(number.times_3600())),
    }
}

/// A count, with its fraction.
pub(super) fn count(cell: &[u8], decimal: u8) -> Cell<f64> {
    match Plain::of(cell, decimal).and_then(Plain::count) {
        Some(count) => Cell::Value(count),
        None => number(cell, decimal, |number| match number.to_f64() {
            Some(value) if value.is_finite() => Cell::Value(value),
            _ => Cell::Unreadable,
        }),
    }
}

/// Whether a cell is a number as programs write it, spaces around it, hours and minutes and powers of ten included.
pub(super) fn is_usual(cell: &[u8]) -> bool {
    let trimmed = cell.trim_ascii();
    let marks = trimmed.iter().filter(|byte| matches!(byte, b'.' | b',')).count();
    let is_usual = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b',' | b'-' | b':' | b'+');
    marks < 2 && !trimmed.starts_with(b"+") && trimmed.iter().all(is_usual)
}

/// Whether a trimmed cell is digits with at most one mark among them, of any length.
pub(super) fn is_digits_with_mark(trimmed: &[u8]) -> bool {
    let (mut digits, mut marks) = (0, 0);
    for byte in trimmed {
        digits += usize::from(byte.is_ascii_digit());
        marks += usize::from(matches!(byte, b'.' | b','));
    }
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    marks <= 1 && digits + marks == trimmed.len() && is_digit(trimmed.first()) && is_digit(trimmed.last())
}

/// Whether a cell holds an error or a formula of a spreadsheet, such as `#DIV/0!` or `=A1*2`.
pub(super) fn is_of_spreadsheet(cell: &[u8]) -> bool {
    matches!(cell.trim_ascii(), [b'#' | b'=', _, ..])
}

/// Any spelling of a number that is not below zero, turned into a cell.
fn number<T>(cell: &[u8], decimal: u8, value: impl FnOnce(&Decimal) -> Cell<T>) -> Cell<T> {
    let trimmed = trim(cell);
    if is_blank(trimmed) {
        return Cell::Blank;
    }
    match Decimal::read(trimmed, decimal) {
        None => Cell::Unreadable,
        Some(number) if number.negative && !number.is_zero() => Cell::Negative,
        Some(number) => value(&number),
    }
}

/// A number as programs write it: up to 15 digits, with at most one mark among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plain {
    /// All digits as one number.
    digits: u64,
    /// How many of them stand behind the mark.
    pub(super) decimals: u32,
}

impl Plain {
    /// Reads a cell.
    pub(super) fn of(cell: &[u8], decimal: u8) -> Option<Self> {
        Self::read(window_of(cell), cell.len(), decimal)
    }

    /// Reads a cell of `length` bytes that starts the window; `None` for anything else than such a number.
    ///
    /// Eight bytes are looked at side by side: the mark is found, the digits behind it move up to those before it, and
    /// eight digits become a number in three steps.
    #[inline]
    pub(super) fn read(window: [u8; WINDOW], length: usize, decimal: u8) -> Option<Self> {
        if length == 0 || length > WINDOW {
            return None;
        }
        let word = u128::from_le_bytes(window);
        let (low, high) = (word as u64, (word >> 64) as u64);
        // Bit 7 of each of the first eight bytes: set in the first one that is the mark.
        let others = low ^ (u64::from(decimal) * EACH);
        let mark = (others.wrapping_sub(EACH) & !others & (EACH << 7)).trailing_zeros() as usize / 8;
        if mark >= length.min(8) {
            let digits = if length > 8 { return None } else { few_digits(low, length)? };
            return Some(Self { digits, decimals: 0 });
        }
        // Without a decimal mark (0) a zero byte is none either.
        if mark == 0 || mark + 1 == length || decimal == 0 {
            return None;
        }
        let before = (1_u64 << (8 * mark)) - 1;
        let joined = (low & before) | (low >> 8 & !before);
        let digits = if length <= 8 {
            few_digits(joined, length - 1)?
        } else {
            let first = eight_digits(joined | high << 56)?;
            match length - 9 {
                0 => first,
                more => first * POWERS_OF_TEN.get(more)?.value + few_digits(high >> 8, more)?,
            }
        };
        Some(Self { digits, decimals: (length - 1 - mark) as u32 })
    }

    /// As hours in whole seconds, half to even; `None` for more than 4,000,000,000.
    #[inline]
    pub(super) fn seconds(self) -> Option<u32> {
        let scale = POWERS_OF_TEN.get(self.decimals as usize)?;
        let (whole, rest) = scale.divide(self.digits * 3600);
        let scale = scale.value;
        let is_up = rest * 2 > scale || (rest * 2 == scale && whole % 2 == 1);
        let rounded = whole + u64::from(is_up);
        (rounded <= 4_000_000_000).then_some(rounded as u32)
    }

    /// As a number with its fraction: both parts fit 53 bits, so one division rounds once, to the nearest one there is.
    #[inline]
    pub(super) fn count(self) -> Option<f64> {
        let scale = POWERS_OF_TEN.get(self.decimals as usize)?;
        Some(self.digits as f64 / scale.value as f64)
    }
}

/// The lowest bit of each byte, and the digit 0 in each byte.
const EACH: u64 = 0x0101_0101_0101_0101;
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// Seconds of digits with at most one mark, up to 6 before it and 16 after it; `None` for anything else.
fn long_seconds(cell: &[u8], decimal: u8) -> Option<u32> {
    let mark = cell.iter().position(|byte| *byte == decimal).unwrap_or(cell.len());
    let (whole, rest) = cell.split_at(mark);
    let fraction = rest.get(1..).unwrap_or_default();
    if whole.is_empty() || whole.len() > 6 || fraction.len() > 16 || (fraction.is_empty() && !rest.is_empty()) {
        return None;
    }
    let eight = |digits: &[u8]| {
        let mut word = [b'0'; 8];
        word.iter_mut().zip(digits).for_each(|(to, from)| *to = *from);
        eight_digits(u64::from_le_bytes(word))
    };
    let hours = whole.iter().try_fold(0_u64, |number, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| number * 10 + u64::from(digit))
    })?;
    // The fraction in two halves of eight digits: (high * 10^8 + low) / 10^16 hours.
    let (high, low) = fraction.split_at(fraction.len().min(8));
    let (high, low) = (eight(high)? * 3600, eight(low)? * 3600);
    let sum = high + low / 100_000_000;
    let (seconds, rest) = (sum / 100_000_000, sum % 100_000_000);
    let half = (rest, low % 100_000_000).cmp(&(50_000_000, 0));
    let up = half.is_gt() || (half.is_eq() && seconds % 2 == 1);
    u32::try_from(hours * 3600 + seconds + u64::from(up)).ok()
}

/// The number of the first one to eight digits of a word; what stands behind them does not matter.
#[inline]
fn few_digits(word: u64, count: usize) -> Option<u64> {
    // To the end of the word, with zeros before them.
    let empty = 8 * (8 - count as u32);
    eight_digits(word << empty | ZEROS & ((1 << empty) - 1))
}

/// The number of eight digits, the first one lowest in the word; `None` where one is no digit.
#[inline]
fn eight_digits(word: u64) -> Option<u64> {
    // All eight at once: every high half-byte is 3 and no low one is above 9; then pairs, fours, eight.
    let high = 0xf0f0_f0f0_f0f0_f0f0;
    let is_digits = (word & high) | ((word.wrapping_add(0x0606_0606_0606_0606) & high) >> 4);
    if is_digits != 0x3333_3333_3333_3333 {
        return None;
    }
    let pairs = (word & 0x0f0f_0f0f_0f0f_0f0f).wrapping_mul(10 * (1 << 8) + 1) >> 8;
    let fours = (pairs & 0x00ff_00ff_00ff_00ff).wrapping_mul(100 * (1 << 16) + 1) >> 16;
    Some((fours & 0x0000_ffff_0000_ffff).wrapping_mul(10_000 * (1 << 32) + 1) >> 32)
}

/// A power of ten, and what to multiply with to divide by it: a third of the time that dividing takes.
#[derive(Clone, Copy)]
struct Power {
    value: u64,
    /// 2^(64 + shift) / value, rounded down, with the highest bit set.
    reciprocal: u64,
    shift: u32,
}

const POWERS_OF_TEN: [Power; 16] = {
    let mut powers = [Power { value: 1, reciprocal: u64::MAX, shift: 0 }; 16];
    let mut i = 1;
    while i < 16 {
        let value = powers[i - 1].value * 10;
        let shift = value.ilog2();
        powers[i] = Power { value, reciprocal: ((1_u128 << (64 + shift)) / value as u128) as u64, shift };
        i += 1;
    }
    powers
};

impl Power {
    /// How often it goes into a number, and what is left. The product is at most one too low, as the reciprocal is
    /// low by less than one, and numbers by less than 2^64 times that.
    #[inline]
    fn divide(&self, number: u64) -> (u64, u64) {
        let product = u128::from(number) * u128::from(self.reciprocal);
        let low = (product >> 64) as u64 >> self.shift;
        let rest = number - low * self.value;
        let is_low = rest >= self.value;
        (low + u64::from(is_low), if is_low { rest - self.value } else { rest })
    }
}

/// A decimal number taken apart, whatever way it is written.
#[derive(Debug, PartialEq, Eq)]
struct Decimal {
    negative: bool,
    /// Digits without leading zeros.
    digits: Vec<u8>,
    /// The number is `digits` as an integer times ten to this.
    exponent: i32,
}

/// A number with more digits than this is no measurement.
const MOST_DIGITS: usize = 400;

impl Decimal {
    /// Reads digits of any script with sign, decimal mark, thousands marks in groups of three and exponent.
    fn read(trimmed: &[u8], decimal: u8) -> Option<Self> {
        let text = std::str::from_utf8(trimmed).ok()?;
        let mut chars: Vec<char> = text.chars().filter_map(plain_char).collect();
        if chars.len() > MOST_DIGITS {
            return None;
        }
        let exponent = match chars.iter().position(|c| matches!(c, 'e' | 'E')) {
            None => 0,
            Some(at) => {
                let exponent: String = chars.split_off(at).into_iter().skip(1).collect();
                exponent.parse::<i32>().ok().filter(|exponent| exponent.abs() < 10_000)?
            }
        };
        let (negative, unsigned) = match chars.split_first()? {
            ('-', rest) => (true, rest),
            ('+', rest) => (false, rest),
            _ => (false, chars.as_slice()),
        };
        let mark = char::from(decimal);
        let at = unsigned.iter().position(|c| *c == mark || *c == ARABIC_DECIMAL);
        let (whole, fraction) = match at {
            None => (unsigned, [].as_slice()),
            Some(at) => (unsigned.get(..at)?, unsigned.get(at + 1..)?),
        };
        let mut all = without_thousands_marks(whole, mark)?;
        if all.is_empty() && fraction.is_empty() || !fraction.iter().all(char::is_ascii_digit) {
            return None;
        }
        all.extend(fraction.iter().map(|c| *c as u8 - b'0'));
        let first = all.iter().position(|digit| *digit != 0).unwrap_or(all.len());
        let exponent = exponent - i32::try_from(fraction.len()).ok()?;
        Some(Self { negative, digits: all.split_off(first), exponent })
    }

    fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// The number times 3,600, rounded half to even, at most 4,000,000,000.
    fn times_3600(&self) -> u32 {
        const MOST: u128 = 4_000_000_000;
        let magnitude = self.digits.len() as i64 + i64::from(self.exponent);
        if self.is_zero() || magnitude < -5 {
            return 0;
        }
        if magnitude > 8 {
            return MOST as u32;
        }
        // 25 digits of the mantissa and whether anything follows them decide the rounding exactly.
        let kept = self.digits.len().min(25);
        let (head, tail) = self.digits.split_at(kept);
        let sticky = tail.iter().any(|digit| *digit != 0);
        let mantissa = head.iter().fold(0_u128, |number, digit| number * 10 + u128::from(*digit)) * 3600;
        let exponent = self.exponent + tail.len() as i32;
        let seconds = if exponent >= 0 {
            mantissa * 10_u128.pow(exponent.unsigned_abs())
        } else {
            let divisor = 10_u128.pow(exponent.unsigned_abs().min(38));
            let (seconds, rest) = (mantissa / divisor, mantissa % divisor);
            let half = (rest * 2).cmp(&divisor);
            let up = half.is_gt() || (half.is_eq() && (sticky || seconds % 2 == 1));
            seconds + u128::from(up)
        };
        seconds.min(MOST) as u32
    }

    fn to_f64(&self) -> Option<f64> {
        let mut text: Vec<u8> = self.digits.iter().map(|digit| digit + b'0').collect();
        if text.is_empty() {
            text.push(b'0');
        }
        text.extend_from_slice(format!("e{}", self.exponent).as_bytes());
        fast_float2::parse(text).ok()
    }
}

/// A character of a number in the form that is read; `None` for marks that only direct the writing.
pub(super) fn plain_char(c: char) -> Option<char> {
    /// The zeros of scripts that write numbers in tens.
    const ZEROS: [u32; 18] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
        0x1040, 0x17e0, 0xff10,
    ];
    match c {
        c if c.is_ascii() => Some(c),
        c if names::is_hidden(c) => None,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => Some('-'),
        '\u{ff0b}' => Some('+'),
        '\u{66b}' => Some(ARABIC_DECIMAL),
        '\u{ff0e}' => Some('.'),
        '\u{ff0c}' | '\u{60c}' => Some(','),
        '\u{ff0f}' => Some('/'),
        '\u{ff1a}' => Some(':'),
        _ => {
            let digit = ZEROS.iter().find_map(|zero| (c as u32).checked_sub(*zero).filter(|digit| *digit < 10));
            Some(digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c))
        }
    }
}

/// What the Arabic decimal mark is read as; only a decimal mark, whatever mark the others are.
const ARABIC_DECIMAL: char = '\u{66b}';

/// The digits of the part before the decimal mark, thousands marks taken out; `None` when the groups are
/// not of three digits, or anything else is in it.
fn without_thousands_marks(whole: &[char], decimal: char) -> Option<Vec<u8>> {
    let is_mark = |c: &char| match c {
        '.' | ',' => *c != decimal,
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '\u{2019}' | '\u{66c}' => true,
        _ => false,
    };
    let mark = whole.iter().find(|c| is_mark(c));
    let mut digits = Vec::with_capacity(whole.len());
    for (index, group) in whole.split(|c| Some(c) == mark).enumerate() {
        let length_fits = mark.is_none() || if index == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 };
        if !length_fits || !group.iter().all(char::is_ascii_digit) {
            return None;
        }
        digits.extend(group.iter().map(|c| *c as u8 - b'0'));
    }
    Some(digits)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point(text: &str) -> Cell<u32> {
        seconds(text.as_bytes(), b'.')
    }

    #[test]
    fn hours_become_whole_seconds_half_to_even() {
        assert_eq!(point("0.2475"), Cell::Value(891)); // 0.2475 * 3600 = 891 exactly
        assert_eq!(point("1"), Cell::Value(3600));
        assert_eq!(point("14.999999999999998"), Cell::Value(54_000));
        // 0.5 s = 1/7200 h is no finite decimal; 1.5 s = 0.000416666... h, so halves come from 3600 x d:
        // 0.00125 h = 4.5 s -> 4, 0.00375 h = 13.5 s -> 14.
        assert_eq!(point("0.00125"), Cell::Value(4));
        assert_eq!(point("0.00375"), Cell::Value(14));
        assert_eq!(point("0.0012500000000000000000000000000000001"), Cell::Value(5));
        assert_eq!(point("17.4529865507467"), Cell::Value(62_831)); // 62830.75...
        assert_eq!(point("5e-05"), Cell::Value(0)); // 0.18 s
        assert_eq!(point("1.5E1"), Cell::Value(54_000));
        assert_eq!(point("+2"), Cell::Value(7200));
        assert_eq!(point(" 2 "), Cell::Value(7200));
    }

    #[test]
    fn what_is_no_number_is_told_from_a_blank() {
        for blank in ["", "  ", "NA", "n/a", "#N/A", "null", "\u{a0}"] {
            assert_eq!(point(blank), Cell::Blank, "{blank}");
        }
        for word in ["-", "NaN", "inf", "1e99999", "1:30", "35%", "=A1*2", "#DIV/0!", "1.2.3", ".", "1,5", "1e", "\0"] {
            assert_eq!(point(word), Cell::Unreadable, "{word}");
        }
        assert_eq!(point("-1"), Cell::Negative);
        assert_eq!(point("-0.0"), Cell::Value(0));
        assert_eq!(point("1e309"), Cell::Value(4_000_000_000));
        assert_eq!(count(b"1e309", b'.'), Cell::Unreadable);
    }

    #[test]
    fn thousands_are_read_only_in_groups_of_three() {
        assert_eq!(point("1,234.5"), Cell::Value(4_444_200));
        assert_eq!(seconds("1.234,5".as_bytes(), b','), Cell::Value(4_444_200));
        assert_eq!(seconds("1.5".as_bytes(), b','), Cell::Unreadable);
        assert_eq!(seconds("1,5".as_bytes(), b','), Cell::Value(5400));
        assert_eq!(point("1'234"), Cell::Value(4_442_400));
        assert_eq!(point("1\u{202f}234"), Cell::Value(4_442_400));
        assert_eq!(point("12,34"), Cell::Unreadable);
    }

    #[test]
    fn digits_of_other_scripts_are_read() {
        assert_eq!(point("\u{661}\u{66b}\u{665}"), Cell::Value(5400));
        assert_eq!(point("\u{ff11}\u{ff12}"), Cell::Value(43_200));
        assert_eq!(point("\u{ff11}\u{ff0e}\u{ff15}"), Cell::Value(5400));
        assert_eq!(seconds("\u{661}\u{66b}\u{665}".as_bytes(), b','), Cell::Value(5400));
        assert_eq!(seconds("\u{661},\u{665}".as_bytes(), b','), Cell::Value(5400));
        assert_eq!(point("\u{9e7}.\u{9eb}"), Cell::Value(5400));
    }

    #[test]
    fn counts_keep_their_fraction() {
        assert_eq!(count(b"18.5593687405878", b'.'), Cell::Value(18.559_368_740_587_8));
        assert_eq!(count(b"7", b'.'), Cell::Value(7.0));
        assert_eq!(count(b"0,5", b','), Cell::Value(0.5));
        assert_eq!(count(b"-1", b'.'), Cell::Negative);
    }

    #[test]
    fn flags_are_read_in_words_and_digits() {
        assert_eq!(["TRUE", "yes", "1"].map(|word| flag(word.as_bytes())), [Some(true); 3]);
        assert_eq!(["False", "NO", "0"].map(|word| flag(word.as_bytes())), [Some(false); 3]);
        assert_eq!(["Ja", "WAHR", "vrai", "SÍ", "да", "是"].map(|word| flag(word.as_bytes())), [Some(true); 6]);
        assert_eq!(["Nein", "FALSCH", "faux", "não", "нет", "Ne"].map(|word| flag(word.as_bytes())), [Some(false); 6]);
        assert_eq!(["perhaps", "", " ", "ja nein", "a"].map(|word| flag(word.as_bytes())), [None; 5]);
    }

    /// Reads a cell with something behind it.
    fn plain(cell: &str, behind: u8) -> Option<Plain> {
        let mut window = [behind; WINDOW];
        window.iter_mut().zip(cell.as_bytes()).for_each(|(to, from)| *to = *from);
        Plain::read(window, cell.len(), b'.')
    }

    #[test]
    fn plain_numbers_are_digits_with_one_mark_among_them() {
        for (cell, digits, decimals) in [("0", 0, 0), ("13.25", 1325, 2), ("12345678", 12_345_678, 0), ("7.0", 70, 1)] {
            assert_eq!(plain(cell, b','), Some(Plain { digits, decimals }), "{cell}");
        }
        let longest = Plain { digits: 143_299_086_548_882, decimals: 13 };
        assert_eq!(plain("14.3299086548882", b'9'), Some(longest));
        for cell in ["", ".5", "5.", ".", "1.2.3", "-1", "1,5", "1e3", " 1", "1 ", "123456789", "0.123456789012345"] {
            assert_eq!(plain(cell, b'1'), None, "{cell}");
        }
        // What stands behind the cell may be a mark too.
        assert_eq!(plain("5", b'.'), Some(Plain { digits: 5, decimals: 0 }));
        // 1,111,111.2 hours are 4,000,000,320 seconds.
        assert_eq!(plain("1111111.2", b',').and_then(Plain::seconds), None);
    }

    proptest! {
        #[test]
        fn multiplying_divides(number: u64, places in 0_usize..16) {
            let power = POWERS_OF_TEN[places];
            for number in [number, number - number % power.value, (number - number % power.value).saturating_sub(1)] {
                prop_assert_eq!(power.divide(number), (number / power.value, number % power.value));
            }
        }

        #[test]
        fn plain_numbers_are_those_of_the_long_way(cell in "[0-9]{1,7}([.][0-9]{1,9})?", behind in 0_u8..255) {
            let long = Decimal::read(cell.as_bytes(), b'.').unwrap();
            if let Some(short) = plain(&cell, behind) {
                prop_assert_eq!(short.seconds().unwrap_or(4_000_000_000), long.times_3600());
                prop_assert_eq!(short.count(), cell.parse::<f64>().ok());
            } else {
                prop_assert!(cell.len() > 16);
            }
        }

        #[test]
        fn the_short_way_and_the_long_way_agree(whole in 0_u32..1000, fraction in "[0-9]{0,16}") {
            let text = if fraction.is_empty() { whole.to_string() } else { format!("{whole}.{fraction}") };
            let long = Decimal::read(text.as_bytes(), b'.').unwrap();
            prop_assert_eq!(long_seconds(text.as_bytes(), b'.'), Some(long.times_3600()));
            if let Some(short) = plain(&text, b'x') {
                prop_assert_eq!(short.seconds(), Some(long.times_3600()));
                prop_assert_eq!(short.count(), text.parse::<f64>().ok());
            }
            prop_assert_eq!(long.to_f64(), text.parse::<f64>().ok());
        }

        #[test]
        fn no_cell_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..40), comma: bool) {
            let decimal = if comma { b',' } else { b'.' };
            let _ = seconds(&bytes, decimal);
            let _ = count(&bytes, decimal);
            let _ = name_of(trim(&bytes));
        }
    }
}
