//! Archives: the texts in zip and gzip files, within limits, and nothing written anywhere.

use std::io::{Read, SeekFrom};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::container::{ReadSeek, read_fully};
use super::magic;
use super::problem::{ImportError, Refusal};
use crate::text::Sentence;

/// An archive larger than this, inflated, may not be more than [`MOST_RATIO`] times its size.
const LARGE: u64 = 256 << 20;
/// Texts of people and numbers shrink to a tenth; nothing honest shrinks to less than a two-hundredth.
const MOST_RATIO: u64 = 200;
/// Entries of an archive that are looked at.
const MOST_ENTRIES: usize = 10_000;

/// How large so many packed bytes may become.
pub(super) fn most_unpacked(packed: u64) -> u64 {
    LARGE.max(packed.saturating_mul(MOST_RATIO))
}

/// What a zip archive holds.
pub(super) enum Entries {
    /// Texts: the place, name and unpacked size of each, by name.
    Texts(Vec<(usize, String, u64)>),
    /// The parts of an Excel workbook.
    Workbook,
}

/// Looks into a zip archive of so many bytes.
pub(super) fn entries(raw: Box<dyn ReadSeek>, bytes: u64) -> Result<Entries, ImportError> {
    let mut archive = ZipArchive::new(raw).map_err(|_| damaged())?;
    if archive.len() > MOST_ENTRIES {
        let what = Sentence::from("The zip archive has ").counted(archive.len() as u64, "entry.", "entries.");
        return Err(Refusal::new(what, "An export has a few.", "Choose the archive of the export.").into());
    }
    let (mut texts, mut unpacked, mut largest, mut holds_workbook) = (Vec::new(), 0_u64, (0, 0), false);
    let is_workbook = archive.file_names().flatten().any(|name| name.eq_ignore_ascii_case("xl/workbook.xml"));
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| damaged())?;
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        check_entry(&entry, &name, bytes)?;
        unpacked = unpacked.saturating_add(entry.size());
        largest = largest.max((entry.size(), index));
        if is_workbook || entry.is_dir() || name.starts_with("__MACOSX/") {
            continue;
        }
        let extension = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        match extension.as_str() {
            "csv" | "tsv" | "txt" => texts.push((index, name, entry.size())),
            "xlsx" | "xlsm" => holds_workbook = true,
            "zip" => {
                let why = "Archives in archives are not opened.";
                return Err(Refusal::new("The zip archive holds another.", why, "Unpack the outer one first.").into());
            }
            _ => {}
        }
    }
    if unpacked > most_unpacked(bytes) {
        // The table says so; whether the largest entry is what it says tells a bomb from a damaged table.
        return Err(check_size(&mut archive, largest.1).err().unwrap_or_else(bomb));
    }
    if is_workbook {
        return Ok(Entries::Workbook);
    }
    if texts.is_empty() {
        let (why, what_to_do) = if holds_workbook {
            ("It holds an Excel workbook, which is only opened from a folder.", "Unpack it and open the workbook.")
        } else {
            ("It holds no file that ends in .csv, .tsv or .txt.", "Choose the archive of the export.")
        };
        return Err(Refusal::new("The zip archive holds no export.", why, what_to_do).into());
    }
    for (entry, ..) in &texts {
        check_size(&mut archive, *entry)?;
    }
    texts.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(Entries::Texts(texts))
}

/// Refuses an archive for one of its entries.
fn check_entry<R: Read + ?Sized>(entry: &ZipFile<'_, R>, name: &str, bytes: u64) -> Result<(), ImportError> {
    if let Some(refusal) = magic::wrong_archive(name) {
        return Err(refusal.into());
    }
    let is_absolute = name.starts_with('/') || name.contains('\\') || name.get(1..2) == Some(":");
    if entry.enclosed_name().is_none() || is_absolute {
        let why = "An entry's name points outside of the archive.";
        let what_to_do = "Download the export again from where it was made.";
        return Err(Refusal::new("The zip archive is not safe to open.", why, what_to_do).into());
    }
    if entry.encrypted() {
        let why = "Its entries cannot be read without the password.";
        return Err(Refusal::new("The zip archive is encrypted.", why, "Unpack it and open the file in it.").into());
    }
    if entry.compressed_size() > bytes {
        return Err(damaged());
    }
    Ok(())
}

/// Whether an entry is larger than its packed bytes can honestly become: then either it is a bomb, or its size is wrong.
fn check_size(archive: &mut ZipArchive<Box<dyn ReadSeek>>, entry: usize) -> Result<(), ImportError> {
    let entry = archive.by_index(entry).map_err(|_| damaged())?;
    let most = most_unpacked(entry.compressed_size());
    if entry.size() <= most {
        return Ok(());
    }
    let size = entry.size();
    match std::io::copy(&mut entry.take(most + 1), &mut std::io::sink()) {
        Ok(unpacked) if unpacked > most => Err(bomb()),
        Ok(unpacked) if unpacked == size => Ok(()),
        _ => Err(damaged()),
    }
}

/// Stops an entry that inflates to more than its limit.
pub(super) struct Limited<R> {
    pub(super) inner: R,
    pub(super) left: u64,
}

/// What [`Limited`] says; told apart from other failures by this text.
pub(super) const TOO_LARGE: &str = "inflates beyond its limit";

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| std::io::Error::other(TOO_LARGE))?;
        Ok(read)
    }
}

/// Refuses an archive that is cut or changed.
pub(super) fn damaged() -> ImportError {
    let why = "It is cut or changed: its table or checksum does not fit.";
    Refusal::new("The archive is damaged.", why, "Download it again.").into()
}

/// Refuses an archive that would fill the memory.
pub(super) fn bomb() -> ImportError {
    Refusal::new(
        "The archive would grow more than two-hundredfold.",
        "No export shrinks that much, so it is not opened.",
        "Download the export again from where it was made.",
    )
    .into()
}

/// What gzip files start with.
pub(super) const GZIP: &[u8] = b"\x1f\x8b\x08";

/// How large a gzip file says that its last part is unpacked, for progress only: a cut one says anything, and from
/// 4 GiB on it counts from 0 again.
pub(super) fn unpacked_size(raw: &mut dyn ReadSeek, bytes: u64) -> std::io::Result<u64> {
    let mut size = [0; 4];
    raw.seek(SeekFrom::Start(bytes.saturating_sub(4)))?;
    read_fully(raw, &mut size)?;
    Ok(u64::from(u32::from_le_bytes(size)))
}
