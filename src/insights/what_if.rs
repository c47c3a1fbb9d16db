//! **What if**: plain arithmetic on the measured weeks, and no forecast. Nothing else is assumed to change.
//!
//! *If every manager held so many 1:1s a month*: each person-month of "Less than 15 minutes of 1:1 a week" that counts
//! and has less 1:1 time than that is raised to it (of partial months, to the part of four weeks that was measured),
//! and the share is computed again by the same law. A lever at zero raises nothing, so that its share is the measured
//! one to the last bit. Added hours are those by which person-months were raised; hours per person and month are means
//! over person-months.
//!
//! *If some hours fell by a part*: for each person the mean hours a week over the measured weeks first, then over
//! people, times the part. Internal hours are collaboration less external hours of the same weeks, and not under 0.

use super::coaching::{OneToOneMonths, coaching_under_15_min};
use super::groups::Split;
use super::sums::{ExternalAndTotalSums, SecondsByPerson};
use super::{Population, Unavailable};
use crate::dataset::{GroupCell, GroupValue, Grouping, Metric, PersonRows, Selection};
use crate::stats::Share;

/// So many 1:1s a month, each so long, with everybody who has a manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OneToOneLever {
    /// How many a month.
    pub meetings_a_month: u32,
    /// Minutes of each.
    pub minutes: u32,
}

impl OneToOneLever {
    /// Seconds a month.
    pub(super) fn seconds(self) -> u64 {
        u64::from(self.meetings_a_month) * u64::from(self.minutes) * 60
    }
}

/// Which hours fall.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FreedFrom {
    /// Meetings.
    #[default]
    Meetings,
    /// Collaboration with colleagues: all of it less what is with people outside.
    Internal,
    /// E-mail.
    Email,
    /// Collaboration outside working hours.
    AfterHours,
}

/// 1:1 time that was added to some person-months.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OneToOneTime {
    /// How many person-months count.
    pub person_months: usize,
    /// Their 1:1 hours, as measured.
    pub hours: f64,
    /// Hours by which they were raised.
    pub added_hours: f64,
    /// The most that was added for one person.
    pub most_added_hours: f64,
}

/// What would become of one group, or of everyone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Raised {
    /// The share as measured.
    pub now: Share,
    /// The share with the person-months raised.
    pub then: Share,
    /// Distinct people measured.
    pub people: usize,
    /// Their time.
    pub time: OneToOneTime,
}

/// What would become of a population and its groups, small ones too.
#[derive(Clone, Debug)]
pub struct OneToOneEffect {
    /// Everyone.
    pub everyone: Raised,
    /// Groups in which anybody is measured, in the order of their values.
    pub groups: Vec<(GroupCell, GroupValue, Raised)>,
}

/// Raises 1:1 time: of everyone, or only of person-months with a row in `meant`.
///
/// # Errors
/// When the file has no 1:1 column, or nobody is eligible.
pub fn one_to_ones(
    population: &Population<'_>,
    lever: OneToOneLever,
    meant: Option<&Selection<'_>>,
    grouping: &Grouping<'_>,
) -> Result<OneToOneEffect, Unavailable> {
    let splits = [Split::new(population, grouping)];
    let now = coaching_under_15_min::evaluate(population, &splits)?;
    let months = OneToOneMonths::raised(population, lever.seconds(), meant)?;
    let then = months.evaluate(population, &splits)?;
    let add = |time: OneToOneTime, rows: PersonRows<'_>| {
        let of_person = months.time(rows);
        OneToOneTime {
            person_months: time.person_months + of_person.person_months,
            hours: time.hours + of_person.hours,
            added_hours: time.added_hours + of_person.added_hours,
            most_added_hours: time.most_added_hours.max(of_person.added_hours),
        }
    };
    let time = population.selection().persons_rows().fold(OneToOneTime::default(), add);
    let times = splits[0].sum_by_group(population.selection(), |time, _, rows| add(time, rows));
    let times: Vec<(GroupCell, OneToOneTime)> = splits[0].groups().map(|(cell, _)| cell).zip(times).collect();
    let time_of = |cell| times.iter().find(|(known, _)| *known == cell).map(|(_, time)| *time).unwrap_or_default();
    let both = now.breakdowns.iter().zip(&then.breakdowns).flat_map(|(now, then)| now.groups.iter().zip(&then.groups));
    let group = |(now, then): (&super::Group, &super::Group)| {
        let raised = Raised { now: now.share, then: then.share, people: now.people, time: time_of(now.cell) };
        (now.cell, now.value.clone(), raised)
    };
    Ok(OneToOneEffect {
        everyone: Raised { now: now.share, then: then.share, people: now.people, time },
        groups: both.map(group).collect(),
    })
}

/// Mean hours a week per person, and how many people they are of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MeanHours {
    /// Hours of all people's means.
    sum: f64,
    /// The most of one person.
    most: f64,
    /// People with a readable cell.
    pub people: usize,
}

impl MeanHours {
    /// The mean over people; `None` for nobody.
    #[must_use]
    pub fn mean(self) -> Option<f64> {
        (self.people > 0).then(|| self.sum / self.people as f64)
    }

    /// Whether nobody gives over half of the hours.
    #[must_use]
    pub fn nobody_gives_half(self) -> bool {
        self.most <= self.sum / 2.0
    }

    fn and(self, hours: Option<f64>) -> Self {
        let own = hours.unwrap_or(0.0);
        Self { sum: self.sum + own, most: self.most.max(own), people: self.people + usize::from(hours.is_some()) }
    }
}

/// Hours that could be freed: of everyone, and of each group in which anybody has a row, in the order of their values.
///
/// # Errors
/// When the file lacks the column, or nobody is measured.
pub fn hours(
    population: &Population<'_>,
    from: FreedFrom,
    grouping: &Grouping<'_>,
) -> Result<(MeanHours, Vec<(GroupCell, MeanHours)>), Unavailable> {
    let (selection, panel) = (population.selection(), population.panel());
    let of_person: Box<dyn Fn(PersonRows<'_>) -> Option<f64> + '_> = if let Some(metric) = from.metric() {
        let sums = SecondsByPerson::new(panel, metric).ok_or_else(|| Unavailable::NotInFile(vec![metric]))?;
        Box::new(move |rows| sums.of(rows).mean_hours())
    } else {
        let columns = [Metric::CollaborationHours, Metric::ExternalHours];
        let missing = columns.into_iter().filter(|metric| !population.dataset().has(*metric)).collect();
        let sums = ExternalAndTotalSums::new(panel).ok_or(Unavailable::NotInFile(missing))?;
        Box::new(move |rows| sums.of(rows).mean_internal_hours())
    };
    let add = |hours: MeanHours, rows: PersonRows<'_>| hours.and(of_person(rows));
    let everyone = selection.persons_rows().fold(MeanHours::default(), add);
    if everyone.people == 0 {
        return Err(Unavailable::NobodyMeasured);
    }
    let split = Split::new(population, grouping);
    let groups =
        split.groups().map(|(cell, _)| cell).zip(split.sum_by_group(selection, |hours, _, rows| add(hours, rows)));
    Ok((everyone, groups.collect()))
}

impl FreedFrom {
    /// Every choice.
    pub const ALL: [Self; 4] = [Self::Meetings, Self::Internal, Self::Email, Self::AfterHours];

    /// The column; `None` where it takes two.
    const fn metric(self) -> Option<Metric> {
        match self {
            Self::Meetings => Some(Metric::MeetingHours),
            Self::Internal => None,
            Self::Email => Some(Metric::EmailHours),
            Self::AfterHours => Some(Metric::AfterHours),
        }
    }
}
