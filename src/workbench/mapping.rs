//! Choosing what the columns of a file hold: of one that was not recognized, or of what is open.

use super::{ColumnsOf, Job, Loadable, Notice, What, Workbench};
use crate::dataset::{Era, Metric};
use crate::import::{self, ImportError, ImportOptions, Source, Survey, SurveyedColumn};
use crate::insights::InsightId;
use crate::privacy::{self, ColumnSamples, Published, Rules};
use crate::work::Cancel;

use super::opening::Told;
use super::provenance::{InsightColumns, columns_among};

/// A file whose columns are being given their meaning.
#[derive(Clone, Debug)]
pub struct ColumnChoice {
    /// What to read.
    what: What,
    /// How it is read otherwise.
    options: ImportOptions,
    /// Its columns.
    pub survey: Survey,
    /// What may be seen of them.
    pub samples: Published<ColumnSamples>,
}

/// Columns that are being looked at, or were.
#[derive(Debug, Default)]
pub(super) struct Mapping {
    ticket: u64,
    /// What was refused because its headers are not known.
    refused: Option<(What, ImportOptions)>,
    choice: Loadable<ColumnChoice>,
}

/// A column's meaning: canonical name and header.
pub type Meaning = (String, String);

impl ColumnChoice {
    /// What a column can be said to hold: canonical names, in the order in which they are offered.
    #[must_use]
    pub fn meanings() -> Vec<&'static str> {
        import::meanings()
    }

    /// The meaning that each column starts with: what was chosen before, else what is recognized, else what is proposed.
    #[must_use]
    pub fn start(&self) -> Vec<Option<&'static str>> {
        let chosen = |column: &SurveyedColumn| {
            let header = column.header.trim();
            let known = self.options.columns.iter().find(|(_, chosen)| chosen.trim() == header);
            known.and_then(|(name, _)| import::meanings().into_iter().find(|meaning| meaning == name))
        };
        let is_chosen_elsewhere = |name: &str| self.options.columns.iter().any(|(chosen, _)| chosen == name);
        let start = |column: &SurveyedColumn| {
            chosen(column).or(column.canonical.or(column.proposal).filter(|name| !is_chosen_elsewhere(name)))
        };
        self.survey.columns.iter().map(start).collect()
    }

    /// Gives one column another meaning, and takes it from the one that had it. A recognized column that nobody stands in
    /// for any more is what it was: it can be replaced, not left out.
    pub fn assign(&self, meanings: &mut [Option<&'static str>], column: usize, meaning: Option<&'static str>) {
        for (place, known) in meanings.iter_mut().enumerate() {
            if place == column {
                *known = meaning;
            } else if meaning.is_some() && *known == meaning {
                *known = None;
            }
        }
        for (place, column) in self.survey.columns.iter().enumerate() {
            let Some(name) = column.canonical else { continue };
            if !meanings.contains(&Some(name))
                && let Some(known) = meanings.get_mut(place)
            {
                *known = Some(name);
            }
        }
    }

    /// What has to be said to read columns with these meanings: those that are not recognized as such anyway.
    #[must_use]
    pub fn to_say(&self, meanings: &[Option<&'static str>]) -> Vec<Meaning> {
        let columns = self.survey.columns.iter().zip(meanings);
        let new = columns.filter_map(|(column, meaning)| {
            let name = (*meaning)?;
            (column.canonical != Some(name)).then(|| (name.to_owned(), column.header.clone()))
        });
        new.collect()
    }

    /// What keeps columns of these meanings from being read; `None` where nothing does.
    #[must_use]
    pub fn problem(meanings: &[Option<&'static str>]) -> Option<MeaningProblem> {
        let count = |name: &str| meanings.iter().filter(|meaning| **meaning == Some(name)).count();
        if count("person_id") == 0 {
            return Some(MeaningProblem::NoPerson);
        }
        if count("period") == 0 {
            return Some(MeaningProblem::NoPeriod);
        }
        let is_metric = |meaning: &Option<&'static str>| meaning.and_then(Metric::from_name).is_some();
        (!meanings.iter().any(is_metric)).then_some(MeaningProblem::NoMetric)
    }

    /// For each insight the columns that it lacks with these meanings; empty where it can be computed.
    #[must_use]
    pub fn lacking(meanings: &[Option<&'static str>]) -> Vec<(InsightId, Vec<Metric>)> {
        let has = |metric: Metric| meanings.contains(&Some(metric.name()));
        let lacking = InsightId::ALL.into_iter().map(|id| match columns_among(id, Era::Undecided, has) {
            InsightColumns::Used(_) => (id, Vec::new()),
            InsightColumns::Missing(metrics) => (id, metrics),
        });
        lacking.collect()
    }
}

/// What keeps chosen meanings from being used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeaningProblem {
    /// No column tells people apart.
    NoPerson,
    /// No column holds dates of periods.
    NoPeriod,
    /// No column holds a metric.
    NoMetric,
}

/// Looks at the columns of a file, wherever it is called.
pub(super) fn survey(what: &What, options: &ImportOptions, cancel: &Cancel) -> Result<ColumnChoice, ImportError> {
    let What::Sources(sources) = what else { return Err(ImportError::Cancelled) };
    if sources.contains(&Source::StandardInput) {
        return Err(ImportError::Cancelled);
    }
    let survey = import::survey(sources, options, cancel)?;
    let samples = privacy::column_samples(&survey, Rules::default_of(Era::Undecided));
    Ok(ColumnChoice { what: what.clone(), options: options.clone(), survey, samples })
}

/// The columns that are proposed for a file whose headers are not known; none where it cannot be looked at.
#[must_use]
pub fn proposed_columns(what: &What, options: &ImportOptions) -> Vec<Meaning> {
    match survey(what, options, &Cancel::default()) {
        Ok(choice) => choice.to_say(&choice.start()),
        Err(_) => Vec::new(),
    }
}

impl Mapping {
    /// Notes what was refused: its columns can be given a meaning, or it can be read as another kind.
    pub(super) fn note_refused(&mut self, refused: (What, ImportOptions)) {
        self.refused = Some(refused);
    }

    /// What was refused last.
    pub(super) fn refused(&self) -> Option<(What, ImportOptions)> {
        self.refused.clone()
    }
}

impl Workbench {
    /// The file whose columns are being given their meaning.
    #[must_use]
    pub fn column_choice(&self) -> Option<&ColumnChoice> {
        self.mapping.choice.latest().filter(|_| !self.mapping.choice.is_working())
    }

    /// Looks at columns.
    pub(super) fn choose_columns(&mut self, of: ColumnsOf) -> Option<Job> {
        let (what, options) = match of {
            ColumnsOf::Open => self.opened().map(|opened| (opened.what.clone(), opened.options.clone()))?,
            ColumnsOf::Refused => self.mapping.refused.clone()?,
        };
        if matches!(what, What::Sample) {
            return None;
        }
        self.mapping.ticket += 1;
        self.mapping.choice.start();
        Some(Job::Survey { what, options, ticket: self.mapping.ticket })
    }

    /// Takes what was seen of the columns.
    pub(super) fn surveyed(&mut self, ticket: u64, result: Result<ColumnChoice, ImportError>) {
        if ticket != self.mapping.ticket || !self.mapping.choice.is_working() {
            return;
        }
        self.mapping.choice = Loadable::Absent;
        match result {
            Ok(choice) => self.mapping.choice = Loadable::Ready(choice),
            Err(ImportError::Refused(refusal)) => self.notices.push(Notice::of_refusal(refusal)),
            Err(ImportError::Cancelled | ImportError::Question(_)) => {}
        }
    }

    /// Reads the file with these meanings.
    pub(super) fn read_with_columns(&mut self, columns: Vec<Meaning>) -> Option<Job> {
        let choice = std::mem::take(&mut self.mapping).choice;
        let ColumnChoice { what, options, .. } = choice.latest()?.clone();
        self.start_import(what, ImportOptions { columns, ..options }, Told::Now)
    }

    /// Leaves the columns as they are.
    pub(super) fn drop_column_choice(&mut self) {
        self.mapping.choice = Loadable::Absent;
    }
}
