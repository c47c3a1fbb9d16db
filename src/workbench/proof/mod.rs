//! The proof of a number: how it was made, and the command line that gives the same one.
//!
//! [`prove`] makes it once, for the window and for tests: which figures, by which definition and reading, of whom
//! and when, out of how many, without whom, from which columns of which files, and by which command. The
//! SHA-256 of each file is computed beside it ([`hashes`]), because that takes a pass over its bytes.

mod beside;
mod command_line;
mod compare;
mod contacts;
mod explore;
mod figure;
mod hash;
mod number;
mod pair;
mod plan;
mod what_if;
mod words;

use std::fmt::Write as _;

use super::{InsightColumns, Opened, Results, columns_of};
use crate::dataset::{GroupBy, Metric};
use crate::guidance;
use crate::insights::InsightId;
use crate::privacy::MeanMetric;
use crate::text::Locale;

pub(super) use beside::OfBeside;
pub use beside::{BetweenFigure, MeetingFigure};
pub use command_line::{Report, Shell, arguments, command_line, compare_arguments};
pub(super) use compare::OfComparison;
pub use contacts::ContactFigure;
pub(super) use contacts::OfContacts;
pub use explore::ExploreFigure;
pub(super) use explore::OfExplored;
pub use figure::{Figure, Place, PlaceStep};
pub(super) use hash::beside_hashes;
pub use hash::{NoHash, SourceHash, contact_hashes, hashes};
pub use number::{Number, metric_named, metric_names};
pub use pair::{read_group, write_group};
pub(super) use plan::OfPlan;
pub use plan::PlanFigure;
pub(super) use what_if::OfWhatIf;

/// How a number was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// Which one.
    pub number: Number,
    /// Which one, in words.
    pub title: String,
    /// Its figures, the one that stands for it first; at least one.
    pub figures: Vec<Figure>,
    /// What this number is, in a sentence or two.
    pub meaning: String,
    /// The definition of its insight or metric, as on the screen; `None` for counts.
    pub definition: Option<Definition>,
    /// What must be known about the reading, in sentences; may be empty.
    pub reading: Vec<String>,
    /// Of whom and when, and what was set otherwise than by default, in sentences.
    pub selection: Vec<String>,
    /// Who and what was left out, in sentences.
    pub left_out: Vec<String>,
    /// The files and their columns.
    pub files: Vec<FileColumns>,
    /// The command line that gives the same figures.
    pub command: String,
}

/// The definition of an insight or a metric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its name.
    pub title: String,
    /// Paragraphs, parted by empty lines.
    pub text: String,
}

/// One file, and what of it went into the number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileColumns {
    /// The file's name.
    pub name: String,
    /// What each column holds, and its header in the file.
    pub columns: Vec<(String, String)>,
}

/// The proof of a number; `None` when the results have no such number.
#[must_use]
pub fn prove(number: &Number, opened: &Opened, results: &Results, locale: &Locale) -> Option<Proof> {
    let figures = figure::figures(number, opened, results, locale);
    if figures.is_empty() {
        return None;
    }
    let report = figure::report(number);
    Some(Proof {
        number: number.clone(),
        title: words::title(number, results, locale),
        figures,
        meaning: words::meaning(number),
        definition: definition(number),
        reading: words::reading(number, results, locale),
        selection: words::selection(opened, results, locale),
        left_out: words::left_out(number, opened, results, locale),
        files: files(number, opened, results),
        command: command_line(opened, &results.question, results.rules, report, Shell::HERE),
    })
}

/// The definition, word for word as on the screen.
fn definition(number: &Number) -> Option<Definition> {
    if let Number::Mean(metric) = number {
        let name = super::wording::mean_name(*metric);
        let term = guidance::glossary().terms.iter().find(|term| term.name.eq_ignore_ascii_case(name))?;
        return Some(Definition { title: term.name.clone(), text: term.text.clone() });
    }
    let id = insight_of(number)?;
    let definitions = &guidance::article(id.behavior()).definitions;
    let definition = definitions.iter().find(|definition| definition.insight_id == id.name())?;
    Some(Definition { title: definition.title.clone(), text: definition.text.clone() })
}

/// The insight that a number is about; a verdict is about one too.
const fn insight_of(number: &Number) -> Option<InsightId> {
    match number {
        Number::Verdict(id) => Some(*id),
        number => number.insight(),
    }
}

/// The columns that a number is computed from.
fn metrics(number: &Number, opened: &Opened) -> Vec<Metric> {
    match number {
        Number::Mean(MeanMetric::Of(metric)) => vec![*metric],
        Number::Mean(MeanMetric::ExternalShare) => vec![Metric::ExternalHours, Metric::CollaborationHours],
        Number::Mean(MeanMetric::OneToOneHours) => used(InsightId::CoachingUnder15Min, opened),
        number => insight_of(number).map_or_else(Vec::new, |id| used(id, opened)),
    }
}

fn used(id: InsightId, opened: &Opened) -> Vec<Metric> {
    match columns_of(id, &opened.dataset) {
        InsightColumns::Used(metrics) => metrics.to_vec(),
        InsightColumns::Missing(_) => Vec::new(),
    }
}

/// Each file with the headers of the columns that count.
fn files(number: &Number, opened: &Opened, results: &Results) -> Vec<FileColumns> {
    let mut canonical = vec!["person_id", "period", "is_active"];
    if words::is_about_managers(number) {
        canonical.extend(["manager_id", "layer"]);
    }
    canonical.extend(metrics(number, opened).iter().map(|metric| metric.name()));
    let mut attributes: Vec<&str> =
        results.question.filter.attributes.iter().map(|filter| filter.attribute.as_str()).collect();
    let by = words::grouped_by(number, results);
    attributes.extend(by.iter().flat_map(GroupBy::names));
    attributes.dedup();
    let attributes: Vec<String> = attributes.into_iter().map(str::to_owned).collect();
    files_of(&canonical, &attributes, opened)
}

/// Each file with the headers of some canonical columns, and attributes.
fn files_of(canonical: &[&'static str], attributes: &[String], opened: &Opened) -> Vec<FileColumns> {
    let of_file = |source: &crate::import::SourceReport| {
        let header = |name: &&str| source.columns.iter().find(|(known, _)| known == name);
        let named = canonical.iter().filter_map(header);
        let mut columns: Vec<(String, String)> =
            named.map(|(name, header)| (words::column(name), header.clone())).collect();
        columns.extend(attributes.iter().map(|name| ("Attribute".to_owned(), name.clone())));
        FileColumns { name: source.name.clone(), columns }
    };
    opened.report.sources.iter().map(of_file).collect()
}

impl Proof {
    /// The number itself, in words.
    #[must_use]
    pub fn words(&self) -> &str {
        self.figures.first().map_or("", |figure| figure.words.as_str())
    }

    /// Everything, as text for a mail. `hashes` may still be empty.
    #[must_use]
    pub fn as_text(&self, hashes: &[SourceHash]) -> String {
        let mut text = format!("{}: {}\n", self.title, self.words());
        let mut part = |name: &str, lines: &[String]| {
            if !lines.is_empty() {
                // Writing to memory does not fail.
                let _ = write!(text, "\n{name}\n  {}\n", lines.join("\n  "));
            }
        };
        let figure = |figure: &Figure| match figure.exact {
            Some(exact) => format!("{}: {} (exactly {exact}, at {})", figure.name, figure.words, figure.place),
            None => format!("{}: {}", figure.name, figure.words),
        };
        part("Figures", &self.figures.iter().map(figure).collect::<Vec<_>>());
        part("What it is", std::slice::from_ref(&self.meaning));
        if let Some(definition) = &self.definition {
            let paragraphs = definition.text.split("\n\n").map(|text| text.trim().to_owned());
            part(&format!("Definition: {}", definition.title), &paragraphs.collect::<Vec<_>>());
        }
        part("Reading", &self.reading);
        part("Of whom and when", &self.selection);
        part("Left out", &self.left_out);
        for file in &self.files {
            let columns = file.columns.iter().map(|(what, header)| format!("{what}: {header}"));
            let hash = hashes.iter().find(|hash| hash.name == file.name);
            let hash = hash.map(|hash| match &hash.sha256 {
                Ok(sha256) => format!("SHA-256: {sha256}"),
                Err(why) => format!("SHA-256: none. {}", why.sentence()),
            });
            part(&format!("File {}", file.name), &columns.chain(hash).collect::<Vec<_>>());
        }
        part("The same on the command line", std::slice::from_ref(&self.command));
        text
    }
}
