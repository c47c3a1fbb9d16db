//! Go-to contacts: colleagues who volunteered to be asked about a topic, with their consent and its end.
//!
//! Only people [who are listed](Volunteer::is_listed) are in anything that the program writes: lists, tables, counts.
//! A withdrawal deletes the person's answer from the project. What stays is the day on which somebody withdrew,
//! without a name, an address or anything computed from them: even a salted digest of an address could be undone
//! by trying every address of a company. So that an old file of answers cannot bring a person back, answers that
//! were given on or before the last day of a withdrawal, by people who are not on the list, are [set aside](Answers).
//! With the next save the person is gone from the [kept versions](super::store::forget_withdrawn) too.

mod answers;
mod coverage;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Id, Project, add, change, remove};

pub use answers::{AnswerLine, AnswerOutcome, Answers};
pub use coverage::TopicCoverage;

/// An answer counts for so many months where it says no other day.
const MONTHS_LISTED: u32 = 12;

/// So many days before the end it is time to ask again.
pub const DAYS_TO_ASK_AGAIN: i64 = 30;

/// Everything about go-to contacts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GoTo {
    /// What the call for volunteers says.
    pub call: Call,
    /// Who answered, in the order in which they did.
    pub volunteers: Vec<Volunteer>,
    /// The days on which somebody withdrew. Nothing else is kept of them.
    pub withdrawals: Vec<NaiveDate>,
}

/// What the call for volunteers says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Call {
    /// Topics for which somebody is wanted.
    pub topics: Vec<String>,
    /// Teams for which somebody is wanted.
    pub teams: Vec<String>,
    /// Where answers go: an address or a role. Empty while nobody said.
    pub answer_to: String,
    /// The last day for answers.
    pub answer_by: Option<NaiveDate>,
}

/// Somebody's answer to the call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Volunteer {
    /// Its number; whatever it is, an added one gets its own.
    pub id: Id,
    /// The person's name.
    pub name: String,
    /// The address, as it was typed. May be empty.
    pub email: String,
    /// The role, as it was typed. May be empty.
    pub role: String,
    /// Teams that the person helps.
    pub teams: Vec<String>,
    /// Topics that the person knows.
    pub topics: Vec<String>,
    /// Whether the person agreed to be on the lists.
    pub consents: bool,
    /// The day on which they agreed.
    pub consent_on: Option<NaiveDate>,
    /// The last day on the lists; `None` for twelve months after the consent.
    pub listed_until: Option<NaiveDate>,
}

/// Where a volunteer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// On the lists.
    Listed,
    /// On the lists for another 30 days at most: time to ask again.
    EndsSoon,
    /// The consent has ended: on no list.
    Expired,
    /// There is no consent with a day: on no list.
    NoConsent,
}

impl Volunteer {
    /// The last day on the lists: the one that was said, else twelve months after the consent. `None` without a consent.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        let consent = self.consent_on.filter(|_| self.consents)?;
        self.listed_until.or_else(|| consent.checked_add_months(Months::new(MONTHS_LISTED)))
    }

    /// Where the person stands on a day. The last day still counts; a consent counts from its day on.
    #[must_use]
    pub fn standing(&self, today: NaiveDate) -> Standing {
        let Some(last) = self.last_day().filter(|_| self.consent_on.is_some_and(|day| day <= today)) else {
            return Standing::NoConsent;
        };
        match (last - today).num_days() {
            days if days < 0 => Standing::Expired,
            days if days <= DAYS_TO_ASK_AGAIN => Standing::EndsSoon,
            _ => Standing::Listed,
        }
    }

    /// Whether the person may be in what the program writes.
    #[must_use]
    pub fn is_listed(&self, today: NaiveDate) -> bool {
        matches!(self.standing(today), Standing::Listed | Standing::EndsSoon)
    }

    /// Whether two answers are of one person: the same address, or the same name with a team in common.
    #[must_use]
    pub fn is_same_person(&self, other: &Self) -> bool {
        let same = |a: &str, b: &str| !a.trim().is_empty() && a.trim().to_lowercase() == b.trim().to_lowercase();
        if same(&self.email, &other.email) {
            return true;
        }
        // Two addresses are two people, even of one name.
        if !self.email.trim().is_empty() && !other.email.trim().is_empty() {
            return false;
        }
        let shares_team = self.teams.iter().any(|team| other.teams.iter().any(|theirs| same(team, theirs)));
        same(&self.name, &other.name) && (shares_team || self.teams.is_empty() && other.teams.is_empty())
    }
}

impl GoTo {
    /// Who may be in what the program writes, by name.
    #[must_use]
    pub fn listed(&self, today: NaiveDate) -> Vec<&Volunteer> {
        let mut listed: Vec<&Volunteer> = self.volunteers.iter().filter(|person| person.is_listed(today)).collect();
        listed.sort_by_key(|person| (person.name.to_lowercase(), person.id));
        listed
    }

    /// Who may be on the list of one team, by name.
    #[must_use]
    pub fn listed_for(&self, team: &str, today: NaiveDate) -> Vec<&Volunteer> {
        let team = team.to_lowercase();
        let mut listed = self.listed(today);
        listed.retain(|person| person.teams.iter().any(|theirs| theirs.to_lowercase() == team));
        listed
    }

    /// Whose consent ends within 30 days, the first to end first: for "what to do next".
    #[must_use]
    pub fn ending_soon(&self, today: NaiveDate) -> Vec<&Volunteer> {
        let mut ending: Vec<&Volunteer> =
            self.volunteers.iter().filter(|person| person.standing(today) == Standing::EndsSoon).collect();
        ending.sort_by_key(|person| person.last_day());
        ending
    }

    /// Takes whoever withdrew since out of an earlier state of the same project; says whether somebody was in it.
    /// People leave a project by withdrawing alone, so that who is not here any more withdrew.
    pub fn forget_in(&self, earlier: &mut Self) -> bool {
        let before = earlier.volunteers.len();
        let is_here = |person: &Volunteer| self.volunteers.iter().any(|now| now.id == person.id);
        if !self.withdrawals.is_empty() {
            earlier.volunteers.retain(is_here);
        }
        let is_forgotten = earlier.volunteers.len() < before;
        if is_forgotten {
            earlier.withdrawals.clone_from(&self.withdrawals);
        }
        is_forgotten
    }

    /// Topics against teams, for whom there is somebody and where there are gaps.
    #[must_use]
    pub fn coverage(&self, today: NaiveDate) -> TopicCoverage {
        TopicCoverage::of(&self.call, &self.listed(today))
    }
}

/// What can be done about go-to contacts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VolunteerEdit {
    /// Say what the call says.
    SetCall(Call),
    /// Add somebody.
    Add(Volunteer),
    /// Write another answer in the place of the one of its number.
    Change(Volunteer),
    /// Take over a file of answers.
    Import(Answers),
    /// Delete somebody's answer, who withdrew on this day.
    Withdraw(Id, NaiveDate),
}

impl VolunteerEdit {
    pub(super) fn apply(self, project: &mut Project) {
        match self {
            Self::SetCall(call) => project.go_to.call = call,
            Self::Add(person) => {
                let id = project.take_id();
                add(&mut project.go_to.volunteers, id, person);
            }
            Self::Change(person) => change(&mut project.go_to.volunteers, person),
            Self::Import(answers) => {
                for person in answers.added {
                    Self::Add(person).apply(project);
                }
                for person in answers.changed {
                    Self::Change(person).apply(project);
                }
                for (id, day) in answers.withdrawn {
                    Self::Withdraw(id, day).apply(project);
                }
            }
            Self::Withdraw(id, day) => {
                let before = project.go_to.volunteers.len();
                remove(&mut project.go_to.volunteers, id);
                if project.go_to.volunteers.len() < before {
                    project.go_to.withdrawals.push(day);
                }
            }
        }
    }

    /// Nobody's name: it stands in menus and in what is kept of steps.
    pub(super) fn in_words(&self) -> &'static str {
        match self {
            Self::SetCall(_) => "change the call for volunteers",
            Self::Add(_) => "add a go-to contact",
            Self::Change(_) => "change a go-to contact",
            Self::Import(_) => "import answers of volunteers",
            Self::Withdraw(..) => "withdraw a go-to contact",
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::project::Edit;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn person(name: &str, email: &str, team: &str) -> Volunteer {
        Volunteer {
            name: name.to_owned(),
            email: email.to_owned(),
            teams: vec![team.to_owned()],
            consents: true,
            consent_on: Some(day(2026, 1, 31)),
            ..Volunteer::default()
        }
    }

    #[test]
    fn a_consent_counts_from_its_day_to_its_last_one() {
        let ann = person("Ann", "", "Sales");
        // Twelve months after January 31, 2026.
        assert_eq!(ann.last_day(), Some(day(2027, 1, 31)));
        assert_eq!(ann.standing(day(2026, 1, 30)), Standing::NoConsent);
        assert_eq!(ann.standing(day(2026, 1, 31)), Standing::Listed);
        // 31 and 30 days before the end.
        assert_eq!(ann.standing(day(2026, 12, 31)), Standing::Listed);
        assert_eq!(ann.standing(day(2027, 1, 1)), Standing::EndsSoon);
        assert_eq!(ann.standing(day(2027, 1, 31)), Standing::EndsSoon);
        assert_eq!(ann.standing(day(2027, 2, 1)), Standing::Expired);
        let shorter = Volunteer { listed_until: Some(day(2026, 3, 1)), ..ann };
        assert_eq!(shorter.standing(day(2026, 3, 2)), Standing::Expired);
    }

    #[test]
    fn without_a_consent_and_its_day_nobody_is_listed() {
        let no = Volunteer { consents: false, ..person("Ann", "", "Sales") };
        let no_day = Volunteer { consent_on: None, ..person("Ann", "", "Sales") };
        assert!(!no.is_listed(day(2026, 2, 1)) && !no_day.is_listed(day(2026, 2, 1)));
    }

    #[test]
    fn one_person_is_known_by_the_address_or_by_name_and_team() {
        let ann = person("Ann Example", "ann@contoso.com", "Sales");
        assert!(ann.is_same_person(&person("A. Example", " ANN@Contoso.com", "Service")));
        assert!(ann.is_same_person(&person("ann example", "", "sales")));
        assert!(!ann.is_same_person(&person("Ann Example", "", "Service")));
        assert!(!ann.is_same_person(&person("Ann Example", "ann.example2@contoso.com", "Sales")));
    }

    #[test]
    fn who_withdraws_is_nowhere_in_what_is_saved_and_only_the_day_stays() {
        let mut project = Project::default();
        project.apply(Edit::Volunteer(VolunteerEdit::Add(person("Ann Example", "ann@contoso.com", "Sales"))));
        let id = project.go_to.volunteers[0].id;
        project.apply(Edit::Volunteer(VolunteerEdit::Withdraw(id, day(2026, 5, 4))));
        let saved = serde_json::to_string(&project).unwrap().to_lowercase();
        assert!(!saved.contains("ann") && !saved.contains("contoso"), "{saved}");
        assert_eq!(project.go_to.withdrawals, [day(2026, 5, 4)]);
        // Withdrawing twice is withdrawing once.
        project.apply(Edit::Volunteer(VolunteerEdit::Withdraw(id, day(2026, 5, 4))));
        assert_eq!(project.go_to.withdrawals.len(), 1);
    }

    #[test]
    fn lists_are_by_name_and_of_one_team_or_all() {
        let volunteers = vec![person("bea", "", "Sales"), person("Ann", "", "Service"), person("Cid", "", "sales")];
        let mut go_to = GoTo { volunteers, ..GoTo::default() };
        go_to.volunteers[2].consents = false;
        let names = |listed: Vec<&Volunteer>| -> Vec<String> { listed.iter().map(|p| p.name.clone()).collect() };
        assert_eq!(names(go_to.listed(day(2026, 2, 1))), ["Ann", "bea"]);
        assert_eq!(names(go_to.listed_for("SALES", day(2026, 2, 1))), ["bea"]);
        assert_eq!(names(go_to.ending_soon(day(2027, 1, 20))), ["bea", "Ann"]);
    }
}
