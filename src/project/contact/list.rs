//! A list of accounts in a file: what taking it over would do, line by line, before it is done.

use super::{Account, AccountKind, is_personal_mail, typed_contact};
use crate::text::{TypedRow, TypedTable};

/// More hours a month than this are no goal.
const MOST_GOAL_HOURS: f64 = 10_000.0;

/// What a list of accounts would do. Taken over as one step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountList {
    /// Every line with what becomes of it.
    pub lines: Vec<AccountLine>,
    /// Accounts that are new.
    pub added: Vec<Account>,
    /// Accounts that are known and get more, with their numbers.
    pub changed: Vec<Account>,
    /// Why the file as a whole has no accounts, where it has none.
    pub refused: Option<&'static str>,
}

/// What becomes of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountLine {
    /// The line in the file, from 1.
    pub line: u64,
    /// The account in it.
    pub name: String,
    /// What becomes of it.
    pub outcome: AccountOutcome,
}

/// What becomes of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountOutcome {
    /// A new account.
    Added,
    /// It adds to an account that is known, or that an earlier line added.
    Joined,
    /// Nothing new.
    Same,
    /// Set aside, with the reason.
    SetAside(String),
    /// Taken over, but for a part of it, with the reason.
    InPart(String),
}

impl AccountOutcome {
    /// In words: "set aside: no name".
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Self::Added => "added".to_owned(),
            Self::Joined => "joins its account".to_owned(),
            Self::Same => "nothing new".to_owned(),
            Self::SetAside(why) => format!("set aside: {why}"),
            Self::InPart(why) => format!("taken over, but {why}"),
        }
    }
}

/// Columns of a list.
struct Columns {
    name: Option<usize>,
    contacts: [Option<usize>; 2],
    kind: Option<usize>,
    owner: Option<usize>,
    tier: Option<usize>,
    goal: Option<usize>,
}

impl AccountList {
    /// Reads a list. Several lines of one account are joined; what a line leaves blank stays as it was.
    #[must_use]
    pub fn read(bytes: &[u8], known: &[Account]) -> Self {
        let table = TypedTable::read(bytes);
        let columns = Columns {
            name: table.column(&["account name", "account", "name", "company", "customer"]),
            contacts: [
                table.column(&["domains", "domain", "contacts", "contact"]),
                table.column(&["addresses", "address", "contact email", "email", "e-mail"]),
            ],
            kind: table.column(&["kind", "type", "category"]),
            owner: table.column(&["owner role", "owner", "team", "account owner"]),
            tier: table.column(&["tier", "class", "segment", "priority"]),
            goal: table.column(&["goal hours a month", "goal hours", "monthly goal hours", "goal", "hours"]),
        };
        if columns.name.is_none() {
            let refused = Some("The table has no column Account. Use the template, or name the column so.");
            return Self { refused, ..Self::default() };
        }
        let mut list = Self::default();
        for row in table.rows() {
            let name = row.cell(columns.name).to_owned();
            let outcome = list.take(row, &columns, &name, known);
            list.lines.push(AccountLine { line: row.line, name, outcome });
        }
        list
    }

    fn take(&mut self, row: &TypedRow, columns: &Columns, name: &str, known: &[Account]) -> AccountOutcome {
        let set_aside = |why: &str| AccountOutcome::SetAside(why.to_owned());
        if name.is_empty() {
            return set_aside("no name");
        }
        let Some(kind) = AccountKind::typed(row.cell(columns.kind)) else {
            return set_aside("the kind is none of customer, supplier, partner, other");
        };
        let Ok(goal_minutes) = typed_goal(row.cell(columns.goal)) else {
            return set_aside("the goal is no number of hours a month");
        };
        let before = self.find(name).or_else(|| known.iter().find(|account| is_named(account, name)));
        let is_new = before.is_none();
        let was = before.cloned();
        let mut account = was.clone().unwrap_or_else(|| Account { name: name.to_owned(), ..Account::default() });
        if is_new || !row.cell(columns.kind).is_empty() {
            account.kind = kind;
        }
        let fill = |field: &mut String, cell: &str| {
            if !cell.is_empty() {
                cell.clone_into(field);
            }
        };
        fill(&mut account.owner, row.cell(columns.owner));
        fill(&mut account.tier, row.cell(columns.tier));
        account.goal_minutes = goal_minutes.or(account.goal_minutes);
        let mut problem = None;
        for typed in columns.contacts.iter().flat_map(|column| row.list(*column)) {
            match self.checked(&typed, name, known) {
                Ok(contact) if account.contacts.contains(&contact) => {}
                Ok(contact) => account.contacts.push(contact),
                Err(why) => problem = Some(why),
            }
        }
        if was.as_ref() == Some(&account) {
            return problem.map_or(AccountOutcome::Same, AccountOutcome::SetAside);
        }
        self.put(account, known);
        match problem {
            Some(why) => AccountOutcome::InPart(why),
            None if is_new => AccountOutcome::Added,
            None => AccountOutcome::Joined,
        }
    }

    /// A typed domain or address as it is kept, or why this account cannot have it.
    fn checked(&self, typed: &str, name: &str, known: &[Account]) -> Result<String, String> {
        let Some(contact) = typed_contact(typed) else {
            return Err("one of its domains or addresses is neither".to_owned());
        };
        if is_personal_mail(&contact) {
            return Err(format!("{contact} is personal mail; list single addresses in it"));
        }
        let mut others = self.added.iter().chain(&self.changed).chain(known);
        match others.find(|other| !is_named(other, name) && other.contacts.contains(&contact)) {
            Some(other) => Err(format!("{} is in {} already", super::masked(&contact), other.name)),
            None => Ok(contact),
        }
    }

    fn find(&self, name: &str) -> Option<&Account> {
        self.added.iter().chain(&self.changed).find(|account| is_named(account, name))
    }

    fn put(&mut self, account: Account, known: &[Account]) {
        let is_known = known.iter().any(|other| is_named(other, &account.name));
        let accounts = if is_known { &mut self.changed } else { &mut self.added };
        match accounts.iter_mut().find(|other| is_named(other, &account.name)) {
            Some(other) => *other = account,
            None => accounts.push(account),
        }
    }

    /// Whether taking it over changes anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty()
    }

    /// How many lines are set aside, whole or in part.
    #[must_use]
    pub fn set_aside(&self) -> usize {
        use AccountOutcome::{InPart, SetAside};
        self.lines.iter().filter(|line| matches!(line.outcome, SetAside(_) | InPart(_))).count()
    }
}

fn is_named(account: &Account, name: &str) -> bool {
    account.name.trim().to_lowercase() == name.trim().to_lowercase()
}

/// Typed hours a month as minutes: "12", "7.5", "7,5", "10 h". `Ok(None)` for nothing typed.
///
/// # Errors
/// When it is no number of hours.
#[allow(clippy::result_unit_err, reason = "a screen only asks whether it is one")]
pub fn typed_goal(typed: &str) -> Result<Option<u32>, ()> {
    let typed = typed.trim().to_lowercase();
    let number = typed.trim_end_matches("hours").trim_end_matches('h').trim().replace(',', ".");
    if number.is_empty() {
        return if typed.is_empty() { Ok(None) } else { Err(()) };
    }
    let hours: f64 = number.parse().map_err(|_| ())?;
    if !hours.is_finite() || !(0.0..=MOST_GOAL_HOURS).contains(&hours) {
        return Err(());
    }
    let minutes = (hours * 60.0).round() as u32;
    Ok(Some(minutes).filter(|minutes| *minutes > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "Account,Domains,Addresses,Kind,Owner role,Tier,Goal hours a month\n";

    fn read(rows: &str, known: &[Account]) -> AccountList {
        AccountList::read(format!("{HEAD}{rows}").as_bytes(), known)
    }

    fn words(list: &AccountList) -> Vec<String> {
        list.lines.iter().map(|line| line.outcome.in_words()).collect()
    }

    #[test]
    fn lines_of_one_account_are_joined_and_the_rest_is_set_aside_with_its_reason() {
        let list = read(
            "Contoso,contoso.com; contoso.de,,customer,Sales North,A,12.5\n\
             contoso,,Jo@Gmail.com,,,,\n\
             ,x.com,,,,,\n\
             Fabrikam,fabrikam.com,,friend,,,\n\
             Fabrikam,fabrikam.com,,Supplier,,,much\n\
             Fabrikam,contoso.com; fabrikam.com,,Supplier,,,\n\
             Mail,gmail.com,,Other,,,\n",
            &[],
        );
        assert_eq!(
            words(&list),
            [
                "added",
                "joins its account",
                "set aside: no name",
                "set aside: the kind is none of customer, supplier, partner, other",
                "set aside: the goal is no number of hours a month",
                "taken over, but contoso.com is in Contoso already",
                "taken over, but gmail.com is personal mail; list single addresses in it",
            ]
        );
        assert_eq!((list.added.len(), list.set_aside()), (3, 5));
        let contoso = &list.added[0];
        assert_eq!(contoso.contacts, ["contoso.com", "contoso.de", "jo@gmail.com"]);
        // 12.5 hours are 750 minutes.
        assert_eq!((contoso.goal_minutes, contoso.tier.as_str()), (Some(750), "A"));
    }

    #[test]
    fn a_list_that_is_read_again_changes_nothing_and_blanks_keep_what_is_there() {
        let rows = "Contoso,contoso.com,,partner,Sales,A,10\n";
        let known = read(rows, &[]).added;
        assert_eq!(words(&read(rows, &known)), ["nothing new"]);
        let more = read("CONTOSO,contoso.de,,,,,8\n", &known);
        assert_eq!(more.changed[0].contacts, ["contoso.com", "contoso.de"]);
        assert_eq!((more.changed[0].kind, more.changed[0].goal_minutes), (AccountKind::Partner, Some(480)));
    }

    #[test]
    fn a_file_of_a_customer_system_is_read_by_its_own_headings() {
        let text = "AccountName;ContactEmail;Type\nContoso;jo@contoso.com;Client\n";
        let list = AccountList::read(text.as_bytes(), &[]);
        assert_eq!(list.added[0].contacts, ["jo@contoso.com"]);
        assert!(AccountList::read(b"Domain\ncontoso.com\n", &[]).refused.is_some());
    }

    #[test]
    fn hours_are_typed_in_many_ways() {
        assert_eq!(typed_goal("7,5 h"), Ok(Some(450)));
        assert_eq!(typed_goal("10 hours"), Ok(Some(600)));
        assert_eq!(typed_goal(""), Ok(None));
        assert_eq!(typed_goal("0"), Ok(None));
        for wrong in ["-1", "h", "NaN", "inf", "1e9"] {
            assert_eq!(typed_goal(wrong), Err(()), "{wrong}");
        }
    }
}
