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

use super::{MeetingTime, MonthlyOneToOnes};
use crate::dataset::{Dataset, EXCLUDED_SECONDS, Era, Metric, PersonRows};
use crate::insights::groups::Split;
use crate::insights::incidence;
use crate::insights::marks::{Cell, Judge, Measure};
use crate::insights::units::Span;
use crate::insights::{Badge, Months, Outcome, Population, Settings, Unavailable};

const UNDER_COACHED: usize = 3;
const BANDS: [(&str, Option<f64>, Option<f64>); 4] = [
    ("Coached", None, None),
    ("Co-attended", None, None),
    ("Highly managed", None, None),
    ("Under-coached", None, None),
];

const NOT_ELIGIBLE: usize = 0;

/// The columns of one family: with the manager, in all, and the 1:1s that have to be added.
pub(in crate::insights) struct Family<'d> {
    with_manager: &'d [u32],
    one_to_one: Option<&'d [u32]>,
    all: &'d [u32],
    has_calls: bool,
}

impl<'d> Family<'d> {
    pub(in crate::insights) fn of(dataset: &'d Dataset) -> Result<Self, Unavailable> {
        let families = [
            (Metric::ManagerMeetingHours, Metric::Manager11Hours, Metric::MeetingHours),
            (Metric::ManagerMeetingAndCallHours, Metric::Manager11MeetingAndCallHours, Metric::MeetingAndCallHours),
        ];
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

    /// Time with the manager and in all; nothing where a cell cannot be read: the row leaves this measure.
    pub(in crate::insights) fn meetings(&self, row: usize) -> Option<MeetingTime> {
        let one_to_one = self.one_to_one.map_or(0, |column| column[row]);
        let (with_manager, all) = (self.with_manager[row], self.all[row]);
        let readable = [one_to_one, with_manager, all].iter().all(|&seconds| seconds != EXCLUDED_SECONDS);
        let with_manager = u64::from(with_manager) + u64::from(one_to_one);
        readable.then_some(MeetingTime { with_manager, all: u64::from(all) })
    }
}

pub(in crate::insights) struct CoachingStyle<'d> {
    one_to_ones: MonthlyOneToOnes<'d>,
    family: Family<'d>,
    co_attended_basis_points: u64,
}

impl<'d> CoachingStyle<'d> {
    pub(in crate::insights) fn new(
        dataset: &'d Dataset,
        months: &'d Months,
        settings: &Settings,
    ) -> Result<Self, Unavailable> {
        Ok(Self {
            one_to_ones: MonthlyOneToOnes::new(dataset, months)?,
            family: Family::of(dataset)?,
            co_attended_basis_points: u64::from(settings.co_attended_basis_points),
        })
    }
}

impl Measure for CoachingStyle<'_> {
    const SPAN: Span = Span::Months;
    const NOTES: usize = 1;

    fn bands(&self) -> usize {
        BANDS.len()
    }

    fn cells(&self, rows: PersonRows<'_>, mut cell: impl FnMut(Cell)) {
        let meetings = |row| self.family.meetings(row);
        self.one_to_ones.person_months(rows, meetings, |month| {
            let MeetingTime { with_manager, all } = month.meetings;
            if !month.eligible {
                cell(Cell::not_measured(month.month, NOT_ELIGIBLE));
            } else if all > 0 {
                let coached = self.one_to_ones.against(month, 60).is_ge();
                let co_attended = with_manager * 10_000 > self.co_attended_basis_points * all;
                let band = match (coached, co_attended) {
                    (true, false) => 0,
                    (false, true) => 1,
                    (true, true) => 2,
                    (false, false) => UNDER_COACHED,
                };
                cell(Cell::measured(month.month, band, band == UNDER_COACHED));
            }
        });
    }
}

/// Evaluates the insight.
///
/// # Errors
/// When the file lacks a family of columns, or nobody is eligible.
pub(in crate::insights) fn evaluate(
    population: &Population<'_>,
    settings: &Settings,
    splits: &[Split<'_>],
) -> Result<Outcome, Unavailable> {
    let panel = population.panel();
    let measure = CoachingStyle::new(panel.dataset(), population.months(), settings)?;
    // What is kept is judged as of complete months, with the standard limit.
    let is_standard = settings.co_attended_basis_points == Settings::default().co_attended_basis_points;
    let kept = panel.kept().coaching_style.as_ref().filter(|_| is_standard && !measure.one_to_ones.partial);
    let judge = Judge::new(&measure, panel, kept, |month| measure.one_to_ones.uses(month));
    let evaluated = incidence::evaluate(&judge, population, splits).ok_or(Unavailable::NobodyMeasured)?;
    let not_eligible = evaluated.times_noted(NOT_ELIGIBLE);
    let bands = incidence::labelled_bands(&evaluated, &BANDS);
    let mut outcome = Outcome::new(evaluated, bands);
    outcome.not_eligible = not_eligible;
    outcome.without_manager = super::people_without_manager(population);
    outcome.badges = measure.one_to_ones.badges();
    if measure.family.has_calls && !outcome.badges.contains(&Badge::MeetingAndCallHours) {
        outcome.badges.push(Badge::MeetingAndCallHours);
    }
    Ok(outcome)
}
