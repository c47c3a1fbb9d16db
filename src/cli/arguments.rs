//! The program's arguments: every setting that changes a number is an option.

use std::path::{Path, PathBuf};

use chrono::{NaiveDate, Weekday};
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::Failure;
use crate::dataset::{AttributeFilter, Dataset, Era, Filter, Grain, OnConflict};
use crate::import::{DateOrder, ImportOptions, PartChoice, QueryKind, QuoteStyle, Source};
use crate::insights::{self, GroupName, InsightId};
use crate::privacy::Rules;
use crate::project::store::{self, is_project};
use crate::workbench::{What, read_group};

/// See customer focus in a Viva Insights or Workplace Analytics export.
///
/// Without a command the window opens. Everything stays on this computer.
#[derive(Debug, Parser)]
#[command(name = "customer-focus", version, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) window: WindowArguments,
}

/// Arguments of the window.
#[derive(Clone, Debug, Default, Args)]
pub struct WindowArguments {
    /// A project, exports, a folder of them, or - for standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Open the built-in sample company
    #[arg(long)]
    pub sample: bool,
    /// Draw with this renderer only
    #[arg(long, value_enum)]
    pub renderer: Option<Renderer>,
}

/// How the window is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Renderer {
    /// OpenGL.
    Glow,
    /// Vulkan, Metal or DirectX.
    Wgpu,
}

impl WindowArguments {
    /// What to open at the start; `None` for an empty window.
    #[must_use]
    pub fn what(&self) -> Option<What> {
        if self.sample {
            return Some(What::Sample);
        }
        (!self.files.is_empty()).then(|| What::Sources(sources(&self.files)))
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// The insights of exports, as a table, JSON or CSV
    Insights(ReadArguments),
    /// What a file is, what is odd about it, and what it is fit for
    Check(ReadArguments),
    /// One metric by groups, over time and in its distribution
    Explore(ExploreArguments),
    /// How the metrics changed between two windows of weeks, for everyone and for cohorts
    Compare(Box<CompareArguments>),
    /// Time of groups with themselves and with each other, from a group-to-group query
    Between(Box<BesideArguments>),
    /// Meetings with people from outside by who initiated them, from a meeting query
    Meetings(Box<MeetingsArguments>),
    /// Time with the accounts that matter, from an export of time with contacts, as a table, JSON or CSV
    Contacts(super::contacts::ContactArguments),
    /// Write the sample company's exports, and its list of accounts, into a folder
    Sample(SampleArguments),
}

#[derive(Debug, Args)]
pub(super) struct ReadArguments {
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    pub(super) settings: Settings,
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    pub(super) format: Format,
}

/// Arguments of `compare`.
#[derive(Debug, Args)]
pub(super) struct CompareArguments {
    #[command(flatten)]
    pub(super) files: Files,
    /// The earlier window, by the first days of its first and last week
    #[arg(long, value_name = "FROM..TO")]
    pub(super) baseline: String,
    /// The later window: as many weeks
    #[arg(long, value_name = "FROM..TO")]
    pub(super) current: String,
    /// Beside everyone: these people, or "managers", or "leaders" of managers; may be repeated
    #[arg(long, value_name = "ATTRIBUTE=VALUE,...")]
    pub(super) cohort: Vec<String>,
    /// Held steady within this part of the mean before
    #[arg(long, value_name = "PART", default_value_t = 0.05)]
    pub(super) margin: f64,
    #[command(flatten)]
    pub(super) settings: Settings,
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    pub(super) format: TableFormat,
}

/// Arguments of `explore`.
#[derive(Debug, Args)]
pub(super) struct ExploreArguments {
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    pub(super) settings: Settings,
    /// Which metric, by its name in the JSON of insights, such as external_hours
    #[arg(long, value_name = "NAME")]
    pub(super) metric: String,
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    pub(super) format: Format,
}

/// Arguments of `between`, and what `meetings` has in common with it.
#[derive(Debug, Args)]
pub(super) struct BesideArguments {
    #[command(flatten)]
    pub(super) files: Files,
    /// The earlier window, by the first days of its first and last period [default: the earlier half]
    #[arg(long, value_name = "FROM..TO")]
    pub(super) baseline: Option<String>,
    /// The later window: as many periods [default: the later half]
    #[arg(long, value_name = "FROM..TO")]
    pub(super) current: Option<String>,
    /// Leave out a period; may be repeated
    #[arg(long, value_name = "DATE")]
    pub(super) without: Vec<NaiveDate>,
    /// Minimum group size, at least 5 [default: 5 for Workplace Analytics, 10 for Viva]
    #[arg(long, value_name = "N")]
    pub(super) min_group: Option<usize>,
    /// How dates are written: ymd, mdy, dmy, or as numbers of days: excel, excel-1904, days-1970
    #[arg(long, value_parser = date_order)]
    date_order: Option<DateOrder>,
    /// The encoding of the text, such as utf-8 or windows-1252
    #[arg(long)]
    encoding: Option<String>,
    /// The character between cells; "tab" for a tab
    #[arg(long, value_parser = delimiter)]
    delimiter: Option<u8>,
    /// The decimal mark: . or ,
    #[arg(long, value_parser = decimal)]
    decimal: Option<u8>,
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    pub(super) format: TableFormat,
}

impl BesideArguments {
    /// How to read the files.
    pub(super) fn import_options(&self) -> ImportOptions {
        ImportOptions {
            date_order: self.date_order,
            encoding: self.encoding.clone(),
            delimiter: self.delimiter,
            decimal: self.decimal,
            ..ImportOptions::default()
        }
    }
}

/// Arguments of `meetings`.
#[derive(Debug, Args)]
pub(super) struct MeetingsArguments {
    #[command(flatten)]
    pub(super) beside: BesideArguments,
    /// Group meetings by us by this attribute of their organizers [default: Organization]
    #[arg(long, value_name = "ATTRIBUTE")]
    pub(super) by: Option<String>,
    /// The export holds only meetings with people from outside
    #[arg(long)]
    pub(super) only_external: bool,
    /// A domain of the company itself, where no column says whether organizers are internal; may be repeated
    #[arg(long, value_name = "DOMAIN")]
    pub(super) own_domain: Vec<String>,
}

/// The exports of a command.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Files {
    /// Exports, a folder of them, or - for standard input; parts of one query are stacked
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The built-in sample company instead of files
    #[arg(long)]
    sample: bool,
    #[arg(skip)]
    given: Option<What>,
}

impl From<What> for Files {
    fn from(what: What) -> Self {
        Self { given: Some(what), ..Self::default() }
    }
}

impl From<&WindowArguments> for Files {
    fn from(window: &WindowArguments) -> Self {
        Self { files: window.files.clone(), sample: window.sample, given: None }
    }
}

impl Files {
    pub(super) fn what(&self) -> Result<What, Failure> {
        if let Some(what) = &self.given {
            return Ok(what.clone());
        }
        if let Some(project) = self.files.iter().find(|path| is_project(path)) {
            return Err(not_an_export(project));
        }
        match (self.sample, self.files.is_empty()) {
            (true, true) => Ok(What::Sample),
            (false, false) => Ok(What::Sources(sources(&self.files))),
            (true, false) => Err(Failure::arguments(
                "Both --sample and a file were given.",
                "The sample company stands in place of a file.",
                "Give one of them.",
            )),
            (false, true) => Err(Failure::arguments(
                "No file was given.",
                "The command needs an export to read.",
                "Give a file, a folder, - for standard input, or --sample.",
            )),
        }
    }
}

/// A project is no export; it names those that it was made from.
fn not_an_export(project: &Path) -> Failure {
    let name = project.display();
    let exports: Vec<String> = (store::read(project).map(|document| document.sources).unwrap_or_default().into_iter())
        .map(|source| if source.is_sample { "--sample".to_owned() } else { source.path })
        .collect();
    let what_to_do = if exports.is_empty() {
        "Give this command an export, or open the project in the window.".to_owned()
    } else {
        format!("Give this command the exports of the project: {}.", exports.join(" "))
    };
    Failure::arguments(
        &format!("{name} is a project, not an export."),
        "A project names exports; it holds no rows.",
        &what_to_do,
    )
}

fn sources(files: &[PathBuf]) -> Vec<Source> {
    let source = |path: &PathBuf| {
        if path.as_os_str() == "-" { Source::StandardInput } else { Source::Path(path.clone()) }
    };
    files.iter().map(source).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Table,
    Json,
    Csv,
}

/// How a comparison is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TableFormat {
    Table,
    Json,
}

/// Arguments of `sample`.
#[derive(Debug, Args)]
pub struct SampleArguments {
    /// The folder to write into; made if it is not there
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    /// How many people
    #[arg(long, default_value_t = 1200, value_parser = clap::value_parser!(u32).range(1..=i64::from(crate::sample::MAX_PEOPLE)))]
    pub(super) people: u32,
    /// How many weeks
    #[arg(long, default_value_t = 26, value_parser = clap::value_parser!(u32).range(1..=i64::from(crate::sample::MAX_WEEKS)))]
    pub(super) weeks: u32,
    /// Another seed gives another company of the same kind
    #[arg(long, default_value_t = crate::sample::SampleOptions::default().seed)]
    pub(super) seed: u64,
    /// Whose headers and formats
    #[arg(long, value_enum, default_value = "viva")]
    pub(super) era: SampleEra,
    /// How many columns; filled up with further columns of real exports
    #[arg(long)]
    pub(super) columns: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SampleEra {
    Viva,
    Wpa,
}

impl From<SampleEra> for Era {
    fn from(era: SampleEra) -> Self {
        match era {
            SampleEra::Viva => Self::Viva,
            SampleEra::Wpa => Self::Wpa,
        }
    }
}

/// Every setting that changes a number.
#[derive(Clone, Debug, Default, Args)]
pub struct Settings {
    /// Group by this attribute, or by two at once as in Organization+Level; may be repeated
    #[arg(long, value_name = "ATTRIBUTE")]
    pub(super) by: Vec<String>,
    /// Keep these people; the same attribute again = or, another = and; \= is an = within a name
    #[arg(long = "where", value_name = "ATTRIBUTE=VALUE")]
    conditions: Vec<String>,
    /// First period
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    /// Last period
    #[arg(long, value_name = "DATE")]
    to: Option<NaiveDate>,
    /// Leave out a period; may be repeated
    #[arg(long, value_name = "DATE")]
    without: Vec<NaiveDate>,
    /// Minimum group size, at least 5 [default: 5 for Workplace Analytics, 10 for Viva]
    #[arg(long, value_name = "N")]
    pub(super) min_group: Option<usize>,
    /// A group whose external time is favorable when high; may be repeated
    #[arg(long, value_name = "ATTRIBUTE=VALUE")]
    customer_facing: Vec<String>,
    /// Keep rows whose IsActive is FALSE
    #[arg(long)]
    include_inactive: bool,
    /// Leave out people with under 5 collaboration hours a week
    #[arg(long)]
    without_low_activity: bool,
    /// Co-attended above this share of meeting hours [default: 0.30]
    #[arg(long, value_name = "SHARE")]
    co_attended: Option<f64>,
    /// Smallest gap of a group to focus on [default: 0.05]
    #[arg(long, value_name = "SHARE")]
    gap: Option<f64>,
    /// Boundary of the top quartile of external share
    #[arg(long, value_name = "SHARE")]
    q3: Option<f64>,
    /// Show an insight though the data check found it not fit, such as external_over_8h; may be repeated
    #[arg(long, value_name = "INSIGHT", value_parser = insight)]
    show_anyway: Vec<InsightId>,
    /// Map a column, such as external_hours="Externe Zusammenarbeit"; may be repeated
    #[arg(long, value_name = "NAME=HEADER")]
    column: Vec<String>,
    /// The product that the export is from: viva or wpa
    #[arg(long, value_parser = era)]
    era: Option<Era>,
    /// The kind of query
    #[arg(long, value_parser = kind)]
    kind: Option<QueryKind>,
    /// The length of a period: day, week or month
    #[arg(long, value_parser = grain)]
    grain: Option<Grain>,
    /// The first day of a week, for exports by day: sunday, monday ...
    #[arg(long, value_parser = weekday)]
    week_start: Option<Weekday>,
    /// How dates are written: ymd, mdy, dmy, or as numbers of days: excel, excel-1904, days-1970
    #[arg(long, value_parser = date_order)]
    date_order: Option<DateOrder>,
    /// The encoding of the text, such as utf-8 or windows-1252
    #[arg(long)]
    encoding: Option<String>,
    /// The character between cells; "tab" for a tab
    #[arg(long, value_parser = delimiter)]
    delimiter: Option<u8>,
    /// How cells are quoted: doubled, spaced, backslash or apostrophe
    #[arg(long, value_parser = quote)]
    quote: Option<QuoteStyle>,
    /// The decimal mark: . or ,
    #[arg(long, value_parser = decimal)]
    decimal: Option<u8>,
    /// Of several person queries in an archive or workbook, the one at this place, or all
    #[arg(long, value_name = "N", value_parser = part)]
    part: Option<PartChoice>,
    /// Differing rows for one person and period: newer or first
    #[arg(long, value_parser = on_conflict)]
    on_conflict: Option<OnConflict>,
    /// Compute the SHA-256 of each source
    #[arg(long)]
    hash: bool,
    /// Threads for reading [default: all cores]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

impl Settings {
    /// Which people and periods of a file.
    pub(super) fn filter(&self, dataset: &Dataset) -> Result<Filter, Failure> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(Failure::arguments(
                &format!("The range from {from} to {to} holds no day."),
                "Its first day is after its last one.",
                "Swap the days of --from and --to.",
            ));
        }
        let mut attributes: Vec<AttributeFilter> = Vec::new();
        for condition in &self.conditions {
            let GroupName { attribute, value } = group("--where", condition, dataset)?;
            match attributes.iter_mut().find(|known| crate::dataset::same_name(&known.attribute, &attribute)) {
                Some(known) => known.values.push(value),
                None => attributes.push(AttributeFilter { attribute, values: vec![value] }),
            }
        }
        Ok(Filter {
            attributes,
            from: self.from,
            to: self.to,
            without: self.without.clone(),
            include_inactive: self.include_inactive,
            without_low_activity: self.without_low_activity,
        })
    }

    /// Thresholds, and marks of groups of a file.
    pub(super) fn insight_settings(&self, dataset: &Dataset) -> Result<insights::Settings, Failure> {
        let default = insights::Settings::default();
        let share = |option: &str, value: Option<f64>| match value {
            Some(value) if !(0.0..=1.0).contains(&value) => Err(Failure::arguments(
                &format!("The value {value} of {option} is not between 0 and 1."),
                "It is a share: 0.30 stands for 30 %.",
                &format!("Give {option} a number from 0 to 1."),
            )),
            value => Ok(value),
        };
        let groups = self.customer_facing.iter().map(|text| group("--customer-facing", text, dataset));
        let co_attended = share("--co-attended", self.co_attended)?;
        Ok(insights::Settings {
            co_attended_basis_points: co_attended
                .map_or(default.co_attended_basis_points, |share| (share * 10_000.0).round() as u32),
            gap: share("--gap", self.gap)?.unwrap_or(default.gap),
            q3: share("--q3", self.q3)?,
            customer_facing: groups.collect::<Result<_, Failure>>()?,
            show_anyway: self.show_anyway.clone(),
        })
    }

    /// How to read the files.
    pub(super) fn import_options(&self) -> Result<ImportOptions, Failure> {
        Ok(ImportOptions {
            columns: self.column.iter().map(|text| pair("--column", text)).collect::<Result<_, _>>()?,
            era: self.era,
            kind: self.kind,
            grain: self.grain,
            week_start: self.week_start,
            date_order: self.date_order,
            encoding: self.encoding.clone(),
            delimiter: self.delimiter,
            quote: self.quote,
            decimal: self.decimal,
            part: self.part,
            on_conflict: self.on_conflict.unwrap_or_default(),
            hash: self.hash,
            threads: self.threads,
            free_memory: None,
            today: None,
        })
    }
}

/// A group of a file, by the names in it.
fn group(option: &str, text: &str, dataset: &Dataset) -> Result<GroupName, Failure> {
    read_group(text, dataset).ok_or_else(|| no_pair(option, text))
}

/// The default rules, or those with the minimum group size that was asked for.
pub(super) fn min_group(asked: Option<usize>, default: Rules) -> Result<Rules, Failure> {
    match asked {
        None => Ok(default),
        Some(size) if size < Rules::FLOOR => Err(Failure::arguments(
            &format!("The minimum group size {size} is under {}.", Rules::FLOOR),
            "Smaller groups would point at people.",
            &format!("Use --min-group {} or more.", Rules::FLOOR),
        )),
        Some(size) => Ok(Rules::new(size)),
    }
}

/// A canonical column, which holds no equals sign, and a header, which may.
fn pair(option: &str, text: &str) -> Result<(String, String), Failure> {
    let pair = text.split_once('=').map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
    pair.filter(|(name, _)| !name.is_empty()).ok_or_else(|| no_pair(option, text))
}

fn no_pair(option: &str, text: &str) -> Failure {
    Failure::arguments(
        &format!("The value {text} of {option} has no = in it."),
        "A name and a value are needed.",
        &format!("Write it as {option} \"NAME=VALUE\"."),
    )
}

fn one_of<T: Copy>(text: &str, choices: &[(&str, T)]) -> Result<T, String> {
    let found = choices.iter().find(|(name, _)| name.eq_ignore_ascii_case(text.trim()));
    let names = || choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    found.map(|(_, value)| *value).ok_or_else(|| format!("choose one of {}", names()))
}

fn era(text: &str) -> Result<Era, String> {
    one_of(text, &[("viva", Era::Viva), ("wpa", Era::Wpa)])
}

fn insight(text: &str) -> Result<InsightId, String> {
    one_of(text, &InsightId::ALL.map(|id| (id.name(), id)))
}

fn kind(text: &str) -> Result<QueryKind, String> {
    let kinds: Vec<_> = QueryKind::ALL.into_iter().map(|kind| (kind.name(), kind)).collect();
    one_of(text, &kinds)
}

fn grain(text: &str) -> Result<Grain, String> {
    one_of(text, &[("day", Grain::Day), ("week", Grain::Week), ("month", Grain::Month)])
}

fn weekday(text: &str) -> Result<Weekday, String> {
    text.parse().map_err(|_| "choose one of sunday, monday, tuesday, wednesday, thursday, friday, saturday".to_owned())
}

pub(super) fn date_order(text: &str) -> Result<DateOrder, String> {
    one_of(text, &DateOrder::ALL.map(|order| (order.name(), order)))
}

fn delimiter(text: &str) -> Result<u8, String> {
    one_of(
        text,
        &[
            (",", b','),
            (";", b';'),
            ("tab", b'\t'),
            ("\\t", b'\t'),
            ("|", b'|'),
            ("comma", b','),
            ("semicolon", b';'),
            ("pipe", b'|'),
        ],
    )
}

fn decimal(text: &str) -> Result<u8, String> {
    one_of(text, &[(".", b'.'), (",", b','), ("point", b'.'), ("comma", b',')])
}

fn quote(text: &str) -> Result<QuoteStyle, String> {
    one_of(text, &QuoteStyle::ALL.map(|style| (style.name(), style)))
}

fn part(text: &str) -> Result<PartChoice, String> {
    PartChoice::from_name(text).ok_or_else(|| "give a number from 1 on, or all".to_owned())
}

fn on_conflict(text: &str) -> Result<OnConflict, String> {
    one_of(text, &[("newer", OnConflict::Newer), ("first", OnConflict::First)])
}
