//! Which number it is.

use chrono::NaiveDate;

use super::{BetweenFigure, ContactFigure, ExploreFigure, MeetingFigure, PlanFigure};
use crate::dataset::{GroupBy, GroupValue, Metric};
use crate::insights::InsightId;
use crate::privacy::{CompareMetric, MeanMetric};
use crate::project::Id;

/// One published number, or a few that stand in one text.
///
/// Its [key](Number::key) goes wherever the number goes: a screen hands it to the accessibility tree beside the
/// words, and gets the number back from it with [`Number::of_key`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    /// Who and when: people and periods of the selection.
    Population,
    /// The headline share of an insight.
    Share(InsightId),
    /// Its 95 % interval.
    Interval(InsightId),
    /// What it is held against: the earlier half, and the range of groups.
    Compare(InsightId),
    /// The change since the earlier half.
    Change(InsightId),
    /// All bands of a distribution.
    Distribution(InsightId),
    /// One band, by its place from the lowest.
    Band(InsightId, usize),
    /// A share over time.
    Trend(InsightId),
    /// One of its periods, by its first day.
    Point(InsightId, NaiveDate),
    /// The groups of an attribute or two, and what of them is hidden.
    Groups(InsightId, GroupBy),
    /// One group: its share, and how it differs from the rest.
    Group(InsightId, GroupBy, GroupValue),
    /// Another reading of the definition, by its name.
    Reading(InsightId, String),
    /// How many lie exactly on a threshold, by the threshold's place.
    Boundary(InsightId, usize),
    /// Person-months that do not count.
    NotEligible(InsightId),
    /// The mean of a metric.
    Mean(MeanMetric),
    /// How many groups an attribute has, and how many of them are hidden.
    Attribute(String),
    /// How many people came after the first period, and left before the last.
    ComeAndGone,
    /// Rows of all files, and how many of them are used.
    Rows,
    /// What was counted in one file, by its place.
    File(usize),
    /// A finding of the data check, by its place.
    Check(usize),
    /// A verdict of the data check.
    Verdict(InsightId),
    /// A number of a metric that is explored, of everyone or of one group.
    Explore(MeanMetric, ExploreFigure, Option<GroupValue>),
    /// A number of a plan; without its number, of the plan that is being made.
    Plan(Option<Id>, PlanFigure),
    /// A cohort of the comparison by its place: how a metric changed, or how many people there are.
    Changed(usize, Option<CompareMetric>),
    /// The numbers of "what if": of everyone, or of a shown group by its place.
    WhatIf(Option<usize>),
    /// A number about time with contacts.
    Contacts(ContactFigure),
    /// A number about time between groups.
    Between(BetweenFigure),
    /// A number about meetings.
    Meetings(MeetingFigure),
}

impl Number {
    /// A text that stands for the number, the same for ever: `share/external_over_8h`.
    #[must_use]
    pub fn key(&self) -> String {
        let (kind, parts): (&str, Vec<String>) = match self {
            Self::Population => ("population", vec![]),
            Self::Share(id) => ("share", of(*id)),
            Self::Interval(id) => ("interval", of(*id)),
            Self::Compare(id) => ("compare", of(*id)),
            Self::Change(id) => ("change", of(*id)),
            Self::Distribution(id) => ("distribution", of(*id)),
            Self::Band(id, place) => ("band", and(*id, place.to_string())),
            Self::Trend(id) => ("trend", of(*id)),
            Self::Point(id, day) => ("point", and(*id, day.to_string())),
            Self::Groups(id, by) => ("groups", with(*id, by.names())),
            Self::Group(id, by, group) => ("group", with(*id, by.names().chain(group.parts()))),
            Self::Reading(id, reading) => ("reading", and(*id, reading.clone())),
            Self::Boundary(id, place) => ("boundary", and(*id, place.to_string())),
            Self::NotEligible(id) => ("not-eligible", of(*id)),
            Self::Mean(metric) => ("mean", vec![metric.name().to_owned()]),
            Self::Attribute(name) => ("attribute", vec![name.clone()]),
            Self::ComeAndGone => ("come-and-gone", vec![]),
            Self::Rows => ("rows", vec![]),
            Self::File(place) => ("file", vec![place.to_string()]),
            Self::Check(place) => ("check", vec![place.to_string()]),
            Self::Verdict(id) => ("verdict", of(*id)),
            Self::WhatIf(place) => ("what-if", place.iter().map(ToString::to_string).collect()),
            Self::Contacts(figure) => ("contacts", figure.key()),
            Self::Explore(metric, figure, group) => {
                let fixed = [metric.name(), figure.key()].into_iter();
                ("explore", fixed.chain(group.iter().flat_map(GroupValue::parts)).map(str::to_owned).collect())
            }
            Self::Plan(id, figure) => {
                ("plan", vec![id.map_or_else(|| "new".to_owned(), |id| id.to_string()), figure.key().to_owned()])
            }
            Self::Changed(place, metric) => {
                ("changed", std::iter::once(place.to_string()).chain(metric.map(|it| it.name().to_owned())).collect())
            }
            Self::Between(figure) => ("between", figure.parts()),
            Self::Meetings(figure) => ("meetings", figure.parts()),
        };
        std::iter::once(kind.to_owned()).chain(parts.iter().map(|part| escaped(part))).collect::<Vec<_>>().join("/")
    }

    /// The number that a key stands for; `None` for any other text.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        let parts: Vec<String> = key.split('/').map(unescaped).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let id = |name: &str| InsightId::ALL.into_iter().find(|id| id.name() == name);
        Some(match parts.as_slice() {
            ["population"] => Self::Population,
            ["share", insight] => Self::Share(id(insight)?),
            ["interval", insight] => Self::Interval(id(insight)?),
            ["compare", insight] => Self::Compare(id(insight)?),
            ["change", insight] => Self::Change(id(insight)?),
            ["distribution", insight] => Self::Distribution(id(insight)?),
            ["band", insight, place] => Self::Band(id(insight)?, place.parse().ok()?),
            ["trend", insight] => Self::Trend(id(insight)?),
            ["point", insight, day] => Self::Point(id(insight)?, day.parse().ok()?),
            ["groups", insight, attribute] => Self::Groups(id(insight)?, (*attribute).into()),
            ["groups", insight, first, second] => Self::Groups(id(insight)?, GroupBy::two(*first, *second)),
            ["group", insight, attribute, value] => Self::Group(id(insight)?, (*attribute).into(), (*value).into()),
            ["group", insight, first, second, value, other] => {
                Self::Group(id(insight)?, GroupBy::two(*first, *second), GroupValue::two(value, other))
            }
            ["reading", insight, reading] => Self::Reading(id(insight)?, (*reading).to_owned()),
            ["boundary", insight, place] => Self::Boundary(id(insight)?, place.parse().ok()?),
            ["not-eligible", insight] => Self::NotEligible(id(insight)?),
            ["mean", name] => Self::Mean(MeanMetric::ALL.into_iter().find(|metric| metric.name() == *name)?),
            ["attribute", name] => Self::Attribute((*name).to_owned()),
            ["what-if"] => Self::WhatIf(None),
            ["what-if", place] => Self::WhatIf(Some(place.parse().ok()?)),
            ["come-and-gone"] => Self::ComeAndGone,
            ["rows"] => Self::Rows,
            ["file", place] => Self::File(place.parse().ok()?),
            ["check", place] => Self::Check(place.parse().ok()?),
            ["verdict", insight] => Self::Verdict(id(insight)?),
            ["contacts", figure @ ..] => Self::Contacts(ContactFigure::of_key(figure)?),
            ["explore", metric, figure, group @ ..] => {
                let group = match group {
                    [] => None,
                    [one] => Some((*one).into()),
                    [one, other] => Some(GroupValue::two(one, other)),
                    _ => return None,
                };
                Self::Explore(metric_named(metric)?, ExploreFigure::of_key(figure)?, group)
            }
            ["plan", "new", figure] => Self::Plan(None, PlanFigure::of_key(figure)?),
            ["plan", id, figure] => Self::Plan(Some(id.parse().ok()?), PlanFigure::of_key(figure)?),
            ["changed", place] => Self::Changed(place.parse().ok()?, None),
            ["changed", place, metric] => Self::Changed(place.parse().ok()?, Some(CompareMetric::of_name(metric)?)),
            ["between", figure @ ..] => Self::Between(BetweenFigure::of_parts(figure)?),
            ["meetings", figure @ ..] => Self::Meetings(MeetingFigure::of_parts(figure)?),
            _ => return None,
        })
    }

    /// The insight that it belongs to; `None` for counts and means.
    #[must_use]
    pub const fn insight(&self) -> Option<InsightId> {
        match self {
            Self::Share(id)
            | Self::Interval(id)
            | Self::Compare(id)
            | Self::Change(id)
            | Self::Distribution(id)
            | Self::Band(id, _)
            | Self::Trend(id)
            | Self::Point(id, _)
            | Self::Groups(id, _)
            | Self::Group(id, _, _)
            | Self::Reading(id, _)
            | Self::Boundary(id, _)
            | Self::NotEligible(id) => Some(*id),
            Self::Population
            | Self::Mean(_)
            | Self::Attribute(_)
            | Self::ComeAndGone
            | Self::Rows
            | Self::File(_)
            | Self::Check(_)
            | Self::Verdict(_)
            | Self::Explore(..)
            | Self::Plan(..)
            | Self::Changed(..)
            | Self::WhatIf(_)
            | Self::Contacts(_)
            | Self::Between(_)
            | Self::Meetings(_) => None,
        }
    }
}

/// The metric of a name: every column has one, and so has the external share.
#[must_use]
pub fn metric_named(name: &str) -> Option<MeanMetric> {
    let share = Some(MeanMetric::ExternalShare).filter(|share| share.name() == name);
    share.or_else(|| Metric::from_name(name).map(MeanMetric::Of))
}

/// The names of all metrics that a file can have.
#[must_use]
pub fn metric_names() -> Vec<&'static str> {
    let columns = Metric::ALL.into_iter().map(Metric::name);
    columns.chain([MeanMetric::ExternalShare.name()]).collect()
}

fn of(id: InsightId) -> Vec<String> {
    vec![id.name().to_owned()]
}

fn and(id: InsightId, part: String) -> Vec<String> {
    vec![id.name().to_owned(), part]
}

fn with<'a>(id: InsightId, parts: impl Iterator<Item = &'a str>) -> Vec<String> {
    std::iter::once(id.name()).chain(parts).map(str::to_owned).collect()
}

/// A part of a key: the name of a group may hold the sign that parts the parts.
fn escaped(part: &str) -> String {
    part.replace('%', "%25").replace('/', "%2F")
}

fn unescaped(part: &str) -> String {
    part.replace("%2F", "/").replace("%25", "%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_leads_back_to_its_number() {
        let id = InsightId::CoachingStyle;
        let day = NaiveDate::from_ymd_opt(2024, 4, 7).unwrap_or_default();
        let group = |value: &str| Number::Group(id, "Org/Level".into(), value.into());
        let pair = || GroupBy::two("Org/Level", "R%");
        let mut all = vec![
            Number::Population,
            Number::Rows,
            Number::File(1),
            Number::Check(0),
            Number::Attribute("50%/2F".to_owned()),
            Number::Band(id, 2),
            Number::Point(id, day),
            group("R&D / 100 %"),
            group(""),
            Number::Group(id, pair(), GroupValue::two("A/B", "")),
            Number::Groups(id, "Region".into()),
            Number::Groups(id, pair()),
            Number::Reading(id, "coaching_under_15_min_wpa".to_owned()),
            Number::Boundary(id, 1),
            Number::Verdict(id),
            Number::Contacts(ContactFigure::Kinds),
            Number::Contacts(ContactFigure::Account(Id::default())),
            Number::Contacts(ContactFigure::New),
            Number::Explore(MeanMetric::ExternalShare, ExploreFigure::Mean, None),
            Number::Explore(MeanMetric::Of(Metric::EmailHours), ExploreFigure::Trend, Some("A/B".into())),
            Number::Explore(MeanMetric::Of(Metric::FocusHours), ExploreFigure::Heat, Some(GroupValue::two("A", ""))),
            Number::Plan(None, PlanFigure::Drift),
            Number::Changed(2, None),
            Number::Changed(0, Some(CompareMetric::InternalHours)),
            Number::Plan(Some(Id::default()), PlanFigure::Since),
            Number::Between(BetweenFigure::Cell("A/B".to_owned(), "50%".to_owned())),
            Number::Between(BetweenFigure::Group(String::new())),
            Number::Meetings(MeetingFigure::By(crate::privacy::Initiator::Others)),
            Number::Meetings(MeetingFigure::Week(3)),
        ];
        let of_insight: [fn(InsightId) -> Number; 7] = [
            Number::Share,
            Number::Interval,
            Number::Compare,
            Number::Change,
            Number::Distribution,
            Number::Trend,
            Number::NotEligible,
        ];
        all.extend(InsightId::ALL.into_iter().flat_map(|id| of_insight.map(|number| number(id))));
        all.extend(MeanMetric::ALL.map(Number::Mean));
        for number in all {
            assert_eq!(Number::of_key(&number.key()), Some(number.clone()), "{}", number.key());
        }
    }

    #[test]
    fn any_other_text_is_no_number() {
        for text in ["", "share", "share/none", "band/coaching_style/x", "population/1", "Settings"] {
            assert_eq!(Number::of_key(text), None, "{text}");
        }
    }
}
