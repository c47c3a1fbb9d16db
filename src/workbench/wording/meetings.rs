//! Sentences about meetings and who initiated them.

use super::between::{moved, signed_percent};
use super::set_aside;
use super::uncertainty::CANNOT_TELL;
use crate::import::MeetingReport;
use crate::privacy::{
    ChangeVerdict, GroupOfMeetings, InWindows, Initiator, InitiatorFindings, Interval, MeetingFindings, NoMeeting,
    NoMeetings, NotTold, OutsideKnown, Rules,
};
use crate::text::{self, Locale};

/// Who initiated, in a word or two: "By us".
#[must_use]
pub const fn initiator(initiator: Initiator) -> &'static str {
    match initiator {
        Initiator::Us => "By us",
        Initiator::Others => "By others",
        Initiator::Unknown => "Unknown",
    }
}

/// The finding as a title.
#[must_use]
pub fn meetings_title(findings: &MeetingFindings, locale: &Locale) -> String {
    let [us, others, unknown] = [0, 1, 2].map(|place| counts(findings, place));
    let a_week = |number: f64| text::decimals(number, i32::from(number < 9.95) as usize, locale);
    match (us, others, unknown) {
        (Some(us), Some(others), Some(unknown)) => format!(
            "We initiate {} of {} meetings a week with people outside",
            a_week(us.all),
            a_week(us.all + others.all + unknown.all)
        ),
        (_, Some(others), _) => format!("Others initiate {} meetings a week; ours cannot be told", a_week(others.all)),
        _ => "Who initiates meetings cannot be told".to_owned(),
    }
}

fn counts(findings: &MeetingFindings, place: usize) -> Option<InWindows> {
    findings.by.get(place).and_then(|by| by.told.as_ref().ok()).map(|counts| counts.per_week)
}

/// What the numbers are: measure, weeks, how many meetings.
#[must_use]
pub fn meetings_subtitle(findings: &MeetingFindings, locale: &Locale) -> String {
    let weeks = text::counted(findings.weeks.len(), "week", "weeks", locale);
    let meetings = count(findings.meetings - findings.inside, locale);
    format!("Meetings with people outside the company, by organizer: {meetings} meetings in {weeks}")
}

fn count(number: u64, locale: &Locale) -> String {
    text::count(usize::try_from(number).unwrap_or(usize::MAX), locale)
}

/// Meetings a week: "54.2".
#[must_use]
pub fn a_week(number: f64, locale: &Locale) -> String {
    text::decimals(number, 1, locale)
}

/// Meetings a week and person: "0.45".
#[must_use]
pub fn a_week_and_person(number: f64, locale: &Locale) -> String {
    text::decimals(number, 2, locale)
}

/// Meetings of one kind of organizer: "By us: 54.2 a week, 0.05 a person; 50.1 to 58.3 (+16 %)", or why not.
#[must_use]
pub fn initiated(by: &InitiatorFindings, locale: &Locale) -> String {
    let name = initiator(by.initiator);
    match &by.told {
        Ok(counts) => {
            format!(
                "{name}: {}",
                per_week(&counts.per_week, counts.per_member.as_ref(), counts.likely.as_ref(), locale)
            )
        }
        Err(why) => format!("{name}: {CANNOT_TELL}. {}", not_told(*why)),
    }
}

/// "54.2 a week, 0.05 a person; 50.1 to 58.3 (+16 %), likely +5 to +27 %: up".
fn per_week(
    number: &InWindows,
    per_member: Option<&InWindows>,
    likely: Option<&(Interval, ChangeVerdict)>,
    locale: &Locale,
) -> String {
    let person = per_member.map(|number| format!(", {} a person", a_week_and_person(number.all, locale)));
    let change = moved(number, |number| a_week(number, locale), locale);
    let change = if change.is_empty() { change } else { format!("; {change}{}", likely_change(likely, locale)) };
    format!("{} a week{}{change}", a_week(number.all, locale), person.unwrap_or_default())
}

/// ", likely +5 % to +27 %: up"; empty where no range can be given.
#[must_use]
pub fn likely_change(likely: Option<&(Interval, ChangeVerdict)>, locale: &Locale) -> String {
    let Some((Interval { low, high }, verdict)) = likely else { return String::new() };
    let percent = |part| signed_percent(part, locale);
    format!(", likely {} to {}: {}", percent(*low), percent(*high), super::change_verdict(*verdict))
}

/// The change of meetings by a group of ours, in a cell: "up 37 % (29 to 45)", "cannot tell"; empty where there are no
/// windows.
#[must_use]
pub fn group_change(group: &GroupOfMeetings, locale: &Locale) -> String {
    let percent = in_percent(&group.per_week, locale);
    match &group.likely {
        Some((_, verdict @ (ChangeVerdict::CannotTell | ChangeVerdict::HeldSteady))) => {
            super::change_verdict(*verdict).to_owned()
        }
        Some((Interval { low, high }, _)) => {
            format!("{percent} ({} to {})", signed_percent(*low, locale), signed_percent(*high, locale))
        }
        None => percent,
    }
}

/// Meetings by a group of ours: "12.3 a week, 0.45 a person; 11.0 to 13.6 (+24 %)".
#[must_use]
pub fn group_initiated(group: &GroupOfMeetings, locale: &Locale) -> String {
    per_week(&group.per_week, group.per_member.as_ref(), group.likely.as_ref(), locale)
}

/// The change of a number; empty where there are no windows.
fn in_percent(number: &InWindows, locale: &Locale) -> String {
    number.relative().map_or_else(String::new, |relative| signed_percent(relative, locale))
}

/// Why meetings of one kind of organizer are not told.
#[must_use]
pub const fn not_told(why: NotTold) -> &'static str {
    match why {
        NotTold::OutsideUnknown => "The export does not say which meetings have people from outside.",
        NotTold::MostlyOne => "One person organized over half of them.",
    }
}

/// How people from outside are known.
#[must_use]
pub const fn outside_known(known: OutsideKnown) -> &'static str {
    match known {
        OutsideKnown::Column => "A column of the export says which meetings have people from outside.",
        OutsideKnown::Declared => "You said that the export holds only meetings with people from outside.",
        OutsideKnown::ByOrganizer => {
            "The export does not say which meetings have people from outside; only those that somebody outside organized are known."
        }
    }
}

/// Rows that are no meetings that count, in a sentence; empty where there are none.
#[must_use]
pub fn meetings_left_out(findings: &MeetingFindings, locale: &Locale) -> String {
    let mut parts: Vec<String> =
        findings.left_out.iter().map(|(why, rows)| format!("{} {}", count(*rows, locale), no_meeting(*why))).collect();
    if findings.in_cut_weeks > 0 {
        parts.push(format!("{} in weeks that the export cuts", count(findings.in_cut_weeks, locale)));
    }
    if findings.inside > 0 {
        parts.push(format!("{} not known to have people from outside", count(findings.inside, locale)));
    }
    if parts.is_empty() { String::new() } else { format!("Left out: {}.", text::list_and(&parts)) }
}

/// That weeks like holidays are compared with others; empty where none are.
#[must_use]
pub fn meetings_holidays(findings: &MeetingFindings, locale: &Locale) -> String {
    let days: Vec<String> = findings.holidays.iter().map(|day| text::date(*day, locale)).collect();
    match days.as_slice() {
        [] => String::new(),
        [only] => {
            format!("The week of {only} looks like a holiday. Part of the change can come from it: leave it out first.")
        }
        several => format!(
            "The weeks of {} look like holidays. Part of the change can come from them: leave them out first.",
            text::list_and(several)
        ),
    }
}

/// Why a row is no meeting that counts.
#[must_use]
pub const fn no_meeting(why: NoMeeting) -> &'static str {
    match why {
        NoMeeting::Canceled => "canceled",
        NoMeeting::AllDay => "all day",
        NoMeeting::Length => "under a minute or over eight hours",
        NoMeeting::Invited => "with fewer than 2 or more than 150 invited",
        NoMeeting::Attendees => "that fewer than two attended",
    }
}

/// As in JSON.
#[must_use]
pub const fn no_meeting_name(why: NoMeeting) -> &'static str {
    match why {
        NoMeeting::Canceled => "canceled",
        NoMeeting::AllDay => "all_day",
        NoMeeting::Length => "length",
        NoMeeting::Invited => "invited",
        NoMeeting::Attendees => "attendees",
    }
}

/// The rules behind the numbers, in short.
#[must_use]
pub fn meeting_rules(rules: Rules) -> String {
    let k = rules.minimum_group_size();
    format!(
        "A blank organizer is unknown, never a customer. Meetings count with two attendees or more, 2 to 150 invited, one \
         minute to eight hours, not canceled, not all day. Groups under {k} people are hidden, and groups in which one \
         person organized over half."
    )
}

/// Why there is nothing about meetings: what happened and why, and what to do.
#[must_use]
pub fn no_meetings(why: NoMeetings, rules: Rules) -> [String; 2] {
    let k = rules.minimum_group_size();
    match why {
        NoMeetings::TooFewPeople => [
            format!("Fewer than {k} people organized these meetings, so nothing is shown about them."),
            "Ask for the meetings of more people, or open the person query of the company beside it.".to_owned(),
        ],
        NoMeetings::NoWholeWeek => [
            "The export holds no whole week of meetings.".to_owned(),
            "Ask for the meetings of several months.".to_owned(),
        ],
    }
}

/// How a meeting query was read.
#[must_use]
pub fn meeting_source(name: &str, report: &MeetingReport, locale: &Locale) -> String {
    let parts = [(report.repeated, "repeated"), (report.without_day, "without a readable day")];
    let aside = set_aside(&parts, locale);
    let outside = report
        .outside_header
        .as_deref()
        .map(|header| format!(" \u{201c}{}\u{201d} tells people from outside.", text::on_one_line(header)));
    format!("{name}: a meeting query, {} rows.{}{aside}", count(report.rows, locale), outside.unwrap_or_default())
}
