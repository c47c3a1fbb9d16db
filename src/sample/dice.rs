//! Rolls that are the same on every machine, in any order.
//!
//! Every roll hangs on a key (seed, person, week) and not on the rolls before it, so a row can be
//! made by any thread at any time. Only whole numbers and the four basic operations on `f64` are
//! used, which round alike everywhere; `exp` and `ln` do not, and a generator from a crate may change
//! its stream with a new version. That is why these forty lines stand here.

/// Which rolls of a person are meant, so that new rolls of one purpose never shift another's.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    /// The order of people in the file; one set for the company.
    Order,
    /// The identifier of a person.
    Identifier,
    /// What stays the same for a person.
    Traits,
    /// Whether a person is there in one week, by [`Week::before_end`](super::calendar::Week).
    Presence(u32),
    /// What a person does in one week.
    Week(u32),
    /// How a person's networks stand at one of the points between which they drift.
    Drift(u32),
    /// When a person was hired.
    HireDate,
    /// The columns that only the wide file has, in one week.
    Wide(u32),
    /// Whom outside a person meets.
    Contacts,
    /// How a person's time is parted among them, in the period of this first week.
    ContactTime(u32),
    /// How much time two organizations have with each other in one period.
    Between(u32),
    /// The meetings of one week.
    Meetings(u32),
}

/// A row of rolls for one key.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// The rolls of a person for a purpose.
    pub(super) fn new(seed: u64, person: u32, purpose: Purpose) -> Self {
        let (kind, number) = match purpose {
            Purpose::Order => (1, 0),
            Purpose::Identifier => (2, 0),
            Purpose::Traits => (3, 0),
            Purpose::HireDate => (4, 0),
            Purpose::Presence(week) => (5, week),
            Purpose::Week(week) => (6, week),
            Purpose::Drift(point) => (7, point),
            Purpose::Wide(week) => (8, week),
            Purpose::Contacts => (9, 0),
            Purpose::ContactTime(week) => (10, week),
            Purpose::Between(week) => (11, week),
            Purpose::Meetings(week) => (12, week),
        };
        let key = u64::from(person) << 32 | u64::from(number);
        Self(mix(mix(mix(seed).wrapping_add(kind)).wrapping_add(key)))
    }

    /// 64 random bits.
    pub(super) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A whole number below `end`, which is at least 1.
    pub(super) fn below(&mut self, end: u32) -> u32 {
        (((self.bits() >> 32) * u64::from(end)) >> 32) as u32
    }

    /// Whether something happens that happens so many times in a thousand.
    pub(super) fn happens(&mut self, in_a_thousand: u32) -> bool {
        self.below(1000) < in_a_thousand
    }

    /// A number from `low` up to `high`, all alike.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * ((self.bits() >> 11) as f64 / (1_u64 << 53) as f64)
    }

    /// A number from a bell curve with mean 0 and standard deviation 1, never beyond 3.5.
    pub(super) fn bell(&mut self) -> f64 {
        let bits = self.bits();
        let sum = (0..4).map(|part| (bits >> (16 * part)) as u16).map(f64::from).sum::<f64>();
        // Four numbers below 65,536: mean 2 x 65,536, standard deviation 65,536 x sqrt(4 / 12).
        (sum / 65_536.0 - 2.0) / 0.577_350_269
    }

    /// A factor around 1, skewed to the right as working hours are (a lognormal curve).
    pub(super) fn factor(&mut self, spread: f64) -> f64 {
        let exponent = spread * self.bell() - spread * spread / 2.0;
        // (1 + x/256)^256 is e^x closely enough, in basic operations only.
        let mut power = 1.0 + exponent / 256.0;
        for _ in 0..8 {
            power *= power;
        }
        power
    }

    /// An index into `weights`, each drawn as often as its weight says.
    pub(super) fn pick<const N: usize>(&mut self, weights: [u32; N]) -> usize {
        let mut left = self.below(weights.iter().sum::<u32>().max(1));
        for (index, weight) in weights.into_iter().enumerate() {
            if left < weight {
                return index;
            }
            left -= weight;
        }
        0
    }
}

/// The odd step of the SplitMix64 generator.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// The output function of SplitMix64: every bit of the input moves about half of the output's.
const fn mix(input: u64) -> u64 {
    let once = (input ^ (input >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let twice = (once ^ (once >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    twice ^ (twice >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bits_are_those_of_splitmix64() {
        // The published first outputs of SplitMix64 for the state 1234567.
        let mut dice = Dice(1_234_567);
        assert_eq!(dice.bits(), 6_457_827_717_110_365_317);
        assert_eq!(dice.bits(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn a_bell_has_mean_zero_and_deviation_one_and_a_factor_mean_one() {
        let mut dice = Dice::new(7, 1, Purpose::Traits);
        let rolls = 20_000;
        let (mut sum, mut squares, mut factors) = (0.0, 0.0, 0.0);
        for _ in 0..rolls {
            let bell = dice.bell();
            sum += bell;
            squares += bell * bell;
            factors += dice.factor(0.3);
        }
        let rolls = f64::from(rolls);
        assert!((sum / rolls).abs() < 0.03);
        assert!((squares / rolls - 1.0).abs() < 0.03);
        assert!((factors / rolls - 1.0).abs() < 0.02);
    }

    #[test]
    fn weights_are_drawn_as_often_as_they_say() {
        let mut dice = Dice::new(7, 2, Purpose::Traits);
        let mut drawn = [0_u32; 3];
        for _ in 0..10_000 {
            drawn[dice.pick([1, 0, 3])] += 1;
        }
        assert_eq!(drawn[1], 0);
        assert!((2_300..2_700).contains(&drawn[0]));
    }

    #[test]
    fn another_purpose_another_roll() {
        let roll = |person, purpose| Dice::new(1, person, purpose).bits();
        assert_ne!(roll(1, Purpose::Week(2)), roll(1, Purpose::Week(3)));
        assert_ne!(roll(1, Purpose::Week(2)), roll(1, Purpose::Wide(2)));
        assert_ne!(roll(1, Purpose::Week(2)), roll(2, Purpose::Week(2)));
    }
}
