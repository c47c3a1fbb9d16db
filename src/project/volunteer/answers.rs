//! A file of answers: what taking it over would do, line by line, before it is done.

use chrono::NaiveDate;

use super::{GoTo, Volunteer};
use crate::project::Id;
use crate::text::{Locale, TypedTable, typed_day};

/// What a file of answers would do. Taken over as one step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Every line with what becomes of it.
    pub lines: Vec<AnswerLine>,
    /// People who are new.
    pub added: Vec<Volunteer>,
    /// People who are known and answered anew, with their numbers.
    pub changed: Vec<Volunteer>,
    /// People who are known and now say no, with the day.
    pub withdrawn: Vec<(Id, NaiveDate)>,
    /// Why the file as a whole has no answers, where it has none.
    pub refused: Option<&'static str>,
}

/// What becomes of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerLine {
    /// The line in the file, from 1.
    pub line: u64,
    /// The name in it.
    pub name: String,
    /// What becomes of it.
    pub outcome: AnswerOutcome,
}

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerOutcome {
    /// Somebody new.
    Added,
    /// A new answer of somebody who is known.
    Changed,
    /// Nothing new.
    Same,
    /// Somebody who is known says no.
    Withdrawn,
    /// Set aside: no name.
    NoName,
    /// Set aside: no consent.
    NoConsent,
    /// Set aside: the consent is of a day that is yet to come.
    NotYet,
    /// Set aside: a day in it cannot be read.
    UnreadableDay,
    /// Set aside: another line of the file is a later answer of the same person.
    Repeated,
    /// Set aside: somebody withdrew on or after its day, or it has none, and it could be theirs.
    CouldBeWithdrawn,
}

impl AnswerOutcome {
    /// In words: "set aside: no consent".
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Same => "nothing new",
            Self::Withdrawn => "withdraws",
            Self::NoName => "set aside: no name",
            Self::NoConsent => "set aside: no consent",
            Self::NotYet => "set aside: the consent is of a later day",
            Self::UnreadableDay => "set aside: a day cannot be read; write it as 2026-12-31",
            Self::Repeated => "set aside: another line is a later answer of the same person",
            Self::CouldBeWithdrawn => {
                "set aside: somebody withdrew since, and it could be theirs; ask the person again"
            }
        }
    }
}

/// Words for yes.
const YES: [&str; 14] =
    ["yes", "y", "true", "1", "x", "agree", "i agree", "ok", "ja", "oui", "si", "s\u{ed}", "sim", "\u{2713}"];

impl Answers {
    /// Reads a file of answers. A consent without a day counts from today, unless somebody has withdrawn.
    #[must_use]
    pub fn read(bytes: &[u8], go_to: &GoTo, today: NaiveDate, locale: &Locale) -> Self {
        let table = TypedTable::read(bytes);
        let name = table.column(&["name", "full name", "display name", "volunteer", "person"]);
        let consent = table.column(&["consent yes or no", "consent", "i agree", "agree", "agreed"]);
        let refused = match (name, consent) {
            (None, _) => Some("The table has no column Name. Use the template, or name the column so."),
            (_, None) => {
                Some("The table has no column Consent, and without it nobody may be listed. Use the template.")
            }
            _ => None,
        };
        if refused.is_some() {
            return Self { refused, ..Self::default() };
        }
        let email = table.column(&["email", "e-mail", "mail", "address"]);
        let role = table.column(&["role", "title", "job title", "position"]);
        let teams = table.column(&["teams", "team", "department", "organization"]);
        let topics = table.column(&["topics", "topic", "knows", "subjects", "skills"]);
        let consent_day = table.column(&["consent day", "consent date", "date", "day", "timestamp", "completion time"]);
        let until = table.column(&["on the list until", "until", "expires", "expiry", "end"]);
        let mut read: Vec<Read> = Vec::new();
        for row in table.rows() {
            let day = |column| match row.cell(column) {
                "" => Ok(None),
                // A form writes the time of day behind the day.
                typed => first_day(typed, today, locale).map(Some).ok_or(AnswerOutcome::UnreadableDay),
            };
            let said_yes = YES.contains(&row.cell(consent).to_lowercase().as_str());
            let days = day(consent_day).and_then(|from| Ok((from, day(until)?)));
            let (given_on, listed_until) = days.unwrap_or_default();
            let person = Volunteer {
                name: row.cell(name).to_owned(),
                email: row.cell(email).to_owned(),
                role: row.cell(role).to_owned(),
                teams: row.list(teams),
                topics: row.list(topics),
                consents: said_yes,
                consent_on: said_yes.then_some(given_on.unwrap_or(today)),
                listed_until,
                ..Volunteer::default()
            };
            read.push(Read { line: row.line, person, given_on, problem: days.err() });
        }
        Self::decide(&read, go_to, today)
    }

    fn decide(read: &[Read], go_to: &GoTo, today: NaiveDate) -> Self {
        let mut answers = Self::default();
        let last_withdrawal = go_to.withdrawals.iter().max();
        for (place, answer) in read.iter().enumerate() {
            let known = go_to.volunteers.iter().find(|known| known.is_same_person(&answer.person));
            let is_no_earlier = |other: &Read| other.given_on.unwrap_or(today) >= answer.given_on.unwrap_or(today);
            let later = read.iter().skip(place + 1).any(|other| {
                other.problem.is_none() && is_no_earlier(other) && other.person.is_same_person(&answer.person)
            }) || read.iter().take(place).any(|other| {
                other.problem.is_none()
                    && other.given_on.unwrap_or(today) > answer.given_on.unwrap_or(today)
                    && other.person.is_same_person(&answer.person)
            });
            let could_be_theirs = last_withdrawal.is_some_and(|last| answer.given_on.is_none_or(|day| day <= *last));
            let outcome = match (answer.problem, known) {
                _ if answer.person.name.is_empty() => AnswerOutcome::NoName,
                (Some(problem), _) => problem,
                _ if later => AnswerOutcome::Repeated,
                _ if answer.given_on.is_some_and(|day| day > today) => AnswerOutcome::NotYet,
                (None, Some(known)) => answers.of_known(known, answer, today),
                (None, None) if !answer.person.consents => AnswerOutcome::NoConsent,
                (None, None) if could_be_theirs => AnswerOutcome::CouldBeWithdrawn,
                (None, None) => {
                    answers.added.push(answer.person.clone());
                    AnswerOutcome::Added
                }
            };
            answers.lines.push(AnswerLine { line: answer.line, name: answer.person.name.clone(), outcome });
        }
        answers
    }

    /// What a new answer of somebody who is known does. An answer that is older than the one that counts does nothing.
    fn of_known(&mut self, known: &Volunteer, answer: &Read, today: NaiveDate) -> AnswerOutcome {
        if answer.given_on.is_some_and(|day| known.consent_on.is_some_and(|before| day < before)) {
            return AnswerOutcome::Same;
        }
        if !answer.person.consents {
            self.withdrawn.push((known.id, today));
            return AnswerOutcome::Withdrawn;
        }
        let or = |new: &str, old: &str| if new.is_empty() { old.to_owned() } else { new.to_owned() };
        let or_all = |new: &[String], old: &[String]| if new.is_empty() { old.to_vec() } else { new.to_vec() };
        let person = Volunteer {
            id: known.id,
            email: or(&answer.person.email, &known.email),
            role: or(&answer.person.role, &known.role),
            teams: or_all(&answer.person.teams, &known.teams),
            topics: or_all(&answer.person.topics, &known.topics),
            // Without a day of its own an answer that is read again renews nothing.
            consent_on: answer.given_on.or(known.consent_on).or(answer.person.consent_on),
            listed_until: answer.person.listed_until.or(known.listed_until.filter(|_| answer.given_on.is_none())),
            ..answer.person.clone()
        };
        if person == *known {
            return AnswerOutcome::Same;
        }
        self.changed.push(person);
        AnswerOutcome::Changed
    }

    /// Whether taking it over changes anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.withdrawn.is_empty()
    }

    /// How many lines come to the same.
    #[must_use]
    pub fn set_aside(&self) -> usize {
        let done = |line: &&AnswerLine| {
            use AnswerOutcome::{Added, Changed, Same, Withdrawn};
            !matches!(line.outcome, Added | Changed | Same | Withdrawn)
        };
        self.lines.iter().filter(done).count()
    }
}

/// A line as it was read.
struct Read {
    line: u64,
    person: Volunteer,
    given_on: Option<NaiveDate>,
    problem: Option<AnswerOutcome>,
}

/// A day, or the day at the start of a day and time.
fn first_day(typed: &str, today: NaiveDate, locale: &Locale) -> Option<NaiveDate> {
    let day = |text: &str| typed_day(text, today, locale);
    day(typed).or_else(|| day(typed.split([' ', 'T']).next()?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::project::{Edit, Project, VolunteerEdit};

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    const HEAD: &str = "Name,Email,Role,Teams,Topics,Consent (yes or no),Consent day,On the list until\n";

    fn read(rows: &str, go_to: &GoTo) -> Answers {
        Answers::read(format!("{HEAD}{rows}").as_bytes(), go_to, day(6, 15), &Locale::of("en-US"))
    }

    fn outcomes(answers: &Answers) -> Vec<(u64, AnswerOutcome)> {
        answers.lines.iter().map(|line| (line.line, line.outcome)).collect()
    }

    #[test]
    fn every_line_is_added_or_set_aside_with_its_reason() {
        let rows = "Ann,ann@c.com,Lead,\"North; South\",Pricing,Yes,2026-06-01,2026-12-31\n\
                    ,x@c.com,,,,yes,2026-06-01,\n\
                    Bob,bob@c.com,,North,,no,2026-06-01,\n\
                    Cid,cid@c.com,,North,,yes,soon,\n\
                    Dee,dee@c.com,,North,,yes,2026-07-01,\n\
                    Eve,eve@c.com,,North,,y,,\n";
        let answers = read(rows, &GoTo::default());
        use AnswerOutcome::{Added, NoConsent, NoName, NotYet, UnreadableDay};
        let expected = [(2, Added), (3, NoName), (4, NoConsent), (5, UnreadableDay), (6, NotYet), (7, Added)];
        assert_eq!(outcomes(&answers), expected);
        assert_eq!((answers.added.len(), answers.set_aside()), (2, 4));
        assert_eq!(answers.added[0].teams, ["North", "South"]);
        assert_eq!((answers.added[0].consent_on, answers.added[0].listed_until), (Some(day(6, 1)), Some(day(12, 31))));
        // Without a day the consent counts from today.
        assert_eq!(answers.added[1].consent_on, Some(day(6, 15)));
    }

    #[test]
    fn of_one_person_the_latest_answer_counts_wherever_it_stands() {
        let rows = "Ann,ann@c.com,,North,Old,yes,2026-05-01,\n\
                    Ann,ANN@c.com,,North,New,yes,2026-06-01,\n\
                    Bob,,,North,New,yes,2026-06-02,\n\
                    bob,,,north,Old,yes,2026-06-01,\n";
        let answers = read(rows, &GoTo::default());
        use AnswerOutcome::{Added, Repeated};
        assert_eq!(outcomes(&answers), [(2, Repeated), (3, Added), (4, Added), (5, Repeated)]);
        assert!(answers.added.iter().all(|person| person.topics == ["New"]));
    }

    fn with(rows: &str) -> Project {
        let mut project = Project::default();
        project.apply(Edit::Volunteer(VolunteerEdit::Import(read(rows, &project.go_to))));
        project
    }

    #[test]
    fn a_file_that_is_read_again_changes_nothing_and_a_newer_answer_takes_its_place() {
        let rows = "Ann,ann@c.com,Lead,North,Pricing,yes,2026-05-01,\n";
        let mut project = with(rows);
        assert!(read(rows, &project.go_to).is_empty());
        let newer = read("Ann,ann@c.com,,,Contracts,yes,2026-06-01,\n", &project.go_to);
        assert_eq!(outcomes(&newer), [(2, AnswerOutcome::Changed)]);
        project.apply(Edit::Volunteer(VolunteerEdit::Import(newer)));
        let ann = &project.go_to.volunteers[0];
        // What the newer answer leaves blank stays.
        assert_eq!((ann.role.as_str(), ann.teams[0].as_str(), ann.topics[0].as_str()), ("Lead", "North", "Contracts"));
        assert_eq!(outcomes(&read(rows, &project.go_to)), [(2, AnswerOutcome::Same)]);
    }

    #[test]
    fn no_from_somebody_on_the_list_withdraws_and_an_old_file_does_not_bring_them_back() {
        let rows = "Ann,ann@c.com,,North,Pricing,yes,2026-05-01,\n";
        let mut project = with(rows);
        let no = read("Ann,ann@c.com,,,,no,2026-06-10,\n", &project.go_to);
        assert_eq!(outcomes(&no), [(2, AnswerOutcome::Withdrawn)]);
        project.apply(Edit::Volunteer(VolunteerEdit::Import(no)));
        assert!(project.go_to.volunteers.is_empty());
        assert_eq!(project.go_to.withdrawals, [day(6, 15)]);
        use AnswerOutcome::CouldBeWithdrawn;
        assert_eq!(outcomes(&read(rows, &project.go_to)), [(2, CouldBeWithdrawn)]);
        assert_eq!(outcomes(&read("Ann,ann@c.com,,,,yes,,\n", &project.go_to)), [(2, CouldBeWithdrawn)]);
        // An answer of a day after it is a new one.
        let later = format!("{HEAD}Ann,ann@c.com,,North,Pricing,yes,2026-06-16,\n");
        let later = Answers::read(later.as_bytes(), &project.go_to, day(6, 20), &Locale::of("en-US"));
        assert_eq!(outcomes(&later), [(2, AnswerOutcome::Added)]);
    }

    #[test]
    fn a_table_without_names_or_consent_is_refused_as_a_whole() {
        let of = |text: &str| Answers::read(text.as_bytes(), &GoTo::default(), day(6, 15), &Locale::of("en-US"));
        assert!(of("Email,Consent\na@b.c,yes\n").refused.unwrap().contains("Name"));
        assert!(of("Name,Email\nAnn,a@b.c\n").refused.unwrap().contains("Consent"));
        let german = of("Name;E-Mail;Team;Consent;Date\nAnn;a@b.c;Nord;Ja;2026-06-01 10:22\n");
        assert_eq!(german.added[0].consent_on, Some(day(6, 1)));
    }
}
