//! The project file (`.cfocus`): one JSON document in UTF-8, made to be read and compared by people too.
//!
//! ```json
//! {
//!   "format": "customer-focus project",
//!   "version": 1,
//!   "written_by": "0.1.0",
//!   "sources": [{ "path": "/exports/person-query.csv", "sha256": "9f86d0...", "bytes": 1204311 }],
//!   "contact_sources": [],
//!   "beside_sources": [{ "path": "/exports/meetings.csv", "kind": "meeting", ... }],
//!   "reading": { "date_order": "dmy" },
//!   "minimum_group_size": 10,
//!   "settings": { "co_attended_basis_points": 3000, "gap": 0.05, "q3": null, "customer_facing": [] },
//!   "views": [{ "name": "Sales in April", ... }],
//!   "made": { "decisions": [ ... ], "next_id": 7 }
//! }
//! ```
//!
//! | member | holds |
//! |---|---|
//! | `sources` | the exports: `path`, `sha256` in hexadecimal and `bytes` (`null` while not known), or `"is_sample": true` |
//! | `contact_sources` | the exports of time with contacts, named in the same way |
//! | `beside_sources` | the exports of time between groups and of meetings, named in the same way, with their `kind` |
//! | `reading` | how the exports are read where a person said so; what is not in it is recognized |
//! | `minimum_group_size` | the size that somebody set; `null` for the export's own. Within a project it only grows |
//! | `settings` | the other settings that change numbers; shares from 0 to 1, `q3` is `null` for the company's own |
//! | `views` | saved views: a filter, a grouping and settings under a name |
//! | `made` | what people made: one list a noun, and `next_id`, the number that the next thing gets |
//!
//! Exports are named by path and SHA-256, never copied. A member that is missing has its default, so that a file of
//! an older version opens; where a meaning changes, the version is raised and a step of migration (`MIGRATIONS`)
//! brings the older text up to it. A file of a newer version is not opened: what this program does not know it
//! would lose when saving. Work that was rescued after a crash is the same document with one member more,
//! `recovery_of`: the path of the project that it belongs to.
//!
//! A file of each version is among the tests (`tests/fixtures`) and opens for ever.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{NumberSettings, Project, Reading, SavedView};

/// What the field `format` holds.
const FORMAT: &str = "customer-focus project";

/// The version that this program writes.
pub const VERSION: u64 = 1;

/// From version n to n + 1, at place n - 1.
type Migration = fn(&mut Map<String, Value>);
const MIGRATIONS: [Migration; (VERSION - 1) as usize] = [];

/// Everything that a project file holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    /// The exports that were open.
    pub sources: Vec<SourceReference>,
    /// The exports of time with contacts that were open.
    pub contact_sources: Vec<SourceReference>,
    /// The exports of time between groups and of meetings that were open.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beside_sources: Vec<SourceReference>,
    /// How the exports are read, where a person said so.
    #[serde(skip_serializing_if = "Reading::is_empty")]
    pub reading: Reading,
    /// The minimum group size that somebody set; `None` for the export's own.
    pub minimum_group_size: Option<usize>,
    /// The other settings that change numbers.
    pub settings: NumberSettings,
    /// Views that were saved, in the order in which they were.
    pub views: Vec<SavedView>,
    /// What people made.
    pub made: Project,
}

/// An export, by name and content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SourceReference {
    /// Where it was.
    pub path: String,
    /// SHA-256 of its bytes in hexadecimal; `None` while it has not been computed.
    pub sha256: Option<String>,
    /// Its length.
    pub bytes: Option<u64>,
    /// Whether it is the built-in sample company, which has no path.
    #[serde(skip_serializing_if = "is_false")]
    pub is_sample: bool,
    /// Which query it is, of an export beside the person query: `group_to_group` or `meeting`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// Why a file cannot be opened as a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotReadable {
    /// It is no project file at all.
    NotAProject,
    /// It ends in the middle.
    CutShort,
    /// Something in it is not as it was written.
    Damaged {
        /// The line, from 1; 0 where the fault is in no line.
        line: usize,
        /// What is wrong, as the JSON reader says it.
        detail: String,
    },
    /// A newer version of the program wrote it.
    Newer {
        /// The version of the program; empty where it does not say.
        written_by: String,
    },
}

impl NotReadable {
    /// What happened, why, and what to do.
    #[must_use]
    pub fn sentences(&self) -> [String; 3] {
        let (what, why, what_to_do) = match self {
            Self::NotAProject => (
                "This is not a project of Customer Focus.",
                "It does not say that it is one.".to_owned(),
                "Choose a file that ends in .cfocus. Exports are opened with Open export.",
            ),
            Self::CutShort => (
                "The project file is cut short.",
                "Its end is missing, as after a broken copy or a full disk.".to_owned(),
                "Look for a copy of it, as in a backup. The file itself was left as it is.",
            ),
            Self::Damaged { line, detail } => (
                "The project file is damaged.",
                if *line == 0 { format!("{detail}.") } else { format!("Line {line}: {detail}.") },
                "Look for a copy of it, as in a backup. The file itself was left as it is.",
            ),
            Self::Newer { written_by } => (
                "The project is from a newer Customer Focus.",
                if written_by.is_empty() {
                    "This version would lose what it does not know.".to_owned()
                } else {
                    format!("Version {written_by} wrote it; this version would lose what it does not know.")
                },
                "Update Customer Focus to open it. The file was left as it is.",
            ),
        };
        [what.to_owned(), why, what_to_do.to_owned()]
    }
}

/// What every version of the file has in front.
#[derive(Serialize)]
struct Written<'a> {
    format: &'a str,
    version: u64,
    written_by: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    recovery_of: Option<&'a str>,
    #[serde(flatten)]
    document: &'a Document,
}

impl Document {
    /// The text of the file. The same document gives the same text.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.text(None)
    }

    /// The text of a rescued document, with the path of the project that it belongs to; empty for none.
    pub(super) fn to_rescued_text(&self, recovery_of: &str) -> String {
        self.text(Some(recovery_of))
    }

    fn text(&self, recovery_of: Option<&str>) -> String {
        let written_by = env!("CARGO_PKG_VERSION");
        let written = Written { format: FORMAT, version: VERSION, written_by, recovery_of, document: self };
        // Maps have text keys and numbers are finite, so that this does not fail.
        let mut text = serde_json::to_string_pretty(&written).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Whether the other says the same. SHA-256 and length do not count: they are found out in the background, and
    /// nobody changed anything when they were.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.made == other.made
            && self.minimum_group_size == other.minimum_group_size
            && self.settings == other.settings
            && self.views == other.views
            && names_the_same(&self.sources, &other.sources)
            && names_the_same(&self.contact_sources, &other.contact_sources)
            && names_the_same(&self.beside_sources, &other.beside_sources)
            && self.reading == other.reading
    }

    /// The document in the bytes of a file.
    ///
    /// # Errors
    /// When the bytes are no project, or one that cannot be read whole.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotReadable> {
        let text = std::str::from_utf8(bytes).map_err(|_| {
            let claims = bytes.windows(FORMAT.len()).take(200).any(|window| window == FORMAT.as_bytes());
            let detail = "It is not text in UTF-8".to_owned();
            if claims { NotReadable::Damaged { line: 0, detail } } else { NotReadable::NotAProject }
        })?;
        let text = text.trim_start_matches('\u{feff}');
        let mut fields: Map<String, Value> = serde_json::from_str(text).map_err(|error| not_json(text, &error))?;
        if fields.get("format").and_then(Value::as_str) != Some(FORMAT) {
            return Err(NotReadable::NotAProject);
        }
        let Some(version) = fields.get("version").and_then(Value::as_u64).filter(|version| *version > 0) else {
            return Err(NotReadable::Damaged { line: 0, detail: "It does not say its version".to_owned() });
        };
        if version > VERSION {
            let written_by = fields.get("written_by").and_then(Value::as_str).unwrap_or_default().to_owned();
            return Err(NotReadable::Newer { written_by });
        }
        let earlier = usize::try_from(version - 1).unwrap_or(usize::MAX);
        MIGRATIONS.iter().skip(earlier).for_each(|migrate| migrate(&mut fields));
        serde_json::from_value(Value::Object(fields)).map_err(|_| NotReadable::Damaged {
            line: 0,
            detail: "A part of it is not as this program writes it".to_owned(),
        })
    }
}

/// Whether two lists name the same exports, whatever is known of their bytes.
#[must_use]
pub fn names_the_same(exports: &[SourceReference], others: &[SourceReference]) -> bool {
    let name = |source: &SourceReference| (source.path.clone(), source.is_sample);
    exports.iter().map(name).eq(others.iter().map(name))
}

/// Text that is no JSON object: cut, damaged, or something else altogether.
fn not_json(text: &str, error: &serde_json::Error) -> NotReadable {
    let head: String = text.chars().take(200).collect();
    if !head.contains(FORMAT) {
        return NotReadable::NotAProject;
    }
    if error.is_eof() {
        return NotReadable::CutShort;
    }
    let detail = error.to_string();
    let detail = detail.split(" at line ").next().unwrap_or_default().to_owned();
    NotReadable::Damaged { line: error.line(), detail }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::project::{Decision, DecisionEdit, Edit};

    fn document() -> Document {
        let mut made = Project::default();
        let text = "Two 30-minute 1:1s a month \u{2013} f\u{fc}r alle".to_owned();
        made.apply(Edit::Decision(DecisionEdit::Add(Decision { text, ..Decision::default() })));
        let source =
            SourceReference { path: "/exports/a.csv".to_owned(), bytes: Some(12), ..SourceReference::default() };
        Document { sources: vec![source], minimum_group_size: Some(12), made, ..Document::default() }
    }

    #[test]
    fn what_was_written_is_what_is_read() {
        let text = document().to_text();
        assert_eq!(Document::from_bytes(text.as_bytes()), Ok(document()));
        assert_eq!(Document::from_bytes(format!("\u{feff}{text}").as_bytes()), Ok(document()));
    }

    #[test]
    fn a_file_with_fewer_fields_gets_their_defaults() {
        let text = format!(r#"{{"format": "{FORMAT}", "version": 1}}"#);
        assert_eq!(Document::from_bytes(text.as_bytes()), Ok(Document::default()));
    }

    #[test]
    fn every_cut_of_a_file_is_refused_and_none_is_read_as_less() {
        let text = document().to_text();
        for end in 0..text.trim_end().len() {
            let result = Document::from_bytes(&text.as_bytes()[..end]);
            let refused =
                matches!(result, Err(NotReadable::CutShort | NotReadable::NotAProject | NotReadable::Damaged { .. }));
            assert!(refused, "cut at {end}: {result:?}");
        }
    }

    #[test]
    fn other_files_newer_ones_and_damaged_ones_are_told_apart() {
        let read = |text: &str| Document::from_bytes(text.as_bytes()).unwrap_err();
        assert_eq!(read("PersonId,MetricDate\n"), NotReadable::NotAProject);
        assert_eq!(read("{}"), NotReadable::NotAProject);
        assert_eq!(read("[1, 2]"), NotReadable::NotAProject);
        let newer = format!(r#"{{"format": "{FORMAT}", "version": 99, "written_by": "7.1"}}"#);
        assert_eq!(read(&newer), NotReadable::Newer { written_by: "7.1".to_owned() });
        let damaged = document().to_text().replace("12,", "twelve,");
        assert!(matches!(read(&damaged), NotReadable::Damaged { line: 9.., .. }), "{:?}", read(&damaged));
        let wrong = format!(r#"{{"format": "{FORMAT}", "version": 1, "minimum_group_size": "many"}}"#);
        assert!(matches!(read(&wrong), NotReadable::Damaged { line: 0, .. }));
    }
}
