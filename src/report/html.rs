//! A page in one file: for the screen and for paper, without scripts, pictures or anything from elsewhere.

/// A page that is being written. Whatever is added is text: marks of HTML in it stand there as they are.
pub(super) struct Page {
    title: String,
    body: String,
}

/// Looks of every page. Black on white, so that it prints.
const STYLE: &str = "\
body{font:15px/1.5 system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1b1f24;background:#fff;\
max-width:60rem;margin:2rem auto;padding:0 1.5rem}\
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}\
p{margin:.35rem 0}.quiet{color:#57606a;font-size:.87rem}\
table{border-collapse:collapse;width:100%;margin:.4rem 0 1rem}\
th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #d0d7de}\
th{font-weight:600;font-size:.87rem;color:#57606a}.figure{text-align:right}\
thead{display:table-header-group}tr{break-inside:avoid}\
@media print{@page{margin:16mm}body{margin:0;max-width:none;padding:0;font-size:10.5pt}}";

impl Page {
    pub(super) fn new(title: &str) -> Self {
        let mut page = Self { title: title.to_owned(), body: String::new() };
        page.element("h1", "", title);
        page
    }

    pub(super) fn heading(&mut self, text: &str) {
        self.element("h2", "", text);
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.element("p", "", text);
    }

    /// A line of less weight: a source, a rule, a date.
    pub(super) fn quiet(&mut self, text: &str) {
        self.element("p", " class=\"quiet\"", text);
    }

    /// A table; the columns from `figures` on hold figures and stand at their right edge.
    pub(super) fn table<S: AsRef<str>>(&mut self, header: &[S], figures: usize, rows: &[Vec<String>]) {
        let class = |column: usize| if column >= figures { " class=\"figure\"" } else { "" };
        self.body.push_str("<table><thead><tr>");
        for (column, cell) in header.iter().enumerate() {
            self.element("th", &format!(" scope=\"col\"{}", class(column)), cell.as_ref());
        }
        self.body.push_str("</tr></thead><tbody>\n");
        for row in rows {
            self.body.push_str("<tr>");
            for (column, cell) in row.iter().enumerate() {
                self.element("td", class(column), cell);
            }
            self.body.push_str("</tr>\n");
        }
        self.body.push_str("</tbody></table>\n");
    }

    /// The whole file.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        let title = escaped(&self.title);
        let head = "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">";
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head>{head}<title>{title}</title><style>{STYLE}</style></head>\n\
             <body>\n{}</body></html>\n",
            self.body
        )
        .into_bytes()
    }

    fn element(&mut self, name: &str, attributes: &str, text: &str) {
        self.body.push_str(&format!("<{name}{attributes}>{}</{name}>", escaped(text)));
        if matches!(name, "h1" | "h2" | "p") {
            self.body.push('\n');
        }
    }
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c if c.is_control() && c != '\n' && c != '\t' => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_stays_text_and_nothing_comes_from_elsewhere() {
        let mut page = Page::new("<script>alert(1)</script>");
        page.table(&["a&b"], 1, &[vec!["\" onload='x'".to_owned()]]);
        let text = String::from_utf8(page.into_bytes()).unwrap_or_default();
        assert!(!text.contains("<script") && !text.contains("http:") && !text.contains("https:"), "{text}");
        assert!(text.contains("<td>&quot; onload=&#39;x&#39;</td>") && text.contains("a&amp;b"), "{text}");
    }
}
