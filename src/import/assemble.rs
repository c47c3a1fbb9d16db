//! The rows of all texts together: one calendar, one list of people, one set of attributes, one dataset.
//!
//! Nothing here depends on how many threads read: people get their codes in the order of the files, values
//! are sorted, and columns follow the order of the first file that has them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike as _, NaiveDate};

use super::container::place_of;
use super::dates::{self, DateText, Plausible};
use super::dictionary::Texts;
use super::headers::{self, Plan};
use super::options::{DateOrder, ImportOptions};
use super::problem::{ImportError, Place, Question, Refusal};
use super::read::{Examined, PartRows, not_words};
use super::report::{ImportReport, IssueKind, Issues, LeftOut, LeftOutReason, RowReason, SourceReport};
use super::rows::{BlockRows, Learned, MOST_VALUES, NOT_SET_CODE};
use crate::dataset::{
    Attribute, BLANK_SECONDS, Built, ConflictingRows, Dataset, Draft, EXCLUDED_COUNT, EXCLUDED_SECONDS, Era, Grain,
    Metric, NOT_SET, PersonIds,
};
use crate::work::Cancel;

/// Days in all, so that a period has a code of 16 bits.
const MOST_DAYS: usize = 60_000;

/// A text, what to read of it, and its rows.
pub(super) struct ReadPart {
    pub(super) examined: Examined,
    pub(super) plan: Plan,
    pub(super) rows: PartRows,
    pub(super) sha256: Option<String>,
}

/// A text whose dates are days.
struct Dated {
    part: ReadPart,
    order: (DateOrder, String),
    /// By reader and date code: the day, or why its rows are set aside.
    days: Vec<Vec<Result<NaiveDate, RowReason>>>,
    /// The days of kept rows, ascending.
    distinct: Vec<NaiveDate>,
    grain: Option<(Grain, String)>,
    /// For each block the kept rows, where not all are.
    kept: Vec<Option<Vec<bool>>>,
    rows: usize,
    issues: Issues,
    excluded: BTreeMap<RowReason, u64>,
}

/// Joins the texts to one dataset.
pub(super) fn assemble(
    parts: Vec<ReadPart>,
    options: &ImportOptions,
    cancel: &Cancel,
) -> Result<(Dataset, ImportReport), ImportError> {
    let check = || if cancel.is_cancelled() { Err(ImportError::Cancelled) } else { Ok(()) };
    let mut dated = Vec::new();
    for part in parts {
        check()?;
        let place = place_of(&part.examined.part);
        dated.push(date_rows(part, options).map_err(|error| error.in_source(&place.name, place.path.as_ref()))?);
    }
    let grain = common_grain(&mut dated, options)?;
    let era = common_era(&dated)?;
    let periods: Vec<NaiveDate> =
        dated.iter().flat_map(|part| part.distinct.iter().copied()).collect::<BTreeSet<_>>().into_iter().collect();
    check_weekdays(&dated, &periods, grain, options)?;
    let total: usize = dated.iter().map(|part| part.rows).sum();
    if total == 0 {
        return Err(no_rows(&dated));
    }
    if periods.len() > MOST_DAYS || u32::try_from(total).is_err() {
        let what = format!("There are {total} rows over {} dates.", periods.len());
        return Err(Refusal::new(what, "That is more than can be held.", "Export a shorter time.").into());
    }
    let mut columns = Columns::new(total);
    for part in &mut dated {
        check()?;
        columns.add_people_and_periods(part, &periods);
    }
    let mut draft = Draft {
        era,
        grain,
        periods,
        people: columns.people,
        person: columns.person,
        period: columns.period,
        active: None,
        without_manager: None,
        durations: Vec::new(),
        counts: Vec::new(),
        attributes: Vec::new(),
    };
    draft.active = flags(&mut dated, total, &|part| active_of(part), true);
    draft.without_manager = flags(&mut dated, total, &|part| without_manager_of(part), false);
    for metric in Metric::ALL {
        check()?;
        if let Some(column) = duration_column(&mut dated, metric, total) {
            draft.durations.push((metric, column));
        }
        if let Some(column) = count_column(&mut dated, metric, total) {
            draft.counts.push((metric, column));
        }
    }
    check()?;
    let mut left_out = Vec::new();
    draft.attributes = attribute_columns(&mut dated, total, &mut left_out);
    check()?;
    finish(dated, draft, left_out, options, &columns.source_ends)
}

/// Builds the dataset and the report about it.
fn finish(
    mut dated: Vec<Dated>,
    draft: Draft,
    attributes_left_out: Vec<LeftOut>,
    options: &ImportOptions,
    source_ends: &[u32],
) -> Result<(Dataset, ImportReport), ImportError> {
    let spans = Spans::of(&draft, source_ends);
    let built = match draft.build_by_source(options.on_conflict, source_ends) {
        Ok(built) => built,
        Err(conflict) => return Err(conflict_question(&dated, source_ends, &conflict)),
    };
    note_over_limit(&mut dated, &built, source_ends);
    let Built { dataset, blank_throughout, sources, .. } = built;
    let mut report = ImportReport { attributes_left_out, blank_throughout, ..ImportReport::default() };
    for ((part, source), span) in dated.into_iter().zip(sources).zip(spans.0) {
        let mut excluded = part.excluded;
        for (reason, count) in [(RowReason::Duplicate, source.duplicates), (RowReason::Superseded, source.superseded)] {
            if count > 0 {
                excluded.insert(reason, count as u64);
            }
        }
        let plan = &part.part.plan;
        let is_of_source = |metric: Metric| {
            plan.durations.iter().any(|(m, _)| *m == metric) || plan.counts.iter().any(|(m, _)| *m == metric)
        };
        let Examined { part: file, encoding, layout, era, decimal, kind, .. } = part.part.examined;
        let (issues, issue_counts, issues_total) = part.issues.into_parts();
        let header_of = |column: usize| layout.headers.get(column).cloned().unwrap_or_default();
        let (first, last) = (part.distinct.first().copied(), part.distinct.last().copied());
        let (_, grain_evidence) = part.grain.unwrap_or((dataset.calendar().grain, "As the other files.".to_owned()));
        let grain = dataset.calendar().grain;
        report.sources.push(SourceReport {
            name: file.name,
            path: file.path,
            sha256: part.part.sha256,
            bytes: file.bytes,
            kind,
            era: era.0,
            grain,
            rows: part.part.rows.learned.iter().map(|learned| learned.rows).sum(),
            rows_excluded: excluded,
            inactive_rows: source.inactive_rows as u64,
            cells: source.cells.into_iter().filter(|counts| is_of_source(counts.metric)).collect(),
            people: span,
            periods: part.distinct.len() as u64,
            first,
            last,
            week_starts_on: first.filter(|_| grain == Grain::Week).map(|day| day.weekday()),
            date_order: part.order.0,
            encoding: encoding.name(),
            delimiter: layout.delimiter,
            decimal: decimal.0,
            container: file.container,
            columns: layout
                .recognized
                .columns
                .iter()
                .map(|(name, column)| ((*name).to_owned(), header_of(*column)))
                .collect(),
            evidence: vec![
                ("kind", format!("Its headers are those of {}.", kind.in_words())),
                ("era", era.1),
                ("grain", grain_evidence),
                ("date_order", part.order.1),
                ("encoding", encoding.evidence),
                ("delimiter", layout.delimiter_evidence),
                ("decimal", decimal.1),
            ],
            issues,
            issue_counts,
            issues_total,
        });
    }
    Ok((dataset, report))
}

/// Turns the dates of a text into days and sets aside what is none.
fn date_rows(mut part: ReadPart, options: &ImportOptions) -> Result<Dated, ImportError> {
    let plausible = Plausible::new(options.today);
    let mut seen: BTreeMap<DateText, u64> = BTreeMap::new();
    for date in part.rows.learned.iter().flat_map(|learned| &learned.dates) {
        let line = seen.entry(date.text).or_insert(date.line);
        *line = (*line).min(date.line);
    }
    let texts: Vec<(DateText, u64)> = seen.into_iter().collect();
    let serial = part.rows.learned.iter().filter_map(|learned| learned.serial).min();
    if let (true, Some((line, days))) = (texts.is_empty(), serial) {
        let example = dates::day_of_serial(days).map_or_else(String::new, |day| format!(" ({days} is {day})"));
        let what = format!("The dates are numbers of days{example}.");
        let why = "A spreadsheet saved them without their date format.";
        return Err(Refusal::new(what, why, "Format the column as a date, or open the original export.")
            .at_line(line)
            .into());
    }
    check_ids(&part)?;
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
        for (reason, count) in &learned.excluded {
            *excluded.entry(*reason).or_default() += count;
        }
    }
    header_issues(&part.examined, &mut issues);
    let addresses: BTreeSet<&[u8]> =
        part.rows.learned.iter().flat_map(|learned| learned.people.iter()).filter(|id| id.contains(&b'@')).collect();
    if let Some(more) = addresses.len().checked_sub(1) {
        issues.add(IssueKind::AddressAsPerson, 0, None, None);
        issues.count_more(IssueKind::AddressAsPerson, more as u64);
    }
    let mut dated =
        Dated { part, order, days, distinct: Vec::new(), grain: None, kept: Vec::new(), rows: 0, issues, excluded };
    dated.keep_rows();
    if let Some(decided) = dates::decide_grain(&dated.distinct).filter(|_| options.grain.is_none()) {
        dated.grain = Some(decided?);
    }
    Ok(dated)
}

/// Refuses identifiers that a spreadsheet has rounded: different people have become one.
fn check_ids(part: &ReadPart) -> Result<(), ImportError> {
    let is_rounded = |id: &[u8]| {
        let Some(at) = id.windows(2).position(|pair| pair.eq_ignore_ascii_case(b"E+")) else { return false };
        let (number, exponent) = id.split_at(at);
        number.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
            && exponent.iter().skip(2).all(u8::is_ascii_digit)
    };
    let ids = || part.rows.learned.iter().flat_map(|learned| learned.people.iter());
    let rounded = ids().filter(|id| is_rounded(id)).count();
    if rounded == 0 {
        return Ok(());
    }
    let why = format!("{rounded} of them are in the form 1.23E+15, so different people share one.");
    let what_to_do = "Open the original export, not the one a spreadsheet has saved.";
    Err(Refusal::new("A spreadsheet has rounded the person identifiers.", why, what_to_do).into())
}

/// What is odd about the header itself.
fn header_issues(examined: &Examined, issues: &mut Issues) {
    let layout = &examined.layout;
    let line = layout.header_line;
    if layout.lines_above > 0 {
        issues.add(IssueKind::LinesAboveHeader, 1, None, None);
        issues.count_more(IssueKind::LinesAboveHeader, layout.lines_above - 1);
    }
    for (_, column) in &layout.recognized.second_choices {
        let header = layout.headers.get(*column).map(String::as_str);
        let repeats = layout.headers.iter().take(*column).any(|before| Some(before.as_str()) == header);
        let kind = if repeats { IssueKind::RepeatedColumn } else { IssueKind::SecondColumn };
        issues.add(kind, line, header, None);
    }
}

impl Dated {
    /// Marks the rows whose date is a day that is kept, counts the others, and lists the days.
    fn keep_rows(&mut self) {
        let mut used: Vec<Vec<bool>> = self.days.iter().map(|days| vec![false; days.len()]).collect();
        for block in &self.part.rows.blocks {
            let (Some(days), Some(used)) = (self.days.get(block.reader), used.get_mut(block.reader)) else { continue };
            let mut kept = Vec::new();
            let mut rows = 0;
            for (row, code) in block.date.iter().enumerate() {
                let is_kept = match days.get(*code as usize) {
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
    fn line(&self, row: usize) -> u64 {
        let mut before = 0;
        for (block, kept) in self.blocks() {
            let rows = kept.map_or(block.date.len(), |kept| kept.iter().filter(|kept| **kept).count());
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

    /// Appends a column's kept cells, taking them out of the blocks.
    fn take_into<T: Copy>(&mut self, to: &mut Vec<T>, column: impl Fn(&mut BlockRows) -> Option<&mut Vec<T>>) {
        for (block, kept) in self.part.rows.blocks.iter_mut().zip(&self.kept) {
            let Some(cells) = column(block) else { continue };
            let cells = std::mem::take(cells);
            match kept {
                None => to.extend_from_slice(&cells),
                Some(kept) => to.extend(cells.iter().zip(kept).filter(|(_, kept)| **kept).map(|(cell, _)| *cell)),
            }
        }
    }
}

/// The one grain of all texts; those with a single day go with the others.
fn common_grain(dated: &mut [Dated], options: &ImportOptions) -> Result<Grain, ImportError> {
    if let Some(grain) = options.grain {
        for part in dated {
            part.grain = Some((grain, "Chosen by option.".to_owned()));
        }
        return Ok(grain);
    }
    let mut decided = dated.iter().filter_map(|part| part.grain.as_ref().map(|(grain, _)| (*grain, part)));
    if let Some((grain, first)) = decided.next() {
        if let Some((other, part)) = decided.find(|(other, _)| *other != grain) {
            let what = format!("One file is by {}, another by {}.", grain.name(), other.name());
            let why = format!(
                "{} and {} cannot stand in one series.",
                first.part.examined.part.name, part.part.examined.part.name
            );
            let refusal = Refusal::new(what, why, "Open files of one grain, or give it with --grain.");
            return Err(ImportError::from(refusal).in_source(&part.part.examined.part.name, None));
        }
        return Ok(grain);
    }
    let days: BTreeSet<NaiveDate> = dated.iter().flat_map(|part| part.distinct.iter().copied()).collect();
    let days: Vec<NaiveDate> = days.into_iter().collect();
    let (grain, why) = match (dates::decide_grain(&days), days.first()) {
        (Some(decided), _) => decided?,
        (None, Some(day)) => dates::grain_of_one_day(*day),
        (None, None) => (Grain::Week, "There is no date.".to_owned()),
    };
    for part in dated {
        part.grain = Some((grain, why.clone()));
    }
    Ok(grain)
}

/// The one product of all texts; those that fit both go with the others.
fn common_era(dated: &[Dated]) -> Result<Era, ImportError> {
    let mut era = Era::Undecided;
    for part in dated {
        let this = part.part.examined.era.0;
        if era == Era::Undecided {
            era = this;
        } else if this != Era::Undecided && this != era {
            let refusal = Refusal::new(
                "The files come from two products.",
                "Workplace Analytics and Viva Insights measure differently and name people differently.",
                "Open the files of one product at a time.",
            );
            return Err(ImportError::from(refusal).in_source(&part.part.examined.part.name, None));
        }
    }
    Ok(era)
}

/// Weeks have to start on one weekday, the chosen one if one is chosen.
fn check_weekdays(
    dated: &[Dated],
    periods: &[NaiveDate],
    grain: Grain,
    options: &ImportOptions,
) -> Result<(), ImportError> {
    let Some(first) = periods.first().filter(|_| grain == Grain::Week) else { return Ok(()) };
    let expected = options.week_start.unwrap_or_else(|| first.weekday());
    let other = dated.iter().find_map(|part| {
        part.distinct.iter().find(|day| day.weekday() != expected).map(|day| (day, &part.part.examined.part))
    });
    let Some((day, part)) = other else { return Ok(()) };
    let what = format!("The weeks do not all start on a {}.", dates::weekday_name(expected));
    let why = format!(
        "{day} is a {}, and weeks that overlap cannot stand in one series.",
        dates::weekday_name(day.weekday())
    );
    let refusal = Refusal::new(what, why, "Export the parts again with one first day of the week.");
    Err(ImportError::from(refusal).in_source(&part.name, part.path.as_ref()))
}

fn no_rows(dated: &[Dated]) -> ImportError {
    let mut reasons: BTreeMap<RowReason, u64> = BTreeMap::new();
    for (reason, count) in dated.iter().flat_map(|part| &part.excluded) {
        *reasons.entry(*reason).or_default() += count;
    }
    let most = reasons.iter().max_by_key(|(_, count)| **count);
    let why = most.map_or("There is nothing below the header.".to_owned(), |(reason, count)| {
        format!("{count} rows were set aside, most of them for one reason: {}", reason.sentence())
    });
    let error = ImportError::from(Refusal::new(
        "The file has no rows that can be used.",
        why,
        "Export the person query again.",
    ));
    match dated.first() {
        Some(part) => error.in_source(&part.part.examined.part.name, part.part.examined.part.path.as_ref()),
        None => error,
    }
}

/// The columns that every row has.
struct Columns {
    people: PersonIds,
    texts: Texts,
    person: Vec<u32>,
    period: Vec<u16>,
    source_ends: Vec<u32>,
}

impl Columns {
    fn new(rows: usize) -> Self {
        Self {
            people: PersonIds::default(),
            texts: Texts::default(),
            person: Vec::with_capacity(rows),
            period: Vec::with_capacity(rows),
            source_ends: Vec::new(),
        }
    }

    /// Gives people their codes in the order of the rows, and dates theirs in the calendar.
    fn add_people_and_periods(&mut self, part: &mut Dated, periods: &[NaiveDate]) {
        let mut codes: Vec<Vec<Option<u32>>> =
            part.part.rows.learned.iter().map(|learned| vec![None; learned.people.len()]).collect();
        let place = |day: &Result<NaiveDate, RowReason>| -> u16 {
            let place = day.as_ref().ok().and_then(|day| periods.binary_search(day).ok());
            place.map_or(0, |place| place as u16)
        };
        let places: Vec<Vec<u16>> = part.days.iter().map(|days| days.iter().map(place).collect()).collect();
        for (block, kept) in part.part.rows.blocks.iter_mut().zip(&part.kept) {
            let (Some(codes), Some(places), Some(learned)) =
                (codes.get_mut(block.reader), places.get(block.reader), part.part.rows.learned.get(block.reader))
            else {
                continue;
            };
            let rows = std::mem::take(&mut block.person).into_iter().zip(&block.date).enumerate();
            for (row, (local, date)) in rows {
                if kept.as_ref().is_some_and(|kept| kept.get(row) == Some(&false)) {
                    continue;
                }
                let Some(code) = codes.get_mut(local as usize) else { continue };
                let person = *code.get_or_insert_with(|| {
                    let id = learned.people.get(local);
                    let (person, is_new) = self.texts.intern(id);
                    if is_new {
                        self.people.push(id);
                    }
                    person
                });
                self.person.push(person);
                self.period.push(places.get(*date as usize).copied().unwrap_or_default());
            }
        }
        self.source_ends.push(self.person.len() as u32);
    }
}

/// For each source how many people it has.
struct Spans(Vec<u64>);

impl Spans {
    fn of(draft: &Draft, source_ends: &[u32]) -> Self {
        let mut start = 0;
        let mut last_source = vec![u32::MAX; draft.people.len()];
        let people = source_ends.iter().enumerate().map(|(source, end)| {
            let rows = draft.person.get(start..*end as usize).unwrap_or_default();
            start = *end as usize;
            let mut people = 0;
            for person in rows {
                if let Some(last) = last_source.get_mut(*person as usize).filter(|last| **last != source as u32) {
                    *last = source as u32;
                    people += 1;
                }
            }
            people
        });
        Self(people.collect())
    }
}

/// A flag column over all texts, where one has it; `missing` stands for those that have not.
fn flags(
    dated: &mut [Dated],
    total: usize,
    of: &dyn Fn(&mut Dated) -> Option<Vec<bool>>,
    missing: bool,
) -> Option<Vec<bool>> {
    let mut column = Vec::with_capacity(total);
    let mut is_there = false;
    for part in dated {
        let end = column.len() + part.rows;
        if let Some(mut cells) = of(part) {
            is_there = true;
            column.append(&mut cells);
        }
        column.resize(end, missing);
    }
    is_there.then_some(column)
}

fn active_of(part: &mut Dated) -> Option<Vec<bool>> {
    part.part.plan.active?;
    let mut column = Vec::with_capacity(part.rows);
    part.take_into(&mut column, |block| Some(&mut block.active));
    Some(column)
}

/// Blank manager or layer 0; a manager column that is blank throughout says nothing.
fn without_manager_of(part: &mut Dated) -> Option<Vec<bool>> {
    let (mut blank, mut top) = (Vec::new(), Vec::new());
    part.take_into(&mut blank, |block| Some(&mut block.manager_blank));
    part.take_into(&mut top, |block| Some(&mut block.at_top));
    let has_manager = blank.iter().any(|blank| !blank);
    match (part.part.plan.manager.filter(|_| has_manager), part.part.plan.layer) {
        (None, None) => None,
        (Some(_), None) => Some(blank),
        (None, Some(_)) => Some(top),
        (Some(_), Some(_)) => Some(blank.iter().zip(&top).map(|(blank, top)| *blank || *top).collect()),
    }
}

/// A duration over all texts, where one has it. A text without it, or with nothing in it, did not measure it:
/// its rows leave the metric instead of counting as zero.
fn duration_column(dated: &mut [Dated], metric: Metric, total: usize) -> Option<Vec<u32>> {
    let place = |part: &Dated| part.part.plan.durations.iter().position(|(m, _)| *m == metric);
    metric_column(
        dated,
        total,
        place,
        |block, place| block.durations.get_mut(place),
        |cell| cell == BLANK_SECONDS,
        EXCLUDED_SECONDS,
    )
}

/// A count over all texts, likewise.
fn count_column(dated: &mut [Dated], metric: Metric, total: usize) -> Option<Vec<f64>> {
    let place = |part: &Dated| part.part.plan.counts.iter().position(|(m, _)| *m == metric);
    metric_column(dated, total, place, |block, place| block.counts.get_mut(place), f64::is_nan, EXCLUDED_COUNT)
}

fn metric_column<T: Copy>(
    dated: &mut [Dated],
    total: usize,
    place: impl Fn(&Dated) -> Option<usize>,
    cells: impl Fn(&mut BlockRows, usize) -> Option<&mut Vec<T>>,
    is_blank: impl Fn(T) -> bool,
    not_measured: T,
) -> Option<Vec<T>> {
    let several = dated.len() > 1;
    dated.iter().any(|part| place(part).is_some()).then(|| {
        let mut column = Vec::with_capacity(total);
        for part in dated {
            let start = column.len();
            if let Some(place) = place(part) {
                part.take_into(&mut column, |block| cells(block, place));
                if several && column.iter().skip(start).all(|cell| is_blank(*cell)) {
                    column.truncate(start);
                }
            }
            column.resize(start + part.rows, not_measured);
        }
        column
    })
}

/// An attribute as it is put together from the texts.
#[derive(Default)]
struct Gathered {
    values: Vec<String>,
    by_value: HashMap<String, u16>,
    codes: Vec<u16>,
    crowded: bool,
    /// Rows of the texts that have it, and those that are blank.
    rows: usize,
    blanks: usize,
}

/// The attributes of all texts, in the order of the columns; what cannot be one is added to `left_out`.
fn attribute_columns(dated: &mut [Dated], total: usize, left_out: &mut Vec<LeftOut>) -> Vec<Attribute> {
    let mut names: Vec<(String, String)> = Vec::new();
    for (name, _) in dated.iter().flat_map(|part| &part.part.plan.attributes) {
        let key = headers::key(name);
        if !names.iter().any(|(_, known)| *known == key) {
            names.push((name.clone(), key));
        }
    }
    for (header, reason) in dated.iter().flat_map(|part| &part.part.examined.left_out) {
        let is_known = names.iter().any(|(_, known)| *known == headers::key(header));
        if !is_known && !left_out.iter().any(|other| other.header == *header) {
            left_out.push(LeftOut { header: header.clone(), reason: *reason });
        }
    }
    let mut attributes = Vec::new();
    for (name, key) in names {
        let gathered = gather(dated, &key, total);
        match gathered.into_attribute(name, key == headers::LAYER) {
            Ok(attribute) => attributes.push(attribute),
            Err(reason) => left_out.push(reason),
        }
    }
    attributes
}

/// Joins one attribute over all texts. Values get codes as they are first used by a kept row.
fn gather(dated: &mut [Dated], key: &str, total: usize) -> Gathered {
    let mut gathered = Gathered { codes: Vec::with_capacity(total), ..Gathered::default() };
    gathered.code(NOT_SET);
    for part in dated {
        let end = gathered.codes.len() + part.rows;
        let place = part.part.plan.attributes.iter().position(|(name, _)| headers::key(name) == key);
        if let Some(place) = place {
            gathered.crowded |= part.part.rows.crowded.get(place) == Some(&true);
            gathered.rows += part.rows;
            let PartRows { blocks, learned, .. } = &mut part.part.rows;
            let mut codes: Vec<Vec<Option<u16>>> =
                learned.iter().map(|learned| vec![None; values_of(learned, place).len()]).collect();
            for (block, kept) in blocks.iter_mut().zip(&part.kept) {
                let Some(cells) = block.attributes.get_mut(place).map(std::mem::take) else { continue };
                let (Some(codes), Some(learned)) = (codes.get_mut(block.reader), learned.get(block.reader)) else {
                    continue;
                };
                if gathered.crowded {
                    continue;
                }
                for (row, local) in cells.into_iter().enumerate() {
                    if kept.as_ref().is_some_and(|kept| kept.get(row) == Some(&false)) {
                        continue;
                    }
                    let Some(code) = codes.get_mut(usize::from(local)) else { continue };
                    let code = match *code {
                        Some(code) => code,
                        None => {
                            let value =
                                values_of(learned, place).get(usize::from(local)).map_or(NOT_SET, String::as_str);
                            *code.insert(gathered.code(value))
                        }
                    };
                    gathered.blanks += usize::from(code == NOT_SET_CODE);
                    gathered.codes.push(code);
                }
            }
        }
        gathered.codes.resize(end, NOT_SET_CODE);
    }
    gathered
}

fn values_of(learned: &Learned, place: usize) -> &[String] {
    learned.values.get(place).map(Vec::as_slice).unwrap_or_default()
}

impl Gathered {
    fn code(&mut self, value: &str) -> u16 {
        if let Some(code) = self.by_value.get(value) {
            return *code;
        }
        let code = self.values.len() as u16;
        self.values.push(value.to_owned());
        self.by_value.insert(value.to_owned(), code);
        code
    }

    /// The attribute with its values sorted, or why it is none.
    fn into_attribute(self, name: String, is_layer: bool) -> Result<Attribute, LeftOut> {
        let distinct = self.values.len() - 1;
        let words = self.values.iter().skip(1).map(String::as_bytes);
        let reason = if self.crowded || distinct > MOST_VALUES {
            Some(LeftOutReason::TooManyValues)
        } else if self.blanks * 100 > self.rows * 95 {
            Some(LeftOutReason::MostlyBlank)
        } else if distinct < 2 {
            Some(LeftOutReason::Constant)
        } else {
            not_words(words).filter(|_| !is_layer)
        };
        if let Some(reason) = reason {
            return Err(LeftOut { header: name, reason });
        }
        let uses_not_set = self.codes.contains(&NOT_SET_CODE);
        let mut sorted: Vec<(usize, String)> =
            self.values.into_iter().enumerate().filter(|(code, _)| uses_not_set || *code != 0).collect();
        sorted.sort_by(|a, b| a.1.cmp(&b.1));
        let mut places = vec![0_u16; distinct + 1];
        for (place, (code, _)) in sorted.iter().enumerate() {
            if let Some(to) = places.get_mut(*code) {
                *to = place as u16;
            }
        }
        let codes = self.codes.iter().map(|code| places.get(usize::from(*code)).copied().unwrap_or_default()).collect();
        Ok(Attribute { name, values: sorted.into_iter().map(|(_, value)| value).collect(), codes })
    }
}

/// Which text a draft row is from, and its row there.
fn source_of(source_ends: &[u32], row: u32) -> (usize, usize) {
    let source = source_ends.partition_point(|end| *end <= row);
    let start = source.checked_sub(1).and_then(|before| source_ends.get(before)).copied().unwrap_or_default();
    (source, (row - start) as usize)
}

fn conflict_question(dated: &[Dated], source_ends: &[u32], conflict: &ConflictingRows) -> ImportError {
    let line = |row: u32| {
        let (source, row) = source_of(source_ends, row);
        let part = dated.get(source);
        part.map(|part| Place { line: part.line(row), ..place_of(&part.part.examined.part) }).unwrap_or_default()
    };
    let example = conflict.examples.first().map(|[first, second]| (line(*first), line(*second)));
    let (what, place) = match example {
        Some((first, second)) => {
            let and = if first.name == second.name { format!("line {}", second.line) } else { second.to_string() };
            let what = format!(
                "For {} people and periods there are rows that differ, the first ones in {first} and {and}.",
                conflict.person_periods
            );
            (what, second)
        }
        None => (
            format!("For {} people and periods there are rows that differ.", conflict.person_periods),
            Place::default(),
        ),
    };
    Question {
        what,
        why: "Only one row can count, and the files do not say which.".to_owned(),
        options: vec![
            ("--on-conflict newer".to_owned(), "the row that comes last in the files counts".to_owned()),
            ("--on-conflict first".to_owned(), "the row that comes first in the files counts".to_owned()),
        ],
        place: Box::new(place),
    }
    .into()
}

/// Lists the cells that hold more hours than their period has.
fn note_over_limit(dated: &mut [Dated], built: &Built, source_ends: &[u32]) {
    let mut places: Vec<(usize, u64, Metric)> = built
        .over_limit
        .iter()
        .map(|over| {
            let (source, row) = source_of(source_ends, over.row);
            (source, dated.get(source).map_or(0, |part| part.line(row)), over.metric)
        })
        .collect();
    places.sort_unstable();
    let mut listed = vec![0_u64; dated.len()];
    for (source, line, metric) in places {
        let Some(part) = dated.get_mut(source) else { continue };
        let layout = &part.part.examined.layout;
        let header = layout.recognized.column(metric.name()).and_then(|column| layout.headers.get(column));
        part.issues.add(IssueKind::MoreHoursThanPeriod, line, header.map(String::as_str), None);
        if let Some(listed) = listed.get_mut(source) {
            *listed += 1;
        }
    }
    for ((part, source), listed) in dated.iter_mut().zip(&built.sources).zip(listed) {
        let all: usize = source.over_limit.iter().sum();
        if all as u64 > listed {
            part.issues.count_more(IssueKind::MoreHoursThanPeriod, all as u64 - listed);
        }
    }
}
