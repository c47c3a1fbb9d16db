//! Bytes to a [`Dataset`] and an [`ImportReport`].
//!
//! A source becomes parts (`container`: folders; `archive`, `workbook`, and `magic` for what is neither), a part is
//! examined (`read`: encoding, dialect, headers, numbers, kind), its rows are read on all cores (`blocks`; `scan` the
//! fast way, `exact` and `exactly` the odd ones; `rows`, `cells`), and all parts together become one dataset (`dated`,
//! `assemble`, `columns`, `attributes`; `several` and `ids` for what parts say of each other). Person queries are read so. Exports of
//! time with contacts, of time between groups and of meetings are tables of their own (`contact_time`, `group_time`,
//! `meetings`, and `records` for what they share); every other kind is recognized and named. `survey` only looks at the
//! columns, `propose` says what unknown headers may mean.
//!
//! The rules: nothing that came from a file is trusted, nothing is guessed in silence, no number changes on
//! the way, and whatever is set aside is counted with its line and its reason. The same bytes and options
//! give the same dataset, however many threads read them. What a spreadsheet of headers can be called is
//! data, in `assets/columns.toml`.

mod archive;
mod assemble;
mod attribute_cells;
mod attributes;
mod blocks;
mod cells;
mod clock;
mod columns;
mod contact_time;
mod container;
mod date_cells;
mod dated;
mod dates;
mod dialect;
mod dictionary;
mod encoding;
mod exact;
mod exactly;
mod group_time;
mod headers;
mod ids;
mod kinds;
mod leadership;
mod magic;
mod meetings;
mod memory;
mod names;
mod numbers;
mod options;
mod problem;
mod propose;
mod read;
mod records;
mod report;
mod rows;
mod scan;
mod several;
mod survey;
mod utf_32;
mod workbook;

use sha2::{Digest as _, Sha256};

pub use contact_time::{ContactReport, ImportedContacts, import_contacts};
pub use group_time::{GroupReport, ImportedGroups, import_groups};
pub use kinds::QueryKind;
pub use leadership::LeadershipReport;
pub use meetings::{ImportedMeetings, MeetingReport, import_meetings};
pub use options::{DateOrder, ImportOptions, PartChoice, QuoteStyle, Source};
pub use problem::{Example, ImportError, Place, Question, Refusal};
pub use records::{ReadFile, TimeUnit};
pub use report::{
    Container, ImportIssue, ImportReport, IssueKind, LeftOut, LeftOutReason, RowReason, Skipped, SourceReport,
};
pub use survey::{Holds, Survey, SurveyedColumn, meanings, survey};

use crate::dataset::Dataset;
use crate::work::{Cancel, Progress, cores};
use blocks::Cutting;
use container::Part;
use dated::ReadPart;
use read::Examined;

/// More threads than this do not read faster.
const MOST_THREADS: usize = 64;

/// A dataset and how it came to be.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The rows.
    pub dataset: Dataset,
    /// What was found, decided, set aside and left out.
    pub report: ImportReport,
}

/// Reads person queries; several are stacked.
///
/// # Errors
/// [`ImportError::Cancelled`] soon after `cancel` says so; [`ImportError::Refused`] when a source cannot be
/// used; [`ImportError::Question`] when only a person can decide.
pub fn import(
    sources: &[Source],
    options: &ImportOptions,
    progress: &Progress,
    cancel: &Cancel,
) -> Result<Imported, ImportError> {
    let Found { examined, organization, skipped } = find_person_queries(sources, options, cancel)?;
    several::check_headers(&examined, options)?;
    examined.iter().for_each(|found| progress.add_total_bytes(found.part.raw_bytes));
    memory::check(&examined, options.free_memory)?;
    let mut read = Vec::new();
    for found in examined {
        let place = container::place_of(&found.part);
        let rows = read_part(found, options, progress, cancel);
        read.push(rows.map_err(|error| error.in_source(&place.name, place.path.as_ref()))?);
    }
    let (mut dataset, mut report) = assemble::assemble(read, options, cancel)?;
    report.skipped = skipped;
    if !organization.is_empty() {
        let (joined, leadership) = leadership::join(dataset, &organization, options, (progress, cancel))?;
        (dataset, report.leadership) = (joined, Some(leadership));
    }
    Ok(Imported { dataset, report })
}

/// The person queries among the texts of some sources.
struct Found {
    examined: Vec<Examined>,
    /// Organizational data beside them.
    organization: Vec<Examined>,
    skipped: Vec<Skipped>,
}

/// Looks at the start of every text. What came in a folder or an archive and is no export is left out; so is a text that
/// is there already.
fn find_person_queries(sources: &[Source], options: &ImportOptions, cancel: &Cancel) -> Result<Found, ImportError> {
    let container::Opened { parts, left_out: mut skipped } = container::open_all(sources, cancel)?;
    let parts = several::chosen(parts, options)?;
    let is_single = parts.len() == 1;
    let (mut examined, mut organization) = (Vec::<Examined>::new(), Vec::new());
    for part in parts {
        if cancel.is_cancelled() {
            return Err(ImportError::Cancelled);
        }
        let (name, path) = (part.name.clone(), part.path.clone());
        let may_be_left_out = part.is_one_of_several() && !is_single;
        let found = match read::examine(part, options) {
            Ok(found) => found,
            Err(ImportError::Refused(refusal)) if may_be_left_out => {
                skipped.push(Skipped::because(name, QueryKind::Unknown, &refusal));
                continue;
            }
            Err(error) => return Err(error.in_source(&name, path.as_ref())),
        };
        if found.kind != QueryKind::Person {
            if !is_single && leadership::is_one(&found) {
                organization.push(found);
                continue;
            }
            if is_single {
                return Err(ImportError::from(other_kind(&found)).in_source(&name, path.as_ref()));
            }
            skipped.push(Skipped::because(name, found.kind, &other_kind(&found)));
            continue;
        }
        match several::same_as_before(&found, &examined, cancel)? {
            Some(before) => {
                let sentence = format!("It holds the same text as {before}, which is counted once.").into();
                skipped.push(Skipped { name, kind: QueryKind::Person, sentence });
            }
            None => examined.push(found),
        }
    }
    if examined.is_empty() {
        let error = ImportError::from(no_person_query(&skipped));
        return Err(match sources {
            [only] => error.in_source(&container::shown_source(only), None),
            _ => error,
        });
    }
    Ok(Found { examined, organization, skipped })
}

/// How many threads read.
fn threads(options: &ImportOptions) -> usize {
    options.threads.unwrap_or_else(cores).clamp(1, MOST_THREADS)
}

/// Reads the rows of one part: again as Windows-1252 where its first letters beyond ASCII are no UTF-8, again cut byte
/// by byte where its quotes are too odd for the fast way, and again where all of its numbers show another decimal mark
/// than the sampled ones.
fn read_part(
    mut examined: Examined,
    options: &ImportOptions,
    progress: &Progress,
    cancel: &Cancel,
) -> Result<ReadPart, ImportError> {
    let threads = threads(options);
    let Some(plan) = examined.plan.take() else { return Err(other_kind(&examined).into()) };
    let layout = &examined.layout;
    let mut cutting = if layout.dialect.is_plain() { Cutting::ByParity(layout.line_end) } else { Cutting::Exactly };
    let rows = loop {
        let rows = read::read_rows(&examined, &plan, cutting, threads, progress, cancel)?;
        if rows.has_odd_quotes && cutting != Cutting::Exactly {
            cutting = Cutting::Exactly;
        } else if rows.not_utf8 && examined.encoding.only_ascii {
            examined.encoding = encoding::late_windows_1252();
        } else if !examined.numbers.learn(|column| rows.marks(&plan, column))? {
            break rows;
        }
        progress.add_total_bytes(examined.part.raw_bytes);
    };
    if let Some(line) = rows.open_quote_line {
        let refusal = Refusal::new(
            format!("A quotation mark in line {line} is not closed where its cell ends."),
            "The rows behind it would count as text of one cell, and be lost.",
            "Close or remove the quotation mark, or export the file again.",
        );
        return Err(refusal.at_line(line).into());
    }
    let sha256 = if options.hash { Some(hash(&examined.part, cancel)?) } else { None };
    examined.part.check_unchanged()?;
    Ok(ReadPart { examined, plan, rows, sha256 })
}

/// The SHA-256 of a part's source.
fn hash(part: &Part, cancel: &Cancel) -> Result<String, ImportError> {
    sha256_of(&mut part.raw()?, &Progress::default(), cancel)
}

/// The SHA-256 of all bytes of a source, in lower-case hexadecimal. Counts them into `progress`.
///
/// # Errors
/// When the bytes cannot be read, or the work was cancelled.
pub fn sha256_of(source: &mut dyn std::io::Read, progress: &Progress, cancel: &Cancel) -> Result<String, ImportError> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        if cancel.is_cancelled() {
            return Err(ImportError::Cancelled);
        }
        match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => {
                hasher.update(buffer.get(..read).unwrap_or_default());
                progress.add_bytes(read as u64);
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(container::cannot_read(&error)),
        }
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Why a part that is no person query is not read.
fn other_kind(examined: &Examined) -> Refusal {
    let refusal = match examined.kind {
        QueryKind::Unknown => unknown_headers(examined),
        kind @ (QueryKind::ExternalCollaboration | QueryKind::PersonToGroup) => Refusal::new(
            format!("This is {}.", kind.in_words()),
            "The insights are computed from a person query; this file tells whom time outside goes to.",
            "Open it on the screen Contacts, beside a person query.",
        ),
        kind @ (QueryKind::GroupToGroup | QueryKind::Meeting) => Refusal::new(
            format!("This is {}.", kind.in_words()),
            "The insights are computed from a person query; this file tells more beside one.",
            match kind {
                QueryKind::Meeting => "Open it in the window, or give it to the command meetings.",
                _ => "Open it in the window, or give it to the command between.",
            },
        ),
        kind => Refusal::new(
            format!("This is {}.", kind.in_words()),
            "The insights are computed from a person query: one row a person and period.",
            "Export a person query and open that file.",
        ),
    };
    refusal.at_line(examined.layout.header_line).of_kinds([examined.kind])
}

/// Why a file whose headers are unknown is no person query: what is missing, and what there is. A file without a
/// header starts with a person, who is not named.
fn unknown_headers(examined: &Examined) -> Refusal {
    let headers = &examined.layout.headers;
    if let [line] = headers.as_slice()
        && let Some(refusal) = one_cell_a_line(line)
    {
        return refusal;
    }
    // Numbers, dates and identifiers; a header may well have a number in it.
    let is_data = |header: &String| {
        let (length, digits) = (header.chars().count(), header.chars().filter(char::is_ascii_digit).count());
        header.contains('@') || (digits > 2 && digits * 3 >= length) || length > 60
    };
    if headers.iter().any(is_data) {
        return Refusal::new(
            "The file has no header of a person query.",
            "Its first line looks like data, or like another kind of file.",
            "Export it with its first line: PersonId, MetricDate or Date, and hours such as Collaboration_hours.",
        );
    }
    let recognized = &examined.layout.recognized;
    let has = |name: &str| recognized.column(name).is_some();
    let missing: Vec<(&str, &str)> = [
        (!has(headers::PERSON_ID), "no person", "person_id"),
        (!has(headers::PERIOD), "no date", "period"),
        (recognized.metrics() == 0, "no hours", "collaboration_hours"),
    ]
    .into_iter()
    .filter_map(|(is_missing, word, name)| is_missing.then_some((word, name)))
    .collect();
    let words: Vec<String> = missing.iter().map(|(word, _)| (*word).to_owned()).collect();
    let name = missing.first().map_or("person_id", |(_, name)| name);
    let shown: Vec<String> = headers.iter().take(4).map(|header| report::shortened(header.as_bytes())).collect();
    Refusal::new(
        "This is no person query.",
        format!("Its header has {}; it has {}.", crate::text::list_and(&words), shown.join(", ")),
        format!("Export a person query, or name the column: --column {name}=HEADER."),
    )
}

/// Why a file cannot be read whose lines are one cell each, though its header says that they hold several.
fn one_cell_a_line(header: &str) -> Option<Refusal> {
    const MARKS: [char; 6] = [',', ';', '\t', '|', ':', '/'];
    let are_headers = |mark: &char| header.split(*mark).filter(|part| headers::is_known(part)).count() > 2;
    let mark = MARKS.into_iter().find(are_headers)?;
    Some(match mark {
        ',' | ';' | '\t' | '|' => Refusal::new(
            "Every line stands in quotation marks, as one cell.",
            "A spreadsheet saved it so that took no mark in it for the end of a cell.",
            "Open the original export, or split that column in the spreadsheet and save it again.",
        ),
        _ => Refusal::new(
            format!("The cells seem to stand between \u{201c}{mark}\u{201d}."),
            "That mark is not looked for, because dates and times are written with it.",
            format!("Choose it with --delimiter {mark}, or export the file with commas."),
        ),
    })
}

fn no_person_query(skipped: &[Skipped]) -> Refusal {
    let found: Vec<String> =
        skipped.iter().take(3).map(|file| format!("{}: {}", file.name, file.kind.in_words())).collect();
    Refusal::new(
        "None of the files is a person query.",
        format!("Found were {}.", found.join("; ")),
        "Export a person query and open that file.",
    )
    .of_kinds(skipped.iter().map(|file| file.kind))
}
