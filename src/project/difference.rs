//! What one project has that another has not: counts by noun, for the offer of recovered work.

use serde_json::{Map, Value};

use super::Project;
use crate::text::{self, Locale};

/// How many things of one noun differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NounDifference {
    /// The noun in its plural: "decisions".
    pub noun: String,
    /// Things that only the later project has.
    pub added: usize,
    /// Things that both have, but not alike.
    pub changed: usize,
    /// Things that only the earlier project has.
    pub removed: usize,
}

impl NounDifference {
    /// In words: "2 decisions added", "1 plan changed, 1 removed".
    #[must_use]
    pub fn in_words(&self, locale: &Locale) -> String {
        let counts = [(self.added, "added"), (self.changed, "changed"), (self.removed, "removed")];
        let mut words = Vec::new();
        for (count, verb) in counts.into_iter().filter(|(count, _)| *count > 0) {
            words.push(if words.is_empty() {
                format!("{} {verb}", text::counted(count, &singular(&self.noun), &self.noun, locale))
            } else {
                format!("{} {verb}", text::count(count, locale))
            });
        }
        words.join(", ")
    }
}

/// What `later` has that `earlier` has not, in the order in which nouns stand in the file.
///
/// It is read from the form that is written, so that a new noun is counted without a line here.
#[must_use]
pub fn differences(earlier: &Project, later: &Project) -> Vec<NounDifference> {
    let object = |project: &Project| match serde_json::to_value(project) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let mut found = Vec::new();
    compare(&object(earlier), &object(later), &mut found);
    found
}

fn compare(earlier: &Map<String, Value>, later: &Map<String, Value>, found: &mut Vec<NounDifference>) {
    let nothing = Map::new();
    for (name, value) in later {
        match value {
            Value::Array(things) => {
                let before = earlier.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
                let difference = of_noun(name, before, things);
                if difference != (NounDifference { noun: difference.noun.clone(), ..NounDifference::default() }) {
                    found.push(difference);
                }
            }
            Value::Object(inner) => {
                compare(earlier.get(name).and_then(Value::as_object).unwrap_or(&nothing), inner, found);
            }
            _ => {}
        }
    }
}

fn of_noun(name: &str, earlier: &[Value], later: &[Value]) -> NounDifference {
    // Things go by their number; one without is the same thing only where it is alike.
    let is_same = |a: &Value, b: &Value| match (a.get("id"), b.get("id")) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    };
    let mut difference = NounDifference { noun: name.replace('_', " "), ..NounDifference::default() };
    for thing in later {
        match earlier.iter().find(|known| is_same(known, thing)) {
            None => difference.added += 1,
            Some(known) if known != thing => difference.changed += 1,
            Some(_) => {}
        }
    }
    difference.removed = earlier.iter().filter(|known| !later.iter().any(|thing| is_same(known, thing))).count();
    difference
}

fn singular(plural: &str) -> String {
    match (plural.strip_suffix("ies"), plural.strip_suffix('s')) {
        (Some(stem), _) => format!("{stem}y"),
        (None, Some(stem)) => stem.to_owned(),
        (None, None) => plural.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Decision, DecisionEdit, Edit, Id};

    fn note(project: &mut Project, text: &str) {
        let decision = Decision { text: text.to_owned(), ..Decision::default() };
        project.apply(Edit::Decision(DecisionEdit::Add(decision)));
    }

    #[test]
    fn things_are_counted_by_noun_as_added_changed_and_removed() {
        let mut earlier = Project::default();
        ["stays", "is changed", "is removed"].into_iter().for_each(|text| note(&mut earlier, text));
        let mut later = earlier.clone();
        let changed = Decision { id: Id(1), text: "otherwise".to_owned(), ..Decision::default() };
        later.apply(Edit::Decision(DecisionEdit::Change(changed)));
        later.apply(Edit::Decision(DecisionEdit::Remove(Id(2))));
        ["new", "newer"].into_iter().for_each(|text| note(&mut later, text));
        let found = differences(&earlier, &later);
        let expected = NounDifference { noun: "decisions".to_owned(), added: 2, changed: 1, removed: 1 };
        assert_eq!(found, [expected]);
        let words = found.first().map(|difference| difference.in_words(&Locale::of("en-US")));
        assert_eq!(words.as_deref(), Some("2 decisions added, 1 changed, 1 removed"));
        assert_eq!(differences(&later, &later), []);
    }

    #[test]
    fn one_of_a_noun_is_told_in_the_singular() {
        let one = |noun: &str| NounDifference { noun: noun.to_owned(), changed: 1, ..NounDifference::default() };
        let words = |noun: &str| one(noun).in_words(&Locale::of("en-US"));
        assert_eq!(words("decisions"), "1 decision changed");
        assert_eq!(words("companies"), "1 company changed");
    }
}
