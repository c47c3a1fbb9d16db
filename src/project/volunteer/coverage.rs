//! Which topics and teams have somebody to ask, and where there are gaps.

use super::{Call, Volunteer};

/// Topics against teams: how many listed people know the topic and help the team.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicCoverage {
    /// Topics that are wanted, then further ones that somebody named.
    pub topics: Vec<String>,
    /// Teams that are wanted, then further ones that somebody named.
    pub teams: Vec<String>,
    /// People by topic and team: one row a topic, one number a team.
    pub people: Vec<Vec<usize>>,
    /// Listed people who named no topic or no team, and so are in no field.
    pub without_place: usize,
}

impl TopicCoverage {
    pub(super) fn of(call: &Call, listed: &[&Volunteer]) -> Self {
        let all = |wanted: &[String], of: fn(&Volunteer) -> &[String]| {
            let mut names: Vec<String> = Vec::new();
            for name in wanted.iter().chain(listed.iter().flat_map(|person| of(person))) {
                if !holds(&names, name) {
                    names.push(name.clone());
                }
            }
            names
        };
        let topics = all(&call.topics, |person| &person.topics);
        let teams = all(&call.teams, |person| &person.teams);
        let knows =
            |person: &Volunteer, topic: &str, team: &str| holds(&person.topics, topic) && holds(&person.teams, team);
        let count = |topic: &str, team: &str| listed.iter().filter(|person| knows(person, topic, team)).count();
        let people = topics.iter().map(|topic| teams.iter().map(|team| count(topic, team)).collect()).collect();
        let without_place = listed.iter().filter(|person| person.topics.is_empty() || person.teams.is_empty()).count();
        Self { topics, teams, people, without_place }
    }

    /// Fields without anybody: topic and team.
    #[must_use]
    pub fn gaps(&self) -> Vec<(&str, &str)> {
        let fields = self.topics.iter().zip(&self.people).flat_map(|(topic, row)| {
            let empty = self.teams.iter().zip(row).filter(|(_, people)| **people == 0);
            empty.map(|(team, _)| (topic.as_str(), team.as_str()))
        });
        fields.collect()
    }

    /// The number of fields.
    #[must_use]
    pub fn fields(&self) -> usize {
        self.topics.len() * self.teams.len()
    }
}

fn holds(names: &[String], name: &str) -> bool {
    names.iter().any(|known| known.trim().to_lowercase() == name.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(topics: &[&str], teams: &[&str]) -> Volunteer {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Volunteer { topics: owned(topics), teams: owned(teams), ..Volunteer::default() }
    }

    #[test]
    fn a_field_without_anybody_is_a_gap_also_where_nobody_named_what_is_wanted() {
        let call = Call { topics: vec!["Pricing".into(), "Contracts".into()], ..Call::default() };
        let (ann, bob) = (person(&["pricing"], &["North", "South"]), person(&["Service"], &["North"]));
        let nowhere = person(&["Pricing"], &[]);
        let coverage = TopicCoverage::of(&call, &[&ann, &bob, &nowhere]);
        assert_eq!(coverage.topics, ["Pricing", "Contracts", "Service"]);
        assert_eq!(coverage.teams, ["North", "South"]);
        // Pricing: Ann in both. Contracts: nobody. Service: Bob in North.
        assert_eq!(coverage.people, [vec![1, 1], vec![0, 0], vec![1, 0]]);
        assert_eq!(coverage.gaps(), [("Contracts", "North"), ("Contracts", "South"), ("Service", "South")]);
        assert_eq!((coverage.fields(), coverage.without_place), (6, 1));
    }
}
