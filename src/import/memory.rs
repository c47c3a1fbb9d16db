//! Whether there is memory for what is to be read.

use super::problem::Refusal;
use super::read::Examined;
use super::report::Container;
use crate::text::Sentence;

/// A packed text of people and numbers is about so many times as long unpacked, where its length is not told.
const UNPACKED: u64 = 8;

/// Every row is there twice while the columns of all threads are put together.
const COPIES: u64 = 2;

/// Refuses files whose rows do not fit into `free` bytes, as far as the first rows tell. `None`: no check.
pub(super) fn check(files: &[Examined], free: Option<u64>) -> Result<(), Refusal> {
    let needed: u64 = files.iter().map(needed).fold(0, u64::saturating_add);
    let Some(free) = free.filter(|free| needed > *free) else { return Ok(()) };
    let [needed, free] = [needed, free].map(|bytes| bytes >> 20);
    let what = Sentence::from("This export needs about ").counted(needed, "MB", "MB").words(" of memory, and ");
    Err(Refusal::new(
        what.counted(free, "MB is", "MB are").words(" free."),
        "Its rows are kept in memory, so that every question is answered at once.",
        "Close other programs, or export fewer weeks or metrics.",
    ))
}

/// About how many bytes the rows of a file take.
fn needed(file: &Examined) -> u64 {
    let Some((plan, length)) = file.plan.as_ref().zip(file.row_length) else { return 0 };
    let text = match file.part.container {
        Container::Gzip => file.part.bytes.saturating_mul(UNPACKED),
        Container::Plain | Container::Zip | Container::Workbook => file.part.bytes,
    };
    let rows = text / length.max(1);
    // Person, period and flags; seconds, counts and codes.
    let row = 8 + 4 * plan.durations.len() + 8 * plan.counts.len() + 2 * plan.attributes.len();
    rows.saturating_mul(row as u64 * COPIES)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Arc;

    use super::super::{ImportError, ImportOptions, Source, import};
    use crate::work::{Cancel, Progress};

    #[test]
    fn what_does_not_fit_into_memory_is_refused_before_it_is_read() {
        // 60,000 rows of 20 characters with their line ends; two metrics and one attribute: 8 + 8 + 2 bytes, twice.
        let rows: String = (0..60_000).map(|row| format!("p{row:05},2024-03-31,1,1,A\n")).collect();
        let text = format!("PersonId,MetricDate,Meeting_hours,Email_hours,Team\n{rows}");
        let source = Source::Bytes { name: "export.csv".to_owned(), bytes: Arc::from(text.as_bytes()) };
        let read = |free_memory| {
            let options = ImportOptions { free_memory, ..ImportOptions::default() };
            import(std::slice::from_ref(&source), &options, &Progress::default(), &Cancel::default())
        };
        // 60,000 x 36 bytes are 2.2 million.
        assert!(read(Some(2_400_000)).is_ok() && read(None).is_ok());
        let Err(ImportError::Refused(refusal)) = read(Some(1_900_000)) else { panic!("not refused") };
        assert_eq!(refusal.what.plain(), "This export needs about 2 MB of memory, and 1 MB is free.");
    }
}
