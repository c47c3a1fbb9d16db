//! The guidance texts: complete, with a source for every claim, honest about what it shows, and plain.

use std::collections::BTreeSet;

use customer_focus::guidance::{self, Article, SourceRef};
use customer_focus::insights::Behavior;

fn articles() -> impl Iterator<Item = &'static Article> {
    Behavior::ALL.into_iter().map(guidance::article)
}

/// Every claim about the world: what must have a source and must not say more than its source.
fn claims() -> Vec<(&'static str, &'static SourceRef)> {
    let introduction = guidance::introduction();
    let mut claims = vec![(introduction.headline.as_str(), &introduction.source)];
    for evidence in articles().flat_map(|article| &article.why_it_matters) {
        claims.push((&evidence.title, &evidence.source));
        claims.push((&evidence.statement, &evidence.source));
        claims.push((&evidence.shows, &evidence.source));
    }
    claims
}

/// Every text that a person reads, except titles and messages to the analyst.
fn texts() -> Vec<&'static str> {
    let introduction = guidance::introduction();
    let mut texts = vec![&introduction.headline, &introduction.body, &introduction.caveat, &guidance::glossary().lead];
    for article in articles() {
        texts.push(&article.lead);
        for evidence in &article.why_it_matters {
            texts.extend([&evidence.statement, &evidence.shows, &evidence.does_not_show]);
        }
        texts.extend(article.best_practices.iter().map(|practice| &practice.text));
        for strategy in &article.change_strategies {
            texts.push(&strategy.text);
            texts.extend(&strategy.steps);
        }
        texts.extend(&article.keep_it_up);
        texts.extend(article.definitions.iter().map(|definition| &definition.text));
    }
    for term in &guidance::glossary().terms {
        texts.push(&term.text);
        texts.extend([&term.wpa, &term.viva].into_iter().flatten());
    }
    texts.into_iter().map(String::as_str).collect()
}

fn sentences(text: &str) -> Vec<&str> {
    text.split(['\n', '?', '!']).flat_map(|line| line.split(". ")).filter(|part| !part.trim().is_empty()).collect()
}

/// Whether one of the words stands in the text as a whole word or phrase, whatever the case.
fn found<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    let plain: String = text.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let plain = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "));
    words.iter().copied().find(|word| plain.contains(&format!(" {word} ")))
}

#[test]
fn every_behavior_has_its_article_with_every_part() {
    for article in articles() {
        let name = article.behavior.name();
        assert!(!article.lead.is_empty(), "{name}");
        assert!(article.why_it_matters.len() >= 3, "{name}");
        assert!(article.best_practices.len() >= 9, "{name}");
        assert!(article.change_strategies.len() >= 3, "{name}");
        assert!(article.change_strategies.iter().all(|strategy| strategy.steps.len() >= 3), "{name}");
        assert!(article.keep_it_up.len() >= 2, "{name}");
        assert!(!article.definitions.is_empty(), "{name}");
        assert!(!article.request.is_empty(), "{name}");
    }
}

#[test]
fn an_article_is_about_the_behavior_that_was_asked_for() {
    for behavior in Behavior::ALL {
        assert_eq!(guidance::article(behavior).behavior, behavior);
    }
}

#[test]
fn every_claim_practice_and_strategy_has_a_source_with_title_and_publisher() {
    let mut named: Vec<&SourceRef> = claims().into_iter().map(|(_, source)| source).collect();
    for article in articles() {
        for sources in article.best_practices.iter().map(|practice| &practice.sources) {
            assert!(!sources.is_empty());
            named.extend(sources);
        }
        for sources in article.change_strategies.iter().map(|strategy| &strategy.sources) {
            assert!(!sources.is_empty());
            named.extend(sources);
        }
    }
    for source in named {
        assert!(!source.title.is_empty() && !source.publisher.is_empty(), "{source:?}");
        assert!(source.year.is_none_or(|year| (2000..=2026).contains(&year)), "{source:?}");
    }
}

#[test]
fn every_listed_source_is_used() {
    let used: BTreeSet<&str> = articles()
        .flat_map(|article| {
            let practices = article.best_practices.iter().flat_map(|practice| &practice.sources);
            let strategies = article.change_strategies.iter().flat_map(|strategy| &strategy.sources);
            let evidence = article.why_it_matters.iter().map(|evidence| &evidence.source);
            practices.chain(strategies).chain(evidence).map(|source| source.id.as_str())
        })
        .collect();
    for source in guidance::sources() {
        assert!(used.contains(source.id.as_str()), "{}", source.id);
    }
}

#[test]
fn an_old_web_address_is_called_an_archived_source_and_a_quotation_is_called_one() {
    let source = guidance::sources().iter().find(|source| source.id == "great-salespeople");
    assert_eq!(
        source.map(SourceRef::citation).as_deref(),
        Some("What makes great salespeople, Ryan Fuller, Harvard Business Review, 2015")
    );
    let note = source.map(SourceRef::note).unwrap_or_default();
    assert!(note.starts_with("As quoted in Microsoft's page “Increase customer focus”"), "{note}");
    assert!(note.contains("Archived source: https://insights.office.com/"), "{note}");
}

#[test]
fn an_association_is_never_called_an_effect() {
    let causal = [
        "cause",
        "causes",
        "caused",
        "lead to",
        "leads to",
        "led to",
        "result in",
        "results in",
        "drive",
        "drives",
        "driven",
        "boost",
        "boosts",
        "improve",
        "improves",
        "increase",
        "increases",
        "effect",
        "impact",
        "due to",
        "thanks to",
        "because of",
        "ensures",
        "guarantees",
        "proves",
        "triples",
    ];
    for (claim, _) in claims() {
        assert_eq!(found(claim, &causal), None, "{claim}");
    }
}

#[test]
fn every_piece_of_evidence_says_what_it_does_not_show() {
    for evidence in articles().flat_map(|article| &article.why_it_matters) {
        assert!(evidence.does_not_show.split_whitespace().count() >= 8, "{}", evidence.id);
    }
}

#[test]
fn the_introduction_makes_its_claim_with_its_caveat_and_its_source() {
    let introduction = guidance::introduction();
    assert!(introduction.headline.contains("2.5 times") && introduction.headline.contains("three years"));
    assert!(introduction.caveat.contains("an association, not proof"));
    assert_eq!(introduction.source.id, "loyalty-economy");
}

#[test]
fn ids_are_unique_and_keep_to_lower_case_and_hyphens() {
    let mut seen = BTreeSet::new();
    for article in articles() {
        let evidence = article.why_it_matters.iter().map(|evidence| &evidence.id);
        let practices = article.best_practices.iter().map(|practice| &practice.id);
        let strategies = article.change_strategies.iter().map(|strategy| &strategy.id);
        for id in evidence.chain(practices).chain(strategies) {
            assert!(id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{id}");
            assert!(seen.insert(id), "{id} is used twice");
        }
    }
}

#[test]
fn the_practices_that_leaders_were_promised_are_there() {
    let promised = [
        "back-up-central-people",
        "pair-newcomers",
        "reward-across-groups",
        "free-internal-time",
        "communities-of-practice",
        "personal-openings",
        "existing-relationships-first",
        "recurring-one-to-ones",
        "mark-key-contacts",
        "shared-customer-channel",
    ];
    let ids: BTreeSet<&str> =
        articles().flat_map(|article| &article.best_practices).map(|practice| practice.id.as_str()).collect();
    for id in promised {
        assert!(ids.contains(id), "{id}");
    }
}

#[test]
fn three_practices_stand_beside_every_finding_favorable_or_not() {
    for article in articles() {
        for favorable in [false, true] {
            assert_eq!(article.first_practices(favorable).len(), 3, "{}", article.behavior.name());
        }
        assert_ne!(article.first_practices(false), article.first_practices(true), "{}", article.behavior.name());
    }
}

#[test]
fn a_practice_is_one_or_two_sentences() {
    for practice in articles().flat_map(|article| &article.best_practices) {
        assert!((1..=2).contains(&sentences(&practice.text).len()), "{}: {}", practice.id, practice.text);
    }
}

#[test]
fn every_insight_is_defined_exactly_once() {
    let ids: Vec<&str> =
        articles().flat_map(|article| &article.definitions).map(|definition| definition.insight_id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "external_over_8h",
            "external_top_quartile",
            "connected_people",
            "coaching_under_15_min",
            "coaching_style",
            "one_to_one_rhythm",
            "few_internal_organizations",
        ]
    );
}

#[test]
fn a_request_names_the_metric_in_both_eras_and_asks_for_no_names() {
    let metrics = [
        (Behavior::TimeWithCustomers, ["External collaboration hours", "Collaboration hours external"]),
        (Behavior::Coaching, ["Meeting hours with manager 1:1", "Meeting hours with manager 1 on 1"]),
        (Behavior::InternalNetworks, ["Network outside organization", "Networking outside organization"]),
    ];
    for (behavior, names) in metrics {
        let request = &guidance::article(behavior).request;
        assert!(request.contains("Please export a person query"), "{request}");
        assert!(names.iter().all(|name| request.contains(name)), "{request}");
        assert!(request.contains("no names or email addresses"), "{request}");
    }
}

#[test]
fn the_glossary_explains_every_word_and_metric_that_the_screens_use() {
    let names: Vec<&str> = guidance::glossary().terms.iter().map(|term| term.name.as_str()).collect();
    for name in [
        "Active",
        "After-hours collaboration hours",
        "Collaboration hours",
        "Complete month",
        "Connected groups",
        "Connected people",
        "Connection",
        "Cross-organization collaboration",
        "Distribution band",
        "Edge week",
        "Email hours",
        "Era",
        "External collaboration hours",
        "External network breadth",
        "External network size",
        "Focus time",
        "Internal network size",
        "Interval",
        "Meaningful interaction",
        "Measured",
        "Meeting hours with manager",
        "Meeting hours with manager 1:1",
        "Minimum group size",
        "Networking outside organization",
        "Parity",
        "Person-week",
        "Reciprocal interaction",
        "Share",
    ] {
        assert!(names.contains(&name), "{name}");
    }
}

#[test]
fn glossary_terms_are_in_alphabetical_order_and_have_both_eras_or_neither() {
    let terms = &guidance::glossary().terms;
    let names: Vec<String> = terms.iter().map(|term| term.name.to_lowercase()).collect();
    assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "{names:?}");
    for term in terms {
        assert_eq!(term.wpa.is_some(), term.viva.is_some(), "{}", term.name);
    }
}

#[test]
fn the_glossary_is_found_by_the_name_of_either_era() {
    for (query, name) in [
        ("instant message", "Chat hours"),
        ("network outside company", "External network breadth"),
        ("uninterrupted", "Focus time"),
        ("1 on 1", "Meeting hours with manager 1:1"),
    ] {
        let hits = guidance::glossary().search(query);
        assert!(hits.iter().any(|term| term.name == name), "{query}");
    }
}

#[test]
fn sentences_are_short() {
    for text in texts() {
        for sentence in sentences(text) {
            assert!(sentence.split_whitespace().count() <= 26, "{sentence}");
        }
    }
}

#[test]
fn words_are_plain_and_american() {
    let unwanted = [
        "behaviour",
        "organisation",
        "organisations",
        "favourable",
        "programme",
        "labelled",
        "centre",
        "colour",
        "leverage",
        "synergy",
        "seamless",
        "seamlessly",
        "empower",
        "unlock",
        "cutting edge",
        "game changer",
        "world class",
        "actionable",
        "holistic",
        "silver bullet",
        "obviously",
        "utilize",
    ];
    for text in texts() {
        assert_eq!(found(text, &unwanted), None, "{text}");
    }
}

#[test]
fn texts_hold_no_markup() {
    for text in texts() {
        assert!(!text.contains(['*', '`', '[', ']', '<', '>', '_', '#', '|']), "{text}");
    }
}
