//! What each header of a file means: the aliases of `assets/columns.toml`, and the plan of what to read.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

use super::problem::Refusal;
use crate::dataset::{Era, Kind, Metric};
use crate::text::Sentence;

/// The canonical names of the columns that are no metrics.
pub(super) const PERSON_ID: &str = "person_id";
/// The first day of the row's period.
pub(super) const PERIOD: &str = "period";
/// Whether the person was active in the period.
pub(super) const IS_ACTIVE: &str = "is_active";
/// The person's manager.
pub(super) const MANAGER_ID: &str = "manager_id";
/// Levels below the head of the organization.
pub(super) const LAYER: &str = "layer";

/// A header as it is compared: letters and digits alone, lower case, `organis` as `organiz`, `1 on 1` as
/// `11`, compatibility forms unified, marks that nobody sees removed.
pub(super) fn key(header: &str) -> String {
    let header = header.trim_start_matches('\u{feff}').trim();
    // A unit behind the name says nothing that the name does not.
    let header = UNITS.iter().find_map(|unit| header.strip_suffix(unit)).unwrap_or(header);
    let (percent, rest) = header.strip_prefix('%').map_or(("", header), |rest| ("percent", rest));
    let mut key = percent.to_owned();
    if rest.is_ascii() {
        // Nothing to unify, and nearly every header is so; data is looked at as if it were one, too.
        for byte in rest.bytes() {
            match byte {
                b'&' => key.push_str("and"),
                _ if byte.is_ascii_alphanumeric() => key.push(char::from(byte.to_ascii_lowercase())),
                _ => {}
            }
        }
    } else {
        let ampersand = |c: char| if c == '&' { "and".chars().collect::<Vec<_>>() } else { vec![c] };
        let letters = rest.nfkc().flat_map(char::to_lowercase).flat_map(ampersand);
        key.extend(letters.filter(|c| c.is_alphanumeric()));
    }
    if key.contains("organis") || key.contains("1on1") {
        key = key.replace("organis", "organiz").replace("1on1", "11");
    }
    key
}

/// Units that programs put behind the names of columns.
const UNITS: [&str; 6] = ["(hours)", "(Hours)", "[hours]", "(hrs)", "(h)", "[h]"];

/// `assets/columns.toml` as it stands in the file.
#[derive(Default, Deserialize)]
struct ColumnsFile {
    column: Vec<ColumnEntry>,
    unread: UnreadEntry,
}

#[derive(Deserialize)]
struct ColumnEntry {
    name: String,
    #[serde(default)]
    both: Vec<String>,
    #[serde(default)]
    wpa: Vec<String>,
    #[serde(default)]
    viva: Vec<String>,
}

#[derive(Default, Deserialize)]
struct UnreadEntry {
    wpa: Vec<String>,
    viva: Vec<String>,
    flags: Vec<String>,
}

/// What a header is known as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Known {
    /// The canonical column; `None` for a column that is not read.
    canonical: Option<&'static str>,
    /// The one product that has it.
    era: Era,
}

/// The aliases, by [`key`].
struct Aliases {
    by_key: HashMap<String, Known>,
}

impl Aliases {
    fn from_file(file: ColumnsFile) -> Self {
        let mut by_key = HashMap::new();
        for ColumnEntry { name, both, wpa, viva } in file.column {
            let Some(canonical) = canonical_name(&name) else { continue };
            by_key.insert(key(canonical), Known { canonical: Some(canonical), era: Era::Undecided });
            for (headers, era) in [(both, Era::Undecided), (wpa, Era::Wpa), (viva, Era::Viva)] {
                for header in headers {
                    by_key.insert(key(&header), Known { canonical: Some(canonical), era });
                }
            }
        }
        let UnreadEntry { wpa, viva, flags } = file.unread;
        for (headers, era) in [(wpa, Era::Wpa), (viva, Era::Viva), (flags, Era::Undecided)] {
            for header in headers {
                by_key.entry(key(&header)).or_insert(Known { canonical: None, era });
            }
        }
        Self { by_key }
    }

    fn built_in() -> &'static Self {
        static ALIASES: OnceLock<Aliases> = OnceLock::new();
        ALIASES.get_or_init(|| Self::from_file(columns_file()))
    }
}

/// The embedded file. A test holds that it parses, so the default is never seen.
fn columns_file() -> ColumnsFile {
    toml::from_str(include_str!("../../assets/columns.toml")).unwrap_or_default()
}

/// Every canonical column with every spelling of it.
pub(super) fn aliases() -> &'static [(&'static str, String)] {
    static SPELLINGS: OnceLock<Vec<(&'static str, String)>> = OnceLock::new();
    SPELLINGS.get_or_init(|| {
        let mut spellings = Vec::new();
        for ColumnEntry { name, both, wpa, viva } in columns_file().column {
            let Some(canonical) = canonical_name(&name) else { continue };
            spellings.extend(both.into_iter().chain(wpa).chain(viva).map(|header| (canonical, header)));
        }
        spellings
    })
}

/// Whether a header is in the lists, of columns that are read or that are not.
pub(super) fn is_known(header: &str) -> bool {
    Aliases::built_in().by_key.contains_key(&key(header))
}

/// The name as a constant, when it is a canonical column.
pub(super) fn canonical_name(name: &str) -> Option<&'static str> {
    let others = [PERSON_ID, PERIOD, IS_ACTIVE, MANAGER_ID, LAYER];
    let other = others.into_iter().find(|other| *other == name);
    other.or_else(|| Metric::from_name(name).map(Metric::name))
}

/// What the headers of one file mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Recognized {
    /// Canonical column and the index of the column that holds it, in the file's order.
    pub(super) columns: Vec<(&'static str, usize)>,
    /// Columns that hold something another column before them holds already.
    pub(super) second_choices: Vec<(&'static str, usize)>,
    /// Columns that are known and not read.
    pub(super) unread: Vec<usize>,
    /// Columns that only Workplace Analytics has.
    pub(super) wpa: Vec<usize>,
    /// Columns that only Viva Insights has.
    pub(super) viva: Vec<usize>,
}

impl Recognized {
    /// The column that holds a canonical column.
    pub(super) fn column(&self, canonical: &str) -> Option<usize> {
        self.columns.iter().find(|(name, _)| *name == canonical).map(|(_, column)| *column)
    }

    /// How many metrics there are.
    pub(super) fn metrics(&self) -> usize {
        self.columns.iter().filter(|(name, _)| Metric::from_name(name).is_some()).count()
    }

    /// The product, by the columns that only one of the two has, and why.
    pub(super) fn era(&self, headers: &[String]) -> (Era, Sentence) {
        let name = |columns: &[usize]| {
            let names: Vec<&str> = columns.iter().take(3).filter_map(|i| headers.get(*i)).map(String::as_str).collect();
            names.join(", ")
        };
        let only = |product: &str, columns: &[usize]| {
            let such_as = if columns.len() > 1 { ", such as " } else { ": " };
            Sentence::default()
                .counted(columns.len() as u64, "column", "columns")
                .words(format!(" that only {product} has{such_as}{}.", name(columns)))
        };
        match (self.wpa.len(), self.viva.len()) {
            (0, 0) => (Era::Undecided, "No column is in one product's exports alone.".into()),
            (wpa, viva) if wpa > viva => (Era::Wpa, only("Workplace Analytics", &self.wpa)),
            (wpa, viva) if viva > wpa => (Era::Viva, only("Viva Insights", &self.viva)),
            _ => (
                Era::Undecided,
                format!(
                    "Columns of both products: {} of Workplace Analytics, {} of Viva Insights.",
                    name(&self.wpa),
                    name(&self.viva)
                )
                .into(),
            ),
        }
    }
}

/// Maps the headers to canonical columns; `chosen` (canonical name, header) wins over the aliases.
pub(super) fn recognize(headers: &[String], chosen: &[(String, String)]) -> Result<Recognized, Refusal> {
    let keys: Vec<String> = headers.iter().map(|header| key(header)).collect();
    let mut recognized = Recognized::default();
    for (name, header) in chosen {
        let canonical = canonical_name(name).ok_or_else(|| {
            Refusal::new(
                format!("No column is called \"{name}\" here."),
                "The part before the equals sign has to be a canonical name such as external_hours.",
                "Correct the name given with --column.",
            )
        })?;
        let exact = headers.iter().position(|candidate| candidate.trim() == header.trim());
        let column = exact.or_else(|| keys.iter().position(|candidate| *candidate == key(header)));
        let column = column.ok_or_else(|| {
            Refusal::new(
                format!("The file has no column \"{header}\"."),
                format!("It was to be read as {canonical}."),
                "Correct the header given with --column, or leave it out.",
            )
        })?;
        recognized.columns.push((canonical, column));
    }
    for (column, key) in keys.iter().enumerate() {
        let Some(known) = Aliases::built_in().by_key.get(key) else { continue };
        match known.era {
            Era::Wpa => recognized.wpa.push(column),
            Era::Viva => recognized.viva.push(column),
            Era::Undecided => {}
        }
        if recognized.columns.iter().any(|(_, taken)| *taken == column) {
            continue;
        }
        match known.canonical {
            None => recognized.unread.push(column),
            Some(canonical) if recognized.column(canonical).is_some() => {
                recognized.second_choices.push((canonical, column));
            }
            Some(canonical) => recognized.columns.push((canonical, column)),
        }
    }
    recognized.columns.sort_by_key(|(_, column)| *column);
    Ok(recognized)
}

/// What to read of every row. A *slot* is a place in `needed`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// How many cells a row has.
    pub(super) width: usize,
    /// The columns that are read, ascending.
    pub(super) needed: Vec<usize>,
    /// Slot of the identifier.
    pub(super) person: usize,
    /// Slot of the date.
    pub(super) period: usize,
    /// Slot of `IsActive`.
    pub(super) active: Option<usize>,
    /// Slot of the manager's identifier.
    pub(super) manager: Option<usize>,
    /// Slot of the layer.
    pub(super) layer: Option<usize>,
    /// Metrics in hours and their slots.
    pub(super) durations: Vec<(Metric, usize)>,
    /// Metrics that count and their slots.
    pub(super) counts: Vec<(Metric, usize)>,
    /// Headers of what may be attributes, and their slots.
    pub(super) attributes: Vec<(String, usize)>,
}

impl Plan {
    /// The plan for a file with an identifier and a date; `None` without them.
    pub(super) fn new(headers: &[String], recognized: &Recognized, attributes: &[usize]) -> Option<Self> {
        let mut needed: Vec<usize> = recognized.columns.iter().map(|(_, column)| *column).collect();
        needed.extend_from_slice(attributes);
        needed.sort_unstable();
        needed.dedup();
        let slot = |column: usize| needed.binary_search(&column).ok();
        let slot_of = |canonical: &str| recognized.column(canonical).and_then(slot);
        let metrics_of = |kind: Kind| -> Vec<(Metric, usize)> {
            let metrics = recognized.columns.iter().filter_map(|(name, column)| {
                Metric::from_name(name).filter(|metric| metric.kind() == kind).zip(slot(*column))
            });
            metrics.collect()
        };
        let attributes = attributes.iter().filter_map(|column| headers.get(*column).cloned().zip(slot(*column)));
        Some(Self {
            width: headers.len(),
            person: slot_of(PERSON_ID)?,
            period: slot_of(PERIOD)?,
            active: slot_of(IS_ACTIVE),
            manager: slot_of(MANAGER_ID),
            layer: slot_of(LAYER),
            durations: metrics_of(Kind::Duration),
            counts: metrics_of(Kind::Count),
            attributes: attributes.collect(),
            needed,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn headers(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn the_embedded_aliases_parse_and_name_every_metric_by_its_own_name_too() {
        let file: ColumnsFile = toml::from_str(include_str!("../../assets/columns.toml")).unwrap();
        for column in &file.column {
            assert!(canonical_name(&column.name).is_some(), "{}", column.name);
        }
        for metric in Metric::ALL {
            assert!(file.column.iter().any(|column| column.name == metric.name()), "{}", metric.name());
        }
    }

    #[test]
    fn no_spelling_means_two_columns() {
        let file: ColumnsFile = toml::from_str(include_str!("../../assets/columns.toml")).unwrap();
        let mut seen: HashMap<String, String> = HashMap::new();
        for column in &file.column {
            for header in column.both.iter().chain(&column.wpa).chain(&column.viva) {
                let before = seen.insert(key(header), column.name.clone());
                assert!(before.is_none_or(|name| name == column.name), "{header}");
            }
        }
    }

    #[test]
    fn spaces_case_marks_and_british_spelling_do_not_matter() {
        for header in
            ["Meeting hours with manager 1:1", "meeting_hours_with_manager_1_on_1", " Meeting Hours With Manager 1on1 "]
        {
            assert_eq!(key(header), "meetinghourswithmanager11");
        }
        assert_eq!(key("\u{feff}Network\u{a0}outside\u{200b} organisation"), "networkoutsideorganization");
        assert_eq!(key("Collaboration hours (h)"), "collaborationhours");
        assert_eq!(key("% Group collaboration time invested"), "percentgroupcollaborationtimeinvested");
    }

    #[test]
    fn the_columns_of_each_product_decide_the_era() {
        let wpa = headers("PersonId,Date,Collaboration_hours,Collaboration_hours_external,Networking_outside_company");
        let recognized = recognize(&wpa, &[]).unwrap();
        assert_eq!(recognized.era(&wpa).0, Era::Wpa);
        assert_eq!(recognized.column("external_hours"), Some(3));
        let viva = headers("Person ID,Metric Date,External collaboration hours");
        assert_eq!(recognize(&viva, &[]).unwrap().era(&viva).0, Era::Viva);
        let neither = headers("PersonId,Date,Collaboration_hours");
        assert_eq!(recognize(&neither, &[]).unwrap().era(&neither).0, Era::Undecided);
    }

    #[test]
    fn a_chosen_header_wins_and_a_missing_one_is_refused() {
        let headers = headers("PersonId,Date,Externe Zusammenarbeit,External_collaboration_hours");
        let chosen = [("external_hours".to_owned(), "Externe Zusammenarbeit".to_owned())];
        let recognized = recognize(&headers, &chosen).unwrap();
        assert_eq!(recognized.column("external_hours"), Some(2));
        assert_eq!(recognized.second_choices, [("external_hours", 3)]);
        assert!(recognize(&headers, &[("external_hours".to_owned(), "Nope".to_owned())]).is_err());
        assert!(recognize(&headers, &[("nope".to_owned(), "PersonId".to_owned())]).is_err());
    }

    #[test]
    fn the_one_to_one_columns_of_meetings_and_of_meetings_and_calls_stay_apart() {
        let headers = headers("Meeting_hours_with_manager_1_on_1,Meeting_and_call_hours_with_manager_1_1");
        let recognized = recognize(&headers, &[]).unwrap();
        assert_eq!(recognized.column("manager_1_1_hours"), Some(0));
        assert_eq!(recognized.column("manager_1_1_meeting_and_call_hours"), Some(1));
    }
}
