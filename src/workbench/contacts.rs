//! Time with contacts: an export of its own beside the person query, and what the list of accounts says about it.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Job, Loadable, Notice, Tone, What, Workbench, session};
use crate::import::{self, ContactReport, ImportError, ImportOptions, ImportedContacts};
use crate::privacy::{
    Assigned, ContactFindings, ContactKind, ContactQuestion, Hidden, Published, Rules, answer_contacts,
};
use crate::project::{Account, AccountKind, Matching, Whose};
use crate::work::{Cancel, Progress};

/// An opened export of time with contacts.
#[derive(Clone, Debug)]
pub struct OpenedContacts {
    /// The name on the screen.
    pub name: String,
    /// The rows, and how they were read.
    imported: Arc<ImportedContacts>,
}

impl OpenedContacts {
    /// How it was read.
    #[must_use]
    pub fn report(&self) -> &ContactReport {
        &self.imported.report
    }
}

/// What is asked about time with contacts.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactAsk {
    /// The accounts, as they are in the project.
    pub accounts: Vec<Account>,
    /// The month by its first day; `None` for the last one.
    pub month: Option<NaiveDate>,
    /// The rules in force.
    pub rules: Rules,
    /// The day that it is.
    pub today: NaiveDate,
}

/// What was answered about time with contacts.
#[derive(Clone, Debug)]
pub struct ContactResults {
    /// What was asked.
    pub ask: ContactAsk,
    /// The answer, or why there is none.
    pub findings: Result<Published<ContactFindings>, Hidden>,
}

impl ContactResults {
    /// Accounts without contact for 30 days, for "what to do next".
    #[must_use]
    pub fn quiet_accounts(&self) -> Vec<&Account> {
        let Ok(findings) = &self.findings else { return Vec::new() };
        let accounts = self.ask.accounts.iter().zip(&findings.accounts);
        let quiet = accounts.filter(|(account, time)| time.is_quiet && account.kind != AccountKind::OwnCompany);
        quiet.map(|(account, _)| account).collect()
    }
}

/// Commands about time with contacts.
#[derive(Clone, Debug)]
pub enum ContactCommand {
    /// Ask for an export with a dialog.
    Pick,
    /// Open these files.
    Open(Vec<std::path::PathBuf>),
    /// Ask about a month, by its first day.
    Month(NaiveDate),
    /// Close the export.
    Close,
}

/// What the workbench knows about time with contacts.
#[derive(Debug, Default)]
pub(super) struct ContactBench {
    opened: Loadable<Arc<OpenedContacts>>,
    month: Option<NaiveDate>,
    /// What the last question was that was sent.
    asked: Option<ContactAsk>,
    results: Option<Arc<ContactResults>>,
    ticket: u64,
}

impl Workbench {
    /// The export of time with contacts that is open.
    #[must_use]
    pub fn opened_contacts(&self) -> Option<&Arc<OpenedContacts>> {
        self.contacts.opened.latest()
    }

    /// Whether one is being read.
    #[must_use]
    pub fn is_reading_contacts(&self) -> bool {
        self.contacts.opened.is_working()
    }

    /// The latest answer about time with contacts.
    #[must_use]
    pub fn contact_results(&self) -> Option<&Arc<ContactResults>> {
        self.contacts.results.as_ref()
    }

    pub(super) fn contact_command(&mut self, command: ContactCommand) -> Option<Job> {
        match command {
            ContactCommand::Pick => Some(Job::PickContacts),
            ContactCommand::Open(paths) if paths.is_empty() => None,
            ContactCommand::Open(paths) => {
                self.contacts.ticket += 1;
                // An answer on its way is dropped: it is asked for again where the new file cannot be read.
                self.contacts.asked = None;
                self.contacts.opened.start();
                Some(Job::ImportContacts { what: What::paths(paths), ticket: self.contacts.ticket })
            }
            ContactCommand::Month(month) => {
                self.contacts.month = Some(month);
                None
            }
            ContactCommand::Close => {
                self.contacts = ContactBench { ticket: self.contacts.ticket + 1, ..ContactBench::default() };
                None
            }
        }
    }

    /// The question about time with contacts, where what is asked is no longer what was asked.
    pub fn due_contacts(&mut self, today: NaiveDate) -> Option<Job> {
        let opened = Arc::clone(self.contacts.opened.latest()?);
        let era = Rules::default_of(opened.report().era).minimum_group_size();
        let size = self.setup.minimum_group_size.unwrap_or_default().max(era);
        let accounts = &self.setup.project.contacts.accounts;
        let month = self.contacts.month;
        let is_same = |asked: &ContactAsk| {
            asked.accounts == *accounts && (asked.month, asked.rules, asked.today) == (month, Rules::new(size), today)
        };
        if self.contacts.asked.as_ref().is_some_and(is_same) {
            return None;
        }
        let ask = ContactAsk { accounts: accounts.clone(), month, rules: Rules::new(size), today };
        self.contacts.asked = Some(ask.clone());
        Some(Job::EvaluateContacts { opened, ask: Box::new(ask), ticket: self.contacts.ticket })
    }

    pub(super) fn contacts_imported(&mut self, ticket: u64, result: Result<OpenedContacts, ImportError>) {
        if ticket != self.contacts.ticket {
            return;
        }
        let (what, why, what_to_do) = match result {
            Ok(opened) => {
                self.contacts =
                    ContactBench { opened: Loadable::Ready(Arc::new(opened)), ticket, ..ContactBench::default() };
                return;
            }
            Err(ImportError::Cancelled) => {
                self.contacts.opened.stop();
                return;
            }
            Err(ImportError::Refused(refusal)) => (refusal.what, refusal.why, refusal.what_to_do),
            Err(ImportError::Question(question)) => (
                question.what,
                question.why,
                "Export it again with the year first in its dates, and open that file.".to_owned(),
            ),
        };
        self.contacts.opened.stop();
        self.notices.push(Notice { tone: Tone::Problem, what, why, what_to_do, action: None });
    }

    pub(super) fn contacts_answered(&mut self, ticket: u64, results: ContactResults) {
        if ticket == self.contacts.ticket {
            self.contacts.results = Some(Arc::new(results));
        }
    }
}

/// Reads an export of time with contacts.
///
/// # Errors
/// When it cannot be read, a question is open, or the work was cancelled.
pub(super) fn open_contacts(what: &What, progress: &Progress, cancel: &Cancel) -> Result<OpenedContacts, ImportError> {
    let What::Sources(sources) = what else { return Err(ImportError::Cancelled) };
    let options = ImportOptions { today: Some(chrono::Local::now().date_naive()), ..ImportOptions::default() };
    let imported = Arc::new(import::import_contacts(sources, &options, progress, cancel)?);
    Ok(OpenedContacts { name: session::name_of(sources), imported })
}

/// Answers a question about an opened export of time with contacts.
#[must_use]
pub(super) fn evaluate_contacts(opened: &OpenedContacts, ask: &ContactAsk) -> ContactResults {
    let table = &opened.imported.table;
    let matching = Matching::new(&ask.accounts);
    let assigned = table.contacts().iter().map(|contact| match matching.whose(contact) {
        Whose::PersonalMail => Assigned::Outside(ContactKind::PersonalMail, None),
        Whose::Unknown => Assigned::Outside(ContactKind::Unknown, None),
        Whose::Account(place) => match ask.accounts.get(place).map(|account| account.kind) {
            Some(AccountKind::Customer) => Assigned::Outside(ContactKind::Customer, Some(place)),
            Some(AccountKind::Supplier) => Assigned::Outside(ContactKind::Supplier, Some(place)),
            Some(AccountKind::Partner) => Assigned::Outside(ContactKind::Partner, Some(place)),
            Some(AccountKind::Other) => Assigned::Outside(ContactKind::Other, Some(place)),
            Some(AccountKind::OwnCompany) => Assigned::OwnCompany,
            None => Assigned::Outside(ContactKind::Unknown, None),
        },
    });
    let question = ContactQuestion {
        assigned: assigned.collect(),
        goals: ask.accounts.iter().map(|account| u64::from(account.goal_minutes.unwrap_or_default()) * 60).collect(),
        month: ask.month,
        today: ask.today,
    };
    ContactResults { ask: ask.clone(), findings: answer_contacts(table, &question, ask.rules) }
}

/// A fault of the program, in words.
pub(super) fn fault() -> ImportError {
    ImportError::Refused(import::Refusal {
        what: "The export of time with contacts could not be worked on because of a fault in the program.".into(),
        why: "That should not happen with any file; your file is unchanged.".into(),
        what_to_do: "Please report it. What was open stays open.".to_owned(),
        place: Box::default(),
    })
}
