//! Time of groups with groups: one row a group, the one it was with, and a period.

use chrono::NaiveDate;

use super::Grain;

/// Whom a group's time was with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Partner {
    /// A group of the export, by its place in [`GroupTime::groups`]; the group itself too.
    Group(u32),
    /// Groups that the export does not name.
    Other,
    /// People whom the export cannot put into a group.
    Unclassified,
}

/// One row: a group's time with a partner in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupRow {
    /// The group whose time it is, by its place in [`GroupTime::groups`].
    pub from: u32,
    /// Whom it was with.
    pub to: Partner,
    /// The period, by its place in [`GroupTime::periods`].
    pub period: u32,
    /// Whole seconds of all members together.
    pub seconds: u64,
}

/// Time of groups with groups. Rows are in the order of group, partner, period, and each of the three is there once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupTime {
    rows: Vec<GroupRow>,
    groups: Vec<String>,
    attribute: String,
    periods: Vec<NaiveDate>,
    grain: Grain,
    /// Members by group and period, where the export says.
    sizes: Vec<Vec<Option<u32>>>,
}

impl GroupTime {
    /// Of rows in any order; those of one group, partner and period are summed. `periods` rise. `sizes` are members of
    /// a group in a period, by their places; where they disagree the smallest counts.
    #[must_use]
    pub fn new(
        mut rows: Vec<GroupRow>,
        groups: Vec<String>,
        attribute: String,
        (periods, grain): (Vec<NaiveDate>, Grain),
        known_sizes: impl IntoIterator<Item = (u32, u32, u32)>,
    ) -> Self {
        rows.sort_unstable();
        rows.dedup_by(|next, kept| {
            let is_same = (next.from, next.to, next.period) == (kept.from, kept.to, kept.period);
            if is_same {
                kept.seconds = kept.seconds.saturating_add(next.seconds);
            }
            is_same
        });
        let mut sizes = vec![vec![None; periods.len()]; groups.len()];
        for (group, period, size) in known_sizes {
            let known = sizes.get_mut(group as usize).and_then(|of_group| of_group.get_mut(period as usize));
            if let Some(known) = known {
                *known = Some(known.map_or(size, |known: u32| known.min(size)));
            }
        }
        Self { rows, groups, attribute, periods, grain, sizes }
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> &[GroupRow] {
        &self.rows
    }

    /// The names of the groups.
    #[must_use]
    pub fn groups(&self) -> &[String] {
        &self.groups
    }

    /// What the groups are values of: "Organization".
    #[must_use]
    pub fn attribute(&self) -> &str {
        &self.attribute
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

    /// Members of a group period by period; `None` where the export does not say.
    #[must_use]
    pub fn sizes(&self, group: usize) -> &[Option<u32>] {
        self.sizes.get(group).map_or(&[], Vec::as_slice)
    }

    /// Whether the export says how many members any group has.
    #[must_use]
    pub fn has_sizes(&self) -> bool {
        self.sizes.iter().flatten().any(Option::is_some)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn rows_of_one_pair_and_period_are_one_row_and_the_smallest_size_counts() {
        let day = NaiveDate::from_ymd_opt(2026, 2, 1).unwrap();
        let row = |to, seconds| GroupRow { from: 0, to, period: 0, seconds };
        let rows = vec![row(Partner::Other, 60), row(Partner::Group(0), 60), row(Partner::Other, 30)];
        let sizes = [(0, 0, 12), (0, 0, 11), (7, 7, 1)];
        let table = GroupTime::new(rows, vec!["A".into()], "Organization".into(), (vec![day], Grain::Month), sizes);
        assert_eq!(table.rows(), [row(Partner::Group(0), 60), row(Partner::Other, 90)]);
        assert_eq!((table.sizes(0), table.sizes(9)), (&[Some(11)][..], &[][..]));
        assert!(table.has_sizes());
    }
}
