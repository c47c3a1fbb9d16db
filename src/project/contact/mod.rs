//! Important contacts outside the company: accounts with their domains and addresses, and the hours that are meant
//! for them.
//!
//! Which account an address or a domain of an export belongs to: the one that lists the whole address, else the one
//! that lists the longest domain that it ends with (`mail.contoso.com` ends with `contoso.com`). A personal mail domain
//! (`assets/personal_mail_domains.txt`) belongs to nobody as a whole; single addresses in it can be listed. What no
//! account lists is unknown, and is shown as such.

mod list;
mod masking;

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Id, Project, add, change, remove};

pub use list::{AccountLine, AccountList, AccountOutcome, typed_goal};
pub use masking::masked;

/// Everything about important contacts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contacts {
    /// Accounts, in the order in which they were added.
    pub accounts: Vec<Account>,
}

/// What an account is to the company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// Buys from the company.
    #[default]
    Customer,
    /// Sells to it.
    Supplier,
    /// Works with it.
    Partner,
    /// Something else outside.
    Other,
    /// The company itself, under a further domain: time with it is not external.
    OwnCompany,
}

impl AccountKind {
    /// Every kind, in the order of choices.
    pub const ALL: [Self; 5] = [Self::Customer, Self::Supplier, Self::Partner, Self::Other, Self::OwnCompany];

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Supplier => "supplier",
            Self::Partner => "partner",
            Self::Other => "other",
            Self::OwnCompany => "our own company",
        }
    }

    /// As in JSON: "own_company".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Supplier => "supplier",
            Self::Partner => "partner",
            Self::Other => "other",
            Self::OwnCompany => "own_company",
        }
    }

    /// The kind that a typed word names.
    #[must_use]
    pub fn typed(word: &str) -> Option<Self> {
        Some(match word.trim().to_lowercase().as_str() {
            "" | "customer" | "client" | "account" | "kunde" => Self::Customer,
            "supplier" | "vendor" | "lieferant" => Self::Supplier,
            "partner" => Self::Partner,
            "other" => Self::Other,
            "own" | "internal" | "our own company" | "us" => Self::OwnCompany,
            _ => return None,
        })
    }
}

/// An account: a company, or a part of one, with whom time is meant to be spent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Account {
    /// Its number; whatever it is, an added one gets its own.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What it is to the company.
    pub kind: AccountKind,
    /// The team or role that looks after it. Empty for nobody.
    pub owner: String,
    /// How important it is, in the person's words: "A". Empty for not told.
    pub tier: String,
    /// Minutes a month that are meant for it; `None` for no goal.
    pub goal_minutes: Option<u32>,
    /// Its domains (`contoso.com`) and addresses (`jo@contoso.com`), in small letters.
    pub contacts: Vec<String>,
}

/// Domains of personal mail, in small letters.
static PERSONAL: LazyLock<std::collections::HashSet<&'static str>> =
    LazyLock::new(|| include_str!("../../../assets/personal_mail_domains.txt").lines().map(str::trim).collect());

/// Whether a domain is one where people have mail of their own.
#[must_use]
pub fn is_personal_mail(domain: &str) -> bool {
    PERSONAL.contains(domain.to_lowercase().as_str())
}

/// A typed domain or address as it is kept: small letters, without `@` in front, `www.`, or `mailto:`. `None` where it
/// can be neither.
#[must_use]
pub fn typed_contact(typed: &str) -> Option<String> {
    let lower = typed.trim().to_lowercase();
    let bare = lower.strip_prefix("mailto:").unwrap_or(&lower);
    let bare = bare.strip_prefix("https://").or_else(|| bare.strip_prefix("http://")).unwrap_or(bare);
    let bare = bare.strip_prefix('@').unwrap_or(bare).trim_end_matches('/');
    let bare = if bare.contains('@') { bare } else { bare.strip_prefix("www.").unwrap_or(bare) };
    let domain = bare.rsplit_once('@').map_or(bare, |(_, domain)| domain);
    let is_domain = domain.contains('.')
        && domain.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-'));
    let is_address = !bare.contains('@') || bare.matches('@').count() == 1 && !bare.starts_with('@');
    (is_domain && is_address && !bare.contains(char::is_whitespace)).then(|| bare.to_owned())
}

/// Whose an address or a domain is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// An account's, by its place among the accounts.
    Account(usize),
    /// Of a personal mail domain, and in no account.
    PersonalMail,
    /// Nobody said.
    Unknown,
}

/// Accounts by their domains and addresses.
#[derive(Debug, Default)]
pub struct Matching<'a> {
    by_contact: HashMap<&'a str, usize>,
}

impl<'a> Matching<'a> {
    /// Of these accounts. Where two list the same, the first has it.
    #[must_use]
    pub fn new(accounts: &'a [Account]) -> Self {
        let mut by_contact = HashMap::new();
        for (place, account) in accounts.iter().enumerate() {
            for contact in &account.contacts {
                by_contact.entry(contact.as_str()).or_insert(place);
            }
        }
        Self { by_contact }
    }

    /// Whose an address or a domain of an export is.
    #[must_use]
    pub fn whose(&self, contact: &str) -> Whose {
        let contact = contact.trim().to_lowercase();
        if let Some(place) = self.by_contact.get(contact.as_str()) {
            return Whose::Account(*place);
        }
        let domain = contact.rsplit_once('@').map_or(contact.as_str(), |(_, domain)| domain);
        if is_personal_mail(domain) {
            return Whose::PersonalMail;
        }
        let mut rest = domain;
        loop {
            if let Some(place) = self.by_contact.get(rest) {
                return Whose::Account(*place);
            }
            match rest.split_once('.') {
                Some((_, shorter)) if shorter.contains('.') => rest = shorter,
                _ => return Whose::Unknown,
            }
        }
    }
}

/// What can be done to accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountEdit {
    /// Add one.
    Add(Account),
    /// Write another in the place of the one of its number.
    Change(Account),
    /// Take over a list.
    Import(AccountList),
    /// Forget one.
    Remove(Id),
}

impl AccountEdit {
    pub(super) fn apply(self, project: &mut Project) {
        match self {
            Self::Add(account) => {
                let id = project.take_id();
                add(&mut project.contacts.accounts, id, account);
            }
            Self::Change(account) => change(&mut project.contacts.accounts, account),
            Self::Import(list) => {
                for account in list.added {
                    Self::Add(account).apply(project);
                }
                for account in list.changed {
                    Self::Change(account).apply(project);
                }
            }
            Self::Remove(id) => remove(&mut project.contacts.accounts, id),
        }
    }

    pub(super) fn in_words(&self) -> String {
        match self {
            Self::Add(account) => format!("add account {}", account.name),
            Self::Change(account) => format!("change account {}", account.name),
            Self::Import(_) => "import accounts".to_owned(),
            Self::Remove(_) => "delete an account".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(name: &str, contacts: &[&str]) -> Account {
        let contacts = contacts.iter().map(|contact| (*contact).to_owned()).collect();
        Account { name: name.to_owned(), contacts, ..Account::default() }
    }

    #[test]
    fn an_address_goes_before_a_domain_and_a_longer_domain_before_a_shorter_one() {
        let accounts = [
            account("Contoso", &["contoso.com"]),
            account("Contoso Japan", &["jp.contoso.com", "taro@gmail.com"]),
            account("Jo", &["jo@contoso.com"]),
        ];
        let matching = Matching::new(&accounts);
        assert_eq!(matching.whose("Ann@Contoso.com"), Whose::Account(0));
        assert_eq!(matching.whose("ann@mail.jp.contoso.com"), Whose::Account(1));
        assert_eq!(matching.whose("jo@contoso.com"), Whose::Account(2));
        assert_eq!(matching.whose("taro@gmail.com"), Whose::Account(1));
        assert_eq!(matching.whose("hanako@gmail.com"), Whose::PersonalMail);
        assert_eq!(matching.whose("notcontoso.com"), Whose::Unknown);
        assert_eq!(matching.whose("contoso.com"), Whose::Account(0));
        assert_eq!(matching.whose(""), Whose::Unknown);
    }

    #[test]
    fn domains_and_addresses_are_kept_in_one_spelling() {
        for (typed, kept) in [
            (" Contoso.COM ", Some("contoso.com")),
            ("@contoso.com", Some("contoso.com")),
            ("https://www.contoso.com/", Some("contoso.com")),
            ("mailto:Jo@Contoso.com", Some("jo@contoso.com")),
            ("contoso", None),
            ("a@b@c.com", None),
            ("jo smith@contoso.com", None),
            ("", None),
        ] {
            assert_eq!(typed_contact(typed).as_deref(), kept, "{typed}");
        }
    }

    #[test]
    fn every_personal_domain_of_the_list_is_one() {
        assert!(is_personal_mail("Gmail.com") && !is_personal_mail("contoso.com") && !is_personal_mail(""));
        for domain in PERSONAL.iter() {
            assert_eq!(typed_contact(domain).as_deref(), Some(*domain));
        }
    }

    #[test]
    fn kinds_are_typed_by_their_words_and_nothing_is_a_customer() {
        for kind in AccountKind::ALL {
            assert_eq!(AccountKind::typed(kind.word()), Some(kind));
        }
        assert_eq!(AccountKind::typed(""), Some(AccountKind::Customer));
        assert_eq!(AccountKind::typed("Vendor"), Some(AccountKind::Supplier));
        assert_eq!(AccountKind::typed("friend"), None);
    }
}
