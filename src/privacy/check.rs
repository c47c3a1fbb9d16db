//! Findings of the data check, as they may be seen.

use super::{InsightId, Rules};
use crate::quality::{Finding, Severity};

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
    pub text: String,
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
    let count_in_words =
        if may_be_told { finding.count.to_string() } else { format!("fewer than {}", rules.minimum_group_size()) };
    let mut text = finding.text.replace("{count}", &count_in_words);
    if let Some(first) = text.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
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
