//! The sheets of an Excel workbook (.xlsx), each written out as CSV, so that one way reads them all.
//!
//! Nothing is evaluated: of a formula the value counts that the workbook keeps. Numbers stand in full precision, days
//! as ISO dates, lines as rows, so that a line number is the number of a row. Numbers of more than 15 digits are no longer
//! what somebody typed; they are written with an exponent, which the check of identifiers knows.

use std::borrow::Cow;
use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{Data, DataRef, DataType as _, Reader as _, SheetType, Xlsx};
use zip::ZipArchive;

use super::container::ReadSeek;
use super::problem::{ImportError, Refusal};
use crate::work::Cancel;

/// A sheet with text in it.
pub(super) struct Sheet {
    /// Its name.
    pub(super) name: String,
    /// Its cells as CSV.
    pub(super) text: Arc<[u8]>,
}

/// More text than this is no sheet to be held in memory.
const MOST_TEXT: usize = 1 << 30;
/// As many rows and columns as Excel has.
const MOST_ROWS: u32 = 1 << 20;
const MOST_COLUMNS: u32 = 1 << 14;
/// Cells between two looks at whether the work was cancelled.
const CELLS_A_LOOK: u64 = 1 << 16;

/// The sheets of a workbook that have text in them, in its order.
///
/// # Errors
/// When the workbook is damaged, too large or empty, or the work was cancelled.
pub(super) fn sheets(raw: Box<dyn ReadSeek>, cancel: &Cancel) -> Result<Vec<Sheet>, ImportError> {
    // The crate that takes workbooks apart is not ours: should it panic over a damaged one, that is no fault of the file's
    // owner. Nothing of it is used afterwards.
    catch_unwind(AssertUnwindSafe(|| read_sheets(raw, cancel))).unwrap_or_else(|_| Err(damaged()))
}

fn read_sheets(raw: Box<dyn ReadSeek>, cancel: &Cancel) -> Result<Vec<Sheet>, ImportError> {
    let mut raw = std::io::BufReader::new(raw);
    check_strings(&mut raw)?;
    let mut workbook = Xlsx::new(raw).map_err(|_| damaged())?;
    let is_sheet = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet;
    let names: Vec<String> =
        workbook.sheets_metadata().iter().filter(is_sheet).map(|sheet| sheet.name.clone()).collect();
    let mut sheets = Vec::new();
    for name in names {
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(|_| damaged())?;
        let mut writer = Writer::default();
        let mut count = 0_u64;
        while let Some(cell) = cells.next_cell().map_err(|_| damaged())? {
            count += 1;
            if count.is_multiple_of(CELLS_A_LOOK) && cancel.is_cancelled() {
                return Err(ImportError::Cancelled);
            }
            writer.cell(cell.get_position(), cell.get_value())?;
        }
        let text = writer.finish()?;
        if !text.is_empty() {
            sheets.push(Sheet { name, text: text.into() });
        }
    }
    if sheets.is_empty() {
        let why = "None of its sheets has a cell with something in it.";
        return Err(Refusal::new("The Excel workbook is empty.", why, "Export the person query again.").into());
    }
    Ok(sheets)
}

/// Refuses a workbook that says it has more texts than it can have: so much memory would be set aside for them.
fn check_strings(raw: &mut dyn ReadSeek) -> Result<(), ImportError> {
    let mut archive = ZipArchive::new(raw).map_err(|_| damaged())?;
    let is_strings = |name: &Cow<'_, str>| name.to_lowercase().ends_with("sharedstrings.xml");
    let name = archive.file_names().flatten().find(is_strings).map(Cow::into_owned);
    let Some(name) = name else { return Ok(()) };
    let entry = archive.by_name(&name).map_err(|_| damaged())?;
    let size = entry.size();
    let mut head = Vec::new();
    entry.take(4096).read_to_end(&mut head).map_err(|_| damaged())?;
    let head = String::from_utf8_lossy(&head);
    let count = head.split_once("uniqueCount=\"").and_then(|(_, rest)| rest.split('"').next());
    let is_possible = count.is_none_or(|count| count.parse::<u64>().is_ok_and(|count| count <= size));
    if is_possible { Ok(()) } else { Err(damaged()) }
}

fn damaged() -> ImportError {
    let why = "It is cut or changed, or another program wrote it in its own way.";
    Refusal::new("The Excel workbook cannot be read.", why, "Save it again with Excel, or save the sheet as CSV.")
        .into()
}

fn too_large() -> ImportError {
    let why = "It has more text, rows or columns than are held in memory.";
    Refusal::new("A sheet of the workbook is too large.", why, "Save the sheet as CSV and open that file.").into()
}

/// Writes the cells of one sheet, which come row by row.
#[derive(Default)]
struct Writer {
    text: Vec<u8>,
    /// The end of each row in `text`, and how many cells it has.
    rows: Vec<(usize, u32)>,
    /// Cells of the row that is being written.
    cells: u32,
}

impl Writer {
    fn cell(&mut self, (row, column): (u32, u32), value: &DataRef<'_>) -> Result<(), ImportError> {
        if *value == DataRef::Empty {
            return Ok(());
        }
        if row >= MOST_ROWS || column >= MOST_COLUMNS || self.text.len() > MOST_TEXT {
            return Err(too_large());
        }
        let here = self.rows.len() as u32;
        if row < here || (row == here && column < self.cells) {
            return Err(damaged());
        }
        while (self.rows.len() as u32) < row {
            self.end_row();
        }
        // A row starts with its first cell, every other one behind a comma.
        let commas = if self.cells == 0 { column } else { column + 1 - self.cells };
        self.text.resize(self.text.len() + commas as usize, b',');
        self.cells = column + 1;
        push_quoted(&mut self.text, &text_of(value));
        Ok(())
    }

    fn end_row(&mut self) {
        self.rows.push((self.text.len(), self.cells));
        self.cells = 0;
    }

    /// The rows, all of one width except those with nothing in them; cells at their ends may be missing in the workbook.
    fn finish(mut self) -> Result<Vec<u8>, ImportError> {
        if self.cells > 0 {
            self.end_row();
        }
        let width = self.rows.iter().map(|(_, cells)| *cells).max().unwrap_or_default();
        let missing: usize =
            self.rows.iter().filter(|(_, cells)| *cells > 0).map(|(_, cells)| (width - cells) as usize).sum();
        if self.text.len() + missing + self.rows.len() > MOST_TEXT {
            return Err(too_large());
        }
        let mut text = Vec::with_capacity(self.text.len() + missing + self.rows.len());
        let mut start = 0;
        for (end, cells) in self.rows {
            text.extend_from_slice(self.text.get(start..end).unwrap_or_default());
            if cells > 0 {
                text.resize(text.len() + (width - cells) as usize, b',');
            }
            text.push(b'\n');
            start = end;
        }
        Ok(text)
    }
}

fn push_quoted(text: &mut Vec<u8>, cell: &str) {
    if !cell.contains([',', '"', '\n', '\r']) {
        return text.extend_from_slice(cell.as_bytes());
    }
    text.push(b'"');
    text.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
    text.push(b'"');
}

/// A cell as CSV has it.
fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number_text(*number as f64),
        DataRef::Float(number) => number_text(*number),
        DataRef::Bool(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => Data::Error(error.clone()).as_string().unwrap_or_else(|| format!("{error}")),
        DataRef::DateTime(moment) => {
            let days = moment.as_f64();
            if moment.is_duration() || (0.0..1.0).contains(&days) {
                return duration_text(days);
            }
            let (year, month, day, hours, minutes, seconds, _) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            if (hours, minutes, seconds) == (0, 0, 0) {
                date
            } else {
                format!("{date} {hours:02}:{minutes:02}:{seconds:02}")
            }
        }
    }
}

/// A number in full precision, with an exponent from where Excel has lost digits.
fn number_text(number: f64) -> String {
    const MOST_EXACT: f64 = 1e15;
    if number.abs() >= MOST_EXACT {
        return format!("{number:E}").replace('E', "E+");
    }
    if number != 0.0 && number.abs() < 1e-6 { format!("{number:e}") } else { format!("{number}") }
}

/// A part of days as hours, minutes and seconds.
fn duration_text(days: f64) -> String {
    let sign = if days < 0.0 { "-" } else { "" };
    let seconds = (days.abs() * 86_400.0).round() as u64;
    format!("{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use calamine::{ExcelDateTime, ExcelDateTimeType};

    use super::*;

    fn text(cells: &[((u32, u32), DataRef<'_>)]) -> Result<String, ImportError> {
        let mut writer = Writer::default();
        for (place, value) in cells {
            writer.cell(*place, value)?;
        }
        Ok(String::from_utf8(writer.finish()?).unwrap())
    }

    #[test]
    fn rows_are_lines_and_all_of_one_width() {
        let cells = [
            ((1, 1), DataRef::SharedString("a, \"b\"")),
            ((3, 0), DataRef::Float(0.1)),
            ((3, 2), DataRef::Bool(true)),
            ((4, 0), DataRef::Empty),
        ];
        assert_eq!(text(&cells).unwrap(), "\n,\"a, \"\"b\"\"\",\n\n0.1,,TRUE\n");
        assert_eq!(text(&[]).unwrap(), "");
        assert!(text(&[((3, 0), DataRef::Int(1)), ((2, 0), DataRef::Int(1))]).is_err());
        assert!(text(&[((MOST_ROWS, 0), DataRef::Int(1))]).is_err());
    }

    #[test]
    fn numbers_keep_their_digits_or_say_that_they_lost_some() {
        let numbers = [0.0, 17.4529865507467, 5e-7, 123_456_789_012_345.0, 1.234_567_890_123_46e18];
        let texts = ["0", "17.4529865507467", "5e-7", "123456789012345", "1.23456789012346E+18"];
        assert_eq!(numbers.map(number_text), texts);
    }

    #[test]
    fn days_are_dates_and_parts_of_days_are_clocks() {
        let moment = |days: f64, kind| text_of(&DataRef::DateTime(ExcelDateTime::new(days, kind, false)));
        assert_eq!(moment(45_382.0, ExcelDateTimeType::DateTime), "2024-03-31");
        assert_eq!(moment(45_382.5, ExcelDateTimeType::DateTime), "2024-03-31 12:00:00");
        // An hour and a half is 0.0625 of a day, 26 hours are more than one.
        assert_eq!(moment(0.0625, ExcelDateTimeType::DateTime), "1:30:00");
        assert_eq!(moment(26.0 / 24.0, ExcelDateTimeType::TimeDelta), "26:00:00");
    }
}
