//! A dataset with what does not hang on the question: computed once when a file is opened, so that a question
//! costs a few operations a person and not a walk over the rows.
//!
//! Kept are, for each person's active rows, the [marks](super::marks) of every measure under the standard
//! settings and as if every month were complete, a few [sums](super::sums), and of the rhythm of 1:1s, whose bands hang
//! on how many weeks are chosen, the weeks that it counts: some 450 bytes a person for up to 64 weeks, and 16 for each metric. Nothing that is kept decides a number: each answer is the one
//! that the law gives to the chosen rows, and a panel that keeps nothing gives the same
//! ([`Panel::keeping_nothing`]).

use std::sync::Arc;

use super::coaching::coaching_style::CoachingStyle;
use super::coaching::one_to_one_rhythm::OneToOneWeeks;
use super::coaching::{MonthlyOneToOnes, without_manager_by_person};
use super::internal_networks::few_internal_organizations::{FewInWeek, few_in_month};
use super::marks::{Marks, Measure};
use super::sums::KeptSums;
use super::time_with_customers::connected_people::connected_in_month;
use super::time_with_customers::external_over_8h::WeeklyExternal;
use super::units::{Span, Units};
use super::{Months, Settings, Unavailable, threads_for};
use crate::dataset::Dataset;
use crate::work::each;

/// A dataset with what questions about it have in common.
#[derive(Clone, Debug)]
pub struct Panel {
    dataset: Arc<Dataset>,
    months: Months,
    units: [Units; 3],
    kept: Kept,
}

/// What is kept of everybody's active rows; nothing where the file lacks a column.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    pub(super) external_over_8h: Option<Marks>,
    pub(super) connected_people: Option<Marks>,
    pub(super) coaching_under_15_min: Option<Marks>,
    pub(super) coaching_style: Option<Marks>,
    pub(super) one_to_one_weeks: Option<OneToOneWeeks>,
    pub(super) few_internal_organizations: Option<Marks>,
    pub(super) few_in_week: Option<Marks>,
    pub(super) sums: KeptSums,
    /// For each person the periods of rows without a manager, inactive ones too.
    pub(super) without_manager: Option<Vec<u64>>,
}

impl Panel {
    /// Looks at every row once.
    #[must_use]
    pub fn new(dataset: Arc<Dataset>) -> Self {
        let mut panel = Self::keeping_nothing(dataset);
        panel.kept = panel.keep();
        panel
    }

    /// The same without anything kept: every cell is judged when a question is asked. Slow; what is kept is
    /// tested against it.
    #[must_use]
    pub fn keeping_nothing(dataset: Arc<Dataset>) -> Self {
        let calendar = dataset.calendar();
        let months = Months::of_calendar(calendar);
        let units = [Span::Periods, Span::Months, Span::Whole].map(|span| Units::new(span, calendar, &months));
        Self { months, units, kept: Kept::default(), dataset }
    }

    /// The dataset.
    #[must_use]
    pub fn dataset(&self) -> &Dataset {
        &self.dataset
    }

    /// The months of the whole calendar, all as if they were complete.
    pub(super) fn months(&self) -> &Months {
        &self.months
    }

    pub(super) fn units(&self, span: Span) -> &Units {
        &self.units[span as usize]
    }

    pub(super) fn kept(&self) -> &Kept {
        &self.kept
    }

    fn keep(&self) -> Kept {
        type Put = Box<dyn FnOnce(&mut Kept) + Send>;
        fn put<T: Send + 'static>(value: T, to: fn(&mut Kept) -> &mut T) -> Put {
            Box::new(move |kept| *to(kept) = value)
        }
        let looks: [fn(&Self, &Dataset) -> Put; 8] = [
            |panel, dataset| put(panel.marks_of(WeeklyExternal::new(dataset)), |kept| &mut kept.external_over_8h),
            |panel, dataset| {
                put(panel.marks_of(connected_in_month(dataset, &panel.months)), |kept| &mut kept.connected_people)
            },
            |panel, dataset| {
                let measure = MonthlyOneToOnes::new(dataset, &panel.months);
                put(panel.marks_of(measure), |kept| &mut kept.coaching_under_15_min)
            },
            |panel, dataset| {
                let measure = CoachingStyle::new(dataset, &panel.months, &Settings::default());
                put(panel.marks_of(measure), |kept| &mut kept.coaching_style)
            },
            |_, dataset| put(OneToOneWeeks::of(dataset), |kept| &mut kept.one_to_one_weeks),
            |panel, dataset| {
                put(panel.marks_of(few_in_month(dataset, &panel.months)), |kept| &mut kept.few_internal_organizations)
            },
            |panel, dataset| put(panel.marks_of(FewInWeek::new(dataset)), |kept| &mut kept.few_in_week),
            |_, dataset| put(without_manager_by_person(dataset), |kept| &mut kept.without_manager),
        ];
        let threads = threads_for(self.dataset.people());
        let puts = each(threads, looks.to_vec(), |look| look(self, &self.dataset));
        let mut kept = Kept { sums: KeptSums::of(&self.dataset, threads), ..Kept::default() };
        puts.into_iter().for_each(|put| put(&mut kept));
        kept
    }

    fn marks_of<M: Measure>(&self, measure: Result<M, Unavailable>) -> Option<Marks> {
        measure.ok().map(|measure| Marks::of_active_rows(&measure, &self.dataset, self.units(M::SPAN)))
    }
}
