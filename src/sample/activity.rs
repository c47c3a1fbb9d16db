//! What a person does in a week, in whole seconds.

use crate::dataset::{Era, Metric};

use super::calendar::{Holiday, Week};
use super::dice::{Dice, Purpose};
use super::people::{CUSTOMER_SUCCESS, ORGANIZATIONS, Person, Rhythm, SALES, SUPPORT};

/// Whether and how a person is in a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// Not with the company, or away: no row.
    Absent,
    /// Away, but with a row in exports that keep inactive people (the WpA era's).
    Inactive,
    /// At work.
    Active,
}

/// The values of one row. Durations are whole seconds, all of them multiples of a hundredth of an
/// hour but those of 1:1s, which last whole minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Activity {
    external: u32,
    external_email: u32,
    meeting: u32,
    call: u32,
    email: u32,
    chat: u32,
    one_to_one: u32,
    one_to_one_call: u32,
    with_manager_and_others: u32,
    focus: u32,
    after_hours: u32,
    external_network: u32,
    external_domains: u32,
    internal_network: u32,
    internal_organizations: u32,
}

/// Seconds of a hundredth of an hour.
const HUNDREDTH: u32 = 36;

/// A person cannot know more organizations than there are besides their own.
const OTHER_ORGANIZATIONS: f64 = ORGANIZATIONS.len() as f64 - 1.0;

/// One in so many thousand absent weeks leaves a row without activity.
const INACTIVE_IN_A_THOUSAND: u32 = 350;

/// Whether a person has a row in a week. Nobody is away in their first week, so that a company of N
/// people is N people in the file.
pub(super) fn presence(seed: u64, person: &Person, week: &Week) -> Presence {
    if week.index < person.first_week || week.index > person.last_week {
        return Presence::Absent;
    }
    let dice = &mut Dice::new(seed, person.number, Purpose::Presence(week.before_end));
    let (is_away, keeps_row) =
        (dice.happens(week.holiday.absent_in_a_thousand()), dice.happens(INACTIVE_IN_A_THOUSAND));
    if week.index == person.first_week || !(is_away || person.leave.contains(&week.index)) {
        Presence::Active
    } else if keeps_row {
        Presence::Inactive
    } else {
        Presence::Absent
    }
}

impl Activity {
    /// What a person does in a week; where they are not active only their networks remain.
    pub(super) fn of(seed: u64, person: &Person, week: &Week, presence: Presence) -> Self {
        let mut activity = Self::default();
        activity.fill_networks(seed, person, week);
        if presence == Presence::Active {
            let mut dice = Dice::new(seed, person.number, Purpose::Week(week.before_end));
            activity.fill_hours(&mut dice, person, week);
        }
        activity
    }

    fn fill_hours(&mut self, dice: &mut Dice, person: &Person, week: &Week) {
        let organization = person.organization_in(week.index);
        let profile = &ORGANIZATIONS[organization];
        let busy = week.holiday.hours_factor();
        let external_hours = profile.external_hours * person.external_factor * busy * story_factor(organization, week);
        self.external = hundredths(external_hours * dice.factor(0.27));
        let booked = dice.happens(400);
        if let Some(hours) = person.booked_hours.filter(|_| booked && week.holiday == Holiday::None) {
            self.external = hours * 3600;
        }
        let internal = hundredths(profile.internal_hours * person.internal_factor * busy * dice.factor(0.18));
        let collaboration = self.external + internal;

        let meeting = hundredths_of(collaboration, person.meeting_share * dice.between(0.85, 1.15));
        let rest = collaboration - meeting;
        self.email = hundredths_of(rest, dice.between(0.45, 0.65));
        self.call = hundredths_of(rest - self.email, dice.between(0.2, 0.6));
        self.chat = rest - self.email - self.call;
        self.external_email = hundredths_of(self.external, dice.between(0.25, 0.5)).min(self.email);

        let canceled = dice.happens(55);
        if !canceled && meets(person, organization, week) {
            self.one_to_one = person.one_to_one_minutes * 60;
        }
        // A 1:1 takes place also in a week with hardly any other meeting.
        self.meeting = meeting.max(self.one_to_one);
        self.one_to_one_call = if dice.happens(120) { hundredths_of(self.call, 0.15) } else { 0 };
        let with_manager = hundredths_of(self.meeting, person.co_attended_share * dice.between(0.6, 1.4));
        self.with_manager_and_others = with_manager.min(self.meeting - self.one_to_one);

        let free = (30.0 - self.collaboration() as f64 / 3600.0).max(1.0);
        self.focus = hundredths(free * busy * dice.between(0.5, 0.9));
        self.after_hours = hundredths_of(self.collaboration(), dice.between(0.04, 0.16));
    }

    /// Networks look back four weeks, so they drift between points four weeks apart and never jump.
    fn fill_networks(&mut self, seed: u64, person: &Person, week: &Week) {
        let (point, step) = (week.before_end / 4, f64::from(week.before_end % 4) / 4.0);
        let mut near = Dice::new(seed, person.number, Purpose::Drift(point));
        let mut far = Dice::new(seed, person.number, Purpose::Drift(point + 1));
        let mut drift = || near.bell() * (1.0 - step) + far.bell() * step;
        let profile = &ORGANIZATIONS[person.organization_in(week.index)];
        let organizations = person.internal_organizations + 0.6 * drift();
        let external = profile.external_hours * person.external_factor * person.external_network_per_hour;
        self.internal_organizations = whole(organizations.clamp(1.0, OTHER_ORGANIZATIONS));
        self.internal_network = whole(person.internal_network * (1.0 + 0.08 * drift())).max(3);
        self.external_network = whole(external * (1.0 + 0.12 * drift()));
        self.external_domains = whole(f64::from(self.external_network) * 0.38 * (1.0 + 0.05 * drift()));
    }

    /// All collaboration, in seconds: the kinds do not overlap in the sample.
    pub(super) const fn collaboration(&self) -> u32 {
        self.meeting + self.call + self.email + self.chat
    }

    /// The cell of a metric: seconds or a count. A metric that an era does not have has no column there.
    pub(super) const fn cell(&self, metric: Metric, era: Era) -> u32 {
        match metric {
            Metric::CollaborationHours => self.collaboration(),
            Metric::ExternalHours => self.external,
            Metric::ExternalEmailHours => self.external_email,
            Metric::Manager11Hours => self.one_to_one,
            Metric::Manager11MeetingAndCallHours => self.one_to_one + self.one_to_one_call,
            Metric::ManagerMeetingHours => match era {
                Era::Wpa => self.with_manager_and_others + self.one_to_one,
                Era::Viva | Era::Undecided => self.with_manager_and_others,
            },
            Metric::ManagerMeetingAndCallHours => match era {
                Era::Wpa => self.with_manager_and_others + self.one_to_one + self.one_to_one_call,
                Era::Viva | Era::Undecided => self.with_manager_and_others,
            },
            Metric::MeetingHours => self.meeting,
            Metric::MeetingAndCallHours => self.meeting + self.call,
            Metric::EmailHours => self.email,
            Metric::FocusHours => self.focus,
            Metric::AfterHours => self.after_hours,
            Metric::ExternalNetworkSize => self.external_network,
            Metric::ExternalNetworkBreadth => self.external_domains,
            Metric::InternalNetworkSize => self.internal_network,
            Metric::InternalOrganizations => self.internal_organizations,
        }
    }

    /// The count of 1:1s.
    pub(super) const fn one_to_ones(&self) -> u32 {
        (self.one_to_one > 0) as u32
    }

    /// Calls, in seconds.
    pub(super) const fn call(&self) -> u32 {
        self.call
    }

    /// Chats, in seconds.
    pub(super) const fn chat(&self) -> u32 {
        self.chat
    }
}

/// What happens to external time over the weeks: Sales grows by 8 % in the middle third, Support has
/// four busy weeks after the release.
fn story_factor(organization: usize, week: &Week) -> f64 {
    match organization {
        SALES => 1.0 + 0.08 * ((week.progress - 0.35) / 0.3).clamp(0.0, 1.0),
        SUPPORT if week.after_release => 1.15,
        _ => 1.0,
    }
}

/// Whether a 1:1 is meant to take place in a week.
fn meets(person: &Person, organization: usize, week: &Week) -> bool {
    let coached = organization == CUSTOMER_SUCCESS && week.coaching_program;
    let rhythm = match person.rhythm {
        Rhythm::Monthly { .. } | Rhythm::Never if coached => Rhythm::EveryTwoWeeks { parity: person.number % 2 },
        rhythm => rhythm,
    };
    match rhythm {
        Rhythm::Weekly => true,
        Rhythm::EveryTwoWeeks { parity } => week.before_end % 2 == parity,
        Rhythm::Monthly { in_month } => week.in_month == in_month,
        Rhythm::Never => false,
    }
}

/// Hours as seconds, on whole hundredths of an hour.
fn hundredths(hours: f64) -> u32 {
    whole(hours * 100.0) * HUNDREDTH
}

/// A part of a duration, on whole hundredths of an hour and never more than the duration.
fn hundredths_of(seconds: u32, part: f64) -> u32 {
    (whole(f64::from(seconds / HUNDREDTH) * part) * HUNDREDTH).min(seconds)
}

/// Rounds half up; nothing below 0 comes in.
fn whole(value: f64) -> u32 {
    (value + 0.5) as u32
}

#[cfg(test)]
mod tests {
    use super::super::calendar::weeks;
    use super::super::people::people;
    use super::*;

    fn active_rows(seed: u64) -> Vec<Activity> {
        let (people, weeks) = (people(seed, 200, 26), weeks(26));
        let pairs = people.iter().flat_map(|person| weeks.iter().map(move |week| (person, week)));
        pairs
            .filter(|(person, week)| presence(seed, person, week) == Presence::Active)
            .map(|(person, week)| Activity::of(seed, person, week, Presence::Active))
            .collect()
    }

    #[test]
    fn parts_are_never_more_than_their_whole() {
        for row in active_rows(1) {
            assert!(row.external <= row.collaboration());
            assert!(row.external_email <= row.external && row.external_email <= row.email);
            assert!(row.one_to_one + row.with_manager_and_others <= row.meeting);
            assert!(row.one_to_one_call <= row.call);
            assert!(row.external_domains <= row.external_network);
            assert!((1..=11).contains(&row.internal_organizations));
            assert!(row.collaboration() + row.focus < 100 * 3600);
        }
    }

    #[test]
    fn only_the_wpa_era_counts_a_one_to_one_among_meetings_with_the_manager() {
        for row in active_rows(2).into_iter().take(500) {
            let viva = row.cell(Metric::ManagerMeetingHours, Era::Viva);
            assert_eq!(row.cell(Metric::ManagerMeetingHours, Era::Wpa), viva + row.one_to_one);
        }
    }

    #[test]
    fn nobody_is_away_in_their_first_week() {
        let weeks = weeks(26);
        for person in people(3, 500, 26) {
            let first = &weeks[person.first_week as usize];
            assert_eq!(presence(3, &person, first), Presence::Active);
        }
    }
}
