//! A small export, as text.

use std::fmt::Write as _;

/// A table of cells under headers.
#[derive(Clone, Debug)]
pub(crate) struct Export {
    pub(crate) headers: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) delimiter: char,
}

impl Export {
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for row in [&self.headers].into_iter().chain(&self.rows) {
            let _ = writeln!(text, "{}", row.join(&self.delimiter.to_string()));
        }
        text
    }

    fn column(&self, header: &str) -> usize {
        self.headers.iter().position(|name| name == header).unwrap()
    }

    pub(crate) fn keep_rows(&mut self, header: &str, value: &str) {
        let column = self.column(header);
        self.rows.retain(|row| row[column] == value);
    }

    pub(crate) fn remove_rows(&mut self, header: &str, value: &str) {
        let column = self.column(header);
        self.rows.retain(|row| row[column] != value);
    }

    pub(crate) fn change(&mut self, header: &str, change: impl Fn(&str) -> String) {
        let column = self.column(header);
        for row in &mut self.rows {
            row[column] = change(&row[column]);
        }
    }

    pub(crate) fn rename(&mut self, header: &str, from: &str, to: &str) {
        self.change(header, |cell| if cell == from { to.to_owned() } else { cell.to_owned() });
    }

    pub(crate) fn rename_header(&mut self, from: &str, to: &str) {
        let column = self.column(from);
        self.headers[column] = to.to_owned();
    }

    pub(crate) fn remove_column(&mut self, header: &str) {
        let column = self.column(header);
        self.headers.remove(column);
        for row in &mut self.rows {
            row.remove(column);
        }
    }

    /// The rows in two parts.
    pub(crate) fn in_two(&self) -> [Self; 2] {
        let (first, second) = self.rows.split_at(self.rows.len() / 3);
        [first, second].map(|rows| Self { rows: rows.to_vec(), ..self.clone() })
    }

    /// The same rows and columns in another order.
    pub(crate) fn shuffled(&self) -> Self {
        let mut export = self.clone();
        export.headers.rotate_left(5);
        for row in &mut export.rows {
            row.rotate_left(5);
        }
        // Steps of a prime number that is no factor of the number of rows visit each of them once.
        let (count, step) = (export.rows.len(), 317);
        assert!(!count.is_multiple_of(step));
        export.rows = (0..count).map(|index| export.rows[index * step % count].clone()).collect();
        export
    }
}

/// The Sundays of [`company`]: one of March, all of April and May 2024.
pub(crate) const SUNDAYS: [&str; 9] = [
    "2024-03-31",
    "2024-04-07",
    "2024-04-14",
    "2024-04-21",
    "2024-04-28",
    "2024-05-05",
    "2024-05-12",
    "2024-05-19",
    "2024-05-26",
];

/// Organization, people, and what they do: external hours, collaboration hours, 1:1 hours, organizations known.
const ORGANIZATIONS: [(&str, usize, f64, f64, f64, u32); 5] = [
    ("Sales", 24, 10.0, 20.0, 0.5, 6),
    ("Support", 20, 3.0, 18.0, 0.1, 3),
    ("Operations", 12, 0.5, 3.0, 0.25, 8),
    ("Engineering", 24, 2.0, 22.0, 0.4, 7),
    ("Legal", 4, 9.0, 21.0, 0.2, 9),
];

/// 84 active people of Viva Insights in nine weeks, and twelve whose rows are all inactive. At a minimum of ten
/// Legal is too small, and Operations, the next smallest, is hidden with it.
pub(crate) fn company() -> Export {
    let headers = [
        "PersonId",
        "MetricDate",
        "Collaboration hours",
        "External collaboration hours",
        "Meeting hours",
        "Meeting hours with manager",
        "Meeting hours with manager 1:1",
        "Network outside organization",
        "External network size",
        "Organization",
        "Region",
        "IsActive",
    ];
    let mut rows = Vec::new();
    let mut person = 0;
    for (organization, people, external, total, one_to_one, known) in ORGANIZATIONS {
        for nth in 0..people {
            person += 1;
            rows.extend(weeks_of(person, nth, (external, total, one_to_one), known, organization, "TRUE"));
        }
    }
    for nth in 0..12 {
        rows.extend(weeks_of(person + 1 + nth, nth, (12.0, 20.0, 0.0), 2, "Engineering", "FALSE"));
    }
    Export { headers: headers.map(str::to_owned).to_vec(), rows, delimiter: ',' }
}

fn weeks_of(
    person: usize,
    nth: usize,
    (external, total, one_to_one): (f64, f64, f64),
    known: u32,
    organization: &str,
    active: &str,
) -> Vec<Vec<String>> {
    let week = |(number, sunday): (usize, &&str)| {
        // People of a group differ: a quarter of them is above, a quarter below.
        let factor = [1.0, 0.5, 1.0, 1.25][(nth + number / 5) % 4];
        let meetings = total / 2.0;
        vec![
            format!("p{person:03}"),
            (*sunday).to_owned(),
            format!("{:.3}", total),
            format!("{:.3}", external * factor),
            format!("{meetings:.3}"),
            format!("{:.3}", meetings * if nth.is_multiple_of(3) { 0.5 } else { 0.1 }),
            format!("{:.3}", one_to_one * factor),
            (known + nth as u32 % 3).to_string(),
            (nth % 9).to_string(),
            organization.to_owned(),
            ["North", "South"][person % 2].to_owned(),
            active.to_owned(),
        ]
    };
    SUNDAYS.iter().enumerate().map(week).collect()
}
