//! Cohorts that are suggested: by the words of their names, and by who leads whom.

use crate::dataset::{Dataset, LEADERSHIP, Leads};

/// What people do, by the name of their group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// They sell.
    Sales,
    /// They help customers after that.
    CustomerSuccess,
    /// They make, buy and deliver.
    Supply,
}

impl Family {
    /// Every family, in the order in which they are suggested.
    pub const ALL: [Self; 3] = [Self::Sales, Self::CustomerSuccess, Self::Supply];

    const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Sales => &["sales", "account", "seller"],
            Self::CustomerSuccess => &["customer success", "csm", "support", "service"],
            Self::Supply => &["manufactur", "supply", "procure", "operations"],
        }
    }
}

/// The family that a group's name sounds like; bookkeepers are no sellers.
#[must_use]
pub fn family_of(value: &str) -> Option<Family> {
    let value = value.to_lowercase().replace("accounting", "");
    Family::ALL.into_iter().find(|family| family.words().iter().any(|word| value.contains(word)))
}

/// Who leads whom, as a column of the file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roles {
    /// The column.
    pub attribute: String,
    /// Its values for people who lead people that lead nobody; may be empty.
    pub managers: Vec<String>,
    /// Its values for people who lead managers; may be empty.
    pub leaders: Vec<String>,
}

/// Roles from the organizational data beside the file, else from its column `SupervisorIndicator`; `None` without both,
/// or where no value of it is known.
#[must_use]
pub fn roles(dataset: &Dataset) -> Option<Roles> {
    if let Some(attribute) = dataset.attribute(LEADERSHIP) {
        let those = |leads: Leads| attribute.values.iter().filter(|value| *value == leads.name()).cloned().collect();
        let (managers, leaders) = (those(Leads::People), those(Leads::Managers));
        return Some(Roles { attribute: attribute.name.clone(), managers, leaders });
    }
    let letters = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let attribute = dataset.attributes().iter().find(|known| letters(&known.name) == "supervisorindicator")?;
    let is_one_of = |words: &[&str]| {
        let known = |value: &&String| words.contains(&value.to_lowercase().as_str());
        attribute.values.iter().filter(known).cloned().collect::<Vec<_>>()
    };
    let (managers, leaders) = (is_one_of(&["mngr", "mgr", "manager"]), is_one_of(&["mngr+", "mgr+", "manager+"]));
    let is_known = !managers.is_empty() || !leaders.is_empty();
    is_known.then(|| Roles { attribute: attribute.name.clone(), managers, leaders })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_go_by_the_words_of_the_definition() {
        assert_eq!(family_of("Inside Sales EMEA"), Some(Family::Sales));
        assert_eq!(family_of("Customer Success"), Some(Family::CustomerSuccess));
        assert_eq!(family_of("Manufacturing"), Some(Family::Supply));
        assert_eq!(family_of("Accounting"), None);
        assert_eq!(family_of("Engineering"), None);
    }
}
