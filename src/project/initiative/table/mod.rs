//! The register as a table, to fill in, hand on and bring back.
//!
//! A table that is brought in is read with patience: any usual encoding and delimiter, headings by their aliases in any
//! order, days as people type them. What a row would do is told before anything changes. A cell that is empty leaves
//! what is there; one that cannot be read does too, and is told.

mod cells;
mod columns;

use chrono::NaiveDate;

use super::data::Initiative;
use super::{Register, same_area};
use crate::text::{self, Locale, TypedTable};
use columns::{ALL, Reading};

/// Headings of what the rules say, at the end of an export. They are not read back.
const COMPUTED: [&str; 3] = ["Shown status (computed)", "Why (computed)", "Priority (computed)"];

/// The headings of the columns that are read, each with what may stand under it: the header of the template.
#[must_use]
pub fn headings() -> Vec<String> {
    let heading = |column: &columns::Column| match column.hint {
        "" => column.name.to_owned(),
        hint => format!("{} ({hint})", column.name),
    };
    ALL.iter().map(heading).collect()
}

/// Header and rows of an export.
#[must_use]
pub fn rows_of(register: &Register, today: NaiveDate, locale: &Locale) -> (Vec<String>, Vec<Vec<String>>) {
    let header = ALL.iter().map(|column| column.name).chain(COMPUTED).map(str::to_owned).collect();
    let row = |initiative: &Initiative| {
        let mut cells: Vec<String> = ALL.iter().map(|column| (column.get)(initiative)).collect();
        cells.push(initiative.shown_status(today).words().to_owned());
        cells.push(initiative.judged(today).in_words(locale));
        cells.push(initiative.priority().words().to_owned());
        cells
    };
    (header, register.initiatives.iter().map(row).collect())
}

/// What a table would do to the register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportPreview {
    /// What each row would do.
    pub rows: Vec<ImportRow>,
    /// The initiatives that would be added or changed.
    pub initiatives: Vec<Initiative>,
}

/// What a row would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The title in it; may be empty.
    pub title: String,
    /// What becomes of it.
    pub fate: RowFate,
    /// Cells that could not be read, each as a sentence.
    pub notes: Vec<String>,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowFate {
    /// It is a new initiative.
    Added,
    /// It changes these columns of one that is there.
    Changed(Vec<&'static str>),
    /// It says what is there already.
    Same,
    /// It is left out, for this reason.
    Skipped(String),
}

impl ImportPreview {
    /// How many rows would be added, changed, left as they are, and left out.
    #[must_use]
    pub fn counts(&self) -> [usize; 4] {
        let mut counts = [0; 4];
        for row in &self.rows {
            let [added, changed, same, skipped] = &mut counts;
            *match row.fate {
                RowFate::Added => added,
                RowFate::Changed(_) => changed,
                RowFate::Same => same,
                RowFate::Skipped(_) => skipped,
            } += 1;
        }
        counts
    }
}

/// Reads a table of initiatives against those that are there.
///
/// # Errors
/// In three sentences, when the table has no column of titles or no rows.
pub fn read_initiatives(
    bytes: &[u8],
    register: &Register,
    today: NaiveDate,
    locale: &Locale,
) -> Result<ImportPreview, [&'static str; 3]> {
    let table = TypedTable::read(bytes);
    let places: Vec<Option<usize>> = ALL.iter().map(|column| table.column(&column.names())).collect();
    let Some(Some(title_at)) = places.first().copied() else {
        return Err([
            "No initiatives were found in this table.",
            "None of its headings is Title, Initiative, Project or Name.",
            "Save the template, fill it in and import it again.",
        ]);
    };
    if table.rows().is_empty() {
        return Err([
            "This table has headings and no rows.",
            "Each initiative needs a row of its own.",
            "Fill in at least a title and import it again.",
        ]);
    }
    let reading = Reading { today, locale };
    let mut preview = ImportPreview::default();
    let mut seen: Vec<(String, u64)> = Vec::new();
    for row in table.rows() {
        let title = cells::without_guard(row.cell(Some(title_at))).to_owned();
        let mut notes = Vec::new();
        let earlier = seen.iter().find(|(known, _)| same_area(known, &title)).map(|(_, line)| *line);
        let fate = if title.is_empty() {
            RowFate::Skipped("It has no title.".to_owned())
        } else if let Some(line) = earlier {
            RowFate::Skipped(format!("Its title stands in line {line} already."))
        } else {
            seen.push((title.clone(), row.line));
            let known = register.initiatives.iter().find(|one| same_area(&one.title, &title));
            let mut initiative = known.cloned().unwrap_or_default();
            let mut changed = Vec::new();
            for (column, place) in ALL.iter().zip(&places) {
                let cell = cells::without_guard(row.cell(*place));
                if cell.is_empty() {
                    continue;
                }
                let before = (column.get)(&initiative);
                match (column.set)(&mut initiative, cell, &reading) {
                    Ok(()) if (column.get)(&initiative) != before => changed.push(column.name),
                    Ok(()) => {}
                    Err(why) => {
                        notes.push(format!("{}: \u{201c}{}\u{201d} {why}.", column.name, text::on_one_line(cell)));
                    }
                }
            }
            match known {
                None => RowFate::Added,
                Some(_) if changed.is_empty() => RowFate::Same,
                Some(_) => RowFate::Changed(changed),
            }
            .kept(&mut preview.initiatives, initiative)
        };
        preview.rows.push(ImportRow { line: row.line, title, fate, notes });
    }
    Ok(preview)
}

impl RowFate {
    /// Keeps the initiative of a row that does something.
    fn kept(self, initiatives: &mut Vec<Initiative>, initiative: Initiative) -> Self {
        if matches!(self, Self::Added | Self::Changed(_)) {
            initiatives.push(initiative);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::project::initiative::data::{
        Compensation, Cycle, Level, Milestone, Rating, Risk, Stage, StatusOverride, UnitKind, Update,
    };
    use crate::project::initiative::status::Status;
    use crate::project::{Edit, InitiativeEdit, Project, Review};
    use proptest::prelude::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 2).unwrap()
    }

    fn day(month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(2026, month, day)
    }

    fn full() -> Initiative {
        Initiative {
            title: "=Callback, \"within\" an hour".to_owned(),
            description: "Two\nlines; and a semicolon".to_owned(),
            level: Level::KeyAccount,
            unit: "Zo\u{eb} & S\u{f6}hne".to_owned(),
            unit_kind: UnitKind::Region,
            area: "Support".to_owned(),
            loyalty: Rating::new(5),
            choice: Rating::new(1),
            effort: Rating::new(2),
            cost: Rating::new(4),
            owner: "Head of Support".to_owned(),
            sponsor: "COO".to_owned(),
            team: vec!["Sales, North".to_owned(), "Support".to_owned()],
            evidence: "Survey".to_owned(),
            stage: Stage::InProgress,
            start: day(1, 1),
            due_baseline: day(6, 30),
            due_now: day(7, 15),
            percent: Some(35),
            milestones: vec![
                Milestone {
                    name: "Pilot | one\\two".to_owned(),
                    due_baseline: day(2, 1),
                    done_on: day(2, 3),
                    weight: 2,
                    due_now: None,
                },
                Milestone { name: "Roll-out".to_owned(), due_now: day(6, 1), ..Milestone::default() },
            ],
            risks: vec![Risk {
                text: "Nobody answers".to_owned(),
                probability: Rating::new(4),
                severity: Rating::new(5),
                mitigation: String::new(),
            }],
            compensation: Compensation {
                is_linked: true,
                who: "Team".to_owned(),
                goal: "Speed".to_owned(),
                share: Some(10),
            },
            cycle: Cycle::Quarterly,
            updates: vec![Update {
                on: day(2, 20).unwrap(),
                text: "Line one\nline two".to_owned(),
                by: "Owner".to_owned(),
            }],
            set_by_hand: Some(StatusOverride {
                status: Status::AtRisk,
                reason: "Stuck".to_owned(),
                by: "Owner".to_owned(),
                on: day(2, 21).unwrap(),
            }),
            behavior: Some(crate::insights::Behavior::Coaching),
            ..Initiative::default()
        }
    }

    fn as_csv(register: &Register, mark: u8) -> Vec<u8> {
        let (header, rows) = rows_of(register, today(), &Locale::neutral());
        let mut writer = csv::WriterBuilder::new().delimiter(mark).from_writer(Vec::new());
        for row in std::iter::once(header).chain(rows) {
            writer.write_record(row.iter().map(|cell| text::formula_safe(cell).into_owned())).unwrap();
        }
        writer.into_inner().unwrap()
    }

    fn read(text: &str, register: &Register) -> ImportPreview {
        read_initiatives(text.as_bytes(), register, today(), &Locale::of("en-US")).unwrap()
    }

    fn register(initiatives: Vec<Initiative>) -> Register {
        let mut project = Project::default();
        project.apply(Edit::Initiative(InitiativeEdit::Import(initiatives, today())));
        project.initiatives
    }

    #[test]
    fn an_import_of_an_export_gives_the_same_register() {
        let plain = Initiative { title: "Plain".to_owned(), ..Initiative::default() };
        let one_team =
            Initiative { title: "Team".to_owned(), team: vec!["Sales, North".to_owned()], ..Initiative::default() };
        let before = register(vec![full(), plain, one_team]);
        for mark in *b",;\t" {
            let text = as_csv(&before, mark);
            let preview = read_initiatives(&text, &Register::default(), today(), &Locale::of("en-US")).unwrap();
            assert!(preview.rows.iter().all(|row| row.notes.is_empty()), "{:?}", preview.rows);
            assert_eq!(register(preview.initiatives), before);
            let again = read_initiatives(&text, &before, today(), &Locale::of("en-US")).unwrap();
            assert_eq!((again.counts(), again.initiatives), ([0, 0, 3, 0], Vec::new()));
        }
    }

    #[test]
    fn what_people_type_is_understood_and_what_is_not_is_told() {
        let text = "\u{feff}Project;Business level;Due date;Progress;Status;Loyalty impact;Cost\n\
                    Named contact;Region;12/31/2026;40 %;ongoing;high;3\n\
                    \n\
                    Other;somewhere;soon;140;???;9;\n";
        let preview = read(text, &Register::default());
        let [first, second] = preview.initiatives.as_slice() else { panic!("{preview:?}") };
        assert_eq!((first.level, first.due_baseline, first.percent), (Level::BusinessUnit, day(12, 31), Some(40)));
        assert_eq!(first.unit_kind, UnitKind::Region);
        assert_eq!((first.stage, first.loyalty.get(), first.cost.get()), (Stage::InProgress, 4, 3));
        assert_eq!((preview.rows[1].line, preview.rows[1].notes.len()), (4, 5));
        assert_eq!(preview.rows[1].notes[0], "Level: \u{201c}somewhere\u{201d} is none of the three levels.");
        assert_eq!(second.loyalty, Rating::default());
    }

    #[test]
    fn rows_without_a_title_and_second_ones_of_a_title_are_left_out_with_the_reason() {
        let known = register(vec![full()]);
        let text = "Title,Owner\n,Nobody\nNew,A\nnew,B\n\"'=callback, \"\"within\"\" an hour\",Head of Service\n";
        let preview = read(text, &known);
        let fates: Vec<_> = preview.rows.iter().map(|row| &row.fate).collect();
        let expected = [
            &RowFate::Skipped("It has no title.".to_owned()),
            &RowFate::Added,
            &RowFate::Skipped("Its title stands in line 3 already.".to_owned()),
            &RowFate::Changed(vec!["Title", "Owner"]),
        ];
        assert_eq!(fates, expected);
        assert_eq!(preview.counts(), [1, 1, 0, 2]);
    }

    #[test]
    fn a_table_without_titles_or_rows_is_told_in_three_sentences() {
        let read = |text: &str| read_initiatives(text.as_bytes(), &Register::default(), today(), &Locale::neutral());
        assert!(read("").is_err() && read("Owner,Level\nA,B\n").is_err() && read("Title,Level\n").is_err());
    }

    #[test]
    fn a_template_has_every_heading_and_each_is_found_by_it() {
        let table = TypedTable::read(format!("{}\n", headings().join("\t")).as_bytes());
        for (place, column) in ALL.iter().enumerate() {
            assert_eq!(table.column(&column.names()), Some(place), "{}", column.name);
        }
    }

    fn typed() -> impl Strategy<Value = String> {
        "[a-zA-Z0-9=+@,;|\"\\\\ \u{e9}\u{df}.-]{0,14}".prop_map(|text| text.trim().to_owned())
    }

    fn some_day() -> impl Strategy<Value = Option<NaiveDate>> {
        proptest::option::of((1..=12_u32, 1..=28_u32)).prop_map(|day_of| day_of.and_then(|(month, of)| day(month, of)))
    }

    fn any_initiative() -> impl Strategy<Value = Initiative> {
        let words = (typed(), typed(), typed(), typed());
        let choices = (0..3_usize, 0..7_usize, 1..=5_u8, proptest::option::of(0..=100_u8));
        let days = (some_day(), some_day(), some_day());
        let milestones = proptest::collection::vec((typed(), some_day(), some_day(), 0..10_u32), 0..3);
        let risks = proptest::collection::vec((typed(), 1..=5_u8, typed()), 0..3);
        (words, choices, days, milestones, risks).prop_map(|(words, choices, days, milestones, risks)| Initiative {
            title: format!("T {}", words.0).trim().to_owned(),
            description: words.1,
            unit: words.2,
            area: words.3,
            level: Level::ALL[choices.0],
            stage: Stage::ALL[choices.1],
            loyalty: Rating::new(choices.2),
            percent: choices.3,
            start: days.0,
            due_baseline: days.1,
            due_now: days.2,
            milestones: milestones
                .into_iter()
                .filter(|(name, ..)| !name.is_empty())
                .map(|(name, due_baseline, done_on, weight)| Milestone {
                    name,
                    due_baseline,
                    done_on,
                    weight,
                    due_now: None,
                })
                .collect(),
            risks: risks
                .into_iter()
                .filter(|(text, ..)| !text.is_empty())
                .map(|(text, severity, mitigation)| Risk {
                    text,
                    severity: Rating::new(severity),
                    mitigation,
                    ..Risk::default()
                })
                .collect(),
            ..Initiative::default()
        })
    }

    proptest! {
        #[test]
        fn whatever_is_registered_comes_back_from_its_export(all in proptest::collection::vec(any_initiative(), 1..5)) {
            let mut titles = std::collections::BTreeSet::new();
            let all: Vec<_> = all.into_iter().filter(|one| titles.insert(one.title.to_lowercase())).collect();
            let before = register(all);
            let read = read_initiatives(&as_csv(&before, b','), &Register::default(), today(), &Locale::of("en-US"));
            prop_assert_eq!(register(read.unwrap().initiatives), before);
        }

        #[test]
        fn counts_by_level_and_by_area_each_sum_to_the_total(all in proptest::collection::vec(any_initiative(), 0..9)) {
            let review = Review::of(&all, &Register::default().areas, today());
            prop_assert_eq!(review.counts.total(), all.len());
            prop_assert_eq!(review.levels.iter().map(|(_, counts)| counts.total()).sum::<usize>(), all.len());
            prop_assert_eq!(review.areas.iter().map(|(_, counts)| counts.total()).sum::<usize>(), all.len());
        }
    }
}
