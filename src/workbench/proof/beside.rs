//! The proof of numbers of exports beside the person query: time between groups, and meetings.

use super::super::beside::{BesideResults, OpenedGroups, OpenedMeetings};
use super::super::{What, wording};
use super::command_line::{option, program, sources};
use super::figure::{Figure, Place};
use super::{FileColumns, Number, Proof};
use crate::dataset::{Era, Grain};
use crate::privacy::{
    BetweenFindings, GroupBalance, InWindows, Initiator, InitiatorCounts, MeetingFindings, Rules, SizeSource, Window,
};
use crate::text::{self, Locale};

/// Which number about time between groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BetweenFigure {
    /// All groups together.
    Company,
    /// Who keeps to themselves.
    Isolated,
    /// A group's time within and across, by its name.
    Group(String),
    /// A group's time with another one, by their names.
    Cell(String, String),
    /// How the file was read, and what is apart.
    File,
}

/// Which number about meetings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeetingFigure {
    /// All of them.
    All,
    /// Those of one kind of organizer.
    By(Initiator),
    /// Those of a group of ours, by its name.
    Group(String),
    /// One week, by its place.
    Week(usize),
    /// What is left out, and how the file was read.
    File,
}

impl BetweenFigure {
    pub(super) fn parts(&self) -> Vec<String> {
        match self {
            Self::Company => vec!["company".to_owned()],
            Self::Isolated => vec!["isolated".to_owned()],
            Self::Group(name) => vec!["group".to_owned(), name.clone()],
            Self::Cell(from, to) => vec!["cell".to_owned(), from.clone(), to.clone()],
            Self::File => vec!["file".to_owned()],
        }
    }

    pub(super) fn of_parts(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["company"] => Self::Company,
            ["isolated"] => Self::Isolated,
            ["group", name] => Self::Group((*name).to_owned()),
            ["cell", from, to] => Self::Cell((*from).to_owned(), (*to).to_owned()),
            ["file"] => Self::File,
            _ => return None,
        })
    }
}

impl MeetingFigure {
    pub(super) fn parts(&self) -> Vec<String> {
        match self {
            Self::All => vec!["all".to_owned()],
            Self::By(who) => vec!["by".to_owned(), who.name().to_owned()],
            Self::Group(name) => vec!["group".to_owned(), name.clone()],
            Self::Week(place) => vec!["week".to_owned(), place.to_string()],
            Self::File => vec!["file".to_owned()],
        }
    }

    pub(super) fn of_parts(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            ["all"] => Self::All,
            ["by", name] => Self::By(Initiator::ALL.into_iter().find(|who| who.name() == *name)?),
            ["group", name] => Self::Group((*name).to_owned()),
            ["week", place] => Self::Week(place.parse().ok()?),
            ["file"] => Self::File,
            _ => return None,
        })
    }
}

/// What proofs of exports beside the person query are made from.
pub(in super::super) struct OfBeside<'a> {
    pub(in super::super) results: &'a BesideResults,
    pub(in super::super) groups: Option<&'a OpenedGroups>,
    pub(in super::super) meetings: Option<&'a OpenedMeetings>,
    /// The person query that is open.
    pub(in super::super) person_query: Option<&'a What>,
    pub(in super::super) locale: &'a Locale,
}

impl OfBeside<'_> {
    /// The proof; `None` where what is open has no such number.
    pub(in super::super) fn prove(&self, number: &Number) -> Option<Proof> {
        match number {
            Number::Between(figure) => self.between(number, figure),
            Number::Meetings(figure) => self.of_meetings(number, figure),
            _ => None,
        }
    }

    fn between(&self, number: &Number, figure: &BetweenFigure) -> Option<Proof> {
        let (groups, findings) = (self.groups?, self.results.between.as_ref()?.as_ref().ok()?);
        let (question, rules) = self.results.ask.between.as_ref()?;
        let (title, meaning, figures) = self.between_figures(figure, findings, groups)?;
        let mut selection = vec![format!(
            "{} from {} to {}.",
            text::counted(findings.periods.len(), period(findings, 1), period(findings, 2), self.locale),
            findings.periods.first().map(|day| text::date(*day, self.locale)).unwrap_or_default(),
            findings.periods.last().map(|day| text::date(*day, self.locale)).unwrap_or_default(),
        )];
        selection.push(format!("Compared: {}", wording::in_windows(&findings.windows, findings.grain, self.locale)));
        let person_query = self.person_query.filter(|_| findings.sizes == SizeSource::PersonQuery);
        let setting =
            Setting { rules, era: groups.report().era, windows: question.windows.as_ref(), without: &question.without };
        Some(Proof {
            number: number.clone(),
            title,
            figures,
            meaning,
            definition: None,
            reading: vec![wording::between_rules(findings, *rules, self.locale)],
            selection,
            left_out: without(&question.without, self.locale),
            files: groups
                .report()
                .files
                .iter()
                .map(|file| FileColumns {
                    name: file.name.clone(),
                    columns: vec![
                        ("Time".to_owned(), groups.report().time_header.clone()),
                        ("Attribute".to_owned(), groups.attribute().to_owned()),
                    ],
                })
                .collect(),
            command: setting.command("between", &groups.what, person_query, &[]),
        })
    }

    fn between_figures(
        &self,
        figure: &BetweenFigure,
        findings: &BetweenFindings,
        groups: &OpenedGroups,
    ) -> Option<(String, String, Vec<Figure>)> {
        let group = |name: &str| findings.groups.iter().find(|group| group.name == name);
        Some(match figure {
            BetweenFigure::Company => (
                "All groups: time within and with others".to_owned(),
                "Time with other groups / (time within the own group + time with other groups), over all groups; hours per \
                 member are the sum over all periods / (periods \u{d7} members)."
                    .to_owned(),
                self.balance(&findings.company, &Place::of("company"), findings),
            ),
            BetweenFigure::Isolated => {
                let figures = wording::isolation(findings, self.locale).into_iter();
                let mut figures: Vec<Figure> = figures.map(|words| told("Isolated", words)).collect();
                figures.extend(findings.isolated.as_ref().map(|(_, median)| Figure {
                    name: "Middle group".to_owned(),
                    words: wording::share_in_words(*median, findings, self.locale),
                    exact: Some(*median),
                    place: Place::of("median_share_across"),
                }));
                let meaning = "A group is isolated when its part of time with other groups is under half of the middle \
                               group\u{2019}s. With fewer than four groups nobody can say.";
                ("Groups that keep to themselves".to_owned(), meaning.to_owned(), figures)
            }
            BetweenFigure::Group(name) => {
                let group = group(name)?;
                let place = Place::of("groups").with(&[("value", name)]);
                let mut figures = self.balance(&group.balance, &place, findings);
                figures.push(told("Members", text::count(group.members, self.locale)));
                let meaning = "Hours per member and period: the sum over all periods / (periods \u{d7} members).";
                (format!("{name}: within and with others"), meaning.to_owned(), figures)
            }
            BetweenFigure::Cell(from, to) => {
                let of = group(from)?;
                let at = findings.groups.iter().position(|group| group.name == *to);
                let place = Place::of("groups").with(&[("value", from)]);
                let (cell, place) = match at {
                    Some(at) => ((*of.with.get(at)?)?, place.key("with").with(&[("value", to)]).key("hours")),
                    None => (of.elsewhere?, place.key("elsewhere")),
                };
                let meaning = "Hours of the members of the first group with the second: the sum over all periods / \
                               (periods \u{d7} members of the first). The other way round is another view, never added.";
                (format!("{from} with {to}"), meaning.to_owned(), self.numbers("Hours", &cell, &place, hours))
            }
            BetweenFigure::File => {
                let words = wording::group_source(&groups.name, groups.report(), self.locale);
                let rules = self.results.ask.between.as_ref()?.1;
                let apart = wording::between_rules(findings, rules, self.locale);
                ("The group-to-group export".to_owned(), apart, vec![told("Read", words)])
            }
        })
    }

    fn balance(&self, balance: &GroupBalance, place: &Place, findings: &BetweenFindings) -> Vec<Figure> {
        let share = |share: f64, _: &Locale| wording::share_in_words(share, findings, self.locale);
        let parts = [("Within", balance.within, "within_hours"), ("With others", balance.across, "across_hours")];
        let mut figures = Vec::new();
        if let Some(across) = balance.share_across {
            figures.extend(self.numbers("Part with others", &across, &place.clone().key("share_across"), share));
        }
        for (name, number, key) in parts {
            figures.extend(
                number.map(|number| self.numbers(name, &number, &place.clone().key(key), hours)).unwrap_or_default(),
            );
        }
        if figures.is_empty() { vec![told("Time", "none".to_owned())] } else { figures }
    }

    /// A number over all periods, and in both windows.
    fn numbers(
        &self,
        name: &str,
        number: &InWindows,
        place: &Place,
        words: impl Fn(f64, &Locale) -> String,
    ) -> Vec<Figure> {
        let exact = |name: &str, value: f64, key: &str| Figure {
            name: name.to_owned(),
            words: words(value, self.locale),
            exact: Some(value),
            place: place.clone().key(key),
        };
        let mut figures = vec![exact(name, number.all, "all")];
        if let Some((before, now)) = number.windows {
            figures.extend([exact("before", before, "baseline"), exact("now", now, "current")]);
        }
        figures
    }

    fn of_meetings(&self, number: &Number, figure: &MeetingFigure) -> Option<Proof> {
        let (meetings, findings) = (self.meetings?, self.results.meetings.as_ref()?.as_ref().ok()?);
        let (question, rules) = self.results.ask.meetings.as_ref()?;
        let report = meetings.report();
        let (title, figures) = self.meeting_figures(figure, findings, meetings)?;
        let mut columns: Vec<(String, String)> =
            report.outside_header.iter().map(|header| ("People from outside".to_owned(), header.clone())).collect();
        columns.extend(findings.attribute.iter().map(|name| ("Attribute of organizers".to_owned(), name.clone())));
        let setting =
            Setting { rules, era: report.era, windows: question.windows.as_ref(), without: &question.without };
        let mut more: Vec<(&str, &str)> = question.by.iter().map(|by| ("--by", by.as_str())).collect();
        if question.settings.only_with_outside {
            more.push(("--only-external", ""));
        }
        let selection = vec![
            text::counted(findings.weeks.len(), "whole week.", "whole weeks.", self.locale),
            format!("Compared: {}", wording::in_windows(&findings.windows, Grain::Week, self.locale)),
        ];
        Some(Proof {
            number: number.clone(),
            title,
            figures,
            meaning:
                "Meetings with people from outside in whole weeks, by who organized them, / weeks; a person: / people."
                    .to_owned(),
            definition: None,
            reading: vec![wording::outside_known(findings.outside).to_owned(), wording::meeting_rules(*rules)],
            selection,
            left_out: without(&question.without, self.locale)
                .into_iter()
                .chain([wording::meetings_left_out(findings, self.locale)])
                .filter(|sentence| !sentence.is_empty())
                .collect(),
            files: report
                .files
                .iter()
                .map(|file| FileColumns { name: file.name.clone(), columns: columns.clone() })
                .collect(),
            command: setting.command(
                "meetings",
                &meetings.what,
                self.person_query.filter(|_| question.company.is_some() || !question.sizes.is_empty()),
                &more,
            ),
        })
    }

    fn meeting_figures(
        &self,
        figure: &MeetingFigure,
        findings: &MeetingFindings,
        meetings: &OpenedMeetings,
    ) -> Option<(String, Vec<Figure>)> {
        let counts = |who: Initiator| findings.by.iter().find(|by| by.initiator == who)?.told.as_ref().ok();
        let of = |who: Initiator, counts: &InitiatorCounts| {
            let place = Place::of("initiated").with(&[("id", who.name())]);
            let mut figures =
                self.numbers(wording::initiator(who), &counts.per_week, &place.clone().key("per_week"), a_week);
            if let Some(person) = &counts.per_member {
                figures.extend(self.numbers("a person", person, &place.key("per_week_and_person"), a_person));
            }
            figures
        };
        Some(match figure {
            MeetingFigure::All => {
                let known = Initiator::ALL.into_iter().filter_map(|who| Some(of(who, counts(who)?)));
                let figures: Vec<Figure> = known.flatten().collect();
                (
                    "Who initiated meetings".to_owned(),
                    if figures.is_empty() { vec![told("Told", "none".to_owned())] } else { figures },
                )
            }
            MeetingFigure::By(who) => {
                (format!("Meetings: {}", wording::initiator(*who).to_lowercase()), of(*who, counts(*who)?))
            }
            MeetingFigure::Group(name) => {
                let group = findings.groups.iter().find(|group| group.name == *name)?;
                let place = Place::of("groups").with(&[("value", name)]);
                let mut figures = self.numbers("a week", &group.per_week, &place.clone().key("per_week"), a_week);
                if let Some(person) = &group.per_member {
                    figures.extend(self.numbers("a person", person, &place.key("per_week_and_person"), a_person));
                }
                (format!("Meetings by us: {name}"), figures)
            }
            MeetingFigure::Week(week) => {
                let day = findings.weeks.get(*week)?;
                let known = Initiator::ALL.into_iter().filter_map(|who| Some((who, *counts(who)?.weeks.get(*week)?)));
                let figures: Vec<Figure> = known
                    .map(|(who, count)| {
                        told(
                            wording::initiator(who),
                            text::count(usize::try_from(count).unwrap_or(usize::MAX), self.locale),
                        )
                    })
                    .collect();
                (format!("Meetings in the week of {}", text::date(*day, self.locale)), figures)
            }
            MeetingFigure::File => {
                let words = wording::meeting_source(&meetings.name, meetings.report(), self.locale);
                ("The meeting query".to_owned(), vec![told("Read", words)])
            }
        })
    }
}

fn hours(hours: f64, locale: &Locale) -> String {
    wording::member_hours(hours, locale)
}

fn a_week(number: f64, locale: &Locale) -> String {
    wording::a_week(number, locale)
}

fn a_person(number: f64, locale: &Locale) -> String {
    wording::a_week_and_person(number, locale)
}

fn period(findings: &BetweenFindings, count: usize) -> &'static str {
    let (one, many) = wording::period_words(findings.grain);
    if count == 1 { one } else { many }
}

fn without(days: &[chrono::NaiveDate], locale: &Locale) -> Vec<String> {
    let days: Vec<String> = days.iter().map(|day| text::date(*day, locale)).collect();
    if days.is_empty() { Vec::new() } else { vec![format!("The periods of {}.", text::list_and(&days))] }
}

/// What differs from the defaults of a command.
struct Setting<'a> {
    rules: &'a Rules,
    era: Era,
    windows: Option<&'a [Window; 2]>,
    without: &'a [chrono::NaiveDate],
}

impl Setting<'_> {
    fn command(&self, command: &str, what: &What, person_query: Option<&What>, more: &[(&str, &str)]) -> String {
        let mut words = vec![command.to_owned()];
        sources(&mut words, what);
        let mut beside = Vec::new();
        person_query.into_iter().for_each(|what| sources(&mut beside, what));
        beside.retain(|word| !words.contains(word));
        words.extend(beside);
        if let Some([before, now]) = self.windows {
            option(&mut words, "--baseline", &format!("{}..{}", before.from, before.to));
            option(&mut words, "--current", &format!("{}..{}", now.from, now.to));
        }
        self.without.iter().for_each(|day| option(&mut words, "--without", day));
        if *self.rules != Rules::default_of(self.era) {
            option(&mut words, "--min-group", &self.rules.minimum_group_size());
        }
        for (name, value) in more {
            if value.is_empty() { words.push((*name).to_owned()) } else { option(&mut words, name, *value) }
        }
        option(&mut words, "--format", "json");
        program(&words)
    }
}

/// A figure that the command line does not print as such.
fn told(name: &str, words: String) -> Figure {
    Figure { name: name.to_owned(), words, exact: None, place: Place::default() }
}
