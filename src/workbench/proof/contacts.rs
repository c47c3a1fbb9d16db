//! The proof of the numbers about time with contacts: of the export that is open, by the list of the project.

use std::path::Path;

use super::super::{ContactResults, OpenedContacts, What, wording};
use super::command_line::{PROGRAM, option, sources};
use super::figure::{Figure, Place};
use super::{FileColumns, Number, Proof, Shell};
use crate::privacy::ContactFindings;
use crate::project::{Account, Id};
use crate::text::{self, Locale};

/// What the command calls a list that is in no file yet.
const LIST: &str = "CONTACTS.csv";

/// Which number about time with contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactFigure {
    /// Time by kind.
    Kinds,
    /// The time of one account.
    Account(Id),
    /// Time that no account shows.
    Elsewhere,
    /// How many accounts hang on one person.
    SingleThreads,
    /// New contacts.
    New,
}

impl ContactFigure {
    pub(super) fn key(self) -> Vec<String> {
        match self {
            Self::Kinds => vec!["kinds".to_owned()],
            Self::Account(id) => vec!["account".to_owned(), id.to_string()],
            Self::Elsewhere => vec!["elsewhere".to_owned()],
            Self::SingleThreads => vec!["single-threads".to_owned()],
            Self::New => vec!["new".to_owned()],
        }
    }

    pub(super) fn of_key(key: &[&str]) -> Option<Self> {
        Some(match key {
            ["kinds"] => Self::Kinds,
            ["account", id] => Self::Account(id.parse().ok()?),
            ["elsewhere"] => Self::Elsewhere,
            ["single-threads"] => Self::SingleThreads,
            ["new"] => Self::New,
            _ => return None,
        })
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Kinds => "Contacts: whom external time goes to",
            Self::Account(_) => "Contacts: the time of an account",
            Self::Elsewhere => "Contacts: time that no account shows",
            Self::SingleThreads => "Contacts: accounts that hang on one person",
            Self::New => "Contacts: new and existing ones",
        }
    }

    const fn meaning(self) -> &'static str {
        match self {
            Self::Kinds => {
                "The sum of the time with contacts of each kind in the month, and its part of all external time. What \
                 the list does not name is unknown; personal mail domains are set apart."
            }
            Self::Account(_) => {
                "The sum of everybody\u{2019}s time with the domains and addresses of the account in the month. Against the \
                 goal: hours so far / (goal \u{d7} working days so far / working days of the month)."
            }
            Self::Elsewhere => "All external time of the month, less the time of the accounts that show theirs.",
            Self::SingleThreads => "Accounts whose time in the month comes from one person, of all accounts with time.",
            Self::New => {
                "Pairs of a person and a contact first seen in the month and not in the 12 weeks before, per person; and \
                 the time with contacts seen before, of the time with either."
            }
        }
    }
}

/// What a proof of a number about contacts is made from.
pub(in super::super) struct OfContacts<'a> {
    pub(in super::super) figure: ContactFigure,
    pub(in super::super) opened: &'a OpenedContacts,
    pub(in super::super) results: &'a ContactResults,
    /// The file of the project, whose list the command can read.
    pub(in super::super) project: Option<&'a Path>,
    pub(in super::super) locale: &'a Locale,
}

impl OfContacts<'_> {
    /// The proof; `None` where there is no such number.
    pub(in super::super) fn prove(&self) -> Option<Proof> {
        let findings: &ContactFindings = self.results.findings.as_ref().ok()?;
        let figures = self.figures(findings);
        if figures.is_empty() {
            return None;
        }
        let report = self.opened.report();
        let mut reading = vec![wording::contact_source(&self.opened.name, report, self.locale)];
        if self.project.is_none() && !self.is_list_of_sample() && !self.results.ask.accounts.is_empty() {
            reading.push(format!("{LIST} stands for the list: save the project, and the command names its file."));
        }
        let file = |file: &crate::import::ReadFile| FileColumns {
            name: file.name.clone(),
            columns: report.columns.iter().map(|(what, header)| ((*what).to_owned(), header.clone())).collect(),
        };
        Some(Proof {
            number: Number::Contacts(self.figure),
            title: self.figure.title().to_owned(),
            figures,
            meaning: self.figure.meaning().to_owned(),
            definition: None,
            reading,
            selection: self.selection(findings),
            left_out: vec![wording::contact_rules().to_owned()],
            files: report.files.iter().map(file).collect(),
            command: self.command(findings),
        })
    }

    fn figures(&self, findings: &ContactFindings) -> Vec<Figure> {
        let top = || Place::of("contacts");
        let hours = |name: &str, seconds: u64, place: Place| Figure {
            name: name.to_owned(),
            words: format!("{} hours", wording::contact_hours(seconds, self.locale)),
            exact: Some(seconds as f64 / 3600.0),
            place,
        };
        let count = |name: &str, count: usize, place: Place| Figure {
            name: name.to_owned(),
            words: text::count(count, self.locale),
            exact: Some(count as f64),
            place,
        };
        let all = || hours("All external time", findings.seconds, top().key("hours"));
        match self.figure {
            ContactFigure::Kinds => {
                let kinds = findings.kinds.iter().flat_map(|kind| {
                    let here = || top().key("kinds").with(&[("kind", kind.kind.name())]);
                    let name = wording::contact_kind(kind.kind);
                    let share = Figure {
                        name: format!("{name}, share"),
                        words: text::percent(kind.share, findings.people, self.locale),
                        exact: Some(kind.share.get()),
                        place: here().key("share"),
                    };
                    [hours(name, kind.seconds, here().key("hours")), share]
                });
                let people = count("People", findings.people, top().key("people"));
                [all(), people].into_iter().chain(kinds).collect()
            }
            ContactFigure::Account(id) => self.of_account(id, findings, &hours, &count),
            ContactFigure::Elsewhere => {
                vec![hours("No account shows", findings.elsewhere, top().key("elsewhere_hours")), all()]
            }
            ContactFigure::SingleThreads => vec![
                count("Single threads", findings.single_threads, top().key("single_threads")),
                count("Accounts with time", findings.accounts_with_time, top().key("accounts_with_time")),
            ],
            ContactFigure::New => self.of_new(findings),
        }
    }

    fn of_account(
        &self,
        id: Id,
        findings: &ContactFindings,
        hours: &dyn Fn(&str, u64, Place) -> Figure,
        count: &dyn Fn(&str, usize, Place) -> Figure,
    ) -> Vec<Figure> {
        let accounts = self.results.ask.accounts.iter().zip(&findings.accounts);
        let Some((account, time)) = accounts.into_iter().find(|(account, _)| account.id == id) else {
            return Vec::new();
        };
        let here = |key: &str| Place::of("contacts").key("accounts").with(&[("name", &account.name)]).key(key);
        let mut figures = Vec::new();
        figures.extend(time.seconds.map(|seconds| hours(&account.name, seconds, here("hours"))));
        figures.extend(account.goal_minutes.map(|minutes| hours("Goal", u64::from(minutes) * 60, here("goal_hours"))));
        figures.extend(time.pace.map(|pace| Figure {
            name: "Against the goal".to_owned(),
            words: format!("{}{}%", text::decimals(pace * 100.0, 0, self.locale), self.locale.space()),
            exact: Some(pace),
            place: here("pace"),
        }));
        figures.extend(time.people.map(|people| count("People", people, here("people"))));
        figures
    }

    fn of_new(&self, findings: &ContactFindings) -> Vec<Figure> {
        let Some(new) = findings.new else { return Vec::new() };
        let here = |key: &str| Place::of("contacts").key("new").key(key);
        let per_person = Figure {
            name: "New per person".to_owned(),
            words: text::decimals(new.per_person, 1, self.locale),
            exact: Some(new.per_person),
            place: here("per_person"),
        };
        let share = new.existing_time_share.map(|share| Figure {
            name: "Time with existing ones".to_owned(),
            words: text::percent(share, findings.people, self.locale),
            exact: Some(share.get()),
            place: here("existing_time_share"),
        });
        std::iter::once(per_person).chain(share).collect()
    }

    fn selection(&self, findings: &ContactFindings) -> Vec<String> {
        let month = wording::month(findings.month);
        let people = text::counted(findings.people, "person", "people", self.locale);
        vec![
            format!("{month}, to {}.", text::date(findings.as_of, self.locale)),
            format!("Everyone with external time in it: {people}."),
            format!("Minimum group size {}.", self.results.ask.rules.minimum_group_size()),
        ]
    }

    fn is_list_of_sample(&self) -> bool {
        matches!(self.opened.what, What::Sample)
            && self.results.ask.accounts.iter().map(without_number).eq(sample_list().iter().map(without_number))
    }

    fn command(&self, findings: &ContactFindings) -> String {
        let mut words = vec!["contacts".to_owned()];
        sources(&mut words, &self.opened.what);
        if !self.results.ask.accounts.is_empty() && !self.is_list_of_sample() {
            let list = self.project.map_or_else(|| LIST.to_owned(), |path| path.to_string_lossy().into_owned());
            option(&mut words, "--list", &list);
        }
        if findings.months.last() != Some(&findings.month) {
            option(&mut words, "--month", &findings.month.format("%Y-%m"));
        }
        // A month that goes on is told up to the day that it is.
        if findings.as_of == self.results.ask.today {
            option(&mut words, "--today", &self.results.ask.today);
        }
        if self.results.ask.rules != self.opened.default_rules() {
            option(&mut words, "--min-group", &self.results.ask.rules.minimum_group_size());
        }
        option(&mut words, "--format", "json");
        let quoted = words.iter().map(|word| Shell::HERE.quoted(word));
        std::iter::once(PROGRAM.to_owned()).chain(quoted).collect::<Vec<_>>().join(" ")
    }
}

/// The sample company's accounts.
fn sample_list() -> &'static [Account] {
    static LIST: std::sync::LazyLock<Vec<Account>> =
        std::sync::LazyLock::new(|| super::super::sample_account_list().added);
    &LIST
}

/// An account as a list holds it.
fn without_number(account: &Account) -> Account {
    Account { id: Id::default(), ..account.clone() }
}
