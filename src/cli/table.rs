//! Tables for people and CSV for spreadsheets.

use std::fmt::Write as _;

use crate::dataset::Era;
use crate::import::{DateOrder, SourceReport};
use crate::privacy::{Behavior, Outcome, PublicGroup, PublicInsight, Verdict};
use crate::text::{self, Locale, Sentence};
use crate::workbench::{Opened, Results, row_sums, wording};

/// Tables are in English on every computer.
pub(super) const ENGLISH: &str = "en-US";

/// Names of groups are padded to at least so many characters.
const NAME_WIDTH: usize = 28;

/// Longer names push their own line to the right and no other.
const WIDEST_NAME: usize = 48;

/// The insights as a table.
pub(super) fn insights(opened: &Opened, results: &Results) -> String {
    let locale = Locale::of(ENGLISH);
    let mut out = String::new();
    let sample = if opened.is_sample() { "  SAMPLE: a made-up company" } else { "" };
    // Writing to a String does not fail.
    let _ = writeln!(out, "Customer focus: {}{sample}", opened.name);
    let findings = match &results.findings {
        Ok(findings) => findings,
        Err(hidden) => return out + &hidden.sentence(results.rules).in_words(&locale) + "\n",
    };
    let population = wording::population(&findings.population, opened.is_by_month(), &locale);
    let _ = writeln!(out, "{population}; groups under {} are hidden", findings.population.minimum_group_size);
    for behavior in Behavior::ALL {
        let _ = writeln!(out, "\n{}", behavior.title());
        for insight in findings.insights.iter().filter(|insight| insight.id.behavior() == behavior) {
            write_insight(&mut out, results, insight, &locale);
            // Right below what they are groups of.
            if let Some(outcome) = insight.outcome.as_ref().ok().filter(|_| insight.id == behavior.headline()) {
                write_groups(&mut out, outcome, &locale);
            }
        }
    }
    let _ = writeln!(out, "\nAverages");
    for mean in &findings.metrics {
        if let Some((value, people)) = mean.mean {
            let name = wording::mean_name(mean.metric);
            let value = if mean.metric.unit() == "share" {
                text::percent(crate::privacy::Share::new(value), people, &locale)
            } else {
                format!("{} {}", text::decimals(value, 1, &locale), mean.metric.unit())
            };
            let _ = writeln!(out, "  {name:<42} {value}");
        }
    }
    let care = results.checks.iter().filter(|check| check.severity > crate::quality::Severity::Note).count();
    if care > 0 {
        let _ = writeln!(
            out,
            "\n{} about this data: see `customer-focus check`",
            text::counted(care, "caution", "cautions", &locale)
        );
    }
    out
}

fn write_insight(out: &mut String, results: &Results, insight: &PublicInsight, locale: &Locale) {
    match &insight.outcome {
        Err(why) => {
            let why = wording::no_number(results, insight.id, why, locale);
            let _ = writeln!(out, "  {:<42} {why}", wording::name(insight.id));
        }
        Ok(outcome) => {
            let _ = writeln!(out, "  {:<42} {}", wording::name(insight.id), wording::uncertainty(outcome, locale));
            let bands: Vec<String> = outcome
                .bands
                .iter()
                .map(|band| {
                    format!("{} {}", band.label.to_lowercase(), text::percent(band.share, outcome.people, locale))
                })
                .collect();
            let _ = writeln!(out, "    {}", bands.join("; "));
            if let Some(stamp) = wording::shown_despite(results, insight.id, locale) {
                let _ = writeln!(out, "    {stamp}");
            }
        }
    }
}

fn write_groups(out: &mut String, outcome: &Outcome, locale: &Locale) {
    for groups in &outcome.breakdowns {
        let _ = writeln!(out, "    By {}:", groups.by);
        let mut shown: Vec<_> = groups.shown.iter().collect();
        shown.sort_by(|a, b| b.share.get().total_cmp(&a.share.get()).then_with(|| a.value.cmp(&b.value)));
        let longest = shown.iter().map(|group| group.value.as_str().chars().count()).max().unwrap_or(0);
        let width = longest.clamp(NAME_WIDTH, WIDEST_NAME);
        for group in shown {
            let _ = writeln!(
                out,
                "      {:<width$} {:>9}  {:<19} {}",
                text::on_one_line(group.value.as_str()),
                text::percent(group.share, group.people, locale),
                against_the_rest(group),
                text::counted(group.people, "person", "people", locale),
            );
        }
        if let Some(hidden) = groups.hidden {
            let together = |people| text::counted(people, "person", "people", locale);
            let people = hidden.people.map_or_else(String::new, |people| format!(", {} together", together(people)));
            let _ = writeln!(out, "      {} hidden{people}", text::counted(hidden.groups, "group", "groups", locale));
        }
        if !groups.focus.is_empty() {
            let names: Vec<String> =
                groups.focus.iter().map(|focus| text::on_one_line(focus.value.as_str())).take(3).collect();
            let more = match groups.focus.len() - names.len() {
                0 => String::new(),
                more => format!(" and {} more", text::count(more, locale)),
            };
            let _ = writeln!(out, "      Focus on: {}{more}", names.join(", "));
        }
        let chance = wording::chance(wording::Marked::ToFocusOn, &groups.focus_chance, locale);
        for sentence in [wording::rank_bands(&groups.focus, locale), chance] {
            if !sentence.is_empty() {
                let _ = writeln!(out, "      {}", text::on_one_line(&sentence));
            }
        }
    }
}

/// How a group compares, as it stands in a column without a heading.
fn against_the_rest(group: &PublicGroup) -> String {
    let words = wording::against_the_rest(group);
    let is_clear = group.verdict != Verdict::NoClearDifference;
    if is_clear { format!("{words} the rest") } else { words.to_owned() }
}

/// The insights as CSV: one row a figure, and why it is not fit where it is shown all the same.
pub(super) fn insights_csv(results: &Results) -> String {
    let mut rows = vec![vec![
        "insight".to_owned(),
        "attribute".into(),
        "group".into(),
        "people".into(),
        "share".into(),
        "low".into(),
        "high".into(),
        "shown_despite".into(),
    ]];
    let insights = results.findings.as_ref().map_or(&[][..], |findings| &findings.insights);
    for insight in insights {
        let Ok(outcome) = &insight.outcome else { continue };
        let stamp = results.shown_despite(insight.id).map(Sentence::plain).unwrap_or_default();
        let mut add = |attribute: &str, group: &str, people: usize, share: f64, low: f64, high: f64| {
            rows.push(vec![
                insight.id.name().to_owned(),
                attribute.to_owned(),
                group.to_owned(),
                people.to_string(),
                share.to_string(),
                low.to_string(),
                high.to_string(),
                stamp.clone(),
            ]);
        };
        add("", "", outcome.people, outcome.share.get(), outcome.interval.low, outcome.interval.high);
        for groups in &outcome.breakdowns {
            for group in &groups.shown {
                let interval = group.interval;
                let by = groups.by.in_one_word();
                let name = group.value.as_str();
                add(&by, name, group.people, group.share.get(), interval.low, interval.high);
            }
        }
    }
    csv_text(&rows)
}

/// The data check as a table.
pub(super) fn check(opened: &Opened, results: &Results) -> String {
    let locale = Locale::of(ENGLISH);
    let mut out = String::new();
    for source in &opened.report.sources {
        let _ = writeln!(out, "{}", source.name);
        let rows = text::count(usize::try_from(source.rows).unwrap_or(usize::MAX), &locale);
        let _ = writeln!(
            out,
            "  {rows} rows, {}, {} by {}",
            source.kind.in_words(),
            product(source.era),
            source.grain.name()
        );
        for (decision, sentence) in &source.evidence {
            let (label, value) = decided(source, decision);
            let _ = writeln!(out, "  {label:<12} {value:<22} {}", sentence.in_words(&locale));
        }
    }
    rows(&mut out, opened, results, &locale);
    let _ = writeln!(out, "\nFindings");
    if results.checks.is_empty() {
        let _ = writeln!(out, "  Nothing odd was found.");
    }
    for check in &results.checks {
        let _ = writeln!(out, "  [{}] {} {}", check.severity.name(), check.text.in_words(&locale), check.what_to_do);
        if !check.lines.is_empty() {
            let lines: Vec<String> = check.lines.iter().map(ToString::to_string).collect();
            let _ = writeln!(out, "         lines {}", lines.join(", "));
        }
        if let Some(effect) = wording::effect(results, check, &locale) {
            let _ = writeln!(out, "         {effect}");
        }
    }
    let _ = writeln!(out, "\nFit for");
    for judgement in &results.verdicts {
        let _ = writeln!(
            out,
            "  {:<42} {}: {}",
            wording::name(judgement.insight),
            judgement.verdict.words(),
            judgement.reason.in_words(&locale)
        );
    }
    out
}

/// The log of what was left out: rows in the file = rows used + rows left out by reason.
fn rows(out: &mut String, opened: &Opened, results: &Results, locale: &Locale) {
    let count = |rows: u64| text::count(usize::try_from(rows).unwrap_or(usize::MAX), locale);
    for (source, sum) in opened.report.sources.iter().zip(row_sums(opened, results)) {
        let _ = writeln!(out, "\nRows of {}", source.name);
        let _ = writeln!(out, "  {:<42} {:>12}", "Rows in the file", count(sum.rows));
        for (reason, rows) in &sum.not_used {
            let _ =
                writeln!(out, "  {:<42} {:>12}", format!("Less those {}", wording::not_used(*reason)), count(*rows));
        }
        let _ = writeln!(out, "  {:<42} {:>12}", "Rows used", count(sum.used));
    }
}

/// What was decided about a file, and how: label and value.
fn decided(source: &SourceReport, decision: &str) -> (&'static str, String) {
    match decision {
        "kind" => ("Kind", source.kind.in_words().to_owned()),
        "era" => ("From", product(source.era).to_owned()),
        "grain" => ("Periods", format!("by {}", source.grain.name())),
        "date_order" => {
            let order = match source.date_order {
                DateOrder::Ymd => "year first",
                DateOrder::Mdy => "month first",
                DateOrder::Dmy => "day first",
                DateOrder::Excel1900 | DateOrder::Excel1904 | DateOrder::Days1970 => "numbers of days",
            };
            ("Dates", order.to_owned())
        }
        "encoding" => ("Text", source.encoding.clone()),
        "delimiter" => ("Cells end in", mark(source.delimiter)),
        "quote" => ("Quotes", source.quote.name().to_owned()),
        "decimal" => ("Decimals", mark(source.decimal)),
        _ => ("", String::new()),
    }
}

fn mark(byte: u8) -> String {
    match byte {
        b',' => "comma".to_owned(),
        b';' => "semicolon".to_owned(),
        b'\t' => "tab".to_owned(),
        b'.' => "point".to_owned(),
        other => char::from(other).to_string(),
    }
}

const fn product(era: Era) -> &'static str {
    match era {
        Era::Viva => "Viva Insights",
        Era::Wpa => "Workplace Analytics",
        Era::Undecided => "either product",
    }
}

/// The findings of the data check as CSV.
pub(super) fn check_csv(results: &Results) -> String {
    let mut rows = vec![vec!["code".to_owned(), "severity".into(), "count".into(), "text".into(), "what_to_do".into()]];
    for check in &results.checks {
        let count = check.count.map_or_else(String::new, |count| count.to_string());
        rows.push(vec![
            check.code.to_owned(),
            check.severity.name().to_owned(),
            count,
            check.text.plain(),
            check.what_to_do.clone(),
        ]);
    }
    csv_text(&rows)
}

/// Rows as CSV. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
pub(super) fn csv_text(rows: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing to memory does not fail, and all rows have the same length.
        let _ = writer.write_record(row.iter().map(|cell| text::formula_safe(cell).into_owned()));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
