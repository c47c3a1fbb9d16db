//! Findings of the data check, as they may be seen.

use super::{InsightId, Rules, ShownAttribute};
use crate::quality::{Concern, Finding, LeaveOut, Severity};
use crate::text::Sentence;

/// A finding whose count has passed the rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// A stable name.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it concerns.
    pub concerns: Concern,
    /// How often; `None` where a small number of people would be told.
    pub count: Option<usize>,
    /// What was noticed.
    pub text: Sentence,
    /// What to do about it.
    pub what_to_do: String,
    /// Up to twenty line numbers, of a finding about a file's shape.
    pub lines: Vec<u64>,
    /// The switch that leaves out what was found, where that is sensible.
    pub leave_out: Option<LeaveOut>,
    /// What the shares would be with that switch the other way.
    pub effect: Effect,
}

/// What the shares of insights would be with a switch the other way.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// There is no switch.
    NoSwitch,
    /// Nobody has asked yet.
    NotAsked,
    /// These.
    Told(Vec<(InsightId, f64)>),
    /// Nothing can be told about what would be left.
    Hidden(Sentence),
}

/// Publishes a finding: a number of people from 1 to under the minimum is told as "fewer than k", without
/// lines. Its effect is a question of its own, which has to pass the rules like any other. The number of people of a hidden group is not told, however many they are: beside what
/// is told of all hidden groups it would tell those that it hides.
#[must_use]
pub fn publish_check(finding: Finding, shown: &[ShownAttribute], rules: Rules) -> Check {
    let is_shown = |(attribute, value): &(String, String)| {
        let values = shown.iter().find(|shown| shown.name == *attribute).map(|shown| &shown.values);
        values.is_some_and(|values| values.iter().any(|shown| shown.value == *value))
    };
    let hidden = finding.of_group.as_ref().filter(|group| !is_shown(group));
    let may_be_told = !finding.counts_people || rules.nobody_or_enough(finding.count) && hidden.is_none();
    let limit = rules.minimum_group_size() as u64;
    let text = match hidden {
        // Only groups of people for whom nothing is written are counted by a finding.
        Some((attribute, _)) => format!("Some people have no {attribute} in some row: a group that is hidden.").into(),
        None if may_be_told => finding.text,
        None => finding.text.withheld(limit),
    };
    Check {
        code: finding.code,
        severity: finding.severity,
        concerns: finding.concerns,
        count: may_be_told.then_some(finding.count),
        text,
        what_to_do: finding.what_to_do,
        lines: if finding.counts_people { Vec::new() } else { finding.lines },
        effect: if finding.leave_out.is_some() { Effect::NotAsked } else { Effect::NoSwitch },
        leave_out: finding.leave_out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::ShownValue;
    use crate::text::Locale;

    fn about(count: usize, counts_people: bool) -> Finding {
        Finding {
            code: "made",
            severity: Severity::Note,
            concerns: Concern::NoNumber,
            count,
            counts_people,
            is_of_values: false,
            text: Sentence::default().counted(count as u64, "person has", "people have").words(" no team."),
            what_to_do: String::new(),
            lines: vec![2],
            leave_out: None,
            of_group: None,
        }
    }

    #[test]
    fn a_few_people_are_told_as_fewer_than_the_minimum() {
        let told = |count, counts_people| {
            let check = publish_check(about(count, counts_people), &[], Rules::new(10));
            (check.count, check.text.in_words(&Locale::of("de-DE")))
        };
        assert_eq!(told(1, true), (None, "Fewer than 10 people have no team.".to_owned()));
        assert_eq!(told(9, true), (None, "Fewer than 10 people have no team.".to_owned()));
        assert_eq!(told(1204, true), (Some(1204), "1.204 people have no team.".to_owned()));
        assert_eq!(told(1, false), (Some(1), "1 person has no team.".to_owned()));
    }

    #[test]
    fn of_a_hidden_group_not_even_a_large_number_is_told() {
        // 20 people without a team are hidden to protect somebody else; beside "Other (23)" they would tell of three.
        let finding = Finding { of_group: Some(("Team".to_owned(), "(not set)".to_owned())), ..about(20, true) };
        let hidden = ShownAttribute { name: "Team".to_owned(), values: Vec::new(), hidden: None };
        let check = publish_check(finding.clone(), std::slice::from_ref(&hidden), Rules::new(10));
        assert_eq!((check.count, check.text.plain().contains("20")), (None, false));
        let value = ShownValue { value: "(not set)".to_owned(), people: 20, looks_customer_facing: false };
        let shown = ShownAttribute { values: vec![value], ..hidden };
        assert_eq!(publish_check(finding, &[shown], Rules::new(10)).count, Some(20));
    }
}
