//! The rows of one text with their dates as days, and what is set aside because of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};

use super::dates::{self, DateText, Plausible};
use super::headers::{self, Plan};
use super::ids;
use super::options::{DateOrder, ImportOptions};
use super::problem::ImportError;
use super::read::{Examined, PartRows};
use super::report::{IssueKind, Issues, RowReason};
use super::rows::BlockRows;
use crate::dataset::{CountCells, Grain};
use crate::text::Sentence;

/// A text, what to read of it, and its rows.
pub(super) struct ReadPart {
    pub(super) examined: Examined,
    pub(super) plan: Plan,
    pub(super) rows: PartRows,
    pub(super) sha256: Option<String>,
}

/// A text whose dates are days.
pub(super) struct Dated {
    pub(super) part: ReadPart,
    pub(super) order: (DateOrder, Sentence),
    /// By reader and date code: the day, or why its rows are set aside.
    pub(super) days: Vec<Vec<Result<NaiveDate, RowReason>>>,
    /// The days of kept rows, ascending.
    pub(super) distinct: Vec<NaiveDate>,
    pub(super) grain: Option<(Grain, Sentence)>,
    /// For each block the kept rows, where not all are.
    pub(super) kept: Vec<Option<Vec<bool>>>,
    /// How many rows are kept.
    pub(super) rows: usize,
    pub(super) issues: Issues,
    pub(super) excluded: BTreeMap<RowReason, u64>,
}

/// Turns the dates of a text into days and sets aside what is none.
pub(super) fn date_rows(mut part: ReadPart, options: &ImportOptions) -> Result<Dated, ImportError> {
    let plausible = Plausible::new(options.today);
    let mut seen: BTreeMap<DateText, u64> = BTreeMap::new();
    for date in part.rows.learned.iter().flat_map(|learned| &learned.dates) {
        let line = seen.entry(date.text).or_insert(date.line);
        *line = (*line).min(date.line);
    }
    let texts: Vec<(DateText, u64)> = seen.into_iter().collect();
    ids::check_not_rounded(&part.rows.learned)?;
    let order = dates::decide_order(&texts, plausible, options.date_order)?;
    let day_of = |text: DateText| match text.day(order.0) {
        None => Err(RowReason::UnreadableDate),
        Some(day) if plausible.keeps(day) => Ok(day),
        Some(_) => Err(RowReason::DateOutOfRange),
    };
    let days: Vec<Vec<Result<NaiveDate, RowReason>>> =
        part.rows.learned.iter().map(|learned| learned.dates.iter().map(|date| day_of(date.text)).collect()).collect();
    let mut issues = Issues::default();
    let mut excluded = BTreeMap::new();
    for learned in &mut part.rows.learned {
        issues.merge(std::mem::take(&mut learned.issues));
        // Readers stop looking at an attribute with too many values, each at another row.
        let attributes = std::mem::take(&mut learned.attribute_issues).into_iter().zip(&part.rows.crowded);
        attributes.filter(|(_, crowded)| !**crowded).for_each(|(odd, _)| issues.merge(odd));
        for (reason, count) in &learned.excluded {
            *excluded.entry(*reason).or_default() += count;
        }
    }
    let timed = part.rows.learned.iter().flat_map(|learned| &learned.dates).filter(|date| date.has_time);
    if let Some(first) = timed.clone().map(|date| date.line).min() {
        let dates: BTreeSet<DateText> = timed.map(|date| date.text).collect();
        issues.add(IssueKind::TimeOfDay, first, None, None);
        issues.count_more(IssueKind::TimeOfDay, dates.len() as u64 - 1);
    }
    header_issues(&part.examined, &mut issues);
    if part.examined.encoding.is_guessed {
        issues.add(IssueKind::GuessedEncoding, 0, None, None);
    }
    ids::note_names(&part.rows.learned, &mut issues);
    let mut dated =
        Dated { part, order, days, distinct: Vec::new(), grain: None, kept: Vec::new(), rows: 0, issues, excluded };
    let other_table = dated.other_table();
    dated.keep_rows(other_table);
    if let Some(decided) = dates::decide_grain(&dated.distinct).filter(|_| options.grain.is_none()) {
        dated.grain = Some(decided?);
    }
    Ok(dated)
}

/// What is odd about the header itself.
fn header_issues(examined: &Examined, issues: &mut Issues) {
    let layout = &examined.layout;
    let line = layout.header_line;
    if !layout.dialect.is_plain() {
        issues.add(IssueKind::OddQuoting, line, None, None);
    }
    if let Some(line) = layout.mixed_line_ends {
        issues.add(IssueKind::MixedLineEnds, line, None, None);
    }
    if layout.lines_above > 0 {
        issues.add(IssueKind::LinesAboveHeader, 1, None, None);
        issues.count_more(IssueKind::LinesAboveHeader, layout.lines_above - 1);
    }
    for column in &examined.numbers.clocks {
        issues.add(IssueKind::ClockHours, line, layout.headers.get(*column).map(String::as_str), None);
    }
    let mut seen = BTreeSet::new();
    for (column, header) in layout.headers.iter().enumerate() {
        let key = headers::key(header);
        let repeats = !key.is_empty() && !seen.insert(key);
        let is_second = layout.recognized.second_choices.iter().any(|(_, second)| *second == column);
        let kind = match (repeats, is_second) {
            (true, _) => IssueKind::RepeatedColumn,
            (false, true) => IssueKind::SecondColumn,
            (false, false) => continue,
        };
        issues.add(kind, line, Some(header), None);
    }
    for header in &layout.odd_headers {
        issues.add(IssueKind::HiddenCharacter, line, Some(header), None);
    }
}

impl Dated {
    /// The line where another table starts, below rows of the first.
    fn other_table(&self) -> Option<u64> {
        let line = self.part.rows.learned.iter().filter_map(|learned| learned.other_table).min()?;
        let first = self.part.rows.blocks.iter().find(|block| !block.date.is_empty())?;
        (first.lines.get(0) < line).then_some(line)
    }

    /// Marks the rows above another table whose date is a day that is kept, counts the others, and lists the days.
    fn keep_rows(&mut self, other_table: Option<u64>) {
        if let Some(line) = other_table {
            self.issues.add(IssueKind::OtherTableBelow, line, None, None);
        }
        let mut used: Vec<Vec<bool>> = self.days.iter().map(|days| vec![false; days.len()]).collect();
        for block in &self.part.rows.blocks {
            let (Some(days), Some(used)) = (self.days.get(block.reader), used.get_mut(block.reader)) else { continue };
            let mut kept = Vec::new();
            let mut rows = 0;
            for (row, code) in block.date.iter().enumerate() {
                let is_below = other_table.is_some_and(|line| block.lines.get(row) >= line);
                let day = if is_below { Some(&Err(RowReason::OtherTable)) } else { days.get(*code as usize) };
                let is_kept = match day {
                    Some(Ok(_)) => true,
                    Some(Err(reason)) => {
                        *self.excluded.entry(*reason).or_default() += 1;
                        self.issues.add(IssueKind::Row(*reason), block.lines.get(row), None, None);
                        false
                    }
                    None => false,
                };
                if is_kept {
                    rows += 1;
                    if let Some(used) = used.get_mut(*code as usize) {
                        *used = true;
                    }
                }
                if !is_kept && kept.is_empty() {
                    kept.resize(row, true);
                }
                if !is_kept || !kept.is_empty() {
                    kept.push(is_kept);
                }
            }
            self.rows += rows;
            self.kept.push((rows < block.date.len()).then_some(kept));
        }
        let kept_days = self.days.iter().zip(&used).flat_map(|(days, used)| days.iter().zip(used));
        let distinct: BTreeSet<NaiveDate> =
            kept_days.filter(|(_, used)| **used).filter_map(|(day, _)| day.ok()).collect();
        self.distinct = distinct.into_iter().collect();
    }

    /// The blocks with what is kept of each.
    fn blocks(&self) -> impl Iterator<Item = (&BlockRows, Option<&Vec<bool>>)> {
        self.part.rows.blocks.iter().zip(self.kept.iter().map(Option::as_ref))
    }

    /// The line of a kept row of this text.
    pub(super) fn line(&self, row: usize) -> u64 {
        let mut before = 0;
        for (block, kept) in self.blocks() {
            let rows = kept.map_or(block.rows, |kept| kept.iter().filter(|kept| **kept).count());
            if row < before + rows {
                let place = match kept {
                    None => Some(row - before),
                    Some(kept) => {
                        kept.iter().enumerate().filter(|(_, kept)| **kept).nth(row - before).map(|(row, _)| row)
                    }
                };
                return place.map_or(0, |place| block.lines.get(place));
            }
            before += rows;
        }
        0
    }

    /// A month's row can carry the first day that the data has in it; the month is the same.
    pub(super) fn name_months_by_their_first_day(&mut self) {
        let first_day = |day: &mut NaiveDate| *day = day.with_day(1).unwrap_or(*day);
        self.days.iter_mut().flatten().flatten().for_each(first_day);
        self.distinct.iter_mut().for_each(first_day);
        self.distinct.dedup();
    }

    /// The same for a column of counts.
    pub(super) fn take_counts(&mut self, place: usize) -> Vec<CountCells> {
        let taken = self.part.rows.blocks.iter_mut().zip(&self.kept).map(|(block, kept)| {
            let cells = block.counts.get_mut(place).map(std::mem::take).unwrap_or_default();
            match kept {
                None => cells,
                Some(kept) => cells.iter().zip(kept).filter(|(_, kept)| **kept).map(|(cell, _)| cell).collect(),
            }
        });
        taken.collect()
    }

    /// A column's kept cells by block, taken out of the blocks.
    pub(super) fn take<T: Copy>(&mut self, column: impl Fn(&mut BlockRows) -> Option<&mut Vec<T>>) -> Vec<Vec<T>> {
        let taken = self.part.rows.blocks.iter_mut().zip(&self.kept).map(|(block, kept)| {
            let cells = column(block).map(std::mem::take).unwrap_or_default();
            match kept {
                None => cells,
                Some(kept) => cells.iter().zip(kept).filter(|(_, kept)| **kept).map(|(cell, _)| *cell).collect(),
            }
        });
        taken.collect()
    }
}
