//! `ATTRIBUTE=VALUE` on the command line, read and written so that both name the same group, whatever signs
//! stand in a header or a value.

use crate::dataset::Dataset;
use crate::insights::GroupName;

/// An equals sign that is a part of a name.
const ESCAPED: &str = "\\=";

/// The group that a text names. Headers and values may hold equals signs, so every one of them may be the one
/// between attribute and value: what is a group of the file wins, then what is an attribute of the file, then the
/// longer attribute. `\=` is an equals sign that parts nothing, for files in which two groups would read alike.
///
/// `None` where there is no equals sign with something before it. A text that names nothing in the file is parted
/// at its first equals sign.
#[must_use]
pub fn read_group(text: &str, dataset: &Dataset) -> Option<GroupName> {
    let signs: Vec<usize> = text.match_indices('=').map(|(at, _)| at).collect();
    let part = |at: usize, name: fn(&str) -> String| {
        let (attribute, value) = (name(text.get(..at)?), name(text.get(at + 1..)?));
        let is_named = !attribute.trim().is_empty();
        is_named.then(|| GroupName { attribute: attribute.trim().to_owned(), value: value.trim().to_owned() })
    };
    let plain = signs.iter().filter_map(|&at| part(at, str::to_owned)).collect::<Vec<_>>();
    let parts = |at: usize| text.get(..at).is_some_and(|before| !before.ends_with('\\'));
    let parting = signs.iter().filter(|&&at| text.contains(ESCAPED) && parts(at));
    let escaped = parting.filter_map(|&at| part(at, |name| name.replace(ESCAPED, "="))).collect::<Vec<_>>();
    let first = plain.first().cloned();
    // The best of equals is the last: an escaped one, and the longer attribute.
    let best = plain.into_iter().chain(escaped).max_by_key(|group| {
        let known = dataset.attribute(&group.attribute);
        let is_group = known.is_some_and(|known| known.values.contains(&group.value));
        (is_group, known.is_some(), known.is_some_and(|known| known.name == group.attribute))
    });
    let best = best.filter(|group| dataset.attribute(&group.attribute).is_some()).or(first)?;
    // As the file writes it.
    let attribute = dataset.attribute(&best.attribute).map_or(best.attribute, |known| known.name.clone());
    Some(GroupName { attribute, value: best.value })
}

/// The text that [`read_group`] reads as this group of the file.
#[must_use]
pub fn write_group(group: &GroupName, dataset: &Dataset) -> String {
    let plain = format!("{}={}", group.attribute, group.value);
    if read_group(&plain, dataset).as_ref() == Some(group) {
        return plain;
    }
    format!("{}={}", group.attribute.replace('=', ESCAPED), group.value.replace('=', ESCAPED))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::super::{What, open};
    use super::*;
    use crate::import::{ImportOptions, Source};
    use crate::work::{Cancel, Progress};

    /// Twelve people, six in each of two groups of each attribute.
    fn file(attributes: &[(&str, [&str; 2])]) -> std::sync::Arc<Dataset> {
        let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
        let headers: Vec<String> = attributes.iter().map(|(name, _)| quoted(name)).collect();
        let mut text = format!("PersonId,MetricDate,Collaboration_hours,{}\n", headers.join(","));
        for person in 0..12 {
            let values: Vec<String> = attributes.iter().map(|(_, values)| quoted(values[person % 2])).collect();
            text += &format!("p{person},2024-03-31,1,{}\n", values.join(","));
        }
        let source = Source::Bytes { name: "made.csv".to_owned(), bytes: text.into_bytes().into() };
        let what = What::Sources(vec![source]);
        open(&what, &ImportOptions::default(), &Progress::default(), &Cancel::default()).unwrap().dataset
    }

    fn group(attribute: &str, value: &str) -> GroupName {
        GroupName { attribute: attribute.to_owned(), value: value.to_owned() }
    }

    #[test]
    fn headers_and_values_may_hold_equals_signs() {
        let file = file(&[("Cost=center", ["1=a", "2"]), ("Team", ["x=y", "North"])]);
        let read = |text: &str| read_group(text, &file).unwrap();
        assert_eq!(read("Cost=center=2"), group("Cost=center", "2"));
        assert_eq!(read("Cost=center=1=a"), group("Cost=center", "1=a"));
        assert_eq!(read("cost=center = 2"), group("Cost=center", "2"));
        assert_eq!(read("Team=x=y"), group("Team", "x=y"));
        assert_eq!(read("Team=nobody"), group("Team", "nobody"));
        assert_eq!(read("Nowhere=1=2"), group("Nowhere", "1=2"));
        assert_eq!((read_group("Team", &file), read_group("=North", &file)), (None, None));
    }

    #[test]
    fn two_groups_that_read_alike_are_told_apart() {
        let file = file(&[("A", ["B=C", "D"]), ("A=B", ["C", "E"])]);
        assert_eq!(read_group("A=B=C", &file), Some(group("A=B", "C")));
        assert_eq!(write_group(&group("A=B", "C"), &file), "A=B=C");
        assert_eq!(write_group(&group("A", "B=C"), &file), "A=B\\=C");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let values = ["Sales, EMEA|x", "=1\\=2=\\"];
        let names = ["A", "A=", "A=B", "A|B,C", "A\\=D", "\\="];
        let file = file(&names.map(|name| (name, values)));
        for attribute in file.attributes() {
            for value in &attribute.values {
                let group = group(&attribute.name, value);
                let text = write_group(&group, &file);
                assert_eq!(read_group(&text, &file), Some(group), "{text}");
            }
        }
    }
}
