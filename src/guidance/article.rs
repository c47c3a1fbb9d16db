//! What the guidance says about one behavior.

use crate::insights::Behavior;

use super::markdown::{Document, Problem, Section};
use super::source::{self, SourceRef};

/// How many practices stand beside a finding.
const FIRST_PRACTICES: usize = 3;

/// The guidance for one behavior.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The behavior that it is about.
    pub behavior: Behavior,
    /// What the behavior is good for, in two or three sentences.
    pub lead: String,
    /// The evidence, strongest first.
    pub why_it_matters: Vec<Evidence>,
    /// The best practices, in the order of the file.
    pub best_practices: Vec<Practice>,
    /// Larger changes that take several steps.
    pub change_strategies: Vec<ChangeStrategy>,
    /// What to do when the finding is favorable.
    pub keep_it_up: Vec<String>,
    /// What each insight of the behavior counts, in plain language.
    pub definitions: Vec<InsightDefinition>,
    /// A message to the analyst, ready to send, for when the file lacks a column that the behavior needs.
    pub request: String,
}

/// One reason to care, with what it does and does not show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Name that never changes; unique over all articles.
    pub id: String,
    /// A few words for a heading.
    pub title: String,
    /// What was found or said.
    pub statement: String,
    /// Who found or said it.
    pub source: SourceRef,
    /// What a leader may take from it.
    pub shows: String,
    /// What must not be read into it.
    pub does_not_show: String,
}

/// A best practice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Practice {
    /// Name that never changes, for plans; unique over all articles.
    pub id: String,
    /// A few words, as an instruction.
    pub title: String,
    /// One or two sentences.
    pub text: String,
    /// Where it was recommended; at least one.
    pub sources: Vec<SourceRef>,
    /// What it costs to begin.
    pub effort: Effort,
    /// Whether it also serves to keep a favorable finding.
    pub maintains: bool,
}

/// What it takes to begin a practice, from the leader's chair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effort {
    /// A team can begin this week, alone.
    Low,
    /// Takes preparation, or another team.
    Medium,
    /// Takes months, or a decision of senior leadership.
    High,
}

impl Effort {
    /// As in the guidance files and on the screen.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// A larger change, with the steps that a plan begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeStrategy {
    /// Name that never changes, for plans; unique over all articles.
    pub id: String,
    /// A few words, as an instruction.
    pub title: String,
    /// What it is for.
    pub text: String,
    /// What to do, in order; at least one.
    pub steps: Vec<String>,
    /// Where it was recommended; at least one.
    pub sources: Vec<SourceRef>,
}

/// What an insight counts, in plain language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsightDefinition {
    /// The insight's id, as in JSON.
    pub insight_id: String,
    /// The insight in one phrase.
    pub title: String,
    /// Metric, threshold, who counts and how the figures are averaged.
    pub text: String,
}

impl Article {
    /// The up to three practices that stand beside a finding.
    ///
    /// The rule: after an unfavorable finding all practices are candidates, after a favorable one only those that
    /// serve to maintain it. Low effort comes first, then medium, then high; within one effort the order of the file
    /// decides.
    #[must_use]
    pub fn first_practices(&self, favorable: bool) -> Vec<&Practice> {
        let mut candidates: Vec<&Practice> =
            self.best_practices.iter().filter(|practice| practice.maintains || !favorable).collect();
        candidates.sort_by_key(|practice| practice.effort);
        candidates.truncate(FIRST_PRACTICES);
        candidates
    }
}

/// The headings of every article, in this order.
const HEADINGS: [&str; 6] =
    ["Why it matters", "Best practices", "Change strategies", "Keep it up", "Definitions", "Request"];

/// Reads the article of one behavior.
pub(super) fn parse(behavior: Behavior, document: &Document, sources: &[SourceRef]) -> Result<Article, Problem> {
    if document.title.title != behavior.title() {
        return Err(document.title.problem(format!("the title should be “{}”", behavior.title())));
    }
    let [why_it_matters, best_practices, change_strategies, keep_it_up, definitions, request] =
        document.parts_named(HEADINGS)?;
    Ok(Article {
        behavior,
        lead: document.title.text()?,
        why_it_matters: why_it_matters.each(|section| parse_evidence(section, sources))?,
        best_practices: best_practices.each(|section| parse_practice(section, sources))?,
        change_strategies: change_strategies.each(|section| parse_strategy(section, sources))?,
        keep_it_up: keep_it_up.section()?.items()?,
        definitions: definitions.each(parse_definition)?,
        request: request.section()?.message()?,
    })
}

fn parse_evidence(section: &Section, sources: &[SourceRef]) -> Result<Evidence, Problem> {
    section.only_keys(&["id", "source", "shows", "does not show"])?;
    Ok(Evidence {
        id: section.one("id")?.to_owned(),
        title: section.title.clone(),
        statement: section.text()?,
        source: source::one_named_by(section, sources)?,
        shows: section.one("shows")?.to_owned(),
        does_not_show: section.one("does not show")?.to_owned(),
    })
}

fn parse_practice(section: &Section, sources: &[SourceRef]) -> Result<Practice, Problem> {
    section.only_keys(&["id", "source", "effort", "maintains"])?;
    let effort = match section.one("effort")? {
        "low" => Effort::Low,
        "medium" => Effort::Medium,
        "high" => Effort::High,
        _ => return Err(section.problem("the effort should be low, medium or high")),
    };
    let maintains = match section.optional("maintains")? {
        None => false,
        Some("yes") => true,
        Some(_) => return Err(section.problem("“maintains” should be yes, or left out")),
    };
    Ok(Practice {
        id: section.one("id")?.to_owned(),
        title: section.title.clone(),
        text: section.text()?,
        sources: source::named_by(section, sources)?,
        effort,
        maintains,
    })
}

fn parse_strategy(section: &Section, sources: &[SourceRef]) -> Result<ChangeStrategy, Problem> {
    section.only_keys(&["id", "source"])?;
    let (text, steps) = section.text_and_steps()?;
    Ok(ChangeStrategy {
        id: section.one("id")?.to_owned(),
        title: section.title.clone(),
        text,
        steps,
        sources: source::named_by(section, sources)?,
    })
}

fn parse_definition(section: &Section) -> Result<InsightDefinition, Problem> {
    section.only_keys(&["insight"])?;
    Ok(InsightDefinition {
        insight_id: section.one("insight")?.to_owned(),
        title: section.title.clone(),
        text: section.text()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn practice(id: &str, effort: Effort, maintains: bool) -> Practice {
        Practice {
            id: id.to_owned(),
            title: String::new(),
            text: String::new(),
            sources: Vec::new(),
            effort,
            maintains,
        }
    }

    fn article() -> Article {
        Article {
            behavior: Behavior::Coaching,
            lead: String::new(),
            why_it_matters: Vec::new(),
            best_practices: vec![
                practice("high", Effort::High, true),
                practice("medium", Effort::Medium, true),
                practice("low, first", Effort::Low, false),
                practice("low, second", Effort::Low, true),
            ],
            change_strategies: Vec::new(),
            keep_it_up: Vec::new(),
            definitions: Vec::new(),
            request: String::new(),
        }
    }

    fn ids(practices: &[&Practice]) -> Vec<String> {
        practices.iter().map(|practice| practice.id.clone()).collect()
    }

    #[test]
    fn an_unfavorable_finding_gets_the_least_effort_first_and_then_the_order_of_the_file() {
        assert_eq!(ids(&article().first_practices(false)), ["low, first", "low, second", "medium"]);
    }

    #[test]
    fn a_favorable_finding_gets_only_what_maintains_it() {
        assert_eq!(ids(&article().first_practices(true)), ["low, second", "medium", "high"]);
    }

    #[test]
    fn fewer_than_three_practices_are_all_of_them() {
        let mut article = article();
        article.best_practices.truncate(1);
        assert_eq!(ids(&article.first_practices(true)), ["high"]);
        assert!(Article { best_practices: Vec::new(), ..article }.first_practices(false).is_empty());
    }
}
