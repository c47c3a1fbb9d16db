//! The meeting query of the sample company: meetings with people from outside, and some without.
//!
//! The story: Sales and Customer Success initiate most; from March on Sales initiates a fifth more. A few rows are no
//! meetings: canceled, all day, or one person alone.

use std::io::{self, Write};

use chrono::{Days, NaiveDate};

use super::Company;
use super::activity::{Activity, Presence, presence};
use super::calendar::Week;
use super::dice::{Dice, Purpose};
use super::people::{ORGANIZATIONS, Person, SALES};
use super::write::{push_date, push_person_id};
use crate::dataset::{Era, Metric};
use crate::work::fan_out;

/// Only so many people hold meetings: a file of all of them would be larger than anybody's.
const MOST_PEOPLE: usize = 20_000;

/// Meetings with people from outside for each hour with them, by us and by others, in thousandths.
const BY_US: u32 = 70;
const BY_OTHERS: u32 = 48;

/// From this day on Sales initiates more.
const MORE_FROM: NaiveDate = match NaiveDate::from_ymd_opt(2026, 3, 1) {
    Some(date) => date,
    None => NaiveDate::MIN,
};

/// Who organized a meeting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Organizer {
    Us,
    Others,
    Unknown,
}

/// Writes the meeting query, with a column that counts people from outside.
pub(super) fn meeting_query(company: &Company, threads: usize, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "{}",
        if company.era == Era::Wpa {
            "MeetingId,StartDate,StartTimeUTC,Attendees,External_Attendees,Organizer_Organization,\
             Organizer_FunctionType,Organizer_LevelDesignation,Organizer_Domain,Organizer_IsInternal,\
             Organizer_PersonId,IsCancelled,DurationHours,IsRecurring,Invitees"
        } else {
            "MeetingId,Number_of_attendees,External_attendee_count,All_Day_Meeting,Cancelled,Recurring,\
             Intended_participant_count,Collaboration_start_time,Organizer,Population_Type,Organization,\
             FunctionType,LevelDesignation,Duration"
        }
    )?;
    let weeks = company.weeks.len();
    let per_thread = weeks.div_ceil(threads.max(1));
    let by_thread = fan_out(threads.max(1), |thread| {
        let range = (thread * per_thread).min(weeks)..((thread + 1) * per_thread).min(weeks);
        let mut bytes = Vec::new();
        for week in &company.weeks[range] {
            for person in company.people.iter().take(MOST_PEOPLE) {
                of_person(company, person, week, &mut bytes);
            }
        }
        bytes
    });
    for bytes in by_thread {
        out.write_all(&bytes)?;
    }
    out.flush()
}

/// The meetings of a person in a week, with people from outside and without.
fn of_person(company: &Company, person: &Person, week: &Week, bytes: &mut Vec<u8>) {
    if presence(company.seed, person, week) != Presence::Active {
        return;
    }
    let activity = Activity::of(company.seed, person, week, Presence::Active);
    let hours = activity.cell(Metric::ExternalHours, company.era) / 3600;
    let mut dice = Dice::new(company.seed, person.number, Purpose::Meetings(week.before_end));
    let sells_more = person.organization_in(week.index) == SALES && week.start >= MORE_FROM;
    let by_us = hours * BY_US * if sells_more { 120 } else { 100 } / 100;
    let mut number = 0;
    let mut write = |dice: &mut Dice, organizer, outside| {
        number += 1;
        Row { company, person, week, organizer, outside, number }.write(dice, bytes);
    };
    for (thousandths, organizer) in [(by_us, Organizer::Us), (hours * BY_OTHERS, Organizer::Others)] {
        let count = thousandths / 1000 + u32::from(dice.happens(thousandths % 1000));
        for _ in 0..count {
            // Of one in eight that others organized nobody knows who did.
            let unknown = organizer == Organizer::Others && dice.happens(125);
            let outside = 1 + dice.below(3);
            write(&mut dice, if unknown { Organizer::Unknown } else { organizer }, outside);
        }
    }
    if dice.happens(300) {
        write(&mut dice, Organizer::Us, 0);
    }
}

/// One meeting about to be written.
struct Row<'a> {
    company: &'a Company,
    person: &'a Person,
    week: &'a Week,
    organizer: Organizer,
    outside: u32,
    number: u32,
}

impl Row<'_> {
    fn write(&self, dice: &mut Dice, bytes: &mut Vec<u8>) {
        let Self { company, person, week, .. } = self;
        let (is_all_day, is_canceled, is_alone) = (dice.happens(20), dice.happens(40), dice.happens(30));
        let inside = if is_alone { 0 } else { 1 + dice.below(5) };
        let people = 1 + inside + self.outside;
        let minutes = [30, 30, 45, 60, 60, 90][dice.below(6) as usize];
        let quarters = if is_all_day { 24 * 60 } else { minutes };
        let day = week.start.checked_add_days(Days::new(u64::from(1 + dice.below(5)))).unwrap_or(week.start);
        let (hour, half) = (9 + dice.below(8), [0, 30][dice.below(2) as usize]);
        let mut text = |text: &str| bytes.extend_from_slice(text.as_bytes());
        text(&format!("{:08x}{:04x}{:02x},", person.number, week.before_end, self.number));
        let mut date = Vec::new();
        push_date(&mut date, day, company.era);
        let date = String::from_utf8_lossy(&date).into_owned();
        let mut id = Vec::new();
        push_person_id(&mut id, company.seed, person.number, company.era);
        let id = String::from_utf8_lossy(&id).into_owned();
        let profile = &ORGANIZATIONS[person.organization_in(week.index)];
        let ours = [profile.name, profile.functions[person.function], person.level.name()];
        let [organization, function, level] = if self.organizer == Organizer::Us { ours } else { ["", "", ""] };
        let is_recurring = upper(dice.happens(400));
        let (canceled, outside, duration) = (upper(is_canceled), self.outside, f64::from(quarters) / 60.0);
        let line = if company.era == Era::Wpa {
            let (domain, is_internal, organizer) = match self.organizer {
                Organizer::Us => ("alderfinch.example", "TRUE", id.as_str()),
                Organizer::Others => ("customer.example", "FALSE", ""),
                Organizer::Unknown => ("", "", ""),
            };
            format!(
                "{date},{hour:02}:{half:02}:00,{people},{outside},{organization},{function},{level},{domain},\
                 {is_internal},{organizer},{canceled},{duration},{is_recurring},{}\n",
                people + 1
            )
        } else {
            let (population, organizer) = match self.organizer {
                Organizer::Us => ("InternalCollaborator", id.as_str()),
                Organizer::Others => ("ExternalCollaborator", ""),
                Organizer::Unknown => ("", ""),
            };
            // These counts leave out people from outside.
            let inside = people - outside;
            format!(
                "{inside},{outside},{},{canceled},{is_recurring},{inside},{date} {hour:02}:{half:02},{organizer},\
                 {population},{organization},{function},{level},{duration}\n",
                upper(is_all_day)
            )
        };
        bytes.extend_from_slice(line.as_bytes());
    }
}

const fn upper(is_so: bool) -> &'static str {
    if is_so { "TRUE" } else { "FALSE" }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::super::SampleOptions;
    use super::*;

    fn written(era: Era, threads: usize) -> String {
        let mut bytes = Vec::new();
        let options = SampleOptions { people: 120, weeks: 8, era, ..SampleOptions::default() };
        meeting_query(&Company::generate(&options), threads, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn any_number_of_threads_writes_the_same_bytes_and_every_row_has_all_cells() {
        for era in [Era::Viva, Era::Wpa] {
            let text = written(era, 1);
            assert!(text == written(era, 3));
            let cells = |line: &str| line.split(',').count();
            let header = text.lines().next().map(cells);
            assert!(text.lines().count() > 200 && text.lines().all(|line| Some(cells(line)) == header));
        }
    }
}
