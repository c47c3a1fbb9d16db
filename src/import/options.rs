//! What to read, and what a person has said about it instead of leaving it to be detected.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{NaiveDate, Weekday};

use super::kinds::QueryKind;
use crate::dataset::{Era, Grain, OnConflict};

/// Where bytes come from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// A file, or a folder: the exports in it.
    Path(PathBuf),
    /// Bytes in memory, with the name that is shown for them.
    Bytes {
        /// The name, as a file would have it.
        name: String,
        /// The bytes.
        bytes: Arc<[u8]>,
    },
    /// Standard input, to its end.
    StandardInput,
}

/// How days are written: the order of the parts of a date such as `1/2/2024`, or from when bare numbers count days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DateOrder {
    /// Year, month, day.
    Ymd,
    /// Month, day, year.
    Mdy,
    /// Day, month, year.
    Dmy,
    /// Numbers of days as spreadsheets count them, 1 January 1900 being 1.
    Excel1900,
    /// Numbers of days since 1 January 1904, as older spreadsheets for the Mac count them.
    Excel1904,
    /// Numbers of days since 1 January 1970, as statistics programs count them.
    Days1970,
}

impl DateOrder {
    /// Every one.
    pub const ALL: [Self; 6] = [Self::Ymd, Self::Mdy, Self::Dmy, Self::Excel1900, Self::Excel1904, Self::Days1970];

    /// As in JSON and in `--date-order`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ymd => "ymd",
            Self::Mdy => "mdy",
            Self::Dmy => "dmy",
            Self::Excel1900 => "excel",
            Self::Excel1904 => "excel-1904",
            Self::Days1970 => "days-1970",
        }
    }

    /// The option of the command line that chooses it.
    pub(super) const fn option(self) -> &'static str {
        match self {
            Self::Ymd => "--date-order ymd",
            Self::Mdy => "--date-order mdy",
            Self::Dmy => "--date-order dmy",
            Self::Excel1900 => "--date-order excel",
            Self::Excel1904 => "--date-order excel-1904",
            Self::Days1970 => "--date-order days-1970",
        }
    }

    /// The one of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name().eq_ignore_ascii_case(name.trim()))
    }
}

/// How cells that hold a delimiter or a line end are quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuoteStyle {
    /// In quotation marks, doubled within.
    Doubled,
    /// In quotation marks that spaces may stand before.
    Spaced,
    /// In quotation marks, with a backslash before one within.
    Backslash,
    /// In apostrophes, doubled within.
    Apostrophe,
}

impl QuoteStyle {
    /// Every one, the usual one first.
    pub const ALL: [Self; 4] = [Self::Doubled, Self::Spaced, Self::Backslash, Self::Apostrophe];

    /// As in JSON and in `--quote`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Doubled => "doubled",
            Self::Spaced => "spaced",
            Self::Backslash => "backslash",
            Self::Apostrophe => "apostrophe",
        }
    }

    /// The one of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.name().eq_ignore_ascii_case(name.trim()))
    }
}

/// Which texts of an archive, or sheets of a workbook, are read where several are person queries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartChoice {
    /// All of them, stacked.
    All,
    /// The one at this place, counted from 1.
    Number(usize),
}

impl PartChoice {
    /// As in `--part`.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Number(number) => number.to_string(),
        }
    }

    /// The choice of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name.trim() {
            "all" => Some(Self::All),
            number => number.parse().ok().filter(|number| *number > 0).map(Self::Number),
        }
    }
}

/// What is decided beforehand. The default leaves everything to be detected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ImportOptions {
    /// Canonical column name and the header that holds it; wins over what is recognized.
    pub columns: Vec<(String, String)>,
    /// The product that the export is from.
    pub era: Option<Era>,
    /// What the files are; anything but a person query is refused by name.
    pub kind: Option<QueryKind>,
    /// The length of a period.
    pub grain: Option<Grain>,
    /// The weekday on which weeks start. A week's date that is on another weekday is a refusal.
    pub week_start: Option<Weekday>,
    /// The order of the parts of dates.
    pub date_order: Option<DateOrder>,
    /// The label of the text encoding (`utf-8`, `windows-1252`, `utf-16le`, and the WHATWG's others).
    pub encoding: Option<String>,
    /// The byte between cells.
    pub delimiter: Option<u8>,
    /// How cells are quoted.
    pub quote: Option<QuoteStyle>,
    /// The decimal mark: `.` or `,`.
    pub decimal: Option<u8>,
    /// Which texts of an archive or workbook are read.
    pub part: Option<PartChoice>,
    /// What to do with differing rows for one person and period.
    pub on_conflict: OnConflict,
    /// Whether to compute the SHA-256 of each source; costs a pass over its bytes.
    pub hash: bool,
    /// Threads for reading; all cores when `None`.
    pub threads: Option<usize>,
    /// Bytes of memory that are free; files that need more are refused before they are read. `None`: no such check,
    /// because this room asks the computer nothing.
    pub free_memory: Option<u64>,
    /// Rows of more than a year after this day are set aside. `None`: no such check, because this room
    /// reads no clock.
    pub today: Option<NaiveDate>,
}
