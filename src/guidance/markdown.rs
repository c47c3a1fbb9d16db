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

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.md, line {}: {}", self.file, self.line, self.message)
    }
}

/// One block of text in a section.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Block {
    Paragraph(String),
    Item(String),
    Step(String),
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
            self.blocks.push(Block::Item(item.trim().to_owned()));
        } else if let Some(step) = step(line) {
            self.blocks.push(Block::Step(step.to_owned()));
        } else if !line.trim().is_empty() {
            self.paragraph_is_open = true;
            match self.blocks.last_mut() {
                Some(Block::Paragraph(paragraph)) if continues => {
                    paragraph.push(' ');
                    paragraph.push_str(line.trim());
                }
                _ => self.blocks.push(Block::Paragraph(line.trim().to_owned())),
            }
        }
        Ok(())
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

    /// The paragraphs, with an empty line between them. None at all is a problem.
    pub(super) fn text(&self) -> Result<String, Problem> {
        let paragraphs = self.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(text) => Some(text.clone()),
            Block::Item(_) | Block::Step(_) => None,
        });
        Ok(self.some(paragraphs, "the text is missing")?.join("\n\n"))
    }

    /// The items. None at all is a problem.
    pub(super) fn items(&self) -> Result<Vec<String>, Problem> {
        let items = self.blocks.iter().filter_map(|block| match block {
            Block::Item(text) => Some(text.clone()),
            Block::Paragraph(_) | Block::Step(_) => None,
        });
        self.some(items, "the items are missing")
    }

    /// The numbered steps. None at all is a problem.
    pub(super) fn steps(&self) -> Result<Vec<String>, Problem> {
        let steps = self.blocks.iter().filter_map(|block| match block {
            Block::Step(text) => Some(text.clone()),
            Block::Paragraph(_) | Block::Item(_) => None,
        });
        self.some(steps, "the steps are missing")
    }

    /// Everything as one plain message: paragraphs apart, items each on a line of their own. Nothing is a problem.
    pub(super) fn message(&self) -> Result<String, Problem> {
        let mut message = String::new();
        let mut previous_is_item = false;
        for block in &self.blocks {
            let (text, is_item) = match block {
                Block::Paragraph(text) | Block::Step(text) => (text.clone(), false),
                Block::Item(text) => (format!("- {text}"), true),
            };
            if !message.is_empty() {
                message.push_str(if previous_is_item && is_item { "\n" } else { "\n\n" });
            }
            message.push_str(&text);
            previous_is_item = is_item;
        }
        if message.is_empty() { Err(self.problem("the text is missing")) } else { Ok(message) }
    }

    fn some(&self, texts: impl Iterator<Item = String>, or_problem: &str) -> Result<Vec<String>, Problem> {
        let texts: Vec<String> = texts.collect();
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
    pub(super) heading: Section,
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
    /// Reads every entry. None at all is a problem.
    pub(super) fn each<T>(&self, read: impl FnMut(&Section) -> Result<T, Problem>) -> Result<Vec<T>, Problem> {
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
        Document::parse("test", text).unwrap()
    }

    #[test]
    fn a_part_holds_keys_paragraphs_items_steps_and_entries() {
        let document = document(
            "# Title\nOne line\nand its end.\n\nNext.\n\n## Part\n- id: a\n- source: x\n- source: y\n\n* item\n1. step\n### Entry\nText.\n",
        );
        assert_eq!(document.title.text().unwrap(), "One line and its end.\n\nNext.");
        let [part] = document.parts_named(["Part"]).unwrap();
        assert_eq!(part.heading.one("id").unwrap(), "a");
        assert_eq!(part.heading.every("source"), ["x", "y"]);
        assert_eq!(part.heading.items().unwrap(), ["item"]);
        assert_eq!(part.heading.steps().unwrap(), ["step"]);
        assert_eq!(part.each(Section::text).unwrap(), ["Text."]);
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
        let problem = part.heading.one("source").unwrap_err();
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
            assert!(Document::parse("test", text).is_err(), "{text}");
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
        assert!(part.heading.text().is_err());
        assert!(part.heading.items().is_err());
        assert!(part.heading.steps().is_err());
        assert!(part.heading.message().is_err());
        assert!(part.each(Section::text).is_err());
    }
}
