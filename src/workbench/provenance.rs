//! What numbers rest on, for the Data page: which rows were used, and which columns each insight needs.

use super::{Opened, Results, What};
use crate::dataset::{Dataset, Era, Metric};
use crate::import::{RowReason, Source};
use crate::insights::{Behavior, InsightId};

/// Why rows of a file are in no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotUsed {
    /// The reader set them aside.
    SetAside(RowReason),
    /// They are marked inactive, and inactive rows are left out.
    Inactive,
    /// They are days of a week that the file's dates cut.
    CutWeek,
}

/// Rows of one file, or of several: `rows` = `used` + the sum of `not_used`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowSum {
    /// Rows of data in the file.
    pub rows: u64,
    /// Rows that count.
    pub used: u64,
    /// The others by reason; reasons that do not occur are not listed.
    pub not_used: Vec<(NotUsed, u64)>,
}

impl NotUsed {
    /// As in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SetAside(reason) => reason.name(),
            Self::Inactive => "inactive",
            Self::CutWeek => "cut_week",
        }
    }
}

/// The rows of each file, in the order of the report.
#[must_use]
pub fn row_sums(opened: &Opened, results: &Results) -> Vec<RowSum> {
    let mut cut_week_rows = results.cut_week_rows;
    let sums = opened.report.sources.iter().map(|source| {
        let set_aside = source.rows_excluded.iter().map(|(&reason, &rows)| (NotUsed::SetAside(reason), rows));
        let mut not_used: Vec<(NotUsed, u64)> = set_aside.collect();
        if !results.question.filter.include_inactive && source.inactive_rows > 0 {
            not_used.push((NotUsed::Inactive, source.inactive_rows));
        }
        let others: u64 = not_used.iter().map(|(_, rows)| rows).sum();
        let mut used = source.rows.saturating_sub(others);
        // Cut weeks are decided on all files together; they are told with the first ones that have as many rows.
        let cut = cut_week_rows.min(used);
        if cut > 0 {
            not_used.push((NotUsed::CutWeek, cut));
            cut_week_rows -= cut;
            used -= cut;
        }
        RowSum { rows: source.rows, used, not_used }
    });
    sums.collect()
}

/// The columns of an insight in one export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InsightColumns {
    /// It is computed from these.
    Used(&'static [Metric]),
    /// These are missing, or blank throughout.
    Missing(Vec<Metric>),
}

/// Which columns an insight is computed from in this export, or which it lacks.
#[must_use]
pub fn columns_of(id: InsightId, dataset: &Dataset) -> InsightColumns {
    columns_among(id, dataset.era(), |metric| dataset.has(metric))
}

/// The same where `has` says which columns there are.
pub(super) fn columns_among(id: InsightId, era: Era, has: impl Fn(Metric) -> bool) -> InsightColumns {
    let choices = choices(id, era);
    let is_there = |choice: &&&[Metric]| choice.iter().all(|&metric| has(metric));
    match choices.iter().find(is_there) {
        Some(choice) => InsightColumns::Used(choice),
        None => {
            let first = choices.first().copied().unwrap_or_default();
            InsightColumns::Missing(first.iter().copied().filter(|&metric| !has(metric)).collect())
        }
    }
}

/// The sets of columns that an insight can be computed from, the preferred one first.
const fn choices(id: InsightId, era: Era) -> &'static [&'static [Metric]] {
    use Metric::{
        CollaborationHours, ExternalHours, ExternalNetworkSize, InternalOrganizations, Manager11Hours,
        Manager11MeetingAndCallHours, ManagerMeetingAndCallHours, ManagerMeetingHours, MeetingAndCallHours,
        MeetingHours,
    };
    match id {
        InsightId::ExternalOver8h => &[&[ExternalHours]],
        InsightId::ExternalTopQuartile => &[&[ExternalHours, CollaborationHours]],
        InsightId::ConnectedPeople => &[&[ExternalNetworkSize]],
        InsightId::CoachingUnder15Min | InsightId::OneToOneRhythm => {
            &[&[Manager11Hours], &[Manager11MeetingAndCallHours]]
        }
        // Only the older product counts 1:1s as meetings with the manager present.
        InsightId::CoachingStyle => match era {
            Era::Wpa => &[
                &[Manager11Hours, ManagerMeetingHours, MeetingHours],
                &[Manager11MeetingAndCallHours, ManagerMeetingHours, MeetingHours],
                &[Manager11Hours, ManagerMeetingAndCallHours, MeetingAndCallHours],
                &[Manager11MeetingAndCallHours, ManagerMeetingAndCallHours, MeetingAndCallHours],
            ],
            Era::Viva | Era::Undecided => &[
                &[Manager11Hours, ManagerMeetingHours, MeetingHours],
                &[Manager11MeetingAndCallHours, ManagerMeetingAndCallHours, MeetingAndCallHours],
            ],
        },
        InsightId::FewInternalOrganizations => &[&[InternalOrganizations]],
    }
}

/// What a behavior cannot show in this export: its insights without columns, and the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// The behavior.
    pub behavior: Behavior,
    /// Its insights that have no numbers.
    pub insights: Vec<InsightId>,
    /// The columns that they lack.
    pub columns: Vec<Metric>,
}

/// The behaviors that lack columns, in the standard order.
#[must_use]
pub fn blocked(dataset: &Dataset) -> Vec<Blocked> {
    let of = |behavior: Behavior| {
        let mut blocked = Blocked { behavior, insights: Vec::new(), columns: Vec::new() };
        for id in InsightId::ALL.into_iter().filter(|id| id.behavior() == behavior) {
            if let InsightColumns::Missing(columns) = columns_of(id, dataset) {
                blocked.insights.push(id);
                let new = columns.into_iter().filter(|column| !blocked.columns.contains(column));
                blocked.columns.extend(new.collect::<Vec<_>>());
            }
        }
        (!blocked.insights.is_empty()).then_some(blocked)
    };
    Behavior::ALL.into_iter().filter_map(of).collect()
}

impl Opened {
    /// Whether the bytes can be read a second time; what came through standard input cannot.
    #[must_use]
    pub fn can_be_reread(&self) -> bool {
        match &self.what {
            What::Sample => true,
            What::Sources(sources) => sources.iter().all(|source| !matches!(source, Source::StandardInput)),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::{evaluate, open};
    use super::*;
    use crate::import::ImportOptions;
    use crate::privacy::{Question, Unavailable};
    use crate::work::{Cancel, Progress};

    /// Twelve people over five weeks with these columns, all cells 1.
    fn opened(columns: &[Metric], era: Era) -> Opened {
        let headers: Vec<&str> = columns.iter().map(|metric| metric.name()).collect();
        let mut text = format!("person_id,period,{}\n", headers.join(","));
        for person in 0..12 {
            for week in ["2024-03-31", "2024-04-07", "2024-04-14", "2024-04-21", "2024-04-28"] {
                text += &format!("p{person},{week}{}\n", ",1".repeat(columns.len()));
            }
        }
        let source = Source::Bytes { name: "made.csv".to_owned(), bytes: text.into_bytes().into() };
        let options = ImportOptions { era: Some(era), ..ImportOptions::default() };
        open(&What::Sources(vec![source]), &options, &Progress::default(), &Cancel::default()).unwrap()
    }

    fn agrees(columns: &[Metric], era: Era) {
        let opened = opened(columns, era);
        let results = evaluate(&opened, &Question::default(), opened.default_rules(), None);
        for insight in &results.findings.unwrap().insights {
            let lacks_columns = matches!(insight.outcome, Err(Unavailable::NotInFile(_)));
            let says_so = matches!(columns_of(insight.id, &opened.dataset), InsightColumns::Missing(_));
            assert_eq!(says_so, lacks_columns, "{} of {columns:?} in {era:?}", insight.id.name());
        }
    }

    #[test]
    fn a_column_is_called_missing_exactly_where_the_insight_says_so() {
        let of_managers = [
            Metric::Manager11Hours,
            Metric::Manager11MeetingAndCallHours,
            Metric::ManagerMeetingHours,
            Metric::ManagerMeetingAndCallHours,
            Metric::MeetingHours,
            Metric::MeetingAndCallHours,
        ];
        for era in [Era::Wpa, Era::Viva, Era::Undecided] {
            for choice in 1..1 << of_managers.len() {
                let columns = of_managers.iter().enumerate().filter(|(bit, _)| choice >> bit & 1 == 1);
                agrees(&columns.map(|(_, metric)| *metric).collect::<Vec<_>>(), era);
            }
            for metric in Metric::ALL {
                agrees(&[metric], era);
            }
            agrees(&[Metric::ExternalHours, Metric::CollaborationHours], era);
        }
    }

    #[test]
    fn a_behavior_names_each_missing_column_once() {
        let opened = opened(&[Metric::ExternalHours, Metric::InternalOrganizations], Era::Viva);
        let blocked = blocked(&opened.dataset);
        assert_eq!(
            blocked.iter().map(|blocked| blocked.behavior).collect::<Vec<_>>(),
            [Behavior::TimeWithCustomers, Behavior::Coaching]
        );
        assert_eq!(blocked[0].columns, [Metric::CollaborationHours, Metric::ExternalNetworkSize]);
        assert_eq!(blocked[1].columns, [Metric::Manager11Hours, Metric::ManagerMeetingHours, Metric::MeetingHours]);
    }

    #[test]
    fn rows_in_the_file_are_rows_used_and_rows_not_used() {
        let text = "PersonId,Date,IsActive,Collaboration_hours\n\
                    a,2024-03-31,TRUE,1\na,2024-03-31,TRUE,1\nb,2024-03-31,FALSE,1\nc,,TRUE,1\nd,2024-03-31,TRUE,1\n";
        let source = Source::Bytes { name: "made.csv".to_owned(), bytes: text.as_bytes().into() };
        let what = What::Sources(vec![source]);
        let opened = open(&what, &ImportOptions::default(), &Progress::default(), &Cancel::default()).unwrap();
        let results = evaluate(&opened, &Question::default(), opened.default_rules(), None);
        let not_used = vec![
            (NotUsed::SetAside(RowReason::UnreadableDate), 1),
            (NotUsed::SetAside(RowReason::Duplicate), 1),
            (NotUsed::Inactive, 1),
        ];
        assert_eq!(row_sums(&opened, &results), [RowSum { rows: 5, used: 2, not_used }]);
    }
}
