//! Two exports that were opened together and follow each other in time: one export in two parts, or two to be compared.
//! Only the person who opened them knows, so nothing is shown of them before it is said.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Job, Opened, Route, Told, What, Workbench};
use crate::dataset::Grain;
use crate::import::{Source, SourceReport};
use crate::privacy::Window;

/// Two exports that may be one or be compared, the earlier one first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The name of each and its first and last period.
    pub parts: [(String, Window); 2],
}

/// What two exports are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Together {
    /// Parts of one export.
    OneExport,
    /// A time before and a time after.
    BeforeAndAfter,
}

/// A pair that was read, and waits for what it is.
#[derive(Debug)]
pub(super) struct WaitingPair {
    opened: Box<Opened>,
    told: Told,
    pair: Pair,
}

impl WaitingPair {
    pub(super) fn pair(&self) -> &Pair {
        &self.pair
    }
}

impl Pair {
    /// The pair that two named files are; `None` where they are of the same time, or where it is not two files.
    fn of(opened: &Opened) -> Option<Self> {
        let [one, other] = opened.report.sources.as_slice() else { return None };
        let part =
            |source: &SourceReport| Some((source.name.clone(), Window { from: source.first?, to: source.last? }));
        let mut parts = [part(one)?, part(other)?];
        parts.sort_by_key(|(_, window)| window.from);
        let [(_, earlier), (_, later)] = &parts;
        (earlier.to < later.from).then_some(Self { parts })
    }

    /// The windows of a comparison: as many of the last periods of each as both have.
    fn windows(&self, opened: &Opened) -> [Window; 2] {
        let windows = [&self.parts[0].1, &self.parts[1].1];
        let calendar = opened.dataset.calendar();
        if calendar.grain == Grain::Day {
            return windows.map(|window| *window);
        }
        let periods = windows.map(|window| -> BTreeSet<NaiveDate> {
            calendar.periods.iter().copied().filter(|day| (window.from..=window.to).contains(day)).collect()
        });
        let least = periods.iter().map(BTreeSet::len).min().unwrap_or_default();
        let mut last = periods.iter().zip(windows).map(|(days, window)| {
            let from = days.iter().rev().nth(least.saturating_sub(1));
            Window { from: from.copied().unwrap_or(window.from), to: window.to }
        });
        windows.map(|window| last.next().unwrap_or(*window))
    }
}

/// Whether somebody named exactly two files.
pub(super) fn are_two_files(what: &What) -> bool {
    matches!(what, What::Sources(sources) if matches!(sources.as_slice(), [Source::Path(_), Source::Path(_)]))
}

impl Workbench {
    /// Two exports that were read, of which somebody has to say whether they are one or are compared.
    #[must_use]
    pub fn pair(&self) -> Option<&Pair> {
        self.pair.as_ref().map(WaitingPair::pair)
    }

    /// Keeps what was read until somebody says what the two files are; gives it back where there is nothing to ask.
    pub(super) fn wait_for_pair(&mut self, opened: Opened, told: Told) -> Option<Opened> {
        match Pair::of(&opened) {
            None => Some(opened),
            Some(pair) => {
                self.opened.stop();
                self.pair = Some(WaitingPair { opened: Box::new(opened), told, pair });
                None
            }
        }
    }

    /// Shows the pair as what it is.
    pub(super) fn answer_pair(&mut self, together: Together) -> Option<Job> {
        let WaitingPair { opened, told, pair } = self.pair.take()?;
        let windows = pair.windows(&opened);
        self.take_opened(*opened, told);
        if together == Together::BeforeAndAfter {
            self.setup.compare.windows = Some(windows);
            self.route = Route::Compare;
        }
        self.ask()
    }
}
