//! Opening exports and answering questions about them: the same for the window and the command line.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use chrono::{Local, NaiveDate, Weekday};
use sysinfo::System;

use super::FileChange;
use super::checking::{self, Noticed};
use crate::dataset::{Dataset, Filter, Grain, GroupBy};
use crate::import::{self, ImportError, ImportOptions, ImportReport, Imported, Source};
use crate::insights::{GroupName, Panel};
use crate::privacy::{
    self, Change, Choices, Findings, Guarded, Hidden, InsightId, Published, Question, Roll, Rules, ShownAttribute,
};
use crate::project::store::is_project;
use crate::quality::{Judgement, Severity};
use crate::sample::{self, Company, SampleOptions};
use crate::work::{Cancel, Progress, give_memory_back, together};

/// What to open.
#[derive(Clone, Debug)]
pub enum What {
    /// Exports, folders or bytes.
    Sources(Vec<Source>),
    /// The built-in sample company.
    Sample,
}

impl What {
    /// Exports by path.
    #[must_use]
    pub fn paths(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        Self::Sources(paths.into_iter().map(Source::Path).collect())
    }

    /// The project among it, if there is one.
    pub(super) fn project(&self) -> Option<PathBuf> {
        let Self::Sources(sources) = self else { return None };
        sources.iter().find_map(|source| match source {
            Source::Path(path) if is_project(path) => Some(path.clone()),
            _ => None,
        })
    }
}

/// An opened export, or several stacked.
#[derive(Clone, Debug)]
pub struct Opened {
    /// What was asked for.
    pub what: What,
    /// How it was asked to be read.
    pub options: ImportOptions,
    /// The name on the screen.
    pub name: String,
    /// The rows, as they are in the file: days are still days.
    pub dataset: Arc<Dataset>,
    /// What the reader saw.
    pub report: Arc<ImportReport>,
    /// What was named looked so when it was read.
    pub stamps: Vec<Stamp>,
    /// What each file that was read looked like then; those in a folder one by one.
    pub files: Vec<Stamp>,
    /// The headers of the first export, to know files with the same ones again; `None` where nobody asked for it.
    pub shape: Option<String>,
    /// For how many columns of unknown headers a meaning is proposed.
    pub proposals: usize,
    /// Whether `options` are those that were kept for files with these headers.
    pub is_read_as_kept: bool,
    /// What questions are asked of.
    asked: Asked,
}

/// The rows as the insights see them, days summed to weeks, with what questions about them have in common.
#[derive(Clone, Debug)]
struct Asked {
    panel: Arc<InWeeks>,
    /// Of a file of days that has inactive rows the same with them, made when somebody first asks anything: whether
    /// they may be included is told before it is clicked.
    with_inactive: OnceLock<Arc<InWeeks>>,
}

#[derive(Debug)]
struct InWeeks {
    guarded: Guarded,
    /// Weeks that a file of days cuts, and the rows in them.
    cut_weeks: Vec<NaiveDate>,
    cut_week_rows: u64,
    /// What the data check noticed without inactive rows, and with them, once somebody has asked anything.
    noticed: [OnceLock<Noticed>; 2],
}

impl InWeeks {
    /// What the data check noticed of everyone, with inactive rows or without. It hangs on nothing else.
    fn noticed(&self, report: &ImportReport, include_inactive: bool) -> &Noticed {
        let [without, with] = &self.noticed;
        let place = if include_inactive { with } else { without };
        place.get_or_init(|| Noticed::of(report, self.guarded.dataset(), include_inactive, &self.cut_weeks))
    }

    fn of(dataset: &Arc<Dataset>, options: &ImportOptions, include_inactive: bool) -> Self {
        if dataset.calendar().grain != Grain::Day {
            return Self {
                guarded: Guarded::new(Panel::new(Arc::clone(dataset))),
                cut_weeks: Vec::new(),
                cut_week_rows: 0,
                noticed: Default::default(),
            };
        }
        let weeks = dataset.summed_to_weeks(options.week_start.unwrap_or(Weekday::Sun), include_inactive);
        Self {
            guarded: Guarded::new(Panel::new(Arc::new(weeks.dataset))),
            cut_weeks: weeks.cut_weeks,
            cut_week_rows: weeks.cut_week_rows as u64,
            noticed: Default::default(),
        }
    }
}

/// What a file looked like when it was read, to notice that it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The file.
    pub path: PathBuf,
    /// Its length and time of last change; `None` when it could not be asked.
    pub state: Option<(u64, SystemTime)>,
}

impl Stamp {
    /// Looks at a file now.
    #[must_use]
    pub fn of(path: PathBuf) -> Self {
        let meta = std::fs::metadata(&path).ok();
        let state = meta.and_then(|meta| Some((meta.len(), meta.modified().ok()?)));
        Self { path, state }
    }

    /// What became of files that looked like `before` and look like `now`; `None` where they look the same.
    #[must_use]
    pub fn change(before: &[Self], now: &[Self]) -> Option<FileChange> {
        if before == now {
            return None;
        }
        let is_gone = now.iter().any(|stamp| stamp.state.is_none());
        Some(if is_gone { FileChange::Gone } else { FileChange::Written })
    }
}

impl Opened {
    /// Whether this is the built-in sample company.
    #[must_use]
    pub fn is_sample(&self) -> bool {
        matches!(self.what, What::Sample)
    }

    /// The attribute to group by until somebody chooses: Organization if present, else the first.
    #[must_use]
    pub fn default_attribute(&self) -> Option<String> {
        let organization = self.dataset.attribute("Organization").or_else(|| self.dataset.attribute("Organisation"));
        organization.or_else(|| self.dataset.attributes().first()).map(|attribute| attribute.name.clone())
    }

    /// What is grouped by until somebody chooses: the default attribute, where there is any.
    #[must_use]
    pub fn default_by(&self) -> Vec<GroupBy> {
        self.default_attribute().into_iter().map(GroupBy::from).collect()
    }

    /// The rules that apply until somebody raises the minimum group size.
    #[must_use]
    pub fn default_rules(&self) -> Rules {
        Rules::default_of(self.dataset.era())
    }

    /// What a question is asked of. Of a file of days inactive rows are summed into weeks or not, so that there are
    /// two of them.
    fn asked(&self, include_inactive: bool) -> &Arc<InWeeks> {
        if !include_inactive || self.dataset.calendar().grain != Grain::Day || self.dataset.active().is_none() {
            return &self.asked.panel;
        }
        self.asked.with_inactive.get_or_init(|| Arc::new(InWeeks::of(&self.dataset, &self.options, true)))
    }

    /// Decides beforehand what the first steps of the filter will need, so that they are answered at once.
    pub(super) fn prepare(&self, rules: Rules, cancel: &Cancel) {
        self.asked(false).guarded.prepare(rules, || cancel.is_cancelled());
        give_memory_back();
    }

    /// The answer to a question, with no more than its shares.
    pub(super) fn shares(&self, question: &Question, rules: Rules) -> Result<Published<Findings>, Hidden> {
        privacy::answer(&self.asked(question.filter.include_inactive).guarded, question, rules)
    }

    /// What may be seen of a plan.
    #[must_use]
    pub fn plan(&self, question: &privacy::PlanQuestion, rules: Rules) -> Published<privacy::PlanNumbers> {
        privacy::plan(&self.asked(false).guarded, question, rules)
    }

    /// What may be seen of a "what if".
    ///
    /// # Errors
    /// When the question names something that is not there or not to be seen.
    pub fn what_if(
        &self,
        question: &privacy::WhatIfQuestion,
        rules: Rules,
    ) -> Result<Published<privacy::WhatIf>, Hidden> {
        privacy::what_if(&self.asked(question.filter.include_inactive).guarded, question, rules)
    }

    /// What may be seen of a comparison of two windows.
    ///
    /// # Errors
    /// When the windows cannot be compared.
    pub fn compare(
        &self,
        question: &privacy::CompareQuestion,
        rules: Rules,
    ) -> Result<Published<privacy::Comparison>, privacy::WindowProblem> {
        privacy::compare(&self.asked(question.filter.include_inactive).guarded, question, rules)
    }

    /// What a comparison could be of, under the switches of a filter.
    #[must_use]
    pub fn compare_choices(&self, filter: &Filter, rules: Rules) -> Published<privacy::CompareChoices> {
        let guarded = &self.asked(filter.include_inactive).guarded;
        privacy::compare_choices(guarded, filter, self.default_attribute().as_deref(), rules)
    }

    /// The metrics that can be explored.
    #[must_use]
    pub fn metrics(&self) -> Vec<privacy::MeanMetric> {
        privacy::explorable(&self.asked(false).guarded)
    }

    /// What may be seen of a metric.
    pub(super) fn explore(
        &self,
        question: &privacy::ExploreQuestion,
        rules: Rules,
    ) -> Result<Published<privacy::Exploration>, Hidden> {
        privacy::explore(&self.asked(question.filter.include_inactive).guarded, question, rules)
    }

    /// The length of a period as the insights see it: days are summed to weeks.
    #[must_use]
    pub fn is_by_month(&self) -> bool {
        self.dataset.calendar().grain == Grain::Month
    }
}

/// Reads exports or generates the sample company.
///
/// # Errors
/// When nothing can be read, a question is open, or the work was cancelled.
pub fn open(what: &What, options: &ImportOptions, progress: &Progress, cancel: &Cancel) -> Result<Opened, ImportError> {
    let today = options.today.or_else(|| Some(Local::now().date_naive()));
    let free_memory = options.free_memory.or_else(free_memory);
    let options = ImportOptions { today, free_memory, ..options.clone() };
    let (name, sources) = match what {
        What::Sample => {
            let name = sample_name();
            (name.clone(), vec![Source::Bytes { name, bytes: sample_bytes().into() }])
        }
        What::Sources(sources) => (name_of(sources), sources.clone()),
    };
    let stamps = sources.iter().filter_map(|source| match source {
        Source::Path(path) => Some(Stamp::of(path.clone())),
        _ => None,
    });
    let stamps = stamps.collect();
    let Imported { dataset, report } = import::import(&sources, &options, progress, cancel)?;
    give_memory_back();
    let files = report.files().filter_map(|(_, path, _)| path.map(|path| Stamp::of(path.to_path_buf()))).collect();
    let (dataset, report) = (Arc::new(dataset), Arc::new(report));
    let asked = Asked { panel: Arc::new(InWeeks::of(&dataset, &options, false)), with_inactive: OnceLock::new() };
    Ok(Opened {
        what: what.clone(),
        options,
        name,
        dataset,
        report,
        stamps,
        files,
        shape: None,
        proposals: 0,
        is_read_as_kept: false,
        asked,
    })
}

/// Bytes of memory that programs can have now; `None` where the system does not say.
fn free_memory() -> Option<u64> {
    let mut system = System::new().ok()?;
    system.refresh_memory();
    Some(system.available_memory()).filter(|free| *free > 0)
}

/// What the sample company is called on the screen.
pub(super) fn sample_name() -> String {
    format!("Sample company: {}", sample::NAME)
}

/// The export of the sample company, the same every time.
pub(super) fn sample_bytes() -> Vec<u8> {
    let company = Company::generate(&SampleOptions::default());
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    let _ = company.write_person_query(None, &mut bytes);
    bytes
}

/// The name of a file, or of the first of several.
pub(super) fn name_of(sources: &[Source]) -> String {
    let name = |source: &Source| match source {
        Source::Path(path) => {
            path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
        }
        Source::Bytes { name, .. } => name.clone(),
        Source::StandardInput => "standard input".to_owned(),
    };
    match sources {
        [] => String::new(),
        [one] => name(one),
        [first, rest @ ..] => format!("{} and {} more", name(first), rest.len()),
    }
}

/// Everything that the screens show about one question.
#[derive(Clone, Debug)]
pub struct Results {
    /// The question.
    pub question: Question,
    /// The rules in force.
    pub rules: Rules,
    /// The findings, or why there are none.
    pub findings: Result<Published<Findings>, Hidden>,
    /// Each insight's change since the earlier half; empty where it cannot be told.
    pub changes: Vec<Change>,
    /// Attributes and values that may be named.
    pub attributes: Published<Vec<ShownAttribute>>,
    /// What the filter could be changed to.
    pub choices: Published<Choices>,
    /// The data check.
    pub checks: Vec<privacy::Check>,
    /// Who is in the file.
    pub roll: Published<Roll>,
    /// One verdict an insight.
    pub verdicts: Vec<Judgement>,
    /// Rows of a file of days that are in no whole week.
    pub cut_week_rows: u64,
    /// What the question was asked of.
    of: Arc<InWeeks>,
}

impl Results {
    /// The change of an insight since the earlier half.
    #[must_use]
    pub fn change(&self, id: InsightId) -> Option<&Change> {
        self.changes.iter().find(|change| change.id == id)
    }

    /// The verdict of an insight.
    #[must_use]
    pub fn verdict(&self, id: InsightId) -> Option<&Judgement> {
        self.verdicts.iter().find(|judgement| judgement.insight == id)
    }

    /// Why nothing can be told about the file as a whole: the question leaves nobody out, and still there are
    /// too few people. `None` where findings are there, or where another selection could have some.
    #[must_use]
    pub fn too_small_a_file(&self) -> Option<&Hidden> {
        let hidden = self.findings.as_ref().err().filter(|hidden| **hidden == Hidden::TooFewPeople);
        hidden.filter(|_| self.question.filter == Filter::default())
    }

    /// Whether anything calls for care.
    #[must_use]
    pub fn needs_care(&self) -> bool {
        self.checks.iter().any(|check| check.severity > Severity::Note)
    }
}

/// Answers a question about an opened export. Parts of an earlier answer that the question leaves as they are
/// are taken over: the numbers are the same with and without it, and it may be of another file.
#[must_use]
pub fn evaluate(opened: &Opened, question: &Question, rules: Rules, previous: Option<&Results>) -> Results {
    let of = opened.asked(question.filter.include_inactive);
    let guarded = &of.guarded;
    let previous = previous.filter(|previous| Arc::ptr_eq(&previous.of, of) && previous.rules == rules);
    let same_settings = previous.filter(|previous| previous.question.settings == question.settings);
    // Neither hangs on the attribute that is grouped by; what may be named hangs on no question at all.
    let same_filter = |previous: &&Results| previous.question.filter == question.filter;
    let changes = || match same_settings.filter(same_filter) {
        Some(previous) => previous.changes.clone(),
        None => privacy::change_since_earlier_half(guarded, question, rules)
            .map(|changes| changes.to_vec())
            .unwrap_or_default(),
    };
    let choices = || match previous.filter(same_filter) {
        Some(previous) => previous.choices.clone(),
        None => {
            let other = opened.asked(!question.filter.include_inactive);
            let other = (!Arc::ptr_eq(of, other)).then_some(&other.guarded);
            privacy::choices(guarded, other, &question.filter, rules)
        }
    };
    let (changes, (choices, (mut results, held))) =
        together(changes, || together(choices, || answer(opened, question, rules, previous)));
    results.changes = changes.into_iter().filter(|change| !held.contains(&change.id)).collect();
    results.choices = choices;
    if let Some(previous) = same_settings.filter(same_filter) {
        results.take_effects(&previous.checks);
    }
    results
}

/// The same without what only a screen shows: no changes since the earlier half, and nothing to choose from.
#[must_use]
pub fn evaluate_once(opened: &Opened, question: &Question, rules: Rules) -> Results {
    answer(opened, question, rules, None).0
}

/// The answer, and the insights whose numbers are held back.
fn answer(opened: &Opened, question: &Question, rules: Rules, previous: Option<&Results>) -> (Results, Vec<InsightId>) {
    let of = opened.asked(question.filter.include_inactive);
    let InWeeks { guarded, cut_week_rows, .. } = of.as_ref();
    let answer = || privacy::answer(guarded, question, rules);
    let notice = || of.noticed(&opened.report, question.filter.include_inactive);
    let (findings, noticed) = together(answer, notice);
    let attributes = previous.map(|previous| previous.attributes.clone());
    let attributes = attributes.unwrap_or_else(|| privacy::shown_values(guarded, rules));
    let same_rows = |previous: &&Results| previous.question.filter.include_inactive == question.filter.include_inactive;
    let roll = match previous.filter(same_rows) {
        Some(previous) => previous.roll.clone(),
        None => privacy::roll(guarded, question.filter.include_inactive, &attributes, rules),
    };
    let checked = checking::check(opened, &question.filter, rules, &findings, noticed, &attributes);
    let held = checked.held_back(&question.settings);
    let results = Results {
        question: question.clone(),
        rules,
        changes: Vec::new(),
        checks: checked.checks,
        choices: privacy::no_choices(),
        roll,
        attributes,
        verdicts: checked.verdicts,
        cut_week_rows: *cut_week_rows,
        findings: findings.map(|findings| findings.holding_back(&held)),
        of: Arc::clone(of),
    };
    (results, held)
}

/// Groups whose names sound customer-facing: suggested when a file is first opened.
#[must_use]
pub fn suggested_customer_facing(results: &Results) -> Vec<GroupName> {
    let by = results.question.by.first();
    let attributes = results.attributes.iter().filter(|shown| by.is_some_and(|by| by.has(&shown.name)));
    let groups = attributes.flat_map(|shown| {
        let values = shown.values.iter().filter(|value| value.looks_customer_facing);
        values.map(|value| GroupName { attribute: shown.name.clone(), value: value.value.clone() })
    });
    groups.collect()
}
