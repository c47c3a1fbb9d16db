//! Which rows a question is about: a [`Filter`] by name, resolved to a [`Selection`] of rows.

use chrono::NaiveDate;

use super::{Dataset, EXCLUDED_SECONDS, Metric, same_name};

/// Below this many collaboration hours a week on average a person counts as low activity.
const LOW_ACTIVITY_HOURS: u64 = 5;

/// What a person chose, by name: it can be kept and applied to another dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Different attributes must all match.
    pub attributes: Vec<AttributeFilter>,
    /// First period, by its first day; none = from the beginning.
    pub from: Option<NaiveDate>,
    /// Last period, by its first day; none = to the end.
    pub to: Option<NaiveDate>,
    /// Periods left out, by their first day.
    pub without: Vec<NaiveDate>,
    /// Keep rows whose `IsActive` is FALSE.
    pub include_inactive: bool,
    /// Leave out people with under five collaboration hours a week on average.
    pub without_low_activity: bool,
}

/// One attribute and the values of it that are kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AttributeFilter {
    /// The attribute's header.
    pub attribute: String,
    /// Any of these values matches.
    pub values: Vec<String>,
}

impl Filter {
    /// The same periods and switches without the attribute filters: what the population is a part of.
    #[must_use]
    pub fn without_attributes(&self) -> Self {
        Self { attributes: Vec::new(), ..self.clone() }
    }

    /// Whether the filter names a value of an attribute.
    #[must_use]
    pub fn names(&self, attribute: &str, value: &str) -> bool {
        let named = self.attributes.iter().filter(|named| same_name(&named.attribute, attribute));
        named.flat_map(|named| &named.values).any(|known| known == value)
    }

    /// The filter with one value more, or one less where it is named already.
    #[must_use]
    pub fn toggled(&self, attribute: &str, value: &str) -> Self {
        let mut filter = self.clone();
        let named = filter.attributes.iter_mut().find(|named| same_name(&named.attribute, attribute));
        match named {
            Some(named) if named.values.iter().any(|known| known == value) => {
                named.values.retain(|known| known != value);
            }
            Some(named) => named.values.push(value.to_owned()),
            None => filter
                .attributes
                .push(AttributeFilter { attribute: attribute.to_owned(), values: vec![value.to_owned()] }),
        }
        filter.attributes.retain(|named| !named.values.is_empty());
        filter
    }
}

/// Why a filter does not fit a dataset.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterProblem {
    /// There is no such attribute.
    #[error("there is no attribute {attribute}; the file has {}", if known.is_empty() { "none".to_owned() } else { known.join(", ") })]
    UnknownAttribute {
        /// As it was asked for.
        attribute: String,
        /// The attributes that exist.
        known: Vec<String>,
    },
    /// The attribute has no such value.
    #[error("the attribute {attribute} has no value {value}")]
    UnknownValue {
        /// The attribute.
        attribute: String,
        /// As it was asked for.
        value: String,
    },
}

/// The codes of an attribute's rows, and which of its values are kept.
type KeptCodes<'d> = (&'d [u16], Vec<bool>);

/// The rows of a dataset that a question is about, person by person.
#[derive(Clone, Debug)]
pub struct Selection<'d> {
    dataset: &'d Dataset,
    rows: Vec<u32>,
    /// `starts[i]..starts[i + 1]` are the places in `rows` of the i-th selected person.
    starts: Vec<u32>,
    people: Vec<u32>,
    people_by_period: Vec<u32>,
}

impl Dataset {
    /// Resolves a filter to the rows that it keeps. May be empty.
    ///
    /// # Errors
    /// When the filter names an attribute or a value that the dataset does not have.
    pub fn select(&self, filter: &Filter) -> Result<Selection<'_>, FilterProblem> {
        let kept_codes = self.kept_codes(filter)?;
        let keep_period: Vec<bool> = self
            .calendar
            .periods
            .iter()
            .map(|day| {
                filter.from.is_none_or(|from| *day >= from)
                    && filter.to.is_none_or(|to| *day <= to)
                    && !filter.without.contains(day)
            })
            .collect();
        let active = if filter.include_inactive { None } else { self.active() };
        let collaboration = if filter.without_low_activity { self.seconds(Metric::CollaborationHours) } else { None };

        let mut selection = Selection {
            dataset: self,
            rows: Vec::with_capacity(self.rows()),
            starts: vec![0],
            people: Vec::with_capacity(self.people()),
            people_by_period: vec![0; keep_period.len()],
        };
        for (person, rows) in self.rows_by_person().enumerate() {
            let start = selection.rows.len();
            let measured =
                |row: &usize| keep_period[usize::from(self.period[*row])] && active.is_none_or(|active| active[*row]);
            // Activity is a person's own, in whichever group the hours were.
            if collaboration.is_some_and(|column| self.is_low_activity(rows.clone().filter(measured), column)) {
                continue;
            }
            for row in rows.filter(measured) {
                if kept_codes.iter().all(|(codes, kept)| kept[usize::from(codes[row])]) {
                    selection.rows.push(row as u32);
                }
            }
            if selection.rows.len() > start {
                for &row in &selection.rows[start..] {
                    selection.people_by_period[usize::from(self.period[row as usize])] += 1;
                }
                selection.people.push(person as u32);
                selection.starts.push(selection.rows.len() as u32);
            }
        }
        Ok(selection)
    }

    /// For each filtered attribute its codes and which of its values are kept.
    fn kept_codes(&self, filter: &Filter) -> Result<Vec<KeptCodes<'_>>, FilterProblem> {
        let mut all = Vec::new();
        for wanted in &filter.attributes {
            let attribute = self.attribute(&wanted.attribute).ok_or_else(|| FilterProblem::UnknownAttribute {
                attribute: wanted.attribute.clone(),
                known: self.attributes().iter().map(|attribute| attribute.name.clone()).collect(),
            })?;
            let mut kept = vec![false; attribute.values.len()];
            for value in &wanted.values {
                let code = attribute.values.iter().position(|known| known == value.trim()).ok_or_else(|| {
                    FilterProblem::UnknownValue { attribute: attribute.name.clone(), value: value.clone() }
                })?;
                kept[code] = true;
            }
            all.push((attribute.codes.as_slice(), kept));
        }
        Ok(all)
    }

    /// Whether the mean of these rows' collaboration is under five hours a week.
    /// No readable cell is no evidence: such a person is not low activity.
    fn is_low_activity(&self, rows: impl Iterator<Item = usize>, collaboration: &[u32]) -> bool {
        let (mut seconds, mut days) = (0_u64, 0_u64);
        for row in rows {
            let value = collaboration[row];
            if value != EXCLUDED_SECONDS {
                seconds += u64::from(value);
                let period = self.calendar.periods[usize::from(self.period[row])];
                days += u64::from(self.calendar.grain.days(period));
            }
        }
        days > 0 && seconds * 7 < LOW_ACTIVITY_HOURS * 3600 * days
    }
}

impl<'d> Selection<'d> {
    /// The dataset that the rows are of.
    #[must_use]
    pub fn dataset(&self) -> &'d Dataset {
        self.dataset
    }

    /// How many distinct people have a row.
    #[must_use]
    pub fn people(&self) -> usize {
        self.people.len()
    }

    /// How many rows are selected.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Person code and rows of each selected person, rows ascending by period.
    pub fn persons(&self) -> impl ExactSizeIterator<Item = (u32, &[u32])> + '_ {
        let rows = self.starts.windows(2).map(|pair| &self.rows[pair[0] as usize..pair[1] as usize]);
        self.people.iter().copied().zip(rows)
    }

    /// Distinct people measured in each period of the calendar; 0 where the filter leaves a period out.
    #[must_use]
    pub fn people_by_period(&self) -> &[u32] {
        &self.people_by_period
    }

    /// Indices of the periods in which somebody is measured, ascending.
    #[must_use]
    pub fn periods(&self) -> Vec<usize> {
        (0..self.people_by_period.len()).filter(|&period| self.people_by_period[period] > 0).collect()
    }

    /// How many of these people have no row in another selection of the same dataset.
    #[must_use]
    pub fn people_not_in(&self, other: &Selection<'_>) -> usize {
        self.people.iter().filter(|person| other.people.binary_search(person).is_err()).count()
    }

    /// How many people have a selected row in which `keep` holds.
    #[must_use]
    pub fn people_where(&self, keep: impl Fn(u32) -> bool) -> usize {
        self.persons().filter(|(_, rows)| rows.iter().any(|&row| keep(row))).count()
    }
}
