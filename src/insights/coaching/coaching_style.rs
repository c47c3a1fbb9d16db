//! **Coaching style**: people by how much 1:1 time they have with their manager and how many of their
//! meeting hours the manager attends.
//!
//! Per complete month, eligible people with meeting hours > 0, mean over months. Axes: weekly average 1:1 >=
//! 15 min (coached side); share of meeting hours with the manager present > 30 % (co-attended side; can be
//! set to 50 %). Numerator and denominator are from the same family: *meeting hours with manager* / *meeting
//! hours*, else *meeting and call hours with manager* / *meeting and call hours*. In the Workplace Analytics
//! era "with manager" includes 1:1s, in the Viva era it does not: there the 1:1 hours of the same family are
//! added before dividing. Parts: Coached, Co-attended, Highly managed, Under-coached. Share =
//! Under-coached.
//!
//! Source: the coaching pages of Workplace Analytics and Viva Insights.

use chrono::NaiveDate;

use super::MonthlyOneToOnes;
use crate::dataset::{Attribute, EXCLUDED_SECONDS, Era, Metric};
use crate::insights::incidence::{self, Cell, Measure};
use crate::insights::{Badge, Outcome, Population, Settings, Unavailable};

const UNDER_COACHED: usize = 3;
const BANDS: [(&str, Option<f64>, Option<f64>); 4] = [
    ("Coached", None, None),
    ("Co-attended", None, None),
    ("Highly managed", None, None),
    ("Under-coached", None, None),
];

/// The columns of one family: with the manager, in all, and the 1:1s that have to be added.
struct Family<'d> {
    with_manager: &'d [u32],
    one_to_one: Option<&'d [u32]>,
    all: &'d [u32],
    has_calls: bool,
}

impl<'d> Family<'d> {
    fn of(population: &Population<'d>) -> Result<Self, Unavailable> {
        let families = [
            (Metric::ManagerMeetingHours, Metric::Manager11Hours, Metric::MeetingHours),
            (Metric::ManagerMeetingAndCallHours, Metric::Manager11MeetingAndCallHours, Metric::MeetingAndCallHours),
        ];
        let dataset = population.dataset();
        // Where the era is not known the current product's meaning is assumed.
        let adds_one_to_ones = dataset.era() != Era::Wpa;
        for (index, (with_manager, one_to_one, all)) in families.into_iter().enumerate() {
            let one_to_one = dataset.seconds(one_to_one);
            if let (Some(with_manager), Some(all)) = (dataset.seconds(with_manager), dataset.seconds(all))
                && (one_to_one.is_some() || !adds_one_to_ones)
            {
                let one_to_one = one_to_one.filter(|_| adds_one_to_ones);
                return Ok(Self { with_manager, one_to_one, all, has_calls: index == 1 });
            }
        }
        Err(Unavailable::NotInFile(vec![Metric::ManagerMeetingHours, Metric::MeetingHours]))
    }

    /// Seconds with the manager and in all; nothing where a cell cannot be read.
    fn seconds(&self, row: usize) -> Option<(u64, u64)> {
        let one_to_one = self.one_to_one.map_or(0, |column| column[row]);
        let (with_manager, all) = (self.with_manager[row], self.all[row]);
        let readable = [one_to_one, with_manager, all].iter().all(|&seconds| seconds != EXCLUDED_SECONDS);
        readable.then(|| (u64::from(with_manager) + u64::from(one_to_one), u64::from(all)))
    }
}

struct CoachingStyle<'a> {
    one_to_ones: MonthlyOneToOnes<'a>,
    family: Family<'a>,
    co_attended_basis_points: u64,
}

impl CoachingStyle<'_> {
    /// The rows of which every cell that is needed can be read: the others leave this measure.
    fn readable(&self, rows: &[u32]) -> Vec<u32> {
        let can_be_read = |row: u32| self.one_to_ones.counts(row) && self.family.seconds(row as usize).is_some();
        rows.iter().copied().filter(|&row| can_be_read(row)).collect()
    }

    /// Person-months that are used but whose person was not there for three quarters of the weeks.
    fn not_eligible(&self) -> usize {
        let mut count = 0;
        for (_, rows) in self.one_to_ones.population.selection().persons() {
            self.one_to_ones.person_months(&self.readable(rows), |month| count += usize::from(!month.eligible));
        }
        count
    }

    /// The month of a row.
    fn month_of(&self, row: u32) -> Option<usize> {
        let population = self.one_to_ones.population;
        let period = population.dataset().periods_of_rows()[row as usize];
        population.months().of_period[usize::from(period)].map(usize::from)
    }

    /// Seconds with the manager and in all over the next rows of a month. Rows come month by month, so that
    /// `rows` moves on and each is looked at once.
    fn meeting_seconds(&self, rows: &mut std::iter::Peekable<impl Iterator<Item = u32>>, month: usize) -> (u64, u64) {
        while rows.next_if(|&row| self.month_of(row) < Some(month)).is_some() {}
        let (mut with_manager, mut all) = (0, 0);
        while let Some(row) = rows.next_if(|&row| self.month_of(row) == Some(month)) {
            let (with, in_all) = self.family.seconds(row as usize).unwrap_or_default();
            with_manager += with;
            all += in_all;
        }
        (with_manager, all)
    }
}

impl Measure for CoachingStyle<'_> {
    fn units(&self) -> Vec<NaiveDate> {
        self.one_to_ones.first_days()
    }

    fn bands(&self) -> usize {
        BANDS.len()
    }

    fn cells(&self, rows: &[u32], mut cell: impl FnMut(Cell)) {
        let rows = &self.readable(rows);
        let mut next = rows.iter().copied().peekable();
        self.one_to_ones.person_months(rows, |month| {
            let (with_manager, all) = self.meeting_seconds(&mut next, month.month);
            if month.eligible && all > 0 {
                let coached = self.one_to_ones.against(month, 60).is_ge();
                let co_attended = with_manager * 10_000 > self.co_attended_basis_points * all;
                let band = match (coached, co_attended) {
                    (true, false) => 0,
                    (false, true) => 1,
                    (true, true) => 2,
                    (false, false) => UNDER_COACHED,
                };
                cell(Cell { unit: month.unit, band, counted: band == UNDER_COACHED });
            }
        });
    }
}

/// Evaluates the insight.
///
/// # Errors
/// When the file lacks a family of columns, or nobody is eligible.
pub fn evaluate(
    population: &Population<'_>,
    settings: &Settings,
    attributes: &[&Attribute],
) -> Result<Outcome, Unavailable> {
    let measure = CoachingStyle {
        one_to_ones: MonthlyOneToOnes::new(population)?,
        family: Family::of(population)?,
        co_attended_basis_points: u64::from(settings.co_attended_basis_points),
    };
    let evaluated = incidence::evaluate(&measure, population, attributes).ok_or(Unavailable::NobodyMeasured)?;
    let bands = incidence::labelled_bands(&evaluated, &BANDS);
    let mut outcome = Outcome::new(evaluated, bands);
    outcome.not_eligible = measure.not_eligible();
    outcome.without_manager = super::people_without_manager(population);
    outcome.badges = measure.one_to_ones.badges();
    if measure.family.has_calls && !outcome.badges.contains(&Badge::MeetingAndCallHours) {
        outcome.badges.push(Badge::MeetingAndCallHours);
    }
    Ok(outcome)
}
