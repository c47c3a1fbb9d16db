//! Findings of the data check, as they may be seen.

use super::{InsightId, Rules};
use crate::quality::{Finding, Severity};
use crate::text::Sentence;

/// A finding whose count has passed the rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// A stable name.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// How often; `None` where a small number of people would be told.
    pub count: Option<usize>,
    /// What was noticed.
    pub text: Sentence,
    /// What to do about it.
    pub what_to_do: String,
    /// Up to twenty line numbers, of a finding about a file's shape.
    pub lines: Vec<u64>,
    /// What the headline shares would be without what was found.
    pub effect: Vec<(InsightId, f64)>,
}

/// Publishes a finding: a number of people from 1 to under the minimum is told as "fewer than k", without
/// lines, and without its effect.
#[must_use]
pub fn publish_check(finding: Finding, effect: Vec<(InsightId, f64)>, rules: Rules) -> Check {
    let may_be_told = !finding.counts_people || rules.nobody_or_enough(finding.count);
    let limit = rules.minimum_group_size() as u64;
    let text = if may_be_told { finding.text } else { finding.text.withheld(limit) };
    Check {
        code: finding.code,
        severity: finding.severity,
        count: may_be_told.then_some(finding.count),
        text,
        what_to_do: finding.what_to_do,
        lines: if finding.counts_people { Vec::new() } else { finding.lines },
        effect: if may_be_told { effect } else { Vec::new() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Locale;

    fn about(count: usize, counts_people: bool) -> Finding {
        Finding {
            code: "made",
            severity: Severity::Note,
            count,
            counts_people,
            text: Sentence::default().counted(count as u64, "person has", "people have").words(" no team."),
            what_to_do: String::new(),
            lines: vec![2],
            without: None,
        }
    }

    #[test]
    fn a_few_people_are_told_as_fewer_than_the_minimum() {
        let told = |count, counts_people| {
            let check = publish_check(about(count, counts_people), Vec::new(), Rules::new(10));
            (check.count, check.text.in_words(&Locale::of("de-DE")))
        };
        assert_eq!(told(1, true), (None, "Fewer than 10 people have no team.".to_owned()));
        assert_eq!(told(9, true), (None, "Fewer than 10 people have no team.".to_owned()));
        assert_eq!(told(1204, true), (Some(1204), "1.204 people have no team.".to_owned()));
        assert_eq!(told(1, false), (Some(1), "1 person has no team.".to_owned()));
    }
}
