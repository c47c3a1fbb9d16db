//! The written definitions a second time, with plain loops over rows, to hold the product against.
//!
//! Nothing here is fast or clever: no bits, no tables, no sharing between insights but the formula of shares.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Days, NaiveDate};
use customer_focus::dataset::{Era, Filter, Grain, Metric};
use customer_focus::insights::InsightId;

use super::formula::{Judged, Numbers, Table, difference, mean, summarize};
use crate::support::{Cell, Company, Row};

const HOUR: i128 = 3600;

/// Says for the rows of one person in which units they are measured, and what that amounts to.
type Judge<'a> = Box<dyn Fn(&[&Row]) -> BTreeMap<NaiveDate, Judged> + 'a>;

/// Rows and what is decided once for all of them.
pub(super) struct Naive<'a> {
    company: &'a Company,
    rows: Vec<&'a Row>,
    /// Everyone in the same periods.
    reference: Vec<&'a Row>,
    present: BTreeSet<Metric>,
    pub(super) edges: BTreeSet<NaiveDate>,
    months: BTreeMap<NaiveDate, Month>,
    partial: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Month {
    complete: bool,
    week_starts: usize,
    weeks_measured: usize,
}

/// One person's month of 1:1 time.
struct PersonMonth {
    month: NaiveDate,
    /// Seconds x 4 / weeks where months are partial, as numerator and denominator.
    time: (i128, i128),
    eligible: bool,
}

fn month_of(day: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(day.year(), day.month(), 1).unwrap()
}

fn days_of(grain: Grain, day: NaiveDate) -> i128 {
    match grain {
        Grain::Day => 1,
        Grain::Week => 7,
        Grain::Month => (28..=31).rev().find(|n| day.with_day(*n).is_some()).unwrap().into(),
    }
}

impl<'a> Naive<'a> {
    pub(super) fn new(company: &'a Company, filter: &Filter) -> Self {
        let present = company.metrics().into_iter();
        let present = present.filter(|metric| company.rows.iter().any(|row| row.get(*metric) != Cell::Blank)).collect();
        let in_periods = |row: &&Row| {
            (filter.include_inactive || !row.inactive)
                && filter.from.is_none_or(|from| row.day >= from)
                && filter.to.is_none_or(|to| row.day <= to)
                && !filter.without.contains(&row.day)
        };
        let reference: Vec<&Row> = company.rows.iter().filter(in_periods).collect();
        let mut this = Self {
            company,
            rows: Vec::new(),
            reference,
            present,
            edges: BTreeSet::new(),
            months: BTreeMap::new(),
            partial: false,
        };
        if filter.without_low_activity && this.present.contains(&Metric::CollaborationHours) {
            // Activity is a person's own, in whichever group and week the hours were.
            let all: Vec<&Row> = company.rows.iter().filter(|row| filter.include_inactive || !row.inactive).collect();
            let low: BTreeSet<&String> =
                by_person(&all).into_iter().filter(|(_, rows)| this.is_low(rows)).map(|(person, _)| person).collect();
            this.reference.retain(|row| !low.contains(&row.person));
        }
        for row in this.reference.clone() {
            let matches = |wanted: &customer_focus::dataset::AttributeFilter| {
                wanted.values.iter().any(|value| row.groups.get(&wanted.attribute) == Some(value))
            };
            if filter.attributes.iter().all(matches) {
                this.rows.push(row);
            }
        }
        this.edges = this.find_edges();
        this.months = this.find_months();
        this.partial = !this.months.values().any(|month| month.complete);
        this
    }

    /// Under five collaboration hours a week on average.
    fn is_low(&self, rows: &[&Row]) -> bool {
        let (mut hours, mut weeks) = (0.0, 0.0);
        for row in rows {
            if let Some(seconds) = self.seconds(row, Metric::CollaborationHours) {
                hours += seconds as f64 / 3600.0;
                weeks += days_of(self.company.grain, row.day) as f64 / 7.0;
            }
        }
        weeks > 0.0 && hours / weeks < 5.0 - 1e-9
    }

    fn seconds(&self, row: &Row, metric: Metric) -> Option<i128> {
        let limit = days_of(self.company.grain, row.day) * 24 * HOUR;
        match row.get(metric) {
            Cell::Blank => Some(0),
            Cell::Seconds(seconds) if i128::from(seconds) <= limit => Some(seconds.into()),
            _ => None,
        }
    }

    fn count(&self, row: &Row, metric: Metric) -> Option<f64> {
        if let Cell::Count(count) = row.get(metric) { Some(count) } else { None }
    }

    pub(super) fn periods(&self) -> BTreeSet<NaiveDate> {
        self.rows.iter().map(|row| row.day).collect()
    }

    pub(super) fn people(&self) -> usize {
        by_person(&self.rows).len()
    }

    fn find_edges(&self) -> BTreeSet<NaiveDate> {
        if self.company.grain == Grain::Month {
            return BTreeSet::new();
        }
        let people_in = |day: NaiveDate| self.rows.iter().filter(|row| row.day == day).count() as f64;
        let periods = self.periods();
        let mut sizes: Vec<f64> = periods.iter().map(|day| people_in(*day)).collect();
        sizes.sort_by(f64::total_cmp);
        let middle = sizes.len() / 2;
        let median = match sizes.len() {
            0 => return BTreeSet::new(),
            odd if odd % 2 == 1 => sizes[middle],
            _ => (sizes[middle - 1] + sizes[middle]) / 2.0,
        };
        let ends = [periods.first(), periods.last()].into_iter().flatten().copied();
        ends.filter(|day| people_in(*day) < median / 2.0).collect()
    }

    fn find_months(&self) -> BTreeMap<NaiveDate, Month> {
        let periods = self.periods();
        let mut months: BTreeMap<NaiveDate, Month> = BTreeMap::new();
        for &day in &periods {
            months.entry(month_of(day)).or_default().weeks_measured += 1;
        }
        for (first_day, month) in &mut months {
            if self.company.grain == Grain::Month {
                (month.complete, month.week_starts) = (true, 1);
                continue;
            }
            let weekday = self.company.rows.iter().map(|row| row.day).min().unwrap().weekday();
            let in_month = (0..31).map(|day| *first_day + Days::new(day)).filter(|day| month_of(*day) == *first_day);
            let starts: Vec<NaiveDate> = in_month.filter(|day| day.weekday() == weekday).collect();
            month.week_starts = starts.len();
            month.complete = starts.iter().all(|day| day >= periods.first().unwrap() && day <= periods.last().unwrap());
        }
        months
    }

    /// The numbers of an insight; `None` where the file cannot say or nobody is measured.
    pub(super) fn insight(&self, id: InsightId) -> Option<Numbers> {
        let judge = self.judge(id)?;
        let table = |rows: &[&'a Row]| -> Table {
            let people = by_person(rows).into_iter().map(|(person, rows)| (person.clone(), judge(&rows)));
            people.filter(|(_, units)| !units.is_empty()).collect()
        };
        let bands = match id {
            InsightId::ExternalTopQuartile | InsightId::ConnectedPeople => 2,
            InsightId::CoachingStyle => 4,
            InsightId::OneToOneRhythm => 5,
            _ => 3,
        };
        let mut numbers = summarize(&table(&self.rows), bands)?;
        for attribute in self.company.attributes() {
            let values: BTreeSet<&String> = self.rows.iter().map(|row| &row.groups[&attribute]).collect();
            let groups = values.into_iter().filter_map(|value| {
                let inside = |row: &&&Row| row.groups[&attribute] == *value;
                let own: Vec<&Row> = self.rows.iter().filter(inside).copied().collect();
                let rest: Vec<&Row> = self.rows.iter().filter(|row| !inside(row)).copied().collect();
                let (own, rest) = (table(&own), table(&rest));
                let numbers = summarize(&own, bands)?;
                let difference = if numbers.people < 5 { None } else { difference(&own, &rest) };
                Some((value.clone(), (numbers, difference)))
            });
            let groups = groups.collect();
            if id == InsightId::ConnectedPeople {
                numbers.connected.insert(attribute.clone(), self.external_shares(&attribute));
            }
            numbers.groups.insert(attribute, groups);
        }
        self.beside(id, &mut numbers);
        Some(numbers)
    }

    /// For the rows of one person: in which units measured, and what that amounts to.
    fn judge(&self, id: InsightId) -> Option<Judge<'_>> {
        let first = *self.periods().first()?;
        let has = |metric| self.present.contains(&metric);
        Some(match id {
            InsightId::ExternalOver8h if has(Metric::ExternalHours) => Box::new(|rows| {
                let weekly = rows.iter().filter_map(|row| Some((row.day, self.weekly_external(row)?)));
                weekly.map(|(day, (s, days))| (day, over_and_band(s, days))).collect()
            }),
            InsightId::ExternalTopQuartile if has(Metric::ExternalHours) && has(Metric::CollaborationHours) => {
                let q3 = self.q3(|rows| self.external_share(rows))?;
                Box::new(move |rows| {
                    let counted = self.external_share(rows).map(|share| share >= q3 && share > 0.0);
                    counted.map(|counted| (first, (usize::from(counted), counted))).into_iter().collect()
                })
            }
            InsightId::ConnectedPeople if has(Metric::ExternalNetworkSize) => Box::new(|rows| {
                let last = self.last_of_month(rows, Metric::ExternalNetworkSize);
                last.into_iter().map(|(month, value)| (month, (usize::from(value > 5.0), value > 5.0))).collect()
            }),
            InsightId::FewInternalOrganizations if has(Metric::InternalOrganizations) => Box::new(|rows| {
                let band = |value: f64| {
                    if value < 5.0 {
                        0
                    } else if value < 10.0 {
                        1
                    } else {
                        2
                    }
                };
                let last = self.last_of_month(rows, Metric::InternalOrganizations);
                last.into_iter().map(|(month, value)| (month, (band(value), value < 5.0))).collect()
            }),
            InsightId::CoachingUnder15Min if self.one_to_one().is_some() => Box::new(|rows| {
                let months = self.person_months(rows).into_iter().filter(|month| month.eligible);
                months
                    .map(|PersonMonth { month, time: (t, per), .. }| {
                        let band = if t == 0 {
                            0
                        } else if t <= HOUR * per {
                            1
                        } else {
                            2
                        };
                        (month, (band, t < HOUR * per))
                    })
                    .collect()
            }),
            InsightId::CoachingStyle if self.one_to_one().is_some() => {
                let family = self.family()?;
                Box::new(move |rows| self.style(rows, family))
            }
            InsightId::OneToOneRhythm if self.one_to_one().is_some() && self.company.grain == Grain::Week => {
                let metric = self.one_to_one()?;
                Box::new(move |rows| {
                    let rows = rows.iter().filter(|row| !self.lacks_manager(row));
                    let cells: Vec<i128> = rows.filter_map(|row| self.seconds(row, metric)).collect();
                    let with = cells.iter().filter(|seconds| **seconds > 0).count() as f64;
                    let ratio = cells.len() as f64 / with;
                    let limits = [1.5, 3.0, 6.0];
                    let band = if with == 0.0 { 4 } else { limits.iter().filter(|limit| ratio > **limit).count() };
                    let judged = (first, (band, band == 4));
                    (!cells.is_empty()).then_some(judged).into_iter().collect()
                })
            }
            _ => return None,
        })
    }

    /// Seconds and days of a row that counts for external hours.
    fn weekly_external(&self, row: &Row) -> Option<(i128, i128)> {
        let seconds = self.seconds(row, Metric::ExternalHours)?;
        (!self.edges.contains(&row.day)).then_some((seconds, days_of(self.company.grain, row.day)))
    }

    fn external_and_total(&self, rows: &[&Row]) -> Option<(i128, i128)> {
        let both = |row: &&Row| {
            Some((self.seconds(row, Metric::ExternalHours)?, self.seconds(row, Metric::CollaborationHours)?))
        };
        let readable: Vec<(i128, i128)> = rows.iter().filter_map(both).collect();
        let sums = readable.iter().fold((0, 0), |(e, t), (external, total)| (e + external, t + total));
        (!readable.is_empty()).then_some(sums)
    }

    fn external_share(&self, rows: &[&Row]) -> Option<f64> {
        let (external, total) = self.external_and_total(rows)?;
        Some(match (external, total) {
            (0, 0) => 0.0,
            (_, 0) => 1.0,
            _ => (external as f64 / total as f64).min(1.0),
        })
    }

    fn external_sum(&self, rows: &[&Row]) -> Option<f64> {
        let cells: Vec<i128> = rows.iter().filter_map(|row| self.seconds(row, Metric::ExternalHours)).collect();
        (!cells.is_empty()).then(|| cells.iter().sum::<i128>() as f64)
    }

    /// The 75th percentile of a person's value over the reference.
    fn q3(&self, value: impl Fn(&[&Row]) -> Option<f64>) -> Option<f64> {
        let mut values: Vec<f64> = by_person(&self.reference).values().filter_map(|rows| value(rows)).collect();
        values.sort_by(f64::total_cmp);
        let place = 0.75 * (values.len().checked_sub(1)? as f64);
        let (below, above) = (values[place.floor() as usize], values[place.ceil() as usize]);
        Some(below + (place - place.floor()) * (above - below))
    }

    fn external_shares(&self, attribute: &str) -> BTreeMap<String, (usize, f64)> {
        if !self.present.contains(&Metric::ExternalHours) || !self.present.contains(&Metric::CollaborationHours) {
            return BTreeMap::new();
        }
        let mut groups: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
        for row in &self.rows {
            groups.entry(row.groups[attribute].clone()).or_default().push(row);
        }
        let share = |(value, rows): (String, Vec<&Row>)| {
            let people = by_person(&rows).values().filter(|rows| self.external_and_total(rows).is_some()).count();
            Some((value, (people, self.external_share(&rows)?)))
        };
        groups.into_iter().filter_map(share).collect()
    }

    fn last_of_month(&self, rows: &[&Row], metric: Metric) -> BTreeMap<NaiveDate, f64> {
        let mut rows = rows.to_vec();
        rows.sort_by_key(|row| row.day);
        // A later value replaces an earlier one.
        rows.iter().filter_map(|row| Some((month_of(row.day), self.count(row, metric)?))).collect()
    }

    fn one_to_one(&self) -> Option<Metric> {
        let choices = [Metric::Manager11Hours, Metric::Manager11MeetingAndCallHours];
        choices.into_iter().find(|metric| self.present.contains(metric))
    }

    /// Whether the row's person is without a manager.
    fn lacks_manager(&self, row: &Row) -> bool {
        self.company.knows_managers && row.without_manager
    }

    fn person_months(&self, rows: &[&Row]) -> Vec<PersonMonth> {
        let Some(metric) = self.one_to_one() else { return Vec::new() };
        let mut sums: BTreeMap<NaiveDate, (i128, usize)> = BTreeMap::new();
        for row in rows.iter().filter(|row| !self.lacks_manager(row)) {
            if let Some(seconds) = self.seconds(row, metric) {
                let (sum, weeks) = sums.entry(month_of(row.day)).or_default();
                *sum += seconds;
                *weeks += 1;
            }
        }
        sums.retain(|month, _| self.partial || self.months[month].complete);
        let judged = sums.into_iter().map(|(month, (sum, weeks))| {
            let all = if self.partial { self.months[&month].weeks_measured } else { self.months[&month].week_starts };
            PersonMonth {
                month,
                time: if self.partial { (sum * 4, weeks as i128) } else { (sum, 1) },
                eligible: weeks as f64 >= 0.75 * all as f64,
            }
        });
        judged.collect()
    }

    /// With the manager, 1:1s to add, all: the first family that can be used.
    fn family(&self) -> Option<(Metric, Option<Metric>, Metric)> {
        let has = |metric: &Metric| self.present.contains(metric);
        let meetings = (Metric::ManagerMeetingHours, Metric::Manager11Hours, Metric::MeetingHours);
        let calls =
            (Metric::ManagerMeetingAndCallHours, Metric::Manager11MeetingAndCallHours, Metric::MeetingAndCallHours);
        [meetings, calls].into_iter().find_map(|(with, one, all)| {
            let adds = self.company.era != Era::Wpa;
            (has(&with) && has(&all) && (!adds || has(&one))).then_some((with, adds.then_some(one), all))
        })
    }

    /// The rows of which every cell that the style needs can be read.
    fn readable_for_style(&self, rows: &[&'a Row], family: (Metric, Option<Metric>, Metric)) -> Vec<&'a Row> {
        let needed = [Some(family.0), family.1, Some(family.2), self.one_to_one()];
        let readable = |row: &Row| needed.iter().flatten().all(|metric| self.seconds(row, *metric).is_some());
        rows.iter().copied().filter(|row| readable(row)).collect()
    }

    fn style(&self, rows: &[&'a Row], family: (Metric, Option<Metric>, Metric)) -> BTreeMap<NaiveDate, Judged> {
        let (with, one, all) = family;
        let mut units = BTreeMap::new();
        let rows = &self.readable_for_style(rows, family);
        for PersonMonth { month, time: (t, per), eligible } in self.person_months(rows) {
            let (mut with_sum, mut all_sum) = (0, 0);
            for row in rows.iter().filter(|row| month_of(row.day) == month && !self.lacks_manager(row)) {
                let one = one.map_or(Some(0), |one| self.seconds(row, one));
                if let (Some(w), Some(o), Some(a)) = (self.seconds(row, with), one, self.seconds(row, all)) {
                    with_sum += w + o;
                    all_sum += a;
                }
            }
            if eligible && all_sum > 0 {
                let coached = t >= HOUR * per;
                let co_attended = with_sum * 10 > all_sum * 3;
                let band = match (coached, co_attended) {
                    (true, false) => 0,
                    (false, true) => 1,
                    (true, true) => 2,
                    (false, false) => 3,
                };
                units.insert(month, (band, band == 3));
            }
        }
        units
    }

    /// Other readings, boundaries, and who is left out.
    fn beside(&self, id: InsightId, numbers: &mut Numbers) {
        let people = by_person(&self.rows);
        match id {
            InsightId::ExternalOver8h => {
                numbers.others.push(("external_person_mean_over_8h", self.person_mean_over_8h()));
                numbers.boundaries = [4, 8]
                    .map(|hours| {
                        let weekly = self.rows.iter().filter_map(|row| self.weekly_external(row));
                        weekly.filter(|(seconds, days)| seconds * 7 == hours * HOUR * days).count()
                    })
                    .to_vec();
            }
            InsightId::ExternalTopQuartile => {
                if let Some(q3) = self.q3(|rows| self.external_sum(rows)) {
                    let sums: Vec<f64> = people.values().filter_map(|rows| self.external_sum(rows)).collect();
                    let top = sums.iter().filter(|sum| **sum >= q3 && **sum > 0.0).count();
                    numbers.others.push(("external_hours_top_quartile", top as f64 / sums.len() as f64));
                }
                numbers.trend.clear();
            }
            InsightId::FewInternalOrganizations if self.company.grain == Grain::Week => {
                let shares: Vec<f64> = self
                    .periods()
                    .into_iter()
                    .filter_map(|day| {
                        let rows = self.rows.iter().filter(|row| row.day == day);
                        let values: Vec<f64> =
                            rows.filter_map(|row| self.count(row, Metric::InternalOrganizations)).collect();
                        let few = values.iter().filter(|value| **value < 5.0).count();
                        (!values.is_empty()).then(|| few as f64 / values.len() as f64)
                    })
                    .collect();
                numbers.others.push(("few_internal_organizations_weekly", mean(&shares)));
            }
            InsightId::CoachingUnder15Min | InsightId::CoachingStyle => {
                let usable = |rows: &Vec<&'a Row>| match (id, self.family()) {
                    (InsightId::CoachingStyle, Some(family)) => self.readable_for_style(rows, family),
                    _ => rows.clone(),
                };
                let months: Vec<PersonMonth> =
                    people.values().flat_map(|rows| self.person_months(&usable(rows))).collect();
                numbers.not_eligible = months.iter().filter(|month| !month.eligible).count();
                let lacking = people.values().filter(|rows| rows.iter().any(|row| self.lacks_manager(row))).count();
                numbers.without_manager = self.company.knows_managers.then_some(lacking);
                if id == InsightId::CoachingUnder15Min {
                    let exact = months.iter().filter(|month| month.eligible && month.time.0 == HOUR * month.time.1);
                    numbers.boundaries = vec![exact.count()];
                    numbers.others.push(("coaching_under_15_min_wpa", self.by_week_starts(&months)));
                }
            }
            InsightId::OneToOneRhythm => {
                numbers.trend.clear();
                let lacking = people.values().filter(|rows| rows.iter().any(|row| self.lacks_manager(row))).count();
                numbers.without_manager = self.company.knows_managers.then_some(lacking);
            }
            _ => {}
        }
    }

    fn person_mean_over_8h(&self) -> f64 {
        let mut means = Vec::new();
        for rows in by_person(&self.rows).values() {
            // The sum of weekly seconds as a fraction.
            let (mut sum, mut of, mut weeks) = (0, 1, 0);
            for (seconds, days) in rows.iter().filter_map(|row| self.weekly_external(row)) {
                (sum, of) = (sum * days + seconds * 7 * of, of * days);
                weeks += 1;
            }
            if weeks > 0 {
                means.push(f64::from(u8::from(sum > 8 * HOUR * of * weeks)));
            }
        }
        mean(&means)
    }

    fn by_week_starts(&self, months: &[PersonMonth]) -> f64 {
        let mut shares: BTreeMap<NaiveDate, Vec<f64>> = BTreeMap::new();
        for PersonMonth { month, time: (t, per), eligible } in months {
            if *eligible {
                let sundays = (0..31).map(|day| *month + Days::new(day)).filter(|day| month_of(*day) == *month);
                let sundays = sundays.filter(|day| day.weekday() == chrono::Weekday::Sun).count();
                let weeks = match self.company.grain {
                    Grain::Month => sundays as i128,
                    _ => self.months[month].week_starts as i128,
                };
                let under = *t < weeks * 15 * 60 * per;
                shares.entry(*month).or_default().push(f64::from(u8::from(under)));
            }
        }
        mean(&shares.values().map(|people| mean(people)).collect::<Vec<_>>())
    }

    /// The mean of a metric, by its name in JSON, with the number of people.
    pub(super) fn metric(&self, name: &str) -> Option<(f64, usize)> {
        let metric = match name {
            "external_share" => None,
            "manager_1_1_hours" => Some(self.one_to_one()?),
            name => Some(Metric::from_name(name)?),
        };
        let needed = metric.map_or(vec![Metric::ExternalHours, Metric::CollaborationHours], |metric| vec![metric]);
        if !needed.iter().all(|metric| self.present.contains(metric)) {
            return None;
        }
        let of_person = |rows: &Vec<&Row>| -> Option<f64> {
            let Some(metric) = metric else { return self.external_share(rows) };
            let cells = rows.iter().filter(|row| metric != Metric::ExternalHours || !self.edges.contains(&row.day));
            let cells: Vec<f64> = match metric.kind() {
                customer_focus::dataset::Kind::Count => cells.filter_map(|row| self.count(row, metric)).collect(),
                customer_focus::dataset::Kind::Duration => {
                    let hours = |row: &&Row| Some(self.seconds(row, metric)? as f64 / 3600.0);
                    cells.filter_map(hours).collect()
                }
            };
            (!cells.is_empty()).then(|| mean(&cells))
        };
        let people: Vec<f64> = by_person(&self.rows).values().filter_map(of_person).collect();
        (!people.is_empty()).then(|| (mean(&people), people.len()))
    }
}

fn over_and_band(seconds: i128, days: i128) -> Judged {
    let over = |hours: i128| seconds * 7 > hours * HOUR * days;
    (
        if over(8) {
            2
        } else if over(4) {
            1
        } else {
            0
        },
        over(8),
    )
}

fn by_person<'a>(rows: &[&'a Row]) -> BTreeMap<&'a String, Vec<&'a Row>> {
    let mut people: BTreeMap<&String, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        people.entry(&row.person).or_default().push(row);
    }
    people
}
