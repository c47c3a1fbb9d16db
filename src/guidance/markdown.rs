//! The small part of Markdown in which the guidance is written, and nothing more.
//!
//! | line | meaning |
//! |---|---|
//! | `# Title` | the first line of a file |
//! | `## Title`, `### Title` | opens a part; opens an entry in a part |
//! | `- key: value` | a fact about the section |
//! | `* text` | an item |
//! | `1. text` | a step |
//! | anything else | a paragraph; lines join, a blank line ends it |
//!
//! There is no inline markup, so a text can be shown anywhere as it stands. The reader is strict: what it does not
//! expect is a [`Problem`], and a test reads every embedded file, so that no problem can reach a person.

use std::fmt;

/// Something in a guidance file that is not as agreed, with the place where a writer finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    file: &'static str,
    line: usize,
    message: String,
}

impl Problem {
    pub(super) fn new(file: &'static str, line: usize, message: impl Into<String>) -> Self {
        Self { file, line, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: {}", self.file, self.line, self.message)
    }
}

/// One block of text in a section.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Block {
    kind: Kind,
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Paragraph,
    Item,
    Step,
}

/// A heading with what stands under it, up to the next heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Section {
    file: &'static str,
    line: usize,
    pub(super) title: String,
    keys: Vec<(String, String)>,
    blocks: Vec<Block>,
    /// Whether the next line of text continues the last paragraph.
    paragraph_is_open: bool,
}

impl Section {
    fn new(file: &'static str, line: usize, title: &str) -> Self {
        let title = title.to_owned();
        Self { file, line, title, keys: Vec::new(), blocks: Vec::new(), paragraph_is_open: false }
    }

    /// Takes in one line that is not a heading.
    fn read_line(&mut self, line: &str) -> Result<(), &'static str> {
        let continues = std::mem::take(&mut self.paragraph_is_open);
        if let Some(key_line) = line.strip_prefix("- ") {
            let (key, value) = key_line.split_once(": ").ok_or("expected “- key: value”")?;
            self.keys.push((key.to_owned(), value.trim().to_owned()));
        } else if let Some(item) = line.strip_prefix("* ") {
            self.push(Kind::Item, item);
        } else if let Some(step) = step(line) {
            self.push(Kind::Step, step);
        } else if !line.trim().is_empty() {
            self.paragraph_is_open = true;
            match self.blocks.last_mut() {
                Some(paragraph) if continues => {
                    paragraph.text.push(' ');
                    paragraph.text.push_str(line.trim());
                }
                _ => self.push(Kind::Paragraph, line),
            }
        }
        Ok(())
    }

    fn push(&mut self, kind: Kind, text: &str) {
        self.blocks.push(Block { kind, text: text.trim().to_owned() });
    }

    /// A problem at this section's heading.
    pub(super) fn problem(&self, message: impl Into<String>) -> Problem {
        Problem { file: self.file, line: self.line, message: format!("“{}”: {}", self.title, message.into()) }
    }

    /// Every value of a key, in the order of the file; empty when the key is not there.
    pub(super) fn every(&self, key: &str) -> Vec<&str> {
        self.keys.iter().filter(|(name, _)| name == key).map(|(_, value)| value.as_str()).collect()
    }

    /// The value of a key that may be left out. Given twice is a problem.
    pub(super) fn optional(&self, key: &str) -> Result<Option<&str>, Problem> {
        match self.every(key).as_slice() {
            [] => Ok(None),
            [value] => Ok(Some(value)),
            _ => Err(self.problem(format!("the line “{key}:” is given twice"))),
        }
    }

    /// The value of a key that must be there once.
    pub(super) fn one(&self, key: &str) -> Result<&str, Problem> {
        self.optional(key)?.ok_or_else(|| self.problem(format!("the line “- {key}:” is missing")))
    }

    /// A problem for the first key that is not among `known`: a misspelled key must not be lost in silence.
    pub(super) fn only_keys(&self, known: &[&str]) -> Result<(), Problem> {
        match self.keys.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            Some((name, _)) => Err(self.problem(format!("the line “- {name}:” is not known here"))),
            None => Ok(()),
        }
    }

    /// The paragraphs, with an empty line between them. None at all, or anything else beside them, is a problem.
    pub(super) fn text(&self) -> Result<String, Problem> {
        self.only_kinds(&[Kind::Paragraph])?;
        Ok(self.some(Kind::Paragraph, "the text is missing")?.join("\n\n"))
    }

    /// The paragraphs, as in [`Section::text`], and the numbered steps. No text, or no step, is a problem.
    pub(super) fn text_and_steps(&self) -> Result<(String, Vec<String>), Problem> {
        self.only_kinds(&[Kind::Paragraph, Kind::Step])?;
        let text = self.some(Kind::Paragraph, "the text is missing")?.join("\n\n");
        Ok((text, self.some(Kind::Step, "the steps are missing")?))
    }

    /// The items. None at all, or anything else beside them, is a problem.
    pub(super) fn items(&self) -> Result<Vec<String>, Problem> {
        self.only_keys(&[])?;
        self.only_kinds(&[Kind::Item])?;
        self.some(Kind::Item, "the items are missing")
    }

    /// Paragraphs and items as one plain message: paragraphs apart, items under each other. Nothing is a problem.
    pub(super) fn message(&self) -> Result<String, Problem> {
        self.only_keys(&[])?;
        self.only_kinds(&[Kind::Paragraph, Kind::Item])?;
        let parts = self.blocks.chunk_by(|one, next| one.kind == Kind::Item && next.kind == Kind::Item);
        let parts: Vec<String> = parts
            .map(|part| {
                let lines = part.iter().map(|block| match block.kind {
                    Kind::Item => format!("- {}", block.text),
                    Kind::Paragraph | Kind::Step => block.text.clone(),
                });
                lines.collect::<Vec<_>>().join("\n")
            })
            .collect();
        if parts.is_empty() { Err(self.problem("the text is missing")) } else { Ok(parts.join("\n\n")) }
    }

    /// A problem when there is a block of another kind: nothing that was written may be lost in silence.
    fn only_kinds(&self, kinds: &[Kind]) -> Result<(), Problem> {
        match self.blocks.iter().find(|block| !kinds.contains(&block.kind)) {
            Some(block) => Err(self.problem(format!("“{}” does not belong here", block.text))),
            None => Ok(()),
        }
    }

    fn some(&self, kind: Kind, or_problem: &str) -> Result<Vec<String>, Problem> {
        let blocks = self.blocks.iter().filter(|block| block.kind == kind);
        let texts: Vec<String> = blocks.map(|block| block.text.clone()).collect();
        if texts.is_empty() { Err(self.problem(or_problem)) } else { Ok(texts) }
    }
}

/// A whole file: its title, and the parts under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Document {
    pub(super) title: Section,
    pub(super) parts: Vec<Part>,
}

/// A part of a file: a heading of level 2, and the entries of level 3 under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    heading: Section,
    entries: Vec<Section>,
}

impl Document {
    /// Reads a file. `file` is its stem, for the place of a problem.
    pub(super) fn parse(file: &'static str, text: &str) -> Result<Self, Problem> {
        let mut lines = text.lines().enumerate();
        let at = |line: usize, message: &str| Problem { file, line, message: message.to_owned() };
        let Some((1, title)) = lines.next().and_then(|(_, line)| heading(line)) else {
            return Err(at(1, "the file does not begin with its title"));
        };
        let mut document = Self { title: Section::new(file, 1, title), parts: Vec::new() };
        for (index, line) in lines {
            let line_number = index + 1;
            match heading(line) {
                None => document.last_section().read_line(line).map_err(|message| at(line_number, message))?,
                Some((2, title)) => {
                    let heading = Section::new(file, line_number, title);
                    document.parts.push(Part { heading, entries: Vec::new() });
                }
                Some((3, title)) => {
                    let part = document.parts.last_mut().ok_or_else(|| at(line_number, "an entry outside a part"))?;
                    part.entries.push(Section::new(file, line_number, title));
                }
                Some(_) => return Err(at(line_number, "a heading has two or three marks")),
            }
        }
        Ok(document)
    }

    /// The section that the next line belongs to.
    fn last_section(&mut self) -> &mut Section {
        match self.parts.last_mut() {
            Some(part) => part.entries.last_mut().unwrap_or(&mut part.heading),
            None => &mut self.title,
        }
    }

    /// The parts, when their headings are exactly `headings`, in this order.
    pub(super) fn parts_named<const N: usize>(&self, headings: [&str; N]) -> Result<&[Part; N], Problem> {
        let problem = || self.title.problem(format!("the headings should be {}", headings.join(", ")));
        if !self.parts.iter().map(|part| part.heading.title.as_str()).eq(headings) {
            return Err(problem());
        }
        self.parts.as_slice().try_into().map_err(|_| problem())
    }
}

impl Part {
    /// The part as one section. Entries under it are a problem.
    pub(super) fn section(&self) -> Result<&Section, Problem> {
        match self.entries.first() {
            Some(entry) => Err(entry.problem("no entry belongs here")),
            None => Ok(&self.heading),
        }
    }

    /// Reads every entry. None at all, or text before the first, is a problem.
    pub(super) fn each<T>(&self, read: impl FnMut(&Section) -> Result<T, Problem>) -> Result<Vec<T>, Problem> {
        self.heading.only_keys(&[])?;
        self.heading.only_kinds(&[])?;
        if self.entries.is_empty() {
            return Err(self.heading.problem("the entries are missing"));
        }
        self.entries.iter().map(read).collect()
    }
}

/// Level and title of a heading line.
fn heading(line: &str) -> Option<(usize, &str)> {
    let (marks, title) = line.split_once(' ')?;
    let is_heading = (1..=3).contains(&marks.len()) && marks.chars().all(|mark| mark == '#');
    is_heading.then(|| (marks.len(), title.trim()))
}

/// The text of a numbered line, `12. text`.
fn step(line: &str) -> Option<&str> {
    let (number, text) = line.split_once(". ")?;
    let is_number = !number.is_empty() && number.chars().all(|digit| digit.is_ascii_digit());
    is_number.then(|| text.trim())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    fn document(text: &str) -> Document {
        Document::parse("test.md", text).unwrap()
    }

    #[test]
    fn a_section_holds_keys_and_paragraphs() {
        let document = document("# Title\n- id: a\n- source: x\n- source: y\n\nOne line\nand its end.\n\nNext.\n");
        assert_eq!(document.title.one("id").unwrap(), "a");
        assert_eq!(document.title.every("source"), ["x", "y"]);
        assert_eq!(document.title.text().unwrap(), "One line and its end.\n\nNext.");
    }

    #[test]
    fn parts_hold_items_or_entries_and_entries_hold_steps() {
        let document = document("# Title\n## Items\n* one\n* two\n## Entries\n### Entry\nText.\n1. first\n2. second\n");
        let [items, entries] = document.parts_named(["Items", "Entries"]).unwrap();
        assert_eq!(items.section().unwrap().items().unwrap(), ["one", "two"]);
        let entry = entries.each(Section::text_and_steps).unwrap();
        assert_eq!(entry, [("Text.".to_owned(), vec!["first".to_owned(), "second".to_owned()])]);
    }

    #[test]
    fn nothing_that_was_written_is_lost_in_silence() {
        let document = document("# Title\nText.\n* item\n## Part\nText.\n### Entry\nText.\n1. step\n");
        let [part] = document.parts_named(["Part"]).unwrap();
        assert!(document.title.text().is_err());
        assert!(document.title.items().is_err());
        assert!(part.section().is_err());
        assert!(part.each(Section::text_and_steps).is_err());
    }

    #[test]
    fn a_message_keeps_the_order_and_puts_items_under_each_other() {
        let document = document("# Title\nPlease send:\n\n* one\n* two\n\nThank you.\n");
        assert_eq!(document.title.message().unwrap(), "Please send:\n\n- one\n- two\n\nThank you.");
    }

    #[test]
    fn a_missing_key_names_the_file_the_line_and_the_key() {
        let document = document("# Title\n\n## Part\nText.\n");
        let [part] = document.parts_named(["Part"]).unwrap();
        let problem = part.section().unwrap().one("source").unwrap_err();
        assert_eq!(problem.to_string(), "test.md, line 3: “Part”: the line “- source:” is missing");
    }

    #[test]
    fn a_key_given_twice_or_misspelled_is_a_problem() {
        let document = document("# Title\n- id: a\n- id: b\n- sorce: c\n");
        assert!(document.title.one("id").is_err());
        assert!(document.title.only_keys(&["id", "source"]).is_err());
        assert!(document.title.only_keys(&["id", "sorce"]).is_ok());
    }

    #[test]
    fn what_is_not_agreed_is_a_problem() {
        for text in ["", "Text.\n# Title\n", "# Title\n- no key here\n", "# Title\n### Entry\n", "# Title\n# Another\n"]
        {
            assert!(Document::parse("test.md", text).is_err(), "{text}");
        }
    }

    #[test]
    fn other_headings_than_the_agreed_ones_are_a_problem() {
        let document = document("# Title\n## One\n## Two\n");
        assert!(document.parts_named(["One", "Two"]).is_ok());
        assert!(document.parts_named(["Two", "One"]).is_err());
        assert!(document.parts_named(["One"]).is_err());
    }

    #[test]
    fn an_empty_section_has_no_text_items_steps_message_or_entries() {
        let document = document("# Title\n## Part\n");
        let [part] = document.parts_named(["Part"]).unwrap();
        let section = part.section().unwrap();
        assert!(section.text().is_err());
        assert!(section.text_and_steps().is_err());
        assert!(section.items().is_err());
        assert!(section.message().is_err());
        assert!(part.each(Section::text).is_err());
    }
}
