//! The rows of all texts together: one calendar, one list of people, one set of attributes, one dataset.
//!
//! Nothing here depends on how many threads read: people get their codes in the order of the files, values
//! are sorted, and columns follow the order of the first file that has them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};

use super::attributes;
use super::columns::{self, RowColumns};
use super::container::{Part, place_of};
use super::dated::{Dated, ReadPart, date_rows};
use super::dates;
use super::ids;
use super::options::ImportOptions;
use super::problem::{ImportError, Place, Question, Refusal};
use super::read::Examined;
use super::report::{ImportReport, IssueKind, LeftOut, RowReason, SourceReport};
use super::several;
use super::survey;
use crate::dataset::{Built, ConflictingRows, Dataset, Draft, Era, Grain, Metric};
use crate::text::Sentence;
use crate::work::Cancel;

/// Days in all, so that a period has a code of 16 bits.
const MOST_DAYS: usize = 60_000;

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
    check_parts(&dated, options)?;
    let grain = common_grain(&mut dated, options)?;
    if grain == Grain::Month {
        dated.iter_mut().for_each(Dated::name_months_by_their_first_day);
    }
    let era = common_era(&dated)?;
    let periods: Vec<NaiveDate> =
        dated.iter().flat_map(|part| part.distinct.iter().copied()).collect::<BTreeSet<_>>().into_iter().collect();
    check_weekdays(&dated, &periods, grain, options)?;
    ids::note_other_people(&mut dated);
    let total: usize = dated.iter().map(|part| part.rows).sum();
    if total == 0 {
        return Err(no_rows(&dated));
    }
    if periods.len() > MOST_DAYS || u32::try_from(total).is_err() {
        let what = Sentence::from("There are ").counted(total as u64, "row over ", "rows over ").counted(
            periods.len() as u64,
            "date.",
            "dates.",
        );
        return Err(Refusal::new(what, "That is more than can be held.", "Export a shorter time.").into());
    }
    let mut rows = RowColumns::new();
    for part in &mut dated {
        check()?;
        rows.add_people_and_periods(part, &periods);
    }
    rows.forget_texts();
    let mut draft = Draft {
        era,
        grain,
        periods,
        people: rows.people,
        person: rows.person,
        period: rows.period,
        active: None,
        without_manager: None,
        durations: Vec::new(),
        counts: Vec::new(),
        attributes: Vec::new(),
    };
    draft.active = columns::active(&mut dated, total);
    draft.without_manager = columns::without_manager(&mut dated, total);
    for metric in Metric::ALL {
        check()?;
        if let Some(column) = columns::duration(&mut dated, metric) {
            draft.durations.push((metric, column));
        }
        if let Some(column) = columns::count(&mut dated, metric) {
            draft.counts.push((metric, column));
        }
    }
    check()?;
    let mut left_out = Vec::new();
    draft.attributes = attributes::columns(&mut dated, &mut left_out, super::threads(options));
    check()?;
    finish(dated, draft, left_out, options, &rows.source_ends)
}

/// Builds the dataset and the report about it.
fn finish(
    mut dated: Vec<Dated>,
    draft: Draft,
    attributes_left_out: Vec<LeftOut>,
    options: &ImportOptions,
    source_ends: &[u32],
) -> Result<(Dataset, ImportReport), ImportError> {
    // All people of the dataset are of the source, if there is one.
    let people = (source_ends.len() > 1).then(|| columns::people_by_source(&draft, source_ends));
    let built = match draft.build_by_source(options.on_conflict, source_ends, super::threads(options)) {
        Ok(built) => built,
        Err(conflict) => return Err(conflict_question(&dated, source_ends, &conflict)),
    };
    note_over_limit(&mut dated, &built, source_ends);
    let Built { dataset, blank_throughout, sources, .. } = built;
    let people = people.unwrap_or_else(|| vec![dataset.people() as u64]);
    let mut report = ImportReport { attributes_left_out, blank_throughout, ..ImportReport::default() };
    for ((part, source), people) in dated.into_iter().zip(sources).zip(people) {
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
        let Examined { part: file, encoding, layout, era, numbers, kind, .. } = part.part.examined;
        let (issues, issue_counts, issues_total) = part.issues.into_parts();
        let header_of = |column: usize| layout.headers.get(column).cloned().unwrap_or_default();
        let kind_evidence = match options.kind {
            Some(_) => "It was chosen, not recognized.".into(),
            None => format!("Its headers are those of {}.", kind.in_words()).into(),
        };
        let (first, last) = (part.distinct.first().copied(), part.distinct.last().copied());
        let (_, grain_evidence) = part.grain.unwrap_or((dataset.calendar().grain, "As the other files.".into()));
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
            people,
            periods: part.distinct.len() as u64,
            first,
            last,
            week_starts_on: first.filter(|_| grain == Grain::Week).map(|day| day.weekday()),
            date_order: part.order.0,
            encoding: encoding.name(),
            delimiter: layout.dialect.delimiter,
            quote: layout.dialect.style(),
            decimal: numbers.mark,
            container: file.container,
            shape: survey::shape(&layout.headers),
            columns: layout
                .recognized
                .columns
                .iter()
                .map(|(name, column)| ((*name).to_owned(), header_of(*column)))
                .collect(),
            evidence: vec![
                ("kind", kind_evidence),
                ("era", era.1),
                ("grain", grain_evidence),
                ("date_order", part.order.1),
                ("encoding", encoding.evidence.into()),
                ("delimiter", layout.delimiter_evidence.into()),
                ("quote", layout.quote_evidence.into()),
                ("decimal", numbers.evidence),
            ],
            issues,
            issue_counts,
            issues_total,
        });
    }
    Ok((dataset, report))
}

/// Asks which text of an archive or workbook is meant, where two have a period in common.
fn check_parts(dated: &[Dated], options: &ImportOptions) -> Result<(), ImportError> {
    for (place, part) in dated.iter().enumerate().filter(|_| options.part.is_none()) {
        let file = &part.part.examined.part;
        let overlaps = |other: &&Dated| {
            several::is_beside(file, &other.part.examined.part)
                && other.distinct.iter().any(|day| part.distinct.binary_search(day).is_ok())
        };
        if dated.iter().skip(place + 1).any(|other| overlaps(&other)) {
            let parts: Vec<&Part> = dated.iter().map(|part| &part.part.examined.part).collect();
            return Err(several::which_part(
                file,
                &parts,
                "They have periods in common, so they may be versions of one export.",
            ));
        }
    }
    Ok(())
}

/// The one grain of all texts; those with a single day go with the others.
fn common_grain(dated: &mut [Dated], options: &ImportOptions) -> Result<Grain, ImportError> {
    if let Some(grain) = options.grain {
        for part in dated {
            part.grain = Some((grain, "It was chosen, not recognized.".into()));
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
        (None, None) => (Grain::Week, "There is no date.".into()),
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
    let what = format!("The weeks do not all start on a {}.", crate::text::weekday(expected));
    let weekday = crate::text::weekday(day.weekday());
    let why = Sentence::default()
        .dates(&[*day])
        .words(format!(" is a {weekday}, and weeks that overlap cannot stand in one series."));
    let refusal = Refusal::new(what, why, "Export the parts again with one first day of the week.");
    Err(ImportError::from(refusal).in_source(&part.name, part.path.as_ref()))
}

fn no_rows(dated: &[Dated]) -> ImportError {
    let mut reasons: BTreeMap<RowReason, u64> = BTreeMap::new();
    for (reason, count) in dated.iter().flat_map(|part| &part.excluded) {
        *reasons.entry(*reason).or_default() += count;
    }
    let most = reasons.iter().max_by_key(|(_, count)| **count);
    let why = most.map_or_else(
        || Sentence::from("There is nothing below the header."),
        |(reason, count)| {
            Sentence::default()
                .counted(*count, "row was set aside", "rows were set aside")
                .words(format!(" for this reason: {}", reason.sentence()))
        },
    );
    let what_to_do = match most {
        Some((RowReason::UnreadableDate, _)) => "Export it again with dates such as 2024-03-31.",
        _ => "Export the person query again.",
    };
    let error = ImportError::from(Refusal::new("The file has no rows that can be used.", why, what_to_do));
    match dated.first() {
        Some(part) => error.in_source(&part.part.examined.part.name, part.part.examined.part.path.as_ref()),
        None => error,
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
    let differ = Sentence::from("There are rows that differ for ").counted(
        conflict.person_periods as u64,
        "person and period",
        "people and periods",
    );
    let (what, place) = match example {
        Some((first, second)) => {
            let and = if first.name == second.name { format!("line {}", second.line) } else { second.to_string() };
            (differ.words(format!(", the first ones in {first} and {and}.")), second)
        }
        None => (differ.words("."), Place::default()),
    };
    let question = Question::new(
        what,
        "Only one row can count, and the files do not say which.",
        [
            ("--on-conflict newer", "the row that comes last in the files counts".into()),
            ("--on-conflict first", "the row that comes first in the files counts".into()),
        ],
    );
    Question { place: Box::new(place), ..question }.into()
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
