//! Sources to texts: folders, zip and gzip archives, and files that are no text, told by their first bytes.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::options::Source;
use super::problem::{ImportError, Place, Refusal};
use super::report::Container;
use crate::text::Sentence;

/// A text to be read: a file, bytes, or an entry of a zip archive of either.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The name as shown.
    pub(super) name: String,
    /// The file's path.
    pub(super) path: Option<PathBuf>,
    /// What it comes in.
    pub(super) container: Container,
    /// Bytes of the text, decompressed.
    pub(super) bytes: u64,
    /// Bytes that reading it takes from its source, for progress.
    pub(super) raw_bytes: u64,
    origin: Origin,
    packing: Packing,
    /// Size and time of change of the file when it was opened first.
    state: Option<(u64, Option<SystemTime>)>,
}

/// How the text lies in the raw bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    Plain,
    /// An entry of a zip archive, by its place.
    Zip(usize),
    Gzip,
}

/// Where raw bytes are.
#[derive(Clone, Debug)]
enum Origin {
    File(PathBuf),
    Memory(Arc<[u8]>),
}

/// A source of raw bytes that can be read from anywhere.
trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

impl Origin {
    fn open(&self) -> Result<Box<dyn ReadSeek>, ImportError> {
        match self {
            Self::File(path) => Ok(Box::new(File::open(path).map_err(|error| cannot_read(&error))?)),
            Self::Memory(bytes) => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
        }
    }
}

/// An archive larger than this, inflated, may not be more than [`MOST_RATIO`] times its size.
const LARGE: u64 = 256 << 20;
/// Texts of people and numbers shrink to a tenth; nothing honest shrinks to less than a two-hundredth.
const MOST_RATIO: u64 = 200;
/// Entries of an archive that are looked at.
const MOST_ENTRIES: usize = 10_000;

impl Part {
    /// Opens the text and hands it to `use_it`.
    pub(super) fn with_reader<T>(
        &self,
        use_it: impl FnOnce(Box<dyn Read + Send + '_>) -> Result<T, ImportError>,
    ) -> Result<T, ImportError> {
        let raw = self.origin.open()?;
        let most = |packed: u64| LARGE.max(packed.saturating_mul(MOST_RATIO));
        match self.packing {
            Packing::Plain => use_it(Box::new(raw)),
            Packing::Zip(entry) => {
                let mut archive = ZipArchive::new(raw).map_err(|_| damaged_archive())?;
                let entry = archive.by_index(entry).map_err(|_| damaged_archive())?;
                let left = most(entry.compressed_size());
                use_it(Box::new(Limited { inner: entry, left }))
            }
            Packing::Gzip => {
                let left = most(self.bytes);
                use_it(Box::new(Limited { inner: MultiGzDecoder::new(BufReader::new(raw)), left }))
            }
        }
    }

    /// Pieces of a file's middle and end, of `length` bytes each; none of what can only be read from its start.
    pub(super) fn pieces(&self, length: usize) -> Result<Vec<Vec<u8>>, ImportError> {
        if self.packing != Packing::Plain || self.bytes < 8 * length as u64 {
            return Ok(Vec::new());
        }
        let mut raw = self.origin.open()?;
        let last = self.bytes - length as u64;
        // Even places, so that pairs of bytes stay pairs.
        let mut pieces = Vec::new();
        for start in [last / 4, last / 2, last / 4 * 3, last].map(|start| start & !1) {
            raw.seek(SeekFrom::Start(start)).map_err(|error| cannot_read(&error))?;
            let mut piece = vec![0; length];
            let read = read_fully(&mut raw, &mut piece).map_err(|error| cannot_read(&error))?;
            piece.truncate(read);
            pieces.push(piece);
        }
        Ok(pieces)
    }

    /// Every raw byte of the source (of the whole archive, for an entry), for hashing.
    pub(super) fn raw(&self) -> Result<Box<dyn Read + Send>, ImportError> {
        Ok(Box::new(self.origin.open()?))
    }

    /// Fails when the file is not the one that was opened first.
    pub(super) fn check_unchanged(&self) -> Result<(), ImportError> {
        match (&self.origin, self.state) {
            (Origin::File(path), Some(before)) if state_of(path) != Some(before) => Err(Refusal::new(
                "The file changed while it was read.",
                "Its size or its time of change is not what it was at the start.",
                "Wait until it is written, then open it again.",
            )
            .into()),
            _ => Ok(()),
        }
    }
}

/// Reads until the buffer is full or the source ends.
pub(super) fn read_fully(reader: &mut dyn Read, mut buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut total = 0;
    while !buffer.is_empty() {
        match reader.read(buffer) {
            Ok(0) => break,
            Ok(read) => {
                total += read;
                buffer = buffer.get_mut(read..).unwrap_or_default();
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(total)
}

/// Stops an entry that inflates to more than its limit.
struct Limited<R> {
    inner: R,
    left: u64,
}

/// What [`Limited`] says; told apart from other failures by this text.
const TOO_LARGE: &str = "inflates beyond its limit";

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| std::io::Error::other(TOO_LARGE))?;
        Ok(read)
    }
}

/// A failure to read, in sentences.
pub(super) fn cannot_read(error: &std::io::Error) -> ImportError {
    use std::io::ErrorKind;
    let refusal = match error.kind() {
        ErrorKind::NotFound => Refusal::new(
            "The file is not there.",
            "It was moved, renamed or deleted.",
            "Look for it in its folder, or export it again.",
        ),
        ErrorKind::PermissionDenied => Refusal::new(
            "The file cannot be opened.",
            "You have no permission to read it, or another program holds it.",
            "Close the other program, or ask the owner of the file.",
        ),
        ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::UnexpectedEof => return damaged_archive(),
        _ if error.to_string().contains(TOO_LARGE) => return bomb(),
        _ => Refusal::new(
            "Reading the file failed.",
            format!("The system says: {error}."),
            "Copy the file to this computer and open it again.",
        ),
    };
    refusal.into()
}

fn damaged_archive() -> ImportError {
    let why = "It is cut or changed: its table or checksum does not fit.";
    Refusal::new("The archive is damaged.", why, "Download it again.").into()
}

fn bomb() -> ImportError {
    Refusal::new(
        "The archive would grow more than two-hundredfold.",
        "No export shrinks that much, so it is not opened.",
        "Download the export again from where it was made.",
    )
    .into()
}

fn state_of(path: &Path) -> Option<(u64, Option<SystemTime>)> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.len(), metadata.modified().ok()))
}

/// More than this is not taken from standard input.
const MOST_PIPED: u64 = 2_000_000_000;

/// The texts in the sources, in their order; folders give the exports in them by name.
pub(super) fn open_all(sources: &[Source]) -> Result<Vec<Part>, ImportError> {
    let mut parts = Vec::new();
    for source in sources {
        match source {
            Source::Path(path) => parts.extend(open_path(path)?),
            Source::Bytes { name, bytes } => {
                let origin = Origin::Memory(Arc::clone(bytes));
                parts.extend(open_origin(name, None, origin, bytes.len() as u64, None)?);
            }
            Source::StandardInput => {
                let bytes = standard_input()?;
                let length = bytes.len() as u64;
                parts.extend(open_origin("standard input", None, Origin::Memory(bytes.into()), length, None)?);
            }
        }
    }
    Ok(parts)
}

/// Standard input, which has to be held whole: at most [`MOST_PIPED`], and no more than its start when that is
/// no text.
fn standard_input() -> Result<Vec<u8>, ImportError> {
    const START: u64 = 4096;
    let mut input = std::io::stdin().lock();
    let mut bytes = Vec::new();
    input.by_ref().take(START).read_to_end(&mut bytes).map_err(|error| cannot_read(&error))?;
    // Zip archives and UTF-16 have zero bytes, but not from the first four bytes on.
    if bytes.len() >= 4 && bytes.iter().take(4).all(|byte| *byte == 0) {
        return Err(Refusal::new(
            "Standard input is no text.",
            "It starts with zero bytes.",
            "Pipe an export in, or name its file.",
        )
        .into());
    }
    input.take(MOST_PIPED).read_to_end(&mut bytes).map_err(|error| cannot_read(&error))?;
    if bytes.len() as u64 >= MOST_PIPED {
        return Err(Refusal::new(
            "Standard input is larger than 2 GB.",
            "What is piped in has to be held in memory; a file is read piece by piece.",
            "Name the file instead.",
        )
        .into());
    }
    Ok(bytes)
}

fn open_path(path: &Path) -> Result<Vec<Part>, ImportError> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let here = |error: ImportError| error.in_source(&name, Some(&path.to_path_buf()));
    let metadata = std::fs::metadata(path).map_err(|error| here(cannot_read(&error)))?;
    if metadata.is_dir() {
        let entries = std::fs::read_dir(path).map_err(|error| here(cannot_read(&error)))?;
        let mut files: Vec<PathBuf> =
            entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|file| is_export(file)).collect();
        files.sort();
        if files.is_empty() {
            return Err(here(
                Refusal::new(
                    "The folder holds no export.",
                    "There is no file in it that ends in .csv, .tsv, .txt, .zip or .gz.",
                    "Choose the folder that the exports were saved in.",
                )
                .into(),
            ));
        }
        let mut parts = Vec::new();
        for file in files {
            parts.extend(open_path(&file)?);
        }
        return Ok(parts);
    }
    if !metadata.is_file() {
        return Err(here(
            Refusal::new(
                "This is no regular file.",
                "Devices and pipes have no end that could be relied on.",
                "Choose a file, or pass its text through standard input.",
            )
            .into(),
        ));
    }
    open_origin(&name, Some(path), Origin::File(path.to_path_buf()), metadata.len(), state_of(path)).map_err(here)
}

fn is_export(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    path.is_file()
        && extension.is_some_and(|extension| ["csv", "tsv", "txt", "zip", "gz"].contains(&extension.as_str()))
}

fn open_origin(
    name: &str,
    path: Option<&Path>,
    origin: Origin,
    bytes: u64,
    state: Option<(u64, Option<SystemTime>)>,
) -> Result<Vec<Part>, ImportError> {
    let here = |error: ImportError| error.in_source(name, path.map(Path::to_path_buf).as_ref());
    let mut head = [0; 512];
    let mut raw = origin.open().map_err(here)?;
    let read = read_fully(&mut raw, &mut head).map_err(|error| here(cannot_read(&error)))?;
    let head = head.get(..read).unwrap_or_default();
    let part = Part {
        name: name.to_owned(),
        path: path.map(Path::to_path_buf),
        container: Container::Plain,
        bytes,
        raw_bytes: bytes,
        origin,
        packing: Packing::Plain,
        state,
    };
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return entries(&part, raw).map_err(here);
    }
    if head.starts_with(GZIP) {
        let unpacked = unpacked_size(&mut raw, bytes).map_err(|error| here(cannot_read(&error)))?;
        let container = Container::Gzip;
        return Ok(vec![Part { container, raw_bytes: unpacked.max(bytes), packing: Packing::Gzip, ..part }]);
    }
    match wrong_kind(head) {
        Some(refusal) => Err(here(refusal.into())),
        None => Ok(vec![part]),
    }
}

/// What gzip files start with.
const GZIP: &[u8] = b"\x1f\x8b\x08";

/// How large a gzip file says that its last part is unpacked, for progress only: a cut one says anything, and from
/// 4 GiB on it counts from 0 again.
fn unpacked_size(raw: &mut dyn ReadSeek, bytes: u64) -> std::io::Result<u64> {
    let mut size = [0; 4];
    raw.seek(SeekFrom::Start(bytes.saturating_sub(4)))?;
    read_fully(raw, &mut size)?;
    Ok(u64::from(u32::from_le_bytes(size)))
}

/// The texts in a zip archive, by name.
fn entries(whole: &Part, raw: Box<dyn ReadSeek>) -> Result<Vec<Part>, ImportError> {
    let mut archive = ZipArchive::new(raw).map_err(|_| damaged_archive())?;
    if archive.len() > MOST_ENTRIES {
        let what = Sentence::from("The zip archive has ").counted(archive.len() as u64, "entry.", "entries.");
        return Err(Refusal::new(what, "An export has a few.", "Choose the archive of the export.").into());
    }
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| damaged_archive())?;
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        if entry.is_dir() || name.starts_with("__MACOSX/") {
            continue;
        }
        if let Some(refusal) = wrong_archive(&name) {
            return Err(refusal.into());
        }
        if entry.enclosed_name().is_none() || name.contains('\\') {
            let why = "An entry's name points outside of the archive.";
            let what_to_do = "Download the export again from where it was made.";
            return Err(Refusal::new("The zip archive is not safe to open.", why, what_to_do).into());
        }
        if entry.encrypted() {
            let why = "Its entries cannot be read without the password.";
            return Err(Refusal::new("The zip archive is encrypted.", why, "Unpack it and open the file in it.").into());
        }
        let extension = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        if extension == "zip" {
            let why = "Archives in archives are not opened.";
            return Err(Refusal::new("The zip archive holds another.", why, "Unpack the outer one first.").into());
        }
        if !["csv", "tsv", "txt"].contains(&extension.as_str()) {
            continue;
        }
        if entry.size() > LARGE && entry.size() / MOST_RATIO > entry.compressed_size() {
            return Err(bomb());
        }
        parts.push(Part {
            name,
            container: Container::Zip,
            bytes: entry.size(),
            raw_bytes: entry.size(),
            packing: Packing::Zip(index),
            ..whole.clone()
        });
    }
    match parts.as_mut_slice() {
        [] => {
            let why = "It holds no file that ends in .csv, .tsv or .txt.";
            return Err(
                Refusal::new("The zip archive holds no export.", why, "Choose the archive of the export.").into()
            );
        }
        [only] => whole.name.clone_into(&mut only.name),
        several => {
            for part in several {
                part.name = format!("{}: {}", whole.name, part.name);
            }
        }
    }
    parts.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(parts)
}

/// Archives that are something else than a zipped export, told by a name in them.
fn wrong_archive(entry: &str) -> Option<Refusal> {
    if entry.starts_with("xl/") || entry.starts_with("word/") || entry.starts_with("ppt/") {
        let what = if entry.starts_with("xl/") { "This is an Excel workbook." } else { "This is an Office document." };
        return Some(Refusal::new(what, "Only CSV is read.", "Save the sheet as CSV UTF-8 and open that file."));
    }
    if entry == "DataModel" || entry.starts_with("Report/Layout") {
        let why = "Its data cannot be read from outside.";
        return Some(Refusal::new("This is a Power BI file.", why, "Download the person query behind it as CSV."));
    }
    None
}

/// What a file is that is no text of rows, told by its first bytes.
fn wrong_kind(head: &[u8]) -> Option<Refusal> {
    const MARKS: [(&[u8], &str); 13] = [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Office file"),
        (b"%PDF-", "a PDF"),
        (b"PAR1", "a Parquet file"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b"\xfd7zXZ\0", "an xz archive"),
        (b"\x28\xb5\x2f\xfd", "a zstd archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x7fELF", "a program"),
        (b"SQLite format 3\0", "a database"),
    ];
    let refused = |what: &str, what_to_do: &str| {
        Some(Refusal::new(format!("This is {what}."), "Only CSV is read, plain or in a .zip or .gz.", what_to_do))
    };
    if let Some((_, what)) = MARKS.iter().find(|(mark, _)| head.starts_with(mark)) {
        let packed = what.ends_with("archive");
        let save = "Export the person query as CSV and open that file.";
        return refused(what, if packed { "Unpack it and open the CSV in it." } else { save });
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let starts = |word: &[u8]| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if starts(b"<!doctype") || starts(b"<html") || starts(b"<head") {
        return refused("a web page, perhaps a sign-in page", "Sign in and download the export again.");
    }
    if starts(b"<?xml") {
        return refused("an XML file", "Export the person query as CSV and open that file.");
    }
    let is_json = match text.split_first() {
        Some((b'{', _)) => true,
        Some((b'[', rest)) => matches!(rest.trim_ascii_start().first(), Some(b'{' | b'[' | b'"' | b']')),
        _ => false,
    };
    if is_json {
        return refused("a JSON file", "Export the person query as CSV and open that file.");
    }
    if head.starts_with(b"MZ") && head.contains(&0) {
        return refused("a program", "Export the person query as CSV and open that file.");
    }
    None
}

/// The place of a part, for problems that name two.
pub(super) fn place_of(part: &Part) -> Place {
    Place { name: part.name.clone(), path: part.path.clone(), line: 0 }
}
