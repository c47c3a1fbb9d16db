//! The guidance texts: complete, sourced, plain and honest.

use std::collections::BTreeSet;

use customer_focus::guidance::{self, Article, Effort};
use customer_focus::insights::Behavior;

fn articles() -> impl Iterator<Item = &'static Article> {
    Behavior::ALL.into_iter().map(guidance::article)
}

#[test]
fn every_behavior_has_its_article_with_every_part() {
    for behavior in Behavior::ALL {
        let article = guidance::article(behavior);
        assert_eq!(article.behavior, behavior);
        assert!(!article.lead.is_empty());
        assert!(article.why_it_matters.len() >= 3, "{behavior:?}");
        assert!(article.best_practices.len() >= 9, "{behavior:?}");
        assert!(article.change_strategies.len() >= 3, "{behavior:?}");
        assert!(article.keep_it_up.len() >= 2, "{behavior:?}");
        assert!(!article.definitions.is_empty());
        assert!(article.request.contains("Please export a person query"), "{behavior:?}");
    }
}
