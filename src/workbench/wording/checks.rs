//! Findings of the data check in words: what their switches are called, and what they would do.

use super::{name, sentence_case, unavailable};
use crate::privacy::{Check, Effect, InsightId, Roll, Share, Unavailable};
use crate::quality::LeaveOut;
use crate::text::{self, Locale};
use crate::workbench::Results;

/// The switch that leaves out what was found.
#[must_use]
pub fn leave_out(found: &LeaveOut) -> &'static str {
    match found {
        LeaveOut::Periods(days) if days.len() == 1 => "Leave this week out",
        LeaveOut::Periods(_) => "Leave these weeks out",
        LeaveOut::LowActivity => "Leave these people out",
        LeaveOut::InactiveRows => "Leave these rows out",
    }
}

/// Who came and who left, where it may be told: "42 people joined after the first week, 30 left before the last."
#[must_use]
pub fn come_and_gone(roll: &Roll, by_month: bool, locale: &Locale) -> Option<String> {
    let period = if by_month { "month" } else { "week" };
    let (joined, left) = roll.joined.zip(roll.left)?;
    if (joined, left) == (0, 0) {
        return Some(format!("Everybody has a row in the first and in the last {period}."));
    }
    let joined = text::counted(joined, "person has", "people have", locale);
    let left = text::counted(left, "person has", "people have", locale);
    Some(format!("{joined} no row in the first {period}, and {left} none in the last."))
}

/// What the switch of a finding would do to the shares that stand for the behaviors, or why that cannot be told; `None`
/// without a switch, and while it is not known yet. The proof of the finding has the other shares.
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
            let headlines = shares.iter().filter(|(id, _)| id.behavior().headline() == *id);
            let changed: Vec<String> = headlines.filter_map(|share| becomes(results, *share, locale)).collect();
            Some(match changed.as_slice() {
                [] => sentence_case(&format!("{with} {it} the shares on the cards read the same.")),
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

/// Why an insight has no number: of one that is held back, why it is not fit.
#[must_use]
pub fn no_number(results: &Results, id: InsightId, why: &Unavailable, locale: &Locale) -> String {
    match results.held_back(id).filter(|_| *why == Unavailable::HeldBack) {
        Some(reason) => format!("Held back, because it is not fit: {}", reason.in_words(locale)),
        None => unavailable(why),
    }
}

/// What stands wherever a number stands that somebody asked to see though it is not fit: "Shown despite: ...".
#[must_use]
pub fn shown_despite(results: &Results, id: InsightId, locale: &Locale) -> Option<String> {
    results.shown_despite(id).map(|reason| format!("Shown despite: {}", reason.in_words(locale)))
}
