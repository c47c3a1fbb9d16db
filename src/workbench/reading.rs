//! Readings that people chose: to options and back, and kept for files with the same headers.

use chrono::Weekday;

use super::session::{self, Opened, What};
use crate::dataset::{Era, Grain};
use crate::import::{
    self, Container, DateOrder, ImportError, ImportOptions, PartChoice, QueryKind, QuoteStyle, SurveyedColumn,
};
use crate::project::{KeptReading, Reading};
use crate::text;
use crate::work::{Cancel, Progress};

/// Of at most so many sets of headers readings are kept.
const MOST_KEPT: usize = 200;

impl Reading {
    /// What was chosen in options.
    #[must_use]
    pub fn of(options: &ImportOptions) -> Self {
        Self {
            columns: options.columns.iter().cloned().collect(),
            kind: options.kind.map(|kind| kind.name().to_owned()),
            era: options.era.map(|era| era.name().to_owned()),
            grain: options.grain.map(|grain| grain.name().to_owned()),
            week_start: options.week_start.map(|day| text::weekday(day).to_owned()),
            date_order: options.date_order.map(|order| order.name().to_owned()),
            encoding: options.encoding.clone(),
            delimiter: options.delimiter.map(char::from),
            quote: options.quote.map(|style| style.name().to_owned()),
            part: options.part.map(PartChoice::name),
            decimal: options.decimal.map(char::from),
        }
    }

    /// Options with this chosen, and nothing else. What this version does not know is left to be recognized.
    #[must_use]
    pub fn options(&self) -> ImportOptions {
        fn named<T: Copy>(name: Option<&String>, all: &[T], name_of: impl Fn(T) -> &'static str) -> Option<T> {
            name.and_then(|name| all.iter().copied().find(|candidate| name_of(*candidate) == name))
        }
        const WEEKDAYS: [Weekday; 7] =
            [Weekday::Sun, Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat];
        let byte = |mark: Option<char>| mark.and_then(|mark| u8::try_from(mark).ok());
        ImportOptions {
            columns: self.columns.clone().into_iter().collect(),
            kind: self.kind.as_deref().and_then(QueryKind::from_name),
            era: named(self.era.as_ref(), &[Era::Viva, Era::Wpa], Era::name),
            grain: named(self.grain.as_ref(), &[Grain::Day, Grain::Week, Grain::Month], Grain::name),
            week_start: named(self.week_start.as_ref(), &WEEKDAYS, text::weekday),
            date_order: self.date_order.as_deref().and_then(DateOrder::from_name),
            encoding: self.encoding.clone(),
            delimiter: byte(self.delimiter),
            quote: self.quote.as_deref().and_then(QuoteStyle::from_name),
            part: self.part.as_deref().and_then(PartChoice::from_name),
            decimal: byte(self.decimal),
            ..ImportOptions::default()
        }
    }
}

/// Reads exports as they were read before where their headers are known, and knows their headers again.
///
/// A kept reading that does not fit the file is left: the file is read as recognized then.
///
/// # Errors
/// Those of [`session::open`].
pub(super) fn open_as_kept(
    what: &What,
    options: &ImportOptions,
    kept: &[KeptReading],
    progress: &Progress,
    cancel: &Cancel,
) -> Result<Opened, ImportError> {
    let survey = match what {
        What::Sample => None,
        // What cannot be surveyed is refused, with its reason, by opening it.
        What::Sources(sources) if !can_be_read_twice(sources) => None,
        // To look at a workbook takes as long as to read it.
        What::Sources(sources) if kept.is_empty() && has_workbook(sources) => None,
        What::Sources(sources) => import::survey(sources, &ImportOptions::default(), cancel).ok(),
    };
    let shape = survey.as_ref().map(|survey| survey.shape.clone());
    let known = shape.as_ref().and_then(|shape| kept.iter().find(|kept| kept.shape == *shape));
    if let Some(known) = known {
        let as_kept = ImportOptions { hash: options.hash, ..known.reading.options() };
        match session::open(what, &as_kept, progress, cancel) {
            Ok(mut opened) => {
                (opened.shape, opened.is_read_as_kept) = (shape, true);
                return Ok(opened);
            }
            Err(ImportError::Cancelled) => return Err(ImportError::Cancelled),
            Err(question @ ImportError::Question(_)) => return Err(question),
            Err(ImportError::Refused(_)) => {}
        }
    }
    let mut opened = session::open(what, options, progress, cancel)?;
    let is_proposed = |column: &&SurveyedColumn| column.proposal.is_some();
    // Nothing that could be chosen changes the headers of a workbook, so that they are those of a survey.
    let of_workbook = || {
        let first = opened.report.sources.first();
        first.filter(|source| source.container == Container::Workbook).map(|source| source.shape.clone())
    };
    opened.shape = shape.or_else(of_workbook);
    opened.proposals = survey.map_or(0, |survey| survey.columns.iter().filter(is_proposed).count());
    Ok(opened)
}

fn has_workbook(sources: &[import::Source]) -> bool {
    let is_one = |path: &std::path::PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    sources.iter().any(|source| matches!(source, import::Source::Path(path) if is_one(path)))
}

fn can_be_read_twice(sources: &[import::Source]) -> bool {
    sources.iter().all(|source| !matches!(source, import::Source::StandardInput))
}

/// Keeps how a file was read, or forgets it where everything was left to be recognized. Says whether that is news.
/// Which part of an archive is read says nothing of another file.
pub(super) fn keep(kept: &mut Vec<KeptReading>, shape: &str, reading: Reading) -> bool {
    let reading = Reading { part: None, ..reading };
    let before = kept.iter().position(|known| known.shape == shape);
    if before.is_some_and(|at| kept.get(at).is_some_and(|known| known.reading == reading)) {
        return false;
    }
    if let Some(at) = before {
        kept.remove(at);
    }
    if reading.is_empty() {
        return before.is_some();
    }
    kept.push(KeptReading { shape: shape.to_owned(), reading });
    let too_many = kept.len().saturating_sub(MOST_KEPT);
    kept.drain(..too_many);
    true
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_gives_the_options_that_it_was_made_of_also_after_being_written_down() {
        let options = ImportOptions {
            columns: vec![("external_hours".to_owned(), "Stunden".to_owned())],
            kind: Some(QueryKind::Person),
            era: Some(Era::Wpa),
            grain: Some(Grain::Month),
            week_start: Some(Weekday::Mon),
            date_order: Some(DateOrder::Dmy),
            encoding: Some("windows-1252".to_owned()),
            delimiter: Some(b';'),
            quote: Some(QuoteStyle::Backslash),
            part: Some(PartChoice::Number(2)),
            decimal: Some(b','),
            ..ImportOptions::default()
        };
        let reading = Reading::of(&options);
        assert_eq!(reading.options(), options);
        let written = serde_json::to_string(&reading).unwrap();
        assert_eq!(serde_json::from_str::<Reading>(&written).unwrap(), reading);
        assert!(Reading::of(&ImportOptions::default()).is_empty());
        // What a newer version wrote and this one does not know is left to be recognized.
        let newer = Reading { era: Some("next".to_owned()), ..Reading::default() };
        assert_eq!(newer.options(), ImportOptions::default());
    }

    #[test]
    fn one_reading_a_shape_is_kept_and_none_that_says_nothing() {
        let dmy = Reading { date_order: Some("dmy".to_owned()), ..Reading::default() };
        let mut kept = Vec::new();
        assert!(keep(&mut kept, "a", dmy.clone()));
        assert!(!keep(&mut kept, "a", dmy.clone()));
        assert!(keep(&mut kept, "b", dmy));
        assert!(keep(&mut kept, "a", Reading::default()));
        assert_eq!(kept.iter().map(|known| known.shape.as_str()).collect::<Vec<_>>(), ["b"]);
        assert!(!keep(&mut kept, "c", Reading::default()));
    }
}
