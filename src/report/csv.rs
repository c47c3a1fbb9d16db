//! Tables as CSV that no spreadsheet takes for formulas.

use crate::text::formula_safe;

/// A table as CSV: UTF-8 with a mark, so that spreadsheets read letters beyond ASCII; commas; lines end as on Windows.
pub(super) fn table<S: AsRef<str>>(header: &[S], rows: &[Vec<String>]) -> Vec<u8> {
    let mut text = String::from("\u{feff}");
    line(&mut text, header.iter().map(AsRef::as_ref));
    for row in rows {
        line(&mut text, row.iter().map(String::as_str));
    }
    text.into_bytes()
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        let cell = formula_safe(cell);
        if cell.contains([',', '"', '\n', '\r', ';']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_formulas_are_text() {
        let rows = [vec!["a, \"b\"".to_owned(), "=1+1".to_owned()], vec!["-0.5".to_owned(), String::new()]];
        let text = String::from_utf8(table(&["x", "y"], &rows)).unwrap_or_default();
        assert_eq!(text, "\u{feff}x,y\r\n\"a, \"\"b\"\"\",'=1+1\r\n-0.5,\r\n");
    }
}
