//! What columns hold and how their cells are read, in words.

use crate::dataset::{Era, Grain, Metric, OnConflict};
use crate::import::{DateOrder, Holds, PartChoice};
use crate::insights::InsightId;
use crate::privacy::Examples;
use crate::text::{self, Locale};
use crate::workbench::{Answer, ColumnChoice, MeaningProblem};

use super::{metric_name, name};

/// What a canonical column holds.
#[must_use]
pub fn column_meaning(canonical: &str) -> &'static str {
    match (Metric::from_name(canonical), canonical) {
        (Some(metric), _) => metric_name(metric),
        (None, "person_id") => "Person",
        (None, "period") => "First day of the period",
        (None, "is_active") => "Active",
        (None, "manager_id") => "Manager",
        (None, "layer") => "Layer",
        _ => "Other",
    }
}

/// Examples of a column's cells.
#[must_use]
pub fn examples(examples: &Examples, holds: Holds) -> String {
    match examples {
        Examples::NamesPeople => "Names people: not shown".to_owned(),
        Examples::Blank => "Blank".to_owned(),
        Examples::Shown(shown) if shown.is_empty() => match holds {
            Holds::Words => "Words of few people: not shown".to_owned(),
            _ => "Not shown".to_owned(),
        },
        Examples::Shown(shown) => shown.join(" \u{b7} "),
    }
}

/// How many columns are known, and what to do.
#[must_use]
pub fn columns_lead(choice: &ColumnChoice, locale: &Locale) -> String {
    let columns = &choice.survey.columns;
    let known = columns.iter().filter(|column| column.canonical.is_some()).count();
    let proposed = columns.iter().filter(|column| column.proposal.is_some()).count();
    let of = text::counted(columns.len(), "column", "columns", locale);
    let are = if known == 1 { "is known by its header" } else { "are known by their headers" };
    let proposals = match proposed {
        0 => "Choose what the others hold, as far as they are needed.".to_owned(),
        1 => "For 1 more a meaning is proposed: check it.".to_owned(),
        more => format!("For {} more a meaning is proposed: check them.", text::count(more, locale)),
    };
    format!("{} of {of} {are}. {proposals}", text::count(known, locale))
}

/// What is still to be chosen.
#[must_use]
pub const fn meaning_problem(problem: MeaningProblem) -> &'static str {
    match problem {
        MeaningProblem::NoPerson => "Choose the column that tells people apart.",
        MeaningProblem::NoPeriod => "Choose the column with the first day of each period.",
        MeaningProblem::NoMetric => "Choose at least one column of hours or network sizes.",
    }
}

/// What an insight lacks; what it can do without anything more.
#[must_use]
pub fn insight_lacks(id: InsightId, lacking: &[Metric]) -> String {
    let names: Vec<&str> = lacking.iter().map(|metric| metric_name(*metric)).collect();
    match names.as_slice() {
        [] => format!("{}: can be shown", name(id)),
        names => format!("{}: needs {}", name(id), text::list_and(names)),
    }
}

/// An answer to a question of the reader, as the head of a column: "Month first".
#[must_use]
pub const fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::DateOrder(DateOrder::Ymd) => "Year first",
        Answer::DateOrder(DateOrder::Mdy) => "Month first",
        Answer::DateOrder(DateOrder::Dmy) => "Day first",
        Answer::DateOrder(DateOrder::Excel1900) => "Since 1900",
        Answer::DateOrder(DateOrder::Excel1904) => "Since 1904",
        Answer::DateOrder(DateOrder::Days1970) => "Since 1970",
        Answer::Decimal(b',') => "Decimal comma",
        Answer::Decimal(_) => "Decimal point",
        Answer::OnConflict(OnConflict::First) => "First row",
        Answer::OnConflict(_) => "Last row",
        Answer::Era(Era::Wpa) => "Workplace Analytics",
        Answer::Era(_) => "Viva Insights",
        Answer::Grain(Grain::Day) => "Days",
        Answer::Grain(Grain::Week) => "Weeks",
        Answer::Grain(Grain::Month) => "Months",
        Answer::Part(PartChoice::All) => "All parts",
        Answer::Part(PartChoice::Number(_)) => "This part",
    }
}
