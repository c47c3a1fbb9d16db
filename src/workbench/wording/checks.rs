//! Findings of the data check in words: what their switches are called, and what they would do.

use super::{name, sentence_case};
use crate::privacy::{Check, Effect, InsightId, Share};
use crate::quality::LeaveOut;
use crate::text::{self, Locale};
use crate::workbench::Results;

/// The switch that leaves out what was found.
#[must_use]
pub fn leave_out(found: &LeaveOut, locale: &Locale) -> String {
    match found {
        LeaveOut::Periods(days) => match days.as_slice() {
            [_] => "Leave it out".to_owned(),
            days => format!("Leave the {} out", text::counted(days.len(), "one", "weeks", locale)),
        },
        LeaveOut::LowActivity => "Leave them out".to_owned(),
        LeaveOut::InactiveRows => "Leave the rows out".to_owned(),
    }
}

/// What the switch of a finding would do to the shares, or why that cannot be told; `None` without a switch, and while it
/// is not known yet.
#[must_use]
pub fn effect(results: &Results, check: &Check, locale: &Locale) -> Option<String> {
    let is_out = check.leave_out.as_ref()?.is_on(&results.question.filter);
    let with = if is_out { "with" } else { "without" };
    let it = match &check.leave_out {
        Some(LeaveOut::Periods(days)) if days.len() == 1 => "it",
        _ => "them",
    };
    match &check.effect {
        Effect::NoSwitch | Effect::NotAsked => None,
        Effect::Hidden(why) => Some(format!("What the shares are {with} {it} is not shown. {}", why.in_words(locale))),
        Effect::Told(shares) => {
            let changed: Vec<String> = shares.iter().filter_map(|share| becomes(results, *share, locale)).collect();
            Some(match changed.as_slice() {
                [] => sentence_case(&format!("{with} {it} every share reads the same.")),
                changed => sentence_case(&format!("{with} {it}: {}.", changed.join("; "))),
            })
        }
    }
}

/// "External collaboration over 8 hours 31 % becomes 33 %"; `None` where both read the same.
fn becomes(results: &Results, (id, other): (InsightId, f64), locale: &Locale) -> Option<String> {
    let outcome = results.findings.as_ref().ok()?.insight(id)?.outcome.as_ref().ok()?;
    let [now, other] = [outcome.share, Share::new(other)].map(|share| text::percent(share, outcome.people, locale));
    (now != other).then(|| format!("{}, {now} becomes {other}", name(id)))
}

/// What stands wherever a number stands that somebody asked to see though it is not fit: "Shown despite: ...".
#[must_use]
pub fn shown_despite(results: &Results, id: InsightId, locale: &Locale) -> Option<String> {
    results.shown_despite(id).map(|reason| format!("Shown despite: {}", reason.in_words(locale)))
}
