//! Time with contacts: an export of its own beside the person query, and what the list of accounts says about it.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{ExportKind, Job, Loadable, Notice, Number, SourceHash, Stamp, StepKind, Tone, What, Workbench, session};
use crate::import::{self, ContactReport, ImportError, ImportOptions, ImportedContacts, Source};
use crate::privacy::{
    Assigned, ContactFindings, ContactKind, ContactQuestion, Hidden, Published, Rules, answer_contacts,
};
use crate::project::{Account, AccountEdit, AccountKind, AccountList, Edit, Matching, Whose};
use crate::sample::{self, Company, SampleOptions};
use crate::work::{Cancel, Progress};

/// An opened export of time with contacts.
#[derive(Clone, Debug)]
pub struct OpenedContacts {
    /// What was asked for.
    pub what: What,
    /// How it was asked to be read.
    pub options: ImportOptions,
    /// The name on the screen.
    pub name: String,
    /// What each file that was read looked like then.
    pub files: Vec<Stamp>,
    /// The rows, and how they were read.
    imported: Arc<ImportedContacts>,
}

impl OpenedContacts {
    /// How it was read.
    #[must_use]
    pub fn report(&self) -> &ContactReport {
        &self.imported.report
    }

    /// Whether it is that of the built-in sample company.
    #[must_use]
    pub fn is_sample(&self) -> bool {
        matches!(self.what, What::Sample)
    }

    /// The months that it has, rising, each by its first day.
    #[must_use]
    pub fn months(&self) -> Vec<NaiveDate> {
        crate::privacy::contact_months(&self.imported.table)
    }

    /// The rules that apply until somebody raises the minimum group size.
    #[must_use]
    pub fn default_rules(&self) -> Rules {
        Rules::default_of(self.report().era)
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
    /// The dialog was left without a file.
    NothingPicked,
    /// Open these files.
    Open(Vec<std::path::PathBuf>),
    /// Open the sample company's, with its list of accounts where there is none yet.
    OpenSample,
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
    hashes: Loadable<Vec<SourceHash>>,
    /// What is to be opened as soon as nothing else is done.
    pending: Option<What>,
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
            ContactCommand::NothingPicked => {
                self.stop_choosing(ExportKind::Contacts);
                None
            }
            ContactCommand::Open(paths) if paths.is_empty() => None,
            ContactCommand::Open(paths) => Some(self.start_contacts(What::paths(paths))),
            ContactCommand::OpenSample => {
                if self.setup.project.contacts.accounts.is_empty() {
                    self.step(StepKind::Edit(Edit::Account(AccountEdit::Import(sample_account_list()))));
                }
                Some(self.start_contacts(What::Sample))
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

    fn start_contacts(&mut self, what: What) -> Job {
        self.contacts.ticket += 1;
        // What is on its way is dropped: it is asked for again where the new file cannot be read.
        self.contacts.asked = None;
        self.contacts.hashes.stop();
        self.contacts.opened.start();
        Job::ImportContacts { what, ticket: self.contacts.ticket }
    }

    /// Another project has another export of time with contacts, or none: opened as soon as nothing else is done.
    pub(super) fn open_contacts_later(&mut self, what: Option<What>) {
        let ticket = self.contacts.ticket + 1;
        self.contacts = ContactBench { pending: what, ticket, ..ContactBench::default() };
    }

    /// The SHA-256 of each file of time with contacts, as far as they are computed.
    #[must_use]
    pub fn contact_hashes(&self) -> &Loadable<Vec<SourceHash>> {
        &self.contacts.hashes
    }

    /// What is to be done about time with contacts: opening the export of a project, answering where what is asked is
    /// no longer what was asked, or computing SHA-256.
    pub fn due_contacts(&mut self, today: NaiveDate) -> Option<Job> {
        if let Some(what) = self.contacts.pending.take() {
            return Some(self.start_contacts(what));
        }
        self.ask_about_contacts(today).or_else(|| self.hash_contacts())
    }

    fn hash_contacts(&mut self) -> Option<Job> {
        let opened = Arc::clone(self.contacts.opened.latest()?);
        let is_proven = matches!(self.proven(), Some(Number::Contacts(_)));
        let is_due = self.wants_hashes(ExportKind::Contacts) || is_proven;
        if !is_due || !matches!(self.contacts.hashes, Loadable::Absent) || self.contacts.opened.is_working() {
            return None;
        }
        self.contacts.hashes.start();
        Some(Job::HashContacts { opened, ticket: self.contacts.ticket })
    }

    fn ask_about_contacts(&mut self, today: NaiveDate) -> Option<Job> {
        let opened = Arc::clone(self.contacts.opened.latest()?);
        let set = self.setup.minimum_group_size.unwrap_or_default().max(self.least_group_size());
        let size = set.max(opened.default_rules().minimum_group_size());
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
                self.follow_contact_sources(&opened);
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

    pub(super) fn contacts_hashed(&mut self, ticket: u64, hashes: Vec<SourceHash>) {
        if ticket == self.contacts.ticket {
            self.follow_contact_hashes(&hashes);
            self.contacts.hashes = Loadable::Ready(hashes);
        }
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
pub fn open_contacts(
    what: &What,
    options: &ImportOptions,
    progress: &Progress,
    cancel: &Cancel,
) -> Result<OpenedContacts, ImportError> {
    let (name, sources) = match what {
        What::Sample => {
            let name = format!("Sample company: {}", sample::NAME);
            (name.clone(), vec![Source::Bytes { name, bytes: sample_contact_bytes().into() }])
        }
        What::Sources(sources) => (session::name_of(sources), sources.clone()),
    };
    let today = options.today.or_else(|| Some(chrono::Local::now().date_naive()));
    let options = ImportOptions { today, ..options.clone() };
    let imported = Arc::new(import::import_contacts(&sources, &options, progress, cancel)?);
    let files = imported.report.files.iter().filter_map(|file| file.path.clone().map(Stamp::of)).collect();
    Ok(OpenedContacts { what: what.clone(), options, name, files, imported })
}

/// The export of the sample company, the same every time.
pub(super) fn sample_contact_bytes() -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    let _ = Company::generate(&SampleOptions::default()).write_person_to_group(&mut bytes);
    bytes
}

/// The list of accounts that matter to the sample company.
#[must_use]
pub fn sample_account_list() -> AccountList {
    AccountList::read(Company::generate(&SampleOptions::default()).important_contacts().as_bytes(), &[])
}

/// Answers a question about an opened export of time with contacts.
#[must_use]
pub fn evaluate_contacts(opened: &OpenedContacts, ask: &ContactAsk) -> ContactResults {
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
        kinds: Vec::new(),
        place: Box::default(),
    })
}
