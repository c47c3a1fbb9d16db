//! Rows to bytes, fast and in the same order for any number of threads.

use std::io::{self, Write};

use chrono::{Datelike as _, Days, NaiveDate};

use crate::dataset::{Era, Kind, Metric};
use crate::work::fan_out;

use super::Company;
use super::activity::{Activity, Presence, presence};
use super::calendar::{LAST_WEEK, Week, days_before};
use super::columns::{Attribute, Column, Content, Wide, columns};
use super::dice::{Dice, Purpose};
use super::people::{Level, ORGANIZATIONS, Person, REGIONS};

/// So many person-weeks are made by a thread before its bytes are written: about 5 MB of a wide file.
const BLOCK: usize = 16 * 1024;

/// Writes the person query: the header, then week by week every person who has a row.
pub(super) fn person_query(
    company: &Company,
    column_count: Option<usize>,
    threads: usize,
    out: &mut impl Write,
) -> io::Result<()> {
    let columns = columns(company.era, column_count);
    let headers: Vec<&str> = columns.iter().map(|column| column.header).collect();
    writeln!(out, "{}", headers.join(","))?;

    let slots = company.weeks.len() * company.people.len();
    let mut next = 0;
    while next < slots {
        let blocks = fan_out(threads, |thread| {
            let start = (next + thread * BLOCK).min(slots);
            rows(company, &columns, start..(start + BLOCK).min(slots))
        });
        for block in blocks {
            out.write_all(&block)?;
        }
        next += threads.max(1) * BLOCK;
    }
    out.flush()
}

/// The bytes of some person-weeks, numbered week by week.
fn rows(company: &Company, columns: &[Column], slots: std::ops::Range<usize>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(slots.len() * columns.len() * 6);
    for slot in slots {
        let (week, person) = (slot / company.people.len(), slot % company.people.len());
        let (week, person) = (&company.weeks[week], &company.people[person]);
        let presence = presence(company.seed, person, week);
        let has_row = match presence {
            Presence::Active => true,
            Presence::Inactive => company.era == Era::Wpa,
            Presence::Absent => false,
        };
        if has_row {
            let activity = Activity::of(company.seed, person, week, presence);
            Row { company, person, week, presence, activity }.write(columns, &mut bytes);
        }
    }
    bytes
}

/// One row about to be written.
struct Row<'a> {
    company: &'a Company,
    person: &'a Person,
    week: &'a Week,
    presence: Presence,
    activity: Activity,
}

impl Row<'_> {
    fn write(&self, columns: &[Column], bytes: &mut Vec<u8>) {
        let mut dice = Dice::new(self.company.seed, self.person.number, Purpose::Wide(self.week.before_end));
        for (index, column) in columns.iter().enumerate() {
            if index > 0 {
                bytes.push(b',');
            }
            match column.content {
                Content::PersonId => push_person_id(bytes, self.company.seed, self.person.number, self.company.era),
                Content::Week => push_date(bytes, self.week.start, self.company.era),
                Content::Metric(metric) => self.push_metric(metric, bytes),
                Content::Attribute(attribute) => self.push_attribute(attribute, bytes),
                Content::IsActive => {
                    let text = if self.presence == Presence::Active { "TRUE" } else { "FALSE" };
                    bytes.extend_from_slice(text.as_bytes());
                }
                Content::Wide(recipe) => self.push_wide(recipe, &mut dice, bytes),
            }
        }
        bytes.push(b'\n');
    }

    fn push_metric(&self, metric: Metric, bytes: &mut Vec<u8>) {
        let value = self.activity.cell(metric, self.company.era);
        match metric.kind() {
            Kind::Duration => push_hours(bytes, value),
            Kind::Count => push_whole(bytes, value),
        }
    }

    fn push_attribute(&self, attribute: Attribute, bytes: &mut Vec<u8>) {
        let (person, week) = (self.person, self.week.index);
        let organization = &ORGANIZATIONS[person.organization_in(week)];
        let is_new = person.first_week > 0 && week < person.first_week + 2;
        let text = match attribute {
            Attribute::Organization => organization.name,
            Attribute::FunctionType if is_new => "",
            Attribute::FunctionType => organization.functions[person.function],
            Attribute::LevelDesignation => person.level.name(),
            Attribute::Region => REGIONS[person.region],
            Attribute::SupervisorIndicator => person.level.supervisor_indicator(),
            Attribute::Layer => return push_whole(bytes, person.level.layer()),
        };
        bytes.extend_from_slice(text.as_bytes());
    }

    fn push_wide(&self, recipe: Wide, dice: &mut Dice, bytes: &mut Vec<u8>) {
        let seconds = |metric| u64::from(self.activity.cell(metric, self.company.era));
        let is_active = self.presence == Presence::Active;
        let roll = dice.below(1000);
        let thousandths = u64::from(roll);
        let text = match recipe {
            Wide::Part(metric, percent) => {
                let part = seconds(metric) * u64::from(percent) * (500 + thousandths / 2) / 100_000;
                return push_long_hours(bytes, part, dice.below(MOST_DUST));
            }
            Wide::Coaching if !self.person.level.leads() || !is_active => "0",
            Wide::Coaching => return push_hours(bytes, (1 + roll / 200) * 1800),
            Wide::OneToOnes => return push_whole(bytes, self.activity.one_to_ones()),
            Wide::Calls => return push_hours(bytes, self.activity.call()),
            Wide::Chats => return push_hours(bytes, self.activity.chat()),
            Wide::PerTenHours(metric, count) => {
                let count = seconds(metric) * u64::from(count) * (500 + thousandths) / 36_000_000;
                return push_whole(bytes, count as u32);
            }
            Wide::Below(_) if !is_active => "0",
            Wide::Below(end) => return push_whole(bytes, roll * roll / 1000 * end / 1000),
            Wide::Answer => return push_whole(bytes, 5 - roll * roll / 1000 / 200),
            Wide::HireDate => return push_date(bytes, self.hire_date(), self.company.era),
            Wide::Number => return push_whole(bytes, self.person.number + 1),
            Wide::Text(text) => text,
            Wide::TimeZone => [
                "Eastern Standard Time",
                "W. Europe Standard Time",
                "Singapore Standard Time",
                "E. South America Standard Time",
            ][self.person.region],
            Wide::Location => ["Chicago", "Rotterdam", "Singapore", "Curitiba"][self.person.region],
            Wide::Grade => match self.person.level {
                Level::Chief | Level::Executive => "Level1",
                Level::Director => "Level2",
                Level::Manager => "Level3",
                Level::SeniorIc => "Level4",
                Level::JuniorIc | Level::Support => "Level5",
            },
        };
        bytes.extend_from_slice(text.as_bytes());
    }

    /// The Monday of a joiner's first week; for everyone else a day in the twelve years before the sample.
    fn hire_date(&self) -> NaiveDate {
        if let (1.., Some(week)) = (self.person.first_week, self.company.weeks.get(self.person.first_week as usize)) {
            return week.start + Days::new(1);
        }
        let mut dice = Dice::new(self.company.seed, self.person.number, Purpose::HireDate);
        days_before(LAST_WEEK, 7 * self.company.weeks.len() as u32 + dice.below(12 * 365))
    }
}

/// An identifier like those of the era's exports: a GUID, or 64 hexadecimal digits.
pub(super) fn push_person_id(bytes: &mut Vec<u8>, seed: u64, person: u32, era: Era) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut dice = Dice::new(seed, person, Purpose::Identifier);
    let (words, has_hyphens) = if era == Era::Wpa { (4, false) } else { (2, true) };
    for word in 0..words {
        let bits = dice.bits();
        for digit in 0..16 {
            if has_hyphens && matches!((word, digit), (0, 8 | 12) | (1, 0 | 4)) {
                bytes.push(b'-');
            }
            let nibble = match (has_hyphens, word, digit) {
                // A GUID of version 4 says so in these two digits.
                (true, 0, 12) => 4,
                (true, 1, 0) => 8 | (bits >> 60 & 3),
                _ => bits >> (60 - 4 * digit) & 15,
            };
            bytes.push(HEX[nibble as usize]);
        }
    }
}

/// ISO in Viva Insights, month/day/year without padding in Workplace Analytics.
pub(super) fn push_date(bytes: &mut Vec<u8>, date: NaiveDate, era: Era) {
    let (year, month, day) = (date.year().unsigned_abs(), date.month(), date.day());
    if era == Era::Wpa {
        push_whole(bytes, month);
        bytes.push(b'/');
        push_whole(bytes, day);
        bytes.push(b'/');
        push_whole(bytes, year);
    } else {
        push_whole(bytes, year);
        for part in [month, day] {
            bytes.extend_from_slice(&[b'-', b'0' + (part / 10) as u8, b'0' + (part % 10) as u8]);
        }
    }
}

/// Hours with at most four decimals, which is enough to give the same whole seconds back.
pub(super) fn push_hours(bytes: &mut Vec<u8>, seconds: u32) {
    let ten_thousandths = (u64::from(seconds) * 10_000 + 1_800) / 3_600;
    push_whole(bytes, (ten_thousandths / 10_000) as u32);
    let mut left = (ten_thousandths % 10_000) as u32;
    if left > 0 {
        bytes.push(b'.');
    }
    let mut place = 1_000;
    while left > 0 {
        bytes.push(b'0' + (left / place) as u8);
        left %= place;
        place /= 10;
    }
}

/// Hours with thirteen decimals, as real exports print what they have divided. `dust`, below
/// [`MOST_DUST`], is what is beyond the whole seconds, in 10^-13 hours.
fn push_long_hours(bytes: &mut Vec<u8>, seconds: u64, dust: u32) {
    push_whole(bytes, (seconds / 3_600) as u32);
    let mut left = seconds % 3_600 * 10_000_000_000_000 / 3_600 + u64::from(dust);
    if seconds == 0 {
        return;
    }
    bytes.push(b'.');
    let mut place = 1_000_000_000_000;
    while left > 0 {
        bytes.push(b'0' + (left / place) as u8);
        left %= place;
        place /= 10;
    }
}

/// A second is so many 10^-13 hours.
const MOST_DUST: u32 = 2_777_777_777;

/// A whole number in decimal digits.
pub(super) fn push_whole(bytes: &mut Vec<u8>, mut number: u32) {
    let mut digits = [0_u8; 10];
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    bytes.extend_from_slice(&digits[first..]);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn text(push: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut bytes = Vec::new();
        push(&mut bytes);
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn hours_are_as_short_as_they_can_be() {
        let hours = |seconds| text(|bytes| push_hours(bytes, seconds));
        assert_eq!(hours(0), "0");
        assert_eq!(hours(8 * 3600), "8");
        assert_eq!(hours(1800), "0.5");
        // 25 minutes are 0.41666... hours, 36 seconds 0.01.
        assert_eq!(hours(1500), "0.4167");
        assert_eq!(hours(36), "0.01");
        // The last second of a week: 167.99972 hours.
        assert_eq!(hours(604_799), "167.9997");
    }

    #[test]
    fn every_second_of_a_week_comes_back_from_its_hours() {
        for seconds in 0..=604_800_u32 {
            let hours: f64 = text(|bytes| push_hours(bytes, seconds)).parse().unwrap();
            assert_eq!((hours * 3600.0).round() as u32, seconds);
        }
    }

    #[test]
    fn long_hours_have_thirteen_decimals_and_nothing_is_zero() {
        let hours = |seconds, dust| text(|bytes| push_long_hours(bytes, seconds, dust));
        assert_eq!(hours(0, 5), "0");
        assert_eq!(hours(5400, 1), "1.5000000000001");
        // 3,599 seconds and almost one more stay under the hour.
        assert_eq!(hours(3_599, MOST_DUST - 1), "0.9999999999998");
    }

    #[test]
    fn dates_are_written_as_each_era_does() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 8).unwrap();
        assert_eq!(text(|bytes| push_date(bytes, date, Era::Viva)), "2026-03-08");
        assert_eq!(text(|bytes| push_date(bytes, date, Era::Wpa)), "3/8/2026");
    }

    #[test]
    fn an_identifier_is_a_guid_or_64_digits() {
        let viva = text(|bytes| push_person_id(bytes, 1, 5, Era::Viva));
        let lengths: Vec<usize> = viva.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert!(viva[14..].starts_with('4'));
        assert_eq!(text(|bytes| push_person_id(bytes, 1, 5, Era::Wpa)).len(), 64);
    }

    #[test]
    fn whole_numbers_have_all_their_digits() {
        assert_eq!(text(|bytes| push_whole(bytes, 0)), "0");
        assert_eq!(text(|bytes| push_whole(bytes, 1_020)), "1020");
        assert_eq!(text(|bytes| push_whole(bytes, u32::MAX)), "4294967295");
    }
}
