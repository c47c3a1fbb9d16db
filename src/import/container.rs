//! Sources to texts: files, folders, the texts in archives, the sheets of workbooks.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::archive::{self, Entries, Limited, most_unpacked};
use super::kinds::QueryKind;
use super::magic;
use super::names;
use super::options::Source;
use super::problem::{ImportError, Place, Refusal};
use super::report::{Container, Skipped};
use super::workbook;
use crate::work::Cancel;

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
    /// The archive or workbook that it is one of several texts of.
    pub(super) of: Option<OneOf>,
    /// Whether it was found in a folder, and not named.
    pub(super) is_from_folder: bool,
    origin: Origin,
    packing: Packing,
    /// Size and time of change of the file when it was opened first.
    state: Option<(u64, Option<SystemTime>)>,
}

/// The place of a text among those of its archive or workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OneOf {
    /// The archive or workbook, by its place among the sources.
    pub(super) source: usize,
    /// The place of the text, counted from 1.
    pub(super) number: usize,
}

/// How the text lies in the raw bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Packing {
    Plain,
    /// An entry of a zip archive, by its place.
    Zip(usize),
    Gzip,
    /// A sheet of a workbook, written out as text.
    Sheet(Arc<[u8]>),
}

/// Where raw bytes are.
#[derive(Clone, Debug)]
enum Origin {
    File(PathBuf),
    Memory(Arc<[u8]>),
}

/// A source of raw bytes that can be read from anywhere.
pub(super) trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

impl Origin {
    fn open(&self) -> Result<Box<dyn ReadSeek>, ImportError> {
        match self {
            Self::File(path) => Ok(Box::new(File::open(path).map_err(|error| cannot_read(&error))?)),
            Self::Memory(bytes) => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
        }
    }
}

impl Part {
    /// Opens the text and hands it to `use_it`.
    pub(super) fn with_reader<T>(
        &self,
        use_it: impl FnOnce(Box<dyn Read + Send + '_>) -> Result<T, ImportError>,
    ) -> Result<T, ImportError> {
        if let Packing::Sheet(text) = &self.packing {
            return use_it(Box::new(text.as_ref()));
        }
        let raw = self.origin.open()?;
        match self.packing {
            Packing::Plain | Packing::Sheet(_) => use_it(Box::new(raw)),
            Packing::Zip(entry) => {
                let mut archive = ZipArchive::new(raw).map_err(|_| archive::damaged())?;
                let entry = archive.by_index(entry).map_err(|_| archive::damaged())?;
                let left = most_unpacked(entry.compressed_size());
                use_it(Box::new(Limited { inner: entry, left }))
            }
            Packing::Gzip => {
                let left = most_unpacked(self.bytes);
                use_it(Box::new(Limited { inner: MultiGzDecoder::new(BufReader::new(raw)), left }))
            }
        }
    }

    /// Pieces of a file's middle and end, of `length` bytes each; none of what can only be read from its start.
    pub(super) fn pieces(&self, length: usize, from: usize) -> Result<Vec<Vec<u8>>, ImportError> {
        let mut raw: Box<dyn ReadSeek> = match &self.packing {
            _ if self.bytes < 8 * length as u64 => return Ok(Vec::new()),
            Packing::Plain => self.origin.open()?,
            Packing::Sheet(text) => Box::new(Cursor::new(Arc::clone(text))),
            Packing::Zip(_) | Packing::Gzip => return Ok(Vec::new()),
        };
        let last = self.bytes - length as u64;
        // Even places, so that pairs of bytes stay pairs.
        let mut pieces = Vec::new();
        let starts = [last / 4, last / 2, last / 4 * 3, last].map(|start| start & !1);
        for start in starts.into_iter().filter(|start| *start >= from as u64) {
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

    /// Whether two texts are the same, byte for byte. Only texts of one size are read.
    pub(super) fn has_same_text(&self, other: &Self, cancel: &Cancel) -> Result<bool, ImportError> {
        if self.bytes != other.bytes || self.container != other.container {
            return Ok(false);
        }
        self.with_reader(|mut one| other.with_reader(|mut two| are_equal(&mut one, &mut two, cancel)))
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

fn are_equal(one: &mut dyn Read, two: &mut dyn Read, cancel: &Cancel) -> Result<bool, ImportError> {
    let (mut first, mut second) = (vec![0; 1 << 18], vec![0; 1 << 18]);
    loop {
        if cancel.is_cancelled() {
            return Err(ImportError::Cancelled);
        }
        let read = read_fully(one, &mut first).map_err(|error| cannot_read(&error))?;
        let other = read_fully(two, &mut second).map_err(|error| cannot_read(&error))?;
        if first.get(..read) != second.get(..other) {
            return Ok(false);
        }
        if read == 0 {
            return Ok(true);
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
        ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::UnexpectedEof => return archive::damaged(),
        _ if error.to_string().contains(archive::TOO_LARGE) => return archive::bomb(),
        _ => Refusal::new(
            "Reading the file failed.",
            format!("The system says: {error}."),
            "Copy the file to this computer and open it again.",
        ),
    };
    refusal.into()
}

fn state_of(path: &Path) -> Option<(u64, Option<SystemTime>)> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.len(), metadata.modified().ok()))
}

/// More than this is not taken from standard input.
const MOST_PIPED: u64 = 1_000_000_000;

/// The texts of some sources, and the files in folders that are none.
#[derive(Default)]
pub(super) struct Opened {
    /// The texts, in the order of the sources; those of a folder or an archive by name.
    pub(super) parts: Vec<Part>,
    /// Files in folders that cannot be opened.
    pub(super) left_out: Vec<Skipped>,
}

/// Opens sources. What is named has to be readable; of a folder, what is.
pub(super) fn open_all(sources: &[Source], cancel: &Cancel) -> Result<Opened, ImportError> {
    let mut opened = Opened::default();
    for source in sources {
        match source {
            Source::Path(path) => opened.path(path, cancel)?,
            Source::Bytes { name, bytes } => {
                let origin = Origin::Memory(Arc::clone(bytes));
                let part = Part::of(name, None, origin, bytes.len() as u64, None);
                opened.unpack(part, cancel)?;
            }
            Source::StandardInput => {
                let bytes = standard_input()?;
                let length = bytes.len() as u64;
                let part = Part::of(&shown_source(source), None, Origin::Memory(bytes.into()), length, None);
                opened.unpack(part, cancel)?;
            }
        }
    }
    Ok(opened)
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

impl Opened {
    /// Opens a file, or the exports in a folder.
    fn path(&mut self, path: &Path, cancel: &Cancel) -> Result<(), ImportError> {
        let name = shown_name(path);
        let here = |error: ImportError| error.in_source(&name, Some(&path.to_path_buf()));
        let metadata = std::fs::metadata(path).map_err(|error| here(cannot_follow(path, &error)))?;
        if !metadata.is_dir() {
            return self.file(path, &metadata, cancel).map_err(here);
        }
        let entries = std::fs::read_dir(path).map_err(|error| here(cannot_read(&error)))?;
        let mut files: Vec<PathBuf> =
            entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|file| is_export(file)).collect();
        files.sort();
        let before = self.parts.len();
        let mut first_error = None;
        for file in &files {
            if cancel.is_cancelled() {
                return Err(ImportError::Cancelled);
            }
            let opened = std::fs::metadata(file).map_err(|error| cannot_read(&error));
            match opened.and_then(|metadata| self.file(file, &metadata, cancel)) {
                Ok(()) => {}
                Err(ImportError::Refused(refusal)) => {
                    let left_out = Skipped::because(shown_name(file), QueryKind::Unknown, &refusal);
                    self.left_out.push(left_out);
                    first_error.get_or_insert((ImportError::Refused(refusal), file));
                }
                Err(error) => return Err(error),
            }
        }
        self.parts.iter_mut().skip(before).for_each(|part| part.is_from_folder = true);
        match first_error {
            _ if self.parts.len() > before => Ok(()),
            Some((error, file)) if files.len() == 1 => Err(error.in_source(&shown_name(file), Some(file))),
            _ => Err(here(
                Refusal::new(
                    "The folder holds no export.",
                    "No file in it that ends in .csv, .tsv, .txt, .xlsx, .zip or .gz can be read.",
                    "Choose the folder that the exports were saved in.",
                )
                .into(),
            )),
        }
    }

    fn file(&mut self, path: &Path, metadata: &std::fs::Metadata, cancel: &Cancel) -> Result<(), ImportError> {
        if !metadata.is_file() {
            return Err(Refusal::new(
                "This is no regular file.",
                "Devices and pipes have no end that could be relied on.",
                "Choose a file, or pass its text through standard input.",
            )
            .into());
        }
        let origin = Origin::File(path.to_path_buf());
        let part = Part::of(&shown_name(path), Some(path), origin, metadata.len(), state_of(path));
        self.unpack(part, cancel)
    }

    /// Adds a file as the text that it is, or the texts in it.
    fn unpack(&mut self, part: Part, cancel: &Cancel) -> Result<(), ImportError> {
        let (name, path) = (part.name.clone(), part.path.clone());
        self.texts_of(part, cancel).map_err(|error| error.in_source(&name, path.as_ref()))
    }

    fn texts_of(&mut self, part: Part, cancel: &Cancel) -> Result<(), ImportError> {
        let mut head = [0; 512];
        let mut raw = part.origin.open()?;
        let read = read_fully(&mut raw, &mut head).map_err(|error| cannot_read(&error))?;
        let head = head.get(..read).unwrap_or_default();
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            match archive::entries(raw, part.bytes)? {
                Entries::Texts(entries) => {
                    let texts = entries.into_iter().map(|(entry, name, bytes)| (name, bytes, Packing::Zip(entry)));
                    self.several(&part, Container::Zip, texts.collect());
                }
                Entries::Workbook => {
                    let sheets = workbook::sheets(part.origin.open()?, cancel)?.into_iter();
                    let texts = sheets.map(|sheet| (sheet.name, sheet.text.len() as u64, Packing::Sheet(sheet.text)));
                    self.several(&part, Container::Workbook, texts.collect());
                }
            }
            return Ok(());
        }
        if head.starts_with(archive::GZIP) {
            let unpacked = archive::unpacked_size(&mut raw, part.bytes).map_err(|error| cannot_read(&error))?;
            let raw_bytes = unpacked.max(part.bytes);
            self.parts.push(Part { container: Container::Gzip, raw_bytes, packing: Packing::Gzip, ..part });
            return Ok(());
        }
        match magic::wrong_kind(head) {
            Some(refusal) => Err(refusal.into()),
            None => {
                self.parts.push(part);
                Ok(())
            }
        }
    }

    /// Adds the texts of one archive or workbook. A single one goes by the name of the file.
    fn several(&mut self, whole: &Part, container: Container, texts: Vec<(String, u64, Packing)>) {
        let source = self.parts.len();
        let is_single = texts.len() == 1;
        for (number, (name, bytes, packing)) in (1..).zip(texts) {
            let name =
                if is_single { whole.name.clone() } else { format!("{}: {}", whole.name, names::visible(&name)) };
            let of = (!is_single).then_some(OneOf { source, number });
            self.parts.push(Part { name, container, bytes, raw_bytes: bytes, of, packing, ..whole.clone() });
        }
    }
}

impl Part {
    /// A file or bytes as they are.
    fn of(
        name: &str,
        path: Option<&Path>,
        origin: Origin,
        bytes: u64,
        state: Option<(u64, Option<SystemTime>)>,
    ) -> Self {
        Self {
            name: name.to_owned(),
            path: path.map(Path::to_path_buf),
            container: Container::Plain,
            bytes,
            raw_bytes: bytes,
            of: None,
            is_from_folder: false,
            origin,
            packing: Packing::Plain,
            state,
        }
    }

    /// Whether others came with it, so that it may be left out where it is no export.
    pub(super) fn is_one_of_several(&self) -> bool {
        self.is_from_folder || self.of.is_some()
    }
}

/// The name of a source as shown.
pub(super) fn shown_source(source: &Source) -> String {
    match source {
        Source::Path(path) => shown_name(path),
        Source::Bytes { name, .. } => name.clone(),
        Source::StandardInput => "standard input".to_owned(),
    }
}

/// The last part of a path, with nothing in it that could steer a terminal.
fn shown_name(path: &Path) -> String {
    names::visible(&path.file_name().unwrap_or(path.as_os_str()).to_string_lossy())
}

fn is_export(path: &Path) -> bool {
    const EXTENSIONS: [&str; 7] = ["csv", "tsv", "txt", "zip", "gz", "xlsx", "xlsm"];
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    // Spreadsheets keep a hidden file beside one that is open.
    let is_lock = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$"));
    path.is_file() && !is_lock && extension.is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()))
}

/// A failure to find what a path names.
fn cannot_follow(path: &Path, error: &std::io::Error) -> ImportError {
    let is_link = std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    if !is_link || error.kind() == std::io::ErrorKind::PermissionDenied {
        return cannot_read(error);
    }
    let why = "What it points to is not there, or it points to itself.";
    Refusal::new("The link leads to no file.", why, "Open the file itself.").into()
}

/// The place of a part, for problems that name two.
pub(super) fn place_of(part: &Part) -> Place {
    Place { name: part.name.clone(), path: part.path.clone(), line: 0 }
}
