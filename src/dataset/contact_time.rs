//! Time with contacts outside the company: one row a person, contact and period.

use chrono::{Days, Months, NaiveDate};

use super::Grain;

/// Whom a contact is: how finely the export tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactDetail {
    /// Addresses of people.
    Address,
    /// Domains.
    Domain,
}

impl ContactDetail {
    /// As in JSON: "domain".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Domain => "domain",
        }
    }
}

/// One row: a person's time with a contact in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContactRow {
    /// The person, from 0.
    pub person: u32,
    /// The contact, by its place in [`ContactTime::contacts`].
    pub contact: u32,
    /// The period, by its place in [`ContactTime::periods`].
    pub period: u32,
    /// Whole seconds.
    pub seconds: u64,
}

/// Time with contacts. Rows are in the order of person, contact, period, and each of the three is there once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactTime {
    rows: Vec<ContactRow>,
    contacts: Vec<String>,
    periods: Vec<NaiveDate>,
    grain: Grain,
    detail: ContactDetail,
}

impl ContactTime {
    /// Of rows in any order; those of one person, contact and period are summed. `periods` rise.
    #[must_use]
    pub fn new(
        mut rows: Vec<ContactRow>,
        contacts: Vec<String>,
        periods: Vec<NaiveDate>,
        grain: Grain,
        detail: ContactDetail,
    ) -> Self {
        rows.sort_unstable();
        rows.dedup_by(|next, kept| {
            let is_same = (next.person, next.contact, next.period) == (kept.person, kept.contact, kept.period);
            if is_same {
                kept.seconds = kept.seconds.saturating_add(next.seconds);
            }
            is_same
        });
        Self { rows, contacts, periods, grain, detail }
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> &[ContactRow] {
        &self.rows
    }

    /// Addresses or domains, in small letters. An empty one stands for outside time that the export names nobody for.
    #[must_use]
    pub fn contacts(&self) -> &[String] {
        &self.contacts
    }

    /// The first day of each period, rising.
    #[must_use]
    pub fn periods(&self) -> &[NaiveDate] {
        &self.periods
    }

    /// How long a period is.
    #[must_use]
    pub fn grain(&self) -> Grain {
        self.grain
    }

    /// Whether contacts are addresses or domains.
    #[must_use]
    pub fn detail(&self) -> ContactDetail {
        self.detail
    }

    /// The last day of a period that starts on this day.
    #[must_use]
    pub fn last_day(&self, start: NaiveDate) -> NaiveDate {
        let next = match self.grain {
            Grain::Day => start.checked_add_days(Days::new(1)),
            Grain::Week => start.checked_add_days(Days::new(7)),
            Grain::Month => start.checked_add_months(Months::new(1)),
        };
        next.and_then(|next| next.pred_opt()).unwrap_or(start)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn rows_of_one_person_contact_and_period_are_one_row() {
        let day = NaiveDate::from_ymd_opt(2026, 2, 1).unwrap();
        let row = |person, contact, seconds| ContactRow { person, contact, period: 0, seconds };
        let rows = vec![row(1, 0, 60), row(0, 0, 60), row(1, 0, 30)];
        let table = ContactTime::new(rows, vec!["a.com".into()], vec![day], Grain::Month, ContactDetail::Domain);
        assert_eq!(table.rows(), [row(0, 0, 60), row(1, 0, 90)]);
        assert_eq!(table.last_day(day), NaiveDate::from_ymd_opt(2026, 2, 28).unwrap());
    }
}
