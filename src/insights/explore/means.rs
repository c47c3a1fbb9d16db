//! Means per person: of everyone, of groups and against the rest, with quantiles, bins and points over time.

use chrono::NaiveDate;

use super::super::groups::{SMALLEST_COMPARED, Split};
use super::super::incidence::{self, Contributions, Squares};
use super::super::metrics::MeanMetric;
use super::super::{Breakdown, Group, Population, Unavailable};
use super::values::Values;
use crate::dataset::{GroupBy, GroupCell, GroupValue, Grouping, PersonRows};
use crate::stats::{self, Interval, Share};

/// A metric of everyone and of groups, small ones among them.
#[derive(Clone, Debug)]
pub struct Explored {
    /// Everyone.
    pub all: Measured,
    /// For each way of grouping its groups.
    pub by: Vec<MeasuredGroups>,
}

/// A metric of some people.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Mean per person.
    pub mean: f64,
    /// Its 95 % interval, not under 0.
    pub interval: Interval,
    /// Distinct people.
    pub people: usize,
    /// Each person's mean, ascending.
    ascending: Vec<f64>,
    contributions: Contributions,
}

/// All groups of one attribute, or of two at once.
#[derive(Clone, Debug)]
pub struct MeasuredGroups {
    /// What is grouped by.
    pub by: GroupBy,
    /// The groups in which anybody is measured, in the order of the attributes' values.
    pub groups: Vec<MeasuredGroup>,
}

/// One group.
#[derive(Clone, Debug)]
pub struct MeasuredGroup {
    /// The value, or both.
    pub value: GroupValue,
    /// The codes of the values.
    pub cell: GroupCell,
    /// By the group's rows alone.
    pub measured: Measured,
    /// Its mean less that of everyone outside it, with the 95 % interval; `None` for groups that are never shown, or where
    /// there is no rest.
    pub difference: Option<(f64, Interval)>,
}

/// A metric over time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Points {
    /// First day, people measured, and their mean; oldest first.
    pub points: Vec<(NaiveDate, usize, f64)>,
    /// Whether points are months of a file of weeks.
    pub by_month: bool,
}

impl Measured {
    /// `None` for nobody.
    fn of(means: &[(u32, f64)]) -> Option<Self> {
        let mean = stats::mean(means.iter().map(|(_, mean)| *mean))?;
        let people = means.len();
        let contributions: Contributions =
            means.iter().map(|(person, own)| (*person, (own - mean) / people as f64)).collect();
        let variance = incidence::variance(contributions.iter().map(|(_, z)| *z));
        let Interval { low, high } = stats::interval_95(mean, variance.unwrap_or(f64::INFINITY));
        let mut ascending: Vec<f64> = means.iter().map(|(_, mean)| *mean).collect();
        ascending.sort_by(f64::total_cmp);
        Some(Self { mean, interval: Interval { low: low.max(0.0), high }, people, ascending, contributions })
    }

    /// A quantile of people's means, `q` from 0 to 1.
    #[must_use]
    pub fn quantile(&self, q: f64) -> Option<f64> {
        stats::quantile(&self.ascending, q)
    }

    /// How many people are in each bin: from 0 to the first edge, from one to the next, the upper edge included, and
    /// above the last.
    #[must_use]
    pub fn in_bins(&self, edges: &[f64]) -> Vec<usize> {
        let up_to = |edge: &f64| self.ascending.partition_point(|mean| *mean <= edge * (1.0 + 1e-12));
        let mut ends: Vec<usize> = edges.iter().map(up_to).collect();
        ends.push(self.ascending.len());
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts.zip(&ends).map(|(start, end)| end - start).collect()
    }

    /// The codes of the people measured, ascending.
    pub fn person_codes(&self) -> impl Iterator<Item = u32> + '_ {
        self.contributions.iter().map(|(person, _)| *person)
    }
}

impl MeasuredGroups {
    /// Who is in which group, for the rules of what may be seen; as shares its groups say nothing.
    #[must_use]
    pub fn membership(&self) -> Breakdown {
        let group = |group: &MeasuredGroup| Group {
            value: group.value.clone(),
            cell: group.cell,
            people: group.measured.people,
            share: Share::new(0.0),
            interval: group.measured.interval,
            difference: group.difference,
            trend: Vec::new(),
            contributions: group.measured.contributions.clone(),
        };
        Breakdown { by: self.by.clone(), groups: self.groups.iter().map(group).collect() }
    }
}

/// The rows of a person that count: all, or those of no edge week.
struct Counted {
    /// The bits of edge weeks, word by word; empty where all rows count.
    edges: Vec<u64>,
    kept: Vec<u64>,
}

impl Counted {
    fn new(population: &Population<'_>, values: &Values<'_>) -> Self {
        let mut edges = vec![0; population.dataset().period_words()];
        for &period in population.periods().iter().filter(|period| population.is_edge(**period)) {
            edges[period / 64] |= 1 << (period % 64);
        }
        if !values.leaves_out_edges || edges.iter().all(|word| *word == 0) {
            edges.clear();
        }
        Self { edges, kept: Vec::new() }
    }

    fn with<T>(
        &mut self,
        population: &Population<'_>,
        rows: PersonRows<'_>,
        look: impl FnOnce(PersonRows<'_>) -> T,
    ) -> T {
        if self.edges.is_empty() {
            return look(rows);
        }
        self.kept.clear();
        self.kept.extend(rows.periods().iter().zip(&self.edges).map(|(own, edges)| own & !edges));
        look(population.dataset().rows_in(rows.person(), &self.kept))
    }
}

/// Measures a population and its groups.
///
/// # Errors
/// When the file lacks the column, or nobody is measured.
pub fn measure(
    population: &Population<'_>,
    metric: MeanMetric,
    groupings: &[Grouping<'_>],
) -> Result<Explored, Unavailable> {
    let values = Values::new(population.panel(), metric)?;
    let mut counted = Counted::new(population, &values);
    let mut means = Vec::with_capacity(population.people());
    for rows in population.selection().persons_rows() {
        let mean = counted.with(population, rows, |rows| values.of(rows));
        means.extend(mean.map(|mean| (rows.person(), mean)));
    }
    let all = Measured::of(&means).ok_or(Unavailable::NobodyMeasured)?;
    let by = groupings.iter().map(|grouping| groups(population, &values, grouping, &means, &all)).collect();
    Ok(Explored { all, by })
}

/// Somebody with rows in several groups: the mean by the rows inside one of them, and by those outside.
struct Moved {
    person: u32,
    inside: Option<f64>,
    outside: Option<f64>,
}

fn groups(
    population: &Population<'_>,
    values: &Values<'_>,
    grouping: &Grouping<'_>,
    means: &[(u32, f64)],
    all: &Measured,
) -> MeasuredGroups {
    let split = Split::new(population, grouping);
    let names: Vec<(GroupCell, GroupValue)> = split.groups().collect();
    let mut still: Vec<Vec<(u32, f64)>> = vec![Vec::new(); names.len()];
    let mut moved: Vec<Vec<Moved>> = names.iter().map(|_| Vec::new()).collect();
    let mut counted = Counted::new(population, values);
    split.for_each_part(population.selection(), |group, inside, outside| {
        let person = inside.person();
        let mean = counted.with(population, inside, |rows| values.of(rows));
        match outside {
            None => still[group].extend(mean.map(|mean| (person, mean))),
            Some(rows) => {
                let outside = counted.with(population, rows, |rows| values.of(rows));
                moved[group].push(Moved { person, inside: mean, outside });
            }
        }
    });
    let rest = Rest { means, center: all.mean, all: Moments::of(means.iter().map(|(_, mean)| mean - all.mean)) };
    let groups = names.into_iter().zip(still.iter().zip(&moved)).filter_map(|((cell, value), (still, moved))| {
        let inside = moved.iter().filter_map(|moved| Some((moved.person, moved.inside?)));
        let mut own: Vec<(u32, f64)> = still.iter().copied().chain(inside).collect();
        own.sort_by_key(|(person, _)| *person);
        let measured = Measured::of(&own)?;
        let is_compared = measured.people >= SMALLEST_COMPARED;
        let difference = if is_compared { rest.difference(&measured, still, moved) } else { None };
        Some(MeasuredGroup { value, cell, measured, difference })
    });
    MeasuredGroups { by: grouping.by(), groups: groups.collect() }
}

/// Number, sum and sum of squares of some values.
#[derive(Clone, Copy, Debug, Default)]
struct Moments {
    count: f64,
    sum: f64,
    squares: f64,
}

impl Moments {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        values.fold(Self::default(), |moments, value| moments.and(value, 1.0))
    }

    /// With a value added, or with `times` -1 taken out.
    fn and(self, value: f64, times: f64) -> Self {
        Self { count: self.count + times, sum: self.sum + times * value, squares: self.squares + times * value * value }
    }
}

/// Everyone, out of whom the rest of a group is taken. Values are kept as they differ from the company's mean, so that no
/// digits are lost in the sums of squares.
struct Rest<'a> {
    means: &'a [(u32, f64)],
    center: f64,
    all: Moments,
}

impl Rest<'_> {
    /// A group's mean less that of everyone outside it, contributions subtracted person by person. `None` where nobody is
    /// measured outside.
    fn difference(&self, group: &Measured, still: &[(u32, f64)], moved: &[Moved]) -> Option<(f64, Interval)> {
        let whole = |person: u32| {
            let place = self.means.binary_search_by_key(&person, |(person, _)| *person).ok()?;
            self.means.get(place).map(|(_, mean)| *mean)
        };
        // Those who never were in the group.
        let mut others = still.iter().fold(self.all, |all, (_, mean)| all.and(mean - self.center, -1.0));
        for mean in moved.iter().filter_map(|moved| whole(moved.person)) {
            others = others.and(mean - self.center, -1.0);
        }
        let outside = moved.iter().filter_map(|moved| moved.outside);
        let rest = outside.fold(others, |rest, mean| rest.and(mean - self.center, 1.0));
        if rest.count < 0.5 {
            return None;
        }
        let (shift, count, own) = (rest.sum / rest.count, rest.count, group.people as f64);
        let mean = self.center + shift;
        let spread = others.squares - 2.0 * shift * others.sum + others.count * shift * shift;
        let mut squares = Squares { sum: spread.max(0.0) / (count * count), people: others.count.round() as usize };
        still.iter().for_each(|(_, one)| squares.add((one - group.mean) / own));
        for moved in moved.iter().filter(|moved| moved.inside.is_some() || moved.outside.is_some()) {
            let inside = moved.inside.map_or(0.0, |one| (one - group.mean) / own);
            squares.add(inside - moved.outside.map_or(0.0, |one| (one - mean) / count));
        }
        squares.interval_of(group.mean - mean)
    }
}

/// A metric over time, of everyone and, in the same order as `groups`, of some groups of one grouping.
///
/// # Errors
/// When the file lacks the column.
pub fn measure_points(
    population: &Population<'_>,
    metric: MeanMetric,
    groups: Option<(&Grouping<'_>, &[GroupCell])>,
) -> Result<(Points, Vec<Points>), Unavailable> {
    let values = Values::new(population.panel(), metric)?;
    let by_month = values.looks_back && !population.is_monthly();
    let mut counted = Counted::new(population, &values);
    let mut all = ByUnit::new(population, by_month);
    for rows in population.selection().persons_rows() {
        counted.with(population, rows, |rows| all.add(population, &values, rows));
    }
    let mut of_groups = Vec::new();
    if let Some((grouping, cells)) = groups {
        let split = Split::new(population, grouping);
        let places: Vec<Option<usize>> =
            split.groups().map(|(cell, _)| cells.iter().position(|wanted| *wanted == cell)).collect();
        let mut units = vec![ByUnit::new(population, by_month); cells.len()];
        split.for_each_part(population.selection(), |group, rows, _| {
            let Some(units) = places.get(group).copied().flatten().and_then(|place| units.get_mut(place)) else {
                return;
            };
            counted.with(population, rows, |rows| units.add(population, &values, rows));
        });
        of_groups = units.iter().map(|units| units.points(population)).collect();
    }
    Ok((all.points(population), of_groups))
}

/// Sum and number of people by week or month.
#[derive(Clone)]
struct ByUnit {
    sums: Vec<(f64, usize)>,
    by_month: bool,
}

impl ByUnit {
    fn new(population: &Population<'_>, by_month: bool) -> Self {
        let calendar = population.dataset().calendar();
        let units = if by_month { population.months().first_days.len() } else { calendar.periods.len() };
        Self { sums: vec![(0.0, 0); units], by_month }
    }

    /// Adds one person: of each month the last value.
    fn add(&mut self, population: &Population<'_>, values: &Values<'_>, rows: PersonRows<'_>) {
        let mut last: Option<(usize, f64)> = None;
        let period_of_row = population.dataset().periods_of_rows();
        rows.for_each(|row| {
            let Some(value) = values.of_row(row) else { return };
            let period = usize::from(period_of_row[row]);
            let unit = if self.by_month { usize::from(population.months().of_period[period]) } else { period };
            if let Some((before, value)) = last.replace((unit, value)).filter(|(before, _)| *before != unit) {
                self.take(before, value);
            }
        });
        if let Some((unit, value)) = last {
            self.take(unit, value);
        }
    }

    fn take(&mut self, unit: usize, value: f64) {
        let (sum, people) = &mut self.sums[unit];
        *sum += value;
        *people += 1;
    }

    fn points(&self, population: &Population<'_>) -> Points {
        let day = |unit: usize| match self.by_month {
            true => population.months().first_days[unit],
            false => population.first_day(unit),
        };
        let measured = self.sums.iter().enumerate().filter(|(_, (_, people))| *people > 0);
        let points = measured.map(|(unit, &(sum, people))| (day(unit), people, sum / people as f64));
        Points { points: points.collect(), by_month: self.by_month }
    }
}
