//! The command line that answers the same question: every setting that differs from the default is in it.

use std::path::Path;

use super::super::{Opened, STEADY_MARGIN, What};
use super::pair::write_group;
use crate::dataset::{Dataset, Filter, OnConflict};
use crate::import::{ImportOptions, Source};
use crate::insights::GroupName;
use crate::privacy::{Cohort, CompareQuestion, MeanMetric, Question, Rules, Settings};
use crate::text;

/// The name of the program, as its packages install it.
pub(super) const PROGRAM: &str = "customer-focus";

/// Which report of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// The insights.
    Insights,
    /// The data check.
    Check,
    /// A metric.
    Explore(MeanMetric),
}

/// How a shell wants words that hold spaces and signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// Of Linux and macOS.
    Posix,
    /// Of Windows.
    PowerShell,
}

impl Shell {
    /// That of the system for which this program was built.
    pub const HERE: Self = if cfg!(windows) { Self::PowerShell } else { Self::Posix };

    /// One word, quoted where it must be.
    #[must_use]
    pub fn quoted(self, word: &str) -> String {
        let is_plain =
            |c: char| c.is_alphanumeric() || "-_./:=+@".contains(c) || (self == Self::PowerShell && c == '\\');
        if !word.is_empty() && word.chars().all(is_plain) && !word.starts_with('@') {
            return word.to_owned();
        }
        match self {
            // Between single quotes nothing has a meaning but a single quote.
            Self::Posix => format!("'{}'", word.replace('\'', "'\\''")),
            // Typographic quotes count as single quotes there; a double quote needs a backslash for the program.
            Self::PowerShell => {
                let doubled = word.chars().flat_map(|c| {
                    let twice = matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}');
                    std::iter::repeat_n(c, 1 + usize::from(twice))
                });
                format!("'{}'", doubled.collect::<String>().replace('"', "\\\""))
            }
        }
    }
}

/// The whole command, to be pasted into a shell.
#[must_use]
pub fn command_line(opened: &Opened, question: &Question, rules: Rules, report: Report, shell: Shell) -> String {
    let words = arguments(opened, question, rules, report);
    in_shell(&words, shell)
}

/// The program with these arguments, to be pasted into the shell of this system.
pub(super) fn program(words: &[String]) -> String {
    in_shell(words, Shell::HERE)
}

fn in_shell(words: &[String], shell: Shell) -> String {
    let words = words.iter().map(|word| shell.quoted(word));
    std::iter::once(PROGRAM.to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// The whole command that compares two windows.
#[must_use]
pub(super) fn compare_line(opened: &Opened, question: &CompareQuestion, rules: Rules, shell: Shell) -> String {
    let words = compare_arguments(opened, question, rules);
    let words = words.iter().map(|word| shell.quoted(word));
    std::iter::once(PROGRAM.to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// The arguments of the command that compares two windows.
#[must_use]
pub fn compare_arguments(opened: &Opened, question: &CompareQuestion, rules: Rules) -> Vec<String> {
    let CompareQuestion { windows: [baseline, current], filter, cohorts, margin } = question;
    let mut words = vec!["compare".to_owned()];
    sources(&mut words, &opened.what);
    for (name, window) in [("--baseline", baseline), ("--current", current)] {
        option(&mut words, name, &format!("{}..{}", window.from, window.to));
    }
    for cohort in cohorts {
        match cohort {
            // First of all without being asked for.
            Cohort::Everyone => {}
            Cohort::Managers => option(&mut words, "--cohort", "managers"),
            Cohort::Leaders => option(&mut words, "--cohort", "leaders"),
            Cohort::Of(parts) => {
                let named = parts.iter().flat_map(|part| part.values.iter().map(|value| (&part.attribute, value)));
                let named =
                    named.map(|(attribute, value)| GroupName { attribute: attribute.clone(), value: value.clone() });
                let named: Vec<String> = named.map(|group| write_group(&group, &opened.dataset)).collect();
                option(&mut words, "--cohort", &named.join(","));
            }
        }
    }
    if *margin != STEADY_MARGIN {
        option(&mut words, "--margin", margin);
    }
    who(&mut words, &Filter { from: None, to: None, ..filter.clone() }, &opened.dataset);
    if rules != opened.default_rules() {
        option(&mut words, "--min-group", &rules.minimum_group_size());
    }
    reading(&mut words, &opened.options);
    option(&mut words, "--format", "json");
    words
}

/// The arguments of the command, one by one. Exhaustive patterns, so that no new setting is forgotten.
#[must_use]
pub fn arguments(opened: &Opened, question: &Question, rules: Rules, report: Report) -> Vec<String> {
    let command = match report {
        Report::Insights => "insights",
        Report::Check => "check",
        Report::Explore(_) => "explore",
    };
    let mut words = vec![command.to_owned()];
    let Question { filter, by, settings } = question;
    sources(&mut words, &opened.what);
    if let Report::Explore(metric) = report {
        option(&mut words, "--metric", metric.name());
    }
    if *by != opened.default_by() {
        by.iter().for_each(|by| option(&mut words, "--by", &by.in_one_word()));
    }
    who(&mut words, filter, &opened.dataset);
    if rules != opened.default_rules() {
        option(&mut words, "--min-group", &rules.minimum_group_size());
    }
    thresholds(&mut words, settings, &opened.dataset);
    reading(&mut words, &opened.options);
    option(&mut words, "--format", "json");
    words
}

/// `--name=value`, as one word: a value may begin with a dash.
pub(super) fn option(words: &mut Vec<String>, name: &str, value: &(impl ToString + ?Sized)) {
    let value = value.to_string();
    if value.starts_with('-') {
        words.push(format!("{name}={value}"));
    } else {
        words.extend([name.to_owned(), value]);
    }
}

/// The files, or the sample company.
pub(super) fn sources(words: &mut Vec<String>, what: &What) {
    match what {
        What::Sample => words.push("--sample".to_owned()),
        What::Sources(sources) => words.extend(sources.iter().map(|source| match source {
            Source::Path(path) => whole(path),
            Source::Bytes { name, .. } => name.clone(),
            Source::StandardInput => "-".to_owned(),
        })),
    }
}

/// A path that means the same in every folder.
fn whole(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()).to_string_lossy().into_owned()
}

/// Which people and periods.
fn who(words: &mut Vec<String>, filter: &Filter, dataset: &Dataset) {
    let Filter { attributes, from, to, without, include_inactive, without_low_activity } = filter;
    for attribute in attributes {
        for value in &attribute.values {
            let group = GroupName { attribute: attribute.attribute.clone(), value: value.clone() };
            option(words, "--where", &write_group(&group, dataset));
        }
    }
    from.iter().for_each(|day| option(words, "--from", day));
    to.iter().for_each(|day| option(words, "--to", day));
    without.iter().for_each(|day| option(words, "--without", day));
    if *include_inactive {
        words.push("--include-inactive".to_owned());
    }
    if *without_low_activity {
        words.push("--without-low-activity".to_owned());
    }
}

fn thresholds(words: &mut Vec<String>, settings: &Settings, dataset: &Dataset) {
    let default = Settings::default();
    let Settings { co_attended_basis_points, gap, q3, customer_facing, show_anyway } = settings;
    show_anyway.iter().for_each(|id| option(words, "--show-anyway", id.name()));
    for group in customer_facing {
        option(words, "--customer-facing", &write_group(group, dataset));
    }
    if *co_attended_basis_points != default.co_attended_basis_points {
        option(words, "--co-attended", &(f64::from(*co_attended_basis_points) / 10_000.0));
    }
    if *gap != default.gap {
        option(words, "--gap", gap);
    }
    q3.iter().for_each(|boundary| option(words, "--q3", boundary));
}

/// How the files are read. Threads and today's date change no number of a file.
fn reading(words: &mut Vec<String>, options: &ImportOptions) {
    let ImportOptions {
        columns,
        era,
        kind,
        grain,
        week_start,
        date_order,
        encoding,
        delimiter,
        quote,
        decimal,
        part,
        on_conflict,
        hash,
        threads: _,
        free_memory: _,
        today: _,
    } = options;
    columns.iter().for_each(|(name, header)| option(words, "--column", &format!("{name}={header}")));
    era.iter().for_each(|era| option(words, "--era", era.name()));
    kind.iter().for_each(|kind| option(words, "--kind", kind.name()));
    grain.iter().for_each(|grain| option(words, "--grain", grain.name()));
    week_start.iter().for_each(|day| option(words, "--week-start", &text::weekday(*day).to_lowercase()));
    date_order.iter().for_each(|order| option(words, "--date-order", order.name()));
    encoding.iter().for_each(|label| option(words, "--encoding", label));
    delimiter.iter().for_each(|mark| option(words, "--delimiter", &delimiter_name(*mark)));
    quote.iter().for_each(|style| option(words, "--quote", style.name()));
    decimal.iter().for_each(|mark| option(words, "--decimal", if *mark == b',' { "comma" } else { "point" }));
    part.iter().for_each(|part| option(words, "--part", &part.name()));
    match on_conflict {
        OnConflict::Ask => {}
        OnConflict::Newer => option(words, "--on-conflict", "newer"),
        OnConflict::First => option(words, "--on-conflict", "first"),
    }
    if *hash {
        words.push("--hash".to_owned());
    }
}

/// A word that no shell has a meaning for.
fn delimiter_name(mark: u8) -> String {
    match mark {
        b',' => "comma".to_owned(),
        b';' => "semicolon".to_owned(),
        b'\t' => "tab".to_owned(),
        b'|' => "pipe".to_owned(),
        other => char::from(other).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_stay_plain() {
        for word in ["--by", "Region", "/home/ann/export.csv", "2024-04-07", "Organization=Sales", "-"] {
            assert_eq!((Shell::Posix.quoted(word), Shell::PowerShell.quoted(word)), (word.to_owned(), word.to_owned()));
        }
        assert_eq!(Shell::PowerShell.quoted("C:\\exports\\a.csv"), "C:\\exports\\a.csv");
    }

    #[test]
    fn other_words_are_quoted_as_the_shell_wants_it() {
        for (word, posix, power_shell) in [
            ("", "''", "''"),
            ("a b", "'a b'", "'a b'"),
            ("$HOME `x` \\n", "'$HOME `x` \\n'", "'$HOME `x` \\n'"),
            ("Ann's", "'Ann'\\''s'", "'Ann''s'"),
            ("12\" pipe", "'12\" pipe'", "'12\\\" pipe'"),
            ("Team=(Not set)", "'Team=(Not set)'", "'Team=(Not set)'"),
        ] {
            assert_eq!((Shell::Posix.quoted(word), Shell::PowerShell.quoted(word)), (posix.into(), power_shell.into()));
        }
    }
}
