//! What a comparison could be of: which weeks, and which cohorts are suggested.

use chrono::NaiveDate;

use super::compare::{cut_weeks, parts_of};
use super::publish::shown_values;
use super::{Cohort, Guarded, Published, Rules};
use crate::dataset::{AttributeFilter, Filter, Grain};
use crate::insights::compare::windows::{Offer, Window, WindowProblem, holiday_weeks, offers, periods_of};
use crate::insights::compare::{Family, family_of, roles};

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompareChoices {
    /// Every period of the file, ascending.
    pub periods: Vec<ComparePeriod>,
    /// Cohorts that are suggested, the best first; none of them hidden by its size.
    pub suggested: Vec<Cohort>,
    /// The column that says who leads whom; `None` where the file has none.
    pub roles_from: Option<String>,
    grain: Grain,
}

/// One period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComparePeriod {
    /// Its first day.
    pub day: NaiveDate,
    /// Whether the file cuts it, so that it is in no window.
    pub is_cut: bool,
    /// Whether it looks like a holiday.
    pub looks_like_holiday: bool,
}

impl CompareChoices {
    /// Weeks that look like holidays, ascending.
    pub fn holidays(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        self.periods.iter().filter(|period| period.looks_like_holiday).map(|period| period.day)
    }

    /// Windows to begin with, the best first, where some periods are left out.
    #[must_use]
    pub fn offers(&self, without: &[NaiveDate]) -> Vec<Offer> {
        offers(&self.kept(without), self.grain)
    }

    /// How many periods each window has.
    ///
    /// # Errors
    /// When the windows cannot be compared.
    pub fn lengths(&self, windows: &[Window; 2], without: &[NaiveDate]) -> Result<[usize; 2], WindowProblem> {
        periods_of(&self.kept(without), windows).map(|periods| periods.map(|periods| periods.len()))
    }

    fn kept(&self, without: &[NaiveDate]) -> Vec<NaiveDate> {
        let is_kept = |period: &&ComparePeriod| !period.is_cut && !without.contains(&period.day);
        self.periods.iter().filter(is_kept).map(|period| period.day).collect()
    }
}

/// What a comparison of a file could be of, under the switches of a filter. `first_attribute` is looked at before the
/// others.
#[must_use]
pub fn compare_choices(
    guarded: &Guarded,
    filter: &Filter,
    first_attribute: Option<&str>,
    rules: Rules,
) -> Published<CompareChoices> {
    let dataset = guarded.dataset();
    let cut = cut_weeks(guarded, filter);
    let all = Filter { include_inactive: filter.include_inactive, ..Filter::default() };
    let everyone = dataset.select_all(&all);
    // Of too few people nothing is told.
    let is_enough = everyone.people() >= rules.minimum_group_size();
    let holidays = if is_enough { holiday_weeks(&everyone, &cut).days } else { Vec::new() };
    let period = |&day: &NaiveDate| ComparePeriod {
        day,
        is_cut: cut.contains(&day),
        looks_like_holiday: holidays.contains(&day),
    };
    Published::new(CompareChoices {
        periods: dataset.calendar().periods.iter().map(period).collect(),
        suggested: suggested(guarded, first_attribute, rules),
        roles_from: roles(dataset).map(|roles| roles.attribute),
        grain: dataset.calendar().grain,
    })
}

/// For each family the shown values of one attribute that sound like it; then those who lead.
fn suggested(guarded: &Guarded, first_attribute: Option<&str>, rules: Rules) -> Vec<Cohort> {
    let shown = shown_values(guarded, rules);
    let (first, others): (Vec<_>, Vec<_>) =
        shown.iter().partition(|attribute| first_attribute.is_some_and(|name| attribute.name == name));
    let of_family = |family: Family| {
        let in_attribute = |attribute: &&super::ShownAttribute| {
            let values = attribute.values.iter().map(|shown| shown.value.clone());
            let values: Vec<String> = values.filter(|value| family_of(value) == Some(family)).collect();
            let part = AttributeFilter { attribute: attribute.name.clone(), values };
            (!part.values.is_empty()).then(|| Cohort::Of(vec![part]))
        };
        first.iter().chain(&others).copied().find_map(|attribute| in_attribute(&attribute))
    };
    let roles = roles(guarded.dataset());
    let is_shown = |cohort: &Cohort| {
        let Ok(parts) = parts_of(cohort, roles.as_ref()) else { return false };
        parts.iter().all(|part| {
            let attribute = shown.iter().find(|attribute| attribute.name == part.attribute);
            let is_named = |value: &String| attribute.is_some_and(|of| of.values.iter().any(|v| v.value == *value));
            part.values.iter().all(is_named)
        })
    };
    let leading = [Cohort::Managers, Cohort::Leaders].into_iter().filter(is_shown);
    Family::ALL.into_iter().filter_map(of_family).chain(leading).collect()
}
