//! What is on the screen, as it is kept beside something that people write down.

use super::{Results, Route, Workbench, wording};
use crate::insights::Behavior;
use crate::project::Captured;
use crate::text::Locale;

impl Workbench {
    /// The finding on the screen with its uncertainty, the filter and the stamp. `None` while there are no findings.
    #[must_use]
    pub fn captured(&self, locale: &Locale) -> Option<Captured> {
        let (opened, results) = (self.opened()?, self.results()?);
        let findings = results.findings.as_ref().ok()?;
        let behavior = match (self.presenting(), self.route()) {
            (Some(presenting), _) => {
                presenting.slide.checked_sub(1).and_then(|place| Behavior::ALL.get(place)).copied()
            }
            (None, Route::Behavior(behavior)) => Some(behavior),
            _ => None,
        };
        let told = Behavior::ALL.into_iter().filter(|other| behavior.is_none_or(|behavior| behavior == *other));
        let told: Vec<String> = told.filter_map(|behavior| finding(results, behavior, locale)).collect();
        let is_by_month = opened.is_by_month();
        Some(Captured {
            screen: behavior.map_or("Overview", wording::nav_name).to_owned(),
            finding: told.join(" "),
            filter: wording::filtered(&results.question.filter, is_by_month, locale).unwrap_or_default(),
            stamp: wording::stamp(&opened.name, &findings.population, is_by_month, locale),
        })
    }
}

/// "31 % of people ... (likely 27 to 35, about 1 in 3)." `None` where the file does not have it.
fn finding(results: &Results, behavior: Behavior, locale: &Locale) -> Option<String> {
    let id = behavior.headline();
    let findings = results.findings.as_ref().ok()?;
    let outcome = findings.insight(id)?.outcome.as_ref().ok()?;
    let how_sure = wording::how_sure(outcome.share, outcome.interval, outcome.people, locale);
    Some(format!("{} ({how_sure}).", wording::title(id, outcome, locale).trim_end_matches('.')))
}
