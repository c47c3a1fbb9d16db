//! The words and metrics that the product uses, in plain language.

use super::markdown::{Document, Problem, Section};

/// Every word that is explained, in the order in which it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glossary {
    /// Why some terms have two meanings.
    pub lead: String,
    /// The terms, in alphabetical order.
    pub terms: Vec<Term>,
}

/// One word or metric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The standard name.
    pub name: String,
    /// Name and meaning in Workplace Analytics, the older product; `None` where the word is the same everywhere.
    pub wpa: Option<String>,
    /// Name and meaning in Viva Insights, the current product; `None` where the word is the same everywhere.
    pub viva: Option<String>,
    /// What it means, for someone who has never seen an export.
    pub text: String,
}

impl Glossary {
    /// The terms that hold every word of `query`, whatever the case; those that hold them in the name come first.
    ///
    /// An empty query gives every term.
    #[must_use]
    pub fn search(&self, query: &str) -> Vec<&Term> {
        let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
        let holds_all = |text: &str| {
            let text = text.to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        let (in_name, others): (Vec<&Term>, Vec<&Term>) = self.terms.iter().partition(|term| holds_all(&term.name));
        let in_text = others.into_iter().filter(|term| holds_all(&term.all_text()));
        in_name.into_iter().chain(in_text).collect()
    }
}

impl Term {
    fn all_text(&self) -> String {
        let eras = [&self.wpa, &self.viva].into_iter().flatten().map(String::as_str);
        [self.name.as_str(), self.text.as_str()].into_iter().chain(eras).collect::<Vec<_>>().join(" ")
    }
}

/// Reads the glossary: one part for each term.
pub(super) fn parse(document: &Document) -> Result<Glossary, Problem> {
    let terms = document.parts.iter().map(|part| parse_term(part.section()?)).collect::<Result<_, _>>()?;
    Ok(Glossary { lead: document.title.text()?, terms })
}

fn parse_term(section: &Section) -> Result<Term, Problem> {
    section.only_keys(&["wpa", "viva"])?;
    Ok(Term {
        name: section.title.clone(),
        wpa: section.optional("wpa")?.map(str::to_owned),
        viva: section.optional("viva")?.map(str::to_owned),
        text: section.text()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(glossary: &Glossary, query: &str) -> Vec<String> {
        glossary.search(query).into_iter().map(|term| term.name.clone()).collect()
    }

    fn glossary() -> Glossary {
        let term = |name: &str, viva: Option<&str>, text: &str| Term {
            name: name.to_owned(),
            wpa: None,
            viva: viva.map(str::to_owned),
            text: text.to_owned(),
        };
        let terms = vec![
            term("Active", None, "Sent an email in the week."),
            term("Email hours", Some("Email hours"), "Time with email."),
            term("Focus", Some("Uninterrupted hours"), "Quiet time."),
        ];
        Glossary { lead: String::new(), terms }
    }

    #[test]
    fn a_match_in_the_name_comes_before_a_match_in_the_text() {
        assert_eq!(names(&glossary(), "EMAIL"), ["Email hours", "Active"]);
    }

    #[test]
    fn every_word_of_the_query_must_occur_and_the_names_of_both_eras_count() {
        assert_eq!(names(&glossary(), "hours uninterrupted"), ["Focus"]);
        assert!(names(&glossary(), "uninterrupted email").is_empty());
    }

    #[test]
    fn an_empty_query_gives_every_term() {
        assert_eq!(names(&glossary(), " ").len(), 3);
    }
}
